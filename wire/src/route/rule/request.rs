//! Rules of policy routing: created and deleted.

use core::fmt;
use core::marker::PhantomData;

use super::{
    FRA_DPORT_MASK, FRA_DSCP, FRA_DSCP_MASK, FRA_DST, FRA_FLOW, FRA_FLOWLABEL, FRA_FLOWLABEL_MASK,
    FRA_FWMARK, FRA_FWMASK, FRA_GOTO, FRA_IIFNAME, FRA_IP_PROTO, FRA_L3MDEV, FRA_OIFNAME,
    FRA_PRIORITY, FRA_PROTOCOL, FRA_SPORT_MASK, FRA_SRC, FRA_SUPPRESS_IFGROUP,
    FRA_SUPPRESS_PREFIXLEN, FRA_TABLE, FRA_TUN_ID, PortRange, Rule, RuleAction, RuleAttr,
    RuleFlags, RuleHeader, RuleRow, UidRange,
};
use crate::route::{
    AF_INET, AF_INET6, PROTOCOL, RTM_DELRULE, RTM_NEWRULE, RouteProtocol, RouteTable, put_ip,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Flags, Items, NewFlags, Next, Prefix, Request, Text, Writer};

/// Adds a rule, which must not be there yet (`RTM_NEWRULE`): `EEXIST`.
///
/// A kernel makes the rule without the selectors that it does not know, such as
/// the DSCP on Linux 6.1: where kernels may be old, read the rule back.
///
/// ```
/// use nlwire::route::{NewRule, RouteTable};
///
/// let marked = NewRule::v4()
///     .priority(1000)
///     .from("192.0.2.0/24".parse()?)
///     .mark(0x7, 0xff)
///     .table(RouteTable(100));
/// let refused = NewRule::v6().to("2001:db8::/32".parse()?).prohibit();
/// # let _ = (marked, refused);
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[doc(alias = "RTM_NEWRULE")]
pub type NewRule<'a> = RuleRequest<'a, RuleCreation>;

/// Deletes a rule (`RTM_DELRULE`): `ENOENT` if there is none.
///
/// The kernel deletes the first rule of the family that has everything that the
/// request says, and ignores what is zero. State the priority, which the rules
/// of a well-kept table do not share.
///
/// ```
/// use nlwire::route::DeleteRule;
///
/// let rule = DeleteRule::v4().priority(1000).if_there();
/// # let _ = rule;
/// ```
#[doc(alias = "RTM_DELRULE")]
pub type DeleteRule<'a> = RuleRequest<'a, RuleDeletion>;

/// Marks a [`NewRule`].
#[derive(Clone, Copy, Debug)]
pub enum RuleCreation {}

/// Marks a [`DeleteRule`].
#[derive(Clone, Copy, Debug)]
pub enum RuleDeletion {}

/// Selectors and action of a rule: [`NewRule`] or [`DeleteRule`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct RuleRequest<'a, V> {
    header: RuleHeader,
    source: Option<Prefix>,
    destination: Option<Prefix>,
    incoming: Option<Text<'a>>,
    outgoing: Option<Text<'a>>,
    mark: Option<(u32, u32)>,
    priority: Option<u32>,
    table: Option<RouteTable>,
    goto: Option<u32>,
    source_ports: Option<PortRange>,
    source_port_mask: Option<u16>,
    destination_ports: Option<PortRange>,
    destination_port_mask: Option<u16>,
    users: Option<UidRange>,
    ip_protocol: Option<u8>,
    dscp: Option<(u8, Option<u8>)>,
    flow_label: Option<(u32, u32)>,
    tunnel_id: Option<u64>,
    realms: Option<(u16, u16)>,
    l3mdev: bool,
    suppress_prefix_len: Option<u32>,
    suppress_group: Option<u32>,
    protocol: Option<RouteProtocol>,
    more: Option<&'a dyn Items<Rule>>,
    /// Row that the request repeats.
    like: Option<RuleRow<'a>>,
    /// An errno counts as success: `EEXIST` or `ENOENT`.
    forgiving: bool,
    verb: PhantomData<fn() -> V>,
}

impl<'a, V> RuleRequest<'a, V> {
    fn family(family: u8) -> Self {
        Self {
            header: RuleHeader {
                family,
                ..RuleHeader::default()
            },
            source: None,
            destination: None,
            incoming: None,
            outgoing: None,
            mark: None,
            priority: None,
            table: None,
            goto: None,
            source_ports: None,
            source_port_mask: None,
            destination_ports: None,
            destination_port_mask: None,
            users: None,
            ip_protocol: None,
            dscp: None,
            flow_label: None,
            tunnel_id: None,
            realms: None,
            l3mdev: false,
            suppress_prefix_len: None,
            suppress_group: None,
            protocol: None,
            more: None,
            like: None,
            forgiving: false,
            verb: PhantomData,
        }
    }

    /// Selects packets from a network. An address of the other family is
    /// refused: `EncodeError::Family`.
    #[doc(alias = "FRA_SRC")]
    pub const fn from(mut self, network: Prefix) -> Self {
        self.source = Some(network);
        self.header.source_len = network.length();
        self
    }

    /// Selects packets to a network.
    #[doc(alias = "FRA_DST")]
    pub const fn to(mut self, network: Prefix) -> Self {
        self.destination = Some(network);
        self.header.destination_len = network.length();
        self
    }

    /// Selects packets that came in by a link, of which the name counts; `lo`
    /// stands for packets of this host.
    #[doc(alias = "FRA_IIFNAME")]
    pub fn incoming(mut self, link: impl Into<Text<'a>>) -> Self {
        self.incoming = Some(link.into());
        self
    }

    /// Selects packets of sockets that are bound to a link.
    #[doc(alias = "FRA_OIFNAME")]
    pub fn outgoing(mut self, link: impl Into<Text<'a>>) -> Self {
        self.outgoing = Some(link.into());
        self
    }

    /// Selects packets whose mark has this value in the bits of the mask.
    #[doc(alias = "FRA_FWMARK", alias = "FRA_FWMASK")]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.mark = Some((mark, mask));
        self
    }

    /// Selects packets with this TOS; IPv4 only. [`dscp`](Self::dscp) is its
    /// successor.
    pub const fn tos(mut self, tos: u8) -> Self {
        self.header.tos = tos;
        self
    }

    /// Selects packets with this DSCP, of 6 bits.
    #[doc(alias = "FRA_DSCP")]
    pub const fn dscp(mut self, dscp: u8) -> Self {
        self.dscp = Some((dscp, None));
        self
    }

    /// Selects packets whose DSCP has this value in the bits of the mask.
    #[doc(alias = "FRA_DSCP_MASK")]
    pub const fn dscp_masked(mut self, dscp: u8, mask: u8) -> Self {
        self.dscp = Some((dscp, Some(mask)));
        self
    }

    /// Selects packets whose flow label has this value in the bits of the
    /// mask, both of 20 bits; IPv6 only.
    #[doc(alias = "FRA_FLOWLABEL")]
    pub const fn flow_label(mut self, label: u32, mask: u32) -> Self {
        self.flow_label = Some((label, mask));
        self
    }

    /// Selects packets of an IP protocol, such as 6 for TCP.
    #[doc(alias = "FRA_IP_PROTO")]
    pub const fn ip_protocol(mut self, protocol: u8) -> Self {
        self.ip_protocol = Some(protocol);
        self
    }

    /// Selects packets from a range of source ports.
    #[doc(alias = "FRA_SPORT_RANGE")]
    pub fn source_ports(mut self, ports: core::ops::RangeInclusive<u16>) -> Self {
        self.source_ports = Some(port_range(&ports));
        self.source_port_mask = None;
        self
    }

    /// Selects packets whose source port has this value in the bits of the
    /// mask. Other bits of the value must be 0: `EINVAL`.
    #[doc(alias = "FRA_SPORT_MASK")]
    pub fn source_port_masked(mut self, port: u16, mask: u16) -> Self {
        self.source_ports = Some(port_range(&(port..=port)));
        self.source_port_mask = Some(mask);
        self
    }

    /// Selects packets to a range of destination ports.
    #[doc(alias = "FRA_DPORT_RANGE")]
    pub fn destination_ports(mut self, ports: core::ops::RangeInclusive<u16>) -> Self {
        self.destination_ports = Some(port_range(&ports));
        self.destination_port_mask = None;
        self
    }

    /// Selects packets whose destination port has this value in the bits of the
    /// mask. Other bits of the value must be 0: `EINVAL`.
    #[doc(alias = "FRA_DPORT_MASK")]
    pub fn destination_port_masked(mut self, port: u16, mask: u16) -> Self {
        self.destination_ports = Some(port_range(&(port..=port)));
        self.destination_port_mask = Some(mask);
        self
    }

    /// Matches packets whose socket's user id is in a range.
    #[doc(alias = "FRA_UID_RANGE")]
    pub fn users(mut self, users: core::ops::RangeInclusive<u32>) -> Self {
        self.users = Some(UidRange {
            start: (*users.start()).into(),
            end: (*users.end()).into(),
        });
        self
    }

    /// Selects packets that came out of a tunnel with this key.
    #[doc(alias = "FRA_TUN_ID")]
    pub const fn tunnel_id(mut self, id: u64) -> Self {
        self.tunnel_id = Some(id);
        self
    }

    /// Selects the packets that the other selectors do not.
    #[doc(alias = "FIB_RULE_INVERT")]
    pub fn invert(mut self) -> Self {
        self.header.flags = RuleFlags::INVERT.bits().into();
        self
    }

    /// Sets the place among the rules: smaller numbers come first. Without it
    /// a new rule comes before all but the rule 0.
    #[doc(alias = "FRA_PRIORITY")]
    pub const fn priority(mut self, priority: u32) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Looks the route up in this table.
    #[doc(alias = "FRA_TABLE")]
    pub const fn table(mut self, table: RouteTable) -> Self {
        self.table = Some(table);
        self.action(RuleAction::TO_TABLE)
    }

    /// Looks the route up in the table of the VRF that the packet belongs to.
    #[doc(alias = "FRA_L3MDEV")]
    pub const fn l3mdev(mut self) -> Self {
        self.l3mdev = true;
        self
    }

    /// Goes on at the rule with this priority.
    #[doc(alias = "FRA_GOTO")]
    pub const fn goto(mut self, priority: u32) -> Self {
        self.goto = Some(priority);
        self.action(RuleAction::GOTO)
    }

    /// Drops packets.
    pub const fn blackhole(self) -> Self {
        self.action(RuleAction::BLACKHOLE)
    }

    /// Refuses packets: the destination is unreachable.
    pub const fn unreachable(self) -> Self {
        self.action(RuleAction::UNREACHABLE)
    }

    /// Refuses packets: the destination is prohibited.
    pub const fn prohibit(self) -> Self {
        self.action(RuleAction::PROHIBIT)
    }

    /// Does nothing.
    pub const fn nop(self) -> Self {
        self.action(RuleAction::NOP)
    }

    const fn action(mut self, action: RuleAction) -> Self {
        self.header.action = action;
        self
    }

    /// Sets the realms of source and destination, by which routes are counted;
    /// IPv4 only.
    #[doc(alias = "FRA_FLOW")]
    pub const fn realms(mut self, source: u16, destination: u16) -> Self {
        self.realms = Some((source, destination));
        self
    }

    /// Ignores routes with a prefix of at most this length, such as 0 for
    /// default routes.
    #[doc(alias = "FRA_SUPPRESS_PREFIXLEN")]
    pub const fn suppress_prefix_len(mut self, length: u32) -> Self {
        self.suppress_prefix_len = Some(length);
        self
    }

    /// Ignores routes out of links of this group.
    #[doc(alias = "FRA_SUPPRESS_IFGROUP")]
    pub const fn suppress_group(mut self, group: u32) -> Self {
        self.suppress_group = Some(group);
        self
    }

    /// Sets the origin of the rule, such as [`RouteProtocol::STATIC`].
    #[doc(alias = "FRA_PROTOCOL")]
    pub const fn origin(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// Adds attributes that have no method here.
    pub const fn with(mut self, more: &'a dyn Items<Rule>) -> Self {
        self.more = Some(more);
        self
    }

    fn header(&self) -> RuleHeader {
        if let Some(row) = &self.like {
            return row.header;
        }
        RuleHeader {
            table: match self.action_table() {
                Some(table) => table.header(),
                None => 0,
            },
            ..self.header
        }
    }

    /// Returns the table of a rule that looks into one.
    fn action_table(&self) -> Option<RouteTable> {
        let looks_up = self.header.action == RuleAction::TO_TABLE && !self.l3mdev;
        self.table.filter(|_| looks_up)
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(row) = &self.like {
            return w.append(row.attributes.remaining());
        }
        let family = self.header.family;
        for (kind, prefix) in [(FRA_SRC, self.source), (FRA_DST, self.destination)] {
            if let Some(prefix) = prefix {
                put_ip(w, kind, family, prefix.address())?;
            }
        }
        for (kind, link) in [(FRA_IIFNAME, self.incoming), (FRA_OIFNAME, self.outgoing)] {
            if let Some(link) = link {
                w.text(kind, link)?;
            }
        }
        if let Some((mark, mask)) = self.mark {
            w.u32(FRA_FWMARK, mark)?.u32(FRA_FWMASK, mask)?;
        }
        let numbers = [
            (FRA_PRIORITY, self.priority),
            (FRA_TABLE, self.action_table().map(|table| table.0)),
            (FRA_GOTO, self.goto),
            (
                FRA_FLOW,
                self.realms
                    .map(|(source, to)| u32::from(source) << 16 | u32::from(to)),
            ),
            (FRA_SUPPRESS_PREFIXLEN, self.suppress_prefix_len),
            (FRA_SUPPRESS_IFGROUP, self.suppress_group),
        ];
        for (kind, value) in numbers {
            if let Some(value) = value {
                w.u32(kind, value)?;
            }
        }
        self.put_transport(w)?;
        if let Some(id) = self.tunnel_id {
            w.u64_be(FRA_TUN_ID, id)?;
        }
        if self.l3mdev {
            w.u8(FRA_L3MDEV, 1)?;
        }
        if let Some(protocol) = self.protocol {
            w.u8(FRA_PROTOCOL, protocol.0)?;
        }
        w.put_items(self.more)
    }

    /// Puts what is compared with the headers of packets and their sockets.
    fn put_transport<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(protocol) = self.ip_protocol {
            w.u8(FRA_IP_PROTO, protocol)?;
        }
        if let Some(ports) = &self.source_ports {
            w.put(RuleAttr::SourcePorts(ports))?;
        }
        if let Some(ports) = &self.destination_ports {
            w.put(RuleAttr::DestinationPorts(ports))?;
        }
        let masks = [
            (FRA_SPORT_MASK, self.source_port_mask),
            (FRA_DPORT_MASK, self.destination_port_mask),
        ];
        for (kind, mask) in masks {
            if let Some(mask) = mask {
                w.u16(kind, mask)?;
            }
        }
        if let Some(users) = &self.users {
            w.put(RuleAttr::UidRange(users))?;
        }
        if let Some((dscp, mask)) = self.dscp {
            w.u8(FRA_DSCP, dscp)?;
            if let Some(mask) = mask {
                w.u8(FRA_DSCP_MASK, mask)?;
            }
        }
        if let Some((label, mask)) = self.flow_label {
            w.u32_be(FRA_FLOWLABEL, label)?
                .u32_be(FRA_FLOWLABEL_MASK, mask)?;
        }
        Ok(w)
    }

    fn object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rule")?;
        let (priority, source, destination) = match &self.like {
            Some(row) => (
                row.priority().ok(),
                row.source().ok().flatten(),
                row.destination().ok().flatten(),
            ),
            None => (self.priority, self.source, self.destination),
        };
        if let Some(priority) = priority {
            write!(f, " {priority}")?;
        }
        let selectors = [("from", source), ("to", destination)];
        for (word, prefix) in selectors {
            if let Some(prefix) = prefix {
                write!(f, " {word} {prefix}")?;
            }
        }
        Ok(())
    }
}

fn port_range(ports: &core::ops::RangeInclusive<u16>) -> PortRange {
    PortRange {
        start: (*ports.start()).into(),
        end: (*ports.end()).into(),
    }
}

impl NewRule<'_> {
    /// Starts with all packets of IPv4, and a look-up in table main.
    pub fn v4() -> Self {
        Self::family(AF_INET).table(RouteTable::MAIN)
    }

    /// Starts with all packets of IPv6, and a look-up in table main.
    pub fn v6() -> Self {
        Self::family(AF_INET6).table(RouteTable::MAIN)
    }

    /// Keeps an existing rule unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.forgiving = true;
        self
    }
}

impl Request for NewRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = NewFlags::CREATE | NewFlags::EXCL;
        w.append_message(RTM_NEWRULE, flags, &self.header(), |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.forgiving {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

impl<'a> DeleteRule<'a> {
    /// Starts with any rule of IPv4.
    pub fn v4() -> Self {
        Self::family(AF_INET)
    }

    /// Starts with any rule of IPv6.
    pub fn v6() -> Self {
        Self::family(AF_INET6)
    }

    /// Deletes the rule of a row: the request repeats all that the row says.
    pub fn of_row(row: &RuleRow<'a>) -> Self {
        Self {
            like: Some(*row),
            ..Self::family(row.header.family)
        }
    }

    /// Counts `ENOENT` as success: the rule may be absent.
    pub const fn if_there(mut self) -> Self {
        self.forgiving = true;
        self
    }
}

impl Request for DeleteRule<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(RTM_DELRULE, none, &self.header(), |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.forgiving {
            &[Errno::ENOENT]
        } else {
            &[]
        }
    }
}

crate::__format!(RuleCreation, RuleDeletion, for [V: core::fmt::Debug] RuleRequest<'_, V>);
