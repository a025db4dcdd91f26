//! Multicast database of bridges and VXLANs: `struct br_port_msg` and `MDBA_*`
//! (`linux/if_bridge.h`, `net/bridge/br_mdb.c`).
//!
//! ```text
//!  0        1         4            8
//! +--------+---------+------------+
//! | family | padding | link index |
//! +--------+---------+------------+
//! ```

mod request;

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub use request::*;

use super::RouteProtocol;
use crate::codec::{Form as _, Headed, Ip, Many, Nest, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::zerocopy::native_endian::U16;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned, big_endian};
use crate::{Attrs, DecodeError, FixedHeader, LinkIndex, Row, attributes};

structs! {
    /// Fixed header of the multicast database.
    #[doc(alias = "br_port_msg")]
    pub struct MdbHeader: 8 {
        /// Address family: [`AF_BRIDGE`](super::AF_BRIDGE).
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// Link index of the bridge.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
    }

    /// Entry of the multicast database.
    #[doc(alias = "br_mdb_entry")]
    pub struct MdbEntry: 28 {
        /// Link index of the port.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// State: temporary or permanent.
        state: MdbState,
        /// Flags.
        flags: MdbFlags,
        /// VLAN; 0 for none.
        vid: U16,
        /// Address of the group, filled with zeros, in network order.
        address: [u8; 16],
        /// Ethernet type of the address, in network order; 0 for a MAC address.
        protocol: big_endian::U16,
        /// Zero.
        reserved: [u8; 2],
    }

    /// Port behind which there is a multicast router.
    pub struct MdbRouterPort: 4 {
        /// Link index of the port.
        index: LinkIndex,
    }
}

impl FixedHeader for MdbHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

impl FixedHeader for MdbEntry {}
impl FixedHeader for MdbRouterPort {}

const ETH_P_IP: u16 = 0x0800;
const ETH_P_IPV6: u16 = 0x86dd;

impl MdbEntry {
    /// Returns the group; `None` for an address of another protocol.
    #[must_use]
    pub fn group(&self) -> Option<MdbGroup> {
        let [a, b, c, d, e, f, ..] = self.address;
        match self.protocol.get() {
            0 => Some(MdbGroup::Mac([a, b, c, d, e, f])),
            ETH_P_IP => Some(MdbGroup::Ip(Ipv4Addr::new(a, b, c, d).into())),
            ETH_P_IPV6 => Some(MdbGroup::Ip(Ipv6Addr::from(self.address).into())),
            _ => None,
        }
    }

    /// Returns the port.
    #[must_use]
    pub const fn port(&self) -> LinkIndex {
        LinkIndex::new(self.index.get())
    }
}

/// Address of a multicast group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum MdbGroup {
    /// IP address.
    Ip(#[cfg_attr(feature = "defmt", defmt(Debug2Format))] IpAddr),
    /// MAC address of a layer 2 group.
    Mac([u8; 6]),
}

impl<T: Into<IpAddr>> From<T> for MdbGroup {
    fn from(ip: T) -> Self {
        Self::Ip(ip.into())
    }
}

numbers! {
    /// State of an entry.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct MdbState(u8) {
        /// Temporary entry, deleted when its timer expires.
        TEMPORARY = 0 "MDB_TEMPORARY" "temp";
        /// Permanent entry, deleted by a request only.
        PERMANENT = 1 "MDB_PERMANENT" "permanent";
    }
}

flags! {
    /// Flags of an entry.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct MdbFlags(u8) {
        /// Offloaded to hardware.
        OFFLOAD = 0x1 "MDB_FLAGS_OFFLOAD" "offload";
        /// Fast leave: a leave message deletes the entry.
        FAST_LEAVE = 0x2 "MDB_FLAGS_FAST_LEAVE" "fast_leave";
        /// Entry added because the (*, G) entry of the port is in exclude mode.
        STAR_EXCL = 0x4 "MDB_FLAGS_STAR_EXCL" "added_by_star_ex";
        /// Packets of the source are blocked.
        BLOCKED = 0x8 "MDB_FLAGS_BLOCKED" "blocked";
        /// Offload to hardware failed.
        OFFLOAD_FAILED = 0x10 "MDB_FLAGS_OFFLOAD_FAILED" "offload_failed";
    }
}

attributes! {
    /// Multicast database of a bridge or a VXLAN (`MDBA_*`).
    pub set Mdb, enum MdbAttr {
        /// Entries.
        1 MDBA_MDB Entries entries: Nest<MdbEntries>,
        /// Ports behind which there are multicast routers.
        2 MDBA_ROUTER Routers routers: Nest<MdbRouters>,
    }
}

attributes! {
    /// Entries of a multicast database.
    pub set MdbEntries, enum MdbEntriesAttr {
        /// Entries of a group.
        1 MDBA_MDB_ENTRY Group group: Many<Nest<MdbPorts>>,
    }
}

attributes! {
    /// Entries of a group, one for each port.
    pub set MdbPorts, enum MdbPortsAttr {
        /// Entry.
        1 MDBA_MDB_ENTRY_INFO Port port: Many<Headed<MdbEntry, MdbDetails>>,
    }
}

attributes! {
    /// Details of an entry (`MDBA_MDB_EATTR_*`).
    pub set MdbDetails, enum MdbDetailsAttr {
        /// Remaining lifetime in hundredths of a second.
        1 MDBA_MDB_EATTR_TIMER Timer timer: u32,
        /// Sources of the group.
        2 MDBA_MDB_EATTR_SRC_LIST Sources sources: Nest<MdbSources>,
        /// Meaning of the sources.
        3 MDBA_MDB_EATTR_GROUP_MODE Mode mode: MdbMode,
        /// Source of an entry for one source.
        4 MDBA_MDB_EATTR_SOURCE Source source: Ip,
        /// Origin of the entry.
        5 MDBA_MDB_EATTR_RTPROT Protocol protocol: RouteProtocol,
        /// Remote address of a VXLAN's entry.
        6 MDBA_MDB_EATTR_DST Remote remote: Ip,
        /// UDP port of the remote VXLAN.
        7 MDBA_MDB_EATTR_DST_PORT Port port: u16,
        /// Network of the remote VXLAN.
        8 MDBA_MDB_EATTR_VNI Vni vni: u32,
        /// Link index of the link to the remote VXLAN.
        9 MDBA_MDB_EATTR_IFINDEX Index index: LinkIndex,
        /// Network that packets come from.
        10 MDBA_MDB_EATTR_SRC_VNI SourceVni source_vni: u32,
    }
}

attributes! {
    /// Sources of a group.
    pub set MdbSources, enum MdbSourcesAttr {
        /// Source.
        1 MDBA_MDB_SRCLIST_ENTRY Source source: Many<Nest<MdbSource>>,
    }
}

attributes! {
    /// Source of a group.
    pub set MdbSource, enum MdbSourceAttr {
        /// Address.
        1 MDBA_MDB_SRCATTR_ADDRESS Address address: Ip,
        /// Remaining lifetime in hundredths of a second.
        2 MDBA_MDB_SRCATTR_TIMER Timer timer: u32,
    }
}

attributes! {
    /// Ports behind which there are multicast routers.
    pub set MdbRouters, enum MdbRoutersAttr {
        /// Port.
        1 MDBA_ROUTER_PORT Port port: Many<Headed<MdbRouterPort, MdbRouter>>,
    }
}

attributes! {
    /// Multicast router behind a port (`MDBA_ROUTER_PATTR_*`).
    pub set MdbRouter, enum MdbRouterAttr {
        /// Remaining lifetime in hundredths of a second.
        1 MDBA_ROUTER_PATTR_TIMER Timer timer: u32,
        /// Origin of the knowledge.
        2 MDBA_ROUTER_PATTR_TYPE Kind kind: MdbRouterKind,
        /// Remaining lifetime for IPv4 in hundredths of a second.
        3 MDBA_ROUTER_PATTR_INET_TIMER InetTimer inet_timer: u32,
        /// Remaining lifetime for IPv6 in hundredths of a second.
        4 MDBA_ROUTER_PATTR_INET6_TIMER Inet6Timer inet6_timer: u32,
        /// VLAN.
        5 MDBA_ROUTER_PATTR_VID Vid vid: u16,
    }
}

numbers! {
    /// Filter mode of a group's source list.
    pub struct MdbMode(u8) {
        /// All sources, except those listed.
        EXCLUDE = 0 "MCAST_EXCLUDE" "exclude";
        /// Listed sources only.
        INCLUDE = 1 "MCAST_INCLUDE" "include";
    }
}

numbers! {
    /// Origin of the knowledge that there is a multicast router.
    pub struct MdbRouterKind(u8) {
        DISABLED = 0 "MDB_RTR_TYPE_DISABLED" "disabled";
        /// A query was seen.
        QUERY = 1 "MDB_RTR_TYPE_TEMP_QUERY" "temp_query";
        /// A setting that stays.
        PERMANENT = 2 "MDB_RTR_TYPE_PERM" "permanent";
        /// A setting that runs out.
        TEMPORARY = 3 "MDB_RTR_TYPE_TEMP" "temp";
    }
}

attributes! {
    /// Entry that a request names (`MDBA_SET_ENTRY*`, `MDBA_GET_ENTRY*`).
    pub set MdbRequest, enum MdbRequestAttr {
        /// Entry.
        1 MDBA_SET_ENTRY Entry entry: Struct<MdbEntry>,
        /// Details of the entry.
        2 MDBA_SET_ENTRY_ATTRS Details details: Nest<MdbSettings>,
    }
}

/// Entry that is asked for: the number of [`MDBA_SET_ENTRY`].
pub const MDBA_GET_ENTRY: u16 = MDBA_SET_ENTRY;
/// Details of the entry that is asked for: the number of
/// [`MDBA_SET_ENTRY_ATTRS`].
pub const MDBA_GET_ENTRY_ATTRS: u16 = MDBA_SET_ENTRY_ATTRS;

attributes! {
    /// Details of an entry in a request (`MDBE_ATTR_*`).
    pub set MdbSettings, enum MdbSettingsAttr {
        /// Source of an entry for one source.
        1 MDBE_ATTR_SOURCE Source source: Ip,
        /// Sources of the group.
        2 MDBE_ATTR_SRC_LIST Sources sources: Nest<MdbSettingsSources>,
        /// Meaning of the sources.
        3 MDBE_ATTR_GROUP_MODE Mode mode: MdbMode,
        /// Origin of the entry.
        4 MDBE_ATTR_RTPROT Protocol protocol: RouteProtocol,
        /// Remote address of a VXLAN's entry.
        5 MDBE_ATTR_DST Remote remote: Ip,
        /// UDP port of the remote VXLAN.
        6 MDBE_ATTR_DST_PORT Port port: u16,
        /// Network of the remote VXLAN.
        7 MDBE_ATTR_VNI Vni vni: u32,
        /// Link index of the link to the remote VXLAN.
        8 MDBE_ATTR_IFINDEX Index index: LinkIndex,
        /// Network that packets come from.
        9 MDBE_ATTR_SRC_VNI SourceVni source_vni: u32,
        /// Bits of the state that a deletion of several entries compares.
        10 MDBE_ATTR_STATE_MASK StateMask state_mask: u8,
    }
}

attributes! {
    /// Sources of a group in a request.
    pub set MdbSettingsSources, enum MdbSettingsSourcesAttr {
        /// Source.
        1 MDBE_SRC_LIST_ENTRY Source source: Many<Nest<MdbSettingsSource>>,
    }
}

attributes! {
    /// Source of a group in a request.
    pub set MdbSettingsSource, enum MdbSettingsSourceAttr {
        /// Address.
        1 MDBE_SRCATTR_ADDRESS Address address: Ip,
    }
}

/// Multicast database of a bridge or a VXLAN, an answer to [`GetMdbs`].
pub type MdbRow<'a> = Row<'a, MdbHeader, Mdb>;

/// Entry of a multicast database, with its details.
pub type MdbItem<'a> = crate::codec::HeadedSet<'a, MdbEntry, MdbDetails>;

impl<'a> Row<'a, MdbHeader, Mdb> {
    /// Returns the bridge or the VXLAN.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Walks the entries.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    pub fn entries(
        &self,
    ) -> Result<impl Iterator<Item = Result<MdbItem<'a>, DecodeError>> + Clone, DecodeError> {
        let nest = self.attributes.find(MDBA_MDB)?;
        let groups = nest.into_iter().flat_map(|nest| nest.nested());
        Ok(groups.flat_map(|group| {
            let (ports, broken) = match group {
                Ok(group) => (group.nested(), None),
                Err(error) => (Attrs::new(&[]), Some(Err(error))),
            };
            let ports = ports.filter_map(move |port| match port {
                Ok(port) if port.kind() == MDBA_MDB_ENTRY_INFO => {
                    Some(Headed::<MdbEntry, MdbDetails>::decode(port, ports))
                }
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            });
            broken.into_iter().chain(ports)
        }))
    }
}
