//! What the kernel refuses, and how it is told.

use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Need, Network, Outcome, Test, nl_program};
use nlwire::codec::AddressBytes;
use nlwire::generic::{CTRL_CMD_GETFAMILY, ControllerAttr, GENL_ID_CTRL, GenericHeader};
use nlwire::route::{
    IFLA_BR_FORWARD_DELAY, IFLA_INFO_DATA, IFLA_LINKINFO, LinkAttr, LinkHeader, LinkInfoAttr,
    RTA_OIF, RTM_NEWLINK, RouteAttr,
};
use nlwire::{Errno, Flags, NewFlags, Writer};
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
        name: "refusals::nl_tells_them_on_standard_error",
        needs: &[Need::Namespace],
        run: nl_tells_them_on_standard_error,
    },
];

fn a_short_attribute_is_named() -> Outcome {
    let error = Network::open()?
        .add_route("198.51.100.0".parse()?, 24, |w| w.u16(RTA_OIF, 1))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: request 24: ERANGE: Attribute failed policy validation, at RTA_OIF (byte 36)"
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
            w.put(LinkAttr::Name("br0"))?.nest(IFLA_LINKINFO, |w| {
                // The kind comes last: it names the set of what came before.
                w.nest(IFLA_INFO_DATA, |w| w.u16(IFLA_BR_FORWARD_DELAY, 1))?
                    .put(LinkInfoAttr::Kind("bridge"))
            })
        })
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "route: request 16: ERANGE: Attribute failed policy validation, \
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
        "route: request 24: ENETUNREACH: Nexthop has invalid gateway"
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
    assert_eq!(error.to_string(), "generic: request 16: ENOENT");
    Ok(())
}

fn nl_tells_them_on_standard_error() -> Outcome {
    let output = Command::new(nl_program()?)
        .args(["route", "--table", "1234"])
        .output()?;
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr)?;
    assert!(text.starts_with("nl: route: dump "), "{text}");
    assert!(
        text.ends_with(": ENOENT: ipv4: FIB table does not exist\n"),
        "{text}"
    );
    Ok(())
}
