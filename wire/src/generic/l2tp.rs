//! `l2tp`: tunnels and sessions of the Layer Two Tunneling Protocol, as `ip l2tp`
//! shows and sets them (`linux/l2tp.h`).
//!
//! ```
//! use nlwire::generic::l2tp::{L2tpAttr, NewSession, NewTunnel, PseudowireType};
//!
//! let tunnel = NewTunnel::over_udp(1, 2).with(&[
//!     L2tpAttr::SourceV4([192, 0, 2, 1].into()),
//!     L2tpAttr::DestinationV4([192, 0, 2, 2].into()),
//!     L2tpAttr::SourcePort(5000),
//!     L2tpAttr::DestinationPort(6000),
//! ]);
//! let session = NewSession::of(1, 100, 200, PseudowireType::ETHERNET);
//! ```
//!
//! The tunnel and its session are listed, changed and deleted, the session first, as by
//! `ip l2tp show tunnel`, `ip l2tp show session`, `ip l2tp del session tunnel_id 1
//! session_id 100` and `ip l2tp del tunnel tunnel_id 1`:
//!
//! ```
//! use nlwire::generic::l2tp::*;
//! use nlwire::{Errno, Request, fields};
//!
//! let (tunnels, tunnel) = (GetTunnels::all(), GetTunnel::by_id(1));
//! let (sessions, session) = (GetSessions::all(), GetSession::of(1, 100));
//!
//! // Nothing of a tunnel can change (Linux 5.15): the request has it reported again.
//! let report = SetTunnel::by_id(1);
//! // Received packets wait up to 500 ms for those before them.
//! let reorder = SetSession::of(1, 100).with(&[L2tpAttr::ReceiveTimeout(500)]);
//!
//! let delete_session = DeleteSession::of(1, 100).if_there();
//! let delete_tunnel = DeleteTunnel::by_id(1).if_there();
//! // Neither fails if somebody else was faster.
//! assert_eq!(delete_session.forgives(), [Errno::ENODEV]);
//! assert_eq!(delete_tunnel.forgives(), [Errno::ENODEV]);
//!
//! /// Prints a session: its link and the packets that arrived.
//! fn print(row: &L2tpRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => L2tp { name, tunnel, session, stats })?;
//!     println!("{:?}: session {:?} of tunnel {:?}", found.name, found.session, found.tunnel);
//!     if let Some(stats) = found.stats {
//!         println!("{:?} packets", fields!(stats => L2tpStats { rx_packets })?.rx_packets);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Flag, Ip, Nest, Text};
use crate::{attributes, flags, numbers};

family! {
    name L2TP_GENL_NAME "l2tp";
    version L2TP_GENL_VERSION 1;
    group L2TP_GENL_MCGROUP "l2tp" "tunnels and sessions: [`Change`].";
    command 0 L2TP_CMD_NOOP L2tp "Does nothing.";
    command 1 L2TP_CMD_TUNNEL_CREATE L2tp "Creates a tunnel, or reports that.";
    command 2 L2TP_CMD_TUNNEL_DELETE L2tp "Deletes a tunnel, or reports that.";
    command 3 L2TP_CMD_TUNNEL_MODIFY L2tp "Changes a tunnel, or reports that.";
    command 4 L2TP_CMD_TUNNEL_GET L2tp "Reads a tunnel, or lists all.";
    command 5 L2TP_CMD_SESSION_CREATE L2tp "Creates a session, or reports that.";
    command 6 L2TP_CMD_SESSION_DELETE L2tp "Deletes a session, or reports that.";
    command 7 L2TP_CMD_SESSION_MODIFY L2tp "Changes a session, or reports that.";
    command 8 L2TP_CMD_SESSION_GET L2tp "Reads a session, or lists all.";
}

requests! {
    L2tp, L2tpAttr, L2tpRow, "tunnel or session";

    /// Creates a tunnel of L2TPv3: `with` its addresses and UDP ports, or
    /// [`Descriptor`](L2tpAttr::Descriptor), a connected socket.
    Act NewTunnel = L2TP_CMD_TUNNEL_CREATE {
        /// Creates a tunnel over UDP with this identifier and that of the peer.
        over_udp(id: u32, peer: u32) {
            Tunnel(id), PeerTunnel(peer), Version(3), Encapsulation(Encapsulation::UDP)
        }
        /// Creates a tunnel over IP with this identifier and that of the peer.
        over_ip(id: u32, peer: u32) {
            Tunnel(id), PeerTunnel(peer), Version(3), Encapsulation(Encapsulation::IP)
        }
    }
    /// Changes a tunnel.
    Act SetTunnel = L2TP_CMD_TUNNEL_MODIFY {
        /// Changes the tunnel with this identifier.
        by_id(id: u32) { Tunnel(id) }
    }
    /// Deletes a tunnel and its sessions. The kernel lists the tunnel for some
    /// time after its answer.
    Delete(ENODEV) DeleteTunnel = L2TP_CMD_TUNNEL_DELETE {
        /// Deletes the tunnel with this identifier.
        by_id(id: u32) { Tunnel(id) }
    }
    /// Reads a tunnel.
    Ask GetTunnel = L2TP_CMD_TUNNEL_GET {
        /// Reads the tunnel with this identifier.
        by_id(id: u32) { Tunnel(id) }
    }
    /// Lists the tunnels.
    List GetTunnels = L2TP_CMD_TUNNEL_GET {
        /// Lists the tunnels of the network namespace.
        all() {}
    }
    /// Creates a session of a tunnel.
    Act NewSession = L2TP_CMD_SESSION_CREATE {
        /// Creates a session with this identifier and that of the peer.
        of(tunnel: u32, id: u32, peer: u32, kind: PseudowireType) {
            Tunnel(tunnel), Session(id), PeerSession(peer), Pseudowire(kind)
        }
    }
    /// Changes a session.
    Act SetSession = L2TP_CMD_SESSION_MODIFY {
        /// Changes the session of a tunnel with this identifier.
        of(tunnel: u32, id: u32) { Tunnel(tunnel), Session(id) }
    }
    /// Deletes a session. Newer kernels list the session for some time after
    /// their answer.
    Delete(ENODEV) DeleteSession = L2TP_CMD_SESSION_DELETE {
        /// Deletes the session of a tunnel with this identifier.
        of(tunnel: u32, id: u32) { Tunnel(tunnel), Session(id) }
    }
    /// Reads a session.
    Ask GetSession = L2TP_CMD_SESSION_GET {
        /// Reads the session of a tunnel with this identifier.
        of(tunnel: u32, id: u32) { Tunnel(tunnel), Session(id) }
    }
    /// Lists the sessions.
    List GetSessions = L2TP_CMD_SESSION_GET {
        /// Lists the sessions of all tunnels.
        all() {}
    }
}

changes! {
    /// Notification of the group [`L2TP_GENL_MCGROUP`].
    Change {
        /// New tunnel.
        NewTunnel(L2tp) = L2TP_CMD_TUNNEL_CREATE;
        /// Changed tunnel.
        Tunnel(L2tp) = L2TP_CMD_TUNNEL_MODIFY;
        /// Deleted tunnel.
        DelTunnel(L2tp) = L2TP_CMD_TUNNEL_DELETE;
        /// New session.
        NewSession(L2tp) = L2TP_CMD_SESSION_CREATE;
        /// Changed session.
        Session(L2tp) = L2TP_CMD_SESSION_MODIFY;
        /// Deleted session.
        DelSession(L2tp) = L2TP_CMD_SESSION_DELETE;
    }
}

numbers! {
    /// Type of a session: the frames that it carries.
    pub struct PseudowireType(u16) {
        NONE = 0 "L2TP_PWTYPE_NONE" "none";
        ETHERNET_VLAN = 4 "L2TP_PWTYPE_ETH_VLAN" "eth-vlan";
        ETHERNET = 5 "L2TP_PWTYPE_ETH" "eth";
        PPP = 7 "L2TP_PWTYPE_PPP" "ppp";
        PPP_AC = 8 "L2TP_PWTYPE_PPP_AC" "ppp-ac";
        IP = 11 "L2TP_PWTYPE_IP" "ip";
    }
}

numbers! {
    /// Header between the session header and the frame.
    pub struct L2SpecificType(u8) {
        NONE = 0 "L2TP_L2SPECTYPE_NONE" "none";
        DEFAULT = 1 "L2TP_L2SPECTYPE_DEFAULT" "default";
    }
}

numbers! {
    /// Encapsulation of a tunnel.
    pub struct Encapsulation(u16) {
        UDP = 0 "L2TP_ENCAPTYPE_UDP" "udp";
        IP = 1 "L2TP_ENCAPTYPE_IP" "ip";
    }
}

numbers! {
    /// Packets with sequence numbers; unused.
    pub struct SequenceMode(u8) {
        NONE = 0 "L2TP_SEQ_NONE" "none";
        IP = 1 "L2TP_SEQ_IP" "ip";
        ALL = 2 "L2TP_SEQ_ALL" "all";
    }
}

flags! {
    /// Messages of the kernel's log; unused since Linux 5.15.
    pub struct DebugFlags(u32) {
        DEBUG = 0x1 "L2TP_MSG_DEBUG" "debug";
        CONTROL = 0x2 "L2TP_MSG_CONTROL" "control";
        SEQUENCE = 0x4 "L2TP_MSG_SEQ" "seq";
        DATA = 0x8 "L2TP_MSG_DATA" "data";
    }
}

attributes! {
    /// Tunnel or session (`L2TP_ATTR_*`).
    pub set L2tp, enum L2tpAttr {
        /// Type of the session.
        1 L2TP_ATTR_PW_TYPE Pseudowire pseudowire: PseudowireType,
        /// Encapsulation of the tunnel.
        2 L2TP_ATTR_ENCAP_TYPE Encapsulation encapsulation: Encapsulation,
        /// Unused.
        3 L2TP_ATTR_OFFSET Offset offset: u16,
        /// Packets with sequence numbers; unused.
        4 L2TP_ATTR_DATA_SEQ DataSequence data_sequence: SequenceMode,
        /// Header between the session header and the frame.
        5 L2TP_ATTR_L2SPEC_TYPE L2Specific l2_specific: L2SpecificType,
        /// Length of that header; unused.
        6 L2TP_ATTR_L2SPEC_LEN L2SpecificLen l2_specific_len: u8,
        /// Version of the protocol: 2 or 3.
        7 L2TP_ATTR_PROTO_VERSION Version version: u8,
        /// Name of the session's link.
        8 L2TP_ATTR_IFNAME Name name: Text,
        /// Identifier of the tunnel.
        9 L2TP_ATTR_CONN_ID Tunnel tunnel: u32,
        /// Identifier of the tunnel at the peer.
        10 L2TP_ATTR_PEER_CONN_ID PeerTunnel peer_tunnel: u32,
        /// Identifier of the session.
        11 L2TP_ATTR_SESSION_ID Session session: u32,
        /// Identifier of the session at the peer.
        12 L2TP_ATTR_PEER_SESSION_ID PeerSession peer_session: u32,
        /// 1 if UDP packets over IPv4 have checksums.
        13 L2TP_ATTR_UDP_CSUM UdpChecksum udp_checksum: u8,
        /// Unused.
        14 L2TP_ATTR_VLAN_ID Vlan vlan: u16,
        /// Cookie of received packets: 0, 4 or 8 bytes.
        15 L2TP_ATTR_COOKIE Cookie cookie: Bytes,
        /// Cookie of sent packets: 0, 4 or 8 bytes.
        16 L2TP_ATTR_PEER_COOKIE PeerCookie peer_cookie: Bytes,
        /// Messages of the kernel's log: [`DebugFlags`]; unused.
        17 L2TP_ATTR_DEBUG Debug debug: DebugFlags,
        /// 1 if received packets need sequence numbers.
        18 L2TP_ATTR_RECV_SEQ ReceiveSequence receive_sequence: u8,
        /// 1 if sent packets have sequence numbers.
        19 L2TP_ATTR_SEND_SEQ SendSequence send_sequence: u8,
        /// 1 if the session is the end of an LNS.
        20 L2TP_ATTR_LNS_MODE LnsMode lns_mode: u8,
        /// 1 if the tunnel uses IPsec; in reports only.
        21 L2TP_ATTR_USING_IPSEC UsingIpsec using_ipsec: u8,
        /// Timeout in milliseconds, after which lost packets are skipped.
        22 L2TP_ATTR_RECV_TIMEOUT ReceiveTimeout receive_timeout: u64,
        /// Descriptor of the tunnel's socket.
        23 L2TP_ATTR_FD Descriptor descriptor: u32,
        /// IPv4 source address.
        24 L2TP_ATTR_IP_SADDR SourceV4 source_v4: Ip,
        /// IPv4 destination address.
        25 L2TP_ATTR_IP_DADDR DestinationV4 destination_v4: Ip,
        /// UDP source port, in the machine's byte order.
        26 L2TP_ATTR_UDP_SPORT SourcePort source_port: u16,
        /// UDP destination port, in the machine's byte order.
        27 L2TP_ATTR_UDP_DPORT DestinationPort destination_port: u16,
        /// Unused.
        28 L2TP_ATTR_MTU Mtu mtu: u16,
        /// Unused.
        29 L2TP_ATTR_MRU Mru mru: u16,
        /// Statistics.
        30 L2TP_ATTR_STATS Stats stats: Nest<L2tpStats>,
        /// IPv6 source address.
        31 L2TP_ATTR_IP6_SADDR SourceV6 source_v6: Ip,
        /// IPv6 destination address.
        32 L2TP_ATTR_IP6_DADDR DestinationV6 destination_v6: Ip,
        /// Sends UDP packets over IPv6 without a checksum.
        33 L2TP_ATTR_UDP_ZERO_CSUM6_TX ZeroChecksumTx zero_checksum_tx: Flag,
        /// Receives UDP packets over IPv6 without a checksum.
        34 L2TP_ATTR_UDP_ZERO_CSUM6_RX ZeroChecksumRx zero_checksum_rx: Flag,
        /// Padding.
        35 L2TP_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Statistics of a tunnel or a session (`L2TP_ATTR_*`).
    pub set L2tpStats, enum L2tpStatsAttr {
        /// Number of sent packets.
        1 L2TP_ATTR_TX_PACKETS TxPackets tx_packets: u64,
        /// Number of sent bytes.
        2 L2TP_ATTR_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of packets that could not be sent.
        3 L2TP_ATTR_TX_ERRORS TxErrors tx_errors: u64,
        /// Number of received packets.
        4 L2TP_ATTR_RX_PACKETS RxPackets rx_packets: u64,
        /// Number of received bytes.
        5 L2TP_ATTR_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of packets dropped for their sequence number.
        6 L2TP_ATTR_RX_SEQ_DISCARDS RxSequenceDrops rx_sequence_drops: u64,
        /// Number of packets out of sequence.
        7 L2TP_ATTR_RX_OOS_PACKETS RxOutOfSequence rx_out_of_sequence: u64,
        /// Number of broken packets.
        8 L2TP_ATTR_RX_ERRORS RxErrors rx_errors: u64,
        /// Padding.
        9 L2TP_ATTR_STATS_PAD Pad pad: Bytes,
        /// Number of packets dropped for their cookie.
        10 L2TP_ATTR_RX_COOKIE_DISCARDS RxCookieDrops rx_cookie_drops: u64,
        /// Number of packets with an invalid header.
        11 L2TP_ATTR_RX_INVALID RxInvalid rx_invalid: u64,
    }
}
