//! From the offset in an answer to the names of the attributes on the way.
#![cfg(feature = "route")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{attr, message};
use nlwire::codec::{AttributeSet as _, Indexed, Str};
use nlwire::protocols;
use nlwire::route::{
    IFLA_AF_SPEC, IFLA_IFNAME, IFLA_INFO_DATA, IFLA_INFO_KIND, IFLA_LINKINFO, IFLA_VLAN_ID,
    NETLINK_ROUTE, RTA_GATEWAY, RTA_MULTIPATH, RTA_OIF, RTM_NEWLINK, RTM_NEWNEXTHOP, RTM_NEWROUTE,
    VETH_INFO_PEER,
};
use nlwire::{AckRef, Attrs, MessageRef, MessageType, NLA_F_NESTED, Path, Step};

const REQUEST: u16 = 1;
const ACK_TLVS: u16 = 0x200;
const CAPPED: u16 = 0x100;

fn request(kind: MessageType, header: &[u8], attributes: &[u8]) -> Vec<u8> {
    message(kind.0, REQUEST, 1, 2, &[header, attributes].concat())
}

/// The path by the attributes of an answer to `request`.
fn path(request: &[u8], tlvs: &[(u16, u32)]) -> String {
    let tlvs: Vec<_> = tlvs
        .iter()
        .flat_map(|(kind, number)| attr(*kind, &number.to_ne_bytes()))
        .collect();
    let payload = [&(-22_i32).to_ne_bytes()[..], &request[..16], &tlvs].concat();
    let answer = message(2, ACK_TLVS | CAPPED, 1, 2, &payload);
    let ack = AckRef::new(MessageRef::new(&answer).unwrap()).unwrap();
    let request = MessageRef::new(request).unwrap();
    let schema = protocols::describe_request(NETLINK_ROUTE, &request);
    assert!(schema.is_some());
    let path = ack.path(request, schema);
    assert_eq!(path.is_empty(), path.to_string().is_empty());
    path.to_string()
}

/// Offset of `attribute`, a header and value, in `request`.
fn offset(request: &[u8], attribute: &[u8]) -> u32 {
    let found: Vec<_> = (16..=request.len() - attribute.len())
        .filter(|&at| request[at..].starts_with(attribute))
        .collect();
    assert_eq!(found.len(), 1, "found once");
    u32::try_from(found[0]).unwrap()
}

#[test]
fn a_refused_attribute_has_its_name() {
    let oif = attr(RTA_OIF, &[1, 2]);
    let route = request(RTM_NEWROUTE, &[0; 12], &oif);
    assert_eq!(offset(&route, &oif), 28, "as the kernel says");
    assert_eq!(path(&route, &[(2, 28)]), "RTA_OIF");
    assert_eq!(path(&route, &[(2, 33)]), "RTA_OIF", "inside of it");
    assert_eq!(path(&route, &[]), "");
    assert_eq!(path(&route, &[(2, 16)]), "", "the fixed header");
    assert_eq!(path(&route, &[(2, u32::MAX)]), "");
}

#[test]
fn a_nested_attribute_has_its_way() {
    let kind = attr(IFLA_INFO_KIND, b"nonesuch\0");
    for flags in [0, NLA_F_NESTED] {
        let info = attr(IFLA_LINKINFO | flags, &kind);
        let link = request(
            RTM_NEWLINK,
            &[0; 16],
            &[attr(IFLA_IFNAME, b"a\0"), info.clone()].concat(),
        );
        assert_eq!(path(&link, &[(2, offset(&link, &info))]), "IFLA_LINKINFO");
        assert_eq!(
            path(&link, &[(2, offset(&link, &kind))]),
            "IFLA_LINKINFO > IFLA_INFO_KIND"
        );
    }
}

#[test]
fn a_set_that_a_sibling_chooses_has_names() {
    let id = attr(IFLA_VLAN_ID, &[0xff, 0xfe]);
    let data = attr(IFLA_INFO_DATA, &id);
    for (kind, last) in [("vlan", "IFLA_VLAN_ID"), ("nonesuch", "1")] {
        let kind = attr(IFLA_INFO_KIND, kind.as_bytes());
        for info in [[&kind[..], &data].concat(), [&data[..], &kind].concat()] {
            let link = request(RTM_NEWLINK, &[0; 16], &attr(IFLA_LINKINFO, &info));
            assert_eq!(
                path(&link, &[(2, offset(&link, &id))]),
                format!("IFLA_LINKINFO > IFLA_INFO_DATA > {last}")
            );
        }
    }
}

#[test]
fn a_set_that_the_family_chooses_has_names() {
    let link = |family| {
        let flags = attr(1, &[0xfe, 0xff]);
        let link = request(RTM_NEWLINK, &[family; 16], &attr(IFLA_AF_SPEC, &flags));
        path(&link, &[(2, offset(&link, &flags))])
    };
    assert_eq!(link(7), "IFLA_AF_SPEC > IFLA_BRIDGE_MODE");
    assert_eq!(link(99), "IFLA_AF_SPEC > 1");
}

#[test]
fn a_set_that_a_number_chooses_has_names() {
    // NHA_ENCAP_TYPE is MPLS; NHA_ENCAP holds MPLS_IPTUNNEL_TTL.
    let ttl = attr(2, &[0xfe]);
    let blocks = [attr(7, &1_u16.to_ne_bytes()), attr(8, &ttl)].concat();
    let hop = request(RTM_NEWNEXTHOP, &[0; 8], &blocks);
    assert_eq!(
        path(&hop, &[(2, offset(&hop, &ttl))]),
        "NHA_ENCAP > MPLS_IPTUNNEL_TTL"
    );
}

#[test]
fn a_record_leads_to_its_attributes() {
    let gateway = attr(RTA_GATEWAY, &[192, 0, 2, 77]);
    let hop = |attributes: &[u8]| {
        let length = u16::try_from(8 + attributes.len()).unwrap();
        [&length.to_ne_bytes()[..], &[0; 6], attributes].concat()
    };
    let hops = [hop(b""), hop(&gateway)].concat();
    let route = request(RTM_NEWROUTE, &[0; 12], &attr(RTA_MULTIPATH, &hops));
    let at = offset(&route, &gateway);
    assert_eq!(path(&route, &[(2, at)]), "RTA_MULTIPATH > RTA_GATEWAY");
    assert_eq!(path(&route, &[(2, at - 8)]), "RTA_MULTIPATH", "the struct");
}

#[test]
fn an_index_stands_between_names() {
    // As in generic netlink's controller: groups by index, each with attributes.
    let name = attr(1, b"notify\0");
    let block = attr(7, &[attr(1, b""), attr(2, &name)].concat());
    let at = u32::try_from(block.len() - name.len()).unwrap();
    let names = Some(Family::schema());
    let path = Path::new(Attrs::new(&block), names, Some(at));
    assert_eq!(path.to_string(), "GROUPS > 2 > GROUP_NAME");
    let steps: Vec<_> = path.map(|step| (step.kind, step.name)).collect();
    assert_eq!(
        steps,
        [(7, Some("GROUPS")), (2, None), (1, Some("GROUP_NAME"))]
    );
}

nlwire::attributes! {
    /// Set of one family.
    pub set Family, enum FamilyAttr {
        7 GROUPS Groups groups: Indexed<Group>,
    }
}

nlwire::attributes! {
    /// Set of one group.
    pub set Group, enum GroupAttr {
        1 GROUP_NAME Name name: Str,
    }
}

#[test]
fn attributes_behind_a_header_in_a_nest_are_named() {
    let name = attr(IFLA_IFNAME, b"a-name-that-is-too-long\0");
    let peer = attr(VETH_INFO_PEER, &[&[0; 16][..], &name].concat());
    let kind = attr(IFLA_INFO_KIND, b"veth");
    let info = [kind, attr(IFLA_INFO_DATA, &peer)].concat();
    let link = request(RTM_NEWLINK, &[0; 16], &attr(IFLA_LINKINFO, &info));
    let (peer, name) = (offset(&link, &peer), offset(&link, &name));
    let way = "IFLA_LINKINFO > IFLA_INFO_DATA > VETH_INFO_PEER";
    assert_eq!(path(&link, &[(2, peer)]), way);
    assert_eq!(path(&link, &[(2, peer + 4)]), way, "the header");
    assert_eq!(path(&link, &[(2, name)]), format!("{way} > IFLA_IFNAME"));
}

#[test]
fn a_missing_attribute_ends_its_way() {
    let info = attr(IFLA_LINKINFO, &attr(IFLA_INFO_DATA, b""));
    let link = request(RTM_NEWLINK, &[0; 16], &info);
    let (kind, nest) = ((5, IFLA_INFO_KIND.into()), (6, offset(&link, &info)));
    assert_eq!(path(&link, &[kind, nest]), "IFLA_LINKINFO > IFLA_INFO_KIND");
    let name = (5, IFLA_IFNAME.into());
    assert_eq!(path(&link, &[name]), "IFLA_IFNAME", "of the message itself");
    assert_eq!(path(&link, &[(5, 999)]), "999");
    assert_eq!(path(&link, &[(5, 70_000)]), "", "no type has so many bits");
    assert_eq!(path(&link, &[kind, (6, 4000)]), "", "no such nest");
}

/// Path in a request of a generic family whose number is known only at run
/// time.
#[test]
#[cfg(feature = "generic")]
fn requests_of_any_generic_family_have_numbers() {
    let inner = attr(2, b"lo");
    let nest = attr(1, &inner);
    let bytes = request(MessageType(0x15), &[4, 1, 0, 0], &nest);
    let request = MessageRef::new(&bytes).unwrap();
    let schema = protocols::describe_request(nlwire::generic::NETLINK_GENERIC, &request).unwrap();
    assert_eq!((schema.name(), schema.header_len()), ("", 4));
    for (at, expected) in [(20, "1"), (24, "1 > 2"), (16, "")] {
        let payload = [
            &(-22_i32).to_ne_bytes()[..],
            &bytes[..16],
            &attr(2, &u32::to_ne_bytes(at)),
        ]
        .concat();
        let answer = message(2, ACK_TLVS | CAPPED, 1, 2, &payload);
        let ack = AckRef::new(MessageRef::new(&answer).unwrap()).unwrap();
        assert_eq!(ack.path(request, Some(schema)).to_string(), expected);
    }
}

#[test]
fn without_names_there_are_numbers() {
    let inner = attr(9, &attr(4, b"x"));
    let block = [attr(1, b""), attr(8, &inner)].concat();
    let path = Path::new(Attrs::new(&block), None, Some(12));
    assert_eq!(path.to_string(), "8 > 9 > 4");
    assert_eq!(path.count(), 3);
    let mut path = path;
    let first = path.next().unwrap();
    assert_eq!((first.kind, first.name, first.offset), (8, None, Some(4)));
    assert!(path.last().is_some_and(|Step { kind, .. }| kind == 4));
}

#[test]
fn deep_nests_are_walked_without_recursion() {
    let mut block = attr(1, b"");
    while block.len() < 65_000 {
        block = attr(1, &block);
    }
    let offset = u32::try_from(block.len() - 4).unwrap();
    let path = Path::new(Attrs::new(&block), None, Some(offset));
    assert_eq!(path.count(), block.len() / 4);
}
