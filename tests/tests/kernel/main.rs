//! Tests against the running kernel. A file has a table of its tests; the
//! tables are listed here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test fails by its panic"
)]

mod addresses;
mod compare;
mod harness;
mod links;
mod nftables;
mod opening;
mod packets;
mod refusals;
mod routes;
mod traffic;

fn main() -> std::process::ExitCode {
    nltests::main(&[
        addresses::TESTS,
        harness::TESTS,
        links::TESTS,
        nftables::TESTS,
        opening::TESTS,
        packets::TESTS,
        refusals::TESTS,
        routes::TESTS,
        traffic::TESTS,
    ])
}
