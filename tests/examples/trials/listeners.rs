//! Listening sockets and their processes: `ss -tlnp`.

use nlsock::sock_diag::Processes;
use nlsock::{Conn, Protocol};
use nlwire::sock_diag::{GetInetSockets, TcpStates};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let processes = Processes::read()?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    for query in [GetInetSockets::tcp(), GetInetSockets::tcp6()] {
        for row in &conn.list(query.states(TcpStates::LISTEN))? {
            let Some(local) = row.local() else { continue };
            let owner = processes.of(row.inode()).first();
            let owner = owner.map(|process| format!("{},{}", process.name, process.id));
            println!(
                "LISTEN {:>6} {:>6} {local:<30} {}",
                row.header.receive_queue,
                row.header.send_queue,
                owner.unwrap_or_default(),
            );
        }
    }
    Ok(())
}
