//! Loading of an eBPF program, for the test that attaches one (`bpf(2)`).

use nlwire::Errno;
use rustix::fd::{FromRawFd, OwnedFd};

/// `BPF_PROG_LOAD`
const PROG_LOAD: libc::c_int = 5;
/// `BPF_PROG_TYPE_SOCKET_FILTER`
const SOCKET_FILTER: u32 = 1;

/// `struct bpf_insn`
#[repr(C)]
struct Instruction {
    code: u8,
    registers: u8,
    offset: i16,
    immediate: i32,
}

/// First part of `union bpf_attr`; the kernel takes the rest as zeros.
#[repr(C, align(8))]
struct Attributes {
    kind: u32,
    count: u32,
    instructions: u64,
    licence: u64,
    log: [u32; 6],
}

/// Loads a socket filter that keeps this many bytes of each datagram.
pub(crate) fn load_filter(keep: i32) -> Result<OwnedFd, Errno> {
    let program = [
        // r0 = keep; exit
        Instruction {
            code: 0xb7,
            registers: 0,
            offset: 0,
            immediate: keep,
        },
        Instruction {
            code: 0x95,
            registers: 0,
            offset: 0,
            immediate: 0,
        },
    ];
    let attributes = Attributes {
        kind: SOCKET_FILTER,
        count: 2,
        instructions: program.as_ptr().expose_provenance() as u64,
        licence: c"MIT".as_ptr().expose_provenance() as u64,
        log: [0; 6],
    };
    // SAFETY: The kernel reads `size` bytes, and the program and the licence
    // that they point to; all of them live until it returns.
    let result = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            PROG_LOAD,
            &raw const attributes,
            size_of::<Attributes>(),
        )
    };
    let fd = libc::c_int::try_from(result).map_err(|_| Errno::EPERM)?;
    if fd < 0 {
        // SAFETY: Always returns a pointer to a variable of this thread.
        return Err(Errno(unsafe { *libc::__errno_location() }));
    }
    // SAFETY: The kernel just made it for this call.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}
