//! Rows whose values print as what they are.
#![cfg(all(feature = "netfilter", feature = "route"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use nlwire::netfilter::{
    CTA_PROTOINFO_DCCP, CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ, CTA_PROTOINFO_DCCP_ROLE,
    CTA_PROTOINFO_DCCP_STATE, ProtocolState,
};
use nlwire::route::{Bridge, IFLA_BR_VLAN_PROTOCOL};
use nlwire::{Writer, fields};

#[test]
fn the_state_of_dccp() {
    let mut buffer = [0; 64];
    let block = Writer::attributes(&mut buffer, |w| {
        w.nest(CTA_PROTOINFO_DCCP, |w| {
            w.u8(CTA_PROTOINFO_DCCP_STATE, 4)?
                .u8(CTA_PROTOINFO_DCCP_ROLE, 0)?
                .u64_be(CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ, 0x0001_0203)
        })
    });
    assert_eq!(
        format!("{:?}", block.unwrap().typed::<ProtocolState>()),
        "{CTA_PROTOINFO_DCCP: {CTA_PROTOINFO_DCCP_STATE: OPEN, CTA_PROTOINFO_DCCP_ROLE: 0, \
         CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ: 66051}}",
    );
}

#[test]
fn the_protocol_of_a_bridge_s_vlans() {
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.u16_be(IFLA_BR_VLAN_PROTOCOL, 0x88a8));
    let block = block.unwrap();
    let bridge = fields!(block => Bridge { vlan_protocol }).unwrap();
    assert_eq!(
        bridge.vlan_protocol.and_then(|protocol| protocol.name()),
        Some("802.1ad")
    );
}
