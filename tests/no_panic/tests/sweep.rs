//! Every call over many inputs, with overflow checks and debug assertions on.

use no_panic::{Source, calls};
use std::collections::BTreeMap;

/// A generator of bytes that repeats (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }
}

/// Values that a sender might put in place of a length.
const LENGTHS: [u32; 12] = [0, 1, 3, 4, 5, 8, 15, 16, 17, 20, 65_535, u32::MAX];

/// Bytes with lengths that are right often enough to get further in.
fn input(random: &mut Random) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..random.below(24)).map(|_| random.next() as u8).collect();
    for _ in 0..random.below(12) {
        let kind =
            (random.below(40) as u16) | (random.next() as u16 & 0xc000 & random.next() as u16);
        match random.below(8) {
            0 => bytes.extend(LENGTHS[random.below(12)].to_ne_bytes()),
            1 => {
                let payload = random.below(64) as u32;
                bytes.extend((16 + payload).to_ne_bytes());
                bytes.extend((random.below(120) as u16).to_ne_bytes());
                bytes.extend((random.next() as u16).to_ne_bytes());
                bytes.extend([0; 8]);
            }
            2 if random.below(2) == 0 => bytes.extend(process_event()),
            2 => bytes.extend(nested(random)),
            size => {
                let size = [0, 1, 2, 4, 8, 16, 5, 12][size % 8] + 4 * random.below(2);
                bytes.extend((size as u16 + 4).to_ne_bytes());
                bytes.extend(kind.to_ne_bytes());
                bytes.extend((0..size.next_multiple_of(4)).map(|_| random.next() as u8 & 0x7f));
            }
        }
    }
    // The largest structs take some hundred bytes.
    if random.below(16) == 0 {
        bytes.repeat(16)
    } else {
        bytes
    }
}

/// A message of the connector, which has no other kind.
fn process_event() -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in [16 + 20 + 40, 3, 0, 0, 1, 1, 0, 0] {
        bytes.extend(u32::to_ne_bytes(word));
    }
    bytes.extend([40_u16.to_ne_bytes(), [0; 2]].concat());
    bytes.extend([1; 40]);
    bytes
}

/// A message with a list of sets: the peers of a WireGuard device, or the
/// elements of a set with their comments.
fn nested(random: &mut Random) -> Vec<u8> {
    let (list, kind) = [(8, 1), (3, 6)][random.below(2)];
    let mut bytes = Vec::new();
    for word in [16 + 4 + 44, 0, 0, 0, 0] {
        bytes.extend(u32::to_ne_bytes(word));
    }
    for (length, kind) in [(44_u16, list), (40, 1), (36, kind)] {
        bytes.extend([length.to_ne_bytes(), u16::to_ne_bytes(kind)].concat());
    }
    bytes.extend([0; 32]);
    bytes
}

#[test]
fn no_call_panics_or_overflows() {
    assert!(
        cfg!(debug_assertions),
        "a sweep without checks finds nothing"
    );
    std::panic::catch_unwind(|| u8::MAX + std::hint::black_box(1))
        .expect_err("overflow is checked");
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut reached = vec![false; calls().count()];
    // All at once, as it takes minutes to build the calls again.
    let mut panics = BTreeMap::new();
    for round in 0..10_000 {
        let bytes = match round {
            0 => Vec::new(),
            1 => vec![0; 512],
            2 => vec![0xff; 512],
            _ => input(&mut random),
        };
        let mut buffer = [0; 512];
        for ((name, call), reached) in calls().zip(&mut reached) {
            let skipped = random.below(bytes.len().min(8) + 1);
            let mut source = Source {
                bytes: &bytes[skipped..],
                buffer: &mut buffer,
            };
            let result =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| call(&mut source)));
            match result {
                Ok(result) => *reached |= result.is_some(),
                Err(_) => {
                    panics
                        .entry(name)
                        .or_insert_with(|| bytes[skipped..].to_vec());
                }
            }
        }
        if panics.len() > 20 {
            break;
        }
    }
    for (name, bytes) in &panics {
        eprintln!("{name} panics on {bytes:02x?}");
    }
    assert!(panics.is_empty(), "{} calls panic", panics.len());
    let missed = calls().zip(reached).filter(|(_, reached)| !reached);
    let missed: Vec<_> = missed.map(|((name, _), _)| name).collect();
    assert!(
        missed.is_empty(),
        "never got past its arguments: {missed:?}"
    );
}
