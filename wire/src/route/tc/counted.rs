//! Structs that count the keys behind them: the selectors of `u32` and `pedit`.

use crate::bytes::low32;
use crate::writer::Put;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{AttrRef, DecodeError, DecodeErrorKind, EncodeError, NLA_TYPE_MASK, Writer};

/// Reads the struct, and as many keys as it counts.
pub(super) fn decode<'a, H, K>(
    attribute: AttrRef<'a>,
    count: impl FnOnce(&H) -> u8,
) -> Result<(&'a H, &'a [K]), DecodeError>
where
    H: FromBytes + Immutable + Unaligned,
    K: FromBytes + Immutable + Unaligned,
{
    let head: &H = attribute.view()?;
    let count = usize::from(count(head));
    let rest = attribute.bytes().get(size_of::<H>()..);
    match <[K]>::ref_from_prefix_with_elems(rest.unwrap_or_default(), count) {
        Ok((keys, _)) => Ok((head, keys)),
        Err(_) => {
            let keys = count.saturating_mul(size_of::<K>());
            Err(attribute.error(DecodeErrorKind::TooShort {
                minimum: low32(size_of::<H>().saturating_add(keys)),
                found: low32(attribute.bytes().len()),
            }))
        }
    }
}

/// Writes the struct that `head` makes of the number of keys, and the keys.
pub(super) fn encode<'w, 'b, H, K>(
    head: impl FnOnce(u8) -> H,
    keys: &[K],
    kind: u16,
    writer: &'w mut Writer<'b>,
) -> Put<'w, 'b>
where
    H: IntoBytes + Immutable,
    K: IntoBytes + Immutable,
{
    let Ok(count) = u8::try_from(keys.len()) else {
        // The kernel would not miss the keys that are not counted.
        return Err(EncodeError::TooMany {
            attribute: kind & NLA_TYPE_MASK,
            limit: u8::MAX.into(),
            count: low32(keys.len()),
        });
    };
    let head = head(count);
    let (head, keys) = (head.as_bytes(), keys.as_bytes());
    writer.put_with(kind, head.len().saturating_add(keys.len()), |slot| {
        for (to, from) in slot.iter_mut().zip(head.iter().chain(keys)) {
            *to = *from;
        }
    })
}
