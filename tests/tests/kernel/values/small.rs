//! The small subsystems of netfilter: nfacct(8), `nfct timeout`, expectations,
//! and functions at hooks.

use super::carry::list;
use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Session, Test, run};
use nlwire::fields;
use nlwire::netfilter::acct::{
    Acct, AcctAttr, AcctFilterAttr, AcctFlags, AcctRow, DeleteCounter, FlushCounters, GetCounter,
    GetCounters, NewCounter, ResetCounter, ResetCounters,
};
use nlwire::netfilter::hooks::{GetHooks, HookChain, HookChainInfo, HookEntry};
use nlwire::netfilter::timeout::{
    DeleteTimeout, FlushTimeouts, GetDefaultTimeouts, GetTimeout, GetTimeouts, NewTimeout,
    SetDefaultTimeouts, TcpTimeouts, TcpTimeoutsAttr, Timeout, TimeoutAttr, TimeoutData,
    TimeoutRow, UdpTimeouts, UdpTimeoutsAttr,
};
use nlwire::netfilter::{
    Change, Conntrack, ConntrackAttr, DeleteExpectation, ExpectationAttr, ExpectationCpuStats,
    Flow, FlushExpectations, GetConnection, GetExpectationCpuStats, GetExpectations, HelperAttr,
    HookNumber, NFNLGRP_CONNTRACK_EXP_DESTROY, NFNLGRP_CONNTRACK_EXP_NEW, NetfilterFamily,
    NewConnection, NewExpectation, SetConnection, TcpState,
};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::small::counters_are_those_of_nfacct",
        needs: &[Need::Root, Need::Program("nfacct")],
        run: counters_are_those_of_nfacct,
    },
    Test {
        name: "values::small::timeouts_are_those_of_nfct",
        needs: &[Need::Root, Need::Program("nfct")],
        run: timeouts_are_those_of_nfct,
    },
    Test {
        name: "values::small::expectations_are_those_of_conntrack",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: expectations_are_those_of_conntrack,
    },
    Test {
        name: "values::small::hooks_have_their_chains",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: hooks_have_their_chains,
    },
    Test {
        name: "values::small::labels_are_set",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: labels_are_set,
    },
];

fn counter(row: &AcctRow<'_>) -> (String, u64, u64) {
    let found = fields!(row.attributes => Acct { name, packets, bytes }).unwrap();
    (
        found.name.unwrap().to_string(),
        found.packets.unwrap(),
        found.bytes.unwrap(),
    )
}

fn counters_are_those_of_nfacct() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let all = |conn: &mut Conn| list(conn, &GetCounters::all(), |row| counter(&row));
    if let Err(error) = all(&mut conn) {
        return Err(Missing(format!("kernel: nfacct: {error}")).into());
    }
    let start = [AcctAttr::Packets(3), AcctAttr::Bytes(40)];
    let web = NewCounter::named("web".into()).with(&start);
    conn.execute(&web)?;
    let quota = [
        AcctAttr::Flags(AcctFlags::QUOTA_BYTES),
        AcctAttr::Quota(1_000_000),
    ];
    conn.execute(&NewCounter::named("much".into()).with(&quota))?;
    let error = conn.execute(&web).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EBUSY), "{error}");
    let shown = run("nfacct", &["list"])?;
    assert!(
        shown.contains("pkts = 00000000000000000003, bytes = 00000000000000000040 } = web;"),
        "{shown}"
    );
    assert!(shown.contains("quota = 00000000000001000000"), "{shown}");

    // Those of the program.
    run("nfacct", &["add", "theirs"])?;
    let names: Vec<_> = all(&mut conn)?.into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["web", "much", "theirs"]);
    let filter = [
        AcctFilterAttr::Mask(AcctFlags::QUOTA_BYTES | AcctFlags::QUOTA_PACKETS),
        AcctFilterAttr::Value(AcctFlags::QUOTA_BYTES),
    ];
    let filter = [AcctAttr::Filter((&filter).into())];
    let with_quota = GetCounters::all().with(&filter);
    let found = list(&mut conn, &with_quota, |row| {
        let found = fields!(row.attributes => Acct { quota, flags, uses }).unwrap();
        (counter(&row).0, found.quota, found.flags, found.uses)
    })?;
    let flags = Some(AcctFlags::QUOTA_BYTES);
    assert_eq!(
        found,
        [("much".to_owned(), Some(1_000_000), flags, Some(1))]
    );

    // Resets answer the old numbers.
    let one = GetCounter::named("web".into());
    let read = |row: AcctRow<'_>| counter(&row).1;
    assert_eq!(list(&mut conn, &one, read)?, [3]);
    assert_eq!(
        list(&mut conn, &ResetCounter::named("web".into()), read)?,
        [3]
    );
    assert_eq!(list(&mut conn, &one, read)?, [0]);
    assert_eq!(list(&mut conn, &ResetCounters::all(), read)?, [0, 0, 0]);

    conn.execute(&DeleteCounter::named("theirs".into()))?;
    let error = conn
        .execute(&DeleteCounter::named("theirs".into()))
        .unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    conn.execute(&DeleteCounter::named("theirs".into()).if_there())?;
    conn.execute(&FlushCounters::unused())?;
    assert_eq!(all(&mut conn)?, []);
    assert!(!run("nfacct", &["list"])?.contains("web"));
    Ok(())
}

fn timeouts_are_those_of_nfct() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let names = |conn: &mut Conn| {
        list(conn, &GetTimeouts::all(), |row| {
            let found = fields!(row.attributes => Timeout { name }).unwrap();
            found.name.unwrap().to_string()
        })
    };
    if let Err(error) = names(&mut conn) {
        return Err(Missing(format!("kernel: timeout policies: {error}")).into());
    }
    let states = [TcpTimeoutsAttr::Established(100), TcpTimeoutsAttr::Close(9)];
    let data = [TimeoutAttr::Data((&states).into())];
    let brief = NewTimeout::of("brief".into(), 2, 6).with(&data);
    conn.execute(&brief)?;
    let error = conn.execute(&brief).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EBUSY), "{error}");
    let shown = run("nfct", &["list", "timeout"])?;
    let parts = [
        ".brief = {",
        ".ESTABLISHED = 100,",
        ".CLOSE = 9,",
        ".l4proto = 6,",
    ];
    assert!(parts.iter().all(|part| shown.contains(part)), "{shown}");

    // That of the program.
    run(
        "nfct",
        &[
            "add",
            "timeout",
            "theirs",
            "inet",
            "udp",
            "unreplied",
            "11",
            "replied",
            "22",
        ],
    )?;
    assert_eq!(names(&mut conn)?, ["brief", "theirs"]);
    let udp = |row: TimeoutRow<'_>| {
        let data = fields!(row.attributes => Timeout { data }).unwrap().data;
        let Some(TimeoutData::Udp(udp)) = data else {
            panic!("{data:?}");
        };
        let found = fields!(udp => UdpTimeouts { unreplied, replied }).unwrap();
        (found.unreplied, found.replied)
    };
    let one = GetTimeout::named("theirs".into());
    assert_eq!(list(&mut conn, &one, udp)?, [(Some(11), Some(22))]);

    // Defaults.
    let replied = [UdpTimeoutsAttr::Replied(77)];
    let data = [TimeoutAttr::Data((&replied).into())];
    conn.execute(&SetDefaultTimeouts::of(2, 17).with(&data))?;
    let defaults = list(&mut conn, &GetDefaultTimeouts::of(2, 17), udp)?;
    assert_eq!(defaults[0].1, Some(77));
    let tcp = list(&mut conn, &GetDefaultTimeouts::of(2, 6), |row| {
        let data = fields!(row.attributes => Timeout { data }).unwrap().data;
        let Some(TimeoutData::Tcp(tcp)) = data else {
            panic!("{data:?}");
        };
        fields!(tcp => TcpTimeouts { established })
            .unwrap()
            .established
    })?;
    assert_eq!(tcp, [Some(432_000)]);

    conn.execute(&DeleteTimeout::named("theirs".into()))?;
    conn.execute(&DeleteTimeout::named("theirs".into()).if_there())?;
    conn.execute(&FlushTimeouts::unused())?;
    assert_eq!(names(&mut conn)?, Vec::<String>::new());
    Ok(())
}

fn expectations_are_those_of_conntrack() -> Outcome {
    let groups = [NFNLGRP_CONNTRACK_EXP_NEW, NFNLGRP_CONNTRACK_EXP_DESTROY];
    let mut events = Session::listen(Protocol::NETFILTER, &groups)?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let control = Flow::tcp("192.0.2.1:1000".parse()?, "192.0.2.2:21".parse()?);
    let name = [HelperAttr::Name("ftp".into())];
    let helper = [ConntrackAttr::Helper((&name).into())];
    let connection = NewConnection::new(control, 600)
        .tcp_state(TcpState::ESTABLISHED)
        .with(&helper);
    if let Err(error) = conn.execute(&connection) {
        assert_eq!(error.errno(), Some(Errno::EOPNOTSUPP), "{error}");
        return Err(Missing("kernel: the helper of ftp".into()).into());
    }
    let data = Flow::tcp("192.0.2.2:0".parse()?, "192.0.2.1:2000".parse()?);
    let mask = Flow::tcp(
        "255.255.255.255:0".parse()?,
        "255.255.255.255:65535".parse()?,
    );
    let helper = [ExpectationAttr::Helper("ftp".into())];
    let new = NewExpectation::new(control, data, mask, 100).with(&helper);
    conn.execute(&new)?;
    let error = conn.execute(&new).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EEXIST), "{error}");
    assert!(error.to_string().contains("192.0.2.1:2000"), "{error}");
    let shown = run("conntrack", &["-L", "expect"])?;
    let line = "src=192.0.2.2 dst=192.0.2.1 sport=0 dport=2000";
    assert!(shown.contains(line), "{shown}");
    let found = list(&mut conn, &GetExpectations::all(), |row| {
        let helper = row.helper().unwrap().map(|name| name.to_string());
        (row.expected().unwrap(), row.master().unwrap(), helper)
    })?;
    assert_eq!(found, [(Some(data), Some(control), Some("ftp".to_owned()))]);
    let six = GetExpectations::of(NetfilterFamily::IPV6);
    assert_eq!(list(&mut conn, &six, |_| ())?.len(), 0);
    let created = list(&mut conn, &GetExpectationCpuStats::all(), |row| {
        fields!(row.attributes => ExpectationCpuStats { create })
            .unwrap()
            .create
            .unwrap()
    })?;
    assert!(created.iter().sum::<u32>() >= 1, "{created:?}");

    conn.execute(&DeleteExpectation::of(data))?;
    let error = conn.execute(&DeleteExpectation::of(data)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    conn.execute(&DeleteExpectation::of(data).if_there())?;
    conn.execute(&new)?;
    conn.execute(&FlushExpectations::of_helper("ftp".into()))?;
    conn.execute(&new)?;
    conn.execute(&FlushExpectations::all())?;
    assert!(!run("conntrack", &["-L", "expect"])?.contains(line));
    for _ in 0..3 {
        events.wait_for(|event| matches!(Change::of(event), Change::NewExpectation(_)))?;
        events.wait_for(|event| matches!(Change::of(event), Change::DelExpectation(_)))?;
    }
    Ok(())
}

fn hooks_have_their_chains() -> Outcome {
    run(
        "nft",
        &["table ip t { chain c { type filter hook input priority -7; }; }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let query = GetHooks::of(NetfilterFamily::IPV4, HookNumber::LOCAL_IN);
    let found = list(&mut conn, &query, |row| {
        let found =
            fields!(row.attributes => HookEntry { hook, priority, function, chain }).unwrap();
        let chain = found.chain.map(|chain| {
            let chain = fields!(chain => HookChainInfo { description }).unwrap();
            let chain = chain.description.unwrap();
            let chain = fields!(chain => HookChain { table, name, family }).unwrap();
            let text = |name: Option<nlwire::Text<'_>>| name.unwrap().to_string();
            (chain.family.unwrap(), text(chain.table), text(chain.name))
        });
        assert_eq!(found.hook, Some(HookNumber::LOCAL_IN));
        (
            found.priority.unwrap(),
            found.function.map(str::to_owned),
            chain,
        )
    });
    let found = match found {
        Err(error) => return Err(Missing(format!("kernel: lists of hooks: {error}")).into()),
        Ok(found) => found,
    };
    let shown = run("nft", &["list", "hooks"])?;
    let ours = found
        .iter()
        .find(|(priority, ..)| *priority == -7)
        .ok_or("no chain")?;
    let chain = (NetfilterFamily::IPV4, "t".to_owned(), "c".to_owned());
    assert_eq!(ours.2, Some(chain));
    assert!(shown.contains("-0000000007 chain ip t c"), "{shown}");
    Ok(())
}

fn labels_are_set() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let flow = Flow::udp("192.0.2.1:5".parse()?, "192.0.2.2:6".parse()?);
    // Labels need a rule that matches or sets one.
    run(
        "nft",
        &["table ip t { chain c { type filter hook input priority 0; ct label 3; }; }"],
    )?;
    let mut bits = [0; 16];
    bits[0] = 0x0a;
    let labels = [ConntrackAttr::Labels(&bits)];
    conn.execute(&NewConnection::new(flow, 600).with(&labels))?;
    let read = |row: nlwire::netfilter::ConnectionRow<'_>| {
        let found = fields!(row.attributes => Conntrack { labels }).unwrap();
        found.labels.map(<[u8]>::to_vec)
    };
    let one = GetConnection::new(flow);
    assert_eq!(list(&mut conn, &one, read)?, [Some(bits.to_vec())]);
    // Only the bits of the mask change.
    let (mut set, mut mask) = ([0; 16], [0; 16]);
    (set[0], mask[0]) = (0x01, 0x03);
    let change = [
        ConntrackAttr::Labels(&set),
        ConntrackAttr::LabelsMask(&mask),
    ];
    conn.execute(&SetConnection::new(flow).with(&change))?;
    bits[0] = 0x09;
    assert_eq!(list(&mut conn, &one, read)?, [Some(bits.to_vec())]);
    Ok(())
}
