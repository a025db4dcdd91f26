//! Architectures of system calls.

use crate::numbers::numbers;

numbers! {
    /// Architecture of a system call: machine of ELF, with bits for 64 bits and for the byte
    /// order. Names are those of the constants, in lower case.
    pub struct Arch(u32) {
        AARCH64 = 0xc000_00b7 "AUDIT_ARCH_AARCH64" "aarch64";
        ALPHA = 0xc000_9026 "AUDIT_ARCH_ALPHA" "alpha";
        ARCOMPACT = 0x4000_005d "AUDIT_ARCH_ARCOMPACT" "arcompact";
        ARCOMPACTBE = 0x5d "AUDIT_ARCH_ARCOMPACTBE" "arcompactbe";
        ARCV2 = 0x4000_00c3 "AUDIT_ARCH_ARCV2" "arcv2";
        ARCV2BE = 0xc3 "AUDIT_ARCH_ARCV2BE" "arcv2be";
        ARM = 0x4000_0028 "AUDIT_ARCH_ARM" "arm";
        ARMEB = 0x28 "AUDIT_ARCH_ARMEB" "armeb";
        C6X = 0x4000_008c "AUDIT_ARCH_C6X" "c6x";
        C6XBE = 0x8c "AUDIT_ARCH_C6XBE" "c6xbe";
        CRIS = 0x4000_004c "AUDIT_ARCH_CRIS" "cris";
        CSKY = 0x4000_00fc "AUDIT_ARCH_CSKY" "csky";
        FRV = 0x5441 "AUDIT_ARCH_FRV" "frv";
        H8300 = 0x2e "AUDIT_ARCH_H8300" "h8300";
        HEXAGON = 0xa4 "AUDIT_ARCH_HEXAGON" "hexagon";
        I386 = 0x4000_0003 "AUDIT_ARCH_I386" "i386";
        IA64 = 0xc000_0032 "AUDIT_ARCH_IA64" "ia64";
        M32R = 0x58 "AUDIT_ARCH_M32R" "m32r";
        M68K = 0x4 "AUDIT_ARCH_M68K" "m68k";
        MICROBLAZE = 0xbd "AUDIT_ARCH_MICROBLAZE" "microblaze";
        MIPS = 0x8 "AUDIT_ARCH_MIPS" "mips";
        MIPSEL = 0x4000_0008 "AUDIT_ARCH_MIPSEL" "mipsel";
        MIPS64 = 0x8000_0008 "AUDIT_ARCH_MIPS64" "mips64";
        MIPS64N32 = 0xa000_0008 "AUDIT_ARCH_MIPS64N32" "mips64n32";
        MIPSEL64 = 0xc000_0008 "AUDIT_ARCH_MIPSEL64" "mipsel64";
        MIPSEL64N32 = 0xe000_0008 "AUDIT_ARCH_MIPSEL64N32" "mipsel64n32";
        NDS32 = 0x4000_00a7 "AUDIT_ARCH_NDS32" "nds32";
        NDS32BE = 0xa7 "AUDIT_ARCH_NDS32BE" "nds32be";
        NIOS2 = 0x4000_0071 "AUDIT_ARCH_NIOS2" "nios2";
        OPENRISC = 0x5c "AUDIT_ARCH_OPENRISC" "openrisc";
        PARISC = 0xf "AUDIT_ARCH_PARISC" "parisc";
        PARISC64 = 0x8000_000f "AUDIT_ARCH_PARISC64" "parisc64";
        PPC = 0x14 "AUDIT_ARCH_PPC" "ppc";
        PPC64 = 0x8000_0015 "AUDIT_ARCH_PPC64" "ppc64";
        PPC64LE = 0xc000_0015 "AUDIT_ARCH_PPC64LE" "ppc64le";
        RISCV32 = 0x4000_00f3 "AUDIT_ARCH_RISCV32" "riscv32";
        RISCV64 = 0xc000_00f3 "AUDIT_ARCH_RISCV64" "riscv64";
        S390 = 0x16 "AUDIT_ARCH_S390" "s390";
        S390X = 0x8000_0016 "AUDIT_ARCH_S390X" "s390x";
        SH = 0x2a "AUDIT_ARCH_SH" "sh";
        SHEL = 0x4000_002a "AUDIT_ARCH_SHEL" "shel";
        SH64 = 0x8000_002a "AUDIT_ARCH_SH64" "sh64";
        SHEL64 = 0xc000_002a "AUDIT_ARCH_SHEL64" "shel64";
        SPARC = 0x2 "AUDIT_ARCH_SPARC" "sparc";
        SPARC64 = 0x8000_002b "AUDIT_ARCH_SPARC64" "sparc64";
        TILEGX = 0xc000_00bf "AUDIT_ARCH_TILEGX" "tilegx";
        TILEGX32 = 0x4000_00bf "AUDIT_ARCH_TILEGX32" "tilegx32";
        TILEPRO = 0x4000_00bc "AUDIT_ARCH_TILEPRO" "tilepro";
        UNICORE = 0x4000_006e "AUDIT_ARCH_UNICORE" "unicore";
        X86_64 = 0xc000_003e "AUDIT_ARCH_X86_64" "x86_64";
        XTENSA = 0x5e "AUDIT_ARCH_XTENSA" "xtensa";
        LOONGARCH32 = 0x4000_0102 "AUDIT_ARCH_LOONGARCH32" "loongarch32";
        LOONGARCH64 = 0xc000_0102 "AUDIT_ARCH_LOONGARCH64" "loongarch64";
    }
}

/// Bit of 64-bit architectures in [`Arch`].
#[doc(alias = "__AUDIT_ARCH_64BIT")]
const WIDE: u32 = 0x8000_0000;
/// Bit of little-endian architectures in [`Arch`].
#[doc(alias = "__AUDIT_ARCH_LE")]
const LITTLE: u32 = 0x4000_0000;

impl Arch {
    /// Returns true for an architecture of 64 bits: `b64` of auditctl(8).
    #[must_use]
    pub const fn is_64_bit(self) -> bool {
        self.0 & WIDE != 0
    }

    /// Returns true for a little-endian architecture.
    #[must_use]
    pub const fn is_little_endian(self) -> bool {
        self.0 & LITTLE != 0
    }
}
