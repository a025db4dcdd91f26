//! The fake kernel, and what a connection makes of it.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Expected, Kernel, message, multipart};
use crate::sys::{READABLE, poll};
use crate::testing::noop;
use crate::{Address, Conn, Errno, ErrorKind, Interest, Protocol, Received, Transport, Wake};
use nlwire::{Dump, Flags, GetFlags, Header, MessageRef, MessageType, Writer};
use std::string::ToString;
use std::thread;
use std::time::{Duration, Instant};
use std::vec::Vec;

const LINK: MessageType = MessageType(16);
const GET_LINK: MessageType = MessageType(18);
const SOON: Option<Duration> = Some(Duration::from_secs(10));

fn conn(kernel: &Kernel) -> Conn<Kernel, Vec<u8>> {
    let mut conn = Conn::over(kernel.clone(), vec(64 * 1024), Protocol::ROUTE, 7);
    conn.set_timeout(SOON);
    conn
}

fn vec(len: usize) -> Vec<u8> {
    std::vec![0; len]
}

fn request(buffer: &mut [u8]) -> MessageRef<'_> {
    Writer::message(buffer, GET_LINK, Flags::empty(), &(), |w| w.u32(1, 5)).unwrap()
}

fn is_readable(kernel: &Kernel, timeout: Duration) -> bool {
    let fd = kernel.as_fd().unwrap();
    poll([(fd, READABLE)], Some(timeout)) == Ok([true])
}

#[test]
fn datagrams_are_truncated_as_by_a_socket() {
    let kernel = Kernel::new();
    let mut told = Received::new(
        0,
        Address {
            port: 9,
            groups: 1 << 3,
        },
    );
    (told.namespace, told.uid) = (Some(4), Some(1000));
    kernel.queue_with([1, 2, 3, 4, 5], told);
    kernel.queue_error(Errno::ENOBUFS);
    kernel.queue([6]);
    told.len = 5;
    let mut buffer = [0; 3];
    assert_eq!(kernel.recv(&mut buffer), Ok(told));
    assert_eq!((buffer, told.group), ([1, 2, 3], 4));
    assert_eq!(kernel.recv(&mut buffer), Err(Errno::ENOBUFS));
    assert_eq!(kernel.recv(&mut buffer).map(|told| told.len), Ok(1));
    assert_eq!(kernel.recv(&mut buffer), Err(Errno::EAGAIN));
}

#[test]
fn a_delay_holds_back_what_follows() {
    let kernel = Kernel::new();
    let wait = |timeout| kernel.wait(Interest::Readable, Some(timeout));
    assert_eq!(wait(Duration::ZERO), Ok(Wake::TimedOut));
    assert!(!is_readable(&kernel, Duration::ZERO));
    let start = Instant::now();
    kernel.queue([1]);
    kernel.queue_after(Duration::from_millis(30), [2]);
    kernel.queue([3]);
    assert_eq!(wait(Duration::ZERO), Ok(Wake::Ready));
    assert!(is_readable(&kernel, Duration::from_secs(10)));
    let mut buffer = [0];
    assert!(kernel.recv(&mut buffer).is_ok());
    assert_eq!(kernel.recv(&mut buffer), Err(Errno::EAGAIN));
    assert_eq!(wait(Duration::ZERO), Ok(Wake::TimedOut));
    assert!(is_readable(&kernel, Duration::from_secs(10)));
    assert_eq!(kernel.wait(Interest::Readable, None), Ok(Wake::Ready));
    assert!(start.elapsed() >= Duration::from_millis(30));
    for number in [2, 3] {
        assert!(kernel.recv(&mut buffer).is_ok());
        assert_eq!(buffer, [number]);
    }
    assert!(!is_readable(&kernel, Duration::ZERO));
}

#[test]
fn sends_block_and_are_refused() {
    let kernel = Kernel::new();
    let mut conn = conn(&kernel);
    kernel.block_send(true);
    kernel.block_send(true);
    conn.set_timeout(Some(Duration::from_millis(5)));
    let error = conn.send_bytes(&noop(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    conn.set_timeout(SOON);
    thread::scope(|scope| {
        let sender = scope.spawn(|| conn.send_bytes(&noop(2)));
        thread::sleep(Duration::from_millis(5));
        kernel.block_send(false);
        sender.join().unwrap().unwrap();
    });
    conn.send_to(&noop(3), Some(Address::port(12))).unwrap();
    let sent = [
        (noop(2).to_vec(), Address::KERNEL),
        (noop(3).to_vec(), Address::port(12)),
    ];
    assert_eq!(kernel.sent_to(), sent);
    kernel.refuse_send(Some(Errno::ECONNREFUSED));
    let error = conn.send_bytes(&noop(4)).unwrap_err();
    assert_eq!(error.to_string(), "route: send: ECONNREFUSED");
}

#[test]
fn a_wait_is_cancelled() {
    let kernel = Kernel::new();
    let canceller = kernel.canceller().unwrap();
    thread::scope(|scope| {
        let wait = scope.spawn(|| kernel.wait(Interest::Readable, None));
        canceller.cancel();
        assert_eq!(wait.join().unwrap(), Ok(Wake::Cancelled));
    });
    kernel.queue([1]);
    assert_eq!(
        kernel.wait(Interest::Readable, None),
        Ok(Wake::Cancelled),
        "goes before what is ready"
    );
    kernel.resume();
    assert_eq!(kernel.wait(Interest::Readable, None), Ok(Wake::Ready));
}

#[test]
fn a_script_checks_and_answers() {
    let kernel = Kernel::new();
    let dump = Flags::REQUEST | GetFlags::DUMP;
    kernel.expect(Expected::new(MessageType::NOOP), |_, answer| answer.ack());
    kernel.expect(
        Expected::new(GET_LINK).flags(dump).without(2),
        |request, answer| {
            assert_eq!(request.attributes(0).require(1).unwrap().u32(), Ok(5));
            answer.part(LINK, &(), |w| w.str(3, "lo"));
            answer.part(LINK, &(), |w| w.str(3, "eth0"));
            answer.delay(Duration::from_millis(1));
            answer.part(LINK, &(), |w| w.str(3, "eth1"));
            answer.done(0, Flags::empty());
        },
    );
    let mut conn = conn(&kernel);
    let mut buffer = [0; 64];
    let mut names = Vec::new();
    let mut replies = conn.query(Dump(request(&mut buffer))).unwrap();
    while let Some(link) = replies.next().unwrap() {
        let name = link.attributes(0).require(3).unwrap();
        names.push(name.str().unwrap().to_string());
    }
    assert_eq!(names, ["lo", "eth0", "eth1"]);
    kernel.assert_finished();
}

#[test]
fn differences_are_named() {
    let mut buffer = [0; 64];
    let header = [9_u8; 4];
    let flags = Flags::REQUEST | Flags::ACK;
    let request = Writer::message(&mut buffer, GET_LINK, flags, &(), |w| {
        w.append(&header)?.u16_be(2, 3)
    });
    let request = request.unwrap();
    let right = Expected::new(GET_LINK)
        .flags(Flags::REQUEST)
        .header_len(4)
        .attribute(2, &[0, 3])
        .without(1);
    assert_eq!(right.check(request), Ok(()));
    for (wrong, text) in [
        (Expected::new(LINK), "type 18 instead of 16"),
        (
            right.clone().flags(GetFlags::DUMP),
            "flags request instead of 0x300",
        ),
        (
            right.clone().attribute(2, &[0, 4]),
            "attribute 2: [00, 03] instead of [00, 04]",
        ),
        (right.clone().attribute(7, &[]), "without attribute 7"),
        (right.clone().without(2), "with attribute 2"),
    ] {
        assert_eq!(wrong.check(request), Err(text.to_string()));
    }
}

#[test]
#[should_panic(expected = "not the request that was expected")]
fn an_unexpected_request_panics() {
    let kernel = Kernel::new();
    kernel.expect(Expected::new(LINK), |_, answer| answer.ack());
    let _ = conn(&kernel).send_bytes(&noop(1));
}

#[test]
#[should_panic(expected = "not sent: Expected")]
fn a_script_that_is_left_panics() {
    let kernel = Kernel::new();
    kernel.expect(Expected::new(LINK), |_, answer| answer.ack());
    kernel.assert_finished();
}

#[test]
#[should_panic(expected = "not received: 1 datagrams or errors")]
fn a_queue_that_is_left_panics() {
    let kernel = Kernel::new();
    kernel.queue([1]);
    kernel.assert_finished();
}

#[test]
fn a_notification_is_made_and_passed_over() {
    let kernel = Kernel::answering(|_, answer| answer.ack());
    let header = Header::new(LINK, Flags::empty());
    kernel.queue(message(header, &(), |w| w.str(3, "eth0")));
    let parts = [message(header, &(), |w| w.u8(1, 1)), noop(3).to_vec()];
    kernel.queue(multipart(&parts, header.with_sequence(99)));
    let mut conn = conn(&kernel);
    let mut buffer = [0; 64];
    assert_eq!(conn.execute(request(&mut buffer)).unwrap().code(), 0);
    assert_eq!(conn.skipped().notifications, 3);
}

#[test]
fn a_datagram_of_parts_ends_with_done() {
    let header = Header::new(LINK, Flags::empty());
    let done = header.with_sequence(5).with_port(6);
    let bytes = multipart(&[message(done, &(), |w| w.str(3, "lo"))], done);
    let messages: Vec<_> = nlwire::Messages::new(&bytes).map(Result::unwrap).collect();
    let kinds: Vec<_> = messages.iter().map(MessageRef::kind).collect();
    assert_eq!(kinds, [LINK, MessageType::DONE]);
    for message in messages {
        assert!(message.flags().contains(Flags::MULTI));
        let header = message.header();
        assert_eq!((header.sequence(), header.port()), (5, 6));
    }
}

#[test]
fn errors_have_kinds_and_texts() {
    let mut buffer = [0; 64];
    let request = request(&mut buffer);
    let kernel = Kernel::new();
    let mut conn = conn(&kernel);
    let any = || Expected::new(GET_LINK);

    kernel.expect(any(), |_, answer| answer.error(Errno(9999)));
    let error = conn.execute(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(Errno(9999)));
    assert_eq!(error.to_string(), "route: RTM_GETLINK: errno 9999");

    kernel.expect(any(), |_, answer| {
        answer.refuse(
            Errno::ENETUNREACH,
            Some("Nexthop has invalid gateway"),
            Some(16),
        );
    });
    let error = conn.execute(request).unwrap_err();
    assert_eq!(error.offset(), Some(16));
    let text = error.clone().to_string();
    assert!(
        text.starts_with("route: RTM_GETLINK: ENETUNREACH"),
        "{text}"
    );

    kernel.expect(any(), |_, answer| answer.raw(&[0; 128 * 1024]));
    let error = conn.execute(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed: 131_072 });
    assert_eq!(
        error.to_string(),
        "route: RTM_GETLINK: datagram truncated: 131072 bytes needed"
    );

    kernel.expect(any(), |_, answer| answer.fail_receive(Errno::ENOBUFS));
    let error = conn.execute(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Overrun { drops: 0 });
    assert!(error.is_temporary());

    kernel.expect(any(), |_, answer| {
        answer.raw(&[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    });
    let error = conn.execute(request).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");

    // After all of that, it is in step.
    kernel.expect(any(), |_, answer| answer.ack());
    assert_eq!(conn.execute(request).unwrap().code(), 0);
    kernel.assert_finished();
}

#[test]
fn threads_share_it() {
    let kernel = Kernel::answering(|_, answer| answer.ack());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                // A port each, but one queue: everybody takes any ack.
                let conn = conn(&kernel);
                for sequence in 1..=100 {
                    conn.send_bytes(&noop(sequence)).unwrap();
                    assert_eq!(conn.recv(&mut [0; 64]).unwrap().as_bytes().len(), 36);
                }
            });
        }
    });
    assert_eq!((kernel.sent().len(), kernel.queued()), (400, 0));
}
