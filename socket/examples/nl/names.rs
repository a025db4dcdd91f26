//! Names of links, which addresses and routes hold by their index.

use std::collections::HashMap;

use nlsock::Conn;
use nlwire::route::{ExtFilter, IFLA_EXT_MASK, LinkHeader, RTM_GETLINK};
use nlwire::{Flags, MessageRef, Writer};

use crate::output::Result;

pub(crate) struct Names(HashMap<u32, String>);

impl Names {
    /// Asks for the names of all links.
    pub(crate) fn load(conn: &mut Conn) -> Result<Self> {
        let mut names = HashMap::new();
        each_link(conn, |message| {
            let (header, attributes) = message.split::<LinkHeader>()?;
            if let Some(name) = attributes.find(nlwire::route::IFLA_IFNAME)? {
                names.insert(header.index.get(), lossy(name.text()));
            }
            Ok(())
        })?;
        Ok(Self(names))
    }

    /// The name, or `if7` for a link that has none any more.
    pub(crate) fn of(&self, index: u32) -> String {
        let name = self.0.get(&index).cloned();
        name.unwrap_or_else(|| format!("if{index}"))
    }
}

/// Calls `row` with each link, without its counters.
pub(crate) fn each_link(conn: &mut Conn, mut row: impl FnMut(MessageRef<'_>) -> Result) -> Result {
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.u32(IFLA_EXT_MASK, ExtFilter::SKIP_STATS.bits())
    })?;
    let mut links = conn.dump(request)?;
    while let Some(message) = links.try_next()? {
        row(message)?;
    }
    Ok(())
}

/// The kernel's names can be any bytes.
pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
