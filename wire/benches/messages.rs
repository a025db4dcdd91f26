//! Times of reading and writing messages: `cargo bench -p nlwire --features route`.
//!
//! Counts of instructions, and the same in C, are in `tests/peers`.

use divan::{Bencher, black_box, counter::ItemsCount};
use nlwire::route::*;
use nlwire::{Attrs, DecodeError, Flags, Messages, NewFlags, Writer, fields};

fn main() {
    divan::main();
}

/// Routes of 60 bytes each, as many as the kernel puts into a datagram.
const ROUTES: u32 = 540;

fn header() -> RouteHeader {
    RouteHeader {
        family: AF_INET,
        destination_len: 32,
        table: 254,
        ..RouteHeader::default()
    }
}

fn routes() -> Vec<u8> {
    let mut datagram = Vec::new();
    for number in 0..ROUTES {
        let mut buffer = [0; 60];
        let message = Writer::message(&mut buffer, RTM_NEWROUTE, Flags::MULTI, &header(), |w| {
            w.u32(RTA_TABLE, 254)?
                .u32_be(RTA_DST, 0x0a00_0000 | number)?
                .u32_be(RTA_GATEWAY, 0xc000_0201)?
                .u32(RTA_OIF, 2)
        });
        datagram.extend(message.iter().flat_map(|message| message.as_bytes()));
    }
    datagram
}

/// Reads each route of a datagram.
fn each_route<F>(bencher: Bencher<'_, '_>, read: F)
where
    F: Fn(Attrs<'_>) -> Result<(), DecodeError> + Sync,
{
    let datagram = routes();
    bencher.counter(ItemsCount::new(ROUTES)).bench(|| {
        for message in Messages::new(black_box(&datagram)) {
            let (_, attributes) = message?.split::<RouteHeader>()?;
            read(attributes)?;
        }
        Ok::<(), DecodeError>(())
    });
}

#[divan::bench]
fn route_by_getters(bencher: Bencher<'_, '_>) {
    each_route(bencher, |attributes| {
        let mut found = [0; 4];
        for attribute in attributes {
            let attribute = attribute?;
            match attribute.kind() {
                RTA_TABLE => found[0] = attribute.u32()?,
                RTA_DST => found[1] = attribute.u32_be()?,
                RTA_GATEWAY => found[2] = attribute.u32_be()?,
                RTA_OIF => found[3] = attribute.u32()?,
                _ => {}
            }
        }
        black_box(&found);
        Ok(())
    });
}

#[divan::bench]
fn route_by_fields(bencher: Bencher<'_, '_>) {
    each_route(bencher, |attributes| {
        let route = fields!(attributes => Route { table, destination, gateway, outgoing_index })?;
        black_box((
            &route.table,
            &route.destination,
            &route.gateway,
            &route.outgoing_index,
        ));
        Ok(())
    });
}

#[divan::bench]
fn route_by_attributes(bencher: Bencher<'_, '_>) {
    each_route(bencher, |attributes| {
        for item in attributes.typed::<Route>() {
            black_box(&item?.1?);
        }
        Ok(())
    });
}

#[divan::bench]
fn write_numbers() {
    let mut buffer = [0; 64];
    let block = Writer::attributes(black_box(&mut buffer), |w| {
        w.u32(1, 1)?
            .u32(2, 2)?
            .u32(3, 3)?
            .u32(4, 4)?
            .u32(5, 5)?
            .u32(6, 6)?
            .u32(7, 7)?
            .u32(8, 8)
    });
    let _ = black_box(block);
}

#[divan::bench]
fn write_route() {
    let mut buffer = [0; 68];
    let flags = Flags::REQUEST | NewFlags::CREATE;
    let message = Writer::message(
        black_box(&mut buffer),
        RTM_NEWROUTE,
        flags,
        &header(),
        |w| {
            w.u32(RTA_DST, 1)?
                .u32(RTA_GATEWAY, 2)?
                .u32(RTA_OIF, 2)?
                .u32(RTA_PRIORITY, 100)?
                .u32(RTA_TABLE, 254)
        },
    );
    let _ = black_box(message);
}
