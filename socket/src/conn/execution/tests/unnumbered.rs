//! Dumps whose rows have neither sequence number nor port, as those of `thermal`.

use super::{Family, OWN, expect_look_up, generic};
use crate::fake::{Expected, Kernel, message};
use crate::{Address, Answer, Received};
use nlwire::{
    DecodeError, EncodeError, Flags, GetFlags, Header, MessageRef, MessageType, Next, Query,
    Request, Writer,
};
use std::vec::Vec;

const FAMILY: MessageType = MessageType(40);
const LIST: u8 = 3;

/// List whose rows may have no number.
#[derive(Clone, Copy, Debug)]
struct List {
    unnumbered: bool,
}

impl Request for List {
    fn protocol(&self) -> Option<&'static Family> {
        Some(&OWN)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(LIST, 1, GetFlags::DUMP, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn is_unnumbered(&self) -> bool {
        self.unnumbered
    }
}

impl Query for List {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(message.payload().first() == Some(&LIST))
    }
}

/// Message without a number.
fn unnumbered(kind: MessageType, command: u8, value: u8) -> Vec<u8> {
    let header = Header::new(kind, Flags::empty());
    message(header, &(), |w| w.append(&[command, 1, 0, 0])?.u8(1, value))
}

/// Answers a list: two rows, and messages that look like one.
fn expect_list(kernel: &Kernel) {
    let mut group = Received::new(0, Address::KERNEL);
    group.group = 1;
    kernel.queue_with(unnumbered(FAMILY, LIST, 9), group);
    kernel.queue_with(
        unnumbered(FAMILY, LIST, 9),
        Received::new(0, Address::port(8)),
    );
    kernel.expect(Expected::new(FAMILY), |_, answer| {
        answer.raw(&unnumbered(FAMILY, LIST, 1));
        answer.raw(&unnumbered(MessageType(41), LIST, 9));
        answer.raw(&unnumbered(FAMILY, LIST + 1, 9));
        answer.raw(&unnumbered(FAMILY, LIST, 2));
        answer.done(0, Flags::empty());
    });
}

fn value(row: MessageRef<'_>) -> u8 {
    row.attributes(4).require(1).unwrap().u8().unwrap()
}

#[test]
fn rows_without_a_number_are_read_where_the_request_says_so() {
    for (given, expected) in [(true, &[1, 2][..]), (false, &[])] {
        let list = List { unnumbered: given };
        let kernel = Kernel::new();
        let mut conn = generic(&kernel, 40_000);
        conn.state.primed = true;

        expect_look_up(&kernel, FAMILY.0);
        conn.look_up(&OWN).unwrap();
        for _ in 0..3 {
            expect_list(&kernel);
            let mut rows = conn.query(list).unwrap();
            let mut values = Vec::new();
            while let Some(row) = rows.next().unwrap() {
                values.push(value(row));
            }
            assert_eq!(values, expected);

            expect_list(&kernel);
            let rows = conn.list(list).unwrap();
            let values: Vec<_> = rows.iter().map(value).collect();
            assert_eq!(values, expected);
        }
        kernel.assert_finished();
    }
}

#[test]
fn an_abandoned_list_leaves_no_row_to_the_next() {
    let list = List { unnumbered: true };
    let kernel = Kernel::new();
    let mut conn = generic(&kernel, 40_000);
    conn.state.primed = true;
    expect_look_up(&kernel, FAMILY.0);
    conn.look_up(&OWN).unwrap();
    expect_list(&kernel);
    drop(conn.query(list).unwrap());
    expect_list(&kernel);
    assert_eq!(conn.list(list).unwrap().len(), 2);
    kernel.assert_finished();
}

#[test]
fn a_pipeline_has_them_beside_other_answers() {
    let kernel = Kernel::new();
    let mut conn = generic(&kernel, 40_000);
    conn.state.primed = true;
    expect_look_up(&kernel, FAMILY.0);
    let mut pipeline = conn.pipeline::<4>();
    expect_list(&kernel);
    let list = pipeline.query(List { unnumbered: true }).unwrap();
    kernel.expect(Expected::new(FAMILY), |_, answer| answer.ack());
    let other = pipeline.send(super::Delete { if_there: true }).unwrap();

    let mut replies = Vec::new();
    let mut done = Vec::new();
    while let Some((ticket, answer)) = pipeline.next().unwrap() {
        match answer {
            Answer::Reply(row) => replies.push((ticket, value(row))),
            Answer::Done(_) => done.push(ticket),
            Answer::Failed(error) => panic!("{error}"),
        }
    }
    // The caller distinguishes the commands of a pipeline's rows.
    assert_eq!(replies, [(list, 1), (list, 9), (list, 2)]);
    assert_eq!(done, [list, other]);
    kernel.assert_finished();
}
