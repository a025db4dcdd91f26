//! A unit test without a kernel.

use nlsock::{Conn, Error, Protocol, Transport};
use nlwire::route::{GetLink, NewLink};

/// Creates the bridge if it does not exist, and returns its index.
pub fn ensure_bridge<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>>(
    conn: &mut Conn<T, B>,
    name: &str,
) -> Result<u32, Error> {
    match conn.get(&GetLink::by_name(name)) {
        Ok(link) => return Ok(link.index().get()),
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error),
    }
    conn.execute(&NewLink::bridge(name).up())?;
    Ok(conn.get(&GetLink::by_name(name))?.index().get())
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    println!("{}", ensure_bridge(&mut conn, "br0")?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlsock::Errno;
    use nlsock::fake::{Expected, Kernel};
    use nlwire::Flags;
    use nlwire::route::{LinkAttr, LinkHeader, RTM_NEWLINK};

    #[test]
    fn creates_a_bridge_once() {
        let kernel = Kernel::new();
        let (get, new) = (GetLink::by_name("br0"), NewLink::bridge("br0").up());
        kernel.expect(Expected::request(&get), |_, answer| {
            answer.error(Errno::ENODEV)
        });
        kernel.expect(Expected::request(&new), |_, answer| answer.ack());
        kernel.expect(Expected::request(&get), |_, answer| {
            let header = LinkHeader {
                index: 7.into(),
                ..LinkHeader::default()
            };
            answer.reply(RTM_NEWLINK, Flags::empty(), &header, |w| {
                w.put(LinkAttr::Name("br0".into()))
            });
            answer.ack();
        });
        let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 1);
        assert_eq!(ensure_bridge(&mut conn, "br0").unwrap(), 7);
        kernel.assert_finished();
    }
}
