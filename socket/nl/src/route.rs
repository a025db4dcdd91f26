//! `nl route`

use clap::Args;
use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, AF_INET6, AF_UNSPEC, RTA_TABLE, RTM_GETROUTE, Route, RouteFlags, RouteHeader,
    RouteTable, Via,
};
use nlwire::text::Hex;
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::{family, text};
use crate::names::Names;
use crate::output::{Output, Result, Row, or_dash};

/// Which routes to print.
#[derive(Args)]
pub(crate) struct Selection {
    /// Routes of IPv6.
    #[arg(short = '6')]
    v6: bool,
    /// A table by number or name (local, main, default), or all of them.
    #[arg(long, default_value = "main", value_parser = table)]
    table: Table,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    All,
    One(RouteTable),
}

fn table(argument: &str) -> std::result::Result<Table, String> {
    Ok(match argument {
        "all" => Table::All,
        "main" => Table::One(RouteTable::MAIN),
        "local" => Table::One(RouteTable::LOCAL),
        "default" => Table::One(RouteTable::DEFAULT),
        number => match number.parse() {
            Ok(number) => Table::One(RouteTable(number)),
            Err(error) => return Err(error.to_string()),
        },
    })
}

/// A route, with the keys of `ip -json -details route`.
#[derive(Serialize)]
pub(crate) struct RouteRow {
    #[serde(rename = "type")]
    kind: String,
    dst: String,
    #[serde(flatten)]
    hop: Hop,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    protocol: String,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefsrc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<u32>,
    flags: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nexthops: Vec<HopRow>,
}

/// Where packets go next.
#[derive(Default, Serialize)]
struct Hop {
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<ViaRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dev: Option<String>,
}

/// A gateway of another family.
#[derive(Serialize)]
struct ViaRow {
    family: String,
    host: String,
}

#[derive(Serialize)]
struct HopRow {
    #[serde(flatten)]
    hop: Hop,
    weight: u32,
    flags: Vec<&'static str>,
}

impl Row for RouteRow {
    const HEADS: &'static [&'static str] = &[
        "DESTINATION",
        "TYPE",
        "GATEWAY",
        "DEV",
        "TABLE",
        "PROTOCOL",
        "SCOPE",
        "METRIC",
        "SOURCE",
    ];

    fn cells(&self) -> Vec<String> {
        let gateways = self
            .hops()
            .map(|hop| hop.gateway_text())
            .collect::<Vec<_>>();
        let devices = self
            .hops()
            .map(|hop| or_dash(hop.dev.as_ref()))
            .collect::<Vec<_>>();
        vec![
            self.dst.clone(),
            self.kind.clone(),
            gateways.join(","),
            devices.join(","),
            self.table.clone().unwrap_or_else(|| "main".into()),
            self.protocol.clone(),
            self.scope.clone(),
            or_dash(self.metric),
            or_dash(self.prefsrc.as_ref()),
        ]
    }
}

impl RouteRow {
    /// The one hop, or each of several.
    fn hops(&self) -> impl Iterator<Item = &Hop> {
        let single = self.nexthops.is_empty().then_some(&self.hop);
        single
            .into_iter()
            .chain(self.nexthops.iter().map(|row| &row.hop))
    }
}

impl Hop {
    fn gateway_text(&self) -> String {
        or_dash(
            self.gateway
                .as_ref()
                .or(self.via.as_ref().map(|via| &via.host)),
        )
    }
}

pub(crate) fn print(output: &Output, selection: Selection) -> Result {
    let mut conn = output.connect(Protocol::ROUTE)?;
    let names = Names::load(&mut conn)?;
    let header = RouteHeader {
        family: match selection {
            Selection { v6: true, .. } => AF_INET6,
            Selection {
                table: Table::All, ..
            } => AF_UNSPEC,
            _ => AF_INET,
        },
        ..RouteHeader::default()
    };
    let mut buffer = [0; 64];
    let request =
        Writer::message(
            &mut buffer,
            RTM_GETROUTE,
            Flags::empty(),
            &header,
            |w| match selection.table {
                Table::All => Ok(w),
                Table::One(table) => w.u32(RTA_TABLE, table.0),
            },
        )?;
    let mut rows = Vec::new();
    let mut routes = conn.dump(request)?;
    loop {
        match routes.try_next() {
            Ok(Some(message)) => rows.extend(RouteRow::read(message, &selection, &names)?),
            Ok(None) => break,
            // Until its first route the main table does not exist.
            Err(error) if selection.is_main() && error.is_not_found() => break,
            Err(error) => return Err(error.into()),
        }
    }
    output.print(&rows)
}

impl Selection {
    /// All tables.
    pub(crate) const fn all() -> Self {
        Self {
            v6: false,
            table: Table::All,
        }
    }

    fn is_main(&self) -> bool {
        self.table == Table::One(RouteTable::MAIN)
    }

    /// A kernel without strict checking leaves the choice to us.
    fn has(&self, table: RouteTable) -> bool {
        self.table == Table::All || self.table == Table::One(table)
    }
}

impl RouteRow {
    /// Reads a route, if it is one that was asked for.
    pub(crate) fn read(
        message: MessageRef<'_>,
        selection: &Selection,
        names: &Names,
    ) -> Result<Option<Self>> {
        let (header, attributes) = message.split::<RouteHeader>()?;
        let route = fields!(attributes => Route {
            destination, gateway, via, outgoing_index, priority, preferred_source, table, multipath
        })?;
        let table = route.table.unwrap_or(RouteTable(header.table.into()));
        if !selection.has(table) || header.flags().contains(RouteFlags::CLONED) {
            return Ok(None);
        }
        let mut nexthops = Vec::new();
        for item in route
            .multipath
            .iter()
            .flat_map(|multipath| multipath.iter())
        {
            let (next, attributes) = item?;
            let found = fields!(attributes => Route { gateway, via })?;
            nexthops.push(HopRow {
                hop: Hop::read(found.gateway, found.via, Some(next.index.get()), names),
                weight: u32::from(next.hops) + 1,
                flags: next.flags.names().collect(),
            });
        }
        Ok(Some(Self {
            kind: header.kind.to_string(),
            dst: destination(route.destination, header),
            hop: Hop::read(route.gateway, route.via, route.outgoing_index, names),
            table: (table != RouteTable::MAIN).then(|| table.to_string()),
            protocol: header.protocol.to_string(),
            scope: header.scope.to_string(),
            prefsrc: route.preferred_source.as_ref().map(text),
            metric: route.priority,
            flags: header.flags().names().collect(),
            nexthops,
        }))
    }
}

impl Hop {
    fn read(
        gateway: Option<AddressBytes<'_>>,
        via: Option<Via<'_>>,
        index: Option<u32>,
        names: &Names,
    ) -> Self {
        Self {
            gateway: gateway.as_ref().map(text),
            via: via.map(|via| ViaRow {
                family: u8::try_from(via.family).map_or_else(|_| via.family.to_string(), family),
                host: via
                    .ip()
                    .map_or_else(|| Hex(via.address).to_string(), |ip| ip.to_string()),
            }),
            dev: index.map(|index| names.of(index)),
        }
    }
}

/// The destination: an address with its prefix length where that is not full.
fn destination(address: Option<AddressBytes<'_>>, header: &RouteHeader) -> String {
    let full = match header.family {
        AF_INET6 => 128,
        _ => 32,
    };
    match (address, header.destination_len) {
        (None, 0) => "default".into(),
        (None, length) => format!("0/{length}"),
        (Some(address), length) if length == full => text(&address),
        (Some(address), length) => format!("{}/{length}", text(&address)),
    }
}
