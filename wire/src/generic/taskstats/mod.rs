//! `TASKSTATS`: resources that processes and threads have used
//! (`linux/taskstats.h`). The kernel answers requests with `CAP_NET_ADMIN` in
//! the first user namespace only.
//!
//! ```
//! use nlwire::generic::GenericHeader;
//! use nlwire::generic::taskstats::{TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION, TaskRequestAttr};
//! use nlwire::{Flags, MessageType, Writer};
//!
//! // The controller knows the number of the family.
//! let family = MessageType(22);
//! let header = GenericHeader::new(TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION);
//! let mut buffer = [0; 64];
//! let request = Writer::message(&mut buffer, family, Flags::REQUEST, &header, |w| {
//!     w.put(TaskRequestAttr::Process(1))
//! })?;
//! assert_eq!(request.header().length(), 16 + 4 + 8);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

mod cgroup;
mod request;
mod version;

pub use cgroup::*;
pub use request::{GetCgroupStats, GetTaskStats, PROTOCOL, SetExitReports, TaskStatsRow};
pub use version::TaskStatsBytes;

use crate::zerocopy::native_endian::{U16, U32, U64};

use crate::attributes;
use crate::codec::{Bytes, Nest, Str};
use crate::structs::structs;

/// Name of the family.
pub const TASKSTATS_GENL_NAME: &str = "TASKSTATS";
/// Version of the family's interface.
pub const TASKSTATS_GENL_VERSION: u8 = 1;

/// Command that asks for the statistics of a process or a thread, and that of
/// the answer.
pub const TASKSTATS_CMD_GET: u8 = 1;
/// Command of the report on a process or a thread that has exited.
pub const TASKSTATS_CMD_NEW: u8 = 2;

attributes! {
    /// Attributes of a request (`TASKSTATS_CMD_ATTR_*`).
    pub set TaskRequest, enum TaskRequestAttr {
        /// Thread ID.
        1 TASKSTATS_CMD_ATTR_PID Thread thread: u32,
        /// Process ID; the answer sums all threads of the process.
        2 TASKSTATS_CMD_ATTR_TGID Process process: u32,
        /// CPUs whose exiting threads are reported to this socket, as a list:
        /// `0-3,6`.
        3 TASKSTATS_CMD_ATTR_REGISTER_CPUMASK Register register: Str,
        /// CPUs whose reports of exiting threads end, as a list.
        4 TASKSTATS_CMD_ATTR_DEREGISTER_CPUMASK Deregister deregister: Str,
    }
}

attributes! {
    /// Attributes of an answer (`TASKSTATS_TYPE_*`): a nest with an ID and the
    /// statistics.
    pub set TaskReport, enum TaskReportAttr {
        /// Thread ID.
        1 TASKSTATS_TYPE_PID Thread thread: u32,
        /// Process ID.
        2 TASKSTATS_TYPE_TGID Process process: u32,
        /// Statistics.
        3 TASKSTATS_TYPE_STATS Stats stats: TaskStatsBytes<'static>,
        /// Nest of a thread: its ID and its statistics.
        4 TASKSTATS_TYPE_AGGR_PID OfThread of_thread: Nest<TaskReport>,
        /// Nest of a process: its ID and its statistics.
        5 TASKSTATS_TYPE_AGGR_TGID OfProcess of_process: Nest<TaskReport>,
        /// Padding.
        6 TASKSTATS_TYPE_NULL Null null: Bytes,
    }
}

structs! {
    /// Statistics of a thread or a process. Each version has added fields;
    /// older kernels send fewer.
    #[doc(alias = "taskstats")]
    pub struct TaskStats: 560 {
        /// Version of this struct, which determines the fields that are
        /// present.
        version: U16,
        /// Padding.
        padding1: [u8; 2],
        /// Exit status, as wait(2) returns it.
        #[doc(alias = "ac_exitcode")]
        exitcode: U32,
        /// Accounting flags of acct(5), such as `AFORK`.
        #[doc(alias = "ac_flag")]
        flag: u8,
        /// Nice value, from -20 to 19.
        #[doc(alias = "ac_nice")]
        nice: u8,
        /// Padding.
        padding2: [u8; 6],
        /// Number of waits for a CPU.
        cpu_count: U64,
        /// Total wait for a CPU, in nanoseconds.
        cpu_delay_total: U64,
        /// Number of waits for synchronous block I/O.
        blkio_count: U64,
        /// Total wait for synchronous block I/O, in nanoseconds.
        blkio_delay_total: U64,
        /// Number of waits for pages to be swapped in.
        swapin_count: U64,
        /// Total wait for pages to be swapped in, in nanoseconds.
        swapin_delay_total: U64,
        /// CPU time in nanoseconds, corrected for time stolen by a hypervisor.
        cpu_run_real_total: U64,
        /// CPU time in nanoseconds, without that correction.
        cpu_run_virtual_total: U64,
        /// Name of the command, ended by a NUL.
        #[doc(alias = "ac_comm")]
        comm: [u8; 32] as crate::schema::PaddedText,
        /// Scheduling policy (`SCHED_*`).
        #[doc(alias = "ac_sched")]
        sched: u8,
        /// Padding.
        #[doc(alias = "ac_pad")]
        reserved: [u8; 3],
        /// Padding.
        padding3: [u8; 4],
        /// User ID.
        #[doc(alias = "ac_uid")]
        uid: U32,
        /// Group ID.
        #[doc(alias = "ac_gid")]
        gid: U32,
        /// Process ID or thread ID.
        #[doc(alias = "ac_pid")]
        pid: U32,
        /// Process ID of the parent.
        #[doc(alias = "ac_ppid")]
        ppid: U32,
        /// Start time in seconds since 1970, in 32 bits.
        #[doc(alias = "ac_btime")]
        btime: U32,
        /// Padding.
        padding4: [u8; 4],
        /// Elapsed time since the start, in microseconds.
        #[doc(alias = "ac_etime")]
        etime: U64,
        /// CPU time in user mode, in microseconds.
        #[doc(alias = "ac_utime")]
        utime: U64,
        /// CPU time in kernel mode, in microseconds.
        #[doc(alias = "ac_stime")]
        stime: U64,
        /// Number of minor page faults.
        #[doc(alias = "ac_minflt")]
        minflt: U64,
        /// Number of major page faults.
        #[doc(alias = "ac_majflt")]
        majflt: U64,
        /// Resident memory integrated over CPU time, in megabytes times
        /// microseconds.
        coremem: U64,
        /// Virtual memory integrated over CPU time, in megabytes times
        /// microseconds.
        virtmem: U64,
        /// Maximum resident memory, in kilobytes.
        hiwater_rss: U64,
        /// Maximum virtual memory, in kilobytes.
        hiwater_vm: U64,
        /// Number of bytes read by system calls.
        read_char: U64,
        /// Number of bytes written by system calls.
        write_char: U64,
        /// Number of system calls that read, such as read(2).
        read_syscalls: U64,
        /// Number of system calls that write, such as write(2).
        write_syscalls: U64,
        /// Number of bytes read from block devices.
        read_bytes: U64,
        /// Number of bytes written to block devices.
        write_bytes: U64,
        /// Number of bytes whose write was cancelled, such as those of a
        /// truncated file.
        cancelled_write_bytes: U64,
        /// Number of voluntary context switches.
        nvcsw: U64,
        /// Number of involuntary context switches.
        nivcsw: U64,
        /// CPU time in user mode scaled by CPU frequency, in microseconds.
        #[doc(alias = "ac_utimescaled")]
        utimescaled: U64,
        /// CPU time in kernel mode scaled by CPU frequency, in microseconds.
        #[doc(alias = "ac_stimescaled")]
        stimescaled: U64,
        /// CPU time scaled by CPU frequency, in nanoseconds.
        cpu_scaled_run_real_total: U64,
        /// Number of waits for memory reclaim.
        freepages_count: U64,
        /// Total wait for memory reclaim, in nanoseconds.
        freepages_delay_total: U64,
        /// Number of waits for pages that thrash.
        thrashing_count: U64,
        /// Total wait for pages that thrash, in nanoseconds.
        thrashing_delay_total: U64,
        /// Start time in seconds since 1970.
        #[doc(alias = "ac_btime64")]
        btime64: U64,
        /// Number of waits for memory compaction.
        compact_count: U64,
        /// Total wait for memory compaction, in nanoseconds.
        compact_delay_total: U64,
        /// Process ID (thread group ID).
        #[doc(alias = "ac_tgid")]
        tgid: U32,
        /// Padding.
        padding5: [u8; 4],
        /// Elapsed time of the process since its start, in microseconds.
        #[doc(alias = "ac_tgetime")]
        tgetime: U64,
        /// Device ID of the executable.
        #[doc(alias = "ac_exe_dev")]
        exe_dev: U64,
        /// Inode number of the executable.
        #[doc(alias = "ac_exe_inode")]
        exe_inode: U64,
        /// Number of waits for copies of write-protected pages.
        wpcopy_count: U64,
        /// Total wait for copies of write-protected pages, in nanoseconds.
        wpcopy_delay_total: U64,
        /// Number of delays by interrupts.
        irq_count: U64,
        /// Total delay by interrupts, in nanoseconds.
        irq_delay_total: U64,
        /// Maximum wait for a CPU, in nanoseconds (Linux 6.14).
        cpu_delay_max: U64,
        /// Minimum wait for a CPU, in nanoseconds (Linux 6.14).
        cpu_delay_min: U64,
        /// Maximum wait for synchronous block I/O, in nanoseconds (Linux 6.14).
        blkio_delay_max: U64,
        /// Minimum wait for synchronous block I/O, in nanoseconds (Linux 6.14).
        blkio_delay_min: U64,
        /// Maximum wait for pages to be swapped in, in nanoseconds (Linux
        /// 6.14).
        swapin_delay_max: U64,
        /// Minimum wait for pages to be swapped in, in nanoseconds (Linux
        /// 6.14).
        swapin_delay_min: U64,
        /// Maximum wait for memory reclaim, in nanoseconds (Linux 6.14).
        freepages_delay_max: U64,
        /// Minimum wait for memory reclaim, in nanoseconds (Linux 6.14).
        freepages_delay_min: U64,
        /// Maximum wait for pages that thrash, in nanoseconds (Linux 6.14).
        thrashing_delay_max: U64,
        /// Minimum wait for pages that thrash, in nanoseconds (Linux 6.14).
        thrashing_delay_min: U64,
        /// Maximum wait for memory compaction, in nanoseconds (Linux 6.14).
        compact_delay_max: U64,
        /// Minimum wait for memory compaction, in nanoseconds (Linux 6.14).
        compact_delay_min: U64,
        /// Maximum wait for copies of write-protected pages, in nanoseconds
        /// (Linux 6.14).
        wpcopy_delay_max: U64,
        /// Minimum wait for copies of write-protected pages, in nanoseconds
        /// (Linux 6.14).
        wpcopy_delay_min: U64,
        /// Maximum delay by interrupts, in nanoseconds (Linux 6.14).
        irq_delay_max: U64,
        /// Minimum delay by interrupts, in nanoseconds (Linux 6.14).
        irq_delay_min: U64,
    }
}

impl TaskStats {
    /// Returns the name of the command, without its NUL.
    #[must_use]
    pub fn command(&self) -> &[u8] {
        self.comm
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default()
    }
}
