//! Lists of the sockets of one address family, for families whose kernel side
//! has no filters but those in the request's header.

use core::fmt;

use super::{PROTOCOL, SOCK_DIAG_BY_FAMILY};
use crate::codec::AttributeSet;
use crate::schema::Protocol;
use crate::{
    EncodeError, FixedHeader, Flags, GetFlags, MessageRef, Next, Query, Request, Row, Writer,
};

/// Fixed header of a request that lists the sockets of a family.
pub trait ListHeader: FixedHeader + Copy + fmt::Debug + Sync {
    /// Fixed header of a socket.
    type Socket: FixedHeader;
    /// Attributes of a socket.
    type Attributes: AttributeSet;
    /// Name of the list in errors, such as `unix sockets`.
    const NAME: &'static str;
}

/// Lists the sockets of a family. Use its aliases, such as
/// [`GetPacketSockets`](super::GetPacketSockets).
///
/// ```
/// use nlwire::sock_diag::{GetNetlinkSockets, GetUnixSockets, TcpStates};
///
/// let listeners = GetUnixSockets::all().states(TcpStates::LISTEN);
/// let netlink = GetNetlinkSockets::all();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ListSockets<H> {
    pub(super) header: H,
}

impl<H: ListHeader> Request for ListSockets<H> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(SOCK_DIAG_BY_FAMILY, flags, &self.header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(H::NAME)
    }
}

impl<H: ListHeader> Query for ListSockets<H> {
    type Row<'r> = Row<'r, H::Socket, H::Attributes>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

crate::__format!(for [H: ListHeader] ListSockets<H>);
