//! Kinds of links beside the everyday ones.

pub mod bond;
pub mod can;
mod macsec;
mod other;
mod tunnel;

#[doc(no_inline)]
pub use bond::*;
#[doc(no_inline)]
pub use can::*;
pub use macsec::*;
pub use other::*;
pub use tunnel::*;
