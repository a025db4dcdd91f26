//! A family of a user's, in a module without a prelude where the names that
//! macros like to use mean something else.
#![no_implicit_prelude]
#![deny(missing_docs, unsafe_code, unused, clippy::all)]
#![allow(non_camel_case_types, reason = "names to trip over")]

pub mod described;
pub mod family;
pub mod primitives;
pub mod request;
pub mod structs;

#[cfg(test)]
mod tests;

/// Names that a macro must not take for those of the standard library.
macro_rules! shadows {
    ($($name:ident)*) => {$(
        #[doc = "Not what it seems."]
        pub struct $name;
    )*};
}

/// To be imported where macros are used.
pub mod shadow {
    shadows! {
        Option Result Some None Ok Err Vec String Box Iterator IntoIterator From Into
        Clone Copy Debug PartialEq Eq Default Fn FnOnce Send Sync Sized Drop
        AttrRef Attrs Writer Put Set Form Encode AttributeSet Schema Shape Row DecodeError Chosen
    }

    /// Names of the language.
    pub mod primitives {
        shadows! { u8 u16 u32 u64 usize i32 i64 bool str char }
    }

    /// Hides core itself.
    pub mod core {}
    /// Hides the crate.
    pub mod nlwire {}
    /// Hides the standard library.
    pub mod std {}
}
