//! Requests for netlink sockets.

use core::fmt;

use super::{NDIAG_PROTO_ALL, NetlinkDiag, NetlinkRequest, NetlinkShow, NetlinkSocket};
use crate::schema::Protocol;
use crate::sock_diag::{AF_NETLINK, PROTOCOL, SOCK_DIAG_BY_FAMILY};
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, Next, Query, Request, Row, Writer,
    fields,
};

/// Netlink socket.
pub type NetlinkRow<'a> = Row<'a, NetlinkSocket, NetlinkDiag>;

impl<'a> Row<'a, NetlinkSocket, NetlinkDiag> {
    /// Returns the number of the netlink protocol, such as 0 for route.
    #[must_use]
    #[doc(alias = "ndiag_protocol")]
    pub const fn protocol(&self) -> u8 {
        self.header.protocol
    }

    /// Returns the port ID; 0 for sockets of the kernel.
    #[must_use]
    #[doc(alias = "ndiag_portid")]
    pub const fn port_id(&self) -> u32 {
        self.header.port.get()
    }

    /// Returns the joined multicast groups: bit n - 1 for group n, in words of
    /// the kernel's `long`.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NETLINK_DIAG_GROUPS")]
    pub fn groups(&self) -> Result<Option<&'a [u8]>, DecodeError> {
        Ok(fields!(self.attributes => NetlinkDiag { groups })?.groups)
    }
}

/// Lists netlink sockets, by default with groups, memory and flags.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "netlink_diag_req")]
pub struct GetNetlinkSockets {
    protocol: u8,
    show: NetlinkShow,
}

impl GetNetlinkSockets {
    /// Lists the sockets of all protocols.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            protocol: NDIAG_PROTO_ALL,
            show: NetlinkShow::MEMINFO
                .union(NetlinkShow::GROUPS)
                .union(NetlinkShow::FLAGS),
        }
    }

    /// Lists the sockets of one protocol, such as 0 for route.
    #[must_use]
    #[doc(alias = "sdiag_protocol")]
    pub const fn protocol(mut self, number: u8) -> Self {
        self.protocol = number;
        self
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "ndiag_show")]
    pub const fn show(mut self, show: NetlinkShow) -> Self {
        self.show = show;
        self
    }
}

impl Request for GetNetlinkSockets {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetlinkRequest {
            family: AF_NETLINK,
            protocol: self.protocol,
            show: self.show.bits().into(),
            ..NetlinkRequest::default()
        };
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(SOCK_DIAG_BY_FAMILY, flags, &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("netlink sockets")
    }
}

impl Query for GetNetlinkSockets {
    type Row<'r> = NetlinkRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NetlinkRow<'_> {
        Row::of(message)
    }
}

crate::__format!(GetNetlinkSockets);
