//! Families that a configuration adds to traces.

use core::sync::atomic::{AtomicU16, Ordering};

use nlwire::pretty::Family;
use nlwire::schema::Protocol as Schema;
use nlwire::{MessageType, Messages};

use crate::{Hook, Protocol};

/// Maximum number of families that a socket describes.
pub(crate) const MOST_FAMILIES: usize = 8;

const GENL_ID_CTRL: MessageType = MessageType(16);
/// Length of `struct genlmsghdr`.
const COMMAND_LEN: usize = 4;
const CTRL_ATTR_FAMILY_ID: u16 = 1;
const CTRL_ATTR_FAMILY_NAME: u16 = 2;

/// Hook of a socket, and the families that its traces describe. Numbers of
/// generic families are read from the controller's answers on the same socket.
#[derive(Debug)]
pub(crate) struct Tracing {
    pub(crate) hook: Option<Hook>,
    pub(crate) families: [Option<&'static Schema>; MOST_FAMILIES],
    /// Number of each family; 0 if unknown.
    numbers: [AtomicU16; MOST_FAMILIES],
}

impl Tracing {
    pub(crate) const fn new(hook: Option<Hook>) -> Self {
        Self {
            hook,
            families: [None; MOST_FAMILIES],
            numbers: [const { AtomicU16::new(0) }; MOST_FAMILIES],
        }
    }

    /// Returns the families, each with its number.
    fn named(&self) -> impl Iterator<Item = (&'static Schema, &AtomicU16)> {
        self.families.iter().flatten().copied().zip(&self.numbers)
    }

    /// Returns the families that traces can describe: a generic family once its
    /// number is known.
    pub(super) fn known(&self) -> ([Family<'static>; MOST_FAMILIES], usize) {
        let mut families = [Family {
            number: None,
            protocol: &NOTHING,
        }; MOST_FAMILIES];
        let mut count = 0_usize;
        for (family, number) in self.named() {
            let number = match (family.family, number.load(Ordering::Relaxed)) {
                (None, _) => None,
                (Some(_), 0) => continue,
                (Some(_), number) => Some(MessageType(number)),
            };
            if let Some(slot) = families.get_mut(count) {
                *slot = Family {
                    number,
                    protocol: family,
                };
                count = count.saturating_add(1);
            }
        }
        (families, count)
    }

    /// Reads the numbers of families from a datagram.
    pub(super) fn learn(&self, protocol: Protocol, datagram: &[u8]) {
        if self.named().next().is_none() || protocol != Protocol::GENERIC {
            return;
        }
        for message in Messages::new(datagram).map_while(Result::ok) {
            if message.kind() != GENL_ID_CTRL {
                continue;
            }
            let attributes = message.attributes(COMMAND_LEN);
            let find = |kind| attributes.find(kind).ok().flatten();
            let Some(name) = find(CTRL_ATTR_FAMILY_NAME).map(|name| name.text()) else {
                continue;
            };
            let Some(Ok(id)) = find(CTRL_ATTR_FAMILY_ID).map(|id| id.u16()) else {
                continue;
            };
            for (family, number) in self.named() {
                if family.family.is_some_and(|family| name == family) {
                    number.store(id, Ordering::Relaxed);
                }
            }
        }
    }
}

static NOTHING: Schema = Schema::new(u8::MAX, "", &[]);
