//! Buffer sizes and memory counters of a socket (`socket(7)`).

use core::sync::atomic::Ordering;
use rustix::fd::BorrowedFd;

use crate::{Error, Operation, OptionName, Socket, sys};

/// Size of a socket buffer as set by the kernel.
///
/// ```
/// use nlsock::{BufferSize, Config, Protocol};
///
/// let socket = Config::new(Protocol::ROUTE).open_socket()?;
/// let BufferSize { bytes, forced, .. } = socket.set_receive_buffer(64 << 20)?;
/// if !forced {
///     eprintln!("the system permits {bytes} bytes");
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BufferSize {
    /// Size in bytes, twice the requested size.
    ///
    /// A queued datagram takes more than its length: 832 bytes for a short
    /// acknowledgement.
    pub bytes: usize,
    /// True if the size may exceed the system's limit, which needs
    /// `CAP_NET_ADMIN`. Otherwise it may be smaller than requested.
    pub forced: bool,
}

/// Memory counters of a socket, `SO_MEMINFO` (`linux/sock_diag.h`).
///
/// ```
/// use nlsock::{Config, Protocol};
///
/// let socket = Config::new(Protocol::ROUTE).open_socket()?;
/// assert_eq!(socket.memory_info()?.drops, 0);
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "SO_MEMINFO")]
pub struct MemoryInfo {
    /// Number of bytes of the receive buffer taken by queued datagrams.
    #[doc(alias = "SK_MEMINFO_RMEM_ALLOC")]
    pub receive_used: u32,
    /// Size of the receive buffer in bytes.
    #[doc(alias = "SK_MEMINFO_RCVBUF")]
    pub receive_buffer: u32,
    /// Number of bytes of the send buffer taken by datagrams.
    #[doc(alias = "SK_MEMINFO_WMEM_ALLOC")]
    pub send_used: u32,
    /// Size of the send buffer in bytes.
    #[doc(alias = "SK_MEMINFO_SNDBUF")]
    pub send_buffer: u32,
    /// Number of bytes allocated in advance.
    #[doc(alias = "SK_MEMINFO_FWD_ALLOC")]
    pub forward: u32,
    /// Number of bytes queued for sending.
    #[doc(alias = "SK_MEMINFO_WMEM_QUEUED")]
    pub send_queued: u32,
    /// Number of bytes taken by options, with filters.
    #[doc(alias = "SK_MEMINFO_OPTMEM")]
    pub options: u32,
    /// Number of bytes in the backlog.
    #[doc(alias = "SK_MEMINFO_BACKLOG")]
    pub backlog: u32,
    /// Number of datagrams lost because the receive buffer was full, since the
    /// socket was opened. Datagrams dropped by a filter do not count.
    #[doc(alias = "SK_MEMINFO_DROPS")]
    pub drops: u32,
}

/// Returns the number of datagrams that the kernel has dropped on a socket; 0
/// if the kernel does not report it.
pub(crate) fn drops(fd: Option<BorrowedFd<'_>>) -> u32 {
    let mut words = [0; 9];
    let read = fd.map(|fd| sys::get_words(fd, OptionName::MemoryInfo, &mut words));
    match (read, words) {
        (Some(Ok(_)), [.., drops]) => drops,
        _ => 0,
    }
}

impl Socket {
    /// Sets the size of the receive buffer: `SO_RCVBUFFORCE`, or `SO_RCVBUF`
    /// without the permission. A full receive buffer loses datagrams.
    ///
    /// `net.core.rmem_max` limits `SO_RCVBUF` without an error: the returned
    /// size is then less than twice `bytes`.
    ///
    /// # Errors
    ///
    /// Errors of `setsockopt(2)` and `getsockopt(2)`. Any size is accepted.
    #[doc(alias = "SO_RCVBUFFORCE")]
    pub fn set_receive_buffer(&self, bytes: usize) -> Result<BufferSize, Error> {
        let forced = self.set_forced(
            OptionName::ReceiveBufferForce,
            OptionName::ReceiveBuffer,
            bytes,
        )?;
        let [receive, _] = &self.forced;
        receive.store(forced, Ordering::Relaxed);
        let bytes = self.receive_buffer()?;
        Ok(BufferSize { bytes, forced })
    }

    /// Returns true if the size of the receive buffer may exceed the system's
    /// limit, set by [`Config::receive_buffer`](crate::Config::receive_buffer)
    /// or [`set_receive_buffer`](Self::set_receive_buffer).
    #[must_use]
    pub fn receive_buffer_is_forced(&self) -> bool {
        let [receive, _] = &self.forced;
        receive.load(Ordering::Relaxed)
    }

    /// Returns the size of the receive buffer in bytes: `SO_RCVBUF`.
    ///
    /// # Errors
    ///
    /// Errors of `getsockopt(2)`.
    #[doc(alias = "SO_RCVBUF")]
    pub fn receive_buffer(&self) -> Result<usize, Error> {
        let bytes = self.get(OptionName::ReceiveBuffer)?;
        Ok(usize::try_from(bytes).unwrap_or(0))
    }

    /// Sets the size of the send buffer, which limits the length of a datagram:
    /// `SO_SNDBUFFORCE`, or `SO_SNDBUF` without the permission.
    ///
    /// `net.core.wmem_max` limits `SO_SNDBUF` without an error: the returned
    /// size is then less than twice `bytes`.
    ///
    /// # Errors
    ///
    /// Errors of `setsockopt(2)` and `getsockopt(2)`. Any size is accepted.
    #[doc(alias = "SO_SNDBUFFORCE")]
    pub fn set_send_buffer(&self, bytes: usize) -> Result<BufferSize, Error> {
        let forced = self.set_forced(OptionName::SendBufferForce, OptionName::SendBuffer, bytes)?;
        let [_, send] = &self.forced;
        send.store(forced, Ordering::Relaxed);
        let bytes = self.send_buffer()?;
        Ok(BufferSize { bytes, forced })
    }

    /// Returns true if the size of the send buffer may exceed the system's
    /// limit, set by [`Config::send_buffer`](crate::Config::send_buffer) or
    /// [`set_send_buffer`](Self::set_send_buffer).
    #[must_use]
    pub fn send_buffer_is_forced(&self) -> bool {
        let [_, send] = &self.forced;
        send.load(Ordering::Relaxed)
    }

    /// Returns the size of the send buffer in bytes: `SO_SNDBUF`.
    ///
    /// # Errors
    ///
    /// Errors of `getsockopt(2)`.
    #[doc(alias = "SO_SNDBUF")]
    pub fn send_buffer(&self) -> Result<usize, Error> {
        let bytes = self.get(OptionName::SendBuffer)?;
        Ok(usize::try_from(bytes).unwrap_or(0))
    }

    /// Reads the memory counters of the socket: `SO_MEMINFO`.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.12.
    #[doc(alias = "SO_MEMINFO")]
    pub fn memory_info(&self) -> Result<MemoryInfo, Error> {
        let option = OptionName::MemoryInfo;
        // Counters that an older kernel does not report stay 0.
        let mut words = [0; 9];
        sys::get_words(self.as_fd(), option, &mut words)
            .map_err(|errno| self.error(Operation::Get(option), errno))?;
        let [
            receive_used,
            receive_buffer,
            send_used,
            send_buffer,
            forward,
            send_queued,
            options,
            backlog,
            drops,
        ] = words;
        Ok(MemoryInfo {
            receive_used,
            receive_buffer,
            send_used,
            send_buffer,
            forward,
            send_queued,
            options,
            backlog,
            drops,
        })
    }

    /// Sets a size beyond the system's limit if permitted, otherwise within it.
    /// Returns true if it was permitted.
    fn set_forced(
        &self,
        forced: OptionName,
        plain: OptionName,
        bytes: usize,
    ) -> Result<bool, Error> {
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        match self.set(forced, bytes) {
            Ok(()) => Ok(true),
            Err(error) if error.is_permission() => self.set(plain, bytes).map(|()| false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::{Config, Protocol};

    #[test]
    fn buffer_sizes_are_set_and_read_back() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        let size = socket.set_receive_buffer(40_000).unwrap();
        assert_eq!(size.bytes, 80_000);
        assert_eq!(socket.receive_buffer().unwrap(), size.bytes);
        let size = socket.set_send_buffer(30_000).unwrap();
        assert_eq!(
            (size.bytes, socket.send_buffer().unwrap()),
            (60_000, 60_000)
        );

        let info = socket.memory_info().unwrap();
        assert_eq!((info.receive_buffer, info.send_buffer), (80_000, 60_000));
        assert_eq!((info.receive_used, info.drops), (0, 0));
    }

    #[test]
    fn a_size_beyond_the_limit_is_forced_or_cut() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        let size = socket.set_receive_buffer(64 << 20).unwrap();
        assert_eq!(size.forced, size.bytes == 128 << 20, "{size:?}");
        assert_eq!(socket.receive_buffer_is_forced(), size.forced);
        assert!(!socket.send_buffer_is_forced());
        socket.set_receive_buffer(usize::MAX).unwrap();
    }
}
