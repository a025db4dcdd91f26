//! `ovs_vport`: ports of datapaths.
//!
//! ```
//! use nlwire::generic::openvswitch::vport::{NewVport, VportType};
//!
//! // ovs-dpctl add-if dp0 eth0, where dp0 is link 7
//! let port = NewVport::of(7, "eth0", VportType::LINK);
//! ```
//!
//! A VXLAN port on UDP port 4789 gets two netlink ports for upcalls, is looked at
//! and goes, as by `ovs-dpctl add-if`, `set-if`, `show` and `del-if`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::openvswitch::vport::*;
//! use nlwire::zerocopy::native_endian::U32;
//!
//! let udp = [VportOptionsAttr::Port(4789)];
//! let udp = [VportAttr::Options((&udp).into())];
//! let new = NewVport::of(7, "vxlan0", VportType::VXLAN).with(&udp);
//!
//! let upcalls = [4001, 4002].map(U32::new);
//! let upcalls = [VportAttr::UpcallPorts(&upcalls)];
//! let change = SetVport::of(7, 2).with(&upcalls);
//! let one = GetVport::by_name("vxlan0");
//! let all = GetVports::of(7);
//! let delete = DeleteVport::of(7, 2).if_there();
//!
//! /// Prints a port and its received packets.
//! fn print(port: &VportRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(port.attributes => Vport { number, name, stats })?;
//!     let received = found.stats.map(|stats| stats.rx_packets.get());
//!     println!("port {:?}: {:?}, {received:?} packets", found.number, found.name);
//!     Ok(())
//! }
//! ```

use super::super::family::{changes, family, requests};
use super::OvsHeader;
use crate::codec::{Array, Bytes, Flag, Nest, Struct};
use crate::zerocopy::native_endian::{U32, U64};
use crate::{LinkIndex, Text, attributes, codec, numbers, structs};

family! {
    name OVS_VPORT_FAMILY "ovs_vport";
    version OVS_VPORT_VERSION 1;
    header OvsHeader;
    group OVS_VPORT_MCGROUP "ovs_vport" "ports: [`Change`].";
    command 1 OVS_VPORT_CMD_NEW Vport "Adds a port, or reports one.";
    command 2 OVS_VPORT_CMD_DEL Vport "Removes a port, or reports that.";
    command 3 OVS_VPORT_CMD_GET Vport "Reads a port, or lists all of a datapath.";
    command 4 OVS_VPORT_CMD_SET Vport "Changes a port, or reports that.";
}

requests! {
    Vport, VportAttr, VportRow, "port";

    /// Adds a port: `with` [`UpcallPorts`](VportAttr::UpcallPorts).
    Act NewVport = OVS_VPORT_CMD_NEW {
        /// Adds a port with this name and type to a datapath.
        of(datapath: impl Into<LinkIndex>, name: impl Into<Text<'a>>, kind: VportType)
            @ datapath.into().get() => { Name(name.into()), Kind(kind) }
    }
    /// Changes a port.
    Act SetVport = OVS_VPORT_CMD_SET {
        /// Changes the port of a datapath with this number.
        of(datapath: impl Into<LinkIndex>, number: u32)
            @ datapath.into().get() => { Number(number) }
    }
    /// Removes a port.
    Delete(ENODEV) DeleteVport = OVS_VPORT_CMD_DEL {
        /// Removes the port of a datapath with this number.
        of(datapath: impl Into<LinkIndex>, number: u32)
            @ datapath.into().get() => { Number(number) }
    }
    /// Reads a port.
    Ask GetVport = OVS_VPORT_CMD_GET {
        /// Reads the port of a datapath with this number.
        of(datapath: impl Into<LinkIndex>, number: u32)
            @ datapath.into().get() => { Number(number) }
        /// Reads the port with this name in any datapath.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
    }
    /// Lists ports.
    List GetVports = OVS_VPORT_CMD_GET {
        /// Lists the ports of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
}

changes! {
    /// Notification of the group [`OVS_VPORT_MCGROUP`].
    Change {
        /// New port.
        New(Vport) = OVS_VPORT_CMD_NEW;
        /// Changed port.
        Set(Vport) = OVS_VPORT_CMD_SET;
        /// Removed port.
        Del(Vport) = OVS_VPORT_CMD_DEL;
    }
}

numbers! {
    /// Type of a port.
    pub struct VportType(u32) {
        UNSPEC = 0 "OVS_VPORT_TYPE_UNSPEC";
        /// Link that exists already.
        LINK = 1 "OVS_VPORT_TYPE_NETDEV" "netdev";
        /// New link of the datapath.
        INTERNAL = 2 "OVS_VPORT_TYPE_INTERNAL" "internal";
        GRE = 3 "OVS_VPORT_TYPE_GRE" "gre";
        VXLAN = 4 "OVS_VPORT_TYPE_VXLAN" "vxlan";
        GENEVE = 5 "OVS_VPORT_TYPE_GENEVE" "geneve";
    }
}

structs! {
    /// Statistics of a port.
    #[doc(alias = "ovs_vport_stats")]
    pub struct VportStats: 64 {
        /// Number of received packets.
        rx_packets: U64,
        /// Number of sent packets.
        tx_packets: U64,
        /// Number of received bytes.
        rx_bytes: U64,
        /// Number of sent bytes.
        tx_bytes: U64,
        /// Number of broken packets received.
        rx_errors: U64,
        /// Number of packets that could not be sent.
        tx_errors: U64,
        /// Number of received packets dropped.
        rx_dropped: U64,
        /// Number of packets dropped before they were sent.
        tx_dropped: U64,
    }
}

attributes! {
    /// Port (`OVS_VPORT_ATTR_*`).
    pub set Vport, enum VportAttr {
        /// Number of the port in its datapath.
        1 OVS_VPORT_ATTR_PORT_NO Number number: u32,
        /// Type.
        2 OVS_VPORT_ATTR_TYPE Kind kind: VportType,
        /// Link name.
        3 OVS_VPORT_ATTR_NAME Name name: codec::Text,
        /// Options of a tunnel.
        4 OVS_VPORT_ATTR_OPTIONS Options options: Nest<VportOptions>,
        /// Netlink ports for upcalls; a single 0 for none.
        5 OVS_VPORT_ATTR_UPCALL_PID UpcallPorts upcall_ports: Array<U32>,
        /// Statistics.
        6 OVS_VPORT_ATTR_STATS Stats stats: Struct<VportStats>,
        /// Padding.
        7 OVS_VPORT_ATTR_PAD Pad pad: Bytes,
        /// Link index.
        8 OVS_VPORT_ATTR_IFINDEX Link link: LinkIndex,
        /// Identifier of the link's network namespace.
        9 OVS_VPORT_ATTR_NETNSID Namespace namespace: i32,
        /// Statistics of upcalls (Linux 6.3).
        10 OVS_VPORT_ATTR_UPCALL_STATS UpcallStats upcall_stats: Nest<UpcallStats>,
    }
}

attributes! {
    /// Options of a tunnel (`OVS_TUNNEL_ATTR_*`).
    pub set VportOptions, enum VportOptionsAttr {
        /// UDP port, in the machine's byte order.
        1 OVS_TUNNEL_ATTR_DST_PORT Port port: u16,
        /// Extensions of VXLAN.
        2 OVS_TUNNEL_ATTR_EXTENSION Extension extension: Nest<VxlanExtensions>,
    }
}

attributes! {
    /// Extensions of a VXLAN port (`OVS_VXLAN_EXT_*`).
    pub set VxlanExtensions, enum VxlanExtensionsAttr {
        /// Group policy (GBP).
        1 OVS_VXLAN_EXT_GBP GroupPolicy group_policy: Flag,
    }
}

attributes! {
    /// Statistics of upcalls (`OVS_VPORT_UPCALL_ATTR_*`).
    pub set UpcallStats, enum UpcallStatsAttr {
        /// Number of upcalls.
        0 OVS_VPORT_UPCALL_ATTR_SUCCESS Sent sent: u64,
        /// Number of failed upcalls.
        1 OVS_VPORT_UPCALL_ATTR_FAIL Failed failed: u64,
    }
}
