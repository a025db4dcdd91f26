//! Attributes that hold an interface index have the form `LinkIndex`.
#![allow(clippy::unwrap_used, reason = "tests")]
#![cfg(feature = "route")]

use std::path::Path;
use std::{env, fs};

use nlwire::codec::Be;
use nlwire::route::{Link, LinkAttr, LinkHeader, NETCONFA_IFINDEX, NetconfAttr, SetLink};
use nlwire::{Attrs, Batch, LinkIndex, Writer, attributes, fields};

/// Rows with another form: their values are not always an index.
const OTHERS: [(&str, &str); 3] = [
    // -1 and -2 are all links and the default.
    ("NETCONFA_IFINDEX", "i32"),
    // The kernel cuts the index.
    ("PSAMPLE_ATTR_IIFINDEX", "u16"),
    ("PSAMPLE_ATTR_OIFINDEX", "u16"),
];

/// Calls `each` with the C name, the form and the text of every row.
fn rows(folder: &Path, each: &mut impl FnMut(&str, &str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rows(&path, each);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let mut text = String::new();
        for line in source.lines().map(str::trim) {
            if let Some(comment) = line.strip_prefix("///") {
                text.push_str(comment);
                continue;
            }
            let words: Vec<_> = line.split(' ').collect();
            if let [number, name, _, field, form] = words[..]
                && number.parse::<u16>().is_ok()
                && field.ends_with(':')
            {
                each(name, form.trim_end_matches(','), &text);
            }
            text.clear();
        }
    }
}

#[test]
fn rows_with_an_interface_index_are_link_indices() {
    let mut wrong = Vec::new();
    let mut found = 0;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    rows(&source, &mut |name, form, text| {
        let is_integer = ["u16", "u32", "i32", "Be<u32>"].contains(&form);
        let is_named = ["IFINDEX", "_IF_IDX", "_OIF", "_IIF"]
            .iter()
            .any(|part| name.contains(part));
        let is_said = text.to_lowercase().contains("link index") && !text.contains("such as");
        match form {
            "LinkIndex" | "Be<LinkIndex>" => found += 1,
            _ if is_integer && (is_named || is_said) && !OTHERS.contains(&(name, form)) => {
                wrong.push(name.to_owned());
            }
            _ => {}
        }
    });
    assert_eq!(wrong, [""; 0]);
    assert!(found > 75, "{found} rows");
}

attributes! {
    set Packet, enum PacketAttr {
        1 P_IN Input input: Be<LinkIndex>,
        2 P_OUT Output output: LinkIndex,
    }
}

#[test]
fn an_index_is_written_in_its_order_and_printed_as_a_number() {
    let mut buffer = [0; 32];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put([
            PacketAttr::Input(0x0102.into()),
            PacketAttr::Output(LinkIndex::NONE),
        ])
    })
    .unwrap();
    assert_eq!(block.require(P_IN).unwrap().bytes(), [0, 0, 1, 2]);
    assert_eq!(
        format!("{:?}", block.typed::<Packet>()),
        "{P_IN: 258, P_OUT: 0}"
    );
    let packet = fields!(block => Packet { input, output }).unwrap();
    assert_eq!(packet.input, Some(LinkIndex::new(258)));
    assert!(packet.output.unwrap().is_none());
    assert_eq!(format!("{:?}", PacketAttr::Input(7.into())), "Input(7)");
}

#[test]
fn no_master_and_all_links_can_be_written() {
    let mut buffer = [0; 64];
    let mut batch = Batch::new(&mut buffer[..]);
    let free = SetLink::of(7).master(LinkIndex::NONE);
    batch.push(&free).unwrap();
    let message = batch.messages().next().unwrap().unwrap();
    let (_, attributes) = message.split::<LinkHeader>().unwrap();
    let link = fields!(attributes => Link { master }).unwrap();
    assert_eq!(link.master, Some(LinkIndex::NONE));

    let block = Writer::attributes(&mut buffer, |w| {
        w.put([NetconfAttr::Index(-1), NetconfAttr::Forwarding(1)])
    });
    let all = block.unwrap().require(NETCONFA_IFINDEX);
    assert_eq!(all.unwrap().i32(), Ok(-1));
}

#[test]
fn an_index_of_another_size_is_an_error() {
    let block = Attrs::new(b"\x06\0\x0a\0\x05\0\0\0");
    assert!(fields!(block => Link { master }).is_err());
    assert!(matches!(LinkAttr::Master(5.into()), LinkAttr::Master(link) if link == 5));
}
