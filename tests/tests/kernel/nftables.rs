//! Tables, chains, rules and sets of nftables, beside `nft -json`.

use nlsock::{ErrorKind, Protocol};
use nltests::{
    Need, Outcome, Session, Test, capture, decide, equals, expression, load, nft_batch, run,
};
use nlwire::netfilter::{
    Chain, ChainAttr, ChainHook, ChainHookAttr, CounterAttr, Expression, ExpressionData,
    Generation, HookNumber, LookupAttr, MetaAttr, MetaKey, NFNLGRP_NFTABLES, NFPROTO_INET,
    NFT_MSG_DELRULE, NFT_MSG_DELTABLE, NFT_MSG_GETCHAIN, NFT_MSG_GETGEN, NFT_MSG_GETRULE,
    NFT_MSG_GETSET, NFT_MSG_GETSETELEM, NFT_MSG_GETTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWGEN,
    NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NFTA_CHAIN_HOOK,
    NFTA_RULE_EXPRESSIONS, NFTA_SET_ELEM_KEY, NFTA_SET_ELEM_LIST_ELEMENTS, NetfilterHeader,
    NftData, NftDataAttr, NftSet, NftSetAttr, PayloadBase, Register, Rule, RuleAttr, SetElement,
    SetElements, SetElementsAttr, SetFlags, Table, TableAttr, Verdict, VerdictData,
};
use nlwire::{Batch, EncodeError, Errno, Flags, NewFlags, Put, Writer, fields};
use serde_json::{Value, json};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "nftables::nft_sees_what_we_make",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: nft_sees_what_we_make,
    },
    Test {
        name: "nftables::we_see_what_nft_makes",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: we_see_what_nft_makes,
    },
    Test {
        name: "nftables::a_batch_is_done_whole_or_not_at_all",
        needs: &[Need::Namespace],
        run: a_batch_is_done_whole_or_not_at_all,
    },
    Test {
        name: "nftables::ten_thousand_rules_fit_one_batch",
        needs: &[Need::Root],
        run: ten_thousand_rules_fit_one_batch,
    },
    Test {
        name: "nftables::changes_are_watched",
        needs: &[Need::Namespace],
        run: changes_are_watched,
    },
];

const INET: NetfilterHeader = NetfilterHeader::new(NFPROTO_INET);

fn create() -> Flags {
    Flags::REQUEST | NewFlags::CREATE
}

fn nft(args: &[&str]) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    let output = run("nft", &[&["--json", "--handle"], args].concat())?;
    let mut whole: Value = serde_json::from_str(&output)?;
    let Value::Array(objects) = whole["nftables"].take() else {
        return Err(output.into());
    };
    Ok(objects)
}

/// A table and a chain that packets for this host come to.
fn base(batch: &mut Batch<&mut [u8]>) -> Result<(), EncodeError> {
    batch.append_message(NFT_MSG_NEWTABLE, create(), &INET, |w| {
        w.put(TableAttr::Name("ours".into()))
    })?;
    batch.append_message(NFT_MSG_NEWCHAIN, create() | Flags::ACK, &INET, |w| {
        w.put(ChainAttr::Table("ours".into()))?
            .put(ChainAttr::Name("in".into()))?
            .nest(NFTA_CHAIN_HOOK, |w| {
                w.put(ChainHookAttr::Hook(HookNumber::LOCAL_IN))?
                    .put(ChainHookAttr::Priority(-5))
            })?
            .put(ChainAttr::Policy(Verdict::DROP))?
            .put(ChainAttr::Kind("filter"))
    })
}

fn is_tcp<'w, 'b>(w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    let w = expression(w, "meta", |w| {
        w.put(MetaAttr::Register(Register::R1))?
            .put(MetaAttr::Key(MetaKey::L4PROTO))
    })?;
    equals(w, &[6])
}

fn rule<F>(batch: &mut Batch<&mut [u8]>, flags: Flags, expressions: F) -> Result<(), EncodeError>
where
    F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let flags = create() | flags | NewFlags::APPEND;
    batch.append_message(NFT_MSG_NEWRULE, flags, &INET, |w| {
        w.put(RuleAttr::Table("ours".into()))?
            .put(RuleAttr::Chain("in".into()))?
            .nest(NFTA_RULE_EXPRESSIONS, &expressions)
    })
}

fn nft_sees_what_we_make() -> Outcome {
    let mut session = Session::open(Protocol::NETFILTER)?;
    nft_batch(&mut session, 4096, |batch| {
        base(batch)?;
        batch.append_message(NFT_MSG_NEWSET, create(), &INET, |w| {
            w.put(NftSetAttr::Table("ours".into()))?
                .put(NftSetAttr::Name("ports".into()))?
                .put(NftSetAttr::Flags(SetFlags::empty()))?
                // The number of inet_service in nft(8).
                .put(NftSetAttr::KeyKind(13))?
                .put(NftSetAttr::KeyLen(2))?
                .put(NftSetAttr::Id(1))
        })?;
        batch.append_message(NFT_MSG_NEWSETELEM, create(), &INET, |w| {
            w.put(SetElementsAttr::Table("ours".into()))?
                .put(SetElementsAttr::Set("ports".into()))?
                .nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
                    let port = |w: &mut Writer<'_>, index, port: u16| {
                        w.nest(index, |w| {
                            w.nest(NFTA_SET_ELEM_KEY, |w| {
                                w.put(NftDataAttr::Value(&port.to_be_bytes()))
                            })
                        })
                        .map(|_| ())
                    };
                    port(w, 1, 80)?;
                    port(w, 2, 443)?;
                    Ok(w)
                })
        })?;
        rule(batch, Flags::empty(), |w| {
            let w = load(is_tcp(w)?, PayloadBase::TRANSPORT, 2, 2)?;
            let w = expression(equals(w, &22_u16.to_be_bytes())?, "counter", |w| Ok(w))?;
            decide(w, Verdict::ACCEPT)
        })?;
        rule(batch, Flags::ACK, |w| {
            let w = load(is_tcp(w)?, PayloadBase::TRANSPORT, 2, 2)?;
            let w = expression(w, "lookup", |w| {
                w.put(LookupAttr::Set("ports".into()))?
                    .put(LookupAttr::Source(Register::R1))
            })?;
            decide(w, Verdict::ACCEPT)
        })
    })?;

    let ruleset = nft(&["list", "ruleset"])?;
    let find = |kind: &str| {
        let found = ruleset.iter().filter(|object| !object[kind].is_null());
        found.map(|object| object[kind].clone()).collect::<Vec<_>>()
    };
    let table = &find("table")[0];
    assert_eq!(
        (&table["family"], &table["name"]),
        (&json!("inet"), &json!("ours"))
    );
    let chain = &find("chain")[0];
    assert_eq!(chain["hook"], "input", "{chain}");
    assert_eq!(chain["prio"], -5);
    assert_eq!(chain["policy"], "drop");
    assert_eq!(chain["type"], "filter");
    let set = &find("set")[0];
    assert_eq!(set["type"], "inet_service", "{set}");
    assert_eq!(set["elem"], json!([80, 443]));
    let rules = find("rule");
    let dport = json!({"payload": {"protocol": "tcp", "field": "dport"}});
    assert_eq!(
        rules[0]["expr"],
        json!([
            {"match": {"op": "==", "left": dport, "right": 22}},
            {"counter": {"packets": 0, "bytes": 0}},
            {"accept": null},
        ])
    );
    assert_eq!(
        rules[1]["expr"],
        json!([
            {"match": {"op": "==", "left": dport, "right": "@ports"}},
            {"accept": null},
        ])
    );

    // A rule and the rest are deleted.
    let handle = rules[0]["handle"].as_u64().unwrap();
    nft_batch(&mut session, 4096, |batch| {
        batch.append_message(NFT_MSG_DELRULE, Flags::REQUEST | Flags::ACK, &INET, |w| {
            w.put(RuleAttr::Table("ours".into()))?
                .put(RuleAttr::Chain("in".into()))?
                .put(RuleAttr::Handle(handle))
        })
    })?;
    let left = run("nft", &["list", "chain", "inet", "ours", "in"])?;
    assert!(
        !left.contains("dport 22") && left.contains("@ports"),
        "{left}"
    );
    nft_batch(&mut session, 4096, |batch| {
        batch.append_message(NFT_MSG_DELTABLE, Flags::REQUEST | Flags::ACK, &INET, |w| {
            w.put(TableAttr::Name("ours".into()))
        })
    })?;
    assert_eq!(run("nft", &["list", "ruleset"])?, "");
    Ok(())
}

fn we_see_what_nft_makes() -> Outcome {
    run(
        "nft",
        &["table inet theirs {
            set ports { type inet_service; elements = { 22, 80 }
            }
            chain in { type filter hook input priority 7; policy drop;
                tcp dport 22 counter packets 3 bytes 180 accept
                ip saddr 192.0.2.0/24 tcp dport @ports drop
                jump other
            }
            chain other { }
            }"],
    )?;
    let mut session = Session::open(Protocol::NETFILTER)?;
    let tables = session.dump(NFT_MSG_GETTABLE, &INET, |w| Ok(w))?;
    let (header, attributes) = tables[0].get().split::<NetfilterHeader>()?;
    let table = fields!(attributes => Table { name, chains, handle })?;
    assert_eq!(header.family, NFPROTO_INET);
    assert_eq!((table.name, table.chains), (Some("theirs".into()), Some(3)));
    let listed = nft(&["list", "tables"])?;
    assert_eq!(listed[1]["table"]["handle"], table.handle.unwrap());
    capture("netfilter-table", tables[0].get().as_bytes())?;

    let chains = session.dump(NFT_MSG_GETCHAIN, &INET, |w| Ok(w))?;
    let (_, attributes) = chains[0].get().split::<NetfilterHeader>()?;
    let chain = fields!(attributes => Chain { name, hook, policy, kind, users })?;
    let hook = chain.hook.unwrap();
    let hook = fields!(hook => ChainHook { hook, priority })?;
    assert_eq!(
        (chain.name, chain.kind),
        (Some("in".into()), Some("filter"))
    );
    assert_eq!((chain.policy, chain.users), (Some(Verdict::DROP), Some(3)));
    assert_eq!(
        (hook.hook, hook.priority),
        (Some(HookNumber::LOCAL_IN), Some(7))
    );
    capture("netfilter-chain", chains[0].get().as_bytes())?;

    let rules = session.dump(NFT_MSG_GETRULE, &INET, |w| {
        w.put(RuleAttr::Table("theirs".into()))?
            .put(RuleAttr::Chain("in".into()))
    })?;
    assert_eq!(rules.len(), 3);
    let (_, attributes) = rules[0].get().split::<NetfilterHeader>()?;
    let rule = fields!(attributes => Rule { expressions, handle })?;
    assert!(rule.handle.is_some());
    let mut names = Vec::new();
    for item in rule.expressions.unwrap().iter() {
        let (_, found) = item?;
        let found = fields!(found => Expression { name, data })?;
        names.push(found.name.unwrap());
        match found.data.unwrap() {
            ExpressionData::Counter(counter) => {
                let all: Vec<_> = counter.iter().map(|item| item.unwrap().1).collect();
                assert!(all.contains(&Ok(CounterAttr::Bytes(180))), "{all:?}");
                assert!(all.contains(&Ok(CounterAttr::Packets(3))), "{all:?}");
            }
            ExpressionData::Immediate(immediate) => {
                let found = fields!(immediate => nlwire::netfilter::Immediate { register, data })?;
                let data = found.data.unwrap();
                let verdict = fields!(data => NftData { verdict })?.verdict.unwrap();
                let code = fields!(verdict => VerdictData { code })?.code;
                assert_eq!(
                    (found.register, code),
                    (Some(Register::VERDICT), Some(Verdict::ACCEPT))
                );
            }
            ExpressionData::Other(other) => panic!("{other:?}"),
            _ => {}
        }
    }
    assert_eq!(
        names,
        ["meta", "cmp", "payload", "cmp", "counter", "immediate"]
    );
    capture("netfilter-rule", rules[0].get().as_bytes())?;
    capture("netfilter-rule-lookup", rules[1].get().as_bytes())?;
    capture("netfilter-rule-jump", rules[2].get().as_bytes())?;

    let sets = session.dump(NFT_MSG_GETSET, &INET, |w| {
        w.put(NftSetAttr::Table("theirs".into()))
    })?;
    let (_, attributes) = sets[0].get().split::<NetfilterHeader>()?;
    let set = fields!(attributes => NftSet { name, key_kind, key_len })?;
    assert_eq!(
        (set.name, set.key_kind, set.key_len),
        (Some("ports".into()), Some(13), Some(2))
    );
    capture("netfilter-set", sets[0].get().as_bytes())?;
    let elements = session.dump(NFT_MSG_GETSETELEM, &INET, |w| {
        w.put(SetElementsAttr::Table("theirs".into()))?
            .put(SetElementsAttr::Set("ports".into()))
    })?;
    let (_, attributes) = elements[0].get().split::<NetfilterHeader>()?;
    let list = fields!(attributes => SetElements { elements })?;
    let mut ports = Vec::new();
    for item in list.elements.unwrap().iter() {
        let key = fields!(item?.1 => SetElement { key })?.key.unwrap();
        let value = fields!(key => NftData { value })?.value.unwrap();
        ports.push(u16::from_be_bytes(value.try_into()?));
    }
    ports.sort_unstable();
    assert_eq!(ports, [22, 80]);
    capture("netfilter-set-elements", elements[0].get().as_bytes())?;
    Ok(())
}

fn a_batch_is_done_whole_or_not_at_all() -> Outcome {
    let mut session = Session::open(Protocol::NETFILTER)?;
    let refused = nft_batch(&mut session, 4096, |batch| {
        base(batch)?;
        batch.append_message(NFT_MSG_NEWCHAIN, create(), &INET, |w| {
            w.put(ChainAttr::Table("nowhere".into()))?
                .put(ChainAttr::Name("in".into()))
        })
    });
    let refused = refused.unwrap_err();
    let refused: &nlsock::Error = refused.downcast_ref().unwrap();
    assert_eq!(refused.kind(), ErrorKind::Refused(Errno::ENOENT));
    assert_eq!(session.dump(NFT_MSG_GETTABLE, &INET, |w| Ok(w))?.len(), 0);
    Ok(())
}

fn ten_thousand_rules_fit_one_batch() -> Outcome {
    const RULES: u32 = 10_000;
    let mut session = Session::open(Protocol::NETFILTER)?;
    nft_batch(&mut session, 4096, base)?;
    nft_batch(&mut session, 4 << 20, |batch| {
        for number in 0..RULES {
            rule(batch, Flags::empty(), |w| {
                let w = load(w, PayloadBase::NETWORK, 12, 4)?;
                let w = expression(equals(w, &number.to_be_bytes())?, "counter", |w| Ok(w))?;
                decide(w, Verdict::ACCEPT)
            })?;
        }
        Ok(())
    })?;
    let rules = session.dump(NFT_MSG_GETRULE, &INET, |w| {
        w.put(RuleAttr::Table("ours".into()))?
            .put(RuleAttr::Chain("in".into()))
    })?;
    assert_eq!(rules.len(), 10_000);
    Ok(())
}

fn changes_are_watched() -> Outcome {
    let mut events = Session::listen(Protocol::NETFILTER, &[NFNLGRP_NFTABLES])?;
    let mut session = Session::open(Protocol::NETFILTER)?;
    let generation = |session: &mut Session| -> Result<u32, Box<dyn std::error::Error>> {
        let replies = session.get(NFT_MSG_GETGEN, &NetfilterHeader::default(), |w| Ok(w))?;
        let (_, attributes) = replies[0].get().split::<NetfilterHeader>()?;
        capture("netfilter-generation", replies[0].get().as_bytes())?;
        Ok(fields!(attributes => Generation { id })?.id.unwrap())
    };
    let before = generation(&mut session)?;
    nft_batch(&mut session, 4096, base)?;
    let table = events.wait_for(|event| event.kind() == NFT_MSG_NEWTABLE)?;
    let (_, attributes) = table.get().split::<NetfilterHeader>()?;
    assert_eq!(
        fields!(attributes => Table { name })?.name,
        Some("ours".into())
    );
    let made = events.wait_for(|event| event.kind() == NFT_MSG_NEWGEN)?;
    let (_, attributes) = made.get().split::<NetfilterHeader>()?;
    let found = fields!(attributes => Generation { id, process_id })?;
    assert_eq!(found.id, Some(before + 1));
    assert_eq!(generation(&mut session)?, before + 1);
    assert_eq!(found.process_id, Some(std::process::id()));
    Ok(())
}
