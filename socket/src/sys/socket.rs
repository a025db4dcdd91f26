//! Numbers and structs of sockets (`linux/socket.h`). linux-raw-sys has them
//! among much else, which would take longer to build than this.

use core::ffi::{c_int, c_uint, c_void};
use linux_raw_sys::general::iovec;

#[allow(unused_imports, reason = "all hidden on some architectures")]
pub(super) use generic::*;

pub(super) const AF_NETLINK: c_uint = 16;
pub(super) const SOCK_RAW: c_uint = 3;
pub(super) const SOL_NETLINK: c_uint = 270;
pub(super) const SCM_CREDENTIALS: c_uint = 2;
pub(super) const MSG_TRUNC: c_uint = 0x20;
pub(super) const MSG_DONTWAIT: c_uint = 0x40;
pub(super) const MSG_NOSIGNAL: c_uint = 0x4000;
pub(super) const MSG_CMSG_CLOEXEC: c_uint = 0x4000_0000;

/// `asm-generic/socket.h`
#[allow(dead_code, reason = "hidden on some architectures")]
mod generic {
    use core::ffi::c_uint;

    pub(crate) const SOL_SOCKET: c_uint = 1;
    pub(crate) const SO_SNDBUF: c_uint = 7;
    pub(crate) const SO_RCVBUF: c_uint = 8;
    pub(crate) const SO_PASSCRED: c_uint = 16;
    pub(crate) const SO_ATTACH_FILTER: c_uint = 26;
    pub(crate) const SO_DETACH_FILTER: c_uint = 27;
    pub(crate) const SO_SNDBUFFORCE: c_uint = 32;
    pub(crate) const SO_RCVBUFFORCE: c_uint = 33;
    pub(crate) const SO_PROTOCOL: c_uint = 38;
    pub(crate) const SO_DOMAIN: c_uint = 39;
    pub(crate) const SO_LOCK_FILTER: c_uint = 44;
    pub(crate) const SO_ATTACH_BPF: c_uint = 50;
    pub(crate) const SO_MEMINFO: c_uint = 55;
}

// Hides them on the architectures that have numbers of their own.
#[cfg(any(
    target_arch = "mips",
    target_arch = "mips32r6",
    target_arch = "mips64",
    target_arch = "mips64r6",
    target_arch = "powerpc",
    target_arch = "powerpc64",
    target_arch = "sparc",
    target_arch = "sparc64",
))]
pub(super) use linux_raw_sys::net::{
    SO_ATTACH_BPF, SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_DOMAIN, SO_LOCK_FILTER, SO_MEMINFO,
    SO_PASSCRED, SO_PROTOCOL, SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE, SOL_SOCKET,
};

/// `struct sockaddr_nl`
#[repr(C)]
pub(super) struct Name {
    pub(super) family: u16,
    pub(super) padding: u16,
    pub(super) port: u32,
    pub(super) groups: u32,
}

/// `struct user_msghdr`
#[repr(C)]
pub(super) struct MessageHeader {
    pub(super) name: *mut Name,
    pub(super) name_len: c_int,
    pub(super) vectors: *mut iovec,
    pub(super) vectors_len: usize,
    pub(super) control: *mut c_void,
    pub(super) control_len: usize,
    pub(super) flags: c_uint,
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_and_structs_are_those_of_the_headers() {
        for (ours, theirs) in [
            (super::AF_NETLINK, libc::AF_NETLINK),
            (super::SOCK_RAW, libc::SOCK_RAW),
            (super::SOL_NETLINK, libc::SOL_NETLINK),
            (super::SCM_CREDENTIALS, libc::SCM_CREDENTIALS),
            (super::MSG_TRUNC, libc::MSG_TRUNC),
            (super::MSG_DONTWAIT, libc::MSG_DONTWAIT),
            (super::MSG_NOSIGNAL, libc::MSG_NOSIGNAL),
            (super::MSG_CMSG_CLOEXEC, libc::MSG_CMSG_CLOEXEC),
        ] {
            assert_eq!(ours, theirs.cast_unsigned());
        }
        assert_eq!(size_of::<super::Name>(), size_of::<libc::sockaddr_nl>());
        // Those of musl have padding, but no other size.
        assert_eq!(size_of::<super::MessageHeader>(), size_of::<libc::msghdr>());
    }
}
