//! Actions of flows.

use super::key::{Key, NshKey};
use crate::codec::{Be, Bytes, Flag, Ip, Nest, Struct, Text};
use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::{U16, U32};
use crate::{attributes, structs};

structs! {
    /// VLAN tag to push.
    #[doc(alias = "ovs_action_push_vlan")]
    pub struct PushVlan: 4 {
        /// Ethernet protocol of the tag.
        #[doc(alias = "vlan_tpid")]
        protocol: big_endian::U16,
        /// Priority, bit 12 set, and VLAN ID.
        #[doc(alias = "vlan_tci")]
        tag: big_endian::U16,
    }
}

structs! {
    /// Hash to compute.
    #[doc(alias = "ovs_action_hash")]
    pub struct HashAction: 8 {
        /// Algorithm: 0 for the transport header, 1 for the kernel's own.
        #[doc(alias = "hash_alg")]
        algorithm: U32,
        /// Basis of the hash.
        #[doc(alias = "hash_basis")]
        basis: U32,
    }
}

structs! {
    /// MPLS label to push.
    #[doc(alias = "ovs_action_push_mpls")]
    pub struct PushMpls: 8 {
        /// Label, traffic class, bottom of stack and TTL.
        #[doc(alias = "mpls_lse")]
        entry: big_endian::U32,
        /// Ethernet protocol of MPLS.
        #[doc(alias = "mpls_ethertype")]
        ether_type: big_endian::U16,
        /// Padding.
        padding: [u8; 2],
    }
}

structs! {
    /// MPLS label to push before the Ethernet or the IP header.
    #[doc(alias = "ovs_action_add_mpls")]
    pub struct AddMpls: 8 {
        /// Label, traffic class, bottom of stack and TTL.
        #[doc(alias = "mpls_lse")]
        entry: big_endian::U32,
        /// Ethernet protocol of MPLS.
        #[doc(alias = "mpls_ethertype")]
        ether_type: big_endian::U16,
        /// Flags: 1 to push before the IP header.
        #[doc(alias = "tun_flags")]
        flags: U16,
    }
}

structs! {
    /// Ethernet header to push.
    #[doc(alias = "ovs_action_push_eth")]
    pub struct PushEthernet: 12 {
        /// Source address.
        source: [u8; 6],
        /// Destination address.
        destination: [u8; 6],
    }
}

attributes! {
    /// Action (`OVS_ACTION_ATTR_*`). Actions are carried out in their order.
    pub set Action, enum ActionAttr {
        /// Sends the packet by the port with this number.
        1 OVS_ACTION_ATTR_OUTPUT Output output: u32,
        /// Sends the packet to a program.
        2 OVS_ACTION_ATTR_USERSPACE UserSpace user_space: Nest<UserSpace>,
        /// Sets a field.
        3 OVS_ACTION_ATTR_SET Set set: Nest<Key>,
        /// Pushes a VLAN tag.
        4 OVS_ACTION_ATTR_PUSH_VLAN PushVlan push_vlan: Struct<PushVlan>,
        /// Removes the outer VLAN tag.
        5 OVS_ACTION_ATTR_POP_VLAN PopVlan pop_vlan: Flag,
        /// Carries out actions on some packets.
        6 OVS_ACTION_ATTR_SAMPLE Sample sample: Nest<SampleAction>,
        /// Looks the packet up again with this identifier.
        7 OVS_ACTION_ATTR_RECIRC Recirculate recirculate: u32,
        /// Computes a hash.
        8 OVS_ACTION_ATTR_HASH Hash hash: Struct<HashAction>,
        /// Pushes an MPLS label.
        9 OVS_ACTION_ATTR_PUSH_MPLS PushMpls push_mpls: Struct<PushMpls>,
        /// Removes an MPLS label; the value is the Ethernet protocol below it.
        10 OVS_ACTION_ATTR_POP_MPLS PopMpls pop_mpls: Be<u16>,
        /// Sets bits of a field: its value is followed by a mask of the same
        /// size, so that integers are read from the raw bytes.
        11 OVS_ACTION_ATTR_SET_MASKED SetMasked set_masked: Nest<Key>,
        /// Tracks the connection.
        12 OVS_ACTION_ATTR_CT Ct ct: Nest<CtAction>,
        /// Cuts the packet to so many bytes for the next output.
        13 OVS_ACTION_ATTR_TRUNC Truncate truncate: u32,
        /// Pushes an Ethernet header.
        14 OVS_ACTION_ATTR_PUSH_ETH PushEthernet push_ethernet: Struct<PushEthernet>,
        /// Removes the Ethernet header.
        15 OVS_ACTION_ATTR_POP_ETH PopEthernet pop_ethernet: Flag,
        /// Removes the state of the connection from the packet.
        16 OVS_ACTION_ATTR_CT_CLEAR CtClear ct_clear: Flag,
        /// Pushes a network service header.
        17 OVS_ACTION_ATTR_PUSH_NSH PushNsh push_nsh: Nest<NshKey>,
        /// Removes the network service header.
        18 OVS_ACTION_ATTR_POP_NSH PopNsh pop_nsh: Flag,
        /// Applies the meter with this identifier.
        19 OVS_ACTION_ATTR_METER Meter meter: u32,
        /// Carries out actions on a copy.
        20 OVS_ACTION_ATTR_CLONE Clone clone_actions: Nest<Action>,
        /// Carries out actions by the length of the packet.
        21 OVS_ACTION_ATTR_CHECK_PKT_LEN CheckLen check_len: Nest<CheckLen>,
        /// Pushes an MPLS label before the Ethernet or the IP header.
        22 OVS_ACTION_ATTR_ADD_MPLS AddMpls add_mpls: Struct<AddMpls>,
        /// Decrements the TTL.
        23 OVS_ACTION_ATTR_DEC_TTL DecrementTtl decrement_ttl: Nest<DecrementTtl>,
        /// Drops the packet for a reason (Linux 6.7).
        24 OVS_ACTION_ATTR_DROP Drop drop_reason: u32,
        /// Samples the packet for the family `psample` (Linux 6.11).
        25 OVS_ACTION_ATTR_PSAMPLE Psample psample: Nest<PsampleAction>,
    }
}

attributes! {
    /// Program that gets a packet (`OVS_USERSPACE_ATTR_*`).
    pub set UserSpace, enum UserSpaceAttr {
        /// Netlink port of the program.
        1 OVS_USERSPACE_ATTR_PID Port port: u32,
        /// Data that the program gets with the packet.
        2 OVS_USERSPACE_ATTR_USERDATA UserData user_data: Bytes,
        /// Number of the port whose tunnel key the program gets.
        3 OVS_USERSPACE_ATTR_EGRESS_TUN_PORT EgressPort egress_port: u32,
        /// Sends the actions with the packet.
        4 OVS_USERSPACE_ATTR_ACTIONS Actions actions: Flag,
    }
}

attributes! {
    /// Actions on some packets (`OVS_SAMPLE_ATTR_*`).
    pub set SampleAction, enum SampleActionAttr {
        /// Probability in units of `1 / u32::MAX`.
        1 OVS_SAMPLE_ATTR_PROBABILITY Probability probability: u32,
        /// Actions.
        2 OVS_SAMPLE_ATTR_ACTIONS Actions actions: Nest<Action>,
    }
}

attributes! {
    /// Actions by the length of the packet (`OVS_CHECK_PKT_LEN_ATTR_*`).
    pub set CheckLen, enum CheckLenAttr {
        /// Length in bytes.
        1 OVS_CHECK_PKT_LEN_ATTR_PKT_LEN Len len: u16,
        /// Actions on longer packets.
        2 OVS_CHECK_PKT_LEN_ATTR_ACTIONS_IF_GREATER IfGreater if_greater: Nest<Action>,
        /// Actions on all other packets.
        3 OVS_CHECK_PKT_LEN_ATTR_ACTIONS_IF_LESS_EQUAL IfLessEqual if_less_equal: Nest<Action>,
    }
}

attributes! {
    /// Actions after the TTL has expired (`OVS_DEC_TTL_ATTR_*`).
    pub set DecrementTtl, enum DecrementTtlAttr {
        /// Actions.
        1 OVS_DEC_TTL_ATTR_ACTION Actions actions: Nest<Action>,
    }
}

attributes! {
    /// Sample for the family `psample` (`OVS_PSAMPLE_ATTR_*`).
    pub set PsampleAction, enum PsampleActionAttr {
        /// Number of the group.
        1 OVS_PSAMPLE_ATTR_GROUP Group group: u32,
        /// Cookie, at most 16 bytes.
        2 OVS_PSAMPLE_ATTR_COOKIE Cookie cookie: Bytes,
    }
}

attributes! {
    /// Tracking of a connection (`OVS_CT_ATTR_*`).
    pub set CtAction, enum CtActionAttr {
        /// Adds the connection to the table.
        1 OVS_CT_ATTR_COMMIT Commit commit: Flag,
        /// Conntrack zone.
        2 OVS_CT_ATTR_ZONE Zone zone: u16,
        /// Mark to set and its mask, 32 bits each.
        3 OVS_CT_ATTR_MARK Mark mark: Bytes,
        /// Labels to set and their mask, 16 bytes each.
        4 OVS_CT_ATTR_LABELS Labels labels: Bytes,
        /// Name of the helper.
        5 OVS_CT_ATTR_HELPER Helper helper: Text,
        /// Address translation.
        6 OVS_CT_ATTR_NAT Nat nat: Nest<CtNat>,
        /// Adds the connection in this direction, whatever it was.
        7 OVS_CT_ATTR_FORCE_COMMIT ForceCommit force_commit: Flag,
        /// Events that conntrack reports: bit n is event n.
        8 OVS_CT_ATTR_EVENTMASK Events events: u32,
        /// Name of the timeout policy.
        9 OVS_CT_ATTR_TIMEOUT Timeout timeout: Text,
    }
}

attributes! {
    /// Address translation of a connection (`OVS_NAT_ATTR_*`).
    pub set CtNat, enum CtNatAttr {
        /// Translates sources.
        1 OVS_NAT_ATTR_SRC Source source: Flag,
        /// Translates destinations.
        2 OVS_NAT_ATTR_DST Destination destination: Flag,
        /// First address of the range.
        3 OVS_NAT_ATTR_IP_MIN MinIp min_ip: Ip,
        /// Last address of the range.
        4 OVS_NAT_ATTR_IP_MAX MaxIp max_ip: Ip,
        /// First port of the range, in the machine's byte order.
        5 OVS_NAT_ATTR_PROTO_MIN MinPort min_port: u16,
        /// Last port of the range, in the machine's byte order.
        6 OVS_NAT_ATTR_PROTO_MAX MaxPort max_port: u16,
        /// Keeps the translation of a client across restarts.
        7 OVS_NAT_ATTR_PERSISTENT Persistent persistent: Flag,
        /// Chooses ports by a hash.
        8 OVS_NAT_ATTR_PROTO_HASH HashedPorts hashed_ports: Flag,
        /// Chooses ports at random.
        9 OVS_NAT_ATTR_PROTO_RANDOM RandomPorts random_ports: Flag,
    }
}
