//! Where sequence numbers start.

use rustix::rand::{GetRandomFlags, getrandom};

/// A number that the answers to an earlier owner of the port are not likely
/// to carry; the clock's, where the kernel has no random one yet.
pub(crate) fn seed() -> u32 {
    let mut bytes = [0; 4];
    match getrandom(&mut bytes, GetRandomFlags::NONBLOCK) {
        Ok(_) => u32::from_ne_bytes(bytes),
        Err(_) => crate::deadline::low_nanos(),
    }
}
