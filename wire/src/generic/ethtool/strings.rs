//! String sets: names of bits and of counters.

use core::fmt;

use super::request::{Device, messages};
use super::{ETHTOOL_GENL_VERSION, ETHTOOL_MSG_STRSET_GET, Header, HeaderFlags, LinkRow, PROTOCOL};
use crate::codec::{Flag, Many, Nest, Text};
use crate::numbers::numbers;
use crate::schema::Protocol;
use crate::{
    EncodeError, Flags, GetFlags, LinkIndex, MessageRef, Next, Query, Request, Row, Writer,
    attributes,
};

/// String sets of a link or the kernel.
pub type StringSetsRow<'a> = LinkRow<'a, StringSets>;

messages! {
    StringSets: ETHTOOL_A_STRSET_HEADER;
}

attributes! {
    /// String sets (`ETHTOOL_A_STRSET_*`).
    pub set StringSets, enum StringSetsAttr {
        /// Link; empty for string sets of the kernel.
        1 ETHTOOL_A_STRSET_HEADER Header header: Nest<Header>,
        /// String sets.
        2 ETHTOOL_A_STRSET_STRINGSETS Sets sets: Nest<StringSetList>,
        /// Request for the number of strings only.
        3 ETHTOOL_A_STRSET_COUNTS_ONLY CountsOnly counts_only: Flag,
    }
}

attributes! {
    /// List of string sets (`ETHTOOL_A_STRINGSETS_*`).
    pub set StringSetList, enum StringSetListAttr {
        /// String set.
        1 ETHTOOL_A_STRINGSETS_STRINGSET Set set: Many<Nest<StringSet>>,
    }
}

attributes! {
    /// String set (`ETHTOOL_A_STRINGSET_*`).
    pub set StringSet, enum StringSetAttr {
        /// Subject of the strings.
        1 ETHTOOL_A_STRINGSET_ID Id id: StringSetId,
        /// Number of strings.
        2 ETHTOOL_A_STRINGSET_COUNT Count count: u32,
        /// Strings.
        3 ETHTOOL_A_STRINGSET_STRINGS Strings strings: Nest<Strings>,
    }
}

attributes! {
    /// Strings of a set (`ETHTOOL_A_STRINGS_*`).
    pub set Strings, enum StringsAttr {
        /// String.
        1 ETHTOOL_A_STRINGS_STRING String string: Many<Nest<StringItem>>,
    }
}

attributes! {
    /// String of a set (`ETHTOOL_A_STRING_*`).
    pub set StringItem, enum StringItemAttr {
        /// Number of the bit or of the counter that the string names.
        1 ETHTOOL_A_STRING_INDEX Index index: u32,
        /// Name.
        2 ETHTOOL_A_STRING_VALUE Value value: Text,
    }
}

numbers! {
    /// Subject of a string set.
    pub struct StringSetId(u32) {
        /// Self-tests of a link.
        TEST = 0 "ETH_SS_TEST" "test";
        /// Statistics of a link's driver.
        STATS = 1 "ETH_SS_STATS" "stats";
        /// Private flags of a link's driver.
        PRIVATE_FLAGS = 2 "ETH_SS_PRIV_FLAGS" "priv-flags";
        NTUPLE_FILTERS = 3 "ETH_SS_NTUPLE_FILTERS" "ntuple-filters";
        /// Offload features.
        FEATURES = 4 "ETH_SS_FEATURES" "features";
        /// Hash functions of receive side scaling.
        HASH_FUNCTIONS = 5 "ETH_SS_RSS_HASH_FUNCS" "rss-hash-funcs";
        TUNABLES = 6 "ETH_SS_TUNABLES" "tunables";
        /// Statistics of a link's PHY.
        PHY_STATS = 7 "ETH_SS_PHY_STATS" "phy-stats";
        PHY_TUNABLES = 8 "ETH_SS_PHY_TUNABLES" "phy-tunables";
        LINK_MODES = 9 "ETH_SS_LINK_MODES" "link-modes";
        /// Message classes of drivers.
        MESSAGE_CLASSES = 10 "ETH_SS_MSG_CLASSES" "msg-classes";
        /// Wake-on-LAN modes.
        WOL_MODES = 11 "ETH_SS_WOL_MODES" "wol-modes";
        /// Time stamping capabilities.
        TIMESTAMPING = 12 "ETH_SS_SOF_TIMESTAMPING" "sof-timestamping";
        /// Hardware transmit time stamp modes.
        TX_TYPES = 13 "ETH_SS_TS_TX_TYPES" "ts-tx-types";
        /// Hardware receive filter modes.
        RX_FILTERS = 14 "ETH_SS_TS_RX_FILTERS" "ts-rx-filters";
        /// UDP tunnel types.
        TUNNEL_TYPES = 15 "ETH_SS_UDP_TUNNEL_TYPES" "udp-tunnel-types";
        /// Groups of standard statistics.
        STATS_GROUPS = 16 "ETH_SS_STATS_STD" "stats-std";
        /// Counters of the group `eth-phy`.
        STATS_ETH_PHY = 17 "ETH_SS_STATS_ETH_PHY" "stats-eth-phy";
        /// Counters of the group `eth-mac`.
        STATS_ETH_MAC = 18 "ETH_SS_STATS_ETH_MAC" "stats-eth-mac";
        /// Counters of the group `eth-ctrl`.
        STATS_ETH_CTRL = 19 "ETH_SS_STATS_ETH_CTRL" "stats-eth-ctrl";
        /// Counters of the group `rmon`.
        STATS_RMON = 20 "ETH_SS_STATS_RMON" "stats-rmon";
        /// Counters of the group `phydev`.
        STATS_PHY = 21 "ETH_SS_STATS_PHY" "stats-phy";
        /// Flags of hardware time stamping.
        TIMESTAMP_FLAGS = 22 "ETH_SS_TS_FLAGS" "ts-flags";
    }
}

/// Reads string sets of the kernel or a link: all sets, or some.
///
/// ```
/// use nlwire::generic::ethtool::{GetStrings, StringSetId};
///
/// let features = GetStrings::of_kernel().sets(&[StringSetId::FEATURES]);
/// let counters = GetStrings::by_name("eth0").sets(&[StringSetId::STATS]);
/// let sizes = GetStrings::by_name("eth0").counts_only();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "ETHTOOL_MSG_STRSET_GET")]
pub struct GetStrings<'a> {
    device: Device<'a>,
    sets: &'a [StringSetId],
    counts_only: bool,
    is_list: bool,
}

impl<'a> GetStrings<'a> {
    const fn of(device: Device<'a>) -> Self {
        Self {
            device,
            sets: &[],
            counts_only: false,
            is_list: false,
        }
    }

    /// Reads string sets of the kernel, which are the same for all links.
    #[must_use]
    pub const fn of_kernel() -> Self {
        Self::of(Device::All)
    }

    /// Reads string sets of the link with this name.
    #[must_use]
    pub fn by_name(name: impl Into<crate::Text<'a>>) -> Self {
        Self::of(Device::Name(name.into()))
    }

    /// Reads string sets of the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(Device::Index(index.into()))
    }

    /// Lists the string sets of all links, a row for each link.
    #[must_use]
    pub const fn all() -> Self {
        let mut all = Self::of(Device::All);
        all.is_list = true;
        all
    }

    /// Reads these string sets only.
    #[must_use]
    pub const fn sets(mut self, sets: &'a [StringSetId]) -> Self {
        self.sets = sets;
        self
    }

    /// Reads the number of strings, without the strings.
    #[must_use]
    pub const fn counts_only(mut self) -> Self {
        self.counts_only = true;
        self
    }
}

impl Request for GetStrings<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = if self.is_list {
            GetFlags::DUMP.into()
        } else {
            Flags::empty()
        };
        w.append_command(ETHTOOL_MSG_STRSET_GET, ETHTOOL_GENL_VERSION, flags, |w| {
            let none = HeaderFlags::empty();
            let w = self.device.put(ETHTOOL_A_STRSET_HEADER, none, w)?;
            if !self.sets.is_empty() {
                w.nest(ETHTOOL_A_STRSET_STRINGSETS, |w| {
                    for set in self.sets {
                        let set = [StringSetAttr::Id(*set)];
                        w.put(StringSetListAttr::Set((&set).into()))?;
                    }
                    Ok(w)
                })?;
            }
            w.put(StringSetsAttr::CountsOnly(self.counts_only))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.device.write_object(f)
    }
}

impl Query for GetStrings<'_> {
    type Row<'r> = StringSetsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

crate::__format!(GetStrings<'_>);
