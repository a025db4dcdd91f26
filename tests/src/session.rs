//! Requests and events of any protocol, for tests that compare what the
//! kernel says with what another program makes of it.

use nlsock::{Config, Conn, Datagram, Error, Outcome, Protocol};
use nlwire::{
    Batch, DecodeError, Dump, EncodeError, Errno, FixedHeader, Flags, MessageRef, MessageType,
    Next, Put, Query, Request, Writer, schema,
};
use std::error::Error as StdError;
use std::path::PathBuf;
use std::time::Duration;

/// A connection, and the buffer that its requests are written into.
#[derive(Debug)]
pub struct Session {
    conn: Conn,
    buffer: Vec<u8>,
}

/// A message that owns its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(Vec<u8>);

impl Message {
    /// Borrows the message.
    #[must_use]
    pub fn get(&self) -> MessageRef<'_> {
        match MessageRef::new(&self.0) {
            Ok(message) => message,
            // It was created from one.
            Err(error) => unreachable!("{error}"),
        }
    }
}

impl From<MessageRef<'_>> for Message {
    fn from(message: MessageRef<'_>) -> Self {
        Self(message.as_bytes().to_vec())
    }
}

impl Session {
    /// Opens a connection in the namespace of the calling thread.
    ///
    /// # Errors
    /// The errors of opening a socket.
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        Self::of(crate::config(protocol))
    }

    /// Opens a connection that has joined these groups.
    ///
    /// # Errors
    /// The errors of opening a socket.
    pub fn listen(protocol: Protocol, groups: &[u32]) -> Result<Self, Error> {
        Self::of(crate::config(protocol).groups(groups))
    }

    /// Opens a connection with these settings.
    ///
    /// # Errors
    /// The errors of opening a socket.
    pub fn of(config: Config) -> Result<Self, Error> {
        let mut conn = config.open()?;
        // Where the processor is emulated, a request that loads modules takes long.
        let seconds = if crate::is_emulated() { 60 } else { 10 };
        conn.set_timeout(Some(Duration::from_secs(seconds)));
        let buffer = vec![0; 60_000];
        Ok(Self { conn, buffer })
    }

    /// Returns the port id of the connection.
    #[must_use]
    pub const fn port_id(&self) -> u32 {
        self.conn.port_id()
    }

    /// Asks for a change.
    ///
    /// # Errors
    /// The kernel's refusal, as of the functions below.
    pub fn change<T, F>(
        &mut self,
        kind: MessageType,
        flags: impl Into<Flags>,
        header: &T,
        attributes: F,
    ) -> Result<(), Box<dyn StdError>>
    where
        T: FixedHeader,
        F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let request = Writer::message(&mut self.buffer, kind, flags.into(), header, attributes);
        self.conn.execute(request?)?;
        Ok(())
    }

    /// Carries out a request.
    ///
    /// # Errors
    /// The kernel's refusal, unless the request forgives it.
    pub fn execute(&mut self, request: &dyn Request) -> Result<(), Error> {
        self.conn.execute(request).map(|_| ())
    }

    /// Asks for one row.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn row<Q: Query>(&mut self, query: &Q) -> Result<Message, Error> {
        Ok(self.conn.get(&Messages(query))?.into())
    }

    /// Asks for the rows of a table that a query wants.
    ///
    /// # Errors
    /// The kernel's refusal, unless the query forgives it.
    pub fn rows<Q: Query>(&mut self, query: &Q) -> Result<Vec<Message>, Error> {
        let mut messages = Vec::new();
        let mut rows = self.conn.query(Messages(query))?;
        while let Some(row) = rows.next()? {
            messages.push(row.into());
        }
        Ok(messages)
    }

    /// Asks for the replies to a request.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn get<T, F>(
        &mut self,
        kind: MessageType,
        header: &T,
        attributes: F,
    ) -> Result<Vec<Message>, Box<dyn StdError>>
    where
        T: FixedHeader,
        F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let flags = Flags::empty();
        let request = Writer::message(&mut self.buffer, kind, flags, header, attributes);
        let mut replies = self.conn.query(request?)?;
        let mut messages = Vec::new();
        while let Some(message) = replies.next()? {
            messages.push(message.into());
        }
        Ok(messages)
    }

    /// Asks for a table.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn dump<T, F>(
        &mut self,
        kind: MessageType,
        header: &T,
        attributes: F,
    ) -> Result<Vec<Message>, Box<dyn StdError>>
    where
        T: FixedHeader,
        F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let flags = Flags::empty();
        let request = Writer::message(&mut self.buffer, kind, flags, header, attributes);
        let mut rows = self.conn.query(Dump(request?))?;
        let mut messages = Vec::new();
        while let Some(message) = rows.next()? {
            messages.push(message.into());
        }
        Ok(messages)
    }

    /// Asks for many changes at once.
    ///
    /// # Errors
    /// The kernel's first refusal.
    pub fn batch(&mut self, batch: &mut Batch<&mut [u8]>) -> Result<(), Error> {
        let mut outcomes = vec![Outcome::default(); batch.count()];
        self.conn.batch(batch, &mut outcomes)
    }

    /// Sends messages as they are.
    ///
    /// # Errors
    /// The errors of sending.
    pub fn send(&self, messages: &[u8]) -> Result<(), Error> {
        self.conn.send_bytes(messages)
    }

    /// Receives a datagram.
    ///
    /// # Errors
    /// The errors of receiving, also if nothing comes for ten seconds.
    pub fn recv(&mut self) -> Result<Datagram<'_>, Error> {
        self.conn.recv(&mut self.buffer)
    }

    /// Receives messages until one of them is `wanted`.
    ///
    /// # Errors
    /// The errors of receiving, also if nothing comes for ten seconds.
    pub fn wait_for(
        &mut self,
        mut wanted: impl FnMut(MessageRef<'_>) -> bool,
    ) -> Result<Message, Box<dyn StdError>> {
        loop {
            for message in self.recv()?.messages() {
                let message = message?;
                if wanted(message) {
                    return Ok(message.into());
                }
            }
        }
    }
}

/// A query whose rows are messages.
struct Messages<'q, Q>(&'q Q);

impl<Q: Query> Request for Messages<'_, Q> {
    fn protocol(&self) -> Option<&'static schema::Protocol> {
        self.0.protocol()
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(from, w)
    }

    fn forgives(&self) -> &'static [Errno] {
        self.0.forgives()
    }
}

impl<Q: Query> Query for Messages<'_, Q> {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        self.0.matches(message)
    }
}

/// Keeps a datagram as the vector of this name, `PROTOCOL-WHAT`, if the
/// environment variable `NLVECTORS` says where: the number of the protocol, and
/// the bytes in hexadecimal.
///
/// # Errors
/// The errors of writing the file.
pub fn capture(name: &str, datagram: &[u8]) -> std::io::Result<()> {
    let Some(folder) = std::env::var_os("NLVECTORS") else {
        return Ok(());
    };
    let protocol = name.split('-').next().unwrap_or_default();
    let number = (0..=255).find(|&number| Protocol(number).name() == Some(protocol));
    let number = number.ok_or(std::io::ErrorKind::InvalidInput)?;
    let mut text = format!("protocol {number}\n");
    for line in datagram.chunks(32) {
        let digits = line.iter().map(|byte| format!("{byte:02x}"));
        text.extend(digits.chain(["\n".into()]));
    }
    let path = PathBuf::from(folder).join(name).with_extension("hex");
    std::fs::write(path, text)
}
