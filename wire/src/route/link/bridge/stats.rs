//! Statistics of bridges and their ports (`linux/if_bridge.h`,
//! `br_fill_linkxstats`).

use crate::attributes;
use crate::codec::{Bytes, Many, Struct};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};

use super::BridgeVlanFlags;

attributes! {
    /// Statistics of a bridge or of its port (`BRIDGE_XSTATS_*`).
    pub set BridgeStats, enum BridgeStatsAttr {
        /// Packets and bytes of a VLAN.
        1 BRIDGE_XSTATS_VLAN Vlan vlan: Many<Struct<BridgeVlanStats>>,
        /// IGMP and MLD messages.
        2 BRIDGE_XSTATS_MCAST Multicast multicast: Struct<BridgeMulticastStats>,
        /// Padding.
        3 BRIDGE_XSTATS_PAD Pad pad: Bytes,
        /// Spanning tree of a port.
        4 BRIDGE_XSTATS_STP SpanningTree spanning_tree: Struct<BridgeStpStats>,
    }
}

structs! {
    /// Packets and bytes of a VLAN.
    #[doc(alias = "bridge_vlan_xstats")]
    pub struct BridgeVlanStats: 40 {
        /// Number of bytes received.
        rx_bytes: U64,
        /// Number of packets received.
        rx_packets: U64,
        /// Number of bytes sent.
        tx_bytes: U64,
        /// Number of packets sent.
        tx_packets: U64,
        /// VLAN.
        vid: U16,
        /// Flags of the VLAN.
        flags: U16 as BridgeVlanFlags,
        /// Padding.
        reserved: U32,
    }

    /// IGMP and MLD messages: received and sent.
    #[doc(alias = "br_mcast_stats")]
    pub struct BridgeMulticastStats: 240 {
        /// IGMPv1 queries.
        igmp_v1_queries: Directions,
        /// IGMPv2 queries.
        igmp_v2_queries: Directions,
        /// IGMPv3 queries.
        igmp_v3_queries: Directions,
        /// IGMP leave messages.
        igmp_leaves: Directions,
        /// IGMPv1 reports.
        igmp_v1_reports: Directions,
        /// IGMPv2 reports.
        igmp_v2_reports: Directions,
        /// IGMPv3 reports.
        igmp_v3_reports: Directions,
        /// Number of broken IGMP messages received.
        igmp_parse_errors: U64,
        /// MLDv1 queries.
        mld_v1_queries: Directions,
        /// MLDv2 queries.
        mld_v2_queries: Directions,
        /// MLD done messages.
        mld_leaves: Directions,
        /// MLDv1 reports.
        mld_v1_reports: Directions,
        /// MLDv2 reports.
        mld_v2_reports: Directions,
        /// Number of broken MLD messages received.
        mld_parse_errors: U64,
        /// Bytes of multicast packets.
        bytes: Directions,
        /// Multicast packets.
        packets: Directions,
    }

    /// Counter of both directions.
    pub struct Directions: 16 {
        /// Received.
        rx: U64,
        /// Sent.
        tx: U64,
    }

    /// Spanning tree of a port.
    #[doc(alias = "bridge_stp_xstats")]
    pub struct BridgeStpStats: 48 {
        /// Number of changes to the state blocking.
        transition_blk: U64,
        /// Number of changes to the state forwarding.
        transition_fwd: U64,
        /// Number of BPDUs received.
        rx_bpdu: U64,
        /// Number of BPDUs sent.
        tx_bpdu: U64,
        /// Number of topology change notifications received.
        rx_tcn: U64,
        /// Number of topology change notifications sent.
        tx_tcn: U64,
    }
}
