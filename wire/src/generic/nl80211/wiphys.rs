//! Rows of wiphys, joined from several messages.

use core::fmt;
use core::iter::FusedIterator;

use super::attributes::types_from_167::NL80211_ATTR_EXT_FEATURES;
use super::attributes::types_to_166::{
    NL80211_ATTR_FEATURE_FLAGS, NL80211_ATTR_INTERFACE_COMBINATIONS,
    NL80211_ATTR_SUPPORTED_COMMANDS, NL80211_ATTR_SUPPORTED_IFTYPES, NL80211_ATTR_WIPHY,
    NL80211_ATTR_WIPHY_BANDS, NL80211_ATTR_WIPHY_NAME,
};
use super::attributes::{Nl80211, Nl80211Attr};
use super::commands::Command;
use super::features::{ExtendedFeatureBits, ExtendedFeatures};
use super::flags::FeatureFlags;
use super::interface::InterfaceTypes;
use super::values::Band;
use super::wiphy::{Combination, NL80211_BAND_ATTR_FREQS, NL80211_BAND_ATTR_RATES};
use super::{NL80211_CMD_GET_WIPHY, NL80211_FAMILY_VERSION, PROTOCOL};
use crate::codec::{Form, Indexed, IndexedOf, IndexedSets, IndexedValues, Nest, Set};
use crate::generic::GenericHeader;
use crate::schema::Protocol;
use crate::{
    AttrRef, Attrs, DecodeError, EncodeError, GetFlags, LinkIndex, MessageRef, Messages, Next,
    Query, Request, Text, Writer,
};

/// Lists wiphys with all that they support, as `iw list` does.
///
/// The kernel divides a wiphy into several messages. A list joins them to one
/// row; a stream of rows returns each message as it arrives.
///
/// ```
/// use nlwire::generic::nl80211::GetWiphys;
///
/// let all = GetWiphys::all();
/// let of_interface = GetWiphys::of_link(3);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NL80211_CMD_GET_WIPHY")]
#[doc(alias = "NL80211_ATTR_SPLIT_WIPHY_DUMP")]
pub struct GetWiphys(Which);

#[derive(Clone, Copy, Debug)]
enum Which {
    All,
    Index(u32),
    Link(LinkIndex),
}

impl GetWiphys {
    /// Lists the wiphys of the network namespace.
    #[must_use]
    pub const fn all() -> Self {
        Self(Which::All)
    }

    /// Lists the wiphy with this number only.
    #[must_use]
    pub const fn by_index(wiphy: u32) -> Self {
        Self(Which::Index(wiphy))
    }

    /// Lists the wiphy of this interface only.
    #[must_use]
    pub fn of_link(link: impl Into<LinkIndex>) -> Self {
        Self(Which::Link(link.into()))
    }
}

impl Request for GetWiphys {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let key = match self.0 {
            Which::All => None,
            Which::Index(wiphy) => Some(Nl80211Attr::Wiphy(wiphy)),
            Which::Link(link) => Some(Nl80211Attr::Link(link)),
        };
        let (version, flags) = (NL80211_FAMILY_VERSION, GetFlags::DUMP);
        w.append_command(NL80211_CMD_GET_WIPHY, version, flags, |w| {
            w.put(Nl80211Attr::SplitWiphyDump(true))?.put(&[key][..])
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Which::All => f.write_str("wiphy"),
            Which::Index(wiphy) => write!(f, "wiphy {wiphy}"),
            Which::Link(link) => write!(f, "link {link}"),
        }
    }
}

impl Query for GetWiphys {
    type Row<'a> = WiphyRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> WiphyRow<'_> {
        WiphyRow(Messages::new(message.as_bytes()))
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        match self.0 {
            Which::Index(wiphy) => Ok(Self::row(message).index()? == Some(wiphy)),
            // The kernel filters by link, which no row names.
            Which::All | Which::Link(_) => Ok(true),
        }
    }

    /// Each message names its wiphy.
    fn continues(before: MessageRef<'_>, message: MessageRef<'_>) -> bool {
        let [before, after] = [before, message].map(|message| Self::row(message).index());
        matches!((before, after), (Ok(Some(before)), Ok(Some(after))) if before == after)
    }

    fn joined(parts: Messages<'_>) -> WiphyRow<'_> {
        WiphyRow(parts)
    }
}

/// Wiphy, in one message or several.
///
/// ```
/// use nlwire::generic::nl80211::{Frequency, WiphyRow};
/// use nlwire::{DecodeError, fields};
///
/// fn print_channels(wiphy: WiphyRow<'_>) -> Result<(), DecodeError> {
///     for item in wiphy.frequencies() {
///         let (band, channel) = item?;
///         let channel = fields!(channel => Frequency { frequency, disabled })?;
///         if let (Some(frequency), None) = (channel.frequency, channel.disabled) {
///             println!("{band}: {frequency} MHz");
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy)]
pub struct WiphyRow<'a>(Messages<'a>);

impl<'a> WiphyRow<'a> {
    /// Returns the messages of the wiphy.
    #[must_use]
    pub const fn messages(&self) -> Messages<'a> {
        self.0
    }

    /// Iterates over the attributes of each message. Of the bands each message
    /// has a part; other attributes stand in one message.
    pub fn parts(&self) -> impl Iterator<Item = Attrs<'a>> + Clone {
        self.0.map_while(Result::ok).map(attributes_of)
    }

    /// Returns the first attribute of this type in all messages.
    ///
    /// # Errors
    ///
    /// Fails if an attribute before it is malformed.
    pub fn find(&self, kind: u16) -> Result<Option<AttrRef<'a>>, DecodeError> {
        for part in self.parts() {
            if let Some(found) = part.find(kind)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn field<F: Form>(&self, kind: u16) -> Result<Option<F::Field<'a>>, DecodeError> {
        let found = self.find(kind)?;
        found
            .map(|found| F::field(found, Attrs::new(&[])))
            .transpose()
    }

    /// Returns the wiphy number.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn index(&self) -> Result<Option<u32>, DecodeError> {
        self.field::<u32>(NL80211_ATTR_WIPHY)
    }

    /// Returns the wiphy name, such as `phy0`.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        self.field::<crate::codec::Text>(NL80211_ATTR_WIPHY_NAME)
    }

    /// Returns the supported interface types.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn interface_types(&self) -> Result<Option<Set<'a, InterfaceTypes>>, DecodeError> {
        self.field::<Nest<InterfaceTypes>>(NL80211_ATTR_SUPPORTED_IFTYPES)
    }

    /// Returns the supported commands.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn commands(&self) -> Result<Option<IndexedValues<'a, Command>>, DecodeError> {
        self.field::<IndexedOf<Command>>(NL80211_ATTR_SUPPORTED_COMMANDS)
    }

    /// Returns the valid interface combinations.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn combinations(&self) -> Result<Option<IndexedSets<'a, Combination>>, DecodeError> {
        self.field::<Indexed<Combination>>(NL80211_ATTR_INTERFACE_COMBINATIONS)
    }

    /// Returns the features.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn features(&self) -> Result<Option<FeatureFlags>, DecodeError> {
        self.field::<FeatureFlags>(NL80211_ATTR_FEATURE_FLAGS)
    }

    /// Returns the extended features.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn extended_features(&self) -> Result<Option<ExtendedFeatureBits<'a>>, DecodeError> {
        self.field::<ExtendedFeatures>(NL80211_ATTR_EXT_FEATURES)
    }

    /// Iterates over the frequencies of all bands, in all messages: attributes
    /// of the set [`Frequency`](super::Frequency).
    #[must_use]
    pub const fn frequencies(&self) -> BandItems<'a> {
        BandItems::new(self.0, NL80211_BAND_ATTR_FREQS)
    }

    /// Iterates over the bit rates of all bands, in all messages: attributes of
    /// the set [`BitRate`](super::BitRate).
    #[must_use]
    pub const fn bit_rates(&self) -> BandItems<'a> {
        BandItems::new(self.0, NL80211_BAND_ATTR_RATES)
    }
}

impl fmt::Debug for WiphyRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sets = self.parts().map(Attrs::typed::<Nl80211>);
        f.debug_list().entries(sets).finish()
    }
}

fn attributes_of(message: MessageRef<'_>) -> Attrs<'_> {
    message.split_zero_extended::<GenericHeader>().1
}

/// Iterator over frequencies or bit rates, each with its band, created by
/// [`WiphyRow::frequencies`] and [`WiphyRow::bit_rates`].
#[derive(Clone, Copy)]
pub struct BandItems<'a> {
    messages: Messages<'a>,
    /// Bands of the message read last.
    bands: Attrs<'a>,
    band: Band,
    /// Attributes of the band.
    lists: Attrs<'a>,
    /// Items of the list.
    items: Attrs<'a>,
    /// Attribute type of the list.
    kind: u16,
}

impl<'a> BandItems<'a> {
    const fn new(messages: Messages<'a>, kind: u16) -> Self {
        Self {
            messages,
            bands: Attrs::new(&[]),
            band: Band::GHZ_2,
            lists: Attrs::new(&[]),
            items: Attrs::new(&[]),
            kind,
        }
    }

    fn step(&mut self) -> Result<Option<(Band, Attrs<'a>)>, DecodeError> {
        loop {
            if let Some(item) = self.items.next() {
                return Ok(Some((self.band, item?.nested())));
            }
            if let Some(list) = self.lists.next() {
                let list = list?;
                if list.kind() == self.kind {
                    self.items = list.nested();
                }
            } else if let Some(band) = self.bands.next() {
                let band = band?;
                self.band = Band(band.kind().into());
                self.lists = band.nested();
            } else {
                let Some(Ok(message)) = self.messages.next() else {
                    return Ok(None);
                };
                let bands = attributes_of(message).find(NL80211_ATTR_WIPHY_BANDS)?;
                self.bands = bands.map_or(Attrs::new(&[]), |bands| bands.nested());
            }
        }
    }
}

impl<'a> Iterator for BandItems<'a> {
    type Item = Result<(Band, Attrs<'a>), DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

impl FusedIterator for BandItems<'_> {}

impl fmt::Debug for BandItems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

crate::__format!(GetWiphys, WiphyRow<'_>, BandItems<'_>);
