//! Power over Ethernet: power sourcing equipment (PSE).
//!
//! The power that a port gives is limited to 15.4 W and read, as by
//! `ethtool --set-pse eth0 c33-pse-avail-pw-limit 15400` and
//! `ethtool --show-pse eth0`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{GetPse, Pse, PseAttr, PseRow, SetPse};
//!
//! let limit = SetPse::by_name("eth0", &[PseAttr::C33Limit(15_400)]);
//! let read = GetPse::by_name("eth0");
//!
//! /// Prints the power in use and what the port searches or delivers.
//! fn print(port: &PseRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(port.attributes => Pse { c33_power, c33_detection })?;
//!     println!("{:?} mW, {:?}", found.c33_power, found.c33_detection);
//!     Ok(())
//! }
//! ```

use super::request::messages;
use super::{Act, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Many, Nest, Shown, Uint};
use crate::numbers::{flags, numbers};

/// Power over Ethernet settings of a link.
pub type PseRow<'a> = LinkRow<'a, Pse>;
/// Reads the power over Ethernet settings of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_PSE_GET")]
pub type GetPse<'a> = Get<'a, Pse>;
/// Changes the power over Ethernet settings of a link.
///
/// ```
/// use nlwire::generic::ethtool::{PseAttr, PseState, SetPse};
///
/// let change = SetPse::by_name("eth0", &[PseAttr::C33Control(PseState::ENABLED)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_PSE_SET")]
pub type SetPse<'a> = Act<'a, Pse>;
/// Events of a link's power controller.
pub type PseReportRow<'a> = LinkRow<'a, PseReport>;

messages! {
    Pse: ETHTOOL_A_PSE_HEADER, get ETHTOOL_MSG_PSE_GET, set ETHTOOL_MSG_PSE_SET;
    PseReport: ETHTOOL_A_PSE_NTF_HEADER;
}

attributes! {
    /// Power over Ethernet settings of a link (`ETHTOOL_A_PSE_*`): over data
    /// lines (`PoDL`, one pair) or of IEEE 802.3 clause 33.
    pub set Pse, enum PseAttr {
        /// Link.
        1 ETHTOOL_A_PSE_HEADER Header header: Nest<Header>,
        /// Operational state of `PoDL`.
        2 ETHTOOL_A_PODL_PSE_ADMIN_STATE PodlState podl_state: PseState,
        /// Requested state of `PoDL`.
        3 ETHTOOL_A_PODL_PSE_ADMIN_CONTROL PodlControl podl_control: PseState,
        /// Power detection status of `PoDL`.
        4 ETHTOOL_A_PODL_PSE_PW_D_STATUS PodlDetection podl_detection: PodlDetection,
        /// Operational state.
        5 ETHTOOL_A_C33_PSE_ADMIN_STATE C33State c33_state: PseState,
        /// Requested state.
        6 ETHTOOL_A_C33_PSE_ADMIN_CONTROL C33Control c33_control: PseState,
        /// Power detection status.
        7 ETHTOOL_A_C33_PSE_PW_D_STATUS C33Detection c33_detection: C33Detection,
        /// Power class of the powered device, 1 to 8.
        8 ETHTOOL_A_C33_PSE_PW_CLASS C33Class c33_class: u32,
        /// Power in use, in milliwatts.
        9 ETHTOOL_A_C33_PSE_ACTUAL_PW C33Power c33_power: u32,
        /// Reason of an error, as a group.
        10 ETHTOOL_A_C33_PSE_EXT_STATE C33Reason c33_reason: C33Reason,
        /// Detail of the reason; each group has numbers of its own, from 1.
        11 ETHTOOL_A_C33_PSE_EXT_SUBSTATE C33Detail c33_detail: u32,
        /// Configured power limit in milliwatts.
        12 ETHTOOL_A_C33_PSE_AVAIL_PW_LIMIT C33Limit c33_limit: u32,
        /// Range of supported power limits.
        13 ETHTOOL_A_C33_PSE_PW_LIMIT_RANGES C33LimitRange c33_limit_range: Many<Nest<PowerLimitRange>>,
        /// Identifier of the power domain.
        14 ETHTOOL_A_PSE_PW_D_ID Domain domain: u32,
        /// Greatest priority number.
        15 ETHTOOL_A_PSE_PRIO_MAX PriorityMax priority_max: u32,
        /// Priority of the port; 0 is the highest.
        16 ETHTOOL_A_PSE_PRIO Priority priority: u32,
    }
}

attributes! {
    /// Range of power limits (`ETHTOOL_A_C33_PSE_PW_LIMIT_*`), in milliwatts.
    pub set PowerLimitRange, enum PowerLimitRangeAttr {
        /// Least power limit.
        1 ETHTOOL_A_C33_PSE_PW_LIMIT_MIN Min min: u32,
        /// Greatest power limit.
        2 ETHTOOL_A_C33_PSE_PW_LIMIT_MAX Max max: u32,
    }
}

attributes! {
    /// Events of a power controller (`ETHTOOL_A_PSE_NTF_*`).
    pub set PseReport, enum PseReportAttr {
        /// Link.
        1 ETHTOOL_A_PSE_NTF_HEADER Header header: Nest<Header>,
        /// Events: [`PseEvents`].
        2 ETHTOOL_A_PSE_NTF_EVENTS Events events: Shown<Uint, PseEvents>,
    }
}

flags! {
    /// Events of a power controller.
    pub struct PseEvents(u32) {
        /// Output current too high.
        OVER_CURRENT = 0x1 "ETHTOOL_PSE_EVENT_OVER_CURRENT" "over-current";
        /// Temperature too high.
        OVER_TEMP = 0x2 "ETHTOOL_PSE_EVENT_OVER_TEMP" "over-temp";
        /// Detection of a powered device.
        DETECTION = 0x4 "ETHTOOL_C33_PSE_EVENT_DETECTION" "detection";
        /// Classification of a powered device.
        CLASSIFICATION = 0x8 "ETHTOOL_C33_PSE_EVENT_CLASSIFICATION" "classification";
        /// Disconnection of a powered device.
        DISCONNECTION = 0x10 "ETHTOOL_C33_PSE_EVENT_DISCONNECTION" "disconnection";
        /// Power budget exceeded.
        OVER_BUDGET = 0x20 "ETHTOOL_PSE_EVENT_OVER_BUDGET" "over-budget";
        /// Failed power control by software.
        CONTROL_ERROR = 0x40 "ETHTOOL_PSE_EVENT_SW_PW_CONTROL_ERROR" "sw-pw-control-error";
    }
}

numbers! {
    /// State of power sourcing equipment; `PoDL` and clause 33 have the same
    /// numbers.
    pub struct PseState(u32) {
        UNKNOWN = 1 "ETHTOOL_C33_PSE_ADMIN_STATE_UNKNOWN" "unknown";
        DISABLED = 2 "ETHTOOL_C33_PSE_ADMIN_STATE_DISABLED" "disabled";
        ENABLED = 3 "ETHTOOL_C33_PSE_ADMIN_STATE_ENABLED" "enabled";
    }
}

numbers! {
    /// Power detection status of `PoDL`.
    pub struct PodlDetection(u32) {
        UNKNOWN = 1 "ETHTOOL_PODL_PSE_PW_D_STATUS_UNKNOWN" "unknown";
        DISABLED = 2 "ETHTOOL_PODL_PSE_PW_D_STATUS_DISABLED" "disabled";
        SEARCHING = 3 "ETHTOOL_PODL_PSE_PW_D_STATUS_SEARCHING" "searching";
        DELIVERING = 4 "ETHTOOL_PODL_PSE_PW_D_STATUS_DELIVERING" "delivering power";
        SLEEP = 5 "ETHTOOL_PODL_PSE_PW_D_STATUS_SLEEP" "sleep";
        IDLE = 6 "ETHTOOL_PODL_PSE_PW_D_STATUS_IDLE" "idle";
        ERROR = 7 "ETHTOOL_PODL_PSE_PW_D_STATUS_ERROR" "error";
    }
}

numbers! {
    /// Power detection status of clause 33.
    pub struct C33Detection(u32) {
        UNKNOWN = 1 "ETHTOOL_C33_PSE_PW_D_STATUS_UNKNOWN" "unknown";
        DISABLED = 2 "ETHTOOL_C33_PSE_PW_D_STATUS_DISABLED" "disabled";
        SEARCHING = 3 "ETHTOOL_C33_PSE_PW_D_STATUS_SEARCHING" "searching";
        DELIVERING = 4 "ETHTOOL_C33_PSE_PW_D_STATUS_DELIVERING" "delivering power";
        TEST = 5 "ETHTOOL_C33_PSE_PW_D_STATUS_TEST" "test";
        FAULT = 6 "ETHTOOL_C33_PSE_PW_D_STATUS_FAULT" "fault";
        OTHER_FAULT = 7 "ETHTOOL_C33_PSE_PW_D_STATUS_OTHERFAULT" "otherfault";
    }
}

numbers! {
    /// Reason of a power error, as a group.
    pub struct C33Reason(u32) {
        ERROR_CONDITION = 1 "ETHTOOL_C33_PSE_EXT_STATE_ERROR_CONDITION" "error-condition";
        MR_MPS_VALID = 2 "ETHTOOL_C33_PSE_EXT_STATE_MR_MPS_VALID" "mr-mps-valid";
        MR_PSE_ENABLE = 3 "ETHTOOL_C33_PSE_EXT_STATE_MR_PSE_ENABLE" "mr-pse-enable";
        OPTION_DETECT_TED = 4 "ETHTOOL_C33_PSE_EXT_STATE_OPTION_DETECT_TED" "option-detect-ted";
        OPTION_VPORT_LIM = 5 "ETHTOOL_C33_PSE_EXT_STATE_OPTION_VPORT_LIM" "option-vport-lim";
        OVLD_DETECTED = 6 "ETHTOOL_C33_PSE_EXT_STATE_OVLD_DETECTED" "ovld-detected";
        PD_DLL_POWER_TYPE = 7 "ETHTOOL_C33_PSE_EXT_STATE_PD_DLL_POWER_TYPE" "pd-dll-power-type";
        POWER_NOT_AVAILABLE = 8 "ETHTOOL_C33_PSE_EXT_STATE_POWER_NOT_AVAILABLE" "power-not-available";
        SHORT_DETECTED = 9 "ETHTOOL_C33_PSE_EXT_STATE_SHORT_DETECTED" "short-detected";
    }
}
