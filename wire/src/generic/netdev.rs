//! `netdev`: queues, NAPI instances, page pools and XDP features of links
//! (`linux/netdev.h`).
//!
//! ```
//! use nlwire::generic::netdev::{GetNapis, GetQueue, NapiAttr, QueueType, SetNapi};
//!
//! let queue = GetQueue::of_link(2, QueueType::RX, 0);
//! let instances = GetNapis::of_link(2);
//! let change = SetNapi::by_id(8193).with(&[NapiAttr::GroFlushTimeout(20_000)]);
//! ```
//!
//! XDP features and traffic of `eth0`, link 2, as
//! `ynl --family netdev --do dev-get --json '{"ifindex": 2}'` and
//! `--dump qstats-get` print them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::netdev::*;
//!
//! let features = GetXdpLink::by_index(2);
//! let all = GetXdpLinks::all();
//! let queues = GetQueues::of_link(2);
//! let traffic = GetQueueStats::of_queues(2);
//!
//! /// Returns true if the link can redirect packets to another.
//! fn can_redirect(link: &XdpLinkRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let features = fields!(link.attributes => XdpLink { features })?.features;
//!     Ok(features.is_some_and(|features| features.contains(XdpFeatures::REDIRECT)))
//! }
//!
//! /// Prints a queue's packets; a driver leaves out what it does not count.
//! fn print(row: &QueueStatsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => QueueStats { queue_type, queue_id, rx_packets, rx_hw_drops })?;
//!     println!(
//!         "{:?} {:?}: {:?}, dropped {:?}",
//!         found.queue_type, found.queue_id, found.rx_packets, found.rx_hw_drops
//!     );
//!     Ok(())
//! }
//! ```
//!
//! Pages that a driver has not returned, as `page-pool` of the kernel's tools
//! reports leaks:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::netdev::*;
//!
//! let pools = GetPagePools::all();
//! let one = GetPagePool::by_id(18);
//! let info = [PagePoolAttr::Id(18)];
//! let info = [PagePoolStatsAttr::Info((&info).into())];
//! let statistics = GetPagePoolStats::new().with(&info);
//! let all_statistics = GetAllPagePoolStats::all();
//!
//! /// Returns true for a pool that the driver released while pages were in use.
//! fn leaks(pool: &PagePoolRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let found = fields!(pool.attributes => PagePool { detach_time, in_flight })?;
//!     Ok(found.detach_time.is_some() && found.in_flight.unwrap_or_default() > 0)
//! }
//! ```
//!
//! Payloads go straight to the memory of a device, whose dma-buf is descriptor 5:
//! receive queue 1 of link 2 is bound for it, and the link for sending. A container's
//! link leases queue 2 of the card:
//!
//! ```
//! use nlwire::generic::netdev::*;
//!
//! let queue = [QueueAttr::Kind(QueueType::RX), QueueAttr::Id(1)];
//! let queues = [DmaBufAttr::Queues((&queue).into())];
//! let receive = BindRx::of_link(2, 5).with(&queues);
//! let send = BindTx::of_link(2, 5);
//!
//! let leased = [QueueAttr::Kind(QueueType::RX), QueueAttr::Id(2)];
//! let lease = [LeaseAttr::Link(2.into()), LeaseAttr::Queue((&leased).into())];
//! let lease = [QueueAttr::Lease((&lease).into())];
//! let new = NewQueue::of_link(9, QueueType::RX).with(&lease);
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Many, Nest, Shown, Uint};
use crate::{LinkIndex, attributes, flags, numbers};

family! {
    name NETDEV_FAMILY_NAME "netdev";
    version NETDEV_FAMILY_VERSION 1;
    group NETDEV_MCGRP_MGMT "mgmt" "XDP features of links: [`Change`].";
    group NETDEV_MCGRP_PAGE_POOL "page-pool" "page pools: [`Change`].";
    command 1 NETDEV_CMD_DEV_GET XdpLink "Reads the XDP features of a link, or of all links.";
    command 2 NETDEV_CMD_DEV_ADD_NTF XdpLink "Reports a new link.";
    command 3 NETDEV_CMD_DEV_DEL_NTF XdpLink "Reports a deleted link.";
    command 4 NETDEV_CMD_DEV_CHANGE_NTF XdpLink "Reports changed XDP features.";
    command 5 NETDEV_CMD_PAGE_POOL_GET PagePool "Reads a page pool, or lists all.";
    command 6 NETDEV_CMD_PAGE_POOL_ADD_NTF PagePool "Reports a new page pool.";
    command 7 NETDEV_CMD_PAGE_POOL_DEL_NTF PagePool "Reports a deleted page pool.";
    command 8 NETDEV_CMD_PAGE_POOL_CHANGE_NTF PagePool "Reports a changed page pool.";
    command 9 NETDEV_CMD_PAGE_POOL_STATS_GET PagePoolStats "Reads the statistics of a page pool, or of all.";
    command 10 NETDEV_CMD_QUEUE_GET Queue "Reads a queue, or lists all.";
    command 11 NETDEV_CMD_NAPI_GET Napi "Reads a NAPI instance, or lists all.";
    command 12 NETDEV_CMD_QSTATS_GET QueueStats "Lists statistics of links or queues.";
    command 13 NETDEV_CMD_BIND_RX DmaBuf "Binds a dma-buf to receive queues.";
    command 14 NETDEV_CMD_NAPI_SET Napi "Changes a NAPI instance.";
    command 15 NETDEV_CMD_BIND_TX DmaBuf "Binds a dma-buf for transmission.";
    command 16 NETDEV_CMD_QUEUE_CREATE Queue "Creates a queue that leases one of another link.";
}

requests! {
    XdpLink, XdpLinkAttr, XdpLinkRow, "link";

    /// Reads the XDP features of a link.
    Ask GetXdpLink = NETDEV_CMD_DEV_GET {
        /// Reads the features of the link with this index.
        by_index(index: impl Into<LinkIndex>) { Link(index.into()) }
    }
    /// Lists the XDP features of links.
    List GetXdpLinks = NETDEV_CMD_DEV_GET {
        /// Lists the features of all links.
        all() {}
    }
}

requests! {
    PagePool, PagePoolAttr, PagePoolRow, "page pool";

    /// Reads a page pool.
    Ask GetPagePool = NETDEV_CMD_PAGE_POOL_GET {
        /// Reads the page pool with this identifier.
        by_id(id: u64) { Id(id) }
    }
    /// Lists the page pools.
    List GetPagePools = NETDEV_CMD_PAGE_POOL_GET {
        /// Lists the page pools of all links.
        all() {}
    }
}

requests! {
    PagePoolStats, PagePoolStatsAttr, PagePoolStatsRow, "page pool statistics";

    /// Reads the statistics of a page pool: `with` an
    /// [`Info`](PagePoolStatsAttr::Info) that has its identifier.
    Ask GetPagePoolStats = NETDEV_CMD_PAGE_POOL_STATS_GET {
        /// Reads the statistics of the page pool that `with` names.
        new() {}
    }
    /// Lists the statistics of page pools.
    List GetAllPagePoolStats = NETDEV_CMD_PAGE_POOL_STATS_GET {
        /// Lists the statistics of all page pools.
        all() {}
    }
}

requests! {
    Queue, QueueAttr, QueueRow, "queue";

    /// Reads a queue.
    Ask GetQueue = NETDEV_CMD_QUEUE_GET {
        /// Reads the queue of a link with this type and identifier.
        of_link(link: impl Into<LinkIndex>, kind: QueueType, id: u32) {
            Link(link.into()), Kind(kind), Id(id)
        }
    }
    /// Lists queues.
    List GetQueues = NETDEV_CMD_QUEUE_GET {
        /// Lists the queues of all links.
        all() {}
        /// Lists the queues of a link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Creates a queue that leases a queue of another link, and returns its
    /// identifier: `with` a [`Lease`](QueueAttr::Lease).
    Ask NewQueue = NETDEV_CMD_QUEUE_CREATE {
        /// Creates a queue of a link with this type.
        of_link(link: impl Into<LinkIndex>, kind: QueueType) {
            Link(link.into()), Kind(kind)
        }
    }
}

requests! {
    Napi, NapiAttr, NapiRow, "napi";

    /// Reads a NAPI instance.
    Ask GetNapi = NETDEV_CMD_NAPI_GET {
        /// Reads the instance with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Lists NAPI instances.
    List GetNapis = NETDEV_CMD_NAPI_GET {
        /// Lists the instances of all links.
        all() {}
        /// Lists the instances of a link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a NAPI instance.
    Act SetNapi = NETDEV_CMD_NAPI_SET {
        /// Changes the instance with this identifier.
        by_id(id: u32) { Id(id) }
    }
}

requests! {
    QueueStats, QueueStatsAttr, QueueStatsRow, "statistics";

    /// Lists statistics of links or queues.
    List GetQueueStats = NETDEV_CMD_QSTATS_GET {
        /// Lists the sums of each link.
        of_links() {}
        /// Lists the sums of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
        /// Lists the statistics of each queue of this link.
        of_queues(link: impl Into<LinkIndex>) {
            Link(link.into()), Scope(StatsScope::QUEUE.bits().into())
        }
        /// Lists the statistics of each queue of all links.
        of_all_queues() { Scope(StatsScope::QUEUE.bits().into()) }
    }
}

requests! {
    DmaBuf, DmaBufAttr, DmaBufRow, "dma-buf";

    /// Binds a dma-buf to receive queues, and returns the binding's identifier:
    /// `with` one [`Queues`](DmaBufAttr::Queues) for each queue. The binding
    /// ends when the socket is closed.
    Ask BindRx = NETDEV_CMD_BIND_RX {
        /// Binds the dma-buf with this descriptor to queues of a link.
        of_link(link: impl Into<LinkIndex>, descriptor: u32) {
            Link(link.into()), Descriptor(descriptor)
        }
    }
    /// Binds a dma-buf for transmission, and returns the binding's identifier
    /// (Linux 6.16).
    Ask BindTx = NETDEV_CMD_BIND_TX {
        /// Binds the dma-buf with this descriptor to a link.
        of_link(link: impl Into<LinkIndex>, descriptor: u32) {
            Link(link.into()), Descriptor(descriptor)
        }
    }
}

changes! {
    /// Notification of the groups [`NETDEV_MCGRP_MGMT`] and
    /// [`NETDEV_MCGRP_PAGE_POOL`].
    Change {
        /// New link.
        NewLink(XdpLink) = NETDEV_CMD_DEV_ADD_NTF;
        /// Deleted link.
        DelLink(XdpLink) = NETDEV_CMD_DEV_DEL_NTF;
        /// Link with changed XDP features.
        Link(XdpLink) = NETDEV_CMD_DEV_CHANGE_NTF;
        /// New page pool.
        NewPagePool(PagePool) = NETDEV_CMD_PAGE_POOL_ADD_NTF;
        /// Deleted page pool.
        DelPagePool(PagePool) = NETDEV_CMD_PAGE_POOL_DEL_NTF;
        /// Changed page pool.
        PagePool(PagePool) = NETDEV_CMD_PAGE_POOL_CHANGE_NTF;
    }
}

numbers! {
    /// Poll mode of a NAPI instance.
    pub struct Threaded(u32) {
        DISABLED = 0 "NETDEV_NAPI_THREADED_DISABLED" "disabled";
        ENABLED = 1 "NETDEV_NAPI_THREADED_ENABLED" "enabled";
        /// Polls all the time, in a thread (Linux 6.19).
        BUSY_POLL = 2 "NETDEV_NAPI_THREADED_BUSY_POLL" "busy-poll";
    }
}

flags! {
    /// Scope of statistics.
    pub struct StatsScope(u32) {
        /// Statistics of each queue, not of links.
        QUEUE = 0x1 "NETDEV_QSTATS_SCOPE_QUEUE" "queue";
    }
}

numbers! {
    /// Type of a queue.
    pub struct QueueType(u32) {
        RX = 0 "NETDEV_QUEUE_TYPE_RX" "rx";
        TX = 1 "NETDEV_QUEUE_TYPE_TX" "tx";
    }
}

flags! {
    /// XDP features of a link.
    pub struct XdpFeatures(u64) {
        /// Programs can pass, drop, abort and return packets.
        BASIC = 0x1 "NETDEV_XDP_ACT_BASIC" "basic";
        /// Programs can redirect packets.
        REDIRECT = 0x2 "NETDEV_XDP_ACT_REDIRECT" "redirect";
        /// The link transmits packets that are redirected to it.
        NDO_XMIT = 0x4 "NETDEV_XDP_ACT_NDO_XMIT" "ndo-xmit";
        /// `AF_XDP` sockets work without copies.
        XSK_ZEROCOPY = 0x8 "NETDEV_XDP_ACT_XSK_ZEROCOPY" "xsk-zerocopy";
        /// Programs can run in hardware.
        HW_OFFLOAD = 0x10 "NETDEV_XDP_ACT_HW_OFFLOAD" "hw-offload";
        /// Programs get packets in several buffers.
        RX_SG = 0x20 "NETDEV_XDP_ACT_RX_SG" "rx-sg";
        /// The link transmits redirected packets in several buffers.
        NDO_XMIT_SG = 0x40 "NETDEV_XDP_ACT_NDO_XMIT_SG" "ndo-xmit-sg";
    }
}

flags! {
    /// Metadata that an XDP program can read of a received packet.
    pub struct XdpRxMetadata(u64) {
        TIMESTAMP = 0x1 "NETDEV_XDP_RX_METADATA_TIMESTAMP" "timestamp";
        HASH = 0x2 "NETDEV_XDP_RX_METADATA_HASH" "hash";
        VLAN_TAG = 0x4 "NETDEV_XDP_RX_METADATA_VLAN_TAG" "vlan-tag";
    }
}

flags! {
    /// Features of `AF_XDP` sockets for packets to be sent.
    pub struct XskFeatures(u64) {
        /// Hardware takes the time of transmission.
        TX_TIMESTAMP = 0x1 "NETDEV_XSK_FLAGS_TX_TIMESTAMP" "tx-timestamp";
        /// Hardware computes L3 checksums.
        TX_CHECKSUM = 0x2 "NETDEV_XSK_FLAGS_TX_CHECKSUM" "tx-checksum";
        /// Hardware sends packets at a given time, in their order.
        TX_LAUNCH_TIME_FIFO = 0x4 "NETDEV_XSK_FLAGS_TX_LAUNCH_TIME_FIFO" "tx-launch-time-fifo";
    }
}

attributes! {
    /// XDP features of a link (`NETDEV_A_DEV_*`).
    pub set XdpLink, enum XdpLinkAttr {
        /// Link index.
        1 NETDEV_A_DEV_IFINDEX Link link: LinkIndex,
        /// Padding.
        2 NETDEV_A_DEV_PAD Pad pad: Bytes,
        /// XDP features: [`XdpFeatures`].
        3 NETDEV_A_DEV_XDP_FEATURES Features features: XdpFeatures,
        /// Maximum number of fragments for `AF_XDP` without copies; absent for a link
        /// without [`XSK_ZEROCOPY`](XdpFeatures::XSK_ZEROCOPY).
        4 NETDEV_A_DEV_XDP_ZC_MAX_SEGS MaxSegments max_segments: u32,
        /// Metadata of received packets: [`XdpRxMetadata`].
        5 NETDEV_A_DEV_XDP_RX_METADATA_FEATURES RxMetadata rx_metadata: XdpRxMetadata,
        /// Features of `AF_XDP` sockets: [`XskFeatures`].
        6 NETDEV_A_DEV_XSK_FEATURES XskFeatures xsk_features: XskFeatures,
    }
}

attributes! {
    /// Memory of `io_uring` that packets are received to
    /// (`NETDEV_A_IO_URING_PROVIDER_INFO_*`).
    pub set IoUring, enum IoUringAttr {
        /// Size of a receive buffer in bytes.
        1 NETDEV_A_IO_URING_PROVIDER_INFO_RX_BUF_LEN BufferLen buffer_len: Uint,
    }
}

attributes! {
    /// Page pool (`NETDEV_A_PAGE_POOL_*`).
    pub set PagePool, enum PagePoolAttr {
        /// Identifier of the page pool.
        1 NETDEV_A_PAGE_POOL_ID Id id: Uint,
        /// Link index; absent for a pool whose link is gone.
        2 NETDEV_A_PAGE_POOL_IFINDEX Link link: LinkIndex,
        /// Identifier of the NAPI instance that uses the pool; absent for none.
        3 NETDEV_A_PAGE_POOL_NAPI_ID NapiId napi_id: Uint,
        /// Number of pages in use, which belong to the pool.
        4 NETDEV_A_PAGE_POOL_INFLIGHT InFlight in_flight: Uint,
        /// Memory of these pages in bytes.
        5 NETDEV_A_PAGE_POOL_INFLIGHT_MEM InFlightBytes in_flight_bytes: Uint,
        /// Time at which the driver released the pool, in seconds since boot; absent
        /// while it uses the pool.
        6 NETDEV_A_PAGE_POOL_DETACH_TIME DetachTime detach_time: Uint,
        /// Identifier of the dma-buf binding; absent if the memory is the kernel's.
        7 NETDEV_A_PAGE_POOL_DMABUF DmaBuf dma_buf: u32,
        /// Memory of `io_uring`; absent if the memory is the kernel's.
        8 NETDEV_A_PAGE_POOL_IO_URING IoUring io_uring: Nest<IoUring>,
    }
}

attributes! {
    /// Statistics of a page pool (`NETDEV_A_PAGE_POOL_STATS_*`), as numbers of
    /// pages.
    pub set PagePoolStats, enum PagePoolStatsAttr {
        /// Page pool.
        1 NETDEV_A_PAGE_POOL_STATS_INFO Info info: Nest<PagePool>,
        /// Number of allocations from the cache.
        8 NETDEV_A_PAGE_POOL_STATS_ALLOC_FAST AllocFast alloc_fast: Uint,
        /// Number of allocations of single pages from the page allocator.
        9 NETDEV_A_PAGE_POOL_STATS_ALLOC_SLOW AllocSlow alloc_slow: Uint,
        /// Number of allocations of several pages from the page allocator.
        10 NETDEV_A_PAGE_POOL_STATS_ALLOC_SLOW_HIGH_ORDER AllocSlowHighOrder alloc_slow_high_order: Uint,
        /// Number of allocations while the ring was empty.
        11 NETDEV_A_PAGE_POOL_STATS_ALLOC_EMPTY AllocEmpty alloc_empty: Uint,
        /// Number of allocations that refilled the cache from the ring.
        12 NETDEV_A_PAGE_POOL_STATS_ALLOC_REFILL AllocRefill alloc_refill: Uint,
        /// Number of pages of the ring that were on another NUMA node.
        13 NETDEV_A_PAGE_POOL_STATS_ALLOC_WAIVE AllocWaive alloc_waive: Uint,
        /// Number of pages recycled to the cache.
        14 NETDEV_A_PAGE_POOL_STATS_RECYCLE_CACHED RecycleCached recycle_cached: Uint,
        /// Number of pages not recycled to the cache, because it was full.
        15 NETDEV_A_PAGE_POOL_STATS_RECYCLE_CACHE_FULL RecycleCacheFull recycle_cache_full: Uint,
        /// Number of pages recycled to the ring.
        16 NETDEV_A_PAGE_POOL_STATS_RECYCLE_RING RecycleRing recycle_ring: Uint,
        /// Number of pages freed, because the ring was full.
        17 NETDEV_A_PAGE_POOL_STATS_RECYCLE_RING_FULL RecycleRingFull recycle_ring_full: Uint,
        /// Number of pages freed, because others still used them.
        18 NETDEV_A_PAGE_POOL_STATS_RECYCLE_RELEASED_REFCNT RecycleReleased recycle_released: Uint,
    }
}

attributes! {
    /// NAPI instance (`NETDEV_A_NAPI_*`).
    pub set Napi, enum NapiAttr {
        /// Link index.
        1 NETDEV_A_NAPI_IFINDEX Link link: LinkIndex,
        /// Identifier of the instance.
        2 NETDEV_A_NAPI_ID Id id: u32,
        /// Interrupt of the instance; absent if the driver names none.
        3 NETDEV_A_NAPI_IRQ Irq irq: u32,
        /// Process ID of the thread that polls; absent if no thread does.
        4 NETDEV_A_NAPI_PID Pid pid: u32,
        /// Number of empty polls before interrupts are enabled again.
        5 NETDEV_A_NAPI_DEFER_HARD_IRQS DeferHardIrqs defer_hard_irqs: u32,
        /// Timeout of GRO flushes in nanoseconds.
        6 NETDEV_A_NAPI_GRO_FLUSH_TIMEOUT GroFlushTimeout gro_flush_timeout: Uint,
        /// Time that interrupts stay suspended while a program polls, in
        /// nanoseconds.
        7 NETDEV_A_NAPI_IRQ_SUSPEND_TIMEOUT IrqSuspendTimeout irq_suspend_timeout: Uint,
        /// Poll mode.
        8 NETDEV_A_NAPI_THREADED Threaded threaded: Threaded,
    }
}

attributes! {
    /// Queue of a link (`NETDEV_A_QUEUE_*`).
    pub set Queue, enum QueueAttr {
        /// Identifier of the queue, from 0 for each type.
        1 NETDEV_A_QUEUE_ID Id id: u32,
        /// Link index.
        2 NETDEV_A_QUEUE_IFINDEX Link link: LinkIndex,
        /// Type of the queue.
        3 NETDEV_A_QUEUE_TYPE Kind kind: QueueType,
        /// Identifier of the NAPI instance that serves the queue; absent for none.
        4 NETDEV_A_QUEUE_NAPI_ID NapiId napi_id: u32,
        /// Identifier of the dma-buf binding; absent for none.
        5 NETDEV_A_QUEUE_DMABUF DmaBuf dma_buf: u32,
        /// Memory of `io_uring` that the queue fills; absent for none.
        6 NETDEV_A_QUEUE_IO_URING IoUring io_uring: Nest<IoUring>,
        /// Present, and empty, if an `AF_XDP` socket uses the queue.
        7 NETDEV_A_QUEUE_XSK Xsk xsk: Bytes,
        /// Queue of another link: in requests the one to lease, in answers the one that
        /// leases this queue. It is absent for none.
        8 NETDEV_A_QUEUE_LEASE Lease lease: Nest<Lease>,
    }
}

attributes! {
    /// Queue of another link (`NETDEV_A_LEASE_*`).
    pub set Lease, enum LeaseAttr {
        /// Index of the other link.
        1 NETDEV_A_LEASE_IFINDEX Link link: LinkIndex,
        /// Queue of the other link.
        2 NETDEV_A_LEASE_QUEUE Queue queue: Nest<Queue>,
        /// Identifier of the other link's network namespace; absent if that is this
        /// link's.
        3 NETDEV_A_LEASE_NETNS_ID Namespace namespace: i32,
    }
}

attributes! {
    /// Statistics of a link or a queue (`NETDEV_A_QSTATS_*`). A counter is absent if the
    /// driver does not have it.
    pub set QueueStats, enum QueueStatsAttr {
        /// Link index.
        1 NETDEV_A_QSTATS_IFINDEX Link link: LinkIndex,
        /// Type of the queue; absent for the sums of a link.
        2 NETDEV_A_QSTATS_QUEUE_TYPE QueueType queue_type: QueueType,
        /// Identifier of the queue; absent for the sums of a link.
        3 NETDEV_A_QSTATS_QUEUE_ID QueueId queue_id: u32,
        /// Requested scope: [`StatsScope`].
        4 NETDEV_A_QSTATS_SCOPE Scope scope: Shown<Uint, StatsScope>,
        /// Number of received packets.
        8 NETDEV_A_QSTATS_RX_PACKETS RxPackets rx_packets: Uint,
        /// Number of received bytes.
        9 NETDEV_A_QSTATS_RX_BYTES RxBytes rx_bytes: Uint,
        /// Number of sent packets.
        10 NETDEV_A_QSTATS_TX_PACKETS TxPackets tx_packets: Uint,
        /// Number of sent bytes.
        11 NETDEV_A_QSTATS_TX_BYTES TxBytes tx_bytes: Uint,
        /// Number of failed allocations of receive buffers.
        12 NETDEV_A_QSTATS_RX_ALLOC_FAIL RxAllocFailed rx_alloc_failed: Uint,
        /// Number of received packets that the device dropped.
        13 NETDEV_A_QSTATS_RX_HW_DROPS RxHwDrops rx_hw_drops: Uint,
        /// Number of packets that the device dropped for lack of buffers.
        14 NETDEV_A_QSTATS_RX_HW_DROP_OVERRUNS RxHwOverruns rx_hw_overruns: Uint,
        /// Number of packets with a checksum over all their bytes.
        15 NETDEV_A_QSTATS_RX_CSUM_COMPLETE RxChecksumComplete rx_checksum_complete: Uint,
        /// Number of packets whose checksum the device checked.
        16 NETDEV_A_QSTATS_RX_CSUM_UNNECESSARY RxChecksumUnnecessary rx_checksum_unnecessary: Uint,
        /// Number of packets whose checksum the device did not check.
        17 NETDEV_A_QSTATS_RX_CSUM_NONE RxChecksumNone rx_checksum_none: Uint,
        /// Number of packets with a wrong checksum.
        18 NETDEV_A_QSTATS_RX_CSUM_BAD RxChecksumBad rx_checksum_bad: Uint,
        /// Number of packets that the device merged (GRO), after the merge.
        19 NETDEV_A_QSTATS_RX_HW_GRO_PACKETS RxGroPackets rx_gro_packets: Uint,
        /// Number of bytes in merged packets, after the merge.
        20 NETDEV_A_QSTATS_RX_HW_GRO_BYTES RxGroBytes rx_gro_bytes: Uint,
        /// Number of packets that the device merged, as on the wire.
        21 NETDEV_A_QSTATS_RX_HW_GRO_WIRE_PACKETS RxGroWirePackets rx_gro_wire_packets: Uint,
        /// Number of bytes in packets that the device merged, as on the wire.
        22 NETDEV_A_QSTATS_RX_HW_GRO_WIRE_BYTES RxGroWireBytes rx_gro_wire_bytes: Uint,
        /// Number of received packets dropped by a rate limit.
        23 NETDEV_A_QSTATS_RX_HW_DROP_RATELIMITS RxHwRateLimited rx_hw_rate_limited: Uint,
        /// Number of packets to be sent that the device dropped.
        24 NETDEV_A_QSTATS_TX_HW_DROPS TxHwDrops tx_hw_drops: Uint,
        /// Number of packets to be sent that were invalid.
        25 NETDEV_A_QSTATS_TX_HW_DROP_ERRORS TxHwErrors tx_hw_errors: Uint,
        /// Number of sent packets without need of a checksum.
        26 NETDEV_A_QSTATS_TX_CSUM_NONE TxChecksumNone tx_checksum_none: Uint,
        /// Number of sent packets whose checksum the device computed.
        27 NETDEV_A_QSTATS_TX_NEEDS_CSUM TxNeedsChecksum tx_needs_checksum: Uint,
        /// Number of packets that the device split (GSO), before the split.
        28 NETDEV_A_QSTATS_TX_HW_GSO_PACKETS TxGsoPackets tx_gso_packets: Uint,
        /// Number of bytes in such packets, before the split.
        29 NETDEV_A_QSTATS_TX_HW_GSO_BYTES TxGsoBytes tx_gso_bytes: Uint,
        /// Number of packets after the split, as on the wire.
        30 NETDEV_A_QSTATS_TX_HW_GSO_WIRE_PACKETS TxGsoWirePackets tx_gso_wire_packets: Uint,
        /// Number of bytes after the split, as on the wire.
        31 NETDEV_A_QSTATS_TX_HW_GSO_WIRE_BYTES TxGsoWireBytes tx_gso_wire_bytes: Uint,
        /// Number of packets to be sent that were dropped by a rate limit.
        32 NETDEV_A_QSTATS_TX_HW_DROP_RATELIMITS TxHwRateLimited tx_hw_rate_limited: Uint,
        /// Number of times that the driver stopped the queue.
        33 NETDEV_A_QSTATS_TX_STOP TxStops tx_stops: Uint,
        /// Number of times that the driver started the queue again.
        34 NETDEV_A_QSTATS_TX_WAKE TxWakes tx_wakes: Uint,
    }
}

attributes! {
    /// Binding of a dma-buf to a link (`NETDEV_A_DMABUF_*`).
    pub set DmaBuf, enum DmaBufAttr {
        /// Link index.
        1 NETDEV_A_DMABUF_IFINDEX Link link: LinkIndex,
        /// Receive queues to bind, an attribute for each.
        2 NETDEV_A_DMABUF_QUEUES Queues queues: Many<Nest<Queue>>,
        /// Descriptor of the dma-buf.
        3 NETDEV_A_DMABUF_FD Descriptor descriptor: u32,
        /// Identifier of the binding.
        4 NETDEV_A_DMABUF_ID Id id: u32,
        /// Size of a receive buffer in bytes.
        5 NETDEV_A_DMABUF_RX_PAGE_SIZE RxPageSize rx_page_size: u32,
    }
}
