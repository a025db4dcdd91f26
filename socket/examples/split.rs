//! Decides on the packets of a queue (`nfnetlink_queue`): one thread receives
//! packets, two drop those longer than 100 bytes, all over one `&Conn`.
//!
//! ```sh
//! sudo nft add rule inet filter input udp dport 4789 queue num 7
//! sudo cargo run --example split --features netfilter -- 7 100    # 100 packets
//! ```

use nlsock::{Conn, ErrorKind, Protocol};
use nlwire::netfilter::{BindQueue, Change, SetVerdict, Verdict};
use std::io::{Stdout, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::{process::ExitCode, thread};

mod shared;

fn main() -> ExitCode {
    shared::run(split)
}

fn split(mut out: &Stdout) -> shared::Result {
    let mut args = std::env::args().skip(1);
    let queue = args.next().ok_or("usage: split QUEUE [PACKETS]")?.parse()?;
    let packets: u64 = args.next().map_or(Ok(u64::MAX), |count| count.parse())?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    conn.execute(BindQueue::new(queue).copy(0xffff))?;
    writeln!(out, "queue {queue} is bound")?;
    let (conn, mut buffer) = (&conn, vec![0; 128 * 1024]);
    thread::scope(|scope| {
        let [even, odd] = [(); 2].map(|()| {
            let (sender, packets) = channel();
            scope.spawn(move || decide(conn, queue, packets, out));
            sender
        });
        for _ in 0..packets {
            let datagram = match conn.recv(&mut buffer) {
                // Packets were lost, and what is queued can still be read.
                Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => continue,
                datagram => datagram?,
            };
            let message = datagram.messages().next().ok_or("an empty datagram")??;
            let Change::Packet(packet) = Change::of(message) else {
                return Err("no packet".into());
            };
            let (id, payload) = (packet.id()?.ok_or("no number")?, packet.payload()?);
            let thread = if id % 2 == 0 { &even } else { &odd };
            thread.send((id, payload.unwrap_or_default().to_vec()))?;
        }
        Ok(())
    })
}

fn decide(conn: &Conn, queue: u16, packets: Receiver<(u32, Vec<u8>)>, mut out: &Stdout) {
    for (id, packet) in packets {
        let (drop, length) = (packet.len() > 100, packet.len());
        let verdict = if drop { Verdict::DROP } else { Verdict::ACCEPT };
        let text = match conn.send(SetVerdict::new(queue, id, verdict)) {
            Ok(()) => format!("of {length} bytes: {verdict}"),
            Err(error) => error.to_string(),
        };
        // Packets have to go on even where nobody reads the output.
        let _ = writeln!(out, "packet {id} {text}");
    }
}
