//! Conntrack helpers in user space, as `nfct helper` creates them for
//! conntrackd(8) (`linux/netfilter/nfnetlink_cthelper.h`).
//!
//! ```
//! use nlwire::netfilter::helper::{HelperAttr, HelperStatus, NewHelper};
//!
//! // A change of a helper that exists.
//! let off = [HelperAttr::Status(HelperStatus::DISABLED)];
//! let change = NewHelper::named("rpc".into()).with(&off);
//! ```
//!
//! Helpers are read and deleted by name, or all of them:
//!
//! ```
//! use nlwire::netfilter::helper::{DeleteHelper, FlushHelpers, GetHelper, GetHelpers};
//!
//! let (rpc, all) = (GetHelper::named("rpc".into()), GetHelpers::all());
//! let (rpc, all) = (DeleteHelper::named("rpc".into()), FlushHelpers::all());
//! ```

mod request;

pub use request::*;

use crate::attributes;
use crate::codec::{Be, Nest, Text};
use crate::numbers::numbers;

attributes! {
    /// Helper in user space (`NFCTH_*`).
    pub set UserHelper, enum HelperAttr {
        /// Name: at most 15 bytes.
        1 NFCTH_NAME Name name: Text,
        /// Protocols of the connections.
        2 NFCTH_TUPLE Tuple tuple: Nest<HelperTuple>,
        /// Number of the queue whose program gets the packets (default 0).
        3 NFCTH_QUEUE_NUM Queue queue: Be<u32>,
        /// Classes of expectations.
        4 NFCTH_POLICY Policies policies: Nest<HelperPolicies>,
        /// Number of bytes that the helper stores in each connection, up to 32.
        5 NFCTH_PRIV_DATA_LEN DataLen data_len: Be<u32>,
        /// Status.
        6 NFCTH_STATUS Status status: Be<HelperStatus>,
    }
}

numbers! {
    /// Status of a helper.
    pub struct HelperStatus(u32) {
        DISABLED = 0 "NFCT_HELPER_STATUS_DISABLED" "disabled";
        ENABLED = 1 "NFCT_HELPER_STATUS_ENABLED" "enabled";
    }
}

attributes! {
    /// Protocols of a helper's connections (`NFCTH_TUPLE_*`).
    pub set HelperTuple, enum HelperTupleAttr {
        /// Network protocol: an `AF_*` number.
        1 NFCTH_TUPLE_L3PROTONUM NetworkProtocol network_protocol: Be<u16>,
        /// Transport protocol, such as 6 for TCP.
        2 NFCTH_TUPLE_L4PROTONUM TransportProtocol transport_protocol: u8,
    }
}

attributes! {
    /// Classes of a helper's expectations (`NFCTH_POLICY_SET_*`).
    pub set HelperPolicies, enum HelperPoliciesAttr {
        /// Number of classes, from 1 to 4.
        1 NFCTH_POLICY_SET_NUM Count count: Be<u32>,
        2 NFCTH_POLICY_SET1 First first: Nest<HelperPolicy>,
        3 NFCTH_POLICY_SET2 Second second: Nest<HelperPolicy>,
        4 NFCTH_POLICY_SET3 Third third: Nest<HelperPolicy>,
        5 NFCTH_POLICY_SET4 Fourth fourth: Nest<HelperPolicy>,
    }
}

attributes! {
    /// Class of expectations (`NFCTH_POLICY_*`).
    pub set HelperPolicy, enum HelperPolicyAttr {
        /// Name: at most 15 bytes.
        1 NFCTH_POLICY_NAME Name name: Text,
        /// Maximum number of expectations at a time.
        2 NFCTH_POLICY_EXPECT_MAX Maximum maximum: Be<u32>,
        /// Timeout in seconds.
        3 NFCTH_POLICY_EXPECT_TIMEOUT Timeout timeout: Be<u32>,
    }
}
