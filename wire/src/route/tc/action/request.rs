//! Actions of filters, for requests.

use super::settings::{parameters, put_pedit};
use super::{
    ActionAttr, ControlAction, GactAttr, MirredAction, MirredAttr, MirredParameters, PeditKey,
    PoliceSettings, SkbEditSettings, TCA_ACT_OPTIONS, TunnelKeySettings, VlanTagSettings,
};
use crate::codec::AnyAttributes;
use crate::codec::Encode;
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
#[derive(Clone, Copy, Debug)]
#[must_use = "describes an action"]
pub struct FilterAction<'a> {
    kind: &'a str,
    settings: Settings<'a>,
    then: Option<ControlAction>,
    index: u32,
    cookie: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
enum Settings<'a> {
    None,
    Decide,
    Send(MirredAction, LinkIndex),
    Police(PoliceSettings),
    Vlan(VlanTagSettings),
    SkbEdit(SkbEditSettings),
    Pedit(&'a [PeditKey]),
    TunnelKey(TunnelKeySettings),
    Attributes(&'a dyn AnyAttributes),
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
            then: None,
            index: 0,
            cookie: &[],
        }
    }

    const fn with(mut self, settings: Settings<'a>) -> Self {
        self.settings = settings;
        self
    }

    pub(in crate::route::tc) const fn name(&self) -> &'a str {
        self.kind
    }

    /// Decides on packets and does nothing else (`gact`).
    #[doc(alias = "TCA_GACT_PARMS")]
    pub const fn decide(action: ControlAction) -> Self {
        Self::new("gact").with(Settings::Decide).then(action)
    }

    /// Drops packets.
    #[doc(alias = "TC_ACT_SHOT")]
    pub const fn drop() -> Self {
        Self::decide(ControlAction::SHOT)
    }

    /// Passes packets; later filters are skipped.
    #[doc(alias = "TC_ACT_OK")]
    pub const fn pass() -> Self {
        Self::decide(ControlAction::OK)
    }

    /// Passes packets to the filters of a chain.
    #[doc(alias = "TC_ACT_GOTO_CHAIN")]
    pub const fn goto_chain(chain: u32) -> Self {
        Self::decide(ControlAction::goto_chain(chain))
    }

    fn send(action: MirredAction, then: ControlAction, link: LinkIndex) -> Self {
        let settings = Settings::Send(action, link);
        Self::new("mirred").with(settings).then(then)
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

    /// Limits packets to a rate.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, PoliceSettings, Rate};
    ///
    /// let limit = FilterAction::police(PoliceSettings::new(Rate::mbit(10), 20_000));
    /// # let _ = limit;
    /// ```
    #[doc(alias = "TCA_POLICE_TBF")]
    pub const fn police(settings: PoliceSettings) -> Self {
        Self::new("police").with(Settings::Police(settings))
    }

    /// Adds, changes or removes a VLAN tag; the next action sees the packet.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, VlanTagSettings};
    ///
    /// let tag = FilterAction::vlan(VlanTagSettings::push(100).priority(3));
    /// # let _ = tag;
    /// ```
    #[doc(alias = "TCA_VLAN_PARMS")]
    pub const fn vlan(settings: VlanTagSettings) -> Self {
        Self::new("vlan").with(Settings::Vlan(settings))
    }

    /// Changes mark, priority or transmit queue; the next action sees the packet.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, SkbEditSettings};
    ///
    /// let mark = FilterAction::skbedit(SkbEditSettings::new().mark(7, 0xff));
    /// # let _ = mark;
    /// ```
    #[doc(alias = "TCA_SKBEDIT_PARMS")]
    pub const fn skbedit(settings: SkbEditSettings) -> Self {
        Self::new("skbedit").with(Settings::SkbEdit(settings))
    }

    /// Changes words of packets; the next action sees the packet. Offsets count
    /// from the network header.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, PeditKey};
    ///
    /// // The TTL becomes 64.
    /// let keys = [PeditKey {
    ///     mask: [0x00, 0xff, 0xff, 0xff],
    ///     value: [64, 0, 0, 0],
    ///     offset: 8.into(),
    ///     ..PeditKey::default()
    /// }];
    /// let ttl = FilterAction::pedit(&keys);
    /// # let _ = ttl;
    /// ```
    #[doc(alias = "TCA_PEDIT_PARMS")]
    pub const fn pedit(keys: &'a [PeditKey]) -> Self {
        Self::new("pedit").with(Settings::Pedit(keys))
    }

    /// Sets or removes the tunnel that packets leave by; the next action sees the
    /// packet.
    ///
    /// ```
    /// use core::net::Ipv4Addr;
    /// use nlwire::route::{FilterAction, TunnelKeySettings};
    ///
    /// let (local, remote) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
    /// let tunnel = FilterAction::tunnel_key(TunnelKeySettings::set(local, remote).id(42));
    /// # let _ = tunnel;
    /// ```
    #[doc(alias = "TCA_TUNNEL_KEY_PARMS")]
    pub const fn tunnel_key(settings: TunnelKeySettings) -> Self {
        Self::new("tunnel_key").with(Settings::TunnelKey(settings))
    }

    /// Takes the settings of any kind: an array of the enum of its set, such as
    /// [`CtActionAttr`](super::CtActionAttr), with its parameters.
    #[doc(alias = "TCA_ACT_OPTIONS")]
    pub fn of<A: Encode>(kind: &'a str, settings: &'a A) -> Self {
        Self::new(kind).with(Settings::Attributes(settings))
    }

    /// Sets the decision on the packet, in place of the one that the constructor
    /// names. A `police` has its own, and so has [`of`](Self::of).
    pub const fn then(mut self, action: ControlAction) -> Self {
        self.then = Some(action);
        self
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

    pub(in crate::route::tc) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let mut w = w.put(ActionAttr::Kind(self.kind))?;
        if !self.cookie.is_empty() {
            w = w.put(ActionAttr::Cookie(self.cookie))?;
        }
        match self.settings {
            Settings::None => w.put(ActionAttr::Index(self.index)),
            Settings::Bytes(bytes) => w.nest_of(TCA_ACT_OPTIONS, bytes),
            settings => w.nest(TCA_ACT_OPTIONS, |w| self.put_options(settings, w)),
        }
    }

    fn put_options<'w, 'b>(&self, settings: Settings<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let then = self.then.unwrap_or(ControlAction::PIPE);
        let general = parameters(self.index, then);
        match settings {
            Settings::None | Settings::Bytes(_) => Ok(w),
            Settings::Decide => w.put(GactAttr::Parameters(&general)),
            Settings::Send(direction, link) => w.put(MirredAttr::Parameters(&MirredParameters {
                index: general.index,
                action: general.action,
                direction: direction.0.into(),
                link: link.get().into(),
                ..MirredParameters::default()
            })),
            Settings::Police(settings) => settings.put(self.index, w),
            Settings::Vlan(settings) => settings.put(general, w),
            Settings::SkbEdit(settings) => settings.put(general, w),
            Settings::Pedit(keys) => put_pedit(keys, general, w),
            Settings::TunnelKey(settings) => settings.put(general, w),
            Settings::Attributes(attributes) => attributes.put(w),
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
        // A nest has room for fewer than 65,535 actions.
        for (number, action) in (1..=u16::MAX).zip(first.iter().chain(more)) {
            w.nest(number, |w| action.put(w))?;
        }
        Ok(w)
    })
}

crate::__format!(FilterAction<'_>);
