//! Requests for rules.

use core::fmt;

use super::expressions::Context;
use super::family::{TableFamily, TableRef, Within};
use super::statement::Statement;
use super::user_data::{UserData, put_comment};
use super::{NFTA_RULE_EXPRESSIONS, NFTA_RULE_USERDATA, Rule, RuleAttr};
use crate::netfilter::{
    NFT_MSG_DELRULE, NFT_MSG_DESTROYRULE, NFT_MSG_GETRULE, NFT_MSG_GETRULE_RESET, NFT_MSG_NEWRULE,
    NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, MessageType, NewFlags, Next, Query,
    Request, Row, Text, Writer, fields,
};

/// Rule, with its expressions as attributes; its header has the table's family.
pub type RuleRow<'a> = Row<'a, NetfilterHeader, Rule>;

impl<'a> Row<'a, NetfilterHeader, Rule> {
    /// Returns the name of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_RULE_TABLE")]
    pub fn table(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Rule { table })?.table)
    }

    /// Returns the name of the chain.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_RULE_CHAIN")]
    pub fn chain(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Rule { chain })?.chain)
    }

    /// Returns the handle, a number unique among the rules of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_RULE_HANDLE")]
    pub fn handle(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Rule { handle })?.handle)
    }

    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => Rule { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::RULE_COMMENT))
    }
}

/// Place of a rule in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Last,
    Before(u64),
    After(u64),
    Of(u64),
}

/// Adds a rule at the end of a chain: `nft add rule`.
///
/// ```
/// use nlwire::netfilter::{NewRule, Selector, Statement, TableRef};
///
/// // ip saddr @allowed tcp dport 22 counter accept
/// let statements = [
///     Selector::IP_SADDR.in_set("allowed"),
///     Selector::TCP_DPORT.is(22),
///     Statement::counter(),
///     Statement::accept(),
/// ];
/// let rule = NewRule::new(TableRef::inet("ev"), "input", &statements);
/// ```
///
/// The rule compares the protocol before each header field, as `nft` does: once
/// for each protocol, and only if the table's family allows others.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWRULE")]
pub struct NewRule<'a> {
    table: TableRef<'a>,
    chain: Text<'a>,
    statements: &'a [Statement<'a>],
    place: Place,
    comment: &'a str,
}

impl<'a> NewRule<'a> {
    /// Adds a rule with these statements.
    #[must_use]
    pub fn new(
        table: TableRef<'a>,
        chain: impl Into<Text<'a>>,
        statements: &'a [Statement<'a>],
    ) -> Self {
        Self {
            table,
            chain: chain.into(),
            statements,
            place: Place::Last,
            comment: "",
        }
    }

    /// Puts the rule at the start of its chain: `nft insert rule`.
    #[must_use]
    pub const fn first(self) -> Self {
        self.at(Place::First)
    }

    /// Puts the rule before the one with this handle.
    #[must_use]
    pub const fn before(self, handle: u64) -> Self {
        self.at(Place::Before(handle))
    }

    /// Puts the rule after the one with this handle.
    #[must_use]
    pub const fn after(self, handle: u64) -> Self {
        self.at(Place::After(handle))
    }

    /// Replaces the rule with this handle: `nft replace rule`.
    #[must_use]
    pub const fn replace(self, handle: u64) -> Self {
        self.at(Place::Of(handle))
    }

    /// Adds a comment of at most 127 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    const fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }
}

impl Request for NewRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(match self.place {
            Place::First | Place::Before(_) => NewFlags::CREATE,
            Place::Last | Place::After(_) => NewFlags::CREATE | NewFlags::APPEND,
            Place::Of(_) => NewFlags::REPLACE,
        });
        w.append_message(NFT_MSG_NEWRULE, flags, &self.table.header(), |w| {
            let mut w = w
                .put(RuleAttr::Table(self.table.name))?
                .put(RuleAttr::Chain(self.chain))?;
            w = match self.place {
                Place::First | Place::Last => w,
                Place::Before(handle) | Place::After(handle) => {
                    w.put(RuleAttr::Position(handle))?
                }
                Place::Of(handle) => w.put(RuleAttr::Handle(handle))?,
            };
            w = w.nest(NFTA_RULE_EXPRESSIONS, |w| {
                let mut context = Context::new(self.table.family);
                for statement in self.statements {
                    statement.put(&mut context, w)?;
                }
                Ok(w)
            })?;
            put_comment(w, NFTA_RULE_USERDATA, UserData::RULE_COMMENT, self.comment)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.chain)
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, table: TableRef<'_>, chain: Text<'_>) -> fmt::Result {
    write!(f, "rule {table} {chain:?}")
}

/// Deletes a rule, or all rules of a chain.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_DELRULE")]
pub struct DeleteRule<'a> {
    table: TableRef<'a>,
    chain: Text<'a>,
    handle: Option<u64>,
    if_there: bool,
}

impl<'a> DeleteRule<'a> {
    /// Deletes the rule with this handle.
    ///
    /// ```
    /// use nlwire::netfilter::{DeleteRule, TableRef};
    ///
    /// // nft delete rule inet ev input handle 4
    /// let delete = DeleteRule::new(TableRef::inet("ev"), "input", 4).if_there();
    /// ```
    #[must_use]
    pub fn new(table: TableRef<'a>, chain: impl Into<Text<'a>>, handle: u64) -> Self {
        Self {
            table,
            chain: chain.into(),
            handle: Some(handle),
            if_there: false,
        }
    }

    /// Deletes all rules of a chain: `nft flush chain`.
    #[must_use]
    pub fn all_of(table: TableRef<'a>, chain: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            chain: chain.into(),
            handle: None,
            if_there: false,
        }
    }

    /// Succeeds if there is no such rule: `nft destroy rule` (Linux 6.3).
    #[must_use]
    #[doc(alias = "NFT_MSG_DESTROYRULE")]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let kind = match self.if_there {
            true => NFT_MSG_DESTROYRULE,
            false => NFT_MSG_DELRULE,
        };
        w.append_message(kind, Flags::empty(), &self.table.header(), |w| {
            let w = w
                .put(RuleAttr::Table(self.table.name))?
                .put(RuleAttr::Chain(self.chain))?;
            match self.handle {
                Some(handle) => w.put(RuleAttr::Handle(handle)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.chain)?;
        match self.handle {
            Some(handle) => write!(f, " handle {handle}"),
            None => Ok(()),
        }
    }
}

/// Asks for one rule.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETRULE")]
pub struct GetRule<'a> {
    table: TableRef<'a>,
    chain: Text<'a>,
    handle: u64,
    resets: bool,
}

impl<'a> GetRule<'a> {
    /// Asks for the rule with this handle.
    ///
    /// ```
    /// use nlwire::netfilter::{GetRule, TableRef};
    ///
    /// let get = GetRule::new(TableRef::inet("ev"), "input", 4);
    /// ```
    #[must_use]
    pub fn new(table: TableRef<'a>, chain: impl Into<Text<'a>>, handle: u64) -> Self {
        Self {
            table,
            chain: chain.into(),
            handle,
            resets: false,
        }
    }

    /// Sets the counters and used quotas of the rule to 0: `nft reset rule`
    /// (Linux 6.3).
    #[must_use]
    #[doc(alias = "NFT_MSG_GETRULE_RESET")]
    pub const fn reset(mut self) -> Self {
        self.resets = true;
        self
    }
}

/// Returns the message type of a query for rules.
const fn get(resets: bool) -> MessageType {
    match resets {
        true => NFT_MSG_GETRULE_RESET,
        false => NFT_MSG_GETRULE,
    }
}

impl Request for GetRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.table.header();
        w.append_message(get(self.resets), Flags::empty(), &header, |w| {
            w.put(RuleAttr::Table(self.table.name))?
                .put(RuleAttr::Chain(self.chain))?
                .put(RuleAttr::Handle(self.handle))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.chain)?;
        write!(f, " handle {}", self.handle)
    }
}

impl Query for GetRule<'_> {
    type Row<'r> = RuleRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RuleRow<'_> {
        Row::of(message)
    }
}

/// Lists rules, those of a chain in the order in which they run.
///
/// ```
/// use nlwire::netfilter::{GetRules, TableRef};
///
/// let rules = GetRules::all().table(TableRef::inet("filter")).chain("input");
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "NFT_MSG_GETRULE")]
pub struct GetRules<'a> {
    within: Within<'a>,
    chain: Option<Text<'a>>,
    resets: bool,
}

impl<'a> GetRules<'a> {
    /// Lists the rules of all tables.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            within: Within::All,
            chain: None,
            resets: false,
        }
    }

    /// Lists the rules of one family's tables.
    #[must_use]
    pub const fn family(mut self, family: TableFamily) -> Self {
        self.within = Within::Family(family);
        self
    }

    /// Lists the rules of one table.
    #[must_use]
    pub const fn table(mut self, table: TableRef<'a>) -> Self {
        self.within = Within::Table(table);
        self
    }

    /// Lists the rules of chains with this name.
    #[must_use]
    pub fn chain(mut self, name: impl Into<Text<'a>>) -> Self {
        self.chain = Some(name.into());
        self
    }

    /// Sets the counters and used quotas of the listed rules to 0: `nft reset
    /// rules` (Linux 6.3). The kernel resets those that it lists, by family, table
    /// and chain.
    #[must_use]
    #[doc(alias = "NFT_MSG_GETRULE_RESET")]
    pub const fn reset(mut self) -> Self {
        self.resets = true;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &RuleRow<'_>) -> Result<bool, DecodeError> {
        let found = fields!(row.attributes => Rule { table, chain })?;
        Ok(self.within.has(&row.header, found.table)
            && self.chain.is_none_or(|chain| found.chain == Some(chain)))
    }
}

impl Request for GetRules<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        let table = self.within.table();
        w.append_message(get(self.resets), flags, &self.within.header(), |w| {
            let w = match table {
                Some(table) => w.put(RuleAttr::Table(table))?,
                None => w,
            };
            match self.chain {
                Some(chain) => w.put(RuleAttr::Chain(chain)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }
}

impl Query for GetRules<'_> {
    type Row<'r> = RuleRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RuleRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.within == Within::All && self.chain.is_none() {
            return Ok(true);
        }
        self.compare(&Self::row(message))
    }
}

crate::__format!(NewRule<'_>, DeleteRule<'_>, GetRule<'_>, GetRules<'_>);
