//! Rules of policy routing.

use super::*;

#[test]
fn rules_select_and_act() {
    let rule = NewRule::v4()
        .priority(1000)
        .from(prefix("192.0.2.0/24"))
        .to(prefix("198.51.100.0/25"))
        .incoming("lo")
        .outgoing("eth0")
        .mark(0, 0x10_0000)
        .dscp_masked(0x2e, 0x3e)
        .ip_protocol(6)
        .source_ports(1..=1024)
        .destination_ports(80..=80)
        .users(1000..=1999)
        .tunnel_id(7)
        .suppress_prefix_len(0)
        .suppress_group(3)
        .realms(1, 2)
        .origin(RouteProtocol::STATIC)
        .table(RouteTable(100_000))
        .invert();
    let sent = bytes(&rule);
    let row: RuleRow<'_> = Row::of(message(&sent));
    assert_eq!((row.header.table, row.header.source_len), (252, 24));
    assert_eq!(
        (row.priority(), row.table()),
        (Ok(1000), Ok(RouteTable(100_000)))
    );
    assert_eq!(row.source(), Ok(Some(prefix("192.0.2.0/24"))));
    assert_eq!(row.destination(), Ok(Some(prefix("198.51.100.0/25"))));
    assert_eq!(row.incoming(), Ok(Some(Text::from("lo"))));
    assert_eq!(row.outgoing(), Ok(Some(Text::from("eth0"))));
    assert_eq!(
        (row.mark(), row.dscp()),
        (Ok(Some((0, 0x10_0000))), Ok(Some((0x2e, 0x3e))))
    );
    assert_eq!(
        (row.ip_protocol(), row.users()),
        (Ok(Some(6)), Ok(Some(1000..=1999)))
    );
    assert_eq!(
        (row.tos(), row.tunnel_id(), row.realms()),
        (None, Ok(Some(7)), Ok(Some((1, 2))))
    );
    assert_eq!(row.source_ports(), Ok(Some(1..=1024)));
    assert_eq!(
        (row.source_port_mask(), row.destination_port_mask()),
        (Ok(0xffff), Ok(0xffff))
    );
    assert_eq!(row.destination_ports(), Ok(Some(80..=80)));
    assert_eq!(
        (row.suppress_prefix_len(), row.suppress_group()),
        (Ok(Some(0)), Ok(Some(3)))
    );
    assert_eq!(
        (row.origin(), row.is_l3mdev()),
        (Ok(RouteProtocol::STATIC), Ok(false))
    );
    assert!(row.is_inverted());
    assert_eq!(
        Object(&rule, 0).to_string(),
        "rule 1000 from 192.0.2.0/24 to 198.51.100.0/25"
    );

    // A row's deletion repeats it.
    let gone = bytes(&DeleteRule::of_row(&row));
    assert_eq!(message(&gone).kind(), RTM_DELRULE);
    assert_eq!(message(&gone).payload(), message(&sent).payload());

    for (rule, action) in [
        (NewRule::v6().blackhole(), RuleAction::BLACKHOLE),
        (NewRule::v6().unreachable(), RuleAction::UNREACHABLE),
        (NewRule::v6().prohibit(), RuleAction::PROHIBIT),
        (NewRule::v6().nop(), RuleAction::NOP),
        (NewRule::v6().goto(7), RuleAction::GOTO),
    ] {
        let sent = bytes(&rule);
        let row: RuleRow<'_> = Row::of(message(&sent));
        assert_eq!((row.action(), row.table()), (action, Ok(RouteTable(0))));
    }
    let sent = bytes(
        &NewRule::v6()
            .l3mdev()
            .flow_label(0, 0xff000)
            .source_port_masked(0x1230, 0xfff0)
            .destination_port_masked(0x4500, 0xff00),
    );
    let row: RuleRow<'_> = Row::of(message(&sent));
    assert_eq!(row.flow_label(), Ok(Some((0, 0xff000))));
    assert_eq!(row.source_ports(), Ok(Some(0x1230..=0x1230)));
    assert_eq!(
        (row.source_port_mask(), row.destination_port_mask()),
        (Ok(0xfff0), Ok(0xff00))
    );
    assert_eq!((row.is_l3mdev(), row.header.table), (Ok(true), 0));
    let table = bytes(&NewRule::v4());
    assert_eq!(RuleRow::of(message(&table)).table(), Ok(RouteTable::MAIN));
}

/// The kernel leaves out what is zero: its mask or its value of all ones says
/// whether it means something.
#[test]
fn omitted_fields_of_a_rule_are_zero() {
    let row = |put: &dyn for<'w, 'b> Fn(&'w mut Writer<'b>) -> nlwire::Put<'w, 'b>| {
        let mut buffer = vec![0; 128];
        let header = RuleHeader {
            family: AF_INET,
            ..RuleHeader::default()
        };
        let end = Writer::message(&mut buffer, RTM_NEWRULE, Flags::empty(), &header, |w| {
            put(w)
        })
        .unwrap()
        .as_bytes()
        .len();
        buffer.truncate(end);
        buffer
    };
    // 08001000 00001000: the mask of 0/0x100000, without a mark.
    let sent = row(&|w| w.u32(FRA_FWMASK, 0x10_0000));
    assert_eq!(RuleRow::of(message(&sent)).mark(), Ok(Some((0, 0x10_0000))));
    let sent = row(&|w| w.u32(FRA_FWMARK, 7));
    assert_eq!(RuleRow::of(message(&sent)).mark(), Ok(Some((7, u32::MAX))));
    let sent = row(&|w| {
        w.u32(FRA_SUPPRESS_PREFIXLEN, u32::MAX)?
            .u32(FRA_SUPPRESS_IFGROUP, u32::MAX)
    });
    let none = RuleRow::of(message(&sent));
    assert_eq!((none.mark(), none.priority()), (Ok(None), Ok(0)));
    assert_eq!(
        (none.suppress_prefix_len(), none.suppress_group()),
        (Ok(None), Ok(None))
    );
    let short = row(&|w| w.u8(FRA_FWMARK, 7));
    assert!(RuleRow::of(message(&short)).mark().is_err());
}
