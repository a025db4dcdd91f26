//! The examples of nlsock, run as their users run them.

use super::packets::{PORT, QUEUE, make_rules};
use nlsock::Protocol;
use nltests::{Missing, Need, Network, Outcome, Session, Test, example, ip, run};
use std::io::{BufRead, BufReader, Lines};
use std::net::{Ipv4Addr, UdpSocket};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "examples::links_prints_them",
        needs: &[Need::Namespace],
        run: links_prints_them,
    },
    Test {
        name: "examples::add_link_shows_what_is_refused",
        needs: &[Need::Namespace],
        run: add_link_shows_what_is_refused,
    },
    Test {
        name: "examples::genl_family_prints_its_groups",
        needs: &[Need::Namespace],
        run: genl_family_prints_its_groups,
    },
    Test {
        name: "examples::monitor_follows",
        needs: &[Need::Namespace],
        run: monitor_follows,
    },
    Test {
        name: "examples::async_monitor_follows",
        needs: &[Need::Namespace],
        run: async_monitor_follows,
    },
    Test {
        name: "examples::blackhole_says_what_became_of_each",
        needs: &[Need::Namespace],
        run: blackhole_says_what_became_of_each,
    },
    Test {
        name: "examples::bridge_vlans_may_run_twice",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: bridge_vlans_may_run_twice,
    },
    Test {
        name: "examples::fib_follows_and_stops",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: fib_follows_and_stops,
    },
    Test {
        name: "examples::many_routes_are_all_added",
        needs: &[Need::Namespace],
        run: many_routes_are_all_added,
    },
    Test {
        name: "examples::split_decides_on_packets",
        needs: &[Need::Namespace],
        run: split_decides_on_packets,
    },
];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn output(name: &str, args: &[&str]) -> Result<Output> {
    Ok(Command::new(example(name)?).args(args).output()?)
}

/// Returns the lines that a program prints; the program must succeed.
fn lines(name: &str, args: &[&str]) -> Result<Vec<String>> {
    let output = output(name, args)?;
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Starts a program that goes on, and returns the lines that it prints.
fn start(name: &str, args: &[&str]) -> Result<(Child, Lines<BufReader<ChildStdout>>)> {
    let mut command = Command::new(example(name)?);
    let mut child = command.args(args).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().ok_or("no output")?;
    Ok((child, BufReader::new(stdout).lines()))
}

fn links_prints_them() -> Outcome {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    network.set_up(index)?;
    let expected = [
        "1: lo mtu 65536 down".into(),
        format!("{index}: br0 mtu 1500 up"),
    ];
    assert_eq!(lines("links", &[])?, expected);
    Ok(())
}

fn add_link_shows_what_is_refused() -> Outcome {
    let made = output("add_link", &["vx0", "42"])?;
    let text = String::from_utf8(made.stderr)?;
    if text.contains("EOPNOTSUPP") {
        return Err(Missing("kernel: VXLAN".into()).into());
    }
    assert!(made.status.success(), "{text}");
    assert!(Network::open()?.index("vx0")? > 1);
    let refused = output("add_link", &["vx1", "99999999"])?;
    assert_eq!(refused.status.code(), Some(1));
    let text = String::from_utf8(refused.stderr)?;
    assert!(text.contains("ERANGE"), "{text}");
    assert!(
        text.contains("IFLA_LINKINFO > IFLA_INFO_DATA > IFLA_VXLAN_ID"),
        "{text}"
    );
    Ok(())
}

fn genl_family_prints_its_groups() -> Outcome {
    let printed = lines("genl_family", &["nlctrl"])?;
    assert_eq!(
        printed,
        ["nlctrl: number 16, version 2", "  group notify: 16"]
    );
    let absent = output("genl_family", &["absent"])?;
    assert!(String::from_utf8(absent.stderr)?.contains("this kernel has no family absent"));
    Ok(())
}

fn monitor_follows() -> Outcome {
    let (mut child, mut lines) = start("monitor", &["2"])?;
    assert_eq!(lines.next().ok_or("nothing")??, r#"{1: "lo"}"#);
    let index = Network::open()?.add_link("br0", "bridge")?;
    let expected = format!(r#"{{1: "lo", {index}: "br0"}}"#);
    assert_eq!(lines.next().ok_or("nothing")??, expected);
    assert!(child.wait()?.success());
    Ok(())
}

fn async_monitor_follows() -> Outcome {
    let (mut child, mut lines) = start("async_monitor", &["2"])?;
    assert_eq!(lines.next().ok_or("nothing")??, "listening");
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    assert_eq!(
        lines.next().ok_or("nothing")??,
        format!("{index}: br0 made or changed")
    );
    network.delete_link(index)?;
    assert_eq!(
        lines.next().ok_or("nothing")??,
        format!("{index}: br0 deleted")
    );
    assert!(child.wait()?.success());
    Ok(())
}

fn split_decides_on_packets() -> Outcome {
    let mut network = Network::open()?;
    let loopback = network.index("lo")?;
    network.set_up(loopback)?;
    make_rules(&mut Session::open(Protocol::NETFILTER)?)?;
    let (mut child, mut lines) = start("split", &[&QUEUE.to_string(), "40"])?;
    assert_eq!(lines.next().ok_or("nothing")??, "queue 7 is bound");
    let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, PORT))?;
    receiver.set_read_timeout(Some(Duration::from_secs(10)))?;
    let sender = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    for number in 0..40_u8 {
        // Every fourth is too long.
        let length = if number % 4 == 3 { 90 } else { 20 };
        sender.send_to(&vec![number; length], receiver.local_addr()?)?;
    }
    let mut arrived: Vec<u8> = Vec::new();
    for _ in 0..30 {
        let mut buffer = [0; 100];
        assert_eq!(receiver.recv(&mut buffer)?, 20);
        arrived.push(buffer[0]);
    }
    // Two threads decide, each on its packets in order.
    arrived.sort_unstable();
    let short: Vec<u8> = (0..40).filter(|number| number % 4 != 3).collect();
    assert_eq!(arrived, short);
    let printed = lines.collect::<std::io::Result<Vec<_>>>()?;
    let count = |end: &str| printed.iter().filter(|line| line.ends_with(end)).count();
    // 28 bytes are the headers of IPv4 and UDP.
    let decided = (count("of 48 bytes: accept"), count("of 118 bytes: drop"));
    assert_eq!((printed.len(), decided), (40, (30, 10)));
    assert!(child.wait()?.success());
    Ok(())
}

fn blackhole_says_what_became_of_each() -> Outcome {
    let [first, second, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    let printed = lines("blackhole", &[first, second, first, third])?;
    let exists = "route: RTM_NEWROUTE: EEXIST";
    let dropped = "route: RTM_GETROUTE: EINVAL";
    let expected = [
        format!("not all were added: {exists}"),
        format!("{first}: Done"),
        format!("{second}: Done"),
        format!("{first}: Refused({exists})"),
        format!("{third}: Done"),
        format!("{first}: Failed({dropped})"),
        format!("{second}: Failed({dropped})"),
        format!("{first}: Failed({dropped})"),
        format!("{third}: Failed({dropped})"),
    ];
    assert_eq!(printed, expected);
    Ok(())
}

fn bridge_vlans_may_run_twice() -> Outcome {
    let expected = [
        "vlan-bridge: 1 to 1, untagged",
        "vlan-host: 10 to 10, untagged",
        "vlan-trunk: 10 to 12, tagged",
    ];
    let output = output("bridge_vlans", &[])?;
    if String::from_utf8(output.stderr)?.contains("EOPNOTSUPP") {
        return Err(Missing("kernel: bridges that filter VLANs".into()).into());
    }
    for _ in 0..2 {
        let mut printed = lines("bridge_vlans", &[])?;
        printed.sort();
        assert_eq!(printed, expected);
    }
    let shown = run(
        "bridge",
        &["-compressvlans", "vlan", "show", "dev", "vlan-trunk"],
    )?;
    assert!(shown.contains("10-12"), "{shown}");
    let shown = run("bridge", &["vlan", "show", "dev", "vlan-host"])?;
    assert!(shown.contains("10 PVID Egress Untagged"), "{shown}");
    Ok(())
}

fn fib_follows_and_stops() -> Outcome {
    ip(&["link", "add", "br0", "type", "bridge"])?;
    ip(&["address", "add", "192.0.2.1/24", "dev", "br0"])?;
    ip(&["link", "set", "br0", "addrgenmode", "none", "up"])?;
    let mut command = Command::new(example("fib")?);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let first = lines.next().ok_or("nothing")??;
    let count: usize = first.split(' ').next().ok_or("no count")?.parse()?;
    ip(&["route", "add", "198.51.100.0/24", "via", "192.0.2.2"])?;
    assert_eq!(
        lines.next().ok_or("nothing")??,
        "new 198.51.100.0/24 via 192.0.2.2"
    );
    ip(&["route", "add", "blackhole", "203.0.113.0/24"])?;
    assert_eq!(lines.next().ok_or("nothing")??, "new 203.0.113.0/24");
    ip(&["route", "del", "198.51.100.0/24"])?;
    assert_eq!(
        lines.next().ok_or("nothing")??,
        "gone 198.51.100.0/24 via 192.0.2.2"
    );
    drop(child.stdin.take());
    let expected = format!("{} routes at the end", count + 1);
    assert_eq!(lines.next().ok_or("nothing")??, expected);
    assert!(child.wait()?.success());
    Ok(())
}

fn many_routes_are_all_added() -> Outcome {
    let printed = lines("many_routes", &["3000"])?;
    assert!(
        printed[0].starts_with("3000 of 3000 added in "),
        "{printed:?}"
    );
    assert_eq!(printed[1], "3000 blackhole routes");
    Ok(())
}
