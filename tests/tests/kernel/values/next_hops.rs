//! Next-hop objects beside `ip nexthop`.

use super::{compare, connected, words};
use nltests::{Message, Missing, Need, Outcome, Session, Test, ip};
use nlwire::route::{
    DeleteNextHop, Encapsulation, GetNextHop, GetNextHopBucket, GetNextHopBuckets, GetNextHops,
    GetRoutes, NewNextHop, NewRoute, NextHopGroupKind, NextHopGroupStats, NextHopMember,
    NextHopObject, NextHopStats, RouteProtocol,
};
use nlwire::{Errno, Query, fields};
use std::net::IpAddr;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::next_hops::next_hops_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: next_hops_are_as_by_ip,
    },
    Test {
        name: "values::next_hops::resilient_groups_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: resilient_groups_are_as_by_ip,
    },
    Test {
        name: "values::next_hops::lists_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: lists_are_as_by_ip,
    },
    Test {
        name: "values::next_hops::groups_count_what_they_send",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: groups_count_what_they_send,
    },
    Test {
        name: "values::next_hops::buckets_lead_to_members",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: buckets_lead_to_members,
    },
];

fn ip_of(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn same(message: &Message) -> String {
    let row = GetNextHops::row(message.get());
    // A resilient group counts the time that it is out of balance.
    format!("{row:?}")
}

fn delete(session: &mut Session, message: &Message) -> Outcome {
    let id = GetNextHops::row(message.get()).id()?;
    session.execute(&DeleteNextHop::by_id(id))?;
    let twice = session.execute(&DeleteNextHop::by_id(id)).unwrap_err();
    assert_eq!(twice.errno(), Some(Errno::ENOENT));
    session.execute(&DeleteNextHop::by_id(id).if_there())?;
    Ok(())
}

fn next_hops_are_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    words("ip", "nexthop add id 1 via 10.0.0.2 dev left")?;
    words("ip", "nexthop add id 2 via 10.0.0.3 dev left")?;
    words("ip", "nexthop add id 3 via 10.0.0.4 fdb")?;
    let members = [NextHopMember::new(1, 1), NextHopMember::new(2, 3)];
    let fdb = [NextHopMember::new(3, 1)];
    let cases = [
        (
            NewNextHop::via(7, ip_of("10.0.0.9")).link(left),
            "id 7 via 10.0.0.9 dev left",
        ),
        (
            NewNextHop::via(7, ip_of("172.16.0.9")).link(left).onlink(),
            "id 7 via 172.16.0.9 dev left onlink",
        ),
        (
            NewNextHop::via(7, ip_of("fe80::9")).link(left),
            "id 7 via fe80::9 dev left",
        ),
        (NewNextHop::on(7, left), "id 7 dev left"),
        (NewNextHop::blackhole(7), "id 7 blackhole"),
        (
            NewNextHop::via(7, ip_of("10.0.0.9")).forwarding(),
            "id 7 via 10.0.0.9 fdb",
        ),
        (
            NewNextHop::on(7, left).encapsulation(Encapsulation::ip(ip_of("192.0.2.9")).id(4)),
            "id 7 encap ip id 4 dst 192.0.2.9 dev left",
        ),
        (NewNextHop::group(7, &members), "id 7 group 1/2,3"),
        (NewNextHop::group(7, &fdb).forwarding(), "id 7 group 3 fdb"),
    ];
    each_is_as_by_ip(&mut session, &cases)?;

    // Changes, and routes that follow.
    let one = |gateway| NewNextHop::via(7, ip_of(gateway)).link(left);
    assert_eq!(
        session
            .execute(&one("10.0.0.9").change())
            .unwrap_err()
            .errno(),
        Some(Errno::ENOENT)
    );
    session.execute(&one("10.0.0.9"))?;
    session.execute(&one("10.0.0.8").if_absent())?;
    let to = "198.51.100.0/24".parse()?;
    session.execute(&NewRoute::to(to).next_hop(7))?;
    session.execute(&one("10.0.0.7").replace())?;
    let rows = session.rows(&GetRoutes::v4().to(to))?;
    let route = GetRoutes::row(rows[0].get());
    assert_eq!(route.next_hop_id()?, Some(7));
    assert_eq!(route.gateway()?, Some(ip_of("10.0.0.7")));
    session.execute(&DeleteNextHop::by_id(7))?;
    assert!(session.rows(&GetRoutes::v4().to(to))?.is_empty());

    // The kernel chooses an id.
    session.execute(&NewNextHop::blackhole(0).v6().protocol(RouteProtocol::BGP))?;
    let rows = session.rows(&GetNextHops::v6().protocol(RouteProtocol::BGP))?;
    let row = GetNextHops::row(rows[0].get());
    assert!(row.is_blackhole()? && row.id()? != 0);
    Ok(())
}

fn each_is_as_by_ip(session: &mut Session, cases: &[(NewNextHop<'_>, &str)]) -> Outcome {
    for (ours, theirs) in cases {
        let theirs = format!("nexthop add {theirs} proto static");
        let theirs = ("ip", theirs.as_str());
        compare(session, &GetNextHops::all(), ours, theirs, same, delete)?;
    }
    Ok(())
}

fn resilient_groups_are_as_by_ip() -> Outcome {
    let (mut session, ..) = connected()?;
    has_resilient_groups()?;
    let seconds = Duration::from_secs;
    let members = [NextHopMember::new(1, 1), NextHopMember::new(2, 3)];
    let group = NewNextHop::group(7, &members);
    let cases = [
        (
            group.resilient(32).idle_timer(seconds(60)),
            "id 7 group 1/2,3 type resilient buckets 32 idle_timer 60",
        ),
        (
            group
                .resilient(8)
                .idle_timer(seconds(1))
                .unbalanced_timer(seconds(300)),
            "id 7 group 1/2,3 type resilient buckets 8 idle_timer 1 unbalanced_timer 300",
        ),
    ];
    each_is_as_by_ip(&mut session, &cases)
}

/// Makes the next hops 1 and 2; skips a test if they cannot be in a resilient group.
fn has_resilient_groups() -> Outcome {
    words("ip", "nexthop add id 1 via 10.0.0.2 dev left")?;
    words("ip", "nexthop add id 2 via 10.0.0.3 dev left")?;
    // Linux 5.10 has groups of one type only (`rtm_to_nh_config`).
    words("ip", "nexthop add id 9 group 1/2 type resilient buckets 8")
        .map_err(|_| Missing("kernel: resilient groups of next hops".into()))?;
    words("ip", "nexthop delete id 9")?;
    Ok(())
}

fn ids<Q: Query>(session: &mut Session, query: &Q) -> Result<Vec<u32>, Box<dyn std::error::Error>> {
    let rows = session.rows(query)?;
    let ids = rows.iter().map(|row| GetNextHops::row(row.get()).id());
    Ok(ids.collect::<Result<_, _>>()?)
}

fn lists_are_as_by_ip() -> Outcome {
    let (mut session, left, right) = connected()?;
    words("ip", "link add red type bridge")?;
    words("ip", "link set red up")?;
    words("ip", "link set right master red")?;
    for command in [
        "add id 1 via 10.0.0.2 dev left",
        "add id 2 dev right",
        "add id 3 via fe80::9 dev left proto bgp",
        "add id 4 via 10.0.0.4 fdb",
        "add id 5 group 1/2,7",
        "add id 6 blackhole",
    ] {
        words("ip", &format!("nexthop {command}"))?;
    }
    let theirs = |filter: &str| -> Result<Vec<u32>, Box<dyn std::error::Error>> {
        let words = format!("{filter} nexthop show");
        let shown = ip(&words.split_whitespace().collect::<Vec<_>>())?;
        let rows = shown.as_array().unwrap().iter();
        Ok(rows
            .map(|row| row["id"].as_u64().unwrap().try_into().unwrap())
            .collect())
    };
    assert_eq!(ids(&mut session, &GetNextHops::all())?, theirs("")?);
    assert_eq!(ids(&mut session, &GetNextHops::v4())?, [1, 2, 4, 6]);
    assert_eq!(ids(&mut session, &GetNextHops::v6())?, [3]);
    assert_eq!(ids(&mut session, &GetNextHops::all().link(left))?, [1, 3]);
    assert_eq!(ids(&mut session, &GetNextHops::all().link(right))?, [2]);
    assert_eq!(ids(&mut session, &GetNextHops::all().groups())?, [5]);
    assert_eq!(ids(&mut session, &GetNextHops::all().forwarding())?, [4]);
    let bgp = GetNextHops::all().protocol(RouteProtocol::BGP);
    assert_eq!(ids(&mut session, &bgp)?, [3]);
    let red = ip(&["link", "show", "red"])?[0]["ifindex"]
        .as_u64()
        .unwrap();
    let ports = GetNextHops::all().master(u32::try_from(red)?);
    assert_eq!(ids(&mut session, &ports)?, [2]);

    let group = match session.row(&GetNextHop::by_id(5).stats()) {
        // Before Linux 6.9 nothing is counted.
        Err(error) if error.errno() == Some(Errno::EINVAL) => session.row(&GetNextHop::by_id(5)),
        group => group,
    }?;
    let row = GetNextHop::row(group.get());
    let members = row.members()?.unwrap().iter();
    let members: Vec<_> = members.map(|one| (one.id.get(), one.weight())).collect();
    assert_eq!(members, [(1, 1), (2, 7)]);
    assert_eq!(row.group_kind()?, Some(NextHopGroupKind::MULTIPATH));
    let single = session.row(&GetNextHop::by_id(1))?;
    let row = GetNextHop::row(single.get());
    assert_eq!(
        (row.gateway()?, row.members()?),
        (Some(ip_of("10.0.0.2")), None)
    );
    assert_eq!(row.link()?.map(u32::from), Some(left));
    let absent = session.row(&GetNextHop::by_id(99)).unwrap_err();
    assert_eq!(absent.errno(), Some(Errno::ENOENT));
    Ok(())
}

fn groups_count_what_they_send() -> Outcome {
    let (mut session, ..) = connected()?;
    for command in [
        "neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev left",
        "neigh add 10.0.0.3 lladdr 02:00:00:00:00:02 dev left",
        "nexthop add id 1 via 10.0.0.2 dev left",
        "nexthop add id 2 via 10.0.0.3 dev left",
        "nexthop add id 10 group 1/2",
        "route add 198.51.100.0/24 nhid 10",
    ] {
        words("ip", command)?;
    }
    let socket = std::net::UdpSocket::bind("10.0.0.1:0")?;
    for port in 1000..1020 {
        socket.send_to(&[0; 100], ("198.51.100.9", port))?;
    }
    let message = match session.row(&GetNextHop::by_id(10).stats()) {
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: statistics of next hops".into()).into());
        }
        message => message?,
    };
    let row = GetNextHop::row(message.get());
    let stats = fields!(row.attributes => NextHopObject { group_stats })?.group_stats;
    let stats = fields!(stats.ok_or("no statistics")? => NextHopGroupStats { entry })?.entry;
    let (mut members, mut sum) = (Vec::new(), 0);
    for entry in stats.ok_or("no entry")? {
        let entry = fields!(entry? => NextHopStats { id, packets })?;
        members.push(entry.id);
        sum += entry.packets.unwrap_or_default();
    }
    assert_eq!(members, [Some(1), Some(2)]);
    assert!(sum >= 20, "{sum}");
    Ok(())
}

fn buckets_lead_to_members() -> Outcome {
    let (mut session, ..) = connected()?;
    has_resilient_groups()?;
    for (id, buckets) in [(10, 8), (11, 4)] {
        let members = [NextHopMember::new(1, 1), NextHopMember::new(2, 3)];
        session.execute(&NewNextHop::group(id, &members).resilient(buckets))?;
    }
    let theirs = |filter: &str| -> Result<usize, Box<dyn std::error::Error>> {
        Ok(words("ip", &format!("nexthop bucket show {filter}"))?
            .lines()
            .count())
    };
    for (query, filter, count) in [
        (GetNextHopBuckets::all(), "", 12),
        (GetNextHopBuckets::of(10), "id 10", 8),
        (GetNextHopBuckets::of(10).next_hop(2), "id 10 nhid 2", 6),
        (GetNextHopBuckets::all().next_hop(1), "nhid 1", 3),
    ] {
        let rows = session.rows(&query)?;
        assert_eq!((rows.len(), theirs(filter)?), (count, count), "{filter}");
    }
    let row = session.row(&GetNextHopBucket::at(11, 3))?;
    let row = GetNextHopBucket::row(row.get());
    let bucket = row.bucket()?.unwrap();
    assert_eq!((row.id()?, bucket.index), (11, 3));
    assert!([1, 2].contains(&bucket.next_hop));
    let absent = session.row(&GetNextHopBucket::at(11, 4)).unwrap_err();
    assert_eq!(absent.errno(), Some(Errno::ENOENT));
    Ok(())
}
