//! `nl rule`

use clap::Args;
use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, AF_INET6, FRA_IIFNAME, FRA_OIFNAME, PortRange, RTM_GETRULE, RouteTable, Rule,
    RuleAction, RuleFlags, RuleHeader,
};
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::addr::text;
use crate::kernel::{Kernel, Table, is_family_absent};
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Rules to print.
#[derive(Args)]
pub(crate) struct Selection {
    /// IPv6 rules instead of IPv4.
    #[arg(short = '6')]
    v6: bool,
}

/// Rule, with the keys of `ip -json -details rule`.
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
    tos: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dscp: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dscp_mask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flowlabel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flowlabel_mask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fwmark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fwmask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iif: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oif: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tun_id: Option<u64>,
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
    suppress_ifgroup: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    l3mdev: Option<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goto: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    protocol: String,
}

/// Source port, or a port range.
#[derive(Default, Serialize)]
struct Ports {
    #[serde(skip_serializing_if = "Option::is_none")]
    sport: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport_start: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport_end: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport_mask: Option<String>,
}

/// Destination port, or a port range.
#[derive(Default, Serialize)]
struct DestinationPorts {
    #[serde(skip_serializing_if = "Option::is_none")]
    dport: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dport_start: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dport_end: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dport_mask: Option<String>,
}

impl Row for RuleRow {
    const HEADS: &'static [&'static str] = &[
        "PRIORITY", "FROM", "TO", "MARK", "IIF", "OIF", "SELECTOR", "ACTION",
    ];

    fn cells(&self) -> Vec<String> {
        let end = |address: &str, length: Option<u8>| match length {
            Some(length) => format!("{address}/{length}"),
            None => address.into(),
        };
        let mark = or_dash(masked(self.fwmark.as_ref(), self.fwmask.as_ref()));
        let not = if self.not.is_some() { "not " } else { "" };
        vec![
            self.priority.to_string(),
            format!("{not}{}", end(&self.src, self.srclen)),
            self.dst
                .as_ref()
                .map_or("all".into(), |dst| end(dst, self.dstlen)),
            mark,
            or_dash(self.iif.as_ref()),
            or_dash(self.oif.as_ref()),
            self.selector(),
            self.action(),
        ]
    }
}

impl RuleRow {
    /// Returns the less common conditions in the words of ip.
    fn selector(&self) -> String {
        let named =
            |name: &str, value: Option<String>| value.map(|value| format!("{name} {value}"));
        let (sport, dport) = (&self.sport, &self.dport);
        let words = [
            named("tos", self.tos.clone()),
            named("dscp", masked(self.dscp, self.dscp_mask.as_ref())),
            named(
                "flowlabel",
                masked(self.flowlabel.as_ref(), self.flowlabel_mask.as_ref()),
            ),
            named("tun_id", self.tun_id.map(|id| id.to_string())),
            named("uidrange", range(self.uid_start, self.uid_end)),
            named("ipproto", self.ipproto.clone()),
            named("sport", masked(sport.sport, sport.sport_mask.as_ref())),
            named("sport", range(sport.sport_start, sport.sport_end)),
            named("dport", masked(dport.dport, dport.dport_mask.as_ref())),
            named("dport", range(dport.dport_start, dport.dport_end)),
        ];
        let words: Vec<_> = words.into_iter().flatten().collect();
        or_dash((!words.is_empty()).then(|| words.join(" ")))
    }

    fn action(&self) -> String {
        let mut action = match (&self.table, self.goto, &self.action) {
            (Some(table), ..) => format!("lookup {table}"),
            (_, Some(priority), _) => format!("goto {priority}"),
            _ if self.l3mdev.is_some() => "lookup [l3mdev-table]".into(),
            (_, _, action) => or_dash(action.as_ref()),
        };
        if let Some(length) = self.suppress_prefixlen {
            action.push_str(&format!(" suppress_prefixlength {length}"));
        }
        if let Some(group) = self.suppress_ifgroup {
            action.push_str(&format!(" suppress_ifgroup {group}"));
        }
        match (&self.flow_from, &self.flow_to) {
            (Some(from), Some(to)) => action.push_str(&format!(" realms {from}/{to}")),
            (_, Some(to)) => action.push_str(&format!(" realms {to}")),
            _ => {}
        }
        action
    }
}

/// Returns `value/mask`, or the value if all its bits are compared.
fn masked<T: ToString>(value: Option<T>, mask: Option<&String>) -> Option<String> {
    let value = value?.to_string();
    Some(match mask {
        Some(mask) => format!("{value}/{mask}"),
        None => value,
    })
}

fn range<T: ToString>(start: Option<T>, end: Option<T>) -> Option<String> {
    Some(format!("{}-{}", start?.to_string(), end?.to_string()))
}

pub(crate) fn print(kernel: &Kernel, format: Format, selection: &Selection) -> Result {
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let family = if selection.v6 { AF_INET6 } else { AF_INET };
    let header = RuleHeader {
        family,
        ..RuleHeader::default()
    };
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, RTM_GETRULE, Flags::empty(), &header, |w| Ok(w))?;
    let table = Table::read_unless(&mut conn, request, |error| {
        selection.v6 && is_family_absent(error)
    })?;
    let mut rows = Vec::new();
    for message in table.whole()?.rows() {
        // A kernel built without the family sends the rules of all families.
        let (header, _) = message.split::<RuleHeader>()?;
        if header.family == family {
            rows.push(RuleRow::read(message)?);
        }
    }
    format.print(&rows)
}

impl RuleRow {
    pub(crate) fn read(message: MessageRef<'_>) -> Decoded<Self> {
        let (header, attributes) = message.split::<RuleHeader>()?;
        let rule = fields!(attributes => Rule {
            priority, source, destination, mark, mask, tunnel_id, uid_range, ip_protocol,
            source_ports, source_port_mask, destination_ports, destination_port_mask, dscp,
            dscp_mask, flow_label, flow_label_mask, table, suppress_prefix_len, suppress_group,
            l3mdev, goto, flow, protocol
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
            tos: (header.tos != 0).then(|| format!("{:#04x}", header.tos)),
            dscp: rule.dscp,
            dscp_mask: unless(rule.dscp_mask, 0x3f),
            flowlabel: rule.flow_label.map(hex),
            flowlabel_mask: unless(rule.flow_label_mask, 0xf_ffff),
            // The kernel leaves out a mark of 0, but sends its mask.
            fwmark: rule.mark.or(rule.mask.map(|_| 0)).map(hex),
            fwmask: unless(rule.mask, u32::MAX),
            iif: attributes.find(FRA_IIFNAME)?.map(|name| name.text().into()),
            oif: attributes.find(FRA_OIFNAME)?.map(|name| name.text().into()),
            tun_id: rule.tunnel_id,
            l3mdev: rule.l3mdev.filter(|&on| on != 0).map(|_| ()),
            uid_start: rule.uid_range.map(|range| range.start.get()),
            uid_end: rule.uid_range.map(|range| range.end.get()),
            ipproto: rule.ip_protocol.map(protocol),
            flow_from: rule.flow.map(|flow| flow >> 16).and_then(realm),
            flow_to: rule.flow.map(|flow| (flow & 0xffff).to_string()),
            protocol: rule.protocol.unwrap_or_default().to_string(),
            ..Self::default()
        };
        if let Some(ports) = rule.source_ports {
            let (sport, sport_start, sport_end) = ends(ports);
            row.sport = Ports {
                sport,
                sport_start,
                sport_end,
                sport_mask: unless(rule.source_port_mask, u16::MAX),
            };
        }
        if let Some(ports) = rule.destination_ports {
            let (dport, dport_start, dport_end) = ends(ports);
            row.dport = DestinationPorts {
                dport,
                dport_start,
                dport_end,
                dport_mask: unless(rule.destination_port_mask, u16::MAX),
            };
        }
        let table = rule.table.unwrap_or(RouteTable(header.table.into()));
        match header.action {
            RuleAction::TO_TABLE => {
                // The table of an l3mdev rule is that of the device; the
                // attribute is 0.
                row.table = (table != RouteTable(0)).then(|| table.to_string());
                // All ones means that nothing is suppressed.
                let length = rule.suppress_prefix_len;
                row.suppress_prefixlen = length.filter(|&length| length != u32::MAX);
                let group = rule.suppress_group;
                row.suppress_ifgroup = group.filter(|&group| group != u32::MAX);
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

/// Returns a mask that does not compare all bits.
fn unless<T: Into<u32> + PartialEq>(mask: Option<T>, all: T) -> Option<String> {
    mask.filter(|mask| *mask != all)
        .map(|mask| hex(mask.into()))
}

/// Returns the source's realm, which ip omits if it is 0.
fn realm(number: u32) -> Option<String> {
    (number != 0).then(|| number.to_string())
}

/// Formats a number as C's `%#x`, without a prefix for zero.
fn hex(number: u32) -> String {
    match number {
        0 => "0".into(),
        number => format!("{number:#x}"),
    }
}

/// Returns the name of a well-known IP protocol, or the number of another.
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
