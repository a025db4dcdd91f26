//! Links only if nothing that it calls can panic.
#![no_std]
#![no_main]

use core::ffi::{c_int, c_void};
use core::panic::PanicInfo;
use no_panic::{Source, calls};

#[link(name = "c")]
unsafe extern "C" {
    fn read(fd: c_int, buffer: *mut c_void, length: usize) -> isize;

    /// Defined nowhere.
    fn nlwire_can_panic() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: it does not exist, so this is never run.
    unsafe { nlwire_can_panic() }
}

#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    let (mut input, mut buffer) = ([0_u8; 4096], [0_u8; 4096]);
    // SAFETY: read(2) fills at most the length of the buffer.
    unsafe { read(0, input.as_mut_ptr().cast(), input.len()) };
    for (_, call) in calls() {
        call(&mut Source {
            bytes: &input,
            buffer: &mut buffer,
        });
    }
    0
}
