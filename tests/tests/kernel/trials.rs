//! Programs of a newcomer, beside the programs that people use. Whatever
//! changes something is run twice.

use nltests::{Missing, Need, Outcome, Test, example, ip, run};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "trials::their_lines_are_those_of_the_table",
        needs: &[],
        run: their_lines_are_those_of_the_table,
    },
    Test {
        name: "trials::links_have_the_addresses_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_have_the_addresses_of_ip,
    },
    Test {
        name: "trials::a_veth_leads_into_a_namespace",
        needs: &[Need::Root, Need::Program("ip")],
        run: a_veth_leads_into_a_namespace,
    },
    Test {
        name: "trials::a_default_route_has_two_ways",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_default_route_has_two_ways,
    },
    Test {
        name: "trials::a_watch_reports_changes_and_silence",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_watch_reports_changes_and_silence,
    },
    Test {
        name: "trials::a_bridge_has_vlans_and_entries",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: a_bridge_has_vlans_and_entries,
    },
    Test {
        name: "trials::a_firewall_is_that_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: a_firewall_is_that_of_nft,
    },
    Test {
        name: "trials::the_first_talker_is_deleted",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: the_first_talker_is_deleted,
    },
    Test {
        name: "trials::a_family_of_ones_own_is_asked",
        needs: &[Need::Namespace],
        run: a_family_of_ones_own_is_asked,
    },
    Test {
        name: "trials::traffic_is_controlled_and_counted",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: traffic_is_controlled_and_counted,
    },
    Test {
        name: "trials::listeners_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ss")],
        run: listeners_are_those_of_ss,
    },
    Test {
        name: "trials::a_parser_finds_gateways",
        needs: &[],
        run: a_parser_finds_gateways,
    },
    Test {
        name: "trials::a_bridge_is_created_once",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_bridge_is_created_once,
    },
    Test {
        name: "trials::a_daemon_knows_the_way",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_daemon_knows_the_way,
    },
];

fn command(name: &str) -> Result<Command> {
    let mut command = Command::new(example("trials")?);
    command.arg(name);
    Ok(command)
}

/// Runs a program to its end, and returns its output.
fn trial(name: &str) -> Result<String> {
    let output = command(name)?.output()?;
    let refusal = String::from_utf8(output.stderr)?;
    // What a kernel lacks; tables that may be absent are deleted since Linux 6.3.
    let lacks = [
        "EOPNOTSUPP",
        "family \"netdev\": ENOENT",
        "NFT_MSG_DESTROYTABLE",
    ];
    if lacks.iter().any(|text| refusal.contains(text)) {
        return Err(Missing(format!("kernel: {refusal}")).into());
    }
    assert!(output.status.success(), "{name}: {refusal}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a program twice; both times it prints the same.
fn twice(name: &str) -> Result<String> {
    let first = trial(name)?;
    assert_eq!(trial(name)?, first);
    Ok(first)
}

fn ip_each(commands: &[&str]) -> Outcome {
    for words in commands {
        let words: Vec<&str> = words.split(' ').collect();
        run("ip", &words)?;
    }
    Ok(())
}

macro_rules! sources {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../examples/trials/", $name, ".rs")))),*]
    };
}

/// Programs and their text.
const SOURCES: [(&str, &str); 13] = sources! {
    "addresses" "namespace" "multipath" "watch" "bridge" "firewall" "talkers" "family" "traffic"
    "listeners" "parser" "unit_test" "fib"
};

/// Counts the lines of each program that are neither blank nor comment.
fn their_lines_are_those_of_the_table() -> Outcome {
    let table = include_str!("../../peers/README.md");
    for (name, text) in SOURCES {
        let is_code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
        let row = format!("`{name}` | {} |", text.lines().filter(is_code).count());
        assert!(table.contains(&row), "no row with {row}");
    }
    Ok(())
}

fn links_have_the_addresses_of_ip() -> Outcome {
    ip_each(&[
        "link set lo up",
        "link add left type veth peer name right",
        "link set left address 02:00:00:00:00:01",
        "address add 192.0.2.1/24 dev left",
        "address add 2001:db8::1/64 dev left nodad",
    ])?;
    let output = trial("addresses")?;
    let expected = ip(&["address"])?;
    for link in expected.as_array().ok_or("no array")? {
        let name = link["ifname"].as_str().ok_or("no name")?;
        let begin = format!("{}: {name} ", link["ifindex"]);
        let rest = output.split(&begin).nth(1).ok_or("no link")?;
        let mut lines = rest
            .lines()
            .skip(1)
            .take_while(|line| line.starts_with(' '));
        let hardware = lines.next().map(str::trim);
        let address = link["address"].as_str().unwrap_or("?");
        assert_eq!(hardware, Some(&*format!("link {address}")));
        let of_ip = link["addr_info"].as_array().into_iter().flatten();
        let of_ip = of_ip.map(|address| {
            let ip = address["local"].as_str().unwrap_or("?");
            format!("    inet {ip}/{}", address["prefixlen"])
        });
        assert_eq!(lines.collect::<Vec<_>>(), of_ip.collect::<Vec<_>>());
    }
    Ok(())
}

fn a_veth_leads_into_a_namespace() -> Outcome {
    super::namespaces::own_run()?;
    twice("namespace")?;
    ip_each(&[
        "route get 192.0.2.2",
        "netns exec blue ip address show dev inner to 192.0.2.2/24",
    ])?;
    for (family, gateway) in [("-4", "192.0.2.1"), ("-6", "2001:db8::1")] {
        let words = ["-n", "blue", family, "route", "show", "default"];
        assert!(run("ip", &words)?.contains(&format!("via {gateway} dev inner")));
    }
    Ok(())
}

fn a_default_route_has_two_ways() -> Outcome {
    ip_each(&[
        "link add up0 type veth peer name up1",
        "address add 192.0.2.1/24 dev up0",
        "link set up1 up",
        "link set up0 up",
    ])?;
    twice("multipath")?;
    let route = &ip(&["route", "show", "default"])?[0];
    let hops = route["nexthops"].as_array().ok_or("no next hops")?;
    let of = |key: &str| hops.iter().map(|hop| hop[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("gateway"), ["192.0.2.2", "192.0.2.3"]);
    assert_eq!(of("weight"), [1, 3]);
    Ok(())
}

/// Program that goes on until it is dropped.
struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Running {
    fn start(name: &str) -> Result<Self> {
        let mut child = command(name)?.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let lines = BufReader::new(output).lines();
        Ok(Self { child, lines })
    }

    /// Reads until a line has this text.
    fn until(&mut self, text: &str) -> Outcome {
        for line in self.lines.by_ref() {
            if line?.contains(text) {
                return Ok(());
            }
        }
        Err(format!("no line with {text}").into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn a_watch_reports_changes_and_silence() -> Outcome {
    let mut watch = Running::start("watch")?;
    watch.until("quiet")?;
    ip_each(&[
        "link add br0 type bridge",
        "address add 192.0.2.1/24 dev br0",
        "link delete br0",
    ])?;
    for text in [
        "+ link br0",
        "+ 192.0.2.1/24",
        "- 192.0.2.1/24",
        "- link br0",
    ] {
        watch.until(text)?;
    }
    Ok(())
}

fn a_bridge_has_vlans_and_entries() -> Outcome {
    twice("bridge")?;
    let vlans = run(
        "bridge",
        &["-compressvlans", "vlan", "show", "dev", "port0"],
    )?;
    for text in ["10 PVID Egress Untagged", "100-199"] {
        assert!(vlans.contains(text), "{vlans}");
    }
    let entries = run("bridge", &["fdb", "show", "br", "br0"])?;
    assert!(
        entries.contains("02:00:00:00:00:03 dev port0 vlan 10 master br0 static"),
        "{entries}"
    );
    Ok(())
}

fn a_firewall_is_that_of_nft() -> Outcome {
    twice("firewall")?;
    let ruleset = run("nft", &["list", "ruleset"])?;
    let expected = "table inet gate {
\tset office {
\t\ttype ipv4_addr
\t\tflags interval
\t\telements = { 192.0.2.0/25, 198.51.100.0/24 }
\t}

\tchain input {
\t\ttype filter hook input priority filter; policy drop;
\t\tct state established,related accept
\t\tiifname \"lo\" accept
\t\tip saddr @office tcp dport 22 counter packets 0 bytes 0 accept
\t}
}";
    assert_eq!(ruleset.trim(), expected);
    Ok(())
}

fn the_first_talker_is_deleted() -> Outcome {
    for port in ["6", "7"] {
        let words = "-I -s 192.0.2.1 -d 192.0.2.2 -p udp --sport 5 -t 600 --dport";
        let words: Vec<&str> = words.split(' ').chain([port]).collect();
        run("conntrack", &words)?;
    }
    let output = trial("talkers")?;
    let first = output.lines().next().ok_or("no connection")?;
    assert_eq!(output.lines().count(), 2);
    let left = run("conntrack", &["-L"])?;
    for port in [6, 7] {
        let is_gone = first.ends_with(&format!(":{port}"));
        assert_eq!(left.contains(&format!("dport={port} ")), !is_gone, "{left}");
    }
    trial("talkers")?;
    assert_eq!(trial("talkers")?, "");
    Ok(())
}

fn a_family_of_ones_own_is_asked() -> Outcome {
    assert!(twice("family")?.starts_with("Some(1) Some("));
    Ok(())
}

fn traffic_is_controlled_and_counted() -> Outcome {
    ip_each(&["link add up0 type veth peer name up1"])?;
    let output = twice("traffic")?;
    let classes = run("tc", &["class", "show", "dev", "up0"])?;
    assert!(classes.contains("class htb 1:10 root prio 0 rate 10Mbit ceil 20Mbit"));
    assert!(
        output.contains("htb 1:10") && output.contains("sent 0 bytes 0 pkt"),
        "{output}"
    );
    Ok(())
}

fn listeners_are_those_of_ss() -> Outcome {
    ip_each(&["link set lo up"])?;
    let _four = std::net::TcpListener::bind("127.0.0.1:4001")?;
    let _six = std::net::TcpListener::bind("[::1]:4002")?;
    let output = trial("listeners")?;
    let of_ss = run("ss", &["-tlnpH"])?;
    assert_eq!(output.lines().count(), of_ss.lines().count());
    for address in ["127.0.0.1:4001", "[::1]:4002"] {
        let line = |text: &str| {
            let line = text.lines().find(|line| line.contains(address));
            line.map(str::to_owned).ok_or("no such listener")
        };
        let (ours, theirs) = (line(&output)?, line(&of_ss)?);
        let (ours, theirs): (Vec<_>, Vec<_>) = (
            ours.split_whitespace().collect(),
            theirs.split_whitespace().collect(),
        );
        assert_eq!(ours[..4], theirs[..4]);
        let process = format!(",{}", std::process::id());
        assert!(
            ours[4].ends_with(&process) && theirs[5].contains(&format!("pid={}", &process[1..]))
        );
    }
    Ok(())
}

fn a_parser_finds_gateways() -> Outcome {
    let mut batch = nlwire::Batch::new(Vec::new());
    for (to, gateway) in [
        ("0.0.0.0/0", "192.0.2.1"),
        ("10.0.0.0/8", "192.0.2.2"),
        ("::/0", "2001:db8::1"),
    ] {
        let gateway: std::net::IpAddr = gateway.parse()?;
        batch.push(&nlwire::route::NewRoute::to(to.parse()?).via(gateway))?;
    }
    let (stdin, stdout) = (Stdio::piped(), Stdio::piped());
    let mut parser = command("parser")?.stdin(stdin).stdout(stdout).spawn()?;
    let mut input = parser.stdin.take().ok_or("no input")?;
    input.write_all(batch.as_bytes())?;
    drop(input);
    let output = parser.wait_with_output()?;
    assert_eq!(
        String::from_utf8(output.stdout)?,
        "192.0.2.1\n2001:db8::1\n"
    );
    Ok(())
}

fn a_bridge_is_created_once() -> Outcome {
    let index = twice("unit_test")?;
    assert_eq!(
        ip(&["link", "show", "dev", "br0"])?[0]["ifindex"].to_string(),
        index.trim()
    );
    Ok(())
}

fn a_daemon_knows_the_way() -> Outcome {
    ip_each(&[
        "link add up0 type veth peer name up1",
        "address add 192.0.2.1/24 dev up0",
        "link set up1 up",
        "link set up0 up",
        "route add default via 192.0.2.2",
    ])?;
    let mut daemon = Running::start("fib")?;
    daemon.until("Some(0.0.0.0/0) via Some(192.0.2.2) dev up0")?;
    ip_each(&["route add 198.51.100.0/24 via 192.0.2.3"])?;
    daemon.until("+ Some(198.51.100.0/24)")?;
    daemon.until("Some(198.51.100.0/24) via Some(192.0.2.3) dev up0")?;
    // The kernel deletes these routes without a message.
    ip_each(&["link set up0 down"])?;
    daemon.until("read, ")?;
    daemon.until("None")
}
