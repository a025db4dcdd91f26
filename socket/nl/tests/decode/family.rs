use std::{env, fs, process};

use nlwire::codec::Ip;
use nlwire::generic::{
    CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME, CTRL_CMD_NEWFAMILY, GENL_ID_CTRL, GenericHeader,
};
use nlwire::{Flags, MessageType, Writer, attributes};

use crate::program::{decode, decode_fails};

const SPEC: &str = "
name: peers
definitions:
  - { name: state, type: enum, entries: [idle, busy] }
  - { name: trait, type: flags, entries: [fast, { name: far, value: 4 }] }
attribute-sets:
  - name: peers
    attributes:
      - { name: address, type: binary, display-hint: ipv4 }
      - { name: state, type: u8, enum: state }
      - { name: traits, type: u32, byte-order: big-endian, enum: trait }
      - { name: peer, type: nest, nested-attributes: peers, multi-attr: true }
      - { name: values, type: indexed-array, sub-type: u32, value: 7 }
operations:
  list:
    - { name: get, attribute-set: peers, do: { request: { attributes: [address] } } }
    - { name: del-one, attribute-set: peers }
";

attributes! {
    set Peers, enum PeersAttr {
        1 PEERS_A_ADDRESS Address address: Ip,
        2 PEERS_A_STATE State state: u8,
        3 PEERS_A_TRAITS Traits traits: nlwire::codec::Be<u32>,
        4 PEERS_A_PEER Peer peer: nlwire::codec::Nest<Peers>,
    }
}

/// A request of the family with number 33.
fn request() -> String {
    let mut buffer = [0; 256];
    let header = GenericHeader::new(2, 1);
    let message = Writer::message(&mut buffer, MessageType(33), Flags::REQUEST, &header, |w| {
        w.put(PeersAttr::Address([192, 0, 2, 1].into()))?
            .put(PeersAttr::State(1))?
            .put(PeersAttr::Traits(0b1_0001))?
            .nest(PEERS_A_PEER, |w| w.put(PeersAttr::State(9)))?
            .nest(7, |w| w.u32(0, 40)?.u32(1, 50))
    });
    digits(message.expect("it fits").as_bytes())
}

/// The controller's answer about the family.
fn answer() -> String {
    let mut buffer = [0; 256];
    let header = GenericHeader::new(CTRL_CMD_NEWFAMILY, 2);
    let message = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        w.str(CTRL_ATTR_FAMILY_NAME, "peers")?
            .u16(CTRL_ATTR_FAMILY_ID, 33)
    });
    digits(message.expect("it fits").as_bytes())
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Path of a file with this text.
fn file(name: &str, text: &str) -> String {
    let path = env::temp_dir().join(format!("nl-{name}-{}.yaml", process::id()));
    fs::write(&path, text).expect("a temporary file");
    path.to_str().expect("a path of text").into()
}

#[test]
fn a_family_of_a_file_has_names() {
    let path = file("names", SPEC);
    let spec = format!("{path}=33");
    let tree = decode(&["--protocol", "generic", "--family", &spec], request());
    let json = decode(
        &["--json", "--protocol", "generic", "--family", &spec],
        request(),
    );
    // Without its number, the controller's answer in the input says it.
    let input = answer() + &request();
    let learnt = decode(&["--protocol", "generic", "--family", &path], input);
    let unknown = decode(&["--protocol", "generic", "--family", &path], request());
    fs::remove_file(path).expect("the temporary file");

    let expected = "\
PEERS_CMD_DEL_ONE length 76, type 33, flags request, sequence 0, port 0
  header: command 2, version 1
  PEERS_A_ADDRESS: 192.0.2.1
  PEERS_A_STATE: busy
  PEERS_A_TRAITS: fast,far
  PEERS_A_PEER:
    PEERS_A_STATE: 9
  PEERS_A_VALUES:
    0: 40
    1: 50
";
    assert_eq!(tree, expected);
    assert!(learnt.ends_with(expected), "{learnt}");
    assert!(!unknown.contains("PEERS"), "{unknown}");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let message = json.pointer("/0/messages/0").expect("a message");
    let text = message.to_string();
    assert!(text.contains(r#""address":"192.0.2.1""#), "{text}");
    assert!(text.contains(r#""peer":[{"state":9}]"#), "{text}");
}

#[test]
fn a_file_without_a_family_is_named_by_the_error() {
    let missing = decode_fails(&["--family", "/nowhere.yaml"], request());
    assert!(missing.contains("/nowhere.yaml: "), "{missing}");
    let raw = file(
        "raw",
        "name: rt\nprotocol: netlink-raw\noperations: { list: [] }\n",
    );
    let error = decode_fails(&["--family", &raw], request());
    fs::remove_file(&raw).expect("the temporary file");
    assert!(error.contains("no family of generic netlink"), "{error}");
    let input = decode_fails(&["/nowhere.hex"], "");
    assert!(input.contains("/nowhere.hex: "), "{input}");
}
