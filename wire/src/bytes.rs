//! Arithmetic of lengths that cannot overflow, and reads that cannot panic.

use core::num::NonZero;

use crate::zerocopy::{FromBytes, Immutable, Unaligned};

/// Rounds up to the 4 bytes that netlink aligns everything to
/// (`NLMSG_ALIGN`, `NLA_ALIGN`).
#[inline]
pub(crate) const fn align(length: usize) -> usize {
    length.saturating_add(3) & !3
}

/// The low 32 bits. Offsets and lengths inside a datagram fit: the kernel
/// counts a message's length in 32 bits.
#[inline]
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "the one place where a length becomes 32 bits, by intent modulo 2^32"
)]
pub(crate) const fn low32(length: usize) -> u32 {
    length as u32
}

/// Returns the bytes after the first `length`; empty if there are fewer.
#[inline]
pub(crate) fn after(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(length..).unwrap_or_default()
}

/// Copies as much of `source` as fits, without a length that could mismatch.
#[inline]
pub(crate) fn copy(source: &[u8], target: &mut [u8]) {
    let length = source.len().min(target.len());
    // One length for both, which leaves no panic in the copy, and one call
    // where a loop would take the bytes one by one.
    if let (Some(to), Some(from)) = (target.get_mut(..length), source.get(..length)) {
        to.copy_from_slice(from);
    }
}

/// Returns the offset of the first NUL, if there is one.
#[inline]
pub(crate) fn first_nul(word: &[u8; 8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(*word);
    // Of the bits left, the lowest is in the first byte that is zero.
    let zeros = NonZero::new(word.wrapping_sub(ONES) & !word & (ONES << 7))?;
    usize::try_from(zeros.trailing_zeros() / 8).ok()
}

/// A view of the first bytes, and what follows them; nothing if they are too
/// few. By an array of one, whose layout is known whatever it is of.
#[inline]
pub(crate) fn front<T: FromBytes + Immutable + Unaligned>(bytes: &[u8]) -> Option<(&T, &[u8])> {
    let ([value], rest) = <[T; 1]>::ref_from_prefix(bytes).ok()?;
    Some((value, rest))
}
