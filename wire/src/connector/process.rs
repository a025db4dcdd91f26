//! Events of processes: `struct proc_event` (`linux/cn_proc.h`).

use crate::bytes::front;
use crate::zerocopy::native_endian::{I32, U32, U64};
use crate::zerocopy::{FromBytes, Immutable, Unaligned};

use super::{CN_IDX_PROC, CN_VAL_PROC, Connector};
use crate::numbers::numbers;
use crate::structs::structs;

/// Data of a request: events are wanted. Each counts; one
/// [`PROC_CN_MCAST_IGNORE`] takes one back.
pub const PROC_CN_MCAST_LISTEN: u32 = 1;
/// Data of a request: events are wanted no longer.
pub const PROC_CN_MCAST_IGNORE: u32 = 2;

numbers! {
    /// What has happened to a process or a thread.
    pub struct ProcessEventKind(u32) {
        /// Nothing: this answers a request.
        NONE = 0 "PROC_EVENT_NONE" "none";
        /// It was made.
        FORK = 0x1 "PROC_EVENT_FORK" "fork";
        /// It has started a program.
        EXEC = 0x2 "PROC_EVENT_EXEC" "exec";
        /// Its user changed.
        UID = 0x4 "PROC_EVENT_UID" "uid";
        /// Its group changed.
        GID = 0x40 "PROC_EVENT_GID" "gid";
        /// It has made a session.
        SID = 0x80 "PROC_EVENT_SID" "sid";
        /// A tracer was attached or detached.
        PTRACE = 0x100 "PROC_EVENT_PTRACE" "ptrace";
        /// Its name changed.
        COMM = 0x200 "PROC_EVENT_COMM" "comm";
        /// In a request: only ends with a status other than 0.
        NONZERO_EXIT = 0x2000_0000 "PROC_EVENT_NONZERO_EXIT" "nonzero-exit";
        /// It has dumped core.
        COREDUMP = 0x4000_0000 "PROC_EVENT_COREDUMP" "coredump";
        /// It has ended.
        EXIT = 0x8000_0000 "PROC_EVENT_EXIT" "exit";
    }
}

structs! {
    /// What every event begins with.
    #[doc(alias = "proc_event")]
    pub struct ProcessEventHeader: 16 {
        /// What has happened ([`ProcessEventKind`]).
        #[doc(alias = "what")]
        kind: U32,
        /// The processor that it happened on.
        cpu: U32,
        /// When, in nanoseconds since the machine started.
        #[doc(alias = "timestamp_ns")]
        timestamp: U64,
    }

    /// A thread and its process.
    pub struct ProcessId: 8 {
        /// The thread.
        #[doc(alias = "process_pid")]
        thread: I32,
        /// The process.
        #[doc(alias = "process_tgid")]
        process: I32,
    }

    /// A process or a thread was made.
    #[doc(alias = "fork_proc_event")]
    pub struct ForkEvent: 16 {
        /// By this one.
        parent: ProcessId,
        /// The new one.
        child: ProcessId,
    }

    /// A user or a group changed.
    #[doc(alias = "id_proc_event")]
    pub struct IdEvent: 16 {
        /// Whose.
        id: ProcessId,
        /// The real user or group.
        #[doc(alias = "ruid", alias = "rgid")]
        real: U32,
        /// The effective one.
        #[doc(alias = "euid", alias = "egid")]
        effective: U32,
    }

    /// A tracer was attached, or detached where it is zeros.
    #[doc(alias = "ptrace_proc_event")]
    pub struct PtraceEvent: 16 {
        /// The traced.
        id: ProcessId,
        /// The tracer.
        tracer: ProcessId,
    }

    /// A name changed.
    #[doc(alias = "comm_proc_event")]
    pub struct CommEvent: 24 {
        /// Whose.
        id: ProcessId,
        /// The name, with a NUL.
        comm: [u8; 16],
    }

    /// A core was dumped; kernels before 4.18 send no parent.
    #[doc(alias = "coredump_proc_event")]
    pub struct CoredumpEvent: 16 {
        /// Whose.
        id: ProcessId,
        /// Its parent.
        parent: ProcessId,
    }

    /// A process or a thread has ended; kernels before 4.18 send no parent.
    #[doc(alias = "exit_proc_event")]
    pub struct ExitEvent: 24 {
        /// Which.
        id: ProcessId,
        /// The status, as wait(2) has it.
        #[doc(alias = "exit_code")]
        status: U32,
        /// The signal that its parent is sent.
        #[doc(alias = "exit_signal")]
        signal: U32,
        /// Its parent.
        parent: ProcessId,
    }
}

/// An event of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ProcessEvent<'a> {
    header: &'a ProcessEventHeader,
    data: &'a [u8],
}

/// What an event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum ProcessEventData<'a> {
    /// The answer to a request: an errno, or 0.
    Answer(u32),
    /// A process or a thread was made.
    Fork(&'a ForkEvent),
    /// A program was started.
    Exec(&'a ProcessId),
    /// The user changed.
    User(&'a IdEvent),
    /// The group changed.
    Group(&'a IdEvent),
    /// A session was made.
    Session(&'a ProcessId),
    /// A tracer was attached or detached.
    Ptrace(&'a PtraceEvent),
    /// The name changed.
    Comm(&'a CommEvent),
    /// A core was dumped.
    Coredump(&'a CoredumpEvent),
    /// A process or a thread has ended.
    Exit(&'a ExitEvent),
    /// Something else, or less than a kernel of today tells.
    Other(&'a [u8]),
}

impl<'a> ProcessEvent<'a> {
    /// Reads an event; nothing if the message is of another part of the
    /// kernel, or too short.
    #[must_use]
    pub fn new(message: &Connector<'a>) -> Option<Self> {
        let id = (message.header().index.get(), message.header().value.get());
        if id != (CN_IDX_PROC, CN_VAL_PROC) {
            return None;
        }
        let (header, data) = front::<ProcessEventHeader>(message.data())?;
        Some(Self { header, data })
    }

    /// Returns the header.
    #[must_use]
    pub const fn header(&self) -> &'a ProcessEventHeader {
        self.header
    }

    /// Returns what has happened.
    #[must_use]
    pub const fn kind(&self) -> ProcessEventKind {
        ProcessEventKind(self.header.kind.get())
    }

    /// Returns what the event tells.
    #[must_use]
    pub fn data(&self) -> ProcessEventData<'a> {
        use ProcessEventData as Data;

        match self.kind() {
            ProcessEventKind::NONE => self.view().map(|code: &U32| Data::Answer(code.get())),
            ProcessEventKind::FORK => self.view().map(Data::Fork),
            ProcessEventKind::EXEC => self.view().map(Data::Exec),
            ProcessEventKind::UID => self.view().map(Data::User),
            ProcessEventKind::GID => self.view().map(Data::Group),
            ProcessEventKind::SID => self.view().map(Data::Session),
            ProcessEventKind::PTRACE => self.view().map(Data::Ptrace),
            ProcessEventKind::COMM => self.view().map(Data::Comm),
            ProcessEventKind::COREDUMP => self.view().map(Data::Coredump),
            ProcessEventKind::EXIT => self.view().map(Data::Exit),
            _ => None,
        }
        .unwrap_or(Data::Other(self.data))
    }

    fn view<T>(&self) -> Option<&'a T>
    where
        T: FromBytes + Immutable + Unaligned,
    {
        front::<T>(self.data).map(|(value, _)| value)
    }
}

impl CommEvent {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        self.comm
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default()
    }
}
