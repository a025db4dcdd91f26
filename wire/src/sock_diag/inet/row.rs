//! Rows of IPv4 and IPv6 sockets.

use core::net::{IpAddr, SocketAddr, SocketAddrV6};

use crate::sock_diag::{Inet, InetSocket, TcpInfo, TcpState};
use crate::{DecodeError, LinkIndex, Row, fields};

/// IPv4 or IPv6 socket.
pub type InetRow<'a> = Row<'a, InetSocket, Inet>;

impl<'a> Row<'a, InetSocket, Inet> {
    /// Returns the local address and port. The scope of a link-local address is
    /// the link that the socket is bound to.
    #[must_use]
    #[doc(alias = "idiag_src", alias = "idiag_sport")]
    pub fn local(&self) -> Option<SocketAddr> {
        let port = self.header.id.source_port.get();
        Some(self.end(self.header.source()?, port))
    }

    /// Returns the address and port of the peer, all zeros without a peer.
    #[must_use]
    #[doc(alias = "idiag_dst", alias = "idiag_dport")]
    pub fn remote(&self) -> Option<SocketAddr> {
        let port = self.header.id.destination_port.get();
        Some(self.end(self.header.destination()?, port))
    }

    fn end(&self, address: IpAddr, port: u16) -> SocketAddr {
        match address {
            IpAddr::V6(v6) if v6.is_unicast_link_local() => {
                SocketAddrV6::new(v6, port, 0, self.device().get()).into()
            }
            _ => (address, port).into(),
        }
    }

    /// Returns the link that the socket is bound to.
    #[must_use]
    #[doc(alias = "idiag_if")]
    pub const fn device(&self) -> LinkIndex {
        LinkIndex::new(self.header.id.index.get())
    }

    /// Returns the state. UDP sockets are `ESTABLISHED` if connected, and
    /// `CLOSE` otherwise.
    #[must_use]
    #[doc(alias = "idiag_state")]
    pub const fn state(&self) -> TcpState {
        self.header.state
    }

    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "idiag_inode")]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns the TCP information of a TCP socket. Fields that an older kernel
    /// does not send are 0. The row does not name its protocol: see
    /// [`TransportInfo`](crate::sock_diag::TransportInfo) for other protocols.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "INET_DIAG_INFO")]
    pub fn tcp_info(&self) -> Result<Option<TcpInfo>, DecodeError> {
        let info = fields!(self.attributes => Inet { info })?.info;
        Ok(info.and_then(|info| info.tcp()).map(|tcp| tcp.get()))
    }

    /// Returns the name of the congestion control, such as `cubic`.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "INET_DIAG_CONG")]
    pub fn congestion(&self) -> Result<Option<&'a str>, DecodeError> {
        Ok(fields!(self.attributes => Inet { congestion })?.congestion)
    }
}
