//! Connectivity fault management of a bridge (`linux/cfm_bridge.h`,
//! `net/bridge/br_cfm_netlink.c`).

use crate::codec::{ByteArray, Hardware, Many, Nest};
use crate::numbers::numbers;
use crate::{LinkIndex, attributes};

attributes! {
    /// Connectivity fault management: changes in requests, maintenance points
    /// in reports (`IFLA_BRIDGE_CFM_*`).
    pub set Cfm, enum CfmAttr {
        /// Maintenance point that a request creates.
        1 IFLA_BRIDGE_CFM_MEP_CREATE Create create: Nest<CfmPoint>,
        /// Maintenance point that a request deletes.
        2 IFLA_BRIDGE_CFM_MEP_DELETE Delete delete: Nest<CfmDelete>,
        /// Settings that a maintenance point gets.
        3 IFLA_BRIDGE_CFM_MEP_CONFIG Config config: Nest<CfmConfig>,
        /// Settings that continuity checks get.
        4 IFLA_BRIDGE_CFM_CC_CONFIG CheckConfig check_config: Nest<CfmCheckConfig>,
        /// Peer that a request adds.
        5 IFLA_BRIDGE_CFM_CC_PEER_MEP_ADD AddPeer add_peer: Nest<CfmPeer>,
        /// Peer that a request removes.
        6 IFLA_BRIDGE_CFM_CC_PEER_MEP_REMOVE RemovePeer remove_peer: Nest<CfmPeer>,
        /// Remote defect indication that a request sets.
        7 IFLA_BRIDGE_CFM_CC_RDI Rdi rdi: Nest<CfmRdi>,
        /// Continuity check messages that a request starts or stops.
        8 IFLA_BRIDGE_CFM_CC_CCM_TX CheckTx check_tx: Nest<CfmCheckTx>,
        /// Maintenance point that is reported.
        9 IFLA_BRIDGE_CFM_MEP_CREATE_INFO CreateInfo create_info: Many<Nest<CfmPoint>>,
        /// Settings of a maintenance point that are reported.
        10 IFLA_BRIDGE_CFM_MEP_CONFIG_INFO ConfigInfo config_info: Many<Nest<CfmConfig>>,
        /// Settings of continuity checks that are reported.
        11 IFLA_BRIDGE_CFM_CC_CONFIG_INFO CheckConfigInfo check_config_info: Many<Nest<CfmCheckConfig>>,
        /// Remote defect indication that is reported.
        12 IFLA_BRIDGE_CFM_CC_RDI_INFO RdiInfo rdi_info: Many<Nest<CfmRdi>>,
        /// Continuity check messages that are reported.
        13 IFLA_BRIDGE_CFM_CC_CCM_TX_INFO CheckTxInfo check_tx_info: Many<Nest<CfmCheckTx>>,
        /// Peer that is reported.
        14 IFLA_BRIDGE_CFM_CC_PEER_MEP_INFO PeerInfo peer_info: Many<Nest<CfmPeer>>,
        /// Status of a maintenance point.
        15 IFLA_BRIDGE_CFM_MEP_STATUS_INFO StatusInfo status_info: Many<Nest<CfmStatus>>,
        /// Status of a peer.
        16 IFLA_BRIDGE_CFM_CC_PEER_STATUS_INFO PeerStatusInfo peer_status_info: Many<Nest<CfmPeerStatus>>,
    }
}

attributes! {
    /// Maintenance point.
    pub set CfmPoint, enum CfmPointAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_MEP_CREATE_INSTANCE Instance instance: u32,
        /// Domain: a port or a VLAN.
        2 IFLA_BRIDGE_CFM_MEP_CREATE_DOMAIN Domain domain: CfmDomain,
        /// Direction.
        3 IFLA_BRIDGE_CFM_MEP_CREATE_DIRECTION Direction direction: CfmDirection,
        /// Link index of the port.
        4 IFLA_BRIDGE_CFM_MEP_CREATE_IFINDEX Port port: LinkIndex,
    }
}

attributes! {
    /// Deletion of a maintenance point.
    pub set CfmDelete, enum CfmDeleteAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_MEP_DELETE_INSTANCE Instance instance: u32,
    }
}

attributes! {
    /// Settings of a maintenance point.
    pub set CfmConfig, enum CfmConfigAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_MEP_CONFIG_INSTANCE Instance instance: u32,
        /// Unicast MAC address of the maintenance point.
        2 IFLA_BRIDGE_CFM_MEP_CONFIG_UNICAST_MAC Mac mac: Hardware,
        /// Maintenance domain level, from 0 to 7.
        3 IFLA_BRIDGE_CFM_MEP_CONFIG_MDLEVEL Level level: u32,
        /// Id of the maintenance point, up to 8191.
        4 IFLA_BRIDGE_CFM_MEP_CONFIG_MEPID Id id: u32,
    }
}

attributes! {
    /// Settings of continuity checks.
    pub set CfmCheckConfig, enum CfmCheckConfigAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_CC_CONFIG_INSTANCE Instance instance: u32,
        /// 1 if messages of peers are expected.
        2 IFLA_BRIDGE_CFM_CC_CONFIG_ENABLE Enable enable: u32,
        /// Expected interval of messages.
        3 IFLA_BRIDGE_CFM_CC_CONFIG_EXP_INTERVAL Interval interval: CfmInterval,
        /// Expected maintenance association identifier.
        4 IFLA_BRIDGE_CFM_CC_CONFIG_EXP_MAID AssociationId association_id: ByteArray<48>,
    }
}

attributes! {
    /// Peer of a maintenance point.
    pub set CfmPeer, enum CfmPeerAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_CC_PEER_MEP_INSTANCE Instance instance: u32,
        /// Id of the peer, up to 8191.
        2 IFLA_BRIDGE_CFM_CC_PEER_MEPID Id id: u32,
    }
}

attributes! {
    /// Remote defect indication.
    pub set CfmRdi, enum CfmRdiAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_CC_RDI_INSTANCE Instance instance: u32,
        /// 1 if messages say that there is a defect.
        2 IFLA_BRIDGE_CFM_CC_RDI_RDI Rdi rdi: u32,
    }
}

attributes! {
    /// Continuity check messages that are sent.
    pub set CfmCheckTx, enum CfmCheckTxAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_CC_CCM_TX_INSTANCE Instance instance: u32,
        /// Destination MAC address.
        2 IFLA_BRIDGE_CFM_CC_CCM_TX_DMAC Destination destination: Hardware,
        /// 1 if each message has a new sequence number.
        3 IFLA_BRIDGE_CFM_CC_CCM_TX_SEQ_NO_UPDATE SequenceUpdate sequence_update: u32,
        /// Duration in seconds; 0 stops the messages.
        4 IFLA_BRIDGE_CFM_CC_CCM_TX_PERIOD Period period: u32,
        /// 1 if messages have the interface's status.
        5 IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV InterfaceTlv interface_tlv: u32,
        /// Interface's status in messages.
        6 IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV_VALUE InterfaceStatus interface_status: u8,
        /// 1 if messages have the port's status.
        7 IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV PortTlv port_tlv: u32,
        /// Port's status in messages.
        8 IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV_VALUE PortStatus port_status: u8,
    }
}

attributes! {
    /// Status of a maintenance point.
    pub set CfmStatus, enum CfmStatusAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_MEP_STATUS_INSTANCE Instance instance: u32,
        /// 1 if a message of an unexpected kind came since the last report.
        2 IFLA_BRIDGE_CFM_MEP_STATUS_OPCODE_UNEXP_SEEN UnexpectedOpcode unexpected_opcode: u32,
        /// 1 if a message of an unexpected version came since the last report.
        3 IFLA_BRIDGE_CFM_MEP_STATUS_VERSION_UNEXP_SEEN UnexpectedVersion unexpected_version: u32,
        /// 1 if a message of a lower level came since the last report.
        4 IFLA_BRIDGE_CFM_MEP_STATUS_RX_LEVEL_LOW_SEEN LowLevel low_level: u32,
    }
}

attributes! {
    /// Status of a maintenance point's peer.
    pub set CfmPeerStatus, enum CfmPeerStatusAttr {
        /// Number of the maintenance point.
        1 IFLA_BRIDGE_CFM_CC_PEER_STATUS_INSTANCE Instance instance: u32,
        /// Id of the peer.
        2 IFLA_BRIDGE_CFM_CC_PEER_STATUS_PEER_MEPID Id id: u32,
        /// 1 if the peer's messages are missing.
        3 IFLA_BRIDGE_CFM_CC_PEER_STATUS_CCM_DEFECT Defect defect: u32,
        /// 1 if the peer's messages say that there is a defect.
        4 IFLA_BRIDGE_CFM_CC_PEER_STATUS_RDI Rdi rdi: u32,
        /// Status of the peer's port.
        5 IFLA_BRIDGE_CFM_CC_PEER_STATUS_PORT_TLV_VALUE PortStatus port_status: u8,
        /// Status of the peer's interface.
        6 IFLA_BRIDGE_CFM_CC_PEER_STATUS_IF_TLV_VALUE InterfaceStatus interface_status: u8,
        /// 1 if a message came since the last report.
        7 IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEEN Seen seen: u32,
        /// 1 if a message with a status came since the last report.
        8 IFLA_BRIDGE_CFM_CC_PEER_STATUS_TLV_SEEN TlvSeen tlv_seen: u32,
        /// 1 if a message out of sequence came since the last report.
        9 IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEQ_UNEXP_SEEN UnexpectedSequence unexpected_sequence: u32,
    }
}

numbers! {
    /// Domain of a maintenance point.
    #[doc(alias = "br_cfm_domain")]
    pub struct CfmDomain(u32) {
        PORT = 0 "BR_CFM_PORT" "port";
        VLAN = 1 "BR_CFM_VLAN" "vlan";
    }
}

numbers! {
    /// Direction of a maintenance point.
    #[doc(alias = "br_cfm_mep_direction")]
    pub struct CfmDirection(u32) {
        /// Away from the bridge.
        DOWN = 0 "BR_CFM_MEP_DIRECTION_DOWN" "down";
        /// Through the bridge.
        UP = 1 "BR_CFM_MEP_DIRECTION_UP" "up";
    }
}

numbers! {
    /// Interval of continuity check messages.
    #[doc(alias = "br_cfm_ccm_interval")]
    pub struct CfmInterval(u32) {
        NONE = 0 "BR_CFM_CCM_INTERVAL_NONE" "none";
        MS_3_3 = 1 "BR_CFM_CCM_INTERVAL_3_3_MS" "3.3ms";
        MS_10 = 2 "BR_CFM_CCM_INTERVAL_10_MS" "10ms";
        MS_100 = 3 "BR_CFM_CCM_INTERVAL_100_MS" "100ms";
        S_1 = 4 "BR_CFM_CCM_INTERVAL_1_SEC" "1s";
        S_10 = 5 "BR_CFM_CCM_INTERVAL_10_SEC" "10s";
        MIN_1 = 6 "BR_CFM_CCM_INTERVAL_1_MIN" "1min";
        MIN_10 = 7 "BR_CFM_CCM_INTERVAL_10_MIN" "10min";
    }
}
