//! Controller of generic netlink: families, their operations, multicast groups
//! and policies (`CTRL_*` in `linux/genetlink.h`, `NL_POLICY_TYPE_ATTR_*` in
//! `linux/netlink.h`).

mod request;

pub use request::{FamilyRow, GetFamilies, GetFamily, GetPolicies};

use crate::codec::{AttributeSet, Indexed, Set, Str};
use crate::numbers::flags;
pub use crate::policy::{PolicyEntry, PolicyEntryAttr};
use crate::schema::{AttributeName, Schema};
use crate::{AttrRef, Attrs, DecodeError, attributes};

/// Declares commands.
macro_rules! commands {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = $text]
        pub const $name: u8 = $number;
    )*};
}

commands! {
    1 CTRL_CMD_NEWFAMILY "Describes a family, or reports its registration."
    2 CTRL_CMD_DELFAMILY "Reports that a family is unregistered."
    3 CTRL_CMD_GETFAMILY "Asks for a family by name or number, or lists all."
    4 CTRL_CMD_NEWOPS "Unused."
    5 CTRL_CMD_DELOPS "Unused."
    6 CTRL_CMD_GETOPS "Unused."
    7 CTRL_CMD_NEWMCAST_GRP "Reports a new multicast group."
    8 CTRL_CMD_DELMCAST_GRP "Reports a deleted multicast group."
    9 CTRL_CMD_GETMCAST_GRP "Unused."
    10 CTRL_CMD_GETPOLICY "Asks for the policies of a family; the answers have this command too."
}

flags! {
    /// Flags of an operation: capabilities and required privileges.
    pub struct OperationFlags(u32) {
        /// The operation needs `CAP_NET_ADMIN`.
        ADMIN_PERM = 0x01 "GENL_ADMIN_PERM" "admin-perm";
        /// The operation accepts single requests.
        DO = 0x02 "GENL_CMD_CAP_DO" "do";
        /// The operation accepts dumps.
        DUMP = 0x04 "GENL_CMD_CAP_DUMP" "dump";
        /// The operation has a policy.
        HAS_POLICY = 0x08 "GENL_CMD_CAP_HASPOL" "has-policy";
        /// The operation needs `CAP_NET_ADMIN` in the network namespace's user
        /// namespace.
        UNS_ADMIN_PERM = 0x10 "GENL_UNS_ADMIN_PERM" "uns-admin-perm";
    }
}

attributes! {
    /// Description of a family (`CTRL_ATTR_*`).
    pub set Controller, enum ControllerAttr {
        /// Number of the family, which is the type of its messages.
        1 CTRL_ATTR_FAMILY_ID FamilyId family_id: u16,
        /// Name of the family, at most 15 bytes.
        2 CTRL_ATTR_FAMILY_NAME FamilyName family_name: Str,
        /// Version of the family's interface.
        3 CTRL_ATTR_VERSION Version version: u32,
        /// Size of the family's own header in bytes.
        4 CTRL_ATTR_HDRSIZE HeaderSize header_size: u32,
        /// Highest attribute type of the family.
        5 CTRL_ATTR_MAXATTR MaxAttr max_attr: u32,
        /// Operations of the family.
        6 CTRL_ATTR_OPS Operations operations: Indexed<Operation>,
        /// Multicast groups of the family.
        7 CTRL_ATTR_MCAST_GROUPS Groups groups: Indexed<Group>,
        /// Policies of the family, by policy number and attribute type.
        8 CTRL_ATTR_POLICY Policy policy: Indexed<PolicySet>,
        /// Policy numbers of each operation, by command.
        9 CTRL_ATTR_OP_POLICY OperationPolicies operation_policies: Indexed<OperationPolicy>,
        /// Command whose policy is requested.
        10 CTRL_ATTR_OP Operation operation: u32,
    }
}

attributes! {
    /// Operation of a family (`CTRL_ATTR_OP_*`).
    pub set Operation, enum OperationAttr {
        /// Command.
        1 CTRL_ATTR_OP_ID Id id: u32,
        /// Flags: [`OperationFlags`].
        2 CTRL_ATTR_OP_FLAGS Flags flags: OperationFlags,
    }
}

attributes! {
    /// Multicast group of a family (`CTRL_ATTR_MCAST_GRP_*`).
    pub set Group, enum GroupAttr {
        /// Name of the group.
        1 CTRL_ATTR_MCAST_GRP_NAME Name name: Str,
        /// Number of the group, by which a socket joins it.
        2 CTRL_ATTR_MCAST_GRP_ID Id id: u32,
    }
}

attributes! {
    /// Policy numbers of an operation (`CTRL_ATTR_POLICY_*`).
    pub set OperationPolicy, enum OperationPolicyAttr {
        /// Policy of single requests.
        1 CTRL_ATTR_POLICY_DO Do request: u32,
        /// Policy of dumps.
        2 CTRL_ATTR_POLICY_DUMP Dump dump: u32,
    }
}

/// Policy: the accepted values by attribute type. Its attributes are nests of
/// [`PolicyEntry`] with any type.
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
