//! Refusals by the kernel, and their error texts.

use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Missing, Need, Network, Outcome, Test, nl_program};
use nlwire::codec::AddressBytes;
use nlwire::generic::ethtool::{
    self, ETHTOOL_A_HEADER_DEV_INDEX, ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_GENL_VERSION,
    ETHTOOL_MSG_LINKINFO_GET,
};
use nlwire::generic::{CTRL_CMD_GETFAMILY, ControllerAttr, GENL_ID_CTRL, GenericHeader};
use nlwire::netfilter::{GetTables, NewChain, NewRule, NewTable, Statement, TableRef, Transaction};
use nlwire::route::{
    IFLA_BR_FORWARD_DELAY, IFLA_INFO_DATA, IFLA_LINKINFO, LinkAttr, LinkHeader, LinkInfoAttr,
    RTA_OIF, RTM_NEWLINK, RouteAttr,
};
use nlwire::schema::Protocol as Family;
use nlwire::{Errno, Flags, NLA_F_NESTED, NewFlags, Writer};
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "refusals::a_short_attribute_is_named",
        needs: &[Need::Namespace],
        run: a_short_attribute_is_named,
    },
    Test {
        name: "refusals::an_attribute_in_a_nest_is_named_by_its_path",
        needs: &[Need::Namespace],
        run: an_attribute_in_a_nest_is_named_by_its_path,
    },
    Test {
        name: "refusals::the_text_of_the_kernel_is_kept",
        needs: &[Need::Namespace],
        run: the_text_of_the_kernel_is_kept,
    },
    Test {
        name: "refusals::a_missing_family_is_not_found",
        needs: &[Need::Nobody],
        run: a_missing_family_is_not_found,
    },
    Test {
        name: "refusals::any_generic_family_names_by_numbers",
        needs: &[Need::Namespace],
        run: any_generic_family_names_by_numbers,
    },
    Test {
        name: "refusals::the_change_of_a_transaction_is_named",
        needs: &[Need::Namespace],
        run: the_change_of_a_transaction_is_named,
    },
    Test {
        name: "refusals::nl_prints_them_on_standard_error",
        needs: &[Need::Namespace],
        run: nl_prints_them_on_standard_error,
    },
];

fn the_change_of_a_transaction_is_named() -> Outcome {
    let table = TableRef::inet("t");
    let drop = [Statement::drop()];
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let error = conn.execute(&Transaction(&[
        &NewTable::new(table),
        &NewChain::new(table, "there"),
        &NewRule::new(table, "there", &drop),
        &NewRule::new(table, "absent", &drop),
        &NewRule::new(table, "there", &drop),
    ]));
    assert_eq!(
        error.unwrap_err().to_string(),
        "netfilter: NFT_MSG_NEWRULE rule inet \"t\" \"absent\" (message 5): ENOENT, \
         at NFTA_RULE_CHAIN (byte 28)"
    );
    // Nothing of it happened.
    assert!(conn.list(GetTables::all())?.is_empty());
    Ok(())
}

fn a_short_attribute_is_named() -> Outcome {
    let error = Network::open()?
        .add_route("198.51.100.0".parse()?, 24, |w| w.u16(RTA_OIF, 1))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: RTM_NEWROUTE: ERANGE: Attribute failed policy validation, at RTA_OIF (byte 36)"
    );
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::ERANGE));
    assert_eq!(error.offset(), Some(36));
    let detail = error.detail().unwrap();
    assert_eq!(detail.text, "Attribute failed policy validation");
    assert_eq!(detail.path, "RTA_OIF");
    Ok(())
}

fn an_attribute_in_a_nest_is_named_by_its_path() -> Outcome {
    let error = Network::open()?
        .change(RTM_NEWLINK, NewFlags::CREATE, &LinkHeader::default(), |w| {
            w.put(LinkAttr::Name("br0".into()))?
                .nest(IFLA_LINKINFO, |w| {
                    // The kind comes last: it names the set of what came before.
                    w.nest(IFLA_INFO_DATA, |w| w.u16(IFLA_BR_FORWARD_DELAY, 1))?
                        .put(LinkInfoAttr::Kind("bridge"))
                })
        })
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: RTM_NEWLINK: ERANGE: Attribute failed policy validation, \
         at IFLA_LINKINFO > IFLA_INFO_DATA > IFLA_BR_FORWARD_DELAY (byte 48)"
    );
    Ok(())
}

fn the_text_of_the_kernel_is_kept() -> Outcome {
    let mut network = Network::open()?;
    let [left, _] = network.add_veth("left", "right")?;
    network.set_up(left)?;
    network.add_address(left, "10.0.0.1".parse()?, 24)?;
    let gateway = AddressBytes::Ip("192.0.2.1".parse()?);
    let error = network
        .add_route("198.51.100.0".parse()?, 24, |w| {
            w.put(RouteAttr::Gateway(gateway))
        })
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: RTM_NEWROUTE: ENETUNREACH: Nexthop has invalid gateway"
    );
    // The connection goes on.
    network.set_up(1)?;
    let twice = network
        .add_address(left, "10.0.0.1".parse()?, 24)
        .unwrap_err();
    assert!(twice.is_exists(), "{twice}");
    Ok(())
}

fn a_missing_family_is_not_found() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut buffer = [0; 64];
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let request = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        w.put(ControllerAttr::FamilyName("no-such-family"))
    })?;
    let error = conn.get(request).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.to_string(), "generic: GENL_ID_CTRL: ENOENT");
    Ok(())
}

/// A connection that has not looked the number up knows no names.
fn any_generic_family_names_by_numbers() -> Outcome {
    let mut knows = Conn::open(Protocol::GENERIC)?;
    let family = knows.look_up(&ethtool::PROTOCOL)?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let header = GenericHeader::new(ETHTOOL_MSG_LINKINFO_GET, ETHTOOL_GENL_VERSION);
    let refusal =
        |conn: &mut Conn, kind, inner: u16| -> Result<String, Box<dyn std::error::Error>> {
            let mut buffer = [0; 64];
            let request = Writer::message(&mut buffer, family, Flags::empty(), &header, |w| {
                w.unmarked_nest(kind, |w| w.u8(inner, 1))
            })?;
            Ok(conn.get(request).unwrap_err().to_string())
        };
    // Not marked as a nest, and a name's number of links in one byte.
    let unmarked = ETHTOOL_A_LINKINFO_HEADER;
    let text = refusal(&mut conn, unmarked, ETHTOOL_A_HEADER_DEV_INDEX)?;
    assert!(
        text.ends_with("NLA_F_NESTED is missing, at 1 (byte 20)"),
        "{text}"
    );
    let text = refusal(&mut knows, unmarked, ETHTOOL_A_HEADER_DEV_INDEX)?;
    assert!(
        text.starts_with("generic: ETHTOOL_MSG_LINKINFO_GET: EINVAL")
            && text.ends_with(", at ETHTOOL_A_LINKINFO_HEADER (byte 20)"),
        "{text}"
    );
    let marked = ETHTOOL_A_LINKINFO_HEADER | NLA_F_NESTED;
    let text = refusal(&mut conn, marked, ETHTOOL_A_HEADER_DEV_INDEX)?;
    assert!(text.ends_with(", at 1 > 1 (byte 24)"), "{text}");

    static NETDEV: Family = Family::family("netdev", &[]);
    let Ok(netdev) = knows.look_up(&NETDEV) else {
        return Err(Missing("kernel: netdev".into()).into());
    };
    // NETDEV_CMD_DEV_GET without NETDEV_A_DEV_IFINDEX, which is 1.
    let mut buffer = [0; 64];
    let header = GenericHeader::new(1, 1);
    let request = Writer::message(&mut buffer, netdev, Flags::empty(), &header, |w| Ok(w))?;
    let text = conn.get(request).unwrap_err().to_string();
    assert!(text.ends_with(": EINVAL, missing 1"), "{text}");
    Ok(())
}

fn nl_prints_them_on_standard_error() -> Outcome {
    let output = Command::new(nl_program()?)
        .args(["route", "--table", "1234"])
        .output()?;
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr)?;
    assert!(text.starts_with("nl: route: RTM_GETROUTE"), "{text}");
    assert!(
        text.ends_with(": ENOENT: ipv4: FIB table does not exist\n"),
        "{text}"
    );
    Ok(())
}
