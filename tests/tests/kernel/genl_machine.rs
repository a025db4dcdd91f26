//! Families of the machine and its servers: thermal zones, events of ACPI, control
//! groups, SMC, vDPA and the NFS server, beside the files of the kernel.

use crate::modules::{Result, TIME, open, open_in_machine, with_group, words};
use nlsock::{Config, Conn, Errno, Event, Events, Protocol};
use nltests::{Missing, Need, Outcome, Test, in_namespace, ip, machine_namespace};
use nlwire::fields;
use nlwire::generic::acpi_event::{self, ACPI_GENL_MCAST_GROUP_NAME, Acpi};
use nlwire::generic::nfsd::{GetThreads, GetVersions, SetVersions, Threads, Version, Versions};
use nlwire::generic::nfsd::{VersionAttr, VersionsAttr};
use nlwire::generic::smc::{
    DeleteEid, Eids, GetEids, GetFallbacks, GetStatistics, GetSystem, NewEid, Smc, System, pnet,
};
use nlwire::generic::taskstats::GetCgroupStats;
use nlwire::generic::thermal::{
    self, GetCoolers, GetGovernor, GetMode, GetTrips, GetZone, GetZones,
    THERMAL_GENL_SAMPLING_GROUP_NAME, Thermal, ThermalAttr, TripType,
};
use nlwire::generic::vdpa::{GetManagements, Vdpa};
use serde_json::Value;
use std::fs::{self, File};
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl_machine::thermal_zones_are_those_of_sysfs",
        needs: &[Need::Root],
        run: thermal_zones_are_those_of_sysfs,
    },
    Test {
        name: "genl_machine::temperatures_and_events_of_acpi_are_seen",
        needs: &[Need::Root],
        run: temperatures_and_events_of_acpi_are_seen,
    },
    Test {
        name: "genl_machine::control_groups_have_their_tasks",
        needs: &[Need::Root],
        run: control_groups_have_their_tasks,
    },
    Test {
        name: "genl_machine::names_of_smc_are_added_and_deleted",
        needs: &[Need::Root],
        run: names_of_smc_are_added_and_deleted,
    },
    Test {
        name: "genl_machine::management_devices_are_those_of_vdpa",
        needs: &[Need::Root],
        run: management_devices_are_those_of_vdpa,
    },
    Test {
        name: "genl_machine::versions_of_nfs_are_those_of_proc",
        needs: &[Need::Root],
        run: versions_of_nfs_are_those_of_proc,
    },
];

/// A file of the thermal class, without the end of the line.
fn file(object: &str, id: u32, name: &str) -> Result<String> {
    let path = format!("/sys/class/thermal/{object}{id}/{name}");
    Ok(fs::read_to_string(path)?.trim().to_owned())
}

/// The identifiers and types of all objects of the thermal class, from its files.
fn files(object: &str) -> Result<Vec<(u32, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/sys/class/thermal")? {
        let name = entry?.file_name().into_string().map_err(|_| "no UTF-8")?;
        if let Some(id) = name.strip_prefix(object) {
            let id = id.parse()?;
            found.push((id, file(object, id, "type")?));
        }
    }
    found.sort();
    Ok(found)
}

fn zones(conn: &mut Conn) -> Result<Vec<(u32, String)>> {
    let (mut zones, mut id) = (Vec::new(), None);
    for row in &conn.list(GetZones::all())? {
        let list = fields!(row.attributes => Thermal { zones })?.zones;
        for item in list.ok_or("no list")?.iter() {
            match item?.1? {
                ThermalAttr::ZoneId(found) => id = Some(found),
                ThermalAttr::ZoneName(name) => {
                    zones.push((id.take().ok_or("no id")?, name.to_string()));
                }
                other => return Err(format!("{other:?}").into()),
            }
        }
    }
    zones.sort();
    Ok(zones)
}

fn coolers(conn: &mut Conn) -> Result<Vec<(u32, String)>> {
    let (mut coolers, mut id) = (Vec::new(), None);
    let mut rows = conn.query(GetCoolers::all())?;
    while let Some(row) = rows.next()? {
        let list = fields!(row.attributes => Thermal { coolers })?.coolers;
        for item in list.ok_or("no list")?.iter() {
            match item?.1? {
                ThermalAttr::CoolerId(found) => id = Some(found),
                ThermalAttr::CoolerName(name) => {
                    coolers.push((id.take().ok_or("no id")?, name.to_string()));
                }
                other => return Err(format!("{other:?}").into()),
            }
        }
    }
    coolers.sort();
    Ok(coolers)
}

fn thermal_zones_are_those_of_sysfs() -> Outcome {
    let mut conn = open_in_machine("thermal", "thermal", &[])?;
    let found = zones(&mut conn)?;
    assert_eq!(found, files("thermal_zone")?);
    assert_eq!(coolers(&mut conn)?, files("cooling_device")?);
    if found.is_empty() {
        return Err(Missing("kernel: a thermal zone".into()).into());
    }
    // One list that nobody reads, and then the other.
    drop(conn.query(GetCoolers::all())?);
    assert_eq!(zones(&mut conn)?, found);
    for (id, _) in found {
        let row = conn.get(GetZone::temperature(id))?;
        let ours = fields!(row.attributes => Thermal { zone_id, temperature })?;
        let theirs = file("thermal_zone", id, "temp")?.parse()?;
        assert_eq!((ours.zone_id, ours.temperature), (Some(id), Some(theirs)));
        let row = conn.get(GetGovernor::of_zone(id))?;
        let ours = fields!(row.attributes => Thermal { zone_governor })?.zone_governor;
        let theirs = file("thermal_zone", id, "policy")?;
        assert_eq!(ours.ok_or("no governor")?.to_string(), theirs);
        let error = conn.get(GetMode::of_zone(id)).map(drop).unwrap_err();
        // The kernel has the number, and no function for it.
        assert_eq!(error.errno(), Some(Errno::EOPNOTSUPP), "{error}");
        let row = conn.get(GetTrips::of_zone(id))?;
        let list = fields!(row.attributes => Thermal { trips })?.trips;
        let mut kinds = Vec::new();
        for item in list.ok_or("no list")?.iter() {
            match item?.1? {
                ThermalAttr::TripType(kind) => kinds.push(kind),
                ThermalAttr::TripTemperature(temperature) => {
                    let trip = format!("trip_point_{}_temp", kinds.len() - 1);
                    let theirs = file("thermal_zone", id, &trip)?;
                    assert_eq!(theirs, temperature.to_string());
                }
                _ => {}
            }
        }
        assert_eq!(kinds, [TripType::CRITICAL]);
    }
    let error = conn.get(GetZone::temperature(99)).map(drop).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
    Ok(())
}

/// Listens in the machine's own namespace.
fn listen_in_machine(config: Config) -> Result<Events> {
    let mut events = in_namespace(machine_namespace()?, || config.events())??;
    events.set_timeout(Some(TIME));
    Ok(events)
}

/// The zone of the machine has an event at every sixteenth reading.
fn temperatures_and_events_of_acpi_are_seen() -> Outcome {
    let mut conn = open_in_machine("acpi_event", "ACPI", &[])?;
    if files("thermal_zone")?.is_empty() {
        return Err(Missing("kernel: a thermal zone".into()).into());
    }
    let config = with_group(&mut conn, "acpi_event", ACPI_GENL_MCAST_GROUP_NAME)?;
    let mut events = listen_in_machine(config)?;
    let mut conn = open_in_machine("thermal", "thermal", &[])?;
    let config = with_group(&mut conn, "thermal", THERMAL_GENL_SAMPLING_GROUP_NAME)?;
    let mut samples = listen_in_machine(config)?;
    for _ in 0..16 {
        conn.get(GetZone::temperature(0)).map(drop)?;
    }
    let Some(Event::Item(event)) = events.next()? else {
        return Err("a loss, or nothing".into());
    };
    let acpi_event::Change::Event(row) = acpi_event::Change::of(event.message()) else {
        return Err(format!("{:?}", acpi_event::Change::of(event.message())).into());
    };
    let found = fields!(row.attributes => Acpi { event })?;
    let found = found.event.ok_or("no event")?;
    assert_eq!(found.class(), b"thermal_zone");
    assert_eq!(found.bus(), b"LNXTHERM:00");
    assert_eq!((found.kind.get(), found.data.get()), (0x81, 0));
    // The driver reads the temperature then, and the kernel reports it.
    let Some(Event::Item(event)) = samples.next()? else {
        return Err("a loss, or nothing".into());
    };
    let thermal::Change::Sample(row) = thermal::Change::of(event.message()) else {
        return Err(format!("{:?}", thermal::Change::of(event.message())).into());
    };
    let found = fields!(row.attributes => Thermal { zone_id, temperature })?;
    let temperature = file("thermal_zone", 0, "temp")?.parse()?;
    assert_eq!(
        (found.zone_id, found.temperature),
        (Some(0), Some(temperature))
    );
    Ok(())
}

/// The first hierarchy of control groups; the kernel takes those of version 1 only.
fn control_group() -> Result<PathBuf> {
    let mounts = fs::read_to_string("/proc/self/mounts")?;
    let fields = mounts
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>());
    let mut mounts = fields.filter(|fields| fields.get(2) == Some(&"cgroup"));
    match mounts.next() {
        Some(mount) => Ok(mount[1].into()),
        None => Err(Missing("kernel: control groups of version 1".into()).into()),
    }
}

fn control_groups_have_their_tasks() -> Outcome {
    let mut conn = in_namespace(machine_namespace()?, || Conn::open(Protocol::GENERIC))??;
    let path = control_group()?;
    let folder = File::open(&path)?;
    let descriptor = u32::try_from(folder.as_raw_fd())?;
    let stats = conn.get(GetCgroupStats::of(descriptor))?.stats()?;
    let stats = stats.ok_or("no numbers")?;
    let states = [
        stats.sleeping,
        stats.running,
        stats.stopped,
        stats.uninterruptible,
    ];
    let ours: u64 = states.iter().map(|number| number.get()).sum();
    let theirs = u64::try_from(fs::read_to_string(path.join("tasks"))?.lines().count())?;
    // Idle threads of the kernel are in no state; others come and go.
    assert!(ours >= 1 && ours <= theirs + 50, "{stats:?} {theirs} tasks");
    let other = File::open("/")?;
    let descriptor = u32::try_from(other.as_raw_fd())?;
    let error = conn
        .get(GetCgroupStats::of(descriptor))
        .map(drop)
        .unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
    Ok(())
}

fn eids(conn: &mut Conn) -> Result<Vec<String>> {
    let mut eids = Vec::new();
    for row in &conn.list(GetEids::all())? {
        let eid = fields!(row.attributes => Eids { eid })?.eid;
        eids.push(eid.ok_or("no EID")?.to_string());
    }
    Ok(eids)
}

fn entries(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    let mut entries = Vec::new();
    for row in &conn.list(pnet::GetEntries::all())? {
        let found = fields!(row.attributes => pnet::Pnet { name, link_name })?;
        let text = |text: Option<nlwire::Text<'_>>| text.map(|text| text.to_string());
        let name = text(found.name).ok_or("no name")?;
        entries.push((name, text(found.link_name).ok_or("no link")?));
    }
    Ok(entries)
}

/// Debian has no program for SMC: its names are read back.
fn names_of_smc_are_added_and_deleted() -> Outcome {
    let mut conn = open("SMC_GEN_NETLINK", "smc", &[])?;
    let list = conn.list(GetSystem::all())?;
    let row = list.iter().next().ok_or("no system")?;
    let system = fields!(row.attributes => Smc { system })?.system;
    let found = fields!(system.ok_or("no nest")? => System { version, host })?;
    assert!(found.version >= Some(1));
    let host = found.host.ok_or("no host")?;
    assert!(
        !host.as_bytes().is_empty() && !host.as_bytes().ends_with(b" "),
        "{host:?}"
    );
    assert_eq!(conn.list(GetStatistics::all())?.len(), 1);
    conn.list(GetFallbacks::all())?;

    let (eid, long) = ("NLTESTS.GROUP-1", "NLTESTS.GROUP.OF.THIRTY.TWO.BYTE");
    assert_eq!(long.len(), 32);
    for eid in [eid, long] {
        conn.execute(NewEid::named(eid))?;
    }
    let found = eids(&mut conn)?;
    assert!(found.contains(&eid.to_owned()) && found.contains(&long.to_owned()));
    let errno = |error: nlsock::Error| error.errno();
    let again = conn.execute(NewEid::named(eid)).map(drop).map_err(errno);
    assert_eq!(again, Err(Some(Errno::EEXIST)));
    for eid in [eid, long] {
        conn.execute(DeleteEid::named(eid))?;
        let again = conn.execute(DeleteEid::named(eid)).map(drop).map_err(errno);
        assert_eq!(again, Err(Some(Errno::ENOENT)));
        conn.execute(DeleteEid::named(eid).if_there())?;
    }
    assert!(!eids(&mut conn)?.contains(&eid.to_owned()));
    let longer = format!("{long}S");
    let error = conn.execute(NewEid::named(longer.as_str())).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ERANGE), "{error}");

    ip(&["link", "add", "d0", "type", "dummy"])?;
    conn.execute(pnet::NewEntry::of_link("NET1", "d0"))?;
    assert_eq!(entries(&mut conn)?, [("NET1".into(), "d0".into())]);
    conn.execute(pnet::DeleteEntries::of("NET1"))?;
    let again = conn.execute(pnet::DeleteEntries::of("NET1")).map(drop);
    assert_eq!(again.map_err(errno), Err(Some(Errno::ENOENT)));
    conn.execute(pnet::DeleteEntries::of("NET1").if_there())?;
    assert!(entries(&mut conn)?.is_empty());
    Ok(())
}

fn management_devices_are_those_of_vdpa() -> Outcome {
    let mut conn = open_in_machine("vdpa", "vdpa", &["vdpa"])?;
    let mut ours = Vec::new();
    for row in &conn.list(GetManagements::all())? {
        let found = fields!(row.attributes => Vdpa { management, management_bus })?;
        let name = found.management.ok_or("no name")?.to_string();
        ours.push(match found.management_bus {
            Some(bus) => format!("{bus}/{name}"),
            None => name,
        });
    }
    let show = || words("vdpa -j mgmtdev show").map_err(|error| error.to_string());
    let shown: Value = serde_json::from_str(&in_namespace(machine_namespace()?, show)??)?;
    let theirs = shown["mgmtdev"].as_object().ok_or("no object")?.keys();
    ours.sort();
    assert_eq!(ours, theirs.cloned().collect::<Vec<_>>());
    assert!(ours.contains(&"vduse".to_owned()), "{ours:?}");
    Ok(())
}

/// Major version, minor version, and whether it is enabled.
fn versions(conn: &mut Conn) -> Result<Vec<(u32, u32, bool)>> {
    let row = conn.get(GetVersions::new())?;
    let list = fields!(row.attributes => Versions { version })?.version;
    let mut versions = Vec::new();
    for item in list.into_iter().flatten() {
        let found = fields!(item? => Version { major, minor, enabled })?;
        let minor = found.minor.unwrap_or_default();
        versions.push((
            found.major.ok_or("no version")?,
            minor,
            found.enabled == Some(true),
        ));
    }
    Ok(versions)
}

/// True if the file of versions, such as `+3 +4 -4.0 +4.1 +4.2`, says the same.
fn is_in_proc(major: u32, minor: u32, enabled: bool, file: &str) -> bool {
    let name = match major {
        4 => format!("{major}.{minor}"),
        _ => major.to_string(),
    };
    let mut words = file.split_whitespace();
    match enabled {
        // `+4` stands for the minor versions that follow without a sign of their own.
        true => !words.any(|word| word == format!("-{name}")),
        false => words.any(|word| word == format!("-{name}")),
    }
}

fn versions_of_nfs_are_those_of_proc() -> Outcome {
    let mut conn = open("nfsd", "nfsd", &["mount"])?;
    words("mount -t nfsd nfsd /proc/fs/nfsd")?;
    let file = || fs::read_to_string("/proc/fs/nfsd/versions");
    for (major, minor, enabled) in versions(&mut conn)? {
        assert!(is_in_proc(major, minor, enabled, &file()?), "{}", file()?);
    }
    // Only 4.1 is left.
    let attributes = [
        VersionAttr::Major(4),
        VersionAttr::Minor(1),
        VersionAttr::Enabled(true),
    ];
    let only = [VersionsAttr::Version((&attributes).into())];
    conn.execute(SetVersions::new().with(&only))?;
    let enabled: Vec<_> = versions(&mut conn)?
        .into_iter()
        .filter(|found| found.2)
        .collect();
    assert_eq!(enabled, [(4, 1, true)]);
    for (major, minor, enabled) in versions(&mut conn)? {
        assert!(is_in_proc(major, minor, enabled, &file()?), "{}", file()?);
    }
    let row = conn.get(GetThreads::new())?;
    let threads = fields!(row.attributes => Threads { threads })?.threads;
    let threads = threads
        .into_iter()
        .flatten()
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let ours: u32 = threads.iter().sum();
    let theirs = fs::read_to_string("/proc/fs/nfsd/threads")?;
    assert_eq!(theirs.trim(), ours.to_string());
    Ok(())
}
