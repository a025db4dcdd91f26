//! Options of bridge VLANs, for a port and global: `struct br_vlan_msg` and
//! `BRIDGE_VLANDB_*` (`linux/if_bridge.h`).
//!
//! ```text
//!  0        1         4            8
//! +--------+---------+------------+
//! | family | padding | link index |
//! +--------+---------+------------+
//! ```

mod request;

pub use request::*;

use super::{BridgeQuerier, BridgeVlanInfo, Mdb, PortState};
use crate::codec::{Bytes, Many, Nest, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes, codec::Set};

structs! {
    /// Fixed header of bridge VLANs.
    #[doc(alias = "br_vlan_msg")]
    pub struct BridgeVlanHeader: 8 {
        /// Address family: [`AF_BRIDGE`](super::AF_BRIDGE).
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// Link index of the port, or of the bridge.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
    }
}

impl FixedHeader for BridgeVlanHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

attributes! {
    /// VLANs of a port or a bridge (`BRIDGE_VLANDB_*`).
    pub set BridgeVlans, enum BridgeVlansAttr {
        /// VLAN, or a range of VLANs that are alike.
        1 BRIDGE_VLANDB_ENTRY Entry entry: Many<Nest<BridgeVlan>>,
        /// Global options of a VLAN, or of a range that is alike.
        2 BRIDGE_VLANDB_GLOBAL_OPTIONS Global global: Many<Nest<BridgeVlanGlobal>>,
    }
}

attributes! {
    /// VLAN of a port (`BRIDGE_VLANDB_ENTRY_*`).
    pub set BridgeVlan, enum BridgeVlanAttr {
        /// VLAN, the first of a range, and its flags.
        1 BRIDGE_VLANDB_ENTRY_INFO Info info: Struct<BridgeVlanInfo>,
        /// Last VLAN of a range.
        2 BRIDGE_VLANDB_ENTRY_RANGE Last last: u16,
        /// State in the spanning tree.
        3 BRIDGE_VLANDB_ENTRY_STATE State state: PortState,
        /// Tunnel of the VLAN.
        4 BRIDGE_VLANDB_ENTRY_TUNNEL_INFO Tunnel tunnel: Nest<BridgeVlanTunnelChange>,
        /// Packets and bytes.
        5 BRIDGE_VLANDB_ENTRY_STATS Stats stats: Nest<BridgeVlanCounters>,
        /// Multicast router: 0 never, 1 if one is seen, 2 always.
        6 BRIDGE_VLANDB_ENTRY_MCAST_ROUTER MulticastRouter multicast_router: u8,
        /// Number of multicast groups joined through the port.
        7 BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS MulticastGroups multicast_groups: u32,
        /// Maximum number of those groups; 0 for no limit.
        8 BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS MulticastMaxGroups multicast_max_groups: u32,
        /// 1 if the bridge answers for neighbours.
        9 BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS NeighSuppress neigh_suppress: u8,
    }
}

attributes! {
    /// Tunnel of a VLAN (`BRIDGE_VLANDB_TINFO_*`).
    pub set BridgeVlanTunnelChange, enum BridgeVlanTunnelChangeAttr {
        /// Key of the tunnel.
        1 BRIDGE_VLANDB_TINFO_ID Id id: u32,
        /// In requests, [`RTM_SETLINK`](super::RTM_SETLINK) to add or
        /// [`RTM_DELLINK`](super::RTM_DELLINK) to remove.
        2 BRIDGE_VLANDB_TINFO_CMD Command command: u32,
    }
}

attributes! {
    /// Packets and bytes of a VLAN (`BRIDGE_VLANDB_STATS_*`).
    pub set BridgeVlanCounters, enum BridgeVlanCountersAttr {
        /// Number of bytes received.
        1 BRIDGE_VLANDB_STATS_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of packets received.
        2 BRIDGE_VLANDB_STATS_RX_PACKETS RxPackets rx_packets: u64,
        /// Number of bytes sent.
        3 BRIDGE_VLANDB_STATS_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of packets sent.
        4 BRIDGE_VLANDB_STATS_TX_PACKETS TxPackets tx_packets: u64,
        /// Padding.
        5 BRIDGE_VLANDB_STATS_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Global options of a VLAN (`BRIDGE_VLANDB_GOPTS_*`). Times are hundredths
    /// of a second.
    pub set BridgeVlanGlobal, enum BridgeVlanGlobalAttr {
        /// VLAN, the first of a range.
        1 BRIDGE_VLANDB_GOPTS_ID Id id: u16,
        /// Last VLAN of a range.
        2 BRIDGE_VLANDB_GOPTS_RANGE Last last: u16,
        /// 1 if multicast is sent to members only.
        3 BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING MulticastSnooping multicast_snooping: u8,
        /// Version of IGMP: 2 or 3.
        4 BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION IgmpVersion igmp_version: u8,
        /// Version of MLD: 1 or 2.
        5 BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION MldVersion mld_version: u8,
        /// Number of queries after the last member left.
        6 BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT LastMemberCount last_member_count: u32,
        /// Number of queries at the start.
        7 BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT StartupQueryCount startup_query_count: u32,
        /// Interval of queries after the last member left.
        8 BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL LastMemberInterval last_member_interval: u64,
        /// Padding.
        9 BRIDGE_VLANDB_GOPTS_PAD Pad pad: Bytes,
        /// Time after which a silent member is gone.
        10 BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL MembershipInterval membership_interval: u64,
        /// Time after which a silent querier is gone.
        11 BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL QuerierInterval querier_interval: u64,
        /// Interval of queries.
        12 BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL QueryInterval query_interval: u64,
        /// Maximum response time in queries.
        13 BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL QueryResponseInterval query_response_interval: u64,
        /// Interval of queries at the start.
        14 BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL StartupQueryInterval startup_query_interval: u64,
        /// 1 if the bridge sends queries.
        15 BRIDGE_VLANDB_GOPTS_MCAST_QUERIER MulticastQuerier multicast_querier: u8,
        /// Ports behind which there are multicast routers.
        16 BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS RouterPorts router_ports: Nest<Mdb>,
        /// Current IGMP and MLD queriers.
        17 BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_STATE QuerierState querier_state: Nest<BridgeQuerier>,
        /// Number of the spanning tree.
        18 BRIDGE_VLANDB_GOPTS_MSTI SpanningTree spanning_tree: u16,
    }
}

attributes! {
    /// Attributes of a request that lists bridge VLANs (`BRIDGE_VLANDB_DUMP_*`).
    pub set BridgeVlanDump, enum BridgeVlanDumpAttr {
        /// Selection of what is listed.
        1 BRIDGE_VLANDB_DUMP_FLAGS Flags flags: BridgeVlanDumpFlags,
    }
}

flags! {
    /// Selection of what a request for bridge VLANs lists.
    pub struct BridgeVlanDumpFlags(u32) {
        /// Packets and bytes too.
        STATS = 0x1 "BRIDGE_VLANDB_DUMPF_STATS" "stats";
        /// Global options instead of ports' VLANs.
        GLOBAL = 0x2 "BRIDGE_VLANDB_DUMPF_GLOBAL" "global";
    }
}

/// VLANs of a port or a bridge, an answer to [`GetBridgeVlanOptions`].
pub type BridgeVlanRow<'a> = Row<'a, BridgeVlanHeader, BridgeVlans>;

impl<'a> Row<'a, BridgeVlanHeader, BridgeVlans> {
    /// Returns the port, or the bridge.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Walks the VLANs of the port.
    pub fn vlans(&self) -> impl Iterator<Item = Result<Set<'a, BridgeVlan>, DecodeError>> + Clone {
        self.nests(BRIDGE_VLANDB_ENTRY)
    }

    /// Walks the global options.
    pub fn global(
        &self,
    ) -> impl Iterator<Item = Result<Set<'a, BridgeVlanGlobal>, DecodeError>> + Clone {
        self.nests(BRIDGE_VLANDB_GLOBAL_OPTIONS)
    }

    fn nests<S>(
        &self,
        kind: u16,
    ) -> impl Iterator<Item = Result<Set<'a, S>, DecodeError>> + Clone + use<'a, S> {
        self.attributes
            .filter(move |attribute| !matches!(attribute, Ok(other) if other.kind() != kind))
            .map(|attribute| Ok(attribute?.nested().typed()))
    }
}
