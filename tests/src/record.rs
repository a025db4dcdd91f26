//! Records of a socket's datagrams.

use nlsock::{Hook, Trace, TraceEvent};
use nlwire::{MessageType, Messages};
use std::sync::{Arc, Mutex, PoisonError};

/// A datagram that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Length in bytes.
    pub len: usize,
    /// The types of its messages.
    pub kinds: Vec<MessageType>,
}

/// Writes down what the sockets that have its hook receive.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<Recorded>>>);

impl Recorder {
    /// Returns a hook that writes into this.
    #[must_use]
    pub fn hook(&self) -> Hook {
        let records = self.clone();
        Hook::new(Box::leak(Box::new(move |trace: &Trace<'_>| {
            records.note(trace);
        })))
    }

    /// Returns what was received since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<Recorded> {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *records)
    }

    fn note(&self, trace: &Trace<'_>) {
        if let TraceEvent::Received { bytes, received } = trace.event {
            let messages = Messages::new(bytes).map_while(Result::ok);
            let kinds = messages.map(|message| message.kind()).collect();
            let len = received.len;
            let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            records.push(Recorded { len, kinds });
        }
    }
}
