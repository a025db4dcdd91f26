//! Statements of rules: verdicts, counters, logs and what else a rule does, as
//! nft(8) has them. Comparisons and look-ups are made by
//! [`Selector`](super::Selector).

use core::net::IpAddr;

use super::selector::Selector;
use super::value::Value;
use super::{Comparison, Verdict};
use crate::Text;

/// Statement of a rule: a comparison, a look-up, a counter, a verdict.
///
/// Comparisons are made from a [`Selector`]; the others are functions here.
/// What is missing is an [`expression`](Self::expression) away.
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

/// What is logged, and where to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Log<'a> {
    pub(super) prefix: Option<Text<'a>>,
    pub(super) group: Option<u16>,
}

/// Rate that packets or bytes are compared with.
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

    /// Takes the verdict of a map of concatenated keys: `ip saddr . tcp dport
    /// vmap @pairs`.
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

    /// Goes on in a chain, and behind this rule after it: `jump`.
    #[must_use]
    pub fn jump(chain: impl Into<Text<'a>>) -> Self {
        Self(Kind::Verdict(Verdict::JUMP, chain.into()))
    }

    /// Goes on in a chain, and not behind this rule: `goto`.
    #[must_use]
    pub fn goto(chain: impl Into<Text<'a>>) -> Self {
        Self(Kind::Verdict(Verdict::GOTO, chain.into()))
    }

    /// Logs the packet to the kernel's log: `log prefix "..."`.
    #[must_use]
    pub fn log(prefix: impl Into<Text<'a>>) -> Self {
        Self(Kind::Log(Log {
            prefix: Some(prefix.into()),
            group: None,
        }))
    }

    /// Logs the packet to a log group, which a program is bound to: `log group
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

    /// Ends the rule above this number of packets in so many seconds, of which
    /// `burst` may come at once: `limit rate 10/second burst 5 packets`.
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

    /// Ends the rule at or below this number of packets: `limit rate over
    /// 10/second`.
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

    /// Ends the rule above this number of bytes: `limit rate 1000 bytes/second`.
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

    /// Leaves the verdict to the program that is bound to a queue; the packet is
    /// dropped if there is none: `queue num 0`.
    #[must_use]
    pub const fn queue(number: u16) -> Self {
        Self(Kind::Queue(number, 1, 0))
    }

    /// Leaves the verdict to the programs of several queues. Flag 1 accepts
    /// packets where no program is bound (`bypass`), flag 2 chooses the queue by
    /// processor (`fanout`).
    #[must_use]
    pub const fn queues(first: u16, count: u16, flags: u16) -> Self {
        Self(Kind::Queue(first, count, flags))
    }

    /// Drops the packet with ICMP's "port unreachable": `reject`.
    #[must_use]
    pub const fn reject() -> Self {
        Self(Kind::Reject(None))
    }

    /// Drops the packet with a reset of its TCP connection: `reject with tcp
    /// reset`.
    #[must_use]
    pub const fn reject_with_reset() -> Self {
        Self(Kind::Reject(Some((1, 0))))
    }

    /// Translates the source: `snat to 192.0.2.1` or `snat to 192.0.2.1:1024`.
    #[must_use]
    pub fn snat(to: impl Into<IpAddr>, port: Option<u16>) -> Self {
        Self(Kind::Nat {
            source: true,
            to: to.into(),
            port,
        })
    }

    /// Translates the destination: `dnat to 192.0.2.1:8080`.
    #[must_use]
    pub fn dnat(to: impl Into<IpAddr>, port: Option<u16>) -> Self {
        Self(Kind::Nat {
            source: false,
            to: to.into(),
            port,
        })
    }

    /// Translates the source to the address of the link that sends the packet:
    /// `masquerade`.
    #[must_use]
    pub const fn masquerade() -> Self {
        Self(Kind::Masquerade)
    }

    /// Translates the destination to this host: `redirect to :8080`.
    #[must_use]
    pub const fn redirect(port: Option<u16>) -> Self {
        Self(Kind::Redirect(port))
    }

    /// Takes any expression of the kernel: its name, and the attributes of its
    /// data, written by [`Writer::attributes`](crate::Writer::attributes).
    #[must_use]
    pub const fn expression(name: &'a str, attributes: &'a [u8]) -> Self {
        Self(Kind::Expression(name, attributes))
    }
}

crate::__format!(Statement<'_>);
