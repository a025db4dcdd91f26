//! More of `nl`: neighbours, rules, changes, captures, namespaces.

use nltests::{
    Need, Network, Outcome, Test, in_namespace, ip, nl, nl_program, run, second_namespace,
};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::fd::AsRawFd as _;
use std::process::{Command, Stdio};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "tool::neighbours_are_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_are_shown_as_by_ip,
    },
    Test {
        name: "tool::rules_are_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules_are_shown_as_by_ip,
    },
    Test {
        name: "tool::changes_are_printed_as_they_happen",
        needs: &[Need::Namespace],
        run: changes_are_printed_as_they_happen,
    },
    Test {
        name: "tool::output_of_strace_is_decoded",
        needs: &[
            Need::Namespace,
            Need::Program("strace"),
            Need::Program("ip"),
        ],
        run: output_of_strace_is_decoded,
    },
    Test {
        name: "tool::another_namespace_is_asked",
        needs: &[Need::Namespace],
        run: another_namespace_is_asked,
    },
];

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

fn neighbours_are_shown_as_by_ip() -> Outcome {
    let index = Network::open()?.add_link("br0", "bridge")?;
    Network::open()?.set_up(index)?;
    for command in [
        "neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev br0",
        "neigh add 192.0.2.8 lladdr 02:00:00:00:00:08 dev br0 router nud stale",
        "neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 dev br0 extern_learn nud stale",
    ] {
        run("ip", &words(command))?;
    }
    let ours = nl(&["neigh"])?;
    assert_eq!(ours.len(), 3, "{ours:?}");
    assert_eq!(Value::from(ours), ip(&["neigh"])?);
    Ok(())
}

fn rules_are_shown_as_by_ip() -> Outcome {
    for command in [
        "rule add pref 50 goto 100",
        "rule add pref 100 from 192.0.2.0/24 fwmark 0x10/0xff lookup 70000",
        "rule add pref 200 to 203.0.113.0/24 iif lo ipproto tcp dport 80-90 lookup 9",
        "rule add pref 250 ipproto udp sport 53 oif lo lookup main",
        "rule add pref 300 not from 192.0.2.1 blackhole",
        "-6 rule add pref 9 from 2001:db8::/32 lookup 7",
    ] {
        run("ip", &words(command))?;
    }
    let ours = nl(&["rule"])?;
    assert_eq!(ours.len(), 8, "{ours:?}");
    assert_eq!(Value::from(ours), ip(&["-details", "rule"])?);
    assert_eq!(
        Value::from(nl(&["rule", "-6"])?),
        ip(&["-details", "-6", "rule"])?
    );
    Ok(())
}

fn changes_are_printed_as_they_happen() -> Outcome {
    let mut monitor = Command::new(nl_program()?)
        .args(["--json", "monitor", "--count", "3"])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(monitor.stdout.take().ok_or("no output")?).lines();
    // Events before it listens are missing, so links are created until the
    // first event comes.
    let mut network = Network::open()?;
    let (told, first) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut all = Vec::new();
        while let Some(Ok(line)) = lines.next() {
            let change: Value = serde_json::from_str(&line).unwrap();
            all.push(change);
            let _ = told.send(());
        }
        all
    });
    let index = network.add_link("br0", "bridge")?;
    loop {
        network.set_up(index)?;
        if first
            .recv_timeout(std::time::Duration::from_millis(20))
            .is_ok()
        {
            break;
        }
        let down = nlwire::route::LinkFlags::UP.bits().into();
        let header = nlwire::route::LinkHeader {
            index: index.into(),
            change: down,
            ..Default::default()
        };
        network.change(
            nlwire::route::RTM_SETLINK,
            nlwire::NewFlags::empty(),
            &header,
            |w| Ok(w),
        )?;
    }
    while !reader.is_finished() {
        network.add_address(index, "192.0.2.1".parse()?, 24)?;
        let header = nlwire::route::AddressHeader {
            family: nlwire::route::AF_INET,
            prefix_len: 24,
            index: index.into(),
            ..Default::default()
        };
        let local = nlwire::codec::AddressBytes::Ip("192.0.2.1".parse()?);
        network.change(
            nlwire::route::RTM_DELADDR,
            nlwire::NewFlags::empty(),
            &header,
            |w| w.put(nlwire::route::AddressAttr::Local(local)),
        )?;
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let all = reader.join().unwrap();
    assert!(monitor.wait()?.success());
    assert_eq!(all.len(), 3, "{all:?}");
    let is_link = |change: &Value| change["ifname"] == "br0" && change["mtu"] == 1500;
    assert!(all.iter().any(is_link), "{all:?}");
    Ok(())
}

fn output_of_strace_is_decoded() -> Outcome {
    let traced = Command::new("strace")
        .args([
            "-e",
            "trace=network",
            "-xx",
            "-e",
            "read=all",
            "-e",
            "write=all",
        ])
        .args(["ip", "link", "show", "dev", "lo"])
        .output()?;
    if !traced.status.success() {
        return Err(String::from_utf8_lossy(&traced.stderr).into());
    }
    let tree = decode(&traced.stderr)?;
    assert!(tree.contains("RTM_NEWLINK length "), "{tree}");
    assert!(tree.contains("  IFLA_IFNAME: \"lo\"\n"), "{tree}");
    assert!(
        tree.contains("    IFLA_INET_CONF: ") || tree.contains("IFLA_AF_SPEC"),
        "{tree}"
    );

    Ok(())
}

fn decode(input: &[u8]) -> Result<String, Box<dyn std::error::Error>> {
    let mut program = Command::new(nl_program()?)
        .arg("decode")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    program.stdin.take().ok_or("no input")?.write_all(input)?;
    let output = program.wait_with_output()?;
    if !output.status.success() {
        return Err(output.status.to_string().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn another_namespace_is_asked() -> Outcome {
    let there = second_namespace()?;
    in_namespace(&there, || Network::open()?.add_link("br7", "bridge"))??;
    let path = format!("/proc/{}/fd/{}", std::process::id(), there.as_raw_fd());
    let links = nl(&["--netns", &path, "link"])?;
    let names: Vec<_> = links.iter().map(|link| link["ifname"].clone()).collect();
    assert_eq!(names, [json!("lo"), json!("br7")]);
    assert_eq!(nl(&["link"])?.len(), 1);
    assert!(nl(&["--netns", "no-such-one", "link"]).is_err());
    Ok(())
}
