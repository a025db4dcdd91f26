//! Neighbours and forwarding entries of bridges: `struct ndmsg` and `NDA_*`
//! (`linux/neighbour.h`).
//!
//! ```text
//!  0        1          4            8       10      11     12
//! +--------+----------+------------+-------+-------+------+
//! | family | padding  | link index | state | flags | type |
//! +--------+----------+------------+-------+-------+------+
//! ```

mod forwarding;
mod request;
mod row;

use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

pub use forwarding::*;
pub use request::*;
pub use row::NeighbourRow;

use super::{RouteKind, RouteProtocol};
use crate::codec::{Address, Be, Flag, Hardware, Nest, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// The fixed header of neighbours.
    #[doc(alias = "ndmsg")]
    pub struct NeighbourHeader: 12 {
        /// The address family: [`AF_INET`](super::AF_INET),
        /// [`AF_INET6`](super::AF_INET6), or [`AF_BRIDGE`](super::AF_BRIDGE) for
        /// forwarding entries.
        #[doc(alias = "ndm_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        #[doc(alias = "ndm_pad1")]
        reserved: [u8; 3],
        /// The link.
        #[doc(alias = "ndm_ifindex")]
        index: U32,
        /// The state: see [`state`](Self::state).
        #[doc(alias = "ndm_state")]
        state: U16 as NeighbourState,
        /// Flags (`NTF_*`).
        #[doc(alias = "ndm_flags")]
        flags: NeighbourFlags,
        /// The kind of address.
        #[doc(alias = "ndm_type")]
        kind: RouteKind,
    }
}

impl NeighbourHeader {
    /// Returns the state.
    #[must_use]
    pub const fn state(&self) -> NeighbourState {
        NeighbourState::from_bits_retain(self.state.get())
    }
}

impl FixedHeader for NeighbourHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// What is known about a neighbour; nothing at all is `NUD_NONE`.
    pub struct NeighbourState(u16) {
        /// It is being asked for.
        INCOMPLETE = 0x01 "NUD_INCOMPLETE" "INCOMPLETE";
        /// It answered of late.
        REACHABLE = 0x02 "NUD_REACHABLE" "REACHABLE";
        /// It answered once.
        STALE = 0x04 "NUD_STALE" "STALE";
        /// A packet was sent to it; its traffic may confirm it.
        DELAY = 0x08 "NUD_DELAY" "DELAY";
        /// It is being asked again.
        PROBE = 0x10 "NUD_PROBE" "PROBE";
        /// It does not answer.
        FAILED = 0x20 "NUD_FAILED" "FAILED";
        /// Its link needs no resolution.
        NOARP = 0x40 "NUD_NOARP" "NOARP";
        /// Set by hand, for ever.
        PERMANENT = 0x80 "NUD_PERMANENT" "PERMANENT";
    }
}

flags! {
    /// What is special about a neighbour or a forwarding entry.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct NeighbourFlags(u8) {
        /// It is looked for at once.
        USE = 0x01 "NTF_USE";
        /// Of the link's own table.
        OWN = 0x02 "NTF_SELF" "self";
        /// Of the table of the link's bridge.
        MASTER = 0x04 "NTF_MASTER" "master";
        /// Answered for by this host.
        PROXY = 0x08 "NTF_PROXY" "proxy";
        /// Learnt by someone other than the kernel.
        EXT_LEARNED = 0x10 "NTF_EXT_LEARNED" "extern_learn";
        /// In hardware.
        OFFLOADED = 0x20 "NTF_OFFLOADED" "offload";
        /// Does not move to another port.
        STICKY = 0x40 "NTF_STICKY" "sticky";
        /// It is a router.
        ROUTER = 0x80 "NTF_ROUTER" "router";
    }
}

flags! {
    /// More of what is special ([`NDA_FLAGS_EXT`]).
    pub struct NeighbourFlagsExt(u32) {
        /// The kernel keeps it resolved.
        MANAGED = 0x1 "NTF_EXT_MANAGED" "managed";
        /// It waits for the permission of user space.
        LOCKED = 0x2 "NTF_EXT_LOCKED" "locked";
        /// Someone other than the kernel vouches for it.
        EXT_VALIDATED = 0x4 "NTF_EXT_EXT_VALIDATED" "extern_valid";
    }
}

structs! {
    /// When a neighbour was used. Times are clock ticks ago, of which a
    /// second has `sysconf(_SC_CLK_TCK)`, commonly 100.
    #[doc(alias = "nda_cacheinfo")]
    pub struct NeighbourCacheInfo: 16 {
        /// Since it was confirmed, in ticks.
        #[doc(alias = "ndm_confirmed")]
        confirmed: U32,
        /// Since it was used, in ticks.
        #[doc(alias = "ndm_used")]
        used: U32,
        /// Since it was changed, in ticks.
        #[doc(alias = "ndm_updated")]
        updated: U32,
        /// How many users it has.
        #[doc(alias = "ndm_refcnt")]
        references: U32,
    }
}

attributes! {
    /// More of a forwarding entry: [`NDA_FDB_EXT_ATTRS`].
    pub set ForwardingExt, enum ForwardingExtAttr {
        /// Activity that is reported.
        1 NFEA_ACTIVITY_NOTIFY ActivityNotify activity_notify: ActivityNotify,
        /// Its age is not set back.
        2 NFEA_DONT_REFRESH DontRefresh dont_refresh: Flag,
    }
}

attributes! {
    /// The attributes of a neighbour or of a forwarding entry (`NDA_*`).
    pub set Neighbour, enum NeighbourAttr {
        /// The neighbour, or where a forwarding entry leads.
        1 NDA_DST Destination destination: Address,
        /// Its link-layer address.
        2 NDA_LLADDR Hardware hardware: Hardware,
        /// When it was used.
        3 NDA_CACHEINFO CacheInfo cache_info: Struct<NeighbourCacheInfo>,
        /// How often it was asked for.
        4 NDA_PROBES Probes probes: u32,
        /// The VLAN of a forwarding entry.
        5 NDA_VLAN Vlan vlan: u16,
        /// The destination's UDP port, in network order.
        6 NDA_PORT Port port: Be<u16>,
        /// The destination's VXLAN network.
        7 NDA_VNI Vni vni: u32,
        /// The link to the destination.
        8 NDA_IFINDEX Index index: u32,
        /// The bridge.
        9 NDA_MASTER Master master: u32,
        /// The id of the namespace of the link to the destination.
        10 NDA_LINK_NETNSID LinkNetnsid link_netnsid: i32,
        /// The VXLAN network that the entry belongs to.
        11 NDA_SRC_VNI SourceVni source_vni: u32,
        /// Who installed it.
        12 NDA_PROTOCOL Protocol protocol: RouteProtocol,
        /// The next hop that it leads to.
        13 NDA_NH_ID NextHopId next_hop_id: u32,
        /// More of a forwarding entry.
        14 NDA_FDB_EXT_ATTRS ForwardingExt forwarding_ext: Nest<ForwardingExt>,
        /// More flags.
        15 NDA_FLAGS_EXT FlagsExt flags_ext: NeighbourFlagsExt,
        /// Which bits of the header's state count.
        16 NDA_NDM_STATE_MASK StateMask state_mask: NeighbourState,
        /// Which bits of the header's flags count.
        17 NDA_NDM_FLAGS_MASK FlagsMask flags_mask: NeighbourFlags,
    }
}

flags! {
    /// Activity of a forwarding entry that is reported.
    pub struct ActivityNotify(u8) {
        /// Reports when the entry becomes active or inactive.
        NOTIFY = 0x1 "FDB_NOTIFY_BIT" "activity_notify";
        /// Marks the entry as inactive.
        INACTIVE = 0x2 "FDB_NOTIFY_INACTIVE_BIT" "inactive";
    }
}
