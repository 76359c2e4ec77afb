/*
 * sentences/petition - what may be wrong with codes, numbers and arrivals; the slip.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
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
