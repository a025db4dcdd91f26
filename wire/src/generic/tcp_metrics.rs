//! `tcp_metrics`: round trip times and windows that TCP keeps of its peers, as
//! `ip tcp_metrics` shows them (`linux/tcp_metrics.h`).
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::tcp_metrics::*;
//!
//! let all = GetAllMetrics::all();
//! let one = GetMetrics::of_peer([192, 0, 2, 1]);
//! let forget = DeleteMetrics::of_peer([192, 0, 2, 1]).if_there();
//!
//! /// Prints a peer's round trip time, which is absent until one was measured.
//! fn print(row: &MetricsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Metrics { peer_v4, values })?;
//!     let Some(values) = found.values else { return Ok(()) };
//!     let time = fields!(values => Values { round_trip_us })?.round_trip_us;
//!     println!("{:?}: {:?} us", found.peer_v4, time.map(|time| time / 8));
//!     Ok(())
//! }
//! ```

use core::net::IpAddr;

use super::family::{family, requests};
use crate::attributes;
use crate::codec::{Bytes, Ip, Nest};

family! {
    name TCP_METRICS_GENL_NAME "tcp_metrics";
    version TCP_METRICS_GENL_VERSION 1;
    command 1 TCP_METRICS_CMD_GET Metrics "Reads the metrics of a peer, or lists all.";
    command 2 TCP_METRICS_CMD_DEL Metrics "Deletes the metrics of a peer, or of all.";
}

requests! {
    Metrics, MetricsAttr, MetricsRow, "metrics";

    /// Reads the metrics of a peer.
    Ask GetMetrics = TCP_METRICS_CMD_GET {
        /// Reads the metrics of this peer.
        of_peer(peer: impl Into<IpAddr>) { peer(peer.into()) }
        /// Reads the metrics of this peer for connections from a source address.
        of_pair(source: impl Into<IpAddr>, peer: impl Into<IpAddr>) {
            source(source.into()), peer(peer.into())
        }
    }
    /// Lists the metrics of all peers.
    List GetAllMetrics = TCP_METRICS_CMD_GET {
        /// Lists the metrics of all peers.
        all() {}
    }
    /// Deletes the metrics of a peer.
    Delete(ESRCH) DeleteMetrics = TCP_METRICS_CMD_DEL {
        /// Deletes the metrics of this peer, for all source addresses.
        of_peer(peer: impl Into<IpAddr>) { peer(peer.into()) }
        /// Deletes the metrics of this peer for connections from a source address.
        of_pair(source: impl Into<IpAddr>, peer: impl Into<IpAddr>) {
            source(source.into()), peer(peer.into())
        }
        /// Deletes the metrics of all peers.
        all() {}
    }
}

impl MetricsAttr<'_> {
    /// Returns the attribute with the address of a peer.
    #[must_use]
    pub const fn peer(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::PeerV4(address),
            IpAddr::V6(_) => Self::PeerV6(address),
        }
    }

    /// Returns the attribute with a source address.
    #[must_use]
    pub const fn source(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::SourceV4(address),
            IpAddr::V6(_) => Self::SourceV6(address),
        }
    }
}

attributes! {
    /// Metrics of a peer (`TCP_METRICS_ATTR_*`).
    pub set Metrics, enum MetricsAttr {
        /// IPv4 address of the peer.
        1 TCP_METRICS_ATTR_ADDR_IPV4 PeerV4 peer_v4: Ip,
        /// IPv6 address of the peer.
        2 TCP_METRICS_ATTR_ADDR_IPV6 PeerV6 peer_v6: Ip,
        /// Age of the entry in milliseconds.
        3 TCP_METRICS_ATTR_AGE Age age: u64,
        /// Last timestamp received in `TIME_WAIT`; older kernels only.
        4 TCP_METRICS_ATTR_TW_TSVAL TimeWaitTimestamp time_wait_timestamp: u32,
        /// Age of that timestamp in seconds; older kernels only.
        5 TCP_METRICS_ATTR_TW_TS_STAMP TimeWaitAge time_wait_age: i32,
        /// Metrics.
        6 TCP_METRICS_ATTR_VALS Values values: Nest<Values>,
        /// Maximum segment size for TCP Fast Open, in bytes.
        7 TCP_METRICS_ATTR_FOPEN_MSS FastOpenMss fast_open_mss: u16,
        /// Number of SYN packets lost with TCP Fast Open.
        8 TCP_METRICS_ATTR_FOPEN_SYN_DROPS FastOpenDrops fast_open_drops: u16,
        /// Time since the last such loss, in milliseconds.
        9 TCP_METRICS_ATTR_FOPEN_SYN_DROP_TS FastOpenDropAge fast_open_drop_age: u64,
        /// Cookie of TCP Fast Open.
        10 TCP_METRICS_ATTR_FOPEN_COOKIE FastOpenCookie fast_open_cookie: Bytes,
        /// IPv4 source address.
        11 TCP_METRICS_ATTR_SADDR_IPV4 SourceV4 source_v4: Ip,
        /// IPv6 source address.
        12 TCP_METRICS_ATTR_SADDR_IPV6 SourceV6 source_v6: Ip,
        /// Padding.
        13 TCP_METRICS_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Values of the metrics (`enum tcp_metric_index` plus 1).
    pub set Values, enum ValuesAttr {
        /// Smoothed round trip time in units of 1/8 millisecond.
        1 TCP_METRICS_A_METRICS_RTT RoundTrip round_trip: u32,
        /// Variance of the round trip time in units of 1/4 millisecond.
        2 TCP_METRICS_A_METRICS_RTTVAR Variance variance: u32,
        /// Slow start threshold in segments.
        3 TCP_METRICS_A_METRICS_SSTHRESH SlowStart slow_start: u32,
        /// Congestion window in segments.
        4 TCP_METRICS_A_METRICS_CWND Window window: u32,
        /// Number of segments that may arrive out of order.
        5 TCP_METRICS_A_METRICS_REODERING Reordering reordering: u32,
        /// Smoothed round trip time in units of 1/8 microsecond.
        6 TCP_METRICS_A_METRICS_RTT_US RoundTripUs round_trip_us: u32,
        /// Variance of the round trip time in units of 1/4 microsecond.
        7 TCP_METRICS_A_METRICS_RTTVAR_US VarianceUs variance_us: u32,
    }
}
