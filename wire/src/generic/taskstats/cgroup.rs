//! Numbers of tasks in a control group (`linux/cgroupstats.h`).

use crate::codec::Extensible;
use crate::generic::GenericHeader;
use crate::structs::structs;
use crate::zerocopy::native_endian::U64;
use crate::{DecodeError, Row, attributes, fields};

/// Command that asks for the tasks of a control group.
pub const CGROUPSTATS_CMD_GET: u8 = 4;
/// Command of the answer.
pub const CGROUPSTATS_CMD_NEW: u8 = 5;

attributes! {
    /// Control group to ask for (`CGROUPSTATS_CMD_ATTR_*`).
    pub set CgroupRequest, enum CgroupRequestAttr {
        /// Descriptor of the group's directory.
        1 CGROUPSTATS_CMD_ATTR_FD Descriptor descriptor: u32,
    }
}

attributes! {
    /// Answer about a control group (`CGROUPSTATS_TYPE_*`).
    pub set CgroupReport, enum CgroupReportAttr {
        /// Numbers of tasks.
        1 CGROUPSTATS_TYPE_CGROUP_STATS Stats stats: Extensible<CgroupStats>,
    }
}

structs! {
    /// Numbers of tasks in a control group, by state.
    #[doc(alias = "cgroupstats")]
    pub struct CgroupStats: 40 {
        /// Number of tasks that sleep.
        #[doc(alias = "nr_sleeping")]
        sleeping: U64,
        /// Number of tasks that run.
        #[doc(alias = "nr_running")]
        running: U64,
        /// Number of stopped tasks.
        #[doc(alias = "nr_stopped")]
        stopped: U64,
        /// Number of tasks that no signal interrupts.
        #[doc(alias = "nr_uninterruptible")]
        uninterruptible: U64,
        /// Number of tasks that wait for I/O.
        #[doc(alias = "nr_io_wait")]
        io_wait: U64,
    }
}

/// Numbers of tasks in a control group.
pub type CgroupStatsRow<'a> = Row<'a, GenericHeader, CgroupReport>;

impl Row<'_, GenericHeader, CgroupReport> {
    /// Returns the numbers of tasks.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CGROUPSTATS_TYPE_CGROUP_STATS")]
    pub fn stats(&self) -> Result<Option<CgroupStats>, DecodeError> {
        let stats = fields!(self.attributes => CgroupReport { stats })?.stats;
        Ok(stats.map(|stats| stats.get()))
    }
}
