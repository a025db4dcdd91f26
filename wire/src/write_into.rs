//! Messages and attributes, written into a `Vec` of bytes.

use crate::writer::Put;
use crate::{EncodeError, Writer};

/// Vector of bytes for [`write_into`]: that of `alloc`, which grows (feature
/// `alloc`), and those of `heapless`, which do not (feature `heapless`).
///
/// ```
/// use nlwire::{ByteVec, EncodeError, write_into};
///
/// const IFLA_MTU: u16 = 4;
///
/// /// Appends an MTU to a `Vec` or to a `heapless::Vec`.
/// fn push_mtu<V: ByteVec>(bytes: &mut V, mtu: u32) -> Result<(), EncodeError> {
///     write_into(bytes, |w| w.u32(IFLA_MTU, mtu))?;
///     Ok(())
/// }
/// ```
pub trait ByteVec: sealed::Bytes {}

/// Appends what `write` writes: messages, by [`Writer::append_message`], or a
/// bare block of attributes.
///
/// `write` runs again on more room where it has met the end of it, so that it
/// should do nothing else. What it writes starts at the next multiple of 4.
///
#[cfg_attr(feature = "alloc", doc = "```")]
#[cfg_attr(not(feature = "alloc"), doc = "```text")]
/// use nlwire::{Flags, MessageType, Messages, write_into};
///
/// let mut buffer = Vec::new();
/// for name in ["veth0", "veth1"] {
///     let flags = Flags::REQUEST | Flags::ACK;
///     write_into(&mut buffer, |w| {
///         w.append_message(MessageType(17), flags, &(), |w| w.append(&[0; 16])?.str(3, name))
///     })?;
/// }
/// assert_eq!(Messages::new(&buffer).count(), 2);
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
///
/// # Errors
/// [`EncodeError::Overflow`] where `target` can hold no more, and whatever
/// `write` returns. `target` is as it was.
pub fn write_into<V, F>(target: &mut V, mut write: F) -> Result<(), EncodeError>
where
    V: ByteVec,
    F: for<'w, 'b> FnMut(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    /// Room for most requests; it is cleared each time.
    const FIRST: usize = 256;

    let start = target.bytes().len();
    let mut wanted = start.saturating_add(FIRST);
    loop {
        target.grow(wanted);
        let room = target.bytes().len();
        let mut writer = Writer::new(target.bytes(), start);
        let written = write(&mut writer).map(|writer| writer.len());
        match written {
            Ok(end) => {
                target.shorten(end);
                return Ok(());
            }
            // Of this room, and not of another buffer that `write` has filled.
            Err(EncodeError::Overflow { needed, capacity })
                if size(capacity) == room && size(needed) > room && room >= wanted =>
            {
                let doubled = start.saturating_add(room.saturating_sub(start).saturating_mul(2));
                wanted = size(needed).max(doubled);
                target.shorten(start);
            }
            Err(error) => {
                target.shorten(start);
                return Err(error);
            }
        }
    }
}

fn size(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

mod sealed {
    /// Operations that [`write_into`](super::write_into) needs from a vector.
    #[allow(unreachable_pub, reason = "the supertrait of a public trait")]
    pub trait Bytes {
        fn bytes(&mut self) -> &mut [u8];

        /// Appends zeros up to `length`, or as many as there is room for.
        fn grow(&mut self, length: usize);

        fn shorten(&mut self, length: usize);
    }
}

#[cfg(feature = "alloc")]
mod growing {
    use alloc::vec::Vec;

    impl super::ByteVec for Vec<u8> {}

    impl super::sealed::Bytes for Vec<u8> {
        fn bytes(&mut self) -> &mut [u8] {
            self
        }

        fn grow(&mut self, length: usize) {
            let more = length.saturating_sub(self.len());
            if self.try_reserve(more).is_ok() {
                self.resize(self.len().saturating_add(more), 0);
            }
        }

        fn shorten(&mut self, length: usize) {
            self.truncate(length);
        }
    }
}

#[cfg(feature = "heapless")]
mod fixed {
    use heapless::{LenType, Vec};

    impl<const N: usize, L: LenType> super::ByteVec for Vec<u8, N, L> {}

    impl<const N: usize, L: LenType> super::sealed::Bytes for Vec<u8, N, L> {
        fn bytes(&mut self) -> &mut [u8] {
            self
        }

        fn grow(&mut self, length: usize) {
            // It fits, by `min`.
            let _ = self.resize(length.min(N), 0);
        }

        fn shorten(&mut self, length: usize) {
            self.truncate(length);
        }
    }
}
