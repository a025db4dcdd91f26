//! Open vSwitch beside `ovs-dpctl`, both ways round.

use crate::modules::{Result, index, listen, open};
use nlsock::{Conn, Errno, Event};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::codec::IndexedSets;
use nlwire::generic::openvswitch::ct_limit::{
    CtLimit, DeleteLimits, GetLimits, SetLimits, ZoneLimit,
};
use nlwire::generic::openvswitch::datapath::{
    self, Datapath, DatapathAttr, DeleteDatapath, GetDatapath, GetDatapaths, NewDatapath,
    OVS_DATAPATH_MCGROUP, SetDatapath, UserFeatures,
};
use nlwire::generic::openvswitch::flow::{
    ActionAttr, CtAction, CtActionAttr, DeleteFlow, EthernetKey, Flow, FlowAttr, FlowRow, GetFlow,
    GetFlows, Ipv4Key, Key, KeyAttr, NewFlow, PortsKey, PushVlan, SetFlow,
};
use nlwire::generic::openvswitch::meter::{
    Band, BandAttr, BandType, DeleteMeter, GetMeter, GetMeterFeatures, Meter, MeterAttr, SetMeter,
};
use nlwire::generic::openvswitch::vport::{
    DeleteVport, GetVport, GetVports, NewVport, Vport, VportAttr, VportType,
};
use nlwire::{LinkIndex, Writer, fields};
use std::net::Ipv4Addr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "openvswitch::datapaths_and_ports_both_ways_round",
        needs: &[Need::Root],
        run: datapaths_and_ports_both_ways_round,
    },
    Test {
        name: "openvswitch::flows_both_ways_round",
        needs: &[Need::Root],
        run: flows_both_ways_round,
    },
    Test {
        name: "openvswitch::meters_are_set_and_read",
        needs: &[Need::Root],
        run: meters_are_set_and_read,
    },
    Test {
        name: "openvswitch::limits_of_connections_both_ways_round",
        needs: &[Need::Root],
        run: limits_of_connections_both_ways_round,
    },
];

/// Runs `ovs-dpctl`, whose arguments may have spaces.
fn dpctl(arguments: &[&str]) -> Result<String> {
    Ok(run("ovs-dpctl", arguments)?)
}

/// Creates a datapath without upcalls, and returns its index.
fn datapath(conn: &mut Conn, name: &str) -> Result<LinkIndex> {
    conn.execute(NewDatapath::by_name(name).with(&[DatapathAttr::UpcallPort(0)]))?;
    index(name)
}

/// A datapath as `ovs-dpctl show` has it.
fn shown(conn: &mut Conn, link: LinkIndex) -> Result<String> {
    let row = conn.get(GetDatapath::by_index(link))?;
    let found = fields!(row.attributes => Datapath {
        name, stats, megaflow_stats, masks_cache_size
    })?;
    let (stats, masks) = (
        found.stats.ok_or("no statistics")?,
        found.megaflow_stats.ok_or("no statistics of masks")?,
    );
    let mut text = format!(
        "system@{}:\n  lookups: hit:{} missed:{} lost:{}\n  flows: {}\n  masks: hit:{} total:{} hit/pkt:0.00\n",
        found.name.ok_or("no name")?,
        stats.hits,
        stats.missed,
        stats.lost,
        stats.flows,
        masks.mask_hits,
        masks.masks,
    );
    if let Some(size) = found.masks_cache_size {
        text += &format!("  caches:\n    masks-cache: size:{size}\n");
    }
    let mut ports = Vec::new();
    for row in &conn.list(GetVports::of(link))? {
        let found = fields!(row.attributes => Vport { number, name, kind, stats, link })?;
        assert!(found.stats.is_some() && found.link.is_some());
        let kind = match found.kind {
            Some(VportType::LINK) => String::new(),
            kind => format!(" ({})", kind.ok_or("no type")?),
        };
        let number = found.number.ok_or("no number")?;
        ports.push((
            number,
            format!("  port {number}: {}{kind}\n", found.name.ok_or("no name")?),
        ));
    }
    ports.sort();
    text.extend(ports.into_iter().map(|(_, port)| port));
    Ok(text)
}

fn datapaths_and_ports_both_ways_round() -> Outcome {
    let mut conn = open("ovs_datapath", "openvswitch", &["ovs-dpctl"])?;
    let mut events = listen(&mut conn, "ovs_datapath", OVS_DATAPATH_MCGROUP)?;
    ip(&[
        "link", "add", "left", "type", "veth", "peer", "name", "right",
    ])?;
    // Ours, seen by ovs-dpctl.
    let ours = datapath(&mut conn, "dp0")?;
    let Some(Event::Item(event)) = events.next()? else {
        return Err("a loss, or nothing".into());
    };
    let datapath::Change::New(row) = datapath::Change::of(event.message()) else {
        return Err(format!("{:?}", datapath::Change::of(event.message())).into());
    };
    let name = fields!(row.attributes => Datapath { name })?.name;
    assert_eq!(name, Some("dp0".into()));
    let no_upcalls = [0.into()];
    let ports = [VportAttr::UpcallPorts(&no_upcalls)];
    conn.execute(NewVport::of(ours, "left", VportType::LINK).with(&ports))?;
    conn.execute(NewVport::of(ours, "inside", VportType::INTERNAL).with(&ports))?;
    assert_eq!(shown(&mut conn, ours)?, dpctl(&["show", "dp0"])?);
    // Theirs, seen by us.
    dpctl(&["add-if", "dp0", "right"])?;
    dpctl(&["add-dp", "dp1"])?;
    let theirs = index("dp1")?;
    assert_eq!(shown(&mut conn, ours)?, dpctl(&["show", "dp0"])?);
    assert_eq!(shown(&mut conn, theirs)?, dpctl(&["show", "dp1"])?);
    let names: Result<Vec<_>> = conn
        .list(GetDatapaths::all())?
        .iter()
        .map(|row| {
            let name = fields!(row.attributes => Datapath { name })?.name;
            Ok(name.ok_or("no name")?.to_string())
        })
        .collect();
    let mut names = names?;
    names.sort();
    assert_eq!(names, ["dp0", "dp1"]);
    let row = conn.get(GetVport::by_name("right"))?;
    let found = fields!(row.attributes => Vport { number, upcall_ports })?;
    let number = found.number.ok_or("no number")?;
    // A change.
    let features = UserFeatures::UNALIGNED | UserFeatures::VPORT_PIDS;
    conn.execute(SetDatapath::by_index(ours).with(&[DatapathAttr::UserFeatures(features)]))?;
    let row = conn.get(GetDatapath::by_name("dp0"))?;
    let found = fields!(row.attributes => Datapath { user_features })?.user_features;
    assert_eq!(found, Some(features));
    // Deletions.
    conn.execute(DeleteVport::of(ours, number))?;
    conn.execute(DeleteVport::of(ours, number).if_there())?;
    let error = conn.execute(DeleteVport::of(ours, number)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENODEV), "{error}");
    dpctl(&["del-if", "dp0", "left"])?;
    assert_eq!(shown(&mut conn, ours)?, dpctl(&["show", "dp0"])?);
    conn.execute(DeleteDatapath::by_name("dp1"))?;
    conn.execute(DeleteDatapath::by_name("dp1").if_there())?;
    conn.execute(DeleteDatapath::by_index(theirs).if_there())?;
    let error = conn.execute(DeleteDatapath::by_name("dp1")).unwrap_err();
    assert!(error.to_string().contains("OVS_DP_CMD_DEL"), "{error}");
    dpctl(&["del-dp", "dp0"])?;
    assert!(conn.list(GetDatapaths::all())?.is_empty());
    Ok(())
}

/// Key of TCP packets over IPv4 to a port, and its mask.
fn tcp_to(port: u16) -> ([KeyAttr<'static>; 6], [KeyAttr<'static>; 6]) {
    const NO_ADDRESSES: &EthernetKey = &EthernetKey {
        source: [0; 6],
        destination: [0; 6],
    };
    const TO: &Ipv4Key = &Ipv4Key {
        source: [0; 4],
        destination: [192, 0, 2, 0],
        protocol: 6,
        tos: 0,
        ttl: 0,
        fragment: 0,
    };
    const MASK: &Ipv4Key = &Ipv4Key {
        source: [0; 4],
        destination: [255, 255, 255, 0],
        protocol: 255,
        tos: 0,
        ttl: 0,
        fragment: 255,
    };
    let ports = |destination: u16| -> &'static PortsKey {
        Box::leak(Box::new(PortsKey {
            source: 0.into(),
            destination: destination.into(),
        }))
    };
    let key = [
        KeyAttr::InPort(1),
        KeyAttr::Ethernet(NO_ADDRESSES),
        KeyAttr::EtherType(0x800),
        KeyAttr::Ipv4(TO),
        KeyAttr::Tcp(ports(port)),
        // The kernel asks for them beside the ports.
        KeyAttr::TcpFlags(0),
    ];
    let mask = [
        KeyAttr::InPort(u32::MAX),
        KeyAttr::Ethernet(NO_ADDRESSES),
        KeyAttr::EtherType(u16::MAX),
        KeyAttr::Ipv4(MASK),
        KeyAttr::Tcp(ports(u16::MAX)),
        KeyAttr::TcpFlags(0),
    ];
    (key, mask)
}

/// Writes `name=value`, or with a mask that is not of ones `name=value/mask`;
/// nothing for a mask of zeros.
fn masked<T: PartialEq + ToString>(name: &str, value: T, mask: T, none: T, all: T) -> String {
    match mask {
        mask if mask == none => String::new(),
        mask if mask == all => format!("{name}={},", value.to_string()),
        mask => format!("{name}={}/{},", value.to_string(), mask.to_string()),
    }
}

/// A flow in the words of `ovs-dpctl dump-flows`, as far as these tests go.
fn flow(row: &FlowRow<'_>) -> Result<String> {
    let found = fields!(row.attributes => Flow { key, mask, actions, stats, used })?;
    let key = fields!(found.key.ok_or("no key")? => Key { in_port, ether_type, ipv4, tcp })?;
    let mask = fields!(found.mask.ok_or("no mask")? => Key { in_port, ipv4, tcp })?;
    assert_eq!(mask.in_port, Some(u32::MAX));
    let mut text = format!(
        "in_port({}),eth(),eth_type({:#06x})",
        key.in_port.ok_or("no port")?,
        key.ether_type.ok_or("no protocol")?
    );
    if let (Some(value), Some(mask)) = (key.ipv4, mask.ipv4) {
        let all = Ipv4Addr::BROADCAST;
        let none = Ipv4Addr::UNSPECIFIED;
        let address = |name, value: [u8; 4], mask: [u8; 4]| {
            masked(name, Ipv4Addr::from(value), mask.into(), none, all)
        };
        let fields = [
            address("src", value.source, mask.source),
            address("dst", value.destination, mask.destination),
            masked("proto", value.protocol, mask.protocol, 0, 255),
            masked(
                "frag",
                "no",
                if mask.fragment == 255 { "" } else { "0" },
                "0",
                "",
            ),
        ]
        .concat();
        text += &format!(",ipv4({})", fields.trim_end_matches(','));
    }
    if let (Some(value), Some(mask)) = (key.tcp, mask.tcp) {
        let port = |name, value: u16, mask: u16| masked(name, value, mask, 0, u16::MAX);
        let fields = [
            port("src", value.source.get(), mask.source.get()),
            port("dst", value.destination.get(), mask.destination.get()),
        ]
        .concat();
        text += &format!(",tcp({})", fields.trim_end_matches(','));
    }
    // Both are absent while no packet has matched the flow.
    assert_eq!((found.stats, found.used), (None, None));
    text += ", packets:0, bytes:0, used:never, actions:";
    let mut actions = Vec::new();
    for action in found.actions.ok_or("no actions")?.iter() {
        actions.push(match action?.1? {
            ActionAttr::Output(port) => port.to_string(),
            ActionAttr::PushVlan(tag) => {
                let tag = tag.tag.get();
                format!("push_vlan(vid={},pcp={})", tag & 0xfff, tag >> 13)
            }
            ActionAttr::Recirculate(id) => format!("recirc({id:#x})"),
            ActionAttr::Meter(id) => format!("meter({id})"),
            ActionAttr::Ct(ct) => {
                let ct = fields!(ct.set().ok_or("no set")? => CtAction { commit, zone })?;
                let commit = ct.commit.map_or("", |_| "commit,");
                format!("ct({commit}zone={})", ct.zone.ok_or("no zone")?)
            }
            other => return Err(format!("{other:?}").into()),
        });
    }
    let actions = actions.join(",");
    text += if actions.is_empty() { "drop" } else { &actions };
    Ok(text)
}

/// Fails unless ours are the flows of `ovs-dpctl`; returns them.
fn compare_flows(conn: &mut Conn, link: LinkIndex) -> Result<Vec<String>> {
    let list = conn.list(GetFlows::of(link))?;
    let ours: Result<Vec<_>> = list.iter().map(|row| flow(&row)).collect();
    let mut ours = ours?;
    let shown = dpctl(&["dump-flows", "dp0"])?;
    let mut theirs: Vec<_> = shown.lines().map(str::trim).collect();
    ours.sort();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
    Ok(ours)
}

fn flows_both_ways_round() -> Outcome {
    let mut conn = open("ovs_datapath", "openvswitch", &["ovs-dpctl"])?;
    let dp = datapath(&mut conn, "dp0")?;
    for name in ["one", "two"] {
        let no_upcalls = [0.into()];
        let ports = [VportAttr::UpcallPorts(&no_upcalls)];
        conn.execute(NewVport::of(dp, name, VportType::INTERNAL).with(&ports))?;
    }
    // Ours, seen by ovs-dpctl.
    let (key, mask) = tcp_to(80);
    let tag = PushVlan {
        protocol: 0x8100.into(),
        tag: (2 << 13 | 0x1000 | 5).into(),
    };
    let actions = [ActionAttr::PushVlan(&tag), ActionAttr::Output(2)];
    let attributes = [
        FlowAttr::Key((&key).into()),
        FlowAttr::Mask((&mask).into()),
        FlowAttr::Actions((&actions).into()),
    ];
    conn.execute(NewFlow::of(dp).with(&attributes))?;
    // A second time the kernel changes it.
    conn.execute(NewFlow::of(dp).with(&attributes))?;
    let flows = compare_flows(&mut conn, dp)?;
    let expected = "in_port(1),eth(),eth_type(0x0800),ipv4(dst=192.0.2.0/255.255.255.0,proto=6,frag=no),\
                    tcp(dst=80), packets:0, bytes:0, used:never, actions:push_vlan(vid=5,pcp=2),2";
    assert_eq!(flows, [expected]);
    // Theirs, seen by us.
    let key_text = "in_port(2),eth(),eth_type(0x0800),ipv4(src=10.0.0.0/255.0.0.0,frag=no)";
    dpctl(&["add-flow", "dp0", key_text, "ct(commit,zone=7),recirc(9)"])?;
    dpctl(&[
        "add-flow",
        "dp0",
        "in_port(1),eth(),eth_type(0x0800),ipv4(proto=47,frag=no)",
        "2",
    ])?;
    assert_eq!(compare_flows(&mut conn, dp)?.len(), 3);
    // A change, and one flow.
    let ct = [CtActionAttr::Zone(3)];
    let actions = [ActionAttr::Ct((&ct).into()), ActionAttr::Recirculate(4)];
    let change = [
        FlowAttr::Key((&key).into()),
        FlowAttr::Mask((&mask).into()),
        FlowAttr::Actions((&actions).into()),
    ];
    conn.execute(SetFlow::of(dp).with(&change))?;
    let named = [FlowAttr::Key((&key).into())];
    let row = conn.get(GetFlow::of(dp).with(&named))?;
    assert!(
        flow(&row)?.ends_with("actions:ct(zone=3),recirc(0x4)"),
        "{}",
        flow(&row)?
    );
    compare_flows(&mut conn, dp)?;
    // By an identifier.
    let (key, mask) = tcp_to(443);
    let identifier = [7; 16];
    let drop: [ActionAttr<'_>; 0] = [];
    let attributes = [
        FlowAttr::Key((&key).into()),
        FlowAttr::Mask((&mask).into()),
        FlowAttr::Actions((&drop).into()),
        FlowAttr::Identifier(&identifier),
    ];
    conn.execute(NewFlow::of(dp).with(&attributes))?;
    let named = [FlowAttr::Identifier(&identifier)];
    let row = conn.get(GetFlow::of(dp).with(&named))?;
    let found = fields!(row.attributes => Flow { identifier })?.identifier;
    assert_eq!(found, Some(&identifier[..]));
    conn.execute(DeleteFlow::of(dp).with(&named))?;
    conn.execute(DeleteFlow::of(dp).with(&named).if_there())?;
    let error = conn.execute(DeleteFlow::of(dp).with(&named)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    dpctl(&["del-flow", "dp0", key_text])?;
    assert_eq!(compare_flows(&mut conn, dp)?.len(), 2);
    conn.execute(DeleteFlow::of(dp))?;
    assert!(compare_flows(&mut conn, dp)?.is_empty());
    Ok(())
}

fn meters_are_set_and_read() -> Outcome {
    let mut conn = open("ovs_datapath", "openvswitch", &["ovs-dpctl"])?;
    let dp = datapath(&mut conn, "dp0")?;
    let row = conn.get(GetMeterFeatures::of(dp))?;
    let found = fields!(row.attributes => Meter { max_meters, max_bands })?;
    assert!(found.max_meters > Some(0) && found.max_bands > Some(0));
    let band = [
        BandAttr::Kind(BandType::DROP),
        BandAttr::Rate(1000),
        BandAttr::Burst(2000),
    ];
    let mut room = [0; 64];
    let bands = Writer::attributes(&mut room, |w| w.nest(0, |w| w.put(&band[..])))?;
    conn.execute(SetMeter::of(dp, 5).with(&[
        MeterAttr::Kilobits(true),
        MeterAttr::Bands(IndexedSets::of(bands)),
    ]))?;
    // The kernel answers with the meter, and with the statistics of bands.
    let row = conn.get(GetMeter::of(dp, 5))?;
    let found = fields!(row.attributes => Meter { id, stats, bands, kilobits })?;
    assert_eq!(found.id, Some(5));
    assert_eq!(found.stats.map(|stats| stats.packets.get()), Some(0));
    let mut count = 0;
    for band in found.bands.ok_or("no bands")?.iter() {
        let stats = fields!(band?.1 => Band { stats })?.stats;
        assert_eq!(stats.map(|stats| stats.packets.get()), Some(0));
        count += 1;
    }
    assert_eq!(count, 1);
    // A flow by it, seen by ovs-dpctl.
    let (key, mask) = tcp_to(80);
    let actions = [ActionAttr::Meter(5), ActionAttr::Output(0)];
    let attributes = [
        FlowAttr::Key((&key).into()),
        FlowAttr::Mask((&mask).into()),
        FlowAttr::Actions((&actions).into()),
    ];
    conn.execute(NewFlow::of(dp).with(&attributes))?;
    assert!(compare_flows(&mut conn, dp)?[0].ends_with("actions:meter(5),0"));
    conn.execute(DeleteMeter::of(dp, 5))?;
    let error = conn.get(GetMeter::of(dp, 5)).map(|_| ()).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    // The kernel does not mind one that is not there.
    conn.execute(DeleteMeter::of(dp, 5))?;
    Ok(())
}

/// The limits in the words of `ovs-dpctl ct-get-limits`.
fn limits(conn: &mut Conn, link: LinkIndex) -> Result<String> {
    let row = conn.get(GetLimits::of(link))?;
    let limits = fields!(row.attributes => CtLimit { limits })?.limits;
    let mut text = String::new();
    for limit in limits.ok_or("no limits")? {
        text += &match limit.zone.get() {
            -1 => format!("default limit={}\n", limit.limit),
            zone => format!("zone={zone},limit={},count={}\n", limit.limit, limit.count),
        };
    }
    Ok(text)
}

fn limits_of_connections_both_ways_round() -> Outcome {
    let mut conn = open("ovs_datapath", "openvswitch", &["ovs-dpctl"])?;
    let dp = datapath(&mut conn, "dp0")?;
    let limit = |zone: i32, limit: u32| ZoneLimit {
        zone: zone.into(),
        limit: limit.into(),
        count: 0.into(),
    };
    conn.execute(SetLimits::of(dp, &[limit(-1, 100), limit(3, 5)]))?;
    assert_eq!(limits(&mut conn, dp)?, dpctl(&["ct-get-limits", "dp0"])?);
    assert_eq!(
        limits(&mut conn, dp)?,
        "default limit=100\nzone=3,limit=5,count=0\n"
    );
    dpctl(&["ct-set-limits", "dp0", "zone=4,limit=6"])?;
    assert!(limits(&mut conn, dp)?.contains("zone=4,limit=6,count=0\n"));
    assert_eq!(limits(&mut conn, dp)?, dpctl(&["ct-get-limits", "dp0"])?);
    conn.execute(DeleteLimits::of(dp, &[limit(3, 0)]))?;
    dpctl(&["ct-del-limits", "dp0", "zone=4"])?;
    assert_eq!(limits(&mut conn, dp)?, "default limit=100\n");
    Ok(())
}
