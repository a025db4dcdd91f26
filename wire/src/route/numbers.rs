//! Numbers that routes share with addresses, neighbours and rules
//! (`linux/rtnetlink.h`).

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::numbers::numbers;

numbers! {
    /// Scope: distance of a destination (`enum rt_scope_t`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rt_scope_t")]
    pub struct Scope(u8) {
        /// Any destination, beyond gateways too (`global`).
        UNIVERSE = 0 "RT_SCOPE_UNIVERSE" "global";
        /// Inside the local autonomous system.
        SITE = 200 "RT_SCOPE_SITE" "site";
        /// Directly attached network.
        LINK = 253 "RT_SCOPE_LINK" "link";
        /// Local host.
        HOST = 254 "RT_SCOPE_HOST" "host";
        /// Destination that does not exist.
        NOWHERE = 255 "RT_SCOPE_NOWHERE" "nowhere";
    }
}

numbers! {
    /// Protocol: origin of a route, rule or neighbour (`rtm_protocol`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rtm_protocol")]
    pub struct RouteProtocol(u8) {
        UNSPEC = 0 "RTPROT_UNSPEC" "unspec";
        /// ICMP redirect.
        REDIRECT = 1 "RTPROT_REDIRECT" "redirect";
        KERNEL = 2 "RTPROT_KERNEL" "kernel";
        /// Installed during boot, or by `ip` without a protocol.
        BOOT = 3 "RTPROT_BOOT" "boot";
        /// Installed by an administrator.
        STATIC = 4 "RTPROT_STATIC" "static";
        GATED = 8 "RTPROT_GATED" "gated";
        /// Router advertisement.
        RA = 9 "RTPROT_RA" "ra";
        MRT = 10 "RTPROT_MRT" "mrt";
        ZEBRA = 11 "RTPROT_ZEBRA" "zebra";
        BIRD = 12 "RTPROT_BIRD" "bird";
        DNROUTED = 13 "RTPROT_DNROUTED" "dnrouted";
        XORP = 14 "RTPROT_XORP" "xorp";
        NTK = 15 "RTPROT_NTK" "ntk";
        DHCP = 16 "RTPROT_DHCP" "dhcp";
        MROUTED = 17 "RTPROT_MROUTED";
        KEEPALIVED = 18 "RTPROT_KEEPALIVED" "keepalived";
        BABEL = 42 "RTPROT_BABEL" "babel";
        OVN = 84 "RTPROT_OVN" "ovn";
        OPENR = 99 "RTPROT_OPENR" "openr";
        BGP = 186 "RTPROT_BGP" "bgp";
        ISIS = 187 "RTPROT_ISIS" "isis";
        OSPF = 188 "RTPROT_OSPF" "ospf";
        RIP = 189 "RTPROT_RIP" "rip";
        EIGRP = 192 "RTPROT_EIGRP" "eigrp";
    }
}

numbers! {
    /// Routing table (`enum rt_class_t`). Fixed headers have 8 bits for the number, the attributes
    /// [`RTA_TABLE`](super::RTA_TABLE) and [`FRA_TABLE`](super::FRA_TABLE) 32.
    #[doc(alias = "rt_class_t")]
    pub struct RouteTable(u32) {
        UNSPEC = 0 "RT_TABLE_UNSPEC" "unspec";
        /// Placeholder in a header for table numbers of more than 8 bits.
        COMPAT = 252 "RT_TABLE_COMPAT";
        /// Default table, searched after [`MAIN`](Self::MAIN).
        DEFAULT = 253 "RT_TABLE_DEFAULT" "default";
        /// Main table, which routes belong to by default.
        MAIN = 254 "RT_TABLE_MAIN" "main";
        /// Local table: the kernel's routes for local and broadcast addresses.
        LOCAL = 255 "RT_TABLE_LOCAL" "local";
    }
}

impl From<u32> for RouteTable {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl RouteTable {
    /// Returns the number for the fixed headers: the table number, or [`COMPAT`](Self::COMPAT) if
    /// it has more than 8 bits.
    #[must_use]
    pub fn header(self) -> u8 {
        u8::try_from(self.0).unwrap_or(252)
    }
}

numbers! {
    /// Type of a route: the treatment of its packets (`rtm_type`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rtm_type")]
    pub struct RouteKind(u8) {
        UNSPEC = 0 "RTN_UNSPEC" "none";
        /// Packets go to a gateway or a link.
        UNICAST = 1 "RTN_UNICAST" "unicast";
        /// Packets are for this host.
        LOCAL = 2 "RTN_LOCAL" "local";
        /// Packets are accepted and sent as broadcast.
        BROADCAST = 3 "RTN_BROADCAST" "broadcast";
        /// Packets are accepted as broadcast, but sent as unicast.
        ANYCAST = 4 "RTN_ANYCAST" "anycast";
        MULTICAST = 5 "RTN_MULTICAST" "multicast";
        /// Packets are dropped silently.
        BLACKHOLE = 6 "RTN_BLACKHOLE" "blackhole";
        /// Packets are rejected: the destination is unreachable.
        UNREACHABLE = 7 "RTN_UNREACHABLE" "unreachable";
        /// Packets are rejected: the destination is prohibited.
        PROHIBIT = 8 "RTN_PROHIBIT" "prohibit";
        /// Lookup in this table fails; the rules continue.
        THROW = 9 "RTN_THROW" "throw";
        NAT = 10 "RTN_NAT" "nat";
        XRESOLVE = 11 "RTN_XRESOLVE" "xresolve";
    }
}
