//! `macsec`: secure channels, security associations (SAs) and statistics of MACsec
//! links, as `ip macsec` shows and sets them (`linux/if_macsec.h`).
//!
//! A request names the link; a nest names the channel, another one the SA. The
//! kernel reports no keys.
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::generic::macsec::{MacsecAttr, NewTxSa, PacketNumber, SaAttr};
//!
//! let key = [7; 16];
//! let sa = [
//!     SaAttr::Number(0),
//!     SaAttr::Active(1),
//!     SaAttr::PacketNumber(PacketNumber::Short(1)),
//!     SaAttr::KeyId(&[1; 16]),
//!     SaAttr::Key(Hidden(&key)),
//! ];
//! let attributes = [MacsecAttr::Sa((&sa).into())];
//! let new = NewTxSa::of_link(7).with(&attributes);
//! ```
//!
//! The receiving side of `macsec0`, link 7: a channel for the peer's MAC address and
//! port 1, and an SA with the peer's key, as by
//! `ip macsec add macsec0 rx address 02:00:00:00:00:02 port 1` and
//! `ip macsec add macsec0 rx sci 0200000000020001 sa 0 pn 1 on key 02 KEY`:
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::fields;
//! use nlwire::generic::macsec::*;
//!
//! let channel = [RxChannelAttr::Sci(0x0200_0000_0002_0001)];
//! let channel = MacsecAttr::RxChannel((&channel).into());
//! let named = [channel];
//! let new_channel = NewRxChannel::of_link(7).with(&named);
//!
//! let key = [9; 16];
//! let sa = [
//!     SaAttr::Number(0),
//!     SaAttr::Active(1),
//!     SaAttr::PacketNumber(PacketNumber::Short(1)),
//!     SaAttr::KeyId(&[2; 16]),
//!     SaAttr::Key(Hidden(&key)),
//! ];
//! let sa = [channel, MacsecAttr::Sa((&sa).into())];
//! let new_sa = NewRxSa::of_link(7).with(&sa);
//!
//! // ip macsec show
//! let list = GetMacsecs::all();
//!
//! /// Prints a link with the number of valid frames of each receive channel.
//! fn print(link: &MacsecRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(link.attributes => Macsec { link, rx_channels })?;
//!     let Some(channels) = found.rx_channels else { return Ok(()) };
//!     for channel in channels.iter() {
//!         let (_, channel) = channel?;
//!         let channel = fields!(channel => RxChannel { sci, stats })?;
//!         let Some(stats) = channel.stats else { continue };
//!         let ok = fields!(stats => RxChannelStats { ok })?.ok;
//!         println!("link {:?}, {:x?}: {ok:?} frames", found.link, channel.sci);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Keys are changed: SA 1 exists on both sides before the old one stops and goes. The
//! commands are `ip macsec set` and `ip macsec del`:
//!
//! ```
//! use nlwire::generic::macsec::*;
//!
//! let channel = [RxChannelAttr::Sci(0x0200_0000_0002_0001), RxChannelAttr::Active(1)];
//! let channel = MacsecAttr::RxChannel((&channel).into());
//! let (stopped, old) = ([SaAttr::Number(0), SaAttr::Active(0)], [SaAttr::Number(0)]);
//! let stopped = MacsecAttr::Sa((&stopped).into());
//! let old = MacsecAttr::Sa((&old).into());
//!
//! let (sending, receiving) = ([stopped], [channel, stopped]);
//! let stop_sending = SetTxSa::of_link(7).with(&sending);
//! let stop_receiving = SetRxSa::of_link(7).with(&receiving);
//! let (sending, receiving) = ([old], [channel, old]);
//! let delete_sending = DeleteTxSa::of_link(7).with(&sending).if_there();
//! let delete_receiving = DeleteRxSa::of_link(7).with(&receiving).if_there();
//!
//! // The peer leaves: its channel is stopped, then deleted.
//! let away = [RxChannelAttr::Sci(0x0200_0000_0002_0001), RxChannelAttr::Active(0)];
//! let away = [MacsecAttr::RxChannel((&away).into())];
//! let stop = SetRxChannel::of_link(7).with(&away);
//! let delete = DeleteRxChannel::of_link(7).with(&away).if_there();
//!
//! // ip macsec offload macsec0 mac
//! let mac = [OffloadSettingsAttr::Kind(Offload::MAC)];
//! let mac = [MacsecAttr::Offload((&mac).into())];
//! let offload = SetOffload::of_link(7).with(&mac);
//! ```

use super::family::{family, requests};
use crate::codec::{Be, ByteArray, Bytes, Form, Indexed, Nest, Secret, field_is_value};
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, LinkIndex, Writer, attributes, numbers};

family! {
    name MACSEC_GENL_NAME "macsec";
    version MACSEC_GENL_VERSION 1;
    command 0 MACSEC_CMD_GET_TXSC Macsec "Lists the links with their channels and SAs.";
    command 1 MACSEC_CMD_ADD_RXSC Macsec "Creates a receive channel.";
    command 2 MACSEC_CMD_DEL_RXSC Macsec "Deletes a receive channel.";
    command 3 MACSEC_CMD_UPD_RXSC Macsec "Changes a receive channel.";
    command 4 MACSEC_CMD_ADD_TXSA Macsec "Creates a transmit SA.";
    command 5 MACSEC_CMD_DEL_TXSA Macsec "Deletes a transmit SA.";
    command 6 MACSEC_CMD_UPD_TXSA Macsec "Changes a transmit SA.";
    command 7 MACSEC_CMD_ADD_RXSA Macsec "Creates a receive SA.";
    command 8 MACSEC_CMD_DEL_RXSA Macsec "Deletes a receive SA.";
    command 9 MACSEC_CMD_UPD_RXSA Macsec "Changes a receive SA.";
    command 10 MACSEC_CMD_UPD_OFFLOAD Macsec "Changes the offload of a link.";
}

requests! {
    Macsec, MacsecAttr, MacsecRow, "link";

    /// Lists the MACsec links with their channels, SAs and statistics.
    List GetMacsecs = MACSEC_CMD_GET_TXSC {
        /// Lists the links of the network namespace.
        all() {}
    }
    /// Creates a receive channel: `with` [`RxChannel`](MacsecAttr::RxChannel).
    Act NewRxChannel = MACSEC_CMD_ADD_RXSC {
        /// Creates a channel of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a receive channel: `with` [`RxChannel`](MacsecAttr::RxChannel).
    Act SetRxChannel = MACSEC_CMD_UPD_RXSC {
        /// Changes a channel of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a receive channel: `with` [`RxChannel`](MacsecAttr::RxChannel).
    Delete(ENODEV) DeleteRxChannel = MACSEC_CMD_DEL_RXSC {
        /// Deletes a channel of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Creates a transmit SA: `with` [`Sa`](MacsecAttr::Sa).
    Act NewTxSa = MACSEC_CMD_ADD_TXSA {
        /// Creates an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a transmit SA: `with` [`Sa`](MacsecAttr::Sa).
    Act SetTxSa = MACSEC_CMD_UPD_TXSA {
        /// Changes an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a transmit SA: `with` [`Sa`](MacsecAttr::Sa).
    Delete(ENODEV) DeleteTxSa = MACSEC_CMD_DEL_TXSA {
        /// Deletes an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Creates a receive SA: `with` [`RxChannel`](MacsecAttr::RxChannel) and
    /// [`Sa`](MacsecAttr::Sa).
    Act NewRxSa = MACSEC_CMD_ADD_RXSA {
        /// Creates an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a receive SA: `with` [`RxChannel`](MacsecAttr::RxChannel) and
    /// [`Sa`](MacsecAttr::Sa).
    Act SetRxSa = MACSEC_CMD_UPD_RXSA {
        /// Changes an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a receive SA: `with` [`RxChannel`](MacsecAttr::RxChannel) and
    /// [`Sa`](MacsecAttr::Sa).
    Delete(ENODEV) DeleteRxSa = MACSEC_CMD_DEL_RXSA {
        /// Deletes an SA of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes the offload of a link: `with` [`Offload`](MacsecAttr::Offload).
    Act SetOffload = MACSEC_CMD_UPD_OFFLOAD {
        /// Changes the offload of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
}

numbers! {
    /// Cipher suite (IEEE 802.1AE).
    pub struct CipherSuite(u64) {
        /// GCM-AES-128 with the identifier that the kernel reports.
        GCM_AES_128 = 0x0080_0200_0100_0001 "MACSEC_DEFAULT_CIPHER_ID" "GCM-AES-128";
        /// GCM-AES-128 with the identifier of the standard.
        GCM_AES_128_STANDARD = 0x0080_c200_0100_0001 "MACSEC_CIPHER_ID_GCM_AES_128" "GCM-AES-128";
        GCM_AES_256 = 0x0080_c200_0100_0002 "MACSEC_CIPHER_ID_GCM_AES_256" "GCM-AES-256";
        GCM_AES_XPN_128 = 0x0080_c200_0100_0003 "MACSEC_CIPHER_ID_GCM_AES_XPN_128" "GCM-AES-XPN-128";
        GCM_AES_XPN_256 = 0x0080_c200_0100_0004 "MACSEC_CIPHER_ID_GCM_AES_XPN_256" "GCM-AES-XPN-256";
    }
}

numbers! {
    /// Place where frames are encrypted.
    pub struct Offload(u8) {
        OFF = 0 "MACSEC_OFFLOAD_OFF" "off";
        PHY = 1 "MACSEC_OFFLOAD_PHY" "phy";
        MAC = 2 "MACSEC_OFFLOAD_MAC" "mac";
    }
}

numbers! {
    /// Treatment of received frames that fail validation.
    pub struct Validation(u8) {
        DISABLED = 0 "MACSEC_VALIDATE_DISABLED" "disabled";
        CHECK = 1 "MACSEC_VALIDATE_CHECK" "check";
        STRICT = 2 "MACSEC_VALIDATE_STRICT" "strict";
    }
}

/// Packet number: 32 bits, or 64 bits with the cipher suites XPN. The kernel
/// refuses the other size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum PacketNumber {
    /// Packet number of 32 bits.
    Short(u32),
    /// Packet number of 64 bits.
    Long(u64),
}

impl Form for PacketNumber {
    type Value<'a> = Self;
    const SHAPE: Shape = <crate::codec::Uint as Form>::SHAPE;

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Self, DecodeError> {
        match attribute.u32() {
            Ok(number) => Ok(Self::Short(number)),
            Err(_) => attribute.uint().map(Self::Long),
        }
    }

    fn encode<'w, 'b>(value: &Self, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match *value {
            Self::Short(number) => writer.u32(kind, number),
            Self::Long(number) => writer.u64(kind, number),
        }
    }
}

attributes! {
    /// MACsec link (`MACSEC_ATTR_*`).
    pub set Macsec, enum MacsecAttr {
        /// Link index.
        1 MACSEC_ATTR_IFINDEX Link link: LinkIndex,
        /// Receive channel of a request.
        2 MACSEC_ATTR_RXSC_CONFIG RxChannel rx_channel: Nest<RxChannel>,
        /// SA of a request.
        3 MACSEC_ATTR_SA_CONFIG Sa sa: Nest<Sa>,
        /// Settings of the link.
        4 MACSEC_ATTR_SECY Settings settings: Nest<Secy>,
        /// Transmit SAs.
        5 MACSEC_ATTR_TXSA_LIST TxSas tx_sas: Indexed<Sa>,
        /// Receive channels.
        6 MACSEC_ATTR_RXSC_LIST RxChannels rx_channels: Indexed<RxChannel>,
        /// Statistics of the transmit channel.
        7 MACSEC_ATTR_TXSC_STATS TxStats tx_stats: Nest<TxChannelStats>,
        /// Statistics of the link.
        8 MACSEC_ATTR_SECY_STATS Stats stats: Nest<SecyStats>,
        /// Offload.
        9 MACSEC_ATTR_OFFLOAD Offload offload: Nest<OffloadSettings>,
    }
}

attributes! {
    /// Settings of a link (`MACSEC_SECY_ATTR_*`).
    pub set Secy, enum SecyAttr {
        /// Identifier of the transmit channel: MAC address and port.
        1 MACSEC_SECY_ATTR_SCI Sci sci: Be<u64>,
        /// Number of the SA that encrypts frames, 0 to 3.
        2 MACSEC_SECY_ATTR_ENCODING_SA EncodingSa encoding_sa: u8,
        /// Size of the replay window in frames.
        3 MACSEC_SECY_ATTR_WINDOW Window window: u32,
        /// Cipher suite.
        4 MACSEC_SECY_ATTR_CIPHER_SUITE Cipher cipher: CipherSuite,
        /// Length of the integrity check value in bytes.
        5 MACSEC_SECY_ATTR_ICV_LEN IcvLen icv_len: u8,
        /// 1 if sent frames are protected.
        6 MACSEC_SECY_ATTR_PROTECT Protect protect: u8,
        /// 1 if replayed frames are dropped.
        7 MACSEC_SECY_ATTR_REPLAY Replay replay: u8,
        /// 1 if the link is operational.
        8 MACSEC_SECY_ATTR_OPER Operational operational: u8,
        /// Treatment of received frames that fail validation.
        9 MACSEC_SECY_ATTR_VALIDATE Validation validation: Validation,
        /// 1 if sent frames are encrypted, not only protected.
        10 MACSEC_SECY_ATTR_ENCRYPT Encrypt encrypt: u8,
        /// 1 if sent frames carry the channel's identifier.
        11 MACSEC_SECY_ATTR_INC_SCI IncludeSci include_sci: u8,
        /// 1 for an end station.
        12 MACSEC_SECY_ATTR_ES EndStation end_station: u8,
        /// 1 for single copy broadcast.
        13 MACSEC_SECY_ATTR_SCB SingleCopyBroadcast single_copy_broadcast: u8,
        /// Padding.
        14 MACSEC_SECY_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Receive channel (`MACSEC_RXSC_ATTR_*`).
    pub set RxChannel, enum RxChannelAttr {
        /// Identifier of the channel: MAC address and port of the peer.
        1 MACSEC_RXSC_ATTR_SCI Sci sci: Be<u64>,
        /// 1 if the channel is active.
        2 MACSEC_RXSC_ATTR_ACTIVE Active active: u8,
        /// SAs.
        3 MACSEC_RXSC_ATTR_SA_LIST Sas sas: Indexed<Sa>,
        /// Statistics.
        4 MACSEC_RXSC_ATTR_STATS Stats stats: Nest<RxChannelStats>,
        /// Padding.
        5 MACSEC_RXSC_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Security association (`MACSEC_SA_ATTR_*`).
    pub set Sa, enum SaAttr {
        /// Association number, 0 to 3, which identifies the SA in its channel.
        1 MACSEC_SA_ATTR_AN Number number: u8,
        /// 1 if the SA is active.
        2 MACSEC_SA_ATTR_ACTIVE Active active: u8,
        /// Next packet number.
        3 MACSEC_SA_ATTR_PN PacketNumber packet_number: PacketNumber,
        /// Key, 16 or 32 bytes; in requests only.
        4 MACSEC_SA_ATTR_KEY Key key: Secret<Bytes>,
        /// Identifier of the key.
        5 MACSEC_SA_ATTR_KEYID KeyId key_id: ByteArray<16>,
        /// Statistics.
        6 MACSEC_SA_ATTR_STATS Stats stats: Nest<SaStats>,
        /// Padding.
        7 MACSEC_SA_ATTR_PAD Pad pad: Bytes,
        /// Short channel identifier of the cipher suites XPN.
        8 MACSEC_SA_ATTR_SSCI Ssci ssci: Be<u32>,
        /// Salt of the cipher suites XPN; in requests only.
        9 MACSEC_SA_ATTR_SALT Salt salt: Secret<ByteArray<12>>,
    }
}

attributes! {
    /// Offload of a link (`MACSEC_OFFLOAD_ATTR_*`).
    pub set OffloadSettings, enum OffloadSettingsAttr {
        /// Place where frames are encrypted.
        1 MACSEC_OFFLOAD_ATTR_TYPE Kind kind: Offload,
        /// Padding.
        2 MACSEC_OFFLOAD_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Statistics of a receive channel (`MACSEC_RXSC_STATS_ATTR_*`).
    pub set RxChannelStats, enum RxChannelStatsAttr {
        /// Number of validated bytes.
        1 MACSEC_RXSC_STATS_ATTR_IN_OCTETS_VALIDATED ValidatedBytes validated_bytes: u64,
        /// Number of decrypted bytes.
        2 MACSEC_RXSC_STATS_ATTR_IN_OCTETS_DECRYPTED DecryptedBytes decrypted_bytes: u64,
        /// Number of frames that were not checked.
        3 MACSEC_RXSC_STATS_ATTR_IN_PKTS_UNCHECKED Unchecked unchecked: u64,
        /// Number of frames below the replay window.
        4 MACSEC_RXSC_STATS_ATTR_IN_PKTS_DELAYED Delayed delayed: u64,
        /// Number of valid frames.
        5 MACSEC_RXSC_STATS_ATTR_IN_PKTS_OK Ok ok: u64,
        /// Number of frames that failed validation and were passed on.
        6 MACSEC_RXSC_STATS_ATTR_IN_PKTS_INVALID Invalid invalid: u64,
        /// Number of frames dropped below the replay window.
        7 MACSEC_RXSC_STATS_ATTR_IN_PKTS_LATE Late late: u64,
        /// Number of frames that failed validation and were dropped.
        8 MACSEC_RXSC_STATS_ATTR_IN_PKTS_NOT_VALID NotValid not_valid: u64,
        /// Number of frames dropped without an SA.
        9 MACSEC_RXSC_STATS_ATTR_IN_PKTS_NOT_USING_SA NoSa no_sa: u64,
        /// Number of frames passed on without an SA.
        10 MACSEC_RXSC_STATS_ATTR_IN_PKTS_UNUSED_SA UnusedSa unused_sa: u64,
        /// Padding.
        11 MACSEC_RXSC_STATS_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Statistics of an SA (`MACSEC_SA_STATS_ATTR_*`).
    pub set SaStats, enum SaStatsAttr {
        /// Number of valid frames.
        1 MACSEC_SA_STATS_ATTR_IN_PKTS_OK Ok ok: u32,
        /// Number of frames that failed validation and were passed on.
        2 MACSEC_SA_STATS_ATTR_IN_PKTS_INVALID Invalid invalid: u32,
        /// Number of frames that failed validation and were dropped.
        3 MACSEC_SA_STATS_ATTR_IN_PKTS_NOT_VALID NotValid not_valid: u32,
        /// Number of frames dropped, because the SA was not in use.
        4 MACSEC_SA_STATS_ATTR_IN_PKTS_NOT_USING_SA NoSa no_sa: u32,
        /// Number of frames passed on, although the SA was not in use.
        5 MACSEC_SA_STATS_ATTR_IN_PKTS_UNUSED_SA UnusedSa unused_sa: u32,
        /// Number of protected frames that were sent.
        6 MACSEC_SA_STATS_ATTR_OUT_PKTS_PROTECTED Protected protected: u32,
        /// Number of encrypted frames that were sent.
        7 MACSEC_SA_STATS_ATTR_OUT_PKTS_ENCRYPTED Encrypted encrypted: u32,
    }
}

attributes! {
    /// Statistics of a transmit channel (`MACSEC_TXSC_STATS_ATTR_*`).
    pub set TxChannelStats, enum TxChannelStatsAttr {
        /// Number of protected frames.
        1 MACSEC_TXSC_STATS_ATTR_OUT_PKTS_PROTECTED Protected protected: u64,
        /// Number of encrypted frames.
        2 MACSEC_TXSC_STATS_ATTR_OUT_PKTS_ENCRYPTED Encrypted encrypted: u64,
        /// Number of protected bytes.
        3 MACSEC_TXSC_STATS_ATTR_OUT_OCTETS_PROTECTED ProtectedBytes protected_bytes: u64,
        /// Number of encrypted bytes.
        4 MACSEC_TXSC_STATS_ATTR_OUT_OCTETS_ENCRYPTED EncryptedBytes encrypted_bytes: u64,
        /// Padding.
        5 MACSEC_TXSC_STATS_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Statistics of a link (`MACSEC_SECY_STATS_ATTR_*`), in frames.
    pub set SecyStats, enum SecyStatsAttr {
        /// Number of frames sent without a tag.
        1 MACSEC_SECY_STATS_ATTR_OUT_PKTS_UNTAGGED TxUntagged tx_untagged: u64,
        /// Number of frames received without a tag and passed on.
        2 MACSEC_SECY_STATS_ATTR_IN_PKTS_UNTAGGED RxUntagged rx_untagged: u64,
        /// Number of frames that were too long with their tag.
        3 MACSEC_SECY_STATS_ATTR_OUT_PKTS_TOO_LONG TxTooLong tx_too_long: u64,
        /// Number of frames dropped without a tag.
        4 MACSEC_SECY_STATS_ATTR_IN_PKTS_NO_TAG RxNoTag rx_no_tag: u64,
        /// Number of frames dropped with an invalid tag.
        5 MACSEC_SECY_STATS_ATTR_IN_PKTS_BAD_TAG RxBadTag rx_bad_tag: u64,
        /// Number of frames passed on of an unknown channel.
        6 MACSEC_SECY_STATS_ATTR_IN_PKTS_UNKNOWN_SCI RxUnknownSci rx_unknown_sci: u64,
        /// Number of frames dropped of an unknown channel.
        7 MACSEC_SECY_STATS_ATTR_IN_PKTS_NO_SCI RxNoSci rx_no_sci: u64,
        /// Number of frames dropped for lack of resources.
        8 MACSEC_SECY_STATS_ATTR_IN_PKTS_OVERRUN RxOverrun rx_overrun: u64,
        /// Padding.
        9 MACSEC_SECY_STATS_ATTR_PAD Pad pad: Bytes,
    }
}
