//! Messages by `serde` beside `ip -json`, for the fields that both have.

use nlsock::{Conn, Protocol};
use nltests::{Need, Outcome, Test, ip};
use nlwire::pretty::Pretty;
use nlwire::route::{
    AddressHeader, LinkHeader, NeighbourHeader, RTM_GETADDR, RTM_GETLINK, RTM_GETNEIGH,
    RTM_GETROUTE, RTM_GETRULE, RouteHeader, RuleHeader,
};
use nlwire::{FixedHeader, Flags, GetFlags, MessageType, Writer};
use serde_json::{Value, json};
use std::error::Error;
use std::thread;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "json::fields_are_those_of_ip",
    needs: &[Need::Namespace, Need::Program("ip")],
    run: fields_are_those_of_ip,
}];

const NETWORK: &[&str] = &[
    "link add v0 type veth peer name v1",
    "link add br0 type bridge forward_delay 400 stp_state 1",
    "link add vx7 type vxlan id 7 dstport 4789 local 192.0.2.1 ttl 9",
    "link add mac0 link v0 type macvlan mode bridge",
    "link set v1 master br0",
    "link set v0 alias outside mtu 1400",
    "link set lo up",
    "link set v0 up",
    "link set v1 up",
    "addr add 192.0.2.1/24 dev v0 brd 192.0.2.255 label v0:1",
    "addr add 203.0.113.1 peer 203.0.113.9/32 dev v0 scope link",
    "addr add 2001:db8::1/64 dev v0 nodad",
    "route add 198.51.100.0/24 via 192.0.2.7 metric 7 proto static",
    "route add 198.51.101.0/24 src 192.0.2.1 nexthop via 192.0.2.8 dev v0 weight 2 nexthop via 192.0.2.9 dev v0 weight 5",
    "route add blackhole 198.51.102.1 table 100",
    "route add 2001:db8:1::/48 via 2001:db8::9 dev v0",
    "neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev v0 nud permanent",
    "neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 dev v0 nud permanent",
    "rule add pref 10 from 192.0.2.0/24 fwmark 0x7 lookup 100",
    "rule add pref 11 iif v0 lookup main",
];

fn fields_are_those_of_ip() -> Outcome {
    for command in NETWORK {
        ip(&command.split(' ').collect::<Vec<_>>())?;
    }
    // The kernel notices carriers some time after the request.
    let mut differences = Vec::new();
    for _ in 0..40 {
        differences = compare()?;
        if differences.is_empty() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(differences.join("\n").into())
}

fn compare() -> Result<Vec<String>, Box<dyn Error>> {
    let mut found = Differences::default();
    let links = dump(RTM_GETLINK, &LinkHeader::default())?;
    let theirs = array(ip(&["-details", "link"])?);
    found.same("number of links", &json!(links.len()), &json!(theirs.len()));
    for (ours, theirs) in links.iter().zip(&theirs) {
        let name = theirs["ifname"].as_str().unwrap_or_default();
        found.fields(name, ours, theirs, LINK);
        // `ip` does not print IFF_RUNNING of a link that is up.
        let mut flags = array(ours["header"]["flags"].clone());
        flags.retain(|flag| flag != "IFF_RUNNING");
        found.same(name, &flags.into(), &theirs["flags"]);
        let data = match ours["attributes"]["info"]["kind"].as_str() {
            Some("bridge") => BRIDGE,
            Some("vxlan") => VXLAN,
            Some("macvlan") => MACVLAN,
            _ => &[],
        };
        found.fields(
            name,
            &ours["attributes"]["info"]["data"],
            &theirs["linkinfo"]["info_data"],
            data,
        );
    }
    addresses(&mut found)?;
    let name = |index: &Value| {
        let mut links = links.iter();
        let link = links.find(|link| link["header"]["index"] == *index);
        link.map_or(Value::Null, |link| link["attributes"]["name"].clone())
    };
    routes(&mut found, &name)?;
    neighbours(&mut found, &name)?;
    rules(&mut found)?;
    assert!(found.compared > 200, "{} fields", found.compared);
    Ok(found.differences)
}

/// Field of `ip`, and ours.
type Pair = (&'static str, &'static str);

const LINK: &[Pair] = &[
    ("/ifindex", "/header/index"),
    ("/ifname", "/attributes/name"),
    ("/mtu", "/attributes/mtu"),
    ("/qdisc", "/attributes/qdisc"),
    ("/operstate", "/attributes/oper_state"),
    ("/linkmode", "/attributes/mode"),
    ("/txqlen", "/attributes/tx_queue_len"),
    ("/address", "/attributes/address"),
    ("/broadcast", "/attributes/broadcast"),
    ("/promiscuity", "/attributes/promiscuity"),
    ("/allmulti", "/attributes/all_multi"),
    ("/min_mtu", "/attributes/min_mtu"),
    ("/max_mtu", "/attributes/max_mtu"),
    ("/num_tx_queues", "/attributes/tx_queues"),
    ("/num_rx_queues", "/attributes/rx_queues"),
    ("/gso_max_size", "/attributes/gso_max_size"),
    ("/gso_max_segs", "/attributes/gso_max_segs"),
    ("/ifalias", "/attributes/alias"),
    ("/linkinfo/info_kind", "/attributes/info/kind"),
];

const BRIDGE: &[Pair] = &[
    ("/forward_delay", "/forward_delay"),
    ("/hello_time", "/hello_time"),
    ("/max_age", "/max_age"),
    ("/ageing_time", "/ageing_time"),
    ("/priority", "/priority"),
];

const VXLAN: &[Pair] = &[
    ("/id", "/id"),
    ("/local", "/local"),
    ("/port", "/port"),
    ("/ttl", "/ttl"),
];

const MACVLAN: &[Pair] = &[("/mode", "/mode")];

fn addresses(found: &mut Differences) -> Outcome {
    let ours = dump(RTM_GETADDR, &AddressHeader::default())?;
    let mut count = 0;
    for link in array(ip(&["-details", "addr"])?) {
        for theirs in array(link["addr_info"].clone()) {
            count += 1;
            // IPv6 has a local address only beside that of a peer.
            let local = |row: &Value| {
                let attributes = &row["attributes"];
                let local = attributes.get("local").or(attributes.get("address"));
                local.cloned().unwrap_or_default()
            };
            let row = ours.iter().find(|row| {
                row["header"]["index"] == link["ifindex"] && local(row) == theirs["local"]
            });
            let name = format!("address {}", theirs["local"]);
            found.fields(&name, row.unwrap_or(&Value::Null), &theirs, ADDRESS);
        }
    }
    found.same("number of addresses", &json!(ours.len()), &json!(count));
    Ok(())
}

const ADDRESS: &[Pair] = &[
    ("/family", "/header/family"),
    ("/prefixlen", "/header/prefix_len"),
    ("/scope", "/header/scope"),
    ("/address", "/attributes/address"),
    ("/broadcast", "/attributes/broadcast"),
    ("/label", "/attributes/label"),
    ("/valid_life_time", "/attributes/cache_info/valid"),
    ("/preferred_life_time", "/attributes/cache_info/preferred"),
];

fn routes(found: &mut Differences, link: &impl Fn(&Value) -> Value) -> Outcome {
    for (family, option, bits) in [(2, "-4", 32), (10, "-6", 128)] {
        let header = RouteHeader {
            family,
            ..RouteHeader::default()
        };
        let ours = dump(RTM_GETROUTE, &header)?;
        let theirs = array(ip(&[option, "-details", "route", "show", "table", "all"])?);
        found.same("number of routes", &json!(ours.len()), &json!(theirs.len()));
        for (ours, theirs) in ours.iter().zip(&theirs) {
            let name = format!("route {}", theirs["dst"]);
            let to = prefix(ours, "destination", bits, "default");
            found.same(&name, &to, &theirs["dst"]);
            found.fields(&name, ours, theirs, ROUTE);
            if let Some(dev) = theirs.get("dev") {
                let index = &ours["attributes"]["outgoing_index"];
                found.same(&name, &link(index), dev);
            }
            for (number, hop) in array(theirs["nexthops"].clone()).iter().enumerate() {
                let ours = &ours["attributes"]["multipath"][number];
                found.fields(&name, ours, hop, NEXT_HOP);
                found.same(&name, &link(&ours["header"]["index"]), &hop["dev"]);
                let weight = ours["header"]["hops"].as_u64().map(|hops| hops + 1);
                found.same(&name, &json!(weight), &hop["weight"]);
            }
        }
    }
    Ok(())
}

const ROUTE: &[Pair] = &[
    ("/type", "/header/kind"),
    ("/protocol", "/header/protocol"),
    ("/scope", "/header/scope"),
    ("/gateway", "/attributes/gateway"),
    ("/metric", "/attributes/priority"),
    ("/prefsrc", "/attributes/preferred_source"),
    ("/pref", "/attributes/preference"),
];

const NEXT_HOP: &[Pair] = &[("/gateway", "/attributes/gateway")];

/// An address with its prefix length, which `ip` leaves out of a host's.
fn prefix(row: &Value, field: &str, bits: u64, zero: &str) -> Value {
    let length = &row["header"][format!("{field}_len")];
    match row["attributes"][field].as_str() {
        None => json!(zero),
        Some(address) if *length == bits => json!(address),
        Some(address) => json!(format!("{address}/{length}")),
    }
}

fn neighbours(found: &mut Differences, link: &impl Fn(&Value) -> Value) -> Outcome {
    let ours = dump(RTM_GETNEIGH, &NeighbourHeader::default())?;
    let theirs = array(ip(&["neigh", "show", "nud", "permanent"])?);
    assert!(theirs.len() >= 2, "{theirs:?}");
    for theirs in &theirs {
        let row = ours
            .iter()
            .find(|row| row["attributes"]["destination"] == theirs["dst"]);
        let row = row.unwrap_or(&Value::Null);
        let name = format!("neighbour {}", theirs["dst"]);
        found.fields(&name, row, theirs, NEIGHBOUR);
        found.same(&name, &link(&row["header"]["index"]), &theirs["dev"]);
    }
    Ok(())
}

const NEIGHBOUR: &[Pair] = &[
    ("/dst", "/attributes/destination"),
    ("/lladdr", "/attributes/hardware"),
    ("/state", "/header/state"),
];

fn rules(found: &mut Differences) -> Outcome {
    let header = RuleHeader {
        family: 2,
        ..RuleHeader::default()
    };
    let ours = dump(RTM_GETRULE, &header)?;
    let theirs = array(ip(&["-details", "rule"])?);
    found.same("number of rules", &json!(ours.len()), &json!(theirs.len()));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        let name = format!("rule {}", theirs["priority"]);
        // The kernel leaves out a priority of 0.
        let priority = ours["attributes"].get("priority");
        let priority = priority.cloned().unwrap_or(json!(0));
        found.same(&name, &priority, &theirs["priority"]);
        found.fields(&name, ours, theirs, RULE);
        if theirs["srclen"].is_null() {
            found.same(&name, &prefix(ours, "source", 32, "all"), &theirs["src"]);
        } else {
            found.same(&name, &ours["attributes"]["source"], &theirs["src"]);
            found.same(&name, &ours["header"]["source_len"], &theirs["srclen"]);
        }
    }
    Ok(())
}

const RULE: &[Pair] = &[
    ("/table", "/attributes/table"),
    ("/iif", "/attributes/incoming_name"),
    ("/protocol", "/attributes/protocol"),
];

/// Differences, and the number of compared fields.
#[derive(Default)]
struct Differences {
    compared: usize,
    differences: Vec<String>,
}

impl Differences {
    fn same(&mut self, what: &str, ours: &Value, theirs: &Value) {
        self.compared += 1;
        // A table without a name is a string of digits for `ip`.
        let digits = ours.to_string();
        let is_text = theirs.as_str().is_some_and(|text| text == digits);
        if ours != theirs && !is_text {
            let text = format!("{what}: ours {ours}, theirs {theirs}");
            self.differences.push(text);
        }
    }

    /// Compares the fields that `ip` prints.
    fn fields(&mut self, what: &str, ours: &Value, theirs: &Value, pairs: &[Pair]) {
        for (their_field, our_field) in pairs {
            if let Some(theirs) = theirs.pointer(their_field) {
                let ours = ours.pointer(our_field).unwrap_or(&Value::Null);
                self.same(&format!("{what} {our_field}"), ours, theirs);
            }
        }
    }
}

/// The rows of a table by `serde`.
fn dump<H: FixedHeader>(kind: MessageType, header: &H) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let flags = Flags::REQUEST | GetFlags::DUMP;
    let request = Writer::message(&mut buffer, kind, flags, header, |w| Ok(w))?;
    let mut rows = conn.query(request)?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(serde_json::to_value(Pretty::new(row.as_bytes(), Some(0)))?[0].take());
    }
    Ok(values)
}

fn array(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        _ => Vec::new(),
    }
}
