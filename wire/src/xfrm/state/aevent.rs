//! Asynchronous events (aevents): the counters of a state, which key managers copy to another
//! host that takes over.

use core::fmt;
use core::net::IpAddr;

use super::StateId;
use super::new::put_scope;
use crate::schema::{Protocol, WideAddress};
use crate::structs::structs;
use crate::xfrm::address::{narrow, short};
use crate::xfrm::{
    AeventFlags, PROTOCOL, ReplayState, XFRM_MSG_GETAE, XFRM_MSG_NEWAE, Xfrm, XfrmAttr,
};
use crate::zerocopy::native_endian::U32;
use crate::{
    DecodeError, EncodeError, FixedHeader, Flags, Items, MessageRef, NewFlags, Next, Query,
    Request, Row, Writer, fields,
};

structs! {
    /// Fixed header of asynchronous events.
    #[doc(alias = "xfrm_aevent_id")]
    pub struct AeventHeader: 48 {
        /// Identity of the state.
        #[doc(alias = "sa_id")]
        id: StateId,
        /// Source address.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Parts that are asked for, or the cause ([`AeventFlags`]).
        flags: U32 as AeventFlags,
        /// Request id.
        reqid: U32,
    }
}

impl FixedHeader for AeventHeader {
    fn family(&self) -> u8 {
        short(self.id.family.get())
    }
}

/// Asynchronous event: an answer to [`GetAevent`], or a notification.
pub type AeventRow<'a> = Row<'a, AeventHeader, Xfrm>;

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, AeventHeader, Xfrm> {
    /// Returns the identity of the state.
    #[must_use]
    pub const fn id(&self) -> StateId {
        self.header.id
    }

    /// Returns the source address; `None` for an unknown family.
    #[must_use]
    pub fn source(&self) -> Option<IpAddr> {
        narrow(self.header.id.family.get(), self.header.source)
    }

    /// Returns the cause of a notification, or the parts of an answer.
    #[must_use]
    pub const fn flags(&self) -> AeventFlags {
        AeventFlags::from_bits_retain(self.header.flags.get())
    }

    /// Returns the replay counters of 32 bits.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_REPLAY_VAL")]
    pub fn replay(&self) -> Result<Option<&'a ReplayState>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { replay })?.replay)
    }
}

/// Asks for the counters of a state: `ESRCH` if there is none.
///
/// ```
/// use nlwire::xfrm::{AeventFlags, GetAevent, IpsecProtocol, StateId};
///
/// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x1000);
/// let query = GetAevent::new(id).with_thresholds();
/// # let _ = query;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETAE")]
pub struct GetAevent {
    id: StateId,
    flags: AeventFlags,
    mark: Option<(u32, u32)>,
}

impl GetAevent {
    /// Asks for the replay and lifetime counters.
    pub const fn new(id: StateId) -> Self {
        Self {
            id,
            flags: AeventFlags::RVAL.union(AeventFlags::LVAL),
            mark: None,
        }
    }

    /// Asks for the thresholds of notifications, too.
    #[doc(alias = "XFRM_AE_RTHR")]
    pub const fn with_thresholds(mut self) -> Self {
        self.flags = self.flags.union(AeventFlags::RTHR).union(AeventFlags::ETHR);
        self
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.mark = Some((value, mask));
        self
    }
}

impl Request for GetAevent {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = AeventHeader {
            id: self.id,
            flags: self.flags.bits().into(),
            ..AeventHeader::default()
        };
        w.append_message(XFRM_MSG_GETAE, Flags::empty(), &header, |w| {
            put_scope(w, self.mark, None)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.id)
    }
}

impl Query for GetAevent {
    type Row<'r> = AeventRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AeventRow<'_> {
        Row::of(message)
    }
}

/// Sets the counters of a state, or the thresholds of their notifications: `ESRCH` if there is
/// no state, and `EINVAL` without a value.
///
/// ```
/// use nlwire::xfrm::{IpsecProtocol, SetAevent, StateId};
///
/// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x1000);
/// let change = SetAevent::new(id).replay_threshold(32).timer_threshold(250);
/// # let _ = change;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_NEWAE")]
pub struct SetAevent<'a> {
    id: StateId,
    mark: Option<(u32, u32)>,
    replay: Option<ReplayState>,
    replay_threshold: Option<u32>,
    timer_threshold: Option<u32>,
    more: Option<&'a dyn Items<Xfrm>>,
}

impl<'a> SetAevent<'a> {
    /// Changes nothing yet.
    pub const fn new(id: StateId) -> Self {
        Self {
            id,
            mark: None,
            replay: None,
            replay_threshold: None,
            timer_threshold: None,
            more: None,
        }
    }

    /// Sets the replay counters of 32 bits: the sequence numbers of the last sent and of the
    /// last received packet.
    #[doc(alias = "XFRMA_REPLAY_VAL")]
    pub fn replay(mut self, sent: u32, received: u32) -> Self {
        self.replay = Some(ReplayState {
            sent: sent.into(),
            received: received.into(),
            bitmap: 0.into(),
        });
        self
    }

    /// Sets the number of packets after which the counters are reported.
    #[doc(alias = "XFRMA_REPLAY_THRESH")]
    pub const fn replay_threshold(mut self, packets: u32) -> Self {
        self.replay_threshold = Some(packets);
        self
    }

    /// Sets the interval between reports of the counters, in ticks of the kernel (`CONFIG_HZ`).
    /// Answers and notifications have the interval in units of 100 ms.
    #[doc(alias = "XFRMA_ETIMER_THRESH")]
    pub const fn timer_threshold(mut self, ticks: u32) -> Self {
        self.timer_threshold = Some(ticks);
        self
    }

    /// Sets the mark and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.mark = Some((value, mask));
        self
    }

    /// Adds more attributes, such as the replay counters of 64 bits.
    pub const fn with(mut self, attributes: &'a dyn Items<Xfrm>) -> Self {
        self.more = Some(attributes);
        self
    }
}

impl Request for SetAevent<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = AeventHeader {
            id: self.id,
            ..AeventHeader::default()
        };
        // The kernel refuses the request without this flag.
        let flags = NewFlags::REPLACE;
        w.append_message(XFRM_MSG_NEWAE, flags, &header, |w| {
            w.put(self.replay.as_ref().map(XfrmAttr::Replay))?
                .put(self.replay_threshold.map(XfrmAttr::ReplayThreshold))?
                .put(self.timer_threshold.map(XfrmAttr::TimerThreshold))?;
            put_scope(w, self.mark, None)?.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.id)
    }
}

crate::__format!(GetAevent, SetAevent<'_>);
