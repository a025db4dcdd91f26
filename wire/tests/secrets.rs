//! Secrets: whatever prints an attribute prints the length of a key.
#![cfg(feature = "sock_diag")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::message;
use nlwire::codec::SecretBytes;
use nlwire::pretty::Pretty;
use nlwire::sock_diag::{
    Inet, InetAttr, InetRow, InetSocket, Md5Signature, NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY,
    TcpState,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Attrs, MessageRef, Row, Writer, fields};

const KEY: &[u8] = b"correct horse";

fn signature() -> Md5Signature {
    let mut key = [0; 80];
    for (to, from) in key.iter_mut().zip(KEY) {
        *to = *from;
    }
    let [mut address, v4] = [[0; 16], [192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]];
    address.copy_from_slice(&v4);
    Md5Signature {
        family: 2,
        prefix_len: 32,
        key_len: 13.into(),
        address,
        key: SecretBytes(key),
    }
}

/// A socket of IPv6 with a key for a peer of IPv4.
fn socket() -> Vec<u8> {
    let header = InetSocket {
        family: 10,
        state: TcpState::ESTABLISHED,
        ..InetSocket::default()
    };
    let mut buffer = [0; 256];
    let signatures = [signature()];
    let block = Writer::attributes(&mut buffer, |w| w.put(InetAttr::Md5Signatures(&signatures)));
    let payload = [header.as_bytes(), block.unwrap().remaining()].concat();
    message(SOCK_DIAG_BY_FAMILY.0, 2, 7, 0, &payload)
}

const PRINTED: &str =
    "[{family inet, prefix_len 32, key_len 13, address 192.0.2.1, key secret of 80 bytes}]";

#[test]
fn the_keys_of_signatures_are_read() {
    let bytes = socket();
    let message = MessageRef::new(&bytes).unwrap();
    let row: InetRow<'_> = Row::of(message);
    let found = fields!(row.attributes => Inet { md5_signatures }).unwrap();
    let signatures = found.md5_signatures.unwrap();
    let [signature] = signatures else {
        panic!("{signatures:?}");
    };
    assert_eq!(signature.key(), KEY);
    assert_eq!(signature.ip(), Some([192, 0, 2, 1].into()));
}

#[test]
fn every_print_of_a_key_is_its_length() {
    let bytes = socket();
    let message = MessageRef::new(&bytes).unwrap();
    let row: InetRow<'_> = Row::of(message);
    let set = row.attributes.typed::<Inet>();
    assert_eq!(
        format!("{set:?}"),
        format!("{{INET_DIAG_MD5SIG: {PRINTED}}}")
    );
    assert_eq!(
        format!("{set:#?}"),
        format!("{{\n  INET_DIAG_MD5SIG: {PRINTED}\n}}")
    );
    let tree = Pretty::new(&bytes, Some(NETLINK_SOCK_DIAG));
    assert!(tree.to_string().contains(PRINTED), "{tree}");

    let (_, value) = set.iter().next().unwrap().unwrap();
    for text in [format!("{row:?}"), format!("{:?}", value.unwrap())] {
        assert!(text.contains("secret of 80 bytes"), "{text}");
        assert!(
            !text.contains("99, 111, 114") && !text.contains("636f72"),
            "{text}"
        );
    }
    let open = Pretty::new(&bytes, Some(NETLINK_SOCK_DIAG))
        .with_secrets()
        .to_string();
    assert!(open.contains("key 636f727265637420686f727365"), "{open}");
}

#[test]
#[cfg(feature = "serde")]
fn json_has_the_length_of_a_key() {
    let bytes = socket();
    let attributes: Attrs<'_> = MessageRef::new(&bytes)
        .unwrap()
        .attributes(size_of::<InetSocket>());
    let json = serde_json::to_value(attributes.typed::<Inet>()).unwrap();
    let key = json.pointer("/md5_signatures/0/key").unwrap();
    assert_eq!(*key, serde_json::json!({"secret_bytes": 80}));
    let json = serde_json::to_string(&Pretty::new(&bytes, Some(NETLINK_SOCK_DIAG))).unwrap();
    assert!(!json.contains("636f72"), "{json}");
}
