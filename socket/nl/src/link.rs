//! `nl link`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use nlsock::Protocol;
use nlwire::codec::Set;
use nlwire::route::{Link, LinkHeader, LinkInfo, LinkKind};
use nlwire::text::Hardware;
use nlwire::{MessageRef, fields};
use serde::Serialize;

use crate::names::{Names, each_link};
use crate::output::{Output, Result, Row, or_dash};

/// A link, with the keys of `ip -json link`.
#[derive(Serialize)]
pub(crate) struct LinkRow {
    ifindex: u32,
    ifname: String,
    flags: Vec<&'static str>,
    mtu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    master: Option<String>,
    operstate: Option<String>,
    link_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    linkinfo: Option<InfoRow>,
}

#[derive(Serialize)]
struct InfoRow {
    info_kind: String,
}

impl Row for LinkRow {
    const HEADS: &'static [&'static str] = &[
        "INDEX", "NAME", "TYPE", "KIND", "STATE", "MTU", "ADDRESS", "MASTER", "FLAGS",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.ifindex.to_string(),
            self.ifname.clone(),
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

pub(crate) fn print(output: &Output) -> Result {
    let mut conn = output.connect(Protocol::ROUTE)?;
    // A master may come after its slaves, so the names come first.
    let names = Names::load(&mut conn)?;
    let mut rows = Vec::new();
    each_link(&mut conn, |message| {
        rows.push(LinkRow::read(message, &names)?);
        Ok(())
    })?;
    output.print(&rows)
}

impl LinkRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Result<Self> {
        let (header, attributes) = message.split::<LinkHeader>()?;
        let link = fields!(attributes => Link {
            address, mtu, master, lower, lower_netnsid, oper_state, info
        })?;
        let mut flags: Vec<_> = header.flags().names().collect();
        // A lower link of another namespace has its index there.
        let lower = link.lower.filter(|_| link.lower_netnsid.is_none());
        if lower.is_some_and(|index| names.is_down(index)) {
            flags.push("M-DOWN");
        }
        Ok(Self {
            ifindex: header.index.get(),
            ifname: names.of(header.index.get()),
            flags,
            mtu: link.mtu,
            master: link.master.map(|index| names.of(index)),
            operstate: link.oper_state.map(|state| state.to_string()),
            link_type: header.kind().to_string(),
            address: link.address.map(|bytes| address(header.kind(), bytes)),
            linkinfo: link.info.map(InfoRow::read).transpose()?.flatten(),
        })
    }
}

impl InfoRow {
    fn read(info: Set<'_, LinkInfo>) -> Result<Option<Self>> {
        let kind = fields!(info => LinkInfo { kind })?.kind;
        Ok(kind.map(|kind| Self {
            info_kind: kind.into(),
        }))
    }
}

/// The ends of IP tunnels are IP addresses.
fn address(kind: LinkKind, bytes: &[u8]) -> String {
    match kind {
        LinkKind::TUNNEL | LinkKind::SIT | LinkKind::IPGRE => {
            if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
                return IpAddr::from(Ipv4Addr::from(octets)).to_string();
            }
        }
        LinkKind::TUNNEL6 | LinkKind::IP6GRE => {
            if let Ok(octets) = <[u8; 16]>::try_from(bytes) {
                return IpAddr::from(Ipv6Addr::from(octets)).to_string();
            }
        }
        _ => {}
    }
    Hardware(bytes).to_string()
}
