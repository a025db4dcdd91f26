#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod chunks;

use super::Outcome;
use crate::fake::{Answer, Kernel};
use crate::testing::{noop, packed};
use crate::{Address, Conn, Errno, Error, ErrorKind, Protocol, Received};
use core::task::Poll;
use core::time::Duration;
use nlwire::{Flags, Header, MessageRef, MessageType, Messages, NewFlags, write_into};
use std::string::{String, ToString as _};
use std::vec::Vec;

/// Type of a message that the kernel of these tests carries out.
const GOOD: u16 = 24;
const BAD: u16 = 25;
const MUTE: u16 = 26;
/// `NFNL_MSG_BATCH_BEGIN` and `NFNL_MSG_BATCH_END`.
const BEGIN: u16 = 16;
const END: u16 = 17;

fn kernel() -> Kernel {
    Kernel::answering(|message, answer| match message.kind().0 {
        BAD => answer.refuse(Errno::EINVAL, Some("bad"), Some(16)),
        BEGIN | END | MUTE => {}
        _ => answer.ack(),
    })
}

fn conn(kernel: &Kernel, protocol: Protocol) -> Conn<Kernel, Vec<u8>> {
    let mut conn = Conn::over(kernel.clone(), std::vec![0; 4096], protocol, 7);
    conn.set_timeout(Some(Duration::from_secs(10)));
    conn
}

fn route(kernel: &Kernel) -> Conn<Kernel, Vec<u8>> {
    conn(kernel, Protocol::ROUTE)
}

fn messages(kinds: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for kind in kinds {
        let flags = Flags::REQUEST | NewFlags::CREATE;
        write_into(&mut bytes, |w| {
            w.append_message(MessageType(*kind), flags, &(), |w| w.u8(1, 5))
        })
        .unwrap();
    }
    bytes
}

fn outcomes(count: usize) -> Vec<Outcome> {
    std::vec![Outcome::Unknown; count]
}

/// Returns a letter for each outcome: done, refused, unknown, not done.
fn letters(outcomes: &[Outcome]) -> String {
    let letter = |outcome: &Outcome| match outcome {
        Outcome::Done => 'd',
        Outcome::Refused(_) => 'r',
        Outcome::Unknown => 'u',
        Outcome::NotDone => 'n',
    };
    outcomes.iter().map(letter).collect()
}

/// Sends a batch, and returns its result and the letters of its outcomes.
fn run(conn: &mut Conn<Kernel, Vec<u8>>, kinds: &[u16]) -> (Result<(), Error>, String) {
    let mut outcomes = outcomes(kinds.len());
    let result = conn.batch(&mut packed(&mut messages(kinds)), &mut outcomes);
    (result, letters(&outcomes))
}

fn kind(result: Result<impl Sized, Error>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

/// Returns the acknowledgements that each message of the datagrams asks for.
fn acks(datagrams: &[Vec<u8>]) -> Vec<Vec<bool>> {
    let ack = |message: MessageRef<'_>| message.flags().contains(Flags::ACK);
    let of = |datagram: &Vec<u8>| {
        let messages = Messages::new(datagram);
        messages.map(|message| ack(message.unwrap())).collect()
    };
    datagrams.iter().map(of).collect()
}

fn assert_usable(conn: &mut Conn<Kernel, Vec<u8>>) {
    let ping = noop(0);
    let ack = conn.execute(MessageRef::new(&ping).unwrap()).unwrap();
    assert_eq!(ack.code(), 0);
}

#[test]
fn every_message_is_done_in_one_send() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    conn.state.sequence = 8;
    let (result, letters) = run(&mut conn, &[GOOD; 4]);
    result.unwrap();
    assert_eq!(letters, "dddd");
    let sent = kernel.sent();
    assert_eq!(acks(&sent), [[true; 4]]);
    let sequences = Messages::new(&sent[0]).map(|message| message.unwrap().header().sequence());
    assert_eq!(sequences.collect::<Vec<_>>(), [9, 10, 11, 12]);
    assert_eq!(run(&mut conn, &[]).1, "");
    assert!(kernel.sent().is_empty());
}

#[test]
fn sequence_numbers_go_on_behind_zero() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    conn.state.sequence = u32::MAX - 2;
    let (result, letters) = run(&mut conn, &[GOOD; 3]);
    result.unwrap();
    assert_eq!(letters, "ddd");
    let header = *MessageRef::new(&kernel.sent()[0]).unwrap().header();
    assert_eq!((header.sequence(), header.port()), (1, 7));
}

#[test]
fn a_refusal_is_its_message_s_own() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(5);
    let mut messages = messages(&[GOOD, BAD, GOOD, BAD, GOOD]);
    let error = conn
        .batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap_err();
    assert_eq!(letters(&outcomes), "drdrd");
    let first = outcomes[1].refusal().unwrap();
    assert_eq!(first.to_string(), error.to_string());
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL));
    assert_eq!(
        (error.offset(), first.sequence()),
        (Some(16), error.sequence())
    );
    let third = outcomes[3].refusal().unwrap().sequence();
    assert_eq!(third, error.sequence().map(|sequence| sequence + 2));
    #[cfg(feature = "alloc")]
    assert!(error.to_string().contains(": EINVAL: bad, at "));
}

#[test]
fn chunks_fit_the_receive_buffer() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let (result, letters) = run(&mut conn, &[GOOD; 400]);
    result.unwrap();
    assert_eq!(letters, "d".repeat(400));
    let counts = |sent: &[Vec<u8>]| acks(sent).iter().map(Vec::len).collect::<Vec<_>>();
    // 212,992 bytes hold that many refusals of 1,344.
    assert_eq!(counts(&kernel.sent()), [158, 158, 84]);
    // With one ack there is nothing to hold.
    let mut outcomes = outcomes(400);
    let call = conn.call().without_ack();
    call.batch(&mut packed(&mut messages(&[GOOD; 400])), &mut outcomes)
        .unwrap();
    assert_eq!(counts(&kernel.sent()), [400]);
}

#[test]
fn a_chunk_fits_the_send_buffer() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut messages = Vec::new();
    for _ in 0..4 {
        write_into(&mut messages, |w| {
            w.append_message(MessageType(GOOD), Flags::REQUEST, &(), |w| {
                w.append(&[0_u8; 100_000])
            })
        })
        .unwrap();
    }
    let mut outcomes = outcomes(4);
    let call = conn.call().without_ack();
    call.batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap();
    assert_eq!(letters(&outcomes), "dddd");
    assert_eq!(acks(&kernel.sent()), [[false, true], [false, true]]);
}

#[test]
fn the_last_ack_speaks_for_all() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(4);
    // An earlier run has left its flags.
    let mut messages = messages(&[GOOD, BAD, GOOD, GOOD]);
    conn.batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap_err();
    let _ = kernel.sent();
    let result = conn
        .call()
        .without_ack()
        .batch(&mut packed(&mut messages), &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters(&outcomes), "drdd");
    assert_eq!(acks(&kernel.sent()), [[false, false, false, true]]);
    // Also if it is refused itself.
    let mut messages = self::messages(&[GOOD, GOOD, GOOD, BAD]);
    let result = conn
        .call()
        .without_ack()
        .batch(&mut packed(&mut messages), &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters(&outcomes), "dddr");
}

#[test]
fn lost_acks_leave_unknown_outcomes() {
    let mut count = 0;
    // As the kernel: the error comes before what is queued, and nothing after
    // what fitted.
    let kernel = Kernel::answering(move |_, answer: &mut Answer| {
        count += 1;
        if count == 1 {
            answer.fail_receive(Errno::ENOBUFS);
        }
        if count != 3 && count != 4 {
            answer.ack();
        }
    });
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(200);
    let mut messages = messages(&[GOOD; 200]);
    messages.truncate(24 * 4);
    let result = conn.batch(&mut packed(&mut messages), &mut outcomes[..4]);
    assert_eq!(kind(result), Some(ErrorKind::Overrun { drops: 0 }));
    assert_eq!(letters(&outcomes[..4]), "dduu");
    assert!(!conn.state.is_congested());
    assert_usable(&mut conn);
    // Without the error as well, with NETLINK_NO_ENOBUFS, if only the last is
    // answered.
    let mut count = 0;
    let kernel = Kernel::answering(move |_, answer: &mut Answer| {
        count += 1;
        if count != 2 {
            answer.ack();
        }
    });
    let mut conn = route(&kernel);
    let (result, letters) = run(&mut conn, &[GOOD; 200]);
    assert_eq!(kind(result), Some(ErrorKind::Overrun { drops: 0 }));
    assert_eq!(letters, ["du", &"d".repeat(156), &"n".repeat(42)].concat());
}

#[test]
fn after_a_loss_the_queue_is_emptied_first() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    kernel.queue(refusal(1, 7));
    conn.state.set_congested(true);
    let mut outcomes = outcomes(2);
    let mut messages = messages(&[GOOD; 2]);
    let mut batch = packed(&mut messages);
    let replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    assert_eq!(kernel.queued(), 2, "its own answers");
    drop(replies);
}

#[test]
fn the_kernel_may_report_a_loss_in_a_message() {
    for sequence in [0, 101] {
        let kernel = kernel();
        let mut conn = route(&kernel);
        conn.state.sequence = 99;
        let header = Header::new(MessageType::OVERRUN, Flags::empty()).with_sequence(sequence);
        kernel.queue(crate::fake::message(header, &(), |w| Ok(w)));
        let (result, letters) = run(&mut conn, &[GOOD, MUTE, GOOD]);
        assert_eq!(kind(result), Some(ErrorKind::Overrun { drops: 0 }));
        assert_eq!(letters, "dud");
    }
}

#[test]
fn answers_may_come_in_another_order() {
    let kernel = Kernel::answering(|message, answer| {
        let sequence = message.header().sequence();
        if message.kind().0 == GOOD {
            answer.ack();
            answer.raw(&refusal(sequence.wrapping_sub(1), 7));
        } else if message.kind().0 == BAD {
            answer.ack();
        }
    });
    let (result, letters) = run(&mut route(&kernel), &[MUTE, GOOD, BAD]);
    assert!(result.unwrap_err().is_exists());
    assert_eq!(letters, "rdd");
}

#[test]
fn a_transaction_of_nothing_is_done() {
    let kernel = kernel();
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    let (result, letters) = run(&mut conn, &[BEGIN, END]);
    result.unwrap();
    assert_eq!(letters, "dd");
    assert_eq!(acks(&kernel.sent()), [&[false, false][..], &[true]]);
}

#[test]
fn a_transaction_is_done_or_not() {
    let kernel = kernel();
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, GOOD, END]);
    result.unwrap();
    assert_eq!(letters, "dddd");
    // The last change is acked, and a ping follows.
    let sent = acks(&kernel.sent());
    assert_eq!(sent, [&[false, false, true, false][..], &[true]]);

    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, BAD, GOOD, END]);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters, "nnrnn", "although a later change was acked");

    // Without an end it is only checked.
    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, GOOD]);
    result.unwrap();
    assert_eq!(letters, "nnn");

    // What is not acked is not known.
    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, MUTE, END]);
    assert_eq!(kind(result), Some(ErrorKind::Overrun { drops: 0 }));
    assert_eq!(letters, "uuuu");

    let (result, letters) = run(&mut conn, &[GOOD, BEGIN, GOOD, END, BEGIN, BAD, END, GOOD]);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters, "ddddnrnd", "each transaction by itself");
    // Elsewhere those types mean other things.
    let mut conn = route(&kernel);
    let _ = kernel.sent();
    let call = conn.call().without_ack();
    call.batch(
        &mut packed(&mut messages(&[BEGIN, GOOD, END, GOOD])),
        &mut outcomes(4),
    )
    .unwrap();
    assert_eq!(acks(&kernel.sent()), [[false, false, false, true]]);
}

#[test]
fn a_transaction_is_refused_as_a_whole() {
    let kernel = Kernel::answering(|message, answer| match message.kind().0 {
        BEGIN => answer.error(Errno::EPERM),
        1 => answer.error(Errno::EPERM),
        _ => {}
    });
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, END]);
    assert!(result.unwrap_err().is_permission());
    assert_eq!(letters, "rnn");
}

#[test]
fn a_transaction_that_is_refused_too_often_is_known_not_to_be_done() {
    let kernel = Kernel::answering(|message, answer| {
        if message.kind().0 == BAD {
            answer.fail_receive(Errno::ENOBUFS);
            answer.error(Errno::EINVAL);
        }
    });
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    let (result, letters) = run(&mut conn, &[BEGIN, GOOD, BAD, END]);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters, "nnrn");
}

/// A refusal that somebody else is meant to get.
fn refusal(sequence: u32, port: u32) -> Vec<u8> {
    let header = Header::new(MessageType::ERROR, Flags::empty())
        .with_sequence(sequence)
        .with_port(port);
    crate::fake::message(header, &(), |w| w.append(&(-17_i32))?.append(&[0_u8; 16]))
}

#[test]
fn messages_that_answer_nothing_are_skipped() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    conn.state.sequence = 99;
    let mut group = Received::new(0, Address::KERNEL);
    group.group = 3;
    kernel.queue(refusal(99, 7));
    kernel.queue(refusal(102, 7));
    kernel.queue(refusal(100, 8));
    kernel.queue_with(refusal(100, 7), group);
    kernel.queue_with(refusal(100, 7), Received::new(0, Address::port(12)));
    let (result, letters) = run(&mut conn, &[GOOD; 2]);
    result.unwrap();
    assert_eq!(letters, "dd");
    let skipped = conn.skipped();
    assert_eq!(
        (skipped.stale, skipped.notifications, skipped.foreign),
        (2, 2, 1)
    );
}

#[test]
fn late_answers_to_an_earlier_chunk_are_skipped() {
    let mut count = 0;
    let kernel = Kernel::answering(move |_, answer: &mut Answer| {
        count += 1;
        if count == 200 {
            answer.raw(&refusal(101, 7));
            answer.end_datagram();
        }
        answer.ack();
    });
    let mut conn = route(&kernel);
    conn.state.sequence = 99;
    let (result, letters) = run(&mut conn, &[GOOD; 200]);
    result.unwrap();
    assert_eq!(letters, "d".repeat(200));
    assert_eq!(conn.skipped().stale, 1);
}

#[test]
fn a_ping_is_answered_by_the_kernel_alone() {
    let kernel = kernel();
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    conn.state.sequence = 99;
    let mut group = Received::new(0, Address::KERNEL);
    group.group = 3;
    // The sequence number that the ping is going to have.
    kernel.queue_with(refusal(103, 7), group);
    kernel.queue_with(refusal(103, 7), Received::new(0, Address::port(12)));
    let (result, letters) = run(&mut conn, &[BEGIN, BAD, END]);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::EINVAL)));
    assert_eq!(letters, "nrn");
    assert_eq!(kernel.queued(), 0);
}

#[test]
fn replies_come_with_the_number_of_their_message() {
    let kernel = Kernel::answering(|message, answer| {
        if message.kind() == MessageType(MUTE) {
            answer.reply(MessageType(44), Flags::empty(), &(), |w| w.u32(1, 8));
        }
        answer.ack();
    });
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(3);
    let mut messages = messages(&[GOOD, MUTE, GOOD]);
    let mut batch = packed(&mut messages);
    let mut replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    let (index, reply) = replies.next().unwrap().unwrap();
    assert_eq!((index, reply.kind()), (1, MessageType(44)));
    assert!(replies.next().unwrap().is_none());
    assert!(replies.next().unwrap().is_none());
    assert_eq!(letters(&outcomes), "ddd");
}

#[test]
fn an_error_comes_once() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(1);
    let mut messages = messages(&[BAD]);
    let mut batch = packed(&mut messages);
    let mut replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    assert!(replies.next().is_err());
    assert!(replies.next().unwrap().is_none());
    // Where the kernel said it.
    let refusal = conn.refusal().unwrap();
    assert_eq!(
        (refusal.errno(), refusal.text()),
        (Some(Errno::EINVAL), Some("bad".into()))
    );
}

#[test]
fn pending_until_an_answer_comes() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    conn.state.sequence = 99;
    let mut outcomes = outcomes(2);
    let mut messages = messages(&[MUTE; 2]);
    let mut batch = packed(&mut messages);
    let mut replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    assert!(matches!(replies.try_next(), Ok(Poll::Pending)));
    for sequence in [100, 101] {
        let header = Header::new(MessageType::ERROR, Flags::empty());
        let header = header.with_sequence(sequence).with_port(7);
        kernel.queue(crate::fake::message(header, &(), |w| w.append(&0_i32)));
    }
    assert!(matches!(replies.try_next(), Ok(Poll::Ready(None))));
    assert!(matches!(replies.try_next(), Ok(Poll::Ready(None))));
    assert_eq!(letters(&outcomes), "dd");
}

#[test]
fn an_abandoned_batch_leaves_the_connection_usable() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    conn.set_timeout(Some(Duration::from_millis(5)));
    let (result, letters) = run(&mut conn, &[GOOD, MUTE]);
    // What is there already is read, however late it is.
    assert_eq!(kind(result), Some(ErrorKind::Timeout));
    assert_eq!(letters, "du");
    conn.set_timeout(Some(Duration::from_secs(10)));
    assert_usable(&mut conn);

    let mut outcomes = outcomes(200);
    let mut messages = messages(&[GOOD; 200]);
    let mut batch = packed(&mut messages);
    let replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    drop(replies);
    assert_eq!(
        self::letters(&outcomes),
        ["u".repeat(158), "n".repeat(42)].concat()
    );
    let mut batch = packed(&mut messages);
    let replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    core::mem::forget(replies);
    kernel.cancel();
    let (result, letters) = run(&mut conn, &[GOOD, MUTE]);
    assert_eq!(kind(result), Some(ErrorKind::Cancelled));
    assert_eq!(letters, "du");
    kernel.resume();
    assert_usable(&mut conn);
    assert_eq!(conn.skipped().stale, 316);
}

#[test]
fn an_impossible_request_is_not_sent() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(1);
    let result = conn.batch(&mut packed(&mut messages(&[GOOD; 2])), &mut outcomes);
    assert_eq!(
        result.unwrap_err().to_string(),
        "route: write: fewer outcomes than messages: 2 needed"
    );
    let mut cut = messages(&[GOOD; 2]);
    cut.truncate(40);
    assert!(nlwire::Batch::packed(&mut cut).is_err());
    conn.set_timeout(Some(Duration::ZERO));
    let result = conn.batch(&mut packed(&mut messages(&[GOOD])), &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Timeout));
    assert!(kernel.sent().is_empty());
    conn.set_timeout(None);
    kernel.refuse_send(Some(Errno::EMSGSIZE));
    let result = conn.batch(&mut packed(&mut messages(&[GOOD])), &mut outcomes);
    assert_eq!(result.unwrap_err().to_string(), "route: send: EMSGSIZE");
    assert_eq!(letters(&outcomes), "n");
}

#[test]
fn a_broken_answer_ends_it() {
    let kernel = Kernel::answering(|message, answer| match message.kind().0 {
        BAD => answer.raw(&[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        MUTE => answer.raw(&[0; 8192]),
        _ => answer.ack(),
    });
    let mut conn = route(&kernel);
    let (result, letters) = run(&mut conn, &[GOOD, BAD, GOOD]);
    assert!(matches!(kind(result), Some(ErrorKind::Decode(_))));
    assert_eq!(letters, "duu");
    let (result, letters) = run(&mut conn, &[GOOD, MUTE, GOOD]);
    assert_eq!(kind(result), Some(ErrorKind::Truncated { needed: 8192 }));
    assert_eq!(letters, "duu");
    assert_usable(&mut conn);
}

#[test]
fn an_answer_without_a_valid_code_is_reported() {
    let kernel = Kernel::answering(|_, answer| {
        answer.message(Header::new(MessageType::ERROR, Flags::empty()), &[1, 0, 0]);
    });
    let (result, letters) = run(&mut route(&kernel), &[GOOD]);
    assert_eq!(kind(result), Some(ErrorKind::Invalid));
    assert_eq!(letters, "r");
}

/// Ack of a second radio of mac80211_hwsim: its number in place of 0.
#[test]
fn a_positive_result_is_a_success() {
    let kernel = Kernel::answering(|_, answer| {
        let header = Header::new(MessageType::ERROR, Flags::empty());
        answer.message(header, &1_i32.to_ne_bytes());
    });
    let mut conn = route(&kernel);
    let (result, letters) = run(&mut conn, &[GOOD, GOOD]);
    assert_eq!((kind(result), &*letters), (None, "dd"));
    let request = messages(&[GOOD]);
    let ack = conn.execute(MessageRef::new(&request).unwrap()).unwrap();
    assert_eq!(ack.code(), 1);
}
