//! Notifications of the protocol as one enum.

use super::{
    AF_BRIDGE, AF_UNSPEC, AddressLabelRow, AddressRow, BridgeVlanRow, CacheReportRow, DcbRow,
    LinkRow, MdbRow, NamespaceIdRow, NdOptionsRow, NeighbourRow, NeighbourTableRow, NetconfRow,
    NextHopRow, PrefixRow, RTM_DELADDR, RTM_DELADDRLABEL, RTM_DELLINK, RTM_DELMDB,
    RTM_DELMULTICAST, RTM_DELNEIGH, RTM_DELNETCONF, RTM_DELNEXTHOP, RTM_DELNSID, RTM_DELROUTE,
    RTM_DELRULE, RTM_DELTUNNEL, RTM_DELVLAN, RTM_GETDCB, RTM_NEWADDR, RTM_NEWADDRLABEL,
    RTM_NEWCACHEREPORT, RTM_NEWLINK, RTM_NEWMDB, RTM_NEWMULTICAST, RTM_NEWNDUSEROPT, RTM_NEWNEIGH,
    RTM_NEWNEIGHTBL, RTM_NEWNETCONF, RTM_NEWNEXTHOP, RTM_NEWNSID, RTM_NEWPREFIX, RTM_NEWROUTE,
    RTM_NEWRULE, RTM_NEWSTATS, RTM_NEWTUNNEL, RTM_NEWVLAN, RTM_SETDCB, RouteRow, RuleRow, StatsRow,
    VniRow,
};
#[cfg(feature = "tc")]
use super::{
    ActionRow, RTM_DELACTION, RTM_DELCHAIN, RTM_DELQDISC, RTM_DELTCLASS, RTM_DELTFILTER,
    RTM_NEWACTION, RTM_NEWCHAIN, RTM_NEWQDISC, RTM_NEWTCLASS, RTM_NEWTFILTER, TrafficRow,
};
use crate::{MessageRef, Row};

/// Notification of `NETLINK_ROUTE`, by its message type and address family.
///
/// `New` stands for an object that is new or has changed; the row shows all of
/// it. A link that leaves a bridge is reported by `RTM_DELLINK` of the family
/// [`AF_BRIDGE`], while the link itself stays: that is
/// [`DelBridgePort`](Self::DelBridgePort), not [`DelLink`](Self::DelLink).
///
/// ```
/// use nlwire::route::{Change, LinkAttr, LinkHeader, RTM_NEWLINK};
/// use nlwire::{Flags, Writer};
///
/// let mut buffer = [0; 64];
/// let header = LinkHeader { index: 2.into(), ..LinkHeader::default() };
/// let message = Writer::message(&mut buffer, RTM_NEWLINK, Flags::empty(), &header, |w| {
///     w.put(LinkAttr::Name("eth0".into()))
/// })?;
///
/// match Change::of(message) {
///     Change::NewLink(link) => assert_eq!(link.name()?, Some("eth0".into())),
///     Change::DelLink(link) => println!("{} is gone", link.index()),
///     other => println!("{other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Link.
    NewLink(LinkRow<'a>),
    /// Link that is gone.
    DelLink(LinkRow<'a>),
    /// Link as a bridge port.
    NewBridgePort(LinkRow<'a>),
    /// Link that left its bridge.
    DelBridgePort(LinkRow<'a>),
    /// Address.
    NewAddress(AddressRow<'a>),
    /// Address that is gone.
    DelAddress(AddressRow<'a>),
    /// Multicast address.
    NewMulticastAddress(AddressRow<'a>),
    /// Multicast address that is gone.
    DelMulticastAddress(AddressRow<'a>),
    /// Route.
    NewRoute(RouteRow<'a>),
    /// Route that is gone.
    DelRoute(RouteRow<'a>),
    /// Neighbour.
    NewNeighbour(NeighbourRow<'a>),
    /// Neighbour that is gone.
    DelNeighbour(NeighbourRow<'a>),
    /// Forwarding entry of a bridge or a VXLAN.
    NewForwardingEntry(NeighbourRow<'a>),
    /// Forwarding entry that is gone.
    DelForwardingEntry(NeighbourRow<'a>),
    /// Rule.
    NewRule(RuleRow<'a>),
    /// Rule that is gone.
    DelRule(RuleRow<'a>),
    /// Next-hop object or group.
    NewNextHop(NextHopRow<'a>),
    /// Next-hop object or group that is gone.
    DelNextHop(NextHopRow<'a>),
    /// Queueing discipline.
    #[cfg(feature = "tc")]
    NewQdisc(TrafficRow<'a>),
    /// Queueing discipline that is gone.
    #[cfg(feature = "tc")]
    DelQdisc(TrafficRow<'a>),
    /// Traffic class.
    #[cfg(feature = "tc")]
    NewClass(TrafficRow<'a>),
    /// Traffic class that is gone.
    #[cfg(feature = "tc")]
    DelClass(TrafficRow<'a>),
    /// Traffic filter.
    #[cfg(feature = "tc")]
    NewFilter(TrafficRow<'a>),
    /// Traffic filter that is gone.
    #[cfg(feature = "tc")]
    DelFilter(TrafficRow<'a>),
    /// Chain of filters.
    #[cfg(feature = "tc")]
    NewChain(TrafficRow<'a>),
    /// Chain of filters that is gone.
    #[cfg(feature = "tc")]
    DelChain(TrafficRow<'a>),
    /// Shared actions.
    #[cfg(feature = "tc")]
    NewAction(ActionRow<'a>),
    /// Shared actions that are gone.
    #[cfg(feature = "tc")]
    DelAction(ActionRow<'a>),
    /// Address label.
    NewAddressLabel(AddressLabelRow<'a>),
    /// Address label that is gone.
    DelAddressLabel(AddressLabelRow<'a>),
    /// Neighbour table, or the parameters of a link.
    NewNeighbourTable(NeighbourTableRow<'a>),
    /// Settings of a link for an address family.
    NewNetconf(NetconfRow<'a>),
    /// Settings of a link that are gone.
    DelNetconf(NetconfRow<'a>),
    /// Id of a network namespace.
    NewNamespaceId(NamespaceIdRow<'a>),
    /// Id of a network namespace that is gone.
    DelNamespaceId(NamespaceIdRow<'a>),
    /// Entries of a multicast database.
    NewMdb(MdbRow<'a>),
    /// Entries of a multicast database that are gone.
    DelMdb(MdbRow<'a>),
    /// VLANs of a bridge port, or global options of VLANs.
    NewBridgeVlan(BridgeVlanRow<'a>),
    /// VLANs of a bridge port that are gone.
    DelBridgeVlan(BridgeVlanRow<'a>),
    /// Networks of a VXLAN.
    NewVni(VniRow<'a>),
    /// Networks of a VXLAN that are gone.
    DelVni(VniRow<'a>),
    /// Statistics of a link, whose counting in hardware was started or stopped.
    NewStats(StatsRow<'a>),
    /// Prefix that a router advertises.
    NewPrefix(PrefixRow<'a>),
    /// Options of neighbour discovery.
    NdOptions(NdOptionsRow<'a>),
    /// Settings of data centre bridging.
    Dcb(DcbRow<'a>),
    /// Packet of unknown route, for the multicast routing daemon.
    CacheReport(CacheReportRow<'a>),
    /// Message of another type or family, such as IPv6 settings of a link.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a notification. A header that is too short reads as zeros.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        // Each fixed header of the protocol begins with the family.
        let family = message.payload().first().copied().unwrap_or(AF_UNSPEC);
        match (message.kind(), family) {
            (RTM_NEWLINK, AF_UNSPEC) => Self::NewLink(Row::of(message)),
            (RTM_DELLINK, AF_UNSPEC) => Self::DelLink(Row::of(message)),
            (RTM_NEWLINK, AF_BRIDGE) => Self::NewBridgePort(Row::of(message)),
            (RTM_DELLINK, AF_BRIDGE) => Self::DelBridgePort(Row::of(message)),
            (RTM_NEWNEIGH, AF_BRIDGE) => Self::NewForwardingEntry(Row::of(message)),
            (RTM_DELNEIGH, AF_BRIDGE) => Self::DelForwardingEntry(Row::of(message)),
            (RTM_NEWADDR, _) => Self::NewAddress(Row::of(message)),
            (RTM_DELADDR, _) => Self::DelAddress(Row::of(message)),
            (RTM_NEWMULTICAST, _) => Self::NewMulticastAddress(Row::of(message)),
            (RTM_DELMULTICAST, _) => Self::DelMulticastAddress(Row::of(message)),
            (RTM_NEWROUTE, _) => Self::NewRoute(Row::of(message)),
            (RTM_DELROUTE, _) => Self::DelRoute(Row::of(message)),
            (RTM_NEWNEIGH, _) => Self::NewNeighbour(Row::of(message)),
            (RTM_DELNEIGH, _) => Self::DelNeighbour(Row::of(message)),
            (RTM_NEWRULE, _) => Self::NewRule(Row::of(message)),
            (RTM_DELRULE, _) => Self::DelRule(Row::of(message)),
            (RTM_NEWNEXTHOP, _) => Self::NewNextHop(Row::of(message)),
            (RTM_DELNEXTHOP, _) => Self::DelNextHop(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_NEWQDISC, _) => Self::NewQdisc(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_DELQDISC, _) => Self::DelQdisc(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_NEWTCLASS, _) => Self::NewClass(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_DELTCLASS, _) => Self::DelClass(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_NEWTFILTER, _) => Self::NewFilter(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_DELTFILTER, _) => Self::DelFilter(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_NEWCHAIN, _) => Self::NewChain(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_DELCHAIN, _) => Self::DelChain(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_NEWACTION, _) => Self::NewAction(Row::of(message)),
            #[cfg(feature = "tc")]
            (RTM_DELACTION, _) => Self::DelAction(Row::of(message)),
            (RTM_NEWADDRLABEL, _) => Self::NewAddressLabel(Row::of(message)),
            (RTM_DELADDRLABEL, _) => Self::DelAddressLabel(Row::of(message)),
            (RTM_NEWNEIGHTBL, _) => Self::NewNeighbourTable(Row::of(message)),
            (RTM_NEWNETCONF, _) => Self::NewNetconf(Row::of(message)),
            (RTM_DELNETCONF, _) => Self::DelNetconf(Row::of(message)),
            (RTM_NEWNSID, _) => Self::NewNamespaceId(Row::of(message)),
            (RTM_DELNSID, _) => Self::DelNamespaceId(Row::of(message)),
            (RTM_NEWMDB, _) => Self::NewMdb(Row::of(message)),
            (RTM_DELMDB, _) => Self::DelMdb(Row::of(message)),
            (RTM_NEWVLAN, _) => Self::NewBridgeVlan(Row::of(message)),
            (RTM_DELVLAN, _) => Self::DelBridgeVlan(Row::of(message)),
            (RTM_NEWTUNNEL, _) => Self::NewVni(Row::of(message)),
            (RTM_DELTUNNEL, _) => Self::DelVni(Row::of(message)),
            (RTM_NEWSTATS, _) => Self::NewStats(Row::of(message)),
            (RTM_NEWPREFIX, _) => Self::NewPrefix(Row::of(message)),
            (RTM_NEWNDUSEROPT, _) => Self::NdOptions(NdOptionsRow::of(message)),
            (RTM_GETDCB | RTM_SETDCB, _) => Self::Dcb(Row::of(message)),
            (RTM_NEWCACHEREPORT, _) => Self::CacheReport(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
