//! Events of states and policies.

use super::{KEY, ip, needed, next, open, v4, watch};
use nltests::{Network, Outcome, capture};
use nlwire::xfrm::{
    AllocateSpi, Change, ExpirePolicy, ExpireState, GetStates, IpsecProtocol, LifetimeLimits,
    NewPolicy, NewState, PolicyDirection, PolicyId, Selector, SetAevent, SetPolicy, SetState,
    StateId, Template, XFRMNLGRP_ACQUIRE, XFRMNLGRP_AEVENTS, XFRMNLGRP_EXPIRE, XFRMNLGRP_POLICY,
    XFRMNLGRP_SA,
};
use std::net::{IpAddr, UdpSocket};

pub(super) fn changes_of_policies_are_watched() -> Outcome {
    let mut events = watch(&[XFRMNLGRP_POLICY, XFRMNLGRP_EXPIRE])?;
    let mut conn = open()?;
    let selector = v4()?;
    ip("xfrm policy add src 10.0.0.0/24 dst 10.1.0.0/24 dir out priority 9")?;
    let index = next(&mut events, |change| match change {
        Change::NewPolicy(row) => Some((row.selector() == selector).then(|| row.index())),
        _ => None,
    })?;
    let index = index.ok_or("another policy")?;
    conn.execute(SetPolicy::output(selector).priority(8))?;
    let priority = next(&mut events, |change| match change {
        Change::SetPolicy(row) => Some(row.priority()),
        _ => None,
    })?;
    assert_eq!(priority, 8);
    let id = PolicyId::by_selector(PolicyDirection::OUT, selector);
    conn.execute(ExpirePolicy::soft(id))?;
    let expiry = |change: Change<'_>| match change {
        Change::ExpirePolicy(row) => Some((row.header.policy.selector, row.is_hard())),
        _ => None,
    };
    assert_eq!(next(&mut events, expiry)?, (selector, false));
    ip(&format!("xfrm policy delete dir out index {index}"))?;
    let deleted = next(&mut events, |change| match change {
        Change::DelPolicy(row) => Some(row.policy().map(|policy| policy.unwrap().selector)),
        _ => None,
    })?;
    assert_eq!(deleted?, selector);
    conn.execute(NewPolicy::output(selector))?;
    conn.execute(ExpirePolicy::hard(id))?;
    assert_eq!(next(&mut events, expiry)?, (selector, true));
    assert_eq!(ip("xfrm policy list")?, "");
    conn.execute(NewPolicy::output(selector))?;
    ip("xfrm policy flush")?;
    next(&mut events, |change| match change {
        Change::FlushPolicies(_) => Some(()),
        _ => None,
    })
}

pub(super) fn changes_of_states_are_watched() -> Outcome {
    let groups = [XFRMNLGRP_SA, XFRMNLGRP_EXPIRE, XFRMNLGRP_AEVENTS];
    let mut events = watch(&groups)?;
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let key = &KEY[..20];
    let state = NewState::esp(here, there, 0x2000).aead("rfc4106(gcm(aes))", key, 128);
    needed(conn.execute(state))?;
    let id = StateId::new(there, IpsecProtocol::ESP, 0x2000);
    let seen = next(&mut events, |change| match change {
        Change::NewState(row) => Some(row.id()),
        _ => None,
    })?;
    assert_eq!(seen, id);
    let limits = LifetimeLimits::none().age(500, 600);
    conn.execute(
        SetState::esp(here, there, 0x2000)
            .aead("rfc4106(gcm(aes))", key, 128)
            .limits(limits),
    )?;
    let seen = next(&mut events, |change| match change {
        Change::SetState(row) => Some(row.header.limits),
        _ => None,
    })?;
    assert_eq!(seen, limits);
    conn.execute(SetAevent::new(id).replay(5, 0))?;
    let seen = next(&mut events, |change| match change {
        Change::Aevent(row) => Some(row.replay().map(|replay| replay.unwrap().sent.get())),
        _ => None,
    })?;
    assert_eq!(seen?, 5);
    let expiry = |change: Change<'_>| match change {
        Change::ExpireState(row) => Some((row.header.state.id(), row.is_hard())),
        _ => None,
    };
    conn.execute(ExpireState::soft(id))?;
    assert_eq!(next(&mut events, expiry)?, (id, false));
    ip("xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x2000")?;
    let deleted = next(&mut events, |change| match change {
        Change::DelState(row) => Some((row.header, row.state().map(|state| state.unwrap().id()))),
        _ => None,
    })?;
    assert_eq!((deleted.0, deleted.1?), (id, id));
    conn.execute(state)?;
    conn.execute(ExpireState::hard(id))?;
    assert_eq!(next(&mut events, expiry)?, (id, true));
    conn.execute(state)?;
    ip("xfrm state flush proto esp")?;
    let protocol = next(&mut events, |change| match change {
        Change::FlushStates(row) => Some(row.header.protocol),
        _ => None,
    })?;
    assert_eq!(protocol, IpsecProtocol::ESP);
    Ok(())
}

pub(super) fn a_packet_acquires_a_state() -> Outcome {
    // Packets of the loopback link need no state.
    let mut network = Network::open()?;
    network.add_veth("left", "right")?;
    for command in ["address add 10.9.0.1/24 dev left", "link set left up"] {
        ip(command)?;
    }
    let mut events = watch(&[XFRMNLGRP_ACQUIRE, XFRMNLGRP_EXPIRE])?;
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.9.0.1".parse()?, "10.9.0.2".parse()?);
    let selector = Selector::new(here.into(), there.into())?
        .protocol(17)
        .destination_port(9);
    let templates = [Template::transport(IpsecProtocol::ESP).reqid(4)];
    conn.execute(NewPolicy::output(selector).templates(&templates))?;
    let socket = UdpSocket::bind("10.9.0.1:0")?;
    // Until there is a state the packet is refused or waits.
    let _ = socket.send_to(b"x", "10.9.0.2:9");
    let sequence = next(&mut events, |change| match change {
        Change::Acquire(row) => {
            assert_eq!(row.protocol(), IpsecProtocol::ESP);
            assert_eq!(row.policy().selector, selector);
            assert_eq!(row.selector().destination_port.get(), 9);
            let templates = row.templates().unwrap();
            assert_eq!(
                templates.first().map(|template| template.reqid.get()),
                Some(4)
            );
            capture("xfrm-acquire", row.message.as_bytes()).unwrap();
            Some(row.sequence())
        }
        _ => None,
    })?;
    assert_ne!(sequence, 0);
    // The SPI goes to the state that waits.
    let query = AllocateSpi::new(here, there, IpsecProtocol::ESP);
    let row = conn.get(query.reqid(4).sequence(sequence))?;
    assert_eq!(row.header.sequence.get(), sequence);
    assert_eq!(conn.list(GetStates::all())?.len(), 1);
    Ok(())
}
