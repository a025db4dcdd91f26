//! Comparisons and set look-ups of a field.

use super::Comparison;
use super::selector::Selector;
use super::statement::{Fields, Kind, Statement};
use super::value::Value;
use crate::{Prefix, Text};

/// Comparisons end the rule if they fail.
impl Selector {
    /// Compares with a value: `tcp dport 22`.
    #[must_use]
    pub fn is<'a>(self, value: impl Into<Value<'a>>) -> Statement<'a> {
        self.compare(Comparison::EQ, value)
    }

    /// Compares with a value that must differ: `tcp dport != 22`.
    #[must_use]
    pub fn is_not<'a>(self, value: impl Into<Value<'a>>) -> Statement<'a> {
        self.compare(Comparison::NEQ, value)
    }

    /// Compares with a value by any operator. For `<` and `>`, convert fields
    /// of the machine's byte order [to network
    /// order](Selector::in_network_order).
    #[must_use]
    pub fn compare<'a>(self, operation: Comparison, value: impl Into<Value<'a>>) -> Statement<'a> {
        Statement(Kind::Compare(self, operation, value.into()))
    }

    /// Compares with a range, both ends included: `tcp dport 1-1023`.
    #[must_use]
    pub fn between<'a>(
        self,
        first: impl Into<Value<'a>>,
        last: impl Into<Value<'a>>,
    ) -> Statement<'a> {
        Statement(Kind::Range(
            self.in_network_order(),
            true,
            first.into(),
            last.into(),
        ))
    }

    /// Compares with a range, and succeeds outside it: `tcp dport != 1-1023`.
    #[must_use]
    pub fn not_between<'a>(
        self,
        first: impl Into<Value<'a>>,
        last: impl Into<Value<'a>>,
    ) -> Statement<'a> {
        Statement(Kind::Range(
            self.in_network_order(),
            false,
            first.into(),
            last.into(),
        ))
    }

    /// Compares with a network: `ip saddr 10.0.0.0/8`.
    #[must_use]
    pub fn within(self, network: Prefix) -> Statement<'static> {
        self.network(network, Comparison::EQ)
    }

    /// Compares with a network, and succeeds outside it: `ip saddr !=
    /// 10.0.0.0/8`.
    #[must_use]
    pub fn not_within(self, network: Prefix) -> Statement<'static> {
        self.network(network, Comparison::NEQ)
    }

    fn network(self, network: Prefix, operation: Comparison) -> Statement<'static> {
        let network = network.network();
        if network.is_host() {
            return self.compare(operation, network.address());
        }
        Statement(Kind::Masked {
            field: self,
            mask: Value::Ip(network.mask()),
            operation,
            value: Value::Ip(network.address()),
        })
    }

    /// Compares bits, and succeeds if at least one is set: `ct state
    /// established,related`.
    #[must_use]
    pub fn any<'a>(self, bits: impl Into<Value<'a>>) -> Statement<'a> {
        self.masked(bits, Comparison::NEQ, 0)
    }

    /// Compares bits, and succeeds if none is set: `ct state & (new) == 0`.
    #[must_use]
    pub fn none<'a>(self, bits: impl Into<Value<'a>>) -> Statement<'a> {
        self.masked(bits, Comparison::EQ, 0)
    }

    /// Compares the bits of a mask with a value: `meta mark & 0xff == 7`.
    ///
    /// ```
    /// use nlwire::netfilter::{Comparison, Selector};
    ///
    /// let match_seven = Selector::META_MARK.masked(0xff, Comparison::EQ, 7);
    /// ```
    #[must_use]
    pub fn masked<'a>(
        self,
        mask: impl Into<Value<'a>>,
        operation: Comparison,
        value: impl Into<Value<'a>>,
    ) -> Statement<'a> {
        Statement(Kind::Masked {
            field: self,
            mask: mask.into(),
            operation,
            value: value.into(),
        })
    }

    /// Compares the start of a link name: `iifname "eth*"`.
    #[must_use]
    pub fn starts_with<'a>(self, text: impl Into<Text<'a>>) -> Statement<'a> {
        Statement(Kind::Starts(self, text.into()))
    }

    /// Looks the field up in a set of the same table: `ip saddr @allowed`.
    ///
    /// For an interval set of marks or other keys in the machine's byte order,
    /// convert the field [to network order](Selector::in_network_order).
    #[must_use]
    pub fn in_set<'a>(self, set: impl Into<Text<'a>>) -> Statement<'a> {
        Statement::lookup(Fields::One(self), set.into(), 0, false)
    }

    /// Looks the field up in a set, and succeeds if it is not there: `ip saddr
    /// != @blocked`.
    #[must_use]
    pub fn not_in_set<'a>(self, set: impl Into<Text<'a>>) -> Statement<'a> {
        Statement::lookup(Fields::One(self), set.into(), 1, false)
    }

    /// Applies the verdict that a map has for the field: `tcp dport vmap
    /// @services`.
    #[must_use]
    pub fn verdict_of<'a>(self, map: impl Into<Text<'a>>) -> Statement<'a> {
        Statement::lookup(Fields::One(self), map.into(), 0, true)
    }

    /// Sets the field: `meta mark set 7`, `ct mark set 7`.
    #[must_use]
    pub fn set<'a>(self, value: impl Into<Value<'a>>) -> Statement<'a> {
        Statement(Kind::Set(self, value.into()))
    }
}
