//! Reading: a datagram of routes, and one link of 40 attributes.

use std::hint::black_box;

use nlwire::codec::AddressBytes;
use nlwire::route::*;
use nlwire::{Attrs, DecodeError, Flags, MessageRef, Messages, Writer, fields};

pub type Routes = Vec<u8>;

unsafe extern "C" {
    fn c_route(at: *const u8, left: usize) -> std::ffi::c_long;
    fn c_link(at: *const u8, left: usize) -> std::ffi::c_long;
}

/// As many routes as the kernel sends them: 60 bytes, four attributes.
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

/// A `veth` link as Linux 6.18 sends it, 1,496 bytes.
pub fn link() -> Vec<u8> {
    let digits: String = include_str!("link.hex").split_whitespace().collect();
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    (0..digits.len()).step_by(2).map(byte).collect()
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
    index: u32,
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

pub fn link_c(link: &[u8]) {
    // SAFETY: It reads no more than the length that it is given.
    let count = unsafe { c_link(link.as_ptr(), link.len()) };
    assert_eq!(count, 40);
}

#[derive(Default)]
struct LinkFields<'a> {
    sum: u64,
    name: &'a [u8],
    qdisc: &'a [u8],
    address: &'a [u8],
    broadcast: &'a [u8],
    stats: &'a [u8],
    stats64: &'a [u8],
    map: &'a [u8],
    nests: [Option<Attrs<'a>>; 5],
}

pub fn link_getters(link: &[u8]) {
    let mut count = 0;
    let mut read = || -> Result<(), DecodeError> {
        let (_, attributes) = MessageRef::new(link)?.split::<LinkHeader>()?;
        let mut fields = LinkFields::default();
        for attribute in attributes {
            let attribute = attribute?;
            count += 1;
            match attribute.kind() {
                IFLA_ADDRESS => fields.address = attribute.bytes(),
                IFLA_BROADCAST => fields.broadcast = attribute.bytes(),
                IFLA_IFNAME => fields.name = attribute.text(),
                IFLA_QDISC => fields.qdisc = attribute.text(),
                IFLA_STATS => fields.stats = attribute.bytes(),
                IFLA_MAP => fields.map = attribute.bytes(),
                IFLA_STATS64 => fields.stats64 = attribute.bytes(),
                IFLA_LINKINFO => fields.nests[0] = Some(attribute.nested()),
                IFLA_AF_SPEC => fields.nests[1] = Some(attribute.nested()),
                IFLA_XDP => fields.nests[2] = Some(attribute.nested()),
                IFLA_DEVLINK_PORT => fields.nests[3] = Some(attribute.nested()),
                IFLA_DPLL_PIN => fields.nests[4] = Some(attribute.nested()),
                IFLA_OPERSTATE | IFLA_LINKMODE | IFLA_CARRIER | IFLA_PROTO_DOWN
                | IFLA_NETNS_IMMUTABLE => fields.sum += u64::from(attribute.u8()?),
                IFLA_HEADROOM | IFLA_TAILROOM => fields.sum += u64::from(attribute.u16()?),
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
                | IFLA_GRO_IPV4_MAX_SIZE => fields.sum += u64::from(attribute.u32()?),
                IFLA_MAX_PACING_OFFLOAD_HORIZON => fields.sum += attribute.uint()?,
                _ => count -= 1,
            }
        }
        black_box(&fields);
        Ok(())
    };
    assert_eq!((read(), count), (Ok(()), 40));
}

pub fn link_attributes(link: &[u8]) {
    use LinkAttr as L;
    let mut count = 0;
    let mut read = || -> Result<(), DecodeError> {
        let (_, attributes) = MessageRef::new(link)?.split::<LinkHeader>()?;
        let mut fields = LinkFields::default();
        for item in attributes.typed::<Link>() {
            let (raw, value) = item?;
            count += 1;
            match value? {
                L::Address(bytes) => fields.address = bytes,
                L::Broadcast(bytes) => fields.broadcast = bytes,
                L::Name(name) => fields.name = name.as_bytes(),
                L::Qdisc(name) => fields.qdisc = name.as_bytes(),
                L::Stats(stats) => fields.stats = stats.as_bytes(),
                L::Map(map) => fields.map = map.as_bytes(),
                L::Stats64(stats) => fields.stats64 = stats.as_bytes(),
                L::Info(nest) => fields.nests[0] = Some(nest.attributes()),
                L::AfSpec(_) => fields.nests[1] = Some(raw.nested()),
                L::Xdp(nest) => fields.nests[2] = Some(nest.attributes()),
                L::DevlinkPort(_) => fields.nests[3] = Some(raw.nested()),
                L::DpllPin(_) => fields.nests[4] = Some(raw.nested()),
                L::OperState(state) => fields.sum += u64::from(state.0),
                L::Mode(mode) => fields.sum += u64::from(mode.0),
                L::Carrier(n) | L::ProtoDown(n) | L::NetnsImmutable(n) => {
                    fields.sum += u64::from(n);
                }
                L::Headroom(n) | L::Tailroom(n) => fields.sum += u64::from(n),
                L::Mtu(n)
                | L::Lower(n)
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
                | L::GroIpv4MaxSize(n) => fields.sum += u64::from(n),
                L::MaxPacingHorizon(n) => fields.sum += n,
                _ => count -= 1,
            }
        }
        black_box(&fields);
        Ok(())
    };
    assert_eq!((read(), count), (Ok(()), 40));
}
