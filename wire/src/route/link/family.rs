//! Settings of a link for each address family: [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC) and
//! [`IFLA_PROTINFO`](super::IFLA_PROTINFO) (`linux/if_link.h`).

use crate::zerocopy::native_endian::{U32, U64};

use super::{BridgePort, BridgeSpec, Icmp6Stats, Inet6Settings, InetConf};
use crate::attributes;
use crate::codec::{Array, Extensible, Ip, Nest, Struct};
use crate::route::MulticastTable;
use crate::structs::structs;

attributes! {
    /// Nest [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC), by the header's family: bridges
    /// have settings of their own, all others a nest for each family.
    pub choice AfSpecChoice, enum AfSpec by family {
        7 Bridge: BridgeSpec,
        128 Multicast: MulticastTable,
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
    /// Settings of a link for each address family; attribute types are family numbers.
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
    /// IPv4 settings of a link.
    pub set InetLink, enum InetLinkAttr {
        /// Settings in a report. A request has a nest of changes here: [`InetChange`](super::InetChange).
        1 IFLA_INET_CONF Settings settings: InetConf,
    }
}

attributes! {
    /// IPv6 settings of a link.
    pub set Inet6Link, enum Inet6LinkAttr {
        /// State of the configuration.
        1 IFLA_INET6_FLAGS Flags flags: Inet6LinkFlags,
        /// Settings.
        2 IFLA_INET6_CONF Settings settings: Extensible<Inet6Settings>,
        /// Counters of packets. Index 0 is the number of counters, 1 to 3 are received packets,
        /// received bytes and delivered packets. The others have no names here, because
        /// kernels order them differently (`IPSTATS_MIB_*` of 6.1 and of 6.18) and do not say
        /// how.
        3 IFLA_INET6_STATS Stats stats: Array<U64>,
        /// Unused.
        4 IFLA_INET6_MCAST Multicast multicast: crate::codec::Bytes,
        /// Times of neighbour discovery.
        5 IFLA_INET6_CACHEINFO CacheInfo cache_info: Struct<LinkCacheInfo>,
        /// Counters of ICMP messages.
        6 IFLA_INET6_ICMP6STATS IcmpStats icmp_stats: Extensible<Icmp6Stats>,
        /// Token: lower half of the addresses that the kernel creates.
        7 IFLA_INET6_TOKEN Token token: Ip,
        /// Address generation mode.
        8 IFLA_INET6_ADDR_GEN_MODE AddressMode address_mode: AddressMode,
        /// MTU from a router advertisement, in bytes.
        9 IFLA_INET6_RA_MTU RouterMtu router_mtu: u32,
    }
}

crate::numbers::numbers! {
    /// Generation of a link's IPv6 addresses (`addrgenmode`).
    #[doc(alias = "in6_addr_gen_mode")]
    pub struct AddressMode(u8) {
        /// EUI-64, from the MAC address.
        EUI64 = 0 "IN6_ADDR_GEN_MODE_EUI64" "eui64";
        /// No automatic link-local address.
        NONE = 1 "IN6_ADDR_GEN_MODE_NONE" "none";
        /// Stable private addresses, from a secret that is set (RFC 7217).
        STABLE_PRIVACY = 2 "IN6_ADDR_GEN_MODE_STABLE_PRIVACY" "stable_secret";
        /// Stable private addresses, from a random secret.
        RANDOM = 3 "IN6_ADDR_GEN_MODE_RANDOM" "random";
    }
}

structs! {
    /// Neighbour discovery times of a link.
    #[doc(alias = "ifla_cacheinfo")]
    pub struct LinkCacheInfo: 16 {
        /// Maximum size of a reassembled packet, in bytes.
        max_reassembly: U32,
        /// Update time in hundredths of a second since boot.
        updated: U32,
        /// Reachable time: a confirmed neighbour counts as reachable this long, in milliseconds.
        reachable_time: U32,
        /// Retransmission time between neighbour solicitations, in milliseconds.
        retransmit_time: U32,
    }
}

attributes! {
    /// MCTP settings of a link.
    pub set MctpLink, enum MctpLinkAttr {
        /// MCTP network number.
        1 IFLA_MCTP_NET Network network: u32,
        /// Physical binding: the transport below MCTP.
        2 IFLA_MCTP_PHYS_BINDING Binding binding: u8,
    }
}

crate::numbers::flags! {
    /// State of a link's IPv6 configuration.
    pub struct Inet6LinkFlags(u32) {
        /// Other configuration from DHCPv6 (router advertisement's O flag).
        RA_OTHERCONF = 0x80 "IF_RA_OTHERCONF" "ra-otherconf";
        /// Managed addresses from DHCPv6 (router advertisement's M flag).
        RA_MANAGED = 0x40 "IF_RA_MANAGED" "ra-managed";
        /// Router advertisement received.
        RA_RCVD = 0x20 "IF_RA_RCVD" "ra-received";
        /// Routers have been solicited.
        RS_SENT = 0x10 "IF_RS_SENT" "rs-sent";
        /// The link is ready for IPv6.
        READY = 0x8000_0000 "IF_READY" "ready";
    }
}
