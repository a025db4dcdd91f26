//! Limits of a call, and connections that stay in step.

use super::{FakeConn, GOOD, MUTE, ROW, TABLE, conn, dump, error, from, kind, row, with};
use crate::fake::{Answer, Kernel, message};
use crate::{Errno, ErrorKind, Outcome, testing};
use core::time::Duration;
use nlwire::{Dump, Flags, Header, MessageRef, MessageType};

/// Acknowledges the first request, and refuses those after it.
fn refusing_repeats() -> Kernel {
    let mut count = 0;
    Kernel::answering(move |_, answer: &mut Answer| {
        count += 1;
        match count {
            1 => answer.ack(),
            _ => answer.error(Errno::EEXIST),
        }
    })
}

#[test]
fn a_repeated_request_does_not_take_the_answer_of_the_abandoned_one() {
    // The same bytes twice, with a number chosen by the caller.
    let numbered = |conn: &mut FakeConn| {
        let header = Header::new(MessageType(GOOD), Flags::REQUEST).with_sequence(5);
        let bytes = message(header, &(), |w| Ok(w));
        let message = MessageRef::new(&bytes).unwrap();
        drop(conn.query(message).unwrap());
        kind(conn.execute(message).map(|_| ()))
    };
    let mut conn = super::conn(&refusing_repeats());
    assert_eq!(numbered(&mut conn), Some(ErrorKind::Refused(Errno::EEXIST)));
    assert_eq!(conn.skipped().stale, 1);

    // A batch whose replies are abandoned writes numbers into the caller's bytes.
    let mut conn = super::conn(&refusing_repeats());
    let mut bytes = with(GOOD, |message| message.as_bytes().to_vec());
    let mut outcomes = [Outcome::Unknown];
    let mut batch = testing::packed(&mut bytes);
    drop(conn.batch_replies(&mut batch, &mut outcomes).unwrap());
    let result = conn.execute(MessageRef::new(&bytes).unwrap()).map(|_| ());
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EEXIST)));
}

#[test]
fn a_deadline_bounds_a_dump_with_a_slow_reader() {
    let kernel = Kernel::answering(|message, answer: &mut Answer| {
        for value in 0..50 {
            answer.reply(ROW, Flags::MULTI, &(), |w| w.u8(1, value));
            answer.end_datagram();
        }
        if message.kind().0 == TABLE {
            answer.done(0, Flags::empty());
        } else {
            answer.ack();
        }
    });
    let mut conn = conn(&kernel);
    with(TABLE, |message| {
        let call = conn.with_timeout(Duration::from_millis(20));
        let mut rows = call.query(Dump(message)).unwrap();
        let mut count = 0;
        let error = loop {
            match rows.next() {
                Ok(Some(_)) => count += 1,
                Ok(None) => panic!("{count} rows"),
                Err(error) => break error,
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(count < 40, "{count}");
        assert!(matches!(rows.next(), Ok(None)));
    });
}

#[test]
fn a_deadline_bounds_floods() {
    // Empty datagrams, those of other senders, and stale answers.
    let flood = |kernel: &Kernel, sequence: u32| {
        for _ in 0..20_000 {
            kernel.queue([]);
            kernel.queue_with(error(0, sequence, 7), from(12, 0));
            kernel.queue(error(0, 3, 7));
        }
    };
    let kernel = super::kernel();
    let mut conn = conn(&kernel);
    flood(&kernel, 101);
    let begun = std::time::Instant::now();
    let result = with(MUTE, |message| {
        let call = conn.with_timeout(Duration::from_millis(1));
        call.execute(message).map(|_| ())
    });
    assert_eq!(kind(result), Some(ErrorKind::Timeout));
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(kernel.queued() > 0);
}

#[test]
fn messages_behind_the_end_in_its_datagram_are_counted() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(ROW, Flags::MULTI, &(), |w| w.u8(1, 1));
        answer.done(0, Flags::MULTI);
        answer.raw(&message(Header::new(ROW, Flags::empty()), &(), |w| {
            w.u8(1, 9)
        }));
    });
    let mut conn = conn(&kernel);
    assert_eq!(dump(&mut conn).unwrap(), [1]);
    assert_eq!(conn.skipped().notifications, 1);
}

#[test]
fn fewer_bytes_than_a_header_behind_the_answer_are_left() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(ROW, Flags::MULTI, &(), |w| w.u8(1, 1));
        answer.done(0, Flags::MULTI);
        answer.raw(&[1, 2, 3, 4, 5, 6, 7, 8]);
    });
    let mut conn = conn(&kernel);
    assert_eq!(dump(&mut conn).unwrap(), [1]);
}

#[test]
fn messages_behind_the_end_are_counted() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.part(ROW, &(), |w| w.u8(1, 1));
        answer.done(0, Flags::empty());
        // In the datagram of the end, with a tail that holds no whole message.
        answer.raw(&row(9, 4, 0));
        answer.raw(&[0; 8]);
    });
    let mut conn = conn(&kernel);
    assert_eq!(dump(&mut conn).unwrap(), [1]);
    assert_eq!(conn.skipped().notifications, 1);
    assert_eq!(dump(&mut conn).unwrap(), [1]);
}
