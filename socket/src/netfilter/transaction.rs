//! Changes of nftables.

use nlwire::netfilter::{NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NetfilterHeader};
use nlwire::{Batch, EncodeError, Flags};

use crate::{Conn, Error, Outcome, Transport};

/// Does all changes of nftables that `changes` pushes or none of them: a
/// transaction, from `NFNL_MSG_BATCH_BEGIN` to `NFNL_MSG_BATCH_END`.
///
/// It is written into `buffer`, and sent in one datagram. `outcomes` has one for
/// each message: the first is that of the begin, the last that of the end.
///
/// ```no_run
/// use nlsock::{Conn, Outcome, Protocol, netfilter};
/// use nlwire::netfilter::{
///     ChainAttr, NFPROTO_INET, NFT_MSG_NEWCHAIN, NFT_MSG_NEWTABLE, NetfilterHeader, TableAttr,
/// };
/// use nlwire::{Flags, NewFlags};
///
/// let mut conn = Conn::open(Protocol::NETFILTER)?;
/// let (mut buffer, mut outcomes) = ([0; 1024], [const { Outcome::NotDone }; 4]);
/// let (inet, create) = (NetfilterHeader::new(NFPROTO_INET), Flags::from(NewFlags::CREATE));
/// netfilter::transaction(&mut conn, &mut buffer, &mut outcomes, |batch| {
///     batch.append_message(NFT_MSG_NEWTABLE, create, &inet, |w| w.put(TableAttr::Name("filter".into())))?;
///     batch.append_message(NFT_MSG_NEWCHAIN, create, &inet, |w| {
///         w.put(ChainAttr::Table("filter".into()))?.put(ChainAttr::Name("allowed".into()))
///     })
/// })?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::batch`]: [`ErrorKind::Refused`] is the first refusal, and the
/// outcomes have them all; `EPERM` without `CAP_NET_ADMIN`.
/// [`ErrorKind::Encode`] for what does not fit the buffer, before anything is
/// sent.
#[doc(alias = "NFNL_MSG_BATCH_BEGIN")]
pub fn transaction<T, B, F>(
    conn: &mut Conn<T, B>,
    buffer: &mut [u8],
    outcomes: &mut [Outcome],
    changes: F,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    F: FnOnce(&mut Batch<&mut [u8]>) -> Result<(), EncodeError>,
{
    let mut batch = Batch::new(buffer);
    write(&mut batch, changes).map_err(|error| conn.state.unwritten(error))?;
    conn.batch(&mut batch, outcomes)
}

fn write<F>(batch: &mut Batch<&mut [u8]>, changes: F) -> Result<(), EncodeError>
where
    F: FnOnce(&mut Batch<&mut [u8]>) -> Result<(), EncodeError>,
{
    let (request, header) = (Flags::REQUEST, NetfilterHeader::BATCH);
    batch.append_message(NFNL_MSG_BATCH_BEGIN, request, &header, |w| Ok(w))?;
    changes(batch)?;
    batch.append_message(NFNL_MSG_BATCH_END, request, &header, |w| Ok(w))
}
