//! Notifications, and the fixed headers of those that no other file has.

use core::net::IpAddr;

use super::address::{narrow, short};
use super::{
    AeventRow, DefaultsRow, DeletedPolicyRow, DeletedStateRow, FlushStatesHeader, IpsecProtocol,
    Mark, Migration, PolicyExpiryRow, PolicyHeader, PolicyId, PolicyRow, Selector, StateExpiryRow,
    StateId, StateKey, StateRow, Template, XFRM_MSG_ACQUIRE, XFRM_MSG_DELPOLICY, XFRM_MSG_DELSA,
    XFRM_MSG_EXPIRE, XFRM_MSG_FLUSHPOLICY, XFRM_MSG_FLUSHSA, XFRM_MSG_GETDEFAULT, XFRM_MSG_MAPPING,
    XFRM_MSG_MIGRATE, XFRM_MSG_NEWAE, XFRM_MSG_NEWPOLICY, XFRM_MSG_NEWSA, XFRM_MSG_POLEXPIRE,
    XFRM_MSG_REPORT, XFRM_MSG_UPDPOLICY, XFRM_MSG_UPDSA, Xfrm,
};
use crate::codec::{Array, Repeats};
use crate::schema::{Hexadecimal, WideAddress};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::network_endian;
use crate::{DecodeError, FixedHeader, MessageRef, Row, fields};

structs! {
    /// Fixed header of acquires: the kernel asks key managers for a state.
    #[doc(alias = "xfrm_user_acquire")]
    pub struct AcquireHeader: 280 {
        /// Destination and protocol of the state.
        id: StateKey,
        /// Source address of the state.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Packet that needs the state.
        #[doc(alias = "sel")]
        selector: Selector,
        /// Policy that asks for the state.
        policy: super::PolicyHeader,
        /// Authentication algorithms that the template accepts, a bit for each PF_KEY number.
        #[doc(alias = "aalgos")]
        authentication: U32 as Hexadecimal,
        /// Encryption algorithms that the template accepts.
        #[doc(alias = "ealgos")]
        encryption: U32 as Hexadecimal,
        /// Compression algorithms that the template accepts.
        #[doc(alias = "calgos")]
        compression: U32 as Hexadecimal,
        /// Sequence number, which the new state repeats.
        #[doc(alias = "seq")]
        sequence: U32,
    }

    /// Fixed header of reports on a packet of Mobile IPv6 without a state.
    #[doc(alias = "xfrm_user_report")]
    pub struct ReportHeader: 60 {
        /// Protocol.
        #[doc(alias = "proto")]
        protocol: IpsecProtocol,
        /// Padding.
        padding: [u8; 3],
        /// Packet.
        #[doc(alias = "sel")]
        selector: Selector,
    }

    /// Fixed header of mappings: a NAT has changed the peer's address or port.
    #[doc(alias = "xfrm_user_mapping")]
    pub struct MappingHeader: 64 {
        /// Identity of the state.
        id: StateId,
        /// Request id.
        reqid: U32,
        /// Old source.
        #[doc(alias = "old_saddr")]
        old_source: [u8; 16] as WideAddress,
        /// New source.
        #[doc(alias = "new_saddr")]
        new_source: [u8; 16] as WideAddress,
        /// Old source port.
        #[doc(alias = "old_sport")]
        old_port: network_endian::U16,
        /// New source port.
        #[doc(alias = "new_sport")]
        new_port: network_endian::U16,
    }

    /// Fixed header of requests that move one state to other addresses (Linux 7.2).
    #[doc(alias = "xfrm_user_migrate_state")]
    pub struct MigrateStateHeader: 132 {
        /// Identity of the state.
        id: StateId,
        /// New destination.
        #[doc(alias = "new_daddr")]
        new_destination: [u8; 16] as WideAddress,
        /// New source.
        #[doc(alias = "new_saddr")]
        new_source: [u8; 16] as WideAddress,
        /// Mark of the state.
        old_mark: Mark,
        /// New selector.
        #[doc(alias = "new_sel")]
        new_selector: Selector,
        /// New request id.
        new_reqid: U32,
        /// Options ([`MigrateStateFlags`](super::MigrateStateFlags)).
        flags: U32 as super::MigrateStateFlags,
        /// Address family of the new addresses.
        new_family: U16 as crate::AddressFamily,
        /// Zero.
        reserved: U16,
    }
}

impl FixedHeader for AcquireHeader {
    fn family(&self) -> u8 {
        short(self.policy.selector.family.get())
    }
}

impl FixedHeader for ReportHeader {
    fn family(&self) -> u8 {
        short(self.selector.family.get())
    }
}

impl FixedHeader for MappingHeader {
    fn family(&self) -> u8 {
        short(self.id.family.get())
    }
}

impl FixedHeader for MigrateStateHeader {
    fn family(&self) -> u8 {
        short(self.new_family.get())
    }
}

/// Acquire: the kernel asks for a state.
pub type AcquireRow<'a> = Row<'a, AcquireHeader, Xfrm>;

/// Report on a packet of Mobile IPv6 without a state.
pub type ReportRow<'a> = Row<'a, ReportHeader, Xfrm>;

/// New address or port of a peer behind a NAT.
pub type MappingRow<'a> = Row<'a, MappingHeader, Xfrm>;

/// Migration of a policy, with the selector of the policy in the fixed header.
pub type MigrationRow<'a> = Row<'a, PolicyId, Xfrm>;

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, AcquireHeader, Xfrm> {
    /// Returns the selector of the packet that needs the state.
    #[must_use]
    pub const fn selector(&self) -> Selector {
        self.header.selector
    }

    /// Returns the policy that asks for the state.
    #[must_use]
    pub const fn policy(&self) -> PolicyHeader {
        self.header.policy
    }

    /// Returns the protocol of the state.
    #[must_use]
    pub const fn protocol(&self) -> IpsecProtocol {
        self.header.id.protocol
    }

    /// Returns the sequence number, which the new state repeats.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.header.sequence.get()
    }

    /// Returns the templates of the policy.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_TMPL")]
    pub fn templates(&self) -> Result<&'a [Template], DecodeError> {
        let found = fields!(self.attributes => Xfrm { templates })?.templates;
        Ok(found.unwrap_or_default())
    }
}

impl Row<'_, MappingHeader, Xfrm> {
    /// Returns the identity of the state.
    #[must_use]
    pub const fn id(&self) -> StateId {
        self.header.id
    }

    /// Returns the old address and port of the peer; `None` for an unknown family.
    #[must_use]
    pub fn old_source(&self) -> Option<(IpAddr, u16)> {
        let address = narrow(self.header.id.family.get(), self.header.old_source)?;
        Some((address, self.header.old_port.get()))
    }

    /// Returns the new address and port of the peer; `None` for an unknown family.
    #[must_use]
    pub fn new_source(&self) -> Option<(IpAddr, u16)> {
        let address = narrow(self.header.id.family.get(), self.header.new_source)?;
        Some((address, self.header.new_port.get()))
    }
}

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, PolicyId, Xfrm> {
    /// Returns the migrations: the old and new addresses, in one attribute or several.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_MIGRATE")]
    pub fn migrations(&self) -> Result<Option<Repeats<'a, Array<Migration>>>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { migrations })?.migrations)
    }
}

/// Notification of states and policies, for the groups `XFRMNLGRP_*`.
///
/// ```
/// use nlwire::xfrm::Change;
///
/// fn print(message: nlwire::MessageRef<'_>) {
///     match Change::of(message) {
///         Change::Acquire(row) => println!("needs a state: {}", row.selector()),
///         Change::ExpireState(row) if row.is_hard() => println!("gone: {}", row.header.state.id()),
///         Change::NewState(row) => println!("new: {}", row.id()),
///         other => println!("{other:?}"),
///     }
/// }
/// # let mut buffer = [0; 64];
/// # let header = nlwire::xfrm::FlushStatesHeader::default();
/// # let flags = nlwire::Flags::empty();
/// # let kind = nlwire::xfrm::XFRM_MSG_FLUSHSA;
/// # print(nlwire::Writer::message(&mut buffer, kind, flags, &header, |w| Ok(w)).unwrap());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// New state.
    NewState(StateRow<'a>),
    /// Updated state.
    SetState(StateRow<'a>),
    /// Deleted state.
    DelState(DeletedStateRow<'a>),
    /// All states of a protocol are deleted.
    FlushStates(Row<'a, FlushStatesHeader, Xfrm>),
    /// New policy.
    NewPolicy(PolicyRow<'a>),
    /// Added or replaced policy.
    SetPolicy(PolicyRow<'a>),
    /// Deleted policy.
    DelPolicy(DeletedPolicyRow<'a>),
    /// All policies of a type are deleted.
    FlushPolicies(Row<'a, (), Xfrm>),
    /// The kernel asks for a state.
    Acquire(AcquireRow<'a>),
    /// A state expires.
    ExpireState(StateExpiryRow<'a>),
    /// A policy expires.
    ExpirePolicy(PolicyExpiryRow<'a>),
    /// Counters of a state.
    Aevent(AeventRow<'a>),
    /// Packet of Mobile IPv6 without a state.
    Report(ReportRow<'a>),
    /// A policy has moved to other addresses.
    Migrate(MigrationRow<'a>),
    /// New address or port of a peer behind a NAT.
    Mapping(MappingRow<'a>),
    /// Default actions.
    Defaults(DefaultsRow<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its type.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        match message.kind() {
            XFRM_MSG_NEWSA => Self::NewState(Row::of(message)),
            XFRM_MSG_UPDSA => Self::SetState(Row::of(message)),
            XFRM_MSG_DELSA => Self::DelState(Row::of(message)),
            XFRM_MSG_FLUSHSA => Self::FlushStates(Row::of(message)),
            XFRM_MSG_NEWPOLICY => Self::NewPolicy(Row::of(message)),
            XFRM_MSG_UPDPOLICY => Self::SetPolicy(Row::of(message)),
            XFRM_MSG_DELPOLICY => Self::DelPolicy(Row::of(message)),
            XFRM_MSG_FLUSHPOLICY => Self::FlushPolicies(Row::of(message)),
            XFRM_MSG_ACQUIRE => Self::Acquire(Row::of(message)),
            XFRM_MSG_EXPIRE => Self::ExpireState(Row::of(message)),
            XFRM_MSG_POLEXPIRE => Self::ExpirePolicy(Row::of(message)),
            XFRM_MSG_NEWAE => Self::Aevent(Row::of(message)),
            XFRM_MSG_REPORT => Self::Report(Row::of(message)),
            XFRM_MSG_MIGRATE => Self::Migrate(Row::of(message)),
            XFRM_MSG_MAPPING => Self::Mapping(Row::of(message)),
            XFRM_MSG_GETDEFAULT => Self::Defaults(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
