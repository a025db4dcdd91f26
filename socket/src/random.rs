//! Where sequence numbers start.

use crate::{deadline, sys};

/// A number that the answers to an earlier owner of the port are not likely
/// to carry; the clock's, where the kernel has no random one yet.
pub(crate) fn seed() -> u32 {
    match sys::random() {
        Ok(bytes) => u32::from_ne_bytes(bytes),
        Err(_) => deadline::low_nanos(),
    }
}
