//! Records: a type and a text.

use core::fmt::{self, Debug, Display, Formatter};

use super::fields::number;
use super::{RecordField, RecordFields, RecordType};
use crate::{MessageRef, Text};

/// Record of the audit system: a line in the log of auditd(8).
///
/// ```
/// use nlwire::audit::{Record, RecordType};
///
/// let text = br#"audit(1700000000.123:456): pid=1 uid=0 msg='op=login acct="anna" res=failed'"#;
/// let record = Record::of(RecordType::USER_LOGIN, text);
/// assert_eq!(record.get("pid").and_then(|field| field.number()), Some(1));
/// let message = record.get("msg").ok_or("no message")?;
/// let account = message.get("acct").ok_or("no account")?;
/// assert_eq!(account.text(), "anna");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    kind: RecordType,
    text: Text<'a>,
}

/// Time and number of a record. All records of an event have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RecordId {
    /// Time of the event in seconds since 1970.
    pub seconds: u64,
    /// Milliseconds of the time: 0 to 999.
    pub milliseconds: u16,
    /// Number of the event since boot.
    pub serial: u32,
}

/// Seconds, milliseconds and serial number: `1700000000.123:456`.
impl Display for RecordId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            seconds,
            milliseconds,
            serial,
        } = self;
        write!(f, "{seconds}.{milliseconds:03}:{serial}")
    }
}

impl<'a> Record<'a> {
    /// Reads a message; returns `None` if its type is none of records.
    #[must_use]
    pub fn new(message: MessageRef<'a>) -> Option<Self> {
        let kind = RecordType(message.kind().0);
        kind.is_record().then(|| Self::of(kind, message.payload()))
    }

    /// Reads the text of a record of this type.
    #[must_use]
    pub const fn of(kind: RecordType, text: &'a [u8]) -> Self {
        Self {
            kind,
            text: Text::new(text),
        }
    }

    /// Returns the type.
    #[must_use]
    pub const fn kind(&self) -> RecordType {
        self.kind
    }

    /// Returns the whole text, which begins with `audit(`.
    #[must_use]
    pub const fn text(&self) -> Text<'a> {
        self.text
    }

    /// Returns time and number, if the text begins with them.
    #[must_use]
    pub fn id(&self) -> Option<RecordId> {
        Some(split(self.text.as_bytes())?.0)
    }

    /// Returns the text behind time and number.
    #[must_use]
    pub fn body(&self) -> Text<'a> {
        match split(self.text.as_bytes()) {
            Some((_, body)) => Text::new(body),
            None => self.text,
        }
    }

    /// Iterates over the fields.
    #[must_use]
    pub fn fields(&self) -> RecordFields<'a> {
        RecordFields::of(self.kind, self.body().as_bytes())
    }

    /// Returns the first field with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<RecordField<'a>> {
        self.fields().find(|field| field.key() == key)
    }
}

/// The line of the log: `type=SYSCALL msg=audit(1700000000.123:456): ..`.
impl Display for Record<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "type={} msg={}", self.kind, self.text)
    }
}

impl Debug for Record<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Record({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Record<'_> {
    /// A map of type, time, serial number and fields, whose values are decoded. A key that
    /// comes again is another entry.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        match self.kind.name() {
            Some(name) => map.serialize_entry("type", name)?,
            None => map.serialize_entry("type", &self.kind.0)?,
        }
        if let Some(id) = self.id() {
            map.serialize_entry("seconds", &id.seconds)?;
            map.serialize_entry("milliseconds", &id.milliseconds)?;
            map.serialize_entry("serial", &id.serial)?;
        }
        map.serialize_entry("fields", &self.fields())?;
        map.end()
    }
}

/// Splits `audit(1700000000.123:456): rest`.
fn split(text: &[u8]) -> Option<(RecordId, &[u8])> {
    let rest = text.strip_prefix(b"audit(")?;
    let (seconds, rest) = number(rest)?;
    let (milliseconds, rest) = number(rest.strip_prefix(b".")?)?;
    let (serial, rest) = number(rest.strip_prefix(b":")?)?;
    let rest = rest.strip_prefix(b"):")?;
    let id = RecordId {
        seconds,
        milliseconds: u16::try_from(milliseconds).ok()?,
        serial: u32::try_from(serial).ok()?,
    };
    Some((id, rest.strip_prefix(b" ").unwrap_or(rest)))
}

crate::__format!(Record<'_>);
