//! The forms in a kernel's source, and the list of rows of two forms.

use std::fs;
use std::path::Path;

use specs::forms;
use specs::tables::Tables;

const START: &str = "<!-- two forms: written by SPECS_BLESS=1 tests/specs/run -->\n";
const END: &str = "<!-- end of two forms -->\n";

fn tables() -> Tables {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wire/src");
    Tables::read(&source).unwrap()
}

/// A kernel tree of one file with these lines.
fn report(name: &str, source: &str) -> String {
    let tree = std::env::temp_dir().join(format!("specs-{name}-{}", std::process::id()));
    fs::create_dir_all(tree.join("net")).unwrap();
    fs::write(tree.join("net/one.c"), source).unwrap();
    let report = forms::report(&tree, &tables()).unwrap();
    fs::remove_dir_all(&tree).unwrap();
    report
}

#[test]
fn a_put_of_another_form_than_the_policy_is_shown() {
    let text = report(
        "differ",
        "static const struct nla_policy vxlan_policy[] = {\n\
         \t[IFLA_VXLAN_TTL_INHERIT]\t= { .type = NLA_FLAG },\n\
         \t[IFLA_VXLAN_TTL] = { .type = NLA_U8 },\n};\n\
         nla_put_u8(skb, IFLA_VXLAN_TTL_INHERIT, 1);\n\
         nla_put_u8(skb, IFLA_VXLAN_TTL, 1);\n\
         value = nla_get_u16(tb[IFLA_PORT_REQUEST]); nla_put_u8(skb, IFLA_PORT_REQUEST, 1);\n",
    );
    assert!(
        text.contains("IFLA_VXLAN_TTL_INHERIT: ByteFlag\n    flag: net/one.c\n"),
        "{text}"
    );
    assert!(text.contains("    u8: net/one.c\n"), "{text}");
    assert!(
        text.contains("IFLA_PORT_REQUEST: Shown<WideByte,PortRequest>"),
        "{text}"
    );
    assert!(!text.contains("IFLA_VXLAN_TTL:"), "{text}");
    assert!(
        text.contains("2 of 3 attributes have several forms"),
        "{text}"
    );
}

#[test]
fn a_policy_says_no_byte_order() {
    let text = report(
        "orders",
        "[NFTA_FIB_FLAGS] = { .type = NLA_U32 },\n\
         nla_put_be32(skb, NFTA_FIB_FLAGS, htonl(flags));\n\
         nla_put_be16(skb, IFLA_IPTUN_FLAGS, flags); nla_put_u32(skb, IFLA_IPTUN_FLAGS, flags);\n\
         nla_put_be16(skb, IFLA_VXLAN_PORT, port); nla_put_u16(skb, IFLA_VXLAN_PORT, port);\n",
    );
    assert!(!text.contains("NFTA_FIB_FLAGS"), "{text}");
    assert!(text.contains("IFLA_IPTUN_FLAGS: IpTunnelFlags"), "{text}");
    assert!(text.contains("IFLA_VXLAN_PORT: "), "{text}");
}

#[test]
fn the_readme_lists_every_attribute_of_two_forms() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(START).unwrap();
    let (listed, after) = rest.split_once(END).unwrap();
    let expected = forms::of_two_forms(&tables());
    if std::env::var_os("SPECS_BLESS").is_some() {
        fs::write(&path, [before, START, &expected, END, after].concat()).unwrap();
    } else {
        assert_eq!(listed, expected);
    }
}
