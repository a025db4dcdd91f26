//! MACsec links (`linux/if_link.h`, `linux/if_macsec.h`, `drivers/net/macsec.c`).

use crate::attributes;
use crate::codec::{Be, Bytes, Shown};
use crate::numbers::numbers;

attributes! {
    /// MACsec link (`IFLA_MACSEC_*`). Its keys belong to the generic family
    /// `macsec`.
    pub set MacSec, enum MacSecAttr {
        /// Secure channel identifier: MAC address and port, in network order.
        1 IFLA_MACSEC_SCI Sci sci: Shown<Be<u64>, crate::schema::Hexadecimal>,
        /// Port of the secure channel identifier, in network order.
        2 IFLA_MACSEC_PORT Port port: Be<u16>,
        /// Length of the integrity check value in bytes.
        3 IFLA_MACSEC_ICV_LEN IcvLen icv_len: u8,
        /// Cipher suite.
        4 IFLA_MACSEC_CIPHER_SUITE Cipher cipher: MacSecCipher,
        /// Size of the replay window in packets.
        5 IFLA_MACSEC_WINDOW Window window: u32,
        /// Secure association that sends, from 0 to 3.
        6 IFLA_MACSEC_ENCODING_SA EncodingSa encoding_sa: u8,
        /// 1 if packets are encrypted, not only authenticated.
        7 IFLA_MACSEC_ENCRYPT Encrypt encrypt: u8,
        /// 1 if sent packets are protected.
        8 IFLA_MACSEC_PROTECT Protect protect: u8,
        /// 1 if packets carry the secure channel identifier.
        9 IFLA_MACSEC_INC_SCI IncludeSci include_sci: u8,
        /// 1 if packets have the end-station bit.
        10 IFLA_MACSEC_ES EndStation end_station: u8,
        /// 1 if packets have the single-copy-broadcast bit.
        11 IFLA_MACSEC_SCB SingleCopyBroadcast single_copy_broadcast: u8,
        /// 1 if replayed packets are dropped.
        12 IFLA_MACSEC_REPLAY_PROTECT ReplayProtect replay_protect: u8,
        /// Validation of received packets.
        13 IFLA_MACSEC_VALIDATION Validation validation: MacSecValidation,
        /// Padding.
        14 IFLA_MACSEC_PAD Pad pad: Bytes,
        /// Place of encryption.
        15 IFLA_MACSEC_OFFLOAD Offload offload: MacSecOffload,
    }
}

numbers! {
    /// Cipher suite of MACsec.
    pub struct MacSecCipher(u64) {
        /// GCM-AES-128 by the number of IEEE 802.1AE-2006, which the kernel reports.
        DEFAULT = 0x0080_0200_0100_0001 "MACSEC_DEFAULT_CIPHER_ID" "GCM-AES-128";
        GCM_AES_128 = 0x0080_C200_0100_0001 "MACSEC_CIPHER_ID_GCM_AES_128" "GCM-AES-128";
        GCM_AES_256 = 0x0080_C200_0100_0002 "MACSEC_CIPHER_ID_GCM_AES_256" "GCM-AES-256";
        /// With packet numbers of 64 bits.
        GCM_AES_XPN_128 = 0x0080_C200_0100_0003 "MACSEC_CIPHER_ID_GCM_AES_XPN_128" "GCM-AES-XPN-128";
        /// With packet numbers of 64 bits.
        GCM_AES_XPN_256 = 0x0080_C200_0100_0004 "MACSEC_CIPHER_ID_GCM_AES_XPN_256" "GCM-AES-XPN-256";
    }
}

numbers! {
    /// Validation of packets that a MACsec link receives.
    #[doc(alias = "macsec_validation_type")]
    pub struct MacSecValidation(u8) {
        DISABLED = 0 "MACSEC_VALIDATE_DISABLED" "disabled";
        /// Invalid packets are counted.
        CHECK = 1 "MACSEC_VALIDATE_CHECK" "check";
        /// Invalid packets are dropped.
        STRICT = 2 "MACSEC_VALIDATE_STRICT" "strict";
    }
}

numbers! {
    /// Place of MACsec's encryption.
    #[doc(alias = "macsec_offload")]
    pub struct MacSecOffload(u8) {
        /// The kernel.
        OFF = 0 "MACSEC_OFFLOAD_OFF" "off";
        /// Hardware behind the MAC.
        PHY = 1 "MACSEC_OFFLOAD_PHY" "phy";
        /// Hardware of the MAC.
        MAC = 2 "MACSEC_OFFLOAD_MAC" "mac";
    }
}
