//! Elements of sets and maps.

mod read;
mod write;

pub use read::{Element, ElementData, ElementsRow, GetElements};
pub use write::{DeleteElements, GetElement, NewElement, NewElements};
