//! `sendmsg(2)`, `recvmsg(2)` and their kin. None of them waits.

use core::mem::{MaybeUninit, zeroed};
use core::ptr::{copy_nonoverlapping, null, null_mut};
use linux_raw_sys::errno::EMSGSIZE;
use linux_raw_sys::general::iovec;
use nlwire::Errno;
use rustix::fd::{AsRawFd, BorrowedFd};

use super::socket::{MSG_CMSG_CLOEXEC, MSG_DONTWAIT, MSG_NOSIGNAL, MSG_TRUNC, MessageHeader, Name};
use super::{call, control};
use crate::{Address, Received};

/// Enough for a header and a payload, and some more.
const FEW: usize = 8;
/// As many as the kernel takes (`UIO_MAXIOV`): 16 KiB of stack.
const MANY: usize = 1024;
/// Requests that name one object are shorter.
const SHORT: usize = 128;
/// Group, namespace id and credentials take 80 bytes; the rest is spare.
const CONTROL: usize = 128;

/// Sends the parts as one datagram; without a name where `to` is `None`.
#[inline]
pub(crate) fn send(
    fd: BorrowedFd<'_>,
    parts: &[&[u8]],
    to: Option<Address>,
) -> Result<usize, Errno> {
    let short = match to {
        None if parts.len() <= FEW => send_short(fd, parts),
        _ => None,
    };
    short.unwrap_or_else(|| send_long(fd, parts, to))
}

/// Sends parts that are short in all from one copy: the kernel takes longer to
/// gather them.
#[inline]
fn send_short(fd: BorrowedFd<'_>, parts: &[&[u8]]) -> Option<Result<usize, Errno>> {
    // Zeros would take longer than the copy.
    let mut datagram = [const { MaybeUninit::<u8>::uninit() }; SHORT];
    let mut len = 0_usize;
    for part in parts {
        let slot = datagram.get_mut(len..)?.get_mut(..part.len())?;
        // SAFETY: Both have this length, and borrowed memory is not overlaid.
        unsafe { copy_nonoverlapping(part.as_ptr(), slot.as_mut_ptr().cast(), part.len()) };
        // Not above `SHORT`.
        len = len.wrapping_add(part.len());
    }
    // SAFETY: The first `len` bytes were written above.
    Some(unsafe { send_to_peer(fd, datagram.as_ptr().cast(), len) })
}

/// Sends one part to whom the socket is connected with.
#[inline]
pub(crate) fn send_connected(fd: BorrowedFd<'_>, part: &[u8]) -> Result<usize, Errno> {
    // SAFETY: A borrowed slice.
    unsafe { send_to_peer(fd, part.as_ptr(), part.len()) }
}

/// `send(2)` of bytes that are there.
#[inline]
unsafe fn send_to_peer(fd: BorrowedFd<'_>, bytes: *const u8, len: usize) -> Result<usize, Errno> {
    let flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    // SAFETY: The caller's.
    unsafe { call::sendto(fd.as_raw_fd(), bytes, len, flags, null(), 0) }
}

#[inline(never)]
fn send_long(fd: BorrowedFd<'_>, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
    if parts.len() <= FEW {
        gather::<FEW>(fd, parts, to)
    } else {
        send_many(fd, parts, to)
    }
}

/// Keeps the large array out of the stack frame of short sends.
#[inline(never)]
fn send_many(fd: BorrowedFd<'_>, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
    gather::<MANY>(fd, parts, to)
}

fn gather<const N: usize>(
    fd: BorrowedFd<'_>,
    parts: &[&[u8]],
    to: Option<Address>,
) -> Result<usize, Errno> {
    if parts.len() > N {
        return Err(Errno(EMSGSIZE as _));
    }
    let mut vectors = [const { MaybeUninit::<iovec>::uninit() }; N];
    for (vector, part) in vectors.iter_mut().zip(parts) {
        vector.write(iovec {
            // The kernel only reads it.
            iov_base: part.as_ptr().cast_mut().cast(),
            iov_len: part.len() as _,
        });
    }
    let mut name = to.map(Name::of);
    // SAFETY: All zeros is a valid MessageHeader: integers and null pointers.
    let mut header: MessageHeader = unsafe { zeroed() };
    header.vectors = vectors.as_mut_ptr().cast();
    header.vectors_len = parts.len();
    if let Some(name) = &mut name {
        header.name = &raw mut *name;
        header.name_len = size_of::<Name>() as _;
    }
    // SAFETY: `header` names as many vectors as were written above, each of
    // them a borrowed slice, and either a whole `sockaddr_nl` or none.
    unsafe {
        call::sendmsg(
            fd.as_raw_fd(),
            &raw const header,
            MSG_DONTWAIT | MSG_NOSIGNAL,
        )
    }
}

/// Receives the size of a datagram and as much of it as there is room for.
#[inline]
pub(crate) fn receive_plain(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<usize, Errno> {
    // SAFETY: Pointer and length are those of a borrowed slice.
    unsafe {
        call::recvfrom(
            fd.as_raw_fd(),
            buffer.as_mut_ptr(),
            buffer.len(),
            MSG_DONTWAIT | MSG_TRUNC,
            null_mut(),
            null_mut(),
        )
    }
}

/// Receives a datagram with its sender, for which the kernel does less than
/// for all that can come along.
pub(crate) fn receive_named(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    let mut name = Name::of(Address::KERNEL);
    let mut name_len = size_of::<Name>() as _;
    // SAFETY: Pointer and length are those of a borrowed slice, and of a name.
    let len = unsafe {
        call::recvfrom(
            fd.as_raw_fd(),
            buffer.as_mut_ptr(),
            buffer.len(),
            MSG_DONTWAIT | MSG_TRUNC,
            &raw mut name,
            &raw mut name_len,
        )
    }?;
    Ok(Received::new(len, name.address()))
}

/// Receives a datagram with all that comes along.
pub(crate) fn receive(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    let mut vector = vector(buffer);
    let mut envelope = Envelope::new();
    let mut header = envelope.header(&mut vector);
    // SAFETY: `header` points to `vector`, which is the borrowed buffer, and
    // into `envelope`, with their true sizes.
    let len = unsafe {
        call::recvmsg(
            fd.as_raw_fd(),
            &raw mut header,
            MSG_DONTWAIT | MSG_TRUNC | MSG_CMSG_CLOEXEC,
        )
    }?;
    Ok(envelope.open(len, &header))
}

fn vector(buffer: &mut [u8]) -> iovec {
    iovec {
        iov_base: buffer.as_mut_ptr().cast(),
        iov_len: buffer.len() as _,
    }
}

fn bare_header(vector: &mut iovec) -> MessageHeader {
    // SAFETY: All zeros is a valid MessageHeader: integers and null pointers.
    let mut header: MessageHeader = unsafe { zeroed() };
    header.vectors = vector;
    header.vectors_len = 1;
    header
}

/// Where the kernel writes what comes along with a datagram.
///
/// The control bytes need the alignment of a `cmsghdr`.
#[repr(C, align(8))]
struct Envelope {
    control: [u8; CONTROL],
    name: Name,
}

impl Envelope {
    const fn new() -> Self {
        // SAFETY: All zeros is a valid envelope: integers.
        unsafe { zeroed() }
    }

    /// Makes a header that points to the vector and into this envelope.
    fn header(&mut self, vector: &mut iovec) -> MessageHeader {
        let mut header = bare_header(vector);
        header.name = &raw mut self.name;
        header.name_len = size_of::<Name>() as _;
        header.control = self.control.as_mut_ptr().cast();
        header.control_len = CONTROL;
        header
    }

    /// Reads what the kernel wrote.
    fn open(&self, len: usize, header: &MessageHeader) -> Received {
        let mut received = Received::new(len, self.name.address());
        let filled = self.control.get(..header.control_len);
        control::apply(filled.unwrap_or_default(), &mut received);
        received
    }
}
