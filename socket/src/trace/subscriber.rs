//! Traces as events of the crate `tracing`, for its subscriber.

use tracing::{Level, enabled, event};

use super::hook::{Hook, Trace};
use super::text::{Summary, Tree};

pub(super) const HOOK: Hook = Hook::new(&emit);

/// Returns true if a subscriber wants traces.
#[inline]
pub(super) fn are_wanted() -> bool {
    enabled!(target: "nlsock", Level::TRACE)
}

fn emit(trace: &Trace<'_>) {
    event!(
        target: "nlsock",
        Level::TRACE,
        protocol = %trace.protocol,
        port = trace.port,
        tree = %Tree(trace),
        "{}",
        Summary(trace)
    );
}
