//! Multiple spanning trees of bridge ports: `bridge mst`.

use core::fmt;

use super::port::{Ports, header};
use super::{IFLA_BRIDGE_MST, IFLA_BRIDGE_MST_ENTRY, MstEntryAttr};
use crate::route::link::{ExtFilter, IFLA_AF_SPEC, LinkRow, PortState};
use crate::route::{PROTOCOL, RTM_SETLINK};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, LinkIndex, MessageRef, Next, Query, Request, Row, Writer,
};

/// Sets the state of a bridge port in one spanning tree (`bridge mst set`): `EBUSY` if
/// the bridge has a single one. VLANs get into trees by
/// [`BridgeVlanGlobalAttr::SpanningTree`](crate::route::BridgeVlanGlobalAttr).
///
/// ```
/// use nlwire::route::{PortState, SetMstState};
///
/// // bridge mst set dev port7 msti 3 state blocking
/// let state = SetMstState::of(7, 3, PortState::BLOCKING);
/// # let _ = state;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "IFLA_BRIDGE_MST")]
pub struct SetMstState {
    port: LinkIndex,
    tree: u16,
    state: PortState,
}

impl SetMstState {
    /// Sets the state of a port in the tree of this number, 1 to 4094.
    pub fn of(port: impl Into<LinkIndex>, tree: u16, state: PortState) -> Self {
        let port = port.into();
        Self { port, tree, state }
    }
}

impl Request for SetMstState {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(RTM_SETLINK, none, &header(self.port), |w| {
            w.nest(IFLA_AF_SPEC, |w| {
                w.nest(IFLA_BRIDGE_MST, |w| {
                    w.nest(IFLA_BRIDGE_MST_ENTRY, |w| {
                        w.put(MstEntryAttr::Id(self.tree))?
                            .put(MstEntryAttr::State(self.state))
                    })
                })
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "spanning tree {} of bridge port {}",
            self.tree, self.port
        )
    }
}

/// Lists bridge ports with their states in spanning trees (`bridge mst show`). The rows
/// are links, whose `IFLA_AF_SPEC` has the set [`Mst`](super::Mst) inside of
/// [`BridgeSpec`](super::BridgeSpec).
///
/// ```
/// use nlwire::route::GetMstStates;
///
/// let one_port = GetMstStates::all().link(7);
/// # let _ = one_port;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTEXT_FILTER_MST")]
pub struct GetMstStates(Ports);

impl GetMstStates {
    /// Lists all ports.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists one port.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.0 = Ports::of(link.into());
        self
    }
}

impl Request for GetMstStates {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        Ports::write(ExtFilter::MST, w)
    }
}

impl Query for GetMstStates {
    type Row<'a> = LinkRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.has(message))
    }
}

crate::__format!(SetMstState, GetMstStates);
