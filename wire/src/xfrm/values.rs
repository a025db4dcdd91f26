//! Numbers and flags of states and policies.

use crate::numbers::{flags, numbers};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

numbers! {
    /// Protocol of a state: the IP protocol of its header.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct IpsecProtocol(u8) {
        /// Any protocol, in filters.
        UNSPEC = 0 "IPPROTO_IP";
        /// Routing header type 2 of Mobile IPv6.
        ROUTING = 43 "IPPROTO_ROUTING" "route2";
        /// Encapsulating Security Payload.
        ESP = 50 "IPPROTO_ESP" "esp";
        /// Authentication Header.
        AH = 51 "IPPROTO_AH" "ah";
        /// Home address option of Mobile IPv6.
        DSTOPTS = 60 "IPPROTO_DSTOPTS" "hao";
        /// Payload compression (IPComp).
        COMP = 108 "IPPROTO_COMP" "comp";
        /// ESP, AH and IPComp, in filters.
        ANY = 255 "IPSEC_PROTO_ANY" "any";
    }
}

numbers! {
    /// Mode of a state.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct Mode(u8) {
        /// Protects the payload; the IP header stays.
        TRANSPORT = 0 "XFRM_MODE_TRANSPORT" "transport";
        /// Protects the whole packet behind a new IP header.
        TUNNEL = 1 "XFRM_MODE_TUNNEL" "tunnel";
        /// Route optimisation of Mobile IPv6.
        ROUTEOPTIMIZATION = 2 "XFRM_MODE_ROUTEOPTIMIZATION" "ro";
        /// Bound end of a Mobile IPv6 state.
        IN_TRIGGER = 3 "XFRM_MODE_IN_TRIGGER" "in_trigger";
        /// Tunnel with fixed inner addresses, which are not sent (BEET).
        BEET = 4 "XFRM_MODE_BEET" "beet";
        /// Tunnel that aggregates and fragments packets (RFC 9347, Linux 6.14).
        IPTFS = 5 "XFRM_MODE_IPTFS" "iptfs";
    }
}

numbers! {
    /// Direction of the packets that a policy matches.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct PolicyDirection(u8) {
        /// Packets to this host.
        IN = 0 "XFRM_POLICY_IN" "in";
        /// Packets that leave this host.
        OUT = 1 "XFRM_POLICY_OUT" "out";
        /// Forwarded packets.
        FWD = 2 "XFRM_POLICY_FWD" "fwd";
    }
}

numbers! {
    /// Action of a policy.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct PolicyAction(u8) {
        /// Packets pass, transformed as the templates say.
        ALLOW = 0 "XFRM_POLICY_ALLOW" "allow";
        /// Packets are dropped.
        BLOCK = 1 "XFRM_POLICY_BLOCK" "block";
    }
}

numbers! {
    /// Type of a policy (`ptype`).
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct PolicyType(u8) {
        /// Main policy.
        MAIN = 0 "XFRM_POLICY_TYPE_MAIN" "main";
        /// Sub-policy, which applies before a main one (`CONFIG_XFRM_SUB_POLICY`).
        SUB = 1 "XFRM_POLICY_TYPE_SUB" "sub";
        /// Both.
        ANY = 255 "XFRM_POLICY_TYPE_ANY" "any";
    }
}

numbers! {
    /// Sharing of a state among flows; the kernel ignores it.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct Share(u8) {
        /// No limit.
        ANY = 0 "XFRM_SHARE_ANY" "any";
        /// Flows of a session.
        SESSION = 1 "XFRM_SHARE_SESSION" "session";
        /// Flows of a user.
        USER = 2 "XFRM_SHARE_USER" "user";
        /// A single flow.
        UNIQUE = 3 "XFRM_SHARE_UNIQUE" "unique";
    }
}

numbers! {
    /// Default action of a direction, for packets that no policy matches.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct DefaultAction(u8) {
        /// No change.
        UNSPEC = 0 "XFRM_USERPOLICY_UNSPEC";
        /// Packets are dropped.
        BLOCK = 1 "XFRM_USERPOLICY_BLOCK" "block";
        /// Packets pass.
        ACCEPT = 2 "XFRM_USERPOLICY_ACCEPT" "accept";
    }
}

numbers! {
    /// Direction of a state (Linux 6.10).
    pub struct StateDirection(u8) {
        /// Received packets.
        IN = 1 "XFRM_SA_DIR_IN" "in";
        /// Sent packets.
        OUT = 2 "XFRM_SA_DIR_OUT" "out";
    }
}

numbers! {
    /// Type of an encapsulation (`linux/udp.h`).
    pub struct EncapsulationType(u16) {
        /// ESP in UDP of an early draft.
        ESPINUDP_NON_IKE = 1 "UDP_ENCAP_ESPINUDP_NON_IKE" "espinudp-nonike";
        /// ESP in UDP (RFC 3948).
        ESPINUDP = 2 "UDP_ENCAP_ESPINUDP" "espinudp";
        /// ESP in TCP (RFC 8229, Linux 5.6).
        ESPINTCP = 7 "TCP_ENCAP_ESPINTCP" "espintcp";
    }
}

numbers! {
    /// Domain of interpretation of a security context.
    pub struct SecurityDomain(u8) {
        /// None.
        RESERVED = 0 "XFRM_SC_DOI_RESERVED";
        /// Linux security modules.
        LSM = 1 "XFRM_SC_DOI_LSM" "lsm";
    }
}

numbers! {
    /// Algorithm of a security context.
    pub struct SecurityAlgorithm(u8) {
        /// None.
        RESERVED = 0 "XFRM_SC_ALG_RESERVED";
        /// SELinux.
        SELINUX = 1 "XFRM_SC_ALG_SELINUX" "selinux";
    }
}

flags! {
    /// Flags of a state.
    pub struct StateFlags(u8) {
        /// ECN bits are not copied between the headers.
        NOECN = 1 "XFRM_STATE_NOECN" "noecn";
        /// The DSCP is copied to the inner header.
        DECAP_DSCP = 2 "XFRM_STATE_DECAP_DSCP" "decap-dscp";
        /// The outer header has no DF bit.
        NOPMTUDISC = 4 "XFRM_STATE_NOPMTUDISC" "nopmtudisc";
        /// Packets from any source are received.
        WILDRECV = 8 "XFRM_STATE_WILDRECV" "wildrecv";
        /// ICMP errors about the selected flow are matched, too.
        ICMP = 16 "XFRM_STATE_ICMP" "icmp";
        /// The selector matches both address families.
        AF_UNSPEC = 32 "XFRM_STATE_AF_UNSPEC" "af-unspec";
        /// AH aligns its header to 4 bytes.
        ALIGN4 = 64 "XFRM_STATE_ALIGN4" "align4";
        /// Extended sequence numbers, 64 bits.
        ESN = 128 "XFRM_STATE_ESN" "esn";
    }
}

flags! {
    /// More flags of a state: [`XFRMA_SA_EXTRA_FLAGS`](super::XFRMA_SA_EXTRA_FLAGS).
    pub struct ExtraFlags(u32) {
        /// The DSCP is not copied to the outer header.
        DONT_ENCAP_DSCP = 1 "XFRM_SA_XFLAG_DONT_ENCAP_DSCP" "dont-encap-dscp";
        /// The sequence number of sent packets may wrap.
        OSEQ_MAY_WRAP = 2 "XFRM_SA_XFLAG_OSEQ_MAY_WRAP" "oseq-may-wrap";
    }
}

flags! {
    /// Flags of a policy.
    pub struct PolicyFlags(u8) {
        /// Sockets may have policies that override this one.
        LOCALOK = 1 "XFRM_POLICY_LOCALOK" "localok";
        /// ICMP errors about the selected flow are matched, too.
        ICMP = 2 "XFRM_POLICY_ICMP" "icmp";
        /// Each CPU acquires a state of its own (Linux 6.13).
        CPU_ACQUIRE = 4 "XFRM_POLICY_CPU_ACQUIRE" "cpu-acquire";
    }
}

flags! {
    /// Flags of an offload to a network card.
    pub struct OffloadFlags(u8) {
        /// Unused.
        IPV6 = 1 "XFRM_OFFLOAD_IPV6" "ipv6";
        /// Received packets; without the flag, sent ones.
        INBOUND = 2 "XFRM_OFFLOAD_INBOUND" "in";
        /// The card handles whole packets, not the cryptography alone.
        PACKET = 4 "XFRM_OFFLOAD_PACKET" "packet";
    }
}

flags! {
    /// Parts of an asynchronous event that a request asks for, and the event's cause.
    #[doc(alias = "xfrm_ae_ftype_t")]
    pub struct AeventFlags(u32) {
        /// Replay threshold.
        RTHR = 1 "XFRM_AE_RTHR" "replay-threshold";
        /// Replay counters.
        RVAL = 2 "XFRM_AE_RVAL" "replay";
        /// Lifetime counters.
        LVAL = 4 "XFRM_AE_LVAL" "lifetime";
        /// Timer threshold.
        ETHR = 8 "XFRM_AE_ETHR" "timer-threshold";
        /// Cause: the replay threshold was reached.
        CR = 16 "XFRM_AE_CR" "replay-update";
        /// Cause: the timer has expired.
        CE = 32 "XFRM_AE_CE" "timer-expired";
        /// Cause: a request has changed the counters.
        CU = 64 "XFRM_AE_CU" "policy-updated";
    }
}

flags! {
    /// Options of [`XFRM_MSG_MIGRATE_STATE`](super::XFRM_MSG_MIGRATE_STATE).
    pub struct MigrateStateFlags(u32) {
        /// The new state is not offloaded.
        CLEAR_OFFLOAD = 1 "XFRM_MIGRATE_STATE_CLEAR_OFFLOAD" "clear-offload";
        /// The selector of a pair of hosts follows the new addresses.
        UPDATE_H2H_SEL = 2 "XFRM_MIGRATE_STATE_UPDATE_H2H_SEL" "update-selector";
    }
}
