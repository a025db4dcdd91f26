//! Layouts of `struct taskstats` by its `version`.

use core::fmt::{self, Debug, Formatter};

use super::TaskStats;
use crate::bytes::copy;
use crate::codec::{Form, StructBytes};
use crate::schema::{By, Choice, Described as _, Field, Layout, Shape};
use crate::zerocopy::{FromZeros as _, IntoBytes as _};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer};

/// Bytes of a `struct taskstats` of any version: the value of
/// `TASKSTATS_TYPE_STATS`.
///
/// Version 15 (Linux 6.14) had each maximum and minimum delay next to its
/// total. Version 16 moved them to the end, where [`TaskStats`] has them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskStatsBytes<'a>(&'a [u8]);

impl<'a> TaskStatsBytes<'a> {
    /// Takes the bytes of a value.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, in the layout of their version.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the version, or 0 if the value is too short for one.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.0
            .first_chunk()
            .map_or(0, |bytes| u16::from_ne_bytes(*bytes))
    }

    /// Copies the struct to the newest layout. Fields that the kernel did not
    /// send are 0.
    #[must_use]
    pub fn get(&self) -> TaskStats {
        let mut stats = TaskStats::new_zeroed();
        if self.version() != VERSION_15 {
            copy(self.0, stats.as_mut_bytes());
            return stats;
        }
        let words = stats.as_mut_bytes().chunks_exact_mut(WORD);
        for (to, at) in words.zip((0_usize..).step_by(WORD)) {
            let from = self.0.get(offset_in_15(at)..).unwrap_or_default();
            copy(from, to);
        }
        stats
    }
}

/// Takes a struct of the newest layout and ignores its `version`.
impl<'a> From<&'a TaskStats> for TaskStatsBytes<'a> {
    fn from(stats: &'a TaskStats) -> Self {
        Self(StructBytes::from(stats).as_bytes())
    }
}

impl Debug for TaskStatsBytes<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

crate::__format!(TaskStatsBytes<'_>);

const VERSION_15: u16 = 15;
const WORD: usize = 8;

/// Offset of the first maximum delay in the newest layout.
const EXTREMES: usize = core::mem::offset_of!(TaskStats, cpu_delay_max);

/// Offsets of the delay totals, in the order of the maximum and minimum delays
/// at the end.
const TOTALS: [usize; 8] = [
    core::mem::offset_of!(TaskStats, cpu_delay_total),
    core::mem::offset_of!(TaskStats, blkio_delay_total),
    core::mem::offset_of!(TaskStats, swapin_delay_total),
    core::mem::offset_of!(TaskStats, freepages_delay_total),
    core::mem::offset_of!(TaskStats, thrashing_delay_total),
    core::mem::offset_of!(TaskStats, compact_delay_total),
    core::mem::offset_of!(TaskStats, wpcopy_delay_total),
    core::mem::offset_of!(TaskStats, irq_delay_total),
];

/// Offset in version 15 of the field at `offset` in version 16.
const fn offset_in_15(offset: usize) -> usize {
    let mut totals: &[usize] = &TOTALS;
    let mut pair = EXTREMES;
    let mut shift = 0_usize;
    while let [total, rest @ ..] = totals {
        let behind = total.saturating_add(WORD);
        let end = pair.saturating_add(2 * WORD);
        if offset >= EXTREMES && offset < end {
            // The maximum delay is the first of the pair.
            return behind
                .saturating_add(shift)
                .saturating_add(offset.saturating_sub(pair));
        }
        if offset < EXTREMES && offset < behind {
            break;
        }
        shift = shift.saturating_add(2 * WORD);
        pair = end;
        totals = rest;
    }
    offset.saturating_add(shift)
}

const FIELDS: &[Field] = match TaskStats::SHAPE {
    Shape::Struct(layout) => layout.fields,
    _ => &[],
};

static FIELDS_15: [Field; FIELDS.len()] = {
    const EMPTY: Field = Field {
        name: "",
        offset: 0,
        size: 0,
        shape: Shape::Bytes,
    };
    let mut fields = [EMPTY; FIELDS.len()];
    let (mut to, mut from): (&mut [Field], &[Field]) = (&mut fields, FIELDS);
    while let ([place, behind @ ..], [field, rest @ ..]) = (to, from) {
        *place = Field {
            name: field.name,
            offset: offset_in_15(field.offset),
            size: field.size,
            shape: field.shape,
        };
        (to, from) = (behind, rest);
    }
    fields
};

static LAYOUT_15: Layout = Layout {
    name: "TaskStats",
    size: size_of::<TaskStats>(),
    fields: &FIELDS_15,
};

impl Form for TaskStatsBytes<'static> {
    type Value<'a> = TaskStatsBytes<'a>;
    const SHAPE: Shape = {
        static CHOICE: Choice = Choice {
            by: By::Start(2, &[(15, Shape::Struct(&LAYOUT_15))]),
            otherwise: TaskStats::SHAPE,
        };
        Shape::Choice(&CHOICE)
    };

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<TaskStatsBytes<'a>, DecodeError> {
        Ok(TaskStatsBytes(attribute.bytes()))
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &TaskStatsBytes<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.0)
    }
}
