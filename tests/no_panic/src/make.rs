//! Reads a value of each type from bytes.

use core::ffi::CStr;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use core::ops::RangeInclusive;
use core::time::Duration;
use nlwire::codec::{
    Address, AddressBytes, AttributeSet, Case, Chosen, Extensible, Flexible, Form, Headed,
    HeadedSet, Indexed, IndexedSets, Many, Nested, RecordSets, Records, Repeats, SecretBytes, Set,
    SetIter, StructAnd, StructAndArray, StructAndSet, StructBytes, WithArray,
};
use nlwire::generic::ethtool::{Act, Features, Replied};
use nlwire::generic::nl80211::elements;
use nlwire::generic::nl80211::{
    AkmSuite, BandItems, CipherSuite, ExtendedFeatureBits, GetWiphys, WiphyRow,
};
use nlwire::generic::taskstats::TaskStatsBytes;
use nlwire::generic::wireguard::{DeviceRow, GetDevice, PeerRow};
use nlwire::netfilter::ipset::SetType;
use nlwire::netfilter::{
    Element, NetfilterHeader, NftSet, Restore, Rule, SetElements, Transaction, Value,
};
use nlwire::pretty::{Family, Pretty};
use nlwire::request::Dump;
use nlwire::route::discovery::{DnsDomain, DnsDomains, DnsServers, NdOption};
use nlwire::route::tc::{
    Ematch, EmatchList, FqCodelCase, FqCodelCounters, Handle, HandleError, Rate, RateError,
};
use nlwire::route::{LinkRef, SegmentRouting, Via};
use nlwire::schema::{Field, MessageSchema, Protocol, Row, Schema, Shape, TypeName, VerbFlags};
use nlwire::sock_diag::TransportInfo;
use nlwire::text::{Hardware, Hex, Ip, IpPort, Quoted};
use nlwire::xfrm::{MixedFamilies, policy, state};
use nlwire::zerocopy::FromBytes;
use nlwire::{
    AckBuf, AckRef, AttrRef, Attrs, ByteOrder, DecodeError, DecodeErrorKind, EncodeError, Exchange,
    FixedHeader, Header, Locate, Meaning, MessageRef, Messages, Path, Policy, Prefix, PrefixError,
    Query, Stamp, Step, Writer,
};

use crate::Source;
use crate::generic::item;
use crate::sample::{ByName, Head, Sample, SampleAttr};

pub trait Make<'a>: Sized {
    fn make(s: &mut Source<'a>) -> Option<Self>;
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        impl Make<'_> for $int {
            fn make(s: &mut Source<'_>) -> Option<Self> {
                s.take().map($int::from_ne_bytes)
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64);

impl<const N: usize> Make<'_> for [u8; N] {
    fn make(s: &mut Source<'_>) -> Option<Self> {
        s.take()
    }
}

impl<'a, const N: usize> Make<'a> for &'a [u8; N] {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        s.bytes.first_chunk()
    }
}

/// Some as often as none.
impl<'a, T: Make<'a>> Make<'a> for Option<T> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some(match s.make()? {
            true => Some(s.make()?),
            false => None,
        })
    }
}

impl<'a, A: Make<'a>, B: Make<'a>> Make<'a> for (A, B) {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some((s.make()?, s.make()?))
    }
}

impl<'a, T: Make<'a>> Make<'a> for RangeInclusive<T> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some(s.make()?..=s.make()?)
    }
}

impl<'a, S> Make<'a> for Nested<'a, S> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some(s.make::<Attrs<'_>>()?.typed::<S>().into())
    }
}

impl<'a, S> Make<'a> for Set<'a, S> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some(s.make::<Attrs<'_>>()?.typed())
    }
}

impl<'a, H, S> Make<'a> for HeadedSet<'a, H, S>
where
    Headed<H, S>: Form<Value<'a> = Self>,
{
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Headed::<H, S>::decode(s.make()?, s.make()?).ok()
    }
}

impl<'a, T: Flexible> Make<'a> for StructAndArray<'a, T> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        WithArray::<T>::decode(s.make()?, s.make()?).ok()
    }
}

impl<'a, H: FixedHeader, S> Make<'a> for nlwire::Row<'a, H, S> {
    fn make(s: &mut Source<'a>) -> Option<Self> {
        Some(Self::of(s.make()?))
    }
}

macro_rules! makes {
    ($($type:ty: |$s:ident| $make:expr;)*) => {$(
        impl<'a> Make<'a> for $type {
            fn make($s: &mut Source<'a>) -> Option<Self> {
                Some($make)
            }
        }
    )*};
}

makes! {
    bool: |s| s.make::<u8>()? & 1 == 1;
    // Whatever is left; the next argument has the same.
    &'a [u8]: |s| {
        let start = s.make::<u8>()?;
        s.bytes.get(usize::from(start & 7)..)?
    };
    &'a str: |s| core::str::from_utf8(s.make()?).ok()?;
    // `SetType::named` asks for a name that bytes never spell.
    SetType: |s| match s.make()? {
        true => SetType::HASH_IP,
        false => SetType::LIST_SET,
    };
    IpAddr: |s| match s.make()? {
        true => IpAddr::from(s.take::<4>()?),
        false => IpAddr::from(s.take::<16>()?),
    };
    Ipv4Addr: |s| Ipv4Addr::from(s.take::<4>()?);
    Ipv6Addr: |s| Ipv6Addr::from(s.take::<16>()?);
    &'a CStr: |s| CStr::from_bytes_until_nul(s.make()?).ok()?;
    SocketAddr: |s| SocketAddr::new(s.make()?, s.make()?);
    Duration: |s| Duration::from_millis(s.make()?);
    Head: |s| Head::read_from_prefix(s.bytes).ok()?.0;

    ByName: |s| match s.make::<u8>()? {
        0 => ByName::A,
        1 => ByName::B,
        _ => ByName::Other,
    };
    Chosen<'a, ByName>: |s| ByName::decode(s.make()?, s.make()?).ok()?;
    AckBuf<64>: |s| AckBuf::new(s.make()?);

    ByteOrder: |s| match s.make::<u8>()? % 3 {
        0 => ByteOrder::Native,
        1 => ByteOrder::Big,
        _ => ByteOrder::Little,
    };
    MessageRef<'a>: |s| s.make::<Messages<'_>>()?.next()?.ok()?;
    Messages<'a>: |s| Messages::new(s.make()?);
    &'a Header: |s| s.make::<MessageRef<'_>>()?.header();
    Attrs<'a>: |s| Attrs::new(s.make()?).with_order(s.make()?).with_family(s.make()?);
    AttrRef<'a>: |s| {
        let number: u8 = s.make()?;
        s.make::<Attrs<'_>>()?.nth(usize::from(number & 3))?.ok()?
    };
    Locate<'a>: |s| s.make::<Attrs<'_>>()?.locate(s.make()?);
    nlwire::Indexed<'a>: |s| s.make::<AttrRef<'_>>()?.indexed();
    nlwire::Records<'a, Head>: |s| s.make::<AttrRef<'_>>()?.records();
    Path<'a>: |s| match s.make()? {
        true => Path::new(s.make()?, s.make()?, s.make()?),
        false => {
            let ack: AckRef<'_> = s.make()?;
            ack.path(s.make()?, s.make()?)
        }
    };
    Step: |s| s.make::<Path<'_>>()?.next()?;
    AckRef<'a>: |s| AckRef::new(s.make()?).ok()?;
    Policy: |s| Policy::new(s.make()?);
    nlwire::Origin: |s| nlwire::Origin { port: s.make()?, group: s.make()? };
    Exchange: |s| match s.make()? {
        true => Exchange::new(s.make()?),
        false => Exchange::dump(s.make()?),
    };
    Meaning<'a>: |s| s.make::<Exchange>()?.read(s.make()?, s.make()?);
    DecodeError: |s| match s.make::<u8>()? % 5 {
        0 => MessageRef::new(s.make()?).err()?,
        1 => s.make::<MessageRef<'_>>()?.split::<Head>().err()?,
        2 => s.make::<nlwire::Records<'_, Head>>()?.find_map(Result::err)?,
        3 => Sample::decode(s.make()?, s.make()?).err()?,
        _ => s.make::<Attrs<'_>>()?.require(s.make()?).err()?,
    };
    DecodeErrorKind: |s| match s.make::<u8>()? {
        0 => DecodeErrorKind::LengthBelowHeader { length: s.make()?, header: s.make()? },
        1 => DecodeErrorKind::Overrun { length: s.make()?, available: s.make()? },
        2 => DecodeErrorKind::Size { expected: s.make()?, found: s.make()? },
        3 => DecodeErrorKind::TooShort { minimum: s.make()?, found: s.make()? },
        4 => DecodeErrorKind::EitherSize { small: s.make()?, large: s.make()?, found: s.make()? },
        5 => DecodeErrorKind::Multiple { element: s.make()?, found: s.make()? },
        6 => DecodeErrorKind::Utf8 { valid: s.make()? },
        7 => DecodeErrorKind::Unterminated,
        _ => s.make::<DecodeError>()?.kind(),
    };
    EncodeError: |s| match s.make::<u8>()? {
        0 => EncodeError::Overflow { needed: s.make()?, capacity: s.make()? },
        1 => EncodeError::TooLong { attribute: s.make()?, length: s.make()? },
        2 => EncodeError::InnerNul { attribute: s.make()?, position: s.make()? },
        3 => EncodeError::BatchFull { limit: s.make()? },
        4 => EncodeError::TooMany { attribute: s.make()?, limit: s.make()?, count: s.make()? },
        _ => {
            let (kind, value) = (s.make()?, s.make()?);
            Writer::attributes(&mut [0; 8], |w| w.str(kind, value)).err()?
        }
    };

    Pretty<'a>: |s| {
        let protocol = s.make::<u8>()?;
        Pretty::new(s.make()?, (protocol != 255).then_some(protocol))
    };
    Hex<'a>: |s| Hex(s.make()?);
    Hardware<'a>: |s| Hardware(s.make()?);
    Quoted<'a>: |s| Quoted(s.make()?);
    Ip: |s| Ip(s.make()?);
    IpPort: |s| IpPort(s.make()?);
    ExtendedFeatureBits<'a>: |s| ExtendedFeatureBits(s.make()?);
    WiphyRow<'a>: |s| <GetWiphys as Query>::joined(s.make()?);
    BandItems<'a>: |s| s.make::<WiphyRow<'_>>()?.bit_rates();
    DeviceRow<'a>: |s| <GetDevice<'_> as Query>::joined(s.make()?);
    PeerRow<'a>: |s| s.make::<DeviceRow<'_>>()?.peers().next()?.ok()?;

    MessageSchema: |s| MessageSchema::new::<Head>(s.make()?, "SAMPLE", Sample::schema);
    &'static MessageSchema: |s| {
        let number: u8 = s.make()?;
        s.make::<&'static Protocol>()?.messages.get(usize::from(number & 31))?
    };
    &'static Schema: |s| match s.make()? {
        true => s.make::<&'static MessageSchema>()?.attributes(),
        false => Sample::schema(),
    };
    &'static Protocol: |s| crate::generated::PROTOCOLS.get(usize::from(s.make::<u8>()? & 7))?;
    Row: |s| {
        let number: u16 = s.make()?;
        s.make::<&'static Schema>()?.row(number)?
    };
    Shape: |s| s.make::<Row>()?.shape;

    &'static [MessageSchema]: |s| s.make::<&'static Protocol>()?.messages;
    Family<'a>: |s| Family {
        number: Some(s.make()?),
        protocol: s.make::<&'static Protocol>()?,
    };
    VerbFlags: |s| VerbFlags { flags: s.make()?, verb: None };
    Stamp: |s| Stamp {
        sequence: s.make()?,
        port: s.make()?,
        flags: s.make()?,
        family: s.make()?,
    };
    Dump<'a>: |s| Dump(s.make()?);
    Transaction<'a>: |_s| Transaction(&[]);
    Restore<'a>: |s| match s.make::<u8>()? % 3 {
        0 => nlwire::Row::<NetfilterHeader, SetElements>::of(s.make()?).into(),
        1 => nlwire::Row::<NetfilterHeader, Rule>::of(s.make()?).into(),
        _ => nlwire::Row::<NetfilterHeader, NftSet>::of(s.make()?).into(),
    };
    HandleError: |s| s.make::<&str>()?.parse::<Handle>().err()?;
    RateError: |s| s.make::<&str>()?.parse::<Rate>().err()?;
    TypeName: |s| TypeName::new(s.make()?, "SAMPLE");
    Field: |s| Field { name: "pad", offset: s.make()?, size: s.make()?, shape: s.make()? };
    PrefixError: |s| s.make::<&str>()?.parse::<Prefix>().err()?;
    LinkRef<'a>: |s| match s.make()? {
        true => LinkRef::Index(s.make()?),
        false => LinkRef::Name(s.make()?),
    };
    Value<'a>: |s| match s.make::<u8>()? {
        0 => Value::Number(s.make()?),
        1 => Value::Ip(s.make()?),
        2 => Value::Hardware(s.make()?),
        3 => Value::Name(s.make()?),
        _ => Value::Bytes(s.make()?),
    };
    Ematch<'a>: |s| EmatchList::new(s.make()?).iter().next()?.ok()?.1;
    Element<'a>: |s| s
        .make::<nlwire::Row<'_, NetfilterHeader, SetElements>>()?
        .elements()
        .next()?
        .ok()?;

    SetIter<'a, Sample>: |s| s.make::<Set<'_, Sample>>()?.iter();
    IndexedSets<'a, Sample>: |s| Indexed::<Sample>::decode(s.make()?, s.make()?).ok()?;
    RecordSets<'a, Head, Sample>: |s| Records::<Head, Sample>::decode(s.make()?, s.make()?).ok()?;
    StructBytes<'a, Head>: |s| Extensible::<Head>::decode(s.make()?, s.make()?).ok()?;
    StructAndSet<'a, Head, Sample>: |s| StructAnd::<Head, Sample>::read(s.make()?);
    Repeats<'a, u32>: |s| Many::<u32>::field(s.make()?, s.make()?).ok()?;
    TransportInfo<'a>: |s| TransportInfo::new(s.make()?);
    TaskStatsBytes<'a>: |s| TaskStatsBytes::new(s.make()?);
    Via<'a>: |s| Via { family: s.make()?, address: s.make()? };
    SampleAttr<'a>: |s| item::<Sample>(s)?;
    FqCodelCounters<'a>: |s| FqCodelCase::read(s.make()?);
    SegmentRouting<'a>: |s| SegmentRouting { mode: s.make()?, header: s.make()? };
    DnsServers<'a>: |s| match NdOption::new(25, s.make()?) {
        NdOption::DnsServers { servers, .. } => servers,
        _ => return None,
    };
    DnsDomains<'a>: |s| match NdOption::new(31, s.make()?) {
        NdOption::DnsSearch { domains, .. } => domains,
        _ => return None,
    };
    DnsDomain<'a>: |s| s.make::<DnsDomains<'_>>()?.next()?;
    elements::Elements<'a>: |s| elements::Elements::new(s.make()?);
    elements::Element<'a>: |s| elements::Element::new(s.make()?, s.make()?);
    elements::Rsn<'a>: |s| s.make::<elements::Elements<'_>>()?.rsn()?;
    elements::Suites<'a, CipherSuite>: |s| s.make::<elements::Rsn<'_>>()?.pairwise();
    elements::Suites<'a, AkmSuite>: |s| s.make::<elements::Rsn<'_>>()?.akms();
    elements::RsnCapabilities: |s| elements::RsnCapabilities(s.make()?);
    elements::Rate: |s| elements::Rate(s.make()?);
    elements::Erp: |s| elements::Erp(s.make()?);
    elements::Rates<'a>: |s| match elements::Element::new(1, s.make()?) {
        elements::Element::Rates(rates) => rates,
        _ => return None,
    };
    elements::TrafficMap<'a>: |s| match elements::Element::new(5, s.make()?) {
        elements::Element::TrafficMap(map) => map,
        _ => return None,
    };
    elements::Country<'a>: |s| match elements::Element::new(7, s.make()?) {
        elements::Element::Country(country) => country,
        _ => return None,
    };
    elements::HtCapabilities<'a>: |s| elements::HtCapabilities::new(s.make()?)?;
    elements::VhtCapabilities<'a>: |s| elements::VhtCapabilities::new(s.make()?)?;
    elements::HeCapabilities<'a>: |s| elements::HeCapabilities::new(s.make()?)?;
    elements::EhtCapabilities<'a>: |s| elements::EhtCapabilities::new(s.make()?)?;
    elements::McsMap: |s| s.make::<elements::VhtCapabilities<'_>>()?.mcs().rx;
    elements::HtOperation<'a>: |s| match elements::Element::new(61, s.make()?) {
        elements::Element::HtOperation(operation) => operation,
        _ => return None,
    };
    elements::VhtOperation: |s| elements::VhtOperation {
        code: s.make()?,
        center0: s.make()?,
        center1: s.make()?,
        basic_mcs: s.make()?,
    };
    elements::SixGhz: |s| elements::SixGhz {
        primary_channel: s.make()?,
        control: s.make()?,
        center0: s.make()?,
        center1: s.make()?,
        min_rate: s.make()?,
    };
    elements::HeOperation<'a>: |s| match elements::Element::new(255, s.make()?) {
        elements::Element::HeOperation(operation) => operation,
        _ => return None,
    };
    Replied<'a, Features>: |s| s.make::<Act<'_, Features>>()?.with_reply();
    MixedFamilies: |_s| MixedFamilies;
    SecretBytes<1>: |s| SecretBytes(s.make()?);
    state::SetState<'a>: |s| state::SetState::new(s.make()?, s.make()?, s.make()?, s.make()?);
    policy::SetPolicy<'a>: |s| policy::SetPolicy::new(s.make()?, s.make()?);
    AddressBytes<'a>: |s| Address::decode(s.make()?, s.make()?).ok()?;
}

/// A struct that nlwire's families read from bytes.
macro_rules! structs {
    ($($type:ty)*) => {$(
        impl Make<'_> for $type {
            fn make(s: &mut Source<'_>) -> Option<Self> {
                let (value, rest) = <$type as nlwire::zerocopy::FromBytes>::read_from_prefix(s.bytes).ok()?;
                s.bytes = rest;
                Some(value)
            }
        }
    )*};
}
pub(crate) use {makes, structs};
