//! Nests, records and lists, whose lengths are written when they end.

use super::{Failure, Put, Writer, too_long};
use crate::bytes::{align, low32};
use crate::{EncodeError, NLA_F_NESTED, Record};

/// Longest nest in bytes, header included: 16 bits, and attributes are padded.
const NEST: usize = 0xfffc;

impl<'b> Writer<'b> {
    /// Puts a nest, marked with [`NLA_F_NESTED`], with the attributes that
    /// `children` puts.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`], [`EncodeError::Overflow`], and whatever
    /// `children` returns; nothing of the nest stays.
    pub fn nest<F>(&mut self, kind: u16, children: F) -> Put<'_, 'b>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.unmarked_nest(kind | NLA_F_NESTED, children)
    }

    /// Puts a nest without the mark, as older parts of the kernel send them.
    ///
    /// ```
    /// use nlwire::Writer;
    ///
    /// let mut buffer = [0; 16];
    /// let block = Writer::attributes(&mut buffer, |w| w.unmarked_nest(3, |w| w.u32(1, 2)))?;
    /// assert_eq!(block.remaining()[..4], [12, 0, 3, 0]);
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// The errors of [`nest`](Self::nest).
    pub fn unmarked_nest<F>(&mut self, kind: u16, children: F) -> Put<'_, 'b>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.guarded(|w| {
            let start = align(w.len);
            w.limit = w.limit.min(start.saturating_add(NEST));
            w.claim(kind, 0)?;
            children(w)?;
            w.patch_length(kind, start)?;
            Ok(())
        })
    }

    /// Puts a nest of attributes that are written already, and marks it with
    /// [`NLA_F_NESTED`].
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`].
    pub fn nest_of(&mut self, kind: u16, attributes: &[u8]) -> Put<'_, 'b> {
        self.bytes(kind | NLA_F_NESTED, attributes)
    }

    /// Puts a record into the nest around it: a struct with its length, and
    /// the attributes behind it (`struct rtnexthop`).
    ///
    /// ```
    /// # #[cfg(feature = "route")] {
    /// use nlwire::Writer;
    /// use nlwire::route::{NextHop, RTA_GATEWAY, RTA_MULTIPATH};
    ///
    /// let mut buffer = [0; 64];
    /// let hops = [[192, 0, 2, 2], [192, 0, 2, 3]];
    /// Writer::attributes(&mut buffer, |w| {
    ///     w.unmarked_nest(RTA_MULTIPATH, |mut w| {
    ///         for gateway in hops {
    ///             w = w.record(NextHop::default(), |w| w.ip(RTA_GATEWAY, gateway.into()))?;
    ///         }
    ///         Ok(w)
    ///     })
    /// })?;
    /// # }
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`EncodeError::TooLong`], which names attribute 0,
    /// [`EncodeError::Overflow`], and whatever `children` returns; nothing of
    /// the record stays.
    pub fn record<T, F>(&mut self, record: T, children: F) -> Put<'_, 'b>
    where
        T: Record,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.guarded(|w| {
            let start = w.payload(&record)?;
            children(w)?;
            let length = w.len.saturating_sub(start);
            let length = u16::try_from(length).map_err(|_| too_long(0, length))?;
            w.patch(start, &record.with_length(length));
            Ok(())
        })
    }

    /// Puts as many items as there is room for, and returns the place where it
    /// stopped; `(items.len(), 0)` once all are there.
    ///
    /// A place is the number of an item, and a place inside of that item. `put`
    /// gets the inner place to begin at, and returns the one where it stopped,
    /// or 0 at the end of its item. Inside of a nest the room ends with the
    /// nest's 16-bit length.
    ///
    /// # Errors
    ///
    /// The errors of `put` for the first item, if it does not fit at all; then
    /// nothing is written.
    pub fn fill<T, F>(
        &mut self,
        items: &[T],
        from: (usize, usize),
        mut put: F,
    ) -> Result<(usize, usize), EncodeError>
    where
        F: for<'w> FnMut(&'w mut Self, &T, usize) -> Result<usize, EncodeError>,
    {
        let (first, mut inner) = from;
        let rest = items.get(first..).unwrap_or_default();
        for (place, item) in (first..items.len()).zip(rest) {
            let (mark, order, limit) = (self.len, self.order, self.limit);
            let stop = match put(self, item, inner) {
                Ok(stop) if self.len <= limit => Ok(stop),
                Ok(_) => Err(EncodeError::Overflow {
                    needed: low32(self.len),
                    capacity: low32(limit),
                }),
                Err(error) => Err(error),
            };
            (self.order, self.limit) = (order, limit);
            match stop {
                Ok(0) => inner = 0,
                Ok(stop) => return Ok((place, stop)),
                Err(EncodeError::Overflow { .. } | EncodeError::TooLong { .. })
                    if place > first =>
                {
                    self.failure = Failure::default();
                    self.len = mark;
                    return Ok((place, inner));
                }
                Err(error) => {
                    self.len = mark;
                    return Err(error);
                }
            }
        }
        Ok((items.len(), 0))
    }

    #[inline]
    fn patch_length(&mut self, kind: u16, start: usize) -> Result<(), EncodeError> {
        let length = self.len.saturating_sub(start);
        let nla_len = u16::try_from(length).map_err(|_| too_long(kind, length))?;
        self.patch(start, &nla_len);
        Ok(())
    }

    /// Runs `put`, and removes everything it wrote if it fails.
    #[inline]
    fn guarded<F>(&mut self, put: F) -> Put<'_, 'b>
    where
        F: FnOnce(&mut Self) -> Result<(), EncodeError>,
    {
        let (mark, order, limit) = (self.len, self.order, self.limit);
        let result = put(self);
        (self.order, self.limit) = (order, limit);
        match result {
            Ok(()) => Ok(self),
            Err(error) => {
                self.close_failed(mark, &error);
                self.len = mark;
                Err(error)
            }
        }
    }
}
