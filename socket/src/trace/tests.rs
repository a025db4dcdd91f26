//! Tests of hooks.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::testing::noop;
use crate::{
    Address, Config, Errno, Hook, Instruction, Interest, Protocol, Socket, Trace, TraceEvent,
};
use std::boxed::Box;
use std::format;
use std::string::String;
use std::sync::{Arc, Mutex};
use std::vec::Vec;

/// A hook that writes down what it sees.
fn record() -> (Hook, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hook = Hook::new(Box::leak(Box::new({
        let seen = Arc::clone(&seen);
        move |trace: &Trace<'_>| seen.lock().unwrap().push(line(trace))
    })));
    (hook, seen)
}

fn line(trace: &Trace<'_>) -> String {
    match trace.event {
        TraceEvent::NotOpened { error } => format!("{} not opened: {error}", trace.port),
        TraceEvent::Sent { parts, to } => format!("sent {} {to:?}", parts.concat().len()),
        TraceEvent::NotSent { errno, .. } => format!("not sent {errno}"),
        TraceEvent::Received { bytes, received } => {
            format!("received {} of {}", bytes.len(), received.len)
        }
        TraceEvent::NotReceived { errno } => format!("not received {errno}"),
    }
}

fn socket(hook: Hook) -> Socket {
    Config::new(Protocol::ROUTE)
        .trace(hook)
        .open_socket()
        .unwrap()
}

#[test]
fn a_hook_sees_every_datagram_and_error() {
    let (hook, seen) = record();
    let socket = socket(hook);
    let message = noop(1);
    let (head, tail) = message.split_at(4);
    socket.send_vectored(&[head, tail], None).unwrap();
    socket.send_vectored(&[&message], None).unwrap();
    socket.send_vectored(&[&message], None).unwrap();
    socket.wait(Interest::Readable, None).unwrap();
    socket.recv(&mut [0; 64]).unwrap();
    socket.recv(&mut [0; 20]).unwrap();
    socket.recv(&mut [0; 64]).unwrap();
    assert_eq!(socket.recv(&mut [0; 64]), Err(Errno::EAGAIN));
    let parts = std::vec![&[][..]; 1025];
    socket.send_vectored(&parts, None).unwrap_err();
    // Nothing fits, so that the kernel reports a loss.
    socket.set_receive_buffer(1).unwrap();
    for _ in 0..50 {
        socket.send_vectored(&[&message], None).unwrap();
    }
    assert_eq!(socket.recv(&mut [0; 64]), Err(Errno::ENOBUFS));
    let mut seen = seen.lock().unwrap();
    let lines: Vec<&str> = seen.iter().map(String::as_str).collect();
    let sent = "sent 16 None";
    assert_eq!(
        lines.get(..7).unwrap(),
        [
            sent,
            sent,
            sent,
            "received 36 of 36",
            "received 20 of 36",
            "received 36 of 36",
            "not sent EMSGSIZE",
        ]
    );
    assert_eq!(seen.len(), 7 + 50 + 1);
    assert_eq!(seen.pop().unwrap(), "not received ENOBUFS");
}

#[test]
fn a_hook_sees_why_a_socket_cannot_be_opened() {
    let (hook, seen) = record();
    let config = || Config::new(Protocol::ROUTE).trace(hook);
    let first = config().open_socket().unwrap();
    let port = first.port_id();
    config().port_id(port).open().unwrap_err();
    let group = config().group(0).open_socket().unwrap_err();
    Config::new(Protocol::GENERIC)
        .trace(hook)
        .adopt_socket(first.into())
        .unwrap_err();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            format!("{port} not opened: route: bind: EADDRINUSE"),
            format!("0 not opened: {group}"),
            "0 not opened: route: adopt: EPROTOTYPE".into(),
        ]
    );
    seen.lock().unwrap().clear();
    #[cfg(feature = "std")]
    {
        use crate::Namespace;
        config().open_in(Namespace::Pid(u32::MAX)).unwrap_err();
        let expected = "0 not opened: route: open namespace of process 4294967295: ENOENT";
        assert_eq!(*seen.lock().unwrap(), [expected]);
    }
}

#[test]
fn a_hook_is_set_and_removed() {
    let (hook, seen) = record();
    let mut socket = Socket::try_from(rustix::fd::OwnedFd::from(socket(hook))).unwrap();
    socket.set_trace(None);
    socket.send_vectored(&[&noop(1)], None).unwrap();
    assert_eq!(seen.lock().unwrap().len(), 0);
    socket.set_trace(Some(hook));
    let to = Some(Address::KERNEL);
    socket.send_vectored(&[&noop(1)], to).unwrap();
    assert_eq!(*seen.lock().unwrap(), [format!("sent 16 {to:?}")]);
    socket.attach_filter(&[Instruction::KEEP]).unwrap();
}

#[cfg(feature = "std")]
#[test]
fn families_of_ones_own_are_described_and_keep_their_secrets() {
    use super::nldebug::render;
    use nlwire::codec::{AttributeSet as _, Bytes, Secret};
    use nlwire::schema::{MessageSchema, Protocol as Schema};
    use nlwire::{Flags, MessageType, Writer, attributes};

    attributes! {
        /// The controller's attributes, one of them a secret.
        pub set Own, enum OwnAttr { 2 OWN_NAME Name name: Secret<Bytes> }
    }
    static OWN: Schema = Schema::family(
        "nlctrl",
        &[MessageSchema::command(3, "OWN_GET", Own::schema)],
    );

    let seen = Arc::new(Mutex::new(Vec::new()));
    let hook = Hook::new(Box::leak(Box::new({
        let seen = Arc::clone(&seen);
        move |trace: &Trace<'_>| seen.lock().unwrap().push(render(trace, 1))
    })));
    let config = Config::new(Protocol::GENERIC).trace(hook);
    let mut conn = config.described_by(&OWN).open().unwrap();
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &(), |w| {
        w.append(&[3_u8, 1, 0, 0])?.str(2, "nlctrl")
    });
    let request = request.unwrap();
    for _ in 0..2 {
        conn.get(request).unwrap();
    }
    let seen = seen.lock().unwrap();
    let lines: Vec<_> = seen
        .iter()
        .filter(|text| text.contains("OWN_GET"))
        .collect();
    let [line] = lines[..] else {
        panic!("{seen:#?}");
    };
    assert!(line.contains("nl: OWN_GET length "), "{line}");
    assert!(line.contains("OWN_NAME: secret of 7 bytes\n"), "{line}");
}

#[cfg(feature = "std")]
#[test]
fn the_variable_sets_the_level() {
    use super::nldebug::level;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    for (value, expected) in [
        ("", 0),
        (" , ", 0),
        ("0", 0),
        ("1", 1),
        ("2", 2),
        ("level=2", 2),
        ("level=2,format=mnl", 2),
        ("format=mnl", 1),
        ("format=mnl, level = 3", 1),
        ("yes", 1),
        ("level=x", 1),
        ("level=99999999999", 1),
    ] {
        assert_eq!(level(OsStr::new(value)), expected, "{value:?}");
    }
    assert_eq!(level(OsStr::from_bytes(&[0xff])), 1);
}

#[cfg(feature = "std")]
#[test]
fn each_line_begins_with_nl() {
    use super::nldebug::render;
    use crate::Received;
    let message = noop(7);
    let (head, tail) = message.split_at(5);
    let mut received = Received::new(40, Address::port(9));
    (received.group, received.namespace) = (3, Some(2));
    let refused = Config::new(Protocol(31)).open_socket().unwrap_err();
    let events = [
        TraceEvent::Sent {
            parts: &[head, tail],
            to: Some(Address::port(12)),
        },
        TraceEvent::NotSent {
            parts: &[b"junk"],
            to: Some(Address { port: 0, groups: 5 }),
            errno: Errno::EAGAIN,
        },
        TraceEvent::Received {
            bytes: &message,
            received,
        },
        TraceEvent::NotReceived {
            errno: Errno::ENOBUFS,
        },
        TraceEvent::NotOpened { error: &refused },
    ];
    let texts = events.map(|event| {
        let trace = Trace {
            protocol: Protocol::ROUTE,
            port: 4,
            families: &[],
            event,
        };
        (render(&trace, 1), render(&trace, 2))
    });
    let noop = "nl: length 16, type 1 (noop), flags request|ack, sequence 7, port 0\n";
    let trees: Vec<&str> = texts.iter().map(|(tree, _)| tree.as_str()).collect();
    assert_eq!(
        trees,
        [
            &format!("nl: route 4 sent 16 bytes to 12\n{noop}"),
            "nl: route 4 could not send 4 bytes to groups 0x5: EAGAIN\n\
             nl: 4 bytes are no message: 6a756e6b\n",
            &format!(
                "nl: route 4 received 40 bytes, the first 16 of them from 9, group 3, namespace 2\n{noop}"
            ),
            "nl: route 4 could not receive: ENOBUFS\n",
            "nl: route 4 could not open: protocol 31: open: socket: EPROTONOSUPPORT\n",
        ]
    );
    for (tree, bytes) in &texts {
        assert!(bytes.starts_with(tree.as_str()));
        assert!(
            bytes.lines().all(|line| line.starts_with("nl: ")),
            "{bytes}"
        );
    }
    assert!(
        texts
            .iter()
            .any(|(_, bytes)| bytes.ends_with("nl: 6a756e6b\n"))
    );
}
