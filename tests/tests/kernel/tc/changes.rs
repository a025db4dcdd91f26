//! Actions that change packets, each shared with a number.

use super::actions::{PIPE, general};
use super::bench::{Bench, INDEX, TEN};
use super::root;
use nltests::{Missing, Outcome, Test};
use nlwire::route::{
    ChecksumAttr, ChecksumParameters, Checksums, FilterAction, IfeAttr, IfeMetadataAttr,
    IfeOperation, IfeParameters, MplsActionAttr, MplsOperation, MplsParameters, PeditAttr,
    PeditCommand, PeditHeader, PeditKey, PeditKeyTypeAttr, PeditParameters, PeditSelector,
    SkbEditAttr, SkbEditFlags, SkbEditSettings, SkbModAttr, SkbModFlags, SkbModParameters,
    TunnelKeyAttr, TunnelKeyGeneveAttr, TunnelKeyOperation, TunnelKeyOptionsAttr,
    TunnelKeyParameters, TunnelKeySettings, VlanActionAttr, VlanOperation, VlanParameters,
    VlanTagSettings,
};
use std::net::{IpAddr, Ipv4Addr};

pub(crate) const TESTS: &[Test] = &[
    root("tc::action_csum", csum),
    root("tc::action_ife", ife),
    root("tc::action_mpls", mpls),
    root("tc::action_pedit", pedit),
    root("tc::action_skbedit", skbedit),
    root("tc::action_skbmod", skbmod),
    root("tc::action_skbmod_with_ecn", skbmod_with_ecn),
    root("tc::action_tunnel_key", tunnel_key),
    root("tc::action_vlan", vlan),
];

/// Each checksum that the kernel knows.
const EVERY: Checksums = Checksums::IPV4
    .union(Checksums::ICMP)
    .union(Checksums::IGMP)
    .union(Checksums::TCP)
    .union(Checksums::UDP)
    .union(Checksums::UDP_LITE)
    .union(Checksums::SCTP);

fn csum() -> Outcome {
    let parameters = |checksums: Checksums| ChecksumParameters {
        general: general(PIPE),
        checksums: checksums.bits().into(),
    };
    let [first, second] = [
        parameters(Checksums::IPV4 | Checksums::TCP),
        parameters(EVERY),
    ];
    let [first, second] = [&first, &second].map(|one| [ChecksumAttr::Parameters(one)]);
    Bench::open()?.actions(
        "csum",
        &[
            (FilterAction::of("csum", &first), "iph and tcp pipe"),
            (
                FilterAction::of("csum", &second),
                "iph and icmp and igmp and tcp and udp and udplite and sctp pipe",
            ),
        ],
    )
}

fn ife() -> Outcome {
    let parameters = |operation: IfeOperation| IfeParameters {
        general: general(PIPE),
        operation: operation.0.into(),
        ..IfeParameters::default()
    };
    let (encode, decode) = (
        parameters(IfeOperation::ENCODE),
        parameters(IfeOperation::DECODE),
    );
    let mark = [17.into()];
    let metadata = [IfeMetadataAttr::Mark(&mark), IfeMetadataAttr::Priority(&[])];
    let first = [
        IfeAttr::Parameters(&encode),
        IfeAttr::Destination(&[2, 0, 0, 0, 0, 1]),
        IfeAttr::Source(&[2, 0, 0, 0, 0, 2]),
        IfeAttr::EthType(0xfefe),
        IfeAttr::Metadata((&metadata).into()),
    ];
    let second = [IfeAttr::Parameters(&decode)];
    Bench::open()?.actions(
        "ife",
        &[
            (
                FilterAction::of("ife", &first),
                "encode use mark 17 allow prio type 0xfefe dst 02:00:00:00:00:01 \
                 src 02:00:00:00:00:02 pipe",
            ),
            (FilterAction::of("ife", &second), "decode pipe"),
        ],
    )
}

fn mpls() -> Outcome {
    let parameters = |operation: MplsOperation| MplsParameters {
        general: general(PIPE),
        operation: operation.0.into(),
    };
    let [push, modify, pop, dec] = [
        MplsOperation::PUSH,
        MplsOperation::MODIFY,
        MplsOperation::POP,
        MplsOperation::DEC_TTL,
    ]
    .map(parameters);
    let push = [
        MplsActionAttr::Parameters(&push),
        MplsActionAttr::Protocol(0x8847),
        MplsActionAttr::Label(1000),
        MplsActionAttr::Class(3),
        MplsActionAttr::Ttl(64),
        MplsActionAttr::Bottom(1),
    ];
    let modify = [
        MplsActionAttr::Parameters(&modify),
        MplsActionAttr::Label(1001),
    ];
    let pop = [
        MplsActionAttr::Parameters(&pop),
        MplsActionAttr::Protocol(0x0800),
    ];
    let dec = [MplsActionAttr::Parameters(&dec)];
    Bench::open()?.actions(
        "mpls",
        &[
            (
                FilterAction::of("mpls", &push),
                "push protocol mpls_uc label 1000 tc 3 ttl 64 bos 1 pipe",
            ),
            (FilterAction::of("mpls", &modify), "modify label 1001 pipe"),
            (FilterAction::of("mpls", &pop), "pop protocol ip pipe"),
            (FilterAction::of("mpls", &dec), "dec_ttl pipe"),
        ],
    )
}

fn pedit() -> Outcome {
    // The TTL of IPv4 becomes 64.
    let ttl = [PeditKey {
        mask: [0x00, 0xff, 0xff, 0xff],
        value: [64, 0, 0, 0],
        offset: 8.into(),
        ..PeditKey::default()
    }];
    let parameters = PeditParameters {
        general: general(PIPE),
        ..PeditParameters::default()
    };
    // The first 16 bits of the UDP header, and 1 less than the TTL.
    let keys = [
        PeditKey {
            mask: [0x00, 0x00, 0xff, 0xff],
            value: [0x00, 0x35, 0, 0],
            offset: 0.into(),
            ..PeditKey::default()
        },
        PeditKey {
            mask: [0x00, 0xff, 0xff, 0xff],
            value: [0xff, 0, 0, 0],
            offset: 8.into(),
            ..PeditKey::default()
        },
    ];
    let kinds = [
        [
            PeditKeyTypeAttr::Header(PeditHeader::UDP),
            PeditKeyTypeAttr::Command(PeditCommand::SET),
        ],
        [
            PeditKeyTypeAttr::Header(PeditHeader::IPV4),
            PeditKeyTypeAttr::Command(PeditCommand::ADD),
        ],
    ];
    let kinds = [
        PeditAttr::Key((&kinds[0]).into()),
        PeditAttr::Key((&kinds[1]).into()),
    ];
    let (parameters, keys) = (&parameters, &keys);
    let extended = [
        PeditAttr::ExtendedSelector(PeditSelector { parameters, keys }),
        PeditAttr::Keys((&kinds).into()),
    ];
    Bench::open()?.actions(
        "pedit",
        &[
            (
                FilterAction::pedit(&ttl).index(INDEX),
                "munge ip ttl set 64 pipe",
            ),
            (
                FilterAction::of("pedit", &extended),
                "ex munge udp sport set 53 munge ip ttl add 0xff pipe",
            ),
        ],
    )
}

fn skbedit() -> Outcome {
    let skbedit = |settings| FilterAction::skbedit(settings).index(INDEX);
    let settings = SkbEditSettings::new();
    let general = general(PIPE);
    let more = [
        SkbEditAttr::Parameters(&general),
        SkbEditAttr::PacketType(0),
        SkbEditAttr::Flags(SkbEditFlags::INHERIT_DSCP),
    ];
    Bench::open()?.actions(
        "skbedit",
        &[
            (
                skbedit(settings.priority(TEN).queue(2)),
                "queue_mapping 2 priority 1:10",
            ),
            (skbedit(settings.mark(7, 0xff)), "mark 7/0xff"),
            (skbedit(settings.mark(9, u32::MAX)), "mark 9"),
            (
                FilterAction::of("skbedit", &more),
                "ptype host inheritdsfield",
            ),
        ],
    )
}

fn skbmod() -> Outcome {
    let parameters = |flags: SkbModFlags| SkbModParameters {
        general: general(PIPE),
        flags: flags.bits().into(),
        ..SkbModParameters::default()
    };
    let set = parameters(SkbModFlags::DESTINATION | SkbModFlags::SOURCE | SkbModFlags::ETH_TYPE);
    let swap = parameters(SkbModFlags::SWAP);
    let set = [
        SkbModAttr::Parameters(&set),
        SkbModAttr::Destination(&[2, 0, 0, 0, 0, 1]),
        SkbModAttr::Source(&[2, 0, 0, 0, 0, 2]),
        SkbModAttr::EthType(0x0800),
    ];
    let swap = [SkbModAttr::Parameters(&swap)];
    Bench::open()?.actions(
        "skbmod",
        &[
            (
                FilterAction::of("skbmod", &set),
                "set dmac 02:00:00:00:00:01 set smac 02:00:00:00:00:02 set etype 0x0800 pipe",
            ),
            (FilterAction::of("skbmod", &swap), "swap mac pipe"),
        ],
    )
}

fn skbmod_with_ecn() -> Outcome {
    if nltests::linux() <= (5, 10) {
        return Err(Missing("kernel: SKBMOD_F_ECN".into()).into());
    }
    let ecn = SkbModParameters {
        general: general(PIPE),
        flags: SkbModFlags::ECN.bits().into(),
        ..SkbModParameters::default()
    };
    let ecn = [SkbModAttr::Parameters(&ecn)];
    let ours = FilterAction::of("skbmod", &ecn);
    Bench::open()?.actions("skbmod", &[(ours, "ecn pipe")])
}

fn tunnel_key() -> Outcome {
    let (local, remote) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
    let settings = TunnelKeySettings::set(local, remote);
    let tunnel = |settings| FilterAction::tunnel_key(settings).index(INDEX);
    let parameters = TunnelKeyParameters {
        general: general(PIPE),
        operation: TunnelKeyOperation::SET.0.into(),
    };
    let option = [
        TunnelKeyGeneveAttr::Class(0x0102),
        TunnelKeyGeneveAttr::Type(0x80),
        TunnelKeyGeneveAttr::Data(&[0, 0x88, 0, 0x22]),
    ];
    let options = [TunnelKeyOptionsAttr::Geneve((&option).into())];
    let address = |text: &str| text.parse::<IpAddr>().unwrap();
    let geneve = [
        TunnelKeyAttr::Parameters(&parameters),
        TunnelKeyAttr::SourceV6(address("2001:db8::1")),
        TunnelKeyAttr::DestinationV6(address("2001:db8::2")),
        TunnelKeyAttr::Id(7),
        TunnelKeyAttr::Port(6081),
        TunnelKeyAttr::Options((&options).into()),
    ];
    Bench::open()?.actions(
        "tunnel_key",
        &[
            (
                tunnel(settings.id(42).port(4789).tos(4).ttl(64)),
                "set src_ip 192.0.2.1 dst_ip 192.0.2.2 id 42 dst_port 4789 tos 4 ttl 64 csum pipe",
            ),
            (
                tunnel(settings.id(43).without_checksum()),
                "set src_ip 192.0.2.1 dst_ip 192.0.2.2 id 43 nocsum pipe",
            ),
            (
                FilterAction::of("tunnel_key", &geneve),
                "set src_ip 2001:db8::1 dst_ip 2001:db8::2 id 7 dst_port 6081 \
                 geneve_opts 0102:80:00880022 pipe",
            ),
            (tunnel(TunnelKeySettings::release()), "unset pipe"),
        ],
    )
}

fn vlan() -> Outcome {
    let tag = |settings| FilterAction::vlan(settings).index(INDEX);
    let parameters = |operation: VlanOperation| VlanParameters {
        general: general(PIPE),
        operation: operation.0.into(),
    };
    let (push, pop) = (
        parameters(VlanOperation::PUSH_ETH),
        parameters(VlanOperation::POP_ETH),
    );
    let push = [
        VlanActionAttr::Parameters(&push),
        VlanActionAttr::EthDst(&[2, 0, 0, 0, 0, 1]),
        VlanActionAttr::EthSrc(&[2, 0, 0, 0, 0, 2]),
    ];
    let pop = [VlanActionAttr::Parameters(&pop)];
    Bench::open()?.actions(
        "vlan",
        &[
            (
                tag(VlanTagSettings::push(100).protocol(0x88a8).priority(3)),
                "push id 100 protocol 802.1ad priority 3 pipe",
            ),
            (tag(VlanTagSettings::modify(101)), "modify id 101 pipe"),
            (tag(VlanTagSettings::pop()), "pop pipe"),
            (
                FilterAction::of("vlan", &push),
                "push_eth dst_mac 02:00:00:00:00:01 src_mac 02:00:00:00:00:02 pipe",
            ),
            (FilterAction::of("vlan", &pop), "pop_eth pipe"),
        ],
    )
}
