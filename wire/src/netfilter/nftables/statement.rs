//! Statements of rules, as in nft(8): verdicts, counters, logs and others.
//! [`Selector`](super::Selector) builds comparisons and look-ups.

use core::net::IpAddr;

use super::selector::Selector;
use super::value::Value;
use super::{Comparison, Verdict};
use crate::Text;

/// Statement of a rule: a comparison, a look-up, a counter, a verdict.
///
/// [`Selector`] builds comparisons; the functions here build the others.
/// [`expression`](Self::expression) covers all other expressions of the kernel.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a>(pub(super) Kind<'a>);

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'a> {
    Compare(Selector, Comparison, Value<'a>),
    Starts(Selector, Text<'a>),
    Masked {
        field: Selector,
        mask: Value<'a>,
        operation: Comparison,
        value: Value<'a>,
    },
    Range(Selector, bool, Value<'a>, Value<'a>),
    Lookup {
        fields: Fields<'a>,
        set: Text<'a>,
        flags: u32,
        maps: bool,
    },
    Set(Selector, Value<'a>),
    Verdict(Verdict, Text<'a>),
    Counter,
    Log(Log<'a>),
    Limit(Limit),
    Queue(u16, u16, u16),
    Reject(Option<(u32, u8)>),
    Nat {
        source: bool,
        to: IpAddr,
        port: Option<u16>,
    },
    Masquerade,
    Redirect(Option<u16>),
    Expression(&'a str, &'a [u8]),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Fields<'a> {
    One(Selector),
    Several(&'a [Selector]),
}

/// Target and prefix of `log`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Log<'a> {
    pub(super) prefix: Option<Text<'a>>,
    pub(super) group: Option<u16>,
}

/// Rate in packets or bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) rate: u64,
    pub(super) seconds: u64,
    pub(super) burst: u32,
    pub(super) bytes: bool,
    pub(super) over: bool,
}

impl<'a> Statement<'a> {
    pub(super) const fn lookup(fields: Fields<'a>, set: Text<'a>, flags: u32, maps: bool) -> Self {
        Self(Kind::Lookup {
            fields,
            set,
            flags,
            maps,
        })
    }

    /// Looks several fields up in a set of concatenated keys: `ip saddr . tcp
    /// dport @pairs`.
    #[must_use]
    pub fn all_in_set(fields: &'a [Selector], set: impl Into<Text<'a>>) -> Self {
        Self::lookup(Fields::Several(fields), set.into(), 0, false)
    }

    /// Applies the verdict that a map has for concatenated keys: `ip saddr .
    /// tcp dport vmap @pairs`.
    #[must_use]
    pub fn verdict_of(fields: &'a [Selector], map: impl Into<Text<'a>>) -> Self {
        Self::lookup(Fields::Several(fields), map.into(), 0, true)
    }

    /// Counts packets and bytes: `counter`.
    #[must_use]
    pub const fn counter() -> Self {
        Self(Kind::Counter)
    }

    /// Accepts the packet.
    #[must_use]
    pub fn accept() -> Self {
        Self::verdict(Verdict::ACCEPT)
    }

    /// Drops the packet.
    #[must_use]
    pub fn drop() -> Self {
        Self::verdict(Verdict::DROP)
    }

    /// Decides on the packet: `accept`, `drop`, `continue`, `return`.
    #[must_use]
    pub fn verdict(verdict: Verdict) -> Self {
        Self(Kind::Verdict(verdict, Text::default()))
    }

    /// Continues in a chain and, at its end, with the next rule: `jump`.
    #[must_use]
    pub fn jump(chain: impl Into<Text<'a>>) -> Self {
        Self(Kind::Verdict(Verdict::JUMP, chain.into()))
    }

    /// Continues in a chain without coming back: `goto`.
    #[must_use]
    pub fn goto(chain: impl Into<Text<'a>>) -> Self {
        Self(Kind::Verdict(Verdict::GOTO, chain.into()))
    }

    /// Logs the packet to the kernel log: `log prefix "..."`.
    #[must_use]
    pub fn log(prefix: impl Into<Text<'a>>) -> Self {
        Self(Kind::Log(Log {
            prefix: Some(prefix.into()),
            group: None,
        }))
    }

    /// Logs the packet to a log group, to which a program is bound: `log group
    /// 5`.
    #[must_use]
    pub const fn log_group(group: u16) -> Self {
        Self(Kind::Log(Log {
            prefix: None,
            group: Some(group),
        }))
    }

    /// Logs the packet to a log group with a prefix.
    #[must_use]
    pub fn log_group_prefix(group: u16, prefix: impl Into<Text<'a>>) -> Self {
        Self(Kind::Log(Log {
            prefix: Some(prefix.into()),
            group: Some(group),
        }))
    }

    /// Ends the rule above this number of packets per period; `burst` packets
    /// more may pass at once: `limit rate 10/second burst 5 packets`. The
    /// period is in seconds.
    ///
    /// ```
    /// use nlwire::netfilter::{Selector, Statement};
    ///
    /// // icmp type echo-request limit rate 10/second burst 5 packets accept
    /// let rule = [Selector::ICMP_TYPE.is(8), Statement::limit(10, 1, 5), Statement::accept()];
    /// ```
    #[must_use]
    pub const fn limit(packets: u64, seconds: u64, burst: u32) -> Self {
        Self(Kind::Limit(Limit {
            rate: packets,
            seconds,
            burst,
            bytes: false,
            over: false,
        }))
    }

    /// Ends the rule at or below this number of packets per period: `limit rate
    /// over 10/second`. The period is in seconds.
    ///
    /// ```
    /// use nlwire::netfilter::Statement;
    ///
    /// // limit rate over 400/minute burst 5 packets drop
    /// let rule = [Statement::limit_over(400, 60, 5), Statement::drop()];
    /// ```
    #[must_use]
    pub const fn limit_over(packets: u64, seconds: u64, burst: u32) -> Self {
        Self(Kind::Limit(Limit {
            rate: packets,
            seconds,
            burst,
            bytes: false,
            over: true,
        }))
    }

    /// Ends the rule above this number of bytes per period: `limit rate 1000
    /// bytes/second`. The period is in seconds.
    ///
    /// ```
    /// use nlwire::netfilter::Statement;
    ///
    /// // limit rate 1 mbytes/second burst 16 kbytes accept
    /// let rule = [Statement::limit_bytes(1 << 20, 1, 16 << 10), Statement::accept()];
    /// ```
    #[must_use]
    pub const fn limit_bytes(bytes: u64, seconds: u64, burst: u32) -> Self {
        Self(Kind::Limit(Limit {
            rate: bytes,
            seconds,
            burst,
            bytes: true,
            over: false,
        }))
    }

    /// Sends the packet to a queue, whose program decides: `queue num 0`. The
    /// packet is dropped if no program is bound.
    #[must_use]
    pub const fn queue(number: u16) -> Self {
        Self(Kind::Queue(number, 1, 0))
    }

    /// Sends the packet to one of several queues. Flag 1 accepts packets if no
    /// program is bound (`bypass`), flag 2 chooses the queue by CPU (`fanout`).
    ///
    /// ```
    /// use nlwire::netfilter::Statement;
    ///
    /// // queue flags bypass to 0-3
    /// let rule = [Statement::queues(0, 4, 1)];
    /// ```
    #[must_use]
    pub const fn queues(first: u16, count: u16, flags: u16) -> Self {
        Self(Kind::Queue(first, count, flags))
    }

    /// Drops the packet and answers with ICMP port unreachable: `reject`.
    #[must_use]
    pub const fn reject() -> Self {
        Self(Kind::Reject(None))
    }

    /// Drops the packet and answers with a TCP reset: `reject with tcp reset`.
    #[must_use]
    pub const fn reject_with_reset() -> Self {
        Self(Kind::Reject(Some((1, 0))))
    }

    /// Translates the source address: `snat to 192.0.2.1` or `snat to
    /// 192.0.2.1:1024`.
    #[must_use]
    pub fn snat(to: impl Into<IpAddr>, port: Option<u16>) -> Self {
        Self(Kind::Nat {
            source: true,
            to: to.into(),
            port,
        })
    }

    /// Translates the destination address: `dnat to 192.0.2.1:8080`.
    #[must_use]
    pub fn dnat(to: impl Into<IpAddr>, port: Option<u16>) -> Self {
        Self(Kind::Nat {
            source: false,
            to: to.into(),
            port,
        })
    }

    /// Translates the source address to that of the output link: `masquerade`.
    #[must_use]
    pub const fn masquerade() -> Self {
        Self(Kind::Masquerade)
    }

    /// Translates the destination address to this host: `redirect to :8080`.
    #[must_use]
    pub const fn redirect(port: Option<u16>) -> Self {
        Self(Kind::Redirect(port))
    }

    /// Takes any kernel expression: its name and its attributes, written by
    /// [`Writer::attributes`](crate::Writer::attributes).
    #[must_use]
    pub const fn expression(name: &'a str, attributes: &'a [u8]) -> Self {
        Self(Kind::Expression(name, attributes))
    }
}

crate::__format!(Statement<'_>);
