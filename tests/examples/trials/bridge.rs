//! VLANs and forwarding entries of a bridge.

use nlsock::{Conn, Protocol};
use nlwire::route::{
    GetBridgeVlans, GetForwardingEntries, GetLink, NeighbourState, NewBridgeVlan,
    NewForwardingEntry, NewLink, SetLink,
};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.execute(&NewLink::bridge("br0").vlan_filtering(true).if_absent().up())?;
    conn.execute(&NewLink::veth("port0", "host0").if_absent())?;
    let bridge = conn.get(&GetLink::by_name("br0"))?.index();
    let port = conn.get(&GetLink::by_name("port0"))?.index();
    conn.execute(&SetLink::of("port0").master(bridge).up())?;
    conn.execute(&NewBridgeVlan::of(port, 10).pvid().untagged())?;
    conn.execute(&NewBridgeVlan::of(port, 100).through(199))?;
    let entry = NewForwardingEntry::of_port(port, [2, 0, 0, 0, 0, 3]).vlan(10);
    let fixed = NeighbourState::NOARP | NeighbourState::REACHABLE;
    conn.execute(&entry.state(fixed).replace())?;
    for link in &conn.list(GetBridgeVlans::all())? {
        for vlans in link.bridge_vlans()? {
            let vlans = vlans?;
            let name = link.name()?.unwrap_or_default();
            println!("{name} {}-{} {:?}", vlans.first, vlans.last, vlans.flags);
        }
    }
    for entry in &conn.list(GetForwardingEntries::all().bridge(bridge))? {
        println!(
            "{:?} dev {} vlan {:?}",
            entry.mac()?,
            entry.link(),
            entry.vlan()?
        );
    }
    Ok(())
}
