//! Values whose layout differs by protocol, kernel or address family.
#![cfg(all(feature = "route", feature = "generic", feature = "sock_diag"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test fails by its panic"
)]

mod common;

use common::attr;
use nlwire::codec::StorageAddress;
use nlwire::codec::{AddressBytes, AttributeSet as _};
use nlwire::generic::taskstats::{
    TASKSTATS_TYPE_STATS, TaskReport, TaskReportAttr, TaskStats, TaskStatsBytes,
};
use nlwire::route::{Label, RTA_DST, RTA_NEWDST, RTA_VIA, Route, RouteAttr};
use nlwire::sock_diag::{INET_DIAG_INFO, Inet, InetAttr, MptcpFlags, MptcpInfo, SctpInfo, TcpInfo};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Attrs, Writer, fields};

/// Debug of a set is its tree in a line.
fn inet(block: &[u8]) -> String {
    format!("{:?}", Attrs::new(block).typed::<Inet>())
}

#[test]
fn information_is_that_of_its_protocol() {
    let mptcp = MptcpInfo {
        subflows_max: 2,
        flags: MptcpFlags::REMOTE_KEY_RECEIVED.bits().into(),
        token: 0xbc18_8f87.into(),
        subflows_total: 1,
        ..MptcpInfo::default()
    };
    let block = attr(INET_DIAG_INFO, mptcp.as_bytes());
    let info = fields!(Attrs::new(&block) => Inet { info })
        .unwrap()
        .info
        .unwrap();
    assert!(info.tcp().is_none() && info.sctp().is_none());
    assert_eq!(info.mptcp().unwrap().get(), mptcp);
    let tree = inet(&block);
    assert!(tree.contains("subflows_max 2"), "{tree}");
    assert!(
        tree.contains("flags remote_key, token 0xbc188f87"),
        "{tree}"
    );

    // The first kernels with MPTCP sent 40 bytes.
    let block = attr(INET_DIAG_INFO, &mptcp.as_bytes()[..40]);
    let info = fields!(Attrs::new(&block) => Inet { info })
        .unwrap()
        .info
        .unwrap();
    assert_eq!(info.mptcp().unwrap().get().token, mptcp.token);

    let sctp = SctpInfo {
        tag: 7.into(),
        primary: StorageAddress {
            family: 2.into(),
            port: 80.into(),
            v4: [192, 0, 2, 1],
            ..StorageAddress::default()
        },
        ..SctpInfo::default()
    };
    let block = attr(INET_DIAG_INFO, sctp.as_bytes());
    let info = fields!(Attrs::new(&block) => Inet { info })
        .unwrap()
        .info
        .unwrap();
    assert!(info.tcp().is_none() && info.mptcp().is_none());
    let read = info.sctp().unwrap().get();
    assert_eq!(read.primary.ip(), Some([192, 0, 2, 1].into()));
    assert!(inet(&block).contains("incoming_streams 0"));

    // Of 2.6 and of today.
    for length in [104, 168, size_of::<TcpInfo>(), size_of::<TcpInfo>() + 8] {
        let mut bytes = vec![0; length];
        bytes[0] = 10;
        let block = attr(INET_DIAG_INFO, &bytes);
        let info = fields!(Attrs::new(&block) => Inet { info })
            .unwrap()
            .info
            .unwrap();
        assert!(info.mptcp().is_none() && info.sctp().is_none());
        assert_eq!(info.tcp().unwrap().get().state, 10);
        assert!(inet(&block).contains("ca_state 0"));
    }
    // Of nothing that is known.
    let block = attr(INET_DIAG_INFO, &[7; 12]);
    let info = fields!(Attrs::new(&block) => Inet { info })
        .unwrap()
        .info
        .unwrap();
    assert!(info.tcp().is_none() && info.mptcp().is_none() && info.sctp().is_none());
    assert_eq!(format!("{info:?}"), "[7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]");
    let mut buffer = [0; 512];
    for (sent, length) in [
        (InetAttr::Info((&mptcp).into()), 96),
        (InetAttr::Info((&sctp).into()), 368),
        (InetAttr::Info(info), 12),
    ] {
        let written = Writer::attributes(&mut buffer, |w| w.put(sent)).unwrap();
        assert_eq!(
            written.require(INET_DIAG_INFO).unwrap().bytes().len(),
            length
        );
    }
}

/// Bytes that a kernel with MPTCP sent.
#[test]
#[cfg(target_endian = "little")]
fn a_connection_of_mptcp_has_its_token() {
    let mut bytes = vec![
        0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x87, 0x8f, 0x18,
        0xbc, 0x31, 0xf6, 0x6a, 0x0b, 0x9b, 0x6f, 0xe8, 0x22,
    ];
    bytes.resize(96, 0);
    let block = attr(INET_DIAG_INFO, &bytes);
    assert_eq!(block[..4], [0x64, 0, 2, 0]);
    let info = fields!(Attrs::new(&block) => Inet { info })
        .unwrap()
        .info
        .unwrap();
    assert_eq!(info.tcp(), None);
    let mptcp = info.mptcp().unwrap().get();
    assert_eq!((mptcp.subflows_max, mptcp.flags.get()), (2, 2));
    assert_eq!(mptcp.token.get(), 0xbc18_8f87);
    assert_eq!(mptcp.write_sequence.get(), 0x22e8_6f9b_0b6a_f631);
}

/// A `struct taskstats` of version 15, as Linux 6.14 laid it out.
fn version_15() -> Vec<u8> {
    let mut bytes = vec![0; 560];
    bytes[..2].copy_from_slice(&15_u16.to_ne_bytes());
    let words = [
        (16, 1_u64),
        (24, 1000),
        (32, 900),
        (40, 100),
        (48, 2),
        (56, 2000),
        (64, 1900),
        (72, 100),
        (112, 5_000_000),
        (120, 5_000_000),
        (528, 8),
        (536, 800),
        (544, 700),
        (552, 10),
    ];
    for (at, word) in words {
        bytes[at..at + 8].copy_from_slice(&word.to_ne_bytes());
    }
    bytes[128..133].copy_from_slice(b"sleep");
    for (at, word) in [(168, 1000_u32), (176, 4242), (180, 1)] {
        bytes[at..at + 4].copy_from_slice(&word.to_ne_bytes());
    }
    bytes
}

#[test]
fn the_version_says_where_fields_are() {
    let block = attr(TASKSTATS_TYPE_STATS, &version_15());
    let stats = fields!(Attrs::new(&block) => TaskReport { stats })
        .unwrap()
        .stats
        .unwrap();
    assert_eq!(stats.version(), 15);
    let stats = stats.get();
    assert_eq!(
        (stats.cpu_count.get(), stats.cpu_delay_total.get()),
        (1, 1000)
    );
    assert_eq!(
        (stats.cpu_delay_max.get(), stats.cpu_delay_min.get()),
        (900, 100)
    );
    assert_eq!(
        (stats.blkio_count.get(), stats.blkio_delay_total.get()),
        (2, 2000)
    );
    assert_eq!(
        (stats.blkio_delay_max.get(), stats.blkio_delay_min.get()),
        (1900, 100)
    );
    assert_eq!(stats.cpu_run_real_total.get(), 5_000_000);
    assert_eq!(stats.command(), b"sleep");
    assert_eq!(
        (stats.uid.get(), stats.pid.get(), stats.ppid.get()),
        (1000, 4242, 1)
    );
    assert_eq!(
        (stats.irq_count.get(), stats.irq_delay_total.get()),
        (8, 800)
    );
    assert_eq!(
        (stats.irq_delay_max.get(), stats.irq_delay_min.get()),
        (700, 10)
    );
    let tree = format!("{:?}", Attrs::new(&block).typed::<TaskReport>());
    for text in [
        "blkio_count 2, blkio_delay_total 2000",
        r#"comm "sleep""#,
        "uid 1000",
        "pid 4242",
        "irq_delay_max 700, irq_delay_min 10",
    ] {
        assert!(tree.contains(text), "{text} in {tree}");
    }

    // Since version 16 they are at the end, and before version 15 not there.
    let sent = TaskStats {
        version: 16.into(),
        blkio_count: 2.into(),
        blkio_delay_max: 1900.into(),
        ..TaskStats::default()
    };
    let mut buffer = [0; 600];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put(TaskReportAttr::Stats((&sent).into()))
    });
    let read = fields!(block.unwrap() => TaskReport { stats })
        .unwrap()
        .stats
        .unwrap();
    assert_eq!(read.get(), sent);
    let old = TaskStatsBytes::new(&sent.as_bytes()[..328]);
    assert_eq!(
        (old.get().blkio_count.get(), old.get().blkio_delay_max.get()),
        (2, 0)
    );
    assert_eq!(TaskStatsBytes::new(&[]).get(), TaskStats::default());
    // Cut off, it is read as far as it goes.
    let cut = version_15();
    assert_eq!(TaskStatsBytes::new(&cut[..70]).get().blkio_count.get(), 2);
}

#[test]
fn destinations_of_mpls_are_labels() {
    // 100 of class 1 and time to live 2, and 16 at the bottom.
    let stack = [0, 6, 0x42, 2, 0, 1, 1, 0xff];
    let block = [attr(RTA_DST, &stack[4..]), attr(RTA_NEWDST, &stack)].concat();
    let attributes = Attrs::new(&block).with_family(28);
    let route = fields!(attributes => Route { destination, new_destination }).unwrap();
    let labels = route.new_destination.unwrap().labels().unwrap();
    assert_eq!(labels, Label::stack(&stack).unwrap());
    assert_eq!(route.destination.unwrap().ip(), None);
    assert_eq!(
        format!("{:?}", attributes.typed::<Route>()),
        "{RTA_DST: [16], RTA_NEWDST: [100, 16]}"
    );
    let mut buffer = [0; 32];
    let written = Writer::attributes(&mut buffer, |w| {
        w.put(RouteAttr::NewDestination(AddressBytes::Labels(labels)))
    });
    assert_eq!(written.unwrap().remaining(), attr(RTA_NEWDST, &stack));
    let odd = attr(RTA_DST, &stack[..6]);
    let error = fields!(Attrs::new(&odd).with_family(28) => Route { destination }).map(|_| ());
    assert_eq!(
        error.unwrap_err().to_string(),
        "RTA_DST at byte 0: expected a multiple of 4 bytes, found 6"
    );
}

#[test]
fn a_gateway_prints_by_its_own_family() {
    let via = |family: u16, address: &[u8]| {
        let block = attr(RTA_VIA, &[&family.to_ne_bytes(), address].concat());
        format!("{:?}", Attrs::new(&block).typed::<Route>())
    };
    assert_eq!(via(2, &[192, 0, 2, 1]), "{RTA_VIA: 192.0.2.1}");
    let six = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    assert_eq!(via(10, &six), "{RTA_VIA: 2001:db8::1}");
    assert_eq!(via(28, &[0, 6, 0x41, 0]), "{RTA_VIA: [100]}");
    let bytes = via(17, &[2, 0, 0, 0, 0, 1]);
    assert!(bytes.ends_with("020000000001}"), "{bytes}");
}

#[test]
fn sets_know_what_newer_kernels_have() {
    let row = nlwire::route::Address::schema().row(12).unwrap();
    assert_eq!(row.name, "IFA_MC_USERS");
}
