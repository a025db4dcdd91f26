//! Packets that wait for a program's verdict: `NFQA_*`
//! (`linux/netfilter/nfnetlink_queue.h`).

mod request;

pub use request::{BindQueue, QueuedPacket, SetQueue, SetVerdict, SetVerdicts, UnbindQueue};

use crate::zerocopy::big_endian::{U16, U32, U64};

use super::{Conntrack, Expectation};
use crate::attributes;
use crate::codec::{Be, Bytes, Nest, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

attributes! {
    /// A packet of a queue, and the verdict on it (`NFQA_*`). The header's
    /// resource is the number of the queue.
    pub set QueuePacket, enum QueuePacketAttr {
        /// Its number, by which the verdict names it.
        1 NFQA_PACKET_HDR Header header: Struct<QueuePacketHeader>,
        /// The verdict; of a batch, on all packets up to this number.
        2 NFQA_VERDICT_HDR Verdict verdict: Struct<QueueVerdict>,
        /// Its mark; in a verdict, what it becomes.
        3 NFQA_MARK Mark mark: Be<u32>,
        /// When it was received.
        4 NFQA_TIMESTAMP Timestamp timestamp: Struct<PacketTimestamp>,
        /// The link that it came in by.
        5 NFQA_IFINDEX_INDEV InputIndex input_index: Be<u32>,
        /// The link that it leaves by.
        6 NFQA_IFINDEX_OUTDEV OutputIndex output_index: Be<u32>,
        /// The bridge's port that it came in by.
        7 NFQA_IFINDEX_PHYSINDEV InputPort input_port: Be<u32>,
        /// The bridge's port that it leaves by.
        8 NFQA_IFINDEX_PHYSOUTDEV OutputPort output_port: Be<u32>,
        /// The link-layer address that sent it.
        9 NFQA_HWADDR Hardware hardware: Struct<PacketHardware>,
        /// The packet, from its IP header on; in a verdict, what it becomes.
        10 NFQA_PAYLOAD Payload payload: Bytes,
        /// Its connection.
        11 NFQA_CT Conntrack conntrack: Nest<Conntrack>,
        /// How it belongs to the connection (`IP_CT_*`).
        12 NFQA_CT_INFO ConntrackInfo conntrack_info: Be<super::PacketState>,
        /// How long it was, where the payload was cut.
        13 NFQA_CAP_LEN Length length: Be<u32>,
        /// What is special about it.
        14 NFQA_SKB_INFO Info info: Be<QueuePacketInfo>,
        /// In a verdict, a connection that is to be expected.
        15 NFQA_EXP Expectation expectation: Nest<Expectation>,
        /// The user of the socket that sent it.
        16 NFQA_UID User user: Be<u32>,
        /// The group of the socket that sent it.
        17 NFQA_GID Group group: Be<u32>,
        /// Its security context.
        18 NFQA_SECCTX SecurityContext security_context: Bytes,
        /// Its VLAN.
        19 NFQA_VLAN Vlan vlan: Nest<QueueVlan>,
        /// Its header of the link layer.
        20 NFQA_L2HDR LinkHeader link_header: Bytes,
        /// Its priority.
        21 NFQA_PRIORITY Priority priority: Be<u32>,
        /// The class of its control group.
        22 NFQA_CGROUP_CLASSID ControlGroupClass control_group_class: Be<u32>,
    }
}

attributes! {
    /// The VLAN of a packet (`NFQA_VLAN_*`).
    pub set QueueVlan, enum QueueVlanAttr {
        /// The Ethernet type of its tag.
        1 NFQA_VLAN_PROTO Protocol protocol: Be<u16>,
        /// The tag: priority and number.
        2 NFQA_VLAN_TCI Tag tag: Be<u16>,
    }
}

attributes! {
    /// The settings of a queue (`NFQA_CFG_*`).
    pub set QueueConfig, enum QueueConfigAttr {
        /// Binds the queue or gives it up.
        1 NFQA_CFG_CMD Command command: Struct<QueueCommand>,
        /// How much of a packet is copied.
        2 NFQA_CFG_PARAMS Parameters parameters: Struct<QueueParameters>,
        /// How many packets may wait.
        3 NFQA_CFG_QUEUE_MAXLEN MaxLen max_len: Be<u32>,
        /// Which of the flags a request changes.
        4 NFQA_CFG_MASK Mask mask: Be<QueueFlags>,
        /// The flags.
        5 NFQA_CFG_FLAGS Flags flags: Be<QueueFlags>,
    }
}

structs! {
    /// What names a packet.
    #[doc(alias = "nfqnl_msg_packet_hdr")]
    pub struct QueuePacketHeader: 7 {
        /// Its number in the queue.
        #[doc(alias = "packet_id")]
        id: U32,
        /// The Ethernet type, such as 0x0800.
        #[doc(alias = "hw_protocol")]
        protocol: U16,
        /// The hook that it waits at.
        hook: super::Hook,
    }

    /// What becomes of a packet.
    #[doc(alias = "nfqnl_msg_verdict_hdr")]
    pub struct QueueVerdict: 8 {
        /// `NF_ACCEPT`, `NF_DROP`, ..: see [`verdict`](Self::verdict).
        #[doc(alias = "verdict")]
        code: U32,
        /// The packet's number.
        id: U32,
    }

    /// Binds a queue or gives it up.
    #[doc(alias = "nfqnl_msg_config_cmd")]
    pub struct QueueCommand: 4 {
        /// What to do.
        command: BindCommand,
        /// Zero.
        reserved: u8,
        /// The family, of the commands that are obsolete since Linux 3.8.
        #[doc(alias = "pf")]
        family: U16,
    }

    /// How much of a packet is copied.
    #[doc(alias = "nfqnl_msg_config_params")]
    pub struct QueueParameters: 5 {
        /// The most bytes of the payload; 0 for 65531.
        copy_range: U32,
        /// What is copied.
        copy_mode: CopyMode,
    }

    /// The link-layer address that sent a packet.
    #[doc(alias = "nfqnl_msg_packet_hw", alias = "nfulnl_msg_packet_hw")]
    pub struct PacketHardware: 12 {
        /// How many bytes of the address count.
        #[doc(alias = "hw_addrlen")]
        length: U16,
        /// Zero.
        reserved: U16,
        /// The address, and zeros.
        #[doc(alias = "hw_addr")]
        bytes: [u8; 8] as crate::codec::Hardware,
    }

    /// When a packet was received.
    #[doc(alias = "nfqnl_msg_packet_timestamp", alias = "nfulnl_msg_packet_timestamp")]
    pub struct PacketTimestamp: 16 {
        /// Seconds since 1970.
        #[doc(alias = "sec")]
        seconds: U64,
        /// And microseconds.
        #[doc(alias = "usec")]
        microseconds: U64,
    }
}

impl QueueVerdict {
    /// Decides on the packet of this number.
    #[must_use]
    pub const fn new(id: u32, verdict: super::Verdict) -> Self {
        Self {
            code: U32::new(verdict.0.cast_unsigned()),
            id: U32::new(id),
        }
    }

    /// Returns what becomes of the packet.
    #[must_use]
    pub const fn verdict(&self) -> super::Verdict {
        super::Verdict(self.code.get().cast_signed())
    }
}

impl PacketHardware {
    /// Returns the address.
    #[must_use]
    pub fn address(&self) -> &[u8] {
        let length = usize::from(self.length.get());
        self.bytes.get(..length).unwrap_or(&self.bytes)
    }
}

numbers! {
    /// Whether a queue or a group of logs is bound.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    pub struct BindCommand(u8) {
        NONE = 0 "NFQNL_CFG_CMD_NONE" "none";
        /// Binds it to this socket.
        BIND = 1 "NFQNL_CFG_CMD_BIND" "bind";
        /// Gives it up.
        UNBIND = 2 "NFQNL_CFG_CMD_UNBIND" "unbind";
        /// Binds a family; of no effect since Linux 3.8.
        PF_BIND = 3 "NFQNL_CFG_CMD_PF_BIND" "pf-bind";
        /// Gives a family up; of no effect since Linux 3.8.
        PF_UNBIND = 4 "NFQNL_CFG_CMD_PF_UNBIND" "pf-unbind";
    }
}

numbers! {
    /// What of a packet is copied to the program.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    pub struct CopyMode(u8) {
        /// Nothing: a queue drops, a log is silent.
        NONE = 0 "NFQNL_COPY_NONE" "none";
        /// What is known of it.
        META = 1 "NFQNL_COPY_META" "meta";
        /// The packet too.
        PACKET = 2 "NFQNL_COPY_PACKET" "packet";
    }
}

flags! {
    /// How a queue behaves.
    pub struct QueueFlags(u32) {
        /// Packets pass when it is full, and are not dropped.
        FAIL_OPEN = 0x1 "NFQA_CFG_F_FAIL_OPEN" "fail-open";
        /// Packets come with their connections.
        CONNTRACK = 0x2 "NFQA_CFG_F_CONNTRACK" "conntrack";
        /// Packets come unsegmented.
        GSO = 0x4 "NFQA_CFG_F_GSO" "gso";
        /// Packets come with user and group.
        UID_GID = 0x8 "NFQA_CFG_F_UID_GID" "uid-gid";
        /// Packets come with their security contexts.
        SECCTX = 0x10 "NFQA_CFG_F_SECCTX" "secctx";
    }
}

flags! {
    /// What is special about a packet.
    pub struct QueuePacketInfo(u32) {
        /// Its checksums are not computed yet.
        CHECKSUM_NOT_READY = 0x1 "NFQA_SKB_CSUMNOTREADY" "csum-not-ready";
        /// It is larger than the link allows, and not segmented yet.
        GSO = 0x2 "NFQA_SKB_GSO" "gso";
        /// Its checksums were not verified.
        CHECKSUM_NOT_VERIFIED = 0x4 "NFQA_SKB_CSUM_NOTVERIFIED" "csum-not-verified";
    }
}
