//! Objects from their making to their end: made, changed and deleted by ours,
//! changed by the other program and read by us, and told to who listens.

use nlsock::route::{self, RouteSpec, TrafficSpec};
use nlsock::{Conn, Errno, Error, ErrorKind, Protocol};
use nltests::{Message, Missing, Need, Network, Outcome, Session, Test, ip, run};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, Address, AddressAttr, AddressCacheInfo, AddressHeader, BridgePort, BridgePortAttr,
    FqCodelAttr, Handle, HtbAttr, HtbClass, HtbGlobal, IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA,
    IFLA_LINKINFO, Link, LinkAttr, LinkHeader, LinkInfo, LinkInfoAttr, NextHopAttr, NextHopHeader,
    NextHopObject, PortData, RTM_DELADDR, RTM_DELLINK, RTM_DELNEXTHOP, RTM_DELQDISC, RTM_DELROUTE,
    RTM_DELTCLASS, RTM_NEWADDR, RTM_NEWLINK, RTM_NEWNEXTHOP, RTM_NEWQDISC, RTM_NEWROUTE,
    RTM_NEWTCLASS, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK, RTNLGRP_NEXTHOP,
    RTNLGRP_TC, RateSpec, Route, RouteHeader, TCA_OPTIONS, TbfAttr, TbfParameters, TrafficHeader,
    VlanAttr,
};
use nlwire::{MessageRef, NewFlags, fields};
use serde_json::Value;
use std::error::Error as StdError;

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
    route::set_link_up(&mut conn, 1)?;
    route::add_address(&mut conn, 1, "192.0.2.1".parse()?, 24)?;
    let spec = RouteSpec::new("198.51.100.0".parse()?, 24);
    let (first, second) = ("192.0.2.2".parse()?, "192.0.2.3".parse()?);
    route::add_route(&mut conn, spec.via(first))?;
    route::replace_route(&mut conn, spec.via(second))?;
    assert_eq!(
        ip(&words("route show 198.51.100.0/24"))?[0]["gateway"],
        "192.0.2.3"
    );
    run("ip", &words("route replace 198.51.100.0/24 via 192.0.2.4"))?;
    let mut routes = route::routes(&mut conn)?;
    let mut seen = Vec::new();
    while let Some(row) = routes.next()? {
        if row.destination() == Some("198.51.100.0".parse()?) {
            seen.extend(row.gateway());
        }
    }
    assert_eq!(seen, ["192.0.2.4".parse::<std::net::IpAddr>()?]);
    route::delete_route(&mut conn, spec)?;
    assert_eq!(
        ip(&words("route show 198.51.100.0/24"))?,
        Value::Array(vec![])
    );

    let gateway = |event: MessageRef<'_>| {
        let (_, attributes) = event.split::<RouteHeader>().ok()?;
        fields!(attributes => Route { gateway }).ok()?.gateway?.ip()
    };
    for expected in [first, second, "192.0.2.4".parse()?] {
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
    let mut network = Network::open()?;
    network.set_up(1)?;
    network.add_address(1, "192.0.2.1".parse()?, 24)?;
    let header = NextHopHeader {
        family: AF_INET,
        ..NextHopHeader::default()
    };
    for (flags, last) in [(NewFlags::CREATE, 2), (REPLACE, 3)] {
        network.change(RTM_NEWNEXTHOP, flags, &header, |w| {
            let gateway = AddressBytes::Ip([192, 0, 2, last].into());
            w.put(NextHopAttr::Id(7))?
                .put(NextHopAttr::OutgoingIndex(1))?
                .put(NextHopAttr::Gateway(gateway))
        })?;
        let theirs = ip(&words("nexthop show id 7"))?;
        assert_eq!(theirs[0]["gateway"], format!("192.0.2.{last}"), "{theirs}");
        let told = events.wait_for(|event| event.kind() == RTM_NEWNEXTHOP)?;
        let (_, attributes) = told.get().split::<NextHopHeader>()?;
        let found = fields!(attributes => NextHopObject { gateway })?.gateway;
        assert_eq!(found, Some(AddressBytes::Ip([192, 0, 2, last].into())));
    }
    network.change(RTM_DELNEXTHOP, NONE, &NextHopHeader::default(), |w| {
        w.put(NextHopAttr::Id(7))
    })?;
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

/// Of each kind the settings of the first and of the changed one, as tc shows
/// them.
fn a_qdisc(kind: &str) -> Outcome {
    let link = Network::open()?.add_link("br0", "bridge")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let spec = TrafficSpec::new(link, kind).handle(Handle::new(5, 0));
    let spec = match kind {
        "ingress" => spec.handle(Handle::new(0xffff, 0)).parent(Handle::INGRESS),
        _ => spec,
    };
    let tbf = |rate: u32| TbfParameters {
        rate: RateSpec {
            link_layer: 1,
            rate: rate.into(),
            ..RateSpec::default()
        },
        limit: 10_000.into(),
        buffer: 500_000.into(),
        ..TbfParameters::default()
    };
    let made = route::add_qdisc(&mut conn, spec, |w| match kind {
        "tbf" => w.nest(TCA_OPTIONS, |w| w.put(TbfAttr::Parameters(&tbf(125_000)))),
        "fq_codel" => w.nest(TCA_OPTIONS, |w| w.put(FqCodelAttr::Limit(999))),
        _ => Ok(w),
    });
    lacks(made, &format!("queueing discipline {kind}"))?;
    let shown = |key: &str| -> Result<Value, Box<dyn StdError>> {
        let mut all = tc(&["qdisc", "show", "dev", "br0"])?;
        let mut found = all.as_array_mut().unwrap().iter_mut();
        let found = found.find(|qdisc| qdisc["kind"] == kind);
        Ok(found.map_or(Value::Null, |qdisc| qdisc["options"][key].take()))
    };
    match kind {
        "tbf" => {
            assert_eq!(shown("rate")?, 125_000);
            route::change_qdisc(&mut conn, spec, |w| {
                w.nest(TCA_OPTIONS, |w| w.put(TbfAttr::Parameters(&tbf(250_000))))
            })?;
            assert_eq!(shown("rate")?, 250_000);
        }
        "fq_codel" => {
            assert_eq!(shown("limit")?, 999);
            route::change_qdisc(&mut conn, spec, |w| {
                w.nest(TCA_OPTIONS, |w| w.put(FqCodelAttr::Limit(888)))
            })?;
            assert_eq!(shown("limit")?, 888);
        }
        // It has no settings.
        _ => {}
    }
    let mut qdiscs = route::qdiscs(&mut conn)?;
    let mut found = Vec::new();
    while let Some(row) = qdiscs.next()? {
        if row.link() == link && row.kind() == Some(kind) {
            found.push(row.handle());
        }
    }
    assert_eq!(found.len(), 1);
    route::delete_qdisc(&mut conn, spec)?;
    let left = tc(&["qdisc", "show", "dev", "br0"])?;
    assert!(!left.to_string().contains(kind), "{left}");

    for expected in [RTM_NEWQDISC, RTM_DELQDISC] {
        let told = events.wait_for(|event| event.kind() == expected)?;
        let (header, _) = told.get().split::<TrafficHeader>()?;
        assert_eq!(
            (header.index.get().cast_unsigned(), header.handle),
            (link, found[0])
        );
    }
    Ok(())
}

fn an_htb() -> Outcome {
    let link = Network::open()?.add_link("br0", "bridge")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let htb = TrafficSpec::new(link, "htb").handle(Handle::new(1, 0));
    let global = HtbGlobal {
        version: 3.into(),
        rate2quantum: 10.into(),
        ..HtbGlobal::default()
    };
    route::add_qdisc(&mut conn, htb, |w| {
        w.nest(TCA_OPTIONS, |w| w.put(HtbAttr::Global(&global)))
    })?;
    // What it is as a whole stays as it was made.
    let refused = route::change_qdisc(&mut conn, htb, |w| {
        w.nest(TCA_OPTIONS, |w| w.put(HtbAttr::Global(&global)))
    });
    let refused = refused.unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Refused(_)), "{refused}");

    let class = TrafficSpec::new(link, "htb")
        .handle(Handle::new(1, 0x10))
        .parent(Handle::new(1, 0));
    let options = |rate: u32| {
        let rate = RateSpec {
            link_layer: 1,
            rate: rate.into(),
            ..RateSpec::default()
        };
        HtbClass {
            rate,
            ceil: rate,
            buffer: 200_000.into(),
            cbuffer: 200_000.into(),
            ..HtbClass::default()
        }
    };
    route::add_class(&mut conn, class, |w| {
        w.nest(TCA_OPTIONS, |w| w.put(HtbAttr::Class(&options(125_000))))
    })?;
    route::change_class(&mut conn, class, |w| {
        w.nest(TCA_OPTIONS, |w| w.put(HtbAttr::Class(&options(250_000))))
    })?;
    let theirs = run("tc", &["class", "show", "dev", "br0"])?;
    assert!(
        theirs.contains("htb 1:10 ") && theirs.contains("rate 2Mbit"),
        "{theirs}"
    );
    route::delete_class(&mut conn, class)?;
    assert_eq!(run("tc", &["class", "show", "dev", "br0"])?, "");
    route::delete_qdisc(&mut conn, htb)?;
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
