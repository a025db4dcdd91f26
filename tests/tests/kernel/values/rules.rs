//! Rules beside `ip rule`.

use super::{Route, compare};
use nlsock::{Errno, Protocol};
use nltests::{Message, Missing, Need, Outcome, Session, Test, ip};
use nlwire::route::{DeleteRule, GetRules, NewRule, RouteProtocol, RouteTable, RuleAction};
use nlwire::{Prefix, Query as _};
use serde_json::{Value, json};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::rules_have_all_settings",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules_have_all_settings,
    },
    Test {
        name: "values::each_selector_and_action_is_that_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: each_selector_and_action_is_that_of_ip,
    },
    Test {
        name: "values::rules_select_by_masks_of_ports",
        needs: &[Need::Namespace],
        run: rules_select_by_masks_of_ports,
    },
    Test {
        name: "values::rules_select_by_dscp_and_flow_label",
        needs: &[Need::Namespace],
        run: rules_select_by_dscp_and_flow_label,
    },
    Test {
        name: "values::rules_of_ip_are_read",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules_of_ip_are_read,
    },
    Test {
        name: "values::the_rule_of_a_row_is_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: the_rule_of_a_row_is_deleted,
    },
];

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

/// Returns the rule of a priority that `ip` shows.
fn shown(family: &str, priority: u32) -> Value {
    let priority = priority.to_string();
    ip(&[family, "-details", "rule", "show", "priority", &priority]).unwrap()[0].clone()
}

fn rules_have_all_settings() -> Outcome {
    let mut route = Route::open()?;
    let full = NewRule::v4()
        .priority(1000)
        .from(prefix("192.0.2.0/24"))
        .to(prefix("198.51.100.0/25"))
        .incoming("lo")
        .outgoing("eth7")
        .mark(0x7, 0xff)
        .tos(0x10)
        .ip_protocol(6)
        .source_ports(1..=1024)
        .destination_ports(80..=80)
        .users(0..=0)
        .suppress_prefix_len(0)
        .suppress_group(3)
        .origin(RouteProtocol::STATIC)
        .table(RouteTable(100_000))
        .invert();
    route.execute(&full)?;
    let rule = shown("-4", 1000);
    for (key, value) in [
        ("src", json!("192.0.2.0")),
        ("srclen", json!(24)),
        ("dst", json!("198.51.100.0")),
        ("dstlen", json!(25)),
        ("iif", json!("lo")),
        ("oif", json!("eth7")),
        ("fwmark", json!("0x7")),
        ("fwmask", json!("0xff")),
        ("tos", json!("0x10")),
        ("ipproto", json!("tcp")),
        ("uid_start", json!(0)),
        ("uid_end", json!(0)),
        ("table", json!("100000")),
        ("suppress_prefixlen", json!(0)),
        ("protocol", json!("static")),
    ] {
        assert_eq!(rule[key], value, "{key}: {rule}");
    }
    assert!(rule.as_object().unwrap().contains_key("not"), "{rule}");
    route.refused(&full, Errno::EEXIST);
    route.execute(&full.if_absent())?;

    for (number, rule, action) in [
        (1, NewRule::v6().blackhole(), "blackhole"),
        (2, NewRule::v6().unreachable(), "unreachable"),
        (3, NewRule::v6().prohibit(), "prohibit"),
        (4, NewRule::v6().nop(), "nop"),
    ] {
        route.execute(&rule.priority(number))?;
        let shown = shown("-6", number);
        // `nop` is a key of its own.
        let nop = action == "nop" && shown.as_object().unwrap().contains_key("nop");
        assert!(nop || shown["action"] == action, "{shown}");
    }
    route.execute(&NewRule::v4().priority(5).goto(1000))?;
    assert_eq!(shown("-4", 5)["goto"], 1000);
    route.execute(&NewRule::v4().priority(6).l3mdev())?;
    assert!(shown("-4", 6).as_object().unwrap().contains_key("l3mdev"));
    route.execute(
        &NewRule::v6()
            .priority(7)
            .mark(0, 0x10_0000)
            .table(RouteTable(100)),
    )?;
    route.execute(&NewRule::v4().priority(9).tunnel_id(7))?;

    let gone = DeleteRule::v4().priority(1000);
    route.execute(&gone)?;
    route.refused(&gone, Errno::ENOENT);
    route.execute(&gone.if_there())?;
    Ok(())
}

/// The fixed header and the attributes.
fn same(message: &Message) -> String {
    format!("{:?}", GetRules::row(message.get()))
}

fn delete(session: &mut Session, message: &Message) -> Outcome {
    Ok(session.execute(&DeleteRule::of_row(&GetRules::row(message.get())))?)
}

fn each_selector_and_action_is_that_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let v4 = || NewRule::v4().priority(100).table(RouteTable(100));
    let bare = || NewRule::v4().priority(100);
    let selectors = [
        (v4(), ""),
        (v4().from(prefix("192.0.2.0/24")), "from 192.0.2.0/24"),
        (v4().from(prefix("192.0.2.1/32")), "from 192.0.2.1"),
        (v4().to(prefix("198.51.100.0/25")), "to 198.51.100.0/25"),
        (v4().from(Prefix::ALL_V4), "from 0.0.0.0/0"),
        (v4().incoming("lo"), "iif lo"),
        (v4().incoming("absent"), "iif absent"),
        (v4().outgoing("eth7"), "oif eth7"),
        (v4().mark(7, u32::MAX), "fwmark 7"),
        (v4().mark(7, 0xff), "fwmark 7/0xff"),
        (v4().mark(0, 0x10_0000), "fwmark 0/0x100000"),
        (v4().mark(0, u32::MAX), "fwmark 0/0xffffffff"),
        (v4().tos(0x10), "tos 0x10"),
        (v4().ip_protocol(6), "ipproto tcp"),
        (v4().source_ports(9..=9), "sport 9"),
        (v4().source_ports(1..=1024), "sport 1-1024"),
        (v4().destination_ports(80..=80), "dport 80"),
        (v4().destination_ports(80..=90), "dport 80-90"),
        (v4().users(0..=0), "uidrange 0-0"),
        (v4().tunnel_id(7), "tun_id 7"),
        (
            v4().from(prefix("192.0.2.0/24")).invert(),
            "not from 192.0.2.0/24",
        ),
        (v4().suppress_prefix_len(0), "suppress_prefixlength 0"),
        (v4().suppress_group(3), "suppress_ifgroup 3"),
        (v4().realms(1, 2), "realms 1/2"),
        (v4().realms(0, 2), "realms 2"),
        (v4().origin(RouteProtocol::STATIC), "protocol static"),
    ];
    let selectors = selectors.map(|(rule, words)| (rule, format!("{words} lookup 100")));
    let actions = [
        (bare(), "lookup main"),
        (bare().table(RouteTable(70_000)), "lookup 70000"),
        (bare().table(RouteTable::LOCAL), "lookup local"),
        (bare().table(RouteTable::DEFAULT), "lookup default"),
        (bare().goto(32_766), "goto 32766"),
        (bare().nop(), "nop"),
        (bare().blackhole(), "blackhole"),
        (bare().unreachable(), "unreachable"),
        (bare().prohibit(), "prohibit"),
        (bare().l3mdev(), "l3mdev"),
    ];
    let actions = actions.map(|(rule, words)| (rule, words.to_owned()));
    let v6 = || NewRule::v6().priority(100);
    let others = [
        (v6().from(prefix("2001:db8::/33")), "from 2001:db8::/33"),
        (v6().to(prefix("2001:db8::1/128")), "to 2001:db8::1"),
        (v6().tos(0x10), "tos 0x10"),
        (v6().mark(0, 1), "fwmark 0/1"),
        (v6().prohibit(), "prohibit"),
    ];
    let others = others.map(|(rule, words)| (rule, words.to_owned()));
    // A new rule without an origin is of `ip` itself or of nobody.
    let origin = |words: &str| match words.contains("protocol") {
        true => String::new(),
        false => "protocol boot".to_owned(),
    };
    for (family, cases) in [
        ("-4", &selectors[..]),
        ("-4", &actions[..]),
        ("-6", &others[..]),
    ] {
        for (ours, words) in cases {
            let theirs = format!("{family} rule add pref 100 {} {words}", origin(words));
            let ours = match origin(words).as_str() {
                "" => *ours,
                _ => ours.origin(RouteProtocol::BOOT),
            };
            let theirs = ("ip", theirs.as_str());
            compare(&mut session, &GetRules::all(), &ours, theirs, same, delete)?;
        }
    }
    Ok(())
}

fn rules_select_by_masks_of_ports() -> Outcome {
    let mut route = Route::open()?;
    let rule = NewRule::v4()
        .priority(8)
        .source_port_masked(0x1230, 0xfff0)
        .destination_port_masked(0x4500, 0xff00);
    match route.execute(&rule) {
        // Strict checking knows no attributes of later kernels.
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: rules that mask ports".into()).into());
        }
        made => made?,
    }
    route.execute(&NewRule::v4().priority(9).source_ports(0x1230..=0x1230))?;
    let mut seen = Vec::new();
    route.each(&GetRules::v4(), |row| {
        if let Some(ports) = row.source_ports().unwrap() {
            let masks = (row.source_port_mask(), row.destination_port_mask());
            seen.push((ports, masks));
        }
    })?;
    // An older kernel makes the rule without what it does not know.
    if seen[0].1 == (Ok(u16::MAX), Ok(u16::MAX)) {
        return Err(Missing("kernel: rules that mask ports".into()).into());
    }
    let ports = 0x1230..=0x1230;
    let masked = (ports.clone(), (Ok(0xfff0), Ok(0xff00)));
    assert_eq!(seen, [masked, (ports, (Ok(u16::MAX), Ok(u16::MAX)))]);
    Ok(())
}

fn rules_select_by_dscp_and_flow_label() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewRule::v4().priority(8).dscp_masked(0x2e, 0x3e))?;
    route.execute(
        &NewRule::v6()
            .priority(8)
            .flow_label(5, 0xfffff)
            .destination_ports(1..=9),
    )?;
    let mut seen = Vec::new();
    route.each(&GetRules::all().priority(8), |row| {
        let ports = row.destination_ports().unwrap();
        seen.push((row.dscp().unwrap(), row.flow_label().unwrap(), ports));
    })?;
    // An older kernel makes the rule without what it does not know: before 6.12 the
    // DSCP, in 6.12 its mask, which then is that of all bits.
    let all_bits = |(_, mask)| mask == 0x3f;
    if seen.iter().all(|(dscp, ..)| dscp.is_none_or(all_bits)) {
        return Err(Missing("kernel: rules that mask the DSCP".into()).into());
    }
    let label = Some((5, 0xf_ffff));
    assert_eq!(
        seen,
        [(Some((0x2e, 0x3e)), None, None), (None, label, Some(1..=9))]
    );
    // A value of 0 selects, too.
    route.execute(&NewRule::v4().priority(9).dscp_masked(0, 0x3e))?;
    route.execute(&NewRule::v6().priority(9).flow_label(0, 0xff000))?;
    let mut seen = Vec::new();
    route.each(&GetRules::all().priority(9), |row| {
        seen.push((row.dscp().unwrap(), row.flow_label().unwrap()));
    })?;
    assert_eq!(seen, [(Some((0, 0x3e)), None), (None, Some((0, 0xff000)))]);
    Ok(())
}

fn rules_of_ip_are_read() -> Outcome {
    ip(&[
        "rule",
        "add",
        "pref",
        "100",
        "fwmark",
        "0/0x100000",
        "lookup",
        "100",
    ])?;
    ip(&[
        "rule", "add", "pref", "101", "fwmark", "7", "lookup", "70000",
    ])?;
    ip(&[
        "-6",
        "rule",
        "add",
        "pref",
        "102",
        "from",
        "2001:db8::/32",
        "sport",
        "1-9",
        "prohibit",
    ])?;
    ip(&[
        "rule",
        "add",
        "pref",
        "103",
        "iif",
        "lo",
        "uidrange",
        "0-0",
        "suppress_prefixlength",
        "8",
        "lookup",
        "main",
    ])?;
    for mut route in Route::both()? {
        let mut count = 0;
        for query in [
            GetRules::all(),
            GetRules::v4().priority(100),
            GetRules::all().table(RouteTable(70_000)),
        ] {
            count = route.each(&query, |row| match row.priority().unwrap() {
                100 => {
                    assert_eq!(row.mark(), Ok(Some((0, 0x10_0000))));
                    assert_eq!(row.table(), Ok(RouteTable(100)));
                }
                101 => {
                    assert_eq!(row.mark(), Ok(Some((7, u32::MAX))));
                    assert_eq!(row.table(), Ok(RouteTable(70_000)));
                }
                102 => {
                    assert_eq!(row.source(), Ok(Some(prefix("2001:db8::/32"))));
                    assert_eq!(
                        (row.source_ports(), row.action()),
                        (Ok(Some(1..=9)), RuleAction::PROHIBIT)
                    );
                }
                103 => {
                    assert_eq!(row.incoming().unwrap().unwrap(), "lo");
                    assert_eq!(row.users(), Ok(Some(0..=0)));
                    assert_eq!(row.suppress_prefix_len(), Ok(Some(8)));
                    assert_eq!(row.suppress_group(), Ok(None));
                }
                _ => assert_eq!(row.mark(), Ok(None)),
            })?;
        }
        assert_eq!(count, 1);
        let all = ip(&["-4", "rule", "show"])?.as_array().unwrap().len();
        assert_eq!(route.each(&GetRules::v4(), |_| {})?, all);
    }
    Ok(())
}

fn the_rule_of_a_row_is_deleted() -> Outcome {
    let mut route = Route::open()?;
    ip(&[
        "rule",
        "add",
        "pref",
        "100",
        "fwmark",
        "0/0x100000",
        "lookup",
        "100",
    ])?;
    ip(&[
        "rule",
        "add",
        "pref",
        "101",
        "from",
        "10.0.0.0/8",
        "to",
        "10.0.0.0/9",
        "iif",
        "lo",
        "lookup",
        "100",
    ])?;
    ip(&[
        "rule",
        "add",
        "pref",
        "101",
        "from",
        "10.0.0.0/8",
        "lookup",
        "100",
    ])?;
    ip(&[
        "rule", "add", "pref", "102", "tos", "0x10", "dport", "80", "goto", "32766",
    ])?;
    ip(&[
        "-6",
        "rule",
        "add",
        "pref",
        "103",
        "from",
        "2001:db8::/32",
        "unreachable",
    ])?;
    loop {
        let mut row_bytes = None;
        route.each(&GetRules::all(), |row| {
            if (100..200).contains(&row.priority().unwrap()) && row_bytes.is_none() {
                row_bytes = Some(row.to_owned());
            }
        })?;
        let Some(row) = row_bytes else { break };
        let before = count(&mut route)?;
        route.execute(&DeleteRule::of_row(&row.as_row()))?;
        assert_eq!(count(&mut route)?, before - 1);
        let mut same = 0;
        route.each(&GetRules::all(), |other| {
            same += usize::from(other.message.payload() == row.as_row().message.payload());
        })?;
        assert_eq!(same, 0);
    }
    Ok(())
}

fn count(route: &mut Route) -> Result<usize, nlsock::Error> {
    route.each(&GetRules::all(), |_| {})
}
