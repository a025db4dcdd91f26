//! `u32`, which compares words of packets (tc-u32(8)).

use crate::bytes::low32;
use crate::codec::{Array, Bytes, Form, Indexed, Nest, Shown, Struct, Text};
use crate::numbers::flags;
use crate::schema::{Hexadecimal, Shape, TrafficHandle};
use crate::structs::structs;
use crate::zerocopy::native_endian::{I16, I32, U16, U32, U64};
use crate::zerocopy::{FromBytes as _, IntoBytes as _, big_endian};
use crate::{
    AttrRef, Attrs, DecodeError, DecodeErrorKind, EncodeError, NLA_TYPE_MASK, Put, Writer,
    attributes,
};

use super::FilterFlags;
use crate::route::tc::{Action, Police};

attributes! {
    /// The settings of `u32`, which compares words of the packet
    /// (`TCA_U32_*`).
    pub set U32Filter, enum U32FilterAttr {
        /// Class of packets that match: a [`Handle`](super::Handle)'s bits.
        1 TCA_U32_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Hash table of the filter.
        2 TCA_U32_HASH HashTable hash_table: Shown<u32, Hexadecimal>,
        /// Hash table that is looked into next.
        3 TCA_U32_LINK Link link: Shown<u32, Hexadecimal>,
        /// How many buckets this hash table has, a power of two up to 256.
        4 TCA_U32_DIVISOR Divisor divisor: u32,
        /// What is compared.
        5 TCA_U32_SEL Selector selector: U32Selector<'static>,
        /// A limit of the rate, in the old form.
        6 TCA_U32_POLICE Police police: Nest<Police>,
        /// What becomes of packets that match, one after the other, from 1.
        7 TCA_U32_ACT Actions actions: Indexed<Action>,
        /// The link that packets must have come by.
        8 TCA_U32_INDEV InputDevice input_device: Text,
        /// How many packets came by, how many matched, and each key.
        9 TCA_U32_PCNT Counters counters: Array<U64>,
        /// The mark that packets must have.
        10 TCA_U32_MARK Mark mark: Struct<U32Mark>,
        /// Where it is.
        11 TCA_U32_FLAGS Flags flags: FilterFlags,
        /// Nothing, to align what follows.
        12 TCA_U32_PAD Pad pad: Bytes,
    }
}

structs! {
    /// How a `u32` goes on; its keys follow.
    #[doc(alias = "tc_u32_sel")]
    pub struct U32Rule: 16 {
        /// [`U32Flags`].
        flags: u8,
        /// By how many bits the value of an offset is shifted.
        #[doc(alias = "offshift")]
        offset_shift: u8,
        /// How many keys follow; [`U32Selector`] puts their number here.
        #[doc(alias = "nkeys")]
        key_count: u8,
        /// Zero.
        padding: u8,
        /// The bits of the packet that make an offset.
        #[doc(alias = "offmask")]
        offset_mask: big_endian::U16,
        /// What is added to it.
        #[doc(alias = "off")]
        offset: U16,
        /// Where those bits are.
        #[doc(alias = "offoff")]
        offset_position: I16,
        /// Where the bits are that choose the bucket of the next hash table.
        #[doc(alias = "hoff")]
        hash_position: I16,
        /// Which these are.
        #[doc(alias = "hmask")]
        hash_mask: big_endian::U32,
    }

    /// What a word of the packet must be.
    #[doc(alias = "tc_u32_key")]
    pub struct U32Key: 16 {
        /// The bits that are compared.
        mask: big_endian::U32,
        /// What they must be; others must be zero here.
        #[doc(alias = "val")]
        value: big_endian::U32,
        /// Where the word is, in bytes from the network header.
        #[doc(alias = "off")]
        offset: I32,
        /// -1: counted from the next header, which an offset has found.
        #[doc(alias = "offmask")]
        offset_mask: I32,
    }

    /// The mark that a packet must have.
    #[doc(alias = "tc_u32_mark")]
    pub struct U32Mark: 12 {
        /// What it must be.
        #[doc(alias = "val")]
        value: U32,
        /// The bits that are compared.
        mask: U32,
        /// How many packets had it; in answers only.
        success: U32,
    }
}

flags! {
    /// What else a `u32` does.
    pub struct U32Flags(u8) {
        /// Its class or its actions decide.
        TERMINAL = 0x1 "TC_U32_TERMINAL" "terminal";
        /// The next header is at `offset`.
        OFFSET = 0x2 "TC_U32_OFFSET" "offset";
        /// It is where a word of the packet says.
        VAROFFSET = 0x4 "TC_U32_VAROFFSET" "varoffset";
        /// The keys to come count from the next header.
        EAT = 0x8 "TC_U32_EAT" "eat";
    }
}

/// What a `u32` compares, the form and the value of [`TCA_U32_SEL`]: all keys
/// must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct U32Selector<'a> {
    /// How it goes on.
    pub rule: &'a U32Rule,
    /// The keys, at most 255.
    pub keys: &'a [U32Key],
}

impl Form for U32Selector<'static> {
    type Value<'a> = U32Selector<'a>;
    const SHAPE: Shape = Shape::Bytes;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<U32Selector<'a>, DecodeError> {
        let rule: &U32Rule = attribute.view()?;
        let rest = attribute.bytes().get(size_of::<U32Rule>()..);
        let count = usize::from(rule.key_count);
        match <[U32Key]>::ref_from_prefix_with_elems(rest.unwrap_or_default(), count) {
            Ok((keys, _)) => Ok(U32Selector { rule, keys }),
            Err(_) => Err(attribute.error(DecodeErrorKind::TooShort {
                minimum: u32::from(rule.key_count)
                    .saturating_add(1)
                    .saturating_mul(16),
                found: low32(attribute.bytes().len()),
            })),
        }
    }

    fn encode<'w, 'b>(
        value: &U32Selector<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let count = value.keys.len();
        let Ok(key_count) = u8::try_from(count) else {
            // The kernel would not miss those that are not counted.
            return Err(EncodeError::TooMany {
                attribute: kind & NLA_TYPE_MASK,
                limit: u8::MAX.into(),
                count: low32(count),
            });
        };
        let rule = U32Rule {
            key_count,
            ..*value.rule
        };
        let (rule, keys) = (rule.as_bytes(), value.keys.as_bytes());
        writer.put_with(kind, rule.len().saturating_add(keys.len()), |slot| {
            for (to, from) in slot.iter_mut().zip(rule.iter().chain(keys)) {
                *to = *from;
            }
        })
    }
}
