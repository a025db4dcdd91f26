//! `nl monitor`

use std::io::Write as _;

use clap::Args;
use nlsock::{Conn, Event, Events, Protocol};
use nlwire::route as rt;
use nlwire::{DecodeError, MessageRef, MessageType};
use serde::Serialize;

use crate::addr::AddressRow;
use crate::json;
use crate::kernel::{Kernel, Table};
use crate::link::LinkRow;
use crate::names::{Names, links};
use crate::neigh::NeighbourRow;
use crate::output::{Format, Result, Row, cells, finish, warn};
use crate::route::{RouteRow, Selection};
use crate::rule::RuleRow;

/// Options of `nl monitor`.
#[derive(Args)]
pub(crate) struct Watch {
    /// Number of changes after which to exit (default: run until interrupted).
    #[arg(long)]
    count: Option<u64>,
}

/// Change of an object, with the object's keys.
#[derive(Serialize)]
struct Change<R> {
    #[serde(skip_serializing_if = "is_false")]
    deleted: bool,
    #[serde(flatten)]
    row: R,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

const GROUPS: &[u32] = &[
    rt::RTNLGRP_LINK,
    rt::RTNLGRP_NEIGH,
    rt::RTNLGRP_IPV4_IFADDR,
    rt::RTNLGRP_IPV6_IFADDR,
    rt::RTNLGRP_IPV4_ROUTE,
    rt::RTNLGRP_IPV6_ROUTE,
    rt::RTNLGRP_IPV4_RULE,
    rt::RTNLGRP_IPV6_RULE,
];

pub(crate) fn print(kernel: &Kernel, format: Format, watch: &Watch) -> Result {
    // Groups are joined before names are read, so that no change is missed.
    let mut events = Events::new(kernel.connect(Protocol::ROUTE, GROUPS)?);
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let mut names = Names::default();
    learn_all(&mut names, &mut conn);
    let mut left = watch.count;
    while left != Some(0) {
        let item = match events.next()? {
            Some(Event::Item(item)) => item,
            // The stream of a socket has no end.
            None => return Ok(()),
            Some(Event::Lost { .. }) => {
                warn("changes were lost");
                // Names may be among the lost changes.
                learn_all(&mut names, &mut conn);
                continue;
            }
        };
        let message = item.message();
        let line = names
            .learn(message)
            .and_then(|()| line(format, message, &names));
        match line {
            Ok(None) => {}
            Ok(Some(line)) => {
                let mut stdout = std::io::stdout().lock();
                stdout.write_all(&line)?;
                finish(stdout)?;
                left = left.map(|left| left.saturating_sub(1));
            }
            Err(error) => warn(error),
        }
    }
    Ok(())
}

/// Reads the names of links once. If links change meanwhile the table is
/// incomplete, and the events have the missing names.
fn learn_all(names: &mut Names, conn: &mut Conn) {
    match links(conn, Table::read_once) {
        Err(error) => warn(error),
        Ok(links) => {
            for message in links.rows() {
                if let Err(error) = names.learn(message) {
                    warn(error);
                }
            }
        }
    }
}

type Line = std::result::Result<Option<Vec<u8>>, DecodeError>;

/// Returns the line of a change, if the message is one.
fn line(format: Format, message: MessageRef<'_>, names: &Names) -> Line {
    let kind = message.kind();
    Ok(Some(match kind {
        rt::RTM_NEWLINK | rt::RTM_DELLINK => {
            text_of(format, kind, "link", LinkRow::read(message, names)?)
        }
        rt::RTM_NEWADDR | rt::RTM_DELADDR => {
            text_of(format, kind, "address", AddressRow::read(message, names)?)
        }
        rt::RTM_NEWNEIGH | rt::RTM_DELNEIGH => text_of(
            format,
            kind,
            "neighbour",
            NeighbourRow::read(message, names)?,
        ),
        rt::RTM_NEWRULE | rt::RTM_DELRULE => text_of(format, kind, "rule", RuleRow::read(message)?),
        rt::RTM_NEWROUTE | rt::RTM_DELROUTE => {
            match RouteRow::read(message, &Selection::all(), names)? {
                Some(row) => text_of(format, kind, "route", row),
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    }))
}

fn text_of<R: Row>(format: Format, kind: MessageType, object: &str, row: R) -> Vec<u8> {
    let deleted = is_deletion(kind);
    let mut line = Vec::new();
    // Writing to memory cannot fail.
    let _ = match format {
        Format::Json => json::write_line(&mut line, &Change { deleted, row }),
        Format::Columns => {
            let what = if deleted { "deleted" } else { "new" };
            let cells = R::HEADS.iter().zip(cells(&row));
            let cells = cells.filter(|(_, cell)| !cell.is_empty() && cell != "-");
            let cells = cells.map(|(head, cell)| format!("{} {cell}", head.to_lowercase()));
            let cells: Vec<_> = cells.collect();
            writeln!(line, "{what} {object}: {}", cells.join(", "))
        }
    };
    line
}

/// Returns true for the second of each four message types, which deletes.
fn is_deletion(kind: MessageType) -> bool {
    kind.0 & 3 == 1
}
