//! Requests for the statistics of tasks.

use core::fmt;

use super::{
    CGROUPSTATS_CMD_GET, CGROUPSTATS_CMD_NEW, CgroupReport, CgroupRequest, CgroupRequestAttr,
    CgroupStatsRow, TASKSTATS_CMD_GET, TASKSTATS_CMD_NEW, TASKSTATS_GENL_NAME,
    TASKSTATS_GENL_VERSION, TaskReport, TaskRequest, TaskRequestAttr, TaskStats,
};
use crate::codec::AttributeSet as _;
use crate::generic::GenericHeader;
use crate::schema::{MessageSchema, Protocol};
use crate::{
    DecodeError, EncodeError, Flags, MessageRef, Next, Query, Request, Row, Text, Writer, fields,
};

/// Schema of the family.
pub static PROTOCOL: Protocol = Protocol::family(
    TASKSTATS_GENL_NAME,
    &[
        MessageSchema::command(TASKSTATS_CMD_GET, "TASKSTATS_CMD_GET", TaskRequest::schema),
        MessageSchema::command(TASKSTATS_CMD_NEW, "TASKSTATS_CMD_NEW", TaskReport::schema),
        MessageSchema::command(
            CGROUPSTATS_CMD_GET,
            "CGROUPSTATS_CMD_GET",
            CgroupRequest::schema,
        ),
        MessageSchema::command(
            CGROUPSTATS_CMD_NEW,
            "CGROUPSTATS_CMD_NEW",
            CgroupReport::schema,
        ),
    ],
);

/// Statistics of a process or a thread.
pub type TaskStatsRow<'a> = Row<'a, GenericHeader, TaskReport>;

impl Row<'_, GenericHeader, TaskReport> {
    /// Returns the statistics: those of the process if the row has both, as at
    /// the exit of a process's last thread. Fields that an older kernel does
    /// not send are 0.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "TASKSTATS_TYPE_STATS")]
    pub fn stats(&self) -> Result<Option<TaskStats>, DecodeError> {
        let found = fields!(self.attributes => TaskReport { of_process, of_thread })?;
        let Some(report) = found.of_process.or(found.of_thread) else {
            return Ok(None);
        };
        let stats = fields!(report => TaskReport { stats })?.stats;
        Ok(stats.map(|stats| stats.get()))
    }
}

/// Task to ask for.
#[derive(Clone, Copy, Debug)]
enum Task {
    Process(u32),
    Thread(u32),
}

/// Asks for the statistics of a process or a thread. The kernel needs
/// `CAP_NET_ADMIN` in the first user namespace.
///
/// ```
/// use nlwire::generic::taskstats::GetTaskStats;
///
/// let query = GetTaskStats::of_process(1);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "TASKSTATS_CMD_GET")]
pub struct GetTaskStats(Task);

impl GetTaskStats {
    /// Asks for a process, with the sum of all its threads.
    #[must_use]
    #[doc(alias = "TASKSTATS_CMD_ATTR_TGID")]
    pub const fn of_process(id: u32) -> Self {
        Self(Task::Process(id))
    }

    /// Asks for one thread.
    #[must_use]
    #[doc(alias = "TASKSTATS_CMD_ATTR_PID")]
    pub const fn of_thread(id: u32) -> Self {
        Self(Task::Thread(id))
    }
}

impl Request for GetTaskStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::empty();
        w.append_command(TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION, flags, |w| {
            w.put(match self.0 {
                Task::Process(id) => TaskRequestAttr::Process(id),
                Task::Thread(id) => TaskRequestAttr::Thread(id),
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Task::Process(id) => write!(f, "process {id}"),
            Task::Thread(id) => write!(f, "thread {id}"),
        }
    }
}

impl Query for GetTaskStats {
    type Row<'r> = TaskStatsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> TaskStatsRow<'_> {
        Row::of(message)
    }
}

/// Starts or stops reports of exiting threads for the sending socket: messages
/// [`TASKSTATS_CMD_NEW`] without a request.
///
/// ```
/// use nlwire::generic::taskstats::SetExitReports;
///
/// let start = SetExitReports::on("0-3,6");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SetExitReports<'a> {
    processors: &'a str,
    on: bool,
}

impl<'a> SetExitReports<'a> {
    /// Reports threads that exit on these CPUs, such as `0-3,6`.
    #[must_use]
    #[doc(alias = "TASKSTATS_CMD_ATTR_REGISTER_CPUMASK")]
    pub const fn on(processors: &'a str) -> Self {
        Self {
            processors,
            on: true,
        }
    }

    /// Stops the reports of threads that exit on these CPUs.
    #[must_use]
    #[doc(alias = "TASKSTATS_CMD_ATTR_DEREGISTER_CPUMASK")]
    pub const fn off(processors: &'a str) -> Self {
        Self {
            processors,
            on: false,
        }
    }
}

impl Request for SetExitReports<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::empty();
        w.append_command(TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION, flags, |w| {
            w.put(match self.on {
                true => TaskRequestAttr::Register(self.processors),
                false => TaskRequestAttr::Deregister(self.processors),
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "processors {}", Text::from(self.processors))
    }
}

crate::__format!(GetTaskStats, SetExitReports<'_>);

/// Asks for the numbers of tasks in a control group of version 1.
///
/// ```
/// use nlwire::generic::taskstats::GetCgroupStats;
///
/// // The descriptor of `/sys/fs/cgroup/cpu/group`.
/// # let descriptor = 7;
/// let query = GetCgroupStats::of(descriptor);
/// ```
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[doc(alias = "CGROUPSTATS_CMD_GET")]
pub struct GetCgroupStats(u32);

impl GetCgroupStats {
    /// Asks for the group whose directory this descriptor has open.
    #[must_use]
    #[doc(alias = "CGROUPSTATS_CMD_ATTR_FD")]
    pub const fn of(descriptor: u32) -> Self {
        Self(descriptor)
    }
}

impl Request for GetCgroupStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::empty();
        w.append_command(CGROUPSTATS_CMD_GET, TASKSTATS_GENL_VERSION, flags, |w| {
            w.put(CgroupRequestAttr::Descriptor(self.0))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "control group of descriptor {}", self.0)
    }
}

impl Query for GetCgroupStats {
    type Row<'r> = CgroupStatsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> CgroupStatsRow<'_> {
        Row::of(message)
    }
}
