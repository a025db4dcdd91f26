//! Wireless LAN over simulated radios, beside `iw` and `hostapd`, both ways
//! round.
//!
//! Each test creates its radios in its network namespace, whose end deletes them;
//! radios of other namespaces do not hear each other.

mod bss;
mod mesh;
mod wiphys;

use crate::modules::{self, Result, listen, wait_until, words};
use nlsock::{Conn, Event, Events};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::generic::mac80211_hwsim::NewRadio;
use nlwire::generic::nl80211::{Change, GetInterfaces, Nl80211};
use nlwire::{LinkIndex, fields};
use std::process::{Child, Command};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "wireless::radios_both_ways_round",
        needs: &[Need::Root],
        run: wiphys::radios_both_ways_round,
    },
    Test {
        name: "wireless::wiphys_are_those_of_iw",
        needs: &[Need::Root],
        run: wiphys::wiphys_are_those_of_iw,
    },
    Test {
        name: "wireless::interfaces_both_ways_round",
        needs: &[Need::Root],
        run: wiphys::interfaces_both_ways_round,
    },
    Test {
        name: "wireless::regulatory_domains_both_ways_round",
        needs: &[Need::Root],
        run: wiphys::regulatory_domains_both_ways_round,
    },
    Test {
        name: "wireless::a_scan_is_that_of_iw",
        needs: &[Need::Root],
        run: bss::a_scan_is_that_of_iw,
    },
    Test {
        name: "wireless::connections_both_ways_round",
        needs: &[Need::Root],
        run: bss::connections_both_ways_round,
    },
    Test {
        name: "wireless::an_access_point_is_seen_by_iw",
        needs: &[Need::Root],
        run: bss::an_access_point_is_seen_by_iw,
    },
    Test {
        name: "wireless::an_ibss_is_joined_both_ways_round",
        needs: &[Need::Root],
        run: mesh::an_ibss_is_joined_both_ways_round,
    },
    Test {
        name: "wireless::a_mesh_both_ways_round",
        needs: &[Need::Root],
        run: mesh::a_mesh_both_ways_round,
    },
];

/// Interface of a radio.
#[derive(Clone, Debug)]
struct Interface {
    wiphy: u32,
    link: LinkIndex,
    name: String,
    mac: [u8; 6],
}

/// Opens a connection; the test is skipped if the kernel has no simulated radios,
/// or else if a program is missing.
fn open(programs: &[&str]) -> Result<Conn> {
    modules::open("MAC80211_HWSIM", "mac80211_hwsim", programs)
}

/// Waits for the notification of nl80211 that `read` takes.
fn wait_for<R>(events: &mut Events, read: impl Fn(Change<'_>) -> Result<Option<R>>) -> Result<R> {
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        if let Some(found) = read(Change::of(event.message()))? {
            return Ok(found);
        }
    }
}

/// Returns what stands behind `key` in the first line that begins with it.
fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut lines = text.lines().map(str::trim);
    lines.find_map(|line| line.strip_prefix(key).map(str::trim))
}

/// Creates a radio, and returns its interface.
fn radio(conn: &mut Conn) -> Result<Interface> {
    let before: Vec<_> = interfaces(conn)?;
    conn.execute(NewRadio::new())?;
    let is_new = |new: &Interface| before.iter().all(|old| old.link != new.link);
    let new = interfaces(conn)?.into_iter().find(is_new);
    Ok(new.ok_or("no interface")?)
}

fn interfaces(conn: &mut Conn) -> Result<Vec<Interface>> {
    let mut interfaces = Vec::new();
    for row in &conn.list(GetInterfaces::all())? {
        let found = fields!(row.attributes => Nl80211 { wiphy, link, link_name, mac })?;
        interfaces.push(Interface {
            wiphy: found.wiphy.ok_or("no wiphy")?,
            link: found.link.ok_or("no link")?,
            name: found.link_name.ok_or("no name")?.to_string(),
            mac: *found
                .mac
                .ok_or("no MAC address")?
                .first_chunk()
                .ok_or("no MAC address")?,
        });
    }
    Ok(interfaces)
}

/// Sets the type of an interface, which must be down, and sets it up.
fn set_type(interface: &Interface, kind: &str) -> Outcome {
    ip(&["link", "set", &interface.name, "down"])?;
    let set = ["dev", &interface.name, "set", "type", kind];
    run("iw", &set)?;
    ip(&["link", "set", &interface.name, "up"])?;
    Ok(())
}

fn mac_text(mac: &[u8]) -> String {
    let bytes: Vec<_> = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

/// Access point by hostapd, which ends with the value.
struct AccessPoint {
    hostapd: Child,
    config: std::path::PathBuf,
}

impl AccessPoint {
    /// Starts it on channel 6, with further lines of the configuration.
    fn start(interface: &Interface, ssid: &str, lines: &str) -> Result<Self> {
        let config = std::env::temp_dir().join(format!("hostapd-{}", std::process::id()));
        let name = &interface.name;
        let text =
            format!("interface={name}\ndriver=nl80211\nssid={ssid}\nhw_mode=g\nchannel=6\n{lines}");
        std::fs::write(&config, text)?;
        let hostapd = Command::new("hostapd")
            .arg(&config)
            .stdout(std::process::Stdio::null())
            .spawn()?;
        let access_point = Self { hostapd, config };
        let shown = format!("ssid {ssid}");
        wait_until(|| Ok(words(&format!("iw dev {name} info"))?.contains(&shown)))?;
        Ok(access_point)
    }
}

impl Drop for AccessPoint {
    fn drop(&mut self) {
        // Nothing is lost if it has ended before.
        let _ = self.hostapd.kill();
        let _ = self.hostapd.wait();
        let _ = std::fs::remove_file(&self.config);
    }
}
