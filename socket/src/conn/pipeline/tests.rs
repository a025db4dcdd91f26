#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests")]

use super::{Answer, Pipeline, Ticket};
use crate::fake::{Kernel, message};
use crate::testing::{Forgiving, noop};
use crate::{Address, Conn, Errno, Error, ErrorKind, Protocol, Received};
use core::task::Poll;
use core::time::Duration;
use nlwire::{Dump, Flags, Header, MessageRef, MessageType, Messages, Writer};
use std::string::{String, ToString as _};
use std::vec::Vec;

/// Message types that the kernel of these tests carries out, refuses, ignores
/// and dumps.
const GOOD: u16 = 24;
const BAD: u16 = 25;
const MUTE: u16 = 26;
const TABLE: u16 = 27;

type FakeConn = Conn<Kernel, Vec<u8>>;
type Four<'c> = Pipeline<'c, 4, Kernel, Vec<u8>>;

fn kernel() -> Kernel {
    Kernel::answering(|message, answer| match message.kind().0 {
        BAD => answer.refuse(Errno::EINVAL, Some("bad"), Some(16)),
        MUTE => {}
        TABLE => {
            answer.part(MessageType(30), &(), |w| w.u8(1, 1));
            answer.end_datagram();
            answer.part(MessageType(30), &(), |w| w.u8(1, 2));
            answer.done(0, Flags::empty());
        }
        _ => answer.ack(),
    })
}

fn conn(kernel: &Kernel) -> FakeConn {
    let mut conn = Conn::over(kernel.clone(), std::vec![0; 40_000], Protocol::ROUTE, 7);
    conn.set_timeout(Some(Duration::from_secs(10)));
    conn.state.sequence = 100;
    conn
}

fn request<R>(kind: u16, f: impl FnOnce(MessageRef<'_>) -> R) -> R {
    let mut buffer = [0; 64];
    let flags = Flags::empty();
    f(Writer::message(&mut buffer, MessageType(kind), flags, &(), |w| w.u8(1, 5)).unwrap())
}

fn send(pipeline: &mut Four<'_>, kind: u16) -> Result<Ticket, Error> {
    request(kind, |message| pipeline.send(message))
}

/// The answer that comes next, in words.
fn next(pipeline: &mut Four<'_>) -> String {
    match pipeline.next() {
        Ok(None) => "none".into(),
        Ok(Some((ticket, Answer::Reply(reply)))) => {
            std::format!("{}: reply {}", ticket.sequence(), reply.kind().0)
        }
        Ok(Some((ticket, Answer::Done(ack)))) => {
            assert_eq!(ack.message().header().sequence(), ticket.sequence());
            std::format!("{}: done", ticket.sequence())
        }
        Ok(Some((ticket, Answer::Failed(error)))) => {
            assert_eq!(error.sequence(), Some(ticket.sequence()));
            std::format!("{}: {error}", ticket.sequence())
        }
        Err(error) => error.to_string(),
    }
}

fn assert_usable(conn: &mut FakeConn) {
    let ping = noop(0);
    let ack = conn.execute(MessageRef::new(&ping).unwrap()).unwrap();
    assert_eq!(ack.code(), 0);
    let rows = request(TABLE, |message| {
        let mut replies = conn.query(Dump(message)).unwrap();
        let mut rows = 0;
        while replies.next().unwrap().is_some() {
            rows += 1;
        }
        rows
    });
    assert_eq!(rows, 2);
}

/// An error message, which may be forged, late or for somebody else.
fn error(code: i32, sequence: u32, port: u32) -> Vec<u8> {
    let header = Header::new(MessageType::ERROR, Flags::empty())
        .with_sequence(sequence)
        .with_port(port);
    message(header, &(), |w| w.append(&code)?.append(&[0_u8; 16]))
}

#[test]
fn tickets_distinguish_answers() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    for kind in [GOOD, BAD, GOOD] {
        send(&mut pipeline, kind).unwrap();
    }
    assert_eq!(pipeline.unanswered(), 3);
    let sent = kernel.sent().concat();
    for (message, sequence) in Messages::new(&sent).zip(101..) {
        let header = message.unwrap().header();
        assert_eq!((header.sequence(), header.port()), (sequence, 7));
        assert_eq!(header.flags(), Flags::REQUEST | Flags::ACK);
    }
    assert_eq!(next(&mut pipeline), "101: done");
    let refused = next(&mut pipeline);
    assert!(
        refused.starts_with("102: route: ") && refused.contains(": EINVAL: "),
        "{refused}"
    );
    assert!(refused.ends_with(", at byte 16"), "{refused}");
    assert_eq!(pipeline.refusal().unwrap().text(), Some("bad".into()));
    // Others can be sent in between.
    assert_eq!(send(&mut pipeline, GOOD).unwrap().sequence(), 104);
    assert_eq!(next(&mut pipeline), "103: done");
    assert_eq!(next(&mut pipeline), "104: done");
    assert_eq!(next(&mut pipeline), "none");
    assert_eq!(next(&mut pipeline), "none");
    assert_usable(&mut conn);
}

#[test]
fn no_more_than_n_are_under_way() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    // A sequence number chosen by the caller would hide the request.
    let ping = noop(101);
    let ping = MessageRef::new(&ping).unwrap();
    let mut pipeline: Four<'_> = conn.pipeline();
    for _ in 0..4 {
        pipeline.send(ping).unwrap();
    }
    assert!(pipeline.is_full());
    let full = pipeline.send(ping).unwrap_err();
    assert_eq!(full.kind(), ErrorKind::PipelineFull { limit: 4 });
    assert_eq!(
        full.to_string(),
        "route: send: pipeline full: 4 requests are in flight"
    );
    assert_eq!(kernel.sent().len(), 4);
    assert_eq!(next(&mut pipeline), "101: done");
    pipeline.send(ping).unwrap();
    for sequence in 102..106 {
        assert_eq!(next(&mut pipeline), std::format!("{sequence}: done"));
    }
    assert_eq!(next(&mut pipeline), "none");
    assert!(conn.pipeline::<0>().send(ping).is_err());
}

#[test]
fn sequence_numbers_skip_zero_and_those_in_flight() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    conn.state.sequence = u32::MAX - 1;
    let mut pipeline = conn.pipeline();
    send(&mut pipeline, MUTE).unwrap();
    let tickets: Vec<_> = (0..3).map(|_| send(&mut pipeline, GOOD).unwrap()).collect();
    let sequences: Vec<_> = tickets.iter().map(|ticket| ticket.sequence()).collect();
    // The first one has 1: numbers do not wrap inside of a datagram.
    assert_eq!(sequences, [2, 3, 4]);
    for sequence in sequences {
        assert_eq!(next(&mut pipeline), std::format!("{sequence}: done"));
    }
    // The slot of 5 is that of 1.
    assert_eq!(send(&mut pipeline, GOOD).unwrap().sequence(), 6);
}

#[test]
fn a_dump_goes_on_between_others() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
    send(&mut pipeline, GOOD).unwrap();
    // It was primed by the first ping.
    for line in [
        "102: reply 30",
        "102: reply 30",
        "102: done",
        "103: done",
        "none",
    ] {
        assert_eq!(next(&mut pipeline), line);
    }
    // With others ahead of it, their answers prime it.
    conn.state.primed = false;
    let mut pipeline = conn.pipeline();
    send(&mut pipeline, GOOD).unwrap();
    request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
    assert_eq!(kernel.queued(), 2, "the first answer was received");
    for line in [
        "104: done",
        "105: reply 30",
        "105: reply 30",
        "105: done",
        "none",
    ] {
        assert_eq!(next(&mut pipeline), line);
    }
    let mut small = Conn::over(kernel, [0; 4096], Protocol::ROUTE, 7);
    let result = request(TABLE, |message| small.pipeline::<1>().query(Dump(message)));
    let kind = result.unwrap_err().kind();
    assert_eq!(kind, ErrorKind::BufferTooSmall { needed: 32_768 });
}

#[test]
fn a_dump_of_a_table_that_changed_fails() {
    for part in [Flags::empty(), Flags::DUMP_INTR] {
        let kernel = Kernel::answering(move |message, answer| {
            if message.kind().0 != TABLE {
                return answer.ack();
            }
            answer.reply(MessageType(30), Flags::MULTI | part, &(), |w| w.u8(1, 1));
            answer.done(0, part ^ Flags::DUMP_INTR);
        });
        let mut conn = conn(&kernel);
        let mut pipeline = conn.pipeline();
        request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
        assert_eq!(next(&mut pipeline), "102: reply 30");
        assert_eq!(
            next(&mut pipeline),
            "102: route: request 27: the table changed during the dump"
        );
    }
}

#[test]
fn the_kernel_may_report_a_loss_in_a_message() {
    for sequence in [0, 101] {
        let kernel = kernel();
        let mut conn = conn(&kernel);
        let header = Header::new(MessageType::OVERRUN, Flags::empty()).with_sequence(sequence);
        kernel.queue(message(header, &(), |w| Ok(w)));
        let mut pipeline = conn.pipeline();
        for kind in [MUTE, GOOD] {
            send(&mut pipeline, kind).unwrap();
        }
        assert_eq!(next(&mut pipeline), "102: done");
        let line = next(&mut pipeline);
        assert!(
            line.contains("101: route: receive: receive buffer overrun"),
            "{line}"
        );
        assert_eq!(next(&mut pipeline), "none");
    }
}

#[test]
fn a_second_abandoned_dump_is_discarded() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let mut pipeline: Four<'_> = conn.pipeline();
    for _ in 0..2 {
        request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
    }
    for line in ["102: reply 30", "102: reply 30", "102: done"] {
        assert_eq!(next(&mut pipeline), line);
    }
    drop(pipeline);
    assert!(conn.state.dumping.is_some());
    assert_usable(&mut conn);
    assert_eq!((conn.state.dumping, kernel.queued()), (None, 0));
}

#[test]
fn messages_that_answer_none_of_them_are_skipped() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let mut group = Received::new(0, Address::KERNEL);
    group.group = 3;
    // Of a request before; of one that is answered already; of another
    // process; a notification; from another process.
    kernel.queue(error(-16, 100, 7));
    kernel.queue(error(0, 101, 7));
    kernel.queue(error(-16, 101, 7));
    kernel.queue(error(-16, 102, 8));
    kernel.queue_with(error(-16, 102, 7), group);
    kernel.queue_with(error(-16, 102, 7), Received::new(0, Address::port(9)));
    let mut pipeline = conn.pipeline();
    send(&mut pipeline, MUTE).unwrap();
    send(&mut pipeline, GOOD).unwrap();
    for line in ["101: done", "102: done", "none"] {
        assert_eq!(next(&mut pipeline), line);
    }
    let skipped = conn.skipped();
    assert_eq!(
        (skipped.stale, skipped.notifications, skipped.foreign),
        (2, 2, 1)
    );
}

#[test]
fn a_loss_fails_those_that_have_no_answer() {
    let mut count = 0;
    let kernel = Kernel::answering(move |_, answer| {
        count += 1;
        if count == 1 {
            answer.fail_receive(Errno::ENOBUFS);
        }
        if !(3..=4).contains(&count) {
            answer.ack();
        }
    });
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    for _ in 0..4 {
        send(&mut pipeline, GOOD).unwrap();
    }
    assert_eq!(next(&mut pipeline), "101: done");
    assert_eq!(next(&mut pipeline), "102: done");
    let lost = "route: receive: receive buffer overrun: 0 datagrams dropped so far";
    assert_eq!(next(&mut pipeline), std::format!("104: {lost}"));
    // One that is sent from here on is answered.
    assert_eq!(send(&mut pipeline, GOOD).unwrap().sequence(), 105);
    assert_eq!(next(&mut pipeline), std::format!("103: {lost}"));
    assert_eq!(next(&mut pipeline), "105: done");
    assert_eq!(next(&mut pipeline), "none");
    assert!(!conn.state.is_congested());
}

#[test]
fn broken_framing_fails_all_of_them() {
    let kernel = Kernel::answering(|message, answer| match message.kind().0 {
        BAD => answer.raw(&[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        _ => answer.ack(),
    });
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    for kind in [GOOD, BAD, GOOD] {
        send(&mut pipeline, kind).unwrap();
    }
    assert_eq!(next(&mut pipeline), "101: done");
    for sequence in [102, 103] {
        let line = next(&mut pipeline);
        let start = std::format!("{sequence}: route: receive: ");
        assert!(line.starts_with(&start), "{line}");
    }
    // The answer that came all the same is late.
    assert_eq!(send(&mut pipeline, GOOD).unwrap().sequence(), 104);
    assert_eq!(next(&mut pipeline), "104: done");
    assert_eq!(conn.skipped().stale, 1);
}

#[test]
fn an_answer_that_does_not_fit_fails_its_request() {
    let kernel = Kernel::answering(|message, answer| match message.kind().0 {
        BAD => {
            answer.reply(MessageType(30), Flags::empty(), &(), |w| {
                w.append(&[0_u8; 60_000])
            });
            answer.ack();
        }
        _ => answer.ack(),
    });
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    for kind in [BAD, GOOD] {
        send(&mut pipeline, kind).unwrap();
    }
    assert_eq!(
        next(&mut pipeline),
        "101: route: receive: datagram truncated: 60016 bytes needed"
    );
    assert_eq!(next(&mut pipeline), "102: done");
    assert_eq!(next(&mut pipeline), "none");
}

#[test]
fn a_datagram_without_an_owner_fails_no_request() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    // No message, with a sequence number in the place of the request's.
    let mut broken = error(0, 97, 7);
    broken.resize(50_000, 0);
    broken.splice(..4, 8_u32.to_ne_bytes());
    kernel.queue(broken);
    let mut pipeline = conn.pipeline();
    send(&mut pipeline, GOOD).unwrap();
    assert_eq!(
        next(&mut pipeline),
        "route: receive: datagram truncated: 50000 bytes needed"
    );
    assert_eq!(pipeline.unanswered(), 1);
    assert_eq!(next(&mut pipeline), "101: done");
}

#[test]
fn a_timeout_leaves_them_under_way() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let call = conn.with_timeout(Duration::from_millis(1));
    let mut pipeline = call.pipeline();
    send(&mut pipeline, MUTE).unwrap();
    assert!(matches!(pipeline.try_next(), Ok(Poll::Pending)));
    assert_eq!(next(&mut pipeline), "route: wait: timed out");
    assert_eq!(pipeline.unanswered(), 1);
    kernel.cancel();
    // Either may be seen first.
    let ended = next(&mut pipeline);
    assert!(ended.starts_with("route: wait: "), "{ended}");
    kernel.resume();
    kernel.queue(error(0, 101, 7));
    let polled = pipeline.try_next();
    assert!(matches!(
        polled,
        Ok(Poll::Ready(Some((_, Answer::Done(_)))))
    ));
    assert!(matches!(pipeline.try_next(), Ok(Poll::Ready(None))));
    let mut pipeline: Four<'_> = conn.with_timeout(Duration::ZERO).pipeline();
    let error = send(&mut pipeline, GOOD).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[test]
fn an_abandoned_call_leaves_the_connection_usable() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    for forget in [false, true] {
        for read in 0..5 {
            let mut pipeline = conn.pipeline();
            request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
            send(&mut pipeline, BAD).unwrap();
            for _ in 0..read {
                next(&mut pipeline);
            }
            if forget {
                core::mem::forget(pipeline);
            } else {
                drop(pipeline);
            }
            assert_usable(&mut conn);
        }
    }
}

#[test]
fn an_earlier_abandoned_dump_is_discarded() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    request(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    let mut pipeline = conn.pipeline();
    send(&mut pipeline, GOOD).unwrap();
    assert_eq!(kernel.queued(), 1, "its own answer");
    request(TABLE, |message| pipeline.query(Dump(message))).unwrap();
    drop(pipeline);
    assert_usable(&mut conn);
}

#[test]
fn a_refused_send_is_reported_and_not_counted() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let mut pipeline = conn.pipeline();
    kernel.refuse_send(Some(Errno::ECONNREFUSED));
    let error = send(&mut pipeline, GOOD).unwrap_err();
    assert_eq!(error.to_string(), "route: send: ECONNREFUSED");
    assert_eq!(pipeline.unanswered(), 0);
    assert_eq!(next(&mut pipeline), "none");
}

#[test]
fn other_processes_do_not_make_an_answer_lost() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let call = conn.with_timeout(Duration::from_secs(1));
    let mut pipeline = call.pipeline();
    send(&mut pipeline, MUTE).unwrap();
    kernel.queue_error(Errno::ENOBUFS);
    let ack = Header::new(MessageType::ERROR, Flags::empty())
        .with_sequence(101)
        .with_port(7);
    let ack = message(ack, &(), |w| w.append(&0_i32)?.append(&[0_u8; 16]));
    kernel.queue_with(ack.clone(), Received::new(0, Address::port(12)));
    kernel.queue(ack);
    assert_eq!(next(&mut pipeline), "101: done");
}

#[test]
fn a_long_dump_request_is_primed_too() {
    let long = [7; 600];
    let mut buffer = [0; 1024];
    let message = Writer::message(&mut buffer, MessageType(TABLE), Flags::empty(), &(), |w| {
        w.bytes(1, &long)
    });
    let message = message.unwrap();
    for ahead in [false, true] {
        let kernel = kernel();
        let mut conn = conn(&kernel);
        conn.state.primed = false;
        let mut pipeline: Four<'_> = conn.pipeline();
        if ahead {
            send(&mut pipeline, GOOD).unwrap();
        }
        pipeline.query(Dump(message)).unwrap();
        let mut rows = 0;
        while let Some((_, answer)) = pipeline.next().unwrap() {
            rows += u32::from(matches!(answer, Answer::Reply(_)));
        }
        assert_eq!(rows, 2);
        assert!(conn.state.primed);
        let sent = kernel.sent();
        assert_eq!(sent.len(), 2, "the no-op or the request ahead");
        let dump = MessageRef::new(sent.last().unwrap()).unwrap();
        assert_eq!(dump.attributes(0).require(1).unwrap().bytes(), long);
    }
}

#[test]
fn a_forgiven_refusal_is_done() {
    let kernel = Kernel::answering(|_, answer| answer.error(Errno::ENODEV));
    let mut conn = conn(&kernel);
    let mut pipeline: Four<'_> = conn.pipeline();
    let first = pipeline.send(Forgiving(&[Errno::ENODEV])).unwrap();
    let second = pipeline.send(Forgiving(&[])).unwrap();
    let (ticket, answer) = pipeline.next().unwrap().unwrap();
    assert_eq!(ticket, first);
    let Answer::Done(ack) = answer else {
        unreachable!("it is forgiven");
    };
    assert_eq!(ack.errno(), Some(Errno::ENODEV));
    let (ticket, answer) = pipeline.next().unwrap().unwrap();
    assert_eq!(ticket, second);
    assert!(matches!(answer, Answer::Failed(error) if error.errno() == Some(Errno::ENODEV)));
    assert!(pipeline.next().unwrap().is_none());
}

#[test]
#[cfg(feature = "route")]
fn a_reply_that_reports_a_failure_fails_its_request() {
    use nlwire::route::{DCB_ATTR_IEEE, DcbHeader, RTM_SETDCB, SetDcb};

    // The driver refuses the first change with `EINVAL`, and takes the second.
    let kernel = Kernel::answering(|message, answer| {
        let code = if message.header().sequence() % 2 == 1 {
            234_u8
        } else {
            0
        };
        answer.reply(RTM_SETDCB, Flags::empty(), &DcbHeader::default(), |w| {
            w.u8(DCB_ATTR_IEEE, code)
        });
        answer.ack();
    });
    let mut conn = conn(&kernel);
    conn.state.sequence = 100;
    let mut pipeline: Four<'_> = conn.pipeline();
    let first = pipeline.send(SetDcb::ieee("eth0", &[])).unwrap();
    let second = pipeline.send(SetDcb::ieee("eth0", &[])).unwrap();
    let (ticket, answer) = pipeline.next().unwrap().unwrap();
    assert_eq!(ticket, first);
    assert!(matches!(answer, Answer::Failed(error) if error.errno() == Some(Errno::EINVAL)));
    let (ticket, answer) = pipeline.next().unwrap().unwrap();
    assert_eq!(ticket, second);
    assert!(matches!(answer, Answer::Reply(_)));
    assert!(matches!(
        pipeline.next().unwrap(),
        Some((_, Answer::Done(_)))
    ));
    assert!(pipeline.next().unwrap().is_none());
}
