//! Encapsulations of routes beside `ip route`, other than IP tunnels, labels and
//! segments, which the tests of routes have.

use super::{compare, connected};
use nlsock::Errno;
use nltests::{Message, Missing, Need, Outcome, Session, Test, capture};
use nlwire::route::{
    DeleteRoute, EncapKind, Encapsulation, GetRoutes, IlaChecksum, IlaEncapAttr, IlaHook,
    IlaIdentifier, Ioam6EncapAttr, Ioam6Mode, Ioam6Trace, NewRoute, RouteProtocol, RouteTable,
    Seg6Action, Seg6LocalAttr, Seg6LocalCountersAttr, SegmentRoutingHeader,
};
use nlwire::{Query as _, Request};
use std::net::Ipv6Addr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::encapsulations::segments_end_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: segments_end_as_by_ip,
    },
    Test {
        name: "values::encapsulations::xfrm_is_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: xfrm_is_as_by_ip,
    },
    Test {
        name: "values::encapsulations::ila_is_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ila_is_as_by_ip,
    },
    Test {
        name: "values::encapsulations::rpl_is_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rpl_is_as_by_ip,
    },
    Test {
        name: "values::encapsulations::ioam_is_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ioam_is_as_by_ip,
    },
];

/// The header and the attributes of a row, without those that count time.
fn same(message: &Message) -> String {
    let row = GetRoutes::row(message.get());
    let attributes = row.attributes.typed::<nlwire::route::Route>().iter();
    let kept = attributes.filter(|one| !format!("{one:?}").contains("CacheInfo"));
    format!("{:?} {:?}", row.header, kept.collect::<Vec<_>>())
}

/// Creates a route by ours and by the words of `ip`, and compares them.
fn beside_ip(session: &mut Session, query: GetRoutes, ours: &dyn Request, theirs: &str) -> Outcome {
    match session.execute(ours) {
        // `lwtunnel_valid_encap_type`
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            return Err(Missing(format!("kernel: {theirs}")).into());
        }
        // Linux 5.10 does not know the number.
        Err(error) if error.to_string().contains("Unknown lwt encapsulation type") => {
            return Err(Missing(format!("kernel: {theirs}")).into());
        }
        other => other.map_err(|error| format!("{theirs}: {error}"))?,
    }
    let delete = |session: &mut Session, message: &Message| -> Outcome {
        let row = GetRoutes::row(message.get());
        Ok(session.execute(&DeleteRoute::of_row(&row))?)
    };
    let query = query.protocol(RouteProtocol::STATIC);
    for row in session.rows(&query)? {
        delete(session, &row)?;
    }
    // The program ends at some settings of encapsulations: they come last.
    let theirs = format!("route add proto static {theirs}");
    let seen = |message: &Message| {
        // The last one stays as the vector of its kind.
        let kind = theirs
            .split_once("encap ")
            .and_then(|(_, rest)| rest.split(' ').next());
        let name = format!("route-encapsulation-{}", kind.unwrap_or_default());
        capture(&name, message.get().as_bytes()).expect("a file");
        same(message)
    };
    compare(session, &query, ours, ("ip", &theirs), seen, delete)
}

fn segments_end_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let next: Ipv6Addr = "2001:db8::2".parse()?;
    // Routing header of one segment: no next header yet, its length in units of 8
    // bytes, type 4, no segments left but this one.
    let mut header = vec![0, 2, 4, 0, 0, 0, 0, 0];
    header.extend("2001:db8::9".parse::<Ipv6Addr>()?.octets());
    let action = Seg6LocalAttr::Action;
    // The kernel asks for all of them to turn them on (`parse_nla_counters`).
    let counters = [
        Seg6LocalCountersAttr::Packets(0),
        Seg6LocalCountersAttr::ByteCount(0),
        Seg6LocalCountersAttr::Errors(0),
    ];
    let cases: [(&[Seg6LocalAttr<'_>], &str); 9] = [
        (
            &[
                action(Seg6Action::END),
                Seg6LocalAttr::Counters((&counters).into()),
            ],
            "End count",
        ),
        (&[action(Seg6Action::END)], "End"),
        (
            &[
                action(Seg6Action::END_X),
                Seg6LocalAttr::NextHop6(next.into()),
            ],
            "End.X nh6 2001:db8::2",
        ),
        (
            &[
                action(Seg6Action::END_T),
                Seg6LocalAttr::Table(RouteTable(100)),
            ],
            "End.T table 100",
        ),
        (
            &[
                action(Seg6Action::END_DX2),
                Seg6LocalAttr::OutgoingIndex(left.into()),
            ],
            "End.DX2 oif left",
        ),
        (
            &[
                action(Seg6Action::END_DX6),
                Seg6LocalAttr::NextHop6(next.into()),
            ],
            "End.DX6 nh6 2001:db8::2",
        ),
        (
            &[
                action(Seg6Action::END_DX4),
                Seg6LocalAttr::NextHop4([10, 0, 0, 2].into()),
            ],
            "End.DX4 nh4 10.0.0.2",
        ),
        (
            &[
                action(Seg6Action::END_DT6),
                Seg6LocalAttr::Table(RouteTable(100)),
            ],
            "End.DT6 table 100",
        ),
        (
            &[
                action(Seg6Action::END_B6_ENCAP),
                Seg6LocalAttr::Header(SegmentRoutingHeader::new(&header)),
            ],
            "End.B6.Encaps srh segs 2001:db8::9",
        ),
    ];
    for (settings, theirs) in cases {
        let encapsulation = Encapsulation::of(EncapKind::SEG6_LOCAL, &settings);
        let to = "2001:db8:1::/48".parse()?;
        let ours = NewRoute::to(to).link(left).encapsulation(encapsulation);
        let theirs = format!("2001:db8:1::/48 encap seg6local action {theirs} dev left");
        beside_ip(&mut session, GetRoutes::v6(), &ours, &theirs)?;
    }
    Ok(())
}

fn xfrm_is_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    for (query, to) in [
        (GetRoutes::v4(), "198.51.100.0/24"),
        (GetRoutes::v6(), "2001:db8:1::/48"),
    ] {
        let ours = NewRoute::to(to.parse()?)
            .link(left)
            .encapsulation(Encapsulation::xfrm(5));
        let theirs = format!("{to} dev left encap xfrm if_id 5");
        beside_ip(&mut session, query, &ours, &theirs)?;
    }
    Ok(())
}

fn ila_is_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let settings = [
        IlaEncapAttr::Locator(0x2001_0db8_0000_0001),
        IlaEncapAttr::Checksum(IlaChecksum::ADJUST_TRANSPORT),
        IlaEncapAttr::IdentifierKind(IlaIdentifier::LUID),
        IlaEncapAttr::Hook(IlaHook::INPUT),
    ];
    let to = "2001:db8:1::7/128";
    let ours = NewRoute::to(to.parse()?)
        .link(left)
        .encapsulation(Encapsulation::of(EncapKind::ILA, &settings));
    let theirs = format!(
        "{to} encap ila 2001:db8:0:1 csum-mode adj-transport ident-type luid \
         hook-type input dev left"
    );
    beside_ip(&mut session, GetRoutes::v6(), &ours, &theirs)
}

fn rpl_is_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let [first, second, third]: [Ipv6Addr; 3] = [
        "2001:db8::2".parse()?,
        "2001:db8::3".parse()?,
        "2001:db8::4".parse()?,
    ];
    // `ip` writes the last address first, and the kernel sends packets to the first in the
    // header (`rpl_do_srh_inline`).
    let cases: [(&[Ipv6Addr], &str); 2] = [
        (&[first], "2001:db8::2"),
        (
            &[first, second, third],
            "2001:db8::4,2001:db8::3,2001:db8::2",
        ),
    ];
    for (addresses, theirs) in cases {
        let ours = NewRoute::to("2001:db8:1::/48".parse()?)
            .link(left)
            .encapsulation(Encapsulation::rpl(addresses));
        let theirs = format!("2001:db8:1::/48 encap rpl segs {theirs} dev left");
        beside_ip(&mut session, GetRoutes::v6(), &ours, &theirs)?;
    }
    Ok(())
}

fn ioam_is_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let (short, long) = (
        Ioam6Trace::new(1, 0x80_0000, 12),
        Ioam6Trace::new(7, 0xc0_0000, 244),
    );
    let tunnel = Ioam6EncapAttr::Destination("2001:db8::2".parse()?);
    let inline = [Ioam6EncapAttr::Trace(&short)];
    let encap = [
        Ioam6EncapAttr::Mode(Ioam6Mode::ENCAP),
        tunnel,
        Ioam6EncapAttr::Trace(&long),
    ];
    let auto = [
        Ioam6EncapAttr::Frequency(2),
        Ioam6EncapAttr::FrequencyOf(5),
        Ioam6EncapAttr::Mode(Ioam6Mode::AUTO),
        tunnel,
        Ioam6EncapAttr::Trace(&short),
    ];
    let cases: [(Encapsulation<'_>, &str); 3] = [
        (
            Encapsulation::of(EncapKind::IOAM6, &inline),
            "trace prealloc type 0x800000 ns 1 size 12",
        ),
        (
            Encapsulation::of(EncapKind::IOAM6, &encap),
            "mode encap tundst 2001:db8::2 trace prealloc type 0xc00000 ns 7 size 244",
        ),
        (
            Encapsulation::of(EncapKind::IOAM6, &auto),
            "freq 2/5 mode auto tundst 2001:db8::2 trace prealloc type 0x800000 ns 1 size 12",
        ),
    ];
    for (encapsulation, theirs) in cases {
        let ours = NewRoute::to("2001:db8:1::/48".parse()?)
            .link(left)
            .encapsulation(encapsulation);
        let theirs = format!("2001:db8:1::/48 encap ioam6 {theirs} dev left");
        beside_ip(&mut session, GetRoutes::v6(), &ours, &theirs)?;
    }
    Ok(())
}
