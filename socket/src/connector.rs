//! Process events: forks, execs and exits.
//!
//! The kernel sends them in the first network namespace only, and requires
//! `CAP_NET_ADMIN`.
//!
//! ```no_run
//! use nlsock::{Event, connector};
//! use nlwire::connector::{Change, ProcessEventData};
//!
//! let mut events = connector::process_events()?;
//! while let Some(event) = events.next()? {
//!     let Event::Item(event) = event else {
//!         println!("some are lost");
//!         continue;
//!     };
//!     let Change::Process(event) = Change::of(event.message()) else {
//!         continue;
//!     };
//!     match event.data() {
//!         ProcessEventData::Exec(id) => println!("{} starts a program", id.process),
//!         ProcessEventData::Exit(exit) => println!("{} ends", exit.id.thread),
//!         _ => {}
//!     }
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

use nlwire::connector::{CN_IDX_PROC, SetProcessEvents};

use crate::{Config, Error, Events, Protocol};

/// Opens a stream of process events, and asks the kernel to start them.
///
/// The first event, [`ProcessEventData::Answer`], has the errno of that
/// request, or 0. [`SetProcessEvents::ignore`] stops the events:
///
/// ```no_run
/// use nlsock::connector;
/// use nlwire::connector::SetProcessEvents;
///
/// let mut events = connector::process_events()?;
/// events.conn().send(SetProcessEvents::ignore())?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// The errors of [`Config::events`] and of [`Conn::send`](crate::Conn::send).
///
/// [`ProcessEventData::Answer`]: nlwire::connector::ProcessEventData::Answer
#[doc(alias = "PROC_CN_MCAST_LISTEN")]
pub fn process_events() -> Result<Events, Error> {
    let conn = Config::new(Protocol::CONNECTOR).group(CN_IDX_PROC).open()?;
    conn.send(SetProcessEvents::listen())?;
    Ok(Events::new(conn))
}
