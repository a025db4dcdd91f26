//! Requests that add and update policies.

use core::fmt;
use core::marker::PhantomData;

use super::{PolicyHeader, Template};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::xfrm::state::put_scope;
use crate::xfrm::{
    LifetimeLimits, Offload, OffloadFlags, PROTOCOL, PolicyAction, PolicyDirection, PolicyFlags,
    PolicyType, Selector, XFRM_MSG_NEWPOLICY, XFRM_MSG_UPDPOLICY, Xfrm, XfrmAttr, put_policy_type,
};
use crate::{EncodeError, Errno, Flags, Items, LinkIndex, MessageType, Next, Request, Writer};

/// Adds a policy, as `ip xfrm policy add` does: `EEXIST` if there is one with this direction,
/// selector, mark, interface id and type.
///
/// ```
/// use nlwire::xfrm::{IpsecProtocol, NewPolicy, Selector, Template};
///
/// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
/// let templates = [Template::tunnel(IpsecProtocol::ESP, here, there)?.reqid(1)];
/// let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?;
/// let policy = NewPolicy::output(selector).priority(100).templates(&templates);
/// # let mut buffer = [0; 1024];
/// # nlwire::Batch::new(&mut buffer).push(&policy)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "XFRM_MSG_NEWPOLICY")]
pub type NewPolicy<'a> = PolicyRequest<'a, PolicyCreation>;

/// Adds a policy, or replaces the one with this direction, selector, mark, interface id and type,
/// as `ip xfrm policy update` does.
///
/// The priority of a policy changes while packets go on:
///
/// ```
/// use nlwire::xfrm::{IpsecProtocol, Selector, SetPolicy, Template};
///
/// // ip xfrm policy update dir out src 10.0.0.0/24 dst 10.1.0.0/24 priority 50 tmpl ...
/// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
/// let templates = [Template::tunnel(IpsecProtocol::ESP, here, there)?.reqid(1)];
/// let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?;
/// let update = SetPolicy::output(selector).priority(50).templates(&templates);
/// # let mut buffer = [0; 1024];
/// # nlwire::Batch::new(&mut buffer).push(&update)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "XFRM_MSG_UPDPOLICY")]
pub type SetPolicy<'a> = PolicyRequest<'a, PolicyChange>;

/// Marks a [`NewPolicy`].
#[derive(Clone, Copy, Debug)]
pub enum PolicyCreation {}

/// Marks a [`SetPolicy`].
#[derive(Clone, Copy, Debug)]
pub enum PolicyChange {}

/// Policy to be added or replaced: [`NewPolicy`] or [`SetPolicy`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct PolicyRequest<'a, V> {
    header: PolicyHeader,
    kind: PolicyType,
    templates: &'a [Template],
    mark: Option<(u32, u32)>,
    interface_id: Option<u32>,
    offload: Option<Offload>,
    more: Option<&'a dyn Items<Xfrm>>,
    if_absent: bool,
    verb: PhantomData<fn() -> V>,
}

impl<'a, V> PolicyRequest<'a, V> {
    /// Describes a policy of a direction, which lets packets pass.
    pub fn new(direction: PolicyDirection, selector: Selector) -> Self {
        Self {
            header: PolicyHeader {
                selector,
                direction,
                limits: LifetimeLimits::none(),
                ..PolicyHeader::default()
            },
            kind: PolicyType::MAIN,
            templates: &[],
            mark: None,
            interface_id: None,
            offload: None,
            more: None,
            if_absent: false,
            verb: PhantomData,
        }
    }

    /// Describes a policy for packets to this host.
    pub fn input(selector: Selector) -> Self {
        Self::new(PolicyDirection::IN, selector)
    }

    /// Describes a policy for packets that leave this host.
    pub fn output(selector: Selector) -> Self {
        Self::new(PolicyDirection::OUT, selector)
    }

    /// Describes a policy for forwarded packets.
    pub fn forward(selector: Selector) -> Self {
        Self::new(PolicyDirection::FWD, selector)
    }

    /// Drops the packets.
    #[doc(alias = "XFRM_POLICY_BLOCK")]
    pub const fn block(mut self) -> Self {
        self.header.action = PolicyAction::BLOCK;
        self
    }

    /// Sets the priority: the lowest number is tried first. The default is 0.
    pub fn priority(mut self, priority: u32) -> Self {
        self.header.priority = priority.into();
        self
    }

    /// Sets the index, whose lower 3 bits are the number of the direction.
    pub fn index(mut self, index: u32) -> Self {
        self.header.index = index.into();
        self
    }

    /// Asks for these states, at most 6, the innermost first.
    #[doc(alias = "XFRMA_TMPL")]
    pub const fn templates(mut self, templates: &'a [Template]) -> Self {
        self.templates = templates;
        self
    }

    /// Describes a sub-policy, which applies before a main one.
    #[doc(alias = "XFRM_POLICY_TYPE_SUB")]
    pub const fn sub(mut self) -> Self {
        self.kind = PolicyType::SUB;
        self
    }

    /// Limits the life of the policy.
    pub const fn limits(mut self, limits: LifetimeLimits) -> Self {
        self.header.limits = limits;
        self
    }

    /// Adds flags.
    pub const fn flags(mut self, flags: PolicyFlags) -> Self {
        self.header.flags |= flags.bits();
        self
    }

    /// Sets the mark that packets must have, and its mask.
    #[doc(alias = "XFRMA_MARK")]
    pub const fn mark(mut self, value: u32, mask: u32) -> Self {
        self.mark = Some((value, mask));
        self
    }

    /// Sets the interface id, which chooses an `xfrm` link.
    #[doc(alias = "XFRMA_IF_ID")]
    pub const fn interface_id(mut self, id: u32) -> Self {
        self.interface_id = Some(id);
        self
    }

    /// Offloads the policy to a network card (Linux 6.2).
    #[doc(alias = "XFRMA_OFFLOAD_DEV")]
    pub fn offload(mut self, link: impl Into<LinkIndex>) -> Self {
        self.offload = Some(Offload {
            index: link.into(),
            flags: OffloadFlags::PACKET.bits(),
            ..Offload::default()
        });
        self
    }

    /// Adds more attributes.
    pub const fn with(mut self, attributes: &'a dyn Items<Xfrm>) -> Self {
        self.more = Some(attributes);
        self
    }

    fn put_attributes<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if !self.templates.is_empty() {
            w = w.put(XfrmAttr::Templates(self.templates))?;
        }
        if let Some(offload) = &self.offload {
            w = w.put(XfrmAttr::Offload(offload))?;
        }
        w = put_policy_type(w, self.kind)?;
        put_scope(w, self.mark, self.interface_id)?.put_items(self.more)
    }

    fn write_as(&self, kind: MessageType, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(kind, none, &self.header, |w| self.put_attributes(w))?;
        Ok(Next::End)
    }

    fn write_object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PolicyHeader {
            selector,
            direction,
            ..
        } = self.header;
        write!(f, "policy {selector} dir {direction}")
    }
}

impl NewPolicy<'_> {
    /// Keeps an existing policy unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewPolicy<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.write_as(XFRM_MSG_NEWPOLICY, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

impl Request for SetPolicy<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.write_as(XFRM_MSG_UPDPOLICY, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_object(f)
    }
}

crate::__format!(PolicyCreation, PolicyChange, for [V: fmt::Debug] PolicyRequest<'_, V>);
