//! Writing of a request's datagrams.

use nlwire::schema::Protocol as Family;
use nlwire::zerocopy::FromBytes as _;
use nlwire::{EncodeError, Flags, GetFlags, Header, MessageType, Messages, Part, Request, Stamp};

/// Datagram that was written into a buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// Type of the first message.
    pub(super) kind: MessageType,
    /// Flags of the first message.
    pub(super) flags: Flags,
    pub(super) part: Part,
}

impl Draft {
    /// Writes the datagram that begins at place `from` of a request, into
    /// `buffer` from byte `start` on.
    #[inline]
    pub(super) fn write(
        request: &dyn Request,
        from: u64,
        buffer: &mut [u8],
        start: usize,
        stamp: Stamp,
        ack: bool,
    ) -> Result<Self, EncodeError> {
        let part = Part::write(request, from, buffer, start, stamp, ack)?;
        let bytes = buffer.get(start..).unwrap_or_default();
        let (kind, flags) = match Header::ref_from_prefix(bytes) {
            Ok((header, _)) => (header.kind(), header.flags()),
            Err(_) => (MessageType::NOOP, Flags::empty()),
        };
        Ok(Self { kind, flags, part })
    }

    /// Returns true if the flags ask for a dump.
    pub(super) fn is_dump(&self) -> bool {
        self.flags.contains(GetFlags::DUMP.into())
    }
}

/// Returns the generic family of a request, if it has one.
pub(super) fn family_of(request: &dyn Request) -> Option<&'static Family> {
    request
        .protocol()
        .filter(|protocol| protocol.family.is_some())
}

/// Returns the flags of all messages of a datagram.
pub(super) fn flags_of(datagram: &[u8]) -> Flags {
    let messages = Messages::new(datagram).map_while(Result::ok);
    messages.fold(Flags::empty(), |flags, message| flags | message.flags())
}
