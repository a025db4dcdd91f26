//! Requests for log groups.

use core::fmt;
use core::time::Duration;

use super::{LogConfigAttr, LogFlags, LogMode, LogPacket};
use crate::netfilter::{
    BindCommand, CopyMode, NFPROTO_UNSPEC, NFULNL_MSG_CONFIG, NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{DecodeError, EncodeError, Errno, Flags, Next, Request, Row, Text, Writer, fields};

/// Packet of a log group.
pub type LoggedPacket<'a> = Row<'a, NetfilterHeader, LogPacket>;

impl<'a> Row<'a, NetfilterHeader, LogPacket> {
    /// Returns the number of the log group.
    #[must_use]
    #[doc(alias = "res_id")]
    pub const fn group(&self) -> u16 {
        self.header.resource.get()
    }

    /// Returns the prefix of the `log` statement.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFULA_PREFIX")]
    pub fn prefix(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => LogPacket { prefix })?.prefix)
    }

    /// Returns the packet payload from the IP header on; the copy range may cut
    /// it.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFULA_PAYLOAD")]
    pub fn payload(&self) -> Result<Option<&'a [u8]>, DecodeError> {
        Ok(fields!(self.attributes => LogPacket { payload })?.payload)
    }

    /// Returns the mark; the kernel leaves out a mark of 0.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFULA_MARK")]
    pub fn mark(&self) -> Result<u32, DecodeError> {
        let mark = fields!(self.attributes => LogPacket { mark })?.mark;
        Ok(mark.unwrap_or(0))
    }
}

/// Settings of a log group.
#[derive(Clone, Copy, Debug)]
struct Settings {
    copy: Option<u32>,
    threshold: Option<u32>,
    timeout: Option<Duration>,
    buffer_size: Option<u32>,
    flags: Option<LogFlags>,
}

impl Settings {
    const NONE: Self = Self {
        copy: None,
        threshold: None,
        timeout: None,
        buffer_size: None,
        flags: None,
    };

    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(copy) = self.copy {
            w = w.put(LogConfigAttr::Mode(&LogMode {
                copy_range: copy.into(),
                copy_mode: match copy {
                    0 => CopyMode::META,
                    _ => CopyMode::PACKET,
                },
                ..LogMode::default()
            }))?;
        }
        if let Some(bytes) = self.buffer_size {
            w = w.put(LogConfigAttr::BufferSize(bytes))?;
        }
        if let Some(timeout) = self.timeout {
            let hundredths = u32::try_from(timeout.as_millis() / 10).unwrap_or(u32::MAX);
            w = w.put(LogConfigAttr::Timeout(hundredths))?;
        }
        if let Some(packets) = self.threshold {
            w = w.put(LogConfigAttr::Threshold(packets))?;
        }
        match self.flags {
            Some(flags) => w.put(LogConfigAttr::Flags(flags)),
            None => Ok(w),
        }
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, group: u16) -> fmt::Result {
    write!(f, "log group {group}")
}

const fn header(group: u16) -> NetfilterHeader {
    NetfilterHeader::of(NFPROTO_UNSPEC, group)
}

/// Binds a log group to the connection that sends the request. Packets that a
/// rule logs to the group then arrive there.
///
/// ```
/// use core::time::Duration;
/// use nlwire::netfilter::{BindLog, LogFlags};
///
/// let bind = BindLog::new(5)
///     .copy(128)
///     .threshold(10)
///     .timeout(Duration::from_millis(100))
///     .flags(LogFlags::SEQ);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFULNL_CFG_CMD_BIND")]
pub struct BindLog {
    group: u16,
    settings: Settings,
}

impl BindLog {
    /// Binds this group. Packets arrive whole.
    #[must_use]
    pub const fn new(group: u16) -> Self {
        Self {
            group,
            settings: Settings {
                copy: Some(0xffff),
                ..Settings::NONE
            },
        }
    }

    /// Copies up to this many bytes of each packet; with 0 packets arrive
    /// without payload.
    #[must_use]
    #[doc(alias = "NFULA_CFG_MODE")]
    pub const fn copy(mut self, bytes: u32) -> Self {
        self.settings.copy = Some(bytes);
        self
    }

    /// Sends packets once this many are collected. The kernel's default is 100;
    /// with 1 each is sent at once.
    #[must_use]
    #[doc(alias = "NFULA_CFG_QTHRESH")]
    pub const fn threshold(mut self, packets: u32) -> Self {
        self.settings.threshold = Some(packets);
        self
    }

    /// Sends packets after this time at the latest, in steps of 10 ms. The
    /// kernel's default is 1 s.
    #[must_use]
    #[doc(alias = "NFULA_CFG_TIMEOUT")]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sends packets once they fill this many bytes, at most 131,072.
    #[must_use]
    #[doc(alias = "NFULA_CFG_NLBUFSIZ")]
    pub const fn buffer_size(mut self, bytes: u32) -> Self {
        self.settings.buffer_size = Some(bytes);
        self
    }

    /// Sets the flags, such as [`LogFlags::SEQ`].
    #[must_use]
    #[doc(alias = "NFULA_CFG_FLAGS")]
    pub const fn flags(mut self, flags: LogFlags) -> Self {
        self.settings.flags = Some(flags);
        self
    }
}

impl Request for BindLog {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(
            NFULNL_MSG_CONFIG,
            Flags::empty(),
            &header(self.group),
            |w| {
                let w = w.put(LogConfigAttr::Command(BindCommand::BIND))?;
                self.settings.put(w)
            },
        )?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.group)
    }
}

/// Changes the settings of a bound log group.
///
/// ```
/// use core::time::Duration;
/// use nlwire::netfilter::SetLog;
///
/// // The first 128 bytes of each packet, in datagrams of up to 20 packets.
/// let log = SetLog::new(5).copy(128).threshold(20).timeout(Duration::from_millis(100));
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFULNL_MSG_CONFIG")]
pub struct SetLog {
    group: u16,
    settings: Settings,
}

impl SetLog {
    /// Changes this group.
    #[must_use]
    pub const fn new(group: u16) -> Self {
        Self {
            group,
            settings: Settings::NONE,
        }
    }

    /// Copies up to this many bytes of each packet; with 0 packets arrive
    /// without payload.
    #[must_use]
    #[doc(alias = "NFULA_CFG_MODE")]
    pub const fn copy(mut self, bytes: u32) -> Self {
        self.settings.copy = Some(bytes);
        self
    }

    /// Sends packets once this many are collected. The kernel's default is 100;
    /// with 1 each is sent at once.
    #[must_use]
    #[doc(alias = "NFULA_CFG_QTHRESH")]
    pub const fn threshold(mut self, packets: u32) -> Self {
        self.settings.threshold = Some(packets);
        self
    }

    /// Sends packets after this time at the latest, in steps of 10 ms. The
    /// kernel's default is 1 s.
    #[must_use]
    #[doc(alias = "NFULA_CFG_TIMEOUT")]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sends packets once they fill this many bytes, at most 131,072.
    #[must_use]
    #[doc(alias = "NFULA_CFG_NLBUFSIZ")]
    pub const fn buffer_size(mut self, bytes: u32) -> Self {
        self.settings.buffer_size = Some(bytes);
        self
    }

    /// Sets the flags, such as [`LogFlags::SEQ`].
    #[must_use]
    #[doc(alias = "NFULA_CFG_FLAGS")]
    pub const fn flags(mut self, flags: LogFlags) -> Self {
        self.settings.flags = Some(flags);
        self
    }
}

impl Request for SetLog {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(
            NFULNL_MSG_CONFIG,
            Flags::empty(),
            &header(self.group),
            |w| self.settings.put(w),
        )?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.group)
    }
}

/// Unbinds a log group.
///
/// ```
/// use nlwire::netfilter::UnbindLog;
///
/// let unbind = UnbindLog::new(5).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFULNL_CFG_CMD_UNBIND")]
pub struct UnbindLog {
    group: u16,
    if_there: bool,
}

impl UnbindLog {
    /// Unbinds this group.
    #[must_use]
    pub const fn new(group: u16) -> Self {
        Self {
            group,
            if_there: false,
        }
    }

    /// Succeeds if the group is not bound.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for UnbindLog {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(
            NFULNL_MSG_CONFIG,
            Flags::empty(),
            &header(self.group),
            |w| w.put(LogConfigAttr::Command(BindCommand::UNBIND)),
        )?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.group)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENODEV] } else { &[] }
    }
}

crate::__format!(BindLog, SetLog, UnbindLog);
