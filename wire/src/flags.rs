//! The flags of a message (`linux/netlink.h`).
//!
//! The low byte means the same in every message. The high byte means what the
//! verb says: 0x100 is [`GetFlags::ROOT`], [`NewFlags::REPLACE`],
//! [`DeleteFlags::NONREC`] or [`AckFlags::CAPPED`]. So each verb has a type of
//! its own, which joins [`Flags`] by `|`:
//!
//! ```
//! use nlwire::{Flags, GetFlags, NewFlags};
//! assert_eq!((Flags::REQUEST | GetFlags::DUMP).bits(), 0x301);
//! assert_eq!((Flags::REQUEST | NewFlags::CREATE | NewFlags::EXCL).to_string(), "request|0x600");
//! ```

use core::fmt::{self, Write as _};
use core::ops::BitOr;

use bitflags::bitflags;

/// Flags that mean the same in every message; unknown bits are kept.
///
/// ```
/// use nlwire::{Flags, GetFlags};
///
/// let flags = Flags::REQUEST | Flags::ACK | GetFlags::DUMP;
/// assert!(flags.contains(Flags::ACK));
/// assert_eq!(flags.bits(), 0x305);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
#[repr(transparent)]
#[doc(alias = "nlmsg_flags")]
pub struct Flags(u16);

bitflags! {
    impl Flags: u16 {
        /// A request to the kernel.
        #[doc(alias = "NLM_F_REQUEST")]
        const REQUEST = 0x01;
        /// Reply that may be one of several; more may not follow.
        #[doc(alias = "NLM_F_MULTI")]
        const MULTI = 0x02;
        /// An acknowledgement is asked for.
        #[doc(alias = "NLM_F_ACK")]
        const ACK = 0x04;
        /// Asks for the created object (`NLM_F_ECHO`).
        #[doc(alias = "NLM_F_ECHO")]
        const ECHO = 0x08;
        /// The dump is inconsistent: what it lists has changed meanwhile.
        #[doc(alias = "NLM_F_DUMP_INTR")]
        const DUMP_INTR = 0x10;
        /// The kernel filtered the dump as the request asked.
        #[doc(alias = "NLM_F_DUMP_FILTERED")]
        const DUMP_FILTERED = 0x20;

        const _ = !0;
    }
}

/// Prints flags by [`write_names`].
macro_rules! printed {
    ($name:ident) => {
        impl fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let flags = <Self as bitflags::Flags>::FLAGS.iter();
                let mut flags = flags.map(|flag| (flag.name(), flag.value().bits()));
                write_names(f, self.bits(), &mut flags)
            }
        }

        impl fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), *self)
            }
        }
    };
}

/// Declares the high byte of one verb, which joins `Flags` by `|`.
macro_rules! verb_flags {
    ($(#[$($meta:tt)*])* $name:ident { $($(#[$($flag_meta:tt)*])* $flag:ident = $value:expr;)* }) => {
        $(#[$($meta)*])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[repr(transparent)]
        pub struct $name(u16);

        bitflags! {
            impl $name: u16 {
                $($(#[$($flag_meta)*])* const $flag = $value;)*

                const _ = !0;
            }
        }

        impl From<$name> for Flags {
            fn from(flags: $name) -> Self {
                Self::from_bits_retain(flags.bits())
            }
        }

        impl From<Flags> for $name {
            /// Reads the high byte as this verb means it.
            fn from(flags: Flags) -> Self {
                Self::from_bits_retain(flags.bits() & 0xff00)
            }
        }

        impl BitOr<$name> for Flags {
            type Output = Self;

            fn bitor(self, rest: $name) -> Self {
                Self::from_bits_retain(self.bits() | rest.bits())
            }
        }

        printed!($name);
    };
}

verb_flags! {
    /// Selection of a GET.
    GetFlags {
        /// A dump: [`ROOT`](Self::ROOT) and [`MATCH`](Self::MATCH).
        #[doc(alias = "NLM_F_DUMP")]
        DUMP = 0x300;
        /// The whole tree, not one entry.
        #[doc(alias = "NLM_F_ROOT")]
        ROOT = 0x100;
        /// All entries that match.
        #[doc(alias = "NLM_F_MATCH")]
        MATCH = 0x200;
        /// An atomic snapshot (obsolete).
        #[doc(alias = "NLM_F_ATOMIC")]
        ATOMIC = 0x400;
    }
}

verb_flags! {
    /// Flags of a request that creates, for existing and missing objects.
    NewFlags {
        /// Replaces an existing object.
        #[doc(alias = "NLM_F_REPLACE")]
        REPLACE = 0x100;
        /// Fails with `EEXIST` if the object exists.
        #[doc(alias = "NLM_F_EXCL")]
        EXCL = 0x200;
        /// Creates the object if it does not exist.
        #[doc(alias = "NLM_F_CREATE")]
        CREATE = 0x400;
        /// Adds to the end of the list.
        #[doc(alias = "NLM_F_APPEND")]
        APPEND = 0x800;
    }
}

verb_flags! {
    /// Extent of a DELETE.
    ///
    /// ```
    /// use nlwire::{DeleteFlags, Flags};
    ///
    /// // Deletes all entries of a table that match.
    /// assert_eq!((Flags::REQUEST | Flags::ACK | DeleteFlags::BULK).bits(), 0x205);
    /// ```
    DeleteFlags {
        /// The object alone, not what depends on it.
        #[doc(alias = "NLM_F_NONREC")]
        NONREC = 0x100;
        /// Many objects at once.
        #[doc(alias = "NLM_F_BULK")]
        BULK = 0x200;
    }
}

verb_flags! {
    /// Contents of an acknowledgement.
    ///
    /// ```
    /// use nlwire::{AckFlags, MessageRef};
    ///
    /// /// True if attributes follow in an acknowledgement.
    /// fn has_attributes(ack: MessageRef<'_>) -> bool {
    ///     AckFlags::from(ack.flags()).contains(AckFlags::ACK_TLVS)
    /// }
    /// ```
    AckFlags {
        /// The request's payload is not echoed.
        #[doc(alias = "NLM_F_CAPPED")]
        CAPPED = 0x100;
        /// Attributes follow: text, offset and more.
        #[doc(alias = "NLM_F_ACK_TLVS")]
        ACK_TLVS = 0x200;
    }
}

printed!(Flags);

/// Lower-case names joined by `|`, bits without a name as one number at the
/// end, `0` for none at all.
fn write_names(
    f: &mut fmt::Formatter<'_>,
    mut rest: u16,
    flags: &mut dyn Iterator<Item = (&'static str, u16)>,
) -> fmt::Result {
    let mut separator = "";
    for (name, bits) in flags {
        if name.is_empty() || rest & bits != bits {
            continue;
        }
        rest &= !bits;
        f.write_str(separator)?;
        write_lower(f, name)?;
        separator = "|";
    }
    match (rest, separator) {
        (0, "") => f.write_str("0"),
        (0, _) => Ok(()),
        (rest, separator) => write!(f, "{separator}{rest:#x}"),
    }
}

/// Writes a name in lower case.
pub(crate) fn write_lower(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    let mut letters = name.chars();
    letters.try_for_each(|letter| f.write_char(letter.to_ascii_lowercase()))
}
