//! Makes a VXLAN tunnel, and shows what the kernel says where it refuses.
//!
//! ```sh
//! sudo cargo run --example add_link -- vx0 42
//! sudo cargo run --example add_link -- vx1 99999999
//! ```
//!
//! The second is refused, since 24 bits are all that a network's number has:
//! `IFLA_LINKINFO > IFLA_INFO_DATA > IFLA_VXLAN_ID`.

use nlsock::{Conn, Protocol};
use nlwire::route::{
    IFLA_INFO_DATA, IFLA_LINKINFO, LinkAttr, LinkHeader, LinkInfoAttr, RTM_NEWLINK, VxlanAttr,
};
use nlwire::{NewFlags, Writer};
use std::error::Error;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(name), Some(id)) = (args.next(), args.next()) else {
        return Err("usage: add_link NAME ID".into());
    };
    let id: u32 = id.parse()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 256];
    let flags = NewFlags::CREATE | NewFlags::EXCL;
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_NEWLINK, flags.into(), &header, |w| {
        w.put(LinkAttr::Name(name.as_str().into()))?
            .nest(IFLA_LINKINFO, |w| {
                w.put(LinkInfoAttr::Kind("vxlan"))?
                    .nest(IFLA_INFO_DATA, |w| w.put(VxlanAttr::Id(id)))
            })
    })?;
    let Err(error) = conn.request(request) else {
        println!("{name} is made");
        return Ok(ExitCode::SUCCESS);
    };
    eprintln!("{error}");
    if let Some(detail) = error.detail() {
        eprintln!("text: {:?}, attribute: {:?}", detail.text, detail.path);
    }
    Ok(ExitCode::FAILURE)
}
