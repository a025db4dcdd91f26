//! A YAML spec as it stands in its file (the kernel's
//! `Documentation/netlink/netlink-raw.yaml` is the schema of these files).

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    pub name: String,
    pub protocol: Option<String>,
    pub protonum: Option<u8>,
    pub version: Option<u8>,
    /// Constants of the family's name and version.
    pub c_family_name: Option<String>,
    pub c_version_name: Option<String>,
    pub definitions: Option<Vec<Definition>>,
    pub attribute_sets: Option<Vec<AttributeSet>>,
    pub sub_messages: Option<Vec<SubMessage>>,
    pub operations: Operations,
    pub mcast_groups: Option<Groups>,
}

impl Document {
    /// True for a family of generic netlink, which is the default.
    pub fn is_generic(&self) -> bool {
        self.protocol.as_deref() != Some("netlink-raw")
    }
}

/// An integer, or a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Number(i64),
    Name(String),
}

impl Value {
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Name(_) => None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Definition {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub name_prefix: Option<String>,
    pub value: Option<Value>,
    pub value_start: Option<i64>,
    pub entries: Option<Vec<Entry>>,
    pub members: Option<Vec<Member>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    Name(String),
    Full { name: String, value: Option<i64> },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Member {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub len: Option<Value>,
    pub byte_order: Option<String>,
    #[serde(rename = "struct")]
    pub inner: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AttributeSet {
    pub name: String,
    pub name_prefix: Option<String>,
    pub subset_of: Option<String>,
    pub attributes: Option<Vec<Attribute>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attribute {
    pub name: String,
    pub name_prefix: Option<String>,
    /// Absent in subsets.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub value: Option<u16>,
    pub byte_order: Option<String>,
    #[serde(rename = "enum")]
    pub enumeration: Option<String>,
    #[serde(default)]
    pub enum_as_flags: bool,
    pub display_hint: Option<String>,
    pub nested_attributes: Option<String>,
    pub sub_type: Option<String>,
    #[serde(rename = "struct")]
    pub inner: Option<String>,
    pub sub_message: Option<String>,
    pub selector: Option<String>,
    #[serde(default)]
    pub multi_attr: bool,
    pub checks: Option<Checks>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Checks {
    pub exact_len: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SubMessage {
    pub name: String,
    pub formats: Vec<Format>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Format {
    pub value: Value,
    pub fixed_header: Option<String>,
    pub attribute_set: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Operations {
    pub enum_model: Option<String>,
    pub name_prefix: Option<String>,
    pub fixed_header: Option<String>,
    pub list: Option<Vec<Operation>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Operation {
    pub name: String,
    pub value: Option<u16>,
    pub attribute_set: Option<String>,
    pub fixed_header: Option<String>,
    /// The command whose answer this notification repeats.
    pub notify: Option<String>,
    #[serde(rename = "do")]
    pub once: Option<Exchange>,
    pub dump: Option<Exchange>,
    pub event: Option<Side>,
}

#[derive(Debug, Deserialize)]
pub struct Exchange {
    pub request: Option<Side>,
    pub reply: Option<Side>,
}

#[derive(Debug, Deserialize)]
pub struct Side {
    pub value: Option<u16>,
    pub attributes: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub struct Groups {
    pub list: Vec<Group>,
}

#[derive(Debug, Deserialize)]
pub struct Group {
    pub name: String,
    pub value: Option<u32>,
}
