//! Bitsets: sets of named bits, listed or in words of 32 bits.

use crate::codec::{Bytes, Encode, Flag, Many, Nest, Repeats, Set, Str};
use crate::writer::Put;
use crate::{DecodeError, Writer, attributes, fields};

attributes! {
    /// Bitset (`ETHTOOL_A_BITSET_*`): a list of bits, or words of 32 bits in
    /// answers to [`HeaderFlags::COMPACT_BITSETS`](super::HeaderFlags::COMPACT_BITSETS).
    ///
    /// [`Set::bits`] reads both forms. [`NamedBits`], [`NumberedBits`] and
    /// [`BitWords`] write them.
    pub set Bitset, enum BitsetAttr {
        /// Absence of a mask: the bits replace the old ones.
        1 ETHTOOL_A_BITSET_NOMASK NoMask no_mask: Flag,
        /// Number of bits.
        2 ETHTOOL_A_BITSET_SIZE Size size: u32,
        /// List of bits.
        3 ETHTOOL_A_BITSET_BITS Bits bits: Nest<BitsetBits>,
        /// Values, in words of 32 bits of the machine's order.
        4 ETHTOOL_A_BITSET_VALUE Value value: Bytes,
        /// Mask, in words of 32 bits of the machine's order.
        5 ETHTOOL_A_BITSET_MASK Mask mask: Bytes,
    }
}

attributes! {
    /// List of bits (`ETHTOOL_A_BITSET_BITS_*`).
    pub set BitsetBits, enum BitsetBitsAttr {
        /// Bit; the list has one for each.
        1 ETHTOOL_A_BITSET_BITS_BIT Bit bit: Many<Nest<Bit>>,
    }
}

attributes! {
    /// Bit (`ETHTOOL_A_BITSET_BIT_*`).
    pub set Bit, enum BitAttr {
        /// Number of the bit, from 0.
        1 ETHTOOL_A_BITSET_BIT_INDEX Index index: u32,
        /// Name, such as `1000baseT/Full`.
        2 ETHTOOL_A_BITSET_BIT_NAME Name name: Str,
        /// True if the bit is set; without a mask every listed bit is.
        3 ETHTOOL_A_BITSET_BIT_VALUE Value value: Flag,
    }
}

/// Bit of a [`Bitset`] that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BitState<'a> {
    /// Number of the bit, from 0; a request may leave it out.
    pub index: Option<u32>,
    /// Name of the bit; none in words.
    pub name: Option<&'a str>,
    /// True if the bit is set.
    pub is_set: bool,
}

impl<'a> Set<'a, Bitset> {
    /// Walks the bits in the mask, or without a mask the bits that are set.
    ///
    /// ```
    /// use nlwire::Writer;
    /// use nlwire::generic::ethtool::{BitState, Bitset, NamedBits};
    ///
    /// let mut buffer = [0; 64];
    /// let block = Writer::attributes(&mut buffer, |w| w.put(NamedBits::change(&[("rx-gro", true)])))?;
    /// let bits: Vec<_> = block.typed::<Bitset>().bits()?.flatten().collect();
    /// assert_eq!(bits, [BitState { index: None, name: Some("rx-gro"), is_set: true }]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if an attribute of the bitset is malformed.
    pub fn bits(self) -> Result<Bits<'a>, DecodeError> {
        let found = fields!(self => Bitset { no_mask, size, bits, value, mask })?;
        let no_mask = found.no_mask.unwrap_or_default();
        let value = found.value.unwrap_or_default();
        let listed = match found.bits {
            Some(bits) => fields!(bits => BitsetBits { bit })?.bit,
            None => None,
        };
        Ok(Bits {
            listed,
            no_mask,
            value,
            mask: found.mask.unwrap_or(value),
            next: 0,
            // Words end where their bytes do, whatever the size says.
            size: found.size.unwrap_or_default(),
        })
    }

    /// Returns true if the bit with this name is set. Words have no names.
    ///
    /// # Errors
    ///
    /// The errors of [`bits`](Self::bits), and a malformed bit.
    pub fn has(self, name: &str) -> Result<bool, DecodeError> {
        for bit in self.bits()? {
            let bit = bit?;
            if bit.name == Some(name) {
                return Ok(bit.is_set);
            }
        }
        Ok(false)
    }
}

/// Iterator over the bits of a [`Bitset`], created by [`Set::bits`].
#[derive(Clone, Copy, Debug)]
pub struct Bits<'a> {
    listed: Option<Repeats<'a, Nest<Bit>>>,
    no_mask: bool,
    value: &'a [u8],
    mask: &'a [u8],
    next: u32,
    size: u32,
}

impl<'a> Iterator for Bits<'a> {
    type Item = Result<BitState<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(listed) = &mut self.listed {
            let no_mask = self.no_mask;
            return listed.next().map(|bit| read(bit?, no_mask));
        }
        while self.next < self.size {
            let index = self.next;
            self.next = index.saturating_add(1);
            if bit_of(self.mask, index)? {
                return Some(Ok(BitState {
                    index: Some(index),
                    name: None,
                    is_set: bit_of(self.value, index).unwrap_or_default(),
                }));
            }
        }
        None
    }
}

impl core::iter::FusedIterator for Bits<'_> {}

fn read(bit: Set<'_, Bit>, no_mask: bool) -> Result<BitState<'_>, DecodeError> {
    let found = fields!(bit => Bit { index, name, value })?;
    Ok(BitState {
        index: found.index,
        name: found.name,
        is_set: no_mask || found.value.unwrap_or_default(),
    })
}

/// Returns a bit of 32-bit words; none beyond their end.
fn bit_of(words: &[u8], index: u32) -> Option<bool> {
    let at = usize::try_from(index / 32).ok()?.checked_mul(4)?;
    let word = words.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_ne_bytes(*word) >> (index % 32) & 1 == 1)
}

/// Bits by name, to be written: `["rx-gro", false]` clears one bit and leaves
/// the others.
///
/// ```
/// use nlwire::generic::ethtool::{FeaturesAttr, NamedBits, SetFeatures};
///
/// let off = NamedBits::change(&[("rx-gro", false), ("tx-nocache-copy", false)]);
/// let wanted = [FeaturesAttr::Wanted((&off).into())];
/// let change = SetFeatures::by_name("eth0", &wanted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NamedBits<'a> {
    bits: &'a [(&'a str, bool)],
    no_mask: bool,
}

impl<'a> NamedBits<'a> {
    /// Changes these bits and leaves the others.
    #[must_use]
    pub const fn change(bits: &'a [(&'a str, bool)]) -> Self {
        Self {
            bits,
            no_mask: false,
        }
    }

    /// Sets the bits that are true, and clears all others of the bitset.
    #[must_use]
    pub const fn replace(bits: &'a [(&'a str, bool)]) -> Self {
        Self {
            bits,
            no_mask: true,
        }
    }
}

impl Encode for NamedBits<'_> {
    type Set = Bitset;

    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let bits = self.bits.iter();
        let bits = bits.map(|(name, is_set)| (BitAttr::Name(name), *is_set));
        write(writer, bits, self.no_mask)
    }
}

/// Bits by number, to be written: `[(3, true)]` sets bit 3 and leaves the
/// others.
///
/// ```
/// use nlwire::generic::ethtool::{DebugAttr, NumberedBits, SetDebug};
///
/// let link = NumberedBits::change(&[(2, true)]);
/// let classes = [DebugAttr::Classes((&link).into())];
/// let change = SetDebug::by_name("eth0", &classes);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NumberedBits<'a> {
    bits: &'a [(u32, bool)],
    no_mask: bool,
}

impl<'a> NumberedBits<'a> {
    /// Changes these bits and leaves the others.
    #[must_use]
    pub const fn change(bits: &'a [(u32, bool)]) -> Self {
        Self {
            bits,
            no_mask: false,
        }
    }

    /// Sets the bits that are true, and clears all others of the bitset.
    #[must_use]
    pub const fn replace(bits: &'a [(u32, bool)]) -> Self {
        Self {
            bits,
            no_mask: true,
        }
    }
}

impl Encode for NumberedBits<'_> {
    type Set = Bitset;

    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let bits = self.bits.iter();
        let bits = bits.map(|(index, is_set)| (BitAttr::Index(*index), *is_set));
        write(writer, bits, self.no_mask)
    }
}

fn write<'w, 'b, 'x>(
    writer: &'w mut Writer<'b>,
    bits: impl Iterator<Item = (BitAttr<'x>, bool)>,
    no_mask: bool,
) -> Put<'w, 'b> {
    writer
        .put(BitsetAttr::NoMask(no_mask))?
        .nest(ETHTOOL_A_BITSET_BITS, |w| {
            for (bit, is_set) in bits {
                // The kernel takes a bit in a list without a mask as set.
                if is_set || !no_mask {
                    w.nest(ETHTOOL_A_BITSET_BITS_BIT, |w| {
                        w.put([bit, BitAttr::Value(is_set)])
                    })?;
                }
            }
            Ok(w)
        })
}

/// Bits in words, to be written: the compact form.
///
/// ```
/// use nlwire::generic::ethtool::{BitWords, DebugAttr, SetDebug};
///
/// // Bits 0 to 2 of 15; bits 1 and 2 are set, bit 0 is cleared.
/// let some = BitWords { size: 15, value: &[0b110], mask: Some(&[0b111]) };
/// let classes = [DebugAttr::Classes((&some).into())];
/// let change = SetDebug::by_name("eth0", &classes);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BitWords<'a> {
    /// Number of bits; the words have `(size + 31) / 32`.
    pub size: u32,
    /// Values.
    pub value: &'a [u32],
    /// Bits that change; none replaces all.
    pub mask: Option<&'a [u32]>,
}

impl Encode for BitWords<'_> {
    type Set = Bitset;

    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        use crate::zerocopy::IntoBytes as _;

        let writer = writer
            .put(BitsetAttr::NoMask(self.mask.is_none()))?
            .put(BitsetAttr::Size(self.size))?
            .put(BitsetAttr::Value(self.value.as_bytes()))?;
        match self.mask {
            Some(mask) => writer.put(BitsetAttr::Mask(mask.as_bytes())),
            None => Ok(writer),
        }
    }
}

crate::__format!(Bits<'_>);
