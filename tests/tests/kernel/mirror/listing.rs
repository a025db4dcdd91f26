//! State of a network according to a mirror and to `ip`, a line for each
//! object.

use nlsock::mirror::{Kept, Mirror, Table, Update};
use nltests::{Outcome, ip};
use nlwire::route::{
    AF_INET, AF_INET6, AddressFlags, GetAddresses, GetLinks, GetNeighbours, GetNextHops, GetRoutes,
    GetRules, LinkFlags, NeighbourState, RouteRow,
};
use nlwire::{DecodeError, LinkIndex, Prefix};
use serde_json::Value;
use std::time::Duration;

const TICK: Duration = Duration::from_millis(50);

/// All tables of a network.
#[derive(Clone, Copy, Debug)]
pub(super) struct All {
    pub(super) links: Kept<GetLinks<'static>>,
    pub(super) addresses: Kept<GetAddresses>,
    pub(super) routes: Kept<GetRoutes>,
    neighbours: Kept<GetNeighbours>,
    rules: Kept<GetRules>,
    next_hops: Kept<GetNextHops>,
}

/// Number of readings and of events.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) reads: u32,
    pub(super) events: u32,
}

impl Counts {
    /// Follows the mirror until nothing happens for a while.
    pub(super) fn follow(&mut self, mirror: &mut Mirror, tick: Duration) -> Outcome {
        while let Some(update) = mirror.next_within(tick)? {
            match update {
                Update::Read => self.reads += 1,
                Update::Event(_) => self.events += 1,
            }
        }
        Ok(())
    }

    /// Follows the mirror, and asserts that it is what `ip` lists.
    pub(super) fn settle(&mut self, mirror: &mut Mirror, all: All) -> Outcome {
        // The kernel adds IPv6 routes a second later, perhaps between the last
        // event and what `ip` lists.
        for _ in 0..3 {
            self.follow(mirror, TICK)?;
            if all.ours(mirror)? == theirs()? {
                return Ok(());
            }
        }
        let (ours, theirs) = (all.ours(mirror)?, theirs()?);
        let only = |these: &[String], others: &[String]| -> Vec<String> {
            let lines = these.iter().filter(|line| !others.contains(line));
            lines.cloned().collect()
        };
        let (here, there) = (only(&ours, &theirs), only(&theirs, &ours));
        assert_eq!(
            (here, there),
            (vec![], vec![]),
            "{} {}",
            ours.len(),
            theirs.len()
        );
        assert_eq!(ours, theirs);
        Ok(())
    }
}

impl All {
    pub(super) fn keep(mirror: &mut Mirror) -> Result<Self, nlsock::Error> {
        Ok(Self {
            links: mirror.keep(Table::links())?,
            addresses: mirror.keep(Table::addresses())?,
            routes: mirror.keep(Table::routes())?,
            neighbours: mirror.keep(Table::neighbours())?,
            rules: mirror.keep(Table::rules())?,
            next_hops: mirror.keep(Table::next_hops())?,
        })
    }

    /// Lines of the mirror, sorted.
    pub(super) fn ours(self, mirror: &Mirror) -> Result<Vec<String>, DecodeError> {
        let name = |index: LinkIndex| match mirror.link_name(index) {
            Some(name) => name.to_string(),
            None if index.is_none() => "-".to_owned(),
            None => index.to_string(),
        };
        let mut lines = Vec::new();
        for link in mirror.rows(self.links) {
            let [up, carrier] =
                [LinkFlags::UP, LinkFlags::LOWER_UP].map(|flag| link.flags().contains(flag));
            let master = link.master()?.map_or("-".to_owned(), name);
            let (index, own, mtu) = (link.index(), name(link.index()), link.mtu()?.unwrap());
            lines.push(format!("link {index} {own} {mtu} {up} {carrier} {master}"));
        }
        for address in mirror.rows(self.addresses) {
            // Reported once the detection of duplicates is over, and listed before.
            if address.flags()?.contains(AddressFlags::TENTATIVE) {
                continue;
            }
            let (prefix, link) = (address.prefix()?, name(address.link()));
            lines.push(format!("address {link} {prefix}"));
        }
        for route in mirror.rows(self.routes) {
            if [AF_INET, AF_INET6].contains(&route.header.family) {
                lines.push(line(&route, &name)?);
            }
        }
        for neighbour in mirror.rows(self.neighbours) {
            if neighbour.state().contains(NeighbourState::PERMANENT) {
                let (ip, link) = (neighbour.ip()?.unwrap(), name(neighbour.link()));
                lines.push(format!("neighbour {ip} {link}"));
            }
        }
        for rule in mirror.rows(self.rules) {
            let (family, priority) = (rule.header.family, rule.priority()?);
            lines.push(format!("rule {family} {priority} {}", rule.table()?.0));
        }
        for hop in mirror.rows(self.next_hops) {
            let gateway = hop
                .gateway()?
                .map_or("-".into(), |gateway| gateway.to_string());
            let link = hop.link()?.map_or("-".to_owned(), name);
            lines.push(format!("nexthop {} {gateway} {link}", hop.id()?));
        }
        lines.sort_unstable();
        Ok(lines)
    }
}

fn line(route: &RouteRow<'_>, name: &impl Fn(LinkIndex) -> String) -> Result<String, DecodeError> {
    let to = match route.destination()? {
        Some(to) if to.is_host() => to.address().to_string(),
        Some(to) if to.length() != 0 => to.to_string(),
        _ => "default".to_owned(),
    };
    let mut hops = Vec::new();
    for hop in route.hops()? {
        let hop = hop?;
        let gateway = hop
            .gateway
            .map_or("-".into(), |gateway| gateway.to_string());
        hops.push(format!("{gateway} {} {}", name(hop.link), hop.weight));
    }
    hops.sort_unstable();
    let (family, kind, table) = (route.header.family, route.kind().0, route.table()?.0);
    let (protocol, metric) = (route.protocol().0, route.metric()?);
    let id = route.next_hop_id()?.unwrap_or(0);
    Ok(format!(
        "route {family} {kind} {to} {table} {protocol} {metric} {id} {hops:?}"
    ))
}

/// Returns the lines of `ip`, sorted.
pub(super) fn theirs() -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or("-").to_owned();
    // `ip` leaves out what is usual.
    let number = |value: &Value, key: &str, usual: u64| match &value[key] {
        Value::String(text) => text.parse().unwrap(),
        number => number.as_u64().unwrap_or(usual),
    };
    for link in each(&["addr"])? {
        let flags: Vec<_> = link["flags"].as_array().into_iter().flatten().collect();
        let [up, carrier] = ["UP", "LOWER_UP"].map(|flag| flags.iter().any(|one| *one == flag));
        let (own, master) = (text(&link, "ifname"), text(&link, "master"));
        let (index, mtu) = (&link["ifindex"], &link["mtu"]);
        lines.push(format!("link {index} {own} {mtu} {up} {carrier} {master}"));
        for address in link["addr_info"].as_array().into_iter().flatten() {
            if address["tentative"] == true {
                continue;
            }
            let ip = text(address, "local").parse().unwrap();
            let length = u8::try_from(number(address, "prefixlen", 0)).unwrap();
            let prefix = Prefix::new(ip, length).unwrap();
            lines.push(format!("address {own} {prefix}"));
        }
    }
    for (family, flag) in [(AF_INET, "-4"), (AF_INET6, "-6")] {
        for route in each(&[flag, "route", "show", "table", "all"])? {
            let hop = |hop: &Value| {
                let (gateway, link) = (text(hop, "gateway"), text(hop, "dev"));
                format!("{gateway} {link} {}", number(hop, "weight", 1))
            };
            let mut hops: Vec<_> = match route["nexthops"].as_array() {
                Some(hops) => hops.iter().map(hop).collect(),
                None if route["dev"].is_null() => Vec::new(),
                None => vec![hop(&route)],
            };
            hops.sort_unstable();
            let (kind, to) = (number(&route, "type", 1), text(&route, "dst"));
            let (table, protocol) = (number(&route, "table", 254), number(&route, "protocol", 3));
            let (metric, id) = (number(&route, "metric", 0), number(&route, "nhid", 0));
            lines.push(format!(
                "route {family} {kind} {to} {table} {protocol} {metric} {id} {hops:?}"
            ));
        }
        for rule in each(&[flag, "rule"])? {
            let (priority, table) = (number(&rule, "priority", 0), number(&rule, "table", 0));
            lines.push(format!("rule {family} {priority} {table}"));
        }
    }
    for neighbour in each(&["neigh", "show", "nud", "permanent"])? {
        let (ip, link) = (text(&neighbour, "dst"), text(&neighbour, "dev"));
        lines.push(format!("neighbour {ip} {link}"));
    }
    for hop in each(&["nexthop"])? {
        let (id, gateway, link) = (&hop["id"], text(&hop, "gateway"), text(&hop, "dev"));
        lines.push(format!("nexthop {id} {gateway} {link}"));
    }
    lines.sort_unstable();
    Ok(lines)
}

/// Returns the objects of a list of `ip`, with numbers for names.
fn each(args: &[&str]) -> std::io::Result<Vec<Value>> {
    let listed = ip(&[&["-N"], args].concat())?;
    Ok(listed.as_array().cloned().unwrap_or_default())
}
