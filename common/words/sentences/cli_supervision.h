/*
 * sentences/cli_supervision - commands of directives, escalations, rules and supervision.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

/* supervise */
X(SAY_CLI_SUPERVISE, "按期限阶梯应发的督办：列出或发出",
    "what the ladder of limits asks for: list it, or send it")
X(SAY_CLI_OPTION_SEND, "发出这一件的督办", "send what is due for this item")
X(SAY_CLI_OPTION_SEND_ALL, "发出 --kind 种类的全部督办", "send all of --kind")
X(SAY_CLI_OPTION_RUNG, "只看 CB、DB 或 GP", "only CB, DB or GP")
X(SAY_CLI_SUPERVISE_NONE, "目前没有应发的督办。", "Nothing is due now.")
X(SAY_CLI_SUPERVISE_NOT_DUE, "{1} 目前没有应发的督办。",
    "Nothing is due for {1} now.")
X(SAY_CLI_SUPERVISE_SENT, "{1} {2} {3} 已发给 {4}。",
    "{1} {2} about {3} was sent to {4}.")
X(SAY_CLI_SEND_OR_ALL,
    "--send 与 --send-all 只能写一个；--send-all 须写明 --kind。",
    "Give --send or --send-all, not both; --send-all needs --kind.")
X(SAY_CLI_OMISSIONS, "应督办而未督办的事项，及督办覆盖率",
    "what must be supervised and is not, and the coverage")
X(SAY_CLI_OMISSIONS_NONE, "没有应督办而未督办的事项。",
    "Nothing that must be supervised was left out.")
X(SAY_CLI_COVERAGE, "督办覆盖率：{1} / {2}", "Coverage: {1} of {2}")
X(SAY_CLI_COVERAGE_NONE, "督办覆盖率：—", "Coverage: —")
X(SAY_CLI_HEAD_DAYS_OVER, "超期（天）", "days over")
X(SAY_CLI_HEAD_CLOCK, "期限", "limit")
X(SAY_CLI_HEAD_SINCE, "自", "since")
X(SAY_CLI_HEAD_GROUND, "理由", "ground")

/* publishing */
X(SAY_CLI_RULES, "本机构现行和将要施行的规则与日历",
    "the rules and the calendar of this office, now and to come")
X(SAY_CLI_RULES_SHOW, "显示现行文件的全文", "print the file that is in force")
X(SAY_CLI_RULES_CHECK, "检查一个文件，不发布", "check a file, publish nothing")
X(SAY_CLI_RULES_PUBLISH, "向下级发布规则、日历、分类或文书模板",
    "publish rules, a calendar, categories or templates to the offices below")
X(SAY_CLI_OPTION_SORT, "rules、calendar、categories 或 templates",
    "rules, calendar, categories or templates")
X(SAY_CLI_RULES_NOW, "规则：{1}，自 {2} 起，{3}", "Rules: {1}, since {2}, {3}")
X(SAY_CLI_CALENDAR_NOW, "日历：{1}，自 {2} 起，{3}",
    "Calendar: {1}, since {2}, {3}")
X(SAY_CLI_RULES_BY, "{1} 发布", "published by {1}")
X(SAY_CLI_RULES_BUILT_IN, "随程序附带", "shipped with the program")
X(SAY_CLI_RULES_NEXT, "  {2} 起改用 {1}（{3}）", "  {1} from {2} ({3})")
X(SAY_CLI_CALENDAR_UNKNOWN, "{1} 年的放假安排尚未发布：跨入该年的期限为暂定。",
    "{1} is not published: limits that reach into it are provisional.")
X(SAY_CLI_CHECK_GOOD, "{1} 无误：{2} {3}。", "{1} is sound: {2} {3}.")
X(SAY_CLI_PUBLISHED, "已发布：{1} {2}，自 {3} 起施行。",
    "Published: {1} {2}, in force from {3}.")
X(SAY_CLI_PUBLISHED_ALREADY, "{1} {2} 此前已发布，没有变化。",
    "{1} {2} was published before; nothing has changed.")
X(SAY_CLI_NOTHING_PUBLISHED, "没有已发布的 {1}。",
    "No {1} file is published here.")

/* desk: moves of an item */
X(SAY_CLI_ACT, "办理一件信访件：转送、受理、答复等",
    "move an item on: forward, accept, reply ...")
X(SAY_CLI_ACT_DONE, "{1}：{2}，现为“{3}”，由 {4} 负责。",
    "{1}: {2}; now '{3}', office {4} answers for it.")
X(SAY_CLI_OPTION_ACT_TO, "转给哪个机构", "the office it goes to")
X(SAY_CLI_OPTION_ACT_TEXT, "说明、理由或意见", "note, reason or opinion")
X(SAY_CLI_OPTION_ACT_DAYS, "天数", "days")
X(SAY_CLI_OPTION_DOCUMENT, "文号", "number of the document")
X(SAY_CLI_OPTION_OPINION, "意见：SUP 支持 EXP 解释说明 DEN 不支持",
    "opinion: SUP, EXP or DEN")
X(SAY_CLI_OPTION_OUTCOME, "结果：RES 化解 UNR 未化解 OPN 未办结",
    "outcome: RES, UNR or OPN")
X(SAY_CLI_OPTION_RATING, "评价：3 满意 2 基本满意 1 不满意 0 未评价",
    "rating: 3, 2, 1 or 0")
X(SAY_CLI_OPTION_CAUSE, "成因代码", "cause on the office's side")
X(SAY_CLI_OPTION_OTHER, "另一信访件的编号", "number of the other item")
X(SAY_CLI_OPTION_APPROVER, "批准人（本机构用户）", "user who approved it")
X(SAY_CLI_OPTION_PERSON, "回避的人员（本机构用户）", "user who withdraws")
X(SAY_CLI_OPTION_AT, "发生时间（默认现在）", "when it happened (now)")

/* escalations */
X(SAY_CLI_ESCALATIONS, "层级上行：上级登记了本地的信访事项，下级当时办到哪里",
    "matters raised at a higher level, and what the level below had done")
X(SAY_CLI_ESCALATION_SIGN, "签收一件上行通知", "sign for the notice of one")
X(SAY_CLI_ESCALATION_ANSWER, "答复一件上行通知", "answer the notice of one")
X(SAY_CLI_OPTION_LOWER_OFFICE, "所涉下级机构", "the office below it is about")
X(SAY_CLI_OPTION_LOWER_STATE, "下级当时状况：NOP UNR TRM OVD RPD RVD FIN DEC",
    "what the level below had done: NOP UNR TRM OVD RPD RVD FIN DEC")
X(SAY_CLI_OPTION_TO_LEVEL, "上行到的层级：N P C D T V",
    "level it was raised to: N P C D T V")
X(SAY_CLI_OPTION_FAILURES, "只列下级失职的（UNR OVD DEC）",
    "only failures of the office below (UNR OVD DEC)")
X(SAY_CLI_OPTION_UNANSWERED, "只列尚未答复的", "only those not answered yet")
X(SAY_CLI_OPTION_OF_MATTER, "信访事项编号", "number of the matter")
X(SAY_CLI_OPTION_ESCALATION_ID, "上行件编号，例如 E420100-2026-0001-7QK",
    "number of one, for example E420100-2026-0001-7QK")
X(SAY_CLI_ESCALATION_MOVED, "上行件 {1}：{2}", "Escalation {1}: {2}")
X(SAY_CLI_MORE,
    "只显示前 {1} 件，还有更多；--limit 0 列出全部，--count 给出总数。",
    "The first {1} are shown, there are more; --limit 0 shows all, --count "
    "tells how many.")
X(SAY_CLI_NO_ESCALATIONS, "没有符合条件的上行件。", "No escalation fits.")
X(SAY_CLI_RESTATED, "* 得知更多情况后已重新认定；--json 列出各次认定。",
    "* restated when more became known; --json shows every finding.")
X(SAY_CLI_HEAD_ESCALATION, "上行件", "escalation")
X(SAY_CLI_HEAD_LEVELS, "层级", "levels")
X(SAY_CLI_HEAD_MATTER, "事项", "matter")
X(SAY_CLI_HEAD_LOWER, "下级当时", "level below")
X(SAY_CLI_HEAD_LAWFUL, "走访层级", "lawfulness")
X(SAY_CLI_HEAD_NOTICE, "通知", "notice")

/* cli */
X(SAY_CLI_ANSWER_UNREADABLE,
    "服务的答复无法读取，它可能是另一个版本；请升级后重试。",
    "The daemon's answer cannot be read; it may be of another version. "
    "Restart it after the upgrade and try again.")
X(SAY_CLI_DIRECTIVES, "查看督办件", "list directives and where they stand")
X(SAY_CLI_DIRECTIVE_ISSUE, "向下级发出督办件",
    "issue a directive to offices below")
X(SAY_CLI_DIRECTIVE_SIGN, "签收督办件", "sign for a directive")
X(SAY_CLI_DIRECTIVE_WORK, "登记督办件开始办理",
    "say that a directive is in work")
X(SAY_CLI_DIRECTIVE_EXTEND, "申请延期（--due、--text 必填）",
    "ask for more time; --due and --text are needed")
X(SAY_CLI_DIRECTIVE_ANSWER, "答复督办件（是否属实、落实情况、办结报告、附件）",
    "answer: is it true, what was done, report, files")
X(SAY_CLI_DIRECTIVE_SEND, "发出草稿", "send a draft")
X(SAY_CLI_DIRECTIVE_GRANT, "同意延期（默认按所申请的期限）",
    "grant more time; the date asked for, unless --due")
X(SAY_CLI_DIRECTIVE_REFUSE, "不同意延期", "refuse more time")
X(SAY_CLI_DIRECTIVE_SUPERSEDE, "以另一件督办替代（--by 必填）",
    "replace it by another one; --by is needed")
X(SAY_CLI_DIRECTIVE_EXPIRE, "使督办件失效", "let a directive lapse")
X(SAY_CLI_SUGGEST, "发出建议：IMP 改进工作 POL 完善政策 ACC 追究责任",
    "make a suggestion: IMP work, POL policy, ACC accountability")
X(SAY_CLI_ATTACHMENT, "取出答复所附的文件，并核对指纹",
    "write a file that came with an answer; its hash is checked")
X(SAY_CLI_DIRECTIVE_CLOSE, "办结督办件", "close a directive that was answered")
X(SAY_CLI_DIRECTIVE_RETURN, "退回重办（--text、--due 必填）",
    "return an answer to be done again; --text and --due are needed")
X(SAY_CLI_DIRECTIVE_CANCEL, "撤销督办件（--text 必填）",
    "cancel a directive; --text is needed")
X(SAY_CLI_OPTION_DIRECTIVE_TEXT, "督办内容（不写则用模板）",
    "what is to be done; a template when left out")
X(SAY_CLI_OPTION_ISSUE_CLOCK, "所督的时限名称", "the limit it is about")
X(SAY_CLI_OPTION_DRAFT, "存为草稿，暂不发出", "keep a draft, do not send it")
X(SAY_CLI_OPTION_ATTACH, "附件，可重复或用逗号分隔",
    "a file to send along; repeat it, or commas")
X(SAY_CLI_OPTION_DIRECTIVE_STATUS, "状态代码，例如 WRK",
    "where it stands, a code such as WRK")
X(SAY_CLI_OPTION_DIRECTIVES_TO, "收件机构代码", "addressee")
X(SAY_CLI_OPTION_DIRECTIVES_OVERDUE, "只列逾期未反馈的",
    "only those past their date and not answered")
X(SAY_CLI_OPTION_ADDRESSEE, "收件机构（发给多个机构时）",
    "which addressee, when there are several")
X(SAY_CLI_NO_DIRECTIVES, "没有督办件。", "There are no directives.")
X(SAY_CLI_ISSUED, "督办件 {1} 已发出，收件机构 {2} 个。",
    "Directive {1} is issued; addressees: {2}.")
X(SAY_CLI_DRAFTED, "草稿 {1} 已保存，收件机构 {2} 个；用 directive send 发出。",
    "Draft {1} is kept; addressees: {2}. 'directive send' sends it.")
X(SAY_CLI_ATTACH_UNREADABLE, "文件 {1} 无法读取；请检查路径和权限。",
    "File {1} cannot be read: check its path and permissions.")
X(SAY_CLI_ATTACH_EMPTY, "文件 {1} 是空的。", "File {1} is empty.")
X(SAY_CLI_ATTACH_TOO_BIG, "文件 {1} 超过 48 MiB；请压缩或拆分。",
    "File {1} is larger than 48 MiB: make it smaller or split it.")
X(SAY_CLI_ATTACH_NAME, "文件名“{1}”过长或不是 UTF-8；请改名后再附。",
    "The file name '{1}' is too long or not UTF-8: rename it.")
X(SAY_CLI_ATTACH_MANY, "附件过多：一次答复最多 16 个。",
    "Too many files: 16 with one answer at most.")
X(SAY_CLI_ATTACH_NO_HASH,
    "“{1}”不是附件指纹：应为 64 位十六进制，directives --id 可见。",
    "'{1}' is not the fingerprint of a file: 64 hex digits, as 'directives "
    "--id' shows them.")
X(SAY_CLI_ATTACH_MISSING, "附件 {1} 不在本机构，或尚未全部传到。",
    "Attachment {1} is not here, or not yet all of it.")
X(SAY_CLI_ATTACH_DAMAGED, "附件 {1} 的内容与指纹不符，没有写出。",
    "Attachment {1} is not what its fingerprint says; nothing was written.")
X(SAY_CLI_ATTACH_NOT_WRITTEN, "不能写入 {1}；已有同名文件时请换一个名字。",
    "{1} cannot be written; if a file of that name is there, choose another.")
X(SAY_CLI_ATTACH_WRITTEN, "附件 {1} 已写入 {2}。", "File {1} is in {2}.")
X(SAY_CLI_HEAD_RULES, "已发规则", "rules sent")
X(SAY_CLI_HEAD_DIRECTIVE, "督办件", "directive")
X(SAY_CLI_HEAD_ADDRESSEE, "收件机构", "addressee")
