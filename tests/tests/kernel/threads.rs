//! Threads that share connections, in each of the ways that are documented.

use nlsock::{Conn, Error, Protocol};
use nltests::{Need, Outcome, Test};
use nlwire::zerocopy::IntoBytes;
use nlwire::{AckRef, Flags, Header, MessageRef, MessageType};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "threads::sixteen_have_a_connection_each",
        needs: &[Need::Nobody, Need::Slow],
        run: sixteen_have_a_connection_each,
    },
    Test {
        name: "threads::sixteen_share_one_behind_a_lock",
        needs: &[Need::Nobody, Need::Slow],
        run: sixteen_share_one_behind_a_lock,
    },
    Test {
        name: "threads::sixteen_share_a_pool",
        needs: &[Need::Nobody, Need::Slow],
        run: sixteen_share_a_pool,
    },
    Test {
        name: "threads::a_few_datagrams_of_four_senders_come_back",
        needs: &[Need::Nobody],
        run: || four_senders_and_a_receiver(40_000),
    },
    Test {
        name: "threads::a_million_datagrams_of_four_senders_come_back",
        needs: &[Need::Nobody, Need::Slow],
        run: || four_senders_and_a_receiver(1_000_000),
    },
];

const THREADS: u32 = 16;
const ACKS: u32 = 10_000;

fn ping(sequence: u32) -> Header {
    Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK)
        .with_length(16)
        .with_sequence(sequence)
}

/// A connection, and the sequence number of its last request.
struct Asking {
    conn: Conn,
    last: Option<u32>,
}

impl Asking {
    fn open() -> Result<Self, Error> {
        let conn = Conn::open(Protocol::ROUTE)?;
        Ok(Self { conn, last: None })
    }

    /// Makes one request, whose ack must echo its sequence number: that behind
    /// the last one.
    fn ask(&mut self) -> Result<(), Error> {
        let port = self.conn.port_id();
        let header = ping(0);
        let ping = MessageRef::new(header.as_bytes()).unwrap();
        let ack = self.conn.execute(ping)?;
        let asked = ack.request().unwrap();
        assert_eq!((ack.code(), asked.port()), (0, port));
        let sequence = asked.sequence();
        // They begin again with 1.
        let is_next = |last: u32| sequence == 1 || sequence == last.wrapping_add(1);
        assert!(self.last.is_none_or(is_next), "{sequence}: {:?}", self.last);
        self.last = Some(sequence);
        Ok(())
    }
}

/// Calls `f` from every thread as often as it asks.
fn from_all(f: impl Fn() -> Result<(), Error> + Sync) {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let f = &f;
            scope.spawn(move || {
                for _ in 0..ACKS {
                    f().unwrap();
                }
            });
        }
    });
}

fn sixteen_have_a_connection_each() -> Outcome {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(move || {
                let mut asking = Asking::open().unwrap();
                for _ in 0..ACKS {
                    asking.ask().unwrap();
                }
                assert_eq!(asking.conn.skipped(), nlsock::Skipped::default());
            });
        }
    });
    Ok(())
}

fn sixteen_share_one_behind_a_lock() -> Outcome {
    let asking = Mutex::new(Asking::open()?);
    from_all(|| asking.lock().unwrap().ask());
    let conn = asking.into_inner()?.conn;
    assert_eq!(conn.skipped(), nlsock::Skipped::default());
    Ok(())
}

fn sixteen_share_a_pool() -> Outcome {
    let pool = Mutex::new(Vec::new());
    from_all(|| {
        let idle = pool.lock().unwrap().pop();
        let mut asking = match idle {
            Some(asking) => asking,
            None => Asking::open()?,
        };
        let result = asking.ask();
        pool.lock().unwrap().push(asking);
        result
    });
    let pool = pool.into_inner()?;
    assert!(pool.len() <= 16, "{}", pool.len());
    for asking in pool {
        assert_eq!(asking.conn.skipped(), nlsock::Skipped::default());
    }
    Ok(())
}

/// Largest number of answers on the way.
const WINDOW: u32 = 200;

fn four_senders_and_a_receiver(total: u32) -> Outcome {
    let conn = Conn::open(Protocol::ROUTE)?;
    let free = (Mutex::new(WINDOW), Condvar::new());
    let mut answered = HashSet::new();
    let sent = AtomicU64::new(0);
    thread::scope(|scope| -> Outcome {
        for number in 0..4 {
            let (conn, free, sent) = (&conn, &free, &sent);
            scope.spawn(move || {
                for sequence in (number..total).step_by(4) {
                    let mut window = free
                        .1
                        .wait_while(free.0.lock().unwrap(), |n| *n == 0)
                        .unwrap();
                    *window -= 1;
                    drop(window);
                    conn.send_bytes(ping(sequence + 1).as_bytes()).unwrap();
                    sent.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut buffer = [0; 4096];
        for _ in 0..total {
            let datagram = conn.recv(&mut buffer)?;
            assert_eq!(datagram.messages().count(), 1);
            let message = datagram.messages().next().unwrap()?;
            let ack = AckRef::new(message)?;
            let sequence = message.header().sequence();
            assert_eq!(
                (ack.code(), ack.request().unwrap().sequence()),
                (0, sequence)
            );
            assert!((1..=total).contains(&sequence));
            assert!(answered.insert(sequence), "{sequence} twice");
            *free.0.lock().unwrap() += 1;
            free.1.notify_one();
        }
        Ok(())
    })?;
    assert_eq!(answered.len(), total as usize);
    assert_eq!(sent.into_inner(), u64::from(total));
    assert_eq!(conn.socket().memory_info()?.drops, 0);
    Ok(())
}
