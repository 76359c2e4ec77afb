/*
 * sentences/office - one office: its directory, its daemon, its line upwards.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

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

/* rebuild */
X(SAY_REBUILD_BUSY,
    "{1} 正由另一进程使用，不能重建台账；请先停止服务，再重试。",
    "Another process works in {1}, so the register cannot be rebuilt now: "
    "stop the daemon and try again.")
X(SAY_REBUILD_FAILED,
    "{1} 的台账无法重建：账本 ledger.db 不可读，或目录不可写、磁盘已满。",
    "The register in {1} cannot be rebuilt: ledger.db is not readable, or the "
    "directory is not writable or full.")
