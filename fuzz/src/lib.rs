//! Fuzz targets as plain functions. libFuzzer runs them, `tests/replay.rs` runs them
//! over the corpus, and `hunt` over mutations of it.
#![allow(clippy::missing_panics_doc, reason = "a finding is a panic")]

mod ack;
mod build;
mod codec;
#[path = "../../wire/tests/common/mod.rs"]
mod common;
pub mod corpus;
mod exchange;
#[cfg(feature = "families")]
mod families;
#[cfg(feature = "families")]
mod printed;
#[path = "../../tests/no_panic/src/sample.rs"]
#[allow(dead_code, reason = "shared")]
mod sample;
mod seen;
mod text;
mod walk;

pub use exchange::Row;
pub use seen::Seen;

/// The body of a target.
pub type Body = fn(&[u8], &mut Seen);

macro_rules! targets {
    ($($(#[$cfg:meta])? $name:ident = $body:path;)*) => {
        /// Every target, by its name.
        pub const TARGETS: &[(&str, Body)] = &[$($(#[$cfg])? (stringify!($name), $body)),*];
        $($(#[$cfg])? pub use $body as $name;)*
    };
}

// A target is a row here and a file in src/bin.
targets! {
    messages = walk::messages;
    attributes = walk::attributes;
    table_locate = walk::table_locate;
    differential = walk::differential;
    ack = ack::ack;
    exchange = exchange::exchange;
    pretty = text::pretty;
    codec = codec::codec;
    build_parse = build::build_parse;
    #[cfg(feature = "families")]
    printed = printed::printed;
    #[cfg(feature = "families")]
    audit = families::audit;
    #[cfg(feature = "families")]
    connector = families::connector;
    #[cfg(feature = "families")]
    crypto = families::crypto;
    #[cfg(feature = "families")]
    generic = families::generic;
    #[cfg(feature = "families")]
    netfilter = families::netfilter;
    #[cfg(feature = "families")]
    rdma = families::rdma;
    #[cfg(feature = "families")]
    route = families::route;
    #[cfg(feature = "families")]
    selector = families::selector;
    #[cfg(feature = "families")]
    sock_diag = families::sock_diag;
    #[cfg(feature = "families")]
    uevent = families::uevent;
    #[cfg(feature = "families")]
    xfrm = families::xfrm;
}

/// The program of a target.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        #[cfg(feature = "libfuzzer")]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            $crate::$name(data, &mut $crate::Seen::nothing());
        });

        #[cfg(not(feature = "libfuzzer"))]
        fn main() {
            panic!("cargo fuzz run {} --features libfuzzer", stringify!($name));
        }
    };
}
