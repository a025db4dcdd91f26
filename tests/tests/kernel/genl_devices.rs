//! Families of devices: team, nbd, batadv and gtp.

use crate::modules::{Result, index, listen, open, open_in_machine, wait_until, words};
use nlsock::{Conn, Errno, Event};
use nltests::{Missing, Need, Outcome, Test, in_namespace, ip, machine_namespace, run};
use nlwire::generic::batadv::{
    self, BATADV_NL_MCAST_GROUP_CONFIG, Batadv, BatadvAttr, GatewayMode, GetAlgorithms,
    GetHardLink, GetHardLinks, GetLocalClients, GetMesh, GetOriginators, SetHardLink, SetMesh,
};
use nlwire::generic::gtp::{
    DeleteContext, GetContext, GetContexts, Gtp, GtpAttr, GtpVersion, NewContext,
};
use nlwire::generic::nbd::{
    ConnectDevice, DisconnectDevice, GetStatus, Nbd, NbdAttr, NbdDevice, NbdDevices, NbdSocketAttr,
    NbdSocketsAttr, ServerFlags,
};
use nlwire::generic::team::{
    self, GetOptions, GetPorts, OptionList, OptionListAttr, PortList, SetOptions,
    TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME, Team, TeamAttr, TeamOption, TeamOptionAttr, TeamOptionType,
    TeamPort,
};
use nlwire::{LinkIndex, fields};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::AsRawFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Child, Command};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl_devices::teams_both_ways_round",
        needs: &[Need::Root],
        run: teams_both_ways_round,
    },
    Test {
        name: "genl_devices::block_devices_both_ways_round",
        needs: &[Need::Root],
        run: block_devices_both_ways_round,
    },
    Test {
        name: "genl_devices::meshes_both_ways_round",
        needs: &[Need::Root],
        run: meshes_both_ways_round,
    },
    Test {
        name: "genl_devices::contexts_of_gtp_are_made_and_read",
        needs: &[Need::Root],
        run: contexts_of_gtp_are_made_and_read,
    },
];

/// Program that ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Nothing is lost if it has ended before.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The options of a team by name and port, as `teamnl` prints their values.
fn options(conn: &mut Conn, team: LinkIndex) -> Result<BTreeSet<String>> {
    let mut options = BTreeSet::new();
    for row in &conn.list(GetOptions::of_link(team))? {
        let found = fields!(row.attributes => Team { link, options })?;
        assert_eq!(found.link, Some(team));
        let list = fields!(found.options.ok_or("no options")? => OptionList { option })?;
        for option in list.option.into_iter().flatten() {
            let found = fields!(option? => TeamOption { name, kind, data, port, index })?;
            let data = found.data.unwrap_or_default();
            let number = || data.first_chunk().map(|data| u32::from_ne_bytes(*data));
            let value = match found.kind {
                Some(TeamOptionType::STRING) => String::from_utf8_lossy(data)
                    .trim_end_matches('\0')
                    .to_owned(),
                // A flag is set if it has data of any length.
                Some(TeamOptionType::FLAG) => found.data.is_some().to_string(),
                Some(TeamOptionType::U32) => number().ok_or("no number")?.to_string(),
                Some(TeamOptionType::S32) => number().ok_or("no number")?.cast_signed().to_string(),
                _ => continue,
            };
            let name = found.name.ok_or("no name")?;
            let port = match found.port {
                Some(port) => format!(" (port:{port})"),
                None => String::new(),
            };
            options.insert(format!("{name}{port} {value}"));
        }
    }
    Ok(options)
}

/// Fails unless the options are those of `teamnl team0 options`.
fn compare_options(conn: &mut Conn, team: LinkIndex) -> Outcome {
    let shown = words("teamnl team0 options")?;
    let names = ["d0", "d1"].map(|name| Ok((name, index(name)?)));
    let [d0, d1]: [Result<(&str, LinkIndex)>; 2] = names;
    let (d0, d1) = (d0?, d1?);
    let theirs: BTreeSet<_> = shown
        .lines()
        .map(|line| {
            let mut line = line.trim().to_owned();
            for (name, index) in [d0, d1] {
                line = line.replace(&format!("(port:{name})"), &format!("(port:{index})"));
            }
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|line| !line.contains('\\') && !line.starts_with("bpf_hash_func"))
        .collect();
    let ours = options(conn, team)?;
    for line in &theirs {
        assert!(ours.contains(line), "{line}: {ours:?}");
    }
    assert!(ours.len() >= 5, "{ours:?}");
    Ok(())
}

fn teams_both_ways_round() -> Outcome {
    let mut conn = open("team", "team", &["teamd", "teamnl"])?;
    for name in ["d0", "d1"] {
        ip(&["link", "add", name, "type", "dummy"])?;
    }
    let config = r#"{"device":"team0","runner":{"name":"activebackup"},
        "link_watch":{"name":"ethtool"},"ports":{"d0":{},"d1":{}}}"#;
    let teamd = Command::new("teamd").args(["-c", config]).spawn()?;
    let _teamd = Running(teamd);
    wait_until(|| Ok(words("teamnl team0 ports").is_ok_and(|ports| ports.lines().count() == 2)))?;
    let team = index("team0")?;
    let (d0, d1) = (index("d0")?, index("d1")?);
    let mut events = listen(&mut conn, "team", TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME)?;
    // Theirs, seen by us.
    let mut ports = Vec::new();
    for row in &conn.list(GetPorts::of_link(team))? {
        let found = fields!(row.attributes => Team { ports })?;
        let list = fields!(found.ports.ok_or("no ports")? => PortList { port })?;
        for port in list.port.into_iter().flatten() {
            let found = fields!(port? => TeamPort { link, speed, duplex })?;
            assert!(found.speed.is_some() && found.duplex.is_some());
            ports.extend(found.link);
        }
    }
    ports.sort();
    assert_eq!(ports, [d0, d1]);
    compare_options(&mut conn, team)?;
    assert!(options(&mut conn, team)?.contains("mode activebackup"));
    // Ours, seen by teamnl.
    let option = |name, kind, data| {
        [
            TeamOptionAttr::Name(name),
            TeamOptionAttr::Kind(kind),
            TeamOptionAttr::Data(data),
        ]
    };
    let data = 7_u32.to_ne_bytes();
    let count = option("notify_peers_count".into(), TeamOptionType::U32, &data);
    let list = [OptionListAttr::Option((&count).into())];
    conn.execute(SetOptions::of_link(team).with(&[TeamAttr::Options((&list).into())]))?;
    assert_eq!(
        words("teamnl team0 getoption notify_peers_count")?.trim(),
        "7"
    );
    let of_port = [
        TeamOptionAttr::Name("priority".into()),
        TeamOptionAttr::Kind(TeamOptionType::S32),
        TeamOptionAttr::Data(&data),
        TeamOptionAttr::Port(d1),
    ];
    let list = [OptionListAttr::Option((&of_port).into())];
    conn.execute(SetOptions::of_link(team).with(&[TeamAttr::Options((&list).into())]))?;
    assert_eq!(words("teamnl -p d1 team0 getoption priority")?.trim(), "7");
    // Changes by the other program are reported.
    words("teamnl team0 setoption mcast_rejoin_count 3")?;
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        let team::Change::Options(row) = team::Change::of(event.message()) else {
            continue;
        };
        let options = fields!(row.attributes => Team { options })?.options;
        let list = fields!(options.ok_or("no options")? => OptionList { option })?;
        let mut names = Vec::new();
        for option in list.option.into_iter().flatten() {
            let found = fields!(option? => TeamOption { name, changed })?;
            names.extend(found.changed.and(found.name).map(|name| name.to_string()));
        }
        if names.iter().any(|name| name == "mcast_rejoin_count") {
            break;
        }
    }
    compare_options(&mut conn, team)?;
    Ok(())
}

/// Number of each device, and true if it is connected.
fn connected(conn: &mut Conn) -> Result<Vec<(u32, bool)>> {
    let row = conn.get(GetStatus::all())?;
    let devices = fields!(row.attributes => Nbd { devices })?.devices;
    let list = fields!(devices.ok_or("no devices")? => NbdDevices { device })?;
    let mut found = Vec::new();
    for device in list.device.into_iter().flatten() {
        let device = fields!(device? => NbdDevice { index, connected })?;
        found.push((
            device.index.ok_or("no number")?,
            device.connected == Some(1),
        ));
    }
    Ok(found)
}

fn is_connected(conn: &mut Conn, index: u32) -> Result<bool> {
    Ok(connected(conn)?.contains(&(index, true)))
}

/// Block devices belong to the machine: one of ours is used, and of it the last
/// device, which programs take last.
fn block_devices_both_ways_round() -> Outcome {
    let mut conn = open_in_machine("nbd", "nbd", &["nbd-client"])?;
    let (last, is_used) = connected(&mut conn)?.into_iter().max().ok_or("no device")?;
    assert!(!is_used, "{last}");
    let device = format!("/dev/nbd{last}");
    let size = || -> Result<u64> {
        let text = fs::read_to_string(format!("/sys/block/nbd{last}/size"))?;
        Ok(text.trim().parse::<u64>()? * 512)
    };
    // Ours: a server that is never asked anything but to end.
    let (ours, server) = UnixStream::pair()?;
    let descriptor = u32::try_from(ours.as_raw_fd())?;
    let socket = [NbdSocketAttr::Descriptor(descriptor)];
    let sockets = [NbdSocketsAttr::Socket((&socket).into())];
    let row = conn.get(ConnectDevice::by_index(last).with(&[
        NbdAttr::Size(1 << 20),
        NbdAttr::BlockSize(4096),
        NbdAttr::ServerFlags(ServerFlags::HAS_FLAGS | ServerFlags::READ_ONLY),
        NbdAttr::Sockets((&sockets).into()),
    ]))?;
    assert_eq!(fields!(row.attributes => Nbd { index })?.index, Some(last));
    assert!(is_connected(&mut conn, last)?);
    assert_eq!(size()?, 1 << 20);
    run("nbd-client", &["-c", &device])?;
    conn.execute(DisconnectDevice::by_index(last))?;
    drop((ours, server));
    wait_until(|| Ok(!is_connected(&mut conn, last)?))?;
    assert!(run("nbd-client", &["-c", &device]).is_err());
    // A number that is not there.
    let error = conn.execute(DisconnectDevice::by_index(9999)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
    conn.execute(DisconnectDevice::by_index(9999).if_there())?;
    let row = conn.get(GetStatus::by_index(9999))?;
    let devices = fields!(row.attributes => Nbd { devices })?.devices;
    let list = fields!(devices.ok_or("no devices")? => NbdDevices { device })?;
    assert_eq!(list.device.into_iter().flatten().count(), 0);
    // Theirs, seen by us: nbd-client negotiates with a server of the test.
    let folder = std::env::temp_dir().join(format!("nbd-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let path = folder.join("socket");
    let listener = UnixListener::bind(&path)?;
    let server = std::thread::spawn(move || serve(&listener).map_err(|error| error.to_string()));
    let arguments = ["-unix", &path.display().to_string(), "-N", "disk", &device];
    in_namespace(machine_namespace()?, || run("nbd-client", &arguments))??;
    assert!(is_connected(&mut conn, last)?);
    assert_eq!(size()?, DISK);
    conn.execute(DisconnectDevice::by_index(last))?;
    wait_until(|| Ok(!is_connected(&mut conn, last)?))?;
    server.join().map_err(|_| "the server panicked")??;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Size of the server's disk in bytes.
const DISK: u64 = 2 << 20;

/// Serves a disk of zeros to one client, as `nbd-server` does with the fixed
/// newstyle negotiation.
fn serve(listener: &UnixListener) -> Outcome {
    let (mut client, _) = listener.accept()?;
    client.write_all(b"NBDMAGICIHAVEOPT\0\x03")?;
    let mut flags = [0; 4];
    client.read_exact(&mut flags)?;
    loop {
        let mut option = [0; 16];
        client.read_exact(&mut option)?;
        let [.., a, b, c, d, e, f, g, h] = option;
        let (kind, length) = ([a, b, c, d], u32::from_be_bytes([e, f, g, h]));
        std::io::copy(&mut (&mut client).take(length.into()), &mut std::io::sink())?;
        if kind == [0, 0, 0, 1] {
            break;
        }
        // Only NBD_OPT_EXPORT_NAME is supported.
        client.write_all(&0x0003_e889_0455_65a9_u64.to_be_bytes())?;
        client.write_all(&kind)?;
        client.write_all(&[0x80, 0, 0, 1, 0, 0, 0, 0])?;
    }
    client.write_all(&DISK.to_be_bytes())?;
    client.write_all(&[0, 1])?;
    if flags[3] & 2 == 0 {
        client.write_all(&[0; 124])?;
    }
    loop {
        let mut request = [0; 28];
        client.read_exact(&mut request)?;
        let (command, length) = (request[7], u32::from_be_bytes(request[24..].try_into()?));
        if command == 2 {
            return Ok(());
        }
        client.write_all(&[0x67, 0x44, 0x66, 0x98, 0, 0, 0, 0])?;
        client.write_all(&request[8..16])?;
        client.write_all(&vec![0; usize::try_from(length)?])?;
    }
}

fn meshes_both_ways_round() -> Outcome {
    let mut conn = open("batadv", "batman-adv", &["batctl"])?;
    ip(&[
        "link", "add", "left", "type", "veth", "peer", "name", "right",
    ])?;
    ip(&["link", "add", "bat0", "type", "batadv"])?;
    ip(&["link", "set", "left", "master", "bat0"])?;
    for name in ["left", "right", "bat0"] {
        ip(&["link", "set", name, "up"])?;
    }
    let (mesh, left) = (index("bat0")?, index("left")?);
    let mut events = listen(&mut conn, "batadv", BATADV_NL_MCAST_GROUP_CONFIG)?;
    compare_mesh(&mut conn, mesh)?;
    // Ours, seen by batctl.
    conn.execute(SetMesh::of_mesh(mesh).with(&[
        BatadvAttr::OriginatorInterval(2000),
        BatadvAttr::GatewayMode(GatewayMode::SERVER),
        BatadvAttr::GatewayDown(200),
        BatadvAttr::GatewayUp(50),
    ]))?;
    assert_eq!(words("batctl meshif bat0 orig_interval")?, "2000\n");
    assert!(words("batctl meshif bat0 gw_mode")?.starts_with("server"));
    conn.execute(SetHardLink::of_mesh(mesh, left).with(&[BatadvAttr::HopPenalty(9)]))?;
    assert_eq!(words("batctl hardif left hop_penalty")?, "9\n");
    compare_mesh(&mut conn, mesh)?;
    // Theirs, seen by us.
    words("batctl meshif bat0 bonding 1")?;
    words("batctl hardif left hop_penalty 12")?;
    compare_mesh(&mut conn, mesh)?;
    let row = conn.get(GetHardLink::of_mesh(mesh, left))?;
    let found = fields!(row.attributes => Batadv { hop_penalty, hard_link_name, active })?;
    assert_eq!((found.hop_penalty, found.active), (Some(12), Some(true)));
    assert_eq!(found.hard_link_name, Some("left".into()));
    assert_eq!(conn.list(GetHardLinks::of_mesh(mesh))?.len(), 1);
    // All four changes are reported in their order.
    let mut told = Vec::new();
    while told.len() < 4 {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        told.extend(match batadv::Change::of(event.message()) {
            batadv::Change::Mesh(_) => Some("mesh"),
            batadv::Change::HardLink(_) => Some("link"),
            _ => None,
        });
    }
    assert_eq!(told, ["mesh", "link", "mesh", "link"]);
    // Tables.
    let mut clients = Vec::new();
    for row in &conn.list(GetLocalClients::of_mesh(mesh))? {
        let found = fields!(row.attributes => Batadv { client, client_flags, table_crc })?;
        clients.push((
            found.client.ok_or("no address")?.to_vec(),
            u64::from(found.client_flags.unwrap_or_default().bits()),
            u64::from(found.table_crc.unwrap_or_default()),
        ));
    }
    let theirs: Value = serde_json::from_str(&words("batctl meshif bat0 transtable_local_json")?)?;
    let theirs = theirs.as_array().ok_or("no array")?;
    assert!(
        !clients.is_empty() && clients.len() == theirs.len(),
        "{theirs:?}"
    );
    for row in theirs {
        let address: std::result::Result<Vec<_>, _> = row["tt_address"]
            .as_str()
            .ok_or("no address")?
            .split(':')
            .map(|byte| u8::from_str_radix(byte, 16))
            .collect();
        let flags = row["tt_flags"]["raw"].as_u64().ok_or("no flags")?;
        let crc = row["tt_crc32"].as_u64().ok_or("no CRC")?;
        assert!(
            clients.contains(&(address?, flags, crc)),
            "{row} {clients:?}"
        );
    }
    assert!(conn.list(GetOriginators::of_mesh(mesh))?.is_empty());
    let mut algorithms = Vec::new();
    for row in &conn.list(GetAlgorithms::all())? {
        let found = fields!(row.attributes => Batadv { algorithm })?.algorithm;
        algorithms.push(found.ok_or("no name")?.to_string());
    }
    assert!(
        algorithms.contains(&"BATMAN_IV".to_owned()),
        "{algorithms:?}"
    );
    Ok(())
}

/// Fails unless the settings are those of `batctl meshif bat0 mesh_json`.
fn compare_mesh(conn: &mut Conn, mesh: LinkIndex) -> Outcome {
    let theirs: Value = serde_json::from_str(&words("batctl meshif bat0 mesh_json")?)?;
    let row = conn.get(GetMesh::of_mesh(mesh))?;
    let found = fields!(row.attributes => Batadv {
        algorithm, mesh, mesh_name, aggregated_ogms, bonding, gateway_down, gateway_up,
        gateway_mode, hop_penalty, originator_interval, table_version
    })?;
    let text = |name: &str| theirs[name].as_str().map(str::to_owned);
    assert_eq!(
        found.algorithm.map(|text| text.to_string()),
        text("algo_name")
    );
    assert_eq!(
        found.mesh_name.map(|text| text.to_string()),
        text("mesh_ifname")
    );
    assert_eq!(
        found.gateway_mode.map(|mode| mode.to_string()),
        text("gw_mode")
    );
    for (ours, name) in [
        (found.mesh.map(LinkIndex::get), "mesh_ifindex"),
        (found.gateway_down, "gw_bandwidth_down"),
        (found.gateway_up, "gw_bandwidth_up"),
        (found.hop_penalty.map(u32::from), "hop_penalty"),
        (found.originator_interval, "orig_interval"),
        (found.table_version.map(u32::from), "tt_ttvn"),
    ] {
        assert_eq!(
            ours.map(u64::from),
            theirs[name].as_u64(),
            "{name}: {theirs}"
        );
    }
    for (ours, name) in [
        (found.aggregated_ogms, "aggregated_ogms_enabled"),
        (found.bonding, "bonding_enabled"),
    ] {
        assert_eq!(
            ours.map(|value| value == 1),
            theirs[name].as_bool(),
            "{name}: {theirs}"
        );
    }
    Ok(())
}

/// Debian has no program that sets contexts: ours are read by us.
fn contexts_of_gtp_are_made_and_read() -> Outcome {
    let mut conn = open("gtp", "gtp", &["ip"])?;
    ip(&["link", "set", "lo", "up"])?;
    if run(
        "ip",
        &["link", "add", "gtp0", "type", "gtp", "role", "sgsn"],
    )
    .is_err()
    {
        return Err(Missing("kernel: links of gtp without sockets of a program".into()).into());
    }
    let link = index("gtp0")?;
    let peer = IpAddr::from(Ipv4Addr::LOCALHOST);
    let station = IpAddr::from(Ipv4Addr::new(10, 0, 0, 7));
    let attributes = [GtpAttr::Peer(peer), GtpAttr::Station(station)];
    let new = NewContext::v1(link, 100, 200).with(&attributes);
    conn.execute(&new)?;
    let row = conn.get(GetContext::v1(link, 100))?;
    let found = fields!(row.attributes => Gtp {
        link, version, local_tunnel, remote_tunnel, peer, station
    })?;
    assert_eq!(
        (found.link, found.version),
        (Some(link), Some(GtpVersion::V1))
    );
    assert_eq!(
        (found.local_tunnel, found.remote_tunnel),
        (Some(100), Some(200))
    );
    assert_eq!((found.peer, found.station), (Some(peer), Some(station)));
    assert_eq!(conn.list(GetContexts::all())?.len(), 1);
    conn.execute(DeleteContext::v1(link, 100))?;
    conn.execute(DeleteContext::v1(link, 100).if_there())?;
    let error = conn.execute(DeleteContext::v1(link, 100)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    assert!(conn.list(GetContexts::all())?.is_empty());
    Ok(())
}
