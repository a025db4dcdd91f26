//! Values of the families' structs beyond their fields.
#![cfg(all(
    feature = "tc",
    feature = "generic",
    feature = "netfilter",
    feature = "sock_diag",
    feature = "crypto"
))]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::net::IpAddr;

use common::attr;
use nlwire::crypto::CryptoName;
use nlwire::generic::{GenericHeader, taskstats::TaskStats};
use nlwire::netfilter::{NetfilterHeader, PacketHardware, QueueVerdict, Verdict};
use nlwire::route::{
    AF_INET, AF_INET6, AF_MPLS, AddressFlags, AddressHeader, FqCodelExtra, Handle, Label,
    LinkFlags, LinkHeader, LinkStats, LinkType, NextHopMember, RTA_VIA, Route, RouteAttr,
    RouteFlags, RouteHeader, RouteTable, TCA_U32_SEL, TrafficHeader, U32Filter, U32FilterAttr,
    U32Key, U32Rule, U32Selector, Via,
};
use nlwire::sock_diag::{InetSocket, SocketId};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Attrs, EncodeError, FixedHeader as _, Writer, fields};

#[test]
fn handles_are_two_numbers() {
    let cases = [
        ("1:", 0x0001_0000, Handle::new(1, 0)),
        ("1:a", 0x0001_000a, Handle::new(1, 10)),
        ("ffff:fffe", 0xffff_fffe, Handle::new(0xffff, 0xfffe)),
        ("8001:2", 0x8001_0002, Handle::new(0x8001, 2)),
        (":7", 7, Handle::new(0, 7)),
        ("root", 0xffff_ffff, Handle::ROOT),
        ("none", 0, Handle::UNSPEC),
        ("ffff:fff1", 0xffff_fff1, Handle::INGRESS),
    ];
    for (text, bits, handle) in cases {
        assert_eq!((handle.bits(), handle), (bits, Handle::from_bits(bits)));
        assert_eq!(handle.as_bytes(), bits.to_ne_bytes());
        assert_eq!(Handle::new(handle.major(), handle.minor()), handle);
        assert_eq!(handle.to_string(), text);
        assert_eq!(text.parse(), Ok(handle));
    }
    assert_eq!("8001".parse(), Ok(Handle::new(0x8001, 0)));
    assert_eq!("ingress".parse(), Ok(Handle::INGRESS));
    for wrong in ["", ":", "1:10000", "10000:", "x:1", "1:x", "1:2:3"] {
        assert!(wrong.parse::<Handle>().is_err(), "{wrong}");
    }
}

#[test]
fn counters_of_32_bits_have_names() {
    let mut words = 0..24_u32;
    let stats = LinkStats {
        counters: [(); 24].map(|()| words.next().unwrap().into()),
    };
    let stats = stats.widened();
    assert_eq!((stats.rx_packets.get(), stats.tx_bytes.get()), (0, 3));
    assert_eq!(stats.rx_nohandler.get(), 23);
    assert_eq!(stats.rx_otherhost_dropped.get(), 0);
}

#[test]
fn labels_are_a_stack_in_network_order() {
    // 100 of class 1 and time to live 2, and 16 at the bottom.
    let bytes = [0, 6, 0x42, 2, 0, 1, 1, 0xff];
    let stack = Label::stack(&bytes).unwrap();
    let read: Vec<_> = stack.iter().map(|l| (l.label(), l.is_bottom())).collect();
    assert_eq!(read, [(100, false), (16, true)]);
    let highest = Label::stack(&[0xff, 0xff, 0xf0, 0]).unwrap().to_vec();
    assert_eq!(highest.first().map(|l| l.label()), Some(0xf_ffff));
    assert_eq!(Label::stack(&bytes[..7]), None);
    assert_eq!(Label::stack(b""), Some(&[][..]));
}

#[test]
fn a_gateway_has_a_family_of_its_own() {
    let read = |family: u16, address: &[u8]| {
        let block = attr(RTA_VIA, &[&family.to_ne_bytes()[..], address].concat());
        let via = fields!(Attrs::new(&block) => Route { via }).unwrap();
        let via = via.via.unwrap();
        let mut buffer = [0xaa; 64];
        let written = Writer::attributes(&mut buffer, |w| w.put(RouteAttr::Via(via))).unwrap();
        assert_eq!(written.remaining(), block);
        (via.family, via.address.to_vec(), via.ip())
    };
    let (four, six) = ([192, 0, 2, 1], [0xfe; 16]);
    let ip = |ip: IpAddr| Some(ip);
    assert_eq!(read(2, &four), (2, four.to_vec(), ip(four.into())));
    assert_eq!(read(10, &six), (10, six.to_vec(), ip(six.into())));
    for (family, address) in [
        (u16::from(AF_INET), &six[..]),
        (u16::from(AF_INET6), &four),
        (u16::from(AF_MPLS), &four),
        (u16::from(AF_INET), b""),
    ] {
        assert_eq!(read(family, address), (family, address.to_vec(), None));
    }
    for short in [&b""[..], &[2]] {
        let block = attr(RTA_VIA, short);
        let error = fields!(Attrs::new(&block) => Route { via }).map(|found| found.via);
        assert_eq!(
            error.unwrap_err().to_string(),
            format!(
                "RTA_VIA at byte 0: expected at least 2 bytes, found {}",
                short.len()
            )
        );
    }
    assert_eq!(
        Via {
            family: 2,
            address: &four
        }
        .ip(),
        ip(four.into())
    );
}

#[test]
fn shares_of_traffic_are_sent_less_one() {
    for (weight, low, high) in [
        (1, 0, 0),
        (2, 1, 0),
        (256, 255, 0),
        (257, 0, 1),
        (65_536, 255, 255),
    ] {
        let member = NextHopMember::new(9, weight);
        assert_eq!((member.weight_low, member.weight_high), (low, high));
        assert_eq!((member.id.get(), member.weight()), (9, weight));
    }
    assert_eq!(NextHopMember::new(9, 0).weight(), 1);
}

#[test]
fn headers_have_their_flags() {
    let address = AddressHeader {
        flags: 0x80,
        family: 2,
        ..AddressHeader::default()
    };
    assert_eq!(address.flags(), AddressFlags::PERMANENT);
    assert_eq!(address.family(), 2);
    let link = LinkHeader {
        link_type: 772.into(),
        flags: 0x8001_0001.into(),
        ..LinkHeader::default()
    };
    assert_eq!(link.link_type(), LinkType::LOOPBACK);
    let unknown = LinkFlags::from_bits_retain(0x8000_0000);
    assert_eq!(link.flags(), LinkFlags::UP | LinkFlags::LOWER_UP | unknown);
    assert_eq!(
        format!("{link:?}"),
        "LinkHeader { family: unspec, link_type: loopback, index: 0, \
         flags: NO-CARRIER,UP,LOWER_UP,0x80000000, change: 0x0 }"
    );
    let route = RouteHeader {
        flags: 0x100.into(),
        ..RouteHeader::default()
    };
    assert_eq!(route.flags(), RouteFlags::NOTIFY);
    assert_eq!(
        [RouteTable::MAIN, RouteTable(255), RouteTable(256)].map(RouteTable::header),
        [254, 255, 252]
    );
    assert_eq!(GenericHeader::new(3, 1).as_bytes(), [3, 1, 0, 0]);
    let header = NetfilterHeader::of(10, 0x102);
    assert_eq!(
        header.as_bytes(),
        [10, 0, 1, 2],
        "the queue in network order"
    );
    assert_eq!(NetfilterHeader::new(10).as_bytes(), [10, 0, 0, 0]);
    assert_eq!(NetfilterHeader::BATCH.as_bytes(), [0, 0, 0, 10]);
    assert_eq!(header.family(), 10);
}

#[test]
fn verdicts_and_senders_of_packets() {
    let verdict = QueueVerdict::new(0x0102_0304, Verdict::ACCEPT);
    assert_eq!(verdict.as_bytes(), [0, 0, 0, 1, 1, 2, 3, 4]);
    assert_eq!(verdict.verdict(), Verdict::ACCEPT);
    assert_eq!(QueueVerdict::new(1, Verdict(-5)).verdict(), Verdict(-5));

    let hardware = |length: u16| PacketHardware {
        length: length.into(),
        bytes: [2, 0, 0, 0, 0, 1, 0, 0],
        ..PacketHardware::default()
    };
    assert_eq!(hardware(6).address(), [2, 0, 0, 0, 0, 1]);
    assert_eq!(hardware(0).address(), b"");
    assert_eq!(hardware(8).address().len(), 8);
    assert_eq!(hardware(u16::MAX).address().len(), 8, "a length that lies");
}

#[test]
fn sockets_have_two_ends() {
    let (four, six): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [0xfe; 16].into());
    for (family, source, destination) in [(AF_INET, four, four), (AF_INET6, six, six)] {
        let id = SocketId::new((source, 80), (destination, 0x1234));
        assert_eq!(id.source_port.as_bytes(), [0, 80]);
        assert_eq!(id.destination_port.get(), 0x1234);
        assert_eq!(id.cookie, SocketId::NO_COOKIE);
        let socket = InetSocket {
            family,
            id,
            ..InetSocket::default()
        };
        assert_eq!(socket.source(), Some(source));
        assert_eq!(socket.destination(), Some(destination));
    }
    let id = SocketId::new((four, 1), (six, 2));
    let socket = InetSocket {
        family: AF_INET6,
        id,
        ..InetSocket::default()
    };
    assert_eq!(socket.destination(), Some(six));
    assert_eq!(InetSocket::default().source(), None);
}

#[test]
fn names_of_fixed_size_end_at_their_nul() {
    assert_eq!(CryptoName::new("sha256").text(), b"sha256");
    assert_eq!(CryptoName::new("").text(), b"");
    let long = "x".repeat(70);
    assert_eq!(CryptoName::new(&long).text(), [b'x'; 63]);
    assert_eq!(CryptoName::default().text(), b"");
    let mut stats = TaskStats::default();
    assert_eq!(stats.command(), b"");
    stats.comm = [b'y'; 32];
    assert_eq!(stats.command(), [b'y'; 32]);
    stats.comm = *b"sh\0rest.........................";
    assert_eq!(stats.command(), b"sh");
}

#[test]
fn counters_of_fq_codel_say_whose_they_are() {
    let counters = |kind: u32, words: u32| {
        let words = (1..=words).flat_map(u32::to_ne_bytes);
        kind.to_ne_bytes()
            .into_iter()
            .chain(words)
            .collect::<Vec<_>>()
    };
    let whole = counters(0, 20);
    let Some(FqCodelExtra::Qdisc(stats)) = FqCodelExtra::new(&whole) else {
        panic!("of the whole");
    };
    assert_eq!(stats.as_bytes().first_chunk(), Some(&1_u32.to_ne_bytes()));
    let flow = counters(1, 20);
    let Some(FqCodelExtra::Class(stats)) = FqCodelExtra::new(&flow) else {
        panic!("of a flow");
    };
    assert_eq!(stats.as_bytes().first_chunk(), Some(&1_u32.to_ne_bytes()));
    for wrong in [counters(2, 20), counters(0, 1), counters(1, 1), vec![0; 3]] {
        assert_eq!(FqCodelExtra::new(&wrong), None);
    }
}

#[test]
fn a_selector_counts_its_keys() {
    let key = |value: u32| U32Key {
        mask: u32::MAX.into(),
        value: value.into(),
        ..U32Key::default()
    };
    let keys = [key(1), key(2)];
    let rule = U32Rule {
        flags: 1,
        key_count: 7,
        ..U32Rule::default()
    };
    let mut buffer = [0; 64];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put(U32FilterAttr::Selector(U32Selector {
            rule: &rule,
            keys: &keys,
        }))
    })
    .unwrap();
    let mut bytes = block.require(TCA_U32_SEL).unwrap().bytes().to_vec();
    assert_eq!(bytes[..4], [1, 0, 2, 0]);
    assert_eq!(bytes[16..32], keys[0].as_bytes()[..]);
    let read = fields!(block => U32Filter { selector }).unwrap();
    assert_eq!(read.selector.unwrap().keys, keys);

    // Keys that nobody counts are left out, and those that are not there are
    // missed.
    for (count, found) in [(1, Some(1)), (3, None)] {
        bytes[2] = count;
        let bytes = attr(TCA_U32_SEL, &bytes);
        let read = fields!(Attrs::new(&bytes) => U32Filter { selector });
        let error = read.as_ref().err().map(ToString::to_string);
        let keys = read.ok().map(|read| read.selector.unwrap().keys.len());
        let missing = "TCA_U32_SEL at byte 0: expected at least 64 bytes, found 48";
        assert_eq!(keys, found);
        assert_eq!(error.as_deref(), found.is_none().then_some(missing));
    }
}

#[test]
fn a_selector_has_no_more_keys_than_it_can_count() {
    let (rule, keys) = (U32Rule::default(), [U32Key::default(); 256]);
    let mut buffer = [0; 8192];
    let mut put = |keys| {
        let selector = U32Selector { rule: &rule, keys };
        let block = Writer::attributes(&mut buffer, |w| w.put(U32FilterAttr::Selector(selector)))?;
        let selector = block.require(TCA_U32_SEL).unwrap();
        Ok::<_, EncodeError>(selector.bytes().len())
    };
    assert_eq!(put(&keys[..255]), Ok(16 + 255 * 16));
    let error = put(&keys).unwrap_err();
    assert_eq!(
        error,
        EncodeError::TooMany {
            attribute: TCA_U32_SEL,
            limit: 255,
            count: 256
        }
    );
    assert_eq!(error.to_string(), "attribute 5: 256 parts, at most 255 fit");
}

#[test]
fn a_filter_has_its_place_in_the_header() {
    let header = TrafficHeader::default().with_filter(5, 0x0800);
    assert_eq!((header.priority(), header.protocol()), (5, 0x0800));
    let info = (5 << 16 | u32::from(0x0800_u16.to_be())).to_ne_bytes();
    assert_eq!(header.as_bytes()[16..], info);
}
