//! `vdpa`: virtio devices of hardware and their management devices, as `vdpa`
//! of iproute2 shows and sets them (`linux/vdpa.h`).
//!
//! ```
//! use nlwire::generic::vdpa::{GetDevices, NewDevice};
//!
//! let new = NewDevice::of("pci", "0000:01:00.1", "vdpa0");
//! let devices = GetDevices::all();
//! ```
//!
//! The device gets a MAC address, is looked at and deleted, as by
//! `vdpa mgmtdev show`, `vdpa dev set name vdpa0 mac 02:00:00:00:00:01`,
//! `vdpa dev show vdpa0`, `vdpa dev config show vdpa0`,
//! `vdpa dev vstats show vdpa0 qidx 1` and `vdpa dev del vdpa0`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::vdpa::*;
//! use nlwire::request::Object;
//!
//! let managements = GetManagements::all();
//! let management = GetManagement::of("pci", "0000:01:00.1");
//!
//! let mac = [VdpaAttr::MacAddress(&[2, 0, 0, 0, 0, 1])];
//! let set = SetDevice::by_name("vdpa0").with(&mac);
//! let device = GetDevice::by_name("vdpa0");
//! let (config, configs) = (GetConfig::of("vdpa0"), GetConfigs::all());
//! let queue = GetQueueStats::of("vdpa0", 1);
//! let delete = DeleteDevice::by_name("vdpa0").if_there();
//! assert_eq!(
//!     Object(&delete, 0).to_string(),
//!     r#"device {VDPA_ATTR_DEV_NAME: "vdpa0"}"#
//! );
//!
//! /// Prints the counters of a queue: each value belongs to the name before it.
//! fn print(row: &VdpaRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Vdpa { counter_name, counter_value })?;
//!     let (names, values) = (
//!         found.counter_name.into_iter().flatten(),
//!         found.counter_value.into_iter().flatten(),
//!     );
//!     for (name, value) in names.zip(values) {
//!         println!("{}: {}", name?, value?);
//!     }
//!     Ok(())
//! }
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
    /// Device or management device (`VDPA_ATTR_*`). What needs a feature of virtio is
    /// absent if the device lacks that.
    pub set Vdpa, enum VdpaAttr {
        /// Bus of the management device; absent if that is on none.
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
        /// Status of the link, as virtio has it: bit 0 is set if the link is up.
        11 VDPA_ATTR_DEV_NET_STATUS Status status: u16,
        /// Maximum number of queue pairs.
        12 VDPA_ATTR_DEV_NET_CFG_MAX_VQP MaxPairs max_pairs: u16,
        /// MTU in bytes.
        13 VDPA_ATTR_DEV_NET_CFG_MTU Mtu mtu: u16,
        /// Negotiated features of virtio, as bits; absent until a driver has agreed to them.
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
        /// Features of virtio that the device has, as bits; in a request those to offer.
        20 VDPA_ATTR_DEV_FEATURES Features features: u64,
        /// Capacity of a block device in sectors of 512 bytes. Linux 6.1 sends under this
        /// number the features of virtio that the device has.
        #[doc(alias = "VDPA_ATTR_DEV_BLK_CFG_CAPACITY")]
        21 VDPA_ATTR_VDPA_DEV_SUPPORTED_FEATURES Capacity capacity: u64,
        /// Maximum size of a segment in bytes.
        22 VDPA_ATTR_DEV_BLK_CFG_SIZE_MAX MaxSegmentSize max_segment_size: u32,
        /// Block size in bytes.
        23 VDPA_ATTR_DEV_BLK_CFG_BLK_SIZE BlockSize block_size: u32,
        /// Maximum number of segments of a request.
        24 VDPA_ATTR_DEV_BLK_CFG_SEG_MAX MaxSegments max_segments: u32,
        /// Number of queues of a block device.
        25 VDPA_ATTR_DEV_BLK_CFG_NUM_QUEUES BlockQueues block_queues: u16,
        /// Binary logarithm of the number of blocks in a physical block.
        26 VDPA_ATTR_DEV_BLK_CFG_PHY_BLK_EXP PhysicalBlocks physical_blocks: u8,
        /// Offset of the first aligned block, in blocks.
        27 VDPA_ATTR_DEV_BLK_CFG_ALIGN_OFFSET AlignmentOffset alignment_offset: u8,
        /// Suggested minimum size of a request, in blocks.
        28 VDPA_ATTR_DEV_BLK_CFG_MIN_IO_SIZE MinIoSize min_io_size: u16,
        /// Optimal size of a request, in blocks.
        29 VDPA_ATTR_DEV_BLK_CFG_OPT_IO_SIZE OptimalIoSize optimal_io_size: u32,
        /// Maximum number of sectors that a segment discards.
        30 VDPA_ATTR_DEV_BLK_CFG_MAX_DISCARD_SEC MaxDiscardSectors max_discard_sectors: u32,
        /// Maximum number of segments that a request discards.
        31 VDPA_ATTR_DEV_BLK_CFG_MAX_DISCARD_SEG MaxDiscardSegments max_discard_segments: u32,
        /// Alignment of discarded sectors, in sectors.
        32 VDPA_ATTR_DEV_BLK_CFG_DISCARD_SEC_ALIGN DiscardAlignment discard_alignment: u32,
        /// Maximum number of sectors that a segment fills with zeroes.
        33 VDPA_ATTR_DEV_BLK_CFG_MAX_WRITE_ZEROES_SEC MaxZeroSectors max_zero_sectors: u32,
        /// Maximum number of segments that a request fills with zeroes.
        34 VDPA_ATTR_DEV_BLK_CFG_MAX_WRITE_ZEROES_SEG MaxZeroSegments max_zero_segments: u32,
        /// Write protection: 1 if the device is read-only.
        35 VDPA_ATTR_DEV_BLK_READ_ONLY ReadOnly read_only: u8,
        /// Flush: 1 if the device has the command.
        36 VDPA_ATTR_DEV_BLK_FLUSH Flush flush: u8,
    }
}
