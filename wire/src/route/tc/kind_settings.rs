//! Settings of any kind, written by the tables of this crate.

use core::fmt;

use super::{TCA_OPTIONS, TrafficSettings};
use crate::Writer;
use crate::codec::Encode;
use crate::writer::Put;
use crate::zerocopy::{Immutable, IntoBytes};

/// Attributes of whatever set, which a request borrows.
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

/// Kind of a discipline, a class or a filter with its settings: a struct,
/// attributes of the kind's set, or both.
///
/// ```
/// use nlwire::route::{
///     DualPi2Attr, Handle, TrafficKindSettings, NewClass, NewQdisc, QfqAttr, SfqOptions,
/// };
///
/// let dualpi2 = NewQdisc::new(7, TrafficKindSettings::of("dualpi2", &[DualPi2Attr::Limit(1000)]));
/// let weight = TrafficKindSettings::of("qfq", &[QfqAttr::Weight(10)]);
/// let class = NewClass::new(7, Handle::new(1, 1), weight);
/// let sfq = SfqOptions { perturb_period: 10.into(), ..SfqOptions::default() };
/// let sfq = NewQdisc::new(7, TrafficKindSettings::of_struct("sfq", &sfq));
/// # let _ = (dualpi2, class, sfq);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TrafficKindSettings<'a> {
    kind: &'a str,
    head: &'a [u8],
    attributes: Option<&'a dyn Attributes>,
}

impl<'a> TrafficKindSettings<'a> {
    /// Takes attributes: an array of the enum of the kind's set.
    pub fn of<A: Encode>(kind: &'a str, attributes: &'a A) -> Self {
        Self {
            kind,
            head: &[],
            attributes: Some(attributes),
        }
    }

    /// Takes a struct, such as [`PrioOptions`](super::PrioOptions).
    pub fn of_struct<T: IntoBytes + Immutable>(kind: &'a str, settings: &'a T) -> Self {
        Self {
            kind,
            head: settings.as_bytes(),
            attributes: None,
        }
    }

    /// Adds attributes behind the struct, as a `netem` and an `mqprio` have them.
    pub fn and<A: Encode>(mut self, attributes: &'a A) -> Self {
        self.attributes = Some(attributes);
        self
    }
}

impl TrafficSettings for TrafficKindSettings<'_> {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self.attributes {
            None => w.bytes(TCA_OPTIONS, self.head),
            Some(attributes) if self.head.is_empty() => w.nest(TCA_OPTIONS, |w| attributes.put(w)),
            Some(attributes) => {
                w.unmarked_nest(TCA_OPTIONS, |w| attributes.put(w.append(self.head)?))
            }
        }
    }
}

crate::__format!(TrafficKindSettings<'_>);
