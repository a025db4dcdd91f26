//! From an offset back to the attribute, the way that an extended ack asks for.

use core::iter::FusedIterator;

use crate::{AttrRef, Attrs};

/// The attributes around an offset, outermost first.
///
/// It descends into what may be a nest without asking whether it is marked as
/// one, since many are not, and ends at the attribute that starts at the
/// offset, or at the innermost one that covers it.
///
/// ```
/// use nlwire::Writer;
///
/// const IFLA_LINKINFO: u16 = 18;
/// const IFLA_INFO_KIND: u16 = 1;
///
/// let mut buffer = [0; 32];
/// let attributes = Writer::attributes(&mut buffer, |w| {
///     w.nest(IFLA_LINKINFO, |w| w.str(IFLA_INFO_KIND, "bridge"))
/// })?;
/// // The kernel's offset of a refused attribute.
/// let around = attributes.locate(4).map(|attribute| attribute.kind());
/// assert!(around.eq([IFLA_LINKINFO, IFLA_INFO_KIND]));
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Locate<'a> {
    level: Attrs<'a>,
    offset: u32,
}

impl<'a> Locate<'a> {
    #[inline]
    pub(crate) const fn new(level: Attrs<'a>, offset: u32) -> Self {
        Self { level, offset }
    }
}

impl<'a> Attrs<'a> {
    /// Walks down to the attribute that covers `offset`, the unit of
    /// `NLMSGERR_ATTR_OFFS`: the outermost first, the innermost last. Nothing
    /// if none covers it.
    #[must_use]
    pub const fn locate(self, offset: u32) -> Locate<'a> {
        Locate::new(self, offset)
    }
}

impl<'a> Iterator for Locate<'a> {
    type Item = AttrRef<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let covers =
            |attribute: &AttrRef<'_>| (attribute.offset()..attribute.end()).contains(&self.offset);
        let found = self.level.map_while(Result::ok).find(covers);
        self.level = match found {
            Some(attribute) if attribute.offset() != self.offset => attribute.nested(),
            _ => Attrs::new(&[]),
        };
        found
    }
}

impl FusedIterator for Locate<'_> {}
