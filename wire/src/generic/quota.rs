//! `VFS_DQUOT`: warnings about disk quotas, as `quota_nld` receives them
//! (`linux/quota.h`). The family has no requests.
//!
//! ```
//! use nlwire::generic::quota::{Change, QuotaWarning};
//! use nlwire::{DecodeError, MessageRef, fields};
//!
//! fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
//!     if let Change::Warning(row) = Change::of(message) {
//!         let found = fields!(row.attributes => QuotaWarning { excess_id, warning })?;
//!         println!("{:?}: {:?}", found.excess_id, found.warning);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family};
use crate::codec::Bytes;
use crate::{attributes, numbers};

family! {
    name QUOTA_GENL_NAME "VFS_DQUOT";
    version QUOTA_GENL_VERSION 1;
    group QUOTA_NL_GROUP "events" "warnings about quotas: [`Change`].";
    command 1 QUOTA_NL_C_WARNING QuotaWarning "Reports that a limit of a quota was crossed.";
}

changes! {
    /// Notification of the group [`QUOTA_NL_GROUP`].
    Change {
        /// Warning about a quota.
        Warning(QuotaWarning) = QUOTA_NL_C_WARNING;
    }
}

numbers! {
    /// Owner of a quota.
    pub struct QuotaType(u32) {
        USER = 0 "USRQUOTA" "user";
        GROUP = 1 "GRPQUOTA" "group";
        PROJECT = 2 "PRJQUOTA" "project";
    }
}

numbers! {
    /// Limit that was crossed.
    pub struct Warning(u32) {
        NONE = 0 "QUOTA_NL_NOWARN" "nowarn";
        /// Hard limit of inodes reached.
        INODES_HARD = 1 "QUOTA_NL_IHARDWARN" "ihardwarn";
        /// Grace time of inodes expired.
        INODES_SOFT_LONG = 2 "QUOTA_NL_ISOFTLONGWARN" "isoftlongwarn";
        /// Soft limit of inodes reached.
        INODES_SOFT = 3 "QUOTA_NL_ISOFTWARN" "isoftwarn";
        /// Hard limit of blocks reached.
        BLOCKS_HARD = 4 "QUOTA_NL_BHARDWARN" "bhardwarn";
        /// Grace time of blocks expired.
        BLOCKS_SOFT_LONG = 5 "QUOTA_NL_BSOFTLONGWARN" "bsoftlongwarn";
        /// Soft limit of blocks reached.
        BLOCKS_SOFT = 6 "QUOTA_NL_BSOFTWARN" "bsoftwarn";
        /// Usage fell below the hard limit of inodes.
        INODES_HARD_BELOW = 7 "QUOTA_NL_IHARDBELOW" "ihardbelow";
        /// Usage fell below the soft limit of inodes.
        INODES_SOFT_BELOW = 8 "QUOTA_NL_ISOFTBELOW" "isoftbelow";
        /// Usage fell below the hard limit of blocks.
        BLOCKS_HARD_BELOW = 9 "QUOTA_NL_BHARDBELOW" "bhardbelow";
        /// Usage fell below the soft limit of blocks.
        BLOCKS_SOFT_BELOW = 10 "QUOTA_NL_BSOFTBELOW" "bsoftbelow";
    }
}

attributes! {
    /// Warning about a quota (`QUOTA_NL_A_*`).
    pub set QuotaWarning, enum QuotaWarningAttr {
        /// Owner of the quota: a user, a group or a project.
        1 QUOTA_NL_A_QTYPE Kind kind: QuotaType,
        /// ID of the user, the group or the project.
        2 QUOTA_NL_A_EXCESS_ID ExcessId excess_id: u64,
        /// Limit that was crossed.
        3 QUOTA_NL_A_WARNING Warning warning: Warning,
        /// Major number of the file system's device.
        4 QUOTA_NL_A_DEV_MAJOR Major major: u32,
        /// Minor number of the file system's device.
        5 QUOTA_NL_A_DEV_MINOR Minor minor: u32,
        /// ID of the user whose process caused the warning.
        6 QUOTA_NL_A_CAUSED_ID CausedId caused_id: u64,
        /// Padding.
        7 QUOTA_NL_A_PAD Pad pad: Bytes,
    }
}
