//! Limits of `defmt::Format` on the worst input, as `src/bounds.rs` has them for
//! `Debug`: output at most doubles when the input doubles, on a small stack.
//!
//! The functions that defmt calls are those of a global logger, written out,
//! since its attribute wants firmware's linker script.
#![cfg(all(feature = "defmt", feature = "route"))]
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    reason = "symbols of a logger, and tests"
)]

use std::cell::Cell;
use std::thread;

use nlwire::format::defmt::{Format, export};
use nlwire::route::{IFLA_INFO_DATA, IFLA_LINKINFO, IFLA_PROP_LIST, Link, LinkHeader, RTM_NEWLINK};
use nlwire::{Attrs, Flags, NLA_F_NESTED, Row, Writer};

thread_local! {
    static WRITTEN: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: these are the names and the types that defmt 1 declares, and no other
// item of the program has one of the names.
#[unsafe(no_mangle)]
fn _defmt_write(bytes: &[u8]) {
    WRITTEN.set(WRITTEN.get().saturating_add(bytes.len()));
}

// SAFETY: as above.
#[unsafe(no_mangle)]
const fn _defmt_acquire() {}

// SAFETY: as above.
#[unsafe(no_mangle)]
const fn _defmt_release() {}

/// Number of bytes that a value takes, formatted on a stack of 64 KiB.
fn cost(block: Vec<u8>, format: Run) -> usize {
    let small = thread::Builder::new().stack_size(64 * 1024);
    let thread = small.spawn(move || {
        format(&block);
        WRITTEN.get()
    });
    thread.unwrap().join().unwrap()
}

fn attr(kind: u16, value: &[u8]) -> Vec<u8> {
    let mut buffer = vec![0; value.len().saturating_add(8)];
    let block = Writer::attributes(&mut buffer, |w| w.bytes(kind, value)).unwrap();
    block.remaining().to_vec()
}

/// Inputs of about `size` bytes; the first two are sets that contain themselves.
fn inputs(size: usize) -> [(&'static str, Vec<u8>); 4] {
    let mut nests = vec![];
    while nests.len().saturating_add(8) < size {
        nests = attr(IFLA_PROP_LIST | NLA_F_NESTED, &nests);
    }
    let mut hundred = vec![];
    for _ in 0..100 {
        hundred = attr(IFLA_PROP_LIST | NLA_F_NESTED, &hundred);
    }
    let times = |one: &[u8]| one.repeat(size.checked_div(one.len()).unwrap());
    let choices = attr(IFLA_INFO_DATA, &[]).repeat(100);
    [
        ("nests", nests),
        ("many deep nests", times(&hundred)),
        ("empty attributes", times(&attr(1, &[]))),
        (
            "choices",
            times(&attr(IFLA_LINKINFO | NLA_F_NESTED, &choices)),
        ),
    ]
}

fn format(value: &impl Format) {
    export::fmt(value);
}

type Run = fn(&[u8]);

const FORMATS: [(&str, Run); 4] = [
    ("set", |block| format(&Attrs::new(block).typed::<Link>())),
    ("attributes", |block| format(&Attrs::new(block))),
    ("typed", |block| {
        for item in Attrs::new(block).typed::<Link>() {
            format(&item.unwrap().1.unwrap());
        }
    }),
    ("row", |block| {
        let mut buffer = vec![0; block.len().saturating_add(64)];
        let header = LinkHeader::default();
        let message = Writer::message(&mut buffer, RTM_NEWLINK, Flags::empty(), &header, |w| {
            w.append(block)
        });
        format(&Row::<LinkHeader, Link>::of(message.unwrap()));
    }),
];

#[test]
fn output_is_linear_on_a_small_stack() {
    let mut wrong = String::new();
    for size in [4096_usize, 16384, 32000] {
        let twice = size.saturating_mul(2);
        for ((name, once), (_, twice)) in inputs(size).into_iter().zip(inputs(twice)) {
            for (what, run) in FORMATS {
                let (once, twice) = (cost(once.clone(), run), cost(twice.clone(), run));
                assert_ne!(once, 0, "{what} of {name}");
                // What does not depend on the size, and rounding.
                let most = once.saturating_mul(2).saturating_add(64 + once / 16);
                if twice > most {
                    wrong += &format!("{what} of {name} at {size}: {once}, {twice} bytes\n");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
