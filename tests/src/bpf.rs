//! Programs of eBPF, for tests that attach one. Loading needs real root.

use std::io;
use std::os::fd::{FromRawFd as _, OwnedFd};

/// Type of a program (`enum bpf_prog_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Program {
    /// Filter of traffic control.
    Filter = 3,
    /// Action of traffic control.
    Action = 4,
    /// Program of a link, before the network stack.
    Xdp = 6,
    /// Program of a route, for packets received.
    RouteInput = 10,
    /// Program of a route, for packets about to be sent.
    RouteTransmit = 12,
    /// Program of a segment's endpoint.
    Segment = 19,
}

/// Command that loads a program.
const BPF_PROG_LOAD: libc::c_int = 5;

/// Loads the program `NAME`, which returns `result` and does nothing else.
///
/// # Errors
/// The kernel's refusal: `EPERM` without `CAP_BPF`, and `EINVAL` for a type that the
/// kernel does not have.
pub fn load_bpf(program: Program, name: &str, result: i32) -> io::Result<OwnedFd> {
    // r0 = result; exit
    let [a, b, c, d] = result.to_ne_bytes();
    let instructions = [0xb7, 0, 0, 0, a, b, c, d, 0x95, 0, 0, 0, 0, 0, 0, 0];
    let licence = c"MIT";
    let mut title = [0; 16];
    for (to, from) in title.iter_mut().zip(name.bytes().take(15)) {
        *to = from;
    }
    // Type, number of instructions, instructions, licence, log, kernel version, flags
    // and name, in `union bpf_attr`.
    let attributes = [
        &program.number().to_ne_bytes()[..],
        &2_u32.to_ne_bytes(),
        &address(instructions.as_ptr()),
        &address(licence.as_ptr()),
        &[0; 24],
        &title,
    ]
    .concat();
    // SAFETY: the kernel reads `size` bytes of `attributes`, and the two arrays that
    // they point to; all three outlive the call.
    #[allow(unsafe_code, reason = "no crate that is small loads a program")]
    let fd = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            BPF_PROG_LOAD,
            attributes.as_ptr(),
            attributes.len(),
        )
    };
    match libc::c_int::try_from(fd) {
        // SAFETY: the kernel has just made it, and nothing else knows it.
        #[allow(unsafe_code, reason = "a descriptor of a system call")]
        Ok(fd) if fd >= 0 => Ok(unsafe { OwnedFd::from_raw_fd(fd) }),
        _ => Err(io::Error::last_os_error()),
    }
}

impl Program {
    const fn number(self) -> u32 {
        #[allow(clippy::as_conversions, reason = "the number of a variant")]
        {
            self as u32
        }
    }
}

/// Returns a pointer as the kernel's 64 bits.
fn address<T>(pointer: *const T) -> [u8; 8] {
    u64::try_from(pointer.addr())
        .unwrap_or_default()
        .to_ne_bytes()
}
