//! Prints the public items of a crate, one a line, from the JSON of rustdoc.
//! Modules that are named after the file are left out.
//!
//! ```sh
//! api target/doc/nlwire.json route netfilter
//! ```

use public_api::Builder;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let json = args.next().ok_or("the JSON of a crate is needed")?;
    let left_out: Vec<_> = args.map(|module| format!("::{module}::")).collect();
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()?;
    for item in api.items() {
        let line = item.to_string();
        if !left_out.iter().any(|module| line.contains(module)) {
            println!("{line}");
        }
    }
    Ok(())
}
