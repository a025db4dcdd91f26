//! Requests that move policies and their states to other addresses.

use core::fmt;

use super::PolicyId;
use crate::schema::Protocol;
use crate::xfrm::state::put_scope;
use crate::xfrm::{
    Encapsulation, KeyManagerAddresses, Migration, PROTOCOL, PolicyType, XFRM_MSG_MIGRATE,
    XfrmAttr, put_policy_type,
};
use crate::{EncodeError, Flags, Next, Request, Writer};

/// Moves the templates of a policy, and the states that they name, to other addresses, when a
/// host roams (`CONFIG_XFRM_MIGRATE`): `ESRCH` if there is no such policy.
///
/// The policy is named by its selector, not by its index.
///
/// ```
/// use nlwire::xfrm::{Migrate, Migration, Mode, PolicyDirection, PolicyId, Selector};
///
/// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
/// let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?;
/// let policy = PolicyId::by_selector(PolicyDirection::OUT, selector);
/// let moves = [Migration::new((here, there), ("198.51.100.7".parse()?, there))?.mode(Mode::TUNNEL)];
/// let migrate = Migrate::new(policy, &moves);
/// # let _ = migrate;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "XFRM_MSG_MIGRATE")]
pub struct Migrate<'a> {
    policy: PolicyId,
    kind: PolicyType,
    migrations: &'a [Migration],
    key_managers: Option<KeyManagerAddresses>,
    encapsulation: Option<Encapsulation>,
    interface_id: Option<u32>,
}

impl<'a> Migrate<'a> {
    /// Moves a policy, at most 6 templates at once.
    pub const fn new(policy: PolicyId, migrations: &'a [Migration]) -> Self {
        Self {
            policy,
            kind: PolicyType::MAIN,
            migrations,
            key_managers: None,
            encapsulation: None,
            interface_id: None,
        }
    }

    /// Moves a sub-policy.
    #[doc(alias = "XFRM_POLICY_TYPE_SUB")]
    pub const fn sub(mut self) -> Self {
        self.kind = PolicyType::SUB;
        self
    }

    /// Reports the new addresses of the key managers to other programs.
    #[doc(alias = "XFRMA_KMADDRESS")]
    pub const fn key_managers(mut self, addresses: KeyManagerAddresses) -> Self {
        self.key_managers = Some(addresses);
        self
    }

    /// Wraps the moved states in UDP.
    #[doc(alias = "XFRMA_ENCAP")]
    pub const fn encapsulation(mut self, encapsulation: Encapsulation) -> Self {
        self.encapsulation = Some(encapsulation);
        self
    }

    /// Sets the interface id of policy and states (Linux 5.17).
    #[doc(alias = "XFRMA_IF_ID")]
    pub const fn interface_id(mut self, id: u32) -> Self {
        self.interface_id = Some(id);
        self
    }
}

impl Request for Migrate<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(XFRM_MSG_MIGRATE, Flags::empty(), &self.policy, |w| {
            w.put(self.key_managers.as_ref().map(XfrmAttr::KeyManagers))?
                .put(self.encapsulation.as_ref().map(XfrmAttr::Encapsulation))?
                .put(XfrmAttr::Migrations(self.migrations))?;
            let w = put_policy_type(w, self.kind)?;
            put_scope(w, None, self.interface_id)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}", self.policy)
    }
}

crate::__format!(Migrate<'_>);
