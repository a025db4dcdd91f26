//! Algorithms and their keys. Nothing prints a key except `Pretty::with_secrets`.

use crate::Text;
use crate::codec::{Flexible, PaddedName, SecretBytes, StructAndArray};
use crate::structs::structs;
use crate::zerocopy::IntoBytes as _;
use crate::zerocopy::native_endian::U32;

structs! {
    /// Authentication, encryption or compression, in front of the key.
    #[doc(alias = "xfrm_algo")]
    pub struct Algorithm: 68 {
        /// Name, such as `cbc(aes)`.
        #[doc(alias = "alg_name")]
        name: PaddedName<64>,
        /// Length of the key in bits.
        #[doc(alias = "alg_key_len")]
        key_bits: U32,
    }

    /// Authentication with a truncated tag, in front of the key.
    #[doc(alias = "xfrm_algo_auth")]
    pub struct AuthAlgorithm: 72 {
        /// Name, such as `hmac(sha256)`.
        #[doc(alias = "alg_name")]
        name: PaddedName<64>,
        /// Length of the key in bits.
        #[doc(alias = "alg_key_len")]
        key_bits: U32,
        /// Length of the tag (ICV) in bits; 0 for the algorithm's default.
        #[doc(alias = "alg_trunc_len")]
        icv_bits: U32,
    }

    /// Authenticated encryption (AEAD), in front of the key.
    #[doc(alias = "xfrm_algo_aead")]
    pub struct AeadAlgorithm: 72 {
        /// Name, such as `rfc4106(gcm(aes))`.
        #[doc(alias = "alg_name")]
        name: PaddedName<64>,
        /// Length of the key in bits, salt included.
        #[doc(alias = "alg_key_len")]
        key_bits: U32,
        /// Length of the tag (ICV) in bits.
        #[doc(alias = "alg_icv_len")]
        icv_bits: U32,
    }
}

/// Returns the length of a key in bits.
fn bits(key: &[u8]) -> U32 {
    crate::bytes::low32(key.len().saturating_mul(8)).into()
}

impl Algorithm {
    /// Describes an algorithm by its name, at most 63 bytes, and its key.
    #[must_use]
    pub fn new(name: &str, key: &[u8]) -> Self {
        Self {
            name: PaddedName::new(name),
            key_bits: bits(key),
        }
    }
}

impl AuthAlgorithm {
    /// Describes an algorithm by its name, at most 63 bytes, its key, and the length of the tag in
    /// bits.
    ///
    /// ```
    /// use nlwire::xfrm::AuthAlgorithm;
    ///
    /// # let key = [0; 32];
    /// let sha256 = AuthAlgorithm::new("hmac(sha256)", &key, 128);
    /// ```
    #[must_use]
    pub fn new(name: &str, key: &[u8], icv_bits: u32) -> Self {
        Self {
            name: PaddedName::new(name),
            key_bits: bits(key),
            icv_bits: icv_bits.into(),
        }
    }
}

impl AeadAlgorithm {
    /// Describes an algorithm by its name, at most 63 bytes, its key with the salt, and the length
    /// of the tag in bits.
    ///
    /// ```
    /// use nlwire::xfrm::AeadAlgorithm;
    ///
    /// # let key = [0; 20];
    /// let gcm = AeadAlgorithm::new("rfc4106(gcm(aes))", &key, 128);
    /// ```
    #[must_use]
    pub fn new(name: &str, key: &[u8], icv_bits: u32) -> Self {
        Self {
            name: PaddedName::new(name),
            key_bits: bits(key),
            icv_bits: icv_bits.into(),
        }
    }
}

/// Implements the key and the readers of an algorithm.
macro_rules! keyed {
    ($($algorithm:ident)*) => {$(
        impl Flexible for $algorithm {
            type Element = SecretBytes<1>;
            const ARRAY: &'static str = "key";
        }

        impl $algorithm {
            /// Returns the name.
            #[must_use]
            pub fn name(&self) -> Text<'_> {
                Text::new(self.name.text())
            }
        }

        impl<'a> StructAndArray<'a, $algorithm> {
            /// Returns the name, such as `cbc(aes)`.
            #[must_use]
            pub fn name(&self) -> Text<'a> {
                self.fixed.name()
            }

            /// Returns the key, which is secret.
            #[must_use]
            pub fn key(&self) -> &'a [u8] {
                self.array.as_bytes()
            }
        }
    )*};
}

keyed! { Algorithm AuthAlgorithm AeadAlgorithm }
