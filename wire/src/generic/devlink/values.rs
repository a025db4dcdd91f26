//! Numbers and flags of devlink.

use crate::{flags, numbers};

numbers! {
    /// Type of an action in the pipeline.
    pub struct DpipeActionType(u32) {
        FIELD_MODIFY = 0 "DEVLINK_DPIPE_ACTION_TYPE_FIELD_MODIFY" "field-modify";
    }
}

numbers! {
    /// Meaning of a field in the pipeline.
    pub struct DpipeFieldMapping(u32) {
        NONE = 0 "DEVLINK_DPIPE_FIELD_MAPPING_TYPE_NONE" "none";
        /// Link index.
        LINK = 1 "DEVLINK_DPIPE_FIELD_MAPPING_TYPE_IFINDEX" "ifindex";
    }
}

numbers! {
    /// Header that the kernel knows.
    pub struct DpipeHeader(u32) {
        ETHERNET = 0 "DEVLINK_DPIPE_HEADER_ID_ETHERNET" "ethernet";
        IPV4 = 1 "DEVLINK_DPIPE_HEADER_ID_IPV4" "ipv4";
        IPV6 = 2 "DEVLINK_DPIPE_HEADER_ID_IPV6" "ipv6";
    }
}

numbers! {
    /// Type of a match in the pipeline.
    pub struct DpipeMatchType(u32) {
        FIELD_EXACT = 0 "DEVLINK_DPIPE_MATCH_TYPE_FIELD_EXACT" "field-exact";
    }
}

numbers! {
    /// Encapsulation by the eswitch.
    pub struct EswitchEncapMode(u8) {
        NONE = 0 "DEVLINK_ESWITCH_ENCAP_MODE_NONE" "none";
        BASIC = 1 "DEVLINK_ESWITCH_ENCAP_MODE_BASIC" "basic";
    }
}

numbers! {
    /// Headers that a virtual function passes along with a packet.
    pub struct EswitchInlineMode(u8) {
        NONE = 0 "DEVLINK_ESWITCH_INLINE_MODE_NONE" "none";
        LINK = 1 "DEVLINK_ESWITCH_INLINE_MODE_LINK" "link";
        NETWORK = 2 "DEVLINK_ESWITCH_INLINE_MODE_NETWORK" "network";
        TRANSPORT = 3 "DEVLINK_ESWITCH_INLINE_MODE_TRANSPORT" "transport";
    }
}

numbers! {
    /// Mode of the eswitch.
    pub struct EswitchMode(u16) {
        LEGACY = 0 "DEVLINK_ESWITCH_MODE_LEGACY" "legacy";
        /// Each virtual function has a representor.
        SWITCHDEV = 1 "DEVLINK_ESWITCH_MODE_SWITCHDEV" "switchdev";
        SWITCHDEV_INACTIVE = 2 "DEVLINK_ESWITCH_MODE_SWITCHDEV_INACTIVE" "switchdev_inactive";
    }
}

numbers! {
    /// Time at which a parameter takes effect.
    pub struct ParamMode(u8) {
        RUNTIME = 0 "DEVLINK_PARAM_CMODE_RUNTIME" "runtime";
        /// After a reload.
        DRIVER_INIT = 1 "DEVLINK_PARAM_CMODE_DRIVERINIT" "driverinit";
        /// After a reset; kept in the device.
        PERMANENT = 2 "DEVLINK_PARAM_CMODE_PERMANENT" "permanent";
    }
}

numbers! {
    /// Flavour of a port.
    pub struct PortFlavour(u16) {
        PHYSICAL = 0 "DEVLINK_PORT_FLAVOUR_PHYSICAL" "physical";
        CPU = 1 "DEVLINK_PORT_FLAVOUR_CPU" "cpu";
        DSA = 2 "DEVLINK_PORT_FLAVOUR_DSA" "dsa";
        PCI_PF = 3 "DEVLINK_PORT_FLAVOUR_PCI_PF" "pcipf";
        PCI_VF = 4 "DEVLINK_PORT_FLAVOUR_PCI_VF" "pcivf";
        VIRTUAL = 5 "DEVLINK_PORT_FLAVOUR_VIRTUAL" "virtual";
        UNUSED = 6 "DEVLINK_PORT_FLAVOUR_UNUSED" "unused";
        PCI_SF = 7 "DEVLINK_PORT_FLAVOUR_PCI_SF" "pcisf";
    }
}

numbers! {
    /// State of a port's function in the driver.
    pub struct FunctionOperState(u8) {
        DETACHED = 0 "DEVLINK_PORT_FN_OPSTATE_DETACHED" "detached";
        ATTACHED = 1 "DEVLINK_PORT_FN_OPSTATE_ATTACHED" "attached";
    }
}

numbers! {
    /// Requested state of a port's function.
    pub struct FunctionState(u8) {
        INACTIVE = 0 "DEVLINK_PORT_FN_STATE_INACTIVE" "inactive";
        ACTIVE = 1 "DEVLINK_PORT_FN_STATE_ACTIVE" "active";
    }
}

flags! {
    /// Capabilities of a port's function.
    pub struct FunctionCaps(u32) {
        ROCE = 0x1 "DEVLINK_PORT_FN_CAP_ROCE" "roce";
        MIGRATABLE = 0x2 "DEVLINK_PORT_FN_CAP_MIGRATABLE" "migratable";
        IPSEC_CRYPTO = 0x4 "DEVLINK_PORT_FN_CAP_IPSEC_CRYPTO" "ipsec_crypto";
        IPSEC_PACKET = 0x8 "DEVLINK_PORT_FN_CAP_IPSEC_PACKET" "ipsec_packet";
    }
}

numbers! {
    /// Type of a port.
    pub struct PortType(u16) {
        NOT_SET = 0 "DEVLINK_PORT_TYPE_NOTSET" "notset";
        AUTO = 1 "DEVLINK_PORT_TYPE_AUTO" "auto";
        ETHERNET = 2 "DEVLINK_PORT_TYPE_ETH" "eth";
        INFINIBAND = 3 "DEVLINK_PORT_TYPE_IB" "ib";
    }
}

numbers! {
    /// Type of a rate object.
    pub struct RateType(u16) {
        LEAF = 0 "DEVLINK_RATE_TYPE_LEAF" "leaf";
        NODE = 1 "DEVLINK_RATE_TYPE_NODE" "node";
    }
}

numbers! {
    /// Action of a reload.
    pub struct ReloadAction(u8) {
        DRIVER_REINIT = 1 "DEVLINK_RELOAD_ACTION_DRIVER_REINIT" "driver_reinit";
        FIRMWARE_ACTIVATE = 2 "DEVLINK_RELOAD_ACTION_FW_ACTIVATE" "fw_activate";
    }
}

numbers! {
    /// Limit of a reload.
    pub struct ReloadLimit(u8) {
        UNSPEC = 0 "DEVLINK_RELOAD_LIMIT_UNSPEC" "unspecified";
        /// Neither traffic nor settings are lost.
        NO_RESET = 1 "DEVLINK_RELOAD_LIMIT_NO_RESET" "no_reset";
    }
}

flags! {
    /// Objects whose resources are read.
    pub struct ResourceScope(u32) {
        DEVICE = 0x1 "DEVLINK_RESOURCE_SCOPE_DEV" "dev";
        PORT = 0x2 "DEVLINK_RESOURCE_SCOPE_PORT" "port";
    }
}

numbers! {
    /// Unit of a resource.
    pub struct ResourceUnit(u8) {
        ENTRY = 0 "DEVLINK_RESOURCE_UNIT_ENTRY" "entry";
    }
}

numbers! {
    /// Direction of a pool's packets.
    pub struct PoolType(u8) {
        INGRESS = 0 "DEVLINK_SB_POOL_TYPE_INGRESS" "ingress";
        EGRESS = 1 "DEVLINK_SB_POOL_TYPE_EGRESS" "egress";
    }
}

numbers! {
    /// Type of a pool's threshold.
    pub struct ThresholdType(u8) {
        /// Number of bytes.
        STATIC = 0 "DEVLINK_SB_THRESHOLD_TYPE_STATIC" "static";
        /// Share of the free space.
        DYNAMIC = 1 "DEVLINK_SB_THRESHOLD_TYPE_DYNAMIC" "dynamic";
    }
}

numbers! {
    /// Action of a trap.
    pub struct TrapAction(u8) {
        DROP = 0 "DEVLINK_TRAP_ACTION_DROP" "drop";
        /// Gives packets to the CPU.
        TRAP = 1 "DEVLINK_TRAP_ACTION_TRAP" "trap";
        /// Forwards packets, and gives copies to the CPU.
        MIRROR = 2 "DEVLINK_TRAP_ACTION_MIRROR" "mirror";
    }
}

numbers! {
    /// Type of a trap.
    pub struct TrapType(u8) {
        DROP = 0 "DEVLINK_TRAP_TYPE_DROP" "drop";
        EXCEPTION = 1 "DEVLINK_TRAP_TYPE_EXCEPTION" "exception";
        CONTROL = 2 "DEVLINK_TRAP_TYPE_CONTROL" "control";
    }
}

numbers! {
    /// State of a line card.
    pub struct LineCardState(u8) {
        UNSPEC = 0 "DEVLINK_LINECARD_STATE_UNSPEC" "unspec";
        UNPROVISIONED = 1 "DEVLINK_LINECARD_STATE_UNPROVISIONED" "unprovisioned";
        UNPROVISIONING = 2 "DEVLINK_LINECARD_STATE_UNPROVISIONING" "unprovisioning";
        PROVISIONING = 3 "DEVLINK_LINECARD_STATE_PROVISIONING" "provisioning";
        PROVISIONING_FAILED = 4 "DEVLINK_LINECARD_STATE_PROVISIONING_FAILED" "provisioning_failed";
        PROVISIONED = 5 "DEVLINK_LINECARD_STATE_PROVISIONED" "provisioned";
        ACTIVE = 6 "DEVLINK_LINECARD_STATE_ACTIVE" "active";
    }
}

numbers! {
    /// State of a health reporter.
    pub struct HealthState(u8) {
        HEALTHY = 0 "DEVLINK_HEALTH_REPORTER_STATE_HEALTHY" "healthy";
        ERROR = 1 "DEVLINK_HEALTH_REPORTER_STATE_ERROR" "error";
    }
}

numbers! {
    /// Type of a parameter's or a formatted message's value.
    pub struct ValueType(u8) {
        U8 = 1 "DEVLINK_VAR_ATTR_TYPE_U8" "u8";
        U16 = 2 "DEVLINK_VAR_ATTR_TYPE_U16" "u16";
        U32 = 3 "DEVLINK_VAR_ATTR_TYPE_U32" "u32";
        U64 = 4 "DEVLINK_VAR_ATTR_TYPE_U64" "u64";
        STRING = 5 "DEVLINK_VAR_ATTR_TYPE_STRING" "string";
        FLAG = 6 "DEVLINK_VAR_ATTR_TYPE_FLAG" "flag";
        NUL_STRING = 10 "DEVLINK_VAR_ATTR_TYPE_NUL_STRING" "nul-string";
        BINARY = 11 "DEVLINK_VAR_ATTR_TYPE_BINARY" "binary";
        U64_ARRAY = 129 "DEVLINK_VAR_ATTR_TYPE_U64_ARRAY" "u64-array";
    }
}
