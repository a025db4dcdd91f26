//! The works with nlsock and nlwire.

use std::hint::black_box;

use common::{BATCH_NOOPS, BATCH_ROUTES, BATCH_TURNS, ROUND_TRIPS, Result};
use nlsock::{Conn, Protocol};
use nlwire::route::*;
use nlwire::{AckRef, Batch, Flags, MessageRef, MessageType, NewFlags, Writer};

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
                    conn.request(request)?;
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
        "batch-noop" => common::serve(|| {
            for _ in 0..BATCH_TURNS {
                let mut batch = Batch::new(&mut requests);
                for _ in 0..BATCH_NOOPS {
                    batch.push(MessageType::NOOP, Flags::REQUEST | Flags::ACK, &(), |w| {
                        Ok(w)
                    })?;
                }
                send(&conn, batch.as_bytes(), BATCH_NOOPS)?;
            }
            Ok((BATCH_NOOPS * BATCH_TURNS) as u64)
        }),
        work @ ("batch-routes" | "batch-routes-last") => {
            let every = work == "batch-routes";
            common::serve(|| {
                change(
                    &conn,
                    &mut requests,
                    RTM_NEWROUTE,
                    NewFlags::CREATE | NewFlags::EXCL,
                    every,
                )?;
                change(&conn, &mut requests, RTM_DELROUTE, Flags::empty(), every)?;
                Ok(2 * u64::from(BATCH_ROUTES))
            })
        }
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

/// By getters, as the loop in C does it.
fn routes(conn: &mut Conn, request: MessageRef<'_>) -> Result<u64> {
    let mut count = 0;
    let mut rows = conn.dump(request)?;
    while let Some(row) = rows.try_next()? {
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
    let mut rows = conn.dump(request)?;
    while let Some(row) = rows.try_next()? {
        let (_, attributes) = row.split::<LinkHeader>()?;
        for item in attributes.typed::<Link>() {
            black_box(&item?.1?);
        }
        count += 1;
    }
    Ok(count)
}

fn change(
    conn: &Conn,
    buffer: &mut [u8],
    kind: MessageType,
    flags: impl Into<Flags>,
    every: bool,
) -> Result<()> {
    let flags = flags.into() | Flags::REQUEST;
    let header = RouteHeader {
        family: AF_INET,
        destination_len: 32,
        table: 254,
        protocol: RouteProtocol::STATIC,
        scope: Scope::LINK,
        kind: RouteKind::UNICAST,
        ..RouteHeader::default()
    };
    let mut batch = Batch::new(buffer);
    for number in 0..BATCH_ROUTES {
        let ack = if every || number == BATCH_ROUTES - 1 {
            Flags::ACK
        } else {
            Flags::empty()
        };
        batch.push(kind, flags | ack, &header, |w| {
            w.u32_be(RTA_DST, 0x0c00_0000 | number)?.u32(RTA_OIF, 2)
        })?;
    }
    send(
        conn,
        batch.as_bytes(),
        if every { BATCH_ROUTES as usize } else { 1 },
    )
}

/// Sends a batch and receives so many acknowledgements.
fn send(conn: &Conn, batch: &[u8], acks: usize) -> Result<()> {
    let mut buffer = [0; 1024];
    conn.send(batch)?;
    for _ in 0..acks {
        let datagram = conn.recv(&mut buffer)?;
        let ack = AckRef::new(MessageRef::new(datagram.as_bytes())?)?;
        if ack.code() != 0 {
            return Err("refused".into());
        }
    }
    Ok(())
}
