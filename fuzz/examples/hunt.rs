//! Runs targets over mutations of the corpus for some time, on any compiler:
//!
//!     hunt SECONDS [TARGET...]
//!
//! It ends with the name of the target at the first finding.

use std::time::{Duration, Instant};

use nlwire_fuzz::{Seen, TARGETS, corpus};

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// A few changes of one input, with parts of another.
    fn mutate(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        for _ in 0..=self.below(4) {
            let at = self.below(input.len());
            match self.below(6) {
                0 if !input.is_empty() => input[at] ^= 1 << self.below(8),
                1 if !input.is_empty() => {
                    input[at] = [0, 1, 3, 4, 5, 8, 16, 17, 255][self.below(9)]
                }
                2 => input.truncate(self.below(input.len() + 1)),
                3 => input.insert(at, self.next() as u8),
                4 => {
                    let part = &other[self.below(other.len() + 1)..];
                    let part = &part[..self.below(part.len().min(32) + 1)];
                    input.splice(at..at, part.iter().copied());
                }
                _ if !input.is_empty() => {
                    input.remove(at);
                }
                _ => {}
            }
        }
        input.truncate(4096);
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments
        .next()
        .expect("SECONDS")
        .parse()
        .expect("a number");
    let names: Vec<_> = arguments.collect();
    let chosen = TARGETS
        .iter()
        .filter(|(name, _)| names.is_empty() || names.iter().any(|n| n == name));
    let targets: Vec<_> = chosen
        .map(|(name, body)| (*name, *body, corpus::inputs(name)))
        .collect();
    assert!(!targets.is_empty(), "no such target");
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut runs = 0_u64;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut run = |name: &str, body: nlwire_fuzz::Body, input: &[u8]| {
        let result = std::panic::catch_unwind(|| body(input, &mut Seen::nothing()));
        if result.is_err() {
            println!("found by {name}: {}", corpus::hex(input));
            std::process::exit(1);
        }
        runs += 1;
    };
    for (name, body, inputs) in &targets {
        inputs.iter().for_each(|input| run(name, *body, input));
    }
    while Instant::now() < end {
        for (name, body, inputs) in &targets {
            for _ in 0..64 {
                let mut input = inputs[random.below(inputs.len())].clone();
                let other = &inputs[random.below(inputs.len())];
                random.mutate(&mut input, other);
                run(name, *body, &input);
            }
        }
    }
    println!("{runs} runs, nothing found");
}
