//! Events of processes: that one was made, starts a program, ends.
//!
//! The kernel sends them in the first network namespace only, and wants
//! `CAP_NET_ADMIN`.
//!
//! ```no_run
//! use nlsock::{Event, connector};
//! use nlwire::connector::ProcessEventData;
//!
//! let mut events = connector::process_events()?;
//! loop {
//!     let Event::Item(event) = events.next()? else {
//!         println!("some are lost");
//!         continue;
//!     };
//!     let event = connector::process_event(event.message());
//!     match event.as_ref().map(|event| event.data()) {
//!         Some(ProcessEventData::Exec(id)) => println!("{} starts a program", id.process),
//!         Some(ProcessEventData::Exit(exit)) => println!("{} ends", exit.id.thread),
//!         _ => {}
//!     }
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

use nlwire::MessageRef;
use nlwire::connector::{
    CN_IDX_PROC, CN_VAL_PROC, Connector, PROC_CN_MCAST_IGNORE, PROC_CN_MCAST_LISTEN, ProcessEvent,
};

use crate::{Config, Conn, Error, Events, Protocol, Transport};

/// Opens a stream of events of processes, and asks the kernel to begin.
///
/// The first of them, [`ProcessEventData::Answer`], has the errno of having
/// asked, or 0.
///
/// # Errors
///
/// As [`Config::events`] and [`Conn::send`].
///
/// [`ProcessEventData::Answer`]: nlwire::connector::ProcessEventData::Answer
#[doc(alias = "PROC_CN_MCAST_LISTEN")]
pub fn process_events() -> Result<Events, Error> {
    let config = Config::new(Protocol::CONNECTOR).group(CN_IDX_PROC);
    let conn = config.open()?;
    tell(&conn, PROC_CN_MCAST_LISTEN)?;
    Ok(Events::new(conn))
}

/// Asks the kernel to make events of processes no longer for this listener.
/// Kernels before 6.6 go on making them when a socket was closed without.
///
/// # Errors
///
/// As [`Conn::send`].
#[doc(alias = "PROC_CN_MCAST_IGNORE")]
pub fn ignore_process_events<T, B>(conn: &Conn<T, B>) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    tell(conn, PROC_CN_MCAST_IGNORE)
}

/// Reads a message as an event of a process; nothing if it is something else.
#[must_use]
pub fn process_event(message: MessageRef<'_>) -> Option<ProcessEvent<'_>> {
    ProcessEvent::new(&Connector::new(message).ok()?)
}

fn tell<T, B>(conn: &Conn<T, B>, what: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let mut buffer = [0; 64];
    let data = what.to_ne_bytes();
    let message = Connector::write(&mut buffer, CN_IDX_PROC, CN_VAL_PROC, &data)
        .map_err(|error| conn.state.unwritten(error))?;
    conn.send_bytes(message.as_bytes())
}
