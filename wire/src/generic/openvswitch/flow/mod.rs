//! `ovs_flow`: flows, with keys, masks and actions.
//!
//! A flow is given an identifier, changed and deleted by it; `ovs-dpctl dump-flows`,
//! `mod-flow` and `del-flow` do the same by its key:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::openvswitch::flow::*;
//!
//! let identifier = [0x5a; 16];
//! let name = FlowAttr::Identifier(&identifier);
//! // Packets of port 1 go to port 3 from now on, and are counted from 0.
//! let actions = [ActionAttr::Output(3)];
//! let attributes = [name, FlowAttr::Actions((&actions).into()), FlowAttr::Clear(true)];
//! let change = SetFlow::of(7).with(&attributes);
//!
//! let brief = [name, FlowAttr::Omit(OmitFlags::KEY | OmitFlags::MASK)];
//! let one = GetFlow::of(7).with(&brief);
//! let all = GetFlows::of(7);
//! let named = [name];
//! let delete = DeleteFlow::of(7).with(&named).if_there();
//! // Without a name all flows of the datapath go.
//! let flush = DeleteFlow::of(7);
//!
//! /// Prints the packets that matched; the counters are absent until one does.
//! fn print(flow: &FlowRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(flow.attributes => Flow { stats, used })?;
//!     let packets = found.stats.map_or(0, |stats| stats.packets.get());
//!     println!("{packets} packets, the last at {:?} ms", found.used);
//!     Ok(())
//! }
//! ```

mod action;
mod key;

pub use action::*;
pub use key::*;

use super::super::family::{changes, family, requests};
use super::{FlowStats, OvsHeader};
use crate::codec::{Bytes, Flag, Nest, Struct};
use crate::{LinkIndex, attributes, flags};

family! {
    name OVS_FLOW_FAMILY "ovs_flow";
    version OVS_FLOW_VERSION 1;
    header OvsHeader;
    group OVS_FLOW_MCGROUP "ovs_flow" "flows: [`Change`].";
    command 1 OVS_FLOW_CMD_NEW Flow "Creates a flow, or reports one.";
    command 2 OVS_FLOW_CMD_DEL Flow "Deletes a flow, or reports that.";
    command 3 OVS_FLOW_CMD_GET Flow "Reads a flow, or lists all of a datapath.";
    command 4 OVS_FLOW_CMD_SET Flow "Changes a flow, or reports that.";
}

requests! {
    Flow, FlowAttr, FlowRow, "flow";

    /// Creates a flow, or changes the actions of the flow with the same key: `with`
    /// [`Key`](FlowAttr::Key) and [`Actions`](FlowAttr::Actions).
    Act NewFlow = OVS_FLOW_CMD_NEW {
        /// Creates a flow of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
    /// Changes a flow: `with` [`Key`](FlowAttr::Key) or
    /// [`Identifier`](FlowAttr::Identifier).
    Act SetFlow = OVS_FLOW_CMD_SET {
        /// Changes a flow of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
    /// Deletes the flow that `with` names by its key or identifier, or all.
    Delete(ENOENT) DeleteFlow = OVS_FLOW_CMD_DEL {
        /// Deletes a flow of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
    /// Reads a flow: `with` [`Key`](FlowAttr::Key) or
    /// [`Identifier`](FlowAttr::Identifier).
    Ask GetFlow = OVS_FLOW_CMD_GET {
        /// Reads a flow of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
    /// Lists flows.
    List GetFlows = OVS_FLOW_CMD_GET {
        /// Lists the flows of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
}

changes! {
    /// Notification of the group [`OVS_FLOW_MCGROUP`].
    Change {
        /// New flow.
        New(Flow) = OVS_FLOW_CMD_NEW;
        /// Changed flow.
        Set(Flow) = OVS_FLOW_CMD_SET;
        /// Deleted flow.
        Del(Flow) = OVS_FLOW_CMD_DEL;
    }
}

flags! {
    /// Parts that answers leave out.
    pub struct OmitFlags(u32) {
        KEY = 0x1 "OVS_UFID_F_OMIT_KEY" "omit-key";
        MASK = 0x2 "OVS_UFID_F_OMIT_MASK" "omit-mask";
        ACTIONS = 0x4 "OVS_UFID_F_OMIT_ACTIONS" "omit-actions";
    }
}

attributes! {
    /// Flow (`OVS_FLOW_ATTR_*`).
    pub set Flow, enum FlowAttr {
        /// Key: fields of the packets.
        1 OVS_FLOW_ATTR_KEY Key key: Nest<Key>,
        /// Actions.
        2 OVS_FLOW_ATTR_ACTIONS Actions actions: Nest<Action>,
        /// Packets and bytes; absent until a packet matches.
        3 OVS_FLOW_ATTR_STATS Stats stats: Struct<FlowStats>,
        /// TCP flags of all packets, combined; absent for none.
        4 OVS_FLOW_ATTR_TCP_FLAGS TcpFlags tcp_flags: u8,
        /// Time of the last packet, in milliseconds since boot; absent until a packet
        /// matches.
        5 OVS_FLOW_ATTR_USED Used used: u64,
        /// Sets the statistics to 0.
        6 OVS_FLOW_ATTR_CLEAR Clear clear: Flag,
        /// Mask: bits of the key that packets must have.
        7 OVS_FLOW_ATTR_MASK Mask mask: Nest<Key>,
        /// Probes for a feature, without a line in the kernel's log.
        8 OVS_FLOW_ATTR_PROBE Probe probe: Flag,
        /// Identifier of the flow, 1 to 16 bytes.
        9 OVS_FLOW_ATTR_UFID Identifier identifier: Bytes,
        /// Parts that the answer leaves out: [`OmitFlags`].
        10 OVS_FLOW_ATTR_UFID_FLAGS Omit omit: OmitFlags,
        /// Padding.
        11 OVS_FLOW_ATTR_PAD Pad pad: Bytes,
    }
}
