//! `ila`: mappings of Identifier Locator Addressing, as `ip ila` shows and sets
//! them (`linux/ila.h`).
//!
//! ```
//! use nlwire::generic::ila::{ChecksumMode, IlaAttr, NewMapping};
//!
//! let mode = [IlaAttr::ChecksumMode(ChecksumMode::ADJUST_TRANSPORT)];
//! let new = NewMapping::of(0x2001_0db8_0000_0001, 0x2001_0db8_0000_0002).with(&mode);
//! ```
//!
//! The mapping is looked at and deleted, as by `ip ila list` and
//! `ip ila del loc_match 2001:db8:0:1`:
//!
//! ```
//! use nlwire::generic::ila::{DeleteMapping, FlushMappings, GetMapping, GetMappings};
//!
//! let all = GetMappings::all();
//! let one = GetMapping::of(0x2001_0db8_0000_0001);
//! let delete = DeleteMapping::of(0x2001_0db8_0000_0001);
//! let flush = FlushMappings::all();
//! ```

use super::family::{family, requests};
use crate::codec::{Be, Bytes};
use crate::{LinkIndex, attributes, numbers};

family! {
    name ILA_GENL_NAME "ila";
    version ILA_GENL_VERSION 1;
    command 1 ILA_CMD_ADD Ila "Creates a mapping.";
    command 2 ILA_CMD_DEL Ila "Deletes a mapping.";
    command 3 ILA_CMD_GET Ila "Reads a mapping, or lists all.";
    command 4 ILA_CMD_FLUSH Ila "Deletes all mappings.";
}

requests! {
    Ila, IlaAttr, IlaRow, "mapping";

    /// Creates a mapping.
    Act NewMapping = ILA_CMD_ADD {
        /// Maps addresses with the first locator to addresses with the second.
        of(matched: u64, locator: u64) { LocatorMatch(matched), Locator(locator) }
    }
    /// Deletes a mapping. One with a link needs [`Link`](IlaAttr::Link) too. The kernel
    /// accepts a mapping that is not there.
    Delete(ENOENT) DeleteMapping = ILA_CMD_DEL {
        /// Deletes the mapping of addresses with this locator.
        of(matched: u64) { LocatorMatch(matched) }
    }
    /// Reads a mapping. One with a link needs [`Link`](IlaAttr::Link) too.
    Ask GetMapping = ILA_CMD_GET {
        /// Reads the mapping of addresses with this locator.
        of(matched: u64) { LocatorMatch(matched) }
    }
    /// Lists mappings.
    List GetMappings = ILA_CMD_GET {
        /// Lists the mappings of the network namespace.
        all() {}
    }
    /// Deletes all mappings.
    Act FlushMappings = ILA_CMD_FLUSH {
        /// Deletes the mappings of the network namespace.
        all() {}
    }
}

numbers! {
    /// Treatment of checksums of TCP and UDP.
    pub struct ChecksumMode(u8) {
        /// Adjusts the checksum of the packet.
        ADJUST_TRANSPORT = 0 "ILA_CSUM_ADJUST_TRANSPORT" "adj-transport";
        /// Changes the identifier so that the checksum stays right.
        NEUTRAL_MAP = 1 "ILA_CSUM_NEUTRAL_MAP" "neutral-map";
        NO_ACTION = 2 "ILA_CSUM_NO_ACTION" "no-action";
        /// Changes the identifier, without a bit that says so.
        NEUTRAL_MAP_AUTO = 3 "ILA_CSUM_NEUTRAL_MAP_AUTO" "neutral-map-auto";
    }
}

numbers! {
    /// Type of an identifier.
    pub struct IdentifierType(u8) {
        IID = 0 "ILA_ATYPE_IID" "iid";
        LUID = 1 "ILA_ATYPE_LUID" "luid";
        VIRT_V4 = 2 "ILA_ATYPE_VIRT_V4" "virt-v4";
        VIRT_UNI_V6 = 3 "ILA_ATYPE_VIRT_UNI_V6" "virt-uni-v6";
        VIRT_MULTI_V6 = 4 "ILA_ATYPE_VIRT_MULTI_V6" "virt-multi-v6";
        NONLOCAL_ADDRESS = 5 "ILA_ATYPE_NONLOCAL_ADDR" "nonlocal-addr";
        RESERVED_1 = 6 "ILA_ATYPE_RSVD_1" "rsvd-1";
        RESERVED_2 = 7 "ILA_ATYPE_RSVD_2" "rsvd-2";
        /// The identifier's own type field.
        USE_FORMAT = 32 "ILA_ATYPE_USE_FORMAT" "use-format";
    }
}

numbers! {
    /// Place where a route translates addresses.
    pub struct Hook(u8) {
        OUTPUT = 0 "ILA_HOOK_ROUTE_OUTPUT" "output";
        INPUT = 1 "ILA_HOOK_ROUTE_INPUT" "input";
    }
}

attributes! {
    /// Mapping, or encapsulation of a route (`ILA_ATTR_*`).
    pub set Ila, enum IlaAttr {
        /// Locator that replaces the upper half of a destination address.
        1 ILA_ATTR_LOCATOR Locator locator: Be<u64>,
        /// Identifier; unused.
        2 ILA_ATTR_IDENTIFIER Identifier identifier: Be<u64>,
        /// Locator of the addresses that are mapped.
        3 ILA_ATTR_LOCATOR_MATCH LocatorMatch locator_match: Be<u64>,
        /// Index of the link that packets arrive on; 0 for any.
        4 ILA_ATTR_IFINDEX Link link: LinkIndex,
        /// Direction; unused.
        5 ILA_ATTR_DIR Direction direction: u32,
        /// Padding.
        6 ILA_ATTR_PAD Pad pad: Bytes,
        /// Treatment of checksums.
        7 ILA_ATTR_CSUM_MODE ChecksumMode checksum_mode: ChecksumMode,
        /// Type of the identifiers.
        8 ILA_ATTR_IDENT_TYPE IdentifierType identifier_type: IdentifierType,
        /// Place of the translation; routes only.
        9 ILA_ATTR_HOOK_TYPE Hook hook: Hook,
    }
}
