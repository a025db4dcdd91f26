//! Deletion of queueing disciplines, classes and filters.

use core::fmt;

use super::new::{ETH_P_ALL, header, put_chain};
use super::{Handle, TrafficAttr, TrafficHeader, TrafficRow};
use crate::route::{PROTOCOL, RTM_DELQDISC, RTM_DELTCLASS, RTM_DELTFILTER};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{DecodeError, EncodeError, Errno, Flags, LinkIndex, Next, Request, Writer};

/// Deletes a queueing discipline with its classes and filters (`RTM_DELQDISC`).
///
/// `ENOENT` is an empty place, `EINVAL` one whose discipline has another handle
/// or kind.
///
/// ```
/// use nlwire::route::{DeleteQdisc, Handle};
///
/// let root = DeleteQdisc::root(7).handle(Handle::new(1, 0)).kind("htb").if_there();
/// # let _ = root;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELQDISC")]
pub struct DeleteQdisc<'a> {
    header: TrafficHeader,
    kind: Option<&'a str>,
    if_there: bool,
}

impl<'a> DeleteQdisc<'a> {
    /// Deletes the discipline below a class or another discipline.
    pub fn at(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self {
            header: header(link.into(), Handle::UNSPEC, parent),
            kind: None,
            if_there: false,
        }
    }

    /// Deletes the discipline at the root of a link.
    pub fn root(link: impl Into<LinkIndex>) -> Self {
        Self::at(link, Handle::ROOT)
    }

    /// Deletes the discipline `ingress` or `clsact` of a link.
    pub fn ingress(link: impl Into<LinkIndex>) -> Self {
        Self::at(link, Handle::INGRESS)
    }

    /// Deletes a discipline that was read, if the place still has one of this
    /// handle and kind.
    ///
    /// # Errors
    ///
    /// Fails if the kind is malformed.
    pub fn of_row(row: &TrafficRow<'a>) -> Result<Self, DecodeError> {
        let mut qdisc = Self::at(row.link(), row.parent()).handle(row.handle());
        qdisc.kind = row.kind()?;
        Ok(qdisc)
    }

    /// Sets the handle.
    #[doc(alias = "tcm_handle")]
    pub const fn handle(mut self, handle: Handle) -> Self {
        self.header.handle = handle;
        self
    }

    /// Sets the kind.
    #[doc(alias = "TCA_KIND")]
    pub const fn kind(mut self, kind: &'a str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Counts as success that there is no such discipline: `ENOENT`, and
    /// `EINVAL` if handle or kind is named.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

fn put_kind<'w, 'b>(w: &'w mut Writer<'b>, kind: Option<&str>) -> Put<'w, 'b> {
    match kind {
        Some(kind) => w.put(TrafficAttr::Kind(kind)),
        None => Ok(w),
    }
}

impl Request for DeleteQdisc<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_DELQDISC, Flags::empty(), &self.header, |w| {
            put_kind(w, self.kind)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, parent, .. } = self.header;
        write!(f, "qdisc at {parent} of link {index}")
    }

    fn forgives(&self) -> &'static [Errno] {
        let is_named = self.header.handle != Handle::UNSPEC || self.kind.is_some();
        match (self.if_there, is_named) {
            (true, true) => &[Errno::ENOENT, Errno::EINVAL],
            (true, false) => &[Errno::ENOENT],
            (false, _) => &[],
        }
    }
}

/// Deletes a class (`RTM_DELTCLASS`).
///
/// `ENOENT` is an absent class, `EBUSY` one with classes below it or filters
/// that lead to it.
///
/// ```
/// use nlwire::route::{DeleteClass, Handle};
///
/// let class = DeleteClass::by_handle(7, Handle::new(1, 0x10)).if_there();
/// # let _ = class;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELTCLASS")]
pub struct DeleteClass {
    header: TrafficHeader,
    if_there: bool,
}

impl DeleteClass {
    /// Deletes the class with this handle, which is its whole identity on a
    /// link.
    pub fn by_handle(link: impl Into<LinkIndex>, handle: Handle) -> Self {
        Self {
            header: header(link.into(), handle, Handle::UNSPEC),
            if_there: false,
        }
    }

    /// Deletes a class that was read.
    pub fn of_row(row: &TrafficRow<'_>) -> Self {
        Self::by_handle(row.link(), row.handle())
    }

    /// Counts `ENOENT` as success: there is no such class, or no discipline of
    /// its number.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteClass {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_DELTCLASS, Flags::empty(), &self.header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, handle, .. } = self.header;
        write!(f, "class {handle} of link {index}")
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Deletes filters (`RTM_DELTFILTER`): one by its handle, or all of a priority,
/// or all of a parent.
///
/// `ENOENT` is an absent filter, `EINVAL` a priority whose filters are of
/// another kind or protocol, or a parent that is absent.
///
/// ```
/// use nlwire::route::{DeleteFilter, Handle};
///
/// let one = DeleteFilter::one(7, Handle::INGRESS, "u32", 5, Handle::from_bits(0x8000_0800));
/// let priority = DeleteFilter::priority(7, Handle::INGRESS, 5).if_there();
/// let all = DeleteFilter::all(7, Handle::INGRESS);
/// # let _ = (one, priority, all);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELTFILTER")]
pub struct DeleteFilter<'a> {
    header: TrafficHeader,
    kind: Option<&'a str>,
    chain: Option<u32>,
    if_there: bool,
}

impl<'a> DeleteFilter<'a> {
    /// Deletes all filters of a parent that are in one chain, by default 0.
    pub fn all(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self {
            header: header(link.into(), Handle::UNSPEC, parent),
            kind: None,
            chain: None,
            if_there: false,
        }
    }

    /// Deletes all filters of a shared block that are in one chain, by default 0.
    #[doc(alias = "tcm_block_index")]
    pub fn of_block(block: u32) -> Self {
        Self::all(0, Handle::UNSPEC).block(block)
    }

    /// Names a shared block in place of the link and its parent.
    #[doc(alias = "tcm_block_index", alias = "TCM_IFINDEX_MAGIC_BLOCK")]
    pub fn block(mut self, block: u32) -> Self {
        self.header = self.header.with_block(block);
        self
    }

    /// Deletes the filters of one priority, for packets of all protocols unless
    /// [`protocol`](Self::protocol) names another.
    pub fn priority(link: impl Into<LinkIndex>, parent: Handle, priority: u16) -> Self {
        let mut filter = Self::all(link, parent);
        filter.header = filter.header.with_filter(priority, ETH_P_ALL);
        filter
    }

    /// Deletes one filter by its handle, whose meaning is the kind's.
    pub fn one(
        link: impl Into<LinkIndex>,
        parent: Handle,
        kind: &'a str,
        priority: u16,
        handle: impl Into<Handle>,
    ) -> Self {
        let mut filter = Self::priority(link, parent, priority);
        filter.header.handle = handle.into();
        filter.kind = Some(kind);
        filter
    }

    /// Deletes a filter that was read.
    ///
    /// # Errors
    ///
    /// Fails if the kind or the chain is malformed.
    pub fn of_row(row: &TrafficRow<'a>) -> Result<Self, DecodeError> {
        let mut filter = Self::all(row.link(), row.parent());
        filter.header.handle = row.handle();
        filter.header = filter.header.with_filter(row.priority(), row.protocol());
        filter.kind = row.kind()?;
        filter.chain = row.chain()?;
        Ok(filter)
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

    /// Counts `ENOENT` as success: there is no such filter.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteFilter<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_DELTFILTER, Flags::empty(), &self.header, |w| {
            put_chain(put_kind(w, self.kind)?, self.chain)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, parent, .. } = self.header;
        write!(f, "filter at {parent} of link {index}")
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(DeleteQdisc<'_>, DeleteClass, DeleteFilter<'_>);
