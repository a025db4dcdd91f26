//! Structs in attributes, and a number of two sizes.

use super::flags::StationFlags;
use super::values::Band;
use crate::codec::{Form, field_is_value};
use crate::schema::{Notation, Shape};
use crate::structs::structs;
use crate::writer::Put;
use crate::zerocopy::native_endian::{U16, U32};
use crate::{AttrRef, Attrs, DecodeError, Writer};

structs! {
    /// Station flags that a request changes, or that the kernel knows.
    #[doc(alias = "nl80211_sta_flag_update")]
    pub struct StationFlagUpdate: 8 {
        /// Mask of the flags: [`StationFlags`].
        mask: U32 as StationFlags,
        /// Flags that are set: [`StationFlags`].
        set: U32 as StationFlags,
    }

    /// RSSI adjustment of a band.
    #[doc(alias = "nl80211_bss_select_rssi_adjust")]
    pub struct RssiAdjust: 2 {
        /// Band: [`Band`].
        band: u8 as Band,
        /// Adjustment in dB.
        delta: i8,
    }

    /// MCS indices of VHT or HE: a bitmap for each number of spatial streams.
    #[doc(alias = "nl80211_txrate_vht")]
    #[doc(alias = "nl80211_txrate_he")]
    pub struct RateSet: 16 {
        /// Bitmaps of MCS indices, for 1 to 8 spatial streams.
        mcs: [U16; 8],
    }

    /// Vendor command or event that a wiphy supports.
    #[doc(alias = "nl80211_vendor_cmd_info")]
    pub struct VendorCommand: 8 {
        /// Vendor: OUI in the lower 24 bits.
        vendor: U32,
        /// Number of the command or event.
        command: U32,
    }

    /// Limits of packet patterns.
    #[doc(alias = "nl80211_pattern_support")]
    pub struct PatternSupport: 16 {
        /// Maximum number of patterns.
        max_patterns: U32,
        /// Minimum length of a pattern in bytes.
        min_length: U32,
        /// Maximum length of a pattern in bytes.
        max_length: U32,
        /// Maximum offset of a pattern in bytes.
        max_offset: U32,
    }

    /// Limits of coalesce rules.
    #[doc(alias = "nl80211_coalesce_rule_support")]
    pub struct CoalesceSupport: 24 {
        /// Maximum number of rules.
        max_rules: U32,
        /// Limits of the patterns.
        patterns: PatternSupport,
        /// Maximum delay in ms.
        max_delay: U32,
    }

    /// Sequence number in the payload of a TCP connection that a device keeps.
    #[doc(alias = "nl80211_wowlan_tcp_data_seq")]
    pub struct WakeSequence: 12 {
        /// First number.
        start: U32,
        /// Offset in the payload in bytes.
        offset: U32,
        /// Length in bytes.
        length: U32,
    }

    /// Limits of the tokens in the payload of a TCP connection.
    #[doc(alias = "nl80211_wowlan_tcp_data_token_feature")]
    pub struct WakeTokenSupport: 12 {
        /// Minimum length of a token in bytes.
        min_length: U32,
        /// Maximum length of a token in bytes.
        max_length: U32,
        /// Size of the buffer for tokens in bytes.
        buffer: U32,
    }
}

/// HT operation mode: 16 bits in requests, 32 bits in reports of the mesh
/// parameters.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct OperationMode(());

impl Form for OperationMode {
    type Value<'a> = u16;
    const SHAPE: Shape = Shape::Unsigned(None, Notation::Hex);

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<u16, DecodeError> {
        match attribute.u32().map(u16::try_from) {
            Ok(Ok(mode)) => Ok(mode),
            _ => attribute.u16(),
        }
    }

    fn encode<'w, 'b>(value: &u16, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.u16(kind, *value)
    }
}
