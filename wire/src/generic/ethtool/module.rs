//! Plug-in modules such as SFP and QSFP: power mode, EEPROM, firmware.
//!
//! A module saves power while no link uses it, as after
//! `ethtool --set-module eth0 power-mode-policy auto`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{
//!     GetModule, Module, ModuleAttr, ModuleRow, PowerPolicy, SetModule,
//! };
//!
//! let change = SetModule::by_name("eth0", &[ModuleAttr::Policy(PowerPolicy::AUTO)]);
//! let state = GetModule::by_name("eth0");
//!
//! /// Prints the power mode, which is absent if no module is plugged in.
//! fn print(link: &ModuleRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     println!(
//!         "{:?}",
//!         fields!(link.attributes => Module { power_mode })?.power_mode
//!     );
//!     Ok(())
//! }
//! ```

use super::request::messages;
use super::{Act, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Bytes, Nest, Text, Uint};
use crate::numbers::numbers;

/// Power mode of a link's plug-in module.
pub type ModuleRow<'a> = LinkRow<'a, Module>;
/// Reads the power mode of one link's plug-in module, or of all modules.
#[doc(alias = "ETHTOOL_MSG_MODULE_GET")]
pub type GetModule<'a> = Get<'a, Module>;
/// Changes the power mode of a link's plug-in module.
#[doc(alias = "ETHTOOL_MSG_MODULE_SET")]
pub type SetModule<'a> = Act<'a, Module>;

/// Part of the EEPROM of a link's plug-in module.
pub type ModuleEepromRow<'a> = LinkRow<'a, ModuleEeprom>;
/// Reads up to 128 bytes of the EEPROM of a link's plug-in module, which takes
/// `CAP_NET_ADMIN`. The kernel wants offset, length, page and I2C address.
///
/// ```
/// use nlwire::generic::ethtool::{GetModuleEeprom, ModuleEepromAttr};
///
/// let part = [
///     ModuleEepromAttr::Offset(0),
///     ModuleEepromAttr::Length(128),
///     ModuleEepromAttr::Page(0),
///     ModuleEepromAttr::I2cAddress(0x50),
/// ];
/// let query = GetModuleEeprom::by_name("eth0").with(&part);
/// ```
#[doc(alias = "ETHTOOL_MSG_MODULE_EEPROM_GET")]
pub type GetModuleEeprom<'a> = Get<'a, ModuleEeprom>;

/// Progress of a firmware update.
pub type ModuleFlashRow<'a> = LinkRow<'a, ModuleFlash>;
/// Flashes the firmware of a link's plug-in module, from a file that the kernel
/// reads. [`Change::ModuleFlash`](super::Change::ModuleFlash) holds the
/// progress.
///
/// ```
/// use nlwire::generic::ethtool::{FlashModule, ModuleFlashAttr};
///
/// let file = [ModuleFlashAttr::FileName("module.bin".into())];
/// let flash = FlashModule::by_name("eth0", &file);
/// ```
#[doc(alias = "ETHTOOL_MSG_MODULE_FW_FLASH_ACT")]
pub type FlashModule<'a> = Act<'a, ModuleFlash>;

messages! {
    Module: ETHTOOL_A_MODULE_HEADER, get ETHTOOL_MSG_MODULE_GET, set ETHTOOL_MSG_MODULE_SET;
    ModuleEeprom: ETHTOOL_A_MODULE_EEPROM_HEADER, get ETHTOOL_MSG_MODULE_EEPROM_GET;
    ModuleFlash: ETHTOOL_A_MODULE_FW_FLASH_HEADER, set ETHTOOL_MSG_MODULE_FW_FLASH_ACT;
}

attributes! {
    /// Power mode of a plug-in module (`ETHTOOL_A_MODULE_*`).
    pub set Module, enum ModuleAttr {
        /// Link.
        1 ETHTOOL_A_MODULE_HEADER Header header: Nest<Header>,
        /// Power mode policy.
        2 ETHTOOL_A_MODULE_POWER_MODE_POLICY Policy policy: PowerPolicy,
        /// Power mode in use.
        3 ETHTOOL_A_MODULE_POWER_MODE PowerMode power_mode: PowerMode,
    }
}

numbers! {
    /// Power mode policy of a plug-in module.
    pub struct PowerPolicy(u8) {
        /// High power mode at all times.
        HIGH = 1 "ETHTOOL_MODULE_POWER_MODE_POLICY_HIGH" "high";
        /// High power mode while a link of the module is up.
        AUTO = 2 "ETHTOOL_MODULE_POWER_MODE_POLICY_AUTO" "auto";
    }
}

numbers! {
    /// Power mode of a plug-in module.
    pub struct PowerMode(u8) {
        LOW = 1 "ETHTOOL_MODULE_POWER_MODE_LOW" "low";
        HIGH = 2 "ETHTOOL_MODULE_POWER_MODE_HIGH" "high";
    }
}

attributes! {
    /// Part of the EEPROM of a plug-in module (`ETHTOOL_A_MODULE_EEPROM_*`).
    pub set ModuleEeprom, enum ModuleEepromAttr {
        /// Link.
        1 ETHTOOL_A_MODULE_EEPROM_HEADER Header header: Nest<Header>,
        /// Offset in the page, 0 to 255; from 128 in pages other than 0.
        2 ETHTOOL_A_MODULE_EEPROM_OFFSET Offset offset: u32,
        /// Number of bytes, 1 to 128.
        3 ETHTOOL_A_MODULE_EEPROM_LENGTH Length length: u32,
        /// Page.
        4 ETHTOOL_A_MODULE_EEPROM_PAGE Page page: u8,
        /// Bank; default 0.
        5 ETHTOOL_A_MODULE_EEPROM_BANK Bank bank: u8,
        /// I2C address, 0 to 127; mostly 0x50.
        6 ETHTOOL_A_MODULE_EEPROM_I2C_ADDRESS I2cAddress i2c_address: u8,
        /// Bytes of the EEPROM.
        7 ETHTOOL_A_MODULE_EEPROM_DATA Data data: Bytes,
    }
}

attributes! {
    /// Firmware update of a plug-in module (`ETHTOOL_A_MODULE_FW_FLASH_*`).
    pub set ModuleFlash, enum ModuleFlashAttr {
        /// Link.
        1 ETHTOOL_A_MODULE_FW_FLASH_HEADER Header header: Nest<Header>,
        /// Name of the firmware file, below `/lib/firmware`.
        2 ETHTOOL_A_MODULE_FW_FLASH_FILE_NAME FileName file_name: Text,
        /// Password of the module.
        3 ETHTOOL_A_MODULE_FW_FLASH_PASSWORD Password password: u32,
        /// Progress.
        4 ETHTOOL_A_MODULE_FW_FLASH_STATUS Status status: FlashStatus,
        /// Message about the progress.
        5 ETHTOOL_A_MODULE_FW_FLASH_STATUS_MSG Message message: Text,
        /// Number of steps done.
        6 ETHTOOL_A_MODULE_FW_FLASH_DONE Done done: Uint,
        /// Number of steps in all.
        7 ETHTOOL_A_MODULE_FW_FLASH_TOTAL Total total: Uint,
    }
}

numbers! {
    /// Progress of a firmware update.
    pub struct FlashStatus(u32) {
        STARTED = 1 "ETHTOOL_MODULE_FW_FLASH_STATUS_STARTED" "started";
        IN_PROGRESS = 2 "ETHTOOL_MODULE_FW_FLASH_STATUS_IN_PROGRESS" "in progress";
        COMPLETED = 3 "ETHTOOL_MODULE_FW_FLASH_STATUS_COMPLETED" "completed";
        ERROR = 4 "ETHTOOL_MODULE_FW_FLASH_STATUS_ERROR" "error";
    }
}
