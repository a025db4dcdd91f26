//! Requests of the connector: process events, and commands of 1-Wire buses.

use core::fmt;

use super::{
    CN_IDX_PROC, CN_VAL_PROC, CN_W1_IDX, CN_W1_VAL, ConnectorHeader, PROC_CN_MCAST_IGNORE,
    PROC_CN_MCAST_LISTEN, PROTOCOL, W1Command, W1CommandKind, W1Message, W1MessageKind,
};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, MessageType, Next, Request, Writer};

/// Appends a message and fills in its length fields.
fn write(
    w: &mut Writer<'_>,
    (index, value): (u32, u32),
    parts: &[&[u8]],
) -> Result<Next, EncodeError> {
    let length = parts.iter().map(|part| part.len());
    let length = length.fold(0, usize::saturating_add);
    let header = ConnectorHeader {
        index: index.into(),
        value: value.into(),
        length: short(length)?.into(),
        ..ConnectorHeader::default()
    };
    w.append_message(MessageType::DONE, Flags::empty(), &header, |w| {
        for part in parts {
            w.append(*part)?;
        }
        Ok(w)
    })?;
    Ok(Next::End)
}

fn short(length: usize) -> Result<u16, EncodeError> {
    u16::try_from(length).map_err(|_| EncodeError::TooLong {
        attribute: 0,
        length: crate::bytes::low32(length),
    })
}

/// Starts or stops process events for the group
/// [`CN_IDX_PROC`](super::CN_IDX_PROC), in the first network namespace.
///
/// The kernel answers by an event, `Answer`, instead of an acknowledgement.
///
/// ```
/// use nlwire::connector::SetProcessEvents;
///
/// let (start, stop) = (SetProcessEvents::listen(), SetProcessEvents::ignore());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetProcessEvents(u32);

impl SetProcessEvents {
    /// Starts the events.
    #[must_use]
    #[doc(alias = "PROC_CN_MCAST_LISTEN")]
    pub const fn listen() -> Self {
        Self(PROC_CN_MCAST_LISTEN)
    }

    /// Stops the events that this socket has started. Kernels before 6.6
    /// continue to send events if the socket is closed without this request.
    #[must_use]
    #[doc(alias = "PROC_CN_MCAST_IGNORE")]
    pub const fn ignore() -> Self {
        Self(PROC_CN_MCAST_IGNORE)
    }
}

impl Request for SetProcessEvents {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let data = self.0.to_ne_bytes();
        write(w, (CN_IDX_PROC, CN_VAL_PROC), &[&data])
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("process events")
    }
}

/// Asks for the masters of the 1-Wire buses; the answer arrives as an event.
///
/// ```
/// use nlwire::connector::GetW1Masters;
///
/// let masters = GetW1Masters;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[doc(alias = "W1_LIST_MASTERS")]
pub struct GetW1Masters;

impl Request for GetW1Masters {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let message = W1Message {
            kind: W1MessageKind::LIST_MASTERS,
            ..W1Message::default()
        };
        let bytes = crate::zerocopy::IntoBytes::as_bytes(&message);
        write(w, (CN_W1_IDX, CN_W1_VAL), &[bytes])
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("1-Wire masters")
    }
}

/// Sends a command to a master or a slave of a 1-Wire bus; the answer arrives
/// as an event.
///
/// ```
/// use nlwire::connector::{SendW1, W1CommandKind};
///
/// let search = SendW1::to_master(1, W1CommandKind::SEARCH);
/// let read = SendW1::to_slave([0x28, 1, 2, 3, 4, 5, 6, 7], W1CommandKind::READ).data(&[0; 9]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SendW1<'a> {
    kind: W1MessageKind,
    id: [u8; 8],
    command: W1CommandKind,
    data: &'a [u8],
}

impl<'a> SendW1<'a> {
    /// Sends a command to the master with this number.
    #[must_use]
    #[doc(alias = "W1_MASTER_CMD")]
    pub const fn to_master(number: u32, command: W1CommandKind) -> Self {
        let [a, b, c, d] = number.to_ne_bytes();
        Self {
            kind: W1MessageKind::MASTER_CMD,
            id: [a, b, c, d, 0, 0, 0, 0],
            command,
            data: &[],
        }
    }

    /// Sends a command to the slave with this registration number.
    #[must_use]
    #[doc(alias = "W1_SLAVE_CMD")]
    pub const fn to_slave(id: [u8; 8], command: W1CommandKind) -> Self {
        Self {
            kind: W1MessageKind::SLAVE_CMD,
            id,
            command,
            data: &[],
        }
    }

    /// Adds data: the bytes to write, or as many bytes as are to be read.
    #[must_use]
    pub const fn data(mut self, data: &'a [u8]) -> Self {
        self.data = data;
        self
    }
}

impl Request for SendW1<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let command = W1Command {
            kind: self.command,
            reserved: 0,
            length: short(self.data.len())?.into(),
        };
        let length = self.data.len().saturating_add(size_of::<W1Command>());
        let message = W1Message {
            kind: self.kind,
            status: 0,
            length: short(length)?.into(),
            id: self.id,
        };
        use crate::zerocopy::IntoBytes as _;
        let parts = [message.as_bytes(), command.as_bytes(), self.data];
        write(w, (CN_W1_IDX, CN_W1_VAL), &parts)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == W1MessageKind::MASTER_CMD {
            let [a, b, c, d, ..] = self.id;
            return write!(f, "1-Wire master {}", u32::from_ne_bytes([a, b, c, d]));
        }
        write!(f, "1-Wire slave {}", crate::text::Hex(&self.id))
    }
}

crate::__format!(SetProcessEvents, GetW1Masters, SendW1<'_>);
