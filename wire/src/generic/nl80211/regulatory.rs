//! Regulatory domains (`iw reg get`).
//!
//! The rules of Germany are requested and read back, as by `iw reg set DE` and
//! `iw reg get`. The change is reported in the group `regulatory`, after the request is
//! acknowledged:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::*;
//!
//! let reload = ReloadRegulatory::of_kernel();
//! let request = RequestRegulatory::of_country("DE");
//! let global = GetRegulatory::global();
//! let all = GetRegulatories::all();
//!
//! /// Prints a domain: its country and its frequency ranges. The wiphy is absent in
//! /// the global domain.
//! fn print(domain: &Nl80211Row<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(domain.attributes => Nl80211 { country, wiphy, rules })?;
//!     println!("country {:?}, wiphy {:?}", found.country, found.wiphy);
//!     let Some(rules) = found.rules else { return Ok(()) };
//!     for rule in rules.iter() {
//!         let (_, rule) = rule?;
//!         let rule = fields!(rule => RegulatoryRule { start, end, max_eirp })?;
//!         println!("{:?} to {:?} kHz: {:?} mBm", rule.start, rule.end, rule.max_eirp);
//!     }
//!     Ok(())
//! }
//! ```

use super::flags::RuleFlags;
use crate::attributes;

attributes! {
    /// Regulatory rule: a range of frequencies (`NL80211_ATTR_REG_RULE_*`).
    pub set RegulatoryRule, enum RegulatoryRuleAttr {
        /// Flags.
        1 NL80211_ATTR_REG_RULE_FLAGS Flags flags: RuleFlags,
        /// Start of the range in kHz.
        2 NL80211_ATTR_FREQ_RANGE_START Start start: u32,
        /// End of the range in kHz.
        3 NL80211_ATTR_FREQ_RANGE_END End end: u32,
        /// Maximum bandwidth in kHz.
        4 NL80211_ATTR_FREQ_RANGE_MAX_BW MaxBandwidth max_bandwidth: u32,
        /// Maximum antenna gain in mBi of 1/100 dBi.
        5 NL80211_ATTR_POWER_RULE_MAX_ANT_GAIN MaxAntennaGain max_antenna_gain: u32,
        /// Maximum EIRP in mBm of 1/100 dBm.
        6 NL80211_ATTR_POWER_RULE_MAX_EIRP MaxEirp max_eirp: u32,
        /// Channel availability check time of DFS in ms; 0 for the default.
        7 NL80211_ATTR_DFS_CAC_TIME CacTime cac_time: u32,
        /// Power spectral density in dBm/MHz.
        8 NL80211_ATTR_POWER_RULE_PSD Psd psd: i8,
    }
}
