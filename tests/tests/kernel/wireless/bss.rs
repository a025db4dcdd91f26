//! Scans, access points, connections, stations, keys and surveys.

use super::{
    AccessPoint, Interface, Result, after, listen, mac_text, open, radio, set_type, wait_for,
    wait_until, words,
};
use nlsock::{Conn, Errno};
use nltests::{Outcome, ip};
use nlwire::codec::IndexedValues;
use nlwire::generic::nl80211::elements::{Element, Elements};
use nlwire::generic::nl80211::{
    Bss, BssParameters, BssStatus, Change, CipherSuite, Connect, DeleteStation, Disconnect, GetKey,
    GetPowerSave, GetScan, GetStation, GetStations, GetSurveys, InterfaceType, Key,
    NL80211_MULTICAST_GROUP_MLME, NL80211_MULTICAST_GROUP_SCAN, Nl80211, Nl80211Attr, Nl80211Row,
    PowerSave, Rate, SetInterface, SetPowerSave, StartAp, Station, StationFlags, StopAp, Survey,
    TriggerScan,
};
use nlwire::{Writer, fields};

/// Frequency of channel 6.
const FREQUENCY: u32 = 2437;

/// Starts a scan of channel 6, and waits for its results.
fn scan(conn: &mut Conn, interface: &Interface) -> Outcome {
    let mut events = listen(conn, "nl80211", NL80211_MULTICAST_GROUP_SCAN)?;
    let (mut frequencies, mut ssids) = ([0; 16], [0; 16]);
    let frequencies = Writer::attributes(&mut frequencies, |w| w.u32(0, FREQUENCY))?;
    // An empty SSID asks all networks to answer.
    let ssids = Writer::attributes(&mut ssids, |w| w.bytes(0, b""))?;
    conn.execute(TriggerScan::of_link(interface.link).with(&[
        Nl80211Attr::ScanFrequencies(IndexedValues::of(frequencies)),
        Nl80211Attr::ScanSsids(IndexedValues::of(ssids)),
    ]))?;
    let mut has_begun = false;
    loop {
        let ended = wait_for(&mut events, |change| {
            match change {
                Change::ScanStarted(row) => Ok(Some((row, false))),
                Change::ScanResults(row) => Ok(Some((row, true))),
                Change::ScanAborted(_) => Err("aborted".into()),
                _ => Ok(None),
            }
            .and_then(|found| {
                let Some((row, ended)) = found else {
                    return Ok(None);
                };
                let found = fields!(row.attributes => Nl80211 { link, scan_frequencies })?;
                assert_eq!(found.link, Some(interface.link));
                let frequencies = found.scan_frequencies.ok_or("no frequencies")?;
                let first = frequencies.iter().next().ok_or("no frequency")??;
                assert_eq!(first.1, FREQUENCY);
                Ok(Some(ended))
            })
        })?;
        if ended {
            assert!(has_begun);
            return Ok(());
        }
        has_begun = true;
    }
}

/// A scan result in lines of `iw dev wlan0 scan dump`.
fn result(row: &Nl80211Row<'_>, name: &str) -> Result<Vec<String>> {
    let bss = fields!(row.attributes => Nl80211 { bss })?.bss;
    let bss = fields!(bss.ok_or("no BSS")? => Bss {
        bssid, frequency, beacon_interval, capability, signal, elements, tsf
    })?;
    assert!(bss.tsf.is_some());
    let signal = f64::from(bss.signal.ok_or("no signal")?) / 100.0;
    let mut lines = vec![
        format!("BSS {}(on {name})", mac_text(bss.bssid.ok_or("no BSSID")?)),
        format!("freq: {}", bss.frequency.ok_or("no frequency")?),
        format!(
            "beacon interval: {} TUs",
            bss.beacon_interval.ok_or("no interval")?
        ),
        format!("signal: {signal:.2} dBm"),
    ];
    for element in Elements::new(bss.elements.ok_or("no elements")?) {
        let rates = |name: &str, rates: nlwire::generic::nl80211::elements::Rates<'_>| {
            let rates = rates.map(|rate| {
                let kbit = f64::from(rate.kbit().unwrap_or_default());
                let basic = if rate.is_basic() { "*" } else { "" };
                format!("{:.1}{basic}", kbit / 1000.0)
            });
            format!("{name}: {}", rates.collect::<Vec<_>>().join(" "))
        };
        match element {
            Element::Ssid(ssid) => lines.push(format!("SSID: {ssid}")),
            Element::Rates(values) => lines.push(rates("Supported rates", values)),
            Element::ExtendedRates(values) => {
                lines.push(rates("Extended supported rates", values));
            }
            Element::Channel(channel) => {
                lines.push(format!("DS Parameter set: channel {channel}"));
            }
            Element::Rsn(rsn) => {
                // As `iw` prints them: CCMP, not CCMP-128.
                let short = |text: String| text.replace("CCMP-128", "CCMP");
                let pairwise = rsn.pairwise().map(|suite| suite.to_string());
                let akms = rsn.akms().map(|suite| suite.to_string());
                let pairwise = short(pairwise.collect::<Vec<_>>().join(" "));
                let akms = akms.collect::<Vec<_>>().join(" ");
                lines.push(format!("RSN:\t * Version: {}", rsn.version));
                lines.push(short(format!("* Group cipher: {}", rsn.group())));
                lines.push(format!("* Pairwise ciphers: {pairwise}"));
                lines.push(format!("* Authentication suites: {akms}"));
            }
            Element::HtOperation(operation) => {
                lines.push(format!(
                    "* primary channel: {}",
                    operation.primary_channel()
                ));
            }
            _ => {}
        }
    }
    Ok(lines)
}

/// Fails unless our only scan result is that of `iw`; returns its lines.
fn compare_scan(conn: &mut Conn, interface: &Interface) -> Result<Vec<String>> {
    let list = conn.list(GetScan::of_link(interface.link))?;
    assert_eq!(list.len(), 1);
    let row = list.iter().next().ok_or("no result")?;
    let ours = result(&row, &interface.name)?;
    let shown = words(&format!("iw dev {} scan dump", interface.name))?;
    let theirs: Vec<_> = shown.lines().map(str::trim).collect();
    for line in &ours {
        assert!(theirs.contains(&line.as_str()), "{line}: {shown}");
    }
    Ok(ours)
}

pub(crate) fn a_scan_is_that_of_iw() -> Outcome {
    let mut conn = open(&["iw", "hostapd"])?;
    let (first, second) = (radio(&mut conn)?, radio(&mut conn)?);
    let wpa = "wpa=2\nwpa_key_mgmt=WPA-PSK\nrsn_pairwise=CCMP\nwpa_passphrase=passpass\n\
               ieee80211n=1\nwmm_enabled=1\n";
    let _access_point = AccessPoint::start(&first, "field", wpa)?;
    ip(&["link", "set", &second.name, "up"])?;
    assert!(conn.list(GetScan::of_link(second.link))?.is_empty());
    scan(&mut conn, &second)?;
    let lines = compare_scan(&mut conn, &second)?;
    for part in [
        "SSID: field",
        "* Pairwise ciphers: CCMP",
        "* Authentication suites: PSK",
    ] {
        assert!(lines.iter().any(|line| line == part), "{part}: {lines:?}");
    }
    // The group key that hostapd has set.
    let row = conn.get(GetKey::of(first.link, 1))?;
    let key = fields!(row.attributes => Nl80211 { key })?.key;
    let key = fields!(key.ok_or("no key")? => Key { cipher, sequence })?;
    assert_eq!(key.cipher, Some(CipherSuite::CCMP));
    assert_eq!(key.sequence.map(<[u8]>::len), Some(6));
    assert_eq!(
        conn.get(GetKey::of(first.link, 3))
            .map(|_| ())
            .unwrap_err()
            .errno(),
        Some(Errno::ENOENT)
    );
    surveys(&mut conn, &second)
}

/// Fails unless the survey of each channel is that of `iw`.
fn surveys(conn: &mut Conn, interface: &Interface) -> Outcome {
    let mut ours = Vec::new();
    for row in &conn.list(GetSurveys::of_link(interface.link))? {
        let survey = fields!(row.attributes => Nl80211 { survey })?.survey;
        let survey = fields!(survey.ok_or("no survey")? => Survey {
            frequency, noise, time, time_busy
        })?;
        ours.push(format!(
            "frequency: {} MHz",
            survey.frequency.ok_or("no frequency")?
        ));
        if let Some(noise) = survey.noise {
            ours.push(format!("noise: {noise} dBm"));
        }
        if let Some(time) = survey.time {
            ours.push(format!("channel active time: {time} ms"));
        }
        if let Some(time) = survey.time_busy {
            ours.push(format!("channel busy time: {time} ms"));
        }
    }
    let shown = words(&format!("iw dev {} survey dump", interface.name))?;
    let theirs = shown.lines().filter(|line| line.contains(':'));
    let theirs: Vec<_> = theirs
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(ours, theirs);
    Ok(())
}

/// A station in lines of `iw dev wlan0 station dump`: those that stay while
/// frames pass.
fn station(row: &Nl80211Row<'_>, name: &str) -> Result<Vec<String>> {
    let found = fields!(row.attributes => Nl80211 { mac, station })?;
    let station = fields!(found.station.ok_or("no station")? => Station {
        signal, tx_bitrate, flags, bss_param, rx_bytes, rx_packets, tx_failed
    })?;
    assert!(station.rx_bytes.is_some() && station.rx_packets.is_some());
    // Absent before the first frame.
    let rate = match station.tx_bitrate {
        Some(rate) => fields!(rate => Rate { bit_rate })?.bit_rate,
        None => None,
    };
    let bss = fields!(station.bss_param.ok_or("no parameters")? => BssParameters {
        dtim_period, beacon_interval, short_slot_time
    })?;
    let flags = station.flags.ok_or("no flags")?.set.get();
    let flags = StationFlags::from_bits_retain(flags);
    let yes = |flag| match flags.contains(flag) {
        true => "yes",
        false => "no",
    };
    let mut lines = vec![
        format!(
            "Station {} (on {name})",
            mac_text(found.mac.ok_or("no MAC address")?)
        ),
        format!("signal: {} dBm", station.signal.ok_or("no signal")?),
        format!("tx failed: {}", station.tx_failed.unwrap_or_default()),
        format!("authorized: {}", yes(StationFlags::AUTHORIZED)),
        format!("authenticated: {}", yes(StationFlags::AUTHENTICATED)),
        format!("associated: {}", yes(StationFlags::ASSOCIATED)),
        format!("WMM/WME: {}", yes(StationFlags::WME)),
        format!("DTIM period: {}", bss.dtim_period.ok_or("no DTIM period")?),
        format!(
            "beacon interval:{}",
            bss.beacon_interval.ok_or("no interval")?
        ),
        format!(
            "short slot time:{}",
            bss.short_slot_time.map_or("no", |_| "yes")
        ),
    ];
    if let Some(rate) = rate {
        lines.push(format!("tx bitrate: {:.1} MBit/s", f64::from(rate) / 10.0));
    }
    Ok(lines)
}

/// Fails unless our only station is that of `iw`.
fn compare_station(conn: &mut Conn, interface: &Interface) -> Outcome {
    // The rate may change in between.
    wait_until(|| {
        let list = conn.list(GetStations::of_link(interface.link))?;
        assert_eq!(list.len(), 1);
        let row = list.iter().next().ok_or("no station")?;
        let ours = station(&row, &interface.name)?;
        let shown = words(&format!("iw dev {} station dump", interface.name))?;
        let theirs: Vec<_> = shown
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let missing: Vec<_> = ours.iter().filter(|line| !theirs.contains(line)).collect();
        if !missing.is_empty() {
            eprintln!("{missing:?}: {shown}");
        }
        Ok(missing.is_empty())
    })
}

/// Status of a connection, and the BSSID if it succeeded.
type Connection = (Option<u16>, Option<Vec<u8>>);

/// Takes the outcome of a connection.
fn connected(change: Change<'_>) -> Result<Option<Connection>> {
    let Change::Connect(row) = change else {
        return Ok(None);
    };
    let found = fields!(row.attributes => Nl80211 { status, mac })?;
    Ok(Some((found.status, found.mac.map(<[u8]>::to_vec))))
}

/// Takes the reason of a disconnection, and whether the access point is its cause.
fn disconnected(change: Change<'_>) -> Result<Option<(Option<u16>, bool)>> {
    let Change::Disconnect(row) = change else {
        return Ok(None);
    };
    let found = fields!(row.attributes => Nl80211 { reason, disconnected_by_ap })?;
    Ok(Some((found.reason, found.disconnected_by_ap.is_some())))
}

pub(crate) fn connections_both_ways_round() -> Outcome {
    let mut conn = open(&["iw", "hostapd"])?;
    let (first, second) = (radio(&mut conn)?, radio(&mut conn)?);
    let name = &second.name;
    let _access_point = AccessPoint::start(&first, "open", "")?;
    ip(&["link", "set", name, "up"])?;
    let mut events = listen(&mut conn, "nl80211", NL80211_MULTICAST_GROUP_MLME)?;
    // Ours, seen by iw.
    let frequency = [Nl80211Attr::Frequency(FREQUENCY)];
    conn.execute(Connect::of_link(second.link, b"open").with(&frequency))?;
    let success = (Some(0), Some(first.mac.to_vec()));
    assert_eq!(wait_for(&mut events, connected)?, success);
    let shown = words(&format!("iw dev {name} link"))?;
    assert!(
        shown.contains(&format!("Connected to {}", mac_text(&first.mac))),
        "{shown}"
    );
    assert_eq!(after(&shown, "SSID:"), Some("open"), "{shown}");
    // The access point authorizes the station a moment later.
    wait_until(|| {
        let shown = words(&format!("iw dev {} station dump", first.name))?;
        Ok(after(&shown, "authorized:") == Some("yes"))
    })?;
    compare_station(&mut conn, &first)?;
    compare_station(&mut conn, &second)?;
    conn.get(GetStation::of(first.link, &second.mac))?;
    scan(&mut conn, &second)?;
    let list = conn.list(GetScan::of_link(second.link))?;
    let row = list.iter().next().ok_or("no result")?;
    let bss = fields!(row.attributes => Nl80211 { bss })?
        .bss
        .ok_or("no BSS")?;
    assert_eq!(
        fields!(bss => Bss { status })?.status,
        Some(BssStatus::ASSOCIATED)
    );
    power_save(&mut conn, &second)?;
    // The end, by both.
    words(&format!("iw dev {name} disconnect"))?;
    assert_eq!(wait_for(&mut events, disconnected)?, (Some(3), false));
    // The bss of that time has no status.
    words(&format!("iw dev {name} connect -w open"))?;
    assert_eq!(wait_for(&mut events, connected)?, success);
    conn.execute(Disconnect::of_link(second.link))?;
    assert_eq!(wait_for(&mut events, disconnected)?, (Some(3), false));
    assert_eq!(words(&format!("iw dev {name} link"))?, "Not connected.\n");
    assert!(conn.list(GetStations::of_link(second.link))?.is_empty());
    // The access point forgets the station.
    conn.execute(Connect::of_link(second.link, b"open"))?;
    assert_eq!(wait_for(&mut events, connected)?, success);
    conn.execute(DeleteStation::of(first.link, &second.mac))?;
    wait_for(&mut events, |change| match change {
        Change::DelStation(row) => {
            let found = fields!(row.attributes => Nl80211 { link, mac })?;
            let is_it = found.link == Some(first.link) && found.mac == Some(&second.mac[..]);
            Ok(is_it.then_some(()))
        }
        _ => Ok(None),
    })?;
    conn.execute(DeleteStation::of(first.link, &second.mac).if_there())?;
    let error = conn
        .execute(DeleteStation::of(first.link, &second.mac))
        .unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    assert!(conn.get(GetStation::of(first.link, &second.mac)).is_err());
    conn.execute(DeleteStation::all(first.link))?;
    conn.execute(Disconnect::of_link(second.link))?;
    // A network that is not there.
    conn.execute(Connect::of_link(second.link, b"nowhere").with(&frequency))?;
    let (status, mac) = wait_for(&mut events, connected)?;
    assert!(status != Some(0) && mac.is_none(), "{status:?} {mac:?}");
    Ok(())
}

fn power_save(conn: &mut Conn, interface: &Interface) -> Outcome {
    let get = format!("iw dev {} get power_save", interface.name);
    conn.execute(SetPowerSave::of_link(interface.link, PowerSave::ENABLED))?;
    assert_eq!(words(&get)?, "Power save: on\n");
    words(&format!("iw dev {} set power_save off", interface.name))?;
    let row = conn.get(GetPowerSave::of_link(interface.link))?;
    let found = fields!(row.attributes => Nl80211 { power_save })?.power_save;
    assert_eq!(found, Some(PowerSave::DISABLED));
    Ok(())
}

pub(crate) fn an_access_point_is_seen_by_iw() -> Outcome {
    let mut conn = open(&["iw"])?;
    let (first, second) = (radio(&mut conn)?, radio(&mut conn)?);
    ip(&["link", "set", &first.name, "down"])?;
    let ap = [Nl80211Attr::InterfaceType(InterfaceType::AP)];
    conn.execute(SetInterface::of_link(first.link).with(&ap))?;
    ip(&["link", "set", &first.name, "up"])?;
    // A beacon to all: header, timestamp, interval of 100 TU, an ESS.
    let mut head = vec![0x80, 0, 0, 0];
    head.extend([0xff; 6]);
    head.extend(first.mac);
    head.extend(first.mac);
    head.extend([0; 2]);
    head.extend([0; 8]);
    head.extend([100, 0, 1, 0]);
    head.extend(b"\x00\x04ours\x01\x04\x82\x84\x8b\x96\x03\x01\x06");
    conn.execute(StartAp::of_link(first.link, b"ours").with(&[
        Nl80211Attr::BeaconHead(&head),
        Nl80211Attr::BeaconInterval(100),
        Nl80211Attr::DtimPeriod(2),
        Nl80211Attr::Frequency(FREQUENCY),
    ]))?;
    let shown = words(&format!("iw dev {} info", first.name))?;
    assert_eq!(after(&shown, "ssid"), Some("ours"), "{shown}");
    assert_eq!(after(&shown, "type"), Some("AP"), "{shown}");
    ip(&["link", "set", &second.name, "up"])?;
    wait_until(|| {
        let scan = format!("iw dev {} scan freq {FREQUENCY} passive", second.name);
        Ok(words(&scan)?.contains("SSID: ours"))
    })?;
    let lines = compare_scan(&mut conn, &second)?;
    assert!(lines.contains(&"SSID: ours".to_owned()), "{lines:?}");
    conn.execute(StopAp::of_link(first.link))?;
    assert!(conn.execute(StopAp::of_link(first.link)).is_err());
    let shown = words(&format!("iw dev {} info", first.name))?;
    assert_eq!(after(&shown, "ssid"), None, "{shown}");
    set_type(&first, "managed")
}
