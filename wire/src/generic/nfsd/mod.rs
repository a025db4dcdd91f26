//! `nfsd`: threads, listeners, versions, statistics and caches of the NFS server,
//! as `nfsdctl` shows and sets them (`linux/nfsd_netlink.h`, Linux 6.10).
//!
//! ```
//! use nlwire::generic::nfsd::{GetThreads, SetThreads, ThreadsAttr};
//!
//! let query = GetThreads::new();
//! let set = SetThreads::to(16).with(&[ThreadsAttr::LeaseTime(90)]);
//! ```
//!
//! A server of NFS 4.2 alone is set up and started, as by `nfsdctl version`,
//! `nfsdctl pool-mode pernode`, `nfsdctl listener +tcp:0.0.0.0:2049` and
//! `nfsdctl threads 16`. Versions, pools and sockets are set while it is stopped:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nfsd::*;
//!
//! let v42 = [
//!     VersionAttr::Major(4),
//!     VersionAttr::Minor(2),
//!     VersionAttr::Enabled(true),
//! ];
//! let versions = [VersionsAttr::Version((&v42).into())];
//! let set_versions = SetVersions::new().with(&versions);
//! let set_pools = SetPoolMode::to("pernode");
//!
//! // `struct sockaddr_in`: family 2, then port 2049 in network order.
//! let mut address = [0; 16];
//! address[..2].copy_from_slice(&2_u16.to_ne_bytes());
//! address[2..4].copy_from_slice(&2049_u16.to_be_bytes());
//! let listener = [
//!     ListenerAttr::Address(&address),
//!     ListenerAttr::Transport("tcp".into()),
//! ];
//! let listeners = [ListenersAttr::Listener((&listener).into())];
//! let set_listeners = SetListeners::new().with(&listeners);
//! let start = SetThreads::to(16);
//!
//! let (versions, pools, listeners) =
//!     (GetVersions::new(), GetPoolMode::new(), GetListeners::new());
//!
//! /// Prints the enabled versions; the minor version is 0 before NFS 4.
//! fn print(row: &VersionsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     for version in fields!(row.attributes => Versions { version })?
//!         .version
//!         .into_iter()
//!         .flatten()
//!     {
//!         let found = fields!(version? => Version { major, minor, enabled })?;
//!         if found.enabled.unwrap_or_default() {
//!             println!("{:?}.{:?}", found.major, found.minor);
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! An export moves to another server: its address is released, then its state, so that
//! the file system can be unmounted, as writing to `unlock_ip` and
//! `unlock_filesystem` of `/proc/fs/nfsd` does:
//!
//! ```
//! use nlwire::generic::nfsd::{ReleaseAddress, ReleaseExport, ReleaseFileSystem};
//!
//! let address = ReleaseAddress::of("192.0.2.10:0".parse()?);
//! let export = ReleaseExport::at("/srv/home");
//! let file_system = ReleaseFileSystem::at("/srv");
//! # Ok::<(), std::net::AddrParseError>(())
//! ```

mod cache;
mod stats;

pub use cache::*;
pub use stats::*;

use super::family::{changes, family, requests};
use crate::attributes;
use crate::codec::{ByteArray, Bytes, Flag, Many, Nest, Secret, SocketAddress, Text};

family! {
    name NFSD_FAMILY_NAME "nfsd";
    version NFSD_FAMILY_VERSION 1;
    group NFSD_MCGRP_NONE "none" "unused.";
    group NFSD_MCGRP_EXPORTD "exportd" "caches that wait for entries: [`Change`].";
    command 1 NFSD_CMD_RPC_STATUS_GET RpcStatus "Lists the requests that threads work on.";
    command 2 NFSD_CMD_THREADS_SET Threads "Changes the number of threads.";
    command 3 NFSD_CMD_THREADS_GET Threads "Reads the number of threads.";
    command 4 NFSD_CMD_VERSION_SET Versions "Changes the enabled versions.";
    command 5 NFSD_CMD_VERSION_GET Versions "Reads the enabled versions.";
    command 6 NFSD_CMD_LISTENER_SET Listeners "Changes the sockets that listen.";
    command 7 NFSD_CMD_LISTENER_GET Listeners "Reads the sockets that listen.";
    command 8 NFSD_CMD_POOL_MODE_SET PoolMode "Changes the mode of thread pools.";
    command 9 NFSD_CMD_POOL_MODE_GET PoolMode "Reads the mode of thread pools.";
    command 10 NFSD_CMD_CACHE_NOTIFY CacheNotice "Reports that requests wait.";
    command 11 NFSD_CMD_SVC_EXPORT_GET_REQS Exports "Lists the exports that wait.";
    command 12 NFSD_CMD_SVC_EXPORT_SET_REQS Exports "Answers exports.";
    command 13 NFSD_CMD_EXPKEY_GET_REQS ExportKeys "Lists the export keys that wait.";
    command 14 NFSD_CMD_EXPKEY_SET_REQS ExportKeys "Answers export keys.";
    command 15 NFSD_CMD_CACHE_FLUSH CacheFlush "Deletes the entries of caches.";
    command 16 NFSD_CMD_UNLOCK_IP UnlockAddress "Releases the locks of an address.";
    command 17 NFSD_CMD_UNLOCK_FILESYSTEM UnlockFileSystem "Releases the locks of a file system.";
    command 18 NFSD_CMD_UNLOCK_EXPORT UnlockExport "Releases the state of an export.";
    command 19 NFSD_CMD_SERVER_STATS_GET ServerStats "Reads the statistics.";
}

requests! {
    Threads, ThreadsAttr, ThreadsRow, "threads";

    /// Reads the number of threads.
    Ask GetThreads = NFSD_CMD_THREADS_GET {
        /// Reads the number of each pool.
        new() {}
    }
    /// Changes the number of threads, and settings that apply at the start.
    Act SetThreads = NFSD_CMD_THREADS_SET {
        /// Sets the number of all pools together; 0 stops the server.
        to(threads: u32) { Threads(threads) }
    }
}

requests! {
    Versions, VersionsAttr, VersionsRow, "versions";

    /// Reads the versions of NFS that the server has.
    Ask GetVersions = NFSD_CMD_VERSION_GET {
        /// Reads all versions.
        new() {}
    }
    /// Changes the enabled versions, while the server is stopped: `with`
    /// [`Version`](VersionsAttr::Version).
    Act SetVersions = NFSD_CMD_VERSION_SET {
        /// Enables exactly the versions that `with` names.
        new() {}
    }
}

requests! {
    Listeners, ListenersAttr, ListenersRow, "listeners";

    /// Reads the sockets that listen.
    Ask GetListeners = NFSD_CMD_LISTENER_GET {
        /// Reads all sockets.
        new() {}
    }
    /// Changes the sockets that listen: `with`
    /// [`Listener`](ListenersAttr::Listener).
    Act SetListeners = NFSD_CMD_LISTENER_SET {
        /// Listens on exactly the sockets that `with` names.
        new() {}
    }
}

requests! {
    PoolMode, PoolModeAttr, PoolModeRow, "pool mode";

    /// Reads the mode of thread pools.
    Ask GetPoolMode = NFSD_CMD_POOL_MODE_GET {
        /// Reads the mode.
        new() {}
    }
    /// Changes the mode of thread pools, while the server is stopped.
    Act SetPoolMode = NFSD_CMD_POOL_MODE_SET {
        /// Sets the mode: `auto`, `global`, `percpu` or `pernode`.
        to(mode: impl Into<crate::Text<'a>>) { Mode(mode.into()) }
    }
}

requests! {
    UnlockAddress, UnlockAddressAttr, UnlockAddressRow, "address";

    /// Releases the locks that clients hold by an address of the server.
    Act ReleaseAddress = NFSD_CMD_UNLOCK_IP {
        /// Releases the locks by this address.
        of(address: core::net::SocketAddr) { Address(address) }
    }
}

requests! {
    UnlockFileSystem, UnlockFileSystemAttr, UnlockFileSystemRow, "file system";

    /// Releases the locks in a file system.
    Act ReleaseFileSystem = NFSD_CMD_UNLOCK_FILESYSTEM {
        /// Releases the locks in the file system at this path.
        at(path: impl Into<crate::Text<'a>>) { Path(path.into()) }
    }
}

requests! {
    UnlockExport, UnlockExportAttr, UnlockExportRow, "export";

    /// Releases the state of clients in an export.
    Act ReleaseExport = NFSD_CMD_UNLOCK_EXPORT {
        /// Releases the state in the export at this path.
        at(path: impl Into<crate::Text<'a>>) { Path(path.into()) }
    }
}

changes! {
    /// Notification of the group [`NFSD_MCGRP_EXPORTD`].
    Change {
        /// Caches in which requests wait.
        Waiting(CacheNotice) = NFSD_CMD_CACHE_NOTIFY;
    }
}

attributes! {
    /// Threads and settings of the server (`NFSD_A_SERVER_*`).
    pub set Threads, enum ThreadsAttr {
        /// Number of threads of a pool, an attribute for each.
        1 NFSD_A_SERVER_THREADS Threads threads: Many<u32>,
        /// Grace time in seconds, in which clients claim their locks again.
        2 NFSD_A_SERVER_GRACETIME GraceTime grace_time: u32,
        /// Lease time of clients in seconds.
        3 NFSD_A_SERVER_LEASETIME LeaseTime lease_time: u32,
        /// Scope by which clients recognize the server.
        4 NFSD_A_SERVER_SCOPE Scope scope: Text,
        /// Least number of threads; the server starts more on demand.
        5 NFSD_A_SERVER_MIN_THREADS MinThreads min_threads: u32,
        /// Key that signs file handles.
        6 NFSD_A_SERVER_FH_KEY HandleKey handle_key: Secret<ByteArray<16>>,
    }
}

attributes! {
    /// Versions of NFS (`NFSD_A_SERVER_PROTO_*`).
    pub set Versions, enum VersionsAttr {
        /// Version, an attribute for each.
        1 NFSD_A_SERVER_PROTO_VERSION Version version: Many<Nest<Version>>,
    }
}

attributes! {
    /// Version of NFS (`NFSD_A_VERSION_*`).
    pub set Version, enum VersionAttr {
        /// Major version, 2 to 4.
        1 NFSD_A_VERSION_MAJOR Major major: u32,
        /// Minor version.
        2 NFSD_A_VERSION_MINOR Minor minor: u32,
        /// True if the version is enabled.
        3 NFSD_A_VERSION_ENABLED Enabled enabled: Flag,
    }
}

attributes! {
    /// Sockets that listen (`NFSD_A_SERVER_SOCK_*`).
    pub set Listeners, enum ListenersAttr {
        /// Socket, an attribute for each.
        1 NFSD_A_SERVER_SOCK_ADDR Listener listener: Many<Nest<Listener>>,
    }
}

attributes! {
    /// Socket that listens (`NFSD_A_SOCK_*`).
    pub set Listener, enum ListenerAttr {
        /// Address and port (`struct sockaddr_storage`).
        1 NFSD_A_SOCK_ADDR Address address: Bytes,
        /// Transport: `tcp`, `udp` or `rdma`.
        2 NFSD_A_SOCK_TRANSPORT_NAME Transport transport: Text,
    }
}

attributes! {
    /// Mode of thread pools (`NFSD_A_POOL_MODE_*`).
    pub set PoolMode, enum PoolModeAttr {
        /// Mode: `auto`, `global`, `percpu` or `pernode`.
        1 NFSD_A_POOL_MODE_MODE Mode mode: Text,
        /// Number of pools.
        2 NFSD_A_POOL_MODE_NPOOLS Pools pools: u32,
    }
}

attributes! {
    /// Address whose locks are released (`NFSD_A_UNLOCK_IP_*`).
    pub set UnlockAddress, enum UnlockAddressAttr {
        /// Address of the server; the port is ignored.
        1 NFSD_A_UNLOCK_IP_ADDRESS Address address: SocketAddress,
    }
}

attributes! {
    /// File system whose locks are released (`NFSD_A_UNLOCK_FILESYSTEM_*`).
    pub set UnlockFileSystem, enum UnlockFileSystemAttr {
        /// Path of the file system.
        1 NFSD_A_UNLOCK_FILESYSTEM_PATH Path path: Text,
    }
}

attributes! {
    /// Export whose state is released (`NFSD_A_UNLOCK_EXPORT_*`).
    pub set UnlockExport, enum UnlockExportAttr {
        /// Path of the export.
        1 NFSD_A_UNLOCK_EXPORT_PATH Path path: Text,
    }
}
