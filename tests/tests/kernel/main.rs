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

mod acks;
mod addresses;
mod allocations;
mod audit;
mod batches;
mod calls;
mod cards;
mod claims;
mod compare;
mod crypto;
mod cuts;
mod devices;
mod differences;
mod dumps;
mod elements;
mod ethtool;
mod events;
mod everyday;
mod everyday_example;
mod examples;
mod families;
mod faults;
mod filters;
mod generic;
mod genl;
mod genl_devices;
mod genl_machine;
mod genl_others;
mod genl_packets;
mod genl_tools;
mod harness;
mod ipset;
mod json;
mod kinds;
mod limits;
mod links;
mod lists;
mod lives;
mod mirror;
mod modules;
mod monitor;
mod names;
mod namespaces;
mod netfilter;
mod nftables;
mod notices;
mod objects;
mod opening;
mod openvswitch;
mod other_processes;
mod packets;
mod pipelines;
mod pipes;
mod policy;
mod processes;
mod programs;
mod rdma;
mod refusals;
mod requests;
mod resync;
mod routes;
mod socket_lists;
mod sockets;
mod tc;
mod threads;
mod tokio;
mod tool;
mod trace;
mod traffic;
mod trials;
mod values;
mod ways;
mod wireless;
mod xfrm;

/// Every table.
const TABLES: &[&[nltests::Test]] = &[
    acks::TESTS,
    addresses::TESTS,
    allocations::TESTS,
    audit::TESTS,
    batches::TESTS,
    calls::TESTS,
    cards::TESTS,
    claims::TESTS,
    crypto::TESTS,
    cuts::TESTS,
    devices::TESTS,
    differences::TESTS,
    dumps::TESTS,
    elements::TESTS,
    ethtool::TESTS,
    events::TESTS,
    everyday::TESTS,
    everyday_example::TESTS,
    examples::TESTS,
    families::TESTS,
    faults::TESTS,
    filters::TESTS,
    generic::TESTS,
    genl::TESTS,
    genl_devices::TESTS,
    genl_machine::TESTS,
    genl_others::TESTS,
    genl_packets::TESTS,
    genl_tools::TESTS,
    harness::TESTS,
    ipset::TESTS,
    json::TESTS,
    kinds::TESTS,
    links::TESTS,
    limits::TESTS,
    lists::TESTS,
    lives::TESTS,
    mirror::LONG,
    mirror::TESTS,
    monitor::TESTS,
    names::TESTS,
    namespaces::TESTS,
    netfilter::TESTS,
    nftables::TESTS,
    notices::TESTS,
    objects::TESTS,
    opening::TESTS,
    openvswitch::TESTS,
    packets::TESTS,
    pipelines::TESTS,
    pipes::TESTS,
    policy::TESTS,
    processes::TESTS,
    programs::TESTS,
    rdma::TESTS,
    refusals::TESTS,
    requests::TESTS,
    resync::TESTS,
    routes::TESTS,
    socket_lists::TESTS,
    sockets::TESTS,
    other_processes::TESTS,
    tc::ACTIONS,
    tc::CHANGES,
    tc::CLASSES,
    tc::COUNTERS,
    tc::FILTERS,
    tc::FLOWER,
    tc::MATCHES,
    tc::NEWER,
    tc::PLACES,
    tc::QDISCS,
    tc::QUEUES,
    tc::REDS,
    threads::TESTS,
    tokio::TESTS,
    tool::TESTS,
    trace::TESTS,
    traffic::TESTS,
    trials::TESTS,
    ways::TESTS,
    wireless::TESTS,
    xfrm::TESTS,
    values::ADDRESSES,
    values::CAN,
    values::FLUSH,
    values::CONNTRACK,
    values::COUNTED,
    values::ENCAPSULATIONS,
    values::ENDS,
    values::FIREWALL,
    values::KINDS,
    values::LINKS,
    values::LISTS,
    values::LOOKUPS,
    values::NEIGHBOURS,
    values::NEXT_HOPS,
    values::ROUTERS,
    values::ROUTES,
    values::RULES,
    values::RULESETS,
    values::SMALL,
    values::STACKED,
    values::TABLES,
    values::TRACES,
    values::TRAFFIC,
    values::VERDICTS,
    values::WIREGUARD,
];

fn main() -> std::process::ExitCode {
    nltests::main(TABLES)
}
