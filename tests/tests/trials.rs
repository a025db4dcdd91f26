//! Runs the unit test of the trial `unit_test`, as its author does.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a file of an example"
)]

#[path = "../examples/trials/unit_test.rs"]
#[allow(dead_code, reason = "the program's `main`")]
mod unit_test;
