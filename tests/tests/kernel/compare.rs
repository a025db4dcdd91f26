//! `nl --json` beside `ip -json -details`, field by field.

use nltests::{Outcome, ip, nl};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::thread;
use std::time::Duration;

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
    at_once(&["link"], LINK, || {
        let links = ip(&["-details", "link"])?;
        Ok(links.as_array().unwrap().clone())
    })
}

/// The same of addresses, which `ip` groups by their links.
pub(crate) fn addresses() -> Result<Vec<Value>, Box<dyn Error>> {
    const FIELDS: &[&str] = &["ifindex", "ifname", "family", "local", "prefixlen", "scope"];
    at_once(&["addr"], FIELDS, || {
        let mut rows = Vec::new();
        for link in ip(&["-details", "addr"])?.as_array().unwrap() {
            for address in link["addr_info"].as_array().unwrap() {
                let mut row = address.clone();
                row["ifindex"] = link["ifindex"].clone();
                row["ifname"] = link["ifname"].clone();
                rows.push(row);
            }
        }
        // The kernel's order, and ours: IPv4 of all links first.
        rows.sort_by_key(|row| row["family"] == "inet6");
        Ok(rows)
    })
}

/// The same for routes of this table, by default the main table.
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
    at_once(&ours, &fields, || {
        // Without a row ip prints nothing at all.
        let mut rows = ip(&theirs)?.as_array().cloned().unwrap_or_default();
        for row in &mut rows {
            if row["table"] == "main" {
                drop(row.as_object_mut().unwrap().remove("table"));
            }
        }
        Ok(rows)
    })
}

/// Routes to compare.
#[derive(Clone, Copy)]
pub(crate) enum Family {
    V4,
    V6,
}

/// Compares what `nl` and `ip` say of one moment: the kernel notices carriers
/// and finishes addresses some time after the request.
fn at_once(
    ours: &[&str],
    fields: &[&str],
    theirs: impl Fn() -> Result<Vec<Value>, Box<dyn Error>>,
) -> Result<Vec<Value>, Box<dyn Error>> {
    let picked = |rows: &[Value]| -> Vec<_> { rows.iter().map(|row| pick(row, fields)).collect() };
    let mut before = picked(&theirs()?);
    for _ in 0..100 {
        let shown = match nl(ours) {
            // It says so itself that this is not one moment.
            Err(error) if error.to_string().contains("changed during the dump") => None,
            shown => Some(shown?),
        };
        let after = picked(&theirs()?);
        if let Some(shown) = shown.filter(|_| before == after) {
            same(&picked(&shown), &after)?;
            return Ok(shown);
        }
        before = after;
        thread::sleep(Duration::from_millis(50));
    }
    Err("the network does not come to rest".into())
}

/// Names the first row that differs: the rows may be thousands.
fn same(ours: &[Value], theirs: &[Value]) -> Outcome {
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        if ours != theirs {
            return Err(format!("row {number}: nl says {ours}, ip says {theirs}").into());
        }
    }
    if ours.len() != theirs.len() {
        return Err(format!("nl says {} rows, ip {}", ours.len(), theirs.len()).into());
    }
    Ok(())
}
