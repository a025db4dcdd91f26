//! Expressions of extended matches: what is read, and what is to be written.

use super::{
    EmatchBytes, EmatchCompare, EmatchHeader, EmatchIpSet, EmatchIpt, EmatchKind, EmatchMeta,
    EmatchText, EmatchTree, U32Key,
};
use crate::attributes;
use crate::bytes::front;
use crate::codec::{AttributeSet, Form, Nested, Struct};
use crate::schema::{Described, Shape};
use crate::writer::Put;
use crate::zerocopy::native_endian::U32;
use crate::{AttrRef, Attrs, DecodeError, Writer};

attributes! {
    /// Expression of extended matches (`TCA_EMATCH_TREE_*`).
    pub set Ematches, enum EmatchesAttr {
        /// Number of matches.
        1 TCA_EMATCH_TREE_HDR Tree tree: Struct<EmatchTree>,
        /// Matches, numbered from 1.
        2 TCA_EMATCH_TREE_LIST List list: EmatchList<'static>,
    }
}

/// Extended matches of an expression, the form and the value of
/// [`TCA_EMATCH_TREE_LIST`]. Attribute types are positions, from 1; each value is
/// an [`EmatchHeader`] with settings behind.
///
/// ```
/// use nlwire::route::{
///     Ematch, EmatchCompare, EmatchFlags, EmatchHeader, EmatchLayer, EmatchList, EmatchOperand,
///     EmatchTree, EmatchesAttr,
/// };
///
/// // cmp(u8 at 9 layer network eq 6): TCP.
/// let tcp = EmatchCompare::new(EmatchLayer::NETWORK, 9, 1, EmatchOperand::EQUAL, 6);
/// let matches = [(EmatchHeader::default(), Ematch::Compare(&tcp))];
/// let tree = EmatchTree { count: 1.into(), program: 0.into() };
/// let expression = [EmatchesAttr::Tree(&tree), EmatchesAttr::List(EmatchList::of(&matches))];
/// # let _ = expression;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct EmatchList<'a>(Matches<'a>);

#[derive(Clone, Copy, Debug)]
enum Matches<'a> {
    Written(Attrs<'a>),
    Given(&'a [(EmatchHeader, Ematch<'a>)]),
}

/// Equal if the matches are equal.
impl PartialEq for EmatchList<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// Extended match with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ematch<'a> {
    /// Expression in parentheses: the place of its first match in the list, which is behind
    /// this one. Places are counted from 0, the positions of attributes from 1.
    Container(u32),
    /// Comparison of a number.
    Compare(&'a EmatchCompare),
    /// Comparison of bytes, and the bytes.
    Bytes(&'a EmatchBytes, &'a [u8]),
    /// Comparison of a word.
    Word(&'a U32Key),
    /// Comparison of metadata.
    Meta(Nested<'a, EmatchMeta>),
    /// Search for a text, and the text.
    Text(&'a EmatchText, &'a [u8]),
    /// Look-up in an ipset.
    IpSet(&'a EmatchIpSet),
    /// Match of iptables.
    Ipt(Nested<'a, EmatchIpt>),
    /// Match of another kind, such as identifiers of CAN, or one that is too
    /// short.
    Other(&'a [u8]),
}

crate::__format!(EmatchList<'_>, Ematch<'_>);

/// Returns a match with its kind in its header.
fn with_kind<'a>((header, found): &(EmatchHeader, Ematch<'a>)) -> (EmatchHeader, Ematch<'a>) {
    let kind = found.kind().map_or(header.kind, |kind| kind.0.into());
    (EmatchHeader { kind, ..*header }, *found)
}

impl<'a> EmatchList<'a> {
    /// Takes matches that are written already.
    #[must_use]
    pub const fn new(attributes: Attrs<'a>) -> Self {
        Self(Matches::Written(attributes))
    }

    /// Takes matches with their headers. The kind in a header is that of its match; only
    /// [`Ematch::Other`] keeps the header's own.
    #[must_use]
    pub const fn of(matches: &'a [(EmatchHeader, Ematch<'a>)]) -> Self {
        Self(Matches::Given(matches))
    }

    /// Returns the matches in the order of their positions.
    pub fn iter(self) -> impl Iterator<Item = Result<(EmatchHeader, Ematch<'a>), DecodeError>> {
        let (written, given) = match self.0 {
            Matches::Written(attributes) => (attributes, &[][..]),
            Matches::Given(matches) => (Attrs::new(&[]), matches),
        };
        let given = given.iter().map(|one| Ok(with_kind(one)));
        let read = written.map(|attribute| {
            let attribute = attribute?;
            let header: &EmatchHeader = attribute.view()?;
            let at = size_of::<EmatchHeader>();
            let bytes = attribute.bytes().get(at..).unwrap_or_default();
            let kind = EmatchKind(header.kind.get());
            let nested = attribute.nested().skip_bytes(at);
            let found = match kind {
                EmatchKind::META => Some(Ematch::Meta(nested.typed().into())),
                EmatchKind::IPT => Some(Ematch::Ipt(nested.typed().into())),
                _ => Ematch::read(kind, bytes),
            };
            Ok((*header, found.unwrap_or(Ematch::Other(bytes))))
        });
        given.chain(read)
    }
}

impl<'a> Ematch<'a> {
    const fn kind(&self) -> Option<EmatchKind> {
        Some(match self {
            Self::Container(_) => EmatchKind::CONTAINER,
            Self::Compare(_) => EmatchKind::CMP,
            Self::Bytes(..) => EmatchKind::NBYTE,
            Self::Word(_) => EmatchKind::U32,
            Self::Meta(_) => EmatchKind::META,
            Self::Text(..) => EmatchKind::TEXT,
            Self::IpSet(_) => EmatchKind::IPSET,
            Self::Ipt(_) => EmatchKind::IPT,
            Self::Other(_) => return None,
        })
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match *self {
            Self::Container(position) => w.append(&U32::new(position)),
            Self::Compare(settings) => w.append(settings),
            Self::Bytes(settings, bytes) => w.append(settings)?.append(bytes),
            Self::Word(key) => w.append(key),
            Self::Meta(attributes) => put_nested(attributes, w),
            Self::Text(settings, text) => w.append(settings)?.append(text),
            Self::IpSet(settings) => w.append(settings),
            Self::Ipt(attributes) => put_nested(attributes, w),
            Self::Other(bytes) => w.append(bytes),
        }
    }

    fn read(kind: EmatchKind, bytes: &'a [u8]) -> Option<Self> {
        Some(match kind {
            EmatchKind::CONTAINER => Self::Container(front::<U32>(bytes)?.0.get()),
            EmatchKind::CMP => Self::Compare(front::<EmatchCompare>(bytes)?.0),
            EmatchKind::NBYTE => {
                let (settings, rest) = front::<EmatchBytes>(bytes)?;
                Self::Bytes(settings, rest.get(..settings.length().into())?)
            }
            EmatchKind::U32 => Self::Word(front::<U32Key>(bytes)?.0),
            EmatchKind::TEXT => {
                let (settings, rest) = front::<EmatchText>(bytes)?;
                Self::Text(settings, rest.get(..settings.length.get().into())?)
            }
            EmatchKind::IPSET => Self::IpSet(front::<EmatchIpSet>(bytes)?.0),
            _ => return None,
        })
    }
}

/// Puts attributes behind the header of their match.
fn put_nested<'w, 'b, S: AttributeSet>(
    nested: Nested<'_, S>,
    w: &'w mut Writer<'b>,
) -> Put<'w, 'b> {
    match nested {
        Nested::Set(set) => w.append(set.attributes().remaining()),
        Nested::Items(items) => items.encode(w),
    }
}

impl Form for EmatchList<'static> {
    type Value<'a> = EmatchList<'a>;
    const SHAPE: Shape = Shape::Indexed(&<EmatchHeader as Described>::SHAPE);

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<EmatchList<'a>, DecodeError> {
        Ok(EmatchList::new(attribute.nested()))
    }

    fn encode<'w, 'b>(
        value: &EmatchList<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        match value.0 {
            Matches::Written(attributes) => writer.nest_of(kind, attributes.remaining()),
            Matches::Given(matches) => writer.nest(kind, |w| {
                // A nest has room for fewer than 65,535 matches.
                for (number, (header, found)) in (1..=u16::MAX).zip(matches.iter().map(with_kind)) {
                    w.unmarked_nest(number, |w| found.put(w.append(&header)?))?;
                }
                Ok(w)
            }),
        }
    }
}
