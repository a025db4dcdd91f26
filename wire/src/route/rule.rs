//! Rules of policy routing: `struct fib_rule_hdr` and `FRA_*`
//! (`linux/fib_rules.h`).
//!
//! [`NewRule`] adds a rule, [`DeleteRule`] deletes one and [`GetRules`] lists them.
//! The fixed header is [`RuleHeader`], the attributes are [`Rule`]:
//!
//! ```text
//!  0        1         2         3     4       5          7        8       12
//! +--------+---------+---------+-----+-------+----------+--------+-------+
//! | family | dst len | src len | tos | table | reserved | action | flags |
//! +--------+---------+---------+-----+-------+----------+--------+-------+
//! ```

mod list;
mod request;
mod row;

use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

pub use list::GetRules;
pub use request::*;
pub use row::RuleRow;

use super::{RouteProtocol, RouteTable};
use crate::codec::{Address, Be, Bytes, Shown, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// Fixed header of rules.
    #[doc(alias = "fib_rule_hdr")]
    pub struct RuleHeader: 12 {
        /// The address family, such as [`AF_INET`](super::AF_INET).
        family: u8 as crate::AddressFamily,
        /// Prefix length of the destination, in bits; 0 matches any.
        #[doc(alias = "dst_len")]
        destination_len: u8,
        /// Prefix length of the source, in bits; 0 matches any.
        #[doc(alias = "src_len")]
        source_len: u8,
        /// TOS to match; IPv4 only.
        tos: u8 as crate::schema::Hexadecimal,
        /// Table, if its number fits 8 bits: see [`FRA_TABLE`].
        table: u8 as super::RouteTable,
        /// Zero.
        #[doc(alias = "res1")]
        reserved: [u8; 2],
        /// Action for packets that match.
        action: RuleAction,
        /// Flags: see [`flags`](Self::flags).
        flags: U32,
    }
}

impl RuleHeader {
    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> RuleFlags {
        RuleFlags::from_bits_retain(self.flags.get())
    }
}

impl FixedHeader for RuleHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

numbers! {
    /// Action of a rule.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct RuleAction(u8) {
        UNSPEC = 0 "FR_ACT_UNSPEC";
        /// Lookup in a table.
        TO_TABLE = 1 "FR_ACT_TO_TBL";
        /// Jump to another rule.
        GOTO = 2 "FR_ACT_GOTO" "goto";
        /// No action.
        NOP = 3 "FR_ACT_NOP" "nop";
        /// Packets are dropped silently.
        BLACKHOLE = 6 "FR_ACT_BLACKHOLE" "blackhole";
        /// Packets are rejected: the destination is unreachable.
        UNREACHABLE = 7 "FR_ACT_UNREACHABLE" "unreachable";
        /// Packets are rejected: the destination is prohibited.
        PROHIBIT = 8 "FR_ACT_PROHIBIT" "prohibit";
    }
}

flags! {
    /// Flags of a rule: its state and its kind of match.
    pub struct RuleFlags(u32) {
        /// Permanent rule, which cannot be deleted.
        PERMANENT = 0x1 "FIB_RULE_PERMANENT" "permanent";
        /// Inverted selector: the rule applies to packets that do not match (`not`).
        INVERT = 0x2 "FIB_RULE_INVERT" "not";
        /// Target of a `goto` rule missing.
        UNRESOLVED = 0x4 "FIB_RULE_UNRESOLVED" "unresolved";
        /// Incoming link missing.
        IIF_DETACHED = 0x8 "FIB_RULE_IIF_DETACHED" "iif_detached";
        /// Outgoing link missing.
        OIF_DETACHED = 0x10 "FIB_RULE_OIF_DETACHED" "oif_detached";
        /// The source may be chosen as if the address were that of the packet.
        FIND_SADDR = 0x1_0000 "FIB_RULE_FIND_SADDR";
    }
}

structs! {
    /// Range of user ids.
    #[doc(alias = "fib_rule_uid_range")]
    pub struct UidRange: 8 {
        /// First user id.
        start: U32,
        /// Last user id.
        end: U32,
    }

    /// Range of ports, 4 bytes in the machine's byte order.
    #[doc(alias = "fib_rule_port_range")]
    pub struct PortRange: 4 {
        /// First port.
        start: U16,
        /// Last port.
        end: U16,
    }
}

attributes! {
    /// Attributes of a rule (`FRA_*`).
    pub set Rule, enum RuleAttr {
        /// Destination prefix.
        1 FRA_DST Destination destination: Address,
        /// Source prefix.
        2 FRA_SRC Source source: Address,
        /// Name of the incoming link.
        3 FRA_IIFNAME IncomingName incoming_name: Text,
        /// Priority of the rule to go to.
        4 FRA_GOTO Goto goto: u32,
        /// Unused.
        5 FRA_UNUSED2 Unused2 unused2: Bytes,
        /// Priority: rules are tried from the lowest to the highest.
        6 FRA_PRIORITY Priority priority: u32,
        /// Unused.
        7 FRA_UNUSED3 Unused3 unused3: Bytes,
        /// Unused.
        8 FRA_UNUSED4 Unused4 unused4: Bytes,
        /// Unused.
        9 FRA_UNUSED5 Unused5 unused5: Bytes,
        /// Firewall mark to match (`fwmark`). If only [`FRA_FWMASK`] is present, the mark is 0.
        10 FRA_FWMARK Mark mark: Shown<u32, Hexadecimal>,
        /// Realms of routing: source in the upper 16 bits, destination in
        /// the lower.
        11 FRA_FLOW Flow flow: Shown<u32, Hexadecimal>,
        /// Tunnel key to compare, in network order.
        12 FRA_TUN_ID TunnelId tunnel_id: Be<u64>,
        /// Group of links whose routes are ignored; all ones for none.
        13 FRA_SUPPRESS_IFGROUP SuppressGroup suppress_group: u32,
        /// Prefix length up to which routes are ignored; all ones for none.
        14 FRA_SUPPRESS_PREFIXLEN SuppressPrefixLen suppress_prefix_len: u32,
        /// Table.
        15 FRA_TABLE Table table: RouteTable,
        /// Mask of the firewall mark.
        16 FRA_FWMASK Mask mask: Shown<u32, Hexadecimal>,
        /// Name of the outgoing link.
        17 FRA_OIFNAME OutgoingName outgoing_name: Text,
        /// Padding.
        18 FRA_PAD Pad pad: Bytes,
        /// 1 if the table is that of the link's VRF.
        19 FRA_L3MDEV L3mdev l3mdev: u8,
        /// Range of user ids.
        20 FRA_UID_RANGE UidRange uid_range: Struct<UidRange>,
        /// Origin of the rule.
        21 FRA_PROTOCOL Protocol protocol: RouteProtocol,
        /// IP protocol.
        22 FRA_IP_PROTO IpProtocol ip_protocol: u8,
        /// Range of source ports.
        23 FRA_SPORT_RANGE SourcePorts source_ports: Struct<PortRange>,
        /// Range of destination ports.
        24 FRA_DPORT_RANGE DestinationPorts destination_ports: Struct<PortRange>,
        /// DSCP.
        25 FRA_DSCP Dscp dscp: u8,
        /// Flow label, in network order.
        26 FRA_FLOWLABEL FlowLabel flow_label: Be<u32>,
        /// Mask of the flow label, in network order.
        27 FRA_FLOWLABEL_MASK FlowLabelMask flow_label_mask: Be<u32>,
        /// Mask of the source port.
        28 FRA_SPORT_MASK SourcePortMask source_port_mask: u16,
        /// Mask of the destination port.
        29 FRA_DPORT_MASK DestinationPortMask destination_port_mask: u16,
        /// Mask of the DSCP.
        30 FRA_DSCP_MASK DscpMask dscp_mask: u8,
    }
}
