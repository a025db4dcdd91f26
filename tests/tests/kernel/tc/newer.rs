//! Settings that `tc` of the test's machine may not know: made and read by us.

use super::bench::{Bench, INDEX, IPV4, ONE, tc};
use super::{root, test};
use nltests::{Missing, Outcome, Test};
use nlwire::route::{
    ActionParameters, ControlAction, DeleteAction, DualPi2Attr, DualPi2DropEarly, DualPi2Ecn,
    DualPi2Gso, DualPi2Overload, FilterAction, FlowerAttr, FlowerCfmAttr, FlowerKeyFlags, FqAttr,
    Handle, MirredAction, MirredAttr, MirredParameters, MqprioOptions, NetemAttr, NewAction,
    NewFilter, NewQdisc, Preemption, PrioOptions, SkbEditAttr, SkbEditFlags, TaprioAttr,
    TaprioClassAttr, TaprioCommand, TaprioEntriesAttr, TaprioEntryAttr, TrafficAttr,
    TrafficKindSettings,
};

pub(crate) const TESTS: &[Test] = &[
    test("tc::dualpi2", dualpi2),
    test("tc::fq_with_bands", fq_with_bands),
    test("tc::netem_with_seed", netem_with_seed),
    test("tc::taprio_with_sizes", taprio_with_sizes),
    test("tc::taprio_with_preemption", taprio_with_preemption),
    test("tc::flower_of_newer_kernels", flower_of_newer_kernels),
    root("tc::skbedit_by_hash", skbedit_by_hash),
    root("tc::mirred_to_a_block", mirred_to_a_block),
];

/// Fails unless all lines are in our tree. A kernel that does not know an attribute lets
/// it out.
fn has(seen: &str, lines: &[&str]) -> Outcome {
    for line in lines {
        if seen.lines().any(|shown| shown.trim() == *line) {
            continue;
        }
        let name = line.split(':').next().unwrap_or_default();
        if seen.contains(name) {
            return Err(format!("{line} is not in {seen}").into());
        }
        return Err(Missing(format!("kernel: {name}")).into());
    }
    Ok(())
}

fn dualpi2() -> Outcome {
    let mut bench = Bench::open()?;
    let settings = [
        DualPi2Attr::Limit(5000),
        DualPi2Attr::MemoryLimit(1 << 20),
        DualPi2Attr::Target(20_000),
        DualPi2Attr::Update(30_000),
        DualPi2Attr::Alpha(40),
        DualPi2Attr::Beta(800),
        DualPi2Attr::StepDelay(2000),
        DualPi2Attr::StepMinimum(2),
        DualPi2Attr::Coupling(3),
        DualPi2Attr::DropOverload(DualPi2Overload::OVERFLOW),
        DualPi2Attr::DropEarly(DualPi2DropEarly::ENQUEUE),
        DualPi2Attr::ClassicShare(20),
        DualPi2Attr::EcnMask(DualPi2Ecn::ANY),
        DualPi2Attr::SplitGso(DualPi2Gso::KEEP),
    ];
    let changed = [DualPi2Attr::StepPackets(7), DualPi2Attr::Limit(6000)];
    let dualpi2 = |settings| NewQdisc::new(bench.left, settings).handle(ONE);
    let made = dualpi2(TrafficKindSettings::of("dualpi2", &settings));
    let change = dualpi2(TrafficKindSettings::of("dualpi2", &changed)).change();
    bench.make(&made)?;
    has(
        &bench.tree_of_qdisc()?,
        &[
            "TCA_DUALPI2_LIMIT: 5000",
            "TCA_DUALPI2_MEMORY_LIMIT: 1048576",
            "TCA_DUALPI2_TARGET: 20000 us",
            "TCA_DUALPI2_TUPDATE: 30000 us",
            "TCA_DUALPI2_ALPHA: 40",
            "TCA_DUALPI2_BETA: 800",
            "TCA_DUALPI2_STEP_THRESH_US: 2000 us",
            "TCA_DUALPI2_MIN_QLEN_STEP: 2",
            "TCA_DUALPI2_COUPLING: 3",
            "TCA_DUALPI2_DROP_OVERLOAD: overflow",
            "TCA_DUALPI2_DROP_EARLY: drop-enqueue",
            "TCA_DUALPI2_C_PROTECTION: 20",
            "TCA_DUALPI2_ECN_MASK: any-ect",
            "TCA_DUALPI2_SPLIT_GSO: no-split-gso",
        ],
    )?;
    bench.make(&change)?;
    has(
        &bench.tree_of_qdisc()?,
        &["TCA_DUALPI2_LIMIT: 6000", "TCA_DUALPI2_STEP_THRESH_PKTS: 7"],
    )?;
    let shown = tc("-details qdisc show dev left root")?;
    assert!(shown.contains("dualpi2 1:"), "{shown}");
    let root = bench.root();
    bench.delete(&root)
}

fn fq_with_bands() -> Outcome {
    let mut bench = Bench::open()?;
    let map = PrioOptions {
        bands: 3.into(),
        map: [2, 1, 0, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
    };
    let weights = [500_000.into(), 200_000.into(), 65_536.into()];
    let settings = [
        FqAttr::Map(&map),
        FqAttr::Weights(&weights),
        FqAttr::OffloadHorizon(0),
    ];
    bench.make(&NewQdisc::fq(bench.left).settings(&settings).handle(ONE))?;
    has(
        &bench.tree_of_qdisc()?,
        &[
            "TCA_FQ_PRIOMAP: bands 3, map 02010002010200000101010101010101",
            "TCA_FQ_WEIGHTS: [500000, 200000, 65536]",
        ],
    )
}

fn netem_with_seed() -> Outcome {
    let mut bench = Bench::open()?;
    let seed = [NetemAttr::Seed(77)];
    bench.make(&NewQdisc::netem(bench.left).settings(&seed).handle(ONE))?;
    has(&bench.tree_of_qdisc()?, &["TCA_NETEM_PRNG_SEED: 77"])
}

fn taprio_with_sizes() -> Outcome {
    let class = [TaprioClassAttr::Index(0), TaprioClassAttr::MaxPacket(1000)];
    taprio(&class, "TCA_TAPRIO_TC_ENTRY_MAX_SDU: 1000")
}

fn taprio_with_preemption() -> Outcome {
    let class = [
        TaprioClassAttr::Index(0),
        TaprioClassAttr::Preemption(Preemption::EXPRESS),
    ];
    taprio(&class, "TCA_TAPRIO_TC_ENTRY_FP: E")
}

/// Creates a `taprio` with settings of its only traffic class.
fn taprio(class: &[TaprioClassAttr<'_>; 2], line: &str) -> Outcome {
    let mut bench = Bench::open()?;
    let mut options = MqprioOptions {
        classes: 1,
        ..MqprioOptions::default()
    };
    options.count[0] = 4.into();
    let entry = [
        TaprioEntryAttr::Command(TaprioCommand::SET_GATES),
        TaprioEntryAttr::Gates(1),
        TaprioEntryAttr::Interval(300_000),
    ];
    let entries = [TaprioEntriesAttr::Entry((&entry).into())];
    let settings = [
        TaprioAttr::Classes(&options),
        TaprioAttr::Clock(11),
        TaprioAttr::BaseTime(1000),
        TaprioAttr::Entries((&entries).into()),
        TaprioAttr::Class(class.into()),
    ];
    let settings = TrafficKindSettings::of("taprio", &settings);
    bench.make(&NewQdisc::new(bench.left, settings).handle(ONE))?;
    has(&bench.tree_of_qdisc()?, &[line])
}

fn flower_of_newer_kernels() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    bench.make(&NewQdisc::clsact(left))?;
    let level = [FlowerCfmAttr::Level(3), FlowerCfmAttr::Opcode(1)];
    let flower = |protocol, keys| {
        NewFilter::flower(left, Handle::CLSACT_INGRESS)
            .priority(5)
            .protocol(protocol)
            .keys(keys)
    };
    let spi = [
        FlowerAttr::IpProtocol(50),
        FlowerAttr::Spi(0x1234),
        FlowerAttr::SpiMask(u32::MAX),
    ];
    let cfm = [FlowerAttr::Cfm((&level).into())];
    let missed = [FlowerAttr::L2Miss(1)];
    let hash = [FlowerAttr::Hash(0xab), FlowerAttr::HashMask(0xff)];
    // Session of L2TPv3 over IP.
    let session = [
        FlowerAttr::IpProtocol(115),
        FlowerAttr::L2tpSession(0x4a9_0be5),
    ];
    let flags = FlowerKeyFlags::TUNNEL_CHECKSUM | FlowerKeyFlags::TUNNEL_OAM;
    let tunnel = [
        FlowerAttr::EncFlags(flags),
        FlowerAttr::EncFlagsMask(
            flags | FlowerKeyFlags::TUNNEL_DONT_FRAGMENT | FlowerKeyFlags::TUNNEL_CRITICAL,
        ),
    ];
    let all = bench.all();
    for (ours, lines) in [
        (
            flower(IPV4, &spi),
            &[
                "TCA_FLOWER_KEY_SPI: 4660",
                "TCA_FLOWER_KEY_SPI_MASK: 4294967295",
            ][..],
        ),
        (
            flower(0x8902, &cfm),
            &[
                "TCA_FLOWER_KEY_CFM_MD_LEVEL: 3",
                "TCA_FLOWER_KEY_CFM_OPCODE: 1",
            ],
        ),
        (flower(0x0003, &missed), &["TCA_FLOWER_L2_MISS: 1"]),
        (
            flower(IPV4, &hash),
            &[
                "TCA_FLOWER_KEY_HASH: 0xab",
                "TCA_FLOWER_KEY_HASH_MASK: 0xff",
            ],
        ),
        (
            flower(IPV4, &session),
            &[
                "TCA_FLOWER_KEY_IP_PROTO: 115",
                "TCA_FLOWER_KEY_L2TPV3_SID: 78187493",
            ],
        ),
        (
            flower(IPV4, &tunnel),
            &[
                "TCA_FLOWER_KEY_ENC_FLAGS: tuncsum,tunoam",
                "TCA_FLOWER_KEY_ENC_FLAGS_MASK: tuncsum,tundf,tunoam,tuncrit",
            ],
        ),
    ] {
        bench.make(&ours)?;
        has(&bench.tree_of_filters()?, lines)?;
        bench.delete(&all)?;
    }
    Ok(())
}

/// Creates a shared action, and looks for lines in our tree of it.
fn action(bench: &mut Bench, action: FilterAction<'_>, kind: &str, lines: &[&str]) -> Outcome {
    bench.make(&NewAction::new(action))?;
    has(&bench.tree_of_action(kind)?, lines)?;
    bench.delete(&DeleteAction::one(kind, INDEX))
}

fn skbedit_by_hash() -> Outcome {
    let general = general();
    let settings = [
        SkbEditAttr::Parameters(&general),
        SkbEditAttr::Queue(1),
        SkbEditAttr::QueueMax(3),
        SkbEditAttr::Flags(SkbEditFlags::QUEUE_BY_HASH),
    ];
    action(
        &mut Bench::open()?,
        FilterAction::of("skbedit", &settings),
        "skbedit",
        &[
            "TCA_SKBEDIT_QUEUE_MAPPING_MAX: 3",
            "TCA_SKBEDIT_FLAGS: skbhash",
        ],
    )
}

fn mirred_to_a_block() -> Outcome {
    let mut bench = Bench::open()?;
    let block = [TrafficAttr::EgressBlock(22)];
    bench.make(&NewQdisc::clsact(bench.right).with(&block))?;
    let parameters = MirredParameters {
        index: INDEX.into(),
        action: ControlAction::STOLEN.0.into(),
        direction: MirredAction::EGRESS_REDIR.0.into(),
        ..MirredParameters::default()
    };
    let settings = [MirredAttr::Parameters(&parameters), MirredAttr::Block(22)];
    let redirect = FilterAction::of("mirred", &settings);
    let made = action(&mut bench, redirect, "mirred", &["TCA_MIRRED_BLOCKID: 22"]);
    // An older kernel looks for the link alone.
    made.map_err(|error| match error.to_string() {
        text if text.contains("Specified device does not exist") => {
            Missing("kernel: TCA_MIRRED_BLOCKID".into()).into()
        }
        _ => error,
    })
}

fn general() -> ActionParameters {
    ActionParameters {
        index: INDEX.into(),
        action: ControlAction::PIPE.0.into(),
        ..ActionParameters::default()
    }
}
