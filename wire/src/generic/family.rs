//! Tables that declare a family: its commands, requests and notifications.

/// Declares a family: its name, version and multicast groups, then its commands,
/// each with the set of its attributes and a text. Events share numbers with
/// commands, but answer no request.
#[allow(unused_macros, reason = "features choose the families")]
macro_rules! family {
    (@header) => {
        type FamilyHeader = $crate::generic::GenericHeader;

        #[allow(dead_code, reason = "a family may have notifications only")]
        const fn header(command: u8, _: u32) -> FamilyHeader {
            FamilyHeader::new(command, VERSION)
        }
    };
    (@header $header:ident) => {
        type FamilyHeader = $header;

        const fn header(command: u8, place: u32) -> FamilyHeader {
            FamilyHeader::new(command, VERSION, place)
        }
    };
    (
        name $name:ident $text:literal;
        version $version:ident $number:literal;
        $(header $header:ident;)?
        $(group $group:ident $group_name:literal $group_text:literal;)*
        $(command $value:literal $command:ident $set:ident $command_text:literal;)*
        $(event $event_value:literal $event:ident $event_set:ident $event_text:literal;)*
    ) => {
        /// Name of the family.
        pub const $name: &str = $text;
        /// Version of the family's interface.
        pub const $version: u8 = $number;
        const VERSION: u8 = $number;

        family!(@header $($header)?);

        $(
            #[doc = concat!("Multicast group: ", $group_text)]
            pub const $group: &str = $group_name;
        )*
        $(
            #[doc = $command_text]
            pub const $command: u8 = $value;
        )*
        $(
            #[doc = concat!("Notification: ", $event_text)]
            pub const $event: u8 = $event_value;
        )*

        /// Schema of the family.
        pub static PROTOCOL: $crate::schema::Protocol = $crate::schema::Protocol::family(
            $name,
            &[
                $(
                    $crate::schema::MessageSchema::command(
                        $event,
                        stringify!($event),
                        <$event_set as $crate::codec::AttributeSet>::schema,
                    )
                    .only(|message, is_request| !is_request && message.header().sequence() == 0)
                    .headed::<FamilyHeader>(),
                )*
                $(
                    $crate::schema::MessageSchema::command(
                        $command,
                        stringify!($command),
                        <$set as $crate::codec::AttributeSet>::schema,
                    )
                    .headed::<FamilyHeader>(),
                )*
            ],
        );
    };
}

/// Declares the enum of a family's notifications by command.
#[allow(unused_macros, reason = "features choose the families")]
macro_rules! changes {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident($set:ident) = $command:ident;)*
        }
    ) => {
        $(#[$meta])*
        ///
        /// Other messages are [`Other`](Self::Other).
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum $name<'a> {
            $(
                $(#[$variant_meta])*
                $variant($crate::Row<'a, FamilyHeader, $set>),
            )*
            /// Any other message.
            Other($crate::MessageRef<'a>),
        }

        impl<'a> $name<'a> {
            /// Reads a message by its command. The caller knows that the message
            /// is of the family.
            #[must_use]
            pub fn of(message: $crate::MessageRef<'a>) -> Self {
                match message.payload().first().copied() {
                    $(Some($command) => Self::$variant($crate::Row::of(message)),)*
                    _ => Self::Other(message),
                }
            }
        }

        $crate::__format!($name<'_>);
    };
}

#[allow(unused_imports, reason = "features choose the families")]
pub(crate) use crate::request::object::requests;
#[allow(unused_imports, reason = "features choose the families")]
pub(crate) use {changes, family};
