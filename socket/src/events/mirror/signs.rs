//! Signs of changes that the kernel does not report.

use alloc::collections::BTreeMap;

use nlwire::route::{
    AF_INET6, AF_UNSPEC, IFLA_MASTER, LinkHeader, LinkRow, NeighbourTable, NeighbourTableRow,
    RTM_DELADDR, RTM_DELLINK, RTM_DELNEIGH, RTM_DELNEXTHOP, RTM_DELNSID, RTM_DELROUTE, RTM_DELRULE,
    RTM_NEWLINK, RTM_NEWNEXTHOP, RouteRow,
};
use nlwire::{DecodeError, MessageRef, fields};

/// Link that went up or down, changed its master, or was deleted.
pub(super) const LINK: u8 = 1;
/// Address that was deleted, with the routes that prefer it as their source.
pub(super) const ADDRESS: u8 = 2;
/// Next hop that was changed or deleted.
pub(super) const NEXT_HOP: u8 = 4;
/// Network namespace that was deleted, and whose ID links refer to.
pub(super) const NAMESPACE: u8 = 8;
/// IPv6 route that was deleted.
pub(super) const ROUTE: u8 = 16;
/// Neighbour that was deleted.
pub(super) const NEIGHBOUR: u8 = 32;
/// Rule that was deleted.
pub(super) const RULE: u8 = 64;
/// Deletions that disturb a dump in progress. For these tables the kernel
/// continues a dump after as many rows as it has sent, so that a deletion can
/// make it skip a row. For other tables it marks such dumps as interrupted.
pub(super) const DUMPED: u8 = ROUTE | NEIGHBOUR | RULE;

/// Returns the size of a neighbour table: its number of buckets. Rows with the
/// parameters of a link have none.
///
/// A table that grows puts its rows in another order, without a sign in the
/// dumps that are in progress: these skip some rows and repeat others. Tables
/// never shrink.
pub(crate) fn buckets(row: &NeighbourTableRow<'_>) -> Result<u64, DecodeError> {
    let config = fields!(row.attributes => NeighbourTable { config })?.config;
    Ok(config.map_or(0, |config| {
        u64::from(config.hash_mask.get()).saturating_add(1)
    }))
}

/// Link states that decide which routes exist.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// Flags and master of each link, from its last event.
    links: BTreeMap<u32, (u32, u32)>,
}

impl Watched {
    /// Returns the unreported changes that a message indicates.
    pub(super) fn note(&mut self, message: MessageRef<'_>) -> u8 {
        match message.kind() {
            RTM_NEWLINK => self.note_link(message),
            RTM_DELLINK => {
                let link = LinkRow::of(message);
                self.links.remove(&link.index().get());
                LINK
            }
            RTM_DELADDR => ADDRESS,
            RTM_NEWNEXTHOP | RTM_DELNEXTHOP => NEXT_HOP,
            RTM_DELNSID => NAMESPACE,
            RTM_DELROUTE if RouteRow::of(message).header.family == AF_INET6 => ROUTE,
            RTM_DELNEIGH => NEIGHBOUR,
            RTM_DELRULE => RULE,
            _ => 0,
        }
    }

    fn note_link(&mut self, message: MessageRef<'_>) -> u8 {
        let (header, attributes) = message.split_zero_extended::<LinkHeader>();
        if header.family != AF_UNSPEC {
            return 0;
        }
        let master = attributes.find(IFLA_MASTER).ok().flatten();
        let master = master.and_then(|master| master.u32().ok()).unwrap_or(0);
        let state = (header.flags.get(), master);
        match self.links.insert(header.index.get(), state) {
            Some(before) if before == state => 0,
            _ => LINK,
        }
    }
}
