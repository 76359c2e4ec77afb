/*
 * sentences/cli - the command line itself: how it is used, what all commands share.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

/* cli */
X(SAY_CLI_SUMMARY_HUB, "信访通：市、省信访机构的汇总、登记与督办。",
    "Petition Relay: a city or province office receives, records and "
    "directs.")
X(SAY_CLI_USAGE, "用法：", "Usage:")
X(SAY_CLI_HELP_TAIL,
    "“{1} 命令 --help”或“{1} help 命令”说明每个命令。DIR 由 -C "
    "指定，否则取环境变量 "
    "PETITION_HOME，再否则为 {2}。--language zh|en 选择语言。"
    "--accept-clock：系统时钟曾被调回，现在正确。\n退出码：0 完成；"
    "1 拒绝或有问题；2 命令行不正确；75 请稍后重试；78 配置有误。",
    "'{1} COMMAND --help' or '{1} help COMMAND' explains a command. DIR: -C, "
    "else $PETITION_HOME, "
    "else {2}. --language zh|en chooses the language. --accept-clock: the "
    "clock was set back and is right now.\nExit: 0 done, 1 refused or found "
    "wanting, 2 not understood, 75 try again, 78 configuration.")
X(SAY_CLI_COMMAND_MISSING, "请写明命令；“{1} --help”列出全部命令。",
    "Say which command; '{1} --help' lists them.")
X(SAY_CLI_COMMAND_UNKNOWN, "没有“{1}”这个命令；“{2} --help”列出全部命令。",
    "There is no command '{1}'; '{2} --help' lists them.")
X(SAY_CLI_COMMAND_NEAR,
    "没有“{1}”这个命令，是否指“{2}”？“{3} --help”列出全部命令。",
    "There is no command '{1}'. Did you mean '{2}'? '{3} --help' lists them.")
X(SAY_CLI_OPTION_UNKNOWN, "没有“{1}”这个选项；“{2} {3} --help”列出全部选项。",
    "There is no option {1}; '{2} {3} --help' lists them.")
X(SAY_CLI_OPTION_NEAR,
    "没有“{1}”这个选项，是否指 --{2}？“{3} {4} --help”列出全部选项。",
    "There is no option {1}. Did you mean --{2}? '{3} {4} --help' lists "
    "them.")
X(SAY_CLI_OPTION_TWICE, "选项 {1} 写了两次，请只写一次。",
    "The option {1} is given twice: give it once.")
X(SAY_CLI_OPTION_NO_VALUE, "选项 {1} 不带取值。",
    "The option {1} takes no value.")
X(SAY_CLI_OPTION_VALUE, "选项 {1} 之后缺少取值。",
    "The option {1} needs a value behind it.")
X(SAY_CLI_OPTION_NEEDED, "请用 {1} 写明。", "Something is missing: give {1}.")
X(SAY_CLI_ARGUMENT_SPARE, "“{1}”是多余的；带空格的内容请加引号。",
    "'{1}' is one too many; put quotes around a text with blanks.")
X(SAY_CLI_ARGUMENT_MISSING, "命令之后缺少：{1}。",
    "Missing behind the command: {1}.")
X(SAY_CLI_DATE,
    "--{1} 的“{2}”不是日期，请写成 2026-03-01 或 2026-03-01 09:30。",
    "--{1} '{2}' is not a date: write 2026-03-01 or '2026-03-01 09:30'.")
X(SAY_CLI_NUMBER, "{1} 的“{2}”不是允许范围内的整数。",
    "{1} '{2}' is not a whole number in its range.")
X(SAY_CLI_CODE, "--{1} 的取值“{2}”不存在，可用：{3}。",
    "--{1} cannot be '{2}'. It can be one of: {3}.")
X(SAY_CLI_TOO_LONG, "{1} 的内容过长或不是 UTF-8 文字。",
    "What {1} says is too long, or not UTF-8 text.")
X(SAY_CLI_NOT_TEXT, "{1} 的内容不是 UTF-8 文字。",
    "What {1} says is not UTF-8 text.")
X(SAY_CLI_GROUND,
    "{1} 所在的磁盘已满或出错，命令可能已执行，也可能没有；请腾出空间或检查"
    "磁盘，先查看再重试。",
    "The disk of {1} is full or fails: the command may have been carried out "
    "or not. Free some space or check the disk, and look before you try "
    "again.")
X(SAY_CLI_FILE_EXISTS, "文件 {1} 已存在，不会覆盖；请换一个文件名。",
    "The file {1} is there already and will not be replaced: choose another "
    "name.")
X(SAY_CLI_FILE_UNWRITABLE, "文件 {1} 无法写入，请检查目录权限和磁盘空间。",
    "The file {1} cannot be written: look at the folder's rights and at the "
    "disk's space.")
X(SAY_CLI_FILE_UNREADABLE, "文件 {1} 无法读取，请检查路径和权限。",
    "The file {1} cannot be read: check its path and rights.")
X(SAY_CLI_FILE_TOO_BIG, "文件 {1} 过大，请拆分，或改用 import 命令。",
    "The file {1} is too large: split it, or use the command 'import'.")
X(SAY_CLI_FILE_OR_FLAGS, "--file 不能与各字段选项同时使用，请二选一。",
    "Give either --file or the fields one by one, not both.")
X(SAY_CLI_OPTION_JSON, "输出一个 JSON 文档", "print one JSON document")
X(SAY_CLI_OPTION_ROLE, "经办角色（默认 clerk）", "role of who does it (clerk)")
X(SAY_CLI_OPTION_OWN_CODE, "本机构代码，例如 420106",
    "this office's code, for example 420106")
X(SAY_CLI_OPTION_OWN_NAME, "本机构名称", "this office's name")
X(SAY_CLI_OPTION_ADDRESS, "下级连接用的地址（与监听地址不同时）",
    "what the offices below connect to, when it differs")
X(SAY_CLI_OPTION_AUDIENCE, "发给某一下级的那份历史",
    "the history meant for this child")
X(SAY_CLI_OPTION_DAYS, "有效天数（默认 7，最多 90）",
    "days it is valid (7; at most 90)")
X(SAY_CLI_OPTION_REASON, "原因", "the reason")
X(SAY_CLI_OPTION_SINCE, "登记时间起", "recorded at or after")
X(SAY_CLI_OPTION_UNTIL, "登记时间止（只写日期时含当日）",
    "recorded at or before; a bare date includes that day")
X(SAY_CLI_OPTION_STATE, "状态，例如 REG 已登记", "state, for example REG")
X(SAY_CLI_OPTION_URGENT, "仅列尚未处置的重大紧急件",
    "only urgent and major ones that nobody has taken in hand")
X(SAY_CLI_URGENT, "【紧急】{1}", "[urgent] {1}")
X(SAY_CLI_OPTION_SOURCE, "来源系统", "system it was imported from")
X(SAY_CLI_OPTION_LIMIT,
    "最多列出的件数（屏幕默认 50，JSON 默认全部；0 为全部）",
    "at most so many (tables 50, JSON all; 0: all)")
X(SAY_CLI_OPTION_COUNT, "只给出件数", "only count them")
X(SAY_CLI_OPTION_LEGAL_CLASS, "法定分类：A B C1 至 C6；可不填",
    "A, B, C1 to C6; may be left open")
X(SAY_CLI_OPTION_LEVEL, "到达层级：N P C D T V（默认本机构层级）",
    "where it arrived: N P C D T V (this office's)")
X(SAY_CLI_OPTION_RESPONSIBLE, "责任机构代码（默认本机构）",
    "office responsible (this one)")
X(SAY_CLI_OPTION_REG_TITLE, "标题；标题与正文至少填一项",
    "what it is about, in a line; this or the text is needed")
X(SAY_CLI_OPTION_REG_WORDS, "正文", "what the petitioner says")
X(SAY_CLI_OPTION_REG_SOURCE, "来源系统的名称，与 --source-ref 合用",
    "system it comes from, with --source-ref")
X(SAY_CLI_OPTION_REG_SOURCE_REF, "在来源系统中的编号；同一编号只登记一次",
    "its number there; the same number is recorded once only")
X(SAY_CLI_OPTION_PROCEDURE, "办理程序：S 简易程序 U 重大紧急；一般程序不填",
    "S simple, U urgent and major; leave out for the ordinary one")
X(SAY_CLI_OPTION_FILE, "从 JSON 文件读入（一件或多件；- 为标准输入）",
    "read one or several from a JSON file; - is standard input")
X(SAY_CLI_OPTION_NO_CODE, "不生成查询码", "make no query code")
X(SAY_CLI_OPTION_MAP, "列与字段的对照表（必填）",
    "how its columns become petitions (needed)")
X(SAY_CLI_OPTION_REFUSED, "被拒的行写入此 CSV 文件",
    "write the refused rows to this CSV file")
X(SAY_CLI_OPTION_OPEN, "只列未办结的", "only those that have not ended")
X(SAY_CLI_OPTION_ID, "一件督办的全部情况", "one directive with all its steps")
X(SAY_CLI_OPTION_TO, "收件机构代码，逗号分隔，或 all", "addressees, or all")
X(SAY_CLI_OPTION_KIND,
    "JB 交办 CB 催办 DB 督办 GP 挂牌督办 YT 约谈 TB 通报；建议 IMP POL ACC",
    "JB assign, CB remind, DB supervise, GP listed, YT talk, TB circular; "
    "IMP POL ACC suggest")
X(SAY_CLI_OPTION_SUPERSEDES, "所替代的督办件编号",
    "the directive that this one replaces")
X(SAY_CLI_OPTION_TRUE, "是否属实：yes 属实 part 部分属实 no 不属实",
    "is it true: yes, part or no")
X(SAY_CLI_OPTION_ADOPTED, "对建议：FULL 采纳 PART 部分采纳 NO 未采纳",
    "for a suggestion: FULL, PART or NO")
X(SAY_CLI_OPTION_DONE, "落实情况", "what was done")
X(SAY_CLI_OPTION_REPORT_TEXT, "办结报告", "the closing report")
X(SAY_CLI_OPTION_BY, "替代它的督办件编号", "the directive that replaces it")
X(SAY_CLI_OPTION_OUT, "写入此文件（必填）", "write to this file (needed)")
X(SAY_CLI_OPTION_GROUND, "督办理由：G1 至 G6、G9", "ground: G1 to G6, G9")
X(SAY_CLI_OPTION_REFERENCE, "所转交的上级督办件编号",
    "the directive from above that this passes down")
X(SAY_CLI_OPTION_STEP_TEXT, "说明、答复或理由", "note, answer or reason")
X(SAY_CLI_STOPPED, "服务未运行", "not running")
X(SAY_CLI_UP, "上级", "up")
X(SAY_CLI_DOWN, "下级", "down")
X(SAY_CLI_RECORDED, "已登记：{1}", "Recorded: {1}")
X(SAY_CLI_RECORDED_CODE, "已登记：{1}  查询码：{2}",
    "Recorded: {1}  query code: {2}")
X(SAY_CLI_ALREADY, "先前已登记：{1}", "Recorded before: {1}")
X(SAY_CLI_SAME_NUMBER, "\n注意：另有一件使用相同编号（恢复旧备份后登记）。\n",
    "\nNote: another item bears the same number (recorded after an old backup "
    "was restored).\n")
X(SAY_CLI_MOVED, "督办件 {1}：{2}", "Directive {1}: {2}")
X(SAY_CLI_TRUE_OR_ADOPTED, "--true 与 --answer 只能写一个。",
    "Give --true or --answer, not both.")
X(SAY_CLI_LABEL_VERDICT, "是否属实", "is it true")
X(SAY_CLI_LABEL_ADOPTED, "采纳", "adopted")
X(SAY_CLI_LABEL_DONE, "落实情况", "done")
X(SAY_CLI_LABEL_REPORT, "办结报告", "report")
X(SAY_CLI_LABEL_FILE, "附件", "file")
X(SAY_CLI_LABEL_GROUND, "理由", "ground")
X(SAY_CLI_LABEL_ASKED, "申请延至", "asked until")
X(SAY_CLI_HEAD_RECORDED, "登记时间", "recorded")
X(SAY_CLI_HEAD_STATE, "状态", "state")
X(SAY_CLI_HEAD_NAME, "名称", "name")
X(SAY_CLI_HEAD_DIRECTION, "方向", "direction")
X(SAY_CLI_HEAD_UNSENT, "未确认", "unsent")
X(SAY_CLI_HEAD_AGE, "最早（秒）", "oldest (s)")
X(SAY_CLI_HEAD_ACK, "最近确认", "last ack")
X(SAY_CLI_HEAD_ERROR, "最近错误", "last error")
X(SAY_CLI_NOT_DELIVERED, "（未送达）", " (not there yet)")
X(SAY_CLI_HEAD_KIND, "种类", "kind")
X(SAY_CLI_HEAD_TEXT, "内容", "text")
X(SAY_CLI_LABEL_LEGAL_CLASS, "法定分类", "legal class")
X(SAY_CLI_LABEL_LEVEL, "到达层级", "level")
X(SAY_CLI_LABEL_RESPONSIBLE, "责任机构", "responsible")
X(SAY_CLI_LABEL_SOURCE, "来源", "source")
X(SAY_CLI_LABEL_SOURCE_REF, "来源编号", "source reference")
X(SAY_CLI_LABEL_EARLIER, "前次编号", "earlier item")
X(SAY_CLI_LABEL_RECORDED, "登记时间", "recorded")
X(SAY_CLI_LABEL_RECEIVED, "本机构收到", "received here")
X(SAY_CLI_LABEL_LEAF, "记录指纹", "fingerprint")
X(SAY_CLI_LABEL_REFERENCE, "转自", "passes down")
X(SAY_CLI_HELD, "上级：已收到", "parent: holds it")
X(SAY_CLI_HELD_BACK, "上级：不上报（检举控告上级机构，书面送交）",
    "parent: never sent there (it is about an office above; on paper)")
X(SAY_CLI_NOT_HELD, "上级：尚未收到", "parent: has not confirmed it yet")
