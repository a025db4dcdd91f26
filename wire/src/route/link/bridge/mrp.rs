//! Media redundancy protocol of a bridge (`linux/mrp_bridge.h`,
//! `net/bridge/br_mrp_netlink.c`).

use crate::codec::{Many, Nest};
use crate::numbers::numbers;
use crate::{LinkIndex, attributes};

attributes! {
    /// Media redundancy: changes in requests, instances in reports
    /// (`IFLA_BRIDGE_MRP_*`).
    pub set Mrp, enum MrpAttr {
        /// Instance that a request creates or deletes.
        1 IFLA_BRIDGE_MRP_INSTANCE Instance instance: Nest<MrpInstance>,
        /// State that a port gets.
        2 IFLA_BRIDGE_MRP_PORT_STATE PortState port_state: Nest<MrpPortState>,
        /// Role that a port gets.
        3 IFLA_BRIDGE_MRP_PORT_ROLE PortRole port_role: Nest<MrpPortRole>,
        /// State that a ring gets.
        4 IFLA_BRIDGE_MRP_RING_STATE RingState ring_state: Nest<MrpRingState>,
        /// Role that this bridge gets in a ring.
        5 IFLA_BRIDGE_MRP_RING_ROLE RingRole ring_role: Nest<MrpRingRole>,
        /// Start of a ring's test frames.
        6 IFLA_BRIDGE_MRP_START_TEST StartTest start_test: Nest<MrpStartTest>,
        /// Instance that is reported.
        7 IFLA_BRIDGE_MRP_INFO Info info: Many<Nest<MrpInfo>>,
        /// Role that this bridge gets in an interconnection.
        8 IFLA_BRIDGE_MRP_IN_ROLE InRole in_role: Nest<MrpInRole>,
        /// State that an interconnection gets.
        9 IFLA_BRIDGE_MRP_IN_STATE InState in_state: Nest<MrpInState>,
        /// Start of an interconnection's test frames.
        10 IFLA_BRIDGE_MRP_START_IN_TEST StartInTest start_in_test: Nest<MrpStartInTest>,
    }
}

attributes! {
    /// Instance of media redundancy that a request creates or deletes.
    pub set MrpInstance, enum MrpInstanceAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_INSTANCE_RING_ID RingId ring_id: u32,
        /// Link index of the primary port.
        2 IFLA_BRIDGE_MRP_INSTANCE_P_IFINDEX Primary primary: LinkIndex,
        /// Link index of the secondary port.
        3 IFLA_BRIDGE_MRP_INSTANCE_S_IFINDEX Secondary secondary: LinkIndex,
        /// Priority of this bridge.
        4 IFLA_BRIDGE_MRP_INSTANCE_PRIO Priority priority: u16,
    }
}

attributes! {
    /// State of a port of a ring.
    pub set MrpPortState, enum MrpPortStateAttr {
        /// State.
        1 IFLA_BRIDGE_MRP_PORT_STATE_STATE State state: MrpPortStateKind,
    }
}

attributes! {
    /// Role of a port in a ring.
    pub set MrpPortRole, enum MrpPortRoleAttr {
        /// Role.
        1 IFLA_BRIDGE_MRP_PORT_ROLE_ROLE Role role: MrpPortRoleKind,
    }
}

attributes! {
    /// State of a ring.
    pub set MrpRingState, enum MrpRingStateAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_RING_STATE_RING_ID RingId ring_id: u32,
        /// State.
        2 IFLA_BRIDGE_MRP_RING_STATE_STATE State state: MrpRingStateKind,
    }
}

attributes! {
    /// Role of this bridge in a ring.
    pub set MrpRingRole, enum MrpRingRoleAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_RING_ROLE_RING_ID RingId ring_id: u32,
        /// Role.
        2 IFLA_BRIDGE_MRP_RING_ROLE_ROLE Role role: MrpRingRoleKind,
    }
}

attributes! {
    /// Test frames of a ring.
    pub set MrpStartTest, enum MrpStartTestAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_START_TEST_RING_ID RingId ring_id: u32,
        /// Interval of test frames in microseconds; 0 stops them.
        2 IFLA_BRIDGE_MRP_START_TEST_INTERVAL Interval interval: u32,
        /// Number of missing frames that opens the ring.
        3 IFLA_BRIDGE_MRP_START_TEST_MAX_MISS MaxMissing max_missing: u32,
        /// Duration of the test in microseconds.
        4 IFLA_BRIDGE_MRP_START_TEST_PERIOD Period period: u32,
        /// 1 if frames are expected and none are sent.
        5 IFLA_BRIDGE_MRP_START_TEST_MONITOR Monitor monitor: u32,
    }
}

attributes! {
    /// Instance of media redundancy that is reported.
    pub set MrpInfo, enum MrpInfoAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_INFO_RING_ID RingId ring_id: u32,
        /// Link index of the primary port.
        2 IFLA_BRIDGE_MRP_INFO_P_IFINDEX Primary primary: LinkIndex,
        /// Link index of the secondary port.
        3 IFLA_BRIDGE_MRP_INFO_S_IFINDEX Secondary secondary: LinkIndex,
        /// Priority of this bridge.
        4 IFLA_BRIDGE_MRP_INFO_PRIO Priority priority: u16,
        /// State of the ring.
        5 IFLA_BRIDGE_MRP_INFO_RING_STATE RingState ring_state: MrpRingStateKind,
        /// Role of this bridge in the ring.
        6 IFLA_BRIDGE_MRP_INFO_RING_ROLE RingRole ring_role: MrpRingRoleKind,
        /// Interval of the ring's test frames in microseconds.
        7 IFLA_BRIDGE_MRP_INFO_TEST_INTERVAL TestInterval test_interval: u32,
        /// Number of missing frames that opens the ring.
        8 IFLA_BRIDGE_MRP_INFO_TEST_MAX_MISS TestMaxMissing test_max_missing: u32,
        /// 1 if frames are expected and none are sent.
        9 IFLA_BRIDGE_MRP_INFO_TEST_MONITOR TestMonitor test_monitor: u32,
        /// Link index of the interconnection's port.
        10 IFLA_BRIDGE_MRP_INFO_I_IFINDEX Interconnect interconnect: LinkIndex,
        /// State of the interconnection.
        11 IFLA_BRIDGE_MRP_INFO_IN_STATE InState in_state: MrpRingStateKind,
        /// Role of this bridge in the interconnection.
        12 IFLA_BRIDGE_MRP_INFO_IN_ROLE InRole in_role: MrpInRoleKind,
        /// Interval of the interconnection's test frames in microseconds.
        13 IFLA_BRIDGE_MRP_INFO_IN_TEST_INTERVAL InTestInterval in_test_interval: u32,
        /// Number of missing frames that opens the interconnection.
        14 IFLA_BRIDGE_MRP_INFO_IN_TEST_MAX_MISS InTestMaxMissing in_test_max_missing: u32,
    }
}

attributes! {
    /// State of an interconnection of rings.
    pub set MrpInState, enum MrpInStateAttr {
        /// Id of the interconnection.
        1 IFLA_BRIDGE_MRP_IN_STATE_IN_ID Id id: u32,
        /// State.
        2 IFLA_BRIDGE_MRP_IN_STATE_STATE State state: MrpRingStateKind,
    }
}

attributes! {
    /// Role of this bridge in an interconnection of rings.
    pub set MrpInRole, enum MrpInRoleAttr {
        /// Id of the ring.
        1 IFLA_BRIDGE_MRP_IN_ROLE_RING_ID RingId ring_id: u32,
        /// Id of the interconnection.
        2 IFLA_BRIDGE_MRP_IN_ROLE_IN_ID Id id: u16,
        /// Role.
        3 IFLA_BRIDGE_MRP_IN_ROLE_ROLE Role role: MrpInRoleKind,
        /// Link index of the port.
        4 IFLA_BRIDGE_MRP_IN_ROLE_I_IFINDEX Port port: LinkIndex,
    }
}

attributes! {
    /// Test frames of an interconnection of rings.
    pub set MrpStartInTest, enum MrpStartInTestAttr {
        /// Id of the interconnection.
        1 IFLA_BRIDGE_MRP_START_IN_TEST_IN_ID Id id: u32,
        /// Interval of test frames in microseconds.
        2 IFLA_BRIDGE_MRP_START_IN_TEST_INTERVAL Interval interval: u32,
        /// Number of missing frames that opens the interconnection.
        3 IFLA_BRIDGE_MRP_START_IN_TEST_MAX_MISS MaxMissing max_missing: u32,
        /// Duration of the test in microseconds.
        4 IFLA_BRIDGE_MRP_START_IN_TEST_PERIOD Period period: u32,
    }
}

numbers! {
    /// State of a port of a ring.
    #[doc(alias = "br_mrp_port_state_type")]
    pub struct MrpPortStateKind(u32) {
        DISABLED = 0 "BR_MRP_PORT_STATE_DISABLED" "disabled";
        BLOCKED = 1 "BR_MRP_PORT_STATE_BLOCKED" "blocked";
        FORWARDING = 2 "BR_MRP_PORT_STATE_FORWARDING" "forwarding";
        NOT_CONNECTED = 3 "BR_MRP_PORT_STATE_NOT_CONNECTED" "not-connected";
    }
}

numbers! {
    /// Role of a port in a ring.
    #[doc(alias = "br_mrp_port_role_type")]
    pub struct MrpPortRoleKind(u32) {
        PRIMARY = 0 "BR_MRP_PORT_ROLE_PRIMARY" "primary";
        SECONDARY = 1 "BR_MRP_PORT_ROLE_SECONDARY" "secondary";
        /// Port of an interconnection.
        INTER = 2 "BR_MRP_PORT_ROLE_INTER" "inter";
    }
}

numbers! {
    /// State of a ring or of an interconnection.
    #[doc(alias = "br_mrp_ring_state_type", alias = "br_mrp_in_state_type")]
    pub struct MrpRingStateKind(u32) {
        OPEN = 0 "BR_MRP_RING_STATE_OPEN" "open";
        CLOSED = 1 "BR_MRP_RING_STATE_CLOSED" "closed";
    }
}

numbers! {
    /// Role of a bridge in a ring.
    #[doc(alias = "br_mrp_ring_role_type")]
    pub struct MrpRingRoleKind(u32) {
        DISABLED = 0 "BR_MRP_RING_ROLE_DISABLED" "disabled";
        CLIENT = 1 "BR_MRP_RING_ROLE_MRC" "mrc";
        MANAGER = 2 "BR_MRP_RING_ROLE_MRM" "mrm";
        /// Manager or client, as is negotiated.
        AUTO_MANAGER = 3 "BR_MRP_RING_ROLE_MRA" "mra";
    }
}

numbers! {
    /// Role of a bridge in an interconnection of rings.
    #[doc(alias = "br_mrp_in_role_type")]
    pub struct MrpInRoleKind(u32) {
        DISABLED = 0 "BR_MRP_IN_ROLE_DISABLED" "disabled";
        CLIENT = 1 "BR_MRP_IN_ROLE_MIC" "mic";
        MANAGER = 2 "BR_MRP_IN_ROLE_MIM" "mim";
    }
}
