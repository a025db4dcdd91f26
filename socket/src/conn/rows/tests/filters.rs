//! Queries that compare each row.

use super::{TABLE, conn, kernel, with};
use nlwire::{DecodeError, Dump, EncodeError, MessageRef, Next, Query, Request, Writer};

/// Asks for the rows whose value is odd.
struct Odd<'a>(MessageRef<'a>);

fn is_odd(row: MessageRef<'_>) -> Result<bool, DecodeError> {
    Ok(row.attributes(0).require(1)?.u8()? % 2 == 1)
}

impl Request for Odd<'_> {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        None
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        Dump(self.0).write(from, w)
    }
}

impl Query for Odd<'_> {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        is_odd(message)
    }
}

#[test]
fn rows_that_nobody_asked_for_are_passed_over() {
    let kernel = kernel();
    let mut conn = conn(&kernel);
    with(TABLE, |message| {
        let mut replies = conn.query(Odd(message)).unwrap();
        let mut count = 0;
        while let Some(row) = replies.next().unwrap() {
            assert!(is_odd(row).unwrap());
            count += 1;
        }
        assert_eq!((count, replies.is_filtered()), (2, false));
    });
}
