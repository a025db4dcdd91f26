//! Channel of a network: HT, VHT, HE and EHT operation.

use core::fmt;

/// HT operation (IEEE 802.11n).
///
/// ```text
///  | channel | information | basic MCS set |
///  |    1    |      5      |      16       |
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HtOperation<'a>(&'a [u8; 22]);

/// Place of the second channel at 40 MHz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum SecondaryChannel {
    /// The network has 20 MHz.
    None,
    /// 20 MHz above the primary channel.
    Above,
    /// 20 MHz below the primary channel.
    Below,
}

impl<'a> HtOperation<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        bytes.first_chunk().map(Self)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8; 22] {
        self.0
    }

    /// Returns the number of the primary channel.
    #[must_use]
    pub const fn primary_channel(&self) -> u8 {
        let [channel, ..] = *self.0;
        channel
    }

    /// Returns the place of the secondary channel.
    #[must_use]
    pub const fn secondary_channel(&self) -> SecondaryChannel {
        let [_, first, ..] = *self.0;
        match first & 0x3 {
            1 => SecondaryChannel::Above,
            3 => SecondaryChannel::Below,
            _ => SecondaryChannel::None,
        }
    }

    /// Returns true if stations may use 40 MHz.
    #[must_use]
    pub const fn has_any_width(&self) -> bool {
        let [_, first, ..] = *self.0;
        first & 0x4 != 0
    }
}

impl fmt::Debug for HtOperation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtOperation")
            .field("primary_channel", &self.primary_channel())
            .field("secondary_channel", &self.secondary_channel())
            .field("any_width", &self.has_any_width())
            .finish_non_exhaustive()
    }
}

crate::__format!(HtOperation<'_>);

/// Width of a network's channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ChannelWidth {
    /// 20 MHz.
    Mhz20,
    /// 20 or 40 MHz, as [`HtOperation`] says.
    Mhz20Or40,
    /// 40 MHz.
    Mhz40,
    /// 80 MHz.
    Mhz80,
    /// 160 MHz.
    Mhz160,
    /// Twice 80 MHz.
    Mhz80Plus80,
    /// 320 MHz.
    Mhz320,
    /// Reserved code.
    Reserved,
}

/// VHT operation (IEEE 802.11ac).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct VhtOperation {
    /// Code of the width: 0 for 20 or 40 MHz, 1 for 80 MHz and more; 2 and 3 of
    /// old access points for 160 and twice 80 MHz.
    pub code: u8,
    /// Center channel of the first 80 MHz.
    pub center0: u8,
    /// Center channel of 160 MHz, or of the second 80 MHz; 0 for neither.
    pub center1: u8,
    /// MCS map that all stations support: two bits for each number of streams.
    pub basic_mcs: u16,
}

impl VhtOperation {
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let [code, center0, center1, a, b] = *bytes.first_chunk()?;
        Some(Self {
            code,
            center0,
            center1,
            basic_mcs: u16::from_le_bytes([a, b]),
        })
    }

    /// Returns the width of the channel.
    #[must_use]
    pub const fn width(&self) -> ChannelWidth {
        match (self.code, self.center1, self.center0.abs_diff(self.center1)) {
            (0, _, _) => ChannelWidth::Mhz20Or40,
            (1, 0, _) => ChannelWidth::Mhz80,
            (1, _, 8) | (2, _, _) => ChannelWidth::Mhz160,
            (1 | 3, _, _) => ChannelWidth::Mhz80Plus80,
            _ => ChannelWidth::Reserved,
        }
    }
}

/// HE operation (IEEE 802.11ax).
///
/// ```text
///  | parameters | color | basic MCS | VHT operation | co-hosted | 6 GHz  |
///  |     3      |   1   |     2     |    0 or 3     |  0 or 1   | 0 or 5 |
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeOperation<'a> {
    /// Parameters, 24 bits.
    pub parameters: u32,
    color: u8,
    /// MCS map that all stations support: two bits for each number of streams.
    pub basic_mcs: u16,
    /// Channel at 6 GHz.
    pub six_ghz: Option<SixGhz>,
    /// Bytes after the parts that are known.
    pub rest: &'a [u8],
}

crate::__format!(HeOperation<'_>);

/// Channel of a network at 6 GHz.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SixGhz {
    /// Number of the primary channel.
    pub primary_channel: u8,
    /// Control: the width in bits 0 and 1.
    pub control: u8,
    /// Center channel of the first 80 MHz, or of a narrower width.
    pub center0: u8,
    /// Center channel of 160 MHz, or of the second 80 MHz.
    pub center1: u8,
    /// Minimum rate of stations in Mbit/s.
    pub min_rate: u8,
}

impl SixGhz {
    /// Returns the width of the channel.
    #[must_use]
    pub const fn width(&self) -> ChannelWidth {
        match (self.control & 0x3, self.center0.abs_diff(self.center1)) {
            (0, _) => ChannelWidth::Mhz20,
            (1, _) => ChannelWidth::Mhz40,
            (2, _) => ChannelWidth::Mhz80,
            (_, 8) => ChannelWidth::Mhz160,
            _ => ChannelWidth::Mhz80Plus80,
        }
    }
}

impl<'a> HeOperation<'a> {
    pub(super) fn new(body: &'a [u8]) -> Option<Self> {
        let ([a, b, c, color, d, e], mut rest) = body.split_first_chunk()?;
        let parameters = u32::from_le_bytes([*a, *b, *c, 0]);
        if parameters & 0x4000 != 0 {
            rest = rest.get(3..)?;
        }
        if parameters & 0x8000 != 0 {
            rest = rest.get(1..)?;
        }
        let mut six_ghz = None;
        if parameters & 0x2_0000 != 0 {
            let ([primary_channel, control, center0, center1, min_rate], behind) =
                rest.split_first_chunk()?;
            six_ghz = Some(SixGhz {
                primary_channel: *primary_channel,
                control: *control,
                center0: *center0,
                center1: *center1,
                min_rate: *min_rate,
            });
            rest = behind;
        }
        Some(Self {
            parameters,
            color: *color,
            basic_mcs: u16::from_le_bytes([*d, *e]),
            six_ghz,
            rest,
        })
    }

    /// Returns the color of the network, 1 to 63; 0 for none.
    #[must_use]
    pub const fn color(&self) -> u8 {
        self.color & 0x3f
    }

    /// Returns true if the color is not in use, as after a collision.
    #[must_use]
    pub const fn is_color_disabled(&self) -> bool {
        self.color & 0x80 != 0
    }
}

/// EHT operation (IEEE 802.11be).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct EhtOperation {
    /// Parameters.
    pub parameters: u8,
    /// Numbers of streams by MCS that all stations support.
    pub basic_mcs: [u8; 4],
    /// Width of the channel; `None` if the [HE operation](HeOperation) has it.
    pub width: Option<ChannelWidth>,
    /// Center channel of the primary half; 0 if it is not said.
    pub center0: u8,
    /// Center channel of the whole width; 0 if it is not said.
    pub center1: u8,
    /// Disabled channels of 20 MHz, the lowest one in bit 0.
    pub disabled: u16,
}

impl EhtOperation {
    pub(super) fn new(body: &[u8]) -> Option<Self> {
        let ([parameters, basic_mcs @ ..], mut rest) = body.split_first_chunk::<5>()?;
        let mut operation = Self {
            parameters: *parameters,
            basic_mcs: *basic_mcs,
            width: None,
            center0: 0,
            center1: 0,
            disabled: 0,
        };
        if parameters & 0x1 != 0 {
            let ([control, center0, center1], behind) = rest.split_first_chunk()?;
            (operation.center0, operation.center1) = (*center0, *center1);
            operation.width = Some(match control & 0x7 {
                0 => ChannelWidth::Mhz20,
                1 => ChannelWidth::Mhz40,
                2 => ChannelWidth::Mhz80,
                3 => ChannelWidth::Mhz160,
                4 => ChannelWidth::Mhz320,
                _ => ChannelWidth::Reserved,
            });
            rest = behind;
        }
        if parameters & 0x2 != 0 {
            operation.disabled = u16::from_le_bytes(*rest.first_chunk()?);
        }
        Some(operation)
    }
}
