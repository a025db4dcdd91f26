//! Neighbour tables, their limits and the parameters of links: `struct ndtmsg`,
//! `NDTA_*` and `NDTPA_*` (`linux/neighbour.h`).

mod request;

use crate::codec::{Bytes, Nest, Shown, Str, Struct};
use crate::schema::Milliseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes, fields};

pub use request::*;

structs! {
    /// Fixed header of neighbour tables.
    #[doc(alias = "ndtmsg")]
    pub struct NeighbourTableHeader: 4 {
        /// Address family: [`AF_INET`](crate::route::AF_INET) or [`AF_INET6`](crate::route::AF_INET6).
        #[doc(alias = "ndtm_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
    }

    /// Sizes and times of a neighbour table.
    #[doc(alias = "ndt_config")]
    pub struct NeighbourTableConfig: 32 {
        /// Length of an address in bytes.
        key_len: U16,
        /// Size of an entry in bytes.
        entry_size: U16,
        /// Number of entries.
        entries: U32,
        /// Time since the last flush, in milliseconds.
        last_flush: U32 as Milliseconds,
        /// Time since the reachable times were last drawn, in milliseconds.
        last_rand: U32 as Milliseconds,
        /// Random number of the hash.
        hash_rnd: U32,
        /// Mask of the hash.
        hash_mask: U32,
        /// Unused.
        hash_chain_gc: U32,
        /// Number of packets in the proxy queue.
        proxy_qlen: U32,
    }

    /// Counters of a neighbour table.
    #[doc(alias = "ndt_stats")]
    pub struct NeighbourTableStats: 88 {
        /// Entries created.
        allocs: U64,
        /// Entries destroyed.
        destroys: U64,
        /// Number of times that the hash table grew.
        hash_grows: U64,
        /// Failed resolutions.
        res_failed: U64,
        /// Look-ups.
        lookups: U64,
        /// Look-ups that found an entry.
        hits: U64,
        /// Multicast requests received.
        rcv_probes_mcast: U64,
        /// Unicast requests received.
        rcv_probes_ucast: U64,
        /// Regular runs of the garbage collection.
        periodic_gc_runs: U64,
        /// Runs of the garbage collection for want of room.
        forced_gc_runs: U64,
        /// Entries refused since the table was full.
        table_fulls: U64,
    }
}

impl FixedHeader for NeighbourTableHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

attributes! {
    /// Neighbour table (`NDTA_*`). The kernel sends a message for the table and
    /// one for each link's parameters.
    pub set NeighbourTable, enum NeighbourTableAttr {
        /// Name of the table: `arp_cache` or `ndisc_cache`.
        1 NDTA_NAME Name name: Str,
        /// Number of entries below which nothing is collected.
        2 NDTA_THRESH1 Threshold1 threshold1: u32,
        /// Number of entries above which entries older than 5 seconds are collected.
        3 NDTA_THRESH2 Threshold2 threshold2: u32,
        /// Maximum number of entries.
        4 NDTA_THRESH3 Threshold3 threshold3: u32,
        /// Sizes and times of the table.
        5 NDTA_CONFIG Config config: Struct<NeighbourTableConfig>,
        /// Parameters: those of a link, or the defaults of new links.
        6 NDTA_PARMS Parameters parameters: Nest<NeighbourParameters>,
        /// Counters of the table.
        7 NDTA_STATS Stats stats: Struct<NeighbourTableStats>,
        /// Interval of the garbage collection in milliseconds.
        8 NDTA_GC_INTERVAL GcInterval gc_interval: Shown<u64, Milliseconds>,
        /// Padding.
        9 NDTA_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Parameters of neighbour discovery (`NDTPA_*`).
    pub set NeighbourParameters, enum NeighbourParametersAttr {
        /// Link index; absent for the defaults of new links.
        1 NDTPA_IFINDEX Index index: LinkIndex,
        /// Number of users.
        2 NDTPA_REFCNT References references: u32,
        /// Time that a neighbour is now reachable for, in milliseconds; read-only.
        3 NDTPA_REACHABLE_TIME ReachableTime reachable_time: Shown<u64, Milliseconds>,
        /// Mean of the reachable time in milliseconds.
        4 NDTPA_BASE_REACHABLE_TIME BaseReachableTime base_reachable_time: Shown<u64, Milliseconds>,
        /// Interval of requests in milliseconds.
        5 NDTPA_RETRANS_TIME RetransmitTime retransmit_time: Shown<u64, Milliseconds>,
        /// Time after which an unused entry is collected, in milliseconds.
        6 NDTPA_GC_STALETIME GcStaleTime gc_stale_time: Shown<u64, Milliseconds>,
        /// Delay before a stale entry is probed, in milliseconds.
        7 NDTPA_DELAY_PROBE_TIME DelayProbeTime delay_probe_time: Shown<u64, Milliseconds>,
        /// Number of packets that wait for a resolution, an estimate.
        8 NDTPA_QUEUE_LEN QueueLen queue_len: u32,
        /// Number of requests that a program gets.
        9 NDTPA_APP_PROBES AppProbes app_probes: u32,
        /// Number of unicast requests.
        10 NDTPA_UCAST_PROBES UnicastProbes unicast_probes: u32,
        /// Number of multicast requests.
        11 NDTPA_MCAST_PROBES MulticastProbes multicast_probes: u32,
        /// Maximum delay of an anycast answer in milliseconds.
        12 NDTPA_ANYCAST_DELAY AnycastDelay anycast_delay: Shown<u64, Milliseconds>,
        /// Maximum delay of a proxy's answer in milliseconds.
        13 NDTPA_PROXY_DELAY ProxyDelay proxy_delay: Shown<u64, Milliseconds>,
        /// Maximum number of packets in the proxy queue.
        14 NDTPA_PROXY_QLEN ProxyQueueLen proxy_queue_len: u32,
        /// Minimum age of an entry that is replaced, in milliseconds.
        15 NDTPA_LOCKTIME LockTime lock_time: Shown<u64, Milliseconds>,
        /// Number of bytes that wait for a resolution.
        16 NDTPA_QUEUE_LENBYTES QueueLenBytes queue_len_bytes: u32,
        /// Number of multicast requests after failed unicast requests.
        17 NDTPA_MCAST_REPROBES MulticastReprobes multicast_reprobes: u32,
        /// Padding.
        18 NDTPA_PAD Pad pad: Bytes,
        /// Interval of probes for managed entries, in milliseconds.
        19 NDTPA_INTERVAL_PROBE_TIME_MS IntervalProbeTime interval_probe_time: Shown<u64, Milliseconds>,
    }
}

/// Neighbour table or the parameters of a link, an answer to
/// [`GetNeighbourTables`].
pub type NeighbourTableRow<'a> = Row<'a, NeighbourTableHeader, NeighbourTable>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, NeighbourTableHeader, NeighbourTable> {
    /// Returns the name of the table.
    ///
    /// # Errors
    /// A broken length, or a name that is not UTF-8.
    #[doc(alias = "NDTA_NAME")]
    pub fn name(&self) -> Result<Option<&'a str>, DecodeError> {
        Ok(fields!(self.attributes => NeighbourTable { name })?.name)
    }

    /// Returns the link whose parameters the row shows; `None` for the table
    /// itself.
    ///
    /// # Errors
    /// An index of a wrong length.
    #[doc(alias = "NDTPA_IFINDEX")]
    pub fn link(&self) -> Result<Option<LinkIndex>, DecodeError> {
        let Some(parameters) =
            fields!(self.attributes => NeighbourTable { parameters })?.parameters
        else {
            return Ok(None);
        };
        Ok(fields!(parameters => NeighbourParameters { index })?.index)
    }
}
