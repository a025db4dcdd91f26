//! Trees of messages that are odd: deep, cut, unknown.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use std::fmt::{self, Write};

use common::{attr, lying_attr, message};
use nlwire::NLA_F_NESTED;
use nlwire::pretty::Pretty;

fn print(datagram: &[u8]) -> String {
    Pretty::new(datagram, None).to_string()
}

#[test]
fn depth_is_bounded() {
    let mut block = attr(1 | NLA_F_NESTED, b"");
    while block.len() < 60_000 {
        block = attr(1 | NLA_F_NESTED, &block);
    }
    let tree = print(&message(16, 0, 1, 2, &block));
    let lines: Vec<_> = tree.lines().collect();
    assert_eq!(
        lines.len(),
        1 + 16 + 1,
        "a header, 16 levels, and the rest as bytes"
    );
    assert!(lines[17].trim().len() > 100_000);
    let deepest = lines
        .iter()
        .map(|line| line.len() - line.trim_start().len());
    assert_eq!(deepest.max(), Some(2 * 17));
}

#[test]
fn broken_bytes_are_shown() {
    let block = [attr(1, b"ab"), lying_attr(99, 2, b"cd")].concat();
    let ack = [&0_i32.to_ne_bytes()[..], &message(16, 5, 1, 2, b""), &block].concat();
    let tree = print(&message(2, 0x300, 1, 2, &ack));
    assert_eq!(
        tree,
        format!(
            "length 52, type 2 (error), flags capped|ack_tlvs, sequence 1, port 2\n  \
               code 0: success: ab\n  \
               request: length 16, type 16, flags request|ack, sequence 1, port 2\n  \
               NLMSGERR_ATTR_MSG: \"ab\"\n  \
               attribute 2 at byte 44: length field says 99, 8 bytes are left: {}\n",
            hex(&lying_attr(99, 2, b"cd"))
        )
    );
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_payload_without_attributes_is_bytes() {
    assert_eq!(
        print(&message(16, 1, 0, 0, b"\x01\0\0\0\xff")),
        "length 21, type 16, flags request, sequence 0, port 0\n  01000000ff\n"
    );
    assert_eq!(
        print(b"add@/x\0"),
        "7 bytes are no message: 616464402f7800\n"
    );
    assert_eq!(print(b""), "");
}

/// All messages of generic netlink and netfilter have these headers.
#[test]
#[cfg(all(feature = "generic", feature = "netfilter"))]
fn messages_of_unknown_families_have_numbers() {
    let inner = attr(1 | NLA_F_NESTED, &attr(2, b"lo"));
    for (protocol, kind, fields) in [
        (16, 0x15, "command 4, version 1"),
        (12, 0x0612, "family 4, version 1, resource 0"),
    ] {
        let print = |payload: &[u8]| {
            let datagram = message(kind, 0, 1, 2, payload);
            Pretty::new(&datagram, Some(protocol)).to_string()
        };
        let first = |length| {
            format!(
                "length {length}, type {kind}, flags 0, sequence 1, port 2\n  header: {fields}\n"
            )
        };
        assert_eq!(
            print(&[&[4, 1, 0, 0][..], &inner].concat()),
            format!("{}  1:\n    2: 6c6f\n", first(32))
        );
        // A family may have a header of its own behind that.
        let behind = [&[1, 1, 1, 1][..], &attr(1, b"")].concat();
        let tree = print(&[&[4, 1, 0, 0][..], &behind].concat());
        assert_eq!(tree, format!("{}  {}\n", first(28), hex(&behind)));
        assert_eq!(print(&[4, 1, 0, 0]), first(20));
        assert!(
            Pretty::new(&message(1, 0, 1, 2, b""), Some(protocol))
                .to_string()
                .starts_with("length 16")
        );
    }
}

#[test]
fn bytes_outside_attributes_are_shown() {
    let row = attr(1, b"abcd");
    for extra in 1..4 {
        let behind = &[9; 3][..extra];
        let inner = [&row[..], behind].concat();
        let nest = attr(2 | NLA_F_NESTED, &inner);
        let tree = print(&message(16, 0, 0, 0, &[&nest[..], behind].concat()));
        let (_, tree) = tree.split_once('\n').unwrap();
        let shown = hex(behind);
        assert_eq!(
            tree,
            format!("  2:\n    1: 61626364\n    {shown}\n  {shown}\n")
        );
    }
}

#[test]
#[cfg(feature = "connector")]
fn what_follows_a_header_may_be_bytes() {
    let payload = [&[1; 20][..], b"data"].concat();
    for (length, shown) in [(24, "  64617461\n"), (20, "")] {
        let datagram = message(3, 0, 0, 0, &payload[..length]);
        let tree = Pretty::new(&datagram, Some(11)).to_string();
        assert!(
            tree.starts_with(&format!("CN_MSG length {}, ", length + 16)),
            "{tree}"
        );
        let (_, tree) = tree.split_once('\n').unwrap();
        assert_eq!(
            tree,
            format!(
                "  header: index 16843009, value 16843009, sequence 16843009, \
                 ack 16843009, length 257, flags 257\n{shown}"
            )
        );
    }
}

#[test]
#[cfg(feature = "route")]
fn records_are_structs_with_attributes() {
    let hop = |attributes: &[u8]| {
        let length = u16::try_from(8 + attributes.len()).unwrap();
        [&length.to_ne_bytes()[..], &[3; 6], attributes].concat()
    };
    // Two hops, and one whose length lies.
    let hops = [hop(&attr(1, b"")), hop(b""), vec![0; 8]].concat();
    let payload = [&[0; 12][..], &attr(9, &hops)].concat();
    let datagram = message(24, 0, 0, 0, &payload);
    let tree = Pretty::new(&datagram, Some(0)).to_string();
    let (_, tree) = tree.split_once("RTA_MULTIPATH:\n").unwrap();
    let fields = "flags dead,pervasive, hops 3, index 50529027";
    let rest = "00".repeat(8);
    assert_eq!(
        tree,
        format!("    length 12, {fields}\n      RTA_DST:\n    length 8, {fields}\n    {rest}\n")
    );
}

#[test]
#[cfg(feature = "route")]
fn values_print_by_their_rows() {
    let line = |kind, header: &[u8], row: u16, value: &[u8]| {
        let datagram = message(kind, 0, 0, 0, &[header, &attr(row, value)].concat());
        let tree = Pretty::new(&datagram, Some(0)).to_string();
        tree.lines().last().unwrap().trim().to_owned()
    };
    let link = |row, value: &[u8]| line(16, &[0; 16], row, value);
    let route = |family: u8, value: &[u8]| line(24, &[family; 12], 1, value);
    let traffic = |value: &[u8]| line(36, &[0; 20], 15, value);
    // Integers of any length that there is, and bytes of any other.
    assert_eq!(link(4, &1500_u32.to_ne_bytes()), "IFLA_MTU: 1500");
    assert_eq!(link(4, &[7]), "IFLA_MTU: 7");
    assert_eq!(link(4, &300_u16.to_ne_bytes()), "IFLA_MTU: 300");
    assert_eq!(
        link(4, &u64::MAX.to_ne_bytes()),
        format!("IFLA_MTU: {}", u64::MAX)
    );
    assert_eq!(link(4, &[1, 2, 3]), "IFLA_MTU: 010203");
    assert_eq!(link(37, &(-2_i32).to_ne_bytes()), "IFLA_LINK_NETNSID: -2");
    assert_eq!(link(37, &[0xff]), "IFLA_LINK_NETNSID: -1");
    assert_eq!(
        link(37, &i64::MIN.to_ne_bytes()),
        format!("IFLA_LINK_NETNSID: {}", i64::MIN)
    );
    assert_eq!(link(37, &[1, 2, 3]), "IFLA_LINK_NETNSID: 010203");
    assert_eq!(
        link(1, &[2, 0, 0x5e, 0, 0, 1]),
        "IFLA_ADDRESS: 02:00:5e:00:00:01"
    );
    assert_eq!(link(3, b"a\"\n\0"), r#"IFLA_IFNAME: "a\"\x0a""#);
    assert_eq!(link(3, b""), "IFLA_IFNAME:");
    assert_eq!(link(999, b"?"), "999: 3f");
    assert_eq!(route(2, &[192, 0, 2, 1]), "RTA_DST: 192.0.2.1");
    assert_eq!(route(10, &[0; 16]), "RTA_DST: ::");
    assert_eq!(route(2, &[1, 2]), "RTA_DST: 0102");
    let bits = [5_u32.to_ne_bytes(), 7_u32.to_ne_bytes()].concat();
    assert_eq!(traffic(&bits), "TCA_DUMP_FLAGS: 0x5/0x7");
    assert_eq!(traffic(&[1]), "TCA_DUMP_FLAGS: 01");
}

#[test]
fn every_cut_of_a_message_prints() {
    let inner = [attr(1, b"ab"), attr(2 | NLA_F_NESTED, &attr(3, b""))].concat();
    let whole = message(16, 2, 1, 2, &attr(4 | NLA_F_NESTED, &inner));
    for end in 0..whole.len() {
        let tree = print(&whole[..end]);
        assert_eq!(tree.lines().count(), usize::from(end > 0), "{tree}");
    }
    // The same with a length field that fits.
    for end in 16..whole.len() {
        let mut cut = whole[..end].to_vec();
        cut[..4].copy_from_slice(&u32::try_from(end).unwrap().to_ne_bytes());
        assert!(print(&cut).starts_with("length "));
    }
}

#[test]
fn a_full_sink_ends_it() {
    struct Short(usize);
    impl Write for Short {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = self.0.checked_sub(text.len()).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let whole = message(16, 2, 1, 2, &attr(4 | NLA_F_NESTED, &attr(1, b"ab")));
    let length = print(&whole).len();
    for room in [0, 1, length / 2, length - 1] {
        assert!(write!(Short(room), "{}", Pretty::new(&whole, None)).is_err());
    }
    assert!(write!(Short(length), "{}", Pretty::new(&whole, None)).is_ok());
}
