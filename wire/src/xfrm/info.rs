//! Sizes of the tables of states (SAD) and policies (SPD), and how policies are hashed.

use core::fmt;

use super::{PROTOCOL, XFRM_MSG_GETSADINFO, XFRM_MSG_GETSPDINFO, XFRM_MSG_NEWSPDINFO};
use crate::codec::Struct;
use crate::schema::Protocol;
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;
use crate::{
    EncodeError, FixedHeader, Flags, MessageRef, Next, Query, Request, Row, Writer, attributes,
};

structs! {
    /// Fixed header of information on the tables: flags without a meaning.
    pub struct InfoHeader: 4 {
        /// Flags; the kernel returns those of the request.
        flags: U32 as crate::schema::Hexadecimal,
    }

    /// Hash table of states.
    #[doc(alias = "xfrmu_sadhinfo")]
    pub struct StateHash: 8 {
        /// Number of buckets.
        #[doc(alias = "sadhcnt")]
        buckets: U32,
        /// Maximum number of buckets.
        #[doc(alias = "sadhmcnt")]
        max_buckets: U32,
    }

    /// Number of policies by direction.
    #[doc(alias = "xfrmu_spdinfo")]
    pub struct PolicyCounts: 24 {
        /// Number of policies for packets to this host.
        #[doc(alias = "incnt")]
        input: U32,
        /// Number of policies for packets that leave this host.
        #[doc(alias = "outcnt")]
        output: U32,
        /// Number of policies for forwarded packets.
        #[doc(alias = "fwdcnt")]
        forward: U32,
        /// Number of policies of sockets, for packets to this host.
        #[doc(alias = "inscnt")]
        socket_input: U32,
        /// Number of policies of sockets, for packets that leave this host.
        #[doc(alias = "outscnt")]
        socket_output: U32,
        /// Number of policies of sockets, for forwarded packets.
        #[doc(alias = "fwdscnt")]
        socket_forward: U32,
    }

    /// Hash table of policies.
    #[doc(alias = "xfrmu_spdhinfo")]
    pub struct PolicyHash: 8 {
        /// Number of buckets.
        #[doc(alias = "spdhcnt")]
        buckets: U32,
        /// Maximum number of buckets.
        #[doc(alias = "spdhmcnt")]
        max_buckets: U32,
    }

    /// Thresholds: policies whose prefixes have at least these lengths are hashed; the others are
    /// tried one by one.
    #[doc(alias = "xfrmu_spdhthresh")]
    pub struct HashThreshold: 2 {
        /// Prefix length of the local network, in bits.
        #[doc(alias = "lbits")]
        local_len: u8,
        /// Prefix length of the remote network, in bits.
        #[doc(alias = "rbits")]
        remote_len: u8,
    }
}

impl FixedHeader for InfoHeader {}

attributes! {
    /// Table of states (`XFRMA_SAD_*`).
    #[doc(alias = "xfrm_sadattr_type_t")]
    pub set StateTable, enum StateTableAttr {
        /// Number of states.
        1 XFRMA_SAD_CNT Count count: u32,
        /// Hash table.
        2 XFRMA_SAD_HINFO Hash hash: Struct<StateHash>,
    }
}

attributes! {
    /// Table of policies (`XFRMA_SPD_*`).
    #[doc(alias = "xfrm_spdattr_type_t")]
    pub set PolicyTable, enum PolicyTableAttr {
        /// Number of policies.
        1 XFRMA_SPD_INFO Counts counts: Struct<PolicyCounts>,
        /// Hash table.
        2 XFRMA_SPD_HINFO Hash hash: Struct<PolicyHash>,
        /// Thresholds of IPv4.
        3 XFRMA_SPD_IPV4_HTHRESH ThresholdV4 threshold_v4: Struct<HashThreshold>,
        /// Thresholds of IPv6.
        4 XFRMA_SPD_IPV6_HTHRESH ThresholdV6 threshold_v6: Struct<HashThreshold>,
    }
}

/// Size of the table of states.
pub type StateTableRow<'a> = Row<'a, InfoHeader, StateTable>;

/// Size of the table of policies, and its thresholds.
pub type PolicyTableRow<'a> = Row<'a, InfoHeader, PolicyTable>;

/// Asks for the size of the table of states, as `ip xfrm state count` does.
///
/// ```
/// use nlwire::xfrm::GetStateTable;
///
/// let query = GetStateTable::new();
/// # let _ = query;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETSADINFO")]
pub struct GetStateTable(());

impl GetStateTable {
    /// Asks for all that the kernel reports.
    pub const fn new() -> Self {
        Self(())
    }
}

/// Asks for the size of the table of policies, as `ip xfrm policy count` does.
///
/// ```
/// use nlwire::xfrm::GetPolicyTable;
///
/// let query = GetPolicyTable::new();
/// # let _ = query;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_GETSPDINFO")]
pub struct GetPolicyTable(());

impl GetPolicyTable {
    /// Asks for all that the kernel reports.
    pub const fn new() -> Self {
        Self(())
    }
}

impl Request for GetStateTable {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = InfoHeader::default();
        w.append_message(XFRM_MSG_GETSADINFO, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("table of states")
    }
}

impl Query for GetStateTable {
    type Row<'r> = StateTableRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StateTableRow<'_> {
        Row::of(message)
    }
}

impl Request for GetPolicyTable {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = InfoHeader::default();
        w.append_message(XFRM_MSG_GETSPDINFO, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("table of policies")
    }
}

impl Query for GetPolicyTable {
    type Row<'r> = PolicyTableRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> PolicyTableRow<'_> {
        Row::of(message)
    }
}

/// Sets the thresholds from which policies are hashed, as `ip xfrm policy set` does. A family
/// that is not named keeps its own.
///
/// ```
/// use nlwire::xfrm::SetPolicyTable;
///
/// let change = SetPolicyTable::new().threshold_v4(24, 16);
/// # let _ = change;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_NEWSPDINFO")]
pub struct SetPolicyTable {
    v4: Option<HashThreshold>,
    v6: Option<HashThreshold>,
}

impl SetPolicyTable {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the prefix lengths for IPv4, local and remote, at most 32.
    #[doc(alias = "XFRMA_SPD_IPV4_HTHRESH")]
    pub const fn threshold_v4(mut self, local_len: u8, remote_len: u8) -> Self {
        self.v4 = Some(HashThreshold {
            local_len,
            remote_len,
        });
        self
    }

    /// Sets the prefix lengths for IPv6, local and remote, at most 128.
    #[doc(alias = "XFRMA_SPD_IPV6_HTHRESH")]
    pub const fn threshold_v6(mut self, local_len: u8, remote_len: u8) -> Self {
        self.v6 = Some(HashThreshold {
            local_len,
            remote_len,
        });
        self
    }
}

impl Request for SetPolicyTable {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = InfoHeader::default();
        w.append_message(XFRM_MSG_NEWSPDINFO, Flags::empty(), &header, |w| {
            w.put(self.v4.as_ref().map(PolicyTableAttr::ThresholdV4))?
                .put(self.v6.as_ref().map(PolicyTableAttr::ThresholdV6))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("thresholds of policies")
    }
}

crate::__format!(GetStateTable, GetPolicyTable, SetPolicyTable);
