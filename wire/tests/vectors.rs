//! Datagrams captured from a kernel: those in tests/vectors print as the tree
//! beside them, and written again they are the same bytes. Whatever is cut off
//! or put into these and the messages in tests/vectors/families, they are read
//! as the naive reader reads them.
//!
//! With `NLWIRE_BLESS` set, the trees are written instead of compared.
#![cfg(target_endian = "little")]
#![cfg(all(feature = "route", feature = "generic"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use std::ops::Range;
use std::path::PathBuf;
use std::{env, fs};

use common::{HOSTILE, invariants, naive, shifted};
use nlwire::codec::{AttributeSet, Encode};
use nlwire::generic::{Controller, GENL_ID_CTRL, GenericHeader};
use nlwire::pretty::Pretty;
use nlwire::protocols;
use nlwire::route::{
    Address, AddressHeader, IFLA_IFALIAS, Link, LinkHeader, Neighbour, NeighbourHeader,
    RTM_NEWADDR, RTM_NEWLINK, RTM_NEWNEIGH, RTM_NEWROUTE, RTM_NEWRULE, Route, RouteHeader, Rule,
    RuleHeader,
};
use nlwire::schema::MessageSchema;
use nlwire::{FixedHeader, MessageRef, Messages, NLA_F_NESTED, Writer};

struct Vector {
    path: PathBuf,
    protocol: u8,
    bytes: Vec<u8>,
}

impl Vector {
    /// The size of the fixed header, which is the same in all of its messages.
    fn header_len(&self) -> usize {
        let first = MessageRef::new(&self.bytes).ok();
        let schema = first.and_then(|message| protocols::describe(self.protocol, &message));
        schema.map_or(4, MessageSchema::header_len)
    }
}

fn vectors(folder: &str) -> Vec<Vector> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut vectors = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "hex") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let (protocol, rest) = text.split_once('\n').unwrap();
        let digits: Vec<_> = rest
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .collect();
        vectors.push(Vector {
            protocol: protocol.strip_prefix("protocol ").unwrap().parse().unwrap(),
            bytes: digits
                .chunks(2)
                .map(|pair| (pair[0] * 16 + pair[1]) as u8)
                .collect(),
            path,
        });
    }
    assert!(vectors.len() > 10, "the vectors are not there");
    vectors
}

fn datagrams() -> Vec<Vector> {
    vectors("../tests/vectors")
}

fn all() -> impl Iterator<Item = Vector> {
    datagrams()
        .into_iter()
        .chain(vectors("../tests/vectors/families"))
        .chain(vectors("../tests/vectors/elsewhere"))
}

#[test]
fn messages_print_as_the_trees_beside_them() {
    for vector in datagrams() {
        let path = vector.path.with_extension("txt");
        let tree = Pretty::new(&vector.bytes, Some(vector.protocol)).to_string();
        if env::var_os("NLWIRE_BLESS").is_some() {
            fs::write(&path, tree).unwrap();
        } else {
            assert_eq!(tree, fs::read_to_string(&path).unwrap(), "{path:?}");
        }
    }
}

/// A message with its attributes put by `put`, under its own header.
fn rewritten<T: FixedHeader>(
    message: MessageRef<'_>,
    put: impl for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> nlwire::Put<'w, 'b>,
) -> Vec<u8> {
    let (header, _) = message.split::<T>().unwrap();
    let mut buffer = vec![0xaa; message.as_bytes().len() + 3];
    let written = Writer::message(&mut buffer, message.kind(), message.flags(), header, put);
    let mut bytes = written.unwrap().as_bytes().to_vec();
    bytes[8..16].copy_from_slice(&message.as_bytes()[8..16]);
    bytes
}

fn write_again<T: FixedHeader, S: AttributeSet>(message: MessageRef<'_>) -> usize
where
    for<'a> S::Attr<'a>: Encode,
{
    let (_, attributes) = message.split::<T>().unwrap();
    let raw = rewritten::<T>(message, |mut w| {
        for attribute in attributes {
            w = w.raw(attribute.unwrap())?;
        }
        Ok(w)
    });
    assert_eq!(raw, message.as_bytes(), "raw");

    let mut typed = rewritten::<T>(message, |mut w| {
        for item in attributes.typed::<S>() {
            let (attribute, value) = item.unwrap();
            // Reports end it with a NUL, which the kernel refuses in requests.
            if (S::schema().name, attribute.kind()) == ("Link", IFLA_IFALIAS) {
                w = w.raw(attribute)?;
                continue;
            }
            w = w.put(value.unwrap_or_else(|error| panic!("{attribute:?}: {error}")))?;
        }
        Ok(w)
    });
    // Many nests of the kernel lack the mark; ours have it.
    for attribute in attributes.map(Result::unwrap) {
        let at = attribute.offset() as usize + 2;
        let marked = naive::u16_at(&typed, at);
        assert_eq!(marked & !NLA_F_NESTED, attribute.kind());
        typed[at..at + 2].copy_from_slice(&attribute.raw_kind().to_ne_bytes());
    }
    assert_eq!(typed, message.as_bytes(), "typed");
    attributes.count()
}

#[test]
fn written_again_they_are_the_same_bytes() {
    let mut messages = 0;
    let mut attributes = 0;
    for vector in datagrams() {
        for message in Messages::new(&vector.bytes).map(Result::unwrap) {
            attributes += match (vector.protocol, message.kind()) {
                (0, RTM_NEWLINK) => write_again::<LinkHeader, Link>(message),
                (0, RTM_NEWADDR) => write_again::<AddressHeader, Address>(message),
                (0, RTM_NEWROUTE) => write_again::<RouteHeader, Route>(message),
                (0, RTM_NEWNEIGH) => write_again::<NeighbourHeader, Neighbour>(message),
                (0, RTM_NEWRULE) => write_again::<RuleHeader, Rule>(message),
                (16, GENL_ID_CTRL) => write_again::<GenericHeader, Controller>(message),
                _ => continue,
            };
            messages += 1;
        }
    }
    assert!(
        messages > 25 && attributes > 250,
        "{messages}, {attributes}"
    );
}

#[test]
fn at_every_start_address_and_of_every_length() {
    for vector in all() {
        shifted(&vector.bytes, |bytes| {
            invariants::datagram(bytes);
            let tree = Pretty::new(bytes, Some(vector.protocol)).to_string();
            let as_is = Pretty::new(&vector.bytes, Some(vector.protocol)).to_string();
            assert_eq!(tree, as_is, "{:?}", vector.path);
        });
        // Of a long vector some hundred lengths, at every distance from 4 bytes.
        let apart = (vector.bytes.len() / 256) | 1;
        for length in (0..vector.bytes.len()).step_by(apart) {
            let mut cut = vector.bytes[..length].to_vec();
            invariants::datagram_of(&cut, &[vector.header_len()]);
            // And with a first message that ends where the bytes do.
            if length >= 16 {
                cut[..4].copy_from_slice(&(length as u32).to_ne_bytes());
                invariants::datagram_of(&cut, &[vector.header_len()]);
            }
            let tree = Pretty::new(&cut, Some(vector.protocol)).to_string();
            assert_eq!(tree.is_empty(), length == 0);
        }
    }
}

#[test]
fn with_hostile_lengths() {
    for vector in all() {
        let header = vector.header_len();
        for place in length_fields(&vector, header) {
            // As many as differ in 16 bits, or in 32.
            for hostile in HOSTILE {
                let mut bytes = vector.bytes.clone();
                bytes[place.clone()].copy_from_slice(&hostile.to_ne_bytes()[..place.len()]);
                invariants::datagram_of(&bytes, &[header]);
                assert_ne!(Pretty::new(&bytes, Some(vector.protocol)).to_string(), "");
            }
        }
    }
}

/// Returns the offsets of the length fields, also of attributes that may be nests.
fn length_fields(vector: &Vector, header: usize) -> Vec<Range<usize>> {
    let mut fields = Vec::new();
    for message in naive::messages(&vector.bytes).0 {
        fields.push(message.start..message.start + 4);
        let start = (message.start + 16 + header).min(message.end);
        nested_fields(&vector.bytes, start..message.end, &mut fields);
    }
    fields
}

fn nested_fields(bytes: &[u8], part: Range<usize>, fields: &mut Vec<Range<usize>>) {
    let (row, broken) = naive::attributes(bytes, part);
    if broken.is_some() {
        return;
    }
    for attribute in row {
        fields.push(attribute.offset..attribute.offset + 2);
        nested_fields(bytes, attribute.value, fields);
    }
}
