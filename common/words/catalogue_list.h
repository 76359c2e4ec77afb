/*
 * catalogue_list - the texts themselves: X(name, Chinese, English).
 *
 * Included several times by words/catalogue.*, so it has no guard.  One
 * section per module, opened by a comment line with the module's name.  Both
 * languages use the same placeholders {1} ... {5}; a sentence says what is
 * wrong, where, and what to do about it.
 */

/* language */
X(SAY_LANGUAGE_NAME, "中文", "English")

/* office_code */
X(SAY_OFFICE_CODE_MALFORMED,
    "机构代码“{1}”不正确：应为 6 至 12 位数字或大写字母，例如 420106。",
    "Office code '{1}' is not one: use 6 to 12 digits or capitals, "
    "for example 420106.")
X(SAY_OFFICE_CODE_PARENT_NEEDED,
    "机构代码“{1}”不在国家行政区划代码之内，请写明它的上级机构代码。",
    "Office code '{1}' is outside the national division codes: name its "
    "parent office.")

/* item_number */
X(SAY_ITEM_NUMBER_MALFORMED, "“{1}”不是信访件编号：应形如 {2}。",
    "'{1}' is not an item number: it should look like {2}.")
X(SAY_ITEM_NUMBER_MISTYPED, "编号“{1}”有误：校验位不符，请对照回执逐位核对。",
    "Number '{1}' is mistyped: its check character does not fit. Compare it "
    "with the slip, character by character.")

/* supervise */
X(SAY_OFFICE_POLICY,
    "supervise_policy 不能是“{1}”，可用：none、remind、CB、DB。",
    "supervise_policy cannot be '{1}': use none, remind, CB or DB.")
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
X(SAY_PUBLISH_LINE, "第 {1} 行有误：{2}。请改正后重新发布。",
    "Line {1}: {2}. Correct it and publish the file again.")
X(SAY_PUBLISH_FILE, "文件有误：{1}。请改正后重新发布。",
    "The file cannot be used: {1}. Correct it and publish it again.")
X(SAY_PUBLISH_SORT,
    "“{1}”不是可发布的种类，可用：rules、calendar、categories、templates。",
    "'{1}' cannot be published; these can: rules, calendar, categories, "
    "templates.")
X(SAY_PUBLISH_OTHER_TEXT,
    "版本“{1}”已发布过，内容不同。请在文件中改用新的版本号。",
    "Version '{1}' was published before with another text: give the file a "
    "new version.")
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

/* desk */
X(SAY_DESK_NO_DIRECTIVE_ID,
    "“{1}”不是督办件编号：应形如 D420100-2026-0007-7QK，用 directives 命令"
    "查看。",
    "'{1}' is not the number of a directive: it should look like "
    "D420100-2026-0007-7QK. The command 'directives' lists them.")
X(SAY_DESK_UNKNOWN_CODE, "{1} 的取值“{2}”不存在，可用：{3}。",
    "{1} cannot be '{2}'. It can be one of: {3}.")
X(SAY_DESK_TEXT_TOO_LONG, "文字超过 {1}，请缩短，或另附文件。",
    "The text is longer than {1}: shorten it, or send it as a document.")
X(SAY_DESK_TEXT_NEEDED, "请用 --text 写明内容或理由。",
    "Say what it is about, or why, with --text.")
X(SAY_DESK_DUE_PAST, "期限已经过去，请写一个将来的日期。",
    "The date due has passed: give one that is still to come.")
X(SAY_DESK_DUE_NEEDED, "须用 --due 写明新的期限。",
    "A new date is needed: give it with --due.")
X(SAY_DESK_ASSIGN_DUE_NEEDED, "交办（JB）须用 --due 写明反馈期限。",
    "An assignment (JB) needs the date when the result is due: give it with "
    "--due.")
X(SAY_DESK_DUE_NOT_LATER, "新的期限不晚于现在的期限；请写更晚的日期。",
    "The new date is not later than the present one: give a later one.")
X(SAY_DESK_REFERENCE_NOT_OURS,
    "督办件 {1} 不是发给本机构的，不能转交下级；请用 directives 命令核对。",
    "Directive {1} was not addressed to this office, so it cannot be passed "
    "down. The command 'directives' lists those that were.")
X(SAY_DESK_TOO_MANY, "收件机构过多：一次最多 512 个，请分批发出。",
    "Too many addressees: 512 at most; send it in parts.")
X(SAY_DESK_NOBODY_BELOW,
    "本机构没有已加入的下级机构，无处可发；先用 invite 邀请下级加入。",
    "No office below this one has joined, so there is nobody to send it to. "
    "Invite one with the command 'invite'.")
X(SAY_DESK_NO_ADDRESSEE,
    "请用 --to 写明收件机构代码（多个用逗号分隔），或写 all。",
    "Name the offices it goes to with --to CODE[,CODE...], or all.")
X(SAY_DESK_NOT_ENROLLED,
    "机构 {1} 不是本机构已加入的下级；请用 districts 命令查看下级机构。",
    "Office {1} has not joined below this one. The command 'districts' lists "
    "those that have.")
X(SAY_DESK_NO_MOVE, "无（已结束，或等待对方）",
    "none; it is over, or it is the other side's turn")
X(SAY_DESK_MOVE_NOT_ALLOWED,
    "机构 {1} 的这件督办目前为“{2}”，不能改为“{3}”；现在可以：{4}。",
    "At office {1} this directive is '{2}' and cannot become '{3}'. What can "
    "be done now: {4}.")
X(SAY_DESK_NOT_ISSUER,
    "这件督办由机构 {1} 发出，只有它能发送、办结、退回、撤销、替代或准予延期。",
    "This directive was issued by office {1}: only that office can send, "
    "close, return, cancel or replace it, or grant more time.")
X(SAY_DESK_NOT_ADDRESSEE,
    "签收、办理、申请延期和答复只能由收件机构 {1} 自己登记。",
    "Only office {1} itself can sign for it, work on it, ask for more time "
    "and answer it.")
X(SAY_DESK_DIRECTIVE_UNKNOWN,
    "没有找到督办件 {1}，或它不是发给该机构的；请用 directives 命令查看。",
    "There is no directive {1} here, or not for that office. The command "
    "'directives' lists what there is.")
X(SAY_DESK_WHICH_ADDRESSEE,
    "督办件 {1} 发给了多个机构，请用 --office 写明是哪一个。",
    "Directive {1} went to several offices: say which one with --office.")
X(SAY_DESK_ALL_ENDED, "督办件 {1} 已全部办结或撤销。",
    "Directive {1} is closed or cancelled for every addressee.")
X(SAY_DESK_ACCUSED,
    "机构 {1} 是所涉信访件的被检举控告对象，不能作为收件机构；请改发其他机构。",
    "Office {1} was reported by a petition that this is about, so it cannot "
    "be an addressee: send it to another office.")
X(SAY_DESK_NO_DRAFT, "{1} 不是草稿；请用 directives --status DRF 查看草稿。",
    "{1} is not a draft. 'directives --status DRF' lists the drafts.")
X(SAY_DESK_BY_NEEDED, "请用 --by 写明由哪一件督办替代。",
    "Say with --by which directive takes its place.")
X(SAY_DESK_NOT_BY,
    "{1} 不是本机构发出的另一件督办，不能用来替代；请用 directives 命令核对。",
    "{1} is not another directive that this office has sent, so it cannot take "
    "the place of one. The command 'directives' lists them.")
X(SAY_DESK_NONE_REPLACED,
    "督办件 {1} 没有可替代之处：新件须发给同一机构，且原件在该机构尚未了结。",
    "Nothing of directive {1} can be replaced: the new one must go to an "
    "office where the old one is still open.")
X(SAY_DESK_ADOPTED_NEEDED,
    "答复建议须用 --answer 写明 FULL（采纳）、PART（部分采纳）或 "
    "NO（未采纳）。",
    "An answer to a suggestion needs --answer FULL, PART or NO.")
X(SAY_DESK_FILE_TOO_BIG,
    "文件 {1} 超过 {2}；请压缩或拆分，或由管理员调整 attach_max_bytes。",
    "File {1} is larger than {2}: make it smaller or split it, or have "
    "attach_max_bytes raised.")
X(SAY_DESK_PART_WRONG, "文件 {1} 的分段不完整；请重新执行同一命令。",
    "A part of file {1} does not fit: run the same command again.")
X(SAY_DESK_FILE_MISSING,
    "附件 {1} 尚未全部送到；请用 directive answer --attach 文件 重新答复。",
    "Attachment {1} is not here whole: answer again with 'directive answer "
    "--attach FILE'.")
X(SAY_DESK_FILE_DAMAGED,
    "附件 {1} 的内容与指纹不符；请用 directive answer --attach 文件 重新答复。",
    "Attachment {1} is not what its fingerprint says: answer again with "
    "'directive answer --attach FILE'.")

/* directive_template: words for directives that came without */
X(SAY_TEMPLATE_NO_ITEM, "（所附信访件）", "the enclosed item")
X(SAY_TEMPLATE_NO_DUE, "（未定期限）", "(no date set)")
X(SAY_TEMPLATE_NO_GROUND, "按规定应予督促", "it is due to be followed up")
X(SAY_TEMPLATE_JB, "现将信访事项 {1} 交你单位办理，请于 {2} 前办结并反馈结果。",
    "Petition {1} is assigned to your office. Handle it and report the result "
    "by {2}.")
X(SAY_TEMPLATE_CB, "信访事项 {1}：{3}。请抓紧办理，并于 {2} 前反馈进展。",
    "Petition {1}: {3}. Please speed it up, and report how it stands by {2}.")
X(SAY_TEMPLATE_DB,
    "经查，信访事项 {1}：{3}。现予督办，请查明原因、依法办理，于 {2} "
    "前书面反馈是否"
    "属实、落实情况和办理结果。",
    "Petition {1}: {3}. It is put under supervision. Find out why, handle it "
    "by the law and answer in writing by {2}: whether it is true, what was "
    "done and with what result.")
X(SAY_TEMPLATE_GP,
    "信访事项 {1} 经督办仍未解决：{3}。现予挂牌督办，请主要负责人包案，于 {2} "
    "前"
    "办结并报送办结报告。",
    "Petition {1} is still not solved after supervision: {3}. It is now "
    "listed. The head of the office takes charge of it; send the closing "
    "report by {2}.")
X(SAY_TEMPLATE_YT,
    "因信访事项 {1}：{3}，请你单位负责人参加约谈，并于 {2} 前书面说明情况和整改"
    "措施。",
    "Because of petition {1}: {3}. The head of your office is asked to a "
    "talk; explain in writing by {2} what happened and what will change.")
X(SAY_TEMPLATE_TB, "现将信访事项 {1} 的有关情况通报如下：{3}。请对照检查。",
    "Circular on petition {1}: {3}. Please check your own work against it.")
X(SAY_TEMPLATE_IMP,
    "根据信访事项 {1} 反映的问题（{3}），建议你单位改进工作，并于 {2} "
    "前书面反馈"
    "采纳情况。",
    "Petition {1} shows a problem ({3}). It is suggested that your office "
    "improve its work; answer in writing by {2}.")
X(SAY_TEMPLATE_POL,
    "根据信访事项 {1} 反映的问题（{3}），建议完善有关政策，请于 {2} "
    "前书面反馈采纳"
    "情况。",
    "Petition {1} shows a problem ({3}). It is suggested that the policy "
    "behind it be improved; answer in writing by {2}.")
X(SAY_TEMPLATE_ACC,
    "信访事项 {1} 办理中存在问题（{3}），建议依规依纪追究责任，请于 {2} "
    "前书面反馈"
    "采纳情况。",
    "In petition {1} duties were not met ({3}). It is suggested to hold those "
    "responsible to account; answer in writing by {2}.")

/* desk: moves of an item */
X(SAY_ACT_NO_SOURCE, "没有从该来源登记过这个编号的信访件；请先登记，再办理。",
    "No item with this source and number has been recorded here: record it "
    "first.")
X(SAY_ACT_NO_ITEM, "本机构没有信访件 {1}；请用 petitions 命令查看。",
    "There is no item {1} here. The command 'petitions' lists what there is.")
X(SAY_ACT_NO_MOVE, "没有“{1}”这种办理动作，可用：{2}。",
    "There is no move '{1}'. The moves are: {2}.")
X(SAY_ACT_NOT_ALLOWED,
    "信访件 {1} 目前为“{2}”（由 {4} 负责），不能“{3}”；现在可以：{5}。",
    "Item {1} is '{2}' (office {4} answers for it) and '{3}' is not possible. "
    "What can be done now: {5}.")
X(SAY_ACT_NOT_OURS,
    "信访件 {1} 目前为“{2}”，由机构 {4} 负责，本机构不能“{3}”。",
    "Item {1} is '{2}' and office {4} answers for it: '{3}' is not ours to "
    "do.")
X(SAY_ACT_RECUSED, "工作人员 {1} 已对信访件 {2} 回避，不能办理。",
    "User {1} has withdrawn from item {2} and cannot act on it.")
X(SAY_ACT_ROLE, "角色“{1}”不能办理“{2}”；请由有权限的人员办理。",
    "The role '{1}' may not do '{2}': ask somebody who may.")
X(SAY_ACT_NEEDS, "“{1}”缺少 {2}。", "The move '{1}' needs {2}.")
X(SAY_ACT_TO_SELF, "不能转给本机构 {1} 自己。",
    "It is here already: name another office than {1}.")
X(SAY_ACT_TO_UNKNOWN, "机构 {1} 不在可转送的范围内；请用 districts 命令查看。",
    "Office {1} is none that this item can be sent to. The command "
    "'districts' lists the offices below.")
X(SAY_ACT_DAYS, "天数应在 1 至 {1} 之间。", "Give from 1 to {1} days.")
X(SAY_ACT_FUTURE, "所填时间晚于现在，请核对。",
    "The time given is later than now: check it.")
X(SAY_ACT_BEFORE_ITEM, "所填时间早于信访件 {1} 的信访时间，请核对。",
    "The time given is before item {1} came in: check it.")
X(SAY_ACT_KEPT_HERE,
    "信访件 {1} "
    "反映上级机关，只在本机关留存，不得转送、督办，也不得与其他信访件"
    "归并。",
    "Item {1} reports an office above: it is kept here alone, and is neither "
    "sent on, supervised nor joined with another item.")
X(SAY_ACT_OTHER_SAME, "不能与自身（{1}）合并或比较。",
    "Name another item than {1} itself.")
X(SAY_ACT_APPROVER, "“{1}”无权批准：须由本机构负责人批准。",
    "'{1}' cannot approve this: the head of the office must.")
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

/* hub: matters */
X(SAY_MATCH_NOT_LINKED, "信访件 {1} 没有并入其他信访事项，无需拆分。",
    "Item {1} is linked to no other item: there is nothing to split.")
X(SAY_MATCH_NOT_OURS,
    "信访件 {1} 与 {2} 都不是本机关或下级机关的信访件，由上级机关归并。",
    "Neither {1} nor {2} is an item of this office or of one below it: the "
    "office above groups them.")
X(SAY_MATCH_ALREADY, "信访件 {1} 已属于信访事项 {2}。",
    "Item {1} belongs to matter {2} already.")
X(SAY_MATCH_SPLIT_FIRST,
    "信访件 {1} 已属于信访事项 {2}；如系误并，请用 match --split 拆分。",
    "Item {1} belongs to matter {2}: if that is a mistake, take it out with "
    "match --split.")

/* due */
X(SAY_CLI_DUE, "办理期限：将到期与已超期的", "time limits: near and missed")
X(SAY_CLI_OPTION_WITHIN, "几日内到期", "ending within so many days")
X(SAY_CLI_OPTION_OVERDUE, "只列已超期的", "missed ones only")
X(SAY_CLI_OPTION_HOLDER, "由该机构负责的", "held by this office")
X(SAY_CLI_OPTION_CLOCK, "某一种期限，如 handle", "one limit, such as handle")
X(SAY_CLI_OPTION_ALL_CLOCKS, "连同已完成和已停止的",
    "met and stopped ones, too")
X(SAY_CLI_OPTION_AS_OF, "以该日为准（默认今天）", "as of this date (now)")
X(SAY_CLI_HEAD_LIMIT, "期限", "Limit")
X(SAY_CLI_HEAD_ARTICLE, "依据", "Source")
X(SAY_CLI_HEAD_DUE, "到期", "Due")
X(SAY_CLI_HEAD_LEFT, "剩余（日）", "Days left")
X(SAY_CLI_HEAD_HOLDER, "负责机构", "Held by")
X(SAY_CLI_NO_DUE, "没有符合条件的期限。", "No limit fits.")
X(SAY_CLI_PROVISIONAL, "* 该年度放假安排尚未公布，日期为暂定。",
    "* the holidays of that year are not published yet: provisional.")
X(SAY_CLI_FOLLOWING, "期限仍在计算中：已到 {1}／{2}。",
    "Limits are still being worked out: {1} of {2}.")
X(SAY_CLOCK_RUNNING, "进行中", "running")
X(SAY_CLOCK_MET, "已完成", "met")
X(SAY_CLOCK_MISSED, "已超期", "missed")
X(SAY_CLOCK_STOPPED, "已停止", "stopped")

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
X(SAY_ESCALATION_NO_ID,
    "“{1}”不是上行件编号：应形如 E420100-2026-0001-7QK，用 escalations 命令"
    "查看。",
    "'{1}' is not the number of an escalation: it should look like "
    "E420100-2026-0001-7QK. The command 'escalations' lists them.")
X(SAY_ESCALATION_UNKNOWN, "没有找到上行件 {1}；请用 escalations 命令查看。",
    "There is no escalation {1} here. The command 'escalations' lists what "
    "there is.")
X(SAY_ESCALATION_NOT_OURS, "上行件 {1} 所涉的是机构 {2}，只能由它签收和答复。",
    "Escalation {1} is about office {2}: only that office signs for it and "
    "answers it.")
X(SAY_ESCALATION_SIGNED, "上行件 {1} 已经签收。",
    "Escalation {1} was signed for already.")
X(SAY_ESCALATION_SIGN_FIRST,
    "上行件 {1} 尚未签收：先执行 escalation sign {1}。",
    "Nobody has signed for escalation {1} yet: 'escalation sign {1}' comes "
    "first.")
X(SAY_ESCALATION_MOVES, "上行件 {1} 只能签收（SGN）和答复（ANS）。",
    "Escalation {1} can only be signed for (SGN) and answered (ANS).")
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
X(SAY_NOTICE_SENT, "已发出", "sent")
X(SAY_NOTICE_RECEIVED, "已送达", "received")
X(SAY_NOTICE_SIGNED, "已签收", "signed for")
X(SAY_NOTICE_ANSWERED, "已答复", "answered")

/* matters */
X(SAY_CLI_MATTERS, "多次反映的信访事项", "matters of several items")
X(SAY_CLI_OPTION_MATTER_OFFICE, "有该机构登记的信访件的",
    "with an item that this office recorded")
X(SAY_CLI_OPTION_COLLECTIVE, "只列有集体访（5 人以上）的",
    "only with a visit of 5 people or more")
X(SAY_CLI_NO_MATTERS, "没有符合条件的信访事项。", "No matter fits.")
X(SAY_CLI_COLLECTIVE, "集体", "collective")
X(SAY_CLI_HEAD_ITEMS, "件数", "items")
X(SAY_CLI_HEAD_OFFICES, "登记机构", "offices")
X(SAY_CLI_HEAD_BATCHES, "批次", "visits")
X(SAY_CLI_HEAD_PEOPLE, "人次", "people")
X(SAY_CLI_HEAD_COLLECTIVE, "集体访", "size")
X(SAY_CLI_HEAD_FIRST, "首次", "first")
X(SAY_CLI_HEAD_LAST, "最近", "last")
X(SAY_CLI_HEAD_RAISED, "上行", "raised")

/* match */
X(SAY_CLI_MATCH, "可能属同一事项的信访件：核对并决定",
    "items that may be one matter: compare and decide")
X(SAY_CLI_OPTION_MATCH_ACCEPT, "属同一事项：ITEM 并入 MATTER",
    "one matter: ITEM belongs to MATTER")
X(SAY_CLI_OPTION_MATCH_REJECT, "不属同一事项，不再提示",
    "two matters: do not propose it again")
X(SAY_CLI_OPTION_MATCH_SPLIT, "把 ITEM 从所在事项分出",
    "take ITEM out of its matter")
X(SAY_CLI_OPTION_MATCH_TEXT, "说明", "a note about it")
X(SAY_CLI_PROPOSAL, "相似度 {1}（满分 1000）：{2}", "score {1} of 1000: {2}")
X(SAY_CLI_NO_PROPOSALS, "没有待核对的信访件。", "Nothing waits for a decision.")
X(SAY_CLI_PROPOSALS_HOW,
    "决定：match --accept 编号 事项编号，或 match --reject 编号 事项编号",
    "Decide with: match --accept ITEM MATTER, or match --reject ITEM MATTER")
X(SAY_CLI_MATCH_WHICH,
    "请写一种决定：--accept 编号 事项编号、--reject 编号 事项编号，或 "
    "--split 编号。",
    "Give one decision: --accept ITEM MATTER, --reject ITEM MATTER, or "
    "--split ITEM.")
X(SAY_CLI_MATCH_ONE, "--split 之后请写一个信访件编号。",
    "Give the number of one item with --split.")
X(SAY_CLI_MATCH_TWO, "请写两个编号：信访件和事项。",
    "Give two numbers: the item and the matter.")
X(SAY_CLI_MATCH_ALONE,
    "信访件 {1} 没有并入其他事项，无从分出；请用 show 核对。",
    "Item {1} is not linked to another one, so there is nothing to take "
    "back. The command 'show' tells what it belongs to.")
X(SAY_CLI_MATCH_LINKED, "信访件 {1} 并入事项 {2}。",
    "Item {1} belongs to matter {2}.")
X(SAY_CLI_MATCH_REJECTED, "信访件 {1} 与 {2} 不属同一事项。",
    "Items {1} and {2} are two matters.")
X(SAY_CLI_MATCH_PARTED, "信访件 {1} 已从 {2} 分出。",
    "Item {1} was taken out of the matter of {2}.")

/* show: where an item stands, and the timeline */
X(SAY_CLI_SHOW_HOLDER, "由机构 {1} 负责，自 {2} 起",
    "office {1} answers for it since {2}")
X(SAY_CLI_SHOW_NEXT, "最近期限：{1}，{2} 到期，还有 {3} 日",
    "next limit: {1}, due {2}, days left: {3}")
X(SAY_CLI_SHOW_LATE, "！已超期：{1}，{2} 到期，超过 {3} 日",
    "! overdue: {1}, was due {2}, days over: {3}")
X(SAY_CLI_SHOW_MATTER, "事项：{1}，共 {2} 件，本件为{3}",
    "matter: {1}, items: {2}, this one: {3}")
X(SAY_CLI_INITIAL, "初次", "initial")
X(SAY_CLI_REPEAT, "重复", "repeat")
X(SAY_CLI_REPRESENTATIVES, "集体访：代表不超过 5 人（条例第二十条）",
    "collective visit: at most 5 representatives (Art. 20)")
X(SAY_CLI_LABEL_PENDING, "已转出、尚未接办", "sent on, not taken over yet")
X(SAY_CLI_LABEL_MERGED, "已并入", "merged into")
X(SAY_CLI_LABEL_RATING, "评价", "rating")
X(SAY_TIMELINE_REGISTERED, "登记：{1}，{2} 人", "registered: {1}, people: {2}")
X(SAY_TIMELINE_ITEM, "同一事项另一件 {1}：{2}，{3} 人，现为“{4}”",
    "another item of the matter, {1}: {2}, people: {3}, now '{4}'")
X(SAY_TIMELINE_CROSSED, "未生效：到达时已不能办理",
    "did not count where it came")
X(SAY_TIMELINE_LINK, "{1} 并入事项 {2}", "{1} was linked to {2}")
X(SAY_TIMELINE_SPLIT, "{1} 从 {2} 分出", "{1} was split from {2}")
X(SAY_TIMELINE_REJECT, "{1} 与 {2} 不属同一事项", "{1} and {2} are two matters")
X(SAY_TIMELINE_PROPOSE, "{1} 与 {2} 可能属同一事项（{3}，{4}）",
    "{1} and {2} may be one matter (score {3}, {4})")
X(SAY_TIMELINE_RAISED, "上行件 {1} 到{2}级；下级当时：{3}；走访层级：{4}",
    "escalation {1} to level {2}; level below: {3}; lawfulness: {4}")
X(SAY_TIMELINE_RESTATED,
    "上行件 {1} 第 {5} 次认定；下级当时：{3}；走访层级：{4}",
    "escalation {1}, finding {5}; level below: {3}; lawfulness: {4}")
X(SAY_TIMELINE_RECORDED, "登记于", "recorded")
X(SAY_TIMELINE_RECEIVED, "收到于", "received")
X(SAY_TIMELINE_LATE, "补录", "recorded late")

/* intake: the fields, as a person knows them and as a file names them */
X(SAY_FIELD_CHANNEL, "信访形式（channel）", "channel")
X(SAY_FIELD_PURPOSE, "信访目的（purpose）", "purpose")
X(SAY_FIELD_LEGAL_CLASS, "法定分类（legal_class）", "legal_class")
X(SAY_FIELD_CATEGORY, "内容分类（category）", "category")
X(SAY_FIELD_LEVEL, "信访层级（level）", "level")
X(SAY_FIELD_HEADS, "人数（heads）", "heads")
X(SAY_FIELD_RESPONSIBLE, "责任单位（responsible）", "responsible")
X(SAY_FIELD_SUBJECT, "标题（subject）", "subject")
X(SAY_FIELD_TEXT, "正文（text）", "text")
X(SAY_FIELD_PLACE, "问题属地（place）", "place")
X(SAY_FIELD_SOURCE, "来源系统（source）", "source")
X(SAY_FIELD_SOURCE_REF, "来源编号（source_ref）", "source_ref")
X(SAY_FIELD_CLAIMED_AT, "信访时间（claimed_at）", "claimed_at")
X(SAY_FIELD_CLAIMED_MS, "信访时间（claimed_ms）", "claimed_ms")
X(SAY_FIELD_EARLIER_ITEM, "前次编号（earlier_item）", "earlier_item")
X(SAY_FIELD_ACCUSED, "被检举控告的机构（accused）", "accused")
X(SAY_FIELD_PROCEDURE, "办理程序（procedure）", "procedure")
X(SAY_FIELD_PERSON_NAME, "姓名（person_name）", "person_name")
X(SAY_FIELD_PERSON_DOCUMENT, "证件号码（person_document）", "person_document")
X(SAY_FIELD_PERSON_PHONE, "电话（person_phone）", "person_phone")
X(SAY_FIELD_PERSON_ADDRESS, "住址（person_address）", "person_address")

/* intake: what may be wrong with a field {1} */
X(SAY_INTAKE_OF_SEVERAL, "第 {1} 件：{2}", "Item {1}: {2}")
X(SAY_INTAKE_REQUIRED, "{1}没有填写：请填写以下之一：{2}。",
    "The field {1} is missing: fill in one of {2}.")
X(SAY_INTAKE_CODE_UNKNOWN, "{1}“{2}”不在代码表中：请改用以下之一：{3}。",
    "The field {1} has the unknown code '{2}': use one of {3}.")
X(SAY_INTAKE_TOO_LONG, "{1}太长，有 {2} 字节：请缩短到 {3} 字节以内。",
    "The field {1} is too long with {2} bytes: shorten it to {3} at most.")
X(SAY_INTAKE_NOT_UTF8,
    "{1}含有无法识别的字符：请将文件另存为 UTF-8 编码后重试。",
    "The field {1} holds bytes that are no text: save the file as UTF-8 and "
    "try again.")
X(SAY_INTAKE_NUMBER, "{1}“{2}”不正确：请填写 1 至 {3} 之间的整数。",
    "The field {1} cannot be '{2}': fill in a whole number from 1 to {3}.")
X(SAY_INTAKE_TIME,
    "{1}“{2}”不是时间：请写成 2026-03-01T09:30:00+08:00 或 2026-03-01。",
    "The field {1} has '{2}', which is no time: write "
    "2026-03-01T09:30:00+08:00 or 2026-03-01.")
X(SAY_INTAKE_FUTURE, "{1} {2} 晚于现在（{3}）：请核对日期，或检查本机时钟。",
    "The field {1} says {2}, later than now ({3}): check the date, or this "
    "machine's clock.")
X(SAY_INTAKE_TOO_EARLY, "{1} {2} 早于 1949-10-01：请核对日期。",
    "The field {1} says {2}, before 1949-10-01: check the date.")
X(SAY_INTAKE_NOTHING_SAID, "{1}和正文都是空的：请至少填写其中一项。",
    "Both {1} and text are empty: fill in at least one of them.")
X(SAY_INTAKE_OFFICE,
    "{1}“{2}”不是机构代码：应为 6 至 12 位数字或大写字母，例如 420106。",
    "The field {1} has '{2}', which is no office code: use 6 to 12 digits or "
    "capitals, for example 420106.")
X(SAY_INTAKE_ACCUSED_MANY,
    "{1}有 {2} 个：一件最多 {3} 个，请分成几件，或写入正文。",
    "The field {1} names {2} offices: {3} at most; make several items, or "
    "mention the others in the text.")
X(SAY_INTAKE_ACCUSED_RESPONSIBLE,
    "{1} {2} 同时是责任单位：检举控告不得交被检举控告的机构办理"
    "（《信访工作条例》第三十条），请改写责任单位。",
    "The field {1} has {2}, which is also the office responsible: a report "
    "never goes to whom it is about (Regulations, Article 30). Name another "
    "office responsible.")
X(SAY_INTAKE_EARLIER_MALFORMED,
    "{1}“{2}”不是信访件编号：请照回执填写（形如 {3}），或留空并写入正文。",
    "The field {1} has '{2}', which is no item number: copy it from the slip "
    "(like {3}), or leave it empty and mention it in the text.")
X(SAY_INTAKE_EARLIER_MISTYPED,
    "{1}“{2}”有误，校验位不符：请对照回执逐位核对，或留空并写入正文。",
    "The field {1} has '{2}', which is mistyped: compare it with the slip, or "
    "leave it empty and mention it in the text.")
X(SAY_INTAKE_SOURCE_NEEDED,
    "填写了来源编号，却没有{1}：请写明编号出自哪个系统。",
    "There is a source_ref but no {1}: name the system that the number "
    "belongs to.")
X(SAY_INTAKE_FIELD_UNKNOWN, "没有名为“{2}”的字段：请改用以下之一：{3}。",
    "There is no field '{2}': use one of {3}.")
X(SAY_INTAKE_NEEDS_TEXT, "{1}应为文字：请加上引号。",
    "The field {1} must be text: put it in quotes.")
X(SAY_INTAKE_NEEDS_NUMBER, "{1}应为整数：请去掉引号和小数点。",
    "The field {1} must be a whole number: no quotes, no decimal point.")
X(SAY_INTAKE_TWO_TIMES, "{1}重复：claimed_at 与 claimed_ms 只能填写一个。",
    "The field {1} is one too many: give claimed_at or claimed_ms, not both.")

/* intake: worth a second look, but not refused */
X(SAY_INTAKE_ADVISE_CLASS, "{1}“{2}”与信访目的“{3}”通常不一致，请再核对。",
    "The field {1} is '{2}', which rarely goes with the purpose '{3}': please "
    "check.")
X(SAY_INTAKE_ADVISE_COLLECTIVE,
    "{1}为 {2}：按集体访登记；请来访人推选代表，代表不超过 5 人"
    "（《信访工作条例》第二十条）。",
    "The field {1} is {2}: registered as a collective visit; ask the visitors "
    "for at most 5 representatives (Regulations, Article 20).")
X(SAY_DESK_IDENTITY_TOO_LONG, "姓名、证件、电话和地址合计过长，请缩短。",
    "Name, document, telephone and address are too long together: shorten "
    "them.")
X(SAY_DESK_NO_SEAL,
    "身份信息无法加密：本年度密钥不可用，请管理员检查 keys 目录的权限和磁盘。"
    "本件未登记。",
    "The identity cannot be sealed: this year's key is not usable. Ask the "
    "administrator to look at the folder keys and at the disk. Nothing was "
    "recorded.")
X(SAY_DESK_RECORD_TOO_LONG, "内容过长，请缩短正文。",
    "It is too long as a whole: shorten the text.")
X(SAY_DESK_ACCUSED_IS_US,
    "检举控告的是本机构：本机构不得受理针对自己的检举控告，本件未登记。"
    "请告知信访人向{1}提出。",
    "This report is about this office, and no office takes a report about "
    "itself. Nothing was recorded: direct the petitioner to {1}.")
X(SAY_DESK_HELD_BACK,
    "{1} 检举控告的是上级机构：本件只存本机构，不经网络上报；请将材料书面"
    "送交{2}。",
    "{1} is a report about an office above: it is kept here alone and never "
    "sent up. Hand it on paper to {2}.")
X(SAY_DESK_NEXT_ABOVE, "上一级机构", "the office above this one")
X(SAY_DESK_ABOVE_ACCUSED, "被检举控告机构的上一级机构",
    "the office above the one it is about")
X(SAY_DESK_NO_KEYS,
    "{1}/keys 中的密钥无法读取（缺失、损坏或权限过宽）；请管理员检查，"
    "必要时执行 chmod -R go= {1}/keys。",
    "The keys in {1}/keys cannot be read (missing, damaged, or open to "
    "others). Ask the administrator; 'chmod -R go= {1}/keys' mends the last.")

/* intake_json */
X(SAY_INTAKE_JSON_BROKEN,
    "文件不是有效的 JSON：第 {2} 行第 {3} 列附近有误，请修改后重试。",
    "The file is not valid JSON: look near line {2}, column {3}.")
X(SAY_INTAKE_JSON_SHAPE,
    "文件内容不对：应为一件信访（一个对象），或若干件的列表。",
    "The file must hold one item (an object) or a list of items.")
X(SAY_INTAKE_JSON_TOO_MANY,
    "文件太大：一次最多 {2} 件、{3} 字节，请分成几个文件。",
    "The file is too big: at most {2} items and {3} bytes at once; split it.")

/* import: what is wrong with a map or a table */
X(SAY_MAP_LINE, "{1}:{2}: {3}", "{1}:{2}: {3}")
X(SAY_MAP_WHOLE, "{1}: {2}", "{1}: {2}")
X(SAY_MAP_SECTION_LONG, "节名过长", "the section's name is too long")
X(SAY_MAP_LINE_LONG, "本行超过 {1} 字节；请另起一行，行首缩进续写",
    "the line is longer than {1} bytes; go on in an indented line")
X(SAY_MAP_COLUMN_NUMBER, "header = no 时列名为 1 到 {1} 的数字，不能是“{2}”",
    "with header = no a column is a number from 1 to {1}, not '{2}'")
X(SAY_MAP_VALUES_USELESS, "有 [values {1}]，却没有 {1} = …",
    "[values {1}] is of no use without {1} = ...")
X(SAY_MAP_NO_SOURCE, "[import] 缺少 source = 数据来源的简称",
    "[import] needs source = a short name of where the rows come from")
X(SAY_MAP_NO_CHANNEL, "[fields] 缺少 channel = …",
    "[fields] needs channel = ...")
X(SAY_MAP_NO_SUBJECT, "[fields] 缺少 subject = … 或 text = …",
    "[fields] needs subject = ... or text = ...")
X(SAY_MAP_NO_WHEN, "[move.{1}] 缺少 when = …", "[move.{1}] needs when = ...")
X(SAY_MAP_NO_ENTRY, "既不是 [节名]，也不是 名称 = 值",
    "this is neither [section] nor name = value")
X(SAY_MAP_NOT_TEXT, "对照表不是 UTF-8 文本", "the map is not UTF-8 text")
X(SAY_MAP_DELIMITER, "delimiter = {1}：只能是 comma、semicolon、tab 或 pipe",
    "delimiter = {1}: it is comma, semicolon, tab or pipe")
X(SAY_MAP_CHARSET, "charset = {1}：只能是 auto、utf-8 或 gb18030",
    "charset = {1}: it is auto, utf-8 or gb18030")
X(SAY_MAP_ZONE, "time-zone = {1}：应为 local，或如 +08:00",
    "time-zone = {1}: it is local, or like +08:00")
X(SAY_MAP_CHOICE, "{1} = {2}：只能是 {3} 或 {4}", "{1} = {2}: it is {3} or {4}")
X(SAY_MAP_SOURCE_LONG, "source = 应为 1 到 {1} 字节",
    "source = needs 1 to {1} bytes")
X(SAY_MAP_IMPORT_KEY,
    "[import] 没有“{1}”这一项；可用 "
    "source、charset、delimiter、header、time-zone",
    "[import] has no '{1}'; it has source, charset, delimiter, header "
    "and time-zone")
X(SAY_MAP_FORMAT, "“{1}”不是时间格式；应如 %Y-%m-%d %H:%M",
    "'{1}' is not a time format; one looks like %Y-%m-%d %H:%M")
X(SAY_MAP_FORMAT_LONG, "时间格式超过 {1} 字节",
    "a time format is longer than {1} bytes")
X(SAY_MAP_FORMATS_MANY, "时间格式超过 {1} 个", "more than {1} time formats")
X(SAY_MAP_TIME_KEY, "[time] 没有“{1}”这一项；可用 formats、empty",
    "[time] has no '{1}'; it has formats and empty")
X(SAY_MAP_MOVE_NAME,
    "“{1}”不是办理步骤的名称；应如 reply，或 "
    "reply.任意",
    "'{1}' is not the name of a move; it is a word such as reply, or "
    "reply.ANYTHING")
X(SAY_MAP_MOVES_MANY, "办理步骤超过 {1} 个", "more than {1} moves")
X(SAY_MAP_MOVE_KEY, "[move.{1}] 没有“{2}”这一项；各项见 docs/import.md",
    "[move.{1}] has no '{2}'; docs/import.md lists the fields")
X(SAY_MAP_TWICE, "“{1}”重复", "'{1}' is given a second time")
X(SAY_MAP_TEMPLATE_LONG, "模板过长", "the template is too long")
X(SAY_MAP_FIELD_KEY, "[fields] 没有“{1}”这一项；各项见 docs/import.md",
    "[fields] has no '{1}'; docs/import.md lists the fields")
X(SAY_MAP_VALUES_FIELD, "[values {1}]：没有这一项",
    "[values {1}]: there is no such field")
X(SAY_MAP_VALUES_MANY, "取值超过 {1} 个", "more than {1} values")
X(SAY_MAP_CONDITIONS_MANY, "列或条件超过 {1} 个",
    "more than {1} columns or conditions")
X(SAY_MAP_CONTINUED, "行首有空格即续写上一行；只有模板、时间格式和条件可以续写",
    "a line that begins with a blank continues the one above; only "
    "templates, time formats and conditions may")
X(SAY_MAP_SECTION,
    "没有 [{1}] 这一节；可用 "
    "[import]、[fields]、[time]、[values "
    "字段]、[skip]、[move.名称]、[only 名称]",
    "there is no section [{1}]; there are [import], [fields], [time], "
    "[values FIELD], [skip], [move.NAME] and [only NAME]")
X(SAY_MAP_BRACES_EMPTY, "模板中的 {1} 缺少列名",
    "a {1} in a template needs the name of a column")
X(SAY_MAP_COLUMNS_MANY, "对照表所用的列超过 {1} 个",
    "the map names more than {1} columns")
X(SAY_MAP_PIECES_MANY, "一个模板超过 {1} 段",
    "a template has more than {1} pieces")
X(SAY_MAP_BRACE_CLOSE,
    "模板中的 {1} 没有对应的 {2}；要写字符本身请写 "
    "{1}{1}",
    "a {1} in a template has no {2}; write {1}{1} for the character "
    "itself")
X(SAY_MAP_BRACE_OPEN,
    "模板中的 {1} 没有对应的 {2}；要写字符本身请写 "
    "{1}{1}",
    "a {1} in a template has no {2}; write {1}{1} for the character "
    "itself")
X(SAY_MAP_TEMPLATE_EMPTY, "模板为空；不需要的字段请删去该行",
    "a template is empty; leave the field out instead")
X(SAY_TABLE_NONE, "{1}：没有这个文件", "{1}: there is no such file")
X(SAY_TABLE_WORKBOOK,
    "{1}：这是 UTF-16 文本或电子表格；请另存为 "
    "CSV（UTF-8 或 GB18030）",
    "{1}: this is UTF-16 text or a workbook; save it as CSV (UTF-8 or "
    "GB18030)")
X(SAY_TABLE_UNREADABLE, "{1}：文件无法读取", "{1}: the file cannot be read")
X(SAY_TABLE_NO_HEADER, "{1}：没有表头", "{1}: there is no header to read")
X(SAY_TABLE_NO_COLUMN, "{1}：没有“{2}”这一列；现有 {3}",
    "{1}: there is no column '{2}'; there are {3}")
X(SAY_TABLE_COLUMN_TWICE, "{1}：有两列“{2}”",
    "{1}: there are two columns '{2}'")
X(SAY_MAP_UNREADABLE, "{1}：对照表无法读取", "{1}: the map cannot be read")

/* office */
X(SAY_OFFICE_NONE, "{1} 里没有信访机构数据；先用 init 建立，或用 -C 指明目录。",
    "There is no office in {1}: make one with the command 'init', or name "
    "its directory with -C.")
X(SAY_OFFICE_EXISTS, "{1} 里已经有一个机构，没有改动；请另选目录。",
    "{1} holds an office already; it was left as it is. Choose another "
    "directory.")
X(SAY_OFFICE_BUSY,
    "目录 {1} 正由另一个程序使用（进程 {2}）；请稍后再试，或先停止它。",
    "Another program works in {1} (process {2}): try again later, or stop it "
    "first.")
X(SAY_OFFICE_FILE_BUSY, "{1} 正被另一个程序占用；请关闭它再试。",
    "Another program holds {1}: end it and try again.")
X(SAY_OFFICE_DENIED,
    "无法写入 {1}：只读，或不属于当前用户；请检查权限和磁盘挂载方式。",
    "{1} cannot be written: it is read-only or belongs to another user. "
    "Check its owner, its mode and how the disk is mounted.")
X(SAY_OFFICE_NO_SPACE,
    "磁盘已满，无法打开 {1}；腾出空间后再试，已登记的内容没有丢失。",
    "The disk is full, so {1} cannot be opened. Free some space and try "
    "again; nothing that was recorded is lost.")
X(SAY_OFFICE_DISK_FULL,
    "目录 {1} 所在磁盘的剩余空间低于保留值，本次未作登记；腾出空间后再试，"
    "已登记的内容没有丢失。",
    "The disk of {1} has less free space than its reserve, so nothing was "
    "recorded. Free some space and try again; what was recorded before is "
    "safe.")
X(SAY_OFFICE_DAMAGED,
    "{1} 已损坏；请勿再写入，先复制保存，检查磁盘，再用 restore 从备份恢复。",
    "{1} is damaged. Do not write to it: keep a copy, check the disk, and "
    "restore a backup.")
X(SAY_OFFICE_TOO_NEW, "{1} 由更新版本的程序写成；请先升级本程序。",
    "{1} was written by a newer version of this program: upgrade first.")
X(SAY_OFFICE_CONFIG, "配置文件有误：{1}", "The configuration is not right: {1}")
X(SAY_OFFICE_OTHER_PROGRAM, "{1} 是 {2} 的目录，请使用 {2}。",
    "{1} belongs to {2}: use that program.")
X(SAY_OFFICE_KEYS_OPEN,
    "{1}/keys 里的密钥可被他人读取，已拒绝使用；请执行 chmod -R go= {1}/keys，"
    "并考虑密钥是否已泄露。",
    "Others can read the keys in {1}/keys, so they are not used. Run "
    "chmod -R go= {1}/keys, and consider whether somebody has read them.")
X(SAY_OFFICE_KEYS_NONE, "{1}/keys 里缺少本机构的密钥；请从备份恢复该目录。",
    "The office's keys are missing in {1}/keys: restore that folder from a "
    "backup.")
X(SAY_OFFICE_CLOCK,
    "系统时间 {1} 早于本机构最后一条登记 {2}；请先校准时钟；若时钟确实正确，"
    "加 --accept-clock 再试。",
    "The clock says {1}, but the last record of this office is from {2}. Set "
    "the clock right; if it is right, say so with --accept-clock.")
X(SAY_OFFICE_NAME_NEEDED,
    "请用 --name 写明机构名称：一行文字，不超过 120 字节，不含分号和井号。",
    "Name the office with --name: one line of at most 120 bytes, without ; "
    "and #.")
X(SAY_OFFICE_ADDRESS, "地址“{1}”不正确：应形如 tcp://10.1.2.3:7600。",
    "'{1}' is not an address: it should look like tcp://10.1.2.3:7600.")
X(SAY_OFFICE_CATCH_UP, "正在更新登记簿：{1} / {2}",
    "Bringing the register up to date: {1} of {2}")
X(SAY_OFFICE_NOT_HERE, "{1} 没有这个命令。", "{1} has no such command.")

/* reply */
X(SAY_REPLY_TOO_BIG, "结果过大，无法一次给出；请缩小范围再试。",
    "The result is too large for one answer: ask for less at a time.")

/* control */
X(SAY_CONTROL_MALFORMED,
    "守护进程不认识这条命令；两个程序的版本可能不同，请重启守护进程。",
    "The daemon does not understand this command: the two programs may be of "
    "different versions. Restart the daemon.")
X(SAY_CONTROL_LOST,
    "目录 {1} 的守护进程没有答复，命令可能已执行，也可能没有；请先查看再重试。",
    "The daemon of {1} gave no answer: the command may have been carried out "
    "or not. Look before you try again.")
X(SAY_CONTROL_PATH,
    "目录路径 {1} 过长，无法建立 control.sock；请换用较短的路径。",
    "The path {1} is too long for control.sock: use a shorter one.")

/* status */
X(SAY_SETTLE_NOT_FORKED,
    "机构 {1} 的这段记录没有分叉，无需处理；请用 status 查看。",
    "That history of office {1} is not forked, so there is nothing to "
    "settle. The command 'status' lists what is.")
X(SAY_SETTLE_NOT_OURS,
    "机构 {1} 的这段记录应由机构 {2} 处理；请在那里执行 settle。",
    "The history of office {1} is not ours to settle: office {2} has to, with "
    "the same command.")

/* uplink */
X(SAY_UPLINK_DENIED,
    "上级 {1} 拒绝了本机构的密钥：可能尚未加入，或已被撤销；请联系上级。",
    "Office {1} refuses our key: we never joined it, or it has cut us off. "
    "Ask the people there.")
X(SAY_UPLINK_NO_HANDSHAKE,
    "{2} 上的程序不持有上级 {1} 的密钥，或不是本系统；请核对地址并重新加入。",
    "Whoever answers at {2} does not hold the key of office {1}, or is not "
    "this kind of program. Check the address, or join again.")
X(SAY_UPLINK_LOST, "与上级 {1}（{2}）的连接已中断，正在重连。",
    "The line to office {1} ({2}) was lost; connecting again.")
X(SAY_UPLINK_UNREACHABLE, "无法连接上级 {1}（{2}）：网络不通或对方未运行。",
    "Office {1} cannot be reached at {2}: the line is down, or it does not "
    "run.")
X(SAY_UPLINK_ADDRESS,
    "上级 {1} 的地址“{2}”或密钥不正确；请检查 conf.d/50-parent.conf。",
    "The address '{2}' or the key of office {1} is not right: check "
    "conf.d/50-parent.conf.")

/* enrol */
X(SAY_ENROL_FILE_UNREADABLE, "无法读取邀请书 {1}；请检查文件名和权限。",
    "The invitation {1} cannot be read: check its name and its mode.")
X(SAY_ENROL_FILE_WRONG, "{1}：{2}。", "{1}: {2}.")
X(SAY_ENROL_OTHER_OFFICE,
    "这份邀请书发给机构 {1}，而本机构是 {2}；请向上级索取自己的邀请书。",
    "This invitation is made out to another office than this one ({1}, {2}): "
    "ask for your own.")
X(SAY_ENROL_EXPIRED, "邀请书已于 {1} 过期；请向 {2} 索取新的邀请书。",
    "The invitation expired at {1}: ask office {2} for a new one.")
X(SAY_ENROL_OVER,
    "上级 {1} 表示邀请书已过期，或已被新的邀请书取代；请索取新的邀请书。",
    "Office {1} says that the invitation has expired or was replaced by a "
    "newer one: ask for a new one.")
X(SAY_ENROL_USED,
    "这份邀请书已被使用过；请向 {1} 索取新的邀请书，并确认使用者是谁。",
    "The invitation has been used already: ask office {1} for a new one, and "
    "find out who used it.")
X(SAY_ENROL_KEY_TAKEN,
    "上级 {1} 已将本机构的密钥登记在另一个机构名下；请为本机构另行 init。",
    "Office {1} knows our key as that of another office: make this office "
    "anew with 'init', do not copy a directory.")
X(SAY_ENROL_NO_SPACE, "上级 {1} 的磁盘已满或名额已满，暂不能加入；请稍后再试。",
    "Office {1} has no room for us now (its disk or its roster is full): try "
    "again later.")
X(SAY_ENROL_REFUSED, "上级 {1} 拒绝加入：{2}。", "Office {1} refuses: {2}.")
X(SAY_ENROL_JOINED, "本机构已加入上级 {1}；若确要改为 {2}，请加 --force。",
    "This office has joined {1} already; to change to {2}, say --force.")
X(SAY_ENROL_STOP_FIRST, "{1} 的守护进程正在运行；请先停止它，加入后再启动。",
    "The daemon of {1} is running: stop it, join, and start it again.")
X(SAY_ENROL_ADDRESS,
    "邀请书中的地址“{1}”无法使用；请让 {2} 用 --address 重新邀请。",
    "The address '{1}' in the invitation cannot be used: ask office {2} to "
    "invite again with --address.")
X(SAY_ENROL_DENIED,
    "上级 {1}（{2}）不认识这份邀请书；它可能已作废，请索取新的邀请书。",
    "Office {1} ({2}) does not know this invitation: it is void; ask for a "
    "new one.")
X(SAY_ENROL_WRONG_KEY,
    "{2} 上的程序不持有上级 {1} 的密钥，或不是本系统；请核对地址，"
    "并确认邀请书来自该上级。",
    "Whoever answers at {2} does not hold the key of office {1}, or is not "
    "this kind of program: check the address and where the invitation is "
    "from.")
X(SAY_ENROL_UNREACHABLE,
    "无法连接上级 {1}（{2}）：请检查网络，并确认对方的守护进程在运行。",
    "Office {1} cannot be reached at {2}: check the line, and that its "
    "daemon runs.")
X(SAY_ENROL_NO_ANSWER, "上级 {1}（{2}）没有答复；可用同一份邀请书再试。",
    "Office {1} ({2}) gave no answer: try again with the same invitation.")
X(SAY_ENROL_NONSENSE, "上级 {1}（{2}）的答复无法理解；两边的版本可能不同。",
    "The answer of office {1} ({2}) makes no sense: the two sides may be of "
    "different versions.")

/* roster */
X(SAY_ROSTER_NOT_BELOW, "机构 {1} 不在 {2} 的下一级，不能邀请。",
    "Office {1} is not below {2}, so it cannot be invited.")
X(SAY_ROSTER_ELSEWHERE, "机构 {1} 已是 {2} 的下级；须由后者先撤销。",
    "Office {1} is below {2}, which has to revoke it first.")
X(SAY_ROSTER_NO_ADDRESS,
    "本机构没有可供下级连接的地址（现为“{1}”）；请用 --address tcp://主机:端口 "
    "写明。",
    "Other machines cannot reach the address '{1}': say which one they "
    "should use with --address tcp://HOST:PORT.")
X(SAY_ROSTER_UNKNOWN, "机构 {1} 不是本机构的下级；请用 districts 查看。",
    "Office {1} is not one of ours: the command 'districts' lists those that "
    "are.")
X(SAY_ROSTER_REASON_LONG,
    "撤销理由太长：不超过 {1} 字节（约 {2} 个汉字），请写短一些。",
    "The reason is too long: at most {1} bytes (some {2} Chinese characters); "
    "shorten it.")
X(SAY_ROSTER_REVOKED_ALREADY, "机构 {1} 早已撤销。",
    "Office {1} has been revoked already.")

/* hub */
X(SAY_HUB_ADDRESS,
    "无法在 {1} 上监听：不是本机的地址，或没有权限；请检查 office.ini 中的 "
    "listen。",
    "Cannot listen at {1}: it is no address of this machine, or not ours to "
    "open. Check `listen` in office.ini.")
X(SAY_HUB_ADDRESS_BUSY,
    "{1} 已被另一个程序占用；请停止它，或更改 office.ini 中的 listen。",
    "Another program listens at {1}: stop it, or change `listen` in "
    "office.ini.")
X(SAY_HUB_SELF_TEST,
    "自检失败：未知密钥没有被拒绝，已停止监听 {1}；请勿运行，并报告此问题。",
    "The self-test failed: an unknown key was not refused, so nothing listens "
    "at {1}. Do not run it; report this.")

/* slip: the receipt that the petitioner takes home */
X(SAY_SLIP_TITLE, "信访事项登记回执", "Receipt for a petition")
X(SAY_SLIP_OFFICE, "登记机构", "Office")
X(SAY_SLIP_ITEM, "信访编号", "Item number")
X(SAY_SLIP_QUERY_CODE, "查询码", "Query code")
X(SAY_SLIP_CHANNEL, "信访形式", "Channel")
X(SAY_SLIP_SUBJECT, "事项", "Subject")
X(SAY_SLIP_RESPONSIBLE, "责任单位", "Responsible")
X(SAY_SLIP_CLAIMED, "信访时间", "Received")
X(SAY_SLIP_RECORDED, "登记时间", "Recorded")
X(SAY_SLIP_DUES, "办理期限", "Dates due")
X(SAY_SLIP_DUE, "{1} 前：{2}（{3}）", "by {1}: {2} ({3})")
X(SAY_SLIP_DUE_PLAIN, "{1} 前：{2}", "by {1}: {2}")
X(SAY_SLIP_FINGERPRINT, "记录指纹", "Fingerprint")
X(SAY_SLIP_ABOUT_FINGERPRINT,
    "指纹由登记内容算出并已存档：记录若在事后被改动，指纹就会对不上。",
    "The fingerprint is computed from the record and kept: if anybody changes "
    "the record later, the two no longer agree.")
X(SAY_SLIP_ABOUT_QUERY_CODE,
    "凭查询码可以查询办理进展。查询码只打印这一次，请妥善保管，不要告诉他人。",
    "The query code shows how the matter stands. It is printed only once: "
    "keep it safe and to yourself.")
X(SAY_SLIP_ABOUT_REPRESENTATIVES,
    "多人来访反映共同事项的，应当推选代表，代表不得超过 5 人"
    "（《信访工作条例》第二十条）。",
    "Several people who come about one matter choose representatives, at most "
    "5 (Regulations on Petition Work, Article 20).")
X(SAY_SLIP_ABOUT_RIGHTS,
    "如果不同意办理单位的书面答复，您可以在收到后 30 日内请它的上一级机关复查；"
    "如果仍不同意复查意见，可以在收到后 30 日内请再上一级机关复核"
    "（《信访工作条例》第三十五条、第三十六条）。",
    "If you disagree with the written reply, you may within 30 days of "
    "receiving it ask the next higher authority for a review; if you disagree "
    "with that opinion too, you may within another 30 days ask the authority "
    "above it for a final review (Regulations on Petition Work, Articles 35 "
    "and 36).")

/* people */
X(SAY_PEOPLE_UNREADABLE,
    "{1}/keys/people 无法读取（损坏、权限过宽或版本较新）；请管理员检查，必要时"
    "执行 chmod go= {1}/keys/people。",
    "{1}/keys/people cannot be read (damaged, open to others, or of a newer "
    "version). Ask the administrator; 'chmod go= {1}/keys/people' mends the "
    "second.")
X(SAY_PEOPLE_NOT_KNOWN,
    "本机构没有可用的用户“{1}”，或其角色已变更；用 user list 查看。",
    "This office has no enabled user '{1}' with that role: 'user list' shows "
    "who there is.")
X(SAY_PEOPLE_MAY_NOT,
    "用户“{1}”的角色是 {2}，不能做这件事；可以做的角色：{3}。",
    "User '{1}' is {2} here and may not do this. Roles that may: {3}.")
X(SAY_PEOPLE_NEEDED,
    "这件事要有具名用户才能做：先用“{1} user add ID --role administrator”添加"
    "管理员，再由管理员添加其他用户。",
    "This takes named users: add an administrator with '{1} user add ID "
    "--role administrator', who then adds the others.")
X(SAY_PEOPLE_RECUSED, "用户“{1}”已对信访件 {2} 回避，不能办理、查看或打开。",
    "User '{1}' has withdrawn from item {2} and may not act on it, look at it "
    "or open it.")
X(SAY_PEOPLE_NO_USERS,
    "本机构还没有用户，--as 无从认定；用“{1} user add ID --role "
    "administrator”添加第一个。",
    "This office has no users yet, so --as names nobody: add the first with "
    "'{1} user add ID --role administrator'.")
X(SAY_PEOPLE_WHO,
    "本机构有具名用户：请用 --as USER 写明您是谁（系统用户“{1}”未与任何用户"
    "对应）。",
    "This office has named users: say who you are with --as USER (the system "
    "user '{1}' is mapped to nobody).")
X(SAY_PEOPLE_NO_ROLE,
    "本机构有具名用户，角色和账号取自用户表：请去掉 --role 和 --user，"
    "改用 --as USER。",
    "This office has named users, whose roles stand in its list: leave out "
    "--role and --user, and say --as USER.")
X(SAY_PEOPLE_WRONG_PASSWORD, "用户“{1}”的密码不对。",
    "That is not the password of user '{1}'.")
X(SAY_PEOPLE_LOCKED, "用户“{1}”连续多次输错密码，已锁定；请一分钟后再试。",
    "User '{1}' is locked after too many wrong passwords: try again in a "
    "minute.")
X(SAY_PEOPLE_NO_TRIES,
    "无法写入 {1}/keys，密码的尝试次数无处记录，因此不能登录；请检查磁盘和"
    "权限。",
    "{1}/keys cannot be written, so tries cannot be counted and nobody is "
    "let in: check the disk and the folder's rights.")
X(SAY_PEOPLE_PASSWORD_HOW,
    "没有密码：请用 {1} FILE、环境变量 PETITION_PASSWORD_FILE 或在终端输入。",
    "There is no password: give it with {1} FILE, with the variable "
    "PETITION_PASSWORD_FILE, or at a terminal.")
X(SAY_PEOPLE_PASSWORD_FILE,
    "密码文件 {1} 无法使用：须可读、只属本人（chmod go=）、第一行为密码。",
    "The password file {1} is of no use: it must be readable, yours alone "
    "(chmod go=), with the password in its first line.")
X(SAY_PEOPLE_PASSWORD_SIZE, "密码须为 8 至 256 字节的文字。",
    "A password has 8 to 256 bytes of text.")
X(SAY_PEOPLE_PASSWORD_DIFFERS, "两次输入的密码不同，请重来。",
    "The two passwords differ: start again.")
X(SAY_PEOPLE_PROMPT, "用户 {1} 的密码：", "Password of {1}: ")
X(SAY_PEOPLE_PROMPT_NEW, "用户 {1} 的新密码：", "New password of {1}: ")
X(SAY_PEOPLE_PROMPT_AGAIN, "再输入一次：", "Once more: ")
X(SAY_PEOPLE_FIRST, "第一个用户须为管理员：请写 --role administrator。",
    "The first user must be an administrator: say --role administrator.")
X(SAY_PEOPLE_LAST, "“{1}”是最后一个可用的管理员，不能停用或改任；先另设一个。",
    "'{1}' is the last enabled administrator and must stay one: make another "
    "first.")
X(SAY_PEOPLE_ADMINISTRATOR,
    "用户“{1}”的角色是 {2}；只有管理员可以增改用户（本人可以改自己的密码）。",
    "User '{1}' is {2} here: only an administrator changes users (everybody "
    "may change the own password).")
X(SAY_PEOPLE_ID,
    "“{1}”不能用作用户名：1 至 32 个小写字母、数字、点、下划线或连字符。",
    "'{1}' is no user id: 1 to 32 small letters, digits, dots, underscores "
    "and dashes.")
X(SAY_PEOPLE_TAKEN, "用户“{1}”或其系统用户已经有了；用 user list 查看。",
    "The user '{1}', or the system user, is there already: 'user list' shows "
    "who there is.")
X(SAY_PEOPLE_TOO_MANY, "用户过多：一个机构最多 1000 个。",
    "Too many users: an office has 1000 at most.")
X(SAY_PEOPLE_UNSAVED, "{1}/keys/people 无法写入，没有改动；请检查磁盘和权限。",
    "{1}/keys/people cannot be written; nothing was changed. Check the disk "
    "and the folder's rights.")
X(SAY_PEOPLE_ADDED, "已添加用户 {1}（{2}）。", "User {1} ({2}) is added.")
X(SAY_PEOPLE_CHANGED, "已更改用户 {1}。", "User {1} is changed.")
X(SAY_PEOPLE_NONE, "本机构还没有用户。", "This office has no users yet.")
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
X(SAY_IDENTITY_ELSEWHERE,
    "信访件 {1} 由机构 {2} 登记，身份信息只有该机构能打开。",
    "Item {1} was taken by office {2}: only that office can open its "
    "identity.")
X(SAY_IDENTITY_NO_ITEM, "没有找到信访件 {1}；请核对编号。",
    "There is no item {1} here: check the number.")
X(SAY_IDENTITY_NONE, "信访件 {1} 没有留下身份信息。",
    "Item {1} was recorded without an identity.")
X(SAY_IDENTITY_REASON, "请用 --reason 写明打开身份信息的理由。",
    "Say with --reason why the identity is to be opened.")
X(SAY_IDENTITY_OWN, "自己的申请须由另一人批准或退回。",
    "Somebody else has to decide on your own request.")
X(SAY_IDENTITY_NOT_ASKED,
    "用户“{1}”没有待批的申请（信访件 {2}）；用 identity list 查看。",
    "User '{1}' has no request waiting for item {2}: 'identity list' shows "
    "what there is.")
X(SAY_IDENTITY_ASK,
    "打开信访件 {1} 的身份信息，须先用 identity request 申请，由另一人批准。",
    "To open the identity of item {1}, ask with 'identity request' and have "
    "somebody else approve it.")
X(SAY_IDENTITY_WAITS, "信访件 {1} 的申请尚待另一人批准。",
    "The request for item {1} still waits for somebody else's approval.")
X(SAY_IDENTITY_REFUSED, "申请已被用户“{1}”退回；确有需要请重新申请。",
    "The request was refused by user '{1}': ask again if it is needed.")
X(SAY_IDENTITY_OVER, "信访件 {1} 的批准已超过 24 小时，请重新申请。",
    "The approval for item {1} is over 24 hours old: ask again.")
X(SAY_IDENTITY_NO_KEY,
    "{1} 年的密钥已销毁，该年登记的身份信息不能再打开，任何一级都一样。",
    "The key of {1} is gone: identities recorded in that year cannot be "
    "opened any more, at any level.")
X(SAY_IDENTITY_DAMAGED,
    "身份信息打不开：{1} 年的密钥不是加密时的那一把，或记录已改动。",
    "The identity does not open: the key of {1} is not the one that sealed "
    "it, or the record was changed.")
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

/* query */
X(SAY_QUERY_TOO_OFTEN, "查询过于频繁，请稍后（一分钟内）再试。",
    "Too many queries at this office: try again within a minute.")
X(SAY_QUERY_UNKNOWN,
    "没有与此查询码对应的信访件；请对照{1}的回执逐位核对，或到开具回执的机构"
    "查询。",
    "No petition goes with this query code. Compare it with the slip of {1}, "
    "character by character, or ask the office that printed the slip.")
X(SAY_CLI_QUERY, "来访人凭查询码查看办理进展（CODE 为 - 时从标准输入读）",
    "what a petitioner may see; CODE - reads it from standard input")
X(SAY_CLI_QUERY_SUBJECT, "您反映的事项", "What you asked")
X(SAY_CLI_QUERY_STATE, "办理到哪一步", "Where it stands")
X(SAY_CLI_QUERY_RESPONSIBLE, "由谁负责", "Responsible")
X(SAY_CLI_QUERY_ANSWER, "答复", "Answer")
X(SAY_CLI_QUERY_NO_ANSWER, "尚未书面答复", "not answered in writing yet")

/* keys */
X(SAY_KEY_NONE, "没有 {1} 年的密钥；用 keys list 查看。",
    "There is no key of the year {1}: 'keys list' shows what there is.")
X(SAY_KEY_REASON, "请用 --reason 写明销毁密钥的理由。",
    "Say with --reason why the key is to be destroyed.")
X(SAY_KEY_STAYS, "{1} 年的密钥无法销毁；请检查 {2}/keys 的权限和磁盘。",
    "The key of {1} cannot be destroyed: check the rights of {2}/keys and "
    "the disk.")
X(SAY_KEY_YEAR, "“{1}”不是年份，应形如 2026。",
    "'{1}' is no year: it should look like 2026.")
X(SAY_KEY_CONFIRM,
    "销毁后该年的身份信息在任何一级都不能再打开，无法恢复；确要销毁请加 "
    "--confirm {1}。",
    "Once it is gone, nobody can ever open the identities of that year, at "
    "any level. If that is meant, say --confirm {1}.")
X(SAY_KEY_CURRENT, "{1} 年尚未结束，该年的密钥还在使用；确要销毁请加 --force。",
    "The year {1} is not over and its key in use; if that is meant, say "
    "--force besides.")
X(SAY_KEY_DONE, "{1} 年的密钥已销毁，并已记录；请一并销毁 keys 目录的备份。",
    "The key of {1} is destroyed and that is on record. Destroy the backups "
    "of the folder keys, too.")
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

/* rebuild */
X(SAY_REBUILD_BUSY,
    "{1} 正由另一进程使用，不能重建台账；请先停止服务，再重试。",
    "Another process works in {1}, so the register cannot be rebuilt now: "
    "stop the daemon and try again.")
X(SAY_REBUILD_FAILED,
    "{1} 的台账无法重建：账本 ledger.db 不可读，或目录不可写、磁盘已满。",
    "The register in {1} cannot be rebuilt: ledger.db is not readable, or the "
    "directory is not writable or full.")

/* cli */
X(SAY_CLI_SUMMARY_DISTRICT, "信访通：区县信访机构的登记与上报。",
    "Petition Relay: a district office records petitions and sends them up.")
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
X(SAY_CLI_ANSWER_UNREADABLE,
    "服务的答复无法读取，它可能是另一个版本；请升级后重试。",
    "The daemon's answer cannot be read; it may be of another version. "
    "Restart it after the upgrade and try again.")
X(SAY_CLI_GROUND,
    "{1} 所在的磁盘已满或出错，命令可能已执行，也可能没有；请腾出空间或检查"
    "磁盘，先查看再重试。",
    "The disk of {1} is full or fails: the command may have been carried out "
    "or not. Free some space or check the disk, and look before you try "
    "again.")
X(SAY_CLI_REGISTER_UNREADABLE,
    "{1} 的台账暂时无法读取；请稍后重试，仍不行时执行“{2} rebuild”。",
    "The register in {1} cannot be read now; try again, and if that does not "
    "help, run '{2} rebuild'.")
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
X(SAY_CLI_SLIP_NEEDS_FILE, "与 --json 同用时，--slip 须写明文件名。",
    "With --json, say where the slip goes: --slip FILE.")

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
X(SAY_CLI_REGISTER, "登记一件信访件",
    "record a petition; prints its number and query code")
X(SAY_CLI_IMPORT,
    "从 CSV 表格导入；可中断，重新执行即继续；有被拒的行时退出码为 1",
    "import a CSV table; run it again to resume; exit 1 when rows were "
    "refused")
X(SAY_CLI_PETITIONS, "查询信访件台账", "list the register, newest first")
X(SAY_CLI_SHOW, "查看一件信访件的全部情况",
    "show one item with all that is known")
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
X(SAY_CLI_INVITE, "为下级机构开具邀请书",
    "print an invitation for an office below")
X(SAY_CLI_REVOKE, "撤销下级机构的接入", "cut an office below off")
X(SAY_CLI_DISTRICTS, "下级机构及其连接状况",
    "the offices below and their links")

X(SAY_CLI_OPTION_JSON, "输出一个 JSON 文档", "print one JSON document")
X(SAY_CLI_OPTION_ROLE, "经办角色（默认 clerk）", "role of who does it (clerk)")
X(SAY_CLI_OPTION_USER, "经办人账号（默认系统用户）",
    "user id of who does it (the system's user)")
X(SAY_CLI_OPTION_OWN_CODE, "本机构代码，例如 420106",
    "this office's code, for example 420106")
X(SAY_CLI_OPTION_OWN_NAME, "本机构名称", "this office's name")
X(SAY_CLI_OPTION_PARENT, "上级机构代码（国标以外的代码必填）",
    "parent's code, for codes outside the standard")
X(SAY_CLI_OPTION_LISTEN, "服务监听的地址，例如 tcp://0.0.0.0:7420",
    "where the daemon listens, for example tcp://0.0.0.0:7420")
X(SAY_CLI_OPTION_ADDRESS, "下级连接用的地址（与监听地址不同时）",
    "what the offices below connect to, when it differs")
X(SAY_CLI_OPTION_FORCE_JOIN, "已加入其他上级时也改为加入这一个",
    "also when joined to another office already")
X(SAY_CLI_OPTION_AUDIENCE, "发给某一下级的那份历史",
    "the history meant for this child")
X(SAY_CLI_OPTION_INVITE_ADDRESS, "写入邀请书的地址",
    "address to put into the invitation")
X(SAY_CLI_OPTION_DAYS, "有效天数（默认 7，最多 90）",
    "days it is valid (7; at most 90)")
X(SAY_CLI_OPTION_INVITE_FILE, "写入文件（仅本人可读），而不是屏幕",
    "write it to a file of your own instead of the screen")
X(SAY_CLI_OPTION_REASON, "原因", "the reason")
X(SAY_CLI_OPTION_OFFICE, "登记机构代码", "office that recorded it")
X(SAY_CLI_OPTION_SINCE, "登记时间起", "recorded at or after")
X(SAY_CLI_OPTION_UNTIL, "登记时间止（只写日期时含当日）",
    "recorded at or before; a bare date includes that day")
X(SAY_CLI_OPTION_CATEGORY, "内容分类：01 至 16、99 或名称",
    "content: 01 to 16, 99, or its name")
X(SAY_CLI_OPTION_CHANNEL, "信访形式：LX 来信 LF 来访 WX 网信 LD 来电 CZ 传真",
    "LX letter, LF visit, WX web, LD phone, CZ fax")
X(SAY_CLI_OPTION_STATE, "状态，例如 REG 已登记", "state, for example REG")
X(SAY_CLI_OPTION_ITEM, "信访件编号", "item number")
X(SAY_CLI_OPTION_URGENT, "仅列尚未处置的重大紧急件",
    "only urgent and major ones that nobody has taken in hand")
X(SAY_CLI_URGENT, "【紧急】{1}", "[urgent] {1}")
X(SAY_CLI_STATUS_URGENT,
    "重大紧急信访件尚未处置：{1} 件（用 petitions --urgent 查看）",
    "Urgent items that nobody has taken in hand: {1}. See them with "
    "'petitions --urgent'.")
X(SAY_CLI_OPTION_SOURCE, "来源系统", "system it was imported from")
X(SAY_CLI_OPTION_LIMIT,
    "最多列出的件数（屏幕默认 50，JSON 默认全部；0 为全部）",
    "at most so many (tables 50, JSON all; 0: all)")
X(SAY_CLI_OPTION_COUNT, "只给出件数", "only count them")
X(SAY_CLI_OPTION_PURPOSE,
    "信访目的：SS 申诉 QJ 求决 JK 检举控告 JY 意见建议 ZX 咨询 QT 其他",
    "SS appeal, QJ ask to solve, JK report wrongdoing, JY suggestion, ZX "
    "question, QT other")
X(SAY_CLI_OPTION_LEGAL_CLASS, "法定分类：A B C1 至 C6；可不填",
    "A, B, C1 to C6; may be left open")
X(SAY_CLI_OPTION_LEVEL, "到达层级：N P C D T V（默认本机构层级）",
    "where it arrived: N P C D T V (this office's)")
X(SAY_CLI_OPTION_HEADS, "人数（默认 1）", "people who came (1)")
X(SAY_CLI_OPTION_RESPONSIBLE, "责任机构代码（默认本机构）",
    "office responsible (this one)")
X(SAY_CLI_OPTION_REG_TITLE, "标题；标题与正文至少填一项",
    "what it is about, in a line; this or the text is needed")
X(SAY_CLI_OPTION_REG_WORDS, "正文", "what the petitioner says")
X(SAY_CLI_OPTION_REG_PLACE, "问题属地", "where the problem is")
X(SAY_CLI_OPTION_REG_SOURCE, "来源系统的名称，与 --source-ref 合用",
    "system it comes from, with --source-ref")
X(SAY_CLI_OPTION_REG_SOURCE_REF, "在来源系统中的编号；同一编号只登记一次",
    "its number there; the same number is recorded once only")
X(SAY_CLI_OPTION_REG_CLAIMED_AT, "信访时间（默认现在），如 2026-03-01T09:30",
    "when it arrived (now), such as 2026-03-01T09:30")
X(SAY_CLI_OPTION_REG_EARLIER_ITEM, "前次信访件编号（重复信访）",
    "number of an earlier item about the same")
X(SAY_CLI_OPTION_REG_PERSON_NAME, "信访人姓名（加密保存）",
    "the petitioner's name; kept sealed")
X(SAY_CLI_OPTION_REG_PERSON_DOCUMENT, "信访人证件号码（加密保存）",
    "number of an identity document; kept sealed")
X(SAY_CLI_OPTION_REG_PERSON_PHONE, "信访人电话（加密保存）",
    "phone number; kept sealed")
X(SAY_CLI_OPTION_REG_PERSON_ADDRESS, "信访人住址（加密保存）",
    "address; kept sealed")
X(SAY_CLI_OPTION_ACCUSED,
    "被检举控告的机构代码，逗号分隔；本件不会送达这些机构",
    "offices it is a report about; it never reaches them")
X(SAY_CLI_OPTION_PROCEDURE, "办理程序：S 简易程序 U 重大紧急；一般程序不填",
    "S simple, U urgent and major; leave out for the ordinary one")
X(SAY_CLI_OPTION_FILE, "从 JSON 文件读入（一件或多件；- 为标准输入）",
    "read one or several from a JSON file; - is standard input")
X(SAY_CLI_OPTION_NO_CODE, "不生成查询码", "make no query code")
X(SAY_CLI_OPTION_SLIP, "打印回执，或写入文件",
    "print the petitioner's slip, or write it to a file")
X(SAY_CLI_OPTION_MAP, "列与字段的对照表（必填）",
    "how its columns become petitions (needed)")
X(SAY_CLI_OPTION_DRY_RUN, "只检查，不登记", "check everything, record nothing")
X(SAY_CLI_OPTION_QUERY_CODES, "生成查询码并写入此 CSV 文件（只此一份）",
    "make query codes and write them to this CSV file, their only place")
X(SAY_CLI_OPTION_REFUSED, "被拒的行写入此 CSV 文件",
    "write the refused rows to this CSV file")
X(SAY_CLI_OPTION_OPEN, "只列未办结的", "only those that have not ended")
X(SAY_CLI_OPTION_ID, "一件督办的全部情况", "one directive with all its steps")
X(SAY_CLI_OPTION_TO, "收件机构代码，逗号分隔，或 all", "addressees, or all")
X(SAY_CLI_OPTION_KIND,
    "JB 交办 CB 催办 DB 督办 GP 挂牌督办 YT 约谈 TB 通报；建议 IMP POL ACC",
    "JB assign, CB remind, DB supervise, GP listed, YT talk, TB circular; "
    "IMP POL ACC suggest")
X(SAY_CLI_OPTION_ABOUT_ITEM, "所涉信访件编号", "item it is about")
X(SAY_CLI_OPTION_ABOUT_MATTER, "所涉信访事项", "matter it is about")
X(SAY_CLI_OPTION_DUE, "期限（只写日期时至当日结束）",
    "date due; a bare date means its end")
X(SAY_CLI_OPTION_DIRECTIVE_TEXT, "督办内容（不写则用模板）",
    "what is to be done; a template when left out")
X(SAY_CLI_OPTION_ISSUE_CLOCK, "所督的时限名称", "the limit it is about")
X(SAY_CLI_OPTION_SUPERSEDES, "所替代的督办件编号",
    "the directive that this one replaces")
X(SAY_CLI_OPTION_DRAFT, "存为草稿，暂不发出", "keep a draft, do not send it")
X(SAY_CLI_OPTION_TRUE, "是否属实：yes 属实 part 部分属实 no 不属实",
    "is it true: yes, part or no")
X(SAY_CLI_OPTION_ADOPTED, "对建议：FULL 采纳 PART 部分采纳 NO 未采纳",
    "for a suggestion: FULL, PART or NO")
X(SAY_CLI_OPTION_DONE, "落实情况", "what was done")
X(SAY_CLI_OPTION_REPORT_TEXT, "办结报告", "the closing report")
X(SAY_CLI_OPTION_ATTACH, "附件，可重复或用逗号分隔",
    "a file to send along; repeat it, or commas")
X(SAY_CLI_OPTION_BY, "替代它的督办件编号", "the directive that replaces it")
X(SAY_CLI_OPTION_DIRECTIVE_STATUS, "状态代码，例如 WRK",
    "where it stands, a code such as WRK")
X(SAY_CLI_OPTION_DIRECTIVES_TO, "收件机构代码", "addressee")
X(SAY_CLI_OPTION_DIRECTIVES_OVERDUE, "只列逾期未反馈的",
    "only those past their date and not answered")
X(SAY_CLI_OPTION_OUT, "写入此文件（必填）", "write to this file (needed)")
X(SAY_CLI_OPTION_GROUND, "督办理由：G1 至 G6、G9", "ground: G1 to G6, G9")
X(SAY_CLI_OPTION_REFERENCE, "所转交的上级督办件编号",
    "the directive from above that this passes down")
X(SAY_CLI_OPTION_STEP_TEXT, "说明、答复或理由", "note, answer or reason")
X(SAY_CLI_OPTION_ADDRESSEE, "收件机构（发给多个机构时）",
    "which addressee, when there are several")

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
X(SAY_CLI_STOPPED, "服务未运行", "not running")
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
X(SAY_CLI_UP, "上级", "up")
X(SAY_CLI_DOWN, "下级", "down")
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
X(SAY_CLI_RECORDED, "已登记：{1}", "Recorded: {1}")
X(SAY_CLI_RECORDED_CODE, "已登记：{1}  查询码：{2}",
    "Recorded: {1}  query code: {2}")
X(SAY_CLI_ALREADY, "先前已登记：{1}", "Recorded before: {1}")
X(SAY_CLI_IMPORT_REFUSED, "第 {1} 行被拒：{2}", "Line {1} refused: {2}")
X(SAY_CLI_IMPORT_MOVE_REFUSED, "第 {1} 行的办理步骤被拒：{2}",
    "Line {1}, a move refused: {2}")
X(SAY_CLI_IMPORT_MOVE, "{1}：{2}", "{1}: {2}")
X(SAY_CLI_IMPORT_NO_MOVE, "没有“{1}”这种办理动作。", "There is no move '{1}'.")
X(SAY_CLI_IMPORT_BEFORE, "“{1}”的时间早于信访时间。",
    "'{1}' is dated before the petition came in.")
X(SAY_CLI_IMPORT_NOT_NOW, "“{1}”不能接在先前的步骤之后。",
    "'{1}' is not possible after what came before it.")
X(SAY_CLI_IMPORT_MOVES_DONE, "办理步骤：记录 {1}，先前已记录 {2}，被拒 {3}。",
    "Moves: {1} recorded, {2} recorded before, {3} refused.")
X(SAY_CLI_IMPORT_MOVES_TRIED,
    "办理步骤：可记录 {1}，先前已记录 {2}，将被拒 {3}。",
    "Moves: {1} could be recorded, {2} are recorded already, {3} would be "
    "refused.")
X(SAY_CLI_IMPORT_MORE_REFUSED,
    "其余被拒的行未显示；用 --refused FILE 写入文件。",
    "More rows were refused than are shown: --refused FILE lists them all.")
X(SAY_CLI_IMPORT_PROGRESS, "已读 {1} 行，{2}%", "{1} rows, {2} %")
X(SAY_CLI_IMPORT_STOPPED,
    "已中断；再次执行同一命令即从中断处继续，不会重复登记。",
    "Stopped. Run the same command again to go on; nothing is recorded twice.")
X(SAY_CLI_IMPORT_DONE,
    "读入 {1} 行：登记 {2}，先前已登记 {3}，被拒 {4}，按对照表略过 {5}。",
    "{1} rows: {2} recorded, {3} recorded before, {4} refused, {5} skipped by "
    "the map.")
X(SAY_CLI_IMPORT_TRIED,
    "试读 {1} 行，未登记：可登记 {2}，先前已登记 {3}，将被拒 {4}，按对照表略过"
    " {5}。",
    "{1} rows, nothing recorded: {2} could be, {3} are recorded already, {4} "
    "would be refused, {5} skipped by the map.")
X(SAY_CLI_SHOWN_OF, "显示 {1} 件，共 {2} 件；--limit 0 列出全部。",
    "{1} of {2} shown; --limit 0 shows all.")
X(SAY_CLI_NO_ITEM,
    "没有找到信访件 {1}；若由下级登记，可能尚未传到（见 status）。",
    "There is no item {1} here. If an office below recorded it, it may still "
    "be on its way (see 'status').")
X(SAY_CLI_SAME_NUMBER, "\n注意：另有一件使用相同编号（恢复旧备份后登记）。\n",
    "\nNote: another item bears the same number (recorded after an old backup "
    "was restored).\n")
X(SAY_CLI_NO_DIRECTIVES, "没有督办件。", "There are no directives.")
X(SAY_CLI_ISSUED, "督办件 {1} 已发出，收件机构 {2} 个。",
    "Directive {1} is issued; addressees: {2}.")
X(SAY_CLI_DRAFTED, "草稿 {1} 已保存，收件机构 {2} 个；用 directive send 发出。",
    "Draft {1} is kept; addressees: {2}. 'directive send' sends it.")
X(SAY_CLI_MOVED, "督办件 {1}：{2}", "Directive {1}: {2}")
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
X(SAY_CLI_TRUE_OR_ADOPTED, "--true 与 --answer 只能写一个。",
    "Give --true or --answer, not both.")
X(SAY_CLI_LABEL_VERDICT, "是否属实", "is it true")
X(SAY_CLI_LABEL_ADOPTED, "采纳", "adopted")
X(SAY_CLI_LABEL_DONE, "落实情况", "done")
X(SAY_CLI_LABEL_REPORT, "办结报告", "report")
X(SAY_CLI_LABEL_FILE, "附件", "file")
X(SAY_CLI_LABEL_GROUND, "理由", "ground")
X(SAY_CLI_LABEL_ASKED, "申请延至", "asked until")
X(SAY_CLI_LABEL_REPLACES, "替代", "replaces")
X(SAY_CLI_LABEL_REPLACED_BY, "被替代为", "replaced by")
X(SAY_CLI_HEAD_ITEM, "编号", "item")
X(SAY_CLI_HEAD_RECORDED, "登记时间", "recorded")
X(SAY_CLI_HEAD_CHANNEL, "形式", "channel")
X(SAY_CLI_HEAD_CATEGORY, "分类", "category")
X(SAY_CLI_HEAD_STATE, "状态", "state")
X(SAY_CLI_HEAD_SUBJECT, "标题", "subject")
X(SAY_CLI_HEAD_NAME, "名称", "name")
X(SAY_CLI_HEAD_DIRECTION, "方向", "direction")
X(SAY_CLI_HEAD_UNSENT, "未确认", "unsent")
X(SAY_CLI_HEAD_AGE, "最早（秒）", "oldest (s)")
X(SAY_CLI_HEAD_ACK, "最近确认", "last ack")
X(SAY_CLI_HEAD_ERROR, "最近错误", "last error")
X(SAY_CLI_HEAD_RULES, "已发规则", "rules sent")
X(SAY_CLI_NOT_DELIVERED, "（未送达）", " (not there yet)")
X(SAY_CLI_HEAD_DIRECTIVE, "督办件", "directive")
X(SAY_CLI_HEAD_KIND, "种类", "kind")
X(SAY_CLI_HEAD_ADDRESSEE, "收件机构", "addressee")
X(SAY_CLI_HEAD_TEXT, "内容", "text")
X(SAY_CLI_LABEL_OFFICE, "机构", "office")
X(SAY_CLI_LABEL_PURPOSE, "目的", "purpose")
X(SAY_CLI_LABEL_LEGAL_CLASS, "法定分类", "legal class")
X(SAY_CLI_LABEL_LEVEL, "到达层级", "level")
X(SAY_CLI_LABEL_HEADS, "人数", "heads")
X(SAY_CLI_LABEL_RESPONSIBLE, "责任机构", "responsible")
X(SAY_CLI_LABEL_PLACE, "地点", "place")
X(SAY_CLI_LABEL_SOURCE, "来源", "source")
X(SAY_CLI_LABEL_SOURCE_REF, "来源编号", "source reference")
X(SAY_CLI_LABEL_EARLIER, "前次编号", "earlier item")
X(SAY_CLI_LABEL_IDENTITY, "身份信息", "identity")
X(SAY_CLI_IDENTITY_SEALED, "已加密，仅登记机构可解",
    "sealed; only the office of origin can open it")
X(SAY_CLI_IDENTITY_NONE, "未留", "none was given")
X(SAY_CLI_LABEL_CLAIMED, "信访时间", "claimed")
X(SAY_CLI_LABEL_RECORDED, "登记时间", "recorded")
X(SAY_CLI_LABEL_RECEIVED, "本机构收到", "received here")
X(SAY_CLI_LABEL_LEAF, "记录指纹", "fingerprint")
X(SAY_CLI_LABEL_DUE, "期限", "due")
X(SAY_CLI_LABEL_REFERENCE, "转自", "passes down")
X(SAY_CLI_HELD, "上级：已收到", "parent: holds it")
X(SAY_CLI_HELD_BACK, "上级：不上报（检举控告上级机构，书面送交）",
    "parent: never sent there (it is about an office above; on paper)")
X(SAY_CLI_NOT_HELD, "上级：尚未收到", "parent: has not confirmed it yet")
