//! Which constants of the kernel's headers nlwire lacks: those of linux-libc-dev
//! in the families that are covered, compared with the list `lacking.txt`.
//!
//! With `NLLACKING` in the environment the list is written anew. And those that it
//! has are compared with them, through a program in C.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by its panic"
)]

#[path = "../../wire/tests/constants/source.rs"]
#[allow(dead_code, reason = "shared")]
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The headers, and what their covered constants begin with.
const COVERED: &[(&str, &str)] = &[
    (
        "rtnetlink.h",
        "RTM_ RTN_ RTPROT_ RT_SCOPE_ RT_TABLE_ RTA_ RTAX_ RTNH_ RTNLGRP_ RTEXT_ TCA_",
    ),
    ("if_link.h", "IFLA_"),
    ("if_addr.h", "IFA_"),
    ("neighbour.h", "NDA_ NTF_ NUD_ NFEA_"),
    ("fib_rules.h", "FRA_ FR_ACT_ FIB_RULE_"),
    ("nexthop.h", "NHA_ NEXTHOP_"),
    ("gen_stats.h", "TCA_"),
    ("pkt_sched.h", "TCA_HTB_ TCA_TBF_ TCA_FQ_CODEL_ TCA_STAB_"),
    (
        "pkt_cls.h",
        "TCA_ACT_ TC_ACT_ TCA_CLS_ TCA_U32_ TC_U32_ TCA_MATCHALL_",
    ),
    ("tc_act/tc_gact.h", "TCA_GACT_"),
    ("tc_act/tc_mirred.h", "TCA_MIRRED_ TCA_EGRESS_ TCA_INGRESS_"),
    ("veth.h", "VETH_"),
    ("genetlink.h", "CTRL_ GENL_"),
    ("netlink.h", "NL_POLICY_ NLMSGERR_"),
    ("taskstats.h", "TASKSTATS_"),
    (
        "ethtool_netlink.h",
        "ETHTOOL_A_HEADER_ ETHTOOL_A_BITSET_ ETHTOOL_A_LINKINFO_ ETHTOOL_A_LINKMODES_ \
         ETHTOOL_MSG_LINKINFO_ ETHTOOL_MSG_LINKMODES_ ETHTOOL_FLAG_",
    ),
    ("netfilter/nfnetlink.h", "NFNL_ NFNLGRP_"),
    ("netfilter/nfnetlink_conntrack.h", "CTA_ IPCTNL_"),
    ("netfilter/nf_conntrack_common.h", "IPS_"),
    ("netfilter/nfnetlink_queue.h", "NFQA_ NFQNL_"),
    ("netfilter/nfnetlink_log.h", "NFULA_ NFULNL_"),
    ("netfilter/nf_tables.h", "NFTA_ NFT_"),
    ("sock_diag.h", "SOCK_ SKNLGRP_ SK_MEMINFO_"),
    ("inet_diag.h", "INET_DIAG_ INET_ULP_"),
    ("unix_diag.h", "UNIX_DIAG_ UDIAG_"),
    ("netlink_diag.h", "NETLINK_DIAG_ NDIAG_"),
    ("connector.h", "CN_"),
    ("cn_proc.h", "PROC_"),
    ("cryptouser.h", "CRYPTO_MSG_ CRYPTOCFGA_"),
];

#[test]
fn the_list_is_what_is_lacking() {
    let headers = Path::new("/usr/include/linux");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let committed = fs::read_to_string(tests.join("lacking.txt")).unwrap_or_default();
    let Some(version) = version(headers) else {
        return skip("the_list_is_what_is_lacking", "linux-libc-dev");
    };
    let ours = ours(&tests.join("../wire/src"));
    assert!(ours.len() > 1500, "{}", ours.len());
    let mut list = format!("Linux {version}\n");
    for (header, prefixes) in COVERED {
        let text = fs::read_to_string(headers.join(header)).unwrap();
        for name in constants(&text) {
            if prefixes
                .split_whitespace()
                .any(|prefix| name.starts_with(prefix))
                && !is_a_bound(name)
                && !ours.contains(name)
            {
                list += &format!("{header} {name}\n");
            }
        }
    }
    if std::env::var_os("NLLACKING").is_some() {
        fs::write(tests.join("lacking.txt"), &list).unwrap();
        return;
    }
    let expected = committed.lines().next().unwrap_or_default();
    if !list.starts_with(expected) {
        return skip(
            "the_list_is_what_is_lacking",
            &format!("the headers of {expected}, not of {version}"),
        );
    }
    assert_eq!(list, committed, "NLLACKING=1 writes the list anew");
}

#[test]
fn numbers_are_those_of_the_headers() {
    let headers = Path::new("/usr/include/linux");
    if version(headers).is_none() {
        return skip("numbers_are_those_of_the_headers", "linux-libc-dev");
    }
    let mut program = "#include <stdio.h>\n#include <linux/if.h>\n".to_owned();
    let mut known = BTreeSet::new();
    for (header, _) in COVERED {
        let text = fs::read_to_string(headers.join(header)).unwrap();
        known.extend(constants(&text).into_iter().map(str::to_owned));
        writeln!(program, "#include <linux/{header}>").unwrap();
    }
    let ours: BTreeMap<_, _> = source::constants().into_iter().collect();
    program += "int main(void) {\n";
    for name in ours.keys().filter(|name| known.contains(*name)) {
        writeln!(program, "printf(\"{name} %lld\\n\", (long long) ({name}));").unwrap();
    }
    program += "}\n";
    let Some(printed) = compile_and_run(&program) else {
        return skip("numbers_are_those_of_the_headers", "a compiler of C");
    };
    let mut wrong = Vec::new();
    for line in printed.lines() {
        let (name, theirs) = line.split_once(' ').unwrap();
        let theirs = subsystem(name) << 8 | theirs.parse::<i64>().unwrap();
        // Signed in one and unsigned in the other.
        if ours[name] & 0xffff_ffff != theirs & 0xffff_ffff {
            wrong.push(format!("{name}: {}, the kernel has {theirs}", ours[name]));
        }
    }
    assert_eq!(wrong, [""; 0]);
    let compared = printed.lines().count();
    println!("{compared} of {} compared", ours.len());
    assert!(compared > 1400, "only {compared} compared");
}

/// The upper byte of netfilter's message types, which the headers leave out.
fn subsystem(name: &str) -> i64 {
    let subsystems = [
        ("IPCTNL_MSG_CT_", 1),
        ("IPCTNL_MSG_EXP_", 2),
        ("NFQNL_MSG_", 3),
        ("NFULNL_MSG_", 4),
        ("NFT_MSG_", 10),
    ];
    let found = subsystems.iter().find(|(start, _)| name.starts_with(start));
    found.map_or(0, |(_, number)| *number)
}

/// What a program in C prints, unless there is no compiler.
fn compile_and_run(program: &str) -> Option<String> {
    let path = std::env::temp_dir().join(format!("nltests-{}", std::process::id()));
    let mut compiler = Command::new("cc")
        .args(["-x", "c", "-", "-o"])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = compiler.stdin.take().unwrap();
    input.write_all(program.as_bytes()).unwrap();
    drop(input);
    assert!(compiler.wait().unwrap().success());
    let output = Command::new(&path).output().unwrap();
    fs::remove_file(&path).unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Says so past the capture of the test's output, for CI to see.
fn skip(test: &str, need: &str) {
    let line = format!("skipped {test}: needs {need}\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// The version of the headers, such as 6.1.
fn version(headers: &Path) -> Option<String> {
    let text = fs::read_to_string(headers.join("version.h")).ok()?;
    let number = |name: &str| {
        let line = text.lines().find(|line| line.contains(name))?;
        line.split_whitespace().last().map(str::to_owned)
    };
    let major = number("LINUX_VERSION_MAJOR")?;
    Some(format!("{major}.{}", number("LINUX_VERSION_PATCHLEVEL")?))
}

/// Ends of lists and zeros that stand for nothing.
fn is_a_bound(name: &str) -> bool {
    ["_MAX", "_UNSPEC", "_NONE", "_CNT"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The names that a header gives to numbers: members of enums, and macros.
fn constants(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let line = line.trim_start();
        let rest = line.strip_prefix("#define").map_or(line, str::trim_start);
        let end = rest.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let is_macro = line.starts_with("#define");
        let follows = after.trim_start();
        let ends_so = follows.is_empty() || follows.starts_with([',', '=', '/']);
        if name.len() > 3 && (ends_so || is_macro && !after.starts_with('(')) {
            found.insert(name);
        }
    }
    found
}

/// The names of constants in nlwire's tables.
fn ours(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut ours(&path));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().map(str::trim_start) {
            if line.starts_with("//") {
                continue;
            }
            // 4 IFLA_MTU .., "IFF_UP", alias = "TC_H_ROOT", const AF_INET:
            let words: Vec<_> = line
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .collect();
            let is_name = |word: &&&str| word.contains('_') && !word.contains(char::is_lowercase);
            found.extend(words.iter().filter(is_name).map(ToString::to_string));
        }
    }
    found
}
