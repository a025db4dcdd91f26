//! Filters of traffic, beside `tc -json`.

use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Missing, Need, Network, Outcome, Session, Test, capture, run};
use nlwire::route::{
    Action, ActionOptions, ControlAction, DeleteFilter, FilterAction, FilterFlags, Gact,
    GetFilters, Handle, MatchAll, Mirred, MirredAction, NewFilter, NewQdisc, RTM_DELTFILTER,
    RTM_NEWTFILTER, RTNLGRP_TC, TrafficOptions, U32Filter, U32Flags, U32Handle, U32Settings,
};
use nlwire::{Query as _, Request, fields};
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
    conn.execute(NewQdisc::ingress(left))?;
    Ok((conn, left, right))
}

/// Redirects UDP for a network to another link.
fn redirect(from: u32, network: &str, to: u32) -> NewFilter<'static, U32Settings<'static>> {
    NewFilter::u32_v4(from, INGRESS)
        .priority(5)
        .destination(network.parse().unwrap())
        .ip_protocol(17)
        .action(FilterAction::redirect(to))
}

/// Lists kind, priority, protocol and handle of a link's filters that have a
/// handle: the kernel lists the heads of priorities, too.
fn listed(conn: &mut Conn, link: u32) -> Result<Vec<Listed>, Box<dyn std::error::Error>> {
    let mut filters = conn.query(GetFilters::of(link, INGRESS))?;
    let mut seen = Vec::new();
    while let Some(row) = filters.next()? {
        let kind = row.kind()?.unwrap().to_owned();
        if row.handle() != Handle::UNSPEC {
            seen.push((kind, row.priority(), row.protocol(), row.handle().bits()));
        }
    }
    Ok(seen)
}

type Listed = (String, u16, u16, u32);

fn tc_sees_what_we_make() -> Outcome {
    let (mut conn, left, right) = links()?;
    let show = || run("tc", &["filter", "show", "dev", "left", "parent", "ffff:"]);
    let [one, other] = ["192.0.2.0/24", "192.0.3.0/24"];
    conn.execute(redirect(left, one, right))?;
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
    let [first, second] = [0x800, 0x801].map(|node| U32Handle::new(0x800, 0, node));
    let twice = conn.execute(redirect(left, one, right).handle(first));
    assert!(twice.unwrap_err().is_exists());
    let bpf = NewFilter::new(left, INGRESS, "bpf").priority(5);
    let deletion = DeleteFilter::one(left, INGRESS, "bpf", 5, Handle::UNSPEC);
    let requests: [&dyn Request; 2] = [&bpf.protocol(ETH_P_IP), &deletion.protocol(ETH_P_IP)];
    for request in requests {
        let error = conn.execute(request).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL), "{error}");
    }

    // Another link.
    conn.execute(redirect(left, one, left).handle(first).change())?;
    let theirs = show()?;
    assert!(theirs.contains("to device left"), "{theirs}");

    // No filter has this handle or this priority, and priority 0 needs more.
    let changed = redirect(left, "0.0.0.0/24", right).change();
    let of_priority = |priority| DeleteFilter::priority(left, INGRESS, priority);
    let requests: [&dyn Request; 6] = [
        &changed.handle(second),
        &changed.priority(6),
        &changed.priority(0),
        &DeleteFilter::one(left, INGRESS, "u32", 5, second).protocol(ETH_P_IP),
        &of_priority(6).protocol(ETH_P_IP),
        &of_priority(0).protocol(ETH_P_IP),
    ];
    for request in requests {
        let error = conn.execute(request).unwrap_err();
        assert!(error.is_not_found(), "{error}");
    }
    conn.execute(redirect(left, other, right).handle(second))?;
    conn.execute(DeleteFilter::one(left, INGRESS, "u32", 5, first).protocol(ETH_P_IP))?;
    let seen = listed(&mut conn, left)?;
    let handles: Vec<_> = seen.into_iter().map(|filter| filter.3).collect();
    assert_eq!(handles, [0x8000_0000, 0x8000_0801]);
    // All of the priority.
    conn.execute(of_priority(5).protocol(ETH_P_IP))?;
    assert!(listed(&mut conn, left)?.is_empty());
    assert_eq!(show()?, "");

    // In a chain, at a priority of the kernel's.
    let chained = redirect(left, one, right).chain(7);
    conn.execute(chained.priority(0).protocol(ETH_P_ALL))?;
    let theirs = show()?;
    assert!(
        theirs.contains("protocol all pref 49152 u32 chain 7"),
        "{theirs}"
    );
    let error = conn.execute(of_priority(49152)).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    conn.execute(of_priority(49152).chain(7))?;
    assert_eq!(show()?, "");
    Ok(())
}

fn we_see_what_tc_makes() -> Outcome {
    let (mut conn, left, right) = links()?;
    let words = "filter add dev left parent ffff: protocol ip prio 9 u32 match ip dst 192.0.2.0/24 \
                 match ip protocol 17 0xff action mirred egress mirror dev right";
    run("tc", &words.split_whitespace().collect::<Vec<_>>())?;
    let mut filters = conn.query(GetFilters::of(left, INGRESS))?;
    let mut found = 0;
    while let Some(row) = filters.next()? {
        if row.handle() != Handle::from_bits(0x8000_0800) {
            continue;
        }
        found += 1;
        capture("route-filter-u32", row.message.as_bytes())?;
        assert_eq!((row.priority(), row.protocol()), (9, ETH_P_IP));
        assert_eq!((row.link(), row.parent()), (left.into(), INGRESS));
        let options = row.options()?;
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
    let all = redirect(left, "192.0.2.0/24", right).protocol(ETH_P_ALL);
    conn.execute(all)?;
    conn.execute(DeleteFilter::priority(left, INGRESS, 5))?;
    for kind in [RTM_NEWTFILTER, RTM_DELTFILTER] {
        let event = events.wait_for(|event| event.kind() == kind)?;
        let row = GetFilters::row(event.get());
        assert_eq!((row.priority(), row.protocol()), (5, ETH_P_ALL));
        assert_eq!(row.kind()?, Some("u32"));
    }
    Ok(())
}

fn matchall_drops() -> Outcome {
    let (mut conn, left, _) = links()?;
    let drop = NewFilter::matchall(left, INGRESS).priority(3);
    let drop = drop.action(FilterAction::drop());
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?;
    let made = conn.execute(drop).map(|_| ());
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
    let mut filters = conn.query(GetFilters::of(left, INGRESS))?;
    let mut found = 0;
    while let Some(row) = filters.next()? {
        let options = row.options()?;
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
    // A priority has one matchall, which the kernel does not change.
    let changed = conn.execute(drop.handle(Handle::from_bits(1)).change());
    let error = changed.unwrap_err();
    assert!(error.is_exists(), "{error}");
    conn.execute(DeleteFilter::priority(left, INGRESS, 3))?;
    for kind in [RTM_NEWTFILTER, RTM_DELTFILTER] {
        let event = events.wait_for(|event| event.kind() == kind)?;
        let row = GetFilters::row(event.get());
        assert_eq!((row.priority(), row.protocol()), (3, ETH_P_ALL));
    }
    Ok(())
}
