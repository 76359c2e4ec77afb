/*
 * sentences/import - what may be wrong with a map or a table.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

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
