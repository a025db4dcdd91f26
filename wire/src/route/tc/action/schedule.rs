//! `gate`: packets pass at certain times (`net/sched/act_gate.c`).

use super::{ActionParameters, ActionTimes};
use crate::attributes;
use crate::codec::{Bytes, Extensible, Flag, Many, Nest, Shown, Struct};
use crate::schema::Nanoseconds;

attributes! {
    /// Settings of a `gate` (`TCA_GATE_*`).
    pub set Gate, enum GateAttr {
        /// Times.
        1 TCA_GATE_TM Times times: Extensible<ActionTimes>,
        /// Number and decision.
        2 TCA_GATE_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Padding.
        3 TCA_GATE_PAD Pad pad: Bytes,
        /// Priority of packets, for hardware; -1 for none.
        4 TCA_GATE_PRIORITY Priority priority: i32,
        /// Entries of the schedule.
        5 TCA_GATE_ENTRY_LIST Entries entries: Nest<GateEntries>,
        /// Start of the schedule.
        6 TCA_GATE_BASE_TIME BaseTime base_time: Shown<u64, Nanoseconds>,
        /// Duration of a cycle, 0 for that of all entries.
        7 TCA_GATE_CYCLE_TIME CycleTime cycle_time: Shown<u64, Nanoseconds>,
        /// Time by which the last cycle before a new schedule may be longer.
        8 TCA_GATE_CYCLE_TIME_EXT CycleExtension cycle_extension: Shown<u64, Nanoseconds>,
        /// Unused.
        9 TCA_GATE_FLAGS Flags flags: u32,
        /// Clock of the schedule (`CLOCK_*`), 11 for TAI.
        10 TCA_GATE_CLOCKID Clock clock: i32,
    }
}

attributes! {
    /// Entries of a schedule (`TCA_GATE_ONE_ENTRY`).
    pub set GateEntries, enum GateEntriesAttr {
        /// Entry.
        1 TCA_GATE_ONE_ENTRY Entry entry: Many<Nest<GateEntry>>,
    }
}

attributes! {
    /// Entry of a schedule (`TCA_GATE_ENTRY_*`).
    pub set GateEntry, enum GateEntryAttr {
        /// Number of the entry.
        1 TCA_GATE_ENTRY_INDEX Index index: u32,
        /// True if the gate is open.
        2 TCA_GATE_ENTRY_GATE Open open: Flag,
        /// Duration.
        3 TCA_GATE_ENTRY_INTERVAL Interval interval: Shown<u32, Nanoseconds>,
        /// Priority that packets get, -1 for none.
        4 TCA_GATE_ENTRY_IPV Priority priority: i32,
        /// Number of bytes that pass at most, -1 for no limit.
        5 TCA_GATE_ENTRY_MAX_OCTETS MaxBytes max_bytes: i32,
    }
}
