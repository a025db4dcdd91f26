//! Requests for nftables as values, beside nft(8). Rulesets of both print the
//! same.

use super::carry::execute;
use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Test, run};
use nlwire::netfilter::{
    CtState, DataType, DeleteChain, DeleteElements, DeleteRule, DeleteSet, DeleteTable, FlushSet,
    Hook, KeyRange, KeyType, NewChain, NewElement, NewElements, NewRule, NewSet, NewTable,
    OwnedTransaction, Selector, SetFlags, Statement, TableFamily, TableRef, Transaction, Verdict,
    priority,
};
use nlwire::route::NewLink;
use nlwire::{Prefix, Request};
use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::firewall::rules_print_as_those_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: rules_print_as_those_of_nft,
    },
    Test {
        name: "values::firewall::nat_prints_as_that_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: nat_prints_as_that_of_nft,
    },
    Test {
        name: "values::firewall::chains_of_devices_print_as_those_of_nft",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("nft")],
        run: chains_of_devices_print_as_those_of_nft,
    },
    Test {
        name: "values::firewall::sets_print_as_those_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: sets_print_as_those_of_nft,
    },
    Test {
        name: "values::firewall::thousands_of_elements_are_one_transaction",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: thousands_of_elements_are_one_transaction,
    },
    Test {
        name: "values::firewall::everything_created_is_deleted",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: everything_created_is_deleted,
    },
];

/// Prints the ruleset, and deletes it.
fn print() -> Result<String, Box<dyn Error>> {
    let text = run("nft", &["list", "ruleset"])?;
    run("nft", &["flush", "ruleset"])?;
    // The time that is left of an element passes.
    let words = text.split(' ').scan(false, |skip, word| {
        let shown = !*skip && word != "expires";
        *skip = word == "expires";
        Some(if shown {
            format!("{word} ")
        } else {
            String::new()
        })
    });
    Ok(words.collect())
}

/// Compares the ruleset, which is ours, with one of nft's.
fn compare(theirs: &str) -> Outcome {
    let ours = print()?;
    run("nft", &[theirs])?;
    let theirs = print()?;
    assert_eq!(ours, theirs, "ours:\n{ours}\ntheirs:\n{theirs}");
    assert!(ours.len() > 10);
    Ok(())
}

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

fn rules_print_as_those_of_nft() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let accept = Statement::accept();
    let rules: &[(&str, &[Statement<'_>])] = &[
        ("icmp type 8 accept", &[Selector::ICMP_TYPE.is(8), accept]),
        (
            "icmpv6 type 128 accept",
            &[Selector::ICMPV6_TYPE.is(128), accept],
        ),
        (
            "tcp dport 22 counter accept",
            &[Selector::TCP_DPORT.is(22), Statement::counter(), accept],
        ),
        (
            "udp sport != 53 drop",
            &[Selector::UDP_SPORT.is_not(53), Statement::drop()],
        ),
        ("tcp dport 1-5", &[Selector::TCP_DPORT.between(1, 5)]),
        ("tcp dport != 1-5", &[Selector::TCP_DPORT.not_between(1, 5)]),
        (
            "ip saddr 10.0.0.0/8",
            &[Selector::IP_SADDR.within(prefix("10.0.0.0/8"))],
        ),
        (
            "ip daddr != 10.128.0.0/9",
            &[Selector::IP_DADDR.not_within(prefix("10.128.0.0/9"))],
        ),
        (
            "ip saddr 192.0.2.1 ip daddr 192.0.2.2",
            &[
                Selector::IP_SADDR.is(Ipv4Addr::new(192, 0, 2, 1)),
                Selector::IP_DADDR.is(Ipv4Addr::new(192, 0, 2, 2)),
            ],
        ),
        (
            "ip6 saddr 2001:db8::/33 ip6 nexthdr 17",
            &[
                Selector::IP6_SADDR.within(prefix("2001:db8::/33")),
                Selector::IP6_NEXTHDR.is(17),
            ],
        ),
        (
            "ip6 daddr ::1",
            &[Selector::IP6_DADDR.is(Ipv6Addr::LOCALHOST)],
        ),
        ("ip protocol 17", &[Selector::IP_PROTOCOL.is(17)]),
        (
            "iifname \"lo\" oifname != \"eth*\"",
            &[
                Selector::IIFNAME.is("lo"),
                Selector::OIFNAME.compare(nlwire::netfilter::Comparison::NEQ, &b"eth"[..]),
            ],
        ),
        (
            "iifname \"eth*\" iif 1",
            &[Selector::IIFNAME.starts_with("eth"), Selector::IIF.is(1)],
        ),
        (
            "ct state established,related accept",
            &[
                Selector::CT_STATE.any(CtState::ESTABLISHED | CtState::RELATED),
                accept,
            ],
        ),
        ("ct state new", &[Selector::CT_STATE.any(CtState::NEW)]),
        (
            "ct mark 7 meta mark 0x10",
            &[Selector::CT_MARK.is(7), Selector::META_MARK.is(0x10)],
        ),
        ("meta mark 1-5", &[Selector::META_MARK.between(1, 5)]),
        (
            "meta mark & 0xff == 7",
            &[Selector::META_MARK.masked(0xff, nlwire::netfilter::Comparison::EQ, 7)],
        ),
        (
            "meta mark set 0x7 ct mark set 0x8",
            &[Selector::META_MARK.set(7), Selector::CT_MARK.set(8)],
        ),
        (
            "meta l4proto tcp th dport 53",
            &[Selector::META_L4PROTO.is(6), Selector::TH_DPORT.is(53)],
        ),
        ("meta l4proto { 6 } th dport 53", &[]),
        (
            "meta skuid 1000 meta skgid 1000",
            &[Selector::META_SKUID.is(1000), Selector::META_SKGID.is(1000)],
        ),
        ("meta pkttype multicast", &[Selector::META_PKTTYPE.is(2)]),
        ("tcp flags syn", &[Selector::TCP_FLAGS.any(2)]),
        (
            "log prefix \"in \" group 3",
            &[Statement::log_group_prefix(3, "in ")],
        ),
        ("log prefix \"in \"", &[Statement::log("in ")]),
        ("log group 4", &[Statement::log_group(4)]),
        (
            "limit rate 10/second burst 7 packets",
            &[Statement::limit(10, 1, 7)],
        ),
        (
            "limit rate over 10/minute burst 7 packets",
            &[Statement::limit_over(10, 60, 7)],
        ),
        (
            "limit rate 1000 bytes/second",
            &[Statement::limit_bytes(1000, 1, 0)],
        ),
        ("reject", &[Statement::reject()]),
        ("reject with tcp reset", &[Statement::reject_with_reset()]),
        (
            "tcp dport 22 reject with tcp reset",
            &[Selector::TCP_DPORT.is(22), Statement::reject_with_reset()],
        ),
        ("jump other", &[Statement::jump("other")]),
        ("goto other", &[Statement::goto("other")]),
        ("return", &[Statement::verdict(Verdict::RETURN)]),
        ("continue", &[Statement::verdict(Verdict::CONTINUE)]),
    ];
    for table in [TableRef::inet("t"), TableRef::ip("t"), TableRef::ip6("t")] {
        let family = table.family.to_string();
        for (theirs, ours) in rules {
            let foreign = match &*family {
                "ip" => theirs.contains("ip6") || theirs.contains("icmpv6"),
                "ip6" => theirs.contains("ip ") || theirs.contains("icmp "),
                _ => false,
            };
            if foreign || ours.is_empty() {
                continue;
            }
            let text = format!(
                "table {family} t {{
                    chain other {{ comment \"none\"\n }}
                    chain in {{
                        type filter hook input priority -5; policy drop;
                        {theirs} comment \"why\"
                    }}
                }}"
            );
            execute(
                &mut conn,
                &Transaction(&[
                    &NewTable::new(table),
                    &NewChain::new(table, "other").comment("none"),
                    &NewChain::new(table, "in")
                        .filter(Hook::LOCAL_IN, -5)
                        .policy(Verdict::DROP),
                    &NewRule::new(table, "in", ours).comment("why"),
                ]),
            )?;
            compare(&text).map_err(|error| format!("{theirs}: {error}"))?;
        }
    }
    Ok(())
}

fn nat_prints_as_that_of_nft() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::inet("n");
    let host = Ipv4Addr::new(10, 0, 0, 1);
    let six: Ipv6Addr = "2001:db8::1".parse()?;
    let web = Selector::TCP_DPORT.is(80);
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table).comment("translates"),
            &NewChain::new(table, "pre").nat(Hook::PRE_ROUTING, priority::DSTNAT),
            &NewChain::new(table, "post").nat(Hook::POST_ROUTING, priority::SRCNAT),
            &NewRule::new(table, "pre", &[web, Statement::dnat(host, Some(8080))]),
            &NewRule::new(table, "pre", &[web, Statement::dnat(six, None)]),
            &NewRule::new(table, "pre", &[web, Statement::redirect(Some(82))]),
            &NewRule::new(table, "pre", &[Statement::redirect(None)]).first(),
            &NewRule::new(table, "post", &[web, Statement::snat(host, Some(5))]),
            &NewRule::new(
                table,
                "post",
                &[Selector::OIFNAME.is("eth0"), Statement::masquerade()],
            ),
        ]),
    )?;
    compare(
        "table inet n {
            comment \"translates\"
            chain pre {
                type nat hook prerouting priority dstnat; policy accept;
                redirect
                tcp dport 80 dnat ip to 10.0.0.1:8080
                tcp dport 80 dnat ip6 to 2001:db8::1
                tcp dport 80 redirect to :82
            }
            chain post {
                type nat hook postrouting priority srcnat; policy accept;
                tcp dport 80 snat ip to 10.0.0.1:5
                oifname \"eth0\" masquerade
            }
        }",
    )
}

fn chains_of_devices_print_as_those_of_nft() -> Outcome {
    let mut route = Conn::open(Protocol::ROUTE)?;
    for name in [&b"br0"[..], b"br1", b"\xff0"] {
        route.execute(&NewLink::new(name, "bridge"))?;
    }
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::new(TableFamily::NETDEV, "t");
    let (one, two) = (["br0".into()], ["br0".into(), "br1".into()]);
    let chain = |name, priority| NewChain::new(table, name).filter(Hook::INGRESS, priority);
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &chain("one", 0).devices(&one).policy(Verdict::DROP),
            &chain("two", 1).devices(&two),
        ]),
    )?;
    compare(
        "table netdev t {
            chain one { type filter hook ingress device br0 priority filter; policy drop; }
            chain two { type filter hook ingress devices = { br0, br1 } priority 1; }
        }",
    )?;
    // Names that nft cannot say.
    let strange = [(&b"\xff0"[..]).into()];
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &chain("three", 0).devices(&strange),
            &NewRule::new(
                table,
                "three",
                &[Selector::IIFNAME.is(strange[0].as_bytes())],
            ),
        ]),
    )
}

fn sets_print_as_those_of_nft() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::inet("t");
    let address = |last| Ipv4Addr::new(192, 0, 2, last);
    // Marks, whose keys are in the machine's order; and as intervals.
    let marks = NewSet::new(table, "marks", DataType::MARK).comment("hello");
    let spans = NewSet::new(table, "spans", DataType::MARK).intervals();
    let nets = NewSet::new(table, "nets", DataType::IPV4_ADDR)
        .intervals()
        .auto_merge();
    let nets6 = NewSet::new(table, "nets6", DataType::IPV6_ADDR).intervals();
    let ports = NewSet::new(table, "ports", DataType::INET_SERVICE)
        .intervals()
        .flags(SetFlags::TIMEOUT)
        .size(100);
    let names = NewSet::new(table, "names", DataType::IFNAME);
    let brief = NewSet::new(table, "brief", DataType::ETHER_ADDR).timeout(Duration::from_secs(300));
    let pairs = KeyType::of(&[DataType::IPV4_ADDR, DataType::INET_SERVICE, DataType::MARK]);
    let pairs = NewSet::new(table, "pairs", pairs);
    let areas = KeyType::of(&[DataType::IPV4_ADDR, DataType::MARK, DataType::IFNAME]);
    let areas = NewSet::new(table, "areas", areas).intervals();
    let map = NewSet::new(table, "values", DataType::MARK).to_values(DataType::MARK);
    let verdicts = NewSet::new(table, "verdicts", DataType::INET_SERVICE).to_verdicts();
    let pair = [
        KeyRange::from(address(4)),
        KeyRange::from(22),
        KeyRange::from(7),
    ];
    let area = [
        prefix("10.0.0.0/24").into(),
        KeyRange::range(7, 9),
        "eth0".into(),
    ];
    let other = [
        KeyRange::range(address(1), address(9)),
        1.into(),
        "lo".into(),
    ];
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &NewChain::new(table, "other"),
            &marks,
            &NewElements::of(&marks, &[1, 2, 0x10].map(NewElement::key)),
            &spans,
            &NewElements::of(&spans, &[NewElement::range(1, 5), NewElement::key(0x100)]),
            &nets,
            &NewElements::of(
                &nets,
                &[
                    prefix("192.0.2.0/25").into(),
                    prefix("255.255.255.0/24").into(),
                    NewElement::key(Ipv4Addr::new(1, 2, 3, 4)),
                    NewElement::range(address(200), address(203)).comment("some"),
                ],
            ),
            &nets6,
            &NewElements::of(
                &nets6,
                &[prefix("2001:db8::/33").into(), prefix("::/128").into()],
            ),
            &ports,
            &NewElements::of(
                &ports,
                &[
                    NewElement::range(1, 5).timeout(Duration::from_secs(3600)),
                    NewElement::range(60000, 65535),
                ],
            ),
            &names,
            &NewElements::of(&names, &["eth0", "lo"].map(NewElement::key)),
            &brief,
            &NewElements::of(&brief, &[NewElement::key([2, 0, 0, 0, 0, 1])]),
            &pairs,
            &NewElements::of(&pairs, &[NewElement::fields(&pair)]),
            &areas,
            &NewElements::of(
                &areas,
                &[
                    NewElement::fields(&area),
                    NewElement::fields(&other).comment("hi"),
                ],
            ),
            &map,
            &NewElements::of(&map, &[NewElement::key(1).value(2)]),
            &verdicts,
            &NewElements::of(
                &verdicts,
                &[
                    NewElement::key(1).verdict(Verdict::ACCEPT),
                    NewElement::key(2).jump("other"),
                ],
            ),
            &NewChain::new(table, "in").filter(Hook::LOCAL_IN, priority::FILTER),
            &NewRule::new(table, "in", &[Selector::META_MARK.in_set("marks")]),
            &NewRule::new(
                table,
                "in",
                &[Selector::META_MARK.in_network_order().in_set("spans")],
            ),
            &NewRule::new(
                table,
                "in",
                &[
                    Selector::IP_SADDR.not_in_set("nets"),
                    Selector::TCP_DPORT.in_set("ports"),
                ],
            ),
            &NewRule::new(
                table,
                "in",
                &[Statement::all_in_set(
                    &[Selector::IP_SADDR, Selector::TCP_DPORT, Selector::META_MARK],
                    "pairs",
                )],
            ),
            &NewRule::new(
                table,
                "in",
                &[Statement::all_in_set(
                    &[
                        Selector::IP_SADDR,
                        Selector::META_MARK.in_network_order(),
                        Selector::IIFNAME,
                    ],
                    "areas",
                )],
            ),
            &NewRule::new(table, "in", &[Selector::TCP_DPORT.verdict_of("verdicts")]),
        ]),
    )?;
    compare(
        "table inet t {
            set marks { type mark; comment \"hello\"; elements = { 1, 2, 0x10 }\n }
            set spans { type mark; flags interval; elements = { 1-5, 0x100 }\n }
            set nets { type ipv4_addr; flags interval; auto-merge
                elements = { 192.0.2.0/25, 255.255.255.0/24, 1.2.3.4, 192.0.2.200-192.0.2.203 comment \"some\" }\n }
            set nets6 { type ipv6_addr; flags interval; elements = { 2001:db8::/33, :: }\n }
            set ports { type inet_service; size 100; flags interval, timeout
                elements = { 1-5 timeout 1h, 60000-65535 }\n }
            set names { type ifname; elements = { eth0, lo }\n }
            set brief { type ether_addr; timeout 5m; elements = { 02:00:00:00:00:01 }\n }
            set pairs { type ipv4_addr . inet_service . mark; elements = { 192.0.2.4 . 22 . 7 }\n }
            set areas { type ipv4_addr . mark . ifname; flags interval
                elements = { 10.0.0.0/24 . 7-9 . \"eth0\", 192.0.2.1-192.0.2.9 . 1 . \"lo\" comment \"hi\" }\n }
            map values { type mark : mark; elements = { 1 : 2 }\n }
            chain other { }
            map verdicts { type inet_service : verdict; elements = { 1 : accept, 2 : jump other }\n }
            chain in { type filter hook input priority filter; policy accept;
                meta mark @marks
                meta mark @spans
                ip saddr != @nets tcp dport @ports
                ip saddr . tcp dport . meta mark @pairs
                ip saddr . meta mark . iifname @areas
                tcp dport vmap @verdicts
            }
        }",
    )
}

fn thousands_of_elements_are_one_transaction() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::inet("t");
    for count in [1000_u32, 5000] {
        for set in [
            NewSet::new(table, "s", DataType::IPV4_ADDR),
            NewSet::new(table, "s", DataType::IPV4_ADDR).intervals(),
        ] {
            let addresses = (0..count).map(|number| Ipv4Addr::from_bits(0x0a00_0000 + 2 * number));
            let elements: Vec<_> = addresses.map(NewElement::key).collect();
            let members = NewElements::of(&set, &elements);
            execute(
                &mut conn,
                &Transaction(&[&NewTable::new(table), &set, &members]),
            )?;
            let listed = run("nft", &["-j", "list", "set", "inet", "t", "s"])?;
            let listed: serde_json::Value = serde_json::from_str(&listed)?;
            let found = listed["nftables"][1]["set"]["elem"]
                .as_array()
                .unwrap()
                .len();
            assert_eq!(found, usize::try_from(count)?);
            // Half of them, as a transaction that grows.
            let (half, rest) = elements.split_at(elements.len() / 2);
            let mut owned = OwnedTransaction::new();
            owned.push(&DeleteElements::of(&set, half))?;
            owned.push(&NewElements::of(&set, rest))?;
            execute(&mut conn, &owned)?;
            let listed = run("nft", &["-j", "list", "set", "inet", "t", "s"])?;
            let listed: serde_json::Value = serde_json::from_str(&listed)?;
            let found = listed["nftables"][1]["set"]["elem"]
                .as_array()
                .unwrap()
                .len();
            assert_eq!(found, rest.len());
            execute(&mut conn, &Transaction(&[&DeleteTable::new(table)]))?;
        }
    }
    Ok(())
}

fn everything_created_is_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::ip6("t");
    let set = NewSet::new(table, "s", DataType::MARK);
    let elements = [1, 2, 3].map(NewElement::key);
    let members = NewElements::of(&set, &elements);
    let counter = [Statement::counter()];
    let changes: &[&dyn Request] = &[
        &DeleteTable::new(table).if_there(),
        &NewTable::new(table),
        &NewChain::new(table, "c"),
        &NewRule::new(table, "c", &counter),
        &NewRule::new(table, "c", &counter),
        &set,
        &members,
    ];
    let make = Transaction(changes);
    // Twice; the second replaces the first.
    match conn.execute(&make) {
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: NFT_MSG_DESTROYTABLE (Linux 6.3)".into()).into());
        }
        made => made?,
    };
    execute(&mut conn, &make)?;
    let count = |word: &str| -> Result<usize, Box<dyn Error>> {
        Ok(run("nft", &["-a", "list", "ruleset"])?
            .matches(word)
            .count())
    };
    assert_eq!((count("counter")?, count("0x00")?), (2, 3));
    let listed = run("nft", &["-a", "list", "ruleset"])?;
    let handle = listed
        .lines()
        .find(|line| line.contains("counter"))
        .unwrap();
    let handle: u64 = handle.rsplit(' ').next().unwrap().parse()?;
    execute(
        &mut conn,
        &Transaction(&[
            &DeleteRule::new(table, "c", handle),
            &DeleteElements::of(&set, &elements[..1]),
        ]),
    )?;
    assert_eq!((count("counter")?, count("0x00")?), (1, 2));
    let replaced = [Statement::drop()];
    execute(
        &mut conn,
        &Transaction(&[
            &DeleteElements::of(&set, &elements[..1]).if_there(),
            &NewRule::new(table, "c", &replaced).after(handle + 1),
            &NewRule::new(table, "c", &replaced).before(handle + 1),
        ]),
    )?;
    assert_eq!(count("drop")?, 2);
    execute(
        &mut conn,
        &Transaction(&[
            &NewRule::new(table, "c", &replaced).replace(handle + 1),
            &FlushSet::new(table, "s"),
        ]),
    )?;
    assert_eq!((count("drop")?, count("0x00")?), (3, 0));
    execute(
        &mut conn,
        &Transaction(&[
            &DeleteRule::all_of(table, "c"),
            &DeleteChain::new(table, "c"),
            &DeleteSet::new(table, "s"),
        ]),
    )?;
    assert_eq!((count("drop")?, count("chain")?, count("set")?), (0, 0, 0));
    execute(&mut conn, &Transaction(&[&DeleteTable::new(table)]))?;
    assert_eq!(count("table")?, 0);
    Ok(())
}
