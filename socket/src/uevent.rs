//! Device events, as `udevadm monitor` prints them: the kernel's, and udevd's
//! after its rules.
//!
//! ```no_run
//! use nlsock::{Event, uevent};
//!
//! let mut events = uevent::kernel_events()?;
//! while let Some(event) = events.next_datagram()? {
//!     match event {
//!         Event::Item(datagram) => {
//!             let Some(event) = uevent::read(&datagram) else {
//!                 println!("no event: {:?}", datagram.as_bytes());
//!                 continue;
//!             };
//!             println!("{:?} {:?} {:?}", event.action(), event.path(), event.sequence());
//!             for (key, value) in event.pairs() {
//!                 println!("  {key:?} = {value:?}");
//!             }
//!         }
//!         Event::Lost { drops } => println!("{drops} lost so far"),
//!     }
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```
//!
//! Both groups report the links of a network namespace there, and all devices
//! in the first network namespace.

use nlwire::uevent::{UEVENT_GROUP_KERNEL, UEVENT_GROUP_UDEV, Uevent};

use crate::{Config, Datagram, Error, Events, Protocol, Trust};

/// Opens a stream of the kernel's events. Datagrams of other senders are
/// skipped.
///
/// ```
/// let mut events = nlsock::uevent::kernel_events()?;
/// // Nothing has happened yet.
/// assert!(events.try_next_datagram()?.is_pending());
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// The errors of [`Config::events`].
#[doc(alias = "UEVENT_GROUP_KERNEL")]
pub fn kernel_events() -> Result<Events, Error> {
    Config::new(Protocol::KOBJECT_UEVENT)
        .group(UEVENT_GROUP_KERNEL)
        .events()
}

/// Opens a stream of udevd's events, sent after udevd's rules have run.
/// Datagrams of other users than root are skipped.
///
/// # Errors
///
/// The errors of [`Config::events`].
#[doc(alias = "UEVENT_GROUP_UDEV")]
pub fn udev_events() -> Result<Events, Error> {
    Config::new(Protocol::KOBJECT_UEVENT)
        .group(UEVENT_GROUP_UDEV)
        .trust(Trust::Root)
        .events()
}

/// Reads a datagram of either stream; returns `None` if it is not an event.
#[must_use]
pub fn read<'b>(datagram: &Datagram<'b>) -> Option<Uevent<'b>> {
    Uevent::new(datagram.as_bytes())
}
