#![allow(clippy::unwrap_used, reason = "tests")]

use crate::{Config, Errno, Error, Namespace, Protocol};
use std::ffi::OsStr;
use std::format;
use std::fs::{File, read_link};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::string::ToString;

fn route() -> Config {
    Config::new(Protocol::ROUTE)
}

fn refused(namespace: Namespace<'_>) -> Error {
    route().open_socket_in(namespace).unwrap_err()
}

#[test]
fn other_files_and_names_are_refused() {
    for (namespace, errno, object) in [
        (Path::new("/nowhere").into(), "ENOENT", "\"/nowhere\""),
        (Path::new("a\0b").into(), "EINVAL", "\"a\\0b\""),
        (Namespace::Pid(u32::MAX), "ENOENT", "of process 4294967295"),
        ("".into(), "EINVAL", "\"\""),
        (".".into(), "EINVAL", "\".\""),
        ("..".into(), "EINVAL", "\"..\""),
        ("a/b".into(), "EINVAL", "\"a/b\""),
        ("a\0b".into(), "EINVAL", "\"a\\0b\""),
        (
            "nlsock-is-not-there".into(),
            "ENOENT",
            "\"nlsock-is-not-there\"",
        ),
        (
            Namespace::named(OsStr::from_bytes(b"v\xff\x1b")),
            "ENOENT",
            "\"v\\xFF\\u{1b}\"",
        ),
    ] {
        let expected = format!("route: open namespace {object}: {errno}");
        assert_eq!(refused(namespace).to_string(), expected);
    }
    let null = File::open("/dev/null").unwrap();
    let error = refused((&null).into());
    assert_eq!(error.errno(), Some(Errno::EINVAL));
    assert!(error.to_string().contains("enter namespace of descriptor"));
    for name in ["", ".", "..", "../../proc/self/ns/net", "a/b"] {
        let errors = [Namespace::create(name).map(drop), Namespace::delete(name)];
        for error in errors.map(Result::unwrap_err) {
            assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
        }
    }
}

#[test]
fn the_caller_stays_where_it_is() {
    let own = || read_link("/proc/thread-self/ns/net").unwrap();
    let before = own();
    let file = File::open("/proc/thread-self/ns/net").unwrap();
    for namespace in [
        Namespace::Fd(file.as_fd()),
        Namespace::Path(Path::new("/proc/thread-self/ns/net")),
        Namespace::Pid(std::process::id()),
    ] {
        // Even to enter the own one takes CAP_SYS_ADMIN.
        match route().open_socket_in(namespace) {
            Ok(socket) => assert_ne!(socket.port_id(), 0),
            Err(error) => {
                let expected = format!("route: enter namespace {namespace}: EPERM");
                assert_eq!(error.to_string(), expected);
            }
        }
        assert_eq!(own(), before);
    }
}

#[test]
#[should_panic(expected = "within")]
fn a_panic_within_goes_on_without() {
    let file = File::open("/proc/thread-self/ns/net").unwrap();
    let result = Namespace::from(&file).run(|| std::panic!("within"));
    // Without the privilege the closure does not run.
    assert!(result.is_ok(), "not within, but {}", result.unwrap_err());
}
