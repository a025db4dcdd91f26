//! `dev-energymodel`: performance domains, with the power that each performance
//! state takes (`linux/dev_energymodel.h`).
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::dev_energymodel::*;
//!
//! let domains = GetDomains::all();
//! let domain = GetDomain::by_id(0);
//! let states = GetTable::of_domain(0);
//!
//! /// Prints frequency and power of each state.
//! fn print(row: &PerfTableRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     for state in fields!(row.attributes => PerfTable { state })?.state.into_iter().flatten() {
//!         let found = fields!(state? => PerfState { frequency, power })?;
//!         println!("{:?} kHz: {:?}", found.frequency, found.power);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Many, Nest};
use crate::{attributes, flags};

family! {
    name DEV_ENERGYMODEL_FAMILY_NAME "dev-energymodel";
    version DEV_ENERGYMODEL_FAMILY_VERSION 1;
    group DEV_ENERGYMODEL_MCGRP_EVENT "event" "performance domains: [`Change`].";
    command 1 DEV_ENERGYMODEL_CMD_GET_PERF_DOMAINS PerfDomain "Reads a performance domain, or lists all.";
    command 2 DEV_ENERGYMODEL_CMD_GET_PERF_TABLE PerfTable "Reads the states of a performance domain.";
    command 3 DEV_ENERGYMODEL_CMD_PERF_DOMAIN_CREATED PerfTable "Reports a new performance domain.";
    command 4 DEV_ENERGYMODEL_CMD_PERF_DOMAIN_UPDATED PerfTable "Reports a changed performance domain.";
    command 5 DEV_ENERGYMODEL_CMD_PERF_DOMAIN_DELETED PerfTable "Reports a deleted performance domain.";
}

requests! {
    PerfDomain, PerfDomainAttr, PerfDomainRow, "performance domain";

    /// Reads a performance domain.
    Ask GetDomain = DEV_ENERGYMODEL_CMD_GET_PERF_DOMAINS {
        /// Reads the domain with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Lists the performance domains.
    List GetDomains = DEV_ENERGYMODEL_CMD_GET_PERF_DOMAINS {
        /// Lists all domains.
        all() {}
    }
}

requests! {
    PerfTable, PerfTableAttr, PerfTableRow, "performance domain";

    /// Reads the performance states of a domain.
    Ask GetTable = DEV_ENERGYMODEL_CMD_GET_PERF_TABLE {
        /// Reads the states of the domain with this identifier.
        of_domain(id: u32) { DomainId(id) }
    }
}

changes! {
    /// Notification of the group [`DEV_ENERGYMODEL_MCGRP_EVENT`].
    Change {
        /// New performance domain.
        NewDomain(PerfTable) = DEV_ENERGYMODEL_CMD_PERF_DOMAIN_CREATED;
        /// Changed performance domain.
        Domain(PerfTable) = DEV_ENERGYMODEL_CMD_PERF_DOMAIN_UPDATED;
        /// Deleted performance domain.
        DelDomain(PerfTable) = DEV_ENERGYMODEL_CMD_PERF_DOMAIN_DELETED;
    }
}

flags! {
    /// Flags of a performance domain.
    pub struct PerfDomainFlags(u64) {
        /// Power is in microwatts.
        MICROWATTS = 0x1 "DEV_ENERGYMODEL_PERF_DOMAIN_FLAGS_PERF_DOMAIN_MICROWATTS" "perf-domain-microwatts";
        /// The scheduler skips inefficient states.
        SKIP_INEFFICIENT = 0x2 "DEV_ENERGYMODEL_PERF_DOMAIN_FLAGS_PERF_DOMAIN_SKIP_INEFFICIENCIES" "perf-domain-skip-inefficiencies";
        /// Power is an abstract number.
        ARTIFICIAL = 0x4 "DEV_ENERGYMODEL_PERF_DOMAIN_FLAGS_PERF_DOMAIN_ARTIFICIAL" "perf-domain-artificial";
    }
}

flags! {
    /// Flags of a performance state.
    pub struct PerfStateFlags(u64) {
        /// Another state gives more performance for the same cost.
        INEFFICIENT = 0x1 "DEV_ENERGYMODEL_PERF_STATE_FLAGS_PERF_STATE_INEFFICIENT" "perf-state-inefficient";
    }
}

attributes! {
    /// Performance domain (`DEV_ENERGYMODEL_A_PERF_DOMAIN_*`). A row has all attributes.
    pub set PerfDomain, enum PerfDomainAttr {
        /// Padding.
        1 DEV_ENERGYMODEL_A_PERF_DOMAIN_PAD Pad pad: Bytes,
        /// Identifier of the domain.
        2 DEV_ENERGYMODEL_A_PERF_DOMAIN_PERF_DOMAIN_ID Id id: u32,
        /// Flags: [`PerfDomainFlags`].
        3 DEV_ENERGYMODEL_A_PERF_DOMAIN_FLAGS Flags flags: PerfDomainFlags,
        /// Number of a CPU in the domain, an attribute for each.
        4 DEV_ENERGYMODEL_A_PERF_DOMAIN_CPUS Cpu cpu: Many<u64>,
    }
}

attributes! {
    /// States of a performance domain (`DEV_ENERGYMODEL_A_PERF_TABLE_*`), the slowest
    /// first. The states are absent in [`Change::DelDomain`].
    pub set PerfTable, enum PerfTableAttr {
        /// Identifier of the domain.
        1 DEV_ENERGYMODEL_A_PERF_TABLE_PERF_DOMAIN_ID DomainId domain_id: u32,
        /// Performance state, an attribute for each.
        2 DEV_ENERGYMODEL_A_PERF_TABLE_PERF_STATE State state: Many<Nest<PerfState>>,
    }
}

attributes! {
    /// Performance state (`DEV_ENERGYMODEL_A_PERF_STATE_*`) with all its attributes.
    pub set PerfState, enum PerfStateAttr {
        /// Padding.
        1 DEV_ENERGYMODEL_A_PERF_STATE_PAD Pad pad: Bytes,
        /// Capacity of a CPU in this state, 0 to 1024.
        2 DEV_ENERGYMODEL_A_PERF_STATE_PERFORMANCE Performance performance: u64,
        /// Frequency in kilohertz.
        3 DEV_ENERGYMODEL_A_PERF_STATE_FREQUENCY Frequency frequency: u64,
        /// Power in the unit of the domain's flags.
        4 DEV_ENERGYMODEL_A_PERF_STATE_POWER Power power: u64,
        /// Cost coefficient, by which states compare.
        5 DEV_ENERGYMODEL_A_PERF_STATE_COST Cost cost: u64,
        /// Flags: [`PerfStateFlags`].
        6 DEV_ENERGYMODEL_A_PERF_STATE_FLAGS Flags flags: PerfStateFlags,
    }
}
