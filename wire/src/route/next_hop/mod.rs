//! Next hops as objects of their own, which routes refer to by
//! [`RTA_NH_ID`](super::RTA_NH_ID): `struct nhmsg` and `NHA_*`
//! (`linux/nexthop.h`, ip-nexthop(8)).
//!
//! ```text
//!  0        1       2          3          4       8
//! +--------+-------+----------+----------+-------+
//! | family | scope | protocol | reserved | flags |
//! +--------+-------+----------+----------+-------+
//! ```

mod change;
mod get;
mod row;

pub use change::{DeleteNextHop, NewNextHop};
pub use get::{GetNextHop, GetNextHopBucket, GetNextHopBuckets, GetNextHops};
pub use row::{NextHopBucket, NextHopRow};

use crate::zerocopy::native_endian::{U16, U32};

use super::{EncapKind, Ip6Encap, IpEncap, MplsEncap, NextHopFlags, RouteProtocol, Scope};
use crate::codec::{Address, Array, Bytes, Flag, Many, Nest, Shown, Uint};
use crate::numbers::{flags, numbers};
use crate::schema::Ticks;
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, attributes};

structs! {
    /// Fixed header of next hops.
    #[doc(alias = "nhmsg")]
    pub struct NextHopHeader: 8 {
        /// Address family of the gateway; 0 for a group.
        #[doc(alias = "nh_family")]
        family: u8 as crate::AddressFamily,
        /// Scope: distance of the gateway; in answers only.
        #[doc(alias = "nh_scope")]
        scope: Scope,
        /// Protocol: the program that installed the next hop.
        #[doc(alias = "nh_protocol")]
        protocol: RouteProtocol,
        /// Zero.
        #[doc(alias = "resvd")]
        reserved: u8,
        /// Flags: see [`flags`](Self::flags).
        #[doc(alias = "nh_flags")]
        flags: U32 as super::NextHopFlags,
    }

    /// Member of a group ([`NHA_GROUP`]).
    #[doc(alias = "nexthop_grp")]
    pub struct NextHopMember: 8 {
        /// Next hop id.
        id: U32,
        /// Low byte of the weight minus 1: see [`weight`](Self::weight).
        weight_low: u8,
        /// High byte of the weight minus 1 (Linux 6.12); otherwise zero.
        weight_high: u8,
        /// Zero.
        reserved: U16,
    }
}

impl NextHopHeader {
    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> NextHopFlags {
        let [low, ..] = self.flags.get().to_le_bytes();
        NextHopFlags::from_bits_retain(low)
    }
}

impl FixedHeader for NextHopHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

impl NextHopMember {
    /// Creates a member with a weight of 1 to 65536; kernels before 6.12 accept up to 256.
    #[must_use]
    pub const fn new(id: u32, weight: u32) -> Self {
        let [low, high, ..] = weight.saturating_sub(1).to_le_bytes();
        Self {
            id: U32::new(id),
            weight_low: low,
            weight_high: high,
            reserved: U16::new(0),
        }
    }

    /// Returns the weight, the member's share of the traffic: 1 to 65536.
    #[must_use]
    pub const fn weight(&self) -> u32 {
        u32::from_le_bytes([self.weight_low, self.weight_high, 0, 0]).saturating_add(1)
    }
}

numbers! {
    /// Method by which a group chooses a member.
    pub struct NextHopGroupKind(u16) {
        /// Hash of the packet's flow.
        MULTIPATH = 0 "NEXTHOP_GRP_TYPE_MPATH" "mpath";
        /// Hash table of buckets: flows keep their next hop when members change.
        RESILIENT = 1 "NEXTHOP_GRP_TYPE_RES" "resilient";
    }
}

flags! {
    /// Parts of next hops that a request includes ([`NHA_OP_FLAGS`]).
    pub struct NextHopDumpFlags(u32) {
        /// Statistics of groups.
        STATS = 0x1 "NHA_OP_FLAG_DUMP_STATS" "stats";
        /// Hardware statistics of groups.
        HARDWARE_STATS = 0x2 "NHA_OP_FLAG_DUMP_HW_STATS" "hw-stats";
        /// High bytes of weights are valid; in answers.
        WEIGHT_HIGH = 0x8000_0000 "NHA_OP_FLAG_RESP_GRP_RESVD_0" "resvd-0";
    }
}

attributes! {
    /// Attributes of a next hop (`NHA_*`).
    pub set NextHopObject, enum NextHopAttr {
        /// Next hop id; 0 in a request lets the kernel choose one.
        1 NHA_ID Id id: u32,
        /// Members of a group.
        2 NHA_GROUP Group group: Array<NextHopMember>,
        /// Type of the group.
        3 NHA_GROUP_TYPE GroupKind group_kind: NextHopGroupKind,
        /// True if packets are dropped.
        4 NHA_BLACKHOLE Blackhole blackhole: Flag,
        /// Outgoing link.
        5 NHA_OIF OutgoingIndex outgoing_index: LinkIndex,
        /// Gateway.
        6 NHA_GATEWAY Gateway gateway: Address,
        /// Encapsulation type.
        7 NHA_ENCAP_TYPE EncapKind encap_kind: EncapKind,
        /// Encapsulation settings.
        8 NHA_ENCAP Encap encap: NextHopEncapChoice,
        /// Limits a dump to groups.
        9 NHA_GROUPS Groups groups: Flag,
        /// Limits a dump to next hops over ports of this link.
        10 NHA_MASTER Master master: LinkIndex,
        /// True if the next hop is for FDB entries of a VXLAN.
        11 NHA_FDB Forwarding forwarding: Flag,
        /// Settings of a resilient group.
        12 NHA_RES_GROUP ResilientGroup resilient_group: Nest<ResilientGroup>,
        /// Bucket of a resilient group.
        13 NHA_RES_BUCKET ResilientBucket resilient_bucket: Nest<ResilientBucket>,
        /// Parts of next hops that a request asks for.
        14 NHA_OP_FLAGS DumpFlags dump_flags: NextHopDumpFlags,
        /// Counters of a group.
        15 NHA_GROUP_STATS GroupStats group_stats: Nest<NextHopGroupStats>,
        /// 1 if packets are to be counted in hardware.
        16 NHA_HW_STATS_ENABLE HardwareStatsEnable hardware_stats_enable: u32,
        /// 1 if hardware counters are in use.
        17 NHA_HW_STATS_USED HardwareStatsUsed hardware_stats_used: u32,
    }
}

attributes! {
    /// The nest [`NHA_ENCAP`], by [`NHA_ENCAP_TYPE`].
    pub choice NextHopEncapChoice, enum NextHopEncap by NHA_ENCAP_TYPE: u16 {
        1 Mpls: MplsEncap,
        2 Ip: IpEncap,
        4 Ip6: Ip6Encap,
    }
}

attributes! {
    /// Settings of a resilient group (`NHA_RES_GROUP_*`). Times are in clock ticks, commonly
    /// hundredths of a second.
    pub set ResilientGroup, enum ResilientGroupAttr {
        /// Padding.
        0 NHA_RES_GROUP_PAD Pad pad: Bytes,
        /// Number of buckets.
        1 NHA_RES_GROUP_BUCKETS Buckets buckets: u16,
        /// Idle timer: ticks without traffic after which a bucket may move to another next hop.
        2 NHA_RES_GROUP_IDLE_TIMER IdleTimer idle_timer: Shown<u32, Ticks>,
        /// Unbalanced timer: ticks out of balance after which active buckets move too; 0 for never.
        3 NHA_RES_GROUP_UNBALANCED_TIMER UnbalancedTimer unbalanced_timer: Shown<u32, Ticks>,
        /// Time that the group has been out of balance, in ticks.
        4 NHA_RES_GROUP_UNBALANCED_TIME UnbalancedTime unbalanced_time: Shown<u64, Ticks>,
    }
}

attributes! {
    /// Bucket of a resilient group (`NHA_RES_BUCKET_*`).
    pub set ResilientBucket, enum ResilientBucketAttr {
        /// Padding.
        0 NHA_RES_BUCKET_PAD Pad pad: Bytes,
        /// Index of the bucket.
        1 NHA_RES_BUCKET_INDEX Index index: u16,
        /// Time without traffic, in ticks.
        2 NHA_RES_BUCKET_IDLE_TIME IdleTime idle_time: Shown<u64, Ticks>,
        /// Next hop of the bucket.
        3 NHA_RES_BUCKET_NH_ID NextHopId next_hop_id: u32,
    }
}

attributes! {
    /// Statistics of a group.
    pub set NextHopGroupStats, enum NextHopGroupStatsAttr {
        /// Statistics of a member; repeated for each.
        1 NHA_GROUP_STATS_ENTRY Entry entry: Many<Nest<NextHopStats>>,
    }
}

attributes! {
    /// Statistics of a group's member (`NHA_GROUP_STATS_ENTRY_*`).
    pub set NextHopStats, enum NextHopStatsAttr {
        /// Next hop id.
        1 NHA_GROUP_STATS_ENTRY_ID Id id: u32,
        /// Number of packets sent to the next hop.
        2 NHA_GROUP_STATS_ENTRY_PACKETS Packets packets: Uint,
        /// Number of packets that the hardware forwarded.
        3 NHA_GROUP_STATS_ENTRY_PACKETS_HW HardwarePackets hardware_packets: Uint,
    }
}
