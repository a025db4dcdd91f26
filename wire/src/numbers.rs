//! How the families declare their open sets of numbers and of flags: newtypes
//! with constants and the names that iproute2 prints, which are
//! [forms](crate::codec::Form) too.

use core::fmt::{self, Formatter};

/// Declares a newtype over an integer: constants, each with its C name and,
/// where there is one, the name that iproute2 prints.
macro_rules! numbers {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($int:ident) {
            $($(#[$row_meta:meta])* $constant:ident = $value:literal $c:literal $($text:literal)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(transparent)]
        pub struct $name(pub $int);

        impl $name {
            $(
                $(#[$row_meta])*
                #[doc = concat!("`", $c, "`")]
                #[doc(alias = $c)]
                pub const $constant: Self = Self($value);
            )*

            /// Returns the name that iproute2 prints, if there is one.
            #[must_use]
            #[inline]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($($value => Some($text),)?)*
                    _ => None,
                }
            }
        }

        /// The name, or the number where there is none.
        impl core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{}", self.0),
                }
            }
        }

        $crate::numbers::form!(
            $name($int), |value| Self(value), |value| value.0,
            $crate::schema::Notation::Names(&[$(($value, $crate::numbers::text!($c $($text)?)),)*])
        );
    };
}

/// Declares a set of flags, which keeps unknown bits. They print in the order
/// of declaration, those without a text not at all. `lead` puts a text first
/// where of the bits of a mask only some are set.
macro_rules! flags {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($int:ident) $(lead ($mask:literal, $bits:literal, $lead:literal))? {
            $($(#[$($row_meta:tt)*])* $flag:ident = $value:literal $c:literal $($text:literal)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(transparent)]
        pub struct $name($int);

        bitflags::bitflags! {
            impl $name: $int {
                $(
                    $(#[$($row_meta)*])*
                    #[doc = concat!("`", $c, "`")]
                    #[doc(alias = $c)]
                    const $flag = $value;
                )*

                const _ = !0;
            }
        }

        impl $name {
            /// What is printed where the bits of the mask are these.
            const NAMES: &'static [(u64, u64, &'static str)] = &[
                $(($mask, $bits, $lead),)?
                $($(($value, $value, $text),)?)*
            ];

            /// Returns the names that iproute2 prints, in its order.
            #[inline]
            pub fn names(self) -> impl Iterator<Item = &'static str> + Clone {
                $crate::numbers::names(Self::NAMES, self.bits().into())
            }
        }

        /// The names, joined by commas, and bits that no constant has in hexadecimal.
        impl core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let known = 0 $(| $value)*;
                $crate::numbers::write_names(f, Self::NAMES, known, self.bits().into())
            }
        }

        impl core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), *self)
            }
        }

        $crate::numbers::form!(
            $name($int), |value| Self::from_bits_retain(value), |value| value.bits(),
            $crate::schema::Notation::Flags(&[
                $(($mask, $bits, $lead),)?
                $(($value, $value, $crate::numbers::text!($c $($text)?)),)*
            ])
        );
    };
}

/// The text of a constant: the name that iproute2 prints, or the C name.
macro_rules! text {
    ($c:literal) => {
        $c
    };
    ($c:literal $text:literal) => {
        $text
    };
}

/// The names whose bits of their masks are these.
pub(crate) fn names(
    names: &'static [(u64, u64, &'static str)],
    flags: u64,
) -> impl Iterator<Item = &'static str> + Clone {
    let named = names
        .iter()
        .filter(move |(mask, bits, _)| flags & mask == *bits);
    named.map(|(_, _, name)| *name)
}

/// Writes the names, joined by commas, and bits that are not known in
/// hexadecimal.
pub(crate) fn write_names(
    f: &mut Formatter<'_>,
    table: &'static [(u64, u64, &'static str)],
    known: u64,
    flags: u64,
) -> fmt::Result {
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

/// Makes a wrapper of an integer a form, read and written as the integer is, in
/// network order by [`Be`](crate::codec::Be).
macro_rules! form {
    (
        $name:ident($int:ident), |$read:ident| $wrap:expr, |$written:ident| $unwrap:expr,
        $notation:expr
    ) => {
        impl $crate::schema::Described for $name {
            const SHAPE: $crate::schema::Shape = <Self as $crate::codec::Form>::SHAPE;
        }

        impl $crate::codec::Form for $name {
            type Value<'a> = Self;
            const SHAPE: $crate::schema::Shape = <$int as $crate::codec::Form>::SHAPE
                .shown_as($crate::schema::Shape::Unsigned(None, $notation));

            $crate::codec::field_is_value!();

            #[inline]
            fn decode<'a>(
                attribute: $crate::AttrRef<'a>,
                _: $crate::Attrs<'a>,
            ) -> Result<Self, $crate::DecodeError> {
                let $read = attribute.$int()?;
                Ok($wrap)
            }

            #[inline]
            fn encode<'w, 'b>(
                $written: &Self,
                kind: u16,
                writer: &'w mut $crate::Writer<'b>,
            ) -> $crate::Put<'w, 'b> {
                writer.$int(kind, $unwrap)
            }
        }

        impl $crate::codec::Number for $name {
            type Int = $int;

            #[inline]
            fn int(self) -> $int {
                let $written = self;
                $unwrap
            }
        }
    };
}

pub(crate) use {flags, form, numbers, text};
