//! Parts that all contestants in Rust share: an allocator that counts, and a
//! loop that does a turn of work for each line of standard input. See the
//! README for the protocol.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{BufRead as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

/// Number of repetitions in a turn of the small works; `c/peer.h` has the same.
pub const ROUND_TRIPS: u64 = 1000;
pub const BATCH_NOOPS: usize = 64;
pub const BATCH_TURNS: usize = 20;
pub const BATCH_ROUTES: u32 = 256;
pub const ENCODED: u32 = 1_000_000;
/// The protocol of the route whose event ends a burst.
pub const LAST_EVENT: u8 = 250;

/// Error that is only a printed text.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn allocated(size: usize) {
    ALLOCATIONS.fetch_add(1, Relaxed);
    let live = LIVE.fetch_add(size, Relaxed) + size;
    PEAK.fetch_max(live, Relaxed);
}

// SAFETY: All is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocated(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        allocated(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size(), Relaxed);
        allocated(size);
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The work that this process was started for.
pub fn work() -> String {
    std::env::args().nth(1).unwrap_or_default()
}

/// Does a turn for each line of standard input and says how it went:
/// nanoseconds, items, allocations, peak bytes.
pub fn serve(turn: impl FnMut() -> Result<u64>) -> Result<()> {
    let clock = Instant::now();
    serve_by(|| clock.elapsed().as_nanos(), turn)
}

/// Serves like [`serve`], with nanoseconds by another clock.
pub fn serve_by(clock: impl Fn() -> u128, mut turn: impl FnMut() -> Result<u64>) -> Result<()> {
    for line in std::io::stdin().lock().lines() {
        line?;
        let before = ALLOCATIONS.load(Relaxed);
        PEAK.store(LIVE.load(Relaxed), Relaxed);
        let start = clock();
        let items = turn()?;
        let nanoseconds = clock() - start;
        let allocations = ALLOCATIONS.load(Relaxed) - before;
        let mut output = std::io::stdout().lock();
        writeln!(
            output,
            "{nanoseconds} {items} {allocations} {}",
            PEAK.load(Relaxed)
        )?;
        output.flush()?;
    }
    Ok(())
}

/// A work that this contestant cannot do.
pub fn unknown() -> Result<()> {
    std::process::exit(2)
}
