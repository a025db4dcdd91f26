//! Events of the connector.

use super::{CN_IDX_PROC, CN_W1_IDX, Connector, ProcessEvent};
use crate::MessageRef;

/// Event of the connector.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Event of a process.
    Process(ProcessEvent<'a>),
    /// Event or answer of the 1-Wire buses, with
    /// [`W1Message`](super::W1Message)s as its data.
    W1(Connector<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its connector index.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let Ok(connector) = Connector::new(message) else {
            return Self::Other(message);
        };
        match (
            connector.header().index.get(),
            ProcessEvent::new(&connector),
        ) {
            (CN_IDX_PROC, Some(event)) => Self::Process(event),
            (CN_W1_IDX, _) => Self::W1(connector),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
