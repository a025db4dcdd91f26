//! Many requests in one system call. Transactions of nftables are in
//! `nftables.rs`.

use nlsock::{Conn, ErrorKind, Outcome, Protocol};
use nltests::{Need, Network, Test};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    RTA_OIF, RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE, RouteAttr, RouteHeader, RouteKind,
    RouteProtocol, RouteTable, Scope,
};
use nlwire::{Batch, Dump, Errno, Flags, MessageRef, MessageType, NewFlags, Writer};
use std::error::Error;
use std::net::Ipv4Addr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "batches::routes_are_added_and_deleted",
        needs: &[Need::Namespace],
        run: routes_are_added_and_deleted,
    },
    Test {
        name: "batches::refused_requests_are_named",
        needs: &[Need::Namespace],
        run: refused_requests_are_named,
    },
    Test {
        name: "batches::more_acks_than_the_queue_holds_are_all_received",
        needs: &[Need::Nobody],
        run: more_acks_than_the_queue_holds_are_all_received,
    },
    Test {
        name: "batches::a_queue_of_any_size_holds_what_is_refused_at_length",
        needs: &[Need::Namespace],
        run: a_queue_of_any_size_holds_what_is_refused_at_length,
    },
    Test {
        name: "batches::lost_answers_are_unknown",
        needs: &[Need::Nobody],
        run: lost_answers_are_unknown,
    },
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Unicast routes to 10.0.0.0/24, 10.0.1.0/24 and so on, over a link.
fn routes(
    kind: MessageType,
    link: u32,
    numbers: impl IntoIterator<Item = u16>,
) -> Result<Batch<Vec<u8>>> {
    let mut batch = Batch::new(Vec::new());
    for number in numbers {
        let header = RouteHeader {
            family: nlwire::route::AF_INET,
            destination_len: 24,
            table: RouteTable::MAIN.header(),
            protocol: RouteProtocol::STATIC,
            scope: Scope::LINK,
            kind: RouteKind::UNICAST,
            ..RouteHeader::default()
        };
        let [high, low] = number.to_be_bytes();
        let to = AddressBytes::Ip(Ipv4Addr::new(10, high, low, 0).into());
        let flags = match kind {
            RTM_NEWROUTE => Flags::empty() | NewFlags::CREATE | NewFlags::EXCL,
            _ => Flags::empty(),
        };
        batch.append_message(kind, flags, &header, |w| {
            w.put(RouteAttr::Destination(to))?
                .put(RouteAttr::OutgoingIndex(link.into()))
        })?;
    }
    Ok(batch)
}

/// Writes this number of pings.
fn pings(count: usize) -> Result<Batch<Vec<u8>>> {
    let mut batch = Batch::new(Vec::new());
    for _ in 0..count {
        batch.append_message(MessageType::NOOP, Flags::empty(), &(), |w| Ok(w))?;
    }
    Ok(batch)
}

fn count_routes(conn: &mut Conn) -> Result<usize> {
    let mut buffer = [0; 64];
    let header = RouteHeader {
        family: nlwire::route::AF_INET,
        table: RouteTable::MAIN.header(),
        ..RouteHeader::default()
    };
    let request = Writer::message(&mut buffer, RTM_GETROUTE, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut rows = conn.query(Dump(request))?;
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn assert_usable(conn: &mut Conn) -> Result<()> {
    let ping = pings(1)?;
    let ping = MessageRef::new(ping.as_bytes())?;
    assert_eq!(conn.execute(ping)?.code(), 0);
    Ok(())
}

fn link() -> Result<u32> {
    let mut network = Network::open()?;
    let link = network.add_link("br0", "bridge")?;
    network.set_up(link)?;
    Ok(link)
}

fn routes_are_added_and_deleted() -> nltests::Outcome {
    let link = link()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut outcomes = vec![Outcome::default(); 256];
    for unacked in [false, true] {
        let mut call = |kind| -> Result<usize> {
            let mut messages = routes(kind, link, 0..256)?;
            outcomes.fill(Outcome::default());
            let call = match unacked {
                false => conn.call(),
                true => conn.call().without_ack(),
            };
            call.batch(&mut messages, &mut outcomes)?;
            assert!(outcomes.iter().all(Outcome::is_done));
            count_routes(&mut conn)
        };
        assert_eq!(call(RTM_NEWROUTE)?, 256);
        assert_eq!(call(RTM_DELROUTE)?, 0);
    }
    assert_eq!(conn.skipped(), nlsock::Skipped::default());
    Ok(())
}

fn refused_requests_are_named() -> nltests::Outcome {
    let link = link()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut outcomes = vec![Outcome::default(); 200];
    conn.batch(&mut routes(RTM_NEWROUTE, link, 90..100)?, &mut outcomes)?;
    for (unacked, left) in [(false, 200), (true, 200)] {
        let mut messages = routes(RTM_NEWROUTE, link, 0..200)?;
        let call = match unacked {
            false => conn.call(),
            true => conn.call().without_ack(),
        };
        let error = call.batch(&mut messages, &mut outcomes).unwrap_err();
        assert!(error.is_exists(), "{error}");
        assert_eq!(error.to_string(), "route: RTM_NEWROUTE: EEXIST");
        for (number, outcome) in outcomes.iter().enumerate() {
            let exists = (90..100).contains(&number);
            assert_eq!(outcome.is_done(), !exists, "{number}: {outcome:?}");
            let refusal = outcome.refusal();
            assert_eq!(refusal.is_some_and(nlsock::Error::is_exists), exists);
        }
        assert_eq!(count_routes(&mut conn)?, left);
        let mut rest = routes(RTM_DELROUTE, link, (0..90).chain(100..200))?;
        conn.batch(&mut rest, &mut outcomes)?;
    }
    Ok(())
}

fn more_acks_than_the_queue_holds_are_all_received() -> nltests::Outcome {
    const COUNT: usize = 2_000;
    // The default, and the least that there is.
    for receive_buffer in [None, Some(1)] {
        let mut conn = Conn::open(Protocol::ROUTE)?;
        if let Some(bytes) = receive_buffer {
            conn.socket().set_receive_buffer(bytes)?;
        }
        let mut outcomes = vec![Outcome::default(); COUNT];
        conn.batch(&mut pings(COUNT)?, &mut outcomes)?;
        assert!(outcomes.iter().all(Outcome::is_done));
        assert_eq!(conn.socket().memory_info()?.drops, 0);
        assert_usable(&mut conn)?;
    }
    Ok(())
}

/// The longest answers that there are, to routes whose attribute has a length
/// that the policy forbids, with and without an echo of the request.
fn a_queue_of_any_size_holds_what_is_refused_at_length() -> nltests::Outcome {
    const COUNT: usize = 500;
    let header = RouteHeader {
        family: nlwire::route::AF_INET,
        ..RouteHeader::default()
    };
    for (cap_ack, padding) in [(true, 4), (false, 4), (false, 400), (false, 1_500)] {
        let mut messages = Batch::new(Vec::new());
        for _ in 0..COUNT {
            messages.append_message(RTM_NEWROUTE, NewFlags::CREATE, &header, |w| {
                // The index takes four bytes. Behind it comes what nobody knows.
                w.u16(RTA_OIF, 1)?.bytes(999, &vec![0; padding])
            })?;
        }
        let mut conn = Conn::open(Protocol::ROUTE)?;
        conn.socket().set_cap_ack(cap_ack)?;
        let mut outcomes = vec![Outcome::default(); COUNT];
        let error = conn.batch(&mut messages, &mut outcomes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused(Errno::ERANGE), "{error}");
        for outcome in &outcomes {
            let refusal = outcome.refusal().unwrap();
            assert_eq!(refusal.to_string(), error.to_string());
        }
        assert_eq!(conn.socket().memory_info()?.drops, 0);
    }
    Ok(())
}

fn lost_answers_are_unknown() -> nltests::Outcome {
    const COUNT: usize = 2_000;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut outcomes = vec![Outcome::default(); COUNT];
    let mut messages = routes(RTM_NEWROUTE, 1, 0..2_000)?;
    // Nobody may add routes: with one ack for all there is no room for as many
    // refusals.
    let call = conn.call().without_ack();
    let error = call.batch(&mut messages, &mut outcomes).unwrap_err();
    let drops = conn.socket().memory_info()?.drops;
    assert_eq!(error.kind(), ErrorKind::Overrun { drops });
    assert!(drops > 0);
    let refused = outcomes
        .iter()
        .take_while(|outcome| outcome.refusal().is_some_and(nlsock::Error::is_permission));
    let refused = refused.count();
    assert!((200..400).contains(&refused), "{refused}");
    let unknown = |outcome: &Outcome| matches!(outcome, Outcome::Unknown);
    assert!(outcomes[refused..].iter().all(unknown));
    assert_usable(&mut conn)?;
    // With an ack for each there is.
    let error = conn.batch(&mut messages, &mut outcomes).unwrap_err();
    assert!(error.is_permission(), "{error}");
    assert!(outcomes.iter().all(|outcome| outcome.refusal().is_some()));
    Ok(())
}
