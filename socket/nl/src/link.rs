//! `nl link`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use nlsock::Protocol;
use nlwire::route::{IFLA_INFO_KIND, Link, LinkHeader, LinkType};
use nlwire::text::Hardware;
use nlwire::{MessageRef, fields};
use serde::Serialize;

use crate::kernel::{Kernel, Table};
use crate::names::{Names, links};
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Link, with the keys of `ip -json link`.
#[derive(Serialize)]
pub(crate) struct LinkRow {
    ifindex: u32,
    ifname: Text,
    flags: Vec<&'static str>,
    mtu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    master: Option<Text>,
    operstate: Option<String>,
    link_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    linkinfo: Option<InfoRow>,
}

#[derive(Serialize)]
struct InfoRow {
    info_kind: Text,
}

impl Row for LinkRow {
    const HEADS: &'static [&'static str] = &[
        "INDEX", "NAME", "TYPE", "KIND", "STATE", "MTU", "ADDRESS", "MASTER", "FLAGS",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.ifindex.to_string(),
            self.ifname.to_string(),
            self.link_type.clone(),
            or_dash(self.linkinfo.as_ref().map(|info| &info.info_kind)),
            or_dash(self.operstate.as_ref()),
            or_dash(self.mtu),
            or_dash(self.address.as_ref()),
            or_dash(self.master.as_ref()),
            self.flags.join(","),
        ]
    }
}

pub(crate) fn print(kernel: &Kernel, format: Format) -> Result {
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let links = links(&mut conn, Table::read)?.whole()?;
    // A master may follow its slaves, so the names are read first.
    let names = Names::of_links(&links)?;
    let rows = links.rows().map(|message| LinkRow::read(message, &names));
    format.print(&rows.collect::<Decoded<Vec<_>>>()?)
}

impl LinkRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Decoded<Self> {
        let (header, attributes) = message.split::<LinkHeader>()?;
        let link = fields!(attributes => Link {
            address, mtu, master, lower, lower_netnsid, oper_state, info
        })?;
        let mut flags: Vec<_> = header.flags().names().collect();
        // The index of a lower device in another namespace is an index of that
        // namespace.
        let lower = link.lower.filter(|_| link.lower_netnsid.is_none());
        if lower.is_some_and(|index| names.is_down(index)) {
            flags.push("M-DOWN");
        }
        let kind = match link.info {
            Some(info) => info.attributes().find(IFLA_INFO_KIND)?,
            None => None,
        };
        Ok(Self {
            ifindex: header.index.get(),
            ifname: names.of(header.index),
            flags,
            mtu: link.mtu,
            master: link.master.map(|index| names.of(index)),
            operstate: link.oper_state.map(|state| state.to_string()),
            link_type: header.link_type().to_string(),
            address: link.address.map(|bytes| address(header.link_type(), bytes)),
            linkinfo: kind.map(|kind| InfoRow {
                info_kind: kind.text().into(),
            }),
        })
    }
}

/// Returns the text of a link-layer address, an IP address for tunnels.
fn address(kind: LinkType, bytes: &[u8]) -> String {
    match kind {
        LinkType::TUNNEL | LinkType::SIT | LinkType::IPGRE => {
            if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
                return IpAddr::from(Ipv4Addr::from(octets)).to_string();
            }
        }
        LinkType::TUNNEL6 | LinkType::IP6GRE => {
            if let Ok(octets) = <[u8; 16]>::try_from(bytes) {
                return IpAddr::from(Ipv6Addr::from(octets)).to_string();
            }
        }
        _ => {}
    }
    Hardware(bytes).to_string()
}
