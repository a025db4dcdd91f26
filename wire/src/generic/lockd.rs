//! `lockd`: settings of the lock server of NFSv3 (`linux/lockd_netlink.h`, Linux
//! 6.15).
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::lockd::*;
//!
//! // As the section `[lockd]` of nfs.conf(5) has `nfsdctl autostart` do it.
//! let set = SetServer::new().with(&[LockServerAttr::GraceTime(30)]);
//! let read = GetServer::new();
//!
//! /// Prints the ports; port 0 lets the kernel choose.
//! fn print(row: &LockServerRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => LockServer { tcp_port, udp_port })?;
//!     println!("TCP {:?}, UDP {:?}", found.tcp_port, found.udp_port);
//!     Ok(())
//! }
//! ```

use super::family::{family, requests};
use crate::attributes;

family! {
    name LOCKD_FAMILY_NAME "lockd";
    version LOCKD_FAMILY_VERSION 1;
    command 1 LOCKD_CMD_SERVER_SET LockServer "Changes the settings.";
    command 2 LOCKD_CMD_SERVER_GET LockServer "Reads the settings.";
}

requests! {
    LockServer, LockServerAttr, LockServerRow, "lock server";

    /// Changes the settings, before the server starts.
    Act SetServer = LOCKD_CMD_SERVER_SET {
        /// Changes the settings that `with` names.
        new() {}
    }
    /// Reads the settings.
    Ask GetServer = LOCKD_CMD_SERVER_GET {
        /// Reads all settings.
        new() {}
    }
}

attributes! {
    /// Settings of the lock server (`LOCKD_A_SERVER_*`).
    pub set LockServer, enum LockServerAttr {
        /// Grace time in seconds, in which clients claim their locks again.
        1 LOCKD_A_SERVER_GRACETIME GraceTime grace_time: u32,
        /// TCP port.
        2 LOCKD_A_SERVER_TCP_PORT TcpPort tcp_port: u16,
        /// UDP port.
        3 LOCKD_A_SERVER_UDP_PORT UdpPort udp_port: u16,
    }
}
