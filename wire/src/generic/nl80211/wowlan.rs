//! WoWLAN: what wakes a sleeping machine (`iw phy phy0 wowlan`), and coalesce rules.
//!
//! A magic packet or the loss of the connection wakes the machine, as after
//! `iw phy phy0 wowlan enable magic-packet disconnect`; without attributes nothing
//! does, as after `iw phy phy0 wowlan disable`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::wowlan::{Wowlan, WowlanAttr};
//! use nlwire::generic::nl80211::*;
//!
//! let triggers = [WowlanAttr::MagicPacket(true), WowlanAttr::Disconnect(true)];
//! let triggers = [Nl80211Attr::WowlanTriggers((&triggers).into())];
//! let enable = SetWowlan::of_wiphy(0).with(&triggers);
//! let read = GetWowlan::of_wiphy(0);
//! let disable = SetWowlan::of_wiphy(0);
//!
//! /// Returns true if a magic packet wakes the machine. The nest is absent while
//! /// nothing does.
//! fn wakes(row: &Nl80211Row<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let Some(triggers) =
//!         fields!(row.attributes => Nl80211 { wowlan_triggers })?.wowlan_triggers
//!     else {
//!         return Ok(false);
//!     };
//!     Ok(fields!(triggers => Wowlan { magic_packet })?
//!         .magic_packet
//!         .unwrap_or_default())
//! }
//! ```
//!
//! Multicast packets to 224.0.0.251 may wait for 100 ms, so that the machine wakes for
//! several at once, as after `iw phy phy0 coalesce enable` with a file of rules:
//!
//! ```
//! use nlwire::Writer;
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::nl80211::*;
//! use nlwire::generic::nl80211::wowlan::{CoalesceRuleAttr, PatternAttr};
//!
//! let (mut patterns, mut rules) = ([0; 64], [0; 96]);
//! // The destination address begins at byte 30 of an Ethernet frame.
//! let pattern = [
//!     PatternAttr::Mask(&[0x0f]),
//!     PatternAttr::Pattern(&[224, 0, 0, 251]),
//!     PatternAttr::Offset(30),
//! ];
//! let patterns = Writer::attributes(&mut patterns, |w| w.nest(1, |w| w.put(&pattern)))?;
//! let rule = [
//!     CoalesceRuleAttr::Delay(100),
//!     CoalesceRuleAttr::Condition(CoalesceCondition::MATCH),
//!     CoalesceRuleAttr::Patterns(IndexedSets::of(patterns)),
//! ];
//! let rules = Writer::attributes(&mut rules, |w| w.nest(1, |w| w.put(&rule)))?;
//! let rules = [Nl80211Attr::CoalesceRule(rules.remaining())];
//! let set = SetCoalesce::of_wiphy(0).with(&rules);
//! let read = GetCoalesce::of_wiphy(0);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use super::scan::{ScanMatch, ScanPlan};
use super::structs::WakeSequence;
use super::values::CoalesceCondition;
use crate::attributes;
use crate::codec::{Bytes, Flag, Hardware, Indexed, IndexedOf, Ip, Nest, Struct};

attributes! {
    /// WoWLAN triggers that are set, or the reason of a wakeup (`NL80211_WOWLAN_TRIG_*`).
    pub set Wowlan, enum WowlanAttr {
        /// Any activity.
        1 NL80211_WOWLAN_TRIG_ANY Any any: Flag,
        /// Disconnection.
        2 NL80211_WOWLAN_TRIG_DISCONNECT Disconnect disconnect: Flag,
        /// Magic packet.
        3 NL80211_WOWLAN_TRIG_MAGIC_PKT MagicPacket magic_packet: Flag,
        /// Packet patterns; a wakeup has the pattern's index in 4 bytes.
        4 NL80211_WOWLAN_TRIG_PKT_PATTERN Patterns patterns: Indexed<Pattern>,
        /// Group key renewal is supported.
        5 NL80211_WOWLAN_TRIG_GTK_REKEY_SUPPORTED RekeySupported rekey_supported: Flag,
        /// Group key renewal failed.
        6 NL80211_WOWLAN_TRIG_GTK_REKEY_FAILURE RekeyFailure rekey_failure: Flag,
        /// EAP identity request.
        7 NL80211_WOWLAN_TRIG_EAP_IDENT_REQUEST EapIdentity eap_identity: Flag,
        /// 4-way handshake.
        8 NL80211_WOWLAN_TRIG_4WAY_HANDSHAKE Handshake handshake: Flag,
        /// Rfkill release.
        9 NL80211_WOWLAN_TRIG_RFKILL_RELEASE RfkillRelease rfkill_release: Flag,
        /// Packet that caused the wakeup, as a frame of IEEE 802.11.
        10 NL80211_WOWLAN_TRIG_WAKEUP_PKT_80211 Packet80211 packet80211: Bytes,
        /// Length of that frame before it was cut.
        11 NL80211_WOWLAN_TRIG_WAKEUP_PKT_80211_LEN Packet80211Length packet80211_length: u32,
        /// Packet that caused the wakeup, as an Ethernet frame.
        12 NL80211_WOWLAN_TRIG_WAKEUP_PKT_8023 Packet8023 packet8023: Bytes,
        /// Length of that Ethernet frame before it was cut.
        13 NL80211_WOWLAN_TRIG_WAKEUP_PKT_8023_LEN Packet8023Length packet8023_length: u32,
        /// TCP connection that the device keeps.
        14 NL80211_WOWLAN_TRIG_TCP_CONNECTION Tcp tcp: Nest<WakeTcp>,
        /// TCP data that matched.
        15 NL80211_WOWLAN_TRIG_WAKEUP_TCP_MATCH TcpMatch tcp_match: Flag,
        /// TCP connection was lost.
        16 NL80211_WOWLAN_TRIG_WAKEUP_TCP_CONNLOST TcpLost tcp_lost: Flag,
        /// TCP connection has no tokens left.
        17 NL80211_WOWLAN_TRIG_WAKEUP_TCP_NOMORETOKENS TcpNoTokens tcp_no_tokens: Flag,
        /// Network detection.
        18 NL80211_WOWLAN_TRIG_NET_DETECT NetDetect net_detect: Nest<NetDetect>,
        /// Networks that were detected.
        19 NL80211_WOWLAN_TRIG_NET_DETECT_RESULTS NetDetectResults net_detect_results: Indexed<NetDetect>,
        /// Unprotected deauthentication or disassociation.
        20 NL80211_WOWLAN_TRIG_UNPROTECTED_DEAUTH_DISASSOC UnprotectedDisconnect unprotected_disconnect: Flag,
    }
}

/// Set of what is supported, whose numbers are those of the set beside it.
pub mod support {
    use super::super::structs::PatternSupport;
    use super::super::structs::WakeTokenSupport;
    use crate::attributes;
    use crate::codec::{Flag, Nest, Struct};

    attributes! {
        /// WoWLAN triggers that a wiphy supports (`NL80211_WOWLAN_TRIG_*`).
        pub set WowlanSupport, enum WowlanSupportAttr {
            /// Any activity.
            1 NL80211_WOWLAN_TRIG_ANY Any any: Flag,
            /// Disconnection.
            2 NL80211_WOWLAN_TRIG_DISCONNECT Disconnect disconnect: Flag,
            /// Magic packet.
            3 NL80211_WOWLAN_TRIG_MAGIC_PKT MagicPacket magic_packet: Flag,
            /// Packet patterns.
            4 NL80211_WOWLAN_TRIG_PKT_PATTERN Patterns patterns: Struct<PatternSupport>,
            /// Group key renewal.
            5 NL80211_WOWLAN_TRIG_GTK_REKEY_SUPPORTED RekeySupported rekey_supported: Flag,
            /// Failure of the group key renewal.
            6 NL80211_WOWLAN_TRIG_GTK_REKEY_FAILURE RekeyFailure rekey_failure: Flag,
            /// EAP identity request.
            7 NL80211_WOWLAN_TRIG_EAP_IDENT_REQUEST EapIdentity eap_identity: Flag,
            /// 4-way handshake.
            8 NL80211_WOWLAN_TRIG_4WAY_HANDSHAKE Handshake handshake: Flag,
            /// Rfkill release.
            9 NL80211_WOWLAN_TRIG_RFKILL_RELEASE RfkillRelease rfkill_release: Flag,
            /// TCP connection.
            14 NL80211_WOWLAN_TRIG_TCP_CONNECTION Tcp tcp: Nest<WakeTcpSupport>,
            /// Network detection: maximum number of match sets.
            18 NL80211_WOWLAN_TRIG_NET_DETECT NetDetect net_detect: u32,
        }
    }

    attributes! {
        /// Limits of the TCP connection that a device keeps (`NL80211_WOWLAN_TCP_*`).
        pub set WakeTcpSupport, enum WakeTcpSupportAttr {
            /// Maximum payload length in bytes.
            6 NL80211_WOWLAN_TCP_DATA_PAYLOAD MaxPayload max_payload: u32,
            /// Sequence numbers in the payload.
            7 NL80211_WOWLAN_TCP_DATA_PAYLOAD_SEQ Sequence sequence: Flag,
            /// Tokens in the payload.
            8 NL80211_WOWLAN_TCP_DATA_PAYLOAD_TOKEN Tokens tokens: Struct<WakeTokenSupport>,
            /// Maximum interval in seconds.
            9 NL80211_WOWLAN_TCP_DATA_INTERVAL MaxInterval max_interval: u32,
            /// Maximum length of a wakeup pattern in bytes.
            10 NL80211_WOWLAN_TCP_WAKE_PAYLOAD MaxWakePayload max_wake_payload: u32,
        }
    }
}

pub use support::{WakeTcpSupport, WakeTcpSupportAttr, WowlanSupport, WowlanSupportAttr};

attributes! {
    /// TCP connection that the device keeps (`NL80211_WOWLAN_TCP_*`).
    pub set WakeTcp, enum WakeTcpAttr {
        /// Source IPv4 address.
        1 NL80211_WOWLAN_TCP_SRC_IPV4 Source source: Ip,
        /// Destination IPv4 address.
        2 NL80211_WOWLAN_TCP_DST_IPV4 Destination destination: Ip,
        /// Destination MAC address.
        3 NL80211_WOWLAN_TCP_DST_MAC DestinationMac destination_mac: Hardware,
        /// Source port; 0 for any.
        4 NL80211_WOWLAN_TCP_SRC_PORT SourcePort source_port: u16,
        /// Destination port.
        5 NL80211_WOWLAN_TCP_DST_PORT DestinationPort destination_port: u16,
        /// Payload that is sent.
        6 NL80211_WOWLAN_TCP_DATA_PAYLOAD Payload payload: Bytes,
        /// Sequence numbers in the payload.
        7 NL80211_WOWLAN_TCP_DATA_PAYLOAD_SEQ Sequence sequence: Struct<WakeSequence>,
        /// Tokens in the payload: offset and length of 32 bits each, then the tokens.
        8 NL80211_WOWLAN_TCP_DATA_PAYLOAD_TOKEN Tokens tokens: Bytes,
        /// Interval in seconds.
        9 NL80211_WOWLAN_TCP_DATA_INTERVAL Interval interval: u32,
        /// Payload that wakes the machine.
        10 NL80211_WOWLAN_TCP_WAKE_PAYLOAD WakePayload wake_payload: Bytes,
        /// Mask of that payload, a bit for each byte.
        11 NL80211_WOWLAN_TCP_WAKE_MASK WakeMask wake_mask: Bytes,
    }
}

attributes! {
    /// Network detection, or a detected network (`NL80211_ATTR_*`).
    pub set NetDetect, enum NetDetectAttr {
        /// Frequencies in MHz.
        44 NL80211_ATTR_SCAN_FREQUENCIES Frequencies frequencies: IndexedOf<u32>,
        /// SSIDs to scan for.
        45 NL80211_ATTR_SCAN_SSIDS ScanSsids scan_ssids: IndexedOf<Bytes>,
        /// SSID of the detected network.
        52 NL80211_ATTR_SSID Ssid ssid: Bytes,
        /// Interval of the scan in ms.
        119 NL80211_ATTR_SCHED_SCAN_INTERVAL Interval interval: u32,
        /// Match sets.
        132 NL80211_ATTR_SCHED_SCAN_MATCH Matches matches: Indexed<ScanMatch>,
        /// Delay of the scan in seconds.
        220 NL80211_ATTR_SCHED_SCAN_DELAY Delay delay: u32,
        /// Scan plans.
        225 NL80211_ATTR_SCHED_SCAN_PLANS Plans plans: Indexed<ScanPlan>,
    }
}

attributes! {
    /// Packet pattern (`NL80211_PKTPAT_*`).
    pub set Pattern, enum PatternAttr {
        /// Mask, a bit for each byte of the pattern.
        1 NL80211_PKTPAT_MASK Mask mask: Bytes,
        /// Pattern.
        2 NL80211_PKTPAT_PATTERN Pattern pattern: Bytes,
        /// Offset in the packet in bytes.
        3 NL80211_PKTPAT_OFFSET Offset offset: u32,
    }
}

attributes! {
    /// Coalesce rule (`NL80211_ATTR_COALESCE_RULE_*`).
    pub set CoalesceRule, enum CoalesceRuleAttr {
        /// Delay in ms.
        1 NL80211_ATTR_COALESCE_RULE_DELAY Delay delay: u32,
        /// Condition.
        2 NL80211_ATTR_COALESCE_RULE_CONDITION Condition condition: CoalesceCondition,
        /// Packet patterns.
        3 NL80211_ATTR_COALESCE_RULE_PKT_PATTERN Patterns patterns: Indexed<Pattern>,
    }
}
