//! Addresses of links.

use super::*;

#[test]
fn an_address_is_named_completely() {
    let request = NewAddress::of(2, prefix("192.0.2.1/24"))
        .network_broadcast()
        .label("eth0:1")
        .scope(Scope::LINK)
        .flags(AddressFlags::NOPREFIXROUTE)
        .valid_for(Duration::from_secs(3600))
        .preferred_for(Duration::from_secs(1800))
        .metric(7)
        .replace();
    let sent = bytes(&request);
    assert_eq!(
        message(&sent).flags(),
        Flags::empty() | NewFlags::CREATE | NewFlags::REPLACE
    );
    let row: AddressRow<'_> = Row::of(message(&sent));
    assert_eq!(row.prefix(), Ok(prefix("192.0.2.1/24")));
    assert_eq!((row.peer(), row.link()), (Ok(None), LinkIndex::new(2)));
    assert_eq!(row.broadcast(), Ok(Some([192, 0, 2, 255].into())));
    assert_eq!(row.label(), Ok(Some(Text::from("eth0:1"))));
    assert_eq!(row.flags(), Ok(AddressFlags::NOPREFIXROUTE));
    assert_eq!(
        (row.valid_for(), row.preferred_for()),
        (Ok(Some(3600)), Ok(Some(1800)))
    );
    assert_eq!(row.header.scope, Scope::LINK);
    assert_eq!(
        Object(&request, 0).to_string(),
        "address 192.0.2.1/24 of link 2"
    );

    let peer = NewAddress::of(2, prefix("10.0.0.1/32")).peer([10, 0, 0, 2]);
    let sent = bytes(&peer);
    let row: AddressRow<'_> = Row::of(message(&sent));
    assert_eq!(row.peer(), Ok(Some([10, 0, 0, 2].into())));
    let deletion = DeleteAddress::of_row(&row).unwrap();
    let gone = bytes(&deletion);
    assert_eq!(
        attributes(&gone, 8).remaining(),
        attributes(&sent, 8).remaining()
    );
    assert_eq!(
        Object(&deletion, 0).to_string(),
        "address 10.0.0.1/32 peer 10.0.0.2 of link 2"
    );

    let host = bytes(&NewAddress::of(1, prefix("127.0.1.1/8")));
    assert_eq!(AddressRow::of(message(&host)).header.scope, Scope::HOST);
    for (text, broadcast) in [
        ("10.0.0.1/30", Some([10, 0, 0, 3].into())),
        ("10.0.0.1/31", None),
        ("10.0.0.1/0", Some([255; 4].into())),
        ("::1/64", None),
    ] {
        let sent = bytes(&NewAddress::of(1, prefix(text)).network_broadcast());
        assert_eq!(
            AddressRow::of(message(&sent)).broadcast(),
            Ok(broadcast),
            "{text}"
        );
    }
}

#[test]
fn an_address_of_the_other_family_is_refused() {
    let v6: core::net::IpAddr = "a00:2::1".parse().unwrap();
    let of = |attribute| EncodeError::Family { attribute };
    let local = prefix("192.0.2.1/24");
    assert_eq!(refusal(&NewAddress::of(2, local).peer(v6)), of(IFA_ADDRESS));
    assert_eq!(
        refusal(&DeleteAddress::of(2, local).peer(v6)),
        of(IFA_ADDRESS)
    );
    assert_eq!(
        refusal(&NewAddress::of(2, local).broadcast(v6)),
        of(IFA_BROADCAST)
    );
    assert_eq!(refusal(&NewRule::v4().from(prefix("::/0"))), of(FRA_SRC));
    assert_eq!(refusal(&DeleteRule::v6().to(local)), of(FRA_DST));
}
