//! Numbers that routes share with addresses, neighbours and rules
//! (`linux/rtnetlink.h`).

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::numbers::numbers;

numbers! {
    /// How far a destination is away (`enum rt_scope_t`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rt_scope_t")]
    pub struct Scope(u8) {
        /// Anywhere.
        UNIVERSE = 0 "RT_SCOPE_UNIVERSE" "global";
        /// Inside the own autonomous system.
        SITE = 200 "RT_SCOPE_SITE" "site";
        /// On the attached network.
        LINK = 253 "RT_SCOPE_LINK" "link";
        /// On this host.
        HOST = 254 "RT_SCOPE_HOST" "host";
        /// Nowhere: it does not exist.
        NOWHERE = 255 "RT_SCOPE_NOWHERE" "nowhere";
    }
}

numbers! {
    /// Who installed a route, a rule or a neighbour (`rtm_protocol`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rtm_protocol")]
    pub struct RouteProtocol(u8) {
        UNSPEC = 0 "RTPROT_UNSPEC" "unspec";
        /// A redirect of ICMP.
        REDIRECT = 1 "RTPROT_REDIRECT" "redirect";
        KERNEL = 2 "RTPROT_KERNEL" "kernel";
        /// The start-up of the system, or an administrator who did not say.
        BOOT = 3 "RTPROT_BOOT" "boot";
        /// An administrator.
        STATIC = 4 "RTPROT_STATIC" "static";
        GATED = 8 "RTPROT_GATED" "gated";
        /// A router advertisement.
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
    /// A routing table (`enum rt_class_t`). The fixed headers have 8 bits for
    /// it, the attributes [`RTA_TABLE`](super::RTA_TABLE) and
    /// [`FRA_TABLE`](super::FRA_TABLE) all 32.
    #[doc(alias = "rt_class_t")]
    pub struct RouteTable(u32) {
        UNSPEC = 0 "RT_TABLE_UNSPEC" "unspec";
        /// In a header: the table's number takes more than 8 bits.
        COMPAT = 252 "RT_TABLE_COMPAT";
        /// What comes after [`MAIN`](Self::MAIN).
        DEFAULT = 253 "RT_TABLE_DEFAULT" "default";
        /// What routes belong to unless they say otherwise.
        MAIN = 254 "RT_TABLE_MAIN" "main";
        /// The kernel's own: local and broadcast addresses.
        LOCAL = 255 "RT_TABLE_LOCAL" "local";
    }
}

impl From<u32> for RouteTable {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl RouteTable {
    /// Returns the number as the fixed headers hold it: itself, or
    /// [`COMPAT`](Self::COMPAT) where it takes more than 8 bits.
    #[must_use]
    pub fn header(self) -> u8 {
        u8::try_from(self.0).unwrap_or(252)
    }
}

numbers! {
    /// What a route does with packets (`rtm_type`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "rtm_type")]
    pub struct RouteKind(u8) {
        UNSPEC = 0 "RTN_UNSPEC" "none";
        /// Sends them to a gateway or out of a link.
        UNICAST = 1 "RTN_UNICAST" "unicast";
        /// Takes them in.
        LOCAL = 2 "RTN_LOCAL" "local";
        /// Takes them in as broadcast, and sends them as such.
        BROADCAST = 3 "RTN_BROADCAST" "broadcast";
        /// Takes them in as broadcast, and sends them as unicast.
        ANYCAST = 4 "RTN_ANYCAST" "anycast";
        MULTICAST = 5 "RTN_MULTICAST" "multicast";
        /// Drops them in silence.
        BLACKHOLE = 6 "RTN_BLACKHOLE" "blackhole";
        /// Refuses them: the destination is unreachable.
        UNREACHABLE = 7 "RTN_UNREACHABLE" "unreachable";
        /// Refuses them: it is prohibited.
        PROHIBIT = 8 "RTN_PROHIBIT" "prohibit";
        /// Looks no further in this table.
        THROW = 9 "RTN_THROW" "throw";
        NAT = 10 "RTN_NAT" "nat";
        XRESOLVE = 11 "RTN_XRESOLVE" "xresolve";
    }
}
