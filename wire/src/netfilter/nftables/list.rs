//! The list of expressions in a rule or an element.

use super::{ExpressionAttr, NFTA_EXPR_DATA, NFTA_LIST_ELEM};
use crate::writer::Put;
use crate::{EncodeError, Writer};

/// Writes an expression into the list of a rule.
pub(super) fn expression<'b, F>(w: &mut Writer<'b>, name: &str, data: F) -> Result<(), EncodeError>
where
    F: for<'w> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    element(w, name, |w| w.nest(NFTA_EXPR_DATA, data))
}

/// Writes an element of the list: a name, and what `data` adds.
pub(super) fn element<'b, F>(w: &mut Writer<'b>, name: &str, data: F) -> Result<(), EncodeError>
where
    F: for<'w> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    w.nest(NFTA_LIST_ELEM, |w| data(w.put(ExpressionAttr::Name(name))?))?;
    Ok(())
}
