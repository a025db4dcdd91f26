//! Source of arguments, and sink of results.

use core::fmt::{self, Display, Write};
use core::hint::black_box;
use nlwire::Writer;

#[cfg(feature = "calls")]
use crate::make::Make;

/// Bytes from which arguments are read, and a buffer to write to.
pub struct Source<'a> {
    pub bytes: &'a [u8],
    pub buffer: &'a mut [u8],
}

impl<'a> Source<'a> {
    /// Reads a value from the remaining bytes.
    #[cfg(feature = "calls")]
    pub fn make<T: Make<'a>>(&mut self) -> Option<T> {
        T::make(self)
    }

    /// Reborrows the source, for values that refer to locals of the call.
    #[cfg(feature = "calls")]
    pub fn shorter(&mut self) -> Source<'_> {
        Source {
            bytes: self.bytes,
            buffer: &mut *self.buffer,
        }
    }

    /// Takes `N` bytes.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*bytes)
    }

    /// Prints a value to a sink that fails when it likes, plainly and padded.
    pub fn print(&mut self, value: impl Display) {
        let mut sink = Sink(self.take().map_or(usize::MAX, usize::from_ne_bytes));
        let _ = black_box(write!(sink, "{value}"));
        let width = self.take().map_or(0, u16::from_ne_bytes);
        let _ = black_box(write!(sink, "{value:0$}", usize::from(width)));
        let _ = black_box(write!(sink, "{value:#}"));
    }

    /// Gives a writer over a part of the buffer.
    pub fn write(&mut self, f: impl FnOnce(&mut Writer<'_>, &mut Source<'a>) -> Option<()>) {
        let capacity = self.take().map_or(0, u16::from_ne_bytes);
        let buffer = core::mem::take(&mut self.buffer);
        let place = buffer.get_mut(..usize::from(capacity)).unwrap_or_default();
        let _ = black_box(Writer::attributes(place, |writer| {
            f(writer, self);
            Ok(writer)
        }));
        self.buffer = buffer;
    }
}

/// Takes text, and fails behind so many bytes.
struct Sink(usize);

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self
            .0
            .checked_sub(black_box(text).len())
            .ok_or(fmt::Error)?;
        Ok(())
    }
}
