//! `NETLINK_ROUTE`: links, addresses, routes, neighbours, rules, next hops and
//! traffic control (`linux/rtnetlink.h`, `linux/if_link.h`, `linux/if_addr.h`,
//! `linux/neighbour.h`, `linux/fib_rules.h`, `linux/nexthop.h`,
//! `linux/pkt_sched.h`, `linux/pkt_cls.h`; rtnetlink(7)).
//!
//! A request is a value, and a row has getters. A connection of the crate
//! `nlsock` carries requests out; a [`Batch`](crate::Batch) writes them for a
//! socket of your own:
//!
//! ```
//! use nlwire::route::{Change, NewAddress, NewLink};
//! use nlwire::{Batch, LinkIndex, Messages};
//!
//! let mut room = [0; 256];
//! let mut batch = Batch::new(&mut room[..]);
//! batch.push(&NewLink::bridge("br0").mtu(1400).up())?;
//! batch.push(&NewAddress::of(LinkIndex::new(7), "192.0.2.1/24".parse()?))?;
//!
//! // Notifications of the kernel read the same way.
//! for message in Messages::new(batch.as_bytes()) {
//!     match Change::of(message?) {
//!         Change::NewLink(link) => assert_eq!(link.mtu()?, Some(1400)),
//!         Change::NewAddress(address) => assert_eq!(address.link(), 7),
//!         other => println!("{other:?}"),
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | object | create or change | delete | list, or get one | row |
//! |---|---|---|---|---|
//! | link | [`NewLink`], [`SetLink`], [`SetLinkKind`] | [`DeleteLink`] | [`GetLinks`], [`GetLink`] | [`LinkRow`] |
//! | alternative name | [`NewAltName`] | [`DeleteAltName`] | [`GetLinks`] | [`LinkRow`] |
//! | bridge port, its VLANs | [`SetBridgePort`], [`NewBridgeVlan`] | [`DeleteBridgeVlan`] | [`GetBridgeVlans`] | [`LinkRow`] |
//! | address | [`NewAddress`] | [`DeleteAddress`] | [`GetAddresses`], [`GetMulticastAddresses`] | [`AddressRow`] |
//! | route | [`NewRoute`] with [`Hop`] | [`DeleteRoute`] | [`GetRoutes`], [`GetRoute`] | [`RouteRow`] |
//! | next-hop object or group | [`NewNextHop`] | [`DeleteNextHop`] | [`GetNextHops`], [`GetNextHop`] | [`NextHopRow`] |
//! | rule | [`NewRule`] | [`DeleteRule`] | [`GetRules`] | [`RuleRow`] |
//! | neighbour | [`NewNeighbour`] | [`DeleteNeighbour`] | [`GetNeighbours`], [`GetNeighbour`] | [`NeighbourRow`] |
//! | forwarding entry | [`NewForwardingEntry`] | [`DeleteForwardingEntry`] | [`GetForwardingEntries`] | [`NeighbourRow`] |
//! | multicast entry of a bridge | [`NewMdbEntry`] | [`DeleteMdbEntry`] | [`GetMdbs`] | [`MdbRow`] |
//! | queueing discipline | [`NewQdisc`] | [`DeleteQdisc`] | [`GetQdiscs`], [`GetQdisc`] | [`TrafficRow`] |
//! | class | [`NewClass`] | [`DeleteClass`] | [`GetClasses`], [`GetClass`] | [`TrafficRow`] |
//! | filter, chain of filters | [`NewFilter`], [`NewChain`] | [`DeleteFilter`], [`DeleteChain`] | [`GetFilters`], [`GetChains`] | [`TrafficRow`] |
//! | notification of any of them | | | | [`Change`] |
//!
//! The modules below have the requests of further objects, such as address
//! labels, namespace ids and statistics. A query of the table whose rows can be
//! deleted is a [`Flush`](crate::Flush).
//!
//! # Messages
//!
//! A message is the netlink header, a fixed header by its type, and
//! attributes:
//!
//! | messages | fixed header | attributes |
//! |---|---|---|
//! | `RTM_*LINK`, `RTM_*LINKPROP` | [`LinkHeader`] | [`Link`] |
//! | `RTM_*ADDR`, `RTM_*MULTICAST`, `RTM_*ANYCAST` | [`AddressHeader`] | [`Address`] |
//! | `RTM_*ROUTE` | [`RouteHeader`] | [`Route`] |
//! | `RTM_*NEIGH` | [`NeighbourHeader`] | [`Neighbour`] |
//! | `RTM_*RULE` | [`RuleHeader`] | [`Rule`] |
//! | `RTM_*NEXTHOP`, `RTM_*NEXTHOPBUCKET` | [`NextHopHeader`] | [`NextHopObject`] |
//! | `RTM_*QDISC`, `RTM_*TCLASS`, `RTM_*TFILTER`, `RTM_*CHAIN` | [`TrafficHeader`] | [`Traffic`] |
//! | `RTM_*ACTION` | [`ActionHeader`] | [`ActionTable`] |
//! | `RTM_*ADDRLABEL` | [`AddressLabelHeader`] | [`AddressLabel`] |
//! | `RTM_*NEIGHTBL` | [`NeighbourTableHeader`] | [`NeighbourTable`] |
//! | `RTM_*NETCONF` | [`FamilyHeader`] | [`Netconf`] |
//! | `RTM_*NSID` | [`FamilyHeader`] | [`NamespaceId`] |
//! | `RTM_*MDB` | [`MdbHeader`] | [`Mdb`], in requests [`MdbRequest`] |
//! | `RTM_*VLAN` | [`BridgeVlanHeader`] | [`BridgeVlans`], in lists' requests [`BridgeVlanDump`] |
//! | `RTM_*TUNNEL` | [`VniHeader`] | [`VniFilter`] |
//! | `RTM_*STATS` | [`StatsHeader`] | [`Stats`], in requests [`StatsRequest`] |
//! | `RTM_NEWPREFIX` | [`PrefixHeader`] | [`RouterPrefix`] |
//! | `RTM_NEWNDUSEROPT` | [`NdOptionHeader`] | options, and [`NdOptions`] |
//! | `RTM_*DCB` | [`DcbHeader`] | [`Dcb`]; [`DcbResult`] in replies to changes |
//! | `RTM_NEWCACHEREPORT` | [`FamilyHeader`] | [`CacheReport`] |
//!
//! Each fixed header begins with the address family, by which attributes such
//! as [`RTA_DST`] are typed. Integers are in the machine's byte order where
//! nothing else is said; addresses are in network order.
//!
//! ```
//! use nlwire::route::{Link, LinkAttr, LinkFlags, LinkHeader, RTM_NEWLINK};
//! use nlwire::{Flags, Writer, fields};
//!
//! let header = LinkHeader { index: 2.into(), flags: LinkFlags::UP.bits().into(), ..LinkHeader::default() };
//! let mut buffer = [0; 128];
//! let message = Writer::message(&mut buffer, RTM_NEWLINK, Flags::REQUEST, &header, |w| {
//!     w.put(LinkAttr::Name("eth0".into()))?.put(LinkAttr::Mtu(1400))
//! })?;
//!
//! let (header, attributes) = message.split::<LinkHeader>()?;
//! let link = fields!(attributes => Link { name, mtu })?;
//! assert!(header.flags().contains(LinkFlags::UP));
//! assert_eq!((link.name, link.mtu), (Some("eth0".into()), Some(1400)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod address;
pub mod bridge_vlan;
mod change;
pub mod dcb;
pub mod discovery;
pub mod encap;
mod encapsulation;
mod family;
pub mod label;
pub mod link;
pub mod mdb;
pub mod multicast;
pub mod namespace;
pub mod neighbour;
pub mod netconf;
pub mod next_hop;
mod numbers;
mod protocol;
#[allow(
    clippy::module_inception,
    reason = "the protocol is named after one of its objects"
)]
pub mod route;
pub mod rule;
pub mod stats;
#[cfg(feature = "tc")]
pub mod tc;
pub mod vni;

use core::net::IpAddr;

use crate::writer::Put;
use crate::{AddressFamily, EncodeError, Writer};

#[doc(no_inline)]
pub use address::*;
#[doc(no_inline)]
pub use bridge_vlan::*;
pub use change::Change;
#[doc(no_inline)]
pub use dcb::*;
#[doc(no_inline)]
pub use discovery::*;
#[doc(no_inline)]
pub use encap::*;
pub use encapsulation::Encapsulation;
pub use family::FamilyHeader;
#[doc(no_inline)]
pub use label::*;
#[doc(no_inline)]
pub use link::*;
#[doc(no_inline)]
pub use mdb::*;
#[doc(no_inline)]
pub use multicast::*;
#[doc(no_inline)]
pub use namespace::*;
#[doc(no_inline)]
pub use neighbour::*;
#[doc(no_inline)]
pub use netconf::*;
#[doc(no_inline)]
pub use next_hop::*;
pub use numbers::*;
pub use protocol::*;
#[doc(no_inline)]
pub use route::*;
#[doc(no_inline)]
pub use rule::*;
#[doc(no_inline)]
pub use stats::*;
#[cfg(feature = "tc")]
#[doc(no_inline)]
pub use tc::*;
#[doc(no_inline)]
pub use vni::*;

/// No address family in particular.
pub const AF_UNSPEC: u8 = AddressFamily::UNSPEC.0;
/// IPv4.
pub const AF_INET: u8 = AddressFamily::INET.0;
/// Bridges: their ports, VLANs and forwarding entries.
pub const AF_BRIDGE: u8 = AddressFamily::BRIDGE.0;
/// IPv6.
pub const AF_INET6: u8 = AddressFamily::INET6.0;
/// MPLS, whose addresses are labels.
pub const AF_MPLS: u8 = AddressFamily::MPLS.0;
/// MCTP.
pub const AF_MCTP: u8 = AddressFamily::MCTP.0;
/// The routes of IPv4 multicast.
pub const RTNL_FAMILY_IPMR: u8 = AddressFamily::IPMR.0;
/// The routes of IPv6 multicast.
pub const RTNL_FAMILY_IP6MR: u8 = AddressFamily::IP6MR.0;

/// Returns the family of an address.
const fn family_of(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(_) => AF_INET,
        IpAddr::V6(_) => AF_INET6,
    }
}

/// Puts an address, which must be of the family in the fixed header.
fn put_ip<'w, 'b>(w: &'w mut Writer<'b>, kind: u16, family: u8, ip: IpAddr) -> Put<'w, 'b> {
    if family_of(ip) == family {
        w.ip(kind, ip)
    } else {
        Err(EncodeError::Family { attribute: kind })
    }
}
