//! Requests for chains.

use core::fmt;

use super::deletion::deletion;
use super::family::{TableFamily, TableRef, Within};
use super::table::create;
use super::user_data::{UserData, put_comment};
use super::{
    Chain, ChainAttr, ChainHookAttr, DeviceListAttr, HookNumber, NFTA_CHAIN_HOOK,
    NFTA_CHAIN_USERDATA, NFTA_HOOK_DEVS, Verdict,
};
use crate::netfilter::{
    NFT_MSG_DELCHAIN, NFT_MSG_DESTROYCHAIN, NFT_MSG_GETCHAIN, NFT_MSG_NEWCHAIN, NetfilterHeader,
    PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, Next, Query, Request, Row, Text, Writer,
    fields,
};

/// Chain; its header has the table's family.
pub type ChainRow<'a> = Row<'a, NetfilterHeader, Chain>;

impl<'a> Row<'a, NetfilterHeader, Chain> {
    /// Returns the name of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_CHAIN_TABLE")]
    pub fn table(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Chain { table })?.table)
    }

    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_CHAIN_NAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Chain { name })?.name)
    }

    /// Returns the handle, a number unique among the chains of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_CHAIN_HANDLE")]
    pub fn handle(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Chain { handle })?.handle)
    }

    /// Returns the policy; `None` for a chain without a hook.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_CHAIN_POLICY")]
    pub fn policy(&self) -> Result<Option<Verdict>, DecodeError> {
        Ok(fields!(self.attributes => Chain { policy })?.policy)
    }

    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => Chain { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::CHAIN_COMMENT))
    }
}

/// Standard priorities of base chains, as `nft` names them.
pub mod priority {
    /// `raw`: before connection tracking.
    pub const RAW: i32 = -300;
    /// `mangle`.
    pub const MANGLE: i32 = -150;
    /// `dstnat`: destination NAT, at hook `prerouting`.
    pub const DSTNAT: i32 = -100;
    /// `filter`.
    pub const FILTER: i32 = 0;
    /// `security`.
    pub const SECURITY: i32 = 50;
    /// `srcnat`: source NAT, at hook `postrouting`.
    pub const SRCNAT: i32 = 100;
}

/// Hook of a base chain.
#[derive(Clone, Copy, Debug)]
struct Base<'a> {
    kind: &'a str,
    hook: HookNumber,
    priority: i32,
}

/// Creates a chain: `nft create chain`.
///
/// Packets arrive at a base chain, which has a hook, by themselves, and at
/// other chains by a jump.
///
/// ```
/// use nlwire::netfilter::{Hook, NewChain, TableRef, Verdict, priority};
///
/// let table = TableRef::inet("filter");
/// let input = NewChain::new(table, "input")
///     .filter(Hook::LOCAL_IN, priority::FILTER)
///     .policy(Verdict::DROP);
/// let allowed = NewChain::new(table, "allowed");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWCHAIN")]
pub struct NewChain<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
    base: Option<Base<'a>>,
    policy: Option<Verdict>,
    devices: &'a [Text<'a>],
    comment: &'a str,
    exclusive: bool,
}

impl<'a> NewChain<'a> {
    /// Creates a chain without a hook.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            name: name.into(),
            base: None,
            policy: None,
            devices: &[],
            comment: "",
            exclusive: true,
        }
    }

    /// Turns the chain into a base chain of type `filter`.
    #[must_use]
    pub fn filter(self, hook: impl Into<HookNumber>, priority: i32) -> Self {
        self.base("filter", hook, priority)
    }

    /// Turns the chain into a base chain of type `nat`, which sees the first
    /// packet of each connection.
    #[must_use]
    pub fn nat(self, hook: impl Into<HookNumber>, priority: i32) -> Self {
        self.base("nat", hook, priority)
    }

    /// Turns the chain into a base chain of any type, such as `route`. For
    /// [`Hook::INGRESS`](super::Hook::INGRESS) the request sends the number that
    /// the table's family has for it.
    ///
    /// ```
    /// use nlwire::netfilter::{Hook, NewChain, TableRef};
    ///
    /// // type route hook output priority -150
    /// let chain = NewChain::new(TableRef::ip("ev"), "output").base("route", Hook::LOCAL_OUT, -150);
    /// ```
    #[must_use]
    pub fn base(mut self, kind: &'a str, hook: impl Into<HookNumber>, priority: i32) -> Self {
        self.base = Some(Base {
            kind,
            hook: hook.into(),
            priority,
        });
        self
    }

    /// Sets the verdict at the end of a base chain: `ACCEPT`, the default, or
    /// `DROP`.
    #[must_use]
    pub const fn policy(mut self, policy: Verdict) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Sets the links of a base chain, for family `netdev` or hook `ingress`.
    #[must_use]
    pub const fn devices(mut self, names: &'a [Text<'a>]) -> Self {
        self.devices = names;
        self
    }

    /// Adds a comment of at most 127 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    /// Keeps a chain that exists, and sets its policy: `nft add chain`.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }

    fn put_hook<'w, 'b>(&self, base: Base<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        // `NF_NETDEV_INGRESS` and `NF_INET_INGRESS` differ.
        let hook = match (self.table.family, base.hook) {
            (TableFamily::NETDEV, HookNumber::INGRESS) => HookNumber(0),
            (_, hook) => hook,
        };
        w.nest(NFTA_CHAIN_HOOK, |w| {
            let w = w
                .put(ChainHookAttr::Hook(hook))?
                .put(ChainHookAttr::Priority(base.priority))?;
            match self.devices {
                [] => Ok(w),
                [name] => w.put(ChainHookAttr::Device(*name)),
                names => w.nest(NFTA_HOOK_DEVS, |w| {
                    for name in names {
                        w.put(DeviceListAttr::Name(*name))?;
                    }
                    Ok(w)
                }),
            }
        })
    }
}

impl Request for NewChain<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = create(self.exclusive);
        w.append_message(NFT_MSG_NEWCHAIN, flags, &self.table.header(), |w| {
            let mut w = w
                .put(ChainAttr::Table(self.table.name))?
                .put(ChainAttr::Name(self.name))?;
            if let Some(base) = self.base {
                w = self.put_hook(base, w)?.put(ChainAttr::Kind(base.kind))?;
            }
            if let Some(policy) = self.policy {
                w = w.put(ChainAttr::Policy(policy))?;
            }
            put_comment(
                w,
                NFTA_CHAIN_USERDATA,
                UserData::CHAIN_COMMENT,
                self.comment,
            )
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name)
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, table: TableRef<'_>, name: Text<'_>) -> fmt::Result {
    write!(f, "chain {table} {name:?}")
}

deletion! {
    /// Deletes a chain that no rule jumps to, with its rules.
    ///
    /// ```
    /// use nlwire::netfilter::{DeleteChain, TableRef};
    ///
    /// // nft delete chain inet filter scans
    /// let delete = DeleteChain::new(TableRef::inet("filter"), "scans");
    /// ```
    #[doc(alias = "NFT_MSG_DELCHAIN")]
    DeleteChain of "chain" in ChainAttr, NFT_MSG_DELCHAIN,
    #[doc(alias = "NFT_MSG_DESTROYCHAIN")]
    NFT_MSG_DESTROYCHAIN
}

/// Asks for one chain.
///
/// ```
/// use nlwire::netfilter::{GetChain, TableRef};
///
/// let input = GetChain::new(TableRef::inet("filter"), "input");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETCHAIN")]
pub struct GetChain<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
}

impl<'a> GetChain<'a> {
    /// Asks for this chain.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            name: name.into(),
        }
    }
}

impl Request for GetChain<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.table.header();
        w.append_message(NFT_MSG_GETCHAIN, Flags::empty(), &header, |w| {
            w.put(ChainAttr::Table(self.table.name))?
                .put(ChainAttr::Name(self.name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name)
    }
}

impl Query for GetChain<'_> {
    type Row<'r> = ChainRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ChainRow<'_> {
        Row::of(message)
    }
}

/// Lists chains.
///
/// ```
/// use nlwire::netfilter::{GetChains, TableRef};
///
/// let chains = GetChains::all().table(TableRef::inet("filter"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "NFT_MSG_GETCHAIN")]
pub struct GetChains<'a>(Within<'a>);

impl<'a> GetChains<'a> {
    /// Lists the chains of all tables.
    #[must_use]
    pub const fn all() -> Self {
        Self(Within::All)
    }

    /// Lists the chains of one family's tables.
    #[must_use]
    pub const fn family(self, family: TableFamily) -> Self {
        Self(Within::Family(family))
    }

    /// Lists the chains of one table.
    #[must_use]
    pub const fn table(self, table: TableRef<'a>) -> Self {
        Self(Within::Table(table))
    }

    #[inline(never)]
    fn compare(&self, row: &ChainRow<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.has(&row.header, row.table()?))
    }
}

impl Request for GetChains<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(NFT_MSG_GETCHAIN, flags, &self.0.header(), |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetChains<'_> {
    type Row<'r> = ChainRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ChainRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.0 == Within::All {
            return Ok(true);
        }
        self.compare(&Self::row(message))
    }
}

crate::__format!(NewChain<'_>, DeleteChain<'_>, GetChain<'_>, GetChains<'_>);
