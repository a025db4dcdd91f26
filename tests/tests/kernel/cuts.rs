//! Buffers that are too small for some of what comes.

use nlsock::{Answer, AsyncConn, Config, Conn, Errno, ErrorKind, Protocol, Socket};
use nltests::{Need, Outcome, Test};
use nlwire::route::{LinkAttr, LinkHeader, RTM_GETLINK};
use nlwire::{Batch, Flags, MessageRef, MessageType, Writer};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "cuts::a_late_reply_of_any_length_fails_no_request",
        needs: &[Need::Namespace],
        run: a_late_reply_of_any_length_fails_no_request,
    },
    Test {
        name: "cuts::a_late_reply_of_any_length_fails_no_future",
        needs: &[Need::Namespace],
        run: || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build()?;
            runtime.block_on(a_late_reply_of_any_length_fails_no_future())
        },
    },
    Test {
        name: "cuts::a_reply_needs_no_room_for_its_acknowledgement",
        needs: &[Need::Namespace],
        run: a_reply_needs_no_room_for_its_acknowledgement,
    },
];

fn open(len: usize) -> Result<Conn<Socket, Vec<u8>>, nlsock::Error> {
    let socket = Config::new(Protocol::ROUTE).open_socket()?;
    Ok(Conn::with_buffer(socket, vec![0; len]))
}

fn noop(buffer: &mut [u8]) -> MessageRef<'_> {
    let flags = Flags::empty();
    Writer::message(buffer, MessageType::NOOP, flags, &(), |w| Ok(w)).unwrap()
}

/// A request whose reply is longer than a kilobyte.
fn link<'b>(buffer: &'b mut [u8], name: &str) -> MessageRef<'b> {
    let header = LinkHeader::default();
    Writer::message(buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.put(LinkAttr::Name(name.into()))
    })
    .unwrap()
}

fn a_late_reply_of_any_length_fails_no_request() -> Outcome {
    let (mut ask, mut ping) = ([0; 64], [0; 16]);
    let (link, ping) = (link(&mut ask, "lo"), noop(&mut ping));
    let mut conn = open(64)?;
    let mut expected = conn.skipped();

    drop(conn.query(link)?);
    assert_eq!(conn.execute(ping)?.code(), 0);

    drop(conn.query(link)?);
    let mut pipeline = conn.pipeline::<4>();
    let ticket = pipeline.send(ping)?;
    let answer = pipeline.next()?;
    assert!(matches!(answer, Some((of, Answer::Done(_))) if of == ticket));
    assert!(pipeline.next()?.is_none());

    drop(conn.query(link)?);
    let mut pings = ping.as_bytes().repeat(3);
    let mut pings = Batch::packed(&mut pings)?;
    let mut outcomes = vec![nlsock::Outcome::default(); 3];
    conn.batch(&mut pings, &mut outcomes)?;
    assert!(outcomes.iter().all(nlsock::Outcome::is_done));

    // Each time the reply and its acknowledgement.
    expected.stale += 6;
    assert_eq!(conn.skipped(), expected);
    // One of its own is missed.
    let error = conn.get(link).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::Truncated { needed: 1000.. }
    ));
    assert_eq!(conn.execute(ping)?.code(), 0);
    Ok(())
}

async fn a_late_reply_of_any_length_fails_no_future() -> Outcome {
    let (mut ask, mut ping) = ([0; 64], [0; 16]);
    let (link, ping) = (link(&mut ask, "lo"), noop(&mut ping));
    let mut conn = AsyncConn::new(open(64)?)?;
    let mut expected = conn.conn().skipped();

    drop(conn.query(link).await?);
    assert_eq!(conn.execute(ping).await?.code(), 0);

    drop(conn.query(link).await?);
    let mut pipeline = conn.pipeline::<4>();
    let ticket = pipeline.send(ping)?;
    let answer = pipeline.next().await?;
    assert!(matches!(answer, Some((of, Answer::Done(_))) if of == ticket));
    assert!(pipeline.next().await?.is_none());

    drop(conn.query(link).await?);
    let mut pings = ping.as_bytes().repeat(3);
    let mut pings = Batch::packed(&mut pings)?;
    let mut outcomes = vec![nlsock::Outcome::default(); 3];
    conn.batch(&mut pings, &mut outcomes).await?;
    assert!(outcomes.iter().all(nlsock::Outcome::is_done));

    expected.stale += 6;
    assert_eq!(conn.conn().skipped(), expected);
    Ok(())
}

fn a_reply_needs_no_room_for_its_acknowledgement() -> Outcome {
    let mut ask = [0; 64];
    let link = link(&mut ask, "lo");
    let whole = Conn::open(Protocol::ROUTE)?.get(link)?.payload().to_vec();
    let needed = u32::try_from(whole.len() + 16)?;
    for spare in 0..=40 {
        let mut conn = open(whole.len() + 16 + spare)?;
        assert_eq!(conn.get(link)?.payload(), whole, "{spare} bytes to spare");
        assert_eq!(conn.get(link)?.payload(), whole, "again");
    }
    let error = open(whole.len() + 15)?.get(link).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed });
    // An errno needs no room for the other facts.
    let mut ask = [0; 64];
    let absent = self::link(&mut ask, "absent");
    for len in absent.as_bytes().len()..100 {
        let error = open(len)?.get(absent).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::ENODEV));
    }
    Ok(())
}
