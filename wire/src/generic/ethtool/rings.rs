//! Rings and channels: queues between a network card and the kernel.
//!
//! Channels are raised to the most that a card has, as
//! `ethtool -l eth0` and `ethtool -L eth0 combined 16` do:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{
//!     Channels, ChannelsAttr, ChannelsRow, GetChannels, SetChannels,
//! };
//!
//! let read = GetChannels::by_name("eth0");
//!
//! /// Returns the change to the most combined channels, for the answer's link.
//! fn raised(
//!     link: &ChannelsRow<'_>,
//! ) -> Result<Option<ChannelsAttr<'static>>, nlwire::DecodeError> {
//!     let found = fields!(link.attributes => Channels { combined, combined_max })?;
//!     Ok(found
//!         .combined_max
//!         .filter(|_| found.combined != found.combined_max)
//!         .map(ChannelsAttr::Combined))
//! }
//!
//! let most = [ChannelsAttr::Combined(16)];
//! let change = SetChannels::by_name("eth0", &most);
//! ```

use super::request::messages;
use super::{Act, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::Nest;
use crate::numbers::numbers;

/// Ring sizes of a link.
pub type RingsRow<'a> = LinkRow<'a, Rings>;
/// Reads the ring sizes of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_RINGS_GET")]
pub type GetRings<'a> = Get<'a, Rings>;
/// Changes the ring sizes of a link.
///
/// ```
/// use nlwire::generic::ethtool::{RingsAttr, SetRings};
///
/// let change = SetRings::by_name("eth0", &[RingsAttr::Rx(512), RingsAttr::Tx(256)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_RINGS_SET")]
pub type SetRings<'a> = Act<'a, Rings>;

/// Channel counts of a link.
pub type ChannelsRow<'a> = LinkRow<'a, Channels>;
/// Reads the channel counts of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_CHANNELS_GET")]
pub type GetChannels<'a> = Get<'a, Channels>;
/// Changes the channel counts of a link.
///
/// ```
/// use nlwire::generic::ethtool::{ChannelsAttr, SetChannels};
///
/// let change = SetChannels::by_name("eth0", &[ChannelsAttr::Combined(4)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_CHANNELS_SET")]
pub type SetChannels<'a> = Act<'a, Channels>;

messages! {
    Rings: ETHTOOL_A_RINGS_HEADER, get ETHTOOL_MSG_RINGS_GET, set ETHTOOL_MSG_RINGS_SET;
    Channels: ETHTOOL_A_CHANNELS_HEADER, get ETHTOOL_MSG_CHANNELS_GET, set ETHTOOL_MSG_CHANNELS_SET;
}

attributes! {
    /// Ring sizes of a link (`ETHTOOL_A_RINGS_*`), in packets.
    pub set Rings, enum RingsAttr {
        /// Link.
        1 ETHTOOL_A_RINGS_HEADER Header header: Nest<Header>,
        /// Greatest size of the RX ring.
        2 ETHTOOL_A_RINGS_RX_MAX RxMax rx_max: u32,
        /// Greatest size of the RX mini ring.
        3 ETHTOOL_A_RINGS_RX_MINI_MAX RxMiniMax rx_mini_max: u32,
        /// Greatest size of the RX jumbo ring.
        4 ETHTOOL_A_RINGS_RX_JUMBO_MAX RxJumboMax rx_jumbo_max: u32,
        /// Greatest size of the TX ring.
        5 ETHTOOL_A_RINGS_TX_MAX TxMax tx_max: u32,
        /// Size of the RX ring.
        6 ETHTOOL_A_RINGS_RX Rx rx: u32,
        /// Size of the RX mini ring.
        7 ETHTOOL_A_RINGS_RX_MINI RxMini rx_mini: u32,
        /// Size of the RX jumbo ring.
        8 ETHTOOL_A_RINGS_RX_JUMBO RxJumbo rx_jumbo: u32,
        /// Size of the TX ring.
        9 ETHTOOL_A_RINGS_TX Tx tx: u32,
        /// Size of an RX buffer in bytes, from 1.
        10 ETHTOOL_A_RINGS_RX_BUF_LEN RxBufferLength rx_buffer_length: u32,
        /// TCP header and data split.
        11 ETHTOOL_A_RINGS_TCP_DATA_SPLIT TcpDataSplit tcp_data_split: TcpDataSplit,
        /// Size of a completion queue entry in bytes, from 1.
        12 ETHTOOL_A_RINGS_CQE_SIZE CompletionSize completion_size: u32,
        /// TX push: 1 writes descriptors straight to the card, 0 does not.
        13 ETHTOOL_A_RINGS_TX_PUSH TxPush tx_push: u8,
        /// RX push: 1 writes descriptors straight to the card, 0 does not.
        14 ETHTOOL_A_RINGS_RX_PUSH RxPush rx_push: u8,
        /// Size of the TX push buffer in bytes.
        15 ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN TxPushBufferLength tx_push_buffer_length: u32,
        /// Greatest size of the TX push buffer in bytes.
        16 ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN_MAX TxPushBufferLengthMax tx_push_buffer_length_max: u32,
        /// Header data split threshold in bytes: longer packets are split.
        17 ETHTOOL_A_RINGS_HDS_THRESH SplitThreshold split_threshold: u32,
        /// Greatest header data split threshold in bytes.
        18 ETHTOOL_A_RINGS_HDS_THRESH_MAX SplitThresholdMax split_threshold_max: u32,
    }
}

numbers! {
    /// TCP header and data split of RX rings.
    pub struct TcpDataSplit(u8) {
        UNKNOWN = 0 "ETHTOOL_TCP_DATA_SPLIT_UNKNOWN" "unknown";
        DISABLED = 1 "ETHTOOL_TCP_DATA_SPLIT_DISABLED" "off";
        ENABLED = 2 "ETHTOOL_TCP_DATA_SPLIT_ENABLED" "on";
    }
}

attributes! {
    /// Channel counts of a link (`ETHTOOL_A_CHANNELS_*`). A channel is an
    /// interrupt with its queues.
    pub set Channels, enum ChannelsAttr {
        /// Link.
        1 ETHTOOL_A_CHANNELS_HEADER Header header: Nest<Header>,
        /// Greatest number of RX channels.
        2 ETHTOOL_A_CHANNELS_RX_MAX RxMax rx_max: u32,
        /// Greatest number of TX channels.
        3 ETHTOOL_A_CHANNELS_TX_MAX TxMax tx_max: u32,
        /// Greatest number of other channels.
        4 ETHTOOL_A_CHANNELS_OTHER_MAX OtherMax other_max: u32,
        /// Greatest number of combined channels.
        5 ETHTOOL_A_CHANNELS_COMBINED_MAX CombinedMax combined_max: u32,
        /// Number of RX channels.
        6 ETHTOOL_A_CHANNELS_RX_COUNT Rx rx: u32,
        /// Number of TX channels.
        7 ETHTOOL_A_CHANNELS_TX_COUNT Tx tx: u32,
        /// Number of other channels, such as for link interrupts.
        8 ETHTOOL_A_CHANNELS_OTHER_COUNT OtherCount other_count: u32,
        /// Number of combined channels, each for RX and TX.
        9 ETHTOOL_A_CHANNELS_COMBINED_COUNT Combined combined: u32,
    }
}
