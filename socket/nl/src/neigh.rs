//! `nl neigh`

use std::collections::BTreeMap;

use nlsock::Protocol;
use nlwire::route::{Neighbour, NeighbourHeader, NeighbourState, RTM_GETNEIGH};
use nlwire::text::Hardware;
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::text;
use crate::names::Names;
use crate::output::{Output, Result, Row, or_dash};

/// A neighbour, with the keys of `ip -json neigh`.
#[derive(Serialize)]
pub(crate) struct NeighbourRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    dst: Option<String>,
    dev: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lladdr: Option<String>,
    /// Each a key without a value.
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
            self.dev.clone(),
            or_dash(self.lladdr.as_ref()),
            self.state.join(","),
            flags.join(","),
        ]
    }
}

pub(crate) fn print(output: &Output) -> Result {
    let mut conn = output.connect(Protocol::ROUTE)?;
    let names = Names::load(&mut conn)?;
    let mut buffer = [0; 64];
    let header = NeighbourHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETNEIGH, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut rows = Vec::new();
    let mut neighbours = conn.dump(request)?;
    while let Some(message) = neighbours.try_next()? {
        let (header, _) = message.split::<NeighbourHeader>()?;
        // As ip does: those that nobody had to ask for are left out.
        let state = header.state();
        if !state.is_empty() && !state.contains(NeighbourState::NOARP) {
            rows.push(NeighbourRow::read(message, &names)?);
        }
    }
    output.print(&rows)
}

impl NeighbourRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Result<Self> {
        let (header, attributes) = message.split::<NeighbourHeader>()?;
        let found = fields!(attributes => Neighbour { destination, hardware, flags_ext })?;
        let more = found.flags_ext.unwrap_or_default();
        let flags = header.flags.names().chain(more.names());
        Ok(Self {
            dst: found.destination.as_ref().map(text),
            dev: names.of(header.index.get()),
            lladdr: found.hardware.map(|bytes| Hardware(bytes).to_string()),
            flags: flags.map(|flag| (flag, ())).collect(),
            state: header.state().names().collect(),
        })
    }
}
