//! Tables of a mirror, without any I/O.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use nlwire::schema::Protocol;
use nlwire::{
    DecodeError, EncodeError, Errno, MessageRef, MessageType, NewFlags, Next, Query, Request,
    Writer,
};

use super::key::{Identify, Key};
#[cfg(feature = "route")]
use super::signs::{DUMPED, NEIGHBOUR, Watched};
use super::store::Store;
use crate::Notification;
#[cfg(feature = "route")]
use crate::events::resync::ATTEMPTS;

/// Table for a [`Mirror`](super::Mirror): a query, the groups and messages that
/// report its changes, and the identity of its rows.
///
/// Constructors such as `links` describe the tables of everyday; [`new`](Self::new)
/// describes any other, here that of queueing disciplines:
///
#[cfg_attr(feature = "tc", doc = "```no_run")]
#[cfg_attr(not(feature = "tc"), doc = "```text")]
/// use nlsock::Protocol;
/// use nlsock::mirror::{Key, Mirror, Table};
/// use nlwire::route::{GetQdiscs, RTM_DELQDISC, RTM_NEWQDISC, RTNLGRP_TC, TrafficRow};
/// use nlwire::{DecodeError, MessageRef};
///
/// // A link has one discipline at each place.
/// fn place(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
///     let row = TrafficRow::of(message);
///     key.number(row.link().get()).number(row.parent().bits());
///     Ok(true)
/// }
///
/// let disciplines = Table::new(GetQdiscs::all(), RTM_NEWQDISC, RTM_DELQDISC, place);
/// let mut mirror = Mirror::open(Protocol::ROUTE)?;
/// let kept = mirror.keep(disciplines.group(RTNLGRP_TC))?;
/// mirror.next()?;
/// for row in mirror.rows(kept) {
///     println!("{:?} of link {}", row.kind()?, row.link());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a table is read once a mirror keeps it"]
pub struct Table<Q> {
    pub(super) query: Q,
    pub(super) groups: Vec<u32>,
    pub(super) new: MessageType,
    pub(super) gone: MessageType,
    pub(super) identify: Identify,
    /// Events after which rows may change without a message of their own.
    #[cfg_attr(
        not(feature = "route"),
        allow(dead_code, reason = "tables of routes use it")
    )]
    pub(super) silent: u8,
}

impl<Q: Query> Table<Q> {
    /// Describes a table: a query reads it, and messages of the types `new` and
    /// `gone` change it. The rows' identity decides which row a message is about.
    ///
    /// ```
    /// use nlsock::Protocol;
    /// use nlsock::mirror::{Key, Mirror, Table};
    /// use nlwire::route::{GetLinks, LinkRow, RTM_DELLINK, RTM_NEWLINK, RTNLGRP_LINK};
    /// use nlwire::{DecodeError, MessageRef};
    ///
    /// // Links by MAC address instead of by index, those without one left out.
    /// fn by_mac(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    ///     let mac = LinkRow::of(message).mac()?;
    ///     key.bytes(&mac.unwrap_or_default());
    ///     Ok(mac.is_some())
    /// }
    ///
    /// let links = Table::new(GetLinks::all(), RTM_NEWLINK, RTM_DELLINK, by_mac);
    /// let mut mirror = Mirror::open(Protocol::ROUTE)?;
    /// let kept = mirror.keep(links.group(RTNLGRP_LINK))?;
    /// mirror.next()?;
    /// let loopback = mirror.get(kept, |key| {
    ///     key.bytes(&[0; 6]);
    /// });
    /// assert!(loopback.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn new(query: Q, new: MessageType, gone: MessageType, identify: Identify) -> Self {
        Self {
            query,
            groups: Vec::new(),
            new,
            gone,
            identify,
            silent: 0,
        }
    }

    /// Adds a multicast group that reports changes.
    pub fn group(mut self, group: u32) -> Self {
        self.groups.push(group);
        self
    }

    /// Replaces the query, such as by one with a filter. Only its rows are
    /// kept: a row that no longer matches is removed.
    pub fn query<R: Query>(self, query: R) -> Table<R> {
        Table {
            query,
            groups: self.groups,
            new: self.new,
            gone: self.gone,
            identify: self.identify,
            silent: self.silent,
        }
    }
}

/// Handle to a table in a mirror, with the type of its rows.
pub struct Kept<Q> {
    pub(super) number: usize,
    query: PhantomData<fn() -> Q>,
}

impl<Q> Clone for Kept<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q> Copy for Kept<Q> {}

impl<Q> fmt::Debug for Kept<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({})", self.number)
    }
}

/// Query without its row type.
pub(crate) trait Source: Request + Send {
    fn compare(&self, message: MessageRef<'_>) -> Result<bool, DecodeError>;
}

impl<Q: Query + Send> Source for Q {
    fn compare(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        self.matches(message)
    }
}

/// Query whose rows are messages.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'s>(&'s dyn Source);

impl Request for Reading<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        self.0.protocol()
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(from, w)
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(from, f)
    }

    fn forgives(&self) -> &'static [Errno] {
        self.0.forgives()
    }
}

impl Query for Reading<'_> {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        self.0.compare(message)
    }
}

/// Table of a mirror.
pub(super) struct Entry {
    source: Box<dyn Source>,
    pub(super) new: MessageType,
    gone: MessageType,
    pub(super) identify: Identify,
    #[cfg_attr(
        not(feature = "route"),
        allow(dead_code, reason = "tables of routes use it")
    )]
    pub(super) silent: u8,
    pub(super) store: Store,
    generation: u32,
    /// True if the table must be read again.
    is_stale: bool,
    /// True from a reading until the queue is empty: queued events may be older.
    is_fresh: bool,
    /// Number of readings in a row during which rows were deleted.
    disturbed: u32,
    key: Key,
}

/// Tables of a [`Mirror`](super::Mirror), with look-ups.
#[derive(Default)]
pub struct Tables {
    pub(super) entries: Vec<Entry>,
    #[cfg(feature = "route")]
    watched: Watched,
}

impl Tables {
    /// Iterates over the rows of a table, in no particular order.
    pub fn rows<Q: Query>(&self, kept: Kept<Q>) -> impl Iterator<Item = Q::Row<'_>> {
        let entry = self.entry(kept).into_iter();
        entry.flat_map(|entry| entry.store.iter().map(|message| Q::row(message)))
    }

    /// Returns the first row with an identity. `write` writes it as the table's
    /// [`Identify`] does: a link's identity is its index.
    ///
    /// ```
    /// use nlsock::Protocol;
    /// use nlsock::mirror::{Mirror, Table};
    ///
    /// let mut mirror = Mirror::open(Protocol::ROUTE)?;
    /// let links = mirror.keep(Table::links())?;
    /// mirror.next()?;
    /// let loopback = mirror.get(links, |key| {
    ///     key.number(1);
    /// });
    /// assert!(loopback.is_some_and(|link| link.is_up()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get<Q: Query>(&self, kept: Kept<Q>, write: impl FnOnce(&mut Key)) -> Option<Q::Row<'_>> {
        let entry = self.entry(kept)?;
        let mut key = Key::default();
        write(&mut key);
        entry.store.get(&key, entry.identify).map(Q::row)
    }

    /// Returns the current row that a message of the table is about.
    pub fn row_of<Q: Query>(&self, kept: Kept<Q>, message: MessageRef<'_>) -> Option<Q::Row<'_>> {
        let entry = self.entry(kept)?;
        let mut key = Key::default();
        let identify = entry.identify;
        match identify(message, &mut key) {
            Ok(true) => entry.store.get(&key, identify).map(Q::row),
            Ok(false) | Err(_) => None,
        }
    }

    /// Returns the number of rows of a table.
    #[must_use]
    pub fn len<Q>(&self, kept: Kept<Q>) -> usize {
        self.entry(kept).map_or(0, |entry| entry.store.len())
    }

    /// Returns the number of bytes allocated for a table's rows.
    #[must_use]
    pub fn memory<Q>(&self, kept: Kept<Q>) -> usize {
        let entry = self.entry(kept);
        entry.map_or(0, |entry| entry.store.capacity())
    }

    /// Returns true if all tables are read, and none must be read again as far
    /// as is known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.stale().is_none()
    }

    pub(super) fn add<Q: Query + Send + 'static>(&mut self, table: Table<Q>) -> Kept<Q> {
        let number = self.entries.len();
        self.entries.push(Entry {
            source: Box::new(table.query),
            new: table.new,
            gone: table.gone,
            identify: table.identify,
            silent: table.silent,
            store: Store::new(crate::sys::seed()),
            generation: 0,
            is_stale: true,
            is_fresh: false,
            disturbed: 0,
            key: Key::default(),
        });
        Kept {
            number,
            query: PhantomData,
        }
    }

    fn entry<Q>(&self, kept: Kept<Q>) -> Option<&Entry> {
        self.entries.get(kept.number)
    }

    /// Records a loss of events.
    pub(crate) fn lose(&mut self) {
        for entry in &mut self.entries {
            entry.is_stale = true;
        }
    }

    /// Returns the number of the next table that must be read.
    pub(crate) fn stale(&self) -> Option<usize> {
        self.entries.iter().position(|entry| entry.is_stale)
    }

    /// Applies an event, and returns true if it belongs to one of the tables.
    pub(crate) fn apply(&mut self, event: &Notification<'_>) -> Result<bool, DecodeError> {
        // Tables have rows of the sockets' own namespace only.
        if event.namespace().is_some() {
            return Ok(false);
        }
        let message = event.message();
        let mut has_changed = false;
        for entry in &mut self.entries {
            has_changed |= entry.apply(message)?;
        }
        #[cfg(feature = "route")]
        {
            let signs = self.watched.note(message);
            for entry in &mut self.entries {
                entry.note(signs);
            }
        }
        Ok(has_changed)
    }

    /// Records that the queue is empty: later events are newer than the tables.
    pub(crate) fn settle(&mut self) {
        for entry in &mut self.entries {
            entry.is_fresh = false;
            if !entry.is_stale {
                entry.disturbed = 0;
            }
        }
    }

    /// Returns the query of a table and its rows, before a reading.
    pub(crate) fn start(&mut self, number: usize) -> Option<(Reading<'_>, Rows<'_>)> {
        let entry = self.entries.get_mut(number)?;
        // 0 is the generation of events, which follow the reading of the table.
        entry.generation = entry.generation.wrapping_add(1).max(1);
        let rows = Rows {
            store: &mut entry.store,
            key: &mut entry.key,
            identify: entry.identify,
            generation: entry.generation,
            is_stale: &mut entry.is_stale,
            is_fresh: &mut entry.is_fresh,
        };
        Some((Reading(&*entry.source), rows))
    }

    /// Returns true if the kernel may still be changing rows of this table
    /// without a message.
    #[cfg(feature = "route")]
    pub(crate) fn needs_lock(&self, number: usize) -> bool {
        self.entries
            .get(number)
            .is_some_and(|entry| entry.silent & !DUMPED != 0)
    }
}

/// Neighbours, whose tables grow without a sign.
#[cfg(feature = "route")]
impl Tables {
    pub(crate) fn has_neighbours(&self, number: usize) -> bool {
        let entry = self.entries.get(number);
        entry.is_some_and(|entry| entry.silent & NEIGHBOUR != 0)
    }

    /// Records that a neighbour table grew during a reading.
    pub(crate) fn has_grown(&mut self, number: usize) {
        if let Some(entry) = self.entries.get_mut(number) {
            entry.note(NEIGHBOUR);
        }
    }
}

/// Rows of a table during a reading.
pub(crate) struct Rows<'t> {
    store: &'t mut Store,
    key: &'t mut Key,
    identify: Identify,
    generation: u32,
    is_stale: &'t mut bool,
    is_fresh: &'t mut bool,
}

impl Rows<'_> {
    pub(crate) fn row(&mut self, message: MessageRef<'_>) -> Result<(), DecodeError> {
        let identify = self.identify;
        self.key.clear();
        if !identify(message, self.key)? {
            return Ok(());
        }
        match self.store.find(self.key, identify).exact {
            Some(found) => self
                .store
                .replace(found, self.key, message, self.generation, identify),
            None => self
                .store
                .insert(self.key, message, self.generation, identify),
        }
    }

    /// Ends the reading: rows that it did not have are removed.
    pub(crate) fn end(self) -> Result<(), DecodeError> {
        (*self.is_stale, *self.is_fresh) = (false, true);
        self.store.sweep(self.generation, self.identify)
    }
}

impl Entry {
    /// Marks the table to be read again if rows may have changed without a
    /// message, or if the dump may have skipped some.
    #[cfg(feature = "route")]
    fn note(&mut self, signs: u8) {
        let signs = signs & self.silent;
        if signs & !DUMPED != 0 {
            self.is_stale = true;
        }
        // After ten readings in a row a table that keeps changing stays as read.
        if signs & DUMPED != 0 && self.is_fresh && self.disturbed < ATTEMPTS {
            self.is_stale = true;
            self.is_fresh = false;
            self.disturbed = self.disturbed.saturating_add(1);
        }
    }

    /// Applies a message, and returns true if it belongs to this table.
    fn apply(&mut self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let kind = message.kind();
        if kind != self.new && kind != self.gone {
            return Ok(false);
        }
        let (identify, generation) = (self.identify, self.generation);
        let Self { store, key, .. } = self;
        key.clear();
        if !identify(message, key)? {
            return Ok(false);
        }
        let found = store.find(key, identify);
        if kind == self.gone || !self.source.compare(message)? {
            match found.exact {
                Some(row) => store.remove(row, identify)?,
                // A row was deleted or changed, but the message does not
                // identify it.
                None => self.is_stale |= found.count > 0,
            }
            return Ok(found.count > 0);
        }
        let replaces = message.flags().contains(NewFlags::REPLACE.into());
        match (found.exact, found.first) {
            (Some(row), _) => store.replace(row, key, message, generation, identify)?,
            (None, Some(row)) if replaces && found.count == 1 => {
                store.replace(row, key, message, generation, identify)?;
            }
            // The first of several rows was replaced, or some were merged.
            (None, Some(_)) if replaces || key.is_merging => self.is_stale = true,
            (None, _) => store.insert(key, message, generation, identify)?,
        }
        Ok(true)
    }
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.entries.iter().map(|entry| entry.store.len()))
            .finish()
    }
}
