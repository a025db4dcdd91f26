//! Each system call of each work fails once, as strace(1) makes it.

use nltests::{Missing, Need, Outcome, Test, example, nl_program, run};
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "faults::each_call_may_fail",
        needs: &[
            Need::Namespace,
            Need::Program("strace"),
            Need::Program("ip"),
            Need::Program("timeout"),
            Need::Slow,
        ],
        run: each_call_may_fail,
    },
    Test {
        name: "faults::each_call_of_nl_may_fail",
        needs: &[
            Need::Namespace,
            Need::Program("strace"),
            Need::Program("timeout"),
            Need::Slow,
        ],
        run: each_call_of_nl_may_fail,
    },
    Test {
        name: "faults::forbidden_calls_are_named_or_done_without",
        needs: &[
            Need::Namespace,
            Need::Program("strace"),
            Need::Program("ip"),
            Need::Program("timeout"),
        ],
        run: forbidden_calls_are_named_or_done_without,
    },
];

/// Calls of a connection, and errnos with which each may fail.
const CALLS: &[(&str, &[&str])] = &[
    ("mmap", &["ENOMEM"]),
    ("socket", &["EMFILE", "EPERM"]),
    ("eventfd2", &["EMFILE"]),
    ("setsockopt", &["ENOMEM", "ENOPROTOOPT"]),
    ("connect", &["ENOMEM"]),
    ("getsockname", &["ENOBUFS"]),
    ("getrandom", &["ENOSYS", "EINTR"]),
    ("sendto", &["EINTR", "EAGAIN", "ENOBUFS", "ENOMEM"]),
    ("recvfrom", &["EINTR", "EAGAIN", "ENOBUFS", "ENOMEM"]),
];

/// Runs a program, with an injection in the words of `strace -e inject=`.
/// Returns its output and the traced calls.
fn traced(program: &[&str], call: &str, inject: Option<&str>) -> Result<Run, Failure> {
    // Calls of i386 are those of `socketcall(2)`.
    if cfg!(target_arch = "x86") {
        let why = "kernel: a system call for each of bind, connect and so on";
        return Err(Missing(why.into()).into());
    }
    let mut command = Command::new("timeout");
    let trace = std::env::temp_dir().join(format!("nltests-{}.strace", std::process::id()));
    command.args(["300", "strace", "-f", "-o"]).arg(&trace);
    command.args(["-e", &format!("trace=write,{call}")]);
    if let Some(inject) = inject {
        command.args(["-e", &format!("inject={call}:{inject}")]);
    }
    let output = command.args(program).env_remove("NLDEBUG").output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let run = Run {
        success: output.status.success(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        trace: std::fs::read_to_string(&trace)?,
    };
    std::fs::remove_file(trace)?;
    Ok(run)
}

type Failure = Box<dyn std::error::Error>;

struct Run {
    success: bool,
    stdout: String,
    stderr: String,
    trace: String,
}

/// Returns the numbers of a call's occurrences, from 1, after the first work
/// began. Of mappings only those of a connection's buffer count.
fn occurrences(trace: &str, call: &str) -> Vec<usize> {
    let mut begun = false;
    let mut number = 0;
    let mut found = Vec::new();
    for line in trace.lines() {
        begun |= line.contains("\"work open");
        if line.contains(&format!("{call}(")) {
            number += 1;
            if begun && (call != "mmap" || line.contains(", 1048576, ")) {
                found.push(number);
            }
        }
    }
    found
}

fn each_call_may_fail() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let program = example("works")?;
    let program = [program.to_str().ok_or("path")?];
    let mut failures = 0;
    for (call, errnos) in CALLS {
        let all = occurrences(&traced(&program, call, None)?.trace, call);
        assert!(!all.is_empty(), "{call}");
        for number in all {
            for errno in *errnos {
                let inject = format!("error={errno}:when={number}");
                let run = traced(&program, call, Some(&inject))?;
                assert!(run.trace.contains("(INJECTED)"), "{call}, {inject}");
                let text = &run.stdout;
                let end = text.ends_with("end\n");
                assert!(run.success && end, "{call}, {inject}: {text}{}", run.stderr);
                let failed: Vec<_> = text
                    .lines()
                    .filter(|line| line.starts_with("failed"))
                    .collect();
                assert!(failed.len() <= 1, "{call}, {inject}: {failed:?}");
                for line in failed {
                    failures += 1;
                    // `ENOBUFS` of a receive is a loss.
                    let named =
                        line.contains(errno) || (*call == "recvfrom" && line.contains("overrun"));
                    assert!(named, "{call}, {inject}: {line}");
                }
            }
        }
    }
    assert!(failures > 100, "{failures}");
    Ok(())
}

fn each_call_of_nl_may_fail() -> Outcome {
    let program = nl_program()?;
    let program = [program.to_str().ok_or("path")?, "link"];
    for (call, errnos) in CALLS {
        let whole = traced(&program, call, None)?;
        assert!(whole.success, "{}", whole.stderr);
        let calls = whole.trace.matches(&format!("{call}(")).count();
        for number in 1..=calls {
            for errno in *errnos {
                // Those of the dynamic linker and the allocator.
                if *call == "mmap" {
                    continue;
                }
                let inject = format!("error={errno}:when={number}");
                let run = traced(&program, call, Some(&inject))?;
                let told = run.stderr.starts_with("nl: ");
                assert!(
                    !run.stderr.contains("panicked"),
                    "{call}, {inject}: {}",
                    run.trace
                );
                if run.success {
                    assert_eq!(run.stdout, whole.stdout, "{call}, {inject}");
                } else {
                    assert!(told, "{call}, {inject}: {}", run.stderr);
                }
            }
        }
    }
    Ok(())
}

/// Forbids calls, as seccomp's profiles of containers do.
fn forbidden_calls_are_named_or_done_without() -> Outcome {
    let program = example("calls")?;
    let program = [program.to_str().ok_or("path")?];
    for errno in ["EPERM", "ENOSYS"] {
        for (call, text) in [
            ("getrandom", None),
            ("eventfd2", Some("eventfd")),
            ("ppoll", Some("wait")),
        ] {
            let run = traced(&program, call, Some(&format!("error={errno}")))?;
            match text {
                None => assert!(run.success, "{call}, {errno}: {}", run.stderr),
                Some(text) => {
                    let named = run.stderr.lines().any(|line| {
                        line.contains(text) && line.contains(errno) && line.contains("Error")
                    });
                    assert!(!run.success && named, "{call}, {errno}: {}", run.stderr);
                }
            }
        }
    }
    Ok(())
}
