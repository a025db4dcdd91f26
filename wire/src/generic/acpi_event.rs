//! `acpi_event`: events of ACPI, such as a lid, a button or a power supply, as
//! `acpid` receives them (`drivers/acpi/event.c`). The family has no requests.
//!
//! ```
//! use nlwire::generic::acpi_event::{Acpi, Change};
//! use nlwire::{DecodeError, MessageRef, fields};
//!
//! fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
//!     if let Change::Event(row) = Change::of(message) {
//!         let event = fields!(row.attributes => Acpi { event })?.event;
//!         println!("{event:?}");
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family};
use crate::codec::Struct;
use crate::zerocopy::native_endian::U32;
use crate::{attributes, structs};

family! {
    name ACPI_GENL_FAMILY_NAME "acpi_event";
    version ACPI_GENL_VERSION 1;
    group ACPI_GENL_MCAST_GROUP_NAME "acpi_mc_group" "events: [`Change`].";
    command 1 ACPI_GENL_CMD_EVENT Acpi "Reports an event.";
}

changes! {
    /// Notification of the group [`ACPI_GENL_MCAST_GROUP_NAME`].
    Change {
        /// Event of a device.
        Event(Acpi) = ACPI_GENL_CMD_EVENT;
    }
}

structs! {
    /// Event of a device.
    #[doc(alias = "acpi_genl_event")]
    pub struct AcpiEvent: 44 {
        /// Class of the device, such as `button/lid`, padded with NUL.
        device_class: [u8; 20],
        /// Name of the device on its bus, such as `LID0`, padded with NUL.
        bus_id: [u8; 15],
        /// Padding.
        padding: [u8; 1],
        /// Type of the event.
        kind: U32,
        /// Data of the event.
        data: U32,
    }
}

impl AcpiEvent {
    /// Returns the class of the device, without its NUL.
    #[must_use]
    pub fn class(&self) -> &[u8] {
        until_nul(&self.device_class)
    }

    /// Returns the name of the device on its bus, without its NUL.
    #[must_use]
    pub fn bus(&self) -> &[u8] {
        until_nul(&self.bus_id)
    }
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|&byte| byte == 0).next().unwrap_or_default()
}

attributes! {
    /// Event of ACPI (`ACPI_GENL_ATTR_*`).
    pub set Acpi, enum AcpiAttr {
        /// Event.
        1 ACPI_GENL_ATTR_EVENT Event event: Struct<AcpiEvent>,
    }
}
