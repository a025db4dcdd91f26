//! Requests as values, carried out.

use nlsock::{Conn, Outcome as Sent};
use nlwire::{Batch, MessageRef, Query, Request};
use std::error::Error;

/// Room of the largest request of these tests.
const ROOM: usize = 400_000;

/// Carries out a request whose answer is not read.
pub(crate) fn execute(conn: &mut Conn, request: &dyn Request) -> Result<(), Box<dyn Error>> {
    let mut batch = Batch::new(vec![0; ROOM]);
    batch.push(request)?;
    let mut outcomes = vec![Sent::default(); batch.count()];
    match conn.batch(batch.as_mut_bytes(), &mut outcomes) {
        Err(error) if error.errno().is_some_and(|errno| request.forgives(errno)) => Ok(()),
        other => Ok(other?),
    }
}

/// Returns the replies that were asked for, as bytes.
pub(crate) fn rows<Q: Query>(conn: &mut Conn, query: &Q) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut batch = Batch::new(vec![0; ROOM]);
    batch.push(query)?;
    let message = MessageRef::new(batch.as_bytes())?;
    let is_dump = message.flags().bits() & 0x300 == 0x300;
    let mut found = Vec::new();
    let mut keep = |row: MessageRef<'_>| -> Result<(), Box<dyn Error>> {
        if query.matches(row)? {
            found.push(row.as_bytes().to_vec());
        }
        Ok(())
    };
    if is_dump {
        let mut replies = conn.dump(message)?;
        while let Some(row) = replies.try_next()? {
            keep(row)?;
        }
    } else {
        let mut replies = conn.replies(message)?;
        while let Some(row) = replies.try_next()? {
            keep(row)?;
        }
    }
    Ok(found)
}

/// Reads rows with `read`.
pub(crate) fn list<Q: Query, T>(
    conn: &mut Conn,
    query: &Q,
    read: impl Fn(Q::Row<'_>) -> T,
) -> Result<Vec<T>, Box<dyn Error>> {
    let rows = rows(conn, query)?;
    let messages = rows.iter().map(|row| MessageRef::new(row));
    messages.map(|row| Ok(read(Q::row(row?)))).collect()
}
