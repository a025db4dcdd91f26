//! Filters with few settings: `basic`, `bpf`, `cgroup`, `flow`, `fw`,
//! `matchall`, `route`.

use super::{Ematches, FilterFlags};
use crate::codec::{Array, ByteArray, Bytes, Indexed, Nest, Shown, Str, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::route::tc::{Action, Police};
use crate::schema::{Hexadecimal, Seconds, TrafficHandle};
use crate::structs::structs;
use crate::zerocopy::native_endian::U64;
use crate::{LinkIndex, attributes};

attributes! {
    /// Settings of `matchall`, which every packet matches (`TCA_MATCHALL_*`).
    pub set MatchAll, enum MatchAllAttr {
        /// Class of packets.
        1 TCA_MATCHALL_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Actions on packets, one after the other, from 1.
        2 TCA_MATCHALL_ACT Actions actions: Indexed<Action>,
        /// Place of the filter: software, hardware, or both.
        3 TCA_MATCHALL_FLAGS Flags flags: FilterFlags,
        /// Number of packets.
        4 TCA_MATCHALL_PCNT Counter counter: Array<U64>,
        /// Padding.
        5 TCA_MATCHALL_PAD Pad pad: Bytes,
    }
}

structs! {
    /// Counters of a `basic`.
    #[doc(alias = "tc_basic_pcnt")]
    pub struct BasicCounters: 16 {
        /// Number of packets compared.
        #[doc(alias = "rcnt")]
        compared: U64,
        /// Number of packets that matched.
        #[doc(alias = "rhit")]
        matched: U64,
    }
}

attributes! {
    /// Settings of a `basic` (`TCA_BASIC_*`).
    pub set BasicFilter, enum BasicFilterAttr {
        /// Class of packets that match.
        1 TCA_BASIC_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Expression of extended matches.
        2 TCA_BASIC_EMATCHES Matches matches: Nest<Ematches>,
        /// Actions on packets that match, one after the other, from 1.
        3 TCA_BASIC_ACT Actions actions: Indexed<Action>,
        /// Rate limit in the old form.
        4 TCA_BASIC_POLICE Police police: Nest<Police>,
        /// Counters.
        5 TCA_BASIC_PCNT Counters counters: Struct<BasicCounters>,
        /// Padding.
        6 TCA_BASIC_PAD Pad pad: Bytes,
    }
}

flags! {
    /// Flags of a `bpf` filter.
    pub struct BpfFilterFlags(u32) {
        /// The program's result is the action, such as `TC_ACT_OK`.
        DIRECT_ACTION = 0x1 "TCA_BPF_FLAG_ACT_DIRECT" "direct-action";
    }
}

attributes! {
    /// Settings of a `bpf` filter (`TCA_BPF_*`).
    pub set BpfFilter, enum BpfFilterAttr {
        /// Actions on packets that match, one after the other, from 1.
        1 TCA_BPF_ACT Actions actions: Indexed<Action>,
        /// Rate limit in the old form.
        2 TCA_BPF_POLICE Police police: Nest<Police>,
        /// Class of packets that match.
        3 TCA_BPF_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Number of instructions of a classic program.
        4 TCA_BPF_OPS_LEN Length length: u16,
        /// Instructions of a classic program (`struct sock_filter`).
        5 TCA_BPF_OPS Instructions instructions: Bytes,
        /// Descriptor of a loaded program; in requests only.
        6 TCA_BPF_FD Descriptor descriptor: u32,
        /// Name of the program.
        7 TCA_BPF_NAME Name name: Str,
        /// Flags of the filter.
        8 TCA_BPF_FLAGS Flags flags: BpfFilterFlags,
        /// Place of the filter: software, hardware, or both.
        9 TCA_BPF_FLAGS_GEN Place place: FilterFlags,
        /// Tag of the program: a hash over the instructions.
        10 TCA_BPF_TAG Tag tag: ByteArray<8>,
        /// Number of the program.
        11 TCA_BPF_ID Id id: u32,
    }
}

attributes! {
    /// Settings of a `cgroup` filter, whose class is that of the sender's
    /// control group (`TCA_CGROUP_*`).
    pub set CgroupFilter, enum CgroupFilterAttr {
        /// Actions on packets that match, one after the other, from 1.
        1 TCA_CGROUP_ACT Actions actions: Indexed<Action>,
        /// Rate limit in the old form.
        2 TCA_CGROUP_POLICE Police police: Nest<Police>,
        /// Expression of extended matches.
        3 TCA_CGROUP_EMATCHES Matches matches: Nest<Ematches>,
    }
}

flags! {
    /// Keys of a packet that a `flow` filter reads. In a user namespace the kernel refuses
    /// addresses, IP protocol and source port with `EOPNOTSUPP`.
    pub struct FlowKeys(u32) {
        /// Source address.
        SOURCE = 0x1 "1 << FLOW_KEY_SRC" "src";
        /// Destination address.
        DESTINATION = 0x2 "1 << FLOW_KEY_DST" "dst";
        /// IP protocol.
        PROTOCOL = 0x4 "1 << FLOW_KEY_PROTO" "proto";
        /// Source port.
        SOURCE_PORT = 0x8 "1 << FLOW_KEY_PROTO_SRC" "proto-src";
        /// Destination port.
        DESTINATION_PORT = 0x10 "1 << FLOW_KEY_PROTO_DST" "proto-dst";
        /// Link that received the packet.
        INPUT_LINK = 0x20 "1 << FLOW_KEY_IIF" "iif";
        /// Priority.
        PRIORITY = 0x40 "1 << FLOW_KEY_PRIORITY" "priority";
        /// Mark.
        MARK = 0x80 "1 << FLOW_KEY_MARK" "mark";
        /// Conntrack entry.
        CONNTRACK = 0x100 "1 << FLOW_KEY_NFCT" "nfct";
        /// Source address before NAT.
        CONNTRACK_SOURCE = 0x200 "1 << FLOW_KEY_NFCT_SRC" "nfct-src";
        /// Destination address before NAT.
        CONNTRACK_DESTINATION = 0x400 "1 << FLOW_KEY_NFCT_DST" "nfct-dst";
        /// Source port before NAT.
        CONNTRACK_SOURCE_PORT = 0x800 "1 << FLOW_KEY_NFCT_PROTO_SRC" "nfct-proto-src";
        /// Destination port before NAT.
        CONNTRACK_DESTINATION_PORT = 0x1000 "1 << FLOW_KEY_NFCT_PROTO_DST" "nfct-proto-dst";
        /// Class that the route gives.
        ROUTE_CLASS = 0x2000 "1 << FLOW_KEY_RTCLASSID" "rt-classid";
        /// User of the socket.
        USER = 0x4000 "1 << FLOW_KEY_SKUID" "sk-uid";
        /// Group of the socket.
        GROUP = 0x8000 "1 << FLOW_KEY_SKGID" "sk-gid";
        /// VLAN number.
        VLAN = 0x1_0000 "1 << FLOW_KEY_VLAN_TAG" "vlan-tag";
        /// Hash of the flow.
        HASH = 0x2_0000 "1 << FLOW_KEY_RXHASH" "rxhash";
    }
}

numbers! {
    /// Calculation of the class by a `flow` filter.
    pub struct FlowMode(u32) {
        /// Calculates with one key.
        MAP = 0 "FLOW_MODE_MAP" "map";
        /// Hashes the keys.
        HASH = 1 "FLOW_MODE_HASH" "hash";
    }
}

attributes! {
    /// Settings of a `flow` filter, which calculates the class (`TCA_FLOW_*`):
    /// `((key & mask) ^ xor) >> shift) + addend`, modulo the divisor.
    pub set FlowFilter, enum FlowFilterAttr {
        /// Keys.
        1 TCA_FLOW_KEYS Keys keys: FlowKeys,
        /// Calculation.
        2 TCA_FLOW_MODE Mode mode: FlowMode,
        /// First class.
        3 TCA_FLOW_BASECLASS BaseClass base_class: Shown<u32, TrafficHandle>,
        /// Number of bits that the key is shifted to the right.
        4 TCA_FLOW_RSHIFT Shift shift: u32,
        /// Number that is added.
        5 TCA_FLOW_ADDEND Addend addend: u32,
        /// Bits of the key that count.
        6 TCA_FLOW_MASK Mask mask: Shown<u32, Hexadecimal>,
        /// Bits of the key that are inverted.
        7 TCA_FLOW_XOR Xor xor: Shown<u32, Hexadecimal>,
        /// Number of classes.
        8 TCA_FLOW_DIVISOR Divisor divisor: u32,
        /// Actions on packets that match, one after the other, from 1.
        9 TCA_FLOW_ACT Actions actions: Indexed<Action>,
        /// Rate limit in the old form.
        10 TCA_FLOW_POLICE Police police: Nest<Police>,
        /// Expression of extended matches.
        11 TCA_FLOW_EMATCHES Matches matches: Nest<Ematches>,
        /// Time after which flows are hashed anew.
        12 TCA_FLOW_PERTURB Perturb perturb: Shown<u32, Seconds>,
    }
}

attributes! {
    /// Settings of an `fw` filter, which reads the packet's mark (`TCA_FW_*`).
    /// The filter's handle is the mark.
    pub set FwFilter, enum FwFilterAttr {
        /// Class of packets that match.
        1 TCA_FW_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Rate limit in the old form.
        2 TCA_FW_POLICE Police police: Nest<Police>,
        /// Name of the link that received the packet.
        3 TCA_FW_INDEV InputDevice input_device: Text,
        /// Actions on packets that match, one after the other, from 1.
        4 TCA_FW_ACT Actions actions: Indexed<Action>,
        /// Bits of the mark that count, the same for all filters of a priority.
        5 TCA_FW_MASK Mask mask: Shown<u32, Hexadecimal>,
    }
}

attributes! {
    /// Settings of a `route` filter, which reads the route's realm (`TCA_ROUTE4_*`). The
    /// filter's handle repeats them, and must be given since Linux 6.0: the destination's
    /// realm, or 0x8000 for none, in the lower half; the source's realm, 0xffff for none, or
    /// the link with the bit 0x8000, in the upper half.
    pub set RouteFilter, enum RouteFilterAttr {
        /// Class of packets that match.
        1 TCA_ROUTE4_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Realm of the destination.
        2 TCA_ROUTE4_TO To to: u32,
        /// Realm of the source.
        3 TCA_ROUTE4_FROM From from: u32,
        /// Link that received the packet, in place of a realm of the source.
        4 TCA_ROUTE4_IIF InputLink input_link: LinkIndex,
        /// Rate limit in the old form.
        5 TCA_ROUTE4_POLICE Police police: Nest<Police>,
        /// Actions on packets that match, one after the other, from 1.
        6 TCA_ROUTE4_ACT Actions actions: Indexed<Action>,
    }
}
