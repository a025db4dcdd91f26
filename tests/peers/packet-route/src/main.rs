//! The works with netlink-packet-route and netlink-sys.

use std::hint::black_box;

use common::Result;
use netlink_packet_core::{
    NLM_F_DUMP, NLM_F_REQUEST, NetlinkHeader, NetlinkMessage, NetlinkPayload,
};
use netlink_packet_route::link::LinkMessage;
use netlink_packet_route::route::RouteMessage;
use netlink_packet_route::{AddressFamily, RouteNetlinkMessage};
use netlink_sys::{Socket, SocketAddr, protocols::NETLINK_ROUTE};

fn main() -> Result<()> {
    let mut socket = Socket::new(NETLINK_ROUTE)?;
    socket.bind_auto()?;
    socket.connect(&SocketAddr::new(0, 0))?;
    let mut buffer = vec![0; 32 * 1024];
    let request = match common::work().as_str() {
        "routes" => {
            let mut route = RouteMessage::default();
            route.header.address_family = AddressFamily::Inet;
            RouteNetlinkMessage::GetRoute(route)
        }
        "links" => RouteNetlinkMessage::GetLink(LinkMessage::default()),
        _ => return common::unknown(),
    };
    common::serve(|| dump(&socket, request.clone(), &mut buffer))
}

fn dump(socket: &Socket, request: RouteNetlinkMessage, buffer: &mut [u8]) -> Result<u64> {
    let mut header = NetlinkHeader::default();
    header.flags = NLM_F_REQUEST | NLM_F_DUMP;
    let mut packet = NetlinkMessage::new(header, NetlinkPayload::from(request));
    packet.finalize();
    let mut bytes = vec![0; packet.buffer_len()];
    packet.serialize(&mut bytes);
    socket.send(&bytes, 0)?;
    let mut count = 0;
    loop {
        let length = socket.recv(&mut &mut *buffer, 0)?;
        let mut offset = 0;
        while offset < length {
            let message =
                NetlinkMessage::<RouteNetlinkMessage>::deserialize(&buffer[offset..length])?;
            match &message.payload {
                NetlinkPayload::Done(_) => return Ok(count),
                NetlinkPayload::Error(error) => return Err(error.to_string().into()),
                _ => count += 1,
            }
            offset += (message.header.length as usize).next_multiple_of(4);
            black_box(&message);
        }
    }
}
