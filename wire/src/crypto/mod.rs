//! `NETLINK_CRYPTO`: the kernel's cryptographic algorithms, `struct
//! crypto_user_alg` and `CRYPTOCFGA_*` (`linux/cryptouser.h`).
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

use core::fmt;

use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::codec::{AttributeSet, Bytes, Extensible};
use crate::schema::{Described, MessageSchema, Protocol, Shape, TypeName};
use crate::structs::structs;
use crate::text::Quoted;
use crate::{FixedHeader, MessageType, attributes};

/// The number of the protocol, which socket(2) takes.
pub const NETLINK_CRYPTO: u8 = 21;

/// Makes an instance of an algorithm, or reports an algorithm.
pub const CRYPTO_MSG_NEWALG: MessageType = MessageType(16);
/// Deletes an instance.
pub const CRYPTO_MSG_DELALG: MessageType = MessageType(17);
/// Changes the priority of an algorithm.
pub const CRYPTO_MSG_UPDATEALG: MessageType = MessageType(18);
/// Asks for an algorithm, or for all.
pub const CRYPTO_MSG_GETALG: MessageType = MessageType(19);
/// Deletes the default source of random numbers.
pub const CRYPTO_MSG_DELRNG: MessageType = MessageType(20);
/// Asks for statistics, which Linux 6.10 has dropped.
pub const CRYPTO_MSG_GETSTAT: MessageType = MessageType(21);

/// A name in 64 bytes, filled with NULs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(transparent)]
#[doc(alias = "CRYPTO_MAX_NAME")]
pub struct CryptoName([u8; 64]);

impl Described for CryptoName {
    const SHAPE: Shape = Shape::Padded;
}

impl CryptoName {
    /// Takes a name, of which at most 63 bytes.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut bytes = [0; 64];
        for (to, from) in bytes.iter_mut().take(63).zip(name.bytes()) {
            *to = from;
        }
        Self(bytes)
    }

    /// Returns the name.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.0.split(|&byte| byte == 0).next().unwrap_or_default()
    }
}

crate::__format!(CryptoName);

impl Default for CryptoName {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl fmt::Debug for CryptoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Quoted(self.text()), f)
    }
}

structs! {
    /// The fixed header of every message.
    #[doc(alias = "crypto_user_alg")]
    pub struct AlgorithmHeader: 208 {
        /// The name of the algorithm, such as `sha256`.
        #[doc(alias = "cru_name")]
        name: CryptoName,
        /// The name of its driver, such as `sha256-generic`.
        #[doc(alias = "cru_driver_name")]
        driver_name: CryptoName,
        /// The module that it comes from, or `kernel`.
        #[doc(alias = "cru_module_name")]
        module_name: CryptoName,
        /// The kind of algorithm, in requests.
        #[doc(alias = "cru_type")]
        kind: U32,
        /// Which bits of the kind count.
        #[doc(alias = "cru_mask")]
        mask: U32,
        /// How many use it.
        #[doc(alias = "cru_refcnt")]
        references: U32,
        /// Flags (`CRYPTO_ALG_*`).
        #[doc(alias = "cru_flags")]
        flags: U32,
    }

    /// An algorithm of which nothing but the kind is told.
    #[doc(alias = "crypto_report_larval", alias = "crypto_report_comp", alias = "crypto_report_akcipher", alias = "crypto_report_kpp", alias = "crypto_report_acomp")]
    pub struct ReportKind: 64 {
        /// The kind, such as `akcipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
    }

    /// A hash. Sizes are in bytes, here and below.
    #[doc(alias = "crypto_report_hash")]
    pub struct ReportHash: 72 {
        /// The kind: `shash` or `ahash`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// The size of a block.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// The size of the result.
        #[doc(alias = "digestsize")]
        digest_size: U32,
    }

    /// A cipher of single blocks.
    #[doc(alias = "crypto_report_cipher")]
    pub struct ReportCipher: 76 {
        /// The kind: `cipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// The size of a block.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// The shortest key.
        #[doc(alias = "min_keysize")]
        min_key_size: U32,
        /// The longest key.
        #[doc(alias = "max_keysize")]
        max_key_size: U32,
    }

    /// A cipher with a mode.
    #[doc(alias = "crypto_report_blkcipher")]
    pub struct ReportSkcipher: 144 {
        /// The kind: `skcipher`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// What makes its initialization vectors.
        #[doc(alias = "geniv")]
        iv_generator: CryptoName,
        /// The size of a block.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// The shortest key.
        #[doc(alias = "min_keysize")]
        min_key_size: U32,
        /// The longest key.
        #[doc(alias = "max_keysize")]
        max_key_size: U32,
        /// The size of an initialization vector.
        #[doc(alias = "ivsize")]
        iv_size: U32,
    }

    /// A cipher that authenticates.
    #[doc(alias = "crypto_report_aead")]
    pub struct ReportAead: 140 {
        /// The kind: `aead`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// What makes its initialization vectors.
        #[doc(alias = "geniv")]
        iv_generator: CryptoName,
        /// The size of a block.
        #[doc(alias = "blocksize")]
        block_size: U32,
        /// The most bytes of authentication.
        #[doc(alias = "maxauthsize")]
        max_auth_size: U32,
        /// The size of an initialization vector.
        #[doc(alias = "ivsize")]
        iv_size: U32,
    }

    /// A source of random numbers.
    #[doc(alias = "crypto_report_rng")]
    pub struct ReportRng: 68 {
        /// The kind: `rng`.
        #[doc(alias = "type")]
        kind: CryptoName,
        /// The size of a seed.
        #[doc(alias = "seedsize")]
        seed_size: U32,
    }
}

impl FixedHeader for AlgorithmHeader {}

attributes! {
    /// The attributes of an algorithm (`CRYPTOCFGA_*`).
    pub set Algorithm, enum AlgorithmAttr {
        /// Its priority among those of the same name, the highest first.
        1 CRYPTOCFGA_PRIORITY_VAL Priority priority: u32,
        /// An algorithm that is still being looked for.
        2 CRYPTOCFGA_REPORT_LARVAL Larval larval: Extensible<ReportKind>,
        /// A hash.
        3 CRYPTOCFGA_REPORT_HASH Hash hash: Extensible<ReportHash>,
        /// A cipher with a mode.
        4 CRYPTOCFGA_REPORT_BLKCIPHER Skcipher skcipher: Extensible<ReportSkcipher>,
        /// A cipher that authenticates.
        5 CRYPTOCFGA_REPORT_AEAD Aead aead: Extensible<ReportAead>,
        /// A compression.
        6 CRYPTOCFGA_REPORT_COMPRESS Compression compression: Extensible<ReportKind>,
        /// A source of random numbers.
        7 CRYPTOCFGA_REPORT_RNG Rng rng: Extensible<ReportRng>,
        /// A cipher of single blocks.
        8 CRYPTOCFGA_REPORT_CIPHER Cipher cipher: Extensible<ReportCipher>,
        /// A cipher with public keys.
        9 CRYPTOCFGA_REPORT_AKCIPHER Akcipher akcipher: Extensible<ReportKind>,
        /// An agreement on keys.
        10 CRYPTOCFGA_REPORT_KPP KeyAgreement key_agreement: Extensible<ReportKind>,
        /// A compression that can wait.
        11 CRYPTOCFGA_REPORT_ACOMP AsyncCompression async_compression: Extensible<ReportKind>,
        /// Statistics, here and below, which Linux 6.10 has dropped.
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
        /// A signature (Linux 6.13).
        22 CRYPTOCFGA_REPORT_SIG Signature signature: Extensible<ReportKind>,
    }
}

/// Lists the messages, all of one set.
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

/// The protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_CRYPTO,
    name: "crypto",
    types: TYPES,
    verb: None,
    messages: MESSAGES,
    family: None,
};
