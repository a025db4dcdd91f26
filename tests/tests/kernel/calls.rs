//! The system calls of a connection, as strace(1) sees them.

use nltests::{Need, Network, Outcome, Test, example};
use std::collections::BTreeMap;
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "calls::there_are_no_others_than_these",
    needs: &[Need::Namespace, Need::Program("strace")],
    run: there_are_no_others_than_these,
}];

fn there_are_no_others_than_these() -> Outcome {
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
            "bind",
            "getsockname",
            "connect",
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
    // Nothing wakes who waits.
    assert_eq!(names("wait"), ["recv", "ppoll"]);
    assert_eq!(names("close"), ["close", "close", "munmap"]);
    Ok(())
}

/// What a call returned.
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
        "sendto" => "send",
        "recvfrom" => "recv",
        "mmap2" => "mmap",
        "eventfd2" => "eventfd",
        "ppoll_time64" => "ppoll",
        name => name,
    }
}
