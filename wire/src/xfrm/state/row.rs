//! States as rows.

use core::net::IpAddr;

use super::{StateExpiryHeader, StateHeader, StateId};
use crate::codec::StructAndArray;
use crate::xfrm::address::narrow;
use crate::xfrm::{
    AeadAlgorithm, Algorithm, AuthAlgorithm, Encapsulation, IpsecProtocol, Mode, Offload,
    ReplayEsn, ReplayState, Selector, StateDirection, Xfrm,
};
use crate::{DecodeError, Row, fields};

/// State: an answer to [`GetStates`](super::GetStates), or a notification.
pub type StateRow<'a> = Row<'a, StateHeader, Xfrm>;

/// Report on a deleted state, whose attributes hold the state.
pub type DeletedStateRow<'a> = Row<'a, StateId, Xfrm>;

/// Report on an expired state.
pub type StateExpiryRow<'a> = Row<'a, StateExpiryHeader, Xfrm>;

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, StateHeader, Xfrm> {
    /// Returns the identity: destination, protocol and SPI.
    #[must_use]
    pub fn id(&self) -> StateId {
        self.header.id()
    }

    /// Returns the source address; `None` for an unknown family.
    #[must_use]
    pub fn source(&self) -> Option<IpAddr> {
        self.header.source()
    }

    /// Returns the destination address; `None` for an unknown family.
    #[must_use]
    pub fn destination(&self) -> Option<IpAddr> {
        self.id().destination()
    }

    /// Returns the protocol.
    #[must_use]
    pub const fn protocol(&self) -> IpsecProtocol {
        self.header.id.protocol
    }

    /// Returns the SPI.
    #[must_use]
    pub const fn spi(&self) -> u32 {
        self.header.id.spi.get()
    }

    /// Returns the selector; without a family of its own it has that of the state.
    #[must_use]
    pub fn selector(&self) -> Selector {
        self.header.selector()
    }

    /// Returns the mode.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.header.mode
    }

    /// Returns the request id.
    #[must_use]
    pub const fn reqid(&self) -> u32 {
        self.header.reqid.get()
    }

    /// Returns the size of the replay window in packets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    pub fn replay_window(&self) -> Result<u32, DecodeError> {
        let large = self.replay_esn()?;
        let small = u32::from(self.header.replay_window);
        Ok(large.map_or(small, |large| large.fixed.replay_window.get()))
    }

    /// Returns the replay counters of 32 bits.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_REPLAY_VAL")]
    pub fn replay(&self) -> Result<Option<&'a ReplayState>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { replay })?.replay)
    }

    /// Returns the replay counters of 64 bits.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_REPLAY_ESN_VAL")]
    pub fn replay_esn(&self) -> Result<Option<StructAndArray<'a, ReplayEsn>>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { replay_esn })?.replay_esn)
    }

    /// Returns the authenticated encryption and its key.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_ALG_AEAD")]
    pub fn aead(&self) -> Result<Option<StructAndArray<'a, AeadAlgorithm>>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { aead })?.aead)
    }

    /// Returns the encryption and its key.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_ALG_CRYPT")]
    pub fn encryption(&self) -> Result<Option<StructAndArray<'a, Algorithm>>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { encryption })?.encryption)
    }

    /// Returns the authentication, its key and the length of its tag.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_ALG_AUTH_TRUNC")]
    pub fn authentication(&self) -> Result<Option<StructAndArray<'a, AuthAlgorithm>>, DecodeError> {
        let found = fields!(self.attributes => Xfrm { truncated_authentication })?;
        Ok(found.truncated_authentication)
    }

    /// Returns the compression.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_ALG_COMP")]
    pub fn compression(&self) -> Result<Option<StructAndArray<'a, Algorithm>>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { compression })?.compression)
    }

    /// Returns the encapsulation in UDP or TCP.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_ENCAP")]
    pub fn encapsulation(&self) -> Result<Option<&'a Encapsulation>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { encapsulation })?.encapsulation)
    }

    /// Returns the care-of address of Mobile IPv6.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_COADDR")]
    pub fn care_of(&self) -> Result<Option<IpAddr>, DecodeError> {
        let found = fields!(self.attributes => Xfrm { care_of })?.care_of;
        Ok(found.and_then(|address| narrow(self.header.family.get(), *address)))
    }

    /// Returns the mark that transformed packets get, and its mask.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_SET_MARK")]
    pub fn output_mark(&self) -> Result<Option<(u32, u32)>, DecodeError> {
        let found = fields!(self.attributes => Xfrm { set_mark, set_mark_mask })?;
        let mask = found.set_mark_mask.unwrap_or(u32::MAX);
        Ok(found.set_mark.map(|value| (value, mask)))
    }

    /// Returns the network card that the state is offloaded to.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_OFFLOAD_DEV")]
    pub fn offload(&self) -> Result<Option<&'a Offload>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { offload })?.offload)
    }

    /// Returns the direction; kernels before Linux 6.10 report none.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_SA_DIR")]
    pub fn direction(&self) -> Result<Option<StateDirection>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { direction })?.direction)
    }
}

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, StateId, Xfrm> {
    /// Returns the deleted state.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_SA")]
    pub fn state(&self) -> Result<Option<&'a StateHeader>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { state })?.state)
    }
}

impl Row<'_, StateExpiryHeader, Xfrm> {
    /// Returns true if the state was deleted, at a hard limit.
    #[must_use]
    pub const fn is_hard(&self) -> bool {
        self.header.hard != 0
    }
}
