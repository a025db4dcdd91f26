//! A packet across a pair of links between two namespaces: queued, accepted,
//! logged and tracked; and what conntrack(8) says of it.

use nlsock::Protocol;
use nltests::{
    Need, Network, Outcome, Session, Test, capture, equals, expression, in_namespace, load,
    nft_batch, run, second_namespace,
};
use nlwire::netfilter::{
    BindCommand, CTA_TUPLE_IP, CTA_TUPLE_ORIG, CTA_TUPLE_PROTO, ChainAttr, ChainHookAttr,
    Conntrack, ConntrackAttr, ConntrackCounters, ConntrackCpuStats, ConntrackStats,
    ConntrackStatus, CopyMode, CtAttr, CtKey, Hook, HookNumber, IPCTNL_MSG_CT_DELETE,
    IPCTNL_MSG_CT_GET, IPCTNL_MSG_CT_GET_STATS, IPCTNL_MSG_CT_GET_STATS_CPU, IPCTNL_MSG_CT_NEW,
    LogAttr, LogConfigAttr, LogMode, LogPacket, NFNLGRP_CONNTRACK_DESTROY, NFNLGRP_CONNTRACK_NEW,
    NFPROTO_IPV4, NFPROTO_UNSPEC, NFQNL_MSG_CONFIG, NFQNL_MSG_PACKET, NFQNL_MSG_VERDICT,
    NFT_MSG_NEWCHAIN, NFT_MSG_NEWRULE, NFT_MSG_NEWTABLE, NFTA_CHAIN_HOOK, NFTA_RULE_EXPRESSIONS,
    NFULNL_MSG_CONFIG, NFULNL_MSG_PACKET, NetfilterHeader, PayloadBase, QueueCommand,
    QueueConfigAttr, QueueFlags, QueuePacket, QueuePacketAttr, QueueParameters, QueueVerdict,
    Register, RuleAttr, TableAttr, TargetAttr, Tuple, TupleIp, TupleIpAttr, TupleProtocol,
    TupleProtocolAttr, Verdict,
};
use nlwire::{Flags, NewFlags, Put, Writer, fields};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::os::fd::OwnedFd;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "packets::a_packet_is_queued_accepted_logged_and_tracked",
        needs: &[Need::Namespace],
        run: a_packet_is_queued_accepted_logged_and_tracked,
    },
    Test {
        name: "packets::a_connection_is_made_changed_read_and_deleted",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: a_connection_is_made_changed_read_and_deleted,
    },
    Test {
        name: "packets::a_dropped_one_does_not_arrive",
        needs: &[Need::Namespace],
        run: a_dropped_one_does_not_arrive,
    },
];

const HERE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const THERE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
pub(crate) const PORT: u16 = 4789;
pub(crate) const QUEUE: u16 = 7;
const GROUP: u16 = 5;

/// Joins this namespace to another by a pair of links with addresses.
fn two_namespaces() -> Result<OwnedFd, Box<dyn Error>> {
    let there = second_namespace()?;
    let mut network = Network::open()?;
    let [left, _] = network.add_veth("left", "right")?;
    let path = format!("/proc/{}/fd/{}", std::process::id(), raw(&there));
    run("ip", &["link", "set", "right", "netns", &path])?;
    network.add_address(left, HERE.into(), 24)?;
    network.set_up(left)?;
    in_namespace(&there, || -> Result<(), nlsock::Error> {
        let mut network = Network::open()?;
        let right = network.index("right")?;
        network.add_address(right, THERE.into(), 24)?;
        network.set_up(right)
    })??;
    Ok(there)
}

fn raw(fd: &OwnedFd) -> i32 {
    use std::os::fd::AsRawFd as _;
    fd.as_raw_fd()
}

/// Packets for [`PORT`] are tracked, logged and queued.
pub(crate) fn make_rules(session: &mut Session) -> Outcome {
    let ipv4 = NetfilterHeader::new(NFPROTO_IPV4);
    let create = Flags::REQUEST | NewFlags::CREATE;
    nft_batch(session, 4096, |batch| {
        batch.append_message(NFT_MSG_NEWTABLE, create, &ipv4, |w| {
            w.put(TableAttr::Name("ours".into()))
        })?;
        batch.append_message(NFT_MSG_NEWCHAIN, create, &ipv4, |w| {
            w.put(ChainAttr::Table("ours".into()))?
                .put(ChainAttr::Name("in".into()))?
                .nest(NFTA_CHAIN_HOOK, |w| {
                    w.put(ChainHookAttr::Hook(HookNumber::LOCAL_IN))?
                        .put(ChainHookAttr::Priority(0))
                })?
                .put(ChainAttr::Kind("filter"))
        })?;
        batch.append_message(NFT_MSG_NEWRULE, create | NewFlags::APPEND, &ipv4, |w| {
            w.put(RuleAttr::Table("ours".into()))?
                .put(RuleAttr::Chain("in".into()))?
                .nest(NFTA_RULE_EXPRESSIONS, queue_it)
        })
    })
}

fn queue_it<'w, 'b>(w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    // To load anything of a connection turns tracking on.
    let w = expression(w, "ct", |w| {
        w.put(CtAttr::Register(Register::R2))?
            .put(CtAttr::Key(CtKey::STATE))
    })?;
    let w = load(w, PayloadBase::TRANSPORT, 2, 2)?;
    let w = equals(w, &PORT.to_be_bytes())?;
    let w = expression(w, "log", |w| {
        w.put(LogAttr::Group(GROUP))?
            .put(LogAttr::Prefix("seen".into()))
    })?;
    // The target of iptables: not every kernel has the expression `queue`.
    let [low, high] = QUEUE.to_ne_bytes();
    expression(w, "target", |w| {
        w.put(TargetAttr::Name("NFQUEUE"))?
            .put(TargetAttr::Revision(0))?
            .put(TargetAttr::Info(&[low, high, 0, 0, 0, 0, 0, 0]))
    })
}

fn bind_queue(session: &mut Session) -> Outcome {
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, QUEUE);
    session.change(NFQNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(QueueConfigAttr::Command(&QueueCommand {
            command: BindCommand::BIND,
            ..QueueCommand::default()
        }))
    })?;
    session.change(NFQNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(QueueConfigAttr::Parameters(&QueueParameters {
            copy_range: 0xffff.into(),
            copy_mode: CopyMode::PACKET,
        }))?
        .put(QueueConfigAttr::MaxLen(100))?
        .put(QueueConfigAttr::Mask(QueueFlags::FAIL_OPEN))?
        .put(QueueConfigAttr::Flags(QueueFlags::FAIL_OPEN))
    })
}

fn bind_log(session: &mut Session) -> Outcome {
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, GROUP);
    session.change(NFULNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(LogConfigAttr::Command(BindCommand::BIND))?
            .put(LogConfigAttr::Mode(&LogMode {
                copy_range: 0xffff.into(),
                copy_mode: CopyMode::PACKET,
                ..LogMode::default()
            }))
    })
}

fn verdict(session: &Session, id: u32, verdict: Verdict) -> Outcome {
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, QUEUE);
    let mut buffer = [0; 64];
    let message = Writer::message(
        &mut buffer,
        NFQNL_MSG_VERDICT,
        Flags::REQUEST,
        &header,
        |w| w.put(QueuePacketAttr::Verdict(&QueueVerdict::new(id, verdict))),
    )?;
    session.send(message.as_bytes())?;
    Ok(())
}

struct Receiver {
    sender: UdpSocket,
    receiver: UdpSocket,
    netfilter: Session,
    queue: Session,
    log: Session,
    events: Session,
}

fn receiver() -> Result<Receiver, Box<dyn Error>> {
    let there = two_namespaces()?;
    let inside = in_namespace(&there, || -> Result<_, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        std::fs::write("/proc/sys/net/netfilter/nf_conntrack_acct", "1").map_err(|e| text(&e))?;
        let open = || Session::open(Protocol::NETFILTER).map_err(|e| text(&e));
        let groups = [NFNLGRP_CONNTRACK_NEW, NFNLGRP_CONNTRACK_DESTROY];
        let events = Session::listen(Protocol::NETFILTER, &groups).map_err(|e| text(&e))?;
        let receiver = UdpSocket::bind((THERE, PORT)).map_err(|e| text(&e))?;
        Ok((open()?, open()?, open()?, events, receiver))
    })??;
    let (mut netfilter, mut queue, mut log, events, receiver) = inside;
    receiver.set_read_timeout(Some(Duration::from_secs(10)))?;
    make_rules(&mut netfilter)?;
    bind_queue(&mut queue)?;
    bind_log(&mut log)?;
    let sender = UdpSocket::bind((HERE, 5555))?;
    Ok(Receiver {
        sender,
        receiver,
        netfilter,
        queue,
        log,
        events,
    })
}

fn a_packet_is_queued_accepted_logged_and_tracked() -> Outcome {
    let mut at = receiver()?;
    at.sender.send_to(b"hello", (THERE, PORT))?;

    let queued = at
        .queue
        .wait_for(|message| message.kind() == NFQNL_MSG_PACKET)?;
    capture("netfilter-queue-packet", queued.get().as_bytes())?;
    let (header, attributes) = queued.get().split::<NetfilterHeader>()?;
    assert_eq!(
        (header.family, header.resource.get()),
        (NFPROTO_IPV4, QUEUE)
    );
    let packet =
        fields!(attributes => QueuePacket { header, payload, conntrack, input_index, mark })?;
    let head = packet.header.unwrap();
    assert_eq!((head.protocol.get(), head.hook), (0x0800, Hook::LOCAL_IN));
    assert_eq!(packet.payload.unwrap()[28..], *b"hello");
    assert!(packet.input_index.is_some());

    let logged = at
        .log
        .wait_for(|message| message.kind() == NFULNL_MSG_PACKET)?;
    capture("netfilter-log-packet", logged.get().as_bytes())?;
    let (header, attributes) = logged.get().split::<NetfilterHeader>()?;
    assert_eq!(header.resource.get(), GROUP);
    let packet = fields!(attributes => LogPacket { header, prefix, payload })?;
    assert_eq!(packet.prefix, Some("seen".into()));
    assert_eq!(packet.header.unwrap().hook, Hook::LOCAL_IN);
    assert_eq!(packet.payload.unwrap()[28..], *b"hello");

    // Until it is accepted it has not arrived, and its connection is not yet one.
    at.receiver.set_nonblocking(true)?;
    assert!(at.receiver.recv(&mut [0; 16]).is_err());
    at.receiver.set_nonblocking(false)?;
    verdict(&at.queue, head.id.get(), Verdict::ACCEPT)?;
    let mut buffer = [0; 16];
    let (length, from) = at.receiver.recv_from(&mut buffer)?;
    assert_eq!(
        (&buffer[..length], from),
        (&b"hello"[..], (HERE, 5555).into())
    );

    let made = at
        .events
        .wait_for(|message| message.kind() == IPCTNL_MSG_CT_NEW)?;
    capture("netfilter-conntrack", made.get().as_bytes())?;
    let (_, attributes) = made.get().split::<NetfilterHeader>()?;
    let found = fields!(attributes => Conntrack { original, reply, status, id })?;
    assert_eq!(
        ends(found.original.unwrap())?,
        (HERE.into(), 5555, THERE.into(), PORT)
    );
    assert_eq!(
        ends(found.reply.unwrap())?,
        (THERE.into(), PORT, HERE.into(), 5555)
    );
    assert!(found.status.unwrap().contains(ConntrackStatus::CONFIRMED));

    let table = at.netfilter.dump(
        IPCTNL_MSG_CT_GET,
        &NetfilterHeader::new(NFPROTO_IPV4),
        |w| Ok(w),
    )?;
    assert_eq!(table.len(), 1);
    let (_, attributes) = table[0].get().split::<NetfilterHeader>()?;
    let row = fields!(attributes => Conntrack { original_counters, reply_counters, id, timeout })?;
    let sent = row.original_counters.unwrap();
    let sent = fields!(sent => ConntrackCounters { packets, bytes })?;
    assert_eq!((sent.packets, sent.bytes), (Some(1), Some(20 + 8 + 5)));
    let replied = row.reply_counters.unwrap();
    assert_eq!(
        fields!(replied => ConntrackCounters { packets })?.packets,
        Some(0)
    );
    assert_eq!((row.id, row.timeout.is_some()), (found.id, true));

    let any = NetfilterHeader::default();
    let replies = at.netfilter.get(IPCTNL_MSG_CT_GET_STATS, &any, |w| Ok(w))?;
    capture("netfilter-conntrack-stats", replies[0].get().as_bytes())?;
    let (_, attributes) = replies[0].get().split::<NetfilterHeader>()?;
    let stats = fields!(attributes => ConntrackStats { entries, max_entries })?;
    assert_eq!(stats.entries, Some(1));
    let processors = at
        .netfilter
        .dump(IPCTNL_MSG_CT_GET_STATS_CPU, &any, |w| Ok(w))?;
    capture("netfilter-conntrack-cpu", processors[0].get().as_bytes())?;
    assert!(!processors.is_empty());
    for (number, message) in processors.iter().enumerate() {
        let (header, attributes) = message.get().split::<NetfilterHeader>()?;
        let stats = fields!(attributes => ConntrackCpuStats { invalid, drop })?;
        assert_eq!(usize::from(header.resource.get()), number);
        assert_eq!((stats.invalid, stats.drop), (Some(0), Some(0)));
    }
    Ok(())
}

fn a_dropped_one_does_not_arrive() -> Outcome {
    let mut at = receiver()?;
    for text in [b"first", b"other"] {
        at.sender.send_to(text, (THERE, PORT))?;
    }
    for decision in [Verdict::DROP, Verdict::ACCEPT] {
        let queued = at
            .queue
            .wait_for(|message| message.kind() == NFQNL_MSG_PACKET)?;
        let (_, attributes) = queued.get().split::<NetfilterHeader>()?;
        let packet = fields!(attributes => QueuePacket { header })?;
        verdict(&at.queue, packet.header.unwrap().id.get(), decision)?;
    }
    let mut buffer = [0; 16];
    let length = at.receiver.recv(&mut buffer)?;
    assert_eq!(&buffer[..length], b"other");
    Ok(())
}

fn ends(
    tuple: nlwire::codec::Set<'_, Tuple>,
) -> Result<(IpAddr, u16, IpAddr, u16), Box<dyn Error>> {
    let tuple = fields!(tuple => Tuple { ip, protocol })?;
    let ip = fields!(tuple.ip.unwrap() => TupleIp { source_v4, destination_v4 })?;
    let ports =
        fields!(tuple.protocol.unwrap() => TupleProtocol { source_port, destination_port })?;
    Ok((
        ip.source_v4.unwrap(),
        ports.source_port.unwrap(),
        ip.destination_v4.unwrap(),
        ports.destination_port.unwrap(),
    ))
}

fn tuple<'w, 'b>(w: &'w mut Writer<'b>, kind: u16, port: u16) -> Put<'w, 'b> {
    w.nest(kind, |w| {
        w.nest(CTA_TUPLE_IP, |w| {
            w.put(TupleIpAttr::SourceV4(HERE.into()))?
                .put(TupleIpAttr::DestinationV4(THERE.into()))
        })?
        .nest(CTA_TUPLE_PROTO, |w| {
            w.put(TupleProtocolAttr::Number(17))?
                .put(TupleProtocolAttr::SourcePort(port))?
                .put(TupleProtocolAttr::DestinationPort(53))
        })
    })
}

fn a_connection_is_made_changed_read_and_deleted() -> Outcome {
    let ipv4 = NetfilterHeader::new(NFPROTO_IPV4);
    let mut session = Session::open(Protocol::NETFILTER)?;
    // Only connections that begin after this have events.
    let groups = [NFNLGRP_CONNTRACK_DESTROY];
    let mut events = Session::listen(Protocol::NETFILTER, &groups)?;
    session.change(
        IPCTNL_MSG_CT_NEW,
        NewFlags::CREATE | NewFlags::EXCL,
        &ipv4,
        |w| {
            let w = tuple(w, CTA_TUPLE_ORIG, 1000)?;
            w.nest(nlwire::netfilter::CTA_TUPLE_REPLY, |w| {
                w.nest(CTA_TUPLE_IP, |w| {
                    w.put(TupleIpAttr::SourceV4(THERE.into()))?
                        .put(TupleIpAttr::DestinationV4(HERE.into()))
                })?
                .nest(CTA_TUPLE_PROTO, |w| {
                    w.put(TupleProtocolAttr::Number(17))?
                        .put(TupleProtocolAttr::SourcePort(53))?
                        .put(TupleProtocolAttr::DestinationPort(1000))
                })
            })?
            .put(ConntrackAttr::Timeout(600))?
            .put(ConntrackAttr::Mark(0x11))
        },
    )?;
    let listed = run("conntrack", &["-L"])?;
    let line = "src=198.51.100.1 dst=198.51.100.2 sport=1000 dport=53";
    assert!(
        listed.contains(line) && listed.contains("mark=17"),
        "{listed}"
    );

    session.change(IPCTNL_MSG_CT_NEW, NewFlags::empty(), &ipv4, |w| {
        tuple(w, CTA_TUPLE_ORIG, 1000)?.put(ConntrackAttr::Mark(0x12))
    })?;
    assert!(run("conntrack", &["-L"])?.contains("mark=18"));
    let read = session.get(IPCTNL_MSG_CT_GET, &ipv4, |w| tuple(w, CTA_TUPLE_ORIG, 1000))?;
    let (_, attributes) = read[0].get().split::<NetfilterHeader>()?;
    assert_eq!(fields!(attributes => Conntrack { mark })?.mark, Some(0x12));

    // Created by the other program.
    let add = "-I -s 192.0.2.1 -d 192.0.2.2 -p udp --sport 7 --dport 9 -t 60 -m 3";
    run("conntrack", &add.split(' ').collect::<Vec<_>>())?;
    let table = session.dump(IPCTNL_MSG_CT_GET, &ipv4, |w| Ok(w))?;
    let mut marks = Vec::new();
    for row in &table {
        let (_, attributes) = row.get().split::<NetfilterHeader>()?;
        marks.push(fields!(attributes => Conntrack { mark })?.mark.unwrap());
    }
    marks.sort_unstable();
    assert_eq!(marks, [3, 0x12]);

    session.change(IPCTNL_MSG_CT_DELETE, Flags::empty(), &ipv4, |w| {
        tuple(w, CTA_TUPLE_ORIG, 1000)
    })?;
    assert!(!run("conntrack", &["-L"])?.contains(line));
    let gone = events.wait_for(|message| message.kind() == IPCTNL_MSG_CT_DELETE)?;
    let (_, attributes) = gone.get().split::<NetfilterHeader>()?;
    let original = fields!(attributes => Conntrack { original })?
        .original
        .unwrap();
    assert_eq!(ends(original)?, (HERE.into(), 1000, THERE.into(), 53));
    Ok(())
}
