//! Ends of answers: after an error nothing follows, and nothing is lost before.

use super::{GOOD, MUTE, ROW, conn, error, with};
use crate::fake::{Answer, Kernel, message};
use crate::{Conn, Errno, ErrorKind, Protocol};
use core::fmt;
use core::task::Poll;
use core::time::Duration;
use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{
    EncodeError, Flags, Header, MessageRef, MessageType, Next, Query, Request, Writer, attributes,
    codec::AttributeSet as _,
};
use std::string::ToString as _;

attributes! {
    /// Attribute set of the requests here.
    set Numbers, enum NumbersAttr {
        /// Number that the kernel refuses.
        1 NUMBER_WRONG Wrong wrong: u8,
        /// Reply that was asked for.
        2 NUMBER_RIGHT Right right: u8,
    }
}

static RING: Family = Family::family(
    "ring",
    &[MessageSchema::command(0, "RING_CMD_GET", Numbers::schema)],
);

/// Asks for the replies that have the attribute 2.
struct Get {
    family: Option<&'static Family>,
    messages: u64,
}

impl Request for Get {
    fn protocol(&self) -> Option<&'static Family> {
        self.family
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(MessageType(GOOD), Flags::empty(), &(), |w| w.u8(1, 7))?;
        Ok(match from + 1 < self.messages {
            true => Next::More(from + 1),
            false => Next::End,
        })
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "number {from}")
    }
}

impl Query for Get {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, nlwire::DecodeError> {
        Ok(message.attributes(0).find(NUMBER_RIGHT)?.is_some())
    }
}

#[test]
fn nothing_is_sent_after_an_error() {
    // The controller says the number, and acknowledges too late.
    let kernel = Kernel::answering(|_, answer: &mut Answer| {
        answer.reply(MessageType(16), Flags::empty(), &(), |w| {
            w.append(&[1_u8, 2, 0, 0])?.u16(1, 40)
        });
        answer.delay(Duration::from_millis(50));
        answer.ack();
    });
    let mut conn = Conn::over(kernel.clone(), std::vec![0; 1 << 16], Protocol::GENERIC, 7);
    let query = Get {
        family: Some(&RING),
        messages: 1,
    };
    let call = conn.with_timeout(Duration::from_millis(10));
    let mut rows = call.query(query).unwrap();
    assert_eq!(rows.next().unwrap_err().kind(), ErrorKind::Timeout);
    std::thread::sleep(Duration::from_millis(60));
    assert!(matches!(rows.next(), Ok(None)));
    assert!(matches!(rows.try_next(), Ok(Poll::Ready(None))));
    drop(rows);
    assert_eq!(kernel.sent().len(), 1);
}

#[test]
fn a_refused_message_in_the_middle_is_named_with_its_attribute() {
    // Of three messages the second is refused, and the third acknowledged, each
    // in a datagram of its own.
    let mut count = 0;
    let kernel = Kernel::answering(move |_, answer: &mut Answer| {
        count += 1;
        match count {
            2 => answer.refuse(Errno::EINVAL, Some("too much"), Some(16)),
            _ => answer.ack(),
        }
    });
    let mut conn = conn(&kernel);
    let query = Get {
        family: None,
        messages: 3,
    };
    static SCHEMA: MessageSchema =
        MessageSchema::new::<()>(MessageType(GOOD), "RING_GET", Numbers::schema);
    let error = conn
        .call()
        .described_by(&SCHEMA)
        .execute(&query)
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("number 1 (message 2): EINVAL: too much, at NUMBER_WRONG"),
        "{text}"
    );
    let refusal = conn.refusal().and_then(|refusal| refusal.errno());
    assert_eq!(refusal, Some(Errno::EINVAL));
}

#[test]
fn other_replies_around_the_row_do_not_count() {
    for right in 0..3 {
        let kernel = Kernel::answering(move |_, answer: &mut Answer| {
            for number in 0..3 {
                let kind = if number == right { 2 } else { 1 };
                answer.reply(ROW, Flags::empty(), &(), |w| w.u8(kind, number));
            }
            answer.ack();
        });
        let mut conn = conn(&kernel);
        let query = Get {
            family: None,
            messages: 1,
        };
        let row = conn.get(query).unwrap();
        assert_eq!(row.attributes(0).require(2).unwrap().u8(), Ok(right));
    }
}

#[test]
fn a_step_reads_a_limited_number_of_stale_answers() {
    let kernel = super::kernel();
    let mut conn = conn(&kernel);
    for _ in 0..200 {
        kernel.queue(error(0, 3, 7));
    }
    let pending = with(MUTE, |message| {
        let mut rows = conn.query(message).unwrap();
        matches!(rows.try_next(), Ok(Poll::Pending))
    });
    assert!(pending);
    assert!(kernel.queued() >= 200 - 64 - 8, "{}", kernel.queued());
}

#[test]
fn a_loss_that_a_thread_has_seen_ends_before_the_next_request() {
    let kernel = Kernel::answering(|message, answer: &mut Answer| match message.kind().0 {
        GOOD => answer.ack(),
        _ => {
            answer.fail_receive(Errno(105));
            answer.raw(&message_of_another());
        }
    });
    let mut conn = conn(&kernel);
    with(MUTE, |message| conn.send(message).unwrap());
    let error = conn.recv(&mut [0; 64]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Overrun { .. }), "{error}");
    assert!(conn.state.is_congested());
    with(GOOD, |message| conn.execute(message).map(|_| ())).unwrap();
    assert!(!conn.state.is_congested());
    assert_eq!(conn.skipped().stale, 1);
}

fn message_of_another() -> std::vec::Vec<u8> {
    let header = Header::new(ROW, Flags::empty())
        .with_sequence(9)
        .with_port(7);
    message(header, &(), |w| w.u8(1, 1))
}

#[test]
fn families_of_a_batch_do_not_displace_each_other() {
    static FAMILIES: [Family; 5] = [
        Family::family("a", &[]),
        Family::family("b", &[]),
        Family::family("c", &[]),
        Family::family("d", &[]),
        Family::family("e", &[]),
    ];
    let mut conn = conn(&super::kernel());
    let state = &mut conn.state;
    let [a, b, c, d, e] = FAMILIES.each_ref();
    for (family, number) in [a, b, c, d].into_iter().zip(30..) {
        state.set_family(family, MessageType(number));
    }
    // The oldest is used again, and then another one comes.
    state.set_family(a, MessageType(30));
    state.set_family(e, MessageType(34));
    assert_eq!(state.family(a), Some(MessageType(30)));
    assert_eq!(state.family(e), Some(MessageType(34)));
    assert_eq!(state.family(b), None);
    assert_eq!(state.family(c), Some(MessageType(32)));
    state.set_family(a, MessageType(50));
    assert_eq!(state.family(a), Some(MessageType(50)));
    assert_eq!(state.family(d), Some(MessageType(33)));
}
