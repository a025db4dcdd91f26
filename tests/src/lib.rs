//! Harness of the tests of `nlwire` and `nlsock`: it runs each kernel test in a
//! process and a network namespace of its own.
//!
//! A test is a row of a table, which names what it needs:
//!
//! ```
//! use nltests::{Need, Outcome, Test};
//!
//! const TESTS: &[Test] = &[Test {
//!     name: "links::up",
//!     needs: &[Need::Namespace, Need::Program("ip")],
//!     run: up,
//! }];
//!
//! fn up() -> Outcome {
//!     nltests::ip(&["link", "set", "lo", "up"])?;
//!     let links = nltests::ip(&["link"])?;
//!     assert_eq!(links[0]["ifname"], "lo");
//!     Ok(())
//! }
//! ```
//!
//! [`main`] runs the tables. Every test gets a process of its own, so it may
//! change what belongs to the whole process (its namespaces, its user, its
//! limits), and one that hangs or dies takes no other with it.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

mod bpf;
mod churn;
mod command;
mod harness;
mod multicast;
mod namespace;
mod need;
mod network;
mod nft;
mod nl;
mod record;
mod session;
mod sets;
mod tree;

pub use bpf::{Program, load_bpf};
pub use churn::{Churn, Routes, all_routes, apply};
pub use command::{ip, run};
pub use harness::{Outcome, Test, long_run, main};
pub use multicast::MulticastRouter;
pub use namespace::{in_namespace, machine_namespace, second_namespace};
pub use need::{Missing, Need, in_path, is_emulated, linux};
pub use network::Network;
pub use nft::{decide, equals, expression, load, nft_batch};
pub use nl::{example, nl, nl_program};
pub use record::{Recorded, Recorder};
pub use session::{Message, Session, capture};
pub use sets::{attribute_names, config, sets_below};
pub use tree::is_unnamed;
