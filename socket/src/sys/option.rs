//! `setsockopt(2)` and `getsockopt(2)`, for `SOL_NETLINK` and `SOL_SOCKET`.

use core::ffi::{c_int, c_uint};
use core::mem::size_of_val;
use nlwire::Errno;
use rustix::fd::{AsRawFd, BorrowedFd};

use super::call;
use super::socket::{
    SO_ATTACH_BPF, SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_DOMAIN, SO_LOCK_FILTER, SO_MEMINFO,
    SO_PASSCRED, SO_PROTOCOL, SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE, SOL_NETLINK,
    SOL_SOCKET,
};
use crate::{Instruction, OptionName};

// `linux/netlink.h`
const NETLINK_ADD_MEMBERSHIP: c_uint = 1;
const NETLINK_DROP_MEMBERSHIP: c_uint = 2;
pub(super) const NETLINK_PKTINFO: c_uint = 3;
const NETLINK_BROADCAST_ERROR: c_uint = 4;
const NETLINK_NO_ENOBUFS: c_uint = 5;
pub(super) const NETLINK_LISTEN_ALL_NSID: c_uint = 8;
const NETLINK_LIST_MEMBERSHIPS: c_uint = 9;
const NETLINK_CAP_ACK: c_uint = 10;
const NETLINK_EXT_ACK: c_uint = 11;
const NETLINK_GET_STRICT_CHK: c_uint = 12;

/// `struct sock_fprog`
#[repr(C)]
struct Program {
    len: u16,
    filter: *const Instruction,
}

/// Returns the level and the number of an option.
fn number(option: OptionName) -> (c_uint, c_uint) {
    use OptionName as O;
    match option {
        O::AddMembership => (SOL_NETLINK, NETLINK_ADD_MEMBERSHIP),
        O::DropMembership => (SOL_NETLINK, NETLINK_DROP_MEMBERSHIP),
        O::ListMemberships => (SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS),
        O::PacketInfo => (SOL_NETLINK, NETLINK_PKTINFO),
        O::BroadcastError => (SOL_NETLINK, NETLINK_BROADCAST_ERROR),
        O::NoEnobufs => (SOL_NETLINK, NETLINK_NO_ENOBUFS),
        O::ListenAllNamespaces => (SOL_NETLINK, NETLINK_LISTEN_ALL_NSID),
        O::CapAck => (SOL_NETLINK, NETLINK_CAP_ACK),
        O::ExtendedAck => (SOL_NETLINK, NETLINK_EXT_ACK),
        O::StrictCheck => (SOL_NETLINK, NETLINK_GET_STRICT_CHK),
        O::Domain => (SOL_SOCKET, SO_DOMAIN),
        O::Protocol => (SOL_SOCKET, SO_PROTOCOL),
        O::ReceiveBuffer => (SOL_SOCKET, SO_RCVBUF),
        O::ReceiveBufferForce => (SOL_SOCKET, SO_RCVBUFFORCE),
        O::SendBuffer => (SOL_SOCKET, SO_SNDBUF),
        O::SendBufferForce => (SOL_SOCKET, SO_SNDBUFFORCE),
        O::MemoryInfo => (SOL_SOCKET, SO_MEMINFO),
        O::PassCredentials => (SOL_SOCKET, SO_PASSCRED),
        O::AttachFilter => (SOL_SOCKET, SO_ATTACH_FILTER),
        O::DetachFilter => (SOL_SOCKET, SO_DETACH_FILTER),
        O::LockFilter => (SOL_SOCKET, SO_LOCK_FILTER),
        O::AttachBpf => (SOL_SOCKET, SO_ATTACH_BPF),
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
    let mut len = size_of_val(words) as c_uint;
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
        // `struct sock_filter`
        assert!(size_of::<Instruction>() == 8 && align_of::<Instruction>() == align_of::<u32>());
    }
    let program = Program {
        // The kernel takes 4096 at most, so that this must not wrap.
        len: u16::try_from(program.len()).map_err(|_| Errno::EINVAL)?,
        filter: program.as_ptr(),
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
            size_of::<T>(),
        )
    }
    .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::{Instruction, OptionName as O, Program, number};

    #[test]
    fn numbers_are_those_of_the_headers() {
        for (option, level, name) in [
            (
                O::AddMembership,
                libc::SOL_NETLINK,
                libc::NETLINK_ADD_MEMBERSHIP,
            ),
            (
                O::DropMembership,
                libc::SOL_NETLINK,
                libc::NETLINK_DROP_MEMBERSHIP,
            ),
            (
                O::ListMemberships,
                libc::SOL_NETLINK,
                libc::NETLINK_LIST_MEMBERSHIPS,
            ),
            (O::PacketInfo, libc::SOL_NETLINK, libc::NETLINK_PKTINFO),
            (
                O::BroadcastError,
                libc::SOL_NETLINK,
                libc::NETLINK_BROADCAST_ERROR,
            ),
            (O::NoEnobufs, libc::SOL_NETLINK, libc::NETLINK_NO_ENOBUFS),
            (
                O::ListenAllNamespaces,
                libc::SOL_NETLINK,
                libc::NETLINK_LISTEN_ALL_NSID,
            ),
            (O::CapAck, libc::SOL_NETLINK, libc::NETLINK_CAP_ACK),
            (O::ExtendedAck, libc::SOL_NETLINK, libc::NETLINK_EXT_ACK),
            (
                O::StrictCheck,
                libc::SOL_NETLINK,
                libc::NETLINK_GET_STRICT_CHK,
            ),
            (O::Domain, libc::SOL_SOCKET, libc::SO_DOMAIN),
            (O::Protocol, libc::SOL_SOCKET, libc::SO_PROTOCOL),
            (O::ReceiveBuffer, libc::SOL_SOCKET, libc::SO_RCVBUF),
            (
                O::ReceiveBufferForce,
                libc::SOL_SOCKET,
                libc::SO_RCVBUFFORCE,
            ),
            (O::SendBuffer, libc::SOL_SOCKET, libc::SO_SNDBUF),
            (O::SendBufferForce, libc::SOL_SOCKET, libc::SO_SNDBUFFORCE),
            (O::MemoryInfo, libc::SOL_SOCKET, libc::SO_MEMINFO),
            (O::PassCredentials, libc::SOL_SOCKET, libc::SO_PASSCRED),
            (O::AttachFilter, libc::SOL_SOCKET, libc::SO_ATTACH_FILTER),
            (O::DetachFilter, libc::SOL_SOCKET, libc::SO_DETACH_FILTER),
            (O::LockFilter, libc::SOL_SOCKET, libc::SO_LOCK_FILTER),
            (O::AttachBpf, libc::SOL_SOCKET, libc::SO_ATTACH_BPF),
        ] {
            let expected = (level.cast_unsigned(), name.cast_unsigned());
            assert_eq!(number(option), expected, "{option:?}");
        }
    }

    #[test]
    fn structs_are_those_of_the_headers() {
        assert_eq!(size_of::<Instruction>(), size_of::<libc::sock_filter>());
        assert_eq!(align_of::<Instruction>(), align_of::<libc::sock_filter>());
        assert_eq!(size_of::<Program>(), size_of::<libc::sock_fprog>());
        assert_eq!(align_of::<Program>(), align_of::<libc::sock_fprog>());
    }
}
