/*
 * sentences/desk - refusals of the desk, and words that it writes.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

/* supervise */
X(SAY_OFFICE_POLICY,
    "supervise_policy 不能是“{1}”，可用：none、remind、CB、DB。",
    "supervise_policy cannot be '{1}': use none, remind, CB or DB.")

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

/* due */
X(SAY_CLOCK_RUNNING, "进行中", "running")
X(SAY_CLOCK_MET, "已完成", "met")
X(SAY_CLOCK_MISSED, "已超期", "missed")
X(SAY_CLOCK_STOPPED, "已停止", "stopped")

/* escalations */
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
X(SAY_NOTICE_SENT, "已发出", "sent")
X(SAY_NOTICE_RECEIVED, "已送达", "received")
X(SAY_NOTICE_SIGNED, "已签收", "signed for")
X(SAY_NOTICE_ANSWERED, "已答复", "answered")

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

/* query */
X(SAY_QUERY_TOO_OFTEN, "查询过于频繁，请稍后（一分钟内）再试。",
    "Too many queries at this office: try again within a minute.")
X(SAY_QUERY_UNKNOWN,
    "没有与此查询码对应的信访件；请对照{1}的回执逐位核对，或到开具回执的机构"
    "查询。",
    "No petition goes with this query code. Compare it with the slip of {1}, "
    "character by character, or ask the office that printed the slip.")

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
