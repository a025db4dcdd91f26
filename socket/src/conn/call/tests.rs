#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests")]

use crate::conn::rows::tests::{
    BAD, GOOD, MUTE, TABLE, assert_usable, conn, dump, error, from, header, kernel, kind, request,
    row, rows, with,
};
use crate::fake::{Kernel, message};
use crate::testing::packed;
use crate::{Errno, Error, ErrorKind, Outcome, Transport as _};
use core::time::Duration;
use nlwire::codec::AttributeSet as _;
use nlwire::schema::MessageSchema;
use nlwire::{Dump, Flags, MessageRef, MessageType, attributes};
use std::string::ToString as _;
use std::vec::Vec;

#[test]
fn an_abandoned_dump_is_discarded_before_the_next() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(TABLE, |message| {
        let mut replies = conn.query(Dump(message)).unwrap();
        replies.next().unwrap();
    });
    assert_eq!(kernel.queued(), 2);
    // A request leaves it alone, and takes what comes before its own answer.
    assert_eq!(request(&mut conn, GOOD).unwrap(), 0);
    assert!(conn.state.dumping.is_none(), "its end was seen");
    with(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    let queued = kernel.queued();
    let result = with(TABLE, |message| {
        let replies = conn.query(Dump(message));
        // Only its own answer is left.
        assert_eq!((queued, kernel.queued()), (3, 3));
        rows(&mut replies?)
    });
    assert_eq!(result.unwrap(), [1, 2, 3]);
    assert_eq!(kernel.queued(), 0);
}

#[test]
fn discarding_ends_with_the_deadline() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    conn.set_timeout(Some(Duration::from_nanos(1)));
    let error = dump(&mut conn).unwrap_err();
    assert_eq!(error.to_string(), "route: wait: timed out");
    conn.set_timeout(Some(Duration::from_secs(10)));
    assert_usable(&mut conn);
}

#[test]
fn after_a_loss_the_queue_is_emptied_before_the_next_request() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    kernel.queue_error(Errno::ENOBUFS);
    for _ in 0..3 {
        kernel.queue(row(9, 4, 0));
    }
    let lost = ErrorKind::Overrun { drops: 0 };
    assert_eq!(kind(request(&mut conn, GOOD)), Some(lost));
    // There may be another one meanwhile.
    kernel.queue_error(Errno::ENOBUFS);
    with(GOOD, |message| {
        let replies = conn.query(message).unwrap();
        assert_eq!(kernel.queued(), 1, "its own answer");
        drop(replies);
    });
    assert_usable(&mut conn);
    // The kernel may say so in a message as well.
    kernel.queue(message(header(MessageType::OVERRUN, 0, 0), &(), |w| Ok(w)));
    assert_eq!(kind(request(&mut conn, GOOD)), Some(lost));
    assert!(conn.state.is_congested());
    assert_usable(&mut conn);
}

#[test]
fn the_first_dump_is_primed_where_that_can_be() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    conn.state.primed = false;
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    assert_eq!(dump(&mut conn).unwrap(), [1, 2, 3]);
    let kinds = |kernel: &Kernel| -> Vec<u16> {
        let sent = kernel.sent();
        let kind = |bytes: &Vec<u8>| MessageRef::new(bytes).unwrap().kind().0;
        sent.iter().map(kind).collect()
    };
    assert_eq!(kinds(&kernel), [1, TABLE, TABLE]);
    // A request has received into all of the buffer.
    conn.state.primed = false;
    request(&mut conn, GOOD).unwrap();
    dump(&mut conn).unwrap();
    assert_eq!(kinds(&kernel), [GOOD, TABLE]);
    // A kernel that does not answer is not waited for.
    let kernel = Kernel::answering(|message, answer| {
        if message.kind().0 == TABLE {
            answer.done(0, Flags::empty());
        }
    });
    let mut conn = self::conn(&kernel);
    conn.set_timeout(None);
    conn.state.primed = false;
    assert!(dump(&mut conn).unwrap().is_empty());
}

#[test]
fn a_dump_ends_by_its_own_end_alone() {
    // The end of another dump, that of another process, a forged one; its own.
    let ends = [(99, 7, 0), (101, 8, 0), (101, 7, 12), (101, 7, 0)];
    for (sequence, port, sender) in ends {
        let kernel = kernel();
        let mut conn = conn(&kernel);
        with(MUTE, |message| drop(conn.query(Dump(message)).unwrap()));
        kernel.queue_with(error(0, sequence, port), from(sender, 0));
        let received = kernel.recv(&mut conn.buffer).unwrap();
        conn.discard(&received);
        let ended = (sequence, port, sender) == (101, 7, 0);
        assert_eq!(conn.state.dumping.is_none(), ended);
    }
}

#[test]
fn attempts_end_with_the_time() {
    let kernel = Kernel::answering(|_, answer| answer.done(0, Flags::DUMP_INTR));
    let mut conn = conn(&kernel);
    let mut attempts = 0;
    let read = with(TABLE, |message| {
        let call = conn.with_timeout(Duration::from_millis(20));
        call.query_retry(1000, message, |_, replies| {
            attempts += 1;
            std::thread::sleep(Duration::from_millis(5));
            rows(replies)
        })
    });
    assert!(matches!(
        kind(read),
        Some(ErrorKind::Interrupted | ErrorKind::Timeout)
    ));
    assert!((1..=4).contains(&attempts), "{attempts}");
}

#[test]
fn a_description_of_the_caller_s_names_what_is_refused() {
    static OWN: MessageSchema = MessageSchema::new::<()>(MessageType(0), "OWN", Own::schema);
    attributes! {
        /// Attribute set that no family here has.
        set Own, enum OwnAttr {
            /// A number.
            1 OWN_NUMBER Number number: u8,
        }
    }
    // The kernel refuses the attribute behind the header.
    let kernel = kernel();
    let mut conn = conn(&kernel);
    let named = ", at OWN_NUMBER (byte 16)";
    let numbered = request(&mut conn, BAD).unwrap_err().to_string();
    assert!(!numbered.ends_with(named), "{numbered}");
    with(BAD, |message| {
        let ends: [Option<Error>; 3] = [
            conn.call().described_by(&OWN).execute(message).err(),
            conn.call().described_by(&OWN).get(message).err(),
            {
                let mut dump = conn.call().described_by(&OWN).query(Dump(message)).unwrap();
                dump.next().err()
            },
        ];
        for error in ends {
            let error = error.unwrap().to_string();
            assert!(error.ends_with(named), "{error}");
        }
        let retried: Result<(), Error> =
            conn.call()
                .described_by(&OWN)
                .query_retry(2, message, |_, replies| rows(replies).map(|_| ()));
        assert!(retried.unwrap_err().to_string().ends_with(named));
        let mut messages = message.as_bytes().repeat(2);
        let mut outcomes = [const { Outcome::NotDone }; 2];
        let call = conn.call().described_by(&OWN);
        call.batch(&mut packed(&mut messages), &mut outcomes)
            .unwrap_err();
        for outcome in outcomes {
            let error = outcome.refusal().unwrap().to_string();
            assert!(error.ends_with(named), "{error}");
        }
    });
}

#[test]
fn messages_queued_behind_a_loss_are_discarded_too() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    conn.state.set_congested(true);
    kernel.queue_error(Errno::ENOBUFS);
    for _ in 0..3 {
        kernel.queue(row(9, 4, 0));
    }
    with(GOOD, |message| drop(conn.query(message).unwrap()));
    assert_eq!(kernel.queued(), 1, "its own answer");
    assert!(!conn.state.is_congested());
    // Also where there was none before, and the end of the dump that is
    // emptied out comes first.
    let kernel = self::kernel();
    let mut conn = self::conn(&kernel);
    with(MUTE, |message| drop(conn.query(Dump(message)).unwrap()));
    kernel.queue_error(Errno::ENOBUFS);
    kernel.queue(error(0, 101, 7));
    kernel.queue(row(9, 4, 0));
    with(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    assert_eq!(kernel.queued(), 3, "its own answer");
    assert!(!conn.state.is_congested());
}
