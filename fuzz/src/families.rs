//! The families: their messages, typed, written and typed again.

use nlwire::codec::{AttributeSet, Encode};
use nlwire::connector::{Connector, ProcessEvent, W1Command, W1Message, masters};
use nlwire::generic::{
    self, acpi_event, batadv, binder, dev_energymodel, devlink, dpll, drm_ras, drop_monitor,
    ethtool, fou, gtp, handshake, ila, ioam6, ipvs, l2tp, lockd, mac80211_hwsim, macsec, mptcp_pm,
    nbd, ncsi, net_shaper, netdev, nfsd, nl80211, openvswitch, ovpn, psample, psp, quota, seg6,
    smc, sunrpc, taskstats, tcp_metrics, team, thermal, tipc, vdpa, wireguard,
};
use nlwire::pretty::Pretty;
use nlwire::schema::SchemaFn;
use nlwire::uevent::Uevent;
use nlwire::zerocopy::FromBytes as _;
use nlwire::{Attrs, Batch, EncodeError, FixedHeader, MessageRef, Writer};
use nlwire::{
    audit as audits, crypto as algorithms, netfilter as nf, rdma as devices, route as rt,
    sock_diag as sockets, xfrm as ipsec,
};

use crate::Seen;
use crate::common::{message, naive};

/// Reads a message by its header and set.
type Typed = fn(MessageRef<'_>, &mut Seen);

/// Set, the check of a message, and the debug form of its attributes.
type Entry = (SchemaFn, Typed, fn(Attrs<'_>) -> String);

/// A target: its protocol, and the headers and sets of its messages. The replay
/// asks for each set that nlwire has for the protocol.
macro_rules! family {
    ($name:ident $sets:ident $protocol:path: $($header:ty, $set:ty;)*) => {
        const $sets: &[Entry] = &[$((<$set>::schema, typed::<$header, $set>, debug::<$set>)),*];

        /// Reads a byte that chooses a set, a message type, and a payload.
        pub fn $name(data: &[u8], seen: &mut Seen) {
            family(data, seen, $protocol, $sets);
        }
    };
}

family! { crypto CRYPTO algorithms::NETLINK_CRYPTO:
    algorithms::AlgorithmHeader, algorithms::Algorithm;
}
family! { generic GENERIC generic::NETLINK_GENERIC:
    generic::GenericHeader, generic::Controller;
    generic::GenericHeader, ethtool::CableTest;
    generic::GenericHeader, ethtool::CableTestReport;
    generic::GenericHeader, ethtool::Channels;
    generic::GenericHeader, ethtool::Coalesce;
    generic::GenericHeader, ethtool::Debug;
    generic::GenericHeader, ethtool::Eee;
    generic::GenericHeader, ethtool::Features;
    generic::GenericHeader, ethtool::Fec;
    generic::GenericHeader, ethtool::LinkInfo;
    generic::GenericHeader, ethtool::LinkModes;
    generic::GenericHeader, ethtool::LinkState;
    generic::GenericHeader, ethtool::MacMerge;
    generic::GenericHeader, ethtool::Module;
    generic::GenericHeader, ethtool::ModuleEeprom;
    generic::GenericHeader, ethtool::ModuleFlash;
    generic::GenericHeader, ethtool::Mse;
    generic::GenericHeader, ethtool::Pause;
    generic::GenericHeader, ethtool::Phy;
    generic::GenericHeader, ethtool::Plca;
    generic::GenericHeader, ethtool::PrivateFlags;
    generic::GenericHeader, ethtool::Pse;
    generic::GenericHeader, ethtool::PseReport;
    generic::GenericHeader, ethtool::Rings;
    generic::GenericHeader, ethtool::Rss;
    generic::GenericHeader, ethtool::Stats;
    generic::GenericHeader, ethtool::StringSets;
    generic::GenericHeader, ethtool::TdrReport;
    generic::GenericHeader, ethtool::TdrTest;
    generic::GenericHeader, ethtool::TimestampConfig;
    generic::GenericHeader, ethtool::TimestampInfo;
    generic::GenericHeader, ethtool::TunnelInfo;
    generic::GenericHeader, ethtool::VirtualClocks;
    generic::GenericHeader, ethtool::WakeOnLan;
    generic::GenericHeader, taskstats::TaskRequest;
    generic::GenericHeader, taskstats::TaskReport;
    generic::GenericHeader, taskstats::CgroupRequest;
    generic::GenericHeader, taskstats::CgroupReport;
    generic::GenericHeader, wireguard::Device;
    generic::GenericHeader, ioam6::Ioam;
    generic::GenericHeader, ioam6::Trace;
    generic::GenericHeader, mptcp_pm::Manager;
    generic::GenericHeader, mptcp_pm::MptcpEvent;
    generic::GenericHeader, net_shaper::Capabilities;
    generic::GenericHeader, net_shaper::Shaper;
    generic::GenericHeader, netdev::DmaBuf;
    generic::GenericHeader, netdev::Napi;
    generic::GenericHeader, netdev::PagePool;
    generic::GenericHeader, netdev::PagePoolStats;
    generic::GenericHeader, netdev::Queue;
    generic::GenericHeader, netdev::QueueStats;
    generic::GenericHeader, netdev::XdpLink;
    generic::GenericHeader, seg6::Segments;
    generic::GenericHeader, tcp_metrics::Metrics;
    generic::GenericHeader, acpi_event::Acpi;
    generic::GenericHeader, batadv::Batadv;
    generic::GenericHeader, binder::Report;
    generic::GenericHeader, dev_energymodel::PerfDomain;
    generic::GenericHeader, dev_energymodel::PerfTable;
    generic::GenericHeader, dpll::Dpll;
    generic::GenericHeader, dpll::Pin;
    generic::GenericHeader, drm_ras::ErrorCounter;
    generic::GenericHeader, drm_ras::RasNode;
    generic::GenericHeader, drop_monitor::Drop;
    generic::GenericHeader, fou::Fou;
    generic::GenericHeader, gtp::Gtp;
    generic::GenericHeader, handshake::Accept;
    generic::GenericHeader, handshake::Done;
    generic::GenericHeader, ila::Ila;
    generic::GenericHeader, l2tp::L2tp;
    generic::GenericHeader, lockd::LockServer;
    generic::GenericHeader, macsec::Macsec;
    generic::GenericHeader, nbd::Nbd;
    generic::GenericHeader, nfsd::CacheFlush;
    generic::GenericHeader, nfsd::CacheNotice;
    generic::GenericHeader, nfsd::ExportKeys;
    generic::GenericHeader, nfsd::Exports;
    generic::GenericHeader, nfsd::Listeners;
    generic::GenericHeader, nfsd::PoolMode;
    generic::GenericHeader, nfsd::RpcStatus;
    generic::GenericHeader, nfsd::ServerStats;
    generic::GenericHeader, nfsd::Threads;
    generic::GenericHeader, nfsd::UnlockAddress;
    generic::GenericHeader, nfsd::UnlockExport;
    generic::GenericHeader, nfsd::UnlockFileSystem;
    generic::GenericHeader, nfsd::Versions;
    generic::GenericHeader, ovpn::Ovpn;
    generic::GenericHeader, psample::Sample;
    generic::GenericHeader, psp::Association;
    generic::GenericHeader, psp::PspDevice;
    generic::GenericHeader, psp::PspStats;
    generic::GenericHeader, quota::QuotaWarning;
    generic::GenericHeader, sunrpc::CacheFlush;
    generic::GenericHeader, sunrpc::CacheNotice;
    generic::GenericHeader, sunrpc::IpMaps;
    generic::GenericHeader, sunrpc::UnixGroups;
    generic::GenericHeader, team::Team;
    generic::GenericHeader, thermal::Thermal;
    generic::GenericHeader, devlink::Devlink;
    generic::GenericHeader, nl80211::Nl80211;
    generic::GenericHeader, mac80211_hwsim::Hwsim;
    generic::GenericHeader, tipc::Tipc;
    generic::GenericHeader, smc::Smc;
    generic::GenericHeader, smc::Eids;
    generic::GenericHeader, smc::SystemEid;
    generic::GenericHeader, smc::HandshakeLimit;
    generic::GenericHeader, smc::pnet::Pnet;
    generic::GenericHeader, ipvs::Ipvs;
    generic::GenericHeader, ipvs::IpvsInfo;
    generic::GenericHeader, ncsi::Ncsi;
    generic::GenericHeader, vdpa::Vdpa;
    openvswitch::OvsHeader, openvswitch::ct_limit::CtLimit;
    openvswitch::OvsHeader, openvswitch::datapath::Datapath;
    openvswitch::OvsHeader, openvswitch::flow::Flow;
    openvswitch::OvsHeader, openvswitch::meter::Meter;
    openvswitch::OvsHeader, openvswitch::packet::Packet;
    openvswitch::OvsHeader, openvswitch::vport::Vport;
}
family! { netfilter NETFILTER nf::NETLINK_NETFILTER:
    nf::NetfilterHeader, nf::Conntrack;
    nf::NetfilterHeader, nf::ConntrackStats;
    nf::NetfilterHeader, nf::Expectation;
    nf::NetfilterHeader, nf::QueuePacket;
    nf::NetfilterHeader, nf::QueueConfig;
    nf::NetfilterHeader, nf::LogPacket;
    nf::NetfilterHeader, nf::Table;
    nf::NetfilterHeader, nf::Chain;
    nf::NetfilterHeader, nf::Rule;
    nf::NetfilterHeader, nf::NftSet;
    nf::NetfilterHeader, nf::SetElements;
    nf::NetfilterHeader, nf::Generation;
    nf::NetfilterHeader, nf::NetfilterBatch;
    nf::NetfilterHeader, nf::ConntrackCpuStats;
    nf::NetfilterHeader, nf::ExpectationCpuStats;
    nf::NetfilterHeader, nf::LogConfig;
    nf::NetfilterHeader, nf::NftObject;
    nf::NetfilterHeader, nf::FlowTable;
    nf::NetfilterHeader, nf::Trace;
    nf::NetfilterHeader, nf::acct::Acct;
    nf::NetfilterHeader, nf::helper::UserHelper;
    nf::NetfilterHeader, nf::hooks::HookEntry;
    nf::NetfilterHeader, nf::timeout::Timeout;
    nf::NetfilterHeader, nf::ipset::IpSet;
    nf::NetfilterHeader, nf::ipset::IpSetMember;
    nf::NetfilterHeader, nf::ipset::IpSetNames;
}
family! { route ROUTE rt::NETLINK_ROUTE:
    rt::LinkHeader, rt::Link;
    rt::AddressHeader, rt::Address;
    rt::RouteHeader, rt::Route;
    rt::NeighbourHeader, rt::Neighbour;
    rt::RuleHeader, rt::Rule;
    rt::NextHopHeader, rt::NextHopObject;
    rt::TrafficHeader, rt::Traffic;
    rt::ActionHeader, rt::ActionTable;
    rt::AddressLabelHeader, rt::AddressLabel;
    rt::NeighbourTableHeader, rt::NeighbourTable;
    rt::FamilyHeader, rt::Netconf;
    rt::FamilyHeader, rt::NamespaceId;
    rt::MdbHeader, rt::Mdb;
    rt::MdbHeader, rt::MdbRequest;
    rt::BridgeVlanHeader, rt::BridgeVlans;
    rt::BridgeVlanHeader, rt::BridgeVlanDump;
    rt::VniHeader, rt::VniFilter;
    rt::StatsHeader, rt::Stats;
    rt::StatsHeader, rt::StatsRequest;
    rt::PrefixHeader, rt::RouterPrefix;
    rt::NdOptionHeader, rt::NdOptions;
    rt::FamilyHeader, rt::CacheReport;
    rt::DcbHeader, rt::Dcb;
    rt::DcbHeader, rt::DcbResult;
}
family! { sock_diag SOCK_DIAG sockets::NETLINK_SOCK_DIAG:
    sockets::InetSocket, sockets::Inet;
    sockets::UnixSocket, sockets::Unix;
    sockets::NetlinkSocket, sockets::NetlinkDiag;
    sockets::PacketSocket, sockets::Packet;
    sockets::VsockSocket, sockets::Vsock;
    sockets::SmcSocket, sockets::Smc;
    sockets::XdpSocket, sockets::Xdp;
    sockets::InetRequest, sockets::InetRequestSet;
}

family! { xfrm XFRM ipsec::NETLINK_XFRM:
    ipsec::StateHeader, ipsec::Xfrm;
    ipsec::StateId, ipsec::Xfrm;
    ipsec::SpiHeader, ipsec::Xfrm;
    ipsec::StateExpiryHeader, ipsec::Xfrm;
    ipsec::FlushStatesHeader, ipsec::Xfrm;
    ipsec::AeventHeader, ipsec::Xfrm;
    ipsec::PolicyHeader, ipsec::Xfrm;
    ipsec::PolicyId, ipsec::Xfrm;
    ipsec::PolicyExpiryHeader, ipsec::Xfrm;
    ipsec::DefaultsHeader, ipsec::Xfrm;
    ipsec::AcquireHeader, ipsec::Xfrm;
    ipsec::ReportHeader, ipsec::Xfrm;
    ipsec::MappingHeader, ipsec::Xfrm;
    ipsec::MigrateStateHeader, ipsec::Xfrm;
    ipsec::InfoHeader, ipsec::StateTable;
    ipsec::InfoHeader, ipsec::PolicyTable;
}

family! { rdma RDMA devices::NETLINK_RDMA:
    (), devices::Rdma;
}

/// The debug forms of all sets of these attributes.
pub fn debugs(attributes: Attrs<'_>) -> impl Iterator<Item = String> {
    let sets = [CRYPTO, GENERIC, NETFILTER, ROUTE, SOCK_DIAG];
    let sets = sets.into_iter().flatten();
    sets.map(move |(_, _, debug)| debug(attributes))
}

fn debug<S: AttributeSet>(attributes: Attrs<'_>) -> String {
    format!("{:?}", attributes.typed::<S>())
}

fn family(data: &[u8], seen: &mut Seen, protocol: u8, sets: &[Entry]) {
    let Some(([set, low, high], payload)) = data.split_first_chunk() else {
        return;
    };
    let kind = u16::from_le_bytes([*low, *high]);
    let bytes = message(kind, 0, 7, 77, payload);
    let whole = MessageRef::new(&bytes).expect("a whole message");
    let (schema, typed, _) = sets[usize::from(*set) % sets.len()];
    seen.note(format_args!("Set_{protocol}_{}", schema().name));
    typed(whole, seen);
    let tree = Pretty::new(&bytes, Some(protocol)).to_string();
    assert!(tree.lines().count() > 1 || payload.is_empty() || payload.len() < 4);
}

fn typed<T: FixedHeader, S: AttributeSet>(message: MessageRef<'_>, seen: &mut Seen)
where
    for<'a> S::Attr<'a>: Encode,
{
    let (header, attributes) = message.split_zero_extended::<T>();
    match message.split::<T>() {
        Ok((whole, same)) => {
            assert_eq!(whole.as_bytes(), header.as_bytes());
            assert_eq!(same, attributes);
        }
        Err(error) => {
            seen.note(error.kind());
            assert!(message.payload().len() < size_of::<T>());
        }
    }
    let bytes = message.as_bytes();
    let start = (16 + naive::round_up(size_of::<T>())).min(bytes.len());
    let (row, _) = naive::attributes(bytes, start..bytes.len());
    let items: Vec<_> = attributes
        .typed::<S>()
        .iter()
        .map_while(Result::ok)
        .collect();
    assert_eq!(items.len(), row.len());
    for ((raw, value), expected) in items.into_iter().zip(row) {
        assert_eq!(
            (raw.offset() as usize, raw.raw_kind()),
            (expected.offset, expected.kind)
        );
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                seen.note(error.kind());
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        // Down to the last nest.
        assert!(!format!("{value:?}").is_empty());
        // What is written of a value is read, and written the same again.
        let once = written::<T, S>(&header, value);
        let again = MessageRef::new(&once).expect("a whole message");
        let (_, attributes) = again.split::<T>().expect("a whole header");
        let (_, value) = attributes
            .typed::<S>()
            .iter()
            .next()
            .expect("one")
            .expect("whole");
        let value = value.unwrap_or_else(|error| panic!("{raw:?} reads as {error}"));
        assert_eq!(written::<T, S>(&header, value), once, "{raw:?}");
    }
}

fn written<T: FixedHeader, S: AttributeSet>(header: &T, value: S::Attr<'_>) -> Vec<u8>
where
    for<'a> S::Attr<'a>: Encode,
{
    // An attribute is at most 65,535 bytes.
    let mut buffer = vec![0xaa; 70_000];
    let kind = nlwire::MessageType(16);
    let flags = nlwire::Flags::empty();
    let message = Writer::message(&mut buffer, kind, flags, header, |w| w.put(value));
    message.expect("it fits").as_bytes().to_vec()
}

/// Reads a capacity, a count, a rule and a key, and writes a selector of traffic with
/// the key so many times. A selector can have 255 keys.
pub fn selector(data: &[u8], seen: &mut Seen) {
    let Some(([c0, c1, n0, n1], parts)) = data.split_first_chunk() else {
        return;
    };
    let Some(([rule, key], _)) = parts.as_chunks::<16>().0.split_first_chunk() else {
        return;
    };
    let capacity = usize::from(u16::from_le_bytes([*c0, *c1])) % 5000;
    let count = usize::from(u16::from_le_bytes([*n0, *n1])) % 300;
    let mut expected = rule.to_vec();
    expected.extend(key.repeat(count));

    let rule = rt::U32Rule::read_from_bytes(rule).expect("its size");
    let keys = vec![rt::U32Key::read_from_bytes(key).expect("its size"); count];
    let value = rt::U32Selector {
        rule: &rule,
        keys: &keys,
    };
    let mut buffer = vec![0xaa; capacity];
    let put = Writer::attributes(&mut buffer, |w| w.put(rt::U32FilterAttr::Selector(value)));
    let needed = 4 + expected.len();
    match put {
        Ok(block) => {
            expected[2] = u8::try_from(count).expect("no more than are counted");
            let attribute = block.require(rt::TCA_U32_SEL).expect("what was put");
            assert_eq!(attribute.bytes(), expected);
            let (_, read) = block
                .typed::<rt::U32Filter>()
                .iter()
                .next()
                .expect("one")
                .expect("whole");
            let Ok(rt::U32FilterAttr::Selector(read)) = read else {
                panic!("{read:?}");
            };
            assert_eq!(read.keys, keys);
        }
        Err(error) => {
            let expected = match count > 255 {
                true => EncodeError::TooMany {
                    attribute: rt::TCA_U32_SEL,
                    limit: 255,
                    count: count as u32,
                },
                false => EncodeError::Overflow {
                    needed: needed as u32,
                    capacity: capacity as u32,
                },
            };
            assert_eq!(error, expected);
            assert!(count > 255 || needed > capacity);
            assert!(buffer.iter().all(|byte| *byte == 0xaa));
            seen.note(error);
        }
    }
}

/// A message type, and the payload of a message of the audit system.
pub fn audit(data: &[u8], seen: &mut Seen) {
    let Some(([low, high], payload)) = data.split_first_chunk() else {
        return;
    };
    let bytes = message(u16::from_le_bytes([*low, *high]), 0, 7, 77, payload);
    let whole = MessageRef::new(&bytes).expect("a whole message");
    assert!(
        !Pretty::new(&bytes, Some(audits::NETLINK_AUDIT))
            .to_string()
            .is_empty()
    );
    if let audits::Change::Record(record) = audits::Change::of(whole) {
        record_fields(record.fields(), record.body().as_bytes());
    }
    rule(whole, seen);
}

/// Each field is a part of the text, behind the one before.
fn record_fields(fields: audits::RecordFields<'_>, text: &[u8]) {
    let mut rest = text;
    for field in fields {
        let parts = [field.key().as_bytes(), field.raw().as_bytes()];
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let start = rest.windows(part.len()).position(|window| window == part);
            rest = &rest[start.expect("a part of the text") + part.len()..];
        }
        let length = field.raw().len();
        assert!(field.decoded().count() <= length);
        if let Some(bytes) = field.unhexed() {
            assert_eq!(2 * bytes.count(), length);
        }
        assert!(
            field
                .number()
                .is_none_or(|number| field.signed() == i64::try_from(number).ok())
        );
        let _ = (
            field.hex_number(),
            field.socket_address(),
            format!("{field:?}"),
        );
        if let Some(inner) = field.message() {
            record_fields(inner, field.text().as_bytes());
        }
    }
}

/// A rule that is whole is written again, and reads the same.
fn rule(whole: MessageRef<'_>, seen: &mut Seen) {
    let row = audits::RuleRow::of(whole);
    let terms: Result<Vec<_>, _> = row.terms().collect();
    assert!(!row.to_string().is_empty());
    let terms = match terms {
        Ok(terms) => terms,
        Err(error) => return seen.note(error.kind()),
    };
    let action = row.action();
    let known = [audits::RuleAction::ALWAYS, audits::RuleAction::NEVER];
    if !known.contains(&action) {
        return;
    }
    let mut rule = match action {
        audits::RuleAction::ALWAYS => audits::Rule::always(row.list()),
        _ => audits::Rule::never(row.list()),
    };
    if row.is_first() {
        rule = rule.first();
    }
    let rule = rule.syscall_set(*row.syscalls()).with(&terms);
    assert_eq!(rule.to_string(), row.to_string());
    let mut buffer = vec![0; whole.as_bytes().len() + 2048];
    let mut batch = Batch::new(&mut buffer[..]);
    batch
        .push(&audits::NewRule::of(rule))
        .expect("up to 64 terms");
    let again = batch
        .messages()
        .next()
        .expect("one")
        .expect("a whole message");
    let again = audits::RuleRow::of(again);
    assert_eq!(again.to_string(), row.to_string());
    assert!(again.terms().map_while(Result::ok).eq(terms));
}

/// The payload of a message of the connector.
pub fn connector(data: &[u8], seen: &mut Seen) {
    let bytes = message(3, 0, 7, 77, data);
    let whole = MessageRef::new(&bytes).expect("a whole message");
    let message = match Connector::new(whole) {
        Ok(message) => message,
        Err(error) => {
            seen.note(error.kind());
            return;
        }
    };
    let length = usize::from(naive::u16_at(data, 16));
    assert_eq!(message.data(), &data[20..20 + length]);
    if let Some(event) = ProcessEvent::new(&message) {
        assert!(length >= 16);
        assert!(!format!("{:?}", event.data()).is_empty());
    }
    let mut rest = message.data();
    while let Some((message, mut data, behind)) = W1Message::split(rest) {
        assert_eq!(rest.len(), 12 + data.len() + behind.len());
        assert_eq!(data.len(), usize::from(message.length.get()));
        let ids = masters(data).map(<[_]>::len);
        assert_eq!(ids, (data.len() % 4 == 0).then_some(data.len() / 4));
        while let Some((command, carried, behind)) = W1Command::split(data) {
            assert_eq!(data.len(), 4 + carried.len() + behind.len());
            assert!(!format!("{command:?} {}", message.master()).is_empty());
            data = behind;
        }
        rest = behind;
    }
}

/// A device event, which has no header of netlink's.
pub fn uevent(data: &[u8], _: &mut Seen) {
    let Some(event) = Uevent::new(data) else {
        return;
    };
    if !event.is_from_udev() {
        let mut texts = data.split(|byte| *byte == 0);
        let summary = texts.next().expect("a text");
        let at = summary
            .iter()
            .position(|byte| *byte == b'@')
            .expect("a summary");
        assert_eq!(event.action(), Some(&summary[..at]));
        assert_eq!(event.path(), Some(&summary[at + 1..]));
        let mut rest: Vec<_> = texts.collect();
        // What ends in a NUL ends there.
        if rest.last().is_some_and(|last| last.is_empty()) {
            rest.pop();
        }
        let joined: Vec<_> = event.pairs().collect();
        assert_eq!(joined.len(), rest.len());
        for ((key, value), text) in joined.into_iter().zip(rest) {
            let at = text.iter().position(|byte| *byte == b'=');
            assert_eq!(key, &text[..at.unwrap_or(text.len())]);
            assert_eq!(value, at.map_or(&[][..], |at| &text[at + 1..]));
            let key = std::str::from_utf8(key).unwrap_or("");
            assert!(key.is_empty() || event.get(key).is_some());
        }
    }
    let _ = event.sequence();
}
