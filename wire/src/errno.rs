//! Error numbers as netlink carries them (`asm/errno.h`).

use core::fmt;

/// An error number of the kernel: positive, as in `errno(3)`.
///
/// Netlink carries the negative value in a 32-bit field, and some protocols
/// go beyond the 4095 that system calls are limited to (ipset answers
/// `-IPSET_ERR_PROTOCOL`), so any `i32` is kept. From 35 on, MIPS and SPARC number their errors
/// differently; the constants have the numbers of the target.
///
/// ```
/// use nlwire::Errno;
///
/// assert_eq!(Errno::ENODEV.name(), Some("ENODEV"));
/// // A private code of ipset.
/// assert_eq!(Errno(4097).to_string(), "IPSET_ERR_PROTOCOL");
/// assert_eq!(Errno(9999).to_string(), "errno 9999");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
pub struct Errno(pub i32);

/// Column of the table for this target.
const COLUMN: usize = if cfg!(any(
    target_arch = "mips",
    target_arch = "mips32r6",
    target_arch = "mips64",
    target_arch = "mips64r6",
)) {
    1
} else if cfg!(any(target_arch = "sparc", target_arch = "sparc64")) {
    2
} else {
    0
};

macro_rules! errnos {
    ($($linux:literal $mips:literal $sparc:literal $name:ident)*) => {
        #[allow(missing_docs, reason = "each is documented in errno(3) or ipset(8)")]
        impl Errno {
            $(pub const $name: Self = Self(pick([$linux, $mips, $sparc]));)*
        }

        const fn name(errno: Errno) -> Option<&'static str> {
            match errno {
                $(Errno::$name => Some(stringify!($name)),)*
                _ => None,
            }
        }
    };
}

const fn pick([linux, mips, sparc]: [i32; 3]) -> i32 {
    match COLUMN {
        1 => mips,
        2 => sparc,
        _ => linux,
    }
}

errnos! {
    // Linux, MIPS, SPARC
    1 1 1 EPERM
    2 2 2 ENOENT
    3 3 3 ESRCH
    4 4 4 EINTR
    5 5 5 EIO
    6 6 6 ENXIO
    7 7 7 E2BIG
    8 8 8 ENOEXEC
    9 9 9 EBADF
    10 10 10 ECHILD
    11 11 11 EAGAIN
    12 12 12 ENOMEM
    13 13 13 EACCES
    14 14 14 EFAULT
    15 15 15 ENOTBLK
    16 16 16 EBUSY
    17 17 17 EEXIST
    18 18 18 EXDEV
    19 19 19 ENODEV
    20 20 20 ENOTDIR
    21 21 21 EISDIR
    22 22 22 EINVAL
    23 23 23 ENFILE
    24 24 24 EMFILE
    25 25 25 ENOTTY
    26 26 26 ETXTBSY
    27 27 27 EFBIG
    28 28 28 ENOSPC
    29 29 29 ESPIPE
    30 30 30 EROFS
    31 31 31 EMLINK
    32 32 32 EPIPE
    33 33 33 EDOM
    34 34 34 ERANGE
    35 45 78 EDEADLK
    36 78 63 ENAMETOOLONG
    37 46 79 ENOLCK
    38 89 90 ENOSYS
    39 93 66 ENOTEMPTY
    40 90 62 ELOOP
    42 35 75 ENOMSG
    43 36 77 EIDRM
    44 37 94 ECHRNG
    45 38 95 EL2NSYNC
    46 39 96 EL3HLT
    47 40 97 EL3RST
    48 41 98 ELNRNG
    49 42 99 EUNATCH
    50 43 100 ENOCSI
    51 44 101 EL2HLT
    52 50 102 EBADE
    53 51 103 EBADR
    54 52 104 EXFULL
    55 53 105 ENOANO
    56 54 106 EBADRQC
    57 55 107 EBADSLT
    59 59 109 EBFONT
    60 60 72 ENOSTR
    61 61 111 ENODATA
    62 62 73 ETIME
    63 63 74 ENOSR
    64 64 80 ENONET
    65 65 113 ENOPKG
    66 66 71 EREMOTE
    67 67 82 ENOLINK
    68 68 83 EADV
    69 69 84 ESRMNT
    70 70 85 ECOMM
    71 71 86 EPROTO
    72 74 87 EMULTIHOP
    73 73 88 EDOTDOT
    74 77 76 EBADMSG
    75 79 92 EOVERFLOW
    76 80 115 ENOTUNIQ
    77 81 93 EBADFD
    78 82 89 EREMCHG
    79 83 114 ELIBACC
    80 84 112 ELIBBAD
    81 85 124 ELIBSCN
    82 86 123 ELIBMAX
    83 87 110 ELIBEXEC
    84 88 122 EILSEQ
    85 91 116 ERESTART
    86 92 91 ESTRPIPE
    87 94 68 EUSERS
    88 95 38 ENOTSOCK
    89 96 39 EDESTADDRREQ
    90 97 40 EMSGSIZE
    91 98 41 EPROTOTYPE
    92 99 42 ENOPROTOOPT
    93 120 43 EPROTONOSUPPORT
    94 121 44 ESOCKTNOSUPPORT
    95 122 45 EOPNOTSUPP
    96 123 46 EPFNOSUPPORT
    97 124 47 EAFNOSUPPORT
    98 125 48 EADDRINUSE
    99 126 49 EADDRNOTAVAIL
    100 127 50 ENETDOWN
    101 128 51 ENETUNREACH
    102 129 52 ENETRESET
    103 130 53 ECONNABORTED
    104 131 54 ECONNRESET
    105 132 55 ENOBUFS
    106 133 56 EISCONN
    107 134 57 ENOTCONN
    108 143 58 ESHUTDOWN
    109 144 59 ETOOMANYREFS
    110 145 60 ETIMEDOUT
    111 146 61 ECONNREFUSED
    112 147 64 EHOSTDOWN
    113 148 65 EHOSTUNREACH
    114 149 37 EALREADY
    115 150 36 EINPROGRESS
    116 151 70 ESTALE
    117 135 117 EUCLEAN
    118 137 118 ENOTNAM
    119 138 119 ENAVAIL
    120 139 120 EISNAM
    121 140 121 EREMOTEIO
    122 1133 69 EDQUOT
    123 159 125 ENOMEDIUM
    124 160 126 EMEDIUMTYPE
    125 158 127 ECANCELED
    126 161 128 ENOKEY
    127 162 129 EKEYEXPIRED
    128 163 130 EKEYREVOKED
    129 164 131 EKEYREJECTED
    130 165 132 EOWNERDEAD
    131 166 133 ENOTRECOVERABLE
    132 167 134 ERFKILL
    133 168 135 EHWPOISON
    // Numbers of ipset, the same on all targets.
    4097 4097 4097 IPSET_ERR_PROTOCOL
    4098 4098 4098 IPSET_ERR_FIND_TYPE
    4099 4099 4099 IPSET_ERR_MAX_SETS
    4100 4100 4100 IPSET_ERR_BUSY
    4101 4101 4101 IPSET_ERR_EXIST_SETNAME2
    4102 4102 4102 IPSET_ERR_TYPE_MISMATCH
    4103 4103 4103 IPSET_ERR_EXIST
    4104 4104 4104 IPSET_ERR_INVALID_CIDR
    4105 4105 4105 IPSET_ERR_INVALID_NETMASK
    4106 4106 4106 IPSET_ERR_INVALID_FAMILY
    4107 4107 4107 IPSET_ERR_TIMEOUT
    4108 4108 4108 IPSET_ERR_REFERENCED
    4109 4109 4109 IPSET_ERR_IPADDR_IPV4
    4110 4110 4110 IPSET_ERR_IPADDR_IPV6
    4111 4111 4111 IPSET_ERR_COUNTER
    4112 4112 4112 IPSET_ERR_COMMENT
    4113 4113 4113 IPSET_ERR_INVALID_MARKMASK
    4114 4114 4114 IPSET_ERR_SKBINFO
    4115 4115 4115 IPSET_ERR_BITMASK_NETMASK_EXCL
}

impl Errno {
    /// Returns the C name, such as `ENODEV`, where the number has one.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        name(self)
    }
}

/// The C name, or `errno 4352` where there is none.
impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "errno {}", self.0),
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Errno {}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::Errno;
    use std::string::ToString as _;

    #[test]
    fn numbers_are_those_of_the_target() {
        let expected = if cfg!(any(target_arch = "mips", target_arch = "mips64")) {
            (132, 1133)
        } else if cfg!(target_arch = "sparc64") {
            (55, 69)
        } else {
            (105, 122)
        };
        assert_eq!((Errno::ENOBUFS.0, Errno::EDQUOT.0), expected);
        assert_eq!(Errno(expected.0).name(), Some("ENOBUFS"));
        assert_eq!(Errno::ERANGE.0, 34);
    }

    #[test]
    fn any_number_is_kept_and_printed() {
        assert_eq!(Errno(1).to_string(), "EPERM");
        assert_eq!(Errno(4103).to_string(), "IPSET_ERR_EXIST");
        assert_eq!(Errno(4352).to_string(), "errno 4352");
        assert_eq!(Errno(i32::MIN).to_string(), "errno -2147483648");
    }
}
