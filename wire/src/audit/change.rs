//! Messages that arrive without a request.

use super::{Record, RecordType, Replacement};
use crate::MessageRef;
use crate::bytes::front;

/// Record or other message of the audit system.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Record.
    Record(Record<'a>),
    /// Probe for the daemon: the process with this ID wants to replace it. A daemon that
    /// receives the probe stays.
    Replace(u32),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its type.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        if message.kind() == RecordType::REPLACE.message_type() {
            if let Some((replacement, _)) = front::<Replacement>(message.payload()) {
                return Self::Replace(replacement.process.get());
            }
        }
        match Record::new(message) {
            Some(record) => Self::Record(record),
            None => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
