//! Extended matches of `basic`, `cgroup` and `flow`.

use super::bench::{Bench, IPV4, TEN, tc};
use super::test;
use nlsock::{Conn, Protocol};
use nltests::{Need, Outcome, Test, run};
use nlwire::netfilter::ipset::{GetByName, IpSet};
use nlwire::route::{
    BasicFilter, BasicFilterAttr, CgroupFilterAttr, Ematch, EmatchBytes, EmatchCompare,
    EmatchFlags, EmatchHeader, EmatchIpSet, EmatchIptAttr, EmatchLayer, EmatchList, EmatchMetaAttr,
    EmatchMetaHeader, EmatchMetaId, EmatchMetaValue, EmatchOperand, EmatchText, EmatchTree,
    Ematches, EmatchesAttr, FilterAction, FlowFilterAttr, FlowKeys, FlowMode, GetFilter,
    GetFilters, Handle, NewFilter, NewQdisc, TCA_BASIC_ACT, TCA_CGROUP_ACT, TrafficKindSettings,
    TrafficOptions, TrafficRow, U32Key,
};
use nlwire::{Query as _, fields};

pub(crate) const TESTS: &[Test] = &[
    test("tc::filter_basic", basic),
    test("tc::filter_cgroup", cgroup),
    test("tc::ematches", ematches),
    test("tc::ematch_containers", containers),
    Test {
        name: "tc::ematch_ipset",
        needs: &[Need::Namespace, Need::Program("tc"), Need::Program("ipset")],
        run: ipset,
    },
    test("tc::ematch_ipt", ipt),
];

fn ingress() -> Result<Bench, Box<dyn std::error::Error>> {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::clsact(bench.left))?;
    Ok(bench)
}

fn header(flags: EmatchFlags) -> EmatchHeader {
    EmatchHeader {
        flags: flags.bits().into(),
        ..EmatchHeader::default()
    }
}

/// Returns what matches print. The last byte of an algorithm's name is left out, which
/// the kernel does not set (`em_text_dump`).
fn texts(list: EmatchList<'_>) -> Vec<String> {
    let texts = list.iter().map(|item| format!("{item:?}"));
    let whole = texts.map(|text| match text.split_once("\\x00") {
        Some((name, rest)) => format!("{name}{}", rest.trim_start_matches(|c| c != '"')),
        None => text,
    });
    whole.collect()
}

/// Compares a `basic` with an expression. Matches unknown to `tc` have no words: we read
/// what we made.
fn compare(bench: &mut Bench, matches: &[(EmatchHeader, Ematch<'_>)], words: &str) -> Outcome {
    let tree = EmatchTree {
        count: u16::try_from(matches.len())?.into(),
        ..EmatchTree::default()
    };
    let expression = [
        EmatchesAttr::Tree(&tree),
        EmatchesAttr::List(EmatchList::of(matches)),
    ];
    let settings = [
        BasicFilterAttr::Matches((&expression).into()),
        BasicFilterAttr::Class(TEN.bits()),
    ];
    let settings = TrafficKindSettings::of("basic", &settings);
    let ours = NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings)
        .protocol(IPV4)
        .handle(Handle::from_bits(1));
    if words.is_empty() {
        bench.make(&ours.priority(5))?;
        let row = bench.session.row(
            &GetFilter::one(
                bench.left,
                Handle::CLSACT_INGRESS,
                "basic",
                5,
                Handle::from_bits(1),
            )
            .protocol(IPV4),
        )?;
        let row = GetFilter::row(row.get());
        let Some(TrafficOptions::Basic(basic)) = row.options()? else {
            return Err("no basic".into());
        };
        let read = fields!(basic => BasicFilter { matches })?
            .matches
            .ok_or("no matches")?;
        let read = fields!(read => Ematches { list })?.list;
        assert_eq!(read.map(texts), Some(texts(EmatchList::of(matches))));
        let all = bench.all();
        return bench.delete(&all);
    }
    let words = format!("ip handle 1 basic match \"{words}\" classid 1:10");
    bench.filters(&[(ours, &words)])
}

fn ematches() -> Outcome {
    let mut bench = ingress()?;
    let last = EmatchFlags::empty();
    let port = EmatchCompare::new(EmatchLayer::TRANSPORT, 2, 2, EmatchOperand::GREATER, 1023);
    let low = EmatchCompare::new(EmatchLayer::TRANSPORT, 0, 1, EmatchOperand::LESS, 7)
        .masked(0xf0)
        .converted();
    compare(
        &mut bench,
        &[(header(last), Ematch::Compare(&port))],
        "cmp(u16 at 2 layer transport gt 1023)",
    )?;
    compare(
        &mut bench,
        &[
            (
                header(EmatchFlags::AND | EmatchFlags::INVERT),
                Ematch::Compare(&port),
            ),
            (header(last), Ematch::Compare(&low)),
        ],
        "not cmp(u16 at 2 layer transport gt 1023) and \
         cmp(u8 at 0 layer transport mask 0xf0 trans lt 7)",
    )?;
    let text = b"hello";
    let bytes = EmatchBytes::new(EmatchLayer::NETWORK, 12, 5);
    compare(
        &mut bench,
        &[(header(last), Ematch::Bytes(&bytes, text))],
        "nbyte(hello at 12 layer network)",
    )?;
    let search = EmatchText::new(
        "kmp",
        (EmatchLayer::NETWORK, 20),
        (EmatchLayer::TRANSPORT, 200),
        5,
    );
    compare(
        &mut bench,
        &[(header(last), Ematch::Text(&search, text))],
        "",
    )?;
    let word = U32Key {
        mask: 0x0000_ffff_u32.into(),
        value: 0x16_u32.into(),
        offset: 20.into(),
        ..U32Key::default()
    };
    compare(
        &mut bench,
        &[(header(last), Ematch::Word(&word))],
        "u32(u16 0x16 0xffff at 22)",
    )?;
    let sides = EmatchMetaHeader {
        left: EmatchMetaValue::number(EmatchMetaId::NFMARK, 0).operand(EmatchOperand::GREATER),
        right: EmatchMetaValue::number(EmatchMetaId::VALUE, 0),
    };
    // tc gives the left side a value too, which the kernel keeps.
    let right = 20_u32.to_ne_bytes();
    let meta = [
        EmatchMetaAttr::Header(&sides),
        EmatchMetaAttr::Left(&[0; 4]),
        EmatchMetaAttr::Right(&right),
    ];
    compare(
        &mut bench,
        &[(header(last), Ematch::Meta((&meta).into()))],
        "meta(nf_mark gt 20)",
    )
}

/// `(tcp or udp) and not u32(..)`: a container names the place of what is in parentheses,
/// from 0, behind the expression that has it.
fn containers() -> Outcome {
    let mut bench = ingress()?;
    let [tcp, udp, icmp] = [6, 17, 1]
        .map(|number| EmatchCompare::new(EmatchLayer::NETWORK, 9, 1, EmatchOperand::EQUAL, number));
    let word = U32Key {
        mask: 0x0000_ffff_u32.into(),
        value: 0x16_u32.into(),
        offset: 20.into(),
        ..U32Key::default()
    };
    let last = EmatchFlags::empty();
    compare(
        &mut bench,
        &[
            (header(EmatchFlags::AND), Ematch::Container(2)),
            (header(EmatchFlags::INVERT), Ematch::Word(&word)),
            (header(EmatchFlags::OR), Ematch::Compare(&tcp)),
            (header(last), Ematch::Compare(&udp)),
        ],
        "(cmp(u8 at 9 layer network eq 6) or cmp(u8 at 9 layer network eq 17)) \
         and not u32(u16 0x16 0xffff at 22)",
    )?;
    // One inside of another.
    compare(
        &mut bench,
        &[
            (header(EmatchFlags::INVERT), Ematch::Container(1)),
            (header(EmatchFlags::OR), Ematch::Compare(&icmp)),
            (header(last), Ematch::Container(3)),
            (header(EmatchFlags::AND), Ematch::Compare(&tcp)),
            (header(last), Ematch::Word(&word)),
        ],
        "not (cmp(u8 at 9 layer network eq 1) or (cmp(u8 at 9 layer network eq 6) \
         and u32(u16 0x16 0xffff at 22)))",
    )
}

/// A set by its number, which the kernel gives it, and the source address.
fn ipset() -> Outcome {
    let mut bench = ingress()?;
    run("ipset", &["create", "first", "hash:ip"])?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let row = conn.get(&GetByName::of("first".into()))?;
    let index = fields!(row.attributes => IpSet { index })?.index;
    let set = EmatchIpSet {
        index: index.ok_or("no number")?.into(),
        dimensions: 1,
        flags: 1 << 1,
    };
    compare(
        &mut bench,
        &[(header(EmatchFlags::empty()), Ematch::IpSet(&set))],
        "ipset(first src)",
    )
}

/// Matches of a `basic`, as they print; the head of the filters has none.
fn matches_of(row: &TrafficRow<'_>) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let Some(TrafficOptions::Basic(basic)) = row.options()? else {
        return Ok(Vec::new());
    };
    let Some(matches) = fields!(basic => BasicFilter { matches })?.matches else {
        return Ok(Vec::new());
    };
    let list = fields!(matches => Ematches { list })?.list;
    let list = list.into_iter().flat_map(EmatchList::iter);
    list.map(|one| Ok(format!("{:?}", one?.1))).collect()
}

/// The only two matches of iptables that the kernel takes here (`em_ipt_xt_matches`).
fn ipt() -> Outcome {
    let mut bench = ingress()?;
    // struct xt_policy_info: four elements of 76 bytes, flags (1 for incoming packets) and
    // the number of elements; the size is a multiple of 8.
    let mut policy = [0; 312];
    policy[304..306].copy_from_slice(&1_u16.to_ne_bytes());
    // struct xt_addrtype_info_v1: source and destination types, flags.
    const LOCAL: u16 = 1 << 2;
    let mut kinds = [0; 8];
    kinds[2..4].copy_from_slice(&LOCAL.to_ne_bytes());
    let policy = [
        EmatchIptAttr::Hook(0),
        EmatchIptAttr::Name("policy"),
        EmatchIptAttr::Revision(0),
        EmatchIptAttr::Protocol(2),
        EmatchIptAttr::Data(&policy),
    ];
    let kinds = [
        EmatchIptAttr::Hook(0),
        EmatchIptAttr::Name("addrtype"),
        EmatchIptAttr::Revision(1),
        EmatchIptAttr::Protocol(2),
        EmatchIptAttr::Data(&kinds),
    ];
    let tree = EmatchTree {
        count: 1.into(),
        ..EmatchTree::default()
    };
    // tc 6.1 asks for another hook (`policy_validate_match_data`) and for another revision
    // (`addrtype_validate_match_data`), which the kernel refuses.
    for (settings, name) in [(&policy, "policy"), (&kinds, "addrtype")] {
        let made = [(header(EmatchFlags::empty()), Ematch::Ipt(settings.into()))];
        let expression = [
            EmatchesAttr::Tree(&tree),
            EmatchesAttr::List(EmatchList::of(&made)),
        ];
        let settings = [BasicFilterAttr::Matches((&expression).into())];
        let settings = TrafficKindSettings::of("basic", &settings);
        let ours = NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings);
        bench.make(&ours.protocol(IPV4).priority(5))?;
        let all = GetFilters::of(bench.left, Handle::CLSACT_INGRESS);
        let mut read = Vec::new();
        for row in &bench.session.rows(&all)? {
            read.extend(matches_of(&GetFilters::row(row.get()))?);
        }
        let [one] = read.as_slice() else {
            return Err(format!("{read:?}").into());
        };
        for part in [name, "TCA_EM_IPT_HOOK: 0", "TCA_EM_IPT_NFPROTO: 2"] {
            assert!(one.contains(part), "{part}: {one}");
        }
        let all = bench.all();
        bench.delete(&all)?;
    }
    Ok(())
}

fn basic() -> Outcome {
    let mut bench = ingress()?;
    let basic = |settings| {
        NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings)
            .protocol(IPV4)
            .handle(Handle::from_bits(1))
    };
    let [first, second] =
        [TEN, Handle::new(1, 0x20)].map(|class| [BasicFilterAttr::Class(class.bits())]);
    let drop = [FilterAction::drop()];
    let rows = [
        (
            basic(TrafficKindSettings::of("basic", &first)),
            "ip handle 1 basic classid 1:10",
        ),
        (
            basic(TrafficKindSettings::of("basic", &second)),
            "ip handle 1 basic classid 1:20",
        ),
        (
            basic(TrafficKindSettings::new("basic").actions(TCA_BASIC_ACT, &drop)),
            "ip handle 1 basic action drop",
        ),
    ];
    bench.changed_filters(&rows)
}

fn cgroup() -> Outcome {
    let mut bench = ingress()?;
    let port = EmatchCompare::new(EmatchLayer::TRANSPORT, 2, 2, EmatchOperand::EQUAL, 22);
    let matches = [(header(EmatchFlags::empty()), Ematch::Compare(&port))];
    let tree = EmatchTree {
        count: 1.into(),
        ..EmatchTree::default()
    };
    let expression = [
        EmatchesAttr::Tree(&tree),
        EmatchesAttr::List(EmatchList::of(&matches)),
    ];
    let cgroup = [CgroupFilterAttr::Matches((&expression).into())];
    let flow = [
        FlowFilterAttr::Keys(FlowKeys::MARK),
        FlowFilterAttr::Mode(FlowMode::HASH),
        FlowFilterAttr::Divisor(64),
        FlowFilterAttr::BaseClass(Handle::new(1, 1).bits()),
        FlowFilterAttr::Matches((&expression).into()),
    ];
    let left = bench.left;
    let filter = |settings| {
        NewFilter::new(left, Handle::CLSACT_INGRESS, settings)
            .protocol(IPV4)
            .priority(5)
            .handle(Handle::from_bits(1))
    };
    // tc reads no expression of these kinds, but shows it.
    for settings in [
        TrafficKindSettings::of("cgroup", &cgroup),
        TrafficKindSettings::of("flow", &flow),
    ] {
        bench.make(&filter(settings))?;
        let shown = tc("-details filter show dev left ingress")?;
        assert!(shown.contains("cmp(u16 at 2 layer 2 eq 22)"), "{shown}");
        let all = bench.all();
        bench.delete(&all)?;
    }
    let drop = [FilterAction::drop()];
    let dropping = TrafficKindSettings::new("cgroup").actions(TCA_CGROUP_ACT, &drop);
    bench.filters(&[(filter(dropping), "ip handle 1 cgroup action drop")])
}
