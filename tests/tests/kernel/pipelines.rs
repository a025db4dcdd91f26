//! Requests that are under way at the same time, dumps among them, and dumps
//! of tables that change.

use nlsock::{Answer, Config, Conn, ErrorKind, Protocol, Strict};
use nltests::{Need, Network, Outcome, Test};
use nlwire::route::{
    LinkHeader, RTA_OIF, RTM_GETLINK, RTM_GETROUTE, RouteHeader, RouteTable, Scope,
};
use nlwire::{Dump, Errno, Flags, MessageRef, MessageType, Writer};
use std::collections::VecDeque;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "pipelines::answers_come_in_order",
        needs: &[Need::Nobody],
        run: answers_come_in_order,
    },
    Test {
        name: "pipelines::a_ping_is_answered_amid_a_dump",
        needs: &[Need::Namespace],
        run: a_ping_is_answered_amid_a_dump,
    },
    Test {
        name: "pipelines::a_second_dump_is_refused_and_the_first_goes_on",
        needs: &[Need::Namespace],
        run: a_second_dump_is_refused_and_the_first_goes_on,
    },
    Test {
        name: "pipelines::more_than_the_queue_holds_fail_alone",
        needs: &[Need::Nobody],
        run: more_than_the_queue_holds_fail_alone,
    },
    Test {
        name: "pipelines::an_abandoned_one_leaves_no_trace",
        needs: &[Need::Namespace],
        run: an_abandoned_one_leaves_no_trace,
    },
    Test {
        name: "pipelines::a_dump_is_repeated_when_links_come_and_go",
        needs: &[Need::Namespace],
        run: a_dump_is_repeated_when_links_come_and_go,
    },
    Test {
        name: "pipelines::a_filter_holds_with_and_without_the_kernel_s_help",
        needs: &[Need::Namespace],
        run: a_filter_holds_with_and_without_the_kernel_s_help,
    },
];

/// Number of links that fill several datagrams.
pub(crate) const LINKS: usize = 80;

fn ping(buffer: &mut [u8]) -> MessageRef<'_> {
    let flags = Flags::empty();
    Writer::message(buffer, MessageType::NOOP, flags, &(), |w| Ok(w)).unwrap()
}

pub(crate) fn links(buffer: &mut [u8]) -> MessageRef<'_> {
    let header = LinkHeader::default();
    Writer::message(buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w)).unwrap()
}

/// Makes [`LINKS`] in all, `lo` included.
pub(crate) fn make_links() -> std::result::Result<(), nlsock::Error> {
    let mut network = Network::open()?;
    for number in 1..LINKS {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    Ok(())
}

fn answers_come_in_order() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 16];
    let ping = ping(&mut buffer);
    let mut pipeline = conn.pipeline::<100>();
    let mut tickets = VecDeque::new();
    let mut answered = 0;
    loop {
        while !pipeline.is_full() && answered + tickets.len() < 10_000 {
            tickets.push_back(pipeline.send(ping)?);
        }
        let Some((ticket, answer)) = pipeline.next()? else {
            break;
        };
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
        assert_eq!(Some(ticket), tickets.pop_front());
        answered += 1;
    }
    assert_eq!((answered, tickets.len()), (10_000, 0));
    assert_eq!(conn.skipped(), nlsock::Skipped::default());
    Ok(())
}

fn a_ping_is_answered_amid_a_dump() -> Outcome {
    make_links()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let (mut first, mut second) = ([0; 16], [0; 64]);
    let (ping, links) = (ping(&mut first), links(&mut second));
    let mut pipeline = conn.pipeline::<2>();
    let dump = pipeline.query(Dump(links))?;
    let pinged = pipeline.send(ping)?;
    let (mut rows, mut before_ack) = (0, 0);
    while let Some((ticket, answer)) = pipeline.next()? {
        match answer {
            Answer::Reply(_) => {
                assert_eq!(ticket, dump);
                rows += 1;
            }
            Answer::Done(_) if ticket == pinged => before_ack = rows,
            Answer::Done(_) => assert_eq!(ticket, dump),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(rows, LINKS);
    assert!((1..LINKS).contains(&before_ack), "{before_ack}");
    Ok(())
}

fn a_second_dump_is_refused_and_the_first_goes_on() -> Outcome {
    make_links()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let links = links(&mut buffer);
    let mut pipeline = conn.pipeline::<2>();
    let (first, second) = (pipeline.query(Dump(links))?, pipeline.query(Dump(links))?);
    let (mut rows, mut ended) = (0, Vec::new());
    while let Some((ticket, answer)) = pipeline.next()? {
        match answer {
            Answer::Reply(_) => {
                assert_eq!(ticket, first);
                rows += 1;
            }
            Answer::Done(_) => ended.push((ticket, None)),
            Answer::Failed(error) => ended.push((ticket, Some(error.kind()))),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(rows, LINKS);
    let busy = Some(ErrorKind::Refused(Errno::EBUSY));
    assert_eq!(ended, [(second, busy), (first, None)]);
    Ok(())
}

fn more_than_the_queue_holds_fail_alone() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 16];
    let ping = ping(&mut buffer);
    let mut pipeline = conn.pipeline::<1000>();
    for _ in 0..1000 {
        pipeline.send(ping)?;
    }
    let (mut done, mut lost) = (0, 0);
    while let Some((_, answer)) = pipeline.next()? {
        match answer {
            Answer::Done(_) => done += 1,
            Answer::Failed(error) => {
                assert!(matches!(error.kind(), ErrorKind::Overrun { drops } if drops > 0));
                lost += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done + lost, 1000);
    assert!((200..400).contains(&done), "{done}");
    pipeline.send(ping)?;
    assert!(matches!(pipeline.next()?, Some((_, Answer::Done(_)))));
    assert_eq!(conn.execute(ping)?.code(), 0);
    Ok(())
}

fn count_links(conn: &mut Conn) -> std::result::Result<usize, nlsock::Error> {
    let mut buffer = [0; 64];
    let mut rows = conn.query(Dump(links(&mut buffer)))?;
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn an_abandoned_one_leaves_no_trace() -> Outcome {
    make_links()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let (mut first, mut second) = ([0; 16], [0; 64]);
    let (ping, links) = (ping(&mut first), links(&mut second));
    for taken in (0..=LINKS + 2).step_by(9) {
        let mut pipeline = conn.pipeline::<2>();
        pipeline.query(Dump(links))?;
        pipeline.send(ping)?;
        for _ in 0..taken {
            pipeline.next()?;
        }
        if taken % 2 == 0 {
            std::mem::forget(pipeline);
        }
        assert_eq!(conn.execute(ping)?.code(), 0);
        assert_eq!(count_links(&mut conn)?, LINKS);
    }
    Ok(())
}

fn a_dump_is_repeated_when_links_come_and_go() -> Outcome {
    make_links()?;
    let mut network = Network::open()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let links = links(&mut buffer);
    // While the first two are read, a link is created.
    let mut attempts = 0;
    let mut read = |conn: &mut Conn, limit| {
        conn.query_retry(limit, Dump(links), |attempt, rows| {
            attempts += 1;
            let mut count = 0;
            while rows.next()?.is_some() {
                count += 1;
                if count == 1 && attempt < 2 {
                    network.add_link(&format!("new{attempts}"), "bridge")?;
                }
            }
            Ok::<_, nlsock::Error>(count)
        })
    };
    assert_eq!(read(&mut conn, 5)?, LINKS + 2);
    let error = read(&mut conn, 2).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(attempts, 5);
    assert_eq!(count_links(&mut conn)?, LINKS + 4);
    Ok(())
}

/// Routes of one table only: a kernel that checks strictly returns those, and
/// another one all.
fn a_filter_holds_with_and_without_the_kernel_s_help() -> Outcome {
    let mut network = Network::open()?;
    network.set_up(1)?;
    for last in 0..4 {
        let to = std::net::Ipv4Addr::new(192, 0, 2, last).into();
        network.add_route(to, 32, |w| w.u32(RTA_OIF, 1))?;
    }
    let header = RouteHeader {
        family: nlwire::route::AF_INET,
        table: RouteTable::MAIN.header(),
        ..RouteHeader::default()
    };
    let in_main = |row: MessageRef<'_>| {
        let (route, _) = row.split_zero_extended::<RouteHeader>();
        route.table == header.table
    };
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, RTM_GETROUTE, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    for (strict, helps) in [(Strict::Required, true), (Strict::Off, false)] {
        let mut conn = Config::new(Protocol::ROUTE).strict(strict).open()?;
        let mut rows = conn.query(Dump(request))?;
        let mut all = 0;
        while rows.next()?.is_some() {
            all += 1;
        }
        assert_eq!((all == 4, rows.is_filtered()), (helps, helps), "{all}");
        let mut rows = conn.query(Dump(request))?;
        let mut kept = 0;
        while let Some(row) = rows.next()? {
            if !in_main(row) {
                continue;
            }
            let (route, _) = row.split_zero_extended::<RouteHeader>();
            assert_eq!((route.destination_len, route.scope), (32, Scope::UNIVERSE));
            kept += 1;
        }
        assert_eq!(kept, 4);
    }
    Ok(())
}
