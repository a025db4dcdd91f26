//! Limits of printing and walking on the worst input: attribute reads and
//! written bytes at most double when the input doubles, on a small stack.

extern crate std;

use core::cell::Cell;
use core::fmt::Write as _;
use std::string::String;
use std::vec::Vec;
use std::{format, thread, vec};

use crate::codec::AttributeSet as _;
use crate::pretty::Pretty;
use crate::route::{IFLA_INFO_DATA, IFLA_LINKINFO, IFLA_PROP_LIST, Link};
use crate::{Attrs, Flags, Header, MessageType, NLA_F_NESTED, Path};

std::thread_local! {
    static READS: Cell<u64> = const { Cell::new(0) };
}

/// Counts an attribute that was read.
pub(crate) fn count() {
    READS.set(READS.get().wrapping_add(1));
}

/// Counts the bytes that are written.
#[derive(Default)]
struct Written(u64);

impl core::fmt::Write for Written {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0 += text.len() as u64;
        Ok(())
    }
}

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn attr(kind: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len() + 4).expect("short");
    let mut bytes = vec![];
    bytes.extend(length.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// Inputs of about `size` bytes.
fn inputs(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let mut nests = vec![];
    while nests.len() + 8 < size {
        nests = attr(IFLA_PROP_LIST | NLA_F_NESTED, &nests);
    }
    let many = |kind: u16, value: &[u8]| {
        let one = attr(kind, value);
        one.repeat(size / one.len())
    };
    let mut hundred = vec![];
    for _ in 0..100 {
        hundred = attr(IFLA_PROP_LIST | NLA_F_NESTED, &hundred);
    }
    let choices = many(IFLA_INFO_DATA, &[]);
    let info: Vec<u8> = choices
        .chunks(60_000)
        .flat_map(|choices| attr(IFLA_LINKINFO | NLA_F_NESTED, choices))
        .collect();
    vec![
        ("nests", nests),
        ("many deep nests", hundred.repeat(size / hundred.len())),
        ("empty attributes", many(1, &[])),
        ("unknown attributes", many(999, &[])),
        ("choices", info),
    ]
}

type Print = fn(&[u8], &mut Written);

const PRINTS: &[(&str, Print)] = &[
    ("tree", |block, out| {
        let header = Header::new(MessageType(16), Flags::empty());
        let length = u32::try_from(32 + block.len()).expect("short");
        let header = header.with_length(length);
        let message = [zerocopy::IntoBytes::as_bytes(&header), &[0; 16], block].concat();
        write!(out, "{}", Pretty::new(&message, Some(0))).expect("counted");
    }),
    ("debug", |block, out| {
        write!(out, "{:?}", Attrs::new(block).typed::<Link>()).expect("counted");
    }),
    ("pretty debug", |block, out| {
        write!(out, "{:#?}", Attrs::new(block).typed::<Link>()).expect("counted");
    }),
    ("typed debug", |block, out| {
        for item in Attrs::new(block).typed::<Link>() {
            write!(out, "{item:#?}").expect("counted");
        }
    }),
    ("path", |block, out| {
        let last = u32::try_from(block.len()).expect("short") - 1;
        let path = Path::new(Attrs::new(block), Some(Link::schema()), Some(last));
        write!(out, "{}", path.count()).expect("counted");
    }),
    #[cfg(feature = "serde")]
    ("json", |block, out| {
        serde_json::to_writer(out, &Attrs::new(block).typed::<Link>()).expect("counted");
    }),
];

/// Reads and written bytes of a print, on a stack of 64 KiB.
fn cost(print: Print, block: Vec<u8>) -> [u64; 2] {
    let small = thread::Builder::new().stack_size(64 * 1024);
    let thread = small.spawn(move || {
        let mut out = Written::default();
        print(&block, &mut out);
        [READS.get(), out.0]
    });
    thread.expect("a thread").join().expect("no panic")
}

#[test]
fn costs_are_linear() {
    let mut wrong = String::new();
    for size in [4096, 16384, 32768] {
        let inputs = inputs(size).into_iter().zip(inputs(2 * size));
        for ((name, once), (_, twice)) in inputs {
            for (print, run) in PRINTS {
                let (once, twice) = (cost(*run, once.clone()), cost(*run, twice.clone()));
                for (what, once, twice) in
                    [("reads", once[0], twice[0]), ("bytes", once[1], twice[1])]
                {
                    // What does not depend on the size, and rounding.
                    if twice > 2 * once + 64 + once / 16 {
                        wrong += &format!("{print} of {name} at {size}: {what} {once}, {twice}\n");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
