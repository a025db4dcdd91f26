//! The connections with the most bytes; the first one is deleted.

use nlsock::{Conn, Protocol};
use nlwire::netfilter::{DeleteConnection, GetConnections};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let mut talkers = Vec::new();
    for row in &conn.list(GetConnections::all())? {
        let bytes = [row.original_counters()?, row.reply_counters()?];
        let bytes: u64 = bytes.iter().flatten().map(|counters| counters.bytes).sum();
        talkers.extend(row.key()?.map(|key| (bytes, key)));
    }
    talkers.sort_unstable_by_key(|talker| std::cmp::Reverse(talker.0));
    for (bytes, key) in talkers.iter().take(10) {
        println!("{bytes:>12} {}", key.flow);
    }
    if let Some((_, key)) = talkers.first() {
        conn.execute(&DeleteConnection::new(*key).if_there())?;
    }
    Ok(())
}
