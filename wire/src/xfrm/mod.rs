//! `NETLINK_XFRM`: states and policies of IPsec, as `ip xfrm` shows and sets them
//! (`linux/xfrm.h`, ip-xfrm(8)).
//!
//! A state is a security association (SA): addresses, SPI, algorithms and keys. A policy selects
//! packets, and its templates name the states that protect them. All requests need
//! `CAP_NET_ADMIN`, those that read too.
//!
//! ```
//! use nlwire::xfrm::{IpsecProtocol, NewPolicy, NewState, Selector, Template};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let key = [0; 20];
//! let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
//! let state = NewState::esp(here, there, 0x1000)
//!     .aead("rfc4106(gcm(aes))", &key, 128)
//!     .tunnel()
//!     .reqid(1);
//! let templates = [Template::tunnel(IpsecProtocol::ESP, here, there)?.reqid(1)];
//! let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?;
//! let policy = NewPolicy::output(selector).templates(&templates);
//! # let mut buffer = [0; 2048];
//! let mut batch = nlwire::Batch::new(&mut buffer);
//! batch.push(&state)?;
//! batch.push(&policy)?;
//! # Ok(())
//! # }
//! ```
//!
//! | to | value |
//! |---|---|
//! | add, update, get, delete a state | [`NewState`], [`SetState`], [`GetState`], [`DeleteState`] |
//! | list or delete all states | [`GetStates`], [`FlushStates`] |
//! | have an SPI chosen | [`AllocateSpi`] |
//! | read and set the counters of a state | [`GetAevent`], [`SetAevent`] |
//! | add, replace, get, delete a policy | [`NewPolicy`], [`SetPolicy`], [`GetPolicy`], [`DeletePolicy`] |
//! | list or delete all policies | [`GetPolicies`], [`FlushPolicies`] |
//! | move a policy to other addresses | [`Migrate`] |
//! | report an expiry | [`ExpireState`], [`ExpirePolicy`] |
//! | read and set the default actions | [`GetDefaults`], [`SetDefaults`] |
//! | read sizes, set the thresholds of hashing | [`GetStateTable`], [`GetPolicyTable`], [`SetPolicyTable`] |
//! | read notifications | [`Change`] |
//!
//! Keys are secret: trees, `Debug` and serialisation print their length only. The method `key` of
//! an algorithm returns one.

mod address;
mod algorithm;
mod attributes;
mod change;
mod info;
pub mod policy;
mod selector;
pub mod state;
mod values;

pub use address::MixedFamilies;
pub use algorithm::*;
pub use attributes::*;
pub use change::*;
pub use info::*;
#[doc(no_inline)]
pub use policy::*;
pub use selector::Selector;
#[doc(no_inline)]
pub use state::*;
pub use values::*;

use crate::codec::AttributeSet as _;
use crate::schema::{MessageSchema, Protocol, SchemaFn, TypeName};
use crate::writer::Put;
use crate::{
    Attrs, DecodeError, FixedHeader, Flags, GetFlags, MessageRef, MessageType, Writer, fields,
};

/// Protocol number for socket(2).
pub const NETLINK_XFRM: u8 = 6;

/// Multicast group of acquires.
pub const XFRMNLGRP_ACQUIRE: u32 = 1;
/// Multicast group of expired states and policies.
pub const XFRMNLGRP_EXPIRE: u32 = 2;
/// Multicast group of states.
pub const XFRMNLGRP_SA: u32 = 3;
/// Multicast group of policies and default actions.
pub const XFRMNLGRP_POLICY: u32 = 4;
/// Multicast group of asynchronous events: counters of states.
pub const XFRMNLGRP_AEVENTS: u32 = 5;
/// Multicast group of reports on packets of Mobile IPv6.
pub const XFRMNLGRP_REPORT: u32 = 6;
/// Multicast group of migrations.
pub const XFRMNLGRP_MIGRATE: u32 = 7;
/// Multicast group of new NAT mappings.
pub const XFRMNLGRP_MAPPING: u32 = 8;

/// Declares the message types and their names.
macro_rules! types {
    ($($(#[$meta:meta])* $number:literal $name:ident;)*) => {
        $($(#[$meta])* pub const $name: MessageType = MessageType($number);)*
        const TYPES: &[TypeName] = &[$(TypeName::new($name, stringify!($name))),*];
    };
}

types! {
    /// Adds a state; a state in reports.
    16 XFRM_MSG_NEWSA;
    /// Deletes a state.
    17 XFRM_MSG_DELSA;
    /// Asks for a state, or lists states.
    18 XFRM_MSG_GETSA;
    /// Adds a policy; a policy in reports.
    19 XFRM_MSG_NEWPOLICY;
    /// Deletes a policy.
    20 XFRM_MSG_DELPOLICY;
    /// Asks for a policy, or lists policies.
    21 XFRM_MSG_GETPOLICY;
    /// Asks for an SPI.
    22 XFRM_MSG_ALLOCSPI;
    /// The kernel asks for a state.
    23 XFRM_MSG_ACQUIRE;
    /// A state expires.
    24 XFRM_MSG_EXPIRE;
    /// Adds or replaces a policy.
    25 XFRM_MSG_UPDPOLICY;
    /// Updates a state.
    26 XFRM_MSG_UPDSA;
    /// A policy expires.
    27 XFRM_MSG_POLEXPIRE;
    /// Deletes all states.
    28 XFRM_MSG_FLUSHSA;
    /// Deletes all policies.
    29 XFRM_MSG_FLUSHPOLICY;
    /// Sets the counters of a state; the counters in reports.
    30 XFRM_MSG_NEWAE;
    /// Asks for the counters of a state.
    31 XFRM_MSG_GETAE;
    /// Reports a packet of Mobile IPv6 without a state.
    32 XFRM_MSG_REPORT;
    /// Moves a policy to other addresses.
    33 XFRM_MSG_MIGRATE;
    /// Size of the table of states.
    34 XFRM_MSG_NEWSADINFO;
    /// Asks for the size of the table of states.
    35 XFRM_MSG_GETSADINFO;
    /// Sets the thresholds of policies; the size of their table in replies.
    36 XFRM_MSG_NEWSPDINFO;
    /// Asks for the size of the table of policies.
    37 XFRM_MSG_GETSPDINFO;
    /// Reports a new address or port of a peer behind a NAT.
    38 XFRM_MSG_MAPPING;
    /// Sets default actions.
    39 XFRM_MSG_SETDEFAULT;
    /// Asks for the default actions; the actions in replies.
    40 XFRM_MSG_GETDEFAULT;
    /// Moves one state to other addresses (Linux 7.2).
    41 XFRM_MSG_MIGRATE_STATE;
}

/// Describes the messages of a type, whose attributes are [`Xfrm`] unless another set is named.
macro_rules! message {
    ($name:ident $header:ty) => {
        message!($name $header, Xfrm)
    };
    ($name:ident $header:ty, $set:ident) => {
        describe::<$header>($name, stringify!($name), $set::schema)
    };
}

const fn describe<T: FixedHeader>(
    kind: MessageType,
    name: &'static str,
    set: SchemaFn,
) -> MessageSchema {
    MessageSchema::new::<T>(kind, name, set)
}

/// Schema of the protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_XFRM,
    name: "xfrm",
    types: TYPES,
    verb: None,
    messages: &[
        message!(XFRM_MSG_NEWSA StateHeader),
        message!(XFRM_MSG_DELSA StateId),
        // A request for a list has no fixed header.
        message!(XFRM_MSG_GETSA()).only(is_dump),
        message!(XFRM_MSG_GETSA StateId),
        message!(XFRM_MSG_NEWPOLICY PolicyHeader),
        message!(XFRM_MSG_DELPOLICY PolicyId),
        message!(XFRM_MSG_GETPOLICY()).only(is_dump),
        message!(XFRM_MSG_GETPOLICY PolicyId),
        message!(XFRM_MSG_ALLOCSPI SpiHeader),
        message!(XFRM_MSG_ACQUIRE AcquireHeader),
        message!(XFRM_MSG_EXPIRE StateExpiryHeader),
        message!(XFRM_MSG_UPDPOLICY PolicyHeader),
        message!(XFRM_MSG_UPDSA StateHeader),
        message!(XFRM_MSG_POLEXPIRE PolicyExpiryHeader),
        message!(XFRM_MSG_FLUSHSA FlushStatesHeader),
        message!(XFRM_MSG_FLUSHPOLICY()),
        message!(XFRM_MSG_NEWAE AeventHeader),
        message!(XFRM_MSG_GETAE AeventHeader),
        message!(XFRM_MSG_REPORT ReportHeader),
        message!(XFRM_MSG_MIGRATE PolicyId),
        message!(XFRM_MSG_NEWSADINFO InfoHeader, StateTable),
        message!(XFRM_MSG_GETSADINFO InfoHeader, StateTable),
        message!(XFRM_MSG_NEWSPDINFO InfoHeader, PolicyTable),
        message!(XFRM_MSG_GETSPDINFO InfoHeader, PolicyTable),
        message!(XFRM_MSG_MAPPING MappingHeader),
        message!(XFRM_MSG_SETDEFAULT DefaultsHeader),
        message!(XFRM_MSG_GETDEFAULT DefaultsHeader),
        message!(XFRM_MSG_MIGRATE_STATE MigrateStateHeader),
    ],
    family: None,
};

fn is_dump(message: &MessageRef<'_>, is_request: bool) -> bool {
    is_request && message.flags().contains(Flags::from(GetFlags::DUMP))
}

/// Puts the type of a policy, which is main without it: kernels without sub-policies know no
/// other.
fn put_policy_type<'w, 'b>(w: &'w mut Writer<'b>, kind: PolicyType) -> Put<'w, 'b> {
    if kind == PolicyType::MAIN {
        return Ok(w);
    }
    let header = PolicyTypeHeader {
        kind,
        ..PolicyTypeHeader::default()
    };
    w.put(XfrmAttr::PolicyType(&header))
}

/// Returns the mark of a state or a policy, and its mask.
///
/// # Errors
/// Fails if the attribute has a wrong length.
///
/// ```
/// use nlwire::xfrm::{StateRow, mark_of};
///
/// fn has_mark(row: &StateRow<'_>) -> Result<bool, nlwire::DecodeError> {
///     Ok(mark_of(row.attributes)?.is_some())
/// }
/// # let _ = has_mark;
/// ```
#[doc(alias = "XFRMA_MARK")]
pub fn mark_of(attributes: Attrs<'_>) -> Result<Option<(u32, u32)>, DecodeError> {
    let found = fields!(attributes => Xfrm { mark })?.mark;
    Ok(found.map(|mark| (mark.value.get(), mark.mask.get())))
}

/// Returns the interface id of a state or a policy.
///
/// # Errors
/// Fails if the attribute has a wrong length.
#[doc(alias = "XFRMA_IF_ID")]
pub fn interface_id_of(attributes: Attrs<'_>) -> Result<Option<u32>, DecodeError> {
    Ok(fields!(attributes => Xfrm { interface_id })?.interface_id)
}
