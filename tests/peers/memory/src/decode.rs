//! Reading: a datagram of routes, and one link of 40 attributes.

use std::hint::black_box;

use nlwire::codec::{AddressBytes, Nested};
use nlwire::route::*;
use nlwire::{DecodeError, Flags, LinkIndex, Messages, Writer, fields};

pub type Routes = Vec<u8>;

/// Number of links of 1,496 bytes in a datagram from the kernel.
pub const LINKS: u32 = 21;

/// Sum of the numbers in this many links.
const SUM: u64 = 985_614 * 21;

unsafe extern "C" {
    fn c_route(at: *const u8, left: usize) -> std::ffi::c_long;
    fn c_link(at: *const u8, left: usize) -> std::ffi::c_long;
}

/// Routes as the kernel sends them: 60 bytes and four attributes each.
pub fn datagram(count: u32) -> Routes {
    let header = RouteHeader {
        family: AF_INET,
        destination_len: 32,
        table: 254,
        ..RouteHeader::default()
    };
    let mut datagram = Vec::new();
    for number in 0..count {
        let mut buffer = [0; 60];
        let message = Writer::message(&mut buffer, RTM_NEWROUTE, Flags::MULTI, &header, |w| {
            w.u32(RTA_TABLE, 254)?
                .u32_be(RTA_DST, 0x0a00_0000 | number)?
                .u32_be(RTA_GATEWAY, 0xc000_0201)?
                .u32(RTA_OIF, 2)
        });
        datagram.extend(message.expect("60 bytes").as_bytes());
    }
    datagram
}

/// `veth` links as Linux 6.18 sends them, of 40 attributes each. One of these
/// is a nest that is read as well.
pub fn links() -> Vec<u8> {
    let digits: String = include_str!("link.hex").split_whitespace().collect();
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    let link: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect();
    link.repeat(usize::try_from(LINKS).expect("a few"))
}

#[derive(Default)]
struct Fields {
    table: u32,
    destination: u32,
    gateway: u32,
    index: u32,
}

pub fn route_c(datagram: &[u8]) {
    // SAFETY: It reads no more than the length that it is given.
    let count = unsafe { c_route(datagram.as_ptr(), datagram.len()) };
    assert_eq!(usize::try_from(count), Ok(datagram.len() / 60));
}

pub fn route_getters(datagram: &[u8]) {
    let read = || -> Result<usize, DecodeError> {
        let mut count = 0;
        for message in Messages::new(datagram) {
            let (_, attributes) = message?.split::<RouteHeader>()?;
            let mut route = Fields::default();
            for attribute in attributes {
                let attribute = attribute?;
                match attribute.kind() {
                    RTA_TABLE => route.table = attribute.u32()?,
                    RTA_DST => route.destination = attribute.u32_be()?,
                    RTA_GATEWAY => route.gateway = attribute.u32_be()?,
                    RTA_OIF => route.index = attribute.u32()?,
                    _ => {}
                }
            }
            black_box(&route);
            count += 1;
        }
        Ok(count)
    };
    assert_eq!(read(), Ok(datagram.len() / 60));
}

pub fn route_fields(datagram: &[u8]) {
    let read = || -> Result<usize, DecodeError> {
        let mut count = 0;
        for message in Messages::new(datagram) {
            let (_, attributes) = message?.split::<RouteHeader>()?;
            let route =
                fields!(attributes => Route { table, destination, gateway, outgoing_index })?;
            black_box((
                &route.table,
                &route.destination,
                &route.gateway,
                &route.outgoing_index,
            ));
            count += 1;
        }
        Ok(count)
    };
    assert_eq!(read(), Ok(datagram.len() / 60));
}

#[derive(Default)]
struct TypedFields<'a> {
    table: RouteTable,
    destination: Option<AddressBytes<'a>>,
    gateway: Option<AddressBytes<'a>>,
    index: LinkIndex,
}

pub fn route_attributes(datagram: &[u8]) {
    let read = || -> Result<usize, DecodeError> {
        let mut count = 0;
        for message in Messages::new(datagram) {
            let (_, attributes) = message?.split::<RouteHeader>()?;
            let mut route = TypedFields::default();
            for item in attributes.typed::<Route>() {
                match item?.1? {
                    RouteAttr::Table(table) => route.table = table,
                    RouteAttr::Destination(address) => route.destination = Some(address),
                    RouteAttr::Gateway(address) => route.gateway = Some(address),
                    RouteAttr::OutgoingIndex(index) => route.index = index,
                    _ => {}
                }
            }
            black_box(&route);
            count += 1;
        }
        Ok(count)
    };
    assert_eq!(read(), Ok(datagram.len() / 60));
}

pub fn link_c(datagram: &[u8]) {
    // SAFETY: It reads no more than the length that it is given.
    let sum = unsafe { c_link(datagram.as_ptr(), datagram.len()) };
    assert_eq!(u64::try_from(sum), Ok(SUM));
}

/// Fields of a link; nests are views on bytes or on a set.
#[derive(Default)]
struct LinkFields<'a, AfSpec = Option<&'a [u8]>, Xdp = Option<&'a [u8]>> {
    name: Option<&'a [u8]>,
    qdisc: Option<&'a [u8]>,
    address: Option<&'a [u8]>,
    broadcast: Option<&'a [u8]>,
    stats: Option<&'a [u8]>,
    stats64: Option<&'a [u8]>,
    map: Option<&'a [u8]>,
    af_spec: AfSpec,
    xdp: Xdp,
    devlink_port: Option<&'a [u8]>,
    dpll_pin: Option<&'a [u8]>,
    kind: Option<&'a [u8]>,
}

pub fn link_getters(datagram: &[u8]) {
    let read = || -> Result<u64, DecodeError> {
        let mut sum = 0;
        for message in Messages::new(datagram) {
            let (_, attributes) = message?.split::<LinkHeader>()?;
            let mut fields = LinkFields::default();
            for attribute in attributes {
                let attribute = attribute?;
                match attribute.kind() {
                    IFLA_ADDRESS => fields.address = Some(attribute.bytes()),
                    IFLA_BROADCAST => fields.broadcast = Some(attribute.bytes()),
                    IFLA_IFNAME => fields.name = Some(attribute.text().as_bytes()),
                    IFLA_QDISC => fields.qdisc = Some(attribute.text().as_bytes()),
                    IFLA_STATS => fields.stats = Some(attribute.bytes()),
                    IFLA_MAP => fields.map = Some(attribute.bytes()),
                    IFLA_STATS64 => fields.stats64 = Some(attribute.bytes()),
                    IFLA_LINKINFO => {
                        let kind = attribute.nested().find(IFLA_INFO_KIND)?;
                        fields.kind = kind.map(|kind| kind.text().as_bytes());
                    }
                    IFLA_AF_SPEC => fields.af_spec = Some(attribute.bytes()),
                    IFLA_XDP => fields.xdp = Some(attribute.bytes()),
                    IFLA_DEVLINK_PORT => fields.devlink_port = Some(attribute.bytes()),
                    IFLA_DPLL_PIN => fields.dpll_pin = Some(attribute.bytes()),
                    IFLA_OPERSTATE | IFLA_LINKMODE | IFLA_CARRIER | IFLA_PROTO_DOWN
                    | IFLA_NETNS_IMMUTABLE => sum += u64::from(attribute.u8()?),
                    IFLA_HEADROOM | IFLA_TAILROOM => sum += u64::from(attribute.u16()?),
                    IFLA_MTU
                    | IFLA_LINK
                    | IFLA_TXQLEN
                    | IFLA_GROUP
                    | IFLA_PROMISCUITY
                    | IFLA_NUM_TX_QUEUES
                    | IFLA_NUM_RX_QUEUES
                    | IFLA_CARRIER_CHANGES
                    | IFLA_GSO_MAX_SEGS
                    | IFLA_GSO_MAX_SIZE
                    | IFLA_CARRIER_UP_COUNT
                    | IFLA_CARRIER_DOWN_COUNT
                    | IFLA_MIN_MTU
                    | IFLA_MAX_MTU
                    | IFLA_GRO_MAX_SIZE
                    | IFLA_TSO_MAX_SIZE
                    | IFLA_TSO_MAX_SEGS
                    | IFLA_ALLMULTI
                    | IFLA_GSO_IPV4_MAX_SIZE
                    | IFLA_GRO_IPV4_MAX_SIZE => sum += u64::from(attribute.u32()?),
                    IFLA_MAX_PACING_OFFLOAD_HORIZON => sum += attribute.uint()?,
                    _ => {}
                }
            }
            black_box(&fields);
        }
        Ok(sum)
    };
    assert_eq!(read(), Ok(SUM));
}

pub fn link_attributes(datagram: &[u8]) {
    use LinkAttr as L;
    let read = || -> Result<u64, DecodeError> {
        let mut sum = 0;
        for message in Messages::new(datagram) {
            let (_, attributes) = message?.split::<LinkHeader>()?;
            let (mut devlink_port, mut dpll_pin) = (None, None);
            let mut fields = LinkFields::<Option<AfSpec<'_>>, Option<Nested<'_, Xdp>>>::default();
            for item in attributes.typed::<Link>() {
                match item?.1? {
                    L::Address(bytes) => fields.address = Some(bytes),
                    L::Broadcast(bytes) => fields.broadcast = Some(bytes),
                    L::Name(name) => fields.name = Some(name.as_bytes()),
                    L::Qdisc(name) => fields.qdisc = Some(name.as_bytes()),
                    L::Stats(stats) => fields.stats = Some(stats.as_bytes()),
                    L::Map(map) => fields.map = Some(map.as_bytes()),
                    L::Stats64(stats) => fields.stats64 = Some(stats.as_bytes()),
                    L::Info(info) => {
                        if let Some(info) = info.set() {
                            let kind = fields!(info => LinkInfo { kind })?.kind;
                            fields.kind = kind.map(str::as_bytes);
                        }
                    }
                    L::AfSpec(nest) => fields.af_spec = nest.set(),
                    L::Xdp(nest) => fields.xdp = Some(nest),
                    L::DevlinkPort(nest) => devlink_port = Some(nest),
                    L::DpllPin(nest) => dpll_pin = Some(nest),
                    L::OperState(state) => sum += u64::from(state.0),
                    L::Mode(mode) => sum += u64::from(mode.0),
                    L::Carrier(n) | L::ProtoDown(n) | L::NetnsImmutable(n) => {
                        sum += u64::from(n);
                    }
                    L::Headroom(n) | L::Tailroom(n) => sum += u64::from(n),
                    L::Lower(lower) => sum += u64::from(lower.get()),
                    L::Mtu(n)
                    | L::TxQueueLen(n)
                    | L::Group(n)
                    | L::Promiscuity(n)
                    | L::TxQueues(n)
                    | L::RxQueues(n)
                    | L::CarrierChanges(n)
                    | L::GsoMaxSegs(n)
                    | L::GsoMaxSize(n)
                    | L::CarrierUps(n)
                    | L::CarrierDowns(n)
                    | L::MinMtu(n)
                    | L::MaxMtu(n)
                    | L::GroMaxSize(n)
                    | L::TsoMaxSize(n)
                    | L::TsoMaxSegs(n)
                    | L::AllMulti(n)
                    | L::GsoIpv4MaxSize(n)
                    | L::GroIpv4MaxSize(n) => sum += u64::from(n),
                    L::MaxPacingHorizon(n) => sum += n,
                    _ => {}
                }
            }
            black_box((&fields, devlink_port, dpll_pin));
        }
        Ok(sum)
    };
    assert_eq!(read(), Ok(SUM));
}
