//! Neighbours and forwarding entries as rows.

use core::net::IpAddr;

use super::{
    NDA_DST, NDA_LLADDR, Neighbour, NeighbourFlags, NeighbourFlagsExt, NeighbourHeader,
    NeighbourState,
};
use crate::route::RouteProtocol;
use crate::text::Hardware;
use crate::{DecodeError, LinkIndex, Row, fields};

/// Neighbour or forwarding entry: an answer to
/// [`GetNeighbours`](super::GetNeighbours) or
/// [`GetForwardingEntries`](super::GetForwardingEntries), or a notification.
pub type NeighbourRow<'a> = Row<'a, NeighbourHeader, Neighbour>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, NeighbourHeader, Neighbour> {
    /// Returns the link; of a forwarding entry, the port or the link that
    /// holds it. A proxy entry may be for all links:
    /// [`LinkIndex::NONE`].
    #[must_use]
    #[inline]
    #[doc(alias = "ndm_ifindex")]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Returns the address of the neighbour, or the remote address of a
    /// VXLAN's forwarding entry.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[inline]
    #[doc(alias = "NDA_DST")]
    pub fn ip(&self) -> Result<Option<IpAddr>, DecodeError> {
        let address = self.attributes.find(NDA_DST)?;
        address.map(|address| address.ip()).transpose()
    }

    /// Returns the link-layer address, if known; it prints as
    /// `02:00:5e:10:00:01`.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "NDA_LLADDR")]
    pub fn hardware(&self) -> Result<Option<Hardware<'a>>, DecodeError> {
        let address = self.attributes.find(NDA_LLADDR)?;
        Ok(address.map(|address| Hardware(address.bytes())))
    }

    /// Returns the MAC address of a forwarding entry or an Ethernet neighbour;
    /// `None` for an address that does not have 6 bytes.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "NDA_LLADDR")]
    pub fn mac(&self) -> Result<Option<[u8; 6]>, DecodeError> {
        Ok(self.hardware()?.and_then(Hardware::mac))
    }

    /// Returns the state.
    #[must_use]
    #[inline]
    #[doc(alias = "ndm_state")]
    pub const fn state(&self) -> NeighbourState {
        self.header.state()
    }

    /// Returns the flags.
    #[must_use]
    #[inline]
    #[doc(alias = "ndm_flags")]
    pub const fn flags(&self) -> NeighbourFlags {
        self.header.flags
    }

    /// Returns the flags that do not fit the header.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_FLAGS_EXT")]
    pub fn flags_ext(&self) -> Result<NeighbourFlagsExt, DecodeError> {
        let flags = fields!(self.attributes => Neighbour { flags_ext })?.flags_ext;
        Ok(flags.unwrap_or_default())
    }

    /// Returns true if this host answers for the neighbour.
    #[must_use]
    #[doc(alias = "NTF_PROXY")]
    pub const fn is_proxy(&self) -> bool {
        self.header.flags.contains(NeighbourFlags::PROXY)
    }

    /// Returns the origin.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_PROTOCOL")]
    pub fn origin(&self) -> Result<RouteProtocol, DecodeError> {
        let origin = fields!(self.attributes => Neighbour { protocol })?.protocol;
        Ok(origin.unwrap_or_default())
    }

    /// Returns the bridge whose table holds the forwarding entry; an entry of
    /// a link's own table has none.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_MASTER")]
    pub fn master(&self) -> Result<Option<LinkIndex>, DecodeError> {
        Ok(fields!(self.attributes => Neighbour { master })?.master)
    }

    /// Returns the VLAN of the forwarding entry.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_VLAN")]
    pub fn vlan(&self) -> Result<Option<u16>, DecodeError> {
        Ok(fields!(self.attributes => Neighbour { vlan })?.vlan)
    }

    /// Returns the UDP port of the remote VXLAN, if different from the link's.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_PORT")]
    pub fn port(&self) -> Result<Option<u16>, DecodeError> {
        Ok(fields!(self.attributes => Neighbour { port })?.port)
    }

    /// Returns the VNI of the remote VXLAN, if different from the link's.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "NDA_VNI")]
    pub fn vni(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Neighbour { vni })?.vni)
    }
}
