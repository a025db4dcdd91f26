//! `fou`: UDP ports that receive encapsulated packets (Foo over UDP, Generic UDP
//! Encapsulation), as `ip fou` shows and sets them (`linux/fou.h`).
//!
//! ```
//! use nlwire::generic::fou::{DeletePort, GetPort, GetPorts, NewPort};
//!
//! // IP protocol 4 is IPv4 in IPv4.
//! let ipip = NewPort::direct_v4(5555, 4);
//! let gue = NewPort::gue_v6(5556);
//! let delete = DeletePort::v4(5555).if_there();
//!
//! // `ip fou show`, and one of the ports
//! let all = GetPorts::all();
//! let one = GetPort::v6(5556);
//! ```

use super::family::{family, requests};
use crate::codec::{Be, Flag, Ip};
use crate::{AddressFamily, LinkIndex, attributes, numbers};

family! {
    name FOU_GENL_NAME "fou";
    version FOU_GENL_VERSION 1;
    command 1 FOU_CMD_ADD Fou "Opens a port.";
    command 2 FOU_CMD_DEL Fou "Closes a port.";
    command 3 FOU_CMD_GET Fou "Reads a port, or lists all.";
}

const AF_INET: u8 = AddressFamily::INET.0;
const AF_INET6: u8 = AddressFamily::INET6.0;

requests! {
    Fou, FouAttr, FouRow, "port";

    /// Opens a port. The kernel answers `EINVAL` to a request without an
    /// encapsulation, and `EADDRINUSE` if the port is open.
    Act NewPort = FOU_CMD_ADD {
        /// Opens this UDP port of IPv4 for packets of an IP protocol.
        direct_v4(port: u16, protocol: u8) {
            Port(port), Family(AF_INET), Encapsulation(Encapsulation::DIRECT), IpProtocol(protocol)
        }
        /// Opens this UDP port of IPv6 for packets of an IP protocol.
        direct_v6(port: u16, protocol: u8) {
            Port(port), Family(AF_INET6), Encapsulation(Encapsulation::DIRECT), IpProtocol(protocol)
        }
        /// Opens this UDP port of IPv4 for Generic UDP Encapsulation.
        gue_v4(port: u16) {
            Port(port), Family(AF_INET), Encapsulation(Encapsulation::GUE)
        }
        /// Opens this UDP port of IPv6 for Generic UDP Encapsulation.
        gue_v6(port: u16) {
            Port(port), Family(AF_INET6), Encapsulation(Encapsulation::GUE)
        }
    }
    /// Closes a port. The kernel answers `EINVAL` if it is not open. A port with
    /// an address, a peer or a link needs these attributes too.
    Delete(EINVAL) DeletePort = FOU_CMD_DEL {
        /// Closes this UDP port of IPv4.
        v4(port: u16) { Port(port), Family(AF_INET) }
        /// Closes this UDP port of IPv6.
        v6(port: u16) { Port(port), Family(AF_INET6) }
    }
    /// Reads a port. A port with an address, a peer or a link needs these
    /// attributes too.
    Ask GetPort = FOU_CMD_GET {
        /// Reads this UDP port of IPv4.
        v4(port: u16) { Port(port), Family(AF_INET) }
        /// Reads this UDP port of IPv6.
        v6(port: u16) { Port(port), Family(AF_INET6) }
    }
    /// Lists ports.
    List GetPorts = FOU_CMD_GET {
        /// Lists the ports of the network namespace.
        all() {}
    }
}

numbers! {
    /// Encapsulation of packets in UDP.
    pub struct Encapsulation(u8) {
        UNSPEC = 0 "FOU_ENCAP_UNSPEC";
        /// Packets follow the UDP header.
        DIRECT = 1 "FOU_ENCAP_DIRECT" "fou";
        /// Packets follow a header of Generic UDP Encapsulation.
        GUE = 2 "FOU_ENCAP_GUE" "gue";
    }
}

attributes! {
    /// Port (`FOU_ATTR_*`).
    pub set Fou, enum FouAttr {
        /// UDP port.
        1 FOU_ATTR_PORT Port port: Be<u16>,
        /// Address family: `AF_INET` 2 or `AF_INET6` 10.
        2 FOU_ATTR_AF Family family: u8,
        /// IP protocol of the packets inside.
        3 FOU_ATTR_IPPROTO IpProtocol ip_protocol: u8,
        /// Encapsulation.
        4 FOU_ATTR_TYPE Encapsulation encapsulation: Encapsulation,
        /// Disables partial checksums after remote checksum offload.
        5 FOU_ATTR_REMCSUM_NOPARTIAL NoPartialChecksum no_partial_checksum: Flag,
        /// Local IPv4 address.
        6 FOU_ATTR_LOCAL_V4 LocalV4 local_v4: Ip,
        /// Local IPv6 address.
        7 FOU_ATTR_LOCAL_V6 LocalV6 local_v6: Ip,
        /// IPv4 address of the peer.
        8 FOU_ATTR_PEER_V4 PeerV4 peer_v4: Ip,
        /// IPv6 address of the peer.
        9 FOU_ATTR_PEER_V6 PeerV6 peer_v6: Ip,
        /// UDP port of the peer.
        10 FOU_ATTR_PEER_PORT PeerPort peer_port: Be<u16>,
        /// Index of the link that the port is bound to.
        11 FOU_ATTR_IFINDEX Link link: LinkIndex,
    }
}
