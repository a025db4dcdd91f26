//! The small values that attributes hold (`linux/netlink.h`).

use core::fmt;

use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

/// The order of an integer's bytes where neither getter nor row names one.
///
/// ```
/// use nlwire::{ByteOrder, Writer};
///
/// // Counters of conntrack are big-endian.
/// let mut buffer = [0; 16];
/// let attributes = Writer::attributes(&mut buffer, |w| w.order(ByteOrder::Big).u32(1, 80))?;
/// let first = attributes.with_order(ByteOrder::Big).next().ok_or("no attribute")??;
/// assert_eq!((first.u32()?, first.bytes()), (80, &[0, 0, 0, 80][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum ByteOrder {
    /// The machine's: rtnetlink, generic netlink.
    #[default]
    Native,
    /// Network order: netfilter.
    Big,
    /// Little-endian.
    Little,
}

/// State that a set passes to its nests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) order: ByteOrder,
    /// The address family of the fixed header, else 0.
    pub(crate) family: u8,
}

impl Scope {
    pub(crate) const NATIVE: Self = Self {
        order: ByteOrder::Native,
        family: 0,
    };
}

/// Bits and which of them count (`struct nla_bitfield32`).
///
/// ```
/// use nlwire::Bitfield32;
///
/// // Sets bit 0, clears bit 1, and leaves all others unchanged.
/// let bits = Bitfield32::new(0b01, 0b11);
/// assert_eq!(bits.to_string(), "0x1/0x3");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
#[doc(alias = "nla_bitfield32")]
pub struct Bitfield32 {
    value: U32,
    selector: U32,
}

impl Bitfield32 {
    /// Sets the bits of `selector` to those of `value`.
    #[must_use]
    pub const fn new(value: u32, selector: u32) -> Self {
        Self {
            value: U32::new(value),
            selector: U32::new(selector),
        }
    }

    /// Returns the bits.
    #[must_use]
    pub const fn value(&self) -> u32 {
        self.value.get()
    }

    /// Returns which of the bits count.
    #[must_use]
    pub const fn selector(&self) -> u32 {
        self.selector.get()
    }
}

/// `0x1/0x3`: the bits, and which of them count.
impl fmt::Display for Bitfield32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}/{:#x}", self.value(), self.selector())
    }
}

impl fmt::Debug for Bitfield32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bitfield32({self})")
    }
}
