//! Requests for one policy: get, delete, expire.

use core::fmt;

use super::{PolicyExpiryHeader, PolicyHeader, PolicyId, PolicyRow};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::xfrm::state::put_scope;
use crate::xfrm::{
    PROTOCOL, PolicyDirection, PolicyType, Selector, XFRM_MSG_DELPOLICY, XFRM_MSG_GETPOLICY,
    XFRM_MSG_POLEXPIRE, interface_id_of, mark_of, put_policy_type,
};
use crate::{
    DecodeError, EncodeError, Errno, Flags, MessageRef, Next, Query, Request, Row, Writer,
};

/// Identity of a policy, and what else the kernel compares.
#[derive(Clone, Copy, Debug)]
struct Lookup {
    id: PolicyId,
    kind: PolicyType,
    mark: Option<(u32, u32)>,
    interface_id: Option<u32>,
}

impl Lookup {
    const fn new(id: PolicyId) -> Self {
        Self {
            id,
            kind: PolicyType::MAIN,
            mark: None,
            interface_id: None,
        }
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = put_policy_type(w, self.kind)?;
        put_scope(w, self.mark, self.interface_id)
    }
}

impl PolicyId {
    /// Names the policy with this direction and selector.
    ///
    /// ```
    /// use nlwire::xfrm::{PolicyDirection, PolicyId, Selector};
    ///
    /// let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?;
    /// let id = PolicyId::by_selector(PolicyDirection::OUT, selector);
    /// assert_eq!(id.to_string(), "src 10.0.0.0/24 dst 10.1.0.0/24 dir out");
    /// assert_eq!(PolicyId::by_index(PolicyDirection::IN, 8).to_string(), "index 8 dir in");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by_selector(direction: PolicyDirection, selector: Selector) -> Self {
        Self {
            selector,
            direction,
            ..Self::default()
        }
    }

    /// Names the policy with this direction and index.
    #[must_use]
    pub fn by_index(direction: PolicyDirection, index: u32) -> Self {
        Self {
            index: index.into(),
            direction,
            ..Self::default()
        }
    }
}

/// The policy as `ip xfrm` names it.
impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index.get() {
            0 => write!(f, "{}", self.selector)?,
            index => write!(f, "index {index}")?,
        }
        write!(f, " dir {}", self.direction)
    }
}

/// Methods of requests for one policy.
macro_rules! lookup_methods {
    ($request:ident) => {
        impl $request {
            /// Looks for a sub-policy.
            #[doc(alias = "XFRMA_POLICY_TYPE")]
            pub const fn sub(mut self) -> Self {
                self.lookup.kind = PolicyType::SUB;
                self
            }

            /// Sets the mark and its mask.
            #[doc(alias = "XFRMA_MARK")]
            pub const fn mark(mut self, value: u32, mask: u32) -> Self {
                self.lookup.mark = Some((value, mask));
                self
            }

            /// Sets the interface id.
            #[doc(alias = "XFRMA_IF_ID")]
            pub const fn interface_id(mut self, id: u32) -> Self {
                self.lookup.interface_id = Some(id);
                self
            }
        }
    };
}

/// Asks for one policy: `ENOENT` if there is none.
///
/// ```
/// use nlwire::xfrm::{GetPolicy, PolicyDirection, PolicyId};
///
/// let id = PolicyId::by_index(PolicyDirection::OUT, 9);
/// let request = GetPolicy::new(id);
/// # let _ = request;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETPOLICY")]
pub struct GetPolicy {
    lookup: Lookup,
}

impl GetPolicy {
    /// Asks for the policy with this identity.
    pub const fn new(id: PolicyId) -> Self {
        Self {
            lookup: Lookup::new(id),
        }
    }
}

lookup_methods!(GetPolicy);

impl Request for GetPolicy {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (id, none) = (&self.lookup.id, Flags::empty());
        w.append_message(XFRM_MSG_GETPOLICY, none, id, |w| self.lookup.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}", self.lookup.id)
    }
}

impl Query for GetPolicy {
    type Row<'r> = PolicyRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> PolicyRow<'_> {
        Row::of(message)
    }
}

/// Deletes a policy, as `ip xfrm policy delete` does: `ENOENT` if there is none.
///
/// ```
/// use nlwire::xfrm::{DeletePolicy, PolicyDirection, PolicyId};
///
/// let id = PolicyId::by_index(PolicyDirection::OUT, 9);
/// let request = DeletePolicy::new(id).mark(0x7, 0xff).if_there();
/// # let _ = request;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_DELPOLICY")]
pub struct DeletePolicy {
    lookup: Lookup,
    if_there: bool,
}

impl DeletePolicy {
    /// Deletes the policy with this identity.
    pub const fn new(id: PolicyId) -> Self {
        Self {
            lookup: Lookup::new(id),
            if_there: false,
        }
    }

    /// Deletes the policy of a row.
    ///
    /// # Errors
    /// Fails if an attribute that identifies the policy has a wrong length.
    pub fn of_row(row: &PolicyRow<'_>) -> Result<Self, DecodeError> {
        let id = PolicyId::by_index(row.direction(), row.index());
        Ok(Self {
            lookup: Lookup {
                id,
                kind: row.kind()?,
                mark: mark_of(row.attributes)?,
                interface_id: interface_id_of(row.attributes)?,
            },
            if_there: false,
        })
    }

    /// Succeeds if there is no such policy.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

lookup_methods!(DeletePolicy);

impl Request for DeletePolicy {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (id, none) = (&self.lookup.id, Flags::empty());
        w.append_message(XFRM_MSG_DELPOLICY, none, id, |w| self.lookup.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}", self.lookup.id)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Lets the kernel report that a policy expires: `ENOENT` if there is none.
///
/// ```
/// use nlwire::xfrm::{ExpirePolicy, PolicyDirection, PolicyId};
///
/// let id = PolicyId::by_index(PolicyDirection::OUT, 9);
/// let request = ExpirePolicy::soft(id);
/// # let _ = request;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_POLEXPIRE")]
pub struct ExpirePolicy {
    lookup: Lookup,
    hard: bool,
}

impl ExpirePolicy {
    /// Reports a soft limit; the policy stays.
    pub const fn soft(id: PolicyId) -> Self {
        Self {
            lookup: Lookup::new(id),
            hard: false,
        }
    }

    /// Reports a hard limit, and deletes the policy.
    pub const fn hard(id: PolicyId) -> Self {
        Self {
            lookup: Lookup::new(id),
            hard: true,
        }
    }
}

lookup_methods!(ExpirePolicy);

impl Request for ExpirePolicy {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = PolicyExpiryHeader {
            policy: PolicyHeader {
                selector: self.lookup.id.selector,
                index: self.lookup.id.index,
                direction: self.lookup.id.direction,
                ..PolicyHeader::default()
            },
            hard: self.hard.into(),
            ..PolicyExpiryHeader::default()
        };
        let none = Flags::empty();
        w.append_message(XFRM_MSG_POLEXPIRE, none, &header, |w| self.lookup.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}", self.lookup.id)
    }
}

crate::__format!(GetPolicy, DeletePolicy, ExpirePolicy);
