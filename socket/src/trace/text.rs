//! Text of a traced datagram.

use alloc::borrow::Cow;
use core::fmt::{Display, Formatter, Result};
use nlwire::pretty::Pretty;

use super::hook::{Trace, TraceEvent};
use crate::Address;

/// Summary of an event in one line: `route 4211 sent 40 bytes`, `route 4211
/// could not receive: ENOBUFS`.
pub(super) struct Summary<'a>(pub(super) &'a Trace<'a>);

impl Display for Summary<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Trace {
            protocol,
            port,
            event,
            ..
        } = self.0;
        write!(f, "{protocol} {port} ")?;
        match event {
            TraceEvent::NotOpened { error } => write!(f, "could not open: {error}"),
            TraceEvent::Sent { parts, to } => {
                write!(f, "sent {} bytes", len(parts))?;
                receiver(f, *to)
            }
            TraceEvent::NotSent { parts, to, errno } => {
                write!(f, "could not send {} bytes", len(parts))?;
                receiver(f, *to)?;
                write!(f, ": {errno}")
            }
            TraceEvent::Received { bytes, received } => {
                write!(f, "received {} bytes", received.len)?;
                if received.is_truncated(bytes.len()) {
                    write!(f, ", the first {} of them", bytes.len())?;
                }
                if received.sender.port != 0 {
                    write!(f, " from {}", received.sender.port)?;
                }
                if received.group != 0 {
                    write!(f, ", group {}", received.group)?;
                }
                if let Some(namespace) = received.namespace {
                    write!(f, ", namespace {namespace}")?;
                }
                Ok(())
            }
            TraceEvent::NotReceived { errno } => write!(f, "could not receive: {errno}"),
        }
    }
}

/// Messages of the datagram as a tree, with one line for each header and
/// attribute.
pub(super) struct Tree<'a>(pub(super) &'a Trace<'a>);

impl Display for Tree<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let protocol = Some(self.0.protocol.0);
        let datagram = bytes(&self.0.event);
        let tree = Pretty::new(&datagram, protocol).with_families(self.0.families);
        Display::fmt(&tree, f)
    }
}

/// Returns the bytes of the datagram in one piece.
pub(super) fn bytes<'a>(event: &TraceEvent<'a>) -> Cow<'a, [u8]> {
    match event {
        TraceEvent::Sent { parts, .. } | TraceEvent::NotSent { parts, .. } => match parts {
            [part] => Cow::Borrowed(part),
            parts => Cow::Owned(parts.concat()),
        },
        TraceEvent::Received { bytes, .. } => Cow::Borrowed(bytes),
        TraceEvent::NotOpened { .. } | TraceEvent::NotReceived { .. } => Cow::Borrowed(&[]),
    }
}

fn len(parts: &[&[u8]]) -> usize {
    parts
        .iter()
        .fold(0, |sum, part| sum.saturating_add(part.len()))
}

fn receiver(f: &mut Formatter<'_>, to: Option<Address>) -> Result {
    let to = to.unwrap_or_default();
    if to.port != 0 {
        write!(f, " to {}", to.port)?;
    }
    if to.groups != 0 {
        write!(f, " to groups {:#x}", to.groups)?;
    }
    Ok(())
}
