//! IPv6 settings and counters of a link (`linux/ipv6.h`, `linux/snmp.h`). The
//! kernel sends each group as an array, whose indices are fields here.

use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U64};

structs! {
    /// IPv6 settings of a link: files in `/proc/sys/net/ipv6/conf/LINK`.
    /// Kernels know more or fewer of them.
    pub struct Inet6Settings: 236 {
        /// 1 if IPv6 packets are forwarded.
        #[doc(alias = "DEVCONF_FORWARDING")]
        forwarding: I32,
        /// Hop limit of sent packets.
        #[doc(alias = "DEVCONF_HOPLIMIT")]
        hop_limit: I32,
        /// IPv6 MTU in bytes.
        #[doc(alias = "DEVCONF_MTU6")]
        mtu: I32,
        /// Router advertisements: 0 ignored, 1 accepted by hosts, 2 by routers too.
        #[doc(alias = "DEVCONF_ACCEPT_RA")]
        accept_ra: I32,
        /// 1 if ICMPv6 redirects are accepted.
        #[doc(alias = "DEVCONF_ACCEPT_REDIRECTS")]
        accept_redirects: I32,
        /// 1 if prefixes from router advertisements give addresses.
        #[doc(alias = "DEVCONF_AUTOCONF")]
        autoconf: I32,
        /// Number of probes for duplicate addresses.
        #[doc(alias = "DEVCONF_DAD_TRANSMITS")]
        dad_transmits: I32,
        /// Number of router solicitations; -1 for no end.
        #[doc(alias = "DEVCONF_RTR_SOLICITS")]
        rtr_solicits: I32,
        /// Interval between router solicitations, in milliseconds.
        #[doc(alias = "DEVCONF_RTR_SOLICIT_INTERVAL")]
        rtr_solicit_interval: I32,
        /// Delay of the first router solicitation, in milliseconds.
        #[doc(alias = "DEVCONF_RTR_SOLICIT_DELAY")]
        rtr_solicit_delay: I32,
        /// Temporary addresses: 0 none, 1 created, 2 preferred.
        #[doc(alias = "DEVCONF_USE_TEMPADDR")]
        use_tempaddr: I32,
        /// Valid lifetime of temporary addresses, in seconds.
        #[doc(alias = "DEVCONF_TEMP_VALID_LFT")]
        temp_valid_lifetime: I32,
        /// Preferred lifetime of temporary addresses, in seconds.
        #[doc(alias = "DEVCONF_TEMP_PREFERED_LFT")]
        temp_preferred_lifetime: I32,
        /// Maximum number of attempts to create a temporary address.
        #[doc(alias = "DEVCONF_REGEN_MAX_RETRY")]
        regen_max_retry: I32,
        /// Maximum random time taken off a temporary address's lifetime, in seconds.
        #[doc(alias = "DEVCONF_MAX_DESYNC_FACTOR")]
        max_desync_factor: I32,
        /// Maximum number of automatic addresses; 0 for no limit.
        #[doc(alias = "DEVCONF_MAX_ADDRESSES")]
        max_addresses: I32,
        /// MLD version; 0 for no fixed one.
        #[doc(alias = "DEVCONF_FORCE_MLD_VERSION")]
        force_mld_version: I32,
        /// 1 if default routers are accepted.
        #[doc(alias = "DEVCONF_ACCEPT_RA_DEFRTR")]
        accept_ra_defrtr: I32,
        /// 1 if prefix information is accepted.
        #[doc(alias = "DEVCONF_ACCEPT_RA_PINFO")]
        accept_ra_pinfo: I32,
        /// 1 if router preferences are accepted.
        #[doc(alias = "DEVCONF_ACCEPT_RA_RTR_PREF")]
        accept_ra_rtr_pref: I32,
        /// Interval between probes of an unreachable router, in milliseconds.
        #[doc(alias = "DEVCONF_RTR_PROBE_INTERVAL")]
        rtr_probe_interval: I32,
        /// Maximum prefix length of accepted route information, in bits.
        #[doc(alias = "DEVCONF_ACCEPT_RA_RT_INFO_MAX_PLEN")]
        accept_ra_rt_info_max_plen: I32,
        /// 1 if proxy entries of neighbours are answered for.
        #[doc(alias = "DEVCONF_PROXY_NDP")]
        proxy_ndp: I32,
        /// 1 if addresses are used before duplicate address detection ends.
        #[doc(alias = "DEVCONF_OPTIMISTIC_DAD")]
        optimistic_dad: I32,
        /// Routing headers: -1 refused, 0 or more for type 2.
        #[doc(alias = "DEVCONF_ACCEPT_SOURCE_ROUTE")]
        accept_source_route: I32,
        /// 1 if a multicast routing program runs; read only.
        #[doc(alias = "DEVCONF_MC_FORWARDING")]
        mc_forwarding: I32,
        /// 1 if IPv6 is off.
        #[doc(alias = "DEVCONF_DISABLE_IPV6")]
        disable_ipv6: I32,
        /// Duplicate address detection: 0 off, 1 on, 2 on and IPv6 off after a duplicate.
        #[doc(alias = "DEVCONF_ACCEPT_DAD")]
        accept_dad: I32,
        /// 1 if solicited advertisements always have the link-layer address.
        #[doc(alias = "DEVCONF_FORCE_TLLAO")]
        force_tllao: I32,
        /// 1 if unsolicited advertisements are sent when the link goes up or its address changes.
        #[doc(alias = "DEVCONF_NDISC_NOTIFY")]
        ndisc_notify: I32,
        /// Interval of repeated MLD reports, version 1, in milliseconds.
        #[doc(alias = "DEVCONF_MLDV1_UNSOLICITED_REPORT_INTERVAL")]
        mldv1_unsolicited_report_interval: I32,
        /// Interval of repeated MLD reports, version 2, in milliseconds.
        #[doc(alias = "DEVCONF_MLDV2_UNSOLICITED_REPORT_INTERVAL")]
        mldv2_unsolicited_report_interval: I32,
        /// 1 if fragmented packets of neighbour discovery are dropped.
        #[doc(alias = "DEVCONF_SUPPRESS_FRAG_NDISC")]
        suppress_frag_ndisc: I32,
        /// 1 if router advertisements of the host's own addresses are accepted.
        #[doc(alias = "DEVCONF_ACCEPT_RA_FROM_LOCAL")]
        accept_ra_from_local: I32,
        /// 1 if optimistic addresses are sources of packets.
        #[doc(alias = "DEVCONF_USE_OPTIMISTIC")]
        use_optimistic: I32,
        /// 1 if the MTU of router advertisements is accepted.
        #[doc(alias = "DEVCONF_ACCEPT_RA_MTU")]
        accept_ra_mtu: I32,
        /// Zero: the secret is not reported.
        #[doc(alias = "DEVCONF_STABLE_SECRET")]
        stable_secret: I32,
        /// 1 if only the outgoing link's addresses are sources of packets.
        #[doc(alias = "DEVCONF_USE_OIF_ADDRS_ONLY")]
        use_oif_addrs_only: I32,
        /// Minimum hop limit that router advertisements may set.
        #[doc(alias = "DEVCONF_ACCEPT_RA_MIN_HOP_LIMIT")]
        accept_ra_min_hop_limit: I32,
        /// 1 if routes over a link without a carrier are ignored.
        #[doc(alias = "DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN")]
        ignore_routes_with_linkdown: I32,
        /// 1 if unicast packets in multicast frames are dropped.
        #[doc(alias = "DEVCONF_DROP_UNICAST_IN_L2_MULTICAST")]
        drop_unicast_in_l2_multicast: I32,
        /// 1 if unsolicited neighbour advertisements are dropped.
        #[doc(alias = "DEVCONF_DROP_UNSOLICITED_NA")]
        drop_unsolicited_na: I32,
        /// 1 if addresses are kept when the link goes down.
        #[doc(alias = "DEVCONF_KEEP_ADDR_ON_DOWN")]
        keep_addr_on_down: I32,
        /// Maximum interval between router solicitations, in milliseconds.
        #[doc(alias = "DEVCONF_RTR_SOLICIT_MAX_INTERVAL")]
        rtr_solicit_max_interval: I32,
        /// 1 if packets with a segment routing header are accepted.
        #[doc(alias = "DEVCONF_SEG6_ENABLED")]
        seg6_enabled: I32,
        /// Signatures of segment routing: -1 ignored, 0 checked if present, 1 required.
        #[doc(alias = "DEVCONF_SEG6_REQUIRE_HMAC")]
        seg6_require_hmac: I32,
        /// 1 if duplicate address detection uses nonces (RFC 7527).
        #[doc(alias = "DEVCONF_ENHANCED_DAD")]
        enhanced_dad: I32,
        /// Address generation mode.
        #[doc(alias = "DEVCONF_ADDR_GEN_MODE")]
        addr_gen_mode: I32,
        /// 1 if IPsec policies do not apply to packets from this link.
        #[doc(alias = "DEVCONF_DISABLE_POLICY")]
        disable_policy: I32,
        /// Minimum prefix length of accepted route information, in bits.
        #[doc(alias = "DEVCONF_ACCEPT_RA_RT_INFO_MIN_PLEN")]
        accept_ra_rt_info_min_plen: I32,
        /// Traffic class of neighbour discovery.
        #[doc(alias = "DEVCONF_NDISC_TCLASS")]
        ndisc_tclass: I32,
        /// 1 if packets with an RPL source routing header are accepted.
        #[doc(alias = "DEVCONF_RPL_SEG_ENABLED")]
        rpl_seg_enabled: I32,
        /// Metric of default routes from router advertisements.
        #[doc(alias = "DEVCONF_RA_DEFRTR_METRIC")]
        ra_defrtr_metric: I32,
        /// 1 if in-situ measurement (IOAM) is accepted.
        #[doc(alias = "DEVCONF_IOAM6_ENABLED")]
        ioam6_enabled: I32,
        /// IOAM identifier of the link.
        #[doc(alias = "DEVCONF_IOAM6_ID")]
        ioam6_id: I32,
        /// Wide IOAM identifier of the link.
        #[doc(alias = "DEVCONF_IOAM6_ID_WIDE")]
        ioam6_id_wide: I32,
        /// 1 if the loss of the carrier clears the neighbour table.
        #[doc(alias = "DEVCONF_NDISC_EVICT_NOCARRIER")]
        ndisc_evict_nocarrier: I32,
        /// 1 if unsolicited advertisements create neighbours; 2 from known networks only.
        #[doc(alias = "DEVCONF_ACCEPT_UNTRACKED_NA")]
        accept_untracked_na: I32,
        /// Minimum lifetime that accepted router advertisements have, in seconds.
        #[doc(alias = "DEVCONF_ACCEPT_RA_MIN_LFT")]
        accept_ra_min_lft: I32,
    }

    /// Counters of a link's ICMPv6 messages. Kernels know more or fewer of them.
    pub struct Icmp6Stats: 56 {
        /// Number of counters, this one included.
        #[doc(alias = "ICMP6_MIB_NUM")]
        count: U64,
        /// Messages received.
        #[doc(alias = "ICMP6_MIB_INMSGS")]
        in_messages: U64,
        /// Messages received with errors.
        #[doc(alias = "ICMP6_MIB_INERRORS")]
        in_errors: U64,
        /// Messages sent.
        #[doc(alias = "ICMP6_MIB_OUTMSGS")]
        out_messages: U64,
        /// Messages that could not be sent.
        #[doc(alias = "ICMP6_MIB_OUTERRORS")]
        out_errors: U64,
        /// Messages with a wrong checksum.
        #[doc(alias = "ICMP6_MIB_CSUMERRORS")]
        checksum_errors: U64,
        /// Messages not sent because of a rate limit.
        #[doc(alias = "ICMP6_MIB_RATELIMITHOST")]
        rate_limited: U64,
    }
}
