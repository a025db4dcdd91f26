//! The kernel's specs and headers beside tables of attributes; see `help.txt`.

pub mod arguments;
pub mod check;
pub mod compare;
pub mod document;
pub mod family;
pub mod form;
pub mod forms;
pub mod headers;
pub mod left_out;
pub mod lists;
pub mod names;
pub mod numbers;
pub mod print;
mod resolve;
pub mod source;
pub mod tables;
pub mod tokens;
