//! Names of message types.

use crate::{AckFlags, DeleteFlags, Flags, GetFlags, MessageType, NewFlags};
use core::fmt::{self, Display, Formatter};

/// C name of a message type.
#[derive(Clone, Copy, Debug)]
pub struct TypeName {
    /// Message type.
    pub kind: MessageType,
    /// C name, such as `RTM_NEWLINK`.
    pub name: &'static str,
}

impl TypeName {
    /// Names a message type.
    #[must_use]
    pub const fn new(kind: MessageType, name: &'static str) -> Self {
        Self { kind, name }
    }
}

/// Action of a message, which says what the high byte of its flags means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Verb {
    /// Asks for objects: [`GetFlags`].
    Get,
    /// Creates or changes an object, or reports one: [`NewFlags`].
    New,
    /// Deletes an object: [`DeleteFlags`].
    Delete,
    /// Ends a request: [`AckFlags`].
    Ack,
}

impl Verb {
    /// Reads the verb from a C name such as `RTM_NEWLINK` or
    /// `IPCTNL_MSG_CT_GET`, which has the verb behind an underscore.
    #[must_use]
    pub const fn of_name(name: &str) -> Option<Self> {
        let mut rest = name.as_bytes();
        while let [first, behind @ ..] = rest {
            rest = behind;
            if *first != b'_' {
                continue;
            }
            match behind {
                [b'G', b'E', b'T', ..] | [b'B', b'Y', b'_', ..] => return Some(Self::Get),
                [b'N', b'E', b'W', ..]
                | [b'S', b'E', b'T', ..]
                | [b'U', b'P', b'D', b'A', b'T', b'E', ..] => return Some(Self::New),
                [b'D', b'E', b'L', ..] | [b'D', b'E', b'S', b'T', b'R', b'O', b'Y', ..] => {
                    return Some(Self::Delete);
                }
                _ => {}
            }
        }
        None
    }
}

/// Flags of a message, whose high byte prints as the verb means it:
/// `request|ack|excl|create`.
#[derive(Clone, Copy, Debug)]
pub struct VerbFlags {
    /// Flags.
    pub flags: Flags,
    /// Verb, if it is known.
    pub verb: Option<Verb>,
}

impl VerbFlags {
    /// Calls `each` with every name, and returns the bits without one.
    pub(crate) fn names<E>(
        self,
        mut each: impl FnMut(&'static str) -> Result<(), E>,
    ) -> Result<u16, E> {
        let mut rest = self.flags.bits();
        let mut name = |(name, bits): (&'static str, u16)| {
            if rest & bits != bits || name.is_empty() {
                return Ok(());
            }
            rest &= !bits;
            each(name)
        };
        named::<Flags>().try_for_each(&mut name)?;
        match self.verb {
            None => {}
            Some(Verb::Get) => named::<GetFlags>().try_for_each(&mut name)?,
            Some(Verb::New) => named::<NewFlags>().try_for_each(&mut name)?,
            Some(Verb::Delete) => named::<DeleteFlags>().try_for_each(&mut name)?,
            Some(Verb::Ack) => named::<AckFlags>().try_for_each(&mut name)?,
        }
        Ok(rest)
    }
}

/// Names and bits of a set of flags.
fn named<F: bitflags::Flags<Bits = u16>>() -> impl Iterator<Item = (&'static str, u16)> {
    F::FLAGS
        .iter()
        .map(|flag| (flag.name(), flag.value().bits()))
}

impl Display for VerbFlags {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        let rest = self.names(|name| {
            f.write_str(separator)?;
            separator = "|";
            crate::flags::write_lower(f, name)
        })?;
        match (rest, separator) {
            (0, "") => f.write_str("0"),
            (0, _) => Ok(()),
            (rest, separator) => write!(f, "{separator}{rest:#x}"),
        }
    }
}
