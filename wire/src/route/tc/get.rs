//! Lists of queueing disciplines, classes and filters.

use core::fmt;

use super::new::header;
use super::{
    DeleteClass, DeleteFilter, DeleteQdisc, Handle, TrafficAttr, TrafficDumpFlags, TrafficHeader,
    TrafficRow,
};
use crate::route::{PROTOCOL, RTM_GETQDISC, RTM_GETTCLASS, RTM_GETTFILTER};
use crate::schema::Protocol;
use crate::{
    Bitfield32, DecodeError, EncodeError, Flags, Flush, GetFlags, LinkIndex, MessageRef,
    MessageType, Next, Query, Request, Row, Writer,
};

/// Declares a request of one object, and what all requests for rows share.
macro_rules! query {
    ($name:ident$(<$life:lifetime>)?, |$query:ident, $row:ident| $compare:expr) => {
        impl$(<$life>)? Query for $name$(<$life>)? {
            type Row<'r> = TrafficRow<'r>;

            #[inline]
            fn row(message: MessageRef<'_>) -> TrafficRow<'_> {
                Row::of(message)
            }

            #[inline]
            fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
                let ($query, $row) = (self, Self::row(message));
                $compare
            }
        }
    };
}

/// Writes a request for one object. Kernels before 6.8 answer the socket only
/// if it asks for an echo.
fn write_get(
    message: MessageType,
    header: &TrafficHeader,
    kind: Option<&str>,
    chain: Option<u32>,
    w: &mut Writer<'_>,
) -> Result<Next, EncodeError> {
    w.append_message(message, Flags::ECHO, header, |mut w| {
        if let Some(kind) = kind {
            w = w.put(TrafficAttr::Kind(kind))?;
        }
        match chain {
            Some(chain) => w.put(TrafficAttr::Chain(chain)),
            None => Ok(w),
        }
    })?;
    Ok(Next::End)
}

/// Reads one queueing discipline (`RTM_GETQDISC`), or fails with `ENOENT`.
///
/// ```
/// use nlwire::route::{GetQdisc, Handle};
///
/// let root = GetQdisc::at(7, Handle::ROOT);
/// # let _ = root;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETQDISC")]
pub struct GetQdisc {
    header: TrafficHeader,
}

impl GetQdisc {
    /// Reads the discipline at a parent: [`Handle::ROOT`],
    /// [`Handle::INGRESS`] or a class.
    pub fn at(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self {
            header: header(link.into(), Handle::UNSPEC, parent),
        }
    }

    /// Reads the discipline with this handle.
    pub fn by_handle(link: impl Into<LinkIndex>, handle: Handle) -> Self {
        Self {
            header: header(link.into(), handle, Handle::UNSPEC),
        }
    }
}

impl Request for GetQdisc {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        write_get(RTM_GETQDISC, &self.header, None, None, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader {
            index,
            handle,
            parent,
            ..
        } = self.header;
        match handle {
            Handle::UNSPEC => write!(f, "qdisc at {parent} of link {index}"),
            handle => write!(f, "qdisc {handle} of link {index}"),
        }
    }
}

query!(GetQdisc, |_query, _row| Ok(true));

/// Lists queueing disciplines (`RTM_GETQDISC` as a dump).
///
/// ```
/// use nlwire::route::GetQdiscs;
///
/// let of_link = GetQdiscs::all().link(7).kind("htb");
/// # let _ = of_link;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETQDISC")]
pub struct GetQdiscs<'a> {
    link: LinkIndex,
    kind: Option<&'a str>,
    is_invisible: bool,
}

impl<'a> GetQdiscs<'a> {
    /// Lists the disciplines of all links.
    pub const fn all() -> Self {
        Self {
            link: LinkIndex::NONE,
            kind: None,
            is_invisible: false,
        }
    }

    /// Lists the disciplines of one link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Lists the disciplines of one kind.
    #[doc(alias = "TCA_KIND")]
    pub const fn kind(mut self, kind: &'a str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Lists invisible disciplines too: those that the kernel created by default.
    #[doc(alias = "TCA_DUMP_INVISIBLE")]
    pub const fn invisible(mut self) -> Self {
        self.is_invisible = true;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &TrafficRow<'_>) -> Result<bool, DecodeError> {
        Ok((self.link.is_none() || row.link() == self.link)
            && (self.kind.is_none() || row.kind()? == self.kind))
    }
}

impl Request for GetQdiscs<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = header(self.link, Handle::UNSPEC, Handle::UNSPEC);
        w.append_message(RTM_GETQDISC, GetFlags::DUMP, &header, |w| {
            match self.is_invisible {
                true => w.put(TrafficAttr::DumpInvisible(true)),
                false => Ok(w),
            }
        })?;
        Ok(Next::End)
    }
}

query!(GetQdiscs<'a>, |query, row| {
    Ok(query.link.is_none() && query.kind.is_none() || query.compare(&row)?)
});

/// Reads one class (`RTM_GETTCLASS`), or fails with `ENOENT`.
///
/// ```
/// use nlwire::route::{GetClass, Handle};
///
/// let class = GetClass::by_handle(7, Handle::new(1, 0x10));
/// # let _ = class;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETTCLASS")]
pub struct GetClass {
    header: TrafficHeader,
}

impl GetClass {
    /// Reads the class with this handle.
    pub fn by_handle(link: impl Into<LinkIndex>, handle: Handle) -> Self {
        Self {
            header: header(link.into(), handle, Handle::UNSPEC),
        }
    }
}

impl Request for GetClass {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        write_get(RTM_GETTCLASS, &self.header, None, None, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, handle, .. } = self.header;
        write!(f, "class {handle} of link {index}")
    }
}

query!(GetClass, |_query, _row| Ok(true));

/// Lists the classes of a link (`RTM_GETTCLASS` as a dump). An absent link has
/// none.
///
/// ```
/// use nlwire::route::{GetClasses, Handle};
///
/// let in_one = GetClasses::of(7).discipline(Handle::new(1, 0));
/// # let _ = in_one;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETTCLASS")]
pub struct GetClasses {
    link: LinkIndex,
    discipline: Handle,
    parent: Option<Handle>,
}

impl GetClasses {
    /// Lists the classes of a link.
    pub fn of(link: impl Into<LinkIndex>) -> Self {
        Self {
            link: link.into(),
            discipline: Handle::UNSPEC,
            parent: None,
        }
    }

    /// Lists the classes in one discipline.
    pub const fn discipline(mut self, handle: Handle) -> Self {
        self.discipline = handle.discipline();
        self
    }

    /// Lists the classes below one class, or with [`Handle::ROOT`] those at the
    /// top of a discipline.
    #[doc(alias = "tcm_parent")]
    pub const fn parent(mut self, parent: Handle) -> Self {
        self.parent = Some(parent);
        self
    }
}

impl Request for GetClasses {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // The kernel takes the parent for the discipline.
        let header = header(self.link, Handle::UNSPEC, self.discipline);
        w.append_message(RTM_GETTCLASS, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

query!(GetClasses, |query, row| {
    let is_in = |discipline| row.handle().discipline() == discipline;
    Ok(row.link() == query.link
        && (query.discipline == Handle::UNSPEC || is_in(query.discipline))
        && query.parent.is_none_or(|parent| row.parent() == parent))
});

/// Reads one filter (`RTM_GETTFILTER`), or fails with `ENOENT`.
///
/// ```
/// use nlwire::route::{GetFilter, Handle};
///
/// let filter = GetFilter::one(7, Handle::INGRESS, "u32", 5, Handle::from_bits(0x8000_0800));
/// # let _ = filter;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETTFILTER")]
pub struct GetFilter<'a> {
    header: TrafficHeader,
    kind: &'a str,
    chain: Option<u32>,
}

impl<'a> GetFilter<'a> {
    /// Reads a filter by its handle, for packets of all protocols unless
    /// [`protocol`](Self::protocol) names another.
    pub fn one(
        link: impl Into<LinkIndex>,
        parent: Handle,
        kind: &'a str,
        priority: u16,
        handle: impl Into<Handle>,
    ) -> Self {
        let header = header(link.into(), handle.into(), parent);
        Self {
            header: header.with_filter(priority, super::new::ETH_P_ALL),
            kind,
            chain: None,
        }
    }

    /// Sets the protocol of the packets (`ETH_P_*`), such as 0x0800 for IPv4.
    #[doc(alias = "tcm_info")]
    pub const fn protocol(mut self, protocol: u16) -> Self {
        self.header = self.header.with_filter(self.header.priority(), protocol);
        self
    }

    /// Sets the chain. The default is chain 0.
    #[doc(alias = "TCA_CHAIN")]
    pub const fn chain(mut self, chain: u32) -> Self {
        self.chain = Some(chain);
        self
    }
}

impl Request for GetFilter<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        write_get(RTM_GETTFILTER, &self.header, Some(self.kind), self.chain, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, parent, .. } = self.header;
        write!(f, "filter {} at {parent} of link {index}", self.kind)
    }
}

query!(GetFilter<'a>, |_query, _row| Ok(true));

/// Lists the filters of a parent (`RTM_GETTFILTER` as a dump). An absent link
/// or parent has none.
///
/// ```
/// use nlwire::route::{GetFilters, Handle};
///
/// let received = GetFilters::of(7, Handle::INGRESS).priority(5);
/// # let _ = received;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETTFILTER")]
pub struct GetFilters<'a> {
    header: TrafficHeader,
    chain: Option<u32>,
    kind: Option<&'a str>,
    is_terse: bool,
}

impl<'a> GetFilters<'a> {
    /// Lists the filters in all chains of a parent: a discipline, a class, [`Handle::INGRESS`] or
    /// a hook of `clsact`. [`Handle::UNSPEC`] is the root discipline.
    pub fn of(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self {
            header: header(link.into(), Handle::UNSPEC, parent),
            chain: None,
            kind: None,
            is_terse: false,
        }
    }

    /// Lists the filters in all chains of a shared block.
    #[doc(alias = "tcm_block_index")]
    pub fn of_block(block: u32) -> Self {
        let mut filters = Self::of(LinkIndex::NONE, Handle::UNSPEC);
        filters.header = filters.header.with_block(block);
        filters
    }

    /// Lists the filters of one priority.
    #[doc(alias = "tcm_info")]
    pub const fn priority(mut self, priority: u16) -> Self {
        self.header = self.header.with_filter(priority, self.header.protocol());
        self
    }

    /// Lists the filters for packets of one protocol (`ETH_P_*`), such as 0x0800
    /// for IPv4.
    #[doc(alias = "tcm_info")]
    pub const fn protocol(mut self, protocol: u16) -> Self {
        self.header = self.header.with_filter(self.header.priority(), protocol);
        self
    }

    /// Lists the filters of one chain.
    #[doc(alias = "TCA_CHAIN")]
    pub const fn chain(mut self, chain: u32) -> Self {
        self.chain = Some(chain);
        self
    }

    /// Lists the filters of one kind.
    #[doc(alias = "TCA_KIND")]
    pub const fn kind(mut self, kind: &'a str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Leaves out the settings of filters, where their kind supports that.
    #[doc(alias = "TCA_DUMP_FLAGS_TERSE")]
    pub const fn terse(mut self) -> Self {
        self.is_terse = true;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &TrafficRow<'_>) -> Result<bool, DecodeError> {
        let asked = &self.header;
        Ok(row.header.index == asked.index
            && (asked.parent == Handle::UNSPEC || row.parent() == asked.parent)
            && (asked.priority() == 0 || row.priority() == asked.priority())
            && (asked.protocol() == 0 || row.protocol() == asked.protocol())
            && (self.kind.is_none() || row.kind()? == self.kind)
            && (self.chain.is_none()
                || row.chain()?.unwrap_or_default() == self.chain.unwrap_or_default()))
    }
}

impl Request for GetFilters<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = GetFlags::DUMP;
        w.append_message(RTM_GETTFILTER, flags, &self.header, |mut w| {
            if let Some(chain) = self.chain {
                w = w.put(TrafficAttr::Chain(chain))?;
            }
            if !self.is_terse {
                return Ok(w);
            }
            let terse = TrafficDumpFlags::TERSE.bits();
            w.put(TrafficAttr::DumpFlags(Bitfield32::new(terse, terse)))
        })?;
        Ok(Next::End)
    }
}

query!(GetFilters<'a>, |query, row| query.compare(&row));

impl Flush for GetQdiscs<'_> {
    type Deletion<'a> = DeleteQdisc<'a>;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        // The kernel's own disciplines have no handle, and stay.
        match row.handle() {
            Handle::UNSPEC => Ok(None),
            _ => Ok(Some(DeleteQdisc::of_row(row)?.if_there())),
        }
    }
}

impl Flush for GetClasses {
    type Deletion<'a> = DeleteClass;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteClass::of_row(row).if_there()))
    }
}

impl Flush for GetFilters<'_> {
    type Deletion<'a> = DeleteFilter<'a>;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        // A query selects whole priorities, and the kernel lists a head for each.
        // The head takes its filters along; without it, `u32` leaves empty heads.
        match row.handle() {
            Handle::UNSPEC => Ok(Some(DeleteFilter::of_row(row)?.if_there())),
            _ => Ok(None),
        }
    }
}

crate::__format!(
    GetQdisc,
    GetQdiscs<'_>,
    GetClass,
    GetClasses,
    GetFilter<'_>,
    GetFilters<'_>
);
