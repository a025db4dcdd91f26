//! The message types and groups of the protocol, and its schema
//! (`linux/rtnetlink.h`).

#[cfg(feature = "tc")]
use super::{ActionHeader, ActionTable, Traffic, TrafficHeader};
use super::{
    Address, AddressHeader, AddressLabel, AddressLabelHeader, BridgeVlanDump, BridgeVlanHeader,
    BridgeVlans, CacheReport, Dcb, DcbHeader, DcbResult, FamilyHeader, Link, LinkHeader, Mdb,
    MdbHeader, MdbRequest, NamespaceId, NdOptionHeader, NdOptions, Neighbour, NeighbourHeader,
    NeighbourTable, NeighbourTableHeader, Netconf, NextHopHeader, NextHopObject, PrefixHeader,
    Route, RouteHeader, RouterPrefix, Rule, RuleHeader, Stats, StatsHeader, StatsRequest,
    VniFilter, VniHeader,
};
use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName};
use crate::{MessageRef, MessageType};

/// The number of the protocol, which socket(2) takes.
pub const NETLINK_ROUTE: u8 = 0;

/// Declares message types.
macro_rules! types {
    ($($number:literal $name:ident $text:literal)*) => {
        $(
            #[doc = $text]
            pub const $name: MessageType = MessageType($number);
        )*

        const TYPES: &[TypeName] = &[$(TypeName::new($name, stringify!($name))),*];
    };
}

types! {
    16 RTM_NEWLINK "Creates or changes a link, or reports it."
    17 RTM_DELLINK "Deletes a link, or reports the deletion."
    18 RTM_GETLINK "Asks for a link."
    19 RTM_SETLINK "Changes a link."
    20 RTM_NEWADDR "Creates or changes an address, or reports it."
    21 RTM_DELADDR "Deletes an address, or reports the deletion."
    22 RTM_GETADDR "Asks for an address."
    24 RTM_NEWROUTE "Creates or changes a route, or reports it."
    25 RTM_DELROUTE "Deletes a route, or reports the deletion."
    26 RTM_GETROUTE "Asks for a route."
    28 RTM_NEWNEIGH "Creates or changes a neighbour or a forwarding entry, or reports it."
    29 RTM_DELNEIGH "Deletes a neighbour, or reports the deletion."
    30 RTM_GETNEIGH "Asks for a neighbour."
    32 RTM_NEWRULE "Creates or changes a rule, or reports it."
    33 RTM_DELRULE "Deletes a rule, or reports the deletion."
    34 RTM_GETRULE "Asks for a rule."
    36 RTM_NEWQDISC "Creates or changes a queueing discipline, or reports it."
    37 RTM_DELQDISC "Deletes a queueing discipline, or reports the deletion."
    38 RTM_GETQDISC "Asks for a queueing discipline."
    40 RTM_NEWTCLASS "Creates or changes a traffic class, or reports it."
    41 RTM_DELTCLASS "Deletes a traffic class, or reports the deletion."
    42 RTM_GETTCLASS "Asks for a traffic class."
    44 RTM_NEWTFILTER "Creates or changes a traffic filter, or reports it."
    45 RTM_DELTFILTER "Deletes a traffic filter, or reports the deletion."
    46 RTM_GETTFILTER "Asks for a traffic filter."
    48 RTM_NEWACTION "Creates or changes a traffic action, or reports it."
    49 RTM_DELACTION "Deletes a traffic action, or reports the deletion."
    50 RTM_GETACTION "Asks for a traffic action."
    52 RTM_NEWPREFIX "Reports an IPv6 prefix that a router advertised."
    56 RTM_NEWMULTICAST "Reports a multicast address."
    57 RTM_DELMULTICAST "Reports a multicast address gone."
    58 RTM_GETMULTICAST "Asks for a multicast address."
    60 RTM_NEWANYCAST "Reports an anycast address."
    61 RTM_DELANYCAST "Reports an anycast address gone."
    62 RTM_GETANYCAST "Asks for an anycast address."
    64 RTM_NEWNEIGHTBL "Reports a neighbour table."
    66 RTM_GETNEIGHTBL "Asks for a neighbour table."
    67 RTM_SETNEIGHTBL "Changes a neighbour table."
    68 RTM_NEWNDUSEROPT "Reports an option of neighbour discovery that is for user space."
    72 RTM_NEWADDRLABEL "Creates or changes an address label, or reports it."
    73 RTM_DELADDRLABEL "Deletes an address label, or reports the deletion."
    74 RTM_GETADDRLABEL "Asks for an address label."
    78 RTM_GETDCB "Asks for data centre bridging."
    79 RTM_SETDCB "Changes data centre bridging."
    80 RTM_NEWNETCONF "Reports an interface's settings."
    81 RTM_DELNETCONF "Reports an interface's settings gone."
    82 RTM_GETNETCONF "Asks for an interface's settings."
    84 RTM_NEWMDB "Creates or changes a multicast forwarding entry, or reports it."
    85 RTM_DELMDB "Deletes a multicast forwarding entry, or reports the deletion."
    86 RTM_GETMDB "Asks for a multicast forwarding entry."
    88 RTM_NEWNSID "Gives a namespace an id, or reports it."
    89 RTM_DELNSID "Deletes the id of a namespace, or reports the deletion."
    90 RTM_GETNSID "Asks for the id of a namespace."
    92 RTM_NEWSTATS "Reports statistics."
    94 RTM_GETSTATS "Asks for statistics."
    95 RTM_SETSTATS "Changes statistics."
    96 RTM_NEWCACHEREPORT "Reports a packet of unknown route to the multicast routing daemon."
    100 RTM_NEWCHAIN "Creates or changes a chain of traffic filters, or reports it."
    101 RTM_DELCHAIN "Deletes a chain of traffic filters, or reports the deletion."
    102 RTM_GETCHAIN "Asks for a chain of traffic filters."
    104 RTM_NEWNEXTHOP "Creates or changes a next hop, or reports it."
    105 RTM_DELNEXTHOP "Deletes a next hop, or reports the deletion."
    106 RTM_GETNEXTHOP "Asks for a next hop."
    108 RTM_NEWLINKPROP "Creates or changes a link's properties, such as its alternative names, or reports it."
    109 RTM_DELLINKPROP "Deletes a link's properties, such as its alternative names, or reports the deletion."
    110 RTM_GETLINKPROP "Asks for a link's properties, such as its alternative names."
    112 RTM_NEWVLAN "Creates or changes a bridge port's VLAN, or reports it."
    113 RTM_DELVLAN "Deletes a bridge port's VLAN, or reports the deletion."
    114 RTM_GETVLAN "Asks for a bridge port's VLAN."
    116 RTM_NEWNEXTHOPBUCKET "Reports a bucket of a next hop group, or replaces it."
    117 RTM_DELNEXTHOPBUCKET "Deletes a bucket of a next hop group, or reports the deletion."
    118 RTM_GETNEXTHOPBUCKET "Asks for a bucket of a next hop group."
    120 RTM_NEWTUNNEL "Creates or changes a VXLAN tunnel, or reports it."
    121 RTM_DELTUNNEL "Deletes a VXLAN tunnel, or reports the deletion."
    122 RTM_GETTUNNEL "Asks for a VXLAN tunnel."
}

/// Declares multicast groups.
macro_rules! groups {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = concat!("Multicast group: ", $text, ".")]
        pub const $name: u32 = $number;
    )*};
}

groups! {
    1 RTNLGRP_LINK "links"
    2 RTNLGRP_NOTIFY "unused"
    3 RTNLGRP_NEIGH "neighbours"
    4 RTNLGRP_TC "traffic control"
    5 RTNLGRP_IPV4_IFADDR "IPv4 addresses"
    6 RTNLGRP_IPV4_MROUTE "IPv4 multicast routes"
    7 RTNLGRP_IPV4_ROUTE "IPv4 routes"
    8 RTNLGRP_IPV4_RULE "IPv4 rules"
    9 RTNLGRP_IPV6_IFADDR "IPv6 addresses"
    10 RTNLGRP_IPV6_MROUTE "IPv6 multicast routes"
    11 RTNLGRP_IPV6_ROUTE "IPv6 routes"
    12 RTNLGRP_IPV6_IFINFO "IPv6 settings of links"
    18 RTNLGRP_IPV6_PREFIX "IPv6 prefixes"
    19 RTNLGRP_IPV6_RULE "IPv6 rules"
    20 RTNLGRP_ND_USEROPT "options of neighbour discovery"
    21 RTNLGRP_PHONET_IFADDR "Phonet addresses"
    22 RTNLGRP_PHONET_ROUTE "Phonet routes"
    23 RTNLGRP_DCB "data centre bridging"
    24 RTNLGRP_IPV4_NETCONF "IPv4 settings"
    25 RTNLGRP_IPV6_NETCONF "IPv6 settings"
    26 RTNLGRP_MDB "multicast forwarding entries"
    27 RTNLGRP_MPLS_ROUTE "MPLS routes"
    28 RTNLGRP_NSID "ids of namespaces"
    29 RTNLGRP_MPLS_NETCONF "MPLS settings"
    30 RTNLGRP_IPV4_MROUTE_R "reports of IPv4 multicast routing"
    31 RTNLGRP_IPV6_MROUTE_R "reports of IPv6 multicast routing"
    32 RTNLGRP_NEXTHOP "next hops"
    33 RTNLGRP_BRVLAN "VLANs of bridges"
    34 RTNLGRP_MCTP_IFADDR "MCTP addresses"
    35 RTNLGRP_TUNNEL "VXLAN tunnels"
    36 RTNLGRP_STATS "statistics"
    37 RTNLGRP_IPV4_MCADDR "IPv4 multicast addresses"
    38 RTNLGRP_IPV6_MCADDR "IPv6 multicast addresses"
    39 RTNLGRP_IPV6_ACADDR "IPv6 anycast addresses"
}

/// Lists the messages of one fixed header and set, which a feature turns on.
macro_rules! messages {
    ($($feature:literal $header:ident, $set:ident: $($name:ident $(($only:ident $($argument:ident)?))?)*;)*) => {
        &[$($(
            #[cfg(feature = $feature)]
            MessageSchema::new::<$header>($name, stringify!($name), $set::schema)
                $(.$only($($argument)?))?,
        )*)*]
    };
}

/// Limits a description to requests.
const IN_REQUESTS: fn(&MessageRef<'_>, bool) -> bool = |_, is_request| is_request;

/// Limits a description to replies with the result of a change.
const IS_REPLY: fn(&MessageRef<'_>, bool) -> bool = super::dcb::is_reply;

/// The protocol: the messages that have a typed header and set here.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_ROUTE,
    name: "route",
    types: TYPES,
    verb: None,
    messages: messages! {
        "route" LinkHeader, Link: RTM_NEWLINK RTM_DELLINK RTM_GETLINK RTM_SETLINK
            RTM_NEWLINKPROP RTM_DELLINKPROP RTM_GETLINKPROP;
        "route" AddressHeader, Address: RTM_NEWADDR RTM_DELADDR RTM_GETADDR
            RTM_NEWMULTICAST RTM_DELMULTICAST RTM_GETMULTICAST
            RTM_NEWANYCAST RTM_DELANYCAST RTM_GETANYCAST;
        "route" RouteHeader, Route: RTM_NEWROUTE RTM_DELROUTE RTM_GETROUTE;
        "route" NeighbourHeader, Neighbour: RTM_NEWNEIGH RTM_DELNEIGH RTM_GETNEIGH;
        "route" RuleHeader, Rule: RTM_NEWRULE RTM_DELRULE RTM_GETRULE;
        "route" NextHopHeader, NextHopObject: RTM_NEWNEXTHOP RTM_DELNEXTHOP RTM_GETNEXTHOP
            RTM_NEWNEXTHOPBUCKET RTM_DELNEXTHOPBUCKET RTM_GETNEXTHOPBUCKET;
        "tc" TrafficHeader, Traffic: RTM_NEWQDISC RTM_DELQDISC RTM_GETQDISC
            RTM_NEWTCLASS RTM_DELTCLASS RTM_GETTCLASS
            RTM_NEWTFILTER RTM_DELTFILTER RTM_GETTFILTER
            RTM_NEWCHAIN RTM_DELCHAIN RTM_GETCHAIN;
        "tc" ActionHeader, ActionTable: RTM_NEWACTION RTM_DELACTION RTM_GETACTION;
        "route" AddressLabelHeader, AddressLabel: RTM_NEWADDRLABEL RTM_DELADDRLABEL RTM_GETADDRLABEL;
        "route" NeighbourTableHeader, NeighbourTable: RTM_NEWNEIGHTBL RTM_GETNEIGHTBL RTM_SETNEIGHTBL;
        "route" FamilyHeader, Netconf: RTM_NEWNETCONF RTM_DELNETCONF RTM_GETNETCONF;
        "route" FamilyHeader, NamespaceId: RTM_NEWNSID RTM_DELNSID RTM_GETNSID;
        // A list of entries has the type of its request.
        "route" MdbHeader, MdbRequest: RTM_NEWMDB(only IN_REQUESTS) RTM_DELMDB(only IN_REQUESTS)
            RTM_GETMDB(only IN_REQUESTS);
        "route" MdbHeader, Mdb: RTM_NEWMDB RTM_DELMDB RTM_GETMDB;
        "route" BridgeVlanHeader, BridgeVlans: RTM_NEWVLAN RTM_DELVLAN;
        "route" BridgeVlanHeader, BridgeVlanDump: RTM_GETVLAN;
        "route" VniHeader, VniFilter: RTM_NEWTUNNEL RTM_DELTUNNEL RTM_GETTUNNEL;
        "route" StatsHeader, Stats: RTM_NEWSTATS;
        "route" StatsHeader, StatsRequest: RTM_GETSTATS RTM_SETSTATS;
        "route" PrefixHeader, RouterPrefix: RTM_NEWPREFIX;
        "route" DcbHeader, DcbResult: RTM_SETDCB(only IS_REPLY);
        "route" DcbHeader, Dcb: RTM_GETDCB RTM_SETDCB;
        "route" FamilyHeader, CacheReport: RTM_NEWCACHEREPORT;
        // Options stand where attributes would.
        "route" NdOptionHeader, NdOptions: RTM_NEWNDUSEROPT(opaque);
    },
    family: None,
};
