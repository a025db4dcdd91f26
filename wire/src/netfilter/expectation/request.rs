//! Requests for expectations.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use core::fmt;

use super::{
    CTA_EXPECT_MASK, CTA_EXPECT_MASTER, CTA_EXPECT_TUPLE, Expectation, ExpectationAttr,
    ExpectationCpuStats, ExpectationCpuStatsAttr,
};
use crate::codec::Set;
use crate::netfilter::{
    Flow, IPCTNL_MSG_EXP_DELETE, IPCTNL_MSG_EXP_NEW, NFNL_SUBSYS_CTNETLINK_EXP, NetfilterFamily,
    NetfilterHeader as FamilyHeader, PROTOCOL, Tuple, header,
};
use crate::request::object::requests;
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Items, NewFlags, Next, Request, Row, Text, Writer,
    fields,
};

const GET: u8 = 1;
const DELETE: u8 = 2;
const STATS: u8 = 3;

requests! {
    Expectation, ExpectationAttr, ExpectationRow, "expectation" in NFNL_SUBSYS_CTNETLINK_EXP;

    /// Lists expectations: `conntrack -L expect`.
    ///
    /// ```
    /// use nlwire::netfilter::{GetExpectations, NetfilterFamily};
    ///
    /// let of_ipv4 = GetExpectations::of(NetfilterFamily::IPV4);
    /// ```
    List GetExpectations = GET {
        /// Lists the expectations of all families.
        all() {}
        /// Lists the expectations of one family.
        of(family: NetfilterFamily) @ family.0.into() => {}
    }
    /// Deletes expectations: `conntrack -F expect`.
    ///
    /// ```
    /// use nlwire::netfilter::FlushExpectations;
    ///
    /// let of_ftp = FlushExpectations::of_helper("ftp".into());
    /// ```
    Act FlushExpectations = DELETE {
        /// Deletes all expectations.
        all() {}
        /// Deletes the expectations of a conntrack helper.
        of_helper(name: Text<'a>) { Helper(name) }
    }
}

requests! {
    ExpectationCpuStats, ExpectationCpuStatsAttr, ExpectationCpuStatsRow, "CPU"
        in NFNL_SUBSYS_CTNETLINK_EXP;

    /// Lists the counters of all CPUs; the header's resource is the number of the CPU.
    ///
    /// ```
    /// use nlwire::netfilter::GetExpectationCpuStats;
    ///
    /// let stats = GetExpectationCpuStats::all();
    /// ```
    List GetExpectationCpuStats = STATS {
        /// Lists a row for each CPU.
        all() {}
    }
}

impl<'a> Row<'a, FamilyHeader, Expectation> {
    /// Returns the flow of the expected connection, in which a source port of 0 may stand for
    /// any.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_EXPECT_TUPLE")]
    pub fn expected(&self) -> Result<Option<Flow>, DecodeError> {
        read(fields!(self.attributes => Expectation { tuple })?.tuple)
    }

    /// Returns the original flow of the connection that expects it.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_EXPECT_MASTER")]
    pub fn master(&self) -> Result<Option<Flow>, DecodeError> {
        read(fields!(self.attributes => Expectation { master })?.master)
    }

    /// Returns the name of the conntrack helper.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_EXPECT_HELP_NAME")]
    pub fn helper(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Expectation { helper })?.helper)
    }
}

fn read(tuple: Option<Set<'_, Tuple>>) -> Result<Option<Flow>, DecodeError> {
    match tuple {
        Some(tuple) => Flow::read(tuple),
        None => Ok(None),
    }
}

/// Creates an expectation, or changes its timeout: `conntrack -I expect`.
///
/// ```
/// use nlwire::netfilter::{ExpectationAttr, Flow, NewExpectation};
///
/// // The data connection of an FTP session, from any port of the server.
/// let control = Flow::tcp("192.0.2.1:1000".parse()?, "192.0.2.2:21".parse()?);
/// let data = Flow::tcp("192.0.2.2:0".parse()?, "192.0.2.1:2000".parse()?);
/// let mask = Flow::tcp("255.255.255.255:0".parse()?, "255.255.255.255:65535".parse()?);
/// let helper = [ExpectationAttr::Helper("ftp".into())];
/// let new = NewExpectation::new(control, data, mask, 60).with(&helper);
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_EXP_NEW")]
pub struct NewExpectation<'a> {
    master: Flow,
    expected: Flow,
    mask: Flow,
    timeout: u32,
    more: Option<&'a dyn Items<Expectation>>,
    exclusive: bool,
}

impl<'a> NewExpectation<'a> {
    /// Makes the connection with the original flow `master`, which needs a helper, expect
    /// another. The kernel compares the bits of `mask`, and deletes the expectation after
    /// `timeout` seconds.
    #[must_use]
    pub const fn new(master: Flow, expected: Flow, mask: Flow, timeout: u32) -> Self {
        Self {
            master,
            expected,
            mask,
            timeout,
            more: None,
            exclusive: true,
        }
    }

    /// Adds other attributes.
    #[must_use]
    pub const fn with(mut self, more: &'a dyn Items<Expectation>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes the timeout of an expectation that exists.
    #[must_use]
    pub const fn replace(mut self) -> Self {
        self.exclusive = false;
        self
    }
}

impl Request for NewExpectation<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(match self.exclusive {
            true => NewFlags::CREATE | NewFlags::EXCL,
            false => NewFlags::CREATE,
        });
        let header = FamilyHeader::new(self.expected.family());
        w.append_message(IPCTNL_MSG_EXP_NEW, flags, &header, |w| {
            let w = self.master.put(CTA_EXPECT_MASTER, w)?;
            let w = self.expected.put(CTA_EXPECT_TUPLE, w)?;
            let w = self.mask.put(CTA_EXPECT_MASK, w)?;
            w.put(ExpectationAttr::Timeout(self.timeout))?
                .put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expectation {}", self.expected)
    }
}

/// Deletes an expectation: `conntrack -D expect`.
///
/// ```
/// use nlwire::netfilter::{DeleteExpectation, Flow};
///
/// let data = Flow::tcp("192.0.2.2:0".parse()?, "192.0.2.1:2000".parse()?);
/// let delete = DeleteExpectation::of(data).if_there();
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_EXP_DELETE")]
pub struct DeleteExpectation {
    expected: Flow,
    if_there: bool,
}

impl DeleteExpectation {
    /// Deletes the expectation of this flow in zone 0.
    #[must_use]
    pub const fn of(expected: Flow) -> Self {
        Self {
            expected,
            if_there: false,
        }
    }

    /// Succeeds if there is no such expectation.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteExpectation {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = FamilyHeader::new(self.expected.family());
        w.append_message(IPCTNL_MSG_EXP_DELETE, Flags::empty(), &header, |w| {
            self.expected.put(CTA_EXPECT_TUPLE, w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expectation {}", self.expected)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(NewExpectation<'_>, DeleteExpectation);
