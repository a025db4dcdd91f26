//! Attributes of SMC.

use crate::codec::{Bytes, Form, Nest, Text, field_is_value};
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, LinkIndex, Writer, attributes};

attributes! {
    /// Information of SMC, a nest for each type (`SMC_GEN_*`).
    pub set Smc, enum SmcAttr {
        /// System information.
        1 SMC_GEN_SYS_INFO System system: Nest<System>,
        /// Link group of SMC-R.
        2 SMC_GEN_LGR_SMCR RdmaGroup rdma_group: Nest<RdmaGroup>,
        /// Link of SMC-R.
        3 SMC_GEN_LINK_SMCR RdmaLink rdma_link: Nest<RdmaLink>,
        /// Link group of SMC-D.
        4 SMC_GEN_LGR_SMCD DirectGroup direct_group: Nest<DirectGroup>,
        /// Device of SMC-D.
        5 SMC_GEN_DEV_SMCD DirectDevice direct_device: Nest<Device>,
        /// Device of SMC-R.
        6 SMC_GEN_DEV_SMCR RdmaDevice rdma_device: Nest<Device>,
        /// Statistics.
        7 SMC_GEN_STATS Statistics statistics: Nest<Statistics>,
        /// Statistics of fallbacks to TCP.
        8 SMC_GEN_FBACK_STATS Fallbacks fallbacks: Nest<Fallbacks>,
    }
}

attributes! {
    /// System information (`SMC_NLA_SYS_*`).
    pub set System, enum SystemAttr {
        /// Version of SMC.
        1 SMC_NLA_SYS_VER Version version: u8,
        /// Release of SMC.
        2 SMC_NLA_SYS_REL Release release: u8,
        /// SMC-D version 2: 1 if supported.
        3 SMC_NLA_SYS_IS_ISM_V2 DirectV2 direct_v2: u8,
        /// Host name at the time when the module was loaded.
        4 SMC_NLA_SYS_LOCAL_HOST Host host: BlankPadded,
        /// System EID.
        5 SMC_NLA_SYS_SEID Seid seid: BlankPadded,
        /// SMC-R version 2: 1 if supported.
        6 SMC_NLA_SYS_IS_SMCR_V2 RdmaV2 rdma_v2: u8,
    }
}

attributes! {
    /// Link group of version 2 (`SMC_NLA_LGR_V2_*`).
    pub set GroupV2, enum GroupV2Attr {
        /// Version of SMC.
        0 SMC_NLA_LGR_V2_VER Version version: u8,
        /// Release of the peer.
        1 SMC_NLA_LGR_V2_REL Release release: u8,
        /// Operating system of the peer.
        2 SMC_NLA_LGR_V2_OS Os os: u8,
        /// Negotiated EID.
        3 SMC_NLA_LGR_V2_NEG_EID Eid eid: BlankPadded,
        /// Host name of the peer.
        4 SMC_NLA_LGR_V2_PEER_HOST PeerHost peer_host: BlankPadded,
    }
}

attributes! {
    /// Link group of SMC-R version 2 (`SMC_NLA_LGR_R_V2_*`).
    pub set RdmaGroupV2, enum RdmaGroupV2Attr {
        /// Direct connection: 1 if no router is between.
        1 SMC_NLA_LGR_R_V2_DIRECT Direct direct: u8,
    }
}

attributes! {
    /// Link group of SMC-R (`SMC_NLA_LGR_R_*`).
    pub set RdmaGroup, enum RdmaGroupAttr {
        /// Group identifier.
        1 SMC_NLA_LGR_R_ID Id id: u32,
        /// Role: 0 for the client, 1 for the server.
        2 SMC_NLA_LGR_R_ROLE Role role: u8,
        /// Type: none, single, symmetric or asymmetric.
        3 SMC_NLA_LGR_R_TYPE Kind kind: u8,
        /// PNET identifier.
        4 SMC_NLA_LGR_R_PNETID PnetId pnet_id: Text,
        /// VLAN identifier.
        5 SMC_NLA_LGR_R_VLAN_ID VlanId vlan_id: u8,
        /// Number of connections.
        6 SMC_NLA_LGR_R_CONNS_NUM Connections connections: u32,
        /// Version 2.
        7 SMC_NLA_LGR_R_V2_COMMON V2 v2: Nest<GroupV2>,
        /// Version 2 of SMC-R.
        8 SMC_NLA_LGR_R_V2 RdmaV2 rdma_v2: Nest<RdmaGroupV2>,
        /// Cookie of the network namespace.
        9 SMC_NLA_LGR_R_NET_COOKIE NetCookie net_cookie: u64,
        /// Padding.
        10 SMC_NLA_LGR_R_PAD Pad pad: Bytes,
        /// Buffer type: 0 for physically contiguous memory.
        11 SMC_NLA_LGR_R_BUF_TYPE BufferType buffer_type: u8,
    }
}

attributes! {
    /// Link of SMC-R (`SMC_NLA_LINK_*`).
    pub set RdmaLink, enum RdmaLinkAttr {
        /// Link identifier.
        1 SMC_NLA_LINK_ID Id id: u8,
        /// RDMA device.
        2 SMC_NLA_LINK_IB_DEV RdmaDevice rdma_device: Text,
        /// Port of the RDMA device.
        3 SMC_NLA_LINK_IB_PORT RdmaPort rdma_port: u8,
        /// GID.
        4 SMC_NLA_LINK_GID Gid gid: Text,
        /// Peer's GID.
        5 SMC_NLA_LINK_PEER_GID PeerGid peer_gid: Text,
        /// Number of connections.
        6 SMC_NLA_LINK_CONN_CNT Connections connections: u32,
        /// Link index of the network device.
        7 SMC_NLA_LINK_NET_DEV Link link: LinkIndex,
        /// Link user identifier.
        8 SMC_NLA_LINK_UID Uid uid: u32,
        /// Peer's link user identifier.
        9 SMC_NLA_LINK_PEER_UID PeerUid peer_uid: u32,
        /// State.
        10 SMC_NLA_LINK_STATE State state: u32,
    }
}

attributes! {
    /// Link group of SMC-D (`SMC_NLA_LGR_D_*`).
    pub set DirectGroup, enum DirectGroupAttr {
        /// Group identifier.
        1 SMC_NLA_LGR_D_ID Id id: u32,
        /// GID.
        2 SMC_NLA_LGR_D_GID Gid gid: u64,
        /// Peer's GID.
        3 SMC_NLA_LGR_D_PEER_GID PeerGid peer_gid: u64,
        /// VLAN identifier.
        4 SMC_NLA_LGR_D_VLAN_ID VlanId vlan_id: u8,
        /// Number of connections.
        5 SMC_NLA_LGR_D_CONNS_NUM Connections connections: u32,
        /// PNET identifier.
        6 SMC_NLA_LGR_D_PNETID PnetId pnet_id: Text,
        /// Channel identifier.
        7 SMC_NLA_LGR_D_CHID ChannelId channel_id: u32,
        /// Padding.
        8 SMC_NLA_LGR_D_PAD Pad pad: Bytes,
        /// Version 2.
        9 SMC_NLA_LGR_D_V2_COMMON V2 v2: Nest<GroupV2>,
    }
}

attributes! {
    /// Port of a device (`SMC_NLA_DEV_PORT_*`).
    pub set Port, enum PortAttr {
        /// PNET identifier set by the user: 1.
        1 SMC_NLA_DEV_PORT_PNET_USR PnetByUser pnet_by_user: u8,
        /// PNET identifier.
        2 SMC_NLA_DEV_PORT_PNETID PnetId pnet_id: Text,
        /// Link index of the network device.
        3 SMC_NLA_DEV_PORT_NETDEV Link link: LinkIndex,
        /// State.
        4 SMC_NLA_DEV_PORT_STATE State state: u8,
        /// Valid: 1 if the port is in use.
        5 SMC_NLA_DEV_PORT_VALID Valid valid: u8,
        /// Number of links.
        6 SMC_NLA_DEV_PORT_LNK_CNT Links links: u32,
    }
}

attributes! {
    /// Device (`SMC_NLA_DEV_*`).
    pub set Device, enum DeviceAttr {
        /// Number of link groups.
        1 SMC_NLA_DEV_USE_CNT Users users: u32,
        /// Critical: 1 if all link groups depend on the device.
        2 SMC_NLA_DEV_IS_CRIT Critical critical: u8,
        /// PCI function.
        3 SMC_NLA_DEV_PCI_FID PciFunction pci_function: u32,
        /// PCI channel.
        4 SMC_NLA_DEV_PCI_CHID PciChannel pci_channel: u16,
        /// PCI vendor.
        5 SMC_NLA_DEV_PCI_VENDOR PciVendor pci_vendor: u16,
        /// PCI device.
        6 SMC_NLA_DEV_PCI_DEVICE PciDevice pci_device: u16,
        /// PCI identifier.
        7 SMC_NLA_DEV_PCI_ID PciId pci_id: Text,
        /// First port.
        8 SMC_NLA_DEV_PORT Port port: Nest<Port>,
        /// Second port.
        9 SMC_NLA_DEV_PORT2 SecondPort second_port: Nest<Port>,
        /// Name of the RDMA device.
        10 SMC_NLA_DEV_IB_NAME RdmaName rdma_name: Text,
    }
}

attributes! {
    /// Number of buffers or messages by size (`SMC_NLA_STATS_PLOAD_*`).
    pub set Sizes, enum SizesAttr {
        /// Padding.
        0 SMC_NLA_STATS_PLOAD_PAD Pad pad: Bytes,
        /// Up to 8 KiB.
        1 SMC_NLA_STATS_PLOAD_8K Kib8 kib8: u64,
        /// Up to 16 KiB.
        2 SMC_NLA_STATS_PLOAD_16K Kib16 kib16: u64,
        /// Up to 32 KiB.
        3 SMC_NLA_STATS_PLOAD_32K Kib32 kib32: u64,
        /// Up to 64 KiB.
        4 SMC_NLA_STATS_PLOAD_64K Kib64 kib64: u64,
        /// Up to 128 KiB.
        5 SMC_NLA_STATS_PLOAD_128K Kib128 kib128: u64,
        /// Up to 256 KiB.
        6 SMC_NLA_STATS_PLOAD_256K Kib256 kib256: u64,
        /// Up to 512 KiB.
        7 SMC_NLA_STATS_PLOAD_512K Kib512 kib512: u64,
        /// Up to 1 MiB.
        8 SMC_NLA_STATS_PLOAD_1024K Kib1024 kib1024: u64,
        /// Above 1 MiB.
        9 SMC_NLA_STATS_PLOAD_G_1024K Above above: u64,
    }
}

attributes! {
    /// Statistics of buffers (`SMC_NLA_STATS_RMB_*`).
    pub set Buffers, enum BuffersAttr {
        /// Padding.
        0 SMC_NLA_STATS_RMB_PAD Pad pad: Bytes,
        /// Number of times that the peer's buffer was too small.
        1 SMC_NLA_STATS_RMB_SIZE_SM_PEER_CNT PeerTooSmall peer_too_small: u64,
        /// Number of times that the buffer was too small.
        2 SMC_NLA_STATS_RMB_SIZE_SM_CNT TooSmall too_small: u64,
        /// Number of times that the peer's buffer was full.
        3 SMC_NLA_STATS_RMB_FULL_PEER_CNT PeerFull peer_full: u64,
        /// Number of times that the buffer was full.
        4 SMC_NLA_STATS_RMB_FULL_CNT Full full: u64,
        /// Number of reused buffers.
        5 SMC_NLA_STATS_RMB_REUSE_CNT Reused reused: u64,
        /// Number of allocated buffers.
        6 SMC_NLA_STATS_RMB_ALLOC_CNT Allocated allocated: u64,
        /// Number of buffers that became smaller for lack of memory.
        7 SMC_NLA_STATS_RMB_DGRADE_CNT Downgraded downgraded: u64,
    }
}

attributes! {
    /// Statistics of SMC-D or SMC-R (`SMC_NLA_STATS_T_*`).
    pub set Technology, enum TechnologyAttr {
        /// Padding.
        0 SMC_NLA_STATS_T_PAD Pad pad: Bytes,
        /// Send buffers by size.
        1 SMC_NLA_STATS_T_TX_RMB_SIZE TxBufferSizes tx_buffer_sizes: Nest<Sizes>,
        /// Receive buffers by size.
        2 SMC_NLA_STATS_T_RX_RMB_SIZE RxBufferSizes rx_buffer_sizes: Nest<Sizes>,
        /// Sent messages by size.
        3 SMC_NLA_STATS_T_TXPLOAD_SIZE TxSizes tx_sizes: Nest<Sizes>,
        /// Received messages by size.
        4 SMC_NLA_STATS_T_RXPLOAD_SIZE RxSizes rx_sizes: Nest<Sizes>,
        /// Send buffers.
        5 SMC_NLA_STATS_T_TX_RMB_STATS TxBuffers tx_buffers: Nest<Buffers>,
        /// Receive buffers.
        6 SMC_NLA_STATS_T_RX_RMB_STATS RxBuffers rx_buffers: Nest<Buffers>,
        /// Number of client connections of version 1.
        7 SMC_NLA_STATS_T_CLNT_V1_SUCC ClientV1 client_v1: u64,
        /// Number of client connections of version 2.
        8 SMC_NLA_STATS_T_CLNT_V2_SUCC ClientV2 client_v2: u64,
        /// Number of server connections of version 1.
        9 SMC_NLA_STATS_T_SRV_V1_SUCC ServerV1 server_v1: u64,
        /// Number of server connections of version 2.
        10 SMC_NLA_STATS_T_SRV_V2_SUCC ServerV2 server_v2: u64,
        /// Number of calls that sent pages.
        11 SMC_NLA_STATS_T_SENDPAGE_CNT SendPages send_pages: u64,
        /// Number of calls of splice(2).
        12 SMC_NLA_STATS_T_SPLICE_CNT Splices splices: u64,
        /// Number of times that `TCP_CORK` was set.
        13 SMC_NLA_STATS_T_CORK_CNT Corks corks: u64,
        /// Number of times that `TCP_NODELAY` was set.
        14 SMC_NLA_STATS_T_NDLY_CNT NoDelays no_delays: u64,
        /// Number of times that urgent data was there.
        15 SMC_NLA_STATS_T_URG_DATA_CNT UrgentData urgent_data: u64,
        /// Received bytes.
        16 SMC_NLA_STATS_T_RX_BYTES RxBytes rx_bytes: u64,
        /// Sent bytes.
        17 SMC_NLA_STATS_T_TX_BYTES TxBytes tx_bytes: u64,
        /// Number of receiving calls.
        18 SMC_NLA_STATS_T_RX_CNT RxCalls rx_calls: u64,
        /// Number of sending calls.
        19 SMC_NLA_STATS_T_TX_CNT TxCalls tx_calls: u64,
    }
}

attributes! {
    /// Statistics (`SMC_NLA_STATS_*`).
    pub set Statistics, enum StatisticsAttr {
        /// Padding.
        0 SMC_NLA_STATS_PAD Pad pad: Bytes,
        /// SMC-D.
        1 SMC_NLA_STATS_SMCD_TECH Direct direct: Nest<Technology>,
        /// SMC-R.
        2 SMC_NLA_STATS_SMCR_TECH Rdma rdma: Nest<Technology>,
        /// Number of failed handshakes as a client.
        3 SMC_NLA_STATS_CLNT_HS_ERR_CNT ClientErrors client_errors: u64,
        /// Number of failed handshakes as a server.
        4 SMC_NLA_STATS_SRV_HS_ERR_CNT ServerErrors server_errors: u64,
    }
}

attributes! {
    /// Statistics of fallbacks to TCP (`SMC_NLA_FBACK_STATS_*`).
    pub set Fallbacks, enum FallbacksAttr {
        /// Padding.
        0 SMC_NLA_FBACK_STATS_PAD Pad pad: Bytes,
        /// Type: 1 for the server, 2 for the client.
        1 SMC_NLA_FBACK_STATS_TYPE Kind kind: u8,
        /// Number of fallbacks as a server.
        2 SMC_NLA_FBACK_STATS_SRV_CNT Server server: u64,
        /// Number of fallbacks as a client.
        3 SMC_NLA_FBACK_STATS_CLNT_CNT Client client: u64,
        /// Reason code.
        4 SMC_NLA_FBACK_STATS_RSN_CODE Reason reason: u32,
        /// Number of fallbacks for that reason.
        5 SMC_NLA_FBACK_STATS_RSN_CNT Count count: u16,
    }
}

attributes! {
    /// User EIDs (`SMC_NLA_EID_TABLE_*`).
    pub set Eids, enum EidsAttr {
        /// EID.
        1 SMC_NLA_EID_TABLE_ENTRY Eid eid: BlankPadded,
    }
}

/// Length in bytes of an EID and of a host name in a message.
const PADDED_LEN: usize = 32;

/// [`Text`] of an EID or a host name. It is written with blanks up to 32 bytes, since
/// the kernel refuses any other length (`smc_nl_add_ueid`), and read without them.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BlankPadded(());

impl Form for BlankPadded {
    type Value<'a> = crate::Text<'a>;
    const SHAPE: Shape = Shape::Str;

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<crate::Text<'a>, DecodeError> {
        let mut bytes = attribute.text().as_bytes();
        while let [start @ .., b' '] = bytes {
            bytes = start;
        }
        Ok(bytes.into())
    }

    fn encode<'w, 'b>(
        value: &crate::Text<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let bytes = value.as_bytes();
        if bytes.len() > PADDED_LEN {
            return writer.text(kind, *value);
        }
        let mut padded = [b' '; PADDED_LEN];
        for (to, from) in padded.iter_mut().zip(bytes) {
            *to = *from;
        }
        writer.text(kind, padded.as_slice().into())
    }
}

attributes! {
    /// System EID (`SMC_NLA_SEID_*`).
    pub set SystemEid, enum SystemEidAttr {
        /// EID.
        1 SMC_NLA_SEID_ENTRY Eid eid: BlankPadded,
        /// Enabled: 1 if in use.
        2 SMC_NLA_SEID_ENABLED Enabled enabled: u8,
    }
}

attributes! {
    /// Limit of handshakes (`SMC_NLA_HS_LIMITATION_*`).
    pub set HandshakeLimit, enum HandshakeLimitAttr {
        /// Enabled: 1 if in use.
        1 SMC_NLA_HS_LIMITATION_ENABLED Enabled enabled: u8,
    }
}
