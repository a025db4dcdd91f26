//! Requests of netfilter as values, by their bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test fails by its panic"
)]
#![cfg(feature = "netfilter")]

use nlwire::netfilter::{
    BindLog, BindQueue, Chain, ChainHook, Change, ConnectionKey, Conntrack, ConntrackAttr,
    DataType, DeleteConnection, DeleteElements, DeleteTable, ElementData, ElementFlags, Expression,
    Flow, FlowPorts, FlushConnections, GetChains, GetConnection, GetConnections, GetRules, Hook,
    HookNumber, IPCTNL_MSG_CT_DELETE, IPCTNL_MSG_CT_NEW, KeyType, LogConfig, LogFlags,
    NFPROTO_INET, NFT_MSG_DESTROYTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWRULE, NFT_MSG_NEWSETELEM,
    NFT_MSG_NEWTABLE, NFTA_DATA_VERDICT, NFTA_LIST_ELEM, NFTA_SET_ELEM_DATA, NFTA_SET_ELEM_KEY,
    NFTA_SET_ELEM_KEY_END, NFTA_SET_ELEM_LIST_ELEMENTS, NetfilterHeader, NewChain, NewConnection,
    NewElement, NewElements, NewRule, NewSet, NewTable, NftDataAttr, NftSet, OwnedTransaction,
    QueueConfig, QueuePacket, Rule, RuleAttr, Selector, SetElementAttr, SetElements, SetVerdict,
    SetVerdicts, Statement, TableAttr, TableRef, Transaction, UserData, Verdict, VerdictDataAttr,
};
use nlwire::request::Object;
use nlwire::{
    Flags, MessageRef, MessageType, Messages, NewFlags, Next, Part, Query, Request, Row, Stamp,
    Writer, fields,
};
use std::net::Ipv4Addr;
use std::time::Duration;

const STAMP: Stamp = Stamp {
    sequence: 7,
    port: 9,
    flags: Flags::REQUEST,
    family: None,
};

/// Writes the datagram of a request.
fn datagram(request: &dyn Request) -> (Vec<u8>, Part) {
    let mut buffer = vec![0xaa; 1 << 20];
    let part = Part::write(request, 0, &mut buffer, 0, STAMP, true).unwrap();
    assert_eq!(part.then, None);
    buffer.truncate(part.end);
    (buffer, part)
}

fn one(request: &dyn Request) -> Vec<u8> {
    let (bytes, part) = datagram(request);
    assert_eq!((part.messages, part.acked), (1, 0));
    bytes
}

fn kinds(bytes: &[u8]) -> Vec<MessageType> {
    Messages::new(bytes).map(|m| m.unwrap().kind()).collect()
}

/// Returns the kernel's expressions of a rule.
fn expressions(message: MessageRef<'_>) -> Vec<String> {
    let row = Row::<NetfilterHeader, Rule>::of(message);
    let list = fields!(row.attributes => Rule { expressions }).unwrap();
    let list = list.expressions.unwrap();
    let name = |item| {
        fields!(item => Expression { name })
            .unwrap()
            .name
            .unwrap()
            .to_owned()
    };
    list.iter().map(|item| name(item.unwrap().1)).collect()
}

const MARK: u16 = 0x10;

#[test]
fn a_transaction_begins_ends_and_names_its_changes() {
    let table = TableRef::inet("ev");
    let rule = [Statement::accept()];
    let changes: [&dyn Request; 4] = [
        &DeleteTable::new(table).if_there(),
        &NewTable::new(table),
        &NewChain::new(table, "in")
            .filter(Hook::LOCAL_IN, -5)
            .policy(Verdict::DROP),
        &NewRule::new(table, "in", &rule),
    ];
    let transaction = Transaction(&changes);
    let (bytes, part) = datagram(&transaction);
    let types = [
        MARK,
        NFT_MSG_DESTROYTABLE.0,
        NFT_MSG_NEWTABLE.0,
        NFT_MSG_NEWCHAIN.0,
    ];
    let types = [&types[..], &[NFT_MSG_NEWRULE.0, MARK + 1]].concat();
    assert_eq!(
        kinds(&bytes),
        types.iter().map(|t| MessageType(*t)).collect::<Vec<_>>()
    );
    // The last change is acknowledged, as the end never is.
    assert_eq!((part.messages, part.acked), (6, 4));
    let messages: Vec<_> = Messages::new(&bytes).map(Result::unwrap).collect();
    let sequences: Vec<_> = messages.iter().map(|m| m.header().sequence()).collect();
    assert_eq!(sequences, [7, 8, 9, 10, 11, 12]);
    let create = Flags::REQUEST | NewFlags::CREATE | NewFlags::EXCL;
    assert_eq!(messages[2].flags(), create);
    let row = Row::<NetfilterHeader, Chain>::of(messages[3]);
    let chain = fields!(row.attributes => Chain { table, name, hook, policy, kind }).unwrap();
    assert_eq!(
        (chain.table.unwrap(), chain.name.unwrap()),
        ("ev".into(), "in".into())
    );
    assert_eq!(
        (chain.policy, chain.kind),
        (Some(Verdict::DROP), Some("filter"))
    );
    let hook = fields!(chain.hook.unwrap() => ChainHook { hook, priority }).unwrap();
    assert_eq!(
        (hook.hook, hook.priority),
        (Some(HookNumber::LOCAL_IN), Some(-5))
    );

    let mut growing = OwnedTransaction::new();
    assert!(growing.is_empty());
    for change in changes {
        growing.push(change).unwrap();
    }
    assert_eq!(growing.messages(), 4);
    let (grown, owned) = datagram(&growing);
    assert_eq!((grown == bytes, owned == part), (true, true));

    // The place of each message names its object, in either.
    for request in [&transaction as &dyn Request, &growing] {
        let mut room = vec![0; 4096];
        let mut w = Writer::stamped(&mut room, 0, STAMP);
        let (mut names, mut place) = (Vec::new(), 0);
        loop {
            names.push(Object(request, place).to_string());
            match request.write(place, &mut w).unwrap() {
                Next::More(at) | Next::Last(at) => place = at,
                Next::End => break,
                Next::Then(_) => unreachable!(),
            }
        }
        let of_table = "table inet \"ev\"";
        let chain = "chain inet \"ev\" \"in\"";
        let rule = "rule inet \"ev\" \"in\"";
        assert_eq!(names, ["", of_table, of_table, chain, rule, ""]);
    }
    let (nothing, part) = datagram(&Transaction(&[]));
    assert_eq!((kinds(&nothing).len(), part.messages), (2, 2));
}

#[test]
fn protocols_are_compared_where_the_family_leaves_them_open() {
    let statements = [
        Selector::IP_SADDR.in_set("allowed"),
        Selector::IP_DADDR.is(Ipv4Addr::LOCALHOST),
        Selector::TCP_DPORT.is(22),
        Selector::TCP_SPORT.between(1, 2),
        Statement::counter(),
        Statement::accept(),
    ];
    let names = |table| {
        let bytes = one(&NewRule::new(table, "in", &statements));
        expressions(MessageRef::new(&bytes).unwrap())
    };
    let tail = "meta cmp payload cmp payload cmp cmp counter immediate";
    let inet = format!("meta cmp payload lookup payload cmp {tail}");
    let ip = format!("payload lookup payload cmp {tail}");
    assert_eq!(names(TableRef::inet("t")).join(" "), inet);
    assert_eq!(names(TableRef::ip("t")).join(" "), ip);
}

#[test]
fn rules_stand_where_they_are_put() {
    let (table, none) = (TableRef::ip6("t"), []);
    let rule = NewRule::new(table, "c", &none);
    for (rule, flags, position, handle) in [
        (rule, NewFlags::CREATE | NewFlags::APPEND, None, None),
        (rule.first(), NewFlags::CREATE, None, None),
        (rule.before(3), NewFlags::CREATE, Some(3), None),
        (
            rule.after(4),
            NewFlags::CREATE | NewFlags::APPEND,
            Some(4),
            None,
        ),
        (rule.replace(5), NewFlags::REPLACE, None, Some(5)),
    ] {
        let bytes = one(&rule.comment("why"));
        let row = Row::<NetfilterHeader, Rule>::of(MessageRef::new(&bytes).unwrap());
        assert_eq!(row.message.flags(), Flags::REQUEST | Flags::ACK | flags);
        let found = fields!(row.attributes => Rule { position, handle }).unwrap();
        assert_eq!((found.position, found.handle), (position, handle));
        assert_eq!((row.comment(), row.header.family), (Ok(Some("why")), 10));
    }
}

#[test]
fn elements_come_in_as_many_messages_as_it_takes() {
    let set = NewSet::new(TableRef::inet("t"), "s", DataType::IPV4_ADDR).intervals();
    let elements: Vec<_> = (0..5000_u32)
        .map(|number| NewElement::key(Ipv4Addr::from_bits(number * 2)))
        .collect();
    let members = NewElements::of(&set, &elements);
    let (bytes, _) = datagram(&Transaction(&[&members]));
    let messages: Vec<_> = Messages::new(&bytes).map(Result::unwrap).collect();
    let (mut count, mut ends) = (0, 0);
    for message in &messages {
        if message.kind() != NFT_MSG_NEWSETELEM {
            continue;
        }
        assert!(message.as_bytes().len() < 0x1_0000 + 64);
        let row = Row::<NetfilterHeader, SetElements>::of(*message);
        for element in row.elements() {
            count += 1;
            ends += usize::from(!element.unwrap().flags.is_empty());
        }
    }
    assert_eq!((count, ends, messages.len()), (10_000, 5000, 6));
    // Whatever the room, an element and what ends it stay together.
    let few = &elements[..20];
    let remove = DeleteElements::of(&set, few);
    for room in 128..600 {
        let (mut buffer, mut place, mut keys) = (vec![0; room], 0, Vec::new());
        loop {
            let mut w = Writer::stamped(&mut buffer, 0, STAMP);
            let next = remove.write(place, &mut w).unwrap();
            let message = MessageRef::new(&buffer).unwrap();
            let row = Row::<NetfilterHeader, SetElements>::of(message);
            let part: Vec<_> = row
                .elements()
                .map(|e| e.unwrap().key.unwrap().to_vec())
                .collect();
            assert_eq!(part.len() % 2, 0);
            keys.extend(part);
            match next {
                Next::More(at) => place = at,
                _ => break,
            }
        }
        assert_eq!(keys.len(), 40);
    }
}

#[test]
fn each_element_is_read_and_a_broken_one_is_an_error() {
    let (inet, mut buffer) = (NetfilterHeader::new(NFPROTO_INET), [0; 512]);
    let none = Flags::empty();
    let message = Writer::message(&mut buffer, NFT_MSG_NEWSETELEM, none, &inet, |w| {
        w.nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
            w.nest(NFTA_LIST_ELEM, |w| {
                w.nest(NFTA_SET_ELEM_KEY, |w| w.put(NftDataAttr::Value(&[1])))?
                    .nest(NFTA_SET_ELEM_KEY_END, |w| w.put(NftDataAttr::Value(&[2])))?
                    .nest(NFTA_SET_ELEM_DATA, |w| {
                        w.nest(NFTA_DATA_VERDICT, |w| {
                            w.put(VerdictDataAttr::Code(Verdict::JUMP))?
                                .put(VerdictDataAttr::Chain("c".into()))
                        })
                    })?
                    .put(SetElementAttr::Timeout(2000))?
                    .put(SetElementAttr::Expiration(1500))
            })?
            .nest(NFTA_LIST_ELEM, |w| w.bytes(3, &[0]))?
            .nest(NFTA_LIST_ELEM, |w| {
                w.put(SetElementAttr::Object("counter".into()))?
                    .put(SetElementAttr::Flags(ElementFlags::CATCHALL))
            })
        })
    });
    let row = Row::<NetfilterHeader, SetElements>::of(message.unwrap());
    let found: Vec<_> = row.elements().collect();
    assert_eq!(found.len(), 3);
    let jump = found[0].unwrap();
    assert_eq!((jump.key, jump.key_end), (Some(&[1][..]), Some(&[2][..])));
    let data = ElementData::Verdict(Verdict::JUMP, Some("c".into()));
    assert_eq!((jump.data, jump.flags), (Some(data), ElementFlags::empty()));
    assert_eq!(jump.timeout, Some(Duration::from_secs(2)));
    assert_eq!(jump.expiration, Some(Duration::from_millis(1500)));
    assert!(found[1].is_err());
    let other = found[2].unwrap();
    assert_eq!((other.key, other.flags), (None, ElementFlags::CATCHALL));
    assert_eq!(other.data, Some(ElementData::Object("counter".into())));
    // A message without a list has no elements.
    let empty = Writer::message(&mut buffer, NFT_MSG_NEWSETELEM, none, &inet, |w| Ok(w));
    let row = Row::<NetfilterHeader, SetElements>::of(empty.unwrap());
    assert_eq!(row.elements().count(), 0);
}

#[test]
fn the_last_key_has_no_end_and_others_the_next() {
    let keys = |set: &NewSet<'_>, element: NewElement<'_>| -> Vec<Vec<u8>> {
        let bytes = one(&NewElements::of(set, &[element]));
        let row = Row::<NetfilterHeader, SetElements>::of(MessageRef::new(&bytes).unwrap());
        row.elements()
            .map(|e| e.unwrap().key.unwrap().to_vec())
            .collect()
    };
    let nets = NewSet::new(TableRef::ip("t"), "s", DataType::IPV4_ADDR).intervals();
    let prefix: nlwire::Prefix = "192.0.2.255/25".parse().unwrap();
    let found = keys(&nets, prefix.into());
    assert_eq!(found, [[192, 0, 2, 128], [192, 0, 3, 0]]);
    let all = keys(&nets, nlwire::Prefix::ALL_V4.into());
    assert_eq!(all, [[0; 4]]);
    let marks = NewSet::new(TableRef::ip("t"), "s", DataType::MARK);
    assert_eq!(keys(&marks, NewElement::key(1)), [1_u32.to_ne_bytes()]);
    assert_eq!(
        keys(&marks.intervals(), NewElement::key(1)),
        [[0, 0, 0, 1], [0, 0, 0, 2]]
    );
    // What does not suit the type keeps its size, so that the kernel refuses it.
    let six = std::net::Ipv6Addr::LOCALHOST;
    assert_eq!(keys(&nets, NewElement::key(six))[0].len(), 16);
    assert_eq!(keys(&marks, NewElement::key(1_u64 << 40))[0].len(), 6);
}

#[test]
fn sets_say_how_their_keys_print() {
    let table = TableRef::ip("t");
    let pair = KeyType::of(&[DataType::IPV4_ADDR, DataType::MARK]);
    let order = |order: u32| Some(order.to_ne_bytes());
    for (set, keys, values, kind) in [
        (NewSet::new(table, "s", DataType::MARK), order(1), None, 19),
        (
            NewSet::new(table, "s", DataType::INET_SERVICE),
            order(2),
            None,
            13,
        ),
        (NewSet::new(table, "s", pair), order(0), None, 7 << 6 | 19),
        (
            NewSet::new(table, "s", DataType::INET_SERVICE).to_values(DataType::MARK),
            order(2),
            order(1),
            13,
        ),
        (
            NewSet::new(table, "s", DataType::MARK).to_verdicts(),
            order(1),
            order(0),
            19,
        ),
    ] {
        let bytes = one(&set.comment("what"));
        let row = Row::<NetfilterHeader, NftSet>::of(MessageRef::new(&bytes).unwrap());
        let found = fields!(row.attributes => NftSet { user_data, key_kind, key_len }).unwrap();
        let data = UserData::new(found.user_data.unwrap());
        let value = |kind| {
            data.get(kind)
                .map(|value| <[u8; 4]>::try_from(value).unwrap())
        };
        assert_eq!(value(UserData::SET_KEY_ORDER), keys);
        assert_eq!(value(UserData::SET_DATA_ORDER), values);
        assert_eq!(row.comment(), Ok(Some("what")));
        assert_eq!(found.key_kind, Some(kind));
    }
    assert_eq!(pair.len(), 8);
    let long = "x".repeat(255);
    let mut room = [0; 1024];
    let mut w = Writer::stamped(&mut room, 0, STAMP);
    assert!(
        NewTable::new(table)
            .comment(&long)
            .write(0, &mut w)
            .is_err()
    );
    let cut = [7, 3, b'o', b'k', 0, 9, 200, 1];
    assert_eq!(UserData::new(&cut).entries().count(), 1);
}

#[test]
fn lists_compare_each_row_with_the_whole_filter() {
    let table = TableRef::inet("t");
    let mut buffer = [0; 128];
    let header = NetfilterHeader::new(1);
    let rule = Writer::message(&mut buffer, NFT_MSG_NEWRULE, Flags::empty(), &header, |w| {
        w.put(RuleAttr::Table("t".into()))?
            .put(RuleAttr::Chain("in".into()))
    })
    .unwrap();
    let all = GetRules::all();
    for (query, fits) in [
        (all, true),
        (all.table(table), true),
        (all.table(table).chain("in"), true),
        (all.table(table).chain("out"), false),
        (all.table(TableRef::ip("t")), false),
        (all.table(TableRef::inet("u")), false),
        (all.family(2.into()), false),
    ] {
        assert_eq!(query.matches(rule), Ok(fits), "{query:?}");
    }
    let mut buffer = [0; 128];
    let chain = Writer::message(
        &mut buffer,
        NFT_MSG_NEWCHAIN,
        Flags::empty(),
        &header,
        |w| w.put(TableAttr::Name("u".into())),
    )
    .unwrap();
    assert_eq!(GetChains::all().table(table).matches(chain), Ok(false));
}

#[test]
fn a_connection_is_named_completely() {
    let ping = Flow::ping([192, 0, 2, 1].into(), [192, 0, 2, 2].into(), 7);
    let six = Flow::ping("::1".parse().unwrap(), "::2".parse().unwrap(), 8);
    assert_eq!(ping.reply().reply(), ping);
    assert_eq!(
        six.reply().ports,
        FlowPorts::Icmp {
            id: 8,
            kind: 129,
            code: 0
        }
    );
    let mut own = Flow::udp(([192, 0, 2, 1], 5).into(), ([192, 0, 2, 2], 6).into());
    own.zone = Some(3);
    for flow in [ping, six, own, Flow::new(50, ping.source, ping.destination)] {
        let mut key = ConnectionKey::from(flow).zone(9);
        key.id = Some(77);
        let bytes = one(&DeleteConnection::new(key));
        let row = Row::<NetfilterHeader, Conntrack>::of(MessageRef::new(&bytes).unwrap());
        assert_eq!(row.key(), Ok(Some(key)));
        assert_eq!(row.header.family, if flow == six { 10 } else { 2 });
        assert_eq!(
            (row.message.kind(), row.zone()),
            (IPCTNL_MSG_CT_DELETE, Ok(9))
        );
    }
    let bytes = one(&GetConnection::new(ConnectionKey::of_reply(own)));
    let row = Row::<NetfilterHeader, Conntrack>::of(MessageRef::new(&bytes).unwrap());
    assert_eq!(
        (row.original(), row.reply(), row.zone()),
        (Ok(None), Ok(Some(own)), Ok(0))
    );
    let text = Object(&GetConnection::new(ConnectionKey::from(own).zone(9)), 0).to_string();
    assert_eq!(text, "connection udp 192.0.2.1:5 -> 192.0.2.2:6 zone 9");
    let bytes = one(&FlushConnections::all().v6().mark(1, 3));
    let row = Row::<NetfilterHeader, Conntrack>::of(MessageRef::new(&bytes).unwrap());
    assert_eq!(
        (row.header.version, row.header.family, row.mark()),
        (1, 10, Ok(Some(1)))
    );
    let new = one(&NewConnection::new(own, 60).zone(4).mark(2));
    let message = MessageRef::new(&new).unwrap();
    let all = GetConnections::all();
    for (query, fits) in [
        (all.v4().zone(4).mark(2, 2).protocol(17), true),
        (all.v6(), false),
        (all.zone(0), false),
        (all.mark(1, u32::MAX), false),
        (all.protocol(6), false),
    ] {
        assert_eq!(query.matches(message), Ok(fits), "{query:?}");
    }
    let begins = matches!(Change::of(message), Change::NewConnection(_));
    let mut buffer = [0; 64];
    let none = (Flags::empty(), NetfilterHeader::default());
    let later = Writer::message(&mut buffer, IPCTNL_MSG_CT_NEW, none.0, &none.1, |w| {
        w.put(ConntrackAttr::Mark(1))
    });
    let changes = matches!(Change::of(later.unwrap()), Change::SetConnection(_));
    assert!(begins && changes);
}

#[test]
fn verdicts_and_settings_hold_what_was_set() {
    let verdict = SetVerdict::new(7, 5, Verdict::ACCEPT)
        .mark(3)
        .payload(b"E")
        .conntrack_mark(4);
    let bytes = one(&verdict);
    let row = Row::<NetfilterHeader, QueuePacket>::of(MessageRef::new(&bytes).unwrap());
    let found = fields!(row.attributes => QueuePacket { verdict, conntrack }).unwrap();
    let header = found.verdict.unwrap();
    assert_eq!((header.verdict(), header.id.get()), (Verdict::ACCEPT, 5));
    assert_eq!(
        (row.queue(), row.mark(), row.payload()),
        (7, Ok(3), Ok(Some(&b"E"[..])))
    );
    let mark = fields!(found.conntrack.unwrap() => Conntrack { mark })
        .unwrap()
        .mark;
    assert_eq!(mark, Some(4));
    let bytes = one(&SetVerdicts::up_to(7, 9, Verdict::DROP));
    assert_eq!(MessageRef::new(&bytes).unwrap().kind().0, 0x303);
    let bytes = one(&BindQueue::new(7).copy(0).max_len(9));
    let row = Row::<NetfilterHeader, QueueConfig>::of(MessageRef::new(&bytes).unwrap());
    let found = fields!(row.attributes => QueueConfig { command, parameters, max_len }).unwrap();
    assert_eq!(
        (found.command.unwrap().command.0, found.max_len),
        (1, Some(9))
    );
    assert_eq!(found.parameters.unwrap().copy_mode.0, 1);
    let log = BindLog::new(5)
        .copy(9)
        .threshold(10)
        .timeout(Duration::from_millis(250));
    let bytes = one(&log.flags(LogFlags::SEQ).buffer_size(4096));
    let row = Row::<NetfilterHeader, LogConfig>::of(MessageRef::new(&bytes).unwrap());
    let found = fields!(row.attributes => LogConfig {
        command, mode, buffer_size, timeout, threshold, flags
    })
    .unwrap();
    assert_eq!((found.timeout, found.threshold), (Some(25), Some(10)));
    assert_eq!(
        (found.flags, found.buffer_size),
        (Some(LogFlags::SEQ), Some(4096))
    );
    assert_eq!(
        (
            found.command.unwrap().0,
            found.mode.unwrap().copy_range.get()
        ),
        (1, 9)
    );
}
