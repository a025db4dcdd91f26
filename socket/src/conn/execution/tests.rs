#![allow(clippy::unwrap_used, reason = "tests")]

mod unnumbered;

use super::{Execution, Options};
use crate::conn::receive::{Patience, Step};
use crate::conn::rows::tests::{TABLE, conn, kernel, row, with};
use crate::fake::{Expected, Kernel};
use crate::socket::waiting::Deadline;
use crate::{Answer, Conn, Errno, Error, Outcome, Protocol};
use core::time::Duration;
use nlwire::codec::AttributeSet as _;
use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{Batch, Dump, EncodeError, Flags, MessageType, Next, Request, Writer, attributes};
use std::string::ToString as _;
use std::vec::Vec;

fn options(query: bool) -> Options {
    Options {
        deadline: Deadline::after(Some(Duration::from_secs(10))),
        ack: true,
        query,
        schema: None,
    }
}

#[test]
fn other_tasks_get_a_turn_while_an_abandoned_dump_is_discarded() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(TABLE, |message| drop(conn.query(Dump(message)).unwrap()));
    // The table changes so fast that its end is far away.
    let end: Vec<Vec<u8>> = {
        let mut rest = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(received) = crate::Transport::recv(&kernel, &mut buffer) {
            rest.push(buffer.get(..received.len).unwrap().to_vec());
        }
        rest
    };
    for _ in 0..200 {
        kernel.queue(row(1, 101, 7));
    }
    for datagram in end {
        kernel.queue(datagram);
    }
    with(TABLE, |message| {
        let dump = Dump(message);
        let mut execution = Execution::new(options(true));
        let mut turns = 0;
        let mut start = || execution.try_start(&mut conn, &dump, Patience::none());
        while let Step::Busy = start().unwrap() {
            turns += 1;
        }
        assert_eq!(turns, 3, "203 datagrams, 64 in each turn");
        let mut rows = 0;
        while let Step::Ready(Some(_)) = execution
            .advance(&mut conn, &dump, Patience::none())
            .unwrap()
        {
            rows += 1;
        }
        assert_eq!(rows, 3);
    });
    assert_eq!(kernel.sent().len(), 2, "each dump was sent once");
}

attributes! {
    /// Attribute set that no family here has.
    set Own, enum OwnAttr {
        /// A number.
        1 OWN_NUMBER Number number: u8,
    }
}

static OWN: Family = Family::family(
    "own",
    &[MessageSchema::command(7, "OWN_CMD_DELETE", Own::schema)],
);

/// Deletion in a generic family that the test declares.
#[derive(Clone, Copy, Debug)]
struct Delete {
    if_there: bool,
}

impl Request for Delete {
    fn protocol(&self) -> Option<&'static Family> {
        Some(&OWN)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(7, 1, Flags::empty(), |w| Ok(w))?;
        Ok(Next::End)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

fn generic(kernel: &Kernel, room: usize) -> Conn<Kernel, Vec<u8>> {
    let buffer = std::vec![0; room];
    let mut conn = Conn::over(kernel.clone(), buffer, Protocol::GENERIC, 7);
    conn.set_timeout(Some(Duration::from_secs(10)));
    conn
}

fn expect_look_up(kernel: &Kernel, number: u16) {
    kernel.expect(Expected::new(MessageType(16)), move |_, answer| {
        answer.reply(MessageType(16), Flags::empty(), &(), |w| {
            w.append(&[1_u8, 2, 0, 0])?.u16(1, number)
        });
        answer.ack();
    });
}

fn expect(kernel: &Kernel, number: u16, errno: Option<Errno>) {
    kernel.expect(
        Expected::new(MessageType(number)),
        move |_, answer| match errno {
            Some(errno) => answer.error(errno),
            None => answer.ack(),
        },
    );
}

#[test]
fn a_forgiven_enoent_may_be_a_changed_number() {
    for room in [4096, 700] {
        let kernel = Kernel::new();
        let mut conn = generic(&kernel, room);
        let delete = Delete { if_there: true };
        expect_look_up(&kernel, 40);
        expect(&kernel, 40, None);
        conn.execute(delete).unwrap();
        // The family was registered again, and the object is there.
        expect(&kernel, 40, Some(Errno::ENOENT));
        expect_look_up(&kernel, 41);
        expect(&kernel, 41, None);
        assert_eq!(conn.execute(delete).unwrap().code(), 0);
        // The number is the same, and the object is not there.
        expect(&kernel, 41, Some(Errno::ENOENT));
        expect_look_up(&kernel, 41);
        let ack = conn.execute(delete).unwrap();
        assert_eq!(ack.errno(), Some(Errno::ENOENT));
        expect(&kernel, 41, Some(Errno::ENOENT));
        expect_look_up(&kernel, 41);
        let error = conn.execute(Delete { if_there: false }).unwrap_err();
        assert_eq!(error.to_string(), "generic: OWN_CMD_DELETE: ENOENT");
        kernel.assert_finished();
    }
}

#[test]
fn a_family_of_one_s_own_is_named_in_every_way() {
    let named = "generic: OWN_CMD_DELETE: EBUSY";
    let delete = Delete { if_there: true };
    let kernel = Kernel::new();
    let mut conn = generic(&kernel, 4096);
    for _ in ["execute", "batch", "pipeline"] {
        expect_look_up(&kernel, 40);
        expect(&kernel, 40, Some(Errno::EBUSY));
    }
    expect(&kernel, 40, Some(Errno::EBUSY));
    assert_eq!(conn.execute(delete).unwrap_err().to_string(), named);

    let mut batch = Batch::new(Vec::new());
    batch.push(&delete).unwrap();
    let mut outcomes = [Outcome::NotDone];
    let error = conn.batch(&mut batch, &mut outcomes).unwrap_err();
    assert_eq!(error.to_string(), named);
    assert_eq!(
        outcomes
            .first()
            .and_then(Outcome::refusal)
            .unwrap()
            .to_string(),
        named
    );

    let mut pipeline = conn.pipeline::<2>();
    pipeline.send(delete).unwrap();
    let Some((_, Answer::Failed(error))) = pipeline.next().unwrap() else {
        unreachable!("it is refused");
    };
    assert_eq!(error.to_string(), named);

    // Also as bytes, once the number is known.
    let mut buffer = [0; 64];
    let message = Writer::message(&mut buffer, MessageType(40), Flags::empty(), &(), |w| {
        w.append(&[7_u8, 1, 0, 0])
    });
    let error: Error = conn.execute(message.unwrap()).unwrap_err();
    assert_eq!(error.to_string(), named);
    kernel.assert_finished();
}

#[test]
fn batches_and_pipelines_notice_a_changed_number() {
    let kernel = Kernel::new();
    let mut conn = generic(&kernel, 4096);
    let delete = Delete { if_there: true };
    expect_look_up(&kernel, 40);
    expect(&kernel, 40, None);
    conn.execute(delete).unwrap();

    // The family was registered again: the old number would be ENOENT.
    expect_look_up(&kernel, 41);
    expect(&kernel, 41, None);
    let mut batch = Batch::new(Vec::new());
    batch.push(&delete).unwrap();
    let mut outcomes = [Outcome::NotDone];
    conn.batch(&mut batch, &mut outcomes).unwrap();
    assert!(outcomes.iter().all(Outcome::is_done));

    expect_look_up(&kernel, 42);
    expect(&kernel, 42, None);
    expect(&kernel, 42, None);
    let mut pipeline = conn.pipeline::<2>();
    pipeline.send(delete).unwrap();
    // A request is in flight, so that nothing is looked up.
    pipeline.send(delete).unwrap();
    for _ in 0..2 {
        let Some((_, Answer::Done(ack))) = pipeline.next().unwrap() else {
            panic!("no acknowledgement");
        };
        assert_eq!(ack.code(), 0);
    }
    kernel.assert_finished();
}

#[test]
#[cfg(feature = "route")]
fn an_attribute_that_cannot_be_written_has_its_name() {
    use nlwire::route::{LinkAttr, LinkInfoAttr, SetLink};

    let kernel = kernel();
    let mut conn = conn(&kernel);
    let text = "route: RTM_SETLINK link \"eth0\": IFLA_LINKINFO > IFLA_INFO_KIND: NUL at byte 1 of a string";
    let info = [LinkInfoAttr::Kind("d\0")];
    let settings = [LinkAttr::Info((&info).into())];
    let request = SetLink::of("eth0").with(&settings);
    let error = conn.execute(request).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert!(matches!(
        error.kind(),
        crate::ErrorKind::Encode(EncodeError::InnerNul { attribute: 1, .. })
    ));
    // After 512 bytes, which is as long as `send` permits.
    let alias = "x".repeat(600);
    let settings = [LinkAttr::Alias(alias.as_str().into()), settings[0]];
    let request = SetLink::of("eth0").with(&settings);
    assert_eq!(conn.execute(request).unwrap_err().to_string(), text);
    let sent = conn.send(request).unwrap_err();
    assert!(!sent.to_string().contains("IFLA"), "{sent}");
    let sent = conn.send_in(request, &mut [0; 2048]).unwrap_err();
    assert_eq!(sent.to_string(), text);
    let mut pipeline = conn.pipeline::<4>();
    assert_eq!(pipeline.send(request).unwrap_err().to_string(), text);
}

#[test]
#[cfg(feature = "route")]
fn a_reply_that_reports_a_failure_is_an_error() {
    use nlwire::route::{DCB_ATTR_IEEE, DcbHeader, RTM_SETDCB, SetDcb};

    let kernel = kernel();
    let mut conn = conn(&kernel);
    for code in [0_u8, 234, 1] {
        kernel.expect(Expected::new(RTM_SETDCB), move |_, answer| {
            answer.reply(RTM_SETDCB, Flags::empty(), &DcbHeader::default(), |w| {
                w.u8(DCB_ATTR_IEEE, code)
            });
            answer.ack();
        });
    }
    let request = SetDcb::ieee("eth0", &[]);
    conn.execute(request).unwrap();
    let error = conn.execute(request).unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: RTM_SETDCB data centre bridging of link \"eth0\": EINVAL"
    );
    let error = conn.get(request).map(drop).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EIO));
    kernel.assert_finished();
}
