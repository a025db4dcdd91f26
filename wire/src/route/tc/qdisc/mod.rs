//! Settings and counters of the kinds of queueing discipline
//! (`linux/pkt_sched.h`).

mod cake;
mod delay;
mod fair;
mod fq;
mod hardware;
mod netem;
mod red;
mod shaper;
mod simple;

pub use cake::*;
pub use delay::*;
pub use fair::*;
pub use fq::*;
pub use hardware::*;
pub use netem::*;
pub use red::*;
pub use shaper::*;
pub use simple::*;
