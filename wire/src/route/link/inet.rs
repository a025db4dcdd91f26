//! IPv4 settings of a link (`linux/ip.h`): an array in reports, whose indices
//! are fields here, and a nest in requests.

use crate::codec::{AttributeSet as _, Form, StructBytes, field_is_value};
use crate::schema::{Described as _, Shape};
use crate::structs::structs;
use crate::writer::Put;
use crate::zerocopy::native_endian::I32;
use crate::{AttrRef, Attrs, DecodeError, Writer, attributes};

/// Form of [`IFLA_INET_CONF`](super::IFLA_INET_CONF): all settings in a report,
/// and in a request a nest of the ones to change.
///
/// ```
/// use nlwire::Writer;
/// use nlwire::route::{AF_SPEC_INET, IFLA_AF_SPEC, IFLA_INET_CONF, InetChangeAttr};
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.nest(IFLA_AF_SPEC, |w| {
///         w.nest(AF_SPEC_INET, |w| {
///             w.nest(IFLA_INET_CONF, |w| w.put(InetChangeAttr::Forwarding(1)))
///         })
///     })
/// })?;
/// # assert_eq!(block.remaining().len(), 20);
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct InetConf(());

impl Form for InetConf {
    type Value<'a> = StructBytes<'a, InetSettings>;
    const SHAPE: Shape = Shape::Directed(&InetSettings::SHAPE, &Shape::Nest(InetChange::schema));

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Self::Value<'a>, DecodeError> {
        Ok(StructBytes::new(attribute.bytes()))
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &Self::Value<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.as_bytes())
    }
}

structs! {
    /// IPv4 settings of a link: files in `/proc/sys/net/ipv4/conf/LINK`.
    /// Kernels know more or fewer of them.
    pub struct InetSettings: 132 {
        /// 1 if IPv4 packets are forwarded.
        #[doc(alias = "IPV4_DEVCONF_FORWARDING")]
        forwarding: I32,
        /// 1 if a multicast routing program runs; read only.
        #[doc(alias = "IPV4_DEVCONF_MC_FORWARDING")]
        mc_forwarding: I32,
        /// 1 if the link answers ARP for other hosts.
        #[doc(alias = "IPV4_DEVCONF_PROXY_ARP")]
        proxy_arp: I32,
        /// 1 if ICMP redirects are accepted.
        #[doc(alias = "IPV4_DEVCONF_ACCEPT_REDIRECTS")]
        accept_redirects: I32,
        /// 1 if redirects are accepted from listed gateways only.
        #[doc(alias = "IPV4_DEVCONF_SECURE_REDIRECTS")]
        secure_redirects: I32,
        /// 1 if ICMP redirects are sent.
        #[doc(alias = "IPV4_DEVCONF_SEND_REDIRECTS")]
        send_redirects: I32,
        /// 1 if several networks share the medium.
        #[doc(alias = "IPV4_DEVCONF_SHARED_MEDIA")]
        shared_media: I32,
        /// Reverse path filter: 0 off, 1 strict, 2 loose.
        #[doc(alias = "IPV4_DEVCONF_RP_FILTER")]
        rp_filter: I32,
        /// 1 if packets with a source route are accepted.
        #[doc(alias = "IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE")]
        accept_source_route: I32,
        /// 1 if packets from 0.0.0.0/8 are accepted, for a BOOTP relay.
        #[doc(alias = "IPV4_DEVCONF_BOOTP_RELAY")]
        bootp_relay: I32,
        /// 1 if packets with impossible addresses are logged.
        #[doc(alias = "IPV4_DEVCONF_LOG_MARTIANS")]
        log_martians: I32,
        /// Number for programs, without effect.
        #[doc(alias = "IPV4_DEVCONF_TAG")]
        tag: I32,
        /// 1 if ARP is answered only on the link of the route back.
        #[doc(alias = "IPV4_DEVCONF_ARPFILTER")]
        arpfilter: I32,
        /// Medium of the link, for proxy ARP: 0 for a medium of its own, -1 for none.
        #[doc(alias = "IPV4_DEVCONF_MEDIUM_ID")]
        medium_id: I32,
        /// 1 if IPsec does not encrypt packets to this link.
        #[doc(alias = "IPV4_DEVCONF_NOXFRM")]
        noxfrm: I32,
        /// 1 if IPsec policies do not apply to packets from this link.
        #[doc(alias = "IPV4_DEVCONF_NOPOLICY")]
        nopolicy: I32,
        /// IGMP version; 0 for no fixed one.
        #[doc(alias = "IPV4_DEVCONF_FORCE_IGMP_VERSION")]
        force_igmp_version: I32,
        /// Choice of the source address in ARP requests: 0 to 2.
        #[doc(alias = "IPV4_DEVCONF_ARP_ANNOUNCE")]
        arp_announce: I32,
        /// Choice of the ARP requests that are answered: 0 to 8.
        #[doc(alias = "IPV4_DEVCONF_ARP_IGNORE")]
        arp_ignore: I32,
        /// 1 if a secondary address takes the place of a deleted primary one.
        #[doc(alias = "IPV4_DEVCONF_PROMOTE_SECONDARIES")]
        promote_secondaries: I32,
        /// 1 if gratuitous ARP creates neighbours; 2 from known networks only.
        #[doc(alias = "IPV4_DEVCONF_ARP_ACCEPT")]
        arp_accept: I32,
        /// 1 if gratuitous ARP is sent when the link goes up or its address changes.
        #[doc(alias = "IPV4_DEVCONF_ARP_NOTIFY")]
        arp_notify: I32,
        /// 1 if packets from the host's own addresses are accepted.
        #[doc(alias = "IPV4_DEVCONF_ACCEPT_LOCAL")]
        accept_local: I32,
        /// 1 if the reverse path filter uses the packet's mark.
        #[doc(alias = "IPV4_DEVCONF_SRC_VMARK")]
        src_vmark: I32,
        /// 1 if proxy ARP answers on the link that the request came from.
        #[doc(alias = "IPV4_DEVCONF_PROXY_ARP_PVLAN")]
        proxy_arp_pvlan: I32,
        /// 1 if 127.0.0.0/8 is routed.
        #[doc(alias = "IPV4_DEVCONF_ROUTE_LOCALNET")]
        route_localnet: I32,
        /// Interval of repeated IGMP reports, versions 1 and 2, in milliseconds.
        #[doc(alias = "IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL")]
        igmpv2_unsolicited_report_interval: I32,
        /// Interval of repeated IGMP reports, version 3, in milliseconds.
        #[doc(alias = "IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL")]
        igmpv3_unsolicited_report_interval: I32,
        /// 1 if routes over a link without a carrier are ignored.
        #[doc(alias = "IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN")]
        ignore_routes_with_linkdown: I32,
        /// 1 if unicast packets in multicast frames are dropped.
        #[doc(alias = "IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST")]
        drop_unicast_in_l2_multicast: I32,
        /// 1 if gratuitous ARP is dropped.
        #[doc(alias = "IPV4_DEVCONF_DROP_GRATUITOUS_ARP")]
        drop_gratuitous_arp: I32,
        /// 1 if directed broadcasts are forwarded.
        #[doc(alias = "IPV4_DEVCONF_BC_FORWARDING")]
        bc_forwarding: I32,
        /// 1 if the loss of the carrier clears the ARP cache.
        #[doc(alias = "IPV4_DEVCONF_ARP_EVICT_NOCARRIER")]
        arp_evict_nocarrier: I32,
    }
}

attributes! {
    /// IPv4 settings in the nest [`IFLA_INET_CONF`](super::IFLA_INET_CONF) of a
    /// request; [`InetSettings`] says what each means.
    pub set InetChange, enum InetChangeAttr {
        /// 1 if IPv4 packets are forwarded.
        1 IPV4_DEVCONF_FORWARDING Forwarding forwarding: i32,
        /// 1 if a multicast routing program runs; read only.
        2 IPV4_DEVCONF_MC_FORWARDING McForwarding mc_forwarding: i32,
        /// 1 if the link answers ARP for other hosts.
        3 IPV4_DEVCONF_PROXY_ARP ProxyArp proxy_arp: i32,
        /// 1 if ICMP redirects are accepted.
        4 IPV4_DEVCONF_ACCEPT_REDIRECTS AcceptRedirects accept_redirects: i32,
        /// 1 if redirects are accepted from listed gateways only.
        5 IPV4_DEVCONF_SECURE_REDIRECTS SecureRedirects secure_redirects: i32,
        /// 1 if ICMP redirects are sent.
        6 IPV4_DEVCONF_SEND_REDIRECTS SendRedirects send_redirects: i32,
        /// 1 if several networks share the medium.
        7 IPV4_DEVCONF_SHARED_MEDIA SharedMedia shared_media: i32,
        /// Reverse path filter: 0 off, 1 strict, 2 loose.
        8 IPV4_DEVCONF_RP_FILTER RpFilter rp_filter: i32,
        /// 1 if packets with a source route are accepted.
        9 IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE AcceptSourceRoute accept_source_route: i32,
        /// 1 if packets from 0.0.0.0/8 are accepted, for a BOOTP relay.
        10 IPV4_DEVCONF_BOOTP_RELAY BootpRelay bootp_relay: i32,
        /// 1 if packets with impossible addresses are logged.
        11 IPV4_DEVCONF_LOG_MARTIANS LogMartians log_martians: i32,
        /// Number for programs, without effect.
        12 IPV4_DEVCONF_TAG Tag tag: i32,
        /// 1 if ARP is answered only on the link of the route back.
        13 IPV4_DEVCONF_ARPFILTER Arpfilter arpfilter: i32,
        /// Medium of the link, for proxy ARP: 0 for a medium of its own, -1 for none.
        14 IPV4_DEVCONF_MEDIUM_ID MediumId medium_id: i32,
        /// 1 if IPsec does not encrypt packets to this link.
        15 IPV4_DEVCONF_NOXFRM Noxfrm noxfrm: i32,
        /// 1 if IPsec policies do not apply to packets from this link.
        16 IPV4_DEVCONF_NOPOLICY Nopolicy nopolicy: i32,
        /// IGMP version; 0 for no fixed one.
        17 IPV4_DEVCONF_FORCE_IGMP_VERSION ForceIgmpVersion force_igmp_version: i32,
        /// Choice of the source address in ARP requests: 0 to 2.
        18 IPV4_DEVCONF_ARP_ANNOUNCE ArpAnnounce arp_announce: i32,
        /// Choice of the ARP requests that are answered: 0 to 8.
        19 IPV4_DEVCONF_ARP_IGNORE ArpIgnore arp_ignore: i32,
        /// 1 if a secondary address takes the place of a deleted primary one.
        20 IPV4_DEVCONF_PROMOTE_SECONDARIES PromoteSecondaries promote_secondaries: i32,
        /// 1 if gratuitous ARP creates neighbours; 2 from known networks only.
        21 IPV4_DEVCONF_ARP_ACCEPT ArpAccept arp_accept: i32,
        /// 1 if gratuitous ARP is sent when the link goes up or its address changes.
        22 IPV4_DEVCONF_ARP_NOTIFY ArpNotify arp_notify: i32,
        /// 1 if packets from the host's own addresses are accepted.
        23 IPV4_DEVCONF_ACCEPT_LOCAL AcceptLocal accept_local: i32,
        /// 1 if the reverse path filter uses the packet's mark.
        24 IPV4_DEVCONF_SRC_VMARK SrcVmark src_vmark: i32,
        /// 1 if proxy ARP answers on the link that the request came from.
        25 IPV4_DEVCONF_PROXY_ARP_PVLAN ProxyArpPvlan proxy_arp_pvlan: i32,
        /// 1 if 127.0.0.0/8 is routed.
        26 IPV4_DEVCONF_ROUTE_LOCALNET RouteLocalnet route_localnet: i32,
        /// Interval of repeated IGMP reports, versions 1 and 2, in milliseconds.
        27 IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL Igmpv2UnsolicitedReportInterval igmpv2_unsolicited_report_interval: i32,
        /// Interval of repeated IGMP reports, version 3, in milliseconds.
        28 IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL Igmpv3UnsolicitedReportInterval igmpv3_unsolicited_report_interval: i32,
        /// 1 if routes over a link without a carrier are ignored.
        29 IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN IgnoreRoutesWithLinkdown ignore_routes_with_linkdown: i32,
        /// 1 if unicast packets in multicast frames are dropped.
        30 IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST DropUnicastInL2Multicast drop_unicast_in_l2_multicast: i32,
        /// 1 if gratuitous ARP is dropped.
        31 IPV4_DEVCONF_DROP_GRATUITOUS_ARP DropGratuitousArp drop_gratuitous_arp: i32,
        /// 1 if directed broadcasts are forwarded.
        32 IPV4_DEVCONF_BC_FORWARDING BcForwarding bc_forwarding: i32,
        /// 1 if the loss of the carrier clears the ARP cache.
        33 IPV4_DEVCONF_ARP_EVICT_NOCARRIER ArpEvictNocarrier arp_evict_nocarrier: i32,
    }
}
