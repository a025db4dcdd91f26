//! Values of fields, and the data types that define their size and byte order.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::bytes::{align, copy};
use crate::{Prefix, Text};

/// Data type of a field or of a set's keys, as nft(8) numbers them.
///
/// ```
/// use nlwire::netfilter::DataType;
///
/// assert_eq!((DataType::INET_SERVICE.number(), DataType::INET_SERVICE.len()), (13, 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DataType {
    number: u8,
    len: u8,
    host: bool,
}

impl DataType {
    /// `nf_proto`: 8 bits.
    pub const NF_PROTO: Self = Self::new(2, 1, true);
    /// `ipv4_addr`.
    pub const IPV4_ADDR: Self = Self::new(7, 4, false);
    /// `ipv6_addr`.
    pub const IPV6_ADDR: Self = Self::new(8, 16, false);
    /// `ether_addr`.
    pub const ETHER_ADDR: Self = Self::new(9, 6, false);
    /// `ether_type`: 16 bits.
    pub const ETHER_TYPE: Self = Self::new(10, 2, false);
    /// `inet_proto`: 8 bits.
    pub const INET_PROTO: Self = Self::new(12, 1, false);
    /// `inet_service`: a port.
    pub const INET_SERVICE: Self = Self::new(13, 2, false);
    /// `icmp_type`: 8 bits.
    pub const ICMP_TYPE: Self = Self::new(14, 1, false);
    /// `tcp_flag`: 8 bits.
    pub const TCP_FLAG: Self = Self::new(15, 1, false);
    /// `mark`: 32 bits in the machine's byte order.
    pub const MARK: Self = Self::new(19, 4, true);
    /// `iface_index`: 32 bits in the machine's byte order.
    pub const IFACE_INDEX: Self = Self::new(20, 4, true);
    /// `uid`: 32 bits in the machine's byte order.
    pub const UID: Self = Self::new(24, 4, true);
    /// `gid`: 32 bits in the machine's byte order.
    pub const GID: Self = Self::new(25, 4, true);
    /// `ct_state`: 32 bits in the machine's byte order.
    pub const CT_STATE: Self = Self::new(26, 4, true);
    /// `ct_dir`: 8 bits.
    pub const CT_DIR: Self = Self::new(27, 1, true);
    /// `ct_status`: 32 bits in the machine's byte order.
    pub const CT_STATUS: Self = Self::new(28, 4, true);
    /// `icmpv6_type`: 8 bits.
    pub const ICMPV6_TYPE: Self = Self::new(29, 1, false);
    /// `pkt_type`: 8 bits.
    pub const PKT_TYPE: Self = Self::new(31, 1, true);
    /// `ifname`: link name in 16 bytes.
    pub const IFNAME: Self = Self::new(41, 16, true);

    /// Describes a data type: its number in nft(8), the size of a value in
    /// bytes, and true for values in the machine's byte order.
    ///
    /// ```
    /// use nlwire::netfilter::DataType;
    ///
    /// // `ether_addr`
    /// assert_eq!(DataType::new(9, 6, false), DataType::ETHER_ADDR);
    /// ```
    #[must_use]
    pub const fn new(number: u8, len: u8, host: bool) -> Self {
        Self { number, len, host }
    }

    /// Returns the number of the data type in nft(8).
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    /// Returns the size of a value in bytes.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "the size of a type")]
    pub const fn len(self) -> u8 {
        self.len
    }

    /// Returns true if values are in the machine's byte order.
    #[must_use]
    pub const fn is_host_order(self) -> bool {
        self.host
    }

    /// Returns the type with its values in network order, as the kernel
    /// compares intervals.
    pub(super) const fn in_network_order(mut self) -> Self {
        // Names keep their byte order.
        self.host = self.host && self.number == Self::IFNAME.number;
        self
    }

    pub(super) fn size(self) -> usize {
        self.len.into()
    }
}

/// Data type of a set's keys: one type, or a concatenation of up to 5.
///
/// ```
/// use nlwire::netfilter::{DataType, KeyType};
///
/// // ipv4_addr . inet_service
/// let key = KeyType::of(&[DataType::IPV4_ADDR, DataType::INET_SERVICE]);
/// assert_eq!((key.number(), key.len()), (7 << 6 | 13, 8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyType {
    fields: [Option<DataType>; 5],
}

impl KeyType {
    /// Describes a concatenation. Only the first five types count: the number
    /// has 6 bits for each.
    #[must_use]
    pub const fn of(mut types: &[DataType]) -> Self {
        let mut fields = [None; 5];
        let mut rest: &mut [Option<DataType>] = &mut fields;
        while let ([first, behind @ ..], [slot, slots @ ..]) = (types, rest) {
            *slot = Some(*first);
            types = behind;
            rest = slots;
        }
        Self { fields }
    }

    /// Iterates over the types of the concatenated fields.
    pub fn fields(self) -> impl Iterator<Item = DataType> + Clone {
        self.fields.into_iter().flatten()
    }

    /// Returns true for a concatenation.
    #[must_use]
    pub const fn is_concatenation(self) -> bool {
        matches!(self.fields, [_, Some(_), ..])
    }

    /// Returns the number of the key type in nft(8).
    #[must_use]
    pub fn number(self) -> u32 {
        self.fields()
            .fold(0, |number, field| number << 6 | u32::from(field.number))
    }

    /// Returns the size of a key in bytes.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "the size of a type")]
    pub fn len(self) -> u32 {
        if !self.is_concatenation() {
            return self.fields().next().map_or(0, |field| field.len.into());
        }
        // Each field begins at a multiple of 4 bytes.
        let sizes = self.fields().map(|field| align(field.size()));
        crate::bytes::low32(sizes.fold(0, usize::saturating_add))
    }
}

impl From<DataType> for KeyType {
    fn from(data: DataType) -> Self {
        Self::of(&[data])
    }
}

/// Value of a field, in the byte order and the size of its [`DataType`].
///
/// A value that does not fit its type is written in its own size, such as an
/// IPv6 address as a key of type `ipv4_addr`. The kernel refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Integer: a port, a mark, flags.
    Number(u64),
    /// IPv4 or IPv6 address.
    Ip(IpAddr),
    /// MAC address.
    Hardware([u8; 6]),
    /// Link name.
    Name(Text<'a>),
    /// Bytes, unchanged.
    Bytes(&'a [u8]),
}

impl Value<'_> {
    /// Returns the size in bytes.
    pub(super) fn size(self, data: DataType) -> usize {
        match self {
            Self::Number(number) => {
                let zeros = usize::try_from(number.leading_zeros() / 8).unwrap_or(0);
                data.size().max(8_usize.saturating_sub(zeros))
            }
            Self::Ip(IpAddr::V4(_)) => 4,
            Self::Ip(IpAddr::V6(_)) => 16,
            Self::Hardware(_) => 6,
            Self::Name(name) => data.size().max(name.len().saturating_add(1)),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// Writes the value into a slot of its [`size`](Self::size), which is zero.
    pub(super) fn fill(self, data: DataType, slot: &mut [u8]) {
        match self {
            Self::Number(number) => {
                let bytes = number.to_le_bytes();
                if data.host && cfg!(target_endian = "little") {
                    return copy(&bytes, slot);
                }
                for (to, from) in slot.iter_mut().rev().zip(bytes) {
                    *to = from;
                }
            }
            Self::Ip(IpAddr::V4(address)) => copy(&address.octets(), slot),
            Self::Ip(IpAddr::V6(address)) => copy(&address.octets(), slot),
            Self::Hardware(address) => copy(&address, slot),
            Self::Name(name) => copy(name.as_bytes(), slot),
            Self::Bytes(bytes) => copy(bytes, slot),
        }
    }
}

/// Key of a set, or one field of a concatenated key: a value, a range, or a
/// network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange<'a> {
    first: Value<'a>,
    last: Option<Value<'a>>,
}

impl<'a> KeyRange<'a> {
    /// Describes a single value.
    #[must_use]
    pub fn one(value: impl Into<Value<'a>>) -> Self {
        Self {
            first: value.into(),
            last: None,
        }
    }

    /// Describes a range, both ends included.
    #[must_use]
    pub fn range(first: impl Into<Value<'a>>, last: impl Into<Value<'a>>) -> Self {
        Self {
            first: first.into(),
            last: Some(last.into()),
        }
    }

    pub(super) const fn first(self) -> Value<'a> {
        self.first
    }

    pub(super) const fn is_range(self) -> bool {
        self.last.is_some()
    }

    pub(super) fn last(self) -> Value<'a> {
        self.last.unwrap_or(self.first)
    }
}

impl From<Prefix> for KeyRange<'_> {
    /// Describes the addresses of a network.
    fn from(prefix: Prefix) -> Self {
        let first = prefix.network();
        if first.is_host() {
            return Self::one(first.address());
        }
        Self::range(first.address(), first.last())
    }
}

/// Converts the caller's types to values and to keys of one value.
macro_rules! values {
    ($($type:ty, $value:ident => $made:expr;)*) => {$(
        impl<'a> From<$type> for Value<'a> {
            fn from($value: $type) -> Self {
                $made
            }
        }

        impl<'a> From<$type> for KeyRange<'a> {
            fn from(value: $type) -> Self {
                Self::one(value)
            }
        }
    )*};
}

values! {
    u8, value => Self::Number(value.into());
    u16, value => Self::Number(value.into());
    u32, value => Self::Number(value.into());
    u64, value => Self::Number(value);
    // Integer literals default to `i32`.
    i32, value => Self::Number(u64::try_from(value).unwrap_or(u64::MAX));
    IpAddr, value => Self::Ip(value);
    Ipv4Addr, value => Self::Ip(value.into());
    Ipv6Addr, value => Self::Ip(value.into());
    [u8; 6], value => Self::Hardware(value);
    Text<'a>, value => Self::Name(value);
    &'a str, value => Self::Name(Text::from(value));
    &'a [u8], value => Self::Bytes(value);
    crate::netfilter::ConntrackStatus, value => Self::Number(value.bits().into());
    crate::netfilter::CtState, value => Self::Number(value.bits().into());
    crate::LinkIndex, value => Self::Number(value.get().into());
}

crate::__format!(DataType, KeyRange<'_>, KeyType, Value<'_>);
