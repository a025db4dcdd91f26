//! Requests for connections as values, beside conntrack(8).

use super::carry::{execute, list};
use nlsock::{Conn, Protocol};
use nltests::{Need, Outcome, Test, run};
use nlwire::netfilter::{
    ConnectionKey, ConnectionRow, ConntrackStatus, DeleteConnection, Flow, FlushConnections,
    GetConnection, GetConnections, GetConntrackCpuStats, GetConntrackStats, NewConnection,
    SetConnection, TcpState,
};
use std::error::Error;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::conntrack::a_connection_is_that_of_its_zone",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: a_connection_is_that_of_its_zone,
    },
    Test {
        name: "values::conntrack::a_ping_is_named_by_its_identifier",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: a_ping_is_named_by_its_identifier,
    },
    Test {
        name: "values::conntrack::a_row_is_deleted_and_no_later_one",
        needs: &[Need::Namespace],
        run: a_row_is_deleted_and_no_later_one,
    },
    Test {
        name: "values::conntrack::lists_and_flushes_obey_their_filters",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: lists_and_flushes_obey_their_filters,
    },
    Test {
        name: "values::conntrack::entries_that_we_make_and_change_are_seen",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: entries_that_we_make_and_change_are_seen,
    },
];

fn conntrack(command: &str) -> Result<String, Box<dyn Error>> {
    Ok(run("conntrack", &command.split(' ').collect::<Vec<_>>())?)
}

fn udp(port: u16) -> Flow {
    Flow::udp(([192, 0, 2, 1], port).into(), ([192, 0, 2, 2], 6).into())
}

fn keys(conn: &mut Conn, query: &GetConnections) -> Result<Vec<ConnectionKey>, Box<dyn Error>> {
    let mut keys = list(conn, query, |row: ConnectionRow<'_>| {
        row.key().unwrap().unwrap()
    })?;
    keys.sort_by_key(|key| (key.zone, key.flow.protocol, key.flow.source));
    Ok(keys)
}

fn errno(result: Result<(), Box<dyn Error>>) -> Option<i32> {
    let error = result.unwrap_err();
    let error: &nlsock::Error = error.downcast_ref()?;
    Some(error.errno()?.0)
}

const ENOENT: Option<i32> = Some(2);

fn a_connection_is_that_of_its_zone() -> Outcome {
    let add = "-I -s 192.0.2.1 -d 192.0.2.2 -p udp --sport 5 --dport 6 -t 600";
    conntrack(add)?;
    conntrack(&format!("{add} -w 7"))?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let all = GetConnections::all();
    let [first, second] = keys(&mut conn, &all)?[..] else {
        panic!("not two");
    };
    assert_eq!((first.zone, second.zone), (0, 7));
    assert_eq!((first.flow, second.flow), (udp(5), udp(5)));
    // By the row in zone 7, that one goes.
    execute(&mut conn, &DeleteConnection::new(second))?;
    assert_eq!(keys(&mut conn, &all)?, [first]);
    assert_eq!(
        errno(execute(&mut conn, &DeleteConnection::new(second))),
        ENOENT
    );
    execute(&mut conn, &DeleteConnection::new(second).if_there())?;
    assert_eq!(keys(&mut conn, &all)?, [first]);
    // By the flow and the zone.
    execute(&mut conn, &NewConnection::new(udp(5), 600).zone(7).mark(3))?;
    let get = GetConnection::new(ConnectionKey::from(udp(5)).zone(7));
    assert_eq!(list(&mut conn, &get, |row| row.mark())?, [Ok(Some(3))]);
    let get = GetConnection::new(ConnectionKey::of_reply(udp(5).reply()).zone(7));
    assert_eq!(list(&mut conn, &get, |row| row.zone())?, [Ok(7)]);
    let get = GetConnection::new(udp(5));
    assert_eq!(list(&mut conn, &get, |row| row.zone())?, [Ok(0)]);
    // A zone of the original direction alone.
    let mut other = udp(5);
    other.zone = Some(9);
    let reply = Flow::udp(([192, 0, 2, 2], 6).into(), ([192, 0, 2, 3], 77).into());
    execute(&mut conn, &NewConnection::new(other, 600).reply(reply))?;
    let key = keys(&mut conn, &all)?
        .into_iter()
        .find(|key| key.flow.zone == Some(9))
        .unwrap();
    execute(&mut conn, &DeleteConnection::new(key))?;
    assert_eq!(keys(&mut conn, &all)?.len(), 2);
    assert!(
        keys(&mut conn, &all)?
            .iter()
            .all(|key| key.flow.zone.is_none())
    );
    Ok(())
}

fn a_ping_is_named_by_its_identifier() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    for id in [5, 6] {
        conntrack(&format!(
            "-I -s 192.0.2.1 -d 192.0.2.2 -p icmp --icmp-type 8 --icmp-code 0 --icmp-id {id} -t 600"
        ))?;
        conntrack(&format!(
            "-I -s 2001:db8::1 -d 2001:db8::2 -p icmpv6 --icmpv6-type 128 --icmpv6-code 0 --icmpv6-id {id} -t 600"
        ))?;
    }
    let four = |id| Flow::ping([192, 0, 2, 1].into(), [192, 0, 2, 2].into(), id);
    let six = |id| {
        Flow::ping(
            "2001:db8::1".parse().unwrap(),
            "2001:db8::2".parse().unwrap(),
            id,
        )
    };
    let all = GetConnections::all();
    for key in keys(&mut conn, &all)? {
        let found = list(&mut conn, &GetConnection::new(key), |row| row.key())?;
        assert_eq!(found, [Ok(Some(key))]);
        let reply = list(&mut conn, &GetConnection::new(key), |row| row.reply())?;
        assert_eq!(reply, [Ok(Some(key.flow.reply()))]);
    }
    for flow in [four(5), six(6)] {
        execute(&mut conn, &DeleteConnection::new(flow))?;
        assert_eq!(
            errno(execute(&mut conn, &DeleteConnection::new(flow))),
            ENOENT
        );
    }
    let left: Vec<_> = keys(&mut conn, &all)?.iter().map(|key| key.flow).collect();
    assert_eq!(left, [four(6), six(5)]);
    // Ours, as conntrack has them.
    execute(&mut conn, &NewConnection::new(four(9), 600))?;
    let listed = conntrack("-L -p icmp")?;
    assert!(listed.contains("type=8 code=0 id=9") && listed.contains("type=0 code=0 id=9"));
    Ok(())
}

fn a_row_is_deleted_and_no_later_one() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let all = GetConnections::all();
    execute(&mut conn, &NewConnection::new(udp(5), 600))?;
    let [key] = keys(&mut conn, &all)?[..] else {
        panic!("not one");
    };
    let mut later = key;
    later.id = key.id.map(|id| id ^ 1);
    assert_eq!(
        errno(execute(&mut conn, &DeleteConnection::new(later))),
        ENOENT
    );
    assert_eq!(
        list(&mut conn, &GetConnection::new(later), |row| row.zone())?,
        []
    );
    execute(&mut conn, &DeleteConnection::new(key))?;
    assert_eq!(keys(&mut conn, &all)?, []);
    // A protocol that has no ports.
    let esp = Flow::new(50, [192, 0, 2, 1].into(), [192, 0, 2, 2].into());
    execute(&mut conn, &NewConnection::new(esp, 600))?;
    let [key] = keys(&mut conn, &all)?[..] else {
        panic!("not one");
    };
    assert_eq!(key.flow, esp);
    execute(&mut conn, &DeleteConnection::new(key))?;
    assert_eq!(keys(&mut conn, &all)?, []);
    // The error names what was asked for.
    let error = conn.execute(&DeleteConnection::new(key)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("netfilter: IPCTNL_MSG_CT_DELETE connection {esp}: ENOENT")
    );
    Ok(())
}

fn lists_and_flushes_obey_their_filters() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let six = Flow::udp("[2001:db8::1]:5".parse()?, "[2001:db8::2]:6".parse()?);
    let tcp = Flow::tcp("192.0.2.1:5".parse()?, "192.0.2.2:6".parse()?);
    let make = |conn: &mut Conn| -> Result<(), Box<dyn Error>> {
        execute(conn, &NewConnection::new(udp(5), 600).mark(0x11))?;
        execute(conn, &NewConnection::new(udp(5), 600).zone(7).mark(0x21))?;
        execute(conn, &NewConnection::new(six, 600).mark(0x12))?;
        execute(
            conn,
            &NewConnection::new(tcp, 600).tcp_state(TcpState::ESTABLISHED),
        )
    };
    let all = GetConnections::all();
    make(&mut conn)?;
    let seen = ConntrackStatus::SEEN_REPLY;
    for (query, count) in [
        (all, 4),
        (all.v4(), 3),
        (all.v6(), 1),
        (all.zone(7), 1),
        (all.zone(0), 3),
        (all.mark(0x10, 0xf0), 2),
        (all.mark(0x12, u32::MAX), 1),
        (all.mark(0, u32::MAX), 1),
        (all.protocol(17), 3),
        (all.protocol(6).v6(), 0),
        (all.v4().zone(0).mark(0x11, 0xff).protocol(17), 1),
        (all.status(seen, seen), 0),
        (all.status(ConntrackStatus::empty(), seen), 4),
        (all.zero_counters(), 4),
    ] {
        assert_eq!(keys(&mut conn, &query)?.len(), count, "{query:?}");
    }
    for (query, theirs) in [
        (all.v4(), "-f ipv4"),
        (all.v6(), "-f ipv6"),
        (all.zone(7), "-w 7"),
        (all.mark(0x10, 0xf0), "-m 0x10/0xf0"),
        (all.protocol(17), "-p udp"),
        (all.protocol(6), "-p tcp"),
        (all.status(ConntrackStatus::empty(), seen), "-u UNREPLIED"),
    ] {
        let theirs = conntrack(&format!("-L {theirs}"))?.lines().count();
        assert_eq!(keys(&mut conn, &query)?.len(), theirs, "{query:?}");
    }
    let stats = list(&mut conn, &GetConntrackStats, |row| row.connections())?;
    assert_eq!(stats, [Ok(Some(4))]);
    assert!(!list(&mut conn, &GetConntrackCpuStats, |_| ())?.is_empty());
    for (flush, left) in [
        (FlushConnections::all().v6(), 3),
        (FlushConnections::all().v4(), 1),
        (FlushConnections::all().mark(0x10, 0xf0), 2),
        (FlushConnections::all().v4().mark(0x21, 0xff), 3),
        (FlushConnections::all(), 0),
    ] {
        execute(&mut conn, &flush)?;
        assert_eq!(keys(&mut conn, &all)?.len(), left, "{flush:?}");
        execute(&mut conn, &FlushConnections::all())?;
        make(&mut conn)?;
    }
    // Before Linux 5.16 those of any status go, and before 6.8 those of all zones.
    let all_connections = FlushConnections::all();
    for (flush, expected) in [
        (all_connections.status(seen, seen), 4),
        (all_connections.zone(7), 3),
    ] {
        execute(&mut conn, &flush)?;
        let left = keys(&mut conn, &all)?.len();
        assert!(left == expected || left == 0, "{flush:?}: {left}");
        execute(&mut conn, &all_connections)?;
        make(&mut conn)?;
    }
    Ok(())
}

fn entries_that_we_make_and_change_are_seen() -> Outcome {
    std::fs::write("/proc/sys/net/netfilter/nf_conntrack_acct", "1")?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let flow = Flow::tcp("192.0.2.1:5".parse()?, "192.0.2.2:80".parse()?);
    let translated = Flow::tcp("192.0.2.2:80".parse()?, "192.0.2.9:1024".parse()?);
    let status = ConntrackStatus::ASSURED | ConntrackStatus::SEEN_REPLY;
    let new = NewConnection::new(flow, 600)
        .reply(translated)
        .status(status)
        .mark(5);
    execute(&mut conn, &new.tcp_state(TcpState::ESTABLISHED))?;
    let listed = conntrack("-L")?;
    for word in [
        "ESTABLISHED",
        "dst=192.0.2.9",
        "dport=1024",
        "[ASSURED]",
        "mark=5",
    ] {
        assert!(listed.contains(word), "{word}: {listed}");
    }
    assert_eq!(errno(execute(&mut conn, &new)), Some(17));
    execute(&mut conn, &new.mark(6).replace())?;
    execute(
        &mut conn,
        &SetConnection::new(flow).mark(0x70, 0xf0).timeout(60),
    )?;
    let reply = ConnectionKey::of_reply(translated);
    execute(
        &mut conn,
        &SetConnection::new(reply).tcp_state(TcpState::CLOSE_WAIT),
    )?;
    let listed = conntrack("-L")?;
    assert!(
        listed.contains("mark=118") && listed.contains("CLOSE_WAIT"),
        "{listed}"
    );
    let get = GetConnection::new(flow);
    let found = list(&mut conn, &get, |row| {
        (row.tcp_state(), row.status(), row.timeout())
    })?;
    let (state, bits, timeout) = found[0];
    assert_eq!(state, Ok(Some(TcpState::CLOSE_WAIT)));
    assert!(bits?.unwrap().contains(status) && timeout?.unwrap() <= 60);
    let counters = list(&mut conn, &get, |row| {
        (row.original_counters(), row.reply_counters())
    })?;
    assert!(counters[0].0?.is_some() && counters[0].1?.is_some());
    let gone = SetConnection::new(udp(5)).timeout(1);
    assert_eq!(errno(execute(&mut conn, &gone)), ENOENT);
    Ok(())
}
