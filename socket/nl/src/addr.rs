//! `nl addr`

use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{AF_INET, AF_INET6, Address, AddressHeader, RTM_GETADDR};
use nlwire::text::Hex;
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::kernel::{Kernel, Table};
use crate::names::Names;
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Address of a link, with the keys of `ip -json addr`.
#[derive(Serialize)]
pub(crate) struct AddressRow {
    ifindex: u32,
    ifname: Text,
    family: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<String>,
    /// Address of the peer, if the address has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    prefixlen: u8,
    scope: String,
}

impl Row for AddressRow {
    const HEADS: &'static [&'static str] = &["INDEX", "NAME", "FAMILY", "ADDRESS", "PEER", "SCOPE"];

    fn cells(&self) -> Vec<String> {
        // The prefix length is the peer's if there is a peer, as in ip.
        let prefix = |address: &String| format!("{address}/{}", self.prefixlen);
        let (address, peer) = match &self.address {
            Some(peer) => (self.local.clone(), Some(prefix(peer))),
            None => (self.local.as_ref().map(prefix), None),
        };
        vec![
            self.ifindex.to_string(),
            self.ifname.to_string(),
            self.family.clone(),
            or_dash(address),
            or_dash(peer),
            self.scope.clone(),
        ]
    }
}

pub(crate) fn print(kernel: &Kernel, format: Format) -> Result {
    let mut conn = kernel.connect(Protocol::ROUTE, &[])?;
    let names = Names::load(&mut conn)?;
    let mut buffer = [0; 64];
    let header = AddressHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETADDR, Flags::empty(), &header, |w| Ok(w))?;
    let table = Table::read(&mut conn, request)?.whole()?;
    let rows = table
        .rows()
        .map(|message| AddressRow::read(message, &names));
    format.print(&rows.collect::<Decoded<Vec<_>>>()?)
}

impl AddressRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Decoded<Self> {
        let (header, attributes) = message.split::<AddressHeader>()?;
        let found = fields!(attributes => Address { local, address })?;
        // The kernel sends both attributes for IPv4, and for IPv6 only with a
        // peer.
        let peer = found.address.filter(|_| found.local != found.address);
        let (local, peer) = match found.local {
            Some(local) => (Some(local), peer),
            None => (found.address, None),
        };
        Ok(Self {
            ifindex: header.index.get(),
            ifname: names.of(header.index),
            family: family(header.family),
            local: local.as_ref().map(text),
            address: peer.as_ref().map(text),
            prefixlen: header.prefix_len,
            scope: header.scope.to_string(),
        })
    }
}

/// Returns ip's name of an address family.
pub(crate) fn family(family: u8) -> String {
    match family {
        AF_INET => "inet".into(),
        AF_INET6 => "inet6".into(),
        other => other.to_string(),
    }
}

/// Returns the text of an address of any family.
pub(crate) fn text(address: &AddressBytes<'_>) -> String {
    match address {
        AddressBytes::Ip(ip) => ip.to_string(),
        AddressBytes::Labels(labels) => {
            let labels: Vec<_> = labels.iter().map(|one| one.label().to_string()).collect();
            labels.join("/")
        }
        AddressBytes::Other(bytes) => Hex(bytes).to_string(),
    }
}
