//! A query whose objects come in several messages.

use super::{TUN, TUN_A_NAME, TUN_A_PEERS, family};
use nlsock::fake::{Expected, Kernel};
use nlsock::{Conn, Protocol};
use nltests::Outcome;
use nlwire::schema::Protocol as Family;
use nlwire::{
    EncodeError, Flags, GetFlags, MessageRef, MessageType, Messages, Next, Query, Request, Writer,
};

/// Lists devices with their peers.
#[derive(Clone, Copy, Debug)]
struct GetDevices;

/// Parts of a device, of which each names it and has some of its peers.
struct Parts<'a>(Messages<'a>);

impl<'a> Parts<'a> {
    fn name(&self) -> &'a str {
        device_of({ self.0 }.next().unwrap().unwrap())
    }

    fn peers(&self) -> Vec<u32> {
        let peers = self.0.flat_map(|part| {
            let attributes = part.unwrap().attributes(4);
            attributes.require(TUN_A_PEERS).unwrap().nested()
        });
        peers.map(|peer| peer.unwrap().u32().unwrap()).collect()
    }
}

fn device_of(part: MessageRef<'_>) -> &str {
    let name = part.attributes(4).require(TUN_A_NAME);
    name.and_then(|name| name.str()).unwrap()
}

impl Request for GetDevices {
    fn protocol(&self) -> Option<&'static Family> {
        Some(&TUN)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = GetFlags::DUMP;
        w.append_message(MessageType(0), flags, &(), |w| w.append(&[2_u8, 1, 0, 0]))?;
        Ok(Next::End)
    }
}

impl Query for GetDevices {
    type Row<'a> = Parts<'a>;

    fn row(message: MessageRef<'_>) -> Parts<'_> {
        Parts(Messages::new(message.as_bytes()))
    }

    fn continues(before: MessageRef<'_>, message: MessageRef<'_>) -> bool {
        device_of(before) == device_of(message)
    }

    fn joined(parts: Messages<'_>) -> Parts<'_> {
        Parts(parts)
    }
}

pub(super) fn an_object_that_comes_in_parts_is_one_row_of_a_list() -> Outcome {
    const PARTS: [(&str, &[u32]); 4] = [
        ("tun0", &[1, 2]),
        ("tun0", &[3]),
        ("tun0", &[4, 5]),
        ("tun1", &[6]),
    ];
    let kernel = Kernel::new();
    family(&kernel, 40);
    let answer_all = || {
        let dump = Expected::new(MessageType(40)).flags(Flags::REQUEST | GetFlags::DUMP);
        kernel.expect(dump, |_, answer| {
            for (name, peers) in PARTS {
                answer.part(MessageType(40), &(), |w| {
                    w.append(&[2_u8, 1, 0, 0])?
                        .str(TUN_A_NAME, name)?
                        .nest(TUN_A_PEERS, |w| {
                            peers.iter().try_fold(w, |w, peer| w.u32(1, *peer))
                        })
                });
                answer.end_datagram();
            }
            answer.done(0, Flags::empty());
        });
    };
    let mut conn = Conn::over(kernel.clone(), vec![0; 1 << 16], Protocol::GENERIC, 7);
    answer_all();
    let list = conn.list(GetDevices)?;
    let devices: Vec<_> = list.iter().map(|row| (row.name(), row.peers())).collect();
    assert_eq!(devices, [("tun0", vec![1, 2, 3, 4, 5]), ("tun1", vec![6])]);
    assert_eq!((list.len(), list.iter().len()), (2, 2));
    // A stream returns the parts as they come.
    answer_all();
    let mut rows = conn.query(GetDevices)?;
    let mut parts = Vec::new();
    while let Some(part) = rows.next()? {
        parts.push((part.name().to_owned(), part.peers()));
    }
    assert!(
        parts
            .iter()
            .map(|(name, peers)| (&name[..], &peers[..]))
            .eq(PARTS)
    );
    kernel.assert_finished();
    Ok(())
}
