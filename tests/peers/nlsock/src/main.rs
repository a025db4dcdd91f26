//! The works with nlsock and nlwire.

use std::hint::black_box;

use common::{BATCH_NOOPS, BATCH_ROUTES, BATCH_TURNS, ENCODED, LAST_EVENT, ROUND_TRIPS, Result};
use nlsock::{Config, Conn, Event, Events, Outcome, Protocol};
use nlwire::route::*;
use nlwire::zerocopy::native_endian::U32;
use nlwire::{Batch, Dump, Flags, MessageRef, MessageType, NewFlags, Writer};
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<()> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let mut requests = [0; 16 * 1024];
    match common::work().as_str() {
        "routes" => {
            let inet = RouteHeader {
                family: AF_INET,
                ..RouteHeader::default()
            };
            let request = message(&mut buffer, RTM_GETROUTE, &inet)?;
            common::serve(|| routes(&mut conn, request))
        }
        "links" => {
            let request = message(&mut buffer, RTM_GETLINK, &LinkHeader::default())?;
            common::serve(|| links(&mut conn, request))
        }
        "noop" => {
            let request = message(&mut buffer, MessageType::NOOP, &())?;
            common::serve(|| {
                for _ in 0..ROUND_TRIPS {
                    conn.execute(request)?;
                }
                Ok(ROUND_TRIPS)
            })
        }
        "getlink" => {
            let header = LinkHeader {
                index: 1.into(),
                ..LinkHeader::default()
            };
            let request = message(&mut buffer, RTM_GETLINK, &header)?;
            common::serve(|| {
                for _ in 0..ROUND_TRIPS {
                    black_box(conn.get(request)?);
                }
                Ok(ROUND_TRIPS)
            })
        }
        "batch-noop" => {
            let mut outcomes = vec![Outcome::default(); BATCH_NOOPS];
            common::serve(|| {
                for _ in 0..BATCH_TURNS {
                    let mut batch = Batch::new(&mut requests);
                    for _ in 0..BATCH_NOOPS {
                        batch.append_message(MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w))?;
                    }
                    conn.batch(&mut batch, &mut outcomes)?;
                }
                Ok((BATCH_NOOPS * BATCH_TURNS) as u64)
            })
        }
        work @ ("batch-routes" | "batch-routes-last") => {
            let every = work == "batch-routes";
            let mut outcomes = vec![Outcome::default(); BATCH_ROUTES as usize];
            let mut change = |kind, flags: Flags| -> Result<()> {
                let mut batch = changes(&mut requests, kind, flags)?;
                let call = if every {
                    conn.call()
                } else {
                    conn.call().without_ack()
                };
                Ok(call.batch(&mut batch, &mut outcomes)?)
            };
            common::serve(|| {
                change(RTM_NEWROUTE, (NewFlags::CREATE | NewFlags::EXCL).into())?;
                change(RTM_DELROUTE, Flags::empty())?;
                Ok(2 * u64::from(BATCH_ROUTES))
            })
        }
        work @ ("thread-1" | "threads-2") => {
            let inet = RouteHeader {
                family: AF_INET,
                ..RouteHeader::default()
            };
            let request = message(&mut buffer, RTM_GETROUTE, &inet)?;
            let dump = || -> std::result::Result<u64, String> {
                let mut conn = Conn::open(Protocol::ROUTE).map_err(|error| error.to_string())?;
                received(&mut conn, request).map_err(|error| error.to_string())
            };
            let count = if work == "thread-1" { 1 } else { 2 };
            common::serve(|| {
                std::thread::scope(|scope| {
                    let threads: Vec<_> = (0..count).map(|_| scope.spawn(dump)).collect();
                    let mut items = 0;
                    for thread in threads {
                        items += thread.join().map_err(|_| "panicked")??;
                    }
                    Ok(items)
                })
            })
        }
        "burst" => common::serve_by(thread_time, || {
            let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE);
            burst(&mut config.events()?)
        }),
        "encode" => common::serve(|| {
            for number in 0..ENCODED {
                if encode(&mut requests[..black_box(1024)], number)? != 68 {
                    return Err("not the message that was meant".into());
                }
                black_box(&requests);
            }
            Ok(ENCODED.into())
        }),
        // What a turn takes besides its work.
        "nothing" => common::serve(|| Ok(0)),
        _ => common::unknown(),
    }
}

fn message<'b, T: nlwire::FixedHeader>(
    buffer: &'b mut [u8],
    kind: MessageType,
    header: &T,
) -> Result<MessageRef<'b>> {
    Ok(Writer::message(
        buffer,
        kind,
        Flags::empty(),
        header,
        |w| Ok(w),
    )?)
}

#[derive(Default)]
struct Fields {
    table: u32,
    destination: u32,
    gateway: u32,
    index: u32,
}

/// Reads by getters, as the loop in C does.
fn routes(conn: &mut Conn, request: MessageRef<'_>) -> Result<u64> {
    let mut count = 0;
    let mut rows = conn.query(Dump(request))?;
    while let Some(row) = rows.next()? {
        let (_, attributes) = row.split::<RouteHeader>()?;
        let mut route = Fields::default();
        for attribute in attributes {
            let attribute = attribute?;
            match attribute.kind() {
                RTA_TABLE => route.table = attribute.u32()?,
                RTA_DST => route.destination = attribute.u32_be()?,
                RTA_GATEWAY => route.gateway = attribute.u32_be()?,
                RTA_OIF => route.index = attribute.u32()?,
                _ => {}
            }
        }
        black_box(&route);
        count += 1;
    }
    Ok(count)
}

fn links(conn: &mut Conn, request: MessageRef<'_>) -> Result<u64> {
    let mut count = 0;
    let mut rows = conn.query(Dump(request))?;
    while let Some(row) = rows.next()? {
        let (_, attributes) = row.split::<LinkHeader>()?;
        for item in attributes.typed::<Link>() {
            black_box(&item?.1?);
        }
        count += 1;
    }
    Ok(count)
}

/// Receives the rows without a look at their attributes.
fn received(conn: &mut Conn, request: MessageRef<'_>) -> Result<u64> {
    let mut count = 0;
    let mut rows = conn.query(Dump(request))?;
    while let Some(row) = rows.next()? {
        black_box(row);
        count += 1;
    }
    Ok(count)
}

/// Reads events up to the one that ends them.
fn burst(events: &mut Events) -> Result<u64> {
    let mut count = 0;
    loop {
        if let Some(Event::Item(event)) = events.next()? {
            let (route, _) = event.message().split::<RouteHeader>()?;
            if route.protocol.0 == LAST_EVENT {
                return Ok(count);
            }
            count += 1;
        }
    }
}

/// Returns the processor time of this thread in nanoseconds.
fn thread_time() -> u128 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u128::from(time.tv_sec.unsigned_abs()) * 1_000_000_000 + u128::from(time.tv_nsec.unsigned_abs())
}

const ROUTE: RouteHeader = RouteHeader {
    family: AF_INET,
    destination_len: 32,
    source_len: 0,
    tos: 0,
    table: 254,
    protocol: RouteProtocol::STATIC,
    scope: Scope::LINK,
    kind: RouteKind::UNICAST,
    flags: U32::ZERO,
};

/// Writes a request to add a route. In the loop, as C's is.
#[inline]
fn encode(buffer: &mut [u8], number: u32) -> std::result::Result<usize, nlwire::EncodeError> {
    let flags = Flags::REQUEST | NewFlags::CREATE;
    let message = Writer::message(buffer, RTM_NEWROUTE, flags, &ROUTE, |w| {
        w.u32(RTA_DST, number)?
            .u32(RTA_GATEWAY, number ^ 1)?
            .u32(RTA_OIF, 2)?
            .u32(RTA_PRIORITY, 100)?
            .u32(RTA_TABLE, 254)
    })?;
    Ok(message.as_bytes().len())
}

/// Writes requests that change routes.
fn changes(buffer: &mut [u8], kind: MessageType, flags: Flags) -> Result<Batch<&mut [u8]>> {
    let mut batch = Batch::new(buffer);
    for number in 0..BATCH_ROUTES {
        batch.append_message(kind, flags | Flags::REQUEST, &ROUTE, |w| {
            w.u32_be(RTA_DST, 0x0c00_0000 | number)?.u32(RTA_OIF, 2)
        })?;
    }
    Ok(batch)
}
