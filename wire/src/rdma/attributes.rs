//! Attributes of devices, ports and objects (`RDMA_NLDEV_ATTR_*`).

#[cfg(doc)]
use super::values::{ConnectionState, QueuePairState, QueuePairType, SharedQueueType};
use super::values::{
    CounterCriteria, CounterMode, DeviceType, EventType, NameOrigin, NamespaceMode, NodeType,
    PathMigration, PhysicalState, PollContext, PortSpace, PortState, PrintType,
};
use crate::codec::{Bytes, Indexed, Many, Nest, Shown, StorageAddress, Struct, Text};
use crate::schema::Hexadecimal;
use crate::{LinkIndex, attributes};

attributes! {
    /// Device, port or object (`RDMA_NLDEV_ATTR_*`). Tables and their entries hold the
    /// same attributes.
    pub set Rdma, enum RdmaAttr {
        /// Padding.
        0 RDMA_NLDEV_ATTR_PAD Pad pad: Bytes,
        /// Index of the device.
        1 RDMA_NLDEV_ATTR_DEV_INDEX Index index: u32,
        /// Name of the device, at most 63 bytes.
        2 RDMA_NLDEV_ATTR_DEV_NAME Name name: Text,
        /// Number of a port, from 1. Of a device, the number of its ports.
        3 RDMA_NLDEV_ATTR_PORT_INDEX Port port: u32,
        /// Capabilities, as bits of the driver interface for a device. Of an InfiniBand
        /// port, CapabilityMask in the lower 32 bits and CapabilityMask2 in the next 16;
        /// absent for other ports.
        4 RDMA_NLDEV_ATTR_CAP_FLAGS Capabilities capabilities: Shown<u64, Hexadecimal>,
        /// Version of the firmware; absent if there is none.
        5 RDMA_NLDEV_ATTR_FW_VERSION Firmware firmware: Text,
        /// GUID of the node, in host order.
        6 RDMA_NLDEV_ATTR_NODE_GUID NodeGuid node_guid: Shown<u64, Hexadecimal>,
        /// GUID of the system, which all devices of a machine may share; in host order.
        7 RDMA_NLDEV_ATTR_SYS_IMAGE_GUID SystemGuid system_guid: Shown<u64, Hexadecimal>,
        /// Prefix of the subnet, in host order; InfiniBand only.
        8 RDMA_NLDEV_ATTR_SUBNET_PREFIX SubnetPrefix subnet_prefix: Shown<u64, Hexadecimal>,
        /// Local identifier; InfiniBand only.
        9 RDMA_NLDEV_ATTR_LID Lid lid: u32,
        /// Local identifier of the subnet manager; InfiniBand only.
        10 RDMA_NLDEV_ATTR_SM_LID SubnetManagerLid subnet_manager_lid: u32,
        /// Number of low bits of the local identifier that paths vary; InfiniBand only.
        11 RDMA_NLDEV_ATTR_LMC LidMaskControl lid_mask_control: u8,
        /// State of the port.
        12 RDMA_NLDEV_ATTR_PORT_STATE PortState port_state: PortState,
        /// Physical state of the port.
        13 RDMA_NLDEV_ATTR_PORT_PHYS_STATE PhysicalState physical_state: PhysicalState,
        /// Type of the node.
        14 RDMA_NLDEV_ATTR_DEV_NODE_TYPE NodeType node_type: NodeType,
        /// Number of objects of each kind.
        15 RDMA_NLDEV_ATTR_RES_SUMMARY Summary summary: Indexed<Rdma>,
        /// Number of objects of one kind.
        16 RDMA_NLDEV_ATTR_RES_SUMMARY_ENTRY SummaryEntry summary_entry: Nest<Rdma>,
        /// Kind, such as `qp`.
        17 RDMA_NLDEV_ATTR_RES_SUMMARY_ENTRY_NAME SummaryName summary_name: Text,
        /// Number of objects.
        18 RDMA_NLDEV_ATTR_RES_SUMMARY_ENTRY_CURR SummaryCount summary_count: u64,
        /// Queue pairs.
        19 RDMA_NLDEV_ATTR_RES_QP QueuePairs queue_pairs: Indexed<Rdma>,
        /// Queue pair.
        20 RDMA_NLDEV_ATTR_RES_QP_ENTRY QueuePair queue_pair: Nest<Rdma>,
        /// Number of the queue pair.
        21 RDMA_NLDEV_ATTR_RES_LQPN LocalQpn local_qpn: u32,
        /// Number of the peer's queue pair; RC and UC only.
        22 RDMA_NLDEV_ATTR_RES_RQPN RemoteQpn remote_qpn: u32,
        /// Packet number of the receive queue; RC and UC only.
        23 RDMA_NLDEV_ATTR_RES_RQ_PSN ReceivePsn receive_psn: u32,
        /// Packet number of the send queue.
        24 RDMA_NLDEV_ATTR_RES_SQ_PSN SendPsn send_psn: u32,
        /// State of path migration; RC, UC and XRC only.
        25 RDMA_NLDEV_ATTR_RES_PATH_MIG_STATE PathMigration path_migration: PathMigration,
        /// Type: a [`QueuePairType`] for a queue pair or a connection, a [`SharedQueueType`]
        /// for a shared receive queue.
        26 RDMA_NLDEV_ATTR_RES_TYPE ObjectType object_type: u8,
        /// State: [`QueuePairState`] of a queue pair, [`ConnectionState`] of a connection.
        27 RDMA_NLDEV_ATTR_RES_STATE State state: u8,
        /// Process that has the object; absent if the kernel has it.
        28 RDMA_NLDEV_ATTR_RES_PID Process process: u32,
        /// Module of the kernel that has the object; absent if a process has it.
        29 RDMA_NLDEV_ATTR_RES_KERN_NAME KernelOwner kernel_owner: Text,
        /// Connections (`rdma_cm_id`).
        30 RDMA_NLDEV_ATTR_RES_CM_ID Connections connections: Indexed<Rdma>,
        /// Connection.
        31 RDMA_NLDEV_ATTR_RES_CM_ID_ENTRY Connection connection: Nest<Rdma>,
        /// Port space of the connection.
        32 RDMA_NLDEV_ATTR_RES_PS PortSpace port_space: PortSpace,
        /// Local address; absent if the connection has none yet.
        33 RDMA_NLDEV_ATTR_RES_SRC_ADDR Source source: Struct<StorageAddress>,
        /// Address of the peer; absent if the connection has none yet.
        34 RDMA_NLDEV_ATTR_RES_DST_ADDR Destination destination: Struct<StorageAddress>,
        /// Completion queues.
        35 RDMA_NLDEV_ATTR_RES_CQ CompletionQueues completion_queues: Indexed<Rdma>,
        /// Completion queue.
        36 RDMA_NLDEV_ATTR_RES_CQ_ENTRY CompletionQueue completion_queue: Nest<Rdma>,
        /// Number of entries in the completion queue.
        37 RDMA_NLDEV_ATTR_RES_CQE Entries entries: u32,
        /// Number of objects that use this one.
        38 RDMA_NLDEV_ATTR_RES_USECNT Users users: u64,
        /// Context in which the kernel polls; absent for queues of a process.
        39 RDMA_NLDEV_ATTR_RES_POLL_CTX PollContext poll_context: PollContext,
        /// Memory regions.
        40 RDMA_NLDEV_ATTR_RES_MR MemoryRegions memory_regions: Indexed<Rdma>,
        /// Memory region.
        41 RDMA_NLDEV_ATTR_RES_MR_ENTRY MemoryRegion memory_region: Nest<Rdma>,
        /// Key for peers; needs `CAP_NET_ADMIN`.
        42 RDMA_NLDEV_ATTR_RES_RKEY RemoteKey remote_key: Shown<u32, Hexadecimal>,
        /// Key for the device; needs `CAP_NET_ADMIN`.
        43 RDMA_NLDEV_ATTR_RES_LKEY LocalKey local_key: Shown<u32, Hexadecimal>,
        /// Address of the memory region for the device.
        44 RDMA_NLDEV_ATTR_RES_IOVA Iova iova: Shown<u64, Hexadecimal>,
        /// Length of the memory region in bytes.
        45 RDMA_NLDEV_ATTR_RES_MRLEN Length length: u64,
        /// Protection domains.
        46 RDMA_NLDEV_ATTR_RES_PD ProtectionDomains protection_domains: Indexed<Rdma>,
        /// Protection domain.
        47 RDMA_NLDEV_ATTR_RES_PD_ENTRY ProtectionDomain protection_domain: Nest<Rdma>,
        /// Key for all memory; needs `CAP_NET_ADMIN`.
        48 RDMA_NLDEV_ATTR_RES_LOCAL_DMA_LKEY LocalDmaKey local_dma_key: Shown<u32, Hexadecimal>,
        /// Key that opens all memory to peers; absent if there is none.
        49 RDMA_NLDEV_ATTR_RES_UNSAFE_GLOBAL_RKEY GlobalKey global_key: Shown<u32, Hexadecimal>,
        /// Network link of the port; absent if it has none in this namespace.
        50 RDMA_NLDEV_ATTR_NDEV_INDEX Link link: LinkIndex,
        /// Name of the network link.
        51 RDMA_NLDEV_ATTR_NDEV_NAME LinkName link_name: Text,
        /// Details that the driver adds: a name, then how its value prints, then the value.
        52 RDMA_NLDEV_ATTR_DRIVER Driver driver: Nest<Rdma>,
        /// Never sent.
        53 RDMA_NLDEV_ATTR_DRIVER_ENTRY DriverEntry driver_entry: Nest<Rdma>,
        /// Name of a detail, or a value that is a text.
        54 RDMA_NLDEV_ATTR_DRIVER_STRING DriverText driver_text: Many<Text>,
        /// Notation of the value behind it; decimal if absent.
        55 RDMA_NLDEV_ATTR_DRIVER_PRINT_TYPE DriverPrint driver_print: Many<PrintType>,
        /// Value with a sign.
        56 RDMA_NLDEV_ATTR_DRIVER_S32 DriverS32 driver_s32: Many<i32>,
        /// Value.
        57 RDMA_NLDEV_ATTR_DRIVER_U32 DriverU32 driver_u32: Many<u32>,
        /// Value with a sign.
        58 RDMA_NLDEV_ATTR_DRIVER_S64 DriverS64 driver_s64: Many<i64>,
        /// Value.
        59 RDMA_NLDEV_ATTR_DRIVER_U64 DriverU64 driver_u64: Many<u64>,
        /// Number of the protection domain.
        60 RDMA_NLDEV_ATTR_RES_PDN ProtectionDomainId protection_domain_id: u32,
        /// Number of the completion queue.
        61 RDMA_NLDEV_ATTR_RES_CQN CompletionQueueId completion_queue_id: u32,
        /// Number of the memory region.
        62 RDMA_NLDEV_ATTR_RES_MRN MemoryRegionId memory_region_id: u32,
        /// Number of the connection.
        63 RDMA_NLDEV_ATTR_RES_CM_IDN ConnectionId connection_id: u32,
        /// Number of the context: the open file of a process.
        64 RDMA_NLDEV_ATTR_RES_CTXN ContextId context_id: u32,
        /// Driver of a device in software: `rxe` or `siw`.
        65 RDMA_NLDEV_ATTR_LINK_TYPE Kind kind: Text,
        /// Devices of network namespaces.
        66 RDMA_NLDEV_SYS_ATTR_NETNS_MODE NamespaceMode namespace_mode: NamespaceMode,
        /// Protocol of the device: `ib`, `iw`, `roce`, `opa` or `usnic`; absent without a
        /// port.
        67 RDMA_NLDEV_ATTR_DEV_PROTOCOL Protocol protocol: Text,
        /// Descriptor of the network namespace to move the device to.
        68 RDMA_NLDEV_NET_NS_FD Namespace namespace: u32,
        /// Interface of the character device, such as `uverbs`.
        69 RDMA_NLDEV_ATTR_CHARDEV_TYPE CharDeviceType char_device_type: Text,
        /// Name of the character device below `/dev`, without its folder.
        70 RDMA_NLDEV_ATTR_CHARDEV_NAME CharDeviceName char_device_name: Text,
        /// Version of the character device's interface.
        71 RDMA_NLDEV_ATTR_CHARDEV_ABI CharDeviceAbi char_device_abi: u64,
        /// Device number as `dev_t` has it.
        72 RDMA_NLDEV_ATTR_CHARDEV CharDevice char_device: u64,
        /// Number of the driver for programs (`enum rdma_driver_id`).
        73 RDMA_NLDEV_ATTR_UVERBS_DRIVER_ID DriverId driver_id: u32,
        /// Binding of queue pairs to counters.
        74 RDMA_NLDEV_ATTR_STAT_MODE CounterMode counter_mode: CounterMode,
        /// Kind of the counted objects, as an attribute type: [`RDMA_NLDEV_ATTR_RES_QP`] or
        /// [`RDMA_NLDEV_ATTR_RES_MR`].
        75 RDMA_NLDEV_ATTR_STAT_RES CountedKind counted_kind: u32,
        /// Criteria by which queue pairs are bound.
        76 RDMA_NLDEV_ATTR_STAT_AUTO_MODE_MASK CounterCriteria counter_criteria: CounterCriteria,
        /// Counters.
        77 RDMA_NLDEV_ATTR_STAT_COUNTER Counters counters: Indexed<Rdma>,
        /// Counter with its queue pairs.
        78 RDMA_NLDEV_ATTR_STAT_COUNTER_ENTRY Counter counter: Nest<Rdma>,
        /// Number of the counter.
        79 RDMA_NLDEV_ATTR_STAT_COUNTER_ID CounterId counter_id: u32,
        /// Counters of the hardware: their entries, in a change the numbers of those to
        /// turn on.
        80 RDMA_NLDEV_ATTR_STAT_HWCOUNTERS HardwareCounters hardware_counters: Nest<Rdma>,
        /// Counter of the hardware.
        81 RDMA_NLDEV_ATTR_STAT_HWCOUNTER_ENTRY HardwareCounter hardware_counter: Many<Nest<Rdma>>,
        /// Name of the counter.
        82 RDMA_NLDEV_ATTR_STAT_HWCOUNTER_ENTRY_NAME HardwareCounterName hardware_counter_name: Text,
        /// Value of the counter.
        83 RDMA_NLDEV_ATTR_STAT_HWCOUNTER_ENTRY_VALUE HardwareCounterValue hardware_counter_value: u64,
        /// Adaptive moderation of completion interrupts: 0 or 1.
        84 RDMA_NLDEV_ATTR_DEV_DIM Moderation moderation: u8,
        /// Object as the hardware has it, in the form of its vendor.
        85 RDMA_NLDEV_ATTR_RES_RAW Raw raw: Bytes,
        /// Contexts of processes.
        86 RDMA_NLDEV_ATTR_RES_CTX Contexts contexts: Indexed<Rdma>,
        /// Context of a process.
        87 RDMA_NLDEV_ATTR_RES_CTX_ENTRY Context context: Nest<Rdma>,
        /// Shared receive queues.
        88 RDMA_NLDEV_ATTR_RES_SRQ SharedQueues shared_queues: Indexed<Rdma>,
        /// Shared receive queue.
        89 RDMA_NLDEV_ATTR_RES_SRQ_ENTRY SharedQueue shared_queue: Nest<Rdma>,
        /// Number of the shared receive queue.
        90 RDMA_NLDEV_ATTR_RES_SRQN SharedQueueId shared_queue_id: u32,
        /// First number of a range of queue pairs.
        91 RDMA_NLDEV_ATTR_MIN_RANGE First first: u32,
        /// Last number of a range of queue pairs.
        92 RDMA_NLDEV_ATTR_MAX_RANGE Last last: u32,
        /// 1 if the kernel copies registered memory for a child process; absent if it does not.
        93 RDMA_NLDEV_SYS_ATTR_COPY_ON_FORK CopyOnFork copy_on_fork: u8,
        /// Number of a counter of the hardware.
        94 RDMA_NLDEV_ATTR_STAT_HWCOUNTER_INDEX HardwareCounterIndex hardware_counter_index: Many<u32>,
        /// 0 or 1: state of a counter that can be turned off; absent for others.
        95 RDMA_NLDEV_ATTR_STAT_HWCOUNTER_DYNAMIC HardwareCounterIsOn hardware_counter_is_on: u8,
        /// 1 if programs without privilege may use controlled Q_Keys.
        96 RDMA_NLDEV_SYS_ATTR_PRIVILEGED_QKEY_MODE PrivilegedQkey privileged_qkey: u8,
        /// 1 in a request that asks for the driver's details.
        97 RDMA_NLDEV_ATTR_DRIVER_DETAILS Details details: u8,
        /// Type of a queue pair of type `DRIVER`, by the driver's name.
        98 RDMA_NLDEV_ATTR_RES_SUBTYPE Subtype subtype: Text,
        /// Type of a device that another device carries; absent for others.
        99 RDMA_NLDEV_ATTR_DEV_TYPE DeviceType device_type: DeviceType,
        /// Name of the device that carries this one; absent for others.
        100 RDMA_NLDEV_ATTR_PARENT_NAME Parent parent: Text,
        /// Origin of the device's name.
        101 RDMA_NLDEV_ATTR_NAME_ASSIGN_TYPE NameOrigin name_origin: NameOrigin,
        /// Event.
        102 RDMA_NLDEV_ATTR_EVENT_TYPE Event event: EventType,
        /// 1 if the kernel reports events (Linux 6.12).
        103 RDMA_NLDEV_SYS_ATTR_MONITOR_MODE Monitor monitor: u8,
        /// 0 or 1: counters by operation for bound queue pairs.
        104 RDMA_NLDEV_ATTR_STAT_OPCOUNTER_ENABLED OperationCounters operation_counters: u8,
        /// Pools of memory regions for fast registration.
        105 RDMA_NLDEV_ATTR_FRMR_POOLS Pools pools: Indexed<Rdma>,
        /// Pool.
        106 RDMA_NLDEV_ATTR_FRMR_POOL_ENTRY Pool pool: Nest<Rdma>,
        /// Key of the pool: the regions in it are alike.
        107 RDMA_NLDEV_ATTR_FRMR_POOL_KEY PoolKey pool_key: Nest<Rdma>,
        /// 0 or 1: address translation service of the regions.
        108 RDMA_NLDEV_ATTR_FRMR_POOL_KEY_ATS PoolAts pool_ats: u8,
        /// Access to the regions (`enum ib_access_flags`).
        109 RDMA_NLDEV_ATTR_FRMR_POOL_KEY_ACCESS_FLAGS PoolAccess pool_access: Shown<u32, Hexadecimal>,
        /// Key of the vendor.
        110 RDMA_NLDEV_ATTR_FRMR_POOL_KEY_VENDOR_KEY PoolVendorKey pool_vendor_key: Shown<u64, Hexadecimal>,
        /// Number of DMA blocks of a region.
        111 RDMA_NLDEV_ATTR_FRMR_POOL_KEY_NUM_DMA_BLOCKS PoolBlocks pool_blocks: u64,
        /// Number of free regions.
        112 RDMA_NLDEV_ATTR_FRMR_POOL_QUEUE_HANDLES PoolFree pool_free: u32,
        /// Greatest number of regions in use so far.
        113 RDMA_NLDEV_ATTR_FRMR_POOL_MAX_IN_USE PoolMost pool_most: u64,
        /// Number of regions in use.
        114 RDMA_NLDEV_ATTR_FRMR_POOL_IN_USE PoolInUse pool_in_use: u64,
        /// Time in seconds after which free regions go.
        115 RDMA_NLDEV_ATTR_FRMR_POOLS_AGING_PERIOD PoolAging pool_aging: u32,
        /// Number of free regions that stay.
        116 RDMA_NLDEV_ATTR_FRMR_POOL_PINNED_HANDLES PoolPinned pool_pinned: u32,
        /// Key of the kernel's driver.
        117 RDMA_NLDEV_ATTR_FRMR_POOL_KEY_KERNEL_VENDOR_KEY PoolKernelKey pool_kernel_key: Shown<u64, Hexadecimal>,
    }
}
