//! Elements of the sets and maps of nftables, beside `nft -json`.

use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Missing, Need, Outcome, Test, capture, run};
use nlwire::netfilter::{
    DataType, DeleteElements, ElementData, ElementFlags, GetElements, NewElement, NewElements,
    NewSet, SetElement, TableRef, Transaction, Verdict,
};
use nlwire::{Prefix, fields};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "elements::nft_sees_what_we_add_and_delete",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: nft_sees_what_we_add_and_delete,
    },
    Test {
        name: "elements::we_see_what_nft_adds",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: we_see_what_nft_adds,
    },
    Test {
        name: "elements::the_one_for_all_other_keys_both_ways_round",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: the_one_for_all_other_keys_both_ways_round,
    },
    Test {
        name: "elements::many_come_in_many_messages",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: many_come_in_many_messages,
    },
];

/// Element in a form to compare.
type Seen = (Option<Vec<u8>>, Option<Vec<u8>>, ElementFlags, String);

fn table() -> TableRef<'static> {
    TableRef::inet("t")
}

/// The elements of a set of the table, sorted.
fn listed(conn: &mut Conn, set: &str) -> Result<Vec<Seen>, Box<dyn std::error::Error>> {
    let mut rows = conn.query(GetElements::of(table(), set))?;
    let mut seen = Vec::new();
    while let Some(row) = rows.next()? {
        for element in row.elements() {
            if ["forward", "pairs"].contains(&set) {
                let name = format!("netfilter-elements-{set}");
                capture(&name, row.message.as_bytes())?;
            }
            let element = element?;
            let data = match element.data {
                Some(ElementData::Value(bytes)) => format!("{bytes:?}"),
                Some(ElementData::Verdict(verdict, chain)) => format!("{verdict} {chain:?}"),
                other => format!("{other:?}"),
            };
            let (key, end) = (element.key, element.key_end);
            seen.push((key.map(Vec::from), end.map(Vec::from), element.flags, data));
        }
    }
    seen.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(seen)
}

/// Elements of a set or a map according to nft.
fn theirs(kind: &str, set: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let output = run("nft", &["--json", "list", kind, "inet", "t", set])?;
    let mut whole: Value = serde_json::from_str(&output)?;
    Ok(whole["nftables"][1][kind]["elem"].take())
}

fn nft_sees_what_we_add_and_delete() -> Outcome {
    run(
        "nft",
        &["table inet t {
            chain other { }
            set blocked { type ipv4_addr; flags interval; }
            map ports { type inet_service : verdict; }
            }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    for set in ["blocked", "ports"] {
        assert_eq!(listed(&mut conn, set)?, []);
    }
    let blocked = NewSet::new(table(), "blocked", DataType::IPV4_ADDR).intervals();
    let ports = NewSet::new(table(), "ports", DataType::INET_SERVICE).to_verdicts();
    let interval = [NewElement::from("192.0.2.0/24".parse::<Prefix>()?)];
    conn.execute(Transaction(&[
        &NewElements::of(&blocked, &interval),
        &NewElements::of(
            &ports,
            &[
                NewElement::key(22_u16).jump("other"),
                NewElement::key(80_u16).verdict(Verdict::ACCEPT),
            ],
        ),
    ]))?;
    let network = json!({"prefix": {"addr": "192.0.2.0", "len": 24}});
    assert_eq!(theirs("set", "blocked")?, json!([network]));
    let jump = json!([22, {"jump": {"target": "other"}}]);
    let map = theirs("map", "ports")?;
    let map = map.as_array().unwrap();
    assert!(map.len() == 2 && map.contains(&jump) && map.contains(&json!([80, {"accept": null}])));

    let none = ElementFlags::empty();
    let decisions = [
        (Some(vec![0, 22]), None, none, "jump Some(\"other\")".into()),
        (Some(vec![0, 80]), None, none, "accept None".into()),
    ];
    assert_eq!(listed(&mut conn, "ports")?, decisions);
    let ours = listed(&mut conn, "blocked")?;
    let ends = |seen: &[Seen]| -> Vec<(Vec<u8>, ElementFlags)> {
        let keyed = seen.iter().filter(|element| element.0 != Some(vec![0; 4]));
        keyed
            .map(|element| (element.0.clone().unwrap(), element.2))
            .collect()
    };
    let end = ElementFlags::INTERVAL_END;
    assert_eq!(
        ends(&ours),
        [(vec![192, 0, 2, 0], none), (vec![192, 0, 3, 0], end)]
    );

    // What is not there cannot be deleted, and then nothing is.
    let without = DeleteElements::of(&blocked, &interval);
    let refused = conn.execute(Transaction(&[
        &without,
        &DeleteElements::of(&ports, &[NewElement::key(23_u16)]),
    ]));
    assert!(refused.unwrap_err().is_not_found());
    assert_eq!(listed(&mut conn, "blocked")?, ours);
    conn.execute(Transaction(&[
        &without,
        &DeleteElements::of(&ports, &[NewElement::key(22_u16)]),
    ]))?;
    assert_eq!(theirs("set", "blocked")?, Value::Null);
    assert_eq!(ends(&listed(&mut conn, "blocked")?), []);
    assert_eq!(listed(&mut conn, "ports")?, decisions[1..]);
    Ok(())
}

fn we_see_what_nft_adds() -> Outcome {
    run(
        "nft",
        &["table inet t {
            counter web { }
            set brief { type ipv4_addr; timeout 1h; elements = { 192.0.2.1 timeout 90s }
            }
            set pairs { type ipv4_addr . inet_service; flags interval;
                elements = { 192.0.2.0/24 . 80-90 }
            }
            map ways { type inet_service : ipv4_addr; elements = { 80 : 192.0.2.7 }
            }
            map counted { type inet_service : counter; elements = { 80 : \"web\" }
            }
            set noted { type inet_service; counter; elements = { 22 comment \"ours\" }
            }
            }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let none = ElementFlags::empty();
    // The second field of a key begins at a multiple of 4 bytes.
    let first = Some(vec![192, 0, 2, 0, 0, 80, 0, 0]);
    let last = Some(vec![192, 0, 2, 255, 0, 90, 0, 0]);
    assert_eq!(
        listed(&mut conn, "pairs")?,
        [(first, last, none, "None".into())]
    );
    let port = Some(vec![0, 80]);
    assert_eq!(
        listed(&mut conn, "ways")?,
        [(port.clone(), None, none, "[192, 0, 2, 7]".into())]
    );
    let counter = "Some(Object(\"web\"))".to_owned();
    assert_eq!(listed(&mut conn, "counted")?, [(port, None, none, counter)]);

    let mut rows = conn.query(GetElements::of(table(), "brief"))?;
    let row = rows.next()?.unwrap();
    let element = row.elements().next().unwrap()?;
    assert_eq!(element.key, Some(&[192, 0, 2, 1][..]));
    assert_eq!(element.timeout, Some(Duration::from_secs(90)));
    let left = element.expiration.unwrap();
    assert!(
        left > Duration::from_secs(60) && left <= Duration::from_secs(90),
        "{left:?}"
    );
    // The kernel may send a message that has none.
    let mut others = 0;
    while let Some(row) = rows.next()? {
        others += row.elements().count();
    }
    assert_eq!(others, 0);
    let mut rows = conn.query(GetElements::of(table(), "noted"))?;
    let row = rows.next()?.unwrap();
    let element = row.elements().next().unwrap()?;
    assert_eq!((element.timeout, element.expiration), (None, None));
    let more = element.attributes;
    let more = fields!(more => SetElement { user_data, expression })?;
    assert!(more.user_data.unwrap().ends_with(b"ours\0"));
    assert!(more.expression.is_some());
    drop(rows);

    for (table, set) in [("t", "nothing"), ("nowhere", "noted")] {
        let missing = GetElements::of(TableRef::inet(table), set);
        let error = conn.list(missing).unwrap_err();
        assert!(error.is_not_found(), "{error}");
    }
    // The kernel refuses what no table can be called, and we what has a NUL.
    let long = "a".repeat(600);
    let error = conn.list(GetElements::of(table(), &*long)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
    let error = conn.list(GetElements::of(table(), "a\0")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error}");
    Ok(())
}

/// Linux 5.10 refuses an element without a key (`nft_add_set_elem`).
fn the_one_for_all_other_keys_both_ways_round() -> Outcome {
    run("nft", &["add table inet t"])?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let marks = NewSet::new(table(), "marks", DataType::MARK).to_values(DataType::MARK);
    let elements = [NewElement::key(1).value(2), NewElement::rest().value(9)];
    let made = conn.execute(Transaction(&[&marks, &NewElements::of(&marks, &elements)]));
    if made
        .as_ref()
        .is_err_and(|error| error.errno() == Some(Errno::EINVAL))
    {
        return Err(Missing("kernel: elements for all other keys".into()).into());
    }
    made?;
    let shown = theirs("map", "marks")?;
    let shown = shown.as_array().ok_or("no elements")?;
    assert!(
        shown.len() == 2 && shown.contains(&json!([1, 2])),
        "{shown:?}"
    );
    assert!(shown.contains(&json!(["*", 9])), "{shown:?}");
    run(
        "nft",
        &["table inet t {
            map forward { type inet_service : ipv4_addr
                elements = { 80 : 192.0.2.7, * : 192.0.2.8 }
            }
        }"],
    )?;
    let port = Some(vec![0, 80]);
    assert_eq!(
        listed(&mut conn, "forward")?,
        [
            (None, None, ElementFlags::CATCHALL, "[192, 0, 2, 8]".into()),
            (port, None, ElementFlags::empty(), "[192, 0, 2, 7]".into()),
        ]
    );
    Ok(())
}

fn many_come_in_many_messages() -> Outcome {
    const ELEMENTS: u32 = 5_000;
    let addresses: Vec<_> = (0..ELEMENTS)
        .map(|number| std::net::Ipv4Addr::from(0x0a00_0000 + number).to_string())
        .collect();
    let all = addresses.join(", ");
    let text = format!("table inet t {{ set s {{ type ipv4_addr; elements = {{ {all} }}\n}}\n}}");
    // Longer than an argument may be.
    let path = std::env::temp_dir().join(format!("nltests-elements-{}", std::process::id()));
    std::fs::write(&path, text)?;
    let made = run("nft", &["-f", path.to_str().unwrap()]);
    std::fs::remove_file(&path)?;
    made?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let mut rows = conn.query(GetElements::of(table(), "s"))?;
    let (mut messages, mut keys) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        messages += 1;
        for element in row.elements() {
            keys.push(u32::from_be_bytes(element?.key.unwrap().try_into()?));
        }
    }
    keys.sort_unstable();
    let expected = 0x0a00_0000..0x0a00_0000 + ELEMENTS;
    assert!(keys.iter().copied().eq(expected), "{} keys", keys.len());
    assert!(messages > 1);
    Ok(())
}
