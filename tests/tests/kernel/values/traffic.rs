//! Traffic control beside `tc`.

use super::{compare, connected, words};
use nltests::{Message, Need, Outcome, Session, Test, run};
use nlwire::route::{
    ControlAction, DeleteClass, DeleteFilter, DeleteQdisc, FilterAction, GetClass, GetClasses,
    GetFilter, GetFilters, GetQdisc, GetQdiscs, Handle, Htb, NewClass, NewFilter, NewQdisc, Rate,
    TCA_CHAIN, TCA_KIND, TCA_OPTIONS, TrafficOptions, U32Handle,
};
use nlwire::{Errno, Query as _, Request, fields};
use serde_json::Value;
use std::net::UdpSocket;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::traffic::disciplines_are_as_by_tc",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: disciplines_are_as_by_tc,
    },
    Test {
        name: "values::traffic::classes_are_as_by_tc",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: classes_are_as_by_tc,
    },
    Test {
        name: "values::traffic::filters_are_as_by_tc",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: filters_are_as_by_tc,
    },
    Test {
        name: "values::traffic::an_htb_is_left_as_it_is",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: an_htb_is_left_as_it_is,
    },
    Test {
        name: "values::traffic::counters_are_as_by_tc",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: counters_are_as_by_tc,
    },
];

/// The place, the kind and the settings: no counters, and no times of actions.
fn same(message: &Message) -> String {
    let row = GetQdiscs::row(message.get());
    let attributes = row.attributes.map(|attribute| attribute.unwrap());
    let kept = attributes.filter(|one| [TCA_KIND, TCA_OPTIONS, TCA_CHAIN].contains(&one.kind()));
    let kept: Vec<_> = kept.map(|one| (one.kind(), one.bytes())).collect();
    // The count of users says nothing of the discipline.
    let (link, handle, parent) = (row.link(), row.handle(), row.parent());
    format!("{link} {handle} {parent} {kept:?}")
}

/// The same without the packets that an htb has counted among its settings:
/// IPv6 sends some of its own meanwhile.
fn same_qdisc(message: &Message) -> String {
    let row = GetQdiscs::row(message.get());
    let Some(TrafficOptions::Htb(htb)) = row.options().unwrap() else {
        return same(message);
    };
    let set = fields!(htb => Htb { global, direct_len }).unwrap();
    let mut global = *set.global.unwrap();
    global.direct_packets = 0.into();
    let (link, handle, parent) = (row.link(), row.handle(), row.parent());
    format!("{link} {handle} {parent} {global:?} {:?}", set.direct_len)
}

/// The same without bursts that take a fraction of a tick: tc before 6.14
/// rounds it down to microseconds, so that 1600 bytes at 80 Gbit/s take no time
/// at all, and later ones round it up to ticks, as we do.
fn same_class(message: &Message) -> String {
    let row = GetClasses::row(message.get());
    let Some(TrafficOptions::Htb(htb)) = row.options().unwrap() else {
        return same(message);
    };
    let mut class = *fields!(htb => Htb { class }).unwrap().class.unwrap();
    let (rate, ceil) = (row.rate().unwrap().unwrap(), row.ceil().unwrap().unwrap());
    for (rate, ticks) in [(rate, &mut class.buffer), (ceil, &mut class.cbuffer)] {
        let is_whole = u64::from(ticks.get()) * rate.bytes() % 15_625_000 == 0;
        if !is_whole || rate > Rate::mbit(100) {
            *ticks = 0.into();
        }
    }
    let (handle, parent) = (row.handle(), row.parent());
    format!("{handle} {parent} {rate} {ceil} {class:?}")
}

fn delete_qdisc(session: &mut Session, message: &Message) -> Outcome {
    let row = GetQdiscs::row(message.get());
    session.execute(&DeleteQdisc::of_row(&row)?)?;
    // The root has the kernel's own discipline again, with another handle.
    let twice = session.execute(&DeleteQdisc::of_row(&row)?).unwrap_err();
    assert!(
        [Errno::ENOENT, Errno::EINVAL]
            .map(Some)
            .contains(&twice.errno()),
        "{twice}"
    );
    session.execute(&DeleteQdisc::of_row(&row)?.if_there())?;
    Ok(())
}

fn disciplines_are_as_by_tc() -> Outcome {
    let (mut session, left, _) = connected()?;
    let one = Handle::new(1, 0);
    let milliseconds = Duration::from_millis;
    let cases: [(&dyn Request, &str); 13] = [
        (&NewQdisc::htb(left).handle(one), "root handle 1: htb"),
        (
            &NewQdisc::htb(left)
                .handle(one)
                .default_class(0x10)
                .rate_to_quantum(20),
            "root handle 1: htb default 10 r2q 20",
        ),
        (
            &NewQdisc::htb(left).handle(one).direct_queue(77),
            "root handle 1: htb direct_qlen 77",
        ),
        (
            &NewQdisc::tbf(left, Rate::mbit(1), 5000)
                .handle(one)
                .limit(10_000),
            "root handle 1: tbf rate 1mbit burst 5000 limit 10000",
        ),
        (
            &NewQdisc::tbf(left, Rate::kbit(777), 4321)
                .handle(one)
                .latency(milliseconds(70)),
            "root handle 1: tbf rate 777kbit burst 4321 latency 70ms",
        ),
        (
            &NewQdisc::tbf(left, Rate::mbit(10), 20_000)
                .handle(one)
                .latency(milliseconds(50))
                .peak(Rate::mbit(12), 1540),
            "root handle 1: tbf rate 10mbit burst 20000 latency 50ms peakrate 12mbit mtu 1540",
        ),
        (
            &NewQdisc::tbf(left, Rate::gbit(80), 100_000)
                .handle(one)
                .limit(1_000_000)
                .overhead(10)
                .minimum(64),
            "root handle 1: tbf rate 80gbit burst 100000 limit 1000000 overhead 10 mpu 64",
        ),
        (
            &NewQdisc::pfifo(left, 100).handle(one),
            "root handle 1: pfifo limit 100",
        ),
        (
            &NewQdisc::bfifo(left, 4321).handle(one),
            "root handle 1: bfifo limit 4321",
        ),
        (
            &NewQdisc::new(left, "pfifo")
                .handle(one)
                .options_bytes(&[7, 0, 0, 0]),
            "root handle 1: pfifo limit 7",
        ),
        (&NewQdisc::ingress(left), "ingress"),
        (&NewQdisc::clsact(left), "clsact"),
        (
            &NewQdisc::new(left, "noqueue").handle(one),
            "root handle 1: noqueue",
        ),
    ];
    for (ours, theirs) in cases {
        let theirs = format!("qdisc add dev left {theirs}");
        if cfg!(target_endian = "big") && theirs.ends_with("limit 7") {
            continue;
        }
        let query = GetQdiscs::all().link(left);
        compare(
            &mut session,
            &query,
            ours,
            ("tc", &theirs),
            same_qdisc,
            delete_qdisc,
        )?;
    }

    // Replaced, changed, and put in the place of another.
    let tbf = |rate| NewQdisc::tbf(left, rate, 5000).handle(one).limit(10_000);
    let absent = session.execute(&tbf(Rate::mbit(1)).change()).unwrap_err();
    assert!(absent.is_not_found(), "{absent}");
    session.execute(&tbf(Rate::mbit(1)).replace())?;
    session.execute(&tbf(Rate::mbit(2)).change())?;
    session.execute(&tbf(Rate::mbit(3)).replace())?;
    let there = session.execute(&tbf(Rate::mbit(4))).unwrap_err();
    assert_eq!(there.errno(), Some(Errno::EEXIST));
    let row = session.row(&GetQdisc::at(left, Handle::ROOT))?;
    assert_eq!(GetQdisc::row(row.get()).rate()?, Some(Rate::mbit(3)));
    session.execute(&NewQdisc::pfifo(left, 9).handle(Handle::new(2, 0)).replace())?;
    let row = session.row(&GetQdisc::by_handle(left, Handle::new(2, 0)))?;
    assert_eq!(GetQdisc::row(row.get()).kind()?, Some("pfifo"));
    let other = DeleteQdisc::root(left).handle(one);
    assert_eq!(
        session.execute(&other).unwrap_err().errno(),
        Some(Errno::EINVAL)
    );
    session.execute(&DeleteQdisc::root(left).kind("pfifo"))?;
    Ok(())
}

fn delete_class(session: &mut Session, message: &Message) -> Outcome {
    let row = GetClasses::row(message.get());
    session.execute(&DeleteClass::of_row(&row))?;
    let twice = session.execute(&DeleteClass::of_row(&row)).unwrap_err();
    assert!(twice.is_not_found(), "{twice}");
    session.execute(&DeleteClass::of_row(&row).if_there())?;
    Ok(())
}

fn classes_are_as_by_tc() -> Outcome {
    let (mut session, left, _) = connected()?;
    session.execute(&NewQdisc::htb(left).handle(Handle::new(1, 0)))?;
    session.execute(&NewClass::htb(left, Handle::new(1, 1), Rate::mbit(80)))?;
    let ten = Handle::new(1, 0x10);
    let class = |rate| NewClass::htb(left, ten, rate);
    let cases = [
        (
            class(Rate::mbit(10)).ceil(Rate::mbit(20)),
            "parent 1: htb rate 10mbit ceil 20mbit",
        ),
        (
            class(Rate::mbit(8)).parent(Handle::new(1, 1)).priority(3),
            "parent 1:1 htb rate 8mbit prio 3",
        ),
        (class(Rate::kbit(333)), "parent 1: htb rate 333kbit"),
        (class(Rate::bits(8)), "parent 1: htb rate 8bit"),
        (class(Rate::gbit(10)), "parent 1: htb rate 10gbit"),
        (
            class(Rate::gbit(80)).ceil(Rate::gbit(100)),
            "parent 1: htb rate 80gbit ceil 100gbit",
        ),
        (
            class(Rate::from_bytes(1_234_567))
                .burst(15_000)
                .ceil_burst(2_001)
                .quantum(3000),
            "parent 1: htb rate 9876536bit burst 15000 cburst 2001 quantum 3000",
        ),
        (
            class(Rate::mbit(3)).mtu(9000).overhead(18).minimum(64),
            "parent 1: htb rate 3mbit mtu 9000 overhead 18 mpu 64",
        ),
    ];
    for (ours, theirs) in cases {
        // A class is another one once it has a child.
        let parent = match theirs.starts_with("parent 1:1 ") {
            true => Handle::new(1, 1),
            false => Handle::ROOT,
        };
        let theirs = format!("class add dev left classid 1:10 {theirs}");
        let query = GetClasses::of(left).parent(parent);
        compare(
            &mut session,
            &query,
            &ours,
            ("tc", &theirs),
            same_class,
            delete_class,
        )?;
    }

    // Changed and replaced.
    let absent = session.execute(&class(Rate::mbit(5)).change()).unwrap_err();
    assert!(absent.is_not_found(), "{absent}");
    session.execute(&class(Rate::mbit(5)).replace())?;
    session.execute(&class(Rate::mbit(6)).ceil(Rate::mbit(7)).change())?;
    session.execute(&class(Rate::mbit(9)).if_absent())?;
    let row = session.row(&GetClass::by_handle(left, ten))?;
    let row = GetClass::row(row.get());
    assert_eq!(row.rate()?, Some(Rate::mbit(6)));
    assert_eq!(row.ceil()?, Some(Rate::mbit(7)));
    let top = session.rows(&GetClasses::of(left).parent(Handle::ROOT))?;
    assert_eq!(top.len(), 2);
    let of_other = GetClasses::of(left).discipline(Handle::new(2, 0));
    assert!(session.rows(&of_other)?.is_empty());
    assert!(session.rows(&GetClasses::of(9999))?.is_empty());
    Ok(())
}

fn delete_filter(session: &mut Session, message: &Message) -> Outcome {
    let row = GetFilters::row(message.get());
    if U32Handle::from(row.handle()).node() == 0 {
        // The head of a priority and its hash table go with its last filter.
        return Ok(());
    }
    session.execute(&DeleteFilter::of_row(&row)?.if_there())?;
    Ok(())
}

/// Words before numbers that differ, since the kernel frees an action a while
/// after its filter.
const UNSTEADY: [&str; 7] = [
    "index",
    "references",
    "bindings",
    "install",
    "last_use",
    "first_use",
    "expires",
];

/// Formats a filter as the other functions format a discipline, with the
/// priority. Times and numbers of actions are not compared.
fn same_filter(message: &Message) -> String {
    let row = GetFilters::row(message.get());
    let options = row.options().unwrap().map(|options| format!("{options:?}"));
    let options = options.unwrap_or_default();
    let is_number =
        |word: &&str| !word.ends_with(|last: char| last.is_ascii_digit() || last == ',');
    let words: Vec<_> = options.split(' ').collect();
    let kept = words
        .windows(2)
        .filter(|pair| !UNSTEADY.contains(&pair[0]) || is_number(&pair[1]));
    let options: Vec<_> = kept.map(|pair| pair[1]).collect();
    let (handle, parent) = (U32Handle::from(row.handle()), row.parent());
    let place = (row.priority(), row.protocol(), row.chain().unwrap());
    format!("{handle} {parent} {place:?} {options:?}")
}

fn filters_are_as_by_tc() -> Outcome {
    let (mut session, left, right) = connected()?;
    session.execute(&NewQdisc::clsact(left))?;
    session.execute(&NewQdisc::htb(left).handle(Handle::new(1, 0)))?;
    session.execute(&NewClass::htb(left, Handle::new(1, 0x10), Rate::mbit(80)))?;
    let (root, ingress, egress) = (
        Handle::new(1, 0),
        Handle::CLSACT_INGRESS,
        Handle::CLSACT_EGRESS,
    );
    let ten = Handle::new(1, 0x10);
    let prefix = |text: &str| text.parse::<nlwire::Prefix>().unwrap();
    let second = [FilterAction::redirect_ingress(right)];
    let cases = [
        (
            root,
            NewFilter::u32_v4(left, root)
                .priority(5)
                .destination(prefix("192.0.2.0/24"))
                .class(ten),
            "parent 1: protocol ip prio 5 u32 match ip dst 192.0.2.0/24 classid 1:10",
        ),
        (
            root,
            NewFilter::u32_v4(left, root)
                .priority(5)
                .source(prefix("192.0.2.77"))
                .ip_protocol(6)
                .source_port(80)
                .destination_port(22)
                .class(ten),
            "parent 1: protocol ip prio 5 u32 match ip src 192.0.2.77/32 match ip protocol 6 0xff \
             match ip sport 80 0xffff match ip dport 22 0xffff classid 1:10",
        ),
        (
            root,
            NewFilter::u32_v6(left, root)
                .priority(6)
                .destination(prefix("2001:db8::/33"))
                .ip_protocol(17)
                .class(ten),
            "parent 1: protocol ipv6 prio 6 u32 match ip6 dst 2001:db8::/33 \
             match ip6 protocol 17 0xff classid 1:10",
        ),
        (
            root,
            NewFilter::u32(left, root)
                .priority(7)
                .key(0, 0, 0)
                .class(ten),
            "parent 1: protocol all prio 7 u32 match u32 0 0 classid 1:10",
        ),
        (
            root,
            NewFilter::u32(left, root)
                .priority(7)
                .key(0x1234, 0xffff, 4)
                .mark(7, 0xff)
                .class(ten),
            "parent 1: protocol all prio 7 u32 match u32 0x1234 0xffff at 4 match mark 7 0xff \
             classid 1:10",
        ),
        (
            ingress,
            NewFilter::u32_v4(left, ingress)
                .priority(5)
                .destination(prefix("192.0.2.0/24"))
                .action(FilterAction::redirect(right)),
            "ingress protocol ip prio 5 u32 match ip dst 192.0.2.0/24 \
             action mirred egress redirect dev right",
        ),
        (
            egress,
            NewFilter::u32(left, egress)
                .priority(5)
                .chain(3)
                .handle(U32Handle::new(0x800, 0, 0x900))
                .key(0, 0, 0)
                .action(FilterAction::mirror(right).index(7))
                .actions(&second),
            "egress protocol all chain 3 prio 5 handle 800::900 u32 match u32 0 0 \
             action mirred egress mirror dev right pipe index 7 \
             action mirred ingress redirect dev right",
        ),
        (
            egress,
            NewFilter::u32(left, egress)
                .priority(6)
                .key(0, 0, 0)
                .action(FilterAction::mirror(right).then(ControlAction::goto_chain(3))),
            "egress protocol all prio 6 u32 match u32 0 0 \
             action mirred egress mirror dev right goto chain 3",
        ),
    ];
    for (parent, ours, theirs) in cases {
        let theirs = format!("filter add dev left {theirs}");
        let query = GetFilters::of(left, parent);
        // Actions are numbered by all: the second would get another number.
        let theirs = ("tc", theirs.as_str());
        compare(
            &mut session,
            &query,
            &ours,
            theirs,
            same_filter,
            delete_filter,
        )?;
        session.execute(&DeleteFilter::all(left, parent))?;
    }

    // By handle, by priority, and all.
    let (first, second) = (U32Handle::new(0x800, 0, 1), U32Handle::new(0x800, 0, 2));
    let ipv4 = |handle: U32Handle| {
        let filter = NewFilter::u32_v4(left, root).priority(5).handle(handle);
        filter.destination(prefix("192.0.2.0/24")).class(ten)
    };
    session.execute(&ipv4(first))?;
    session.execute(&ipv4(second))?;
    let twice = session.execute(&ipv4(second)).unwrap_err();
    assert_eq!(twice.errno(), Some(Errno::EEXIST));
    session.execute(&ipv4(second).if_absent())?;
    session.execute(&NewFilter::u32(left, root).priority(9).class(ten))?;
    let get = GetFilter::one(left, root, "u32", 5, second).protocol(0x0800);
    let row = session.row(&get)?;
    assert_eq!(
        U32Handle::from(GetFilter::row(row.get()).handle()).to_string(),
        "800::2"
    );
    let shown = words("tc", "filter show dev left parent 1:")?;
    assert!(
        shown.contains("fh 800::1 ") && shown.contains("fh 800::2 "),
        "{shown}"
    );
    let nodes = |session: &mut Session, query: GetFilters<'_>| {
        let rows = session.rows(&query).unwrap();
        let nodes = rows
            .iter()
            .map(|row| U32Handle::from(GetFilters::row(row.get()).handle()));
        nodes.filter(|handle| handle.node() != 0).count()
    };
    let all = GetFilters::of(left, root);
    assert_eq!(nodes(&mut session, all), 3);
    assert_eq!(nodes(&mut session, all.priority(5)), 2);
    assert_eq!(nodes(&mut session, all.protocol(0x0003)), 1);
    assert_eq!(nodes(&mut session, all.kind("u32").chain(0)), 3);
    assert_eq!(nodes(&mut session, all.kind("bpf")), 0);
    assert_eq!(nodes(&mut session, all.chain(1)), 0);
    let one = DeleteFilter::one(left, root, "u32", 5, first).protocol(0x0800);
    session.execute(&one)?;
    assert!(session.execute(&one).unwrap_err().is_not_found());
    session.execute(&one.if_there())?;
    assert_eq!(nodes(&mut session, all), 2);
    session.execute(&DeleteFilter::priority(left, root, 5).protocol(0x0800))?;
    assert_eq!(nodes(&mut session, all), 1);
    session.execute(&DeleteFilter::all(left, root))?;
    assert_eq!(nodes(&mut session, all), 0);
    Ok(())
}

fn an_htb_is_left_as_it_is() -> Outcome {
    let (mut session, left, _) = connected()?;
    let htb = NewQdisc::htb(left)
        .handle(Handle::new(1, 0))
        .default_class(0x10);
    let class = NewClass::htb(left, Handle::new(1, 0x10), Rate::mbit(10)).ceil(Rate::mbit(20));
    let first = session.execute(&htb.replace());
    assert!(first.is_ok(), "{first:?}");
    let refused = session.execute(&htb.replace()).unwrap_err();
    assert_eq!(refused.errno(), Some(Errno::EINVAL), "{refused}");
    for _ in 0..2 {
        session.execute(&htb.if_absent())?;
        session.execute(&class.replace())?;
    }
    let output = run("tc", &["-json", "-details", "qdisc", "show", "dev", "left"])?;
    let shown: Value = serde_json::from_str(&output)?;
    assert_eq!(shown[0]["options"]["default"], "0x10", "{shown}");
    let shown = words("tc", "class show dev left")?;
    let text = "class htb 1:10 root prio 0 rate 10Mbit ceil 20Mbit burst 1600b cburst 1600b";
    assert!(shown.contains(text), "{shown}");
    let row = session.row(&GetClass::by_handle(left, Handle::new(1, 0x10)))?;
    let row = GetClass::row(row.get());
    assert_eq!(row.rate()?.unwrap().to_string(), "10Mbit");
    assert_eq!(row.ceil()?.unwrap().to_string(), "20Mbit");
    Ok(())
}

fn counters_are_as_by_tc() -> Outcome {
    let (mut session, left, _) = connected()?;
    let root = Handle::new(1, 0);
    session.execute(&NewQdisc::htb(left).handle(root).default_class(0x10))?;
    session.execute(&NewClass::htb(left, Handle::new(1, 0x10), Rate::gbit(1)))?;
    words("ip", "neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev left")?;
    let socket = UdpSocket::bind("10.0.0.1:0")?;
    for _ in 0..5 {
        socket.send_to(&[0; 100], "10.0.0.2:9")?;
    }
    let of_qdisc = |session: &mut Session| -> Result<_, Box<dyn std::error::Error>> {
        let row = session.row(&GetQdisc::at(left, Handle::ROOT))?;
        Ok(GetQdisc::row(row.get()).counters()?.unwrap())
    };
    // IPv6 sends packets of its own meanwhile: read again until none came.
    let mut attempts = 0;
    let (shown, ours, of_class) = loop {
        let ours = of_qdisc(&mut session)?;
        let output = run(
            "tc",
            &["-json", "-statistics", "qdisc", "show", "dev", "left"],
        )?;
        let row = session.row(&GetClass::by_handle(left, Handle::new(1, 0x10)))?;
        let of_class = GetClass::row(row.get()).counters()?.unwrap();
        attempts += 1;
        if of_qdisc(&mut session)?.packets == ours.packets || attempts == 100 {
            break (serde_json::from_str::<Value>(&output)?, ours, of_class);
        }
    };
    assert!(ours.packets >= 5 && ours.bytes >= 5 * 142, "{ours:?}");
    for (field, value) in [
        ("bytes", ours.bytes),
        ("packets", ours.packets),
        ("drops", ours.drops.into()),
        ("overlimits", ours.overlimits.into()),
        ("requeues", ours.requeues.into()),
        ("backlog", ours.backlog.into()),
        ("qlen", ours.queued.into()),
    ] {
        assert_eq!(shown[0][field], value, "{field}: {shown}");
    }
    assert_eq!(
        (of_class.packets, of_class.bytes),
        (ours.packets, ours.bytes)
    );
    Ok(())
}
