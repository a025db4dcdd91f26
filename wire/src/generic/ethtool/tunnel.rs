//! UDP tunnel ports that a network card parses.

use super::request::messages;
use super::{Bitset, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Be, Many, Nest};
use crate::numbers::numbers;

/// Offloaded UDP tunnel ports of a link.
pub type TunnelInfoRow<'a> = LinkRow<'a, TunnelInfo>;
/// Reads the offloaded UDP tunnel ports of a link, or of all links.
///
/// Ports whose inner packets the card parses, as `ethtool --show-tunnels eth0` lists
/// them:
///
/// ```
/// use nlwire::fields;
/// use nlwire::generic::ethtool::*;
///
/// let read = GetTunnelInfo::by_name("eth0");
///
/// /// Prints the ports of all tables.
/// fn print(link: &TunnelInfoRow<'_>) -> Result<(), nlwire::DecodeError> {
///     let Some(ports) = fields!(link.attributes => TunnelInfo { udp_ports })?.udp_ports else {
///         return Ok(());
///     };
///     for table in fields!(ports => UdpTunnels { table })?.table.into_iter().flatten() {
///         for port in fields!(table? => UdpTunnelTable { entry })?.entry.into_iter().flatten() {
///             let port = fields!(port? => UdpTunnelPort { port, tunnel_type })?;
///             println!("{:?} port {:?}", port.tunnel_type, port.port);
///         }
///     }
///     Ok(())
/// }
/// ```
#[doc(alias = "ETHTOOL_MSG_TUNNEL_INFO_GET")]
pub type GetTunnelInfo<'a> = Get<'a, TunnelInfo>;

messages! {
    TunnelInfo: ETHTOOL_A_TUNNEL_INFO_HEADER, get ETHTOOL_MSG_TUNNEL_INFO_GET;
}

attributes! {
    /// Offloaded tunnels of a link (`ETHTOOL_A_TUNNEL_INFO_*`).
    pub set TunnelInfo, enum TunnelInfoAttr {
        /// Link.
        1 ETHTOOL_A_TUNNEL_INFO_HEADER Header header: Nest<Header>,
        /// UDP tunnel ports.
        2 ETHTOOL_A_TUNNEL_INFO_UDP_PORTS UdpPorts udp_ports: Nest<UdpTunnels>,
    }
}

attributes! {
    /// Offloaded UDP tunnels (`ETHTOOL_A_TUNNEL_UDP_*`).
    pub set UdpTunnels, enum UdpTunnelsAttr {
        /// Table of the card; it may have several.
        1 ETHTOOL_A_TUNNEL_UDP_TABLE Table table: Many<Nest<UdpTunnelTable>>,
    }
}

attributes! {
    /// Table of UDP tunnel ports (`ETHTOOL_A_TUNNEL_UDP_TABLE_*`).
    pub set UdpTunnelTable, enum UdpTunnelTableAttr {
        /// Number of ports that the table has room for.
        1 ETHTOOL_A_TUNNEL_UDP_TABLE_SIZE Size size: u32,
        /// Tunnel types that the table takes.
        2 ETHTOOL_A_TUNNEL_UDP_TABLE_TYPES Types types: Nest<Bitset>,
        /// Port in the table.
        3 ETHTOOL_A_TUNNEL_UDP_TABLE_ENTRY Entry entry: Many<Nest<UdpTunnelPort>>,
    }
}

attributes! {
    /// Offloaded UDP tunnel port (`ETHTOOL_A_TUNNEL_UDP_ENTRY_*`).
    pub set UdpTunnelPort, enum UdpTunnelPortAttr {
        /// UDP port.
        1 ETHTOOL_A_TUNNEL_UDP_ENTRY_PORT Port port: Be<u16>,
        /// Tunnel type.
        2 ETHTOOL_A_TUNNEL_UDP_ENTRY_TYPE Type tunnel_type: UdpTunnelType,
    }
}

numbers! {
    /// Tunnel type.
    pub struct UdpTunnelType(u32) {
        VXLAN = 0 "ETHTOOL_UDP_TUNNEL_TYPE_VXLAN" "vxlan";
        GENEVE = 1 "ETHTOOL_UDP_TUNNEL_TYPE_GENEVE" "geneve";
        VXLAN_GPE = 2 "ETHTOOL_UDP_TUNNEL_TYPE_VXLAN_GPE" "vxlan-gpe";
    }
}
