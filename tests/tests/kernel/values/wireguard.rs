//! WireGuard devices beside `wg`.

use std::collections::BTreeMap;

use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Test, run};
use nlwire::Prefix;
use nlwire::generic::wireguard::{GetDevice, SetDevice, SetPeer};
use nlwire::route::NewLink;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::wireguard::devices_are_as_by_wg",
        needs: &[Need::Namespace, Need::Program("wg")],
        run: devices_are_as_by_wg,
    },
    Test {
        name: "values::wireguard::thousands_of_peers_come_back",
        needs: &[Need::Namespace, Need::Program("wg")],
        run: thousands_of_peers_come_back,
    },
];

/// Creates a device, and returns a connection to its family.
fn device() -> Result<Conn, Box<dyn std::error::Error>> {
    let made = Conn::open(Protocol::ROUTE)?
        .execute(NewLink::new("wg0", "wireguard").up())
        .map(|_| ());
    match made {
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            Err(Missing("kernel: WireGuard".into()).into())
        }
        made => {
            made?;
            Ok(Conn::open(Protocol::GENERIC)?)
        }
    }
}

/// A private key as WireGuard wants it.
fn private_key() -> [u8; 32] {
    let mut key = [0x5a; 32];
    (key[0], key[31]) = (0x58, 0x5a);
    key
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, place| {
            (word << 8) | u32::from(group.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place > group.len() {
                '='
            } else {
                digit.into()
            });
        }
    }
    text
}

fn prefixes(words: &str) -> Vec<Prefix> {
    words.split(',').map(|word| word.parse().unwrap()).collect()
}

/// The device in the columns of `wg show wg0 dump`, with its peers by key.
fn dump(conn: &mut Conn) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let list = conn.list(GetDevice::by_name("wg0"))?;
    assert_eq!(list.len(), 1);
    let device = list.iter().next().unwrap();
    let key = |key: Option<&[u8; 32]>| match key {
        Some(key) if *key != [0; 32] => base64(key),
        _ => "(none)".into(),
    };
    let mut lines = BTreeMap::new();
    let private = key(device.private_key()?.map(|key| key.0));
    let mark = match device.mark()?.unwrap() {
        0 => "off".into(),
        mark => format!("{mark:#x}"),
    };
    let settings = format!(
        "{private}\t{}\t{}\t{mark}",
        key(device.public_key()?),
        device.listen_port()?.unwrap()
    );
    lines.insert(String::new(), settings);
    for peer in device.peers() {
        let peer = peer?;
        let ips: Vec<_> = peer
            .allowed_ips()
            .map(|ip| ip.unwrap().to_string())
            .collect();
        let line = format!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            key(peer.preshared_key()?.map(|key| key.0)),
            peer.endpoint()?
                .map_or("(none)".into(), |at| at.to_string()),
            if ips.is_empty() {
                "(none)".into()
            } else {
                ips.join(",")
            },
            peer.last_handshake()?.map_or(0, |time| time.seconds.get()),
            peer.rx_bytes()?.unwrap(),
            peer.tx_bytes()?.unwrap(),
            match peer.keepalive()?.unwrap() {
                0 => "off".into(),
                seconds => seconds.to_string(),
            },
        );
        lines.insert(base64(peer.public_key()?), line);
    }
    Ok(lines)
}

fn dump_by_wg() -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let text = run("wg", &["show", "wg0", "dump"])?;
    let mut lines = text.lines();
    let mut found = BTreeMap::from([(String::new(), lines.next().unwrap().to_owned())]);
    for line in lines {
        let (key, rest) = line.split_once('\t').unwrap();
        found.insert(key.to_owned(), rest.to_owned());
    }
    Ok(found)
}

fn devices_are_as_by_wg() -> Outcome {
    let mut conn = device()?;
    let private = private_key();
    let (one, two, three) = ([1; 32], [2; 32], [3; 32]);
    let v4_and_v6 = prefixes("10.0.0.0/24,fd00::/64,192.0.2.7/32");
    let later = prefixes("10.1.0.0/16");
    // Ours, read by `wg` and by us.
    conn.execute(
        SetDevice::by_name("wg0")
            .private_key(&private)
            .listen_port(4000)
            .mark(0x10)
            .peers(&[
                SetPeer::new(&one)
                    .endpoint("192.0.2.1:51820".parse()?)
                    .keepalive(25)
                    .allowed_ips(&v4_and_v6),
                SetPeer::new(&two)
                    .preshared_key(&[9; 32])
                    .endpoint("[2001:db8::1]:4000".parse()?),
                SetPeer::new(&three).if_there().keepalive(1),
            ]),
    )?;
    let shown = dump_by_wg()?;
    assert_eq!(shown, dump(&mut conn)?);
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(
        shown[&base64(&one)].contains("\t192.0.2.1:51820\t"),
        "{shown:?}"
    );
    // What is not named stays; what is replaced or removed goes.
    conn.execute(SetDevice::by_name("wg0").mark(0).peers(&[
        SetPeer::new(&one).replace_allowed_ips().allowed_ips(&later),
        SetPeer::new(&two).remove(),
        SetPeer::new(&three).remove(),
    ]))?;
    let shown = dump_by_wg()?;
    assert_eq!(shown, dump(&mut conn)?);
    assert_eq!(shown.len(), 2);
    let peer = &shown[&base64(&one)];
    assert!(
        peer.contains("192.0.2.1:51820\t10.1.0.0/16\t0\t0\t"),
        "{peer}"
    );
    conn.execute(SetDevice::by_name("wg0").replace_peers())?;
    assert_eq!(dump_by_wg()?.len(), 1);
    // Theirs, read by us.
    run(
        "wg",
        &[
            "set",
            "wg0",
            "listen-port",
            "5000",
            "fwmark",
            "7",
            "peer",
            &base64(&three),
            "persistent-keepalive",
            "5",
            "endpoint",
            "198.51.100.1:1",
            "allowed-ips",
            "10.0.0.1/32,2001:db8::/32",
        ],
    )?;
    assert_eq!(dump_by_wg()?, dump(&mut conn)?);
    // What is missing is named.
    let error = conn.list(GetDevice::by_name("wg1")).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let text = "generic: WG_CMD_GET_DEVICE link \"wg1\": ENODEV";
    assert_eq!(error.to_string(), text);
    let error = conn.list(GetDevice::by_name("lo")).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EOPNOTSUPP));
    Ok(())
}

fn thousands_of_peers_come_back() -> Outcome {
    const PEERS: usize = 5000;
    let mut conn = device()?;
    let keys: Vec<[u8; 32]> = (0..PEERS as u32)
        .map(|number| {
            let mut key = [7; 32];
            key[..4].copy_from_slice(&number.to_le_bytes());
            key
        })
        .collect();
    let ips: Vec<_> = (0..4 * PEERS as u32)
        .map(|number| Prefix::host((0x0a00_0000 + number).to_be_bytes().into()))
        .collect();
    let peers: Vec<_> = keys
        .iter()
        .zip(ips.chunks(4))
        .map(|(key, ips)| SetPeer::new(key).allowed_ips(ips))
        .collect();
    conn.execute(SetDevice::by_name("wg0").replace_peers().peers(&peers))?;
    let list = conn.list(GetDevice::by_name("wg0"))?;
    let device = list.iter().next().unwrap();
    assert!(device.messages().count() > 20);
    let mut found: BTreeMap<[u8; 32], Vec<Prefix>> = BTreeMap::new();
    for peer in device.peers() {
        let peer = peer?;
        let ips = peer.allowed_ips().collect::<Result<Vec<_>, _>>()?;
        let twice = found.insert(*peer.public_key()?, ips);
        assert_eq!(twice, None);
    }
    assert_eq!(found.len(), PEERS);
    for (key, ips) in keys.iter().zip(ips.chunks(4)) {
        let mut found = found[key].clone();
        found.sort_unstable_by_key(|prefix| prefix.address());
        assert_eq!(found, ips);
    }
    assert_eq!(dump_by_wg()?.len(), PEERS + 1);
    Ok(())
}
