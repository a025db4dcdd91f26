//! Kernel expressions of each statement.

use core::net::IpAddr;

use super::list::{element, expression};
use super::selector::Selector;
use super::statement::{Fields, Kind, Statement};
use super::value::{DataType, Value};
use super::{
    BitwiseAttr, CmpAttr, Comparison, ImmediateAttr, LimitAttr, LimitFlags, LimitKind, LogAttr,
    LookupAttr, LookupFlags, NFTA_BITWISE_MASK, NFTA_BITWISE_XOR, NFTA_CMP_DATA, NFTA_DATA_VALUE,
    NFTA_DATA_VERDICT, NFTA_EXPR_DATA, NFTA_IMMEDIATE_DATA, NFTA_RANGE_FROM_DATA,
    NFTA_RANGE_TO_DATA, NatFlags, NatKind, QueueAttr, QueueStatementFlags, RangeAttr,
    RangeComparison, RedirectAttr, Register, RejectAttr, RejectKind, TableFamily, TranslateAttr,
    Verdict, VerdictDataAttr,
};
use crate::writer::Put;
use crate::{EncodeError, Text, Writer};

impl Statement<'_> {
    /// Writes the expressions of the statement.
    pub(super) fn put(&self, context: &mut Context, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        match self.0 {
            Kind::Compare(field, operation, value) => {
                load(field, context, w)?;
                context.learn(field, operation, value);
                cmp(w, operation, value, field.data)
            }
            Kind::Starts(field, text) => {
                load(field, context, w)?;
                cmp(w, Comparison::EQ, Value::Bytes(text.as_bytes()), field.data)
            }
            Kind::Masked {
                field,
                mask,
                operation,
                value,
            } => {
                load(field, context, w)?;
                bitwise(w, mask, field.data)?;
                cmp(w, operation, value, field.data)
            }
            Kind::Range(field, inside, first, last) => {
                load(field, context, w)?;
                range(w, field.data, inside, first, last)
            }
            Kind::Lookup {
                fields,
                set,
                flags,
                maps,
            } => lookup(context, w, fields, set, flags, maps),
            Kind::Set(field, value) => {
                immediate(w, Register::R1, value, field.data)?;
                field.put_store(Register::R1, w)
            }
            Kind::Verdict(verdict, chain) => expression(w, "immediate", |w| {
                w.put(ImmediateAttr::Register(Register::VERDICT))?
                    .nest(NFTA_IMMEDIATE_DATA, |w| put_verdict(w, verdict, chain))
            }),
            Kind::Counter => expression(w, "counter", |w| Ok(w)),
            Kind::Log(log) => expression(w, "log", |w| {
                let w = match log.group {
                    Some(group) => w.put(LogAttr::Group(group))?,
                    None => w,
                };
                match log.prefix {
                    Some(prefix) => w.put(LogAttr::Prefix(prefix)),
                    None => Ok(w),
                }
            }),
            Kind::Limit(limit) => expression(w, "limit", |w| {
                w.put(LimitAttr::Rate(limit.rate))?
                    .put(LimitAttr::Unit(limit.seconds))?
                    .put(LimitAttr::Burst(limit.burst))?
                    .put(LimitAttr::Kind(LimitKind(limit.bytes.into())))?
                    .put(LimitAttr::Flags(LimitFlags::from_bits_retain(
                        limit.over.into(),
                    )))
            }),
            Kind::Queue(first, count, flags) => expression(w, "queue", |w| {
                w.put(QueueAttr::Number(first))?
                    .put(QueueAttr::Total(count))?
                    .put(QueueAttr::Flags(QueueStatementFlags::from_bits_retain(
                        flags,
                    )))
            }),
            Kind::Reject(how) => reject(context, w, how),
            Kind::Nat { source, to, port } => nat(w, source, to, port),
            Kind::Masquerade => expression(w, "masq", |w| Ok(w)),
            Kind::Redirect(port) => {
                let Some(port) = port else {
                    return expression(w, "redir", |w| Ok(w));
                };
                immediate(w, Register::R1, port.into(), DataType::INET_SERVICE)?;
                expression(w, "redir", |w| {
                    w.put(RedirectAttr::FirstPort(Register::R1))?
                        .put(RedirectAttr::Flags(NatFlags::PROTO_SPECIFIED))
                })
            }
            Kind::Expression(name, attributes) => {
                element(w, name, |w| w.nest_of(NFTA_EXPR_DATA, attributes))
            }
        }
    }
}

/// Protocols that earlier statements of a rule compare.
#[derive(Debug)]
pub(super) struct Context {
    family: TableFamily,
    network: Option<u8>,
    transport: Option<u8>,
}

impl Context {
    pub(super) const fn new(family: TableFamily) -> Self {
        let network = match family {
            TableFamily::IPV4 => Some(2),
            TableFamily::IPV6 => Some(10),
            _ => None,
        };
        Self {
            family,
            network,
            transport: None,
        }
    }

    /// Compares the protocols that a field needs, unless earlier statements do.
    pub(super) fn need(&mut self, field: Selector, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if let Some(network) = field.needs.network {
            self.network(network, w)?;
        }
        match field.needs.transport {
            Some(transport) => self.transport(transport, w),
            None => Ok(()),
        }
    }

    /// Compares the network protocol, unless an earlier statement does.
    fn network(&mut self, family: u8, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if self.network == Some(family) {
            return Ok(());
        }
        self.network = Some(family);
        let (field, value) = match (self.family, family) {
            (TableFamily::NETDEV | TableFamily::BRIDGE, 2) => (Selector::META_PROTOCOL, 0x0800),
            (TableFamily::NETDEV | TableFamily::BRIDGE, _) => (Selector::META_PROTOCOL, 0x86dd),
            _ => (Selector::META_NFPROTO, u64::from(family)),
        };
        field.put_load(Register::R1, w)?;
        cmp(w, Comparison::EQ, Value::Number(value), field.data)
    }

    /// Compares the transport protocol, unless an earlier statement does.
    fn transport(&mut self, protocol: u8, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if self.transport == Some(protocol) {
            return Ok(());
        }
        self.transport = Some(protocol);
        let field = Selector::META_L4PROTO;
        field.put_load(Register::R1, w)?;
        cmp(w, Comparison::EQ, protocol.into(), field.data)
    }

    /// Records a protocol that a statement of the caller compares.
    fn learn(&mut self, field: Selector, operation: Comparison, value: Value<'_>) {
        let Value::Number(number) = value else {
            return;
        };
        let protocol = u8::try_from(number).ok();
        if operation == Comparison::EQ && field == Selector::META_NFPROTO {
            self.network = protocol;
        } else if operation == Comparison::EQ && field == Selector::META_L4PROTO {
            self.transport = protocol;
        }
    }
}

/// Loads a field into register 1, after the comparisons of its protocols.
fn load(field: Selector, context: &mut Context, w: &mut Writer<'_>) -> Result<(), EncodeError> {
    context.need(field, w)?;
    field.put_load(Register::R1, w)
}

/// Puts a nest that holds a value.
fn put_value<'w, 'b>(
    w: &'w mut Writer<'b>,
    nest: u16,
    value: Value<'_>,
    data: DataType,
) -> Put<'w, 'b> {
    w.nest(nest, |w| {
        w.put_with(NFTA_DATA_VALUE, value.size(data), |slot| {
            value.fill(data, slot);
        })
    })
}

/// Puts a verdict as data.
pub(super) fn put_verdict<'w, 'b>(
    w: &'w mut Writer<'b>,
    verdict: Verdict,
    chain: Text<'_>,
) -> Put<'w, 'b> {
    w.nest(NFTA_DATA_VERDICT, |w| {
        let w = w.put(VerdictDataAttr::Code(verdict))?;
        if chain.is_empty() {
            return Ok(w);
        }
        w.put(VerdictDataAttr::Chain(chain))
    })
}

fn cmp(
    w: &mut Writer<'_>,
    operation: Comparison,
    value: Value<'_>,
    data: DataType,
) -> Result<(), EncodeError> {
    expression(w, "cmp", |w| {
        let w = w
            .put(CmpAttr::Register(Register::R1))?
            .put(CmpAttr::Operation(operation))?;
        put_value(w, NFTA_CMP_DATA, value, data)
    })
}

fn bitwise(w: &mut Writer<'_>, mask: Value<'_>, data: DataType) -> Result<(), EncodeError> {
    let size = mask.size(data);
    expression(w, "bitwise", |w| {
        let w = w
            .put(BitwiseAttr::Source(Register::R1))?
            .put(BitwiseAttr::Register(Register::R1))?
            .put(BitwiseAttr::Len(crate::bytes::low32(size)))?;
        let w = put_value(w, NFTA_BITWISE_MASK, mask, data)?;
        w.nest(NFTA_BITWISE_XOR, |w| {
            w.put_with(NFTA_DATA_VALUE, size, |_| {})
        })
    })
}

fn range(
    w: &mut Writer<'_>,
    data: DataType,
    inside: bool,
    first: Value<'_>,
    last: Value<'_>,
) -> Result<(), EncodeError> {
    if inside {
        // nft(8) writes a range as two comparisons.
        cmp(w, Comparison::GTE, first, data)?;
        return cmp(w, Comparison::LTE, last, data);
    }
    expression(w, "range", |w| {
        let w = w
            .put(RangeAttr::Register(Register::R1))?
            .put(RangeAttr::Operation(RangeComparison::NOT_EQUAL))?;
        let w = put_value(w, NFTA_RANGE_FROM_DATA, first, data)?;
        put_value(w, NFTA_RANGE_TO_DATA, last, data)
    })
}

fn lookup(
    context: &mut Context,
    w: &mut Writer<'_>,
    fields: Fields<'_>,
    set: Text<'_>,
    flags: u32,
    maps: bool,
) -> Result<(), EncodeError> {
    let one;
    let fields = match fields {
        Fields::One(field) => {
            one = [field];
            &one[..]
        }
        Fields::Several(fields) => fields,
    };
    // Comparisons of protocols use register 1 too, so they come first.
    for field in fields {
        context.need(*field, w)?;
    }
    // Fields follow each other in registers of 4 bytes. The first has the
    // number that nft gives it.
    let mut number = 0_u32;
    for field in fields {
        let register = match number {
            0 => Register::R1,
            _ => Register(Register::R32_00.0.saturating_add(number)),
        };
        field.put_load(register, w)?;
        number = number.saturating_add(u32::from(field.data.len().div_ceil(4)));
    }
    expression(w, "lookup", |w| {
        let w = w
            .put(LookupAttr::Set(set))?
            .put(LookupAttr::Source(Register::R1))?;
        let w = match maps {
            true => w.put(LookupAttr::Register(Register::VERDICT))?,
            false => w,
        };
        match flags {
            0 => Ok(w),
            _ => w.put(LookupAttr::Flags(LookupFlags::from_bits_retain(flags))),
        }
    })
}

/// Loads a value into a register.
fn immediate(
    w: &mut Writer<'_>,
    register: Register,
    value: Value<'_>,
    data: DataType,
) -> Result<(), EncodeError> {
    expression(w, "immediate", |w| {
        let w = w.put(ImmediateAttr::Register(register))?;
        put_value(w, NFTA_IMMEDIATE_DATA, value, data)
    })
}

fn reject(
    context: &mut Context,
    w: &mut Writer<'_>,
    how: Option<(u32, u8)>,
) -> Result<(), EncodeError> {
    let (kind, code) = match (how, context.family) {
        (Some((kind, code)), _) => {
            context.transport(6, w)?;
            (RejectKind(kind), code)
        }
        // Codes of port unreachable: for ICMP, for ICMPv6, and for both.
        (None, TableFamily::IPV4) => (RejectKind::ICMP_UNREACHABLE, 3),
        (None, TableFamily::IPV6) => (RejectKind::ICMP_UNREACHABLE, 4),
        (None, _) => (RejectKind::ICMPX_UNREACHABLE, 1),
    };
    expression(w, "reject", |w| {
        w.put(RejectAttr::Kind(kind))?
            .put(RejectAttr::IcmpCode(code))
    })
}

fn nat(w: &mut Writer<'_>, source: bool, to: IpAddr, port: Option<u16>) -> Result<(), EncodeError> {
    let (family, data) = match to {
        IpAddr::V4(_) => (2, DataType::IPV4_ADDR),
        IpAddr::V6(_) => (10, DataType::IPV6_ADDR),
    };
    immediate(w, Register::R1, to.into(), data)?;
    if let Some(port) = port {
        immediate(w, Register::R2, port.into(), DataType::INET_SERVICE)?;
    }
    let kind = match source {
        true => NatKind::SOURCE,
        false => NatKind::DESTINATION,
    };
    expression(w, "nat", |w| {
        let w = w
            .put(TranslateAttr::Kind(kind))?
            .put(TranslateAttr::Family(family))?
            .put(TranslateAttr::FirstAddress(Register::R1))?;
        match port {
            Some(_) => w
                .put(TranslateAttr::FirstPort(Register::R2))?
                .put(TranslateAttr::Flags(NatFlags::PROTO_SPECIFIED)),
            None => Ok(w),
        }
    })
}
