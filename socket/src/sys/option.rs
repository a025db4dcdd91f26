//! `setsockopt(2)` and `getsockopt(2)`, for `SOL_NETLINK` and `SOL_SOCKET`.

use core::ffi::{c_int, c_uint};
use core::mem::{offset_of, size_of_val};
use linux_raw_sys::net::{
    SO_ATTACH_BPF, SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_DOMAIN, SO_LOCK_FILTER, SO_MEMINFO,
    SO_PASSCRED, SO_PROTOCOL, SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE, SOL_NETLINK,
    SOL_SOCKET,
};
use linux_raw_sys::netlink::{
    NETLINK_ADD_MEMBERSHIP, NETLINK_BROADCAST_ERROR, NETLINK_CAP_ACK, NETLINK_DROP_MEMBERSHIP,
    NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK, NETLINK_LIST_MEMBERSHIPS, NETLINK_LISTEN_ALL_NSID,
    NETLINK_NO_ENOBUFS, NETLINK_PKTINFO,
};
use nlwire::Errno;
use rustix::fd::{AsRawFd, BorrowedFd};

use super::raw;
use crate::{Instruction, OptionName};

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
    // SAFETY: Options that are set here have this type, and it has no pointers.
    // The kernel refuses a length that another option needs.
    unsafe { set_raw(fd, option, &value) }
}

/// Reads an option of type `int`.
pub(crate) fn get(fd: BorrowedFd<'_>, option: OptionName) -> Result<c_int, Errno> {
    let mut word = [0];
    get_words(fd, option, &mut word)?;
    let [word] = word;
    Ok(word.cast_signed())
}

/// Reads an option that is an array of `u32` and returns its length in bytes,
/// which for `SOL_NETLINK` can be more than `words` holds.
pub(crate) fn get_words(
    fd: BorrowedFd<'_>,
    option: OptionName,
    words: &mut [u32],
) -> Result<usize, Errno> {
    let (level, name) = number(option);
    let mut len = size_of_val(words) as c_uint;
    let value = words.as_mut_ptr().cast();
    // SAFETY: `words` is borrowed, has `len` bytes, and takes any content.
    unsafe { raw::getsockopt(fd.as_raw_fd(), level, name, value, &mut len) }?;
    Ok(len as usize)
}

/// Replaces the filter of the socket by a classic program.
pub(crate) fn attach_filter(fd: BorrowedFd<'_>, program: &[Instruction]) -> Result<(), Errno> {
    use raw::sock_filter as Theirs;
    const {
        assert!(size_of::<Instruction>() == size_of::<Theirs>());
        assert!(align_of::<Instruction>() == align_of::<Theirs>());
        assert!(offset_of!(Instruction, code) == offset_of!(Theirs, code));
        assert!(offset_of!(Instruction, if_true) == offset_of!(Theirs, jt));
        assert!(offset_of!(Instruction, if_false) == offset_of!(Theirs, jf));
        assert!(offset_of!(Instruction, operand) == offset_of!(Theirs, k));
    }
    let program = raw::sock_fprog {
        // The kernel accepts up to 4,096 instructions; a longer program must
        // not wrap to a short one.
        len: u16::try_from(program.len()).map_err(|_| Errno::EINVAL)?,
        // The kernel only reads the program.
        filter: program.as_ptr().cast::<Theirs>().cast_mut(),
    };
    // SAFETY: The option has this type. The program behind it has the layout
    // checked above, and is borrowed until the call returns.
    unsafe { set_raw(fd, OptionName::AttachFilter, &program) }
}

/// Sets an option of any type.
///
/// # Safety
///
/// `T` is the type of the option in C, and all memory that it points to can be
/// read.
unsafe fn set_raw<T>(fd: BorrowedFd<'_>, option: OptionName, value: &T) -> Result<(), Errno> {
    let (level, name) = number(option);
    let value = (&raw const *value).cast();
    // SAFETY: `value` is borrowed and has the size of its type; the rest is the
    // caller's promise.
    unsafe { raw::setsockopt(fd.as_raw_fd(), level, name, value, size_of::<T>()) }
}
