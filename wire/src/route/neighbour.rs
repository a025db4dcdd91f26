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
mod table;

use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

pub use forwarding::*;
pub use request::*;
pub use row::NeighbourRow;
pub use table::*;

use super::{RouteKind, RouteProtocol};
use crate::codec::{Address, Be, Flag, Hardware, Nest, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, attributes};

structs! {
    /// Fixed header of neighbours and FDB entries.
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
        /// Link index.
        #[doc(alias = "ndm_ifindex")]
        index: LinkIndex,
        /// State of the neighbour: see [`state`](Self::state).
        #[doc(alias = "ndm_state")]
        state: U16 as NeighbourState,
        /// Flags (`NTF_*`).
        #[doc(alias = "ndm_flags")]
        flags: NeighbourFlags,
        /// Type of the address, such as unicast.
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
    /// State of a neighbour; `NUD_NONE` has no bit set.
    pub struct NeighbourState(u16) {
        /// Resolution in progress: no answer yet.
        INCOMPLETE = 0x01 "NUD_INCOMPLETE" "INCOMPLETE";
        /// Reachability confirmed recently.
        REACHABLE = 0x02 "NUD_REACHABLE" "REACHABLE";
        /// Reachability not confirmed recently.
        STALE = 0x04 "NUD_STALE" "STALE";
        /// Wait before a probe: a packet was sent, and its reply may confirm reachability.
        DELAY = 0x08 "NUD_DELAY" "DELAY";
        /// Probe sent to confirm reachability.
        PROBE = 0x10 "NUD_PROBE" "PROBE";
        /// Resolution failed.
        FAILED = 0x20 "NUD_FAILED" "FAILED";
        /// Entry without resolution: the link or the address needs none.
        NOARP = 0x40 "NUD_NOARP" "NOARP";
        /// Static entry, which never expires.
        PERMANENT = 0x80 "NUD_PERMANENT" "PERMANENT";
    }
}

flags! {
    /// Flags of a neighbour or FDB entry.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct NeighbourFlags(u8) {
        /// Resolution started at once, as if the entry was in use.
        USE = 0x01 "NTF_USE";
        /// FDB of the link itself (`self`).
        OWN = 0x02 "NTF_SELF" "self";
        /// FDB of the link's master, such as its bridge (`master`).
        MASTER = 0x04 "NTF_MASTER" "master";
        /// Proxy entry: this host answers for the address.
        PROXY = 0x08 "NTF_PROXY" "proxy";
        /// Entry learned by a controller or the hardware, not by the kernel.
        EXT_LEARNED = 0x10 "NTF_EXT_LEARNED" "extern_learn";
        /// Entry offloaded to hardware.
        OFFLOADED = 0x20 "NTF_OFFLOADED" "offload";
        /// Sticky entry: it never moves to another port.
        STICKY = 0x40 "NTF_STICKY" "sticky";
        /// Router.
        ROUTER = 0x80 "NTF_ROUTER" "router";
    }
}

flags! {
    /// Extended flags of a neighbour or FDB entry ([`NDA_FLAGS_EXT`]).
    pub struct NeighbourFlagsExt(u32) {
        /// Managed entry: the kernel refreshes its resolution.
        MANAGED = 0x1 "NTF_EXT_MANAGED" "managed";
        /// Locked entry: packets from its address are dropped on locked ports.
        LOCKED = 0x2 "NTF_EXT_LOCKED" "locked";
        /// Validity of the entry confirmed by user space.
        EXT_VALIDATED = 0x4 "NTF_EXT_EXT_VALIDATED" "extern_valid";
    }
}

structs! {
    /// Ages of a neighbour entry. Times are clock ticks ago; a second has `sysconf(_SC_CLK_TCK)`
    /// ticks, commonly 100.
    #[doc(alias = "nda_cacheinfo")]
    pub struct NeighbourCacheInfo: 16 {
        /// Time since reachability was confirmed, in ticks.
        #[doc(alias = "ndm_confirmed")]
        confirmed: U32,
        /// Time since the entry was used, in ticks.
        #[doc(alias = "ndm_used")]
        used: U32,
        /// Time since the entry was updated, in ticks.
        #[doc(alias = "ndm_updated")]
        updated: U32,
        /// Number of references to the entry.
        #[doc(alias = "ndm_refcnt")]
        references: U32,
    }
}

attributes! {
    /// Extended attributes of an FDB entry: [`NDA_FDB_EXT_ATTRS`].
    pub set ForwardingExt, enum ForwardingExtAttr {
        /// Activity notifications of the FDB entry.
        1 NFEA_ACTIVITY_NOTIFY ActivityNotify activity_notify: ActivityNotify,
        /// Update of the entry that does not reset its age.
        2 NFEA_DONT_REFRESH DontRefresh dont_refresh: Flag,
    }
}

attributes! {
    /// Attributes of a neighbour or FDB entry (`NDA_*`).
    pub set Neighbour, enum NeighbourAttr {
        /// Destination: IP address of the neighbour; of an FDB entry the remote tunnel address.
        1 NDA_DST Destination destination: Address,
        /// MAC address.
        2 NDA_LLADDR Hardware hardware: Hardware,
        /// Ages of the entry.
        3 NDA_CACHEINFO CacheInfo cache_info: Struct<NeighbourCacheInfo>,
        /// Number of probes sent.
        4 NDA_PROBES Probes probes: u32,
        /// VLAN id of an FDB entry.
        5 NDA_VLAN Vlan vlan: u16,
        /// UDP destination port of a VXLAN FDB entry, in network order.
        6 NDA_PORT Port port: Be<u16>,
        /// VNI that packets are sent with.
        7 NDA_VNI Vni vni: u32,
        /// Link index for packets to the remote VXLAN address.
        8 NDA_IFINDEX Index index: LinkIndex,
        /// Link index of the master, such as the bridge.
        9 NDA_MASTER Master master: LinkIndex,
        /// Namespace id of the link in [`NDA_IFINDEX`].
        10 NDA_LINK_NETNSID LinkNetnsid link_netnsid: i32,
        /// Source VNI: the VNI that the FDB entry belongs to.
        11 NDA_SRC_VNI SourceVni source_vni: u32,
        /// Protocol: the program that installed the entry.
        12 NDA_PROTOCOL Protocol protocol: RouteProtocol,
        /// Next hop id of a VXLAN FDB entry.
        13 NDA_NH_ID NextHopId next_hop_id: u32,
        /// Extended attributes of an FDB entry.
        14 NDA_FDB_EXT_ATTRS ForwardingExt forwarding_ext: Nest<ForwardingExt>,
        /// Extended flags.
        15 NDA_FLAGS_EXT FlagsExt flags_ext: NeighbourFlagsExt,
        /// Mask of the header's state bits that select entries to flush.
        16 NDA_NDM_STATE_MASK StateMask state_mask: NeighbourState,
        /// Mask of the header's flags that select entries to flush.
        17 NDA_NDM_FLAGS_MASK FlagsMask flags_mask: NeighbourFlags,
    }
}

flags! {
    /// Activity notifications of an FDB entry.
    pub struct ActivityNotify(u8) {
        /// Notification if the entry becomes active or inactive.
        NOTIFY = 0x1 "FDB_NOTIFY_BIT" "activity_notify";
        /// Inactive entry.
        INACTIVE = 0x2 "FDB_NOTIFY_INACTIVE_BIT" "inactive";
    }
}
