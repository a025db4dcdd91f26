//! Writing of a request's datagrams.

use nlwire::schema::Protocol as Family;
use nlwire::zerocopy::FromBytes as _;
use nlwire::{EncodeError, Flags, GetFlags, Header, Messages, Part, Request, Stamp};

use super::receive::SMALL;

/// Datagram that was written on the stack, unless it needs more than 512 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// Header of the first message. The writer leaves it there even if the
    /// rest of the message does not fit.
    pub(super) header: Header,
    /// Extent of the datagram; `None` if it needs a larger buffer.
    pub(super) part: Option<Part>,
}

impl Draft {
    /// Writes the datagram that begins at place `from` of a request.
    #[inline]
    pub(super) fn write(
        request: &dyn Request,
        from: u64,
        small: &mut [u8; SMALL],
        stamp: Stamp,
        ack: bool,
    ) -> Result<Self, EncodeError> {
        let part = match Part::write(request, from, small, 0, stamp, ack) {
            Ok(part) => Some(part),
            Err(EncodeError::Overflow { .. }) => None,
            Err(error) => return Err(error),
        };
        let header = match Header::read_from_prefix(small) {
            Ok((header, _)) => header,
            Err(_) => Header::default(),
        };
        Ok(Self { header, part })
    }

    /// Returns true if the flags ask for a dump.
    pub(super) fn is_dump(&self) -> bool {
        self.header.flags().contains(GetFlags::DUMP.into())
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
