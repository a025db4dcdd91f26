//! Asks for a family of generic netlink by name: its number, its version and
//! its multicast groups.
//!
//! ```sh
//! cargo run --example genl_family --features generic -- nlctrl
//! ```

use nlsock::{Conn, Protocol, generic};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("usage: genl_family NAME")?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let family = match generic::family(&mut conn, &name) {
        Err(error) if error.is_not_found() => {
            return Err(format!("this kernel has no family {name}").into());
        }
        family => family?,
    };
    println!(
        "{name}: number {}, version {}",
        family.id().0,
        family.version()
    );
    for (group, number) in family.groups() {
        println!("  group {group}: {number}");
    }
    Ok(())
}
