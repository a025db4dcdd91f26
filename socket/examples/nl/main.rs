//! `nl` asks the running kernel and prints what it says.
//!
//! ```sh
//! nl link
//! nl addr
//! nl route -6 --table all
//! nl genl --json
//! ```
//!
//! The columns are for people; `--json` prints one array whose objects use the
//! key names of iproute2, in the kernel's order.

mod addr;
mod genl;
mod link;
mod names;
mod output;
mod route;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use output::Output;

/// Asks the kernel for its links, addresses, routes and generic families.
#[derive(Parser)]
#[command(name = "nl", version)]
struct Arguments {
    /// Print one JSON array.
    #[arg(long, global = true)]
    json: bool,
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
    /// Families of generic netlink.
    Genl,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json);
    let result = match arguments.object {
        Object::Link => link::print(&output),
        Object::Addr => addr::print(&output),
        Object::Route(selection) => route::print(&output, selection),
        Object::Genl => genl::print(&output),
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
