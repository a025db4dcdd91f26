#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::forget_non_drop,
    reason = "tests"
)]

mod bounds;
mod ends;
mod filters;

use crate::fake::{Answer, Kernel, message};
use crate::{Address, Conn, Errno, Error, ErrorKind, Protocol, Received, Rows};
use core::task::Poll;
use core::time::Duration;
use nlwire::{Dump, Flags, Header, MessageRef, MessageType, Query, Writer};
use std::boxed::Box;
use std::string::ToString as _;
use std::vec::Vec;

/// Types of requests.
pub(crate) const GOOD: u16 = 24;
pub(crate) const BAD: u16 = 25;
pub(crate) const MUTE: u16 = 26;
pub(crate) const TABLE: u16 = 27;
/// The type of replies.
pub(crate) const ROW: MessageType = MessageType(30);

pub(crate) type FakeConn = Conn<Kernel, Vec<u8>>;

/// Answers by type; a table has three rows in two datagrams, and its end in a
/// third one.
pub(crate) fn kernel() -> Kernel {
    Kernel::answering(|message, answer| match message.kind().0 {
        BAD => answer.refuse(Errno::EINVAL, Some("bad"), Some(16)),
        MUTE => {}
        TABLE => {
            answer.part(ROW, &(), |w| w.u8(1, 1));
            answer.part(ROW, &(), |w| w.u8(1, 2));
            answer.end_datagram();
            answer.part(ROW, &(), |w| w.u8(1, 3));
            answer.end_datagram();
            answer.done(0, Flags::empty());
        }
        _ => answer.ack(),
    })
}

/// A connection whose next sequence number is 101.
pub(crate) fn conn(kernel: &Kernel) -> FakeConn {
    let buffer = std::vec![0; 40_000];
    let mut conn = Conn::over(kernel.clone(), buffer, Protocol::ROUTE, 7);
    conn.set_timeout(Some(Duration::from_secs(10)));
    conn.state.sequence = 100;
    conn.state.primed = true;
    conn
}

/// Writes a request of a type, with an attribute.
pub(crate) fn with<R>(kind: u16, f: impl FnOnce(MessageRef<'_>) -> R) -> R {
    let mut buffer = [0; 64];
    let flags = Flags::empty();
    f(Writer::message(&mut buffer, MessageType(kind), flags, &(), |w| w.u8(1, 5)).unwrap())
}

pub(crate) fn request(conn: &mut FakeConn, kind: u16) -> Result<i32, Error> {
    with(kind, |message| Ok(conn.execute(message)?.code()))
}

/// Reads the rest, and returns the values of the attributes.
pub(crate) fn rows<Q>(replies: &mut Rows<'_, Q, Kernel, Vec<u8>>) -> Result<Vec<u8>, Error>
where
    Q: for<'a> Query<Row<'a> = MessageRef<'a>>,
{
    let mut rows = Vec::new();
    while let Some(row) = replies.next()? {
        rows.push(row.attributes(0).require(1).unwrap().u8().unwrap());
    }
    Ok(rows)
}

pub(crate) fn dump(conn: &mut FakeConn) -> Result<Vec<u8>, Error> {
    with(TABLE, |message| rows(&mut conn.query(Dump(message))?))
}

pub(crate) fn assert_usable(conn: &mut FakeConn) {
    assert_eq!(request(conn, GOOD).unwrap(), 0);
    assert_eq!(dump(conn).unwrap(), [1, 2, 3]);
    assert_eq!(request(conn, GOOD).unwrap(), 0);
}

pub(crate) fn header(kind: MessageType, sequence: u32, port: u32) -> Header {
    Header::new(kind, Flags::empty())
        .with_sequence(sequence)
        .with_port(port)
}

/// An error message: code 0 is an ack.
pub(crate) fn error(code: i32, sequence: u32, port: u32) -> Vec<u8> {
    let header = header(MessageType::ERROR, sequence, port);
    message(header, &(), |w| w.append(&code)?.append(&[0_u8; 16]))
}

pub(crate) fn row(value: u8, sequence: u32, port: u32) -> Vec<u8> {
    message(header(ROW, sequence, port), &(), |w| w.u8(1, value))
}

pub(crate) fn from(port: u32, group: u32) -> Received {
    let mut received = Received::new(0, Address::port(port));
    received.group = group;
    received
}

pub(crate) fn kind(result: Result<impl Sized, Error>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

#[test]
fn stale_answers_answer_no_request() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    // A reply, a refusal and an ack of requests before, in one datagram.
    let late = [row(9, 99, 7), error(-16, 100, 7), error(0, 100, 7)];
    kernel.queue(late.concat());
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    assert_eq!(conn.skipped().stale, 3);
}

#[test]
fn another_request_s_ebusy_does_not_end_a_dump() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.part(ROW, &(), |w| w.u8(1, 1));
        // In the midst of the rows, as of a dump on the same socket.
        answer.raw(&error(-16, 500, 7));
        answer.part(ROW, &(), |w| w.u8(1, 2));
        answer.done(0, Flags::empty());
    });
    assert_eq!(dump(&mut conn(&kernel)).unwrap(), [1, 2]);
}

#[test]
fn notifications_answer_no_request() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    // Notifications caused by another process, by the kernel, and by the
    // request itself, which come before the ack with the request's sequence
    // number and port.
    kernel.queue(row(9, 101, 8));
    kernel.queue(row(9, 4, 0));
    kernel.queue_with(row(9, 101, 7), from(0, 1));
    kernel.queue_with(error(-16, 101, 7), from(0, 40));
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    assert_eq!(conn.skipped().notifications, 4);
    assert_eq!(conn.skipped().stale, 0);
}

#[test]
fn forged_answers_answer_no_request() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let done = message(header(MessageType::DONE, 101, 7), &(), |w| w.append(&0_i32));
    kernel.queue_with(done, from(12, 0));
    kernel.queue_with(row(9, 101, 7), from(12, 0));
    kernel.queue_with([1, 2, 3], from(12, 0));
    kernel.queue_with([0; 50_000], from(12, 0));
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    assert_eq!(conn.skipped().foreign, 4);
    // Nor do they make it wait longer.
    conn.set_timeout(Some(Duration::from_nanos(1)));
    for _ in 0..100 {
        kernel.queue_with(error(0, 102, 7), from(12, 0));
    }
    assert_eq!(kind(request(&mut conn, MUTE)), Some(ErrorKind::Timeout));
    assert!(kernel.queued() > 0);
}

#[test]
fn an_answer_that_comes_late_is_not_the_next_one_s() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    conn.set_timeout(Some(Duration::from_millis(1)));
    assert_eq!(kind(request(&mut conn, MUTE)), Some(ErrorKind::Timeout));
    conn.set_timeout(Some(Duration::from_secs(10)));
    kernel.queue(error(-22, 101, 7));
    assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
    assert_eq!(conn.skipped().stale, 1);
}

#[test]
fn a_cancelled_request_leaves_the_connection_usable() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    kernel.cancel();
    assert_eq!(kind(request(&mut conn, MUTE)), Some(ErrorKind::Cancelled));
    // What is there already need not be waited for.
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    kernel.resume();
    assert_usable(&mut conn);
}

/// Reads that many rows, and abandons the rest.
fn leave<Q: Query>(mut replies: Rows<'_, Q, Kernel, Vec<u8>>, count: u32, forget: bool) {
    for _ in 0..count {
        replies.next().unwrap();
    }
    if forget {
        core::mem::forget(replies);
    }
}

#[test]
fn an_answer_may_be_abandoned_at_any_point() {
    for forget in [false, true] {
        for count in 0..5 {
            for dumped in [false, true] {
                let kernel = kernel();
                let mut conn = conn(&kernel);
                with(TABLE, |message| {
                    if dumped {
                        leave(conn.query(Dump(message)).unwrap(), count, forget);
                    } else {
                        leave(conn.query(message).unwrap(), count, forget);
                    }
                });
                assert_usable(&mut conn);
            }
        }
    }
}

#[test]
fn broken_framing_ends_the_answer() {
    for broken in [
        &[0_u8; 3][..],
        &[8, 0, 0, 0, 30, 0, 0, 0, 101, 0, 0, 0, 7, 0, 0, 0],
    ] {
        let bytes = broken.to_vec();
        let kernel = Kernel::answering(move |message, answer| {
            if message.kind().0 != TABLE {
                return answer.ack();
            }
            answer.part(ROW, &(), |w| w.u8(1, 1));
            answer.end_datagram();
            answer.part(ROW, &(), |w| w.u8(1, 2));
            answer.raw(&bytes);
            answer.part(ROW, &(), |w| w.u8(1, 3));
            answer.done(0, Flags::empty());
        });
        let mut conn = conn(&kernel);
        with(TABLE, |message| {
            let mut replies = conn.query(Dump(message)).unwrap();
            assert!(replies.next().unwrap().is_some());
            assert!(replies.next().unwrap().is_some());
            let error = replies.next().unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
            assert_eq!(error.sequence(), Some(101));
            assert!(replies.next().unwrap().is_none());
        });
        assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
    }
}

#[test]
fn a_datagram_that_does_not_fit_ends_the_answer() {
    let kernel = Kernel::answering(|message, answer| {
        if message.kind().0 == BAD {
            answer.raw(&[0; 50_000]);
        }
        answer.ack();
    });
    let mut conn = conn(&kernel);
    let result = request(&mut conn, BAD);
    assert_eq!(kind(result), Some(ErrorKind::Truncated { needed: 50_000 }));
    assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
}

#[test]
fn a_table_that_changed_says_so_behind_its_rows() {
    for on_done in [false, true] {
        let kernel = Kernel::answering(move |_, answer: &mut Answer| {
            let flags = if on_done {
                Flags::empty()
            } else {
                Flags::DUMP_INTR
            };
            answer.part(ROW, &(), |w| w.u8(1, 1));
            answer.reply(ROW, Flags::MULTI | flags, &(), |w| w.u8(1, 2));
            answer.part(ROW, &(), |w| w.u8(1, 3));
            let flags = if on_done {
                Flags::DUMP_INTR
            } else {
                Flags::empty()
            };
            answer.done(0, flags);
        });
        let mut conn = conn(&kernel);
        with(TABLE, |message| {
            let mut replies = conn.query(Dump(message)).unwrap();
            for _ in 0..3 {
                assert!(replies.next().unwrap().is_some());
            }
            assert_eq!(replies.is_interrupted(), !on_done);
            let error = replies.next().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Interrupted);
            assert!(error.is_temporary());
            assert!(replies.is_interrupted());
            assert!(replies.next().unwrap().is_none());
        });
    }
}

/// A kernel whose first `changes` dumps are interrupted.
fn changing(mut changes: u32) -> Kernel {
    Kernel::answering(move |_, answer| {
        answer.part(ROW, &(), |w| w.u8(1, 1));
        let flags = match changes {
            0 => Flags::empty(),
            _ => Flags::DUMP_INTR,
        };
        changes = changes.saturating_sub(1);
        answer.done(0, flags);
    })
}

#[test]
fn a_dump_is_repeated_until_the_table_stands_still() {
    let mut conn = conn(&changing(2));
    let mut attempts = Vec::new();
    let read = |attempts: &mut Vec<u32>, limit, conn: &mut FakeConn| {
        with(TABLE, |message| {
            conn.query_retry(limit, message, |attempt, replies| {
                attempts.push(attempt);
                rows(replies)
            })
        })
    };
    assert_eq!(read(&mut attempts, 5, &mut conn).unwrap(), [1]);
    assert_eq!(attempts, [0, 1, 2]);
    for (limit, expected) in [(2, 2), (1, 1), (0, 1)] {
        let mut conn = self::conn(&changing(9));
        attempts.clear();
        let result = read(&mut attempts, limit, &mut conn);
        assert_eq!(kind(result), Some(ErrorKind::Interrupted));
        assert_eq!(attempts.len(), expected);
    }
}

#[test]
fn only_an_interruption_is_a_reason_to_repeat() {
    let mut conn = conn(&changing(9));
    let mut calls = 0;
    // A caller that has found its row, or abandons the dump, is done.
    let found = with(TABLE, |message| {
        conn.query_retry(5, message, |_, rows| {
            calls += 1;
            Ok::<_, Error>(rows.next()?.is_some())
        })
    });
    assert!(found.unwrap());
    let failed: Result<(), Box<dyn core::error::Error>> = with(TABLE, |message| {
        conn.query_retry(5, message, |_, replies| {
            calls += 1;
            replies.next()?;
            Err("enough".into())
        })
    });
    assert_eq!(failed.unwrap_err().to_string(), "enough");
    let ended: Result<(), Error> = with(BAD, |message| {
        let refusing = Kernel::answering(|_, answer| answer.done(-95, Flags::DUMP_INTR));
        self::conn(&refusing).query_retry(5, message, |_, replies| {
            calls += 1;
            rows(replies).map(|_| ())
        })
    });
    assert_eq!(kind(ended), Some(ErrorKind::Refused(Errno(95))));
    assert_eq!(calls, 3);
}

#[test]
fn a_kernel_that_filters_says_so() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(ROW, Flags::MULTI | Flags::DUMP_FILTERED, &(), |w| {
            w.u8(1, 1)
        });
        answer.done(0, Flags::empty());
    });
    let mut conn = conn(&kernel);
    with(TABLE, |message| {
        let mut replies = conn.query(Dump(message)).unwrap();
        assert!(!replies.is_filtered());
        replies.next().unwrap();
        assert!(replies.is_filtered());
    });
}

#[test]
fn a_dump_is_refused_by_its_end() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| answer.done(-2, Flags::empty()));
    let mut conn = conn(&kernel);
    let error = dump(&mut conn).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert!(conn.state.dumping.is_none());
}

#[test]
fn a_refusal_is_there_until_the_next_receive() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    request(&mut conn, BAD).unwrap_err();
    assert_eq!(conn.refusal().unwrap().text(), Some("bad".into()));
    request(&mut conn, GOOD).unwrap();
    assert!(conn.refusal().is_none());
    // What is emptied out takes its place as well.
    with(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    conn.set_timeout(Some(Duration::from_nanos(1)));
    dump(&mut conn).unwrap_err();
    assert!(conn.refusal().is_none());
}

#[test]
fn one_reply_is_one() {
    for count in 0..3 {
        let kernel = Kernel::answering(move |_, answer: &mut Answer| {
            for value in 0..count {
                answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, value));
                answer.end_datagram();
            }
            answer.ack();
        });
        let mut conn = conn(&kernel);
        let result = with(GOOD, |message| {
            // It is whole, although the ack was received after it.
            conn.get(message).map(|reply| reply.as_bytes().to_vec())
        });
        match count {
            1 => assert_eq!(result.unwrap(), row(0, 101, 7)),
            count => assert_eq!(
                kind(result),
                Some(ErrorKind::Replies {
                    found: count.into()
                })
            ),
        }
    }
}

#[test]
fn without_an_ack_the_first_datagram_of_replies_is_all() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.ack();
        answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 1));
        answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 2));
        answer.end_datagram();
        answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 3));
    });
    let mut conn = conn(&kernel);
    let read = with(GOOD, |message| {
        rows(&mut conn.call().without_ack().query(message).unwrap())
    });
    assert_eq!(read.unwrap(), [1, 2], "and no ack was sent");
}

#[test]
fn answers_have_the_port_of_the_socket() {
    let kernel = Kernel::answering(|message, answer: &mut Answer| {
        assert_eq!(message.header().port(), 7);
        let header = *message.header();
        answer.raw(&error(0, header.sequence(), 7));
    });
    let mut conn = conn(&kernel);
    let mut buffer = [0; 64];
    let flags = Flags::empty();
    let ping = Writer::message(&mut buffer, MessageType::NOOP, flags, &(), |w| Ok(w)).unwrap();
    let mut bytes = ping.as_bytes().to_vec();
    bytes.splice(12..16, 4_u32.to_ne_bytes());
    let ping = MessageRef::new(&bytes).unwrap();
    assert_eq!(conn.execute(ping).unwrap().code(), 0);
}

#[test]
fn pending_until_the_next_datagram_comes() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(MUTE, |message| {
        let mut replies = conn.query(Dump(message)).unwrap();
        assert!(matches!(replies.try_next(), Ok(Poll::Pending)));
        kernel.queue(row(1, 101, 7));
        assert!(matches!(replies.try_next(), Ok(Poll::Ready(Some(_)))));
        assert!(matches!(replies.try_next(), Ok(Poll::Pending)));
        kernel.queue(error(0, 101, 7));
        assert!(matches!(replies.try_next(), Ok(Poll::Ready(None))));
        assert!(matches!(replies.try_next(), Ok(Poll::Ready(None))));
    });
}

#[test]
fn a_reply_to_a_change_is_reported_before_or_after_its_ack() {
    for apart in [false, true] {
        let kernel = Kernel::answering(move |_, answer: &mut Answer| {
            answer.reply(ROW, Flags::DUMP_INTR, &(), |w| w.u8(1, 1));
            match apart {
                true => answer.ack(),
                false => answer.raw(&error(0, 101, 7)),
            }
        });
        let mut conn = conn(&kernel);
        let result = with(GOOD, |message| conn.get(message).map(|_| ()));
        assert_eq!(kind(result), Some(ErrorKind::Interrupted));
    }
}

#[test]
fn a_get_skips_messages_between_reply_and_ack() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 5));
        answer.end_datagram();
        // To an earlier request, and to another port.
        answer.raw(&error(0, 100, 7));
        answer.end_datagram();
        answer.raw(&error(0, 101, 8));
        answer.end_datagram();
        answer.ack();
    });
    let mut conn = conn(&kernel);
    with(GOOD, |message| {
        let reply = conn.get(message).unwrap();
        assert_eq!(reply.header().sequence(), 101);
        assert_eq!(reply.attributes(0).require(1).unwrap().u8().unwrap(), 5);
    });
    let skipped = conn.skipped();
    assert_eq!((skipped.stale, skipped.notifications), (1, 1));
    assert_eq!(kernel.queued(), 0);
}

#[test]
fn a_get_may_be_refused_behind_its_reply() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 5));
        answer.refuse(Errno::EINVAL, Some("bad"), Some(16));
    });
    let mut conn = conn(&kernel);
    let error = with(GOOD, |message| conn.get(message).map(|_| ())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL));
    assert_eq!(error.offset(), Some(16));
    assert_eq!(conn.refusal().unwrap().text(), Some("bad".into()));
}

#[test]
fn a_get_that_is_acknowledged_first_has_no_reply() {
    let kernel = Kernel::answering(|message, answer: &mut Answer| {
        answer.ack();
        if message.kind().0 == MUTE {
            answer.end_datagram();
            answer.reply(ROW, Flags::empty(), &(), |w| w.u8(1, 5));
        }
    });
    let mut conn = conn(&kernel);
    let result = with(MUTE, |message| conn.get(message).map(|_| ()));
    assert_eq!(kind(result), Some(ErrorKind::Replies { found: 0 }));
    // A late reply does not answer the next request.
    let result = with(GOOD, |message| conn.get(message).map(|_| ()));
    assert_eq!(kind(result), Some(ErrorKind::Replies { found: 0 }));
    assert_eq!(conn.skipped().stale, 1);
}

#[test]
fn a_get_ends_where_its_answer_does() {
    let kernel = Kernel::answering(|message, answer: &mut Answer| {
        answer.raw(&row(5, 101, 7));
        // In the same datagram, which no kernel does today.
        if message.flags().contains(Flags::ACK) {
            answer.raw(&error(0, 101, 7));
        }
    });
    for ack in [false, true] {
        let mut conn = conn(&kernel);
        conn.set_timeout(Some(Duration::from_millis(50)));
        let call = if ack {
            conn.call()
        } else {
            conn.call().without_ack()
        };
        let value = with(GOOD, |message| {
            let reply = call.get(message).unwrap();
            reply.attributes(0).require(1).unwrap().u8().unwrap()
        });
        assert_eq!(value, 5);
    }
}
