//! Families of generic netlink: ethtool and taskstats.

use nlsock::{Conn, Protocol};
use nltests::{
    Missing, Need, Network, Outcome, Session, Test, capture, in_namespace, machine_namespace, run,
};
use nlwire::generic::ethtool::{
    self, Bitset, ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_GENL_NAME, ETHTOOL_GENL_VERSION,
    ETHTOOL_MSG_LINKINFO_GET, ETHTOOL_MSG_LINKMODES_GET, HeaderAttr, LinkInfo, LinkModes,
};
use nlwire::generic::taskstats::{
    TASKSTATS_CMD_GET, TASKSTATS_GENL_NAME, TASKSTATS_GENL_VERSION, TaskReport, TaskRequestAttr,
};
use nlwire::generic::{
    CTRL_CMD_DELFAMILY, CTRL_CMD_GETFAMILY, CTRL_CMD_GETPOLICY, CTRL_CMD_NEWFAMILY, Controller,
    ControllerAttr, GENL_ID_CTRL, GenericHeader, GetFamily,
};
use nlwire::schema::Protocol as Described;
use nlwire::{EncodeError, Flags, MessageRef, MessageType, Next, Query, Request, Writer, fields};
use std::error::Error;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "generic::families_are_those_of_genl",
        needs: &[Need::Namespace, Need::Program("genl")],
        run: families_are_those_of_genl,
    },
    Test {
        name: "generic::policies_are_read",
        needs: &[Need::Namespace],
        run: policies_are_read,
    },
    Test {
        name: "generic::a_family_of_any_name_is_not_found",
        needs: &[Need::Namespace],
        run: a_family_of_any_name_is_not_found,
    },
    Test {
        name: "generic::events_of_a_family_that_comes_and_goes",
        needs: &[Need::Root],
        run: events_of_a_family_that_comes_and_goes,
    },
    Test {
        name: "generic::ethtool_agrees",
        needs: &[Need::Namespace, Need::Program("ethtool")],
        run: ethtool_agrees,
    },
    Test {
        name: "generic::taskstats_of_the_own_process",
        needs: &[Need::Root],
        run: taskstats_of_the_own_process,
    },
];

fn family(session: &mut Session, name: &str) -> Result<MessageType, Box<dyn Error>> {
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let replies = session.get(GENL_ID_CTRL, &header, |w| {
        w.put(ControllerAttr::FamilyName(name))
    })?;
    capture(
        &format!("generic-family-{name}").to_lowercase(),
        replies[0].get().as_bytes(),
    )?;
    let (_, attributes) = replies[0].get().split::<GenericHeader>()?;
    let id = fields!(attributes => Controller { family_id })?.family_id;
    Ok(MessageType(id.ok_or("a family without a number")?))
}

fn families_are_those_of_genl() -> Outcome {
    let mut session = Session::open(Protocol::GENERIC)?;
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let families = session.dump(GENL_ID_CTRL, &header, |w| Ok(w))?;
    let mut ours = Vec::new();
    for message in &families {
        let (_, attributes) = message.get().split::<GenericHeader>()?;
        let found = fields!(attributes => Controller { family_name, family_id, version })?;
        ours.push(format!(
            "Name: {} ID: 0x{:x} Version: 0x{:x} ",
            found.family_name.unwrap(),
            found.family_id.unwrap(),
            found.version.unwrap()
        ));
    }
    // A family takes several lines there.
    let listed = run("genl", &["ctrl", "list"])?;
    let listed = listed.split_whitespace().collect::<Vec<_>>().join(" ");
    for family in &ours {
        assert!(listed.contains(family), "{family}: {listed}");
    }
    assert_eq!(listed.matches("Name: ").count(), ours.len());
    Ok(())
}

static LONG: Described = Described::family("a_name_of_more_than_15_bytes", &[]);

fn a_family_of_any_name_is_not_found() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    for name in ["no-such-family", "a_name_of_more_than_15_bytes"] {
        let error = conn.get(GetFamily::by_name(name)).unwrap_err();
        assert!(error.is_not_found(), "{error}");
    }
    let error = conn.look_up(&LONG).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

fn events_of_a_family_that_comes_and_goes() -> Outcome {
    // A module of the machine's own is let alone.
    if !nltests::is_emulated() {
        return Err(Missing("kernel: a module that may be removed".into()).into());
    }
    let mut events = Session::listen(Protocol::GENERIC, &[u32::from(GENL_ID_CTRL.0)])?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let first = conn.get(Ping)?.kind();
    run("rmmod", &["team"])?;
    run("modprobe", &["team"])?;
    for expected in [CTRL_CMD_DELFAMILY, CTRL_CMD_NEWFAMILY] {
        let told = events.wait_for(|event| {
            let header = event.split::<GenericHeader>();
            header.is_ok_and(|(header, _)| header.command == expected)
        })?;
        let (_, attributes) = told.get().split::<GenericHeader>()?;
        let found = fields!(attributes => Controller { family_name })?;
        assert_eq!(found.family_name, Some("team"));
    }
    // What was remembered is asked for again.
    let second = conn.get(Ping)?.kind();
    assert_eq!(conn.look_up(&TEAM)?, second);
    let family = conn.get(GetFamily::by_name("team"))?;
    assert_eq!(family.id()?, Some(second), "{first:?}");
    Ok(())
}

static TEAM: Described = Described::family("team", &[]);

/// `TEAM_CMD_NOOP`, which is answered by the like.
struct Ping;

impl Request for Ping {
    fn protocol(&self) -> Option<&'static Described> {
        Some(&TEAM)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = GenericHeader::new(0, 1);
        w.append_message(MessageType(0), Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for Ping {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }
}

fn policies_are_read() -> Outcome {
    let mut session = Session::open(Protocol::GENERIC)?;
    let header = GenericHeader::new(CTRL_CMD_GETPOLICY, 1);
    let parts = session.dump(GENL_ID_CTRL, &header, |w| {
        w.put(ControllerAttr::FamilyName(ETHTOOL_GENL_NAME))?
            .put(ControllerAttr::Operation(ETHTOOL_MSG_LINKINFO_GET.into()))
    })?;
    let mut kinds = Vec::new();
    for part in &parts {
        let (_, attributes) = part.get().split::<GenericHeader>()?;
        let found = fields!(attributes => Controller { policy })?;
        for item in found.policy.iter().flat_map(|policy| policy.iter()) {
            let (_, entries) = item?;
            for entry in entries {
                let (raw, entry) = entry?;
                let entry = fields!(entry? => nlwire::generic::PolicyEntry { kind })?;
                kinds.push((raw.kind(), entry.kind.unwrap()));
            }
        }
    }
    // The one attribute of the request is the nest of its header.
    assert!(
        kinds.contains(&(ETHTOOL_A_LINKINFO_HEADER, nlwire::PolicyType::NESTED)),
        "{kinds:?}"
    );
    assert!(kinds.len() > 1);
    Ok(())
}

fn ethtool_agrees() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    network.set_up(left)?;
    network.set_up(right)?;
    let mut session = Session::open(Protocol::GENERIC)?;
    let family = family(&mut session, ETHTOOL_GENL_NAME)?;
    let ask = |session: &mut Session, command| {
        let header = GenericHeader::new(command, ETHTOOL_GENL_VERSION);
        session.get(family, &header, |w| {
            w.nest(ETHTOOL_A_LINKINFO_HEADER, |w| {
                w.put(HeaderAttr::DeviceName("left".into()))
            })
        })
    };
    let theirs = run("ethtool", &["left"])?;
    let line = |name: &str| {
        let lines = theirs.lines().map(str::trim);
        let mut found = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.next().unwrap_or_default().to_owned()
    };

    let info = ask(&mut session, ETHTOOL_MSG_LINKINFO_GET)?;
    let (_, attributes) = info[0].get().split::<GenericHeader>()?;
    let info = fields!(attributes => LinkInfo { header, port, transceiver })?;
    let device = fields!(info.header.unwrap() => ethtool::Header { device_name, device_index })?;
    assert_eq!(
        (device.device_name, device.device_index),
        (Some("left".into()), Some(left.into()))
    );
    assert_eq!(info.port.unwrap().to_string(), line("Port"), "{theirs}");
    assert_eq!(info.transceiver, Some(0), "{theirs}");
    assert_eq!(line("Transceiver"), "internal");

    let modes = ask(&mut session, ETHTOOL_MSG_LINKMODES_GET)?;
    let (_, attributes) = modes[0].get().split::<GenericHeader>()?;
    let modes = fields!(attributes => LinkModes { speed, duplex, autonegotiation, ours })?;
    assert_eq!(
        format!("{}Mb/s", modes.speed.unwrap()),
        line("Speed"),
        "{theirs}"
    );
    assert_eq!(modes.duplex.unwrap().to_string(), line("Duplex"));
    assert_eq!(modes.autonegotiation, Some(0));
    let bits = fields!(modes.ours.unwrap() => Bitset { size, bits })?;
    assert!(bits.size.unwrap() > 90);
    assert_eq!(bits.bits.unwrap().iter().count(), 0);
    Ok(())
}

fn taskstats_of_the_own_process() -> Outcome {
    let mut session = in_namespace(machine_namespace()?, || Session::open(Protocol::GENERIC))??;
    let family = family(&mut session, TASKSTATS_GENL_NAME)?;
    let header = GenericHeader::new(TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION);
    let this = std::process::id();
    let replies = session.get(family, &header, |w| w.put(TaskRequestAttr::Thread(this)))?;
    let (_, attributes) = replies[0].get().split::<GenericHeader>()?;
    let report = fields!(attributes => TaskReport { of_thread })?
        .of_thread
        .unwrap();
    let report = fields!(report => TaskReport { thread, stats })?;
    assert_eq!(report.thread, Some(this));
    let stats = report.stats.unwrap().get();
    assert_eq!(stats.pid.get(), this);
    assert_eq!(stats.uid.get(), 0);
    assert_eq!(stats.ppid.get(), std::os::unix::process::parent_id());
    let name = std::fs::read_to_string("/proc/self/comm")?;
    assert_eq!(stats.command(), name.trim().as_bytes());
    assert!(stats.version.get() >= 10 && stats.etime.get() > 0);
    Ok(())
}
