//! Link names, for objects that refer to links by index.

use std::collections::HashMap;

use nlsock::Conn;
use nlwire::route::{
    ExtFilter, IFLA_EXT_MASK, IFLA_IFNAME, LinkFlags, LinkHeader, RTM_DELLINK, RTM_GETLINK,
    RTM_NEWLINK,
};
use nlwire::{Flags, LinkIndex, MessageRef, Writer};

use crate::kernel::Table;
use crate::output::{Decoded, Result, Text};

/// Names and states of all known links.
#[derive(Default)]
pub(crate) struct Names(HashMap<LinkIndex, Known>);

struct Known {
    name: Text,
    is_up: bool,
}

impl Names {
    /// Reads all links.
    pub(crate) fn load(conn: &mut Conn) -> Result<Self> {
        Self::of_links(&links(conn, Table::read)?.whole()?)
    }

    /// Reads the names from a table of links.
    pub(crate) fn of_links(links: &Table) -> Result<Self> {
        let mut names = Self::default();
        for message in links.rows() {
            names.learn(message)?;
        }
        Ok(names)
    }

    /// Reads the name from a message about a link. A deleted link keeps its
    /// name here: later messages may refer to it.
    pub(crate) fn learn(&mut self, message: MessageRef<'_>) -> Decoded<()> {
        if !matches!(message.kind(), RTM_NEWLINK | RTM_DELLINK) {
            return Ok(());
        }
        let (header, attributes) = message.split::<LinkHeader>()?;
        if let Some(name) = attributes.find(IFLA_IFNAME)? {
            let known = Known {
                name: name.text().into(),
                is_up: header.flags().contains(LinkFlags::UP),
            };
            self.0.insert(header.index, known);
        }
        Ok(())
    }

    /// Returns the name, or `if7` for an unknown link.
    pub(crate) fn of(&self, index: LinkIndex) -> Text {
        match self.0.get(&index) {
            Some(known) => known.name.clone(),
            None => format!("if{index}").into(),
        }
    }

    /// Returns true if the link with this index is down.
    pub(crate) fn is_down(&self, index: LinkIndex) -> bool {
        self.0.get(&index).is_some_and(|known| !known.is_up)
    }
}

/// Function that reads a table.
type Read = fn(&mut Conn, MessageRef<'_>) -> std::result::Result<Table, nlsock::Error>;

/// Reads all links, without their counters.
pub(crate) fn links(conn: &mut Conn, read: Read) -> Result<Table> {
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.u32(IFLA_EXT_MASK, ExtFilter::SKIP_STATS.bits())
    })?;
    Ok(read(conn, request)?)
}
