//! `nl` asks the running kernel and prints what it says.
//!
//! ```sh
//! nl link
//! nl addr
//! nl route -6 --table all
//! nl genl --json
//! nl --netns blue monitor
//! strace -e trace=network -xx -e read=all -e write=all ip link 2>&1 >/dev/null | nl decode
//! ```
//!
//! The columns are for people; `--json` prints one array whose objects use the
//! key names of iproute2, in the kernel's order.

mod addr;
mod decode;
mod genl;
mod link;
mod monitor;
mod names;
mod neigh;
mod output;
mod route;
mod rule;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use output::Output;

/// Asks the kernel for its links, addresses, routes, rules and more.
#[derive(Parser)]
#[command(name = "nl", version)]
struct Arguments {
    /// Print one JSON array.
    #[arg(long, global = true)]
    json: bool,
    /// Ask in another network namespace: one of `ip netns`, or a path.
    #[arg(long, global = true, value_name = "NAME|PATH")]
    netns: Option<String>,
    #[command(subcommand)]
    object: Object,
}

#[derive(Subcommand)]
enum Object {
    /// Links: network devices.
    Link,
    /// Addresses of links.
    Addr,
    /// Routes, those of the IPv4 main table unless told otherwise.
    Route(route::Selection),
    /// Neighbours: link-layer addresses that are known.
    Neigh,
    /// Rules of policy routing, those of IPv4 unless told otherwise.
    Rule(rule::Selection),
    /// Families of generic netlink.
    Genl,
    /// Watches links, addresses, routes, neighbours and rules change.
    Monitor(monitor::Watch),
    /// Prints captured messages as trees.
    Decode(decode::Input),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json, arguments.netns);
    let result = match arguments.object {
        Object::Link => link::print(&output),
        Object::Addr => addr::print(&output),
        Object::Route(selection) => route::print(&output, selection),
        Object::Neigh => neigh::print(&output),
        Object::Rule(selection) => rule::print(&output, &selection),
        Object::Genl => genl::print(&output),
        Object::Monitor(watch) => monitor::print(&output, &watch),
        Object::Decode(input) => decode::print(input),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_closed_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nl: {error}");
            ExitCode::FAILURE
        }
    }
}
