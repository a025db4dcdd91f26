//! Families of packets: samples of psample, drops of drop_monitor.

use crate::modules::{TIME, listen, open, open_in_machine, with_group, words};
use nlsock::{Errno, Event};
use nltests::{Need, Outcome, Test, in_namespace, ip, machine_namespace};
use nlwire::fields;
use nlwire::generic::drop_monitor::{
    self, AlertMode, Drop, DropAttr, GetConfig, NET_DM_GRP_NAME, Port, SetConfig, Start, Stop,
};
use nlwire::generic::psample::{
    self, GetGroups, PSAMPLE_NL_MCGRP_CONFIG_NAME, PSAMPLE_NL_MCGRP_SAMPLE_NAME, Sample,
};
use std::net::{Ipv4Addr, UdpSocket};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl_packets::packets_that_tc_samples_are_seen",
        needs: &[Need::Root],
        run: packets_that_tc_samples_are_seen,
    },
    Test {
        name: "genl_packets::dropped_packets_are_seen",
        needs: &[Need::Root],
        run: dropped_packets_are_seen,
    },
];

fn packets_that_tc_samples_are_seen() -> Outcome {
    let mut conn = open("psample", "psample", &["tc"])?;
    let mut packets = listen(&mut conn, "psample", PSAMPLE_NL_MCGRP_SAMPLE_NAME)?;
    let mut groups = listen(&mut conn, "psample", PSAMPLE_NL_MCGRP_CONFIG_NAME)?;
    ip(&["link", "set", "lo", "up"])?;
    words("tc qdisc add dev lo clsact")?;
    let action = "action sample rate 1 group 5 trunc 64";
    words(&format!("tc filter add dev lo ingress matchall {action}"))?;
    let Some(Event::Item(event)) = groups.next()? else {
        return Err("a loss, or nothing".into());
    };
    let psample::Change::NewGroup(row) = psample::Change::of(event.message()) else {
        return Err(format!("{:?}", psample::Change::of(event.message())).into());
    };
    assert_eq!(fields!(row.attributes => Sample { group })?.group, Some(5));
    let list = conn.list(GetGroups::all())?;
    let row = list.iter().next().ok_or("no group")?;
    let found = fields!(row.attributes => Sample { group, users })?;
    assert_eq!((found.group, found.users), (Some(5), Some(1)));
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.send_to(&[0x5a; 1000], socket.local_addr()?)?;
    let Some(Event::Item(event)) = packets.next()? else {
        return Err("a loss, or nothing".into());
    };
    let psample::Change::Sample(row) = psample::Change::of(event.message()) else {
        return Err(format!("{:?}", psample::Change::of(event.message())).into());
    };
    let found = fields!(row.attributes => Sample {
        in_link, out_link, group, rate, sequence, original_len, data, protocol, timestamp
    })?;
    assert_eq!((found.in_link, found.out_link), (Some(1), None));
    assert_eq!(
        (found.group, found.rate, found.sequence),
        (Some(5), Some(1), Some(0))
    );
    // Ethernet, IPv4 and UDP, and what was sent.
    assert_eq!(found.original_len, Some(14 + 20 + 8 + 1000));
    assert_eq!(found.data.map(<[u8]>::len), Some(64));
    assert!(found.data.is_some_and(|data| data.ends_with(&[0x5a; 22])));
    // Linux 5.10 has neither.
    let more = nltests::linux() > (5, 10);
    assert_eq!(found.protocol, more.then_some(0x800));
    assert_eq!(found.timestamp.is_some(), more);
    words("tc filter del dev lo ingress")?;
    let Some(Event::Item(event)) = groups.next()? else {
        return Err("a loss, or nothing".into());
    };
    let change = psample::Change::of(event.message());
    assert!(matches!(change, psample::Change::DelGroup(_)), "{change:?}");
    assert!(conn.list(GetGroups::all())?.is_empty());
    Ok(())
}

/// The monitor is the machine's, and reports the drops of all namespaces.
fn dropped_packets_are_seen() -> Outcome {
    let mut conn = open_in_machine("NET_DM", "drop_monitor", &[])?;
    let config = with_group(&mut conn, "NET_DM", NET_DM_GRP_NAME)?;
    let mut events = in_namespace(machine_namespace()?, || config.events())??;
    events.set_timeout(Some(TIME));
    ip(&["link", "set", "lo", "up"])?;
    conn.execute(SetConfig::new().with(&[
        DropAttr::AlertMode(AlertMode::PACKET),
        DropAttr::TruncateLen(60),
        DropAttr::QueueLen(500),
    ]))?;
    let row = conn.get(GetConfig::new())?;
    let found = fields!(row.attributes => Drop { alert_mode, truncate_len, queue_len })?;
    assert_eq!(found.alert_mode, Some(AlertMode::PACKET));
    assert_eq!((found.truncate_len, found.queue_len), (Some(60), Some(500)));
    conn.execute(Start::software())?;
    let error = conn.execute(Start::software()).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EAGAIN), "{error}");
    // To a port that nobody has: the packet is dropped.
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let free = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    socket.send_to(&[0x5a; 200], free)?;
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        let drop_monitor::Change::Packet(row) = drop_monitor::Change::of(event.message()) else {
            continue;
        };
        let found = fields!(row.attributes => Drop {
            symbol, pc, in_port, payload, original_len, timestamp, protocol
        })?;
        if found.protocol != Some(0x800) || found.original_len < Some(200) {
            continue;
        }
        assert!(found.symbol.is_some() && found.timestamp.is_some());
        assert!(found.payload.is_some_and(|payload| payload.len() <= 60));
        let port = fields!(found.in_port.ok_or("no link")? => Port { link, name })?;
        assert_eq!((port.link, port.name), (Some(1.into()), None));
        break;
    }
    conn.execute(Stop::software())?;
    // A second time the kernel only warns.
    assert!(conn.execute(Stop::software())?.text().is_some());
    let summary = [DropAttr::AlertMode(AlertMode::SUMMARY)];
    conn.execute(SetConfig::new().with(&summary))?;
    Ok(())
}
