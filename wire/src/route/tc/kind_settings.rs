//! Settings of any kind, written by the tables of this crate.

use super::action::put_actions;
use super::{FilterAction, TCA_OPTIONS, TrafficSettings};
use crate::Writer;
use crate::codec::{AnyAttributes, Encode};
use crate::writer::Put;
use crate::zerocopy::{Immutable, IntoBytes};

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
    attributes: Option<&'a dyn AnyAttributes>,
    actions: (u16, &'a [FilterAction<'a>]),
}

impl<'a> TrafficKindSettings<'a> {
    /// Takes a kind without settings, whose [`actions`](Self::actions) follow.
    pub const fn new(kind: &'a str) -> Self {
        Self {
            kind,
            head: &[],
            attributes: None,
            actions: (0, &[]),
        }
    }

    /// Takes attributes: an array of the enum of the kind's set.
    pub fn of<A: Encode>(kind: &'a str, attributes: &'a A) -> Self {
        Self::new(kind).and(attributes)
    }

    /// Takes a struct, such as [`PrioOptions`](super::PrioOptions).
    pub fn of_struct<T: IntoBytes + Immutable>(kind: &'a str, settings: &'a T) -> Self {
        Self {
            head: settings.as_bytes(),
            ..Self::new(kind)
        }
    }

    /// Adds attributes behind the struct, as a `netem` and an `mqprio` have them.
    pub fn and<A: Encode>(mut self, attributes: &'a A) -> Self {
        self.attributes = Some(attributes);
        self
    }

    /// Adds actions of a filter, in the attribute that its kind has for them.
    ///
    /// ```
    /// use nlwire::route::{
    ///     BasicFilterAttr, FilterAction, Handle, NewFilter, TCA_BASIC_ACT, TCA_CGROUP_ACT,
    ///     TrafficKindSettings,
    /// };
    ///
    /// let drop = [FilterAction::drop()];
    /// // tc filter add dev eth0 parent 1: cgroup action drop
    /// let cgroup = TrafficKindSettings::new("cgroup").actions(TCA_CGROUP_ACT, &drop);
    /// let cgroup = NewFilter::new(2, Handle::new(1, 0), cgroup);
    /// let class = [BasicFilterAttr::Class(Handle::new(1, 0x10).bits())];
    /// let basic = TrafficKindSettings::of("basic", &class).actions(TCA_BASIC_ACT, &drop);
    /// # let _ = (cgroup, basic);
    /// ```
    #[doc(
        alias = "TCA_BASIC_ACT",
        alias = "TCA_CGROUP_ACT",
        alias = "TCA_FLOW_ACT",
        alias = "TCA_ROUTE4_ACT"
    )]
    pub const fn actions(mut self, attribute: u16, actions: &'a [FilterAction<'a>]) -> Self {
        self.actions = (attribute, actions);
        self
    }

    fn put_attributes<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = match self.attributes {
            Some(attributes) => attributes.put(w)?,
            None => w,
        };
        let (attribute, actions) = self.actions;
        put_actions(w, attribute, None, actions)
    }
}

impl TrafficSettings for TrafficKindSettings<'_> {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if self.head.is_empty() {
            return w.nest(TCA_OPTIONS, |w| self.put_attributes(w));
        }
        w.unmarked_nest(TCA_OPTIONS, |w| self.put_attributes(w.append(self.head)?))
    }
}

crate::__format!(TrafficKindSettings<'_>);
