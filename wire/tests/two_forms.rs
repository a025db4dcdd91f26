//! Values whose form differs by direction or by sender, and bytes behind the last
//! message or attribute.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests"
)]
#![cfg(feature = "route")]

use nlwire::pretty::Pretty;
use nlwire::route::{
    AF_SPEC_INET, AfSpec, FamilySpec, IFLA_AF_SPEC, IFLA_INET_CONF, IFLA_INFO_DATA, IFLA_LINKINFO,
    IFLA_PORT_REQUEST, IFLA_VXLAN_TTL_INHERIT, Inet6Link, InetChangeAttr, InetLink, Ip6TunnelFlags,
    IpTunnel, IpTunnelAttr, IpTunnelFlags, Link, LinkAttr, LinkHeader, LinkInfoAttr, RTA_EXPIRES,
    RTM_NEWLINK, Route, RouteAttr, SitFlags, VfPort, VfPortAttr, Vxlan, VxlanAttr,
};
use nlwire::{Attrs, Flags, Messages, Writer, fields};

fn hex(text: &str) -> Vec<u8> {
    let digits = text.replace(' ', "");
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

#[test]
#[cfg(target_endian = "little")]
fn an_expiry_has_4_or_8_bytes() {
    for (bytes, value) in [
        ("0c001700 7617000000000000", 6006),
        ("08001700 0a000000", 10),
    ] {
        let bytes = hex(bytes);
        let found = fields!(Attrs::new(&bytes) => Route { expires }).unwrap();
        assert_eq!(found.expires, Some(value));
    }
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(RouteAttr::Expires(10))).unwrap();
    assert_eq!(block.require(RTA_EXPIRES).unwrap().u32(), Ok(10));
}

#[test]
#[cfg(target_endian = "little")]
fn an_inherited_ttl_is_a_byte_in_reports_and_a_flag_in_requests() {
    for (bytes, value) in [
        ("05001c00 01000000", true),
        ("05001c00 00000000", false),
        ("04001c00", true),
    ] {
        let bytes = hex(bytes);
        let found = fields!(Attrs::new(&bytes) => Vxlan { ttl_inherit }).unwrap();
        assert_eq!(found.ttl_inherit, Some(value));
    }
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(VxlanAttr::TtlInherit(true))).unwrap();
    assert_eq!(
        block.require(IFLA_VXLAN_TTL_INHERIT).unwrap().flag(),
        Ok(true)
    );
}

#[test]
fn trees_print_the_form_of_their_direction() {
    // A byte in a report, and a flag in a request; bytes where it is neither.
    let flag = Flags::REQUEST;
    for (flags, value, printed) in [
        (Flags::empty(), &[1][..], ": 1"),
        (flag, &[], ":"),
        (flag, &[1], ": 01"),
    ] {
        let mut buffer = [0; 128];
        let header = LinkHeader::default();
        let message = Writer::message(&mut buffer, RTM_NEWLINK, flags, &header, |w| {
            w.nest(IFLA_LINKINFO, |w| {
                w.put(LinkInfoAttr::Kind("vxlan"))?
                    .nest(IFLA_INFO_DATA, |w| w.bytes(IFLA_VXLAN_TTL_INHERIT, value))
            })
        });
        let tree = Pretty::new(message.unwrap().as_bytes(), Some(0)).to_string();
        let line = tree.lines().last().unwrap().trim();
        let (_, shown) = line.split_at("IFLA_VXLAN_TTL_INHERIT".len());
        assert_eq!(shown, printed, "{tree}");
    }
}

#[test]
#[cfg(target_endian = "little")]
fn a_port_request_has_1_or_2_bytes() {
    for bytes in ["06000600 01000000", "05000600 01000000"] {
        let bytes = hex(bytes);
        assert_eq!(
            fields!(Attrs::new(&bytes) => VfPort { request })
                .unwrap()
                .request,
            Some(1)
        );
    }
    let large = hex("06000600 00010000");
    assert!(fields!(Attrs::new(&large) => VfPort { request }).is_err());
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(VfPortAttr::Request(1))).unwrap();
    assert_eq!(block.require(IFLA_PORT_REQUEST).unwrap().u8(), Ok(1));
}

#[test]
fn an_alias_has_no_nul() {
    let alias = "a".repeat(255);
    let mut buffer = [0; 300];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put([
            LinkAttr::Alias(alias.as_str().into()),
            LinkAttr::Alias("".into()),
        ])
    });
    let lengths: Vec<_> = block
        .unwrap()
        .map(|item| item.unwrap().bytes().len())
        .collect();
    assert_eq!(lengths, [255, 0], "an empty alias removes it");
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.bytes(20, b"uplink\0")).unwrap();
    assert_eq!(
        fields!(block => Link { alias }).unwrap().alias,
        Some("uplink".into())
    );
}

#[test]
#[cfg(target_endian = "little")]
fn bytes_behind_the_last_message_are_left() {
    let datagram = hex("14000000 00000100 00050000 00010000 00000000 01020304 05060708");
    let mut messages = Messages::new(&datagram);
    assert!(messages.next().unwrap().is_ok());
    assert!(messages.next().is_none());
    assert_eq!(messages.remaining(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert!(messages.next().is_none());
}

#[test]
#[cfg(target_endian = "little")]
fn padding_is_not_left_over() {
    let bytes = hex("05000100 ff0000");
    let mut attributes = Attrs::new(&bytes);
    assert_eq!(attributes.next().unwrap().unwrap().bytes(), [0xff]);
    assert_eq!(attributes.remaining(), []);
    assert!(attributes.next().is_none());
}

/// The tree of a link that holds `block`, without the lines of its headers.
fn tree_of(block: Attrs<'_>, flags: Flags) -> String {
    let mut buffer = [0; 1024];
    let message = Writer::message(
        &mut buffer,
        RTM_NEWLINK,
        flags,
        &LinkHeader::default(),
        |w| w.append(block.remaining()),
    );
    let tree = Pretty::new(message.unwrap().as_bytes(), Some(0)).to_string();
    tree.lines()
        .skip(2)
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
#[cfg(target_endian = "little")]
fn settings_of_links_have_names() {
    // AF_INET: forwarding 1, mc_forwarding 0, proxy_arp -1; AF_INET6: forwarding
    // 0, hop_limit 64, and two counters of ICMP behind their number.
    let report = hex("40001a00 14000200 10000100 01000000 00000000 ffffffff \
         28000a00 0c000200 00000000 40000000 \
         18000600 03000000 00000000 05000000 00000000 02000000");
    let block = Attrs::new(&report);
    assert_eq!(
        tree_of(block, Flags::empty()),
        "  IFLA_AF_SPEC:\n    AF_SPEC_INET:\n      \
         IFLA_INET_CONF: forwarding 1, mc_forwarding 0, proxy_arp -1\n    \
         AF_SPEC_INET6:\n      IFLA_INET6_CONF: forwarding 0, hop_limit 64\n      \
         IFLA_INET6_ICMP6STATS: count 3, in_messages 5, 02000000\n"
    );
    let families = fields!(block => Link { af_spec }).unwrap().af_spec.unwrap();
    let AfSpec::Families(families) = families else {
        panic!("{families:?}");
    };
    let families = fields!(families => FamilySpec { inet, inet6 }).unwrap();
    let inet = fields!(families.inet.unwrap() => InetLink { settings }).unwrap();
    let settings = inet.settings.unwrap().get();
    assert_eq!(
        (settings.forwarding.get(), settings.proxy_arp.get()),
        (1, -1)
    );
    let inet6 = fields!(families.inet6.unwrap() => Inet6Link { settings, icmp_stats }).unwrap();
    assert_eq!(inet6.settings.unwrap().get().hop_limit.get(), 64);
    assert_eq!(inet6.icmp_stats.unwrap().get().in_messages.get(), 5);

    // A request has a nest in the place of the array.
    let mut buffer = [0; 64];
    let request = Writer::attributes(&mut buffer, |w| {
        w.nest(IFLA_AF_SPEC, |w| {
            w.nest(AF_SPEC_INET, |w| {
                w.nest(IFLA_INET_CONF, |w| w.put(InetChangeAttr::RpFilter(2)))
            })
        })
    });
    assert_eq!(
        tree_of(request.unwrap(), Flags::REQUEST),
        "  IFLA_AF_SPEC:\n    AF_SPEC_INET:\n      IFLA_INET_CONF:\n        \
         IPV4_DEVCONF_RP_FILTER: 2\n"
    );
}

#[test]
#[cfg(target_endian = "little")]
fn flags_of_ip_tunnels_have_2_or_4_bytes() {
    for (bytes, flags, printed) in [
        (
            "06000800 00010000",
            IpTunnelFlags::Sit(SitFlags::ISATAP),
            "{IFLA_IPTUN_FLAGS: isatap}",
        ),
        (
            "08000800 12000000",
            IpTunnelFlags::Ip6(Ip6TunnelFlags::USE_ORIG_TCLASS | Ip6TunnelFlags::RCV_DSCP_COPY),
            "{IFLA_IPTUN_FLAGS: use-orig-tclass,dscp-inherit}",
        ),
    ] {
        let bytes = hex(bytes);
        let block = Attrs::new(&bytes);
        let found = fields!(block => IpTunnel { flags }).unwrap().flags;
        assert_eq!(found, Some(flags));
        assert_eq!(format!("{:?}", block.typed::<IpTunnel>()), printed);
        let mut buffer = [0; 16];
        let written = Writer::attributes(&mut buffer, |w| w.put(IpTunnelAttr::Flags(flags)));
        assert_eq!(written.unwrap().remaining(), bytes);
    }
    let wrong = hex("07000800 00010000");
    assert!(fields!(Attrs::new(&wrong) => IpTunnel { flags }).is_err());
}

#[test]
#[cfg(feature = "tc")]
fn statistics_of_an_unknown_kind_are_no_broken_nest() {
    use nlwire::route::{TCA_KIND, TCA_XSTATS, Traffic};
    for (value, printed) in [
        // Eight bytes that hold no attribute, and one attribute.
        ([9_u8, 0, 0, 0, 7, 0, 0, 0], "0900000007000000"),
        ([8, 0, 1, 0, 7, 0, 0, 0], "{1: 07000000}"),
    ] {
        let mut buffer = [0; 64];
        let block = Writer::attributes(&mut buffer, |w| {
            w.str(TCA_KIND, "new")?.bytes(TCA_XSTATS, &value)
        });
        let block = block.unwrap();
        let whole = format!("{{TCA_KIND: \"new\", TCA_XSTATS: {printed}}}");
        if cfg!(target_endian = "little") {
            assert_eq!(format!("{:?}", block.typed::<Traffic>()), whole);
        }
    }
}
