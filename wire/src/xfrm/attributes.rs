//! Attributes of all messages, `XFRMA_*`, and the structs in them.

use core::net::IpAddr;

use super::address::{MixedFamilies, narrow, same_family, wide};
use super::{
    AeadAlgorithm, Algorithm, AuthAlgorithm, EncapsulationType, ExtraFlags, IpsecProtocol,
    LifetimeUse, Mode, PolicyHeader, PolicyType, StateDirection, StateHeader, Template,
};
use crate::codec::{Array, ByteArray, Bytes, Flag, Flexible, Many, Shown, Struct, WithArray};
use crate::schema::{Hexadecimal, Microseconds, Seconds, WideAddress};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::network_endian;
use crate::{LinkIndex, Prefix, attributes};

structs! {
    /// Firewall mark that packets must have.
    #[doc(alias = "xfrm_mark")]
    pub struct Mark: 8 {
        /// Value.
        #[doc(alias = "v")]
        value: U32 as Hexadecimal,
        /// Mask of the bits that are compared.
        #[doc(alias = "m")]
        mask: U32 as Hexadecimal,
    }

    /// Encapsulation of ESP in UDP or TCP, for NATs.
    #[doc(alias = "xfrm_encap_tmpl")]
    pub struct Encapsulation: 24 {
        /// Type ([`EncapsulationType`]).
        #[doc(alias = "encap_type")]
        kind: U16 as EncapsulationType,
        /// Source port.
        #[doc(alias = "encap_sport")]
        source_port: network_endian::U16,
        /// Destination port.
        #[doc(alias = "encap_dport")]
        destination_port: network_endian::U16,
        /// Padding.
        padding: [u8; 2],
        /// Original address, before a NAT; zeros for none.
        #[doc(alias = "encap_oa")]
        original: [u8; 16] as WideAddress,
    }

    /// Replay counters of 32 bits.
    #[doc(alias = "xfrm_replay_state")]
    pub struct ReplayState: 12 {
        /// Sequence number of the last sent packet.
        #[doc(alias = "oseq")]
        sent: U32,
        /// Largest received sequence number.
        #[doc(alias = "seq")]
        received: U32,
        /// Received packets of the window.
        bitmap: U32 as Hexadecimal,
    }

    /// Replay counters of 64 bits, in front of the window: one bit for each packet.
    #[doc(alias = "xfrm_replay_state_esn")]
    pub struct ReplayEsn: 24 {
        /// Size of the bitmap in words of 32 bits, at most 128.
        #[doc(alias = "bmp_len")]
        bitmap_len: U32,
        /// Sequence number of the last sent packet, lower 32 bits.
        #[doc(alias = "oseq")]
        sent: U32,
        /// Largest received sequence number, lower 32 bits.
        #[doc(alias = "seq")]
        received: U32,
        /// Sequence number of the last sent packet, upper 32 bits.
        #[doc(alias = "oseq_hi")]
        sent_high: U32,
        /// Largest received sequence number, upper 32 bits.
        #[doc(alias = "seq_hi")]
        received_high: U32,
        /// Size of the window in packets.
        replay_window: U32,
    }

    /// Security context, in front of its text.
    #[doc(alias = "xfrm_user_sec_ctx")]
    pub struct SecurityContext: 8 {
        /// Length in bytes, this struct and the text.
        #[doc(alias = "len")]
        length: U16,
        /// Attribute type: [`XFRMA_SEC_CTX`].
        #[doc(alias = "exttype")]
        kind: U16,
        /// Algorithm.
        #[doc(alias = "ctx_alg")]
        algorithm: u8 as super::SecurityAlgorithm,
        /// Domain of interpretation.
        #[doc(alias = "ctx_doi")]
        domain: u8 as super::SecurityDomain,
        /// Length of the text in bytes.
        #[doc(alias = "ctx_len")]
        text_len: U16,
    }

    /// Type of a policy.
    #[doc(alias = "xfrm_userpolicy_type")]
    pub struct PolicyTypeHeader: 6 {
        /// Type.
        #[doc(alias = "type")]
        kind: PolicyType,
        /// Padding.
        padding: [u8; 5],
    }

    /// New addresses for states between two addresses, and for the templates of a policy.
    #[doc(alias = "xfrm_user_migrate")]
    pub struct Migration: 76 {
        /// Old destination.
        #[doc(alias = "old_daddr")]
        old_destination: [u8; 16] as WideAddress,
        /// Old source.
        #[doc(alias = "old_saddr")]
        old_source: [u8; 16] as WideAddress,
        /// New destination.
        #[doc(alias = "new_daddr")]
        new_destination: [u8; 16] as WideAddress,
        /// New source.
        #[doc(alias = "new_saddr")]
        new_source: [u8; 16] as WideAddress,
        /// Protocol.
        #[doc(alias = "proto")]
        protocol: IpsecProtocol,
        /// Mode.
        mode: Mode,
        /// Zero.
        reserved: U16,
        /// Request id; 0 for any.
        reqid: U32,
        /// Address family of the old addresses.
        old_family: U16 as crate::AddressFamily,
        /// Address family of the new addresses.
        new_family: U16 as crate::AddressFamily,
    }

    /// Addresses with which the key managers negotiate.
    #[doc(alias = "xfrm_user_kmaddress")]
    pub struct KeyManagerAddresses: 40 {
        /// Local address.
        local: [u8; 16] as WideAddress,
        /// Remote address.
        remote: [u8; 16] as WideAddress,
        /// Zero.
        reserved: U32,
        /// Address family.
        family: U16 as crate::AddressFamily,
        /// Padding.
        padding: [u8; 2],
    }

    /// Networks of the states that are listed.
    #[doc(alias = "xfrm_address_filter")]
    pub struct AddressFilter: 36 {
        /// Source network.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Destination network.
        #[doc(alias = "daddr")]
        destination: [u8; 16] as WideAddress,
        /// Address family; 0 for any.
        family: U16 as crate::AddressFamily,
        /// Prefix length of the source, in bits.
        #[doc(alias = "splen")]
        source_len: u8,
        /// Prefix length of the destination, in bits.
        #[doc(alias = "dplen")]
        destination_len: u8,
    }

    /// Network card that a state or a policy is offloaded to.
    #[doc(alias = "xfrm_user_offload")]
    pub struct Offload: 8 {
        /// Link index.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// Flags ([`OffloadFlags`](super::OffloadFlags)).
        flags: u8 as super::OffloadFlags,
        /// Padding.
        padding: [u8; 3],
    }
}

impl Flexible for ReplayEsn {
    type Element = U32;
    const ARRAY: &'static str = "bitmap";
}

impl Flexible for SecurityContext {
    type Element = u8;
    const ARRAY: &'static str = "text";
}

impl Encapsulation {
    /// Wraps ESP in UDP (RFC 3948), usually between the ports 4500.
    #[must_use]
    pub fn udp(source_port: u16, destination_port: u16) -> Self {
        Self::of(EncapsulationType::ESPINUDP, source_port, destination_port)
    }

    /// Wraps ESP in TCP (RFC 8229).
    #[must_use]
    pub fn tcp(source_port: u16, destination_port: u16) -> Self {
        Self::of(EncapsulationType::ESPINTCP, source_port, destination_port)
    }

    fn of(kind: EncapsulationType, source_port: u16, destination_port: u16) -> Self {
        Self {
            kind: kind.0.into(),
            source_port: source_port.into(),
            destination_port: destination_port.into(),
            ..Self::default()
        }
    }

    /// Sets the original address, before a NAT.
    #[must_use]
    #[doc(alias = "encap_oa")]
    pub fn original(mut self, address: IpAddr) -> Self {
        self.original = wide(address);
        self
    }
}

impl Migration {
    /// Moves states from one pair of addresses to another.
    ///
    /// ```
    /// use nlwire::xfrm::{IpsecProtocol, Migration, Mode};
    ///
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let roamed = Migration::new((here, there), ("198.51.100.7".parse()?, there))?
    ///     .protocol(IpsecProtocol::ESP)
    ///     .mode(Mode::TUNNEL)
    ///     .reqid(7);
    /// assert_eq!(roamed.new_source(), Some("198.51.100.7".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MixedFamilies`] if the source and the destination of a pair are of different IP families.
    pub fn new(
        (old_source, old_destination): (IpAddr, IpAddr),
        (new_source, new_destination): (IpAddr, IpAddr),
    ) -> Result<Self, MixedFamilies> {
        Ok(Self {
            old_destination: wide(old_destination),
            old_source: wide(old_source),
            new_destination: wide(new_destination),
            new_source: wide(new_source),
            old_family: same_family(old_source, old_destination)?.into(),
            new_family: same_family(new_source, new_destination)?.into(),
            protocol: IpsecProtocol::ESP,
            ..Self::default()
        })
    }

    /// Sets the protocol; the default is ESP.
    #[must_use]
    pub const fn protocol(mut self, protocol: IpsecProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Sets the mode; the default is transport mode.
    #[must_use]
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the request id.
    #[must_use]
    pub fn reqid(mut self, reqid: u32) -> Self {
        self.reqid = reqid.into();
        self
    }

    /// Returns the old source; `None` for an unknown family.
    #[must_use]
    pub fn old_source(&self) -> Option<IpAddr> {
        narrow(self.old_family.get(), self.old_source)
    }

    /// Returns the old destination; `None` for an unknown family.
    #[must_use]
    pub fn old_destination(&self) -> Option<IpAddr> {
        narrow(self.old_family.get(), self.old_destination)
    }

    /// Returns the new source; `None` for an unknown family.
    #[must_use]
    pub fn new_source(&self) -> Option<IpAddr> {
        narrow(self.new_family.get(), self.new_source)
    }

    /// Returns the new destination; `None` for an unknown family.
    #[must_use]
    pub fn new_destination(&self) -> Option<IpAddr> {
        narrow(self.new_family.get(), self.new_destination)
    }
}

impl KeyManagerAddresses {
    /// Names the addresses of the key managers.
    ///
    /// # Errors
    /// [`MixedFamilies`] if the addresses are of different IP families.
    pub fn new(local: IpAddr, remote: IpAddr) -> Result<Self, MixedFamilies> {
        Ok(Self {
            local: wide(local),
            remote: wide(remote),
            family: same_family(local, remote)?.into(),
            ..Self::default()
        })
    }
}

impl AddressFilter {
    /// Selects states of a family by source, destination or both.
    pub(super) fn new(source: Option<Prefix>, destination: Option<Prefix>, family: u16) -> Self {
        let parts = |prefix: Option<Prefix>| match prefix {
            Some(prefix) => (wide(prefix.address()), prefix.length()),
            None => ([0; 16], 0),
        };
        let (source, source_len) = parts(source);
        let (destination, destination_len) = parts(destination);
        Self {
            source,
            destination,
            family: family.into(),
            source_len,
            destination_len,
        }
    }
}

attributes! {
    /// Attributes of states, policies and events (`XFRMA_*`).
    #[doc(alias = "xfrm_attr_type_t")]
    pub set Xfrm, enum XfrmAttr {
        /// Authentication; the key is secret.
        1 XFRMA_ALG_AUTH Authentication authentication: WithArray<Algorithm>,
        /// Encryption; the key is secret.
        2 XFRMA_ALG_CRYPT Encryption encryption: WithArray<Algorithm>,
        /// Compression.
        3 XFRMA_ALG_COMP Compression compression: WithArray<Algorithm>,
        /// Encapsulation in UDP or TCP.
        4 XFRMA_ENCAP Encapsulation encapsulation: Struct<Encapsulation>,
        /// Templates of a policy: the states that packets need, the innermost first.
        5 XFRMA_TMPL Templates templates: Array<Template>,
        /// State, in reports of its deletion.
        6 XFRMA_SA State state: Struct<StateHeader>,
        /// Policy, in reports of its deletion.
        7 XFRMA_POLICY Policy policy: Struct<PolicyHeader>,
        /// Security context, such as SELinux's.
        8 XFRMA_SEC_CTX SecurityContext security_context: WithArray<SecurityContext>,
        /// Use so far.
        9 XFRMA_LTIME_VAL LifetimeUse lifetime_use: Struct<LifetimeUse>,
        /// Replay counters of 32 bits.
        10 XFRMA_REPLAY_VAL Replay replay: Struct<ReplayState>,
        /// Number of packets after which the replay counters are reported.
        11 XFRMA_REPLAY_THRESH ReplayThreshold replay_threshold: u32,
        /// Interval between reports of the replay counters: units of 100 ms in reports, ticks of
        /// the kernel in requests.
        12 XFRMA_ETIMER_THRESH TimerThreshold timer_threshold: u32,
        /// Source address, in requests for a state without an SPI.
        13 XFRMA_SRCADDR Source source: Shown<ByteArray<16>, WideAddress>,
        /// Care-of address of Mobile IPv6.
        14 XFRMA_COADDR CareOf care_of: Shown<ByteArray<16>, WideAddress>,
        /// Time of the last use in seconds since 1970.
        15 XFRMA_LASTUSED LastUsed last_used: Shown<u64, Seconds>,
        /// Type of a policy.
        16 XFRMA_POLICY_TYPE PolicyType policy_type: Struct<PolicyTypeHeader>,
        /// New addresses: an array in requests, an attribute each in reports.
        17 XFRMA_MIGRATE Migrations migrations: Many<Array<Migration>>,
        /// Authenticated encryption (AEAD); the key is secret.
        18 XFRMA_ALG_AEAD Aead aead: WithArray<AeadAlgorithm>,
        /// Addresses of the key managers.
        19 XFRMA_KMADDRESS KeyManagers key_managers: Struct<KeyManagerAddresses>,
        /// Authentication with a truncated tag; the key is secret.
        20 XFRMA_ALG_AUTH_TRUNC TruncatedAuthentication truncated_authentication: WithArray<AuthAlgorithm>,
        /// Mark that packets must have.
        21 XFRMA_MARK Mark mark: Struct<Mark>,
        /// Traffic flow confidentiality: size in bytes that packets are padded to.
        22 XFRMA_TFCPAD PaddedSize padded_size: u32,
        /// Replay counters of 64 bits, or a window of more than 32 packets.
        23 XFRMA_REPLAY_ESN_VAL ReplayEsn replay_esn: WithArray<ReplayEsn>,
        /// More flags of a state.
        24 XFRMA_SA_EXTRA_FLAGS ExtraFlags extra_flags: ExtraFlags,
        /// Protocol of the states that are listed.
        25 XFRMA_PROTO Protocol protocol: Shown<u8, IpsecProtocol>,
        /// Networks of the states that are listed.
        26 XFRMA_ADDRESS_FILTER AddressFilter address_filter: Struct<AddressFilter>,
        /// Padding.
        27 XFRMA_PAD Pad pad: Bytes,
        /// Network card that the state or policy is offloaded to.
        28 XFRMA_OFFLOAD_DEV Offload offload: Struct<Offload>,
        /// Mark that transformed packets get (`output-mark`).
        29 XFRMA_SET_MARK SetMark set_mark: Shown<u32, Hexadecimal>,
        /// Mask of the mark that transformed packets get.
        30 XFRMA_SET_MARK_MASK SetMarkMask set_mark_mask: Shown<u32, Hexadecimal>,
        /// Interface id, which chooses an `xfrm` link.
        31 XFRMA_IF_ID InterfaceId interface_id: Shown<u32, Hexadecimal>,
        /// Minimum interval between reports of a new NAT mapping, in seconds (Linux 5.17).
        32 XFRMA_MTIMER_THRESH MappingInterval mapping_interval: Shown<u32, Seconds>,
        /// Direction of the state (Linux 6.10).
        33 XFRMA_SA_DIR Direction direction: StateDirection,
        /// Interval between keepalives for NATs, in seconds (Linux 6.11).
        34 XFRMA_NAT_KEEPALIVE_INTERVAL NatKeepalive nat_keepalive: Shown<u32, Seconds>,
        /// CPU that uses the state (Linux 6.13).
        35 XFRMA_SA_PCPU Cpu cpu: u32,
        /// IP-TFS, received packets: time to wait for a missing sequence number (Linux 6.14).
        36 XFRMA_IPTFS_DROP_TIME IptfsDropTime iptfs_drop_time: Shown<u32, Microseconds>,
        /// IP-TFS, received packets: size of the reorder window in packets.
        37 XFRMA_IPTFS_REORDER_WINDOW IptfsReorderWindow iptfs_reorder_window: u16,
        /// IP-TFS, sent packets: no fragmentation.
        38 XFRMA_IPTFS_DONT_FRAG IptfsDontFragment iptfs_dont_fragment: Flag,
        /// IP-TFS, sent packets: time that the first packet waits for others.
        39 XFRMA_IPTFS_INIT_DELAY IptfsInitialDelay iptfs_initial_delay: Shown<u32, Microseconds>,
        /// IP-TFS, sent packets: maximum size of the queue in bytes.
        40 XFRMA_IPTFS_MAX_QSIZE IptfsMaxQueueSize iptfs_max_queue_size: u32,
        /// IP-TFS, sent packets: size of outer packets in bytes; 0 for the path MTU.
        41 XFRMA_IPTFS_PKT_SIZE IptfsPacketSize iptfs_packet_size: u32,
    }
}

/// Other name of [`XFRMA_SET_MARK`].
pub const XFRMA_OUTPUT_MARK: u16 = XFRMA_SET_MARK;
/// Maximum size of a replay window in bits.
pub const XFRMA_REPLAY_ESN_MAX: u16 = 4096;
