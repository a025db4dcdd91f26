//! Headers and division of a batch, its begin and its end.

use super::{Answer, Kernel, route, run};
use super::{BEGIN, END, GOOD, acks, conn, kernel, kind, letters, messages, outcomes, refusal};
use crate::conn::batch::chunk::Chunks;
use crate::testing::{Forgiving, packed};
use crate::{Address, Errno, ErrorKind, Protocol, Received};
use core::time::Duration;
use nlwire::{Flags, MessageRef, MessageType, Messages, write_into};
use std::vec::Vec;

#[test]
fn outcomes_of_a_batch_before_do_not_stay() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut outcomes = outcomes(2);
    let mut messages = messages(&[GOOD; 2]);
    conn.batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap();
    assert_eq!(letters(&outcomes), "dd");
    // What is left of an answer takes longer than there is time.
    kernel.queue(refusal(1, 7));
    conn.state.set_congested(true);
    conn.set_timeout(Some(Duration::from_nanos(1)));
    let result = conn.batch(&mut packed(&mut messages), &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Timeout));
    assert_eq!(letters(&outcomes), "nn");
}

#[test]
fn a_batch_of_nothing_takes_no_sequence_number() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    for sequence in [0, 8, u32::MAX - 1, u32::MAX] {
        conn.state.sequence = sequence;
        let (result, _) = run(&mut conn, &[]);
        result.unwrap();
        assert_eq!(conn.state.sequence, sequence);
    }
}

#[test]
fn a_queue_filled_by_another_process_is_not_taken_for_empty() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| answer.fail_receive(Errno::ENOBUFS));
    let mut conn = route(&kernel);
    conn.set_timeout(Some(Duration::from_millis(2)));
    let mut outcomes = outcomes(1);
    let mut messages = messages(&[GOOD]);
    let mut batch = packed(&mut messages);
    let mut replies = conn.batch_replies(&mut batch, &mut outcomes).unwrap();
    // More than can be received in vain in that time.
    for _ in 0..20_000 {
        kernel.queue_with([0; 16], Received::new(0, Address::port(12)));
    }
    let result = replies.next().map(|_| ());
    let is_lost = matches!(
        kind(result),
        Some(ErrorKind::Overrun { .. } | ErrorKind::Timeout)
    );
    assert!(is_lost);
    assert_eq!(letters(&outcomes), "u");
    // The kernel answers again only behind the rest of it.
    assert!(kernel.queued() > 0);
}

#[test]
fn the_last_message_may_end_without_its_padding() {
    for (protocol, kinds) in [
        (Protocol::ROUTE, &[GOOD; 3][..]),
        (Protocol::NETFILTER, &[BEGIN, GOOD, END]),
        (Protocol::NETFILTER, &[BEGIN, GOOD]),
    ] {
        let kernel = kernel();
        let mut conn = conn(&kernel, protocol);
        let mut messages = Vec::new();
        for kind in kinds {
            write_into(&mut messages, |w| {
                w.append_message(MessageType(*kind), Flags::empty(), &(), |w| {
                    w.append(&[5_u8])
                })
            })
            .unwrap();
        }
        assert_eq!(messages.len() % 4, 1);
        let mut outcomes = outcomes(kinds.len());
        conn.batch(&mut packed(&mut messages), &mut outcomes)
            .unwrap();
        let sent = kernel.sent();
        assert_eq!(sent[0], messages);
        assert_eq!(acks(&sent)[0].len(), kinds.len());
    }
}

#[test]
fn each_chunk_is_addressed_as_it_is_sent() {
    let kernel = kernel();
    let mut conn = conn(&kernel, Protocol::NETFILTER);
    conn.state.sequence = 99;
    let kinds = [GOOD, GOOD, BEGIN, GOOD, END, BEGIN, END, BEGIN, GOOD];
    let mut outcomes = outcomes(9);
    let mut messages = messages(&kinds);
    let call = conn.call().without_ack();
    call.batch(&mut packed(&mut messages), &mut outcomes)
        .unwrap();
    assert_eq!(letters(&outcomes), "dddddddnn");
    let addressed = |message: MessageRef<'_>| {
        let header = message.header();
        assert_eq!(header.port(), 7);
        let ack = message.flags().contains(Flags::ACK);
        (header.sequence(), ack)
    };
    let sent: Vec<Vec<_>> = kernel
        .sent()
        .iter()
        .map(|datagram| Messages::new(datagram).flatten().map(addressed).collect())
        .collect();
    assert_eq!(
        sent,
        [
            &[(100, false), (101, true)][..],
            &[(102, false), (103, true), (104, false)],
            &[(109, true)],
            &[(105, false), (106, false)],
            &[(110, true)],
            &[(107, false), (108, true)],
            &[(111, true)],
        ]
    );
}

#[test]
fn echoes_take_more_room_than_acks() {
    let kernel = kernel();
    let mut conn = route(&kernel);
    let mut messages = Vec::new();
    for _ in 0..50 {
        write_into(&mut messages, |w| {
            w.append_message(MessageType(GOOD), Flags::ECHO, &(), |w| Ok(w))
        })
        .unwrap();
    }
    conn.batch(&mut packed(&mut messages), &mut outcomes(50))
        .unwrap();
    let counts: Vec<_> = acks(&kernel.sent()).iter().map(Vec::len).collect();
    // 212,992 bytes hold that many of four times 1,344.
    assert_eq!(counts, [39, 11]);
}

#[test]
fn a_forgiven_refusal_is_done() {
    let kernel = Kernel::answering(|_, answer: &mut Answer| answer.error(Errno::ENODEV));
    let mut conn = route(&kernel);
    let mut batch = nlwire::Batch::new(Vec::new());
    for number in 0..100 {
        let forgives: &[Errno] = match number % 3 {
            0 => &[Errno::ENODEV],
            1 => &[Errno::ENOENT, Errno::ENODEV],
            _ => &[Errno::ENOENT],
        };
        batch.push(&Forgiving(forgives)).unwrap();
    }
    let mut outcomes = outcomes(100);
    let result = conn.batch(&mut batch, &mut outcomes);
    assert_eq!(kind(result), Some(ErrorKind::Refused(Errno::ENODEV)));
    assert_eq!(letters(&outcomes), ["ddr".repeat(33), "d".into()].concat());
    // All of them, and again from the same batch.
    let mut batch = nlwire::Batch::new(Vec::new());
    batch.push(&Forgiving(&[Errno::ENODEV])).unwrap();
    for ack in [true, false, true] {
        let call = conn.call();
        let call = if ack { call } else { call.without_ack() };
        call.batch(&mut batch, &mut outcomes).unwrap();
        assert_eq!(letters(&outcomes[..1]), "d");
    }
}

#[test]
fn a_receive_buffer_is_as_large_as_the_kernel_says() {
    let socket = crate::Config::new(Protocol::NETFILTER)
        .open_socket()
        .unwrap();
    let state = crate::conn::state::State::new(Protocol::NETFILTER, 7, crate::Trust::Kernel, 1);
    let mut chunks = Chunks::new(&socket, &state, 1, true);
    let mut bytes = Vec::new();
    for kind in [BEGIN, GOOD, END] {
        let flags = Flags::REQUEST | Flags::ECHO;
        write_into(&mut bytes, |w| {
            w.append_message(MessageType(kind), flags, &(), |w| {
                w.append(&[0_u8; 100_000])
            })
        })
        .unwrap();
    }
    let chunk = chunks.next(&mut bytes, 0, 0).unwrap();
    // Without privileges the kernel stops at a limit, without an error.
    chunks.make_room(crate::Transport::as_fd(&socket), &chunk);
    let (receive, send) = (
        socket.receive_buffer().unwrap(),
        socket.send_buffer().unwrap(),
    );
    assert_eq!(chunks.sizes(), (receive, send - 32));
}
