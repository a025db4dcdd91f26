//! Addresses beside `ip address`.

use super::{Route, compare};
use nlsock::{Errno, Protocol};
use nltests::{Message, Missing, Need, Outcome, Session, Test, ip, run};
use nlwire::route::{
    AddressFlags, DeleteAddress, GetAddresses, GetMulticastAddresses, NewAddress, NewLink, Scope,
    SetLink,
};
use nlwire::{LinkIndex, Prefix, Query as _};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::addresses_have_all_settings",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: addresses_have_all_settings,
    },
    Test {
        name: "values::addresses_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: addresses_are_those_of_ip,
    },
    Test {
        name: "values::exactly_the_address_named_is_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: exactly_the_address_named_is_deleted,
    },
    Test {
        name: "values::addresses_are_listed_by_filters",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: addresses_are_listed_by_filters,
    },
    Test {
        name: "values::multicast_addresses_are_listed",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: multicast_addresses_are_listed,
    },
];

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

/// Returns the addresses of a link that `ip` shows.
fn shown(link: &str) -> Vec<Value> {
    let shown = ip(&["-details", "address", "show", "dev", link]).unwrap();
    let addresses = shown[0]["addr_info"].as_array().unwrap().iter();
    addresses
        .filter(|one| one["scope"] != "link")
        .cloned()
        .collect()
}

/// Addresses with their prefix lengths.
fn texts(link: &str) -> Vec<String> {
    let text = |one: &Value| format!("{}/{}", one["local"].as_str().unwrap(), one["prefixlen"]);
    shown(link).iter().map(text).collect()
}

fn bridge(route: &mut Route) -> LinkIndex {
    route.execute(&NewLink::bridge("br0").up()).unwrap();
    route.index("br0")
}

fn addresses_have_all_settings() -> Outcome {
    let mut route = Route::open()?;
    let link = bridge(&mut route);
    let full = NewAddress::of(link, prefix("192.0.2.1/24"))
        .network_broadcast()
        .label("br0:1")
        .valid_for(Duration::from_secs(3600))
        .preferred_for(Duration::from_secs(1800))
        .flags(AddressFlags::NOPREFIXROUTE)
        .metric(7);
    route.execute(&full)?;
    route.execute(
        &NewAddress::of(link, prefix("10.0.0.1/32"))
            .peer([10, 0, 0, 2])
            .scope(Scope::SITE),
    )?;
    route.execute(&NewAddress::of(link, prefix("2001:db8::1/64")).no_dad())?;
    let v6_peer: std::net::Ipv6Addr = "2001:db8:1::2".parse()?;
    route.execute(
        &NewAddress::of(link, prefix("2001:db8:1::1/128"))
            .peer(v6_peer)
            .no_dad(),
    )?;
    let all = shown("br0");
    let find = |local: &str| all.iter().find(|one| one["local"] == local).unwrap();
    let first = find("192.0.2.1");
    assert_eq!(
        (&first["broadcast"], &first["label"]),
        (&json!("192.0.2.255"), &json!("br0:1"))
    );
    assert_eq!(
        (&first["noprefixroute"], &first["metric"]),
        (&json!(true), &json!(7))
    );
    let (valid, preferred) = (&first["valid_life_time"], &first["preferred_life_time"]);
    assert!((3590..=3600).contains(&valid.as_u64().unwrap()), "{first}");
    assert!(
        (1790..=1800).contains(&preferred.as_u64().unwrap()),
        "{first}"
    );
    let second = find("10.0.0.1");
    assert_eq!(
        (&second["address"], &second["scope"]),
        (&json!("10.0.0.2"), &json!("site"))
    );
    assert_eq!(find("2001:db8::1")["nodad"], json!(true));
    assert_eq!(find("2001:db8:1::1")["address"], "2001:db8:1::2");

    route.refused(&full, Errno::EEXIST);
    route.execute(&full.if_absent())?;
    let longer = full.valid_for(Duration::from_secs(7200));
    route.execute(&longer.replace())?;
    let valid = shown("br0")[0]["valid_life_time"].as_u64().unwrap();
    assert!(valid > 7000, "{valid}");

    // Of 127.0.0.0/8, as `ip` has it: a second address needs the first one's scope.
    ip(&["link", "set", "lo", "up"])?;
    route.execute(&NewAddress::of(1, prefix("127.0.1.1/8")))?;
    ip(&["address", "add", "127.0.1.2/8", "dev", "lo"])?;
    let scopes: Vec<_> = shown("lo").iter().map(|one| one["scope"].clone()).collect();
    assert_eq!(scopes, ["host", "host", "host", "host"]);

    // All addresses of a network have one scope, for `ip` too.
    let site = NewAddress::of(link, prefix("198.51.100.1/24")).scope(Scope::SITE);
    route.execute(&site)?;
    let second = NewAddress::of(link, prefix("198.51.100.2/24"));
    route.refused(&second, Errno::EINVAL);
    route.execute(&second.scope(Scope::SITE))?;
    let third = ["address", "add", "198.51.100.3/24", "dev", "br0"];
    assert!(run("ip", &third).is_err());
    run("ip", &[&third[..], &["scope", "site"]].concat())?;
    Ok(())
}

/// The row with its lifetimes, without the times of creation and change.
fn same(message: &Message) -> String {
    let row = GetAddresses::row(message.get());
    let attributes = row.attributes.typed::<nlwire::route::Address>().iter();
    let kept = attributes.filter(|one| !format!("{one:?}").contains("CacheInfo"));
    let kept: Vec<_> = kept.collect();
    let lives = [row.valid_for().unwrap(), row.preferred_for().unwrap()];
    // A second may pass.
    let lives = lives.map(|seconds| seconds.map(|seconds| seconds.next_multiple_of(10)));
    format!("{:?} {lives:?} {kept:?}", row.header)
}

fn delete(session: &mut Session, message: &Message) -> Outcome {
    let deletion = DeleteAddress::of_row(&GetAddresses::row(message.get()))?;
    session.execute(&deletion)?;
    let twice = session.execute(&deletion).unwrap_err();
    assert_eq!(twice.errno(), Some(Errno::EADDRNOTAVAIL), "{twice}");
    Ok(())
}

fn addresses_are_those_of_ip() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    // No address of the kernel's own, which comes a moment later.
    ip(&["link", "set", "br0", "addrgenmode", "none"])?;
    route.execute(&SetLink::by_name("br0").up())?;
    let link = route.index("br0");
    let mut session = Session::open(Protocol::ROUTE)?;
    let v4 = || NewAddress::of(link, prefix("192.0.2.1/24"));
    let v6 = || NewAddress::of(link, prefix("2001:db8::1/64")).no_dad();
    let v6_peer: std::net::Ipv6Addr = "2001:db8::2".parse()?;
    let (hour, minute) = (Duration::from_secs(3600), Duration::from_secs(60));
    for (ours, theirs) in [
        (v4(), "192.0.2.1/24"),
        (v4().network_broadcast(), "192.0.2.1/24 broadcast +"),
        (
            v4().broadcast([192, 0, 2, 7]),
            "192.0.2.1/24 broadcast 192.0.2.7",
        ),
        (
            NewAddress::of(link, prefix("192.0.2.1/32")).peer([192, 0, 2, 2]),
            "192.0.2.1 peer 192.0.2.2",
        ),
        (v4().peer([192, 0, 2, 2]), "192.0.2.1 peer 192.0.2.2/24"),
        (v4().label("br0:1"), "192.0.2.1/24 label br0:1"),
        (v4().scope(Scope::LINK), "192.0.2.1/24 scope link"),
        (v4().metric(7), "192.0.2.1/24 metric 7"),
        (
            v4().flags(AddressFlags::NOPREFIXROUTE),
            "192.0.2.1/24 noprefixroute",
        ),
        (
            NewAddress::of(link, prefix("239.1.1.1/32")).flags(AddressFlags::MCAUTOJOIN),
            "239.1.1.1/32 autojoin",
        ),
        (
            v4().valid_for(hour).preferred_for(minute),
            "192.0.2.1/24 valid_lft 3600 preferred_lft 60",
        ),
        (NewAddress::of(link, prefix("127.0.1.1/8")), "127.0.1.1/8"),
        (v6(), "2001:db8::1/64 nodad"),
        (v6().peer(v6_peer), "2001:db8::1 peer 2001:db8::2/64 nodad"),
        (v6().metric(7), "2001:db8::1/64 nodad metric 7"),
        (
            v6().flags(AddressFlags::HOMEADDRESS | AddressFlags::NOPREFIXROUTE),
            "2001:db8::1/64 nodad home noprefixroute",
        ),
        (
            v6().flags(AddressFlags::MANAGETEMPADDR),
            "2001:db8::1/64 nodad mngtmpaddr",
        ),
        (
            v6().valid_for(hour).preferred_for(Duration::ZERO),
            "2001:db8::1/64 nodad valid_lft 3600 preferred_lft 0",
        ),
    ] {
        let theirs = format!("address add {theirs} dev br0");
        let theirs = ("ip", theirs.as_str());
        let query = GetAddresses::all().link(link);
        compare(&mut session, &query, &ours, theirs, same, delete)?;
    }
    Ok(())
}

fn exactly_the_address_named_is_deleted() -> Outcome {
    let mut route = Route::open()?;
    let link = bridge(&mut route);
    for text in [
        "10.0.0.1/24",
        "10.0.0.1/32",
        "10.0.0.1/16",
        "2001:db8::1/64",
    ] {
        route.execute(&NewAddress::of(link, prefix(text)))?;
    }
    route.execute(&NewAddress::of(link, prefix("10.0.0.1/32")).peer([10, 0, 0, 9]))?;
    for absent in ["10.0.0.1/8", "2001:db8::1/128", "10.0.0.2/24"] {
        route.refused(
            &DeleteAddress::of(link, prefix(absent)),
            Errno::EADDRNOTAVAIL,
        );
        route.execute(&DeleteAddress::of(link, prefix(absent)).if_there())?;
    }
    route.execute(&DeleteAddress::of(link, prefix("10.0.0.1/32")))?;
    let expected = [
        "10.0.0.1/24",
        "10.0.0.1/16",
        "10.0.0.1/32",
        "2001:db8::1/64",
    ];
    let mut left = texts("br0");
    left.sort();
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    assert_eq!(left, sorted);
    // The one that is left has a peer.
    let other = DeleteAddress::of(link, prefix("10.0.0.1/32"));
    route.refused(&other, Errno::EADDRNOTAVAIL);
    route.execute(&other.peer([10, 0, 0, 9]))?;
    route.refused(&other.peer([10, 0, 0, 9]), Errno::EADDRNOTAVAIL);

    // Each row deletes itself.
    ip(&[
        "address",
        "add",
        "10.0.1.1",
        "peer",
        "10.0.1.9/24",
        "dev",
        "br0",
    ])?;
    let mut deletions = Vec::new();
    route.each(&GetAddresses::all().link(link), |row| {
        deletions.push(DeleteAddress::of_row(&row).unwrap());
    })?;
    for deletion in deletions {
        route.execute(&deletion)?;
    }
    assert_eq!(route.each(&GetAddresses::all().link(link), |_| {})?, 0);
    route.refused(&DeleteAddress::of(999, prefix("10.0.0.1/8")), Errno::ENODEV);
    Ok(())
}

fn addresses_are_listed_by_filters() -> Outcome {
    let link = bridge(&mut Route::open()?);
    ip(&["link", "set", "lo", "up"])?;
    ip(&[
        "address",
        "add",
        "192.0.2.1",
        "peer",
        "192.0.2.9/32",
        "dev",
        "br0",
    ])?;
    ip(&["address", "add", "2001:db8::1/64", "dev", "br0", "nodad"])?;
    for mut route in Route::both()? {
        let mut list = |query: GetAddresses| {
            let mut seen = Vec::new();
            let count = route.each(&query, |row| {
                seen.push((row.prefix().unwrap().to_string(), row.peer().unwrap()));
            });
            assert_eq!(count.unwrap(), seen.len());
            seen.retain(|(text, _)| !text.starts_with("fe80"));
            seen
        };
        let v4 = ("192.0.2.1/32".to_owned(), Some("192.0.2.9".parse()?));
        let v6 = ("2001:db8::1/64".to_owned(), None);
        assert_eq!(
            list(GetAddresses::all().link(link)),
            [v4.clone(), v6.clone()]
        );
        assert_eq!(list(GetAddresses::v4().link(link)), [v4]);
        assert_eq!(
            list(GetAddresses::v6().link(link).scope(Scope::UNIVERSE)),
            [v6]
        );
        let host: Vec<_> = list(GetAddresses::all().scope(Scope::HOST));
        assert_eq!(
            host,
            [
                ("127.0.0.1/8".to_owned(), None),
                ("::1/128".to_owned(), None)
            ]
        );
    }
    Ok(())
}

/// Multicast addresses of IPv6 that `ip` shows, sorted.
fn joined(link: &str) -> Vec<String> {
    let shown = ip(&["maddress", "show", "dev", link]).unwrap();
    let shown = shown[0]["maddr"].as_array().unwrap().iter();
    let mut shown: Vec<_> = shown
        .filter(|one| one["family"] == "inet6")
        .map(|one| one["address"].as_str().unwrap().to_owned())
        .collect();
    shown.sort();
    shown
}

fn multicast_addresses_are_listed() -> Outcome {
    let link = bridge(&mut Route::open()?);
    for mut route in Route::both()? {
        let mut list = |query: GetMulticastAddresses| {
            let mut groups = Vec::new();
            let query = query.link(link);
            let listed = route.each(&query, |row| groups.push(row.ip().unwrap().to_string()));
            groups.sort();
            listed.map(|_| groups)
        };
        // The kernel joins groups of its own a moment later.
        let same = (0..10).any(|_| {
            let ours = list(GetMulticastAddresses::v6()).unwrap();
            assert!(ours.contains(&"ff02::1".to_owned()), "{ours:?}");
            ours == joined("br0")
        });
        assert!(same, "{:?}", joined("br0"));
        match list(GetMulticastAddresses::v4()) {
            Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
                return Err(Missing("lists of IPv4 groups (Linux 6.15)".into()).into());
            }
            groups => assert!(groups?.contains(&"224.0.0.1".to_owned())),
        }
    }
    Ok(())
}
