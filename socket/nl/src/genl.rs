//! `nl genl`

use nlsock::Protocol;
use nlwire::generic::{CTRL_CMD_GETFAMILY, Controller, GENL_ID_CTRL, GenericHeader, Group};
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::output::{Output, Result, Row};

/// A family of generic netlink.
#[derive(Serialize)]
struct FamilyRow {
    id: u16,
    name: String,
    version: u32,
    groups: Vec<GroupRow>,
}

/// A multicast group of a family.
#[derive(Serialize)]
struct GroupRow {
    id: u32,
    name: String,
}

impl Row for FamilyRow {
    const HEADS: &'static [&'static str] = &["ID", "NAME", "VERSION", "GROUPS"];

    fn cells(&self) -> Vec<String> {
        let groups = self.groups.iter();
        let groups = groups.map(|group| format!("{}={}", group.name, group.id));
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.version.to_string(),
            groups.collect::<Vec<_>>().join(" "),
        ]
    }
}

pub(crate) fn print(output: &Output) -> Result {
    let mut conn = output.connect(Protocol::GENERIC)?;
    let mut buffer = [0; 32];
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let request = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut rows = Vec::new();
    let mut families = conn.dump(request)?;
    while let Some(message) = families.try_next()? {
        rows.push(FamilyRow::read(message)?);
    }
    output.print(&rows)
}

impl FamilyRow {
    fn read(message: MessageRef<'_>) -> Result<Self> {
        let (_, attributes) = message.split::<GenericHeader>()?;
        let family = fields!(attributes => Controller { family_id, family_name, version, groups })?;
        let mut groups = Vec::new();
        for item in family.groups.iter().flat_map(|groups| groups.iter()) {
            let (_, attributes) = item?;
            let group = fields!(attributes => Group { id, name })?;
            groups.push(GroupRow {
                id: group.id.unwrap_or(0),
                name: group.name.unwrap_or_default().into(),
            });
        }
        Ok(Self {
            id: family.family_id.unwrap_or(0),
            name: family.family_name.unwrap_or_default().into(),
            version: family.version.unwrap_or(0),
            groups,
        })
    }
}
