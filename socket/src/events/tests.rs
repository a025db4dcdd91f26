#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::{Event, Events};
use crate::fake::Kernel;
use crate::{Address, Config, Conn, Errno, ErrorKind, Protocol, Received, Trust};
use core::task::Poll;
use core::time::Duration;
use nlwire::{Flags, Header, MessageRef, MessageType, Writer};
use std::string::{String, ToString as _};
use std::vec::Vec;

fn message(kind: u16, attribute: &str) -> Vec<u8> {
    let mut buffer = [0; 128];
    Writer::message(&mut buffer, MessageType(kind), Flags::empty(), &(), |w| {
        w.str(1, attribute)
    })
    .unwrap()
    .as_bytes()
    .to_vec()
}

fn stream(kernel: &Kernel) -> Events<Kernel, [u8; 256]> {
    let conn = Conn::over(kernel.clone(), [0; 256], Protocol::ROUTE, 7);
    Events::new(conn)
}

/// Returns the next item in words.
fn next(events: &mut Events<Kernel, [u8; 256]>) -> String {
    match events.try_next() {
        Ok(Poll::Pending | Poll::Ready(None)) => "nothing".into(),
        Ok(Poll::Ready(Some(Event::Item(item)))) => std::format!(
            "{} in group {} of {:?} from {}",
            item.message().kind().0,
            item.group(),
            item.namespace(),
            item.sender().port,
        ),
        Ok(Poll::Ready(Some(Event::Lost { drops }))) => std::format!("lost {drops}"),
        Err(error) => error.to_string(),
    }
}

fn from(sender: u32, group: u32) -> Received {
    let mut received = Received::new(0, Address::port(sender));
    received.group = group;
    received
}

#[test]
fn each_message_comes_with_its_group_and_namespace() {
    let kernel = Kernel::new();
    let mut events = stream(&kernel);
    let mut received = from(0, 33);
    received.namespace = Some(4);
    // The last message of a datagram need not be padded.
    let mut last = message(17, "e");
    last.truncate(22);
    last.splice(..4, 22_u32.to_ne_bytes());
    kernel.queue_with([message(16, "eth0"), last].concat(), received);
    kernel.queue_with(message(18, "x"), from(0, 1));
    assert_eq!(next(&mut events), "16 in group 33 of Some(4) from 0");
    assert_eq!(next(&mut events), "17 in group 33 of Some(4) from 0");
    assert_eq!(next(&mut events), "18 in group 1 of None from 0");
    assert_eq!(next(&mut events), "nothing");
}

#[test]
fn only_trusted_senders_are_received() {
    let kernel = Kernel::new();
    let mut events = stream(&kernel);
    kernel.queue_with(message(16, "forged"), from(9, 1));
    assert_eq!(next(&mut events), "nothing");
    assert_eq!(events.conn().skipped().foreign, 1);

    let mut root = from(9, 2);
    root.uid = Some(0);
    let mut user = root;
    user.uid = Some(1000);
    for (trust, heard) in [(Trust::Kernel, 0), (Trust::Root, 1), (Trust::Anyone, 2)] {
        let mut events = stream(&kernel);
        events.conn.state.trust = trust;
        kernel.queue_with(message(16, "root's"), root);
        kernel.queue_with(message(16, "user's"), user);
        let count = (0..3).filter(|_| next(&mut events) != "nothing").count();
        assert_eq!(count, heard, "{trust:?}");
    }
}

#[test]
fn a_loss_is_an_item_and_reading_goes_on() {
    let kernel = Kernel::new();
    let mut events = stream(&kernel);
    kernel.queue_error(crate::sys::ENOBUFS);
    kernel.queue(message(16, "queued before"));
    kernel.queue(message(4, "NLMSG_OVERRUN"));
    kernel.queue(message(17, "after"));
    assert_eq!(next(&mut events), "lost 0");
    assert_eq!(next(&mut events), "16 in group 0 of None from 0");
    assert_eq!(next(&mut events), "lost 0");
    assert_eq!(next(&mut events), "17 in group 0 of None from 0");
    assert_eq!(next(&mut events), "nothing");
}

#[test]
fn errors_leave_the_stream_usable() {
    let kernel = Kernel::new();
    let mut events = stream(&kernel);
    kernel.queue(
        [
            message(16, "good"),
            std::vec![8, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
        .concat(),
    );
    kernel.queue([0; 300]);
    kernel.queue_error(Errno::EIO);
    kernel.queue(message(17, "good"));
    assert_eq!(next(&mut events), "16 in group 0 of None from 0");
    assert!(next(&mut events).starts_with("route: receive: "));
    let error = events.next().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed: 300 });
    assert_eq!(next(&mut events), "route: receive: EIO");
    assert_eq!(next(&mut events), "17 in group 0 of None from 0");

    events.set_timeout(Some(Duration::from_millis(1)));
    assert_eq!(events.next().unwrap_err().kind(), ErrorKind::Timeout);
    kernel.cancel();
    events.set_timeout(None);
    assert_eq!(events.next().unwrap_err().kind(), ErrorKind::Cancelled);
}

#[test]
fn datagrams_come_as_they_are() {
    let kernel = Kernel::new();
    let mut events = stream(&kernel);
    let event = b"add@/devices/x\0ACTION=add\0";
    kernel.queue_with(&event[..], from(0, 1));
    kernel.queue_error(crate::sys::ENOBUFS);
    kernel.queue([message(16, "a"), message(16, "b")].concat());
    kernel.queue(message(17, "c"));
    let Some(Event::Item(datagram)) = events.next_datagram().unwrap() else {
        panic!("lost");
    };
    assert_eq!((datagram.as_bytes(), datagram.group()), (&event[..], 1));
    assert!(matches!(
        events.try_next_datagram(),
        Ok(Poll::Ready(Some(Event::Lost { drops: 0 })))
    ));
    // After a message, `next_datagram` skips the rest of its datagram.
    assert_eq!(next(&mut events), "16 in group 0 of None from 0");
    let Poll::Ready(Some(Event::Item(datagram))) = events.try_next_datagram().unwrap() else {
        panic!("lost");
    };
    assert_eq!(datagram.as_bytes(), message(17, "c"));
    // After a whole datagram, no messages are left.
    assert_eq!(next(&mut events), "nothing");
}

/// Returns a record as the audit daemon gets it: its length is that of the
/// text.
fn record(text: &[u8]) -> Vec<u8> {
    let mut record = [&[0; 16], text].concat();
    record.splice(..4, u32::try_from(text.len()).unwrap().to_ne_bytes());
    record
}

#[test]
fn a_record_for_the_audit_daemon_comes_whole() {
    let text = b"audit(1.2:3): pid=1 uid=0 msg='x'";
    for (protocol, found) in [(Protocol::AUDIT, &text[..]), (Protocol::ROUTE, &text[..17])] {
        let kernel = Kernel::new();
        kernel.queue(record(text));
        let conn = Conn::over(kernel.clone(), [0; 256], protocol, 7);
        let mut events = Events::new(conn);
        let Some(Event::Item(event)) = events.next().unwrap() else {
            panic!("lost");
        };
        assert_eq!(event.message().payload(), found, "{protocol}");
        // As do its datagrams, also of a connection.
        kernel.queue(record(text));
        let Some(Event::Item(datagram)) = events.next_datagram().unwrap() else {
            panic!("lost");
        };
        let message = datagram.messages().next().unwrap().unwrap();
        assert_eq!(message.payload(), found, "{protocol}");
        kernel.queue(record(text));
        let mut buffer = [0; 256];
        let datagram = events.conn().recv(&mut buffer).unwrap();
        let message = datagram.messages().next().unwrap().unwrap();
        assert_eq!(message.payload(), found, "{protocol}");
    }
    // Nothing else is touched, however short.
    let kernel = Kernel::new();
    let mut events = Events::new(Conn::over(kernel.clone(), [0; 256], Protocol::AUDIT, 7));
    for other in [message(16, "a"), record(&text[..0]), std::vec![7; 3]] {
        kernel.queue(&other[..]);
        match events.next_datagram().unwrap() {
            Some(Event::Item(datagram)) if other.len() != 16 => {
                assert_eq!(datagram.as_bytes(), other)
            }
            Some(Event::Item(datagram)) => assert_eq!(datagram.messages().count(), 1),
            Some(Event::Lost { .. }) | None => panic!("lost"),
        }
    }
}

#[test]
fn a_record_for_the_audit_daemon_is_no_answer() {
    let kernel = Kernel::answering(|_, answer| answer.ack());
    kernel.queue(record(b"audit(1.2:3): AUDIT_SET comes into force at once"));
    let mut conn = Conn::over(kernel, [0; 256], Protocol::AUDIT, 7);
    let set = message(1001, "");
    conn.execute(MessageRef::new(&set).unwrap()).unwrap();
    assert_eq!(conn.skipped().notifications, 1);
}

#[test]
fn a_question_to_the_audit_system_asks_for_no_ack() {
    // The reply would follow the acknowledgement.
    let kernel = Kernel::answering(|request, answer| {
        let flags = request.flags();
        match request.kind().0 {
            1000 if flags.contains(Flags::ACK) => answer.ack(),
            1000 => answer.message(answer_header(request), &[7]),
            _ if flags.contains(Flags::ACK) => answer.ack(),
            _ => {}
        }
    });
    let mut conn = Conn::over(kernel, [0; 256], Protocol::AUDIT, 7);
    let (get, set) = (message(1000, ""), message(1001, ""));
    let reply = conn.get(MessageRef::new(&get).unwrap()).unwrap();
    assert_eq!(reply.payload(), [7]);
    // A change has no reply, and waits for its acknowledgement.
    conn.execute(MessageRef::new(&set).unwrap()).unwrap();
}

/// Header of a reply of the audit system, which has no port.
fn answer_header(request: MessageRef<'_>) -> Header {
    Header::new(request.kind(), Flags::empty()).with_sequence(request.header().sequence())
}

#[test]
fn a_stream_of_its_own_is_opened() {
    let mut events = Config::new(Protocol::ROUTE).group(33).events().unwrap();
    assert!(events.try_next().unwrap().is_pending());
    assert!(events.conn().transport().packet_info().unwrap());
}
