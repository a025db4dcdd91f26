#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::conn::rows::tests::{
    BAD, FakeConn, GOOD, MUTE, ROW, assert_usable, conn, dump, error, from, header, kernel, kind,
    request, row, with,
};
use crate::fake::{Kernel, message};
use crate::testing::packed;
use crate::{Answer, Conn, Errno, ErrorKind, Outcome, Protocol, Transport as _};
use core::time::Duration;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Dump, EncodeError, Flags, MessageType, Messages};
use std::vec::Vec;

/// Size in bytes of a request.
const SENT: usize = 24;

/// A connection whose buffer is small and whose next sequence number is 101.
fn small(kernel: &Kernel, len: usize) -> FakeConn {
    let buffer = std::vec![0; len];
    let mut conn = Conn::over(kernel.clone(), buffer, Protocol::ROUTE, 7);
    conn.set_timeout(Some(Duration::from_secs(10)));
    conn.state.sequence = 100;
    conn
}

/// Makes the first message of a datagram too long for any buffer here.
fn long(mut datagram: Vec<u8>) -> Vec<u8> {
    datagram.resize(50_000, 0);
    let length = u32::try_from(datagram.len()).unwrap();
    datagram
        .iter_mut()
        .zip(length.to_ne_bytes())
        .for_each(|(to, byte)| *to = byte);
    datagram
}

/// Queues messages that answer no request from 101 on: three stale answers, two
/// of them among others in a pipeline of four, and three notifications.
fn queue_others(kernel: &Kernel) {
    kernel.queue(long(row(9, 97, 7)));
    kernel.queue(long(error(-16, 98, 7)));
    kernel.queue(long(message(header(MessageType::DONE, 99, 7), &(), |w| {
        w.append(&0_i32)
    })));
    kernel.queue(long(row(9, 101, 8)));
    kernel.queue(long(row(9, 4, 0)));
    kernel.queue_with(long(row(9, 101, 7)), from(0, 40));
    // The first message may be whole.
    kernel.queue([row(9, 97, 7), long(row(9, 97, 7))].concat());
}

fn assert_skipped(conn: &FakeConn) {
    let skipped = conn.skipped();
    assert_eq!((skipped.stale, skipped.notifications), (4, 3));
}

#[test]
fn a_request_skips_oversized_messages_of_others() {
    let kernel = kernel();
    for len in [24, 40] {
        let mut conn = small(&kernel, len);
        queue_others(&kernel);
        assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
        assert_skipped(&conn);
    }
}

#[test]
fn a_dump_skips_oversized_messages_of_others() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    queue_others(&kernel);
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    assert_skipped(&conn);
}

#[test]
fn a_pipeline_skips_oversized_messages_of_others() {
    let kernel = kernel();
    let mut conn = small(&kernel, 40);
    queue_others(&kernel);
    let mut pipeline = conn.pipeline::<4>();
    for _ in 0..4 {
        with(GOOD, |message| pipeline.send(message)).unwrap();
    }
    for sequence in 101..105 {
        let (ticket, answer) = pipeline.next().unwrap().unwrap();
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
        assert_eq!(ticket.sequence(), sequence);
    }
    assert!(pipeline.next().unwrap().is_none());
    assert_skipped(&conn);
}

#[test]
fn a_batch_skips_oversized_messages_of_others() {
    let kernel = kernel();
    let mut conn = small(&kernel, 40);
    queue_others(&kernel);
    // Past the end of the batch.
    kernel.queue(long(row(9, 103, 7)));
    let mut messages = with(GOOD, |message| message.as_bytes().repeat(2));
    let mut outcomes = [const { Outcome::NotDone }; 2];
    conn.batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap();
    assert!(outcomes.iter().all(Outcome::is_done));
    assert_eq!(conn.skipped().stale, 5);
    // An answer of its own is needed.
    let kernel = Kernel::answering(|message, answer| {
        if message.header().sequence() == 102 {
            answer.reply(ROW, Flags::empty(), &(), |w| w.append(&[0_u8; 64]));
        }
        answer.ack();
    });
    let result = small(&kernel, 40).batch(&mut packed(&mut messages), &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Truncated { needed: 80 }));
}

#[test]
fn a_loss_is_reported_whatever_does_not_fit() {
    let kernel = kernel();
    let mut conn = small(&kernel, 40);
    kernel.queue(long(message(
        header(MessageType::OVERRUN, 0, 0),
        &(),
        |w| Ok(w),
    )));
    let lost = ErrorKind::Overrun { drops: 0 };
    assert_eq!(kind(request(&mut conn, GOOD)), Some(lost));
    assert!(conn.state.is_congested());
}

#[test]
fn an_abandoned_dump_ends_by_an_end_that_is_seen() {
    let kernel = kernel();
    let end = |sequence| {
        let done = header(MessageType::DONE, sequence, 7);
        message(done, &(), |w| w.append(&0_i32))
    };
    // Behind a row it is cut off.
    let hidden = |sequence| [long(row(9, sequence, 7)), end(sequence)].concat();
    let full = |sequence| long(error(-105, sequence, 7));
    let ends = [
        (long(end(101)), true),
        (hidden(101), false),
        (full(101), false),
    ];
    for (datagram, seen) in ends {
        let mut conn = conn(&kernel);
        with(MUTE, |message| drop(conn.query(Dump(message)).unwrap()));
        kernel.queue(datagram);
        assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
        assert_eq!(conn.state.dumping.is_none(), seen);
        assert_usable(&mut conn);
        assert!(conn.state.dumping.is_none());
    }
}

#[test]
fn oversized_messages_are_counted_when_discarded() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(MUTE, |message| drop(conn.query(Dump(message)).unwrap()));
    kernel.queue(long(row(9, 101, 7)));
    kernel.queue(long(error(0, 101, 7)));
    // Not reached: the dump ends before it.
    kernel.queue(long(row(9, 4, 0)));
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    let skipped = conn.skipped();
    assert_eq!((skipped.stale, skipped.notifications), (2, 1));
}

#[test]
fn a_truncation_names_the_size_of_the_whole_buffer() {
    let kernel = Kernel::answering(|_, answer| {
        answer.reply(ROW, Flags::empty(), &(), |w| w.append(&[1_u8; 8]));
        answer.end_datagram();
        answer.raw(&[0; 100]);
    });
    for len in 44..124 {
        let result = with(GOOD, |message| small(&kernel, len).get(message).map(|_| ()));
        assert_eq!(kind(result), Some(ErrorKind::Truncated { needed: 124 }));
    }
    let mut conn = small(&kernel, 124);
    let result = with(GOOD, |message| conn.get(message).map(|_| ()));
    assert!(matches!(kind(result), Some(ErrorKind::Decode(_))));
}

#[test]
fn an_end_needs_only_its_code() {
    let kernel = kernel();
    let whole = kernel_answer_len(&kernel, BAD);
    for len in 0..whole {
        let mut conn = small(&kernel, len);
        let (good, bad) = (request(&mut conn, GOOD), request(&mut conn, BAD));
        if len < SENT {
            for result in [good, bad] {
                let Some(ErrorKind::Encode(EncodeError::Overflow { capacity, .. })) = kind(result)
                else {
                    panic!("{len}");
                };
                assert_eq!(usize::try_from(capacity), Ok(len));
            }
            assert_eq!(kernel.recv(&mut []).unwrap_err(), Errno::EAGAIN);
        } else {
            assert_eq!(good.unwrap(), 0);
            assert_eq!(kind(bad), Some(ErrorKind::Refused(Errno::EINVAL)));
            // The text, eight bytes behind the header that is echoed.
            let text = conn.refusal().unwrap().text();
            assert_eq!(text.is_some(), len >= 44);
        }
    }
    let mut conn = small(&kernel, whole);
    request(&mut conn, BAD).unwrap_err();
    assert_eq!(conn.refusal().unwrap().text(), Some("bad".into()));
}

#[test]
fn the_one_reply_needs_no_room_for_the_end_behind_it() {
    #[derive(Clone, Copy, Debug)]
    enum Then {
        Ack,
        Warning,
        Refusal,
        Another,
        Nothing,
    }
    for then in [
        Then::Ack,
        Then::Warning,
        Then::Refusal,
        Then::Another,
        Then::Nothing,
    ] {
        let kernel = Kernel::answering(move |_, answer| {
            answer.reply(ROW, Flags::empty(), &(), |w| w.append(&[1_u8; 8]));
            answer.end_datagram();
            match then {
                Then::Ack => answer.ack(),
                Then::Warning => answer.refuse(Errno(0), Some("a warning"), Some(16)),
                Then::Refusal => answer.refuse(Errno::EINVAL, Some("bad"), Some(16)),
                Then::Another => {
                    answer.reply(ROW, Flags::empty(), &(), |w| w.append(&[2_u8; 64]));
                    answer.ack();
                }
                Then::Nothing => {}
            }
        });
        for len in 0..200 {
            let mut conn = small(&kernel, len);
            if matches!(then, Then::Nothing) && len >= 24 {
                conn.set_timeout(Some(Duration::from_nanos(1)));
            }
            let result = with(GOOD, |message| {
                conn.get(message).map(|reply| reply.payload().to_vec())
            });
            if len < SENT {
                assert!(matches!(kind(result), Some(ErrorKind::Encode(_))));
                continue;
            }
            match then {
                Then::Ack | Then::Warning => assert_eq!(result.unwrap(), [1; 8], "{then:?} {len}"),
                Then::Refusal => {
                    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
                }
                Then::Another => {
                    assert_eq!(kind(result), Some(ErrorKind::Replies { found: 2 }));
                }
                Then::Nothing => assert_eq!(kind(result), Some(ErrorKind::Timeout)),
            }
        }
    }
}

#[test]
fn the_one_reply_may_end_anywhere() {
    for padding in 0..4 {
        let kernel = Kernel::answering(move |message, answer| {
            let length = 20 + padding;
            let reply = header(ROW, message.header().sequence(), 7).with_length(length);
            answer.raw(reply.as_bytes());
            answer.raw(&[1_u8; 7][..4 + usize::try_from(padding).unwrap()]);
            answer.end_datagram();
            for _ in 0..2 {
                answer.reply(ROW, Flags::empty(), &(), |w| w.append(&[2_u8; 8]));
            }
            answer.ack();
        });
        let result = with(GOOD, |message| small(&kernel, 200).get(message).map(|_| ()));
        assert_eq!(kind(result), Some(ErrorKind::Replies { found: 3 }));
    }
}

/// The length of the answer to a request of this type.
fn kernel_answer_len(kernel: &Kernel, kind: u16) -> usize {
    let mut conn = small(kernel, 1000);
    request(&mut conn, kind).unwrap_err();
    let answer = Messages::new(&conn.buffer).next();
    answer.unwrap().unwrap().as_bytes().len()
}

#[test]
fn a_deadline_ends_polls() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    conn.set_timeout(Some(Duration::from_nanos(1)));
    with(MUTE, |message| {
        let mut replies = conn.query(message).unwrap();
        for _ in 0..3 {
            kernel.queue_with(error(0, 101, 7), from(12, 0));
        }
        // The deadline bounds polls, too.
        let error = replies.try_next().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(kernel.queued(), 3);
    });
}
