//! Filters of traffic, beside `tc -json`.

use nlsock::route::{self, FilterQuery, FilterSpec, TrafficSpec};
use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Missing, Need, Network, Outcome, Session, Test, capture, run};
use nlwire::route::{
    Action, ActionAttr, ActionOptions, ControlAction, FilterFlags, Gact, GactAttr, GactParameters,
    Handle, MatchAll, Mirred, MirredAction, MirredAttr, MirredParameters, RTM_DELTFILTER,
    RTM_NEWTFILTER, RTNLGRP_TC, TCA_ACT_OPTIONS, TCA_MATCHALL_ACT, TCA_OPTIONS, TCA_U32_ACT,
    Traffic, TrafficHeader, TrafficOptions, U32Filter, U32FilterAttr, U32Flags, U32Key, U32Rule,
    U32Selector,
};
use nlwire::{Put, Writer, fields};
use serde_json::Value;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "filters::tc_sees_what_we_make",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: tc_sees_what_we_make,
    },
    Test {
        name: "filters::we_see_what_tc_makes",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: we_see_what_tc_makes,
    },
    Test {
        name: "filters::changes_are_watched",
        needs: &[Need::Namespace],
        run: changes_are_watched,
    },
    Test {
        name: "filters::matchall_drops",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: matchall_drops,
    },
];

const INGRESS: Handle = Handle::new(0xffff, 0);
const ETH_P_IP: u16 = 0x0800;
const ETH_P_ALL: u16 = 0x0003;

/// A connection, two links, and `ingress` on the first.
fn links() -> Result<(Conn, u32, u32), Box<dyn std::error::Error>> {
    let [left, right] = Network::open()?.add_veth("left", "right")?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let ingress = TrafficSpec::new(left, "ingress").parent(Handle::INGRESS);
    route::add_qdisc(&mut conn, ingress.handle(INGRESS), |w| Ok(w))?;
    Ok((conn, left, right))
}

/// What comes for a network of 24 bits leaves by another link.
fn redirect<'w, 'b>(w: &'w mut Writer<'b>, network: u32, link: u32) -> Put<'w, 'b> {
    let rule = U32Rule {
        flags: U32Flags::TERMINAL.bits(),
        ..U32Rule::default()
    };
    let destination = U32Key {
        mask: 0xffff_ff00.into(),
        value: network.into(),
        offset: 16.into(),
        ..U32Key::default()
    };
    let udp = U32Key {
        mask: 0x00ff_0000.into(),
        value: 0x0011_0000.into(),
        offset: 8.into(),
        ..U32Key::default()
    };
    let mirred = MirredParameters {
        action: ControlAction::STOLEN.0.into(),
        direction: MirredAction::EGRESS_REDIR.0.into(),
        link: link.into(),
        ..MirredParameters::default()
    };
    w.nest(TCA_OPTIONS, |w| {
        w.put(U32FilterAttr::Selector(U32Selector {
            rule: &rule,
            keys: &[destination, udp],
        }))?
        .nest(TCA_U32_ACT, |w| {
            w.nest(1, |w| {
                w.put(ActionAttr::Kind("mirred"))?
                    .nest(TCA_ACT_OPTIONS, |w| w.put(MirredAttr::Parameters(&mirred)))
            })
        })
    })
}

/// The kinds, priorities, protocols and handles of a link's filters that have a
/// handle: the kernel lists their heads, too.
fn listed(conn: &mut Conn, link: u32) -> Result<Vec<(String, u16, u16, u32)>, nlsock::Error> {
    let query = FilterQuery::of(link, INGRESS);
    let mut filters = route::filters(conn, &query)?;
    let mut seen = Vec::new();
    while let Some(row) = filters.next()? {
        let kind = row.kind().unwrap().to_owned();
        if row.handle() != Handle::UNSPEC {
            seen.push((kind, row.priority(), row.protocol(), row.handle().bits()));
        }
    }
    Ok(seen)
}

fn tc_sees_what_we_make() -> Outcome {
    let (mut conn, left, right) = links()?;
    let show = || run("tc", &["filter", "show", "dev", "left", "parent", "ffff:"]);
    let spec = FilterSpec::new(left, INGRESS, "u32").priority(5);
    let spec = spec.protocol(ETH_P_IP);
    route::add_filter(&mut conn, spec, |w| redirect(w, 0xc000_0200, right))?;
    let theirs = show()?;
    for words in [
        "protocol ip pref 5 u32 chain 0 fh 800::800 order 2048 key ht 800 bkt 0",
        "match c0000200/ffffff00 at 16",
        "match 00110000/00ff0000 at 8",
        "mirred (Egress Redirect to device right) stolen",
    ] {
        assert!(theirs.contains(words), "{words}: {theirs}");
    }
    let theirs = run("tc", &["-json", "filter", "show", "dev", "left", "ingress"])?;
    let theirs: Value = serde_json::from_str(&theirs)?;
    let filter = theirs.as_array().and_then(|all| all.last()).unwrap();
    assert_eq!(
        (&filter["pref"], &filter["protocol"]),
        (&5.into(), &"ip".into())
    );
    let action = &filter["options"]["actions"][0];
    assert_eq!(action["mirred_action"], "redirect", "{theirs}");
    assert_eq!(
        (&action["direction"], &action["to_dev"]),
        (&"egress".into(), &"right".into())
    );
    let made = ("u32".to_owned(), 5, ETH_P_IP, 0x8000_0800);
    let seen = listed(&mut conn, left)?;
    // Before it is the hash table that it is in.
    assert_eq!(seen, [("u32".to_owned(), 5, ETH_P_IP, 0x8000_0000), made]);

    // The place is taken, and of one kind.
    let first = spec.handle(Handle::from_bits(0x8000_0800));
    let twice = route::add_filter(&mut conn, first, |w| redirect(w, 0xc000_0200, right));
    assert!(twice.unwrap_err().is_exists());
    let other = FilterSpec::new(left, INGRESS, "bpf").priority(5);
    let other = other.protocol(ETH_P_IP);
    for refused in [
        route::add_filter(&mut conn, other, |w| Ok(w)),
        route::delete_filter(&mut conn, other),
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL), "{error}");
    }

    // Another link.
    route::change_filter(&mut conn, first, |w| redirect(w, 0xc000_0200, left))?;
    let theirs = show()?;
    assert!(theirs.contains("to device left"), "{theirs}");

    // There is none with that handle or that priority, and without one there
    // is none either.
    let second = spec.handle(Handle::from_bits(0x8000_0801));
    for missing in [second, spec.priority(6), spec.priority(0)] {
        let error = route::delete_filter(&mut conn, missing).unwrap_err();
        assert!(error.is_not_found(), "{error}");
        let changed = route::change_filter(&mut conn, missing, |w| redirect(w, 0, right));
        assert!(changed.unwrap_err().is_not_found());
    }
    route::add_filter(&mut conn, second, |w| redirect(w, 0xc000_0300, right))?;
    route::delete_filter(&mut conn, first)?;
    let handles = |conn: &mut Conn| -> Result<Vec<u32>, nlsock::Error> {
        let seen = listed(conn, left)?;
        Ok(seen.into_iter().map(|filter| filter.3).collect())
    };
    assert_eq!(handles(&mut conn)?, [0x8000_0000, 0x8000_0801]);
    // All of the priority.
    route::delete_filter(&mut conn, spec)?;
    assert!(listed(&mut conn, left)?.is_empty());
    assert_eq!(show()?, "");

    // In a chain, at a priority of the kernel's.
    let chained = FilterSpec::new(left, INGRESS, "u32").chain(7);
    route::add_filter(&mut conn, chained, |w| redirect(w, 0xc000_0200, right))?;
    let theirs = show()?;
    assert!(
        theirs.contains("protocol all pref 49152 u32 chain 7"),
        "{theirs}"
    );
    let error = route::delete_filter(&mut conn, spec.priority(49152).protocol(ETH_P_ALL));
    assert!(error.unwrap_err().is_not_found());
    route::delete_filter(&mut conn, chained.priority(49152))?;
    assert_eq!(show()?, "");
    Ok(())
}

fn we_see_what_tc_makes() -> Outcome {
    let (mut conn, left, right) = links()?;
    let words = "filter add dev left parent ffff: protocol ip prio 9 u32 match ip dst 192.0.2.0/24 \
                 match ip protocol 17 0xff action mirred egress mirror dev right";
    run("tc", &words.split_whitespace().collect::<Vec<_>>())?;
    let query = FilterQuery::of(left, INGRESS);
    let mut filters = route::filters(&mut conn, &query)?;
    let mut found = 0;
    while let Some(row) = filters.next()? {
        if row.handle() != Handle::from_bits(0x8000_0800) {
            continue;
        }
        found += 1;
        capture("route-filter-u32", row.message.as_bytes())?;
        assert_eq!((row.priority(), row.protocol()), (9, ETH_P_IP));
        assert_eq!((row.link(), row.parent()), (left, INGRESS));
        let options = fields!(row.attributes => Traffic { options })?.options;
        let Some(TrafficOptions::U32(filter)) = options else {
            panic!("{options:?}");
        };
        let filter = fields!(filter => U32Filter { selector, actions })?;
        let selector = filter.selector.unwrap();
        assert_eq!(selector.rule.flags, U32Flags::TERMINAL.bits());
        let keys = selector.keys.iter();
        let keys = keys.map(|key| (key.value.get(), key.mask.get(), key.offset.get()));
        assert_eq!(
            keys.collect::<Vec<_>>(),
            [
                (0xc000_0200, 0xffff_ff00, 16),
                (0x0011_0000, 0x00ff_0000, 8)
            ]
        );
        let mut actions = 0;
        for item in filter.actions.unwrap().iter() {
            let (number, action) = item?;
            let action = fields!(action => Action { kind, options, stats })?;
            assert_eq!((number, action.kind), (1, Some("mirred")));
            assert!(action.stats.is_some());
            let Some(ActionOptions::Mirred(mirred)) = action.options else {
                panic!("{:?}", action.options);
            };
            let mirred = fields!(mirred => Mirred { parameters, times })?;
            let parameters = mirred.parameters.unwrap();
            assert_eq!(parameters.direction.get(), MirredAction::EGRESS_MIRROR.0);
            assert_eq!(parameters.action.get(), ControlAction::PIPE.0);
            assert_eq!(parameters.link.get(), right);
            assert!(mirred.times.is_some());
            actions += 1;
        }
        assert_eq!(actions, 1);
    }
    assert_eq!(found, 1);
    Ok(())
}

fn changes_are_watched() -> Outcome {
    let (mut conn, left, right) = links()?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let spec = FilterSpec::new(left, INGRESS, "u32").priority(5);
    route::add_filter(&mut conn, spec, |w| redirect(w, 0xc000_0200, right))?;
    route::delete_filter(&mut conn, spec)?;
    for kind in [RTM_NEWTFILTER, RTM_DELTFILTER] {
        let event = events.wait_for(|event| event.kind() == kind)?;
        let (header, attributes) = event.get().split::<TrafficHeader>()?;
        assert_eq!((header.priority(), header.protocol()), (5, ETH_P_ALL));
        let kind = fields!(attributes => Traffic { kind })?.kind;
        assert_eq!(kind, Some("u32"));
    }
    Ok(())
}

fn matchall_drops() -> Outcome {
    let (mut conn, left, _) = links()?;
    let spec = FilterSpec::new(left, INGRESS, "matchall").priority(3);
    let drop = GactParameters {
        action: ControlAction::SHOT.0.into(),
        ..GactParameters::default()
    };
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let made = route::add_filter(&mut conn, spec, |w| {
        w.nest(TCA_OPTIONS, |w| {
            w.nest(TCA_MATCHALL_ACT, |w| {
                w.nest(1, |w| {
                    w.put(ActionAttr::Kind("gact"))?
                        .nest(TCA_ACT_OPTIONS, |w| w.put(GactAttr::Parameters(&drop)))
                })
            })
        })
    });
    match made {
        Err(error) if error.is_not_found() => {
            return Err(Missing("kernel: filter matchall with action gact".into()).into());
        }
        made => made?,
    }
    let theirs = run("tc", &["filter", "show", "dev", "left", "parent", "ffff:"])?;
    assert!(
        theirs.contains("protocol all pref 3 matchall") && theirs.contains("gact action drop"),
        "{theirs}"
    );
    let query = FilterQuery::of(left, INGRESS);
    let mut filters = route::filters(&mut conn, &query)?;
    let mut found = 0;
    while let Some(row) = filters.next()? {
        let options = fields!(row.attributes => Traffic { options })?.options;
        let Some(TrafficOptions::MatchAll(matchall)) = options else {
            continue;
        };
        let matchall = fields!(matchall => MatchAll { actions, counter, flags })?;
        assert_eq!(matchall.counter.map(|counter| counter.len()), Some(1));
        assert_eq!(matchall.flags, Some(FilterFlags::NOT_IN_HW));
        for item in matchall.actions.iter().flat_map(|actions| actions.iter()) {
            let options = fields!(item?.1 => Action { options })?.options;
            let Some(ActionOptions::Gact(gact)) = options else {
                panic!("{options:?}");
            };
            let parameters = fields!(gact => Gact { parameters })?.parameters.unwrap();
            assert_eq!(parameters.action.get(), ControlAction::SHOT.0);
            found += 1;
        }
    }
    assert_eq!(found, 1);
    // It is as it is: there is one of a priority, and the kernel changes none.
    let only = spec.handle(Handle::from_bits(1));
    let changed = route::change_filter(&mut conn, only, |w| w.nest(TCA_OPTIONS, |w| Ok(w)));
    let error = changed.unwrap_err();
    assert!(error.is_exists(), "{error}");
    route::delete_filter(&mut conn, spec)?;
    for kind in [RTM_NEWTFILTER, RTM_DELTFILTER] {
        let event = events.wait_for(|event| event.kind() == kind)?;
        let (header, _) = event.get().split::<TrafficHeader>()?;
        assert_eq!((header.priority(), header.protocol()), (3, ETH_P_ALL));
    }
    Ok(())
}
