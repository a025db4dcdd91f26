//! Settings and counters of the kinds of queueing discipline
//! (`linux/pkt_sched.h`).

pub mod cake;
mod delay;
mod fair;
pub mod fq;
pub mod hardware;
mod netem;
pub mod red;
mod red_curve;
mod shaper;
mod simple;

#[doc(no_inline)]
pub use cake::*;
pub use delay::*;
pub use fair::*;
#[doc(no_inline)]
pub use fq::*;
#[doc(no_inline)]
pub use hardware::*;
pub use netem::*;
#[doc(no_inline)]
pub use red::*;
pub use red_curve::RedCurve;
pub use shaper::*;
pub use simple::*;
