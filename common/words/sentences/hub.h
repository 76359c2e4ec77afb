/*
 * sentences/hub - what only an office with others below it says.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

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
