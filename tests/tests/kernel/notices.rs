//! Notifications of any size, to any group.

use super::dumps::next_hops;
use nlsock::{Address, Config, Event, Events, Protocol};
use nltests::{Missing, Need, Network, Outcome, Test};
use nlwire::route::{
    AF_BRIDGE, IFLA_AF_SPEC, LinkHeader, RTM_NEWROUTE, RTM_SETLINK, RTNLGRP_BRVLAN,
    RTNLGRP_IPV4_ROUTE, Route, RouteHeader,
};
use nlwire::{Errno, NewFlags, fields};
use std::error::Error;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "notices::a_notification_of_a_long_route_comes_whole",
        needs: &[Need::Namespace],
        run: a_notification_of_a_long_route_comes_whole,
    },
    Test {
        name: "notices::the_first_group_beyond_a_mask_is_reported",
        needs: &[Need::Namespace],
        run: the_first_group_beyond_a_mask_is_reported,
    },
];

fn listen(group: u32) -> Result<Events, Box<dyn Error>> {
    let mut events = Config::new(Protocol::ROUTE).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

fn a_notification_of_a_long_route_comes_whole() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    network.set_up(left)?;
    network.set_up(right)?;
    network.add_address(left, "10.0.0.1".parse()?, 16)?;
    let mut events = listen(RTNLGRP_IPV4_ROUTE)?;
    // 9.6 KB, and 40 KB: more than the part of a dump may have.
    for (to, count) in [("20.0.0.0", 600), ("30.0.0.0", 2500)] {
        network.add_route(to.parse()?, 24, |w| next_hops(w, count))?;
        let Some(Event::Item(event)) = events.next()? else {
            panic!("lost");
        };
        let message = event.message();
        assert_eq!(message.kind(), RTM_NEWROUTE);
        assert!(message.as_bytes().len() > 16 * count as usize);
        let (_, attributes) = message.split::<RouteHeader>()?;
        let route = fields!(attributes => Route { destination, multipath })?;
        assert_eq!(route.destination.and_then(|to| to.ip()), Some(to.parse()?));
        let hops = route.multipath.ok_or("no next hops")?;
        assert_eq!(hops.iter().filter(Result::is_ok).count(), count as usize);
    }
    Ok(())
}

fn the_first_group_beyond_a_mask_is_reported() -> Outcome {
    assert_eq!(RTNLGRP_BRVLAN, 33);
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    let mut events = listen(RTNLGRP_BRVLAN)?;
    // A VLAN of the bridge itself: IFLA_AF_SPEC with the flags BRIDGE_FLAGS_SELF
    // and a struct bridge_vlan_info of BRIDGE_VLAN_INFO_BRENTRY.
    let header = LinkHeader {
        family: AF_BRIDGE,
        index: index.into(),
        ..LinkHeader::default()
    };
    let made = network.change(RTM_SETLINK, NewFlags::empty(), &header, |w| {
        w.nest(IFLA_AF_SPEC, |w| {
            w.u16(0, 2)?.put_with(2, 4, |info| {
                info[..2].copy_from_slice(&(1_u16 << 5).to_ne_bytes());
                info[2..].copy_from_slice(&9_u16.to_ne_bytes());
            })
        })
    });
    match made {
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            return Err(Missing("kernel: VLANs of bridges".into()).into());
        }
        made => made?,
    }
    let Some(Event::Item(event)) = events.next()? else {
        panic!("lost");
    };
    assert_eq!(event.group(), RTNLGRP_BRVLAN);
    assert_eq!(event.sender(), Address::KERNEL);
    Ok(())
}
