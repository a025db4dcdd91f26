//! Does nothing.
#![no_std]
#![no_main]

mod start;

extern "C" fn main() -> ! {
    start::exit(0)
}
