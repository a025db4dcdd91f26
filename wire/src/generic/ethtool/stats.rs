//! Standard statistics of a link.

use super::request::messages;
use super::{Bitset, Get, Header, LinkRow, StatsSource, StringSetId};
use crate::codec::{Bytes, Many, Nest, Set};
use crate::numbers::numbers;
use crate::{Attrs, DecodeError, attributes};

/// Standard statistics of a link.
pub type StatsRow<'a> = LinkRow<'a, Stats>;
/// Reads standard statistics of a link, or of all links. The kernel wants the
/// groups.
///
/// ```
/// use nlwire::generic::ethtool::{GetStats, NamedBits, StatsAttr};
///
/// let groups = NamedBits::replace(&[("eth-mac", true), ("rmon", true)]);
/// let wanted = [StatsAttr::Groups((&groups).into())];
/// let query = GetStats::by_name("eth0").with(&wanted);
/// ```
#[doc(alias = "ETHTOOL_MSG_STATS_GET")]
pub type GetStats<'a> = Get<'a, Stats>;

messages! {
    Stats: ETHTOOL_A_STATS_HEADER, get ETHTOOL_MSG_STATS_GET;
}

attributes! {
    /// Standard statistics of a link (`ETHTOOL_A_STATS_*`).
    pub set Stats, enum StatsAttr {
        /// Padding.
        1 ETHTOOL_A_STATS_PAD Pad pad: Bytes,
        /// Link.
        2 ETHTOOL_A_STATS_HEADER Header header: Nest<Header>,
        /// Groups that a request asks for: `eth-phy`, `eth-mac`, `eth-ctrl`,
        /// `rmon`, `phydev`.
        3 ETHTOOL_A_STATS_GROUPS Groups groups: Nest<Bitset>,
        /// Group of statistics.
        4 ETHTOOL_A_STATS_GRP Group group: Many<Nest<StatsGroup>>,
        /// MAC that the statistics are from.
        5 ETHTOOL_A_STATS_SRC Source source: StatsSource,
    }
}

attributes! {
    /// Group of statistics (`ETHTOOL_A_STATS_GRP_*`). [`Set::counters`] walks
    /// its counters.
    pub set StatsGroup, enum StatsGroupAttr {
        /// Padding.
        1 ETHTOOL_A_STATS_GRP_PAD Pad pad: Bytes,
        /// Group.
        2 ETHTOOL_A_STATS_GRP_ID Id id: StatsGroupId,
        /// String set with the names of the counters.
        3 ETHTOOL_A_STATS_GRP_SS_ID StringSet string_set: StringSetId,
        /// Nest of one counter, whose attribute type is its number.
        4 ETHTOOL_A_STATS_GRP_STAT Counter counter: Many<CounterChoice>,
        /// Bin of the histogram of received packet sizes.
        5 ETHTOOL_A_STATS_GRP_HIST_RX RxBin rx_bin: Many<Nest<SizeBin>>,
        /// Bin of the histogram of sent packet sizes.
        6 ETHTOOL_A_STATS_GRP_HIST_TX TxBin tx_bin: Many<Nest<SizeBin>>,
    }
}

attributes! {
    /// Bin of a histogram of packet sizes.
    pub set SizeBin, enum SizeBinAttr {
        /// Least packet size in bytes.
        7 ETHTOOL_A_STATS_GRP_HIST_BKT_LOW Low low: u32,
        /// Greatest packet size in bytes.
        8 ETHTOOL_A_STATS_GRP_HIST_BKT_HI High high: u32,
        /// Number of packets.
        9 ETHTOOL_A_STATS_GRP_HIST_VAL Value value: u64,
    }
}

numbers! {
    /// Group of standard statistics.
    pub struct StatsGroupId(u32) {
        ETH_PHY = 0 "ETHTOOL_STATS_ETH_PHY" "eth-phy";
        ETH_MAC = 1 "ETHTOOL_STATS_ETH_MAC" "eth-mac";
        ETH_CTRL = 2 "ETHTOOL_STATS_ETH_CTRL" "eth-ctrl";
        RMON = 3 "ETHTOOL_STATS_RMON" "rmon";
        /// Counters of the PHY.
        PHY = 4 "ETHTOOL_STATS_PHY" "phydev";
    }
}

attributes! {
    /// Counter, by the group that it stands in.
    pub choice CounterChoice, enum Counter by ETHTOOL_A_STATS_GRP_ID: u32 {
        0 EthPhy: EthPhyStats,
        1 EthMac: EthMacStats,
        2 EthControl: EthControlStats,
        3 Rmon: RmonStats,
        4 Phy: PhyStats,
    }
}

impl<'a> Set<'a, StatsGroup> {
    /// Walks the counters: number and value. The numbers are attribute types,
    /// such as `ETHTOOL_A_STATS_RMON_JABBER` of the group `rmon`; a string set
    /// has their names.
    pub fn counters(
        self,
    ) -> impl Iterator<Item = Result<(u16, u64), DecodeError>> + Clone + use<'a> {
        self.attributes().filter_map(|attribute| match attribute {
            Ok(attribute) if attribute.kind() == ETHTOOL_A_STATS_GRP_STAT => {
                counter(attribute.nested()).transpose()
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        })
    }
}

fn counter(mut nest: Attrs<'_>) -> Result<Option<(u16, u64)>, DecodeError> {
    match nest.next().transpose()? {
        Some(counter) => Ok(Some((counter.kind(), counter.u64()?))),
        None => Ok(None),
    }
}

attributes! {
    /// Counter of the group `eth-phy` (`ETHTOOL_A_STATS_ETH_PHY_*`), named as
    /// in IEEE 802.3, 30.3.2.1.
    pub set EthPhyStats, enum EthPhyStatsAttr {
        /// `SymbolErrorDuringCarrier`.
        0 ETHTOOL_A_STATS_ETH_PHY_5_SYM_ERR SymbolErrors symbol_errors: u64,
    }
}

attributes! {
    /// Counter of the group `eth-mac` (`ETHTOOL_A_STATS_ETH_MAC_*`), named as
    /// in IEEE 802.3, 30.3.1.1.
    pub set EthMacStats, enum EthMacStatsAttr {
        /// `FramesTransmittedOK`.
        0 ETHTOOL_A_STATS_ETH_MAC_2_TX_PKT TxPackets tx_packets: u64,
        /// `SingleCollisionFrames`.
        1 ETHTOOL_A_STATS_ETH_MAC_3_SINGLE_COL SingleCollisions single_collisions: u64,
        /// `MultipleCollisionFrames`.
        2 ETHTOOL_A_STATS_ETH_MAC_4_MULTI_COL MultipleCollisions multiple_collisions: u64,
        /// `FramesReceivedOK`.
        3 ETHTOOL_A_STATS_ETH_MAC_5_RX_PKT RxPackets rx_packets: u64,
        /// `FrameCheckSequenceErrors`.
        4 ETHTOOL_A_STATS_ETH_MAC_6_FCS_ERR ChecksumErrors checksum_errors: u64,
        /// `AlignmentErrors`.
        5 ETHTOOL_A_STATS_ETH_MAC_7_ALIGN_ERR AlignmentErrors alignment_errors: u64,
        /// `OctetsTransmittedOK`.
        6 ETHTOOL_A_STATS_ETH_MAC_8_TX_BYTES TxBytes tx_bytes: u64,
        /// `FramesWithDeferredXmissions`.
        7 ETHTOOL_A_STATS_ETH_MAC_9_TX_DEFER TxDeferred tx_deferred: u64,
        /// `LateCollisions`.
        8 ETHTOOL_A_STATS_ETH_MAC_10_LATE_COL LateCollisions late_collisions: u64,
        /// `FramesAbortedDueToXSColls`.
        9 ETHTOOL_A_STATS_ETH_MAC_11_XS_COL ExcessiveCollisions excessive_collisions: u64,
        /// `FramesLostDueToIntMACXmitError`.
        10 ETHTOOL_A_STATS_ETH_MAC_12_TX_INT_ERR TxInternalErrors tx_internal_errors: u64,
        /// `CarrierSenseErrors`.
        11 ETHTOOL_A_STATS_ETH_MAC_13_CS_ERR CarrierErrors carrier_errors: u64,
        /// `OctetsReceivedOK`.
        12 ETHTOOL_A_STATS_ETH_MAC_14_RX_BYTES RxBytes rx_bytes: u64,
        /// `FramesLostDueToIntMACRcvError`.
        13 ETHTOOL_A_STATS_ETH_MAC_15_RX_INT_ERR RxInternalErrors rx_internal_errors: u64,
        /// `MulticastFramesXmittedOK`.
        14 ETHTOOL_A_STATS_ETH_MAC_18_TX_MCAST TxMulticast tx_multicast: u64,
        /// `BroadcastFramesXmittedOK`.
        15 ETHTOOL_A_STATS_ETH_MAC_19_TX_BCAST TxBroadcast tx_broadcast: u64,
        /// `FramesWithExcessiveDeferral`.
        16 ETHTOOL_A_STATS_ETH_MAC_20_XS_DEFER ExcessiveDeferral excessive_deferral: u64,
        /// `MulticastFramesReceivedOK`.
        17 ETHTOOL_A_STATS_ETH_MAC_21_RX_MCAST RxMulticast rx_multicast: u64,
        /// `BroadcastFramesReceivedOK`.
        18 ETHTOOL_A_STATS_ETH_MAC_22_RX_BCAST RxBroadcast rx_broadcast: u64,
        /// `InRangeLengthErrors`.
        19 ETHTOOL_A_STATS_ETH_MAC_23_IR_LEN_ERR LengthErrors length_errors: u64,
        /// `OutOfRangeLengthField`.
        20 ETHTOOL_A_STATS_ETH_MAC_24_OOR_LEN LengthOutOfRange length_out_of_range: u64,
        /// `FrameTooLongErrors`.
        21 ETHTOOL_A_STATS_ETH_MAC_25_TOO_LONG_ERR TooLong too_long: u64,
    }
}

attributes! {
    /// Counter of the group `eth-ctrl` (`ETHTOOL_A_STATS_ETH_CTRL_*`), named as
    /// in IEEE 802.3, 30.3.3.
    pub set EthControlStats, enum EthControlStatsAttr {
        /// `MACControlFramesTransmitted`.
        0 ETHTOOL_A_STATS_ETH_CTRL_3_TX TxFrames tx_frames: u64,
        /// `MACControlFramesReceived`.
        1 ETHTOOL_A_STATS_ETH_CTRL_4_RX RxFrames rx_frames: u64,
        /// `UnsupportedOpcodesReceived`.
        2 ETHTOOL_A_STATS_ETH_CTRL_5_RX_UNSUP RxUnsupported rx_unsupported: u64,
    }
}

attributes! {
    /// Counter of the RMON group (RFC 2819, `ETHTOOL_A_STATS_RMON_*`).
    pub set RmonStats, enum RmonStatsAttr {
        /// `etherStatsUndersizePkts`.
        0 ETHTOOL_A_STATS_RMON_UNDERSIZE Undersize undersize: u64,
        /// `etherStatsOversizePkts`.
        1 ETHTOOL_A_STATS_RMON_OVERSIZE Oversize oversize: u64,
        /// `etherStatsFragments`.
        2 ETHTOOL_A_STATS_RMON_FRAG Fragments fragments: u64,
        /// `etherStatsJabbers`.
        3 ETHTOOL_A_STATS_RMON_JABBER Jabbers jabbers: u64,
    }
}

attributes! {
    /// Counter of the `phydev` group (`ETHTOOL_A_STATS_PHY_*`), for PHYs with counters apart from
    /// the MAC's.
    pub set PhyStats, enum PhyStatsAttr {
        /// Number of packets received.
        0 ETHTOOL_A_STATS_PHY_RX_PKTS RxPackets rx_packets: u64,
        /// Number of bytes received.
        1 ETHTOOL_A_STATS_PHY_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of receive errors.
        2 ETHTOOL_A_STATS_PHY_RX_ERRORS RxErrors rx_errors: u64,
        /// Number of packets sent.
        3 ETHTOOL_A_STATS_PHY_TX_PKTS TxPackets tx_packets: u64,
        /// Number of bytes sent.
        4 ETHTOOL_A_STATS_PHY_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of transmit errors.
        5 ETHTOOL_A_STATS_PHY_TX_ERRORS TxErrors tx_errors: u64,
    }
}
