//! Requests of `NETLINK_ROUTE` as values: their bytes, objects and filters.
#![cfg(feature = "tc")]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use core::time::Duration;

use nlwire::request::Object;
use nlwire::route::*;
use nlwire::{
    Attrs, EncodeError, Errno, Flags, LinkIndex, MessageRef, NamespaceFd, NewFlags, Next, Part,
    Prefix, Query, Request, Row, Stamp, Text, Writer, fields,
};

mod addresses;
mod kinds;
mod links;
mod lists;
mod neighbours;
mod next_hops;
mod routes;
mod rules;
mod tc;
mod traffic;

/// Writes the message at a place.
fn bytes_at(request: &dyn Request, from: u64) -> Result<(Vec<u8>, Option<u64>), EncodeError> {
    let mut buffer = [0xaa; 4096];
    let part = Part::write(request, from, &mut buffer, 0, Stamp::default(), false)?;
    Ok((buffer[..part.end].to_vec(), part.then))
}

/// Writes a request of one message.
fn bytes(request: &dyn Request) -> Vec<u8> {
    let (bytes, then) = bytes_at(request, 0).unwrap();
    assert_eq!(then, None);
    bytes
}

fn refusal(request: &dyn Request) -> EncodeError {
    bytes_at(request, 0).unwrap_err()
}

fn message(bytes: &[u8]) -> MessageRef<'_> {
    MessageRef::new(bytes).unwrap()
}

fn attributes(bytes: &[u8], header: usize) -> Attrs<'_> {
    message(bytes).attributes(header)
}

/// Types of the attributes, in order.
fn kinds(attributes: Attrs<'_>) -> Vec<u16> {
    attributes.map(|one| one.unwrap().kind()).collect()
}

fn link(bytes: &[u8]) -> LinkRow<'_> {
    Row::of(message(bytes))
}

fn data<'a>(row: &LinkRow<'a>) -> LinkData<'a> {
    let info = fields!(row.attributes => Link { info })
        .unwrap()
        .info
        .unwrap();
    fields!(info => LinkInfo { data }).unwrap().data.unwrap()
}

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}
