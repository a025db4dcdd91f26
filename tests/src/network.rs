//! What tests put into their namespaces, made through our own crates.

use nlsock::{Conn, Error, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AddressAttr, AddressHeader, IFLA_INFO_DATA, IFLA_LINKINFO, LinkAttr, LinkFlags, LinkHeader,
    LinkInfoAttr, RTM_DELLINK, RTM_GETLINK, RTM_NEWADDR, RTM_NEWLINK, RTM_NEWROUTE, RTM_SETLINK,
    RouteHeader, RouteKind, RouteProtocol, RouteTable, Scope, VETH_INFO_PEER,
};
use nlwire::{FixedHeader, Flags, GetFlags, MessageRef, MessageType, NewFlags, Put, Writer};
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
    /// Those of opening a socket.
    pub fn open() -> Result<Self, Error> {
        let conn = Conn::open(Protocol::ROUTE)?;
        let buffer = vec![0; 60_000];
        Ok(Self { conn, buffer })
    }

    /// Makes a link and returns its index.
    ///
    /// # Errors
    /// The kernel's refusal, as of each of these functions.
    pub fn add_link(&mut self, name: &str, kind: &str) -> Result<u32, Error> {
        self.change(RTM_NEWLINK, CREATE, &LinkHeader::default(), |w| {
            w.put(LinkAttr::Name(name.into()))?
                .nest(IFLA_LINKINFO, |w| w.put(LinkInfoAttr::Kind(kind)))
        })?;
        self.index(name)
    }

    /// Makes a pair of virtual Ethernet links and returns their indices.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_veth(&mut self, name: &str, peer: &str) -> Result<[u32; 2], Error> {
        self.change(RTM_NEWLINK, CREATE, &LinkHeader::default(), |w| {
            w.put(LinkAttr::Name(name.into()))?
                .nest(IFLA_LINKINFO, |w| {
                    w.put(LinkInfoAttr::Kind("veth"))?
                        .nest(IFLA_INFO_DATA, |w| {
                            w.nest(VETH_INFO_PEER, |w| {
                                w.append(&LinkHeader::default())?
                                    .put(LinkAttr::Name(peer.into()))
                            })
                        })
                })
        })?;
        Ok([self.index(name)?, self.index(peer)?])
    }

    /// Returns the index of a link.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn index(&mut self, name: &str) -> Result<u32, Error> {
        let (conn, buffer) = (&mut self.conn, &mut self.buffer);
        let request = message(
            buffer,
            RTM_GETLINK,
            GetFlags::empty(),
            &LinkHeader::default(),
            |w| w.put(LinkAttr::Name(name.into())),
        );
        let reply = conn.get(request)?;
        let (link, _) = reply.split_zero_extended::<LinkHeader>();
        Ok(link.index.get())
    }

    /// Sets a link up.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn set_up(&mut self, index: u32) -> Result<(), Error> {
        let up = LinkFlags::UP.bits().into();
        let header = LinkHeader {
            index: index.into(),
            flags: up,
            change: up,
            ..LinkHeader::default()
        };
        self.change(RTM_SETLINK, NewFlags::empty(), &header, |w| Ok(w))
    }

    /// Deletes a link.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn delete_link(&mut self, index: u32) -> Result<(), Error> {
        let header = LinkHeader {
            index: index.into(),
            ..LinkHeader::default()
        };
        self.change(RTM_DELLINK, NewFlags::empty(), &header, |w| Ok(w))
    }

    /// Makes a link a port of a bridge.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn set_master(&mut self, index: u32, master: u32) -> Result<(), Error> {
        let header = LinkHeader {
            index: index.into(),
            ..LinkHeader::default()
        };
        self.change(RTM_SETLINK, NewFlags::empty(), &header, |w| {
            w.put(LinkAttr::Master(master))
        })
    }

    /// Gives a link an address.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_address(&mut self, index: u32, ip: IpAddr, prefix_len: u8) -> Result<(), Error> {
        let header = AddressHeader {
            family: family(ip),
            prefix_len,
            index: index.into(),
            ..AddressHeader::default()
        };
        self.change(RTM_NEWADDR, CREATE, &header, |w| {
            w.put(AddressAttr::Local(AddressBytes::Ip(ip)))?
                .put(AddressAttr::Address(AddressBytes::Ip(ip)))
        })
    }

    /// Adds a route of the main table, of kind unicast and protocol static;
    /// `attributes` tell where it leads.
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
