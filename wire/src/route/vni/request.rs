//! VNIs of a VXLAN: added, deleted and listed.

use core::fmt;
use core::net::IpAddr;

use super::{
    VXLAN_VNIFILTER_ENTRY, VXLAN_VNIFILTER_ENTRY_END, VXLAN_VNIFILTER_ENTRY_GROUP,
    VXLAN_VNIFILTER_ENTRY_GROUP6, VXLAN_VNIFILTER_ENTRY_START, VniFlags, VniHeader, VniRow,
};
use crate::route::{AF_BRIDGE, PROTOCOL, RTM_DELTUNNEL, RTM_GETTUNNEL, RTM_NEWTUNNEL};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Errno, Flags, GetFlags, LinkIndex, MessageRef, MessageType, NewFlags,
    Next, Query, Request, Row, Writer,
};

/// VNIs that a request names.
#[derive(Clone, Copy, Debug)]
struct Range {
    link: LinkIndex,
    first: u32,
    last: u32,
    group: Option<IpAddr>,
}

impl Range {
    fn write(
        &self,
        kind: MessageType,
        flags: Flags,
        w: &mut Writer<'_>,
    ) -> Result<Next, EncodeError> {
        let header = VniHeader {
            family: AF_BRIDGE,
            index: self.link.get().into(),
            ..VniHeader::default()
        };
        w.append_message(kind, flags, &header, |w| {
            w.nest(VXLAN_VNIFILTER_ENTRY, |w| {
                w.u32(VXLAN_VNIFILTER_ENTRY_START, self.first)?;
                if self.last != self.first {
                    w.u32(VXLAN_VNIFILTER_ENTRY_END, self.last)?;
                }
                match self.group {
                    Some(ip @ IpAddr::V4(_)) => w.ip(VXLAN_VNIFILTER_ENTRY_GROUP, ip),
                    Some(ip @ IpAddr::V6(_)) => w.ip(VXLAN_VNIFILTER_ENTRY_GROUP6, ip),
                    None => Ok(w),
                }
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "network {} of VXLAN {}", self.first, self.link)
    }
}

/// Adds VNIs to a VXLAN with VNI filtering (`bridge vni add`), or changes
/// their group. Create the VXLAN with `IFLA_VXLAN_VNIFILTER`.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::NewVni;
///
/// let networks = NewVni::of(LinkIndex::new(7), 100).through(199).group([239, 1, 1, 1]);
/// # let _ = networks;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWTUNNEL")]
pub struct NewVni(Range);

impl NewVni {
    /// Adds a VNI of 24 bits to a VXLAN.
    pub fn of(vxlan: impl Into<LinkIndex>, vni: u32) -> Self {
        Self(Range {
            link: vxlan.into(),
            first: vni,
            last: vni,
            group: None,
        })
    }

    /// Adds all VNIs up to this one.
    pub const fn through(mut self, last: u32) -> Self {
        self.0.last = last;
        self
    }

    /// Sets the multicast group, or the remote address.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_GROUP")]
    pub fn group(mut self, address: impl Into<IpAddr>) -> Self {
        self.0.group = Some(address.into());
        self
    }
}

impl Request for NewVni {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(RTM_NEWTUNNEL, NewFlags::CREATE.into(), w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(f)
    }
}

/// Deletes VNIs of a VXLAN (`bridge vni del`): `ENOENT` if one is absent.
///
/// ```
/// use nlwire::route::DeleteVni;
///
/// // `bridge vni del vni 100-199 dev vx0`
/// let delete = DeleteVni::of(5, 100).through(199).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELTUNNEL")]
pub struct DeleteVni {
    range: Range,
    if_there: bool,
}

impl DeleteVni {
    /// Deletes a VNI of a VXLAN.
    pub fn of(vxlan: impl Into<LinkIndex>, vni: u32) -> Self {
        Self {
            range: NewVni::of(vxlan, vni).0,
            if_there: false,
        }
    }

    /// Deletes all VNIs up to this one.
    pub const fn through(mut self, last: u32) -> Self {
        self.range.last = last;
        self
    }

    /// Treats `ENOENT` as success: the VNI may be absent.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteVni {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.range.write(RTM_DELTUNNEL, Flags::empty(), w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.range.object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Lists the VNIs of VXLANs with VNI filtering (`bridge vni show`).
///
/// ```
/// use nlwire::route::GetVnis;
///
/// let of_vxlan = GetVnis::all().link(5).stats();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETTUNNEL")]
pub struct GetVnis {
    link: LinkIndex,
    flags: VniFlags,
}

impl GetVnis {
    /// Lists the VNIs of all VXLANs.
    pub fn all() -> Self {
        Self::default()
    }

    /// Limits the list to this VXLAN.
    pub fn link(mut self, vxlan: impl Into<LinkIndex>) -> Self {
        self.link = vxlan.into();
        self
    }

    /// Reads packets and bytes too.
    pub const fn stats(mut self) -> Self {
        self.flags = VniFlags::STATS;
        self
    }
}

impl Request for GetVnis {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = VniHeader {
            family: AF_BRIDGE,
            flags: self.flags,
            index: self.link.get().into(),
            ..VniHeader::default()
        };
        w.append_message(RTM_GETTUNNEL, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetVnis {
    type Row<'a> = VniRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> VniRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.link.is_none() || VniRow::of(message).link() == self.link)
    }
}

crate::__format!(NewVni, DeleteVni, GetVnis);
