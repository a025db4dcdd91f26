//! Traffic control with statistics.

use nlsock::{Conn, Protocol};
use nlwire::route::{GetClasses, GetLink, GetQdiscs, Handle, NewClass, NewQdisc, Rate, TrafficRow};

fn print(row: &TrafficRow<'_>) -> Result<(), Box<dyn std::error::Error>> {
    print!(
        "{} {} rate {:?}",
        row.kind()?.unwrap_or("?"),
        row.handle(),
        row.rate()?
    );
    if let Some(counters) = row.counters()? {
        print!(" sent {} bytes {} pkt", counters.bytes, counters.packets);
        print!(
            " (dropped {}, overlimits {})",
            counters.drops, counters.overlimits
        );
    }
    println!();
    Ok(())
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let link = conn.get(&GetLink::by_name("up0"))?.index();
    let htb = NewQdisc::htb(link)
        .handle(Handle::new(1, 0))
        .default_class(0x10);
    conn.execute(&htb.if_absent())?;
    let class = NewClass::htb(link, Handle::new(1, 0x10), Rate::mbit(10));
    conn.execute(&class.ceil(Rate::mbit(20)).replace())?;
    for row in &conn.list(GetQdiscs::all().link(link))? {
        print(&row)?;
    }
    for row in &conn.list(GetClasses::of(link))? {
        print(&row)?;
    }
    Ok(())
}
