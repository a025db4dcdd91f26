//! `nl` shows the kernel's links, addresses, routes and more.
//!
//! ```sh
//! nl link
//! nl addr
//! nl route -6 --table all
//! nl genl --json
//! nl --netns blue monitor
//! strace -f -e trace=network -e read=all -e write=all -xx ip link 2>&1 >/dev/null | nl decode
//! ```
//!
//! Columns are for people. `--json` prints one array, whose objects have the
//! keys of iproute2, in the kernel's order. Link names can be any bytes:
//! columns show control characters and bytes that are not UTF-8 as `\xNN`. JSON
//! escapes control characters, and has U+FFFD for bytes that are not UTF-8.
//!
//! The exit status is 0, 1 for an error, and 2 for wrong arguments. If a reader
//! of standard output closes it, such as head(1), `nl` exits with 0.

mod addr;
mod decode;
mod genl;
mod json;
mod kernel;
mod link;
mod monitor;
mod names;
mod neigh;
mod output;
mod route;
mod rule;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kernel::Kernel;
use output::Format;

/// Shows the kernel's links, addresses, routes, rules and more.
#[derive(Parser)]
#[command(name = "nl", version)]
struct Arguments {
    /// Print JSON: one array or, for monitor, one line for each change. Bytes
    /// of names that are not UTF-8 are printed as U+FFFD.
    #[arg(long, global = true)]
    json: bool,
    /// Network namespace to read: a name of `ip netns`, or a path.
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
    /// Routes (default: the IPv4 main table).
    Route(route::Selection),
    /// Neighbours: known link-layer addresses.
    Neigh,
    /// Policy routing rules (default: IPv4).
    Rule(rule::Selection),
    /// Families of generic netlink.
    Genl,
    /// Changes of links, addresses, routes, neighbours and rules as they
    /// happen.
    Monitor(monitor::Watch),
    /// Captured netlink messages, as trees.
    Decode(decode::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let kernel = Kernel::new(arguments.netns);
    let format = if arguments.json {
        Format::Json
    } else {
        Format::Columns
    };
    let result = match arguments.object {
        Object::Link => link::print(&kernel, format),
        Object::Addr => addr::print(&kernel, format),
        Object::Route(selection) => route::print(&kernel, format, selection),
        Object::Neigh => neigh::print(&kernel, format),
        Object::Rule(selection) => rule::print(&kernel, format, &selection),
        Object::Genl => genl::print(&kernel, format),
        Object::Monitor(watch) => monitor::print(&kernel, format, &watch),
        Object::Decode(arguments) => decode::print(format, &arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_closed_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            output::warn(error);
            ExitCode::FAILURE
        }
    }
}
