//! Parts of a `flower`: flags, tunnel options, MPLS labels.

use crate::attributes;
use crate::codec::{Be, Bytes, Many, Nest};
use crate::numbers::flags;

flags! {
    /// Flags of a packet or the tunnel that carried it.
    pub struct FlowerKeyFlags(u32) {
        /// Fragment.
        FRAGMENT = 0x1 "TCA_FLOWER_KEY_FLAGS_IS_FRAGMENT" "frag";
        /// First fragment.
        FIRST_FRAGMENT = 0x2 "TCA_FLOWER_KEY_FLAGS_FRAG_IS_FIRST" "firstfrag";
        /// Tunnel with a checksum.
        TUNNEL_CHECKSUM = 0x4 "TCA_FLOWER_KEY_FLAGS_TUNNEL_CSUM" "tuncsum";
        /// Tunnel without fragmentation.
        TUNNEL_DONT_FRAGMENT = 0x8 "TCA_FLOWER_KEY_FLAGS_TUNNEL_DONT_FRAGMENT" "tundf";
        /// OAM packet of the tunnel.
        TUNNEL_OAM = 0x10 "TCA_FLOWER_KEY_FLAGS_TUNNEL_OAM" "tunoam";
        /// Critical options in the tunnel header.
        TUNNEL_CRITICAL = 0x20 "TCA_FLOWER_KEY_FLAGS_TUNNEL_CRIT_OPT" "tuncrit";
    }
}

flags! {
    /// State of a packet's conntrack entry.
    pub struct FlowerCtState(u16) {
        /// New connection.
        NEW = 0x1 "TCA_FLOWER_KEY_CT_FLAGS_NEW" "new";
        /// Established connection.
        ESTABLISHED = 0x2 "TCA_FLOWER_KEY_CT_FLAGS_ESTABLISHED" "est";
        /// Connection related to an established one.
        RELATED = 0x4 "TCA_FLOWER_KEY_CT_FLAGS_RELATED" "rel";
        /// Packet tracked by conntrack.
        TRACKED = 0x8 "TCA_FLOWER_KEY_CT_FLAGS_TRACKED" "trk";
        /// Invalid packet, without a connection.
        INVALID = 0x10 "TCA_FLOWER_KEY_CT_FLAGS_INVALID" "inv";
        /// Packet in the reply direction.
        REPLY = 0x20 "TCA_FLOWER_KEY_CT_FLAGS_REPLY" "rpl";
    }
}

attributes! {
    /// Tunnel options to match, for one kind of tunnel (`TCA_FLOWER_KEY_ENC_OPTS_*`).
    pub set FlowerTunnelOptions, enum FlowerTunnelOptionsAttr {
        /// Option of GENEVE.
        1 TCA_FLOWER_KEY_ENC_OPTS_GENEVE Geneve geneve: Many<Nest<FlowerGeneve>>,
        /// Options of VXLAN.
        2 TCA_FLOWER_KEY_ENC_OPTS_VXLAN Vxlan vxlan: Nest<FlowerVxlan>,
        /// Options of ERSPAN.
        3 TCA_FLOWER_KEY_ENC_OPTS_ERSPAN Erspan erspan: Nest<FlowerErspan>,
        /// Options of GTP.
        4 TCA_FLOWER_KEY_ENC_OPTS_GTP Gtp gtp: Nest<FlowerGtp>,
        /// Options of PFCP.
        5 TCA_FLOWER_KEY_ENC_OPTS_PFCP Pfcp pfcp: Nest<FlowerPfcp>,
    }
}

attributes! {
    /// Option of GENEVE (`TCA_FLOWER_KEY_ENC_OPT_GENEVE_*`).
    pub set FlowerGeneve, enum FlowerGeneveAttr {
        /// Class.
        1 TCA_FLOWER_KEY_ENC_OPT_GENEVE_CLASS Class class: Be<u16>,
        /// Type.
        2 TCA_FLOWER_KEY_ENC_OPT_GENEVE_TYPE Type option_type: u8,
        /// Value, of 4 bytes or a multiple.
        3 TCA_FLOWER_KEY_ENC_OPT_GENEVE_DATA Data data: Bytes,
    }
}

attributes! {
    /// Options of VXLAN (`TCA_FLOWER_KEY_ENC_OPT_VXLAN_*`).
    pub set FlowerVxlan, enum FlowerVxlanAttr {
        /// Group policy.
        1 TCA_FLOWER_KEY_ENC_OPT_VXLAN_GBP GroupPolicy group_policy: u32,
    }
}

attributes! {
    /// Options of ERSPAN (`TCA_FLOWER_KEY_ENC_OPT_ERSPAN_*`).
    pub set FlowerErspan, enum FlowerErspanAttr {
        /// Version: 1 has an index, 2 a direction and a hardware id.
        1 TCA_FLOWER_KEY_ENC_OPT_ERSPAN_VER Version version: u8,
        /// Index.
        2 TCA_FLOWER_KEY_ENC_OPT_ERSPAN_INDEX Index index: Be<u32>,
        /// Direction.
        3 TCA_FLOWER_KEY_ENC_OPT_ERSPAN_DIR Direction direction: u8,
        /// Hardware id.
        4 TCA_FLOWER_KEY_ENC_OPT_ERSPAN_HWID HardwareId hardware_id: u8,
    }
}

attributes! {
    /// Options of GTP (`TCA_FLOWER_KEY_ENC_OPT_GTP_*`).
    pub set FlowerGtp, enum FlowerGtpAttr {
        /// Type of the protocol data unit.
        1 TCA_FLOWER_KEY_ENC_OPT_GTP_PDU_TYPE PduType pdu_type: u8,
        /// Identifier of the flow's quality of service.
        2 TCA_FLOWER_KEY_ENC_OPT_GTP_QFI FlowId flow_id: u8,
    }
}

attributes! {
    /// Options of PFCP (`TCA_FLOWER_KEY_ENC_OPT_PFCP_*`).
    pub set FlowerPfcp, enum FlowerPfcpAttr {
        /// Type of the session.
        1 TCA_FLOWER_KEY_ENC_OPT_PFCP_TYPE SessionType session_type: u8,
        /// Session.
        2 TCA_FLOWER_KEY_ENC_OPT_PFCP_SEID Session session: Be<u64>,
    }
}

attributes! {
    /// Entries of an MPLS label stack (`TCA_FLOWER_KEY_MPLS_OPTS_*`).
    pub set FlowerMplsStack, enum FlowerMplsStackAttr {
        /// Entry.
        1 TCA_FLOWER_KEY_MPLS_OPTS_LSE Entry entry: Many<Nest<FlowerMplsEntry>>,
    }
}

attributes! {
    /// Entry of an MPLS label stack (`TCA_FLOWER_KEY_MPLS_OPT_LSE_*`).
    pub set FlowerMplsEntry, enum FlowerMplsEntryAttr {
        /// Depth in the stack, 1 for the first entry.
        1 TCA_FLOWER_KEY_MPLS_OPT_LSE_DEPTH Depth depth: u8,
        /// TTL.
        2 TCA_FLOWER_KEY_MPLS_OPT_LSE_TTL Ttl ttl: u8,
        /// 1 for the last label of the stack.
        3 TCA_FLOWER_KEY_MPLS_OPT_LSE_BOS Bottom bottom: u8,
        /// Traffic class, 0 to 7.
        4 TCA_FLOWER_KEY_MPLS_OPT_LSE_TC Class class: u8,
        /// Label.
        5 TCA_FLOWER_KEY_MPLS_OPT_LSE_LABEL Label label: u32,
    }
}

attributes! {
    /// Connectivity fault management (`TCA_FLOWER_KEY_CFM_*`).
    pub set FlowerCfm, enum FlowerCfmAttr {
        /// Level of the maintenance domain, 0 to 7.
        1 TCA_FLOWER_KEY_CFM_MD_LEVEL Level level: u8,
        /// Operation code.
        2 TCA_FLOWER_KEY_CFM_OPCODE Opcode opcode: u8,
    }
}
