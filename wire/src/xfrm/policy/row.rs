//! Policies as rows.

use super::{PolicyExpiryHeader, PolicyHeader, PolicyId, Template};
use crate::xfrm::{Offload, PolicyAction, PolicyDirection, PolicyType, Selector, Xfrm};
use crate::{DecodeError, Row, fields};

/// Policy: an answer to [`GetPolicies`](super::GetPolicies), or a notification.
pub type PolicyRow<'a> = Row<'a, PolicyHeader, Xfrm>;

/// Report on a deleted policy, whose attributes hold the policy.
pub type DeletedPolicyRow<'a> = Row<'a, PolicyId, Xfrm>;

/// Report on an expired policy.
pub type PolicyExpiryRow<'a> = Row<'a, PolicyExpiryHeader, Xfrm>;

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, PolicyHeader, Xfrm> {
    /// Returns the selector.
    #[must_use]
    pub const fn selector(&self) -> Selector {
        self.header.selector
    }

    /// Returns the direction.
    #[must_use]
    pub const fn direction(&self) -> PolicyDirection {
        self.header.direction
    }

    /// Returns the action.
    #[must_use]
    pub const fn action(&self) -> PolicyAction {
        self.header.action
    }

    /// Returns the priority: the lowest number is tried first.
    #[must_use]
    pub const fn priority(&self) -> u32 {
        self.header.priority.get()
    }

    /// Returns the index.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.header.index.get()
    }

    /// Returns the type; a kernel without sub-policies reports none, which is main.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_POLICY_TYPE")]
    pub fn kind(&self) -> Result<PolicyType, DecodeError> {
        let found = fields!(self.attributes => Xfrm { policy_type })?.policy_type;
        Ok(found.map_or(PolicyType::MAIN, |found| found.kind))
    }

    /// Returns the templates, the innermost first.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_TMPL")]
    pub fn templates(&self) -> Result<&'a [Template], DecodeError> {
        let found = fields!(self.attributes => Xfrm { templates })?.templates;
        Ok(found.unwrap_or_default())
    }

    /// Returns the network card that the policy is offloaded to.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_OFFLOAD_DEV")]
    pub fn offload(&self) -> Result<Option<&'a Offload>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { offload })?.offload)
    }
}

/// The getters fail for an attribute of a wrong length.
impl<'a> Row<'a, PolicyId, Xfrm> {
    /// Returns the deleted policy.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "XFRMA_POLICY")]
    pub fn policy(&self) -> Result<Option<&'a PolicyHeader>, DecodeError> {
        Ok(fields!(self.attributes => Xfrm { policy })?.policy)
    }
}

impl Row<'_, PolicyExpiryHeader, Xfrm> {
    /// Returns true if the policy was deleted, at a hard limit.
    #[must_use]
    pub const fn is_hard(&self) -> bool {
        self.header.hard != 0
    }
}
