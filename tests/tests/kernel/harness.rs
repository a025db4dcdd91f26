//! The harness itself: where a test runs, and as whom.

use nltests::{Need, Outcome, Test, in_namespace, ip, machine_namespace, run, second_namespace};
use std::fs;
use std::path::PathBuf;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "harness::a_namespace_holds_only_the_loopback",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_namespace_holds_only_the_loopback,
    },
    Test {
        name: "harness::a_namespace_can_be_changed",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_namespace_can_be_changed,
    },
    Test {
        name: "harness::a_second_namespace_is_another",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_second_namespace_is_another,
    },
    Test {
        name: "harness::root_has_a_network_of_its_own",
        needs: &[Need::Root, Need::Program("ip")],
        run: root_has_a_network_of_its_own,
    },
    Test {
        name: "harness::nobody_has_no_capability",
        needs: &[Need::Nobody],
        run: nobody_has_no_capability,
    },
    Test {
        name: "harness::a_slow_test_runs_with_the_feature",
        needs: &[Need::Slow],
        run: || Ok(()),
    },
];

fn a_namespace_holds_only_the_loopback() -> Outcome {
    let links = ip(&["link"])?;
    assert_eq!(links.as_array().unwrap().len(), 1, "{links}");
    assert_eq!(links[0]["ifname"], "lo");
    assert_eq!(links[0]["ifindex"], 1);
    Ok(())
}

fn a_namespace_can_be_changed() -> Outcome {
    ip(&["link", "add", "br0", "type", "bridge"])?;
    assert_eq!(ip(&["link", "show", "dev", "br0"])?[0]["ifindex"], 2);
    let twice = ip(&["link", "add", "br0", "type", "bridge"]).unwrap_err();
    assert!(twice.to_string().contains("File exists"), "{twice}");
    Ok(())
}

fn a_second_namespace_is_another() -> Outcome {
    let second = second_namespace()?;
    in_namespace(&second, || ip(&["link", "add", "br0", "type", "bridge"]))??;
    let there = in_namespace(&second, || ip(&["link"]))??;
    assert_eq!(there.as_array().unwrap().len(), 2, "{there}");
    a_namespace_holds_only_the_loopback()
}

fn root_has_a_network_of_its_own() -> Outcome {
    a_namespace_holds_only_the_loopback()?;
    let machine = in_namespace(machine_namespace()?, || namespace("net"))?;
    assert_ne!(machine, namespace("net"));
    assert_eq!(status("CapEff"), status("CapPrm"));
    assert_ne!(status("CapEff"), "0000000000000000");
    Ok(())
}

fn nobody_has_no_capability() -> Outcome {
    assert_eq!(status("CapEff"), "0000000000000000");
    assert_ne!(run("id", &["-u"])?.trim(), "0");
    fs::read("/proc/self/environ")?;
    Ok(())
}

fn namespace(kind: &str) -> PathBuf {
    fs::read_link(format!("/proc/thread-self/ns/{kind}")).unwrap()
}

/// A field of this process's status, see proc_pid_status(5).
fn status(field: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_once(':').unwrap().1.trim().to_owned()
}
