//! `NCSI`: the side-band interface from a baseboard controller to network cards
//! (`linux/ncsi.h`).
//!
//! ```
//! use nlwire::generic::ncsi::{GetPackages, SendCommand, SetChannelMask, SetInterface};
//!
//! let packages = GetPackages::of_link(2);
//! let prefer = SetInterface::of_link(2, 0);
//! let channels = SetChannelMask::of_link(2, 0, 0b11);
//! // "Get Version ID" (0x15) for channel 0 of package 0, without a payload.
//! let version = [0, 1, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
//! let send = SendCommand::of_link(2, 0, 0, &version);
//! ```
//!
//! Packages 0 and 1 work at once, and no channel is preferred any more:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ncsi::*;
//!
//! let both = SetPackageMask::of_link(2, 0b11).with(&[NcsiAttr::Multi(true)]);
//! let clear = ClearInterface::of_link(2);
//! let read = GetPackage::of_link(2, 0);
//!
//! /// Prints the packages of a link and whether one is preferred.
//! fn print(row: &NcsiRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(packages) = fields!(row.attributes => Ncsi { packages })?.packages else {
//!         return Ok(());
//!     };
//!     for package in fields!(packages => Packages { package })?.package.into_iter().flatten() {
//!         let found = fields!(package? => Packages { id, preferred })?;
//!         println!("package {:?}, preferred: {}", found.id, found.preferred.unwrap_or_default());
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{family, requests};
use crate::codec::{Bytes, Flag, Many, Nest, Text};
use crate::{LinkIndex, attributes};

family! {
    name NCSI_GENL_NAME "NCSI";
    version NCSI_GENL_VERSION 0;
    command 1 NCSI_CMD_PKG_INFO Ncsi "Reads a package, or lists all.";
    command 2 NCSI_CMD_SET_INTERFACE Ncsi "Prefers a package and a channel.";
    command 3 NCSI_CMD_CLEAR_INTERFACE Ncsi "Prefers no package.";
    command 4 NCSI_CMD_SEND_CMD Ncsi "Sends a command to a channel.";
    command 5 NCSI_CMD_SET_PACKAGE_MASK Ncsi "Limits the packages in use.";
    command 6 NCSI_CMD_SET_CHANNEL_MASK Ncsi "Limits the channels in use.";
}

requests! {
    Ncsi, NcsiAttr, NcsiRow, "package";

    /// Reads a package.
    Ask GetPackage = NCSI_CMD_PKG_INFO {
        /// Reads the package of a link with this identifier.
        of_link(link: impl Into<LinkIndex>, package: u32) {
            Link(link.into()), Package(package)
        }
    }
    /// Lists packages.
    List GetPackages = NCSI_CMD_PKG_INFO {
        /// Lists the packages of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Prefers a package, and `with` [`Channel`](NcsiAttr::Channel) a channel.
    Act SetInterface = NCSI_CMD_SET_INTERFACE {
        /// Prefers the package of a link with this identifier.
        of_link(link: impl Into<LinkIndex>, package: u32) {
            Link(link.into()), Package(package)
        }
    }
    /// Prefers no package and no channel.
    Act ClearInterface = NCSI_CMD_CLEAR_INTERFACE {
        /// Clears the preference of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Sends a command to a channel, and returns the answer in
    /// [`Data`](NcsiAttr::Data).
    Ask SendCommand = NCSI_CMD_SEND_CMD {
        /// Sends a command that begins with its header of 16 bytes.
        of_link(link: impl Into<LinkIndex>, package: u32, channel: u32, command: &'a [u8]) {
            Link(link.into()), Package(package), Channel(channel), Data(command)
        }
    }
    /// Limits the packages in use; `with` [`Multi`](NcsiAttr::Multi) several at
    /// once.
    Act SetPackageMask = NCSI_CMD_SET_PACKAGE_MASK {
        /// Uses the packages of this mask: bit n is package n.
        of_link(link: impl Into<LinkIndex>, mask: u32) {
            Link(link.into()), PackageMask(mask)
        }
    }
    /// Limits the channels in use; `with` [`Multi`](NcsiAttr::Multi) several at
    /// once.
    Act SetChannelMask = NCSI_CMD_SET_CHANNEL_MASK {
        /// Uses the channels of this mask: bit n is channel n.
        of_link(link: impl Into<LinkIndex>, package: u32, mask: u32) {
            Link(link.into()), Package(package), ChannelMask(mask)
        }
    }
}

attributes! {
    /// Link with its packages (`NCSI_ATTR_*`).
    pub set Ncsi, enum NcsiAttr {
        /// Link index.
        1 NCSI_ATTR_IFINDEX Link link: LinkIndex,
        /// Packages.
        2 NCSI_ATTR_PACKAGE_LIST Packages packages: Nest<Packages>,
        /// Identifier of a package.
        3 NCSI_ATTR_PACKAGE_ID Package package: u32,
        /// Identifier of a channel.
        4 NCSI_ATTR_CHANNEL_ID Channel channel: u32,
        /// Command or answer, from its header on.
        5 NCSI_ATTR_DATA Data data: Bytes,
        /// Uses several packages or channels at once.
        6 NCSI_ATTR_MULTI_FLAG Multi multi: Flag,
        /// Mask of packages.
        7 NCSI_ATTR_PACKAGE_MASK PackageMask package_mask: u32,
        /// Mask of channels.
        8 NCSI_ATTR_CHANNEL_MASK ChannelMask channel_mask: u32,
    }
}

attributes! {
    /// Packages, and the package itself (`NCSI_PKG_ATTR_*`).
    pub set Packages, enum PackagesAttr {
        /// Package, an attribute for each.
        1 NCSI_PKG_ATTR Package package: Many<Nest<Packages>>,
        /// Identifier of the package.
        2 NCSI_PKG_ATTR_ID Id id: u32,
        /// True if the package is preferred.
        3 NCSI_PKG_ATTR_FORCED Preferred preferred: Flag,
        /// Channels of the package.
        4 NCSI_PKG_ATTR_CHANNEL_LIST Channels channels: Nest<Channels>,
    }
}

attributes! {
    /// Channels, and the channel itself (`NCSI_CHANNEL_ATTR_*`).
    pub set Channels, enum ChannelsAttr {
        /// Channel, an attribute for each.
        1 NCSI_CHANNEL_ATTR Channel channel: Many<Nest<Channels>>,
        /// Identifier of the channel.
        2 NCSI_CHANNEL_ATTR_ID Id id: u32,
        /// Major version.
        3 NCSI_CHANNEL_ATTR_VERSION_MAJOR Major major: u32,
        /// Minor version.
        4 NCSI_CHANNEL_ATTR_VERSION_MINOR Minor minor: u32,
        /// Version of the firmware.
        5 NCSI_CHANNEL_ATTR_VERSION_STR Firmware firmware: Text,
        /// Link state, as the standard's answer has it.
        6 NCSI_CHANNEL_ATTR_LINK_STATE LinkState link_state: u32,
        /// True if the channel is in use.
        7 NCSI_CHANNEL_ATTR_ACTIVE Active active: Flag,
        /// True if the channel is preferred.
        8 NCSI_CHANNEL_ATTR_FORCED Preferred preferred: Flag,
        /// VLANs that the channel passes.
        9 NCSI_CHANNEL_ATTR_VLAN_LIST Vlans vlans: Nest<Channels>,
        /// VLAN ID, an attribute for each.
        10 NCSI_CHANNEL_ATTR_VLAN_ID Vlan vlan: Many<u16>,
    }
}
