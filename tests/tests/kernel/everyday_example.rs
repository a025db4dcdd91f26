//! The example `everyday`, read back by `ip`, `bridge`, `tc` and `nft`.

use crate::values::may_delete_forwarding_entries;
use nltests::{Missing, Need, Outcome, Test, example, ip, run};
use serde_json::{Value, json};
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "everyday_example::a_second_run_changes_nothing",
        needs: NEEDS,
        run: a_second_run_changes_nothing,
    },
    Test {
        name: "everyday_example::a_second_run_restores_what_was_changed",
        needs: NEEDS,
        run: a_second_run_restores_what_was_changed,
    },
];

const NEEDS: &[Need] = &[
    Need::Namespace,
    Need::Program("ip"),
    Need::Program("bridge"),
    Need::Program("tc"),
    Need::Program("nft"),
];

/// Runs the example, and compares the line that it prints.
fn everyday() -> Outcome {
    let output = Command::new(example("everyday")?).output()?;
    let refusal = String::from_utf8(output.stderr)?;
    if refusal.contains("EOPNOTSUPP") {
        return Err(Missing(format!("kernel: {refusal}")).into());
    }
    assert!(output.status.success(), "{refusal}");
    let line = String::from_utf8(output.stdout)?;
    let way = |gateway| format!("198.51.100.7 via {gateway} dev ev0\n");
    // The kernel chooses by a hash whose seed is random.
    let ways = ["192.0.2.2", "192.0.2.3"].map(way);
    assert!(ways.contains(&line), "{line}");
    Ok(())
}

fn a_second_run_changes_nothing() -> Outcome {
    everyday()?;
    compare()?;
    let (first, ruleset) = (indices()?, run("nft", &["list", "ruleset"])?);
    everyday()?;
    compare()?;
    assert_eq!(indices()?, first);
    assert_eq!(run("nft", &["list", "ruleset"])?, ruleset);
    Ok(())
}

fn a_second_run_restores_what_was_changed() -> Outcome {
    may_delete_forwarding_entries()?;
    everyday()?;
    let changes = [
        "ip link set ev0 mtu 1300 address 02:00:00:00:00:99 alias right",
        "ip link set ev1 down nomaster",
        "ip link set evbr down",
        "ip link set evvx down",
        "ip address change 192.0.2.99/32 dev ev0 valid_lft 60 preferred_lft 30",
        "ip address delete 2001:db8::1/64 dev ev0",
        "ip route replace 198.51.100.0/24 via 192.0.2.4",
        "ip route delete blackhole 203.0.113.128/25",
        "ip rule delete priority 1000",
        "ip neighbour replace 192.0.2.2 lladdr 02:00:00:00:00:04 dev ev0",
        "bridge fdb delete 02:00:00:00:00:03 dev evvx dst 192.0.2.9 vni 43",
        "tc class change dev ev0 classid 1:10 htb rate 1mbit ceil 2mbit",
        "nft flush table inet ev",
        "nft add element inet ev allowed { 198.51.100.0/24 }",
    ];
    for change in changes {
        let words: Vec<_> = change.split(' ').collect();
        run(words[0], &words[1..])?;
    }
    everyday()?;
    compare()
}

/// Returns the indices of the links.
fn indices() -> Result<Vec<Value>> {
    let links = ip(&["link"])?;
    let links = links.as_array().ok_or("no array")?.iter();
    Ok(links.map(|link| link["ifindex"].clone()).collect())
}

/// Compares all that the example sets up.
fn compare() -> Outcome {
    links()?;
    addresses()?;
    routes_and_rule()?;
    neighbours()?;
    traffic()?;
    firewall()
}

/// Fails unless `found` has all that `expected` has: the members of an object,
/// and as many elements in the same order.
fn holds(found: &Value, expected: &Value) {
    assert!(is_in(expected, found), "found {found}, expected {expected}");
}

fn is_in(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => expected.iter().all(|(key, value)| {
            let found = found.get(key).unwrap_or(&Value::Null);
            is_in(value, found)
        }),
        (Value::Array(expected), Value::Array(found)) => {
            expected.len() == found.len()
                && expected
                    .iter()
                    .zip(found)
                    .all(|(one, other)| is_in(one, other))
        }
        _ => expected == found,
    }
}

fn json_of(program: &str, args: &[&str]) -> Result<Value> {
    Ok(serde_json::from_str(&run(
        program,
        &[&["-j"], args].concat(),
    )?)?)
}

fn link(name: &str) -> Result<Value> {
    let links = ip(&["-details", "link", "show", "dev", name])?;
    Ok(links[0].clone())
}

fn is_up(link: &Value) -> bool {
    let flags = link["flags"].as_array();
    flags.is_some_and(|flags| flags.contains(&"UP".into()))
}

fn links() -> Outcome {
    let mac = "02:00:00:00:00:01";
    let expected = [
        (
            "ev0",
            json!({
                "link": "ev1", "mtu": 1400, "address": mac, "ifalias": "left side",
                "linkinfo": { "info_kind": "veth" },
            }),
        ),
        ("ev1", json!({ "link": "ev0", "master": "evbr" })),
        ("evbr", json!({ "linkinfo": { "info_kind": "bridge" } })),
        (
            "evvx",
            json!({ "linkinfo": { "info_kind": "vxlan", "info_data": {
                "id": 42, "local": "192.0.2.1", "port": 4789, "learning": false,
            } } }),
        ),
    ];
    for (name, expected) in expected {
        let found = link(name)?;
        holds(&found, &expected);
        assert!(is_up(&found), "{found}");
    }
    let expected = json!({
        "link": "ev0",
        "linkinfo": { "info_kind": "macvlan", "info_data": { "mode": "bridge" } },
    });
    holds(&link("evmac")?, &expected);
    assert_eq!(indices()?.len(), 6);
    Ok(())
}

fn addresses() -> Outcome {
    let found = ip(&["address", "show", "dev", "ev0", "scope", "global"])?;
    let mut found = found[0]["addr_info"].clone();
    let leased = found.as_array_mut().ok_or("no array")?;
    // Some versions of ip print `{}` for an address of another scope.
    leased.retain(|address| !address["local"].is_null());
    for (key, limit) in [("valid_life_time", 3600), ("preferred_life_time", 1800)] {
        let seconds = leased[1][key].as_u64().ok_or("no lifetime")?;
        assert!((limit - 10..=limit).contains(&seconds), "{key} {seconds}");
    }
    let forever = u32::MAX;
    let expected = json!([
        { "local": "192.0.2.1", "prefixlen": 24, "valid_life_time": forever },
        { "local": "192.0.2.99", "prefixlen": 32 },
        { "local": "2001:db8::1", "prefixlen": 64, "nodad": true, "valid_life_time": forever },
    ]);
    holds(&found, &expected);
    Ok(())
}

fn routes_and_rule() -> Outcome {
    let expected = json!([
        { "dst": "192.0.2.0/24", "dev": "ev0", "protocol": "kernel" },
        { "dst": "198.51.100.0/24", "nexthops": [
            { "gateway": "192.0.2.2", "dev": "ev0", "weight": 1 },
            { "gateway": "192.0.2.3", "dev": "ev0", "weight": 3 },
        ] },
        { "type": "blackhole", "dst": "203.0.113.128/25" },
    ]);
    holds(&ip(&["route"])?, &expected);
    let expected = json!([{
        "dst": "203.0.113.0/24", "dev": "ev0", "prefsrc": "192.0.2.1", "metric": 50,
        "metrics": [{ "mtu": 1300 }],
    }]);
    holds(&ip(&["route", "show", "table", "100"])?, &expected);
    let expected = json!([
        { "priority": 0, "table": "local" },
        {
            "priority": 1000, "src": "192.0.2.0", "srclen": 24,
            "fwmark": "0x7", "fwmask": "0xff", "table": "100",
        },
        { "priority": 32766, "table": "main" },
        { "priority": 32767, "table": "default" },
    ]);
    holds(&ip(&["rule"])?, &expected);
    Ok(())
}

fn neighbours() -> Outcome {
    let mac = "02:00:00:00:00:02";
    let expected = json!([
        { "dst": "192.0.2.2", "dev": "ev0", "lladdr": mac, "state": ["PERMANENT"] },
    ]);
    holds(&ip(&["neighbour", "show", "nud", "permanent"])?, &expected);
    let found = json_of("bridge", &["fdb", "show", "dev", "evvx"])?;
    let expected = json!([{
        "mac": "02:00:00:00:00:03", "dst": "192.0.2.9", "vni": 43, "flags": ["self"],
        "state": "permanent",
    }]);
    holds(&found, &expected);
    Ok(())
}

fn traffic() -> Outcome {
    let found = json_of("tc", &["qdisc", "show", "dev", "ev0"])?;
    let expected = json!([{
        "kind": "htb", "handle": "1:", "root": true, "options": { "default": "0x10" },
    }]);
    holds(&found, &expected);
    // Before 6.3 tc prints no classes as JSON.
    let found = run("tc", &["class", "show", "dev", "ev0"])?;
    let expected = "class htb 1:10 root prio 0 rate 10Mbit ceil 20Mbit burst 1600b cburst 1600b";
    assert_eq!(found.trim(), expected);
    Ok(())
}

fn firewall() -> Outcome {
    let found = json_of("nft", &["list", "ruleset"])?;
    let payload = |protocol, field| json!({ "payload": { "protocol": protocol, "field": field } });
    let matches =
        |left, right: Value| json!({ "match": { "op": "==", "left": left, "right": right } });
    let expected = json!([
        { "metainfo": {} },
        { "table": { "family": "inet", "name": "ev" } },
        { "set": {
            "family": "inet", "table": "ev", "name": "allowed", "type": "ipv4_addr",
            "flags": ["interval"],
            "elem": [{ "prefix": { "addr": "192.0.2.0", "len": 25 } }],
        } },
        { "chain": {
            "family": "inet", "table": "ev", "name": "input", "type": "filter",
            "hook": "input", "prio": 0, "policy": "accept",
        } },
        { "rule": { "family": "inet", "table": "ev", "chain": "input", "expr": [
            matches(payload("ip", "saddr"), "@allowed".into()),
            matches(payload("tcp", "dport"), 22.into()),
            { "counter": { "packets": 0, "bytes": 0 } },
            { "accept": null },
        ] } },
    ]);
    holds(&found["nftables"], &expected);
    Ok(())
}
