//! Requests as values, carried out.

use nlsock::Conn;
use nlwire::{MessageRef, Query, Request};
use std::error::Error;

/// Carries out a request whose answer is not read.
pub(super) fn execute(conn: &mut Conn, request: &dyn Request) -> Result<(), Box<dyn Error>> {
    conn.execute(request)?;
    Ok(())
}

/// Returns the replies that were asked for, as bytes.
pub(super) fn rows<Q: Query>(conn: &mut Conn, query: &Q) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut rows = conn.query(Raw(query))?;
    while let Some(row) = rows.next()? {
        found.push(row.as_bytes().to_vec());
    }
    Ok(found)
}

/// A query whose rows are messages.
struct Raw<'q, Q>(&'q Q);

impl<Q: Query> Request for Raw<'_, Q> {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        self.0.protocol()
    }

    fn write(
        &self,
        from: u64,
        w: &mut nlwire::Writer<'_>,
    ) -> Result<nlwire::Next, nlwire::EncodeError> {
        self.0.write(from, w)
    }
}

impl<Q: Query> Query for Raw<'_, Q> {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, nlwire::DecodeError> {
        self.0.matches(message)
    }
}

/// Reads rows with `read`.
pub(super) fn list<Q: Query, T>(
    conn: &mut Conn,
    query: &Q,
    read: impl Fn(Q::Row<'_>) -> T,
) -> Result<Vec<T>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut rows = conn.query(query)?;
    while let Some(row) = rows.next()? {
        found.push(read(row));
    }
    Ok(found)
}
