//! Tables of the kernel as rows: what the everyday requests of all protocols
//! share.

use core::fmt;
use core::marker::PhantomData;

use nlwire::zerocopy::{Immutable, IntoBytes, Unaligned};
use nlwire::{Attrs, Dump, FixedHeader, Flags, Header, MessageRef, MessageType, Put, Writer};

use crate::{Call, Conn, Error, Mapping, Rows, Socket, Transport};

/// The largest request that is written here takes some 200 bytes; the rest is
/// for names that the kernel is to refuse itself.
const REQUEST: usize = 512;

/// Rows of a table, lent one at a time: their header is an `H`, their
/// attributes are of the set `S`.
#[must_use = "a table that is not read hides errors"]
pub struct Table<'c, 'r, H, S, T: Transport = Socket, B = Mapping> {
    rows: Rows<'c, Dump<'r>, T, B>,
    row: PhantomData<fn() -> (H, S)>,
}

/// A message as a header and attributes for [`fields!`](nlwire::fields): a row
/// of a table, an answer, or an event.
///
#[cfg_attr(feature = "route", doc = "```")]
#[cfg_attr(not(feature = "route"), doc = "```text")]
/// use nlsock::{Conn, Protocol};
/// use nlwire::fields;
/// use nlwire::route::{GetLinks, Link};
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut links = conn.query(GetLinks::all())?;
/// while let Some(link) = links.next()? {
///     let fields = fields!(link.attributes => Link { name, oper_state })?;
///     println!("{:?} is {:?}", fields.name, fields.oper_state);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
pub struct Row<'a, H, S> {
    /// The fixed header; what an older kernel does not send is zero.
    pub header: H,
    /// The attributes, which know the family that the header names.
    pub attributes: Attrs<'a>,
    /// The message.
    pub message: MessageRef<'a>,
    set: PhantomData<fn() -> S>,
}

impl<'a, H: FixedHeader, S> Row<'a, H, S> {
    /// Reads a message, such as that of an event; which type it has is for the
    /// caller to know.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let (header, attributes) = message.split_zero_extended::<H>();
        Self {
            header,
            attributes,
            message,
            set: PhantomData,
        }
    }
}

impl<H: FixedHeader, S, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Table<'_, '_, H, S, T, B> {
    /// Returns the next row, and `None` after the last.
    ///
    /// # Errors
    ///
    /// The errors of [`Rows::next`].
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Option<Row<'_, H, S>>, Error> {
        Ok(self.rows.next()?.map(Row::of))
    }
}

/// A request for a table: a header, and a fixed header that may say which rows
/// are wanted. It is sent as it lies in memory.
#[derive(Clone, Copy, Debug, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "nlwire::zerocopy")]
#[repr(C)]
pub(crate) struct Query<F> {
    header: Header,
    pub(crate) fixed: F,
}

impl<F> Query<F> {
    pub(crate) const fn new(kind: MessageType, fixed: F) -> Self {
        // Far below 64 KiB.
        let [low, high, ..] = size_of::<Self>().to_le_bytes();
        let length = u32::from_le_bytes([low, high, 0, 0]);
        Self {
            header: Header::new(kind, Flags::REQUEST).with_length(length),
            fixed,
        }
    }
}

impl<F: IntoBytes + Immutable + Unaligned> Query<F> {
    pub(crate) fn list<'c, 'r, H, S, T, B>(
        &'r self,
        conn: &'c mut Conn<T, B>,
    ) -> Result<Table<'c, 'r, H, S, T, B>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let request = MessageRef::new(self.as_bytes()).map_err(|error| conn.state.broken(error))?;
        list(conn, request)
    }
}

/// Asks for a table by a message that somebody else has written.
pub(crate) fn list<'c, 'r, H, S, T, B>(
    conn: &'c mut Conn<T, B>,
    request: MessageRef<'r>,
) -> Result<Table<'c, 'r, H, S, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    Ok(Table {
        rows: conn.query(Dump(request))?,
        row: PhantomData,
    })
}

/// Sends a change and waits until it is acknowledged.
pub(crate) fn change<T, B, H, F>(
    conn: &mut Conn<T, B>,
    kind: MessageType,
    flags: impl Into<Flags>,
    header: &H,
    attributes: F,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    H: FixedHeader,
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    change_by(conn.call(), kind, flags, header, attributes)
}

/// As [`change`], by a call.
pub(crate) fn change_by<T, B, H, F>(
    call: Call<'_, T, B>,
    kind: MessageType,
    flags: impl Into<Flags>,
    header: &H,
    attributes: F,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    H: FixedHeader,
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let mut buffer = [0; REQUEST];
    let message = Writer::message(&mut buffer, kind, flags.into(), header, attributes)
        .map_err(|error| call.conn.state.unwritten(error))?;
    call.execute(message).map(|_| ())
}

/// Sends a request and waits for its one reply.
pub(crate) fn get<'c, T, B, H, F, A, S>(
    conn: &'c mut Conn<T, B>,
    kind: MessageType,
    header: &H,
    attributes: F,
) -> Result<Row<'c, A, S>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    H: FixedHeader,
    A: FixedHeader,
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    get_by(conn.call(), kind, header, attributes)
}

/// As [`get`], by a call.
pub(crate) fn get_by<'c, T, B, H, F, A, S>(
    call: Call<'c, T, B>,
    kind: MessageType,
    header: &H,
    attributes: F,
) -> Result<Row<'c, A, S>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    H: FixedHeader,
    A: FixedHeader,
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let mut buffer = [0; REQUEST];
    let message = Writer::message(&mut buffer, kind, Flags::empty(), header, attributes)
        .map_err(|error| call.conn.state.unwritten(error))?;
    call.get(message).map(Row::of)
}

impl<H, S, T: Transport, B> fmt::Debug for Table<'_, '_, H, S, T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

impl<H: fmt::Debug, S> fmt::Debug for Row<'_, H, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("header", &self.header)
            .field("attributes", &self.attributes)
            .finish_non_exhaustive()
    }
}

impl<H: Clone, S> Clone for Row<'_, H, S> {
    fn clone(&self) -> Self {
        Self {
            header: self.header.clone(),
            ..*self
        }
    }
}

impl<H: Copy, S> Copy for Row<'_, H, S> {}
