//! Devices of RDMA: requests as they are written, and rows as
//! `drivers/infiniband/core/nldev.c` writes them.
#![cfg(feature = "rdma")]
#![allow(clippy::unwrap_used, reason = "tests")]

use nlwire::codec::{Set, StorageAddress};
use nlwire::pretty::Pretty;
use nlwire::rdma::{
    ConnectionState, CounterMode, GetConnections, GetCounter, GetQueuePairs, NETLINK_RDMA,
    NewDevice, PortSpace, QueuePairState, QueuePairType, RDMA_NL_NLDEV,
    RDMA_NLDEV_CMD_RES_CM_ID_GET, RDMA_NLDEV_CMD_RES_QP_GET, Rdma, RdmaAttr, RdmaRow, SetCounters,
    message_type,
};
use nlwire::zerocopy::{big_endian, native_endian};
use nlwire::{Batch, Flags, MessageRef, Query, Request, Row, Writer, fields};

fn written(request: &dyn Request) -> Vec<u8> {
    let mut buffer = [0; 512];
    let mut batch = Batch::new(&mut buffer[..]);
    batch.push(request).unwrap();
    batch.as_bytes().to_vec()
}

#[test]
fn a_request_has_the_type_of_client_and_command_and_no_header() {
    let bytes = written(&NewDevice::of("rxe0", "rxe", "eth0"));
    let message = MessageRef::new(&bytes).unwrap();
    assert_eq!(message.kind().0, (5 << 10) + 3);
    let tree = Pretty::new(&bytes, Some(NETLINK_RDMA)).to_string();
    assert!(tree.contains("RDMA_NLDEV_CMD_NEWLINK"), "{tree}");
    let row: RdmaRow<'_> = Row::of(message);
    let found = fields!(row.attributes => Rdma { name, kind, link_name }).unwrap();
    assert_eq!(found.name.unwrap(), "rxe0");
    assert_eq!(found.kind.unwrap(), "rxe");
    assert_eq!(found.link_name.unwrap(), "eth0");
}

#[test]
fn a_bound_queue_pair_goes_with_the_mode() {
    let bytes = written(&SetCounters::manual(0, 1).with(&[RdmaAttr::LocalQpn(17)]));
    let row: RdmaRow<'_> = Row::of(MessageRef::new(&bytes).unwrap());
    let found =
        fields!(row.attributes => Rdma { index, port, counted_kind, counter_mode, local_qpn });
    let found = found.unwrap();
    assert_eq!((found.index, found.port), (Some(0), Some(1)));
    assert_eq!(found.counted_kind, Some(19));
    assert_eq!(found.counter_mode, Some(CounterMode::MANUAL));
    assert_eq!(found.local_qpn, Some(17));
    let mode = written(&GetCounter::mode_of_port(0, 1));
    let row: RdmaRow<'_> = Row::of(MessageRef::new(&mode).unwrap());
    let mode = fields!(row.attributes => Rdma { counter_mode }).unwrap();
    assert_eq!(mode.counter_mode, Some(CounterMode::NONE));
}

/// A row of `res_get_common_dumpit`: the device, and a table of entries.
fn listed<'b>(buffer: &'b mut [u8], command: u8, table: RdmaAttr<'_>) -> MessageRef<'b> {
    let kind = message_type(RDMA_NL_NLDEV, command);
    Writer::message(buffer, kind, Flags::MULTI, &(), |w| {
        w.put([RdmaAttr::Index(0), RdmaAttr::Name("rxe0".into()), table])
    })
    .unwrap()
}

#[test]
fn a_list_has_its_objects_in_a_table() {
    let pairs = |state: u8| {
        [
            RdmaAttr::Port(1),
            RdmaAttr::LocalQpn(16 + u32::from(state)),
            RdmaAttr::ObjectType(QueuePairType::UD.0),
            RdmaAttr::State(state),
            RdmaAttr::Process(4711),
        ]
    };
    let mut table = [0; 256];
    let table = Writer::attributes(&mut table, |w| {
        let [first, second] = [QueuePairState::INIT, QueuePairState::RTS].map(|s| pairs(s.0));
        w.put([
            RdmaAttr::QueuePair((&first).into()),
            RdmaAttr::QueuePair((&second).into()),
        ])
    })
    .unwrap();
    let mut buffer = [0; 512];
    let table = RdmaAttr::QueuePairs(nlwire::codec::IndexedSets::of(table));
    let message = listed(&mut buffer, RDMA_NLDEV_CMD_RES_QP_GET, table);
    assert!(GetQueuePairs::of_port(0, 1).matches(message).unwrap());
    assert!(!GetQueuePairs::of_device(1).matches(message).unwrap());
    let row = GetQueuePairs::row(message);
    assert_eq!(row.name().unwrap().unwrap(), "rxe0");
    let states = row.objects().unwrap().map(|pair| {
        let pair: Set<'_, Rdma> = pair.unwrap();
        let found = fields!(pair => Rdma { local_qpn, state, process }).unwrap();
        assert_eq!(found.process, Some(4711));
        (
            found.local_qpn.unwrap(),
            QueuePairState(found.state.unwrap()),
        )
    });
    let wanted = [(17, QueuePairState::INIT), (19, QueuePairState::RTS)];
    assert!(states.eq(wanted));
    let tree = Pretty::new(message.as_bytes(), Some(NETLINK_RDMA)).to_string();
    assert!(tree.contains("RDMA_NLDEV_ATTR_RES_QP"), "{tree}");
}

#[test]
fn a_connection_has_addresses_in_storage() {
    let source = StorageAddress {
        family: native_endian::U16::new(2),
        port: big_endian::U16::new(20049),
        v4: [192, 0, 2, 1],
        ..StorageAddress::default()
    };
    let other = StorageAddress {
        family: native_endian::U16::new(27),
        ..StorageAddress::default()
    };
    let entry = [
        RdmaAttr::PortSpace(PortSpace::TCP),
        RdmaAttr::State(ConnectionState::LISTEN.0),
        RdmaAttr::Source(&source),
        RdmaAttr::Destination(&other),
    ];
    let mut table = [0; 512];
    let table = Writer::attributes(&mut table, |w| {
        w.put([RdmaAttr::Connection((&entry).into())])
    })
    .unwrap();
    let mut buffer = [0; 1024];
    let table = RdmaAttr::Connections(nlwire::codec::IndexedSets::of(table));
    let message = listed(&mut buffer, RDMA_NLDEV_CMD_RES_CM_ID_GET, table);
    let row = GetConnections::row(message);
    let entry = row.objects().unwrap().next().unwrap().unwrap();
    let found = fields!(entry => Rdma { port_space, source, destination }).unwrap();
    assert_eq!(found.port_space, Some(PortSpace::TCP));
    let source = found.source.unwrap().socket_addr();
    assert_eq!(source, Some("192.0.2.1:20049".parse().unwrap()));
    // AF_IB, which is neither IPv4 nor IPv6.
    assert_eq!(found.destination.unwrap().ip(), None);
}
