//! Default actions, for packets that no policy matches.

use core::fmt;

use crate::schema::Protocol;
use crate::structs::structs;
use crate::xfrm::{DefaultAction, PROTOCOL, XFRM_MSG_GETDEFAULT, XFRM_MSG_SETDEFAULT, Xfrm};
use crate::{EncodeError, FixedHeader, Flags, MessageRef, Next, Query, Request, Row, Writer};

structs! {
    /// Fixed header of the default actions.
    #[doc(alias = "xfrm_userpolicy_default")]
    pub struct DefaultsHeader: 3 {
        /// Action for packets to this host.
        #[doc(alias = "in")]
        input: DefaultAction,
        /// Action for forwarded packets.
        #[doc(alias = "fwd")]
        forward: DefaultAction,
        /// Action for packets that leave this host.
        #[doc(alias = "out")]
        output: DefaultAction,
    }
}

impl FixedHeader for DefaultsHeader {}

/// Default actions: the answer to [`GetDefaults`], or a notification.
pub type DefaultsRow<'a> = Row<'a, DefaultsHeader, Xfrm>;

/// Asks for the default actions, as `ip xfrm policy getdefault` does (Linux 5.14).
///
/// ```
/// use nlwire::xfrm::GetDefaults;
///
/// let query = GetDefaults::new();
/// # let _ = query;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETDEFAULT")]
pub struct GetDefaults(());

impl GetDefaults {
    /// Asks for the actions of all directions.
    pub const fn new() -> Self {
        Self(())
    }
}

impl Request for GetDefaults {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = DefaultsHeader::default();
        w.append_message(XFRM_MSG_GETDEFAULT, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("default policies")
    }
}

impl Query for GetDefaults {
    type Row<'r> = DefaultsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> DefaultsRow<'_> {
        Row::of(message)
    }
}

/// Sets default actions, as `ip xfrm policy setdefault` does (Linux 5.14). Directions that are
/// not named keep theirs.
///
/// ```
/// use nlwire::xfrm::{DefaultAction, SetDefaults};
///
/// let change = SetDefaults::new().input(DefaultAction::BLOCK).forward(DefaultAction::BLOCK);
/// # let _ = change;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_SETDEFAULT")]
pub struct SetDefaults(DefaultsHeader);

impl SetDefaults {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the action for packets to this host.
    pub const fn input(mut self, action: DefaultAction) -> Self {
        self.0.input = action;
        self
    }

    /// Sets the action for forwarded packets.
    pub const fn forward(mut self, action: DefaultAction) -> Self {
        self.0.forward = action;
        self
    }

    /// Sets the action for packets that leave this host.
    pub const fn output(mut self, action: DefaultAction) -> Self {
        self.0.output = action;
        self
    }
}

impl Request for SetDefaults {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(XFRM_MSG_SETDEFAULT, Flags::empty(), &self.0, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("default policies")
    }
}

crate::__format!(GetDefaults, SetDefaults);
