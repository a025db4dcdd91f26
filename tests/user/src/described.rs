//! Numbers, flags and structs of a user's, and a table that holds them.

use ::nlwire::codec::{Be, Struct};
use ::nlwire::zerocopy::native_endian::U32;
use ::nlwire::{attributes, flags, numbers, structs, FixedHeader};

#[allow(unused_imports, reason = "they are there to be tripped over")]
use crate::shadow::*;

numbers! {
    /// State of a tunnel.
    pub struct State(u16) {
        /// Carries no packets.
        DOWN = 0 "TUN_STATE_DOWN";
        /// Carries packets.
        UP = 1 "TUN_STATE_UP" "up";
    }
}

numbers! {
    /// Depth of a queue, which may be negative.
    pub struct Depth(i32) {
        /// Any depth.
        ANY = -1 "TUN_DEPTH_ANY" "any";
    }
}

flags! {
    /// Features of a tunnel.
    pub struct Features(u32) lead (0x3, 0x1, "half") {
        /// Carries a key.
        KEY = 0x1 "TUN_F_KEY" "key";
        /// Carries a checksum.
        CHECKSUM = 0x2 "TUN_F_CSUM" "csum";
    }
}

structs! {
    /// `struct tun_ends`.
    pub struct Ends: 8 {
        /// State.
        state: u8 as State,
        /// Padding.
        padding: [u8; 3],
        /// Features.
        features: U32 as Features,
    }
}

impl FixedHeader for Ends {}

attributes! {
    /// A tunnel.
    pub set Tunnel, enum TunnelAttr {
        1 TUN_A_STATE State state: State,
        2 TUN_A_PEER_STATE PeerState peer_state: Be<State>,
        3 TUN_A_DEPTH Depth depth: Depth,
        4 TUN_A_FEATURES Features features: Features,
        5 TUN_A_ENDS Ends ends: Struct<Ends>,
    }
}
