//! Calls every public function of nlwire, with arguments read from bytes.
#![no_std]

#[cfg(feature = "inject-allocation")]
extern crate alloc;

#[cfg(feature = "calls")]
mod by_hand;
#[cfg(not(feature = "calls"))]
mod faults;
#[cfg(feature = "calls")]
mod format;
#[cfg(feature = "calls")]
mod generic;
#[cfg(feature = "calls")]
mod make;
#[cfg(feature = "calls")]
mod sample;
mod source;

pub use source::Source;

/// Call of one public function; `None` if the bytes do not yield its arguments.
pub type Call = fn(&mut Source<'_>) -> Option<()>;

#[cfg(feature = "calls")]
#[allow(unused_variables, reason = "not every function takes an argument")]
mod generated {
    include!(env!("NLWIRE_CALLS", "start the proof with ./run"));
}

/// Each call and its name.
pub fn calls() -> impl Iterator<Item = &'static (&'static str, Call)> {
    #[cfg(feature = "calls")]
    return generated::CALLS.iter().chain(by_hand::CALLS);
    #[cfg(not(feature = "calls"))]
    faults::CALLS.iter()
}
