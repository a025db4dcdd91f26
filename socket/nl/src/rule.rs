//! `nl rule`

use clap::Args;
use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, AF_INET6, PortRange, RTM_GETRULE, RouteTable, Rule, RuleAction, RuleFlags, RuleHeader,
};
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::text;
use crate::output::{Output, Result, Row, or_dash};

/// Which rules to print.
#[derive(Args)]
pub(crate) struct Selection {
    /// Rules of IPv6.
    #[arg(short = '6')]
    v6: bool,
}

/// A rule, with the keys of `ip -json -details rule`.
#[derive(Default, Serialize)]
#[serde(default)]
pub(crate) struct RuleRow {
    priority: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<()>,
    src: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    srclen: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dst: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dstlen: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fwmark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fwmask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iif: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oif: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid_start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid_end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipproto: Option<String>,
    #[serde(flatten)]
    sport: Ports,
    #[serde(flatten)]
    dport: DestinationPorts,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppress_prefixlen: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goto: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    protocol: String,
}

/// One port, or the ends of a range.
#[derive(Default, Serialize)]
struct Ports {
    #[serde(skip_serializing_if = "Option::is_none")]
    sport: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport_start: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport_end: Option<u16>,
}

#[derive(Default, Serialize)]
struct DestinationPorts {
    #[serde(skip_serializing_if = "Option::is_none")]
    dport: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dport_start: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dport_end: Option<u16>,
}

impl Row for RuleRow {
    const HEADS: &'static [&'static str] = &["PRIORITY", "FROM", "TO", "MARK", "IIF", "DOES"];

    fn cells(&self) -> Vec<String> {
        let end = |address: &str, length: Option<u8>| match length {
            Some(length) => format!("{address}/{length}"),
            None => address.into(),
        };
        let does = match (&self.table, self.goto, &self.action) {
            (Some(table), ..) => format!("lookup {table}"),
            (_, Some(priority), _) => format!("goto {priority}"),
            (_, _, action) => or_dash(action.as_ref()),
        };
        let not = if self.not.is_some() { "not " } else { "" };
        vec![
            self.priority.to_string(),
            format!("{not}{}", end(&self.src, self.srclen)),
            self.dst
                .as_ref()
                .map_or("all".into(), |dst| end(dst, self.dstlen)),
            or_dash(self.fwmark.as_ref()),
            or_dash(self.iif.as_ref()),
            does,
        ]
    }
}

pub(crate) fn print(output: &Output, selection: &Selection) -> Result {
    let mut conn = output.connect(Protocol::ROUTE)?;
    let family = if selection.v6 { AF_INET6 } else { AF_INET };
    let header = RuleHeader {
        family,
        ..RuleHeader::default()
    };
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, RTM_GETRULE, Flags::empty(), &header, |w| Ok(w))?;
    let mut rows = Vec::new();
    let mut rules = conn.dump(request)?;
    while let Some(message) = rules.try_next()? {
        rows.push(RuleRow::read(message)?);
    }
    output.print(&rows)
}

impl RuleRow {
    pub(crate) fn read(message: MessageRef<'_>) -> Result<Self> {
        let (header, attributes) = message.split::<RuleHeader>()?;
        let rule = fields!(attributes => Rule {
            priority, source, destination, mark, mask, incoming_name, outgoing_name, uid_range,
            ip_protocol, source_ports, destination_ports, table, suppress_prefix_len, goto, protocol
        })?;
        let full = if header.family == AF_INET6 { 128 } else { 32 };
        let short = |address: Option<AddressBytes<'_>>, length: u8| {
            address
                .is_some()
                .then_some(length)
                .filter(|&length| length != full)
        };
        let mut row = Self {
            priority: rule.priority.unwrap_or_default(),
            not: header.flags().contains(RuleFlags::INVERT).then_some(()),
            src: rule.source.as_ref().map_or("all".into(), text),
            srclen: short(rule.source, header.source_len),
            dst: rule.destination.as_ref().map(text),
            dstlen: short(rule.destination, header.destination_len),
            fwmark: rule.mark.map(|mark| format!("{mark:#x}")),
            fwmask: rule
                .mask
                .filter(|&mask| mask != u32::MAX)
                .map(|mask| format!("{mask:#x}")),
            iif: rule.incoming_name.map(Into::into),
            oif: rule.outgoing_name.map(Into::into),
            uid_start: rule.uid_range.map(|range| range.start.get()),
            uid_end: rule.uid_range.map(|range| range.end.get()),
            ipproto: rule.ip_protocol.map(protocol),
            protocol: rule.protocol.unwrap_or_default().to_string(),
            ..Self::default()
        };
        if let Some(ports) = rule.source_ports {
            let (sport, sport_start, sport_end) = ends(ports);
            row.sport = Ports {
                sport,
                sport_start,
                sport_end,
            };
        }
        if let Some(ports) = rule.destination_ports {
            let (dport, dport_start, dport_end) = ends(ports);
            row.dport = DestinationPorts {
                dport,
                dport_start,
                dport_end,
            };
        }
        let table = rule.table.unwrap_or(RouteTable(header.table.into()));
        match header.action {
            RuleAction::TO_TABLE => {
                row.table = Some(table.to_string());
                let length = rule.suppress_prefix_len;
                row.suppress_prefixlen = length.filter(|&length| length != u32::MAX);
            }
            RuleAction::GOTO => row.goto = rule.goto,
            action => row.action = Some(action.to_string()),
        }
        Ok(row)
    }
}

type Ends = (Option<u16>, Option<u16>, Option<u16>);

fn ends(ports: &PortRange) -> Ends {
    let (start, end) = (ports.start.get(), ports.end.get());
    if start == end {
        (Some(start), None, None)
    } else {
        (None, Some(start), Some(end))
    }
}

/// The few names that everybody knows.
fn protocol(number: u8) -> String {
    match number {
        1 => "icmp".into(),
        6 => "tcp".into(),
        17 => "udp".into(),
        58 => "ipv6-icmp".into(),
        132 => "sctp".into(),
        number => number.to_string(),
    }
}
