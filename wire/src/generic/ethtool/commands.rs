//! Commands of the family, and the attributes of each message.

use super::{
    CableTest, CableTestReport, Channels, Coalesce, Debug, ETHTOOL_GENL_NAME, Eee, Features, Fec,
    LinkInfo, LinkModes, LinkState, MacMerge, Module, ModuleEeprom, ModuleFlash, Mse, Pause, Phy,
    Plca, PrivateFlags, Pse, PseReport, Rings, Rss, Stats, StringSets, TdrReport, TdrTest,
    TimestampConfig, TimestampInfo, TunnelInfo, VirtualClocks, WakeOnLan,
};
use crate::codec::AttributeSet as _;
use crate::schema::{MessageSchema, Protocol};

/// The family. Requests and replies number their commands apart: 12 is
/// `ETHTOOL_MSG_FEATURES_SET` in a request, `ETHTOOL_MSG_FEATURES_SET_REPLY` in
/// a reply.
pub static PROTOCOL: Protocol = Protocol::family(ETHTOOL_GENL_NAME, MESSAGES);

/// Declares commands: number, C name, set of the attributes, and a text.
macro_rules! commands {
    (
        requests { $($request:literal $get:ident $asked:ident $ask:literal;)* }
        replies { $($reply:literal $answer:ident $answered:ident $tell:literal;)* }
    ) => {
        $(
            #[doc = concat!("Request: ", $ask, ".")]
            pub const $get: u8 = $request;
        )*
        $(
            #[doc = concat!($tell, ".")]
            pub const $answer: u8 = $reply;
        )*

        const MESSAGES: &[MessageSchema] = &[
            $(
                MessageSchema::command($get, stringify!($get), $asked::schema)
                    .only(|_, is_request| is_request),
            )*
            $(
                MessageSchema::command($answer, stringify!($answer), $answered::schema)
                    .only(|_, is_request| !is_request),
            )*
        ];
    };
}

commands! {
    requests {
        1 ETHTOOL_MSG_STRSET_GET StringSets "reads string sets";
        2 ETHTOOL_MSG_LINKINFO_GET LinkInfo "reads the connector";
        3 ETHTOOL_MSG_LINKINFO_SET LinkInfo "changes the connector";
        4 ETHTOOL_MSG_LINKMODES_GET LinkModes "reads link modes";
        5 ETHTOOL_MSG_LINKMODES_SET LinkModes "changes link modes";
        6 ETHTOOL_MSG_LINKSTATE_GET LinkState "reads the link state";
        7 ETHTOOL_MSG_DEBUG_GET Debug "reads the message classes of the driver";
        8 ETHTOOL_MSG_DEBUG_SET Debug "changes the message classes of the driver";
        9 ETHTOOL_MSG_WOL_GET WakeOnLan "reads Wake-on-LAN modes";
        10 ETHTOOL_MSG_WOL_SET WakeOnLan "changes Wake-on-LAN modes";
        11 ETHTOOL_MSG_FEATURES_GET Features "reads offload features";
        12 ETHTOOL_MSG_FEATURES_SET Features "changes offload features";
        13 ETHTOOL_MSG_PRIVFLAGS_GET PrivateFlags "reads private flags";
        14 ETHTOOL_MSG_PRIVFLAGS_SET PrivateFlags "changes private flags";
        15 ETHTOOL_MSG_RINGS_GET Rings "reads ring sizes";
        16 ETHTOOL_MSG_RINGS_SET Rings "changes ring sizes";
        17 ETHTOOL_MSG_CHANNELS_GET Channels "reads channel counts";
        18 ETHTOOL_MSG_CHANNELS_SET Channels "changes channel counts";
        19 ETHTOOL_MSG_COALESCE_GET Coalesce "reads interrupt coalescing";
        20 ETHTOOL_MSG_COALESCE_SET Coalesce "changes interrupt coalescing";
        21 ETHTOOL_MSG_PAUSE_GET Pause "reads pause frame settings";
        22 ETHTOOL_MSG_PAUSE_SET Pause "changes pause frame settings";
        23 ETHTOOL_MSG_EEE_GET Eee "reads Energy-Efficient Ethernet settings";
        24 ETHTOOL_MSG_EEE_SET Eee "changes Energy-Efficient Ethernet settings";
        25 ETHTOOL_MSG_TSINFO_GET TimestampInfo "reads time stamping capabilities";
        26 ETHTOOL_MSG_CABLE_TEST_ACT CableTest "starts a cable test";
        27 ETHTOOL_MSG_CABLE_TEST_TDR_ACT TdrTest "starts a TDR cable test";
        28 ETHTOOL_MSG_TUNNEL_INFO_GET TunnelInfo "reads offloaded UDP tunnel ports";
        29 ETHTOOL_MSG_FEC_GET Fec "reads forward error correction settings";
        30 ETHTOOL_MSG_FEC_SET Fec "changes forward error correction settings";
        31 ETHTOOL_MSG_MODULE_EEPROM_GET ModuleEeprom "reads the EEPROM of a plug-in module";
        32 ETHTOOL_MSG_STATS_GET Stats "reads standard statistics";
        33 ETHTOOL_MSG_PHC_VCLOCKS_GET VirtualClocks "reads virtual PTP clocks";
        34 ETHTOOL_MSG_MODULE_GET Module "reads the power mode of a plug-in module";
        35 ETHTOOL_MSG_MODULE_SET Module "changes the power mode of a plug-in module";
        36 ETHTOOL_MSG_PSE_GET Pse "reads power over Ethernet settings";
        37 ETHTOOL_MSG_PSE_SET Pse "changes power over Ethernet settings";
        38 ETHTOOL_MSG_RSS_GET Rss "reads receive side scaling";
        39 ETHTOOL_MSG_PLCA_GET_CFG Plca "reads PLCA settings";
        40 ETHTOOL_MSG_PLCA_SET_CFG Plca "changes PLCA settings";
        41 ETHTOOL_MSG_PLCA_GET_STATUS Plca "reads the PLCA status";
        42 ETHTOOL_MSG_MM_GET MacMerge "reads MAC merge settings";
        43 ETHTOOL_MSG_MM_SET MacMerge "changes MAC merge settings";
        44 ETHTOOL_MSG_MODULE_FW_FLASH_ACT ModuleFlash "flashes the firmware of a plug-in module";
        45 ETHTOOL_MSG_PHY_GET Phy "reads PHYs";
        46 ETHTOOL_MSG_TSCONFIG_GET TimestampConfig "reads hardware time stamping settings";
        47 ETHTOOL_MSG_TSCONFIG_SET TimestampConfig "changes hardware time stamping settings";
        48 ETHTOOL_MSG_RSS_SET Rss "changes receive side scaling";
        49 ETHTOOL_MSG_RSS_CREATE_ACT Rss "creates an RSS context";
        50 ETHTOOL_MSG_RSS_DELETE_ACT Rss "deletes an RSS context";
        51 ETHTOOL_MSG_MSE_GET Mse "reads mean square errors of a PHY";
    }
    replies {
        1 ETHTOOL_MSG_STRSET_GET_REPLY StringSets "Reply: string sets";
        2 ETHTOOL_MSG_LINKINFO_GET_REPLY LinkInfo "Reply: connector";
        3 ETHTOOL_MSG_LINKINFO_NTF LinkInfo "Notification: changed connector";
        4 ETHTOOL_MSG_LINKMODES_GET_REPLY LinkModes "Reply: link modes";
        5 ETHTOOL_MSG_LINKMODES_NTF LinkModes "Notification: changed link modes";
        6 ETHTOOL_MSG_LINKSTATE_GET_REPLY LinkState "Reply: link state";
        7 ETHTOOL_MSG_DEBUG_GET_REPLY Debug "Reply: message classes";
        8 ETHTOOL_MSG_DEBUG_NTF Debug "Notification: changed message classes";
        9 ETHTOOL_MSG_WOL_GET_REPLY WakeOnLan "Reply: Wake-on-LAN modes";
        10 ETHTOOL_MSG_WOL_NTF WakeOnLan "Notification: changed Wake-on-LAN modes";
        11 ETHTOOL_MSG_FEATURES_GET_REPLY Features "Reply: offload features";
        12 ETHTOOL_MSG_FEATURES_SET_REPLY Features "Reply: features that differ from the request";
        13 ETHTOOL_MSG_FEATURES_NTF Features "Notification: changed offload features";
        14 ETHTOOL_MSG_PRIVFLAGS_GET_REPLY PrivateFlags "Reply: private flags";
        15 ETHTOOL_MSG_PRIVFLAGS_NTF PrivateFlags "Notification: changed private flags";
        16 ETHTOOL_MSG_RINGS_GET_REPLY Rings "Reply: ring sizes";
        17 ETHTOOL_MSG_RINGS_NTF Rings "Notification: changed ring sizes";
        18 ETHTOOL_MSG_CHANNELS_GET_REPLY Channels "Reply: channel counts";
        19 ETHTOOL_MSG_CHANNELS_NTF Channels "Notification: changed channel counts";
        20 ETHTOOL_MSG_COALESCE_GET_REPLY Coalesce "Reply: interrupt coalescing";
        21 ETHTOOL_MSG_COALESCE_NTF Coalesce "Notification: changed interrupt coalescing";
        22 ETHTOOL_MSG_PAUSE_GET_REPLY Pause "Reply: pause frame settings";
        23 ETHTOOL_MSG_PAUSE_NTF Pause "Notification: changed pause frame settings";
        24 ETHTOOL_MSG_EEE_GET_REPLY Eee "Reply: Energy-Efficient Ethernet settings";
        25 ETHTOOL_MSG_EEE_NTF Eee "Notification: changed Energy-Efficient Ethernet settings";
        26 ETHTOOL_MSG_TSINFO_GET_REPLY TimestampInfo "Reply: time stamping capabilities";
        27 ETHTOOL_MSG_CABLE_TEST_NTF CableTestReport "Notification: progress of a cable test";
        28 ETHTOOL_MSG_CABLE_TEST_TDR_NTF TdrReport "Notification: progress of a TDR cable test";
        29 ETHTOOL_MSG_TUNNEL_INFO_GET_REPLY TunnelInfo "Reply: offloaded UDP tunnel ports";
        30 ETHTOOL_MSG_FEC_GET_REPLY Fec "Reply: forward error correction settings";
        31 ETHTOOL_MSG_FEC_NTF Fec "Notification: changed forward error correction settings";
        32 ETHTOOL_MSG_MODULE_EEPROM_GET_REPLY ModuleEeprom "Reply: EEPROM of a plug-in module";
        33 ETHTOOL_MSG_STATS_GET_REPLY Stats "Reply: standard statistics";
        34 ETHTOOL_MSG_PHC_VCLOCKS_GET_REPLY VirtualClocks "Reply: virtual PTP clocks";
        35 ETHTOOL_MSG_MODULE_GET_REPLY Module "Reply: power mode of a plug-in module";
        36 ETHTOOL_MSG_MODULE_NTF Module "Notification: changed power mode of a plug-in module";
        37 ETHTOOL_MSG_PSE_GET_REPLY Pse "Reply: power over Ethernet settings";
        38 ETHTOOL_MSG_RSS_GET_REPLY Rss "Reply: receive side scaling";
        39 ETHTOOL_MSG_PLCA_GET_CFG_REPLY Plca "Reply: PLCA settings";
        40 ETHTOOL_MSG_PLCA_GET_STATUS_REPLY Plca "Reply: PLCA status";
        41 ETHTOOL_MSG_PLCA_NTF Plca "Notification: changed PLCA settings";
        42 ETHTOOL_MSG_MM_GET_REPLY MacMerge "Reply: MAC merge settings";
        43 ETHTOOL_MSG_MM_NTF MacMerge "Notification: changed MAC merge settings";
        44 ETHTOOL_MSG_MODULE_FW_FLASH_NTF ModuleFlash "Notification: progress of a firmware update";
        45 ETHTOOL_MSG_PHY_GET_REPLY Phy "Reply: PHY";
        46 ETHTOOL_MSG_PHY_NTF Phy "Notification: changed PHY";
        47 ETHTOOL_MSG_TSCONFIG_GET_REPLY TimestampConfig "Reply: hardware time stamping settings";
        48 ETHTOOL_MSG_TSCONFIG_SET_REPLY TimestampConfig "Reply: settings in use after the change";
        49 ETHTOOL_MSG_PSE_NTF PseReport "Notification: events of a power controller";
        50 ETHTOOL_MSG_RSS_NTF Rss "Notification: changed receive side scaling";
        51 ETHTOOL_MSG_RSS_CREATE_ACT_REPLY Rss "Reply: created RSS context";
        52 ETHTOOL_MSG_RSS_CREATE_NTF Rss "Notification: created RSS context";
        53 ETHTOOL_MSG_RSS_DELETE_NTF Rss "Notification: deleted RSS context";
        54 ETHTOOL_MSG_MSE_GET_REPLY Mse "Reply: mean square errors of a PHY";
    }
}
