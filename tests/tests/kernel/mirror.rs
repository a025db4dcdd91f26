//! Mirrors beside what `ip` lists.

use allocation_counter::measure;
use nlsock::mirror::{Kept, Mirror, Table, Tables};
use nlsock::{AsyncMirror, Config, Conn, Protocol};
use nltests::{Churn, Need, Network, Outcome, Test, ip, run};
use nlwire::route::{AF_INET, AF_INET6, GetRoutes};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "mirror::it_is_what_ip_lists_after_flaps_and_losses",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: it_is_what_ip_lists_after_flaps_and_losses,
    },
    Test {
        name: "mirror::a_row_takes_little_memory",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_row_takes_little_memory,
    },
];

const TICK: Duration = Duration::from_millis(50);

fn mirror(receive_buffer: usize) -> Result<Mirror, nlsock::Error> {
    let config = Config::new(Protocol::ROUTE).receive_buffer(receive_buffer);
    Ok(Mirror::new(config.events()?, Conn::open(Protocol::ROUTE)?))
}

/// Destination and metric of each route, as `ip` prints them.
fn routes(tables: &Tables, kept: Kept<GetRoutes>) -> Result<Vec<String>, nlwire::DecodeError> {
    let mut lines = Vec::new();
    for route in tables.rows(kept) {
        if ![AF_INET, AF_INET6].contains(&route.header.family) {
            continue;
        }
        let to = match (route.destination()?, route.header.destination_len) {
            (_, 0) | (None, _) => "default".to_owned(),
            (Some(prefix), 32) if route.header.family == AF_INET => prefix.address().to_string(),
            (Some(prefix), 128) => prefix.address().to_string(),
            (Some(prefix), _) => prefix.to_string(),
        };
        lines.push(format!("{to} {}", route.metric()?));
    }
    lines.sort_unstable();
    Ok(lines)
}

fn listed() -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for family in ["-4", "-6"] {
        let listed = ip(&[family, "route", "show", "table", "all"])?;
        for route in listed.as_array().into_iter().flatten() {
            let metric = route["metric"].as_u64().unwrap_or(0);
            lines.push(format!("{} {metric}", route["dst"].as_str().unwrap()));
        }
    }
    lines.sort_unstable();
    Ok(lines)
}

fn it_is_what_ip_lists_after_flaps_and_losses() -> Outcome {
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
    let links = mirror.keep(Table::links())?;
    let addresses = mirror.keep(Table::addresses())?;
    let kept = mirror.keep(Table::routes())?;
    mirror.keep(Table::neighbours())?;
    mirror.keep(Table::rules())?;
    mirror.keep(Table::next_hops())?;
    let mut churn = Churn::open(left, 500)?;
    let (mut reads, mut events) = (0, 0);
    let settle = |mirror: &mut Mirror, reads: &mut u32, events: &mut u32| -> Outcome {
        // The kernel adds routes of IPv6 addresses a second later, perhaps
        // between the last event and what `ip` lists.
        for _ in 0..3 {
            while let Some(update) = mirror.next_within(TICK)? {
                match update {
                    nlsock::mirror::Update::Read => *reads += 1,
                    nlsock::mirror::Update::Event(_) => *events += 1,
                }
            }
            if routes(mirror, kept)? == listed()? {
                return Ok(());
            }
        }
        assert_eq!(routes(mirror, kept)?, listed()?);
        Ok(())
    };
    settle(&mut mirror, &mut reads, &mut events)?;
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
        settle(&mut mirror, &mut reads, &mut events)?;
        run("ip", &["link", "set", "left", "down"])?;
        settle(&mut mirror, &mut reads, &mut events)?;
        run("ip", &["link", "set", "left", "up"])?;
    }
    // More than the receive buffer holds.
    let before = reads;
    for _ in 0..20 {
        churn.change()?;
    }
    settle(&mut mirror, &mut reads, &mut events)?;
    assert!(reads > before, "nothing was lost");
    println!("{reads} readings, {events} events");

    assert_eq!(mirror.len(links), 2);
    assert_eq!(
        mirror.link_index("left").map(|index| index.get()),
        Some(left)
    );
    assert_eq!(mirror.link_name(left), Some("left".into()));
    assert!(mirror.link(right).is_none());
    let listed = ip(&["addr"])?;
    let count = |link: &serde_json::Value| link["addr_info"].as_array().map_or(0, Vec::len);
    let all: usize = listed.as_array().into_iter().flatten().map(count).sum();
    assert_eq!(mirror.len(addresses), all);
    let here = listed.as_array().into_iter().flatten();
    let here: usize = here
        .filter(|link| link["ifname"] == "left")
        .map(count)
        .sum();
    assert_eq!(mirror.addresses_of(left).count(), here);

    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build()?;
    runtime.block_on(async {
        let mut mirror = AsyncMirror::new(self::mirror(1 << 20)?)?;
        let kept = mirror.keep(Table::routes())?;
        assert!(matches!(
            mirror.next().await?,
            Some(nlsock::mirror::Update::Read)
        ));
        churn.change()?;
        run("ip", &["link", "set", "left", "down"])?;
        while mirror.next_within(TICK).await?.is_some() {}
        assert_eq!(routes(&mirror, kept)?, self::listed()?);
        Ok(())
    })
}

fn a_row_takes_little_memory() -> Outcome {
    let mut network = Network::open()?;
    let link = network.add_link("br0", "bridge")?;
    network.set_up(link)?;
    let lines: String = (0..100_000_u32)
        .map(|number| {
            let [_, a, b, c] = number.to_be_bytes();
            format!("route add 10.{a}.{b}.{c} dev br0 metric 7\n")
        })
        .collect();
    let path = std::env::temp_dir().join(format!("nltests-mirror-{}", std::process::id()));
    std::fs::write(&path, lines)?;
    let added = run("ip", &["-batch".as_ref(), path.as_os_str()]);
    std::fs::remove_file(&path)?;
    added?;

    let mut kept = None;
    let counted = measure(|| {
        kept = Some((|| -> Result<_, nlsock::Error> {
            let mut mirror = mirror(1 << 20)?;
            let routes = mirror.keep(Table::routes())?;
            mirror.next()?;
            Ok((mirror, routes))
        })());
    });
    let (mirror, routes) = kept.unwrap()?;
    let rows = mirror.len(routes);
    assert!(rows >= 100_000, "{rows}");
    let bytes: usize = mirror
        .rows(routes)
        .map(|row| row.message.as_bytes().len())
        .sum();
    println!("{rows} rows of {bytes} bytes: {counted:?}");
    let most = u64::try_from(2 * bytes + 64 * rows)?;
    assert!(u64::try_from(counted.bytes_current)? <= most, "{counted:?}");
    Ok(())
}
