//! Filters but `flower`.

use super::bench::{Bench, IPV4, Step, TEN};
use super::test;
use nltests::{Outcome, Test};
use nlwire::route::{
    BpfFilterAttr, BpfFilterFlags, FilterAction, FilterFlags, FlowFilterAttr, FlowKeys, FlowMode,
    Handle, MatchAllAttr, NewFilter, NewQdisc, RouteFilterAttr, TrafficKindSettings, U32FilterAttr,
    U32Flags, U32Handle, U32Key, U32Rule, U32Selector,
};

pub(crate) const TESTS: &[Test] = &[
    test("tc::filter_bpf", bpf),
    test("tc::filter_flow", flow),
    test("tc::filter_fw", fw),
    test("tc::filter_route", route),
    test("tc::filter_matchall", matchall),
    test("tc::filter_u32", u32_words),
    test("tc::filter_u32_tables", u32_tables),
];

/// `ret #0xffffffff`: a classic program that every packet passes.
const PASS: [u8; 8] = {
    let [low, high] = 6_u16.to_ne_bytes();
    [low, high, 0, 0, 0xff, 0xff, 0xff, 0xff]
};

/// A place for filters of packets that arrive.
fn ingress() -> Result<Bench, Box<dyn std::error::Error>> {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::clsact(bench.left))?;
    Ok(bench)
}

fn bpf() -> Outcome {
    let mut bench = ingress()?;
    let first = [
        BpfFilterAttr::Class(TEN.bits()),
        BpfFilterAttr::Length(1),
        BpfFilterAttr::Instructions(&PASS),
    ];
    let second = [
        BpfFilterAttr::Flags(BpfFilterFlags::DIRECT_ACTION),
        BpfFilterAttr::Place(FilterFlags::SKIP_HW),
        BpfFilterAttr::Length(1),
        BpfFilterAttr::Instructions(&PASS),
    ];
    let bpf = |settings| {
        NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings).handle(Handle::from_bits(1))
    };
    let rows = [
        (
            bpf(TrafficKindSettings::of("bpf", &first)),
            "all handle 1 bpf bytecode \"1,6 0 0 4294967295\" flowid 1:10",
        ),
        (
            bpf(TrafficKindSettings::of("bpf", &second)),
            "all handle 1 bpf bytecode \"1,6 0 0 4294967295\" direct-action skip_hw",
        ),
    ];
    bench.filters(&rows)
}

fn flow() -> Outcome {
    let mut bench = ingress()?;
    let first = [
        FlowFilterAttr::Keys(FlowKeys::MARK | FlowKeys::DESTINATION_PORT),
        FlowFilterAttr::Mode(FlowMode::HASH),
        FlowFilterAttr::BaseClass(Handle::new(1, 1).bits()),
        FlowFilterAttr::Divisor(1024),
        FlowFilterAttr::Perturb(10),
    ];
    let second = [
        FlowFilterAttr::Keys(FlowKeys::MARK),
        FlowFilterAttr::Mode(FlowMode::MAP),
        FlowFilterAttr::Mask(0xff),
        FlowFilterAttr::Xor(0),
        FlowFilterAttr::Shift(2),
        FlowFilterAttr::Addend(5),
        FlowFilterAttr::BaseClass(Handle::new(1, 1).bits()),
    ];
    let flow = |settings| {
        NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings)
            .protocol(IPV4)
            .handle(Handle::from_bits(1))
    };
    let rows = [
        (
            flow(TrafficKindSettings::of("flow", &first)),
            "ip handle 1 flow hash keys mark,proto-dst baseclass 1:1 divisor 1024 perturb 10",
        ),
        (
            flow(TrafficKindSettings::of("flow", &second)),
            "ip handle 1 flow map key mark and 0xff rshift 2 addend 5 baseclass 1:1",
        ),
    ];
    bench.filters(&rows)
}

fn fw() -> Outcome {
    let mut bench = ingress()?;
    let fw = |mark| NewFilter::fw(bench.left, Handle::CLSACT_INGRESS, mark).protocol(IPV4);
    let rows = [
        (fw(0x17).class(TEN), "ip handle 0x17 fw classid 1:10"),
        (
            fw(0x17).action(FilterAction::drop()),
            "ip handle 0x17 fw action drop",
        ),
    ];
    bench.changed_filters(&rows)?;
    let masked = NewFilter::fw(bench.left, Handle::CLSACT_INGRESS, 0x17)
        .protocol(IPV4)
        .mask(0xff)
        .class(TEN);
    bench.filters(&[(masked, "ip handle 0x17/0xff fw classid 1:10")])
}

fn route() -> Outcome {
    let mut bench = ingress()?;
    let link = bench.right;
    let first = [RouteFilterAttr::Class(TEN.bits()), RouteFilterAttr::To(5)];
    let second = [
        RouteFilterAttr::Class(TEN.bits()),
        RouteFilterAttr::From(7),
        RouteFilterAttr::To(6),
    ];
    let third = [
        RouteFilterAttr::Class(TEN.bits()),
        RouteFilterAttr::InputLink(link.into()),
    ];
    // The handle holds both realms; without a source 0xffff, without a destination
    // 0x8000, and a link has the highest bit.
    let route = |handle, settings| {
        NewFilter::new(bench.left, Handle::CLSACT_INGRESS, settings)
            .protocol(IPV4)
            .handle(Handle::from_bits(handle))
    };
    let of_link = 0x8000_8000 | link << 16;
    let words = format!("ip handle {of_link:#x} route fromif right classid 1:10");
    let rows = [
        (
            route(0xffff_0005, TrafficKindSettings::of("route", &first)),
            "ip handle 0xffff0005 route to 5 classid 1:10",
        ),
        (
            route(0x0007_0006, TrafficKindSettings::of("route", &second)),
            "ip handle 0x70006 route from 7 to 6 classid 1:10",
        ),
        (
            route(of_link, TrafficKindSettings::of("route", &third)),
            words.as_str(),
        ),
    ];
    bench.filters(&rows)
}

fn matchall() -> Outcome {
    let mut bench = ingress()?;
    let matchall =
        || NewFilter::matchall(bench.left, Handle::CLSACT_INGRESS).handle(Handle::from_bits(1));
    let rows = [
        (matchall().class(TEN), "all handle 1 matchall classid 1:10"),
        (
            matchall()
                .flags(FilterFlags::SKIP_HW)
                .action(FilterAction::drop()),
            "all handle 1 matchall skip_hw action drop",
        ),
    ];
    bench.filters(&rows)?;
    let left = bench.left;
    let by_attributes = [MatchAllAttr::Class(TEN.bits())];
    let settings = TrafficKindSettings::of("matchall", &by_attributes);
    let ours = NewFilter::new(left, Handle::CLSACT_INGRESS, settings);
    bench.filters(&[(
        ours.handle(Handle::from_bits(2)),
        "all handle 2 matchall classid 1:10",
    )])
}

fn u32_words() -> Outcome {
    let mut bench = ingress()?;
    let prefix = |text: &str| text.parse::<nlwire::Prefix>().unwrap();
    let (left, right) = (bench.left, bench.right);
    let v4 = || NewFilter::u32_v4(left, Handle::CLSACT_INGRESS);
    let next = [U32Key {
        mask: 0xffff_u32.into(),
        value: 0x16_u32.into(),
        offset: 0.into(),
        offset_mask: (-1).into(),
    }];
    let rows = [
        (
            v4().source(prefix("192.0.2.0/24"))
                .destination(prefix("198.51.100.1"))
                .ip_protocol(6)
                .destination_port(22)
                .class(TEN),
            "ip u32 match ip src 192.0.2.0/24 match ip dst 198.51.100.1/32 match ip protocol 6 0xff \
             match ip dport 22 0xffff classid 1:10",
        ),
        (
            v4().keys(&next).class(TEN).flags(FilterFlags::SKIP_HW),
            "ip u32 match tcp dst 22 0xffff skip_hw classid 1:10",
        ),
        (
            v4().key(0, 0, 0).action(FilterAction::redirect(right)),
            "ip u32 match u32 0 0 action mirred egress redirect dev right",
        ),
    ];
    bench.filters(&rows)
}

/// Hash tables, and offsets of the next header.
fn u32_tables() -> Outcome {
    let mut bench = ingress()?;
    let left = bench.left;
    let u32_filter = |handle: U32Handle, settings| {
        NewFilter::new(left, Handle::CLSACT_INGRESS, settings)
            .protocol(IPV4)
            .handle(handle)
    };
    let table = [U32FilterAttr::Divisor(256)];
    let table = u32_filter(
        U32Handle::new(2, 0, 0),
        TrafficKindSettings::of("u32", &table),
    );
    bench.filters(&[(table, "ip handle 2: u32 divisor 256")])?;
    let rule = U32Rule {
        flags: (U32Flags::VAROFFSET | U32Flags::EAT).bits(),
        offset_shift: 6,
        offset_mask: 0x0f00_u16.into(),
        hash_position: 12.into(),
        hash_mask: 0x00ff_0000_u32.into(),
        ..U32Rule::default()
    };
    let keys = [U32Key::default()];
    let (rule, keys) = (&rule, &keys);
    let link = [
        U32FilterAttr::HashTable(Handle::from(U32Handle::new(0x800, 0, 0)).bits()),
        U32FilterAttr::Link(Handle::from(U32Handle::new(2, 0, 0)).bits()),
        U32FilterAttr::InputDevice("right".into()),
        U32FilterAttr::Selector(U32Selector { rule, keys }),
    ];
    let link = u32_filter(
        U32Handle::new(0x800, 0, 0x800),
        TrafficKindSettings::of("u32", &link),
    );
    let add = "filter add dev left ingress prio 5 protocol ip handle";
    let link_words = "800::800 u32 ht 800: link 2: match u32 0 0 offset at 0 mask 0f00 shift 6 eat \
                      hashkey mask 0x00ff0000 at 12 indev right";
    let steps: [Step<'_>; 2] = [
        (&table.priority(5), format!("{add} 2: u32 divisor 256")),
        (&link.priority(5), format!("{add} {link_words}")),
    ];
    let all = bench.all();
    bench.compare(&steps, Bench::filter, &all)
}
