//! Elements in the order in which the kernel takes them.

use crate::netfilter::nftables::{ElementFlags, NFTA_SET_ELEM_FLAGS};
use crate::writer::Put;
use crate::{AttrRef, Writer};

/// Number of elements that are reversed at a time.
const BLOCK: usize = 64;

/// Puts a list of elements. Those of intervals are put from the last to the
/// first: the kernel lists the end of an interval before its start.
pub(super) fn put_elements<'w, 'b>(list: AttrRef<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    let elements = list.nested();
    if !elements.flatten().any(ends_interval) {
        return w.raw(list);
    }
    w.nest(list.kind(), |w| {
        let mut end = elements.flatten().count();
        while end > 0 {
            let start = end.saturating_sub(BLOCK);
            let mut block = [None; BLOCK];
            let found = elements.flatten().skip(start).map(Some);
            for (place, element) in block.iter_mut().zip(found.take(end.saturating_sub(start))) {
                *place = element;
            }
            for element in block.into_iter().rev().flatten() {
                w.raw(element)?;
            }
            end = start;
        }
        Ok(w)
    })
}

/// Returns true for an element that ends an interval.
fn ends_interval(element: AttrRef<'_>) -> bool {
    let flags = element
        .nested()
        .flatten()
        .find(|item| item.kind() == NFTA_SET_ELEM_FLAGS);
    let flags = flags
        .and_then(|flags| flags.u32_be().ok())
        .unwrap_or_default();
    ElementFlags::from_bits_retain(flags).contains(ElementFlags::INTERVAL_END)
}
