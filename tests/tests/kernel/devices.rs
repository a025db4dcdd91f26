//! Events of devices: a link is created and deleted. Masters of one-wire buses,
//! as sysfs shows them.

use nlsock::{ErrorKind, Event, Protocol, uevent};
use nltests::{
    Missing, Need, Network, Outcome, Session, Test, capture, in_namespace, machine_namespace, run,
};
use nlwire::connector::{
    CN_W1_IDX, CN_W1_VAL, Connector, ConnectorHeader, W1Command, W1CommandKind, W1Message,
    W1MessageKind, masters,
};
use nlwire::uevent::{UEVENT_GROUP_KERNEL, Uevent};
use nlwire::zerocopy::IntoBytes as _;
use std::error::Error;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "devices::events_of_a_link_that_comes_and_goes",
        needs: &[Need::Namespace],
        run: events_of_a_link_that_comes_and_goes,
    },
    Test {
        name: "devices::events_of_udevd_are_received",
        needs: &[
            Need::Namespace,
            Need::Program("udevadm"),
            Need::Program("unshare"),
        ],
        run: events_of_udevd_are_received,
    },
    Test {
        name: "devices::one_wire_buses_are_listed_and_reset",
        needs: &[Need::Root],
        run: one_wire_buses_are_listed_and_reset,
    },
];

fn events_of_a_link_that_comes_and_goes() -> Outcome {
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

/// Starts udevd in a mount namespace, where it sees this network's links. It is
/// the program udevadm under another name.
const UDEVD: &str = "mount -t sysfs sysfs /sys && mount -t tmpfs tmpfs /run && mkdir /run/udev \
    && ln -s \"$(command -v udevadm)\" /run/systemd-udevd && exec /run/systemd-udevd";

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn events_of_udevd_are_received() -> Outcome {
    let mut network = Network::open()?;
    let mut kernel = uevent::kernel_events()?;
    let mut events = uevent::udev_events()?;
    kernel.set_timeout(Some(Duration::from_secs(10)));
    events.set_timeout(Some(Duration::from_millis(500)));
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", UDEVD]);
    let mut udevd = Running(command.stderr(Stdio::null()).spawn()?);
    // The stream misses events from before it listens.
    for number in 0..30 {
        if udevd.0.try_wait()?.is_some() {
            return Err(Missing("kernel: a mount of sysfs".into()).into());
        }
        let name = format!("br{number}");
        network.add_link(&name, "bridge")?;
        loop {
            let datagram = match events.next_datagram() {
                Ok(Some(Event::Item(datagram))) => datagram,
                Ok(_) => return Err("a loss".into()),
                Err(error) if error.kind() == ErrorKind::Timeout => break,
                Err(error) => return Err(error.into()),
            };
            // A process of its own sends it, known by its user.
            assert_ne!(datagram.sender().port, 0);
            assert_eq!(datagram.uid(), Some(0));
            let event = uevent::read(&datagram).ok_or("no event")?;
            assert!(event.is_from_udev());
            if event.get("SUBSYSTEM") != Some(b"net") {
                continue;
            }
            capture("kobject_uevent-udev", datagram.as_bytes())?;
            let interface = event.get("INTERFACE").ok_or("no interface")?;
            let path = [b"/devices/virtual/net/", interface].concat();
            assert_eq!(
                (event.action(), event.path()),
                (Some(&b"add"[..]), Some(&path[..]))
            );
            // The kernel says nothing of that.
            assert!(event.get("USEC_INITIALIZED").is_some());
            let header = event.udev_header().ok_or("no header")?;
            assert_eq!(
                (header.magic.get(), header.header_size.get()),
                (0xfeed_cafe, 40)
            );

            // The kernel's socket believes the kernel alone.
            let Some(Event::Item(first)) = kernel.next_datagram()? else {
                return Err("a loss".into());
            };
            assert_eq!(first.sender().port, 0);
            return Ok(());
        }
    }
    Err("udevd says nothing".into())
}

fn one_wire_buses_are_listed_and_reset() -> Outcome {
    let Ok(folder) = fs::read_dir("/sys/bus/w1/devices") else {
        return Err(Missing("kernel: one-wire buses".into()).into());
    };
    drop(folder);
    // The kernel answers in the first network namespace only.
    let open = || -> Result<_, nlsock::Error> {
        let events = Session::listen(Protocol::CONNECTOR, &[CN_W1_IDX])?;
        Ok((Session::open(Protocol::CONNECTOR)?, events))
    };
    let (mut session, mut events) = in_namespace(machine_namespace()?, open)??;
    let bus = Bus::come()?;
    let mut shown = Vec::new();
    for device in fs::read_dir("/sys/bus/w1/devices")? {
        let name = device?.file_name().into_string().unwrap_or_default();
        shown.extend(name.strip_prefix("w1_bus_master").map(str::parse::<u32>));
    }
    let mut shown = shown.into_iter().collect::<Result<Vec<_>, _>>()?;
    shown.sort_unstable();

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

    let Some(bus) = bus else {
        return Ok(());
    };
    let [master] = shown[..] else {
        panic!("{shown:?}");
    };
    assert_eq!(
        wait_for_master(&mut events, W1MessageKind::MASTER_ADD)?,
        master
    );
    let mut id = [0; 8];
    id[..4].copy_from_slice(&master.to_ne_bytes());
    let message = W1Message {
        kind: W1MessageKind::MASTER_CMD,
        status: 0,
        length: 4.into(),
        id,
    };
    let reset = W1Command {
        kind: W1CommandKind::RESET,
        ..W1Command::default()
    };
    let data = [message.as_bytes(), reset.as_bytes()].concat();
    let request = Connector::write(&mut buffer, CN_W1_IDX, CN_W1_VAL, &data)?;
    session.send(request.as_bytes())?;
    // Linux 6.1 sends a header of zeros first, for an empty answer.
    let answer = session.wait_for(|message| {
        let message = Connector::new(message);
        message.is_ok_and(|message| message.header().index.get() == CN_W1_IDX)
    })?;
    capture("connector-reset", answer.get().as_bytes())?;
    let answer = Connector::new(answer.get())?;
    let (message, data, _) = W1Message::split(answer.data()).ok_or("cut short")?;
    assert_eq!(
        (message.kind, message.master()),
        (W1MessageKind::MASTER_CMD, master)
    );
    let (command, _, _) = W1Command::split(data).ok_or("cut short")?;
    // Nobody is there to answer: -1.
    assert_eq!((command.kind, message.status), (W1CommandKind::RESET, 255));
    drop(bus);
    assert_eq!(
        wait_for_master(&mut events, W1MessageKind::MASTER_REMOVE)?,
        master
    );
    Ok(())
}

/// A bus without hardware, in the virtual machine: its bridge sits on an i2c
/// bus that remembers what is written. The driver wants to read there that it
/// was reset.
struct Bus;

const I2C: &str = "/sys/bus/i2c/devices/i2c-0";

impl Bus {
    fn come() -> Result<Option<Self>, Box<dyn Error>> {
        if !nltests::is_emulated() {
            return Ok(None);
        }
        if !fs::exists(I2C)? {
            return Err(Missing("kernel: i2c buses".into()).into());
        }
        run("i2cset", &["-f", "-y", "0", "0x18", "0xf0", "0x18", "b"])?;
        fs::write(format!("{I2C}/new_device"), "ds2482 0x18")?;
        Ok(Some(Self))
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = fs::write(format!("{I2C}/delete_device"), "0x18");
    }
}

fn wait_for_master(events: &mut Session, kind: W1MessageKind) -> Result<u32, Box<dyn Error>> {
    loop {
        let datagram = events.recv()?;
        let message = datagram.messages().next().ok_or("nothing")??;
        let message = Connector::new(message)?;
        let (message, _, _) = W1Message::split(message.data()).ok_or("cut short")?;
        if message.kind == kind {
            return Ok(message.master());
        }
    }
}
