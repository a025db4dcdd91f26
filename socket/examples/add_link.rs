//! Creates a VXLAN tunnel, and shows the kernel's reason for a refusal.
//!
//! ```sh
//! sudo cargo run --example add_link -- vx0 42
//! sudo cargo run --example add_link -- vx1 99999999
//! ```
//!
//! The second is refused, since the number of a network has 24 bits: the error
//! names `IFLA_LINKINFO > IFLA_INFO_DATA > IFLA_VXLAN_ID`.

use nlsock::{Conn, Protocol};
use nlwire::route::NewLink;
use std::io::{Stdout, Write as _};
use std::process::ExitCode;

mod shared;

fn main() -> ExitCode {
    shared::run(add_link)
}

fn add_link(mut out: &Stdout) -> shared::Result {
    let mut args = std::env::args().skip(1);
    let (Some(name), Some(id)) = (args.next(), args.next()) else {
        return Err("usage: add_link NAME ID".into());
    };
    let id: u32 = id.parse()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    if let Err(error) = conn.execute(NewLink::vxlan(name.as_str(), id)) {
        let detail = error.detail();
        let detail = detail.map(|it| format!("\ntext: {:?}, attribute: {:?}", it.text, it.path));
        return Err(format!("{error}{}", detail.unwrap_or_default()).into());
    }
    Ok(writeln!(out, "{name} is created")?)
}
