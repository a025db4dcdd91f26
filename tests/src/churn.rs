//! Random changes of the routing table, many a second.

use nlsock::{Conn, Error, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE, Route, RouteAttr, RouteHeader, RouteKind,
    RouteProtocol, RouteTable, Scope,
};
use nlwire::{Batch, Flags, MessageRef, NewFlags, Writer, fields};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

/// Routes to single hosts, and the protocol of each, which is what changes.
pub type Routes = BTreeMap<Ipv4Addr, u8>;

/// Makes, changes and deletes routes of 10.0.0.0/8 at random.
#[derive(Debug)]
pub struct Churn {
    conn: Conn,
    buffer: Vec<u8>,
    index: u32,
    random: u64,
    /// The protocol of each route, 0 where there is none.
    routes: Vec<u8>,
}

impl Churn {
    /// Number of changes in one system call.
    pub const BATCH: usize = 50;

    /// Prepares changes of `count` routes over a link, which must be up.
    ///
    /// # Errors
    /// The errors of opening a socket.
    pub fn open(index: u32, count: usize) -> Result<Self, Error> {
        let conn = Conn::open(Protocol::ROUTE)?;
        Ok(Self {
            conn,
            buffer: vec![0; 16 * 1024],
            index,
            random: 0x9e37_79b9_7f4a_7c15,
            routes: vec![0; count],
        })
    }

    /// Makes [`BATCH`](Self::BATCH) changes; each is one event.
    ///
    /// # Errors
    /// The errors of sending; a change that the kernel refuses shows by its
    /// absence.
    pub fn change(&mut self) -> Result<(), Error> {
        let mut batch = Batch::new(&mut self.buffer[..]);
        for _ in 0..Self::BATCH {
            // Xorshift.
            self.random ^= self.random << 13;
            self.random ^= self.random >> 7;
            self.random ^= self.random << 17;
            let number = usize::try_from(self.random >> 33).unwrap_or(0);
            let Some(number) = number.checked_rem(self.routes.len()) else {
                continue;
            };
            let Some(protocol) = self.routes.get_mut(number) else {
                continue;
            };
            let (kind, flags) = match (*protocol, self.random & 3) {
                (0, _) => (RTM_NEWROUTE, NewFlags::CREATE | NewFlags::EXCL),
                (_, 0) => (RTM_NEWROUTE, NewFlags::REPLACE),
                _ => (RTM_DELROUTE, NewFlags::empty()),
            };
            // Another one than before, so that a replacement is a change.
            *protocol = match (kind, *protocol) {
                (RTM_DELROUTE, _) => 0,
                (_, before @ 100..200) => before.wrapping_add(1),
                _ => 100,
            };
            let header = RouteHeader {
                family: AF_INET,
                destination_len: 32,
                table: RouteTable::MAIN.header(),
                protocol: RouteProtocol(*protocol),
                scope: if kind == RTM_DELROUTE {
                    Scope::NOWHERE
                } else {
                    Scope::LINK
                },
                kind: if kind == RTM_DELROUTE {
                    RouteKind::UNSPEC
                } else {
                    RouteKind::UNICAST
                },
                ..RouteHeader::default()
            };
            let index = self.index;
            let pushed = batch.append_message(kind, Flags::REQUEST | flags, &header, |w| {
                w.put(RouteAttr::Destination(AddressBytes::Ip(
                    address(number).into(),
                )))?
                .put(RouteAttr::OutgoingIndex(index.into()))
            });
            if let Err(error) = pushed {
                unreachable!("the buffer holds a batch: {error}");
            }
        }
        self.conn.send_bytes(batch.as_bytes())
    }

    /// Returns what the table should hold now.
    #[must_use]
    pub fn routes(&self) -> Routes {
        let present = self.routes.iter().enumerate();
        present
            .filter(|(_, protocol)| **protocol != 0)
            .map(|(number, protocol)| (address(number), *protocol))
            .collect()
    }
}

fn address(number: usize) -> Ipv4Addr {
    Ipv4Addr::from_bits(0x0a00_0000 | u32::try_from(number).unwrap_or(0))
}

/// Applies a row or an event to the copied routing table.
///
/// # Errors
/// For messages other than routes.
pub fn apply(routes: &mut Routes, message: MessageRef<'_>) -> Result<(), nlwire::DecodeError> {
    let (header, attributes) = message.split::<RouteHeader>()?;
    let found = fields!(attributes => Route { destination })?;
    let Some(AddressBytes::Ip(IpAddr::V4(to))) = found.destination else {
        return Ok(());
    };
    if header.destination_len != 32 || header.table != RouteTable::MAIN.header() {
        return Ok(());
    }
    match message.kind() {
        RTM_DELROUTE => routes.remove(&to),
        _ => routes.insert(to, header.protocol.0),
    };
    Ok(())
}

/// Writes the request for all routes of IPv4.
///
/// # Errors
/// If `buffer` is too small.
pub fn all_routes(buffer: &mut [u8]) -> Result<MessageRef<'_>, nlwire::EncodeError> {
    let header = RouteHeader {
        family: AF_INET,
        ..RouteHeader::default()
    };
    Writer::message(buffer, RTM_GETROUTE, Flags::empty(), &header, |w| Ok(w))
}
