//! `NETLINK_RDMA`: devices of InfiniBand, RoCE and iWARP with their ports, objects
//! and counters, as `rdma` of iproute2 shows and sets them (`rdma/rdma_netlink.h`).
//!
//! ```
//! use nlwire::rdma::{GetDevices, GetPorts, GetQueuePairs, NewDevice, RdmaAttr, SetDevice};
//!
//! // rdma link add rxe0 type rxe netdev eth0
//! let new = NewDevice::of("rxe0", "rxe", "eth0");
//! // rdma dev; rdma link show rxe0; rdma resource show qp dev rxe0
//! let devices = GetDevices::all();
//! let ports = GetPorts::of_device(0);
//! let queue_pairs = GetQueuePairs::of_device(0);
//! // rdma dev set rxe0 name roce0
//! let renamed = SetDevice::by_index(0).with(&[RdmaAttr::Name("roce0".into())]);
//! ```
//!
//! | to | request |
//! |---|---|
//! | list devices, or read one | [`GetDevices`], [`GetDevice`] |
//! | list the ports of a device, or read one | [`GetPorts`], [`GetPort`] |
//! | create, rename, move and delete a device | [`NewDevice`], [`SetDevice`], [`DeleteDevice`] |
//! | count objects of a device | [`GetSummaries`], [`GetSummary`] |
//! | list objects of a device | [`GetQueuePairs`], [`GetConnections`], [`GetCompletionQueues`], [`GetMemoryRegions`], [`GetProtectionDomains`], [`GetContexts`], [`GetSharedQueues`]: [`RdmaRow::objects`] |
//! | read and bind counters | [`GetCounter`], [`GetCounters`], [`SetCounters`], [`DeleteCounter`] |
//! | read and set what all devices share | [`GetSystem`], [`SetSystem`] |
//! | watch devices | group [`RDMA_NL_GROUP_NOTIFY`]: rows with [`RdmaAttr::Event`] |
//!
//! The kernel knows devices by index; a name is found in the list of devices. It refuses
//! an index that it does not know with `EINVAL`.
//!
//! Messages of the port mapper of iWARP and of local services of InfiniBand
//! ([`RDMA_NL_IWCM`], [`RDMA_NL_LS`]) come as bytes.

mod attributes;
mod request;
pub mod values;

pub use attributes::*;
pub use request::*;
#[doc(no_inline)]
pub use values::{
    ConnectionState, CounterCriteria, CounterMode, DeviceType, EventType, NameOrigin,
    NamespaceMode, NodeType, PathMigration, PhysicalState, PollContext, PortSpace, PortState,
    PrintType, QueuePairState, QueuePairType, SharedQueueType,
};

use crate::MessageType;
use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName};

/// Protocol number for socket(2).
pub const NETLINK_RDMA: u8 = 20;

/// Client of the kernel: the port mapper of iWARP.
pub const RDMA_NL_IWCM: u8 = 2;
/// Client of the kernel: local services of InfiniBand, such as `ibacm`.
pub const RDMA_NL_LS: u8 = 4;
/// Client of the kernel: devices.
pub const RDMA_NL_NLDEV: u8 = 5;

/// Multicast group: requests to the port mapper of iWARP.
pub const RDMA_NL_GROUP_IWPM: u32 = 2;
/// Multicast group: requests to local services of InfiniBand.
pub const RDMA_NL_GROUP_LS: u32 = 3;
/// Multicast group: events of devices (Linux 6.12).
pub const RDMA_NL_GROUP_NOTIFY: u32 = 4;

/// Returns the message type of a client's command: `RDMA_NL_GET_TYPE`.
#[must_use]
#[doc(alias = "RDMA_NL_GET_TYPE")]
pub const fn message_type(client: u8, command: u8) -> MessageType {
    MessageType(u16::from_be_bytes([client << 2, command]))
}

/// Declares the commands of devices, all with the same attribute set.
macro_rules! commands {
    ($($number:literal $name:ident $text:literal;)*) => {
        $(
            #[doc = $text]
            pub const $name: u8 = $number;
        )*
        const TYPES: &[TypeName] = &[$(
            TypeName::new(message_type(RDMA_NL_NLDEV, $name), stringify!($name)),
        )*];
        const MESSAGES: &[MessageSchema] = &[$(
            MessageSchema::new::<()>(
                message_type(RDMA_NL_NLDEV, $name),
                stringify!($name),
                Rdma::schema,
            ),
        )*];
    };
}

commands! {
    1 RDMA_NLDEV_CMD_GET "Reads a device, or lists all.";
    2 RDMA_NLDEV_CMD_SET "Changes a device.";
    3 RDMA_NLDEV_CMD_NEWLINK "Creates a device in software.";
    4 RDMA_NLDEV_CMD_DELLINK "Deletes a device in software.";
    5 RDMA_NLDEV_CMD_PORT_GET "Reads a port, or lists those of a device.";
    6 RDMA_NLDEV_CMD_SYS_GET "Reads what all devices share.";
    7 RDMA_NLDEV_CMD_SYS_SET "Changes what all devices share.";
    9 RDMA_NLDEV_CMD_RES_GET "Counts the objects of a device, or of all.";
    10 RDMA_NLDEV_CMD_RES_QP_GET "Reads a queue pair, or lists those of a device.";
    11 RDMA_NLDEV_CMD_RES_CM_ID_GET "Reads a connection, or lists those of a device.";
    12 RDMA_NLDEV_CMD_RES_CQ_GET "Reads a completion queue, or lists those of a device.";
    13 RDMA_NLDEV_CMD_RES_MR_GET "Reads a memory region, or lists those of a device.";
    14 RDMA_NLDEV_CMD_RES_PD_GET "Reads a protection domain, or lists those of a device.";
    15 RDMA_NLDEV_CMD_GET_CHARDEV "Finds the character device of an interface.";
    16 RDMA_NLDEV_CMD_STAT_SET "Sets the mode of counters, or binds a queue pair.";
    17 RDMA_NLDEV_CMD_STAT_GET "Reads counters.";
    18 RDMA_NLDEV_CMD_STAT_DEL "Unbinds a queue pair from a counter.";
    19 RDMA_NLDEV_CMD_RES_QP_GET_RAW "Reads queue pairs as the hardware has them.";
    20 RDMA_NLDEV_CMD_RES_CQ_GET_RAW "Reads completion queues as the hardware has them.";
    21 RDMA_NLDEV_CMD_RES_MR_GET_RAW "Reads memory regions as the hardware has them.";
    22 RDMA_NLDEV_CMD_RES_CTX_GET "Reads a context, or lists those of a device.";
    23 RDMA_NLDEV_CMD_RES_SRQ_GET "Reads a shared receive queue, or lists those of a device.";
    24 RDMA_NLDEV_CMD_STAT_GET_STATUS "Reads which counters can be turned on.";
    25 RDMA_NLDEV_CMD_RES_SRQ_GET_RAW "Reads shared receive queues as the hardware has them.";
    26 RDMA_NLDEV_CMD_NEWDEV "Creates a device upon another one.";
    27 RDMA_NLDEV_CMD_DELDEV "Deletes a device upon another one.";
    28 RDMA_NLDEV_CMD_MONITOR "Reports an event.";
    29 RDMA_NLDEV_CMD_FRMR_POOLS_GET "Lists pools of memory regions.";
    30 RDMA_NLDEV_CMD_FRMR_POOLS_SET "Changes pools of memory regions.";
}

/// Schema of the protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_RDMA,
    name: "rdma",
    types: TYPES,
    verb: None,
    messages: MESSAGES,
    family: None,
};
