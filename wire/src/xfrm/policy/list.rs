//! Lists of policies.

use core::fmt;

use super::{DeletePolicy, PolicyRow};
use crate::schema::Protocol;
use crate::xfrm::{
    PROTOCOL, PolicyDirection, PolicyType, XFRM_MSG_FLUSHPOLICY, XFRM_MSG_GETPOLICY,
    put_policy_type,
};
use crate::{
    DecodeError, EncodeError, Flags, Flush, GetFlags, MessageRef, Next, Query, Request, Row, Writer,
};

/// Lists policies, as `ip xfrm policy` does, those of sockets included.
///
/// ```
/// use nlwire::xfrm::{GetPolicies, PolicyDirection};
///
/// let policies = GetPolicies::all().direction(PolicyDirection::OUT);
/// # let _ = policies;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETPOLICY")]
pub struct GetPolicies {
    direction: Option<PolicyDirection>,
    kind: Option<PolicyType>,
}

impl GetPolicies {
    /// Lists all policies.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists policies of this direction only.
    pub const fn direction(mut self, direction: PolicyDirection) -> Self {
        self.direction = Some(direction);
        self
    }

    /// Lists main policies, or sub-policies, only.
    pub const fn kind(mut self, kind: PolicyType) -> Self {
        self.kind = Some(kind);
        self
    }
}

impl Request for GetPolicies {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // The kernel filters nothing.
        w.append_message(XFRM_MSG_GETPOLICY, GetFlags::DUMP, &(), |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("policies")
    }
}

impl Query for GetPolicies {
    type Row<'r> = PolicyRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> PolicyRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.direction.is_none() && self.kind.is_none() {
            return Ok(true);
        }
        let row = Self::row(message);
        let has_kind = match self.kind {
            Some(kind) => row.kind()? == kind,
            None => true,
        };
        let mut direction = self.direction.into_iter();
        Ok(has_kind && direction.all(|direction| direction == row.direction()))
    }
}

impl Flush for GetPolicies {
    type Deletion<'a> = DeletePolicy;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        // Policies of sockets, whose directions are larger, stay.
        let is_global = row.direction() <= PolicyDirection::FWD;
        Ok(match is_global {
            true => Some(DeletePolicy::of_row(row)?.if_there()),
            false => None,
        })
    }
}

/// Deletes all policies of a type, as `ip xfrm policy flush` does; succeeds if there are none.
/// Policies of sockets stay.
///
/// ```
/// use nlwire::xfrm::FlushPolicies;
///
/// let flush = FlushPolicies::main();
/// # let _ = flush;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_FLUSHPOLICY")]
pub struct FlushPolicies(PolicyType);

impl FlushPolicies {
    /// Deletes the main policies.
    pub const fn main() -> Self {
        Self(PolicyType::MAIN)
    }

    /// Deletes the sub-policies.
    pub const fn sub() -> Self {
        Self(PolicyType::SUB)
    }
}

impl Request for FlushPolicies {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(XFRM_MSG_FLUSHPOLICY, none, &(), |w| {
            put_policy_type(w, self.0)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("policies")
    }
}

crate::__format!(GetPolicies, FlushPolicies);
