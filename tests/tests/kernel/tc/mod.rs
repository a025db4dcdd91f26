//! Every kind of traffic control beside tc(8).
//!
//! A row is a request of ours and the words by which `tc` asks for the same. Both are
//! carried out one after the other, and what they made must look the same to `tc` and
//! in our tree.

mod actions;
mod bench;
mod changes;
mod classes;
mod counters;
mod filters;
mod flower;
mod matches;
mod newer;
mod places;
mod qdiscs;
mod queues;
mod reds;

pub(crate) use actions::TESTS as ACTIONS;
pub(crate) use changes::TESTS as CHANGES;
pub(crate) use classes::TESTS as CLASSES;
pub(crate) use counters::TESTS as COUNTERS;
pub(crate) use filters::TESTS as FILTERS;
pub(crate) use flower::TESTS as FLOWER;
pub(crate) use matches::TESTS as MATCHES;
pub(crate) use newer::TESTS as NEWER;
pub(crate) use places::TESTS as PLACES;
pub(crate) use qdiscs::TESTS as QDISCS;
pub(crate) use queues::TESTS as QUEUES;
pub(crate) use reds::TESTS as REDS;

use nltests::{Need, Outcome, Test};

/// Row of a table of tests: all of them need `tc`, and most a namespace.
const fn test(name: &'static str, run: fn() -> Outcome) -> Test {
    Test {
        name,
        needs: &[Need::Namespace, Need::Program("tc")],
        run,
    }
}

/// Row of a test of shared actions: they need root of the machine.
const fn root(name: &'static str, run: fn() -> Outcome) -> Test {
    Test {
        name,
        needs: &[Need::Root, Need::Program("tc")],
        run,
    }
}
