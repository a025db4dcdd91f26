//! What processes and threads have used.
//!
//! It needs `CAP_NET_ADMIN` in the first user namespace.
//!
//! ```no_run
//! use nlsock::generic::{self, taskstats};
//! use nlsock::{Conn, Protocol};
//!
//! let mut conn = Conn::open(Protocol::GENERIC)?;
//! let family = generic::family(&mut conn, "TASKSTATS")?.id();
//! let stats = taskstats::of_process(&mut conn, family, std::process::id())?;
//! println!("{} ns on processors", stats.cpu_run_real_total);
//! # Ok::<(), nlsock::Error>(())
//! ```

use nlwire::codec::AttributeSet as _;
use nlwire::generic::GenericHeader;
use nlwire::generic::taskstats::{
    TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION, TASKSTATS_TYPE_AGGR_PID, TASKSTATS_TYPE_AGGR_TGID,
    TASKSTATS_TYPE_STATS, TaskReport, TaskRequest, TaskRequestAttr, TaskStats,
};
use nlwire::schema::MessageSchema;
use nlwire::{DecodeError, MessageType};

use crate::table::{Row, get_by};
use crate::{Conn, Error, ErrorKind, Operation, Transport};

/// The number of the family is not known before it is asked for.
static REQUEST: MessageSchema =
    MessageSchema::new::<GenericHeader>(MessageType(0), "TASKSTATS_CMD_GET", TaskRequest::schema);

/// Returns what the threads of a process have used: `TASKSTATS_CMD_GET` of the
/// [family](super::family()) `TASKSTATS`. What an older kernel does not tell is
/// zero.
///
/// # Errors
///
/// As [`Conn::get`]: `ESRCH` if there is none, `EPERM` without
/// `CAP_NET_ADMIN`; [`ErrorKind::Decode`] for an answer without numbers.
#[doc(alias = "TASKSTATS_CMD_ATTR_TGID")]
pub fn of_process<T, B>(
    conn: &mut Conn<T, B>,
    family: MessageType,
    process: u32,
) -> Result<TaskStats, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let request = TaskRequestAttr::Process(process);
    ask(conn, family, request, TASKSTATS_TYPE_AGGR_TGID)
}

/// Returns what a thread has used: `TASKSTATS_CMD_GET`.
///
/// # Errors
///
/// As [`of_process`].
#[doc(alias = "TASKSTATS_CMD_ATTR_PID")]
pub fn of_thread<T, B>(
    conn: &mut Conn<T, B>,
    family: MessageType,
    thread: u32,
) -> Result<TaskStats, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let request = TaskRequestAttr::Thread(thread);
    ask(conn, family, request, TASKSTATS_TYPE_AGGR_PID)
}

fn ask<T, B>(
    conn: &mut Conn<T, B>,
    family: MessageType,
    request: TaskRequestAttr<'_>,
    nest: u16,
) -> Result<TaskStats, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let protocol = conn.protocol();
    let header = GenericHeader::new(TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION);
    let call = conn.call().described_by(&REQUEST);
    let row: Row<'_, GenericHeader, TaskReport> =
        get_by(call, family, &header, |w| w.put(request))?;
    let stats = || -> Result<TaskStats, DecodeError> {
        let report = row.attributes.require(nest)?.nested();
        Ok(report.require(TASKSTATS_TYPE_STATS)?.zero_extended())
    };
    stats().map_err(|error| {
        let operation = Operation::Request(family.0);
        Error::new(Some(protocol), operation, ErrorKind::Decode(error))
    })
}

#[cfg(all(test, feature = "test-util", feature = "alloc"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::fake::Kernel;
    use crate::{Errno, Protocol};
    use std::string::ToString as _;

    #[test]
    fn a_refusal_names_the_attribute() {
        let kernel =
            Kernel::answering(|_, answer| answer.refuse(Errno::EINVAL, Some("no"), Some(20)));
        let mut conn = Conn::over(kernel, [0; 4096], Protocol::GENERIC, 7);
        let error = of_process(&mut conn, MessageType(30), 1).unwrap_err();
        let named = ": EINVAL: no, at TASKSTATS_CMD_ATTR_TGID (byte 20)";
        assert!(error.to_string().ends_with(named), "{error}");
    }
}
