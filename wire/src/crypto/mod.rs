//! `NETLINK_CRYPTO`: the kernel's cryptographic algorithms, as in
//! `/proc/crypto`: `struct crypto_user_alg` and `CRYPTOCFGA_*`
//! (`linux/cryptouser.h`).
//!
//! ```
//! use nlwire::crypto::{AlgorithmHeader, CRYPTO_MSG_GETALG, CryptoName};
//! use nlwire::{Flags, Writer};
//!
//! let header = AlgorithmHeader { driver_name: CryptoName::new("sha256-generic"), ..AlgorithmHeader::default() };
//! let mut buffer = [0; 256];
//! let request = Writer::message(&mut buffer, CRYPTO_MSG_GETALG, Flags::REQUEST, &header, |w| Ok(w))?;
//! assert_eq!(request.header().length(), 16 + 208);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

mod request;

pub use request::{
    AlgorithmRow, DeleteAlgorithm, GetAlgorithm, GetAlgorithms, NewAlgorithm, SetAlgorithm,
};

use crate::zerocopy::native_endian::U32;

use crate::codec::{AttributeSet, Bytes, Extensible, PaddedName};
use crate::schema::{MessageSchema, Protocol, TypeName};
use crate::structs::structs;
use crate::{FixedHeader, MessageType, attributes};

/// Protocol number for socket(2).
pub const NETLINK_CRYPTO: u8 = 21;

/// Creates an instance of an algorithm, or reports an algorithm.
pub const CRYPTO_MSG_NEWALG: MessageType = MessageType(16);
/// Deletes an instance.
pub const CRYPTO_MSG_DELALG: MessageType = MessageType(17);
/// Changes the priority of an algorithm.
pub const CRYPTO_MSG_UPDATEALG: MessageType = MessageType(18);
/// Asks for one algorithm, or lists all.
pub const CRYPTO_MSG_GETALG: MessageType = MessageType(19);
/// Deletes the default random number generator.
pub const CRYPTO_MSG_DELRNG: MessageType = MessageType(20);
/// Asks for statistics, which Linux 6.10 has removed.
pub const CRYPTO_MSG_GETSTAT: MessageType = MessageType(21);

/// Name in 64 bytes, padded with NULs.
#[doc(alias = "CRYPTO_MAX_NAME")]
pub type CryptoName = PaddedName<64>;

structs! {
    /// Fixed header of each message.
    #[doc(alias = "crypto_user_alg")]
    pub struct AlgorithmHeader: 208 {
        /// Name of the algorithm, such as `sha256`.
        #[doc(alias = "cru_name")]
        name: CryptoName,
        /// Name of the driver, such as `sha256-generic`.
        #[doc(alias = "cru_driver_name")]
        driver_name: CryptoName,
        /// Name of the module that implements the algorithm, or `kernel`.
        #[doc(alias = "cru_module_name")]
        module_name: CryptoName,
        /// Type of the algorithm (`CRYPTO_ALG_TYPE_*`), in requests.
        #[doc(alias = "cru_type")]
        kind: U32,
        /// Mask of the type bits that a request compares.
        #[doc(alias = "cru_mask")]
        mask: U32,
        /// Number of references to the algorithm.
        #[doc(alias = "cru_refcnt")]
        references: U32,
        /// Flags (`CRYPTO_ALG_*`).
        #[doc(alias = "cru_flags")]
        flags: U32,
    }

    /// Report on an algorithm, with its type alone.
    #[doc(alias = "crypto_report_larval", alias = "crypto_report_comp", alias = "crypto_report_akcipher", alias = "crypto_report_kpp", alias = "crypto_report_acomp")]
    pub struct ReportKind: 64 {
        /// Type, such as `akcipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
    }

    /// Report on a hash.
    #[doc(alias = "crypto_report_hash")]
    pub struct ReportHash: 72 {
        /// Type: `shash` or `ahash`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// Block size in bytes.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// Digest size in bytes.
        #[doc(alias = "digestsize")]
        digest_size: U32,
    }

    /// Report on a single-block cipher.
    #[doc(alias = "crypto_report_cipher")]
    pub struct ReportCipher: 76 {
        /// Type: `cipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// Block size in bytes.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// Minimum key size in bytes.
        #[doc(alias = "min_keysize")]
        min_key_size: U32,
        /// Maximum key size in bytes.
        #[doc(alias = "max_keysize")]
        max_key_size: U32,
    }

    /// Report on a symmetric key cipher, such as `cbc(aes)`.
    #[doc(alias = "crypto_report_blkcipher")]
    pub struct ReportSkcipher: 144 {
        /// Type: `skcipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// Name of the IV generator.
        #[doc(alias = "geniv")]
        iv_generator: CryptoName,
        /// Block size in bytes.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// Minimum key size in bytes.
        #[doc(alias = "min_keysize")]
        min_key_size: U32,
        /// Maximum key size in bytes.
        #[doc(alias = "max_keysize")]
        max_key_size: U32,
        /// IV size in bytes.
        #[doc(alias = "ivsize")]
        iv_size: U32,
    }

    /// Report on an authenticated cipher (AEAD), such as `gcm(aes)`.
    #[doc(alias = "crypto_report_aead")]
    pub struct ReportAead: 140 {
        /// Type: `aead`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// Name of the IV generator.
        #[doc(alias = "geniv")]
        iv_generator: CryptoName,
        /// Block size in bytes.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// Maximum size of the authentication tag in bytes.
        #[doc(alias = "maxauthsize")]
        max_auth_size: U32,
        /// IV size in bytes.
        #[doc(alias = "ivsize")]
        iv_size: U32,
    }

    /// Report on a random number generator.
    #[doc(alias = "crypto_report_rng")]
    pub struct ReportRng: 68 {
        /// Type: `rng`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// Seed size in bytes.
        #[doc(alias = "seedsize")]
        seed_size: U32,
    }
}

impl FixedHeader for AlgorithmHeader {}

attributes! {
    /// Attributes of an algorithm (`CRYPTOCFGA_*`).
    pub set Algorithm, enum AlgorithmAttr {
        /// Priority among the drivers of one algorithm; the highest is used.
        1 CRYPTOCFGA_PRIORITY_VAL Priority priority: u32,
        /// Larval: an algorithm that the kernel is still looking up.
        2 CRYPTOCFGA_REPORT_LARVAL Larval larval: Extensible<ReportKind>,
        /// Hash.
        3 CRYPTOCFGA_REPORT_HASH Hash hash: Extensible<ReportHash>,
        /// Symmetric key cipher.
        4 CRYPTOCFGA_REPORT_BLKCIPHER Skcipher skcipher: Extensible<ReportSkcipher>,
        /// Authenticated cipher (AEAD).
        5 CRYPTOCFGA_REPORT_AEAD Aead aead: Extensible<ReportAead>,
        /// Compression.
        6 CRYPTOCFGA_REPORT_COMPRESS Compression compression: Extensible<ReportKind>,
        /// Random number generator.
        7 CRYPTOCFGA_REPORT_RNG Rng rng: Extensible<ReportRng>,
        /// Single-block cipher.
        8 CRYPTOCFGA_REPORT_CIPHER Cipher cipher: Extensible<ReportCipher>,
        /// Public key cipher.
        9 CRYPTOCFGA_REPORT_AKCIPHER Akcipher akcipher: Extensible<ReportKind>,
        /// Key agreement protocol (KPP), such as `ecdh`.
        10 CRYPTOCFGA_REPORT_KPP KeyAgreement key_agreement: Extensible<ReportKind>,
        /// Asynchronous compression.
        11 CRYPTOCFGA_REPORT_ACOMP AsyncCompression async_compression: Extensible<ReportKind>,
        /// Statistics of larvals; Linux 6.10 has removed these and the
        /// statistics below.
        12 CRYPTOCFGA_STAT_LARVAL StatLarval stat_larval: Bytes,
        13 CRYPTOCFGA_STAT_HASH StatHash stat_hash: Bytes,
        14 CRYPTOCFGA_STAT_BLKCIPHER StatSkcipher stat_skcipher: Bytes,
        15 CRYPTOCFGA_STAT_AEAD StatAead stat_aead: Bytes,
        16 CRYPTOCFGA_STAT_COMPRESS StatCompression stat_compression: Bytes,
        17 CRYPTOCFGA_STAT_RNG StatRng stat_rng: Bytes,
        18 CRYPTOCFGA_STAT_CIPHER StatCipher stat_cipher: Bytes,
        19 CRYPTOCFGA_STAT_AKCIPHER StatAkcipher stat_akcipher: Bytes,
        20 CRYPTOCFGA_STAT_KPP StatKeyAgreement stat_key_agreement: Bytes,
        21 CRYPTOCFGA_STAT_ACOMP StatAsyncCompression stat_async_compression: Bytes,
        /// Signature (Linux 6.13).
        22 CRYPTOCFGA_REPORT_SIG Signature signature: Extensible<ReportKind>,
    }
}

/// Lists the messages, all with the same attribute set.
macro_rules! messages {
    ($($name:ident)*) => {
        const TYPES: &[TypeName] = &[$(TypeName::new($name, stringify!($name))),*];
        const MESSAGES: &[MessageSchema] = &[$(
            MessageSchema::new::<AlgorithmHeader>($name, stringify!($name), Algorithm::schema),
        )*];
    };
}

messages! {
    CRYPTO_MSG_NEWALG CRYPTO_MSG_DELALG CRYPTO_MSG_UPDATEALG CRYPTO_MSG_GETALG
    CRYPTO_MSG_DELRNG CRYPTO_MSG_GETSTAT
}

/// Schema of the protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_CRYPTO,
    name: "crypto",
    types: TYPES,
    verb: None,
    messages: MESSAGES,
    family: None,
};
