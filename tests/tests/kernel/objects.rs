//! Each object of rtnetlink as the kernel lists it, without an attribute that the tables do
//! not name. With `NLVECTORS` in the environment a message of each is kept as a vector.

use super::values::words;
use nlsock::Protocol;
use nltests::{Missing, Need, Outcome, Session, Test, capture, is_unnamed};
use nlwire::pretty::Pretty;
use nlwire::route::{
    BridgeAttr, BridgeOptionBits, BridgeOptions, BridgeVlanGlobalAttr, GetAddressLabels,
    GetAddresses, GetAllStats, GetBridgeVlanOptions, GetLink, GetMdbs, GetMstStates,
    GetNamespaceIds, GetNeighbourTables, GetNeighbours, GetNetconfs, GetNextHopBuckets,
    GetNextHops, GetRoutes, GetRules, GetVnis, LinkRow, NewBridgeVlan, NewLink, NewMdbEntry,
    NewNamespaceId, SetBridgeVlanGlobal, SetLinkKind,
};
use nlwire::{Batch, NamespaceFd, Query, Request};
use std::fs::File;
use std::net::Ipv4Addr;
use std::os::fd::AsRawFd as _;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "objects::those_of_routes_are_whole",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: those_of_routes_are_whole,
    },
    Test {
        name: "objects::those_of_bridges_are_whole",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: those_of_bridges_are_whole,
    },
];

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

fn those_of_routes_are_whole() -> Outcome {
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

const BRIDGES: [(&str, &str); 11] = [
    (
        "ip",
        "link add br0 type bridge mcast_snooping 1 vlan_filtering 1",
    ),
    ("ip", "link add port type veth peer name peer"),
    ("ip", "link set port master br0"),
    ("ip", "link set br0 up"),
    ("ip", "link set peer up"),
    ("ip", "link set port up"),
    (
        "bridge",
        "mdb add dev br0 port port grp 239.1.1.1 permanent vid 1",
    ),
    ("bridge", "vlan add dev port vid 10-12"),
    ("bridge", "vlan set dev port vid 10 state learning"),
    (
        "ip",
        "link add vx type vxlan external vnifilter local 192.0.2.1 dstport 4789",
    ),
    ("bridge", "vni add dev vx vni 100-102 group 239.1.1.2"),
];

/// Lets the bridge have several spanning trees, which it must before it has other VLANs.
fn several_trees() -> Outcome {
    let options = BridgeOptions {
        value: BridgeOptionBits::MST_ENABLE.bits().into(),
        mask: BridgeOptionBits::MST_ENABLE.bits().into(),
    };
    let options = [BridgeAttr::Options(&options)];
    let like = NewLink::bridge("").settings(&options);
    Session::open(Protocol::ROUTE)?.execute(&SetLinkKind::of("br0", like))?;
    Ok(())
}

fn those_of_bridges_are_whole() -> Outcome {
    for (program, command) in BRIDGES {
        if command.starts_with("vlan add") {
            several_trees()?;
        }
        // Without 802.1Q in the kernel bridges do not filter VLANs, and know no trees.
        if let Err(error) = words(program, command) {
            eprintln!("{error}");
            return Err(Missing(format!("kernel: {command}")).into());
        }
    }
    let mut session = Session::open(Protocol::ROUTE)?;
    let trees = [BridgeVlanGlobalAttr::SpanningTree(7)];
    let bridge = LinkRow::of(session.row(&GetLink::by_name("br0"))?.get()).index();
    session.execute(&NewBridgeVlan::of(bridge, 10).through(12).on_bridge())?;
    session.execute(&SetBridgeVlanGlobal::of(bridge, 10, &trees).through(12))?;
    list(&mut session, "mdb", &GetMdbs::all())?;
    let port = LinkRow::of(session.row(&GetLink::by_name("port"))?.get()).index();
    let joined = NewMdbEntry::of(bridge, port, Ipv4Addr::new(239, 1, 1, 7));
    session.execute(&joined)?;
    request("mdb-request", &joined)?;
    let vlans = GetBridgeVlanOptions::all().stats();
    list(&mut session, "bridge-vlan", &vlans)?;
    request("bridge-vlan-request", &vlans)?;
    list(
        &mut session,
        "bridge-vlan-global",
        &GetBridgeVlanOptions::global(),
    )?;
    list(&mut session, "bridge-trees", &GetMstStates::all())?;
    list(&mut session, "vni", &GetVnis::all())
}
