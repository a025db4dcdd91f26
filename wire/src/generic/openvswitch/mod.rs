//! Open vSwitch: datapaths, ports, flows, packets, meters and limits of the
//! kernel's switch, as `ovs-vswitchd` sets and `ovs-dpctl` shows them
//! (`linux/openvswitch.h`).
//!
//! Each module is a family. Their messages name a datapath by the link index of
//! its local port, in [`OvsHeader`]:
//!
//! ```
//! use nlwire::generic::openvswitch::datapath::{DatapathAttr, NewDatapath};
//! use nlwire::generic::openvswitch::flow::{ActionAttr, FlowAttr, KeyAttr, NewFlow};
//!
//! let new = NewDatapath::by_name("ovs0").with(&[DatapathAttr::UpcallPort(0)]);
//!
//! // All packets of port 1 leave by port 2.
//! let key = [KeyAttr::InPort(1)];
//! let actions = [ActionAttr::Output(2)];
//! let attributes = [
//!     FlowAttr::Key((&key).into()),
//!     FlowAttr::Actions((&actions).into()),
//! ];
//! let flow = NewFlow::of(7).with(&attributes);
//! ```

pub mod ct_limit;
pub mod datapath;
pub mod flow;
pub mod meter;
pub mod packet;
pub mod vport;

use crate::FixedHeader;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};

structs! {
    /// Fixed header of the families, 8 bytes: `struct genlmsghdr` and `struct
    /// ovs_header`.
    #[doc(alias = "ovs_header")]
    pub struct OvsHeader: 8 {
        /// Command of the family.
        command: u8,
        /// Version of the family's interface.
        version: u8,
        /// Reserved: newer kernels refuse values other than 0.
        reserved: U16,
        /// Link index of the datapath.
        #[doc(alias = "dp_ifindex")]
        datapath: U32,
    }
}

impl OvsHeader {
    /// Describes a command about a datapath.
    ///
    /// ```
    /// use nlwire::generic::openvswitch::OvsHeader;
    /// use nlwire::generic::openvswitch::vport::{OVS_VPORT_CMD_GET, OVS_VPORT_VERSION};
    ///
    /// let header = OvsHeader::new(OVS_VPORT_CMD_GET, OVS_VPORT_VERSION, 7);
    /// ```
    #[must_use]
    pub const fn new(command: u8, version: u8, datapath: u32) -> Self {
        Self {
            command,
            version,
            reserved: U16::new(0),
            datapath: U32::new(datapath),
        }
    }
}

impl FixedHeader for OvsHeader {}

structs! {
    /// Packets and bytes of a flow or a meter.
    #[doc(alias = "ovs_flow_stats")]
    pub struct FlowStats: 16 {
        /// Number of packets.
        #[doc(alias = "n_packets")]
        packets: U64,
        /// Number of bytes.
        #[doc(alias = "n_bytes")]
        bytes: U64,
    }
}
