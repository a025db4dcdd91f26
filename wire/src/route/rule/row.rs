//! Rules as rows.

use core::net::IpAddr;
use core::ops::RangeInclusive;

use super::{
    FRA_DST, FRA_IIFNAME, FRA_OIFNAME, FRA_SRC, PortRange, Rule, RuleAction, RuleFlags, RuleHeader,
};
use crate::route::{AF_INET, AF_INET6, RouteProtocol, RouteTable};
use crate::{DecodeError, Prefix, Row, Text, fields};

/// Rule: an answer to [`GetRules`](super::GetRules), or a notification.
pub type RuleRow<'a> = Row<'a, RuleHeader, Rule>;

/// The getters fail for an attribute of a wrong length. The kernel leaves out
/// what is zero; where zero means something the getters return it.
impl<'a> Row<'a, RuleHeader, Rule> {
    /// Returns the priority: rules are tried from the lowest to the highest.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_PRIORITY")]
    pub fn priority(&self) -> Result<u32, DecodeError> {
        let rule = fields!(self.attributes => Rule { priority })?;
        Ok(rule.priority.unwrap_or(0))
    }

    /// Returns the rule's action.
    #[must_use]
    pub const fn action(&self) -> RuleAction {
        self.header.action
    }

    /// Returns the table for the lookup.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_TABLE")]
    pub fn table(&self) -> Result<RouteTable, DecodeError> {
        let rule = fields!(self.attributes => Rule { table })?;
        Ok(rule.table.unwrap_or(RouteTable(self.header.table.into())))
    }

    /// Returns the priority of the `goto` rule.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_GOTO")]
    pub fn goto(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Rule { goto })?.goto)
    }

    /// Returns true if the selector is inverted (`not`): the rule applies to
    /// packets that do not match.
    #[must_use]
    #[doc(alias = "FIB_RULE_INVERT")]
    pub const fn is_inverted(&self) -> bool {
        self.header.flags().contains(RuleFlags::INVERT)
    }

    /// Returns the source prefix of packets.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[doc(alias = "FRA_SRC")]
    pub fn source(&self) -> Result<Option<Prefix>, DecodeError> {
        self.prefix(FRA_SRC, self.header.source_len)
    }

    /// Returns the destination prefix of packets.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[doc(alias = "FRA_DST")]
    pub fn destination(&self) -> Result<Option<Prefix>, DecodeError> {
        self.prefix(FRA_DST, self.header.destination_len)
    }

    /// Returns the name of the incoming link.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_IIFNAME")]
    pub fn incoming(&self) -> Result<Option<Text<'a>>, DecodeError> {
        self.text(FRA_IIFNAME)
    }

    /// Returns the name of the outgoing link.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_OIFNAME")]
    pub fn outgoing(&self) -> Result<Option<Text<'a>>, DecodeError> {
        self.text(FRA_OIFNAME)
    }

    /// Returns the mark of packets and the mask of the bits that are compared.
    /// A mark of 0 is a selector, too, if it has a mask.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_FWMARK", alias = "FRA_FWMASK")]
    pub fn mark(&self) -> Result<Option<(u32, u32)>, DecodeError> {
        let rule = fields!(self.attributes => Rule { mark, mask })?;
        Ok(masked(rule.mark, rule.mask, u32::MAX))
    }

    /// Returns the DSCP of packets and the mask of the bits that are compared.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_DSCP")]
    pub fn dscp(&self) -> Result<Option<(u8, u8)>, DecodeError> {
        let rule = fields!(self.attributes => Rule { dscp, dscp_mask })?;
        Ok(masked(rule.dscp, rule.dscp_mask, 0x3f))
    }

    /// Returns the TOS of packets; IPv4 only.
    #[must_use]
    #[doc(alias = "fib_rule_hdr")]
    pub const fn tos(&self) -> Option<u8> {
        match self.header.tos {
            0 => None,
            tos => Some(tos),
        }
    }

    /// Returns the flow label of packets and the mask of the bits that are
    /// compared.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_FLOWLABEL")]
    pub fn flow_label(&self) -> Result<Option<(u32, u32)>, DecodeError> {
        let rule = fields!(self.attributes => Rule { flow_label, flow_label_mask })?;
        Ok(masked(rule.flow_label, rule.flow_label_mask, 0xf_ffff))
    }

    /// Returns the key of the tunnel that packets came out of.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_TUN_ID")]
    pub fn tunnel_id(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Rule { tunnel_id })?.tunnel_id)
    }

    /// Returns the realms of source and destination.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_FLOW")]
    pub fn realms(&self) -> Result<Option<(u16, u16)>, DecodeError> {
        let flow = fields!(self.attributes => Rule { flow })?.flow;
        Ok(flow.map(|flow| {
            let [a, b, c, d] = flow.to_be_bytes();
            (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
        }))
    }

    /// Returns the IP protocol of packets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_IP_PROTO")]
    pub fn ip_protocol(&self) -> Result<Option<u8>, DecodeError> {
        Ok(fields!(self.attributes => Rule { ip_protocol })?.ip_protocol)
    }

    /// Returns the source ports of packets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_SPORT_RANGE")]
    pub fn source_ports(&self) -> Result<Option<RangeInclusive<u16>>, DecodeError> {
        let rule = fields!(self.attributes => Rule { source_ports })?;
        Ok(rule.source_ports.map(ports))
    }

    /// Returns the mask of the bits of the source port that are compared, all
    /// ones for the whole port.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_SPORT_MASK")]
    pub fn source_port_mask(&self) -> Result<u16, DecodeError> {
        let rule = fields!(self.attributes => Rule { source_port_mask })?;
        Ok(rule.source_port_mask.unwrap_or(u16::MAX))
    }

    /// Returns the destination ports of packets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_DPORT_RANGE")]
    pub fn destination_ports(&self) -> Result<Option<RangeInclusive<u16>>, DecodeError> {
        let rule = fields!(self.attributes => Rule { destination_ports })?;
        Ok(rule.destination_ports.map(ports))
    }

    /// Returns the mask of the bits of the destination port that are compared,
    /// all ones for the whole port.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_DPORT_MASK")]
    pub fn destination_port_mask(&self) -> Result<u16, DecodeError> {
        let rule = fields!(self.attributes => Rule { destination_port_mask })?;
        Ok(rule.destination_port_mask.unwrap_or(u16::MAX))
    }

    /// Returns the range of user ids of sockets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_UID_RANGE")]
    pub fn users(&self) -> Result<Option<RangeInclusive<u32>>, DecodeError> {
        let users = fields!(self.attributes => Rule { uid_range })?.uid_range;
        Ok(users.map(|users| users.start.get()..=users.end.get()))
    }

    /// Returns the longest prefix of routes that the rule ignores.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_SUPPRESS_PREFIXLEN")]
    pub fn suppress_prefix_len(&self) -> Result<Option<u32>, DecodeError> {
        let rule = fields!(self.attributes => Rule { suppress_prefix_len })?;
        Ok(rule
            .suppress_prefix_len
            .filter(|&length| length != u32::MAX))
    }

    /// Returns the group of links whose routes the rule ignores.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_SUPPRESS_IFGROUP")]
    pub fn suppress_group(&self) -> Result<Option<u32>, DecodeError> {
        let rule = fields!(self.attributes => Rule { suppress_group })?;
        Ok(rule.suppress_group.filter(|&group| group != u32::MAX))
    }

    /// Returns true if the table is that of the packet's VRF.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_L3MDEV")]
    pub fn is_l3mdev(&self) -> Result<bool, DecodeError> {
        let rule = fields!(self.attributes => Rule { l3mdev })?;
        Ok(rule.l3mdev.is_some_and(|l3mdev| l3mdev != 0))
    }

    /// Returns the origin.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "FRA_PROTOCOL")]
    pub fn origin(&self) -> Result<RouteProtocol, DecodeError> {
        let rule = fields!(self.attributes => Rule { protocol })?;
        Ok(rule.protocol.unwrap_or_default())
    }

    fn text(&self, kind: u16) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(self.attributes.find(kind)?.map(|text| text.text()))
    }

    /// Reads a prefix; multicast routing has rules of its own families.
    fn prefix(&self, kind: u16, length: u8) -> Result<Option<Prefix>, DecodeError> {
        let Some(attribute) = self.attributes.find(kind)? else {
            return Ok(None);
        };
        let ip: IpAddr = match self.header.family {
            AF_INET => IpAddr::V4((*attribute.array::<4>()?).into()),
            AF_INET6 => IpAddr::V6((*attribute.array::<16>()?).into()),
            _ => attribute.ip()?,
        };
        // The kernel has checked the length.
        Ok(Some(Prefix::new(ip, length).unwrap_or(Prefix::host(ip))))
    }
}

fn ports(range: &PortRange) -> RangeInclusive<u16> {
    range.start.get()..=range.end.get()
}

/// Returns a value and its mask. The kernel omits a value of 0 that has a mask.
fn masked<T: Copy + Default + PartialEq>(
    value: Option<T>,
    mask: Option<T>,
    all: T,
) -> Option<(T, T)> {
    match (value, mask) {
        (None, None) => None,
        (None, Some(mask)) if mask == T::default() => None,
        (value, mask) => Some((value.unwrap_or_default(), mask.unwrap_or(all))),
    }
}
