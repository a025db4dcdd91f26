//! Packet logs (`nflog`): `NFULA_*` (`linux/netfilter/nfnetlink_log.h`).

mod request;

pub use request::{BindLog, LoggedPacket, SetLog, UnbindLog};

use crate::zerocopy::big_endian::{U16, U32};

use super::{BindCommand, Conntrack, CopyMode, Hook, PacketHardware, PacketTimestamp};
use crate::codec::{Be, Bytes, Nest, Struct, Text};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{LinkIndex, attributes};

attributes! {
    /// Attributes of a logged packet (`NFULA_*`). The header's resource is the
    /// log group.
    pub set LogPacket, enum LogPacketAttr {
        /// Protocol and hook of the packet.
        1 NFULA_PACKET_HDR Header header: Struct<LogPacketHeader>,
        /// Mark of the packet.
        2 NFULA_MARK Mark mark: Be<u32>,
        /// Time of reception.
        3 NFULA_TIMESTAMP Timestamp timestamp: Struct<PacketTimestamp>,
        /// Index of the input link.
        4 NFULA_IFINDEX_INDEV InputIndex input_index: Be<LinkIndex>,
        /// Index of the output link.
        5 NFULA_IFINDEX_OUTDEV OutputIndex output_index: Be<LinkIndex>,
        /// Index of the bridge port that received the packet.
        6 NFULA_IFINDEX_PHYSINDEV InputPort input_port: Be<LinkIndex>,
        /// Index of the bridge port that sends the packet.
        7 NFULA_IFINDEX_PHYSOUTDEV OutputPort output_port: Be<LinkIndex>,
        /// Source MAC address.
        8 NFULA_HWADDR Hardware hardware: Struct<PacketHardware>,
        /// Packet payload, from the IP header on.
        9 NFULA_PAYLOAD Payload payload: Bytes,
        /// Prefix of the `log` statement.
        10 NFULA_PREFIX Prefix prefix: Text,
        /// User ID of the sending socket.
        11 NFULA_UID User user: Be<u32>,
        /// Sequence number within the log group.
        12 NFULA_SEQ Sequence sequence: Be<u32>,
        /// Sequence number over all log groups.
        13 NFULA_SEQ_GLOBAL GlobalSequence global_sequence: Be<u32>,
        /// Group ID of the sending socket.
        14 NFULA_GID Group group: Be<u32>,
        /// Hardware type (`ARPHRD_*`) of the link.
        15 NFULA_HWTYPE HardwareKind hardware_kind: Be<u16>,
        /// Link-layer header.
        16 NFULA_HWHEADER HardwareHeader hardware_header: Bytes,
        /// Length of the link-layer header in bytes.
        17 NFULA_HWLEN HardwareLen hardware_len: Be<u16>,
        /// Conntrack entry of the packet.
        18 NFULA_CT Conntrack conntrack: Nest<Conntrack>,
        /// Conntrack state of the packet.
        19 NFULA_CT_INFO ConntrackInfo conntrack_info: Be<super::PacketState>,
        /// VLAN tag.
        20 NFULA_VLAN Vlan vlan: Nest<LogVlan>,
        /// Link-layer header of a bridged packet.
        21 NFULA_L2HDR LinkHeader link_header: Bytes,
    }
}

attributes! {
    /// VLAN tag of a packet (`NFULA_VLAN_*`).
    pub set LogVlan, enum LogVlanAttr {
        /// VLAN protocol: the Ethernet type of the tag, such as 0x8100.
        1 NFULA_VLAN_PROTO Protocol protocol: Be<u16>,
        /// VLAN tag: priority and VLAN ID.
        2 NFULA_VLAN_TCI Tag tag: Be<u16>,
    }
}

attributes! {
    /// Settings of a log group (`NFULA_CFG_*`).
    pub set LogConfig, enum LogConfigAttr {
        /// Command: bind or unbind the group.
        1 NFULA_CFG_CMD Command command: BindCommand,
        /// Copy mode and copy range.
        2 NFULA_CFG_MODE Mode mode: Struct<LogMode>,
        /// Buffer size in bytes: the kernel sends packets once they fill it
        /// (default: one page, at most 131,072).
        3 NFULA_CFG_NLBUFSIZ BufferSize buffer_size: Be<u32>,
        /// Flush timeout in hundredths of a second (default 100).
        4 NFULA_CFG_TIMEOUT Timeout timeout: Be<u32>,
        /// Queue threshold: number of packets to collect before they are sent
        /// (default 100).
        5 NFULA_CFG_QTHRESH Threshold threshold: Be<u32>,
        /// Flags: [`LogFlags`].
        6 NFULA_CFG_FLAGS Flags flags: Be<LogFlags>,
    }
}

structs! {
    /// Protocol and hook of a logged packet.
    #[doc(alias = "nfulnl_msg_packet_hdr")]
    pub struct LogPacketHeader: 4 {
        /// Ethernet type, such as 0x0800 for IPv4.
        #[doc(alias = "hw_protocol")]
        protocol: U16,
        /// Hook at which the packet was logged.
        hook: Hook,
        /// Padding.
        reserved: u8,
    }

    /// Copy mode and copy range of a log group.
    #[doc(alias = "nfulnl_msg_config_mode")]
    pub struct LogMode: 6 {
        /// Copy range: maximum number of payload bytes; 0 for all.
        copy_range: U32,
        /// Copy mode.
        copy_mode: CopyMode,
        /// Padding.
        reserved: u8,
    }
}

flags! {
    /// Optional attributes of logged packets.
    pub struct LogFlags(u16) {
        /// Sequence numbers within the log group.
        SEQ = 0x1 "NFULNL_CFG_F_SEQ" "seq";
        /// Sequence numbers over all log groups.
        SEQ_GLOBAL = 0x2 "NFULNL_CFG_F_SEQ_GLOBAL" "seq-global";
        /// Conntrack entries.
        CONNTRACK = 0x4 "NFULNL_CFG_F_CONNTRACK" "conntrack";
    }
}
