//! WireGuard: devices of several messages, read as the kernel divides them
//! (`wg_get_device_dump`) and written in parts.
#![cfg(feature = "wireguard")]
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::net::SocketAddr;

use nlwire::codec::Hidden;
use nlwire::generic::GenericHeader;
use nlwire::generic::wireguard::*;
use nlwire::pretty::{Family, Pretty};
use nlwire::request::Object;
use nlwire::{
    EncodeError, Flags, MessageRef, MessageType, Messages, Part, Prefix, Query as _, Stamp, Writer,
    fields,
};

const WG: MessageType = MessageType(40);

fn key(number: usize) -> [u8; 32] {
    let mut key = [7; 32];
    key[..8].copy_from_slice(&(number as u64).to_le_bytes());
    key
}

fn prefix(number: usize) -> Prefix {
    let octets = (number as u32).to_be_bytes();
    match number % 2 {
        0 => Prefix::new(octets.into(), 32).unwrap(),
        _ => {
            let mut address = [0xfd; 16];
            address[12..].copy_from_slice(&octets);
            Prefix::new(address.into(), 128).unwrap()
        }
    }
}

/// Writes a message of a device as the kernel does, and its peers by `peers`.
fn message<F>(is_first: bool, peers: F) -> Vec<u8>
where
    F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Result<&'w mut Writer<'b>, EncodeError>,
{
    let mut buffer = vec![0; 1 << 14];
    let header = GenericHeader::new(WG_CMD_GET_DEVICE, WG_GENL_VERSION);
    let message = Writer::message(&mut buffer, WG, Flags::MULTI, &header, |w| {
        if is_first {
            w.put([
                DeviceAttr::ListenPort(51820),
                DeviceAttr::Mark(0x10),
                DeviceAttr::Index(7.into()),
                DeviceAttr::Name("wg0".into()),
                DeviceAttr::PrivateKey(Hidden(&[1; 32])),
                DeviceAttr::PublicKey(&[2; 32]),
            ])?;
        }
        w.nest(WGDEVICE_A_PEERS, |w| peers(w))
    });
    message.unwrap().as_bytes().to_vec()
}

/// Writes a peer, or what follows of it.
fn peer<'w, 'b>(
    w: &'w mut Writer<'b>,
    number: usize,
    is_first: bool,
    ips: std::ops::Range<usize>,
) -> Result<&'w mut Writer<'b>, EncodeError> {
    let endpoint: SocketAddr = match number % 2 {
        0 => "192.0.2.1:51820".parse().unwrap(),
        _ => "[fe80::1%3]:4000".parse().unwrap(),
    };
    w.nest(0, |w| {
        w.put(PeerAttr::PublicKey(&key(number)))?;
        if is_first {
            let time = Timespec {
                seconds: 5.into(),
                nanoseconds: 6.into(),
            };
            w.put([
                PeerAttr::PresharedKey(Hidden(&[3; 32])),
                PeerAttr::LastHandshake(&time),
                PeerAttr::Keepalive(25),
                PeerAttr::Padding(&[]),
                PeerAttr::TxBytes(100),
                PeerAttr::RxBytes(200),
                PeerAttr::ProtocolVersion(1),
                PeerAttr::Endpoint(endpoint),
            ])?;
        }
        w.nest(WGPEER_A_ALLOWEDIPS, |w| {
            ips.clone().try_fold(w, |w, number| {
                let prefix = prefix(number);
                let address = prefix.address();
                w.nest(0, |w| {
                    w.put([
                        AllowedIpAttr::Length(prefix.length()),
                        AllowedIpAttr::Family(if address.is_ipv4() { 2 } else { 10 }),
                        AllowedIpAttr::Address(address),
                    ])
                })
            })
        })
    })
}

#[test]
fn a_device_is_joined_over_messages() {
    let mut bytes = message(true, |w| peer(peer(w, 0, true, 0..2)?, 1, true, 2..4));
    bytes.extend(message(false, |w| peer(w, 1, false, 4..7)));
    bytes.extend(message(false, |w| {
        peer(peer(w, 1, false, 7..8)?, 2, true, 0..0)
    }));
    let device = GetDevice::joined(Messages::new(&bytes));
    assert_eq!(device.name().unwrap(), Some("wg0".into()));
    assert_eq!(device.index().unwrap().map(|index| index.get()), Some(7));
    assert_eq!(device.listen_port().unwrap(), Some(51820));
    assert_eq!(device.mark().unwrap(), Some(0x10));
    assert_eq!(device.private_key().unwrap(), Some(Hidden(&[1; 32])));
    assert_eq!(device.public_key().unwrap(), Some(&[2; 32]));
    let peers: Vec<_> = device.peers().map(Result::unwrap).collect();
    let of = |number: usize| {
        let ips = peers[number].allowed_ips().map(Result::unwrap);
        ips.collect::<Vec<_>>()
    };
    assert_eq!(peers.len(), 3);
    for (number, ips) in [(0, 0..2), (1, 2..8), (2, 0..0)] {
        let found = &peers[number];
        assert_eq!(found.public_key().unwrap(), &key(number));
        assert_eq!(of(number), ips.map(prefix).collect::<Vec<_>>());
        assert_eq!(found.keepalive().unwrap(), Some(25));
        let bytes = (found.rx_bytes().unwrap(), found.tx_bytes().unwrap());
        assert_eq!(bytes, (Some(200), Some(100)));
        let time = found.last_handshake().unwrap().unwrap();
        assert_eq!(time.since_epoch().unwrap().as_secs(), 5);
    }
    let endpoints = [0, 1].map(|number: usize| peers[number].endpoint().unwrap().unwrap());
    assert_eq!(endpoints[0].to_string(), "192.0.2.1:51820");
    assert_eq!(endpoints[1].to_string(), "[fe80::1%3]:4000");
    // A part alone is a device with fewer peers.
    let part = Messages::new(&bytes).nth(1).unwrap().unwrap();
    assert_eq!(GetDevice::row(part).peers().count(), 1);
    assert_eq!(GetDevice::row(part).name().unwrap(), None);
}

#[test]
fn keys_print_nowhere() {
    let bytes = message(true, |w| peer(w, 0, true, 0..1));
    let families = [Family {
        number: Some(WG),
        protocol: &PROTOCOL,
    }];
    let tree = Pretty::new(&bytes, Some(16)).with_families(&families);
    let row = GetDevice::joined(Messages::new(&bytes));
    let texts = [format!("{row:?} {:?}", row.peers()), tree.to_string()];
    for text in texts {
        assert!(
            text.contains("WGDEVICE_A_PRIVATE_KEY: secret of 32 bytes"),
            "{text}"
        );
        assert!(
            text.contains("WGPEER_A_PRESHARED_KEY: secret of 32 bytes"),
            "{text}"
        );
        assert!(
            text.contains("WGPEER_A_ENDPOINT: 192.0.2.1:51820"),
            "{text}"
        );
        assert!(
            !text.contains("0101010101") && !text.contains("0303030303"),
            "{text}"
        );
    }
    let set = SetDevice::by_name("wg0").private_key(&[0x55; 32]);
    let peer = SetPeer::new(&[2; 32]).preshared_key(&[0x55; 32]);
    let text = format!("{set:?} {peer:?}");
    assert!(!text.contains("85"), "{text}");
}

/// Model of a device that carries out requests.
#[derive(Debug, Default, PartialEq)]
struct Model {
    port: Option<u16>,
    peers: BTreeMap<[u8; 32], Vec<Prefix>>,
    endpoints: usize,
    replaced: usize,
}

impl Model {
    /// Carries out a message, which must name the link.
    fn change(&mut self, message: MessageRef<'_>) {
        let (_, attributes) = message.split::<GenericHeader>().unwrap();
        let device = fields!(attributes => Device { name, listen_port, flags, peers }).unwrap();
        assert_eq!(device.name, Some("wg0".into()));
        self.port = self.port.or(device.listen_port);
        if device.flags == Some(DeviceFlags::REPLACE_PEERS) {
            self.peers.clear();
            self.replaced += 1;
        }
        for peer in device.peers.into_iter().flat_map(|peers| peers.iter()) {
            let (_, set) = peer.unwrap();
            let peer = fields!(set => Peer { public_key, flags, endpoint, allowed_ips }).unwrap();
            let ips = self.peers.entry(*peer.public_key.unwrap()).or_default();
            self.endpoints += usize::from(peer.endpoint.is_some());
            if peer.flags == Some(PeerFlags::REPLACE_ALLOWEDIPS) {
                ips.clear();
            }
            for ip in peer.allowed_ips.into_iter().flat_map(|ips| ips.iter()) {
                let (_, set) = ip.unwrap();
                let ip = fields!(set => AllowedIp { address, length, flags }).unwrap();
                let prefix = Prefix::new(ip.address.unwrap(), ip.length.unwrap()).unwrap();
                match ip.flags {
                    Some(AllowedIpFlags::REMOVE_ME) => ips.retain(|known| *known != prefix),
                    _ => ips.push(prefix),
                }
            }
        }
    }

    /// Carries out a whole request, over a buffer of this size, and returns the
    /// number of its messages.
    fn carry_out(&mut self, set: &SetDevice<'_>, room: usize) -> usize {
        let mut buffer = vec![0; room];
        let (mut from, mut parts) = (Some(0), 0);
        while let Some(place) = from {
            let stamp = Stamp {
                family: Some(WG),
                ..Stamp::default()
            };
            let part = Part::write(set, place, &mut buffer, 0, stamp, true).unwrap();
            for message in Messages::new(&buffer[..part.end]) {
                self.change(message.unwrap());
            }
            from = part.then;
            parts += 1;
        }
        parts
    }
}

#[test]
fn thousands_of_peers_are_set_in_parts() {
    let keys: Vec<_> = (0..5000).map(key).collect();
    let ips: Vec<_> = (0..20_000).map(prefix).collect();
    let peers: Vec<_> = keys
        .iter()
        .zip(ips.chunks(4))
        .map(|(key, ips)| {
            let peer = SetPeer::new(key).endpoint("192.0.2.1:1".parse().unwrap());
            peer.replace_allowed_ips().allowed_ips(ips)
        })
        .collect();
    let set = SetDevice::by_name("wg0")
        .listen_port(51820)
        .replace_peers()
        .peers(&peers);
    assert_eq!(Object(&set, 0).to_string(), "link \"wg0\"");
    let expected = Model {
        port: Some(51820),
        peers: keys
            .iter()
            .zip(ips.chunks(4))
            .map(|(key, ips)| (*key, ips.to_vec()))
            .collect(),
        endpoints: 5000,
        replaced: 1,
    };
    // Into little room, into a whole nest of 64 KiB, and into more than that.
    for (room, parts) in [(512, 2500..5001), (1 << 15, 30..50), (1 << 20, 15..25)] {
        let mut model = Model::default();
        let taken = model.carry_out(&set, room);
        assert!(parts.contains(&taken), "{room}: {taken}");
        assert!(model == expected, "{room}");
    }
}

#[test]
fn allowed_ips_of_a_peer_are_divided_too() {
    let key = key(1);
    let (added, removed): (Vec<_>, Vec<_>) = (
        (0..3000).map(prefix).collect(),
        (1000..2000).map(prefix).collect(),
    );
    let peers = [SetPeer::new(&key)
        .replace_allowed_ips()
        .allowed_ips(&added)
        .without_ips(&removed)];
    let set = SetDevice::by_name("wg0").peers(&peers);
    let mut model = Model::default();
    assert!(model.carry_out(&set, 4096) > 10);
    let left: Vec<_> = (0..1000).chain(2000..3000).map(prefix).collect();
    assert!(model.peers[&key] == left);
    // Where not even one fits, the error has the size that is needed.
    let mut small = [0; 64];
    let error = Part::write(&set, 0, &mut small, 0, Stamp::default(), true).unwrap_err();
    assert!(matches!(error, EncodeError::Overflow { .. }), "{error}");
}

#[test]
fn a_peer_goes() {
    let key = key(1);
    let peers = [SetPeer::new(&key).remove()];
    let mut buffer = [0; 128];
    let set = SetDevice::by_index(7).peers(&peers);
    let mut batch = nlwire::Batch::new(&mut buffer[..]);
    batch.push(&set).unwrap();
    let message = Messages::new(batch.as_bytes()).next().unwrap().unwrap();
    let (_, attributes) = message.split::<GenericHeader>().unwrap();
    let text = format!("{:?}", attributes.typed::<Device>());
    assert!(
        text.contains("WGDEVICE_A_IFINDEX: 7") && text.contains("remove-me"),
        "{text}"
    );
}
