//! Policies: the values of an attribute that the kernel accepts (`enum
//! netlink_policy_type_attr` in `linux/netlink.h`).

use core::fmt;

use crate::codec::Bytes;
use crate::schema::Notation;
use crate::{Attrs, attributes};

/// The kind of value that a policy asks for (`enum netlink_attribute_type`).
///
/// ```
/// use nlwire::PolicyType;
///
/// assert_eq!(PolicyType(3).name(), Some("u16"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
#[doc(alias = "netlink_attribute_type")]
pub struct PolicyType(pub u32);

macro_rules! policy_types {
    ($($number:literal $c:ident $name:ident $text:literal)*) => {
        impl PolicyType {
            $(
                #[doc = concat!("`", stringify!($c), "`")]
                pub const $name: Self = Self($number);
            )*

            const NOTATION: Notation = Notation::Names(&[$(($number, $text)),*]);

            /// Returns a short name, such as `u32`.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some($text),)*
                    _ => None,
                }
            }
        }
    };
}

policy_types! {
    0 NL_ATTR_TYPE_INVALID INVALID "nothing"
    1 NL_ATTR_TYPE_FLAG FLAG "flag"
    2 NL_ATTR_TYPE_U8 U8 "u8"
    3 NL_ATTR_TYPE_U16 U16 "u16"
    4 NL_ATTR_TYPE_U32 U32 "u32"
    5 NL_ATTR_TYPE_U64 U64 "u64"
    6 NL_ATTR_TYPE_S8 S8 "s8"
    7 NL_ATTR_TYPE_S16 S16 "s16"
    8 NL_ATTR_TYPE_S32 S32 "s32"
    9 NL_ATTR_TYPE_S64 S64 "s64"
    10 NL_ATTR_TYPE_BINARY BINARY "bytes"
    11 NL_ATTR_TYPE_STRING STRING "string"
    12 NL_ATTR_TYPE_NUL_STRING NUL_STRING "string with NUL"
    13 NL_ATTR_TYPE_NESTED NESTED "nest"
    14 NL_ATTR_TYPE_NESTED_ARRAY NESTED_ARRAY "array of nests"
    15 NL_ATTR_TYPE_BITFIELD32 BITFIELD32 "bitfield32"
    16 NL_ATTR_TYPE_SINT SINT "sint"
    17 NL_ATTR_TYPE_UINT UINT "uint"
}

/// Policy of an attribute: the values that the kernel accepts. A limit that the
/// kernel did not send is `None`; lengths are in bytes.
///
/// ```
/// use nlwire::{AckRef, MessageRef};
///
/// /// Says which values the kernel would have accepted.
/// fn explain(answer: MessageRef<'_>) {
///     let policy = AckRef::new(answer).ok().and_then(|refusal| refusal.policy());
///     if let Some(policy) = policy {
///         // u32 from 1 to 3
///         println!("{policy}: at least {:?}, at most {:?}", policy.min, policy.max);
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Policy {
    /// The kind of value.
    pub kind: Option<PolicyType>,
    /// The smallest signed value.
    pub min_signed: Option<i64>,
    /// The largest signed value.
    pub max_signed: Option<i64>,
    /// The smallest unsigned value.
    pub min: Option<u64>,
    /// The largest unsigned value.
    pub max: Option<u64>,
    /// The shortest value.
    pub min_len: Option<u32>,
    /// The longest value.
    pub max_len: Option<u32>,
    /// The policy of the nest, by its number in a policy dump.
    pub nested: Option<u32>,
    /// The highest attribute type of the nest.
    pub nested_max: Option<u32>,
    /// The bits that may be set in a [`Bitfield32`](crate::Bitfield32).
    pub bitfield_mask: Option<u32>,
    /// The bits that may be set in an integer.
    pub mask: Option<u64>,
}

impl Policy {
    /// Reads a policy; attributes that are unknown or of the wrong size are
    /// left out.
    #[must_use]
    pub fn new(attributes: Attrs<'_>) -> Self {
        let mut policy = Self::default();
        for (_, limit) in attributes
            .typed::<PolicyEntry>()
            .iter()
            .map_while(Result::ok)
        {
            match limit {
                Ok(PolicyEntryAttr::Kind(kind)) => policy.kind = Some(kind),
                Ok(PolicyEntryAttr::MinSigned(min)) => policy.min_signed = Some(min),
                Ok(PolicyEntryAttr::MaxSigned(max)) => policy.max_signed = Some(max),
                Ok(PolicyEntryAttr::Min(min)) => policy.min = Some(min),
                Ok(PolicyEntryAttr::Max(max)) => policy.max = Some(max),
                Ok(PolicyEntryAttr::MinLen(min)) => policy.min_len = Some(min),
                Ok(PolicyEntryAttr::MaxLen(max)) => policy.max_len = Some(max),
                Ok(PolicyEntryAttr::Nested(index)) => policy.nested = Some(index),
                Ok(PolicyEntryAttr::NestedMax(max)) => policy.nested_max = Some(max),
                Ok(PolicyEntryAttr::Bits(mask)) => policy.bitfield_mask = Some(mask),
                Ok(PolicyEntryAttr::Mask(mask)) => policy.mask = Some(mask),
                Ok(PolicyEntryAttr::Pad(_) | PolicyEntryAttr::Other(_)) | Err(_) => {}
            }
        }
        policy
    }
}

attributes! {
    /// Policy of an attribute: the values that the kernel accepts
    /// (`NL_POLICY_TYPE_ATTR_*`).
    pub set PolicyEntry, enum PolicyEntryAttr {
        /// Type of the value.
        1 NL_POLICY_TYPE_ATTR_TYPE Kind kind: PolicyType,
        /// Minimum signed value.
        2 NL_POLICY_TYPE_ATTR_MIN_VALUE_S MinSigned min_signed: i64,
        /// Maximum signed value.
        3 NL_POLICY_TYPE_ATTR_MAX_VALUE_S MaxSigned max_signed: i64,
        /// Minimum unsigned value.
        4 NL_POLICY_TYPE_ATTR_MIN_VALUE_U Min min: u64,
        /// Maximum unsigned value.
        5 NL_POLICY_TYPE_ATTR_MAX_VALUE_U Max max: u64,
        /// Minimum length in bytes.
        6 NL_POLICY_TYPE_ATTR_MIN_LENGTH MinLen min_len: u32,
        /// Maximum length in bytes.
        7 NL_POLICY_TYPE_ATTR_MAX_LENGTH MaxLen max_len: u32,
        /// Number of the nest's policy.
        8 NL_POLICY_TYPE_ATTR_POLICY_IDX Nested nested: u32,
        /// Highest attribute type of the nest.
        9 NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE NestedMax nested_max: u32,
        /// Bits that a [`Bitfield32`](crate::Bitfield32) may set.
        10 NL_POLICY_TYPE_ATTR_BITFIELD32_MASK Bits bits: u32,
        /// Padding.
        11 NL_POLICY_TYPE_ATTR_PAD Pad pad: Bytes,
        /// Bits that an unsigned value may set.
        12 NL_POLICY_TYPE_ATTR_MASK Mask mask: u64,
    }
}

crate::__number_form!(
    PolicyType(u32),
    |value| Self(value),
    |value| value.0,
    PolicyType::NOTATION
);

/// `u32 from 1 to 3`, `string of at most 15 bytes`
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind.map(|kind| (kind, kind.name())) {
            Some((_, Some(name))) => f.write_str(name)?,
            Some((kind, None)) => write!(f, "type {}", kind.0)?,
            None => f.write_str("value")?,
        }
        if let Some(min) = self.min_signed {
            write!(f, " from {min}")?;
        }
        if let Some(max) = self.max_signed {
            write!(f, " to {max}")?;
        }
        if let Some(min) = self.min {
            write!(f, " from {min}")?;
        }
        if let Some(max) = self.max {
            write!(f, " to {max}")?;
        }
        match (self.min_len, self.max_len) {
            (Some(min), Some(max)) if min == max => write!(f, " of {min} bytes")?,
            (Some(min), Some(max)) => write!(f, " of {min} to {max} bytes")?,
            (Some(min), None) => write!(f, " of at least {min} bytes")?,
            (None, Some(max)) => write!(f, " of at most {max} bytes")?,
            (None, None) => {}
        }
        if let Some(mask) = self.mask.or(self.bitfield_mask.map(u64::from)) {
            write!(f, " within {mask:#x}")?;
        }
        Ok(())
    }
}
