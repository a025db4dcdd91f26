//! Expressions as the kernel takes them: it refuses some attributes that it
//! lists itself.

use crate::netfilter::nftables::{
    DynamicSetFlags, NFTA_DYNSET_EXPRESSIONS, NFTA_DYNSET_FLAGS, NFTA_DYNSET_TIMEOUT,
    NFTA_EXPR_DATA, NFTA_EXPR_NAME, NFTA_EXTHDR_FLAGS, NFTA_OSF_FLAGS,
};
use crate::writer::Put;
use crate::{AttrRef, Attrs, Text, Writer};

/// Attributes that the kernel lists with value 0 and refuses in a request: a
/// timeout for a set without timeouts (`nft_dynset_init`), flags of a header
/// that is set (`nft_exthdr_tcp_set_init`), and any flags but one
/// (`nft_osf_init`).
const REFUSED_ZEROS: &[(&str, u16)] = &[
    ("dynset", NFTA_DYNSET_TIMEOUT),
    ("exthdr", NFTA_EXTHDR_FLAGS),
    ("osf", NFTA_OSF_FLAGS),
];

/// Puts the list of a rule's expressions.
pub(super) fn put_expressions<'w, 'b>(list: AttrRef<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    w.nest(list.kind(), |w| {
        for element in list.nested().flatten() {
            let name = find(element.nested(), NFTA_EXPR_NAME).map(|name| name.text());
            let refused = REFUSED_ZEROS
                .iter()
                .find(|(of, _)| name == Some(Text::from(*of)));
            match refused {
                Some((_, kind)) => put_without(element, *kind, w)?,
                None => w.raw(element)?,
            };
        }
        Ok(w)
    })
}

fn find(attributes: Attrs<'_>, kind: u16) -> Option<AttrRef<'_>> {
    attributes
        .flatten()
        .find(|attribute| attribute.kind() == kind)
}

/// Puts an expression, without this attribute if it is zero.
fn put_without<'w, 'b>(element: AttrRef<'_>, zero: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    w.nest(element.kind(), |w| {
        for attribute in element.nested().flatten() {
            if attribute.kind() != NFTA_EXPR_DATA {
                w.raw(attribute)?;
                continue;
            }
            // Several expressions of elements need a flag that is not listed.
            let several = zero == NFTA_DYNSET_TIMEOUT
                && find(attribute.nested(), NFTA_DYNSET_EXPRESSIONS).is_some();
            w.nest(NFTA_EXPR_DATA, |w| {
                for item in attribute.nested().flatten() {
                    if several && item.kind() == NFTA_DYNSET_FLAGS {
                        let flags = item.u32_be().unwrap_or_default();
                        w.u32_be(item.kind(), flags | DynamicSetFlags::EXPRESSION.bits())?;
                    } else if item.kind() != zero || item.bytes().iter().any(|&byte| byte != 0) {
                        w.raw(item)?;
                    }
                }
                Ok(w)
            })?;
        }
        Ok(w)
    })
}
