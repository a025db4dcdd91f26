//! Batches of nftables, and rules that several tests need.

use crate::Session;
use nlwire::netfilter::{
    CmpAttr, Comparison, ExpressionAttr, ImmediateAttr, NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END,
    NFTA_CMP_DATA, NFTA_DATA_VERDICT, NFTA_EXPR_DATA, NFTA_IMMEDIATE_DATA, NFTA_LIST_ELEM,
    NetfilterHeader, NftDataAttr, PayloadAttr, PayloadBase, Register, Verdict, VerdictDataAttr,
};
use nlwire::{Batch, EncodeError, Flags, Put, Writer};
use std::error::Error;

/// Makes all of these changes or none: a transaction of at most `size` bytes.
///
/// # Errors
/// The kernel's first refusal.
pub fn nft_batch<F>(session: &mut Session, size: usize, changes: F) -> Result<(), Box<dyn Error>>
where
    F: FnOnce(&mut Batch<&mut [u8]>) -> Result<(), EncodeError>,
{
    let mut buffer = vec![0; size];
    let mut batch = Batch::new(&mut buffer[..]);
    let header = NetfilterHeader::BATCH;
    batch.append_message(NFNL_MSG_BATCH_BEGIN, Flags::REQUEST, &header, |w| Ok(w))?;
    changes(&mut batch)?;
    batch.append_message(NFNL_MSG_BATCH_END, Flags::REQUEST, &header, |w| Ok(w))?;
    session.batch(&mut batch)?;
    Ok(())
}

/// Puts an expression into the list of a rule.
///
/// # Errors
/// The errors of the writer.
pub fn expression<'w, 'b, F>(w: &'w mut Writer<'b>, name: &str, data: F) -> Put<'w, 'b>
where
    F: for<'v> FnOnce(&'v mut Writer<'b>) -> Put<'v, 'b>,
{
    w.nest(NFTA_LIST_ELEM, |w| {
        w.put(ExpressionAttr::Name(name))?
            .nest(NFTA_EXPR_DATA, data)
    })
}

/// Loads bytes of a header into register 1.
///
/// # Errors
/// The errors of the writer.
pub fn load<'w, 'b>(
    w: &'w mut Writer<'b>,
    base: PayloadBase,
    offset: u32,
    len: u32,
) -> Put<'w, 'b> {
    expression(w, "payload", |w| {
        w.put(PayloadAttr::Register(Register::R1))?
            .put(PayloadAttr::Base(base))?
            .put(PayloadAttr::Offset(offset))?
            .put(PayloadAttr::Len(len))
    })
}

/// Ends the rule unless register 1 holds these bytes.
///
/// # Errors
/// The errors of the writer.
pub fn equals<'w, 'b>(w: &'w mut Writer<'b>, value: &[u8]) -> Put<'w, 'b> {
    expression(w, "cmp", |w| {
        w.put(CmpAttr::Register(Register::R1))?
            .put(CmpAttr::Operation(Comparison::EQ))?
            .nest(NFTA_CMP_DATA, |w| w.put(NftDataAttr::Value(value)))
    })
}

/// Decides on the packet.
///
/// # Errors
/// The errors of the writer.
pub fn decide<'w, 'b>(w: &'w mut Writer<'b>, verdict: Verdict) -> Put<'w, 'b> {
    expression(w, "immediate", |w| {
        w.put(ImmediateAttr::Register(Register::VERDICT))?
            .nest(NFTA_IMMEDIATE_DATA, |w| {
                w.nest(NFTA_DATA_VERDICT, |w| w.put(VerdictDataAttr::Code(verdict)))
            })
    })
}
