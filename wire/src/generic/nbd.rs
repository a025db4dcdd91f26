//! `nbd`: network block devices, as `nbd-client` connects them
//! (`linux/nbd-netlink.h`).
//!
//! ```
//! use nlwire::generic::nbd::{ConnectDevice, NbdAttr, NbdSocketAttr, NbdSocketsAttr};
//!
//! // A connected socket of the server, after the handshake.
//! # let descriptor = 7;
//! let socket = [NbdSocketAttr::Descriptor(descriptor)];
//! let sockets = [NbdSocketsAttr::Socket((&socket).into())];
//! let attributes = [
//!     NbdAttr::Size(1 << 30),
//!     NbdAttr::BlockSize(4096),
//!     NbdAttr::Sockets((&sockets).into()),
//! ];
//! let connect = ConnectDevice::any().with(&attributes);
//! ```
//!
//! The connection of `/dev/nbd0` is lost: [`Change::LinkDead`] reports it. Another
//! socket takes its place. At the end the device is disconnected, as by
//! `nbd-client -d /dev/nbd0`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nbd::*;
//! use nlwire::request::Object;
//!
//! # let descriptor = 8;
//! let socket = [NbdSocketAttr::Descriptor(descriptor)];
//! let sockets = [NbdSocketsAttr::Socket((&socket).into())];
//! let sockets = [NbdAttr::Sockets((&sockets).into())];
//! let reconnect = SetDevice::by_index(0).with(&sockets);
//! let state = GetStatus::all();
//! let disconnect = DisconnectDevice::by_index(0).if_there();
//! assert_eq!(Object(&disconnect, 0).to_string(), "device {NBD_ATTR_INDEX: 0}");
//!
//! /// Prints the devices that are connected.
//! fn print(row: &NbdRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(devices) = fields!(row.attributes => Nbd { devices })?.devices else {
//!         return Ok(());
//!     };
//!     for device in fields!(devices => NbdDevices { device })?.device.into_iter().flatten() {
//!         let found = fields!(device? => NbdDevice { index, connected })?;
//!         println!("/dev/nbd{}: {:?}", found.index.unwrap_or_default(), found.connected);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Many, Nest, Text};
use crate::{attributes, flags};

family! {
    name NBD_GENL_FAMILY_NAME "nbd";
    version NBD_GENL_VERSION 1;
    group NBD_GENL_MCAST_GROUP_NAME "nbd_mc_group" "lost connections: [`Change`].";
    command 1 NBD_CMD_CONNECT Nbd "Connects a device.";
    command 2 NBD_CMD_DISCONNECT Nbd "Disconnects a device.";
    command 3 NBD_CMD_RECONFIGURE Nbd "Replaces lost connections, or changes settings.";
    command 4 NBD_CMD_LINK_DEAD Nbd "Reports a lost connection.";
    command 5 NBD_CMD_STATUS Nbd "Reads the state of a device, or of all.";
}

requests! {
    Nbd, NbdAttr, NbdRow, "device";

    /// Connects a device, and returns its number: `with`
    /// [`Size`](NbdAttr::Size) and [`Sockets`](NbdAttr::Sockets).
    Ask ConnectDevice = NBD_CMD_CONNECT {
        /// Connects the first free device.
        any() {}
        /// Connects the device with this number: `/dev/nbd0` is 0.
        by_index(index: u32) { Index(index) }
    }
    /// Disconnects a device. The kernel accepts one that is not connected.
    Delete(EINVAL) DisconnectDevice = NBD_CMD_DISCONNECT {
        /// Disconnects the device with this number.
        by_index(index: u32) { Index(index) }
    }
    /// Replaces lost connections of a device by other sockets, or changes its
    /// settings.
    Act SetDevice = NBD_CMD_RECONFIGURE {
        /// Changes the device with this number.
        by_index(index: u32) { Index(index) }
    }
    /// Reads the state of devices, in one row with
    /// [`Devices`](NbdAttr::Devices).
    Ask GetStatus = NBD_CMD_STATUS {
        /// Reads the state of all devices.
        all() {}
        /// Reads the state of the device with this number; the list is empty if there
        /// is none.
        by_index(index: u32) { Index(index) }
    }
}

changes! {
    /// Notification of the group [`NBD_GENL_MCAST_GROUP_NAME`].
    Change {
        /// Device that lost a connection to its server.
        LinkDead(Nbd) = NBD_CMD_LINK_DEAD;
    }
}

flags! {
    /// Capabilities of the server.
    pub struct ServerFlags(u64) {
        HAS_FLAGS = 0x1 "NBD_FLAG_HAS_FLAGS" "has-flags";
        READ_ONLY = 0x2 "NBD_FLAG_READ_ONLY" "read-only";
        /// The server can flush its cache.
        SEND_FLUSH = 0x4 "NBD_FLAG_SEND_FLUSH" "send-flush";
        /// The server can write through its cache.
        SEND_FUA = 0x8 "NBD_FLAG_SEND_FUA" "send-fua";
        ROTATIONAL = 0x10 "NBD_FLAG_ROTATIONAL" "rotational";
        /// The server can discard blocks.
        SEND_TRIM = 0x20 "NBD_FLAG_SEND_TRIM" "send-trim";
        /// The server can write zeros without data.
        SEND_WRITE_ZEROES = 0x40 "NBD_FLAG_SEND_WRITE_ZEROES" "send-write-zeroes";
        /// The server takes several connections.
        CAN_MULTI_CONN = 0x100 "NBD_FLAG_CAN_MULTI_CONN" "can-multi-conn";
    }
}

flags! {
    /// Behaviour of a device.
    pub struct ClientFlags(u64) {
        /// Deletes the device after it is disconnected.
        DESTROY_ON_DISCONNECT = 0x1 "NBD_CFLAG_DESTROY_ON_DISCONNECT" "destroy-on-disconnect";
        /// Disconnects the device when its last user closes it.
        DISCONNECT_ON_CLOSE = 0x2 "NBD_CFLAG_DISCONNECT_ON_CLOSE" "disconnect-on-close";
    }
}

attributes! {
    /// Device (`NBD_ATTR_*`).
    pub set Nbd, enum NbdAttr {
        /// Number of the device.
        1 NBD_ATTR_INDEX Index index: u32,
        /// Size of the device in bytes.
        2 NBD_ATTR_SIZE_BYTES Size size: u64,
        /// Block size in bytes.
        3 NBD_ATTR_BLOCK_SIZE_BYTES BlockSize block_size: u64,
        /// Timeout of a request in seconds; 0 for none.
        4 NBD_ATTR_TIMEOUT Timeout timeout: u64,
        /// Capabilities of the server: [`ServerFlags`].
        5 NBD_ATTR_SERVER_FLAGS ServerFlags server_flags: ServerFlags,
        /// Behaviour of the device: [`ClientFlags`].
        6 NBD_ATTR_CLIENT_FLAGS ClientFlags client_flags: ClientFlags,
        /// Connected sockets.
        7 NBD_ATTR_SOCKETS Sockets sockets: Nest<NbdSockets>,
        /// Time in seconds that requests wait for a new connection.
        8 NBD_ATTR_DEAD_CONN_TIMEOUT DeadTimeout dead_timeout: u64,
        /// State of devices.
        9 NBD_ATTR_DEVICE_LIST Devices devices: Nest<NbdDevices>,
        /// Identifier of the server's data; a reconnection must have the same.
        10 NBD_ATTR_BACKEND_IDENTIFIER Backend backend: Text,
    }
}

attributes! {
    /// List of devices (`NBD_DEVICE_ITEM`).
    pub set NbdDevices, enum NbdDevicesAttr {
        /// Device, an attribute for each.
        1 NBD_DEVICE_ITEM Device device: Many<Nest<NbdDevice>>,
    }
}

attributes! {
    /// State of a device (`NBD_DEVICE_*`).
    pub set NbdDevice, enum NbdDeviceAttr {
        /// Number of the device.
        1 NBD_DEVICE_INDEX Index index: u32,
        /// 1 if the device is connected.
        2 NBD_DEVICE_CONNECTED Connected connected: u8,
    }
}

attributes! {
    /// List of sockets (`NBD_SOCK_ITEM`).
    pub set NbdSockets, enum NbdSocketsAttr {
        /// Socket, an attribute for each.
        1 NBD_SOCK_ITEM Socket socket: Many<Nest<NbdSocket>>,
    }
}

attributes! {
    /// Socket (`NBD_SOCK_*`).
    pub set NbdSocket, enum NbdSocketAttr {
        /// Descriptor of the socket.
        1 NBD_SOCK_FD Descriptor descriptor: u32,
    }
}
