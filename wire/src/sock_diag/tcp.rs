//! What TCP knows of a socket: `struct tcp_info` (`linux/tcp.h`, `TCP_INFO` in
//! tcp(7)).

use crate::zerocopy::native_endian::{U16, U32, U64};

use crate::structs::structs;

structs! {
    /// What TCP knows of a socket; each kernel has added to it, so that older
    /// ones send less.
    #[doc(alias = "tcp_info")]
    pub struct TcpInfo: 280 {
        /// The state.
        state: u8,
        /// What congestion control is doing (`TCP_CA_*`).
        ca_state: u8,
        /// How often the timer of retransmission has run out.
        retransmits: u8,
        /// How many probes have not been answered.
        probes: u8,
        /// By how many powers of two the timer is stretched.
        backoff: u8,
        /// Which options are in use (`TCPI_OPT_*`).
        options: u8,
        /// The shifts of the windows: the peer's and the own one, 4 bits each, in the order of the machine's bit fields.
        window_scales: u8,
        /// Bits: the rate is limited by the program; how fast open failed.
        rate_flags: u8,
        /// The timeout of retransmission, in microseconds.
        rto: U32,
        /// How long acks may wait, in microseconds.
        ato: U32,
        /// The largest segment to send, in bytes.
        snd_mss: U32,
        /// The largest segment received, in bytes.
        rcv_mss: U32,
        /// Segments not acknowledged; of a listener, connections to be accepted.
        unacked: U32,
        /// Segments acknowledged selectively; of a listener, how many may wait.
        sacked: U32,
        /// Segments held for lost.
        lost: U32,
        /// Segments sent again and not acknowledged yet.
        retrans: U32,
        /// Unused.
        fackets: U32,
        /// Since data were sent, in milliseconds.
        last_data_sent: U32,
        /// Unused.
        last_ack_sent: U32,
        /// Since data were received, in milliseconds.
        last_data_recv: U32,
        /// Since an ack was received, in milliseconds.
        last_ack_recv: U32,
        /// The largest packet of the path, in bytes.
        pmtu: U32,
        /// How far the window to receive may grow, in bytes.
        rcv_ssthresh: U32,
        /// The round trip, smoothed, in microseconds.
        rtt: U32,
        /// Its mean deviation, in microseconds.
        rttvar: U32,
        /// Where slow start ends, in segments.
        snd_ssthresh: U32,
        /// The congestion window, in segments.
        snd_cwnd: U32,
        /// The largest segment that was announced, in bytes.
        advmss: U32,
        /// How far segments may be out of order.
        reordering: U32,
        /// The round trip as the receiver sees it, in microseconds.
        rcv_rtt: U32,
        /// The space for a round trip's data, in bytes.
        rcv_space: U32,
        /// Segments sent again in all.
        total_retrans: U32,
        /// The rate of sending, in bytes a second.
        pacing_rate: U64,
        /// The most of it; all ones for no limit.
        max_pacing_rate: U64,
        /// Bytes that were acknowledged.
        bytes_acked: U64,
        /// Bytes that were received.
        bytes_received: U64,
        /// Segments that were sent.
        segs_out: U32,
        /// Segments that were received.
        segs_in: U32,
        /// Bytes that wait to be sent.
        notsent_bytes: U32,
        /// The shortest round trip, in microseconds.
        min_rtt: U32,
        /// Segments with data that were received.
        data_segs_in: U32,
        /// Segments with data that were sent.
        data_segs_out: U32,
        /// The rate of delivery, in bytes a second.
        delivery_rate: U64,
        /// For how long there was something to send, in microseconds.
        busy_time: U64,
        /// For how long the peer's window held it back, in microseconds.
        rwnd_limited: U64,
        /// For how long the send buffer held it back, in microseconds.
        sndbuf_limited: U64,
        /// Segments that arrived.
        delivered: U32,
        /// Those among them that met congestion.
        delivered_ce: U32,
        /// Bytes that were sent, those sent again included.
        bytes_sent: U64,
        /// Bytes that were sent again.
        bytes_retrans: U64,
        /// Duplicates that the peer reported.
        dsack_dups: U32,
        /// How often segments were out of order.
        reord_seen: U32,
        /// Segments received out of order.
        rcv_ooopack: U32,
        /// The peer's window, in bytes.
        snd_wnd: U32,
        /// The own window, in bytes.
        rcv_wnd: U32,
        /// How often another path was tried.
        rehash: U32,
        /// How often the timer of retransmission ran out in all.
        total_rto: U16,
        /// How many recoveries followed.
        total_rto_recoveries: U16,
        /// How long they took, in milliseconds.
        total_rto_time: U32,
        /// Segments received that met congestion (Linux 6.18).
        received_ce: U32,
        /// Bytes that arrived marked ECT(1).
        delivered_e1_bytes: U32,
        /// Bytes that arrived marked ECT(0).
        delivered_e0_bytes: U32,
        /// Bytes that arrived and met congestion.
        delivered_ce_bytes: U32,
        /// Bytes received marked ECT(1).
        received_e1_bytes: U32,
        /// Bytes received marked ECT(0).
        received_e0_bytes: U32,
        /// Bytes received that met congestion.
        received_ce_bytes: U32,
        /// Why accurate ECN is off.
        accecn_fail_mode: U16,
        /// Which of its options were seen.
        accecn_opt_seen: U16,
    }
}
