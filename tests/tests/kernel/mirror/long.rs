//! A mirror after many changes, and with many rows.

use super::listing::{All, Counts};
use super::{mirror, rows_take_little_memory};
use nlsock::{Conn, Error, Protocol};
use nltests::{Churn, Missing, Need, Network, Outcome, Test, run};
use nlwire::Prefix;
use nlwire::route::{
    DeleteAddress, DeleteNeighbour, DeleteRoute, DeleteRule, NewAddress, NewNeighbour, NewRoute,
    NewRule, RouteTable, SetLink,
};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "mirror::equals_the_list_of_ip_after_10_000_changes",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: || it_is_what_ip_lists_after(10_000),
    },
    Test {
        name: "mirror::equals_the_list_of_ip_after_100_000_changes",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Slow],
        run: || it_is_what_ip_lists_after(100_000),
    },
    Test {
        name: "mirror::a_million_rows_take_little_memory",
        needs: &[Need::Namespace, Need::Slow],
        run: || {
            takes_a_real_processor()?;
            rows_take_little_memory(1_000_000)
        },
    },
];

/// An emulated processor would take up to an hour.
fn takes_a_real_processor() -> Result<(), Missing> {
    match nltests::is_emulated() {
        true => Err(Missing("a processor that is not emulated".into())),
        false => Ok(()),
    }
}

/// Changes between two comparisons.
const ROUND: usize = 5000;

fn it_is_what_ip_lists_after(changes: usize) -> Outcome {
    if changes > 10_000 {
        takes_a_real_processor()?;
    }
    let mut network = Network::open()?;
    let left = network.add_link("left", "bridge")?;
    let right = network.add_link("right", "bridge")?;
    for link in [1, left, right] {
        network.set_up(link)?;
    }
    run("ip", &["addr", "add", "192.0.2.1/24", "dev", "right"])?;
    let mut churn = Churn::open(left, 500)?;
    let mut others = Others::open(right)?;
    // Some events fit, and some are lost.
    let mut mirror = mirror(1 << 16)?;
    let all = All::keep(&mut mirror)?;
    let mut counts = Counts::default();
    counts.settle(&mut mirror, all)?;
    for round in 0..changes / ROUND {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| -> Outcome {
            let (churn, others, is_over) = (&mut churn, &mut others, &is_over);
            scope.spawn(move || {
                for number in 0..ROUND / 100 {
                    churn.change().unwrap();
                    for _ in 0..Churn::BATCH {
                        others.change().unwrap();
                    }
                    if number % 10 == 9 {
                        others.flap(left).unwrap();
                    }
                }
                is_over.store(true, Ordering::Release);
            });
            if round % 4 == 3 {
                // All that has come meanwhile is lost.
                thread::sleep(Duration::from_millis(300));
            }
            while !is_over.load(Ordering::Acquire) {
                counts.follow(&mut mirror, Duration::from_millis(1))?;
            }
            Ok(())
        })?;
        counts.settle(&mut mirror, all)?;
    }
    println!("{counts:?}, {} routes", mirror.len(all.routes));
    assert!(counts.reads > 2 && counts.events > 100, "{counts:?}");
    Ok(())
}

/// Changes of all tables but that of IPv4 routes.
struct Others {
    conn: Conn,
    link: u32,
    random: u32,
}

impl Others {
    fn open(link: u32) -> Result<Self, Error> {
        let conn = Conn::open(Protocol::ROUTE)?;
        Ok(Self {
            conn,
            link,
            random: 1,
        })
    }

    fn flap(&mut self, other: u32) -> Result<(), Error> {
        let link = if self.random & 8 == 0 {
            self.link
        } else {
            other
        };
        self.conn.execute(SetLink::by_index(link).down())?;
        self.conn.execute(SetLink::by_index(link).up())?;
        Ok(())
    }

    fn change(&mut self) -> Result<(), Error> {
        // Xorshift.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        let number = u8::try_from(self.random >> 8 & 63).unwrap_or(0);
        let ip = |network: u16| {
            let part = u16::from(number) << 8;
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, network, part, 0, 0, 0, 1))
        };
        let prefix = |network: u16| Prefix::host(ip(network));
        let conn = &mut self.conn;
        match self.random & 15 {
            0..4 => conn.execute(NewRoute::to(prefix(1)).link(self.link).replace())?,
            4..8 => conn.execute(DeleteRoute::to(prefix(1)).if_there())?,
            8 | 9 => conn.execute(NewAddress::of(self.link, prefix(2)).no_dad().replace())?,
            10 => conn.execute(DeleteAddress::of(self.link, prefix(2)).if_there())?,
            11 => {
                let neighbour = NewNeighbour::of(self.link, ip(3)).mac([2, 0, 0, 0, 0, number]);
                conn.execute(neighbour.replace())?
            }
            12 => conn.execute(DeleteNeighbour::of(self.link, ip(3)).if_there())?,
            13 | 14 => {
                let rule = NewRule::v4().priority(1000 + u32::from(number));
                conn.execute(rule.table(RouteTable(100)).if_absent())?
            }
            _ => {
                let rule = DeleteRule::v4().priority(1000 + u32::from(number));
                conn.execute(rule.if_there())?
            }
        };
        Ok(())
    }
}
