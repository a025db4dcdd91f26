//! Changes to a device and its peers, in as many messages as necessary.

use core::fmt;
use core::net::SocketAddr;

use super::get::Link;
use super::{
    AllowedIpAttr, AllowedIpFlags, DeviceAttr, DeviceFlags, PROTOCOL, PeerAttr, PeerFlags,
    WG_CMD_SET_DEVICE, WG_GENL_VERSION, WGDEVICE_A_PEERS, WGPEER_A_ALLOWEDIPS,
};
use crate::codec::Hidden;
use crate::schema::Protocol;
use crate::{AddressFamily, EncodeError, Flags, LinkIndex, Next, Prefix, Request, Text, Writer};

const AF_INET: u16 = AddressFamily::INET.wide();
const AF_INET6: u16 = AddressFamily::INET6.wide();

/// Changes a device, as `wg set` does. Settings that are not given keep their
/// values.
///
/// Peers that do not fit a message continue in the next one, which is sent once
/// the message before is acknowledged. After a refusal the changes of earlier
/// messages stay.
///
/// ```
/// use nlwire::generic::wireguard::SetDevice;
///
/// let set = SetDevice::by_name("wg0").listen_port(51820).mark(0x10);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "WG_CMD_SET_DEVICE")]
pub struct SetDevice<'a> {
    link: Link<'a>,
    private_key: Option<Hidden<&'a [u8; 32]>>,
    listen_port: Option<u16>,
    mark: Option<u32>,
    flags: DeviceFlags,
    peers: &'a [SetPeer<'a>],
}

impl<'a> SetDevice<'a> {
    const fn of(link: Link<'a>) -> Self {
        Self {
            link,
            private_key: None,
            listen_port: None,
            mark: None,
            flags: DeviceFlags::empty(),
            peers: &[],
        }
    }

    /// Changes the device with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self::of(Link::Name(name.into()))
    }

    /// Changes the device with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(Link::Index(index.into()))
    }

    /// Sets the private key; all zeros remove it.
    #[must_use]
    pub const fn private_key(mut self, key: &'a [u8; 32]) -> Self {
        self.private_key = Some(Hidden(key));
        self
    }

    /// Sets the UDP port; 0 lets the kernel choose one.
    #[must_use]
    pub const fn listen_port(mut self, port: u16) -> Self {
        self.listen_port = Some(port);
        self
    }

    /// Sets the firewall mark of outgoing packets; 0 for none.
    #[must_use]
    #[doc(alias = "WGDEVICE_A_FWMARK")]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Removes all current peers before others are added.
    #[must_use]
    #[doc(alias = "WGDEVICE_F_REPLACE_PEERS")]
    pub const fn replace_peers(mut self) -> Self {
        self.flags = DeviceFlags::REPLACE_PEERS;
        self
    }

    /// Adds, changes or removes peers.
    #[must_use]
    pub const fn peers(mut self, peers: &'a [SetPeer<'a>]) -> Self {
        self.peers = peers;
        self
    }
}

impl Request for SetDevice<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let mut at = split(from);
        w.append_command(WG_CMD_SET_DEVICE, WG_GENL_VERSION, Flags::empty(), |w| {
            w.put(self.link.attribute())?;
            if from == 0 {
                w.put(self.private_key.map(DeviceAttr::PrivateKey))?
                    .put(self.listen_port.map(DeviceAttr::ListenPort))?
                    .put(self.mark.map(DeviceAttr::Mark))?;
                if !self.flags.is_empty() {
                    w.put(DeviceAttr::Flags(self.flags))?;
                }
            }
            if self.peers.is_empty() {
                return Ok(w);
            }
            w.nest(WGDEVICE_A_PEERS, |w| {
                at = w.fill(self.peers, at, |w, peer, from| peer.write(from, w))?;
                Ok(w)
            })
        })?;
        Ok(match at.0 < self.peers.len() {
            true => Next::Then(join(at)),
            false => Next::End,
        })
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.link.write_object(f)
    }
}

/// Splits a place into the numbers of a peer and of its allowed IP.
fn split(place: u64) -> (usize, usize) {
    let half = |bits: u64| usize::try_from(bits & 0xffff_ffff).unwrap_or(usize::MAX);
    (half(place >> 32), half(place))
}

/// Joins the numbers of a peer and of its allowed IP to a place.
fn join((peer, ip): (usize, usize)) -> u64 {
    let half = |number: usize| u64::try_from(number).unwrap_or(u64::MAX) & 0xffff_ffff;
    (half(peer) << 32) | half(ip)
}

/// Peer that [`SetDevice`] adds, changes or removes. Settings that are not
/// given keep their values.
///
/// ```
/// use nlwire::generic::wireguard::SetPeer;
///
/// # let public_key = [2; 32];
/// let prefixes = ["10.0.0.0/24".parse()?];
/// let peer = SetPeer::new(&public_key).keepalive(25).replace_allowed_ips().allowed_ips(&prefixes);
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SetPeer<'a> {
    public_key: &'a [u8; 32],
    preshared_key: Option<Hidden<&'a [u8; 32]>>,
    endpoint: Option<SocketAddr>,
    keepalive: Option<u16>,
    flags: PeerFlags,
    allowed_ips: &'a [Prefix],
    removed_ips: &'a [Prefix],
}

impl<'a> SetPeer<'a> {
    /// Describes the peer with this public key.
    #[must_use]
    pub const fn new(public_key: &'a [u8; 32]) -> Self {
        Self {
            public_key,
            preshared_key: None,
            endpoint: None,
            keepalive: None,
            flags: PeerFlags::empty(),
            allowed_ips: &[],
            removed_ips: &[],
        }
    }

    /// Sets the preshared key; all zeros remove it.
    #[must_use]
    pub const fn preshared_key(mut self, key: &'a [u8; 32]) -> Self {
        self.preshared_key = Some(Hidden(key));
        self
    }

    /// Sets the endpoint: the address and port of the peer.
    #[must_use]
    pub const fn endpoint(mut self, endpoint: SocketAddr) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Sets the interval of persistent keepalives in seconds; 0 turns them off.
    #[must_use]
    #[doc(alias = "WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL")]
    pub const fn keepalive(mut self, seconds: u16) -> Self {
        self.keepalive = Some(seconds);
        self
    }

    /// Adds allowed IPs. A prefix of another peer moves to this one.
    #[must_use]
    pub const fn allowed_ips(mut self, prefixes: &'a [Prefix]) -> Self {
        self.allowed_ips = prefixes;
        self
    }

    /// Removes allowed IPs after others are added (Linux 6.16). An older kernel
    /// refuses that with `EINVAL`.
    #[must_use]
    #[doc(alias = "WGALLOWEDIP_F_REMOVE_ME")]
    pub const fn without_ips(mut self, prefixes: &'a [Prefix]) -> Self {
        self.removed_ips = prefixes;
        self
    }

    /// Removes all current allowed IPs before others are added.
    #[must_use]
    #[doc(alias = "WGPEER_F_REPLACE_ALLOWEDIPS")]
    pub const fn replace_allowed_ips(mut self) -> Self {
        self.flags = self.flags.union(PeerFlags::REPLACE_ALLOWEDIPS);
        self
    }

    /// Changes the peer only if it exists.
    #[must_use]
    #[doc(alias = "WGPEER_F_UPDATE_ONLY")]
    pub const fn if_there(mut self) -> Self {
        self.flags = self.flags.union(PeerFlags::UPDATE_ONLY);
        self
    }

    /// Removes the peer, if it exists.
    #[must_use]
    #[doc(alias = "WGPEER_F_REMOVE_ME")]
    pub const fn remove(mut self) -> Self {
        self.flags = self.flags.union(PeerFlags::REMOVE_ME);
        self
    }

    /// Writes the peer from an allowed IP on, and returns the first allowed IP
    /// that did not fit, or 0.
    fn write(&self, from: usize, w: &mut Writer<'_>) -> Result<usize, EncodeError> {
        let added = self.allowed_ips.len();
        let end = added.saturating_add(self.removed_ips.len());
        let mut at = from;
        w.nest(0, |w| {
            w.put(PeerAttr::PublicKey(self.public_key))?;
            // The continuation of a peer has no flags that would undo the first
            // part.
            if from == 0 {
                w.put(self.preshared_key.map(PeerAttr::PresharedKey))?
                    .put(self.endpoint.map(PeerAttr::Endpoint))?
                    .put(self.keepalive.map(PeerAttr::Keepalive))?;
                if !self.flags.is_empty() {
                    w.put(PeerAttr::Flags(self.flags))?;
                }
            }
            if end == 0 {
                return Ok(w);
            }
            w.nest(WGPEER_A_ALLOWEDIPS, |w| {
                if at < added {
                    at = write_ips(self.allowed_ips, at, AllowedIpFlags::empty(), w)?;
                }
                if at >= added && at < end {
                    let place = at.saturating_sub(added);
                    let removed = self.removed_ips;
                    match write_ips(removed, place, AllowedIpFlags::REMOVE_ME, w) {
                        Ok(place) => at = added.saturating_add(place),
                        // The added prefixes fill the message.
                        Err(EncodeError::Overflow { .. } | EncodeError::TooLong { .. })
                            if at > from => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(w)
            })
        })?;
        Ok(if at < end { at } else { 0 })
    }
}

/// Writes prefixes from one on, and returns the place of the first one that did
/// not fit.
fn write_ips(
    prefixes: &[Prefix],
    from: usize,
    flags: AllowedIpFlags,
    w: &mut Writer<'_>,
) -> Result<usize, EncodeError> {
    let (at, _) = w.fill(prefixes, (from, 0), |w, prefix, _| {
        let address = prefix.address();
        w.nest(0, |w| {
            let family = if address.is_ipv4() { AF_INET } else { AF_INET6 };
            w.put(AllowedIpAttr::Family(family))?
                .put(AllowedIpAttr::Address(address))?
                .put(AllowedIpAttr::Length(prefix.length()))?;
            if !flags.is_empty() {
                w.put(AllowedIpAttr::Flags(flags))?;
            }
            Ok(w)
        })?;
        Ok(0)
    })?;
    Ok(at)
}

crate::__format!(SetDevice<'_>, SetPeer<'_>);
