//! Requests that most families have: one object, a table, a change.
//!
//! A family names them by its objects: `GetNapi` is an [`Ask`], `GetNapis` a
//! [`List`], `SetNapi` an [`Act`],
//! `DeleteMetrics` a [`Delete`]. Each has constructors with the attributes
//! that identify the object, and takes all others by `with`:
//!
//! ```
//! # #[cfg(feature = "netdev")] {
//! use nlwire::generic::netdev::{GetNapi, GetNapis, NapiAttr, SetNapi};
//!
//! let one = GetNapi::by_id(8193);
//! let of_a_link = GetNapis::of_link(2);
//! let change = SetNapi::by_id(8193).with(&[NapiAttr::DeferHardIrqs(100)]);
//! # }
//! ```

use core::fmt;

use crate::codec::{AttributeSet, Encode};
use crate::schema::Protocol;
use crate::{
    Attrs, DecodeError, EncodeError, Errno, FixedHeader, Flags, GetFlags, Items, MessageRef,
    MessageType, Next, Query, Request, Row, Writer,
};

/// Set of attributes that requests of a family hold.
pub trait FamilySet: AttributeSet {
    /// Enum of the set, as a request keeps it.
    type Key<'a>: Copy + fmt::Debug + Encode;
    /// Family.
    const FAMILY: &'static Protocol;
    /// Fixed header of the family's messages.
    type Header: FixedHeader;
    /// Noun for an object of the set in error texts.
    const NOUN: &'static str;

    /// Returns the header of a command. Families whose header names a link have
    /// its index at `place`.
    fn header(command: u8, place: u32) -> Self::Header;

    /// Returns the message type of a command. It is 0 for a family of generic
    /// netlink, since the connection fills in the family's number.
    fn message_type(command: u8) -> MessageType {
        let _ = command;
        MessageType(0)
    }
}

/// Maximum number of attributes that identify an object.
const KEYS: usize = 4;
/// Size in bytes of the attributes that identify an object.
const KEY_BYTES: usize = 256;

/// Attributes of a request.
struct Content<'a, S: FamilySet> {
    keys: [Option<S::Key<'a>>; KEYS],
    place: u32,
    attributes: Option<&'a dyn Items<S>>,
    if_there: bool,
}

impl<S: FamilySet> Clone for Content<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: FamilySet> Copy for Content<'_, S> {}

impl<S: FamilySet> fmt::Debug for Content<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.keys.iter().flatten();
        f.debug_list()
            .entries(keys)
            .entries(self.attributes)
            .finish()
    }
}

impl<'a, S: FamilySet> Content<'a, S> {
    fn of<const N: usize>(given: [S::Key<'a>; N]) -> Self {
        const { assert!(N <= KEYS, "an object has at most four keys") };
        let mut keys = [None; KEYS];
        for (place, key) in keys.iter_mut().zip(given) {
            *place = Some(key);
        }
        Self {
            keys,
            place: 0,
            attributes: None,
            if_there: false,
        }
    }

    fn write(&self, command: u8, flags: Flags, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = S::header(command, self.place);
        w.append_message(S::message_type(command), flags, &header, |w| {
            w.put(&self.keys[..])?.put_items(self.attributes)
        })?;
        Ok(Next::End)
    }

    fn has_keys(&self) -> bool {
        matches!(self.keys, [Some(_), ..])
    }

    fn write_object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(S::NOUN)?;
        let mut buffer = [0; KEY_BYTES];
        match Writer::attributes(&mut buffer, |w| w.put(&self.keys[..])) {
            Ok(keys) if self.has_keys() => write!(f, " {:?}", keys.typed::<S>()),
            // Longer keys are left out.
            _ => Ok(()),
        }
    }

    /// Returns false if the row has another value for a key. A key that the row
    /// lacks, such as a scope, matches.
    #[inline(never)]
    fn matches(&self, row: Attrs<'_>) -> Result<bool, DecodeError> {
        for key in self.keys.iter().flatten() {
            let mut buffer = [0; KEY_BYTES];
            // Kernels filter by longer keys on their own.
            let Ok(mut wanted) = Writer::attributes(&mut buffer, |w| w.put(key)) else {
                continue;
            };
            let Some(Ok(wanted)) = wanted.next() else {
                continue;
            };
            let found = row.find(wanted.kind())?;
            if found.is_some_and(|found| found.bytes() != wanted.bytes()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Declares one of the requests.
macro_rules! request {
    (
        $(#[$meta:meta])* $name:ident, $flags:expr $(, const $absent:ident)?
        $(, { $($method:tt)* })?
    ) => {
        $(#[$meta])*
        pub struct $name<'a, S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?>(
            Content<'a, S>,
        );

        impl<'a, S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?>
            $name<'a, S, COMMAND $(, $absent)?>
        {
            #[allow(dead_code, reason = "only some families have such a request")]
            pub(crate) fn with_keys<const N: usize>(keys: [S::Key<'a>; N]) -> Self {
                Self(Content::of(keys))
            }

            #[allow(dead_code, reason = "only some families have such a header")]
            pub(crate) const fn at_place(mut self, place: u32) -> Self {
                self.0.place = place;
                self
            }

            /// Sends these attributes along.
            #[must_use]
            pub const fn with(mut self, attributes: &'a dyn Items<S>) -> Self {
                self.0.attributes = Some(attributes);
                self
            }
        }

        impl<S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?> Clone
            for $name<'_, S, COMMAND $(, $absent)?>
        {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?> Copy
            for $name<'_, S, COMMAND $(, $absent)?>
        {}

        impl<S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?> fmt::Debug
            for $name<'_, S, COMMAND $(, $absent)?>
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("command", &COMMAND)
                    .field("attributes", &self.0)
                    .finish()
            }
        }

        impl<S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?> Request
            for $name<'_, S, COMMAND $(, $absent)?>
        {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(S::FAMILY)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                self.0.write(COMMAND, $flags, w)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write_object(f)
            }

            $($($method)*)?
        }

        crate::__format!(
            for [S: FamilySet, const COMMAND: u8 $(, const $absent: i32)?]
            $name<'_, S, COMMAND $(, $absent)?>
        );
    };
}

request! {
    /// Asks for one object, or carries out a command that is answered.
    Ask, Flags::empty()
}
request! {
    /// Lists a table, or the part of it that the request's keys select.
    List, GetFlags::DUMP.into()
}
request! {
    /// Lists a table in rows that the kernel sends without a sequence number.
    Unnumbered, GetFlags::DUMP.into(), {
        fn is_unnumbered(&self) -> bool {
            true
        }
    }
}
request! {
    /// Carries out a command that is acknowledged only.
    Act, Flags::empty()
}
request! {
    /// Deletes an object. The kernel answers with the errno `ABSENT` if there is
    /// none.
    Delete, Flags::empty(), const ABSENT, {
        fn forgives(&self) -> &'static [Errno] {
            match self.0.if_there {
                true => const { &[Errno(ABSENT)] },
                false => &[],
            }
        }
    }
}

impl<S: FamilySet, const COMMAND: u8, const ABSENT: i32> Delete<'_, S, COMMAND, ABSENT> {
    /// Succeeds if there is no such object.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.0.if_there = true;
        self
    }
}

impl<S: FamilySet, const COMMAND: u8> Query for Ask<'_, S, COMMAND> {
    type Row<'r> = Row<'r, S::Header, S>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

impl<S: FamilySet, const COMMAND: u8> Query for Unnumbered<'_, S, COMMAND> {
    type Row<'r> = Row<'r, S::Header, S>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }

    /// Returns true for the command of the request. Without a number a row might
    /// answer another dump.
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(message.payload().first() == Some(&COMMAND))
    }
}

impl<S: FamilySet, const COMMAND: u8> Query for List<'_, S, COMMAND> {
    type Row<'r> = Row<'r, S::Header, S>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if !self.0.has_keys() {
            return Ok(true);
        }
        self.0.matches(Self::row(message).attributes)
    }
}

/// Declares the requests of a set, each with its constructors and the attributes
/// that they send. A set of netfilter names its subsystem.
#[allow(unused_macros, reason = "features choose the families")]
macro_rules! requests {
    (
        $set:ident, $attr:ident, $row:ident, $noun:literal $(in $subsystem:ident)?;
        $(
            $(#[$meta:meta])*
            $kind:ident $(($errno:ident))? $name:ident = $command:ident {
                $(
                    $(#[$new_meta:meta])*
                    $new:ident($($argument:ident: $type:ty),*) $(@ $place:expr =>)? { $($variant:ident($value:expr)),* }
                )*
            }
        )*
    ) => {
        #[doc = concat!("Row of an answer: ", $noun, ".")]
        pub type $row<'a> = $crate::Row<'a, FamilyHeader, $set>;

        impl $crate::request::object::FamilySet for $set {
            type Key<'a> = $attr<'a>;
            const FAMILY: &'static $crate::schema::Protocol = &PROTOCOL;
            const NOUN: &'static str = $noun;

            type Header = FamilyHeader;

            fn header(command: u8, place: u32) -> FamilyHeader {
                header(command, place)
            }

            $(
                fn message_type(command: u8) -> $crate::MessageType {
                    $crate::MessageType(u16::from_be_bytes([$subsystem, command]))
                }
            )?
        }

        $(
            $(#[$meta])*
            #[doc = concat!("\n\nCommand [`", stringify!($command), "`].")]
            pub type $name<'a> = $crate::request::object::$kind<
                'a,
                $set,
                $command
                $(, { $crate::Errno::$errno.0 })?
            >;

            #[doc = concat!("Constructors of [`", stringify!($name), "`].")]
            #[allow(
                clippy::new_without_default,
                reason = "a request says what it asks for"
            )]
            impl<'a> $name<'a> {
                $(
                    $(#[$new_meta])*
                    #[must_use]
                    pub fn $new($($argument: $type),*) -> Self {
                        Self::with_keys([$($attr::$variant($value)),*])$(.at_place($place))?
                    }
                )*
            }
        )*
    };
}

#[allow(unused_imports, reason = "features choose the families")]
pub(crate) use requests;
