//! Neighbours and forwarding entries.

use super::*;

#[test]
fn neighbours_and_proxies_are_two_tables() {
    let neighbour = NewNeighbour::of(2, [192, 0, 2, 2]).mac([2, 0, 0, 0, 0, 2]);
    let sent = bytes(
        &neighbour
            .flags(NeighbourFlags::ROUTER)
            .origin(RouteProtocol::STATIC),
    );
    let row: NeighbourRow<'_> = Row::of(message(&sent));
    assert_eq!(
        (row.state(), row.flags()),
        (NeighbourState::PERMANENT, NeighbourFlags::ROUTER)
    );
    assert_eq!(
        (row.ip(), row.mac()),
        (
            Ok(Some([192, 0, 2, 2].into())),
            Ok(Some([2, 0, 0, 0, 0, 2]))
        )
    );
    assert_eq!(row.origin(), Ok(RouteProtocol::STATIC));
    assert!(
        GetNeighbour::of(2, [192, 0, 2, 2])
            .matches(row.message)
            .unwrap()
    );
    assert!(
        !GetNeighbour::proxy(2, [192, 0, 2, 2])
            .matches(row.message)
            .unwrap()
    );
    assert!(
        !GetNeighbour::of(3, [192, 0, 2, 2])
            .matches(row.message)
            .unwrap()
    );
    assert_eq!(
        Object(&neighbour, 0).to_string(),
        "neighbour 192.0.2.2 of link 2"
    );

    let proxy = bytes(&NewNeighbour::proxy(
        LinkIndex::NONE,
        "2001:db8::7".parse::<core::net::IpAddr>().unwrap(),
    ));
    let row: NeighbourRow<'_> = Row::of(message(&proxy));
    assert!(row.is_proxy() && row.state().is_empty());
    let gone = bytes(&DeleteNeighbour::of_row(&row).unwrap());
    assert!(NeighbourRow::of(message(&gone)).is_proxy());
    let managed = NewNeighbour::of(2, [192, 0, 2, 2]).flags_ext(NeighbourFlagsExt::MANAGED);
    let managed = bytes(&managed.flags(NeighbourFlags::USE));
    let row: NeighbourRow<'_> = Row::of(message(&managed));
    assert_eq!(row.flags_ext(), Ok(NeighbourFlagsExt::MANAGED));
    assert!(row.state().is_empty());
}

#[test]
fn forwarding_entries_have_their_table_and_destination() {
    let entry = NewForwardingEntry::of_link(8, [2, 0, 0, 0, 0, 3])
        .remote([192, 0, 2, 9])
        .port(4790)
        .vni(43)
        .via(2)
        .source_vni(7)
        .append();
    let sent = bytes(&entry);
    assert_eq!(
        message(&sent).flags(),
        Flags::empty() | NewFlags::CREATE | NewFlags::APPEND
    );
    let row: NeighbourRow<'_> = Row::of(message(&sent));
    assert_eq!(
        (row.header.family, row.flags()),
        (AF_BRIDGE, NeighbourFlags::OWN)
    );
    assert_eq!((row.port(), row.vni()), (Ok(Some(4790)), Ok(Some(43))));
    assert_eq!(
        row.state(),
        NeighbourState::NOARP | NeighbourState::PERMANENT
    );
    let gone = bytes(&DeleteForwardingEntry::of_row(&row).unwrap());
    assert_eq!(
        attributes(&gone, 12).remaining(),
        attributes(&sent, 12).remaining()
    );

    let port = NewForwardingEntry::of_port(7, [2, 0, 0, 0, 0, 4]).vlan(10);
    let sent = bytes(&port);
    assert_eq!(
        NeighbourRow::of(message(&sent)).flags(),
        NeighbourFlags::MASTER
    );
    assert_eq!(
        Object(&port, 0).to_string(),
        "forwarding entry 02:00:00:00:00:04 of link 7 vlan 10"
    );

    // As the kernel reports it: without the flag, with the bridge.
    let mut buffer = [0; 128];
    for (index, table) in [(7, NeighbourFlags::MASTER), (5, NeighbourFlags::OWN)] {
        let header = NeighbourHeader {
            family: AF_BRIDGE,
            index: index.into(),
            ..NeighbourHeader::default()
        };
        let row = Writer::message(&mut buffer, RTM_NEWNEIGH, Flags::empty(), &header, |w| {
            w.bytes(NDA_LLADDR, &[2, 0, 0, 0, 0, 4])?.u32(NDA_MASTER, 5)
        })
        .unwrap();
        let gone = bytes(&DeleteForwardingEntry::of_row(&Row::of(row)).unwrap());
        assert_eq!(NeighbourRow::of(message(&gone)).flags(), table);
    }
}
