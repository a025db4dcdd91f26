//! One call, in futures.

use core::time::Duration;

use nlwire::schema::MessageSchema;
use nlwire::{AckRef, MessageRef};

use super::watch::Watch;
use super::{AsyncBatchReplies, AsyncPipeline, AsyncReplies};
use crate::replies::Only;
use crate::{Call, Error, ErrorKind, Mapping, Outcome, Socket};

/// A [`Call`] whose answers are futures: made by
/// [`AsyncConn::call`](super::AsyncConn::call).
#[derive(Debug)]
#[must_use = "a call does nothing before a request is given to it"]
pub struct AsyncCall<'c, B = Mapping> {
    pub(super) watch: &'c Watch,
    pub(super) call: Call<'c, Socket, B>,
}

impl<'c, B> AsyncCall<'c, B> {
    /// As [`Call::within`].
    pub const fn within(self, timeout: Duration) -> Self {
        let Self { watch, call } = self;
        let call = call.within(timeout);
        Self { watch, call }
    }

    /// As [`Call::unacked`].
    pub const fn unacked(self) -> Self {
        let Self { watch, call } = self;
        let call = call.unacked();
        Self { watch, call }
    }

    /// As [`Call::described_by`].
    pub const fn described_by(self, schema: &'static MessageSchema) -> Self {
        let Self { watch, call } = self;
        let call = call.described_by(schema);
        Self { watch, call }
    }
}

impl<'c, B: AsRef<[u8]> + AsMut<[u8]>> AsyncCall<'c, B> {
    /// As [`Call::request`].
    ///
    /// # Errors
    ///
    /// As [`Call::request`].
    pub async fn request(self, message: MessageRef<'_>) -> Result<AckRef<'c>, Error> {
        let mut answer = self.replies(message)?;
        while answer.place().await?.is_some() {}
        answer.replies.into_ack()
    }

    /// As [`Call::get`].
    ///
    /// # Errors
    ///
    /// As [`Call::get`].
    pub async fn get(self, message: MessageRef<'_>) -> Result<MessageRef<'c>, Error> {
        let mut answer = self.replies(message)?;
        let mut only = Only::default();
        while let Some(place) = answer.place().await? {
            answer.replies.note_only(&mut only, place);
        }
        answer.replies.only(only)
    }

    /// As [`Call::replies`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Call::replies`].
    pub fn replies<'r>(self, message: MessageRef<'r>) -> Result<AsyncReplies<'c, 'r, B>, Error> {
        let Self { watch, call } = self;
        let replies = call.replies(message)?;
        Ok(AsyncReplies { watch, replies })
    }

    /// As [`Call::dump`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Call::dump`].
    pub fn dump<'r>(self, message: MessageRef<'r>) -> Result<AsyncReplies<'c, 'r, B>, Error> {
        let Self { watch, call } = self;
        let replies = call.dump(message)?;
        Ok(AsyncReplies { watch, replies })
    }

    /// As [`AsyncConn::dump_retry`](super::AsyncConn::dump_retry).
    ///
    /// # Errors
    ///
    /// As [`Call::dump_retry`].
    pub async fn dump_retry<R, E, F>(
        self,
        attempts: u32,
        message: MessageRef<'_>,
        mut read: F,
    ) -> Result<R, E>
    where
        R: Default,
        E: From<Error>,
        F: FnMut(&mut R, MessageRef<'_>) -> Result<(), E>,
    {
        let Self { watch, mut call } = self;
        let deadline = call.dump_deadline(message)?;
        let mut attempt: u32 = 0;
        loop {
            let replies = call.again().dump_until(message, deadline)?;
            let mut replies = AsyncReplies { watch, replies };
            let mut table = R::default();
            let error = loop {
                match replies.try_next().await {
                    Ok(Some(row)) => read(&mut table, row)?,
                    Ok(None) => return Ok(table),
                    Err(error) => break error,
                }
            };
            attempt = attempt.saturating_add(1);
            let interrupted = error.kind() == ErrorKind::Interrupted;
            if !interrupted || attempt >= attempts || deadline.is_over() {
                return Err(error.into());
            }
        }
    }

    /// As [`Call::batch`].
    ///
    /// # Errors
    ///
    /// As [`Call::batch`].
    pub async fn batch(self, messages: &mut [u8], outcomes: &mut [Outcome]) -> Result<(), Error> {
        let mut replies = self.batch_replies(messages, outcomes)?;
        while replies.place().await?.is_some() {}
        Ok(())
    }

    /// As [`Call::batch_replies`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Call::batch_replies`].
    pub fn batch_replies<'m>(
        self,
        messages: &'m mut [u8],
        outcomes: &'m mut [Outcome],
    ) -> Result<AsyncBatchReplies<'c, 'm, B>, Error> {
        let Self { watch, call } = self;
        let replies = call.batch_replies(messages, outcomes)?;
        Ok(AsyncBatchReplies { watch, replies })
    }

    /// As [`Call::pipeline`].
    pub const fn pipeline<const N: usize>(self) -> AsyncPipeline<'c, N, B> {
        let Self { watch, call } = self;
        let pipeline = call.pipeline();
        AsyncPipeline { watch, pipeline }
    }
}
