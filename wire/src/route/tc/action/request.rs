//! Actions of filters, for requests.

use super::{
    ActionAttr, ActionParameters, ControlAction, GactAttr, MirredAction, MirredAttr,
    MirredParameters, TCA_ACT_OPTIONS,
};
use crate::writer::Put;
use crate::{LinkIndex, Writer};

/// Action that a filter has on packets, for [`NewFilter::action`](crate::route::tc::NewFilter::action).
///
/// ```
/// use nlwire::route::FilterAction;
///
/// let (drop, copy) = (FilterAction::drop(), FilterAction::mirror(7));
/// # let _ = (drop, copy);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "describes an action"]
pub struct FilterAction<'a> {
    kind: &'a str,
    settings: Settings<'a>,
    index: u32,
    cookie: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Settings<'a> {
    None,
    Decide(ControlAction),
    Send(MirredAction, ControlAction, LinkIndex),
    Bytes(&'a [u8]),
}

impl<'a> FilterAction<'a> {
    /// Describes an action of any kind, such as `vlan`, by its number among
    /// those of its kind or with [`options_bytes`](Self::options_bytes).
    #[doc(alias = "TCA_ACT_KIND")]
    pub const fn new(kind: &'a str) -> Self {
        Self {
            kind,
            settings: Settings::None,
            index: 0,
            cookie: &[],
        }
    }

    const fn with(mut self, settings: Settings<'a>) -> Self {
        self.settings = settings;
        self
    }

    /// Decides on packets and does nothing else (`gact`).
    #[doc(alias = "TCA_GACT_PARMS")]
    pub const fn decide(action: ControlAction) -> Self {
        Self::new("gact").with(Settings::Decide(action))
    }

    /// Drops packets.
    #[doc(alias = "TC_ACT_SHOT")]
    pub const fn drop() -> Self {
        Self::decide(ControlAction::SHOT)
    }

    /// Lets packets pass; no further filter sees them.
    #[doc(alias = "TC_ACT_OK")]
    pub const fn pass() -> Self {
        Self::decide(ControlAction::OK)
    }

    fn send(action: MirredAction, then: ControlAction, link: LinkIndex) -> Self {
        Self::new("mirred").with(Settings::Send(action, then, link))
    }

    /// Sends packets out of another link.
    #[doc(alias = "TCA_EGRESS_REDIR")]
    pub fn redirect(link: impl Into<LinkIndex>) -> Self {
        let action = MirredAction::EGRESS_REDIR;
        Self::send(action, ControlAction::STOLEN, link.into())
    }

    /// Sends copies out of another link; the next action sees the packet.
    #[doc(alias = "TCA_EGRESS_MIRROR")]
    pub fn mirror(link: impl Into<LinkIndex>) -> Self {
        let action = MirredAction::EGRESS_MIRROR;
        Self::send(action, ControlAction::PIPE, link.into())
    }

    /// Lets another link receive packets.
    #[doc(alias = "TCA_INGRESS_REDIR")]
    pub fn redirect_ingress(link: impl Into<LinkIndex>) -> Self {
        let action = MirredAction::INGRESS_REDIR;
        Self::send(action, ControlAction::STOLEN, link.into())
    }

    /// Lets another link receive copies; the next action sees the packet.
    #[doc(alias = "TCA_INGRESS_MIRROR")]
    pub fn mirror_ingress(link: impl Into<LinkIndex>) -> Self {
        let action = MirredAction::INGRESS_MIRROR;
        Self::send(action, ControlAction::PIPE, link.into())
    }

    /// Takes settings that are written already: the attributes inside of
    /// `TCA_ACT_OPTIONS`.
    pub const fn options_bytes(self, options: &'a [u8]) -> Self {
        self.with(Settings::Bytes(options))
    }

    /// Sets the number among the actions of the kind; 0, the default, lets the
    /// kernel choose. An action with this number is shared.
    #[doc(alias = "TCA_ACT_INDEX")]
    pub const fn index(mut self, index: u32) -> Self {
        self.index = index;
        self
    }

    /// Sets a cookie of up to 16 bytes, which the kernel keeps.
    #[doc(alias = "TCA_ACT_COOKIE")]
    pub const fn cookie(mut self, cookie: &'a [u8]) -> Self {
        self.cookie = cookie;
        self
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let mut w = w.put(ActionAttr::Kind(self.kind))?;
        if !self.cookie.is_empty() {
            w = w.put(ActionAttr::Cookie(self.cookie))?;
        }
        match self.settings {
            Settings::None => w.put(ActionAttr::Index(self.index)),
            Settings::Bytes(bytes) => w.nest_of(TCA_ACT_OPTIONS, bytes),
            Settings::Decide(action) => w.nest(TCA_ACT_OPTIONS, |w| {
                w.put(GactAttr::Parameters(&ActionParameters {
                    index: self.index.into(),
                    action: action.0.into(),
                    ..ActionParameters::default()
                }))
            }),
            Settings::Send(direction, then, link) => w.nest(TCA_ACT_OPTIONS, |w| {
                w.put(MirredAttr::Parameters(&MirredParameters {
                    index: self.index.into(),
                    action: then.0.into(),
                    direction: direction.0.into(),
                    link: link.get().into(),
                    ..MirredParameters::default()
                }))
            }),
        }
    }
}

/// Puts actions as a nest of this type, numbered from 1.
pub(in crate::route::tc) fn put_actions<'w, 'b>(
    w: &'w mut Writer<'b>,
    nest: u16,
    first: Option<FilterAction<'_>>,
    more: &[FilterAction<'_>],
) -> Put<'w, 'b> {
    if first.is_none() && more.is_empty() {
        return Ok(w);
    }
    w.nest(nest, |w| {
        for (number, action) in (1..).zip(first.iter().chain(more)) {
            w.nest(number, |w| action.put(w))?;
        }
        Ok(w)
    })
}

crate::__format!(FilterAction<'_>);
