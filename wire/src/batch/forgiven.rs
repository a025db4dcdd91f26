//! Refusals that count as success, noted for the messages of a batch.
//!
//! Notes stand at the end of the room, and so need no allocator:
//!
//! ```text
//!  | m0 | m1 | m2 | m3 |   free   | note of m3 | note of m1 | note of m1 |
//!    messages --->                                         <--- notes
//! ```

use crate::Errno;
use crate::zerocopy::native_endian::{I32, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Errno that a message's request forgives.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Note {
    index: U32,
    errno: I32,
}

impl Note {
    pub(super) const LEN: usize = 8;

    pub(super) fn new(index: usize, errno: Errno) -> Self {
        Self {
            index: U32::new(u32::try_from(index).unwrap_or(u32::MAX)),
            errno: I32::new(errno.0),
        }
    }
}

/// Refusals that count as success, for each message of a
/// [`Batch`](crate::Batch).
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::DeleteLink;
/// use nlwire::{Batch, Errno};
///
/// let mut room = [0; 256];
/// let mut batch = Batch::new(&mut room[..]);
/// batch.push(&DeleteLink::by_name("br0").if_there())?;
/// let (messages, forgiven) = batch.split_mut();
/// println!("sends {} bytes", messages.len());
/// // The answer to the first message: there is no such link.
/// assert!(forgiven.contains(0, Errno::ENODEV));
/// # }
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Forgiven<'b>(#[cfg_attr(feature = "defmt", defmt(Debug2Format))] &'b [Note]);

impl<'b> Forgiven<'b> {
    /// Reads the notes at the end of a room.
    pub(super) fn at_end(room: &'b [u8], count: usize) -> Self {
        let len = count.saturating_mul(Note::LEN);
        let notes = room.get(room.len().saturating_sub(len)..);
        Self(<[Note]>::ref_from_bytes(notes.unwrap_or_default()).unwrap_or_default())
    }

    /// Returns true if this refusal of a message counts as success.
    #[must_use]
    pub fn contains(&self, index: usize, errno: Errno) -> bool {
        let Ok(index) = u32::try_from(index) else {
            return false;
        };
        // The last message's notes come first.
        let start = self.0.partition_point(|note| note.index.get() > index);
        let notes = self.0.get(start..).unwrap_or_default().iter();
        let mut own = notes.take_while(|note| note.index.get() == index);
        own.any(|note| note.errno.get() == errno.0)
    }
}
