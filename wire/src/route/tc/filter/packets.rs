//! `u32`, which compares words of packets (tc-u32(8)).

use crate::codec::{Array, Bytes, Form, Indexed, Nest, Shown, Struct, Text};
use crate::numbers::flags;
use crate::schema::{Hexadecimal, Shape, TrafficHandle};
use crate::structs::structs;
use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::{I16, I32, U16, U32, U64};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

use super::FilterFlags;
use crate::route::tc::{Action, Police, counted};

attributes! {
    /// Settings of `u32`, which compares words of the packet (`TCA_U32_*`).
    pub set U32Filter, enum U32FilterAttr {
        /// Class of packets that match: a [`Handle`](super::Handle)'s bits.
        1 TCA_U32_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Hash table of the filter (`ht` in tc).
        2 TCA_U32_HASH HashTable hash_table: Shown<u32, Hexadecimal>,
        /// Next hash table to search (`link` in tc).
        3 TCA_U32_LINK Link link: Shown<u32, Hexadecimal>,
        /// Divisor: number of buckets in this hash table, a power of two up to 256.
        4 TCA_U32_DIVISOR Divisor divisor: u32,
        /// Selector: the words of the packet to compare.
        5 TCA_U32_SEL Selector selector: U32Selector<'static>,
        /// Policer in the old form.
        6 TCA_U32_POLICE Police police: Nest<Police>,
        /// Actions for packets that match, in order from 1.
        7 TCA_U32_ACT Actions actions: Indexed<Action>,
        /// Name of the link on which packets must have arrived.
        8 TCA_U32_INDEV InputDevice input_device: Text,
        /// Counters: packets compared, packets that matched, and matches for each key.
        9 TCA_U32_PCNT Counters counters: Array<U64>,
        /// Firewall mark that packets must have.
        10 TCA_U32_MARK Mark mark: Struct<U32Mark>,
        /// Flags: placement in hardware or software.
        11 TCA_U32_FLAGS Flags flags: FilterFlags,
        /// Padding.
        12 TCA_U32_PAD Pad pad: Bytes,
    }
}

structs! {
    /// Fixed part of a `u32` selector; the keys follow.
    #[doc(alias = "tc_u32_sel")]
    pub struct U32Rule: 16 {
        /// Flags ([`U32Flags`]).
        flags: u8,
        /// Number of bits by which the variable offset is shifted right.
        #[doc(alias = "offshift")]
        offset_shift: u8,
        /// Number of keys that follow; [`U32Selector`] sets it.
        #[doc(alias = "nkeys")]
        key_count: u8,
        /// Zero.
        padding: u8,
        /// Mask of the variable offset, applied to 16 bits of the packet.
        #[doc(alias = "offmask")]
        offset_mask: big_endian::U16,
        /// Constant part of the offset to the next header, in bytes.
        #[doc(alias = "off")]
        offset: U16,
        /// Position of the variable offset, in bytes from the current header.
        #[doc(alias = "offoff")]
        offset_position: I16,
        /// Position of the hash key for the next hash table, in bytes from the current header.
        #[doc(alias = "hoff")]
        hash_position: I16,
        /// Mask of the hash key, applied to 32 bits of the packet.
        #[doc(alias = "hmask")]
        hash_mask: big_endian::U32,
    }

    /// Key of a `u32` selector: one word of the packet and its value.
    #[doc(alias = "tc_u32_key")]
    pub struct U32Key: 16 {
        /// Mask of the bits to compare.
        mask: big_endian::U32,
        /// Value of these bits; bits outside the mask must be zero.
        #[doc(alias = "val")]
        value: big_endian::U32,
        /// Offset of the word, in bytes from the current header.
        #[doc(alias = "off")]
        offset: I32,
        /// Mask of the next header's offset: -1 adds that offset (`nexthdr+` in tc), 0 adds
        /// nothing.
        #[doc(alias = "offmask")]
        offset_mask: I32,
    }

    /// Firewall mark that a packet must have.
    #[doc(alias = "tc_u32_mark")]
    pub struct U32Mark: 12 {
        /// Value of the mark.
        #[doc(alias = "val")]
        value: U32,
        /// Mask of the bits to compare.
        mask: U32,
        /// Number of packets that had the mark; in answers only.
        success: U32,
    }
}

flags! {
    /// Flags of a `u32` selector.
    pub struct U32Flags(u8) {
        /// Terminal rule: packets that match take its class or actions.
        TERMINAL = 0x1 "TC_U32_TERMINAL" "terminal";
        /// Constant offset to the next header, in `offset`.
        OFFSET = 0x2 "TC_U32_OFFSET" "offset";
        /// Variable offset to the next header, read from the packet.
        VAROFFSET = 0x4 "TC_U32_VAROFFSET" "varoffset";
        /// Next header becomes the current one for the hash tables that follow.
        EAT = 0x8 "TC_U32_EAT" "eat";
    }
}

/// Selector of a `u32`, the form and the value of [`TCA_U32_SEL`]; all keys must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct U32Selector<'a> {
    /// Fixed part of the selector.
    pub rule: &'a U32Rule,
    /// Keys, at most 255.
    pub keys: &'a [U32Key],
}

impl Form for U32Selector<'static> {
    type Value<'a> = U32Selector<'a>;
    const SHAPE: Shape = Shape::Bytes;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<U32Selector<'a>, DecodeError> {
        let (rule, keys) = counted::decode(attribute, |rule: &U32Rule| rule.key_count)?;
        Ok(U32Selector { rule, keys })
    }

    fn encode<'w, 'b>(
        value: &U32Selector<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let rule = |key_count| U32Rule {
            key_count,
            ..*value.rule
        };
        counted::encode(rule, value.keys, kind, writer)
    }
}
