//! Addresses as `nl` shows them.

use super::compare;
use nltests::{Need, Network, Outcome, Test, ip};

pub(crate) const TESTS: &[Test] = &[Test {
    name: "addresses::both_families_are_shown_as_by_ip",
    needs: &[Need::Namespace, Need::Program("ip")],
    run: both_families_are_shown_as_by_ip,
}];

fn both_families_are_shown_as_by_ip() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    for index in [1, left, right] {
        network.set_up(index)?;
    }
    network.add_address(left, "192.0.2.1".parse()?, 24)?;
    network.add_address(right, "192.0.2.2".parse()?, 24)?;
    network.add_address(right, "198.51.100.2".parse()?, 32)?;
    network.add_address(left, "2001:db8::1".parse()?, 64)?;
    network.add_address(right, "2001:db8::2".parse()?, 64)?;
    // With a peer, in a scope of its own.
    ip(&[
        "addr",
        "add",
        "203.0.113.1",
        "peer",
        "203.0.113.9/32",
        "dev",
        "left",
        "scope",
        "link",
    ])?;
    ip(&[
        "addr",
        "add",
        "2001:db8:1::1",
        "peer",
        "2001:db8:1::9",
        "dev",
        "left",
    ])?;

    let addresses = compare::addresses()?;
    let local = |local: &str| addresses.iter().filter(|row| row["local"] == local).count();
    assert_eq!(local("192.0.2.1"), 1, "{addresses:?}");
    assert_eq!(local("2001:db8::2"), 1, "{addresses:?}");
    assert_eq!(local("203.0.113.1"), 1, "{addresses:?}");
    // The loopback's two, seven of ours, and a link-local one of each end.
    assert_eq!(addresses.len(), 11, "{addresses:?}");
    Ok(())
}
