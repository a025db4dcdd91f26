//! Nests whose attribute types are indices or other values, not names.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use super::Form;
use crate::schema::Shape;
use crate::tree;
use crate::walk::Names;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Writer};

/// Nest whose attributes are of the form `F` each, and whose attribute types are
/// indices or other values. [`Indexed<S>`](super::Indexed) is the one whose
/// elements are nests of the set `S`.
///
/// ```
/// use nlwire::codec::{Be, IndexedOf, IndexedValues, Nest};
/// use nlwire::{Writer, attributes, fields};
///
/// attributes! {
///     /// Limits of a queue.
///     pub set Limits, enum LimitsAttr { 1 Q_LIMIT_PACKETS Packets packets: u32 }
/// }
/// attributes! {
///     pub set Queues, enum QueuesAttr {
///         /// UDP ports, numbered from 1.
///         1 Q_PORTS Ports ports: IndexedOf<Be<u16>>,
///         /// Limits by processor and queue.
///         2 Q_LIMITS Limits limits: IndexedOf<IndexedOf<Nest<Limits>>>,
///     }
/// }
///
/// let (mut ports, mut buffer) = ([0; 32], [0; 64]);
/// let ports = Writer::attributes(&mut ports, |w| w.u16_be(1, 53)?.u16_be(2, 4789))?;
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.put(QueuesAttr::Ports(IndexedValues::of(ports)))?
///         .nest(Q_LIMITS, |w| w.nest(3, |w| w.nest(0, |w| w.put(LimitsAttr::Packets(100)))))
/// })?;
/// assert_eq!(
///     format!("{:?}", block.typed::<Queues>()),
///     "{Q_PORTS: {1: 53, 2: 4789}, Q_LIMITS: {3: {0: {Q_LIMIT_PACKETS: 100}}}}",
/// );
///
/// let queues = fields!(block => Queues { ports, limits })?;
/// let ports: Result<Vec<_>, _> = queues.ports.unwrap().iter().collect();
/// assert_eq!(ports?, [(1, 53), (2, 4789)]);
/// for processor in queues.limits.unwrap().iter() {
///     let (processor, queues) = processor?;
///     for queue in queues.iter() {
///         let (queue, limits) = queue?;
///         assert_eq!((processor, queue), (3, 0));
///         assert_eq!(fields!(limits => Limits { packets })?.packets, Some(100));
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IndexedOf<F>(PhantomData<F>);

/// Value of an [`IndexedOf`]: pairs of index and value.
pub struct IndexedValues<'a, F> {
    elements: Attrs<'a>,
    form: PhantomData<fn() -> F>,
}

crate::__format!(for [F: Form] IndexedValues<'_, F>);

impl<'a, F> IndexedValues<'a, F> {
    /// Takes elements that are written already, to be put as a nest.
    #[inline]
    #[must_use]
    pub const fn of(elements: Attrs<'a>) -> Self {
        Self {
            elements,
            form: PhantomData,
        }
    }

    /// Returns the bytes of the elements.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.elements.remaining()
    }
}

impl<'a, F: Form> IndexedValues<'a, F> {
    /// Walks the elements: index and value. Iteration continues behind an
    /// element that does not fit its form.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Result<(u16, F::Field<'a>), DecodeError>> + Clone {
        let siblings = self.elements;
        siblings.map(move |element| {
            let element = element?;
            Ok((element.kind(), F::field(element, siblings)?))
        })
    }
}

impl<F> Clone for IndexedValues<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for IndexedValues<'_, F> {}

impl<F> PartialEq for IndexedValues<'_, F> {
    fn eq(&self, other: &Self) -> bool {
        self.elements == other.elements
    }
}

impl<F: Form> Debug for IndexedValues<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tree::debug(f, self.elements, Names::Indices(const { &F::SHAPE }))
    }
}

impl<F: Form> Form for IndexedOf<F> {
    type Value<'a> = IndexedValues<'a, F>;
    const SHAPE: Shape = Shape::Indexed(&F::SHAPE);

    super::field_is_value!();

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<IndexedValues<'a, F>, DecodeError> {
        Ok(IndexedValues::of(attribute.nested()))
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &IndexedValues<'_, F>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.nest_of(kind, value.as_bytes())
    }
}
