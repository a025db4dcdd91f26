//! `SMC_PNETID`: the PNET table, which says what devices are on the same network.
//!
//! The table is listed and cleared, as by `smc_pnet -s`, `smc_pnet -d NET1` and
//! `smc_pnet -f`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::smc::pnet::*;
//!
//! let list = GetEntries::all();
//! let delete = DeleteEntries::of("NET1").if_there();
//! let flush = FlushEntries::all();
//!
//! /// Prints an entry: a link, or a port of an RDMA device.
//! fn print(row: &PnetRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Pnet { name, link_name, rdma_name, rdma_port })?;
//!     println!(
//!         "{:?}: {:?} or {:?} port {:?}",
//!         found.name, found.link_name, found.rdma_name, found.rdma_port
//!     );
//!     Ok(())
//! }
//! ```

use super::super::family::{family, requests};
use crate::attributes;
use crate::codec::Text;

family! {
    name SMCR_GENL_FAMILY_NAME "SMC_PNETID";
    version SMCR_GENL_FAMILY_VERSION 1;
    command 1 SMC_PNETID_GET Pnet "Reads entries, or lists all.";
    command 2 SMC_PNETID_ADD Pnet "Adds an entry.";
    command 3 SMC_PNETID_DEL Pnet "Deletes entries.";
    command 4 SMC_PNETID_FLUSH Pnet "Deletes all entries.";
}

requests! {
    Pnet, PnetAttr, PnetRow, "entry";

    /// Lists entries.
    List GetEntries = SMC_PNETID_GET {
        /// Lists the whole table.
        all() {}
    }
    /// Adds an entry.
    Act NewEntry = SMC_PNETID_ADD {
        /// Adds an Ethernet device to a PNET identifier.
        of_link(pnet: impl Into<crate::Text<'a>>, link: impl Into<crate::Text<'a>>) { Name(pnet.into()), LinkName(link.into()) }
        /// Adds a port of an RDMA device to a PNET identifier.
        of_rdma(pnet: impl Into<crate::Text<'a>>, device: impl Into<crate::Text<'a>>, port: u8) { Name(pnet.into()), RdmaName(device.into()), RdmaPort(port) }
    }
    /// Deletes the entries of a PNET identifier, in capital letters as the kernel keeps it.
    Delete(ENOENT) DeleteEntries = SMC_PNETID_DEL {
        /// Deletes those of this PNET identifier.
        of(pnet: impl Into<crate::Text<'a>>) { Name(pnet.into()) }
    }
    /// Deletes all entries.
    Act FlushEntries = SMC_PNETID_FLUSH {
        /// Deletes the whole table.
        all() {}
    }
}

attributes! {
    /// Entry of the PNET table (`SMC_PNETID_*`).
    pub set Pnet, enum PnetAttr {
        /// PNET identifier.
        1 SMC_PNETID_NAME Name name: Text,
        /// Link name of the Ethernet device.
        2 SMC_PNETID_ETHNAME LinkName link_name: Text,
        /// Name of the RDMA device.
        3 SMC_PNETID_IBNAME RdmaName rdma_name: Text,
        /// Port of the RDMA device.
        4 SMC_PNETID_IBPORT RdmaPort rdma_port: u8,
    }
}
