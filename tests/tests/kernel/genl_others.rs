//! Other generic families: TIPC beside `tipc`, and warnings of quotas.

use crate::modules::{Result, TIME, open, open_in_machine, wait_until, with_group, words};
use nlsock::{Conn, Errno, Event};
use nltests::{Need, Outcome, Test, in_namespace, ip, machine_namespace, run};
use nlwire::fields;
use nlwire::generic::quota::{Change, QUOTA_NL_GROUP, QuotaType, QuotaWarning, Warning};
use nlwire::generic::tipc::{
    Bearer, BearerAttr, DisableBearer, EnableBearer, GetBearers, GetMedia, GetNames, GetNetworks,
    Media, MediaAttr, NameTable, Network, Properties, PropertiesAttr, Publication, SetMedia, Tipc,
    TipcAttr,
};
use serde_json::Value;
use std::fs;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl_others::tipc_bearers_both_ways_round",
        needs: &[Need::Root],
        run: tipc_bearers_both_ways_round,
    },
    Test {
        name: "genl_others::warnings_of_quotas_are_seen",
        needs: &[Need::Root],
        run: warnings_of_quotas_are_seen,
    },
];

/// The names of the bearers.
fn bearers(conn: &mut Conn) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for row in &conn.list(GetBearers::all())? {
        let bearer = fields!(row.attributes => Tipc { bearer })?.bearer;
        let found = fields!(bearer.ok_or("no bearer")? => Bearer { name, properties })?;
        assert!(found.properties.is_some());
        names.push(found.name.ok_or("no name")?.to_string());
    }
    names.sort();
    Ok(names)
}

/// The media with the default priority of their links.
fn media(conn: &mut Conn) -> Result<Vec<(String, u32)>> {
    let mut media = Vec::new();
    for row in &conn.list(GetMedia::all())? {
        let found = fields!(row.attributes => Tipc { medium })?.medium;
        let found = fields!(found.ok_or("no medium")? => Media { name, properties })?;
        let properties = found.properties.ok_or("no properties")?;
        let priority = fields!(properties => Properties { priority })?.priority;
        let name = found.name.ok_or("no name")?.to_string();
        media.push((name, priority.ok_or("no priority")?));
    }
    Ok(media)
}

/// Type, lower end, upper end and port of a publication.
type Name = [Option<u32>; 4];

fn names(conn: &mut Conn) -> Result<Vec<Name>> {
    let mut names = Vec::new();
    for row in &conn.list(GetNames::all())? {
        let table = fields!(row.attributes => Tipc { name_table })?.name_table;
        let table = fields!(table.ok_or("no table")? => NameTable { publication })?;
        let found = fields!(table.publication.ok_or("no publication")? => Publication {
            kind, lower, upper, reference
        })?;
        names.push([found.kind, found.lower, found.upper, found.reference]);
    }
    names.sort_unstable();
    Ok(names)
}

fn names_of_tipc() -> Result<Vec<Name>> {
    let shown: Value = serde_json::from_str(&words("tipc -j nametable show")?)?;
    let number = |value: &Value| value.as_u64().and_then(|value| u32::try_from(value).ok());
    let rows = shown.as_array().ok_or("no array")?.iter();
    let rows = rows.map(|row| ["type", "lower", "upper", "port"].map(|key| number(&row[key])));
    let mut names: Vec<_> = rows.collect();
    names.sort_unstable();
    Ok(names)
}

fn tipc_bearers_both_ways_round() -> Outcome {
    let mut conn = open("TIPCv2", "tipc", &["tipc"])?;
    for name in ["d0", "d1"] {
        ip(&["link", "add", name, "type", "dummy"])?;
        ip(&["link", "set", name, "up"])?;
    }
    // Ours, seen by tipc.
    let name = [BearerAttr::Name("eth:d0".into())];
    let named = [TipcAttr::Bearer((&name).into())];
    conn.execute(EnableBearer::named().with(&named))?;
    let error = conn
        .execute(EnableBearer::named().with(&named))
        .unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
    assert_eq!(words("tipc bearer list")?, "eth:d0\n");
    // Theirs, seen by us.
    words("tipc bearer enable media eth device d1")?;
    assert_eq!(bearers(&mut conn)?, ["eth:d0", "eth:d1"]);
    // The defaults of a medium; those of other namespaces are the same.
    let before = words("tipc media get priority media udp")?;
    let (_, priority) = media(&mut conn)?
        .into_iter()
        .find(|(name, _)| name == "udp")
        .ok_or("no udp")?;
    assert_eq!(before.trim(), priority.to_string());
    let properties = [PropertiesAttr::Priority(priority + 1)];
    let medium = [
        MediaAttr::Name("udp".into()),
        MediaAttr::Properties((&properties).into()),
    ];
    let set = [TipcAttr::Media((&medium).into())];
    conn.execute(SetMedia::named().with(&set))?;
    let after = words("tipc media get priority media udp")?;
    assert_eq!(after.trim(), (priority + 1).to_string());
    words(&format!("tipc media set priority {priority} media udp"))?;
    assert!(media(&mut conn)?.contains(&("udp".into(), priority)));
    // The node and the name table.
    let list = conn.list(GetNetworks::all())?;
    let row = list.iter().next().ok_or("no network")?;
    let net = fields!(row.attributes => Tipc { net })?.net;
    let id = fields!(net.ok_or("no network")? => Network { node_id })?.node_id;
    let id = id
        .ok_or("no identity")?
        .to_ne_bytes()
        .map(|byte| format!("{byte:02x}"));
    let shown = words("tipc node get identity")?;
    let theirs = shown.lines().nth(1).and_then(|line| line.split(' ').next());
    assert!(
        id.concat().starts_with(theirs.ok_or("no identity")?),
        "{id:?} {shown}"
    );
    // The node is published by a thread of the kernel.
    wait_until(|| Ok(names(&mut conn)? == names_of_tipc()?))?;
    // The end of both.
    conn.execute(DisableBearer::named().with(&named))?;
    assert!(conn.execute(DisableBearer::named().with(&named)).is_err());
    words("tipc bearer disable media eth device d1")?;
    assert!(bearers(&mut conn)?.is_empty());
    Ok(())
}

/// A file system in a file, on which user 65534 may have 1 MiB.
fn warnings_of_quotas_are_seen() -> Outcome {
    let programs = ["mkfs.ext4", "mount", "setquota", "setpriv", "dd", "umount"];
    let mut conn = open_in_machine("VFS_DQUOT", "quota", &programs)?;
    let config = with_group(&mut conn, "VFS_DQUOT", QUOTA_NL_GROUP)?;
    let mut events = in_namespace(machine_namespace()?, || config.events())??;
    events.set_timeout(Some(TIME));
    let folder = std::env::temp_dir().join(format!("quota-{}", std::process::id()));
    let (image, place) = (folder.join("image"), folder.join("place"));
    fs::create_dir_all(&place)?;
    fs::File::create(&image)?.set_len(16 << 20)?;
    let (image, place) = (image.display().to_string(), place.display().to_string());
    words(&format!(
        "mkfs.ext4 -q -O quota -E quotatype=usrquota {image}"
    ))?;
    words(&format!("mount -o loop,usrquota {image} {place}"))?;
    words(&format!("chmod 1777 {place}"))?;
    words(&format!("setquota -u 65534 0 1024 0 0 {place}"))?;
    let write = format!("dd if=/dev/zero of={place}/file bs=1M count=2");
    let refused = words(&format!("setpriv --reuid=65534 --clear-groups {write}")).is_err();
    let event = events.next();
    run("umount", &[&place])?;
    fs::remove_dir_all(&folder)?;
    assert!(refused);
    let Some(Event::Item(event)) = event? else {
        return Err("a loss, or nothing".into());
    };
    let Change::Warning(row) = Change::of(event.message()) else {
        return Err(format!("{:?}", Change::of(event.message())).into());
    };
    let found = fields!(row.attributes => QuotaWarning { kind, excess_id, warning, caused_id })?;
    assert_eq!(
        (found.kind, found.excess_id),
        (Some(QuotaType::USER), Some(65534))
    );
    assert_eq!(found.warning, Some(Warning::BLOCKS_HARD));
    assert_eq!(found.caused_id, Some(65534));
    Ok(())
}
