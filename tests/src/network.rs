//! Links, addresses and routes for the namespaces of tests, set up through our
//! own crates.

use nlsock::{Conn, Error, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    DeleteLink, GetLink, NewAddress, NewLink, RTM_NEWROUTE, RouteHeader, RouteKind, RouteProtocol,
    RouteTable, Scope, SetLink,
};
use nlwire::{FixedHeader, Flags, MessageRef, MessageType, NewFlags, Prefix, Put, Writer};
use std::net::IpAddr;

/// The network of the namespace that it was opened in.
#[derive(Debug)]
pub struct Network {
    conn: Conn,
    buffer: Vec<u8>,
}

impl Network {
    /// Opens the network of the calling thread's namespace.
    ///
    /// # Errors
    /// The errors of opening a socket.
    pub fn open() -> Result<Self, Error> {
        let conn = Conn::open(Protocol::ROUTE)?;
        let buffer = vec![0; 60_000];
        Ok(Self { conn, buffer })
    }

    /// Creates a link and returns its index.
    ///
    /// # Errors
    /// The kernel's refusal, as of each of these functions.
    pub fn add_link(&mut self, name: &str, kind: &str) -> Result<u32, Error> {
        self.conn.execute(NewLink::new(name, kind))?;
        self.index(name)
    }

    /// Creates a veth and returns the indices of its ends.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_veth(&mut self, name: &str, peer: &str) -> Result<[u32; 2], Error> {
        self.conn.execute(NewLink::veth(name, peer))?;
        Ok([self.index(name)?, self.index(peer)?])
    }

    /// Returns the index of a link.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn index(&mut self, name: &str) -> Result<u32, Error> {
        Ok(self.conn.get(GetLink::by_name(name))?.index().get())
    }

    /// Sets a link up.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn set_up(&mut self, index: u32) -> Result<(), Error> {
        self.conn.execute(SetLink::by_index(index).up())?;
        Ok(())
    }

    /// Deletes a link.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn delete_link(&mut self, index: u32) -> Result<(), Error> {
        self.conn.execute(DeleteLink::by_index(index))?;
        Ok(())
    }

    /// Adds a link to a bridge as a port.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn set_master(&mut self, index: u32, master: u32) -> Result<(), Error> {
        self.conn.execute(SetLink::by_index(index).master(master))?;
        Ok(())
    }

    /// Gives a link an address.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_address(&mut self, index: u32, ip: IpAddr, prefix_len: u8) -> Result<(), Error> {
        let prefix = match Prefix::new(ip, prefix_len) {
            Ok(prefix) => prefix,
            Err(error) => unreachable!("a test has a prefix that cannot be: {error}"),
        };
        self.conn.execute(NewAddress::of(index, prefix))?;
        Ok(())
    }

    /// Adds a static unicast route to the main table; `attributes` give its
    /// destination and next hop.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_route<F>(&mut self, to: IpAddr, prefix_len: u8, attributes: F) -> Result<(), Error>
    where
        F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let header = RouteHeader {
            family: family(to),
            destination_len: prefix_len,
            table: RouteTable::MAIN.header(),
            protocol: RouteProtocol::STATIC,
            scope: Scope::UNIVERSE,
            kind: RouteKind::UNICAST,
            ..RouteHeader::default()
        };
        self.change(RTM_NEWROUTE, CREATE, &header, |w| {
            let w = w.put(nlwire::route::RouteAttr::Destination(AddressBytes::Ip(to)))?;
            attributes(w)
        })
    }

    /// Asks for any change.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn change<T, F>(
        &mut self,
        kind: MessageType,
        flags: NewFlags,
        header: &T,
        attributes: F,
    ) -> Result<(), Error>
    where
        T: FixedHeader,
        F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let request = message(&mut self.buffer, kind, flags, header, attributes);
        self.conn.execute(request).map(|_| ())
    }
}

const CREATE: NewFlags = NewFlags::CREATE.union(NewFlags::EXCL);

fn family(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(_) => nlwire::route::AF_INET,
        IpAddr::V6(_) => nlwire::route::AF_INET6,
    }
}

fn message<'b, T, F>(
    buffer: &'b mut [u8],
    kind: MessageType,
    flags: impl Into<Flags>,
    header: &T,
    attributes: F,
) -> MessageRef<'b>
where
    T: FixedHeader,
    F: for<'w> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    match Writer::message(buffer, kind, flags.into(), header, attributes) {
        Ok(message) => message,
        Err(error) => unreachable!("a test writes a message that cannot be: {error}"),
    }
}
