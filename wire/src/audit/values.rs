//! Numbers and flags of rules.

use crate::numbers::{flags, numbers};

numbers! {
    /// List that a rule is in: what is compared with it, and when.
    pub struct FilterList(u32) {
        /// Messages of programs.
        USER = 0 "AUDIT_FILTER_USER" "user";
        /// Creation of a process.
        TASK = 1 "AUDIT_FILTER_TASK" "task";
        /// Entry of a system call, which the kernel no longer supports.
        ENTRY = 2 "AUDIT_FILTER_ENTRY" "entry";
        /// Watched files, which the kernel no longer supports.
        WATCH = 3 "AUDIT_FILTER_WATCH" "watch";
        /// Exit of a system call.
        EXIT = 4 "AUDIT_FILTER_EXIT" "exit";
        /// Records, before they are created.
        EXCLUDE = 5 "AUDIT_FILTER_EXCLUDE" "exclude";
        /// Names of files that a system call creates or deletes (Linux 4.12).
        FILESYSTEM = 6 "AUDIT_FILTER_FS" "filesystem";
        /// Exit of an operation of io_uring (Linux 5.16).
        IO_URING = 7 "AUDIT_FILTER_URING_EXIT" "io_uring";
    }
}

numbers! {
    /// Action of a rule that matches.
    pub struct RuleAction(u32) {
        /// Creates no record, and ends the list.
        NEVER = 0 "AUDIT_NEVER" "never";
        /// Unused; the kernel refuses it.
        POSSIBLE = 1 "AUDIT_POSSIBLE" "possible";
        /// Creates a record.
        ALWAYS = 2 "AUDIT_ALWAYS" "always";
    }
}

numbers! {
    /// Property that a rule compares with a number, by the name of auditctl(8).
    pub struct RuleField(u32) {
        /// Process ID.
        PID = 0 "AUDIT_PID" "pid";
        /// User ID.
        UID = 1 "AUDIT_UID" "uid";
        /// Effective user ID.
        EUID = 2 "AUDIT_EUID" "euid";
        /// Saved user ID.
        SUID = 3 "AUDIT_SUID" "suid";
        /// User ID for file systems.
        FSUID = 4 "AUDIT_FSUID" "fsuid";
        /// Group ID.
        GID = 5 "AUDIT_GID" "gid";
        /// Effective group ID.
        EGID = 6 "AUDIT_EGID" "egid";
        /// Saved group ID.
        SGID = 7 "AUDIT_SGID" "sgid";
        /// Group ID for file systems.
        FSGID = 8 "AUDIT_FSGID" "fsgid";
        /// Login user ID, which stays the same after `su`; 4294967295 if unset.
        LOGIN_UID = 9 "AUDIT_LOGINUID" "auid";
        /// Personality (personality(2)).
        PERSONALITY = 10 "AUDIT_PERS" "pers";
        /// Architecture ([`Arch`](super::Arch)). It comes first, before the system calls
        /// whose numbers depend on it.
        ARCH = 11 "AUDIT_ARCH" "arch";
        /// Type of a record ([`RecordType`](super::RecordType)), in the lists `exclude`
        /// and `user`.
        RECORD_TYPE = 12 "AUDIT_MSGTYPE" "msgtype";
        /// Process ID of the parent.
        PARENT_PID = 18 "AUDIT_PPID" "ppid";
        /// 1 if the login user ID is set, 0 if not.
        LOGIN_UID_SET = 24 "AUDIT_LOGINUID_SET" "loginuid_set";
        /// Session ID (Linux 4.9).
        SESSION = 25 "AUDIT_SESSIONID" "sessionid";
        /// Magic number of the file system (statfs(2)), in the list `filesystem`.
        FILESYSTEM = 26 "AUDIT_FSTYPE" "fstype";
        /// Major number of the device that holds the file.
        DEVICE_MAJOR = 100 "AUDIT_DEVMAJOR" "devmajor";
        /// Minor number of the device that holds the file.
        DEVICE_MINOR = 101 "AUDIT_DEVMINOR" "devminor";
        /// Inode number.
        INODE = 102 "AUDIT_INODE" "inode";
        /// Result of the system call: a number, or a negative errno.
        EXIT = 103 "AUDIT_EXIT" "exit";
        /// 1 if the system call succeeded, 0 if it failed.
        SUCCESS = 104 "AUDIT_SUCCESS" "success";
        /// Access to the file ([`FileAccess`]).
        ACCESS = 106 "AUDIT_PERM" "perm";
        /// Type of the file: `S_IFREG` and others of stat(2).
        FILE_TYPE = 108 "AUDIT_FILETYPE" "filetype";
        /// User ID of the object's owner.
        OBJECT_UID = 109 "AUDIT_OBJ_UID" "obj_uid";
        /// Group ID of the object.
        OBJECT_GID = 110 "AUDIT_OBJ_GID" "obj_gid";
        /// Two properties that are compared with each other ([`FieldPair`]).
        PAIR = 111 "AUDIT_FIELD_COMPARE" "field_compare";
        /// Address family of a socket address (Linux 5.3).
        ADDRESS_FAMILY = 113 "AUDIT_SADDR_FAM" "saddr_fam";
        /// First argument of the system call, its low 32 bits.
        ARG0 = 200 "AUDIT_ARG0" "a0";
        /// Second argument, its low 32 bits.
        ARG1 = 201 "AUDIT_ARG1" "a1";
        /// Third argument, its low 32 bits.
        ARG2 = 202 "AUDIT_ARG2" "a2";
        /// Fourth argument, its low 32 bits.
        ARG3 = 203 "AUDIT_ARG3" "a3";
    }
}

numbers! {
    /// Property that a rule compares with a text, by the name of auditctl(8).
    pub struct RuleText(u32) {
        /// User in the security context of the process.
        SUBJECT_USER = 13 "AUDIT_SUBJ_USER" "subj_user";
        /// Role in the security context of the process.
        SUBJECT_ROLE = 14 "AUDIT_SUBJ_ROLE" "subj_role";
        /// Type in the security context of the process.
        SUBJECT_TYPE = 15 "AUDIT_SUBJ_TYPE" "subj_type";
        /// Sensitivity in the security context of the process.
        SUBJECT_SENSITIVITY = 16 "AUDIT_SUBJ_SEN" "subj_sen";
        /// Clearance in the security context of the process.
        SUBJECT_CLEARANCE = 17 "AUDIT_SUBJ_CLR" "subj_clr";
        /// User in the security context of the object.
        OBJECT_USER = 19 "AUDIT_OBJ_USER" "obj_user";
        /// Role in the security context of the object.
        OBJECT_ROLE = 20 "AUDIT_OBJ_ROLE" "obj_role";
        /// Type in the security context of the object.
        OBJECT_TYPE = 21 "AUDIT_OBJ_TYPE" "obj_type";
        /// Lowest level in the security context of the object.
        OBJECT_LEVEL_LOW = 22 "AUDIT_OBJ_LEV_LOW" "obj_lev_low";
        /// Highest level in the security context of the object.
        OBJECT_LEVEL_HIGH = 23 "AUDIT_OBJ_LEV_HIGH" "obj_lev_high";
        /// Path of a file or directory.
        PATH = 105 "AUDIT_WATCH" "path";
        /// Path of a directory, with everything below it.
        DIRECTORY = 107 "AUDIT_DIR" "dir";
        /// Path of the program (Linux 4.3).
        PROGRAM = 112 "AUDIT_EXE" "exe";
        /// Key of up to 256 bytes, which the rule's records carry.
        KEY = 210 "AUDIT_FILTERKEY" "key";
    }
}

numbers! {
    /// Comparison of a rule.
    pub struct RuleOperator(u32) {
        /// True if a bit of the mask is set.
        BIT_MASK = 0x0800_0000 "AUDIT_BIT_MASK" "&";
        /// Less than.
        LESS = 0x1000_0000 "AUDIT_LESS_THAN" "<";
        /// Greater than.
        GREATER = 0x2000_0000 "AUDIT_GREATER_THAN" ">";
        /// Other than the value.
        NOT_EQUAL = 0x3000_0000 "AUDIT_NOT_EQUAL" "!=";
        /// Equal.
        EQUAL = 0x4000_0000 "AUDIT_EQUAL" "=";
        /// True if all bits of the mask are set.
        BIT_TEST = 0x4800_0000 "AUDIT_BIT_TEST" "&=";
        /// Less than or equal.
        LESS_OR_EQUAL = 0x5000_0000 "AUDIT_LESS_THAN_OR_EQUAL" "<=";
        /// Greater than or equal.
        GREATER_OR_EQUAL = 0x6000_0000 "AUDIT_GREATER_THAN_OR_EQUAL" ">=";
    }
}

numbers! {
    /// Two properties that a rule compares with each other: `-C` of auditctl(8).
    pub struct FieldPair(u32) {
        UID_OBJ_UID = 1 "AUDIT_COMPARE_UID_TO_OBJ_UID" "uid,obj_uid";
        GID_OBJ_GID = 2 "AUDIT_COMPARE_GID_TO_OBJ_GID" "gid,obj_gid";
        EUID_OBJ_UID = 3 "AUDIT_COMPARE_EUID_TO_OBJ_UID" "euid,obj_uid";
        EGID_OBJ_GID = 4 "AUDIT_COMPARE_EGID_TO_OBJ_GID" "egid,obj_gid";
        AUID_OBJ_UID = 5 "AUDIT_COMPARE_AUID_TO_OBJ_UID" "auid,obj_uid";
        SUID_OBJ_UID = 6 "AUDIT_COMPARE_SUID_TO_OBJ_UID" "suid,obj_uid";
        SGID_OBJ_GID = 7 "AUDIT_COMPARE_SGID_TO_OBJ_GID" "sgid,obj_gid";
        FSUID_OBJ_UID = 8 "AUDIT_COMPARE_FSUID_TO_OBJ_UID" "fsuid,obj_uid";
        FSGID_OBJ_GID = 9 "AUDIT_COMPARE_FSGID_TO_OBJ_GID" "fsgid,obj_gid";
        UID_AUID = 10 "AUDIT_COMPARE_UID_TO_AUID" "uid,auid";
        UID_EUID = 11 "AUDIT_COMPARE_UID_TO_EUID" "uid,euid";
        UID_FSUID = 12 "AUDIT_COMPARE_UID_TO_FSUID" "uid,fsuid";
        UID_SUID = 13 "AUDIT_COMPARE_UID_TO_SUID" "uid,suid";
        AUID_FSUID = 14 "AUDIT_COMPARE_AUID_TO_FSUID" "auid,fsuid";
        AUID_SUID = 15 "AUDIT_COMPARE_AUID_TO_SUID" "auid,suid";
        AUID_EUID = 16 "AUDIT_COMPARE_AUID_TO_EUID" "auid,euid";
        EUID_SUID = 17 "AUDIT_COMPARE_EUID_TO_SUID" "euid,suid";
        EUID_FSUID = 18 "AUDIT_COMPARE_EUID_TO_FSUID" "euid,fsuid";
        SUID_FSUID = 19 "AUDIT_COMPARE_SUID_TO_FSUID" "suid,fsuid";
        GID_EGID = 20 "AUDIT_COMPARE_GID_TO_EGID" "gid,egid";
        GID_FSGID = 21 "AUDIT_COMPARE_GID_TO_FSGID" "gid,fsgid";
        GID_SGID = 22 "AUDIT_COMPARE_GID_TO_SGID" "gid,sgid";
        EGID_FSGID = 23 "AUDIT_COMPARE_EGID_TO_FSGID" "egid,fsgid";
        EGID_SGID = 24 "AUDIT_COMPARE_EGID_TO_SGID" "egid,sgid";
        SGID_FSGID = 25 "AUDIT_COMPARE_SGID_TO_FSGID" "sgid,fsgid";
    }
}

flags! {
    /// Access to a file that a rule asks for, by the letters of auditctl(8).
    pub struct FileAccess(u32) {
        /// Reads.
        READ = 4 "AUDIT_PERM_READ" "r";
        /// Writes.
        WRITE = 2 "AUDIT_PERM_WRITE" "w";
        /// Executions.
        EXECUTE = 1 "AUDIT_PERM_EXEC" "x";
        /// Changes of attributes, such as owner and permissions.
        ATTRIBUTES = 8 "AUDIT_PERM_ATTR" "a";
    }
}

numbers! {
    /// Class of system calls, which the kernel replaces by its calls in a rule.
    pub struct SyscallClass(u32) {
        /// Changes of directories.
        DIRECTORY_WRITE = 0 "AUDIT_CLASS_DIR_WRITE";
        /// The same for programs of 32 bits.
        DIRECTORY_WRITE_32 = 1 "AUDIT_CLASS_DIR_WRITE_32";
        /// Changes of attributes.
        CHANGE_ATTRIBUTES = 2 "AUDIT_CLASS_CHATTR";
        /// The same for programs of 32 bits.
        CHANGE_ATTRIBUTES_32 = 3 "AUDIT_CLASS_CHATTR_32";
        /// Reads.
        READ = 4 "AUDIT_CLASS_READ";
        /// The same for programs of 32 bits.
        READ_32 = 5 "AUDIT_CLASS_READ_32";
        /// Writes.
        WRITE = 6 "AUDIT_CLASS_WRITE";
        /// The same for programs of 32 bits.
        WRITE_32 = 7 "AUDIT_CLASS_WRITE_32";
        /// Signals.
        SIGNAL = 8 "AUDIT_CLASS_SIGNAL";
        /// The same for programs of 32 bits.
        SIGNAL_32 = 9 "AUDIT_CLASS_SIGNAL_32";
    }
}

/// Greatest number of terms in a rule.
pub const AUDIT_MAX_FIELDS: usize = 64;
/// Greatest length of a key in bytes.
pub const AUDIT_MAX_KEY_LEN: usize = 256;
/// Number of words in the set of system calls.
pub const AUDIT_BITMASK_SIZE: usize = 64;
/// Number of system call classes, which take the last bits.
pub const AUDIT_SYSCALL_CLASSES: u32 = 16;
/// Bit in the flags of a rule: first place of its list.
pub const AUDIT_FILTER_PREPEND: u32 = 0x10;
