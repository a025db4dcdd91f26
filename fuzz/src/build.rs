//! Programs of puts, compared with a naive writer.

use nlwire::{Batch, EncodeError, Flags, MessageType, NLA_F_NESTED, Put, Writer};

use crate::Seen;
use crate::common::invariants::{self, Hop};
use crate::common::naive;

/// Put of one attribute.
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
    /// A nest whose failure the program takes.
    Attempt(Vec<(u16, Op<'a>)>),
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
            let Some(op) = self.op(op % 16, depth) else {
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
            14 if depth < 4 => Op::Attempt(self.row(depth + 1)),
            // The end of a row.
            _ => return None,
        })
    }
}

/// A capacity, a byte that older corpora have, and a program.
pub fn build_parse(data: &[u8], seen: &mut Seen) {
    let mut program = Program(data);
    let Some([low, high, _]) = program.take() else {
        return;
    };
    let capacity = usize::from(u16::from_le_bytes([low, high])) % 512;
    let row = program.row(0);

    for (capacity, dirt) in [(80_000, 0), (capacity, 0xaa)] {
        let mut naive = Naive {
            bytes: Vec::new(),
            capacity,
        };
        let expected = naive.row(&row).map(|()| naive.bytes);
        let mut buffer = vec![dirt; capacity + 8];
        let (room, guard) = buffer.split_at_mut(capacity);
        let written = Writer::attributes(room, |w| put_row(w, &row));
        if let Err(error) = written {
            seen.note(error);
        }
        if let Ok(block) = written
            && block.remaining().len() < 2048
        {
            invariants::block(block.remaining());
        }
        assert_eq!(written.map(|block| block.remaining().to_vec()), expected);
        assert_eq!(guard, [dirt; 8]);
    }
    batch(&row, capacity, seen);
}

fn batch(row: &[(u16, Op<'_>)], capacity: usize, seen: &mut Seen) {
    let mut buffer = vec![0xaa; capacity];
    let mut batch = Batch::new(&mut buffer);
    let mut held = Vec::new();
    for kind in 16..20 {
        let flags = if kind % 2 == 0 {
            Flags::ACK
        } else {
            Flags::empty()
        };
        match batch.append_message(MessageType(kind), flags, &(), |w| put_row(w, row)) {
            Ok(()) => held.push(kind),
            Err(error) => seen.note(error),
        }
        assert_eq!(batch.count(), held.len());
        let found: Vec<_> = batch
            .messages()
            .map(|one| one.expect("whole").kind().0)
            .collect();
        assert_eq!(found, held);
    }
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
            Op::Attempt(row) => {
                let _ = w.nest(kind, |w| put_row(w, row));
                continue;
            }
            Op::Record(row) => w.record(Hop::default(), |w| put_row(w, row))?,
            Op::Append(bytes) => w.append(*bytes)?,
        };
    }
    Ok(w)
}

/// Writes the same, counting positions.
struct Naive {
    bytes: Vec<u8>,
    capacity: usize,
}

impl Naive {
    fn row(&mut self, row: &[(u16, Op<'_>)]) -> Result<(), EncodeError> {
        for (kind, op) in row {
            self.op(*kind, op)?;
        }
        Ok(())
    }

    fn op(&mut self, kind: u16, op: &Op<'_>) -> Result<(), EncodeError> {
        match op {
            Op::U8(value) => self.attr(kind, &[*value]),
            Op::U16Be(value) => self.attr(kind, &value.to_be_bytes()),
            Op::U32(value) => self.attr(kind, &value.to_ne_bytes()),
            Op::U64Le(value) => self.attr(kind, &value.to_le_bytes()),
            Op::Uint(value) => match u32::try_from(*value) {
                Ok(value) => self.attr(kind, &value.to_ne_bytes()),
                Err(_) => self.attr(kind, &value.to_ne_bytes()),
            },
            Op::Sint(value) => match i32::try_from(*value) {
                Ok(value) => self.attr(kind, &value.to_ne_bytes()),
                Err(_) => self.attr(kind, &value.to_ne_bytes()),
            },
            Op::Flag(true) => self.attr(kind, &[]),
            Op::Flag(false) => Ok(()),
            Op::Str(value) => match value.find('\0') {
                Some(position) => Err(EncodeError::InnerNul {
                    attribute: kind,
                    position: position as u32,
                }),
                None => self.attr(kind, &[value.as_bytes(), &[0]].concat()),
            },
            Op::Bytes(value) => self.attr(kind, value),
            Op::Filled(length, byte) => self.attr(kind, &vec![*byte; *length]),
            Op::Nest(row) => self.nest(kind | NLA_F_NESTED, row),
            Op::Unmarked(row) => self.nest(kind, row),
            Op::Attempt(row) => {
                let _ = self.nest(kind | NLA_F_NESTED, row);
                Ok(())
            }
            Op::Record(row) => self.or_nothing(|naive| {
                let start = naive.append(&[0; size_of::<Hop>()])?;
                naive.row(row)?;
                naive.length(0, start)
            }),
            Op::Append([]) => Ok(()),
            Op::Append(bytes) => self.append(bytes).map(|_| ()),
        }
    }

    fn attr(&mut self, kind: u16, value: &[u8]) -> Result<(), EncodeError> {
        let start = naive::round_up(self.bytes.len());
        let total = 4 + value.len();
        let end = start + naive::round_up(total);
        let short = short(kind, total)?;
        self.room(end)?;
        self.bytes.resize(start, 0);
        self.bytes.extend(short.to_ne_bytes());
        self.bytes.extend(kind.to_ne_bytes());
        self.bytes.extend(value);
        self.bytes.resize(end, 0);
        Ok(())
    }

    fn nest(&mut self, kind: u16, row: &[(u16, Op<'_>)]) -> Result<(), EncodeError> {
        self.or_nothing(|naive| {
            let start = naive::round_up(naive.bytes.len());
            naive.attr(kind, &[])?;
            naive.row(row)?;
            naive.length(kind, start)
        })
    }

    fn append(&mut self, bytes: &[u8]) -> Result<usize, EncodeError> {
        let start = naive::round_up(self.bytes.len());
        self.room(start + bytes.len())?;
        self.bytes.resize(start, 0);
        self.bytes.extend(bytes);
        Ok(start)
    }

    fn or_nothing(
        &mut self,
        put: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let before = self.bytes.clone();
        let result = put(self);
        if result.is_err() {
            self.bytes = before;
        }
        result
    }

    fn room(&self, needed: usize) -> Result<(), EncodeError> {
        let capacity = self.capacity;
        match needed > capacity {
            true => Err(EncodeError::Overflow {
                needed: needed as u32,
                capacity: capacity as u32,
            }),
            false => Ok(()),
        }
    }

    /// Writes the length of what starts there, at its start.
    fn length(&mut self, kind: u16, start: usize) -> Result<(), EncodeError> {
        let short = short(kind, self.bytes.len() - start)?;
        self.bytes[start..start + 2].copy_from_slice(&short.to_ne_bytes());
        Ok(())
    }
}

fn short(kind: u16, length: usize) -> Result<u16, EncodeError> {
    u16::try_from(length).map_err(|_| EncodeError::TooLong {
        attribute: kind & 0x3fff,
        length: length as u32,
    })
}
