//! `NETLINK_GENERIC`: families by name, the controller that knows their numbers
//! (`linux/genetlink.h`), [`taskstats`], and a module for each other family.
//!
//! | module and feature | family |
//! |---|---|
//! | `ethtool`, `devlink`, `netdev`, `net_shaper`, `ncsi`, `vdpa` | network cards: settings, ports, queues, rates |
//! | `nl80211`, `mac80211_hwsim` | wireless LAN, what `iw` shows, and simulated radios |
//! | `tipc`, `smc` | TIPC, and TCP over shared memory |
//! | `openvswitch`, `ipvs` | switch and load balancer of the kernel |
//! | `wireguard`, `macsec`, `ovpn`, `psp`, `handshake` | keys and peers of encryption |
//! | `mptcp_pm`, `tcp_metrics` | Multipath TCP, and what TCP knows of its peers |
//! | `seg6`, `ioam6`, `ila` | IPv6 segment routing, measurements and locators |
//! | `l2tp`, `fou`, `gtp`, `batadv`, `team` | tunnels, meshes and teams of links |
//! | `psample`, `drop_monitor` | sampled and dropped packets |
//! | `nfsd`, `lockd`, `sunrpc` | the NFS server |
//! | `nbd`, `quota` | network block devices, disk quotas |
//! | `thermal`, `acpi_event`, `dev_energymodel`, `drm_ras`, `dpll`, `binder` | devices and drivers |
//!
//! ```text
//!  0         1         2          4
//! +---------+---------+----------+------------
//! | command | version | reserved | attributes
//! +---------+---------+----------+------------
//! ```
//!
//! A connection of the crate `nlsock` looks up a family's number by name at the
//! first request. The controller has the names:
//!
//! ```
//! use nlwire::Batch;
//! use nlwire::generic::{GetFamilies, GetFamily};
//!
//! let mut room = [0; 128];
//! let mut batch = Batch::new(&mut room[..]);
//! batch.push(&GetFamily::by_name("ethtool"))?;
//! batch.push(&GetFamilies::all())?;
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! | to | value |
//! |---|---|
//! | list families, or get one with its groups and commands | [`GetFamilies`], [`GetFamily`] |
//! | learn what a family accepts | [`GetPolicies`] |
//! | watch families come and go | [`Change`] |
//! | read the resources that a process has used | [`taskstats`] |
//! | read and change network cards | `ethtool`, a feature |
//! | read and change WireGuard devices | `wireguard`, a feature |
//! | talk to a family without a module here | a table and requests of your own: [`adding`](crate::adding) |
//!
//! The message type is the family's number, which the kernel assigns when the
//! family's module is loaded. Only the controller's number is fixed:
//! [`GENL_ID_CTRL`].

#[cfg(feature = "acpi_event")]
pub mod acpi_event;
#[cfg(feature = "batadv")]
pub mod batadv;
#[cfg(feature = "binder")]
pub mod binder;
mod change;
pub mod controller;
#[cfg(feature = "dev_energymodel")]
pub mod dev_energymodel;
#[cfg(feature = "devlink")]
pub mod devlink;
#[cfg(feature = "dpll")]
pub mod dpll;
#[cfg(feature = "drm_ras")]
pub mod drm_ras;
#[cfg(feature = "drop_monitor")]
pub mod drop_monitor;
#[cfg(feature = "ethtool")]
pub mod ethtool;
mod family;
#[cfg(feature = "fou")]
pub mod fou;
#[cfg(feature = "gtp")]
pub mod gtp;
#[cfg(feature = "handshake")]
pub mod handshake;
#[cfg(feature = "ila")]
pub mod ila;
#[cfg(feature = "ioam6")]
pub mod ioam6;
#[cfg(feature = "ipvs")]
pub mod ipvs;
#[cfg(feature = "l2tp")]
pub mod l2tp;
#[cfg(feature = "lockd")]
pub mod lockd;
#[cfg(feature = "mac80211_hwsim")]
pub mod mac80211_hwsim;
#[cfg(feature = "macsec")]
pub mod macsec;
#[cfg(feature = "mptcp_pm")]
pub mod mptcp_pm;
#[cfg(feature = "nbd")]
pub mod nbd;
#[cfg(feature = "ncsi")]
pub mod ncsi;
#[cfg(feature = "net_shaper")]
pub mod net_shaper;
#[cfg(feature = "netdev")]
pub mod netdev;
#[cfg(feature = "nfsd")]
pub mod nfsd;
#[cfg(feature = "nl80211")]
pub mod nl80211;
#[cfg(feature = "openvswitch")]
pub mod openvswitch;
#[cfg(feature = "ovpn")]
pub mod ovpn;
#[cfg(feature = "psample")]
pub mod psample;
#[cfg(feature = "psp")]
pub mod psp;
#[cfg(feature = "quota")]
pub mod quota;
#[cfg(feature = "seg6")]
pub mod seg6;
#[cfg(feature = "smc")]
pub mod smc;
#[cfg(feature = "sunrpc")]
pub mod sunrpc;
pub mod taskstats;
#[cfg(feature = "tcp_metrics")]
pub mod tcp_metrics;
#[cfg(feature = "team")]
pub mod team;
#[cfg(feature = "thermal")]
pub mod thermal;
#[cfg(feature = "tipc")]
pub mod tipc;
#[cfg(feature = "vdpa")]
pub mod vdpa;
#[cfg(feature = "wireguard")]
pub mod wireguard;

use crate::zerocopy::native_endian::U16;

pub use change::Change;
#[doc(no_inline)]
pub use controller::*;

use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName, Verb};
use crate::structs::structs;
use crate::{FixedHeader, MessageType};

/// Protocol number for socket(2).
pub const NETLINK_GENERIC: u8 = 16;

/// Message type of the controller.
pub const GENL_ID_CTRL: MessageType = MessageType(16);
/// Message type of disk quota reports.
pub const GENL_ID_VFS_DQUOT: MessageType = MessageType(17);
/// Message type of the PMC RAID driver's events.
pub const GENL_ID_PMCRAID: MessageType = MessageType(18);

structs! {
    /// Fixed header of each family, 4 bytes. Some families have a header of
    /// their own after it.
    #[doc(alias = "genlmsghdr")]
    pub struct GenericHeader: 4 {
        /// Command of the family.
        #[doc(alias = "cmd")]
        command: u8,
        /// Version of the family's interface.
        version: u8,
        /// Reserved: newer kernels refuse values other than 0.
        reserved: U16,
    }
}

impl GenericHeader {
    /// Describes a command in this version of the family's interface.
    #[must_use]
    pub const fn new(command: u8, version: u8) -> Self {
        Self {
            command,
            version,
            reserved: U16::new(0),
        }
    }
}

impl FixedHeader for GenericHeader {}

/// Schema of the protocol. It has only the controller's messages by name, as
/// the other families' numbers are known at run time only.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_GENERIC,
    name: "generic",
    types: &[
        TypeName::new(GENL_ID_CTRL, "GENL_ID_CTRL"),
        TypeName::new(GENL_ID_VFS_DQUOT, "GENL_ID_VFS_DQUOT"),
        TypeName::new(GENL_ID_PMCRAID, "GENL_ID_PMCRAID"),
    ],
    // Commands have no verb in their names; the dump flag distinguishes dumps.
    verb: Some(Verb::Get),
    messages: &[
        MessageSchema::new::<GenericHeader>(GENL_ID_CTRL, "GENL_ID_CTRL", Controller::schema),
        MessageSchema::rest::<GenericHeader>(),
    ],
    family: None,
};
