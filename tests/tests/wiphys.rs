//! Wiphys that span messages, joined by `list` over the fake kernel: the messages
//! are those of tests/vectors/nl80211.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by its panic"
)]

use std::fs;
use std::path::Path;

use nlsock::fake::{Expected, Kernel};
use nlsock::{Conn, Protocol};
use nlwire::generic::nl80211::{Band, Frequency, GetWiphys, NL80211_GENL_NAME};
use nlwire::generic::{ControllerAttr, GENL_ID_CTRL, GenericHeader};
use nlwire::{Flags, MessageRef, MessageType, fields};

fn vector(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/nl80211");
    let text = fs::read_to_string(folder.join(name).with_extension("hex")).unwrap();
    let (_, digits) = text.split_once('\n').unwrap();
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = digits.chunks(2).map(|pair| {
        let pair: String = pair.iter().collect();
        u8::from_str_radix(&pair, 16).unwrap()
    });
    bytes.collect()
}

// The vectors are of a little-endian machine.
#[test]
#[cfg(target_endian = "little")]
fn a_list_joins_the_messages_of_a_wiphy() {
    let kernel = Kernel::new();
    // The number of the family, then the dump.
    kernel.expect(Expected::new(GENL_ID_CTRL), |_, answer| {
        answer.reply(
            GENL_ID_CTRL,
            Flags::empty(),
            &GenericHeader::new(1, 2),
            |w| {
                w.put(ControllerAttr::FamilyName(NL80211_GENL_NAME))?
                    .put(ControllerAttr::FamilyId(28))
            },
        );
        answer.ack();
    });
    kernel.expect(Expected::new(MessageType(28)), |_, answer| {
        for part in 1..=5 {
            let bytes = vector(&format!("wiphy-{part}"));
            let message = MessageRef::new(&bytes).unwrap();
            answer.message(*message.header(), message.payload());
        }
        // A second wiphy in one message.
        let mut bytes = vector("wiphy-1");
        *bytes.get_mut(24).unwrap() = 1;
        let message = MessageRef::new(&bytes).unwrap();
        answer.message(*message.header(), message.payload());
        answer.done(0, Flags::empty());
    });
    let mut conn = Conn::over(kernel.clone(), vec![0; 32768], Protocol::GENERIC, 1000);
    let wiphys = conn.list(GetWiphys::all()).unwrap();
    let rows: Vec<_> = wiphys.iter().collect();
    let [first, second] = rows[..] else {
        panic!("{} wiphys", rows.len());
    };
    assert_eq!(first.index().unwrap(), Some(0));
    assert_eq!(first.messages().count(), 5);
    let frequencies = first.frequencies().map(|item| {
        let (band, channel) = item.unwrap();
        let channel = fields!(channel => Frequency { frequency }).unwrap();
        (band, channel.frequency.unwrap())
    });
    assert!(frequencies.eq([(Band::GHZ_2, 2412), (Band::GHZ_2, 2472)]));
    assert_eq!(second.index().unwrap(), Some(1));
    assert_eq!(second.messages().count(), 1);
    kernel.assert_finished();
}
