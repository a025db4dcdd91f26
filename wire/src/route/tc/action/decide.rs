//! Actions that decide on packets, or send them elsewhere: `gact`, `mirred`,
//! `police`, `sample`, `simple`, `bpf`.

use super::{ActionParameters, ActionTimes, ControlAction};
use crate::codec::{Array, ByteArray, Bytes, Extensible, Str, Struct, Text};
use crate::numbers::numbers;
use crate::route::tc::RateSpec;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32};
use crate::{LinkIndex, attributes};

numbers! {
    /// Operation of a `mirred`.
    pub struct MirredAction(i32) {
        /// Packet is redirected: another link sends it.
        EGRESS_REDIR = 1 "TCA_EGRESS_REDIR" "egress redirect";
        /// Packet is mirrored: another link sends a copy.
        EGRESS_MIRROR = 2 "TCA_EGRESS_MIRROR" "egress mirror";
        /// Packet is redirected: another link receives it.
        INGRESS_REDIR = 3 "TCA_INGRESS_REDIR" "ingress redirect";
        /// Packet is mirrored: another link receives a copy.
        INGRESS_MIRROR = 4 "TCA_INGRESS_MIRROR" "ingress mirror";
    }
}

numbers! {
    /// Choice of the packets that a `gact` decides otherwise on.
    pub struct GactChance(u16) {
        /// No packet.
        NONE = 0 "PGACT_NONE" "none";
        /// Packets by chance.
        RANDOM = 1 "PGACT_NETRAND" "netrand";
        /// Every packet of a number.
        DETERMINED = 2 "PGACT_DETERM" "determ";
    }
}

structs! {
    /// Another decision of a `gact` now and then.
    #[doc(alias = "tc_gact_p")]
    pub struct GactProbability: 8 {
        /// Choice of the packets.
        #[doc(alias = "ptype")]
        kind: U16 as GactChance,
        /// Number of packets of which one is chosen.
        #[doc(alias = "pval")]
        one_of: U16,
        /// Decision on these.
        #[doc(alias = "paction")]
        action: I32 as ControlAction,
    }

    /// Parameters of a `mirred`, which sends packets to another link, or copies.
    #[doc(alias = "tc_mirred")]
    pub struct MirredParameters: 28 {
        /// Number among the actions of the kind; 0 lets the kernel choose one.
        index: U32,
        /// Unused.
        capab: U32,
        /// Decision on the packet: stolen if it is redirected, pipe if it is
        /// mirrored.
        action: I32 as ControlAction,
        /// Number of references; in answers only.
        #[doc(alias = "refcnt")]
        references: I32,
        /// Number of filters that have the action; in answers only.
        #[doc(alias = "bindcnt")]
        bindings: I32,
        /// Direction.
        #[doc(alias = "eaction")]
        direction: I32 as MirredAction,
        /// Index of the link.
        #[doc(alias = "ifindex")]
        link: LinkIndex,
    }

    /// Parameters of a `police`. Bursts are in ticks of 64 ns, at the rate and at
    /// the peak rate.
    #[doc(alias = "tc_police")]
    pub struct PoliceParameters: 56 {
        /// Number among the actions of the kind; 0 lets the kernel choose one.
        index: U32,
        /// Decision on packets beyond the rate.
        action: I32 as ControlAction,
        /// Unused.
        limit: U32,
        /// Burst at the rate.
        burst: U32,
        /// Size of the largest packet in bytes, 0 for no limit.
        mtu: U32,
        /// Rate.
        rate: RateSpec,
        /// Peak rate; zeros for none.
        #[doc(alias = "peakrate")]
        peak_rate: RateSpec,
        /// Number of references; in answers only.
        #[doc(alias = "refcnt")]
        references: I32,
        /// Number of filters that have the action; in answers only.
        #[doc(alias = "bindcnt")]
        bindings: I32,
        /// Unused.
        capab: U32,
    }
}

attributes! {
    /// Settings of a `gact`, which only decides (`TCA_GACT_*`).
    pub set Gact, enum GactAttr {
        /// Times.
        1 TCA_GACT_TM Times times: Extensible<ActionTimes>,
        /// Decision.
        2 TCA_GACT_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Another decision now and then.
        3 TCA_GACT_PROB Probability probability: Struct<GactProbability>,
        /// Padding.
        4 TCA_GACT_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `mirred` (`TCA_MIRRED_*`).
    pub set Mirred, enum MirredAttr {
        /// Times.
        1 TCA_MIRRED_TM Times times: Extensible<ActionTimes>,
        /// Direction and link.
        2 TCA_MIRRED_PARMS Parameters parameters: Struct<MirredParameters>,
        /// Padding.
        3 TCA_MIRRED_PAD Pad pad: Bytes,
        /// Shared block to whose links packets go, in place of one link.
        4 TCA_MIRRED_BLOCKID Block block: u32,
    }
}

attributes! {
    /// Settings of a `police`, which limits a rate (`TCA_POLICE_*`).
    pub set Police, enum PoliceAttr {
        /// Rates, bursts and decision.
        1 TCA_POLICE_TBF Parameters parameters: Struct<PoliceParameters>,
        /// Times that packets take at the rate: 256 of them in ticks.
        2 TCA_POLICE_RATE RateTable rate_table: Array<U32>,
        /// Times that packets take at the peak rate.
        3 TCA_POLICE_PEAKRATE PeakTable peak_table: Array<U32>,
        /// Average rate in bytes a second, measured by an estimator.
        4 TCA_POLICE_AVRATE AverageRate average_rate: u32,
        /// Decision on packets within the rate.
        5 TCA_POLICE_RESULT Result result: ControlAction,
        /// Times.
        6 TCA_POLICE_TM Times times: Extensible<ActionTimes>,
        /// Padding.
        7 TCA_POLICE_PAD Pad pad: Bytes,
        /// Rate in 64 bits, in bytes a second.
        8 TCA_POLICE_RATE64 Rate64 rate64: u64,
        /// Peak rate in 64 bits, in bytes a second.
        9 TCA_POLICE_PEAKRATE64 PeakRate64 peak_rate64: u64,
        /// Rate in packets a second.
        10 TCA_POLICE_PKTRATE64 PacketRate packet_rate: u64,
        /// Burst at the rate in packets, as a duration in ticks of 64 ns.
        11 TCA_POLICE_PKTBURST64 PacketBurst packet_burst: u64,
    }
}

attributes! {
    /// Settings of a `sample`, which gives copies to user space
    /// (`TCA_SAMPLE_*`).
    pub set SampleAction, enum SampleActionAttr {
        /// Times.
        1 TCA_SAMPLE_TM Times times: Extensible<ActionTimes>,
        /// Decision.
        2 TCA_SAMPLE_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Number of packets of which one is copied.
        3 TCA_SAMPLE_RATE Rate rate: u32,
        /// Number of bytes that a copy has at most.
        4 TCA_SAMPLE_TRUNC_SIZE Length length: u32,
        /// Group of the generic family `psample`.
        5 TCA_SAMPLE_PSAMPLE_GROUP Group group: u32,
        /// Padding.
        6 TCA_SAMPLE_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `simple`, which logs packets (`TCA_DEF_*`).
    pub set SimpleAction, enum SimpleActionAttr {
        /// Times.
        1 TCA_DEF_TM Times times: Extensible<ActionTimes>,
        /// Decision.
        2 TCA_DEF_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Text of the log, up to 31 bytes.
        3 TCA_DEF_DATA Data data: Text,
        /// Padding.
        4 TCA_DEF_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `bpf` action (`TCA_ACT_BPF_*`).
    pub set BpfAction, enum BpfActionAttr {
        /// Times.
        1 TCA_ACT_BPF_TM Times times: Extensible<ActionTimes>,
        /// Decision, unless the program returns one.
        2 TCA_ACT_BPF_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Number of instructions of a classic program.
        3 TCA_ACT_BPF_OPS_LEN Length length: u16,
        /// Instructions of a classic program (`struct sock_filter`).
        4 TCA_ACT_BPF_OPS Instructions instructions: Bytes,
        /// Descriptor of a loaded program; in requests only.
        5 TCA_ACT_BPF_FD Descriptor descriptor: u32,
        /// Name of the program.
        6 TCA_ACT_BPF_NAME Name name: Str,
        /// Padding.
        7 TCA_ACT_BPF_PAD Pad pad: Bytes,
        /// Tag of the program: a hash over the instructions.
        8 TCA_ACT_BPF_TAG Tag tag: ByteArray<8>,
        /// Number of the program.
        9 TCA_ACT_BPF_ID Id id: u32,
    }
}
