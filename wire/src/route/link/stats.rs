//! Counters of a link, and where its hardware is (`linux/if_link.h`).

use zerocopy::native_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Counters of 64 bits, 200 bytes; kernels before 5.19 send 192, those before
/// 4.6 send 184.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
#[doc(alias = "rtnl_link_stats64")]
pub struct LinkStats64 {
    /// Packets received.
    pub rx_packets: U64,
    /// Packets sent.
    pub tx_packets: U64,
    /// Bytes received.
    pub rx_bytes: U64,
    /// Bytes sent.
    pub tx_bytes: U64,
    /// Bad packets received.
    pub rx_errors: U64,
    /// Packets that could not be sent.
    pub tx_errors: U64,
    /// Packets dropped though they were good: no memory, or no one took them.
    pub rx_dropped: U64,
    /// Packets dropped before they were sent.
    pub tx_dropped: U64,
    /// Multicast packets received.
    pub multicast: U64,
    /// Collisions while sending.
    pub collisions: U64,
    /// Packets received of a bad length.
    pub rx_length_errors: U64,
    /// Packets lost because the receiver ran over.
    pub rx_over_errors: U64,
    /// Packets received with a bad checksum.
    pub rx_crc_errors: U64,
    /// Packets received that were not aligned.
    pub rx_frame_errors: U64,
    /// Packets lost because a queue of the hardware was full.
    pub rx_fifo_errors: U64,
    /// Packets that the host was too slow for.
    pub rx_missed_errors: U64,
    /// Sending aborted.
    pub tx_aborted_errors: U64,
    /// The carrier was lost while sending.
    pub tx_carrier_errors: U64,
    /// A queue of the hardware ran empty while sending.
    pub tx_fifo_errors: U64,
    /// The heartbeat was missed.
    pub tx_heartbeat_errors: U64,
    /// Late collisions.
    pub tx_window_errors: U64,
    /// Compressed packets received.
    pub rx_compressed: U64,
    /// Compressed packets sent.
    pub tx_compressed: U64,
    /// Packets received that no one handled (Linux 4.6).
    pub rx_nohandler: U64,
    /// Packets dropped that were for another host (Linux 5.19).
    pub rx_otherhost_dropped: U64,
}

/// Counters of 32 bits, 96 bytes; kernels before 4.6 send 92. Use
/// [`LinkStats64`] where it is there.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
#[doc(alias = "rtnl_link_stats")]
pub struct LinkStats {
    /// Packets received.
    pub rx_packets: U32,
    /// Packets sent.
    pub tx_packets: U32,
    /// Bytes received.
    pub rx_bytes: U32,
    /// Bytes sent.
    pub tx_bytes: U32,
    /// Bad packets received.
    pub rx_errors: U32,
    /// Packets that could not be sent.
    pub tx_errors: U32,
    /// Packets dropped though they were good: no memory, or no one took them.
    pub rx_dropped: U32,
    /// Packets dropped before they were sent.
    pub tx_dropped: U32,
    /// Multicast packets received.
    pub multicast: U32,
    /// Collisions while sending.
    pub collisions: U32,
    /// Packets received of a bad length.
    pub rx_length_errors: U32,
    /// Packets lost because the receiver ran over.
    pub rx_over_errors: U32,
    /// Packets received with a bad checksum.
    pub rx_crc_errors: U32,
    /// Packets received that were not aligned.
    pub rx_frame_errors: U32,
    /// Packets lost because a queue of the hardware was full.
    pub rx_fifo_errors: U32,
    /// Packets that the host was too slow for.
    pub rx_missed_errors: U32,
    /// Sending aborted.
    pub tx_aborted_errors: U32,
    /// The carrier was lost while sending.
    pub tx_carrier_errors: U32,
    /// A queue of the hardware ran empty while sending.
    pub tx_fifo_errors: U32,
    /// The heartbeat was missed.
    pub tx_heartbeat_errors: U32,
    /// Late collisions.
    pub tx_window_errors: U32,
    /// Compressed packets received.
    pub rx_compressed: U32,
    /// Compressed packets sent.
    pub tx_compressed: U32,
    /// Packets received that no one handled (Linux 4.6).
    pub rx_nohandler: U32,
}

/// Where a link's hardware is, 32 bytes; 28 from 32-bit x86 kernels.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
#[doc(alias = "rtnl_link_ifmap")]
pub struct LinkMap {
    /// The start of its memory.
    pub mem_start: U64,
    /// The end of its memory.
    pub mem_end: U64,
    /// The base of its ports.
    pub base_addr: U64,
    /// Its interrupt.
    pub irq: U16,
    /// Its channel of direct memory access.
    pub dma: u8,
    /// The kind of its medium.
    pub port: u8,
    /// Padding.
    pub reserved: U32,
}

const _: () = assert!(
    size_of::<LinkStats64>() == 200 && size_of::<LinkStats>() == 96 && size_of::<LinkMap>() == 32
);
