//! Lists of states.

use core::fmt;

use super::{DeleteState, FlushStatesHeader, StateRow};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::xfrm::address::family_of;
use crate::xfrm::{
    AddressFilter, IpsecProtocol, PROTOCOL, XFRM_MSG_FLUSHSA, XFRM_MSG_GETSA, XFRMA_ADDRESS_FILTER,
    XfrmAttr,
};
use crate::{
    DecodeError, EncodeError, Flags, Flush, GetFlags, MessageRef, Next, Prefix, Query, Request,
    Row, Writer,
};

/// Lists states, as `ip xfrm state` does.
///
/// ```
/// use nlwire::xfrm::{GetStates, IpsecProtocol};
///
/// let states = GetStates::all()
///     .protocol(IpsecProtocol::ESP)
///     .destination("192.0.2.0/24".parse()?);
/// # let _ = states;
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETSA")]
pub struct GetStates {
    protocol: IpsecProtocol,
    source: Option<Prefix>,
    destination: Option<Prefix>,
    reqid: Option<u32>,
}

impl GetStates {
    /// Lists all states.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists states of this protocol only; [`IpsecProtocol::ANY`] stands for ESP, AH and IPComp.
    #[doc(alias = "XFRMA_PROTO")]
    pub const fn protocol(mut self, protocol: IpsecProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Lists states with a source in this network only.
    #[doc(alias = "XFRMA_ADDRESS_FILTER")]
    pub const fn source(mut self, network: Prefix) -> Self {
        self.source = Some(network);
        self
    }

    /// Lists states with a destination in this network only. A source of the other IP family is
    /// refused: `EncodeError::Family`.
    #[doc(alias = "XFRMA_ADDRESS_FILTER")]
    pub const fn destination(mut self, network: Prefix) -> Self {
        self.destination = Some(network);
        self
    }

    /// Lists states with this request id only.
    pub const fn reqid(mut self, reqid: u32) -> Self {
        self.reqid = Some(reqid);
        self
    }

    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if self.protocol != IpsecProtocol::UNSPEC {
            w = w.put(XfrmAttr::Protocol(self.protocol.0))?;
        }
        let family = |prefix: Prefix| family_of(prefix.address());
        let families = (self.source.map(family), self.destination.map(family));
        let family = match families {
            (None, None) => return Ok(w),
            (Some(one), Some(other)) if one != other => {
                return Err(EncodeError::Family {
                    attribute: XFRMA_ADDRESS_FILTER,
                });
            }
            (one, other) => one.or(other).unwrap_or_default(),
        };
        let filter = AddressFilter::new(self.source, self.destination, family);
        w.put(XfrmAttr::AddressFilter(&filter))
    }

    /// True if the state is one of this protocol.
    const fn has_protocol(&self, row: &StateRow<'_>) -> bool {
        let protocol = row.protocol();
        match self.protocol {
            IpsecProtocol::UNSPEC => true,
            IpsecProtocol::ANY => matches!(
                protocol,
                IpsecProtocol::ESP | IpsecProtocol::AH | IpsecProtocol::COMP
            ),
            wanted => wanted.0 == protocol.0,
        }
    }
}

impl Request for GetStates {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // A list has no fixed header.
        w.append_message(XFRM_MSG_GETSA, GetFlags::DUMP, &(), |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("states")
    }
}

impl Query for GetStates {
    type Row<'r> = StateRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StateRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if *self == Self::default() {
            return Ok(true);
        }
        let row = Self::row(message);
        let is_in = |network: Option<Prefix>, address| match (network, address) {
            (None, _) => true,
            (Some(network), Some(address)) => network.contains(address),
            (Some(_), None) => false,
        };
        Ok(self.has_protocol(&row)
            && self.reqid.is_none_or(|reqid| row.reqid() == reqid)
            && is_in(self.source, row.source())
            && is_in(self.destination, row.destination()))
    }
}

impl Flush for GetStates {
    type Deletion<'a> = DeleteState;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteState::of_row(row)?.if_there()))
    }
}

/// Deletes all states, or those of a protocol, as `ip xfrm state flush` does; succeeds if there
/// are none.
///
/// ```
/// use nlwire::xfrm::{FlushStates, IpsecProtocol};
///
/// let flush = FlushStates::of(IpsecProtocol::ESP);
/// # let _ = flush;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_FLUSHSA")]
pub struct FlushStates(FlushStatesHeader);

impl FlushStates {
    /// Deletes all states.
    pub const fn all() -> Self {
        Self::of(IpsecProtocol::UNSPEC)
    }

    /// Deletes the states of a protocol.
    pub const fn of(protocol: IpsecProtocol) -> Self {
        Self(FlushStatesHeader { protocol })
    }
}

impl Request for FlushStates {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(XFRM_MSG_FLUSHSA, Flags::empty(), &self.0, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("states")
    }
}

crate::__format!(GetStates, FlushStates);
