//! Traces of packets, resets of counters, and named objects, beside nft(8).

use super::carry::{execute, list, rows};
use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Session, Test, run};
use nlwire::fields;
use nlwire::netfilter::{
    Change, Counter, CounterAttr, DataType, DeleteObject, ExpectationObjectAttr, Expression,
    ExpressionData, GetElement, GetElements, GetObject, GetObjects, GetRule, GetRules,
    HelperObjectAttr, Hook, LimitAttr, LimitKind, NFNLGRP_NFTABLES, NFNLGRP_NFTRACE, NewChain,
    NewElement, NewObject, NewSet, NewTable, NftObject, ObjectData, ObjectKind, QuotaAttr,
    QuotaFlags, ResetObject, ResetObjects, RuleRow, SynProxyOptions, SynProxySettingsAttr,
    TableRef, Trace, TraceKind, Transaction, Verdict,
};
use std::error::Error;
use std::net::{Ipv4Addr, UdpSocket};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::traces::a_packet_is_followed_through_the_rules",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("nft")],
        run: a_packet_is_followed_through_the_rules,
    },
    Test {
        name: "values::traces::counters_are_read_and_set_to_0",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: counters_are_read_and_set_to_0,
    },
    Test {
        name: "values::traces::objects_print_as_those_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: objects_print_as_those_of_nft,
    },
];

fn a_packet_is_followed_through_the_rules() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    run(
        "nft",
        &["table ip t {
            chain other { udp dport 4000 counter return; }
            chain in {
                type filter hook input priority 0; policy accept;
                udp dport 4000 meta nftrace set 1
                udp dport 4000 jump other
            }
        }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::ip("t");
    let handles = list(&mut conn, &GetRules::all().table(table), |row| {
        (
            row.chain().unwrap().unwrap().to_string(),
            row.handle().unwrap().unwrap(),
        )
    })?;
    let mut events = Session::listen(Protocol::NETFILTER, &[NFNLGRP_NFTRACE])?;
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    socket.send_to(b"x", "127.0.0.1:4000")?;
    let mut steps = Vec::new();
    let mut id = None;
    while steps.len() < 5 {
        let message = events.wait_for(|event| matches!(Change::of(event), Change::Trace(_)))?;
        let Change::Trace(row) = Change::of(message.get()) else {
            unreachable!()
        };
        let found = fields!(row.attributes => Trace {
            chain, kind, rule_handle, input_index, network_header, transport_header, table
        })?;
        assert_eq!(found.table, Some("t".into()));
        // The first step has the headers: UDP is protocol 17.
        if id.is_none() {
            assert_eq!(found.input_index.map(|link| link.get()), Some(1));
            assert_eq!(found.network_header.map(|bytes| bytes[9]), Some(17));
            let ports = found.transport_header.ok_or("no transport header")?;
            assert_eq!(ports[2..4], 4000_u16.to_be_bytes());
        }
        let number = row.id()?.ok_or("no number")?;
        assert_eq!(*id.get_or_insert(number), number);
        let (verdict, to) = row.verdict()?.ok_or("no verdict")?;
        let chain = found.chain.map(|name| name.to_string());
        if let Some(handle) = found.rule_handle {
            assert!(handles.contains(&(chain.clone().unwrap(), handle)));
        }
        let to = to.map(|name| name.to_string());
        steps.push((chain, found.kind.ok_or("no kind")?, verdict, to));
    }
    // Linux 6.1 judges by the verdict (`nft_trace_verdict`), later ones by what gave it.
    let old = nltests::linux() <= (6, 1);
    let on = if old {
        TraceKind::RETURN
    } else {
        TraceKind::RULE
    };
    let step = |chain: &str, kind, verdict, to: Option<&str>| {
        (Some(chain.to_owned()), kind, verdict, to.map(str::to_owned))
    };
    assert_eq!(
        steps,
        [
            step("in", TraceKind::RULE, Verdict::CONTINUE, None),
            step("in", TraceKind::RULE, Verdict::JUMP, Some("other")),
            step("other", on, Verdict::RETURN, None),
            // The rule after which the chain ends, and the policy.
            step("in", on, Verdict::CONTINUE, None),
            step("in", TraceKind::POLICY, Verdict::ACCEPT, None),
        ]
    );
    Ok(())
}

/// Returns the packets of a rule's counter.
fn packets(row: &RuleRow<'_>) -> Option<u64> {
    let list = fields!(row.attributes => nlwire::netfilter::Rule { expressions }).ok()?;
    list.expressions?.iter().find_map(|item| {
        let data = fields!(item.ok()?.1 => Expression { data }).ok()?.data?;
        match data {
            ExpressionData::Counter(counter) => {
                fields!(counter => Counter { packets }).ok()?.packets
            }
            _ => None,
        }
    })
}

fn counters_are_read_and_set_to_0() -> Outcome {
    run(
        "nft",
        &["table inet t {
            set s { type ipv4_addr; counter; elements = {
                192.0.2.1 counter packets 5 bytes 50, 192.0.2.2 counter packets 6 bytes 60 }; }
            counter n { packets 7 bytes 70 }
            counter m { packets 8 bytes 80 }
            quota q { over 1000 bytes used 9 bytes }
            chain c { counter packets 3 bytes 30 accept; counter packets 4 bytes 40; }
            chain d { counter packets 2 bytes 20; }
        }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::inet("t");
    let text = || run("nft", &["list", "table", "inet", "t"]);

    // One rule, then those of a chain; the answer has the old numbers.
    let all = GetRules::all().table(table);
    let handles = list(&mut conn, &all, |row| row.handle().unwrap().unwrap())?;
    let read = |row: RuleRow<'_>| packets(&row).unwrap();
    assert_eq!(list(&mut conn, &all, read)?, [3, 4, 2]);
    let one = GetRule::new(table, "c", handles[1]);
    assert_eq!(list(&mut conn, &one, read)?, [4]);
    let absent = GetRule::new(table, "c", u64::MAX).reset();
    let refused = conn.list(&absent).map(drop).unwrap_err();
    if refused.errno() == Some(Errno::EINVAL) {
        return Err(Missing("kernel: NFT_MSG_GETRULE_RESET".into()).into());
    }
    assert_eq!(list(&mut conn, &one.reset(), read)?, [4]);
    assert_eq!(list(&mut conn, &all, read)?, [3, 0, 2]);
    let of_chain = all.chain("c").reset();
    assert_eq!(list(&mut conn, &of_chain, read)?, [3, 0]);
    assert_eq!(list(&mut conn, &all, read)?, [0, 0, 2]);

    // One element, then all.
    let set = NewSet::new(table, "s", DataType::IPV4_ADDR);
    let key = NewElement::key(Ipv4Addr::new(192, 0, 2, 1));
    assert_eq!(
        rows(&mut conn, &GetElement::of(&set, key).reset())?.len(),
        1
    );
    let shown = text()?;
    assert!(
        shown.contains("192.0.2.1 counter packets 0 bytes 0"),
        "{shown}"
    );
    assert!(
        shown.contains("192.0.2.2 counter packets 6 bytes 60"),
        "{shown}"
    );
    let of_set = GetElements::of(table, "s").reset();
    let count = list(&mut conn, &of_set, |row| row.elements().count())?;
    assert_eq!(count.iter().sum::<usize>(), 2);
    let shown = text()?;
    assert!(
        shown.contains("192.0.2.2 counter packets 0 bytes 0"),
        "{shown}"
    );

    // Objects.
    let counter = |row: nlwire::netfilter::ObjectRow<'_>| {
        let data = fields!(row.attributes => NftObject { data }).unwrap().data;
        let Some(ObjectData::Counter(counter)) = data else {
            return None;
        };
        fields!(counter => Counter { packets }).unwrap().packets
    };
    let one = GetObject::new(table, "n".into(), ObjectKind::COUNTER);
    assert_eq!(list(&mut conn, &one, counter)?, [Some(7)]);
    let reset = ResetObject::new(table, "n".into(), ObjectKind::COUNTER);
    assert_eq!(list(&mut conn, &reset, counter)?, [Some(7)]);
    assert_eq!(list(&mut conn, &one, counter)?, [Some(0)]);
    let of_kind = GetObjects::of_kind(ObjectKind::COUNTER);
    assert_eq!(list(&mut conn, &of_kind, counter)?, [Some(0), Some(8)]);
    let reset = ResetObjects::of(table);
    assert_eq!(list(&mut conn, &reset, counter)?, [Some(0), Some(8), None]);
    assert_eq!(list(&mut conn, &of_kind, counter)?, [Some(0), Some(0)]);
    let shown = text()?;
    assert!(shown.contains("over 1000 bytes\n"), "{shown}");
    let absent = GetObject::new(table, "n".into(), ObjectKind::QUOTA);
    let error = conn.get(&absent).map(|_| ()).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    assert!(error.to_string().contains("object"), "{error}");
    Ok(())
}

/// Prints the ruleset and deletes it.
fn print() -> Result<String, Box<dyn Error>> {
    let text = run("nft", &["list", "ruleset"])?;
    run("nft", &["flush", "ruleset"])?;
    Ok(text)
}

fn objects_print_as_those_of_nft() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let mut events = Session::listen(Protocol::NETFILTER, &[NFNLGRP_NFTABLES])?;
    let table = TableRef::inet("t");
    let start = [CounterAttr::Packets(3), CounterAttr::Bytes(4)];
    let quota = [
        QuotaAttr::Bytes(1 << 20),
        QuotaAttr::Flags(QuotaFlags::INVERT),
    ];
    let limit = [
        LimitAttr::Rate(400),
        LimitAttr::Unit(60),
        LimitAttr::Burst(9),
        LimitAttr::Kind(LimitKind::PACKETS),
    ];
    let helper = [
        HelperObjectAttr::Name("ftp"),
        HelperObjectAttr::TransportProtocol(6),
    ];
    let expected = [
        ExpectationObjectAttr::NetworkProtocol(2),
        ExpectationObjectAttr::TransportProtocol(6),
        ExpectationObjectAttr::Port(9876),
        ExpectationObjectAttr::Timeout(120_000),
        ExpectationObjectAttr::Size(12),
    ];
    let proxy = [
        SynProxySettingsAttr::Mss(1460),
        SynProxySettingsAttr::WindowScale(7),
        SynProxySettingsAttr::Flags(
            SynProxyOptions::MSS
                | SynProxyOptions::WINDOW_SCALE
                | SynProxyOptions::SACK_PERMITTED
                | SynProxyOptions::TIMESTAMP,
        ),
    ];
    let counter = NewObject::counter(table, "web", &start).comment("why");
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &counter,
            &NewObject::quota(table, "much", &quota),
            &NewObject::limit(table, "calm", &limit),
            &NewObject::helper(table, "control", &helper),
            &NewObject::expectation(table, "data", &expected),
            &NewObject::syn_proxy(table, "guard", &proxy),
        ]),
    )?;
    let message = events.wait_for(|event| matches!(Change::of(event), Change::NewObject(_)))?;
    let Change::NewObject(row) = Change::of(message.get()) else {
        unreachable!()
    };
    assert_eq!(
        (row.table()?, row.name()?),
        (Some("t".into()), Some("web".into()))
    );
    assert_eq!(
        (row.kind()?, row.comment()?),
        (Some(ObjectKind::COUNTER), Some("why"))
    );
    // It exists.
    let error = conn.execute(&Transaction(&[&counter])).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EEXIST), "{error}");
    execute(&mut conn, &Transaction(&[&counter.if_absent()]))?;
    let ours = print()?;
    run(
        "nft",
        &["table inet t {
            counter web { comment \"why\"; packets 3 bytes 4; }
            quota much { over 1 mbytes; }
            limit calm { rate 400/minute burst 9 packets; }
            ct helper control { type \"ftp\" protocol tcp; }
            ct expectation data { protocol tcp; dport 9876; timeout 2m; size 12; l3proto ip; }
            synproxy guard { mss 1460; wscale 7; timestamp sack-perm; }
        }"],
    )?;
    let theirs = print()?;
    assert_eq!(ours, theirs, "ours:\n{ours}\ntheirs:\n{theirs}");

    // Deletion.
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &NewChain::new(table, "c").filter(Hook::LOCAL_IN, 0),
            &counter,
        ]),
    )?;
    let delete = DeleteObject::new(table, "web", ObjectKind::COUNTER);
    execute(&mut conn, &Transaction(&[&delete]))?;
    events.wait_for(|event| matches!(Change::of(event), Change::DelObject(_)))?;
    let error = conn.execute(&Transaction(&[&delete])).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    // `NFT_MSG_DESTROYOBJ` is new in Linux 6.3.
    if let Err(error) = conn.execute(&Transaction(&[&delete.if_there()])) {
        assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
    }
    Ok(())
}
