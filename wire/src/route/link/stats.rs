//! Statistics and hardware map of a link (`linux/if_link.h`).

use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::zerocopy::{FromBytes as _, IntoBytes as _};

use crate::structs::structs;

structs! {
    /// Statistics in 64-bit counters, 200 bytes; kernels before 5.19 send 192, those before 4.6
    /// send 184.
    #[doc(alias = "rtnl_link_stats64")]
    pub struct LinkStats64: 200 {
        /// Number of packets received.
        rx_packets: U64,
        /// Number of packets sent.
        tx_packets: U64,
        /// Number of bytes received.
        rx_bytes: U64,
        /// Number of bytes sent.
        tx_bytes: U64,
        /// Number of bad packets received.
        rx_errors: U64,
        /// Number of packets that could not be sent.
        tx_errors: U64,
        /// Number of good packets dropped: no memory, or no receiver.
        rx_dropped: U64,
        /// Number of packets dropped before they were sent.
        tx_dropped: U64,
        /// Number of multicast packets received.
        multicast: U64,
        /// Number of collisions while sending.
        collisions: U64,
        /// Number of packets received with a wrong length.
        rx_length_errors: U64,
        /// Number of packets lost because the receiver overran.
        rx_over_errors: U64,
        /// Number of packets received with a wrong CRC.
        rx_crc_errors: U64,
        /// Number of packets received with a frame alignment error.
        rx_frame_errors: U64,
        /// Number of packets lost because the hardware FIFO was full.
        rx_fifo_errors: U64,
        /// Number of packets missed because the host lacked buffers.
        rx_missed_errors: U64,
        /// Number of transmissions aborted.
        tx_aborted_errors: U64,
        /// Number of carrier losses while sending.
        tx_carrier_errors: U64,
        /// Number of hardware FIFO underruns while sending.
        tx_fifo_errors: U64,
        /// Number of heartbeat errors.
        tx_heartbeat_errors: U64,
        /// Number of late collisions.
        tx_window_errors: U64,
        /// Number of compressed packets received.
        rx_compressed: U64,
        /// Number of compressed packets sent.
        tx_compressed: U64,
        /// Number of packets received without a handler (Linux 4.6).
        rx_nohandler: U64,
        /// Number of packets dropped because they were for another host (Linux 5.19).
        rx_otherhost_dropped: U64,
    }

    /// Statistics in 32-bit counters, which wrap around, 96 bytes; kernels before 4.6 send 92. Use
    /// [`LinkStats64`] where present.
    #[doc(alias = "rtnl_link_stats")]
    pub struct LinkStats: 96 {
        /// Counters of [`LinkStats64`] in its order, without `rx_otherhost_dropped`.
        counters: [U32; 24],
    }

    /// Hardware map of a link, 32 bytes; 28 from 32-bit x86 kernels.
    #[doc(alias = "rtnl_link_ifmap")]
    pub struct LinkMap: 32 {
        /// Start of the device memory.
        mem_start: U64,
        /// End of the device memory.
        mem_end: U64,
        /// Base I/O address.
        base_addr: U64,
        /// Interrupt number.
        irq: U16,
        /// DMA channel.
        dma: u8,
        /// Port type: the connector that is selected.
        port: u8,
        /// Padding.
        reserved: U32,
    }
}

impl LinkStats {
    /// Returns the counters by their names.
    #[must_use]
    pub fn widened(&self) -> LinkStats64 {
        let mut stats = LinkStats64::default();
        if let Ok(slots) = <[U64]>::mut_from_bytes(stats.as_mut_bytes()) {
            for (slot, counter) in slots.iter_mut().zip(self.counters) {
                slot.set(counter.get().into());
            }
        }
        stats
    }
}
