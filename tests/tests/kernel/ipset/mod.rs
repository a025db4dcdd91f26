//! Sets of ipset beside the program of that name, both ways round.

mod cases;
mod text;

use nlsock::{Conn, Errno, Error, Protocol};
use nltests::{Missing, Need, Outcome, Session, Test, capture, run};
use nlwire::netfilter::NetfilterFamily;
use nlwire::netfilter::ipset::{
    AddEntry, DeleteEntry, DestroySets, FlushSets, GetByIndex, GetByName, GetHeader, GetProtocol,
    GetSets, GetType, IpSet, IpSetEntry, IpSetSettings, NewEntry, NewSet, RenameSet, SetOptions,
    SetType, SwapSets, TestEntry,
};
use nlwire::{Batch, Request, fields};
use std::net::Ipv4Addr;

use cases::{Case, HOST, OTHER, ip};
use text::{printed, words};

const NEEDS: &[Need] = &[Need::Namespace, Need::Program("ipset")];

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "ipset::bitmaps_and_lists_both_ways_round",
        needs: NEEDS,
        run: || both_ways_round(cases::bitmaps_and_lists()),
    },
    Test {
        name: "ipset::hashes_both_ways_round",
        needs: NEEDS,
        run: || both_ways_round(cases::hashes()),
    },
    Test {
        name: "ipset::rarer_hashes_both_ways_round",
        needs: NEEDS,
        run: || both_ways_round(cases::rarer_hashes()),
    },
    Test {
        name: "ipset::sets_are_renamed_swapped_flushed_and_destroyed",
        needs: NEEDS,
        run: sets_are_renamed_swapped_flushed_and_destroyed,
    },
    Test {
        name: "ipset::entries_are_looked_up_and_deleted",
        needs: NEEDS,
        run: entries_are_looked_up_and_deleted,
    },
    Test {
        name: "ipset::a_batch_fills_a_set_of_many_rows",
        needs: NEEDS,
        run: a_batch_fills_a_set_of_many_rows,
    },
];

fn ipset(command: &str) -> std::io::Result<String> {
    // A comment in quotes is one argument.
    let mut words = Vec::new();
    for (place, part) in command.split('"').enumerate() {
        match place % 2 {
            0 => words.extend(part.split_whitespace()),
            _ => words.push(part),
        }
    }
    run("ipset", &words)
}

fn open() -> Result<Conn, Error> {
    Conn::open(Protocol::NETFILTER)
}

/// Fails as a need where the kernel has no such type.
fn create(conn: &mut Conn, set: &NewSet<'_>) -> Outcome {
    match conn.execute(set) {
        Err(error) if error.errno() == Some(Errno::IPSET_ERR_FIND_TYPE) => {
            Err(Missing(format!("kernel: types of ipset ({error})")).into())
        }
        other => {
            other?;
            Ok(())
        }
    }
}

/// Creates each set with ours and with `ipset`, and compares what both print of both.
fn both_ways_round(cases: Vec<Case>) -> Outcome {
    let mut conn = open()?;
    for member in ["one", "two", "three"] {
        create(&mut conn, &NewSet::new(member, SetType::HASH_IP))?;
    }
    for case in &cases {
        create(&mut conn, &case.set)?;
        ipset(&format!("create theirs {}", case.options))?;
        for (entry, text) in &case.entries {
            conn.execute(&AddEntry::new("ours", *entry))
                .map_err(|error| format!("{text}: {error}"))?;
            ipset(&format!("add theirs {text}"))?;
        }
        let of_ours = words(&ipset("save ours")?);
        let of_theirs = words(&ipset("save theirs")?.replace("theirs", "ours"));
        assert_eq!(of_ours, of_theirs, "{}", case.options);
        assert_eq!(printed(&mut conn, "ours")?, of_ours, "{}", case.options);
        let read = printed(&mut conn, "theirs")?;
        assert_eq!(read.len(), of_theirs.len(), "{read:?}");
        capture_set(case.options, "theirs")?;
        // Backwards: a set of sets refers from later entries to earlier ones.
        for (entry, text) in case.entries.iter().rev() {
            conn.execute(&DeleteEntry::new("theirs", *entry))
                .map_err(|error| format!("{text}: {error}"))?;
        }
        assert_eq!(ipset("save theirs")?.lines().count(), 1, "{}", case.options);
        for name in ["ours", "theirs"] {
            conn.execute(&DestroySets::named(name))?;
        }
    }
    Ok(())
}

/// Keeps the message of a set as a vector.
fn capture_set(options: &str, name: &str) -> Outcome {
    let kind = options.split(' ').next().unwrap_or_default();
    let mut session = Session::open(Protocol::NETFILTER)?;
    let rows = session.rows(&GetSets::named(name.into()))?;
    let name = kind.replace([':', ','], "-");
    capture(&format!("netfilter-ipset-{name}"), rows[0].get().as_bytes()).map_err(Into::into)
}

/// Fails if a request is not refused with this error.
fn refused(conn: &mut Conn, request: &dyn Request, name: &str) -> Outcome {
    match conn.execute(request) {
        Err(error) => {
            assert_eq!(error.errno().and_then(Errno::name), Some(name), "{error}");
            assert!(error.to_string().contains(name), "{error}");
            Ok(())
        }
        Ok(_) => Err(format!("no {name}").into()),
    }
}

fn sets_are_renamed_swapped_flushed_and_destroyed() -> Outcome {
    let mut conn = open()?;
    let ports = NewSet::new("ports", SetType::BITMAP_PORT).ports(1, 100);
    create(&mut conn, &ports)?;
    refused(&mut conn, &ports, "EEXIST")?;
    conn.execute(&ports.if_absent())?;
    create(&mut conn, &NewSet::new("hosts", SetType::HASH_IP))?;
    create(&mut conn, &NewSet::new("more", SetType::HASH_IP).comments())?;
    conn.execute(&AddEntry::new("hosts", NewEntry::ip(HOST)))?;

    conn.execute(&RenameSet::new("ports".into(), "doors".into()))?;
    refused(
        &mut conn,
        &RenameSet::new("doors".into(), "hosts".into()),
        "IPSET_ERR_EXIST_SETNAME2",
    )?;
    refused(
        &mut conn,
        &SwapSets::new("doors".into(), "hosts".into()),
        "IPSET_ERR_TYPE_MISMATCH",
    )?;
    conn.execute(&SwapSets::new("hosts".into(), "more".into()))?;
    assert!(ipset("list doors")?.contains("Header: range 1-100"));
    assert!(ipset("save more")?.contains("add more 192.0.2.1"));
    assert!(ipset("save hosts")?.contains("comment"));

    let mut names: Vec<String> = Vec::new();
    for row in &conn.list(GetSets::names())? {
        names.extend(row.name()?.map(|name| name.to_string()));
    }
    names.sort();
    assert_eq!(names, ["doors", "hosts", "more"]);
    for row in &conn.list(GetSets::headers())? {
        assert_eq!(row.entries().count(), 0);
        assert!(row.settings()?.is_some());
    }

    create(
        &mut conn,
        &NewSet::new("forced", SetType::HASH_IP).force_add(),
    )?;
    ipset("create forced2 hash:ip forceadd")?;
    for name in ["forced", "forced2"] {
        let set = conn.get(&GetSets::named(name.into()))?;
        let settings = set.settings()?.ok_or("no settings")?;
        let options = fields!(settings => IpSetSettings { options })?.options;
        assert_eq!(options, Some(SetOptions::FORCE_ADD), "{name}");
    }

    let version = conn.get(&GetProtocol::new())?;
    let version = fields!(version.attributes => IpSet { protocol, minimum })?;
    assert_eq!((version.protocol, version.minimum), (Some(7), Some(6)));
    let kind = conn.get(&GetType::of("hash:ip".into(), NetfilterFamily::IPV4))?;
    let kind = fields!(kind.attributes => IpSet { revision, minimum })?;
    assert_eq!(kind.minimum, Some(0));
    assert!(kind.revision >= Some(4), "{:?}", kind.revision);
    let header = conn.get(&GetHeader::of("doors".into()))?;
    let kind = header.type_name()?.and_then(SetType::named);
    assert_eq!(kind, Some(SetType::BITMAP_PORT));
    let index = conn.get(&GetByName::of("doors".into()))?;
    let index = fields!(index.attributes => IpSet { index })?
        .index
        .ok_or("no index")?;
    let name = conn
        .get(&GetByIndex::of(index))?
        .name()?
        .map(|name| name.to_string());
    assert_eq!(name.as_deref(), Some("doors"));

    conn.execute(&FlushSets::named("more".into()))?;
    assert!(!ipset("save more")?.contains("add"));
    create(&mut conn, &NewSet::new("all", SetType::LIST_SET))?;
    conn.execute(&AddEntry::new("all", NewEntry::set("more")))?;
    refused(&mut conn, &DestroySets::named("more"), "IPSET_ERR_BUSY")?;
    conn.execute(&FlushSets::all())?;
    conn.execute(&DestroySets::named("more"))?;
    refused(&mut conn, &DestroySets::named("more"), "ENOENT")?;
    conn.execute(&DestroySets::named("more").if_there())?;
    conn.execute(&DestroySets::all())?;
    assert_eq!(ipset("list -n")?, "");
    Ok(())
}

fn entries_are_looked_up_and_deleted() -> Outcome {
    let mut conn = open()?;
    create(
        &mut conn,
        &NewSet::new("hosts", SetType::HASH_IP).timeout(0),
    )?;
    let host = NewEntry::ip(HOST);
    conn.execute(&AddEntry::new("hosts", host))?;
    refused(&mut conn, &AddEntry::new("hosts", host), "IPSET_ERR_EXIST")?;
    conn.execute(&AddEntry::new("hosts", host.timeout(5000)).if_absent())?;
    assert!(
        ipset("save hosts")?.contains("timeout"),
        "{}",
        ipset("save hosts")?
    );
    conn.execute(&TestEntry::new("hosts", host))?;
    refused(
        &mut conn,
        &TestEntry::new("hosts", NewEntry::ip(OTHER)),
        "IPSET_ERR_EXIST",
    )?;
    refused(&mut conn, &TestEntry::new("none", host), "ENOENT")?;
    conn.execute(&DeleteEntry::new("hosts", host))?;
    refused(
        &mut conn,
        &DeleteEntry::new("hosts", host),
        "IPSET_ERR_EXIST",
    )?;
    conn.execute(&DeleteEntry::new("hosts", host).if_there())?;

    // Refusals that depend on the type have a name of the type.
    refused(
        &mut conn,
        &AddEntry::new("hosts", host.comment("no")),
        "IPSET_ERR_COMMENT",
    )?;
    refused(
        &mut conn,
        &AddEntry::new("hosts", NewEntry::ports(1, 2)),
        "IPSET_ERR_PROTOCOL",
    )?;
    refused(
        &mut conn,
        &NewSet::new("x", SetType::HASH_IP).at_least(99),
        "IPSET_ERR_FIND_TYPE",
    )?;
    create(
        &mut conn,
        &NewSet::new("ports", SetType::BITMAP_PORT).ports(1, 9),
    )?;
    let refusal = conn.execute(&AddEntry::new("ports", NewEntry::ports(10, 10)));
    let errno = refusal
        .err()
        .and_then(|error| error.errno())
        .ok_or("no refusal")?;
    let name = SetType::BITMAP_PORT.error_name(errno);
    assert_eq!(name, Some("IPSET_ERR_BITMAP_RANGE"));
    Ok(())
}

fn a_batch_fills_a_set_of_many_rows() -> Outcome {
    const COUNT: u32 = 5000;
    let mut conn = open()?;
    let mut batch = Batch::new(Vec::new());
    batch.push(&NewSet::new("many", SetType::HASH_IP))?;
    for number in 0..COUNT {
        let host = Ipv4Addr::from(0x0a00_0000 + number);
        batch.push(&AddEntry::new("many", NewEntry::ip(host.into())))?;
    }
    let first = NewEntry::ip(ip("10.0.0.0"));
    batch.push(&AddEntry::new("many", first))?;
    batch.push(&AddEntry::new("many", first).if_absent())?;
    batch.push(&TestEntry::new("many", NewEntry::ip(ip("10.9.0.0"))))?;
    let mut outcomes = vec![nlsock::Outcome::default(); batch.count()];
    let error = conn.batch(&mut batch, &mut outcomes).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::IPSET_ERR_EXIST), "{error}");
    let mut refusals = Vec::new();
    for (place, outcome) in outcomes.iter().enumerate() {
        refusals.extend(outcome.refusal().map(|error| (place, error.errno())));
    }
    let first = COUNT as usize + 1;
    let expected = [
        (first, Some(Errno::IPSET_ERR_EXIST)),
        (first + 2, Some(Errno::IPSET_ERR_EXIST)),
    ];
    assert_eq!(refusals, expected);

    let rows = conn.list(GetSets::named("many".into()))?;
    let (mut parts, mut hosts) = (0, Vec::new());
    for row in &rows {
        parts += 1;
        for entry in row.entries() {
            hosts.extend(fields!(entry? => IpSetEntry { ip })?.ip);
        }
    }
    assert!(parts > 1, "{parts} row");
    hosts.sort();
    hosts.dedup();
    assert_eq!(hosts.len(), COUNT as usize);
    assert!(ipset("list many -t")?.contains("Number of entries: 5000"));
    Ok(())
}
