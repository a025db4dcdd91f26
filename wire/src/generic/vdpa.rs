//! `vdpa`: virtio devices of hardware and their management devices, as `vdpa`
//! of iproute2 shows and sets them (`linux/vdpa.h`).
//!
//! ```
//! use nlwire::generic::vdpa::{GetDevices, NewDevice};
//!
//! let new = NewDevice::of("pci", "0000:01:00.1", "vdpa0");
//! let devices = GetDevices::all();
//! ```

use super::family::{family, requests};
use crate::attributes;
use crate::codec::{Hardware, Many, Text};

family! {
    name VDPA_GENL_NAME "vdpa";
    version VDPA_GENL_VERSION 1;
    command 1 VDPA_CMD_MGMTDEV_NEW Vdpa "Answers with a management device.";
    command 2 VDPA_CMD_MGMTDEV_GET Vdpa "Reads a management device, or lists all.";
    command 3 VDPA_CMD_DEV_NEW Vdpa "Creates a device, or answers with one.";
    command 4 VDPA_CMD_DEV_DEL Vdpa "Deletes a device.";
    command 5 VDPA_CMD_DEV_GET Vdpa "Reads a device, or lists all.";
    command 6 VDPA_CMD_DEV_CONFIG_GET Vdpa "Reads the configuration of a device, or of all.";
    command 7 VDPA_CMD_DEV_VSTATS_GET Vdpa "Reads the statistics of a queue.";
    command 8 VDPA_CMD_DEV_ATTR_SET Vdpa "Changes a device (Linux 6.13).";
}

requests! {
    Vdpa, VdpaAttr, VdpaRow, "device";

    /// Reads a management device.
    Ask GetManagement = VDPA_CMD_MGMTDEV_GET {
        /// Reads the management device of a bus with this name.
        of(bus: impl Into<crate::Text<'a>>, name: impl Into<crate::Text<'a>>) {
            ManagementBus(bus.into()), Management(name.into())
        }
        /// Reads the management device with this name, which is on no bus.
        by_name(name: impl Into<crate::Text<'a>>) { Management(name.into()) }
    }
    /// Lists the management devices.
    List GetManagements = VDPA_CMD_MGMTDEV_GET {
        /// Lists all management devices.
        all() {}
    }
    /// Creates a device.
    Act NewDevice = VDPA_CMD_DEV_NEW {
        /// Creates a device with this name from a management device of a bus.
        of(
            bus: impl Into<crate::Text<'a>>,
            management: impl Into<crate::Text<'a>>,
            name: impl Into<crate::Text<'a>>
        ) {
            ManagementBus(bus.into()), Management(management.into()), Name(name.into())
        }
    }
    /// Changes a device (Linux 6.13).
    Act SetDevice = VDPA_CMD_DEV_ATTR_SET {
        /// Changes the device with this name.
        by_name(name: impl Into<crate::Text<'a>>) { Name(name.into()) }
    }
    /// Deletes a device.
    Delete(ENODEV) DeleteDevice = VDPA_CMD_DEV_DEL {
        /// Deletes the device with this name.
        by_name(name: impl Into<crate::Text<'a>>) { Name(name.into()) }
    }
    /// Reads a device.
    Ask GetDevice = VDPA_CMD_DEV_GET {
        /// Reads the device with this name.
        by_name(name: impl Into<crate::Text<'a>>) { Name(name.into()) }
    }
    /// Lists the devices.
    List GetDevices = VDPA_CMD_DEV_GET {
        /// Lists all devices.
        all() {}
    }
    /// Reads the configuration of a device.
    Ask GetConfig = VDPA_CMD_DEV_CONFIG_GET {
        /// Reads the configuration of the device with this name.
        of(name: impl Into<crate::Text<'a>>) { Name(name.into()) }
    }
    /// Lists the configurations of devices.
    List GetConfigs = VDPA_CMD_DEV_CONFIG_GET {
        /// Lists the configurations of all devices.
        all() {}
    }
    /// Reads the vendor's statistics of a queue.
    Ask GetQueueStats = VDPA_CMD_DEV_VSTATS_GET {
        /// Reads the statistics of a device's queue with this index.
        of(name: impl Into<crate::Text<'a>>, queue: u32) { Name(name.into()), Queue(queue) }
    }
}

attributes! {
    /// Device or management device (`VDPA_ATTR_*`).
    pub set Vdpa, enum VdpaAttr {
        /// Bus of the management device.
        1 VDPA_ATTR_MGMTDEV_BUS_NAME ManagementBus management_bus: Text,
        /// Name of the management device.
        2 VDPA_ATTR_MGMTDEV_DEV_NAME Management management: Text,
        /// Virtio types that the management device creates: bit n is type n.
        3 VDPA_ATTR_MGMTDEV_SUPPORTED_CLASSES Classes classes: u64,
        /// Name of the device.
        4 VDPA_ATTR_DEV_NAME Name name: Text,
        /// Virtio type of the device.
        5 VDPA_ATTR_DEV_ID Id id: u32,
        /// Vendor of the device.
        6 VDPA_ATTR_DEV_VENDOR_ID Vendor vendor: u32,
        /// Maximum number of queues.
        7 VDPA_ATTR_DEV_MAX_VQS MaxQueues max_queues: u32,
        /// Maximum size of a queue.
        8 VDPA_ATTR_DEV_MAX_VQ_SIZE MaxQueueSize max_queue_size: u16,
        /// Minimum size of a queue.
        9 VDPA_ATTR_DEV_MIN_VQ_SIZE MinQueueSize min_queue_size: u16,
        /// MAC address.
        10 VDPA_ATTR_DEV_NET_CFG_MACADDR MacAddress mac_address: Hardware,
        /// Status of the link, as virtio has it.
        11 VDPA_ATTR_DEV_NET_STATUS Status status: u8,
        /// Maximum number of queue pairs.
        12 VDPA_ATTR_DEV_NET_CFG_MAX_VQP MaxPairs max_pairs: u16,
        /// MTU in bytes.
        13 VDPA_ATTR_DEV_NET_CFG_MTU Mtu mtu: u16,
        /// Negotiated features of virtio, as bits.
        14 VDPA_ATTR_DEV_NEGOTIATED_FEATURES Negotiated negotiated: u64,
        /// Maximum number of queues of the management device.
        15 VDPA_ATTR_DEV_MGMTDEV_MAX_VQS ManagementMaxQueues management_max_queues: u32,
        /// Features of virtio that the management device has, as bits.
        16 VDPA_ATTR_DEV_SUPPORTED_FEATURES ManagementFeatures management_features: u64,
        /// Index of a queue.
        17 VDPA_ATTR_DEV_QUEUE_INDEX Queue queue: u32,
        /// Name of a counter, an attribute for each.
        18 VDPA_ATTR_DEV_VENDOR_ATTR_NAME CounterName counter_name: Many<Text>,
        /// Value of the counter named before it, an attribute for each.
        19 VDPA_ATTR_DEV_VENDOR_ATTR_VALUE CounterValue counter_value: Many<u64>,
        /// Features of virtio to offer, as bits.
        20 VDPA_ATTR_DEV_FEATURES Features features: u64,
        /// Features of virtio that the device has, as bits.
        21 VDPA_ATTR_VDPA_DEV_SUPPORTED_FEATURES Supported supported: u64,
    }
}
