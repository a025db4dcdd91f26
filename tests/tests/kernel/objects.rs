//! Each object of rtnetlink as the kernel lists it, without an attribute that the tables do
//! not name. With `NLVECTORS` in the environment a message of each is kept as a vector.

use super::values::words;
use nlsock::Protocol;
use nltests::{Need, Outcome, Session, Test, capture, is_unnamed};
use nlwire::pretty::Pretty;
use nlwire::route::{
    GetAddressLabels, GetAddresses, GetAllStats, GetNamespaceIds, GetNeighbourTables,
    GetNeighbours, GetNetconfs, GetNextHopBuckets, GetNextHops, GetRoutes, GetRules,
    NewNamespaceId,
};
use nlwire::{Batch, NamespaceFd, Query, Request};
use std::fs::File;
use std::os::fd::AsRawFd as _;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "objects::objects_of_routes_are_whole",
    needs: &[Need::Namespace, Need::Program("ip")],
    run: objects_of_routes_are_whole,
}];

/// Lists objects, and keeps the longest row: none may have an attribute without a name.
fn list<Q: Query>(session: &mut Session, name: &str, query: &Q) -> Outcome {
    let rows = session.rows(query)?;
    for row in &rows {
        let tree = Pretty::new(row.get().as_bytes(), Some(0)).to_string();
        assert!(!tree.lines().any(is_unnamed), "{name}: {tree}");
    }
    let longest = rows.iter().max_by_key(|row| row.get().as_bytes().len());
    let longest = longest.ok_or_else(|| format!("no {name}"))?;
    Ok(capture(
        &format!("route-object-{name}"),
        longest.get().as_bytes(),
    )?)
}

/// Keeps a request of ours that the kernel has taken: the set of some is another than that of
/// the answers.
fn request(name: &str, request: &dyn Request) -> Outcome {
    let mut batch = Batch::new(vec![0; 8192]);
    batch.push(request)?;
    let message = batch.messages().next().ok_or("no message")??;
    Ok(capture(
        &format!("route-object-{name}"),
        message.as_bytes(),
    )?)
}

const ROUTES: [&str; 17] = [
    "link add left type veth peer name right",
    "link set lo up",
    "link set left addrgenmode none",
    "link set right addrgenmode none",
    "link set left up",
    "link set right up",
    "addr add 192.0.2.1/24 brd + dev left label left:1",
    "addr add 2001:db8::1/64 dev left nodad",
    "nexthop add id 1 via 192.0.2.8 dev left",
    "nexthop add id 2 via 192.0.2.9 dev left",
    "nexthop add id 3 group 1,3/2,5 type resilient buckets 8 idle_timer 60",
    "route add 198.51.100.0/24 metric 7 proto static nexthop via 192.0.2.8 dev left weight 2 \
     nexthop via 192.0.2.9 dev left",
    "route add 2001:db8:1::/48 via 2001:db8::9 dev left mtu 1400 advmss 1300",
    "neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev left nud permanent",
    "rule add pref 10 from 192.0.2.0/24 to 198.51.100.0/24 fwmark 7/15 iif left ipproto tcp \
     sport 5-9 dport 80 lookup 100",
    "addrlabel add prefix 2001:db8::/32 dev left label 77",
    "neigh add proxy 192.0.2.66 dev left",
];

fn objects_of_routes_are_whole() -> Outcome {
    for command in ROUTES {
        words("ip", command)?;
    }
    let mut session = Session::open(Protocol::ROUTE)?;
    list(&mut session, "address-v4", &GetAddresses::v4())?;
    list(&mut session, "address-v6", &GetAddresses::v6())?;
    list(&mut session, "route-v4", &GetRoutes::v4())?;
    list(&mut session, "route-v6", &GetRoutes::v6())?;
    list(&mut session, "neighbour", &GetNeighbours::all())?;
    list(&mut session, "rule", &GetRules::v4())?;
    list(&mut session, "next-hop", &GetNextHops::all())?;
    list(&mut session, "bucket", &GetNextHopBuckets::all())?;
    list(&mut session, "label", &GetAddressLabels::all())?;
    list(&mut session, "neighbour-table", &GetNeighbourTables::all())?;
    list(&mut session, "netconf", &GetNetconfs::v4())?;
    let stats = GetAllStats::all();
    list(&mut session, "stats", &stats)?;
    request("stats-request", &stats)?;

    let own = File::open("/proc/self/ns/net")?;
    let namespace = NamespaceFd::from_raw(own.as_raw_fd());
    session.execute(&NewNamespaceId::of(namespace).id(42))?;
    list(&mut session, "namespace-id", &GetNamespaceIds::all())
}
