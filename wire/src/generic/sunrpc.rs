//! `sunrpc`: caches of the RPC server, which `exportd` and `mountd` fill
//! (`linux/sunrpc_netlink.h`).
//!
//! ```
//! use nlwire::generic::sunrpc::{CacheType, FlushCaches, GetIpMaps};
//!
//! let waiting = GetIpMaps::all();
//! let flush = FlushCaches::of(CacheType::IP_MAP);
//! ```
//!
//! `mountd` answers which domain a client's address belongs to, and with option
//! `--manage-gids` which groups a user has:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::sunrpc::*;
//!
//! let users = GetUnixGroups::all();
//!
//! /// Prints the users that wait.
//! fn print(row: &UnixGroupsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     for user in fields!(row.attributes => UnixGroups { user })?.user.into_iter().flatten() {
//!         println!("{:?}", fields!(user? => UnixUser { user })?.user);
//!     }
//!     Ok(())
//! }
//!
//! let map = [
//!     IpMapAttr::Class("nfsd".into()),
//!     IpMapAttr::Address("192.0.2.7".into()),
//!     IpMapAttr::Domain("192.0.2.0/24".into()),
//!     IpMapAttr::Expiry(1_800_000_000),
//! ];
//! let map = [IpMapsAttr::Map((&map).into())];
//! let answer = SetIpMaps::new().with(&map);
//!
//! // User 1000 is in the groups 1000 and 27.
//! let groups = [
//!     UnixUserAttr::User(1000),
//!     UnixUserAttr::Group(1000),
//!     UnixUserAttr::Group(27),
//!     UnixUserAttr::Expiry(1_800_000_000),
//! ];
//! let groups = [UnixGroupsAttr::User((&groups).into())];
//! let answer_groups = SetUnixGroups::new().with(&groups);
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Flag, Many, Nest, Text};
use crate::{attributes, flags};

family! {
    name SUNRPC_FAMILY_NAME "sunrpc";
    version SUNRPC_FAMILY_VERSION 1;
    group SUNRPC_MCGRP_NONE "none" "unused.";
    group SUNRPC_MCGRP_EXPORTD "exportd" "caches that wait for entries: [`Change`].";
    command 1 SUNRPC_CMD_CACHE_NOTIFY CacheNotice "Reports that requests wait.";
    command 2 SUNRPC_CMD_IP_MAP_GET_REQS IpMaps "Lists the addresses that wait.";
    command 3 SUNRPC_CMD_IP_MAP_SET_REQS IpMaps "Maps addresses to domains.";
    command 4 SUNRPC_CMD_UNIX_GID_GET_REQS UnixGroups "Lists the users that wait.";
    command 5 SUNRPC_CMD_UNIX_GID_SET_REQS UnixGroups "Maps users to groups.";
    command 6 SUNRPC_CMD_CACHE_FLUSH CacheFlush "Deletes the entries of caches.";
}

requests! {
    IpMaps, IpMapsAttr, IpMapsRow, "addresses";

    /// Lists the addresses that wait for a domain.
    List GetIpMaps = SUNRPC_CMD_IP_MAP_GET_REQS {
        /// Lists all addresses that wait.
        all() {}
    }
    /// Maps addresses to domains: `with` [`Map`](IpMapsAttr::Map).
    Act SetIpMaps = SUNRPC_CMD_IP_MAP_SET_REQS {
        /// Maps the addresses that `with` names.
        new() {}
    }
}

requests! {
    UnixGroups, UnixGroupsAttr, UnixGroupsRow, "users";

    /// Lists the users that wait for their groups.
    List GetUnixGroups = SUNRPC_CMD_UNIX_GID_GET_REQS {
        /// Lists all users that wait.
        all() {}
    }
    /// Maps users to groups: `with` [`User`](UnixGroupsAttr::User).
    Act SetUnixGroups = SUNRPC_CMD_UNIX_GID_SET_REQS {
        /// Maps the users that `with` names.
        new() {}
    }
}

requests! {
    CacheFlush, CacheFlushAttr, CacheFlushRow, "caches";

    /// Deletes the entries of caches.
    Act FlushCaches = SUNRPC_CMD_CACHE_FLUSH {
        /// Deletes the entries of these caches.
        of(caches: CacheType) { Caches(caches) }
        /// Deletes the entries of all caches.
        all() {}
    }
}

changes! {
    /// Notification of the group [`SUNRPC_MCGRP_EXPORTD`].
    Change {
        /// Caches in which requests wait.
        Waiting(CacheNotice) = SUNRPC_CMD_CACHE_NOTIFY;
    }
}

flags! {
    /// Caches.
    pub struct CacheType(u32) {
        /// Domains of addresses.
        IP_MAP = 0x1 "SUNRPC_CACHE_TYPE_IP_MAP" "ip_map";
        /// Groups of users.
        UNIX_GID = 0x2 "SUNRPC_CACHE_TYPE_UNIX_GID" "unix_gid";
    }
}

attributes! {
    /// Caches in which requests wait (`SUNRPC_A_CACHE_NOTIFY_*`).
    pub set CacheNotice, enum CacheNoticeAttr {
        /// Caches.
        1 SUNRPC_A_CACHE_NOTIFY_CACHE_TYPE Caches caches: CacheType,
    }
}

attributes! {
    /// Addresses (`SUNRPC_A_IP_MAP_REQS_*`).
    pub set IpMaps, enum IpMapsAttr {
        /// Address, an attribute for each.
        1 SUNRPC_A_IP_MAP_REQS_REQUESTS Map map: Many<Nest<IpMap>>,
    }
}

attributes! {
    /// Domain of an address (`SUNRPC_A_IP_MAP_*`).
    pub set IpMap, enum IpMapAttr {
        /// Sequence number of the entry.
        1 SUNRPC_A_IP_MAP_SEQNO Sequence sequence: u64,
        /// Class of the server, such as `nfsd`.
        2 SUNRPC_A_IP_MAP_CLASS Class class: Text,
        /// Address, as text.
        3 SUNRPC_A_IP_MAP_ADDR Address address: Text,
        /// Domain of the address.
        4 SUNRPC_A_IP_MAP_DOMAIN Domain domain: Text,
        /// True if the address has no domain.
        5 SUNRPC_A_IP_MAP_NEGATIVE Negative negative: Flag,
        /// Time of expiry in seconds since 1970.
        6 SUNRPC_A_IP_MAP_EXPIRY Expiry expiry: u64,
    }
}

attributes! {
    /// Users (`SUNRPC_A_UNIX_GID_REQS_*`).
    pub set UnixGroups, enum UnixGroupsAttr {
        /// User, an attribute for each.
        1 SUNRPC_A_UNIX_GID_REQS_REQUESTS User user: Many<Nest<UnixUser>>,
    }
}

attributes! {
    /// Groups of a user (`SUNRPC_A_UNIX_GID_*`).
    pub set UnixUser, enum UnixUserAttr {
        /// Sequence number of the entry.
        1 SUNRPC_A_UNIX_GID_SEQNO Sequence sequence: u64,
        /// ID of the user.
        2 SUNRPC_A_UNIX_GID_UID User user: u32,
        /// ID of a group, an attribute for each.
        3 SUNRPC_A_UNIX_GID_GIDS Group group: Many<u32>,
        /// True if the user is unknown.
        4 SUNRPC_A_UNIX_GID_NEGATIVE Negative negative: Flag,
        /// Time of expiry in seconds since 1970.
        5 SUNRPC_A_UNIX_GID_EXPIRY Expiry expiry: u64,
    }
}

attributes! {
    /// Caches whose entries are deleted (`SUNRPC_A_CACHE_FLUSH_*`).
    pub set CacheFlush, enum CacheFlushAttr {
        /// Caches.
        1 SUNRPC_A_CACHE_FLUSH_MASK Caches caches: CacheType,
    }
}
