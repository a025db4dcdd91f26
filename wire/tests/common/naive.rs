//! A reader that is obviously right and nothing else: it counts positions in
//! the bytes and copies what it finds. What the crate reads is compared to it.

use std::ops::Range;

/// An attribute, by where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Naive {
    /// Offset of the header.
    pub offset: usize,
    /// The type, flag bits included.
    pub kind: u16,
    /// Offset of the value.
    pub value: Range<usize>,
}

/// The messages of a datagram, and where a length is broken.
pub fn messages(bytes: &[u8]) -> (Vec<Range<usize>>, Option<usize>) {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 16 <= bytes.len() {
        let left = bytes.len() - at;
        let length = u32_at(bytes, at) as usize;
        if length < 16 || length > left {
            return (found, Some(at));
        }
        found.push(at..at + length);
        at += round_up(length);
    }
    (found, None)
}

/// The attributes in a part of `bytes`, and where a length is broken.
pub fn attributes(bytes: &[u8], part: Range<usize>) -> (Vec<Naive>, Option<usize>) {
    let mut found = Vec::new();
    let mut at = part.start;
    while at + 4 <= part.end {
        let length = usize::from(u16_at(bytes, at));
        if length < 4 || length > part.end - at {
            return (found, Some(at));
        }
        found.push(Naive {
            offset: at,
            kind: u16_at(bytes, at + 2),
            value: at + 4..at + length,
        });
        at += round_up(length);
    }
    (found, None)
}

/// The way to what covers `offset`, down through whatever may be a nest.
pub fn locate(bytes: &[u8], part: Range<usize>, offset: usize) -> Vec<Naive> {
    let mut way = Vec::new();
    let mut level = part;
    loop {
        let (row, _) = attributes(bytes, level);
        let Some(found) = row
            .into_iter()
            .find(|one| one.offset <= offset && offset < one.value.end)
        else {
            return way;
        };
        level = found.value.clone();
        let is_it = found.offset == offset;
        way.push(found);
        if is_it {
            return way;
        }
    }
}

/// The records in a part of `bytes`, each beginning with its 16-bit length and
/// of at least `size` bytes, and where one is broken.
pub fn records(
    bytes: &[u8],
    part: Range<usize>,
    size: usize,
) -> (Vec<Range<usize>>, Option<usize>) {
    let mut found = Vec::new();
    let mut at = part.start;
    while at < part.end {
        if part.end - at < size {
            return (found, Some(at));
        }
        let length = usize::from(u16_at(bytes, at));
        if length < size || length > part.end - at {
            return (found, Some(at));
        }
        found.push(at..at + length);
        at += round_up(length);
    }
    (found, None)
}

pub fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_ne_bytes([bytes[at], bytes[at + 1]])
}

pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub fn round_up(length: usize) -> usize {
    length.div_ceil(4) * 4
}
