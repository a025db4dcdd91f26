//! Packets that are logged to a program: `NFULA_*`
//! (`linux/netfilter/nfnetlink_log.h`).

mod request;

pub use request::{BindLog, LoggedPacket, SetLog, UnbindLog};

use crate::zerocopy::big_endian::{U16, U32};

use super::{BindCommand, Conntrack, CopyMode, Hook, PacketHardware, PacketTimestamp};
use crate::attributes;
use crate::codec::{Be, Bytes, Nest, Struct, Text};
use crate::numbers::flags;
use crate::structs::structs;

attributes! {
    /// A packet of a log (`NFULA_*`). The header's resource is the group.
    pub set LogPacket, enum LogPacketAttr {
        /// What it is.
        1 NFULA_PACKET_HDR Header header: Struct<LogPacketHeader>,
        /// Its mark.
        2 NFULA_MARK Mark mark: Be<u32>,
        /// When it was received.
        3 NFULA_TIMESTAMP Timestamp timestamp: Struct<PacketTimestamp>,
        /// The link that it came in by.
        4 NFULA_IFINDEX_INDEV InputIndex input_index: Be<u32>,
        /// The link that it leaves by.
        5 NFULA_IFINDEX_OUTDEV OutputIndex output_index: Be<u32>,
        /// The bridge's port that it came in by.
        6 NFULA_IFINDEX_PHYSINDEV InputPort input_port: Be<u32>,
        /// The bridge's port that it leaves by.
        7 NFULA_IFINDEX_PHYSOUTDEV OutputPort output_port: Be<u32>,
        /// The link-layer address that sent it.
        8 NFULA_HWADDR Hardware hardware: Struct<PacketHardware>,
        /// The packet, from its IP header on.
        9 NFULA_PAYLOAD Payload payload: Bytes,
        /// The text of the rule that logged it.
        10 NFULA_PREFIX Prefix prefix: Text,
        /// The user of the socket that sent it.
        11 NFULA_UID User user: Be<u32>,
        /// Its number in the group.
        12 NFULA_SEQ Sequence sequence: Be<u32>,
        /// Its number among all logs.
        13 NFULA_SEQ_GLOBAL GlobalSequence global_sequence: Be<u32>,
        /// The group of the socket that sent it.
        14 NFULA_GID Group group: Be<u32>,
        /// The kind of link layer.
        15 NFULA_HWTYPE HardwareKind hardware_kind: Be<u16>,
        /// Its header of the link layer.
        16 NFULA_HWHEADER HardwareHeader hardware_header: Bytes,
        /// How many bytes that header has.
        17 NFULA_HWLEN HardwareLen hardware_len: Be<u16>,
        /// Its connection.
        18 NFULA_CT Conntrack conntrack: Nest<Conntrack>,
        /// Relation of the packet to its connection.
        19 NFULA_CT_INFO ConntrackInfo conntrack_info: Be<super::PacketState>,
        /// Its VLAN.
        20 NFULA_VLAN Vlan vlan: Nest<LogVlan>,
        /// Its header of the link layer, of bridges.
        21 NFULA_L2HDR LinkHeader link_header: Bytes,
    }
}

attributes! {
    /// The VLAN of a packet (`NFULA_VLAN_*`).
    pub set LogVlan, enum LogVlanAttr {
        /// The Ethernet type of its tag.
        1 NFULA_VLAN_PROTO Protocol protocol: Be<u16>,
        /// The tag: priority and number.
        2 NFULA_VLAN_TCI Tag tag: Be<u16>,
    }
}

attributes! {
    /// The settings of a group of logs (`NFULA_CFG_*`).
    pub set LogConfig, enum LogConfigAttr {
        /// Binds the group or gives it up.
        1 NFULA_CFG_CMD Command command: BindCommand,
        /// How much of a packet is copied.
        2 NFULA_CFG_MODE Mode mode: Struct<LogMode>,
        /// How many bytes are collected before they are sent.
        3 NFULA_CFG_NLBUFSIZ BufferSize buffer_size: Be<u32>,
        /// After how long they are sent, in hundredths of a second.
        4 NFULA_CFG_TIMEOUT Timeout timeout: Be<u32>,
        /// After how many packets they are sent.
        5 NFULA_CFG_QTHRESH Threshold threshold: Be<u32>,
        /// Flags.
        6 NFULA_CFG_FLAGS Flags flags: Be<LogFlags>,
    }
}

structs! {
    /// What a packet is.
    #[doc(alias = "nfulnl_msg_packet_hdr")]
    pub struct LogPacketHeader: 4 {
        /// The Ethernet type, such as 0x0800.
        #[doc(alias = "hw_protocol")]
        protocol: U16,
        /// The hook that it was logged at.
        hook: Hook,
        /// Zero.
        reserved: u8,
    }

    /// How much of a packet is copied.
    #[doc(alias = "nfulnl_msg_config_mode")]
    pub struct LogMode: 6 {
        /// The most bytes of the payload; 0 for all.
        copy_range: U32,
        /// What is copied.
        copy_mode: CopyMode,
        /// Zero.
        reserved: u8,
    }
}

flags! {
    /// What comes with the packets of a log.
    pub struct LogFlags(u16) {
        /// Numbers in the group.
        SEQ = 0x1 "NFULNL_CFG_F_SEQ" "seq";
        /// Numbers among all logs.
        SEQ_GLOBAL = 0x2 "NFULNL_CFG_F_SEQ_GLOBAL" "seq-global";
        /// Connections.
        CONNTRACK = 0x4 "NFULNL_CFG_F_CONNTRACK" "conntrack";
    }
}
