//! Probabilities of random choices.

use core::fmt;

/// Probability in 32 bits, as a part of 2^32 - 1, rounded as by tc(8).
///
/// ```
/// use nlwire::route::Probability;
///
/// assert_eq!(Probability::percent(50), Probability::part(1, 2));
/// assert_eq!(Probability::percent(1).to_bits(), 42_949_673);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u32);

crate::__format!(Probability);

impl Probability {
    /// Takes a number of percent, up to 100.
    #[must_use]
    pub fn percent(percent: u32) -> Self {
        Self::part(percent, 100)
    }

    /// Takes a fraction, at most 1; a fraction of 0 is 0.
    #[must_use]
    pub fn part(part: u32, of: u32) -> Self {
        let whole = u64::from(u32::MAX);
        let product = u64::from(part).saturating_mul(whole);
        let rounded = product.saturating_add(u64::from(of) / 2);
        let bits = rounded.checked_div(of.into()).unwrap_or(0);
        Self(u32::try_from(bits).unwrap_or(u32::MAX))
    }

    /// Takes the kernel's number.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Returns the kernel's number.
    #[must_use]
    pub const fn to_bits(self) -> u32 {
        self.0
    }
}

/// Percent with two digits behind the point.
impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = u64::from(self.0).saturating_mul(10_000) / 4_294_967_295;
        write!(f, "{}.{:02}%", hundredths / 100, hundredths % 100)
    }
}
