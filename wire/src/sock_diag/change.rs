//! Notifications of closed sockets.

use super::{AF_INET, AF_INET6, InetRow, SOCK_DIAG_BY_FAMILY};
use crate::{MessageRef, Row};

/// Notification of a closed TCP or UDP socket, for the groups
/// `SKNLGRP_*_DESTROY`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Closed socket.
    Closed(InetRow<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its type and its address family.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        match (message.kind(), message.payload().first()) {
            (SOCK_DIAG_BY_FAMILY, Some(&(AF_INET | AF_INET6))) => Self::Closed(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
