//! Packet queues (`nfqueue`), where packets wait for a program's verdict:
//! `NFQA_*` (`linux/netfilter/nfnetlink_queue.h`).

mod request;

pub use request::{BindQueue, QueuedPacket, SetQueue, SetVerdict, SetVerdicts, UnbindQueue};

use crate::zerocopy::big_endian::{U16, U32, U64};

use super::{Conntrack, Expectation};
use crate::codec::{Be, Bytes, Nest, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{LinkIndex, attributes};

attributes! {
    /// Attributes of a queued packet, and of the verdict on it (`NFQA_*`). The
    /// header's resource is the queue number.
    pub set QueuePacket, enum QueuePacketAttr {
        /// Packet ID, protocol and hook.
        1 NFQA_PACKET_HDR Header header: Struct<QueuePacketHeader>,
        /// Verdict on the packet; in `NFQNL_MSG_VERDICT_BATCH` on all packets
        /// up to its ID.
        2 NFQA_VERDICT_HDR Verdict verdict: Struct<QueueVerdict>,
        /// Mark of the packet; in a verdict the new mark.
        3 NFQA_MARK Mark mark: Be<u32>,
        /// Time of reception.
        4 NFQA_TIMESTAMP Timestamp timestamp: Struct<PacketTimestamp>,
        /// Index of the input link.
        5 NFQA_IFINDEX_INDEV InputIndex input_index: Be<LinkIndex>,
        /// Index of the output link.
        6 NFQA_IFINDEX_OUTDEV OutputIndex output_index: Be<LinkIndex>,
        /// Index of the bridge port that received the packet.
        7 NFQA_IFINDEX_PHYSINDEV InputPort input_port: Be<LinkIndex>,
        /// Index of the bridge port that sends the packet.
        8 NFQA_IFINDEX_PHYSOUTDEV OutputPort output_port: Be<LinkIndex>,
        /// Source MAC address.
        9 NFQA_HWADDR Hardware hardware: Struct<PacketHardware>,
        /// Packet payload, from the IP header on; in a verdict the new payload.
        10 NFQA_PAYLOAD Payload payload: Bytes,
        /// Conntrack entry of the packet.
        11 NFQA_CT Conntrack conntrack: Nest<Conntrack>,
        /// Conntrack state of the packet (`IP_CT_*`).
        12 NFQA_CT_INFO ConntrackInfo conntrack_info: Be<super::PacketState>,
        /// Packet length in bytes, present if the payload is cut.
        13 NFQA_CAP_LEN Length length: Be<u32>,
        /// Checksum and segmentation state.
        14 NFQA_SKB_INFO Info info: Be<QueuePacketInfo>,
        /// Expectation to create, in a verdict.
        15 NFQA_EXP Expectation expectation: Nest<Expectation>,
        /// User ID of the sending socket.
        16 NFQA_UID User user: Be<u32>,
        /// Group ID of the sending socket.
        17 NFQA_GID Group group: Be<u32>,
        /// Security context of the sending socket.
        18 NFQA_SECCTX SecurityContext security_context: Bytes,
        /// VLAN tag.
        19 NFQA_VLAN Vlan vlan: Nest<QueueVlan>,
        /// Link-layer header.
        20 NFQA_L2HDR LinkHeader link_header: Bytes,
        /// Priority of the packet (`meta priority`).
        21 NFQA_PRIORITY Priority priority: Be<u32>,
        /// Class ID of the sending socket's control group.
        22 NFQA_CGROUP_CLASSID ControlGroupClass control_group_class: Be<u32>,
    }
}

attributes! {
    /// VLAN tag of a packet (`NFQA_VLAN_*`).
    pub set QueueVlan, enum QueueVlanAttr {
        /// VLAN protocol: the Ethernet type of the tag, such as 0x8100.
        1 NFQA_VLAN_PROTO Protocol protocol: Be<u16>,
        /// VLAN tag: priority and VLAN ID.
        2 NFQA_VLAN_TCI Tag tag: Be<u16>,
    }
}

attributes! {
    /// Settings of a queue (`NFQA_CFG_*`).
    pub set QueueConfig, enum QueueConfigAttr {
        /// Command: bind or unbind the queue.
        1 NFQA_CFG_CMD Command command: Struct<QueueCommand>,
        /// Copy mode and copy range.
        2 NFQA_CFG_PARAMS Parameters parameters: Struct<QueueParameters>,
        /// Maximum number of waiting packets (default 1,024).
        3 NFQA_CFG_QUEUE_MAXLEN MaxLen max_len: Be<u32>,
        /// Mask of the flags that a request changes.
        4 NFQA_CFG_MASK Mask mask: Be<QueueFlags>,
        /// Flags: [`QueueFlags`].
        5 NFQA_CFG_FLAGS Flags flags: Be<QueueFlags>,
    }
}

structs! {
    /// Packet ID, protocol and hook of a queued packet.
    #[doc(alias = "nfqnl_msg_packet_hdr")]
    pub struct QueuePacketHeader: 7 {
        /// Packet ID, unique in the queue.
        #[doc(alias = "packet_id")]
        id: U32,
        /// Ethernet type, such as 0x0800 for IPv4.
        #[doc(alias = "hw_protocol")]
        protocol: U16,
        /// Hook at which the packet waits.
        hook: super::Hook,
    }

    /// Verdict on a queued packet.
    #[doc(alias = "nfqnl_msg_verdict_hdr")]
    pub struct QueueVerdict: 8 {
        /// Verdict code, such as `NF_ACCEPT` or `NF_DROP`: see
        /// [`verdict`](Self::verdict).
        #[doc(alias = "verdict")]
        code: U32,
        /// Packet ID.
        id: U32,
    }

    /// Command that binds or unbinds a queue.
    #[doc(alias = "nfqnl_msg_config_cmd")]
    pub struct QueueCommand: 4 {
        /// Command.
        command: BindCommand,
        /// Padding.
        reserved: u8,
        /// Family of the commands that have no effect since Linux 3.8.
        #[doc(alias = "pf")]
        family: U16,
    }

    /// Copy mode and copy range of a queue.
    #[doc(alias = "nfqnl_msg_config_params")]
    pub struct QueueParameters: 5 {
        /// Copy range: maximum number of payload bytes; 0 for 65,531.
        copy_range: U32,
        /// Copy mode.
        copy_mode: CopyMode,
    }

    /// Source MAC address of a packet.
    #[doc(alias = "nfqnl_msg_packet_hw", alias = "nfulnl_msg_packet_hw")]
    pub struct PacketHardware: 12 {
        /// Length of the address in bytes.
        #[doc(alias = "hw_addrlen")]
        length: U16,
        /// Padding.
        reserved: U16,
        /// Address. The bytes behind its length have no meaning: older kernels
        /// send them without setting them to zero.
        #[doc(alias = "hw_addr")]
        bytes: [u8; 8] as crate::codec::Hardware,
    }

    /// Time at which a packet was received.
    #[doc(alias = "nfqnl_msg_packet_timestamp", alias = "nfulnl_msg_packet_timestamp")]
    pub struct PacketTimestamp: 16 {
        /// Seconds since 1970.
        #[doc(alias = "sec")]
        seconds: U64,
        /// Microseconds, from 0 to 999,999.
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

    /// Returns the verdict on the packet.
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
    /// Command that binds or unbinds a queue or a log group.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    pub struct BindCommand(u8) {
        NONE = 0 "NFQNL_CFG_CMD_NONE" "none";
        /// Binds a queue or a log group to this socket.
        BIND = 1 "NFQNL_CFG_CMD_BIND" "bind";
        /// Unbinds a queue or a log group.
        UNBIND = 2 "NFQNL_CFG_CMD_UNBIND" "unbind";
        /// Binds a family; without effect since Linux 3.8.
        PF_BIND = 3 "NFQNL_CFG_CMD_PF_BIND" "pf-bind";
        /// Unbinds a family; without effect since Linux 3.8.
        PF_UNBIND = 4 "NFQNL_CFG_CMD_PF_UNBIND" "pf-unbind";
    }
}

numbers! {
    /// Copy mode: the part of a packet that the kernel copies to the program.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    pub struct CopyMode(u8) {
        /// Copies nothing: a queue drops its packets, a log group stays silent.
        NONE = 0 "NFQNL_COPY_NONE" "none";
        /// Metadata without the payload.
        META = 1 "NFQNL_COPY_META" "meta";
        /// Metadata and payload.
        PACKET = 2 "NFQNL_COPY_PACKET" "packet";
    }
}

flags! {
    /// Flags of a queue.
    pub struct QueueFlags(u32) {
        /// Packets are accepted when the queue is full; by default they are
        /// dropped.
        FAIL_OPEN = 0x1 "NFQA_CFG_F_FAIL_OPEN" "fail-open";
        /// Packets arrive with their conntrack entries.
        CONNTRACK = 0x2 "NFQA_CFG_F_CONNTRACK" "conntrack";
        /// Packets arrive unsegmented.
        GSO = 0x4 "NFQA_CFG_F_GSO" "gso";
        /// Packets arrive with user ID and group ID.
        UID_GID = 0x8 "NFQA_CFG_F_UID_GID" "uid-gid";
        /// Packets arrive with their security contexts.
        SECCTX = 0x10 "NFQA_CFG_F_SECCTX" "secctx";
    }
}

flags! {
    /// Checksum and segmentation state of a packet.
    pub struct QueuePacketInfo(u32) {
        /// Checksums of the packet are not computed yet.
        CHECKSUM_NOT_READY = 0x1 "NFQA_SKB_CSUMNOTREADY" "csum-not-ready";
        /// Packet is larger than the MTU and not segmented yet.
        GSO = 0x2 "NFQA_SKB_GSO" "gso";
        /// Checksums of the packet are not verified.
        CHECKSUM_NOT_VERIFIED = 0x4 "NFQA_SKB_CSUM_NOTVERIFIED" "csum-not-verified";
    }
}
