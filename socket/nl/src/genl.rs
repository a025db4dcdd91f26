//! `nl genl`

use nlsock::Protocol;
use nlwire::generic::{
    CTRL_ATTR_FAMILY_NAME, CTRL_ATTR_MCAST_GRP_NAME, CTRL_CMD_GETFAMILY, Controller, GENL_ID_CTRL,
    GenericHeader, Group,
};
use nlwire::{Flags, MessageRef, Writer, fields};
use serde::Serialize;

use crate::kernel::{Kernel, Table};
use crate::output::{Decoded, Format, Result, Row, Text, or_dash};

/// Family of generic netlink.
#[derive(Serialize)]
struct FamilyRow {
    id: u16,
    name: Option<Text>,
    version: u32,
    groups: Vec<GroupRow>,
}

/// Multicast group of a family.
#[derive(Serialize)]
struct GroupRow {
    id: u32,
    name: Option<Text>,
}

impl Row for FamilyRow {
    const HEADS: &'static [&'static str] = &["ID", "NAME", "VERSION", "GROUPS"];

    fn cells(&self) -> Vec<String> {
        let groups = self.groups.iter();
        let groups = groups.map(|group| format!("{}={}", or_dash(group.name.as_ref()), group.id));
        vec![
            self.id.to_string(),
            or_dash(self.name.as_ref()),
            self.version.to_string(),
            groups.collect::<Vec<_>>().join(" "),
        ]
    }
}

pub(crate) fn print(kernel: &Kernel, format: Format) -> Result {
    let mut conn = kernel.connect(Protocol::GENERIC, &[])?;
    let mut buffer = [0; 32];
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let request = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let table = Table::read(&mut conn, request)?.whole()?;
    let rows = table.rows().map(FamilyRow::read);
    format.print(&rows.collect::<Decoded<Vec<_>>>()?)
}

impl FamilyRow {
    fn read(message: MessageRef<'_>) -> Decoded<Self> {
        let (_, attributes) = message.split::<GenericHeader>()?;
        let family = fields!(attributes => Controller { family_id, version, groups })?;
        let mut groups = Vec::new();
        for item in family.groups.iter().flat_map(|groups| groups.iter()) {
            let (_, attributes) = item?;
            let group = fields!(attributes => Group { id })?;
            groups.push(GroupRow {
                id: group.id.unwrap_or(0),
                name: attributes
                    .attributes()
                    .find(CTRL_ATTR_MCAST_GRP_NAME)?
                    .map(|name| name.text().into()),
            });
        }
        Ok(Self {
            id: family.family_id.unwrap_or(0),
            name: attributes
                .find(CTRL_ATTR_FAMILY_NAME)?
                .map(|name| name.text().into()),
            version: family.version.unwrap_or(0),
            groups,
        })
    }
}
