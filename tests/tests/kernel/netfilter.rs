//! Objects of netfilter from their making to their end: what nftables holds,
//! expectations, and bound queues and logs.

use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Missing, Need, Outcome, Session, Test, capture, decide, expression, run};
use nlwire::netfilter::{
    BindLog, BindQueue, CTA_EXPECT_MASK, CTA_EXPECT_MASTER, CTA_EXPECT_TUPLE, CTA_HELP,
    CTA_PROTOINFO, CTA_PROTOINFO_TCP, CTA_TUPLE_IP, CTA_TUPLE_ORIG, CTA_TUPLE_PROTO,
    CTA_TUPLE_REPLY, ChainAttr, ChainHookAttr, ConntrackAttr, DeleteTable, Expectation,
    ExpectationAttr, GetRules, HelperAttr, HookNumber, IPCTNL_MSG_CT_NEW, IPCTNL_MSG_EXP_DELETE,
    IPCTNL_MSG_EXP_GET, IPCTNL_MSG_EXP_NEW, NFNLGRP_CONNTRACK_EXP_DESTROY,
    NFNLGRP_CONNTRACK_EXP_NEW, NFNLGRP_NFTABLES, NFPROTO_INET, NFPROTO_IPV4, NFT_MSG_DELCHAIN,
    NFT_MSG_DELRULE, NFT_MSG_DELSET, NFT_MSG_DELSETELEM, NFT_MSG_DELTABLE, NFT_MSG_NEWCHAIN,
    NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NFTA_CHAIN_HOOK,
    NFTA_RULE_EXPRESSIONS, NFTA_SET_ELEM_KEY, NFTA_SET_ELEM_LIST_ELEMENTS, NetfilterHeader,
    NewTable, NftDataAttr, NftSetAttr, RuleAttr, SetElementsAttr, SetFlags, SetLog, TableAttr,
    TableFlags, TableRef, TcpInfoAttr, TcpState, Transaction, TupleIpAttr, TupleProtocolAttr,
    UnbindLog, UnbindQueue, Verdict,
};
use nlwire::{Flags, MessageType, NewFlags, Put, Writer, fields};
use std::fs;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "netfilter::a_table_and_what_is_in_it",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: a_table_and_what_is_in_it,
    },
    Test {
        name: "netfilter::an_expectation",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: an_expectation,
    },
    Test {
        name: "netfilter::a_queue_is_bound_and_unbound",
        needs: &[Need::Root],
        run: a_queue_is_bound_and_unbound,
    },
    Test {
        name: "netfilter::a_log_is_bound_and_unbound",
        needs: &[Need::Root],
        run: a_log_is_bound_and_unbound,
    },
];

const INET: NetfilterHeader = NetfilterHeader::new(NFPROTO_INET);

/// Does one change, which is a transaction.
fn one<F>(conn: &mut Conn, kind: MessageType, flags: NewFlags, attributes: F) -> Outcome
where
    F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let mut room = [0; 1024];
    let change = Writer::message(&mut room, kind, flags, &INET, attributes)?;
    conn.execute(Transaction(&[&change]))?;
    Ok(())
}

fn port<'w, 'b>(w: &'w mut Writer<'b>, port: u16) -> Put<'w, 'b> {
    w.put(SetElementsAttr::Table("ours".into()))?
        .put(SetElementsAttr::Set("ports".into()))?
        .nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
            w.nest(1, |w| {
                w.nest(NFTA_SET_ELEM_KEY, |w| {
                    w.put(NftDataAttr::Value(&port.to_be_bytes()))
                })
            })
        })
}

fn a_table_and_what_is_in_it() -> Outcome {
    const CREATE: NewFlags = NewFlags::CREATE;
    const NONE: NewFlags = NewFlags::empty();
    let mut events = Session::listen(Protocol::NETFILTER, &[NFNLGRP_NFTABLES])?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let shows = |what: &[&str]| -> Outcome {
        let shown = run("nft", &["--handle", "list", "ruleset"])?;
        match what.iter().find(|text| !shown.contains(**text)) {
            Some(text) => Err(format!("no {text} in {shown}").into()),
            None => Ok(()),
        }
    };
    let rule = |w: &mut Writer<'_>, handle: Option<u64>, verdict| {
        let w = w
            .put(RuleAttr::Table("ours".into()))?
            .put(RuleAttr::Chain("in".into()))?;
        let w = match handle {
            Some(handle) => w.put(RuleAttr::Handle(handle))?,
            None => w,
        };
        w.nest(NFTA_RULE_EXPRESSIONS, |w| {
            decide(expression(w, "counter", |w| Ok(w))?, verdict)
        })
        .map(|_| ())
    };

    one(&mut conn, NFT_MSG_NEWTABLE, CREATE, |w| {
        w.put(TableAttr::Name("ours".into()))
    })?;
    one(&mut conn, NFT_MSG_NEWCHAIN, CREATE, |w| {
        w.put(ChainAttr::Table("ours".into()))?
            .put(ChainAttr::Name("in".into()))?
            .nest(NFTA_CHAIN_HOOK, |w| {
                w.put(ChainHookAttr::Hook(HookNumber::LOCAL_IN))?
                    .put(ChainHookAttr::Priority(0))
            })?
            .put(ChainAttr::Kind("filter"))
    })?;
    one(&mut conn, NFT_MSG_NEWRULE, CREATE | NewFlags::APPEND, |w| {
        rule(w, None, Verdict::ACCEPT)?;
        Ok(w)
    })?;
    one(&mut conn, NFT_MSG_NEWSET, CREATE, |w| {
        w.put(NftSetAttr::Table("ours".into()))?
            .put(NftSetAttr::Name("ports".into()))?
            .put(NftSetAttr::Flags(SetFlags::empty()))?
            // The number of inet_service in nft(8).
            .put(NftSetAttr::KeyKind(13))?
            .put(NftSetAttr::KeyLen(2))?
            .put(NftSetAttr::Id(1))
    })?;
    one(&mut conn, NFT_MSG_NEWSETELEM, CREATE, |w| port(w, 80))?;
    shows(&[
        "policy accept;",
        "counter packets 0 bytes 0 accept",
        "elements = { 80 }",
    ])?;
    let rule_of_chain = conn.get(GetRules::all().chain("in"))?;
    let handle = rule_of_chain.handle()?.ok_or("no handle")?;

    // Changed.
    one(&mut conn, NFT_MSG_NEWTABLE, NONE, |w| {
        w.put(TableAttr::Name("ours".into()))?
            .put(TableAttr::Flags(TableFlags::DORMANT))
    })?;
    one(&mut conn, NFT_MSG_NEWCHAIN, NONE, |w| {
        w.put(ChainAttr::Table("ours".into()))?
            .put(ChainAttr::Name("in".into()))?
            .put(ChainAttr::Policy(Verdict::DROP))
    })?;
    one(&mut conn, NFT_MSG_NEWRULE, NewFlags::REPLACE, |w| {
        rule(w, Some(handle), Verdict::DROP)?;
        Ok(w)
    })?;
    one(&mut conn, NFT_MSG_NEWSETELEM, CREATE, |w| port(w, 443))?;
    one(&mut conn, NFT_MSG_DELSETELEM, NONE, |w| port(w, 80))?;
    shows(&[
        "flags dormant",
        "policy drop;",
        "counter packets 0 bytes 0 drop",
        "elements = { 443 }",
    ])?;

    // All or nothing.
    let other = NewTable::new(TableRef::inet("other"));
    let nowhere = DeleteTable::new(TableRef::inet("nowhere"));
    let refused = conn.execute(Transaction(&[&other, &nowhere])).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Refused(Errno::ENOENT));
    assert!(refused.to_string().contains("nowhere"), "{refused}");
    assert!(!run("nft", &["list", "ruleset"])?.contains("other"));

    // Deleted, from the inside out.
    one(&mut conn, NFT_MSG_DELSET, NONE, |w| {
        w.put(NftSetAttr::Table("ours".into()))?
            .put(NftSetAttr::Name("ports".into()))
    })?;
    one(&mut conn, NFT_MSG_DELRULE, NONE, |w| {
        w.put(RuleAttr::Table("ours".into()))?
            .put(RuleAttr::Chain("in".into()))
    })?;
    shows(&["chain in"])?;
    one(&mut conn, NFT_MSG_DELCHAIN, NONE, |w| {
        w.put(ChainAttr::Table("ours".into()))?
            .put(ChainAttr::Name("in".into()))
    })?;
    shows(&["table inet ours"])?;
    one(&mut conn, NFT_MSG_DELTABLE, NONE, |w| {
        w.put(TableAttr::Name("ours".into()))
    })?;
    assert_eq!(run("nft", &["list", "ruleset"])?, "");

    for expected in [
        NFT_MSG_NEWTABLE,
        NFT_MSG_NEWCHAIN,
        NFT_MSG_NEWRULE,
        NFT_MSG_NEWSET,
        NFT_MSG_NEWSETELEM,
        NFT_MSG_NEWTABLE,
        NFT_MSG_NEWCHAIN,
        NFT_MSG_NEWRULE,
        NFT_MSG_NEWSETELEM,
        NFT_MSG_DELSETELEM,
        NFT_MSG_DELSET,
        NFT_MSG_DELRULE,
        NFT_MSG_DELCHAIN,
        NFT_MSG_DELTABLE,
    ] {
        events.wait_for(|event| event.kind() == expected)?;
    }
    Ok(())
}

/// A tuple of TCP from 192.0.2.1 to 192.0.2.2, or the reverse.
fn tuple<'w, 'b>(w: &'w mut Writer<'b>, kind: u16, from: (u8, u16), to: (u8, u16)) -> Put<'w, 'b> {
    w.nest(kind, |w| {
        w.nest(CTA_TUPLE_IP, |w| {
            w.put(TupleIpAttr::SourceV4([192, 0, 2, from.0].into()))?
                .put(TupleIpAttr::DestinationV4([192, 0, 2, to.0].into()))
        })?
        .nest(CTA_TUPLE_PROTO, |w| {
            w.put(TupleProtocolAttr::Number(6))?
                .put(TupleProtocolAttr::SourcePort(from.1))?
                .put(TupleProtocolAttr::DestinationPort(to.1))
        })
    })
}

fn expected<'w, 'b>(w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    let w = tuple(w, CTA_EXPECT_MASTER, (1, 1000), (2, 21))?;
    let w = tuple(w, CTA_EXPECT_TUPLE, (2, 0), (1, 2000))?;
    w.nest(CTA_EXPECT_MASK, |w| {
        w.nest(CTA_TUPLE_IP, |w| {
            w.put(TupleIpAttr::SourceV4([255; 4].into()))?
                .put(TupleIpAttr::DestinationV4([255; 4].into()))
        })?
        .nest(CTA_TUPLE_PROTO, |w| {
            w.put(TupleProtocolAttr::Number(6))?
                .put(TupleProtocolAttr::SourcePort(0))?
                .put(TupleProtocolAttr::DestinationPort(0xffff))
        })
    })
}

fn an_expectation() -> Outcome {
    let ipv4 = NetfilterHeader::new(NFPROTO_IPV4);
    let create = NewFlags::CREATE | NewFlags::EXCL;
    let groups = [NFNLGRP_CONNTRACK_EXP_NEW, NFNLGRP_CONNTRACK_EXP_DESTROY];
    let mut events = Session::listen(Protocol::NETFILTER, &groups)?;
    let mut session = Session::open(Protocol::NETFILTER)?;
    let made = session.change(IPCTNL_MSG_CT_NEW, create, &ipv4, |w| {
        let w = tuple(w, CTA_TUPLE_ORIG, (1, 1000), (2, 21))?;
        tuple(w, CTA_TUPLE_REPLY, (2, 21), (1, 1000))?
            .put(ConntrackAttr::Timeout(600))?
            .nest(CTA_PROTOINFO, |w| {
                w.nest(CTA_PROTOINFO_TCP, |w| {
                    w.put(TcpInfoAttr::State(TcpState::ESTABLISHED))
                })
            })?
            .nest(CTA_HELP, |w| w.put(HelperAttr::Name("ftp".into())))
    });
    if let Err(error) = made {
        return Err(match error.downcast_ref::<nlsock::Error>() {
            Some(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
                Missing("kernel: the helper of ftp".into()).into()
            }
            _ => error,
        });
    }
    session.change(IPCTNL_MSG_EXP_NEW, create, &ipv4, |w| {
        expected(w)?.put(ExpectationAttr::Timeout(100))
    })?;
    let listed = run("conntrack", &["-L", "expect"])?;
    let line = "src=192.0.2.2 dst=192.0.2.1 sport=0 dport=2000";
    assert!(
        listed.contains(line) && listed.contains("helper=ftp"),
        "{listed}"
    );

    session.change(IPCTNL_MSG_EXP_NEW, NewFlags::empty(), &ipv4, |w| {
        expected(w)?.put(ExpectationAttr::Timeout(5000))
    })?;
    let rows = session.dump(IPCTNL_MSG_EXP_GET, &ipv4, |w| Ok(w))?;
    assert_eq!(rows.len(), 1);
    capture("netfilter-expectation", rows[0].get().as_bytes())?;
    let (_, attributes) = rows[0].get().split::<NetfilterHeader>()?;
    let row = fields!(attributes => Expectation { timeout, helper, id })?;
    assert_eq!(row.helper, Some("ftp".into()));
    assert!((4990..=5000).contains(&row.timeout.unwrap()));
    assert!(row.id.is_some());

    session.change(IPCTNL_MSG_EXP_DELETE, Flags::empty(), &ipv4, |w| {
        tuple(w, CTA_EXPECT_TUPLE, (2, 0), (1, 2000))
    })?;
    assert!(!run("conntrack", &["-L", "expect"])?.contains(line));
    for kind in [IPCTNL_MSG_EXP_NEW, IPCTNL_MSG_EXP_DELETE] {
        events.wait_for(|event| event.kind() == kind)?;
    }
    Ok(())
}

/// Lines with this number in a file of this thread's namespace. Only the
/// machine's root may read these files.
fn bound(file: &str, number: u16) -> Result<Vec<String>, std::io::Error> {
    let text = fs::read_to_string(format!("/proc/thread-self/net/netfilter/{file}"))?;
    let is_it = |line: &&str| line.split_whitespace().next() == Some(&number.to_string());
    Ok(text.lines().filter(is_it).map(str::to_owned).collect())
}

fn a_queue_is_bound_and_unbound() -> Outcome {
    let mut first = Conn::open(Protocol::NETFILTER)?;
    let mut second = Conn::open(Protocol::NETFILTER)?;
    let bind = BindQueue::new(7).copy(100);
    first.execute(bind)?;
    let line = bound("nfnetlink_queue", 7)?.concat();
    let words: Vec<_> = line.split_whitespace().collect();
    // Queue, port, waiting, copy mode, copy range.
    assert_eq!(
        (words[1], words[3], words[4]),
        (&*first.port_id().to_string(), "2", "100")
    );
    let taken = second.execute(bind).unwrap_err();
    assert!(matches!(taken.kind(), ErrorKind::Refused(_)), "{taken}");
    first.execute(UnbindQueue::new(7))?;
    assert!(bound("nfnetlink_queue", 7)?.is_empty());
    second.execute(bind)?;
    Ok(())
}

fn a_log_is_bound_and_unbound() -> Outcome {
    let mut first = Conn::open(Protocol::NETFILTER)?;
    let mut second = Conn::open(Protocol::NETFILTER)?;
    let bind = BindLog::new(5).copy(100);
    first.execute(bind)?;
    let range = || -> Result<String, std::io::Error> {
        let line = bound("nfnetlink_log", 5)?.concat();
        // Group, port, waiting, copy mode, copy range.
        Ok(line.split_whitespace().nth(4).unwrap_or_default().into())
    };
    assert_eq!(range()?, "100");
    assert!(second.execute(bind).is_err());
    first.execute(SetLog::new(5).copy(200))?;
    assert_eq!(range()?, "200");
    first.execute(UnbindLog::new(5))?;
    assert!(bound("nfnetlink_log", 5)?.is_empty());
    second.execute(bind)?;
    Ok(())
}
