//! Names of objects in error texts, read from messages.

use core::fmt;

use super::family::TableFamily;
use super::{Chain, FlowTable, NftObject, NftSet, ObjectKind, Rule, SetElements, Table};
use crate::netfilter::{
    NFT_MSG_DELCHAIN, NFT_MSG_DELFLOWTABLE, NFT_MSG_DELOBJ, NFT_MSG_DELRULE, NFT_MSG_DELSET,
    NFT_MSG_DELSETELEM, NFT_MSG_DELTABLE, NFT_MSG_DESTROYCHAIN, NFT_MSG_DESTROYFLOWTABLE,
    NFT_MSG_DESTROYOBJ, NFT_MSG_DESTROYRULE, NFT_MSG_DESTROYSET, NFT_MSG_DESTROYSETELEM,
    NFT_MSG_DESTROYTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWFLOWTABLE, NFT_MSG_NEWOBJ, NFT_MSG_NEWRULE,
    NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NetfilterHeader,
};
use crate::{MessageRef, Text, fields};

/// Writes the object of a change as the change itself would.
pub(super) fn write_object(message: MessageRef<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (header, attributes) = message.split_zero_extended::<NetfilterHeader>();
    let family = TableFamily(header.family);
    let named = |f: &mut fmt::Formatter<'_>, what: &str, names: [Option<Text<'_>>; 2]| {
        write!(f, "{what} {family}")?;
        names
            .into_iter()
            .flatten()
            .try_for_each(|name| write!(f, " {name:?}"))
    };
    match message.kind() {
        NFT_MSG_NEWTABLE | NFT_MSG_DELTABLE | NFT_MSG_DESTROYTABLE => {
            let found = fields!(attributes => Table { name });
            named(f, "table", [found.ok().and_then(|found| found.name), None])
        }
        NFT_MSG_NEWCHAIN | NFT_MSG_DELCHAIN | NFT_MSG_DESTROYCHAIN => {
            let Ok(found) = fields!(attributes => Chain { table, name }) else {
                return Ok(());
            };
            named(f, "chain", [found.table, found.name])
        }
        NFT_MSG_NEWRULE | NFT_MSG_DELRULE | NFT_MSG_DESTROYRULE => {
            let Ok(found) = fields!(attributes => Rule { table, chain, handle }) else {
                return Ok(());
            };
            named(f, "rule", [found.table, found.chain])?;
            match found.handle {
                Some(handle) => write!(f, " handle {handle}"),
                None => Ok(()),
            }
        }
        NFT_MSG_NEWSET | NFT_MSG_DELSET | NFT_MSG_DESTROYSET => {
            let Ok(found) = fields!(attributes => NftSet { table, name }) else {
                return Ok(());
            };
            named(f, "set", [found.table, found.name])
        }
        NFT_MSG_NEWSETELEM | NFT_MSG_DELSETELEM | NFT_MSG_DESTROYSETELEM => {
            let Ok(found) = fields!(attributes => SetElements { table, set }) else {
                return Ok(());
            };
            named(f, "elements of set", [found.table, found.set])
        }
        NFT_MSG_NEWOBJ | NFT_MSG_DELOBJ | NFT_MSG_DESTROYOBJ => {
            let Ok(found) = fields!(attributes => NftObject { table, name, kind }) else {
                return Ok(());
            };
            write!(f, "{} ", found.kind.unwrap_or(ObjectKind::UNSPEC))?;
            named(f, "object", [found.table, found.name])
        }
        NFT_MSG_NEWFLOWTABLE | NFT_MSG_DELFLOWTABLE | NFT_MSG_DESTROYFLOWTABLE => {
            let Ok(found) = fields!(attributes => FlowTable { table, name }) else {
                return Ok(());
            };
            named(f, "flowtable", [found.table, found.name])
        }
        _ => Ok(()),
    }
}
