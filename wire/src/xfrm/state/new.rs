//! Requests that add and update states.

use core::fmt;
use core::marker::PhantomData;
use core::net::IpAddr;

use super::{LifetimeLimits, StateHeader, StateKey};
use crate::codec::{Hidden, StructAndArray};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::xfrm::address::{family_of, wide};
use crate::xfrm::{
    AeadAlgorithm, Algorithm, AuthAlgorithm, Encapsulation, ExtraFlags, IpsecProtocol, Mark, Mode,
    Offload, OffloadFlags, PROTOCOL, ReplayEsn, Selector, StateDirection, StateFlags,
    XFRM_MSG_NEWSA, XFRM_MSG_UPDSA, XFRMA_REPLAY_ESN_MAX, XFRMA_REPLAY_ESN_VAL, XFRMA_SRCADDR,
    Xfrm, XfrmAttr,
};
use crate::zerocopy::native_endian::U32;
use crate::{EncodeError, Errno, Flags, Items, LinkIndex, MessageType, Next, Request, Writer};

/// Adds a state, as `ip xfrm state add` does: `EEXIST` if there is one with this destination,
/// protocol and SPI.
///
/// The default is transport mode, no selector and no limits. ESP and AH need keys, and IPComp an
/// algorithm.
///
/// ```
/// use nlwire::xfrm::NewState;
///
/// # let key = [0; 20];
/// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
/// let state = NewState::esp(here, there, 0x1000)
///     .aead("rfc4106(gcm(aes))", &key, 128)
///     .tunnel()
///     .reqid(1)
///     .replay_window(64);
/// # let mut buffer = [0; 1024];
/// # nlwire::Batch::new(&mut buffer).push(&state)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "XFRM_MSG_NEWSA")]
pub type NewState<'a> = StateRequest<'a, StateCreation>;

/// Updates a state, as `ip xfrm state update` does: `ESRCH` if there is none.
///
/// A state that only has an SPI, from [`AllocateSpi`](super::AllocateSpi), is replaced by this
/// one. Of a complete state the kernel takes over the limits, the encapsulation, the care-of
/// address, the selector and a few more; the keys stay.
///
/// Keys come for the SPI that the kernel has chosen for this host, as IKE daemons set
/// them:
///
/// ```
/// use nlwire::xfrm::SetState;
///
/// # let key = [0; 20];
/// let (there, here) = ("192.0.2.2".parse()?, "192.0.2.1".parse()?);
/// let update = SetState::esp(there, here, 0xc123_4567)
///     .aead("rfc4106(gcm(aes))", &key, 128)
///     .tunnel()
///     .reqid(1);
/// # let mut buffer = [0; 1024];
/// # nlwire::Batch::new(&mut buffer).push(&update)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "XFRM_MSG_UPDSA")]
pub type SetState<'a> = StateRequest<'a, StateChange>;

/// Marks a [`NewState`].
#[derive(Clone, Copy, Debug)]
pub enum StateCreation {}

/// Marks a [`SetState`].
#[derive(Clone, Copy, Debug)]
pub enum StateChange {}

/// Name, key and length of the tag in bits.
type Keyed<'a> = (&'a str, Hidden<&'a [u8]>, u32);

/// State to be added or updated: [`NewState`] or [`SetState`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct StateRequest<'a, V> {
    header: StateHeader,
    source: IpAddr,
    authentication: Option<Keyed<'a>>,
    encryption: Option<Keyed<'a>>,
    aead: Option<Keyed<'a>>,
    compression: Option<&'a str>,
    encapsulation: Option<Encapsulation>,
    care_of: Option<IpAddr>,
    mark: Option<(u32, u32)>,
    output_mark: Option<(u32, u32)>,
    interface_id: Option<u32>,
    replay_window: u32,
    extra_flags: ExtraFlags,
    offload: Option<Offload>,
    direction: Option<StateDirection>,
    more: Option<&'a dyn Items<Xfrm>>,
    /// `EEXIST` or `ESRCH` counts as success.
    forgiving: bool,
    verb: PhantomData<fn() -> V>,
}

impl<'a, V> StateRequest<'a, V> {
    /// Describes a state of any protocol. Addresses of two families are refused:
    /// `EncodeError::Family`.
    ///
    /// ```
    /// use nlwire::xfrm::{IpsecProtocol, NewState};
    ///
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let state = NewState::new(here, there, IpsecProtocol::ESP, 0x1000);
    /// # Ok::<(), core::net::AddrParseError>(())
    /// ```
    pub fn new(source: IpAddr, destination: IpAddr, protocol: IpsecProtocol, spi: u32) -> Self {
        let header = StateHeader {
            id: StateKey {
                destination: wide(destination),
                spi: spi.into(),
                protocol,
                ..StateKey::default()
            },
            source: wide(source),
            family: family_of(destination).into(),
            limits: LifetimeLimits::none(),
            ..StateHeader::default()
        };
        Self {
            header,
            source,
            authentication: None,
            encryption: None,
            aead: None,
            compression: None,
            encapsulation: None,
            care_of: None,
            mark: None,
            output_mark: None,
            interface_id: None,
            replay_window: 0,
            extra_flags: ExtraFlags::empty(),
            offload: None,
            direction: None,
            more: None,
            forgiving: false,
            verb: PhantomData,
        }
    }

    /// Describes a state of ESP.
    ///
    /// ```
    /// use nlwire::xfrm::NewState;
    ///
    /// # let (cipher_key, tag_key) = ([0; 16], [0; 32]);
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let state = NewState::esp(here, there, 0x1000)
    ///     .encryption("cbc(aes)", &cipher_key)
    ///     .truncated_authentication("hmac(sha256)", &tag_key, 128);
    /// # Ok::<(), core::net::AddrParseError>(())
    /// ```
    pub fn esp(source: IpAddr, destination: IpAddr, spi: u32) -> Self {
        Self::new(source, destination, IpsecProtocol::ESP, spi)
    }

    /// Describes a state of AH.
    ///
    /// ```
    /// use nlwire::xfrm::NewState;
    ///
    /// # let key = [0; 20];
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let state = NewState::ah(here, there, 0x2000).authentication("hmac(sha1)", &key);
    /// # Ok::<(), core::net::AddrParseError>(())
    /// ```
    pub fn ah(source: IpAddr, destination: IpAddr, spi: u32) -> Self {
        Self::new(source, destination, IpsecProtocol::AH, spi)
    }

    /// Describes a state of IPComp, whose index (CPI) has 16 bits.
    ///
    /// ```
    /// use nlwire::xfrm::NewState;
    ///
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let state = NewState::comp(here, there, 0x3000).compression("deflate");
    /// # Ok::<(), core::net::AddrParseError>(())
    /// ```
    pub fn comp(source: IpAddr, destination: IpAddr, index: u16) -> Self {
        Self::new(source, destination, IpsecProtocol::COMP, index.into())
    }

    /// Sets the mode.
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.header.mode = mode;
        self
    }

    /// Sets tunnel mode.
    pub const fn tunnel(self) -> Self {
        self.mode(Mode::TUNNEL)
    }

    /// Sets the request id, by which templates of policies choose states.
    pub fn reqid(mut self, reqid: u32) -> Self {
        self.header.reqid = reqid.into();
        self
    }

    /// Sets the sequence number of the acquire that the state answers.
    pub fn sequence(mut self, sequence: u32) -> Self {
        self.header.sequence = sequence.into();
        self
    }

    /// Encrypts with this algorithm, such as `cbc(aes)`, and key.
    #[doc(alias = "XFRMA_ALG_CRYPT")]
    pub const fn encryption(mut self, name: &'a str, key: &'a [u8]) -> Self {
        self.encryption = Some((name, Hidden(key), 0));
        self
    }

    /// Authenticates with this algorithm, such as `hmac(sha256)`, and key; the length of the tag
    /// is the algorithm's default.
    #[doc(alias = "XFRMA_ALG_AUTH")]
    pub const fn authentication(mut self, name: &'a str, key: &'a [u8]) -> Self {
        self.authentication = Some((name, Hidden(key), 0));
        self
    }

    /// Authenticates with a tag of `icv_bits` bits: 128 for `hmac(sha256)` as RFC 4868 has it,
    /// where the kernel's default is 96.
    ///
    /// ```
    /// use nlwire::xfrm::NewState;
    ///
    /// # let key = [0; 32];
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let state = NewState::ah(here, there, 0x2000);
    /// let state = state.truncated_authentication("hmac(sha256)", &key, 128);
    /// # Ok::<(), core::net::AddrParseError>(())
    /// ```
    #[doc(alias = "XFRMA_ALG_AUTH_TRUNC")]
    pub const fn truncated_authentication(
        mut self,
        name: &'a str,
        key: &'a [u8],
        icv_bits: u32,
    ) -> Self {
        self.authentication = Some((name, Hidden(key), icv_bits));
        self
    }

    /// Encrypts and authenticates with an algorithm, such as `rfc4106(gcm(aes))`, a key that
    /// ends in the salt, and a tag of `icv_bits` bits: 64, 96 or 128.
    #[doc(alias = "XFRMA_ALG_AEAD")]
    pub const fn aead(mut self, name: &'a str, key: &'a [u8], icv_bits: u32) -> Self {
        self.aead = Some((name, Hidden(key), icv_bits));
        self
    }

    /// Compresses with this algorithm, such as `deflate`.
    #[doc(alias = "XFRMA_ALG_COMP")]
    pub const fn compression(mut self, name: &'a str) -> Self {
        self.compression = Some(name);
        self
    }

    /// Wraps ESP in UDP or TCP.
    #[doc(alias = "XFRMA_ENCAP")]
    pub const fn encapsulation(mut self, encapsulation: Encapsulation) -> Self {
        self.encapsulation = Some(encapsulation);
        self
    }

    /// Sets the care-of address of Mobile IPv6, for the protocols `hao` and `route2`.
    #[doc(alias = "XFRMA_COADDR")]
    pub const fn care_of(mut self, address: IpAddr) -> Self {
        self.care_of = Some(address);
        self
    }

    /// Limits the state to packets of a selector.
    pub const fn selector(mut self, selector: Selector) -> Self {
        self.header.selector = selector;
        self
    }

    /// Limits the life of the state.
    pub const fn limits(mut self, limits: LifetimeLimits) -> Self {
        self.header.limits = limits;
        self
    }

    /// Sets the mark that packets must have, and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.mark = Some((value, mask));
        self
    }

    /// Sets the mark that transformed packets get, and its mask (`output-mark`).
    #[doc(alias = "XFRMA_SET_MARK")]
    pub const fn output_mark(mut self, value: u32, mask: u32) -> Self {
        self.output_mark = Some((value, mask));
        self
    }

    /// Sets the interface id, which chooses an `xfrm` link.
    #[doc(alias = "XFRMA_IF_ID")]
    pub const fn interface_id(mut self, id: u32) -> Self {
        self.interface_id = Some(id);
        self
    }

    /// Sets the size of the replay window in packets, at most 4,096; 0 turns replay protection
    /// off.
    pub const fn replay_window(mut self, packets: u32) -> Self {
        self.replay_window = packets;
        self
    }

    /// Uses extended sequence numbers, 64 bits.
    #[doc(alias = "XFRM_STATE_ESN")]
    pub const fn esn(self) -> Self {
        self.flags(StateFlags::ESN)
    }

    /// Adds flags.
    pub const fn flags(mut self, flags: StateFlags) -> Self {
        self.header.flags |= flags.bits();
        self
    }

    /// Adds more flags.
    #[doc(alias = "XFRMA_SA_EXTRA_FLAGS")]
    pub const fn extra_flags(mut self, flags: ExtraFlags) -> Self {
        self.extra_flags = self.extra_flags.union(flags);
        self
    }

    /// Offloads the state to a network card.
    #[doc(alias = "XFRMA_OFFLOAD_DEV")]
    pub fn offload(mut self, link: impl Into<LinkIndex>, flags: OffloadFlags) -> Self {
        self.offload = Some(Offload {
            index: link.into(),
            flags: flags.bits(),
            ..Offload::default()
        });
        self
    }

    /// Sets the direction (Linux 6.10). The kernel then refuses what makes no sense in that
    /// direction, such as a replay window of sent packets.
    #[doc(alias = "XFRMA_SA_DIR")]
    pub const fn direction(mut self, direction: StateDirection) -> Self {
        self.direction = Some(direction);
        self
    }

    /// Adds more attributes.
    pub const fn with(mut self, attributes: &'a dyn Items<Xfrm>) -> Self {
        self.more = Some(attributes);
        self
    }

    /// True if the replay counters need [`ReplayEsn`].
    const fn has_large_window(&self) -> bool {
        self.replay_window > 32 || self.header.flags & StateFlags::ESN.bits() != 0
    }

    fn write_as(&self, kind: MessageType, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let mut header = self.header;
        if !self.has_large_window() {
            header.replay_window = u8::try_from(self.replay_window).unwrap_or(u8::MAX);
        }
        let none = Flags::empty();
        w.append_message(kind, none, &header, |w| self.put_attributes(w))?;
        Ok(Next::End)
    }

    fn put_keys<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some((name, Hidden(key), icv_bits)) = self.aead {
            let algorithm = AeadAlgorithm::new(name, key, icv_bits);
            w = w.put(XfrmAttr::Aead(StructAndArray::of_bytes(&algorithm, key)))?;
        }
        match self.authentication {
            Some((name, Hidden(key), 0)) => {
                let algorithm = Algorithm::new(name, key);
                let keyed = StructAndArray::of_bytes(&algorithm, key);
                w = w.put(XfrmAttr::Authentication(keyed))?;
            }
            Some((name, Hidden(key), icv_bits)) => {
                let algorithm = AuthAlgorithm::new(name, key, icv_bits);
                let keyed = StructAndArray::of_bytes(&algorithm, key);
                w = w.put(XfrmAttr::TruncatedAuthentication(keyed))?;
            }
            None => {}
        }
        if let Some((name, Hidden(key), _)) = self.encryption {
            let algorithm = Algorithm::new(name, key);
            w = w.put(XfrmAttr::Encryption(StructAndArray::of_bytes(
                &algorithm, key,
            )))?;
        }
        if let Some(name) = self.compression {
            let algorithm = Algorithm::new(name, &[]);
            w = w.put(XfrmAttr::Compression(StructAndArray::of_bytes(
                &algorithm,
                &[],
            )))?;
        }
        Ok(w)
    }

    fn put_window<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if !self.has_large_window() {
            return Ok(w);
        }
        let words = self.replay_window.div_ceil(32);
        let bitmap = [U32::ZERO; 128];
        let length = usize::try_from(words).unwrap_or(usize::MAX);
        let Some(bitmap) = bitmap.get(..length) else {
            return Err(EncodeError::TooMany {
                attribute: XFRMA_REPLAY_ESN_VAL,
                limit: XFRMA_REPLAY_ESN_MAX,
                count: self.replay_window,
            });
        };
        let replay = ReplayEsn {
            bitmap_len: words.into(),
            replay_window: self.replay_window.into(),
            ..ReplayEsn::default()
        };
        w.put(XfrmAttr::ReplayEsn(StructAndArray::new(&replay, bitmap)))
    }

    fn put_attributes<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let family = self.header.family.get();
        if family_of(self.source) != family {
            return Err(EncodeError::Family {
                attribute: XFRMA_SRCADDR,
            });
        }
        let mut w = self.put_window(self.put_keys(w)?)?;
        if let Some(encapsulation) = &self.encapsulation {
            w = w.put(XfrmAttr::Encapsulation(encapsulation))?;
        }
        if let Some(address) = self.care_of {
            w = w.put(XfrmAttr::CareOf(&wide(address)))?;
        }
        if let Some((value, mask)) = self.output_mark {
            w = w.put([XfrmAttr::SetMark(value), XfrmAttr::SetMarkMask(mask)])?;
        }
        if let Some(offload) = &self.offload {
            w = w.put(XfrmAttr::Offload(offload))?;
        }
        if !self.extra_flags.is_empty() {
            w = w.put(XfrmAttr::ExtraFlags(self.extra_flags))?;
        }
        put_scope(w, self.mark, self.interface_id)?
            .put(self.direction.map(XfrmAttr::Direction))?
            .put_items(self.more)
    }
}

/// Puts the mark and the interface id, which are a part of the identity of states and policies.
pub(in crate::xfrm) fn put_scope<'w, 'b>(
    mut w: &'w mut Writer<'b>,
    mark: Option<(u32, u32)>,
    interface_id: Option<u32>,
) -> Put<'w, 'b> {
    if let Some((value, mask)) = mark {
        let mark = Mark {
            value: value.into(),
            mask: mask.into(),
        };
        w = w.put(XfrmAttr::Mark(&mark))?;
    }
    w.put(interface_id.map(XfrmAttr::InterfaceId))
}

impl NewState<'_> {
    /// Keeps an existing state unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.forgiving = true;
        self
    }
}

impl Request for NewState<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.write_as(XFRM_MSG_NEWSA, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.header.id())
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.forgiving {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

impl SetState<'_> {
    /// Counts `ESRCH` as success: the state may be absent.
    pub const fn if_there(mut self) -> Self {
        self.forgiving = true;
        self
    }
}

impl Request for SetState<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.write_as(XFRM_MSG_UPDSA, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {}", self.header.id())
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.forgiving { &[Errno::ESRCH] } else { &[] }
    }
}

crate::__format!(StateCreation, StateChange, for [V: fmt::Debug] StateRequest<'_, V>);
