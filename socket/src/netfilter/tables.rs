//! What nftables holds.

use nlwire::netfilter::{
    Chain, Generation, NFT_MSG_GETCHAIN, NFT_MSG_GETGEN, NFT_MSG_GETRULE, NFT_MSG_GETSET,
    NFT_MSG_GETTABLE, NetfilterHeader, NftSet, Rule, Table as NftTable,
};
use nlwire::{DecodeError, Text, fields};

use crate::table::{Query, Row, Table, get};
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport};

/// A table; the family is in its header.
pub type TableRow<'a> = Row<'a, NetfilterHeader, NftTable>;
/// All tables.
pub type Tables<'c, T = Socket, B = Mapping> = Table<'c, 'static, NetfilterHeader, NftTable, T, B>;
/// A chain.
pub type ChainRow<'a> = Row<'a, NetfilterHeader, Chain>;
/// All chains.
pub type Chains<'c, T = Socket, B = Mapping> = Table<'c, 'static, NetfilterHeader, Chain, T, B>;
/// A rule, whose expressions are in its attributes.
pub type RuleRow<'a> = Row<'a, NetfilterHeader, Rule>;
/// All rules.
pub type Rules<'c, T = Socket, B = Mapping> = Table<'c, 'static, NetfilterHeader, Rule, T, B>;
/// A set or a map, without its [elements](super::elements()).
pub type SetRow<'a> = Row<'a, NetfilterHeader, NftSet>;
/// All sets and maps.
pub type Sets<'c, T = Socket, B = Mapping> = Table<'c, 'static, NetfilterHeader, NftSet, T, B>;

impl<'a> TableRow<'a> {
    /// Returns the name.
    #[must_use]
    #[doc(alias = "NFTA_TABLE_NAME")]
    #[inline]
    pub fn name(&self) -> Option<Text<'a>> {
        fields!(self.attributes => NftTable { name }).ok()?.name
    }

    /// Returns the handle, which no other table has.
    #[must_use]
    #[doc(alias = "NFTA_TABLE_HANDLE")]
    #[inline]
    pub fn handle(&self) -> Option<u64> {
        fields!(self.attributes => NftTable { handle }).ok()?.handle
    }
}

impl<'a> ChainRow<'a> {
    /// Returns the name of the table that it is in.
    #[must_use]
    #[doc(alias = "NFTA_CHAIN_TABLE")]
    #[inline]
    pub fn table(&self) -> Option<Text<'a>> {
        fields!(self.attributes => Chain { table }).ok()?.table
    }

    /// Returns the name.
    #[must_use]
    #[doc(alias = "NFTA_CHAIN_NAME")]
    #[inline]
    pub fn name(&self) -> Option<Text<'a>> {
        fields!(self.attributes => Chain { name }).ok()?.name
    }

    /// Returns the handle, which no other chain of the table has.
    #[must_use]
    #[doc(alias = "NFTA_CHAIN_HANDLE")]
    #[inline]
    pub fn handle(&self) -> Option<u64> {
        fields!(self.attributes => Chain { handle }).ok()?.handle
    }
}

impl<'a> RuleRow<'a> {
    /// Returns the name of the table that it is in.
    #[must_use]
    #[doc(alias = "NFTA_RULE_TABLE")]
    #[inline]
    pub fn table(&self) -> Option<Text<'a>> {
        fields!(self.attributes => Rule { table }).ok()?.table
    }

    /// Returns the name of the chain that it is in.
    #[must_use]
    #[doc(alias = "NFTA_RULE_CHAIN")]
    #[inline]
    pub fn chain(&self) -> Option<Text<'a>> {
        fields!(self.attributes => Rule { chain }).ok()?.chain
    }

    /// Returns the handle, which no other rule of the table has.
    #[must_use]
    #[doc(alias = "NFTA_RULE_HANDLE")]
    #[inline]
    pub fn handle(&self) -> Option<u64> {
        fields!(self.attributes => Rule { handle }).ok()?.handle
    }
}

impl<'a> SetRow<'a> {
    /// Returns the name of the table that it is in.
    #[must_use]
    #[doc(alias = "NFTA_SET_TABLE")]
    #[inline]
    pub fn table(&self) -> Option<Text<'a>> {
        fields!(self.attributes => NftSet { table }).ok()?.table
    }

    /// Returns the name.
    #[must_use]
    #[doc(alias = "NFTA_SET_NAME")]
    #[inline]
    pub fn name(&self) -> Option<Text<'a>> {
        fields!(self.attributes => NftSet { name }).ok()?.name
    }
}

/// Declares the functions that list one kind of object of all families.
macro_rules! lists {
    ($($(#[$text:meta])* $name:ident -> $table:ident $kind:ident;)*) => {$(
        $(#[$text])*
        ///
        /// # Errors
        ///
        /// As [`Conn::dump`]: `EPERM` without `CAP_NET_ADMIN`,
        /// [`ErrorKind::Interrupted`] where a transaction went through
        /// meanwhile.
        pub fn $name<T, B>(conn: &mut Conn<T, B>) -> Result<$table<'_, T, B>, Error>
        where
            T: Transport,
            B: AsRef<[u8]> + AsMut<[u8]>,
        {
            static ALL: Query<[u8; 4]> = Query::new($kind, [0; 4]);
            ALL.list(conn)
        }
    )*};
}

lists! {
    /// Lists the tables: `NFT_MSG_GETTABLE`.
    ///
    /// ```no_run
    /// let mut conn = nlsock::Conn::open(nlsock::Protocol::NETFILTER)?;
    /// let mut tables = nlsock::netfilter::tables(&mut conn)?;
    /// while let Some(table) = tables.next()? {
    ///     println!("family {}: {:?}", table.header.family, table.name());
    /// }
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    #[doc(alias = "NFT_MSG_GETTABLE")]
    tables -> Tables NFT_MSG_GETTABLE;
    /// Lists the chains of all tables: `NFT_MSG_GETCHAIN`.
    #[doc(alias = "NFT_MSG_GETCHAIN")]
    chains -> Chains NFT_MSG_GETCHAIN;
    /// Lists the rules of all chains: `NFT_MSG_GETRULE`.
    ///
    /// ```no_run
    /// use nlwire::fields;
    /// use nlwire::netfilter::{Expression, Rule};
    ///
    /// let mut conn = nlsock::Conn::open(nlsock::Protocol::NETFILTER)?;
    /// let mut rules = nlsock::netfilter::rules(&mut conn)?;
    /// while let Some(rule) = rules.next()? {
    ///     println!("{:?} {:?} {:?}", rule.table(), rule.chain(), rule.handle());
    ///     let list = fields!(rule.attributes => Rule { expressions })?.expressions;
    ///     for expression in list.iter().flat_map(|list| list.iter()) {
    ///         let found = fields!(expression?.1 => Expression { name, data })?;
    ///         println!("  {:?} {:?}", found.name, found.data);
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "NFT_MSG_GETRULE")]
    rules -> Rules NFT_MSG_GETRULE;
    /// Lists the sets and maps of all tables: `NFT_MSG_GETSET`.
    #[doc(alias = "NFT_MSG_GETSET")]
    sets -> Sets NFT_MSG_GETSET;
}

/// Returns the generation of the rules, a number that each transaction counts
/// up: `NFT_MSG_GETGEN`.
///
/// # Errors
///
/// As [`Conn::get`], and [`ErrorKind::Decode`] for an answer without it.
#[doc(alias = "NFT_MSG_GETGEN")]
pub fn generation<T, B>(conn: &mut Conn<T, B>) -> Result<u32, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let protocol = conn.protocol();
    let any = NetfilterHeader::default();
    let row: Row<'_, NetfilterHeader, Generation> = get(conn, NFT_MSG_GETGEN, &any, |w| Ok(w))?;
    let number = || -> Result<u32, DecodeError> {
        let id = row.attributes.require(nlwire::netfilter::NFTA_GEN_ID)?;
        id.u32_be()
    };
    number().map_err(|error| {
        let operation = Operation::Request(NFT_MSG_GETGEN.0);
        Error::new(Some(protocol), operation, ErrorKind::Decode(error))
    })
}
