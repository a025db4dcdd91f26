//! Settings of network cards, beside ethtool(8).

use nlsock::{Config, Conn, Errno, Event, Events, Protocol};
use nltests::{Missing, Need, Outcome, Test, ip, run};
use nlwire::codec::Set;
use nlwire::generic::GetFamily;
use nlwire::generic::ethtool::{
    BitWords, Bitset, Change, Channels, ChannelsAttr, Coalesce, CoalesceAttr, Debug, DebugAttr,
    ETHTOOL_MCGRP_MONITOR_NAME, Features, FeaturesAttr, GetChannels, GetCoalesce, GetDebug,
    GetFeatures, GetLinkState, GetPause, GetRings, GetStats, GetStrings, GetTimestampInfo,
    LinkState, NamedBits, NumberedBits, SetChannels, SetCoalesce, SetDebug, SetFeatures, Stats,
    StatsAttr, StringItem, StringSet, StringSetId, StringSetList, StringSets, StringSetsRow,
    Strings, TimestampInfo,
};
use nlwire::{DecodeError, fields};
use serde_json::Value;
use std::error::Error;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "ethtool::features_both_ways_round",
        needs: NEEDS,
        run: features_both_ways_round,
    },
    Test {
        name: "ethtool::channels_both_ways_round",
        needs: NEEDS,
        run: channels_both_ways_round,
    },
    Test {
        name: "ethtool::state_names_and_time_stamping_are_read",
        needs: NEEDS,
        run: state_names_and_time_stamping_are_read,
    },
    Test {
        name: "ethtool::standard_statistics_are_absent",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: standard_statistics_are_absent,
    },
    Test {
        name: "ethtool::coalescing_and_message_classes_both_ways_round",
        needs: NEEDS,
        run: coalescing_and_message_classes_both_ways_round,
    },
    Test {
        name: "ethtool::a_link_that_lacks_a_setting_refuses_it",
        needs: NEEDS,
        run: a_link_that_lacks_a_setting_refuses_it,
    },
];

const NEEDS: &[Need] = &[
    Need::Namespace,
    Need::Program("ip"),
    Need::Program("ethtool"),
];

/// Creates a pair of links with four queues each, and brings both up.
fn pair() -> Outcome {
    let queues = ["numrxqueues", "4", "numtxqueues", "4"];
    let add = ["link", "add", "left"];
    let peer = ["type", "veth", "peer", "name", "right"];
    ip(&[&add[..], &queues, &peer, &queues].concat())?;
    ip(&["link", "set", "left", "up"])?;
    ip(&["link", "set", "right", "up"])?;
    Ok(())
}

/// Listens to the group `monitor`.
fn monitor(conn: &mut Conn) -> Result<Events, Box<dyn Error>> {
    let family = conn.get(GetFamily::by_name("ethtool"))?;
    let group = family.group(ETHTOOL_MCGRP_MONITOR_NAME)?;
    let config = Config::new(Protocol::GENERIC).group(group.ok_or("no group")?);
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

/// Waits for the notification that `read` takes.
fn wait_for<R>(
    events: &mut Events,
    read: impl Fn(Change<'_>) -> Result<Option<R>, DecodeError>,
) -> Result<R, Box<dyn Error>> {
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        if let Some(found) = read(Change::of(event.message()))? {
            return Ok(found);
        }
    }
}

fn is_unsupported(error: &nlsock::Error) -> bool {
    error.errno() == Some(Errno::EOPNOTSUPP)
}

/// Bits that are set, by name.
fn names(bits: Set<'_, Bitset>) -> Result<Vec<String>, DecodeError> {
    let mut names = Vec::new();
    for bit in bits.bits()? {
        let bit = bit?;
        if bit.is_set {
            names.extend(bit.name.map(str::to_owned));
        }
    }
    Ok(names)
}

/// Strings of the first string set.
fn strings(row: &StringSetsRow<'_>) -> Result<Vec<String>, Box<dyn Error>> {
    let sets = fields!(row.attributes => StringSets { sets })?.sets;
    let mut sets = fields!(sets.ok_or("no sets")? => StringSetList { set })?;
    let set = sets
        .set
        .as_mut()
        .and_then(Iterator::next)
        .ok_or("no set")??;
    let set = fields!(set => StringSet { count, strings })?;
    let list = fields!(set.strings.ok_or("no strings")? => Strings { string })?;
    let mut found = Vec::new();
    for item in list.string.into_iter().flatten() {
        let value = fields!(item? => StringItem { value })?.value;
        found.push(value.ok_or("no string")?.to_string());
    }
    assert_eq!(set.count, Some(u32::try_from(found.len())?));
    Ok(found)
}

fn features_of_ethtool(link: &str) -> Result<Value, Box<dyn Error>> {
    let shown: Value = serde_json::from_str(&run("ethtool", &["--json", "-k", link])?)?;
    Ok(shown.get(0).ok_or("no link")?.clone())
}

/// Compares what each feature of a link is.
pub(super) fn features_are_those_of_ethtool(conn: &mut Conn, link: &str) -> Outcome {
    let theirs = features_of_ethtool(link)?;
    let row = conn.get(GetFeatures::by_name(link))?;
    let found = fields!(row.attributes => Features { changeable, wanted, active, fixed })?;
    let wanted = names(found.wanted.ok_or("no wanted")?)?;
    let active = names(found.active.ok_or("no active")?)?;
    let fixed = names(found.fixed.ok_or("no fixed")?)?;
    let mut compared = 0;
    for bit in found.changeable.ok_or("no mask")?.bits()? {
        let bit = bit?;
        let name = bit.name.ok_or("no name")?.to_owned();
        // Some have names of their own there, from times before the kernel's.
        let Some(theirs) = theirs.get(&name) else {
            continue;
        };
        let ours = serde_json::json!({
            "active": active.contains(&name),
            "fixed": !bit.is_set || fixed.contains(&name),
            "requested": wanted.contains(&name),
        });
        assert_eq!(&ours, theirs, "{name} of {link}");
        compared += 1;
    }
    assert!(compared > 30, "only {compared} features");
    Ok(())
}

/// Compares the names of the driver's counters.
pub(super) fn counters_are_those_of_ethtool(conn: &mut Conn, link: &str) -> Outcome {
    let query = GetStrings::by_name(link).sets(&[StringSetId::STATS]);
    let ours = strings(&conn.get(query)?)?;
    let theirs = run("ethtool", &["-S", link])?;
    let theirs: Vec<_> = theirs
        .lines()
        .skip(1)
        .filter_map(|line| Some(line.trim().rsplit_once(": ")?.0.trim()))
        .collect();
    assert!(ours.len() > 5);
    assert_eq!(
        ours.iter().map(|name| name.trim()).collect::<Vec<_>>(),
        theirs
    );
    Ok(())
}

fn features_both_ways_round() -> Outcome {
    pair()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut events = monitor(&mut conn)?;

    features_are_those_of_ethtool(&mut conn, "left")?;

    // Ours, seen by ethtool; and the notification of it.
    let off = NamedBits::change(&[("tx-tcp-segmentation", false)]);
    let change = [FeaturesAttr::Wanted((&off).into())];
    conn.execute(SetFeatures::by_name("left", &change))?;
    let theirs = features_of_ethtool("left")?;
    assert_eq!(theirs["tx-tcp-segmentation"]["active"], false);
    let told = wait_for(&mut events, |change| match change {
        Change::Features(row) => {
            let active = fields!(row.attributes => Features { active })?.active;
            let active = active
                .map(|bits| bits.has("tx-tcp-segmentation"))
                .transpose()?;
            Ok(Some((
                row.link_name()?.map(|name| name.to_string()),
                active,
            )))
        }
        _ => Ok(None),
    })?;
    assert_eq!(told, (Some("left".into()), Some(false)));

    // With the reply, which has the features that have changed.
    let on = NamedBits::change(&[("tx-tcp-segmentation", true)]);
    let change = [FeaturesAttr::Wanted((&on).into())];
    let reply = conn.get(SetFeatures::by_name("left", &change).with_reply())?;
    let changed = fields!(reply.attributes => Features { active })?.active;
    assert!(changed.ok_or("no difference")?.has("tx-tcp-segmentation")?);

    // Theirs, seen by us, in words whose bits a string set names.
    run("ethtool", &["-K", "left", "gro", "on"])?;
    let query = GetStrings::of_kernel().sets(&[StringSetId::FEATURES]);
    let list = strings(&conn.get(query)?)?;
    let at = list.iter().position(|name| name == "rx-gro");
    let at = u32::try_from(at.ok_or("no rx-gro")?)?;
    let row = conn.get(GetFeatures::by_name("left").compact())?;
    let active = fields!(row.attributes => Features { active })?.active;
    let mut bits = active.ok_or("no bits")?.bits()?;
    let gro = bits.find(|bit| bit.as_ref().is_ok_and(|bit| bit.index == Some(at)));
    assert!(gro.ok_or("no bit")??.is_set);

    let all = conn.list(GetFeatures::all().compact())?;
    let links: Result<Vec<_>, _> = all.iter().map(|row| row.link_name()).collect();
    for name in ["left", "right"] {
        assert!(
            links
                .as_ref()
                .is_ok_and(|links| links.contains(&Some(name.into())))
        );
    }
    Ok(())
}

fn channels_both_ways_round() -> Outcome {
    pair()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut events = monitor(&mut conn)?;
    let theirs = || -> Result<Vec<u32>, Box<dyn Error>> {
        let shown = run("ethtool", &["-l", "left"])?;
        let lines = shown.lines().filter_map(|line| line.split_once(':'));
        let counts = lines.filter(|(name, _)| ["RX", "TX"].contains(name));
        Ok(counts
            .map(|(_, count)| count.trim().parse())
            .collect::<Result<_, _>>()?)
    };
    let ours = |conn: &mut Conn| -> Result<Vec<u32>, Box<dyn Error>> {
        let row = conn.get(GetChannels::by_name("left"))?;
        let found = fields!(row.attributes => Channels { rx_max, tx_max, rx, tx })?;
        let counts = [found.rx_max, found.tx_max, found.rx, found.tx];
        Ok(counts.into_iter().flatten().collect())
    };
    let channels = [ChannelsAttr::Rx(2), ChannelsAttr::Tx(3)];
    let changed = conn.execute(SetChannels::by_name("left", &channels));
    if changed.as_ref().is_err_and(is_unsupported) {
        return Err(Missing("kernel: channels of veth".into()).into());
    }
    changed?;
    assert_eq!(ours(&mut conn)?, [4, 4, 2, 3]);
    assert_eq!(theirs()?, [4, 4, 2, 3]);
    run("ethtool", &["-L", "left", "rx", "4", "tx", "1"])?;
    assert_eq!(ours(&mut conn)?, [4, 4, 4, 1]);
    for expected in [(2, 3), (4, 1)] {
        let told = wait_for(&mut events, |change| match change {
            Change::Channels(row) => {
                let found = fields!(row.attributes => Channels { rx, tx })?;
                Ok(found.rx.zip(found.tx))
            }
            _ => Ok(None),
        })?;
        assert_eq!(told, expected);
    }
    // More than there are: the kernel names the attribute.
    let many = [ChannelsAttr::Rx(5)];
    let error = conn.execute(SetChannels::by_name("left", &many));
    let text = error.unwrap_err().to_string();
    assert!(text.contains("ETHTOOL_MSG_CHANNELS_SET"), "{text}");
    assert!(text.contains("at ETHTOOL_A_CHANNELS_RX_COUNT "), "{text}");
    assert_eq!(conn.list(GetChannels::all())?.iter().count(), 2);
    Ok(())
}

fn state_names_and_time_stamping_are_read() -> Outcome {
    pair()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    for (change, detected, link) in [("up", "yes", 1), ("down", "no", 0)] {
        ip(&["link", "set", "right", change])?;
        let row = conn.get(GetLinkState::by_name("left"))?;
        let found = fields!(row.attributes => LinkState { link })?;
        assert_eq!(found.link, Some(link));
        let theirs = run("ethtool", &["left"])?;
        assert!(
            theirs.contains(&format!("Link detected: {detected}")),
            "{theirs}"
        );
    }

    counters_are_those_of_ethtool(&mut conn, "left")?;

    let row = conn.get(GetTimestampInfo::by_name("left"))?;
    let found = fields!(row.attributes => TimestampInfo { timestamping })?;
    let ours = names(found.timestamping.ok_or("no capabilities")?)?;
    let theirs = run("ethtool", &["-T", "left"])?;
    let theirs: Vec<_> = theirs
        .lines()
        .skip_while(|line| *line != "Capabilities:")
        .skip(1)
        .take_while(|line| line.starts_with('\t'))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(ours.len() >= 2);
    assert_eq!(ours, theirs);

    Ok(())
}

/// A link of this kind counts nothing by the standard, and says so.
fn standard_statistics_are_absent() -> Outcome {
    pair()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let groups = NamedBits::replace(&[("eth-mac", true), ("rmon", true)]);
    let groups = [StatsAttr::Groups((&groups).into())];
    let row = match conn.get(GetStats::by_name("left").with(&groups)) {
        Err(error) if is_unsupported(&error) => {
            return Err(Missing("kernel: ETHTOOL_MSG_STATS_GET".into()).into());
        }
        row => row?,
    };
    assert_eq!(row.link_name()?, Some("left".into()));
    for group in fields!(row.attributes => Stats { group })?
        .group
        .into_iter()
        .flatten()
    {
        assert_eq!(group?.counters().count(), 0);
    }
    Ok(())
}

fn coalescing_and_message_classes_both_ways_round() -> Outcome {
    ip(&["tuntap", "add", "dev", "tap0", "mode", "tap"])?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut events = monitor(&mut conn)?;

    let frames = |conn: &mut Conn| -> Result<Option<u32>, Box<dyn Error>> {
        let row = conn.get(GetCoalesce::by_name("tap0"))?;
        Ok(fields!(row.attributes => Coalesce { rx_frames })?.rx_frames)
    };
    conn.execute(SetCoalesce::by_name("tap0", &[CoalesceAttr::RxFrames(16)]))?;
    assert_eq!(frames(&mut conn)?, Some(16));
    let theirs = run("ethtool", &["-c", "tap0"])?;
    assert!(
        theirs.lines().any(|line| {
            let line = line.split_whitespace();
            line.eq(["rx-frames:", "16"])
        }),
        "{theirs}"
    );
    run("ethtool", &["-C", "tap0", "rx-frames", "8"])?;
    assert_eq!(frames(&mut conn)?, Some(8));
    for expected in [16, 8] {
        let told = wait_for(&mut events, |change| match change {
            Change::Coalesce(row) => {
                Ok(fields!(row.attributes => Coalesce { rx_frames })?.rx_frames)
            }
            _ => Ok(None),
        })?;
        assert_eq!(told, expected);
    }

    // By name, by number, in words, and as ethtool does.
    let classes = |conn: &mut Conn| -> Result<Vec<String>, Box<dyn Error>> {
        let row = conn.get(GetDebug::by_name("tap0"))?;
        let found = fields!(row.attributes => Debug { classes })?.classes;
        Ok(names(found.ok_or("no classes")?)?)
    };
    let named = NamedBits::replace(&[("drv", true), ("link", true)]);
    conn.execute(SetDebug::by_name(
        "tap0",
        &[DebugAttr::Classes((&named).into())],
    ))?;
    assert_eq!(classes(&mut conn)?, ["drv", "link"]);
    let theirs = run("ethtool", &["tap0"])?;
    assert!(theirs.contains("drv link"), "{theirs}");
    let numbered = NumberedBits::change(&[(0, false), (1, true)]);
    let attributes = [DebugAttr::Classes((&numbered).into())];
    conn.execute(SetDebug::by_name("tap0", &attributes))?;
    assert_eq!(classes(&mut conn)?, ["probe", "link"]);
    let words = BitWords {
        size: 15,
        value: &[0b1000],
        mask: Some(&[0b1010]),
    };
    conn.execute(SetDebug::by_name(
        "tap0",
        &[DebugAttr::Classes((&words).into())],
    ))?;
    assert_eq!(classes(&mut conn)?, ["link", "timer"]);
    run(
        "ethtool",
        &["-s", "tap0", "msglvl", "drv", "on", "timer", "off"],
    )?;
    assert_eq!(classes(&mut conn)?, ["drv", "link"]);
    let told = wait_for(&mut events, |change| match change {
        Change::Debug(row) => Ok(row.link_name()?.map(|name| name.to_string())),
        _ => Ok(None),
    })?;
    assert_eq!(told, "tap0");
    Ok(())
}

fn a_link_that_lacks_a_setting_refuses_it() -> Outcome {
    pair()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let rings = conn.get(GetRings::by_name("left")).map(|_| ());
    assert_eq!(rings.unwrap_err().errno(), Some(Errno::EOPNOTSUPP));
    let pause = conn.get(GetPause::by_name("left").statistics()).map(|_| ());
    assert_eq!(pause.unwrap_err().errno(), Some(Errno::EOPNOTSUPP));
    // A list leaves the link out; that of Linux 5.10 ends with the error of the last
    // link (`ethnl_default_dumpit`).
    match conn.list(GetRings::all()) {
        Ok(list) => assert!(list.is_empty()),
        Err(error) => assert!(
            is_unsupported(&error) && nltests::linux() <= (5, 10),
            "{error}"
        ),
    }
    let none = NamedBits::change(&[("no-such-feature", true)]);
    let change = [FeaturesAttr::Wanted((&none).into())];
    let error = conn.execute(SetFeatures::by_name("left", &change));
    let text = error.unwrap_err().to_string();
    let path = "ETHTOOL_A_FEATURES_WANTED > ETHTOOL_A_BITSET_BITS > ETHTOOL_A_BITSET_BITS_BIT";
    assert!(text.contains(path), "{text}");
    Ok(())
}
