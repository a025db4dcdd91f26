//! NAN: neighbor awareness networking.

use super::flags::NanPublishType;
use super::values::{NanEndReason, NanFunctionType};
use crate::attributes;
use crate::codec::{ByteArray, Bytes, Flag, Hardware, IndexedOf, Nest};

attributes! {
    /// NAN function (`NL80211_NAN_FUNC_*`).
    pub set NanFunction, enum NanFunctionAttr {
        /// Type of the function.
        1 NL80211_NAN_FUNC_TYPE Kind kind: NanFunctionType,
        /// Service identifier: the hash of the service's name.
        2 NL80211_NAN_FUNC_SERVICE_ID ServiceId service_id: ByteArray<6>,
        /// Publish type.
        3 NL80211_NAN_FUNC_PUBLISH_TYPE PublishType publish_type: NanPublishType,
        /// Publish by broadcast.
        4 NL80211_NAN_FUNC_PUBLISH_BCAST PublishBroadcast publish_broadcast: Flag,
        /// Subscribe actively.
        5 NL80211_NAN_FUNC_SUBSCRIBE_ACTIVE SubscribeActive subscribe_active: Flag,
        /// Follow-up: instance identifier of the peer.
        6 NL80211_NAN_FUNC_FOLLOW_UP_ID FollowUpId follow_up_id: u8,
        /// Follow-up: requestor instance identifier.
        7 NL80211_NAN_FUNC_FOLLOW_UP_REQ_ID FollowUpRequestId follow_up_request_id: u8,
        /// Follow-up: MAC address of the destination.
        8 NL80211_NAN_FUNC_FOLLOW_UP_DEST FollowUpTo follow_up_to: Hardware,
        /// Close range is required.
        9 NL80211_NAN_FUNC_CLOSE_RANGE CloseRange close_range: Flag,
        /// TTL in discovery windows of 512 TU.
        10 NL80211_NAN_FUNC_TTL Ttl ttl: u32,
        /// Service specific information.
        11 NL80211_NAN_FUNC_SERVICE_INFO ServiceInfo service_info: Bytes,
        /// Filter of receivers.
        12 NL80211_NAN_FUNC_SRF Filter filter: Nest<NanFilter>,
        /// Match filters for received frames.
        13 NL80211_NAN_FUNC_RX_MATCH_FILTER RxMatchFilters rx_match_filters: IndexedOf<Bytes>,
        /// Match filters for sent frames.
        14 NL80211_NAN_FUNC_TX_MATCH_FILTER TxMatchFilters tx_match_filters: IndexedOf<Bytes>,
        /// Instance identifier.
        15 NL80211_NAN_FUNC_INSTANCE_ID InstanceId instance_id: u8,
        /// Reason of the end.
        16 NL80211_NAN_FUNC_TERM_REASON EndReason end_reason: NanEndReason,
    }
}

attributes! {
    /// Filter of receivers of a NAN function (`NL80211_NAN_SRF_*`).
    pub set NanFilter, enum NanFilterAttr {
        /// Inclusion: only these receive the frames; else all others.
        1 NL80211_NAN_SRF_INCLUDE Include include: Flag,
        /// Bloom filter of MAC addresses.
        2 NL80211_NAN_SRF_BF BloomFilter bloom_filter: Bytes,
        /// Index of the Bloom filter's hash functions.
        3 NL80211_NAN_SRF_BF_IDX BloomIndex bloom_index: u8,
        /// MAC addresses.
        4 NL80211_NAN_SRF_MAC_ADDRS MacAddresses mac_addresses: IndexedOf<Hardware>,
    }
}

attributes! {
    /// NAN match (`NL80211_NAN_MATCH_*`).
    pub set NanMatch, enum NanMatchAttr {
        /// Local function.
        1 NL80211_NAN_MATCH_FUNC_LOCAL Local local: Nest<NanFunction>,
        /// Peer's function.
        2 NL80211_NAN_MATCH_FUNC_PEER Peer peer: Nest<NanFunction>,
    }
}
