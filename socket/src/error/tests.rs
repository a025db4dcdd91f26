//! Texts and conversions of errors.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Error, ErrorKind};
use crate::{Operation, OptionName, Protocol};
use nlwire::Errno;
use std::string::ToString;

const ROUTE: Option<Protocol> = Some(Protocol::ROUTE);
/// Request 24 of the protocol, which has a name with its feature.
const NEWROUTE: &str = if cfg!(feature = "route") {
    "RTM_NEWROUTE"
} else {
    "request 24"
};
/// Request 18.
const GETLINK: &str = if cfg!(feature = "route") {
    "RTM_GETLINK"
} else {
    "request 18"
};
/// Request 16.
const NEWLINK: &str = if cfg!(feature = "route") {
    "RTM_NEWLINK"
} else {
    "request 16"
};

fn text(operation: Operation, kind: ErrorKind) -> std::string::String {
    Error::new(ROUTE, operation, kind).to_string()
}

#[test]
fn texts() {
    use ErrorKind::*;
    let system = System(Errno::EPROTONOSUPPORT);
    assert_eq!(
        text(Operation::Open, system),
        "route: open: socket: EPROTONOSUPPORT"
    );
    assert_eq!(
        text(
            Operation::Set(OptionName::AddMembership),
            System(Errno::EINVAL)
        ),
        "route: set NETLINK_ADD_MEMBERSHIP: EINVAL"
    );
    assert_eq!(
        text(Operation::Request(18), Timeout),
        std::format!("route: {GETLINK}: timed out")
    );
    assert_eq!(
        text(Operation::Receive, Truncated { needed: 9600 }),
        "route: receive: datagram truncated: 9600 bytes needed"
    );
    assert_eq!(
        text(Operation::Receive, Overrun { drops: 7 }),
        "route: receive: receive buffer overrun: 7 datagrams dropped so far"
    );
    assert_eq!(
        Error::new(None, Operation::Adopt, System(Errno::ENOTSOCK)).to_string(),
        "adopt: ENOTSOCK"
    );
    assert_eq!(
        Error::new(None, Operation::Request(1), Refused(Errno(9999))).to_string(),
        "request 1: errno 9999"
    );
}

#[test]
fn a_refusal_names_its_place() {
    let kind = ErrorKind::Refused(Errno::ENETUNREACH);
    let error = Error::new(ROUTE, Operation::Request(24), kind).with_sequence(7);
    assert_eq!(
        error.to_string(),
        std::format!("route: {NEWROUTE}: ENETUNREACH")
    );
    assert_eq!((error.sequence(), error.offset()), (Some(7), None));
    let error = error.with_offset(36);
    assert_eq!(
        error.to_string(),
        std::format!("route: {NEWROUTE}: ENETUNREACH, at byte 36")
    );
    #[cfg(feature = "alloc")]
    {
        let error = error
            .with_text("Nexthop has invalid gateway".into())
            .with_path("RTA_GATEWAY".into(), false);
        let text = "ENETUNREACH: Nexthop has invalid gateway, at RTA_GATEWAY (byte 36)";
        assert_eq!(error.to_string(), std::format!("route: {NEWROUTE}: {text}"));
        assert_eq!(std::format!("{error:?}"), error.to_string());
        let error = Error::new(ROUTE, Operation::Request(24), kind).with_message(3);
        assert_eq!(
            error.to_string(),
            std::format!("route: {NEWROUTE} (message 3): ENETUNREACH")
        );
    }
}

#[test]
fn questions() {
    let refused = |errno| Error::new(ROUTE, Operation::Request(16), ErrorKind::Refused(errno));
    assert!(refused(Errno::ENODEV).is_not_found());
    assert!(refused(Errno::EEXIST).is_exists());
    assert!(refused(Errno::EPERM).is_permission());
    assert!(refused(Errno::EBUSY).is_temporary());
    assert!(!refused(Errno::EINVAL).is_temporary());
    for errno in [Errno::ENFILE, Errno::EMFILE, Errno::ETIMEDOUT] {
        let error = Error::new(ROUTE, Operation::Open, ErrorKind::System(errno));
        assert!(error.is_temporary());
    }
    assert!(Error::new(ROUTE, Operation::Wait, ErrorKind::Timeout).is_temporary());
}

#[cfg(feature = "std")]
#[test]
fn becomes_an_io_error() {
    let refused = |errno| Error::new(ROUTE, Operation::Request(16), ErrorKind::Refused(errno));
    let error = std::io::Error::from(refused(Errno::EPERM));
    assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
    assert_eq!(error.to_string(), std::format!("route: {NEWLINK}: EPERM"));
    assert_eq!(
        std::io::Error::from(refused(Errno(9999))).to_string(),
        std::format!("route: {NEWLINK}: errno 9999")
    );
}

#[test]
fn debug_prints_what_display_does() {
    let malformed = nlwire::MessageRef::new(&[1, 2, 3]).map(|_| ());
    let too_small = nlwire::Writer::attributes(&mut [0; 2], |w| w.u32(1, 5)).map(|_| ());
    let errors = [
        Error::new(
            ROUTE,
            Operation::Request(16),
            ErrorKind::Refused(Errno::EPERM),
        ),
        Error::from(malformed.unwrap_err()),
        Error::from(too_small.unwrap_err()),
    ];
    for error in errors {
        assert_eq!(std::format!("{error:?}"), error.to_string());
        let numbers = matches!(error.kind(), ErrorKind::Refused(_));
        assert!(numbers || error.to_string().contains("bytes"), "{error}");
    }
}
