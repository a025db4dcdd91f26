//! Requests for named objects, such as counters and quotas.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use core::fmt;

use super::family::TableRef;
use super::table::create;
use super::user_data::{UserData, put_comment};
use super::{
    ConnectionLimit, Counter, ExpectationObject, HelperObject, Limit, NFTA_OBJ_DATA,
    NFTA_OBJ_USERDATA, NftObject, NftObjectAttr, ObjectKind, Quota, SecurityMarkObject,
    SynProxySettings, TimeoutObject, TunnelObject,
};
use crate::netfilter::{
    NFNL_SUBSYS_NFTABLES, NFT_MSG_DELOBJ, NFT_MSG_DESTROYOBJ, NFT_MSG_NEWOBJ,
    NetfilterHeader as FamilyHeader, PROTOCOL, header,
};
use crate::request::object::requests;
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{DecodeError, EncodeError, Flags, Items, Next, Request, Row, Text, Writer, fields};

const GET: u8 = 0x13;
const RESET: u8 = 0x15;

requests! {
    NftObject, NftObjectAttr, ObjectRow, "object" in NFNL_SUBSYS_NFTABLES;

    /// Asks for one object.
    ///
    /// ```
    /// use nlwire::netfilter::{GetObject, ObjectKind, TableRef};
    ///
    /// let web = GetObject::new(TableRef::inet("ev"), "web".into(), ObjectKind::COUNTER);
    /// ```
    Ask GetObject = GET {
        /// Asks for the object of this kind and name.
        new(table: TableRef<'a>, name: Text<'a>, kind: ObjectKind)
            @ table.family.0.into() => { Table(table.name), Name(name), Kind(kind) }
    }
    /// Asks for one object, and sets its counter or its used quota to 0: `nft reset counter`.
    ///
    /// ```
    /// use nlwire::netfilter::{ObjectKind, ResetObject, TableRef};
    ///
    /// let web = ResetObject::new(TableRef::inet("ev"), "web".into(), ObjectKind::COUNTER);
    /// ```
    Ask ResetObject = RESET {
        /// Asks for the object of this kind and name.
        new(table: TableRef<'a>, name: Text<'a>, kind: ObjectKind)
            @ table.family.0.into() => { Table(table.name), Name(name), Kind(kind) }
    }
    /// Lists objects.
    ///
    /// ```
    /// use nlwire::netfilter::{GetObjects, ObjectKind, TableRef};
    ///
    /// let counters = GetObjects::of_kind(ObjectKind::COUNTER);
    /// let of_table = GetObjects::of(TableRef::inet("ev"));
    /// ```
    List GetObjects = GET {
        /// Lists the objects of all tables.
        all() {}
        /// Lists the objects of this kind.
        of_kind(kind: ObjectKind) { Kind(kind) }
        /// Lists the objects of this table.
        of(table: TableRef<'a>) @ table.family.0.into() => { Table(table.name) }
    }
    /// Lists objects, and sets their counters and used quotas to 0: `nft reset counters`.
    ///
    /// ```
    /// use nlwire::netfilter::{ObjectKind, ResetObjects};
    ///
    /// let counters = ResetObjects::of_kind(ObjectKind::COUNTER);
    /// ```
    List ResetObjects = RESET {
        /// Lists the objects of this kind, in all tables.
        of_kind(kind: ObjectKind) { Kind(kind) }
        /// Lists the objects of this table.
        of(table: TableRef<'a>) @ table.family.0.into() => { Table(table.name) }
    }
}

impl<'a> Row<'a, FamilyHeader, NftObject> {
    /// Returns the name of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_OBJ_TABLE")]
    pub fn table(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => NftObject { table })?.table)
    }

    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_OBJ_NAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => NftObject { name })?.name)
    }

    /// Returns the kind, such as [`ObjectKind::COUNTER`].
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_OBJ_TYPE")]
    pub fn kind(&self) -> Result<Option<ObjectKind>, DecodeError> {
        Ok(fields!(self.attributes => NftObject { kind })?.kind)
    }

    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => NftObject { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::OBJECT_COMMENT))
    }
}

/// Declares the kinds of objects, with the set of their settings.
macro_rules! kinds {
    ($($(#[$meta:meta])* $new:ident $variant:ident $kind:ident;)*) => {
        /// Settings of an object, by its kind.
        #[derive(Clone, Copy, Debug)]
        #[allow(clippy::enum_variant_names, reason = "variants are named after their sets")]
        enum Settings<'a> {
            $($variant(&'a dyn Items<$variant>),)*
        }

        impl Settings<'_> {
            const fn kind(self) -> ObjectKind {
                match self {
                    $(Self::$variant(_) => ObjectKind::$kind,)*
                }
            }

            fn put<'w, 'b>(self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
                match self {
                    $(Self::$variant(items) => w.put_items(Some(items)),)*
                }
            }
        }

        impl<'a> NewObject<'a> {
            $(
                $(#[$meta])*
                #[must_use]
                pub fn $new(
                    table: TableRef<'a>,
                    name: impl Into<Text<'a>>,
                    settings: &'a dyn Items<$variant>,
                ) -> Self {
                    Self {
                        table,
                        name: name.into(),
                        settings: Settings::$variant(settings),
                        comment: "",
                        exclusive: true,
                    }
                }
            )*
        }
    };
}

kinds! {
    /// Creates a counter; its settings are the numbers that it starts from.
    counter Counter COUNTER;
    /// Creates a quota.
    quota Quota QUOTA;
    /// Creates a limit. It needs a rate and a unit.
    limit Limit LIMIT;
    /// Creates a limit of the number of connections: `ct count`.
    connection_limit ConnectionLimit CONNLIMIT;
    /// Assigns a conntrack helper: `ct helper`. It needs a name and a transport protocol.
    helper HelperObject CT_HELPER;
    /// Sets timeouts of connections: `ct timeout`. They need a transport protocol.
    timeout TimeoutObject CT_TIMEOUT;
    /// Creates expectations of connections: `ct expectation`. They need all settings; in a
    /// table of family `inet` the kernel refuses a network protocol that is absent.
    expectation ExpectationObject CT_EXPECT;
    /// Creates a SYN proxy. It needs all its settings.
    syn_proxy SynProxySettings SYNPROXY;
    /// Creates a security mark.
    security_mark SecurityMarkObject SECMARK;
    /// Creates metadata of a tunnel.
    tunnel TunnelObject TUNNEL;
}

/// Creates a named object: `nft create counter`.
///
/// ```
/// use nlwire::netfilter::{CounterAttr, NewObject, QuotaAttr, TableRef};
///
/// let table = TableRef::inet("ev");
/// let start = [CounterAttr::Packets(0), CounterAttr::Bytes(0)];
/// let web = NewObject::counter(table, "web", &start).comment("ports 80 and 443");
/// // quota guests { over 25 mbytes }
/// let bytes = [QuotaAttr::Bytes(25 << 20)];
/// let guests = NewObject::quota(table, "guests", &bytes);
/// ```
///
/// Settings are the attributes of the kind's set:
///
/// ```
/// use nlwire::netfilter::{
///     ConnectionLimitAttr, ExpectationObjectAttr, HelperObjectAttr, LimitAttr, NewObject,
///     SecurityMarkObjectAttr, SynProxySettingsAttr, TableRef, TimeoutObjectAttr, TunnelObjectAttr,
/// };
///
/// let table = TableRef::ip("ev");
/// // limit calm { rate 400/minute }
/// let rate = [LimitAttr::Rate(400), LimitAttr::Unit(60)];
/// let calm = NewObject::limit(table, "calm", &rate);
/// let count = [ConnectionLimitAttr::Count(20)];
/// let few = NewObject::connection_limit(table, "few", &count);
/// // ct helper control { type "ftp" protocol tcp }
/// let ftp = [HelperObjectAttr::Name("ftp"), HelperObjectAttr::TransportProtocol(6)];
/// let control = NewObject::helper(table, "control", &ftp);
/// let tcp = [TimeoutObjectAttr::TransportProtocol(6), TimeoutObjectAttr::Data(&[])];
/// let brief = NewObject::timeout(table, "brief", &tcp);
/// let port = [
///     ExpectationObjectAttr::NetworkProtocol(2),
///     ExpectationObjectAttr::TransportProtocol(6),
///     ExpectationObjectAttr::Port(9876),
///     ExpectationObjectAttr::Timeout(120_000),
///     ExpectationObjectAttr::Size(12),
/// ];
/// let data = NewObject::expectation(table, "data", &port);
/// let mss = [SynProxySettingsAttr::Mss(1460), SynProxySettingsAttr::WindowScale(7)];
/// let guard = NewObject::syn_proxy(table, "guard", &mss);
/// let context = [SecurityMarkObjectAttr::Context("system_u:object_r:ssh_t:s0".into())];
/// let ssh = NewObject::security_mark(table, "ssh", &context);
/// let id = [TunnelObjectAttr::Id(7)];
/// let outer = NewObject::tunnel(table, "outer", &id);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWOBJ")]
pub struct NewObject<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
    settings: Settings<'a>,
    comment: &'a str,
    exclusive: bool,
}

impl<'a> NewObject<'a> {
    /// Adds a comment of at most 254 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    /// Changes the settings of an object that exists, where its kind permits it:
    /// `nft add counter`.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }
}

impl Request for NewObject<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = create(self.exclusive);
        w.append_message(NFT_MSG_NEWOBJ, flags, &self.table.header(), |w| {
            let w = w
                .put(NftObjectAttr::Table(self.table.name))?
                .put(NftObjectAttr::Name(self.name))?
                .put(NftObjectAttr::Kind(self.settings.kind()))?
                .nest(NFTA_OBJ_DATA, |w| self.settings.put(w))?;
            put_comment(w, NFTA_OBJ_USERDATA, UserData::OBJECT_COMMENT, self.comment)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name, self.settings.kind())
    }
}

fn write_object(
    f: &mut fmt::Formatter<'_>,
    table: TableRef<'_>,
    name: Text<'_>,
    kind: ObjectKind,
) -> fmt::Result {
    write!(f, "{kind} object {table} {name:?}")
}

/// Deletes a named object that no rule and no element uses.
///
/// ```
/// use nlwire::netfilter::{DeleteObject, ObjectKind, TableRef};
///
/// let table = TableRef::inet("ev");
/// let delete = DeleteObject::new(table, "web", ObjectKind::COUNTER).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_DELOBJ")]
pub struct DeleteObject<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
    kind: ObjectKind,
    if_there: bool,
}

impl<'a> DeleteObject<'a> {
    /// Deletes the object of this kind and name.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>, kind: ObjectKind) -> Self {
        Self {
            table,
            name: name.into(),
            kind,
            if_there: false,
        }
    }

    /// Succeeds if there is no such object: `nft destroy counter` (Linux 6.3).
    #[must_use]
    #[doc(alias = "NFT_MSG_DESTROYOBJ")]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteObject<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let kind = match self.if_there {
            true => NFT_MSG_DESTROYOBJ,
            false => NFT_MSG_DELOBJ,
        };
        w.append_message(kind, Flags::empty(), &self.table.header(), |w| {
            w.put(NftObjectAttr::Table(self.table.name))?
                .put(NftObjectAttr::Name(self.name))?
                .put(NftObjectAttr::Kind(self.kind))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name, self.kind)
    }
}

crate::__format!(NewObject<'_>, DeleteObject<'_>);
