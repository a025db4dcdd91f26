//! Every set of every protocol in its three printed forms.

use nlwire::pretty::Pretty;
use nlwire::{Attrs, protocols};

use crate::Seen;
use crate::common::message;
use crate::families;

/// A byte of address family, and attributes: those of each message in turn.
pub fn printed(data: &[u8], _: &mut Seen) {
    let Some((family, block)) = data.split_first() else {
        return;
    };
    // Names, and names of flags, are longer than what they stand for.
    let most = 8192 + 256 * block.len();
    let check = |text: &str| {
        assert!(text.len() <= most, "{} of {}", text.len(), block.len());
        let bad = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(bad, None, "{text}");
    };
    for text in families::debugs(Attrs::new(block).with_family(*family)) {
        check(&text);
    }
    for protocol in protocols::ALL {
        for schema in protocol.messages {
            let mut payload = vec![0; schema.header_len().next_multiple_of(4)];
            if let Some(first) = payload.first_mut() {
                *first = *family;
            }
            payload.extend(block);
            let bytes = message(schema.kind().0, 0, 7, 77, &payload);
            let pretty = Pretty::new(&bytes, Some(protocol.number));
            check(&pretty.to_string());
            let json = serde_json::to_string(&pretty).expect("it writes to a string");
            assert!(json.len() <= most, "{} of {}", json.len(), block.len());
            let array: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            assert_eq!(array.as_array().map(Vec::len), Some(1), "{json}");
        }
    }
}
