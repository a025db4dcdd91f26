//! Serialisation by the schema.
#![cfg(all(feature = "serde", feature = "route"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{attr, message};
use nlwire::codec::{Bytes, Hidden, Nest, Secret};
use nlwire::pretty::Pretty;
use nlwire::route::{Link, RTM_NEWROUTE};
use nlwire::{Attrs, NLA_F_NESTED, Writer, attributes};
use serde_json::{Value, json};

attributes! {
    /// A key and its time.
    pub set Key, enum KeyAttr {
        1 KEY_SECRET Secret secret: Secret<Bytes>,
        2 KEY_TIME Time time: nlwire::codec::Shown<u32, nlwire::schema::Milliseconds>,
        3 KEY_INNER Inner inner: Nest<Key>,
    }
}

fn json<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn fields_have_their_names_and_repeats_are_kept() {
    let info = [attr(1, b"vlan\0"), attr(2, &attr(1, &7_u16.to_ne_bytes()))].concat();
    let block = [
        attr(3, b"v\xff\0"),
        attr(4, &1500_u32.to_ne_bytes()),
        attr(16, &[6]),
        attr(1, &[2, 0, 0, 0, 0, 1]),
        attr(18 | NLA_F_NESTED, &info),
        attr(3, b"again\0"),
        attr(999, b"?"),
    ];
    assert_eq!(
        json(Attrs::new(&block.concat()).typed::<Link>()),
        json!({
            "name": "v\\xff",
            "mtu": 1500,
            "oper_state": "UP",
            "address": "02:00:00:00:00:01",
            "info": {"kind": "vlan", "data": {"id": 7}},
            "_more": [[3, "616761696e00"], [999, "3f"]],
        })
    );
}

#[test]
fn messages_have_headers_and_flags() {
    let payload = [
        &[2, 24, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0][..],
        &attr(1, &[192, 0, 2, 0]),
    ]
    .concat();
    let datagram = message(RTM_NEWROUTE.0, 0x605, 7, 0, &payload);
    let expected = json!([{
        "message": "RTM_NEWROUTE",
        "flags": ["request", "ack", "excl", "create"],
        "sequence": 7,
        "port": 0,
        "header": {
            "family": "inet", "destination_len": 24, "source_len": 0, "tos": 0,
            "table": "main", "protocol": "static", "scope": "global", "kind": "unicast",
            "flags": [],
        },
        "attributes": {"destination": "192.0.2.0"},
    }]);
    assert_eq!(json(Pretty::new(&datagram, Some(0))), expected);
}

#[test]
fn secrets_are_lengths() {
    let mut buffer = [0; 64];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put(KeyAttr::Secret(Hidden(b"key")))?
            .put(KeyAttr::Time(40))
    })
    .unwrap();
    let set = block.typed::<Key>();
    assert_eq!(
        json(set),
        json!({"secret": {"secret_bytes": 3}, "time": 40})
    );
    assert_eq!(
        format!("{set:?}"),
        "{KEY_SECRET: secret of 3 bytes, KEY_TIME: 40 ms}"
    );
    let attr = set.iter().next().unwrap().unwrap().1.unwrap();
    assert_eq!(format!("{attr:?}"), "Secret(Hidden)");
}
