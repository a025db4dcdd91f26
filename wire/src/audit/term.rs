//! Terms of rules: a property, a comparison and a value.

use core::fmt::{self, Display, Formatter};

use super::rule_header::RuleHeader;
use super::{
    AUDIT_KEY_SEPARATOR, AUDIT_MAX_FIELDS, Arch, FieldPair, FileAccess, RecordType, RuleField,
    RuleOperator, RuleText,
};
use crate::bytes::low32;
use crate::error::Place;
use crate::{DecodeError, DecodeErrorKind, Text};

/// Term of a rule, such as `uid=0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Term<'a> {
    /// Comparison with a number.
    Number(RuleField, RuleOperator, RuleNumber),
    /// Comparison with a text.
    Text(RuleText, RuleOperator, Text<'a>),
}

/// Number in a term: an ID, or the number of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RuleNumber(
    /// Number.
    pub u32,
);

impl RuleNumber {
    /// Returns the number as a signed one, such as a negative errno.
    #[must_use]
    pub const fn signed(self) -> i32 {
        self.0.cast_signed()
    }
}

impl From<u32> for RuleNumber {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<i32> for RuleNumber {
    fn from(number: i32) -> Self {
        Self(number.cast_unsigned())
    }
}

impl From<bool> for RuleNumber {
    fn from(is_true: bool) -> Self {
        Self(is_true.into())
    }
}

impl From<Arch> for RuleNumber {
    fn from(arch: Arch) -> Self {
        Self(arch.0)
    }
}

impl From<RecordType> for RuleNumber {
    fn from(kind: RecordType) -> Self {
        Self(kind.0.into())
    }
}

impl From<FieldPair> for RuleNumber {
    fn from(pair: FieldPair) -> Self {
        Self(pair.0)
    }
}

impl From<FileAccess> for RuleNumber {
    fn from(access: FileAccess) -> Self {
        Self(access.bits())
    }
}

impl RuleField {
    /// Asks that the property equals a number.
    #[must_use]
    pub fn equal(self, number: impl Into<RuleNumber>) -> Term<'static> {
        self.compare(RuleOperator::EQUAL, number)
    }

    /// Compares the property with a number.
    #[must_use]
    pub fn compare(self, operator: RuleOperator, number: impl Into<RuleNumber>) -> Term<'static> {
        Term::Number(self, operator, number.into())
    }
}

impl RuleText {
    /// Asks that the property equals a text. A key does not select: it is added to the
    /// records of the rule.
    #[must_use]
    pub fn equal<'a>(self, text: impl Into<Text<'a>>) -> Term<'a> {
        self.compare(RuleOperator::EQUAL, text)
    }

    /// Compares the property with a text.
    #[must_use]
    pub fn compare<'a>(self, operator: RuleOperator, text: impl Into<Text<'a>>) -> Term<'a> {
        Term::Text(self, operator, text.into())
    }

    /// Returns true if this is the number of a property with texts.
    pub(super) const fn is_known(self) -> bool {
        self.name().is_some()
    }
}

impl Term<'_> {
    /// Returns the numbers of the property and the comparison, and the value: the number, or
    /// the length of the text.
    pub(super) fn words(&self) -> [u32; 3] {
        match *self {
            Self::Number(field, operator, number) => [field.0, operator.0, number.0],
            Self::Text(field, operator, text) => [field.0, operator.0, low32(text.len())],
        }
    }
}

/// The term as auditctl(8) takes it: `-F uid=0`, or `-C auid!=obj_uid`.
impl Display for Term<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number(RuleField::PAIR, operator, RuleNumber(pair)) => {
                let pair = FieldPair(pair);
                match pair.name().and_then(|name| name.split_once(',')) {
                    Some((one, other)) => write!(f, "-C {one}{operator}{other}"),
                    None => write!(f, "-F field_compare{operator}{pair}"),
                }
            }
            Self::Number(field, operator, number) => {
                write!(f, "-F {field}{operator}")?;
                write_number(field, number, f)
            }
            // Several keys are one text.
            Self::Text(RuleText::KEY, operator, keys) => {
                let mut separator = "";
                for key in keys.as_bytes().split(|&byte| byte == AUDIT_KEY_SEPARATOR) {
                    write!(f, "{separator}-F key{operator}{}", Text::new(key))?;
                    separator = " ";
                }
                Ok(())
            }
            Self::Text(field, operator, text) => write!(f, "-F {field}{operator}{text}"),
        }
    }
}

fn write_number(field: RuleField, number: RuleNumber, f: &mut Formatter<'_>) -> fmt::Result {
    match field {
        RuleField::ARCH => Display::fmt(&Arch(number.0), f),
        RuleField::ACCESS => FileAccess::from_bits_retain(number.0)
            .names()
            .try_for_each(|letter| f.write_str(letter)),
        RuleField::RECORD_TYPE => match u16::try_from(number.0) {
            Ok(kind) => Display::fmt(&RecordType(kind), f),
            Err(_) => Display::fmt(&number.0, f),
        },
        RuleField::FILE_TYPE => match file_type(number.0) {
            Some(name) => f.write_str(name),
            None => write!(f, "{:#o}", number.0),
        },
        RuleField::EXIT => Display::fmt(&number.signed(), f),
        // An unset ID.
        RuleField::LOGIN_UID | RuleField::SESSION if number.0 == u32::MAX => f.write_str("unset"),
        RuleField::ARG0 | RuleField::ARG1 | RuleField::ARG2 | RuleField::ARG3 => {
            write!(f, "{:#x}", number.0)
        }
        _ => Display::fmt(&number.0, f),
    }
}

/// Names of `S_IFMT` (inode(7)), as auditctl(8) has them.
const fn file_type(mode: u32) -> Option<&'static str> {
    Some(match mode {
        0o010_000 => "fifo",
        0o020_000 => "character",
        0o040_000 => "dir",
        0o060_000 => "block",
        0o100_000 => "file",
        0o120_000 => "link",
        0o140_000 => "socket",
        _ => return None,
    })
}

/// Terms of a rule. Iteration ends with an error where a text exceeds the message, or a rule
/// claims more than 64 terms.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Terms<'a> {
    pub(super) header: &'a RuleHeader,
    pub(super) text: &'a [u8],
    pub(super) index: usize,
}

impl Terms<'_> {
    /// Ends the iteration with an error at this byte of the message.
    fn end(&mut self, offset: usize, length: u32, available: usize) -> DecodeError {
        self.index = usize::MAX;
        DecodeError::new(
            Place::Payload,
            low32(offset),
            DecodeErrorKind::Overrun {
                length,
                available: low32(available),
            },
        )
    }
}

impl<'a> Iterator for Terms<'a> {
    type Item = Result<Term<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let count = self.header.count.get();
        if self.index >= usize::try_from(count).unwrap_or(usize::MAX) {
            return None;
        }
        let Some([field, operator, value]) = self.header.words(self.index) else {
            // The counter is behind the header of the message and two numbers.
            return Some(Err(self.end(24, count, AUDIT_MAX_FIELDS)));
        };
        self.index = self.index.saturating_add(1);
        let operator = RuleOperator(operator);
        if !RuleText(field).is_known() {
            let number = RuleNumber(value);
            return Some(Ok(Term::Number(RuleField(field), operator, number)));
        }
        let length = usize::try_from(value).unwrap_or(usize::MAX);
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            let offset = 16_usize.saturating_add(size_of::<RuleHeader>());
            return Some(Err(self.end(offset, value, self.text.len())));
        };
        self.text = rest;
        Some(Ok(Term::Text(RuleText(field), operator, Text::new(text))))
    }
}

impl core::iter::FusedIterator for Terms<'_> {}
