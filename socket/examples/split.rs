//! One thread receives, others send, all over one `&Conn`, as a program does
//! that decides on the packets of a queue. Here the others ask for links, and
//! the receiver tells the answers apart by their sequence numbers.
//!
//! ```sh
//! cargo run --example split -- lo eth0
//! ```

use nlsock::{Conn, Protocol};
use nlwire::route::{Link, LinkAttr, LinkHeader, RTM_GETLINK, RTM_NEWLINK};
use nlwire::zerocopy::IntoBytes;
use nlwire::{AckRef, Flags, MessageType, Writer, fields};
use std::error::Error;
use std::time::Duration;
use std::{iter, thread};

fn main() -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.set_timeout(Some(Duration::from_secs(5)));
    let conn = &conn;
    thread::scope(|scope| {
        for (name, sequence) in iter::zip(&names, 1..) {
            scope.spawn(move || {
                if let Err(error) = ask(conn, name, sequence) {
                    eprintln!("{name}: {error}");
                }
            });
        }
        let mut buffer = vec![0; 32 * 1024];
        let mut missing = names.len();
        while missing > 0 {
            for message in conn.recv(&mut buffer)?.messages() {
                let message = message?;
                let number = message.header().sequence();
                if message.kind() == RTM_NEWLINK {
                    let (header, attributes) = message.split::<LinkHeader>()?;
                    let mtu = fields!(attributes => Link { mtu })?.mtu.unwrap_or(0);
                    println!("answer {number}: link {} with MTU {mtu}", header.index);
                } else if message.kind() == MessageType::ERROR {
                    println!("answer {number}: {:?}", AckRef::new(message)?.errno());
                }
                missing = missing.saturating_sub(1);
            }
        }
        Ok(())
    })
}

/// Sends a request and leaves its answer to the receiver.
fn ask(conn: &Conn, name: &str, sequence: u32) -> Result<(), Box<dyn Error>> {
    let mut buffer = [0; 128];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::REQUEST, &header, |w| {
        w.put(LinkAttr::Name(name))
    })?;
    let header = request.header().with_sequence(sequence);
    let parts = [header.as_bytes(), request.payload()];
    Ok(conn.transport().send_vectored(&parts, None).map(drop)?)
}
