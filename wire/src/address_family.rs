//! Address families, by the numbers of the kernel (`linux/socket.h`).

use crate::numbers::numbers;

numbers! {
    /// Address family, as fixed headers name it.
    ///
    /// ```
    /// use nlwire::AddressFamily;
    ///
    /// assert_eq!(AddressFamily::INET6.0, 10);
    /// assert_eq!(AddressFamily::BRIDGE.to_string(), "bridge");
    /// ```
    pub struct AddressFamily(u8) {
        /// None in particular.
        UNSPEC = 0 "AF_UNSPEC" "unspec";
        /// Sockets of the same host.
        UNIX = 1 "AF_UNIX" "unix";
        /// IPv4.
        INET = 2 "AF_INET" "inet";
        /// Bridges: ports, VLANs and forwarding entries.
        BRIDGE = 7 "AF_BRIDGE" "bridge";
        /// IPv6.
        INET6 = 10 "AF_INET6" "inet6";
        /// Netlink.
        NETLINK = 16 "AF_NETLINK" "netlink";
        /// Packets of links.
        PACKET = 17 "AF_PACKET" "packet";
        /// MPLS, whose addresses are labels.
        MPLS = 28 "AF_MPLS" "mpls";
        /// Virtual machines and their host.
        VSOCK = 40 "AF_VSOCK" "vsock";
        /// SMC.
        SMC = 43 "AF_SMC" "smc";
        /// Packets of links, past the kernel's network stack.
        XDP = 44 "AF_XDP" "xdp";
        /// MCTP.
        MCTP = 45 "AF_MCTP" "mctp";
        /// Multicast routes of IPv4.
        IPMR = 128 "RTNL_FAMILY_IPMR" "ipmr";
        /// Multicast routes of IPv6.
        IP6MR = 129 "RTNL_FAMILY_IP6MR" "ip6mr";
    }
}

impl AddressFamily {
    /// Returns the family as `struct sockaddr` and attributes of 16 bits have it.
    pub(crate) const fn wide(self) -> u16 {
        u16::from_be_bytes([0, self.0])
    }
}
