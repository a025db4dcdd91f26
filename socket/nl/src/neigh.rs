//! `nl neigh`

use std::collections::BTreeMap;

use nlsock::Protocol;
use nlwire::route::{Neighbour, NeighbourHeader, NeighbourState, RTM_GETNEIGH};
use nlwire::text::Hardware;
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::text;
use crate::kernel::{Kernel, Table};
use crate::names::Names;
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Neighbour, with the keys of `ip -json neigh`.
#[derive(Serialize)]
pub(crate) struct NeighbourRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    dst: Option<String>,
    dev: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    lladdr: Option<String>,
    /// Flags: keys without values.
    #[serde(flatten)]
    flags: BTreeMap<&'static str, ()>,
    state: Vec<&'static str>,
}

impl Row for NeighbourRow {
    const HEADS: &'static [&'static str] = &["DESTINATION", "DEV", "ADDRESS", "STATE", "FLAGS"];

    fn cells(&self) -> Vec<String> {
        let flags: Vec<_> = self.flags.keys().copied().collect();
        vec![
            or_dash(self.dst.as_ref()),
            self.dev.to_string(),
            or_dash(self.lladdr.as_ref()),
            self.state.join(","),
            flags.join(","),
        ]
    }
}

pub(crate) fn print(kernel: &Kernel, format: Format) -> Result {
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let names = Names::load(&mut conn)?;
    let mut buffer = [0; 64];
    let header = NeighbourHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETNEIGH, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut rows = Vec::new();
    for message in Table::read(&mut conn, request)?.whole()?.rows() {
        let (header, _) = message.split::<NeighbourHeader>()?;
        // Neighbours that need no resolution are left out, as by ip.
        let state = header.state();
        if !state.is_empty() && !state.contains(NeighbourState::NOARP) {
            rows.push(NeighbourRow::read(message, &names)?);
        }
    }
    format.print(&rows)
}

impl NeighbourRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Decoded<Self> {
        let (header, attributes) = message.split::<NeighbourHeader>()?;
        let found = fields!(attributes => Neighbour { destination, hardware, flags_ext })?;
        let more = found.flags_ext.unwrap_or_default();
        let flags = header.flags.names().chain(more.names());
        Ok(Self {
            dst: found.destination.as_ref().map(text),
            dev: names.of(header.index),
            lladdr: found.hardware.map(|bytes| Hardware(bytes).to_string()),
            flags: flags.map(|flag| (flag, ())).collect(),
            state: header.state().names().collect(),
        })
    }
}
