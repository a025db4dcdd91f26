//! Creation of `fw` and `bpf` filters.

use super::NewFilter;
use crate::route::tc::action::put_actions;
use crate::route::tc::{
    BpfFilterAttr, BpfFilterFlags, FilterAction, FilterFlags, FwFilterAttr, Handle, TCA_BPF_ACT,
    TCA_FW_ACT, TCA_OPTIONS, TrafficSettings,
};
use crate::writer::Put;
use crate::{LinkIndex, Writer};

/// Settings of an `fw` filter.
#[derive(Clone, Copy, Debug)]
pub struct FwSettings<'a> {
    mask: Option<u32>,
    class: Handle,
    action: Option<FilterAction<'a>>,
    actions: &'a [FilterAction<'a>],
}

/// Settings of a `bpf` filter.
#[derive(Clone, Copy, Debug)]
pub struct BpfSettings<'a> {
    program: u32,
    name: &'a str,
    is_direct: bool,
    pub(super) class: Handle,
    pub(super) flags: FilterFlags,
    pub(super) action: Option<FilterAction<'a>>,
    pub(super) actions: &'a [FilterAction<'a>],
}

impl TrafficSettings for FwSettings<'_> {
    fn kind(&self) -> &str {
        "fw"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(TCA_OPTIONS, |mut w| {
            if let Some(mask) = self.mask {
                w = w.put(FwFilterAttr::Mask(mask))?;
            }
            if self.class != Handle::UNSPEC {
                w = w.put(FwFilterAttr::Class(self.class.bits()))?;
            }
            put_actions(w, TCA_FW_ACT, self.action, self.actions)
        })
    }
}

impl TrafficSettings for BpfSettings<'_> {
    fn kind(&self) -> &str {
        "bpf"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(TCA_OPTIONS, |w| {
            let mut w = w
                .put(BpfFilterAttr::Descriptor(self.program))?
                .put(BpfFilterAttr::Name(self.name))?;
            if self.class != Handle::UNSPEC {
                w = w.put(BpfFilterAttr::Class(self.class.bits()))?;
            }
            if self.is_direct {
                w = w.put(BpfFilterAttr::Flags(BpfFilterFlags::DIRECT_ACTION))?;
            }
            if !self.flags.is_empty() {
                w = w.put(BpfFilterAttr::Place(self.flags))?;
            }
            put_actions(w, TCA_BPF_ACT, self.action, self.actions)
        })
    }
}

impl<'a> NewFilter<'a, FwSettings<'a>> {
    /// Creates a filter that matches packets with this mark.
    ///
    /// ```
    /// use nlwire::route::{Handle, NewFilter};
    ///
    /// let marked = NewFilter::fw(7, Handle::new(1, 0), 0x17).class(Handle::new(1, 0x10));
    /// # let _ = marked;
    /// ```
    #[doc(alias = "TCA_FW_ACT")]
    pub fn fw(link: impl Into<LinkIndex>, parent: Handle, mark: u32) -> Self {
        let settings = FwSettings {
            mask: None,
            class: Handle::UNSPEC,
            action: None,
            actions: &[],
        };
        Self::new(link, parent, settings).handle(Handle::from_bits(mark))
    }

    /// Compares only these bits of the mark, the same for all filters of a
    /// priority.
    #[doc(alias = "TCA_FW_MASK")]
    pub const fn mask(mut self, mask: u32) -> Self {
        self.new.kind.kind.mask = Some(mask);
        self
    }

    /// Sorts packets into a class.
    #[doc(alias = "classid", alias = "flowid")]
    pub const fn class(mut self, class: Handle) -> Self {
        self.new.kind.kind.class = class;
        self
    }

    /// Sets the action on packets, the first of several.
    pub const fn action(mut self, action: FilterAction<'a>) -> Self {
        self.new.kind.kind.action = Some(action);
        self
    }

    /// Adds actions that follow one another.
    pub const fn actions(mut self, actions: &'a [FilterAction<'a>]) -> Self {
        self.new.kind.kind.actions = actions;
        self
    }
}

impl<'a> NewFilter<'a, BpfSettings<'a>> {
    /// Creates a filter that runs a loaded program, named for those who list the
    /// filters. Its descriptor must stay open until the request is carried out.
    ///
    /// ```
    /// use nlwire::route::{Handle, NewFilter};
    ///
    /// # let descriptor = 5;
    /// let program = NewFilter::bpf(7, Handle::CLSACT_EGRESS, descriptor, "count").direct_action();
    /// # let _ = program;
    /// ```
    #[doc(alias = "TCA_BPF_FD")]
    pub fn bpf(link: impl Into<LinkIndex>, parent: Handle, descriptor: u32, name: &'a str) -> Self {
        let settings = BpfSettings {
            program: descriptor,
            name,
            is_direct: false,
            class: Handle::UNSPEC,
            flags: FilterFlags::empty(),
            action: None,
            actions: &[],
        };
        Self::new(link, parent, settings)
    }

    /// Takes the program's result for the action, such as `TC_ACT_OK`.
    #[doc(alias = "TCA_BPF_FLAG_ACT_DIRECT", alias = "direct-action")]
    pub const fn direct_action(mut self) -> Self {
        self.new.kind.kind.is_direct = true;
        self
    }

    actions!();
}

crate::__format!(FwSettings<'_>, BpfSettings<'_>);
