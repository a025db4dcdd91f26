//! Cable tests, whose results come as notifications.
#![allow(
    non_upper_case_globals,
    reason = "the kernel's names of two attributes end in mV"
)]

use super::request::messages;
use super::{Act, Header, LinkRow};
use crate::attributes;
use crate::codec::{Many, Nest};
use crate::numbers::numbers;

/// Starts a cable test. [`Change::CableTest`](super::Change::CableTest) holds
/// the results; the link is down meanwhile.
///
/// ```
/// use nlwire::generic::ethtool::StartCableTest;
///
/// let start = StartCableTest::by_name("eth0", &[]);
/// ```
#[doc(alias = "ETHTOOL_MSG_CABLE_TEST_ACT")]
pub type StartCableTest<'a> = Act<'a, CableTest>;
/// Starts a cable test by time domain reflectometry.
/// [`Change::TdrTest`](super::Change::TdrTest) holds the measurements.
///
/// ```
/// use nlwire::generic::ethtool::{CablePair, StartTdrTest, TdrSettingsAttr, TdrTestAttr};
///
/// let pair = [TdrSettingsAttr::Pair(CablePair::A)];
/// let settings = [TdrTestAttr::Settings((&pair).into())];
/// let start = StartTdrTest::by_name("eth0", &settings);
/// ```
#[doc(alias = "ETHTOOL_MSG_CABLE_TEST_TDR_ACT")]
pub type StartTdrTest<'a> = Act<'a, TdrTest>;
/// Progress and results of a cable test.
pub type CableTestRow<'a> = LinkRow<'a, CableTestReport>;
/// Progress and measurements of a TDR cable test.
pub type TdrTestRow<'a> = LinkRow<'a, TdrReport>;

messages! {
    CableTest: ETHTOOL_A_CABLE_TEST_HEADER, set ETHTOOL_MSG_CABLE_TEST_ACT;
    TdrTest: ETHTOOL_A_CABLE_TEST_TDR_HEADER, set ETHTOOL_MSG_CABLE_TEST_TDR_ACT;
    CableTestReport: ETHTOOL_A_CABLE_TEST_NTF_HEADER;
    TdrReport: ETHTOOL_A_CABLE_TEST_TDR_NTF_HEADER;
}

attributes! {
    /// Request for a cable test (`ETHTOOL_A_CABLE_TEST_*`).
    pub set CableTest, enum CableTestAttr {
        /// Link.
        1 ETHTOOL_A_CABLE_TEST_HEADER Header header: Nest<Header>,
    }
}

attributes! {
    /// Progress and results of a cable test (`ETHTOOL_A_CABLE_TEST_NTF_*`).
    pub set CableTestReport, enum CableTestReportAttr {
        /// Link.
        1 ETHTOOL_A_CABLE_TEST_NTF_HEADER Header header: Nest<Header>,
        /// Progress.
        2 ETHTOOL_A_CABLE_TEST_NTF_STATUS Status status: CableTestStatus,
        /// Results, when the test has completed.
        3 ETHTOOL_A_CABLE_TEST_NTF_NEST Results results: Nest<CableResults>,
    }
}

numbers! {
    /// Progress of a cable test.
    pub struct CableTestStatus(u8) {
        STARTED = 1 "ETHTOOL_A_CABLE_TEST_NTF_STATUS_STARTED" "started";
        COMPLETED = 2 "ETHTOOL_A_CABLE_TEST_NTF_STATUS_COMPLETED" "completed";
    }
}

attributes! {
    /// Results of a cable test (`ETHTOOL_A_CABLE_NEST_*`).
    pub set CableResults, enum CableResultsAttr {
        /// Result of one pair.
        1 ETHTOOL_A_CABLE_NEST_RESULT Result result: Many<Nest<CableResult>>,
        /// Distance to the fault of one pair.
        2 ETHTOOL_A_CABLE_NEST_FAULT_LENGTH FaultLength fault_length: Many<Nest<FaultLength>>,
    }
}

attributes! {
    /// Result of one pair (`ETHTOOL_A_CABLE_RESULT_*`).
    pub set CableResult, enum CableResultAttr {
        /// Pair.
        1 ETHTOOL_A_CABLE_RESULT_PAIR Pair pair: CablePair,
        /// Result.
        2 ETHTOOL_A_CABLE_RESULT_CODE Code code: CableCode,
        /// Method of the measurement.
        3 ETHTOOL_A_CABLE_RESULT_SRC Source source: CableSource,
    }
}

attributes! {
    /// Distance to the fault of one pair (`ETHTOOL_A_CABLE_FAULT_LENGTH_*`).
    pub set FaultLength, enum FaultLengthAttr {
        /// Pair.
        1 ETHTOOL_A_CABLE_FAULT_LENGTH_PAIR Pair pair: CablePair,
        /// Distance in centimetres.
        2 ETHTOOL_A_CABLE_FAULT_LENGTH_CM Centimetres centimetres: u32,
        /// Method of the measurement.
        3 ETHTOOL_A_CABLE_FAULT_LENGTH_SRC Source source: CableSource,
    }
}

numbers! {
    /// Pair of a cable.
    pub struct CablePair(u8) {
        A = 0 "ETHTOOL_A_CABLE_PAIR_A" "Pair A";
        B = 1 "ETHTOOL_A_CABLE_PAIR_B" "Pair B";
        C = 2 "ETHTOOL_A_CABLE_PAIR_C" "Pair C";
        D = 3 "ETHTOOL_A_CABLE_PAIR_D" "Pair D";
    }
}

numbers! {
    /// Result of a cable test for one pair.
    pub struct CableCode(u8) {
        UNSPECIFIED = 0 "ETHTOOL_A_CABLE_RESULT_CODE_UNSPEC" "Unknown";
        OK = 1 "ETHTOOL_A_CABLE_RESULT_CODE_OK" "OK";
        OPEN = 2 "ETHTOOL_A_CABLE_RESULT_CODE_OPEN" "Open Circuit";
        SAME_SHORT = 3 "ETHTOOL_A_CABLE_RESULT_CODE_SAME_SHORT" "Short within Pair";
        CROSS_SHORT = 4 "ETHTOOL_A_CABLE_RESULT_CODE_CROSS_SHORT" "Short to another pair";
        IMPEDANCE_MISMATCH = 5 "ETHTOOL_A_CABLE_RESULT_CODE_IMPEDANCE_MISMATCH" "Impedance mismatch";
        NOISE = 6 "ETHTOOL_A_CABLE_RESULT_CODE_NOISE" "High noise level";
        RESOLUTION_NOT_POSSIBLE = 7 "ETHTOOL_A_CABLE_RESULT_CODE_RESOLUTION_NOT_POSSIBLE" "Resolution not possible";
    }
}

numbers! {
    /// Method of measurement of a cable test.
    pub struct CableSource(u32) {
        UNSPECIFIED = 0 "ETHTOOL_A_CABLE_INF_SRC_UNSPEC" "unknown";
        /// Time domain reflectometry.
        TDR = 1 "ETHTOOL_A_CABLE_INF_SRC_TDR" "TDR";
        /// Active link cable diagnostics.
        ALCD = 2 "ETHTOOL_A_CABLE_INF_SRC_ALCD" "ALCD";
    }
}

attributes! {
    /// Request for a TDR cable test (`ETHTOOL_A_CABLE_TEST_TDR_*`).
    pub set TdrTest, enum TdrTestAttr {
        /// Link.
        1 ETHTOOL_A_CABLE_TEST_TDR_HEADER Header header: Nest<Header>,
        /// Settings; without them the driver chooses.
        2 ETHTOOL_A_CABLE_TEST_TDR_CFG Settings settings: Nest<TdrSettings>,
    }
}

attributes! {
    /// Settings of a TDR cable test (`ETHTOOL_A_CABLE_TEST_TDR_CFG_*`).
    pub set TdrSettings, enum TdrSettingsAttr {
        /// First distance in centimetres, at most 15,000.
        1 ETHTOOL_A_CABLE_TEST_TDR_CFG_FIRST First first: u32,
        /// Last distance in centimetres, at most 15,000.
        2 ETHTOOL_A_CABLE_TEST_TDR_CFG_LAST Last last: u32,
        /// Step between distances in centimetres.
        3 ETHTOOL_A_CABLE_TEST_TDR_CFG_STEP Step step: u32,
        /// Pair; without it all four.
        4 ETHTOOL_A_CABLE_TEST_TDR_CFG_PAIR Pair pair: CablePair,
    }
}

attributes! {
    /// Progress and measurements of a TDR cable test
    /// (`ETHTOOL_A_CABLE_TEST_TDR_NTF_*`).
    pub set TdrReport, enum TdrReportAttr {
        /// Link.
        1 ETHTOOL_A_CABLE_TEST_TDR_NTF_HEADER Header header: Nest<Header>,
        /// Progress.
        2 ETHTOOL_A_CABLE_TEST_TDR_NTF_STATUS Status status: CableTestStatus,
        /// Measurements, when the test has completed.
        3 ETHTOOL_A_CABLE_TEST_TDR_NTF_NEST Measurements measurements: Nest<TdrMeasurements>,
    }
}

attributes! {
    /// Measurements of a TDR cable test (`ETHTOOL_A_CABLE_TDR_NEST_*`), in
    /// order of distance.
    pub set TdrMeasurements, enum TdrMeasurementsAttr {
        /// Distances of the amplitudes that follow.
        1 ETHTOOL_A_CABLE_TDR_NEST_STEP Step step: Nest<TdrStep>,
        /// Reflected amplitude at the next distance.
        2 ETHTOOL_A_CABLE_TDR_NEST_AMPLITUDE Amplitude amplitude: Many<Nest<TdrAmplitude>>,
        /// Test pulse.
        3 ETHTOOL_A_CABLE_TDR_NEST_PULSE Pulse pulse: Nest<TdrPulse>,
    }
}

attributes! {
    /// Distances of a TDR cable test (`ETHTOOL_A_CABLE_STEP_*`).
    pub set TdrStep, enum TdrStepAttr {
        /// First distance in centimetres.
        1 ETHTOOL_A_CABLE_STEP_FIRST_DISTANCE First first: u32,
        /// Last distance in centimetres.
        2 ETHTOOL_A_CABLE_STEP_LAST_DISTANCE Last last: u32,
        /// Step between distances in centimetres.
        3 ETHTOOL_A_CABLE_STEP_STEP_DISTANCE Step step: u32,
    }
}

attributes! {
    /// Reflected amplitude (`ETHTOOL_A_CABLE_AMPLITUDE_*`).
    pub set TdrAmplitude, enum TdrAmplitudeAttr {
        /// Pair.
        1 ETHTOOL_A_CABLE_AMPLITUDE_PAIR Pair pair: CablePair,
        /// Amplitude in millivolts.
        2 ETHTOOL_A_CABLE_AMPLITUDE_mV Millivolts millivolts: i16,
    }
}

attributes! {
    /// Test pulse (`ETHTOOL_A_CABLE_PULSE_*`).
    pub set TdrPulse, enum TdrPulseAttr {
        /// Amplitude in millivolts.
        1 ETHTOOL_A_CABLE_PULSE_mV Millivolts millivolts: i16,
    }
}
