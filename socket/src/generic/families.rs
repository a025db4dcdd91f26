//! Families that were asked for before.

use alloc::vec::Vec;

use nlwire::MessageRef;
use nlwire::generic::GENL_ID_CTRL;

use super::{Family, ask};
use crate::{Conn, Error, ErrorKind, Mapping, Socket, Transport};

/// A connection that remembers the families it was asked for, until the
/// controller reports that one has come or gone.
///
/// ```
/// use nlsock::{Conn, Protocol, generic::Families};
///
/// let mut families = Families::new(Conn::open(Protocol::GENERIC)?)?;
/// let id = families.family("nlctrl")?.id();
/// // Now from memory; to look for reports takes a receive that does not wait.
/// assert_eq!(families.family("nlctrl")?.id(), id);
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Debug)]
pub struct Families<T: Transport = Socket, B = Mapping> {
    conn: Conn<T, B>,
    /// The controller's replies, whole messages.
    known: Vec<Vec<u8>>,
    /// How many notifications had come when these were asked for.
    notifications: u64,
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Families<Socket, B> {
    /// Joins the controller's group, `notify`, on a connection to
    /// [`Protocol::GENERIC`](crate::Protocol::GENERIC).
    ///
    /// # Errors
    ///
    /// Those of [`Socket::join`].
    pub fn new(conn: Conn<Socket, B>) -> Result<Self, Error> {
        conn.socket().join(GENL_ID_CTRL.0.into())?;
        Ok(Self::over(conn))
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Families<T, B> {
    /// Remembers families on a connection whose transport is in the
    /// controller's group already, or never is and then never forgets.
    pub fn over(conn: Conn<T, B>) -> Self {
        Self {
            conn,
            known: Vec::new(),
            notifications: 0,
        }
    }

    /// Returns the connection, for requests to the families.
    pub fn conn(&mut self) -> &mut Conn<T, B> {
        &mut self.conn
    }

    /// Returns the connection.
    pub fn into_conn(self) -> Conn<T, B> {
        self.conn
    }

    /// Returns a family, from memory if nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`family`](super::family()); what is missing is asked for again.
    pub fn family(&mut self, name: &str) -> Result<Family<'_>, Error> {
        let protocol = self.conn.protocol();
        let changed = self.conn.drain();
        let notifications = self.conn.skipped().notifications;
        if changed || notifications != self.notifications {
            self.known.clear();
        }
        // What comes during the request below is for the next look-up.
        self.notifications = notifications;
        let is_known = |bytes: &Vec<u8>| read(bytes).is_some_and(|f| f.name() == Some(name));
        let at = self.known.iter().position(is_known);
        let at = at.unwrap_or(self.known.len());
        if at == self.known.len() {
            let bytes = ask(&mut self.conn, name)?.as_bytes().to_vec();
            self.known.push(bytes);
        }
        let bytes = self.known.get(at).map_or(&[][..], Vec::as_slice);
        let decoded = MessageRef::new(bytes).and_then(Family::read);
        decoded.map_err(|error| super::fail(protocol, ErrorKind::Decode(error)))
    }
}

fn read(bytes: &[u8]) -> Option<Family<'_>> {
    Family::read(MessageRef::new(bytes).ok()?).ok()
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Families;
    use crate::fake::{Expected, Kernel, message};
    use crate::{Conn, Errno, ErrorKind, Protocol, generic};
    use nlwire::generic::{
        CTRL_ATTR_MCAST_GROUPS, CTRL_CMD_DELFAMILY, CTRL_CMD_NEWFAMILY, ControllerAttr,
        GENL_ID_CTRL, GenericHeader, GroupAttr,
    };
    use nlwire::{Flags, Header, MessageType};
    use std::string::ToString;
    use std::vec::Vec;

    fn conn(kernel: &Kernel) -> Conn<Kernel, Vec<u8>> {
        Conn::over(kernel.clone(), std::vec![0; 4096], Protocol::GENERIC, 7)
    }

    /// Lets the kernel expect to be asked for `tun`, once.
    fn expect_tun(kernel: &Kernel, id: u16) {
        let asked = Expected::new(GENL_ID_CTRL)
            .header(&GenericHeader::new(3, 1))
            .attribute(2, b"tun\0");
        kernel.expect(asked, move |_, answer| {
            let header = GenericHeader::new(CTRL_CMD_NEWFAMILY, 2);
            answer.reply(GENL_ID_CTRL, Flags::empty(), &header, |w| {
                w.put(ControllerAttr::FamilyName("tun"))?
                    .put(ControllerAttr::FamilyId(id))?
                    .put(ControllerAttr::Version(4))?
                    .nest(CTRL_ATTR_MCAST_GROUPS, |w| {
                        w.nest(1, |w| {
                            w.put(GroupAttr::Name("peers"))?.put(GroupAttr::Id(33))
                        })
                    })
            });
            answer.ack();
        });
    }

    fn report() -> Vec<u8> {
        let header = Header::new(GENL_ID_CTRL, Flags::empty());
        message(header, &GenericHeader::new(CTRL_CMD_DELFAMILY, 2), |w| {
            Ok(w)
        })
    }

    #[test]
    fn a_family_is_read() {
        let kernel = Kernel::new();
        expect_tun(&kernel, 40);
        let mut conn = conn(&kernel);
        let family = generic::family(&mut conn, "tun").unwrap();
        assert_eq!((family.id(), family.version()), (MessageType(40), 4));
        assert_eq!((family.name(), family.header_size()), (Some("tun"), 0));
        assert_eq!(family.groups().collect::<Vec<_>>(), [("peers", 33)]);
        assert_eq!((family.group("peers"), family.group("x")), (Some(33), None));
        kernel.assert_finished();
    }

    #[test]
    fn what_changed_is_asked_again() {
        let kernel = Kernel::new();
        let mut families = Families::over(conn(&kernel));
        expect_tun(&kernel, 40);
        for _ in 0..3 {
            assert_eq!(families.family("tun").unwrap().id().0, 40);
        }
        // A report that is found before a look-up, and one that a request
        // passes over.
        kernel.queue(report());
        expect_tun(&kernel, 41);
        assert_eq!(families.family("tun").unwrap().id().0, 41);
        assert_eq!(families.family("tun").unwrap().id().0, 41);
        kernel.queue(report());
        expect_tun(&kernel, 99);
        generic::family(families.conn(), "tun").unwrap();
        expect_tun(&kernel, 42);
        assert_eq!(families.family("tun").unwrap().id().0, 42);
        // A loss may have been a report.
        kernel.queue_error(Errno::ENOBUFS);
        expect_tun(&kernel, 43);
        assert_eq!(families.family("tun").unwrap().id().0, 43);
        kernel.assert_finished();
    }

    #[test]
    fn a_missing_family_is_named() {
        let kernel = Kernel::answering(|_, answer| answer.error(Errno::ENOENT));
        let mut families = Families::over(conn(&kernel));
        let error = families.family("no\"such").unwrap_err();
        assert_eq!(
            error.to_string(),
            "generic: request 16: ENOENT: no family is named \"no\\\"such\""
        );
        assert!(error.is_not_found());
        let error = families.family("a\0b").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
    }
}
