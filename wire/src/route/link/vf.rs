//! Virtual functions of a link, and their ports (`linux/if_link.h`).

use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::{U32, U64};

use crate::attributes;
use crate::codec::{ByteArray, Bytes, Many, Nest, Shown, Struct, Text, WideByte};
use crate::numbers::numbers;
use crate::structs::structs;

structs! {
    /// The address of a virtual function.
    #[doc(alias = "ifla_vf_mac")]
    pub struct VfMac: 36 {
        /// The number of the virtual function.
        vf: U32,
        /// The address, filled with zeros.
        mac: [u8; 32],
    }

    /// The VLAN of a virtual function.
    #[doc(alias = "ifla_vf_vlan")]
    pub struct VfVlan: 12 {
        /// The number of the virtual function.
        vf: U32,
        /// The VLAN, 0 for none.
        vlan: U32,
        /// Its priority.
        qos: U32,
    }

    /// The VLAN of a virtual function and its protocol.
    #[doc(alias = "ifla_vf_vlan_info")]
    pub struct VfVlanInfo: 16 {
        /// The number of the virtual function.
        vf: U32,
        /// The VLAN, 0 for none.
        vlan: U32,
        /// Its priority.
        qos: U32,
        /// Its Ethernet type, in network order.
        protocol: big_endian::U16 as super::VlanProtocol,
        /// Padding.
        reserved: [u8; 2],
    }

    /// A limit of a virtual function.
    #[doc(alias = "ifla_vf_tx_rate")]
    pub struct VfTxRate: 8 {
        /// The number of the virtual function.
        vf: U32,
        /// The most that it may send, in Mbit/s; 0 for no limit.
        rate: U32,
    }

    /// The limits of a virtual function.
    #[doc(alias = "ifla_vf_rate")]
    pub struct VfRate: 12 {
        /// The number of the virtual function.
        vf: U32,
        /// What it may send at least, in Mbit/s.
        min: U32,
        /// What it may send at most, in Mbit/s; 0 for no limit.
        max: U32,
    }

    /// A setting of a virtual function.
    #[doc(
        alias = "ifla_vf_spoofchk",
        alias = "ifla_vf_rss_query_en",
        alias = "ifla_vf_trust"
    )]
    pub struct VfSetting: 8 {
        /// The number of the virtual function.
        vf: U32,
        /// The setting.
        setting: U32,
    }

    /// Carrier of a virtual function.
    #[doc(alias = "ifla_vf_link_state")]
    pub struct VfCarrier: 8 {
        /// Number of the virtual function.
        vf: U32,
        /// Carrier ([`VfLinkState`]).
        link_state: U32 as VfLinkState,
    }

    /// GUID of a virtual function. A kernel of 32-bit x86 sends 12 bytes, since
    /// that architecture aligns the GUID to 4 bytes.
    #[doc(alias = "ifla_vf_guid")]
    pub struct VfGuid: 16 {
        /// The number of the virtual function.
        vf: U32,
        /// Padding.
        reserved: U32,
        /// The id.
        guid: U64,
    }
}

attributes! {
    /// Virtual functions ([`IFLA_VFINFO_LIST`](super::IFLA_VFINFO_LIST)).
    pub set VfList, enum VfListAttr {
        /// One of them.
        1 IFLA_VF_INFO Info info: Many<Nest<Vf>>,
    }
}

attributes! {
    /// A virtual function (`IFLA_VF_*`).
    pub set Vf, enum VfAttr {
        /// Its address.
        1 IFLA_VF_MAC Mac mac: Struct<VfMac>,
        /// Its VLAN.
        2 IFLA_VF_VLAN Vlan vlan: Struct<VfVlan>,
        /// What it may send.
        3 IFLA_VF_TX_RATE TxRate tx_rate: Struct<VfTxRate>,
        /// 1: the addresses that it sends from are checked.
        4 IFLA_VF_SPOOFCHK SpoofCheck spoof_check: Struct<VfSetting>,
        /// Carrier.
        5 IFLA_VF_LINK_STATE LinkState link_state: Struct<VfCarrier>,
        /// What it may send at least and at most.
        6 IFLA_VF_RATE Rate rate: Struct<VfRate>,
        /// 1: it may ask how packets are spread.
        7 IFLA_VF_RSS_QUERY_EN RssQuery rss_query: Struct<VfSetting>,
        /// Its counters.
        8 IFLA_VF_STATS Stats stats: Nest<VfStats>,
        /// 1: it is trusted.
        9 IFLA_VF_TRUST Trust trust: Struct<VfSetting>,
        /// The id of its InfiniBand node.
        10 IFLA_VF_IB_NODE_GUID NodeGuid node_guid: Struct<VfGuid>,
        /// The id of its InfiniBand port.
        11 IFLA_VF_IB_PORT_GUID PortGuid port_guid: Struct<VfGuid>,
        /// Its VLANs.
        12 IFLA_VF_VLAN_LIST VlanList vlan_list: Nest<VfVlanList>,
        /// Its broadcast address, filled with zeros.
        13 IFLA_VF_BROADCAST Broadcast broadcast: ByteArray<32>,
    }
}

attributes! {
    /// The VLANs of a virtual function.
    pub set VfVlanList, enum VfVlanListAttr {
        /// One of them.
        1 IFLA_VF_VLAN_INFO Info info: Many<Struct<VfVlanInfo>>,
    }
}

attributes! {
    /// Counters of a virtual function (`IFLA_VF_STATS_*`).
    pub set VfStats, enum VfStatsAttr {
        /// Packets received.
        0 IFLA_VF_STATS_RX_PACKETS RxPackets rx_packets: u64,
        /// Packets sent.
        1 IFLA_VF_STATS_TX_PACKETS TxPackets tx_packets: u64,
        /// Bytes received.
        2 IFLA_VF_STATS_RX_BYTES RxBytes rx_bytes: u64,
        /// Bytes sent.
        3 IFLA_VF_STATS_TX_BYTES TxBytes tx_bytes: u64,
        /// Broadcast packets.
        4 IFLA_VF_STATS_BROADCAST Broadcast broadcast: u64,
        /// Multicast packets.
        5 IFLA_VF_STATS_MULTICAST Multicast multicast: u64,
        /// Nothing, to align what follows.
        6 IFLA_VF_STATS_PAD Pad pad: Bytes,
        /// Packets dropped on receipt.
        7 IFLA_VF_STATS_RX_DROPPED RxDropped rx_dropped: u64,
        /// Packets dropped before they were sent.
        8 IFLA_VF_STATS_TX_DROPPED TxDropped tx_dropped: u64,
    }
}

attributes! {
    /// The ports of virtual functions ([`IFLA_VF_PORTS`](super::IFLA_VF_PORTS)).
    pub set VfPorts, enum VfPortsAttr {
        /// One of them.
        1 IFLA_VF_PORT Port port: Many<Nest<VfPort>>,
    }
}

attributes! {
    /// The port of a virtual function, as IEEE 802.1Qbg has it (`IFLA_PORT_*`).
    pub set VfPort, enum VfPortAttr {
        /// The number of the virtual function.
        1 IFLA_PORT_VF Vf vf: u32,
        /// The name of its profile.
        2 IFLA_PORT_PROFILE Profile profile: Text,
        /// The type of station (obsolete).
        3 IFLA_PORT_VSI_TYPE VsiType vsi_type: Bytes,
        /// The UUID of the instance.
        4 IFLA_PORT_INSTANCE_UUID InstanceUuid instance_uuid: ByteArray<16>,
        /// The UUID of the host.
        5 IFLA_PORT_HOST_UUID HostUuid host_uuid: ByteArray<16>,
        /// Requested association ([`PortRequest`]); reports of `enic` send 16 bits.
        6 IFLA_PORT_REQUEST Request request: Shown<WideByte, PortRequest>,
        /// Result of the request.
        7 IFLA_PORT_RESPONSE Response response: PortResponse,
    }
}

numbers! {
    /// Carrier of a virtual function.
    pub struct VfLinkState(u32) {
        /// That of the link.
        AUTO = 0 "IFLA_VF_LINK_STATE_AUTO" "auto";
        /// Always on.
        ENABLE = 1 "IFLA_VF_LINK_STATE_ENABLE" "enable";
        /// Always off.
        DISABLE = 2 "IFLA_VF_LINK_STATE_DISABLE" "disable";
    }
}

numbers! {
    /// Requested association of a port, as IEEE 802.1Qbg has it.
    pub struct PortRequest(u8) {
        PREASSOCIATE = 0 "PORT_REQUEST_PREASSOCIATE" "preassociate";
        /// With resources reserved.
        PREASSOCIATE_RR = 1 "PORT_REQUEST_PREASSOCIATE_RR" "preassociate-rr";
        ASSOCIATE = 2 "PORT_REQUEST_ASSOCIATE" "associate";
        DISASSOCIATE = 3 "PORT_REQUEST_DISASSOCIATE" "disassociate";
    }
}

numbers! {
    /// Result of a port's request.
    pub struct PortResponse(u16) {
        SUCCESS = 0 "PORT_VDP_RESPONSE_SUCCESS" "success";
        INVALID_FORMAT = 1 "PORT_VDP_RESPONSE_INVALID_FORMAT" "invalid-format";
        INSUFFICIENT_RESOURCES = 2 "PORT_VDP_RESPONSE_INSUFFICIENT_RESOURCES" "insufficient-resources";
        UNUSED_VTID = 3 "PORT_VDP_RESPONSE_UNUSED_VTID" "unused-vtid";
        VTID_VIOLATION = 4 "PORT_VDP_RESPONSE_VTID_VIOLATION" "vtid-violation";
        VTID_VERSION_VIOLATION = 5 "PORT_VDP_RESPONSE_VTID_VERSION_VIOALTION" "vtid-version-violation";
        OUT_OF_SYNC = 6 "PORT_VDP_RESPONSE_OUT_OF_SYNC" "out-of-sync";
        PROFILE_SUCCESS = 0x100 "PORT_PROFILE_RESPONSE_SUCCESS" "profile-success";
        PROFILE_IN_PROGRESS = 0x101 "PORT_PROFILE_RESPONSE_INPROGRESS" "profile-in-progress";
        PROFILE_INVALID = 0x102 "PORT_PROFILE_RESPONSE_INVALID" "profile-invalid";
        PROFILE_BAD_STATE = 0x103 "PORT_PROFILE_RESPONSE_BADSTATE" "profile-bad-state";
        PROFILE_INSUFFICIENT_RESOURCES = 0x104 "PORT_PROFILE_RESPONSE_INSUFFICIENT_RESOURCES" "profile-insufficient-resources";
        PROFILE_ERROR = 0x105 "PORT_PROFILE_RESPONSE_ERROR" "profile-error";
    }
}
