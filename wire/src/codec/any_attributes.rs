//! Attributes of any set behind a reference.

use core::fmt;

use super::Encode;
use crate::Writer;
use crate::writer::Put;

/// Attributes of any set, which a request or a value borrows.
pub(crate) trait AnyAttributes: Sync {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b>;
}

impl<A: Encode> AnyAttributes for A {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        self.encode(w)
    }
}

impl fmt::Debug for dyn AnyAttributes + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[..]")
    }
}
