//! Lists of rules.

use super::{DeleteRule, RuleFlags, RuleHeader, RuleRow};
use crate::route::{AF_INET, AF_INET6, AF_UNSPEC, PROTOCOL, RTM_GETRULE, RouteTable};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flush, GetFlags, MessageRef, Next, Query, Request, Row, Writer,
};

/// Lists rules (`RTM_GETRULE`).
///
/// ```
/// use nlwire::route::{GetRules, RouteTable};
///
/// let rules = GetRules::v4().table(RouteTable(100));
/// # let _ = rules;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETRULE")]
pub struct GetRules {
    family: u8,
    priority: Option<u32>,
    table: Option<RouteTable>,
}

impl GetRules {
    /// Lists rules of all families.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists rules of IPv4.
    pub fn v4() -> Self {
        Self::family(AF_INET)
    }

    /// Lists rules of IPv6.
    pub fn v6() -> Self {
        Self::family(AF_INET6)
    }

    /// Lists rules of a family (`AF_*`, `RTNL_FAMILY_*`).
    pub fn family(family: u8) -> Self {
        Self {
            family,
            ..Self::default()
        }
    }

    /// Only rules with this priority.
    pub const fn priority(mut self, priority: u32) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Only rules that look into this table.
    pub const fn table(mut self, table: RouteTable) -> Self {
        self.table = Some(table);
        self
    }

    #[inline(never)]
    fn compare(&self, row: RuleRow<'_>) -> Result<bool, DecodeError> {
        Ok(
            (self.family == AF_UNSPEC || row.header.family == self.family)
                && (self.priority.is_none() || Some(row.priority()?) == self.priority)
                && (self.table.is_none() || Some(row.table()?) == self.table),
        )
    }
}

impl Request for GetRules {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Strict checking refuses all but the family.
        let header = RuleHeader {
            family: self.family,
            ..RuleHeader::default()
        };
        w.append_message(RTM_GETRULE, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetRules {
    type Row<'a> = RuleRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RuleRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let filters = self.priority.is_some() || self.table.is_some();
        if self.family == AF_UNSPEC && !filters {
            return Ok(true);
        }
        self.compare(Row::of(message))
    }
}

impl Flush for GetRules {
    type Deletion<'a> = DeleteRule<'a>;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        // The kernel's rule 0 leads to table local.
        let stays = row.header.flags().contains(RuleFlags::PERMANENT) || row.priority()? == 0;
        Ok((!stays).then(|| DeleteRule::of_row(row).if_there()))
    }
}

crate::__format!(GetRules);
