//! Helpers of this crate's tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::{Config, Interest, Socket, Wake};
use std::time::Duration;
use std::vec::Vec;

/// Returns a no-op with `NLM_F_REQUEST` and `NLM_F_ACK`, which the kernel
/// answers with 36 bytes.
pub(crate) fn noop(sequence: u32) -> [u8; 16] {
    let mut message = [0; 16];
    message[..4].copy_from_slice(&16_u32.to_ne_bytes());
    message[4..6].copy_from_slice(&1_u16.to_ne_bytes());
    message[6..8].copy_from_slice(&5_u16.to_ne_bytes());
    message[8..12].copy_from_slice(&sequence.to_ne_bytes());
    message
}

/// Receives a datagram within ten seconds.
pub(crate) fn recv_soon(socket: &Socket) -> Vec<u8> {
    let wake = socket.wait(Interest::Readable, Some(Duration::from_secs(10)));
    assert_eq!(wake, Ok(Wake::Ready));
    let mut buffer = [0; 4096];
    let received = socket.recv(&mut buffer).unwrap();
    buffer[..received.len].to_vec()
}

/// Opens a socket in a group that needs privileges, or prints that they are
/// missing.
pub(crate) fn privileged(config: Config) -> Option<Socket> {
    match config.open_socket() {
        Err(error) if error.is_permission() => {
            std::eprintln!("skipped, not privileged: {error}");
            None
        }
        result => Some(result.unwrap()),
    }
}

/// Returns messages in a byte buffer as a batch.
pub(crate) fn packed<B: AsRef<[u8]> + AsMut<[u8]>>(messages: &mut B) -> nlwire::Batch<&mut B> {
    nlwire::Batch::packed(messages).unwrap()
}

/// Request that forgives refusals with these errnos.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forgiving(pub(crate) &'static [nlwire::Errno]);

impl nlwire::Request for Forgiving {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        None
    }

    fn write(
        &self,
        _: u64,
        w: &mut nlwire::Writer<'_>,
    ) -> Result<nlwire::Next, nlwire::EncodeError> {
        let kind = nlwire::MessageType(24);
        w.append_message(kind, nlwire::Flags::empty(), &(), |w| w.u8(1, 5))?;
        Ok(nlwire::Next::End)
    }

    fn forgives(&self) -> &'static [nlwire::Errno] {
        self.0
    }
}
