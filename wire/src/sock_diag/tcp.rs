//! TCP information of a socket: `struct tcp_info` (`linux/tcp.h`, `TCP_INFO` in
//! tcp(7), `ss -i`).

use crate::zerocopy::native_endian::{U16, U32, U64};

use crate::structs::structs;

structs! {
    /// TCP information of a socket, as `ss -i` prints it. Newer kernels have
    /// added fields; older ones send fewer.
    #[doc(alias = "tcp_info")]
    pub struct TcpInfo: 280 {
        /// State of the connection.
        state: u8,
        /// State of congestion control (`TCP_CA_*`).
        ca_state: u8,
        /// Number of retransmission timeouts in a row.
        retransmits: u8,
        /// Number of unanswered probes.
        probes: u8,
        /// Backoff: exponent by which the retransmission timeout is doubled.
        backoff: u8,
        /// TCP options in use (`TCPI_OPT_*`).
        options: u8,
        /// Window scales: the peer's and this end's, 4 bits each, in the order
        /// of the machine's bit fields.
        window_scales: u8,
        /// Bit fields: delivery rate limited by the program (1 bit), failure of
        /// fast open (2 bits).
        rate_flags: u8,
        /// Retransmission timeout (RTO) in microseconds.
        rto: U32,
        /// Acknowledgement timeout (ATO) in microseconds.
        ato: U32,
        /// Maximum segment size (MSS) for sending, in bytes.
        snd_mss: U32,
        /// Maximum segment size (MSS) received, in bytes.
        rcv_mss: U32,
        /// Number of unacknowledged segments (for a listener, connections to
        /// accept).
        unacked: U32,
        /// Number of selectively acknowledged segments; for a listener, its
        /// backlog.
        sacked: U32,
        /// Number of segments considered lost.
        lost: U32,
        /// Number of retransmitted segments that are not yet acknowledged.
        retrans: U32,
        /// Unused.
        fackets: U32,
        /// Time since data were last sent, in milliseconds.
        last_data_sent: U32,
        /// Unused.
        last_ack_sent: U32,
        /// Time since data were last received, in milliseconds.
        last_data_recv: U32,
        /// Time since an acknowledgement was last received, in milliseconds.
        last_ack_recv: U32,
        /// Path MTU in bytes.
        pmtu: U32,
        /// Slow start threshold of the receive window, in bytes.
        rcv_ssthresh: U32,
        /// Smoothed round-trip time (RTT) in microseconds.
        rtt: U32,
        /// Mean deviation of the round-trip time, in microseconds.
        rttvar: U32,
        /// Slow start threshold in segments.
        snd_ssthresh: U32,
        /// Congestion window (cwnd) in segments.
        snd_cwnd: U32,
        /// Advertised maximum segment size (MSS) in bytes.
        advmss: U32,
        /// Reordering: number of segments by which one may arrive out of order.
        reordering: U32,
        /// Round-trip time estimated by the receiver, in microseconds.
        rcv_rtt: U32,
        /// Receive buffer space for the data of a round trip, in bytes.
        rcv_space: U32,
        /// Number of retransmissions since the connection began.
        total_retrans: U32,
        /// Pacing rate in bytes per second.
        pacing_rate: U64,
        /// Maximum pacing rate in bytes per second; all ones for no limit.
        max_pacing_rate: U64,
        /// Number of bytes acknowledged by the peer.
        bytes_acked: U64,
        /// Number of bytes received.
        bytes_received: U64,
        /// Number of segments sent.
        segs_out: U32,
        /// Number of segments received.
        segs_in: U32,
        /// Number of bytes in the send queue that are not yet sent.
        notsent_bytes: U32,
        /// Minimum round-trip time in microseconds.
        min_rtt: U32,
        /// Number of segments received with data.
        data_segs_in: U32,
        /// Number of segments sent with data.
        data_segs_out: U32,
        /// Delivery rate in bytes per second.
        delivery_rate: U64,
        /// Time with data to send, in microseconds.
        busy_time: U64,
        /// Time limited by the peer's receive window, in microseconds.
        rwnd_limited: U64,
        /// Time limited by the send buffer, in microseconds.
        sndbuf_limited: U64,
        /// Number of segments delivered to the peer.
        delivered: U32,
        /// Number of segments delivered with a congestion mark (CE).
        delivered_ce: U32,
        /// Number of bytes sent, with retransmissions.
        bytes_sent: U64,
        /// Number of bytes retransmitted.
        bytes_retrans: U64,
        /// Number of duplicates that the peer reported (DSACK).
        dsack_dups: U32,
        /// Number of reordering events.
        reord_seen: U32,
        /// Number of segments received out of order.
        rcv_ooopack: U32,
        /// Window advertised by the peer, in bytes.
        snd_wnd: U32,
        /// Window advertised to the peer, in bytes.
        rcv_wnd: U32,
        /// Number of attempts to move to another path by a new flow hash.
        rehash: U32,
        /// Number of retransmission timeouts since the connection began.
        total_rto: U16,
        /// Number of recoveries from retransmission timeouts.
        total_rto_recoveries: U16,
        /// Time spent in these recoveries, in milliseconds.
        total_rto_time: U32,
        /// Number of segments received with a congestion mark (CE; Linux 6.18).
        received_ce: U32,
        /// Number of bytes delivered with the mark ECT(1).
        delivered_e1_bytes: U32,
        /// Number of bytes delivered with the mark ECT(0).
        delivered_e0_bytes: U32,
        /// Number of bytes delivered with a congestion mark (CE).
        delivered_ce_bytes: U32,
        /// Number of bytes received with the mark ECT(1).
        received_e1_bytes: U32,
        /// Number of bytes received with the mark ECT(0).
        received_e0_bytes: U32,
        /// Number of bytes received with a congestion mark (CE).
        received_ce_bytes: U32,
        /// Reason why accurate ECN is off.
        accecn_fail_mode: U16,
        /// Options of accurate ECN that were seen.
        accecn_opt_seen: U16,
    }
}
