//! Places of filters: `ingress`, `clsact`, chains, shared blocks; and what disciplines of
//! any kind have.

use super::bench::{Bench, TEN, tc};
use super::test;
use nltests::{Outcome, Test};
use nlwire::Query as _;
use nlwire::route::{
    DeleteChain, DeleteFilter, DeleteQdisc, GetChains, GetFilters, Handle, NewChain, NewFilter,
    NewQdisc, RateEstimator, SizeSpec, SizeTableAttr, TrafficAttr, TrafficLinkLayer,
};

pub(crate) const TESTS: &[Test] = &[
    test("tc::ingress", ingress),
    test("tc::blocks", blocks),
    test("tc::chains", chains),
    test("tc::size_tables", size_tables),
    test("tc::estimators", estimators),
];

fn ingress() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    let delete = DeleteQdisc::ingress(left);
    bench.places(&[(NewQdisc::ingress(left), "ingress")], &delete)?;
    bench.places(&[(NewQdisc::clsact(left), "clsact")], &delete)
}

fn blocks() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    let delete = DeleteQdisc::ingress(left);
    let (received, sent) = (TrafficAttr::IngressBlock(22), TrafficAttr::EgressBlock(23));
    let (one, both) = ([received], [received, sent]);
    bench.places(
        &[(
            NewQdisc::ingress(left).with(&one),
            "ingress_block 22 ingress",
        )],
        &delete,
    )?;
    let clsact = NewQdisc::clsact(left).with(&both);
    let words = "ingress_block 22 egress_block 23 clsact";
    bench.places(&[(clsact, words)], &delete)?;
    // Filters of a block, and its chains.
    bench.make(&clsact)?;
    let filter = NewFilter::u32_v4(0, Handle::UNSPEC)
        .block(22)
        .priority(5)
        .key(0, 0, 0)
        .class(TEN);
    bench.compare(
        &[(
            &filter,
            "filter add block 22 protocol ip prio 5 u32 match u32 0 0 classid 1:10".into(),
        )],
        Bench::block,
        &DeleteFilter::of_block(22),
    )?;
    bench.compare(
        &[(
            &NewChain::of_block(22, 3),
            "chain add block 22 chain 3".into(),
        )],
        Bench::block_chains,
        &DeleteChain::of_block(22, 3),
    )?;
    let one = filter.chain(4);
    bench.make(&one)?;
    bench.delete(&DeleteFilter::of_block(22).chain(4))?;
    let left = bench.session.rows(&GetFilters::of_block(22))?;
    assert!(left.is_empty(), "{}", left.len());
    Ok(())
}

fn chains() -> Outcome {
    let mut bench = Bench::open()?;
    let (left, place) = (bench.left, Handle::CLSACT_INGRESS);
    bench.make(&NewQdisc::clsact(left))?;
    bench.compare(
        &[(
            &NewChain::of(left, place, 3),
            "chain add dev left ingress chain 3".into(),
        )],
        Bench::chains,
        &DeleteChain::of(left, place, 3),
    )?;
    // One that comes with its filter, and goes with it.
    let filter = NewFilter::u32_v4(left, place)
        .priority(5)
        .chain(7)
        .key(0, 0, 0)
        .class(TEN);
    bench.compare(
        &[(
            &filter,
            "filter add dev left ingress protocol ip chain 7 prio 5 u32 match u32 0 0 \
             classid 1:10"
                .into(),
        )],
        Bench::chains,
        &DeleteFilter::all(left, place).chain(7),
    )?;
    let chains = GetChains::of(left, place);
    assert!(bench.session.rows(&chains)?.is_empty());
    tc("chain add dev left ingress chain 9")?;
    let rows = bench.session.rows(&chains)?;
    let numbers: Vec<_> = rows
        .iter()
        .map(|row| GetChains::row(row.get()).chain().unwrap())
        .collect();
    assert_eq!(numbers, [Some(9)]);
    bench.delete(&DeleteChain::of(left, place, 9))?;
    assert!(bench.session.rows(&chains)?.is_empty());
    Ok(())
}

fn size_tables() -> Outcome {
    let mut bench = Bench::open()?;
    let (mut atm_table, mut long_table) = ([0_u16.into(); 512], [0_u16.into(); 256]);
    let overhead = SizeSpec {
        overhead: 18.into(),
        link_layer: u32::from(TrafficLinkLayer::ETHERNET.0).into(),
        ..SizeSpec::default()
    };
    let atm = SizeSpec {
        overhead: (-10).into(),
        link_layer: u32::from(TrafficLinkLayer::ATM.0).into(),
        ..SizeSpec::default()
    };
    let atm = atm.table(2047, &mut atm_table);
    let long = SizeSpec {
        minimum: 64.into(),
        link_layer: u32::from(TrafficLinkLayer::ETHERNET.0).into(),
        ..SizeSpec::default()
    };
    let long = long.table(9000, &mut long_table);
    let first = [SizeTableAttr::Base(&overhead)];
    let second = [SizeTableAttr::Base(&atm), SizeTableAttr::Data(&atm_table)];
    let third = [SizeTableAttr::Base(&long), SizeTableAttr::Data(&long_table)];
    let [first, second, third] = [
        [TrafficAttr::SizeTable((&first).into())],
        [TrafficAttr::SizeTable((&second).into())],
        [TrafficAttr::SizeTable((&third).into())],
    ];
    let left = bench.left;
    let fifo = || NewQdisc::pfifo(left, 100);
    bench.qdiscs(&[
        (
            fifo().with(&first),
            "stab overhead 18 linklayer ethernet pfifo limit 100",
        ),
        (
            fifo().with(&second),
            "stab overhead -10 linklayer atm pfifo limit 100",
        ),
        (
            fifo().with(&third),
            "stab mpu 64 mtu 9000 tsize 256 linklayer ethernet pfifo limit 100",
        ),
    ])
}

fn estimators() -> Outcome {
    let mut bench = Bench::open()?;
    let estimator = RateEstimator {
        interval: 0,
        ewma_log: 3,
    };
    let left = bench.left;
    let rate = [TrafficAttr::Rate(&estimator)];
    bench.qdiscs(&[(
        NewQdisc::pfifo(left, 100).with(&rate),
        "estimator 1sec 8sec pfifo limit 100",
    )])
}
