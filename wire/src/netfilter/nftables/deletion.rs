//! Deletion of what a table has by name: a chain, a set, a flow table.

/// Declares a deletion, with the set of attributes that holds the names and the
/// message types with and without an error for an object that is absent.
macro_rules! deletion {
    (
        $(#[$meta:meta])*
        $name:ident of $noun:literal in $attr:ident, $delete:ident,
        $(#[$destroy_meta:meta])*
        $destroy:ident
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            table: TableRef<'a>,
            name: Text<'a>,
            if_there: bool,
        }

        impl<'a> $name<'a> {
            #[doc = concat!("Deletes the ", $noun, " of this name.")]
            #[must_use]
            pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>) -> Self {
                Self {
                    table,
                    name: name.into(),
                    if_there: false,
                }
            }

            #[doc = concat!(
                "Succeeds if there is no such ", $noun, ": `nft destroy ", $noun, "` (Linux 6.3)."
            )]
            #[must_use]
            $(#[$destroy_meta])*
            pub const fn if_there(mut self) -> Self {
                self.if_there = true;
                self
            }
        }

        impl Request for $name<'_> {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                let kind = match self.if_there {
                    true => $destroy,
                    false => $delete,
                };
                w.append_message(kind, Flags::empty(), &self.table.header(), |w| {
                    w.put($attr::Table(self.table.name))?
                        .put($attr::Name(self.name))
                })?;
                Ok(Next::End)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($noun, " {} {:?}"), self.table, self.name)
            }
        }
    };
}

pub(super) use deletion;
