//! Traffic control.

use super::{NO, Row, unchanged, unwatched};

const INGRESS: &str = "lives::ingress";
const HTB: &str = "lives::htb";
const OF_TC: &str = "traffic::we_see_what_tc_makes";
const FILTER: &str = "filters::tc_sees_what_we_make";
const OF_TC_FILTER: &str = "filters::we_see_what_tc_makes";
const FILTER_EVENTS: &str = "filters::changes_are_watched";
pub(super) const MATCHALL: &str = "filters::matchall_drops";
const FILTER_PROGRAM: &str = "programs::filters_run_those_of_tc";
pub(super) const ACTION_PROGRAM: &str = "programs::actions_run_those_of_tc";

pub(super) const KINDS: &[Row] = &[
    ("qdisc: htb", [HTB, NO, OF_TC, HTB, HTB]),
    ("qdisc: tbf", ["lives::tbf"; 5]),
    ("qdisc: ingress", [INGRESS, NO, INGRESS, INGRESS, INGRESS]),
    ("qdisc: fq_codel", ["lives::fq_codel"; 5]),
    ("class: htb", [HTB, HTB, OF_TC, HTB, HTB]),
    (
        "filter: u32",
        [FILTER, FILTER, OF_TC_FILTER, FILTER, FILTER_EVENTS],
    ),
    (
        "filter: matchall",
        [MATCHALL, NO, MATCHALL, MATCHALL, MATCHALL],
    ),
    ("qdisc: pfifo, bfifo, pfifo_head_drop", ["tc::fifo"; 5]),
    ("qdisc: mq", unchanged("tc::mq")),
    ("qdisc: mqprio", unchanged("tc::mqprio")),
    ("qdisc: taprio", unchanged("tc::taprio")),
    ("qdisc: etf", unchanged("tc::etf")),
    ("qdisc: cbs", ["tc::cbs"; 5]),
    ("qdisc: prio", ["tc::prio"; 5]),
    ("qdisc: multiq", unchanged("tc::multiq")),
    ("qdisc: skbprio", ["tc::skbprio"; 5]),
    ("qdisc: ets", ["tc::ets"; 5]),
    ("qdisc: plug", ["tc::plug"; 5]),
    ("qdisc: netem", ["tc::netem"; 5]),
    ("qdisc: cake", ["tc::cake"; 5]),
    ("qdisc: fq", ["tc::fq"; 5]),
    ("qdisc: fq_pie", ["tc::fq_pie"; 5]),
    ("qdisc: codel", ["tc::codel"; 5]),
    ("qdisc: pie", ["tc::pie"; 5]),
    ("qdisc: sfq", unchanged("tc::sfq")),
    ("qdisc: hhf", ["tc::hhf"; 5]),
    ("qdisc: red", ["tc::red"; 5]),
    ("qdisc: gred", ["tc::gred"; 5]),
    ("qdisc: choke", ["tc::choke"; 5]),
    ("qdisc: sfb", ["tc::sfb"; 5]),
    ("qdisc: hfsc", ["tc::hfsc"; 5]),
    ("qdisc: drr, qfq", unchanged("tc::drr_qfq")),
    ("size table of a qdisc", unchanged("tc::size_tables")),
    ("rate estimator of a qdisc", unchanged("tc::estimators")),
    ("class: hfsc", ["tc::class_hfsc"; 5]),
    ("class: drr", ["tc::class_drr"; 5]),
    ("class: qfq", ["tc::class_qfq"; 5]),
    (
        "class: ets",
        [NO, "tc::class_ets", "tc::class_ets", NO, "tc::class_ets"],
    ),
    ("filter: flower", ["tc::flower_addresses"; 5]),
    ("filter: basic", ["tc::filter_basic"; 5]),
    ("filter: fw", ["tc::filter_fw"; 5]),
    ("filter: bpf", unchanged("tc::filter_bpf")),
    (
        "filter: bpf, with a loaded program",
        [FILTER_PROGRAM, NO, FILTER_PROGRAM, NO, NO],
    ),
    ("filter: cgroup", unchanged("tc::filter_cgroup")),
    ("filter: flow", unchanged("tc::filter_flow")),
    ("filter: route", unchanged("tc::filter_route")),
    ("filter: u32 hash table", unchanged("tc::filter_u32_tables")),
    ("filter: extended matches", unchanged("tc::ematches")),
    (
        "filter: extended matches in parentheses",
        unchanged("tc::ematch_containers"),
    ),
    (
        "filter: extended matches by ipset",
        unchanged("tc::ematch_ipset"),
    ),
    (
        "filter: extended matches of iptables",
        unchanged("tc::ematch_ipt"),
    ),
    ("chain of filters", unchanged("tc::chains")),
    ("shared block of filters", unchanged("tc::blocks")),
    ("action: connmark", ["tc::action_connmark"; 5]),
    ("action: csum", ["tc::action_csum"; 5]),
    ("action: ct", ["tc::action_ct"; 5]),
    ("action: ctinfo", ["tc::action_ctinfo"; 5]),
    ("action: gact", ["tc::action_gact"; 5]),
    ("action: ife", ["tc::action_ife"; 5]),
    ("action: mirred", ["tc::action_mirred"; 5]),
    ("action: mpls", ["tc::action_mpls"; 5]),
    ("action: nat", ["tc::action_nat"; 5]),
    ("action: pedit", ["tc::action_pedit"; 5]),
    ("action: police", ["tc::action_police"; 5]),
    ("action: sample", ["tc::action_sample"; 5]),
    ("action: simple", ["tc::action_simple"; 5]),
    ("action: skbedit", ["tc::action_skbedit"; 5]),
    ("action: skbmod", ["tc::action_skbmod"; 5]),
    ("action: tunnel_key", ["tc::action_tunnel_key"; 5]),
    ("action: vlan", ["tc::action_vlan"; 5]),
    ("action: bpf", unchanged("tc::action_bpf")),
    (
        "action: bpf, with a loaded program",
        unwatched(ACTION_PROGRAM),
    ),
    ("action: gate", unchanged("tc::action_gate")),
    (
        "counters of cake, codel, fq, fq_codel, fq_pie, hhf, pie",
        [NO, NO, "tc::counters_cake", NO, NO],
    ),
    ("counters of red", [NO, NO, "tc::counters_red", NO, NO]),
    (
        "counters of choke, sfb",
        [NO, NO, "tc::counters_sfb", NO, NO],
    ),
    (
        "counters of flows and classes of sfq, drr, qfq, hfsc",
        [NO, NO, "tc::counters_hfsc", NO, NO],
    ),
    (
        "qdisc: dualpi2",
        [
            "tc::dualpi2",
            "tc::dualpi2",
            "tc::dualpi2",
            "tc::dualpi2",
            NO,
        ],
    ),
];
