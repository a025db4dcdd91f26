//! States: the security associations (SAs) of IPsec, as `ip xfrm state` shows them.

mod aevent;
mod allocate;
mod list;
mod lookup;
mod new;
mod row;

pub use aevent::*;
pub use allocate::AllocateSpi;
pub use list::{FlushStates, GetStates};
pub use lookup::{DeleteState, ExpireState, GetState};
pub(super) use new::put_scope;
pub use new::{NewState, SetState, StateChange, StateCreation, StateRequest};
pub use row::{DeletedStateRow, StateExpiryRow, StateRow};

use core::fmt;
use core::net::IpAddr;

use super::address::{family_of, narrow, short, wide};
use super::{IpsecProtocol, Selector};
use crate::FixedHeader;
use crate::schema::{Hexadecimal, Seconds, WideAddress};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::zerocopy::network_endian;

structs! {
    /// Destination, SPI and protocol of a state, or of a template; the family stands elsewhere.
    #[doc(alias = "xfrm_id")]
    pub struct StateKey: 24 {
        /// Destination address.
        #[doc(alias = "daddr")]
        destination: [u8; 16] as WideAddress,
        /// Security parameter index.
        spi: network_endian::U32 as Hexadecimal,
        /// Protocol.
        #[doc(alias = "proto")]
        protocol: IpsecProtocol,
        /// Padding.
        padding: [u8; 3],
    }

    /// Identity of a state. It is the fixed header of requests for one state and of reports on a
    /// deleted one.
    #[doc(alias = "xfrm_usersa_id")]
    pub struct StateId: 24 {
        /// Destination address.
        #[doc(alias = "daddr")]
        destination: [u8; 16] as WideAddress,
        /// Security parameter index.
        spi: network_endian::U32 as Hexadecimal,
        /// Address family.
        family: U16 as crate::AddressFamily,
        /// Protocol.
        #[doc(alias = "proto")]
        protocol: IpsecProtocol,
        /// Padding.
        padding: [u8; 1],
    }

    /// Limits of a state or a policy (`lifetime config`): at the soft limit the kernel reports
    /// the expiry, at the hard limit the state or policy is deleted.
    #[doc(alias = "xfrm_lifetime_cfg")]
    pub struct LifetimeLimits: 64 {
        /// Soft limit in bytes; [`LifetimeLimits::NO_LIMIT`] for none.
        #[doc(alias = "soft_byte_limit")]
        soft_bytes: U64,
        /// Hard limit in bytes; [`LifetimeLimits::NO_LIMIT`] for none.
        #[doc(alias = "hard_byte_limit")]
        hard_bytes: U64,
        /// Soft limit in packets; [`LifetimeLimits::NO_LIMIT`] for none.
        #[doc(alias = "soft_packet_limit")]
        soft_packets: U64,
        /// Hard limit in packets; [`LifetimeLimits::NO_LIMIT`] for none.
        #[doc(alias = "hard_packet_limit")]
        hard_packets: U64,
        /// Soft limit in seconds since the creation; 0 for none.
        #[doc(alias = "soft_add_expires_seconds")]
        soft_age: U64 as Seconds,
        /// Hard limit in seconds since the creation; 0 for none.
        #[doc(alias = "hard_add_expires_seconds")]
        hard_age: U64 as Seconds,
        /// Soft limit in seconds since the first use; 0 for none.
        #[doc(alias = "soft_use_expires_seconds")]
        soft_use: U64 as Seconds,
        /// Hard limit in seconds since the first use; 0 for none.
        #[doc(alias = "hard_use_expires_seconds")]
        hard_use: U64 as Seconds,
    }

    /// Use of a state or a policy so far (`lifetime current`).
    #[doc(alias = "xfrm_lifetime_cur")]
    pub struct LifetimeUse: 32 {
        /// Number of bytes.
        bytes: U64,
        /// Number of packets.
        packets: U64,
        /// Time of the creation in seconds since 1970.
        #[doc(alias = "add_time")]
        added: U64 as Seconds,
        /// Time of the first use in seconds since 1970; 0 for none.
        #[doc(alias = "use_time")]
        used: U64 as Seconds,
    }

    /// Errors of a state.
    #[doc(alias = "xfrm_stats")]
    pub struct StateStats: 12 {
        /// Number of packets outside of the replay window.
        replay_window: U32,
        /// Number of replayed packets.
        replay: U32,
        /// Number of packets whose authentication failed.
        integrity_failed: U32,
    }

    /// Fixed header of states. Its size is that of 64-bit kernels and of most 32-bit ones; on
    /// i386 the kernel's struct is 4 bytes shorter.
    #[doc(alias = "xfrm_usersa_info")]
    pub struct StateHeader: 224 {
        /// Packets that the state applies to.
        #[doc(alias = "sel")]
        selector: Selector,
        /// Destination, SPI and protocol.
        id: StateKey,
        /// Source address.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Limits.
        #[doc(alias = "lft")]
        limits: LifetimeLimits,
        /// Use so far.
        #[doc(alias = "curlft")]
        used: LifetimeUse,
        /// Errors.
        stats: StateStats,
        /// Sequence number of the acquire that the state answers; 0 for none.
        #[doc(alias = "seq")]
        sequence: U32,
        /// Request id, by which templates of policies choose states; 0 for any.
        reqid: U32,
        /// Address family.
        family: U16 as crate::AddressFamily,
        /// Mode.
        mode: super::Mode,
        /// Size of the replay window in packets, at most 32; 0 with
        /// [`XFRMA_REPLAY_ESN_VAL`](super::XFRMA_REPLAY_ESN_VAL).
        replay_window: u8,
        /// Flags ([`StateFlags`](super::StateFlags)).
        flags: u8 as super::StateFlags,
        /// Padding.
        padding: [u8; 7],
    }

    /// Fixed header of requests for an SPI.
    #[doc(alias = "xfrm_userspi_info")]
    pub struct SpiHeader: 232 {
        /// State without an SPI.
        #[doc(alias = "info")]
        state: StateHeader,
        /// Smallest SPI.
        min: U32 as Hexadecimal,
        /// Largest SPI.
        max: U32 as Hexadecimal,
    }

    /// Fixed header of expiries of a state.
    #[doc(alias = "xfrm_user_expire")]
    pub struct StateExpiryHeader: 232 {
        /// State.
        state: StateHeader,
        /// 1 for a hard limit, at which the state is deleted.
        hard: u8,
        /// Padding.
        padding: [u8; 7],
    }

    /// Fixed header of requests that delete all states, and of reports on them.
    #[doc(alias = "xfrm_usersa_flush")]
    pub struct FlushStatesHeader: 1 {
        /// Protocol of the states; 0 for all.
        #[doc(alias = "proto")]
        protocol: IpsecProtocol,
    }
}

impl FixedHeader for StateId {
    fn family(&self) -> u8 {
        short(self.family.get())
    }
}

impl FixedHeader for StateHeader {
    fn family(&self) -> u8 {
        short(self.family.get())
    }
}

impl FixedHeader for SpiHeader {
    fn family(&self) -> u8 {
        self.state.family()
    }
}

impl FixedHeader for StateExpiryHeader {
    fn family(&self) -> u8 {
        self.state.family()
    }
}

impl FixedHeader for FlushStatesHeader {}

impl StateId {
    /// Names the state with this destination, protocol and SPI.
    ///
    /// ```
    /// use nlwire::xfrm::{IpsecProtocol, StateId};
    ///
    /// let id = StateId::new("192.0.2.1".parse()?, IpsecProtocol::ESP, 0x100);
    /// assert_eq!(id.to_string(), "dst 192.0.2.1 proto esp spi 0x00000100");
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[must_use]
    pub fn new(destination: IpAddr, protocol: IpsecProtocol, spi: u32) -> Self {
        Self {
            destination: wide(destination),
            spi: spi.into(),
            family: family_of(destination).into(),
            protocol,
            padding: [0],
        }
    }

    /// Returns the destination; `None` for an unknown family.
    #[must_use]
    pub fn destination(&self) -> Option<IpAddr> {
        narrow(self.family.get(), self.destination)
    }
}

/// The state as `ip xfrm` names it.
impl fmt::Display for StateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(destination) = self.destination() {
            write!(f, "dst {} ", crate::text::Ip(destination))?;
        }
        write!(f, "proto {} spi {:#010x}", self.protocol, self.spi.get())
    }
}

impl StateHeader {
    /// Returns the identity of the state.
    #[must_use]
    pub fn id(&self) -> StateId {
        StateId {
            destination: self.id.destination,
            spi: self.id.spi,
            family: self.family,
            protocol: self.id.protocol,
            padding: [0],
        }
    }

    /// Returns the source address; `None` for an unknown family.
    #[must_use]
    pub fn source(&self) -> Option<IpAddr> {
        narrow(self.family.get(), self.source)
    }

    /// Returns the selector; without a family of its own it has that of the state.
    #[must_use]
    pub fn selector(&self) -> Selector {
        let family = match self.selector.family.get() {
            0 => self.family,
            own => own.into(),
        };
        Selector {
            family,
            ..self.selector
        }
    }

    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> super::StateFlags {
        super::StateFlags::from_bits_retain(self.flags)
    }
}

impl LifetimeLimits {
    /// Limit of bytes or packets that is none.
    #[doc(alias = "XFRM_INF")]
    pub const NO_LIMIT: u64 = u64::MAX;

    /// Sets no limit.
    ///
    /// ```
    /// use nlwire::xfrm::LifetimeLimits;
    ///
    /// let hour = LifetimeLimits::none().age(3300, 3600).bytes(900_000_000, 1_000_000_000);
    /// assert_eq!(hour.hard_packets.get(), LifetimeLimits::NO_LIMIT);
    /// ```
    #[must_use]
    pub const fn none() -> Self {
        const NONE: U64 = U64::new(LifetimeLimits::NO_LIMIT);
        const ZERO: U64 = U64::new(0);
        Self {
            soft_bytes: NONE,
            hard_bytes: NONE,
            soft_packets: NONE,
            hard_packets: NONE,
            soft_age: ZERO,
            hard_age: ZERO,
            soft_use: ZERO,
            hard_use: ZERO,
        }
    }

    /// Limits the bytes.
    #[must_use]
    pub fn bytes(mut self, soft: u64, hard: u64) -> Self {
        (self.soft_bytes, self.hard_bytes) = (soft.into(), hard.into());
        self
    }

    /// Limits the packets.
    #[must_use]
    pub fn packets(mut self, soft: u64, hard: u64) -> Self {
        (self.soft_packets, self.hard_packets) = (soft.into(), hard.into());
        self
    }

    /// Limits the seconds since the creation.
    #[must_use]
    pub fn age(mut self, soft: u64, hard: u64) -> Self {
        (self.soft_age, self.hard_age) = (soft.into(), hard.into());
        self
    }

    /// Limits the seconds since the first use.
    #[must_use]
    pub fn since_use(mut self, soft: u64, hard: u64) -> Self {
        (self.soft_use, self.hard_use) = (soft.into(), hard.into());
        self
    }
}
