//! Sets as `ipset save` prints them.

use nlsock::Conn;
use nlwire::codec::Set;
use nlwire::fields;
use nlwire::netfilter::NetfilterFamily;
use nlwire::netfilter::ipset::{
    EntryFlags, IpSet, IpSetEntry, IpSetSettings, SaveSets, SetOptions,
};
use std::fmt::Write as _;
use std::net::IpAddr;

/// The words of each line, sorted, without what differs between two sets of the same settings,
/// and with timeouts rounded up to a hundred seconds.
pub(super) fn words(text: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut kept = Vec::new();
        let mut words = line.split(' ').peekable();
        while let Some(word) = words.next() {
            let value = words.peek().copied().unwrap_or_default();
            match word {
                "initval" => {
                    words.next();
                }
                // ipset(8) 7.17 prints it of sets without it, and not of those with it.
                "forceadd" => {}
                "bucketsize" if value == "12" => {
                    words.next();
                }
                "timeout" => {
                    words.next();
                    let seconds: u32 = value.parse().expect("seconds");
                    kept.push(format!("timeout={}", seconds.next_multiple_of(100)));
                }
                _ => kept.push(word.to_owned()),
            }
        }
        kept.sort();
        lines.push(kept);
    }
    lines.sort();
    lines
}

/// Prints a set as `ipset save` does, from what the kernel says.
pub(super) fn printed(
    conn: &mut Conn,
    name: &str,
) -> Result<Vec<Vec<String>>, Box<dyn std::error::Error>> {
    let mut text = String::new();
    let rows = conn.list(SaveSets::named(name.into()))?;
    let mut kind = String::new();
    for row in &rows {
        assert_eq!(
            row.name()?.map(|found| found.to_string()).as_deref(),
            Some(name)
        );
        if let (Some(found), Some(settings)) = (row.type_name()?, row.settings()?) {
            kind = found.to_string();
            let head = fields!(row.attributes => IpSet { family })?;
            let family = head.family.ok_or("no family")?;
            writeln!(
                text,
                "create {name} {kind}{}",
                settings_text(&kind, family, settings)?
            )?;
        }
        for entry in row.entries() {
            writeln!(text, "add {name} {}", entry_text(&kind, entry?)?)?;
        }
    }
    Ok(words(&text))
}

fn settings_text(
    kind: &str,
    family: NetfilterFamily,
    settings: Set<'_, IpSetSettings>,
) -> Result<String, Box<dyn std::error::Error>> {
    let found = fields!(settings => IpSetSettings {
        first, last, first_port, last_port, timeout, options, mark_mask, hash_size, max_entries,
        netmask_len, bucket_size, size
    })?;
    let mut text = String::new();
    if kind.starts_with("hash") && kind != "hash:mac" {
        let name = if family == NetfilterFamily::IPV6 {
            "inet6"
        } else {
            "inet"
        };
        write!(text, " family {name}")?;
    }
    if let (Some(first), Some(last)) = (found.first, found.last) {
        write!(text, " range {first}-{last}")?;
    }
    if let (Some(first), Some(last)) = (found.first_port, found.last_port) {
        write!(text, " range {first}-{last}")?;
    }
    if let Some(mask) = found.mark_mask {
        write!(text, " markmask 0x{mask:08x}")?;
    }
    let numbers = [
        ("hashsize", found.hash_size),
        ("maxelem", found.max_entries),
        ("netmask", found.netmask_len.map(u32::from)),
        ("bucketsize", found.bucket_size.map(u32::from)),
        ("size", found.size),
        ("timeout", found.timeout),
    ];
    for (name, value) in numbers {
        if let Some(value) = value {
            write!(text, " {name} {value}")?;
        }
    }
    let options = found.options.unwrap_or_default();
    for (option, name) in [
        (SetOptions::COUNTERS, "counters"),
        (SetOptions::COMMENTS, "comment"),
        (SetOptions::FORCE_ADD, "forceadd"),
        (SetOptions::PACKET_INFO, "skbinfo"),
    ] {
        if options.contains(option) {
            write!(text, " {name}")?;
        }
    }
    Ok(text)
}

fn entry_text(
    kind: &str,
    entry: Set<'_, IpSetEntry>,
) -> Result<String, Box<dyn std::error::Error>> {
    let found = fields!(entry => IpSetEntry {
        ip, prefix_len, port, timeout, protocol, flags, mark, mac, name, second_ip,
        second_prefix_len, link, bytes, packets, comment, packet_mark, priority, queue
    })?;
    let flags = found.flags.unwrap_or_default();
    let address = |ip: IpAddr, length: Option<u8>| {
        let whole = if ip.is_ipv4() { 32 } else { 128 };
        match length {
            Some(length) if length != whole => format!("{ip}/{length}"),
            _ => ip.to_string(),
        }
    };
    let mut parts = Vec::new();
    parts.extend(found.ip.map(|ip| address(ip, found.prefix_len)));
    parts.extend(found.mac.map(|mac| {
        let digits: Vec<String> = mac.iter().map(|byte| format!("{byte:02X}")).collect();
        digits.join(":")
    }));
    parts.extend(found.mark.map(|mark| format!("0x{mark:08x}")));
    parts.extend(found.port.map(|port| match found.protocol {
        Some(6) => format!("tcp:{port}"),
        Some(17) => format!("udp:{port}"),
        Some(132) => format!("sctp:{port}"),
        _ => port.to_string(),
    }));
    parts.extend(
        found
            .second_ip
            .map(|ip| address(ip, found.second_prefix_len)),
    );
    parts.extend(
        found
            .link
            .map(|link| match flags.contains(EntryFlags::BRIDGE_PORT) {
                true => format!("physdev:{link}"),
                false => link.to_string(),
            }),
    );
    parts.extend(found.name.map(|name| name.to_string()));
    // A set of MAC addresses alone has no first address; the order above suits all types.
    let mut text = parts.join(",");
    assert!(!text.is_empty(), "{kind}: {entry:?}");
    if let Some(timeout) = found.timeout {
        write!(text, " timeout {timeout}")?;
    }
    if let (Some(packets), Some(bytes)) = (found.packets, found.bytes) {
        write!(text, " packets {packets} bytes {bytes}")?;
    }
    if let Some(comment) = found.comment {
        write!(text, " comment \"{comment}\"")?;
    }
    if let Some(mark) = found.packet_mark {
        write!(
            text,
            " skbmark 0x{:x}/0x{:x}",
            mark >> 32,
            mark & 0xffff_ffff
        )?;
    }
    if let Some(priority) = found.priority {
        write!(
            text,
            " skbprio {:x}:{:x}",
            priority >> 16,
            priority & 0xffff
        )?;
    }
    if let Some(queue) = found.queue {
        write!(text, " skbqueue {queue}")?;
    }
    if flags.contains(EntryFlags::NO_MATCH) {
        text.push_str(" nomatch");
    }
    Ok(text)
}
