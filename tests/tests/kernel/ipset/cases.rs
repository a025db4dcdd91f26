//! Sets of all types, and how ipset writes them.

use nlwire::Prefix;
use nlwire::netfilter::ipset::{
    EntryFlags, IpSetEntryAttr, IpSetSettingsAttr, NewEntry, NewSet, SetType,
};
use std::net::{IpAddr, Ipv4Addr};

/// A set, the options of `ipset create`, and its entries with those of `ipset add`.
pub(super) struct Case {
    pub(super) set: NewSet<'static>,
    pub(super) options: &'static str,
    pub(super) entries: Vec<(NewEntry<'static>, &'static str)>,
}

pub(super) const HOST: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
pub(super) const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 9));
const MAC: &[u8; 6] = &[0x02, 0, 0x5e, 0, 0x53, 0x01];

fn net(text: &str) -> Prefix {
    text.parse().expect("a prefix")
}

pub(super) fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn set(kind: SetType) -> NewSet<'static> {
    NewSet::new("ours", kind)
}

pub(super) fn bitmaps_and_lists() -> Vec<Case> {
    vec![
        Case {
            set: set(SetType::BITMAP_IP)
                .net(net("192.0.2.0/24"))
                .timeout(100_000)
                .counters()
                .comments(),
            options: "bitmap:ip range 192.0.2.0/24 timeout 100000 counters comment",
            entries: vec![
                (NewEntry::ip(HOST).timeout(0), "192.0.2.1 timeout 0"),
                (
                    NewEntry::range(OTHER, ip("192.0.2.11"))
                        .comment("some hosts")
                        .with(&[IpSetEntryAttr::Packets(7), IpSetEntryAttr::Bytes(700)]),
                    "192.0.2.9-192.0.2.11 packets 7 bytes 700 comment \"some hosts\"",
                ),
                (NewEntry::net(net("192.0.2.64/31")), "192.0.2.64/31"),
            ],
        },
        Case {
            set: set(SetType::BITMAP_IP)
                .ips(ip("10.0.0.0"), ip("10.0.255.255"))
                .with(&[IpSetSettingsAttr::NetmaskLen(24)]),
            options: "bitmap:ip range 10.0.0.0-10.0.255.255 netmask 24",
            entries: vec![(NewEntry::ip(ip("10.0.7.0")), "10.0.7.0")],
        },
        Case {
            set: set(SetType::BITMAP_IP_MAC)
                .net(net("192.0.2.0/24"))
                .packet_info(),
            options: "bitmap:ip,mac range 192.0.2.0/24 skbinfo",
            entries: vec![
                (
                    NewEntry::ip(HOST).mac(MAC).with(&[
                        IpSetEntryAttr::PacketMark(0x1_0000_00ff),
                        IpSetEntryAttr::Priority(0x1_0010),
                        IpSetEntryAttr::Queue(3),
                    ]),
                    "192.0.2.1,02:00:5E:00:53:01 skbmark 0x1/0xff skbprio 1:10 skbqueue 3",
                ),
                (NewEntry::ip(OTHER), "192.0.2.9"),
            ],
        },
        Case {
            set: set(SetType::BITMAP_PORT).ports(1000, 2000).counters(),
            options: "bitmap:port range 1000-2000 counters",
            entries: vec![(NewEntry::ports(1022, 1024), "1022-1024")],
        },
        Case {
            set: set(SetType::LIST_SET)
                .comments()
                .with(&[IpSetSettingsAttr::Size(4)]),
            options: "list:set size 4 comment",
            entries: vec![
                (NewEntry::set("one").comment("1"), "one comment \"1\""),
                (NewEntry::set("three").after("one"), "three after one"),
                (NewEntry::set("two").before("three"), "two before three"),
            ],
        },
    ]
}

pub(super) fn hashes() -> Vec<Case> {
    vec![
        Case {
            set: set(SetType::HASH_IP).force_add().comments().with(&[
                IpSetSettingsAttr::HashSize(64),
                IpSetSettingsAttr::MaxEntries(9),
            ]),
            options: "hash:ip hashsize 64 maxelem 9 comment",
            entries: vec![
                (
                    NewEntry::ip(HOST).comment("ünïcode"),
                    "192.0.2.1 comment \"ünïcode\"",
                ),
                (NewEntry::net(net("192.0.2.8/31")), "192.0.2.8/31"),
            ],
        },
        Case {
            set: set(SetType::HASH_IP).v6().timeout(100_000),
            options: "hash:ip family inet6 timeout 100000",
            entries: vec![(NewEntry::ip(ip("2001:db8::1")), "2001:db8::1")],
        },
        Case {
            set: set(SetType::HASH_NET).counters(),
            options: "hash:net counters",
            entries: vec![
                (NewEntry::net(net("192.0.2.0/24")), "192.0.2.0/24"),
                (
                    NewEntry::net(net("192.0.2.64/26")).flags(EntryFlags::NO_MATCH),
                    "192.0.2.64/26 nomatch",
                ),
                (
                    NewEntry::range(ip("198.51.100.0"), ip("198.51.100.63")),
                    "198.51.100.0-198.51.100.63",
                ),
            ],
        },
        Case {
            set: set(SetType::HASH_NET).v6().bucket_size(8),
            options: "hash:net family inet6 bucketsize 8",
            entries: vec![(NewEntry::net(net("2001:db8::/32")), "2001:db8::/32")],
        },
        Case {
            set: set(SetType::HASH_IP_PORT).timeout(100_000).comments(),
            options: "hash:ip,port timeout 100000 comment",
            entries: vec![
                (NewEntry::ip(HOST).port(6, 22), "192.0.2.1,tcp:22"),
                (
                    NewEntry::ip(HOST).port_range(17, 53, 54),
                    "192.0.2.1,udp:53-54",
                ),
                (NewEntry::ip(OTHER).port(132, 80), "192.0.2.9,sctp:80"),
            ],
        },
        Case {
            set: set(SetType::HASH_NET_PORT).packet_info(),
            options: "hash:net,port skbinfo",
            entries: vec![(
                NewEntry::net(net("192.0.2.0/24"))
                    .port(6, 443)
                    .with(&[IpSetEntryAttr::Queue(1)]),
                "192.0.2.0/24,tcp:443 skbqueue 1",
            )],
        },
        Case {
            set: set(SetType::HASH_IP_PORT_IP),
            options: "hash:ip,port,ip",
            entries: vec![(
                NewEntry::ip(HOST).port(6, 22).second_ip(OTHER),
                "192.0.2.1,tcp:22,192.0.2.9",
            )],
        },
        Case {
            set: set(SetType::HASH_IP_PORT_NET).v6(),
            options: "hash:ip,port,net family inet6",
            entries: vec![(
                NewEntry::ip(ip("2001:db8::1"))
                    .port(17, 53)
                    .second_net(net("2001:db8:1::/48")),
                "2001:db8::1,udp:53,2001:db8:1::/48",
            )],
        },
        Case {
            set: set(SetType::HASH_NET_IFACE),
            options: "hash:net,iface",
            entries: vec![
                (
                    NewEntry::net(net("192.0.2.0/24")).link("eth0"),
                    "192.0.2.0/24,eth0",
                ),
                (
                    NewEntry::net(net("198.51.100.0/24"))
                        .link("eth1")
                        .flags(EntryFlags::BRIDGE_PORT),
                    "198.51.100.0/24,physdev:eth1",
                ),
            ],
        },
    ]
}

pub(super) fn rarer_hashes() -> Vec<Case> {
    vec![
        Case {
            set: set(SetType::HASH_MAC).counters(),
            options: "hash:mac counters",
            entries: vec![(NewEntry::hardware(MAC), "02:00:5E:00:53:01")],
        },
        Case {
            set: set(SetType::HASH_IP_MAC),
            options: "hash:ip,mac",
            entries: vec![(NewEntry::ip(HOST).mac(MAC), "192.0.2.1,02:00:5E:00:53:01")],
        },
        Case {
            set: set(SetType::HASH_IP_MARK).with(&[IpSetSettingsAttr::MarkMask(0xffff)]),
            options: "hash:ip,mark markmask 0xffff",
            entries: vec![(NewEntry::ip(HOST).mark(0x63), "192.0.2.1,0x63")],
        },
        Case {
            set: set(SetType::HASH_NET_NET),
            options: "hash:net,net",
            entries: vec![(
                NewEntry::net(net("192.0.2.0/24")).second_net(net("198.51.100.0/25")),
                "192.0.2.0/24,198.51.100.0/25",
            )],
        },
        Case {
            set: set(SetType::HASH_NET_PORT_NET).comments(),
            options: "hash:net,port,net comment",
            entries: vec![(
                NewEntry::net(net("192.0.2.0/24"))
                    .port(6, 22)
                    .second_net(net("198.51.100.0/24"))
                    .comment("c"),
                "192.0.2.0/24,tcp:22,198.51.100.0/24 comment \"c\"",
            )],
        },
    ]
}
