//! Expressions, named objects and flow tables of nftables, from bytes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]
#![cfg(all(feature = "netfilter", target_endian = "little"))]

use nlwire::netfilter::{
    Expression, ExpressionData, FibFlags, FibLookup, FibResult, FlowTable, FlowTableFlags,
    FlowTableHook, HelperObject, NftObject, ObjectData, ObjectKind, Quota, QuotaFlags, Register,
};
use nlwire::{Attrs, fields};

fn hex(text: &str) -> Vec<u8> {
    let digits = text.replace(' ', "");
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

#[test]
fn a_route_lookup_has_a_result_and_fields() {
    // `fib saddr . iif oif` into register 1.
    let bytes =
        hex("08000100 66696200 1c000280 08000100 00000001 08000200 00000001 08000300 00000009");
    let block = Attrs::new(&bytes);
    assert_eq!(
        format!("{:?}", block.typed::<Expression>()),
        "{NFTA_EXPR_NAME: \"fib\", NFTA_EXPR_DATA: \
         {NFTA_FIB_DREG: reg1, NFTA_FIB_RESULT: oif, NFTA_FIB_FLAGS: saddr,iif}}"
    );
    let data = fields!(block => Expression { data }).unwrap().data.unwrap();
    let ExpressionData::Fib(fib) = data else {
        panic!("{data:?}");
    };
    let fib = fields!(fib => FibLookup { register, result, flags }).unwrap();
    assert_eq!(fib.register, Some(Register::R1));
    assert_eq!(fib.result, Some(FibResult::OIF));
    assert_eq!(fib.flags, Some(FibFlags::SOURCE | FibFlags::IIF));
}

#[test]
fn the_type_of_an_object_chooses_in_network_order() {
    // Quota q of 25 MiB, of which 10 bytes are used.
    let bytes = hex("06000200 71000000 08000300 00000002 \
         24000480 0c000100 00000000 01900000 08000200 00000001 0c000400 00000000 0000000a");
    let block = Attrs::new(&bytes);
    assert_eq!(
        format!("{:?}", block.typed::<NftObject>()),
        "{NFTA_OBJ_NAME: \"q\", NFTA_OBJ_TYPE: quota, NFTA_OBJ_DATA: \
         {NFTA_QUOTA_BYTES: 26214400, NFTA_QUOTA_FLAGS: over, NFTA_QUOTA_CONSUMED: 10}}"
    );
    let object = fields!(block => NftObject { kind, data }).unwrap();
    assert_eq!(object.kind, Some(ObjectKind::QUOTA));
    let Some(ObjectData::Quota(quota)) = object.data else {
        panic!("{:?}", object.data);
    };
    let quota = fields!(quota => Quota { bytes, flags, consumed }).unwrap();
    assert_eq!((quota.bytes, quota.consumed), (Some(25 << 20), Some(10)));
    assert_eq!(quota.flags, Some(QuotaFlags::INVERT));

    // A helper, behind whose data the type stands.
    let bytes =
        hex("1c000480 08000100 66747000 06000200 00020000 05000300 06000000 08000300 00000003");
    let data = fields!(Attrs::new(&bytes) => NftObject { data })
        .unwrap()
        .data;
    let Some(ObjectData::Helper(helper)) = data else {
        panic!("{data:?}");
    };
    let helper = fields!(helper => HelperObject { name, network_protocol, transport_protocol });
    let helper = helper.unwrap();
    assert_eq!(helper.name, Some("ftp"));
    assert_eq!(
        (helper.network_protocol, helper.transport_protocol),
        (Some(2), Some(6))
    );
}

#[test]
fn a_flow_table_has_a_hook_and_links() {
    let bytes = hex(
        "06000200 66000000 1c000380 08000100 00000000 08000200 fffffff6 08000380 04000100 \
         08000700 00000002",
    );
    let block = Attrs::new(&bytes);
    let table = fields!(block => FlowTable { hook, flags }).unwrap();
    assert_eq!(table.flags, Some(FlowTableFlags::COUNTER));
    let hook = fields!(table.hook.unwrap() => FlowTableHook { number, priority }).unwrap();
    assert_eq!((hook.number, hook.priority), (Some(0), Some(-10)));
}
