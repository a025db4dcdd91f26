//! Numbers in attributes (`rdma/rdma_netlink.h`, `rdma/ib_verbs.h`).

use crate::numbers;
use crate::numbers::flags;

numbers! {
    /// Type of a device's node.
    pub struct NodeType(u8) {
        /// Channel adapter of InfiniBand, or a device of RoCE.
        CHANNEL_ADAPTER = 1 "RDMA_NODE_IB_CA" "ca";
        SWITCH = 2 "RDMA_NODE_IB_SWITCH" "switch";
        ROUTER = 3 "RDMA_NODE_IB_ROUTER" "router";
        /// Device of iWARP.
        RNIC = 4 "RDMA_NODE_RNIC" "rnic";
        USNIC = 5 "RDMA_NODE_USNIC" "usnic";
        USNIC_UDP = 6 "RDMA_NODE_USNIC_UDP" "usnic_udp";
        UNSPECIFIED = 7 "RDMA_NODE_UNSPECIFIED" "unspecified";
    }
}

numbers! {
    /// State of a port.
    pub struct PortState(u8) {
        NOP = 0 "IB_PORT_NOP" "NOP";
        DOWN = 1 "IB_PORT_DOWN" "DOWN";
        /// Waits for the subnet manager.
        INIT = 2 "IB_PORT_INIT" "INIT";
        /// Configured by the subnet manager.
        ARMED = 3 "IB_PORT_ARMED" "ARMED";
        ACTIVE = 4 "IB_PORT_ACTIVE" "ACTIVE";
        /// Active, after an error of the link.
        ACTIVE_DEFER = 5 "IB_PORT_ACTIVE_DEFER" "ACTIVE_DEFER";
    }
}

numbers! {
    /// Physical state of a port.
    pub struct PhysicalState(u8) {
        SLEEP = 1 "IB_PORT_PHYS_STATE_SLEEP" "SLEEP";
        /// Searches for a link.
        POLLING = 2 "IB_PORT_PHYS_STATE_POLLING" "POLLING";
        DISABLED = 3 "IB_PORT_PHYS_STATE_DISABLED" "DISABLED";
        TRAINING = 4 "IB_PORT_PHYS_STATE_PORT_CONFIGURATION_TRAINING" "PORT_CONFIGURATION_TRAINING";
        LINK_UP = 5 "IB_PORT_PHYS_STATE_LINK_UP" "LINK_UP";
        RECOVERY = 6 "IB_PORT_PHYS_STATE_LINK_ERROR_RECOVERY" "LINK_ERROR_RECOVER";
        TEST = 7 "IB_PORT_PHYS_STATE_PHY_TEST" "PHYTEST";
    }
}

numbers! {
    /// Type of a queue pair.
    pub struct QueuePairType(u8) {
        /// Subnet management.
        SMI = 0 "IB_QPT_SMI" "SMI";
        /// General services.
        GSI = 1 "IB_QPT_GSI" "GSI";
        /// Reliable connection.
        RC = 2 "IB_QPT_RC" "RC";
        /// Unreliable connection.
        UC = 3 "IB_QPT_UC" "UC";
        /// Unreliable datagrams.
        UD = 4 "IB_QPT_UD" "UD";
        RAW_IPV6 = 5 "IB_QPT_RAW_IPV6" "RAW_IPV6";
        RAW_ETHERTYPE = 6 "IB_QPT_RAW_ETHERTYPE" "RAW_ETHERTYPE";
        RAW_PACKET = 8 "IB_QPT_RAW_PACKET" "RAW_PACKET";
        /// Sender of an extended reliable connection.
        XRC_INI = 9 "IB_QPT_XRC_INI" "XRC_INI";
        /// Receiver of an extended reliable connection.
        XRC_TGT = 10 "IB_QPT_XRC_TGT" "XRC_TGT";
        /// Type of the driver.
        DRIVER = 255 "IB_QPT_DRIVER" "DRIVER";
    }
}

numbers! {
    /// State of a queue pair.
    pub struct QueuePairState(u8) {
        RESET = 0 "IB_QPS_RESET" "RESET";
        INIT = 1 "IB_QPS_INIT" "INIT";
        /// Ready to receive.
        RTR = 2 "IB_QPS_RTR" "RTR";
        /// Ready to send.
        RTS = 3 "IB_QPS_RTS" "RTS";
        /// Drains its send queue.
        SQD = 4 "IB_QPS_SQD" "SQD";
        /// Error of the send queue.
        SQE = 5 "IB_QPS_SQE" "SQE";
        ERROR = 6 "IB_QPS_ERR" "ERR";
    }
}

numbers! {
    /// State of path migration.
    pub struct PathMigration(u8) {
        MIGRATED = 0 "IB_MIG_MIGRATED" "MIGRATED";
        REARM = 1 "IB_MIG_REARM" "REARM";
        ARMED = 2 "IB_MIG_ARMED" "ARMED";
    }
}

numbers! {
    /// Type of a shared receive queue.
    pub struct SharedQueueType(u8) {
        BASIC = 0 "IB_SRQT_BASIC" "BASIC";
        /// For extended reliable connections.
        XRC = 1 "IB_SRQT_XRC" "XRC";
        /// Tag matching.
        TAG_MATCHING = 2 "IB_SRQT_TM" "TM";
    }
}

numbers! {
    /// State of a connection (`enum rdma_cm_state` of the kernel's source).
    pub struct ConnectionState(u8) {
        IDLE = 0 "RDMA_CM_IDLE" "IDLE";
        ADDRESS_QUERY = 1 "RDMA_CM_ADDR_QUERY" "ADDR_QUERY";
        ADDRESS_RESOLVED = 2 "RDMA_CM_ADDR_RESOLVED" "ADDR_RESOLVED";
        ROUTE_QUERY = 3 "RDMA_CM_ROUTE_QUERY" "ROUTE_QUERY";
        ROUTE_RESOLVED = 4 "RDMA_CM_ROUTE_RESOLVED" "ROUTE_RESOLVED";
        CONNECT = 5 "RDMA_CM_CONNECT" "CONNECT";
        DISCONNECT = 6 "RDMA_CM_DISCONNECT" "DISCONNECT";
        BOUND = 7 "RDMA_CM_ADDR_BOUND" "ADDR_BOUND";
        LISTEN = 8 "RDMA_CM_LISTEN" "LISTEN";
        DEVICE_REMOVAL = 9 "RDMA_CM_DEVICE_REMOVAL" "DEVICE_REMOVAL";
        DESTROYING = 10 "RDMA_CM_DESTROYING" "DESTROYING";
        /// Linux 6.17 and newer.
        ADDRESS_INFO_QUERY = 11 "RDMA_CM_ADDRINFO_QUERY" "ADDRINFO_QUERY";
        /// Linux 6.17 and newer.
        ADDRESS_INFO_RESOLVED = 12 "RDMA_CM_ADDRINFO_RESOLVED" "ADDRINFO_RESOLVED";
    }
}

numbers! {
    /// Port space of a connection.
    pub struct PortSpace(u32) {
        IPOIB = 0x2 "RDMA_PS_IPOIB" "IPOIB";
        TCP = 0x106 "RDMA_PS_TCP" "TCP";
        UDP = 0x111 "RDMA_PS_UDP" "UDP";
        INFINIBAND = 0x13f "RDMA_PS_IB" "IB";
    }
}

numbers! {
    /// Context in which the kernel polls a completion queue. Before Linux 5.8 `DIRECT` was 0
    /// and the others followed; rdma(8) of iproute2 6.1 still prints those names.
    pub struct PollContext(u8) {
        SOFTIRQ = 0 "IB_POLL_SOFTIRQ" "SOFTIRQ";
        WORKQUEUE = 1 "IB_POLL_WORKQUEUE" "WORKQUEUE";
        UNBOUND_WORKQUEUE = 2 "IB_POLL_UNBOUND_WORKQUEUE" "UNBOUND_WORKQUEUE";
        /// Polled by its user, without interrupts.
        DIRECT = 3 "IB_POLL_DIRECT" "DIRECT";
    }
}

numbers! {
    /// Notation of a driver's value.
    pub struct PrintType(u8) {
        DECIMAL = 0 "RDMA_NLDEV_PRINT_TYPE_UNSPEC" "decimal";
        HEX = 1 "RDMA_NLDEV_PRINT_TYPE_HEX" "hex";
    }
}

numbers! {
    /// Devices of network namespaces.
    pub struct NamespaceMode(u8) {
        /// Each device is in one namespace.
        EXCLUSIVE = 0 "0" "exclusive";
        /// All namespaces have all devices.
        SHARED = 1 "1" "shared";
    }
}

numbers! {
    /// Binding of queue pairs to counters.
    pub struct CounterMode(u32) {
        /// No binding.
        NONE = 0 "RDMA_COUNTER_MODE_NONE" "none";
        /// A new queue pair is bound by its criteria.
        AUTO = 1 "RDMA_COUNTER_MODE_AUTO" "auto";
        /// Requests bind queue pairs.
        MANUAL = 2 "RDMA_COUNTER_MODE_MANUAL" "manual";
    }
}

flags! {
    /// Criteria by which new queue pairs are bound to counters.
    pub struct CounterCriteria(u32) {
        /// Type of the queue pair.
        TYPE = 0x1 "RDMA_COUNTER_MASK_QP_TYPE" "type";
        /// Process of the queue pair.
        PROCESS = 0x2 "RDMA_COUNTER_MASK_PID" "pid";
    }
}

numbers! {
    /// Type of a device that another device carries.
    pub struct DeviceType(u8) {
        /// Subnet management interface.
        SMI = 1 "RDMA_DEVICE_TYPE_SMI" "smi";
    }
}

numbers! {
    /// Origin of a device's name.
    pub struct NameOrigin(u8) {
        UNKNOWN = 0 "RDMA_NAME_ASSIGN_TYPE_UNKNOWN" "unknown";
        USER = 1 "RDMA_NAME_ASSIGN_TYPE_USER" "user";
    }
}

numbers! {
    /// Event of a device.
    pub struct EventType(u8) {
        REGISTER = 0 "RDMA_REGISTER_EVENT" "REGISTER";
        UNREGISTER = 1 "RDMA_UNREGISTER_EVENT" "UNREGISTER";
        /// A port has a network link.
        NETDEV_ATTACH = 2 "RDMA_NETDEV_ATTACH_EVENT" "NETDEV_ATTACH";
        /// A port has lost its network link.
        NETDEV_DETACH = 3 "RDMA_NETDEV_DETACH_EVENT" "NETDEV_DETACH";
        RENAME = 4 "RDMA_RENAME_EVENT" "RENAME";
        /// The network link of a port has another name.
        NETDEV_RENAME = 5 "RDMA_NETDEV_RENAME_EVENT" "NETDEV_RENAME";
    }
}
