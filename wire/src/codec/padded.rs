//! Names in a field of a fixed size.

use core::fmt;

use crate::schema::{Described, Shape};
use crate::text::Quoted;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

/// Name in `N` bytes, padded with NULs, in a struct of [`structs!`](macro@crate::structs).
///
/// ```
/// use nlwire::codec::PaddedName;
///
/// let name = PaddedName::<64>::new("sha256");
/// assert_eq!(name.text(), b"sha256");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(transparent)]
pub struct PaddedName<const N: usize>([u8; N]);

impl<const N: usize> Described for PaddedName<N> {
    const SHAPE: Shape = Shape::Padded;
}

impl<const N: usize> PaddedName<N> {
    /// Takes the first `N - 1` bytes of a name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut bytes = [0; N];
        let room = bytes.iter_mut().take(N.saturating_sub(1));
        for (to, from) in room.zip(name.bytes()) {
            *to = from;
        }
        Self(bytes)
    }

    /// Returns the name.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.0.split(|&byte| byte == 0).next().unwrap_or_default()
    }
}

crate::__format!(for [const N: usize] PaddedName<N>);

impl<const N: usize> Default for PaddedName<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> fmt::Debug for PaddedName<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Quoted(self.text()), f)
    }
}
