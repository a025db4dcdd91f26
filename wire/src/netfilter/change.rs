//! Notifications of netfilter.

use super::{
    ChainRow, ConnectionRow, ElementsRow, Expectation, GenerationRow, IPCTNL_MSG_CT_DELETE,
    IPCTNL_MSG_CT_NEW, IPCTNL_MSG_EXP_DELETE, IPCTNL_MSG_EXP_NEW, LoggedPacket, NFQNL_MSG_PACKET,
    NFT_MSG_DELCHAIN, NFT_MSG_DELRULE, NFT_MSG_DELSET, NFT_MSG_DELSETELEM, NFT_MSG_DELTABLE,
    NFT_MSG_NEWCHAIN, NFT_MSG_NEWGEN, NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM,
    NFT_MSG_NEWTABLE, NFULNL_MSG_PACKET, NetfilterHeader, QueuedPacket, RuleRow, SetRow, TableRow,
};
use crate::{Flags, MessageRef, NewFlags, Row};

/// Expected connection.
pub type ExpectationRow<'a> = Row<'a, NetfilterHeader, Expectation>;

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
    /// Connection that begins.
    NewConnection(ConnectionRow<'a>),
    /// Connection that changes.
    SetConnection(ConnectionRow<'a>),
    /// Connection that ends, with its final counters.
    DelConnection(ConnectionRow<'a>),
    /// Connection that a helper expects.
    NewExpectation(ExpectationRow<'a>),
    /// Connection that is expected no longer.
    DelExpectation(ExpectationRow<'a>),
    /// Packet that waits for a verdict.
    Packet(QueuedPacket<'a>),
    /// Packet that a rule logs.
    Logged(LoggedPacket<'a>),
    /// Table of nftables that is there, or has changed.
    NewTable(TableRow<'a>),
    /// Table that is gone.
    DelTable(TableRow<'a>),
    /// Chain that is there, or has changed.
    NewChain(ChainRow<'a>),
    /// Chain that is gone.
    DelChain(ChainRow<'a>),
    /// Rule that is there.
    NewRule(RuleRow<'a>),
    /// Rule that is gone.
    DelRule(RuleRow<'a>),
    /// Set or map that is there.
    NewSet(SetRow<'a>),
    /// Set or map that is gone.
    DelSet(SetRow<'a>),
    /// Elements that a set or a map has got.
    NewElements(ElementsRow<'a>),
    /// Elements that a set or a map has lost.
    DelElements(ElementsRow<'a>),
    /// Generation of the rules: the end of a transaction's notifications.
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
            NFT_MSG_NEWGEN => Self::NewGeneration(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
