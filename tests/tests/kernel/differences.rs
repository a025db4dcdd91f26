//! Columns of `nl rule`, `nl route` and `nl addr` that make rows differ.

use nlsock::{Conn, Protocol};
use nltests::{Missing, Need, Outcome, Test, ip, nl, nl_program, run};
use nlwire::route::{
    FRA_DPORT_MASK, FRA_DSCP_MASK, FRA_FLOW, FRA_FLOWLABEL_MASK, FRA_SPORT_MASK, GetRules, NewRule,
    RouteTable, RuleRow,
};
use serde_json::Value;
use std::error::Error;
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "differences::rules",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules,
    },
    Test {
        name: "differences::rules_with_masks",
        needs: &[Need::Namespace],
        run: rules_with_masks,
    },
    Test {
        name: "differences::routes",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: routes,
    },
    Test {
        name: "differences::addresses",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: addresses,
    },
    Test {
        name: "differences::every_user_reads_within_a_moment",
        needs: &[Need::Nobody, Need::Program("timeout")],
        run: every_user_reads_within_a_moment,
    },
    Test {
        name: "differences::without_addresses_of_ipv6",
        needs: &[Need::Namespace],
        run: without_addresses_of_ipv6,
    },
];

fn ip_runs(commands: &[&str]) -> Outcome {
    for command in commands {
        run("ip", &command.split(' ').collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Returns the lines below the heads, each with single spaces.
fn lines(args: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
    let text = run(nl_program()?.to_str().ok_or("a path")?, args)?;
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(text.lines().skip(1).map(words).collect())
}

fn rules() -> Outcome {
    ip_runs(&[
        "rule add pref 10 fwmark 0/0x100000 lookup 100",
        "rule add pref 20 fwmark 0x10/0xff lookup 100",
        "rule add pref 30 fwmark 0x10 lookup 100",
        "rule add pref 40 tos 0x04 lookup 100",
        "rule add pref 50 uidrange 0-0 lookup 100",
        "rule add pref 60 ipproto tcp sport 5 dport 80-90 lookup 100",
        "rule add pref 70 oif lo lookup 100",
        "rule add pref 80 lookup main suppress_prefixlength 0",
    ])?;
    let ours = nl(&["rule"])?;
    assert_eq!(Value::from(ours), ip(&["-details", "rule"])?);
    let shown = lines(&["rule"])?;
    let expected = [
        "10 all all 0/0x100000 - - - lookup 100",
        "20 all all 0x10/0xff - - - lookup 100",
        "30 all all 0x10 - - - lookup 100",
        "40 all all - - - tos 0x04 lookup 100",
        "50 all all - - - uidrange 0-0 lookup 100",
        "60 all all - - - ipproto tcp sport 5 dport 80-90 lookup 100",
        "70 all all - - lo - lookup 100",
        "80 all all - - - - lookup main suppress_prefixlength 0",
    ];
    assert_eq!(shown.get(1..9).unwrap(), expected);

    Ok(())
}

/// Selectors that `ip` of the test's machine may not know.
fn rules_with_masks() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let rule = || NewRule::v4().table(RouteTable(100));
    conn.execute(rule().priority(90).dscp_masked(0x2e, 0x3e))?;
    conn.execute(rule().priority(91).source_port_masked(0x5000, 0xff00))?;
    conn.execute(rule().priority(92).destination_port_masked(0x5000, 0xff00))?;
    conn.execute(rule().priority(93).realms(1, 2))?;
    let label = NewRule::v6().priority(90).flow_label(0, 0xf000);
    conn.execute(label)?;
    let shown = [lines(&["rule"])?, lines(&["rule", "-6"])?].concat();
    let made = conn.list(GetRules::all())?;
    for (line, kind) in [
        ("90 all all - - - dscp 46/0x3e lookup 100", FRA_DSCP_MASK),
        (
            "91 all all - - - sport 20480/0xff00 lookup 100",
            FRA_SPORT_MASK,
        ),
        (
            "92 all all - - - dport 20480/0xff00 lookup 100",
            FRA_DPORT_MASK,
        ),
        ("93 all all - - - - lookup 100 realms 1/2", FRA_FLOW),
        (
            "90 all all - - - flowlabel 0/0xf000 lookup main",
            FRA_FLOWLABEL_MASK,
        ),
    ] {
        // An older kernel makes the rule without what it does not know.
        let has = |row: RuleRow<'_>| row.attributes.find(kind).is_ok_and(|found| found.is_some());
        if !made.iter().any(has) {
            return Err(Missing(format!("kernel: attribute {kind} of rules")).into());
        }
        assert!(
            shown.iter().any(|shown| shown == line),
            "{line}: {shown:#?}"
        );
    }
    Ok(())
}

fn routes() -> Outcome {
    ip_runs(&[
        "link add br0 up type bridge",
        "route add 192.0.2.0/24 dev br0 tos 0x04",
        "route add 192.0.2.0/24 dev br0 metric 7",
    ])?;
    let shown = lines(&["route"])?;
    let expected = [
        "192.0.2.0/24 - 0x04 unicast - br0 main boot link - -",
        "192.0.2.0/24 - - unicast - br0 main boot link 7 -",
    ];
    let mut shown: Vec<_> = shown.iter().map(String::as_str).collect();
    shown.sort_unstable_by_key(|line| std::cmp::Reverse(line.contains("0x04")));
    assert_eq!(shown, expected);
    if ip_runs(&["-6 route add 2001:db8::/32 from 2001:db8:1::/48 dev br0"]).is_err() {
        return Err(Missing("kernel: CONFIG_IPV6_SUBTREES".into()).into());
    }
    let shown = lines(&["route", "-6"])?;
    let sourced = shown.iter().find(|line| line.starts_with("2001:db8::/32 "));
    let sourced = sourced.ok_or("no such route")?;
    assert!(
        sourced.starts_with("2001:db8::/32 2001:db8:1::/48 - unicast - br0 main"),
        "{sourced}"
    );
    Ok(())
}

fn addresses() -> Outcome {
    ip_runs(&[
        "addr add 10.0.0.1 peer 10.0.0.2/32 dev lo",
        "addr add 10.0.0.1 peer 10.0.0.3/32 dev lo",
        "addr add 10.0.0.1/24 dev lo",
        "-6 addr add 2001:db8::1 peer 2001:db8::2/64 dev lo",
    ])?;
    let expected = [
        "1 lo inet 10.0.0.1 10.0.0.2/32 global",
        "1 lo inet 10.0.0.1 10.0.0.3/32 global",
        "1 lo inet 10.0.0.1/24 - global",
        "1 lo inet6 2001:db8::1 2001:db8::2/64 global",
    ];
    assert_eq!(lines(&["addr"])?, expected);
    let ours = nl(&["addr"])?;
    let theirs = ip(&["addr"])?;
    for (ours, theirs) in ours.iter().zip(theirs[0]["addr_info"].as_array().unwrap()) {
        for key in ["local", "address", "prefixlen"] {
            assert_eq!(ours[key], theirs[key], "{key}");
        }
    }
    Ok(())
}

/// In the network of the caller, which may be that of a container.
fn every_user_reads_within_a_moment() -> Outcome {
    for object in [
        "link", "addr", "route", "route -6", "neigh", "rule", "rule -6", "genl",
    ] {
        let output = Command::new("timeout")
            .arg("5")
            .arg(nl_program()?)
            .args(object.split(' '))
            .output()?;
        assert!(output.status.success(), "{object}: {output:?}");
        assert!(output.stderr.is_empty(), "{object}: {output:?}");
    }
    Ok(())
}

fn without_addresses_of_ipv6() -> Outcome {
    std::fs::write("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1").or_else(|error| {
        // A kernel without IPv6 is what this is about.
        (error.kind() == std::io::ErrorKind::NotFound)
            .then_some(())
            .ok_or(error)
    })?;
    nltests::Network::open()?.set_up(1)?;
    assert_eq!(nl(&["addr"])?.len(), 1);
    assert!(nl(&["route", "-6"])?.is_empty());
    assert!(nl(&["neigh"])?.is_empty());
    nl(&["rule", "-6"])?;
    let table = nl(&["route", "--table", "all"])?;
    assert!(!table.is_empty(), "{table:?}");
    Ok(())
}
