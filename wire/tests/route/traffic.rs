//! Queueing disciplines, classes and filters.

use super::*;

const ONE: Handle = Handle::new(1, 0);
const TEN: Handle = Handle::new(1, 0x10);

fn row(bytes: &[u8]) -> TrafficRow<'_> {
    Row::of(message(bytes))
}

#[test]
fn an_htb_and_its_class_read_as_they_were_written() {
    let htb = NewQdisc::htb(7).handle(ONE).default_class(0x10);
    let sent = bytes(&htb);
    let qdisc = row(&sent);
    assert_eq!(
        (qdisc.link().get(), qdisc.handle(), qdisc.parent()),
        (7, ONE, Handle::ROOT)
    );
    assert_eq!(qdisc.kind(), Ok(Some("htb")));
    let Some(TrafficOptions::Htb(options)) = qdisc.options().unwrap() else {
        panic!("{:?}", qdisc.options());
    };
    let global = fields!(options => Htb { global }).unwrap().global.unwrap();
    assert_eq!(
        (global.version.get(), global.default_class.get()),
        (3, 0x10)
    );
    assert_eq!(Object(&htb, 0).to_string(), "qdisc htb at root of link 7");
    assert!(
        htb.if_absent().forgives().contains(&Errno::EEXIST)
            && !htb.forgives().contains(&Errno::EEXIST)
    );

    let class = NewClass::htb(7, TEN, Rate::mbit(10))
        .ceil(Rate::gbit(80))
        .priority(3);
    let sent = bytes(&class);
    let found = row(&sent);
    assert_eq!((found.handle(), found.parent()), (TEN, ONE));
    assert_eq!(found.rate(), Ok(Some(Rate::mbit(10))));
    assert_eq!(found.ceil(), Ok(Some(Rate::gbit(80))));
    assert_eq!(Object(&class, 0).to_string(), "class 1:10 of link 7");
    let Some(TrafficOptions::Htb(options)) = found.options().unwrap() else {
        panic!("{:?}", found.options());
    };
    let htb = fields!(options => Htb { class, rate64, ceil64 }).unwrap();
    assert_eq!((htb.rate64, htb.ceil64), (None, Some(10_000_000_000)));
    let class = htb.class.unwrap();
    // 1600 bytes, and 1610 at the ceiling, which sends 10 in a nanosecond.
    assert_eq!((class.buffer.get(), class.cbuffer.get()), (20_000, 3));
    assert_eq!((class.ceil.rate.get(), class.prio.get()), (u32::MAX, 3));
    assert_eq!(class.rate.link_layer, 1);
}

#[test]
fn a_tbf_limits_bytes_or_time() {
    let tbf = || NewQdisc::tbf(7, Rate::mbit(10), 20_000);
    let parameters = |request: &dyn Request| {
        let sent = bytes(request);
        let Some(TrafficOptions::Tbf(options)) = row(&sent).options().unwrap() else {
            panic!("no tbf");
        };
        let tbf = fields!(options => Tbf { parameters, burst, peak_burst }).unwrap();
        (*tbf.parameters.unwrap(), tbf.burst, tbf.peak_burst)
    };
    let (found, burst, peak) = parameters(&tbf().limit(10_000));
    assert_eq!((found.limit.get(), found.buffer.get()), (10_000, 250_000));
    assert_eq!((burst, peak, found.mtu.get()), (Some(20_000), None, 0));
    let (found, ..) = parameters(&tbf().latency(Duration::from_millis(70)));
    assert_eq!(found.limit.get(), 1_250_000 * 70 / 1000 + 20_000);
    let limited = tbf()
        .latency(Duration::from_millis(70))
        .peak(Rate::mbit(8), 1540);
    let (found, _, peak) = parameters(&limited);
    assert_eq!(
        (found.limit.get(), peak),
        (1_000_000 * 70 / 1000 + 1540, Some(1540))
    );
    assert_eq!(found.peak_rate.rate.get(), 1_000_000);
}

#[test]
fn settings_of_other_kinds_are_bytes() {
    let sent = bytes(
        &NewQdisc::new(7, "netem")
            .parent(TEN)
            .options_bytes(&[1, 2, 3, 4]),
    );
    assert_eq!(
        (row(&sent).kind(), row(&sent).parent()),
        (Ok(Some("netem")), TEN)
    );
    let options = attributes(&sent, 20).require(TCA_OPTIONS).unwrap();
    assert_eq!(options.bytes(), [1, 2, 3, 4]);
    let sent = bytes(&NewQdisc::pfifo(7, 100));
    let options = attributes(&sent, 20).require(TCA_OPTIONS).unwrap();
    assert_eq!(options.u32(), Ok(100));
    let sent = bytes(&NewQdisc::clsact(7));
    assert_eq!(
        (row(&sent).handle(), row(&sent).parent()),
        (Handle::new(0xffff, 0), Handle::INGRESS)
    );
    assert_eq!(kinds(attributes(&sent, 20)), [TCA_KIND]);
    let codel = NewQdisc::fq_codel(7)
        .target(Duration::from_millis(5))
        .ecn(true)
        .limit(100);
    let sent = bytes(&codel.settings(&[FqCodelAttr::Quantum(300)]));
    let Some(TrafficOptions::FqCodel(options)) = row(&sent).options().unwrap() else {
        panic!("no fq_codel");
    };
    let found = fields!(options => FqCodel { target, ecn, limit, quantum, flows }).unwrap();
    assert_eq!(
        (found.target, found.ecn, found.limit),
        (Some(5000), Some(1), Some(100))
    );
    assert_eq!((found.quantum, found.flows), (Some(300), None));
}

#[test]
fn flags_say_what_becomes_of_what_is_there() {
    let none = NewFlags::empty();
    let flags = |request: &dyn Request| message(&bytes(request)).flags();
    let of = |flags: NewFlags| Flags::empty() | flags;
    let qdisc = NewQdisc::new(7, "x");
    assert_eq!(flags(&qdisc), of(NewFlags::CREATE | NewFlags::EXCL));
    assert_eq!(
        flags(&qdisc.replace()),
        of(NewFlags::CREATE | NewFlags::REPLACE)
    );
    assert_eq!(flags(&qdisc.change()), of(none));
    assert_eq!(flags(&qdisc.graft()), of(NewFlags::REPLACE));
    let class = NewClass::new(7, TEN, "x");
    assert_eq!(flags(&class.replace()), of(NewFlags::CREATE));
    let filter = NewFilter::new(7, ONE, "x");
    assert_eq!(flags(&filter.replace()), of(NewFlags::CREATE));
    assert_eq!(flags(&filter.change()), of(none));
}

#[test]
fn a_u32_filter_compares_words() {
    let second = [FilterAction::new("vlan").index(9)];
    let request = NewFilter::u32_v4(7, ONE)
        .priority(5)
        .source(prefix("192.0.2.77"))
        .destination(prefix("198.51.100.0/24"))
        .ip_protocol(6)
        .source_port(80)
        .destination_port(22)
        .class(TEN)
        .action(FilterAction::mirror(8))
        .actions(&second)
        .chain(3);
    let sent = bytes(&request);
    let filter = row(&sent);
    assert_eq!(
        (filter.priority(), filter.protocol(), filter.chain()),
        (5, 0x0800, Ok(Some(3)))
    );
    let Some(TrafficOptions::U32(options)) = filter.options().unwrap() else {
        panic!("no u32");
    };
    let u32_filter = fields!(options => U32Filter { selector, class, actions }).unwrap();
    let selector = u32_filter.selector.unwrap();
    let keys: Vec<_> = selector
        .keys
        .iter()
        .map(|key| (key.value.get(), key.mask.get(), key.offset.get()))
        .collect();
    assert_eq!(
        keys,
        [
            (0xc000_024d, 0xffff_ffff, 12),
            (0xc633_6400, 0xffff_ff00, 16),
            (0x0006_0000, 0x00ff_0000, 8),
            // Both ports are one word.
            (0x0050_0016, 0xffff_ffff, 20),
        ]
    );
    assert_eq!(u32_filter.class, Some(TEN.bits()));
    let actions = u32_filter.actions.unwrap().iter().map(|item| item.unwrap());
    let actions: Vec<_> = actions
        .map(|(number, action)| {
            let action = fields!(action => Action { kind, index }).unwrap();
            (number, action.kind.unwrap().to_owned(), action.index)
        })
        .collect();
    assert_eq!(
        actions,
        [
            (1, "mirred".to_owned(), None),
            (2, "vlan".to_owned(), Some(9))
        ]
    );

    // Words that contradict each other stay, and so nothing matches.
    let never = NewFilter::u32_v4(7, ONE).ip_protocol(6).ip_protocol(17);
    let sent = bytes(&never);
    let Some(TrafficOptions::U32(options)) = row(&sent).options().unwrap() else {
        panic!("no u32");
    };
    let selector = fields!(options => U32Filter { selector })
        .unwrap()
        .selector
        .unwrap();
    assert_eq!(selector.keys.len(), 2);
    let mut many = NewFilter::u32(7, ONE);
    for offset in 0..13 {
        many = many.key(1, 1, 4 * offset);
    }
    let error = EncodeError::TooMany {
        attribute: TCA_U32_SEL,
        limit: 12,
        count: 13,
    };
    assert_eq!(refusal(&many), error);
}

#[test]
fn ipv6_words_are_where_the_prefix_reaches() {
    let request = NewFilter::u32_v6(7, ONE)
        .destination(prefix("2001:db8::/33"))
        .ip_protocol(17);
    let sent = bytes(&request);
    let Some(TrafficOptions::U32(options)) = row(&sent).options().unwrap() else {
        panic!("no u32");
    };
    let selector = fields!(options => U32Filter { selector })
        .unwrap()
        .selector
        .unwrap();
    let keys = selector.keys.iter();
    let keys: Vec<_> = keys
        .map(|key| (key.value.get(), key.mask.get(), key.offset.get()))
        .collect();
    let expected = [
        (0x2001_0db8, 0xffff_ffff, 24),
        (0, 0x8000_0000, 28),
        (0x0000_1100, 0x0000_ff00, 4),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn deletions_name_the_whole_object() {
    let new = NewFilter::u32_v4(7, ONE)
        .priority(5)
        .chain(3)
        .handle(U32Handle::new(0x800, 0, 1));
    let sent = bytes(&new);
    // The kernel reads the protocol in network order.
    let info = 5 << 16 | u32::from(0x0800_u16.to_be());
    assert_eq!(row(&sent).header.info.get(), info);
    let deletion = DeleteFilter::of_row(&row(&sent)).unwrap();
    let gone = bytes(&deletion);
    assert_eq!(row(&gone).header, row(&sent).header);
    assert_eq!(kinds(attributes(&gone, 20)), [TCA_KIND, TCA_CHAIN]);
    assert_eq!(Object(&deletion, 0).to_string(), "filter at 1: of link 7");
    assert!(
        deletion.if_there().forgives().contains(&Errno::ENOENT)
            && !deletion.forgives().contains(&Errno::ENOENT)
    );
    let one = DeleteFilter::one(7, ONE, "u32", 5, U32Handle::new(0x800, 0, 1));
    assert_eq!(bytes(&one.protocol(0x0800).chain(3)), gone);

    let new = NewQdisc::htb(7).handle(ONE);
    let sent = bytes(&new);
    let deletion = DeleteQdisc::of_row(&row(&sent)).unwrap();
    assert_eq!(row(&bytes(&deletion)).header, row(&sent).header);
    assert_eq!(kinds(attributes(&bytes(&deletion), 20)), [TCA_KIND]);
    assert!(deletion.if_there().forgives().contains(&Errno::EINVAL));
    assert!(
        !DeleteQdisc::root(7)
            .if_there()
            .forgives()
            .contains(&Errno::EINVAL)
    );
    let class = DeleteClass::by_handle(7, TEN);
    assert_eq!(row(&bytes(&class)).handle(), TEN);
    assert!(class.if_there().forgives().contains(&Errno::ENOENT));
}

#[test]
fn lists_compare_conditions_that_the_kernel_ignores() {
    let sent = bytes(&NewQdisc::htb(7).handle(ONE));
    let is_listed = |query: GetQdiscs<'_>| query.matches(message(&sent)).unwrap();
    assert!(is_listed(GetQdiscs::all()) && is_listed(GetQdiscs::all().link(7).kind("htb")));
    assert!(!is_listed(GetQdiscs::all().link(8)) && !is_listed(GetQdiscs::all().kind("tbf")));
    let sent = bytes(&NewClass::htb(7, TEN, Rate::mbit(1)));
    let is_listed = |query: GetClasses| query.matches(message(&sent)).unwrap();
    assert!(is_listed(GetClasses::of(7).discipline(TEN).parent(ONE)));
    assert!(!is_listed(GetClasses::of(7).discipline(Handle::new(2, 0))));
    assert!(!is_listed(GetClasses::of(7).parent(Handle::ROOT)));
    let sent = bytes(&GetClasses::of(7).parent(TEN).discipline(TEN));
    assert_eq!(row(&sent).parent(), ONE);
    let sent = bytes(&NewFilter::u32_v4(7, ONE).priority(5).chain(3));
    let is_listed = |query: GetFilters<'_>| query.matches(message(&sent)).unwrap();
    let all = GetFilters::of(7, ONE);
    assert!(is_listed(all) && is_listed(all.priority(5).protocol(0x0800).chain(3).kind("u32")));
    assert!(!is_listed(all.priority(6)) && !is_listed(all.protocol(3)));
    assert!(!is_listed(all.chain(0)) && !is_listed(all.kind("bpf")));
    assert!(!is_listed(GetFilters::of(7, TEN)) && !is_listed(GetFilters::of(8, ONE)));
    let sent = bytes(&all.terse().chain(3));
    assert_eq!(kinds(attributes(&sent, 20)), [TCA_CHAIN, TCA_DUMP_FLAGS]);
    let one = GetFilter::one(7, ONE, "u32", 5, U32Handle::new(0x800, 0, 1)).protocol(0x0800);
    let sent = bytes(&one);
    assert_eq!((row(&sent).priority(), row(&sent).protocol()), (5, 0x0800));
    assert_eq!(message(&sent).flags(), Flags::ECHO);
}

/// Children are numbered by 16 bits, and a buffer may have room for more.
#[test]
fn more_children_than_a_nest_has_room_for_are_refused() {
    let targets = vec![std::net::Ipv4Addr::LOCALHOST; 70_000];
    let actions = vec![FilterAction::drop(); 70_000];
    let bond = NewLink::bond("bond0").arp(100, &targets);
    let filter = NewFilter::matchall(7, ONE).actions(&actions);
    let mut buffer = vec![0; 1 << 24];
    let requests: [&dyn Request; 2] = [&bond, &filter];
    for request in requests {
        let part = Part::write(request, 0, &mut buffer, 0, Stamp::default(), false);
        assert!(matches!(part, Err(EncodeError::TooLong { .. })), "{part:?}");
    }
}
