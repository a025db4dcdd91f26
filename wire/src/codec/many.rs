//! Attributes that a set may hold several times.

use core::fmt::{self, Debug};
use core::iter::FusedIterator;
use core::marker::PhantomData;

use super::Form;
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Writer};

/// Attribute of the form `F` that its set may hold several times, such as
/// `IFLA_ALT_IFNAME`. [`fields!`](crate::fields) gives an iterator over all of
/// them; the enum of the set holds one.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Many<F>(PhantomData<F>);

/// Iterator over the values of a [`Many`].
pub struct Repeats<'a, F> {
    rest: Attrs<'a>,
    siblings: Attrs<'a>,
    kind: u16,
    form: PhantomData<fn() -> F>,
}

impl<'a, F: Form> Iterator for Repeats<'a, F> {
    type Item = Result<F::Field<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.rest.next()? {
                Ok(attribute) if attribute.kind() == self.kind => {
                    return Some(F::field(attribute, self.siblings));
                }
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<F: Form> FusedIterator for Repeats<'_, F> {}

impl<F> Clone for Repeats<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Repeats<'_, F> {}

impl<F> PartialEq for Repeats<'_, F> {
    fn eq(&self, other: &Self) -> bool {
        self.rest == other.rest && self.kind == other.kind
    }
}

impl<F: Form> Debug for Repeats<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

impl<F: Form> Form for Many<F> {
    type Value<'a> = F::Value<'a>;
    type Field<'a> = Repeats<'a, F>;
    const SHAPE: Shape = Shape::Many(&F::SHAPE);

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<F::Value<'a>, DecodeError> {
        F::decode(attribute, siblings)
    }

    #[inline]
    fn field<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Repeats<'a, F>, DecodeError> {
        Ok(Repeats {
            rest: siblings,
            siblings,
            kind: attribute.kind(),
            form: PhantomData,
        })
    }

    #[inline]
    fn encode<'w, 'b>(value: &F::Value<'_>, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        F::encode(value, kind, writer)
    }
}
