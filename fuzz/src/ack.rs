//! Acks, compared with what a naive reader finds in them.

use nlwire::{AckRef, Attrs, MessageRef, Path};

use crate::Seen;
use crate::common::{message, naive};

const ERROR: u16 = 2;
const DONE: u16 = 3;
const CAPPED: u16 = 0x100;
const ACK_TLVS: u16 = 0x200;

const TLVS: [&str; 7] = [
    "",
    "MSG",
    "OFFS",
    "COOKIE",
    "POLICY",
    "MISS_TYPE",
    "MISS_NEST",
];

/// Two bytes of type and flags, and a payload.
pub fn ack(data: &[u8], seen: &mut Seen) {
    let Some(([type_byte, flag_byte], payload)) = data.split_first_chunk() else {
        return;
    };
    let kind = if type_byte & 1 == 0 { ERROR } else { DONE };
    let flags = u16::from(*flag_byte) << 8;
    let bytes = message(kind, flags, 7, 77, payload);
    let whole = MessageRef::new(&bytes).expect("a whole message");
    let ack = match AckRef::new(whole) {
        Ok(ack) => ack,
        Err(error) => {
            seen.note(error.kind());
            assert!(payload.len() < 4 && (kind == ERROR || !payload.is_empty()));
            return;
        }
    };
    let code = match payload {
        [a, b, c, d, ..] => i32::from_ne_bytes([*a, *b, *c, *d]),
        _ => 0,
    };
    assert_eq!(ack.code(), code);
    assert_eq!(
        ack.errno().map(|errno| errno.0),
        (code < 0).then(|| code.saturating_neg())
    );
    assert_eq!(
        ack.request().is_some(),
        kind == ERROR && payload.len() >= 20
    );

    let row = tlvs(&bytes, kind, flags);
    let found: Vec<_> = ack.attributes().map_while(Result::ok).collect();
    assert_eq!(found.len(), row.len());
    for (found, expected) in found.iter().zip(&row) {
        assert_eq!(
            (found.offset() as usize, found.raw_kind()),
            (expected.offset, expected.kind)
        );
    }
    let value = |kind: u16| {
        let first = row.iter().find(|one| one.kind & 0x3fff == kind)?;
        Some(&bytes[first.value.clone()])
    };
    let number = |kind: u16| Some(u32::from_ne_bytes(value(kind)?.try_into().ok()?));
    let until_nul = |bytes: &[u8]| {
        bytes
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(bytes.len())
    };
    let text = value(1).map(|text| &text[..until_nul(text)]);
    assert_eq!(ack.text().map(|text| text.as_bytes()), text);
    assert_eq!(ack.offset(), number(2));
    assert_eq!(ack.cookie(), value(3));
    assert_eq!(ack.policy().is_some(), value(4).is_some());
    assert_eq!(ack.missing_type(), number(5));
    assert_eq!(ack.missing_nest(), number(6));
    for (kind, name) in (0..).zip(TLVS) {
        if value(kind).is_some() {
            seen.note(format_args!("NLMSGERR_ATTR_{name}"));
        }
    }
    policy(ack, value(4), seen);
    if let Some(text) = text {
        let text = nlwire::Text::new(text);
        assert!(ack.to_string().ends_with(&format!(": {text}")));
    }

    // The path leads to what the offset covers, in a request of any kind.
    let path: Path<'_> = ack.path(whole, None);
    let expected = match (number(5), number(2)) {
        (Some(_), _) => None,
        (None, None) => Some(0),
        (None, Some(offset)) => {
            let offset = usize::try_from(offset).expect("32 bits");
            Some(naive::locate(&bytes, 16..bytes.len(), offset).len())
        }
    };
    let steps = path.count();
    assert!(expected.is_none_or(|expected| steps == expected), "{path}");
}

/// Returns the attributes from the place where the kernel puts them.
fn tlvs(bytes: &[u8], kind: u16, flags: u16) -> Vec<naive::Naive> {
    let start = match () {
        () if flags & ACK_TLVS == 0 => return Vec::new(),
        () if kind == DONE => 20,
        // Without the header of the request nobody knows.
        () if bytes.len() < 36 => return Vec::new(),
        () if flags & CAPPED != 0 => 36,
        () => {
            let echoed = naive::u32_at(bytes, 20).max(16) as usize;
            20 + naive::round_up(echoed)
        }
    };
    naive::attributes(bytes, start.min(bytes.len())..bytes.len()).0
}

fn policy(ack: AckRef<'_>, value: Option<&[u8]>, seen: &mut Seen) {
    let (Some(policy), Some(value)) = (ack.policy(), value) else {
        return;
    };
    let last = |kind: u16, size: usize| {
        let row = Attrs::new(value).map_while(Result::ok);
        let fits = row.filter(|one| one.kind() == kind && one.bytes().len() == size);
        fits.last().map(|one| one.bytes())
    };
    let narrow = |kind| last(kind, 4).map(|bytes| u32::from_ne_bytes(bytes.try_into().unwrap()));
    let wide = |kind| last(kind, 8).map(|bytes| u64::from_ne_bytes(bytes.try_into().unwrap()));
    assert_eq!(policy.kind.map(|kind| kind.0), narrow(1));
    assert_eq!(policy.min_signed.map(|min| min as u64), wide(2));
    assert_eq!(policy.max_signed.map(|max| max as u64), wide(3));
    assert_eq!(
        (policy.min, policy.max, policy.mask),
        (wide(4), wide(5), wide(12))
    );
    assert_eq!((policy.min_len, policy.max_len), (narrow(6), narrow(7)));
    assert_eq!((policy.nested, policy.nested_max), (narrow(8), narrow(9)));
    assert_eq!(policy.bitfield_mask, narrow(10));
    assert!(!policy.to_string().is_empty());
    for (kind, name) in (0..).zip(POLICY) {
        if narrow(kind).is_some() || wide(kind).is_some() {
            seen.note(format_args!("NL_POLICY_TYPE_ATTR_{name}"));
        }
    }
}

const POLICY: [&str; 13] = [
    "",
    "TYPE",
    "MIN_VALUE_S",
    "MAX_VALUE_S",
    "MIN_VALUE_U",
    "MAX_VALUE_U",
    "MIN_LENGTH",
    "MAX_LENGTH",
    "POLICY_IDX",
    "POLICY_MAXTYPE",
    "BITFIELD32_MASK",
    "PAD",
    "MASK",
];
