//! Rules of policy routing: `struct fib_rule_hdr` and `FRA_*`
//! (`linux/fib_rules.h`).
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
    /// The fixed header of rules.
    #[doc(alias = "fib_rule_hdr")]
    pub struct RuleHeader: 12 {
        /// The address family, such as [`AF_INET`](super::AF_INET).
        family: u8 as crate::AddressFamily,
        /// How many bits of the destination are compared.
        #[doc(alias = "dst_len")]
        destination_len: u8,
        /// How many bits of the source are compared.
        #[doc(alias = "src_len")]
        source_len: u8,
        /// The type of service to compare; IPv4 only.
        tos: u8 as crate::schema::Hexadecimal,
        /// The table, where its number fits: see [`FRA_TABLE`].
        table: u8 as super::RouteTable,
        /// Zero.
        #[doc(alias = "res1")]
        reserved: [u8; 2],
        /// What to do.
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
    /// What a rule does.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct RuleAction(u8) {
        UNSPEC = 0 "FR_ACT_UNSPEC";
        /// Looks into a table.
        TO_TABLE = 1 "FR_ACT_TO_TBL";
        /// Goes on at another rule.
        GOTO = 2 "FR_ACT_GOTO" "goto";
        /// Does nothing.
        NOP = 3 "FR_ACT_NOP" "nop";
        /// Drops the packet in silence.
        BLACKHOLE = 6 "FR_ACT_BLACKHOLE" "blackhole";
        /// Refuses the packet: the destination is unreachable.
        UNREACHABLE = 7 "FR_ACT_UNREACHABLE" "unreachable";
        /// Refuses the packet: it is prohibited.
        PROHIBIT = 8 "FR_ACT_PROHIBIT" "prohibit";
    }
}

flags! {
    /// The state of a rule, and how it compares.
    pub struct RuleFlags(u32) {
        /// Cannot be deleted.
        PERMANENT = 0x1 "FIB_RULE_PERMANENT" "permanent";
        /// Holds where the selector does not.
        INVERT = 0x2 "FIB_RULE_INVERT" "not";
        /// The rule that it goes to does not exist.
        UNRESOLVED = 0x4 "FIB_RULE_UNRESOLVED" "unresolved";
        /// The incoming link does not exist.
        IIF_DETACHED = 0x8 "FIB_RULE_IIF_DETACHED" "iif_detached";
        /// The outgoing link does not exist.
        OIF_DETACHED = 0x10 "FIB_RULE_OIF_DETACHED" "oif_detached";
        /// The source may be chosen as if the address were that of the packet.
        FIND_SADDR = 0x1_0000 "FIB_RULE_FIND_SADDR";
    }
}

structs! {
    /// The first and the last of a range of users.
    #[doc(alias = "fib_rule_uid_range")]
    pub struct UidRange: 8 {
        /// The first user id.
        start: U32,
        /// The last user id.
        end: U32,
    }

    /// The first and the last of a range of ports, in the machine's byte order, 4
    /// bytes.
    #[doc(alias = "fib_rule_port_range")]
    pub struct PortRange: 4 {
        /// The first port.
        start: U16,
        /// The last port.
        end: U16,
    }
}

attributes! {
    /// The attributes of a rule (`FRA_*`).
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
        /// Priority; rules with smaller numbers come first.
        6 FRA_PRIORITY Priority priority: u32,
        /// Unused.
        7 FRA_UNUSED3 Unused3 unused3: Bytes,
        /// Unused.
        8 FRA_UNUSED4 Unused4 unused4: Bytes,
        /// Unused.
        9 FRA_UNUSED5 Unused5 unused5: Bytes,
        /// Mark to compare; absent for 0, which [`FRA_FWMASK`] tells from no mark.
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
        /// Mask of the bits of the mark that are compared.
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
