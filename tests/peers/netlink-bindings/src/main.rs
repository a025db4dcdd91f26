//! The works with netlink-bindings and its socket crate.

use std::hint::black_box;

use common::Result;
use netlink_bindings::{rt_link, rt_route};
use netlink_socket2::NetlinkSocket;

fn main() -> Result<()> {
    let mut socket = NetlinkSocket::new();
    match common::work().as_str() {
        "routes" => common::serve(|| {
            let header = rt_route::Rtmsg {
                rtm_family: 2,
                ..Default::default()
            };
            let request = rt_route::Request::new().op_getroute_dump(&header);
            let mut rows = socket.request(&request).map_err(text)?;
            let mut count = 0;
            while let Some(row) = rows.recv() {
                let (_, attributes) = row.map_err(text)?;
                for attribute in attributes {
                    black_box(&attribute.map_err(text)?);
                }
                count += 1;
            }
            Ok(count)
        }),
        "links" => common::serve(|| {
            let request = rt_link::Request::new().op_getlink_dump(&Default::default());
            let mut rows = socket.request(&request).map_err(text)?;
            let mut count = 0;
            while let Some(row) = rows.recv() {
                let (_, attributes) = row.map_err(text)?;
                for attribute in attributes {
                    black_box(&attribute.map_err(text)?);
                }
                count += 1;
            }
            Ok(count)
        }),
        _ => common::unknown(),
    }
}

fn text(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}
