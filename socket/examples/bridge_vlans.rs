//! Creates a bridge with two ports that keeps VLANs apart, and prints the VLANs
//! of each port. It may be run twice.
//!
//! ```sh
//! sudo unshare --net cargo run --example bridge_vlans
//! ```
//!
//! Port `vlan-host` is in VLAN 10 without tags, `vlan-trunk` carries 10 to 12
//! with tags.

use nlsock::{Conn, Protocol};
use nlwire::route::{
    BridgeVlanFlags, DeleteBridgeVlan, GetBridgeVlans, GetLink, NewBridgeVlan, NewLink, SetLink,
};
use std::io::{Stdout, Write as _};
use std::process::ExitCode;

mod shared;

fn main() -> ExitCode {
    shared::run(bridge_vlans)
}

fn bridge_vlans(mut out: &Stdout) -> shared::Result {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let bridge = NewLink::bridge("vlan-bridge").vlan_filtering(true);
    conn.execute(&bridge.up().if_absent())?;
    let bridge = conn.get(&GetLink::by_name("vlan-bridge"))?.index();

    let mut ports = Vec::new();
    for (port, other_end) in [("vlan-host", "host"), ("vlan-trunk", "trunk")] {
        conn.execute(&NewLink::veth(port, other_end).if_absent())?;
        conn.execute(&SetLink::of(port).master(bridge).up())?;
        ports.push(conn.get(&GetLink::by_name(port))?.index());
    }
    let [host, trunk] = ports[..] else {
        unreachable!("there are two ports")
    };
    conn.execute(&NewBridgeVlan::of(host, 10).pvid().untagged())?;
    conn.execute(&NewBridgeVlan::of(trunk, 10).through(12))?;
    // A new port is in VLAN 1.
    conn.execute(&DeleteBridgeVlan::of(host, 1))?;
    conn.execute(&DeleteBridgeVlan::of(trunk, 1))?;

    for port in &conn.list(GetBridgeVlans::all())? {
        let name = port.name()?.unwrap_or("?".into());
        for vlans in port.bridge_vlans()? {
            let vlans = vlans?;
            let tag = match vlans.flags.contains(BridgeVlanFlags::UNTAGGED) {
                true => "untagged",
                false => "tagged",
            };
            writeln!(out, "{name}: {} to {}, {tag}", vlans.first, vlans.last)?;
        }
    }
    Ok(())
}
