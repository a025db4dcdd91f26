//! Attributes of any set behind a reference.

use core::fmt;

use crate::Writer;
use crate::codec::Encode;
use crate::writer::Put;

/// Attributes of any set, which a request borrows.
pub(super) trait Attributes: Sync {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b>;
}

impl<A: Encode> Attributes for A {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        self.encode(w)
    }
}

impl fmt::Debug for dyn Attributes + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[..]")
    }
}
