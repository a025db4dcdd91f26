//! Requests for cryptographic algorithms.

use core::fmt;

use super::{
    Algorithm, AlgorithmAttr, AlgorithmHeader, CRYPTO_MSG_DELALG, CRYPTO_MSG_GETALG,
    CRYPTO_MSG_NEWALG, CRYPTO_MSG_UPDATEALG, CryptoName, PROTOCOL,
};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Errno, Flags, GetFlags, MessageRef, MessageType, NewFlags, Next,
    Query, Request, Row, Writer, fields,
};

/// Algorithm of one driver.
pub type AlgorithmRow<'a> = Row<'a, AlgorithmHeader, Algorithm>;

impl Row<'_, AlgorithmHeader, Algorithm> {
    /// Returns the name, such as `sha256`.
    #[must_use]
    #[doc(alias = "cru_name")]
    pub fn name(&self) -> &[u8] {
        self.header.name.text()
    }

    /// Returns the name of the driver, such as `sha256-generic`.
    #[must_use]
    #[doc(alias = "cru_driver_name")]
    pub fn driver(&self) -> &[u8] {
        self.header.driver_name.text()
    }

    /// Returns the priority among the drivers of one name; the highest is used.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CRYPTOCFGA_PRIORITY_VAL")]
    pub fn priority(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Algorithm { priority })?.priority)
    }
}

/// Lists the algorithms, as `/proc/crypto` does.
///
/// ```
/// use nlwire::crypto::GetAlgorithms;
///
/// let all = GetAlgorithms::all();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "CRYPTO_MSG_GETALG")]
pub struct GetAlgorithms(());

impl GetAlgorithms {
    /// Lists all loaded algorithms.
    #[must_use]
    pub const fn all() -> Self {
        Self(())
    }
}

impl Request for GetAlgorithms {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = AlgorithmHeader::default();
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(CRYPTO_MSG_GETALG, flags, &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("algorithms")
    }
}

impl Query for GetAlgorithms {
    type Row<'r> = AlgorithmRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AlgorithmRow<'_> {
        Row::of(message)
    }
}

/// Names of an algorithm and its driver; either may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Names {
    name: CryptoName,
    driver: CryptoName,
}

impl Names {
    fn header(self) -> AlgorithmHeader {
        AlgorithmHeader {
            name: self.name,
            driver_name: self.driver,
            ..AlgorithmHeader::default()
        }
    }

    fn of_name(name: &str) -> Self {
        Self {
            name: CryptoName::new(name),
            driver: CryptoName::default(),
        }
    }

    fn of_driver(driver: &str) -> Self {
        Self {
            name: CryptoName::default(),
            driver: CryptoName::new(driver),
        }
    }

    fn write_object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.driver == CryptoName::default() {
            return write!(f, "algorithm {:?}", self.name);
        }
        write!(f, "driver {:?}", self.driver)
    }
}

/// Asks for one algorithm.
///
/// ```
/// use nlwire::crypto::GetAlgorithm;
///
/// let query = GetAlgorithm::by_driver("sha256-generic");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CRYPTO_MSG_GETALG")]
pub struct GetAlgorithm(Names);

impl GetAlgorithm {
    /// Asks for the algorithm with this name (at most 63 bytes). The kernel
    /// returns one of several drivers.
    #[must_use]
    #[doc(alias = "cru_name")]
    pub fn by_name(name: &str) -> Self {
        Self(Names::of_name(name))
    }

    /// Asks for the algorithm with this driver name (at most 63 bytes).
    #[must_use]
    #[doc(alias = "cru_driver_name")]
    pub fn by_driver(driver: &str) -> Self {
        Self(Names::of_driver(driver))
    }
}

impl Request for GetAlgorithm {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.0.header();
        w.append_message(CRYPTO_MSG_GETALG, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetAlgorithm {
    type Row<'r> = AlgorithmRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AlgorithmRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let row = Self::row(message);
        let none = CryptoName::default();
        Ok((self.0.name == none || row.header.name == self.0.name)
            && (self.0.driver == none || row.header.driver_name == self.0.driver))
    }
}

/// Creates an instance of an algorithm from a template, such as `pcrypt(...)`.
/// The kernel needs `CAP_NET_ADMIN` in the first user namespace.
///
/// ```
/// use nlwire::crypto::NewAlgorithm;
///
/// let cipher = NewAlgorithm::by_name("cbc(aes)").priority(500);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CRYPTO_MSG_NEWALG")]
pub struct NewAlgorithm {
    names: Names,
    priority: Option<u32>,
}

impl NewAlgorithm {
    /// Creates the instance with this driver name (at most 63 bytes).
    #[must_use]
    pub fn by_driver(driver: &str) -> Self {
        Self {
            names: Names::of_driver(driver),
            priority: None,
        }
    }

    /// Creates the instance with this algorithm name.
    #[must_use]
    pub fn by_name(name: &str) -> Self {
        Self {
            names: Names::of_name(name),
            priority: None,
        }
    }

    /// Sets the priority.
    #[must_use]
    #[doc(alias = "CRYPTOCFGA_PRIORITY_VAL")]
    pub const fn priority(mut self, priority: u32) -> Self {
        self.priority = Some(priority);
        self
    }
}

/// Writes a change of an algorithm.
fn write_change(
    w: &mut Writer<'_>,
    kind: MessageType,
    flags: Flags,
    names: Names,
    priority: Option<u32>,
) -> Result<Next, EncodeError> {
    w.append_message(kind, flags, &names.header(), |w| match priority {
        Some(priority) => w.put(AlgorithmAttr::Priority(priority)),
        None => Ok(w),
    })?;
    Ok(Next::End)
}

impl Request for NewAlgorithm {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(NewFlags::CREATE | NewFlags::EXCL);
        write_change(w, CRYPTO_MSG_NEWALG, flags, self.names, self.priority)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.write_object(f)
    }
}

/// Changes the priority of a driver.
///
/// ```
/// use nlwire::crypto::SetAlgorithm;
///
/// // The kernel prefers the driver with the highest priority.
/// let generic = SetAlgorithm::priority_of("sha256-generic", 900);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CRYPTO_MSG_UPDATEALG")]
pub struct SetAlgorithm {
    names: Names,
    priority: u32,
}

impl SetAlgorithm {
    /// Sets the priority of the driver with this name.
    #[must_use]
    pub fn priority_of(driver: &str, priority: u32) -> Self {
        Self {
            names: Names::of_driver(driver),
            priority,
        }
    }
}

impl Request for SetAlgorithm {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (kind, priority) = (CRYPTO_MSG_UPDATEALG, Some(self.priority));
        write_change(w, kind, Flags::empty(), self.names, priority)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.write_object(f)
    }
}

/// Deletes an instance of an algorithm that nothing uses.
///
/// ```
/// use nlwire::crypto::DeleteAlgorithm;
///
/// let unused = DeleteAlgorithm::by_driver("cbc(aes-generic)").if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CRYPTO_MSG_DELALG")]
pub struct DeleteAlgorithm {
    names: Names,
    if_there: bool,
}

impl DeleteAlgorithm {
    /// Deletes the instance with this driver name.
    #[must_use]
    pub fn by_driver(driver: &str) -> Self {
        Self {
            names: Names::of_driver(driver),
            if_there: false,
        }
    }

    /// Succeeds if there is no such instance.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteAlgorithm {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        write_change(w, CRYPTO_MSG_DELALG, Flags::empty(), self.names, None)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.write_object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(
    GetAlgorithms,
    GetAlgorithm,
    NewAlgorithm,
    SetAlgorithm,
    DeleteAlgorithm
);
