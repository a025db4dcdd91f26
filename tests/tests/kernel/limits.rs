//! Processes with few descriptors, little memory, a stop by a signal, many
//! neighbours, or a namespace that was deleted.

use nlsock::mirror::{Mirror, Table, Update};
use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Need, Network, Outcome, Test, example, in_namespace, run, second_namespace};
use nlwire::route::GetLink;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "limits::without_descriptors_opening_fails_and_nothing_leaks",
        needs: &[Need::Namespace],
        run: without_descriptors_opening_fails_and_nothing_leaks,
    },
    Test {
        name: "limits::without_memory_opening_fails_and_nothing_leaks",
        needs: &[Need::Namespace],
        run: without_memory_opening_fails_and_nothing_leaks,
    },
    Test {
        name: "limits::a_stopped_process_goes_on",
        needs: &[Need::Namespace],
        run: a_stopped_process_goes_on,
    },
    Test {
        name: "limits::programs_side_by_side_do_not_disturb_each_other",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Slow],
        run: programs_side_by_side_do_not_disturb_each_other,
    },
    Test {
        name: "limits::a_mirror_outlives_its_namespace",
        needs: &[Need::Namespace],
        run: a_mirror_outlives_its_namespace,
    },
];

fn limit(resource: Resource, value: u64) -> std::io::Result<()> {
    let limit = Rlimit {
        current: Some(value),
        maximum: Some(value),
    };
    Ok(setrlimit(resource, limit)?)
}

/// Opens connections until that fails, and checks the error; opens again once
/// one was closed.
fn open_until(call: &str, errno: &str) -> Outcome {
    let mut conns = Vec::with_capacity(1000);
    for _ in 0..3 {
        let error = loop {
            match Conn::open(Protocol::ROUTE) {
                Ok(conn) => conns.push(conn),
                Err(error) => break error,
            }
        };
        let text = error.to_string();
        assert!(text.starts_with("route: open: "), "{text}");
        assert!(text.contains(call) && text.ends_with(errno), "{text}");
        // Those that are open still work, and a closed one makes room.
        for conn in &mut conns {
            conn.get(GetLink::by_name("lo"))?;
        }
        let count = conns.len();
        assert!(count > 3, "{count}");
        conns.clear();
        conns.push(Conn::open(Protocol::ROUTE)?);
    }
    Ok(())
}

fn without_descriptors_opening_fails_and_nothing_leaks() -> Outcome {
    // Two for each connection: both calls meet the limit.
    for limit_of_files in [32, 31] {
        limit(Resource::Nofile, limit_of_files)?;
        open_until("", "EMFILE")?;
    }
    Ok(())
}

fn without_memory_opening_fails_and_nothing_leaks() -> Outcome {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib = size.and_then(|size| size.trim().strip_suffix(" kB"));
    let kib: u64 = kib.ok_or("no VmSize")?.parse()?;
    limit(Resource::As, (kib << 10) + (32 << 20))?;
    open_until("mmap", "ENOMEM")
}

fn a_stopped_process_goes_on() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.set_timeout(Some(Duration::from_millis(300)));
    let this = std::process::id();
    let shell = format!("sleep 0.1; kill -STOP {this}; sleep 0.6; kill -CONT {this}");
    let mut stopper = Command::new("sh").args(["-c", &shell]).spawn()?;
    let mut longest = Duration::ZERO;
    let mut before = Instant::now();
    let stopped = loop {
        let error = conn.recv(&mut [0; 64]).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        // The stop counts as waiting. From one timeout to the next, so that it
        // is in one of these times wherever it comes.
        let now = Instant::now();
        longest = longest.max(now - before);
        before = now;
        if let Some(status) = stopper.try_wait()? {
            break status;
        }
    };
    assert!(stopped.success());
    assert!(longest >= Duration::from_millis(500), "{longest:?}");
    conn.set_timeout(None);
    assert_eq!(conn.get(GetLink::by_name("lo"))?.index().get(), 1);
    Ok(())
}

fn programs_side_by_side_do_not_disturb_each_other() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let program = example("works")?;
    let mut programs = Vec::new();
    for _ in 0..24 {
        let mut command = Command::new(&program);
        programs.push(command.stdout(Stdio::piped()).spawn()?);
    }
    for program in programs {
        let output = program.wait_with_output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}");
        assert!(!text.contains("failed"), "{text}");
    }
    Ok(())
}

fn a_mirror_outlives_its_namespace() -> Outcome {
    let namespace = second_namespace()?;
    let (mut mirror, mut network) = in_namespace(&namespace, || {
        Ok::<_, nlsock::Error>((Mirror::open(Protocol::ROUTE)?, Network::open()))
    })??;
    let network = network.as_mut().map_err(|error| error.to_string())?;
    let links = mirror.keep(Table::links())?;
    assert!(matches!(mirror.next()?, Some(Update::Read)));
    // No process and no name is left of it, but the sockets keep it.
    drop(namespace);
    thread::sleep(Duration::from_millis(100));
    network.add_link("br0", "bridge")?;
    assert!(matches!(mirror.next()?, Some(Update::Event(_))));
    assert!(mirror.link_by_name("br0").is_some());
    assert_eq!(mirror.len(links), 2);
    Ok(())
}
