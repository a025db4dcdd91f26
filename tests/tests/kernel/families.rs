//! Families of generic netlink by name.

use nlsock::{Config, Conn, Protocol};
use nltests::{Need, Outcome, Recorder, Test};
use nlwire::generic::{GENL_ID_CTRL, GetFamilies, GetFamily};
use nlwire::schema::Protocol as Family;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "families::a_missing_family_is_named",
        needs: &[Need::Nobody],
        run: a_missing_family_is_named,
    },
    Test {
        name: "families::each_is_found_by_name_as_in_the_list",
        needs: &[Need::Nobody],
        run: each_is_found_by_name_as_in_the_list,
    },
    Test {
        name: "families::are_remembered",
        needs: &[Need::Nobody],
        run: are_remembered,
    },
];

fn a_missing_family_is_named() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let error = conn.get(GetFamily::by_name("no-such-family")).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = conn.look_up(&ABSENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "generic: GENL_ID_CTRL family \"no-such-family\": ENOENT"
    );
    assert!(error.is_not_found());
    // One that no module can have.
    let long = GetFamily::by_name("a-name-of-18-bytes");
    let error = conn.get(long).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

fn each_is_found_by_name_as_in_the_list() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut listed = Vec::new();
    let mut families = conn.query(GetFamilies::all())?;
    while let Some(family) = families.next()? {
        listed.push((family.name()?.unwrap().to_owned(), family.id()?.unwrap()));
    }
    assert!(listed.iter().any(|(name, _)| name == "nlctrl"));
    for (name, id) in &listed {
        let family = conn.get(GetFamily::by_name(name.as_str()))?;
        assert_eq!((family.name()?, family.id()?), (Some(&**name), Some(*id)));
        for group in family.groups() {
            let (group, number) = group?;
            assert!(number.is_some());
            assert_eq!(family.group(group.unwrap())?, number);
        }
    }
    Ok(())
}

static CONTROLLER: Family = Family::family("nlctrl", &[]);
static ABSENT: Family = Family::family("no-such-family", &[]);

fn are_remembered() -> Outcome {
    let recorder = Recorder::default();
    let config = Config::new(Protocol::GENERIC).trace(recorder.hook());
    let mut conn = config.open()?;
    assert_eq!(conn.look_up(&CONTROLLER)?, GENL_ID_CTRL);
    assert!(!recorder.take().is_empty());
    for _ in 0..3 {
        assert_eq!(conn.look_up(&CONTROLLER)?, GENL_ID_CTRL);
        assert_eq!(recorder.take(), []);
        // One that is missing may come.
        assert!(conn.look_up(&ABSENT).unwrap_err().is_not_found());
        assert!(!recorder.take().is_empty());
    }
    Ok(())
}
