//! Streams of events: senders, groups and losses.

use nlsock::fd::AsFd as _;
use nlsock::{Address, Config, Conn, Event, Events, Protocol, Trust};
use nltests::{Churn, Missing, Need, Network, Outcome, Test, in_namespace, second_namespace};
use nlwire::route::{
    LinkHeader, RTM_DELROUTE, RTM_NEWLINK, RTM_NEWMULTICAST, RTM_NEWNSID, RTM_NEWROUTE,
    RTNLGRP_IPV4_MCADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK,
};
use nlwire::uevent::{UEVENT_GROUP_KERNEL, Uevent};
use nlwire::{Errno, Flags, Writer};
use std::error::Error;
use std::os::fd::AsRawFd as _;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::thread;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "events::a_group_above_32_is_reported",
        needs: &[Need::Namespace],
        run: a_group_above_32_is_reported,
    },
    Test {
        name: "events::another_namespace_is_reported_by_its_id",
        needs: &[Need::Namespace],
        run: another_namespace_is_reported_by_its_id,
    },
    Test {
        name: "events::datagrams_without_a_header_come_whole",
        needs: &[Need::Namespace],
        run: datagrams_without_a_header_come_whole,
    },
    Test {
        name: "events::only_trusted_senders_are_received",
        needs: &[Need::Namespace],
        run: only_trusted_senders_are_received,
    },
    Test {
        name: "events::losses_are_as_many_as_the_kernel_counted",
        needs: &[Need::Namespace],
        run: losses_are_as_many_as_the_kernel_counted,
    },
    Test {
        name: "events::a_loss_while_the_queue_is_read_is_reported_after_it",
        needs: &[Need::Namespace],
        run: a_loss_while_the_queue_is_read_is_reported_after_it,
    },
    Test {
        name: "events::a_burst_of_100_000_is_read_or_counted_as_lost",
        needs: &[Need::Namespace, Need::Slow],
        run: a_burst_of_100_000_is_read_or_counted_as_lost,
    },
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn listen(group: u32) -> Result<Events> {
    let mut events = Config::new(Protocol::ROUTE).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

/// A link for routes, which is up.
pub(crate) fn link() -> Result<u32> {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    network.set_up(index)?;
    Ok(index)
}

/// Reads until nothing is queued. Returns the number of events, and the losses.
fn drain(events: &mut Events) -> Result<(u32, Vec<u32>)> {
    let (mut count, mut losses) = (0, Vec::new());
    while let Poll::Ready(Some(event)) = events.try_next()? {
        match event {
            Event::Item(_) => count += 1,
            Event::Lost { drops } => losses.push(drops),
        }
    }
    Ok((count, losses))
}

fn a_group_above_32_is_reported() -> Outcome {
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_MCADDR);
    let mut events = match config.events() {
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: events of multicast addresses".into()).into());
        }
        events => events?,
    };
    events.set_timeout(Some(Duration::from_secs(10)));
    // Every link that has IPv4 joins 224.0.0.1.
    link()?;
    let Some(Event::Item(event)) = events.next()? else {
        panic!("lost");
    };
    assert_eq!(event.group(), RTNLGRP_IPV4_MCADDR);
    assert_eq!(event.message().kind(), RTM_NEWMULTICAST);
    assert_eq!((event.namespace(), event.sender()), (None, Address::KERNEL));
    Ok(())
}

fn another_namespace_is_reported_by_its_id() -> Outcome {
    let mut events = listen(RTNLGRP_LINK)?;
    events.conn().transport().set_listen_all_namespaces(true)?;
    let second = second_namespace()?;
    let make = |name: &str| in_namespace(&second, || Network::open()?.add_link(name, "bridge"));
    // Without an id it is not heard.
    make("unheard")??;
    let mut buffer = [0; 64];
    let descriptor = second.as_fd().as_raw_fd().cast_unsigned();
    // struct rtgenmsg, NETNSA_NSID and NETNSA_FD
    let request = Writer::message(&mut buffer, RTM_NEWNSID, Flags::empty(), &(), |w| {
        w.append(&[0_u8; 4])?.u32(1, 77)?.u32(3, descriptor)
    })?;
    Conn::open(Protocol::ROUTE)?.execute(request)?;
    make("heard")??;
    Network::open()?.add_link("own", "bridge")?;

    let mut told = Vec::new();
    while let Poll::Ready(Some(Event::Item(event))) = events.try_next()? {
        let name = event.message().attributes(16).require(3)?.str()?.to_owned();
        assert_eq!(event.group(), RTNLGRP_LINK);
        told.push((name, event.namespace()));
    }
    told.dedup();
    assert_eq!(told, [("heard".into(), Some(77)), ("own".into(), None)]);
    Ok(())
}

fn datagrams_without_a_header_come_whole() -> Outcome {
    let config = Config::new(Protocol::KOBJECT_UEVENT).group(UEVENT_GROUP_KERNEL);
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Network::open()?.add_link("br0", "bridge")?;
    loop {
        let Some(Event::Item(datagram)) = events.next_datagram()? else {
            panic!("lost");
        };
        assert_eq!(datagram.group(), UEVENT_GROUP_KERNEL);
        let event = Uevent::new(datagram.as_bytes()).ok_or("no event")?;
        if event.get("INTERFACE") == Some(b"br0") {
            assert_eq!(event.action(), Some(&b"add"[..]));
            return Ok(());
        }
    }
}

fn only_trusted_senders_are_received() -> Outcome {
    let forger = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let forged = Writer::message(&mut buffer, RTM_NEWLINK, Flags::empty(), &header, |w| Ok(w))?;
    let to_all = Address {
        port: 0,
        groups: 1 << (RTNLGRP_LINK - 1),
    };
    for (trust, believed) in [
        (Trust::Kernel, false),
        (Trust::Root, true),
        (Trust::Anyone, true),
    ] {
        let config = Config::new(Protocol::ROUTE).trust(trust);
        let mut events = config.group(RTNLGRP_LINK).events()?;
        forger.send_to(forged.as_bytes(), Some(to_all))?;
        match events.try_next()? {
            Poll::Pending => assert!(!believed, "{trust:?}"),
            Poll::Ready(Some(Event::Item(event))) => {
                assert!(believed, "{trust:?}");
                assert_eq!(event.sender().port, forger.port_id());
                assert_eq!(event.uid(), (trust == Trust::Root).then_some(0));
            }
            Poll::Ready(other) => panic!("{other:?}"),
        }
        let foreign = events.conn().skipped().foreign;
        assert_eq!(foreign, u64::from(!believed), "{trust:?}");
    }
    Ok(())
}

fn losses_are_as_many_as_the_kernel_counted() -> Outcome {
    let mut churn = Churn::open(link()?, 1000)?;
    let mut events = listen(RTNLGRP_IPV4_ROUTE)?;
    let mut silent = listen(RTNLGRP_IPV4_ROUTE)?;
    silent.conn().transport().set_no_enobufs(true)?;
    for _ in 0..40 {
        churn.change()?;
    }
    let sent = 40 * u32::try_from(Churn::BATCH)?;
    let drops = events.conn().transport().memory_info()?.drops;
    assert!(drops > 0);
    // It comes first, and what was queued before it can still be read.
    let (queued, losses) = drain(&mut events)?;
    assert_eq!(losses, [drops]);
    assert_eq!(queued + drops, sent);
    // With the option set, the kernel reports a loss only in its counter.
    let drops = silent.conn().transport().memory_info()?.drops;
    let (queued, losses) = drain(&mut silent)?;
    assert_eq!((queued + drops, losses), (sent, vec![]));
    // And after it nothing is missing any more.
    churn.change()?;
    let (queued, losses) = drain(&mut events)?;
    assert_eq!((queued as usize, losses), (Churn::BATCH, vec![]));
    Ok(())
}

fn a_loss_while_the_queue_is_read_is_reported_after_it() -> Outcome {
    let mut churn = Churn::open(link()?, 1000)?;
    let mut events = listen(RTNLGRP_IPV4_ROUTE)?;
    while events.conn().transport().memory_info()?.drops == 0 {
        churn.change()?;
    }
    let first = events.conn().transport().memory_info()?.drops;
    let lost = events.next()?;
    assert!(matches!(lost, Some(Event::Lost { drops }) if drops == first));
    for _ in 0..20 {
        assert!(matches!(events.next()?, Some(Event::Item(_))));
    }
    // There is room again, and yet the kernel drops until the queue is empty.
    churn.change()?;
    let drops = events.conn().transport().memory_info()?.drops;
    assert_eq!(drops as usize, first as usize + Churn::BATCH);
    let (_, losses) = drain(&mut events)?;
    assert_eq!(losses, [drops]);
    Ok(())
}

/// Loss depends on the two processors, and `tests/peers` compares it with others.
fn a_burst_of_100_000_is_read_or_counted_as_lost() -> Outcome {
    let mut churn = Churn::open(link()?, 1000)?;
    for _ in 0..10 {
        let config = Config::new(Protocol::ROUTE).receive_buffer(1 << 20);
        let mut events = config.group(RTNLGRP_IPV4_ROUTE).events()?;
        let (ready, done) = (Barrier::new(2), AtomicBool::new(false));
        let (read, told) = thread::scope(|scope| {
            let reader = scope.spawn(|| {
                ready.wait();
                read_burst(&mut events, &done).unwrap()
            });
            ready.wait();
            for _ in 0..100_000 / Churn::BATCH {
                churn.change().unwrap();
            }
            done.store(true, Ordering::Relaxed);
            reader.join().unwrap()
        });
        let drops = events.conn().transport().memory_info()?.drops;
        assert_eq!(read + drops, 100_000, "read, and counted by the kernel");
        assert_eq!(told, drops, "counted by the events");
    }
    Ok(())
}

/// Reads until the writer is done and nothing is queued. Returns the number of events
/// and that of lost ones.
fn read_burst(events: &mut Events, done: &AtomicBool) -> Result<(u32, u32)> {
    let (mut read, mut lost) = (0, 0);
    loop {
        // Asked first: what was sent before is queued by now.
        let done = done.load(Ordering::Relaxed);
        match events.try_next()? {
            Poll::Ready(Some(Event::Item(event))) => {
                let kind = event.message().kind();
                assert!([RTM_NEWROUTE, RTM_DELROUTE].contains(&kind));
                read += 1;
            }
            Poll::Ready(Some(Event::Lost { drops })) => lost = drops,
            Poll::Ready(None) => unreachable!("a socket has no end"),
            Poll::Pending if done => return Ok((read, lost)),
            Poll::Pending => thread::yield_now(),
        }
    }
}
