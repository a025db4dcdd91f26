//! Requests for one state: get, delete, expire.

use core::fmt;
use core::net::IpAddr;

use super::new::put_scope;
use super::{StateExpiryHeader, StateHeader, StateId, StateKey, StateRow};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::xfrm::address::{family_of, wide};
use crate::xfrm::{
    IpsecProtocol, PROTOCOL, XFRM_MSG_DELSA, XFRM_MSG_EXPIRE, XFRM_MSG_GETSA, XFRMA_SRCADDR,
    XfrmAttr, mark_of,
};
use crate::{
    DecodeError, EncodeError, Errno, Flags, MessageRef, Next, Query, Request, Row, Writer,
};

/// Identity of a state, and what else the kernel compares.
#[derive(Clone, Copy, Debug)]
struct Lookup {
    id: StateId,
    source: Option<IpAddr>,
    mark: Option<(u32, u32)>,
}

impl Lookup {
    const fn new(id: StateId) -> Self {
        Self {
            id,
            source: None,
            mark: None,
        }
    }

    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(source) = self.source {
            if family_of(source) != self.id.family.get() {
                return Err(EncodeError::Family {
                    attribute: XFRMA_SRCADDR,
                });
            }
            w = w.put(XfrmAttr::Source(&wide(source)))?;
        }
        put_scope(w, self.mark, None)
    }
}

/// Asks for one state: `ESRCH` if there is none.
///
/// ```
/// use nlwire::xfrm::{GetState, IpsecProtocol, StateId};
///
/// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x1000);
/// let query = GetState::new(id).mark(0x7, 0xff);
/// # let _ = query;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETSA")]
pub struct GetState(Lookup);

impl GetState {
    /// Asks for the state with this identity.
    pub const fn new(id: StateId) -> Self {
        Self(Lookup::new(id))
    }

    /// Sets the source, which states of Mobile IPv6 have in place of an SPI.
    #[doc(alias = "XFRMA_SRCADDR")]
    pub const fn source(mut self, source: IpAddr) -> Self {
        self.0.source = Some(source);
        self
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.0.mark = Some((value, mask));
        self
    }
}

impl Request for GetState {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(XFRM_MSG_GETSA, none, &self.0.id, |w| self.0.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.0.id)
    }
}

impl Query for GetState {
    type Row<'r> = StateRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StateRow<'_> {
        Row::of(message)
    }
}

/// Deletes a state, as `ip xfrm state delete` does: `ESRCH` if there is none.
///
/// ```
/// use nlwire::xfrm::{DeleteState, IpsecProtocol, StateId};
///
/// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x1000);
/// let deletion = DeleteState::new(id).if_there();
/// # let _ = deletion;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_DELSA")]
pub struct DeleteState {
    lookup: Lookup,
    if_there: bool,
}

impl DeleteState {
    /// Deletes the state with this identity.
    pub const fn new(id: StateId) -> Self {
        Self {
            lookup: Lookup::new(id),
            if_there: false,
        }
    }

    /// Deletes the state of a row.
    ///
    /// # Errors
    /// Fails if the mark of the row has a wrong length.
    pub fn of_row(row: &StateRow<'_>) -> Result<Self, DecodeError> {
        let mut deletion = Self::new(row.id());
        deletion.lookup.mark = mark_of(row.attributes)?;
        if matches!(
            row.protocol(),
            IpsecProtocol::DSTOPTS | IpsecProtocol::ROUTING
        ) {
            deletion.lookup.source = row.source();
        }
        Ok(deletion)
    }

    /// Sets the source, which states of Mobile IPv6 have in place of an SPI.
    #[doc(alias = "XFRMA_SRCADDR")]
    pub const fn source(mut self, source: IpAddr) -> Self {
        self.lookup.source = Some(source);
        self
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.lookup.mark = Some((value, mask));
        self
    }

    /// Succeeds if there is no such state.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteState {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(XFRM_MSG_DELSA, none, &self.lookup.id, |w| {
            self.lookup.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.lookup.id)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ESRCH] } else { &[] }
    }
}

/// Lets the kernel report that a state expires: `ENOENT` if there is none.
///
/// ```
/// use nlwire::xfrm::{ExpireState, IpsecProtocol, StateId};
///
/// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x1000);
/// let request = ExpireState::soft(id);
/// # let _ = request;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_EXPIRE")]
pub struct ExpireState {
    lookup: Lookup,
    hard: bool,
}

impl ExpireState {
    /// Reports a soft limit; the state stays.
    pub const fn soft(id: StateId) -> Self {
        Self {
            lookup: Lookup::new(id),
            hard: false,
        }
    }

    /// Reports a hard limit, and deletes the state.
    pub const fn hard(id: StateId) -> Self {
        Self {
            lookup: Lookup::new(id),
            hard: true,
        }
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.lookup.mark = Some((value, mask));
        self
    }
}

impl Request for ExpireState {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let id = self.lookup.id;
        let header = StateExpiryHeader {
            state: StateHeader {
                id: StateKey {
                    destination: id.destination,
                    spi: id.spi,
                    protocol: id.protocol,
                    ..StateKey::default()
                },
                family: id.family,
                ..StateHeader::default()
            },
            hard: self.hard.into(),
            ..StateExpiryHeader::default()
        };
        let none = Flags::empty();
        w.append_message(XFRM_MSG_EXPIRE, none, &header, |w| self.lookup.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.lookup.id)
    }
}

crate::__format!(GetState, DeleteState, ExpireState);
