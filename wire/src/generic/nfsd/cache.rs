//! Caches of exports, which `mountd` fills.
//!
//! `mountd` answers what the kernel asks: whether a path is exported to a domain of
//! clients, and which path has the file system of a file handle. Both are forgotten by
//! `exportfs -f`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nfsd::*;
//!
//! let (exports, keys) = (GetExports::all(), GetExportKeys::all());
//!
//! /// Returns the client and the path of each export that waits, which an answer
//! /// repeats.
//! fn print(row: &ExportsRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     for export in fields!(row.attributes => Exports { export })?.export.into_iter().flatten() {
//!         let found = fields!(export? => Export { client, path })?;
//!         println!("{:?} for {:?}", found.path, found.client);
//!     }
//!     Ok(())
//! }
//!
//! let export = [
//!     ExportAttr::Client("*".into()),
//!     ExportAttr::Path("/srv/home".into()),
//!     ExportAttr::Expiry(1_800_000_000),
//!     ExportAttr::AnonymousUser(65534),
//!     ExportAttr::AnonymousGroup(65534),
//!     ExportAttr::Flags(ExportFlags::READ_ONLY | ExportFlags::ROOT_SQUASH),
//! ];
//! let export = [ExportsAttr::Export((&export).into())];
//! let answer = SetExports::new().with(&export);
//!
//! // Type 1: the identifier is the number that `fsid=` of exports(5) gives.
//! let key = [
//!     ExportKeyAttr::Client("*".into()),
//!     ExportKeyAttr::FileSystemType(1),
//!     ExportKeyAttr::FileSystem(&[0, 0, 0, 0]),
//!     ExportKeyAttr::Expiry(1_800_000_000),
//!     ExportKeyAttr::Path("/srv/home".into()),
//! ];
//! let key = [ExportKeysAttr::Key((&key).into())];
//! let answer_key = SetExportKeys::new().with(&key);
//!
//! let flush = FlushCaches::of(CacheType::SVC_EXPORT | CacheType::EXPKEY);
//! ```

use super::super::family::requests;
use super::{
    FamilyHeader, NFSD_CMD_CACHE_FLUSH, NFSD_CMD_EXPKEY_GET_REQS, NFSD_CMD_EXPKEY_SET_REQS,
    NFSD_CMD_SVC_EXPORT_GET_REQS, NFSD_CMD_SVC_EXPORT_SET_REQS, PROTOCOL, header,
};
use crate::codec::{Bytes, Flag, Many, Nest, Text};
use crate::{attributes, flags};

requests! {
    Exports, ExportsAttr, ExportsRow, "exports";

    /// Lists the exports that wait for an answer.
    List GetExports = NFSD_CMD_SVC_EXPORT_GET_REQS {
        /// Lists all exports that wait.
        all() {}
    }
    /// Answers exports: `with` [`Export`](ExportsAttr::Export).
    Act SetExports = NFSD_CMD_SVC_EXPORT_SET_REQS {
        /// Answers the exports that `with` names.
        new() {}
    }
}

requests! {
    ExportKeys, ExportKeysAttr, ExportKeysRow, "export keys";

    /// Lists the export keys that wait for an answer.
    List GetExportKeys = NFSD_CMD_EXPKEY_GET_REQS {
        /// Lists all keys that wait.
        all() {}
    }
    /// Answers export keys: `with` [`Key`](ExportKeysAttr::Key).
    Act SetExportKeys = NFSD_CMD_EXPKEY_SET_REQS {
        /// Answers the keys that `with` names.
        new() {}
    }
}

requests! {
    CacheFlush, CacheFlushAttr, CacheFlushRow, "caches";

    /// Deletes the entries of caches.
    Act FlushCaches = NFSD_CMD_CACHE_FLUSH {
        /// Deletes the entries of these caches.
        of(caches: CacheType) { Caches(caches) }
        /// Deletes the entries of all caches.
        all() {}
    }
}

flags! {
    /// Caches.
    pub struct CacheType(u32) {
        /// Options of exports.
        SVC_EXPORT = 0x1 "NFSD_CACHE_TYPE_SVC_EXPORT" "svc_export";
        /// Paths of file systems.
        EXPKEY = 0x2 "NFSD_CACHE_TYPE_EXPKEY" "expkey";
    }
}

flags! {
    /// Options of an export, as in exports(5).
    pub struct ExportFlags(u32) {
        READ_ONLY = 0x1 "NFSD_EXPORT_FLAGS_READONLY" "readonly";
        /// Accepts requests from ports above 1023.
        INSECURE_PORT = 0x2 "NFSD_EXPORT_FLAGS_INSECURE_PORT" "insecure-port";
        /// Maps root to the anonymous user.
        ROOT_SQUASH = 0x4 "NFSD_EXPORT_FLAGS_ROOTSQUASH" "rootsquash";
        /// Maps all users to the anonymous user.
        ALL_SQUASH = 0x8 "NFSD_EXPORT_FLAGS_ALLSQUASH" "allsquash";
        /// Answers before data is on disk.
        ASYNC = 0x10 "NFSD_EXPORT_FLAGS_ASYNC" "async";
        /// Waits for further writes before data goes to disk.
        GATHERED_WRITES = 0x20 "NFSD_EXPORT_FLAGS_GATHERED_WRITES" "gathered-writes";
        NO_READDIRPLUS = 0x40 "NFSD_EXPORT_FLAGS_NOREADDIRPLUS" "noreaddirplus";
        SECURITY_LABEL = 0x80 "NFSD_EXPORT_FLAGS_SECURITY_LABEL" "security-label";
        /// Signs file handles.
        SIGN_HANDLES = 0x100 "NFSD_EXPORT_FLAGS_SIGN_FH" "sign-fh";
        /// Shows file systems that are mounted below the export.
        NO_HIDE = 0x200 "NFSD_EXPORT_FLAGS_NOHIDE" "nohide";
        NO_SUBTREE_CHECK = 0x400 "NFSD_EXPORT_FLAGS_NOSUBTREECHECK" "nosubtreecheck";
        /// Accepts locks without authentication.
        NO_AUTH_NLM = 0x800 "NFSD_EXPORT_FLAGS_NOAUTHNLM" "noauthnlm";
        MSNFS = 0x1000 "NFSD_EXPORT_FLAGS_MSNFS" "msnfs";
        /// Identifies the file system by a number.
        FSID = 0x2000 "NFSD_EXPORT_FLAGS_FSID" "fsid";
        /// Crosses into file systems that are mounted below the export.
        CROSS_MOUNT = 0x4000 "NFSD_EXPORT_FLAGS_CROSSMOUNT" "crossmount";
        NO_ACL = 0x8000 "NFSD_EXPORT_FLAGS_NOACL" "noacl";
        /// Leads to exports only.
        V4_ROOT = 0x1_0000 "NFSD_EXPORT_FLAGS_V4ROOT" "v4root";
        PNFS = 0x2_0000 "NFSD_EXPORT_FLAGS_PNFS" "pnfs";
    }
}

flags! {
    /// Transport security that an export accepts.
    pub struct TransportSecurity(u32) {
        NONE = 0x1 "NFSD_XPRTSEC_MODE_NONE" "none";
        TLS = 0x2 "NFSD_XPRTSEC_MODE_TLS" "tls";
        /// TLS with a certificate of the client.
        MTLS = 0x4 "NFSD_XPRTSEC_MODE_MTLS" "mtls";
    }
}

attributes! {
    /// Caches in which requests wait (`NFSD_A_CACHE_NOTIFY_*`).
    pub set CacheNotice, enum CacheNoticeAttr {
        /// Caches.
        1 NFSD_A_CACHE_NOTIFY_CACHE_TYPE Caches caches: CacheType,
    }
}

attributes! {
    /// Caches whose entries are deleted (`NFSD_A_CACHE_FLUSH_*`).
    pub set CacheFlush, enum CacheFlushAttr {
        /// Caches.
        1 NFSD_A_CACHE_FLUSH_MASK Caches caches: CacheType,
    }
}

attributes! {
    /// Exports (`NFSD_A_SVC_EXPORT_REQS_*`).
    pub set Exports, enum ExportsAttr {
        /// Export, an attribute for each.
        1 NFSD_A_SVC_EXPORT_REQS_REQUESTS Export export: Many<Nest<Export>>,
    }
}

attributes! {
    /// Export of a path to clients (`NFSD_A_SVC_EXPORT_*`).
    pub set Export, enum ExportAttr {
        /// Sequence number of the entry.
        1 NFSD_A_SVC_EXPORT_SEQNO Sequence sequence: u64,
        /// Domain of the clients.
        2 NFSD_A_SVC_EXPORT_CLIENT Client client: Text,
        /// Path of the export.
        3 NFSD_A_SVC_EXPORT_PATH Path path: Text,
        /// True if the path is not exported.
        4 NFSD_A_SVC_EXPORT_NEGATIVE Negative negative: Flag,
        /// Time of expiry in seconds since 1970.
        5 NFSD_A_SVC_EXPORT_EXPIRY Expiry expiry: u64,
        /// ID of the anonymous user.
        6 NFSD_A_SVC_EXPORT_ANON_UID AnonymousUser anonymous_user: u32,
        /// ID of the anonymous user's group.
        7 NFSD_A_SVC_EXPORT_ANON_GID AnonymousGroup anonymous_group: u32,
        /// Other servers that have the files.
        8 NFSD_A_SVC_EXPORT_FSLOCATIONS Locations locations: Nest<Locations>,
        /// UUID of the file system.
        9 NFSD_A_SVC_EXPORT_UUID Uuid uuid: Bytes,
        /// Authentication flavour, an attribute for each.
        10 NFSD_A_SVC_EXPORT_SECINFO Flavour flavour: Many<Nest<AuthFlavour>>,
        /// Transport security, an attribute for each.
        11 NFSD_A_SVC_EXPORT_XPRTSEC TransportSecurity transport_security: Many<TransportSecurity>,
        /// Options: [`ExportFlags`].
        12 NFSD_A_SVC_EXPORT_FLAGS Flags flags: ExportFlags,
        /// Number of the file system.
        13 NFSD_A_SVC_EXPORT_FSID FileSystem file_system: i32,
    }
}

attributes! {
    /// Servers that have the files (`NFSD_A_FSLOCATIONS_*`).
    pub set Locations, enum LocationsAttr {
        /// Server, an attribute for each.
        1 NFSD_A_FSLOCATIONS_LOCATION Location location: Many<Nest<Location>>,
    }
}

attributes! {
    /// Server that has the files (`NFSD_A_FSLOCATION_*`).
    pub set Location, enum LocationAttr {
        /// Name or address of the server.
        1 NFSD_A_FSLOCATION_HOST Host host: Text,
        /// Path on the server.
        2 NFSD_A_FSLOCATION_PATH Path path: Text,
    }
}

attributes! {
    /// Authentication flavour of an export (`NFSD_A_AUTH_FLAVOR_*`).
    pub set AuthFlavour, enum AuthFlavourAttr {
        /// Number of the flavour, such as 1 for `sys` or 390,003 for `krb5`.
        1 NFSD_A_AUTH_FLAVOR_PSEUDOFLAVOR Flavour flavour: u32,
        /// Options for clients with this flavour: [`ExportFlags`].
        2 NFSD_A_AUTH_FLAVOR_FLAGS Flags flags: ExportFlags,
    }
}

attributes! {
    /// Export keys (`NFSD_A_EXPKEY_REQS_*`).
    pub set ExportKeys, enum ExportKeysAttr {
        /// Export key, an attribute for each.
        1 NFSD_A_EXPKEY_REQS_REQUESTS Key key: Many<Nest<ExportKey>>,
    }
}

attributes! {
    /// Export key: a file system of a file handle (`NFSD_A_EXPKEY_*`).
    pub set ExportKey, enum ExportKeyAttr {
        /// Sequence number of the entry.
        1 NFSD_A_EXPKEY_SEQNO Sequence sequence: u64,
        /// Domain of the clients.
        2 NFSD_A_EXPKEY_CLIENT Client client: Text,
        /// Type of the file system's identifier.
        3 NFSD_A_EXPKEY_FSIDTYPE FileSystemType file_system_type: u8,
        /// Identifier of the file system.
        4 NFSD_A_EXPKEY_FSID FileSystem file_system: Bytes,
        /// True if the file system is not exported.
        5 NFSD_A_EXPKEY_NEGATIVE Negative negative: Flag,
        /// Time of expiry in seconds since 1970.
        6 NFSD_A_EXPKEY_EXPIRY Expiry expiry: u64,
        /// Path of the file system.
        7 NFSD_A_EXPKEY_PATH Path path: Text,
    }
}
