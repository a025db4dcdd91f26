//! The constants of the tables beside those of the headers, by a program in C.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::headers::Headers;
use crate::tables::Tables;

/// Returns the count of compared numbers, and a line for each difference.
pub fn check(headers: &Headers, tables: &Tables) -> Result<(usize, Vec<String>), String> {
    let Some(include) = &headers.include else {
        return Ok((0, Vec::new()));
    };
    let mut wrong = Vec::new();
    let mut compared = 0_usize;
    for header in &headers.headers {
        let names = header.listed.iter().chain(&header.values);
        let names: Vec<_> = names
            .filter(|name| tables.constants.contains_key(*name))
            .collect();
        if names.is_empty() {
            continue;
        }
        let mut program = format!(
            "#include <stdio.h>\n#include <netinet/in.h>\n#include <linux/if.h>\n\
             #include <linux/rtnetlink.h>\n#include <linux/{}>\nint main(void) {{\n",
            header.name
        );
        for name in names {
            let _ = writeln!(program, "printf(\"{name} %lld\\n\", (long long)({name}));");
        }
        program.push_str("}\n");
        for line in compile_and_run(&program, include)?.lines() {
            let Some((name, theirs)) = line.split_once(' ') else {
                continue;
            };
            let theirs = subsystem(name) << 8 | theirs.parse::<i64>().unwrap_or_default();
            let ours = tables.constants[name];
            // Signed in one and unsigned in the other.
            if ours & 0xffff_ffff != theirs & 0xffff_ffff {
                wrong.push(format!("{name}: {ours}, in linux/{} {theirs}", header.name));
            }
            compared += 1;
        }
    }
    Ok((compared, wrong))
}

/// The upper byte of netfilter's message types, which the headers leave out.
fn subsystem(name: &str) -> i64 {
    let subsystems = [
        ("IPCTNL_MSG_CT_", 1),
        ("IPCTNL_MSG_EXP_", 2),
        ("NFQNL_MSG_", 3),
        ("NFULNL_MSG_", 4),
        ("IPSET_CMD_", 6),
        ("NFNL_MSG_ACCT_", 7),
        ("IPCTNL_MSG_TIMEOUT_", 8),
        ("NFNL_MSG_CTHELPER_", 9),
        ("NFT_MSG_", 10),
        ("NFNL_MSG_HOOK_", 12),
    ];
    let found = subsystems.iter().find(|(start, _)| name.starts_with(start));
    found.map_or(0, |(_, number)| *number)
}

fn compile_and_run(program: &str, include: &Path) -> Result<String, String> {
    let path = std::env::temp_dir().join(format!("specs-{}", std::process::id()));
    let mut compiler = Command::new("cc")
        .args(["-w", "-x", "c", "-", "-idirafter"])
        .arg(include)
        .arg("-o")
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cc: {error}"))?;
    let mut input = compiler.stdin.take().ok_or("cc takes no input")?;
    input
        .write_all(program.as_bytes())
        .map_err(|error| format!("cc: {error}"))?;
    drop(input);
    let status = compiler.wait().map_err(|error| format!("cc: {error}"))?;
    if !status.success() {
        return Err("cc refused the program above".to_owned());
    }
    let output = Command::new(&path)
        .output()
        .map_err(|error| error.to_string())?;
    let _ = std::fs::remove_file(&path);
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
