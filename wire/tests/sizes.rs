//! Kernels of other ages: each struct of each family, sent longer and shorter
//! than today's.
#![cfg(all(
    feature = "tc",
    feature = "generic",
    feature = "netfilter",
    feature = "sock_diag",
    feature = "crypto",
    feature = "rdma"
))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use std::fs;
use std::path::Path;

use common::attr;
use nlwire::codec::AttributeSet;
use nlwire::schema::Shape;
use nlwire::{Attrs, DecodeError, DecodeErrorKind, crypto, netfilter, rdma, route, sock_diag};

/// Counted up, so that no two fields are alike.
fn counted(length: usize) -> Vec<u8> {
    (1..=255).cycle().take(length).collect()
}

/// Returns the value that the set reads from one attribute, as text.
fn read<S: AttributeSet>(kind: u16, value: &[u8]) -> Result<String, DecodeError> {
    let block = attr(kind, value);
    let attributes = Attrs::new(&block);
    let attribute = attributes.require(kind)?;
    Ok(format!("{:?}", S::decode(attribute, attributes)?))
}

/// Checks each struct of a set, and returns their number.
fn check<S: AttributeSet>() -> usize {
    let mut checked = 0;
    for row in S::schema().rows() {
        let (Shape::Struct(layout) | Shape::Many(&Shape::Struct(layout))) = row.shape else {
            continue;
        };
        let size = layout.size;
        checked += 1;
        let whole = read::<S>(row.kind, &counted(size)).unwrap();
        for more in [1, 4, 100] {
            let longer = read::<S>(row.kind, &counted(size + more));
            assert_eq!(
                longer.as_ref(),
                Ok(&whole),
                "{}: what is more is left out",
                row.name
            );
        }
        for length in [size - 1, size / 2, 0] {
            let sent = counted(length);
            match read::<S>(row.kind, &sent) {
                // It has grown before: what older kernels do not send is 0.
                Ok(shorter) => {
                    let mut filled = sent;
                    filled.resize(size, 0);
                    assert_eq!(Ok(shorter), read::<S>(row.kind, &filled), "{}", row.name);
                }
                Err(error) => {
                    let cause = DecodeErrorKind::TooShort {
                        minimum: size.try_into().unwrap(),
                        found: length.try_into().unwrap(),
                    };
                    assert_eq!((error.kind(), error.offset()), (cause, 0), "{}", row.name);
                }
            }
        }
    }
    assert_ne!(checked, 0, "{} has no struct", S::schema().name);
    checked
}

/// Returns the number of rows with structs in the source.
fn declared(path: &Path) -> usize {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.map(|entry| declared(&entry.unwrap().path())).sum();
    }
    let is_row = |line: &&str| {
        let line = line.trim_start();
        line.starts_with(|c: char| c.is_ascii_digit())
            && (line.contains(": Struct<")
                || line.contains(": Many<Struct<")
                || line.contains(": Extensible<"))
    };
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(is_row)
        .count()
}

/// Checks these sets, and that there are no others with structs in the source.
macro_rules! structs_of {
    ($test:ident, $module:ident, $source:literal, [$($set:ident)*]) => {
        #[test]
        fn $test() {
            let checked = 0 $(+ check::<$module::$set>())*;
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join($source);
            assert_eq!(checked, declared(&source), "rows checked, and rows declared");
        }
    };
}

structs_of!(structs_of_rtnetlink, route, "route", [
    Address BridgeSpec Bridge BridgePort Inet6Link Vlan VlanQos Link Vxlan Vf VfVlanList
    Neighbour Route Rule Traffic SizeTable TrafficStats2
    Cbs Choke Etf Fq Gred Hfsc Htb Netem NetemLoss Red Sfb Taprio Tbf
    BasicFilter EmatchMeta Ematches U32Filter
    BpfAction Checksum ConnMark CtAction CtInfo Gact Gate Ife Mirred MplsAction NatAction Pedit
    Police SampleAction SimpleAction SkbEdit SkbMod TunnelKey VlanAction
    Can Geneve BridgeStats Rmnet VfPort Stats OffloadStats MplsFamilyStats NeighbourTable
    MdbRequest BridgeVlan RouterPrefix IeeeDcb IeeeApps CeeDcb CeePeerApps Ioam6Encap
]);
structs_of!(structs_of_netfilter, netfilter, "netfilter", [
    TcpInfo LogPacket LogConfig QueuePacket QueueConfig
]);
structs_of!(structs_of_sock_diag, sock_diag, "sock_diag", [Inet NetlinkDiag Packet Smc Unix Xdp]);
structs_of!(structs_of_crypto, crypto, "crypto", [Algorithm]);
structs_of!(structs_of_rdma, rdma, "rdma", [Rdma]);
