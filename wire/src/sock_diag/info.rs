//! Information of the transport protocol, [`INET_DIAG_INFO`](super::INET_DIAG_INFO).

use core::fmt::{self, Debug, Formatter};

use super::{MptcpInfo, SctpInfo, TcpInfo};
use crate::codec::{Form, StructBytes};
use crate::schema::{By, Choice, Described as _, Shape};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer};

/// Transport information of a socket: the value of `INET_DIAG_INFO`.
///
/// The answer does not name the protocol: only the program that asked knows it,
/// and calls the reader of that protocol. A reader returns `None` for a value
/// whose size its protocol never had. Trees and `Debug` choose by size: up to
/// 96 bytes for MPTCP, 368 for SCTP, other sizes from 104 for TCP.
///
/// ```
/// use nlwire::sock_diag::{Inet, InetAttr, TcpInfo};
/// use nlwire::{Writer, fields};
///
/// let sent = TcpInfo { rtt: 13917.into(), ..TcpInfo::default() };
/// let mut buffer = [0; 512];
/// let block = Writer::attributes(&mut buffer, |w| w.put(InetAttr::Info((&sent).into())))?;
///
/// let info = fields!(block => Inet { info })?.info.unwrap();
/// assert_eq!(info.tcp().map(|tcp| tcp.get().rtt.get()), Some(13917));
/// assert!(info.mptcp().is_none() && info.sctp().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TransportInfo<'a>(&'a [u8]);

impl<'a> TransportInfo<'a> {
    /// Smallest `struct tcp_info` that `NETLINK_SOCK_DIAG` has sent.
    const TCP: usize = 104;
    /// Smallest and largest `struct mptcp_info`.
    const MPTCP: (usize, usize) = (40, size_of::<MptcpInfo>());
    const SCTP: usize = size_of::<SctpInfo>();

    /// Takes the bytes of a value.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the information of a TCP socket; `None` for another size.
    #[must_use]
    pub const fn tcp(&self) -> Option<StructBytes<'a, TcpInfo>> {
        if self.0.len() < Self::TCP || self.0.len() == Self::SCTP {
            return None;
        }
        Some(StructBytes::new(self.0))
    }

    /// Returns the information of an MPTCP socket; `None` for another size.
    #[must_use]
    pub const fn mptcp(&self) -> Option<StructBytes<'a, MptcpInfo>> {
        let (min, max) = Self::MPTCP;
        if self.0.len() < min || self.0.len() > max {
            return None;
        }
        Some(StructBytes::new(self.0))
    }

    /// Returns the information of an SCTP association; `None` for another size.
    #[must_use]
    pub const fn sctp(&self) -> Option<StructBytes<'a, SctpInfo>> {
        if self.0.len() != Self::SCTP {
            return None;
        }
        Some(StructBytes::new(self.0))
    }
}

impl Debug for TransportInfo<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.mptcp(), self.sctp(), self.tcp()) {
            (Some(mptcp), ..) => mptcp.fmt(f),
            (_, Some(sctp), _) => sctp.fmt(f),
            (.., Some(tcp)) => tcp.fmt(f),
            _ => self.0.fmt(f),
        }
    }
}

crate::__format!(TransportInfo<'_>);

/// Conversions of values to write.
macro_rules! from {
    ($($info:ty)*) => {$(
        impl<'a> From<&'a $info> for TransportInfo<'a> {
            fn from(info: &'a $info) -> Self {
                Self(StructBytes::from(info).as_bytes())
            }
        }
    )*};
}

from! { TcpInfo MptcpInfo SctpInfo }

impl Form for TransportInfo<'static> {
    type Value<'a> = TransportInfo<'a>;
    const SHAPE: Shape = {
        const { assert!(TransportInfo::MPTCP.1 < TransportInfo::TCP) };
        static CHOICE: Choice = Choice {
            by: By::Size(&[
                (
                    TransportInfo::MPTCP.0,
                    TransportInfo::MPTCP.1,
                    MptcpInfo::SHAPE,
                ),
                (TransportInfo::SCTP, TransportInfo::SCTP, SctpInfo::SHAPE),
                (TransportInfo::TCP, usize::MAX, TcpInfo::SHAPE),
            ]),
            otherwise: Shape::Bytes,
        };
        Shape::Choice(&CHOICE)
    };

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<TransportInfo<'a>, DecodeError> {
        Ok(TransportInfo(attribute.bytes()))
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &TransportInfo<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.0)
    }
}
