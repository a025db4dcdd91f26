#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::{Mirror, Table, Update};
use crate::fake::{Kernel, message};
use crate::{Conn, Events, Protocol, Received, sys};
use core::task::Poll;
use core::time::Duration;
use nlwire::route::{
    AF_INET, AF_INET6, LinkAttr, LinkHeader, NDA_DST, NeighbourHeader, NeighbourTableAttr,
    NeighbourTableConfig, NeighbourTableHeader, RTM_DELLINK, RTM_DELROUTE, RTM_GETLINK,
    RTM_GETNEIGH, RTM_GETNEIGHTBL, RTM_GETROUTE, RTM_NEWLINK, RTM_NEWNEIGH, RTM_NEWNEIGHTBL,
    RTM_NEWROUTE, RouteAttr, RouteHeader, RouteRow,
};
use nlwire::{Errno, Flags, Header, MessageType, NewFlags};
use std::sync::{Arc, Mutex};
use std::vec::Vec;

/// Route to 0.0.0.0/length, with a metric and a preferred link.
type Entry = (u8, u32, u32);

/// Kernel whose routes a test changes.
#[derive(Clone, Default)]
struct Routes {
    rows: Arc<Mutex<Vec<Entry>>>,
    /// Number of dumps so far, and of those that are interrupted.
    dumps: Arc<Mutex<(u32, u32)>>,
    source: Kernel,
}

fn event(kind: MessageType, flags: Flags, family: u8, (length, metric, link): Entry) -> Vec<u8> {
    let header = RouteHeader {
        family,
        destination_len: length,
        ..RouteHeader::default()
    };
    message(Header::new(kind, flags), &header, |w| {
        w.put(RouteAttr::Priority(metric))?
            .put(RouteAttr::OutgoingIndex(link.into()))
    })
}

fn link(kind: MessageType, index: u32, name: &str, flags: u32) -> Vec<u8> {
    let header = LinkHeader {
        index: index.into(),
        flags: flags.into(),
        ..LinkHeader::default()
    };
    message(Header::new(kind, Flags::empty()), &header, |w| {
        w.put(LinkAttr::Name(name.into()))
    })
}

impl Routes {
    fn mirror(&self) -> Mirror<Kernel, Vec<u8>> {
        let shared = self.clone();
        let kernel = Kernel::answering(move |request, answer| {
            if request.kind() == RTM_GETLINK {
                return answer.error(Errno::ENODEV);
            }
            if request.kind() != RTM_GETROUTE {
                return answer.ack();
            }
            let mut dumps = shared.dumps.lock().unwrap();
            dumps.0 = dumps.0.saturating_add(1);
            for (number, &(length, metric, link)) in shared.rows.lock().unwrap().iter().enumerate()
            {
                if number % 100 == 99 {
                    answer.end_datagram();
                }
                let header = RouteHeader {
                    family: AF_INET,
                    destination_len: length,
                    ..RouteHeader::default()
                };
                answer.reply(RTM_NEWROUTE, Flags::MULTI, &header, |w| {
                    w.put(RouteAttr::Priority(metric))?
                        .put(RouteAttr::OutgoingIndex(link.into()))
                });
            }
            let is_interrupted = dumps.0 <= dumps.1;
            answer.done(
                0,
                match is_interrupted {
                    true => Flags::DUMP_INTR,
                    false => Flags::empty(),
                },
            );
        });
        let buffer = || std::vec![0; 64 * 1024];
        let events = Events::new(Conn::over(
            self.source.clone(),
            buffer(),
            Protocol::ROUTE,
            7,
        ));
        Mirror::new(events, Conn::over(kernel, buffer(), Protocol::ROUTE, 8))
    }

    fn set(&self, rows: &[Entry]) {
        *self.rows.lock().unwrap() = rows.to_vec();
    }

    fn dumps(&self) -> u32 {
        self.dumps.lock().unwrap().0
    }
}

/// Goes on until nothing happens, and returns the number of readings and events.
fn settle(mirror: &mut Mirror<Kernel, Vec<u8>>) -> (u32, u32) {
    let mut counts = (0_u32, 0_u32);
    while let Some(update) = mirror.next_within(Duration::from_millis(1)).unwrap() {
        match update {
            Update::Read => counts.0 = counts.0.saturating_add(1),
            Update::Event(_) => counts.1 = counts.1.saturating_add(1),
        }
    }
    counts
}

fn rows(
    mirror: &Mirror<Kernel, Vec<u8>>,
    kept: super::Kept<nlwire::route::GetRoutes>,
) -> Vec<Entry> {
    let mut rows: Vec<_> = mirror
        .rows(kept)
        .map(|row: RouteRow<'_>| {
            let link = row.link().unwrap().unwrap().get();
            (row.header.destination_len, row.metric().unwrap(), link)
        })
        .collect();
    rows.sort_unstable();
    rows
}

#[test]
fn events_insert_replace_and_delete() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2), (16, 1, 2)]);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    // Older than the table.
    kernel
        .source
        .queue(event(RTM_NEWROUTE, Flags::empty(), AF_INET, (1, 1, 1)));
    assert!(!mirror.is_whole());
    assert_eq!(settle(&mut mirror), (1, 0));
    assert!(mirror.is_whole());
    assert_eq!(rows(&mirror, routes), [(8, 1, 2), (16, 1, 2)]);

    let empty = Flags::empty();
    for (kind, flags, entry) in [
        // What is there already, and a new one.
        (RTM_NEWROUTE, empty, (8, 1, 2)),
        (RTM_NEWROUTE, empty, (24, 1, 2)),
        // Another link instead, and one beside it.
        (RTM_NEWROUTE, NewFlags::REPLACE.into(), (8, 1, 3)),
        (RTM_NEWROUTE, empty, (24, 1, 5)),
        (RTM_NEWROUTE, empty, (16, 9, 2)),
        // One that is there, and one that is not.
        (RTM_DELROUTE, empty, (16, 1, 2)),
        (RTM_DELROUTE, empty, (32, 1, 2)),
    ] {
        kernel.source.queue(event(kind, flags, AF_INET, entry));
    }
    assert_eq!(settle(&mut mirror), (0, 6));
    let expected = [(8, 1, 3), (16, 9, 2), (24, 1, 2), (24, 1, 5)];
    assert_eq!(rows(&mirror, routes), expected);
    assert_eq!((mirror.len(routes), kernel.dumps()), (4, 1));

    // Events of other namespaces are of other tables.
    let received = Received {
        namespace: Some(1),
        ..Received::default()
    };
    let other = event(RTM_NEWROUTE, empty, AF_INET, (32, 1, 2));
    kernel.source.queue_with(other, received);
    assert_eq!(settle(&mut mirror), (0, 0));
}

#[test]
fn incomplete_events_are_read_again() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2), (8, 1, 3)]);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    assert_eq!(settle(&mut mirror), (1, 0));
    // One of two is replaced, or a route is gone that looks different by now.
    for (kind, flags) in [
        (RTM_NEWROUTE, NewFlags::REPLACE.into()),
        (RTM_DELROUTE, Flags::empty()),
    ] {
        kernel.set(&[(8, 1, 3), (8, 1, 4)]);
        kernel.source.queue(event(kind, flags, AF_INET, (8, 1, 5)));
        assert_eq!(settle(&mut mirror), (1, 1));
        assert_eq!(rows(&mirror, routes), [(8, 1, 3), (8, 1, 4)]);
    }
    // IPv6 has no route beside this one.
    let new = |entry| event(RTM_NEWROUTE, Flags::empty(), AF_INET6, entry);
    kernel.source.queue(new((64, 1, 2)));
    assert_eq!(settle(&mut mirror), (0, 1));
}

#[test]
fn a_loss_and_an_interruption_are_followed_by_a_reading() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2)]);
    kernel.dumps.lock().unwrap().1 = 2;
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(kernel.dumps(), 3);

    kernel.set(&[(9, 1, 2)]);
    kernel.source.queue_error(sys::ENOBUFS);
    let late = event(RTM_NEWROUTE, Flags::empty(), AF_INET, (1, 1, 1));
    kernel.source.queue(late);
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), [(9, 1, 2)]);

    // A table that changes for ever is an error, and not the end.
    *kernel.dumps.lock().unwrap() = (0, u32::MAX);
    kernel.source.queue_error(sys::ENOBUFS);
    let error = mirror.next().unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::Interrupted);
    *kernel.dumps.lock().unwrap() = (0, 0);
    assert_eq!(settle(&mut mirror), (1, 0));
}

#[test]
fn an_event_that_fails_to_come_is_a_loss() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2)]);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    assert_eq!(settle(&mut mirror), (1, 0));
    // Out of memory, and longer than the buffer.
    kernel.set(&[(9, 1, 2)]);
    kernel.source.queue_error(Errno::ENOMEM);
    let error = mirror.next().unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOMEM));
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), [(9, 1, 2)]);
    kernel.set(&[(10, 1, 2)]);
    kernel.source.queue(std::vec![0; 65 * 1024]);
    let error = mirror.next().unwrap_err();
    assert!(matches!(error.kind(), crate::ErrorKind::Truncated { .. }));
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), [(10, 1, 2)]);
}

#[test]
fn a_dump_that_may_have_skipped_rows_is_made_again() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2)]);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    let gone = |family| event(RTM_DELROUTE, Flags::empty(), family, (64, 1, 2));
    assert!(matches!(
        mirror.try_next(),
        Ok(Poll::Ready(Some(Update::Read)))
    ));
    // Deleted while the table was read, perhaps; IPv4 keeps its place.
    kernel.source.queue(gone(AF_INET));
    assert_eq!(settle(&mut mirror), (0, 0));
    assert!(matches!(mirror.try_next(), Ok(Poll::Pending)));
    kernel.source.queue(gone(AF_INET6));
    assert_eq!((settle(&mut mirror), kernel.dumps()), ((0, 0), 1));

    kernel.source.queue_error(sys::ENOBUFS);
    assert!(matches!(
        mirror.try_next(),
        Ok(Poll::Ready(Some(Update::Read)))
    ));
    kernel.set(&[(8, 1, 2), (9, 1, 2)]);
    kernel.source.queue(gone(AF_INET6));
    assert_eq!((settle(&mut mirror), kernel.dumps()), ((1, 0), 3));
    assert_eq!(rows(&mirror, routes), [(8, 1, 2), (9, 1, 2)]);

    // A table that never rests.
    kernel.source.queue_error(sys::ENOBUFS);
    for _ in 0..100 {
        kernel.source.queue(gone(AF_INET6));
        let _ = mirror.try_next().unwrap();
    }
    assert!(kernel.dumps() <= 15, "{}", kernel.dumps());
    assert!(mirror.is_whole());
}

#[test]
fn routes_that_vanish_with_their_link_are_read_again() {
    let kernel = Routes::default();
    kernel.set(&[(8, 1, 2), (9, 1, 3)]);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    assert_eq!(settle(&mut mirror), (1, 0));
    kernel.set(&[(9, 1, 3)]);
    // Many events are followed by one reading.
    kernel.source.queue(link(RTM_NEWLINK, 2, "a", 1));
    kernel.source.queue(link(RTM_NEWLINK, 2, "a", 0));
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), [(9, 1, 3)]);
    // Nothing that matters has changed.
    kernel.source.queue(link(RTM_NEWLINK, 2, "b", 0));
    assert_eq!(settle(&mut mirror), (0, 0));
    kernel.source.queue(link(RTM_DELLINK, 2, "b", 0));
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(kernel.dumps(), 3);
}

#[test]
fn many_rows_come_and_go() {
    let kernel = Routes::default();
    let all: Vec<Entry> = (0..4000).map(|metric| (8, metric, 2)).collect();
    kernel.set(&all);
    let mut mirror = kernel.mirror();
    let routes = mirror.keep_joined(Table::routes());
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), all);
    let bytes: usize = mirror
        .rows(routes)
        .map(|row| row.message.as_bytes().len())
        .sum();
    let most = |rows: usize| {
        rows.saturating_mul(64)
            .saturating_add(bytes * 2 * rows / 4000)
    };
    assert!(mirror.memory(routes) <= most(4000));
    for &entry in all.iter().filter(|entry| entry.1 % 10 != 0) {
        let gone = event(RTM_DELROUTE, Flags::empty(), AF_INET, entry);
        kernel.source.queue(gone);
    }
    assert_eq!(settle(&mut mirror), (0, 3600));
    assert_eq!(mirror.len(routes), 400);
    assert!(rows(&mirror, routes).iter().all(|entry| entry.1 % 10 == 0));
    for &entry in &all {
        let new = event(RTM_NEWROUTE, Flags::empty(), AF_INET, entry);
        kernel.source.queue(new);
    }
    assert_eq!(settle(&mut mirror), (0, 4000));
    assert_eq!(rows(&mirror, routes), all);
    // A reading that has fewer rows.
    kernel.set(&all[..10]);
    kernel.source.queue_error(sys::ENOBUFS);
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!(rows(&mirror, routes), all[..10]);
}

/// A hash table of neighbours that grows during a dump: the dump has skipped
/// rows, and is repeated.
#[test]
fn neighbours_are_read_again_if_their_table_grew() {
    let masks = Arc::new(Mutex::new(std::vec![15, 15, 15, 7]));
    let dumps = Arc::new(Mutex::new(0_u8));
    let (dumped, grown) = (Arc::clone(&dumps), Arc::clone(&masks));
    let kernel = Kernel::answering(move |request, answer| {
        if request.kind() == RTM_GETNEIGHTBL {
            let mut masks = masks.lock().unwrap();
            let config = NeighbourTableConfig {
                hash_mask: masks.pop().unwrap().into(),
                ..NeighbourTableConfig::default()
            };
            let header = NeighbourTableHeader::default();
            answer.part(RTM_NEWNEIGHTBL, &header, |w| {
                w.put(NeighbourTableAttr::Config(&config))
            });
        } else if request.kind() == RTM_GETNEIGH {
            let mut dumps = dumps.lock().unwrap();
            *dumps = dumps.saturating_add(1);
            for number in 1..=*dumps {
                let header = NeighbourHeader {
                    family: AF_INET,
                    index: 7.into(),
                    ..NeighbourHeader::default()
                };
                answer.part(RTM_NEWNEIGH, &header, |w| {
                    w.ip(NDA_DST, [192, 0, 2, number].into())
                });
            }
        } else {
            return answer.ack();
        }
        answer.done(0, Flags::empty());
    });
    let buffer = || std::vec![0; 64 * 1024];
    let events = Conn::over(Kernel::new(), buffer(), Protocol::ROUTE, 7);
    let conn = Conn::over(kernel, buffer(), Protocol::ROUTE, 8);
    let mut mirror = Mirror::new(Events::new(events), conn);
    let kept = mirror.keep_joined(Table::neighbours());
    assert_eq!(settle(&mut mirror), (1, 0));
    assert_eq!((*dumped.lock().unwrap(), mirror.len(kept)), (2, 2));
    assert!(grown.lock().unwrap().is_empty());
}
