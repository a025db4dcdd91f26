//! Opens a connection, makes a request, dumps the links, decides on packets,
//! waits in vain and opens other sockets, for strace(1) to show the system calls of each step. Before
//! each step it writes its name.
//!
//! ```sh
//! cargo build -p nltests --example calls
//! unshare -rn strace -f -e trace=all target/debug/examples/calls
//! ```

use nlsock::{Config, Conn, ErrorKind, Protocol, Socket, Trust};
use nlwire::netfilter::{SetVerdict, SetVerdicts, Verdict};
use nlwire::route::{LinkHeader, RTM_GETLINK};
use nlwire::{Dump, Flags, MessageType, Writer};
use rustix::net::{AddressFamily, SocketType};
use std::error::Error;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut first, mut second) = ([0; 16], [0; 64]);
    let flags = Flags::empty();
    let ping = Writer::message(&mut first, MessageType::NOOP, flags, &(), |w| Ok(w))?;
    let header = LinkHeader::default();
    let links = Writer::message(&mut second, RTM_GETLINK, flags, &header, |w| Ok(w))?;

    println!("open");
    let mut conn = Conn::open(Protocol::ROUTE)?;
    for what in ["first dump", "second dump"] {
        println!("{what}");
        let mut rows = conn.query(Dump(links))?;
        while rows.next()?.is_some() {}
    }
    println!("request");
    conn.execute(ping)?;
    println!("clock");
    conn.with_timeout(Duration::from_secs(10)).execute(ping)?;
    println!("wait");
    conn.set_timeout(Some(Duration::from_millis(300)));
    let waited = conn.recv(&mut [0; 64]).map(|_| ());
    println!("netfilter");
    let netfilter = &Conn::open(Protocol::NETFILTER)?;
    println!("verdicts");
    for packet in 1..=10 {
        netfilter.send(SetVerdict::new(7, packet, Verdict::ACCEPT).mark(5))?;
    }
    println!("batch verdict");
    netfilter.send(SetVerdicts::up_to(7, 20, Verdict::ACCEPT))?;
    println!("trust");
    Config::new(Protocol::ROUTE)
        .trust(Trust::Anyone)
        .open_socket()?;
    println!("adopt");
    let fresh = rustix::net::socket(AddressFamily::NETLINK, SocketType::RAW, None)?;
    Socket::try_from(fresh)?;
    println!("close");
    conn.close()?;
    println!("end");
    match waited {
        Err(error) if error.kind() == ErrorKind::Timeout => Ok(()),
        Err(error) => Err(error.into()),
        Ok(()) => Err("nobody was asked for anything".into()),
    }
}
