//! Attributes as text by their schema: indented lines, or one line in braces.

use core::fmt::{self, Display, Formatter};

use crate::schema::Shape;
use crate::text::Hex;
use crate::view::{DEPTH, Shown, Value};
use crate::walk::{Level, Names, split_record};
use crate::{AttrRef, Attrs, DecodeError};

/// Attributes to be printed.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'a> {
    pub(crate) level: Level<'a>,
    pub(crate) layout: Layout,
    /// Secrets print as such.
    pub(crate) secrets: bool,
}

/// Layout of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A line for each attribute, indented by its level.
    Lines,
    /// All in one line, each level in braces, for `{:?}`.
    Braces,
}

/// Next step of the walk after a printed attribute.
enum Step<'a> {
    Next,
    Down(Level<'a>),
    Up,
}

/// A level, and whether something of it was printed.
type Open<'a> = (Level<'a>, bool);

impl Display for Tree<'_> {
    /// Prints without recursion: input may nest as deep as it likes.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut stack = [(self.level, false); DEPTH];
        let mut depth = 0_usize;
        self.open(f)?;
        while let Some(open) = stack.get_mut(depth) {
            let step = match open.0.names {
                Names::Records(..) => self.record(f, open, depth)?,
                _ => self.attribute(f, open, depth)?,
            };
            match step {
                Step::Next => {}
                Step::Up => {
                    self.close(f)?;
                    match depth.checked_sub(1) {
                        Some(above) => depth = above,
                        None => break,
                    }
                }
                Step::Down(level) => {
                    let below = depth.saturating_add(1);
                    match stack.get_mut(below) {
                        Some(slot) => {
                            (*slot, depth) = ((level, false), below);
                            self.open(f)?;
                        }
                        None => self.too_deep(f, below, level.rest)?,
                    }
                }
            }
        }
        Ok(())
    }
}

impl<'a> Tree<'a> {
    fn attribute(
        &self,
        f: &mut Formatter<'_>,
        open: &mut Open<'a>,
        depth: usize,
    ) -> Result<Step<'a>, fmt::Error> {
        let rest = open.0.rest.remaining();
        let attribute = match open.0.rest.next() {
            Some(Ok(attribute)) => attribute,
            Some(Err(error)) => return self.broken(f, open, depth, error, rest),
            None if rest.is_empty() => return Ok(Step::Up),
            None => {
                // One to three bytes, which the kernel skips as well.
                self.item(f, open, depth)?;
                Hex(rest).fmt(f)?;
                self.end(f)?;
                return Ok(Step::Up);
            }
        };
        self.item(f, open, depth)?;
        let (level, _) = open;
        match level.row(attribute.kind()) {
            Some(row) => f.write_str(row.name)?,
            None => write!(f, "{}", attribute.kind())?,
        }
        // In one line what has no value needs no colon.
        if self.layout == Layout::Lines || !attribute.bytes().is_empty() {
            f.write_str(":")?;
        }
        let shape = level.shape(attribute);
        match inside(level, attribute, shape) {
            Some(inner) => {
                if let Some(Shape::Headed(header, _)) = shape {
                    let bytes = attribute.bytes();
                    let bytes = bytes.get(..header.size).unwrap_or(bytes);
                    let value = Value {
                        bytes,
                        scope: inner.rest.scope(),
                    };
                    write!(f, " {}", self.shown(Some(header.shape), value))?;
                }
                self.end_of_name(f)?;
                Ok(Step::Down(inner))
            }
            None => {
                if !attribute.bytes().is_empty() {
                    write!(f, " {}", self.shown(shape, attribute.into()))?;
                }
                self.end(f)?;
                Ok(Step::Next)
            }
        }
    }

    fn record(
        &self,
        f: &mut Formatter<'_>,
        open: &mut Open<'a>,
        depth: usize,
    ) -> Result<Step<'a>, fmt::Error> {
        let Names::Records(header, schema) = open.0.names else {
            return Ok(Step::Up);
        };
        let bytes = open.0.rest.remaining();
        let Some((record, attributes, rest)) = split_record(open.0.rest, header.size) else {
            if !bytes.is_empty() {
                self.item(f, open, depth)?;
                Hex(bytes).fmt(f)?;
                self.end(f)?;
            }
            return Ok(Step::Up);
        };
        open.0.rest = rest;
        self.item(f, open, depth)?;
        let value = Value {
            bytes: record,
            scope: attributes.scope(),
        };
        self.shown(Some(header.shape), value).fmt(f)?;
        self.end_of_name(f)?;
        Ok(Step::Down(open.0.below(attributes, Names::Set(schema))))
    }

    fn shown<'v>(&self, shape: Option<Shape>, value: Value<'v>) -> Shown<'v> {
        Shown::new(shape, value, self.secrets)
    }

    /// Prints where the walk ended, and all the bytes that it did not reach.
    fn broken(
        &self,
        f: &mut Formatter<'_>,
        open: &mut Open<'a>,
        depth: usize,
        error: DecodeError,
        rest: &[u8],
    ) -> Result<Step<'a>, fmt::Error> {
        self.item(f, open, depth)?;
        write!(f, "{error}: {}", Hex(rest))?;
        self.end(f)?;
        Ok(Step::Up)
    }

    /// Says that a nest is too deep: trees show its bytes, `Debug` their number.
    fn too_deep(&self, f: &mut Formatter<'_>, depth: usize, rest: Attrs<'_>) -> fmt::Result {
        let bytes = rest.remaining();
        match self.layout {
            Layout::Lines => {
                indent(f, depth)?;
                writeln!(f, "deeper: {}", Hex(bytes))
            }
            Layout::Braces => write!(f, "{{{} bytes deeper}}", bytes.len()),
        }
    }

    /// Begins an attribute, or something else on this level.
    fn item(&self, f: &mut Formatter<'_>, open: &mut Open<'_>, depth: usize) -> fmt::Result {
        let is_first = !core::mem::replace(&mut open.1, true);
        match self.layout {
            Layout::Lines => indent(f, depth),
            Layout::Braces if is_first => Ok(()),
            Layout::Braces => f.write_str(", "),
        }
    }

    fn end(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.layout {
            Layout::Lines => f.write_str("\n"),
            Layout::Braces => Ok(()),
        }
    }

    fn end_of_name(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.layout {
            Layout::Lines => f.write_str("\n"),
            Layout::Braces => f.write_str(" "),
        }
    }

    fn open(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.layout {
            Layout::Lines => Ok(()),
            Layout::Braces => f.write_str("{"),
        }
    }

    fn close(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.layout {
            Layout::Lines => Ok(()),
            Layout::Braces => f.write_str("}"),
        }
    }
}

/// The level inside an attribute: by its shape, or by its mark where nothing is
/// known.
pub(crate) fn inside<'a>(
    level: &Level<'a>,
    attribute: AttrRef<'a>,
    shape: Option<Shape>,
) -> Option<Level<'a>> {
    let by_mark = || {
        let is_unknown = matches!(shape, None | Some(Shape::Bytes));
        let inside = || level.below(attribute.nested(), Names::Unknown);
        (is_unknown && attribute.is_nested()).then(inside)
    };
    let inside = level.inside(attribute, shape).or_else(by_mark)?;
    // A set without names stands for a choice that is not known, whose value
    // may be no nest: it counts as one only if all of it is attributes.
    let is_nameless = matches!(inside.names, Names::Set(schema) if schema.names.is_empty());
    let mut attributes = inside.rest;
    let is_broken = is_nameless && attributes.any(|attribute| attribute.is_err());
    (!is_broken).then_some(inside)
}

pub(crate) fn indent(f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    (0..=depth).try_for_each(|_| f.write_str("  "))
}

/// Prints attributes for `Debug`: `{:?}` in one line, `{:#?}` in lines.
pub(crate) fn debug(f: &mut Formatter<'_>, attributes: Attrs<'_>, names: Names) -> fmt::Result {
    let level = Level::new(attributes, names);
    let tree = |layout| Tree {
        level,
        layout,
        secrets: false,
    };
    if f.alternate() {
        f.write_str("{\n")?;
        tree(Layout::Lines).fmt(f)?;
        return f.write_str("}");
    }
    tree(Layout::Braces).fmt(f)
}
