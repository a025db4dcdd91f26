//! `drm-ras`: error counters of graphics devices (`drm/drm_ras.h`).
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::drm_ras::*;
//!
//! let nodes = GetNodes::all();
//! let counters = GetCounters::of_node(0);
//! let one = GetCounter::of_node(0, 1);
//! let clear = ClearCounter::of_node(0, 1);
//!
//! /// Prints an error and how many there were.
//! fn print(row: &ErrorCounterRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => ErrorCounter { name, value })?;
//!     println!("{:?}: {:?}", found.name, found.value);
//!     Ok(())
//! }
//! ```

use super::family::{family, requests};
use crate::codec::Text;
use crate::{attributes, numbers};

family! {
    name DRM_RAS_FAMILY_NAME "drm-ras";
    version DRM_RAS_FAMILY_VERSION 1;
    command 1 DRM_RAS_CMD_LIST_NODES RasNode "Lists the nodes.";
    command 2 DRM_RAS_CMD_GET_ERROR_COUNTER ErrorCounter "Reads an error counter, or lists those of a node.";
    command 3 DRM_RAS_CMD_CLEAR_ERROR_COUNTER ErrorCounter "Sets an error counter to 0.";
}

requests! {
    RasNode, RasNodeAttr, RasNodeRow, "node";

    /// Lists the nodes.
    List GetNodes = DRM_RAS_CMD_LIST_NODES {
        /// Lists the nodes of all devices.
        all() {}
    }
}

requests! {
    ErrorCounter, ErrorCounterAttr, ErrorCounterRow, "error counter";

    /// Reads an error counter.
    Ask GetCounter = DRM_RAS_CMD_GET_ERROR_COUNTER {
        /// Reads the counter of a node with this identifier.
        of_node(node: u32, id: u32) { Node(node), Id(id) }
    }
    /// Lists error counters.
    List GetCounters = DRM_RAS_CMD_GET_ERROR_COUNTER {
        /// Lists the counters of this node.
        of_node(node: u32) { Node(node) }
    }
    /// Sets an error counter to 0.
    Act ClearCounter = DRM_RAS_CMD_CLEAR_ERROR_COUNTER {
        /// Clears the counter of a node with this identifier.
        of_node(node: u32, id: u32) { Node(node), Id(id) }
    }
}

numbers! {
    /// Type of a node.
    pub struct RasNodeType(u32) {
        ERROR_COUNTER = 1 "DRM_RAS_NODE_TYPE_ERROR_COUNTER" "error-counter";
    }
}

attributes! {
    /// Node: a source of errors in a device (`DRM_RAS_A_NODE_ATTRS_*`). A row has all
    /// attributes.
    pub set RasNode, enum RasNodeAttr {
        /// Identifier of the node.
        1 DRM_RAS_A_NODE_ATTRS_NODE_ID Id id: u32,
        /// Name of the device, such as its address on the PCI bus.
        2 DRM_RAS_A_NODE_ATTRS_DEVICE_NAME Device device: Text,
        /// Name of the node.
        3 DRM_RAS_A_NODE_ATTRS_NODE_NAME Name name: Text,
        /// Type of the node.
        4 DRM_RAS_A_NODE_ATTRS_NODE_TYPE Kind kind: RasNodeType,
    }
}

attributes! {
    /// Error counter (`DRM_RAS_A_ERROR_COUNTER_ATTRS_*`). A row has all attributes but
    /// the node.
    pub set ErrorCounter, enum ErrorCounterAttr {
        /// Identifier of the node; only in requests.
        1 DRM_RAS_A_ERROR_COUNTER_ATTRS_NODE_ID Node node: u32,
        /// Identifier of the error.
        2 DRM_RAS_A_ERROR_COUNTER_ATTRS_ERROR_ID Id id: u32,
        /// Name of the error.
        3 DRM_RAS_A_ERROR_COUNTER_ATTRS_ERROR_NAME Name name: Text,
        /// Number of errors since the counter was cleared.
        4 DRM_RAS_A_ERROR_COUNTER_ATTRS_ERROR_VALUE Value value: u32,
    }
}
