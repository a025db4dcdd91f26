//! Requests for netlink sockets.

use super::{NDIAG_PROTO_ALL, NetlinkDiag, NetlinkRequest, NetlinkShow, NetlinkSocket};
use crate::sock_diag::{AF_NETLINK, ListHeader, ListSockets, SocketId};
use crate::zerocopy::native_endian::{U16, U32};
use crate::{DecodeError, Row, fields};

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

    /// Returns true if the socket has joined a multicast group. The kernel's
    /// `long` is taken to be as long as the program's.
    ///
    /// # Errors
    ///
    /// The errors of [`groups`](Self::groups).
    pub fn has_joined(&self, group: u32) -> Result<bool, DecodeError> {
        let groups = self.groups()?.unwrap_or_default();
        let order = match cfg!(target_endian = "big") {
            true => size_of::<usize>().wrapping_sub(1),
            false => 0,
        };
        Ok(is_set(groups, group, order))
    }
}

/// Returns true if the bit of a group is set. In words of big-endian machines
/// the first bits are in the last byte: `order` is then the size less 1, else 0.
fn is_set(groups: &[u8], group: u32, order: usize) -> bool {
    let bit = group
        .checked_sub(1)
        .and_then(|bit| Some((usize::try_from(bit >> 3).ok()?, bit & 7)));
    bit.and_then(|(byte, bit)| Some(groups.get(byte ^ order)? >> bit & 1 == 1))
        .unwrap_or(false)
}

/// Lists netlink sockets, by default with groups, memory and flags.
///
/// ```
/// use nlwire::sock_diag::{GetNetlinkSockets, NetlinkShow};
///
/// let all = GetNetlinkSockets::all().show(NetlinkShow::GROUPS);
/// ```
pub type GetNetlinkSockets = ListSockets<NetlinkRequest>;

/// Constructors of [`GetNetlinkSockets`].
impl ListSockets<NetlinkRequest> {
    /// Lists the sockets of all protocols.
    #[must_use]
    pub const fn all() -> Self {
        let show = NetlinkShow::MEMINFO
            .union(NetlinkShow::GROUPS)
            .union(NetlinkShow::FLAGS);
        Self {
            header: NetlinkRequest {
                family: AF_NETLINK,
                protocol: NDIAG_PROTO_ALL,
                reserved: U16::new(0),
                inode: U32::new(0),
                show: U32::new(show.bits()),
                cookie: SocketId::NO_COOKIE,
            },
        }
    }

    /// Lists the sockets of one protocol, such as 0 for route.
    #[must_use]
    #[doc(alias = "sdiag_protocol")]
    pub const fn protocol(mut self, number: u8) -> Self {
        self.header.protocol = number;
        self
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "ndiag_show")]
    pub const fn show(mut self, show: NetlinkShow) -> Self {
        self.header.show = U32::new(show.bits());
        self
    }
}

impl ListHeader for NetlinkRequest {
    type Socket = NetlinkSocket;
    type Attributes = NetlinkDiag;
    const NAME: &'static str = "netlink sockets";
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::is_set;
    use std::vec::Vec;

    #[test]
    fn groups_are_found_in_words_of_either_order() {
        let joined = |bytes: &[u8], order| -> Vec<u32> {
            (0..200)
                .filter(|group| is_set(bytes, *group, order))
                .collect()
        };
        // Of x86-64, and of s390x.
        assert_eq!(joined(&[1, 0, 0, 0, 8, 0, 0, 0], 0), [1, 36]);
        assert_eq!(joined(&[0, 0, 0, 8, 0, 0, 0, 1], 7), [1, 36]);
        assert_eq!(
            joined(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 7),
            [66]
        );
        // Of powerpc with 32 bits.
        assert_eq!(joined(&[0, 0, 0, 1, 0, 0, 0, 8], 3), [1, 36]);
    }
}
