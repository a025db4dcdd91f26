//! Rules: `struct audit_rule_data`.

use core::fmt::{self, Debug, Display, Formatter};

use super::rule_header::{EMPTY, RuleHeader};
use super::{
    AUDIT_FILTER_PREPEND, AUDIT_MAX_FIELDS, FilterList, RuleAction, Syscalls, Term, Terms,
};
use crate::bytes::{front, low32};
use crate::{EncodeError, MessageRef, MessageType, Text, Writer};

/// Rule, as [`NewRule`](super::NewRule) and [`DeleteRule`](super::DeleteRule) take it. The
/// kernel deletes the rule that is equal in all parts.
///
/// ```
/// use nlwire::audit::{FileAccess, FilterList, Rule, RuleField, RuleText};
///
/// // auditctl -w /etc/passwd -p wa -k users
/// let terms = [
///     RuleText::PATH.equal("/etc/passwd"),
///     RuleField::ACCESS.equal(FileAccess::WRITE | FileAccess::ATTRIBUTES),
///     RuleText::KEY.equal("users"),
/// ];
/// let watch = Rule::always(FilterList::EXIT).with(&terms);
/// // auditctl -a never,exclude -F msgtype=CWD
/// let terms = [RuleField::RECORD_TYPE.equal(nlwire::audit::RecordType::CWD)];
/// let quiet = Rule::never(FilterList::EXCLUDE).with(&terms);
/// assert_eq!(quiet.to_string(), "-a never,exclude -S all -F msgtype=CWD");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "audit_rule_data")]
pub struct Rule<'a> {
    list: FilterList,
    action: RuleAction,
    is_first: bool,
    syscalls: Syscalls,
    terms: &'a [Term<'a>],
}

impl<'a> Rule<'a> {
    /// Creates a record for each match, in all system calls.
    #[must_use]
    pub const fn always(list: FilterList) -> Self {
        Self::new(list, RuleAction::ALWAYS)
    }

    /// Creates no record for what matches, and skips the rest of the list.
    #[must_use]
    pub const fn never(list: FilterList) -> Self {
        Self::new(list, RuleAction::NEVER)
    }

    const fn new(list: FilterList, action: RuleAction) -> Self {
        Self {
            list,
            action,
            is_first: false,
            syscalls: match list {
                FilterList::TASK => Syscalls::NONE,
                _ => Syscalls::ALL,
            },
            terms: &[],
        }
    }

    /// Puts the rule at the front of its list, as `auditctl -A` does.
    #[must_use]
    pub const fn first(mut self) -> Self {
        self.is_first = true;
        self
    }

    /// Limits the rule to system calls by number, as `-S` does.
    #[must_use]
    pub fn syscalls(self, numbers: &[u32]) -> Self {
        self.syscall_set(Syscalls::of(numbers))
    }

    /// Limits the rule to a set of system calls.
    #[must_use]
    pub const fn syscall_set(mut self, syscalls: Syscalls) -> Self {
        self.syscalls = syscalls;
        self
    }

    /// Sets the terms, which must all be true. The kernel takes up to 64.
    #[must_use]
    pub const fn with(mut self, terms: &'a [Term<'a>]) -> Self {
        self.terms = terms;
        self
    }

    /// Writes a message with the rule.
    pub(super) fn write(&self, w: &mut Writer<'_>, kind: MessageType) -> Result<(), EncodeError> {
        let count = low32(self.terms.len());
        if self.terms.len() > AUDIT_MAX_FIELDS {
            return Err(EncodeError::TooMany {
                attribute: 0,
                limit: 64,
                count,
            });
        }
        // The kernel forgets the place, and compares it with that of a rule to delete.
        let prepend = if self.is_first && kind == super::AUDIT_ADD_RULE {
            AUDIT_FILTER_PREPEND
        } else {
            0
        };
        let mut header = RuleHeader {
            list: (self.list.0 | prepend).into(),
            action: self.action.0.into(),
            count: count.into(),
            syscalls: self.syscalls,
            ..EMPTY
        };
        let mut length = 0_usize;
        for (index, term) in (0..).zip(self.terms) {
            let [field, operator, value] = term.words();
            header.fields.set(index, field);
            header.operators.set(index, operator);
            header.values.set(index, value);
            length = length.saturating_add(text_of(term).len());
        }
        header.text_length = low32(length).into();
        w.append_message(kind, crate::Flags::empty(), &header, |w| {
            for term in self.terms {
                w.append_bytes(text_of(term).as_bytes())?;
            }
            Ok(w)
        })?;
        Ok(())
    }
}

/// Returns the text of a term; that of a number is empty.
fn text_of<'a>(term: &Term<'a>) -> Text<'a> {
    match *term {
        Term::Number(..) => Text::default(),
        Term::Text(_, _, text) => text,
    }
}

/// The rule as auditctl(8) takes it, with numbers for system calls.
impl Display for Rule<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let terms = self.terms.iter().map(|term| Ok(*term));
        let head = (self.is_first, self.action, self.list);
        write_rule(f, head, &self.syscalls, terms)
    }
}

/// Rule in a list.
#[derive(Clone, Copy)]
pub struct RuleRow<'a> {
    header: &'a RuleHeader,
    text: &'a [u8],
    payload: &'a [u8],
}

impl<'a> RuleRow<'a> {
    /// Reads a message of type [`AUDIT_LIST_RULES`](super::AUDIT_LIST_RULES). One that is
    /// too short has no terms.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        Self::of_payload(message.payload())
    }

    fn of_payload(payload: &'a [u8]) -> Self {
        let (header, text) = front::<RuleHeader>(payload).unwrap_or((&EMPTY, &[]));
        Self {
            header,
            text,
            payload,
        }
    }

    /// Returns the list of the rule.
    #[must_use]
    pub const fn list(&self) -> FilterList {
        FilterList(self.header.list.get() & !AUDIT_FILTER_PREPEND)
    }

    /// Returns true if the rule is to be put at the front of its list. The kernel lists
    /// rules without this mark.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.header.list.get() & AUDIT_FILTER_PREPEND != 0
    }

    /// Returns the action.
    #[must_use]
    pub const fn action(&self) -> RuleAction {
        RuleAction(self.header.action.get())
    }

    /// Returns the system calls.
    #[must_use]
    pub const fn syscalls(&self) -> &'a Syscalls {
        &self.header.syscalls
    }

    /// Iterates over the terms.
    #[must_use]
    pub const fn terms(&self) -> Terms<'a> {
        Terms {
            header: self.header,
            text: self.text,
            index: 0,
        }
    }

    /// Returns the bytes of the rule.
    pub(super) const fn payload(&self) -> &'a [u8] {
        self.payload
    }
}

/// The rule as auditctl(8) takes it, with numbers for system calls.
impl Display for RuleRow<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let head = (self.is_first(), self.action(), self.list());
        write_rule(f, head, self.syscalls(), self.terms())
    }
}

impl Debug for RuleRow<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "RuleRow({self})")
    }
}

/// Writes the payload of a message with a rule.
pub(super) fn write(payload: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    if payload.len() < size_of::<RuleHeader>() {
        return Display::fmt(&crate::text::Hex(payload), f);
    }
    Display::fmt(&RuleRow::of_payload(payload), f)
}

/// Writes a rule: the system calls follow the architecture, which their numbers depend on.
fn write_rule<'a>(
    f: &mut Formatter<'_>,
    (is_first, action, list): (bool, RuleAction, FilterList),
    syscalls: &Syscalls,
    terms: impl Iterator<Item = Result<Term<'a>, crate::DecodeError>>,
) -> fmt::Result {
    let option = if is_first { "-A" } else { "-a" };
    write!(f, "{option} {action},{list}")?;
    let mut rest = (!syscalls.is_empty()).then_some(syscalls);
    for term in terms {
        let is_arch = matches!(term, Ok(Term::Number(super::RuleField::ARCH, ..)));
        if !is_arch {
            write_calls(f, rest.take())?;
        }
        match term {
            Ok(term) => write!(f, " {term}")?,
            Err(error) => write!(f, " {error}")?,
        }
    }
    write_calls(f, rest)
}

fn write_calls(f: &mut Formatter<'_>, calls: Option<&Syscalls>) -> fmt::Result {
    match calls {
        Some(calls) => write!(f, " -S {calls}"),
        None => Ok(()),
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RuleRow<'_> {
    /// The rule as auditctl(8) takes it.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::__format!(Rule<'_>, RuleRow<'_>);
