//! Requests for queues and logs as values: packets that wait, and what was
//! decided on them; and lists of nftables beside nft(8).

use super::carry::{execute, list};
use nlsock::{Conn, Protocol};
use nltests::{Need, Outcome, Session, Test, run};
use nlwire::netfilter::{
    BindLog, BindQueue, Change, DataType, GetChains, GetElements, GetGeneration, GetRules, GetSets,
    GetTables, Hook, LogFlags, NewChain, NewElement, NewElements, NewRule, NewSet, NewTable,
    QueueFlags, Selector, SetLog, SetQueue, SetVerdict, SetVerdicts, Statement, TableRef,
    Transaction, UnbindLog, UnbindQueue, Verdict,
};
use nlwire::{Batch, Errno, Request};
use std::error::Error;
use std::net::UdpSocket;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::verdicts::packets_get_marks_and_payloads",
        // Linux 7.2 drops a packet with another payload in a user namespace.
        needs: &[Need::Root, Need::Program("ip"), Need::Program("nft")],
        run: packets_get_marks_and_payloads,
    },
    Test {
        // Only root of the machine may read the kernel's files of queues and logs.
        name: "values::verdicts::settings_of_queues_are_taken",
        needs: &[Need::Root],
        run: settings_of_queues_are_taken,
    },
    Test {
        name: "values::verdicts::settings_of_logs_are_taken",
        needs: &[Need::Root],
        run: settings_of_logs_are_taken,
    },
    Test {
        name: "values::verdicts::lists_of_nftables_are_those_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: lists_of_nftables_are_those_of_nft,
    },
];

const PORT: u16 = 4000;
const QUEUE: u16 = 7;
const GROUP: u16 = 5;

/// Carries out a request on the connection of a session.
fn ask(session: &mut Session, request: &dyn Request) -> Outcome {
    let mut room = [0; 1024];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(request)?;
    Ok(session.batch(&mut batch)?)
}

/// Sends a request and reads no answer.
fn send(session: &Session, request: &dyn Request) -> Outcome {
    let mut room = [0; 1024];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(request)?;
    Ok(session.send(batch.as_bytes())?)
}

/// Returns number and payload of the next packet that waits.
fn next(session: &mut Session) -> Result<(u32, Vec<u8>), Box<dyn Error>> {
    let message = session.wait_for(|event| matches!(Change::of(event), Change::Packet(_)))?;
    let Change::Packet(packet) = Change::of(message.get()) else {
        unreachable!()
    };
    assert_eq!(packet.queue(), QUEUE);
    Ok((packet.id()?.unwrap(), packet.payload()?.unwrap().to_vec()))
}

fn packets_get_marks_and_payloads() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let table = TableRef::ip("t");
    // The target of iptables: not every kernel has the expression `queue`.
    let mut target = [0; 64];
    let target = nlwire::Writer::attributes(&mut target, |w| {
        let [low, high] = QUEUE.to_ne_bytes();
        w.put(nlwire::netfilter::TargetAttr::Name("NFQUEUE"))?
            .put(nlwire::netfilter::TargetAttr::Revision(0))?
            .put(nlwire::netfilter::TargetAttr::Info(&[
                low, high, 0, 0, 0, 0, 0, 0,
            ]))
    })?;
    let queue = [
        Selector::UDP_DPORT.is(PORT),
        // It turns connection tracking on.
        Selector::CT_MARK.is(0),
        Statement::log_group_prefix(GROUP, "seen"),
        Statement::expression("target", target.remaining()),
    ];
    let marked = [Selector::META_MARK.is(5), Statement::counter()];
    let tracked = [Selector::CT_MARK.is(6), Statement::counter()];
    execute(
        &mut conn,
        &Transaction(&[
            &NewTable::new(table),
            &NewChain::new(table, "in").filter(Hook::LOCAL_IN, 0),
            &NewChain::new(table, "after").filter(Hook::LOCAL_IN, 10),
            &NewRule::new(table, "in", &queue),
            &NewRule::new(table, "after", &marked),
            &NewRule::new(table, "after", &tracked),
        ]),
    )?;
    let mut waiting = Session::open(Protocol::NETFILTER)?;
    let mut log = Session::open(Protocol::NETFILTER)?;
    let bind = BindQueue::new(QUEUE).copy(200).max_len(100);
    // Not every kernel connects queues and connections.
    let tracks = ask(&mut waiting, &bind.flags(QueueFlags::CONNTRACK)).is_ok();
    if !tracks {
        ask(&mut waiting, &bind)?;
    }
    ask(
        &mut log,
        &BindLog::new(GROUP)
            .copy(100)
            .threshold(1)
            .flags(LogFlags::SEQ),
    )?;
    let receiver = UdpSocket::bind(("127.0.0.1", PORT))?;
    receiver.set_read_timeout(Some(Duration::from_secs(5)))?;
    let sender = UdpSocket::bind(("127.0.0.1", 0))?;
    let received = |expected| -> Result<String, Box<dyn Error>> {
        let mut bytes = [0; 100];
        let length = receiver
            .recv(&mut bytes)
            .map_err(|error| format!("no packet {expected:?}: {error}"))?;
        Ok(String::from_utf8_lossy(&bytes[..length]).into_owned())
    };

    // A mark of the packet, and one of its connection.
    sender.send_to(b"first", ("127.0.0.1", PORT))?;
    let (id, payload) = next(&mut waiting)?;
    assert!(payload.ends_with(b"first"));
    let logged = log.wait_for(|event| matches!(Change::of(event), Change::Logged(_)))?;
    if let Change::Logged(packet) = Change::of(logged.get()) {
        assert_eq!(
            (packet.group(), packet.prefix()?.unwrap()),
            (GROUP, "seen".into())
        );
        assert!(packet.payload()?.unwrap().ends_with(b"first"));
    }
    let accept = SetVerdict::new(QUEUE, id, Verdict::ACCEPT);
    send(&waiting, &accept.mark(5).conntrack_mark(6))?;
    assert_eq!(received("first")?, "first");
    let counted = run("nft", &["list", "chain", "ip", "t", "after"])?;
    let both = 1 + usize::from(tracks);
    assert_eq!(counted.matches("packets 1").count(), both, "{counted}");

    // Another connection, whose payload is replaced.
    let sender = UdpSocket::bind(("127.0.0.1", 0))?;
    sender.send_to(b"second", ("127.0.0.1", PORT))?;
    let (id, mut payload) = next(&mut waiting)?;
    let start = payload.len() - 6;
    payload[start..].copy_from_slice(b"SECOND");
    // Without a checksum.
    payload[26..28].fill(0);
    ask(
        &mut waiting,
        &SetVerdict::new(QUEUE, id, Verdict::ACCEPT).payload(&payload),
    )?;
    assert_eq!(received("SECOND")?, "SECOND");

    // Several at once; and one that is dropped.
    let mut last = 0;
    for text in ["a", "b", "c"] {
        sender.send_to(text.as_bytes(), ("127.0.0.1", PORT))?;
        (last, _) = next(&mut waiting)?;
    }
    sender.send_to(b"dropped", ("127.0.0.1", PORT))?;
    let (dropped, _) = next(&mut waiting)?;
    send(
        &waiting,
        &SetVerdicts::up_to(QUEUE, last, Verdict::ACCEPT).mark(5),
    )?;
    send(&waiting, &SetVerdict::new(QUEUE, dropped, Verdict::DROP))?;
    for text in ["a", "b", "c"] {
        assert_eq!(received(text)?, text);
    }
    let counted = run("nft", &["list", "chain", "ip", "t", "after"])?;
    assert!(counted.contains("packets 4"), "{counted}");
    sender.send_to(b"e", ("127.0.0.1", PORT))?;
    let (id, _) = next(&mut waiting)?;
    send(&waiting, &SetVerdict::new(QUEUE, id, Verdict::ACCEPT))?;
    assert_eq!(received("e")?, "e");
    ask(&mut waiting, &UnbindQueue::new(QUEUE))?;
    ask(&mut log, &UnbindLog::new(GROUP))
}

fn assert_refused(result: Outcome, errno: Errno) {
    let error = result.unwrap_err();
    let error: &nlsock::Error = error.downcast_ref().unwrap();
    assert_eq!(error.errno(), Some(errno), "{error}");
}

fn settings_of_queues_are_taken() -> Outcome {
    let mut session = Session::open(Protocol::NETFILTER)?;
    ask(&mut session, &BindQueue::new(1))?;
    let taken = ask(&mut Session::open(Protocol::NETFILTER)?, &BindQueue::new(1));
    assert_refused(taken, Errno::EPERM);
    let queue = SetQueue::new(1).copy(0).max_len(9);
    ask(
        &mut session,
        &queue.flags(QueueFlags::FAIL_OPEN, QueueFlags::FAIL_OPEN),
    )?;
    let shown = std::fs::read_to_string("/proc/net/netfilter/nfnetlink_queue")?;
    let fields: Vec<_> = shown.split_whitespace().collect();
    // The queue, its port, packets that wait, how they are copied.
    assert_eq!(
        (fields[0], fields[2], fields[3]),
        ("1", "0", "1"),
        "{shown}"
    );
    ask(&mut session, &UnbindQueue::new(1))?;
    let missing = ask(&mut session, &SetQueue::new(1).copy(1));
    assert_refused(missing, Errno::ENODEV);
    Ok(())
}

fn settings_of_logs_are_taken() -> Outcome {
    let mut session = Session::open(Protocol::NETFILTER)?;
    let log = BindLog::new(2)
        .copy(0)
        .threshold(7)
        .timeout(Duration::from_millis(250));
    ask(
        &mut session,
        &log.buffer_size(8192).flags(LogFlags::SEQ_GLOBAL),
    )?;
    let shown = std::fs::read_to_string("/proc/net/netfilter/nfnetlink_log")?;
    let fields: Vec<_> = shown.split_whitespace().collect();
    // The group, .., how packets are copied, .., the timeout in 1/100 s.
    assert_eq!(
        (fields[0], fields[3], fields[5]),
        ("2", "1", "25"),
        "{shown}"
    );
    ask(
        &mut session,
        &SetLog::new(2).copy(99).timeout(Duration::from_secs(2)),
    )?;
    let shown = std::fs::read_to_string("/proc/net/netfilter/nfnetlink_log")?;
    let fields: Vec<_> = shown.split_whitespace().collect();
    assert_eq!(
        (fields[3], fields[4], fields[5]),
        ("2", "99", "200"),
        "{shown}"
    );
    ask(&mut session, &UnbindLog::new(2))?;
    assert_refused(ask(&mut session, &UnbindLog::new(2)), Errno::ENODEV);
    Ok(())
}

fn lists_of_nftables_are_those_of_nft() -> Outcome {
    run(
        "nft",
        &["table inet a { comment \"one\"
            set s { type mark; elements = { 1, 2 }\n }
            chain c { comment \"two\"\n counter comment \"three\"\n drop\n }
            chain d { type filter hook input priority 0; policy drop; }
        }
        table ip a { chain c { accept\n }
        }
        table ip6 b { chain c { }\n set s { type mark; }\n }\n"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let inet = TableRef::inet("a");
    let tables = list(&mut conn, &GetTables::all(), |row| {
        (row.header.family, row.name().unwrap().unwrap().to_string())
    })?;
    assert_eq!(tables.len(), 3);
    let six = list(&mut conn, &GetTables::of(10.into()), |row| {
        row.header.family
    })?;
    assert_eq!(six, [10]);
    let comments = list(&mut conn, &GetTables::of(1.into()), |row| {
        row.comment().unwrap().map(str::to_owned)
    })?;
    assert_eq!(comments, [Some("one".to_owned())]);
    let chains = list(&mut conn, &GetChains::all().table(inet), |row| {
        let comment = row.comment().unwrap().map(str::to_owned);
        (
            row.name().unwrap().unwrap().to_string(),
            row.policy().unwrap(),
            comment,
        )
    })?;
    let d = ("d".to_owned(), Some(Verdict::DROP), None);
    assert_eq!(chains, [("c".to_owned(), None, Some("two".to_owned())), d]);
    assert_eq!(list(&mut conn, &GetChains::all(), |_| ())?.len(), 4);
    for (query, count) in [
        (GetRules::all(), 3),
        (GetRules::all().table(inet), 2),
        (GetRules::all().chain("c"), 3),
        (GetRules::all().table(inet).chain("d"), 0),
        (GetRules::all().family(2.into()), 1),
    ] {
        assert_eq!(list(&mut conn, &query, |_| ())?.len(), count, "{query:?}");
    }
    let rules = list(&mut conn, &GetRules::all().table(inet), |row| {
        (
            row.handle().unwrap().unwrap(),
            row.comment().unwrap().map(str::to_owned),
        )
    })?;
    assert_eq!(rules[0].1.as_deref(), Some("three"));
    let one = nlwire::netfilter::GetRule::new(inet, "c", rules[1].0);
    let handle = list(&mut conn, &one, |row| row.handle().unwrap())?;
    assert_eq!(handle, [Some(rules[1].0)]);
    assert_eq!(list(&mut conn, &GetSets::all(), |_| ())?.len(), 2);
    let keys = list(&mut conn, &GetElements::of(inet, "s"), |row| {
        row.elements()
            .map(|element| element.unwrap().key.unwrap().to_vec())
            .collect::<Vec<_>>()
    })?;
    let mut keys = keys.concat();
    keys.sort();
    assert_eq!(keys, [1_u32.to_ne_bytes(), 2_u32.to_ne_bytes()]);
    // One element, and what is not there.
    let set = NewSet::new(inet, "s", DataType::MARK);
    let get = nlwire::netfilter::GetElement::of(&set, NewElement::key(2));
    assert_eq!(list(&mut conn, &get, |row| row.elements().count())?, [1]);
    let get = nlwire::netfilter::GetElement::of(&set, NewElement::key(3));
    assert!(list(&mut conn, &get, |_| ()).is_err());
    let before = list(&mut conn, &GetGeneration, |row| {
        row.number().unwrap().unwrap()
    })?;
    let elements = [NewElement::key(7)];
    let add = NewElements::of(&set, &elements);
    execute(&mut conn, &Transaction(&[&add]))?;
    // What is there already stays, unless it must be new.
    execute(&mut conn, &Transaction(&[&add]))?;
    assert!(execute(&mut conn, &Transaction(&[&add.exclusive()])).is_err());
    let after = list(&mut conn, &GetGeneration, |row| {
        row.number().unwrap().unwrap()
    })?;
    // The second changed nothing, and counts for nothing.
    assert_eq!(after[0], before[0] + 1);
    Ok(())
}
