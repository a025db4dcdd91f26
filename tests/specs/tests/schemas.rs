//! Tables read from the source of nlwire match its schemas: the test that
//! depends on [`Shape`].

use std::collections::BTreeSet;
use std::path::Path;

use nlwire::ByteOrder;
use nlwire::codec::AttributeSet as _;
use nlwire::schema::{By, Protocol, Schema, Shape};
use specs::form::Form;
use specs::tables::{Set, Tables, nearest};

const PROTOCOLS: &[&Protocol] = &[
    &nlwire::route::PROTOCOL,
    &nlwire::generic::PROTOCOL,
    &nlwire::generic::ethtool::PROTOCOL,
    &nlwire::netfilter::PROTOCOL,
    &nlwire::sock_diag::PROTOCOL,
    &nlwire::connector::PROTOCOL,
    &nlwire::audit::PROTOCOL,
    &nlwire::crypto::PROTOCOL,
    &nlwire::xfrm::PROTOCOL,
];

#[test]
fn the_source_is_read_as_the_schemas_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wire/src");
    let tables = Tables::read(&folder).unwrap();
    let mut walk = Walk {
        tables: &tables,
        seen: BTreeSet::new(),
        rows: 0,
    };
    for message in PROTOCOLS.iter().flat_map(|protocol| protocol.messages) {
        walk.schema(message.attributes());
    }
    walk.schema(nlwire::generic::taskstats::TaskReport::schema());
    assert!(walk.rows > 900, "only {} rows", walk.rows);
}

struct Walk<'a> {
    tables: &'a Tables,
    seen: BTreeSet<*const Schema>,
    rows: usize,
}

impl<'a> Walk<'a> {
    fn schema(&mut self, schema: &'static Schema) {
        if schema.names.is_empty() || !self.seen.insert(schema) {
            return;
        }
        let set = self.set(schema);
        for (row, read) in schema.rows().zip(&set.rows) {
            let form = Form::of(&read.form, &set.file, self.tables);
            assert!(
                agree(&row.shape, &form),
                "{}: {:?}, {form:?}",
                row.name,
                row.shape
            );
            let inside = inside(&row.shape);
            if let (Some(name), [inner]) = (form.set(), &inside[..]) {
                let found = nearest(&self.tables.sets, name, &set.file).unwrap();
                assert!(
                    is_of(found, inner),
                    "{}: {name} in {}",
                    row.name,
                    found.file.display()
                );
            }
            self.rows += 1;
            for inner in inside {
                self.schema(inner);
            }
        }
    }

    fn set(&self, schema: &Schema) -> &'a Set {
        let found = self.tables.sets.iter().find(|set| is_of(set, schema));
        found.unwrap_or_else(|| panic!("{} was not read", schema.name))
    }
}

fn is_of(set: &Set, schema: &Schema) -> bool {
    let read = set.rows.iter().map(|row| (row.number, &*row.c_name));
    set.name == schema.name
        && (set.rows.is_empty() || read.eq(schema.rows().map(|row| (row.kind, row.name))))
}

fn agree(shape: &Shape, form: &Form) -> bool {
    match (shape, form) {
        (Shape::Unsigned(order, _), Form::Int(int)) => {
            !int.is_signed && is_big(*order) == int.is_big
        }
        (Shape::Signed(order, _), Form::Int(int)) => int.is_signed && is_big(*order) == int.is_big,
        (Shape::Many(shape) | Shape::Secret(shape), form) => agree(shape, form),
        (Shape::Bytes, Form::Bytes(_))
        | (Shape::Flag, Form::Flag)
        | (Shape::Str | Shape::UnixName, Form::Text)
        | (Shape::Hardware, Form::Hardware)
        | (Shape::Ip | Shape::Address, Form::Ip)
        | (Shape::Bitfield32(_), Form::Bitfield32)
        | (Shape::Nest(_), Form::Nest(_))
        | (Shape::Indexed(_), Form::Indexed(_))
        | (Shape::Records(..) | Shape::Headed(..), Form::Headed(_))
        | (Shape::Choice(_), Form::Choice(_))
        // One of several structs, by its size or its version.
        | (Shape::Choice(_), Form::Struct(None))
        | (Shape::WideAddress, Form::Bytes(_))
        | (Shape::Flexible(..), Form::Struct(_))
        | (_, Form::Unknown(_)) => true,
        (Shape::Struct(layout), Form::Struct(read)) => read.is_none_or(|read| read == layout.size),
        (Shape::Array(_, size), Form::Array(read)) => read.is_none_or(|read| read == *size),
        _ => false,
    }
}

fn is_big(order: Option<ByteOrder>) -> bool {
    matches!(order, Some(ByteOrder::Big))
}

fn inside(shape: &Shape) -> Vec<&'static Schema> {
    match shape {
        Shape::Nest(inner) | Shape::Records(_, inner) | Shape::Headed(_, inner) => vec![inner()],
        Shape::Indexed(inner) | Shape::Many(inner) | Shape::Secret(inner) => inside(inner),
        Shape::Choice(choice) => match choice.by {
            By::Text(_, arms) => arms.iter().flat_map(|(_, shape)| inside(shape)).collect(),
            By::Number(_, _, arms) => arms.iter().flat_map(|(_, shape)| inside(shape)).collect(),
            By::Family(arms) => arms.iter().flat_map(|(_, shape)| inside(shape)).collect(),
            // Structs only.
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
