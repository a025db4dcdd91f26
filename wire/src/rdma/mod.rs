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
//! Objects come in tables of a device, and one of them by its number:
//!
//! ```
//! use nlwire::rdma::{
//!     GetCompletionQueue, GetCompletionQueues, GetConnection, GetConnections, GetContext,
//!     GetContexts, GetMemoryRegion, GetMemoryRegions, GetProtectionDomain,
//!     GetProtectionDomains, GetQueuePair, GetSharedQueue, GetSharedQueues, GetSummaries,
//!     GetSummary, RdmaAttr,
//! };
//!
//! // rdma resource; rdma resource show rxe0
//! let (all, counts) = (GetSummaries::all(), GetSummary::of_device(0));
//! // rdma resource show cm_id dev rxe0, and so on
//! let connections = GetConnections::of_device(0);
//! let completion_queues = GetCompletionQueues::of_device(0);
//! let domains = GetProtectionDomains::of_device(0);
//! let contexts = GetContexts::of_device(0);
//! let shared = GetSharedQueues::of_device(0);
//! // rdma -dd resource show mr dev rxe0: with the driver's details
//! let regions = GetMemoryRegions::of_device(0).with(&[RdmaAttr::Details(1)]);
//! // rdma resource show qp link rxe0/1 lqpn 17, and so on
//! let queue_pair = GetQueuePair::of(0, 1, 17);
//! let connection = GetConnection::of(0, 1, 3);
//! let (queue, region) = (GetCompletionQueue::of(0, 4), GetMemoryRegion::of(0, 5));
//! let (domain, context) = (GetProtectionDomain::of(0, 6), GetContext::of(0, 7));
//! let shared = GetSharedQueue::of(0, 8);
//! ```
//!
//! Counters for a port, or for the queue pairs that are bound to a counter:
//!
//! ```
//! use nlwire::rdma::{
//!     CounterCriteria, DeleteCounter, GetCounter, GetCounterStatus, GetCounters, RdmaAttr,
//!     SetCounters,
//! };
//!
//! // rdma statistic show link rxe0/1; rdma statistic qp mode link rxe0/1
//! let (sums, mode) = (GetCounter::of_port(0, 1), GetCounter::mode_of_port(0, 1));
//! // rdma statistic qp set link mlx5_0/1 auto type on
//! let automatic = SetCounters::auto(0, 1)
//!     .with(&[RdmaAttr::CounterCriteria(CounterCriteria::TYPE)]);
//! // rdma statistic qp bind link mlx5_0/1 lqpn 178; rdma statistic qp show
//! let bound = SetCounters::manual(0, 1).with(&[RdmaAttr::LocalQpn(178)]);
//! let (counters, one) = (GetCounters::of_queue_pairs(0), GetCounter::by_number(0, 1, 4));
//! // rdma statistic qp unbind link mlx5_0/1 cntn 4 lqpn 178
//! let unbound = DeleteCounter::of(0, 1, 4).with(&[RdmaAttr::LocalQpn(178)]);
//! // rdma statistic mode supported link mlx5_0/1
//! let optional = GetCounterStatus::of(0, 1);
//! ```
//!
//! Settings of all devices, and devices that others carry:
//!
//! ```
//! use nlwire::rdma::{
//!     DeleteDevice, DeleteSubDevice, DeviceType, GetCharDevice, GetDevice, GetPools, GetPort,
//!     GetRawCompletionQueues, GetRawMemoryRegions, GetRawQueuePairs, GetRawSharedQueues,
//!     GetSystem, NamespaceMode, NewSubDevice, RdmaAttr, SetPools, SetSystem,
//! };
//!
//! // rdma system; rdma system set netns exclusive
//! let (system, exclusive) = (GetSystem::new(), SetSystem::namespace_mode(NamespaceMode::EXCLUSIVE));
//! // rdma dev show mlx5_0; rdma link show mlx5_0/1
//! let (device, port) = (GetDevice::by_index(0), GetPort::of(0, 1));
//! // The file below /dev that programs open.
//! let verbs = GetCharDevice::of_device(0, "uverbs");
//! let management = GetCharDevice::of_port(0, 1, "umad");
//! // rdma dev add smi1 type SMI parent mlx5_0; rdma dev delete smi1; rdma link delete rxe0
//! let new = NewSubDevice::of(0, "smi1", DeviceType::SMI);
//! let (gone, deleted) = (DeleteSubDevice::by_index(1), DeleteDevice::by_index(2));
//! // rdma resource show frmr_pools dev mlx5_0; rdma resource set frmr_pools .. aging 60
//! let pools = GetPools::of_device(0);
//! let aging = SetPools::of_device(0).with(&[RdmaAttr::PoolAging(60)]);
//! // rdma resource show qp dev mlx5_0 -r: as the hardware has them
//! let (pairs, queues) = (GetRawQueuePairs::of_device(0), GetRawCompletionQueues::of_device(0));
//! let (regions, shared) = (GetRawMemoryRegions::of_device(0), GetRawSharedQueues::of_device(0));
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
//! While network namespaces share the devices, the kernel reports events in the first
//! namespace only.
//!
//! The kernel knows devices by index; a name is found in the list of devices. It refuses
//! an index that it does not know with `EINVAL`.
//!
//! Messages of iWARP's port mapper ([`RDMA_NL_IWCM`]) and InfiniBand's local
//! services ([`RDMA_NL_LS`]) come as bytes.

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
