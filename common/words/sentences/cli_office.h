/*
 * sentences/cli_office - commands about an office, its people and its keys.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

/* people */
X(SAY_CLI_USER_ADD, "添加用户（第一个须为管理员）",
    "add a user; the first must be an administrator")
X(SAY_CLI_USER_LIST, "列出用户", "list the users")
X(SAY_CLI_USER_ROLE, "更改用户的角色", "give a user another role")
X(SAY_CLI_USER_PASSWORD, "更改用户的密码", "give a user another password")
X(SAY_CLI_USER_DISABLE, "停用用户", "disable a user")
X(SAY_CLI_USER_ENABLE, "恢复用户", "enable a user again")
X(SAY_CLI_OPTION_AS, "以哪个用户的身份（有具名用户的机构）",
    "the user who does it, in an office with named users")
X(SAY_CLI_OPTION_PASSWORD_FILE, "该用户的密码所在文件",
    "file with that user's password")
X(SAY_CLI_OPTION_NEW_PASSWORD_FILE, "新密码所在文件",
    "file with the new password")
X(SAY_CLI_OPTION_NEW_ROLE,
    "clerk 经办 supervisor 督办 head 负责人 auditor 审计 administrator 管理员",
    "clerk, supervisor, head, auditor or administrator")
X(SAY_CLI_OPTION_SYSTEM_USER, "对应的系统用户（无须密码）",
    "system user who is this person and needs no password")
X(SAY_CLI_HEAD_USER, "用户", "user")
X(SAY_CLI_HEAD_ROLE, "角色", "role")
X(SAY_CLI_HEAD_SYSTEM_USER, "系统用户", "system user")
X(SAY_CLI_ENABLED, "可用", "enabled")
X(SAY_CLI_DISABLED, "停用", "disabled")

/* identity */
X(SAY_CLI_IDENTITY_REQUEST, "申请打开来访人的身份信息（--reason 必填）",
    "ask to open a petitioner's identity; --reason is needed")
X(SAY_CLI_IDENTITY_APPROVE, "批准他人的申请（24 小时内有效）",
    "agree to another's request; it holds for 24 hours")
X(SAY_CLI_IDENTITY_REFUSE, "退回他人的申请", "refuse another's request")
X(SAY_CLI_IDENTITY_SHOW, "打开身份信息（每次都有记录）",
    "open the identity; every look is recorded")
X(SAY_CLI_IDENTITY_LIST, "谁申请、批准、看过身份信息",
    "who asked for identities, agreed, looked")
X(SAY_CLI_OPTION_REQUESTER, "申请人的用户名", "user who asked")
X(SAY_CLI_IDENTITY_REQUESTED, "已登记申请；请另一人（督办或负责人）批准。",
    "The request is recorded; a supervisor or head other than you has to "
    "approve it.")
X(SAY_CLI_IDENTITY_APPROVED, "已批准，用户“{1}”24 小时内可以打开。",
    "Approved: user '{1}' may open it within 24 hours.")
X(SAY_CLI_IDENTITY_TURNED_DOWN, "已退回用户“{1}”的申请。",
    "The request of user '{1}' is refused.")
X(SAY_CLI_IDENTITY_SHOWN, "本次查看已记录。", "This look is on record.")
X(SAY_CLI_IDENTITY_NOBODY, "没有人申请或看过身份信息。",
    "Nobody has asked for an identity or looked at one.")
X(SAY_CLI_STEP_REQUEST, "申请查看身份", "asks to see the identity")
X(SAY_CLI_STEP_APPROVE, "批准查看身份", "agrees to open the identity")
X(SAY_CLI_STEP_REFUSE, "退回查看身份", "refuses to open the identity")
X(SAY_CLI_STEP_SHOW, "查看身份", "looks at the identity")
X(SAY_CLI_HEAD_TIME, "时间", "time")
X(SAY_CLI_HEAD_STEP, "步骤", "step")
X(SAY_CLI_HEAD_REQUESTER, "申请人", "requester")
X(SAY_CLI_HEAD_ACTOR, "经办人", "by")
X(SAY_CLI_HEAD_REASON, "理由", "reason")
X(SAY_CLI_LABEL_PERSON_NAME, "姓名", "name")
X(SAY_CLI_LABEL_DOCUMENT, "证件号码", "document")
X(SAY_CLI_LABEL_PHONE, "电话", "phone")
X(SAY_CLI_LABEL_ADDRESS, "住址", "address")

/* keys */
X(SAY_CLI_KEYS_LIST, "各年的身份密钥", "the yearly keys of identities")
X(SAY_CLI_KEYS_DESTROY,
    "销毁一年的身份密钥，该年的身份信息从此不能打开（--reason、--confirm "
    "必填）",
    "destroy a year's key, and with it the year's identities; --reason and "
    "--confirm are needed")
X(SAY_CLI_OPTION_CONFIRM, "再写一遍年份", "the year once more")
X(SAY_CLI_OPTION_FORCE_KEY, "即使该年尚未结束",
    "also when the year is not over")
X(SAY_CLI_HEAD_YEAR, "年份", "year")
X(SAY_CLI_HEAD_KEY, "密钥", "key")
X(SAY_CLI_HEAD_IDENTITIES, "身份信息", "identities")
X(SAY_CLI_KEY_KEPT, "保存中", "kept")
X(SAY_CLI_KEY_DESTROYED, "已销毁", "destroyed")
X(SAY_CLI_KEY_MISSING, "缺失", "missing")

/* cli */
X(SAY_CLI_SUMMARY_DISTRICT, "信访通：区县信访机构的登记与上报。",
    "Petition Relay: a district office records petitions and sends them up.")
X(SAY_CLI_INIT, "建立本机构的目录、密钥和账本",
    "make an office: directory, keys, databases")
X(SAY_CLI_JOIN, "凭上级给的邀请书加入上级机构",
    "join the office above with its invitation")
X(SAY_CLI_RUN, "运行服务（前台）", "run the daemon, in the foreground")
X(SAY_CLI_STATUS, "本机构的状况和与上下级的连接",
    "how this office and its links stand")
X(SAY_CLI_SETTLE, "解决历史分叉，两份历史都保留",
    "settle a fork; both histories are kept")
X(SAY_CLI_REBUILD, "由账本重建台账（须先停止服务）",
    "make the register anew from the journal (stop the daemon first)")
X(SAY_CLI_INVITE, "为下级机构开具邀请书",
    "print an invitation for an office below")
X(SAY_CLI_REVOKE, "撤销下级机构的接入", "cut an office below off")
X(SAY_CLI_DISTRICTS, "下级机构及其连接状况",
    "the offices below and their links")
X(SAY_CLI_OPTION_USER, "经办人账号（默认系统用户）",
    "user id of who does it (the system's user)")
X(SAY_CLI_OPTION_PARENT, "上级机构代码（国标以外的代码必填）",
    "parent's code, for codes outside the standard")
X(SAY_CLI_OPTION_LISTEN, "服务监听的地址，例如 tcp://0.0.0.0:7420",
    "where the daemon listens, for example tcp://0.0.0.0:7420")
X(SAY_CLI_OPTION_FORCE_JOIN, "已加入其他上级时也改为加入这一个",
    "also when joined to another office already")
X(SAY_CLI_OPTION_INVITE_ADDRESS, "写入邀请书的地址",
    "address to put into the invitation")
X(SAY_CLI_OPTION_INVITE_FILE, "写入文件（仅本人可读），而不是屏幕",
    "write it to a file of your own instead of the screen")
X(SAY_CLI_OPTION_OFFICE, "登记机构代码", "office that recorded it")
X(SAY_CLI_STATUS_URGENT,
    "重大紧急信访件尚未处置：{1} 件（用 petitions --urgent 查看）",
    "Urgent items that nobody has taken in hand: {1}. See them with "
    "'petitions --urgent'.")
X(SAY_CLI_OPTION_DRY_RUN, "只检查，不登记", "check everything, record nothing")
X(SAY_CLI_INIT_DONE,
    "已建立机构 {1}（{2}），目录 {3}。下一步：上级开具邀请书后执行“{4} join”，"
    "再执行“{4} run”。",
    "Office {1} ({2}) is made, in {3}. Next: '{4} join FILE' with the "
    "invitation from above, then '{4} run'.")
X(SAY_CLI_INIT_DONE_HUB,
    "已建立机构 {1}（{2}），目录 {3}。下一步：执行“{4} run”；如有上级机构接入，"
    "先凭其邀请书执行“{4} join”。",
    "Office {1} ({2}) is made, in {3}. Next: '{4} run'; if there is an office "
    "above, first '{4} join FILE' with its invitation.")
X(SAY_CLI_JOIN_DONE, "已加入上级 {1}（{2}，{3}）；执行“{4} run”后即开始传送。",
    "Joined {1} ({2}, {3}); it connects when '{4} run' is started.")
X(SAY_CLI_INVITE_DONE, "邀请书已写入 {1}；请经可靠途径交给对方，只能用一次。",
    "The invitation is in {1}: hand it over on a safe way; it works once.")
X(SAY_CLI_REVOKE_DONE, "机构 {1} 的接入已撤销。", "Office {1} is cut off.")
X(SAY_CLI_SETTLE_DONE, "机构 {1} 的分叉已解决，两份历史均保留。",
    "The fork of office {1} is settled; both histories are kept.")
X(SAY_CLI_REBUILDING, "正在重建台账", "rebuilding the register")
X(SAY_CLI_REBUILD_DONE,
    "台账已由 {1} 条记录重建，其中 {2} 条无法采用（见 status）。",
    "The register was rebuilt from {1} records; {2} of them could not be "
    "applied.")
X(SAY_CLI_RUNNING, "服务运行中", "running")
X(SAY_CLI_STATUS_OFFICE, "{1} {2}：{3}", "{1} {2}: {3}")
X(SAY_CLI_STATUS_JOURNAL, "账本记录 {1} 条", "{1} records in the journal")
X(SAY_CLI_STATUS_QUARANTINE, "注意：{1} 条记录无法采用，已另存，请联系管理员。",
    "Note: {1} records could not be applied and were set apart; tell the "
    "administrator.")
X(SAY_CLI_STATUS_FULL, "注意：磁盘将满，暂停登记；请腾出空间。",
    "Note: the disk is nearly full and nothing is recorded: free some space.")
X(SAY_CLI_STATUS_FORK,
    "警告：机构 {1} 的历史 {2} "
    "与对方不一致，已停止传送，其余照常。由两级管理员核实"
    "后，在机构 {3} 执行“{4}”。",
    "Warning: history {2} of office {1} differs from the other side's and is "
    "halted; all else goes on. When both administrators agree, run '{4}' at "
    "office {3}.")
X(SAY_CLI_LINK_STOPPED, "服务未运行", "not running")
X(SAY_CLI_LINK_DOWN, "未连接", "down")
X(SAY_CLI_LINK_DIALING, "正在连接", "dialing")
X(SAY_CLI_LINK_GREETING, "正在核对", "greeting")
X(SAY_CLI_LINK_STREAMING, "已连接", "connected")
X(SAY_CLI_LINK_FORKED, "历史分叉", "forked")
X(SAY_CLI_LINK_REVOKED, "已撤销", "revoked")
X(SAY_CLI_LINK_FURTHER, "更下级", "further down")
X(SAY_CLI_LINK_UNKNOWN, "未知", "unknown")
X(SAY_CLI_NO_LINKS, "没有上级或下级；凭邀请书执行“{1} join”加入上级。",
    "No office above or below; '{1} join FILE' joins one above.")
X(SAY_CLI_NO_DISTRICTS, "还没有下级机构加入；执行“{1} invite CODE”开具邀请书。",
    "No office below has joined yet; '{1} invite CODE' invites one.")
X(SAY_CLI_LABEL_OFFICE, "机构", "office")
X(SAY_CLI_LABEL_IDENTITY, "身份信息", "identity")
X(SAY_CLI_IDENTITY_SEALED, "已加密，仅登记机构可解",
    "sealed; only the office of origin can open it")
X(SAY_CLI_IDENTITY_NONE, "未留", "none was given")
