//! Radios, wiphys, interfaces and regulatory domains.

use super::{
    Result, after, interfaces, listen, mac_text, open, radio, wait_for, wait_until, words,
};
use nlsock::{Conn, Errno, Event, Protocol};
use nltests::{Outcome, is_emulated};
use nlwire::fields;
use nlwire::generic::mac80211_hwsim::{
    Change as RadioChange, DeleteRadio, GetRadio, GetRadios, HWSIM_MCGRP_CONFIG_NAME, Hwsim,
    HwsimAttr, NewRadio,
};
use nlwire::generic::nl80211::{
    BitRate, Change, CipherSuite, DeleteInterface, Frequency, GetInterface, GetInterfaces,
    GetProtocolFeatures, GetRegulatories, GetRegulatory, GetWiphys, InterfaceType, InterfaceTypes,
    NL80211_MULTICAST_GROUP_CONFIG, NL80211_MULTICAST_GROUP_REG, NewInterface, Nl80211,
    Nl80211Attr, Nl80211Row, ProtocolFeatures, RegulatoryRule, RequestRegulatory, RuleFlags,
    SetInterface, SetWiphy, WiphyRow,
};

pub(crate) fn radios_both_ways_round() -> Outcome {
    let mut conn = open(&["iw"])?;
    let mut events = listen(&mut conn, "MAC80211_HWSIM", HWSIM_MCGRP_CONFIG_NAME)?;
    // The ack of each has its number: all but that of radio 0 are positive.
    let first = conn.execute(NewRadio::new())?.code();
    let name = format!("sim{}", std::process::id());
    let two = [HwsimAttr::Channels(2)];
    let second = conn.execute(NewRadio::by_name(&*name).with(&two))?.code();
    assert!(first >= 0 && second > first, "{first} {second}");
    let [first, second] = [first, second].map(i32::cast_unsigned);
    for expected in [first, second] {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        let RadioChange::NewRadio(row) = RadioChange::of(event.message()) else {
            return Err(format!("{:?}", RadioChange::of(event.message())).into());
        };
        let found = fields!(row.attributes => Hwsim { radio })?.radio;
        assert_eq!(found, Some(expected));
    }
    let row = conn.get(GetRadio::by_id(second))?;
    let found = fields!(row.attributes => Hwsim { radio, name, channels, p2p_device })?;
    assert_eq!((found.radio, found.channels), (Some(second), Some(2)));
    assert_eq!(
        found.name.map(|found| found.to_string()),
        Some(name.clone())
    );
    assert!(words("iw phy")?.contains(&format!("Wiphy {name}\n")));
    assert_eq!(radios(&mut conn)?, [first, second]);
    assert_eq!(
        conn.get(GetRadio::by_id(9999))
            .map(|_| ())
            .unwrap_err()
            .errno(),
        Some(Errno::ENODEV)
    );
    // One that goes with its socket.
    let mut other = Conn::open(Protocol::GENERIC)?;
    let third = other.execute(NewRadio::new().with(&[HwsimAttr::DeleteOnClose(true)]))?;
    let third = third.code().cast_unsigned();
    assert_eq!(radios(&mut conn)?, [first, second, third]);
    drop(other);
    wait_until(|| Ok(radios(&mut conn)? == [first, second]))?;
    // Deletions.
    conn.execute(DeleteRadio::by_name(&*name))?;
    let error = conn.execute(DeleteRadio::by_id(second)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENODEV), "{error}");
    conn.execute(DeleteRadio::by_id(second).if_there())?;
    conn.execute(DeleteRadio::by_name(&*name).if_there())?;
    conn.execute(DeleteRadio::by_id(first))?;
    assert!(radios(&mut conn)?.is_empty());
    let mut deleted = Vec::new();
    while deleted.len() < 2 {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        if let RadioChange::DelRadio(row) = RadioChange::of(event.message()) {
            let radio = fields!(row.attributes => Hwsim { radio })?.radio;
            deleted.extend(radio.filter(|radio| *radio != third));
        }
    }
    assert_eq!(deleted, [second, first]);
    assert_eq!(words("iw phy")?, "");
    Ok(())
}

fn radios(conn: &mut Conn) -> Result<Vec<u32>> {
    let mut radios = Vec::new();
    for row in &conn.list(GetRadios::all())? {
        radios.extend(fields!(row.attributes => Hwsim { radio })?.radio);
    }
    radios.sort_unstable();
    Ok(radios)
}

/// Lines of `iw phy` about a wiphy, without white space around.
fn lines_of(wiphy: &WiphyRow<'_>) -> Result<Vec<String>> {
    let mut lines = vec![
        format!("Wiphy {}", wiphy.name()?.ok_or("no name")?),
        format!("wiphy index: {}", wiphy.index()?.ok_or("no number")?),
    ];
    for part in wiphy.parts() {
        let found = fields!(part => Nl80211 { max_scan_ssids, cipher_suites })?;
        if let Some(count) = found.max_scan_ssids {
            lines.push(format!("max # scan SSIDs: {count}"));
        }
        for cipher in found.cipher_suites.into_iter().flatten() {
            let suite = CipherSuite(cipher.suite.get());
            let [a, b, c, number] = suite.0.to_be_bytes();
            lines.push(format!("* {suite} ({a:02x}-{b:02x}-{c:02x}:{number})"));
        }
    }
    for item in wiphy.bit_rates() {
        let (_, rate) = item?;
        let found = fields!(rate => BitRate { rate, short_preamble })?;
        let rate = f64::from(found.rate.ok_or("no rate")?) / 10.0;
        let preamble = match found.short_preamble {
            Some(_) => " (short preamble supported)",
            None => "",
        };
        lines.push(format!("* {rate:.1} Mbps{preamble}"));
    }
    for item in wiphy.frequencies() {
        let (_, channel) = item?;
        let found = fields!(channel => Frequency {
            frequency, max_tx_power, disabled, no_ir, radar
        })?;
        // The `iw` of Debian 12 leaves out the offset of S1G's channels.
        let mut line = format!("* {} MHz", found.frequency.ok_or("no frequency")?);
        match (found.disabled, found.max_tx_power) {
            (Some(_), _) => line += " (disabled)",
            (None, Some(power)) => line += &format!(" ({:.1} dBm)", f64::from(power) / 100.0),
            (None, None) => {}
        }
        let flags = [
            found.no_ir.map(|_| "no IR"),
            found.radar.map(|_| "radar detection"),
        ];
        let flags: Vec<_> = flags.into_iter().flatten().collect();
        if found.disabled.is_none() && !flags.is_empty() {
            line += &format!(" ({})", flags.join(", "));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// Removes the number of the channel, which `iw` computes.
fn without_channel(line: &str) -> String {
    match (line.find(" ["), line.find(']')) {
        (Some(begin), Some(end)) => format!("{}{}", &line[..begin], &line[end + 1..]),
        _ => line.to_owned(),
    }
}

pub(crate) fn wiphys_are_those_of_iw() -> Outcome {
    let mut conn = open(&["iw"])?;
    let first = radio(&mut conn)?;
    let second = radio(&mut conn)?;
    // A list joins the messages of each wiphy.
    let list = conn.list(GetWiphys::all())?;
    assert_eq!(list.iter().count(), 2);
    for row in &list {
        let index = row.index()?.ok_or("no number")?;
        let shown = words(&format!("iw phy#{index} info"))?;
        let ours = lines_of(&row)?;
        let theirs: Vec<_> = shown
            .lines()
            .map(|line| without_channel(line.trim()))
            .collect();
        for line in &ours {
            assert!(theirs.contains(line), "{line}: {shown}");
        }
        for unit in ["MHz", "Mbps"] {
            let counted =
                |line: &&String| line.starts_with("* ") && line.split(' ').nth(2) == Some(unit);
            let count = |lines: &[String]| lines.iter().filter(counted).count();
            assert_eq!(count(&ours), count(&theirs), "{unit}: {shown}");
        }
        let types = row.interface_types()?.ok_or("no types")?;
        let types = fields!(types => InterfaceTypes { mesh_point, ap, nan })?;
        assert!(types.mesh_point.is_some() && types.ap.is_some() && types.nan.is_none());
        assert!(row.commands()?.is_some() && row.combinations()?.is_some());
        assert!(row.features()?.is_some() && row.extended_features()?.is_some());
        assert!(row.messages().count() > 1);
    }
    // One wiphy.
    let list = conn.list(GetWiphys::by_index(second.wiphy))?;
    assert_eq!(list.iter().count(), 1);
    let list = conn.list(GetWiphys::of_link(first.link))?;
    let indices: std::result::Result<Vec<_>, _> = list.iter().map(|row| row.index()).collect();
    assert_eq!(indices?, [Some(first.wiphy)]);
    let row = conn.get(GetProtocolFeatures::of_family())?;
    let features = fields!(row.attributes => Nl80211 { protocol_features })?.protocol_features;
    assert_eq!(features, Some(ProtocolFeatures::SPLIT_WIPHY_DUMP));
    // Changes.
    let name = format!("wi{}", std::process::id());
    conn.execute(SetWiphy::by_index(first.wiphy).with(&[
        Nl80211Attr::WiphyName((&*name).into()),
        Nl80211Attr::RtsThreshold(1000),
    ]))?;
    let shown = words(&format!("iw phy#{} info", first.wiphy))?;
    assert!(shown.contains(&format!("Wiphy {name}\n")), "{shown}");
    assert_eq!(after(&shown, "RTS threshold:"), Some("1000"), "{shown}");
    words(&format!("iw phy#{} set retry short 5 long 6", first.wiphy))?;
    let list = conn.list(GetWiphys::by_index(first.wiphy))?;
    let row = list.iter().next().ok_or("no wiphy")?;
    let mut retries = Vec::new();
    for part in row.parts() {
        let found = fields!(part => Nl80211 { retry_short, retry_long })?;
        retries.extend(found.retry_short.zip(found.retry_long));
    }
    assert_eq!(retries, [(5, 6)]);
    Ok(())
}

/// An interface as `iw dev` shows it.
fn block(row: &Nl80211Row<'_>) -> Result<Vec<String>> {
    let found = fields!(row.attributes => Nl80211 {
        link, link_name, wdev, mac, interface_type, tx_power, ssid, four_address
    })?;
    let mut lines = vec![
        format!("Interface {}", found.link_name.ok_or("no name")?),
        format!("ifindex {}", found.link.ok_or("no index")?),
        format!("wdev {:#x}", found.wdev.ok_or("no identifier")?),
        format!("addr {}", mac_text(found.mac.ok_or("no MAC address")?)),
    ];
    if let Some(ssid) = found.ssid {
        lines.push(format!("ssid {}", String::from_utf8_lossy(ssid)));
    }
    lines.push(format!("type {}", found.interface_type.ok_or("no type")?));
    if let Some(power) = found.tx_power {
        lines.push(format!("txpower {:.2} dBm", f64::from(power) / 100.0));
    }
    if found.four_address == Some(1) {
        lines.push("4addr: on".into());
    }
    Ok(lines)
}

/// Fails unless ours are the interfaces that `iw dev` shows.
fn compare(conn: &mut Conn) -> Outcome {
    let shown = words("iw dev")?;
    let theirs = shown.split("Interface ").skip(1);
    let mut theirs: Vec<Vec<String>> = theirs
        .map(|block| {
            let block = format!("Interface {block}");
            // The last two are statistics of queues of newer kernels, which change meanwhile.
            let others = ["phy#", "channel", "multicast TXQ", "qsz-byt"];
            let is_ours = |line: &&str| {
                let is_other = others.iter().any(|start| line.starts_with(start));
                !is_other && (line.starts_with(char::is_alphabetic) || line.starts_with("4addr"))
            };
            let lines = block.lines().map(str::trim);
            lines.filter(is_ours).map(str::to_owned).collect()
        })
        .collect();
    let list = conn.list(GetInterfaces::all())?;
    let ours: Result<Vec<_>> = list.iter().map(|row| block(&row)).collect();
    let mut ours = ours?;
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs, "{shown}");
    Ok(())
}

pub(crate) fn interfaces_both_ways_round() -> Outcome {
    let mut conn = open(&["iw"])?;
    let radio = radio(&mut conn)?;
    let mut events = listen(&mut conn, "nl80211", NL80211_MULTICAST_GROUP_CONFIG)?;
    compare(&mut conn)?;
    // Ours, seen by iw.
    let monitor = [Nl80211Attr::InterfaceType(InterfaceType::MONITOR)];
    let new = NewInterface::of_wiphy(radio.wiphy, "mon0").with(&monitor);
    let row = conn.get(&new)?;
    let found = fields!(row.attributes => Nl80211 { link, wdev, interface_type })?;
    assert_eq!(found.interface_type, Some(InterfaceType::MONITOR));
    let (link, wdev) = (
        found.link.ok_or("no link")?,
        found.wdev.ok_or("no identifier")?,
    );
    assert_eq!(after(&words("iw dev mon0 info")?, "type"), Some("monitor"));
    assert_eq!(
        conn.get(&new).map(|_| ()).unwrap_err().errno(),
        Some(Errno::ENFILE)
    );
    // Theirs, seen by us.
    let add = format!("iw phy#{} interface add mesh0 type mp", radio.wiphy);
    words(&add)?;
    compare(&mut conn)?;
    assert_eq!(interfaces(&mut conn)?.len(), 3);
    for name in ["mon0", "mesh0"] {
        let found = wait_for(&mut events, |change| match change {
            Change::NewInterface(row) => Ok(Some(
                fields!(row.attributes => Nl80211 { link_name })?
                    .link_name
                    .map(|n| n.to_string()),
            )),
            _ => Ok(None),
        })?;
        assert_eq!(found.as_deref(), Some(name));
    }
    // Changes.
    let ibss = [Nl80211Attr::InterfaceType(InterfaceType::IBSS)];
    conn.execute(SetInterface::of_link(radio.link).with(&ibss))?;
    let shown = words(&format!("iw dev {} info", radio.name))?;
    assert_eq!(after(&shown, "type"), Some("IBSS"), "{shown}");
    words(&format!("iw dev {} set type managed", radio.name))?;
    words(&format!("iw dev {} set 4addr on", radio.name))?;
    let row = conn.get(GetInterface::of_link(radio.link))?;
    let found = fields!(row.attributes => Nl80211 { interface_type, four_address, wiphy })?;
    assert_eq!(
        (found.interface_type, found.four_address, found.wiphy),
        (Some(InterfaceType::MANAGED), Some(1), Some(radio.wiphy))
    );
    compare(&mut conn)?;
    // Deletions.
    let row = conn.get(GetInterface::by_wdev(wdev))?;
    assert_eq!(
        fields!(row.attributes => Nl80211 { link })?.link,
        Some(link)
    );
    conn.execute(DeleteInterface::by_wdev(wdev))?;
    conn.execute(DeleteInterface::by_wdev(wdev).if_there())?;
    conn.execute(DeleteInterface::of_link(link).if_there())?;
    let error = conn.execute(DeleteInterface::of_link(link)).unwrap_err();
    assert!(
        error.to_string().contains("NL80211_CMD_DEL_INTERFACE"),
        "{error}"
    );
    words("iw dev mesh0 del")?;
    for _ in 0..2 {
        wait_for(&mut events, |change| match change {
            Change::DelInterface(_) => Ok(Some(())),
            _ => Ok(None),
        })?;
    }
    compare(&mut conn)?;
    assert_eq!(interfaces(&mut conn)?.len(), 1);
    Ok(())
}

/// A regulatory domain in the lines of `iw reg get`.
fn domain(row: &Nl80211Row<'_>) -> Result<Vec<String>> {
    let found = fields!(row.attributes => Nl80211 { country, rules, dfs_region })?;
    // Without the attribute the domain has no DFS region.
    let region = found
        .dfs_region
        .map_or("UNSET".into(), |region| region.to_string());
    let mut lines = vec![format!(
        "country {}: DFS-{region}",
        found.country.ok_or("no country")?
    )];
    for rule in found.rules.ok_or("no rules")?.iter() {
        let (_, rule) = rule?;
        let found = fields!(rule => RegulatoryRule {
            flags, start, end, max_bandwidth, max_eirp, cac_time
        })?;
        let mhz = |khz: Option<u32>| khz.unwrap_or_default() / 1000;
        let flags = found.flags.unwrap_or_default();
        let cac = match found.cac_time {
            Some(time) if flags.contains(RuleFlags::DFS) => format!("{time} ms"),
            _ => "N/A".to_owned(),
        };
        let mut line = format!(
            "({} - {} @ {}), (N/A, {}), ({cac})",
            mhz(found.start),
            mhz(found.end),
            mhz(found.max_bandwidth),
            found.max_eirp.unwrap_or_default() / 100
        );
        for (flag, name) in [
            (RuleFlags::NO_OFDM, "NO-OFDM"),
            (RuleFlags::NO_OUTDOOR, "NO-OUTDOOR"),
            (RuleFlags::DFS, "DFS"),
            (RuleFlags::AUTO_BANDWIDTH, "AUTO-BW"),
            (RuleFlags::NO_IR, "PASSIVE-SCAN"),
        ] {
            if flags.contains(flag) {
                line += &format!(", {name}");
            }
        }
        lines.push(line);
    }
    Ok(lines)
}

fn compare_domain(conn: &mut Conn) -> Result<Vec<String>> {
    let ours = domain(&conn.get(GetRegulatory::global())?)?;
    let shown = words("iw reg get")?;
    let theirs: Vec<_> = shown.lines().skip(1).map(str::trim).collect();
    let theirs: Vec<_> = theirs
        .into_iter()
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(ours, theirs);
    Ok(ours)
}

pub(crate) fn regulatory_domains_both_ways_round() -> Outcome {
    let mut conn = open(&["iw"])?;
    radio(&mut conn)?;
    compare_domain(&mut conn)?;
    let list = conn.list(GetRegulatories::all())?;
    let first = list.iter().next().ok_or("no domain")?;
    let found = fields!(first.attributes => Nl80211 { country, wiphy })?;
    assert!(found.country.is_some() && found.wiphy.is_none());
    // The domain is that of the machine: it is changed in a machine of ours only.
    if !is_emulated() {
        return Ok(());
    }
    let mut events = listen(&mut conn, "nl80211", NL80211_MULTICAST_GROUP_REG)?;
    let changed = |change: Change<'_>| match change {
        Change::Regulatory(row) => {
            let found = fields!(row.attributes => Nl80211 { country })?;
            Ok(Some(found.country.map(|country| country.to_string())))
        }
        _ => Ok(None),
    };
    conn.execute(RequestRegulatory::of_country("DE"))?;
    assert_eq!(wait_for(&mut events, changed)?.as_deref(), Some("DE"));
    assert!(compare_domain(&mut conn)?[0].starts_with("country DE: DFS-ETSI"));
    words("iw reg set US")?;
    assert_eq!(wait_for(&mut events, changed)?.as_deref(), Some("US"));
    assert!(compare_domain(&mut conn)?[0].starts_with("country US: DFS-FCC"));
    conn.execute(RequestRegulatory::of_country("00"))?;
    wait_until(|| Ok(words("iw reg get")?.contains("country 00")))?;
    compare_domain(&mut conn)?;
    Ok(())
}
