//! Requests of devices.

use super::{
    CounterMode, DeviceType, NamespaceMode, PROTOCOL, RDMA_NL_NLDEV, RDMA_NLDEV_ATTR_RES_MR,
    RDMA_NLDEV_ATTR_RES_QP, RDMA_NLDEV_CMD_DELDEV, RDMA_NLDEV_CMD_DELLINK,
    RDMA_NLDEV_CMD_FRMR_POOLS_GET, RDMA_NLDEV_CMD_FRMR_POOLS_SET, RDMA_NLDEV_CMD_GET,
    RDMA_NLDEV_CMD_GET_CHARDEV, RDMA_NLDEV_CMD_NEWDEV, RDMA_NLDEV_CMD_NEWLINK,
    RDMA_NLDEV_CMD_PORT_GET, RDMA_NLDEV_CMD_RES_CM_ID_GET, RDMA_NLDEV_CMD_RES_CQ_GET,
    RDMA_NLDEV_CMD_RES_CQ_GET_RAW, RDMA_NLDEV_CMD_RES_CTX_GET, RDMA_NLDEV_CMD_RES_GET,
    RDMA_NLDEV_CMD_RES_MR_GET, RDMA_NLDEV_CMD_RES_MR_GET_RAW, RDMA_NLDEV_CMD_RES_PD_GET,
    RDMA_NLDEV_CMD_RES_QP_GET, RDMA_NLDEV_CMD_RES_QP_GET_RAW, RDMA_NLDEV_CMD_RES_SRQ_GET,
    RDMA_NLDEV_CMD_RES_SRQ_GET_RAW, RDMA_NLDEV_CMD_SET, RDMA_NLDEV_CMD_STAT_DEL,
    RDMA_NLDEV_CMD_STAT_GET, RDMA_NLDEV_CMD_STAT_GET_STATUS, RDMA_NLDEV_CMD_STAT_SET,
    RDMA_NLDEV_CMD_SYS_GET, RDMA_NLDEV_CMD_SYS_SET, Rdma, RdmaAttr,
};
use crate::codec::{IndexedSets, Set};
use crate::request::object::requests;
use crate::{DecodeError, Text, fields};

/// High byte of the message types.
const NLDEV: u8 = RDMA_NL_NLDEV << 2;

/// No fixed header.
type FamilyHeader = ();

const fn header(_: u8, _: u32) -> FamilyHeader {}

requests! {
    Rdma, RdmaAttr, RdmaRow, "device" in NLDEV;

    /// Reads a device: `rdma dev show`.
    Ask GetDevice = RDMA_NLDEV_CMD_GET {
        /// Reads the device with this index.
        by_index(index: u32) { Index(index) }
    }
    /// Lists the devices: `rdma dev`.
    List GetDevices = RDMA_NLDEV_CMD_GET {
        /// Lists all devices of the network namespace.
        all() {}
    }
    /// Creates a device in software: `rdma link add`.
    Act NewDevice = RDMA_NLDEV_CMD_NEWLINK {
        /// Creates a device of a kind, `rxe` or `siw`, on a network link. The kernel needs the
        /// module of the kind.
        of(
            name: impl Into<Text<'a>>,
            kind: impl Into<Text<'a>>,
            link: impl Into<Text<'a>>
        ) {
            Name(name.into()), Kind(kind.into()), LinkName(link.into())
        }
    }
    /// Renames a device, moves it to a network namespace, or sets adaptive moderation: one
    /// of these in a request (`rdma dev set`).
    Act SetDevice = RDMA_NLDEV_CMD_SET {
        /// Changes the device with this index.
        by_index(index: u32) { Index(index) }
    }
    /// Deletes a device in software: `rdma link delete`.
    Act DeleteDevice = RDMA_NLDEV_CMD_DELLINK {
        /// Deletes the device with this index.
        by_index(index: u32) { Index(index) }
    }
    /// Reads a port: `rdma link show`.
    Ask GetPort = RDMA_NLDEV_CMD_PORT_GET {
        /// Reads a port of a device. Ports have numbers from 1 on.
        of(index: u32, port: u32) { Index(index), Port(port) }
    }
    /// Lists the ports of a device: `rdma link`.
    List GetPorts = RDMA_NLDEV_CMD_PORT_GET {
        /// Lists the ports of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads what all devices share: `rdma system`.
    Ask GetSystem = RDMA_NLDEV_CMD_SYS_GET {
        /// Reads the settings.
        new() {}
    }
    /// Changes what all devices share: `rdma system set`.
    Act SetSystem = RDMA_NLDEV_CMD_SYS_SET {
        /// Gives devices to one network namespace each, or to all. The kernel refuses that
        /// with `EBUSY` while other namespaces exist.
        namespace_mode(mode: NamespaceMode) { NamespaceMode(mode) }
        /// Lets programs without privilege use controlled Q_Keys.
        privileged_qkey(on: bool) { PrivilegedQkey(on.into()) }
    }
    /// Finds the character device of an interface.
    Ask GetCharDevice = RDMA_NLDEV_CMD_GET_CHARDEV {
        /// Finds that of an interface that no device has, such as `rdma_cm`.
        of(interface: impl Into<Text<'a>>) { CharDeviceType(interface.into()) }
        /// Finds that of a device, such as `uverbs`.
        of_device(index: u32, interface: impl Into<Text<'a>>) {
            CharDeviceType(interface.into()), Index(index)
        }
        /// Finds that of a port, such as `umad`.
        of_port(index: u32, port: u32, interface: impl Into<Text<'a>>) {
            CharDeviceType(interface.into()), Index(index), Port(port)
        }
    }
    /// Counts the objects of a device: `rdma resource show`.
    Ask GetSummary = RDMA_NLDEV_CMD_RES_GET {
        /// Counts the objects of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Counts the objects of each device: `rdma resource`.
    List GetSummaries = RDMA_NLDEV_CMD_RES_GET {
        /// Counts the objects of all devices.
        all() {}
    }
    /// Reads a queue pair.
    Ask GetQueuePair = RDMA_NLDEV_CMD_RES_QP_GET {
        /// Reads the queue pair with this number on a port of a device. The queue pairs for
        /// management, which the kernel makes, are in lists only.
        of(index: u32, port: u32, number: u32) { Index(index), Port(port), LocalQpn(number) }
    }
    /// Lists queue pairs: `rdma resource show qp`.
    List GetQueuePairs = RDMA_NLDEV_CMD_RES_QP_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
        /// Lists those of a port.
        of_port(index: u32, port: u32) { Index(index), Port(port) }
    }
    /// Lists queue pairs as the hardware has them; needs `CAP_NET_ADMIN`.
    List GetRawQueuePairs = RDMA_NLDEV_CMD_RES_QP_GET_RAW {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads a connection.
    Ask GetConnection = RDMA_NLDEV_CMD_RES_CM_ID_GET {
        /// Reads the connection with this number on a port of a device.
        of(index: u32, port: u32, number: u32) { Index(index), Port(port), ConnectionId(number) }
    }
    /// Lists connections: `rdma resource show cm_id`.
    List GetConnections = RDMA_NLDEV_CMD_RES_CM_ID_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
        /// Lists those of a port.
        of_port(index: u32, port: u32) { Index(index), Port(port) }
    }
    /// Reads a completion queue.
    Ask GetCompletionQueue = RDMA_NLDEV_CMD_RES_CQ_GET {
        /// Reads the completion queue with this number.
        of(index: u32, number: u32) { Index(index), CompletionQueueId(number) }
    }
    /// Lists completion queues: `rdma resource show cq`.
    List GetCompletionQueues = RDMA_NLDEV_CMD_RES_CQ_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Lists completion queues as the hardware has them; needs `CAP_NET_ADMIN`.
    List GetRawCompletionQueues = RDMA_NLDEV_CMD_RES_CQ_GET_RAW {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads a memory region.
    Ask GetMemoryRegion = RDMA_NLDEV_CMD_RES_MR_GET {
        /// Reads the memory region with this number.
        of(index: u32, number: u32) { Index(index), MemoryRegionId(number) }
    }
    /// Lists memory regions: `rdma resource show mr`.
    List GetMemoryRegions = RDMA_NLDEV_CMD_RES_MR_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Lists memory regions as the hardware has them; needs `CAP_NET_ADMIN`.
    List GetRawMemoryRegions = RDMA_NLDEV_CMD_RES_MR_GET_RAW {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads a protection domain.
    Ask GetProtectionDomain = RDMA_NLDEV_CMD_RES_PD_GET {
        /// Reads the protection domain with this number.
        of(index: u32, number: u32) { Index(index), ProtectionDomainId(number) }
    }
    /// Lists protection domains: `rdma resource show pd`.
    List GetProtectionDomains = RDMA_NLDEV_CMD_RES_PD_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads a context.
    Ask GetContext = RDMA_NLDEV_CMD_RES_CTX_GET {
        /// Reads the context with this number.
        of(index: u32, number: u32) { Index(index), ContextId(number) }
    }
    /// Lists contexts: `rdma resource show ctx`.
    List GetContexts = RDMA_NLDEV_CMD_RES_CTX_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads a shared receive queue.
    Ask GetSharedQueue = RDMA_NLDEV_CMD_RES_SRQ_GET {
        /// Reads the shared receive queue with this number.
        of(index: u32, number: u32) { Index(index), SharedQueueId(number) }
    }
    /// Lists shared receive queues: `rdma resource show srq`.
    List GetSharedQueues = RDMA_NLDEV_CMD_RES_SRQ_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Lists shared receive queues as the hardware has them; needs `CAP_NET_ADMIN`.
    List GetRawSharedQueues = RDMA_NLDEV_CMD_RES_SRQ_GET_RAW {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Reads counters of a port, or their mode: `rdma statistic`.
    Ask GetCounter = RDMA_NLDEV_CMD_STAT_GET {
        /// Reads the sums of all counters of a port.
        of_port(index: u32, port: u32) { Index(index), Port(port) }
        /// Reads the mode of a port's counters.
        mode_of_port(index: u32, port: u32) {
            Index(index), Port(port),
            CountedKind(RDMA_NLDEV_ATTR_RES_QP.into()), CounterMode(CounterMode::NONE)
        }
        /// Reads the counter with this number of a port, and its queue pairs.
        by_number(index: u32, port: u32, number: u32) {
            Index(index), Port(port),
            CountedKind(RDMA_NLDEV_ATTR_RES_QP.into()), CounterId(number)
        }
    }
    /// Lists counters: `rdma statistic qp show` and `rdma statistic mr show`.
    List GetCounters = RDMA_NLDEV_CMD_STAT_GET {
        /// Lists the counters of queue pairs.
        of_queue_pairs(index: u32) {
            Index(index), CountedKind(RDMA_NLDEV_ATTR_RES_QP.into())
        }
        /// Lists the counters of memory regions.
        of_memory_regions(index: u32) {
            Index(index), CountedKind(RDMA_NLDEV_ATTR_RES_MR.into())
        }
    }
    /// Reads which counters of a port can be turned on: `rdma statistic mode`.
    Ask GetCounterStatus = RDMA_NLDEV_CMD_STAT_GET_STATUS {
        /// Reads those of a port.
        of(index: u32, port: u32) { Index(index), Port(port) }
    }
    /// Sets the mode of a port's counters, or binds a queue pair: `rdma statistic qp set` and
    /// `rdma statistic qp bind`.
    Ask SetCounters = RDMA_NLDEV_CMD_STAT_SET {
        /// Binds each new queue pair by the criteria of
        /// [`CounterCriteria`](RdmaAttr::CounterCriteria), which are given by `with`; without
        /// criteria none is bound any more.
        auto(index: u32, port: u32) {
            Index(index), Port(port),
            CountedKind(RDMA_NLDEV_ATTR_RES_QP.into()), CounterMode(CounterMode::AUTO)
        }
        /// Binds the queue pair of [`LocalQpn`](RdmaAttr::LocalQpn), which is given by `with`,
        /// to a new counter, or to that of [`CounterId`](RdmaAttr::CounterId).
        manual(index: u32, port: u32) {
            Index(index), Port(port),
            CountedKind(RDMA_NLDEV_ATTR_RES_QP.into()), CounterMode(CounterMode::MANUAL)
        }
        /// Turns on the counters of the hardware in
        /// [`HardwareCounters`](RdmaAttr::HardwareCounters), which are given by `with`, and all
        /// others off.
        hardware(index: u32, port: u32) { Index(index), Port(port) }
    }
    /// Unbinds a queue pair from a counter: `rdma statistic qp unbind`.
    Ask DeleteCounter = RDMA_NLDEV_CMD_STAT_DEL {
        /// Unbinds the queue pair of [`LocalQpn`](RdmaAttr::LocalQpn), which is given by
        /// `with`, from the counter with this number.
        of(index: u32, port: u32, number: u32) {
            Index(index), Port(port),
            CountedKind(RDMA_NLDEV_ATTR_RES_QP.into()), CounterId(number)
        }
    }
    /// Creates a device upon another one: `rdma dev add`.
    Act NewSubDevice = RDMA_NLDEV_CMD_NEWDEV {
        /// Creates a device with this name upon the device with this index.
        of(parent: u32, name: impl Into<Text<'a>>, kind: DeviceType) {
            Index(parent), Name(name.into()), DeviceType(kind)
        }
    }
    /// Deletes a device upon another one: `rdma dev delete`.
    Act DeleteSubDevice = RDMA_NLDEV_CMD_DELDEV {
        /// Deletes the device with this index.
        by_index(index: u32) { Index(index) }
    }
    /// Lists pools of memory regions for fast registration: `rdma resource show frmr_pools`.
    List GetPools = RDMA_NLDEV_CMD_FRMR_POOLS_GET {
        /// Lists those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
    /// Changes pools of memory regions: `rdma resource set frmr_pools`.
    Act SetPools = RDMA_NLDEV_CMD_FRMR_POOLS_SET {
        /// Changes those of the device with this index.
        of_device(index: u32) { Index(index) }
    }
}

impl<'a> RdmaRow<'a> {
    /// Returns the index of the device.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn index(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Rdma { index })?.index)
    }

    /// Returns the name of the device.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Rdma { name })?.name)
    }

    /// Returns the objects in a row of a list: queue pairs, connections, completion queues,
    /// memory regions, protection domains, contexts, shared receive queues, counters or
    /// pools. A long list has several rows.
    ///
    /// ```
    /// use nlwire::rdma::{QueuePairState, Rdma, RdmaRow};
    /// use nlwire::fields;
    ///
    /// fn print(row: &RdmaRow<'_>) -> Result<(), nlwire::DecodeError> {
    ///     for queue_pair in row.objects()? {
    ///         let queue_pair = fields!(queue_pair? => Rdma { local_qpn, state })?;
    ///         let state = queue_pair.state.map(QueuePairState);
    ///         println!("{:?}: {:?}", queue_pair.local_qpn, state);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn objects(
        &self,
    ) -> Result<impl Iterator<Item = Result<Set<'a, Rdma>, DecodeError>>, DecodeError> {
        let tables = fields!(self.attributes => Rdma {
            queue_pairs,
            connections,
            completion_queues,
            memory_regions,
            protection_domains,
            contexts,
            shared_queues,
            counters,
            pools,
        })?;
        let table = tables
            .queue_pairs
            .or(tables.connections)
            .or(tables.completion_queues)
            .or(tables.memory_regions)
            .or(tables.protection_domains)
            .or(tables.contexts)
            .or(tables.shared_queues)
            .or(tables.counters)
            .or(tables.pools);
        let objects = table.into_iter().flat_map(IndexedSets::iter);
        Ok(objects.map(|object| Ok(object?.1)))
    }
}
