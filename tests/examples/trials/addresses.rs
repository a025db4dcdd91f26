//! Links with all their addresses.

use nlsock::{Conn, Protocol};
use nlwire::route::{GetAddresses, GetLinks};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let addresses = conn.list(GetAddresses::all())?;
    for link in &conn.list(GetLinks::all())? {
        let name = link.name()?.unwrap_or_default();
        println!(
            "{}: {name} {} mtu {}",
            link.index(),
            link.flags(),
            link.mtu()?.unwrap_or(0)
        );
        if let Some(address) = link.hardware()? {
            println!("    link {address}");
        }
        for address in addresses
            .iter()
            .filter(|address| address.link() == link.index())
        {
            println!("    inet {}", address.prefix()?);
        }
    }
    Ok(())
}
