//! `setsockopt(2)` and `getsockopt(2)`, for `SOL_NETLINK` and `SOL_SOCKET`.

use core::ffi::c_int;
use core::mem::size_of_val;
use nlwire::Errno;
use rustix::fd::{AsRawFd, BorrowedFd};

use super::call;
use crate::{Instruction, OptionName};

/// Returns the level and the number of an option.
fn number(option: OptionName) -> (c_int, c_int) {
    use OptionName as O;
    match option {
        O::AddMembership => (libc::SOL_NETLINK, libc::NETLINK_ADD_MEMBERSHIP),
        O::DropMembership => (libc::SOL_NETLINK, libc::NETLINK_DROP_MEMBERSHIP),
        O::ListMemberships => (libc::SOL_NETLINK, libc::NETLINK_LIST_MEMBERSHIPS),
        O::PacketInfo => (libc::SOL_NETLINK, libc::NETLINK_PKTINFO),
        O::BroadcastError => (libc::SOL_NETLINK, libc::NETLINK_BROADCAST_ERROR),
        O::NoEnobufs => (libc::SOL_NETLINK, libc::NETLINK_NO_ENOBUFS),
        O::ListenAllNamespaces => (libc::SOL_NETLINK, libc::NETLINK_LISTEN_ALL_NSID),
        O::CapAck => (libc::SOL_NETLINK, libc::NETLINK_CAP_ACK),
        O::ExtendedAck => (libc::SOL_NETLINK, libc::NETLINK_EXT_ACK),
        O::StrictCheck => (libc::SOL_NETLINK, libc::NETLINK_GET_STRICT_CHK),
        O::Domain => (libc::SOL_SOCKET, libc::SO_DOMAIN),
        O::Protocol => (libc::SOL_SOCKET, libc::SO_PROTOCOL),
        O::ReceiveBuffer => (libc::SOL_SOCKET, libc::SO_RCVBUF),
        O::ReceiveBufferForce => (libc::SOL_SOCKET, libc::SO_RCVBUFFORCE),
        O::SendBuffer => (libc::SOL_SOCKET, libc::SO_SNDBUF),
        O::SendBufferForce => (libc::SOL_SOCKET, libc::SO_SNDBUFFORCE),
        O::MemoryInfo => (libc::SOL_SOCKET, libc::SO_MEMINFO),
        O::PassCredentials => (libc::SOL_SOCKET, libc::SO_PASSCRED),
        O::AttachFilter => (libc::SOL_SOCKET, libc::SO_ATTACH_FILTER),
        O::DetachFilter => (libc::SOL_SOCKET, libc::SO_DETACH_FILTER),
        O::LockFilter => (libc::SOL_SOCKET, libc::SO_LOCK_FILTER),
        O::AttachBpf => (libc::SOL_SOCKET, libc::SO_ATTACH_BPF),
    }
}

/// Sets an option of type `int`.
pub(crate) fn set(fd: BorrowedFd<'_>, option: OptionName, value: c_int) -> Result<(), Errno> {
    set_raw(fd, option, &value)
}

/// Reads an option of type `int`.
pub(crate) fn get(fd: BorrowedFd<'_>, option: OptionName) -> Result<c_int, Errno> {
    let mut word = [0];
    get_words(fd, option, &mut word)?;
    let [word] = word;
    Ok(word.cast_signed())
}

/// Reads an option that is an array of `u32` and returns its length in bytes,
/// which `SOL_NETLINK` counts beyond what `words` holds.
pub(crate) fn get_words(
    fd: BorrowedFd<'_>,
    option: OptionName,
    words: &mut [u32],
) -> Result<usize, Errno> {
    let (level, name) = number(option);
    let mut len = size_of_val(words) as libc::socklen_t;
    // SAFETY: The kernel writes at most `len` bytes, which `words` has, and
    // any bytes are valid integers.
    unsafe {
        call::getsockopt(
            fd.as_raw_fd(),
            level,
            name,
            words.as_mut_ptr().cast(),
            &raw mut len,
        )
    }?;
    Ok(len as usize)
}

/// Replaces the filter of the socket by a classic program.
pub(crate) fn attach_filter(fd: BorrowedFd<'_>, program: &[Instruction]) -> Result<(), Errno> {
    const {
        assert!(size_of::<Instruction>() == size_of::<libc::sock_filter>());
        assert!(align_of::<Instruction>() == align_of::<libc::sock_filter>());
    }
    let program = libc::sock_fprog {
        // The kernel takes 4096 at most, so that this must not wrap.
        len: u16::try_from(program.len()).map_err(|_| Errno::EINVAL)?,
        // The kernel only reads it.
        filter: program.as_ptr().cast_mut().cast(),
    };
    set_raw(fd, OptionName::AttachFilter, &program)
}

/// `value` must be of the type that the option has in C, and what it points
/// to must outlive the call.
fn set_raw<T>(fd: BorrowedFd<'_>, option: OptionName, value: &T) -> Result<(), Errno> {
    let (level, name) = number(option);
    // SAFETY: The kernel reads at most the size of `value`. The one type that
    // holds a pointer is made in `attach_filter`, where its target is borrowed.
    unsafe {
        call::setsockopt(
            fd.as_raw_fd(),
            level,
            name,
            (&raw const *value).cast(),
            size_of::<T>() as libc::socklen_t,
        )
    }
    .map(|_| ())
}
