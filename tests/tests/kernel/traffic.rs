//! Queueing disciplines and classes, beside `tc -json`.

use nlsock::Protocol;
use nltests::{Need, Network, Outcome, Session, Test, capture, run};
use nlwire::route::{
    Handle, HtbAttr, HtbClass, HtbGlobal, RTM_DELQDISC, RTM_GETQDISC, RTM_GETTCLASS, RTM_NEWQDISC,
    RTM_NEWTCLASS, RTNLGRP_TC, RateSpec, TCA_OPTIONS, TbfAttr, TbfParameters, Traffic, TrafficAttr,
    TrafficHeader, TrafficOptions, TrafficStats2,
};
use nlwire::{NewFlags, fields};
use serde_json::Value;
use std::net::UdpSocket;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "traffic::tc_sees_what_we_make",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: tc_sees_what_we_make,
    },
    Test {
        name: "traffic::we_see_what_tc_makes",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: we_see_what_tc_makes,
    },
    Test {
        name: "traffic::packets_are_counted",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: packets_are_counted,
    },
    Test {
        name: "traffic::changes_are_watched",
        needs: &[Need::Namespace],
        run: changes_are_watched,
    },
    Test {
        name: "traffic::fq_codel_is_read",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: fq_codel_is_read,
    },
];

const CREATE: NewFlags = NewFlags::CREATE.union(NewFlags::EXCL);

/// A tick of the kernel's clock of packets, in nanoseconds.
const TICK: u64 = 64;

/// Ticks for this number of bytes at this number of bytes a second.
fn ticks(bytes: u64, rate: u64) -> u32 {
    (bytes * 1_000_000_000 / rate / TICK).try_into().unwrap()
}

fn tc(args: &[&str]) -> Result<Value, Box<dyn std::error::Error>> {
    let output = run(
        "tc",
        &[&["-json", "-details", "-statistics"], args].concat(),
    )?;
    Ok(serde_json::from_str(&output)?)
}

fn header(index: u32, handle: Handle, parent: Handle) -> TrafficHeader {
    TrafficHeader {
        index: index.into(),
        handle,
        parent,
        ..TrafficHeader::default()
    }
}

fn make_htb(session: &mut Session, index: u32) -> Outcome {
    let root = header(index, Handle::new(1, 0), Handle::ROOT);
    session.change(RTM_NEWQDISC, CREATE, &root, |w| {
        w.put(TrafficAttr::Kind("htb"))?.nest(TCA_OPTIONS, |w| {
            w.put(HtbAttr::Global(&HtbGlobal {
                version: 3.into(),
                rate2quantum: 10.into(),
                default_class: 0x10.into(),
                ..HtbGlobal::default()
            }))
        })
    })?;
    let rate = |rate: u32| RateSpec {
        link_layer: 1,
        rate: rate.into(),
        ..RateSpec::default()
    };
    let class = header(index, Handle::new(1, 0x10), Handle::new(1, 0));
    session.change(RTM_NEWTCLASS, CREATE, &class, |w| {
        w.put(TrafficAttr::Kind("htb"))?.nest(TCA_OPTIONS, |w| {
            w.put(HtbAttr::Class(&HtbClass {
                rate: rate(125_000),
                ceil: rate(250_000),
                buffer: ticks(1600, 125_000).into(),
                cbuffer: ticks(1600, 250_000).into(),
                prio: 2.into(),
                ..HtbClass::default()
            }))
        })
    })?;
    Ok(())
}

fn tc_sees_what_we_make() -> Outcome {
    let [left, right] = Network::open()?.add_veth("left", "right")?;
    let mut session = Session::open(Protocol::ROUTE)?;
    make_htb(&mut session, left)?;
    let qdisc = &tc(&["qdisc", "show", "dev", "left"])?[0];
    assert_eq!(qdisc["kind"], "htb", "{qdisc}");
    assert_eq!(qdisc["handle"], "1:");
    assert_eq!(qdisc["root"], true);
    assert_eq!(qdisc["options"]["default"], "0x10");
    assert_eq!(qdisc["options"]["r2q"], 10);
    let class = run("tc", &["-details", "class", "show", "dev", "left"])?;
    assert!(
        class.contains("class htb 1:10 root prio 2 ")
            && class.contains("rate 1Mbit ceil 2Mbit linklayer ethernet burst 1600b"),
        "{class}"
    );

    let root = header(right, Handle::new(2, 0), Handle::ROOT);
    session.change(RTM_NEWQDISC, CREATE, &root, |w| {
        w.put(TrafficAttr::Kind("tbf"))?.nest(TCA_OPTIONS, |w| {
            w.put(TbfAttr::Parameters(&TbfParameters {
                rate: RateSpec {
                    link_layer: 1,
                    rate: 125_000.into(),
                    ..RateSpec::default()
                },
                limit: 10_000.into(),
                buffer: ticks(5_000, 125_000).into(),
                ..TbfParameters::default()
            }))?
            .put(TbfAttr::Burst(5_000))
        })
    })?;
    session.change(
        RTM_NEWQDISC,
        CREATE,
        &header(right, Handle::new(0xffff, 0), Handle::INGRESS),
        |w| w.put(TrafficAttr::Kind("ingress")),
    )?;
    let qdiscs = tc(&["qdisc", "show", "dev", "right"])?;
    assert_eq!(qdiscs[0]["kind"], "tbf", "{qdiscs}");
    assert_eq!(qdiscs[0]["options"]["rate"], 125_000);
    assert_eq!(qdiscs[0]["options"]["burst"], "5000b/1");
    assert_eq!(qdiscs[0]["options"]["lat"], 40_000);
    assert_eq!(qdiscs[1]["kind"], "ingress");
    assert_eq!(qdiscs[1]["handle"], "ffff:");

    // Changed, and deleted.
    session.change(RTM_NEWQDISC, NewFlags::empty(), &root, |w| {
        w.put(TrafficAttr::Kind("tbf"))?.nest(TCA_OPTIONS, |w| {
            w.put(TbfAttr::Parameters(&TbfParameters {
                rate: RateSpec {
                    link_layer: 1,
                    rate: 250_000.into(),
                    ..RateSpec::default()
                },
                limit: 10_000.into(),
                buffer: ticks(5_000, 250_000).into(),
                ..TbfParameters::default()
            }))
        })
    })?;
    let changed = tc(&["qdisc", "show", "dev", "right"])?;
    assert_eq!(changed[0]["options"]["rate"], 250_000);
    session.change(RTM_DELQDISC, NewFlags::empty(), &root, |w| Ok(w))?;
    let deleted = tc(&["qdisc", "show", "dev", "right"])?;
    assert!(!deleted.to_string().contains("tbf"), "{deleted}");
    Ok(())
}

fn we_see_what_tc_makes() -> Outcome {
    let [left, right] = Network::open()?.add_veth("left", "right")?;
    for command in [
        "qdisc add dev left root handle 1: htb default 20 r2q 20",
        "class add dev left parent 1: classid 1:1 htb rate 80mbit",
        "class add dev left parent 1:1 classid 1:20 htb rate 8mbit ceil 16mbit prio 3",
        "qdisc add dev left parent 1:20 handle 20: tbf rate 1mbit burst 4k limit 20k",
        "qdisc add dev right root handle 7: htb",
        "class add dev right parent 7: classid 7:1 htb rate 80gbit",
    ] {
        run("tc", &command.split(' ').collect::<Vec<_>>())?;
    }
    let mut session = Session::open(Protocol::ROUTE)?;
    let all = header(0, Handle::UNSPEC, Handle::UNSPEC);
    let qdiscs = session.dump(RTM_GETQDISC, &all, |w| Ok(w))?;
    let mut seen = Vec::new();
    for message in &qdiscs {
        let (header, attributes) = message.get().split::<TrafficHeader>()?;
        let qdisc = fields!(attributes => Traffic { kind, options })?;
        if header.index != left {
            continue;
        }
        seen.push(format!(
            "{} {} {}",
            qdisc.kind.unwrap(),
            header.handle,
            header.parent
        ));
        match qdisc.options {
            Some(TrafficOptions::Htb(htb)) => {
                capture("route-qdisc-htb", message.get().as_bytes())?;
                let htb = fields!(htb => nlwire::route::Htb { global, direct_len })?;
                let global = htb.global.unwrap();
                assert_eq!(
                    (global.default_class.get(), global.rate2quantum.get()),
                    (0x20, 20)
                );
                assert_eq!(htb.direct_len, Some(1000));
            }
            Some(TrafficOptions::Tbf(tbf)) => {
                capture("route-qdisc-tbf", message.get().as_bytes())?;
                let tbf = fields!(tbf => nlwire::route::Tbf { parameters, rate64 })?;
                let parameters = tbf.parameters.unwrap();
                assert_eq!(parameters.rate.rate.get(), 125_000);
                assert_eq!(parameters.limit.get(), 20 << 10);
                assert_eq!(parameters.buffer.get(), ticks(4096, 125_000));
                assert_eq!(tbf.rate64, None);
            }
            options => panic!("{options:?}"),
        }
    }
    assert_eq!(seen, ["htb 1: root", "tbf 20: 1:20"]);

    let classes = |session: &mut Session, index| {
        let header = header(index, Handle::UNSPEC, Handle::UNSPEC);
        session.dump(RTM_GETTCLASS, &header, |w| Ok(w))
    };
    let mut rates = Vec::new();
    for message in classes(&mut session, left)? {
        let (header, attributes) = message.get().split::<TrafficHeader>()?;
        let found = fields!(attributes => Traffic { options })?;
        let Some(TrafficOptions::Htb(htb)) = found.options else {
            continue;
        };
        let class = fields!(htb => nlwire::route::Htb { class })?.class.unwrap();
        rates.push((
            header.handle.to_string(),
            class.rate.rate.get(),
            class.ceil.rate.get(),
            class.prio.get(),
        ));
    }
    rates.sort();
    assert_eq!(rates.len(), 2, "{rates:?}");
    assert_eq!(rates[1], ("1:20".into(), 1_000_000, 2_000_000, 3));
    // More than 32 bits.
    let fast = classes(&mut session, right)?;
    let (_, attributes) = fast[0].get().split::<TrafficHeader>()?;
    let found = fields!(attributes => Traffic { options })?;
    let Some(TrafficOptions::Htb(htb)) = found.options else {
        panic!("{found:?}", found = fast[0]);
    };
    let htb = fields!(htb => nlwire::route::Htb { rate64, class })?;
    assert_eq!(htb.rate64, Some(10_000_000_000));
    assert_eq!(htb.class.unwrap().rate.rate.get(), u32::MAX);
    capture("route-class-htb", fast[0].get().as_bytes())?;
    Ok(())
}

fn packets_are_counted() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    let mut session = Session::open(Protocol::ROUTE)?;
    make_htb(&mut session, left)?;
    network.add_address(left, "198.51.100.1".parse()?, 24)?;
    network.set_up(left)?;
    network.set_up(right)?;
    // Nobody answers, but ARP is sent.
    let _ = UdpSocket::bind("198.51.100.1:0")?.send_to(b"hello", "198.51.100.2:9");
    let all = header(left, Handle::UNSPEC, Handle::UNSPEC);
    let class = loop {
        let class = session.dump(RTM_GETTCLASS, &all, |w| Ok(w))?;
        let (_, attributes) = class[0].get().split::<TrafficHeader>()?;
        let found = fields!(attributes => Traffic { stats })?;
        if found.stats.unwrap().get().packets.get() > 0 {
            break class;
        }
        // A packet leaves the queue on its own time.
        std::thread::sleep(std::time::Duration::from_millis(1));
    };
    let (_, attributes) = class[0].get().split::<TrafficHeader>()?;
    let found = fields!(attributes => Traffic { stats2, stats })?;
    let stats2 = found.stats2.unwrap();
    let counters = fields!(stats2 => TrafficStats2 { basic, queue, app })?;
    let basic = counters.basic.unwrap().get();
    let theirs = &tc(&["qdisc", "show", "dev", "left"])?[0];
    assert!(basic.packets.get() > 0);
    assert!(theirs["packets"].as_u64().unwrap() >= basic.packets.get().into());
    assert_eq!(found.stats.unwrap().get().bytes, basic.bytes);
    assert_eq!(counters.queue.unwrap().get().drops.get(), 0);
    let app = counters.app.unwrap().attributes();
    assert_eq!(app.remaining().len(), 20);
    Ok(())
}

fn changes_are_watched() -> Outcome {
    let index = Network::open()?.add_link("br0", "bridge")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let mut session = Session::open(Protocol::ROUTE)?;
    make_htb(&mut session, index)?;
    events.wait_for(|event| event.kind() == RTM_NEWQDISC)?;
    events.wait_for(|event| event.kind() == RTM_NEWTCLASS)?;
    let root = header(index, Handle::new(1, 0), Handle::ROOT);
    session.change(RTM_DELQDISC, NewFlags::empty(), &root, |w| Ok(w))?;
    let gone = events.wait_for(|event| event.kind() == RTM_DELQDISC)?;
    let (header, _) = gone.get().split::<TrafficHeader>()?;
    assert_eq!(header.handle, Handle::new(1, 0));
    Ok(())
}

fn fq_codel_is_read() -> Outcome {
    let index = Network::open()?.add_link("br0", "bridge")?;
    let add = "qdisc add dev br0 root fq_codel limit 999 target 7ms ecn";
    if let Err(error) = run("tc", &add.split(' ').collect::<Vec<_>>()) {
        if error.to_string().contains("qdisc kind is unknown") {
            return Err(nltests::Missing("kernel: queueing discipline fq_codel".into()).into());
        }
        return Err(error.into());
    }
    let mut session = Session::open(Protocol::ROUTE)?;
    let all = header(index, Handle::UNSPEC, Handle::UNSPEC);
    let qdiscs = session.dump(RTM_GETQDISC, &all, |w| Ok(w))?;
    let (_, attributes) = qdiscs[0].get().split::<TrafficHeader>()?;
    let found = fields!(attributes => Traffic { options })?;
    let Some(TrafficOptions::FqCodel(codel)) = found.options else {
        panic!("{:?}", qdiscs[0]);
    };
    let codel = fields!(codel => nlwire::route::FqCodel { limit, target, ecn })?;
    assert_eq!((codel.limit, codel.ecn), (Some(999), Some(1)));
    assert!(
        codel
            .target
            .is_some_and(|target| (6_990..=7_000).contains(&target))
    );
    Ok(())
}
