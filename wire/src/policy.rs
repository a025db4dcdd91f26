//! What the kernel accepts as the value of an attribute
//! (`enum netlink_policy_type_attr` in `linux/netlink.h`).

use core::fmt;

use crate::{AttrRef, Attrs};

/// The kind of value that a policy asks for (`enum netlink_attribute_type`).
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

/// What the kernel accepts as the value of an attribute. A limit that it did
/// not state is `None`; lengths are bytes.
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
        for attribute in attributes.map_while(Result::ok) {
            policy.set(attribute);
        }
        policy
    }

    fn set(&mut self, attribute: AttrRef<'_>) {
        match attribute.kind() {
            1 => self.kind = attribute.u32().ok().map(PolicyType),
            2 => self.min_signed = attribute.i64().ok(),
            3 => self.max_signed = attribute.i64().ok(),
            4 => self.min = attribute.u64().ok(),
            5 => self.max = attribute.u64().ok(),
            6 => self.min_len = attribute.u32().ok(),
            7 => self.max_len = attribute.u32().ok(),
            8 => self.nested = attribute.u32().ok(),
            9 => self.nested_max = attribute.u32().ok(),
            10 => self.bitfield_mask = attribute.u32().ok(),
            12 => self.mask = attribute.u64().ok(),
            _ => {}
        }
    }
}

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
