//! Fields that rules compare: header fields, metadata and properties of the
//! connection.

use super::list::expression;
use super::value::DataType;
use super::{CtAttr, CtKey, MetaAttr, MetaKey, PayloadAttr, PayloadBase, Register};
use crate::EncodeError;
use crate::Writer;

/// Field that a rule compares, such as `ip saddr`.
///
/// The methods that build a [`Statement`](super::Statement) correspond to
/// nft(8):
///
/// ```
/// use nlwire::netfilter::{CtState, Selector};
/// use nlwire::Prefix;
///
/// let private: Prefix = "10.0.0.0/8".parse()?;
/// let statements = [
///     Selector::IP_SADDR.within(private),                             // ip saddr 10.0.0.0/8
///     Selector::TCP_DPORT.between(1024, 2047),                        // tcp dport 1024-2047
///     Selector::IIFNAME.is_not("lo"),                                 // iifname != "lo"
///     Selector::CT_STATE.any(CtState::ESTABLISHED | CtState::RELATED), // ct state established,related
///     Selector::META_MARK.in_set("marks"),                            // meta mark @marks
/// ];
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
///
/// [`payload`](Self::payload), [`meta`](Self::meta) and [`ct`](Self::ct)
/// describe all other fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selector {
    load: Load,
    pub(super) needs: Needs,
    pub(super) data: DataType,
    swapped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    Payload(PayloadBase, u32),
    Meta(MetaKey),
    Ct(CtKey),
}

/// Protocol that a packet must have for the field to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needs {
    /// `NFPROTO_IPV4` or `NFPROTO_IPV6`.
    pub(super) network: Option<u8>,
    /// Protocol number, such as 6 for TCP.
    pub(super) transport: Option<u8>,
}

impl Needs {
    const NOTHING: Self = Self {
        network: None,
        transport: None,
    };
    const IPV4: Self = Self {
        network: Some(2),
        transport: None,
    };
    const IPV6: Self = Self {
        network: Some(10),
        transport: None,
    };

    const fn transport(protocol: u8) -> Self {
        Self {
            transport: Some(protocol),
            ..Self::NOTHING
        }
    }
}

const NETWORK: PayloadBase = PayloadBase::NETWORK;
const TRANSPORT: PayloadBase = PayloadBase::TRANSPORT;
const TCP: Needs = Needs::transport(6);
const UDP: Needs = Needs::transport(17);

impl Selector {
    /// `ip saddr`: IPv4 source address.
    pub const IP_SADDR: Self = Self::of(NETWORK, 12, DataType::IPV4_ADDR, Needs::IPV4);
    /// `ip daddr`: IPv4 destination address.
    pub const IP_DADDR: Self = Self::of(NETWORK, 16, DataType::IPV4_ADDR, Needs::IPV4);
    /// `ip protocol`: transport protocol number.
    pub const IP_PROTOCOL: Self = Self::of(NETWORK, 9, DataType::INET_PROTO, Needs::IPV4);
    /// `ip6 saddr`: IPv6 source address.
    pub const IP6_SADDR: Self = Self::of(NETWORK, 8, DataType::IPV6_ADDR, Needs::IPV6);
    /// `ip6 daddr`: IPv6 destination address.
    pub const IP6_DADDR: Self = Self::of(NETWORK, 24, DataType::IPV6_ADDR, Needs::IPV6);
    /// `ip6 nexthdr`: protocol number after the IPv6 header.
    pub const IP6_NEXTHDR: Self = Self::of(NETWORK, 6, DataType::INET_PROTO, Needs::IPV6);
    /// `tcp sport`: TCP source port.
    pub const TCP_SPORT: Self = Self::of(TRANSPORT, 0, DataType::INET_SERVICE, TCP);
    /// `tcp dport`: TCP destination port.
    pub const TCP_DPORT: Self = Self::of(TRANSPORT, 2, DataType::INET_SERVICE, TCP);
    /// `tcp flags`.
    pub const TCP_FLAGS: Self = Self::of(TRANSPORT, 13, DataType::TCP_FLAG, TCP);
    /// `udp sport`: UDP source port.
    pub const UDP_SPORT: Self = Self::of(TRANSPORT, 0, DataType::INET_SERVICE, UDP);
    /// `udp dport`: UDP destination port.
    pub const UDP_DPORT: Self = Self::of(TRANSPORT, 2, DataType::INET_SERVICE, UDP);
    /// `th sport`: source port of any transport protocol, such as TCP or UDP.
    pub const TH_SPORT: Self = Self::of(TRANSPORT, 0, DataType::INET_SERVICE, Needs::NOTHING);
    /// `th dport`: destination port of any transport protocol, such as TCP or
    /// UDP.
    pub const TH_DPORT: Self = Self::of(TRANSPORT, 2, DataType::INET_SERVICE, Needs::NOTHING);
    /// `icmp type`.
    pub const ICMP_TYPE: Self = Self::of(
        TRANSPORT,
        0,
        DataType::ICMP_TYPE,
        Needs {
            transport: Some(1),
            ..Needs::IPV4
        },
    );
    /// `icmpv6 type`.
    pub const ICMPV6_TYPE: Self = Self::of(
        TRANSPORT,
        0,
        DataType::ICMPV6_TYPE,
        Needs {
            transport: Some(58),
            ..Needs::IPV6
        },
    );
    /// `ether saddr`: source MAC address.
    pub const ETHER_SADDR: Self = Self::payload(PayloadBase::LINK, 6, DataType::ETHER_ADDR);
    /// `ether daddr`: destination MAC address.
    pub const ETHER_DADDR: Self = Self::payload(PayloadBase::LINK, 0, DataType::ETHER_ADDR);
    /// `meta mark`: the packet's mark.
    pub const META_MARK: Self = Self::meta(MetaKey::MARK, DataType::MARK);
    /// `meta nfproto`: family, such as `NFPROTO_IPV4`.
    pub const META_NFPROTO: Self = Self::meta(MetaKey::NFPROTO, DataType::NF_PROTO);
    /// `meta l4proto`: transport protocol number.
    pub const META_L4PROTO: Self = Self::meta(MetaKey::L4PROTO, DataType::INET_PROTO);
    /// `meta protocol`: Ethernet type.
    pub const META_PROTOCOL: Self = Self::meta(MetaKey::PROTOCOL, DataType::ETHER_TYPE);
    /// `iif`: index of the input link.
    pub const IIF: Self = Self::meta(MetaKey::IIF, DataType::IFACE_INDEX);
    /// `oif`: index of the output link.
    pub const OIF: Self = Self::meta(MetaKey::OIF, DataType::IFACE_INDEX);
    /// `iifname`: name of the input link.
    pub const IIFNAME: Self = Self::meta(MetaKey::IIFNAME, DataType::IFNAME);
    /// `oifname`: name of the output link.
    pub const OIFNAME: Self = Self::meta(MetaKey::OIFNAME, DataType::IFNAME);
    /// `meta skuid`: user ID of the sending socket.
    pub const META_SKUID: Self = Self::meta(MetaKey::SKUID, DataType::UID);
    /// `meta skgid`: group ID of the sending socket.
    pub const META_SKGID: Self = Self::meta(MetaKey::SKGID, DataType::GID);
    /// `meta pkttype`: unicast (0), broadcast (1) or multicast (2).
    pub const META_PKTTYPE: Self = Self::meta(MetaKey::PKTTYPE, DataType::PKT_TYPE);
    /// `ct state`.
    pub const CT_STATE: Self = Self::ct(CtKey::STATE, DataType::CT_STATE);
    /// `ct status`.
    pub const CT_STATUS: Self = Self::ct(CtKey::STATUS, DataType::CT_STATUS);
    /// `ct mark`: mark of the connection.
    pub const CT_MARK: Self = Self::ct(CtKey::MARK, DataType::MARK);

    /// Selects bytes of a header; the data type gives the number of bytes.
    ///
    /// ```
    /// use nlwire::netfilter::{DataType, PayloadBase, Selector};
    ///
    /// // The TTL of an IPv4 header: `@nh,64,8`.
    /// let ttl = Selector::payload(PayloadBase::NETWORK, 8, DataType::new(0, 1, false));
    /// let rule = [ttl.is(1_u8)];
    /// ```
    #[must_use]
    pub const fn payload(base: PayloadBase, offset: u32, data: DataType) -> Self {
        Self::of(base, offset, data, Needs::NOTHING)
    }

    /// Selects metadata of the packet.
    #[must_use]
    pub const fn meta(key: MetaKey, data: DataType) -> Self {
        Self {
            load: Load::Meta(key),
            needs: Needs::NOTHING,
            data,
            swapped: false,
        }
    }

    /// Selects a property of the packet's connection.
    #[must_use]
    pub const fn ct(key: CtKey, data: DataType) -> Self {
        Self {
            load: Load::Ct(key),
            needs: Needs::NOTHING,
            data,
            swapped: false,
        }
    }

    const fn of(base: PayloadBase, offset: u32, data: DataType, needs: Needs) -> Self {
        Self {
            load: Load::Payload(base, offset),
            needs,
            data,
            swapped: false,
        }
    }

    /// Converts the field to network order once it is loaded, for a look-up in
    /// an interval set, whose keys are in network order. Only fields in the
    /// machine's byte order change, such as marks.
    #[must_use]
    pub const fn in_network_order(mut self) -> Self {
        let data = self.data.in_network_order();
        self.swapped = self.data.is_host_order() && !data.is_host_order() && data.len() > 1;
        self.data = data;
        self
    }

    /// Writes the expressions that load the field into a register.
    pub(super) fn put_load(
        self,
        register: Register,
        w: &mut Writer<'_>,
    ) -> Result<(), EncodeError> {
        match self.load {
            Load::Payload(base, offset) => expression(w, "payload", |w| {
                w.put(PayloadAttr::Register(register))?
                    .put(PayloadAttr::Base(base))?
                    .put(PayloadAttr::Offset(offset))?
                    .put(PayloadAttr::Len(self.data.len().into()))
            }),
            Load::Meta(key) => expression(w, "meta", |w| {
                w.put(MetaAttr::Register(register))?.put(MetaAttr::Key(key))
            }),
            Load::Ct(key) => expression(w, "ct", |w| {
                w.put(CtAttr::Register(register))?.put(CtAttr::Key(key))
            }),
        }?;
        if !self.swapped {
            return Ok(());
        }
        let len = self.data.len().into();
        expression(w, "byteorder", |w| {
            w.put(super::ByteorderAttr::Source(register))?
                .put(super::ByteorderAttr::Register(register))?
                .put(super::ByteorderAttr::Operation(super::NFT_BYTEORDER_HTON))?
                .put(super::ByteorderAttr::Len(len))?
                .put(super::ByteorderAttr::Size(len))
        })
    }

    /// Writes the expressions that set the field from a register, if the kernel
    /// can set it.
    pub(super) fn put_store(
        self,
        register: Register,
        w: &mut Writer<'_>,
    ) -> Result<(), EncodeError> {
        match self.load {
            Load::Payload(base, offset) => expression(w, "payload", |w| {
                w.put(PayloadAttr::Source(register))?
                    .put(PayloadAttr::Base(base))?
                    .put(PayloadAttr::Offset(offset))?
                    .put(PayloadAttr::Len(self.data.len().into()))
            }),
            Load::Meta(key) => expression(w, "meta", |w| {
                w.put(MetaAttr::Key(key))?.put(MetaAttr::Source(register))
            }),
            Load::Ct(key) => expression(w, "ct", |w| {
                w.put(CtAttr::Key(key))?.put(CtAttr::Source(register))
            }),
        }
    }
}

crate::__format!(Selector);
