//! What other objects need to know of links, which they hold by their index.

use std::collections::HashMap;

use nlsock::Conn;
use nlwire::route::{ExtFilter, IFLA_EXT_MASK, IFLA_IFNAME, LinkFlags, LinkHeader, RTM_GETLINK};
use nlwire::{Flags, MessageRef, Writer};

use crate::output::Result;

pub(crate) struct Names(HashMap<u32, Known>);

struct Known {
    name: String,
    is_up: bool,
}

impl Names {
    /// Asks for all links.
    pub(crate) fn load(conn: &mut Conn) -> Result<Self> {
        let mut names = HashMap::new();
        each_link(conn, |message| {
            let (header, attributes) = message.split::<LinkHeader>()?;
            // The kernel's names can be any bytes.
            let name = attributes.require(IFLA_IFNAME)?.text();
            let known = Known {
                name: String::from_utf8_lossy(name.as_bytes()).into_owned(),
                is_up: header.flags().contains(LinkFlags::UP),
            };
            names.insert(header.index.get(), known);
            Ok(())
        })?;
        Ok(Self(names))
    }

    /// The name, or `if7` for a link that has none any more.
    pub(crate) fn of(&self, index: u32) -> String {
        let known = self.0.get(&index);
        known.map_or_else(|| format!("if{index}"), |known| known.name.clone())
    }

    /// Whether it is a link, and down.
    pub(crate) fn is_down(&self, index: u32) -> bool {
        self.0.get(&index).is_some_and(|known| !known.is_up)
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
