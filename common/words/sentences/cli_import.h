/*
 * sentences/cli_import - the command import: help, progress, summary.
 *
 * X(name, Chinese, English), as words/catalogue_list.h says.
 */

/* cli */
X(SAY_CLI_IMPORT,
    "从 CSV 表格导入；可中断，重新执行即继续；有被拒的行时退出码为 1",
    "import a CSV table; run it again to resume; exit 1 when rows were "
    "refused")
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
