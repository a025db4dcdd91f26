//! The protocols of `AF_NETLINK` (`linux/netlink.h`).

use core::fmt;

/// Netlink protocol: the third argument of `socket(2)` for `AF_NETLINK`.
///
/// Each protocol has its own message types, groups and port IDs. `Display`
/// prints the C name without prefix, in lower case: `route`.
///
/// ```
/// use nlsock::{Conn, Protocol};
///
/// let conn = Conn::open(Protocol::NETFILTER)?;
/// assert_eq!(conn.protocol().to_string(), "netfilter");
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "nl_family")]
pub struct Protocol(pub u8);

macro_rules! protocols {
    ($($(#[$doc:meta])* $number:literal $c_name:literal $name:ident $text:literal)*) => {
        impl Protocol {
            $($(#[$doc])* #[doc(alias = $c_name)] pub const $name: Self = Self($number);)*

            /// Returns the name without prefix, such as `route`; `None` for
            /// unknown numbers.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some($text),)*
                    _ => None,
                }
            }
        }
    };
}

protocols! {
    /// Links, addresses, routes, neighbours, rules, queueing disciplines.
    0 "NETLINK_ROUTE" ROUTE "route"
    /// Protocols between user programs; the kernel does not receive.
    2 "NETLINK_USERSOCK" USERSOCK "usersock"
    /// Unused; formerly ip_queue.
    3 "NETLINK_FIREWALL" FIREWALL "firewall"
    /// Sockets of the system, as `ss(8)` lists them.
    4 "NETLINK_SOCK_DIAG" SOCK_DIAG "sock_diag"
    /// Unused; formerly ULOG.
    5 "NETLINK_NFLOG" NFLOG "nflog"
    /// IPsec.
    6 "NETLINK_XFRM" XFRM "xfrm"
    /// SELinux events.
    7 "NETLINK_SELINUX" SELINUX "selinux"
    /// Open-iSCSI.
    8 "NETLINK_ISCSI" ISCSI "iscsi"
    /// Auditing.
    ///
    /// Records are multicast to group 1 (`AUDIT_NLGRP_READLOG`). Records for
    /// the daemon's port leave the header out of their length;
    /// [`Conn`](crate::Conn) and [`Events`](crate::Events) correct it, a
    /// [`Transport`](crate::Transport) does not. A reply follows its
    /// acknowledgement, so queries ask for none; a pipeline does, and skips the
    /// reply.
    9 "NETLINK_AUDIT" AUDIT "audit"
    /// Look-ups in the IPv4 forwarding table.
    10 "NETLINK_FIB_LOOKUP" FIB_LOOKUP "fib_lookup"
    /// Kernel connector: process events and others.
    11 "NETLINK_CONNECTOR" CONNECTOR "connector"
    /// nftables, conntrack, nflog, nfqueue, ipset.
    12 "NETLINK_NETFILTER" NETFILTER "netfilter"
    /// Unused; formerly ip6_queue.
    13 "NETLINK_IP6_FW" IP6_FW "ip6_fw"
    /// DECnet routing; obsolete.
    14 "NETLINK_DNRTMSG" DNRTMSG "dnrtmsg"
    /// Device events, whose datagrams have no netlink header.
    15 "NETLINK_KOBJECT_UEVENT" KOBJECT_UEVENT "kobject_uevent"
    /// Generic netlink, whose families are found by name.
    16 "NETLINK_GENERIC" GENERIC "generic"
    /// SCSI transports.
    18 "NETLINK_SCSITRANSPORT" SCSITRANSPORT "scsitransport"
    /// eCryptfs; unused.
    19 "NETLINK_ECRYPTFS" ECRYPTFS "ecryptfs"
    /// RDMA devices.
    20 "NETLINK_RDMA" RDMA "rdma"
    /// Cryptographic algorithms.
    21 "NETLINK_CRYPTO" CRYPTO "crypto"
    /// Monitoring of SMC sockets.
    22 "NETLINK_SMC" SMC "smc"
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "protocol {}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Protocol;
    use std::string::ToString;

    #[test]
    fn is_printed_by_name_or_number() {
        assert_eq!(Protocol::ROUTE.to_string(), "route");
        assert_eq!(Protocol::SOCK_DIAG.to_string(), "sock_diag");
        assert_eq!(Protocol(30).to_string(), "protocol 30");
    }
}
