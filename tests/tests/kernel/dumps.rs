//! Dumps, down to the datagrams that they come in.

use nlsock::{Config, Conn, ErrorKind, Protocol};
use nltests::{Need, Network, Outcome, Recorded, Recorder, Test, all_routes};
use nlwire::codec::AddressBytes;
use nlwire::generic::{CTRL_CMD_GETFAMILY, GENL_ID_CTRL, GenericHeader};
use nlwire::route::{
    AF_INET, AddressHeader, LinkAttr, LinkHeader, NextHop, RTA_MULTIPATH, RTA_OIF, RTM_GETADDR,
    RTM_GETLINK, RTM_GETROUTE, RTM_GETRULE, RTM_NEWROUTE, RTNLGRP_IPV4_ROUTE, Route, RouteAttr,
    RouteHeader, RuleHeader, Scope,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    Dump, Errno, FixedHeader, Flags, GetFlags, MessageRef, MessageType, Put, Writer, fields,
};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "dumps::the_first_datagram_is_as_large_as_the_others",
        needs: &[Need::Namespace],
        run: the_first_datagram_is_as_large_as_the_others,
    },
    Test {
        name: "dumps::a_short_buffer_is_an_error_and_nothing_is_read_by_halves",
        needs: &[Need::Namespace],
        run: a_short_buffer_is_an_error_and_nothing_is_read_by_halves,
    },
    Test {
        name: "dumps::the_end_is_the_last_that_comes",
        needs: &[Need::Namespace],
        run: the_end_is_the_last_that_comes,
    },
    Test {
        name: "dumps::the_end_may_share_a_datagram_with_rows",
        needs: &[Need::Namespace],
        run: the_end_may_share_a_datagram_with_rows,
    },
    Test {
        name: "dumps::a_refusal_by_the_end_is_an_error",
        needs: &[Need::Namespace],
        run: a_refusal_by_the_end_is_an_error,
    },
    Test {
        name: "dumps::an_abandoned_one_leaves_no_trace",
        needs: &[Need::Namespace],
        run: an_abandoned_one_leaves_no_trace,
    },
    Test {
        name: "dumps::a_full_queue_leaves_no_trace",
        needs: &[Need::Namespace],
        run: a_full_queue_leaves_no_trace,
    },
    Test {
        name: "dumps::six_hundred_next_hops_may_come_anywhere",
        needs: &[Need::Namespace],
        run: six_hundred_next_hops_may_come_anywhere,
    },
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Largest first datagram of a dump before the kernel has seen a receive: a
/// page without the kernel's own part.
const FIRST: usize = 3776;

fn request<'b, T: FixedHeader>(
    buffer: &'b mut [u8],
    kind: MessageType,
    header: &T,
) -> MessageRef<'b> {
    Writer::message(buffer, kind, Flags::empty(), header, |w| Ok(w)).unwrap()
}

fn inet() -> RouteHeader {
    RouteHeader {
        family: AF_INET,
        ..RouteHeader::default()
    }
}

/// A connection whose received datagrams are recorded.
fn recorded(protocol: Protocol) -> Result<(Conn, Recorder)> {
    let recorder = Recorder::default();
    let conn = Config::new(protocol).trace(recorder.hook()).open()?;
    Ok((conn, recorder))
}

fn count(conn: &mut Conn, request: MessageRef<'_>) -> std::result::Result<usize, nlsock::Error> {
    let mut rows = conn.query(Dump(request))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        assert!(row.kind() > MessageType::OVERRUN, "{:?}", row.header());
        count += 1;
    }
    Ok(count)
}

fn ping(conn: &mut Conn) -> Outcome {
    let mut buffer = [0; 16];
    let ack = conn.execute(request(&mut buffer, MessageType::NOOP, &()))?;
    assert_eq!(ack.code(), 0);
    Ok(())
}

/// Adds the host routes 192.0.2.0 and up, over `lo`. Returns the number of all
/// routes: `lo` has three of its own, and before Linux 5.14 a broadcast for its
/// lowest address too.
fn add_routes(network: &mut Network, routes: u8) -> Result<usize> {
    network.set_up(1)?;
    let own = count(&mut Conn::open(Protocol::ROUTE)?, all_routes(&mut [0; 64])?)?;
    let old = nltests::linux() < (5, 14);
    assert_eq!(own, if old { 4 } else { 3 });
    for last in 0..routes {
        let to = Ipv4Addr::new(192, 0, 2, last).into();
        network.add_route(to, 32, |w| w.u32(RTA_OIF, 1))?;
    }
    Ok(own + usize::from(routes))
}

fn the_first_datagram_is_as_large_as_the_others() -> Outcome {
    add_routes(&mut Network::open()?, 250)?;
    let mut buffer = [0; 64];
    let routes = all_routes(&mut buffer)?;

    // Without preparation it is a small one: that of a bare socket.
    let bare = Conn::open(Protocol::ROUTE)?;
    bare.send_bytes(&with_flags(routes, Flags::REQUEST | GetFlags::DUMP))?;
    let mut buffer = vec![0; 64 * 1024];
    let first = bare.recv(&mut buffer)?.as_bytes().len();
    let second = bare.recv(&mut buffer)?.as_bytes().len();
    assert!(first <= FIRST && second > FIRST, "{first}, {second}");

    let (mut conn, recorder) = recorded(Protocol::ROUTE)?;
    let rows = count(&mut conn, routes)?;
    // What prepares it comes first.
    let (ack, dump) = (recorder.take(), 1);
    assert_eq!(ack[0].kinds, [MessageType::ERROR]);
    assert!(ack[dump].len > FIRST, "{ack:?}");
    assert!(ack.iter().all(|datagram| datagram.len <= 32 * 1024));
    // And once is enough.
    assert_eq!(count(&mut conn, routes)?, rows);
    let again = recorder.take();
    assert_eq!(again, ack[dump..]);
    Ok(())
}

fn a_short_buffer_is_an_error_and_nothing_is_read_by_halves() -> Outcome {
    add_routes(&mut Network::open()?, 250)?;
    let mut buffer = [0; 64];
    let routes = all_routes(&mut buffer)?;
    let recorder = Recorder::default();
    let open = || Config::new(Protocol::ROUTE).trace(recorder.hook());

    // A dump does not even start.
    let mut conn = Conn::with_buffer(open().open_socket()?, [0; 2048]);
    let error = conn.query(Dump(routes)).unwrap_err();
    let needed = 32 * 1024;
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed });
    assert_eq!(recorder.take(), []);

    let dump = with_flags(routes, Flags::REQUEST | GetFlags::DUMP);
    let error = conn.query(MessageRef::new(&dump)?).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed });
    assert_eq!(recorder.take(), []);

    // `execute` with the same dump reports the truncation.
    let error = conn.execute(MessageRef::new(&dump)?).unwrap_err();
    let [cut] = &recorder.take()[..] else {
        panic!("one datagram");
    };
    assert!(cut.len > 2048 && cut.len <= FIRST, "{cut:?}");
    let needed = u32::try_from(cut.len)?;
    assert_eq!(error.kind(), ErrorKind::Truncated { needed });

    let bare = open().open()?;
    bare.send_bytes(&dump)?;
    let error = bare.recv(&mut [0; 2048]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed });

    // One reply that does not fit.
    let mut conn = Conn::with_buffer(open().open_socket()?, [0; 128]);
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let lo = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.put(LinkAttr::Name("lo".into()))
    })?;
    let _ = recorder.take();
    let error = conn.get(lo).unwrap_err();
    let needed = u32::try_from(recorder.take()[0].len)?;
    assert!(needed > 128);
    assert_eq!(error.kind(), ErrorKind::Truncated { needed });
    let mut rows = conn.query(lo)?;
    let error = rows.next().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed });
    assert!(rows.next()?.is_none(), "of half a datagram");
    let mut buffer = [0; 16];
    let ack = conn.execute(request(&mut buffer, MessageType::NOOP, &()))?;
    assert_eq!(ack.code(), 0);
    Ok(())
}

/// The message with other flags.
fn with_flags(message: MessageRef<'_>, flags: Flags) -> Vec<u8> {
    let header = message.header().with_flags(flags);
    [header.as_bytes(), message.payload()].concat()
}

fn the_end_is_the_last_that_comes() -> Outcome {
    let routes = add_routes(&mut Network::open()?, 250)?;
    let (mut conn, recorder) = recorded(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    // It asks for an ack, too.
    assert_eq!(count(&mut conn, all_routes(&mut buffer)?)?, routes);
    let datagrams = &recorder.take()[1..];
    let kinds = datagrams.iter().flat_map(|datagram| &datagram.kinds);
    let (rows, others): (Vec<_>, Vec<_>) = kinds.partition(|kind| **kind == RTM_NEWROUTE);
    assert_eq!((rows.len(), others), (routes, vec![&MessageType::DONE]));
    let left = conn.socket().recv(&mut [0; 64]);
    assert_eq!(left, Err(Errno::EAGAIN));
    Ok(())
}

fn the_end_may_share_a_datagram_with_rows() -> Outcome {
    // Down, it has no address and no route.
    let (mut route, of_route) = recorded(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let done = [MessageType::DONE];
    let mut shared = 0;
    let mut alone = 0;
    let mut judge = |what: &str, rows, expected, recorder: &Recorder| {
        assert_eq!(rows, expected, "{what}");
        let datagrams = recorder.take();
        let datagrams: Vec<&Recorded> = datagrams
            .iter()
            .filter(|datagram| datagram.kinds != [MessageType::ERROR])
            .collect();
        let last = &datagrams.last().unwrap().kinds;
        assert!(last.ends_with(&done), "{what}: {datagrams:?}");
        println!("{what}: {datagrams:?}");
        let counter = match last.len() {
            1 => &mut alone,
            _ => &mut shared,
        };
        *counter += 1;
        datagrams.len()
    };
    let rows = count(&mut route, request(&mut buffer, RTM_GETADDR, &address()))?;
    assert_eq!(judge("no address", rows, 0, &of_route), 1);
    let rows = count(&mut route, request(&mut buffer, RTM_GETROUTE, &inet()))?;
    assert_eq!(judge("no route", rows, 0, &of_route), 1);

    let routes = add_routes(&mut Network::open()?, 3)?;
    let rows = count(&mut route, request(&mut buffer, RTM_GETADDR, &address()))?;
    judge("address", rows, 1, &of_route);
    let rows = count(&mut route, request(&mut buffer, RTM_GETROUTE, &inet()))?;
    judge("routes", rows, routes, &of_route);
    let header = LinkHeader::default();
    let rows = count(&mut route, request(&mut buffer, RTM_GETLINK, &header))?;
    judge("link", rows, 1, &of_route);
    let header = RuleHeader {
        family: AF_INET,
        ..RuleHeader::default()
    };
    let rows = count(&mut route, request(&mut buffer, RTM_GETRULE, &header))?;
    judge("rules", rows, 3, &of_route);

    let (mut generic, of_generic) = recorded(Protocol::GENERIC)?;
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let rows = count(&mut generic, request(&mut buffer, GENL_ID_CTRL, &header))?;
    assert!(rows > 1);
    judge("families", rows, rows, &of_generic);
    // Both occur, and nothing hangs on which. Linux 6.1 shares none.
    assert!(alone >= 2, "{alone}, {shared}");
    let emulated = nltests::is_emulated();
    assert!(shared >= 2 || emulated, "{alone}, {shared}");
    Ok(())
}

fn address() -> AddressHeader {
    AddressHeader {
        family: AF_INET,
        ..AddressHeader::default()
    }
}

fn a_refusal_by_the_end_is_an_error() -> Outcome {
    let (mut conn, recorder) = recorded(Protocol::ROUTE)?;
    ping(&mut conn)?;
    // A strict kernel knows no filter by scope.
    let header = RouteHeader {
        scope: Scope::HOST,
        ..inet()
    };
    let mut buffer = [0; 64];
    let routes = request(&mut buffer, RTM_GETROUTE, &header);
    let _ = recorder.take();
    let error = count(&mut conn, routes).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL));
    assert_eq!(
        error.to_string(),
        "route: RTM_GETROUTE: EINVAL: Invalid values in header for FIB dump request"
    );
    let kinds: Vec<_> = recorder.take().into_iter().map(|d| d.kinds).collect();
    assert_eq!(kinds, [[MessageType::DONE]]);
    assert_eq!(conn.refusal().unwrap().errno(), Some(Errno::EINVAL));
    // It is over: another may begin.
    assert_eq!(count(&mut conn, all_routes(&mut buffer)?)?, 0);
    Ok(())
}

fn an_abandoned_one_leaves_no_trace() -> Outcome {
    let expected = add_routes(&mut Network::open()?, 250)?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let routes = all_routes(&mut buffer)?;
    for (number, taken) in (0..=256).step_by(8).enumerate() {
        let mut rows = conn.query(Dump(routes))?;
        for _ in 0..taken {
            rows.next()?;
        }
        // To forget it is the same: nothing is done at its end.
        if number % 2 == 0 {
            std::mem::forget(rows);
        }
        match number % 3 {
            0 => ping(&mut conn)?,
            1 => assert_eq!(count(&mut conn, routes)?, expected),
            // Abandoned twice.
            _ => drop(conn.query(Dump(routes))?),
        }
    }
    assert_eq!(count(&mut conn, routes)?, expected);
    Ok(())
}

fn a_full_queue_leaves_no_trace() -> Outcome {
    let mut network = Network::open()?;
    let mut routes = 0;
    // Long ones: a dump takes more parts than messages fill the queue.
    let mut add = |network: &mut Network| {
        let to = Ipv4Addr::new(20, 0, routes, 0).into();
        routes += 1;
        network
            .add_route(to, 24, |w| next_hops(w, 600))
            .map(|()| routes)
    };
    connect(&mut network)?;
    while add(&mut network)? < 40 {}
    let mut conn = Config::new(Protocol::ROUTE)
        .group(RTNLGRP_IPV4_ROUTE)
        .open()?;
    let mut buffer = [0; 64];
    let all = all_routes(&mut buffer)?;
    let others = count(&mut conn, all)? - 40;
    // Events are queued until the part of a dump does not fit, and nothing is
    // lost.
    let (memory, routes) = loop {
        let routes = add(&mut network)?;
        let memory = conn.socket().memory_info()?;
        if memory.receive_used + 32 * 1024 > memory.receive_buffer {
            break (memory, routes);
        }
    };
    assert_eq!(memory.drops, 0);
    let expected = others + usize::from(routes);
    match count(&mut conn, all) {
        // Linux 5.10 refuses a dump only if the queue is full (`netlink_dump`).
        Ok(rows) => assert!(rows == expected && nltests::linux() <= (5, 10), "{rows}"),
        // Others say so, and make the dump once the queue was read.
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Refused(Errno::ENOBUFS));
            assert!(error.is_temporary());
            assert_eq!(count(&mut conn, all)?, expected);
        }
    }
    ping(&mut conn)
}

/// Creates a link with the network 10.0.0.0/16, for gateways.
fn connect(network: &mut Network) -> Result<()> {
    let [left, right] = network.add_veth("left", "right")?;
    network.set_up(left)?;
    network.set_up(right)?;
    network.add_address(left, "10.0.0.1".parse()?, 16)?;
    Ok(())
}

fn six_hundred_next_hops_may_come_anywhere() -> Outcome {
    let mut network = Network::open()?;
    connect(&mut network)?;
    // Between others, and behind all of them.
    for (to, hops) in [("20.0.0.0", 1), ("30.0.0.0", 600), ("40.0.0.0", 2)] {
        network.add_route(to.parse()?, 24, |w| next_hops(w, hops))?;
    }
    network.add_route("223.255.255.0".parse()?, 24, |w| next_hops(w, 600))?;

    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let mut rows = conn.query(Dump(all_routes(&mut buffer)?))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (header, attributes) = row.split::<RouteHeader>()?;
        let route = fields!(attributes => Route { destination, multipath })?;
        let hops = route.multipath.map_or(0, |hops| hops.iter().count());
        if header.destination_len == 24 {
            found.push((route.destination.and_then(|to| to.ip()).unwrap(), hops));
        }
    }
    let expected = [("20.0.0.0", 0), ("30.0.0.0", 600), ("40.0.0.0", 2)];
    let mut expected: Vec<(IpAddr, _)> = expected
        .into_iter()
        .map(|(to, hops)| (to.parse().unwrap(), hops))
        .collect();
    expected.push(("223.255.255.0".parse()?, 600));
    assert_eq!(found, expected);
    Ok(())
}

/// Puts so many gateways, 10.0.1.0 and up.
pub(crate) fn next_hops<'w, 'b>(w: &'w mut Writer<'b>, count: u32) -> Put<'w, 'b> {
    w.unmarked_nest(RTA_MULTIPATH, |w| {
        for number in 0..count {
            let gateway = IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0100 + number));
            w.record(NextHop::default(), |w| {
                w.put(RouteAttr::Gateway(AddressBytes::Ip(gateway)))
            })?;
        }
        Ok(w)
    })
}
