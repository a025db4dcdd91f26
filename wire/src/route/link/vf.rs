//! Virtual functions of a link, and their ports (`linux/if_link.h`).

use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::{U32, U64};

use crate::attributes;
use crate::codec::{ByteArray, Bytes, Many, Nest, Shown, Struct, Text, WideByte};
use crate::numbers::numbers;
use crate::structs::structs;

structs! {
    /// MAC address of a virtual function.
    #[doc(alias = "ifla_vf_mac")]
    pub struct VfMac: 36 {
        /// Number of the virtual function.
        vf: U32,
        /// MAC address, padded with zeros.
        mac: [u8; 32],
    }

    /// VLAN of a virtual function.
    #[doc(alias = "ifla_vf_vlan")]
    pub struct VfVlan: 12 {
        /// Number of the virtual function.
        vf: U32,
        /// VLAN id, 0 for none.
        vlan: U32,
        /// VLAN priority, 0 to 7.
        qos: U32,
    }

    /// VLAN of a virtual function, with its protocol.
    #[doc(alias = "ifla_vf_vlan_info")]
    pub struct VfVlanInfo: 16 {
        /// Number of the virtual function.
        vf: U32,
        /// VLAN id, 0 for none.
        vlan: U32,
        /// VLAN priority, 0 to 7.
        qos: U32,
        /// EtherType of VLAN tags, in network order.
        protocol: big_endian::U16 as super::VlanProtocol,
        /// Padding.
        reserved: [u8; 2],
    }

    /// Maximum transmit rate of a virtual function.
    #[doc(alias = "ifla_vf_tx_rate")]
    pub struct VfTxRate: 8 {
        /// Number of the virtual function.
        vf: U32,
        /// Maximum transmit rate in Mbit/s, 0 for no limit.
        rate: U32,
    }

    /// Minimum and maximum transmit rate of a virtual function.
    #[doc(alias = "ifla_vf_rate")]
    pub struct VfRate: 12 {
        /// Number of the virtual function.
        vf: U32,
        /// Minimum transmit rate in Mbit/s, 0 for none.
        min: U32,
        /// Maximum transmit rate in Mbit/s, 0 for no limit.
        max: U32,
    }

    /// Setting of a virtual function: 1 for on, 0 for off.
    #[doc(
        alias = "ifla_vf_spoofchk",
        alias = "ifla_vf_rss_query_en",
        alias = "ifla_vf_trust"
    )]
    pub struct VfSetting: 8 {
        /// Number of the virtual function.
        vf: U32,
        /// Setting: 1 for on, 0 for off.
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

    /// Type of station.
    #[doc(alias = "ifla_port_vsi")]
    pub struct VfPortStation: 8 {
        /// Manager of the types.
        manager: u8,
        /// Type of station.
        kind: [u8; 3],
        /// Version of the type.
        version: u8,
        /// Padding.
        reserved: [u8; 3],
    }

    /// GUID of a virtual function. A kernel of 32-bit x86 sends 12 bytes, since
    /// that architecture aligns the GUID to 4 bytes.
    #[doc(alias = "ifla_vf_guid")]
    pub struct VfGuid: 16 {
        /// Number of the virtual function.
        vf: U32,
        /// Padding.
        reserved: U32,
        /// GUID.
        guid: U64,
    }
}

attributes! {
    /// Virtual functions ([`IFLA_VFINFO_LIST`](super::IFLA_VFINFO_LIST)).
    pub set VfList, enum VfListAttr {
        /// Virtual function; repeated for each.
        1 IFLA_VF_INFO Info info: Many<Nest<Vf>>,
    }
}

attributes! {
    /// A virtual function (`IFLA_VF_*`).
    pub set Vf, enum VfAttr {
        /// MAC address.
        1 IFLA_VF_MAC Mac mac: Struct<VfMac>,
        /// VLAN id and priority.
        2 IFLA_VF_VLAN Vlan vlan: Struct<VfVlan>,
        /// Maximum transmit rate.
        3 IFLA_VF_TX_RATE TxRate tx_rate: Struct<VfTxRate>,
        /// 1 if spoof checking is on: packets must have the virtual function's source address.
        4 IFLA_VF_SPOOFCHK SpoofCheck spoof_check: Struct<VfSetting>,
        /// Carrier.
        5 IFLA_VF_LINK_STATE LinkState link_state: Struct<VfCarrier>,
        /// Minimum and maximum transmit rate.
        6 IFLA_VF_RATE Rate rate: Struct<VfRate>,
        /// 1 if the virtual function may query the receive side scaling (RSS) settings.
        7 IFLA_VF_RSS_QUERY_EN RssQuery rss_query: Struct<VfSetting>,
        /// Statistics.
        8 IFLA_VF_STATS Stats stats: Nest<VfStats>,
        /// 1 if the virtual function is trusted, such as to change its MAC address.
        9 IFLA_VF_TRUST Trust trust: Struct<VfSetting>,
        /// InfiniBand node GUID.
        10 IFLA_VF_IB_NODE_GUID NodeGuid node_guid: Struct<VfGuid>,
        /// InfiniBand port GUID.
        11 IFLA_VF_IB_PORT_GUID PortGuid port_guid: Struct<VfGuid>,
        /// VLANs with their protocols.
        12 IFLA_VF_VLAN_LIST VlanList vlan_list: Nest<VfVlanList>,
        /// Broadcast address, padded with zeros.
        13 IFLA_VF_BROADCAST Broadcast broadcast: ByteArray<32>,
    }
}

attributes! {
    /// VLANs of a virtual function.
    pub set VfVlanList, enum VfVlanListAttr {
        /// VLAN; repeated for each.
        1 IFLA_VF_VLAN_INFO Info info: Many<Struct<VfVlanInfo>>,
    }
}

attributes! {
    /// Counters of a virtual function (`IFLA_VF_STATS_*`).
    pub set VfStats, enum VfStatsAttr {
        /// Number of packets received.
        0 IFLA_VF_STATS_RX_PACKETS RxPackets rx_packets: u64,
        /// Number of packets sent.
        1 IFLA_VF_STATS_TX_PACKETS TxPackets tx_packets: u64,
        /// Number of bytes received.
        2 IFLA_VF_STATS_RX_BYTES RxBytes rx_bytes: u64,
        /// Number of bytes sent.
        3 IFLA_VF_STATS_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of broadcast packets.
        4 IFLA_VF_STATS_BROADCAST Broadcast broadcast: u64,
        /// Number of multicast packets.
        5 IFLA_VF_STATS_MULTICAST Multicast multicast: u64,
        /// Padding.
        6 IFLA_VF_STATS_PAD Pad pad: Bytes,
        /// Number of received packets dropped.
        7 IFLA_VF_STATS_RX_DROPPED RxDropped rx_dropped: u64,
        /// Number of packets dropped before they were sent.
        8 IFLA_VF_STATS_TX_DROPPED TxDropped tx_dropped: u64,
    }
}

attributes! {
    /// Ports of virtual functions ([`IFLA_VF_PORTS`](super::IFLA_VF_PORTS)).
    pub set VfPorts, enum VfPortsAttr {
        /// Port; repeated for each virtual function.
        1 IFLA_VF_PORT Port port: Many<Nest<VfPort>>,
    }
}

attributes! {
    /// Port of a virtual function (IEEE 802.1Qbg, `IFLA_PORT_*`).
    pub set VfPort, enum VfPortAttr {
        /// Number of the virtual function.
        1 IFLA_PORT_VF Vf vf: u32,
        /// Name of the port profile.
        2 IFLA_PORT_PROFILE Profile profile: Text,
        /// Virtual station interface type (obsolete).
        3 IFLA_PORT_VSI_TYPE VsiType vsi_type: Struct<VfPortStation>,
        /// UUID of the virtual machine instance.
        4 IFLA_PORT_INSTANCE_UUID InstanceUuid instance_uuid: ByteArray<16>,
        /// UUID of the host.
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
        /// Carrier of the physical link.
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
