//! Requests of families of generic netlink as bytes, and their notifications.
#![cfg(all(feature = "acpi_event", feature = "openvswitch", feature = "vdpa"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use nlwire::codec::{AttributeSet, Hidden};
use nlwire::generic::openvswitch::{OvsHeader, flow};
use nlwire::generic::{GenericHeader, acpi_event, batadv, binder, dev_energymodel, dpll};
use nlwire::generic::{
    devlink, drm_ras, drop_monitor, fou, gtp, handshake, ila, ioam6, ipvs, l2tp, lockd,
};
use nlwire::generic::{mac80211_hwsim, smc, tipc};
use nlwire::generic::{macsec, mptcp_pm, nbd, ncsi, net_shaper, netdev, nfsd, ovpn, psample, psp};
use nlwire::generic::{quota, seg6, sunrpc, taskstats, tcp_metrics, team, thermal, vdpa};
use nlwire::request::Object;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Batch, Errno, Flags, GetFlags, MessageRef, MessageType, Query, Request, Writer};

/// The command, the version and the attributes of a request, typed.
fn shown<S: AttributeSet>(request: &dyn Request) -> String {
    let mut room = [0; 1024];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(request).unwrap();
    let message = batch.messages().next().unwrap().unwrap();
    let (header, attributes) = message.split::<GenericHeader>().unwrap();
    let is_dump = message.flags().contains(Flags::from(GetFlags::DUMP));
    let described = request
        .protocol()
        .unwrap()
        .describe(&message, true)
        .unwrap();
    assert_eq!(described.attributes().name, S::schema().name);
    format!(
        "{}{} v{} {:?}",
        described.name(),
        if is_dump { " dump" } else { "" },
        header.version,
        attributes.typed::<S>()
    )
}

/// The bytes of a request's attributes.
fn bytes(request: &dyn Request) -> Vec<u8> {
    let mut room = [0; 1024];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(request).unwrap();
    let message = batch.messages().next().unwrap().unwrap();
    message.payload()[4..].to_vec()
}

macro_rules! shows {
    ($($set:ty: $request:expr => $text:literal;)*) => {
        $(assert_eq!(shown::<$set>(&$request), $text);)*
    };
}

#[test]
fn requests_have_the_attributes_of_their_names() {
    let handle = [
        net_shaper::HandleAttr::Scope(net_shaper::Scope::QUEUE),
        net_shaper::HandleAttr::Id(3),
    ];
    let shaper = [
        net_shaper::ShaperAttr::Handle((&handle).into()),
        net_shaper::ShaperAttr::Max(10_000_000),
    ];
    let sa = [
        macsec::SaAttr::Number(1),
        macsec::SaAttr::PacketNumber(macsec::PacketNumber::Long(1)),
        macsec::SaAttr::Key(Hidden(&[7; 16])),
    ];
    let sa = [macsec::MacsecAttr::Sa((&sa).into())];
    let socket = [nbd::NbdSocketAttr::Descriptor(9)];
    let sockets = [nbd::NbdSocketsAttr::Socket((&socket).into())];
    let sockets = [nbd::NbdAttr::Sockets((&sockets).into())];
    let service = [
        ipvs::ServiceAttr::Family(2),
        ipvs::ServiceAttr::Address([192, 0, 2, 1].into()),
        ipvs::ServiceAttr::Port(80),
    ];
    let service = [ipvs::IpvsAttr::Service((&service).into())];
    let node = [2, 0, 0, 0, 0, 1];
    let two = [mac80211_hwsim::HwsimAttr::Channels(2)];
    let bearer = [tipc::BearerAttr::Name("eth:eth0".into())];
    let bearer = [tipc::TipcAttr::Bearer((&bearer).into())];
    let key = [tipc::NodeAttr::Key(Hidden(&[7; 16]))];
    let key = [tipc::TipcAttr::Node((&key).into())];
    shows! {
        tcp_metrics::Metrics: tcp_metrics::GetMetrics::of_pair([10, 0, 0, 1], [10, 0, 0, 2]) =>
            "TCP_METRICS_CMD_GET v1 {TCP_METRICS_ATTR_SADDR_IPV4: 10.0.0.1, TCP_METRICS_ATTR_ADDR_IPV4: 10.0.0.2}";
        mptcp_pm::Manager: mptcp_pm::NewEndpoint::at([10, 0, 0, 1]).id(3).port(80).flags(mptcp_pm::EndpointFlags::SIGNAL) =>
            "MPTCP_PM_CMD_ADD_ADDR v1 {MPTCP_PM_ATTR_ADDR: {MPTCP_PM_ADDR_ATTR_FAMILY: 2, MPTCP_PM_ADDR_ATTR_ADDR4: 10.0.0.1, MPTCP_PM_ADDR_ATTR_ID: 3, MPTCP_PM_ADDR_ATTR_PORT: 80, MPTCP_PM_ADDR_ATTR_FLAGS: signal}}";
        mptcp_pm::Manager: mptcp_pm::SetSubflow::of(5, mptcp_pm::SubflowEnd::at([10, 0, 0, 1]).port(1).backup(true), mptcp_pm::SubflowEnd::at([10, 0, 0, 2]).port(2)) =>
            "MPTCP_PM_CMD_SET_FLAGS v1 {MPTCP_PM_ATTR_TOKEN: 5, MPTCP_PM_ATTR_ADDR: {MPTCP_PM_ADDR_ATTR_FAMILY: 2, MPTCP_PM_ADDR_ATTR_ADDR4: 10.0.0.1, MPTCP_PM_ADDR_ATTR_PORT: 1, MPTCP_PM_ADDR_ATTR_FLAGS: backup}, MPTCP_PM_ATTR_ADDR_REMOTE: {MPTCP_PM_ADDR_ATTR_FAMILY: 2, MPTCP_PM_ADDR_ATTR_ADDR4: 10.0.0.2, MPTCP_PM_ADDR_ATTR_PORT: 2}}";
        seg6::Segments: seg6::DeleteKey::by_id(7) =>
            "SEG6_CMD_SETHMAC v1 {SEG6_ATTR_HMACKEYID: 7, SEG6_ATTR_SECRETLEN: 0, SEG6_ATTR_ALGID: sha256}";
        ioam6::Ioam: ioam6::SetNamespaceSchema::none(3) =>
            "IOAM6_CMD_NS_SET_SCHEMA v1 {IOAM6_ATTR_NS_ID: 3, IOAM6_ATTR_SC_NONE}";
        netdev::QueueStats: netdev::GetQueueStats::of_queues(2) =>
            "NETDEV_CMD_QSTATS_GET dump v1 {NETDEV_A_QSTATS_IFINDEX: 2, NETDEV_A_QSTATS_SCOPE: queue}";
        net_shaper::Shaper: net_shaper::SetShaper::of_link(2).with(&shaper) =>
            "NET_SHAPER_CMD_SET v1 {NET_SHAPER_A_IFINDEX: 2, NET_SHAPER_A_HANDLE: {NET_SHAPER_A_HANDLE_SCOPE: queue, NET_SHAPER_A_HANDLE_ID: 3}, NET_SHAPER_A_BW_MAX: 10000000}";
        fou::Fou: fou::NewPort::gue_v4(5555) =>
            "FOU_CMD_ADD v1 {FOU_ATTR_PORT: 5555, FOU_ATTR_AF: 2, FOU_ATTR_TYPE: gue}";
        gtp::Gtp: gtp::DeleteContext::v1(7, 100) =>
            "GTP_CMD_DELPDP v0 {GTPA_VERSION: v1, GTPA_LINK: 7, GTPA_I_TEI: 100}";
        ila::Ila: ila::GetMappings::all() => "ILA_CMD_GET dump v1 {}";
        psample::Sample: psample::GetGroups::all() => "PSAMPLE_CMD_GET_GROUP dump v1 {}";
        drop_monitor::Drop: drop_monitor::Start::software() =>
            "NET_DM_CMD_START v2 {NET_DM_ATTR_SW_DROPS}";
        thermal::Thermal: thermal::GetTrips::of_zone(1) =>
            "THERMAL_GENL_CMD_TZ_GET_TRIP v1 {THERMAL_GENL_ATTR_TZ_ID: 1}";
        l2tp::L2tp: l2tp::NewSession::of(1, 10, 20, l2tp::PseudowireType::ETHERNET) =>
            "L2TP_CMD_SESSION_CREATE v1 {L2TP_ATTR_CONN_ID: 1, L2TP_ATTR_SESSION_ID: 10, L2TP_ATTR_PEER_SESSION_ID: 20, L2TP_ATTR_PW_TYPE: eth}";
        macsec::Macsec: macsec::NewTxSa::of_link(7).with(&sa) =>
            "MACSEC_CMD_ADD_TXSA v1 {MACSEC_ATTR_IFINDEX: 7, MACSEC_ATTR_SA_CONFIG: {MACSEC_SA_ATTR_AN: 1, MACSEC_SA_ATTR_PN: 1, MACSEC_SA_ATTR_KEY: secret of 16 bytes}}";
        nbd::Nbd: nbd::ConnectDevice::by_index(0).with(&sockets) =>
            "NBD_CMD_CONNECT v1 {NBD_ATTR_INDEX: 0, NBD_ATTR_SOCKETS: {NBD_SOCK_ITEM: {NBD_SOCK_FD: 9}}}";
        team::Team: team::GetPorts::of_link(4) =>
            "TEAM_CMD_PORT_LIST_GET v1 {TEAM_ATTR_TEAM_IFINDEX: 4}";
        batadv::Batadv: batadv::StartTest::to(3, &node, 5000) =>
            "BATADV_CMD_TP_METER v1 {BATADV_ATTR_MESH_IFINDEX: 3, BATADV_ATTR_ORIG_ADDRESS: 02:00:00:00:00:01, BATADV_ATTR_TPMETER_TEST_TIME: 5000}";
        ovpn::Ovpn: ovpn::GetPeers::of_link(2) => "OVPN_CMD_PEER_GET dump v1 {OVPN_A_IFINDEX: 2}";
        psp::Association: psp::NewRxKey::of_socket(5, 1, psp::PspVersion::HDR0_AES_GCM_128) =>
            "PSP_CMD_RX_ASSOC v1 {PSP_A_ASSOC_SOCK_FD: 5, PSP_A_ASSOC_DEV_ID: 1, PSP_A_ASSOC_VERSION: hdr0-aes-gcm-128}";
        handshake::Done: handshake::ReportDone::of_socket(5, 0) =>
            "HANDSHAKE_CMD_DONE v1 {HANDSHAKE_A_DONE_STATUS: 0, HANDSHAKE_A_DONE_SOCKFD: 5}";
        nfsd::Threads: nfsd::SetThreads::to(8) => "NFSD_CMD_THREADS_SET v1 {NFSD_A_SERVER_THREADS: 8}";
        devlink::Devlink: devlink::SplitPort::of("pci", "0000:01:00.0", 1, 4) =>
            "DEVLINK_CMD_PORT_SPLIT v1 {DEVLINK_ATTR_BUS_NAME: \"pci\", DEVLINK_ATTR_DEV_NAME: \"0000:01:00.0\", DEVLINK_ATTR_PORT_INDEX: 1, DEVLINK_ATTR_PORT_SPLIT_COUNT: 4}";
        ipvs::Ipvs: ipvs::GetDestinations::new().with(&service) =>
            "IPVS_CMD_GET_DEST dump v1 {IPVS_CMD_ATTR_SERVICE: {IPVS_SVC_ATTR_AF: 2, IPVS_SVC_ATTR_ADDR: c0000201, IPVS_SVC_ATTR_PORT: 80}}";
        ncsi::Ncsi: ncsi::SetInterface::of_link(2, 1) =>
            "NCSI_CMD_SET_INTERFACE v0 {NCSI_ATTR_IFINDEX: 2, NCSI_ATTR_PACKAGE_ID: 1}";
        vdpa::Vdpa: vdpa::GetQueueStats::of("vdpa0", 3) =>
            "VDPA_CMD_DEV_VSTATS_GET v1 {VDPA_ATTR_DEV_NAME: \"vdpa0\", VDPA_ATTR_DEV_QUEUE_INDEX: 3}";
        mac80211_hwsim::Hwsim: mac80211_hwsim::NewRadio::by_name("phy7").with(&two) =>
            "HWSIM_CMD_NEW_RADIO v1 {HWSIM_ATTR_RADIO_NAME: \"phy7\", HWSIM_ATTR_CHANNELS: 2}";
        tipc::Tipc: tipc::EnableBearer::named().with(&bearer) =>
            "TIPC_NL_BEARER_ENABLE v1 {TIPC_NLA_BEARER: {TIPC_NLA_BEARER_NAME: \"eth:eth0\"}}";
        tipc::Tipc: tipc::SetKey::named().with(&key) =>
            "TIPC_NL_KEY_SET v1 {TIPC_NLA_NODE: {TIPC_NLA_NODE_KEY: secret of 16 bytes}}";
        tipc::Tipc: tipc::GetSockets::all() => "TIPC_NL_SOCK_GET dump v1 {}";
        smc::Eids: smc::NewEid::named("GROUP.1") =>
            "SMC_NETLINK_ADD_UEID v1 {SMC_NLA_EID_TABLE_ENTRY: \"GROUP.1                         \"}";
        smc::Smc: smc::GetSystem::all() => "SMC_NETLINK_GET_SYS_INFO dump v1 {}";
        smc::pnet::Pnet: smc::pnet::NewEntry::of_rdma("NET1", "mlx5_0", 1) =>
            "SMC_PNETID_ADD v1 {SMC_PNETID_NAME: \"NET1\", SMC_PNETID_IBNAME: \"mlx5_0\", SMC_PNETID_IBPORT: 1}";
        taskstats::CgroupRequest: taskstats::GetCgroupStats::of(4) =>
            "CGROUPSTATS_CMD_GET v1 {CGROUPSTATS_CMD_ATTR_FD: 4}";
        lockd::LockServer: lockd::GetServer::new() => "LOCKD_CMD_SERVER_GET v1 {}";
        sunrpc::CacheFlush: sunrpc::FlushCaches::of(sunrpc::CacheType::IP_MAP) =>
            "SUNRPC_CMD_CACHE_FLUSH v1 {SUNRPC_A_CACHE_FLUSH_MASK: ip_map}";
        dpll::Pin: dpll::SetPin::by_id(3).with(&[dpll::PinAttr::Priority(1)]) =>
            "DPLL_CMD_PIN_SET v1 {DPLL_A_PIN_ID: 3, DPLL_A_PIN_PRIO: 1}";
        dev_energymodel::PerfTable: dev_energymodel::GetTable::of_domain(0) =>
            "DEV_ENERGYMODEL_CMD_GET_PERF_TABLE v1 {DEV_ENERGYMODEL_A_PERF_TABLE_PERF_DOMAIN_ID: 0}";
        drm_ras::ErrorCounter: drm_ras::GetCounters::of_node(1) =>
            "DRM_RAS_CMD_GET_ERROR_COUNTER dump v1 {DRM_RAS_A_ERROR_COUNTER_ATTRS_NODE_ID: 1}";
    }
}

#[test]
#[cfg(target_endian = "little")]
fn byte_orders_are_those_of_the_kernel() {
    // A port of fou in network order, one of l2tp and mptcp_pm in the machine's.
    let fou = fou::GetPort::v4(0x1234);
    assert_eq!(
        bytes(&fou),
        [6, 0, 1, 0, 0x12, 0x34, 0, 0, 5, 0, 2, 0, 2, 0, 0, 0]
    );
    let l2tp = l2tp::SetTunnel::by_id(1).with(&[l2tp::L2tpAttr::SourcePort(0x1234)]);
    assert_eq!(bytes(&l2tp)[8..], [6, 0, 26, 0, 0x34, 0x12, 0, 0]);
    // Locators and identifiers of channels in network order.
    let ila = ila::DeleteMapping::of(1);
    assert_eq!(bytes(&ila), [12, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    let sci = [macsec::RxChannelAttr::Sci(0x0102_0304_0506_0001)];
    let channel = [macsec::MacsecAttr::RxChannel((&sci).into())];
    let macsec = macsec::DeleteRxChannel::of_link(1).with(&channel);
    assert_eq!(bytes(&macsec)[16..], [1, 2, 3, 4, 5, 6, 0, 1]);
    // Packet numbers keep their size.
    let short = [macsec::SaAttr::PacketNumber(macsec::PacketNumber::Short(1))];
    let long = [macsec::SaAttr::PacketNumber(macsec::PacketNumber::Long(1))];
    for (sa, len) in [(&short, 8), (&long, 12)] {
        let sa = [macsec::MacsecAttr::Sa(sa.into())];
        assert_eq!(bytes(&macsec::SetTxSa::of_link(1).with(&sa))[12], len);
    }
}

#[test]
fn objects_and_forgiven_refusals_are_named() {
    let delete = fou::DeletePort::v6(80);
    let text = Object(&delete, 0).to_string();
    assert_eq!(text, "port {FOU_ATTR_PORT: 80, FOU_ATTR_AF: 10}");
    assert_eq!(delete.forgives(), []);
    assert_eq!(delete.if_there().forgives(), [Errno::EINVAL]);
    assert_eq!(Object(&thermal::GetZones::all(), 0).to_string(), "zone");
    assert_eq!(
        Object(&mptcp_pm::GetEndpoint::by_id(3), 0).to_string(),
        "endpoint id 3"
    );
    let debug = format!("{:?}", netdev::GetNapi::by_id(7));
    assert_eq!(debug, "Ask { command: 11, attributes: [Id(7)] }");
}

#[test]
fn flows_name_their_datapath_in_the_header() {
    let key = [flow::KeyAttr::InPort(1)];
    let actions = [flow::ActionAttr::Output(2)];
    let attributes = [
        flow::FlowAttr::Key((&key).into()),
        flow::FlowAttr::Actions((&actions).into()),
    ];
    let request = flow::NewFlow::of(7).with(&attributes);
    let mut room = [0; 256];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(&request).unwrap();
    let message = batch.messages().next().unwrap().unwrap();
    let (header, attributes) = message.split::<OvsHeader>().unwrap();
    assert_eq!(
        (header.command, header.version, header.datapath.get()),
        (1, 1, 7)
    );
    assert_eq!(
        format!("{:?}", attributes.typed::<flow::Flow>()),
        "{OVS_FLOW_ATTR_KEY: {OVS_KEY_ATTR_IN_PORT: 1}, OVS_FLOW_ATTR_ACTIONS: {OVS_ACTION_ATTR_OUTPUT: 2}}"
    );
    let described = flow::PROTOCOL.describe(&message, true).unwrap();
    assert_eq!(
        (described.name(), described.header_len()),
        ("OVS_FLOW_CMD_NEW", 8)
    );
    let found = described.attributes_of(&message);
    assert_eq!(found, attributes);
}

#[test]
fn addresses_of_services_have_16_bytes() {
    let mut room = [0; 64];
    let address = |w: &mut Writer<'_>, family: u16, octets: [u8; 16]| {
        w.put(ipvs::ServiceAttr::Family(family))?
            .bytes(3, &octets)?;
        Ok(())
    };
    for (family, expected) in [(2, "192.0.2.1"), (10, "c000:201::")] {
        let mut octets = [0; 16];
        octets[..4].copy_from_slice(&[192, 0, 2, 1]);
        let attributes = Writer::attributes(&mut room, |w| {
            address(w, family, octets)?;
            Ok(w)
        });
        let found = nlwire::fields!(attributes.unwrap() => ipvs::Service { address }).unwrap();
        assert_eq!(found.address, Some(expected.parse().unwrap()));
    }
}

#[test]
fn eids_have_32_bytes_in_messages_and_no_blanks_in_values() {
    let (short, long) = ("GROUP.1", "GROUP.OF.THIRTY.TWO.BYTES.LONG.X");
    for (eid, blanks) in [(short, 25), (long, 0)] {
        let mut expected = vec![37, 0, 1, 0];
        expected.extend_from_slice(eid.as_bytes());
        expected.resize(4 + eid.len() + blanks, b' ');
        // The NUL, and the padding of the attribute.
        expected.extend_from_slice(&[0; 4]);
        let written = bytes(&smc::NewEid::named(eid));
        assert_eq!(written, expected);
        let attributes = nlwire::Attrs::new(&written);
        let found = nlwire::fields!(attributes => smc::Eids { eid }).unwrap();
        assert_eq!(found.eid.unwrap().as_bytes(), eid.as_bytes());
    }
    // The kernel refuses a longer one.
    let longer = bytes(&smc::DeleteEid::named("GROUP.OF.THIRTY.THREE.BYTES.LONG."));
    assert_eq!(longer[..2], [38, 0]);
}

#[test]
fn a_key_of_ovpn_has_16_bits_in_a_notification() {
    let mut room = [0; 16];
    let short = Writer::attributes(&mut room, |w| w.u16(3, 5)).unwrap();
    let found = nlwire::fields!(short => ovpn::OvpnKey { key_id }).unwrap();
    assert_eq!(found.key_id, Some(5));
    let mut room = [0; 16];
    let set = [ovpn::OvpnKeyAttr::KeyId(5)];
    let written = Writer::attributes(&mut room, |w| w.put(&set[..])).unwrap();
    assert_eq!(written.require(3).unwrap().u32(), Ok(5));
    let found = nlwire::fields!(written => ovpn::OvpnKey { key_id }).unwrap();
    assert_eq!(found.key_id, Some(5));
}

#[test]
fn the_status_of_a_vdpa_device_has_16_bits() {
    // The header says 8, and `vdpa_dev_net_status_config_fill` puts 16.
    let mut room = [0; 16];
    let report = Writer::attributes(&mut room, |w| w.u16(11, 1)).unwrap();
    let found = nlwire::fields!(report => vdpa::Vdpa { status }).unwrap();
    assert_eq!(found.status, Some(1));
}

/// A notification with these attributes.
fn notified(
    room: &mut [u8],
    command: u8,
    attributes: impl for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> nlwire::Put<'w, 'b>,
) -> MessageRef<'_> {
    let header = GenericHeader::new(command, 1);
    Writer::message(room, MessageType(30), Flags::empty(), &header, attributes).unwrap()
}

#[test]
fn notifications_are_distinguished_by_their_command() {
    let mut room = [0; 256];
    let event = acpi_event::AcpiEvent {
        device_class: *b"button/lid\0\0\0\0\0\0\0\0\0\0",
        bus_id: *b"LID0\0\0\0\0\0\0\0\0\0\0\0",
        padding: [0],
        kind: 0x80.into(),
        data: 1.into(),
    };
    assert_eq!(event.as_bytes().len(), 44);
    let message = notified(&mut room, 1, |w| w.put(acpi_event::AcpiAttr::Event(&event)));
    let acpi_event::Change::Event(row) = acpi_event::Change::of(message) else {
        panic!("{message:?}");
    };
    let found = nlwire::fields!(row.attributes => acpi_event::Acpi { event }).unwrap();
    let found = found.event.unwrap();
    assert_eq!(
        (found.class(), found.bus()),
        (&b"button/lid"[..], &b"LID0"[..])
    );

    let message = notified(&mut room, 1, |w| {
        w.put(quota::QuotaWarningAttr::Warning(
            quota::Warning::BLOCKS_SOFT,
        ))
    });
    let text = format!("{:?}", quota::Change::of(message));
    assert!(text.contains("QUOTA_NL_A_WARNING: bsoftwarn"), "{text}");

    let message = notified(&mut room, 2, |w| w.u32(1, 0xabcd));
    assert!(matches!(
        mptcp_pm::Change::of(message),
        mptcp_pm::Change::Established(_)
    ));
    // The number of a command is that of an event, too.
    let name = mptcp_pm::PROTOCOL.describe(&message, false).unwrap().name();
    assert_eq!(name, "MPTCP_EVENT_ESTABLISHED");
    let name = mptcp_pm::PROTOCOL.describe(&message, true).unwrap().name();
    assert_eq!(name, "MPTCP_PM_CMD_DEL_ADDR");

    let message = notified(&mut room, 1, |w| w.put(binder::ReportAttr::IsReply(true)));
    assert!(matches!(
        binder::Change::of(message),
        binder::Change::Report(_)
    ));
    let message = notified(&mut room, 9, |w| Ok(w));
    assert!(matches!(
        binder::Change::of(message),
        binder::Change::Other(_)
    ));
}

#[test]
fn a_list_leaves_out_rows_of_other_keys() {
    let mut room = [0; 256];
    let message = notified(&mut room, 11, |w| {
        w.put([netdev::NapiAttr::Id(8193), netdev::NapiAttr::Link(2.into())])
    });
    let matches = |list: netdev::GetNapis<'_>| list.matches(message).unwrap();
    assert!(matches(netdev::GetNapis::all()));
    assert!(matches(netdev::GetNapis::of_link(2)));
    assert!(!matches(netdev::GetNapis::of_link(3)));
}
