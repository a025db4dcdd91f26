//! Texts and facts that the kernel sends with a refusal and with a success.

use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Missing, Need, Network, Outcome, Test};
use nlwire::generic::GenericHeader;
use nlwire::generic::ethtool::{
    self, ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_MSG_LINKINFO_GET, HeaderAttr,
};
use nlwire::policy::PolicyType;
use nlwire::route::{AF_INET, LinkHeader, RTA_OIF, RTM_NEWROUTE, RTM_SETLINK, RouteHeader};
use nlwire::schema::Protocol as Family;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Errno, Flags, Header, MessageRef, NewFlags, Writer};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "acks::a_refusal_says_what_would_be_accepted",
        needs: &[Need::Namespace],
        run: || a_refusal_says_what_would_be_accepted(true),
    },
    Test {
        name: "acks::an_echo_moves_nothing",
        needs: &[Need::Namespace],
        run: || a_refusal_says_what_would_be_accepted(false),
    },
    Test {
        name: "acks::a_missing_attribute_is_named",
        needs: &[Need::Nobody],
        run: a_missing_attribute_is_named,
    },
    Test {
        name: "acks::a_nest_without_its_flag_is_refused_by_place",
        needs: &[Need::Namespace],
        run: a_nest_without_its_flag_is_refused_by_place,
    },
    Test {
        name: "acks::a_success_may_carry_a_warning",
        needs: &[Need::Namespace],
        run: a_success_may_carry_a_warning,
    },
];

/// The answer echoes the request's payload or not. A payload length that 4 does
/// not divide moves the attributes behind it.
fn a_refusal_says_what_would_be_accepted(cap_ack: bool) -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.socket().set_cap_ack(cap_ack)?;
    let header = RouteHeader {
        family: AF_INET,
        ..RouteHeader::default()
    };
    for odd in [0, 1, 3] {
        let mut buffer = [0; 64];
        let flags = Flags::empty() | NewFlags::CREATE;
        let request = Writer::message(&mut buffer, RTM_NEWROUTE, flags, &header, |w| {
            // Of two bytes, where the index takes four; then what nobody knows.
            w.u16(RTA_OIF, 1)?.bytes(999, &[0; 3][..odd])
        })?;
        let error = conn.execute(request).unwrap_err();
        assert_eq!(
            error.to_string(),
            "route: RTM_NEWROUTE: ERANGE: Attribute failed policy validation, at RTA_OIF (byte 28)"
        );
        let refusal = conn.refusal().unwrap();
        assert_eq!(refusal.offset(), Some(28));
        let policy = refusal.policy().unwrap();
        assert_eq!(policy.kind, Some(PolicyType::U32));
        let echoed = refusal.request().unwrap();
        assert_eq!(echoed.length(), request.header().length());
        let payload = &refusal.message().payload()[4 + Header::LEN..];
        assert_eq!(payload.starts_with(request.payload()), !cap_ack);
    }
    Ok(())
}

static NETDEV: Family = Family::family("netdev", &[]);

fn a_missing_attribute_is_named() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let id = match conn.look_up(&NETDEV) {
        Err(error) if error.is_not_found() => {
            return Err(Missing("kernel: the family netdev".into()).into());
        }
        id => id?,
    };
    let mut buffer = [0; 64];
    // NETDEV_CMD_DEV_GET without NETDEV_A_DEV_IFINDEX
    let header = GenericHeader::new(1, 1);
    let request = Writer::message(&mut buffer, id, Flags::empty(), &header, |w| Ok(w))?;
    let error = conn.get(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL));
    let refusal = conn.refusal().unwrap();
    assert_eq!(refusal.missing_type(), Some(1));
    assert_eq!((refusal.missing_nest(), refusal.offset()), (None, None));
    let path = refusal.path(request, None).to_string();
    assert!(path.contains('1'), "{path}");
    assert!(error.to_string().ends_with(&path), "{error}");
    Ok(())
}

fn a_nest_without_its_flag_is_refused_by_place() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let id = conn.look_up(&ethtool::PROTOCOL)?;
    let mut buffer = [0; 64];
    let header = GenericHeader::new(ETHTOOL_MSG_LINKINFO_GET, 1);
    let request = Writer::message(&mut buffer, id, Flags::empty(), &header, |w| {
        w.unmarked_nest(ETHTOOL_A_LINKINFO_HEADER, |w| {
            w.put(HeaderAttr::DeviceName("lo".into()))
        })
    })?;
    let error = conn.get(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(Errno::EINVAL));
    assert_eq!(error.offset(), Some(20));
    assert!(
        error.to_string().contains(": NLA_F_NESTED is missing"),
        "{error}"
    );
    let policy = conn.refusal().unwrap().policy().unwrap();
    assert_eq!(policy.kind, Some(PolicyType::NESTED));
    Ok(())
}

fn a_success_may_carry_a_warning() -> Outcome {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    let link = LinkHeader {
        index: index.into(),
        ..LinkHeader::default()
    };
    // Three bytes behind the last attribute.
    let header = Header::new(RTM_SETLINK, Flags::empty()).with_length(16 + 16 + 3);
    let bytes = [header.as_bytes(), link.as_bytes(), &[0; 3]].concat();
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let ack = conn.execute(MessageRef::new(&bytes)?)?;
    assert_eq!((ack.code(), ack.errno()), (0, None));
    let warning = "bytes leftover after parsing attributes";
    assert!(
        ack.text()
            .is_some_and(|text| text.to_string().contains(warning)),
        "{ack:?}"
    );
    Ok(())
}
