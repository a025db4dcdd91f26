//! IPsec: requests as they are written, selectors as they print, and keys that do not.
#![cfg(feature = "xfrm")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use nlwire::codec::StructAndArray;
use nlwire::pretty::Pretty;
use nlwire::request::Object;
use nlwire::xfrm::{
    AeadAlgorithm, Algorithm, AuthAlgorithm, Change, DeleteState, GetPolicies, GetState, GetStates,
    IpsecProtocol, MixedFamilies, NETLINK_XFRM, NewPolicy, NewState, PolicyDirection, PolicyId,
    Selector, StateHeader, StateId, StateRow, Template, XFRM_MSG_DELSA, XFRM_MSG_NEWSA,
    XFRMA_ALG_AUTH_TRUNC, Xfrm, XfrmAttr,
};
use nlwire::zerocopy::native_endian::U32;
use nlwire::{
    Batch, EncodeError, Flags, MessageRef, Messages, Prefix, Query as _, Request, Row, Writer,
    fields,
};
use std::net::IpAddr;

const KEY: &[u8] = b"correct horse battery";

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn written(request: &dyn Request) -> Vec<u8> {
    let mut buffer = [0; 2048];
    let mut batch = Batch::new(&mut buffer[..]);
    batch.push(request).unwrap();
    batch.as_bytes().to_vec()
}

fn state() -> Vec<u8> {
    written(
        &NewState::esp(ip("192.0.2.1"), ip("192.0.2.2"), 0x1000)
            .encryption("cbc(aes)", &KEY[..16])
            .truncated_authentication("hmac(sha256)", KEY, 128)
            .aead("rfc4106(gcm(aes))", &KEY[..20], 64)
            .tunnel(),
    )
}

#[test]
fn every_print_of_a_state_has_the_length_of_its_keys_only() {
    let bytes = state();
    let message = MessageRef::new(&bytes).unwrap();
    let row: StateRow<'_> = Row::of(message);
    assert_eq!(row.aead().unwrap().unwrap().key(), &KEY[..20]);
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    let printed = [
        tree.clone(),
        format!("{row:?}"),
        format!("{row:#?}"),
        format!("{:?}", row.aead().unwrap().unwrap()),
        format!("{:?}", row.attributes.typed::<Xfrm>()),
    ];
    let values = row.attributes.typed::<Xfrm>().iter().flatten();
    let values = values.map(|(_, value)| format!("{:?}", value.unwrap()));
    for text in printed.into_iter().chain(values) {
        assert!(text.contains("secret of "), "{text}");
        for leak in ["correct", "636f7272", "99, 111, 114"] {
            assert!(!text.contains(leak), "{text}");
        }
    }
    assert!(
        tree.contains(
            "XFRMA_ALG_AUTH_TRUNC: name \"hmac(sha256)\", key_bits 168, icv_bits 128, \
             key secret of 21 bytes\n"
        ),
        "{tree}"
    );
    let open = Pretty::new(&bytes, Some(NETLINK_XFRM)).with_secrets();
    assert!(open.to_string().contains("key 636f7272656374"), "{open}");
}

#[test]
fn a_request_does_not_print_its_keys() {
    let state = NewState::esp(ip("192.0.2.1"), ip("192.0.2.2"), 1).aead("gcm(aes)", KEY, 64);
    let text = format!("{state:?}");
    assert!(
        !text.contains("99, 111") && !text.contains("correct"),
        "{text}"
    );
    assert_eq!(
        Object(&state, 0).to_string(),
        "state dst 192.0.2.2 proto esp spi 0x00000001"
    );
}

/// A key where the struct should go on: it counts as a part of the array, which is secret.
#[test]
fn a_truncated_algorithm_prints_no_bytes() {
    let algorithm = Algorithm::new("hmac(sha256)", KEY);
    let mut buffer = [0; 512];
    let message = Writer::message(
        &mut buffer,
        XFRM_MSG_NEWSA,
        Flags::empty(),
        &StateHeader::default(),
        |w| {
            let keyed = StructAndArray::of_bytes(&algorithm, &KEY[..3]);
            w.put(XfrmAttr::Authentication(keyed))
        },
    );
    let mut bytes = message.unwrap().as_bytes().to_vec();
    // The same as another attribute, whose struct is 4 bytes longer.
    bytes[16 + 224 + 2..][..2].copy_from_slice(&XFRMA_ALG_AUTH_TRUNC.to_ne_bytes());
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    assert!(tree.contains("key secret of 3 bytes"), "{tree}");
    assert!(!tree.contains("636f72"), "{tree}");
}

#[test]
#[cfg(feature = "serde")]
fn json_has_the_length_of_a_key() {
    let bytes = state();
    let row: StateRow<'_> = Row::of(MessageRef::new(&bytes).unwrap());
    let json = serde_json::to_value(row.attributes.typed::<Xfrm>()).unwrap();
    assert_eq!(
        json["aead"],
        serde_json::json!({
            "name": "rfc4106(gcm(aes))",
            "key_bits": 160,
            "icv_bits": 64,
            "key": {"secret_bytes": 20},
        })
    );
    let json = serde_json::to_string(&Pretty::new(&bytes, Some(NETLINK_XFRM))).unwrap();
    assert!(!json.contains("636f72"), "{json}");
}

#[test]
fn addresses_print_by_the_family_of_their_header() {
    let bytes = state();
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    for part in [
        "id {destination 192.0.2.2, spi 0x1000, protocol esp}",
        "source 192.0.2.1",
        "mode tunnel",
    ] {
        assert!(tree.contains(part), "{part}: {tree}");
    }
    let templates = [Template::tunnel(IpsecProtocol::ESP, ip("fd00::1"), ip("fd00::2")).unwrap()];
    let selector = Selector::new(Prefix::ALL_V4, "10.0.0.0/8".parse().unwrap()).unwrap();
    let bytes = written(&NewPolicy::output(selector).templates(&templates));
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    assert!(
        tree.contains("selector {destination 10.0.0.0, source 0.0.0.0"),
        "{tree}"
    );
    assert!(tree.contains("{id {destination fd00::2,"), "{tree}");
}

#[test]
fn selectors_print_as_ip_prints_them() {
    let selector = |source: &str, destination: &str| {
        Selector::new(source.parse().unwrap(), destination.parse().unwrap()).unwrap()
    };
    let v4 = selector("10.0.0.0/24", "0.0.0.0/0");
    for (selector, text) in [
        (v4, "src 10.0.0.0/24 dst 0.0.0.0/0"),
        (
            v4.protocol(17).source_port(5).destination_port(6).user(7),
            "src 10.0.0.0/24 dst 0.0.0.0/0 proto udp sport 5 dport 6 uid 7",
        ),
        (
            v4.protocol(1).icmp(8, 0),
            "src 10.0.0.0/24 dst 0.0.0.0/0 proto icmp type 8 code 0",
        ),
        (
            v4.gre_key(0x0001_0002),
            "src 10.0.0.0/24 dst 0.0.0.0/0 proto gre key 65538",
        ),
        (
            selector("fd00::/16", "::/0").protocol(99).link(3),
            "src fd00::/16 dst ::/0 proto 99 dev 3",
        ),
    ] {
        assert_eq!(selector.to_string(), text);
        assert_eq!(
            selector.source().unwrap().to_string(),
            &text[4..text.find(" dst").unwrap()]
        );
    }
}

#[test]
fn two_families_are_refused() {
    let (v4, v6) = (ip("192.0.2.1"), ip("fd00::1"));
    assert_eq!(Selector::new(v4.into(), v6.into()), Err(MixedFamilies));
    assert_eq!(
        Template::tunnel(IpsecProtocol::ESP, v4, v6),
        Err(MixedFamilies)
    );
    let mut buffer = [0; 1024];
    let mut batch = Batch::new(&mut buffer[..]);
    let refused = [
        batch.push(&NewState::esp(v4, v6, 1)),
        batch.push(&GetState::new(StateId::new(v6, IpsecProtocol::DSTOPTS, 0)).source(v4)),
        batch.push(&GetStates::all().source(v4.into()).destination(v6.into())),
    ];
    for outcome in refused {
        assert!(
            matches!(outcome, Err(EncodeError::Family { .. })),
            "{outcome:?}"
        );
    }
    assert_eq!(batch.as_bytes(), b"");
}

#[test]
fn a_large_replay_window_has_a_bitmap() {
    let state = NewState::ah(ip("fd00::1"), ip("fd00::2"), 1);
    let window = |state: &dyn Request| {
        let bytes = written(state);
        let row: StateRow<'_> = Row::of(MessageRef::new(&bytes).unwrap());
        let large = row.replay_esn().unwrap();
        let words = large.map(|large| (large.fixed.bitmap_len.get(), large.array.len()));
        (
            row.header.replay_window,
            row.replay_window().unwrap(),
            words,
        )
    };
    assert_eq!(window(&state), (0, 0, None));
    assert_eq!(window(&state.replay_window(32)), (32, 32, None));
    assert_eq!(window(&state.replay_window(33)), (0, 33, Some((2, 2))));
    assert_eq!(window(&state.esn().replay_window(8)), (0, 8, Some((1, 1))));
    assert_eq!(
        window(&state.replay_window(4096)),
        (0, 4096, Some((128, 128)))
    );
    let mut buffer = [0; 1024];
    let refused = Batch::new(&mut buffer[..])
        .push(&state.replay_window(4097))
        .err();
    assert!(
        matches!(refused, Some(EncodeError::TooMany { limit: 4096, .. })),
        "{refused:?}"
    );
}

#[test]
fn a_list_has_no_fixed_header() {
    let bytes = written(&GetPolicies::all());
    assert_eq!(bytes.len(), 16);
    let bytes = written(&GetStates::all().protocol(IpsecProtocol::AH));
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    assert!(tree.ends_with("\n  XFRMA_PROTO: ah\n"), "{tree}");
    assert!(!tree.contains("header"), "{tree}");
    let bytes = written(&GetState::new(StateId::new(
        ip("fd00::1"),
        IpsecProtocol::AH,
        2,
    )));
    let tree = Pretty::new(&bytes, Some(NETLINK_XFRM)).to_string();
    assert!(
        tree.contains("header: destination fd00::1, spi 0x2"),
        "{tree}"
    );
}

#[test]
fn rows_are_filtered_and_deleted_by_all_that_names_them() {
    let bytes = written(
        &NewState::esp(ip("192.0.2.1"), ip("192.0.2.2"), 7)
            .reqid(3)
            .mark(1, 0xff),
    );
    let message = MessageRef::new(&bytes).unwrap();
    let network = |text: &str| text.parse::<Prefix>().unwrap();
    let all = GetStates::all();
    for (query, matches) in [
        (all, true),
        (all.protocol(IpsecProtocol::ANY), true),
        (all.protocol(IpsecProtocol::AH), false),
        (all.reqid(3), true),
        (all.reqid(4), false),
        (all.source(network("192.0.2.0/24")), true),
        (all.source(network("192.0.3.0/24")), false),
        (all.destination(network("fd00::/16")), false),
    ] {
        assert_eq!(query.matches(message), Ok(matches), "{query:?}");
    }
    let bytes = written(&DeleteState::of_row(&Row::of(message)).unwrap());
    let deletion = Messages::new(&bytes).next().unwrap().unwrap();
    assert_eq!(deletion.kind(), XFRM_MSG_DELSA);
    let (id, attributes) = deletion.split::<StateId>().unwrap();
    assert_eq!(*id, StateId::new(ip("192.0.2.2"), IpsecProtocol::ESP, 7));
    let mark = fields!(attributes => Xfrm { mark }).unwrap().mark.unwrap();
    assert_eq!((mark.value.get(), mark.mask.get()), (1, 0xff));
}

#[test]
fn an_array_that_was_read_is_written_again() {
    let algorithm = AeadAlgorithm::new("rfc4106(gcm(aes))", KEY, 128);
    let auth = AuthAlgorithm::new(&"x".repeat(70), &[], 96);
    assert_eq!(auth.name(), &*"x".repeat(63));
    let replay = nlwire::xfrm::ReplayEsn {
        bitmap_len: 2.into(),
        ..Default::default()
    };
    let bitmap: [U32; 2] = [1.into(), 2.into()];
    let mut buffer = [0; 512];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put(XfrmAttr::Aead(StructAndArray::of_bytes(&algorithm, KEY)))?
            .put(XfrmAttr::ReplayEsn(StructAndArray::new(&replay, &bitmap)))
    })
    .unwrap();
    let found = fields!(block => Xfrm { aead, replay_esn }).unwrap();
    assert_eq!(found.replay_esn.unwrap().array, bitmap);
    let mut again = [0; 512];
    let copy = Writer::attributes(&mut again, |w| {
        w.put(XfrmAttr::Aead(found.aead.unwrap()))?
            .put(XfrmAttr::ReplayEsn(found.replay_esn.unwrap()))
    });
    assert_eq!(copy.unwrap().remaining(), block.remaining());
    let text = format!("{:?}", block.typed::<Xfrm>());
    assert!(text.contains("replay_window 0, bitmap [1, 2]"), "{text}");
}

#[test]
fn policies_are_named_by_index_or_selector() {
    let selector = Selector::new("10.0.0.0/8".parse().unwrap(), Prefix::ALL_V4).unwrap();
    let policy = NewPolicy::output(selector).sub();
    assert_eq!(
        Object(&policy, 0).to_string(),
        "policy src 10.0.0.0/8 dst 0.0.0.0/0 dir out"
    );
    let bytes = written(&policy);
    let message = MessageRef::new(&bytes).unwrap();
    let Change::NewPolicy(row) = Change::of(message) else {
        panic!("{message:?}");
    };
    assert_eq!(row.kind().unwrap(), nlwire::xfrm::PolicyType::SUB);
    let id = PolicyId::by_index(PolicyDirection::OUT, 9);
    assert_eq!(id.to_string(), "index 9 dir out");
}
