//! Requests for settings of a link, or of all links.

use core::fmt;

use super::{ETHTOOL_GENL_VERSION, Header, HeaderAttr, HeaderFlags, PROTOCOL};
use crate::codec::AttributeSet;
use crate::generic::GenericHeader;
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, Next, Query, Request,
    Row, Text, Writer, fields,
};

/// Set of a message that names its link in a nest.
pub trait LinkMessage: AttributeSet {
    /// Attribute type of that nest, [`Header`].
    const HEADER: u16;
}

/// Settings that [`Get`] reads.
pub trait Subject: 'static {
    /// Attributes of the answer.
    type Set: LinkMessage;
    /// Command of the request.
    const GET: u8;
}

/// Change or action that [`Act`] carries out.
pub trait Action: 'static {
    /// Attributes of the request, and of its reply.
    type Set: LinkMessage;
    /// Command of the request.
    const COMMAND: u8;
    /// True if the kernel replies beside its acknowledgement.
    const HAS_REPLY: bool = false;
}

/// Row of an answer or of a notification.
pub type LinkRow<'a, S> = Row<'a, GenericHeader, S>;

impl<'a, S: LinkMessage> Row<'a, GenericHeader, S> {
    /// Returns the name of the link.
    ///
    /// # Errors
    ///
    /// Fails if the nest that names the link is malformed.
    pub fn link_name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        let Some(header) = self.attributes.find(S::HEADER)? else {
            return Ok(None);
        };
        Ok(fields!(header.nested() => Header { device_name })?.device_name)
    }

    /// Returns the index of the link.
    ///
    /// # Errors
    ///
    /// Fails if the nest that names the link is malformed.
    pub fn link_index(&self) -> Result<Option<LinkIndex>, DecodeError> {
        let Some(header) = self.attributes.find(S::HEADER)? else {
            return Ok(None);
        };
        Ok(fields!(header.nested() => Header { device_index })?.device_index)
    }
}

/// Link that a request is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Device<'a> {
    All,
    Name(Text<'a>),
    Index(LinkIndex),
}

impl Device<'_> {
    pub(super) fn put<'w, 'b>(
        self,
        header: u16,
        flags: HeaderFlags,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        w.nest(header, |w| {
            let w = match self {
                Self::All => w,
                Self::Name(name) => w.put(HeaderAttr::DeviceName(name))?,
                Self::Index(index) => w.put(HeaderAttr::DeviceIndex(index))?,
            };
            if flags.is_empty() {
                return Ok(w);
            }
            w.put(HeaderAttr::Flags(flags))
        })
    }

    pub(super) fn write_object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("links"),
            Self::Name(name) => write!(f, "link {name:?}"),
            Self::Index(index) => write!(f, "link {index}"),
        }
    }
}

/// Reads settings of one link, or lists those of all links that have them.
///
/// Each subject has a name of its own, such as [`GetRings`](super::GetRings):
///
/// ```
/// use nlwire::generic::ethtool::{GetPause, GetRings};
///
/// let one = GetRings::by_name("eth0");
/// let all = GetRings::all();
/// let with_counters = GetPause::by_index(2).statistics();
/// ```
pub struct Get<'a, S: Subject> {
    device: Device<'a>,
    flags: HeaderFlags,
    is_list: bool,
    attributes: Option<&'a dyn Items<S::Set>>,
}

impl<'a, S: Subject> Get<'a, S> {
    const fn of(device: Device<'a>) -> Self {
        Self {
            device,
            flags: HeaderFlags::empty(),
            is_list: matches!(device, Device::All),
            attributes: None,
        }
    }

    /// Reads the settings of the link with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self::of(Device::Name(name.into()))
    }

    /// Reads the settings of the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(Device::Index(index.into()))
    }

    /// Lists the settings of all links that have them.
    #[must_use]
    pub const fn all() -> Self {
        Self::of(Device::All)
    }

    /// Lists every RSS context or every PHY of the link, where a query without
    /// this reads the first one.
    #[must_use]
    pub const fn every(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// Asks for bitsets in words, without names: the answer is shorter.
    #[must_use]
    #[doc(alias = "ETHTOOL_FLAG_COMPACT_BITSETS")]
    pub fn compact(mut self) -> Self {
        self.flags |= HeaderFlags::COMPACT_BITSETS;
        self
    }

    /// Asks for counters beside pause, FEC, MAC merge or time stamping
    /// settings.
    #[must_use]
    #[doc(alias = "ETHTOOL_FLAG_STATS")]
    pub fn statistics(mut self) -> Self {
        self.flags |= HeaderFlags::STATS;
        self
    }

    /// Sends these attributes along, such as an RSS context.
    #[must_use]
    pub const fn with(mut self, attributes: &'a dyn Items<S::Set>) -> Self {
        self.attributes = Some(attributes);
        self
    }
}

impl<S: Subject> Clone for Get<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Subject> Copy for Get<'_, S> {}

impl<S: Subject> fmt::Debug for Get<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get")
            .field("command", &S::GET)
            .field("device", &self.device)
            .field("flags", &self.flags)
            .field("attributes", &self.attributes)
            .finish_non_exhaustive()
    }
}

impl<S: Subject> Request for Get<'_, S> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = if self.is_list {
            GetFlags::DUMP
        } else {
            GetFlags::empty()
        };
        w.append_command(S::GET, ETHTOOL_GENL_VERSION, flags, |w| {
            self.device
                .put(S::Set::HEADER, self.flags, w)?
                .put_items(self.attributes)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.device.write_object(f)
    }
}

impl<S: Subject> Query for Get<'_, S> {
    type Row<'r> = LinkRow<'r, S::Set>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

/// Changes settings of a link, or starts an action. Attributes that are not
/// given stay as they are.
///
/// Each subject has a name of its own, such as [`SetRings`](super::SetRings):
///
/// ```
/// use nlwire::generic::ethtool::{RingsAttr, SetRings};
///
/// let change = SetRings::by_name("eth0", &[RingsAttr::Rx(512)]);
/// ```
pub struct Act<'a, A: Action> {
    device: Device<'a>,
    attributes: &'a dyn Items<A::Set>,
}

impl<'a, A: Action> Act<'a, A> {
    /// Changes the link with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>, attributes: &'a dyn Items<A::Set>) -> Self {
        let device = Device::Name(name.into());
        Self { device, attributes }
    }

    /// Changes the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>, attributes: &'a dyn Items<A::Set>) -> Self {
        let device = Device::Index(index.into());
        Self { device, attributes }
    }

    /// Asks for the kernel's reply: the features that differ from the request,
    /// the time stamping settings in use, or the RSS context that was created.
    /// Other changes have no reply.
    ///
    /// ```
    /// use nlwire::generic::ethtool::{CreateRss, RssAttr};
    ///
    /// let create = CreateRss::by_name("eth0", &[RssAttr::Context(1)]).with_reply();
    /// ```
    #[must_use]
    pub const fn with_reply(self) -> Replied<'a, A> {
        Replied(self)
    }

    fn write_with(&self, flags: HeaderFlags, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(A::COMMAND, ETHTOOL_GENL_VERSION, Flags::empty(), |w| {
            self.device
                .put(A::Set::HEADER, flags, w)?
                .put_items(Some(self.attributes))
        })?;
        Ok(Next::End)
    }
}

impl<A: Action> Clone for Act<'_, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Action> Copy for Act<'_, A> {}

impl<A: Action> fmt::Debug for Act<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Act")
            .field("command", &A::COMMAND)
            .field("device", &self.device)
            .field("attributes", &self.attributes)
            .finish()
    }
}

impl<A: Action> Request for Act<'_, A> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // A change that is only acknowledged needs no reply beside.
        let flags = if A::HAS_REPLY {
            HeaderFlags::OMIT_REPLY
        } else {
            HeaderFlags::empty()
        };
        self.write_with(flags, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.device.write_object(f)
    }
}

/// Change whose reply is read, created by [`Act::with_reply`].
pub struct Replied<'a, A: Action>(Act<'a, A>);

impl<A: Action> Clone for Replied<'_, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Action> Copy for Replied<'_, A> {}

impl<A: Action> fmt::Debug for Replied<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Replied").field(&self.0).finish()
    }
}

impl<A: Action> Request for Replied<'_, A> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write_with(HeaderFlags::empty(), w)
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(from, f)
    }
}

impl<A: Action> Query for Replied<'_, A> {
    type Row<'r> = LinkRow<'r, A::Set>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

/// Says of a set with which commands it is read and changed.
macro_rules! messages {
    ($($set:ident: $header:ident $(, get $get:ident)? $(, set $command:ident)?;)*) => {$(
        impl $crate::generic::ethtool::LinkMessage for $set {
            const HEADER: u16 = $header;
        }

        $(
            impl $crate::generic::ethtool::Subject for $set {
                type Set = Self;
                const GET: u8 = $crate::generic::ethtool::$get;
            }
        )?
        $(
            impl $crate::generic::ethtool::Action for $set {
                type Set = Self;
                const COMMAND: u8 = $crate::generic::ethtool::$command;
            }
        )?
    )*};
}

pub(super) use messages;

crate::__format!(
    for [S: Subject] Get<'_, S>,
    for [A: Action] Act<'_, A>,
    for [A: Action] Replied<'_, A>
);
