//! Reads and writes messages from memory, in Rust and in C.
//!
//! `memory CASE TIMES` repeats a case, for cachegrind to count; `memory --time`
//! prints nanoseconds for every case, all in one run and by turns, and `memory
//! --list` the number of messages in a turn of each case.

mod decode;
mod encode;

use std::hint::black_box;
use std::time::Instant;

use decode::{LINKS, Routes, datagram, links};

/// Task, in each of its implementations.
struct Case {
    name: &'static str,
    /// Messages that one turn reads or writes.
    messages: u32,
    turn: fn(&mut State),
}

/// Buffers that the cases read and write.
struct State {
    routes: Routes,
    links: Vec<u8>,
    buffer: [u8; 256],
}

/// A datagram of the kernel's has as many routes of 60 bytes.
const ROUTES: u32 = 540;

/// Cases in turns: one in C, and then the same in Rust.
const CASES: &[Case] = &[
    Case {
        name: "route/c",
        messages: ROUTES,
        turn: |s| decode::route_c(&s.routes),
    },
    Case {
        name: "route/getters",
        messages: ROUTES,
        turn: |s| decode::route_getters(&s.routes),
    },
    Case {
        name: "route/fields",
        messages: ROUTES,
        turn: |s| decode::route_fields(&s.routes),
    },
    Case {
        name: "route/attributes",
        messages: ROUTES,
        turn: |s| decode::route_attributes(&s.routes),
    },
    Case {
        name: "link/c",
        messages: LINKS,
        turn: |s| decode::link_c(&s.links),
    },
    Case {
        name: "link/getters",
        messages: LINKS,
        turn: |s| decode::link_getters(&s.links),
    },
    Case {
        name: "link/attributes",
        messages: LINKS,
        turn: |s| decode::link_attributes(&s.links),
    },
    Case {
        name: "encode/c",
        messages: 1,
        turn: |s| encode::numbers_c(&mut s.buffer),
    },
    Case {
        name: "encode/writer",
        messages: 1,
        turn: |s| encode::numbers(&mut s.buffer),
    },
    Case {
        name: "newroute/c",
        messages: 1,
        turn: |s| encode::route_c(&mut s.buffer),
    },
    Case {
        name: "newroute/writer",
        messages: 1,
        turn: |s| encode::route(&mut s.buffer),
    },
    Case {
        name: "newroute/attributes",
        messages: 1,
        turn: |s| encode::route_typed(&mut s.buffer),
    },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut state = State {
        routes: datagram(ROUTES),
        links: links(),
        buffer: [0; 256],
    };
    match arguments[..] {
        ["--list"] => CASES
            .iter()
            .for_each(|case| println!("{} {}", case.name, case.messages)),
        ["--time"] => time(&mut state),
        [name, times] => {
            let case = CASES.iter().find(|case| case.name == name).expect("a case");
            for _ in 0..times.parse().expect("a number") {
                (case.turn)(black_box(&mut state));
            }
        }
        _ => panic!("usage: memory --list | --time | CASE TIMES"),
    }
}

/// Prints the least time of each case in nanoseconds a message. Every round
/// takes all of them in turn, so that what the machine does meanwhile hits all.
fn time(state: &mut State) {
    const ROUNDS: usize = 2000;
    const MESSAGES: u32 = 5400;
    let mut least = [f64::INFINITY; CASES.len()];
    for _ in 0..ROUNDS {
        for (case, least) in CASES.iter().zip(&mut least) {
            let turns = MESSAGES / case.messages;
            let start = Instant::now();
            for _ in 0..turns {
                (case.turn)(black_box(state));
            }
            let each = start.elapsed().as_secs_f64() * 1e9 / f64::from(turns * case.messages);
            *least = least.min(each);
        }
    }
    for (case, least) in CASES.iter().zip(least) {
        println!("{} {least:.2}", case.name);
    }
}
