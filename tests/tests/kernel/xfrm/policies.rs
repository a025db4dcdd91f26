//! Policies beside `ip xfrm policy`.

use super::{compare, ip, next, open, v4, watch};
use nlsock::Errno;
use nltests::{Missing, Outcome, capture};
use nlwire::xfrm::{
    Change, DefaultAction, DeletePolicy, FlushPolicies, GetDefaults, GetPolicies, GetPolicy,
    GetPolicyTable, IpsecProtocol, LifetimeLimits, Migrate, Migration, Mode, NewPolicy,
    PolicyAction, PolicyDirection, PolicyFlags, PolicyId, PolicyTable, PolicyType, Selector,
    SetDefaults, SetPolicy, SetPolicyTable, Template, XFRMNLGRP_MIGRATE, XFRMNLGRP_POLICY,
};
use nlwire::{Prefix, fields};
use std::net::IpAddr;

pub(super) fn policies_are_those_of_ip() -> Outcome {
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let networks = "src 10.0.0.0/24 dst 10.1.0.0/24";

    let templates = [
        Template::tunnel(IpsecProtocol::ESP, here, there)?
            .reqid(7)
            .spi(0x99),
        Template::transport(IpsecProtocol::AH).optional(),
    ];
    let selector = v4()?.protocol(6).source_port(22);
    let text = compare(
        &mut conn,
        "policy",
        &NewPolicy::output(selector)
            .priority(5)
            .templates(&templates)
            .mark(0x7, 0xff)
            .interface_id(0x22)
            .limits(LifetimeLimits::none().age(10, 20).bytes(30, 40)),
        &format!(
            "xfrm policy add {networks} proto tcp sport 22 dir out priority 5 mark 0x7 mask 0xff \
             if_id 0x22 limit time-soft 10 limit time-hard 20 limit byte-soft 30 \
             limit byte-hard 40 tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x99 reqid 7 \
             mode tunnel tmpl proto ah mode transport level use"
        ),
    )?;
    assert!(
        text.starts_with(&selector.to_string()),
        "{text}\n{selector}"
    );

    let link: u32 = std::fs::read_to_string("/sys/class/net/lo/ifindex")?
        .trim()
        .parse()?;
    let all6 = Selector::new(Prefix::ALL_V6, "fd00::/16".parse()?)?;
    let selectors = [
        (
            all6.protocol(58).icmp(128, 0),
            "src ::/0 dst fd00::/16 proto ipv6-icmp type 128 code 0",
        ),
        (
            v4()?.gre_key(0x0102_0304),
            "src 10.0.0.0/24 dst 10.1.0.0/24 proto gre key 16909060",
        ),
        (
            v4()?.protocol(132).destination_port(9),
            "src 10.0.0.0/24 dst 10.1.0.0/24 proto sctp dport 9",
        ),
        (
            v4()?.protocol(99),
            "src 10.0.0.0/24 dst 10.1.0.0/24 proto 99",
        ),
        (v4()?.link(link), "src 10.0.0.0/24 dst 10.1.0.0/24 dev lo"),
    ];
    for (selector, words) in selectors {
        let text = compare(
            &mut conn,
            "policy",
            &NewPolicy::forward(selector)
                .block()
                .flags(PolicyFlags::ICMP),
            &format!("xfrm policy add {words} dir fwd action block flag icmp"),
        )?;
        let ours = selector
            .to_string()
            .replace(&format!("dev {link}"), "dev lo");
        // `ip -s` names the user, too; 99 is some name of /etc/protocols.
        let first = text.lines().next().unwrap_or_default();
        let first = first.trim_end().trim_end_matches("uid 0").trim_end();
        if !ours.contains("proto 99") {
            assert_eq!(first, ours);
        }
    }
    Ok(())
}

pub(super) fn policies_are_found_changed_and_deleted() -> Outcome {
    let mut conn = open()?;
    let selector = v4()?;
    let policy = NewPolicy::input(selector).priority(5);
    conn.execute(policy)?;
    assert_eq!(
        conn.execute(policy).unwrap_err().errno(),
        Some(Errno::EEXIST)
    );
    conn.execute(policy.if_absent())?;
    conn.execute(SetPolicy::input(selector).priority(6).block())?;
    conn.execute(NewPolicy::output(selector).mark(1, 0xf).interface_id(2))?;
    ip(
        "xfrm policy add src fd00::/16 dst fd01::/16 dir fwd tmpl src fd00::1 dst fd00::2 proto esp mode tunnel reqid 3",
    )?;

    let id = PolicyId::by_selector(PolicyDirection::IN, selector);
    let row = conn.get(GetPolicy::new(id))?;
    assert_eq!((row.priority(), row.direction()), (6, PolicyDirection::IN));
    assert_eq!(row.action(), PolicyAction::BLOCK);
    let by_index = PolicyId::by_index(PolicyDirection::IN, row.index());
    assert_eq!(conn.get(GetPolicy::new(by_index))?.selector(), selector);
    let forward = conn.list(GetPolicies::all().direction(PolicyDirection::FWD))?;
    assert_eq!(forward.len(), 1);
    let row = forward.iter().next().ok_or("no policy")?;
    let [template] = row.templates()? else {
        panic!("{row:?}");
    };
    assert_eq!(template.source(), Some("fd00::1".parse()?));
    assert_eq!((template.reqid.get(), template.mode), (3, Mode::TUNNEL));
    capture("xfrm-policy", row.message.as_bytes())?;

    let marked = PolicyId::by_selector(PolicyDirection::OUT, selector);
    let deletion = DeletePolicy::new(marked);
    assert_eq!(
        conn.execute(deletion).unwrap_err().errno(),
        Some(Errno::ENOENT)
    );
    conn.execute(deletion.if_there())?;
    conn.execute(deletion.mark(1, 0xf).interface_id(2))?;
    assert_eq!(conn.list(GetPolicies::all())?.len(), 2);

    // Sub-policies are a table of their own, where the kernel has them.
    match conn.execute(NewPolicy::input(selector).sub()) {
        Ok(_) => {
            let subs = GetPolicies::all().kind(PolicyType::SUB);
            assert_eq!(conn.list(subs)?.len(), 1);
            assert!(ip("xfrm policy list ptype sub")?.contains("ptype sub"));
            conn.execute(FlushPolicies::main())?;
            assert_eq!(conn.list(GetPolicies::all())?.len(), 1);
            conn.execute(FlushPolicies::sub())?;
        }
        Err(error) => {
            assert_eq!(error.errno(), Some(Errno::EINVAL));
            assert_eq!(conn.flush(GetPolicies::all())?, 2);
        }
    }
    assert_eq!(ip("xfrm policy list")?, "");
    Ok(())
}

pub(super) fn tables_and_defaults_are_those_of_ip() -> Outcome {
    let mut conn = open()?;
    conn.execute(NewPolicy::output(v4()?))?;
    conn.execute(NewPolicy::input(v4()?))?;
    conn.execute(
        SetPolicyTable::new()
            .threshold_v4(24, 16)
            .threshold_v6(64, 48),
    )?;
    let text = ip("-s -s xfrm policy count")?;
    assert!(text.contains("SPD IN  1 OUT 1 FWD 0"), "{text}");
    assert!(
        text.contains("IPv4 thresholds: local 24 remote 16"),
        "{text}"
    );
    assert!(
        text.contains("IPv6 thresholds: local 64 remote 48"),
        "{text}"
    );
    ip("xfrm policy set hthresh4 32 8")?;
    let row = conn.get(GetPolicyTable::new())?;
    let found =
        fields!(row.attributes => PolicyTable { counts, hash, threshold_v4, threshold_v6 })?;
    let counts = found.counts.unwrap();
    assert_eq!((counts.input.get(), counts.output.get()), (1, 1));
    assert!(text.contains(&format!(
        "buckets: count {}",
        found.hash.unwrap().buckets.get()
    )));
    let v4 = found.threshold_v4.unwrap();
    assert_eq!((v4.local_len, v4.remote_len), (32, 8));
    assert_eq!(found.threshold_v6.unwrap().local_len, 64);
    capture("xfrm-policy-table", row.message.as_bytes())?;

    let mut events = watch(&[XFRMNLGRP_POLICY])?;
    if let Err(error) = conn.execute(SetDefaults::new().forward(DefaultAction::BLOCK)) {
        return Err(Missing(format!("kernel: default policies ({error})")).into());
    }
    let text = ip("xfrm policy getdefault")?;
    assert!(
        text.contains("fwd: block") && text.contains("in:  accept"),
        "{text}"
    );
    ip("xfrm policy setdefault in block")?;
    let row = conn.get(GetDefaults::new())?;
    assert_eq!(row.header.input, DefaultAction::BLOCK);
    assert_eq!(row.header.forward, DefaultAction::BLOCK);
    assert_eq!(row.header.output, DefaultAction::ACCEPT);
    capture("xfrm-defaults", row.message.as_bytes())?;
    let seen = next(&mut events, |change| match change {
        Change::Defaults(row) => Some(row.header.forward),
        _ => None,
    })?;
    assert_eq!(seen, DefaultAction::BLOCK);
    Ok(())
}

pub(super) fn policies_migrate() -> Outcome {
    let mut events = watch(&[XFRMNLGRP_MIGRATE])?;
    let mut conn = open()?;
    let selector = v4()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let templates = [Template::tunnel(IpsecProtocol::ESP, here, there)?.reqid(7)];
    conn.execute(NewPolicy::output(selector).templates(&templates))?;
    let id = PolicyId::by_selector(PolicyDirection::OUT, selector);
    let moved = Migration::new((here, there), ("10.0.0.7".parse()?, there))?
        .mode(Mode::TUNNEL)
        .reqid(7);
    match conn.execute(Migrate::new(id, &[moved])) {
        Err(error) if error.errno() == Some(Errno::ENOPROTOOPT) => {
            return Err(Missing("kernel: XFRM_MIGRATE".into()).into());
        }
        outcome => outcome?,
    };
    let text = ip("xfrm policy list")?;
    assert!(text.contains("tmpl src 10.0.0.7 dst 10.0.0.2"), "{text}");
    let seen = next(&mut events, |change| match change {
        Change::Migrate(row) => {
            capture("xfrm-migrate", row.message.as_bytes()).unwrap();
            let mut found = row.migrations().unwrap().unwrap();
            Some((row.header.selector, found.next().unwrap().unwrap()[0]))
        }
        _ => None,
    })?;
    assert_eq!(seen, (selector, moved));
    let absent = PolicyId::by_selector(PolicyDirection::IN, selector);
    assert!(conn.execute(Migrate::new(absent, &[moved])).is_err());
    Ok(())
}
