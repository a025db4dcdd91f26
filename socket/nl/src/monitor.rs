//! `nl monitor`

use std::io::Write as _;

use clap::Args;
use nlsock::{Event, Events, Protocol};
use nlwire::route as rt;
use nlwire::{MessageRef, MessageType};
use serde::Serialize;

use crate::addr::AddressRow;
use crate::link::LinkRow;
use crate::names::Names;
use crate::neigh::NeighbourRow;
use crate::output::{Output, Result, Row};
use crate::route::RouteRow;
use crate::rule::RuleRow;

/// How long to watch.
#[derive(Args)]
pub(crate) struct Watch {
    /// End after so many changes.
    #[arg(long)]
    count: Option<u64>,
}

/// A change, with the keys of the object.
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

pub(crate) fn print(output: &Output, watch: &Watch) -> Result {
    let mut events = Events::new(output.listen(Protocol::ROUTE, GROUPS)?);
    let mut conn = output.connect(Protocol::ROUTE)?;
    let mut names = Names::load(&mut conn)?;
    let mut left = watch.count;
    while left != Some(0) {
        let item = match events.next()? {
            Event::Item(item) => item,
            Event::Lost { .. } => {
                eprintln!("nl: changes were lost");
                continue;
            }
        };
        let message = item.message();
        // The name of a link that is gone stays known.
        if message.kind() == rt::RTM_NEWLINK {
            names = Names::load(&mut conn)?;
        }
        if tell(output, message, &names)? {
            left = left.map(|left| left.saturating_sub(1));
        }
    }
    Ok(())
}

/// Prints a change; whether it was one.
fn tell(output: &Output, message: MessageRef<'_>, names: &Names) -> Result<bool> {
    match message.kind() {
        rt::RTM_NEWLINK | rt::RTM_DELLINK => line(output, message, LinkRow::read(message, names)?),
        rt::RTM_NEWADDR | rt::RTM_DELADDR => {
            line(output, message, AddressRow::read(message, names)?)
        }
        rt::RTM_NEWNEIGH | rt::RTM_DELNEIGH => {
            line(output, message, NeighbourRow::read(message, names)?)
        }
        rt::RTM_NEWRULE | rt::RTM_DELRULE => line(output, message, RuleRow::read(message)?),
        rt::RTM_NEWROUTE | rt::RTM_DELROUTE => {
            match RouteRow::read(message, &crate::route::Selection::all(), names)? {
                Some(row) => line(output, message, row),
                None => Ok(false),
            }
        }
        _ => Ok(false),
    }
}

fn line<R: Row>(output: &Output, message: MessageRef<'_>, row: R) -> Result<bool> {
    let deleted = is_deletion(message.kind());
    let mut stdout = std::io::stdout().lock();
    if output.is_json() {
        let change = Change { deleted, row };
        serde_json::to_writer(&mut stdout, &change).map_err(std::io::Error::from)?;
        writeln!(stdout)?;
    } else {
        let what = if deleted { "deleted" } else { "new" };
        let cells = R::HEADS.iter().zip(row.cells());
        let cells = cells.filter(|(_, cell)| !cell.is_empty() && cell != "-");
        let cells: Vec<_> = cells
            .map(|(head, cell)| format!("{} {cell}", head.to_lowercase()))
            .collect();
        writeln!(
            stdout,
            "{what} {}: {}",
            object(message.kind()),
            cells.join(", ")
        )?;
    }
    stdout.flush()?;
    Ok(true)
}

/// Of four types in a row the second deletes.
fn is_deletion(kind: MessageType) -> bool {
    kind.0 & 3 == 1
}

fn object(kind: MessageType) -> &'static str {
    match kind {
        rt::RTM_NEWLINK | rt::RTM_DELLINK => "link",
        rt::RTM_NEWADDR | rt::RTM_DELADDR => "address",
        rt::RTM_NEWROUTE | rt::RTM_DELROUTE => "route",
        rt::RTM_NEWNEIGH | rt::RTM_DELNEIGH => "neighbour",
        _ => "rule",
    }
}
