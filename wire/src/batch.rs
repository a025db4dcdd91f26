//! Many messages in one buffer, for few system calls.

mod forgiven;

use crate::bytes::align;
use crate::schema::Protocol;
use crate::writer::Put;
use crate::zerocopy::FromBytes as _;
use crate::{
    DecodeError, EncodeError, FixedHeader, Flags, Header, MessageRef, MessageType, Messages, Next,
    Request, Stamp, Writer,
};

pub use forgiven::Forgiven;
use forgiven::Note;

/// Number of generic families that one batch can hold requests of.
const FAMILIES: usize = 4;
/// Message types that stand for a family until its number is known; the
/// kernel gives out numbers up to 1,023 (`GENL_MAX_ID`).
const PLACEHOLDER: u16 = 0xfff0;

/// Requests, packed for few system calls: `Conn::batch` of the crate `nlsock`
/// sends them and says what became of each message.
///
/// The room is a slice, which limits the batch, or a `Vec`, which grows
/// (features `alloc` and `heapless`).
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{LinkAttr, LinkHeader, RTM_NEWLINK};
/// use nlwire::{Batch, Flags, Writer};
///
/// let mut message = [0; 64];
/// let mut buffer = [0; 4096];
/// let mut batch = Batch::new(&mut buffer);
/// for mtu in [1400, 1500] {
///     let request = Writer::message(&mut message, RTM_NEWLINK, Flags::empty(), &LinkHeader::default(), |w| {
///         w.put(LinkAttr::Mtu(mtu))
///     })?;
///     batch.push(&request)?;
/// }
/// assert_eq!(batch.count(), 2);
/// # }
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Batch<R> {
    room: R,
    len: usize,
    count: usize,
    /// Number of notes at the end of the room.
    notes: usize,
    families: [Option<&'static Protocol>; FAMILIES],
    protocol: Option<&'static Protocol>,
}

impl<R: Room> Batch<R> {
    /// Starts a batch in `room`.
    #[must_use]
    pub const fn new(room: R) -> Self {
        Self {
            room,
            len: 0,
            count: 0,
            notes: 0,
            families: [None; FAMILIES],
            protocol: None,
        }
    }

    /// Takes messages that were packed already, each padded to 4 bytes.
    ///
    /// # Errors
    ///
    /// The error of the first bytes that are not a message.
    pub fn packed(room: R) -> Result<Self, DecodeError> {
        let mut messages = Messages::new(room.bytes());
        let count =
            messages.try_fold(0_usize, |n, message| message.map(|_| n.saturating_add(1)))?;
        if !messages.remaining().is_empty() {
            MessageRef::new(messages.remaining())?;
        }
        let len = room.bytes().len();
        Ok(Self {
            len,
            count,
            ..Self::new(room)
        })
    }

    /// Appends a message that a closure writes.
    ///
    /// # Errors
    ///
    /// The errors of the writer; the batch then stays unchanged.
    pub fn append_message<T, F>(
        &mut self,
        kind: MessageType,
        flags: impl Into<Flags>,
        header: &T,
        mut attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w, 'a> FnMut(&'w mut Writer<'a>) -> Put<'w, 'a>,
    {
        let flags = flags.into() | Flags::REQUEST;
        let end = loop {
            let len = self.len;
            let mut w = Writer::stamped(self.free_mut(), len, Stamp::default());
            let end = w
                .append_message(kind, flags, header, &mut attributes)
                .map(|w| w.len());
            match end {
                Ok(end) => break end,
                Err(error) => self.grow_after(error)?,
            }
        };
        (self.len, self.count) = (end, self.count.saturating_add(1));
        Ok(())
    }

    /// Appends the messages of a request. Returns the index of the first one,
    /// which is the index of its outcome too.
    ///
    /// A refusal that the request [forgives](Request::forgives), as one that
    /// ends with `if_there()` does, counts as done. Each such errno takes 8
    /// bytes at the end of the room.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Waits`] for a request whose messages wait for each
    /// other; [`EncodeError::Mixed`] for one of another protocol than those
    /// before; [`EncodeError::BatchFull`] for one of a fifth generic family;
    /// and those of the writer, such as [`EncodeError::Overflow`]. The batch
    /// stays as it was.
    pub fn push(&mut self, request: &dyn Request) -> Result<usize, EncodeError> {
        let (families, notes) = (self.families, self.notes);
        let pushed = self.try_push(request);
        if pushed.is_err() {
            (self.families, self.notes) = (families, notes);
        }
        pushed
    }

    fn try_push(&mut self, request: &dyn Request) -> Result<usize, EncodeError> {
        let protocol = request.protocol();
        let stamp = Stamp {
            flags: Flags::REQUEST,
            family: self.placeholder(protocol)?,
            ..Stamp::default()
        };
        let first = self.count;
        let (mut from, mut end, mut count) = (0, self.len, first);
        let mut acked = None;
        loop {
            let next = loop {
                let mut w = Writer::stamped(self.free_mut(), end, stamp);
                match request.write(from, &mut w) {
                    Ok(next) => {
                        end = w.len();
                        break next;
                    }
                    Err(error) => self.grow_after(error)?,
                }
            };
            let index = count;
            count = count.saturating_add(1);
            match next {
                Next::End => {
                    acked.get_or_insert(index);
                    break;
                }
                Next::More(at) => from = at,
                Next::Last(at) => {
                    acked = Some(index);
                    from = at;
                }
                Next::Then(_) => return Err(EncodeError::Waits),
            }
        }
        for errno in request.forgives() {
            self.note(end, Note::new(acked.unwrap_or(first), *errno))?;
        }
        self.len = end;
        self.count = count;
        self.protocol = protocol.or(self.protocol);
        Ok(first)
    }

    /// Returns the room without the notes.
    fn free_mut(&mut self) -> &mut [u8] {
        let notes = self.notes.saturating_mul(Note::LEN);
        let room = self.room.bytes_mut();
        let end = room.len().saturating_sub(notes);
        room.get_mut(..end).unwrap_or_default()
    }

    /// Grows the room if a message did not fit; otherwise returns the error.
    fn grow_after(&mut self, error: EncodeError) -> Result<(), EncodeError> {
        let EncodeError::Overflow { needed, .. } = error else {
            return Err(error);
        };
        let before = self.room.bytes().len();
        let notes = self.notes.saturating_mul(Note::LEN);
        let needed = needed.saturating_add(u32::try_from(notes).unwrap_or(u32::MAX));
        if !self.room.grow(needed) {
            let capacity = u32::try_from(before).unwrap_or(u32::MAX);
            return Err(EncodeError::Overflow { needed, capacity });
        }
        // The notes move to the new end.
        let behind = self
            .room
            .bytes_mut()
            .get_mut(before.saturating_sub(notes)..);
        if let Some(behind) = behind.filter(|behind| notes <= behind.len()) {
            behind.rotate_left(notes);
        }
        Ok(())
    }

    /// Adds a note, with `end` bytes of messages before it.
    fn note(&mut self, end: usize, note: Note) -> Result<(), EncodeError> {
        loop {
            let free = self.free_mut();
            let capacity = u32::try_from(free.len()).unwrap_or(u32::MAX);
            let free = free.get_mut(end..).unwrap_or_default();
            if let Ok((_, place)) = Note::mut_from_suffix(free) {
                *place = note;
                self.notes = self.notes.saturating_add(1);
                return Ok(());
            }
            let needed = end.saturating_add(Note::LEN);
            let needed = u32::try_from(needed).unwrap_or(u32::MAX);
            self.grow_after(EncodeError::Overflow { needed, capacity })?;
        }
    }

    /// Returns the type that stands for the number of a generic family, and
    /// notes the family.
    fn placeholder(
        &mut self,
        protocol: Option<&'static Protocol>,
    ) -> Result<Option<MessageType>, EncodeError> {
        let Some(protocol) = protocol else {
            return Ok(None);
        };
        if self
            .protocol
            .is_some_and(|known| known.number != protocol.number)
        {
            return Err(EncodeError::Mixed);
        }
        if protocol.family.is_none() {
            return Ok(None);
        }
        for (slot, number) in self.families.iter_mut().zip(PLACEHOLDER..) {
            if slot.is_none_or(|known| core::ptr::eq(known, protocol)) {
                *slot = Some(protocol);
                return Ok(Some(MessageType(number)));
            }
        }
        Err(EncodeError::BatchFull { limit: 4 })
    }

    /// Returns the generic families whose numbers the messages wait for.
    pub fn families(&self) -> impl Iterator<Item = &'static Protocol> + use<R> {
        self.families.into_iter().flatten()
    }

    /// Gives the messages of generic families their types, once `number` has
    /// looked them up. Connections of the crate `nlsock` do it.
    ///
    /// ```
    /// # #[cfg(feature = "ethtool")] {
    /// use nlwire::generic::ethtool::GetLinkState;
    /// use nlwire::{Batch, MessageType};
    ///
    /// let mut room = [0; 256];
    /// let mut batch = Batch::new(&mut room[..]);
    /// batch.push(&GetLinkState::by_name("eth0"))?;
    /// // The number that the controller has for `ethtool`.
    /// batch.resolve(|family| match family.family {
    ///     Some("ethtool") => Ok(MessageType(21)),
    ///     _ => Err("no such family"),
    /// }).unwrap();
    /// assert!(batch.messages().flatten().all(|message| message.kind() == MessageType(21)));
    /// # }
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of `number`.
    pub fn resolve<E>(
        &mut self,
        mut number: impl FnMut(&'static Protocol) -> Result<MessageType, E>,
    ) -> Result<(), E> {
        for (family, place) in self.families.into_iter().flatten().zip(PLACEHOLDER..) {
            let kind = number(family)?;
            let mut rest = self.as_mut_bytes();
            while let Ok((header, _)) = Header::mut_from_prefix(rest) {
                if header.kind() == MessageType(place) {
                    *header = header.with_kind(kind);
                }
                let length = usize::try_from(header.length()).unwrap_or(usize::MAX);
                let end = align(length).max(Header::LEN);
                rest = rest.get_mut(end..).unwrap_or_default();
            }
        }
        self.families = [None; FAMILIES];
        Ok(())
    }

    /// Returns the protocol of the requests; `None` for messages that were
    /// written by hand.
    #[must_use]
    pub const fn protocol(&self) -> Option<&'static Protocol> {
        self.protocol
    }

    /// Returns the number of messages, and so of outcomes.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Returns the packed messages.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.room.bytes().get(..self.len).unwrap_or_default()
    }

    /// Returns the packed messages, for a connection to number them.
    #[must_use]
    pub fn as_mut_bytes(&mut self) -> &mut [u8] {
        self.room
            .bytes_mut()
            .get_mut(..self.len)
            .unwrap_or_default()
    }

    /// Returns the packed messages, and the refusals that count as success.
    #[must_use]
    pub fn split_mut(&mut self) -> (&mut [u8], Forgiven<'_>) {
        let room = self.room.bytes_mut();
        let Some((messages, rest)) = room.split_at_mut_checked(self.len) else {
            return Default::default();
        };
        (messages, Forgiven::at_end(rest, self.notes))
    }

    /// Walks the messages.
    #[must_use]
    pub fn messages(&self) -> Messages<'_> {
        Messages::new(self.as_bytes())
    }

    /// Removes all messages; the room stays.
    pub const fn clear(&mut self) {
        self.len = 0;
        self.count = 0;
        self.notes = 0;
        self.families = [None; FAMILIES];
        self.protocol = None;
    }
}

/// Room of a [`Batch`]: `&mut [u8]`, or a vector of bytes that grows.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::NewLink;
/// use nlwire::{Batch, EncodeError, Room};
///
/// /// Adds bridges to any batch: over a slice or over a vector that grows.
/// fn push_bridges<R: Room>(batch: &mut Batch<R>) -> Result<(), EncodeError> {
///     batch.push(&NewLink::bridge("br0"))?;
///     batch.push(&NewLink::bridge("br1"))?;
///     Ok(())
/// }
/// # }
/// ```
pub trait Room: sealed::Room {}

mod sealed {
    #[allow(unreachable_pub, reason = "the supertrait of a public trait")]
    pub trait Room {
        fn bytes(&self) -> &[u8];

        fn bytes_mut(&mut self) -> &mut [u8];

        /// Makes the room longer than `needed` bytes, if that is possible.
        fn grow(&mut self, needed: u32) -> bool;
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]> + ?Sized> Room for &mut B {}

impl<B: AsRef<[u8]> + AsMut<[u8]> + ?Sized> sealed::Room for &mut B {
    fn bytes(&self) -> &[u8] {
        (**self).as_ref()
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        (**self).as_mut()
    }

    fn grow(&mut self, _: u32) -> bool {
        false
    }
}

#[cfg(feature = "alloc")]
impl Room for alloc::vec::Vec<u8> {}

#[cfg(feature = "alloc")]
impl sealed::Room for alloc::vec::Vec<u8> {
    fn bytes(&self) -> &[u8] {
        self
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }

    fn grow(&mut self, needed: u32) -> bool {
        let needed = usize::try_from(needed).unwrap_or(usize::MAX);
        let (len, wanted) = (self.len(), needed.max(self.len().saturating_mul(2)));
        let grows = wanted > len && self.try_reserve(wanted.saturating_sub(len)).is_ok();
        if grows {
            self.resize(wanted, 0);
        }
        grows
    }
}

#[cfg(feature = "heapless")]
impl<const N: usize, L: heapless::LenType> Room for heapless::Vec<u8, N, L> {}

#[cfg(feature = "heapless")]
impl<const N: usize, L: heapless::LenType> sealed::Room for heapless::Vec<u8, N, L> {
    fn bytes(&self) -> &[u8] {
        self
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }

    fn grow(&mut self, _: u32) -> bool {
        self.len() < N && self.resize(N, 0).is_ok()
    }
}
