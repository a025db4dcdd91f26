//! Packets that are counted and logged: counters of connections beside
//! conntrack(8), and the thresholds of logs.

use nlsock::{Conn, Event, Events, Protocol};
use nltests::{Need, Outcome, Test, run};
use nlwire::fields;
use nlwire::netfilter::{
    BindLog, Change, FlowPorts, GetConnections, Hook, LogFlags, LogPacket, NewChain, NewRule,
    NewTable, Selector, Statement, TableRef, Transaction,
};
use std::error::Error;
use std::net::UdpSocket;
use std::task::Poll;
use std::thread::sleep;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::counted::counters_are_those_of_conntrack",
        needs: &[
            Need::Namespace,
            Need::Program("ip"),
            Need::Program("conntrack"),
        ],
        run: counters_are_those_of_conntrack,
    },
    Test {
        name: "values::counted::logs_wait_for_their_threshold",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("nft")],
        run: logs_wait_for_their_threshold,
    },
];

const PORT: u16 = 4000;
const GROUP: u16 = 5;

/// Creates a chain of sent packets with one rule.
fn output(conn: &mut Conn, statements: &[Statement<'_>]) -> Outcome {
    let table = TableRef::ip("t");
    conn.execute(&Transaction(&[
        &NewTable::new(table),
        &NewChain::new(table, "out").filter(Hook::LOCAL_OUT, 0),
        &NewRule::new(table, "out", statements),
    ]))?;
    Ok(())
}

fn counters_are_those_of_conntrack() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    std::fs::write("/proc/sys/net/netfilter/nf_conntrack_acct", "1")?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    // It turns connection tracking on.
    output(&mut conn, &[Selector::CT_MARK.is(0), Statement::counter()])?;
    let receiver = UdpSocket::bind(("127.0.0.1", PORT))?;
    let sender = UdpSocket::bind(("127.0.0.1", 0))?;
    for bytes in [10, 100, 1000] {
        sender.send_to(&vec![0; bytes], ("127.0.0.1", PORT))?;
    }
    receiver.send_to(b"back", sender.local_addr()?)?;

    let shown = run("conntrack", &["-L", "-p", "udp"])?;
    let numbers = |key: &str| -> Vec<u64> {
        let words = shown
            .split_whitespace()
            .filter_map(|word| word.strip_prefix(key));
        words.filter_map(|number| number.parse().ok()).collect()
    };
    let connections = conn.list(GetConnections::all().v4().protocol(17))?;
    let row = connections.iter().next().ok_or("no connection")?;
    let ports = row.original()?.map(|flow| flow.ports);
    assert_eq!(
        ports,
        Some(FlowPorts::Ports(sender.local_addr()?.port(), PORT))
    );
    let there = row.original_counters()?.ok_or("no counters")?;
    let back = row.reply_counters()?.ok_or("no counters")?;
    assert_eq!([there.packets, back.packets], [3, 1]);
    assert_eq!(numbers("packets="), [there.packets, back.packets]);
    assert_eq!(numbers("bytes="), [there.bytes, back.bytes]);

    // Reading with `zero_counters` sets them back, as `conntrack -L -z` does.
    conn.list(GetConnections::all().v4().zero_counters())?;
    let shown = run("conntrack", &["-L", "-p", "udp"])?;
    assert_eq!(shown.matches("packets=0 bytes=0").count(), 2, "{shown}");
    Ok(())
}

/// Receives the sequence numbers of the packets that were logged, without
/// waiting.
fn logged(log: &mut Events) -> Result<Vec<[Option<u32>; 2]>, Box<dyn Error>> {
    let mut numbers = Vec::new();
    while let Poll::Ready(Some(event)) = log.try_next()? {
        let Event::Item(event) = event else {
            return Err("a loss".into());
        };
        if let Change::Logged(row) = Change::of(event.message()) {
            let found = fields!(row.attributes => LogPacket { sequence, global_sequence })?;
            numbers.push([found.sequence, found.global_sequence]);
        }
    }
    Ok(numbers)
}

fn logs_wait_for_their_threshold() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let log = [Selector::UDP_DPORT.is(PORT), Statement::log_group(GROUP)];
    output(&mut conn, &log)?;
    let mut log = Conn::open(Protocol::NETFILTER)?;
    let bind = BindLog::new(GROUP).copy(100).threshold(3);
    let bind = bind.timeout(Duration::from_secs(2));
    log.execute(&bind.flags(LogFlags::SEQ | LogFlags::SEQ_GLOBAL))?;
    let mut log = Events::new(log);
    let sender = UdpSocket::bind(("127.0.0.1", 0))?;
    let send = || sender.send_to(b"packet", ("127.0.0.1", PORT));
    send()?;
    send()?;
    assert!(logged(&mut log)?.is_empty());
    send()?;
    let first = logged(&mut log)?;
    let sequences: Vec<_> = first.iter().map(|numbers| numbers[0]).collect();
    assert_eq!(sequences, [Some(0), Some(1), Some(2)]);
    assert!(first.iter().all(|numbers| numbers[1].is_some()));
    // The fourth comes alone, when its time is over.
    send()?;
    assert!(logged(&mut log)?.is_empty());
    sleep(Duration::from_millis(2500));
    assert_eq!(logged(&mut log)?.len(), 1);
    Ok(())
}
