//! `ovs_packet`: packets that a datapath sends to a program, and back.
//!
//! A packet without a flow arrives at the netlink port of the upcalls. It goes on by
//! port 2 without a flow, as `ovs-vswitchd` handles the first packet of a connection:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::openvswitch::flow::ActionAttr;
//! use nlwire::generic::openvswitch::packet::{Change, Execute, Packet, PacketAttr};
//!
//! /// Returns the attributes of the packet for [`Execute::of`] the same datapath.
//! fn forward<'a>(
//!     upcall: Change<'a>,
//!     actions: &'a [ActionAttr<'a>; 1],
//! ) -> Result<Option<[PacketAttr<'a>; 3]>, nlwire::DecodeError> {
//!     let Change::Miss(row) = upcall else { return Ok(None) };
//!     let found = fields!(row.attributes => Packet { packet, key })?;
//!     let (Some(packet), Some(key)) = (found.packet, found.key) else { return Ok(None) };
//!     Ok(Some([
//!         PacketAttr::Packet(packet),
//!         PacketAttr::Key(key.into()),
//!         PacketAttr::Actions(actions.into()),
//!     ]))
//! }
//!
//! let frame = [0; 60];
//! let actions = [ActionAttr::Output(2)];
//! let attributes = [PacketAttr::Packet(&frame), PacketAttr::Actions((&actions).into())];
//! let execute = Execute::of(7).with(&attributes);
//! ```

use super::super::family::{changes, family, requests};
use super::OvsHeader;
use super::flow::{Action, Key, TunnelKey};
use crate::codec::{Bytes, Flag, Nest};
use crate::{LinkIndex, attributes};

family! {
    name OVS_PACKET_FAMILY "ovs_packet";
    version OVS_PACKET_VERSION 1;
    header OvsHeader;
    command 1 OVS_PACKET_CMD_MISS Packet "Reports a packet without a flow.";
    command 2 OVS_PACKET_CMD_ACTION Packet "Reports a packet by an action.";
    command 3 OVS_PACKET_CMD_EXECUTE Packet "Carries out actions on a packet.";
}

requests! {
    Packet, PacketAttr, PacketRow, "packet";

    /// Carries out actions on a packet: `with` [`Packet`](PacketAttr::Packet),
    /// [`Key`](PacketAttr::Key) and [`Actions`](PacketAttr::Actions).
    Act Execute = OVS_PACKET_CMD_EXECUTE {
        /// Carries out the actions in this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
}

changes! {
    /// Packet that a datapath sends to the netlink port of its upcalls.
    Change {
        /// Packet without a flow.
        Miss(Packet) = OVS_PACKET_CMD_MISS;
        /// Packet that an action sends.
        Action(Packet) = OVS_PACKET_CMD_ACTION;
    }
}

attributes! {
    /// Packet (`OVS_PACKET_ATTR_*`).
    pub set Packet, enum PacketAttr {
        /// Packet from its Ethernet header on.
        1 OVS_PACKET_ATTR_PACKET Packet packet: Bytes,
        /// Key of the packet.
        2 OVS_PACKET_ATTR_KEY Key key: Nest<Key>,
        /// Actions.
        3 OVS_PACKET_ATTR_ACTIONS Actions actions: Nest<Action>,
        /// Data of the action that sent the packet.
        4 OVS_PACKET_ATTR_USERDATA UserData user_data: Bytes,
        /// Key of the tunnel that the packet would leave by.
        5 OVS_PACKET_ATTR_EGRESS_TUN_KEY EgressTunnel egress_tunnel: Nest<TunnelKey>,
        /// Unused.
        6 OVS_PACKET_ATTR_UNUSED1 Unused1 unused1: Bytes,
        /// Unused.
        7 OVS_PACKET_ATTR_UNUSED2 Unused2 unused2: Bytes,
        /// Probes for a feature, without a line in the kernel's log.
        8 OVS_PACKET_ATTR_PROBE Probe probe: Flag,
        /// Size of the largest received fragment in bytes.
        9 OVS_PACKET_ATTR_MRU Mru mru: u16,
        /// Length of the packet in bytes, before it was cut.
        10 OVS_PACKET_ATTR_LEN Len len: u32,
        /// Hash of the packet.
        11 OVS_PACKET_ATTR_HASH Hash hash: u64,
        /// Netlink port for upcalls of the actions (Linux 6.17).
        12 OVS_PACKET_ATTR_UPCALL_PID UpcallPort upcall_port: u32,
    }
}
