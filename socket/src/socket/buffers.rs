//! Buffer sizes and memory counters of a socket (`socket(7)`).

use core::sync::atomic::Ordering;
use rustix::fd::BorrowedFd;

use crate::{Error, Operation, OptionName, Socket, sys};

/// Size of a socket buffer, as the kernel set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BufferSize {
    /// Size in bytes, which is twice the size that was asked for.
    ///
    /// A queued datagram takes more of it than its length: 832 bytes for a short
    /// ack.
    pub bytes: usize,
    /// True if the system's limit was overridden, which needs `CAP_NET_ADMIN`.
    /// Otherwise the size may be smaller than asked for.
    pub forced: bool,
}

/// Memory counters of a socket, `SO_MEMINFO` (`linux/sock_diag.h`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "SO_MEMINFO")]
pub struct MemoryInfo {
    /// Bytes of the receive buffer that queued datagrams take.
    #[doc(alias = "SK_MEMINFO_RMEM_ALLOC")]
    pub receive_used: u32,
    /// Size of the receive buffer in bytes.
    #[doc(alias = "SK_MEMINFO_RCVBUF")]
    pub receive_buffer: u32,
    /// Bytes of the send buffer that datagrams take.
    #[doc(alias = "SK_MEMINFO_WMEM_ALLOC")]
    pub send_used: u32,
    /// Size of the send buffer in bytes.
    #[doc(alias = "SK_MEMINFO_SNDBUF")]
    pub send_buffer: u32,
    /// Bytes allocated in advance.
    #[doc(alias = "SK_MEMINFO_FWD_ALLOC")]
    pub forward: u32,
    /// Bytes queued to be sent.
    #[doc(alias = "SK_MEMINFO_WMEM_QUEUED")]
    pub send_queued: u32,
    /// Bytes that options take, filters included.
    #[doc(alias = "SK_MEMINFO_OPTMEM")]
    pub options: u32,
    /// Bytes in the backlog.
    #[doc(alias = "SK_MEMINFO_BACKLOG")]
    pub backlog: u32,
    /// Number of datagrams lost to a full receive buffer since the socket was
    /// opened. Datagrams that a filter dropped do not count.
    #[doc(alias = "SK_MEMINFO_DROPS")]
    pub drops: u32,
}

/// Returns the number of datagrams that the kernel has dropped on a socket, 0
/// where the kernel does not say.
pub(crate) fn drops(fd: Option<BorrowedFd<'_>>) -> u32 {
    let mut words = [0; 9];
    let read = fd.map(|fd| sys::get_words(fd, OptionName::MemoryInfo, &mut words));
    match (read, words) {
        (Some(Ok(_)), [.., drops]) => drops,
        _ => 0,
    }
}

impl Socket {
    /// Sets the size of the receive buffer, whose overrun loses datagrams:
    /// `SO_RCVBUFFORCE`, or `SO_RCVBUF` where that is not permitted.
    ///
    /// `net.core.rmem_max` limits `SO_RCVBUF` without an error: the size that is
    /// returned is then less than twice `bytes`.
    ///
    /// # Errors
    ///
    /// Those of `setsockopt(2)` and `getsockopt(2)`. No size is an error.
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

    /// Returns true if the size of the receive buffer overrides the system's
    /// limit, by [`Config::receive_buffer`](crate::Config::receive_buffer) or
    /// [`set_receive_buffer`](Self::set_receive_buffer).
    #[must_use]
    pub fn receive_buffer_is_forced(&self) -> bool {
        let [receive, _] = &self.forced;
        receive.load(Ordering::Relaxed)
    }

    /// Returns the size of the receive buffer in bytes: `SO_RCVBUF`.
    ///
    /// # Errors
    ///
    /// Those of `getsockopt(2)`.
    #[doc(alias = "SO_RCVBUF")]
    pub fn receive_buffer(&self) -> Result<usize, Error> {
        let bytes = self.get(OptionName::ReceiveBuffer)?;
        Ok(usize::try_from(bytes).unwrap_or(0))
    }

    /// Sets the size of the send buffer, which bounds the length of a
    /// datagram: `SO_SNDBUFFORCE`, or `SO_SNDBUF` where that is not permitted.
    ///
    /// `net.core.wmem_max` limits `SO_SNDBUF` without an error: the size that is
    /// returned is then less than twice `bytes`.
    ///
    /// # Errors
    ///
    /// Those of `setsockopt(2)` and `getsockopt(2)`. No size is an error.
    #[doc(alias = "SO_SNDBUFFORCE")]
    pub fn set_send_buffer(&self, bytes: usize) -> Result<BufferSize, Error> {
        let forced = self.set_forced(OptionName::SendBufferForce, OptionName::SendBuffer, bytes)?;
        let [_, send] = &self.forced;
        send.store(forced, Ordering::Relaxed);
        let bytes = self.send_buffer()?;
        Ok(BufferSize { bytes, forced })
    }

    /// Returns true if the size of the send buffer overrides the system's limit,
    /// by [`Config::send_buffer`](crate::Config::send_buffer) or
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
    /// Those of `getsockopt(2)`.
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
        // Counters that an older kernel does not have stay 0.
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

    /// Sets a size beyond the system's limit where that is permitted, otherwise
    /// within it. Returns true if it was permitted.
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
