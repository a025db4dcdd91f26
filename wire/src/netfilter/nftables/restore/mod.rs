//! Rows of nftables as requests that create their objects again.

mod elements;
mod expressions;

use core::fmt;

use super::family::TableRef;
use super::named::write_object;
use super::{
    Chain, FlowTable, NFTA_CHAIN_HANDLE, NFTA_CHAIN_ID, NFTA_CHAIN_PAD, NFTA_CHAIN_TABLE,
    NFTA_CHAIN_USE, NFTA_FLOWTABLE_HANDLE, NFTA_FLOWTABLE_PAD, NFTA_FLOWTABLE_TABLE,
    NFTA_FLOWTABLE_USE, NFTA_OBJ_HANDLE, NFTA_OBJ_PAD, NFTA_OBJ_TABLE, NFTA_OBJ_USE,
    NFTA_RULE_EXPRESSIONS, NFTA_RULE_HANDLE, NFTA_RULE_ID, NFTA_RULE_PAD, NFTA_RULE_POSITION,
    NFTA_RULE_TABLE, NFTA_SET_COUNT, NFTA_SET_ELEM_LIST_ELEMENTS, NFTA_SET_ELEM_LIST_TABLE,
    NFTA_SET_HANDLE, NFTA_SET_ID, NFTA_SET_PAD, NFTA_SET_TABLE, NFTA_SET_TYPE, NFTA_TABLE_HANDLE,
    NFTA_TABLE_NAME, NFTA_TABLE_OWNER, NFTA_TABLE_PAD, NFTA_TABLE_USE, NftObject, NftSet, Rule,
    SetElements, Table,
};
use elements::put_elements;
use expressions::put_expressions;

use crate::netfilter::{
    NFT_MSG_NEWCHAIN, NFT_MSG_NEWFLOWTABLE, NFT_MSG_NEWOBJ, NFT_MSG_NEWRULE, NFT_MSG_NEWSET,
    NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    AttrRef, EncodeError, Flags, MessageRef, MessageType, NewFlags, Next, Request, Row, Writer,
};

/// Creates the object of a row again: a table, a chain, a set or a map with its
/// elements, a named object, a flow table or a rule.
///
/// All attributes of the row are copied, such as expressions, counters, quotas
/// that were used, remaining lifetimes and user data, so that `nft list ruleset`
/// prints the same. Handles, positions and numbers of uses are left out, and so
/// are zeros of expressions that the kernel lists but refuses.
///
/// A whole ruleset goes into one transaction, in an order in which each object
/// follows those that it names:
///
/// 1. Tables, chains, objects, flow tables and sets.
/// 2. Elements; their rows from the last to the first. The kernel lists
///    intervals from the highest to the lowest, and may want the start of one
///    before its end.
/// 3. Rules; the chains from the last to the first. An anonymous chain, which
///    has [`ChainFlags::BINDING`](super::ChainFlags::BINDING), takes no more
///    rules once a rule jumps to it.
///
/// ```
/// use nlwire::netfilter::{ChainRow, Restore, RuleRow, TableRef, Transaction};
///
/// /// Copies a chain and a rule of it into a table of the same family.
/// fn copy(chain: ChainRow<'_>, rule: RuleRow<'_>) -> Result<Vec<u8>, nlwire::EncodeError> {
///     let copy = TableRef::inet("copy");
///     let changes = Transaction(&[
///         &Restore::from(chain).into_table(copy),
///         &Restore::from(rule).into_table(copy),
///     ]);
///     let mut batch = nlwire::Batch::new(Vec::new());
///     batch.push(&changes)?;
///     Ok(batch.as_bytes().to_vec())
/// }
/// # let chain = nlwire::Row::of(nlwire::MessageRef::default());
/// # assert!(copy(chain, nlwire::Row::of(nlwire::MessageRef::default())).is_ok());
/// ```
///
/// The kernel does not list [`NFTA_RULE_COMPAT`](super::NFTA_RULE_COMPAT): it
/// refuses rules of iptables-nft whose extension needs a protocol.
#[derive(Clone, Copy, Debug)]
pub struct Restore<'a> {
    message: MessageRef<'a>,
    kind: &'static Kind,
    table: Option<TableRef<'a>>,
    exclusive: bool,
}

/// Kind of object, and the attributes that its request does not copy.
#[derive(Debug)]
struct Kind {
    message_type: MessageType,
    /// Attribute with the name of the table.
    table: u16,
    left_out: &'static [u16],
}

/// Declares the objects that rows describe.
macro_rules! kinds {
    ($($set:ident: $message_type:ident, $table:ident, [$($left_out:ident)*];)*) => {$(
        impl<'a> From<Row<'a, NetfilterHeader, $set>> for Restore<'a> {
            fn from(row: Row<'a, NetfilterHeader, $set>) -> Self {
                Self {
                    message: row.message,
                    kind: const {
                        &Kind {
                            message_type: $message_type,
                            table: $table,
                            left_out: &[$($left_out),*],
                        }
                    },
                    table: None,
                    exclusive: true,
                }
            }
        }
    )*};
}

kinds! {
    Table: NFT_MSG_NEWTABLE, NFTA_TABLE_NAME, [
        NFTA_TABLE_USE NFTA_TABLE_HANDLE NFTA_TABLE_PAD NFTA_TABLE_OWNER
    ];
    Chain: NFT_MSG_NEWCHAIN, NFTA_CHAIN_TABLE, [
        NFTA_CHAIN_HANDLE NFTA_CHAIN_USE NFTA_CHAIN_PAD NFTA_CHAIN_ID
    ];
    // An older kernel does not know the last two, and this one only lists them.
    NftSet: NFT_MSG_NEWSET, NFTA_SET_TABLE, [
        NFTA_SET_ID NFTA_SET_PAD NFTA_SET_HANDLE NFTA_SET_TYPE NFTA_SET_COUNT
    ];
    SetElements: NFT_MSG_NEWSETELEM, NFTA_SET_ELEM_LIST_TABLE, [];
    NftObject: NFT_MSG_NEWOBJ, NFTA_OBJ_TABLE, [NFTA_OBJ_USE NFTA_OBJ_HANDLE NFTA_OBJ_PAD];
    FlowTable: NFT_MSG_NEWFLOWTABLE, NFTA_FLOWTABLE_TABLE, [
        NFTA_FLOWTABLE_USE NFTA_FLOWTABLE_HANDLE NFTA_FLOWTABLE_PAD
    ];
    Rule: NFT_MSG_NEWRULE, NFTA_RULE_TABLE, [
        NFTA_RULE_HANDLE NFTA_RULE_POSITION NFTA_RULE_PAD NFTA_RULE_ID
    ];
}

impl<'a> Restore<'a> {
    /// Creates the object in another table, whose family must know what the
    /// object contains. The row of a table gets this family and name.
    #[must_use]
    pub const fn into_table(mut self, table: TableRef<'a>) -> Self {
        self.table = Some(table);
        self
    }

    /// Keeps an object that exists. A rule is added in any case.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }

    fn flags(&self) -> Flags {
        Flags::from(match self.exclusive {
            _ if self.kind.message_type == NFT_MSG_NEWRULE => NewFlags::CREATE | NewFlags::APPEND,
            true => NewFlags::CREATE | NewFlags::EXCL,
            false => NewFlags::CREATE,
        })
    }

    fn put<'w, 'b>(&self, attribute: AttrRef<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let kind = attribute.kind();
        if self.kind.left_out.contains(&kind) {
            return Ok(w);
        }
        if let Some(table) = self.table.filter(|_| kind == self.kind.table) {
            return w.text(kind, table.name);
        }
        match (self.kind.message_type, kind) {
            (NFT_MSG_NEWSETELEM, NFTA_SET_ELEM_LIST_ELEMENTS) => put_elements(attribute, w),
            (NFT_MSG_NEWRULE, NFTA_RULE_EXPRESSIONS) => put_expressions(attribute, w),
            _ => w.raw(attribute),
        }
    }
}

impl Request for Restore<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (row, attributes) = self.message.split_zero_extended::<NetfilterHeader>();
        let header = match self.table {
            Some(table) => table.header(),
            None => NetfilterHeader::new(row.family),
        };
        w.append_message(self.kind.message_type, self.flags(), &header, |w| {
            let mut w = w;
            // Rules of the same transaction may refer to a set by this number;
            // those of rows use its name.
            if self.kind.message_type == NFT_MSG_NEWSET {
                w = w.u32_be(NFTA_SET_ID, 1)?;
            }
            for attribute in attributes.flatten() {
                w = self.put(attribute, w)?;
            }
            Ok(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(self.message, f)
    }
}

crate::__format!(Restore<'_>);
