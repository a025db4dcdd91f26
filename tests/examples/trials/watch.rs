//! A watch with tokio, which reports silence and losses.

use nlsock::{AsyncEvents, Config, Event, Protocol};
use nlwire::route::{Change, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_LINK};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let groups = [RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR];
    let config = Config::new(Protocol::ROUTE)
        .groups(&groups)
        .receive_buffer(1 << 20);
    let mut events = AsyncEvents::new(config.events()?)?;
    events.set_timeout(Some(Duration::from_secs(3)));
    loop {
        match events.next().await {
            Ok(Some(Event::Item(event))) => match Change::of(event.message()) {
                Change::NewLink(link) => {
                    println!(
                        "+ link {} {}",
                        link.name()?.unwrap_or_default(),
                        link.flags()
                    );
                }
                Change::DelLink(link) => println!("- link {}", link.name()?.unwrap_or_default()),
                Change::NewAddress(a) => println!("+ {} on {}", a.prefix()?, a.link()),
                Change::DelAddress(a) => println!("- {} on {}", a.prefix()?, a.link()),
                _ => {}
            },
            Ok(Some(Event::Lost { drops })) => println!("{drops} datagrams lost, read again"),
            Ok(None) => return Ok(()),
            Err(error) if error.is_timeout() => println!("quiet"),
            Err(error) => return Err(error.into()),
        }
    }
}
