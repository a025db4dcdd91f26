//! `net-shaper`: rate limits that a network card keeps for a link, its queues
//! and groups of them (`linux/net_shaper.h`, Linux 6.13).
//!
//! A shaper is identified by a link and a [`Handle`], which is a nest:
//!
//! ```
//! use nlwire::generic::net_shaper::{HandleAttr, Scope, SetShaper, ShaperAttr};
//!
//! let handle = [HandleAttr::Scope(Scope::QUEUE), HandleAttr::Id(3)];
//! let attributes = [
//!     ShaperAttr::Handle((&handle).into()),
//!     ShaperAttr::Max(10_000_000),
//! ];
//! let set = SetShaper::of_link(2).with(&attributes);
//! ```
//!
//! Queues 0 and 1 of `eth0`, link 2, share 1 Gbit/s, the first one with twice the
//! weight: both are attached to a new node, whose handle the reply has. The
//! capabilities say first whether the card can do that:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::net_shaper::*;
//!
//! let (nodes, all) = (GetCapabilities::of_link(2, Scope::NODE), GetAllCapabilities::of_link(2));
//!
//! /// Returns true if queues can be attached to nodes.
//! fn can_nest(row: &CapabilitiesRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Capabilities { nesting, weight })?;
//!     Ok(found.nesting.unwrap_or_default() && found.weight.unwrap_or_default())
//! }
//!
//! let queue = |id| [HandleAttr::Scope(Scope::QUEUE), HandleAttr::Id(id)];
//! let (first, second) = (queue(0), queue(1));
//! let first = [ShaperAttr::Handle((&first).into()), ShaperAttr::Weight(2)];
//! let second = [ShaperAttr::Handle((&second).into()), ShaperAttr::Weight(1)];
//! let node = [HandleAttr::Scope(Scope::NODE)];
//! let group = [
//!     ShaperAttr::Handle((&node).into()),
//!     ShaperAttr::Metric(Metric::BPS),
//!     ShaperAttr::Max(1_000_000_000),
//!     ShaperAttr::Leaves((&first).into()),
//!     ShaperAttr::Leaves((&second).into()),
//! ];
//! let group = GroupShapers::of_link(2).with(&group);
//!
//! let named = queue(0);
//! let named = [ShaperAttr::Handle((&named).into())];
//! let (one, all) = (GetShaper::of_link(2).with(&named), GetShapers::of_link(2));
//! let delete = DeleteShaper::of_link(2).with(&named).if_there();
//! ```

use super::family::{family, requests};
use crate::codec::{Flag, Many, Nest, Uint};
use crate::{LinkIndex, attributes, numbers};

family! {
    name NET_SHAPER_FAMILY_NAME "net-shaper";
    version NET_SHAPER_FAMILY_VERSION 1;
    command 1 NET_SHAPER_CMD_GET Shaper "Reads a shaper, or lists those of a link.";
    command 2 NET_SHAPER_CMD_SET Shaper "Creates or changes a shaper.";
    command 3 NET_SHAPER_CMD_DELETE Shaper "Deletes a shaper.";
    command 4 NET_SHAPER_CMD_GROUP Shaper "Attaches shapers to a node.";
    command 5 NET_SHAPER_CMD_CAP_GET Capabilities "Reads capabilities of a link, or lists them.";
}

requests! {
    Shaper, ShaperAttr, ShaperRow, "shaper";

    /// Reads a shaper: `with` a [`Handle`](ShaperAttr::Handle).
    Ask GetShaper = NET_SHAPER_CMD_GET {
        /// Reads a shaper of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists the shapers of a link.
    List GetShapers = NET_SHAPER_CMD_GET {
        /// Lists the shapers of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Creates or changes a shaper: `with` a [`Handle`](ShaperAttr::Handle). What is not
    /// sent stays as it is.
    Act SetShaper = NET_SHAPER_CMD_SET {
        /// Changes a shaper of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes a shaper: `with` a [`Handle`](ShaperAttr::Handle).
    Delete(ENOENT) DeleteShaper = NET_SHAPER_CMD_DELETE {
        /// Deletes a shaper of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Attaches the [`Leaves`](ShaperAttr::Leaves) to a node, creates the node if
    /// its handle has no identifier, and returns the handle.
    Ask GroupShapers = NET_SHAPER_CMD_GROUP {
        /// Attaches shapers of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
}

requests! {
    Capabilities, CapabilitiesAttr, CapabilitiesRow, "capabilities";

    /// Reads what shapers of a scope can do.
    Ask GetCapabilities = NET_SHAPER_CMD_CAP_GET {
        /// Reads the capabilities of this link in a scope.
        of_link(link: impl Into<LinkIndex>, scope: Scope) {
            Link(link.into()), Scope(scope)
        }
    }
    /// Lists what shapers of a link can do.
    List GetAllCapabilities = NET_SHAPER_CMD_CAP_GET {
        /// Lists the capabilities of this link by scope.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
}

numbers! {
    /// Unit of rates.
    pub struct Metric(u32) {
        /// Bits a second.
        BPS = 0 "NET_SHAPER_METRIC_BPS" "bps";
        /// Packets a second.
        PPS = 1 "NET_SHAPER_METRIC_PPS" "pps";
    }
}

numbers! {
    /// Scope of a shaper: the packets that it limits.
    pub struct Scope(u32) {
        UNSPEC = 0 "NET_SHAPER_SCOPE_UNSPEC" "unspec";
        /// All packets of the link.
        LINK = 1 "NET_SHAPER_SCOPE_NETDEV" "netdev";
        /// Packets of a queue.
        QUEUE = 2 "NET_SHAPER_SCOPE_QUEUE" "queue";
        /// Packets of the shapers that are attached to a node.
        NODE = 3 "NET_SHAPER_SCOPE_NODE" "node";
    }
}

attributes! {
    /// Shaper (`NET_SHAPER_A_*`).
    pub set Shaper, enum ShaperAttr {
        /// Handle, which identifies the shaper in its link.
        1 NET_SHAPER_A_HANDLE Handle handle: Nest<Handle>,
        /// Unit of the rates; absent in answers without rate and burst, and
        /// [`BPS`](Metric::BPS) by default.
        2 NET_SHAPER_A_METRIC Metric metric: Metric,
        /// Guaranteed rate, in the metric's unit; absent in answers if none is guaranteed.
        3 NET_SHAPER_A_BW_MIN Min min: Uint,
        /// Maximum rate, in the metric's unit; absent in answers if unlimited.
        4 NET_SHAPER_A_BW_MAX Max max: Uint,
        /// Maximum burst, in bits or packets; absent in answers if the driver chooses.
        5 NET_SHAPER_A_BURST Burst burst: Uint,
        /// Priority among the shapers of a node; absent in answers if 0.
        6 NET_SHAPER_A_PRIORITY Priority priority: u32,
        /// Weight among the shapers of the same priority; absent in answers if 0.
        7 NET_SHAPER_A_WEIGHT Weight weight: u32,
        /// Link index.
        8 NET_SHAPER_A_IFINDEX Link link: LinkIndex,
        /// Handle of the parent.
        9 NET_SHAPER_A_PARENT Parent parent: Nest<Handle>,
        /// Shapers to attach to a node, an attribute for each.
        10 NET_SHAPER_A_LEAVES Leaves leaves: Many<Nest<Shaper>>,
    }
}

attributes! {
    /// Handle of a shaper (`NET_SHAPER_A_HANDLE_*`).
    pub set Handle, enum HandleAttr {
        /// Scope of the shaper.
        1 NET_SHAPER_A_HANDLE_SCOPE Scope scope: Scope,
        /// Number of the queue or of the node; absent for the scope of a link, and in a
        /// request for a new node.
        2 NET_SHAPER_A_HANDLE_ID Id id: u32,
    }
}

attributes! {
    /// Capabilities of shapers in a scope (`NET_SHAPER_A_CAPS_*`).
    pub set Capabilities, enum CapabilitiesAttr {
        /// Link index.
        1 NET_SHAPER_A_CAPS_IFINDEX Link link: LinkIndex,
        /// Scope.
        2 NET_SHAPER_A_CAPS_SCOPE Scope scope: Scope,
        /// True if rates can be in bits a second.
        3 NET_SHAPER_A_CAPS_SUPPORT_METRIC_BPS BitRates bit_rates: Flag,
        /// True if rates can be in packets a second.
        4 NET_SHAPER_A_CAPS_SUPPORT_METRIC_PPS PacketRates packet_rates: Flag,
        /// True if queues can be attached to nodes.
        5 NET_SHAPER_A_CAPS_SUPPORT_NESTING Nesting nesting: Flag,
        /// True if a rate can be guaranteed.
        6 NET_SHAPER_A_CAPS_SUPPORT_BW_MIN Min min: Flag,
        /// True if a rate can be limited.
        7 NET_SHAPER_A_CAPS_SUPPORT_BW_MAX Max max: Flag,
        /// True if bursts can be limited.
        8 NET_SHAPER_A_CAPS_SUPPORT_BURST Burst burst: Flag,
        /// True if shapers can have priorities.
        9 NET_SHAPER_A_CAPS_SUPPORT_PRIORITY Priority priority: Flag,
        /// True if shapers can have weights.
        10 NET_SHAPER_A_CAPS_SUPPORT_WEIGHT Weight weight: Flag,
    }
}
