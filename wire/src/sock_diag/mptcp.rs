//! Information of MPTCP sockets: `struct mptcp_info` (`linux/mptcp.h`).

use crate::zerocopy::native_endian::{U32, U64};

use crate::numbers::flags;
use crate::schema::Milliseconds;
use crate::structs::structs;

/// Protocol number of MPTCP sockets. It needs 16 bits, which
/// [`INET_DIAG_REQ_PROTOCOL`](super::INET_DIAG_REQ_PROTOCOL) has.
pub const IPPROTO_MPTCP: u32 = 262;

flags! {
    /// State of an MPTCP connection.
    pub struct MptcpFlags(u32) {
        /// The connection fell back to TCP.
        FALLBACK = 0x1 "MPTCP_INFO_FLAG_FALLBACK" "fallback";
        /// The peer's key was received.
        REMOTE_KEY_RECEIVED = 0x2 "MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED" "remote_key";
    }
}

structs! {
    /// MPTCP information of a socket. Newer kernels have added fields; older
    /// ones send fewer: 40 bytes at first, 96 since Linux 6.10.
    #[doc(alias = "mptcp_info")]
    pub struct MptcpInfo: 96 {
        /// Number of subflows in addition to the first.
        #[doc(alias = "mptcpi_subflows", alias = "mptcpi_extra_subflows")]
        subflows: u8,
        /// Number of addresses announced to the peer.
        #[doc(alias = "mptcpi_add_addr_signal")]
        addresses_announced: u8,
        /// Number of accepted addresses of the peer.
        #[doc(alias = "mptcpi_add_addr_accepted")]
        addresses_accepted: u8,
        /// Maximum number of subflows in addition to the first.
        #[doc(alias = "mptcpi_subflows_max", alias = "mptcpi_limit_extra_subflows")]
        subflows_max: u8,
        /// Number of endpoints with the flag `signal`.
        #[doc(alias = "mptcpi_add_addr_signal_max", alias = "mptcpi_endp_signal_max")]
        signal_endpoints: u8,
        /// Maximum number of accepted addresses of the peer.
        #[doc(alias = "mptcpi_add_addr_accepted_max", alias = "mptcpi_limit_add_addr_accepted")]
        addresses_accepted_max: u8,
        /// Padding.
        padding1: [u8; 2],
        /// Flags: [`MptcpFlags`].
        #[doc(alias = "mptcpi_flags")]
        flags: U32 as MptcpFlags,
        /// Token of the connection.
        #[doc(alias = "mptcpi_token")]
        token: U32 as crate::schema::Hexadecimal,
        /// Next sequence number to send.
        #[doc(alias = "mptcpi_write_seq")]
        write_sequence: U64,
        /// First unacknowledged sequence number.
        #[doc(alias = "mptcpi_snd_una")]
        unacknowledged: U64,
        /// Next sequence number to receive.
        #[doc(alias = "mptcpi_rcv_nxt")]
        receive_next: U64,
        /// Number of local addresses in use (Linux 5.12).
        #[doc(alias = "mptcpi_local_addr_used")]
        local_addresses: u8,
        /// Number of endpoints with the flag `subflow`.
        #[doc(alias = "mptcpi_local_addr_max", alias = "mptcpi_endp_subflow_max")]
        subflow_endpoints: u8,
        /// 1 if checksums are in use (Linux 5.14).
        #[doc(alias = "mptcpi_csum_enabled")]
        checksum: u8,
        /// Padding.
        padding2: u8,
        /// Number of retransmitted segments (Linux 6.5).
        #[doc(alias = "mptcpi_retransmits")]
        retransmits: U32,
        /// Number of bytes retransmitted.
        #[doc(alias = "mptcpi_bytes_retrans")]
        bytes_retrans: U64,
        /// Number of bytes sent.
        #[doc(alias = "mptcpi_bytes_sent")]
        bytes_sent: U64,
        /// Number of bytes received.
        #[doc(alias = "mptcpi_bytes_received")]
        bytes_received: U64,
        /// Number of bytes acknowledged by the peer.
        #[doc(alias = "mptcpi_bytes_acked")]
        bytes_acked: U64,
        /// Number of all subflows (Linux 6.8).
        #[doc(alias = "mptcpi_subflows_total")]
        subflows_total: u8,
        /// Number of endpoints with the flag `laminar`.
        #[doc(alias = "mptcpi_endp_laminar_max")]
        laminar_endpoints: u8,
        /// Number of endpoints with the flag `fullmesh`.
        #[doc(alias = "mptcpi_endp_fullmesh_max")]
        fullmesh_endpoints: u8,
        /// Padding.
        reserved: u8,
        /// Time since data were last sent, in milliseconds (Linux 6.10).
        #[doc(alias = "mptcpi_last_data_sent")]
        last_data_sent: U32 as Milliseconds,
        /// Time since data were last received, in milliseconds.
        #[doc(alias = "mptcpi_last_data_recv")]
        last_data_received: U32 as Milliseconds,
        /// Time since an acknowledgement was last received, in milliseconds.
        #[doc(alias = "mptcpi_last_ack_recv")]
        last_ack_received: U32 as Milliseconds,
    }
}
