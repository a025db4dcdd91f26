//! Attribute sets of rtnetlink, and messages for those that no vector shows yet.

use crate::capture;
use nlsock::{Config, Hook, Protocol, Trace, TraceEvent};
use nlwire::pretty::Pretty;
use nlwire::route::NETLINK_ROUTE;
use nlwire::schema::{By, Schema, Shape};
use nlwire::{MessageRef, Messages, protocols};
use std::collections::BTreeMap;

/// Sets without a vector: a message's set and a set below it, on a line each.
const LACKING: &str = include_str!("../vectors/lacking");

/// Returns the sets below a set by name, itself included.
#[must_use]
pub fn sets_below(set: &'static Schema) -> BTreeMap<&'static str, &'static Schema> {
    let mut found = BTreeMap::new();
    add(set, &mut found);
    found
}

fn add(set: &'static Schema, found: &mut BTreeMap<&'static str, &'static Schema>) {
    if found.insert(set.name, set).is_none() {
        for row in set.rows() {
            add_shape(&row.shape, found);
        }
    }
}

fn add_shape(shape: &Shape, found: &mut BTreeMap<&'static str, &'static Schema>) {
    match shape {
        Shape::Nest(set) | Shape::Records(_, set) | Shape::Headed(_, set) => add(set(), found),
        Shape::NestOf(set) => add(set, found),
        Shape::Indexed(shape) | Shape::Many(shape) | Shape::Secret(shape) => {
            add_shape(shape, found);
        }
        Shape::Directed(one, other) => {
            add_shape(one, found);
            add_shape(other, found);
        }
        Shape::Choice(choice) => {
            let cases: Vec<&Shape> = match choice.by {
                By::Text(_, cases) => cases.iter().map(|case| &case.1).collect(),
                By::Number(_, _, cases) | By::Start(_, cases) => {
                    cases.iter().map(|case| &case.1).collect()
                }
                By::Family(cases) => cases.iter().map(|case| &case.1).collect(),
                By::Size(cases) => cases.iter().map(|case| &case.2).collect(),
                _ => unreachable!("another selector"),
            };
            for case in cases.into_iter().chain([&choice.otherwise]) {
                add_shape(case, found);
            }
        }
        _ => {}
    }
}

/// Returns the C names of the attributes in a printed tree.
pub fn attribute_names(tree: &str) -> impl Iterator<Item = &str> {
    let lines = tree.lines().skip(1);
    lines.filter_map(|line| Some(line.trim_start().split_once(':')?.0))
}

/// Configures a socket. With `NLVECTORS` in the environment it keeps messages of
/// rtnetlink for the sets in `vectors/lacking`: `route-set-TOP-SET.hex` for those from
/// the kernel, `route-request-TOP-SET.hex` for those to it.
pub fn config(protocol: Protocol) -> Config {
    let config = Config::new(protocol);
    // With a hook, `NLDEBUG` has no effect.
    match std::env::var_os("NLVECTORS") {
        Some(_) => config.trace(Hook::new(&keep)),
        None => config,
    }
}

fn keep(trace: &Trace<'_>) {
    if trace.protocol != Protocol::ROUTE {
        return;
    }
    match trace.event {
        TraceEvent::Received { bytes, .. } => keep_messages("set", bytes),
        TraceEvent::Sent { parts, .. } => {
            parts.iter().for_each(|part| keep_messages("request", part))
        }
        _ => {}
    }
}

fn keep_messages(direction: &str, datagram: &[u8]) {
    for message in Messages::new(datagram).flatten() {
        for (top, set) in lacking_sets(message) {
            let name = format!("route-{direction}-{top}-{set}");
            // The datagrams of a test are kept as far as the folder takes them.
            let _ = capture(&name, message.as_bytes());
        }
    }
}

/// Returns those sets of a message that no vector shows.
fn lacking_sets(message: MessageRef<'_>) -> Vec<(&'static str, &'static str)> {
    let Some(schema) = protocols::describe(NETLINK_ROUTE, &message) else {
        return Vec::new();
    };
    let top = schema.attributes();
    let tree = Pretty::new(message.as_bytes(), Some(NETLINK_ROUTE)).to_string();
    let named: Vec<&str> = attribute_names(&tree).collect();
    let below = sets_below(top);
    let lines = LACKING.lines().filter_map(|line| line.split_once(' '));
    let lines = lines.filter(|(name, _)| *name == top.name);
    let shown = lines.filter(|(_, set)| {
        let rows = below.get(set).into_iter().flat_map(|set| set.names);
        rows.into_iter().any(|row| named.contains(&row.name))
    });
    shown.collect()
}
