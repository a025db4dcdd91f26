//! Netlink messages, attributes and requests.
#![no_std]
#![forbid(unsafe_code)]

mod errno;

pub use errno::Errno;
