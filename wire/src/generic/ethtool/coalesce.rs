//! Interrupt coalescing.
//!
//! `ethtool -c eth0` reads the delay of receive interrupts:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{Coalesce, CoalesceRow, GetCoalesce};
//!
//! let read = GetCoalesce::by_name("eth0");
//!
//! /// Prints the delay; the kernel leaves out what the driver does not support.
//! fn print(link: &CoalesceRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(link.attributes => Coalesce { rx_microseconds, rx_frames })?;
//!     println!("{:?} us or {:?} packets", found.rx_microseconds, found.rx_frames);
//!     Ok(())
//! }
//! ```

use super::request::messages;
use super::{Act, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Many, Nest};

/// Interrupt coalescing of a link.
pub type CoalesceRow<'a> = LinkRow<'a, Coalesce>;
/// Reads the interrupt coalescing of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_COALESCE_GET")]
pub type GetCoalesce<'a> = Get<'a, Coalesce>;
/// Changes the interrupt coalescing of a link. The kernel refuses attributes
/// that the driver does not support.
///
/// ```
/// use nlwire::generic::ethtool::{CoalesceAttr, SetCoalesce};
///
/// let change = SetCoalesce::by_name("eth0", &[CoalesceAttr::RxMicroseconds(50)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_COALESCE_SET")]
pub type SetCoalesce<'a> = Act<'a, Coalesce>;

messages! {
    Coalesce: ETHTOOL_A_COALESCE_HEADER, get ETHTOOL_MSG_COALESCE_GET, set ETHTOOL_MSG_COALESCE_SET;
}

attributes! {
    /// Interrupt coalescing of a link (`ETHTOOL_A_COALESCE_*`): delays before
    /// an interrupt, and numbers of packets that end the delay.
    pub set Coalesce, enum CoalesceAttr {
        /// Link.
        1 ETHTOOL_A_COALESCE_HEADER Header header: Nest<Header>,
        /// `rx-usecs`: delay of an RX interrupt in microseconds.
        2 ETHTOOL_A_COALESCE_RX_USECS RxMicroseconds rx_microseconds: u32,
        /// `rx-frames`: number of received packets before an RX interrupt.
        3 ETHTOOL_A_COALESCE_RX_MAX_FRAMES RxFrames rx_frames: u32,
        /// `rx-usecs-irq`: delay in microseconds while an interrupt is served.
        4 ETHTOOL_A_COALESCE_RX_USECS_IRQ RxMicrosecondsIrq rx_microseconds_irq: u32,
        /// `rx-frames-irq`: number of packets while an interrupt is served.
        5 ETHTOOL_A_COALESCE_RX_MAX_FRAMES_IRQ RxFramesIrq rx_frames_irq: u32,
        /// `tx-usecs`: delay of a TX interrupt in microseconds.
        6 ETHTOOL_A_COALESCE_TX_USECS TxMicroseconds tx_microseconds: u32,
        /// `tx-frames`: number of sent packets before a TX interrupt.
        7 ETHTOOL_A_COALESCE_TX_MAX_FRAMES TxFrames tx_frames: u32,
        /// `tx-usecs-irq`: delay in microseconds while an interrupt is served.
        8 ETHTOOL_A_COALESCE_TX_USECS_IRQ TxMicrosecondsIrq tx_microseconds_irq: u32,
        /// `tx-frames-irq`: number of packets while an interrupt is served.
        9 ETHTOOL_A_COALESCE_TX_MAX_FRAMES_IRQ TxFramesIrq tx_frames_irq: u32,
        /// `stats-block-usecs`: interval of statistics in microseconds.
        10 ETHTOOL_A_COALESCE_STATS_BLOCK_USECS StatsMicroseconds stats_microseconds: u32,
        /// Adaptive RX coalescing: 1 on, 0 off.
        11 ETHTOOL_A_COALESCE_USE_ADAPTIVE_RX AdaptiveRx adaptive_rx: u8,
        /// Adaptive TX coalescing: 1 on, 0 off.
        12 ETHTOOL_A_COALESCE_USE_ADAPTIVE_TX AdaptiveTx adaptive_tx: u8,
        /// Packet rate in packets per second, below which the `low` settings
        /// apply.
        13 ETHTOOL_A_COALESCE_PKT_RATE_LOW RateLow rate_low: u32,
        /// `rx-usecs-low`: RX delay at a low packet rate, in microseconds.
        14 ETHTOOL_A_COALESCE_RX_USECS_LOW RxMicrosecondsLow rx_microseconds_low: u32,
        /// `rx-frames-low`: number of RX packets at a low packet rate.
        15 ETHTOOL_A_COALESCE_RX_MAX_FRAMES_LOW RxFramesLow rx_frames_low: u32,
        /// `tx-usecs-low`: TX delay at a low packet rate, in microseconds.
        16 ETHTOOL_A_COALESCE_TX_USECS_LOW TxMicrosecondsLow tx_microseconds_low: u32,
        /// `tx-frames-low`: number of TX packets at a low packet rate.
        17 ETHTOOL_A_COALESCE_TX_MAX_FRAMES_LOW TxFramesLow tx_frames_low: u32,
        /// Packet rate in packets per second, above which the `high` settings
        /// apply.
        18 ETHTOOL_A_COALESCE_PKT_RATE_HIGH RateHigh rate_high: u32,
        /// `rx-usecs-high`: RX delay at a high packet rate, in microseconds.
        19 ETHTOOL_A_COALESCE_RX_USECS_HIGH RxMicrosecondsHigh rx_microseconds_high: u32,
        /// `rx-frames-high`: number of RX packets at a high packet rate.
        20 ETHTOOL_A_COALESCE_RX_MAX_FRAMES_HIGH RxFramesHigh rx_frames_high: u32,
        /// `tx-usecs-high`: TX delay at a high packet rate, in microseconds.
        21 ETHTOOL_A_COALESCE_TX_USECS_HIGH TxMicrosecondsHigh tx_microseconds_high: u32,
        /// `tx-frames-high`: number of TX packets at a high packet rate.
        22 ETHTOOL_A_COALESCE_TX_MAX_FRAMES_HIGH TxFramesHigh tx_frames_high: u32,
        /// `sample-interval`: interval between measurements of the packet rate,
        /// in seconds.
        23 ETHTOOL_A_COALESCE_RATE_SAMPLE_INTERVAL SampleInterval sample_interval: u32,
        /// TX timer reset by each completion queue entry: 1 on, 0 off.
        24 ETHTOOL_A_COALESCE_USE_CQE_MODE_TX CompletionModeTx completion_mode_tx: u8,
        /// RX timer reset by each completion queue entry: 1 on, 0 off.
        25 ETHTOOL_A_COALESCE_USE_CQE_MODE_RX CompletionModeRx completion_mode_rx: u8,
        /// Greatest size of an aggregated TX block in bytes.
        26 ETHTOOL_A_COALESCE_TX_AGGR_MAX_BYTES TxAggregateBytes tx_aggregate_bytes: u32,
        /// Greatest number of packets in an aggregated TX block.
        27 ETHTOOL_A_COALESCE_TX_AGGR_MAX_FRAMES TxAggregateFrames tx_aggregate_frames: u32,
        /// Longest wait for an aggregated TX block, in microseconds.
        28 ETHTOOL_A_COALESCE_TX_AGGR_TIME_USECS TxAggregateMicroseconds tx_aggregate_microseconds: u32,
        /// RX profile of dynamic interrupt moderation.
        29 ETHTOOL_A_COALESCE_RX_PROFILE RxProfile rx_profile: Nest<Profile>,
        /// TX profile of dynamic interrupt moderation.
        30 ETHTOOL_A_COALESCE_TX_PROFILE TxProfile tx_profile: Nest<Profile>,
        /// Number of RX packets that share a completion queue entry.
        31 ETHTOOL_A_COALESCE_RX_CQE_FRAMES RxCompletionFrames rx_completion_frames: u32,
        /// Longest delay of an RX completion queue entry, in nanoseconds.
        32 ETHTOOL_A_COALESCE_RX_CQE_NSECS RxCompletionNanoseconds rx_completion_nanoseconds: u32,
    }
}

attributes! {
    /// Profile of dynamic interrupt moderation (`ETHTOOL_A_PROFILE_*`).
    pub set Profile, enum ProfileAttr {
        /// Step of the profile; the kernel has five, from low to high load.
        1 ETHTOOL_A_PROFILE_IRQ_MODERATION Step step: Many<Nest<Moderation>>,
    }
}

attributes! {
    /// Step of a profile (`ETHTOOL_A_IRQ_MODERATION_*`).
    pub set Moderation, enum ModerationAttr {
        /// Delay of an interrupt in microseconds.
        1 ETHTOOL_A_IRQ_MODERATION_USEC Microseconds microseconds: u32,
        /// Number of packets before an interrupt.
        2 ETHTOOL_A_IRQ_MODERATION_PKTS Packets packets: u32,
        /// Number of completions before an interrupt.
        3 ETHTOOL_A_IRQ_MODERATION_COMPS Completions completions: u32,
    }
}
