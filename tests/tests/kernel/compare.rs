//! `nl --json` beside `ip -json -details`, field by field.

use nltests::{Outcome, ip, nl};
use serde_json::{Map, Value, json};
use std::error::Error;

/// Keeps these fields of an object, and `name.inner` as `name: {inner}`.
pub(crate) fn pick(object: &Value, fields: &[&str]) -> Value {
    let mut picked = Map::new();
    for field in fields {
        let (outer, inner) = field.split_once('.').unwrap_or((field, ""));
        match object.get(outer) {
            None => {}
            Some(value) if inner.is_empty() => drop(picked.insert(outer.into(), value.clone())),
            Some(value) => {
                if let Some(value) = value.get(inner) {
                    picked.insert(outer.into(), json!({ inner: value }));
                }
            }
        }
    }
    Value::Object(picked)
}

const LINK: &[&str] = &[
    "ifindex",
    "ifname",
    "flags",
    "mtu",
    "operstate",
    "link_type",
    "address",
    "master",
    "linkinfo.info_kind",
];

/// Fails unless both show the same links in the same order; returns ours.
pub(crate) fn links() -> Result<Vec<Value>, Box<dyn Error>> {
    let ours = nl(&["link"])?;
    let theirs = ip(&["-details", "link"])?;
    let pick = |rows: &[Value]| rows.iter().map(|row| pick(row, LINK)).collect();
    same(pick(&ours), pick(theirs.as_array().unwrap()))?;
    Ok(ours)
}

/// The same of addresses, which `ip` groups by their links.
pub(crate) fn addresses() -> Result<Vec<Value>, Box<dyn Error>> {
    const FIELDS: &[&str] = &["ifindex", "ifname", "family", "local", "prefixlen", "scope"];
    let ours = nl(&["addr"])?;
    let mut theirs = Vec::new();
    for link in ip(&["-details", "addr"])?.as_array().unwrap() {
        for address in link["addr_info"].as_array().unwrap() {
            let mut row = address.clone();
            row["ifindex"] = link["ifindex"].clone();
            row["ifname"] = link["ifname"].clone();
            theirs.push(pick(&row, FIELDS));
        }
    }
    let mut picked: Vec<_> = ours.iter().map(|row| pick(row, FIELDS)).collect();
    // Ours are in the kernel's order: IPv4 of all links first.
    picked.sort_by_key(|row| row["ifindex"].as_u64());
    theirs.sort_by_key(|row| row["ifindex"].as_u64());
    same(picked, theirs)?;
    Ok(ours)
}

/// The same of routes, of this table, by default the main one.
pub(crate) fn routes(family: Family, table: Option<&str>) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut fields = vec![
        "type", "dst", "gateway", "via", "dev", "protocol", "scope", "metric", "prefsrc",
        "nexthops", "flags",
    ];
    // Asked for one table, ip does not repeat which.
    if table == Some("all") {
        fields.push("table");
    }
    let family: &[_] = match family {
        Family::V4 => &[],
        Family::V6 => &["-6"],
    };
    let mut ours = [&["route"], family].concat();
    let mut theirs = [family, &["-details", "route", "show"]].concat();
    if let Some(table) = table {
        ours.extend(["--table", table]);
        theirs.extend(["table", table]);
    }
    let (ours, theirs) = (nl(&ours)?, ip(&theirs)?);
    // Without a row ip prints nothing at all.
    let theirs = theirs.as_array().into_iter().flatten().map(|row| {
        let mut row = pick(row, &fields);
        if row["table"] == "main" {
            drop(row.as_object_mut().unwrap().remove("table"));
        }
        row
    });
    let picked = ours.iter().map(|row| pick(row, &fields)).collect();
    same(picked, theirs.collect())?;
    Ok(ours)
}

/// Which routes to compare.
#[derive(Clone, Copy)]
pub(crate) enum Family {
    V4,
    V6,
}

/// Names the first row that differs: the rows may be thousands.
fn same(ours: Vec<Value>, theirs: Vec<Value>) -> Outcome {
    for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        if ours != theirs {
            return Err(format!("row {number}: nl says {ours}, ip says {theirs}").into());
        }
    }
    if ours.len() != theirs.len() {
        return Err(format!("nl says {} rows, ip {}", ours.len(), theirs.len()).into());
    }
    Ok(())
}
