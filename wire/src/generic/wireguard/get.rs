//! Rows of devices, joined from several messages.

use core::fmt;
use core::net::SocketAddr;

use super::{
    AllowedIp, Device, DeviceAttr, PROTOCOL, Peer, Timespec, WG_CMD_GET_DEVICE, WG_GENL_VERSION,
    WGALLOWEDIP_A_IPADDR, WGDEVICE_A_PEERS, WGPEER_A_ALLOWEDIPS, WGPEER_A_PUBLIC_KEY,
};
use crate::codec::Hidden;
use crate::generic::GenericHeader;
use crate::schema::Protocol;
use crate::{
    AttrRef, Attrs, DecodeError, EncodeError, GetFlags, LinkIndex, MessageRef, Messages, Next,
    Prefix, Query, Request, Text, Writer, fields,
};

/// Link of a request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link<'a> {
    Name(Text<'a>),
    Index(LinkIndex),
}

impl<'a> Link<'a> {
    pub(super) const fn attribute(self) -> DeviceAttr<'a> {
        match self {
            Self::Name(name) => DeviceAttr::Name(name),
            Self::Index(index) => DeviceAttr::Index(index),
        }
    }

    pub(super) fn write_object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "link {name:?}"),
            Self::Index(index) => write!(f, "link {index}"),
        }
    }
}

/// Asks for a device with all its peers, as `wg show wg0` does.
///
/// The kernel divides a device into several messages. A list joins them to one
/// row; a stream of rows returns each message as it arrives. The kernel answers
/// `ENODEV` if the link does not exist, and `EOPNOTSUPP` if it is of another
/// kind.
///
/// ```
/// use nlwire::generic::wireguard::GetDevice;
///
/// let query = GetDevice::by_name("wg0");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "WG_CMD_GET_DEVICE")]
pub struct GetDevice<'a>(Link<'a>);

impl<'a> GetDevice<'a> {
    /// Asks for the device with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self(Link::Name(name.into()))
    }

    /// Asks for the device with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self(Link::Index(index.into()))
    }
}

impl Request for GetDevice<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = GetFlags::DUMP;
        w.append_command(WG_CMD_GET_DEVICE, WG_GENL_VERSION, flags, |w| {
            w.put(self.0.attribute())
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetDevice<'_> {
    type Row<'a> = DeviceRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> DeviceRow<'_> {
        DeviceRow(Messages::new(message.as_bytes()))
    }

    /// A dump has one device, whose settings are in the first message only.
    fn continues(_: MessageRef<'_>, _: MessageRef<'_>) -> bool {
        true
    }

    fn joined(parts: Messages<'_>) -> DeviceRow<'_> {
        DeviceRow(parts)
    }
}

/// Device with its peers, in one message or several.
#[derive(Clone, Copy)]
pub struct DeviceRow<'a>(Messages<'a>);

impl<'a> DeviceRow<'a> {
    /// Returns the messages of the device.
    #[must_use]
    pub const fn messages(&self) -> Messages<'a> {
        self.0
    }

    /// Returns the attributes of the first message, which has the settings.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        let mut parts = self.0;
        let first = parts.next().and_then(Result::ok).unwrap_or_default();
        attributes_of(first)
    }

    /// Returns the index of the link.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn index(&self) -> Result<Option<LinkIndex>, DecodeError> {
        Ok(fields!(self.attributes() => Device { index })?.index)
    }

    /// Returns the name of the link.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes() => Device { name })?.name)
    }

    /// Returns the private key, if the device has one.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn private_key(&self) -> Result<Option<Hidden<&'a [u8; 32]>>, DecodeError> {
        Ok(fields!(self.attributes() => Device { private_key })?.private_key)
    }

    /// Returns the public key, if the device has a private one.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn public_key(&self) -> Result<Option<&'a [u8; 32]>, DecodeError> {
        Ok(fields!(self.attributes() => Device { public_key })?.public_key)
    }

    /// Returns the UDP port.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn listen_port(&self) -> Result<Option<u16>, DecodeError> {
        Ok(fields!(self.attributes() => Device { listen_port })?.listen_port)
    }

    /// Returns the firewall mark of outgoing packets; 0 is none.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "WGDEVICE_A_FWMARK")]
    pub fn mark(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes() => Device { mark })?.mark)
    }

    /// Iterates over the peers, each with all its allowed IPs.
    #[must_use]
    pub const fn peers(&self) -> Peers<'a> {
        Peers(Parts::new(self.0))
    }
}

impl fmt::Debug for DeviceRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.0.map_while(Result::ok);
        let sets = parts.map(|part| attributes_of(part).typed::<Device>());
        f.debug_list().entries(sets).finish()
    }
}

fn attributes_of(message: MessageRef<'_>) -> Attrs<'_> {
    message.split_zero_extended::<GenericHeader>().1
}

/// Attributes of one type in all messages of a device.
#[derive(Clone, Copy)]
struct Parts<'a> {
    messages: Messages<'a>,
    /// Peers of the message read last.
    peers: Attrs<'a>,
}

impl<'a> Parts<'a> {
    const fn new(messages: Messages<'a>) -> Self {
        let peers = Attrs::new(&[]);
        Self { messages, peers }
    }

    /// Returns the attributes of the next peer, or of its continuation.
    fn next(&mut self) -> Option<Result<Attrs<'a>, DecodeError>> {
        loop {
            match self.peers.next() {
                Some(Ok(peer)) => return Some(Ok(peer.nested())),
                Some(Err(error)) => return Some(Err(error)),
                None => match attributes_of(self.messages.next()?.ok()?).find(WGDEVICE_A_PEERS) {
                    Ok(peers) => self.peers = peers.map(|peers| peers.nested())?,
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }

    /// Returns the attributes of the continuation, if the next peer has this
    /// key.
    fn next_of(&mut self, key: Option<AttrRef<'a>>) -> Option<Attrs<'a>> {
        let mut ahead = *self;
        let part = ahead.next()?.ok()?;
        let same = key.map(|key| key.bytes()) == key_of(part).map(|key| key.bytes());
        (key.is_some() && same).then(|| {
            *self = ahead;
            part
        })
    }
}

fn key_of(peer: Attrs<'_>) -> Option<AttrRef<'_>> {
    peer.find(WGPEER_A_PUBLIC_KEY).ok().flatten()
}

/// Iterator over the peers of a device, created by [`DeviceRow::peers`].
#[derive(Clone, Copy)]
pub struct Peers<'a>(Parts<'a>);

impl<'a> Iterator for Peers<'a> {
    type Item = Result<PeerRow<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let peer = match self.0.next()? {
            Ok(attributes) => PeerRow {
                attributes,
                rest: self.0,
            },
            Err(error) => return Some(Err(error)),
        };
        let key = key_of(peer.attributes);
        while self.0.next_of(key).is_some() {}
        Some(Ok(peer))
    }
}

impl fmt::Debug for Peers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

/// Peer of a device.
#[derive(Clone, Copy)]
pub struct PeerRow<'a> {
    /// Attributes of the first message with the peer.
    pub attributes: Attrs<'a>,
    rest: Parts<'a>,
}

impl<'a> PeerRow<'a> {
    /// Returns the public key.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed, and with
    /// [`Missing`](crate::DecodeErrorKind::Missing) without a key.
    pub fn public_key(&self) -> Result<&'a [u8; 32], DecodeError> {
        self.attributes.require(WGPEER_A_PUBLIC_KEY)?.array()
    }

    /// Returns the preshared key; all zeros for none.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn preshared_key(&self) -> Result<Option<Hidden<&'a [u8; 32]>>, DecodeError> {
        Ok(fields!(self.attributes => Peer { preshared_key })?.preshared_key)
    }

    /// Returns the endpoint: the address and port of the peer, if known.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn endpoint(&self) -> Result<Option<SocketAddr>, DecodeError> {
        Ok(fields!(self.attributes => Peer { endpoint })?.endpoint)
    }

    /// Returns the interval of persistent keepalives in seconds; 0 for off.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn keepalive(&self) -> Result<Option<u16>, DecodeError> {
        Ok(fields!(self.attributes => Peer { keepalive })?.keepalive)
    }

    /// Returns the time of the last handshake, if there was one.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn last_handshake(&self) -> Result<Option<&'a Timespec>, DecodeError> {
        let time = fields!(self.attributes => Peer { last_handshake })?.last_handshake;
        Ok(time.filter(|time| **time != Timespec::default()))
    }

    /// Returns the number of bytes received.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn rx_bytes(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Peer { rx_bytes })?.rx_bytes)
    }

    /// Returns the number of bytes sent.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn tx_bytes(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Peer { tx_bytes })?.tx_bytes)
    }

    /// Iterates over the allowed IPs in all messages with the peer.
    #[must_use]
    pub fn allowed_ips(&self) -> AllowedIps<'a> {
        AllowedIps {
            key: key_of(self.attributes),
            ips: ips_of(self.attributes),
            rest: self.rest,
        }
    }
}

impl fmt::Debug for PeerRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.attributes.typed::<Peer>().fmt(f)
    }
}

fn ips_of(peer: Attrs<'_>) -> Attrs<'_> {
    let ips = peer.find(WGPEER_A_ALLOWEDIPS).ok().flatten();
    ips.map_or(Attrs::new(&[]), |ips| ips.nested())
}

/// Iterator over the allowed IPs of a peer, created by
/// [`PeerRow::allowed_ips`].
#[derive(Clone, Copy)]
pub struct AllowedIps<'a> {
    key: Option<AttrRef<'a>>,
    /// Allowed IPs of the message read last.
    ips: Attrs<'a>,
    rest: Parts<'a>,
}

impl Iterator for AllowedIps<'_> {
    type Item = Result<Prefix, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.ips.next() {
                Some(ip) => return Some(ip.and_then(prefix_of)),
                None => self.ips = ips_of(self.rest.next_of(self.key)?),
            }
        }
    }
}

fn prefix_of(ip: AttrRef<'_>) -> Result<Prefix, DecodeError> {
    let set = ip.nested();
    let address = set.require(WGALLOWEDIP_A_IPADDR)?.ip()?;
    // A length beyond the address counts as a host's; the kernel sends none.
    let length = fields!(set => AllowedIp { length })?.length.unwrap_or(0);
    Ok(Prefix::new(address, length).unwrap_or_else(|_| Prefix::host(address)))
}

impl fmt::Debug for AllowedIps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

crate::__format!(
    GetDevice<'_>,
    DeviceRow<'_>,
    Peers<'_>,
    PeerRow<'_>,
    AllowedIps<'_>
);
