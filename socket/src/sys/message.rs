//! Sending and receiving datagrams: `send(2)`, `sendmsg(2)`, `recv(2)`,
//! `recvfrom(2)`, `recvmsg(2)`. None of them blocks.

use core::array;
use core::ffi::c_uint;
use core::mem::zeroed;
use linux_raw_sys::net::{MSG_CMSG_CLOEXEC, MSG_DONTWAIT, MSG_TRUNC};
use nlwire::Errno;
use rustix::fd::{AsRawFd as _, BorrowedFd};
use rustix::io::{self, IoSlice};
use rustix::net::{self, RecvFlags, SendAncillaryBuffer, SendFlags};

use super::endpoint::{address_of, name_of};
use super::{control, errno, raw};
use crate::{Address, Received};

/// Number of parts of a usual datagram: a header, a payload, and some more.
const FEW: usize = 8;
/// Maximum number of parts that the kernel accepts (`UIO_MAXIOV`): 16 KiB of
/// stack.
const MANY: usize = 1024;
/// Size of the buffer for control messages in bytes: group, namespace and
/// credentials take 80.
const CONTROL: usize = 128;

const SEND: SendFlags = SendFlags::DONTWAIT.union(SendFlags::NOSIGNAL);
const RECEIVE: RecvFlags = RecvFlags::DONTWAIT.union(RecvFlags::TRUNC);

/// Sends the parts as one datagram; `to` is the receiver, or `None` for the
/// socket's peer.
#[inline]
pub(crate) fn send(
    fd: BorrowedFd<'_>,
    parts: &[&[u8]],
    to: Option<Address>,
) -> Result<usize, Errno> {
    match (parts, to) {
        ([part], None) => net::send(fd, part, SEND),
        ([part], Some(to)) => net::sendto(fd, part, SEND, &name_of(to)),
        _ if parts.len() <= FEW => gather::<FEW>(fd, parts, to),
        _ if parts.len() <= MANY => gather::<MANY>(fd, parts, to),
        _ => Err(io::Errno::MSGSIZE),
    }
    .map_err(errno)
}

/// Sends up to `N` parts. Out of line, so that only datagrams with many parts
/// have the large array on the stack.
#[inline(never)]
fn gather<const N: usize>(
    fd: BorrowedFd<'_>,
    parts: &[&[u8]],
    to: Option<Address>,
) -> io::Result<usize> {
    let part = |index| parts.get(index).copied().unwrap_or_default();
    let slices: [_; N] = array::from_fn(|index| IoSlice::new(part(index)));
    let slices = slices.get(..parts.len()).unwrap_or_default();
    let mut control = SendAncillaryBuffer::default();
    match to {
        Some(to) => net::sendmsg_addr(fd, &name_of(to), slices, &mut control, SEND),
        None => net::sendmsg(fd, slices, &mut control, SEND),
    }
}

/// Receives as much of a datagram as fits, and returns its whole length.
#[inline]
pub(crate) fn receive_plain(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<usize, Errno> {
    let (_, len) = net::recv(fd, buffer, RECEIVE).map_err(errno)?;
    Ok(len)
}

/// Receives a datagram with its sender. The kernel does less for this than for
/// control messages.
pub(crate) fn receive_named(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    let (_, len, sender) = net::recvfrom(fd, buffer, RECEIVE).map_err(errno)?;
    // Each netlink datagram has a sender.
    let sender = sender.ok_or(io::Errno::DESTADDRREQ).and_then(address_of);
    Ok(Received::new(len, sender.map_err(errno)?))
}

/// Receives a datagram with its sender and its control messages.
pub(crate) fn receive(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    /// Aligned as the kernel's `cmsghdr`.
    #[repr(align(8))]
    struct Control([u8; CONTROL]);

    const FLAGS: c_uint = MSG_DONTWAIT | MSG_TRUNC | MSG_CMSG_CLOEXEC;

    let mut control = Control([0; CONTROL]);
    let mut vector = raw::iovec {
        iov_base: buffer.as_mut_ptr().cast(),
        iov_len: buffer.len() as _,
    };
    // SAFETY: All zeros is a valid address: integers.
    let mut name: raw::sockaddr_nl = unsafe { zeroed() };
    // SAFETY: All zeros is a valid header: integers and null pointers.
    let mut header: raw::msghdr = unsafe { zeroed() };
    header.msg_name = (&raw mut name).cast();
    header.msg_namelen = size_of_val(&name) as _;
    header.msg_iov = (&raw mut vector).cast();
    header.msg_iovlen = 1;
    header.msg_control = control.0.as_mut_ptr().cast();
    header.msg_controllen = CONTROL as _;
    // SAFETY: `header` points to the name, to one vector, which is the borrowed
    // buffer, and to the control bytes, with their true sizes. All of them live
    // until the call returns.
    let len = unsafe { raw::recvmsg(fd.as_raw_fd(), &mut header, FLAGS) }?;
    let sender = Address {
        port: name.nl_pid,
        groups: name.nl_groups,
    };
    let mut received = Received::new(len, sender);
    let filled = control.0.get(..header.msg_controllen as usize);
    control::apply(filled.unwrap_or_default(), &mut received);
    Ok(received)
}
