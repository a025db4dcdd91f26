//! Information of SCTP associations: `struct sctp_info` (`linux/sctp.h`).

use crate::zerocopy::native_endian::{I32, U16, U32, U64};

use crate::codec::StorageAddress;
use crate::schema::Milliseconds;
use crate::structs::structs;

/// Protocol number of SCTP sockets.
pub const IPPROTO_SCTP: u8 = 132;

structs! {
    /// Information of an SCTP association.
    #[doc(alias = "sctp_info")]
    pub struct SctpInfo: 368 {
        /// Verification tag of the local end.
        #[doc(alias = "sctpi_tag")]
        tag: U32,
        /// State of the association.
        #[doc(alias = "sctpi_state")]
        state: U32,
        /// Receive window of the local end, in bytes.
        #[doc(alias = "sctpi_rwnd")]
        receive_window: U32,
        /// Number of unacknowledged chunks.
        #[doc(alias = "sctpi_unackdata")]
        unacknowledged: U16,
        /// Number of chunks that wait to be read.
        #[doc(alias = "sctpi_penddata")]
        pending: U16,
        /// Number of incoming streams.
        #[doc(alias = "sctpi_instrms")]
        incoming_streams: U16,
        /// Number of outgoing streams.
        #[doc(alias = "sctpi_outstrms")]
        outgoing_streams: U16,
        /// Size from which messages are fragmented, in bytes.
        #[doc(alias = "sctpi_fragmentation_point")]
        fragmentation_point: U32,
        /// Number of chunks in the input queue.
        #[doc(alias = "sctpi_inqueue")]
        input_queue: U32,
        /// Number of chunks in the output queue.
        #[doc(alias = "sctpi_outqueue")]
        output_queue: U32,
        /// Number of errors of the association.
        #[doc(alias = "sctpi_overall_error")]
        errors: U32,
        /// Maximum burst, in packets.
        #[doc(alias = "sctpi_max_burst")]
        max_burst: U32,
        /// Maximum size of a data chunk, in bytes.
        #[doc(alias = "sctpi_maxseg")]
        max_segment: U32,
        /// Receive window of the peer, in bytes.
        #[doc(alias = "sctpi_peer_rwnd")]
        peer_receive_window: U32,
        /// Verification tag of the peer.
        #[doc(alias = "sctpi_peer_tag")]
        peer_tag: U32,
        /// Capabilities of the peer.
        #[doc(alias = "sctpi_peer_capable")]
        peer_capable: u8,
        /// 1 if the peer's packets need an immediate acknowledgement.
        #[doc(alias = "sctpi_peer_sack")]
        peer_sack: u8,
        /// Padding.
        #[doc(alias = "__reserved1")]
        reserved1: U16,
        /// Number of selective acknowledgements received.
        #[doc(alias = "sctpi_isacks")]
        sacks_received: U64,
        /// Number of selective acknowledgements sent.
        #[doc(alias = "sctpi_osacks")]
        sacks_sent: U64,
        /// Number of packets sent.
        #[doc(alias = "sctpi_opackets")]
        packets_sent: U64,
        /// Number of packets received.
        #[doc(alias = "sctpi_ipackets")]
        packets_received: U64,
        /// Number of retransmitted chunks.
        #[doc(alias = "sctpi_rtxchunks")]
        chunks_retransmitted: U64,
        /// Number of chunks received out of order.
        #[doc(alias = "sctpi_outofseqtsns")]
        out_of_sequence: U64,
        /// Number of chunks received twice.
        #[doc(alias = "sctpi_idupchunks")]
        duplicates_received: U64,
        /// Number of gap acknowledgements received.
        #[doc(alias = "sctpi_gapcnt")]
        gaps: U64,
        /// Number of unordered data chunks sent.
        #[doc(alias = "sctpi_ouodchunks")]
        unordered_sent: U64,
        /// Number of unordered data chunks received.
        #[doc(alias = "sctpi_iuodchunks")]
        unordered_received: U64,
        /// Number of ordered data chunks sent.
        #[doc(alias = "sctpi_oodchunks")]
        ordered_sent: U64,
        /// Number of ordered data chunks received.
        #[doc(alias = "sctpi_iodchunks")]
        ordered_received: U64,
        /// Number of control chunks sent.
        #[doc(alias = "sctpi_octrlchunks")]
        control_sent: U64,
        /// Number of control chunks received.
        #[doc(alias = "sctpi_ictrlchunks")]
        control_received: U64,
        /// Primary address of the peer. The fields from here to
        /// `primary_errors` describe the path to this address.
        #[doc(alias = "sctpi_p_address")]
        primary: StorageAddress,
        /// State of the path.
        #[doc(alias = "sctpi_p_state")]
        primary_state: I32,
        /// Congestion window, in bytes.
        #[doc(alias = "sctpi_p_cwnd")]
        congestion_window: U32,
        /// Smoothed round-trip time in milliseconds.
        #[doc(alias = "sctpi_p_srtt")]
        rtt: U32 as Milliseconds,
        /// Retransmission timeout, in milliseconds.
        #[doc(alias = "sctpi_p_rto")]
        rto: U32 as Milliseconds,
        /// Interval of heartbeats, in milliseconds.
        #[doc(alias = "sctpi_p_hbinterval")]
        heartbeat_interval: U32 as Milliseconds,
        /// Maximum number of retransmissions on the path.
        #[doc(alias = "sctpi_p_pathmaxrxt")]
        max_retransmits: U32,
        /// Delay of acknowledgements, in milliseconds.
        #[doc(alias = "sctpi_p_sackdelay")]
        sack_delay: U32 as Milliseconds,
        /// Number of packets per acknowledgement.
        #[doc(alias = "sctpi_p_sackfreq")]
        sack_frequency: U32,
        /// Slow start threshold, in bytes.
        #[doc(alias = "sctpi_p_ssthresh")]
        slow_start_threshold: U32,
        /// Number of bytes acknowledged since the congestion window last grew.
        #[doc(alias = "sctpi_p_partial_bytes_acked")]
        partial_bytes_acked: U32,
        /// Number of bytes in flight.
        #[doc(alias = "sctpi_p_flight_size")]
        flight_size: U32,
        /// Number of errors of the path.
        #[doc(alias = "sctpi_p_error")]
        primary_errors: U16,
        /// Padding.
        #[doc(alias = "__reserved2")]
        reserved2: U16,
        /// Idle time after which the association closes, in seconds; 0 for
        /// never.
        #[doc(alias = "sctpi_s_autoclose")]
        autoclose: U32 as crate::schema::Seconds,
        /// Adaptation layer indication.
        #[doc(alias = "sctpi_s_adaptation_ind")]
        adaptation: U32,
        /// Size from which messages are delivered in parts, in bytes.
        #[doc(alias = "sctpi_s_pd_point")]
        partial_delivery_point: U32,
        /// 1 if small messages are sent at once.
        #[doc(alias = "sctpi_s_nodelay")]
        no_delay: u8,
        /// 1 if messages are not fragmented.
        #[doc(alias = "sctpi_s_disable_fragments")]
        disable_fragments: u8,
        /// 1 if IPv4 addresses are mapped to IPv6.
        #[doc(alias = "sctpi_s_v4mapped")]
        v4_mapped: u8,
        /// Interleaving of messages.
        #[doc(alias = "sctpi_s_frag_interleave")]
        interleave: u8,
        /// Type of the socket.
        #[doc(alias = "sctpi_s_type")]
        kind: U32,
        /// Padding.
        #[doc(alias = "__reserved3")]
        reserved3: U32,
    }
}
