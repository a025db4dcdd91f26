//! VNIs that an external VXLAN accepts (VNI filter): `struct tunnel_msg`
//! and `VXLAN_VNIFILTER_*` (`linux/if_link.h`,
//! `drivers/net/vxlan/vxlan_vnifilter.c`).
//!
//! ```text
//!  0        1       2         4            8
//! +--------+-------+---------+------------+
//! | family | flags | padding | link index |
//! +--------+-------+---------+------------+
//! ```

mod request;

use crate::codec::{Bytes, Ip, Many, Nest, Set};
use crate::numbers::flags;
use crate::structs::structs;
use crate::zerocopy::native_endian::U16;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes};

pub use request::*;

structs! {
    /// Fixed header of VNIs.
    #[doc(alias = "tunnel_msg")]
    pub struct VniHeader: 8 {
        /// Address family: [`AF_BRIDGE`](crate::route::AF_BRIDGE).
        family: u8 as crate::AddressFamily,
        /// Flags of a request.
        flags: VniFlags,
        /// Zero.
        reserved: U16,
        /// Link index of the VXLAN.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
    }
}

impl FixedHeader for VniHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// Flags of a request for VNIs.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct VniFlags(u8) {
        /// Packets and bytes too.
        STATS = 0x1 "TUNNEL_MSG_FLAG_STATS" "stats";
    }
}

attributes! {
    /// VNIs of a VXLAN (`VXLAN_VNIFILTER_*`).
    pub set VniFilter, enum VniFilterAttr {
        /// VNI, or a range of VNIs.
        1 VXLAN_VNIFILTER_ENTRY Entry entry: Many<Nest<VniRange>>,
    }
}

attributes! {
    /// VNI of a VXLAN, or a range of VNIs that are alike
    /// (`VXLAN_VNIFILTER_ENTRY_*`).
    pub set VniRange, enum VniRangeAttr {
        /// VNI, the first of a range.
        1 VXLAN_VNIFILTER_ENTRY_START First first: u32,
        /// Last VNI of a range.
        2 VXLAN_VNIFILTER_ENTRY_END Last last: u32,
        /// IPv4 multicast group, or remote address.
        3 VXLAN_VNIFILTER_ENTRY_GROUP Group group: Ip,
        /// IPv6 multicast group, or remote address.
        4 VXLAN_VNIFILTER_ENTRY_GROUP6 Group6 group6: Ip,
        /// Packets and bytes.
        5 VXLAN_VNIFILTER_ENTRY_STATS Stats stats: Nest<VniStats>,
    }
}

attributes! {
    /// Packets and bytes of a VNI (`VNIFILTER_ENTRY_STATS_*`).
    pub set VniStats, enum VniStatsAttr {
        /// Number of bytes received.
        1 VNIFILTER_ENTRY_STATS_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of packets received.
        2 VNIFILTER_ENTRY_STATS_RX_PKTS RxPackets rx_packets: u64,
        /// Number of received packets dropped.
        3 VNIFILTER_ENTRY_STATS_RX_DROPS RxDropped rx_dropped: u64,
        /// Number of bad packets received.
        4 VNIFILTER_ENTRY_STATS_RX_ERRORS RxErrors rx_errors: u64,
        /// Number of bytes sent.
        5 VNIFILTER_ENTRY_STATS_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of packets sent.
        6 VNIFILTER_ENTRY_STATS_TX_PKTS TxPackets tx_packets: u64,
        /// Number of packets dropped before they were sent.
        7 VNIFILTER_ENTRY_STATS_TX_DROPS TxDropped tx_dropped: u64,
        /// Number of packets that could not be sent.
        8 VNIFILTER_ENTRY_STATS_TX_ERRORS TxErrors tx_errors: u64,
        /// Padding.
        9 VNIFILTER_ENTRY_STATS_PAD Pad pad: Bytes,
    }
}

/// VNIs of a VXLAN, an answer to [`GetVnis`].
pub type VniRow<'a> = Row<'a, VniHeader, VniFilter>;

impl<'a> Row<'a, VniHeader, VniFilter> {
    /// Returns the VXLAN.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Walks the VNIs.
    pub fn ranges(&self) -> impl Iterator<Item = Result<Set<'a, VniRange>, DecodeError>> + Clone {
        self.attributes
            .filter(|attribute| {
                !matches!(attribute, Ok(other) if other.kind() != VXLAN_VNIFILTER_ENTRY)
            })
            .map(|attribute| Ok(attribute?.nested().typed()))
    }
}
