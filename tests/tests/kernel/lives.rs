//! Life of an object: ours creates, changes and deletes it, the other program
//! changes it and ours reads that, and listeners receive each event.

use nlsock::{Conn, Errno, Error, ErrorKind, Protocol};
use nltests::{Message, Missing, Need, Network, Outcome, Session, Test, ip, run};
use nlwire::route::{
    AddressRow, BridgePort, BridgePortAttr, DeleteAddress, DeleteClass, DeleteLink, DeleteNextHop,
    DeleteQdisc, DeleteRoute, GetAddresses, GetLink, GetLinks, GetNextHops, GetQdiscs, GetRoutes,
    Handle, IFLA_INFO_SLAVE_DATA, IFLA_LINKINFO, Link, LinkHeader, LinkInfo, LinkInfoAttr, LinkRow,
    NewAddress, NewClass, NewLink, NewNextHop, NewQdisc, NewRoute, PortData, RTM_DELADDR,
    RTM_DELLINK, RTM_DELNEXTHOP, RTM_DELQDISC, RTM_DELROUTE, RTM_DELTCLASS, RTM_NEWADDR,
    RTM_NEWLINK, RTM_NEWNEXTHOP, RTM_NEWQDISC, RTM_NEWROUTE, RTM_NEWTCLASS, RTNLGRP_IPV4_IFADDR,
    RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK, RTNLGRP_NEXTHOP, RTNLGRP_TC, Rate, SetLink,
};
use nlwire::{LinkIndex, MessageRef, NewFlags, Query as _, fields};
use serde_json::Value;
use std::error::Error as StdError;
use std::net::IpAddr;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    link("lives::bridge", || a_link("bridge")),
    link("lives::bridge_port", a_bridge_port),
    link("lives::veth", || a_link("veth")),
    link("lives::ifb", || a_link("ifb")),
    link("lives::tun", || a_link("tun")),
    link("lives::vlan", || a_link("vlan")),
    link("lives::dummy", || a_link("dummy")),
    link("lives::address", an_address),
    link("lives::route", a_route),
    link("lives::next_hop", a_next_hop),
    qdisc("lives::tbf", || a_qdisc("tbf")),
    qdisc("lives::ingress", || a_qdisc("ingress")),
    qdisc("lives::fq_codel", || a_qdisc("fq_codel")),
    qdisc("lives::htb", an_htb),
];

const fn link(name: &'static str, run: fn() -> Outcome) -> Test {
    Test {
        name,
        needs: &[Need::Namespace, Need::Program("ip")],
        run,
    }
}

const fn qdisc(name: &'static str, run: fn() -> Outcome) -> Test {
    Test {
        name,
        needs: &[Need::Namespace, Need::Program("tc")],
        run,
    }
}

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

/// Says what the kernel was built without, where that is why it refused.
fn lacks<T>(done: Result<T, Error>, what: &str) -> Result<T, Box<dyn StdError>> {
    match done {
        Err(error) => match error.kind() {
            ErrorKind::Refused(Errno::EOPNOTSUPP | Errno::ENOENT) => {
                Err(Missing(format!("kernel: {what}")).into())
            }
            _ => Err(error.into()),
        },
        Ok(done) => Ok(done),
    }
}

fn a_link(kind: &str) -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_LINK])?;
    let mut network = Network::open()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let made = match kind {
        // The kernel makes none over netlink.
        "tun" => run("ip", &words("tuntap add dev new0 mode tun")).map(|_| Ok(()))?,
        "veth" => network.add_veth("new0", "peer0").map(|_| ()),
        "vlan" => {
            let lower = network.add_link("lower0", "bridge")?;
            conn.execute(NewLink::vlan("new0", lower, 7)).map(|_| ())
        }
        _ => network.add_link("new0", kind).map(|_| ()),
    };
    lacks(made, &format!("links of kind {kind}"))?;
    let index = conn.get(GetLink::by_name("new0"))?.index();
    let (told, _) = wait_for_link(&mut events, index)?;
    assert_eq!(told.get().kind(), RTM_NEWLINK);

    conn.execute(SetLink::by_index(index).mtu(1300))?;
    let theirs = ip(&words("-details link show dev new0"))?;
    assert_eq!(theirs[0]["mtu"], 1300);
    assert_eq!(theirs[0]["linkinfo"]["info_kind"], kind);
    while wait_for_link(&mut events, index)?.1 != Some(1300) {}

    run("ip", &words("link set dev new0 mtu 1200"))?;
    let mut links = conn.query(GetLinks::all())?;
    let mut seen = None;
    while let Some(row) = links.next()? {
        if row.index() == index {
            seen = Some((row.name()?.map(|name| name.to_string()), row.mtu()?));
        }
    }
    assert_eq!(seen, Some((Some("new0".into()), Some(1200))));

    conn.execute(DeleteLink::by_index(index))?;
    let gone = conn.get(GetLink::by_name("new0")).unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    assert!(ip(&words("link show dev new0")).is_err());
    while wait_for_link(&mut events, index)?.0.get().kind() != RTM_DELLINK {}
    Ok(())
}

fn a_bridge_port() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_LINK])?;
    let mut network = Network::open()?;
    let bridge = network.add_link("br0", "bridge")?;
    let [port, _] = network.add_veth("port0", "peer0")?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    // The kernel reports no changes of settings while a link is down.
    conn.execute(SetLink::by_index(port).master(bridge).up())?;
    let header = LinkHeader {
        index: port.into(),
        ..LinkHeader::default()
    };
    network.change(RTM_NEWLINK, NewFlags::empty(), &header, |w| {
        w.nest(IFLA_LINKINFO, |w| {
            w.put(LinkInfoAttr::PortKind("bridge"))?
                .nest(IFLA_INFO_SLAVE_DATA, |w| w.put(BridgePortAttr::Cost(55)))
        })
    })?;
    let theirs = ip(&words("-details link show dev port0"))?;
    assert_eq!(theirs[0]["master"], "br0");
    assert_eq!(theirs[0]["linkinfo"]["info_slave_data"]["cost"], 55);
    run("ip", &words("link set dev port0 type bridge_slave cost 66"))?;
    let cost = |row: &LinkRow<'_>| {
        let info = fields!(row.attributes => Link { info }).ok()?.info?;
        let data = fields!(info => LinkInfo { port_data }).ok()?.port_data?;
        let PortData::Bridge(data) = data else {
            return None;
        };
        fields!(data => BridgePort { cost }).ok()?.cost
    };
    let mut links = conn.query(GetLinks::all())?;
    let mut costs = Vec::new();
    while let Some(row) = links.next()? {
        costs.extend(cost(&row));
    }
    assert_eq!(costs, [66]);
    conn.execute(SetLink::by_index(port).master(LinkIndex::NONE))?;
    assert!(ip(&words("link show dev port0"))?[0]["master"].is_null());

    // The group of links gets the same.
    let is_port = |link: LinkRow<'_>| link.index() == LinkIndex::new(port);
    let has_master = |link: LinkRow<'_>, master: Option<u32>| {
        is_port(link) && link.master() == Ok(master.map(LinkIndex::new))
    };
    events.wait_for(|event| has_master(LinkRow::of(event), Some(bridge)))?;
    events.wait_for(|event| {
        let link = LinkRow::of(event);
        is_port(link) && cost(&link) == Some(55)
    })?;
    events.wait_for(|event| event.kind() == RTM_NEWLINK && has_master(LinkRow::of(event), None))?;
    Ok(())
}

/// Returns the next event of a link, and the MTU in it.
fn wait_for_link(
    events: &mut Session,
    index: LinkIndex,
) -> Result<(Message, Option<u32>), Box<dyn StdError>> {
    let event = events.wait_for(|event| LinkRow::of(event).index() == index)?;
    let mtu = LinkRow::of(event.get()).mtu()?;
    Ok((event, mtu))
}

fn an_address() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_IPV4_IFADDR])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let ours = "192.0.2.1/24".parse()?;
    conn.execute(NewAddress::of(1, ours))?;
    let limited = NewAddress::of(1, ours)
        .valid_for(Duration::from_secs(1000))
        .preferred_for(Duration::from_secs(500));
    conn.execute(limited.replace())?;
    let theirs = ip(&words("address show dev lo"))?[0]["addr_info"][0].take();
    assert_eq!(theirs["local"], "192.0.2.1", "{theirs}");
    let left = |key: &str| theirs[key].as_u64().unwrap();
    assert!((990..=1000).contains(&left("valid_life_time")), "{theirs}");
    assert!(
        (490..=500).contains(&left("preferred_life_time")),
        "{theirs}"
    );

    run(
        "ip",
        &words("address change 192.0.2.1/24 dev lo valid_lft 2000 preferred_lft 50"),
    )?;
    let mut addresses = conn.query(GetAddresses::all())?;
    let row = addresses.next()?.unwrap();
    assert_eq!(row.prefix()?, ours);
    assert!((1990..=2000).contains(&row.valid_for()?.unwrap()));
    assert!(addresses.next()?.is_none());

    let is_new = |event: MessageRef<'_>, valid: fn(Option<u32>) -> bool| {
        event.kind() == RTM_NEWADDR && AddressRow::of(event).valid_for().is_ok_and(valid)
    };
    events.wait_for(|event| is_new(event, |valid| valid.is_none()))?;
    events.wait_for(|event| is_new(event, |valid| valid.is_some_and(|left| left <= 1000)))?;
    conn.execute(DeleteAddress::of(1, ours))?;
    events.wait_for(|event| event.kind() == RTM_DELADDR)?;
    Ok(())
}

fn a_route() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_IPV4_ROUTE])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.execute(SetLink::by_index(1).up())?;
    conn.execute(NewAddress::of(1, "192.0.2.1/24".parse()?))?;
    let to = "198.51.100.0/24".parse()?;
    let [first, second, third] = [2, 3, 4].map(|last| IpAddr::from([192, 0, 2, last]));
    conn.execute(NewRoute::to(to).via(first))?;
    conn.execute(NewRoute::to(to).via(second).replace())?;
    assert_eq!(
        ip(&words("route show 198.51.100.0/24"))?[0]["gateway"],
        "192.0.2.3"
    );
    run("ip", &words("route replace 198.51.100.0/24 via 192.0.2.4"))?;
    let mut routes = conn.query(GetRoutes::v4())?;
    let mut seen = Vec::new();
    while let Some(row) = routes.next()? {
        if row.destination()? == Some(to) {
            seen.extend(row.gateway()?);
        }
    }
    assert_eq!(seen, [third]);
    conn.execute(DeleteRoute::to(to))?;
    assert_eq!(
        ip(&words("route show 198.51.100.0/24"))?,
        Value::Array(vec![])
    );

    let gateway = |event: MessageRef<'_>| GetRoutes::row(event).gateway().ok().flatten();
    for expected in [first, second, third] {
        let told = events.wait_for(|event| gateway(event).is_some())?;
        assert_eq!(
            (told.get().kind(), gateway(told.get())),
            (RTM_NEWROUTE, Some(expected))
        );
    }
    events.wait_for(|event| event.kind() == RTM_DELROUTE)?;
    Ok(())
}

fn a_next_hop() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_NEXTHOP])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.execute(SetLink::by_index(1).up())?;
    conn.execute(NewAddress::of(1, "192.0.2.1/24".parse()?))?;
    let [first, second] = [2, 3].map(|last| IpAddr::from([192, 0, 2, last]));
    let new = NewNextHop::via(7, first).link(1);
    let replaced = NewNextHop::via(7, second).link(1).replace();
    for (request, gateway) in [(new, first), (replaced, second)] {
        conn.execute(request)?;
        let theirs = ip(&words("nexthop show id 7"))?;
        assert_eq!(theirs[0]["gateway"], gateway.to_string(), "{theirs}");
        let told = events.wait_for(|event| event.kind() == RTM_NEWNEXTHOP)?;
        assert_eq!(GetNextHops::row(told.get()).gateway()?, Some(gateway));
    }
    conn.execute(DeleteNextHop::by_id(7))?;
    assert!(
        !ip(&words("nexthop show"))?
            .to_string()
            .contains("192.0.2.3")
    );
    events.wait_for(|event| event.kind() == RTM_DELNEXTHOP)?;
    Ok(())
}

fn tc(args: &[&str]) -> Result<Value, Box<dyn StdError>> {
    let output = run("tc", &[&["-json", "-details"], args].concat())?;
    Ok(serde_json::from_str(&output)?)
}

/// Creates, changes and deletes a discipline of a kind; `tc` shows the settings.
fn a_qdisc(kind: &str) -> Outcome {
    let link = Network::open()?.add_link("br0", "bridge")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let handle = Handle::new(5, 0);
    let tbf = |rate| NewQdisc::tbf(link, rate, 4000).handle(handle).limit(10_000);
    let fq_codel = |limit| NewQdisc::fq_codel(link).handle(handle).limit(limit);
    let made = match kind {
        "tbf" => conn.execute(tbf(Rate::mbit(1))),
        "fq_codel" => conn.execute(fq_codel(999)),
        _ => conn.execute(NewQdisc::ingress(link)),
    };
    lacks(made.map(|_| ()), &format!("queueing discipline {kind}"))?;
    let shown = |key: &str| -> Result<Value, Box<dyn StdError>> {
        let mut all = tc(&["qdisc", "show", "dev", "br0"])?;
        let mut found = all.as_array_mut().unwrap().iter_mut();
        let found = found.find(|qdisc| qdisc["kind"] == kind);
        Ok(found.map_or(Value::Null, |qdisc| qdisc["options"][key].take()))
    };
    match kind {
        "tbf" => {
            assert_eq!(shown("rate")?, 125_000);
            conn.execute(tbf(Rate::mbit(2)).change())?;
            assert_eq!(shown("rate")?, 250_000);
        }
        "fq_codel" => {
            assert_eq!(shown("limit")?, 999);
            conn.execute(fq_codel(888).change())?;
            assert_eq!(shown("limit")?, 888);
        }
        // An ingress has no settings.
        _ => {}
    }
    let found = conn.list(GetQdiscs::all().link(link).kind(kind))?;
    let found: Vec<_> = found.iter().map(|row| row.handle()).collect();
    assert_eq!(found.len(), 1);
    let delete = match kind {
        "ingress" => DeleteQdisc::ingress(link),
        _ => DeleteQdisc::root(link).handle(handle).kind(kind),
    };
    conn.execute(delete)?;
    let left = tc(&["qdisc", "show", "dev", "br0"])?;
    assert!(!left.to_string().contains(kind), "{left}");

    for expected in [RTM_NEWQDISC, RTM_DELQDISC] {
        let told = events.wait_for(|event| event.kind() == expected)?;
        let row = GetQdiscs::row(told.get());
        assert_eq!((row.link(), row.handle()), (link.into(), found[0]));
    }
    Ok(())
}

fn an_htb() -> Outcome {
    let link = Network::open()?.add_link("br0", "bridge")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let htb = NewQdisc::htb(link).handle(Handle::new(1, 0));
    conn.execute(htb)?;
    // The kernel changes no settings of an htb as a whole.
    let refused = conn.execute(htb.change()).unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Refused(_)), "{refused}");

    let ten = Handle::new(1, 0x10);
    conn.execute(NewClass::htb(link, ten, Rate::mbit(1)))?;
    conn.execute(NewClass::htb(link, ten, Rate::mbit(2)).change())?;
    let theirs = run("tc", &["class", "show", "dev", "br0"])?;
    assert!(
        theirs.contains("htb 1:10 ") && theirs.contains("rate 2Mbit"),
        "{theirs}"
    );
    conn.execute(DeleteClass::by_handle(link, ten))?;
    assert_eq!(run("tc", &["class", "show", "dev", "br0"])?, "");
    conn.execute(DeleteQdisc::root(link).handle(Handle::new(1, 0)))?;
    for expected in [
        RTM_NEWQDISC,
        RTM_NEWTCLASS,
        RTM_NEWTCLASS,
        RTM_DELTCLASS,
        RTM_DELQDISC,
    ] {
        events.wait_for(|event| event.kind() == expected)?;
    }
    Ok(())
}
