/*
 * sentences/cli_items - commands about items: help, refusals, tables.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

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

/* query */
X(SAY_CLI_QUERY, "来访人凭查询码查看办理进展（CODE 为 - 时从标准输入读）",
    "what a petitioner may see; CODE - reads it from standard input")
X(SAY_CLI_QUERY_SUBJECT, "您反映的事项", "What you asked")
X(SAY_CLI_QUERY_STATE, "办理到哪一步", "Where it stands")
X(SAY_CLI_QUERY_RESPONSIBLE, "由谁负责", "Responsible")
X(SAY_CLI_QUERY_ANSWER, "答复", "Answer")
X(SAY_CLI_QUERY_NO_ANSWER, "尚未书面答复", "not answered in writing yet")

/* cli */
X(SAY_CLI_REGISTER_UNREADABLE,
    "{1} 的台账暂时无法读取；请稍后重试，仍不行时执行“{2} rebuild”。",
    "The register in {1} cannot be read now; try again, and if that does not "
    "help, run '{2} rebuild'.")
X(SAY_CLI_SLIP_NEEDS_FILE, "与 --json 同用时，--slip 须写明文件名。",
    "With --json, say where the slip goes: --slip FILE.")
X(SAY_CLI_REGISTER, "登记一件信访件",
    "record a petition; prints its number and query code")
X(SAY_CLI_PETITIONS, "查询信访件台账", "list the register, newest first")
X(SAY_CLI_SHOW, "查看一件信访件的全部情况",
    "show one item with all that is known")
X(SAY_CLI_OPTION_CATEGORY, "内容分类：01 至 16、99 或名称",
    "content: 01 to 16, 99, or its name")
X(SAY_CLI_OPTION_CHANNEL, "信访形式：LX 来信 LF 来访 WX 网信 LD 来电 CZ 传真",
    "LX letter, LF visit, WX web, LD phone, CZ fax")
X(SAY_CLI_OPTION_ITEM, "信访件编号", "item number")
X(SAY_CLI_OPTION_PURPOSE,
    "信访目的：SS 申诉 QJ 求决 JK 检举控告 JY 意见建议 ZX 咨询 QT 其他",
    "SS appeal, QJ ask to solve, JK report wrongdoing, JY suggestion, ZX "
    "question, QT other")
X(SAY_CLI_OPTION_HEADS, "人数（默认 1）", "people who came (1)")
X(SAY_CLI_OPTION_REG_PLACE, "问题属地", "where the problem is")
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
X(SAY_CLI_OPTION_SLIP, "打印回执，或写入文件",
    "print the petitioner's slip, or write it to a file")
X(SAY_CLI_OPTION_QUERY_CODES, "生成查询码并写入此 CSV 文件（只此一份）",
    "make query codes and write them to this CSV file, their only place")
X(SAY_CLI_OPTION_ABOUT_ITEM, "所涉信访件编号", "item it is about")
X(SAY_CLI_OPTION_ABOUT_MATTER, "所涉信访事项", "matter it is about")
X(SAY_CLI_OPTION_DUE, "期限（只写日期时至当日结束）",
    "date due; a bare date means its end")
X(SAY_CLI_SHOWN_OF, "显示 {1} 件，共 {2} 件；--limit 0 列出全部。",
    "{1} of {2} shown; --limit 0 shows all.")
X(SAY_CLI_NO_ITEM,
    "没有找到信访件 {1}；若由下级登记，可能尚未传到（见 status）。",
    "There is no item {1} here. If an office below recorded it, it may still "
    "be on its way (see 'status').")
X(SAY_CLI_LABEL_REPLACES, "替代", "replaces")
X(SAY_CLI_LABEL_REPLACED_BY, "被替代为", "replaced by")
X(SAY_CLI_HEAD_ITEM, "编号", "item")
X(SAY_CLI_HEAD_CHANNEL, "形式", "channel")
X(SAY_CLI_HEAD_CATEGORY, "分类", "category")
X(SAY_CLI_HEAD_SUBJECT, "标题", "subject")
X(SAY_CLI_LABEL_PURPOSE, "目的", "purpose")
X(SAY_CLI_LABEL_HEADS, "人数", "heads")
X(SAY_CLI_LABEL_PLACE, "地点", "place")
X(SAY_CLI_LABEL_CLAIMED, "信访时间", "claimed")
X(SAY_CLI_LABEL_DUE, "期限", "due")
