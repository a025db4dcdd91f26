//! Mirrors beside what `ip` lists.

mod listing;
mod long;

use allocation_counter::measure;
use listing::{All, Counts};
use nlsock::mirror::{Key, Mirror, Table, Update};
use nlsock::{AsyncMirror, Config, Conn, Protocol};
use nltests::{Churn, Need, Network, Outcome, Test, in_namespace, ip, run, second_namespace};
use nlwire::route::{
    GetQdiscs, NeighbourState, NewNeighbour, NewRoute, RTM_DELQDISC, RTM_NEWQDISC, RTNLGRP_TC,
    TrafficRow,
};
use nlwire::{DecodeError, MessageRef};
use std::time::Duration;

pub(crate) use long::TESTS as LONG;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "mirror::equals_the_list_of_ip_after_flaps_and_losses",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: equals_the_list_of_ip_after_flaps_and_losses,
    },
    Test {
        name: "mirror::links_go_with_other_namespaces",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_go_with_other_namespaces,
    },
    Test {
        name: "mirror::any_table_is_kept_by_its_key",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("tc")],
        run: any_table_is_kept_by_its_key,
    },
    Test {
        name: "mirror::neighbours_are_kept_while_their_table_grows",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_are_kept_while_their_table_grows,
    },
    Test {
        name: "mirror::a_row_takes_little_memory",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: || rows_take_little_memory(20_000),
    },
];

const TICK: Duration = Duration::from_millis(50);

fn mirror(receive_buffer: usize) -> Result<Mirror, nlsock::Error> {
    let config = Config::new(Protocol::ROUTE).receive_buffer(receive_buffer);
    Ok(Mirror::new(config.events()?, Conn::open(Protocol::ROUTE)?))
}

fn equals_the_list_of_ip_after_flaps_and_losses() -> Outcome {
    let mut network = Network::open()?;
    let left = network.add_link("left", "bridge")?;
    let right = network.add_link("right", "bridge")?;
    network.set_up(left)?;
    network.set_up(right)?;
    run("ip", &["addr", "add", "192.0.2.1/24", "dev", "right"])?;
    run(
        "ip",
        &["addr", "add", "2001:db8::1/64", "dev", "right", "nodad"],
    )?;
    run(
        "ip",
        &[
            "nexthop",
            "add",
            "id",
            "7",
            "via",
            "192.0.2.2",
            "dev",
            "right",
        ],
    )?;
    run("ip", &["addr", "add", "192.0.2.9/32", "dev", "left"])?;

    let mut mirror = mirror(8192)?;
    let all = All::keep(&mut mirror)?;
    let mut churn = Churn::open(left, 500)?;
    let mut counts = Counts::default();
    counts.settle(&mut mirror, all)?;
    let changes: [&[&str]; 12] = [
        &["route", "add", "198.51.100.0/24", "nhid", "7"],
        &["route", "add", "198.51.100.0/25", "via", "192.0.2.2"],
        &["route", "append", "198.51.100.0/25", "via", "192.0.2.3"],
        &["route", "replace", "198.51.100.0/25", "via", "192.0.2.4"],
        &[
            "route",
            "add",
            "203.0.113.0/24",
            "dev",
            "right",
            "src",
            "192.0.2.9",
        ],
        &[
            "-6",
            "route",
            "add",
            "2001:db8:1::/48",
            "via",
            "2001:db8::2",
        ],
        &[
            "-6",
            "route",
            "append",
            "2001:db8:1::/48",
            "via",
            "2001:db8::3",
        ],
        &[
            "-6",
            "route",
            "del",
            "2001:db8:1::/48",
            "via",
            "2001:db8::2",
        ],
        // All of these delete routes in silence.
        &["nexthop", "del", "id", "7"],
        &["addr", "del", "192.0.2.9/32", "dev", "left"],
        &["link", "set", "right", "down"],
        &["link", "del", "right"],
    ];
    for change in changes {
        for _ in 0..5 {
            churn.change()?;
        }
        run("ip", change)?;
        counts.settle(&mut mirror, all)?;
        run("ip", &["link", "set", "left", "down"])?;
        counts.settle(&mut mirror, all)?;
        run("ip", &["link", "set", "left", "up"])?;
    }
    // More than the receive buffer holds.
    let before = counts.reads;
    for _ in 0..20 {
        churn.change()?;
    }
    counts.settle(&mut mirror, all)?;
    assert!(counts.reads > before, "nothing was lost");
    println!("{counts:?}");

    assert_eq!(mirror.len(all.links), 2);
    assert_eq!(
        mirror.link_index("left").map(|index| index.get()),
        Some(left)
    );
    assert_eq!(mirror.link_name(left), Some("left".into()));
    assert!(mirror.link(right).is_none());
    let listed = ip(&["addr", "show", "dev", "left"])?;
    let here = listed[0]["addr_info"].as_array().map_or(0, Vec::len);
    assert_eq!(mirror.addresses_of(left).count(), here);

    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build()?;
    runtime.block_on(async {
        let mut mirror = AsyncMirror::new(self::mirror(1 << 20)?)?;
        let kept = mirror.keep(Table::routes())?;
        assert!(matches!(mirror.next().await?, Some(Update::Read)));
        let before = mirror.len(kept);
        churn.change()?;
        run("ip", &["link", "set", "left", "down"])?;
        while mirror.next_within(TICK).await?.is_some() {}
        assert!(mirror.len(kept) < before);
        let routes = listing::theirs()?;
        let routes = routes.iter().filter(|line| line.starts_with("route "));
        assert_eq!(mirror.len(kept), routes.count());
        Ok(())
    })
}

/// Links whose ends, lower devices or tunnels are in a namespace that goes, and
/// those that were moved there.
fn links_go_with_other_namespaces() -> Outcome {
    let second = second_namespace()?;
    run("ip", &["link", "set", "lo", "up"])?;
    let mut mirror = mirror(1 << 20)?;
    let all = All::keep(&mut mirror)?;
    let mut counts = Counts::default();
    counts.settle(&mut mirror, all)?;
    let moved = format!("/proc/{}/fd/{}", std::process::id(), {
        use std::os::fd::AsRawFd as _;
        second.as_raw_fd()
    });
    for (number, words) in [
        "link add near type veth peer name far",
        "link add bridge type bridge",
        "addr add 192.0.2.1/24 dev near",
        "link set near up",
        "link set far up",
        "link set near master bridge",
        "route add 198.51.100.0/24 via 192.0.2.2",
        "-6 route add 2001:db8::/32 dev near",
        "link set far netns",
        "link add link near name upper type macvlan",
        "link set upper netns",
    ]
    .iter()
    .enumerate()
    {
        let mut words: Vec<&str> = words.split(' ').collect();
        if words.last() == Some(&"netns") {
            words.push(&moved);
        }
        // Not every kernel has macvlan.
        if let Err(error) = run("ip", &words) {
            assert!(number >= 9, "{error}");
        }
        counts.settle(&mut mirror, all)?;
    }
    let far = in_namespace(&second, || ip(&["link"]))??;
    assert!(far.as_array().unwrap().len() >= 2);
    assert!(mirror.link_index("near").is_some());
    // The end over there goes with its namespace, and ours with it.
    drop(second);
    for _ in 0..500 {
        counts.follow(&mut mirror, Duration::from_millis(10))?;
        if mirror.link_index("near").is_none() {
            break;
        }
    }
    assert!(mirror.link_index("near").is_none());
    counts.settle(&mut mirror, all)
}

/// Queueing disciplines, of which a link has one at each place.
fn any_table_is_kept_by_its_key() -> Outcome {
    fn place(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
        let row = TrafficRow::of(message);
        key.number(row.link().get()).number(row.parent().bits());
        Ok(true)
    }
    let link = Network::open()?.add_link("br0", "bridge")?;
    let disciplines = Table::new(GetQdiscs::all(), RTM_NEWQDISC, RTM_DELQDISC, place);
    let mut mirror = mirror(1 << 20)?;
    let kept = mirror.keep(
        disciplines
            .group(RTNLGRP_TC)
            .query(GetQdiscs::all().link(link)),
    )?;
    let shown = |mirror: &Mirror| {
        let rows = mirror
            .rows(kept)
            .map(|row| row.kind().unwrap().unwrap().to_owned());
        let mut kinds: Vec<_> = rows.collect();
        kinds.sort();
        kinds
    };
    for (command, kinds) in [
        ("qdisc add dev br0 root handle 1: htb", &["htb"][..]),
        ("class add dev br0 classid 1:10 htb rate 1mbit", &["htb"]),
        ("qdisc add dev br0 parent 1:10 pfifo", &["htb", "pfifo"]),
        ("qdisc add dev lo root pfifo", &["htb", "pfifo"]),
        ("qdisc delete dev br0 parent 1:10", &["htb"]),
        ("qdisc replace dev br0 root pfifo", &["pfifo"]),
        ("qdisc delete dev br0 root", &[]),
    ] {
        run("tc", &command.split(' ').collect::<Vec<_>>())?;
        while mirror.next_within(TICK)?.is_some() {}
        let mut now = shown(&mirror);
        now.retain(|kind| kind != "noqueue");
        assert_eq!(now, kinds, "{command}");
    }
    Ok(())
}

/// Neighbours that are added while a mirror reads them: the hash table grows,
/// and puts its rows in another order. The kernel shares one table among all
/// namespaces and never shrinks it, so that it grows in the first run only.
fn neighbours_are_kept_while_their_table_grows() -> Outcome {
    let mut network = Network::open()?;
    let link = network.add_link("br0", "bridge")?;
    network.set_up(link)?;
    let added = std::thread::spawn(move || -> Result<(), nlsock::Error> {
        let mut conn = Conn::open(Protocol::ROUTE)?;
        for number in 0..3000_u16 {
            let [high, low] = number.to_be_bytes();
            let neighbour = NewNeighbour::of(link, [10, 0, high, low]);
            let neighbour = neighbour.mac([2, 0, 0, 0, high, low]);
            conn.execute(neighbour.state(NeighbourState::PERMANENT))?;
        }
        Ok(())
    });
    let mut mirror = mirror(1 << 22)?;
    let kept = mirror.keep(Table::neighbours())?;
    while !added.is_finished() {
        mirror.next_within(Duration::from_millis(1))?;
    }
    added.join().map_err(|_| "the thread panicked")??;
    while mirror.next_within(TICK)?.is_some() {}
    let rows = mirror.rows(kept);
    let permanent = rows.filter(|row| row.state().contains(NeighbourState::PERMANENT));
    assert_eq!(permanent.count(), 3000);
    Ok(())
}

fn rows_take_little_memory(routes: u32) -> Outcome {
    let mut network = Network::open()?;
    let link = network.add_link("br0", "bridge")?;
    network.set_up(link)?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = vec![0; 1 << 16];
    for first in (0..routes).step_by(500) {
        let mut batch = nlwire::Batch::new(&mut buffer[..]);
        for number in first..(first + 500).min(routes) {
            let [_, a, b, c] = number.to_be_bytes();
            let route = NewRoute::to(nlwire::Prefix::host([10 + a, b, c, 1].into()));
            batch.push(&route.link(link).metric(7))?;
        }
        let mut outcomes = vec![nlsock::Outcome::default(); batch.count()];
        conn.batch(&mut batch, &mut outcomes)?;
    }

    let mut kept = None;
    let counted = measure(|| {
        kept = Some((|| -> Result<_, nlsock::Error> {
            let mut mirror = mirror(1 << 20)?;
            let routes = mirror.keep(Table::routes())?;
            mirror.next()?;
            Ok((mirror, routes))
        })());
    });
    let (mirror, kept) = kept.unwrap()?;
    let rows = mirror.len(kept);
    assert!(rows >= usize::try_from(routes)?, "{rows}");
    let bytes: usize = mirror
        .rows(kept)
        .map(|row| row.message.as_bytes().len())
        .sum();
    let each = |bytes: u64| bytes / u64::try_from(rows).unwrap_or(1);
    let (current, most) = (u64::try_from(counted.bytes_current)?, counted.bytes_max);
    println!(
        "{rows} rows of {} bytes each: {} bytes each, {} at most",
        each(u64::try_from(bytes)?),
        each(current),
        each(most)
    );
    let bound = u64::try_from(2 * bytes + 64 * rows)?;
    assert!(current <= bound && most <= bound, "{counted:?}, {bound}");
    Ok(())
}
