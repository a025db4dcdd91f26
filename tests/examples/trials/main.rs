//! Thirteen programs of someone who read the documentation and nothing else,
//! each a file of its own. The figures of `tests/peers` count their lines, and
//! the tests `trials` run them.
//!
//! ```sh
//! cargo run -p nltests --example trials -- addresses
//! ```

#![allow(unreachable_pub, reason = "each file is a program")]

mod addresses;
mod bridge;
mod family;
mod fib;
mod firewall;
mod listeners;
mod multipath;
mod namespace;
mod parser;
mod talkers;
mod traffic;
mod unit_test;
mod watch;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("addresses") => addresses::main(),
        Some("bridge") => bridge::main(),
        Some("family") => family::main(),
        Some("fib") => fib::main(),
        Some("firewall") => firewall::main(),
        Some("listeners") => listeners::main(),
        Some("multipath") => multipath::main(),
        Some("namespace") => namespace::main(),
        Some("parser") => parse(),
        Some("talkers") => talkers::main(),
        Some("traffic") => traffic::main(),
        Some("unit_test") => unit_test::main(),
        Some("watch") => watch::main(),
        _ => Err("which of the programs?".into()),
    }
}

/// Feeds the parser with the datagram on standard input.
fn parse() -> Result<(), Box<dyn std::error::Error>> {
    let mut datagram = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin(), &mut datagram)?;
    parser::default_gateways(&datagram, |gateway| println!("{gateway}"))?;
    Ok(())
}
