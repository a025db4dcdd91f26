//! Network devices by a family that `nlwire` lacks (`linux/netdev.h`).

use nlsock::{Conn, Protocol};
use nlwire::codec::AttributeSet;
use nlwire::generic::GenericHeader;
use nlwire::schema::{self, MessageSchema};
use nlwire::{
    EncodeError, GetFlags, MessageRef, Next, Query, Request, Row, Writer, attributes, fields,
};

const NETDEV_CMD_DEV_GET: u8 = 1;

attributes! {
    /// Network device.
    pub set Device, enum DeviceAttr {
        1 NETDEV_A_DEV_IFINDEX Index index: u32,
        /// Bits of `enum netdev_xdp_act`.
        3 NETDEV_A_DEV_XDP_FEATURES Features features: u64,
    }
}

static FAMILY: schema::Protocol = schema::Protocol::family(
    "netdev",
    &[MessageSchema::command(
        NETDEV_CMD_DEV_GET,
        "NETDEV_CMD_DEV_GET",
        Device::schema,
    )],
);

struct GetDevices;

impl Request for GetDevices {
    fn protocol(&self) -> Option<&'static schema::Protocol> {
        Some(&FAMILY)
    }
    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(NETDEV_CMD_DEV_GET, 1, GetFlags::DUMP, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetDevices {
    type Row<'a> = Row<'a, GenericHeader, Device>;
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Row::of(message)
    }
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    for row in &conn.list(GetDevices)? {
        let device = fields!(row.attributes => Device { index, features })?;
        println!("{:?} {:?}", device.index, device.features);
    }
    Ok(())
}
