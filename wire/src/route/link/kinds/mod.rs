//! Kinds of links beside the everyday ones.

mod bond;
mod can;
mod macsec;
mod other;
mod tunnel;

pub use bond::*;
pub use can::*;
pub use macsec::*;
pub use other::*;
pub use tunnel::*;
