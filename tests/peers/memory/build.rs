//! Compiles the loops in C, always as -O2.

fn main() {
    println!("cargo::rerun-if-changed=src/loops.c");
    cc::Build::new()
        .file("src/loops.c")
        .opt_level(2)
        .flag("-fno-strict-aliasing")
        .warnings_into_errors(true)
        .compile("loops");
}
