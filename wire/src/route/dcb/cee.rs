//! Settings of CEE, the version of data centre bridging before IEEE 802.1Q
//! (`linux/dcbnl.h`).

use super::DcbApp;
use crate::attributes;
use crate::codec::{Bytes, Flag, Many, Nest, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

attributes! {
    /// Settings of CEE (`DCB_ATTR_CEE_*`).
    pub set CeeDcb, enum CeeDcbAttr {
        /// Priority groups of the peer.
        1 DCB_ATTR_CEE_PEER_PG PeerGroups peer_groups: Struct<CeePeerGroups>,
        /// Priority flow control of the peer.
        2 DCB_ATTR_CEE_PEER_PFC PeerPfc peer_pfc: Struct<CeePeerPfc>,
        /// Priorities of applications of the peer.
        3 DCB_ATTR_CEE_PEER_APP_TABLE PeerApps peer_apps: Nest<CeePeerApps>,
        /// Priority groups when sending.
        4 DCB_ATTR_CEE_TX_PG TxGroups tx_groups: Nest<CeeGroups>,
        /// Priority groups when receiving.
        5 DCB_ATTR_CEE_RX_PG RxGroups rx_groups: Nest<CeeGroups>,
        /// Priority flow control.
        6 DCB_ATTR_CEE_PFC Pfc pfc: Nest<CeePfcPriorities>,
        /// Priorities of applications.
        7 DCB_ATTR_CEE_APP_TABLE Apps apps: Nest<CeeApps>,
        /// Features.
        8 DCB_ATTR_CEE_FEAT Features features: Nest<DcbFeatures>,
    }
}

attributes! {
    /// Priorities of applications of the peer.
    pub set CeePeerApps, enum CeePeerAppsAttr {
        /// State of the peer.
        1 DCB_ATTR_CEE_PEER_APP_INFO Info info: Struct<CeePeerAppInfo>,
        /// Application.
        2 DCB_ATTR_CEE_PEER_APP App app: Many<Struct<DcbApp>>,
    }
}

attributes! {
    /// Priorities of applications.
    pub set CeeApps, enum CeeAppsAttr {
        /// Application.
        1 DCB_ATTR_CEE_APP App app: Many<Nest<CeeApp>>,
    }
}

attributes! {
    /// Priority of an application's packets (`DCB_APP_ATTR_*`).
    pub set CeeApp, enum CeeAppAttr {
        /// Meaning of the id.
        1 DCB_APP_ATTR_IDTYPE Kind kind: CeeAppKind,
        /// Ethernet type or port.
        2 DCB_APP_ATTR_ID Id id: u16,
        /// Priorities, one a bit.
        3 DCB_APP_ATTR_PRIORITY Priority priority: u8,
    }
}

attributes! {
    /// Priority flow control by priority (`DCB_PFC_UP_ATTR_*`).
    pub set CeePfcPriorities, enum CeePfcPrioritiesAttr {
        /// 1 if priority 0 has flow control.
        1 DCB_PFC_UP_ATTR_0 Priority0 priority0: u8,
        /// 1 if priority 1 has flow control.
        2 DCB_PFC_UP_ATTR_1 Priority1 priority1: u8,
        /// 1 if priority 2 has flow control.
        3 DCB_PFC_UP_ATTR_2 Priority2 priority2: u8,
        /// 1 if priority 3 has flow control.
        4 DCB_PFC_UP_ATTR_3 Priority3 priority3: u8,
        /// 1 if priority 4 has flow control.
        5 DCB_PFC_UP_ATTR_4 Priority4 priority4: u8,
        /// 1 if priority 5 has flow control.
        6 DCB_PFC_UP_ATTR_5 Priority5 priority5: u8,
        /// 1 if priority 6 has flow control.
        7 DCB_PFC_UP_ATTR_6 Priority6 priority6: u8,
        /// 1 if priority 7 has flow control.
        8 DCB_PFC_UP_ATTR_7 Priority7 priority7: u8,
        /// All priorities, in requests.
        9 DCB_PFC_UP_ATTR_ALL All all: Flag,
    }
}

attributes! {
    /// Priority groups (`DCB_PG_ATTR_*`).
    pub set CeeGroups, enum CeeGroupsAttr {
        /// Traffic class 0.
        1 DCB_PG_ATTR_TC_0 Tc0 tc0: Nest<CeeClass>,
        /// Traffic class 1.
        2 DCB_PG_ATTR_TC_1 Tc1 tc1: Nest<CeeClass>,
        /// Traffic class 2.
        3 DCB_PG_ATTR_TC_2 Tc2 tc2: Nest<CeeClass>,
        /// Traffic class 3.
        4 DCB_PG_ATTR_TC_3 Tc3 tc3: Nest<CeeClass>,
        /// Traffic class 4.
        5 DCB_PG_ATTR_TC_4 Tc4 tc4: Nest<CeeClass>,
        /// Traffic class 5.
        6 DCB_PG_ATTR_TC_5 Tc5 tc5: Nest<CeeClass>,
        /// Traffic class 6.
        7 DCB_PG_ATTR_TC_6 Tc6 tc6: Nest<CeeClass>,
        /// Traffic class 7.
        8 DCB_PG_ATTR_TC_7 Tc7 tc7: Nest<CeeClass>,
        /// Unused.
        9 DCB_PG_ATTR_TC_MAX TcMax tc_max: Bytes,
        /// All traffic classes, in requests.
        10 DCB_PG_ATTR_TC_ALL TcAll tc_all: Nest<CeeClass>,
        /// Share of group 0 in per cent.
        11 DCB_PG_ATTR_BW_ID_0 Share0 share0: u8,
        /// Share of group 1 in per cent.
        12 DCB_PG_ATTR_BW_ID_1 Share1 share1: u8,
        /// Share of group 2 in per cent.
        13 DCB_PG_ATTR_BW_ID_2 Share2 share2: u8,
        /// Share of group 3 in per cent.
        14 DCB_PG_ATTR_BW_ID_3 Share3 share3: u8,
        /// Share of group 4 in per cent.
        15 DCB_PG_ATTR_BW_ID_4 Share4 share4: u8,
        /// Share of group 5 in per cent.
        16 DCB_PG_ATTR_BW_ID_5 Share5 share5: u8,
        /// Share of group 6 in per cent.
        17 DCB_PG_ATTR_BW_ID_6 Share6 share6: u8,
        /// Share of group 7 in per cent.
        18 DCB_PG_ATTR_BW_ID_7 Share7 share7: u8,
        /// Unused.
        19 DCB_PG_ATTR_BW_ID_MAX ShareMax share_max: Bytes,
        /// All shares, in requests.
        20 DCB_PG_ATTR_BW_ID_ALL ShareAll share_all: Flag,
    }
}

attributes! {
    /// Traffic class of a priority group (`DCB_TC_ATTR_PARAM_*`).
    pub set CeeClass, enum CeeClassAttr {
        /// Priority group.
        1 DCB_TC_ATTR_PARAM_PGID Group group: u8,
        /// Priorities, one a bit.
        2 DCB_TC_ATTR_PARAM_UP_MAPPING Priorities priorities: u8,
        /// Strict priority: 0 none, 1 in the group, 2 in the link.
        3 DCB_TC_ATTR_PARAM_STRICT_PRIO Strict strict: u8,
        /// Share of the group in per cent.
        4 DCB_TC_ATTR_PARAM_BW_PCT Share share: u8,
        /// All parameters, in requests.
        5 DCB_TC_ATTR_PARAM_ALL All all: Flag,
    }
}

attributes! {
    /// Capabilities (`DCB_CAP_ATTR_*`).
    pub set DcbCapabilities, enum DcbCapabilitiesAttr {
        /// All capabilities, in requests.
        1 DCB_CAP_ATTR_ALL All all: Flag,
        /// 1 if there are priority groups.
        2 DCB_CAP_ATTR_PG Groups groups: u8,
        /// 1 if there is priority flow control.
        3 DCB_CAP_ATTR_PFC Pfc pfc: u8,
        /// 1 if priorities can be given to traffic classes.
        4 DCB_CAP_ATTR_UP2TC Mapping mapping: u8,
        /// Numbers of traffic classes with priority groups, one a bit.
        5 DCB_CAP_ATTR_PG_TCS GroupClasses group_classes: u8,
        /// Numbers of traffic classes with flow control, one a bit.
        6 DCB_CAP_ATTR_PFC_TCS PfcClasses pfc_classes: u8,
        /// 1 if a group can have strict priority.
        7 DCB_CAP_ATTR_GSP GroupStrict group_strict: u8,
        /// 1 if there is backward congestion notification.
        8 DCB_CAP_ATTR_BCN Bcn bcn: u8,
        /// Modes of the DCBX protocol.
        9 DCB_CAP_ATTR_DCBX Dcbx dcbx: super::DcbxMode,
    }
}

attributes! {
    /// Numbers of traffic classes (`DCB_NUMTCS_ATTR_*`).
    pub set DcbNumTcs, enum DcbNumTcsAttr {
        /// All numbers, in requests.
        1 DCB_NUMTCS_ATTR_ALL All all: Flag,
        /// Number of traffic classes with priority groups.
        2 DCB_NUMTCS_ATTR_PG Groups groups: u8,
        /// Number of traffic classes with flow control.
        3 DCB_NUMTCS_ATTR_PFC Pfc pfc: u8,
    }
}

attributes! {
    /// Features (`DCB_FEATCFG_ATTR_*`).
    pub set DcbFeatures, enum DcbFeaturesAttr {
        /// All features, in requests.
        1 DCB_FEATCFG_ATTR_ALL All all: Flag,
        /// Priority groups.
        2 DCB_FEATCFG_ATTR_PG Groups groups: DcbFeatureFlags,
        /// Priority flow control.
        3 DCB_FEATCFG_ATTR_PFC Pfc pfc: DcbFeatureFlags,
        /// Priorities of applications.
        4 DCB_FEATCFG_ATTR_APP Apps apps: DcbFeatureFlags,
    }
}

attributes! {
    /// Backward congestion notification (`DCB_BCN_ATTR_*`).
    pub set CeeBcn, enum CeeBcnAttr {
        /// 1 if priority 0 is limited.
        1 DCB_BCN_ATTR_RP_0 Rp0 rp0: u8,
        /// 1 if priority 1 is limited.
        2 DCB_BCN_ATTR_RP_1 Rp1 rp1: u8,
        /// 1 if priority 2 is limited.
        3 DCB_BCN_ATTR_RP_2 Rp2 rp2: u8,
        /// 1 if priority 3 is limited.
        4 DCB_BCN_ATTR_RP_3 Rp3 rp3: u8,
        /// 1 if priority 4 is limited.
        5 DCB_BCN_ATTR_RP_4 Rp4 rp4: u8,
        /// 1 if priority 5 is limited.
        6 DCB_BCN_ATTR_RP_5 Rp5 rp5: u8,
        /// 1 if priority 6 is limited.
        7 DCB_BCN_ATTR_RP_6 Rp6 rp6: u8,
        /// 1 if priority 7 is limited.
        8 DCB_BCN_ATTR_RP_7 Rp7 rp7: u8,
        /// All priorities, in requests.
        9 DCB_BCN_ATTR_RP_ALL RpAll rp_all: Flag,
        /// First half of the congestion point's address.
        10 DCB_BCN_ATTR_BCNA_0 Address0 address0: u32,
        /// Second half of the congestion point's address.
        11 DCB_BCN_ATTR_BCNA_1 Address1 address1: u32,
        /// Parameter alpha.
        12 DCB_BCN_ATTR_ALPHA Alpha alpha: u32,
        /// Parameter beta.
        13 DCB_BCN_ATTR_BETA Beta beta: u32,
        /// Factor of a falling rate.
        14 DCB_BCN_ATTR_GD Gd gd: u32,
        /// Factor of a rising rate.
        15 DCB_BCN_ATTR_GI Gi gi: u32,
        /// Maximum time of a limit.
        16 DCB_BCN_ATTR_TMAX TimeMax time_max: u32,
        /// Time after which a limit decays.
        17 DCB_BCN_ATTR_TD TimeDecay time_decay: u32,
        /// Minimum rate.
        18 DCB_BCN_ATTR_RMIN RateMin rate_min: u32,
        /// Weight of a queue's change.
        19 DCB_BCN_ATTR_W Weight weight: u32,
        /// Step of a falling rate.
        20 DCB_BCN_ATTR_RD RateDecrease rate_decrease: u32,
        /// Unit of rates.
        21 DCB_BCN_ATTR_RU RateUnit rate_unit: u32,
        /// Round-trip time.
        22 DCB_BCN_ATTR_WRTT RoundTrip round_trip: u32,
        /// Initial rate.
        23 DCB_BCN_ATTR_RI RateInitial rate_initial: u32,
        /// Capacity of the link.
        24 DCB_BCN_ATTR_C Capacity capacity: u32,
        /// All parameters, in requests.
        25 DCB_BCN_ATTR_ALL All all: Flag,
    }
}

structs! {
    /// Priority groups of a peer.
    #[doc(alias = "cee_pg")]
    pub struct CeePeerGroups: 20 {
        /// 1 if the sender accepts settings of its peer (willing).
        willing: u8,
        /// 1 if the negotiation failed.
        error: u8,
        /// 1 if groups are in use.
        pg_en: u8,
        /// Number of traffic classes.
        tcs_supported: u8,
        /// Share of each group in per cent.
        pg_bw: [u8; 8],
        /// Group of each priority.
        prio_pg: [u8; 8],
    }

    /// Priority flow control of a peer.
    #[doc(alias = "cee_pfc")]
    pub struct CeePeerPfc: 4 {
        /// 1 if the sender accepts settings of its peer (willing).
        willing: u8,
        /// 1 if the negotiation failed.
        error: u8,
        /// Priorities with flow control, one a bit.
        pfc_en: u8,
        /// Number of traffic classes.
        tcs_supported: u8,
    }

    /// State of a peer's applications.
    #[doc(alias = "dcb_peer_app_info")]
    pub struct CeePeerAppInfo: 2 {
        /// 1 if the sender accepts settings of its peer (willing).
        willing: u8,
        /// 1 if the negotiation failed.
        error: u8,
    }
}

numbers! {
    /// Meaning of an application's id.
    pub struct CeeAppKind(u8) {
        ETHERTYPE = 0 "DCB_APP_IDTYPE_ETHTYPE" "ethtype";
        PORT = 1 "DCB_APP_IDTYPE_PORTNUM" "port";
    }
}

flags! {
    /// State of a feature.
    pub struct DcbFeatureFlags(u8) {
        /// The negotiation failed.
        ERROR = 0x1 "DCB_FEATCFG_ERROR" "error";
        ENABLE = 0x2 "DCB_FEATCFG_ENABLE" "enable";
        /// Willing: the peer's settings are accepted.
        WILLING = 0x4 "DCB_FEATCFG_WILLING" "willing";
        /// Feature advertised to the peer.
        ADVERTISE = 0x8 "DCB_FEATCFG_ADVERTISE" "advertise";
    }
}
