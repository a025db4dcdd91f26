//! Routes: `struct rtmsg`, `struct rtnexthop` and `RTA_*`
//! (`linux/rtnetlink.h`).
//!
//! [`NewRoute`] adds or replaces a route, [`DeleteRoute`] deletes one, [`GetRoutes`]
//! lists them and [`GetRoute`] asks for the route to an address. The fixed header is
//! [`RouteHeader`], the attributes are [`Route`]:
//!
//! ```text
//!  0        1         2         3     4       5          6       7      8       12
//! +--------+---------+---------+-----+-------+----------+-------+------+-------+
//! | family | dst len | src len | tos | table | protocol | scope | type | flags |
//! +--------+---------+---------+-----+-------+----------+-------+------+-------+
//!
//! RTA_MULTIPATH holds records, aligned to 4 bytes:
//!  0        2       3      4            8                   length
//! +--------+-------+------+------------+--------------------+
//! | length | flags | hops | link index | attributes (RTA_*) |
//! +--------+-------+------+------------+--------------------+
//! ```

mod delete;
mod get;
mod hop;
mod new;
mod place;
mod row;

pub use delete::DeleteRoute;
pub use get::{GetRoute, GetRoutes};
pub use hop::Hop;
pub use new::NewRoute;
pub use row::{RouteHop, RouteRow};

use crate::zerocopy::native_endian::{I32, U16, U32, U64};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use super::{RouteEncapChoice, RouteKind, RouteProtocol, RouteTable, Scope, Via};
use crate::codec::{Address, Be, Bytes, Extensible, Nest, Records, Shown, Str, Struct, Uint};
use crate::numbers::{flags, numbers};
use crate::schema::{Hexadecimal, Milliseconds};
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, Record, attributes};

structs! {
    /// Fixed header of routes.
    #[doc(alias = "rtmsg")]
    pub struct RouteHeader: 12 {
        /// The address family, such as [`AF_INET`](super::AF_INET).
        #[doc(alias = "rtm_family")]
        family: u8 as crate::AddressFamily,
        /// Prefix length of the destination, in bits; 0 is the default route.
        #[doc(alias = "rtm_dst_len")]
        destination_len: u8,
        /// Prefix length of the source, in bits.
        #[doc(alias = "rtm_src_len")]
        source_len: u8,
        /// Type of service that packets must have; 0 for any.
        #[doc(alias = "rtm_tos")]
        tos: u8 as crate::schema::Hexadecimal,
        /// Table, if its number fits 8 bits: see [`RouteTable::header`]. [`RTA_TABLE`] takes
        /// precedence if present.
        #[doc(alias = "rtm_table")]
        table: u8 as super::RouteTable,
        /// Protocol: the program that installed the route.
        #[doc(alias = "rtm_protocol")]
        protocol: RouteProtocol,
        /// Scope: distance of the destination.
        #[doc(alias = "rtm_scope")]
        scope: Scope,
        /// Type of the route, such as unicast or blackhole.
        #[doc(alias = "rtm_type")]
        kind: RouteKind,
        /// Flags: see [`flags`](Self::flags).
        #[doc(alias = "rtm_flags")]
        flags: U32 as RouteFlags,
    }
}

impl RouteHeader {
    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> RouteFlags {
        RouteFlags::from_bits_retain(self.flags.get())
    }
}

impl FixedHeader for RouteHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// Flags of a route and its only next hop, and flags of requests.
    #[doc(alias = "rtm_flags")]
    pub struct RouteFlags(u32) {
        /// Dead next hop, which cannot be used.
        DEAD = 0x01 "RTNH_F_DEAD" "dead";
        /// Gateway on the link (`onlink`): no check that an address of the link reaches it.
        ONLINK = 0x04 "RTNH_F_ONLINK" "onlink";
        /// Recursive lookup of the gateway.
        PERVASIVE = 0x02 "RTNH_F_PERVASIVE" "pervasive";
        /// Next hop offloaded to hardware.
        NEXT_HOP_OFFLOAD = 0x08 "RTNH_F_OFFLOAD" "offload";
        /// Next hop whose packets the hardware traps to the kernel.
        NEXT_HOP_TRAP = 0x40 "RTNH_F_TRAP" "trap";
        /// Notification of changes to this route.
        NOTIFY = 0x100 "RTM_F_NOTIFY" "notify";
        /// Link without a carrier.
        LINKDOWN = 0x10 "RTNH_F_LINKDOWN" "linkdown";
        /// Unresolved entry of multicast routing.
        UNRESOLVED = 0x20 "RTNH_F_UNRESOLVED" "unresolved";
        /// Route offloaded to hardware.
        OFFLOAD = 0x4000 "RTM_F_OFFLOAD" "rt_offload";
        /// Route whose packets the hardware traps to the kernel.
        TRAP = 0x8000 "RTM_F_TRAP" "rt_trap";
        /// Offload to hardware failed.
        OFFLOAD_FAILED = 0x2000_0000 "RTM_F_OFFLOAD_FAILED" "rt_offload_failed";
        /// Cached copy of a route for one destination.
        CLONED = 0x200 "RTM_F_CLONED";
        /// Equal use of next hops (unused).
        EQUALIZE = 0x400 "RTM_F_EQUALIZE";
        /// Prefix address (unused).
        PREFIX = 0x800 "RTM_F_PREFIX";
        /// Request: the answer names the table.
        LOOKUP_TABLE = 0x1000 "RTM_F_LOOKUP_TABLE";
        /// Request: the answer is the matching route, not the result of the lookup.
        FIB_MATCH = 0x2000 "RTM_F_FIB_MATCH";
    }
}

flags! {
    /// Flags of one next hop in a multipath route.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rtnh_flags")]
    pub struct NextHopFlags(u8) {
        /// Dead next hop, which cannot be used.
        DEAD = 0x01 "RTNH_F_DEAD" "dead";
        /// Gateway on the link (`onlink`): no check that an address of the link reaches it.
        ONLINK = 0x04 "RTNH_F_ONLINK" "onlink";
        /// Recursive lookup of the gateway.
        PERVASIVE = 0x02 "RTNH_F_PERVASIVE" "pervasive";
        /// Next hop offloaded to hardware.
        OFFLOAD = 0x08 "RTNH_F_OFFLOAD" "offload";
        /// Next hop whose packets the hardware traps to the kernel.
        TRAP = 0x40 "RTNH_F_TRAP" "trap";
        /// Link without a carrier.
        LINKDOWN = 0x10 "RTNH_F_LINKDOWN" "linkdown";
        /// Unresolved entry of multicast routing.
        UNRESOLVED = 0x20 "RTNH_F_UNRESOLVED" "unresolved";
    }
}

structs! {
    /// Next hop of a multipath route, 8 bytes; attributes of the set [`Route`] follow it.
    #[doc(alias = "rtnexthop")]
    pub struct NextHop: 8 {
        /// Length of this struct and its attributes, in bytes; a [`Writer`](crate::Writer) fills
        /// it.
        #[doc(alias = "rtnh_len")]
        length: U16,
        /// Flags of the next hop.
        #[doc(alias = "rtnh_flags")]
        flags: NextHopFlags,
        /// Weight minus 1, 0 to 255; in multicast routes the minimum TTL of packets.
        #[doc(alias = "rtnh_hops")]
        hops: u8,
        /// Outgoing link.
        #[doc(alias = "rtnh_ifindex")]
        index: LinkIndex,
    }
}

impl Record for NextHop {
    fn length(&self) -> u16 {
        self.length.get()
    }

    fn with_length(mut self, length: u16) -> Self {
        self.length = U16::new(length);
        self
    }
}

structs! {
    /// Use and lifetime of a route. Times are clock ticks; a second has `sysconf(_SC_CLK_TCK)`
    /// ticks, commonly 100.
    #[doc(alias = "rta_cacheinfo")]
    pub struct RouteCacheInfo: 32 {
        /// Number of references to the route.
        #[doc(alias = "rta_clntref")]
        references: U32,
        /// Time since the last use, in ticks.
        #[doc(alias = "rta_lastuse")]
        last_use: U32,
        /// Remaining lifetime in ticks; 0 for no limit.
        #[doc(alias = "rta_expires")]
        expires: I32,
        /// Error that packets get: a negative errno, or 0.
        #[doc(alias = "rta_error")]
        error: U32,
        /// Number of uses.
        #[doc(alias = "rta_used")]
        used: U32,
        /// Identification of the last packet (unused).
        #[doc(alias = "rta_id")]
        id: U32,
        /// Time stamp (unused).
        #[doc(alias = "rta_ts")]
        timestamp: U32,
        /// Age of the time stamp (unused).
        #[doc(alias = "rta_tsage")]
        timestamp_age: U32,
    }

    /// Packets and bytes forwarded by a multicast route.
    #[doc(alias = "rta_mfc_stats")]
    pub struct MulticastStats: 24 {
        /// Number of packets.
        #[doc(alias = "mfcs_packets")]
        packets: U64,
        /// Number of bytes.
        #[doc(alias = "mfcs_bytes")]
        bytes: U64,
        /// Number of packets that arrived on the wrong link.
        #[doc(alias = "mfcs_wrong_if")]
        wrong_link: U64,
    }
}

numbers! {
    /// Router preference (RFC 4191).
    pub struct RouterPreference(u8) {
        MEDIUM = 0 "ICMPV6_ROUTER_PREF_MEDIUM" "medium";
        HIGH = 1 "ICMPV6_ROUTER_PREF_HIGH" "high";
        INVALID = 2 "ICMPV6_ROUTER_PREF_INVALID";
        LOW = 3 "ICMPV6_ROUTER_PREF_LOW" "low";
    }
}

attributes! {
    /// TCP and IP metrics of a route ([`RTA_METRICS`], `RTAX_*`).
    pub set Metrics, enum MetricsAttr {
        /// Metrics that the kernel must not change: bit n is type n.
        1 RTAX_LOCK Lock lock: Shown<u32, Hexadecimal>,
        /// MTU in bytes.
        2 RTAX_MTU Mtu mtu: u32,
        /// Maximum TCP window to announce, in bytes.
        3 RTAX_WINDOW Window window: u32,
        /// Round trip time in eighths of a millisecond.
        4 RTAX_RTT RoundTrip round_trip: u32,
        /// Round trip time variance in quarters of a millisecond.
        5 RTAX_RTTVAR RoundTripVariance round_trip_variance: u32,
        /// Slow start threshold in segments.
        6 RTAX_SSTHRESH SlowStartThreshold slow_start_threshold: u32,
        /// Maximum congestion window in segments.
        7 RTAX_CWND CongestionWindow congestion_window: u32,
        /// MSS to announce, in bytes.
        8 RTAX_ADVMSS AdvertisedMss advertised_mss: u32,
        /// Reordering: number of segments.
        9 RTAX_REORDERING Reordering reordering: u32,
        /// Hop limit or TTL of sent packets.
        10 RTAX_HOPLIMIT HopLimit hop_limit: u32,
        /// Initial congestion window in segments.
        11 RTAX_INITCWND InitialCongestionWindow initial_congestion_window: u32,
        /// Features that TCP may negotiate.
        12 RTAX_FEATURES Features features: RouteFeatures,
        /// Minimum retransmission timeout in milliseconds.
        13 RTAX_RTO_MIN RetransmitMin retransmit_min: Shown<u32, Milliseconds>,
        /// Initial window to announce, in segments.
        14 RTAX_INITRWND InitialWindow initial_window: u32,
        /// 1 if acknowledgements are not delayed.
        15 RTAX_QUICKACK QuickAck quick_ack: u32,
        /// Congestion control algorithm.
        16 RTAX_CC_ALGO CongestionControl congestion_control: Str,
        /// 1 if TCP Fast Open needs no cookie.
        17 RTAX_FASTOPEN_NO_COOKIE FastOpenNoCookie fast_open_no_cookie: u32,
    }
}

attributes! {
    /// Attributes of a route, and of each next hop in it (`RTA_*`).
    pub set Route, enum RouteAttr {
        /// Destination address in the header's family; absent for the default route.
        1 RTA_DST Destination destination: Address,
        /// Source prefix of packets.
        2 RTA_SRC Source source: Address,
        /// Incoming link.
        3 RTA_IIF IncomingIndex incoming_index: LinkIndex,
        /// Outgoing link.
        4 RTA_OIF OutgoingIndex outgoing_index: LinkIndex,
        /// Gateway in the header's family; [`RTA_VIA`] has a gateway of another.
        5 RTA_GATEWAY Gateway gateway: Address,
        /// Metric: the route with the lowest one is used.
        6 RTA_PRIORITY Priority priority: u32,
        /// Preferred source address for packets that have none yet.
        7 RTA_PREFSRC PreferredSource preferred_source: Address,
        /// Metrics of TCP and IP.
        8 RTA_METRICS Metrics metrics: Nest<Metrics>,
        /// Next hops of a multipath route.
        9 RTA_MULTIPATH Multipath multipath: Records<NextHop, Route>,
        /// Unused.
        10 RTA_PROTOINFO ProtoInfo proto_info: Bytes,
        /// Realms: source in the upper 16 bits, destination in the lower.
        11 RTA_FLOW Flow flow: Shown<u32, Hexadecimal>,
        /// Use and remaining lifetime.
        12 RTA_CACHEINFO CacheInfo cache_info: Extensible<RouteCacheInfo>,
        /// Unused.
        13 RTA_SESSION Session session: Bytes,
        /// Unused.
        14 RTA_MP_ALGO MultipathAlgorithm multipath_algorithm: Bytes,
        /// Table.
        15 RTA_TABLE Table table: RouteTable,
        /// Firewall mark of the packets that the route was looked up for.
        16 RTA_MARK Mark mark: Shown<u32, Hexadecimal>,
        /// Packets and bytes forwarded by a multicast route.
        17 RTA_MFC_STATS MulticastStats multicast_stats: Struct<MulticastStats>,
        /// Gateway of another family.
        18 RTA_VIA Via via: Via<'static>,
        /// New label stack of MPLS packets.
        19 RTA_NEWDST NewDestination new_destination: Address,
        /// Router preference.
        20 RTA_PREF Preference preference: RouterPreference,
        /// Encapsulation type: that of [`RTA_ENCAP`].
        21 RTA_ENCAP_TYPE EncapKind encap_kind: super::EncapKind,
        /// Encapsulation settings; [`RTA_ENCAP_TYPE`] has the type.
        22 RTA_ENCAP Encap encap: RouteEncapChoice,
        /// Remaining lifetime in seconds, in requests; of a multicast route the
        /// clock ticks since its last packet, in 8 bytes.
        23 RTA_EXPIRES Expires expires: Uint,
        /// Padding.
        24 RTA_PAD Pad pad: Bytes,
        /// User whose packets the route was looked up for.
        25 RTA_UID Uid uid: u32,
        /// 1 if the TTL is copied between IP and MPLS headers.
        26 RTA_TTL_PROPAGATE TtlPropagate ttl_propagate: u8,
        /// IP protocol of the packets that the route was looked up for.
        27 RTA_IP_PROTO IpProtocol ip_protocol: u8,
        /// Source port of the packets that the route was looked up for, in network order.
        28 RTA_SPORT SourcePort source_port: Be<u16>,
        /// Destination port of the packets that the route was looked up for, in network order.
        29 RTA_DPORT DestinationPort destination_port: Be<u16>,
        /// Next hop object id.
        30 RTA_NH_ID NextHopId next_hop_id: u32,
        /// Flow label of the packets that the route was looked up for, in network order.
        31 RTA_FLOWLABEL FlowLabel flow_label: Be<u32>,
        /// Reason of a deletion.
        32 RTA_DEL_REASON DeleteReason delete_reason: DeleteReason,
    }
}

flags! {
    /// Features that TCP may negotiate on a route.
    pub struct RouteFeatures(u32) {
        /// Explicit congestion notification.
        ECN = 0x1 "RTAX_FEATURE_ECN" "ecn";
        /// Unused.
        SACK = 0x2 "RTAX_FEATURE_SACK" "sack";
        /// Unused.
        TIMESTAMP = 0x4 "RTAX_FEATURE_TIMESTAMP" "timestamp";
        /// Unused.
        ALLFRAG = 0x8 "RTAX_FEATURE_ALLFRAG" "allfrag";
        /// Timestamps in microseconds (Linux 6.7).
        TCP_USEC_TS = 0x10 "RTAX_FEATURE_TCP_USEC_TS" "tcp_usec_ts";
    }
}

numbers! {
    /// Reason of a route's deletion by the kernel.
    pub struct DeleteReason(u32) {
        UNSPEC = 0 "RT_DEL_REASON_UNSPEC" "unspec";
        /// The lifetime ended.
        EXPIRED = 1 "RT_DEL_REASON_EXPIRED" "expired";
        /// A router advertisement withdrew the route.
        RA_WITHDRAWN = 2 "RT_DEL_REASON_RA_WITHDRAWN" "ra-withdrawn";
    }
}
