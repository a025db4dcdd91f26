//! Answers in the form that the kernel writes (`netlink_ack` and
//! `netlink_dump_done` in `net/netlink/af_netlink.c`), for tests, recordings
//! and kernels in user space.

use super::{
    NLMSGERR_ATTR_COOKIE, NLMSGERR_ATTR_MISS_NEST, NLMSGERR_ATTR_MISS_TYPE, NLMSGERR_ATTR_MSG,
    NLMSGERR_ATTR_OFFS, NLMSGERR_ATTR_POLICY,
};
use crate::codec::{Form as _, Nest, Nested};
use crate::policy::PolicyEntry;
use crate::{
    AckFlags, EncodeError, Errno, Flags, Header, MessageRef, MessageType, Put, Text, Writer,
};

/// Answer to write that ends a request: an acknowledgement, a refusal, or the
/// end of a dump. [`AckRef`](crate::AckRef) reads one.
///
/// ```
/// use nlwire::ack::Ack;
/// use nlwire::{AckRef, Errno, Flags, MessageType, NewFlags, Writer};
///
/// let (mut request, mut answer) = ([0; 64], [0; 128]);
/// let flags = Flags::REQUEST | Flags::ACK | NewFlags::CREATE;
/// let request = Writer::message(&mut request, MessageType(16), flags, &(), |w| w.u32(4, 0))?;
///
/// let refusal = Ack::refusal(request.header(), Errno::EINVAL)
///     .echo(request)
///     .text("mtu less than device minimum")
///     .offset(16);
/// let answer = AckRef::new(refusal.write(&mut answer)?)?;
/// assert_eq!(answer.to_string(), "EINVAL: mtu less than device minimum");
/// assert_eq!(answer.offset(), Some(16));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The attributes are written in the kernel's order. An answer without any has
/// no [`AckFlags::ACK_TLVS`] in its header.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "an answer is written by `write` or `Writer::append_ack`"]
pub struct Ack<'a> {
    request: Header,
    kind: MessageType,
    code: i32,
    flags: Flags,
    port: u32,
    echo: Option<MessageRef<'a>>,
    text: Option<Text<'a>>,
    cookie: Option<&'a [u8]>,
    offset: Option<u32>,
    policy: Option<Nested<'a, PolicyEntry>>,
    missing_type: Option<u32>,
    missing_nest: Option<u32>,
}

crate::__format!(Ack<'_>);

impl<'a> Ack<'a> {
    fn new(request: &Header, kind: MessageType, code: i32) -> Self {
        Self {
            request: *request,
            kind,
            code,
            flags: Flags::empty(),
            port: request.port(),
            echo: None,
            text: None,
            cookie: None,
            offset: None,
            policy: None,
            missing_type: None,
            missing_nest: None,
        }
    }

    /// Acknowledges the request with this header.
    pub fn success(request: &Header) -> Self {
        Self::new(request, MessageType::ERROR, 0)
    }

    /// Refuses the request with this header. The answer holds the request's
    /// header only, as on a socket with `NETLINK_CAP_ACK`; [`echo`](Self::echo)
    /// adds the payload.
    pub fn refusal(request: &Header, errno: Errno) -> Self {
        Self::new(request, MessageType::ERROR, errno.0.wrapping_neg())
    }

    /// Ends the dump that this request started. The code is 0, a negative
    /// errno, or the positive result of a few dumps.
    pub fn done(request: &Header, code: i32) -> Self {
        let mut done = Self::new(request, MessageType::DONE, code);
        done.flags = Flags::MULTI;
        done
    }

    /// Adds the payload of the request to a refusal.
    pub const fn echo(mut self, request: MessageRef<'a>) -> Self {
        self.echo = Some(request);
        self
    }

    /// Sets the port ID of the answer. The default is the request's; the kernel
    /// writes the socket's port ID even if the request has none.
    pub const fn port(mut self, port: u32) -> Self {
        self.port = port;
        self
    }

    /// Adds flags, such as [`Flags::DUMP_INTR`].
    pub fn flags(mut self, flags: impl Into<Flags>) -> Self {
        self.flags |= flags.into();
        self
    }

    /// Sets the text: the reason of a refusal, or a warning beside a success.
    #[doc(alias = "NLMSGERR_ATTR_MSG")]
    pub fn text(mut self, text: impl Into<Text<'a>>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Sets the cookie, which identifies the object that was created.
    #[doc(alias = "NLMSGERR_ATTR_COOKIE")]
    pub const fn cookie(mut self, cookie: &'a [u8]) -> Self {
        self.cookie = Some(cookie);
        self
    }

    /// Sets the offset of the refused attribute, in bytes from the start of the
    /// request's header.
    #[doc(alias = "NLMSGERR_ATTR_OFFS")]
    pub const fn offset(mut self, offset: u32) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Sets the policy that the refused attribute violates.
    #[doc(alias = "NLMSGERR_ATTR_POLICY")]
    pub fn policy(mut self, policy: impl Into<Nested<'a, PolicyEntry>>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Sets the type of the attribute that is missing in the request.
    #[doc(alias = "NLMSGERR_ATTR_MISS_TYPE")]
    pub const fn missing_type(mut self, kind: u32) -> Self {
        self.missing_type = Some(kind);
        self
    }

    /// Sets the offset of the nest in which an attribute is missing, in bytes
    /// from the start of the request's header.
    #[doc(alias = "NLMSGERR_ATTR_MISS_NEST")]
    pub const fn missing_nest(mut self, offset: u32) -> Self {
        self.missing_nest = Some(offset);
        self
    }

    /// Writes the answer at the start of `buffer`.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`] if the buffer is too small.
    pub fn write(self, buffer: &mut [u8]) -> Result<MessageRef<'_>, EncodeError> {
        let mut writer = Writer::new(buffer, 0);
        writer.append_ack(&self)?;
        writer.into_message()
    }

    fn header(&self) -> Header {
        let is_done = self.kind == MessageType::DONE;
        let mut flags = self.flags;
        // The kernel caps each success, and a refusal on a socket with
        // `NETLINK_CAP_ACK`.
        if !is_done && self.echo.is_none() {
            flags = flags | AckFlags::CAPPED;
        }
        if self.has_attributes() {
            flags = flags | AckFlags::ACK_TLVS;
        }
        Header::new(self.kind, flags)
            .with_sequence(self.request.sequence())
            .with_port(self.port)
    }

    const fn has_attributes(&self) -> bool {
        self.text.is_some()
            || self.cookie.is_some()
            || self.offset.is_some()
            || self.policy.is_some()
            || self.missing_type.is_some()
            || self.missing_nest.is_some()
    }

    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w = w.append(&self.code.to_ne_bytes())?;
        if self.kind != MessageType::DONE {
            w = w.append(&self.request)?;
        }
        if let Some(request) = self.echo {
            w = w.append(request.payload())?.pad()?;
        }
        if let Some(text) = self.text {
            w = w.text(NLMSGERR_ATTR_MSG, text)?;
        }
        if let Some(cookie) = self.cookie {
            w = w.bytes(NLMSGERR_ATTR_COOKIE, cookie)?;
        }
        if let Some(offset) = self.offset {
            w = w.u32(NLMSGERR_ATTR_OFFS, offset)?;
        }
        if let Some(policy) = &self.policy {
            w = Nest::encode(policy, NLMSGERR_ATTR_POLICY, w)?;
        }
        if let Some(kind) = self.missing_type {
            w = w.u32(NLMSGERR_ATTR_MISS_TYPE, kind)?;
        }
        if let Some(offset) = self.missing_nest {
            w = w.u32(NLMSGERR_ATTR_MISS_NEST, offset)?;
        }
        Ok(w)
    }
}

impl<'b> Writer<'b> {
    /// Appends an answer that ends a request.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`] if the buffer is too small; the answer is then
    /// removed whole.
    pub fn append_ack(&mut self, ack: &Ack<'_>) -> Put<'_, 'b> {
        self.append_answer(ack.header(), &(), |w| ack.put(w))
    }
}
