//! `TASKSTATS`: what processes and threads have used (`linux/taskstats.h`).
//! It answers those with `CAP_NET_ADMIN` in the first user namespace.
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

mod request;
mod version;

pub use request::{GetTaskStats, PROTOCOL, SetExitReports, TaskStatsRow};
pub use version::TaskStatsBytes;

use crate::zerocopy::native_endian::{U16, U32, U64};

use crate::attributes;
use crate::codec::{Bytes, Nest, Str};
use crate::structs::structs;

/// The name of the family.
pub const TASKSTATS_GENL_NAME: &str = "TASKSTATS";
/// The version of its interface.
pub const TASKSTATS_GENL_VERSION: u8 = 1;

/// Command: asks for a process or a thread; answers have it as well.
pub const TASKSTATS_CMD_GET: u8 = 1;
/// Command: reports a thread or a process that has ended.
pub const TASKSTATS_CMD_NEW: u8 = 2;

attributes! {
    /// The attributes of a request (`TASKSTATS_CMD_ATTR_*`).
    pub set TaskRequest, enum TaskRequestAttr {
        /// The thread.
        1 TASKSTATS_CMD_ATTR_PID Thread thread: u32,
        /// The process, all of its threads.
        2 TASKSTATS_CMD_ATTR_TGID Process process: u32,
        /// The processors whose threads shall be reported when they end, as a
        /// list: `0-3,6`.
        3 TASKSTATS_CMD_ATTR_REGISTER_CPUMASK Register register: Str,
        /// Those that shall not be any more.
        4 TASKSTATS_CMD_ATTR_DEREGISTER_CPUMASK Deregister deregister: Str,
    }
}

attributes! {
    /// The attributes of an answer (`TASKSTATS_TYPE_*`): a nest with a number
    /// and what was used.
    pub set TaskReport, enum TaskReportAttr {
        /// The thread.
        1 TASKSTATS_TYPE_PID Thread thread: u32,
        /// The process.
        2 TASKSTATS_TYPE_TGID Process process: u32,
        /// What it has used.
        3 TASKSTATS_TYPE_STATS Stats stats: TaskStatsBytes<'static>,
        /// A thread, in a nest of this set.
        4 TASKSTATS_TYPE_AGGR_PID OfThread of_thread: Nest<TaskReport>,
        /// A process, in a nest of this set.
        5 TASKSTATS_TYPE_AGGR_TGID OfProcess of_process: Nest<TaskReport>,
        /// Nothing, to align what follows.
        6 TASKSTATS_TYPE_NULL Null null: Bytes,
    }
}

structs! {
    /// What a thread or a process has used; each version has added to it, so
    /// that older kernels send less.
    #[doc(alias = "taskstats")]
    pub struct TaskStats: 560 {
        /// The version of this struct, which says how much of it there is.
        version: U16,
        /// Padding.
        padding1: [u8; 2],
        /// The exit status.
        #[doc(alias = "ac_exitcode")]
        exitcode: U32,
        /// Flags of acct(5).
        #[doc(alias = "ac_flag")]
        flag: u8,
        /// The nice value.
        #[doc(alias = "ac_nice")]
        nice: u8,
        /// Padding.
        padding2: [u8; 6],
        /// How often it waited for a processor.
        cpu_count: U64,
        /// For how long, in nanoseconds.
        cpu_delay_total: U64,
        /// How often it waited for block devices.
        blkio_count: U64,
        /// For how long, in nanoseconds.
        blkio_delay_total: U64,
        /// How often it waited for pages to be swapped in.
        swapin_count: U64,
        /// For how long, in nanoseconds.
        swapin_delay_total: U64,
        /// The time that it ran, in nanoseconds.
        cpu_run_real_total: U64,
        /// The same without corrections for virtual machines.
        cpu_run_virtual_total: U64,
        /// The name of the command, with a NUL.
        #[doc(alias = "ac_comm")]
        comm: [u8; 32] as crate::schema::PaddedText,
        /// The scheduling policy.
        #[doc(alias = "ac_sched")]
        sched: u8,
        /// Zero.
        #[doc(alias = "ac_pad")]
        reserved: [u8; 3],
        /// Padding.
        padding3: [u8; 4],
        /// The user.
        #[doc(alias = "ac_uid")]
        uid: U32,
        /// The group.
        #[doc(alias = "ac_gid")]
        gid: U32,
        /// The process or thread.
        #[doc(alias = "ac_pid")]
        pid: U32,
        /// Its parent.
        #[doc(alias = "ac_ppid")]
        ppid: U32,
        /// When it began, in seconds since 1970, in 32 bits.
        #[doc(alias = "ac_btime")]
        btime: U32,
        /// Padding.
        padding4: [u8; 4],
        /// Since when it runs, in microseconds.
        #[doc(alias = "ac_etime")]
        etime: U64,
        /// Its time in user mode, in microseconds.
        #[doc(alias = "ac_utime")]
        utime: U64,
        /// Its time in the kernel, in microseconds.
        #[doc(alias = "ac_stime")]
        stime: U64,
        /// Minor page faults.
        #[doc(alias = "ac_minflt")]
        minflt: U64,
        /// Major page faults.
        #[doc(alias = "ac_majflt")]
        majflt: U64,
        /// Resident memory over time, in megabytes times microseconds.
        coremem: U64,
        /// Virtual memory over time, in megabytes times microseconds.
        virtmem: U64,
        /// The most resident memory, in kilobytes.
        hiwater_rss: U64,
        /// The most virtual memory, in kilobytes.
        hiwater_vm: U64,
        /// Bytes read.
        read_char: U64,
        /// Bytes written.
        write_char: U64,
        /// Calls of read(2).
        read_syscalls: U64,
        /// Calls of write(2).
        write_syscalls: U64,
        /// Bytes read from block devices.
        read_bytes: U64,
        /// Bytes written to block devices.
        write_bytes: U64,
        /// Bytes that after all were not.
        cancelled_write_bytes: U64,
        /// How often it gave up the processor.
        nvcsw: U64,
        /// How often it had to.
        nivcsw: U64,
        /// Its time in user mode at the speed of the processor.
        #[doc(alias = "ac_utimescaled")]
        utimescaled: U64,
        /// Its time in the kernel at the speed of the processor.
        #[doc(alias = "ac_stimescaled")]
        stimescaled: U64,
        /// The time that it ran at that speed.
        cpu_scaled_run_real_total: U64,
        /// How often it waited for memory to be reclaimed.
        freepages_count: U64,
        /// For how long, in nanoseconds.
        freepages_delay_total: U64,
        /// How often it waited for pages that had just been evicted.
        thrashing_count: U64,
        /// For how long, in nanoseconds.
        thrashing_delay_total: U64,
        /// When it began, in seconds since 1970.
        #[doc(alias = "ac_btime64")]
        btime64: U64,
        /// How often it waited for memory to be compacted.
        compact_count: U64,
        /// For how long, in nanoseconds.
        compact_delay_total: U64,
        /// Its process.
        #[doc(alias = "ac_tgid")]
        tgid: U32,
        /// Padding.
        padding5: [u8; 4],
        /// Since when its process runs, in microseconds.
        #[doc(alias = "ac_tgetime")]
        tgetime: U64,
        /// The device of its program.
        #[doc(alias = "ac_exe_dev")]
        exe_dev: U64,
        /// The inode of its program.
        #[doc(alias = "ac_exe_inode")]
        exe_inode: U64,
        /// How often it waited for copies of write-protected pages.
        wpcopy_count: U64,
        /// For how long, in nanoseconds.
        wpcopy_delay_total: U64,
        /// How often it waited for interrupts.
        irq_count: U64,
        /// For how long, in nanoseconds.
        irq_delay_total: U64,
        /// The longest wait for a processor, in nanoseconds (Linux 6.14).
        cpu_delay_max: U64,
        /// The shortest one.
        cpu_delay_min: U64,
        /// The longest wait for block devices, in nanoseconds (Linux 6.14).
        blkio_delay_max: U64,
        /// The shortest one.
        blkio_delay_min: U64,
        /// The longest wait for pages to be swapped in, in nanoseconds (Linux 6.14).
        swapin_delay_max: U64,
        /// The shortest one.
        swapin_delay_min: U64,
        /// The longest wait for memory to be reclaimed, in nanoseconds (Linux 6.14).
        freepages_delay_max: U64,
        /// The shortest one.
        freepages_delay_min: U64,
        /// The longest wait for pages that had just been evicted, in nanoseconds (Linux 6.14).
        thrashing_delay_max: U64,
        /// The shortest one.
        thrashing_delay_min: U64,
        /// The longest wait for memory to be compacted, in nanoseconds (Linux 6.14).
        compact_delay_max: U64,
        /// The shortest one.
        compact_delay_min: U64,
        /// The longest wait for copies of write-protected pages, in nanoseconds (Linux 6.14).
        wpcopy_delay_max: U64,
        /// The shortest one.
        wpcopy_delay_min: U64,
        /// The longest wait for interrupts, in nanoseconds (Linux 6.14).
        irq_delay_max: U64,
        /// The shortest one.
        irq_delay_min: U64,
    }
}

impl TaskStats {
    /// Returns the name of the command.
    #[must_use]
    pub fn command(&self) -> &[u8] {
        self.comm
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default()
    }
}
