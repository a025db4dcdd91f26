//! Faults, each of which the proof must find. They stand alone, as it takes
//! minutes to link all calls.

#![allow(unused_imports, reason = "without a fault")]

use core::hint::black_box;

use crate::Call;

pub const CALLS: &[(&str, Call)] = &[
    #[cfg(feature = "inject-index")]
    ("slice[i]", |s| {
        let index = u16::from_ne_bytes(s.take()?);
        black_box(s.bytes[usize::from(index)]);
        Some(())
    }),
    #[cfg(feature = "inject-allocation")]
    ("an allocation", |s| {
        black_box(alloc::vec![s.bytes.len()]);
        Some(())
    }),
];
