//! Requests for data centre bridging: `dcb`.

use core::fmt;

use super::{
    DCB_ATTR_IEEE, DCB_ATTR_IFNAME, Dcb, DcbCommand, DcbHeader, DcbReply, DcbRow, IeeeDcb,
};
use crate::route::{PROTOCOL, RTM_GETDCB, RTM_SETDCB};
use crate::schema::Protocol;
use crate::{
    EncodeError, Flags, GetFlags, Items, MessageRef, Next, Query, ReplyCheck, Request, Row, Text,
    Writer,
};

const fn header(command: DcbCommand) -> DcbHeader {
    DcbHeader {
        family: 0,
        command,
        reserved: crate::zerocopy::native_endian::U16::ZERO,
    }
}

/// Reads data centre bridging of a link (`RTM_GETDCB`).
///
/// ```
/// use nlwire::route::GetDcb;
///
/// let settings = GetDcb::ieee("eth0");
/// # let _ = settings;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETDCB")]
pub struct GetDcb<'a> {
    name: Text<'a>,
    command: DcbCommand,
    more: Option<&'a dyn Items<Dcb>>,
}

impl<'a> GetDcb<'a> {
    /// Reads the settings of IEEE 802.1Q.
    pub fn ieee(name: impl Into<Text<'a>>) -> Self {
        Self::command(name, DcbCommand::IEEE_GET)
    }

    /// Reads the settings of CEE.
    pub fn cee(name: impl Into<Text<'a>>) -> Self {
        Self::command(name, DcbCommand::CEE_GET)
    }

    /// Reads the mode of the DCBX protocol.
    pub fn dcbx(name: impl Into<Text<'a>>) -> Self {
        Self::command(name, DcbCommand::GET_DCBX)
    }

    /// Reads by another command, which may need attributes.
    pub fn command(name: impl Into<Text<'a>>, command: DcbCommand) -> Self {
        Self {
            name: name.into(),
            command,
            more: None,
        }
    }

    /// Adds attributes, such as the capabilities that are asked for.
    pub const fn with(mut self, more: &'a dyn Items<Dcb>) -> Self {
        self.more = Some(more);
        self
    }
}

impl Request for GetDcb<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_GETDCB, Flags::empty(), &header(self.command), |w| {
            w.text(DCB_ATTR_IFNAME, self.name)?.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data centre bridging of link {:?}", self.name)
    }
}

impl Query for GetDcb<'_> {
    type Row<'a> = DcbRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> DcbRow<'_> {
        Row::of(message)
    }
}

/// Lists the IEEE 802.1Q settings of all links that have some.
///
/// ```
/// use nlwire::route::GetDcbs;
///
/// let all = GetDcbs::all();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETDCB")]
pub struct GetDcbs(());

impl GetDcbs {
    /// Lists the settings of all links.
    pub fn all() -> Self {
        Self::default()
    }
}

impl Request for GetDcbs {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = header(DcbCommand::IEEE_GET);
        w.append_message(RTM_GETDCB, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetDcbs {
    type Row<'a> = DcbRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> DcbRow<'_> {
        Row::of(message)
    }
}

/// Changes data centre bridging of a link (`RTM_SETDCB`). The kernel answers
/// with a [`DcbReply`], and acknowledges the request even if the driver failed.
/// On a connection that is an error: the driver's errno, or `EIO` for another
/// number. A batch and a pipeline do not look at the reply.
///
/// ```
/// use nlwire::route::{IeeeDcbAttr, IeeePfc, SetDcb};
///
/// let pfc = IeeePfc { pfc_en: 0b1000, ..IeeePfc::default() };
/// let lossless = [IeeeDcbAttr::Pfc(&pfc)];
/// let request = SetDcb::ieee("eth0", &lossless);
/// # let _ = request;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_SETDCB")]
pub struct SetDcb<'a> {
    name: Text<'a>,
    command: DcbCommand,
    ieee: Option<&'a dyn Items<IeeeDcb>>,
    more: Option<&'a dyn Items<Dcb>>,
}

impl<'a> SetDcb<'a> {
    fn new(name: Text<'a>, command: DcbCommand) -> Self {
        Self {
            name,
            command,
            ieee: None,
            more: None,
        }
    }

    /// Changes settings of IEEE 802.1Q.
    pub fn ieee(name: impl Into<Text<'a>>, settings: &'a dyn Items<IeeeDcb>) -> Self {
        Self {
            ieee: Some(settings),
            ..Self::new(name.into(), DcbCommand::IEEE_SET)
        }
    }

    /// Removes settings of IEEE 802.1Q, such as applications.
    pub fn remove(name: impl Into<Text<'a>>, settings: &'a dyn Items<IeeeDcb>) -> Self {
        Self {
            ieee: Some(settings),
            ..Self::new(name.into(), DcbCommand::IEEE_DEL)
        }
    }

    /// Changes settings by another command.
    ///
    /// ```
    /// use nlwire::route::{DcbAttr, DcbCommand, SetDcb};
    ///
    /// let on = [DcbAttr::State(1)];
    /// let set = SetDcb::command("eth0", DcbCommand::SET_STATE, &on);
    /// # let _ = set;
    /// ```
    pub fn command(
        name: impl Into<Text<'a>>,
        command: DcbCommand,
        settings: &'a dyn Items<Dcb>,
    ) -> Self {
        Self {
            more: Some(settings),
            ..Self::new(name.into(), command)
        }
    }
}

impl Request for SetDcb<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_SETDCB, Flags::empty(), &header(self.command), |w| {
            w.text(DCB_ATTR_IFNAME, self.name)?;
            if self.ieee.is_some() {
                w.nest(DCB_ATTR_IEEE, |w| w.put_items(self.ieee))?;
            }
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn reply_check(&self) -> Option<ReplyCheck> {
        Some(super::reply::failure)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data centre bridging of link {:?}", self.name)
    }
}

impl Query for SetDcb<'_> {
    type Row<'a> = DcbReply<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> DcbReply<'_> {
        Row::of(message)
    }
}

crate::__format!(GetDcb<'_>, GetDcbs, SetDcb<'_>);
