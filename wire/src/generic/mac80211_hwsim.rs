//! `MAC80211_HWSIM`: simulated radios of wireless LAN, for tests of `nl80211`
//! (`drivers/net/wireless/mac80211_hwsim.h`).
//!
//! ```
//! use nlwire::generic::mac80211_hwsim::{DeleteRadio, GetRadios, HwsimAttr, NewRadio};
//!
//! let two = [HwsimAttr::Channels(2), HwsimAttr::DeleteOnClose(true)];
//! let new = NewRadio::by_name("phy7").with(&two);
//! let radios = GetRadios::all();
//! let delete = DeleteRadio::by_id(0).if_there();
//! ```
//!
//! The kernel acknowledges a new radio with its number:
//! [`AckRef::code`](crate::AckRef::code) returns it. [`Change::NewRadio`] reports
//! it to other programs.
//!
//! A program in the place of the air passes frames on between radios, as `wmediumd`
//! does. It registers, gets [`Change::Frame`] for each one that a radio sends, delivers
//! it to the other radio, and reports to the sender that it was acknowledged:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::mac80211_hwsim::*;
//!
//! let register = Register::this_socket();
//! let sender = GetRadio::by_id(0);
//!
//! /// Prints a frame: the cookie comes back in the report.
//! fn print(row: &HwsimRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Hwsim { transmitter, cookie, frequency })?;
//!     println!(
//!         "{:x?} on {:?} MHz, cookie {:?}",
//!         found.transmitter, found.frequency, found.cookie
//!     );
//!     Ok(())
//! }
//!
//! let (from, to) = ([0x42, 0, 0, 0, 0, 0], [0x42, 0, 0, 0, 1, 0]);
//! let frame = [0x08; 24];
//! let received = [HwsimAttr::RxRate(1), HwsimAttr::Signal(-50)];
//! let deliver = DeliverFrame::to(&to, &frame).with(&received);
//!
//! // The first rate was tried once; no other one was needed.
//! let none = TxRate {
//!     index: -1,
//!     count: 0,
//! };
//! let rates = [TxRate { index: 1, count: 1 }, none, none, none];
//! let sent = [
//!     HwsimAttr::Flags(TxFlags::ACKED),
//!     HwsimAttr::TxRates(&rates),
//!     HwsimAttr::Signal(-50),
//! ];
//! let report = ReportTransmission::of(&from, 17).with(&sent);
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Array, Bytes, Flag, Hardware, UnterminatedText};
use crate::zerocopy::native_endian::{U16, U32};
use crate::{Text, attributes, flags, structs};

family! {
    name HWSIM_GENL_NAME "MAC80211_HWSIM";
    version HWSIM_GENL_VERSION 1;
    group HWSIM_MCGRP_CONFIG_NAME "config" "new and deleted radios.";
    command 1 HWSIM_CMD_REGISTER Hwsim "Registers for the frames of all radios.";
    command 2 HWSIM_CMD_FRAME Hwsim "Delivers a frame to a radio, or reports one.";
    command 3 HWSIM_CMD_TX_INFO_FRAME Hwsim "Reports the transmission of a frame to its radio.";
    command 4 HWSIM_CMD_NEW_RADIO Hwsim "Creates a radio, or reports one.";
    command 5 HWSIM_CMD_DEL_RADIO Hwsim "Deletes a radio, or reports that.";
    command 6 HWSIM_CMD_GET_RADIO Hwsim "Reads a radio, or lists all.";
    command 7 HWSIM_CMD_ADD_MAC_ADDR Hwsim "Reports a MAC address that a radio receives.";
    command 8 HWSIM_CMD_DEL_MAC_ADDR Hwsim "Reports a MAC address that a radio receives no longer.";
}

requests! {
    Hwsim, HwsimAttr, HwsimRow, "radio";

    /// Lists radios.
    List GetRadios = HWSIM_CMD_GET_RADIO {
        /// Lists the radios of the network namespace.
        all() {}
    }
    /// Reads a radio.
    Ask GetRadio = HWSIM_CMD_GET_RADIO {
        /// Reads the radio with this number.
        by_id(radio: u32) { Radio(radio) }
    }
    /// Creates a radio.
    Act NewRadio = HWSIM_CMD_NEW_RADIO {
        /// Creates a radio with the next number.
        new() {}
        /// Creates a radio whose wiphy has this name. If another wiphy has it, the
        /// kernel chooses one.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
    }
    /// Deletes a radio.
    Delete(ENODEV) DeleteRadio = HWSIM_CMD_DEL_RADIO {
        /// Deletes the radio with this number.
        by_id(radio: u32) { Radio(radio) }
        /// Deletes the radio whose wiphy has this name.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
    }
    /// Registers for the frames of all radios, which the socket must then deliver.
    Act Register = HWSIM_CMD_REGISTER {
        /// Registers this socket.
        this_socket() {}
    }
    /// Delivers a frame: `with` [`RxRate`](HwsimAttr::RxRate) and
    /// [`Signal`](HwsimAttr::Signal).
    Act DeliverFrame = HWSIM_CMD_FRAME {
        /// Delivers this frame to the radio with this MAC address.
        to(receiver: &'a [u8; 6], frame: &'a [u8]) { Receiver(receiver), Frame(frame) }
    }
    /// Reports the transmission of a frame: `with` [`Flags`](HwsimAttr::Flags),
    /// [`TxRates`](HwsimAttr::TxRates) and [`Signal`](HwsimAttr::Signal).
    Act ReportTransmission = HWSIM_CMD_TX_INFO_FRAME {
        /// Reports the frame with this cookie to the radio that has sent it.
        of(transmitter: &'a [u8; 6], cookie: u64) { Transmitter(transmitter), Cookie(cookie) }
    }
}

changes! {
    /// Notification of the group [`HWSIM_MCGRP_CONFIG_NAME`], or a message for the
    /// registered socket.
    Change {
        /// New radio.
        NewRadio(Hwsim) = HWSIM_CMD_NEW_RADIO;
        /// Deleted radio.
        DelRadio(Hwsim) = HWSIM_CMD_DEL_RADIO;
        /// Frame that a radio has sent.
        Frame(Hwsim) = HWSIM_CMD_FRAME;
        /// MAC address that a radio receives.
        AddMac(Hwsim) = HWSIM_CMD_ADD_MAC_ADDR;
        /// MAC address that a radio receives no longer.
        DelMac(Hwsim) = HWSIM_CMD_DEL_MAC_ADDR;
    }
}

flags! {
    /// Flags of a transmission.
    pub struct TxFlags(u32) {
        WANTS_STATUS = 0x1 "HWSIM_TX_CTL_REQ_TX_STATUS" "req-tx-status";
        NO_ACK = 0x2 "HWSIM_TX_CTL_NO_ACK" "no-ack";
        ACKED = 0x4 "HWSIM_TX_STAT_ACK" "ack";
    }
}

flags! {
    /// Flags of a transmit rate.
    pub struct RateFlags(u16) {
        RTS_CTS = 0x1 "MAC80211_HWSIM_TX_RC_USE_RTS_CTS" "rts-cts";
        CTS_PROTECT = 0x2 "MAC80211_HWSIM_TX_RC_USE_CTS_PROTECT" "cts-protect";
        SHORT_PREAMBLE = 0x4 "MAC80211_HWSIM_TX_RC_USE_SHORT_PREAMBLE" "short-preamble";
        MCS = 0x8 "MAC80211_HWSIM_TX_RC_MCS" "mcs";
        GREEN_FIELD = 0x10 "MAC80211_HWSIM_TX_RC_GREEN_FIELD" "green-field";
        WIDTH_40 = 0x20 "MAC80211_HWSIM_TX_RC_40_MHZ_WIDTH" "40-mhz";
        DUP_DATA = 0x40 "MAC80211_HWSIM_TX_RC_DUP_DATA" "dup-data";
        SHORT_GI = 0x80 "MAC80211_HWSIM_TX_RC_SHORT_GI" "short-gi";
        VHT_MCS = 0x100 "MAC80211_HWSIM_TX_RC_VHT_MCS" "vht-mcs";
        WIDTH_80 = 0x200 "MAC80211_HWSIM_TX_RC_80_MHZ_WIDTH" "80-mhz";
        WIDTH_160 = 0x400 "MAC80211_HWSIM_TX_RC_160_MHZ_WIDTH" "160-mhz";
    }
}

structs! {
    /// Transmit rate.
    #[doc(alias = "hwsim_tx_rate")]
    pub struct TxRate: 2 {
        /// Rate index; -1 for none.
        index: i8,
        /// Number of attempts.
        count: u8,
    }

    /// Transmit rate with its flags.
    #[doc(alias = "hwsim_tx_rate_flag")]
    pub struct TxRateFlags: 3 {
        /// Rate index; -1 for none.
        index: i8,
        /// Flags: [`RateFlags`].
        flags: U16 as RateFlags,
    }
}

attributes! {
    /// Radio of mac80211_hwsim, or a frame (`HWSIM_ATTR_*`).
    pub set Hwsim, enum HwsimAttr {
        /// MAC address of the receiving radio.
        1 HWSIM_ATTR_ADDR_RECEIVER Receiver receiver: Hardware,
        /// MAC address of the sending radio.
        2 HWSIM_ATTR_ADDR_TRANSMITTER Transmitter transmitter: Hardware,
        /// Frame with its header of IEEE 802.11.
        3 HWSIM_ATTR_FRAME Frame frame: Bytes,
        /// Flags of the transmission.
        4 HWSIM_ATTR_FLAGS Flags flags: TxFlags,
        /// Receive rate as an index of the band's rates.
        5 HWSIM_ATTR_RX_RATE RxRate rx_rate: u32,
        /// Signal of the received frame in dBm.
        6 HWSIM_ATTR_SIGNAL Signal signal: i32,
        /// Transmit rates: four attempts.
        7 HWSIM_ATTR_TX_INFO TxRates tx_rates: Array<TxRate>,
        /// Cookie of the frame.
        8 HWSIM_ATTR_COOKIE Cookie cookie: u64,
        /// Number of channels in use at once.
        9 HWSIM_ATTR_CHANNELS Channels channels: u32,
        /// Radio number.
        10 HWSIM_ATTR_RADIO_ID Radio radio: u32,
        /// Country code of the regulatory hint.
        11 HWSIM_ATTR_REG_HINT_ALPHA2 Country country: UnterminatedText,
        /// Index of the driver's own regulatory domain.
        12 HWSIM_ATTR_REG_CUSTOM_REG CustomRegulatory custom_regulatory: u32,
        /// True if the regulatory domain is strict.
        13 HWSIM_ATTR_REG_STRICT_REG StrictRegulatory strict_regulatory: Flag,
        /// True if P2P devices are supported.
        14 HWSIM_ATTR_SUPPORT_P2P_DEVICE P2pDevice p2p_device: Flag,
        /// True if channel contexts are in use with one channel, too.
        15 HWSIM_ATTR_USE_CHANCTX ChannelContexts channel_contexts: Flag,
        /// True if the radio is deleted when the socket is closed.
        16 HWSIM_ATTR_DESTROY_RADIO_ON_CLOSE DeleteOnClose delete_on_close: Flag,
        /// Name of the radio's wiphy.
        17 HWSIM_ATTR_RADIO_NAME Name name: UnterminatedText,
        /// True if no interface is created with the radio.
        18 HWSIM_ATTR_NO_VIF NoInterface no_interface: Flag,
        /// Frequency in MHz.
        19 HWSIM_ATTR_FREQ Frequency frequency: u32,
        /// Padding.
        20 HWSIM_ATTR_PAD Pad pad: Bytes,
        /// Flags of the transmit rates.
        21 HWSIM_ATTR_TX_INFO_FLAGS TxRateFlags tx_rate_flags: Array<TxRateFlags>,
        /// Permanent MAC address of the new radio.
        22 HWSIM_ATTR_PERM_ADDR PermanentMac permanent_mac: Hardware,
        /// Supported interface types: bit n is the type n of nl80211.
        23 HWSIM_ATTR_IFTYPE_SUPPORT InterfaceTypes interface_types: u32,
        /// Supported cipher suites.
        24 HWSIM_ATTR_CIPHER_SUPPORT Ciphers ciphers: Array<U32>,
        /// True if MLO is supported.
        25 HWSIM_ATTR_MLO_SUPPORT Mlo mlo: Flag,
    }
}
