//! WireGuard devices and their peers, as `wg` shows and sets them
//! (`linux/wireguard.h`).
//!
//! `ip link add wg0 type wireguard` or `NewLink::new("wg0", "wireguard")`
//! creates a device; this family sets its keys and peers. All requests need
//! `CAP_NET_ADMIN`.
//!
//! ```
//! use nlwire::generic::wireguard::{SetDevice, SetPeer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (private_key, public_key) = ([1; 32], [2; 32]);
//! let prefixes = ["10.0.0.2/32".parse()?, "fd00::2/128".parse()?];
//! let peers = [SetPeer::new(&public_key)
//!     .endpoint("192.0.2.1:51820".parse()?)
//!     .keepalive(25)
//!     .allowed_ips(&prefixes)];
//! let set = SetDevice::by_name("wg0")
//!     .private_key(&private_key)
//!     .listen_port(51820)
//!     .replace_peers()
//!     .peers(&peers);
//! # let mut buffer = [0; 512];
//! # nlwire::Batch::new(&mut buffer).push(&set)?;
//! # Ok(())
//! # }
//! ```
//!
//! The kernel sends no notifications of this family.

mod get;
mod set;

use core::time::Duration;

use crate::codec::{
    AttributeSet as _, ByteArray, Bytes, Indexed, Ip, Secret, SocketAddress, Struct, Text,
};
use crate::schema::{MessageSchema, Protocol};
use crate::zerocopy::native_endian::I64;
use crate::{LinkIndex, attributes, flags, structs};

pub use get::{AllowedIps, DeviceRow, GetDevice, PeerRow, Peers};
pub use set::{SetDevice, SetPeer};

/// Name of the family.
pub const WG_GENL_NAME: &str = "wireguard";
/// Version of the family's interface.
pub const WG_GENL_VERSION: u8 = 1;

/// Command that lists a device with its peers.
pub const WG_CMD_GET_DEVICE: u8 = 0;
/// Command that changes a device.
pub const WG_CMD_SET_DEVICE: u8 = 1;

/// Schema of the family.
pub static PROTOCOL: Protocol = Protocol::family(
    WG_GENL_NAME,
    &[
        MessageSchema::command(WG_CMD_GET_DEVICE, "WG_CMD_GET_DEVICE", Device::schema),
        MessageSchema::command(WG_CMD_SET_DEVICE, "WG_CMD_SET_DEVICE", Device::schema),
    ],
);

flags! {
    /// Flags of a change to a device (`enum wgdevice_flag`).
    #[doc(alias = "wgdevice_flag")]
    pub struct DeviceFlags(u32) {
        /// Removes all current peers before others are added.
        REPLACE_PEERS = 0x1 "WGDEVICE_F_REPLACE_PEERS" "replace-peers";
    }
}

flags! {
    /// Flags of a change to a peer (`enum wgpeer_flag`).
    #[doc(alias = "wgpeer_flag")]
    pub struct PeerFlags(u32) {
        /// Removes the peer.
        REMOVE_ME = 0x1 "WGPEER_F_REMOVE_ME" "remove-me";
        /// Removes all current allowed IPs before others are added.
        REPLACE_ALLOWEDIPS = 0x2 "WGPEER_F_REPLACE_ALLOWEDIPS" "replace-allowed-ips";
        /// Changes the peer only if it exists.
        UPDATE_ONLY = 0x4 "WGPEER_F_UPDATE_ONLY" "update-only";
    }
}

flags! {
    /// Flags of a change to an allowed IP (`enum wgallowedip_flag`), since
    /// Linux 6.16.
    #[doc(alias = "wgallowedip_flag")]
    pub struct AllowedIpFlags(u32) {
        /// Removes the prefix from its peer.
        REMOVE_ME = 0x1 "WGALLOWEDIP_F_REMOVE_ME" "remove-me";
    }
}

structs! {
    /// Time since 1970, as a 64-bit kernel counts it.
    #[doc(alias = "__kernel_timespec")]
    pub struct Timespec: 16 {
        /// Number of seconds.
        #[doc(alias = "tv_sec")]
        seconds: I64,
        /// Number of nanoseconds, from 0 to 999,999,999.
        #[doc(alias = "tv_nsec")]
        nanoseconds: I64,
    }
}

impl Timespec {
    /// Returns the time since 1970; `None` for an earlier time.
    #[must_use]
    pub fn since_epoch(&self) -> Option<Duration> {
        let seconds = u64::try_from(self.seconds.get()).ok()?;
        let nanoseconds = u64::try_from(self.nanoseconds.get()).ok()?;
        Duration::from_secs(seconds).checked_add(Duration::from_nanos(nanoseconds))
    }
}

attributes! {
    /// WireGuard device (`WGDEVICE_A_*`).
    #[doc(alias = "wgdevice_attribute")]
    pub set Device, enum DeviceAttr {
        /// Link index. A request has the index or the name.
        1 WGDEVICE_A_IFINDEX Index index: LinkIndex,
        /// Link name, at most 15 bytes.
        2 WGDEVICE_A_IFNAME Name name: Text,
        /// Private key, 32 bytes. All zeros in a request remove the key.
        3 WGDEVICE_A_PRIVATE_KEY PrivateKey private_key: Secret<ByteArray<32>>,
        /// Public key, 32 bytes; in answers only.
        4 WGDEVICE_A_PUBLIC_KEY PublicKey public_key: ByteArray<32>,
        /// Flags: [`DeviceFlags`].
        5 WGDEVICE_A_FLAGS Flags flags: DeviceFlags,
        /// UDP port (`listen-port`); 0 in a request lets the kernel choose one.
        6 WGDEVICE_A_LISTEN_PORT ListenPort listen_port: u16,
        /// Firewall mark of outgoing packets (`fwmark`); 0 for none.
        7 WGDEVICE_A_FWMARK Mark mark: u32,
        /// Peers. Those that do not fit a message continue in the next one.
        8 WGDEVICE_A_PEERS Peers peers: Indexed<Peer>,
    }
}

attributes! {
    /// Peer of a device (`WGPEER_A_*`).
    #[doc(alias = "wgpeer_attribute")]
    pub set Peer, enum PeerAttr {
        /// Padding.
        0 WGPEER_A_UNSPEC Padding padding: Bytes,
        /// Public key, 32 bytes, which identifies the peer.
        1 WGPEER_A_PUBLIC_KEY PublicKey public_key: ByteArray<32>,
        /// Preshared key, 32 bytes; all zeros for none.
        2 WGPEER_A_PRESHARED_KEY PresharedKey preshared_key: Secret<ByteArray<32>>,
        /// Flags: [`PeerFlags`].
        3 WGPEER_A_FLAGS Flags flags: PeerFlags,
        /// Endpoint: address and port of the peer.
        4 WGPEER_A_ENDPOINT Endpoint endpoint: SocketAddress,
        /// Interval of persistent keepalives in seconds; 0 for off.
        5 WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL Keepalive keepalive: u16,
        /// Time of the last handshake since 1970; 0 without one.
        6 WGPEER_A_LAST_HANDSHAKE_TIME LastHandshake last_handshake: Struct<Timespec>,
        /// Number of bytes received.
        7 WGPEER_A_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of bytes sent.
        8 WGPEER_A_TX_BYTES TxBytes tx_bytes: u64,
        /// Allowed IPs. Those that do not fit a message continue in the next
        /// one, in a peer with the public key only.
        9 WGPEER_A_ALLOWEDIPS AllowedIps allowed_ips: Indexed<AllowedIp>,
        /// Version of the WireGuard protocol: 1.
        10 WGPEER_A_PROTOCOL_VERSION ProtocolVersion protocol_version: u32,
    }
}

attributes! {
    /// Allowed IP: prefix from which the peer may send, and to which packets
    /// are routed to the peer (`WGALLOWEDIP_A_*`).
    #[doc(alias = "wgallowedip_attribute")]
    pub set AllowedIp, enum AllowedIpAttr {
        /// Address family: `AF_INET` 2 or `AF_INET6` 10.
        1 WGALLOWEDIP_A_FAMILY Family family: u16,
        /// Address.
        2 WGALLOWEDIP_A_IPADDR Address address: Ip,
        /// Prefix length in bits.
        3 WGALLOWEDIP_A_CIDR_MASK Length length: u8,
        /// Flags: [`AllowedIpFlags`] (Linux 6.16).
        4 WGALLOWEDIP_A_FLAGS Flags flags: AllowedIpFlags,
    }
}
