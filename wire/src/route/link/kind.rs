//! The type of a link (`linux/if_arp.h`) and its state (`linux/if.h`).

use crate::numbers::numbers;
use crate::schema::{Described, Notation, Shape};

numbers! {
    /// Operational state (RFC 2863).
    pub struct OperState(u8) {
        /// Unknown: the driver does not set the state.
        UNKNOWN = 0 "IF_OPER_UNKNOWN" "UNKNOWN";
        NOT_PRESENT = 1 "IF_OPER_NOTPRESENT" "NOTPRESENT";
        DOWN = 2 "IF_OPER_DOWN" "DOWN";
        /// Lower device down.
        LOWER_LAYER_DOWN = 3 "IF_OPER_LOWERLAYERDOWN" "LOWERLAYERDOWN";
        TESTING = 4 "IF_OPER_TESTING" "TESTING";
        /// Dormant: the link waits for an event, such as authentication.
        DORMANT = 5 "IF_OPER_DORMANT" "DORMANT";
        /// Operational: packets can pass.
        UP = 6 "IF_OPER_UP" "UP";
    }
}

numbers! {
    /// Link mode: the rule by which the operational state becomes up.
    pub struct LinkMode(u8) {
        /// Up as soon as the link has a carrier.
        DEFAULT = 0 "IF_LINK_MODE_DEFAULT" "DEFAULT";
        /// Dormant after the carrier appears, until user space sets the state to up.
        DORMANT = 1 "IF_LINK_MODE_DORMANT" "DORMANT";
        TESTING = 2 "IF_LINK_MODE_TESTING" "TESTING";
    }
}

/// Notation of the hardware type in headers: 0 stays a number, since requests
/// leave the type out and none is about NET/ROM.
pub(super) struct SentLinkType;

impl Described for SentLinkType {
    const SHAPE: Shape = match <LinkType as Described>::SHAPE {
        Shape::Unsigned(order, Notation::Names([_, names @ ..])) => {
            Shape::Unsigned(order, Notation::Names(names))
        }
        shape => shape,
    };
}

numbers! {
    /// Hardware type of a link, which determines the form of its addresses (`ARPHRD_*`).
    #[doc(alias = "ARPHRD")]
    pub struct LinkType(u16) {
        NETROM = 0 "ARPHRD_NETROM" "netrom";
        ETHER = 1 "ARPHRD_ETHER" "ether";
        EETHER = 2 "ARPHRD_EETHER" "eether";
        AX25 = 3 "ARPHRD_AX25" "ax25";
        PRONET = 4 "ARPHRD_PRONET" "pronet";
        CHAOS = 5 "ARPHRD_CHAOS" "chaos";
        IEEE802 = 6 "ARPHRD_IEEE802" "ieee802";
        ARCNET = 7 "ARPHRD_ARCNET" "arcnet";
        APPLETLK = 8 "ARPHRD_APPLETLK" "atalk";
        DLCI = 15 "ARPHRD_DLCI" "dlci";
        ATM = 19 "ARPHRD_ATM" "atm";
        METRICOM = 23 "ARPHRD_METRICOM" "metricom";
        IEEE1394 = 24 "ARPHRD_IEEE1394" "ieee1394";
        EUI64 = 27 "ARPHRD_EUI64";
        INFINIBAND = 32 "ARPHRD_INFINIBAND" "infiniband";
        SLIP = 256 "ARPHRD_SLIP" "slip";
        CSLIP = 257 "ARPHRD_CSLIP" "cslip";
        SLIP6 = 258 "ARPHRD_SLIP6" "slip6";
        CSLIP6 = 259 "ARPHRD_CSLIP6" "cslip6";
        RSRVD = 260 "ARPHRD_RSRVD" "rsrvd";
        ADAPT = 264 "ARPHRD_ADAPT" "adapt";
        ROSE = 270 "ARPHRD_ROSE" "rose";
        X25 = 271 "ARPHRD_X25" "x25";
        HWX25 = 272 "ARPHRD_HWX25" "hwx25";
        CAN = 280 "ARPHRD_CAN" "can";
        MCTP = 290 "ARPHRD_MCTP" "mctp";
        PPP = 512 "ARPHRD_PPP" "ppp";
        HDLC = 513 "ARPHRD_HDLC" "hdlc";
        LAPB = 516 "ARPHRD_LAPB" "lapb";
        DDCMP = 517 "ARPHRD_DDCMP" "ddcmp";
        RAWHDLC = 518 "ARPHRD_RAWHDLC" "rawhdlc";
        RAWIP = 519 "ARPHRD_RAWIP" "rawip";
        /// IPv4 in IPv4.
        TUNNEL = 768 "ARPHRD_TUNNEL" "ipip";
        /// IPv6 or IPv4 in IPv6.
        TUNNEL6 = 769 "ARPHRD_TUNNEL6" "tunnel6";
        FRAD = 770 "ARPHRD_FRAD" "frad";
        SKIP = 771 "ARPHRD_SKIP" "skip";
        LOOPBACK = 772 "ARPHRD_LOOPBACK" "loopback";
        LOCALTLK = 773 "ARPHRD_LOCALTLK" "ltalk";
        FDDI = 774 "ARPHRD_FDDI" "fddi";
        BIF = 775 "ARPHRD_BIF" "bif";
        /// IPv6 in IPv4.
        SIT = 776 "ARPHRD_SIT" "sit";
        IPDDP = 777 "ARPHRD_IPDDP" "ip/ddp";
        /// GRE over IPv4.
        IPGRE = 778 "ARPHRD_IPGRE" "gre";
        PIMREG = 779 "ARPHRD_PIMREG" "pimreg";
        HIPPI = 780 "ARPHRD_HIPPI" "hippi";
        ASH = 781 "ARPHRD_ASH" "ash";
        ECONET = 782 "ARPHRD_ECONET" "econet";
        IRDA = 783 "ARPHRD_IRDA" "irda";
        FCPP = 784 "ARPHRD_FCPP" "fcpp";
        FCAL = 785 "ARPHRD_FCAL" "fcal";
        FCPL = 786 "ARPHRD_FCPL" "fcpl";
        FCFABRIC = 787 "ARPHRD_FCFABRIC" "fcfb0";
        IEEE802_TR = 800 "ARPHRD_IEEE802_TR" "tr";
        IEEE80211 = 801 "ARPHRD_IEEE80211" "ieee802.11";
        IEEE80211_PRISM = 802 "ARPHRD_IEEE80211_PRISM" "ieee802.11/prism";
        IEEE80211_RADIOTAP = 803 "ARPHRD_IEEE80211_RADIOTAP" "ieee802.11/radiotap";
        IEEE802154 = 804 "ARPHRD_IEEE802154" "ieee802.15.4";
        IEEE802154_MONITOR = 805 "ARPHRD_IEEE802154_MONITOR" "ieee802.15.4/monitor";
        PHONET = 820 "ARPHRD_PHONET" "phonet";
        PHONET_PIPE = 821 "ARPHRD_PHONET_PIPE" "phonet_pipe";
        CAIF = 822 "ARPHRD_CAIF" "caif";
        /// GRE over IPv6.
        IP6GRE = 823 "ARPHRD_IP6GRE" "gre6";
        NETLINK = 824 "ARPHRD_NETLINK" "netlink";
        SIXLOWPAN = 825 "ARPHRD_6LOWPAN" "6lowpan";
        VSOCKMON = 826 "ARPHRD_VSOCKMON" "vsockmon";
        /// Without a link layer, such as a tun device.
        NONE = 0xfffe "ARPHRD_NONE" "none";
        VOID = 0xffff "ARPHRD_VOID" "void";
    }
}
