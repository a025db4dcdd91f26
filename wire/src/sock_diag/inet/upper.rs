//! Upper layer protocols on top of TCP, and BPF storages.

use crate::attributes;
use crate::codec::{Bytes, Flag, Many, Nest, Str};
use crate::numbers::{flags, numbers};

numbers! {
    /// TLS version.
    pub struct TlsVersion(u16) {
        TLS_1_2 = 0x0303 "TLS_1_2_VERSION" "1.2";
        TLS_1_3 = 0x0304 "TLS_1_3_VERSION" "1.3";
    }
}

numbers! {
    /// TLS cipher.
    pub struct TlsCipher(u16) {
        AES_GCM_128 = 51 "TLS_CIPHER_AES_GCM_128" "aes-gcm-128";
        AES_GCM_256 = 52 "TLS_CIPHER_AES_GCM_256" "aes-gcm-256";
        AES_CCM_128 = 53 "TLS_CIPHER_AES_CCM_128" "aes-ccm-128";
        CHACHA20_POLY1305 = 54 "TLS_CIPHER_CHACHA20_POLY1305" "chacha20-poly1305";
        SM4_GCM = 55 "TLS_CIPHER_SM4_GCM" "sm4-gcm";
        SM4_CCM = 56 "TLS_CIPHER_SM4_CCM" "sm4-ccm";
        ARIA_GCM_128 = 57 "TLS_CIPHER_ARIA_GCM_128" "aria-gcm-128";
        ARIA_GCM_256 = 58 "TLS_CIPHER_ARIA_GCM_256" "aria-gcm-256";
    }
}

numbers! {
    /// Implementation of TLS for one direction.
    pub struct TlsPlace(u16) {
        /// TLS in the program.
        BASE = 1 "TLS_CONF_BASE" "none";
        /// TLS in the kernel.
        SW = 2 "TLS_CONF_SW" "sw";
        /// TLS in the network device.
        HW = 3 "TLS_CONF_HW" "hw";
        /// TLS and the TCP connection in the network device.
        HW_RECORD = 4 "TLS_CONF_HW_RECORD" "hw-record";
    }
}

flags! {
    /// State of an MPTCP subflow.
    pub struct SubflowFlags(u32) {
        /// The peer offers multiple paths.
        MCAP_REM = 0x01 "MPTCP_SUBFLOW_FLAG_MCAP_REM" "mcap-rem";
        /// This end offers multiple paths.
        MCAP_LOC = 0x02 "MPTCP_SUBFLOW_FLAG_MCAP_LOC" "mcap-loc";
        /// The peer joins another connection.
        JOIN_REM = 0x04 "MPTCP_SUBFLOW_FLAG_JOIN_REM" "join-rem";
        /// This end joins another connection.
        JOIN_LOC = 0x08 "MPTCP_SUBFLOW_FLAG_JOIN_LOC" "join-loc";
        /// The peer uses the subflow as a backup.
        BKUP_REM = 0x10 "MPTCP_SUBFLOW_FLAG_BKUP_REM" "bkup-rem";
        /// This end uses the subflow as a backup.
        BKUP_LOC = 0x20 "MPTCP_SUBFLOW_FLAG_BKUP_LOC" "bkup-loc";
        /// The peer has confirmed the use of multiple paths.
        FULLY_ESTABLISHED = 0x40 "MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED" "fully-established";
        /// The connection is accepted.
        CONNECTED = 0x80 "MPTCP_SUBFLOW_FLAG_CONNECTED" "connected";
        /// The mapping of sequence numbers is valid.
        MAPVALID = 0x100 "MPTCP_SUBFLOW_FLAG_MAPVALID" "mapvalid";
    }
}

attributes! {
    /// Upper layer protocol (ULP) on top of TCP (`INET_ULP_INFO_*`).
    pub set UpperLayer, enum UpperLayerAttr {
        /// Name of the protocol: `tls` or `mptcp`.
        1 INET_ULP_INFO_NAME Name name: Str,
        /// State of TLS.
        2 INET_ULP_INFO_TLS Tls tls: Nest<TlsInfo>,
        /// State of an MPTCP subflow.
        3 INET_ULP_INFO_MPTCP Mptcp mptcp: Nest<Subflow>,
    }
}

attributes! {
    /// State of TLS in the kernel (`TLS_INFO_*`).
    pub set TlsInfo, enum TlsInfoAttr {
        /// TLS version.
        1 TLS_INFO_VERSION Version version: TlsVersion,
        /// TLS cipher.
        2 TLS_INFO_CIPHER Cipher cipher: TlsCipher,
        /// Implementation of encryption, for sent records.
        3 TLS_INFO_TXCONF Sending sending: TlsPlace,
        /// Implementation of decryption, for received records.
        4 TLS_INFO_RXCONF Receiving receiving: TlsPlace,
        /// Present if files are sent without a copy (`TLS_TX_ZEROCOPY_RO`).
        5 TLS_INFO_ZC_RO_TX ZeroCopy zero_copy: Flag,
        /// Present if records are expected without padding
        /// (`TLS_RX_EXPECT_NO_PAD`).
        6 TLS_INFO_RX_NO_PAD NoPadding no_padding: Flag,
        /// Maximum payload of a record in bytes (`TLS_TX_MAX_PAYLOAD_LEN`).
        7 TLS_INFO_TX_MAX_PAYLOAD_LEN MaxPayload max_payload: u16,
    }
}

attributes! {
    /// State of an MPTCP subflow (`MPTCP_SUBFLOW_ATTR_*`).
    pub set Subflow, enum SubflowAttr {
        /// Token of the connection at the peer.
        1 MPTCP_SUBFLOW_ATTR_TOKEN_REM RemoteToken remote_token: u32,
        /// Token of the connection at this end.
        2 MPTCP_SUBFLOW_ATTR_TOKEN_LOC LocalToken local_token: u32,
        /// Next sequence number to send, from the start of the subflow.
        3 MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ WriteSequence write_sequence: u32,
        /// First sequence number of the mapping in the connection.
        4 MPTCP_SUBFLOW_ATTR_MAP_SEQ MapSequence map_sequence: u64,
        /// First sequence number of the mapping in the subflow.
        5 MPTCP_SUBFLOW_ATTR_MAP_SFSEQ MapSubflowSequence map_subflow_sequence: u32,
        /// TCP sequence number at the start of the subflow.
        6 MPTCP_SUBFLOW_ATTR_SSN_OFFSET Offset offset: u32,
        /// Length of the mapping in bytes.
        7 MPTCP_SUBFLOW_ATTR_MAP_DATALEN MapLength map_length: u16,
        /// Flags: [`SubflowFlags`].
        8 MPTCP_SUBFLOW_ATTR_FLAGS Flags flags: SubflowFlags,
        /// Address ID of the peer.
        9 MPTCP_SUBFLOW_ATTR_ID_REM RemoteId remote_id: u8,
        /// Address ID of this end.
        10 MPTCP_SUBFLOW_ATTR_ID_LOC LocalId local_id: u8,
        /// Padding.
        11 MPTCP_SUBFLOW_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Request for BPF storages (`SK_DIAG_BPF_STORAGE_REQ_*`).
    pub set BpfStorageRequest, enum BpfStorageRequestAttr {
        /// Descriptor of a map; without one, the storage of all maps.
        1 SK_DIAG_BPF_STORAGE_REQ_MAP_FD Map map: Many<u32>,
    }
}

attributes! {
    /// BPF storages of a socket.
    pub set BpfStorages, enum BpfStoragesAttr {
        /// Storage of a BPF map.
        1 SK_DIAG_BPF_STORAGE Storage storage: Many<Nest<BpfStorage>>,
    }
}

attributes! {
    /// Storage of a BPF map in a socket (`SK_DIAG_BPF_STORAGE_*`).
    pub set BpfStorage, enum BpfStorageAttr {
        /// Padding.
        1 SK_DIAG_BPF_STORAGE_PAD Pad pad: Bytes,
        /// ID of the map.
        2 SK_DIAG_BPF_STORAGE_MAP_ID Id id: u32,
        /// Value of the map for the socket.
        3 SK_DIAG_BPF_STORAGE_MAP_VALUE Value value: Bytes,
    }
}
