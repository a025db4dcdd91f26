//! `psp`: devices, keys and statistics of PSP, encryption of TCP connections by
//! network cards (`linux/psp.h`, Linux 6.18).
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::generic::psp::{AssociationAttr, NewRxKey, PspKeyAttr, PspVersion, SetTxKey};
//!
//! # let (socket, key) = (7, [0; 16]);
//! let ask = NewRxKey::of_socket(socket, 1, PspVersion::HDR0_AES_GCM_128);
//! let key = [PspKeyAttr::Key(Hidden(&key)), PspKeyAttr::Spi(3)];
//! let attributes = [AssociationAttr::TxKey((&key).into())];
//! let set = SetTxKey::of_socket(socket, 1, PspVersion::HDR0_AES_GCM_128).with(&attributes);
//! ```
//!
//! A device is set up: it takes one version, gets a new key, and may be used by the
//! link 5 of a container. `ynl --family psp` has the same commands:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::psp::*;
//!
//! let (devices, device) = (GetDevices::all(), GetDevice::by_id(1));
//! let enable = SetDevice::by_id(1, PspVersions::HDR0_AES_GCM_256);
//! let rotate = RotateKey::by_id(1);
//! let lend = AssociateLink::of(1, 5);
//! let back = DisassociateLink::of(1, 5);
//! let (statistics, all_statistics) = (GetStats::of_device(1), GetAllStats::all());
//!
//! /// Prints the packets that failed authentication.
//! fn print(row: &PspStatsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => PspStats { device, rx_packets, rx_auth_failed })?;
//!     println!("device {:?}: {:?} of {:?}", found.device, found.rx_auth_failed, found.rx_packets);
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Flag, Many, Nest, Secret, Uint};
use crate::{LinkIndex, attributes, flags, numbers};

family! {
    name PSP_FAMILY_NAME "psp";
    version PSP_FAMILY_VERSION 1;
    group PSP_MCGRP_MGMT "mgmt" "devices: [`Change`].";
    group PSP_MCGRP_USE "use" "rotations of device keys: [`Change`].";
    command 1 PSP_CMD_DEV_GET PspDevice "Reads a device, or lists all.";
    command 2 PSP_CMD_DEV_ADD_NTF PspDevice "Reports a new device.";
    command 3 PSP_CMD_DEV_DEL_NTF PspDevice "Reports a deleted device.";
    command 4 PSP_CMD_DEV_SET PspDevice "Changes a device.";
    command 5 PSP_CMD_DEV_CHANGE_NTF PspDevice "Reports a changed device.";
    command 6 PSP_CMD_KEY_ROTATE PspDevice "Rotates the device key.";
    command 7 PSP_CMD_KEY_ROTATE_NTF PspDevice "Reports a rotation of a device key.";
    command 8 PSP_CMD_RX_ASSOC Association "Asks for a receive key of a socket.";
    command 9 PSP_CMD_TX_ASSOC Association "Sets the transmit key of a socket.";
    command 10 PSP_CMD_GET_STATS PspStats "Reads the statistics of a device, or of all.";
    command 11 PSP_CMD_DEV_ASSOC PspDevice "Associates a link with a device.";
    command 12 PSP_CMD_DEV_DISASSOC PspDevice "Ends the association of a link.";
}

requests! {
    PspDevice, PspDeviceAttr, PspDeviceRow, "device";

    /// Reads a device.
    Ask GetDevice = PSP_CMD_DEV_GET {
        /// Reads the device with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Lists the devices.
    List GetDevices = PSP_CMD_DEV_GET {
        /// Lists all devices.
        all() {}
    }
    /// Changes the enabled versions of a device.
    Act SetDevice = PSP_CMD_DEV_SET {
        /// Enables exactly these versions.
        by_id(id: u32, versions: PspVersions) { Id(id), Enabled(versions) }
    }
    /// Rotates the device key. Keys from two rotations ago stop working.
    Act RotateKey = PSP_CMD_KEY_ROTATE {
        /// Rotates the key of the device with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Associates a link of another network namespace with a device.
    Act AssociateLink = PSP_CMD_DEV_ASSOC {
        /// Associates this link with the device.
        of(id: u32, link: impl Into<LinkIndex>) { Id(id), Link(link.into()) }
    }
    /// Ends the association of a link with a device.
    Act DisassociateLink = PSP_CMD_DEV_DISASSOC {
        /// Ends the association of this link.
        of(id: u32, link: impl Into<LinkIndex>) { Id(id), Link(link.into()) }
    }
}

requests! {
    Association, AssociationAttr, AssociationRow, "socket";

    /// Asks the device for a receive key of a TCP socket. The row has the key.
    Ask NewRxKey = PSP_CMD_RX_ASSOC {
        /// Asks for a key of this socket's descriptor.
        of_socket(descriptor: u32, device: u32, version: PspVersion) {
            Socket(descriptor), Device(device), Version(version)
        }
    }
    /// Sets the transmit key of a TCP socket: `with`
    /// [`TxKey`](AssociationAttr::TxKey), the receive key of the peer.
    Act SetTxKey = PSP_CMD_TX_ASSOC {
        /// Sets the key of this socket's descriptor.
        of_socket(descriptor: u32, device: u32, version: PspVersion) {
            Socket(descriptor), Device(device), Version(version)
        }
    }
}

requests! {
    PspStats, PspStatsAttr, PspStatsRow, "statistics";

    /// Reads the statistics of a device.
    Ask GetStats = PSP_CMD_GET_STATS {
        /// Reads the statistics of the device with this identifier.
        of_device(id: u32) { Device(id) }
    }
    /// Lists the statistics of devices.
    List GetAllStats = PSP_CMD_GET_STATS {
        /// Lists the statistics of all devices.
        all() {}
    }
}

changes! {
    /// Notification of the groups [`PSP_MCGRP_MGMT`] and [`PSP_MCGRP_USE`].
    Change {
        /// New device.
        NewDevice(PspDevice) = PSP_CMD_DEV_ADD_NTF;
        /// Deleted device.
        DelDevice(PspDevice) = PSP_CMD_DEV_DEL_NTF;
        /// Changed device.
        Device(PspDevice) = PSP_CMD_DEV_CHANGE_NTF;
        /// Device whose key was rotated.
        RotateKey(PspDevice) = PSP_CMD_KEY_ROTATE_NTF;
    }
}

numbers! {
    /// Version of the protocol, with its cipher.
    pub struct PspVersion(u32) {
        HDR0_AES_GCM_128 = 0 "PSP_VERSION_HDR0_AES_GCM_128" "hdr0-aes-gcm-128";
        HDR0_AES_GCM_256 = 1 "PSP_VERSION_HDR0_AES_GCM_256" "hdr0-aes-gcm-256";
        /// Authenticates packets without encryption.
        HDR0_AES_GMAC_128 = 2 "PSP_VERSION_HDR0_AES_GMAC_128" "hdr0-aes-gmac-128";
        /// Authenticates packets without encryption.
        HDR0_AES_GMAC_256 = 3 "PSP_VERSION_HDR0_AES_GMAC_256" "hdr0-aes-gmac-256";
    }
}

flags! {
    /// Versions of the protocol: bit n is version n of [`PspVersion`].
    pub struct PspVersions(u32) {
        HDR0_AES_GCM_128 = 0x1 "hdr0-aes-gcm-128" "hdr0-aes-gcm-128";
        HDR0_AES_GCM_256 = 0x2 "hdr0-aes-gcm-256" "hdr0-aes-gcm-256";
        HDR0_AES_GMAC_128 = 0x4 "hdr0-aes-gmac-128" "hdr0-aes-gmac-128";
        HDR0_AES_GMAC_256 = 0x8 "hdr0-aes-gmac-256" "hdr0-aes-gmac-256";
    }
}

attributes! {
    /// Device (`PSP_A_DEV_*`). Answers have all attributes but the last three,
    /// and the report of a new device key has the identifier alone.
    pub set PspDevice, enum PspDeviceAttr {
        /// Identifier of the device.
        1 PSP_A_DEV_ID Id id: u32,
        /// Link index.
        2 PSP_A_DEV_IFINDEX Link link: LinkIndex,
        /// Versions that the device has.
        3 PSP_A_DEV_PSP_VERSIONS_CAP Capable capable: PspVersions,
        /// Versions that are enabled.
        4 PSP_A_DEV_PSP_VERSIONS_ENA Enabled enabled: PspVersions,
        /// Link that is associated with the device, an attribute for each; absent for
        /// none. A reader in the namespace of such a link sees the links there alone.
        5 PSP_A_DEV_ASSOC_LIST Associated associated: Many<Nest<AssociatedLink>>,
        /// Identifier of the associated link's network namespace; only in requests, and
        /// by default that of the sender.
        6 PSP_A_DEV_NSID Namespace namespace: i32,
        /// True for a reader in the namespace of an associated link, not of the device.
        7 PSP_A_DEV_BY_ASSOCIATION ByAssociation by_association: Flag,
    }
}

attributes! {
    /// Link that is associated with a device (`PSP_A_ASSOC_DEV_INFO_*`).
    pub set AssociatedLink, enum AssociatedLinkAttr {
        /// Link index.
        1 PSP_A_ASSOC_DEV_INFO_IFINDEX Link link: LinkIndex,
        /// Identifier of the link's network namespace; -1 if that is the reader's.
        2 PSP_A_ASSOC_DEV_INFO_NSID Namespace namespace: i32,
    }
}

attributes! {
    /// Keys of a socket (`PSP_A_ASSOC_*`).
    pub set Association, enum AssociationAttr {
        /// Identifier of the device.
        1 PSP_A_ASSOC_DEV_ID Device device: u32,
        /// Version of the protocol.
        2 PSP_A_ASSOC_VERSION Version version: PspVersion,
        /// Receive key; only in answers to [`NewRxKey`].
        3 PSP_A_ASSOC_RX_KEY RxKey rx_key: Nest<PspKey>,
        /// Transmit key; only in requests, and nothing reads it.
        4 PSP_A_ASSOC_TX_KEY TxKey tx_key: Nest<PspKey>,
        /// Descriptor of the socket; only in requests.
        5 PSP_A_ASSOC_SOCK_FD Socket socket: u32,
    }
}

attributes! {
    /// Key (`PSP_A_KEYS_*`).
    pub set PspKey, enum PspKeyAttr {
        /// Key, 16 or 32 bytes.
        1 PSP_A_KEYS_KEY Key key: Secret<Bytes>,
        /// Security parameter index.
        2 PSP_A_KEYS_SPI Spi spi: u32,
    }
}

attributes! {
    /// Statistics of a device (`PSP_A_STATS_*`), all of which an answer has.
    pub set PspStats, enum PspStatsAttr {
        /// Identifier of the device.
        1 PSP_A_STATS_DEV_ID Device device: u32,
        /// Number of rotations of the device key.
        2 PSP_A_STATS_KEY_ROTATIONS KeyRotations key_rotations: Uint,
        /// Number of sockets whose key a rotation made stale.
        3 PSP_A_STATS_STALE_EVENTS StaleEvents stale_events: Uint,
        /// Number of received packets.
        4 PSP_A_STATS_RX_PACKETS RxPackets rx_packets: Uint,
        /// Number of received bytes.
        5 PSP_A_STATS_RX_BYTES RxBytes rx_bytes: Uint,
        /// Number of received packets that failed authentication.
        6 PSP_A_STATS_RX_AUTH_FAIL RxAuthFailed rx_auth_failed: Uint,
        /// Number of received packets with an error in length or tail.
        7 PSP_A_STATS_RX_ERROR RxErrors rx_errors: Uint,
        /// Number of received packets with an invalid header.
        8 PSP_A_STATS_RX_BAD RxBad rx_bad: Uint,
        /// Number of sent packets.
        9 PSP_A_STATS_TX_PACKETS TxPackets tx_packets: Uint,
        /// Number of sent bytes.
        10 PSP_A_STATS_TX_BYTES TxBytes tx_bytes: Uint,
        /// Number of packets that could not be sent.
        11 PSP_A_STATS_TX_ERROR TxErrors tx_errors: Uint,
    }
}
