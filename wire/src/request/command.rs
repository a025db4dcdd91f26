//! Messages of generic families.

use crate::schema::CommandHeader;
use crate::writer::Put;
use crate::{Flags, MessageType, Writer};

impl<'b> Writer<'b> {
    /// Appends a command of a generic family. The connection fills in the
    /// family's number, which it looks up by the name in
    /// [`Request::protocol`](crate::Request::protocol).
    ///
    /// ```
    /// use nlwire::schema::Protocol;
    /// use nlwire::{EncodeError, Flags, Next, Request, Writer};
    ///
    /// static TCP_METRICS: Protocol = Protocol::family("tcp_metrics", &[]);
    ///
    /// /// Forgets the metrics of one peer.
    /// struct DeleteMetrics(core::net::Ipv4Addr);
    ///
    /// impl Request for DeleteMetrics {
    ///     fn protocol(&self) -> Option<&'static Protocol> {
    ///         Some(&TCP_METRICS)
    ///     }
    ///
    ///     fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
    ///         // TCP_METRICS_CMD_DEL, version 1, TCP_METRICS_ATTR_ADDR_IPV4.
    ///         w.append_command(2, 1, Flags::empty(), |w| w.ip(1, self.0.into()))?;
    ///         Ok(Next::End)
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`EncodeError::Overflow`](crate::EncodeError::Overflow), and those of
    /// `attributes`; nothing of the message stays.
    #[doc(alias = "genlmsghdr")]
    pub fn append_command<F>(
        &mut self,
        command: u8,
        version: u8,
        flags: impl Into<Flags>,
        attributes: F,
    ) -> Put<'_, 'b>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let header = CommandHeader {
            command,
            version,
            ..CommandHeader::default()
        };
        // The stamp has the family's number in place of the 0.
        self.append_message(MessageType(0), flags, &header, attributes)
    }
}
