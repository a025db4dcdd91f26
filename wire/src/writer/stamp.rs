//! Values that are added to headers.

use crate::{Flags, Header, MessageType};

/// Values that a connection adds to each header of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Stamp {
    /// Sequence number of the first message; each further message has the next
    /// number. 0 numbers no message.
    pub sequence: u32,
    /// Port id of the socket.
    pub port: u32,
    /// Flags that are added, such as `NLM_F_REQUEST`.
    pub flags: Flags,
    /// Message type of a generic family, in place of the request's own.
    pub family: Option<MessageType>,
}

impl Stamp {
    /// Stamps the header of message `number`.
    #[inline]
    pub(crate) const fn header(&self, header: Header, number: u32) -> Header {
        let sequence = match self.sequence {
            0 => header.sequence(),
            first => first.wrapping_add(number),
        };
        let kind = match self.family {
            Some(family) => family,
            None => header.kind(),
        };
        Header::plain(kind, header.flags().union(self.flags))
            .with_sequence(sequence)
            .with_port(self.port)
    }
}
