//! `gtp`: contexts of the GPRS tunnelling protocol, as `gtp-tunnel` shows and
//! sets them (`linux/gtp.h`).
//!
//! A context joins the address of a mobile station to the tunnel of its peer:
//!
//! ```
//! use nlwire::generic::gtp::{GtpAttr, NewContext};
//!
//! let new = NewContext::v1(7, 100, 200).with(&[
//!     GtpAttr::Peer([192, 0, 2, 1].into()),
//!     GtpAttr::Station([10, 0, 0, 7].into()),
//! ]);
//! let old = NewContext::v0(7, 100, 1);
//! ```
//!
//! Contexts are listed, and the peer is asked for a sign of life before one is
//! deleted. `gtp-tunnel list` and `gtp-tunnel delete gtp0 v1 100` do the first and the
//! last:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::gtp::*;
//!
//! let (all, one) = (GetContexts::all(), GetContext::v1(7, 100));
//! let addresses = [
//!     GtpAttr::Peer([192, 0, 2, 1].into()),
//!     GtpAttr::Station([192, 0, 2, 9].into()),
//! ];
//! let echo = SendEcho::on(7, GtpVersion::V1).with(&addresses);
//! let delete = DeleteContext::v1(7, 100).if_there();
//!
//! /// Prints the station of a context.
//! fn print(row: &GtpRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Gtp { local_tunnel, station, peer })?;
//!     println!("{:?}: {:?} by {:?}", found.local_tunnel, found.station, found.peer);
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Ip};
use crate::{LinkIndex, attributes, numbers};

family! {
    name GTP_GENL_NAME "gtp";
    version GTP_GENL_VERSION 0;
    group GTP_GENL_MCGRP_NAME "gtp" "answers of peers to echo requests: [`Change`].";
    command 0 GTP_CMD_NEWPDP Gtp "Creates a context.";
    command 1 GTP_CMD_DELPDP Gtp "Deletes a context.";
    command 2 GTP_CMD_GETPDP Gtp "Reads a context, or lists all.";
    command 3 GTP_CMD_ECHOREQ Gtp "Sends an echo request, or reports an answer.";
}

requests! {
    Gtp, GtpAttr, GtpRow, "context";

    /// Creates a context: `with` [`Peer`](GtpAttr::Peer) and
    /// [`Station`](GtpAttr::Station).
    Act NewContext = GTP_CMD_NEWPDP {
        /// Creates a context of GTPv0 with this tunnel identifier and flow label.
        v0(link: impl Into<LinkIndex>, tunnel: u64, flow: u16) {
            Version(GtpVersion::V0), Link(link.into()), Tunnel(tunnel), Flow(flow)
        }
        /// Creates a context of GTPv1 with the local tunnel identifier and that of
        /// the peer.
        v1(link: impl Into<LinkIndex>, local: u32, remote: u32) {
            Version(GtpVersion::V1),
            Link(link.into()),
            LocalTunnel(local),
            RemoteTunnel(remote)
        }
    }
    /// Deletes a context.
    Delete(ENOENT) DeleteContext = GTP_CMD_DELPDP {
        /// Deletes the context of GTPv0 with this tunnel identifier.
        v0(link: impl Into<LinkIndex>, tunnel: u64) {
            Version(GtpVersion::V0), Link(link.into()), Tunnel(tunnel)
        }
        /// Deletes the context of GTPv1 with this local tunnel identifier.
        v1(link: impl Into<LinkIndex>, local: u32) {
            Version(GtpVersion::V1), Link(link.into()), LocalTunnel(local)
        }
    }
    /// Reads a context.
    Ask GetContext = GTP_CMD_GETPDP {
        /// Reads the context of GTPv0 with this tunnel identifier.
        v0(link: impl Into<LinkIndex>, tunnel: u64) {
            Version(GtpVersion::V0), Link(link.into()), Tunnel(tunnel)
        }
        /// Reads the context of GTPv1 with this local tunnel identifier.
        v1(link: impl Into<LinkIndex>, local: u32) {
            Version(GtpVersion::V1), Link(link.into()), LocalTunnel(local)
        }
    }
    /// Lists contexts.
    List GetContexts = GTP_CMD_GETPDP {
        /// Lists the contexts of all links.
        all() {}
    }
    /// Sends an echo request of GTPv0 or GTPv1 to a peer: `with`
    /// [`Peer`](GtpAttr::Peer) and [`Station`](GtpAttr::Station), the local address.
    Act SendEcho = GTP_CMD_ECHOREQ {
        /// Sends the request on this link.
        on(link: impl Into<LinkIndex>, version: GtpVersion) {
            Link(link.into()), Version(version)
        }
    }
}

changes! {
    /// Notification of the group [`GTP_GENL_MCGRP_NAME`].
    Change {
        /// Answer of a peer to an echo request.
        Echo(Gtp) = GTP_CMD_ECHOREQ;
    }
}

numbers! {
    /// Version of the protocol.
    pub struct GtpVersion(u32) {
        V0 = 0 "GTP_V0" "v0";
        V1 = 1 "GTP_V1" "v1";
    }
}

attributes! {
    /// Context (`GTPA_*`).
    pub set Gtp, enum GtpAttr {
        /// Link index.
        1 GTPA_LINK Link link: LinkIndex,
        /// Version of the protocol.
        2 GTPA_VERSION Version version: GtpVersion,
        /// Tunnel identifier of GTPv0.
        3 GTPA_TID Tunnel tunnel: u64,
        /// IPv4 address of the peer, an SGSN or a GGSN.
        4 GTPA_PEER_ADDRESS Peer peer: Ip,
        /// IPv4 address of the mobile station.
        5 GTPA_MS_ADDRESS Station station: Ip,
        /// Flow label of GTPv0.
        6 GTPA_FLOW Flow flow: u16,
        /// Descriptor of the link's network namespace.
        7 GTPA_NET_NS_FD Namespace namespace: u32,
        /// Local tunnel identifier of GTPv1.
        8 GTPA_I_TEI LocalTunnel local_tunnel: u32,
        /// Tunnel identifier of the peer in GTPv1.
        9 GTPA_O_TEI RemoteTunnel remote_tunnel: u32,
        /// Padding.
        10 GTPA_PAD Pad pad: Bytes,
        /// IPv6 address of the peer (Linux 6.11).
        11 GTPA_PEER_ADDR6 PeerV6 peer_v6: Ip,
        /// IPv6 address of the mobile station (Linux 6.11).
        12 GTPA_MS_ADDR6 StationV6 station_v6: Ip,
        /// Address family of the packets inside (Linux 6.11).
        13 GTPA_FAMILY Family family: u8,
    }
}
