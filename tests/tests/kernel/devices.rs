//! Events of devices: a link is made and removed.

use nlsock::Protocol;
use nltests::{Need, Network, Outcome, Session, Test, capture};
use nlwire::uevent::{UEVENT_GROUP_KERNEL, Uevent};
use std::error::Error;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "devices::a_link_that_comes_and_goes_is_told",
    needs: &[Need::Namespace],
    run: a_link_that_comes_and_goes_is_told,
}];

fn a_link_that_comes_and_goes_is_told() -> Outcome {
    let mut events = Session::listen(Protocol::KOBJECT_UEVENT, &[UEVENT_GROUP_KERNEL])?;
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    let made = wait(&mut events, "add", "INTERFACE", "br0")?;
    let added = Uevent::new(&made).ok_or("no event")?;
    capture("kobject_uevent-add", &made)?;
    assert_eq!(added.path(), Some(&b"/devices/virtual/net/br0"[..]));
    assert_eq!(added.get("SUBSYSTEM"), Some(&b"net"[..]));
    assert_eq!(added.get("DEVTYPE"), Some(&b"bridge"[..]));
    assert_eq!(added.get("IFINDEX"), Some(index.to_string().as_bytes()));
    assert_eq!(added.get("ACTION"), added.action());
    assert!(!added.is_from_udev());

    network.delete_link(index)?;
    let gone = wait(&mut events, "remove", "INTERFACE", "br0")?;
    let removed = Uevent::new(&gone).ok_or("no event")?;
    assert_eq!(removed.path(), added.path());
    assert!(removed.sequence() > added.sequence());
    Ok(())
}

fn wait(
    events: &mut Session,
    action: &str,
    key: &str,
    value: &str,
) -> Result<Vec<u8>, Box<dyn Error>> {
    loop {
        let datagram = events.recv()?;
        assert_eq!(datagram.sender().port, 0);
        let event = Uevent::new(datagram.as_bytes()).ok_or("no event")?;
        if event.action() == Some(action.as_bytes()) && event.get(key) == Some(value.as_bytes()) {
            return Ok(datagram.as_bytes().to_vec());
        }
    }
}
