//! SMC: shared memory communications, what `smcr`, `smcd` and `smc_pnet` show and
//! set (`linux/smc.h`).
//!
//! `SMC_GEN_NETLINK` has link groups, devices and statistics; [`pnet`] is the
//! family of the PNET table, which says what devices are on the same network.
//!
//! ```
//! use nlwire::generic::smc::{GetStatistics, GetSystem, NewEid, pnet};
//!
//! let system = GetSystem::all();
//! let statistics = GetStatistics::all();
//! let eid = NewEid::named("EXAMPLE.GROUP1");
//! let entry = pnet::NewEntry::of_link("NET1", "eth0");
//! let port = pnet::NewEntry::of_rdma("NET1", "mlx5_0", 1);
//! ```
//!
//! Connections that fell back to TCP, link groups and devices, as `smcr stats show`,
//! `smcr linkgroup show`, `smcr linkgroup link-show`, `smcd linkgroup show`,
//! `smcr device` and `smcd device` print them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::smc::*;
//!
//! let fallbacks = GetFallbacks::all();
//! let groups = GetRdmaGroups::all();
//! let links = GetRdmaLinks::all();
//! let direct_groups = GetDirectGroups::all();
//! let devices = GetRdmaDevices::all();
//! let direct_devices = GetDirectDevices::all();
//!
//! /// Prints the host and the versions of SMC.
//! fn print(row: &SmcRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     if let Some(system) = fields!(row.attributes => Smc { system })?.system {
//!         let found = fields!(system => System { host, version, release })?;
//!         println!("{:?}: {:?}.{:?}", found.host, found.version, found.release);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Hosts use SMC version 2 with each other if they share an enterprise ID, EID: one
//! that users add, or the system's. The commands are `smcd ueid add`, `show`, `del`
//! and `flush`, and `smcd seid`:
//!
//! ```
//! use nlwire::generic::smc::*;
//!
//! let add = NewEid::named("EXAMPLE.GROUP1");
//! let list = GetEids::all();
//! let remove = DeleteEid::named("EXAMPLE.GROUP1").if_there();
//! let flush = FlushEids::all();
//!
//! let enable = EnableSystemEid::this_system();
//! let system = GetSystemEid::all();
//! let disable = DisableSystemEid::this_system();
//! ```
//!
//! Many new connections at once can use TCP alone, so that the handshakes of SMC do
//! not hold them up:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::smc::*;
//!
//! let enable = EnableHandshakeLimit::this_namespace();
//! let state = GetHandshakeLimit::all();
//! let disable = DisableHandshakeLimit::this_namespace();
//!
//! /// Returns true if the limit is enabled.
//! fn is_enabled(row: &HandshakeLimitRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let found = fields!(row.attributes => HandshakeLimit { enabled })?;
//!     Ok(found.enabled == Some(1))
//! }
//! ```

mod attributes;
pub mod pnet;

pub use attributes::*;

use super::family::{family, requests};

family! {
    name SMC_GENL_FAMILY_NAME "SMC_GEN_NETLINK";
    version SMC_GENL_FAMILY_VERSION 1;
    command 1 SMC_NETLINK_GET_SYS_INFO Smc "Reads the system information.";
    command 2 SMC_NETLINK_GET_LGR_SMCR Smc "Lists the link groups of SMC-R.";
    command 3 SMC_NETLINK_GET_LINK_SMCR Smc "Lists the link groups of SMC-R with their links.";
    command 4 SMC_NETLINK_GET_LGR_SMCD Smc "Lists the link groups of SMC-D.";
    command 5 SMC_NETLINK_GET_DEV_SMCD Smc "Lists the devices of SMC-D.";
    command 6 SMC_NETLINK_GET_DEV_SMCR Smc "Lists the devices of SMC-R.";
    command 7 SMC_NETLINK_GET_STATS Smc "Reads the statistics.";
    command 8 SMC_NETLINK_GET_FBACK_STATS Smc "Lists the statistics of fallbacks.";
    command 9 SMC_NETLINK_DUMP_UEID Eids "Lists the user EIDs.";
    command 10 SMC_NETLINK_ADD_UEID Eids "Adds a user EID.";
    command 11 SMC_NETLINK_REMOVE_UEID Eids "Removes a user EID.";
    command 12 SMC_NETLINK_FLUSH_UEID Eids "Removes all user EIDs.";
    command 13 SMC_NETLINK_DUMP_SEID SystemEid "Reads the system EID.";
    command 14 SMC_NETLINK_ENABLE_SEID SystemEid "Enables the system EID.";
    command 15 SMC_NETLINK_DISABLE_SEID SystemEid "Disables the system EID.";
    command 16 SMC_NETLINK_DUMP_HS_LIMITATION HandshakeLimit "Reads the limit of handshakes.";
    command 17 SMC_NETLINK_ENABLE_HS_LIMITATION HandshakeLimit "Enables the limit of handshakes.";
    command 18 SMC_NETLINK_DISABLE_HS_LIMITATION HandshakeLimit "Disables the limit of handshakes.";
}

requests! {
    Smc, SmcAttr, SmcRow, "information";

    /// Lists the system information, one row.
    List GetSystem = SMC_NETLINK_GET_SYS_INFO {
        /// Lists that of this system.
        all() {}
    }
    /// Lists link groups of SMC-R.
    List GetRdmaGroups = SMC_NETLINK_GET_LGR_SMCR {
        /// Lists all link groups.
        all() {}
    }
    /// Lists link groups of SMC-R with their links.
    List GetRdmaLinks = SMC_NETLINK_GET_LINK_SMCR {
        /// Lists all link groups, each before its links.
        all() {}
    }
    /// Lists link groups of SMC-D.
    List GetDirectGroups = SMC_NETLINK_GET_LGR_SMCD {
        /// Lists all link groups.
        all() {}
    }
    /// Lists devices of SMC-D.
    List GetDirectDevices = SMC_NETLINK_GET_DEV_SMCD {
        /// Lists all devices.
        all() {}
    }
    /// Lists devices of SMC-R.
    List GetRdmaDevices = SMC_NETLINK_GET_DEV_SMCR {
        /// Lists all devices.
        all() {}
    }
    /// Lists the statistics, one row.
    List GetStatistics = SMC_NETLINK_GET_STATS {
        /// Lists those of the network namespace.
        all() {}
    }
    /// Lists the statistics of fallbacks to TCP.
    List GetFallbacks = SMC_NETLINK_GET_FBACK_STATS {
        /// Lists those of the network namespace.
        all() {}
    }
}

requests! {
    Eids, EidsAttr, EidRow, "user EID";

    /// Lists user EIDs.
    List GetEids = SMC_NETLINK_DUMP_UEID {
        /// Lists all user EIDs.
        all() {}
    }
    /// Adds a user EID.
    Act NewEid = SMC_NETLINK_ADD_UEID {
        /// Adds this user EID, up to 32 capital letters, digits, dots and hyphens.
        named(eid: impl Into<crate::Text<'a>>) { Eid(eid.into()) }
    }
    /// Removes a user EID.
    Delete(ENOENT) DeleteEid = SMC_NETLINK_REMOVE_UEID {
        /// Removes this user EID.
        named(eid: impl Into<crate::Text<'a>>) { Eid(eid.into()) }
    }
    /// Removes all user EIDs.
    Act FlushEids = SMC_NETLINK_FLUSH_UEID {
        /// Removes those of this system.
        all() {}
    }
}

requests! {
    SystemEid, SystemEidAttr, SystemEidRow, "system EID";

    /// Lists the system EID, one row.
    List GetSystemEid = SMC_NETLINK_DUMP_SEID {
        /// Lists that of this system.
        all() {}
    }
    /// Enables the system EID.
    Act EnableSystemEid = SMC_NETLINK_ENABLE_SEID {
        /// Enables that of this system.
        this_system() {}
    }
    /// Disables the system EID.
    Act DisableSystemEid = SMC_NETLINK_DISABLE_SEID {
        /// Disables that of this system.
        this_system() {}
    }
}

requests! {
    HandshakeLimit, HandshakeLimitAttr, HandshakeLimitRow, "limit of handshakes";

    /// Lists the limit of handshakes, one row.
    List GetHandshakeLimit = SMC_NETLINK_DUMP_HS_LIMITATION {
        /// Lists that of the network namespace.
        all() {}
    }
    /// Enables the limit of handshakes.
    Act EnableHandshakeLimit = SMC_NETLINK_ENABLE_HS_LIMITATION {
        /// Enables that of the network namespace.
        this_namespace() {}
    }
    /// Disables the limit of handshakes.
    Act DisableHandshakeLimit = SMC_NETLINK_DISABLE_HS_LIMITATION {
        /// Disables that of the network namespace.
        this_namespace() {}
    }
}
