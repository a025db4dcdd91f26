//! Attributes of TIPC.

use crate::attributes;
use crate::codec::{Array, Bytes, Flag, Nest, Secret, Text};
use crate::zerocopy::native_endian::U32;

attributes! {
    /// Objects of TIPC, a nest for each type (`TIPC_NLA_*`).
    pub set Tipc, enum TipcAttr {
        /// Bearer.
        1 TIPC_NLA_BEARER Bearer bearer: Nest<Bearer>,
        /// Socket.
        2 TIPC_NLA_SOCK Socket socket: Nest<Socket>,
        /// Publication.
        3 TIPC_NLA_PUBL Publication publication: Nest<Publication>,
        /// Link.
        4 TIPC_NLA_LINK Link link: Nest<TipcLink>,
        /// Medium.
        5 TIPC_NLA_MEDIA Media medium: Nest<Media>,
        /// Node.
        6 TIPC_NLA_NODE Node node: Nest<Node>,
        /// Network.
        7 TIPC_NLA_NET Net net: Nest<Network>,
        /// Name table.
        8 TIPC_NLA_NAME_TABLE NameTable name_table: Nest<NameTable>,
        /// Monitor.
        9 TIPC_NLA_MON Monitor monitor: Nest<Monitor>,
        /// Monitored peer.
        10 TIPC_NLA_MON_PEER MonitorPeer monitor_peer: Nest<MonitorPeer>,
    }
}

attributes! {
    /// Bearer (`TIPC_NLA_BEARER_*`).
    pub set Bearer, enum BearerAttr {
        /// Bearer name, such as `eth:eth0` or `udp:name`.
        1 TIPC_NLA_BEARER_NAME Name name: Text,
        /// Properties of its links.
        2 TIPC_NLA_BEARER_PROP Properties properties: Nest<Properties>,
        /// Discovery domain.
        3 TIPC_NLA_BEARER_DOMAIN Domain domain: u32,
        /// UDP addresses.
        4 TIPC_NLA_BEARER_UDP_OPTS Udp udp: Nest<Udp>,
    }
}

attributes! {
    /// UDP addresses of a bearer (`TIPC_NLA_UDP_*`).
    pub set Udp, enum UdpAttr {
        /// Local address: `struct sockaddr_storage`.
        1 TIPC_NLA_UDP_LOCAL Local local: Bytes,
        /// Remote address: `struct sockaddr_storage`.
        2 TIPC_NLA_UDP_REMOTE Remote remote: Bytes,
        /// True if there are several remote addresses.
        3 TIPC_NLA_UDP_MULTI_REMOTEIP MultipleRemotes multiple_remotes: Flag,
    }
}

attributes! {
    /// Socket (`TIPC_NLA_SOCK_*`).
    pub set Socket, enum SocketAttr {
        /// Node of the socket.
        1 TIPC_NLA_SOCK_ADDR Node node: u32,
        /// Port reference.
        2 TIPC_NLA_SOCK_REF Reference reference: u32,
        /// Connection.
        3 TIPC_NLA_SOCK_CON Connection connection: Nest<Connection>,
        /// True if names are published for the socket.
        4 TIPC_NLA_SOCK_HAS_PUBL HasPublications has_publications: Flag,
        /// Statistics.
        5 TIPC_NLA_SOCK_STAT Statistics statistics: Nest<SocketStatistics>,
        /// Socket type, such as `SOCK_STREAM`.
        6 TIPC_NLA_SOCK_TYPE Kind kind: u32,
        /// Inode.
        7 TIPC_NLA_SOCK_INO Inode inode: u32,
        /// User.
        8 TIPC_NLA_SOCK_UID Uid uid: u32,
        /// State.
        9 TIPC_NLA_SOCK_TIPC_STATE State state: u32,
        /// Cookie.
        10 TIPC_NLA_SOCK_COOKIE Cookie cookie: u64,
        /// Padding.
        11 TIPC_NLA_SOCK_PAD Pad pad: Bytes,
        /// Group.
        12 TIPC_NLA_SOCK_GROUP Group group: Nest<Group>,
    }
}

attributes! {
    /// Link to a node (`TIPC_NLA_LINK_*`).
    pub set TipcLink, enum TipcLinkAttr {
        /// Link name.
        1 TIPC_NLA_LINK_NAME Name name: Text,
        /// Destination node.
        2 TIPC_NLA_LINK_DEST Destination destination: u32,
        /// MTU in bytes.
        3 TIPC_NLA_LINK_MTU Mtu mtu: u32,
        /// True for the broadcast link.
        4 TIPC_NLA_LINK_BROADCAST Broadcast broadcast: Flag,
        /// True if the link is up.
        5 TIPC_NLA_LINK_UP Up up: Flag,
        /// True if the link carries data.
        6 TIPC_NLA_LINK_ACTIVE Active active: Flag,
        /// Properties.
        7 TIPC_NLA_LINK_PROP Properties properties: Nest<Properties>,
        /// Statistics.
        8 TIPC_NLA_LINK_STATS Statistics statistics: Nest<LinkStatistics>,
        /// Number of received packets.
        9 TIPC_NLA_LINK_RX Rx rx: u32,
        /// Number of sent packets.
        10 TIPC_NLA_LINK_TX Tx tx: u32,
    }
}

attributes! {
    /// Medium (`TIPC_NLA_MEDIA_*`).
    pub set Media, enum MediaAttr {
        /// Medium: `eth`, `ib` or `udp`.
        1 TIPC_NLA_MEDIA_NAME Name name: Text,
        /// Default properties of links.
        2 TIPC_NLA_MEDIA_PROP Properties properties: Nest<Properties>,
    }
}

attributes! {
    /// Node (`TIPC_NLA_NODE_*`).
    pub set Node, enum NodeAttr {
        /// Node address.
        1 TIPC_NLA_NODE_ADDR Address address: u32,
        /// True if the node is up.
        2 TIPC_NLA_NODE_UP Up up: Flag,
        /// Node identity, 16 bytes.
        3 TIPC_NLA_NODE_ID Id id: Bytes,
        /// Key: algorithm, generation and the key itself.
        4 TIPC_NLA_NODE_KEY Key key: Secret<Bytes>,
        /// True if the key is the master key of the cluster.
        5 TIPC_NLA_NODE_KEY_MASTER MasterKey master_key: Flag,
        /// Rekeying interval in minutes; 0 for now, `u32::MAX` for off.
        6 TIPC_NLA_NODE_REKEYING Rekeying rekeying: u32,
    }
}

attributes! {
    /// Network (`TIPC_NLA_NET_*`).
    pub set Network, enum NetworkAttr {
        /// Network identifier.
        1 TIPC_NLA_NET_ID Id id: u32,
        /// Address of this node; only in requests.
        2 TIPC_NLA_NET_ADDR Address address: u32,
        /// Identity of this node, the first 8 bytes.
        3 TIPC_NLA_NET_NODEID NodeId node_id: u64,
        /// Identity of this node, the last 8 bytes.
        4 TIPC_NLA_NET_NODEID_W1 NodeIdRest node_id_rest: u64,
        /// True if the address was set, not derived from the identity.
        5 TIPC_NLA_NET_ADDR_LEGACY LegacyAddress legacy_address: Flag,
    }
}

attributes! {
    /// Name table (`TIPC_NLA_NAME_TABLE_*`).
    pub set NameTable, enum NameTableAttr {
        /// Publication.
        1 TIPC_NLA_NAME_TABLE_PUBL Publication publication: Nest<Publication>,
    }
}

attributes! {
    /// Monitor of a bearer (`TIPC_NLA_MON_*`).
    pub set Monitor, enum MonitorAttr {
        /// Activation threshold: number of nodes.
        1 TIPC_NLA_MON_ACTIVATION_THRESHOLD ActivationThreshold activation_threshold: u32,
        /// Number of the bearer.
        2 TIPC_NLA_MON_REF Bearer bearer: u32,
        /// True if the monitor is active.
        3 TIPC_NLA_MON_ACTIVE Active active: Flag,
        /// Bearer name.
        4 TIPC_NLA_MON_BEARER_NAME BearerName bearer_name: Text,
        /// Number of peers.
        5 TIPC_NLA_MON_PEERCNT Peers peers: u32,
        /// Generation of the list.
        6 TIPC_NLA_MON_LISTGEN Generation generation: u32,
    }
}

attributes! {
    /// Publication (`TIPC_NLA_PUBL_*`).
    pub set Publication, enum PublicationAttr {
        /// Service type.
        1 TIPC_NLA_PUBL_TYPE Kind kind: u32,
        /// Lower end of the range.
        2 TIPC_NLA_PUBL_LOWER Lower lower: u32,
        /// Upper end of the range.
        3 TIPC_NLA_PUBL_UPPER Upper upper: u32,
        /// Scope: 2 for the cluster, 3 for the node.
        4 TIPC_NLA_PUBL_SCOPE Scope scope: u32,
        /// Node.
        5 TIPC_NLA_PUBL_NODE Node node: u32,
        /// Port reference.
        6 TIPC_NLA_PUBL_REF Reference reference: u32,
        /// Key of the publication.
        7 TIPC_NLA_PUBL_KEY Key key: u32,
    }
}

attributes! {
    /// Monitored peer (`TIPC_NLA_MON_PEER_*`).
    pub set MonitorPeer, enum MonitorPeerAttr {
        /// Node address.
        1 TIPC_NLA_MON_PEER_ADDR Address address: u32,
        /// Generation of the peer's domain.
        2 TIPC_NLA_MON_PEER_DOMGEN Generation generation: u32,
        /// Number of members that were applied.
        3 TIPC_NLA_MON_PEER_APPLIED Applied applied: u32,
        /// Members that are up, a bitmap.
        4 TIPC_NLA_MON_PEER_UPMAP Upmap upmap: u64,
        /// Members of the peer's domain.
        5 TIPC_NLA_MON_PEER_MEMBERS Members members: Array<U32>,
        /// True if the peer is up.
        6 TIPC_NLA_MON_PEER_UP Up up: Flag,
        /// True for the head of a domain.
        7 TIPC_NLA_MON_PEER_HEAD Head head: Flag,
        /// True for a member of the local domain.
        8 TIPC_NLA_MON_PEER_LOCAL Local local: Flag,
        /// Padding.
        9 TIPC_NLA_MON_PEER_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Group of a socket (`TIPC_NLA_SOCK_GROUP_*`).
    pub set Group, enum GroupAttr {
        /// Group identifier.
        0 TIPC_NLA_SOCK_GROUP_ID Id id: u32,
        /// True if no member of the group is congested.
        1 TIPC_NLA_SOCK_GROUP_OPEN Open open: Flag,
        /// True if the group is of the node alone.
        2 TIPC_NLA_SOCK_GROUP_NODE_SCOPE NodeScope node_scope: Flag,
        /// True if the group is of the whole cluster.
        3 TIPC_NLA_SOCK_GROUP_CLUSTER_SCOPE ClusterScope cluster_scope: Flag,
        /// Instance of the member.
        4 TIPC_NLA_SOCK_GROUP_INSTANCE Instance instance: u32,
        /// Number of the next broadcast.
        5 TIPC_NLA_SOCK_GROUP_BC_SEND_NEXT NextBroadcast next_broadcast: u32,
    }
}

attributes! {
    /// Connection of a socket (`TIPC_NLA_CON_*`).
    pub set Connection, enum ConnectionAttr {
        /// True if the connection was opened to a service name.
        1 TIPC_NLA_CON_FLAG ByName by_name: Flag,
        /// Peer's node.
        2 TIPC_NLA_CON_NODE Node node: u32,
        /// Peer's port reference.
        3 TIPC_NLA_CON_SOCK Socket socket: u32,
        /// Service type of the name.
        4 TIPC_NLA_CON_TYPE Kind kind: u32,
        /// Instance of the name.
        5 TIPC_NLA_CON_INST Instance instance: u32,
    }
}

attributes! {
    /// Statistics of a socket (`TIPC_NLA_SOCK_STAT_*`).
    pub set SocketStatistics, enum SocketStatisticsAttr {
        /// Receive queue in messages.
        0 TIPC_NLA_SOCK_STAT_RCVQ ReceiveQueue receive_queue: u32,
        /// Send queue in messages.
        1 TIPC_NLA_SOCK_STAT_SENDQ SendQueue send_queue: u32,
        /// True if the link is congested.
        2 TIPC_NLA_SOCK_STAT_LINK_CONG LinkCongestion link_congestion: Flag,
        /// True if the connection is congested.
        3 TIPC_NLA_SOCK_STAT_CONN_CONG ConnectionCongestion connection_congestion: Flag,
        /// Number of dropped messages.
        4 TIPC_NLA_SOCK_STAT_DROP Drops drops: u32,
    }
}

attributes! {
    /// Properties of links (`TIPC_NLA_PROP_*`).
    pub set Properties, enum PropertiesAttr {
        /// Priority, 0 to 31.
        1 TIPC_NLA_PROP_PRIO Priority priority: u32,
        /// Tolerance in ms.
        2 TIPC_NLA_PROP_TOL Tolerance tolerance: u32,
        /// Window in packets.
        3 TIPC_NLA_PROP_WIN Window window: u32,
        /// MTU in bytes.
        4 TIPC_NLA_PROP_MTU Mtu mtu: u32,
        /// Broadcast method.
        5 TIPC_NLA_PROP_BROADCAST Broadcast broadcast: u32,
        /// Broadcast ratio in per cent.
        6 TIPC_NLA_PROP_BROADCAST_RATIO BroadcastRatio broadcast_ratio: u32,
    }
}

attributes! {
    /// Statistics of a link (`TIPC_NLA_STATS_*`).
    pub set LinkStatistics, enum LinkStatisticsAttr {
        /// Number of received packets.
        1 TIPC_NLA_STATS_RX_INFO RxInfo rx_info: u32,
        /// Number of received fragments.
        2 TIPC_NLA_STATS_RX_FRAGMENTS RxFragments rx_fragments: u32,
        /// Number of received messages that were fragmented.
        3 TIPC_NLA_STATS_RX_FRAGMENTED RxFragmented rx_fragmented: u32,
        /// Number of received bundles.
        4 TIPC_NLA_STATS_RX_BUNDLES RxBundles rx_bundles: u32,
        /// Number of received messages that were bundled.
        5 TIPC_NLA_STATS_RX_BUNDLED RxBundled rx_bundled: u32,
        /// Number of sent packets.
        6 TIPC_NLA_STATS_TX_INFO TxInfo tx_info: u32,
        /// Number of sent fragments.
        7 TIPC_NLA_STATS_TX_FRAGMENTS TxFragments tx_fragments: u32,
        /// Number of sent messages that were fragmented.
        8 TIPC_NLA_STATS_TX_FRAGMENTED TxFragmented tx_fragmented: u32,
        /// Number of sent bundles.
        9 TIPC_NLA_STATS_TX_BUNDLES TxBundles tx_bundles: u32,
        /// Number of sent messages that were bundled.
        10 TIPC_NLA_STATS_TX_BUNDLED TxBundled tx_bundled: u32,
        /// Number of messages in the profile.
        11 TIPC_NLA_STATS_MSG_PROF_TOT ProfileTotal profile_total: u32,
        /// Number of messages whose length counts.
        12 TIPC_NLA_STATS_MSG_LEN_CNT LengthCount length_count: u32,
        /// Length of all messages in bytes.
        13 TIPC_NLA_STATS_MSG_LEN_TOT LengthTotal length_total: u32,
        /// Number of messages up to 64 bytes.
        14 TIPC_NLA_STATS_MSG_LEN_P0 Length64 length64: u32,
        /// Number of messages up to 256 bytes.
        15 TIPC_NLA_STATS_MSG_LEN_P1 Length256 length256: u32,
        /// Number of messages up to 1,024 bytes.
        16 TIPC_NLA_STATS_MSG_LEN_P2 Length1024 length1024: u32,
        /// Number of messages up to 4,096 bytes.
        17 TIPC_NLA_STATS_MSG_LEN_P3 Length4096 length4096: u32,
        /// Number of messages up to 16,384 bytes.
        18 TIPC_NLA_STATS_MSG_LEN_P4 Length16384 length16384: u32,
        /// Number of messages up to 32,768 bytes.
        19 TIPC_NLA_STATS_MSG_LEN_P5 Length32768 length32768: u32,
        /// Number of messages above 32,768 bytes.
        20 TIPC_NLA_STATS_MSG_LEN_P6 LengthAbove length_above: u32,
        /// Number of received state messages.
        21 TIPC_NLA_STATS_RX_STATES RxStates rx_states: u32,
        /// Number of received probes.
        22 TIPC_NLA_STATS_RX_PROBES RxProbes rx_probes: u32,
        /// Number of received negative acknowledgements.
        23 TIPC_NLA_STATS_RX_NACKS RxNacks rx_nacks: u32,
        /// Number of received packets out of order.
        24 TIPC_NLA_STATS_RX_DEFERRED RxDeferred rx_deferred: u32,
        /// Number of sent state messages.
        25 TIPC_NLA_STATS_TX_STATES TxStates tx_states: u32,
        /// Number of sent probes.
        26 TIPC_NLA_STATS_TX_PROBES TxProbes tx_probes: u32,
        /// Number of sent negative acknowledgements.
        27 TIPC_NLA_STATS_TX_NACKS TxNacks tx_nacks: u32,
        /// Number of sent acknowledgements.
        28 TIPC_NLA_STATS_TX_ACKS TxAcks tx_acks: u32,
        /// Number of retransmitted packets.
        29 TIPC_NLA_STATS_RETRANSMITTED Retransmitted retransmitted: u32,
        /// Number of duplicates.
        30 TIPC_NLA_STATS_DUPLICATES Duplicates duplicates: u32,
        /// Number of congestions.
        31 TIPC_NLA_STATS_LINK_CONGS Congestions congestions: u32,
        /// Maximum send queue in packets.
        32 TIPC_NLA_STATS_MAX_QUEUE MaxQueue max_queue: u32,
        /// Average send queue in packets.
        33 TIPC_NLA_STATS_AVG_QUEUE AverageQueue average_queue: u32,
    }
}
