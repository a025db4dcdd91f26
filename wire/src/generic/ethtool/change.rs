//! Notifications of the group `monitor`.

use super::{
    CableTestRow, ChannelsRow, CoalesceRow, DebugRow, ETHTOOL_MSG_CABLE_TEST_NTF,
    ETHTOOL_MSG_CABLE_TEST_TDR_NTF, ETHTOOL_MSG_CHANNELS_NTF, ETHTOOL_MSG_COALESCE_NTF,
    ETHTOOL_MSG_DEBUG_NTF, ETHTOOL_MSG_EEE_NTF, ETHTOOL_MSG_FEATURES_NTF, ETHTOOL_MSG_FEC_NTF,
    ETHTOOL_MSG_LINKINFO_NTF, ETHTOOL_MSG_LINKMODES_NTF, ETHTOOL_MSG_MM_NTF,
    ETHTOOL_MSG_MODULE_FW_FLASH_NTF, ETHTOOL_MSG_MODULE_NTF, ETHTOOL_MSG_PAUSE_NTF,
    ETHTOOL_MSG_PHY_NTF, ETHTOOL_MSG_PLCA_NTF, ETHTOOL_MSG_PRIVFLAGS_NTF, ETHTOOL_MSG_PSE_NTF,
    ETHTOOL_MSG_RINGS_NTF, ETHTOOL_MSG_RSS_CREATE_NTF, ETHTOOL_MSG_RSS_DELETE_NTF,
    ETHTOOL_MSG_RSS_NTF, ETHTOOL_MSG_WOL_NTF, EeeRow, FeaturesRow, FecRow, LinkInfoRow,
    LinkModesRow, MacMergeRow, ModuleFlashRow, ModuleRow, PauseRow, PhyRow, PlcaRow,
    PrivateFlagsRow, PseReportRow, RingsRow, RssRow, TdrTestRow, WakeOnLanRow,
};
use crate::{MessageRef, Row};

/// Notification of the family, which its group `monitor` gets: settings of a
/// link after a change, and the progress of actions.
///
/// ```
/// use nlwire::generic::ethtool::Change;
/// use nlwire::{DecodeError, MessageRef};
///
/// fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
///     match Change::of(message) {
///         Change::Rings(row) => println!("{:?}: {:?}", row.link_name()?, row.attributes),
///         Change::Features(row) => println!("features of {:?}", row.link_name()?),
///         _ => {}
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Changed connector.
    LinkInfo(LinkInfoRow<'a>),
    /// Changed link modes.
    LinkModes(LinkModesRow<'a>),
    /// Changed message classes of the driver.
    Debug(DebugRow<'a>),
    /// Changed Wake-on-LAN modes.
    WakeOnLan(WakeOnLanRow<'a>),
    /// Changed offload features.
    Features(FeaturesRow<'a>),
    /// Changed private flags.
    PrivateFlags(PrivateFlagsRow<'a>),
    /// Changed ring sizes.
    Rings(RingsRow<'a>),
    /// Changed channel counts.
    Channels(ChannelsRow<'a>),
    /// Changed interrupt coalescing.
    Coalesce(CoalesceRow<'a>),
    /// Changed pause frame settings.
    Pause(PauseRow<'a>),
    /// Changed Energy-Efficient Ethernet settings.
    Eee(EeeRow<'a>),
    /// Changed forward error correction settings.
    Fec(FecRow<'a>),
    /// Progress or results of a cable test.
    CableTest(CableTestRow<'a>),
    /// Progress or measurements of a TDR cable test.
    TdrTest(TdrTestRow<'a>),
    /// Changed power mode of a plug-in module.
    Module(ModuleRow<'a>),
    /// Progress of a firmware update.
    ModuleFlash(ModuleFlashRow<'a>),
    /// Events of a power controller.
    Pse(PseReportRow<'a>),
    /// Changed PLCA settings.
    Plca(PlcaRow<'a>),
    /// Changed MAC merge settings.
    MacMerge(MacMergeRow<'a>),
    /// Changed PHY.
    Phy(PhyRow<'a>),
    /// Changed receive side scaling.
    Rss(RssRow<'a>),
    /// Created RSS context.
    NewRss(RssRow<'a>),
    /// Deleted RSS context.
    DelRss(RssRow<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its command. The caller knows that the message is of
    /// the family, and no request: requests number their commands otherwise.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let Some(command) = message.payload().first().copied() else {
            return Self::Other(message);
        };
        match command {
            ETHTOOL_MSG_LINKINFO_NTF => Self::LinkInfo(Row::of(message)),
            ETHTOOL_MSG_LINKMODES_NTF => Self::LinkModes(Row::of(message)),
            ETHTOOL_MSG_DEBUG_NTF => Self::Debug(Row::of(message)),
            ETHTOOL_MSG_WOL_NTF => Self::WakeOnLan(Row::of(message)),
            ETHTOOL_MSG_FEATURES_NTF => Self::Features(Row::of(message)),
            ETHTOOL_MSG_PRIVFLAGS_NTF => Self::PrivateFlags(Row::of(message)),
            ETHTOOL_MSG_RINGS_NTF => Self::Rings(Row::of(message)),
            ETHTOOL_MSG_CHANNELS_NTF => Self::Channels(Row::of(message)),
            ETHTOOL_MSG_COALESCE_NTF => Self::Coalesce(Row::of(message)),
            ETHTOOL_MSG_PAUSE_NTF => Self::Pause(Row::of(message)),
            ETHTOOL_MSG_EEE_NTF => Self::Eee(Row::of(message)),
            ETHTOOL_MSG_FEC_NTF => Self::Fec(Row::of(message)),
            ETHTOOL_MSG_CABLE_TEST_NTF => Self::CableTest(Row::of(message)),
            ETHTOOL_MSG_CABLE_TEST_TDR_NTF => Self::TdrTest(Row::of(message)),
            ETHTOOL_MSG_MODULE_NTF => Self::Module(Row::of(message)),
            ETHTOOL_MSG_MODULE_FW_FLASH_NTF => Self::ModuleFlash(Row::of(message)),
            ETHTOOL_MSG_PSE_NTF => Self::Pse(Row::of(message)),
            ETHTOOL_MSG_PLCA_NTF => Self::Plca(Row::of(message)),
            ETHTOOL_MSG_MM_NTF => Self::MacMerge(Row::of(message)),
            ETHTOOL_MSG_PHY_NTF => Self::Phy(Row::of(message)),
            ETHTOOL_MSG_RSS_NTF => Self::Rss(Row::of(message)),
            ETHTOOL_MSG_RSS_CREATE_NTF => Self::NewRss(Row::of(message)),
            ETHTOOL_MSG_RSS_DELETE_NTF => Self::DelRss(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
