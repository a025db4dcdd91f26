//! Lists of IPv4 and IPv6 sockets.

use super::filter::SocketFilter;
use super::row::InetRow;
use crate::schema::Protocol;
use crate::sock_diag::{
    AF_INET, AF_INET6, InetExtensions, InetRequest, InetRequestAttr, InetRequestSet, PROTOCOL,
    SOCK_DIAG_BY_FAMILY, SocketId, TcpStates,
};
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, Next, Prefix, Query,
    Request, Row, Writer,
};

// Protocol numbers in 32 bits, as that of MPTCP does not fit into 8.
const TCP: u32 = 6;
const UDP: u32 = 17;
const RAW: u32 = 255;
const MPTCP: u32 = 262;

/// Lists sockets of one family and protocol, by default with `INET_DIAG_INFO`,
/// `INET_DIAG_CONG` and `INET_DIAG_SKMEMINFO`.
///
/// ```
/// use nlwire::sock_diag::{GetInetSockets, TcpStates};
///
/// // ss -4 -tln sport = 22
/// let query = GetInetSockets::tcp().states(TcpStates::LISTEN).local_port(22);
/// ```
///
/// Lists of IPv6 sockets include those that use IPv4, with addresses such as
/// `::ffff:192.0.2.1`.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "inet_diag_req_v2")]
pub struct GetInetSockets<'a> {
    family: u8,
    protocol: u32,
    states: TcpStates,
    extensions: InetExtensions,
    local_port: SocketFilter<'a>,
    remote_port: SocketFilter<'a>,
    local: SocketFilter<'a>,
    remote: SocketFilter<'a>,
    device: SocketFilter<'a>,
    filter: SocketFilter<'a>,
    user: Option<u32>,
    more: Option<&'a dyn Items<InetRequestSet>>,
}

impl<'a> GetInetSockets<'a> {
    /// Lists TCP sockets over IPv4.
    #[must_use]
    pub const fn tcp() -> Self {
        Self::of(AF_INET, TCP)
    }

    /// Lists TCP sockets over IPv6.
    #[must_use]
    pub const fn tcp6() -> Self {
        Self::of(AF_INET6, TCP)
    }

    /// Lists UDP sockets over IPv4.
    #[must_use]
    pub const fn udp() -> Self {
        Self::of(AF_INET, UDP)
    }

    /// Lists UDP sockets over IPv6.
    #[must_use]
    pub const fn udp6() -> Self {
        Self::of(AF_INET6, UDP)
    }

    /// Lists raw IPv4 sockets.
    #[must_use]
    pub const fn raw() -> Self {
        Self::of(AF_INET, RAW)
    }

    /// Lists raw IPv6 sockets.
    #[must_use]
    pub const fn raw6() -> Self {
        Self::of(AF_INET6, RAW)
    }

    /// Lists MPTCP sockets over IPv4.
    #[must_use]
    pub const fn mptcp() -> Self {
        Self::of(AF_INET, MPTCP)
    }

    /// Lists MPTCP sockets over IPv6.
    #[must_use]
    pub const fn mptcp6() -> Self {
        Self::of(AF_INET6, MPTCP)
    }

    /// Lists sockets of a family (`AF_INET`, `AF_INET6`) and a transport
    /// protocol, such as 132 for SCTP.
    #[must_use]
    pub const fn of(family: u8, protocol: u32) -> Self {
        Self {
            family,
            protocol,
            states: TcpStates::from_bits_retain(u32::MAX),
            extensions: super::STANDARD,
            local_port: SocketFilter::EVERY,
            remote_port: SocketFilter::EVERY,
            local: SocketFilter::EVERY,
            remote: SocketFilter::EVERY,
            device: SocketFilter::EVERY,
            filter: SocketFilter::EVERY,
            user: None,
            more: None,
        }
    }

    /// Lists sockets in these states.
    #[must_use]
    #[doc(alias = "idiag_states")]
    pub const fn states(mut self, states: TcpStates) -> Self {
        self.states = states;
        self
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "idiag_ext")]
    pub const fn extensions(mut self, extensions: InetExtensions) -> Self {
        self.extensions = extensions;
        self
    }

    /// Lists sockets with this local port.
    #[must_use]
    pub const fn local_port(mut self, port: u16) -> Self {
        self.local_port = SocketFilter::local_port(port);
        self
    }

    /// Lists sockets with this port of the peer.
    #[must_use]
    pub const fn remote_port(mut self, port: u16) -> Self {
        self.remote_port = SocketFilter::remote_port(port);
        self
    }

    /// Lists sockets whose local address is in this network.
    #[must_use]
    pub const fn local_within(mut self, network: Prefix) -> Self {
        self.local = SocketFilter::Local(network);
        self
    }

    /// Lists sockets whose peer is in this network.
    #[must_use]
    pub const fn remote_within(mut self, network: Prefix) -> Self {
        self.remote = SocketFilter::Remote(network);
        self
    }

    /// Lists sockets bound to this link; with [`LinkIndex::NONE`] those bound
    /// to none.
    #[must_use]
    pub fn device(mut self, link: impl Into<LinkIndex>) -> Self {
        self.device = SocketFilter::Device(link.into());
        self
    }

    /// Lists sockets for which this condition holds, too. The kernel checks it,
    /// so that it sends no other rows.
    #[must_use]
    #[doc(alias = "INET_DIAG_REQ_BYTECODE")]
    pub const fn filter(mut self, filter: SocketFilter<'a>) -> Self {
        self.filter = filter;
        self
    }

    /// Lists sockets owned by this user ID.
    #[must_use]
    pub const fn user(mut self, id: u32) -> Self {
        self.user = Some(id);
        self
    }

    /// Adds attributes to the request, such as the BPF storages to send
    /// ([`InetRequestAttr::BpfStorages`]).
    #[must_use]
    pub const fn with(mut self, more: &'a dyn Items<InetRequestSet>) -> Self {
        self.more = Some(more);
        self
    }

    /// Returns the conditions that the kernel checks.
    const fn conditions(&self) -> [SocketFilter<'a>; 6] {
        [
            self.local_port,
            self.remote_port,
            self.local,
            self.remote,
            self.device,
            self.filter,
        ]
    }

    #[inline(never)]
    fn compare(&self, row: &InetRow<'_>) -> bool {
        let conditions = self.conditions();
        // The kernel has checked conditions on values that the row does not
        // hold.
        SocketFilter::All(&conditions).holds(row) != Some(false)
            && self.user.is_none_or(|user| user == row.header.user.get())
    }
}

impl Request for GetInetSockets<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let small = u8::try_from(self.protocol);
        let header = InetRequest {
            family: self.family,
            protocol: small.unwrap_or(0),
            extensions: self.extensions,
            raw_protocol: 0,
            states: self.states.bits().into(),
            id: SocketId {
                cookie: SocketId::NO_COOKIE,
                ..SocketId::default()
            },
        };
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(SOCK_DIAG_BY_FAMILY, flags, &header, |w| {
            let w = match small {
                Ok(_) => w,
                Err(_) => w.put(InetRequestAttr::Protocol(self.protocol))?,
            };
            SocketFilter::All(&self.conditions())
                .put(w)?
                .put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("sockets")
    }
}

impl Query for GetInetSockets<'_> {
    type Row<'r> = InetRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> InetRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.compare(&Self::row(message)))
    }
}

crate::__format!(GetInetSockets<'_>);
