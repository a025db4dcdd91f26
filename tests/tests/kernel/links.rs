//! Links as `nl` shows them.

use super::compare;
use nltests::{Need, Network, Outcome, Test, nl, run};
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "links::each_kind_is_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: each_kind_is_shown_as_by_ip,
    },
    Test {
        name: "links::five_hundred_are_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Slow],
        run: five_hundred_are_shown_as_by_ip,
    },
    Test {
        name: "links::columns_are_for_people",
        needs: &[Need::Namespace],
        run: columns_are_for_people,
    },
    Test {
        name: "links::a_wrong_argument_is_a_usage_error",
        needs: &[],
        run: a_wrong_argument_is_a_usage_error,
    },
];

fn each_kind_is_shown_as_by_ip() -> Outcome {
    let mut network = Network::open()?;
    let bridge = network.add_link("br0", "bridge")?;
    let [left, right] = network.add_veth("left", "right")?;
    network.add_link("ifb7", "ifb")?;
    // The kernel makes no tun over netlink.
    run("ip", &["tuntap", "add", "dev", "tun0", "mode", "tun"])?;
    run("ip", &["tuntap", "add", "dev", "tap0", "mode", "tap"])?;
    network.set_master(left, bridge)?;
    for index in [1, bridge, left, right] {
        network.set_up(index)?;
    }

    let links = compare::links()?;
    let kind = |name: &str| {
        let link = links.iter().find(|link| link["ifname"] == name).unwrap();
        link["linkinfo"]["info_kind"].as_str()
    };
    assert_eq!(links.len(), 7, "{links:?}");
    assert_eq!(kind("lo"), None);
    assert_eq!(kind("br0"), Some("bridge"));
    assert_eq!(kind("left"), Some("veth"));
    assert_eq!(kind("ifb7"), Some("ifb"));
    assert_eq!(kind("tun0"), Some("tun"));
    let left = links.iter().find(|link| link["ifname"] == "left").unwrap();
    assert_eq!(left["master"], "br0");
    Ok(())
}

fn five_hundred_are_shown_as_by_ip() -> Outcome {
    let mut network = Network::open()?;
    for number in 0..250 {
        let name = format!("v{number}");
        network.add_veth(&name, &format!("w{number}"))?;
    }
    assert_eq!(compare::links()?.len(), 501);
    Ok(())
}

fn columns_are_for_people() -> Outcome {
    Network::open()?.add_link("a-long-name", "bridge")?;
    let output = Command::new(nltests::nl_program()?).arg("link").output()?;
    let text = String::from_utf8(output.stdout)?;
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[0].starts_with("INDEX  NAME         TYPE      KIND    STATE"),
        "{text}"
    );
    assert!(
        lines[1].starts_with("1      lo           loopback  -       DOWN "),
        "{text}"
    );
    assert!(
        lines[2].starts_with("2      a-long-name  ether     bridge  DOWN "),
        "{text}"
    );
    Ok(())
}

fn a_wrong_argument_is_a_usage_error() -> Outcome {
    for wrong in [
        &["lnk"][..],
        &["link", "--frobnicate"],
        &["route", "--table", "x"],
        &[],
    ] {
        let output = Command::new(nltests::nl_program()?).args(wrong).output()?;
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {output:?}");
        assert!(!output.stderr.is_empty(), "{wrong:?}");
    }
    assert!(nl(&["link"])?.iter().any(|link| link["ifname"] == "lo"));
    Ok(())
}
