//! Notifications of netfilter.

use super::acct::AcctRow;
use super::{
    ChainRow, ConnectionRow, ElementsRow, ExpectationRow, FlowTableRow, GenerationRow,
    IPCTNL_MSG_CT_DELETE, IPCTNL_MSG_CT_NEW, IPCTNL_MSG_EXP_DELETE, IPCTNL_MSG_EXP_NEW,
    LoggedPacket, NFNL_MSG_ACCT_OVERQUOTA, NFQNL_MSG_PACKET, NFT_MSG_DELCHAIN,
    NFT_MSG_DELFLOWTABLE, NFT_MSG_DELOBJ, NFT_MSG_DELRULE, NFT_MSG_DELSET, NFT_MSG_DELSETELEM,
    NFT_MSG_DELTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWFLOWTABLE, NFT_MSG_NEWGEN, NFT_MSG_NEWOBJ,
    NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NFT_MSG_TRACE,
    NFULNL_MSG_PACKET, ObjectRow, QueuedPacket, RuleRow, SetRow, TableRow, TraceRow,
};
use crate::{Flags, MessageRef, NewFlags, Row};

/// Notification of the protocol, or a packet of a queue or a log.
///
/// ```
/// use nlwire::netfilter::Change;
///
/// fn print(message: nlwire::MessageRef<'_>) {
///     match Change::of(message) {
///         Change::NewConnection(row) => println!("begins: {:?}", row.original()),
///         Change::DelConnection(row) => println!("ends: {:?}", row.original()),
///         Change::Packet(packet) => println!("waits: {:?}", packet.id()),
///         other => println!("{other:?}"),
///     }
/// }
/// # let mut buffer = [0; 32];
/// # let kind = nlwire::netfilter::NFQNL_MSG_PACKET;
/// # let header = nlwire::netfilter::NetfilterHeader::default();
/// # let flags = nlwire::Flags::empty();
/// # print(nlwire::Writer::message(&mut buffer, kind, flags, &header, |w| Ok(w)).unwrap());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// New connection.
    NewConnection(ConnectionRow<'a>),
    /// Changed connection.
    SetConnection(ConnectionRow<'a>),
    /// Deleted connection, with its final counters.
    DelConnection(ConnectionRow<'a>),
    /// New expectation.
    NewExpectation(ExpectationRow<'a>),
    /// Deleted expectation.
    DelExpectation(ExpectationRow<'a>),
    /// Packet that waits for a verdict.
    Packet(QueuedPacket<'a>),
    /// Packet that a rule logs.
    Logged(LoggedPacket<'a>),
    /// New or changed table of nftables.
    NewTable(TableRow<'a>),
    /// Deleted table.
    DelTable(TableRow<'a>),
    /// New or changed chain.
    NewChain(ChainRow<'a>),
    /// Deleted chain.
    DelChain(ChainRow<'a>),
    /// New rule.
    NewRule(RuleRow<'a>),
    /// Deleted rule.
    DelRule(RuleRow<'a>),
    /// New set or map.
    NewSet(SetRow<'a>),
    /// Deleted set or map.
    DelSet(SetRow<'a>),
    /// Elements added to a set or a map.
    NewElements(ElementsRow<'a>),
    /// Elements deleted from a set or a map.
    DelElements(ElementsRow<'a>),
    /// New or changed named object, or one whose quota is used up.
    NewObject(ObjectRow<'a>),
    /// Deleted named object.
    DelObject(ObjectRow<'a>),
    /// New or changed flow table.
    NewFlowTable(FlowTableRow<'a>),
    /// Deleted flow table.
    DelFlowTable(FlowTableRow<'a>),
    /// Step of a packet through the rules.
    Trace(TraceRow<'a>),
    /// Counter of nfacct whose quota is reached.
    QuotaReached(AcctRow<'a>),
    /// New generation of the ruleset: the end of a transaction's notifications.
    NewGeneration(GenerationRow<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its type.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        match message.kind() {
            // `NLM_F_CREATE` marks a new connection; a changed one has no flag.
            IPCTNL_MSG_CT_NEW if message.flags().intersects(Flags::from(NewFlags::CREATE)) => {
                Self::NewConnection(Row::of(message))
            }
            IPCTNL_MSG_CT_NEW => Self::SetConnection(Row::of(message)),
            IPCTNL_MSG_CT_DELETE => Self::DelConnection(Row::of(message)),
            IPCTNL_MSG_EXP_NEW => Self::NewExpectation(Row::of(message)),
            IPCTNL_MSG_EXP_DELETE => Self::DelExpectation(Row::of(message)),
            NFQNL_MSG_PACKET => Self::Packet(Row::of(message)),
            NFULNL_MSG_PACKET => Self::Logged(Row::of(message)),
            NFT_MSG_NEWTABLE => Self::NewTable(Row::of(message)),
            NFT_MSG_DELTABLE => Self::DelTable(Row::of(message)),
            NFT_MSG_NEWCHAIN => Self::NewChain(Row::of(message)),
            NFT_MSG_DELCHAIN => Self::DelChain(Row::of(message)),
            NFT_MSG_NEWRULE => Self::NewRule(Row::of(message)),
            NFT_MSG_DELRULE => Self::DelRule(Row::of(message)),
            NFT_MSG_NEWSET => Self::NewSet(Row::of(message)),
            NFT_MSG_DELSET => Self::DelSet(Row::of(message)),
            NFT_MSG_NEWSETELEM => Self::NewElements(Row::of(message)),
            NFT_MSG_DELSETELEM => Self::DelElements(Row::of(message)),
            NFT_MSG_NEWOBJ => Self::NewObject(Row::of(message)),
            NFT_MSG_DELOBJ => Self::DelObject(Row::of(message)),
            NFT_MSG_NEWFLOWTABLE => Self::NewFlowTable(Row::of(message)),
            NFT_MSG_DELFLOWTABLE => Self::DelFlowTable(Row::of(message)),
            NFT_MSG_TRACE => Self::Trace(Row::of(message)),
            NFNL_MSG_ACCT_OVERQUOTA => Self::QuotaReached(Row::of(message)),
            NFT_MSG_NEWGEN => Self::NewGeneration(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
