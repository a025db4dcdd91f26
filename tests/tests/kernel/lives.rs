//! Objects from their making to their end: made, changed and deleted by ours,
//! changed by the other program and read by us, and told to who listens.

use nlsock::route;
use nlsock::{Conn, Errno, Error, ErrorKind, Protocol};
use nltests::{Message, Missing, Need, Network, Outcome, Session, Test, ip, run};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, Address, AddressAttr, AddressCacheInfo, AddressHeader, BridgePort, BridgePortAttr,
    DeleteClass, DeleteNextHop, DeleteQdisc, DeleteRoute, GetNextHops, GetQdiscs, GetRoutes,
    Handle, IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA, IFLA_LINKINFO, Link, LinkAttr, LinkHeader,
    LinkInfo, LinkInfoAttr, NewAddress, NewClass, NewNextHop, NewQdisc, NewRoute, PortData,
    RTM_DELADDR, RTM_DELLINK, RTM_DELNEXTHOP, RTM_DELQDISC, RTM_DELROUTE, RTM_DELTCLASS,
    RTM_NEWADDR, RTM_NEWLINK, RTM_NEWNEXTHOP, RTM_NEWQDISC, RTM_NEWROUTE, RTM_NEWTCLASS,
    RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK, RTNLGRP_NEXTHOP, RTNLGRP_TC, Rate,
    SetLink, VlanAttr,
};
use nlwire::{MessageRef, NewFlags, Query as _, fields};
use serde_json::Value;
use std::error::Error as StdError;
use std::net::IpAddr;

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

const REPLACE: NewFlags = NewFlags::CREATE.union(NewFlags::REPLACE);
const NONE: NewFlags = NewFlags::empty();

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
    let made = match kind {
        // The kernel makes none over netlink.
        "tun" => run("ip", &words("tuntap add dev new0 mode tun")).map(|_| Ok(()))?,
        "veth" => network.add_veth("new0", "peer0").map(|_| ()),
        "vlan" => {
            let lower = network.add_link("lower0", "bridge")?;
            let create = NewFlags::CREATE | NewFlags::EXCL;
            network.change(RTM_NEWLINK, create, &LinkHeader::default(), |w| {
                w.put(LinkAttr::Name("new0".into()))?
                    .put(LinkAttr::Lower(lower))?
                    .nest(IFLA_LINKINFO, |w| {
                        w.put(LinkInfoAttr::Kind("vlan"))?
                            .nest(IFLA_INFO_DATA, |w| w.put(VlanAttr::Id(7)))
                    })
            })
        }
        _ => network.add_link("new0", kind).map(|_| ()),
    };
    lacks(made, &format!("links of kind {kind}"))?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let index = route::link_index(&mut conn, "new0")?;
    let (told, _) = wait_for_link(&mut events, index)?;
    assert_eq!(told.get().kind(), RTM_NEWLINK);

    route::set_link_mtu(&mut conn, index, 1300)?;
    let theirs = ip(&words("-details link show dev new0"))?;
    assert_eq!(theirs[0]["mtu"], 1300);
    assert_eq!(theirs[0]["linkinfo"]["info_kind"], kind);
    while wait_for_link(&mut events, index)?.1 != Some(1300) {}

    run("ip", &words("link set dev new0 mtu 1200"))?;
    let mut links = route::links(&mut conn)?;
    let mut seen = None;
    while let Some(row) = links.next()? {
        if row.index() == index {
            seen = Some((row.name().map(|name| name.to_string()), row.mtu()));
        }
    }
    assert_eq!(seen, Some((Some("new0".into()), Some(1200))));

    route::delete_link(&mut conn, index)?;
    let gone = route::link_index(&mut conn, "new0").unwrap_err();
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
    // Settings of a link that is down change in silence.
    route::set_link_up(&mut conn, port)?;
    route::set_link_master(&mut conn, port, Some(bridge))?;
    let header = LinkHeader {
        index: port.into(),
        ..LinkHeader::default()
    };
    network.change(RTM_NEWLINK, NONE, &header, |w| {
        w.nest(IFLA_LINKINFO, |w| {
            w.put(LinkInfoAttr::PortKind("bridge"))?
                .nest(IFLA_INFO_SLAVE_DATA, |w| w.put(BridgePortAttr::Cost(55)))
        })
    })?;
    let theirs = ip(&words("-details link show dev port0"))?;
    assert_eq!(theirs[0]["master"], "br0");
    assert_eq!(theirs[0]["linkinfo"]["info_slave_data"]["cost"], 55);
    run("ip", &words("link set dev port0 type bridge_slave cost 66"))?;
    let cost = |row: &route::LinkRow<'_>| {
        let info = fields!(row.attributes => Link { info }).ok()?.info?;
        let data = fields!(info => LinkInfo { port_data }).ok()?.port_data?;
        let PortData::Bridge(data) = data else {
            return None;
        };
        fields!(data => BridgePort { cost }).ok()?.cost
    };
    let mut links = route::links(&mut conn)?;
    let mut costs = Vec::new();
    while let Some(row) = links.next()? {
        costs.extend(cost(&row));
    }
    assert_eq!(costs, [66]);
    route::set_link_master(&mut conn, port, None)?;
    assert!(ip(&words("link show dev port0"))?[0]["master"].is_null());

    // Who has joined the group is told the same.
    fn told(event: MessageRef<'_>) -> route::LinkRow<'_> {
        route::LinkRow::of(event)
    }
    events.wait_for(|event| {
        let master = fields!(told(event).attributes => Link { master });
        told(event).index() == port && master.is_ok_and(|link| link.master == Some(bridge))
    })?;
    events.wait_for(|event| told(event).index() == port && cost(&told(event)) == Some(55))?;
    events.wait_for(|event| {
        let master = fields!(told(event).attributes => Link { master });
        event.kind() == RTM_NEWLINK
            && told(event).index() == port
            && master.is_ok_and(|link| link.master.is_none())
    })?;
    Ok(())
}

/// The next event of a link, and the MTU that it tells.
fn wait_for_link(
    events: &mut Session,
    index: u32,
) -> Result<(Message, Option<u32>), Box<dyn StdError>> {
    let told = events.wait_for(|event| {
        let header = event.split::<LinkHeader>();
        header.is_ok_and(|(header, _)| header.index.get() == index)
    })?;
    let (_, attributes) = told.get().split::<LinkHeader>()?;
    let mtu = fields!(attributes => Link { mtu })?.mtu;
    Ok((told, mtu))
}

fn an_address() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_IPV4_IFADDR])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let ours = "192.0.2.1".parse()?;
    route::add_address(&mut conn, 1, ours, 24)?;
    let header = AddressHeader {
        family: AF_INET,
        prefix_len: 24,
        index: 1.into(),
        ..AddressHeader::default()
    };
    Network::open()?.change(RTM_NEWADDR, REPLACE, &header, |w| {
        w.put(AddressAttr::Local(AddressBytes::Ip(ours)))?
            .put(AddressAttr::CacheInfo(&AddressCacheInfo {
                preferred: 500.into(),
                valid: 1000.into(),
                ..AddressCacheInfo::default()
            }))
    })?;
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
    let mut addresses = route::addresses(&mut conn)?;
    let row = addresses.next()?.unwrap();
    let info = fields!(row.attributes => Address { cache_info })?.cache_info;
    assert_eq!(row.ip(), Some(ours));
    assert!((1990..=2000).contains(&info.unwrap().valid.get()));
    assert!(addresses.next()?.is_none());

    let valid = |event: MessageRef<'_>| {
        let (_, attributes) = event.split::<AddressHeader>().ok()?;
        let info = fields!(attributes => Address { cache_info })
            .ok()?
            .cache_info?;
        Some(info.valid.get())
    };
    events.wait_for(|event| event.kind() == RTM_NEWADDR && valid(event) == Some(u32::MAX))?;
    events.wait_for(|event| event.kind() == RTM_NEWADDR && valid(event) <= Some(1000))?;
    route::delete_address(&mut conn, 1, ours, 24)?;
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
