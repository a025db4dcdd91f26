//! Many messages in one buffer, for few system calls.

use crate::bytes::align;
use crate::schema::Protocol;
use crate::writer::Put;
use crate::zerocopy::FromBytes as _;
use crate::{
    DecodeError, EncodeError, FixedHeader, Flags, Header, MessageRef, MessageType, Messages, Next,
    Request, Stamp, Writer,
};

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
            let mut w = Writer::stamped(self.room.bytes_mut(), self.len, Stamp::default());
            let end = w
                .append_message(kind, flags, header, &mut attributes)
                .map(|w| w.len());
            match end {
                Ok(end) => break end,
                Err(EncodeError::Overflow { needed, .. }) if self.room.grow(needed) => {}
                Err(error) => return Err(error),
            }
        };
        (self.len, self.count) = (end, self.count.saturating_add(1));
        Ok(())
    }

    /// Appends the messages of a request. Returns the index of the first one,
    /// which is the index of its outcome too.
    ///
    /// A refusal that the request [forgives](Request::forgives), as one that
    /// ends with `if_there()` does, is the outcome of its message all the same.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Waits`] for a request whose messages wait for each
    /// other; [`EncodeError::Mixed`] for one of another protocol than those
    /// before; [`EncodeError::BatchFull`] for one of a fifth generic family;
    /// and those of the writer, such as [`EncodeError::Overflow`]. The batch
    /// stays as it was.
    pub fn push(&mut self, request: &dyn Request) -> Result<usize, EncodeError> {
        let families = self.families;
        let pushed = self.try_push(request);
        if pushed.is_err() {
            self.families = families;
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
        let (mut from, mut end, mut count) = (0, self.len, 0_usize);
        loop {
            let next = loop {
                let mut w = Writer::stamped(self.room.bytes_mut(), end, stamp);
                match request.write(from, &mut w) {
                    Ok(next) => {
                        end = w.len();
                        break next;
                    }
                    Err(EncodeError::Overflow { needed, .. }) if self.room.grow(needed) => {}
                    Err(error) => return Err(error),
                }
            };
            count = count.saturating_add(1);
            match next {
                Next::End => break,
                Next::More(at) | Next::Last(at) => from = at,
                Next::Then(_) => return Err(EncodeError::Waits),
            }
        }
        let first = self.count;
        self.len = end;
        self.count = first.saturating_add(count);
        self.protocol = protocol.or(self.protocol);
        Ok(first)
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
    /// looked them up.
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

    /// Walks the messages.
    #[must_use]
    pub fn messages(&self) -> Messages<'_> {
        Messages::new(self.as_bytes())
    }

    /// Removes all messages; the room stays.
    pub const fn clear(&mut self) {
        self.len = 0;
        self.count = 0;
        self.families = [None; FAMILIES];
        self.protocol = None;
    }
}

/// Room of a [`Batch`]: `&mut [u8]`, or a vector of bytes that grows.
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
