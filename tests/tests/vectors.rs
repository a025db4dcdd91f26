//! Messages captured from kernels: each `tests/vectors/families/PROTOCOL-WHAT.hex`
//! prints the tree that lies beside it, and reading and writing gives the same bytes.
//!
//! With `NLVECTORS=tests/vectors/families` in the environment the kernel tests capture
//! them anew, and this test writes the trees.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by its panic"
)]

use nlwire::codec::{AttributeSet, Encode};
use nlwire::pretty::Pretty;
use nlwire::uevent::Uevent;
use nlwire::{Attrs, FixedHeader, Flags, MessageRef, MessageType, Writer, generic};
use nlwire::{crypto, netfilter as nf, protocols, rdma, sock_diag, xfrm};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/families")
}

/// Name, protocol and bytes of each vector.
fn vectors() -> Vec<(String, u8, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "hex") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let (first, digits) = text.split_once('\n').unwrap();
        let protocol = first.strip_prefix("protocol ").unwrap().parse().unwrap();
        found.push((name, protocol, unhex(digits)));
    }
    found.sort();
    found
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect()
}

fn tree(protocol: u8, bytes: &[u8]) -> String {
    if protocol != nlwire::uevent::NETLINK_KOBJECT_UEVENT {
        return Pretty::new(bytes, Some(protocol)).to_string();
    }
    let event = Uevent::new(bytes).unwrap();
    let text = |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap()).into_owned();
    let mut tree = format!("{} {}\n", text(event.action()), text(event.path()));
    for (key, value) in event.pairs() {
        writeln!(tree, "  {}: {}", text(Some(key)), text(Some(value))).unwrap();
    }
    tree
}

// The vectors are of a little-endian machine.
#[test]
#[cfg(target_endian = "little")]
fn each_prints_its_tree() {
    let vectors = vectors();
    for (name, protocol, bytes) in &vectors {
        let path = folder().join(name).with_extension("txt");
        let printed = tree(*protocol, bytes);
        if std::env::var_os("NLVECTORS").is_some() {
            fs::write(&path, &printed).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(printed, expected, "{name}");
    }
    // Every protocol has one.
    for number in [0, 4, 6, 9, 11, 12, 15, 16, 21] {
        assert!(
            vectors.iter().any(|(_, protocol, _)| *protocol == number),
            "{number}"
        );
    }
}

#[test]
#[cfg(target_endian = "little")]
fn reading_and_writing_gives_the_same() {
    let mut count = 0;
    for (name, protocol, bytes) in vectors() {
        if protocol == nlwire::uevent::NETLINK_KOBJECT_UEVENT {
            continue;
        }
        let message = MessageRef::new(&bytes).unwrap();
        let schema = protocols::describe(protocol, &message).unwrap();
        if schema.is_opaque() {
            continue;
        }
        if schema.name().is_empty() {
            // A family of generic netlink, whose number differs from start to start.
            assert_eq!(protocol, generic::NETLINK_GENERIC, "{name}");
            raw(message, schema.header_len());
            continue;
        }
        raw(message, schema.header_len());
        typed(&name, protocol, message);
        count += 1;
    }
    assert!(count > 20, "{count}");
}

/// Asserts that attributes written as they are have the same bytes.
fn raw(message: MessageRef<'_>, header_len: usize) {
    let attributes = message.attributes(header_len);
    let mut buffer = vec![0; message.as_bytes().len() + 4];
    let written = Writer::attributes(&mut buffer, |w| {
        for attribute in attributes {
            w.raw(attribute.unwrap())?;
        }
        Ok(w)
    });
    let written = written.unwrap().remaining();
    let mut original = attributes.remaining().to_vec();
    original.resize(written.len(), 0);
    assert_eq!(written, original);
}

/// Asserts that attributes written through the types have the same bytes. The mark of nests
/// may differ, which some parts of the kernel leave out.
fn typed(name: &str, protocol: u8, message: MessageRef<'_>) {
    match (protocol, message.kind()) {
        (nlwire::route::NETLINK_ROUTE, kind) => routing(name, kind, message),
        (generic::NETLINK_GENERIC, generic::GENL_ID_CTRL) => {
            rewrite::<generic::GenericHeader, generic::Controller>(name, message);
        }
        (sock_diag::NETLINK_SOCK_DIAG, _) => match message.payload()[0] {
            16 => rewrite::<sock_diag::NetlinkSocket, sock_diag::NetlinkDiag>(name, message),
            _ => rewrite::<sock_diag::InetSocket, sock_diag::Inet>(name, message),
        },
        (nf::NETLINK_NETFILTER, kind) => netfilter(name, kind, message),
        (crypto::NETLINK_CRYPTO, _) => {
            rewrite::<crypto::AlgorithmHeader, crypto::Algorithm>(name, message);
        }
        (rdma::NETLINK_RDMA, _) => rewrite::<(), rdma::Rdma>(name, message),
        (xfrm::NETLINK_XFRM, kind) => ipsec(name, kind, message),
        _ => panic!("{name}: no types"),
    }
}

fn routing(name: &str, kind: MessageType, message: MessageRef<'_>) {
    use nlwire::route::*;
    let is_request = message.flags().contains(Flags::REQUEST);
    match kind {
        RTM_NEWLINK => rewrite::<LinkHeader, Link>(name, message),
        RTM_NEWADDR => rewrite::<AddressHeader, Address>(name, message),
        RTM_NEWROUTE => rewrite::<RouteHeader, Route>(name, message),
        RTM_NEWNEIGH => rewrite::<NeighbourHeader, Neighbour>(name, message),
        RTM_NEWRULE => rewrite::<RuleHeader, Rule>(name, message),
        RTM_NEWNEXTHOP | RTM_NEWNEXTHOPBUCKET => {
            rewrite::<NextHopHeader, NextHopObject>(name, message);
        }
        RTM_NEWQDISC | RTM_NEWTCLASS | RTM_NEWTFILTER | RTM_NEWCHAIN => {
            rewrite::<TrafficHeader, Traffic>(name, message);
        }
        RTM_NEWACTION | RTM_GETACTION => rewrite::<ActionHeader, ActionTable>(name, message),
        RTM_NEWADDRLABEL => rewrite::<AddressLabelHeader, AddressLabel>(name, message),
        RTM_NEWNEIGHTBL => rewrite::<NeighbourTableHeader, NeighbourTable>(name, message),
        RTM_NEWNETCONF => rewrite::<FamilyHeader, Netconf>(name, message),
        RTM_NEWNSID => rewrite::<FamilyHeader, NamespaceId>(name, message),
        RTM_NEWMDB | RTM_GETMDB if is_request => rewrite::<MdbHeader, MdbRequest>(name, message),
        RTM_NEWMDB | RTM_GETMDB => rewrite::<MdbHeader, Mdb>(name, message),
        RTM_NEWVLAN => rewrite::<BridgeVlanHeader, BridgeVlans>(name, message),
        RTM_GETVLAN => rewrite::<BridgeVlanHeader, BridgeVlanDump>(name, message),
        RTM_NEWTUNNEL => rewrite::<VniHeader, VniFilter>(name, message),
        RTM_NEWSTATS => rewrite::<StatsHeader, Stats>(name, message),
        RTM_GETSTATS => rewrite::<StatsHeader, StatsRequest>(name, message),
        RTM_NEWPREFIX => rewrite::<PrefixHeader, RouterPrefix>(name, message),
        RTM_NEWCACHEREPORT => rewrite::<FamilyHeader, CacheReport>(name, message),
        kind => panic!("{name}: no types for {kind}"),
    }
}

fn ipsec(name: &str, kind: MessageType, message: MessageRef<'_>) {
    match kind {
        xfrm::XFRM_MSG_NEWSA => rewrite::<xfrm::StateHeader, xfrm::Xfrm>(name, message),
        xfrm::XFRM_MSG_NEWPOLICY => rewrite::<xfrm::PolicyHeader, xfrm::Xfrm>(name, message),
        xfrm::XFRM_MSG_ACQUIRE => rewrite::<xfrm::AcquireHeader, xfrm::Xfrm>(name, message),
        xfrm::XFRM_MSG_MIGRATE => rewrite::<xfrm::PolicyId, xfrm::Xfrm>(name, message),
        xfrm::XFRM_MSG_NEWSPDINFO => rewrite::<xfrm::InfoHeader, xfrm::PolicyTable>(name, message),
        xfrm::XFRM_MSG_GETDEFAULT => rewrite::<xfrm::DefaultsHeader, xfrm::Xfrm>(name, message),
        kind => panic!("{name}: no types for {kind}"),
    }
}

fn netfilter(name: &str, kind: MessageType, message: MessageRef<'_>) {
    type Header = nf::NetfilterHeader;
    match kind {
        nf::IPCTNL_MSG_CT_NEW => rewrite::<Header, nf::Conntrack>(name, message),
        nf::IPCTNL_MSG_EXP_NEW => rewrite::<Header, nf::Expectation>(name, message),
        nf::IPCTNL_MSG_CT_GET_STATS => rewrite::<Header, nf::ConntrackStats>(name, message),
        nf::IPCTNL_MSG_CT_GET_STATS_CPU => rewrite::<Header, nf::ConntrackCpuStats>(name, message),
        nf::NFQNL_MSG_PACKET => rewrite::<Header, nf::QueuePacket>(name, message),
        nf::NFULNL_MSG_PACKET => rewrite::<Header, nf::LogPacket>(name, message),
        nf::IPSET_CMD_LIST => rewrite::<Header, nf::ipset::IpSet>(name, message),
        nf::NFT_MSG_NEWTABLE => rewrite::<Header, nf::Table>(name, message),
        nf::NFT_MSG_NEWCHAIN => rewrite::<Header, nf::Chain>(name, message),
        nf::NFT_MSG_NEWRULE => rewrite::<Header, nf::Rule>(name, message),
        nf::NFT_MSG_NEWSET => rewrite::<Header, nf::NftSet>(name, message),
        nf::NFT_MSG_NEWSETELEM => rewrite::<Header, nf::SetElements>(name, message),
        nf::NFT_MSG_NEWGEN => rewrite::<Header, nf::Generation>(name, message),
        kind => panic!("{name}: no types for {kind}"),
    }
}

fn rewrite<H: FixedHeader, S: AttributeSet>(name: &str, message: MessageRef<'_>)
where
    for<'a> S::Attr<'a>: Encode,
{
    let (_, attributes) = message.split::<H>().unwrap();
    let mut buffer = vec![0; message.as_bytes().len() + 64];
    let written = Writer::attributes(&mut buffer, |w| {
        for item in attributes.typed::<S>() {
            let (raw, value) = item.unwrap();
            let value = value.unwrap_or_else(|error| panic!("{name}: {error} in {raw:?}"));
            // Reports end an alias with a NUL, which the kernel refuses in requests.
            match (S::schema().name, raw.kind()) {
                ("Link", nlwire::route::IFLA_IFALIAS) => w.raw(raw)?,
                _ => w.put(value)?,
            };
        }
        Ok(w)
    })
    .unwrap();
    let plain = |attributes: Attrs<'_>| {
        let all = attributes.into_iter().map(|attribute| {
            let attribute = attribute.unwrap();
            (attribute.kind(), attribute.bytes().to_vec())
        });
        all.collect::<Vec<_>>()
    };
    assert_eq!(plain(written), plain(attributes), "{name}");
}
