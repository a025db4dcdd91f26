//! IBSS and mesh.

use super::{
    Result, after, interfaces, listen, mac_text, open, radio, set_type, wait_for, wait_until, words,
};
use nlsock::{Conn, Errno};
use nltests::Outcome;
use nlwire::generic::nl80211::{
    Change, DeleteMeshPath, GetInterface, GetMeshConfig, GetMeshPath, GetMeshPaths,
    GetMeshProxyPaths, GetStations, JoinIbss, JoinMesh, LeaveIbss, LeaveMesh, MeshConfig,
    MeshConfigAttr, MeshPath, NL80211_MULTICAST_GROUP_MLME, NewMeshPath, Nl80211, Nl80211Attr,
    PlinkState, SetMeshConfig, SetMeshPath, Station,
};
use nlwire::{LinkIndex, fields};

pub(crate) fn an_ibss_is_joined_both_ways_round() -> Outcome {
    let mut conn = open(&["iw"])?;
    let (first, second) = (radio(&mut conn)?, radio(&mut conn)?);
    for interface in [&first, &second] {
        set_type(interface, "ibss")?;
    }
    let mut events = listen(&mut conn, "nl80211", NL80211_MULTICAST_GROUP_MLME)?;
    let joined = |change: Change<'_>| match change {
        Change::JoinIbss(row) => Ok(fields!(row.attributes => Nl80211 { link })?.link),
        _ => Ok(None),
    };
    let bssid = [2, 0, 0, 0, 0x77, 0];
    conn.execute(JoinIbss::of_link(first.link, b"field", 2412).with(&[Nl80211Attr::Mac(&bssid)]))?;
    assert_eq!(wait_for(&mut events, joined)?, first.link);
    let shown = words(&format!("iw dev {} info", first.name))?;
    assert_eq!(after(&shown, "ssid"), Some("field"), "{shown}");
    let shown = words(&format!("iw dev {} link", first.name))?;
    assert!(
        shown.contains(&format!("Joined IBSS {}", mac_text(&bssid))),
        "{shown}"
    );
    words(&format!(
        "iw dev {} ibss join field 2412 {}",
        second.name,
        mac_text(&bssid)
    ))?;
    assert_eq!(wait_for(&mut events, joined)?, second.link);
    let row = conn.get(GetInterface::of_link(second.link))?;
    let found = fields!(row.attributes => Nl80211 { ssid })?.ssid;
    assert_eq!(found, Some(&b"field"[..]));
    conn.execute(LeaveIbss::of_link(second.link))?;
    words(&format!("iw dev {} ibss leave", first.name))?;
    for interface in interfaces(&mut conn)? {
        let row = conn.get(GetInterface::of_link(interface.link))?;
        assert_eq!(fields!(row.attributes => Nl80211 { ssid })?.ssid, None);
    }
    Ok(())
}

/// Returns the state of the link to the only peer.
fn peer(conn: &mut Conn, link: LinkIndex) -> Result<Option<PlinkState>> {
    let list = conn.list(GetStations::of_link(link))?;
    let Some(row) = list.iter().next() else {
        return Ok(None);
    };
    let station = fields!(row.attributes => Nl80211 { station })?.station;
    Ok(fields!(station.ok_or("no station")? => Station { plink_state })?.plink_state)
}

/// The paths in lines of `iw dev mesh0 mpath dump`, up to the sequence number.
fn paths(conn: &mut Conn, link: LinkIndex) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for row in &conn.list(GetMeshPaths::of_link(link))? {
        let found = fields!(row.attributes => Nl80211 { mac, next_hop, mesh_path })?;
        let path = fields!(found.mesh_path.ok_or("no path")? => MeshPath { flags, metric })?;
        assert!(path.flags.is_some() && path.metric.is_some());
        let [to, by] = [found.mac, found.next_hop].map(|mac| mac_text(mac.unwrap_or_default()));
        paths.push(format!("{to} {by}"));
    }
    Ok(paths)
}

pub(crate) fn a_mesh_both_ways_round() -> Outcome {
    let mut conn = open(&["iw"])?;
    let (first, second) = (radio(&mut conn)?, radio(&mut conn)?);
    for interface in [&first, &second] {
        set_type(interface, "mp")?;
    }
    let frequency = [Nl80211Attr::Frequency(2412)];
    conn.execute(JoinMesh::of_link(first.link, b"hills").with(&frequency))?;
    words(&format!("iw dev {} mesh join hills freq 2412", second.name))?;
    for interface in [&first, &second] {
        let established = Some(PlinkState::ESTABLISHED);
        wait_until(|| Ok(peer(&mut conn, interface.link)? == established))?;
    }
    let shown = words(&format!("iw dev {} station dump", first.name))?;
    assert_eq!(after(&shown, "mesh plink:"), Some("ESTAB"), "{shown}");
    // Parameters.
    let get = format!("iw dev {} get mesh_param", first.name);
    let set = [MeshConfigAttr::Ttl(17), MeshConfigAttr::MaxRetries(5)];
    let attributes = [Nl80211Attr::MeshConfig((&set).into())];
    conn.execute(SetMeshConfig::of_link(first.link).with(&attributes))?;
    words(&format!(
        "iw dev {} set mesh_param mesh_holding_timeout 88",
        first.name
    ))?;
    let row = conn.get(GetMeshConfig::of_link(first.link))?;
    let config = fields!(row.attributes => Nl80211 { mesh_config })?.mesh_config;
    let found = fields!(config.ok_or("no parameters")? => MeshConfig {
        ttl, max_retries, holding_timeout, max_peer_links, hwmp_active_path_timeout
    })?;
    assert_eq!((found.ttl, found.max_retries), (Some(17), Some(5)));
    assert_eq!(found.holding_timeout, Some(88));
    for (name, ours) in [
        ("mesh_ttl", found.ttl.map(u32::from)),
        ("mesh_max_retries", found.max_retries.map(u32::from)),
        ("mesh_max_peer_links", found.max_peer_links.map(u32::from)),
        (
            "mesh_hwmp_active_path_timeout",
            found.hwmp_active_path_timeout,
        ),
    ] {
        let shown = words(&format!("{get} {name}"))?;
        let theirs = shown
            .split_whitespace()
            .next()
            .and_then(|word| word.parse().ok());
        assert_eq!(ours, theirs, "{name}: {shown}");
    }
    // Paths.
    let (near, far) = ([2, 0, 0, 0, 9, 0], [2, 0, 0, 0, 10, 0]);
    conn.execute(NewMeshPath::of(first.link, &near, &second.mac))?;
    let new = format!("iw dev {} mpath new {}", first.name, mac_text(&far));
    words(&format!("{new} next_hop {}", mac_text(&second.mac)))?;
    let shown = words(&format!("iw dev {} mpath dump", first.name))?;
    let ours = paths(&mut conn, first.link)?;
    assert_eq!(ours.len(), 2, "{shown}");
    for path in &ours {
        assert!(shown.contains(path), "{path}: {shown}");
    }
    conn.execute(SetMeshPath::of(first.link, &near, &second.mac))?;
    let row = conn.get(GetMeshPath::of(first.link, &far))?;
    let found = fields!(row.attributes => Nl80211 { next_hop })?.next_hop;
    assert_eq!(found, Some(&second.mac[..]));
    assert!(
        conn.list(GetMeshProxyPaths::of_link(first.link))?
            .is_empty()
    );
    conn.execute(DeleteMeshPath::of(first.link, &near))?;
    conn.execute(DeleteMeshPath::of(first.link, &near).if_there())?;
    let error = conn
        .execute(DeleteMeshPath::of(first.link, &near))
        .unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENXIO), "{error}");
    words(&format!(
        "iw dev {} mpath del {}",
        first.name,
        mac_text(&far)
    ))?;
    assert!(paths(&mut conn, first.link)?.is_empty());
    conn.execute(LeaveMesh::of_link(first.link))?;
    words(&format!("iw dev {} mesh leave", second.name))?;
    assert_eq!(peer(&mut conn, first.link)?, None);
    Ok(())
}
