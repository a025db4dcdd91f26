//! `numbers!` and `flags!`: open sets of numbers and of flags, which are
//! [forms](crate::codec::Form) too.

use core::fmt::{self, Formatter};

/// Declares an open set of numbers: a newtype over an integer, with constants.
///
/// A row is the constant, its number, its C name and, where there is one, the
/// name that iproute2 prints. Other numbers are kept.
///
/// ```
/// use nlwire::codec::Be;
/// use nlwire::{Writer, attributes, numbers};
///
/// numbers! {
///     /// State of a tunnel.
///     pub struct TunnelState(u16) {
///         UNKNOWN = 0 "TUN_STATE_UNSPEC";
///         /// Carries packets.
///         UP = 1 "TUN_STATE_UP" "up";
///     }
/// }
/// attributes! {
///     pub set Tunnel, enum TunnelAttr {
///         1 TUN_A_STATE State state: TunnelState,
///         2 TUN_A_PEER_STATE PeerState peer_state: Be<TunnelState>,
///     }
/// }
///
/// assert_eq!(TunnelState::UP.name(), Some("up"));
/// assert_eq!(TunnelState(7).to_string(), "7");
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.put([TunnelAttr::State(TunnelState::UP), TunnelAttr::PeerState(TunnelState::UNKNOWN)])
/// })?;
/// assert_eq!(
///     format!("{:?}", block.typed::<Tunnel>()),
///     "{TUN_A_STATE: up, TUN_A_PEER_STATE: TUN_STATE_UNSPEC}",
/// );
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
///
/// The type has `name` and `Display`; it is a [`Form`](crate::codec::Form),
/// whose bytes are in network order in [`Be`](crate::codec::Be), and
/// [`Described`](crate::schema::Described), so that a field of
/// [`structs!`](macro@crate::structs) can print as it.
#[macro_export]
macro_rules! numbers {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($int:ident) {
            $($(#[$row_meta:meta])* $constant:ident = $value:literal $c:literal $($text:literal)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::default::Default,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::cmp::PartialOrd,
            ::core::cmp::Ord,
            ::core::hash::Hash,
        )]
        #[repr(transparent)]
        $vis struct $name(
            #[doc = "Number."]
            pub ::core::primitive::$int
        );

        $crate::__format!($name);

        #[allow(dead_code, reason = "not every number is named in a program")]
        impl $name {
            $(
                $(#[$row_meta])*
                #[doc = ::core::concat!("`", $c, "`")]
                #[doc(alias = $c)]
                pub const $constant: Self = Self($value);
            )*

            /// Returns the name that iproute2 prints, if there is one.
            #[must_use]
            #[inline]
            pub const fn name(self) -> ::core::option::Option<&'static ::core::primitive::str> {
                match self.0 {
                    $($($value => ::core::option::Option::Some($text),)?)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        /// The name, or the number where there is none.
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self.name() {
                    ::core::option::Option::Some(name) => f.write_str(name),
                    ::core::option::Option::None => ::core::fmt::Display::fmt(&self.0, f),
                }
            }
        }

        $crate::__number_form!(
            $name($int), |value| Self(value), |value| value.0,
            $crate::schema::Notation::Names(&[
                $(($value, $crate::__number_form!(@text $c $($text)?)),)*
            ])
        );
    };
}

/// Declares a set of flags, which keeps bits without a name.
///
/// A row is the flag, its bits, its C name and the name that iproute2 prints.
/// `Display` writes the names in the order of the rows, and leaves out the flags
/// without one. The type has the methods of the crate `bitflags`: `contains`,
/// `bits`, `from_bits_retain`, `|`.
///
/// ```
/// use nlwire::flags;
///
/// flags! {
///     /// Features of a tunnel.
///     pub struct TunnelFlags(u32) {
///         KEY = 0x1 "TUN_F_KEY" "key";
///         CHECKSUM = 0x2 "TUN_F_CSUM" "csum";
///     }
/// }
///
/// let flags = TunnelFlags::KEY | TunnelFlags::from_bits_retain(0x100);
/// assert!(flags.contains(TunnelFlags::KEY));
/// assert_eq!(flags.to_string(), "key,0x100");
/// ```
///
/// `lead (mask, bits, "name")` behind the type prints a name first where these
/// bits of the mask are set and the others are not, such as `NO-CARRIER` of a
/// link that is up without a carrier.
///
/// As with [`numbers!`](macro@crate::numbers), the type is a
/// [`Form`](crate::codec::Form) and [`Described`](crate::schema::Described).
#[macro_export]
macro_rules! flags {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($int:ident) $(lead ($mask:literal, $bits:literal, $lead:literal))? {
            $($(#[$($row_meta:tt)*])* $flag:ident = $value:literal $c:literal $($text:literal)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::default::Default,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        #[repr(transparent)]
        $vis struct $name(::core::primitive::$int);

        $crate::__format!($name);

        $crate::numbers::bitflags::bitflags! {
            impl $name: ::core::primitive::$int {
                $(
                    $(#[$($row_meta)*])*
                    #[doc = ::core::concat!("`", $c, "`")]
                    #[doc(alias = $c)]
                    const $flag = $value;
                )*

                const _ = !0;
            }
        }

        impl $name {
            /// Mask, its bits that must be set, and the name then printed.
            const NAMES: $crate::numbers::BitNames = &[
                $(($mask, $bits, $lead),)?
                $($(($value, $value, $text),)?)*
            ];

            /// Returns the names that iproute2 prints, in its order.
            #[inline]
            #[allow(dead_code, reason = "not every set of flags is printed by name")]
            pub fn names(
                self,
            ) -> impl ::core::iter::Iterator<Item = &'static ::core::primitive::str> + ::core::clone::Clone {
                $crate::numbers::names(Self::NAMES, ::core::convert::Into::into(self.bits()))
            }
        }

        /// The names, joined by commas, and bits that no constant has in hexadecimal.
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let known = 0 $(| $value)*;
                let bits = ::core::convert::Into::into(self.bits());
                $crate::numbers::write_names(f, Self::NAMES, known, bits)
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, ::core::concat!(::core::stringify!($name), "({})"), *self)
            }
        }

        $crate::__number_form!(
            $name($int), |value| Self::from_bits_retain(value), |value| value.bits(),
            $crate::schema::Notation::Flags(&[
                $(($mask, $bits, $lead),)?
                $(($value, $value, $crate::__number_form!(@text $c $($text)?)),)*
            ])
        );
    };
}

/// Implements a form for a wrapper of an integer, read and written as the
/// integer.
#[doc(hidden)]
#[macro_export]
macro_rules! __number_form {
    (@text $c:literal) => {
        $c
    };
    (@text $c:literal $text:literal) => {
        $text
    };
    (
        $name:ident($int:ident), |$read:ident| $wrap:expr, |$written:ident| $unwrap:expr,
        $notation:expr
    ) => {
        impl $crate::schema::Described for $name {
            const SHAPE: $crate::schema::Shape = <Self as $crate::codec::Form>::SHAPE;
        }

        impl $crate::codec::Form for $name {
            type Value<'a> = Self;
            type Field<'a> = Self;
            const SHAPE: $crate::schema::Shape =
                <::core::primitive::$int as $crate::codec::Form>::SHAPE.shown_as(
                    $crate::schema::Shape::Unsigned(::core::option::Option::None, $notation),
                );

            #[inline]
            fn decode<'a>(
                attribute: $crate::AttrRef<'a>,
                _: $crate::Attrs<'a>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                let $read = attribute.$int()?;
                ::core::result::Result::Ok($wrap)
            }

            #[inline]
            fn field<'a>(
                attribute: $crate::AttrRef<'a>,
                siblings: $crate::Attrs<'a>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                <Self as $crate::codec::Form>::decode(attribute, siblings)
            }

            #[inline]
            fn encode<'w, 'b>(
                $written: &Self,
                kind: ::core::primitive::u16,
                writer: &'w mut $crate::Writer<'b>,
            ) -> $crate::Put<'w, 'b> {
                writer.$int(kind, $unwrap)
            }
        }

        impl $crate::codec::Number for $name {
            type Int = ::core::primitive::$int;

            #[inline]
            fn int(self) -> ::core::primitive::$int {
                let $written = self;
                $unwrap
            }
        }
    };
}

pub use ::bitflags;

/// Masks, the bits of each that must be set, and the names then printed.
pub type BitNames = &'static [(u64, u64, &'static str)];

/// Returns the names whose bits are set.
pub fn names(table: BitNames, flags: u64) -> impl Iterator<Item = &'static str> + Clone {
    let named = table
        .iter()
        .filter(move |(mask, bits, _)| flags & mask == *bits);
    named.map(|(_, _, name)| *name)
}

/// Writes the names, joined by commas, and bits that are not known in
/// hexadecimal.
///
/// # Errors
/// The errors of `write_str`.
pub fn write_names(f: &mut Formatter<'_>, table: BitNames, known: u64, flags: u64) -> fmt::Result {
    let mut separator = "";
    for name in names(table, flags) {
        write!(f, "{separator}{name}")?;
        separator = ",";
    }
    match flags & !known {
        0 => Ok(()),
        rest => write!(f, "{separator}{rest:#x}"),
    }
}

pub(crate) use {flags, numbers};
