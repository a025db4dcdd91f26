//! Keeps the inputs that cargo fuzz has left in a folder, and those that are
//! kept already, as far as they are short:
//!
//!     pack TARGET FOLDER MOST_BYTES MOST_INPUTS
//!
//! With `unpack` in front it writes the kept inputs to the folder instead.

use std::fs;

use nlwire_fuzz::corpus;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let texts: Vec<_> = arguments.iter().map(String::as_str).collect();
    match texts.as_slice() {
        ["unpack", target, folder] => {
            fs::create_dir_all(folder).unwrap();
            for (number, input) in corpus::inputs(target).into_iter().enumerate() {
                fs::write(format!("{folder}/kept-{number}"), input).unwrap();
            }
        }
        [target, folder, bytes, inputs] => {
            let most: usize = bytes.parse().unwrap();
            let entries = fs::read_dir(folder).unwrap();
            let mut kept: Vec<_> = entries
                .map(|entry| fs::read(entry.unwrap().path()).unwrap())
                .collect();
            kept.retain(|input| input.len() <= most);
            kept.sort_by_key(Vec::len);
            kept.truncate(inputs.parse().unwrap());
            corpus::keep(target, kept);
        }
        _ => panic!("pack TARGET FOLDER MOST_BYTES MOST_INPUTS"),
    }
}
