//! Requests for rules.

use core::fmt;

use super::{AUDIT_ADD_RULE, AUDIT_DEL_RULE, AUDIT_LIST_RULES, PROTOCOL, Rule, RuleRow};
use crate::schema::Protocol;
use crate::{EncodeError, Errno, Flags, GetFlags, MessageRef, Next, Query, Request, Writer};

/// Lists the rules, as `auditctl -l` does.
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "AUDIT_LIST_RULES")]
pub struct GetRules(());

impl GetRules {
    /// Lists the rules of all lists.
    #[must_use]
    pub const fn all() -> Self {
        Self(())
    }
}

impl Request for GetRules {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // The kernel ignores the flag, and ends the list as a dump.
        w.append_message(AUDIT_LIST_RULES, Flags::from(GetFlags::DUMP), &(), |w| {
            Ok(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("audit rules")
    }
}

impl Query for GetRules {
    type Row<'r> = RuleRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RuleRow<'_> {
        RuleRow::of(message)
    }
}

/// Adds a rule. The kernel refuses one that is there with `EEXIST`, and adds one for
/// the front of the list (`auditctl -A`) again.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "AUDIT_ADD_RULE")]
pub struct NewRule<'a>(Rule<'a>);

impl<'a> NewRule<'a> {
    /// Adds this rule.
    #[must_use]
    pub const fn of(rule: Rule<'a>) -> Self {
        Self(rule)
    }
}

impl Request for NewRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(w, AUDIT_ADD_RULE)?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "audit rule {}", self.0)
    }
}

/// Deletes a rule.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "AUDIT_DEL_RULE")]
pub struct DeleteRule<'a> {
    rule: Subject<'a>,
    if_there: bool,
}

#[derive(Clone, Copy, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is no heap, and one of it")]
enum Subject<'a> {
    Rule(Rule<'a>),
    Row(RuleRow<'a>),
}

impl<'a> DeleteRule<'a> {
    /// Deletes the rule that equals this one in all parts, in the order of its terms.
    #[must_use]
    pub const fn of(rule: Rule<'a>) -> Self {
        Self {
            rule: Subject::Rule(rule),
            if_there: false,
        }
    }

    /// Deletes a rule as it was listed.
    #[must_use]
    pub const fn of_row(row: RuleRow<'a>) -> Self {
        Self {
            rule: Subject::Row(row),
            if_there: false,
        }
    }

    /// Succeeds if there is no such rule.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        match &self.rule {
            Subject::Rule(rule) => rule.write(w, AUDIT_DEL_RULE)?,
            Subject::Row(row) => {
                w.append_message(AUDIT_DEL_RULE, Flags::empty(), &(), |w| {
                    w.append_bytes(row.payload())
                })?;
            }
        }
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Subject::Rule(rule) => write!(f, "audit rule {rule}"),
            Subject::Row(row) => write!(f, "audit rule {row}"),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(GetRules, NewRule<'_>, DeleteRule<'_>);
