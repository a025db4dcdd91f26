//! `nl route`

use clap::Args;
use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, AF_INET6, AF_UNSPEC, RTA_TABLE, RTM_GETROUTE, Route, RouteFlags, RouteHeader,
    RouteTable, Via,
};
use nlwire::text::Hex;
use nlwire::{Flags, LinkIndex, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::{family, text};
use crate::kernel::{Kernel, Table as Rows, is_family_absent};
use crate::names::Names;
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Routes to print.
#[derive(Args)]
pub(crate) struct Selection {
    /// IPv6 routes instead of IPv4.
    #[arg(short = '6')]
    v6: bool,
    /// Table number or name (local, main, default, all).
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

/// Route, with the keys of `ip -json -details route`.
#[derive(Serialize)]
pub(crate) struct RouteRow {
    #[serde(rename = "type")]
    kind: String,
    dst: String,
    /// Source prefix, for IPv6 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tos: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nhid: Option<u32>,
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

/// Next hop.
#[derive(Default, Serialize)]
struct Hop {
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<ViaRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dev: Option<Text>,
}

/// Gateway of another address family.
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
        "FROM",
        "TOS",
        "TYPE",
        "GATEWAY",
        "DEV",
        "TABLE",
        "PROTOCOL",
        "SCOPE",
        "METRIC",
        "PREFSRC",
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
            or_dash(self.from.as_ref()),
            or_dash(self.tos.as_ref()),
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
    /// Returns the next hops: at least one.
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

pub(crate) fn print(kernel: &Kernel, format: Format, selection: Selection) -> Result {
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let names = Names::load(&mut conn)?;
    let header = RouteHeader {
        family: selection.family(),
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
    // The main table does not exist before its first route is added.
    let table = Rows::read_unless(&mut conn, request, |error| {
        selection.is_main() && error.is_not_found() || selection.v6 && is_family_absent(error)
    })?;
    let mut rows = Vec::new();
    for message in table.whole()?.rows() {
        rows.extend(RouteRow::read(message, &selection, &names)?);
    }
    format.print(&rows)
}

impl Selection {
    /// Returns the selection of routes in all tables.
    pub(crate) const fn all() -> Self {
        Self {
            v6: false,
            table: Table::All,
        }
    }

    fn is_main(&self) -> bool {
        self.table == Table::One(RouteTable::MAIN)
    }

    fn family(&self) -> u8 {
        match self {
            Self { v6: true, .. } => AF_INET6,
            Self {
                table: Table::All, ..
            } => AF_UNSPEC,
            _ => AF_INET,
        }
    }

    /// Returns true if a route is selected. The kernel sends others if it does
    /// not check requests strictly, and routes of all families if it was built
    /// without the requested one.
    fn has(&self, family: u8, table: RouteTable) -> bool {
        (self.table == Table::All || self.table == Table::One(table))
            && [AF_UNSPEC, family].contains(&self.family())
    }
}

impl RouteRow {
    /// Reads a route, if it is selected.
    pub(crate) fn read(
        message: MessageRef<'_>,
        selection: &Selection,
        names: &Names,
    ) -> Decoded<Option<Self>> {
        let (header, attributes) = message.split::<RouteHeader>()?;
        let route = fields!(attributes => Route {
            destination, source, gateway, via, outgoing_index, priority, preferred_source, table,
            multipath, next_hop_id
        })?;
        let table = route.table.unwrap_or(RouteTable(header.table.into()));
        if !selection.has(header.family, table) || header.flags().contains(RouteFlags::CLONED) {
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
                hop: Hop::read(found.gateway, found.via, Some(next.index), names),
                weight: u32::from(next.hops) + 1,
                flags: next.flags.names().collect(),
            });
        }
        Ok(Some(Self {
            kind: header.kind.to_string(),
            dst: prefix(route.destination, header.destination_len, header.family),
            from: (header.source_len != 0)
                .then(|| prefix(route.source, header.source_len, header.family)),
            tos: (header.tos != 0).then(|| format!("{:#04x}", header.tos)),
            nhid: route.next_hop_id,
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
        index: Option<LinkIndex>,
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

/// Returns the text of a prefix, without the length of a host prefix.
fn prefix(address: Option<AddressBytes<'_>>, length: u8, family: u8) -> String {
    let full = match family {
        AF_INET6 => 128,
        _ => 32,
    };
    match (address, length) {
        (None, 0) => "default".into(),
        (None, length) => format!("0/{length}"),
        (Some(address), length) if length == full => text(&address),
        (Some(address), length) => format!("{}/{length}", text(&address)),
    }
}
