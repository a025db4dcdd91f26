//! Constants and the sizes of structs are those of the kernel's headers, as
//! linux-raw-sys has them.
//!
//! What there is to compare is read from the source of the crate, so that
//! nothing new is left out: it must be in the files of `names`, which the test
//! writes with `NLWIRE_BLESS` set.
#![allow(
    clippy::as_conversions,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]
#![cfg(all(
    feature = "tc",
    feature = "ethtool",
    feature = "netfilter",
    feature = "sock_diag",
    feature = "connector",
    feature = "crypto",
    feature = "xfrm",
    feature = "uevent"
))]

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::{env, fs};

/// Stands for what linux-raw-sys does not have.
#[derive(Clone, Copy)]
#[repr(i64)]
pub(crate) enum Absent {
    Here = i64::MIN,
}

/// Looks names up. What an inner block imports hides what the outer one does,
/// so that a name which linux-raw-sys lacks is still there.
macro_rules! names {
    ($($name:ident)*) => {
        mod absent {
            $(pub(crate) const $name: crate::Absent = crate::Absent::Here;)*
        }

        pub(crate) const LISTED: &[&str] = &[$(stringify!($name)),*];

        lookup!(by_netlink [use linux_raw_sys::netlink::*;] $($name)*);
        lookup!(by_netlink_enum [
            use linux_raw_sys::netlink::in6_addr_gen_mode::*;
            use linux_raw_sys::netlink::netlink_attribute_type::*;
            use linux_raw_sys::netlink::netlink_policy_type_attr::*;
            use linux_raw_sys::netlink::nlmsgerr_attrs::*;
            use linux_raw_sys::netlink::rt_class_t::*;
            use linux_raw_sys::netlink::rt_scope_t::*;
            use linux_raw_sys::netlink::rtattr_type_t::*;
            use linux_raw_sys::netlink::rtnetlink_groups::*;
        ] $($name)*);
        lookup!(by_if_arp [use linux_raw_sys::if_arp::*;] $($name)*);
        lookup!(by_net [use linux_raw_sys::net::*;] $($name)*);
        lookup!(by_net_enum [use linux_raw_sys::net::net_device_flags::*;] $($name)*);
        lookup!(by_errno [use linux_raw_sys::errno::*;] $($name)*);

        /// Values of the names in each of the headers.
        pub(crate) fn lookups() -> Vec<(&'static str, i64)> {
            [by_netlink(), by_netlink_enum(), by_if_arp(), by_net(), by_net_enum(), by_errno()]
                .concat()
        }
    };
}

macro_rules! lookup {
    ($function:ident [$($import:item)*] $($name:ident)*) => {
        #[allow(unused_imports, reason = "what is absent there")]
        fn $function() -> Vec<(&'static str, i64)> {
            use absent::*;
            {
                $($import)*
                vec![$((stringify!($name), $name as i64)),*]
            }
        }
    };
}

/// Compares sizes in the same way: of a type that is not there it is 0.
macro_rules! sizes {
    ($($ours:path = $theirs:ident;)*) => {
        #[allow(non_camel_case_types, reason = "names of C")]
        mod absent_structs {
            $(pub(crate) struct $theirs;)*
        }

        pub(crate) const LISTED: &[&str] = &[$(concat!(stringify!($ours), " = ", stringify!($theirs))),*];

        size!(by_netlink linux_raw_sys::netlink, $($ours = $theirs;)*);
        size!(by_if_arp linux_raw_sys::if_arp, $($ours = $theirs;)*);
        size!(by_net linux_raw_sys::net, $($ours = $theirs;)*);

        /// Name, our size, and the size in each of the headers.
        pub(crate) fn lookups() -> Vec<(&'static str, usize, usize)> {
            [by_netlink(), by_if_arp(), by_net()].concat()
        }
    };
}

macro_rules! size {
    ($function:ident $($module:ident)::*, $($ours:path = $theirs:ident;)*) => {
        #[allow(unused_imports, reason = "what is absent there")]
        fn $function() -> Vec<(&'static str, usize, usize)> {
            use absent_structs::*;
            {
                use $($module)::*::*;
                vec![$((stringify!($theirs), size_of::<$ours>(), size_of::<$theirs>())),*]
            }
        }
    };
}

/// Names by their first letter, and structs.
mod names {
    pub(crate) mod a;
    pub(crate) mod b_to_e;
    pub(crate) mod f_to_l;
    pub(crate) mod m_to_nf;
    pub(crate) mod ng_to_nz;
    pub(crate) mod o_to_s;
    pub(crate) mod structs;
    pub(crate) mod t_to_z;
}

use names::{a, b_to_e, f_to_l, m_to_nf, ng_to_nz, o_to_s, structs, t_to_z};

/// Files of names, from a name on and before another one.
const FILES: [(&str, Range<&str>, &[&str]); 7] = [
    ("a", "A".."B", a::LISTED),
    ("b_to_e", "B".."F", b_to_e::LISTED),
    ("f_to_l", "F".."M", f_to_l::LISTED),
    ("m_to_nf", "M".."NG", m_to_nf::LISTED),
    ("ng_to_nz", "NG".."O", ng_to_nz::LISTED),
    ("o_to_s", "O".."T", o_to_s::LISTED),
    ("t_to_z", "T".."[", t_to_z::LISTED),
];

/// Values in the kernel's headers.
fn kernel() -> BTreeMap<&'static str, i64> {
    [
        a::lookups(),
        b_to_e::lookups(),
        f_to_l::lookups(),
        m_to_nf::lookups(),
        ng_to_nz::lookups(),
        o_to_s::lookups(),
        t_to_z::lookups(),
    ]
    .into_iter()
    .flatten()
    .filter(|(_, value)| *value != i64::MIN)
    .collect()
}

#[test]
fn the_lists_are_complete() {
    let names: BTreeSet<_> = source::constants()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let structs = source::structs();
    if env::var_os("NLWIRE_BLESS").is_some() {
        for (file, range, _) in &FILES {
            let here = names.iter().filter(|name| range.contains(&name.as_str()));
            write(file, &format!("names! {{{}\n}}\n", wrapped(here)));
        }
        let structs: Vec<_> = structs.iter().map(|one| format!("{one};")).collect();
        write(
            "structs",
            &format!("sizes! {{\n    {}\n}}\n", structs.join("\n    ")),
        );
        return;
    }
    let listed = FILES.iter().flat_map(|(.., listed)| *listed);
    let listed: BTreeSet<_> = listed.map(|name| (*name).to_owned()).collect();
    assert_eq!(names, listed, "set NLWIRE_BLESS and run this again");
    let listed: BTreeSet<_> = structs::LISTED
        .iter()
        .map(|one| one.replace(' ', ""))
        .collect();
    let structs: BTreeSet<_> = structs.iter().map(|one| one.replace(' ', "")).collect();
    assert_eq!(structs, listed, "set NLWIRE_BLESS and run this again");
}

fn write(file: &str, text: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/constants/names");
    let text = format!("// Written by the test, as main.rs says.\n{text}");
    fs::write(format!("{folder}/{file}.rs"), text).unwrap();
}

/// Words in lines of at most 99 columns.
fn wrapped<'s>(words: impl Iterator<Item = &'s String>) -> String {
    let mut lines = String::new();
    let mut column = usize::MAX;
    for word in words {
        if column.saturating_add(1 + word.len()) > 99 {
            lines.push_str("\n   ");
            column = 3;
        }
        lines.push(' ');
        lines.push_str(word);
        column += 1 + word.len();
    }
    lines
}

#[test]
fn constants_are_the_kernels() {
    let kernel = kernel();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (name, ours) in source::constants() {
        if let Some(theirs) = kernel.get(name.as_str()) {
            compared += 1;
            // Signed in one and unsigned in the other.
            if ours & 0xffff_ffff != theirs & 0xffff_ffff {
                wrong.push(format!("{name}: {ours}, the kernel has {theirs}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(compared > 800, "only {compared} compared");
}

/// Structs that have grown since the kernel of linux-raw-sys.
const GROWN: [&str; 1] = ["tcp_info"];

/// Structs that a 32-bit kernel packs closer where `u64` is aligned to 4 bytes,
/// as on i686. Ours have the layout of all other kernels, also of 64-bit
/// kernels under a 32-bit program.
const PACKED: [&str; 2] = ["rtnl_link_ifmap", "ifla_vf_guid"];

#[test]
fn structs_are_as_large_as_the_kernels() {
    let mut compared = BTreeSet::new();
    let mut wrong = Vec::new();
    for (name, ours, theirs) in structs::lookups() {
        if theirs != 0 {
            compared.insert(name);
            let is_packed = align_of::<u64>() == 4 && PACKED.contains(&name);
            let is_right = match GROWN.contains(&name) || is_packed {
                true => ours > theirs,
                false => ours == theirs,
            };
            if !is_right {
                wrong.push(format!("{name}: {ours} bytes, the kernel's has {theirs}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(compared.len() > 20, "only {compared:?} compared");
}
