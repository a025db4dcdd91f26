//! Requests for an SPI.

use core::fmt;
use core::net::IpAddr;
use core::ops::RangeInclusive;

use super::new::put_scope;
use super::{SpiHeader, StateHeader, StateKey, StateRow};
use crate::schema::Protocol;
use crate::xfrm::address::{family_of, wide};
use crate::xfrm::{IpsecProtocol, Mode, PROTOCOL, XFRM_MSG_ALLOCSPI, XFRMA_SRCADDR};
use crate::{EncodeError, Flags, MessageRef, Next, Query, Request, Row, Writer};

/// Asks the kernel to choose an SPI, as `ip xfrm state allocspi` does. The answer is a state
/// without keys, which is deleted after 30 s unless [`SetState`](super::SetState) completes it.
///
/// ```
/// use nlwire::xfrm::{AllocateSpi, IpsecProtocol};
///
/// let (there, here) = ("192.0.2.2".parse()?, "192.0.2.1".parse()?);
/// let query = AllocateSpi::new(there, here, IpsecProtocol::ESP).tunnel().range(0x1000..=0x1fff);
/// # let _ = query;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_ALLOCSPI")]
pub struct AllocateSpi {
    header: SpiHeader,
    source: IpAddr,
    mark: Option<(u32, u32)>,
    interface_id: Option<u32>,
}

impl AllocateSpi {
    /// Asks for an SPI of 0x100 or more; IPComp has at most 0xffff.
    pub fn new(source: IpAddr, destination: IpAddr, protocol: IpsecProtocol) -> Self {
        let state = StateHeader {
            id: StateKey {
                destination: wide(destination),
                protocol,
                ..StateKey::default()
            },
            source: wide(source),
            family: family_of(destination).into(),
            ..StateHeader::default()
        };
        let max = match protocol {
            IpsecProtocol::COMP => 0xffff,
            _ => u32::MAX,
        };
        Self {
            header: SpiHeader {
                state,
                min: 0x100.into(),
                max: max.into(),
            },
            source,
            mark: None,
            interface_id: None,
        }
    }

    /// Sets the mode.
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.header.state.mode = mode;
        self
    }

    /// Sets tunnel mode.
    pub const fn tunnel(self) -> Self {
        self.mode(Mode::TUNNEL)
    }

    /// Sets the request id.
    pub fn reqid(mut self, reqid: u32) -> Self {
        self.header.state.reqid = reqid.into();
        self
    }

    /// Sets the sequence number of the acquire that the state answers.
    pub fn sequence(mut self, sequence: u32) -> Self {
        self.header.state.sequence = sequence.into();
        self
    }

    /// Limits the SPI. The kernel tries a number at random for each number of the range.
    pub fn range(mut self, range: RangeInclusive<u32>) -> Self {
        self.header.min = (*range.start()).into();
        self.header.max = (*range.end()).into();
        self
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.mark = Some((value, mask));
        self
    }

    /// Sets the interface id.
    #[doc(alias = "XFRMA_IF_ID")]
    pub const fn interface_id(mut self, id: u32) -> Self {
        self.interface_id = Some(id);
        self
    }
}

impl Request for AllocateSpi {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        if family_of(self.source) != self.header.state.family.get() {
            return Err(EncodeError::Family {
                attribute: XFRMA_SRCADDR,
            });
        }
        w.append_message(XFRM_MSG_ALLOCSPI, Flags::empty(), &self.header, |w| {
            put_scope(w, self.mark, self.interface_id)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protocol = self.header.state.id.protocol;
        write!(f, "SPI of {protocol} from {}", crate::text::Ip(self.source))
    }
}

impl Query for AllocateSpi {
    type Row<'r> = StateRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StateRow<'_> {
        Row::of(message)
    }
}

crate::__format!(AllocateSpi);
