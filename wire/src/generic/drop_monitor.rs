//! `NET_DM`: packets that the kernel or a network card drops, as `dropwatch`
//! shows them (`linux/net_dropmon.h`).
//!
//! ```
//! use nlwire::generic::drop_monitor::{AlertMode, DropAttr, SetConfig, Start};
//!
//! // A message for each packet, with up to 128 bytes of it.
//! let config = SetConfig::new()
//!     .with(&[DropAttr::AlertMode(AlertMode::PACKET), DropAttr::TruncateLen(128)]);
//! let start = Start::software();
//! ```
//!
//! The settings are read, and after some time the reports that were lost, before the
//! monitor stops, as by `show`, `stats` and `stop` in `dropwatch`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::drop_monitor::*;
//!
//! let (settings, statistics) = (GetConfig::new(), GetStats::new());
//! let stop = Stop::software();
//!
//! /// Returns the number of lost reports, of drops of the kernel.
//! fn lost(row: &DropRow<'_>) -> Result<Option<u64>, nlwire::DecodeError> {
//!     match fields!(row.attributes => Drop { stats })?.stats {
//!         Some(stats) => Ok(fields!(stats => MonitorStats { lost })?.lost),
//!         None => Ok(None),
//!     }
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Flag, Many, Nest, Text};
use crate::{LinkIndex, attributes, numbers};

family! {
    name NET_DM_GENL_NAME "NET_DM";
    version NET_DM_GENL_VERSION 2;
    group NET_DM_GRP_NAME "events" "drops: [`Change`].";
    command 1 NET_DM_CMD_ALERT Drop "Reports places of drops, with their counts.";
    command 2 NET_DM_CMD_CONFIG Drop "Changes the settings.";
    command 3 NET_DM_CMD_START Drop "Starts the monitor.";
    command 4 NET_DM_CMD_STOP Drop "Stops the monitor.";
    command 5 NET_DM_CMD_PACKET_ALERT Drop "Reports a dropped packet.";
    command 6 NET_DM_CMD_CONFIG_GET Drop "Reads the settings.";
    command 7 NET_DM_CMD_CONFIG_NEW Drop "Answers with the settings.";
    command 8 NET_DM_CMD_STATS_GET Drop "Reads the monitor's own statistics.";
    command 9 NET_DM_CMD_STATS_NEW Drop "Answers with the monitor's own statistics.";
}

requests! {
    Drop, DropAttr, DropRow, "drop monitor";

    /// Changes the settings, while the monitor is stopped: `with`
    /// [`AlertMode`](DropAttr::AlertMode), [`TruncateLen`](DropAttr::TruncateLen)
    /// or [`QueueLen`](DropAttr::QueueLen).
    Act SetConfig = NET_DM_CMD_CONFIG {
        /// Changes the settings that `with` names.
        new() {}
    }
    /// Reads the settings.
    Ask GetConfig = NET_DM_CMD_CONFIG_GET {
        /// Reads all settings.
        new() {}
    }
    /// Reads the monitor's own statistics.
    Ask GetStats = NET_DM_CMD_STATS_GET {
        /// Reads all statistics.
        new() {}
    }
    /// Starts the monitor. The kernel answers `EAGAIN` if it runs.
    Act Start = NET_DM_CMD_START {
        /// Reports drops of the kernel.
        software() { Software(true) }
        /// Reports drops of network cards.
        hardware() { Hardware(true) }
    }
    /// Stops the monitor. The kernel accepts it with a warning if it does not run.
    Act Stop = NET_DM_CMD_STOP {
        /// Stops reports of drops of the kernel.
        software() { Software(true) }
        /// Stops reports of drops of network cards.
        hardware() { Hardware(true) }
    }
}

changes! {
    /// Notification of the group [`NET_DM_GRP_NAME`].
    Change {
        /// Places of drops with their counts: [`AlertMode::SUMMARY`].
        Summary(Drop) = NET_DM_CMD_ALERT;
        /// Dropped packet: [`AlertMode::PACKET`].
        Packet(Drop) = NET_DM_CMD_PACKET_ALERT;
    }
}

numbers! {
    /// Content of reports.
    pub struct AlertMode(u8) {
        /// Places of recent drops, with their counts.
        SUMMARY = 0 "NET_DM_ALERT_MODE_SUMMARY" "summary";
        /// Each dropped packet.
        PACKET = 1 "NET_DM_ALERT_MODE_PACKET" "packet";
    }
}

numbers! {
    /// Origin of a drop.
    pub struct Origin(u16) {
        SOFTWARE = 0 "NET_DM_ORIGIN_SW" "software";
        HARDWARE = 1 "NET_DM_ORIGIN_HW" "hardware";
    }
}

attributes! {
    /// Drop, or settings of the monitor (`NET_DM_ATTR_*`).
    pub set Drop, enum DropAttr {
        /// Places of drops: a count, then for each place an address of 8 bytes
        /// and a count (`struct net_dm_alert_msg`).
        0 NET_DM_ATTR_UNSPEC Points points: Bytes,
        /// Content of reports.
        1 NET_DM_ATTR_ALERT_MODE AlertMode alert_mode: AlertMode,
        /// Address of the kernel's code that dropped the packet.
        2 NET_DM_ATTR_PC Pc pc: u64,
        /// Function of the kernel that dropped the packet, with an offset.
        3 NET_DM_ATTR_SYMBOL Symbol symbol: Text,
        /// Link that the packet arrived on; absent for a packet of this machine.
        4 NET_DM_ATTR_IN_PORT InPort in_port: Nest<Port>,
        /// Time of the drop in nanoseconds since 1970.
        5 NET_DM_ATTR_TIMESTAMP Timestamp timestamp: u64,
        /// Ethernet protocol of the packet.
        6 NET_DM_ATTR_PROTO Protocol protocol: u16,
        /// Packet from its Ethernet header on, perhaps cut.
        7 NET_DM_ATTR_PAYLOAD Payload payload: Bytes,
        /// Padding.
        8 NET_DM_ATTR_PAD Pad pad: Bytes,
        /// Length in bytes to which packets are cut; 0 for whole packets.
        9 NET_DM_ATTR_TRUNC_LEN TruncateLen truncate_len: u32,
        /// Length of the packet in bytes, before it was cut.
        10 NET_DM_ATTR_ORIG_LEN OriginalLen original_len: u32,
        /// Maximum number of packets that wait for their report, on each CPU.
        11 NET_DM_ATTR_QUEUE_LEN QueueLen queue_len: u32,
        /// Statistics of drops of the kernel.
        12 NET_DM_ATTR_STATS Stats stats: Nest<MonitorStats>,
        /// Statistics of drops of network cards.
        13 NET_DM_ATTR_HW_STATS HardwareStats hardware_stats: Nest<MonitorStats>,
        /// Origin of the drop.
        14 NET_DM_ATTR_ORIGIN Origin origin: Origin,
        /// Group of the network card's trap.
        15 NET_DM_ATTR_HW_TRAP_GROUP_NAME TrapGroup trap_group: Text,
        /// Name of the network card's trap.
        16 NET_DM_ATTR_HW_TRAP_NAME Trap trap: Text,
        /// Traps of network cards with their counts.
        17 NET_DM_ATTR_HW_ENTRIES TrapCounts trap_counts: Nest<Drop>,
        /// Trap with its count, inside [`TrapCounts`](Self::TrapCounts): [`Trap`]
        /// and [`TrapCount`].
        ///
        /// [`Trap`]: Self::Trap
        /// [`TrapCount`]: Self::TrapCount
        18 NET_DM_ATTR_HW_ENTRY TrapEntry trap_entry: Many<Nest<Drop>>,
        /// Number of packets of the trap.
        19 NET_DM_ATTR_HW_TRAP_COUNT TrapCount trap_count: u32,
        /// Requests drops of the kernel.
        20 NET_DM_ATTR_SW_DROPS Software software: Flag,
        /// Requests drops of network cards.
        21 NET_DM_ATTR_HW_DROPS Hardware hardware: Flag,
        /// Cookie of the flow rule that dropped the packet.
        22 NET_DM_ATTR_FLOW_ACTION_COOKIE Cookie cookie: Bytes,
        /// Reason of the drop.
        23 NET_DM_ATTR_REASON Reason reason: Text,
    }
}

attributes! {
    /// Link that a packet arrived on (`NET_DM_ATTR_PORT_*`).
    pub set Port, enum PortAttr {
        /// Link index.
        0 NET_DM_ATTR_PORT_NETDEV_IFINDEX Link link: LinkIndex,
        /// Link name; absent in drops of the kernel.
        1 NET_DM_ATTR_PORT_NETDEV_NAME Name name: Text,
    }
}

attributes! {
    /// Statistics of the monitor (`NET_DM_ATTR_STATS_*`).
    pub set MonitorStats, enum MonitorStatsAttr {
        /// Number of reports that were lost.
        0 NET_DM_ATTR_STATS_DROPPED Lost lost: u64,
    }
}
