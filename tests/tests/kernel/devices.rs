//! Events of devices: a link is made and removed. And the masters of one-wire
//! buses, as sysfs shows them.

use nlsock::Protocol;
use nltests::{
    Missing, Need, Network, Outcome, Session, Test, capture, in_namespace, machine_namespace,
};
use nlwire::connector::{
    CN_W1_IDX, CN_W1_VAL, Connector, ConnectorHeader, W1Message, W1MessageKind, masters,
};
use nlwire::uevent::{UEVENT_GROUP_KERNEL, Uevent};
use nlwire::zerocopy::IntoBytes as _;
use std::error::Error;
use std::fs;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "devices::a_link_that_comes_and_goes_is_told",
        needs: &[Need::Namespace],
        run: a_link_that_comes_and_goes_is_told,
    },
    Test {
        name: "devices::one_wire_masters_are_listed",
        needs: &[Need::Root],
        run: one_wire_masters_are_listed,
    },
];

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

fn one_wire_masters_are_listed() -> Outcome {
    let Ok(folder) = fs::read_dir("/sys/bus/w1/devices") else {
        return Err(Missing("kernel: one-wire buses".into()).into());
    };
    let mut shown = Vec::new();
    for device in folder {
        let name = device?.file_name().into_string().unwrap_or_default();
        shown.extend(name.strip_prefix("w1_bus_master").map(str::parse::<u32>));
    }
    let mut shown = shown.into_iter().collect::<Result<Vec<_>, _>>()?;
    shown.sort_unstable();

    // The kernel answers in the first network namespace only.
    let mut session = in_namespace(machine_namespace()?, || Session::open(Protocol::CONNECTOR))??;
    let list = W1Message {
        kind: W1MessageKind::LIST_MASTERS,
        ..W1Message::default()
    };
    let mut buffer = [0; 64];
    let request = Connector::write(&mut buffer, CN_W1_IDX, CN_W1_VAL, list.as_bytes())?;
    session.send(request.as_bytes())?;
    let answer = session.wait_for(|message| message.split::<ConnectorHeader>().is_ok())?;
    capture("connector-masters", answer.get().as_bytes())?;

    let answer = Connector::new(answer.get())?;
    let header = answer.header();
    assert_eq!(
        (header.index.get(), header.value.get()),
        (CN_W1_IDX, CN_W1_VAL)
    );
    assert_eq!(header.ack.get(), header.sequence.get() + 1);
    let (message, data, rest) = W1Message::split(answer.data()).ok_or("cut short")?;
    assert_eq!(
        (message.kind, message.status),
        (W1MessageKind::LIST_MASTERS, 0)
    );
    assert!(rest.is_empty());
    let mut told: Vec<_> = masters(data)
        .ok_or("half a number")?
        .iter()
        .map(|id| id.get())
        .collect();
    told.sort_unstable();
    assert_eq!(told, shown);
    Ok(())
}
