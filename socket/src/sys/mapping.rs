//! Memory from `mmap(2)`.

use core::ops::{Deref, DerefMut};
use core::ptr::{NonNull, null_mut};
use core::{fmt, slice};
use nlwire::Errno;
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

use super::errno;

/// Buffer of zeros that takes memory page by page, when pages are first
/// written.
///
/// A receive buffer must hold the largest datagram, but almost all datagrams
/// are small. A mapping of 1 MiB takes address space only: pages beyond the
/// longest datagram so far take no memory. A mapping needs no allocator.
///
/// ```
/// use nlsock::{Config, Conn, Mapping, Protocol};
///
/// let socket = Config::new(Protocol::ROUTE).open_socket()?;
/// let conn = Conn::with_buffer(socket, Mapping::new(4 << 20)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "mmap")]
pub struct Mapping {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: The pages are private to this value and reached only through it, as
// those of a boxed slice are.
unsafe impl Send for Mapping {}
// SAFETY: As above; `&Mapping` gives `&[u8]` and nothing else.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Default length: 1 MiB, more than any message that the kernel sends
    /// today.
    pub const DEFAULT_LEN: usize = 1 << 20;

    /// Maps `len` bytes of zeros without reserving memory for them: `mmap(2)`
    /// with `MAP_NORESERVE`.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a length of 0 or above `isize::MAX`, `ENOMEM` if the
    /// address space is full or limited.
    pub fn new(len: usize) -> Result<Self, Errno> {
        if isize::try_from(len).is_err() {
            return Err(Errno::EINVAL);
        }
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: With a null pointer and without `FIXED` the kernel chooses
        // where, and replaces no memory that is in use.
        let start = unsafe { mmap_anonymous(null_mut(), len, access, flags) };
        let start = NonNull::new(start.map_err(errno)?.cast()).ok_or(Errno::ENOMEM)?;
        Ok(Self { start, len })
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: `new` mapped the pages with this length. Nothing borrows them
        // any more, and nobody uses them afterwards.
        let unmapped = unsafe { munmap(self.start.as_ptr().cast(), self.len) };
        // `munmap` fails only if splitting a merged area would exceed the
        // number of areas. The pages then stay mapped.
        let _ = unmapped;
    }
}

impl Deref for Mapping {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: The mapping is readable, zeroed, `len` bytes long and lives
        // as long as `self`, which is borrowed.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl DerefMut for Mapping {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: As in `deref`; writable, and borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl AsRef<[u8]> for Mapping {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl AsMut<[u8]> for Mapping {
    fn as_mut(&mut self) -> &mut [u8] {
        self
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mapping({} bytes)", self.len)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Mapping;
    use nlwire::Errno;

    #[test]
    fn is_zeroed_and_writable() {
        let mut mapping = Mapping::new(Mapping::DEFAULT_LEN).unwrap();
        assert_eq!(mapping.len(), 1 << 20);
        assert_eq!(mapping.last(), Some(&0));
        *mapping.last_mut().unwrap() = 1;
        assert_eq!(mapping.as_ref().last(), Some(&1));
        assert_eq!(mapping.as_mut().first(), Some(&0));
    }

    #[test]
    fn refuses_impossible_sizes() {
        assert_eq!(Mapping::new(0).err(), Some(Errno::EINVAL));
        assert_eq!(Mapping::new(usize::MAX).err(), Some(Errno::EINVAL));
        // 2 GiB, the longest length with 32 bits, may well be free.
        #[cfg(target_pointer_width = "64")]
        assert_eq!(
            Mapping::new(isize::MAX.unsigned_abs()).err(),
            Some(Errno::ENOMEM)
        );
    }

    #[test]
    fn is_shared_like_a_boxed_slice() {
        fn assert<T: Send + Sync>() {}
        assert::<Mapping>();
    }
}
