//! Subsystems, message types and multicast groups of netfilter, and its schema
//! (`linux/netfilter/nfnetlink.h` and the headers beside it).

use super::acct::Acct;
use super::helper::UserHelper;
use super::hooks::HookEntry;
use super::ipset::{IpSet, IpSetMember, IpSetNames};
use super::timeout::Timeout;
use super::{
    Chain, Conntrack, ConntrackCpuStats, ConntrackStats, Expectation, ExpectationCpuStats,
    FlowTable, Generation, LogConfig, LogPacket, NetfilterBatch, NetfilterHeader, NftObject,
    NftSet, QueueConfig, QueuePacket, Rule, SetElements, Table, Trace,
};
use crate::MessageType;
use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName};

/// Protocol number for socket(2).
pub const NETLINK_NETFILTER: u8 = 12;

/// Declares subsystems, the upper byte of message types.
macro_rules! subsystems {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = concat!("Subsystem: ", $text, ".")]
        pub const $name: u8 = $number;
    )*};
}

subsystems! {
    0 NFNL_SUBSYS_NONE "none"
    1 NFNL_SUBSYS_CTNETLINK "connections"
    2 NFNL_SUBSYS_CTNETLINK_EXP "expected connections"
    3 NFNL_SUBSYS_QUEUE "packet queues"
    4 NFNL_SUBSYS_ULOG "packet logs"
    5 NFNL_SUBSYS_OSF "fingerprints of operating systems"
    6 NFNL_SUBSYS_IPSET "sets of ipset(8)"
    7 NFNL_SUBSYS_ACCT "accounting"
    8 NFNL_SUBSYS_CTNETLINK_TIMEOUT "connection timeouts"
    9 NFNL_SUBSYS_CTHELPER "conntrack helpers in user space"
    10 NFNL_SUBSYS_NFTABLES "nftables"
    11 NFNL_SUBSYS_NFT_COMPAT "extensions of iptables(8)"
    12 NFNL_SUBSYS_HOOK "hooks"
}

/// Declares message types: the subsystem in the upper byte.
macro_rules! types {
    ($($number:literal $name:ident $text:literal)*) => {
        $(
            #[doc = $text]
            pub const $name: MessageType = MessageType($number);
        )*

        const TYPES: &[TypeName] = &[$(TypeName::new($name, stringify!($name))),*];
    };
}

types! {
    0x0010 NFNL_MSG_BATCH_BEGIN "Begins a batch."
    0x0011 NFNL_MSG_BATCH_END "Ends a batch."
    0x0100 IPCTNL_MSG_CT_NEW "Creates or changes a connection, or reports it."
    0x0101 IPCTNL_MSG_CT_GET "Asks for connections."
    0x0102 IPCTNL_MSG_CT_DELETE "Deletes a connection or all of them, or reports the deletion."
    0x0103 IPCTNL_MSG_CT_GET_CTRZERO "Asks for connections and zeroes their counters."
    0x0104 IPCTNL_MSG_CT_GET_STATS_CPU "Asks for the counters of each CPU; the answers have this type too."
    0x0105 IPCTNL_MSG_CT_GET_STATS "Asks for the number of connections and its limit; the answer has this type too."
    0x0106 IPCTNL_MSG_CT_GET_DYING "Asks for connections that are being deleted."
    0x0107 IPCTNL_MSG_CT_GET_UNCONFIRMED "Asks for connections whose first packet has not left."
    0x0200 IPCTNL_MSG_EXP_NEW "Creates or changes an expectation, or reports it."
    0x0201 IPCTNL_MSG_EXP_GET "Asks for expectations."
    0x0202 IPCTNL_MSG_EXP_DELETE "Deletes expectations, or reports one gone."
    0x0203 IPCTNL_MSG_EXP_GET_STATS_CPU "Asks for the expectation counters of each CPU."
    0x0300 NFQNL_MSG_PACKET "Delivers a queued packet for a verdict."
    0x0301 NFQNL_MSG_VERDICT "Decides on a packet."
    0x0302 NFQNL_MSG_CONFIG "Binds or sets up a queue."
    0x0303 NFQNL_MSG_VERDICT_BATCH "Decides on all packets up to a packet ID."
    0x0400 NFULNL_MSG_PACKET "Logs a packet."
    0x0401 NFULNL_MSG_CONFIG "Binds or sets up a log group."
    0x0601 IPSET_CMD_PROTOCOL "Asks for the versions of ipset's protocol."
    0x0602 IPSET_CMD_CREATE "Creates a set of ipset."
    0x0603 IPSET_CMD_DESTROY "Deletes a set or all of them."
    0x0604 IPSET_CMD_FLUSH "Deletes the entries of a set or of all sets."
    0x0605 IPSET_CMD_RENAME "Renames a set."
    0x0606 IPSET_CMD_SWAP "Swaps two sets."
    0x0607 IPSET_CMD_LIST "Asks for sets with their entries; the answers have this type too."
    0x0608 IPSET_CMD_SAVE "Asks for sets with their entries; the answers have this type too."
    0x0609 IPSET_CMD_ADD "Adds entries to a set."
    0x060a IPSET_CMD_DEL "Deletes entries of a set."
    0x060b IPSET_CMD_TEST "Looks an entry up."
    0x060c IPSET_CMD_HEADER "Asks for the type of a set."
    0x060d IPSET_CMD_TYPE "Asks for the revisions of a type."
    0x060e IPSET_CMD_GET_BYNAME "Asks for the number of a set."
    0x060f IPSET_CMD_GET_BYINDEX "Asks for the name of a set."
    0x0700 NFNL_MSG_ACCT_NEW "Creates a counter of nfacct, or reports it."
    0x0701 NFNL_MSG_ACCT_GET "Asks for counters of nfacct."
    0x0702 NFNL_MSG_ACCT_GET_CTRZERO "Asks for counters of nfacct and zeroes them."
    0x0703 NFNL_MSG_ACCT_DEL "Deletes a counter of nfacct, or all that are not in use."
    0x0704 NFNL_MSG_ACCT_OVERQUOTA "Reports a counter of nfacct whose quota is reached."
    0x0800 IPCTNL_MSG_TIMEOUT_NEW "Creates or changes a timeout policy, or reports it."
    0x0801 IPCTNL_MSG_TIMEOUT_GET "Asks for timeout policies."
    0x0802 IPCTNL_MSG_TIMEOUT_DELETE "Deletes a timeout policy, or all that are not in use."
    0x0803 IPCTNL_MSG_TIMEOUT_DEFAULT_SET "Sets default timeouts, or reports them."
    0x0804 IPCTNL_MSG_TIMEOUT_DEFAULT_GET "Asks for default timeouts."
    0x0900 NFNL_MSG_CTHELPER_NEW "Creates or changes a helper in user space, or reports it."
    0x0901 NFNL_MSG_CTHELPER_GET "Asks for helpers in user space."
    0x0902 NFNL_MSG_CTHELPER_DEL "Deletes helpers in user space."
    0x0a00 NFT_MSG_NEWTABLE "Creates or changes a table, or reports it."
    0x0a01 NFT_MSG_GETTABLE "Asks for tables."
    0x0a02 NFT_MSG_DELTABLE "Deletes a table, or reports the deletion."
    0x0a03 NFT_MSG_NEWCHAIN "Creates or changes a chain, or reports it."
    0x0a04 NFT_MSG_GETCHAIN "Asks for chains."
    0x0a05 NFT_MSG_DELCHAIN "Deletes a chain, or reports the deletion."
    0x0a06 NFT_MSG_NEWRULE "Creates or replaces a rule, or reports it."
    0x0a07 NFT_MSG_GETRULE "Asks for rules."
    0x0a08 NFT_MSG_DELRULE "Deletes rules, or reports one gone."
    0x0a09 NFT_MSG_NEWSET "Creates or changes a set, or reports it."
    0x0a0a NFT_MSG_GETSET "Asks for sets."
    0x0a0b NFT_MSG_DELSET "Deletes a set, or reports the deletion."
    0x0a0c NFT_MSG_NEWSETELEM "Adds elements to a set, or reports them."
    0x0a0d NFT_MSG_GETSETELEM "Asks for elements of a set."
    0x0a0e NFT_MSG_DELSETELEM "Deletes elements of a set, or reports them gone."
    0x0a0f NFT_MSG_NEWGEN "Reports the generation of the ruleset."
    0x0a10 NFT_MSG_GETGEN "Asks for the generation of the ruleset."
    0x0a11 NFT_MSG_TRACE "Reports the path of a packet through the rules (`nft monitor trace`)."
    0x0a12 NFT_MSG_NEWOBJ "Creates or changes an object, or reports it."
    0x0a13 NFT_MSG_GETOBJ "Asks for objects."
    0x0a14 NFT_MSG_DELOBJ "Deletes an object, or reports the deletion."
    0x0a15 NFT_MSG_GETOBJ_RESET "Asks for objects and zeroes them."
    0x0a16 NFT_MSG_NEWFLOWTABLE "Creates or changes a flow table, or reports it."
    0x0a17 NFT_MSG_GETFLOWTABLE "Asks for flow tables."
    0x0a18 NFT_MSG_DELFLOWTABLE "Deletes a flow table, or reports the deletion."
    0x0a19 NFT_MSG_GETRULE_RESET "Asks for rules and zeroes their counters."
    0x0a1a NFT_MSG_DESTROYTABLE "Deletes a table, if it exists."
    0x0a1b NFT_MSG_DESTROYCHAIN "Deletes a chain, if it exists."
    0x0a1c NFT_MSG_DESTROYRULE "Deletes rules, if they exist."
    0x0a1d NFT_MSG_DESTROYSET "Deletes a set, if it exists."
    0x0a1e NFT_MSG_DESTROYSETELEM "Deletes elements of a set, if they exist."
    0x0a1f NFT_MSG_DESTROYOBJ "Deletes an object, if it exists."
    0x0a20 NFT_MSG_DESTROYFLOWTABLE "Deletes a flow table, if it exists."
    0x0a21 NFT_MSG_GETSETELEM_RESET "Asks for elements of a set and zeroes their counters."
    0x0c00 NFNL_MSG_HOOK_GET "Asks for functions at a hook; the answers have this type too."
}

/// Declares multicast groups.
macro_rules! groups {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = concat!("Multicast group: ", $text, ".")]
        pub const $name: u32 = $number;
    )*};
}

groups! {
    1 NFNLGRP_CONNTRACK_NEW "new connections"
    2 NFNLGRP_CONNTRACK_UPDATE "changed connections"
    3 NFNLGRP_CONNTRACK_DESTROY "deleted connections"
    4 NFNLGRP_CONNTRACK_EXP_NEW "new expectations"
    5 NFNLGRP_CONNTRACK_EXP_UPDATE "changed expectations"
    6 NFNLGRP_CONNTRACK_EXP_DESTROY "deleted expectations"
    7 NFNLGRP_NFTABLES "changes of nftables"
    8 NFNLGRP_ACCT_QUOTA "reached quotas of nfacct"
    9 NFNLGRP_NFTRACE "traces of packets (`nft monitor trace`)"
}

/// Lists the messages of one attribute set.
macro_rules! messages {
    ($($set:ty: $($name:ident)*;)*) => {
        &[
            $($(MessageSchema::new::<NetfilterHeader>($name, stringify!($name), <$set>::schema),)*)*
            MessageSchema::rest::<NetfilterHeader>(),
        ]
    };
}

/// Schema of netfilter, with the names of messages that have a typed set here.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_NETFILTER,
    name: "netfilter",
    types: TYPES,
    verb: None,
    messages: messages! {
        NetfilterBatch: NFNL_MSG_BATCH_BEGIN NFNL_MSG_BATCH_END;
        Conntrack: IPCTNL_MSG_CT_NEW IPCTNL_MSG_CT_GET IPCTNL_MSG_CT_DELETE
            IPCTNL_MSG_CT_GET_CTRZERO IPCTNL_MSG_CT_GET_DYING IPCTNL_MSG_CT_GET_UNCONFIRMED;
        ConntrackCpuStats: IPCTNL_MSG_CT_GET_STATS_CPU;
        ConntrackStats: IPCTNL_MSG_CT_GET_STATS;
        Expectation: IPCTNL_MSG_EXP_NEW IPCTNL_MSG_EXP_GET IPCTNL_MSG_EXP_DELETE;
        ExpectationCpuStats: IPCTNL_MSG_EXP_GET_STATS_CPU;
        QueuePacket: NFQNL_MSG_PACKET NFQNL_MSG_VERDICT NFQNL_MSG_VERDICT_BATCH;
        QueueConfig: NFQNL_MSG_CONFIG;
        LogPacket: NFULNL_MSG_PACKET;
        LogConfig: NFULNL_MSG_CONFIG;
        IpSet: IPSET_CMD_PROTOCOL IPSET_CMD_CREATE IPSET_CMD_DESTROY IPSET_CMD_FLUSH
            IPSET_CMD_LIST IPSET_CMD_SAVE IPSET_CMD_HEADER IPSET_CMD_TYPE IPSET_CMD_GET_BYNAME
            IPSET_CMD_GET_BYINDEX;
        IpSetNames: IPSET_CMD_RENAME IPSET_CMD_SWAP;
        IpSetMember: IPSET_CMD_ADD IPSET_CMD_DEL IPSET_CMD_TEST;
        Acct: NFNL_MSG_ACCT_NEW NFNL_MSG_ACCT_GET NFNL_MSG_ACCT_GET_CTRZERO NFNL_MSG_ACCT_DEL
            NFNL_MSG_ACCT_OVERQUOTA;
        Timeout: IPCTNL_MSG_TIMEOUT_NEW IPCTNL_MSG_TIMEOUT_GET IPCTNL_MSG_TIMEOUT_DELETE
            IPCTNL_MSG_TIMEOUT_DEFAULT_SET IPCTNL_MSG_TIMEOUT_DEFAULT_GET;
        UserHelper: NFNL_MSG_CTHELPER_NEW NFNL_MSG_CTHELPER_GET NFNL_MSG_CTHELPER_DEL;
        HookEntry: NFNL_MSG_HOOK_GET;
        Table: NFT_MSG_NEWTABLE NFT_MSG_GETTABLE NFT_MSG_DELTABLE NFT_MSG_DESTROYTABLE;
        Chain: NFT_MSG_NEWCHAIN NFT_MSG_GETCHAIN NFT_MSG_DELCHAIN NFT_MSG_DESTROYCHAIN;
        Rule: NFT_MSG_NEWRULE NFT_MSG_GETRULE NFT_MSG_DELRULE NFT_MSG_GETRULE_RESET
            NFT_MSG_DESTROYRULE;
        NftSet: NFT_MSG_NEWSET NFT_MSG_GETSET NFT_MSG_DELSET NFT_MSG_DESTROYSET;
        SetElements: NFT_MSG_NEWSETELEM NFT_MSG_GETSETELEM NFT_MSG_DELSETELEM
            NFT_MSG_DESTROYSETELEM NFT_MSG_GETSETELEM_RESET;
        NftObject: NFT_MSG_NEWOBJ NFT_MSG_GETOBJ NFT_MSG_DELOBJ NFT_MSG_GETOBJ_RESET
            NFT_MSG_DESTROYOBJ;
        FlowTable: NFT_MSG_NEWFLOWTABLE NFT_MSG_GETFLOWTABLE NFT_MSG_DELFLOWTABLE
            NFT_MSG_DESTROYFLOWTABLE;
        Trace: NFT_MSG_TRACE;
        Generation: NFT_MSG_NEWGEN NFT_MSG_GETGEN;
    },
    family: None,
};
