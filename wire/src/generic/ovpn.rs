//! `ovpn`: peers and keys of the kernel's `OpenVPN` links (`linux/ovpn.h`, Linux
//! 6.16).
//!
//! ```
//! use nlwire::generic::ovpn::{DeletePeer, OvpnAttr, OvpnPeerAttr};
//!
//! let peer = [OvpnPeerAttr::Id(7)];
//! let attributes = [OvpnAttr::Peer((&peer).into())];
//! let delete = DeletePeer::of_link(2).with(&attributes).if_there();
//! ```
//!
//! A client connects its link 2 to a server: the peer has a UDP socket, then its first
//! key, then keepalives, as `openvpn` sets them after its handshake:
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::fields;
//! use nlwire::generic::ovpn::*;
//!
//! # let socket = 7;
//! let server = [
//!     OvpnPeerAttr::Id(1),
//!     OvpnPeerAttr::Socket(socket),
//!     OvpnPeerAttr::RemoteV4([192, 0, 2, 1].into()),
//!     OvpnPeerAttr::RemotePort(1194),
//! ];
//! let server = [OvpnAttr::Peer((&server).into())];
//! let new = NewPeer::of_link(2).with(&server);
//!
//! # let (sending, receiving, nonce) = ([1; 32], [2; 32], [0; 8]);
//! let sending = [
//!     OvpnDirectionAttr::Key(Hidden(&sending)),
//!     OvpnDirectionAttr::NonceTail(Hidden(&nonce)),
//! ];
//! let receiving = [
//!     OvpnDirectionAttr::Key(Hidden(&receiving)),
//!     OvpnDirectionAttr::NonceTail(Hidden(&nonce)),
//! ];
//! let key = [
//!     OvpnKeyAttr::PeerId(1),
//!     OvpnKeyAttr::Slot(KeySlot::PRIMARY),
//!     OvpnKeyAttr::KeyId(0),
//!     OvpnKeyAttr::Cipher(Cipher::AES_GCM),
//!     OvpnKeyAttr::Encrypt((&sending).into()),
//!     OvpnKeyAttr::Decrypt((&receiving).into()),
//! ];
//! let key = [OvpnAttr::Key((&key).into())];
//! let new_key = NewKey::of_link(2).with(&key);
//!
//! let keepalive = [
//!     OvpnPeerAttr::Id(1),
//!     OvpnPeerAttr::KeepaliveInterval(10),
//!     OvpnPeerAttr::KeepaliveTimeout(60),
//! ];
//! let keepalive = [OvpnAttr::Peer((&keepalive).into())];
//! let set = SetPeer::of_link(2).with(&keepalive);
//!
//! let named = [OvpnPeerAttr::Id(1)];
//! let named = [OvpnAttr::Peer((&named).into())];
//! let (one, all) = (GetPeer::of_link(2).with(&named), GetPeers::of_link(2));
//!
//! /// Prints the bytes that a peer has sent and received inside the tunnel.
//! fn print(row: &OvpnRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(peer) = fields!(row.attributes => Ovpn { peer })?.peer else { return Ok(()) };
//!     let found = fields!(peer => OvpnPeer { id, vpn_rx_bytes, vpn_tx_bytes })?;
//!     println!("peer {:?}: {:?} and {:?} bytes", found.id, found.vpn_tx_bytes, found.vpn_rx_bytes);
//!     Ok(())
//! }
//! ```
//!
//! Keys change each hour: the new one waits in the secondary slot, takes the place of
//! the primary one, and the old one is deleted:
//!
//! ```
//! use nlwire::generic::ovpn::*;
//!
//! let peer = [OvpnKeyAttr::PeerId(1)];
//! let peer = [OvpnAttr::Key((&peer).into())];
//! let swap = SwapKeys::of_link(2).with(&peer);
//!
//! let old = [OvpnKeyAttr::PeerId(1), OvpnKeyAttr::Slot(KeySlot::SECONDARY)];
//! let old = [OvpnAttr::Key((&old).into())];
//! let settings = GetKey::of_link(2).with(&old);
//! let delete = DeleteKey::of_link(2).with(&old).if_there();
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Be, ByteArray, Bytes, Form, Ip, Nest, Secret, Uint, field_is_value};
use crate::schema::{Notation, Shape};
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, LinkIndex, Writer, attributes, numbers};

family! {
    name OVPN_FAMILY_NAME "ovpn";
    version OVPN_FAMILY_VERSION 1;
    group OVPN_MCGRP_PEERS "peers" "deleted and moved peers, used up keys: [`Change`].";
    command 1 OVPN_CMD_PEER_NEW Ovpn "Creates a peer.";
    command 2 OVPN_CMD_PEER_SET Ovpn "Changes a peer.";
    command 3 OVPN_CMD_PEER_GET Ovpn "Reads a peer, or lists all of a link.";
    command 4 OVPN_CMD_PEER_DEL Ovpn "Deletes a peer.";
    command 5 OVPN_CMD_PEER_DEL_NTF Ovpn "Reports a deleted peer.";
    command 6 OVPN_CMD_KEY_NEW Ovpn "Sets a key of a peer.";
    command 7 OVPN_CMD_KEY_GET Ovpn "Reads a key's settings, without the key.";
    command 8 OVPN_CMD_KEY_SWAP Ovpn "Swaps the keys of a peer.";
    command 9 OVPN_CMD_KEY_SWAP_NTF Ovpn "Reports that a key is used up.";
    command 10 OVPN_CMD_KEY_DEL Ovpn "Deletes a key of a peer.";
    command 11 OVPN_CMD_PEER_FLOAT_NTF Ovpn "Reports that a peer has another address.";
}

requests! {
    Ovpn, OvpnAttr, OvpnRow, "peer";

    /// Creates a peer: `with` [`Peer`](OvpnAttr::Peer).
    Act NewPeer = OVPN_CMD_PEER_NEW {
        /// Creates a peer of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a peer: `with` [`Peer`](OvpnAttr::Peer).
    Act SetPeer = OVPN_CMD_PEER_SET {
        /// Changes a peer of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads a peer: `with` [`Peer`](OvpnAttr::Peer), which has the identifier.
    Ask GetPeer = OVPN_CMD_PEER_GET {
        /// Reads a peer of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists the peers of a link.
    List GetPeers = OVPN_CMD_PEER_GET {
        /// Lists the peers of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a peer: `with` [`Peer`](OvpnAttr::Peer), which has the identifier.
    Delete(ENOENT) DeletePeer = OVPN_CMD_PEER_DEL {
        /// Deletes a peer of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Sets a key of a peer: `with` [`Key`](OvpnAttr::Key).
    Act NewKey = OVPN_CMD_KEY_NEW {
        /// Sets a key of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads a key's settings, without the key: `with` [`Key`](OvpnAttr::Key).
    Ask GetKey = OVPN_CMD_KEY_GET {
        /// Reads a key of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Swaps the primary and the secondary key of a peer: `with`
    /// [`Key`](OvpnAttr::Key).
    Act SwapKeys = OVPN_CMD_KEY_SWAP {
        /// Swaps the keys of a peer of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a key of a peer: `with` [`Key`](OvpnAttr::Key). Only an
    /// unknown peer is refused, not an empty slot.
    Delete(ENOENT) DeleteKey = OVPN_CMD_KEY_DEL {
        /// Deletes a key of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
}

changes! {
    /// Notification of the group [`OVPN_MCGRP_PEERS`].
    Change {
        /// Deleted peer.
        DelPeer(Ovpn) = OVPN_CMD_PEER_DEL_NTF;
        /// Peer with another address.
        FloatPeer(Ovpn) = OVPN_CMD_PEER_FLOAT_NTF;
        /// Key whose packet numbers are used up.
        SwapKeys(Ovpn) = OVPN_CMD_KEY_SWAP_NTF;
    }
}

numbers! {
    /// Cipher of a key.
    pub struct Cipher(u32) {
        NONE = 0 "OVPN_CIPHER_ALG_NONE" "none";
        AES_GCM = 1 "OVPN_CIPHER_ALG_AES_GCM" "aes-gcm";
        CHACHA20_POLY1305 = 2 "OVPN_CIPHER_ALG_CHACHA20_POLY1305" "chacha20-poly1305";
    }
}

numbers! {
    /// Reason of a peer's deletion.
    pub struct DeleteReason(u32) {
        /// The link went away.
        TEARDOWN = 0 "OVPN_DEL_PEER_REASON_TEARDOWN" "teardown";
        /// A program deleted the peer.
        USERSPACE = 1 "OVPN_DEL_PEER_REASON_USERSPACE" "userspace";
        /// The peer sent nothing for too long.
        EXPIRED = 2 "OVPN_DEL_PEER_REASON_EXPIRED" "expired";
        TRANSPORT_ERROR = 3 "OVPN_DEL_PEER_REASON_TRANSPORT_ERROR" "transport-error";
        /// The TCP connection was closed.
        TRANSPORT_DISCONNECT = 4 "OVPN_DEL_PEER_REASON_TRANSPORT_DISCONNECT" "transport-disconnect";
    }
}

numbers! {
    /// Slot of a key.
    pub struct KeySlot(u32) {
        PRIMARY = 0 "OVPN_KEY_SLOT_PRIMARY" "primary";
        SECONDARY = 1 "OVPN_KEY_SLOT_SECONDARY" "secondary";
    }
}

attributes! {
    /// Link with a peer or a key (`OVPN_A_*`).
    pub set Ovpn, enum OvpnAttr {
        /// Link index.
        1 OVPN_A_IFINDEX Link link: LinkIndex,
        /// Peer.
        2 OVPN_A_PEER Peer peer: Nest<OvpnPeer>,
        /// Key.
        3 OVPN_A_KEYCONF Key key: Nest<OvpnKey>,
    }
}

attributes! {
    /// Peer (`OVPN_A_PEER_*`).
    pub set OvpnPeer, enum OvpnPeerAttr {
        /// Identifier of the peer.
        1 OVPN_A_PEER_ID Id id: u32,
        /// IPv4 address of the peer; absent in answers for a TCP peer.
        2 OVPN_A_PEER_REMOTE_IPV4 RemoteV4 remote_v4: Ip,
        /// IPv6 address of the peer; absent in answers for a TCP peer.
        3 OVPN_A_PEER_REMOTE_IPV6 RemoteV6 remote_v6: Ip,
        /// Link of a link-local IPv6 address of the peer.
        4 OVPN_A_PEER_REMOTE_IPV6_SCOPE_ID RemoteScope remote_scope: LinkIndex,
        /// Port of the peer.
        5 OVPN_A_PEER_REMOTE_PORT RemotePort remote_port: Be<u16>,
        /// Descriptor of the socket to the peer, UDP or TCP; only in requests.
        6 OVPN_A_PEER_SOCKET Socket socket: u32,
        /// Identifier of the socket's network namespace; absent if that is the asker's.
        7 OVPN_A_PEER_SOCKET_NETNSID SocketNamespace socket_namespace: i32,
        /// IPv4 address inside the tunnel, for a link of many peers; absent if none.
        8 OVPN_A_PEER_VPN_IPV4 VpnV4 vpn_v4: Ip,
        /// IPv6 address inside the tunnel, for a link of many peers; absent if none.
        9 OVPN_A_PEER_VPN_IPV6 VpnV6 vpn_v6: Ip,
        /// Local IPv4 address; 0.0.0.0 where routing chooses, absent for a TCP peer.
        10 OVPN_A_PEER_LOCAL_IPV4 LocalV4 local_v4: Ip,
        /// Local IPv6 address; `::` where routing chooses, absent for a TCP peer.
        11 OVPN_A_PEER_LOCAL_IPV6 LocalV6 local_v6: Ip,
        /// Local port.
        12 OVPN_A_PEER_LOCAL_PORT LocalPort local_port: Be<u16>,
        /// Interval of keepalives in seconds, set with the timeout; 0 for none, the default.
        13 OVPN_A_PEER_KEEPALIVE_INTERVAL KeepaliveInterval keepalive_interval: u32,
        /// Time in seconds without a packet, after which the peer is deleted; set with
        /// the interval, and 0 for no limit.
        14 OVPN_A_PEER_KEEPALIVE_TIMEOUT KeepaliveTimeout keepalive_timeout: u32,
        /// Reason of the deletion; only in [`Change::DelPeer`].
        15 OVPN_A_PEER_DEL_REASON DeleteReason delete_reason: DeleteReason,
        /// Number of bytes received inside the tunnel.
        16 OVPN_A_PEER_VPN_RX_BYTES VpnRxBytes vpn_rx_bytes: Uint,
        /// Number of bytes sent inside the tunnel.
        17 OVPN_A_PEER_VPN_TX_BYTES VpnTxBytes vpn_tx_bytes: Uint,
        /// Number of packets received inside the tunnel.
        18 OVPN_A_PEER_VPN_RX_PACKETS VpnRxPackets vpn_rx_packets: Uint,
        /// Number of packets sent inside the tunnel.
        19 OVPN_A_PEER_VPN_TX_PACKETS VpnTxPackets vpn_tx_packets: Uint,
        /// Number of bytes received by the socket.
        20 OVPN_A_PEER_LINK_RX_BYTES LinkRxBytes link_rx_bytes: Uint,
        /// Number of bytes sent by the socket.
        21 OVPN_A_PEER_LINK_TX_BYTES LinkTxBytes link_tx_bytes: Uint,
        /// Number of packets received by the socket.
        22 OVPN_A_PEER_LINK_RX_PACKETS LinkRxPackets link_rx_packets: Uint,
        /// Number of packets sent by the socket.
        23 OVPN_A_PEER_LINK_TX_PACKETS LinkTxPackets link_tx_packets: Uint,
        /// Identifier that packets to the peer carry; by default that of the peer.
        24 OVPN_A_PEER_TX_ID TxId tx_id: u32,
    }
}

attributes! {
    /// Key of a peer (`OVPN_A_KEYCONF_*`).
    pub set OvpnKey, enum OvpnKeyAttr {
        /// Identifier of the peer.
        1 OVPN_A_KEYCONF_PEER_ID PeerId peer_id: u32,
        /// Slot of the key.
        2 OVPN_A_KEYCONF_SLOT Slot slot: KeySlot,
        /// Identifier of the key, 0 to 7.
        3 OVPN_A_KEYCONF_KEY_ID KeyId key_id: KeyIdentifier,
        /// Cipher.
        4 OVPN_A_KEYCONF_CIPHER_ALG Cipher cipher: Cipher,
        /// Key of sent packets.
        5 OVPN_A_KEYCONF_ENCRYPT_DIR Encrypt encrypt: Nest<OvpnDirection>,
        /// Key of received packets.
        6 OVPN_A_KEYCONF_DECRYPT_DIR Decrypt decrypt: Nest<OvpnDirection>,
    }
}

/// Identifier of a key: 32 bits, but 16 in a notification
/// (`ovpn_nl_key_swap_notify`).
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct KeyIdentifier(());

impl Form for KeyIdentifier {
    type Value<'a> = u32;
    const SHAPE: Shape = Shape::Unsigned(None, Notation::Decimal);

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<u32, DecodeError> {
        match attribute.u16() {
            Ok(id) => Ok(id.into()),
            Err(_) => attribute.u32(),
        }
    }

    fn encode<'w, 'b>(value: &u32, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.u32(kind, *value)
    }
}

attributes! {
    /// Key of one direction (`OVPN_A_KEYDIR_*`).
    pub set OvpnDirection, enum OvpnDirectionAttr {
        /// Key, at most 256 bytes.
        1 OVPN_A_KEYDIR_CIPHER_KEY Key key: Secret<Bytes>,
        /// Last 8 bytes of the nonce.
        2 OVPN_A_KEYDIR_NONCE_TAIL NonceTail nonce_tail: Secret<ByteArray<8>>,
    }
}
