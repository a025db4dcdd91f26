//! Error numbers as netlink carries them (`asm-generic/errno.h`).

use core::fmt;

/// An error number of the kernel: positive, as in `errno(3)`.
///
/// Netlink carries the negative value in a 32-bit field, and some protocols
/// go beyond the 4095 that system calls are limited to (ipset answers -4097),
/// so any `i32` is kept. The names are those of `asm-generic/errno.h`; MIPS,
/// SPARC, Alpha and PA-RISC number those from 35 on differently, and only the
/// first 34 have names there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
pub struct Errno(pub i32);

macro_rules! errnos {
    ($($number:literal $name:ident)*) => {
        #[allow(missing_docs, reason = "each is documented in errno(3)")]
        impl Errno {
            $(pub const $name: Self = Self($number);)*
        }

        const fn name(number: i32) -> Option<&'static str> {
            match number {
                $($number => Some(stringify!($name)),)*
                _ => None,
            }
        }
    };
}

errnos! {
    1 EPERM
    2 ENOENT
    3 ESRCH
    4 EINTR
    5 EIO
    6 ENXIO
    7 E2BIG
    8 ENOEXEC
    9 EBADF
    10 ECHILD
    11 EAGAIN
    12 ENOMEM
    13 EACCES
    14 EFAULT
    15 ENOTBLK
    16 EBUSY
    17 EEXIST
    18 EXDEV
    19 ENODEV
    20 ENOTDIR
    21 EISDIR
    22 EINVAL
    23 ENFILE
    24 EMFILE
    25 ENOTTY
    26 ETXTBSY
    27 EFBIG
    28 ENOSPC
    29 ESPIPE
    30 EROFS
    31 EMLINK
    32 EPIPE
    33 EDOM
    34 ERANGE
    35 EDEADLK
    36 ENAMETOOLONG
    37 ENOLCK
    38 ENOSYS
    39 ENOTEMPTY
    40 ELOOP
    42 ENOMSG
    43 EIDRM
    44 ECHRNG
    45 EL2NSYNC
    46 EL3HLT
    47 EL3RST
    48 ELNRNG
    49 EUNATCH
    50 ENOCSI
    51 EL2HLT
    52 EBADE
    53 EBADR
    54 EXFULL
    55 ENOANO
    56 EBADRQC
    57 EBADSLT
    59 EBFONT
    60 ENOSTR
    61 ENODATA
    62 ETIME
    63 ENOSR
    64 ENONET
    65 ENOPKG
    66 EREMOTE
    67 ENOLINK
    68 EADV
    69 ESRMNT
    70 ECOMM
    71 EPROTO
    72 EMULTIHOP
    73 EDOTDOT
    74 EBADMSG
    75 EOVERFLOW
    76 ENOTUNIQ
    77 EBADFD
    78 EREMCHG
    79 ELIBACC
    80 ELIBBAD
    81 ELIBSCN
    82 ELIBMAX
    83 ELIBEXEC
    84 EILSEQ
    85 ERESTART
    86 ESTRPIPE
    87 EUSERS
    88 ENOTSOCK
    89 EDESTADDRREQ
    90 EMSGSIZE
    91 EPROTOTYPE
    92 ENOPROTOOPT
    93 EPROTONOSUPPORT
    94 ESOCKTNOSUPPORT
    95 EOPNOTSUPP
    96 EPFNOSUPPORT
    97 EAFNOSUPPORT
    98 EADDRINUSE
    99 EADDRNOTAVAIL
    100 ENETDOWN
    101 ENETUNREACH
    102 ENETRESET
    103 ECONNABORTED
    104 ECONNRESET
    105 ENOBUFS
    106 EISCONN
    107 ENOTCONN
    108 ESHUTDOWN
    109 ETOOMANYREFS
    110 ETIMEDOUT
    111 ECONNREFUSED
    112 EHOSTDOWN
    113 EHOSTUNREACH
    114 EALREADY
    115 EINPROGRESS
    116 ESTALE
    117 EUCLEAN
    118 ENOTNAM
    119 ENAVAIL
    120 EISNAM
    121 EREMOTEIO
    122 EDQUOT
    123 ENOMEDIUM
    124 EMEDIUMTYPE
    125 ECANCELED
    126 ENOKEY
    127 EKEYEXPIRED
    128 EKEYREVOKED
    129 EKEYREJECTED
    130 EOWNERDEAD
    131 ENOTRECOVERABLE
    132 ERFKILL
    133 EHWPOISON
}

/// Whether this architecture numbers its errors as `asm-generic/errno.h` does.
const GENERIC: bool = !cfg!(any(
    target_arch = "mips",
    target_arch = "mips32r6",
    target_arch = "mips64",
    target_arch = "mips64r6",
    target_arch = "sparc",
    target_arch = "sparc64",
));

impl Errno {
    /// Returns the C name, such as `ENODEV`, where the number has one.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        if GENERIC || self.0 <= Self::ERANGE.0 {
            name(self.0)
        } else {
            None
        }
    }
}

/// The C name, or `errno 4097` where there is none.
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
