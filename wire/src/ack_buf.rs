//! Answers that own their bytes, without an allocator.

use core::fmt;

use heapless::Vec;

use crate::bytes::low32;
use crate::writer::Put;
use crate::{AckFlags, AckRef, Header, MessageRef, MessageType, Writer};

/// Copy of an answer in `N` bytes, at least [36](Self::MIN_LEN), which outlives
/// the receive buffer.
///
/// Errno and request header always fit. If the whole answer does not fit, the
/// copy leaves out the request's payload, and then the attributes that still do
/// not fit. The kernel's text takes about 100 bytes.
///
/// ```
/// use nlwire::{AckBuf, AckRef, Errno, Flags, MessageRef, MessageType, Writer};
///
/// let mut buffer = [0; 64];
/// let answer = Writer::message(&mut buffer, MessageType::ERROR, Flags::empty(), &(), |w| {
///     w.append(&(-22_i32))?.append(&[0_u8; 16])
/// })?;
/// let copy = AckBuf::<128>::new(AckRef::new(answer)?);
/// buffer.fill(0);
/// assert_eq!(copy.get().errno(), Some(Errno(22)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AckBuf<const N: usize> {
    header: Header,
    code: i32,
    bytes: Vec<u8, N>,
    is_complete: bool,
}

impl<const N: usize> AckBuf<N> {
    /// Minimum of `N`: two headers and the errno.
    pub const MIN_LEN: usize = 36;

    /// Copies an answer.
    #[must_use]
    pub fn new(ack: AckRef<'_>) -> Self {
        const { assert!(N >= Self::MIN_LEN, "an ack takes 36 bytes") }

        let message = ack.message();
        if let Ok(bytes) = Vec::from_slice(message.as_bytes()) {
            return Self {
                header: *message.header(),
                code: ack.code(),
                bytes,
                is_complete: true,
            };
        }
        let mut flags = message.flags();
        if message.kind() != MessageType::DONE {
            flags = flags | AckFlags::CAPPED;
        }
        let header = message.header().with_flags(flags);
        let mut bytes = Vec::from_array([0; N]);
        let mut writer = Writer::new(&mut bytes, 0);
        // The answer fits: see `MIN_LEN`.
        let _ = writer.append_headed(header, &(), |w| write_capped(w, ack));
        let length = writer.len();
        bytes.truncate(length);
        Self {
            header: header.with_length(low32(length)),
            code: ack.code(),
            bytes,
            is_complete: false,
        }
    }

    /// Returns the answer.
    #[must_use]
    pub fn get(&self) -> AckRef<'_> {
        let message = MessageRef::from_parts(&self.header, &self.bytes);
        AckRef::from_parts(message, self.code)
    }

    /// Returns true if the copy has the whole answer.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// Puts the payload of an answer without the request's payload, and with the
/// attributes that fit.
fn write_capped<'w, 'b>(writer: &'w mut Writer<'b>, ack: AckRef<'_>) -> Put<'w, 'b> {
    writer.append(&ack.code())?;
    if let Some(request) = ack.request() {
        writer.append(request)?;
    }
    for attribute in ack.attributes().map_while(Result::ok) {
        let _ = writer.raw(attribute);
    }
    Ok(writer)
}

impl<const N: usize> fmt::Debug for AckBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AckBuf({self})")
    }
}

/// Prints the answer as [`AckRef`] does.
impl<const N: usize> fmt::Display for AckBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
