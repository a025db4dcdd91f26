//! Decides on the packets of a queue (`nfnetlink_queue`): one thread receives
//! them, two decide and send verdicts, all over one `&Conn`. What is longer
//! than 100 bytes is dropped.
//!
//! ```sh
//! sudo nft add rule inet filter input udp dport 4789 queue num 7
//! sudo cargo run --example split --features netfilter -- 7        # for ever
//! sudo cargo run --example split --features netfilter -- 7 100    # 100 packets
//! ```

use nlsock::{Conn, ErrorKind, Protocol, netfilter};
use nlwire::netfilter::Verdict;
use std::error::Error;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let queue: u16 = args.next().ok_or("usage: split QUEUE [PACKETS]")?.parse()?;
    let mut left: u64 = args.next().map_or(Ok(u64::MAX), |count| count.parse())?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    netfilter::bind_queue(&mut conn, queue, 0xffff)?;
    println!("queue {queue} is bound");

    let conn = &conn;
    thread::scope(|scope| {
        let senders = [(); 2].map(|()| {
            let (sender, packets) = channel();
            scope.spawn(move || decide(conn, queue, packets));
            sender
        });
        let mut buffer = vec![0; 128 * 1024];
        while left > 0 {
            let datagram = match conn.recv(&mut buffer) {
                // Packets were lost, and what is queued can still be read.
                Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => continue,
                datagram => datagram?,
            };
            let message = datagram.messages().next().ok_or("an empty datagram")??;
            let packet = netfilter::queued_packet(message).ok_or("no packet")?;
            let (id, payload) = (packet.id().ok_or("no number")?, packet.payload());
            let bytes = payload.unwrap_or_default().to_vec();
            let [even, odd] = &senders;
            if id % 2 == 0 { even } else { odd }.send((id, bytes))?;
            left = left.saturating_sub(1);
        }
        Ok(())
    })
}

fn decide(conn: &Conn, queue: u16, packets: Receiver<(u32, Vec<u8>)>) {
    for (id, packet) in packets {
        let drop = packet.len() > 100;
        let verdict = if drop { Verdict::DROP } else { Verdict::ACCEPT };
        match netfilter::set_verdict(conn, queue, id, verdict) {
            Ok(()) => println!("packet {id} of {} bytes: {verdict}", packet.len()),
            Err(error) => eprintln!("packet {id}: {error}"),
        }
    }
}
