//! `fields!`: errors of one field, attributes that repeat, nests made in place.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test fails by its panic"
)]
use nlwire::codec::{Many, Nest, Str, Text};
use nlwire::{Attrs, DecodeErrorKind, Writer, attributes, fields};

attributes! {
    /// A set with all that matters here.
    pub set Sample, enum SampleAttr {
        1 S_NAME Name name: Str,
        2 S_NUMBER Number number: u32,
        3 S_NAMES Names names: Many<Text>,
        4 S_INNER Inner inner: Nest<Sample>,
        5 S_DATA Data data: DataChoice,
    }
}
attributes! {
    /// A choice.
    pub choice DataChoice, enum Data by S_NAME {
        "sample" Sample: Sample,
    }
}

#[test]
fn a_broken_field_leaves_the_others() {
    let mut buffer = [0; 64];
    let block =
        Writer::attributes(&mut buffer, |w| w.bytes(S_NAME, b"v\xff")?.u32(S_NUMBER, 7)).unwrap();
    let error = fields!(block => Sample { name, number })
        .map(|_| ())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "S_NAME at byte 0: not UTF-8 after 1 bytes"
    );
    assert_eq!(error.name(), Some("S_NAME"));

    let row = fields!(block => Sample { name?, number?, inner? });
    assert_eq!(row.name, Err(error));
    assert_eq!(row.number, Ok(Some(7)));
    assert_eq!(row.inner, Ok(None), "absent and broken differ");
    let each: Vec<_> = block
        .typed::<Sample>()
        .iter()
        .map(|item| item.unwrap().1)
        .collect();
    assert_eq!(each[0].unwrap_err().to_string(), error.to_string());
}

#[test]
fn a_broken_length_is_the_error_of_what_follows() {
    let mut buffer = [0; 64];
    let block = Writer::attributes(&mut buffer, |w| w.u32(S_NUMBER, 7)?.u32(S_INNER, 0)).unwrap();
    let mut bytes = block.remaining().to_vec();
    bytes[8] = 2;
    let row = fields!(Attrs::new(&bytes) => Sample { number?, name? });
    assert_eq!(row.number, Ok(Some(7)));
    let error = row.name.unwrap_err();
    assert_eq!(
        error.kind(),
        DecodeErrorKind::LengthBelowHeader {
            length: 2,
            header: 4
        }
    );
    assert_eq!(error.name(), Some("S_INNER"));
    assert!(fields!(Attrs::new(&bytes) => Sample { number, name }).is_err());
}

#[test]
fn repeats_are_all_there() {
    let mut buffer = [0; 64];
    let names = [
        SampleAttr::Names("e0".into()),
        SampleAttr::Number(1),
        SampleAttr::Names("e1".into()),
    ];
    let block = Writer::attributes(&mut buffer, |w| w.put(names)).unwrap();
    let row = fields!(block => Sample { names, number }).unwrap();
    let names: Vec<_> = row.names.unwrap().map(Result::unwrap).collect();
    assert_eq!(names, ["e0", "e1"]);
    assert_eq!(
        format!("{:?}", row.names.unwrap()),
        r#"[Ok("e0"), Ok("e1")]"#
    );
    let nothing = fields!(Attrs::new(&[]) => Sample { names }).unwrap();
    assert!(nothing.names.is_none());
}

#[test]
fn nests_are_made_in_place() {
    let name = String::from("inner");
    // Attributes of another lifetime than the name's.
    const NUMBERS: [SampleAttr<'static>; 1] = [SampleAttr::Number(2)];
    let more = vec![SampleAttr::Number(3), SampleAttr::Name(&name)];
    let more = more.as_slice();
    let nest = [
        SampleAttr::Name("sample"),
        SampleAttr::Inner((&NUMBERS).into()),
        SampleAttr::Data((&more).into()),
    ];
    let (mut buffer, mut expected) = ([0; 128], [0; 128]);
    let block = Writer::attributes(&mut buffer, |w| w.put(SampleAttr::Inner((&nest).into())));
    let by_closures = Writer::attributes(&mut expected, |w| {
        w.nest(S_INNER, |w| {
            w.str(S_NAME, "sample")?
                .nest(S_INNER, |w| w.u32(S_NUMBER, 2))?
                .nest(S_DATA, |w| w.u32(S_NUMBER, 3)?.str(S_NAME, "inner"))
        })
    });
    let block = block.unwrap();
    assert_eq!(block, by_closures.unwrap());

    let inner = fields!(block => Sample { inner }).unwrap().inner.unwrap();
    let row = fields!(inner => Sample { inner, data }).unwrap();
    assert_eq!(
        fields!(row.inner.unwrap() => Sample { number })
            .unwrap()
            .number,
        Some(2)
    );
    let Some(Data::Sample(data)) = row.data else {
        panic!("{:?}", row.data);
    };
    assert_eq!(
        fields!(data => Sample { name }).unwrap().name,
        Some("inner")
    );
}

#[test]
fn nests_compare_and_print_by_what_they_write() {
    let items = [SampleAttr::Number(2)];
    let made = SampleAttr::Inner((&items).into());
    let mut buffer = [0; 64];
    let block = Writer::attributes(&mut buffer, |w| w.put(made)).unwrap();
    let read = block
        .typed::<Sample>()
        .iter()
        .next()
        .unwrap()
        .unwrap()
        .1
        .unwrap();
    assert_eq!(made, read);
    assert_eq!(made, SampleAttr::Inner((&[SampleAttr::Number(2)]).into()));
    assert_ne!(made, SampleAttr::Inner((&[SampleAttr::Number(3)]).into()));
    assert_eq!(format!("{made:?}"), format!("{read:?}"));
    if size_of::<usize>() == 8 {
        assert_eq!(size_of::<SampleAttr<'_>>(), 32);
    }
}

#[test]
fn a_nest_that_does_not_fit_leaves_nothing() {
    let items = [SampleAttr::Number(2), SampleAttr::Number(3)];
    let mut buffer = [0; 24];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put(SampleAttr::Number(1))?;
        assert!(w.put(SampleAttr::Inner((&items).into())).is_err());
        w.put(SampleAttr::Number(4))
    });
    assert_eq!(block.unwrap().count(), 2);
}
