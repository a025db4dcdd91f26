//! Asks for a family of generic netlink by name: its number, its version and
//! its multicast groups.
//!
//! ```sh
//! cargo run --example genl_family --features generic -- nlctrl
//! ```

use nlsock::{Conn, Protocol};
use nlwire::generic::GetFamily;
use std::io::{Stdout, Write as _};
use std::process::ExitCode;

mod shared;

fn main() -> ExitCode {
    shared::run(print_family)
}

fn print_family(mut out: &Stdout) -> shared::Result {
    let name = std::env::args().nth(1).ok_or("usage: genl_family NAME")?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let family = match conn.get(GetFamily::by_name(name.as_str())) {
        Err(error) if error.is_not_found() => {
            return Err(format!("this kernel has no family {name}").into());
        }
        family => family?,
    };
    let id = family.id()?.ok_or("the kernel gave no number")?.0;
    let version = family.version()?.unwrap_or(0);
    writeln!(out, "{name}: number {id}, version {version}")?;
    for group in family.groups() {
        if let (Some(name), Some(number)) = group? {
            writeln!(out, "  group {name}: {number}")?;
        }
    }
    Ok(())
}
