//! Listening sockets and their processes: `ss -tlnp`.

use nlsock::{Conn, Protocol};
use nlwire::sock_diag::{GetInetSockets, TcpStates};
use std::collections::HashMap;
use std::fs;

/// Processes by the inode of their sockets.
fn owners() -> std::io::Result<HashMap<u32, String>> {
    let mut owners = HashMap::new();
    for process in fs::read_dir("/proc")?.flatten() {
        let Ok(files) = fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
        for file in files.flatten() {
            let target = fs::read_link(file.path()).unwrap_or_default();
            let inode = target
                .to_str()
                .and_then(|t| t.strip_prefix("socket:[")?.strip_suffix(']'));
            if let Some(inode) = inode.and_then(|inode| inode.parse().ok()) {
                let id = process.file_name().display().to_string();
                owners.insert(inode, format!("{},{id}", name.trim_end()));
            }
        }
    }
    Ok(owners)
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let owners = owners()?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    for query in [GetInetSockets::tcp(), GetInetSockets::tcp6()] {
        for row in &conn.list(query.states(TcpStates::LISTEN))? {
            let Some(local) = row.local() else { continue };
            let owner = owners.get(&row.inode()).map_or("", String::as_str);
            println!(
                "LISTEN {:>6} {:>6} {local:<30} {owner}",
                row.header.receive_queue, row.header.send_queue
            );
        }
    }
    Ok(())
}
