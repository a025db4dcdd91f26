//! Descriptors of network namespaces.

use core::marker::PhantomData;

/// File descriptor of a network namespace, as a request has it
/// (`IFLA_NET_NS_FD`). It borrows the file, which must stay open until the
/// request is sent.
///
/// With `std`, the crate `nlsock` makes one from any `AsFd`:
/// `nlsock::route::namespace(&file)`.
///
/// ```
/// use nlwire::NamespaceFd;
///
/// let blue = NamespaceFd::from_raw(7);
/// assert_eq!(blue.as_raw(), 7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NamespaceFd<'a> {
    fd: i32,
    file: PhantomData<&'a ()>,
}

impl NamespaceFd<'_> {
    /// Takes the number of a descriptor. The caller keeps it open; the kernel
    /// refuses a closed one (`EINVAL`).
    #[inline]
    #[must_use]
    pub const fn from_raw(fd: i32) -> Self {
        Self {
            fd,
            file: PhantomData,
        }
    }

    /// Returns the number.
    #[inline]
    #[must_use]
    pub const fn as_raw(self) -> i32 {
        self.fd
    }

    /// Returns the number as attributes hold it.
    #[inline]
    #[cfg_attr(
        not(feature = "route"),
        allow(dead_code, reason = "requests of links use it")
    )]
    pub(crate) const fn bits(self) -> u32 {
        u32::from_ne_bytes(self.fd.to_ne_bytes())
    }
}
