//! `team`: options and ports of team links, as `teamd` sets and `teamnl` shows
//! them (`linux/if_team.h`).
//!
//! ```
//! use nlwire::generic::team::{
//!     OptionListAttr, SetOptions, TeamAttr, TeamOptionAttr, TeamOptionType,
//! };
//!
//! let option = [
//!     TeamOptionAttr::Name("mode".into()),
//!     TeamOptionAttr::Kind(TeamOptionType::STRING),
//!     TeamOptionAttr::Data(b"activebackup\0"),
//! ];
//! let list = [OptionListAttr::Option((&option).into())];
//! let attributes = [TeamAttr::Options((&list).into())];
//! let set = SetOptions::of_link(7).with(&attributes);
//! ```
//!
//! Options and ports are listed, as by `teamnl team0 options` and
//! `teamnl team0 ports`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::team::*;
//!
//! let (options, ports) = (GetOptions::of_link(7), GetPorts::of_link(7));
//!
//! /// Prints the ports of a row.
//! fn print(row: &TeamRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(ports) = fields!(row.attributes => Team { ports })?.ports else {
//!         return Ok(());
//!     };
//!     for port in fields!(ports => PortList { port })?
//!         .port
//!         .into_iter()
//!         .flatten()
//!     {
//!         let found = fields!(port? => TeamPort { link, link_up, speed })?;
//!         println!(
//!             "{:?}: carrier {}, {:?} Mbit/s",
//!             found.link,
//!             found.link_up.unwrap_or_default(),
//!             found.speed
//!         );
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Flag, Many, Nest, Text};
use crate::{LinkIndex, attributes, numbers};

family! {
    name TEAM_GENL_NAME "team";
    version TEAM_GENL_VERSION 1;
    group TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME "change_event" "changed options and ports: [`Change`].";
    command 0 TEAM_CMD_NOOP Team "Does nothing.";
    command 1 TEAM_CMD_OPTIONS_SET Team "Changes options.";
    command 2 TEAM_CMD_OPTIONS_GET Team "Lists options, or reports changed ones.";
    command 3 TEAM_CMD_PORT_LIST_GET Team "Lists ports, or reports changed ones.";
}

requests! {
    Team, TeamAttr, TeamRow, "team";

    /// Lists the options of a team, in several rows.
    Ask GetOptions = TEAM_CMD_OPTIONS_GET {
        /// Lists the options of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes options of a team: `with` [`Options`](TeamAttr::Options).
    Act SetOptions = TEAM_CMD_OPTIONS_SET {
        /// Changes options of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists the ports of a team, in several rows.
    Ask GetPorts = TEAM_CMD_PORT_LIST_GET {
        /// Lists the ports of this link.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
}

changes! {
    /// Notification of the group [`TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME`].
    Change {
        /// Options, with a mark at the changed ones.
        Options(Team) = TEAM_CMD_OPTIONS_GET;
        /// Ports, with a mark at the changed ones.
        Ports(Team) = TEAM_CMD_PORT_LIST_GET;
    }
}

numbers! {
    /// Type of an option's data: a netlink type of the kernel.
    pub struct TeamOptionType(u8) {
        U32 = 3 "NLA_U32" "u32";
        STRING = 5 "NLA_STRING" "string";
        FLAG = 6 "NLA_FLAG" "flag";
        BINARY = 11 "NLA_BINARY" "binary";
        S32 = 14 "NLA_S32" "s32";
    }
}

attributes! {
    /// Team (`TEAM_ATTR_*`).
    pub set Team, enum TeamAttr {
        /// Link index of the team.
        1 TEAM_ATTR_TEAM_IFINDEX Link link: LinkIndex,
        /// Options.
        2 TEAM_ATTR_LIST_OPTION Options options: Nest<OptionList>,
        /// Ports.
        3 TEAM_ATTR_LIST_PORT Ports ports: Nest<PortList>,
    }
}

attributes! {
    /// List of options (`TEAM_ATTR_ITEM_OPTION`).
    pub set OptionList, enum OptionListAttr {
        /// Option, an attribute for each.
        1 TEAM_ATTR_ITEM_OPTION Option option: Many<Nest<TeamOption>>,
    }
}

attributes! {
    /// Option (`TEAM_ATTR_OPTION_*`).
    pub set TeamOption, enum TeamOptionAttr {
        /// Name of the option, such as `mode` or `enabled`.
        1 TEAM_ATTR_OPTION_NAME Name name: Text,
        /// True if the option changed.
        2 TEAM_ATTR_OPTION_CHANGED Changed changed: Flag,
        /// Type of the data.
        3 TEAM_ATTR_OPTION_TYPE Kind kind: TeamOptionType,
        /// Data of the option, in the machine's byte order.
        4 TEAM_ATTR_OPTION_DATA Data data: Bytes,
        /// True if the option is gone.
        5 TEAM_ATTR_OPTION_REMOVED Removed removed: Flag,
        /// Link index of the port, for options of ports.
        6 TEAM_ATTR_OPTION_PORT_IFINDEX Port port: LinkIndex,
        /// Index of the option in an array of options.
        7 TEAM_ATTR_OPTION_ARRAY_INDEX Index index: u32,
    }
}

attributes! {
    /// List of ports (`TEAM_ATTR_ITEM_PORT`).
    pub set PortList, enum PortListAttr {
        /// Port, an attribute for each.
        1 TEAM_ATTR_ITEM_PORT Port port: Many<Nest<TeamPort>>,
    }
}

attributes! {
    /// Port (`TEAM_ATTR_PORT_*`).
    pub set TeamPort, enum TeamPortAttr {
        /// Link index of the port.
        1 TEAM_ATTR_PORT_IFINDEX Link link: LinkIndex,
        /// True if the port changed.
        2 TEAM_ATTR_PORT_CHANGED Changed changed: Flag,
        /// True if the port has a carrier.
        3 TEAM_ATTR_PORT_LINKUP LinkUp link_up: Flag,
        /// Speed in megabits a second.
        4 TEAM_ATTR_PORT_SPEED Speed speed: u32,
        /// Duplex: 0 for half, 1 for full.
        5 TEAM_ATTR_PORT_DUPLEX Duplex duplex: u8,
        /// True if the port is gone.
        6 TEAM_ATTR_PORT_REMOVED Removed removed: Flag,
    }
}
