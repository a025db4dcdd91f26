//! Information elements of IEEE 802.11, as beacons, probe responses and
//! association requests carry them.
//!
//! ```text
//!  0     1     2
//!  | ID  | Len | body, Len bytes ...                  |
//!  | 255 | Len | extended ID | body, Len - 1 bytes ... |
//! ```
//!
//! ```
//! use nlwire::generic::nl80211::elements::{Element, Elements};
//!
//! let bytes = b"\x00\x04home\x03\x01\x06\x30\x02\x01\x00";
//! let elements = Elements::new(bytes);
//! assert_eq!(elements.ssid().unwrap(), "home");
//! assert!(elements.rsn().is_some());
//! let channel = elements.into_iter().find_map(|element| match element {
//!     Element::Channel(channel) => Some(channel),
//!     _ => None,
//! });
//! assert_eq!(channel, Some(6));
//! ```
//!
//! A row of [`GetScan`](super::GetScan) has them in the nest of the network:
//!
//! ```
//! use nlwire::generic::nl80211::elements::Elements;
//! use nlwire::generic::nl80211::{Bss, Nl80211, Nl80211Row};
//! use nlwire::{DecodeError, fields};
//!
//! fn print(row: &Nl80211Row<'_>) -> Result<(), DecodeError> {
//!     if let Some(bss) = fields!(row.attributes => Nl80211 { bss })?.bss {
//!         let bss = fields!(bss => Bss { frequency, elements })?;
//!         let elements = Elements::new(bss.elements.unwrap_or_default());
//!         println!("{:?} MHz: {:?} {:?}", bss.frequency, elements.ssid(), elements.rsn());
//!     }
//!     Ok(())
//! }
//! ```

mod basic;
mod capabilities;
mod operation;
mod security;

use core::fmt;
use core::iter::FusedIterator;

pub use basic::{
    BssLoad, ChannelSwitch, Country, CountryRange, Erp, Rate, Rates, TrafficMap, Vendor,
};
pub use capabilities::{
    EhtCapabilities, HeCapabilities, HtCapabilities, McsMap, McsMaps, VhtCapabilities,
};
pub use operation::{
    ChannelWidth, EhtOperation, HeOperation, HtOperation, SecondaryChannel, SixGhz, VhtOperation,
};
pub use security::{Rsn, RsnCapabilities, Suites};

use crate::Text;

/// Information element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Element<'a> {
    /// SSID, up to 32 bytes; empty or NULs if the network hides it.
    Ssid(Text<'a>),
    /// Supported rates, up to eight.
    Rates(Rates<'a>),
    /// Number of the channel.
    Channel(u8),
    /// Traffic indication map.
    TrafficMap(TrafficMap<'a>),
    /// Country and its limits of transmit power.
    Country(Country<'a>),
    /// Load of the network.
    BssLoad(BssLoad),
    /// Reduction of the country's transmit power, in dB.
    PowerConstraint(u8),
    /// Channel switch that was announced.
    ChannelSwitch(ChannelSwitch),
    /// Protection of stations of IEEE 802.11b.
    Erp(Erp),
    /// HT capabilities (IEEE 802.11n).
    HtCapabilities(HtCapabilities<'a>),
    /// Security of WPA2 and WPA3.
    Rsn(Rsn<'a>),
    /// Supported rates after the first eight.
    ExtendedRates(Rates<'a>),
    /// Mobility domain, in which transitions are fast (IEEE 802.11r).
    MobilityDomain(u16),
    /// HT operation.
    HtOperation(HtOperation<'a>),
    /// Identifier of the mesh, up to 32 bytes.
    MeshId(Text<'a>),
    /// Extended capabilities, as a bitmap.
    ExtendedCapabilities(&'a [u8]),
    /// VHT capabilities (IEEE 802.11ac).
    VhtCapabilities(VhtCapabilities<'a>),
    /// VHT operation.
    VhtOperation(VhtOperation),
    /// HE capabilities (IEEE 802.11ax).
    HeCapabilities(HeCapabilities<'a>),
    /// HE operation.
    HeOperation(HeOperation<'a>),
    /// EHT operation.
    EhtOperation(EhtOperation),
    /// EHT capabilities (IEEE 802.11be).
    EhtCapabilities(EhtCapabilities<'a>),
    /// Security of the first WPA, an element of Microsoft.
    Wpa(Rsn<'a>),
    /// Element of a vendor.
    Vendor(Vendor<'a>),
    /// Element with another ID, or a malformed one.
    Other {
        /// Element ID.
        id: u8,
        /// Extended element ID, after the ID 255.
        extended: Option<u8>,
        /// Body.
        bytes: &'a [u8],
    },
}

crate::__format!(Element<'_>);

/// ID of an element whose body begins with an extended ID.
const EXTENDED: u8 = 255;

impl<'a> Element<'a> {
    /// Reads an element: its ID, and the bytes after ID and length.
    #[must_use]
    pub fn new(id: u8, bytes: &'a [u8]) -> Self {
        match (id, bytes) {
            (EXTENDED, [extended, body @ ..]) => {
                Self::extended(*extended, body).unwrap_or(Self::Other {
                    id,
                    extended: Some(*extended),
                    bytes: body,
                })
            }
            _ => Self::plain(id, bytes).unwrap_or(Self::Other {
                id,
                extended: None,
                bytes,
            }),
        }
    }

    fn plain(id: u8, bytes: &'a [u8]) -> Option<Self> {
        Some(match id {
            0 => Self::Ssid(Text::raw(bytes)),
            1 => Self::Rates(Rates::new(bytes)),
            3 => Self::Channel(*bytes.first()?),
            5 => Self::TrafficMap(TrafficMap::new(bytes)?),
            7 => Self::Country(Country::new(bytes)?),
            11 => Self::BssLoad(BssLoad::new(bytes)?),
            32 => Self::PowerConstraint(*bytes.first()?),
            37 => Self::ChannelSwitch(ChannelSwitch::new(bytes)?),
            42 => Self::Erp(Erp(*bytes.first()?)),
            45 => Self::HtCapabilities(HtCapabilities::new(bytes)?),
            48 => Self::Rsn(Rsn::new(bytes)?),
            50 => Self::ExtendedRates(Rates::new(bytes)),
            54 => Self::MobilityDomain(u16::from_le_bytes(*bytes.first_chunk()?)),
            61 => Self::HtOperation(HtOperation::new(bytes)?),
            114 => Self::MeshId(Text::raw(bytes)),
            127 => Self::ExtendedCapabilities(bytes),
            191 => Self::VhtCapabilities(VhtCapabilities::new(bytes)?),
            192 => Self::VhtOperation(VhtOperation::new(bytes)?),
            221 => {
                let vendor = Vendor::new(bytes)?;
                match vendor.is_wpa().then(|| Rsn::wpa(vendor.bytes)).flatten() {
                    Some(wpa) => Self::Wpa(wpa),
                    None => Self::Vendor(vendor),
                }
            }
            _ => return None,
        })
    }

    fn extended(id: u8, body: &'a [u8]) -> Option<Self> {
        Some(match id {
            35 => Self::HeCapabilities(HeCapabilities::new(body)?),
            36 => Self::HeOperation(HeOperation::new(body)?),
            106 => Self::EhtOperation(EhtOperation::new(body)?),
            108 => Self::EhtCapabilities(EhtCapabilities::new(body)?),
            _ => return None,
        })
    }
}

/// Information elements in the order of their frame.
///
/// The iterator ends at an element that is longer than the bytes that are left;
/// [`remaining`](Self::remaining) returns those.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    /// Walks the elements in `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns the SSID, unless there is none.
    #[must_use]
    pub fn ssid(mut self) -> Option<Text<'a>> {
        self.find_map(|element| match element {
            Element::Ssid(ssid) => Some(ssid),
            _ => None,
        })
    }

    /// Returns the security of WPA2 and WPA3, unless there is none.
    #[must_use]
    pub fn rsn(mut self) -> Option<Rsn<'a>> {
        self.find_map(|element| match element {
            Element::Rsn(rsn) => Some(rsn),
            _ => None,
        })
    }

    /// Returns the rates of both elements.
    pub fn rates(self) -> impl Iterator<Item = Rate> + use<'a> {
        let rates = self.filter_map(|element| match element {
            Element::Rates(rates) | Element::ExtendedRates(rates) => Some(rates),
            _ => None,
        });
        rates.flatten()
    }

    /// Returns the bytes that were not walked.
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let [id, length, rest @ ..] = self.rest else {
            return None;
        };
        let (body, rest) = rest.split_at_checked(usize::from(*length))?;
        self.rest = rest;
        Some(Element::new(*id, body))
    }
}

impl FusedIterator for Elements<'_> {}

impl fmt::Debug for Elements<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

crate::__format!(Elements<'_>);

#[cfg(test)]
mod tests;
