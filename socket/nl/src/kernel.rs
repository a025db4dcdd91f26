//! Queries to the kernel: all uses of nlsock in `nl`.

use nlsock::{Config, Conn, Error, ErrorKind, Protocol};
use nlwire::{Dump, Errno, MessageRef};

/// Number of attempts to read a table that changes during the dump.
const ATTEMPTS: usize = 10;

/// Network namespace to read: a name of `ip netns`, or a path if the text has a
/// slash.
pub(crate) struct Kernel {
    namespace: Option<String>,
}

/// Messages of a whole table, or of a part if the table changed during each
/// dump.
pub(crate) struct Table {
    messages: Vec<Box<[u8]>>,
    interrupted: Option<Error>,
}

impl Kernel {
    pub(crate) const fn new(namespace: Option<String>) -> Self {
        Self { namespace }
    }

    /// Opens a connection that has joined groups.
    pub(crate) fn connect(&self, protocol: Protocol, groups: &[u32]) -> Result<Conn, Error> {
        let config = Config::new(protocol).groups(groups);
        match self.namespace.as_deref() {
            None => config.open(),
            Some(path) if path.contains('/') => config.open_in(std::path::Path::new(path)),
            Some(name) => config.open_in(name),
        }
    }
}

impl Table {
    /// Reads a table. All messages are received before the first row is read,
    /// since a pause between rows gives the kernel time to change them.
    pub(crate) fn read(conn: &mut Conn, request: MessageRef<'_>) -> Result<Self, Error> {
        Self::attempt(conn, request, ATTEMPTS, |_| false)
    }

    /// Reads a table once; a part of it is enough.
    pub(crate) fn read_once(conn: &mut Conn, request: MessageRef<'_>) -> Result<Self, Error> {
        Self::attempt(conn, request, 1, |_| false)
    }

    /// Reads a table. The table is empty if the kernel refuses the request with
    /// an error for which `absent` returns true.
    pub(crate) fn read_unless(
        conn: &mut Conn,
        request: MessageRef<'_>,
        absent: impl Fn(&Error) -> bool,
    ) -> Result<Self, Error> {
        Self::attempt(conn, request, ATTEMPTS, absent)
    }

    fn attempt(
        conn: &mut Conn,
        request: MessageRef<'_>,
        attempts: usize,
        absent: impl Fn(&Error) -> bool,
    ) -> Result<Self, Error> {
        let mut table = Self {
            messages: Vec::new(),
            interrupted: None,
        };
        for _ in 0..attempts {
            table.messages.clear();
            match table.receive(conn, request) {
                Err(error) if matches!(error.kind(), ErrorKind::Interrupted) => {
                    table.interrupted = Some(error);
                }
                Err(error) if !absent(&error) => return Err(error),
                _ => {
                    table.interrupted = None;
                    return Ok(table);
                }
            }
        }
        Ok(table)
    }

    fn receive(&mut self, conn: &mut Conn, request: MessageRef<'_>) -> Result<(), Error> {
        let mut rows = conn.query(Dump(request))?;
        while let Some(message) = rows.next()? {
            self.messages.push(message.as_bytes().into());
        }
        Ok(())
    }

    /// Returns the table, or fails if it changed at each attempt.
    pub(crate) fn whole(self) -> Result<Self, Error> {
        match self.interrupted {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }

    /// Returns the rows, in the kernel's order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = MessageRef<'_>> {
        // The bytes were messages when they were received.
        self.messages
            .iter()
            .filter_map(|bytes| MessageRef::new(bytes).ok())
    }
}

/// Returns true if the kernel was built without the requested family.
pub(crate) fn is_family_absent(error: &Error) -> bool {
    matches!(
        error.errno(),
        Some(Errno::EAFNOSUPPORT | Errno::EOPNOTSUPP | Errno::EPFNOSUPPORT)
    )
}
