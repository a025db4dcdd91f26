//! `nl addr`

use nlsock::Protocol;
use nlwire::codec::AddressBytes;
use nlwire::route::{AF_INET, AF_INET6, Address, AddressHeader, RTM_GETADDR};
use nlwire::text::Hex;
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::names::Names;
use crate::output::{Output, Result, Row, or_dash};

/// An address, with the keys of `ip -json addr`.
#[derive(Serialize)]
pub(crate) struct AddressRow {
    ifindex: u32,
    ifname: String,
    family: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<String>,
    prefixlen: u8,
    scope: String,
}

impl Row for AddressRow {
    const HEADS: &'static [&'static str] = &["INDEX", "NAME", "FAMILY", "ADDRESS", "SCOPE"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.ifindex.to_string(),
            self.ifname.clone(),
            self.family.clone(),
            format!("{}/{}", or_dash(self.local.as_ref()), self.prefixlen),
            self.scope.clone(),
        ]
    }
}

pub(crate) fn print(output: &Output) -> Result {
    let mut conn = output.connect(Protocol::ROUTE)?;
    let names = Names::load(&mut conn)?;
    let mut buffer = [0; 64];
    let header = AddressHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETADDR, Flags::empty(), &header, |w| Ok(w))?;
    let mut rows = Vec::new();
    let mut addresses = conn.dump(request)?;
    while let Some(message) = addresses.try_next()? {
        rows.push(AddressRow::read(message, &names)?);
    }
    output.print(&rows)
}

impl AddressRow {
    pub(crate) fn read(message: MessageRef<'_>, names: &Names) -> Result<Self> {
        let (header, attributes) = message.split::<AddressHeader>()?;
        let found = fields!(attributes => Address { local, address })?;
        Ok(Self {
            ifindex: header.index.get(),
            ifname: names.of(header.index.get()),
            family: family(header.family),
            // IPv6 has no peers and sends the address alone.
            local: found.local.or(found.address).as_ref().map(text),
            prefixlen: header.prefix_len,
            scope: header.scope.to_string(),
        })
    }
}

/// The name of an address family, as iproute2 has it.
pub(crate) fn family(family: u8) -> String {
    match family {
        AF_INET => "inet".into(),
        AF_INET6 => "inet6".into(),
        other => other.to_string(),
    }
}

/// An address of any family.
pub(crate) fn text(address: &AddressBytes<'_>) -> String {
    match address {
        AddressBytes::Ip(ip) => ip.to_string(),
        AddressBytes::Other(bytes) => Hex(bytes).to_string(),
    }
}
