//! The controller: which families there are, what they can do and accept
//! (`CTRL_*` in `linux/genetlink.h`, `NL_POLICY_TYPE_ATTR_*` in
//! `linux/netlink.h`).

mod request;

pub use request::{FamilyRow, GetFamilies, GetFamily, GetPolicies};

use crate::codec::{AttributeSet, Indexed, Set, Str};
use crate::numbers::flags;
use crate::schema::{AttributeName, Schema};
use crate::{AttrRef, Attrs, DecodeError, PolicyType, attributes};

/// Declares commands.
macro_rules! commands {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = $text]
        pub const $name: u8 = $number;
    )*};
}

commands! {
    1 CTRL_CMD_NEWFAMILY "Describes a family, or reports that it is there."
    2 CTRL_CMD_DELFAMILY "Reports that a family is gone."
    3 CTRL_CMD_GETFAMILY "Asks for a family by name or number, or for all."
    4 CTRL_CMD_NEWOPS "Unused."
    5 CTRL_CMD_DELOPS "Unused."
    6 CTRL_CMD_GETOPS "Unused."
    7 CTRL_CMD_NEWMCAST_GRP "Reports that a multicast group is there."
    8 CTRL_CMD_DELMCAST_GRP "Reports that a multicast group is gone."
    9 CTRL_CMD_GETMCAST_GRP "Unused."
    10 CTRL_CMD_GETPOLICY "Asks what a family accepts; the answers have this command too."
}

flags! {
    /// What an operation can do and asks for.
    pub struct OperationFlags(u32) {
        /// It needs `CAP_NET_ADMIN`.
        ADMIN_PERM = 0x01 "GENL_ADMIN_PERM" "admin-perm";
        /// It can be requested.
        DO = 0x02 "GENL_CMD_CAP_DO" "do";
        /// It can be dumped.
        DUMP = 0x04 "GENL_CMD_CAP_DUMP" "dump";
        /// What it accepts is known.
        HAS_POLICY = 0x08 "GENL_CMD_CAP_HASPOL" "has-policy";
        /// It needs `CAP_NET_ADMIN` in the user namespace of the network.
        UNS_ADMIN_PERM = 0x10 "GENL_UNS_ADMIN_PERM" "uns-admin-perm";
    }
}

attributes! {
    /// What the controller says of a family (`CTRL_ATTR_*`).
    pub set Controller, enum ControllerAttr {
        /// Its number, which is the type of its messages.
        1 CTRL_ATTR_FAMILY_ID FamilyId family_id: u16,
        /// Its name, at most 15 bytes.
        2 CTRL_ATTR_FAMILY_NAME FamilyName family_name: Str,
        /// The version of its interface.
        3 CTRL_ATTR_VERSION Version version: u32,
        /// The size of its own header, in bytes.
        4 CTRL_ATTR_HDRSIZE HeaderSize header_size: u32,
        /// The highest type of its attributes.
        5 CTRL_ATTR_MAXATTR MaxAttr max_attr: u32,
        /// Its operations.
        6 CTRL_ATTR_OPS Operations operations: Indexed<Operation>,
        /// Its multicast groups.
        7 CTRL_ATTR_MCAST_GROUPS Groups groups: Indexed<Group>,
        /// What it accepts: by number of the policy, and in it by attribute type.
        8 CTRL_ATTR_POLICY Policy policy: Indexed<PolicySet>,
        /// The policies of its operations, by command.
        9 CTRL_ATTR_OP_POLICY OperationPolicies operation_policies: Indexed<OperationPolicy>,
        /// The operation whose policy is asked for.
        10 CTRL_ATTR_OP Operation operation: u32,
    }
}

attributes! {
    /// An operation of a family (`CTRL_ATTR_OP_*`).
    pub set Operation, enum OperationAttr {
        /// Its command.
        1 CTRL_ATTR_OP_ID Id id: u32,
        /// What it can do and asks for.
        2 CTRL_ATTR_OP_FLAGS Flags flags: OperationFlags,
    }
}

attributes! {
    /// A multicast group of a family (`CTRL_ATTR_MCAST_GRP_*`).
    pub set Group, enum GroupAttr {
        /// Its name.
        1 CTRL_ATTR_MCAST_GRP_NAME Name name: Str,
        /// Its number, by which a socket joins it.
        2 CTRL_ATTR_MCAST_GRP_ID Id id: u32,
    }
}

attributes! {
    /// The policies of an operation, by their numbers (`CTRL_ATTR_POLICY_*`).
    pub set OperationPolicy, enum OperationPolicyAttr {
        /// That of a request.
        1 CTRL_ATTR_POLICY_DO Do request: u32,
        /// That of a dump.
        2 CTRL_ATTR_POLICY_DUMP Dump dump: u32,
    }
}

attributes! {
    /// What is accepted as the value of an attribute (`NL_POLICY_TYPE_ATTR_*`).
    pub set PolicyEntry, enum PolicyEntryAttr {
        /// The kind of value.
        1 NL_POLICY_TYPE_ATTR_TYPE Kind kind: PolicyType,
        /// The smallest signed value.
        2 NL_POLICY_TYPE_ATTR_MIN_VALUE_S MinSigned min_signed: i64,
        /// The largest signed value.
        3 NL_POLICY_TYPE_ATTR_MAX_VALUE_S MaxSigned max_signed: i64,
        /// The smallest unsigned value.
        4 NL_POLICY_TYPE_ATTR_MIN_VALUE_U Min min: u64,
        /// The largest unsigned value.
        5 NL_POLICY_TYPE_ATTR_MAX_VALUE_U Max max: u64,
        /// The shortest value, in bytes.
        6 NL_POLICY_TYPE_ATTR_MIN_LENGTH MinLen min_len: u32,
        /// The longest value, in bytes.
        7 NL_POLICY_TYPE_ATTR_MAX_LENGTH MaxLen max_len: u32,
        /// The policy of the nest, by its number.
        8 NL_POLICY_TYPE_ATTR_POLICY_IDX Nested nested: u32,
        /// The highest attribute type of the nest.
        9 NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE NestedMax nested_max: u32,
        /// The bits that may be set in a [`Bitfield32`](crate::Bitfield32).
        10 NL_POLICY_TYPE_ATTR_BITFIELD32_MASK Bits bits: u32,
        /// Nothing, to align what follows.
        11 NL_POLICY_TYPE_ATTR_PAD Pad pad: crate::codec::Bytes,
        /// The bits that may be set in an unsigned value.
        12 NL_POLICY_TYPE_ATTR_MASK Mask mask: u64,
    }
}

crate::__number_form!(
    PolicyType(u32),
    |value| Self(value),
    |value| value.0,
    PolicyType::NOTATION
);

/// A policy: what is accepted, by attribute type. Its attributes are nests of
/// [`PolicyEntry`], whatever their type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PolicySet;

impl AttributeSet for PolicySet {
    fn names() -> &'static [AttributeName] {
        &[]
    }

    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema {
            name: "PolicySet",
            names: &[],
            shapes: &[],
        };
        &SCHEMA
    }

    type Attr<'a> = Set<'a, PolicyEntry>;

    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<Set<'a, PolicyEntry>, DecodeError> {
        Ok(attribute.nested().typed())
    }
}
