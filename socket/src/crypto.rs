//! The kernel's cryptographic algorithms, as `/proc/crypto` lists them.
//!
//! Small functions over a [`Conn`] of
//! [`Protocol::CRYPTO`](crate::Protocol::CRYPTO), which a kernel may lack.
//!
//! ```no_run
//! use nlsock::{Conn, Protocol, crypto};
//!
//! let mut conn = Conn::open(Protocol::CRYPTO)?;
//! let mut algorithms = crypto::algorithms(&mut conn)?;
//! while let Some(algorithm) = algorithms.next()? {
//!     println!("{:?} {:?}", algorithm.header.name, algorithm.priority());
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

use nlwire::crypto::{Algorithm, AlgorithmHeader, CRYPTO_MSG_GETALG, CryptoName};
use nlwire::fields;

use crate::table::{Query, Row, Table, get};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// An algorithm.
pub type AlgorithmRow<'a> = Row<'a, AlgorithmHeader, Algorithm>;
/// All algorithms.
pub type Algorithms<'c, T = Socket, B = Mapping> =
    Table<'c, 'static, AlgorithmHeader, Algorithm, T, B>;

impl AlgorithmRow<'_> {
    /// Returns the name, such as `sha256`.
    #[must_use]
    #[doc(alias = "cru_name")]
    #[inline]
    pub fn name(&self) -> &[u8] {
        self.header.name.text()
    }

    /// Returns the name of the driver, such as `sha256-generic`.
    #[must_use]
    #[doc(alias = "cru_driver_name")]
    #[inline]
    pub fn driver(&self) -> &[u8] {
        self.header.driver_name.text()
    }

    /// Returns the priority among those of the same name, the highest first.
    #[must_use]
    #[doc(alias = "CRYPTOCFGA_PRIORITY_VAL")]
    #[inline]
    pub fn priority(&self) -> Option<u32> {
        fields!(self.attributes => Algorithm { priority })
            .ok()?
            .priority
    }
}

/// Lists the algorithms: `CRYPTO_MSG_GETALG`.
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "CRYPTO_MSG_GETALG")]
pub fn algorithms<T, B>(conn: &mut Conn<T, B>) -> Result<Algorithms<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 208]> = Query::new(CRYPTO_MSG_GETALG, [0; 208]);
    ALL.list(conn)
}

/// Returns the algorithm with a driver of this name, of at most 63 bytes:
/// `CRYPTO_MSG_GETALG`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::CRYPTO)?;
/// let sha256 = nlsock::crypto::algorithm(&mut conn, "sha256-generic")?;
/// println!("{:?}", sha256.priority());
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::get`]: `ENOENT` if there is none.
#[doc(alias = "cru_driver_name")]
pub fn algorithm<'c, T, B>(
    conn: &'c mut Conn<T, B>,
    driver: &str,
) -> Result<AlgorithmRow<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = AlgorithmHeader {
        driver_name: CryptoName::new(driver),
        ..AlgorithmHeader::default()
    };
    get(conn, CRYPTO_MSG_GETALG, &header, |w| Ok(w))
}
