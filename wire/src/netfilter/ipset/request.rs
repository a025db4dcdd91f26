//! Requests for whole sets, and what a row of an answer holds.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use super::{
    IPSET_PROTOCOL, IpSet, IpSetAttr, IpSetEntry, IpSetNames, IpSetNamesAttr, IpSetSettings,
    ListFlags,
};
use crate::codec::Set;
use crate::netfilter::{
    NFNL_SUBSYS_IPSET, NetfilterFamily, NetfilterHeader as FamilyHeader, PROTOCOL, header,
};
use crate::request::object::requests;
use crate::{DecodeError, Row, Text, fields};

const PROTOCOL_CMD: u8 = 1;
const FLUSH: u8 = 4;
const RENAME: u8 = 5;
const SWAP: u8 = 6;
const LIST: u8 = 7;
const SAVE: u8 = 8;
const HEADER: u8 = 12;
const TYPE: u8 = 13;
const BY_NAME: u8 = 14;
const BY_INDEX: u8 = 15;

requests! {
    IpSet, IpSetAttr, SetRow, "set" in NFNL_SUBSYS_IPSET;

    /// Asks for the versions of the protocol that the kernel has.
    Ask GetProtocol = PROTOCOL_CMD {
        /// Asks the kernel.
        new() { Protocol(IPSET_PROTOCOL) }
    }
    /// Asks for the revisions that the kernel has of a type.
    Ask GetType = TYPE {
        /// Asks for a type by its name.
        of(name: Text<'a>, family: NetfilterFamily) {
            Protocol(IPSET_PROTOCOL), TypeName(name), Family(family)
        }
    }
    /// Asks for the type, revision and family of a set.
    Ask GetHeader = HEADER {
        /// Asks for the set of this name.
        of(name: Text<'a>) { Protocol(IPSET_PROTOCOL), Name(name) }
    }
    /// Asks for the number and family of a set.
    Ask GetByName = BY_NAME {
        /// Asks for the set of this name.
        of(name: Text<'a>) { Protocol(IPSET_PROTOCOL), Name(name) }
    }
    /// Asks for the name of a set.
    Ask GetByIndex = BY_INDEX {
        /// Asks for the set of this number.
        of(index: u16) { Protocol(IPSET_PROTOCOL), Index(index) }
    }
    /// Lists sets with their entries: `ipset list`.
    List GetSets = LIST {
        /// Lists all sets.
        all() { Protocol(IPSET_PROTOCOL) }
        /// Lists the set of this name.
        named(name: Text<'a>) { Protocol(IPSET_PROTOCOL), Name(name) }
        /// Lists the names of all sets.
        names() { Protocol(IPSET_PROTOCOL), Flags(ListFlags::ONLY_NAMES) }
        /// Lists the settings of all sets, without entries.
        headers() { Protocol(IPSET_PROTOCOL), Flags(ListFlags::ONLY_SETTINGS) }
    }
    /// Lists sets with their entries: `ipset save`.
    List SaveSets = SAVE {
        /// Lists all sets.
        all() { Protocol(IPSET_PROTOCOL) }
        /// Lists the set of this name.
        named(name: Text<'a>) { Protocol(IPSET_PROTOCOL), Name(name) }
    }
    /// Deletes all entries: `ipset flush`.
    Act FlushSets = FLUSH {
        /// Deletes the entries of all sets.
        all() { Protocol(IPSET_PROTOCOL) }
        /// Deletes the entries of the set of this name.
        named(name: Text<'a>) { Protocol(IPSET_PROTOCOL), Name(name) }
    }
}

requests! {
    IpSetNames, IpSetNamesAttr, NamesRow, "set" in NFNL_SUBSYS_IPSET;

    /// Renames a set: `ipset rename`.
    Act RenameSet = RENAME {
        /// Renames the set of this name.
        new(from: Text<'a>, to: Text<'a>) {
            Protocol(IPSET_PROTOCOL), Name(from), Second(to)
        }
    }
    /// Swaps the entries and settings of two sets, so that rules use the other one: `ipset swap`.
    Act SwapSets = SWAP {
        /// Swaps the sets of these names, which must have the same type.
        new(one: Text<'a>, other: Text<'a>) {
            Protocol(IPSET_PROTOCOL), Name(one), Second(other)
        }
    }
}

impl<'a> Row<'a, FamilyHeader, IpSet> {
    /// Returns the name of the set.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "IPSET_ATTR_SETNAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => IpSet { name })?.name)
    }

    /// Returns the name of the type, such as `hash:ip`. Rows after the first of a set lack it.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "IPSET_ATTR_TYPENAME")]
    pub fn type_name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => IpSet { type_name })?.type_name)
    }

    /// Returns the settings. Rows after the first of a set lack them.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "IPSET_ATTR_DATA")]
    pub fn settings(&self) -> Result<Option<Set<'a, IpSetSettings>>, DecodeError> {
        Ok(fields!(self.attributes => IpSet { settings })?.settings)
    }

    /// Iterates over the entries, in the order of the kernel.
    ///
    /// # Errors
    ///
    /// An item is an error if an attribute is malformed.
    #[doc(alias = "IPSET_ATTR_ADT")]
    pub fn entries(
        &self,
    ) -> impl Iterator<Item = Result<Set<'a, IpSetEntry>, DecodeError>> + use<'a> {
        let (list, error) = match fields!(self.attributes => IpSet { entries }) {
            Ok(found) => (found.entries, None),
            Err(error) => (None, Some(Err(error))),
        };
        let list = list.into_iter().flat_map(|list| list.iter());
        error
            .into_iter()
            .chain(list.map(|item| item.map(|(_, entry)| entry)))
    }
}
