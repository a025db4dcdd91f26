//! Network cards, which only a virtual machine has to give, beside ethtool(8).

use super::ethtool::{counters_are_those_of_ethtool, features_are_those_of_ethtool};
use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Test, in_namespace, is_emulated, machine_namespace, run};
use nlwire::generic::ethtool::{
    Channels, ChannelsAttr, Coalesce, CoalesceAttr, GetChannels, GetCoalesce, GetPause, GetRings,
    Pause, PauseAttr, Rings, RingsAttr, SetChannels, SetCoalesce, SetPause, SetRings,
};
use nlwire::{Request, fields};
use std::error::Error;
use std::fs;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "cards::settings_are_those_of_ethtool",
    needs: &[Need::Root, Need::Program("ethtool")],
    run: settings_are_those_of_ethtool,
}];

fn settings_are_those_of_ethtool() -> Outcome {
    // The settings of a real machine's cards are nobody's to change.
    let cards = if is_emulated() { cards()? } else { Vec::new() };
    if cards.is_empty() {
        return Err(Missing("kernel: network cards that a test may set".into()).into());
    }
    let compared = in_namespace(machine_namespace()?, || {
        let mut conn = Conn::open(Protocol::GENERIC).map_err(|error| error.to_string())?;
        for (card, driver) in &cards {
            compare(&mut conn, card).map_err(|error| format!("{card} ({driver}): {error}"))?;
        }
        Ok::<_, String>(())
    })?;
    Ok(compared?)
}

/// Names of the links that have a driver, and the drivers' names.
fn cards() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut cards = Vec::new();
    for entry in fs::read_dir("/sys/class/net")? {
        let entry = entry?;
        if let Ok(driver) = fs::read_link(entry.path().join("device/driver")) {
            let driver = driver.file_name().unwrap_or_default().to_string_lossy();
            cards.push((entry.file_name().to_string_lossy().into(), driver.into()));
        }
    }
    Ok(cards)
}

fn compare(conn: &mut Conn, card: &str) -> Outcome {
    features_are_those_of_ethtool(conn, card)?;
    counters_are_those_of_ethtool(conn, card)?;

    rings(conn, card)?;
    let smaller = [RingsAttr::Rx(128)];
    // Not the 256 that many cards have: a driver refuses no change that is none.
    change(
        conn,
        &SetRings::by_name(card, &smaller),
        &["-G", card, "rx", "64"],
    )?;
    rings(conn, card)?;

    channels(conn, card)?;
    let one = [ChannelsAttr::Combined(1)];
    change(
        conn,
        &SetChannels::by_name(card, &one),
        &["-L", card, "combined", "1"],
    )?;
    channels(conn, card)?;

    coalescing(conn, card)?;
    let later = [CoalesceAttr::RxMicroseconds(40)];
    change(
        conn,
        &SetCoalesce::by_name(card, &later),
        &["-C", card, "rx-usecs", "50"],
    )?;
    coalescing(conn, card)?;

    pause(conn, card)?;
    let off = [
        PauseAttr::Autonegotiation(0),
        PauseAttr::Rx(0),
        PauseAttr::Tx(1),
    ];
    change(
        conn,
        &SetPause::by_name(card, &off),
        &["-A", card, "rx", "on", "tx", "off"],
    )?;
    pause(conn, card)
}

/// Carries out a change, and then another by ethtool. A driver without such a
/// change refuses both, each in its own way.
fn change<R: Request + Clone>(conn: &mut Conn, ours: &R, theirs: &[&str]) -> Outcome {
    let ours = conn.execute(ours.clone());
    let theirs = run("ethtool", theirs);
    match ours {
        Ok(_) => Ok(theirs.map(drop)?),
        Err(error) => {
            assert!(error.errno().is_some(), "{error}");
            assert!(theirs.is_err(), "{error}, and ethtool says {theirs:?}");
            Ok(())
        }
    }
}

/// Values by their labels, as ethtool prints them.
struct Shown(Vec<(String, String)>);

impl Shown {
    /// Returns nothing if the card has no such settings.
    fn read(option: &str, card: &str) -> Option<Self> {
        let text = run("ethtool", &[option, card]).ok()?;
        let lines = text.lines().skip(1).filter_map(|line| line.split_once(':'));
        let values = lines.map(|(label, value)| (label.trim().into(), value.trim().into()));
        Some(Self(values.collect()))
    }

    /// Fails unless a label has these values, in the order of their lines.
    fn expect<T: ToString>(&self, label: &str, ours: &[Option<T>]) {
        let theirs = self.0.iter().filter(|(found, _)| found == label);
        let theirs: Vec<_> = theirs.map(|(_, value)| value.as_str()).collect();
        let ours: Vec<_> = ours
            .iter()
            .map(|value| value.as_ref().map_or("n/a".into(), T::to_string))
            .collect();
        assert_eq!(ours, theirs, "{label}");
    }
}

/// Reads settings both ways; a card without them is refused both ways.
macro_rules! both {
    ($conn:expr, $card:expr, $get:expr, $option:literal) => {
        match ($conn.get($get), Shown::read($option, $card)) {
            (Ok(row), Some(shown)) => (row, shown),
            (Err(error), None) if error.errno() == Some(Errno::EOPNOTSUPP) => return Ok(()),
            (ours, theirs) => {
                let ours = ours.map(drop);
                return Err(format!("{ours:?}, ethtool {}: {}", $option, theirs.is_some()).into());
            }
        }
    };
}

fn rings(conn: &mut Conn, card: &str) -> Outcome {
    let (row, shown) = both!(conn, card, GetRings::by_name(card), "-g");
    let found = fields!(row.attributes => Rings {
        rx_max, rx, rx_mini_max, rx_mini, rx_jumbo_max, rx_jumbo, tx_max, tx
    })?;
    shown.expect("RX", &[found.rx_max, found.rx]);
    shown.expect("RX Mini", &[found.rx_mini_max, found.rx_mini]);
    shown.expect("RX Jumbo", &[found.rx_jumbo_max, found.rx_jumbo]);
    shown.expect("TX", &[found.tx_max, found.tx]);
    Ok(())
}

fn channels(conn: &mut Conn, card: &str) -> Outcome {
    let (row, shown) = both!(conn, card, GetChannels::by_name(card), "-l");
    let found = fields!(row.attributes => Channels {
        rx_max, rx, tx_max, tx, other_max, other_count, combined_max, combined
    })?;
    shown.expect("RX", &[found.rx_max, found.rx]);
    shown.expect("TX", &[found.tx_max, found.tx]);
    shown.expect("Other", &[found.other_max, found.other_count]);
    shown.expect("Combined", &[found.combined_max, found.combined]);
    Ok(())
}

fn coalescing(conn: &mut Conn, card: &str) -> Outcome {
    let (row, shown) = both!(conn, card, GetCoalesce::by_name(card), "-c");
    let found = fields!(row.attributes => Coalesce {
        rx_microseconds, rx_frames, tx_microseconds, tx_frames, rate_low, rate_high,
        rx_frames_irq, stats_microseconds, sample_interval
    })?;
    shown.expect("rx-usecs", &[found.rx_microseconds]);
    shown.expect("rx-frames", &[found.rx_frames]);
    shown.expect("rx-frames-irq", &[found.rx_frames_irq]);
    shown.expect("tx-usecs", &[found.tx_microseconds]);
    shown.expect("tx-frames", &[found.tx_frames]);
    shown.expect("pkt-rate-low", &[found.rate_low]);
    shown.expect("pkt-rate-high", &[found.rate_high]);
    shown.expect("stats-block-usecs", &[found.stats_microseconds]);
    shown.expect("sample-interval", &[found.sample_interval]);
    Ok(())
}

fn pause(conn: &mut Conn, card: &str) -> Outcome {
    let (row, shown) = both!(conn, card, GetPause::by_name(card), "-a");
    let found = fields!(row.attributes => Pause { autonegotiation, rx, tx })?;
    let word = |value: Option<u8>| value.map(|value| if value == 0 { "off" } else { "on" });
    shown.expect("Autonegotiate", &[word(found.autonegotiation)]);
    shown.expect("RX", &[word(found.rx)]);
    shown.expect("TX", &[word(found.tx)]);
    Ok(())
}
