//! Settings of the MAC: pause frames, Energy-Efficient Ethernet, forward error
//! correction, MAC merge.
//!
//! Power is saved on an idle link, as `ethtool --set-eee eth0 eee on tx-lpi on` does,
//! and errors on a fast one are corrected, as
//! `ethtool --set-fec eth0 encoding rs` does:
//!
//! ```
//! use nlwire::generic::ethtool::*;
//!
//! let idle = GetEee::by_name("eth0");
//! let save = [EeeAttr::Enabled(1), EeeAttr::TxIdle(1), EeeAttr::TxIdleTimer(50)];
//! let save = SetEee::by_name("eth0", &save);
//!
//! let rs = NamedBits::replace(&[("RS", true)]);
//! let rs = [FecAttr::Modes((&rs).into()), FecAttr::Auto(0)];
//! let correct = SetFec::by_name("eth1", &rs);
//! let corrected = GetFec::by_name("eth1").statistics();
//! ```
//!
//! Express packets interrupt preemptible ones once the peer is known to support it,
//! as after `ethtool --set-mm eth0 pmac-enabled on tx-enabled on verify-enabled on`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{
//!     GetMacMerge, MacMerge, MacMergeAttr, MacMergeRow, SetMacMerge, VerifyStatus,
//! };
//!
//! let on = [
//!     MacMergeAttr::Preemptible(1),
//!     MacMergeAttr::TxEnabled(1),
//!     MacMergeAttr::Verify(1),
//!     MacMergeAttr::VerifyTime(10),
//! ];
//! let change = SetMacMerge::by_name("eth0", &on);
//! let state = GetMacMerge::by_name("eth0");
//!
//! /// Returns true if the peer has answered the verification.
//! fn is_verified(link: &MacMergeRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let found = fields!(link.attributes => MacMerge { verify_status })?;
//!     Ok(found.verify_status == Some(VerifyStatus::SUCCEEDED))
//! }
//! ```

use super::request::messages;
use super::{Act, Bitset, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Array, Bytes, Many, Nest, Uint};
use crate::numbers::numbers;
use crate::zerocopy::native_endian::U64;

/// Pause frame settings of a link.
pub type PauseRow<'a> = LinkRow<'a, Pause>;
/// Reads the pause frame settings of a link, or of all links; with
/// [`Get::statistics`] also the counters.
#[doc(alias = "ETHTOOL_MSG_PAUSE_GET")]
pub type GetPause<'a> = Get<'a, Pause>;
/// Changes the pause frame settings of a link.
///
/// ```
/// use nlwire::generic::ethtool::{PauseAttr, SetPause};
///
/// let change = SetPause::by_name("eth0", &[PauseAttr::Autonegotiation(0), PauseAttr::Rx(1)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_PAUSE_SET")]
pub type SetPause<'a> = Act<'a, Pause>;

/// Energy-Efficient Ethernet settings of a link.
pub type EeeRow<'a> = LinkRow<'a, Eee>;
/// Reads the Energy-Efficient Ethernet settings of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_EEE_GET")]
pub type GetEee<'a> = Get<'a, Eee>;
/// Changes the Energy-Efficient Ethernet settings of a link.
#[doc(alias = "ETHTOOL_MSG_EEE_SET")]
pub type SetEee<'a> = Act<'a, Eee>;

/// Forward error correction settings of a link.
pub type FecRow<'a> = LinkRow<'a, Fec>;
/// Reads the forward error correction settings of a link, or of all links; with
/// [`Get::statistics`] also the counters.
#[doc(alias = "ETHTOOL_MSG_FEC_GET")]
pub type GetFec<'a> = Get<'a, Fec>;
/// Changes the forward error correction settings of a link.
#[doc(alias = "ETHTOOL_MSG_FEC_SET")]
pub type SetFec<'a> = Act<'a, Fec>;

/// MAC merge settings of a link.
pub type MacMergeRow<'a> = LinkRow<'a, MacMerge>;
/// Reads the MAC merge settings of a link, or of all links; with
/// [`Get::statistics`] also the counters.
#[doc(alias = "ETHTOOL_MSG_MM_GET")]
pub type GetMacMerge<'a> = Get<'a, MacMerge>;
/// Changes the MAC merge settings of a link.
#[doc(alias = "ETHTOOL_MSG_MM_SET")]
pub type SetMacMerge<'a> = Act<'a, MacMerge>;

messages! {
    Pause: ETHTOOL_A_PAUSE_HEADER, get ETHTOOL_MSG_PAUSE_GET, set ETHTOOL_MSG_PAUSE_SET;
    Eee: ETHTOOL_A_EEE_HEADER, get ETHTOOL_MSG_EEE_GET, set ETHTOOL_MSG_EEE_SET;
    Fec: ETHTOOL_A_FEC_HEADER, get ETHTOOL_MSG_FEC_GET, set ETHTOOL_MSG_FEC_SET;
    MacMerge: ETHTOOL_A_MM_HEADER, get ETHTOOL_MSG_MM_GET, set ETHTOOL_MSG_MM_SET;
}

attributes! {
    /// Pause frame settings of a link (`ETHTOOL_A_PAUSE_*`).
    pub set Pause, enum PauseAttr {
        /// Link.
        1 ETHTOOL_A_PAUSE_HEADER Header header: Nest<Header>,
        /// Autonegotiation of pause frames: 1 on, 0 off.
        2 ETHTOOL_A_PAUSE_AUTONEG Autonegotiation autonegotiation: u8,
        /// Received pause frames: 1 respected, 0 ignored.
        3 ETHTOOL_A_PAUSE_RX Rx rx: u8,
        /// Sending of pause frames: 1 on, 0 off.
        4 ETHTOOL_A_PAUSE_TX Tx tx: u8,
        /// Counters.
        5 ETHTOOL_A_PAUSE_STATS Stats stats: Nest<PauseStats>,
        /// MAC that the counters are from.
        6 ETHTOOL_A_PAUSE_STATS_SRC StatsSource stats_source: StatsSource,
    }
}

attributes! {
    /// Counters of pause frames (`ETHTOOL_A_PAUSE_STAT_*`).
    pub set PauseStats, enum PauseStatsAttr {
        /// Padding.
        1 ETHTOOL_A_PAUSE_STAT_PAD Pad pad: Bytes,
        /// Number of pause frames sent.
        2 ETHTOOL_A_PAUSE_STAT_TX_FRAMES TxFrames tx_frames: u64,
        /// Number of pause frames received.
        3 ETHTOOL_A_PAUSE_STAT_RX_FRAMES RxFrames rx_frames: u64,
        /// Number of pause storms: periods in which the card sent pause frames
        /// without end.
        4 ETHTOOL_A_PAUSE_STAT_TX_PAUSE_STORM_EVENTS TxStorms tx_storms: u64,
    }
}

numbers! {
    /// Source of MAC statistics on a link with a MAC merge layer.
    pub struct StatsSource(u32) {
        /// Sum of both MACs.
        AGGREGATE = 0 "ETHTOOL_MAC_STATS_SRC_AGGREGATE" "aggregate";
        /// Express MAC.
        EMAC = 1 "ETHTOOL_MAC_STATS_SRC_EMAC" "emac";
        /// Preemptible MAC.
        PMAC = 2 "ETHTOOL_MAC_STATS_SRC_PMAC" "pmac";
    }
}

attributes! {
    /// Energy-Efficient Ethernet settings of a link (`ETHTOOL_A_EEE_*`).
    pub set Eee, enum EeeAttr {
        /// Link.
        1 ETHTOOL_A_EEE_HEADER Header header: Nest<Header>,
        /// Advertised modes; the mask has the supported modes.
        2 ETHTOOL_A_EEE_MODES_OURS Ours ours: Nest<Bitset>,
        /// Modes that the peer advertises.
        3 ETHTOOL_A_EEE_MODES_PEER Peer peer: Nest<Bitset>,
        /// Status: 1 active, 0 inactive.
        4 ETHTOOL_A_EEE_ACTIVE Active active: u8,
        /// Energy-Efficient Ethernet: 1 enabled, 0 disabled.
        5 ETHTOOL_A_EEE_ENABLED Enabled enabled: u8,
        /// TX low power idle: 1 enabled, 0 disabled.
        6 ETHTOOL_A_EEE_TX_LPI_ENABLED TxIdle tx_idle: u8,
        /// Time without packets before TX low power idle, in microseconds.
        7 ETHTOOL_A_EEE_TX_LPI_TIMER TxIdleTimer tx_idle_timer: u32,
    }
}

attributes! {
    /// Forward error correction settings of a link (`ETHTOOL_A_FEC_*`).
    pub set Fec, enum FecAttr {
        /// Link.
        1 ETHTOOL_A_FEC_HEADER Header header: Nest<Header>,
        /// Configured encodings, such as `RS` and `BASER`.
        2 ETHTOOL_A_FEC_MODES Modes modes: Nest<Bitset>,
        /// Choice of the encoding by the driver: 1 on, 0 off.
        3 ETHTOOL_A_FEC_AUTO Auto auto: u8,
        /// Link mode bit of the active encoding.
        4 ETHTOOL_A_FEC_ACTIVE Active active: u32,
        /// Counters.
        5 ETHTOOL_A_FEC_STATS Stats stats: Nest<FecStats>,
    }
}

attributes! {
    /// Counters of forward error correction (`ETHTOOL_A_FEC_STAT_*`): the sum,
    /// and then one counter for each lane if the driver has them.
    pub set FecStats, enum FecStatsAttr {
        /// Padding.
        1 ETHTOOL_A_FEC_STAT_PAD Pad pad: Bytes,
        /// Number of blocks with corrected errors.
        2 ETHTOOL_A_FEC_STAT_CORRECTED Corrected corrected: Array<U64>,
        /// Number of blocks with errors that could not be corrected.
        3 ETHTOOL_A_FEC_STAT_UNCORR Uncorrectable uncorrectable: Array<U64>,
        /// Number of corrected bits.
        4 ETHTOOL_A_FEC_STAT_CORR_BITS CorrectedBits corrected_bits: Array<U64>,
        /// Bin of the histogram of errors.
        5 ETHTOOL_A_FEC_STAT_HIST Histogram histogram: Many<Nest<FecBin>>,
    }
}

attributes! {
    /// Bin of a histogram of errors (`ETHTOOL_A_FEC_HIST_*`).
    pub set FecBin, enum FecBinAttr {
        /// Padding.
        1 ETHTOOL_A_FEC_HIST_PAD Pad pad: Bytes,
        /// Least number of errors in a block.
        2 ETHTOOL_A_FEC_HIST_BIN_LOW Low low: u32,
        /// Greatest number of errors in a block.
        3 ETHTOOL_A_FEC_HIST_BIN_HIGH High high: u32,
        /// Number of blocks.
        4 ETHTOOL_A_FEC_HIST_BIN_VAL Value value: Uint,
        /// Number of blocks for each lane.
        5 ETHTOOL_A_FEC_HIST_BIN_VAL_PER_LANE Lanes lanes: Array<U64>,
    }
}

attributes! {
    /// MAC merge settings of a link (`ETHTOOL_A_MM_*`): express packets
    /// interrupt preemptible ones.
    pub set MacMerge, enum MacMergeAttr {
        /// Link.
        1 ETHTOOL_A_MM_HEADER Header header: Nest<Header>,
        /// Preemptible MAC: 1 enabled, 0 disabled.
        2 ETHTOOL_A_MM_PMAC_ENABLED Preemptible preemptible: u8,
        /// TX preemption: 1 enabled, 0 disabled.
        3 ETHTOOL_A_MM_TX_ENABLED TxEnabled tx_enabled: u8,
        /// TX preemption: 1 active, 0 inactive.
        4 ETHTOOL_A_MM_TX_ACTIVE TxActive tx_active: u8,
        /// Least size of a sent fragment in bytes, 60 to 252, without its
        /// checksum.
        5 ETHTOOL_A_MM_TX_MIN_FRAG_SIZE TxFragmentMin tx_fragment_min: u32,
        /// Least size of a received fragment in bytes, without its checksum.
        6 ETHTOOL_A_MM_RX_MIN_FRAG_SIZE RxFragmentMin rx_fragment_min: u32,
        /// Verification of the peer: 1 enabled, 0 disabled.
        7 ETHTOOL_A_MM_VERIFY_ENABLED Verify verify: u8,
        /// Progress of the verification.
        8 ETHTOOL_A_MM_VERIFY_STATUS VerifyStatus verify_status: VerifyStatus,
        /// Interval between attempts of the verification in milliseconds, 1 to
        /// 128.
        9 ETHTOOL_A_MM_VERIFY_TIME VerifyTime verify_time: u32,
        /// Greatest interval between attempts, in milliseconds.
        10 ETHTOOL_A_MM_MAX_VERIFY_TIME VerifyTimeMax verify_time_max: u32,
        /// Counters.
        11 ETHTOOL_A_MM_STATS Stats stats: Nest<MacMergeStats>,
    }
}

numbers! {
    /// Progress of the verification that a peer supports MAC merge.
    pub struct VerifyStatus(u8) {
        UNKNOWN = 0 "ETHTOOL_MM_VERIFY_STATUS_UNKNOWN" "UNKNOWN";
        INITIAL = 1 "ETHTOOL_MM_VERIFY_STATUS_INITIAL" "INITIAL";
        VERIFYING = 2 "ETHTOOL_MM_VERIFY_STATUS_VERIFYING" "VERIFYING";
        SUCCEEDED = 3 "ETHTOOL_MM_VERIFY_STATUS_SUCCEEDED" "SUCCEEDED";
        FAILED = 4 "ETHTOOL_MM_VERIFY_STATUS_FAILED" "FAILED";
        DISABLED = 5 "ETHTOOL_MM_VERIFY_STATUS_DISABLED" "DISABLED";
    }
}

attributes! {
    /// Counters of MAC merge (`ETHTOOL_A_MM_STAT_*`).
    pub set MacMergeStats, enum MacMergeStatsAttr {
        /// Padding.
        1 ETHTOOL_A_MM_STAT_PAD Pad pad: Bytes,
        /// Number of packets that could not be reassembled.
        2 ETHTOOL_A_MM_STAT_REASSEMBLY_ERRORS ReassemblyErrors reassembly_errors: u64,
        /// Number of fragments dropped for an unknown delimiter or order.
        3 ETHTOOL_A_MM_STAT_SMD_ERRORS DelimiterErrors delimiter_errors: u64,
        /// Number of packets that were reassembled.
        4 ETHTOOL_A_MM_STAT_REASSEMBLY_OK Reassembled reassembled: u64,
        /// Number of fragments received.
        5 ETHTOOL_A_MM_STAT_RX_FRAG_COUNT RxFragments rx_fragments: u64,
        /// Number of fragments sent.
        6 ETHTOOL_A_MM_STAT_TX_FRAG_COUNT TxFragments tx_fragments: u64,
        /// Number of times that preemptible packets were held.
        7 ETHTOOL_A_MM_STAT_HOLD_COUNT Holds holds: u64,
    }
}
