//! `IOAM6`: namespaces and schemas of in-situ measurements in IPv6 packets
//! (IOAM, RFC 9197), as `ip ioam` shows and sets them (`linux/ioam6_genl.h`).
//!
//! ```
//! use nlwire::generic::ioam6::{IoamAttr, NewNamespace, NewSchema, SetNamespaceSchema};
//!
//! let namespace = NewNamespace::by_id(123).with(&[IoamAttr::Data(0xcafe)]);
//! let schema = NewSchema::of(7, b"data");
//! let both = SetNamespaceSchema::to(123, 7);
//! ```
//!
//! Both are listed, parted and deleted, as by `ip ioam namespace show`,
//! `ip ioam schema show`, `ip ioam namespace set 123 schema none`,
//! `ip ioam schema del 7` and `ip ioam namespace del 123`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ioam6::*;
//!
//! let (namespaces, schemas) = (GetNamespaces::all(), GetSchemas::all());
//! let part = SetNamespaceSchema::none(123);
//! let delete_schema = DeleteSchema::by_id(7).if_there();
//! let delete_namespace = DeleteNamespace::by_id(123).if_there();
//!
//! /// Prints a namespace and its schema, which is absent for none.
//! fn print(row: &IoamRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Ioam { namespace_id, schema_id })?;
//!     println!("namespace {:?}, schema {:?}", found.namespace_id, found.schema_id);
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::attributes;
use crate::codec::{Bytes, Flag};

family! {
    name IOAM6_GENL_NAME "IOAM6";
    version IOAM6_GENL_VERSION 1;
    group IOAM6_GENL_EV_GRP_NAME "ioam6_events" "packets with traces: [`Change`] (Linux 6.9).";
    command 1 IOAM6_CMD_ADD_NAMESPACE Ioam "Creates a namespace.";
    command 2 IOAM6_CMD_DEL_NAMESPACE Ioam "Deletes a namespace.";
    command 3 IOAM6_CMD_DUMP_NAMESPACES Ioam "Lists the namespaces.";
    command 4 IOAM6_CMD_ADD_SCHEMA Ioam "Creates a schema.";
    command 5 IOAM6_CMD_DEL_SCHEMA Ioam "Deletes a schema.";
    command 6 IOAM6_CMD_DUMP_SCHEMAS Ioam "Lists the schemas.";
    command 7 IOAM6_CMD_NS_SET_SCHEMA Ioam "Sets the schema of a namespace.";
    event 1 IOAM6_EVENT_TRACE Trace "received packet with a trace.";
}

requests! {
    Ioam, IoamAttr, IoamRow, "namespace or schema";

    /// Creates a namespace.
    Act NewNamespace = IOAM6_CMD_ADD_NAMESPACE {
        /// Creates the namespace with this identifier.
        by_id(id: u16) { NamespaceId(id) }
    }
    /// Deletes a namespace.
    Delete(ENOENT) DeleteNamespace = IOAM6_CMD_DEL_NAMESPACE {
        /// Deletes the namespace with this identifier.
        by_id(id: u16) { NamespaceId(id) }
    }
    /// Lists the namespaces.
    List GetNamespaces = IOAM6_CMD_DUMP_NAMESPACES {
        /// Lists all namespaces.
        all() {}
    }
    /// Creates a schema.
    Act NewSchema = IOAM6_CMD_ADD_SCHEMA {
        /// Creates a schema with this identifier, and data of up to 1,020 bytes.
        of(id: u32, data: &'a [u8]) { SchemaId(id), SchemaData(data) }
    }
    /// Deletes a schema.
    Delete(ENOENT) DeleteSchema = IOAM6_CMD_DEL_SCHEMA {
        /// Deletes the schema with this identifier.
        by_id(id: u32) { SchemaId(id) }
    }
    /// Lists the schemas.
    List GetSchemas = IOAM6_CMD_DUMP_SCHEMAS {
        /// Lists all schemas.
        all() {}
    }
    /// Sets or removes the schema of a namespace.
    Act SetNamespaceSchema = IOAM6_CMD_NS_SET_SCHEMA {
        /// Sets a schema.
        to(namespace: u16, schema: u32) { NamespaceId(namespace), SchemaId(schema) }
        /// Removes the schema.
        none(namespace: u16) { NamespaceId(namespace), NoSchema(true) }
    }
}

changes! {
    /// Notification of the group [`IOAM6_GENL_EV_GRP_NAME`].
    Change {
        /// Received packet with a trace.
        Trace(Trace) = IOAM6_EVENT_TRACE;
    }
}

attributes! {
    /// Namespace or schema (`IOAM6_ATTR_*`).
    pub set Ioam, enum IoamAttr {
        /// Identifier of the namespace.
        1 IOAM6_ATTR_NS_ID NamespaceId namespace_id: u16,
        /// Data of the namespace, 32 bits.
        2 IOAM6_ATTR_NS_DATA Data data: u32,
        /// Data of the namespace, 64 bits.
        3 IOAM6_ATTR_NS_DATA_WIDE WideData wide_data: u64,
        /// Identifier of the schema.
        4 IOAM6_ATTR_SC_ID SchemaId schema_id: u32,
        /// Data of the schema, at most 1,020 bytes.
        5 IOAM6_ATTR_SC_DATA SchemaData schema_data: Bytes,
        /// Removes the schema of a namespace.
        6 IOAM6_ATTR_SC_NONE NoSchema no_schema: Flag,
        /// Padding.
        7 IOAM6_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Trace of a packet (`IOAM6_EVENT_ATTR_*`, Linux 6.9).
    pub set Trace, enum TraceAttr {
        /// Identifier of the namespace.
        1 IOAM6_EVENT_ATTR_TRACE_NAMESPACE Namespace namespace: u16,
        /// Size of each node's data, in units of 4 bytes.
        2 IOAM6_EVENT_ATTR_TRACE_NODELEN NodeLen node_len: u8,
        /// Fields that each node fills in, as a bit mask of RFC 9197.
        3 IOAM6_EVENT_ATTR_TRACE_TYPE Fields fields: u32,
        /// Data of all nodes.
        4 IOAM6_EVENT_ATTR_TRACE_DATA Data data: Bytes,
    }
}
