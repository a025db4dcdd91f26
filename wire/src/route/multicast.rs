//! Multicast routing: tables with their virtual interfaces (`IPMRA_TABLE_*`),
//! and packets of unknown route (`IPMRA_CREPORT_*`) (`linux/mroute.h`,
//! `linux/mroute6.h`, `net/ipv4/ipmr.c`).
//!
//! Routes are those of [`RouteHeader`](super::RouteHeader) with the family
//! [`RTNL_FAMILY_IPMR`] or [`RTNL_FAMILY_IP6MR`](super::RTNL_FAMILY_IP6MR).

use super::{FamilyHeader, LinkHeader, LinkRow, PROTOCOL, RTM_GETLINK, RTNL_FAMILY_IPMR};
use crate::codec::{Address, Bytes, Ip, Many, Nest};
use crate::numbers::{flags, numbers};
use crate::schema::Protocol;
use crate::{
    EncodeError, GetFlags, LinkIndex, MessageRef, Next, Query, Request, Row, Writer, attributes,
};

attributes! {
    /// Table of IPv4 multicast routes: [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC) of a
    /// row of [`GetMulticastTables`] (`IPMRA_TABLE_*`).
    pub set MulticastTable, enum MulticastTableAttr {
        /// Number of the table.
        1 IPMRA_TABLE_ID Id id: u32,
        /// Number of packets that wait for a route.
        2 IPMRA_TABLE_CACHE_RES_QUEUE_LEN Unresolved unresolved: u32,
        /// Virtual interface for PIM's register messages, or -1.
        3 IPMRA_TABLE_MROUTE_REG_VIF_NUM RegisterInterface register_interface: i32,
        /// 1 if assert mode is on.
        4 IPMRA_TABLE_MROUTE_DO_ASSERT Assert assert: u8,
        /// 1 if PIM is on.
        5 IPMRA_TABLE_MROUTE_DO_PIM Pim pim: u8,
        /// Virtual interfaces.
        6 IPMRA_TABLE_VIFS Interfaces interfaces: Nest<MulticastInterfaces>,
        /// 1 if reports of a wrong interface have the whole packet.
        7 IPMRA_TABLE_MROUTE_DO_WRVIFWHOLE WholePacket whole_packet: u8,
    }
}

attributes! {
    /// Virtual interfaces of a multicast routing table.
    pub set MulticastInterfaces, enum MulticastInterfacesAttr {
        /// Virtual interface.
        1 IPMRA_VIF Interface interface: Many<Nest<MulticastInterface>>,
    }
}

attributes! {
    /// Virtual interface of multicast routing (`IPMRA_VIFA_*`).
    pub set MulticastInterface, enum MulticastInterfaceAttr {
        /// Link index.
        1 IPMRA_VIFA_IFINDEX Index index: LinkIndex,
        /// Number of the virtual interface.
        2 IPMRA_VIFA_VIF_ID Id id: u32,
        /// Flags.
        3 IPMRA_VIFA_FLAGS Flags flags: MulticastInterfaceFlags,
        /// Number of bytes received.
        4 IPMRA_VIFA_BYTES_IN RxBytes rx_bytes: u64,
        /// Number of bytes sent.
        5 IPMRA_VIFA_BYTES_OUT TxBytes tx_bytes: u64,
        /// Number of packets received.
        6 IPMRA_VIFA_PACKETS_IN RxPackets rx_packets: u64,
        /// Number of packets sent.
        7 IPMRA_VIFA_PACKETS_OUT TxPackets tx_packets: u64,
        /// Local address.
        8 IPMRA_VIFA_LOCAL_ADDR Local local: Ip,
        /// Remote address of a tunnel.
        9 IPMRA_VIFA_REMOTE_ADDR Remote remote: Ip,
        /// Padding.
        10 IPMRA_VIFA_PAD Pad pad: Bytes,
    }
}

flags! {
    /// Flags of a virtual interface of multicast routing.
    pub struct MulticastInterfaceFlags(u16) {
        /// Tunnel of IPv4 in IPv4.
        TUNNEL = 0x1 "VIFF_TUNNEL" "tunnel";
        /// Source routing, which is obsolete.
        SRCRT = 0x2 "VIFF_SRCRT" "srcrt";
        /// PIM's register messages.
        REGISTER = 0x4 "VIFF_REGISTER" "register";
        /// Interface named by link index instead of address.
        USE_IFINDEX = 0x8 "VIFF_USE_IFINDEX" "use_ifindex";
    }
}

attributes! {
    /// Packet without a multicast route, IPv4 or IPv6 (`IPMRA_CREPORT_*`,
    /// `IP6MRA_CREPORT_*`).
    pub set CacheReport, enum CacheReportAttr {
        /// Reason of the report.
        1 IPMRA_CREPORT_MSGTYPE Kind kind: CacheReportKind,
        /// Number of the virtual interface.
        2 IPMRA_CREPORT_VIF_ID Interface interface: u32,
        /// Source address.
        3 IPMRA_CREPORT_SRC_ADDR Source source: Address,
        /// Group.
        4 IPMRA_CREPORT_DST_ADDR Group group: Address,
        /// Packet, if the report is of a whole one; otherwise an IGMP or MLD header.
        5 IPMRA_CREPORT_PKT Packet packet: Bytes,
        /// Multicast routing table; IPv4 only.
        6 IPMRA_CREPORT_TABLE Table table: u32,
    }
}

/// Reason of a report of IPv6: the number of [`IPMRA_CREPORT_MSGTYPE`].
pub const IP6MRA_CREPORT_MSGTYPE: u16 = IPMRA_CREPORT_MSGTYPE;
/// Virtual interface of IPv6: the number of [`IPMRA_CREPORT_VIF_ID`].
pub const IP6MRA_CREPORT_MIF_ID: u16 = IPMRA_CREPORT_VIF_ID;
/// Source address of IPv6: the number of [`IPMRA_CREPORT_SRC_ADDR`].
pub const IP6MRA_CREPORT_SRC_ADDR: u16 = IPMRA_CREPORT_SRC_ADDR;
/// Group of IPv6: the number of [`IPMRA_CREPORT_DST_ADDR`].
pub const IP6MRA_CREPORT_DST_ADDR: u16 = IPMRA_CREPORT_DST_ADDR;
/// Packet of IPv6: the number of [`IPMRA_CREPORT_PKT`].
pub const IP6MRA_CREPORT_PKT: u16 = IPMRA_CREPORT_PKT;

numbers! {
    /// Reason of a report to the multicast routing daemon.
    pub struct CacheReportKind(u8) {
        /// No route.
        NO_CACHE = 1 "IGMPMSG_NOCACHE" "nocache";
        /// Packet on the wrong interface: the route has another.
        WRONG_INTERFACE = 2 "IGMPMSG_WRONGVIF" "wrongvif";
        /// Packet for PIM register messages.
        WHOLE_PACKET = 3 "IGMPMSG_WHOLEPKT" "wholepkt";
        /// Packet on the wrong interface, with its contents.
        WRONG_INTERFACE_WHOLE = 4 "IGMPMSG_WRVIFWHOLE" "wrvifwhole";
    }
}

/// Packet of unknown route, a notification.
pub type CacheReportRow<'a> = Row<'a, FamilyHeader, CacheReport>;

/// Lists tables of IPv4 multicast routes, with their virtual interfaces. The
/// rows are links without a name, whose `IFLA_AF_SPEC` is a [`MulticastTable`].
///
/// ```
/// use nlwire::route::GetMulticastTables;
///
/// let tables = GetMulticastTables::all();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct GetMulticastTables(());

impl GetMulticastTables {
    /// Lists all tables.
    pub fn all() -> Self {
        Self::default()
    }
}

impl Request for GetMulticastTables {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = LinkHeader {
            family: RTNL_FAMILY_IPMR,
            ..LinkHeader::default()
        };
        w.append_message(RTM_GETLINK, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetMulticastTables {
    type Row<'a> = LinkRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkRow<'_> {
        Row::of(message)
    }

    // A kernel without multicast routing lists links instead.
    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, crate::DecodeError> {
        Ok(LinkRow::of(message).header.family == RTNL_FAMILY_IPMR)
    }
}

crate::__format!(GetMulticastTables);
