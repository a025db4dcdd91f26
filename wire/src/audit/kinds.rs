//! Types of records.

use crate::MessageType;
use crate::numbers::numbers;
use crate::schema::TypeName;

/// Declares the types of records, and names them and the commands for printed trees.
macro_rules! records {
    (
        commands { $($command:ident)* }
        $(#[$meta:meta])*
        pub struct $type:ident($int:ident) {
            $($(#[$row_meta:meta])* $name:ident = $value:literal $c:literal $text:literal;)*
        }
    ) => {
        numbers! {
            $(#[$meta])*
            pub struct $type($int) {
                $($(#[$row_meta])* $name = $value $c $text;)*
            }
        }

        /// C names of the message types.
        pub(super) const TYPES: &[TypeName] = &[
            $(TypeName::new(super::$command, stringify!($command)),)*
            $(TypeName::new(MessageType($value), $c),)*
        ];
    };
}

records! {
    commands {
        AUDIT_GET AUDIT_SET AUDIT_LIST AUDIT_ADD AUDIT_DEL AUDIT_WATCH_INS AUDIT_WATCH_REM
        AUDIT_WATCH_LIST AUDIT_SIGNAL_INFO AUDIT_ADD_RULE AUDIT_DEL_RULE AUDIT_LIST_RULES
        AUDIT_TRIM AUDIT_MAKE_EQUIV AUDIT_TTY_GET AUDIT_TTY_SET AUDIT_SET_FEATURE
        AUDIT_GET_FEATURE
    }
    /// Type of a record, which is the type of its message.
    ///
    /// Names are those of `linux/audit.h` and `libaudit.h`, and print as in the log of
    /// auditd(8).
    pub struct RecordType(u16) {
        /// Record of a program; replaced by the types from 1100 on.
        USER = 1005 "AUDIT_USER" "USER";
        /// A process got its login user ID.
        LOGIN = 1006 "AUDIT_LOGIN" "LOGIN";
        USER_AUTH = 1100 "AUDIT_USER_AUTH" "USER_AUTH";
        USER_ACCT = 1101 "AUDIT_USER_ACCT" "USER_ACCT";
        USER_MGMT = 1102 "AUDIT_USER_MGMT" "USER_MGMT";
        CRED_ACQ = 1103 "AUDIT_CRED_ACQ" "CRED_ACQ";
        CRED_DISP = 1104 "AUDIT_CRED_DISP" "CRED_DISP";
        USER_START = 1105 "AUDIT_USER_START" "USER_START";
        USER_END = 1106 "AUDIT_USER_END" "USER_END";
        /// Decision of an access vector cache in user space.
        USER_AVC = 1107 "AUDIT_USER_AVC" "USER_AVC";
        USER_CHAUTHTOK = 1108 "AUDIT_USER_CHAUTHTOK" "USER_CHAUTHTOK";
        USER_ERR = 1109 "AUDIT_USER_ERR" "USER_ERR";
        CRED_REFR = 1110 "AUDIT_CRED_REFR" "CRED_REFR";
        USYS_CONFIG = 1111 "AUDIT_USYS_CONFIG" "USYS_CONFIG";
        USER_LOGIN = 1112 "AUDIT_USER_LOGIN" "USER_LOGIN";
        USER_LOGOUT = 1113 "AUDIT_USER_LOGOUT" "USER_LOGOUT";
        ADD_USER = 1114 "AUDIT_ADD_USER" "ADD_USER";
        DEL_USER = 1115 "AUDIT_DEL_USER" "DEL_USER";
        ADD_GROUP = 1116 "AUDIT_ADD_GROUP" "ADD_GROUP";
        DEL_GROUP = 1117 "AUDIT_DEL_GROUP" "DEL_GROUP";
        DAC_CHECK = 1118 "AUDIT_DAC_CHECK" "DAC_CHECK";
        CHGRP_ID = 1119 "AUDIT_CHGRP_ID" "CHGRP_ID";
        TEST = 1120 "AUDIT_TEST" "TEST";
        TRUSTED_APP = 1121 "AUDIT_TRUSTED_APP" "TRUSTED_APP";
        USER_SELINUX_ERR = 1122 "AUDIT_USER_SELINUX_ERR" "USER_SELINUX_ERR";
        USER_CMD = 1123 "AUDIT_USER_CMD" "USER_CMD";
        /// Input of a terminal, as the shell read it.
        USER_TTY = 1124 "AUDIT_USER_TTY" "USER_TTY";
        CHUSER_ID = 1125 "AUDIT_CHUSER_ID" "CHUSER_ID";
        GRP_AUTH = 1126 "AUDIT_GRP_AUTH" "GRP_AUTH";
        SYSTEM_BOOT = 1127 "AUDIT_SYSTEM_BOOT" "SYSTEM_BOOT";
        SYSTEM_SHUTDOWN = 1128 "AUDIT_SYSTEM_SHUTDOWN" "SYSTEM_SHUTDOWN";
        SYSTEM_RUNLEVEL = 1129 "AUDIT_SYSTEM_RUNLEVEL" "SYSTEM_RUNLEVEL";
        SERVICE_START = 1130 "AUDIT_SERVICE_START" "SERVICE_START";
        SERVICE_STOP = 1131 "AUDIT_SERVICE_STOP" "SERVICE_STOP";
        GRP_MGMT = 1132 "AUDIT_GRP_MGMT" "GRP_MGMT";
        GRP_CHAUTHTOK = 1133 "AUDIT_GRP_CHAUTHTOK" "GRP_CHAUTHTOK";
        MAC_CHECK = 1134 "AUDIT_MAC_CHECK" "MAC_CHECK";
        ACCT_LOCK = 1135 "AUDIT_ACCT_LOCK" "ACCT_LOCK";
        ACCT_UNLOCK = 1136 "AUDIT_ACCT_UNLOCK" "ACCT_UNLOCK";
        USER_DEVICE = 1137 "AUDIT_USER_DEVICE" "USER_DEVICE";
        SOFTWARE_UPDATE = 1138 "AUDIT_SOFTWARE_UPDATE" "SOFTWARE_UPDATE";
        /// The audit daemon started.
        DAEMON_START = 1200 "AUDIT_DAEMON_START" "DAEMON_START";
        /// The audit daemon stopped.
        DAEMON_END = 1201 "AUDIT_DAEMON_END" "DAEMON_END";
        /// The audit daemon stopped after an error.
        DAEMON_ABORT = 1202 "AUDIT_DAEMON_ABORT" "DAEMON_ABORT";
        /// The audit daemon changed its settings.
        DAEMON_CONFIG = 1203 "AUDIT_DAEMON_CONFIG" "DAEMON_CONFIG";
        DAEMON_RECONFIG = 1204 "AUDIT_DAEMON_RECONFIG" "DAEMON_RECONFIG";
        DAEMON_ROTATE = 1205 "AUDIT_DAEMON_ROTATE" "DAEMON_ROTATE";
        DAEMON_RESUME = 1206 "AUDIT_DAEMON_RESUME" "DAEMON_RESUME";
        DAEMON_ACCEPT = 1207 "AUDIT_DAEMON_ACCEPT" "DAEMON_ACCEPT";
        DAEMON_CLOSE = 1208 "AUDIT_DAEMON_CLOSE" "DAEMON_CLOSE";
        DAEMON_ERR = 1209 "AUDIT_DAEMON_ERR" "DAEMON_ERR";
        /// System call: architecture, number, result, arguments, and the process.
        SYSCALL = 1300 "AUDIT_SYSCALL" "SYSCALL";
        /// File that a system call names.
        PATH = 1302 "AUDIT_PATH" "PATH";
        /// Object of System V IPC.
        IPC = 1303 "AUDIT_IPC" "IPC";
        /// Arguments of socketcall(2).
        SOCKETCALL = 1304 "AUDIT_SOCKETCALL" "SOCKETCALL";
        /// Audit settings or rules changed.
        CONFIG_CHANGE = 1305 "AUDIT_CONFIG_CHANGE" "CONFIG_CHANGE";
        /// Socket address that a system call names.
        SOCKADDR = 1306 "AUDIT_SOCKADDR" "SOCKADDR";
        /// Current directory of the process.
        CWD = 1307 "AUDIT_CWD" "CWD";
        /// Arguments of execve(2).
        EXECVE = 1309 "AUDIT_EXECVE" "EXECVE";
        /// New permissions of an object of System V IPC.
        IPC_SET_PERM = 1311 "AUDIT_IPC_SET_PERM" "IPC_SET_PERM";
        /// Attributes in mq_open(3).
        MQ_OPEN = 1312 "AUDIT_MQ_OPEN" "MQ_OPEN";
        /// Length and priority of a message in a queue.
        MQ_SENDRECV = 1313 "AUDIT_MQ_SENDRECV" "MQ_SENDRECV";
        /// Request for a signal by mq_notify(3).
        MQ_NOTIFY = 1314 "AUDIT_MQ_NOTIFY" "MQ_NOTIFY";
        /// Attributes of a message queue.
        MQ_GETSETATTR = 1315 "AUDIT_MQ_GETSETATTR" "MQ_GETSETATTR";
        /// Record of another module of the kernel.
        KERNEL_OTHER = 1316 "AUDIT_KERNEL_OTHER" "KERNEL_OTHER";
        /// Descriptors of pipe(2) or socketpair(2).
        FD_PAIR = 1317 "AUDIT_FD_PAIR" "FD_PAIR";
        /// Process that a system call acts on, such as the receiver of a signal.
        OBJ_PID = 1318 "AUDIT_OBJ_PID" "OBJ_PID";
        /// Input of a terminal.
        TTY = 1319 "AUDIT_TTY" "TTY";
        /// Last record of an event.
        EOE = 1320 "AUDIT_EOE" "EOE";
        /// Execution of a file that adds capabilities.
        BPRM_FCAPS = 1321 "AUDIT_BPRM_FCAPS" "BPRM_FCAPS";
        /// Arguments of capset(2).
        CAPSET = 1322 "AUDIT_CAPSET" "CAPSET";
        /// Descriptor and flags of mmap(2).
        MMAP = 1323 "AUDIT_MMAP" "MMAP";
        /// Packet, from the target `AUDIT` or a rule with `log level audit`.
        NETFILTER_PKT = 1324 "AUDIT_NETFILTER_PKT" "NETFILTER_PKT";
        /// Tables of netfilter changed.
        NETFILTER_CFG = 1325 "AUDIT_NETFILTER_CFG" "NETFILTER_CFG";
        /// System call that seccomp(2) refused or logged.
        SECCOMP = 1326 "AUDIT_SECCOMP" "SECCOMP";
        /// Command line of the process.
        PROCTITLE = 1327 "AUDIT_PROCTITLE" "PROCTITLE";
        /// Audit features changed.
        FEATURE_CHANGE = 1328 "AUDIT_FEATURE_CHANGE" "FEATURE_CHANGE";
        /// Probe of the daemon, before another replaces it.
        REPLACE = 1329 "AUDIT_REPLACE" "REPLACE";
        /// Kernel module that a system call loads or removes.
        KERN_MODULE = 1330 "AUDIT_KERN_MODULE" "KERN_MODULE";
        /// Decision of a fanotify(7) listener.
        FANOTIFY = 1331 "AUDIT_FANOTIFY" "FANOTIFY";
        /// Step of the clock.
        TIME_INJOFFSET = 1332 "AUDIT_TIME_INJOFFSET" "TIME_INJOFFSET";
        /// Change of the clock by adjtimex(2).
        TIME_ADJNTPVAL = 1333 "AUDIT_TIME_ADJNTPVAL" "TIME_ADJNTPVAL";
        /// BPF program that was loaded or removed.
        BPF = 1334 "AUDIT_BPF" "BPF";
        /// A socket joined or left the group of audit records.
        EVENT_LISTENER = 1335 "AUDIT_EVENT_LISTENER" "EVENT_LISTENER";
        /// Operation of io_uring.
        URINGOP = 1336 "AUDIT_URINGOP" "URINGOP";
        /// Arguments of openat2(2).
        OPENAT2 = 1337 "AUDIT_OPENAT2" "OPENAT2";
        /// Device of the device mapper that changed.
        DM_CTRL = 1338 "AUDIT_DM_CTRL" "DM_CTRL";
        /// Event of a device of the device mapper.
        DM_EVENT = 1339 "AUDIT_DM_EVENT" "DM_EVENT";
        /// Decision of SELinux or another security module.
        AVC = 1400 "AUDIT_AVC" "AVC";
        /// Error of SELinux.
        SELINUX_ERR = 1401 "AUDIT_SELINUX_ERR" "SELINUX_ERR";
        /// Path of a decision of SELinux.
        AVC_PATH = 1402 "AUDIT_AVC_PATH" "AVC_PATH";
        /// A security policy was loaded.
        MAC_POLICY_LOAD = 1403 "AUDIT_MAC_POLICY_LOAD" "MAC_POLICY_LOAD";
        /// SELinux changed between enforcing and permissive.
        MAC_STATUS = 1404 "AUDIT_MAC_STATUS" "MAC_STATUS";
        /// A boolean of SELinux changed.
        MAC_CONFIG_CHANGE = 1405 "AUDIT_MAC_CONFIG_CHANGE" "MAC_CONFIG_CHANGE";
        /// NetLabel: rule for unlabelled packets.
        MAC_UNLBL_ALLOW = 1406 "AUDIT_MAC_UNLBL_ALLOW" "MAC_UNLBL_ALLOW";
        /// NetLabel: new CIPSO domain.
        MAC_CIPSOV4_ADD = 1407 "AUDIT_MAC_CIPSOV4_ADD" "MAC_CIPSOV4_ADD";
        /// NetLabel: deleted CIPSO domain.
        MAC_CIPSOV4_DEL = 1408 "AUDIT_MAC_CIPSOV4_DEL" "MAC_CIPSOV4_DEL";
        /// NetLabel: new mapping of a domain.
        MAC_MAP_ADD = 1409 "AUDIT_MAC_MAP_ADD" "MAC_MAP_ADD";
        /// NetLabel: deleted mapping of a domain.
        MAC_MAP_DEL = 1410 "AUDIT_MAC_MAP_DEL" "MAC_MAP_DEL";
        /// Unused.
        MAC_IPSEC_ADDSA = 1411 "AUDIT_MAC_IPSEC_ADDSA" "MAC_IPSEC_ADDSA";
        /// Unused.
        MAC_IPSEC_DELSA = 1412 "AUDIT_MAC_IPSEC_DELSA" "MAC_IPSEC_DELSA";
        /// Unused.
        MAC_IPSEC_ADDSPD = 1413 "AUDIT_MAC_IPSEC_ADDSPD" "MAC_IPSEC_ADDSPD";
        /// Unused.
        MAC_IPSEC_DELSPD = 1414 "AUDIT_MAC_IPSEC_DELSPD" "MAC_IPSEC_DELSPD";
        /// Change or error of IPsec.
        MAC_IPSEC_EVENT = 1415 "AUDIT_MAC_IPSEC_EVENT" "MAC_IPSEC_EVENT";
        /// NetLabel: new label of an address.
        MAC_UNLBL_STCADD = 1416 "AUDIT_MAC_UNLBL_STCADD" "MAC_UNLBL_STCADD";
        /// NetLabel: deleted label of an address.
        MAC_UNLBL_STCDEL = 1417 "AUDIT_MAC_UNLBL_STCDEL" "MAC_UNLBL_STCDEL";
        /// NetLabel: new CALIPSO domain.
        MAC_CALIPSO_ADD = 1418 "AUDIT_MAC_CALIPSO_ADD" "MAC_CALIPSO_ADD";
        /// NetLabel: deleted CALIPSO domain.
        MAC_CALIPSO_DEL = 1419 "AUDIT_MAC_CALIPSO_DEL" "MAC_CALIPSO_DEL";
        /// Refusal of the security module IPE (Linux 6.12).
        IPE_ACCESS = 1420 "AUDIT_IPE_ACCESS" "IPE_ACCESS";
        /// IPE changed its settings (Linux 6.12).
        IPE_CONFIG_CHANGE = 1421 "AUDIT_IPE_CONFIG_CHANGE" "IPE_CONFIG_CHANGE";
        /// IPE loaded a policy (Linux 6.12).
        IPE_POLICY_LOAD = 1422 "AUDIT_IPE_POLICY_LOAD" "IPE_POLICY_LOAD";
        /// Refusal of Landlock (Linux 6.15).
        LANDLOCK_ACCESS = 1423 "AUDIT_LANDLOCK_ACCESS" "LANDLOCK_ACCESS";
        /// Domain of Landlock that was created or ended (Linux 6.15).
        LANDLOCK_DOMAIN = 1424 "AUDIT_LANDLOCK_DOMAIN" "LANDLOCK_DOMAIN";
        /// Contexts of a process in several security modules (Linux 6.18).
        MAC_TASK_CONTEXTS = 1425 "AUDIT_MAC_TASK_CONTEXTS" "MAC_TASK_CONTEXTS";
        /// Contexts of an object in several security modules (Linux 6.18).
        MAC_OBJ_CONTEXTS = 1426 "AUDIT_MAC_OBJ_CONTEXTS" "MAC_OBJ_CONTEXTS";
        APPARMOR_AUDIT = 1501 "AUDIT_APPARMOR_AUDIT" "APPARMOR_AUDIT";
        APPARMOR_ALLOWED = 1502 "AUDIT_APPARMOR_ALLOWED" "APPARMOR_ALLOWED";
        APPARMOR_DENIED = 1503 "AUDIT_APPARMOR_DENIED" "APPARMOR_DENIED";
        APPARMOR_HINT = 1504 "AUDIT_APPARMOR_HINT" "APPARMOR_HINT";
        APPARMOR_STATUS = 1505 "AUDIT_APPARMOR_STATUS" "APPARMOR_STATUS";
        APPARMOR_ERROR = 1506 "AUDIT_APPARMOR_ERROR" "APPARMOR_ERROR";
        APPARMOR_KILL = 1507 "AUDIT_APPARMOR_KILL" "APPARMOR_KILL";
        /// A link entered or left promiscuous mode.
        ANOM_PROMISCUOUS = 1700 "AUDIT_ANOM_PROMISCUOUS" "ANOM_PROMISCUOUS";
        /// A signal ended a process.
        ANOM_ABEND = 1701 "AUDIT_ANOM_ABEND" "ANOM_ABEND";
        /// Refusal to follow or create a link.
        ANOM_LINK = 1702 "AUDIT_ANOM_LINK" "ANOM_LINK";
        /// Refusal to open a file in a directory that all may write.
        ANOM_CREAT = 1703 "AUDIT_ANOM_CREAT" "ANOM_CREAT";
        /// Verification of a file.
        INTEGRITY_DATA = 1800 "AUDIT_INTEGRITY_DATA" "INTEGRITY_DATA";
        /// Verification of metadata.
        INTEGRITY_METADATA = 1801 "AUDIT_INTEGRITY_METADATA" "INTEGRITY_METADATA";
        /// IMA changed its settings.
        INTEGRITY_STATUS = 1802 "AUDIT_INTEGRITY_STATUS" "INTEGRITY_STATUS";
        /// Unknown hash.
        INTEGRITY_HASH = 1803 "AUDIT_INTEGRITY_HASH" "INTEGRITY_HASH";
        /// Measurement that changed while it was taken.
        INTEGRITY_PCR = 1804 "AUDIT_INTEGRITY_PCR" "INTEGRITY_PCR";
        /// Rule of IMA that asks for a record.
        INTEGRITY_RULE = 1805 "AUDIT_INTEGRITY_RULE" "INTEGRITY_RULE";
        /// New extended attribute that EVM protects.
        INTEGRITY_EVM_XATTR = 1806 "AUDIT_INTEGRITY_EVM_XATTR" "INTEGRITY_EVM_XATTR";
        /// Rule of an IMA policy.
        INTEGRITY_POLICY_RULE = 1807 "AUDIT_INTEGRITY_POLICY_RULE" "INTEGRITY_POLICY_RULE";
        /// Record of the kernel without a type of its own.
        KERNEL = 2000 "AUDIT_KERNEL" "KERNEL";
        ANOM_LOGIN_FAILURES = 2100 "AUDIT_ANOM_LOGIN_FAILURES" "ANOM_LOGIN_FAILURES";
        ANOM_LOGIN_TIME = 2101 "AUDIT_ANOM_LOGIN_TIME" "ANOM_LOGIN_TIME";
        ANOM_LOGIN_SESSIONS = 2102 "AUDIT_ANOM_LOGIN_SESSIONS" "ANOM_LOGIN_SESSIONS";
        ANOM_LOGIN_ACCT = 2103 "AUDIT_ANOM_LOGIN_ACCT" "ANOM_LOGIN_ACCT";
        ANOM_LOGIN_LOCATION = 2104 "AUDIT_ANOM_LOGIN_LOCATION" "ANOM_LOGIN_LOCATION";
        ANOM_MAX_DAC = 2105 "AUDIT_ANOM_MAX_DAC" "ANOM_MAX_DAC";
        ANOM_MAX_MAC = 2106 "AUDIT_ANOM_MAX_MAC" "ANOM_MAX_MAC";
        ANOM_AMTU_FAIL = 2107 "AUDIT_ANOM_AMTU_FAIL" "ANOM_AMTU_FAIL";
        ANOM_RBAC_FAIL = 2108 "AUDIT_ANOM_RBAC_FAIL" "ANOM_RBAC_FAIL";
        ANOM_RBAC_INTEGRITY_FAIL = 2109 "AUDIT_ANOM_RBAC_INTEGRITY_FAIL" "ANOM_RBAC_INTEGRITY_FAIL";
        ANOM_CRYPTO_FAIL = 2110 "AUDIT_ANOM_CRYPTO_FAIL" "ANOM_CRYPTO_FAIL";
        ANOM_ACCESS_FS = 2111 "AUDIT_ANOM_ACCESS_FS" "ANOM_ACCESS_FS";
        ANOM_EXEC = 2112 "AUDIT_ANOM_EXEC" "ANOM_EXEC";
        ANOM_MK_EXEC = 2113 "AUDIT_ANOM_MK_EXEC" "ANOM_MK_EXEC";
        ANOM_ADD_ACCT = 2114 "AUDIT_ANOM_ADD_ACCT" "ANOM_ADD_ACCT";
        ANOM_DEL_ACCT = 2115 "AUDIT_ANOM_DEL_ACCT" "ANOM_DEL_ACCT";
        ANOM_MOD_ACCT = 2116 "AUDIT_ANOM_MOD_ACCT" "ANOM_MOD_ACCT";
        ANOM_ROOT_TRANS = 2117 "AUDIT_ANOM_ROOT_TRANS" "ANOM_ROOT_TRANS";
        ANOM_LOGIN_SERVICE = 2118 "AUDIT_ANOM_LOGIN_SERVICE" "ANOM_LOGIN_SERVICE";
        ANOM_LOGIN_ROOT = 2119 "AUDIT_ANOM_LOGIN_ROOT" "ANOM_LOGIN_ROOT";
        ANOM_ORIGIN_FAILURES = 2120 "AUDIT_ANOM_ORIGIN_FAILURES" "ANOM_ORIGIN_FAILURES";
        ANOM_SESSION = 2121 "AUDIT_ANOM_SESSION" "ANOM_SESSION";
        RESP_ANOMALY = 2200 "AUDIT_RESP_ANOMALY" "RESP_ANOMALY";
        RESP_ALERT = 2201 "AUDIT_RESP_ALERT" "RESP_ALERT";
        RESP_KILL_PROC = 2202 "AUDIT_RESP_KILL_PROC" "RESP_KILL_PROC";
        RESP_TERM_ACCESS = 2203 "AUDIT_RESP_TERM_ACCESS" "RESP_TERM_ACCESS";
        RESP_ACCT_REMOTE = 2204 "AUDIT_RESP_ACCT_REMOTE" "RESP_ACCT_REMOTE";
        RESP_ACCT_LOCK_TIMED = 2205 "AUDIT_RESP_ACCT_LOCK_TIMED" "RESP_ACCT_LOCK_TIMED";
        RESP_ACCT_UNLOCK_TIMED = 2206 "AUDIT_RESP_ACCT_UNLOCK_TIMED" "RESP_ACCT_UNLOCK_TIMED";
        RESP_ACCT_LOCK = 2207 "AUDIT_RESP_ACCT_LOCK" "RESP_ACCT_LOCK";
        RESP_TERM_LOCK = 2208 "AUDIT_RESP_TERM_LOCK" "RESP_TERM_LOCK";
        RESP_SEBOOL = 2209 "AUDIT_RESP_SEBOOL" "RESP_SEBOOL";
        RESP_EXEC = 2210 "AUDIT_RESP_EXEC" "RESP_EXEC";
        RESP_SINGLE = 2211 "AUDIT_RESP_SINGLE" "RESP_SINGLE";
        RESP_HALT = 2212 "AUDIT_RESP_HALT" "RESP_HALT";
        RESP_ORIGIN_BLOCK = 2213 "AUDIT_RESP_ORIGIN_BLOCK" "RESP_ORIGIN_BLOCK";
        RESP_ORIGIN_BLOCK_TIMED = 2214 "AUDIT_RESP_ORIGIN_BLOCK_TIMED" "RESP_ORIGIN_BLOCK_TIMED";
        RESP_ORIGIN_UNBLOCK_TIMED = 2215 "AUDIT_RESP_ORIGIN_UNBLOCK_TIMED" "RESP_ORIGIN_UNBLOCK_TIMED";
        USER_ROLE_CHANGE = 2300 "AUDIT_USER_ROLE_CHANGE" "USER_ROLE_CHANGE";
        ROLE_ASSIGN = 2301 "AUDIT_ROLE_ASSIGN" "ROLE_ASSIGN";
        ROLE_REMOVE = 2302 "AUDIT_ROLE_REMOVE" "ROLE_REMOVE";
        LABEL_OVERRIDE = 2303 "AUDIT_LABEL_OVERRIDE" "LABEL_OVERRIDE";
        LABEL_LEVEL_CHANGE = 2304 "AUDIT_LABEL_LEVEL_CHANGE" "LABEL_LEVEL_CHANGE";
        USER_LABELED_EXPORT = 2305 "AUDIT_USER_LABELED_EXPORT" "USER_LABELED_EXPORT";
        USER_UNLABELED_EXPORT = 2306 "AUDIT_USER_UNLABELED_EXPORT" "USER_UNLABELED_EXPORT";
        DEV_ALLOC = 2307 "AUDIT_DEV_ALLOC" "DEV_ALLOC";
        DEV_DEALLOC = 2308 "AUDIT_DEV_DEALLOC" "DEV_DEALLOC";
        FS_RELABEL = 2309 "AUDIT_FS_RELABEL" "FS_RELABEL";
        USER_MAC_POLICY_LOAD = 2310 "AUDIT_USER_MAC_POLICY_LOAD" "USER_MAC_POLICY_LOAD";
        ROLE_MODIFY = 2311 "AUDIT_ROLE_MODIFY" "ROLE_MODIFY";
        USER_MAC_CONFIG_CHANGE = 2312 "AUDIT_USER_MAC_CONFIG_CHANGE" "USER_MAC_CONFIG_CHANGE";
        USER_MAC_STATUS = 2313 "AUDIT_USER_MAC_STATUS" "USER_MAC_STATUS";
        CRYPTO_TEST_USER = 2400 "AUDIT_CRYPTO_TEST_USER" "CRYPTO_TEST_USER";
        CRYPTO_PARAM_CHANGE_USER = 2401 "AUDIT_CRYPTO_PARAM_CHANGE_USER" "CRYPTO_PARAM_CHANGE_USER";
        CRYPTO_LOGIN = 2402 "AUDIT_CRYPTO_LOGIN" "CRYPTO_LOGIN";
        CRYPTO_LOGOUT = 2403 "AUDIT_CRYPTO_LOGOUT" "CRYPTO_LOGOUT";
        CRYPTO_KEY_USER = 2404 "AUDIT_CRYPTO_KEY_USER" "CRYPTO_KEY_USER";
        CRYPTO_FAILURE_USER = 2405 "AUDIT_CRYPTO_FAILURE_USER" "CRYPTO_FAILURE_USER";
        CRYPTO_REPLAY_USER = 2406 "AUDIT_CRYPTO_REPLAY_USER" "CRYPTO_REPLAY_USER";
        CRYPTO_SESSION = 2407 "AUDIT_CRYPTO_SESSION" "CRYPTO_SESSION";
        CRYPTO_IKE_SA = 2408 "AUDIT_CRYPTO_IKE_SA" "CRYPTO_IKE_SA";
        CRYPTO_IPSEC_SA = 2409 "AUDIT_CRYPTO_IPSEC_SA" "CRYPTO_IPSEC_SA";
        VIRT_CONTROL = 2500 "AUDIT_VIRT_CONTROL" "VIRT_CONTROL";
        VIRT_RESOURCE = 2501 "AUDIT_VIRT_RESOURCE" "VIRT_RESOURCE";
        VIRT_MACHINE_ID = 2502 "AUDIT_VIRT_MACHINE_ID" "VIRT_MACHINE_ID";
        VIRT_INTEGRITY_CHECK = 2503 "AUDIT_VIRT_INTEGRITY_CHECK" "VIRT_INTEGRITY_CHECK";
        VIRT_CREATE = 2504 "AUDIT_VIRT_CREATE" "VIRT_CREATE";
        VIRT_DESTROY = 2505 "AUDIT_VIRT_DESTROY" "VIRT_DESTROY";
        VIRT_MIGRATE_IN = 2506 "AUDIT_VIRT_MIGRATE_IN" "VIRT_MIGRATE_IN";
        VIRT_MIGRATE_OUT = 2507 "AUDIT_VIRT_MIGRATE_OUT" "VIRT_MIGRATE_OUT";
    }
}

/// First record type of programs: 1100 to 1199.
pub const AUDIT_FIRST_USER_MSG: u16 = 1100;
/// Last record type of programs in the first range.
pub const AUDIT_LAST_USER_MSG: u16 = 1199;
/// First record type of programs in the second range: 2100 to 2999.
pub const AUDIT_FIRST_USER_MSG2: u16 = 2100;
/// Last record type of programs in the second range.
pub const AUDIT_LAST_USER_MSG2: u16 = 2999;
/// First record type of what the kernel takes for an anomaly: 1700 to 1799.
pub const AUDIT_FIRST_KERN_ANOM_MSG: u16 = 1700;
/// Last record type of anomalies.
pub const AUDIT_LAST_KERN_ANOM_MSG: u16 = 1799;

impl RecordType {
    /// Returns the type of a record's message.
    #[must_use]
    pub const fn message_type(self) -> MessageType {
        MessageType(self.0)
    }

    /// Returns true for records that programs send, and false for those of the kernel and
    /// of the audit daemon.
    #[must_use]
    pub const fn is_of_programs(self) -> bool {
        matches!(
            self.0,
            1005 | AUDIT_FIRST_USER_MSG..=AUDIT_LAST_USER_MSG
                | AUDIT_FIRST_USER_MSG2..=AUDIT_LAST_USER_MSG2
        )
    }

    /// Returns true for records: message types from 1100 on, and two older ones.
    pub(super) const fn is_record(self) -> bool {
        matches!(
            self.0,
            1005 | 1006 | AUDIT_FIRST_USER_MSG..=AUDIT_LAST_USER_MSG2
        )
    }
}
