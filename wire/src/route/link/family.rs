//! What address families know of a link: [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC)
//! and [`IFLA_PROTINFO`](super::IFLA_PROTINFO) (`linux/if_link.h`).

use crate::zerocopy::native_endian::{I32, U32, U64};

use super::{BridgePort, BridgeSpec};
use crate::attributes;
use crate::codec::{Array, Ip, Nest, Struct};
use crate::structs::structs;

attributes! {
    /// Nest [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC), by the header's family: bridges
    /// have settings of their own, all others a nest for each family.
    pub choice AfSpecChoice, enum AfSpec by family {
        7 Bridge: BridgeSpec,
        _ Families: FamilySpec,
    }
}

attributes! {
    /// The nest [`IFLA_PROTINFO`](super::IFLA_PROTINFO), by the header's family.
    pub choice ProtocolInfoChoice, enum ProtocolInfo by family {
        7 Bridge: BridgePort,
        10 Inet6: Inet6Link,
    }
}

attributes! {
    /// What each family knows of a link; the types are the families' numbers.
    pub set FamilySpec, enum FamilySpecAttr {
        /// IPv4.
        2 AF_SPEC_INET Inet inet: Nest<InetLink>,
        /// IPv6.
        10 AF_SPEC_INET6 Inet6 inet6: Nest<Inet6Link>,
        /// MCTP.
        45 AF_SPEC_MCTP Mctp mctp: Nest<MctpLink>,
    }
}

attributes! {
    /// What IPv4 knows of a link.
    pub set InetLink, enum InetLinkAttr {
        /// Its settings in a report: `IPV4_DEVCONF_*` less 1 is the index. A
        /// request has a nest of them here.
        1 IFLA_INET_CONF Settings settings: Array<I32>,
    }
}

attributes! {
    /// What IPv6 knows of a link.
    pub set Inet6Link, enum Inet6LinkAttr {
        /// State of the configuration.
        1 IFLA_INET6_FLAGS Flags flags: Inet6LinkFlags,
        /// Its settings: `DEVCONF_*` is the index.
        2 IFLA_INET6_CONF Settings settings: Array<I32>,
        /// Counters of packets: `IPSTATS_MIB_*` is the index, and index 0 is
        /// their number.
        3 IFLA_INET6_STATS Stats stats: Array<U64>,
        /// Unused.
        4 IFLA_INET6_MCAST Multicast multicast: crate::codec::Bytes,
        /// Times of neighbour discovery.
        5 IFLA_INET6_CACHEINFO CacheInfo cache_info: Struct<LinkCacheInfo>,
        /// Counters of ICMP: `ICMP6_MIB_*` is the index, and index 0 is their
        /// number.
        6 IFLA_INET6_ICMP6STATS IcmpStats icmp_stats: Array<U64>,
        /// The lower half of the addresses that it makes.
        7 IFLA_INET6_TOKEN Token token: Ip,
        /// How it makes them.
        8 IFLA_INET6_ADDR_GEN_MODE AddressMode address_mode: AddressMode,
        /// The largest packet that a router advertised, in bytes.
        9 IFLA_INET6_RA_MTU RouterMtu router_mtu: u32,
    }
}

crate::numbers::numbers! {
    /// How IPv6 addresses of a link are made.
    #[doc(alias = "in6_addr_gen_mode")]
    pub struct AddressMode(u8) {
        /// From the link-layer address.
        EUI64 = 0 "IN6_ADDR_GEN_MODE_EUI64" "eui64";
        /// Not at all.
        NONE = 1 "IN6_ADDR_GEN_MODE_NONE" "none";
        /// From a secret, and the same each time.
        STABLE_PRIVACY = 2 "IN6_ADDR_GEN_MODE_STABLE_PRIVACY" "stable_secret";
        /// From a secret that the kernel makes.
        RANDOM = 3 "IN6_ADDR_GEN_MODE_RANDOM" "random";
    }
}

structs! {
    /// Times of neighbour discovery on a link.
    #[doc(alias = "ifla_cacheinfo")]
    pub struct LinkCacheInfo: 16 {
        /// The largest packet to put together from fragments, in bytes.
        max_reassembly: U32,
        /// When it was changed, in hundredths of a second since the machine started.
        updated: U32,
        /// For how long a neighbour counts as reachable, in milliseconds.
        reachable_time: U32,
        /// After how long a neighbour is asked again, in milliseconds.
        retransmit_time: U32,
    }
}

attributes! {
    /// What MCTP knows of a link.
    pub set MctpLink, enum MctpLinkAttr {
        /// Its network.
        1 IFLA_MCTP_NET Network network: u32,
        /// What carries it.
        2 IFLA_MCTP_PHYS_BINDING Binding binding: u8,
    }
}

crate::numbers::flags! {
    /// State of a link's IPv6 configuration.
    pub struct Inet6LinkFlags(u32) {
        /// Other settings come by DHCPv6.
        RA_OTHERCONF = 0x80 "IF_RA_OTHERCONF" "ra-otherconf";
        /// Addresses come by DHCPv6.
        RA_MANAGED = 0x40 "IF_RA_MANAGED" "ra-managed";
        /// A router has advertised itself.
        RA_RCVD = 0x20 "IF_RA_RCVD" "ra-received";
        /// Routers have been solicited.
        RS_SENT = 0x10 "IF_RS_SENT" "rs-sent";
        /// The link is ready for IPv6.
        READY = 0x8000_0000 "IF_READY" "ready";
    }
}
