//! Prints the names of all links, gives `lo` the address 192.0.2.1, and waits
//! for the event of the new address.
#![no_std]
#![no_main]

mod start;

use core::net::{IpAddr, Ipv4Addr};
use core::time::Duration;
use nlsock::{Answer, Config, Conn, Error, Event, Outcome, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, Address, AddressAttr, AddressHeader, Link, LinkHeader, RTM_GETLINK, RTM_NEWADDR,
    RTNLGRP_IPV4_IFADDR,
};
use nlwire::{Batch, DecodeError, Dump, EncodeError, Flags, MessageType, NewFlags, Writer, fields};
use syscalls::{Sysno, syscall};

const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

extern "C" fn main() -> ! {
    start::exit(match run() {
        Ok(()) => 0,
        // Above all errnos, so that it differs from each of them.
        Err(Failure::Socket(error)) => error.errno().map_or(200, |errno| errno.0),
        Err(Failure::Encode) => 201,
        Err(Failure::Decode) => 202,
        Err(Failure::Lost) => 203,
    })
}

fn run() -> Result<(), Failure> {
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_IFADDR);
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(5)));
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let index = print_links(&mut conn)?;
    add_address(&mut conn, index)?;
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err(Failure::Lost);
        };
        let (_, attributes) = event.message().split::<AddressHeader>()?;
        let found = fields!(attributes => Address { local })?;
        if found.local == Some(AddressBytes::Ip(ADDRESS)) {
            print(b"192.0.2.1\n");
            return Ok(());
        }
    }
}

/// Returns the index of `lo`.
fn print_links(conn: &mut Conn) -> Result<u32, Failure> {
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;
    let mut links = conn.query(Dump(request))?;
    let mut loopback = 0;
    while let Some(link) = links.next()? {
        let (header, attributes) = link.split::<LinkHeader>()?;
        let name = fields!(attributes => Link { name })?
            .name
            .unwrap_or("?".into());
        if name == "lo" {
            loopback = header.index.get();
        }
        print(name.as_bytes());
        print(b"\n");
    }
    Ok(loopback)
}

/// Adds the address in a batch, whose second message is refused since the
/// first was done.
fn add_address(conn: &mut Conn, index: u32) -> Result<(), Failure> {
    let mut buffer = [0; 128];
    let mut batch = Batch::new(&mut buffer);
    let header = AddressHeader {
        family: AF_INET,
        prefix_len: 32,
        index: index.into(),
        ..AddressHeader::default()
    };
    let flags = NewFlags::CREATE | NewFlags::EXCL;
    let address = AddressBytes::Ip(ADDRESS);
    for _ in 0..2 {
        batch.append_message(RTM_NEWADDR, flags, &header, |w| {
            w.put(AddressAttr::Local(address))?
                .put(AddressAttr::Address(address))
        })?;
    }
    let mut outcomes = [const { Outcome::NotDone }; 2];
    match conn.batch(&mut batch, &mut outcomes) {
        Err(error) if error.is_exists() && outcomes[0].is_done() => {}
        Err(error) => return Err(error.into()),
        Ok(()) => return Err(Failure::Lost),
    }

    let ping = Writer::message(&mut buffer, MessageType::NOOP, Flags::empty(), &(), |w| {
        Ok(w)
    })?;
    let mut pipeline = conn.pipeline::<2>();
    while !pipeline.is_full() {
        pipeline.send(ping)?;
    }
    while let Some((_, answer)) = pipeline.next()? {
        if let Answer::Failed(error) = answer {
            return Err(error.into());
        }
    }
    Ok(())
}

fn print(bytes: &[u8]) {
    // SAFETY: Pointer and length are those of a slice.
    let _ = unsafe { syscall!(Sysno::write, 1, bytes.as_ptr(), bytes.len()) };
}

enum Failure {
    Socket(Error),
    Encode,
    Decode,
    Lost,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Socket(error)
    }
}

impl From<EncodeError> for Failure {
    fn from(_: EncodeError) -> Self {
        Self::Encode
    }
}

impl From<DecodeError> for Failure {
    fn from(_: DecodeError) -> Self {
        Self::Decode
    }
}
