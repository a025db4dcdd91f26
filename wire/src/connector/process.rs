//! Process events: `struct proc_event` (`linux/cn_proc.h`).

use crate::bytes::front;
use crate::zerocopy::native_endian::{I32, U32, U64};
use crate::zerocopy::{FromBytes, Immutable, Unaligned};

use super::{CN_IDX_PROC, CN_VAL_PROC, Connector};
use crate::numbers::numbers;
use crate::structs::structs;

/// Data of a request: starts the process events. The kernel counts such
/// requests; each [`PROC_CN_MCAST_IGNORE`] cancels one.
pub const PROC_CN_MCAST_LISTEN: u32 = 1;
/// Data of a request: stops the process events.
pub const PROC_CN_MCAST_IGNORE: u32 = 2;

numbers! {
    /// Kind of a process event.
    pub struct ProcessEventKind(u32) {
        /// Answer to a request.
        NONE = 0 "PROC_EVENT_NONE" "none";
        /// A process or thread was created.
        FORK = 0x1 "PROC_EVENT_FORK" "fork";
        /// A process executed a program.
        EXEC = 0x2 "PROC_EVENT_EXEC" "exec";
        /// A process changed its user ID.
        UID = 0x4 "PROC_EVENT_UID" "uid";
        /// A process changed its group ID.
        GID = 0x40 "PROC_EVENT_GID" "gid";
        /// A process created a session.
        SID = 0x80 "PROC_EVENT_SID" "sid";
        /// A tracer was attached or detached.
        PTRACE = 0x100 "PROC_EVENT_PTRACE" "ptrace";
        /// A process changed its name.
        COMM = 0x200 "PROC_EVENT_COMM" "comm";
        /// In a request: reports only exits with a status other than 0.
        NONZERO_EXIT = 0x2000_0000 "PROC_EVENT_NONZERO_EXIT" "nonzero-exit";
        /// A process dumped core.
        COREDUMP = 0x4000_0000 "PROC_EVENT_COREDUMP" "coredump";
        /// A process or thread exited.
        EXIT = 0x8000_0000 "PROC_EVENT_EXIT" "exit";
    }
}

structs! {
    /// Header of each process event.
    #[doc(alias = "proc_event")]
    pub struct ProcessEventHeader: 16 {
        /// Kind of the event ([`ProcessEventKind`]).
        #[doc(alias = "what")]
        kind: U32,
        /// CPU number on which the event happened.
        cpu: U32,
        /// Time of the event in nanoseconds since boot.
        #[doc(alias = "timestamp_ns")]
        timestamp: U64,
    }

    /// Thread ID and process ID.
    pub struct ProcessId: 8 {
        /// Thread ID.
        #[doc(alias = "process_pid")]
        thread: I32,
        /// Process ID.
        #[doc(alias = "process_tgid")]
        process: I32,
    }

    /// Fork: creation of a process or a thread.
    #[doc(alias = "fork_proc_event")]
    pub struct ForkEvent: 16 {
        /// Parent.
        parent: ProcessId,
        /// Child.
        child: ProcessId,
    }

    /// Change of a user ID or a group ID.
    #[doc(alias = "id_proc_event")]
    pub struct IdEvent: 16 {
        /// Process and thread that changed.
        id: ProcessId,
        /// Real user ID or group ID.
        #[doc(alias = "ruid", alias = "rgid")]
        real: U32,
        /// Effective user ID or group ID.
        #[doc(alias = "euid", alias = "egid")]
        effective: U32,
    }

    /// Attachment of a tracer, or detachment if the tracer's IDs are 0.
    #[doc(alias = "ptrace_proc_event")]
    pub struct PtraceEvent: 16 {
        /// Traced process.
        id: ProcessId,
        /// Tracer.
        tracer: ProcessId,
    }

    /// Change of a process name.
    #[doc(alias = "comm_proc_event")]
    pub struct CommEvent: 24 {
        /// Process and thread that changed.
        id: ProcessId,
        /// New name, ended by a NUL.
        comm: [u8; 16],
    }

    /// Core dump of a process. Kernels before 4.18 send no parent.
    #[doc(alias = "coredump_proc_event")]
    pub struct CoredumpEvent: 16 {
        /// Process that dumped core.
        id: ProcessId,
        /// Parent of the process.
        parent: ProcessId,
    }

    /// Exit of a process or a thread. Kernels before 4.18 send no parent.
    #[doc(alias = "exit_proc_event")]
    pub struct ExitEvent: 24 {
        /// Process and thread that exited.
        id: ProcessId,
        /// Exit status, as wait(2) returns it.
        #[doc(alias = "exit_code")]
        status: U32,
        /// Signal that the parent receives.
        #[doc(alias = "exit_signal")]
        signal: U32,
        /// Parent of the process.
        parent: ProcessId,
    }
}

/// Process event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ProcessEvent<'a> {
    header: &'a ProcessEventHeader,
    data: &'a [u8],
}

/// Data of a process event, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum ProcessEventData<'a> {
    /// Answer to a request: an errno, or 0.
    Answer(u32),
    /// Creation of a process or a thread.
    Fork(&'a ForkEvent),
    /// Execution of a program.
    Exec(&'a ProcessId),
    /// Change of the user ID.
    User(&'a IdEvent),
    /// Change of the group ID.
    Group(&'a IdEvent),
    /// Creation of a session.
    Session(&'a ProcessId),
    /// Attachment or detachment of a tracer.
    Ptrace(&'a PtraceEvent),
    /// Change of the name.
    Comm(&'a CommEvent),
    /// Core dump.
    Coredump(&'a CoredumpEvent),
    /// Exit of a process or a thread.
    Exit(&'a ExitEvent),
    /// Unknown kind, or data shorter than the struct of its kind.
    Other(&'a [u8]),
}

impl<'a> ProcessEvent<'a> {
    /// Reads an event; returns `None` if the message has another index or is
    /// too short.
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

    /// Returns the kind of the event.
    #[must_use]
    pub const fn kind(&self) -> ProcessEventKind {
        ProcessEventKind(self.header.kind.get())
    }

    /// Returns the data of the event.
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
    /// Returns the name, without its NUL.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        self.comm
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default()
    }
}
