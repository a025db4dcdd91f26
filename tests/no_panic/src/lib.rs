//! A call of every public function of nlwire, with arguments made of bytes.
#![no_std]

mod by_hand;
mod format;
mod generic;
mod make;
mod sample;
mod source;

pub use source::Source;

/// One call of a public function; `None` if the bytes do not make its arguments.
pub type Call = fn(&mut Source<'_>) -> Option<()>;

#[allow(unused_variables, reason = "not every function takes an argument")]
mod generated {
    include!(env!("NLWIRE_CALLS", "start the proof with ./run"));
}

/// Each call and its name.
pub fn calls() -> impl Iterator<Item = &'static (&'static str, Call)> {
    generated::CALLS.iter().chain(by_hand::CALLS)
}
