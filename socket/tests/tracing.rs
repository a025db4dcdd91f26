//! Events of the crate `tracing`, in a process of their own: threads without a
//! subscriber would turn them off at the same time.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, reason = "tests")]

use nlsock::{Config, Hook, Protocol, Trace};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Flags, Header, MessageType};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber, subscriber};

struct Fields<'s>(&'s mut Vec<String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn core::fmt::Debug) {
        self.0.push(format!("{}: {value:?}", field.name()));
    }
}

#[derive(Default)]
struct Collect(Mutex<Vec<String>>);

impl Subscriber for Collect {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        (metadata.target(), *metadata.level()) == ("nlsock", Level::TRACE)
    }
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn noop(sequence: u32) -> Header {
    Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK).with_sequence(sequence)
}

static SEEN: AtomicU32 = AtomicU32::new(0);

fn count(_: &Trace<'_>) {
    SEEN.fetch_add(1, Ordering::Relaxed);
}

#[test]
fn a_subscriber_gets_events() {
    let collect = Arc::new(Collect::default());
    let mut socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
    socket.set_trace(None);
    let port = socket.port_id();
    socket.send_vectored(&[noop(1).as_bytes()], None).unwrap();
    subscriber::with_default(Arc::clone(&collect), || {
        socket.recv(&mut [0; 64]).unwrap();
        // A hook goes before.
        socket.set_trace(Some(Hook::new(&count)));
        socket.send_vectored(&[noop(2).as_bytes()], None).unwrap();
    });
    assert_eq!(SEEN.load(Ordering::Relaxed), 1);
    let fields = collect.0.lock().unwrap();
    let ack = format!("message: route {port} received 36 bytes");
    assert!(fields.contains(&ack), "{fields:?}");
    assert!(fields.contains(&"protocol: route".into()), "{fields:?}");
    let tree = fields.iter().find(|field| field.starts_with("tree: "));
    assert!(tree.unwrap().contains("sequence 1"), "{fields:?}");
    assert_eq!(fields.len(), 4, "{fields:?}");
}
