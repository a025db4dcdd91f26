//! Everyday requests of `rtnetlink(7)`: links, addresses and routes listed,
//! made and deleted.
//!
//! Small functions over a [`Conn`] of [`Protocol::ROUTE`](crate::Protocol::ROUTE).
//! They write a request on the stack and lend what is listed out of the
//! connection's buffer. Whatever they do not offer is a message of
//! [`nlwire::route`] away.
//!
//! ```
//! use nlsock::{Conn, Protocol, route};
//!
//! let mut conn = Conn::open(Protocol::ROUTE)?;
//! let mut links = route::links(&mut conn)?;
//! while let Some(link) = links.try_next()? {
//!     println!("{}: {}", link.index(), link.name().unwrap_or("?"));
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

mod address;
mod link;
mod next_hop;

use core::marker::PhantomData;
use core::net::IpAddr;

use nlwire::zerocopy::{Immutable, IntoBytes, Unaligned};
use nlwire::{Attrs, FixedHeader, Flags, Header, MessageRef, MessageType, NewFlags, Put, Writer};

pub use address::{AddressRow, Addresses, add_address, addresses, delete_address};
pub use link::{
    LinkRow, Links, add_link, delete_link, link_index, links, set_link_down, set_link_master,
    set_link_mtu, set_link_up,
};
pub use next_hop::{RouteRow, RouteSpec, Routes, add_route, delete_route, replace_route, routes};

use crate::{Conn, Error, ErrorKind, Mapping, Operation, Replies, Socket, Transport};

/// The largest request that is written here takes some 100 bytes; the rest is
/// for names that the kernel is to refuse itself.
const REQUEST: usize = 256;

/// Lends the rows of a table, one at a time.
#[derive(Debug)]
#[must_use = "a table that is not read hides errors"]
pub struct Table<'c, H, T: Transport = Socket, B = Mapping> {
    replies: Replies<'c, 'static, T, B>,
    header: PhantomData<fn() -> H>,
}

/// A row of a table: the fixed header, and attributes for
/// [`fields!`](nlwire::fields).
///
/// ```
/// use nlsock::{Conn, Protocol, route};
/// use nlwire::fields;
/// use nlwire::route::Link;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut links = route::links(&mut conn)?;
/// while let Some(link) = links.try_next()? {
///     let fields = fields!(link.attributes => Link { name, oper_state })?;
///     println!("{:?} is {:?}", fields.name, fields.oper_state);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Row<'a, H> {
    /// The fixed header; what an older kernel does not send is zero.
    pub header: H,
    /// The attributes, which know the family that the header names.
    pub attributes: Attrs<'a>,
    /// The message.
    pub message: MessageRef<'a>,
}

impl<H: FixedHeader, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Table<'_, H, T, B> {
    /// Returns the next row, and `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Replies::try_next`]: [`ErrorKind::Interrupted`] comes after the
    /// last row of a table that changed meanwhile.
    pub fn try_next(&mut self) -> Result<Option<Row<'_, H>>, Error> {
        Ok(self.replies.try_next()?.map(|message| {
            let (header, attributes) = message.split_zero_extended::<H>();
            Row {
                header,
                attributes,
                message,
            }
        }))
    }
}

/// A request for a whole table: a header and a fixed header of zeros, of
/// whose bytes the header's length may leave some out.
#[derive(Debug, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "nlwire::zerocopy")]
#[repr(C)]
struct Everything {
    header: Header,
    fixed: [u8; 16],
}

impl Everything {
    /// `length` is that of the fixed header.
    const fn new(kind: MessageType, length: u32) -> Self {
        let length = length.saturating_add(16);
        Self {
            header: Header::new(kind, Flags::REQUEST).with_length(length),
            fixed: [0; 16],
        }
    }

    fn list<'c, H, T, B>(
        &'static self,
        conn: &'c mut Conn<T, B>,
    ) -> Result<Table<'c, H, T, B>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let request = MessageRef::new(self.as_bytes()).map_err(|error| conn.state.broken(error))?;
        Ok(Table {
            replies: conn.dump(request)?,
            header: PhantomData,
        })
    }
}

/// Sends a change and waits until it is acknowledged.
fn change<T, B, H, F>(
    conn: &mut Conn<T, B>,
    kind: MessageType,
    flags: NewFlags,
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
    let message =
        Writer::message(&mut buffer, kind, flags.into(), header, attributes).map_err(|_| {
            conn.state
                .error(Operation::Request(kind.0), ErrorKind::Encode)
        })?;
    conn.request(message).map(|_| ())
}

fn family(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(_) => nlwire::route::AF_INET,
        IpAddr::V6(_) => nlwire::route::AF_INET6,
    }
}

/// Makes what must not be there yet.
const CREATE: NewFlags = NewFlags::CREATE.union(NewFlags::EXCL);
