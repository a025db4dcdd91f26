//! Sets up links, addresses, routes, a rule, neighbours, traffic control and a
//! firewall in this network namespace. A second run finds all of it there, and
//! restores what has changed.
//!
//! ```sh
//! sudo unshare --net cargo run --example everyday --features route,netfilter
//! ```
//!
//! The last line is the way to 198.51.100.7: through one of two gateways.

use nlsock::{Conn, Protocol};
use nlwire::netfilter as nf;
use nlwire::netfilter::{DataType, Hook, NewElement, Selector, Statement, TableRef};
use nlwire::route::{
    GetLink, GetRoute, Handle, Hop, MacVlanMode, NeighbourState, NewAddress, NewClass,
    NewForwardingEntry, NewLink, NewNeighbour, NewQdisc, NewRoute, NewRule, Rate, RouteTable,
    SetLink,
};
use nlwire::{LinkIndex, Prefix};
use std::io::{Stdout, Write as _};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

mod shared;

/// First address of `ev0`, and local end of the tunnel.
const LOCAL: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const GATEWAYS: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 2, 2), Ipv4Addr::new(192, 0, 2, 3)];
const TABLE: RouteTable = RouteTable(100);

fn main() -> ExitCode {
    shared::run(everyday)
}

fn everyday(mut out: &Stdout) -> shared::Result {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let (ev0, evvx) = links(&mut conn)?;
    addresses(&mut conn, ev0)?;
    routes(&mut conn, ev0)?;
    neighbours(&mut conn, ev0, evvx)?;
    traffic(&mut conn, ev0)?;
    firewall()?;

    let server = Ipv4Addr::new(198, 51, 100, 7);
    let route = conn.get(GetRoute::to(server))?;
    let gateway = route.gateway()?.ok_or("a route without a gateway")?;
    let link = route.link()?.ok_or("a route without a link")?;
    let link = conn.get(GetLink::by_index(link))?;
    let name = link.name()?.ok_or("a link without a name")?;
    Ok(writeln!(out, "{server} via {gateway} dev {name}")?)
}

/// Returns the indices of `ev0` and `evvx`.
fn links(conn: &mut Conn) -> shared::Result<(LinkIndex, LinkIndex)> {
    conn.execute(NewLink::veth("ev0", "ev1").if_absent())?;
    conn.execute(NewLink::bridge("evbr").if_absent())?;
    let vxlan = NewLink::vxlan("evvx", 42).local(LOCAL).port(4789);
    conn.execute(vxlan.learning(false).if_absent())?;
    let ev0 = conn.get(GetLink::by_name("ev0"))?.index();
    let macvlan = NewLink::macvlan("evmac", ev0).mode(MacVlanMode::BRIDGE);
    conn.execute(macvlan.if_absent())?;

    let left = SetLink::of(ev0).mtu(1400).mac([2, 0, 0, 0, 0, 1]);
    conn.execute(left.alias("left side").up())?;
    let bridge = conn.get(GetLink::by_name("evbr"))?.index();
    conn.execute(SetLink::of("ev1").master(bridge).up())?;
    conn.execute(SetLink::of(bridge).up())?;
    conn.execute(SetLink::of("evvx").up())?;
    Ok((ev0, conn.get(GetLink::by_name("evvx"))?.index()))
}

fn addresses(conn: &mut Conn, ev0: LinkIndex) -> shared::Result {
    let lasting = NewAddress::of(ev0, "192.0.2.1/24".parse()?);
    conn.execute(lasting.replace())?;
    // Without duplicate address detection it is usable at once.
    let v6 = NewAddress::of(ev0, "2001:db8::1/64".parse()?).no_dad();
    conn.execute(v6.replace())?;
    let leased = NewAddress::of(ev0, "192.0.2.99/32".parse()?)
        .valid_for(Duration::from_secs(3600))
        .preferred_for(Duration::from_secs(1800));
    conn.execute(leased.replace())?;
    Ok(())
}

fn routes(conn: &mut Conn, ev0: LinkIndex) -> shared::Result {
    let [first, second] = GATEWAYS;
    let hops = [
        Hop::via(first).link(ev0),
        Hop::via(second).link(ev0).weight(3),
    ];
    let multipath = NewRoute::to("198.51.100.0/24".parse()?).hops(&hops);
    conn.execute(multipath.replace())?;
    let direct = NewRoute::to("203.0.113.0/24".parse()?)
        .link(ev0)
        .table(TABLE)
        .preferred_source(LOCAL)
        .metric(50)
        .mtu(1300);
    conn.execute(direct.replace())?;
    let dropped = NewRoute::to("203.0.113.128/25".parse()?).blackhole();
    conn.execute(dropped.replace())?;

    let rule = NewRule::v4()
        .priority(1000)
        .from("192.0.2.0/24".parse()?)
        .mark(0x7, 0xff)
        .table(TABLE);
    conn.execute(rule.if_absent())?;
    Ok(())
}

fn neighbours(conn: &mut Conn, ev0: LinkIndex, evvx: LinkIndex) -> shared::Result {
    let gateway = NewNeighbour::of(ev0, GATEWAYS[0])
        .mac([2, 0, 0, 0, 0, 2])
        .state(NeighbourState::PERMANENT);
    conn.execute(gateway.replace())?;
    let remote = NewForwardingEntry::of_link(evvx, [2, 0, 0, 0, 0, 3])
        .remote([192, 0, 2, 9])
        .vni(43);
    conn.execute(remote.replace())?;
    Ok(())
}

fn traffic(conn: &mut Conn, ev0: LinkIndex) -> shared::Result {
    // The kernel cannot change an htb.
    let htb = NewQdisc::htb(ev0).handle(Handle::new(1, 0));
    conn.execute(htb.default_class(0x10).if_absent())?;
    let class = NewClass::htb(ev0, Handle::new(1, 0x10), Rate::mbit(10));
    conn.execute(class.ceil(Rate::mbit(20)).replace())?;
    Ok(())
}

/// Puts the table in the place of its older one, in one transaction.
fn firewall() -> shared::Result {
    let table = TableRef::inet("ev");
    let allowed = nf::NewSet::new(table, "allowed", DataType::IPV4_ADDR).intervals();
    let clients = [NewElement::from("192.0.2.0/25".parse::<Prefix>()?)];
    let ssh = [
        Selector::IP_SADDR.in_set("allowed"),
        Selector::TCP_DPORT.is(22),
        Statement::counter(),
        Statement::accept(),
    ];
    let input = nf::NewChain::new(table, "input").filter(Hook::LOCAL_IN, nf::priority::FILTER);
    let transaction = nf::Transaction(&[
        // Linux before 6.3 deletes only what exists.
        &nf::NewTable::new(table).if_absent(),
        &nf::DeleteTable::new(table),
        &nf::NewTable::new(table),
        &allowed,
        &nf::NewElements::of(&allowed, &clients),
        &input.policy(nf::Verdict::ACCEPT),
        &nf::NewRule::new(table, "input", &ssh),
    ]);
    Conn::open(Protocol::NETFILTER)?.execute(transaction)?;
    Ok(())
}
