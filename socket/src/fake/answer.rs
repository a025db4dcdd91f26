//! Answers of a fake kernel.

use alloc::vec::Vec;
use core::time::Duration;

use nlwire::ack::Ack;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    EncodeError, Errno, FixedHeader, Flags, Header, MessageRef, MessageType, Messages, Put, Writer,
};

/// Answer of a fake kernel to one message: datagrams and errors, in order.
#[derive(Debug)]
pub struct Answer {
    request: Header,
    /// Incomplete datagram.
    bytes: Vec<u8>,
    delay: Duration,
    items: Vec<(Duration, Result<Vec<u8>, Errno>)>,
}

/// Creates a message, such as a notification to queue.
///
/// ```
/// use nlsock::fake::{self, Kernel};
/// use nlsock::{Config, Event, Protocol};
/// use nlwire::route::{LinkAttr, LinkHeader, RTM_NEWLINK};
/// use nlwire::{Flags, Header};
///
/// let header = Header::new(RTM_NEWLINK, Flags::empty());
/// let bytes = fake::message(header, &LinkHeader::default(), |w| {
///     w.put(LinkAttr::Name("eth0".into()))
/// });
/// let kernel = Kernel::new();
/// kernel.queue(bytes);
/// ```
///
/// # Panics
///
/// Panics if `attributes` fails, which no test intends.
#[must_use]
#[allow(clippy::panic, reason = "a broken test must not pass")]
pub fn message<T, F>(header: Header, fixed: &T, attributes: F) -> Vec<u8>
where
    T: FixedHeader,
    F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let mut buffer = alloc::vec![0; 256 * 1024];
    match Writer::message(
        &mut buffer,
        header.kind(),
        header.flags(),
        fixed,
        attributes,
    ) {
        Ok(message) => {
            let mut bytes = Vec::new();
            append(&mut bytes, header, message.payload());
            bytes
        }
        Err(error) => panic!("the message cannot be written: {error}"),
    }
}

/// Creates one datagram of messages: the parts of a dump, each marked `MULTI`,
/// and the `DONE` that ends it.
///
/// # Panics
///
/// Panics if one of `parts` is not a message.
#[must_use]
#[allow(clippy::panic, reason = "a broken test must not pass")]
pub fn multipart<P: AsRef<[u8]>>(parts: &[P], done: Header) -> Vec<u8> {
    let mut datagram = Vec::new();
    for message in parts.iter().flat_map(|part| Messages::new(part.as_ref())) {
        match message {
            Ok(message) => {
                let header = message.header();
                let flags = header.flags() | Flags::MULTI;
                append(&mut datagram, header.with_flags(flags), message.payload());
            }
            Err(error) => panic!("no message: {error}"),
        }
    }
    append_ack(&mut datagram, &Ack::done(&done, 0).flags(done.flags()));
    datagram
}

/// Adds a message to a datagram, with its length filled in.
fn append(datagram: &mut Vec<u8>, header: Header, payload: &[u8]) {
    let aligned = datagram.len().next_multiple_of(4);
    datagram.resize(aligned, 0);
    let length = payload.len().saturating_add(Header::LEN);
    let header = header.with_length(u32::try_from(length).unwrap_or(u32::MAX));
    datagram.extend_from_slice(header.as_bytes());
    datagram.extend_from_slice(payload);
}

impl Answer {
    pub(super) const fn new(request: Header) -> Self {
        Self {
            request,
            bytes: Vec::new(),
            delay: Duration::ZERO,
            items: Vec::new(),
        }
    }

    pub(super) fn into_items(mut self) -> Vec<(Duration, Result<Vec<u8>, Errno>)> {
        self.end_datagram();
        self.items
    }

    /// Returns the request's header.
    #[must_use]
    pub const fn request(&self) -> &Header {
        &self.request
    }

    /// Adds a message with the request's sequence number and port.
    ///
    /// ```
    /// use nlsock::fake::{Answer, Kernel};
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::Flags;
    /// use nlwire::route::{GetLink, LinkAttr, LinkHeader, RTM_NEWLINK};
    ///
    /// let kernel = Kernel::answering(|_, answer: &mut Answer| {
    ///     answer.reply(RTM_NEWLINK, Flags::empty(), &LinkHeader::default(), |w| {
    ///         w.put([LinkAttr::Name("eth0".into()), LinkAttr::Mtu(9000)])
    ///     });
    ///     answer.ack();
    /// });
    /// let mut conn = Conn::over(kernel, [0; 4096], Protocol::ROUTE, 7);
    /// assert_eq!(conn.get(GetLink::by_name("eth0"))?.mtu()?, Some(9000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `attributes` fails, which no test intends.
    pub fn reply<T, F>(
        &mut self,
        kind: MessageType,
        flags: impl Into<Flags>,
        header: &T,
        attributes: F,
    ) where
        T: FixedHeader,
        F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let bytes = message(Header::new(kind, flags), header, attributes);
        if let Ok(message) = MessageRef::new(&bytes) {
            self.message(*message.header(), message.payload());
        }
    }

    /// Adds a part of a dump, or of another answer with many messages: a reply
    /// marked `MULTI`. [`done`](Self::done) ends the dump.
    ///
    /// ```
    /// use nlsock::fake::Kernel;
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::Flags;
    /// use nlwire::route::{GetLinks, LinkAttr, LinkHeader, RTM_NEWLINK};
    ///
    /// let kernel = Kernel::answering(|_, answer| {
    ///     for mtu in [1500, 9000] {
    ///         answer.part(RTM_NEWLINK, &LinkHeader::default(), |w| w.put(LinkAttr::Mtu(mtu)));
    ///     }
    ///     answer.done(0, Flags::empty());
    /// });
    /// let mut conn = Conn::over(kernel, vec![0; 32768], Protocol::ROUTE, 7);
    /// assert_eq!(conn.list(GetLinks::all())?.len(), 2);
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `attributes` fails, which no test intends.
    pub fn part<T, F>(&mut self, kind: MessageType, header: &T, attributes: F)
    where
        T: FixedHeader,
        F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        self.reply(kind, Flags::MULTI, header, attributes);
    }

    /// Adds a message; sequence number, port and length are filled in.
    pub fn message(&mut self, header: Header, payload: &[u8]) {
        let header = header
            .with_sequence(self.request.sequence())
            .with_port(self.request.port());
        append(&mut self.bytes, header, payload);
    }

    /// Adds bytes unchanged.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends the datagram; the next message begins another one.
    pub fn end_datagram(&mut self) {
        if !self.bytes.is_empty() {
            let datagram = core::mem::take(&mut self.bytes);
            self.items.push((self.delay, Ok(datagram)));
        }
    }

    /// Ends the datagram, and delays the next one.
    pub fn delay(&mut self, delay: Duration) {
        self.end_datagram();
        self.delay = self.delay.saturating_add(delay);
    }

    /// Ends the datagram, and fails the next receive, such as with `ENOBUFS`.
    pub fn fail_receive(&mut self, errno: Errno) {
        self.end_datagram();
        self.items.push((self.delay, Err(errno)));
    }

    /// Acknowledges the request in a datagram of its own, if it asks for that.
    pub fn ack(&mut self) {
        if self.request.flags().contains(Flags::ACK) {
            self.error(Errno(0));
        }
    }

    /// Refuses the request in a datagram of its own.
    pub fn error(&mut self, errno: Errno) {
        self.refuse(errno, None, None);
    }

    /// Refuses the request with a text and the offset of an attribute; errno 0
    /// is a success with a warning.
    ///
    /// ```
    /// use nlsock::fake::Kernel;
    /// use nlsock::{Conn, Errno, Protocol};
    /// use nlwire::route::NewLink;
    ///
    /// let kernel = Kernel::answering(|_, answer| {
    ///     answer.refuse(Errno::EINVAL, Some("Invalid MTU"), None);
    /// });
    /// let mut conn = Conn::over(kernel, [0; 4096], Protocol::ROUTE, 7);
    /// let error = conn.execute(NewLink::bridge("br0").mtu(1)).unwrap_err();
    /// assert!(error.to_string().ends_with("EINVAL: Invalid MTU"), "{error}");
    /// ```
    pub fn refuse(&mut self, errno: Errno, text: Option<&str>, offset: Option<u32>) {
        let mut ack = Ack::refusal(&self.request, errno);
        if let Some(text) = text {
            ack = ack.text(text);
        }
        if let Some(offset) = offset {
            ack = ack.offset(offset);
        }
        self.end(&ack);
    }

    /// Adds an answer that ends the request, in a datagram of its own.
    pub fn end(&mut self, ack: &Ack<'_>) {
        self.end_datagram();
        self.append_ack(ack);
        self.end_datagram();
    }

    /// Ends a dump with a code: 0 or a negative errno.
    pub fn done(&mut self, code: i32, flags: impl Into<Flags>) {
        let done = Ack::done(&self.request, code).flags(flags);
        self.append_ack(&done);
    }

    fn append_ack(&mut self, ack: &Ack<'_>) {
        append_ack(&mut self.bytes, ack);
    }
}

/// Adds an answer that ends a request to a datagram.
fn append_ack(datagram: &mut Vec<u8>, ack: &Ack<'_>) {
    let mut buffer = alloc::vec![0; 256];
    while let Err(EncodeError::Overflow { needed, .. }) = ack.write(&mut buffer).map(drop) {
        buffer.resize(usize::try_from(needed).unwrap_or(usize::MAX), 0);
    }
    if let Ok(message) = ack.write(&mut buffer) {
        append(datagram, *message.header(), message.payload());
    }
}
