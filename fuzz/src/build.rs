//! Programs of puts, compared with a naive writer.

use nlwire::{Batch, EncodeError, Flags, MessageType, NLA_F_NESTED, Put, Writer};

use crate::Seen;
use crate::common::invariants::{self, Hop};
use crate::common::naive;

/// One put.
#[derive(Debug)]
enum Op<'a> {
    U8(u8),
    U16Be(u16),
    U32(u32),
    U64Le(u64),
    Uint(u64),
    Sint(i64),
    Flag(bool),
    Str(&'a str),
    Bytes(&'a [u8]),
    /// So many bytes of this value.
    Filled(usize, u8),
    Nest(Vec<(u16, Op<'a>)>),
    Unmarked(Vec<(u16, Op<'a>)>),
    Record(Vec<(u16, Op<'a>)>),
    Append(&'a [u8]),
}

struct Program<'a>(&'a [u8]);

impl<'a> Program<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn slice(&mut self) -> Option<&'a [u8]> {
        let [length] = self.take()?;
        let (bytes, rest) = self.0.split_at_checked(usize::from(length) % 40)?;
        self.0 = rest;
        Some(bytes)
    }

    fn row(&mut self, depth: usize) -> Vec<(u16, Op<'a>)> {
        let mut row = Vec::new();
        while row.len() < 12 {
            let Some([op, kind]) = self.take() else { break };
            let Some(op) = self.op(op % 15, depth) else {
                break;
            };
            row.push((kind.into(), op));
        }
        row
    }

    fn op(&mut self, op: u8, depth: usize) -> Option<Op<'a>> {
        Some(match op {
            0 => Op::U8(self.take::<1>()?[0]),
            1 => Op::U16Be(u16::from_le_bytes(self.take()?)),
            2 => Op::U32(u32::from_le_bytes(self.take()?)),
            3 => Op::U64Le(u64::from_le_bytes(self.take()?)),
            4 => Op::Uint(u64::from_le_bytes(self.take()?)),
            5 => Op::Sint(i64::from_le_bytes(self.take()?)),
            6 => Op::Flag(self.take::<1>()?[0] & 1 == 1),
            7 => Op::Str(std::str::from_utf8(self.slice()?).ok()?),
            8 => Op::Bytes(self.slice()?),
            9 => {
                let [low, high, byte] = self.take()?;
                Op::Filled(
                    usize::from(u16::from_le_bytes([low, high])) + usize::from(byte & 7),
                    byte,
                )
            }
            10 if depth < 4 => Op::Nest(self.row(depth + 1)),
            11 if depth < 4 => Op::Unmarked(self.row(depth + 1)),
            12 if depth < 4 => Op::Record(self.row(depth + 1)),
            13 => Op::Append(self.slice()?),
            // The end of a row.
            _ => return None,
        })
    }
}

/// A capacity, a limit of acks, and a program.
pub fn build_parse(data: &[u8], seen: &mut Seen) {
    let mut program = Program(data);
    let Some([low, high, limit]) = program.take() else {
        return;
    };
    let capacity = usize::from(u16::from_le_bytes([low, high])) % 512;
    let row = program.row(0);

    let mut expected = Vec::new();
    let result = naive_row(&row, &mut expected);
    let mut buffer = vec![0xaa; 1 << 19];
    let written = Writer::attributes(&mut buffer, |w| put_row(w, &row));
    match (&result, &written) {
        (Ok(()), Ok(block)) => {
            assert_eq!(block.remaining(), expected);
            let appends = row
                .iter()
                .any(|(_, op)| matches!(op, Op::Append(_) | Op::Record(_)));
            if !appends {
                assert_eq!(
                    block.filter(Result::is_ok).count(),
                    row.len() - missing(&row)
                );
            }
            if expected.len() < 2048 {
                invariants::block(&expected);
            }
        }
        (Err(expected), Err(found)) => {
            seen.note(found);
            assert_eq!(found, expected);
        }
        (expected, found) => panic!("{found:?}, expected {expected:?}"),
    }

    // In less room.
    let mut small = vec![0xaa; capacity + 8];
    let (room, guard) = small.split_at_mut(capacity);
    match Writer::attributes(room, |w| put_row(w, &row)) {
        Ok(block) => assert_eq!(block.remaining(), expected),
        Err(
            error @ EncodeError::Overflow {
                needed,
                capacity: said,
            },
        ) => {
            seen.note(error);
            assert_eq!(said, capacity);
            assert!(needed > capacity);
            assert!(
                result.is_err() || needed <= naive::round_up(expected.len()),
                "{error}"
            );
        }
        Err(error) => assert_eq!(Err(error), result),
    }
    assert_eq!(guard, [0xaa; 8]);

    batch(&row, capacity, usize::from(limit % 4), seen);
}

/// How many puts put nothing.
fn missing(row: &[(u16, Op<'_>)]) -> usize {
    row.iter()
        .filter(|(_, op)| matches!(op, Op::Flag(false)))
        .count()
}

fn batch(row: &[(u16, Op<'_>)], capacity: usize, limit: usize, seen: &mut Seen) {
    let mut buffer = vec![0xaa; capacity];
    let mut batch = Batch::new(&mut buffer).with_ack_limit(limit);
    let mut held = Vec::new();
    for kind in 16..20 {
        let flags = if kind % 2 == 0 {
            Flags::ACK
        } else {
            Flags::empty()
        };
        match batch.push(MessageType(kind), flags, &(), |w| put_row(w, row)) {
            Ok(()) => held.push(kind),
            Err(error) => {
                seen.note(error);
                if let EncodeError::BatchFull { limit: said } = error {
                    assert_eq!((said, batch.acks()), (limit, limit));
                }
            }
        }
        assert_eq!(batch.count(), held.len());
        let found: Vec<_> = batch
            .messages()
            .map(|one| one.expect("whole").kind().0)
            .collect();
        assert_eq!(found, held);
    }
    assert_eq!(
        batch.acks(),
        held.iter().filter(|kind| **kind % 2 == 0).count()
    );
}

fn put_row<'w, 'b>(w: &'w mut Writer<'b>, row: &[(u16, Op<'_>)]) -> Put<'w, 'b> {
    for (kind, op) in row {
        let kind = *kind;
        match op {
            Op::U8(value) => w.u8(kind, *value)?,
            Op::U16Be(value) => w.u16_be(kind, *value)?,
            Op::U32(value) => w.u32(kind, *value)?,
            Op::U64Le(value) => w.u64_le(kind, *value)?,
            Op::Uint(value) => w.uint(kind, *value)?,
            Op::Sint(value) => w.sint(kind, *value)?,
            Op::Flag(value) => w.flag(kind, *value)?,
            Op::Str(value) => w.str(kind, value)?,
            Op::Bytes(value) => w.bytes(kind, value)?,
            Op::Filled(length, byte) => w.put_with(kind, *length, |slot| slot.fill(*byte))?,
            Op::Nest(row) => w.nest(kind, |w| put_row(w, row))?,
            Op::Unmarked(row) => w.unmarked_nest(kind, |w| put_row(w, row))?,
            Op::Record(row) => w.record(Hop::default(), |w| put_row(w, row))?,
            Op::Append(bytes) => w.append(*bytes)?,
        };
    }
    Ok(w)
}

fn naive_row(row: &[(u16, Op<'_>)], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    for (kind, op) in row {
        let kind = *kind;
        match op {
            Op::U8(value) => naive_attr(kind, &[*value], out)?,
            Op::U16Be(value) => naive_attr(kind, &value.to_be_bytes(), out)?,
            Op::U32(value) => naive_attr(kind, &value.to_ne_bytes(), out)?,
            Op::U64Le(value) => naive_attr(kind, &value.to_le_bytes(), out)?,
            Op::Uint(value) => match u32::try_from(*value) {
                Ok(value) => naive_attr(kind, &value.to_ne_bytes(), out)?,
                Err(_) => naive_attr(kind, &value.to_ne_bytes(), out)?,
            },
            Op::Sint(value) => match i32::try_from(*value) {
                Ok(value) => naive_attr(kind, &value.to_ne_bytes(), out)?,
                Err(_) => naive_attr(kind, &value.to_ne_bytes(), out)?,
            },
            Op::Flag(true) => naive_attr(kind, &[], out)?,
            Op::Flag(false) => {}
            Op::Str(value) => {
                if let Some(position) = value.find('\0') {
                    return Err(EncodeError::InnerNul {
                        attribute: kind,
                        position,
                    });
                }
                naive_attr(kind, &[value.as_bytes(), &[0]].concat(), out)?;
            }
            Op::Bytes(value) => naive_attr(kind, value, out)?,
            Op::Filled(length, byte) => naive_attr(kind, &vec![*byte; *length], out)?,
            Op::Nest(row) => naive_nest(kind | NLA_F_NESTED, row, out)?,
            Op::Unmarked(row) => naive_nest(kind, row, out)?,
            Op::Record(row) => {
                pad(out);
                let start = out.len();
                out.extend([0; size_of::<Hop>()]);
                naive_row(row, out)?;
                naive_length(0, start, out)?;
            }
            Op::Append(bytes) if bytes.is_empty() => {}
            Op::Append(bytes) => {
                pad(out);
                out.extend(*bytes);
            }
        }
    }
    Ok(())
}

fn naive_attr(kind: u16, value: &[u8], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    pad(out);
    let start = out.len();
    out.extend([0; 2]);
    out.extend(kind.to_ne_bytes());
    out.extend(value);
    naive_length(kind, start, out)?;
    pad(out);
    Ok(())
}

fn naive_nest(kind: u16, row: &[(u16, Op<'_>)], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    pad(out);
    let start = out.len();
    out.extend([0; 2]);
    out.extend(kind.to_ne_bytes());
    naive_row(row, out)?;
    naive_length(kind, start, out)
}

/// Writes the length of what starts there, at its start.
fn naive_length(kind: u16, start: usize, out: &mut [u8]) -> Result<(), EncodeError> {
    let length = out.len() - start;
    let Ok(short) = u16::try_from(length) else {
        return Err(EncodeError::TooLong {
            attribute: kind & 0x3fff,
            length,
        });
    };
    out[start..start + 2].copy_from_slice(&short.to_ne_bytes());
    Ok(())
}

fn pad(out: &mut Vec<u8>) {
    out.resize(naive::round_up(out.len()), 0);
}
