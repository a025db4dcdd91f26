//! Rows of one table: their messages in sequence, and an index.
//!
//! A message takes its bytes, and a slot of 8 bytes in an index that is at most
//! three quarters full. A deleted row becomes `NLMSG_NOOP` until the messages
//! are moved together.

use alloc::vec::Vec;
use core::hash::Hasher;

use nlwire::{DecodeError, Header, MessageRef, MessageType, Messages};

use super::key::{Identify, Key};

/// Offsets of the header fields that are changed in place.
const KIND: usize = 4;
const SEQUENCE: usize = 8;

/// Slot of a deleted row. Probing continues after it.
const LEFT: u64 = OFFSET;
/// Bits of a slot with the row's offset, in units of 4 bytes, plus 1. The other
/// bits are from its hash, so that few other rows are compared.
const OFFSET: u64 = (1 << 40) - 1;
/// Number of bytes of deleted rows below which no rows are moved.
const SLACK: usize = 4096;

#[derive(Debug, Default)]
pub(super) struct Store {
    bytes: Vec<u8>,
    /// Number of bytes of existing rows.
    live: usize,
    rows: usize,
    slots: Vec<u64>,
    /// Number of slots in use, with those of deleted rows.
    used: usize,
    /// Key of the row under comparison.
    other: Key,
    /// Random seed, so that nobody can choose rows with colliding hashes.
    seed: u64,
}

/// Span of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    slot: usize,
    offset: usize,
}

/// Rows with the same identity.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Matches {
    /// Row with the same details too.
    pub(super) exact: Option<Found>,
    pub(super) first: Option<Found>,
    pub(super) count: usize,
}

impl Store {
    pub(super) fn new(seed: u32) -> Self {
        Self {
            seed: seed.into(),
            ..Self::default()
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.rows
    }

    /// Returns the number of allocated bytes.
    pub(super) fn capacity(&self) -> usize {
        let slots = self.slots.capacity().saturating_mul(size_of::<u64>());
        self.bytes.capacity().saturating_add(slots)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = MessageRef<'_>> {
        Messages::new(&self.bytes)
            .filter_map(Result::ok)
            .filter(|message| message.kind() != MessageType::NOOP)
    }

    /// Finds the rows with a key.
    pub(super) fn find(&mut self, key: &Key, identify: Identify) -> Matches {
        let mut other = core::mem::take(&mut self.other);
        let matches = self.search(key, &mut other, identify);
        self.other = other;
        matches
    }

    /// Returns the first row with this identity.
    pub(super) fn get(&self, key: &Key, identify: Identify) -> Option<MessageRef<'_>> {
        let matches = self.search(key, &mut Key::default(), identify);
        let found = matches.exact.or(matches.first)?;
        self.message(found.offset)
    }

    fn search(&self, key: &Key, other: &mut Key, identify: Identify) -> Matches {
        let mut matches = Matches::default();
        let hash = self.hash(key);
        for slot in self.probe(hash) {
            let value = self.slots.get(slot).copied().unwrap_or(0);
            if value == 0 {
                break;
            }
            if value == LEFT || value & !OFFSET != hash & !OFFSET {
                continue;
            }
            let offset = offset(value);
            let same = self.message(offset).is_some_and(|message| {
                other.clear();
                identify(message, other) == Ok(true) && other.identity() == key.identity()
            });
            if !same {
                continue;
            }
            let found = Found { slot, offset };
            matches.count = matches.count.saturating_add(1);
            matches.first = matches.first.or(Some(found));
            if other.detail() == key.detail() {
                matches.exact = matches.exact.or(Some(found));
            }
        }
        matches
    }

    /// Adds a row.
    pub(super) fn insert(
        &mut self,
        key: &Key,
        message: MessageRef<'_>,
        generation: u32,
        identify: Identify,
    ) -> Result<(), DecodeError> {
        // A quarter of the index stays empty, which keeps probing short.
        let full = self.slots.len().saturating_sub(self.slots.len() >> 2);
        if self.used.saturating_add(1) > full {
            self.index(self.rows.saturating_add(1), identify)?;
        }
        let offset = self.bytes.len();
        self.append(message);
        self.mark(offset, generation);
        self.rows = self.rows.saturating_add(1);
        self.occupy(self.hash(key), offset);
        self.tidy(identify)
    }

    /// Replaces a row, in place if the new one fits.
    pub(super) fn replace(
        &mut self,
        found: Found,
        key: &Key,
        message: MessageRef<'_>,
        generation: u32,
        identify: Identify,
    ) -> Result<(), DecodeError> {
        let bytes = message.as_bytes();
        let room = self.message(found.offset).map_or(0, padded);
        if room != padded(message) {
            self.leave(found);
            return self.insert(key, message, generation, identify);
        }
        let end = found.offset.saturating_add(bytes.len());
        if let Some(place) = self.bytes.get_mut(found.offset..end) {
            place.copy_from_slice(bytes);
        }
        self.mark(found.offset, generation);
        Ok(())
    }

    /// Removes a row.
    pub(super) fn remove(&mut self, found: Found, identify: Identify) -> Result<(), DecodeError> {
        self.leave(found);
        self.tidy(identify)
    }

    /// Removes the rows of other generations, which the last reading of the
    /// table did not have.
    pub(super) fn sweep(&mut self, generation: u32, identify: Identify) -> Result<(), DecodeError> {
        let (mut offset, mut swept) = (0, false);
        while let Some(message) = self.message(offset) {
            let behind = offset.saturating_add(padded(message));
            let is_old = message.header().sequence() != generation;
            if message.kind() != MessageType::NOOP && is_old {
                self.kill(offset);
                swept = true;
            }
            offset = behind;
        }
        if swept {
            self.compact(identify)?;
        }
        Ok(())
    }

    fn leave(&mut self, found: Found) {
        if let Some(slot) = self.slots.get_mut(found.slot) {
            *slot = LEFT;
        }
        self.kill(found.offset);
    }

    /// Marks a row as deleted.
    fn kill(&mut self, offset: usize) {
        let length = self.message(offset).map_or(0, padded);
        self.put(
            offset.saturating_add(KIND),
            &MessageType::NOOP.0.to_ne_bytes(),
        );
        self.live = self.live.saturating_sub(length);
        self.rows = self.rows.saturating_sub(1);
    }

    fn append(&mut self, message: MessageRef<'_>) {
        let length = padded(message);
        // `Vec` would double its size, which is too much for a table that fills
        // the memory.
        if self.bytes.capacity().saturating_sub(self.bytes.len()) < length {
            self.bytes
                .reserve_exact((self.bytes.len() >> 2).max(length).max(SLACK));
        }
        let end = self.bytes.len().saturating_add(length);
        self.bytes.extend_from_slice(message.as_bytes());
        self.bytes.resize(end, 0);
        self.live = self.live.saturating_add(length);
    }

    /// Records the generation of a row in place of its sequence number, which
    /// is not needed any more.
    fn mark(&mut self, offset: usize, generation: u32) {
        self.put(offset.saturating_add(SEQUENCE), &generation.to_ne_bytes());
    }

    fn put(&mut self, offset: usize, bytes: &[u8]) {
        let end = offset.saturating_add(bytes.len());
        if let Some(place) = self.bytes.get_mut(offset..end) {
            place.copy_from_slice(bytes);
        }
    }

    fn message(&self, offset: usize) -> Option<MessageRef<'_>> {
        let rest = self.bytes.get(offset..)?;
        let length = usize::try_from(u32::from_ne_bytes(*rest.first_chunk()?)).ok()?;
        MessageRef::new(rest.get(..length)?).ok()
    }

    /// Moves the rows together if a fifth of the bytes belong to deleted rows.
    fn tidy(&mut self, identify: Identify) -> Result<(), DecodeError> {
        let dead = self.bytes.len().saturating_sub(self.live);
        if dead > SLACK && dead > self.live >> 2 {
            self.compact(identify)?;
        }
        Ok(())
    }

    fn compact(&mut self, identify: Identify) -> Result<(), DecodeError> {
        let (mut from, mut to) = (0_usize, 0_usize);
        while let Some(message) = self.message(from) {
            let (length, kind) = (padded(message), message.kind());
            let behind = from.saturating_add(length);
            if kind != MessageType::NOOP {
                self.bytes.copy_within(from..behind, to);
                to = to.saturating_add(length);
            }
            from = behind;
        }
        self.bytes.truncate(to);
        self.bytes.shrink_to(to.saturating_add(to >> 2));
        self.index(self.rows, identify)
    }

    /// Creates an index for this number of rows.
    fn index(&mut self, rows: usize, identify: Identify) -> Result<(), DecodeError> {
        // The index is at most half full, so that rows can be added and deleted
        // before the next one is created.
        let size = rows.saturating_mul(2).saturating_add(4);
        self.slots = Vec::new();
        self.slots.resize(size.next_power_of_two(), 0);
        self.used = 0;
        let (mut offset, mut key) = (0, core::mem::take(&mut self.other));
        while let Some(message) = self.message(offset) {
            let behind = offset.saturating_add(padded(message));
            if message.kind() != MessageType::NOOP {
                key.clear();
                identify(message, &mut key)?;
                self.occupy(self.hash(&key), offset);
            }
            offset = behind;
        }
        self.other = key;
        Ok(())
    }

    fn occupy(&mut self, hash: u64, offset: usize) {
        let place = u64::try_from(offset >> 2).unwrap_or(0).saturating_add(1);
        for slot in self.probe(hash) {
            match self.slots.get_mut(slot) {
                Some(slot) if *slot == 0 => {
                    *slot = hash & !OFFSET | place & OFFSET;
                    self.used = self.used.saturating_add(1);
                    return;
                }
                _ => {}
            }
        }
    }

    #[allow(deprecated, reason = "the only hasher of `core`")]
    fn hash(&self, key: &Key) -> u64 {
        let mut hasher = core::hash::SipHasher::new_with_keys(self.seed, 0);
        hasher.write(key.identity());
        hasher.finish()
    }

    /// Iterates over the slots in the order in which a row probes them.
    fn probe(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = usize::try_from(hash & 0xffff_ffff).unwrap_or(0);
        (0..self.slots.len()).map(move |step| first.wrapping_add(step) & mask)
    }
}

fn offset(slot: u64) -> usize {
    usize::try_from((slot & OFFSET).saturating_sub(1) << 2).unwrap_or(usize::MAX)
}

/// Returns the length of a message with its padding.
fn padded(message: MessageRef<'_>) -> usize {
    message.as_bytes().len().max(Header::LEN).saturating_add(3) & !3
}
