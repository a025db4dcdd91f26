//! Traces of packets through the rules: `nft monitor trace`
//! (`linux/netfilter/nf_tables.h`).

use super::{CtState, Verdict, VerdictData};
use crate::codec::{Be, Bytes, Nest, Text};
use crate::netfilter::{ConntrackStatus, NetfilterHeader};
use crate::numbers::numbers;
use crate::{DecodeError, LinkIndex, Row, attributes, fields};

attributes! {
    /// Step of a packet through the rules (`NFTA_TRACE_*`). The kernel reports the steps of
    /// packets whose rule has set `meta nftrace`, to the group
    /// [`NFNLGRP_NFTRACE`](crate::netfilter::NFNLGRP_NFTRACE).
    pub set Trace, enum TraceAttr {
        /// Name of the table.
        1 NFTA_TRACE_TABLE Table table: Text,
        /// Name of the chain.
        2 NFTA_TRACE_CHAIN Chain chain: Text,
        /// Handle of the rule.
        3 NFTA_TRACE_RULE_HANDLE RuleHandle rule_handle: Be<u64>,
        /// Kind of step.
        4 NFTA_TRACE_TYPE Kind kind: Be<TraceKind>,
        /// Verdict of the step.
        5 NFTA_TRACE_VERDICT Verdict verdict: Nest<VerdictData>,
        /// Number of the packet, the same in each of its steps.
        6 NFTA_TRACE_ID Id id: Be<u32>,
        /// Link-layer header; headers are in the first step of each packet.
        7 NFTA_TRACE_LL_HEADER LinkHeader link_header: Bytes,
        /// Network header.
        8 NFTA_TRACE_NETWORK_HEADER NetworkHeader network_header: Bytes,
        /// Transport header.
        9 NFTA_TRACE_TRANSPORT_HEADER TransportHeader transport_header: Bytes,
        /// Index of the input link.
        10 NFTA_TRACE_IIF InputIndex input_index: Be<LinkIndex>,
        /// Hardware type (`ARPHRD_*`) of the input link.
        11 NFTA_TRACE_IIFTYPE InputKind input_kind: Be<u16>,
        /// Index of the output link.
        12 NFTA_TRACE_OIF OutputIndex output_index: Be<LinkIndex>,
        /// Hardware type (`ARPHRD_*`) of the output link.
        13 NFTA_TRACE_OIFTYPE OutputKind output_kind: Be<u16>,
        /// Mark of the packet.
        14 NFTA_TRACE_MARK Mark mark: Be<u32>,
        /// Family of the hook (`NFPROTO_*`).
        15 NFTA_TRACE_NFPROTO Family family: Be<u32>,
        /// Policy that decided on the packet.
        16 NFTA_TRACE_POLICY Policy policy: Be<Verdict>,
        /// Padding.
        17 NFTA_TRACE_PAD Pad pad: Bytes,
        /// Identifier of the packet's connection (Linux 6.16).
        18 NFTA_TRACE_CT_ID ConnectionId connection_id: Be<u32>,
        /// Direction of the packet in its connection: 0 original, 1 reply.
        19 NFTA_TRACE_CT_DIRECTION Direction direction: u8,
        /// Status bits of the connection.
        20 NFTA_TRACE_CT_STATUS Status status: Be<ConntrackStatus>,
        /// Conntrack state of the packet.
        21 NFTA_TRACE_CT_STATE State state: Be<CtState>,
    }
}

numbers! {
    /// Kind of step in a trace.
    #[doc(alias = "nft_trace_types")]
    pub struct TraceKind(u32) {
        UNSPEC = 0 "NFT_TRACETYPE_UNSPEC";
        /// Policy at the end of a base chain.
        POLICY = 1 "NFT_TRACETYPE_POLICY" "policy";
        /// End of a chain, or a `return`.
        RETURN = 2 "NFT_TRACETYPE_RETURN" "return";
        /// Rule that all of the packet's fields match.
        RULE = 3 "NFT_TRACETYPE_RULE" "rule";
    }
}

/// Step of a packet through the rules; its header has the table's family.
pub type TraceRow<'a> = Row<'a, NetfilterHeader, Trace>;

impl<'a> Row<'a, NetfilterHeader, Trace> {
    /// Returns the number of the packet, the same in each of its steps.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_TRACE_ID")]
    pub fn id(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Trace { id })?.id)
    }

    /// Returns the verdict of the step, and the chain of a jump or goto. A step
    /// of kind [`TraceKind::POLICY`] has the policy as its verdict.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "NFTA_TRACE_VERDICT")]
    pub fn verdict(&self) -> Result<Option<(Verdict, Option<crate::Text<'a>>)>, DecodeError> {
        let found = fields!(self.attributes => Trace { verdict, policy })?;
        let Some(verdict) = found.verdict else {
            return Ok(found.policy.map(|policy| (policy, None)));
        };
        let found = fields!(verdict => VerdictData { code, chain })?;
        Ok(found.code.map(|code| (code, found.chain)))
    }
}
