//! Information of congestion controls: `INET_DIAG_VEGASINFO` and its siblings.

use crate::schema::Microseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};

structs! {
    /// Information of the congestion control `vegas`, and of others by round trip.
    #[doc(alias = "tcpvegas_info")]
    pub struct VegasInfo: 16 {
        /// 1 if the control is in use.
        #[doc(alias = "tcpv_enabled")]
        enabled: U32,
        /// Number of round trips measured in the current period.
        #[doc(alias = "tcpv_rttcnt")]
        round_trips: U32,
        /// Round-trip time in microseconds.
        #[doc(alias = "tcpv_rtt")]
        rtt: U32 as Microseconds,
        /// Minimum round-trip time in microseconds.
        #[doc(alias = "tcpv_minrtt")]
        min_rtt: U32 as Microseconds,
    }

    /// Information of the congestion control `dctcp`.
    #[doc(alias = "tcp_dctcp_info")]
    pub struct DctcpInfo: 16 {
        /// 1 if the control is in use; 0 if it fell back to `reno`.
        #[doc(alias = "dctcp_enabled")]
        enabled: U16,
        /// 1 if the last packet had a congestion mark (CE).
        #[doc(alias = "dctcp_ce_state")]
        ce_state: U16,
        /// Fraction of marked bytes, in units of 1/1024.
        #[doc(alias = "dctcp_alpha")]
        alpha: U32,
        /// Number of acknowledged bytes with a mark.
        #[doc(alias = "dctcp_ab_ecn")]
        marked: U32,
        /// Number of acknowledged bytes.
        #[doc(alias = "dctcp_ab_tot")]
        total: U32,
    }

    /// Information of the congestion control `bbr`.
    #[doc(alias = "tcp_bbr_info")]
    pub struct BbrInfo: 20 {
        /// Low half of the bandwidth in bytes per second.
        #[doc(alias = "bbr_bw_lo")]
        bandwidth_low: U32,
        /// High half of the bandwidth.
        #[doc(alias = "bbr_bw_hi")]
        bandwidth_high: U32,
        /// Minimum round-trip time in microseconds.
        #[doc(alias = "bbr_min_rtt")]
        min_rtt: U32 as Microseconds,
        /// Gain of the pacing rate, in units of 1/256.
        #[doc(alias = "bbr_pacing_gain")]
        pacing_gain: U32,
        /// Gain of the congestion window, in units of 1/256.
        #[doc(alias = "bbr_cwnd_gain")]
        window_gain: U32,
    }
}

impl BbrInfo {
    /// Returns the bandwidth in bytes per second.
    #[must_use]
    pub const fn bandwidth(&self) -> u64 {
        let [low, high] = [self.bandwidth_low.get(), self.bandwidth_high.get()];
        let [l0, l1, l2, l3] = low.to_le_bytes();
        let [h0, h1, h2, h3] = high.to_le_bytes();
        u64::from_le_bytes([l0, l1, l2, l3, h0, h1, h2, h3])
    }
}
