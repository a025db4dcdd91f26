//! The system calls of a connection, as strace(1) sees them.

use nltests::{Missing, Need, Network, Outcome, Test, example};
use std::collections::BTreeMap;
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "calls::only_these_calls_are_made",
        needs: &[Need::Namespace, Need::Program("strace")],
        run: only_these_calls_are_made,
    },
    Test {
        name: "calls::options_that_are_refused_do_no_harm",
        needs: &[Need::Namespace, Need::Program("strace")],
        run: options_that_are_refused_do_no_harm,
    },
    Test {
        name: "calls::an_app_that_may_not_bind_opens_sockets",
        needs: &[Need::Namespace, Need::Program("strace")],
        run: an_app_that_may_not_bind_opens_sockets,
    },
    Test {
        name: "calls::an_error_names_the_call_that_failed",
        needs: &[Need::Namespace, Need::Program("strace")],
        run: an_error_names_the_call_that_failed,
    },
];

fn only_these_calls_are_made() -> Outcome {
    let mut network = Network::open()?;
    // As many as take some datagrams.
    for number in 0..80 {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    let traced = Command::new("strace")
        .args(["-f", "-e", "trace=all"])
        .arg(example("calls")?)
        .env_remove("NLDEBUG")
        .output()?;
    let text = String::from_utf8_lossy(&traced.stderr).into_owned();
    if !traced.status.success() {
        return Err(text.into());
    }
    let calls = phases(&text);
    let names = |phase: &str| {
        let calls = calls
            .get(phase)
            .unwrap_or_else(|| panic!("{phase}: {text}"));
        calls.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    };
    assert_eq!(
        names("open"),
        [
            // The buffer, the socket, and what wakes it.
            "mmap",
            "socket",
            "eventfd",
            // Extended acks, capped acks, strict checking.
            "setsockopt",
            "setsockopt",
            "setsockopt",
            // Connecting gives the port id as well.
            "connect",
            "getsockname",
            // Where sequence numbers start.
            "getrandom",
        ]
    );
    assert_eq!(names("request"), ["send", "recv"]);

    // One receive for each datagram, and no look at it in advance.
    let second = &calls["second dump"];
    assert_eq!(second[0].0, "send");
    let datagrams = &second[1..];
    assert!(datagrams.len() > 3, "{second:?}");
    for (name, line) in datagrams {
        assert_eq!(*name, "recv", "{line}");
        assert!(!line.contains("MSG_PEEK") && result(line) > 0, "{line}");
    }
    let total: i64 = datagrams.iter().map(|(_, line)| result(line)).sum();
    let most = datagrams.iter().map(|(_, line)| result(line)).max();
    assert!(most <= Some(32 * 1024), "{datagrams:?}");
    assert!(total > 80 * 500, "{datagrams:?}");
    // The first one is prepared by a ping, and is then like any other.
    let first = &calls["first dump"];
    assert_eq!([first[0].0, first[1].0], ["send", "recv"], "{first:?}");
    assert_eq!(result(&first[1].1), 36);
    let shape = |calls: &[(&str, String)]| {
        let calls = calls
            .iter()
            .map(|(name, line)| (*name == "recv").then(|| result(line)));
        calls.collect::<Vec<_>>()
    };
    assert_eq!(shape(&first[2..]), shape(second));

    // Where the time is to be had is found out once.
    assert!(names("clock").ends_with(&["send", "recv"]));
    // A loop over one connection sends each verdict by one call.
    assert_eq!(names("verdicts"), ["send"; 10]);
    assert_eq!(names("batch verdict"), ["send"]);
    // Nothing wakes who waits.
    assert_eq!(names("wait"), ["recv", "ppoll"]);
    assert_eq!(names("close"), ["close", "close", "munmap"]);

    // Who trusts others stays unconnected.
    let port = ["connect", "connect", "getsockname"];
    let trust = names("trust");
    let opened = trust.iter().filter(|name| **name != "setsockopt");
    let expected = [&["socket", "eventfd"], &port[..], &["close", "close"]].concat();
    assert_eq!(opened.copied().collect::<Vec<_>>(), expected);
    let expected = [
        &["socket", "getsockopt", "getsockopt", "eventfd"],
        // Close-on-exec, and the peer and the port id that it has.
        &["fcntl", "getpeername", "getsockname"][..],
        &port,
        &["close", "close"],
    ];
    assert_eq!(names("adopt"), expected.concat());
    Ok(())
}

/// Runs the program while the kernel refuses some of its calls, and returns
/// what went wrong there, if anything did.
fn refused(what: &str) -> Result<Option<String>, Box<dyn std::error::Error>> {
    // There all calls of sockets are one, `socketcall(2)`.
    if cfg!(target_arch = "x86") {
        return Err(
            Missing("kernel: a system call for each of bind, connect and so on".into()).into(),
        );
    }
    let traced = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", &format!("inject={what}")])
        .arg(example("calls")?)
        .env_remove("NLDEBUG")
        .output()?;
    let text = String::from_utf8_lossy(&traced.stderr).into_owned();
    Ok((!traced.status.success()).then_some(text))
}

fn options_that_are_refused_do_no_harm() -> Outcome {
    for errno in ["ENOPROTOOPT", "EOPNOTSUPP", "EINVAL"] {
        let failed = refused(&format!("setsockopt:error={errno}"))?;
        assert_eq!(failed, None, "{errno}");
    }
    let failed = refused("setsockopt:error=EPERM")?.unwrap_or_default();
    assert!(failed.contains("set NETLINK_EXT_ACK: EPERM"), "{failed}");
    Ok(())
}

fn an_app_that_may_not_bind_opens_sockets() -> Outcome {
    assert_eq!(refused("bind:error=EACCES")?, None);
    Ok(())
}

fn an_error_names_the_call_that_failed() -> Outcome {
    for (call, text) in [
        ("socket", "route: open: socket: EMFILE"),
        ("eventfd2", "route: open: eventfd: EMFILE"),
        ("connect", "route: connect: EMFILE"),
        ("getsockname", "route: getsockname: EMFILE"),
    ] {
        let failed = refused(&format!("{call}:error=EMFILE"))?.unwrap_or_default();
        assert!(failed.contains(text), "{call}: {failed}");
    }
    Ok(())
}

/// Result of a call.
fn result(line: &str) -> i64 {
    let (_, result) = line.rsplit_once(" = ").unwrap();
    let number = result.split(' ').next().unwrap();
    number.parse().unwrap_or_else(|_| panic!("{line}"))
}

/// The calls behind each name that the program writes.
fn phases(text: &str) -> BTreeMap<String, Vec<(&str, String)>> {
    let mut phases = BTreeMap::new();
    let mut phase = None;
    for line in text.lines() {
        if let Some((_, rest)) = line.split_once("write(1, \"") {
            let (name, _) = rest.split_once("\\n").unwrap();
            phase = Some(name.to_owned());
            phases.insert(name.to_owned(), Vec::new());
        } else if let (Some(phase), Some((name, _))) = (&phase, line.split_once('(')) {
            let calls: &mut Vec<_> = phases.get_mut(phase).unwrap();
            let call = (plain(name), line.to_owned());
            // Elsewhere than on most machines the clock is a system call, too,
            // on i686 rustix asks once how to make system calls (PR_GET_AUXV),
            // and a debug build looks at descriptors before it closes them.
            let left_out = name.starts_with("clock_gettime")
                || line.starts_with("prctl(0x41555856")
                || line.starts_with("prctl(PR_GET_AUXV")
                || line.contains("F_GETFD");
            if !left_out {
                calls.push(call);
            }
        }
    }
    phases
}

/// The name of a call without what differs between architectures.
fn plain(name: &str) -> &str {
    match name {
        // The header and the rest are two parts.
        "sendto" | "sendmsg" => "send",
        "recvfrom" => "recv",
        "mmap2" => "mmap",
        "eventfd2" => "eventfd",
        "ppoll_time64" => "ppoll",
        name => name,
    }
}
