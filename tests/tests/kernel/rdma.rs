//! Devices of RDMA beside `rdma`: a device in software on a veth.

use crate::modules::{Result, TIME, words};
use nlsock::{Config, Conn, Event, Protocol};
use nltests::{Missing, Need, Outcome, Test, capture, in_namespace, machine_namespace};
use nlwire::rdma::{
    DeleteDevice, EventType, GetCompletionQueue, GetCompletionQueues, GetCounter, GetDevice,
    GetDevices, GetPort, GetPorts, GetProtectionDomains, GetQueuePair, GetQueuePairs, GetSummary,
    GetSystem, NamespaceMode, NewDevice, PollContext, QueuePairState, QueuePairType,
    RDMA_NL_GROUP_NOTIFY, Rdma, RdmaAttr, RdmaRow, SetDevice,
};
use nlwire::{Row, fields};
use serde_json::Value;
use std::fmt::Display;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "rdma::devices_both_ways_round",
        needs: &[Need::Root, Need::Program("ip"), Need::Program("rdma")],
        run: devices_both_ways_round,
    },
    Test {
        name: "rdma::objects_are_those_of_rdma",
        needs: &[Need::Root, Need::Program("ip"), Need::Program("rdma")],
        run: objects_are_those_of_rdma,
    },
    Test {
        name: "rdma::events_are_reported",
        needs: &[Need::Root, Need::Program("ip"), Need::Program("rdma")],
        run: events_are_reported,
    },
];

/// Opens a connection, and makes two links; the test is skipped if the kernel has
/// no RDMA.
fn open() -> Result<Conn> {
    let missing = |error| Missing(format!("kernel: RDMA ({error})"));
    let conn = Conn::open(Protocol::RDMA).map_err(missing)?;
    words("ip link add left type veth peer name right")?;
    words("ip link set left up")?;
    words("ip link set right up")?;
    Ok(conn)
}

/// Creates a device, whose name all network namespaces share; the test is skipped if
/// the kernel lacks the module.
fn create(conn: &mut Conn, name: &str, link: &str) -> Outcome {
    match conn.execute(NewDevice::of(name, "rxe", link)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Missing(format!("kernel: module rdma_rxe ({error})")).into()),
    }
}

/// Returns what `rdma` prints of one device.
fn rdma(words: &str, name: &str) -> Result<Value> {
    let words: Vec<_> = ["-j", "-d"].into_iter().chain(words.split(' ')).collect();
    let rows: Vec<Value> = serde_json::from_str(&nltests::run("rdma", &words)?)?;
    let row = rows.into_iter().find(|row| row["ifname"] == name);
    Ok(row.ok_or_else(|| format!("no {name} in {words:?}"))?)
}

/// Returns the index of a device by its name.
fn index(conn: &mut Conn, name: &str) -> Result<u32> {
    for row in &conn.list(GetDevices::all())? {
        if row.name()?.is_some_and(|found| found == name) {
            return Ok(row.index()?.ok_or("no index")?);
        }
    }
    Err(format!("no device {name}").into())
}

/// Returns a GUID as `rdma` prints it.
fn guid(guid: u64) -> String {
    let [a, b, c, d] = [48, 32, 16, 0].map(|shift| (guid >> shift) & 0xffff);
    format!("{a:04x}:{b:04x}:{c:04x}:{d:04x}")
}

fn text(value: Option<impl Display>) -> Value {
    value.map_or(Value::Null, |value| value.to_string().into())
}

fn is_as_by_rdma(conn: &mut Conn, name: &str, link: &str) -> Outcome {
    let index = index(conn, name)?;
    let row = conn.get(GetDevice::by_index(index))?;
    let found =
        fields!(row.attributes => Rdma { port, node_type, node_guid, system_guid, moderation })?;
    assert_eq!(found.port, Some(1), "number of ports");
    let shown = rdma("dev", name)?;
    assert_eq!(shown["ifindex"], index);
    assert_eq!(shown["node_type"], text(found.node_type));
    assert_eq!(shown["node_guid"], text(found.node_guid.map(guid)));
    assert_eq!(shown["sys_image_guid"], text(found.system_guid.map(guid)));
    let moderation = found.moderation.map(|on| on != 0);
    assert_eq!(shown["adaptive-moderation"].as_bool(), moderation);

    let row = conn.get(GetPort::of(index, 1))?;
    let one = format!("{:?}", row.attributes);
    let ports = conn.list(GetPorts::of_device(index))?;
    assert_eq!(ports.len(), 1);
    let row = ports.iter().next().ok_or("no port")?;
    assert_eq!(format!("{:?}", row.attributes), one);
    let found =
        fields!(row.attributes => Rdma { port, port_state, physical_state, link_name, link })?;
    let shown = rdma("link", name)?;
    assert_eq!(shown["port"], found.port.ok_or("no port")?);
    assert_eq!(shown["state"], text(found.port_state));
    assert_eq!(shown["physical_state"], text(found.physical_state));
    assert_eq!(shown["netdev"], link);
    assert_eq!(shown["netdev"], text(found.link_name));
    assert_eq!(shown["netdev_index"], found.link.ok_or("no link")?.get());
    Ok(())
}

fn devices_both_ways_round() -> Outcome {
    let mut conn = open()?;
    create(&mut conn, "rxe7", "left")?;
    is_as_by_rdma(&mut conn, "rxe7", "left")?;
    words("rdma link add rxe8 type rxe netdev right")?;
    is_as_by_rdma(&mut conn, "rxe8", "right")?;

    let index = index(&mut conn, "rxe8")?;
    conn.execute(SetDevice::by_index(index).with(&[RdmaAttr::Name("roce8".into())]))?;
    is_as_by_rdma(&mut conn, "roce8", "right")?;
    words("rdma dev set rxe7 name roce7")?;
    is_as_by_rdma(&mut conn, "roce7", "left")?;

    conn.execute(DeleteDevice::by_index(index))?;
    assert!(rdma("dev", "roce8").is_err());
    words("rdma link delete roce7")?;
    assert!(self::index(&mut conn, "roce7").is_err());
    let error = conn.execute(DeleteDevice::by_index(index)).unwrap_err();
    assert_eq!(error.errno(), Some(nlsock::Errno::EINVAL));

    let system = conn.get(GetSystem::new())?;
    let mode = fields!(system.attributes => Rdma { namespace_mode })?.namespace_mode;
    assert_eq!(mode, Some(NamespaceMode::SHARED));
    assert!(words("rdma system")?.contains("netns shared"));
    Ok(())
}

fn objects_are_those_of_rdma() -> Outcome {
    let mut conn = open()?;
    create(&mut conn, "rxe9", "left")?;
    let index = index(&mut conn, "rxe9")?;
    let row = conn.get(GetSummary::of_device(index))?;
    let summary = fields!(row.attributes => Rdma { summary })?.summary;
    let shown = rdma("resource", "rxe9")?;
    let mut kinds = 0;
    for entry in summary.ok_or("no summary")?.iter() {
        let (_, entry) = entry?;
        let found = fields!(entry => Rdma { summary_name, summary_count })?;
        let name = found.summary_name.ok_or("no name")?.to_string();
        assert_eq!(shown[&name], found.summary_count.ok_or("no count")?);
        kinds += 1;
    }
    assert!(kinds >= 5, "{kinds} kinds");

    // The device has a queue pair of the kernel for management.
    let rows = conn.list(GetQueuePairs::of_device(index))?;
    let row: RdmaRow<'_> = rows.iter().next().ok_or("no row")?;
    capture("rdma-queue-pair", row.message.as_bytes())?;
    let pair = row.objects()?.next().ok_or("no queue pair")??;
    let found = fields!(pair => Rdma {
        port, local_qpn, send_psn, object_type, state, kernel_owner, process
    })?;
    let shown = rdma("resource show qp", "rxe9")?;
    let number = found.local_qpn.ok_or("no number")?;
    assert_eq!(shown["lqpn"], number);
    // Linux 5.10 gives this one no port, and finds none by its port.
    let Some(port) = found.port else {
        return Err(Missing("kernel: ports of queue pairs".into()).into());
    };
    assert_eq!(shown["port"], port);
    assert_eq!(
        found.object_type.map(QueuePairType),
        Some(QueuePairType::GSI)
    );
    assert_eq!(shown["type"], text(found.object_type.map(QueuePairType)));
    assert_eq!(shown["state"], text(found.state.map(QueuePairState)));
    assert_eq!(shown["sq-psn"], found.send_psn.ok_or("no number")?);
    assert_eq!((found.kernel_owner.is_some(), found.process), (true, None));
    // The kernel keeps no number for it.
    let error = conn.get(GetQueuePair::of(index, 1, number)).unwrap_err();
    assert!(error.is_not_found(), "{error}");

    let rows = conn.list(GetCompletionQueues::of_device(index))?;
    let row = rows.iter().next().ok_or("no row")?;
    let queue = row.objects()?.next().ok_or("none")??;
    let found = fields!(queue => Rdma { entries, completion_queue_id, poll_context, users })?;
    let shown = rdma("resource show cq", "rxe9")?;
    assert_eq!(shown["cqn"], found.completion_queue_id.ok_or("no number")?);
    assert_eq!(shown["cqe"], found.entries.ok_or("no entries")?);
    assert_eq!(shown["users"], found.users.ok_or("no users")?);
    // `rdma` has the names of the numbers before Linux 5.8.
    assert_eq!(found.poll_context, Some(PollContext::UNBOUND_WORKQUEUE));
    let number = found.completion_queue_id.ok_or("no number")?;
    let one = conn.get(GetCompletionQueue::of(index, number))?;
    let one = fields!(one.attributes => Rdma { completion_queue_id, entries })?;
    assert_eq!(one.completion_queue_id, Some(number));
    assert_eq!(one.entries, found.entries);

    let rows = conn.list(GetProtectionDomains::of_device(index))?;
    let row = rows.iter().next().ok_or("no row")?;
    let domain = row.objects()?.next().ok_or("none")??;
    let found = fields!(domain => Rdma { protection_domain_id, users })?;
    let shown = rdma("resource show pd", "rxe9")?;
    assert_eq!(shown["pdn"], found.protection_domain_id.ok_or("no number")?);
    assert_eq!(shown["users"], found.users.ok_or("no users")?);

    let counters = conn.get(GetCounter::of_port(index, 1))?;
    let counters = fields!(counters.attributes => Rdma { hardware_counters })?;
    let counters = counters.hardware_counters.ok_or("no counters")?;
    let shown = rdma("statistic show", "rxe9")?;
    let mut count = 0;
    let counters = fields!(counters => Rdma { hardware_counter })?.hardware_counter;
    for counter in counters.into_iter().flatten() {
        let found = fields!(counter? => Rdma { hardware_counter_name, hardware_counter_value })?;
        let name = found.hardware_counter_name.ok_or("no name")?.to_string();
        assert!(shown[&name].is_u64(), "{name} in {shown}");
        assert!(found.hardware_counter_value.is_some(), "{name}");
        count += 1;
    }
    assert!(count >= 10, "{count} counters");
    conn.execute(DeleteDevice::by_index(index))?;
    Ok(())
}

fn events_are_reported() -> Outcome {
    let mut conn = open()?;
    let system = conn.get(GetSystem::new())?;
    let monitor = fields!(system.attributes => Rdma { monitor })?.monitor;
    if monitor != Some(1) {
        return Err(Missing("kernel: events of RDMA".into()).into());
    }
    // Devices that all namespaces share are the first namespace's.
    let config = Config::new(Protocol::RDMA).group(RDMA_NL_GROUP_NOTIFY);
    let mut events = in_namespace(machine_namespace()?, || config.events())??;
    events.set_timeout(Some(TIME));
    create(&mut conn, "rxe5", "left")?;
    let index = index(&mut conn, "rxe5")?;
    conn.execute(DeleteDevice::by_index(index))?;
    let mut seen = Vec::new();
    while seen.last() != Some(&EventType::UNREGISTER) {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        let row: RdmaRow<'_> = Row::of(event.message());
        // An event of a link in another namespace has nothing else, and other tests have
        // devices too.
        if row.index()? == Some(index) {
            seen.extend(fields!(row.attributes => Rdma { event })?.event);
        }
    }
    assert_eq!(seen[0], EventType::REGISTER);
    Ok(())
}
