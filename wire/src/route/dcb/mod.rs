//! Data centre bridging: `struct dcbmsg` and `DCB_ATTR_*` (`linux/dcbnl.h`,
//! `net/dcb/dcbnl.c`).
//!
//! ```text
//!  0        1         2         4
//! +--------+---------+---------+
//! | family | command | padding |
//! +--------+---------+---------+
//! ```

mod cee;
mod reply;
mod request;

pub use cee::*;
pub(super) use reply::is_reply;
pub use reply::{DcbReply, DcbResult, DcbResultAttr, dcb_result};
pub use request::*;

use crate::codec::{Hardware, Many, Nest, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{FixedHeader, Row, attributes};

structs! {
    /// Fixed header of data centre bridging.
    #[doc(alias = "dcbmsg")]
    pub struct DcbHeader: 4 {
        /// Address family: [`AF_UNSPEC`](super::AF_UNSPEC).
        #[doc(alias = "dcb_family")]
        family: u8 as crate::AddressFamily,
        /// Command.
        #[doc(alias = "cmd")]
        command: DcbCommand,
        /// Zero.
        reserved: U16,
    }

    /// Enhanced transmission selection (IEEE 802.1Qaz), each array by traffic
    /// class or priority.
    #[doc(alias = "ieee_ets")]
    pub struct IeeeEts: 59 {
        /// 1 if the peer's settings are taken.
        willing: u8,
        /// Number of traffic classes; 0 for 8.
        ets_cap: u8,
        /// 1 if the credit-based shaper is known.
        cbs: u8,
        /// Share of each class when sending, in per cent.
        tc_tx_bw: [u8; 8],
        /// Share of each class when receiving, in per cent.
        tc_rx_bw: [u8; 8],
        /// Selection algorithm of each class: see [`IeeeTsa`].
        tc_tsa: [u8; 8],
        /// Traffic class of each priority.
        prio_tc: [u8; 8],
        /// Recommended share of each class, in per cent.
        tc_reco_bw: [u8; 8],
        /// Recommended selection algorithm of each class.
        tc_reco_tsa: [u8; 8],
        /// Recommended traffic class of each priority.
        reco_prio_tc: [u8; 8],
    }

    /// Maximum rate of each traffic class in kbit/s.
    #[doc(alias = "ieee_maxrate")]
    pub struct IeeeMaxRate: 64 {
        /// Rates.
        tc_maxrate: [U64; 8],
    }

    /// Congestion notification (IEEE 802.1Qau), each array by priority.
    #[doc(alias = "ieee_qcn")]
    pub struct IeeeQcn: 360 {
        /// 1 if rates are limited.
        rpg_enable: [u8; 8],
        /// Maximum number of rate limiters of a port.
        rppp_max_rps: [U32; 8],
        /// Time of the rate timer in microseconds.
        rpg_time_reset: [U32; 8],
        /// Threshold of the byte counter.
        rpg_byte_reset: [U32; 8],
        /// Number of stages before the rate rises.
        rpg_threshold: [U32; 8],
        /// Maximum rate in Mbit/s.
        rpg_max_rate: [U32; 8],
        /// Step of a rising rate in Mbit/s.
        rpg_ai_rate: [U32; 8],
        /// Step of a fast rising rate in Mbit/s.
        rpg_hai_rate: [U32; 8],
        /// Weight of feedback.
        rpg_gd: [U32; 8],
        /// Minimum factor of a falling rate.
        rpg_min_dec_fac: [U32; 8],
        /// Minimum rate in Mbit/s.
        rpg_min_rate: [U32; 8],
        /// Defence mode: edge or interior.
        cndd_state_machine: [U32; 8],
    }

    /// Counters of congestion notification, by priority.
    #[doc(alias = "ieee_qcn_stats")]
    pub struct IeeeQcnStats: 96 {
        /// Time with a rate limiter in hundredths of a second.
        rppp_rp_centiseconds: [U64; 8],
        /// Number of rate limiters created.
        rppp_created_rps: [U32; 8],
    }

    /// Priority flow control (IEEE 802.1Qbb).
    #[doc(alias = "ieee_pfc")]
    pub struct IeeePfc: 136 {
        /// Number of priorities that can have flow control.
        pfc_cap: u8,
        /// Priorities with flow control, one a bit.
        pfc_en: u8,
        /// 1 if MACsec does without flow control.
        mbc: u8,
        /// Padding.
        reserved: u8,
        /// Allowance for the delay of a round trip, in bit times.
        delay: U16,
        /// Padding.
        padding: [u8; 2],
        /// Pause frames sent, by priority.
        requests: [U64; 8],
        /// Pause frames received, by priority.
        indications: [U64; 8],
    }

    /// Buffers of a port.
    #[doc(alias = "dcbnl_buffer")]
    pub struct DcbBuffer: 44 {
        /// Buffer of each priority.
        prio2buffer: [u8; 8],
        /// Size of each buffer in bytes.
        buffer_size: [U32; 8],
        /// Size of all buffers in bytes.
        total_size: U32,
    }

    /// Priority of an application's packets.
    #[doc(alias = "dcb_app")]
    pub struct DcbApp: 4 {
        /// Meaning of the protocol: see [`IeeeAppSelector`].
        selector: u8,
        /// Priority.
        priority: u8,
        /// Ethernet type, port or DSCP.
        protocol: U16,
    }
}

impl FixedHeader for DcbHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

numbers! {
    /// Command of data centre bridging.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "dcbnl_commands")]
    pub struct DcbCommand(u8) {
        GET_STATE = 1 "DCB_CMD_GSTATE";
        SET_STATE = 2 "DCB_CMD_SSTATE";
        GET_TX_GROUPS = 3 "DCB_CMD_PGTX_GCFG";
        SET_TX_GROUPS = 4 "DCB_CMD_PGTX_SCFG";
        GET_RX_GROUPS = 5 "DCB_CMD_PGRX_GCFG";
        SET_RX_GROUPS = 6 "DCB_CMD_PGRX_SCFG";
        GET_PFC = 7 "DCB_CMD_PFC_GCFG";
        SET_PFC = 8 "DCB_CMD_PFC_SCFG";
        /// Puts all settings into hardware.
        SET_ALL = 9 "DCB_CMD_SET_ALL";
        GET_PERMANENT_ADDRESS = 10 "DCB_CMD_GPERM_HWADDR";
        GET_CAPABILITIES = 11 "DCB_CMD_GCAP";
        GET_NUM_TCS = 12 "DCB_CMD_GNUMTCS";
        SET_NUM_TCS = 13 "DCB_CMD_SNUMTCS";
        GET_PFC_STATE = 14 "DCB_CMD_PFC_GSTATE";
        SET_PFC_STATE = 15 "DCB_CMD_PFC_SSTATE";
        GET_BCN = 16 "DCB_CMD_BCN_GCFG";
        SET_BCN = 17 "DCB_CMD_BCN_SCFG";
        GET_APP = 18 "DCB_CMD_GAPP";
        SET_APP = 19 "DCB_CMD_SAPP";
        IEEE_SET = 20 "DCB_CMD_IEEE_SET";
        IEEE_GET = 21 "DCB_CMD_IEEE_GET";
        GET_DCBX = 22 "DCB_CMD_GDCBX";
        SET_DCBX = 23 "DCB_CMD_SDCBX";
        GET_FEATURES = 24 "DCB_CMD_GFEATCFG";
        SET_FEATURES = 25 "DCB_CMD_SFEATCFG";
        CEE_GET = 26 "DCB_CMD_CEE_GET";
        IEEE_DEL = 27 "DCB_CMD_IEEE_DEL";
    }
}

attributes! {
    /// Settings of data centre bridging (`DCB_ATTR_*`). Replies to changes have
    /// [`DcbResult`].
    pub set Dcb, enum DcbAttr {
        /// Name of the link.
        1 DCB_ATTR_IFNAME Name name: Text,
        /// 1 if bridging of the CEE version is on.
        2 DCB_ATTR_STATE State state: u8,
        /// 1 if priority flow control is on.
        3 DCB_ATTR_PFC_STATE PfcState pfc_state: u8,
        /// Priority flow control.
        4 DCB_ATTR_PFC_CFG Pfc pfc: Nest<CeePfcPriorities>,
        /// Number of traffic classes; unused.
        5 DCB_ATTR_NUM_TC NumTc num_tc: u8,
        /// Priority groups.
        6 DCB_ATTR_PG_CFG Groups groups: Nest<CeeGroups>,
        /// Result of putting settings into hardware.
        7 DCB_ATTR_SET_ALL SetAll set_all: u8,
        /// Permanent MAC address, padded with bytes of 255.
        8 DCB_ATTR_PERM_HWADDR PermanentAddress permanent_address: Hardware,
        /// Capabilities.
        9 DCB_ATTR_CAP Capabilities capabilities: Nest<DcbCapabilities>,
        /// Numbers of traffic classes.
        10 DCB_ATTR_NUMTCS NumTcs num_tcs: Nest<DcbNumTcs>,
        /// Backward congestion notification.
        11 DCB_ATTR_BCN Bcn bcn: Nest<CeeBcn>,
        /// Priority of an application's packets.
        12 DCB_ATTR_APP App app: Nest<CeeApp>,
        /// Settings of IEEE 802.1Q.
        13 DCB_ATTR_IEEE Ieee ieee: Nest<IeeeDcb>,
        /// Mode of the DCBX protocol.
        14 DCB_ATTR_DCBX Dcbx dcbx: DcbxMode,
        /// Features.
        15 DCB_ATTR_FEATCFG Features features: Nest<DcbFeatures>,
        /// Settings of CEE.
        16 DCB_ATTR_CEE Cee cee: Nest<CeeDcb>,
    }
}

attributes! {
    /// Settings of IEEE 802.1Q (`DCB_ATTR_IEEE_*`).
    pub set IeeeDcb, enum IeeeDcbAttr {
        /// Enhanced transmission selection.
        1 DCB_ATTR_IEEE_ETS Ets ets: Struct<IeeeEts>,
        /// Priority flow control.
        2 DCB_ATTR_IEEE_PFC Pfc pfc: Struct<IeeePfc>,
        /// Priorities of applications.
        3 DCB_ATTR_IEEE_APP_TABLE Apps apps: Nest<IeeeApps>,
        /// Enhanced transmission selection of the peer.
        4 DCB_ATTR_IEEE_PEER_ETS PeerEts peer_ets: Struct<IeeeEts>,
        /// Priority flow control of the peer.
        5 DCB_ATTR_IEEE_PEER_PFC PeerPfc peer_pfc: Struct<IeeePfc>,
        /// Priorities of applications of the peer.
        6 DCB_ATTR_IEEE_PEER_APP PeerApps peer_apps: Nest<IeeeApps>,
        /// Maximum rates.
        7 DCB_ATTR_IEEE_MAXRATE MaxRate max_rate: Struct<IeeeMaxRate>,
        /// Congestion notification.
        8 DCB_ATTR_IEEE_QCN Qcn qcn: Struct<IeeeQcn>,
        /// Counters of congestion notification.
        9 DCB_ATTR_IEEE_QCN_STATS QcnStats qcn_stats: Struct<IeeeQcnStats>,
        /// Buffers.
        10 DCB_ATTR_DCB_BUFFER Buffer buffer: Struct<DcbBuffer>,
        /// Selectors that are trusted, in their order.
        11 DCB_ATTR_DCB_APP_TRUST_TABLE Trust trust: Nest<IeeeTrust>,
        /// Rewriting of priorities.
        12 DCB_ATTR_DCB_REWR_TABLE Rewrite rewrite: Nest<IeeeApps>,
    }
}

attributes! {
    /// Priorities of applications.
    pub set IeeeApps, enum IeeeAppsAttr {
        /// Application of IEEE 802.1Qaz.
        1 DCB_ATTR_IEEE_APP App app: Many<Struct<DcbApp>>,
        /// Application by a selector that the standard lacks.
        2 DCB_ATTR_DCB_APP Extra extra: Many<Struct<DcbApp>>,
    }
}

attributes! {
    /// Selectors that are trusted, in their order.
    pub set IeeeTrust, enum IeeeTrustAttr {
        /// Selector of IEEE 802.1Qaz.
        1 DCB_ATTR_TRUST_IEEE_APP Selector selector: Many<IeeeAppSelector>,
        /// Selector that the standard lacks.
        2 DCB_ATTR_TRUST_DCB_APP Extra extra: Many<IeeeAppSelector>,
    }
}

numbers! {
    /// Meaning of an application's protocol.
    pub struct IeeeAppSelector(u8) {
        ETHERTYPE = 1 "IEEE_8021QAZ_APP_SEL_ETHERTYPE" "ethtype";
        /// Port of TCP or SCTP.
        STREAM = 2 "IEEE_8021QAZ_APP_SEL_STREAM" "stream-port";
        /// Port of UDP or DCCP.
        DATAGRAM = 3 "IEEE_8021QAZ_APP_SEL_DGRAM" "dgram-port";
        /// Port of any protocol.
        ANY = 4 "IEEE_8021QAZ_APP_SEL_ANY" "port";
        DSCP = 5 "IEEE_8021QAZ_APP_SEL_DSCP" "dscp";
        /// Priority code point of a VLAN tag.
        PCP = 255 "DCB_APP_SEL_PCP" "pcp";
    }
}

numbers! {
    /// Selection algorithm of a traffic class.
    pub struct IeeeTsa(u8) {
        /// Strict priority.
        STRICT = 0 "IEEE_8021QAZ_TSA_STRICT" "strict";
        /// Credit-based shaper.
        CB_SHAPER = 1 "IEEE_8021QAZ_TSA_CB_SHAPER" "cbs";
        /// Enhanced transmission selection.
        ETS = 2 "IEEE_8021QAZ_TSA_ETS" "ets";
        VENDOR = 255 "IEEE_8021QAZ_TSA_VENDOR" "vendor";
    }
}

flags! {
    /// Mode of the DCBX protocol.
    pub struct DcbxMode(u8) {
        /// DCBX run by a program of the host.
        HOST = 0x01 "DCB_CAP_DCBX_HOST" "host";
        /// DCBX run by firmware.
        LLD_MANAGED = 0x02 "DCB_CAP_DCBX_LLD_MANAGED" "lld-managed";
        /// Version of CEE.
        CEE = 0x04 "DCB_CAP_DCBX_VER_CEE" "cee";
        /// Version of IEEE.
        IEEE = 0x08 "DCB_CAP_DCBX_VER_IEEE" "ieee";
        /// Firmware does not negotiate.
        STATIC = 0x10 "DCB_CAP_DCBX_STATIC" "static";
    }
}

/// Settings of a link, an answer to [`GetDcb`].
pub type DcbRow<'a> = Row<'a, DcbHeader, Dcb>;
