//! Disciplines whose settings are one struct or a few numbers: `pfifo`,
//! `bfifo`, `pfifo_head_drop`, `skbprio`, `prio`, `pfifo_fast`, `multiq`,
//! `plug`, `ets`.

use crate::attributes;
use crate::codec::{Many, Nest};
use crate::numbers::numbers;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32};

structs! {
    /// Settings of `pfifo`, `bfifo`, `pfifo_head_drop` and `skbprio`.
    #[doc(alias = "tc_fifo_qopt", alias = "tc_skbprio_qopt")]
    pub struct FifoOptions: 4 {
        /// Maximum length of the queue: packets for `pfifo`, bytes for `bfifo`.
        limit: U32,
    }

    /// Settings of `prio` and `pfifo_fast`.
    #[doc(alias = "tc_prio_qopt")]
    pub struct PrioOptions: 20 {
        /// Number of bands.
        bands: I32,
        /// Band for each priority of a packet.
        #[doc(alias = "priomap")]
        map: [u8; 16],
    }

    /// Settings of `multiq`.
    #[doc(alias = "tc_multiq_qopt")]
    pub struct MultiqOptions: 4 {
        /// Number of bands: the link's transmit queues in use.
        bands: U16,
        /// Maximum number of bands.
        max_bands: U16,
    }

    /// Command to a `plug`; in requests only.
    #[doc(alias = "tc_plug_qopt")]
    pub struct PlugOptions: 8 {
        /// Command.
        action: I32 as PlugAction,
        /// Maximum number of bytes in the queue.
        limit: U32,
    }
}

numbers! {
    /// Command to a `plug`.
    pub struct PlugAction(i32) {
        /// Holds packets back from here on.
        BUFFER = 0 "TCQ_PLUG_BUFFER" "block";
        /// Releases the packets up to the last such command.
        RELEASE_ONE = 1 "TCQ_PLUG_RELEASE_ONE" "release";
        /// Releases all packets, also later ones.
        RELEASE_INDEFINITE = 2 "TCQ_PLUG_RELEASE_INDEFINITE" "release_indefinite";
        /// Sets the maximum length of the queue.
        LIMIT = 3 "TCQ_PLUG_LIMIT" "limit";
    }
}

attributes! {
    /// Settings of an `ets` discipline or class (`TCA_ETS_*`).
    pub set Ets, enum EtsAttr {
        /// Number of bands.
        1 TCA_ETS_NBANDS Bands bands: u8,
        /// Number of bands with strict priority, the first ones.
        2 TCA_ETS_NSTRICT Strict strict: u8,
        /// Shares of the other bands, each a [`TCA_ETS_QUANTA_BAND`].
        3 TCA_ETS_QUANTA Quanta quanta: Nest<Ets>,
        /// Share of a band, in bytes.
        4 TCA_ETS_QUANTA_BAND Quantum quantum: Many<u32>,
        /// Map of priorities to bands, each a [`TCA_ETS_PRIOMAP_BAND`].
        5 TCA_ETS_PRIOMAP Map map: Nest<Ets>,
        /// Band of a priority.
        6 TCA_ETS_PRIOMAP_BAND Band band: Many<u8>,
    }
}
