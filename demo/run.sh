#!/bin/sh
# Goal: who has never seen the product sees in a minute what it is for: a city
# and three districts, petitions that arrive, a line that is cut and heals, a
# letter that lies too long until its writer stands in the city, the notice of
# that, the directive and its answer, and a report that its subject never
# sees.  Every step is checked; one that fails ends the demonstration with
# status 1 and says why.
#
# Usage: run.sh [--headless] [--language zh|en]
#   --headless   end by itself instead of waiting for Enter
# English with LANG=en, otherwise Chinese.  Environment: BIN, the programs.
set -eu

src=$(cd "$(dirname "$0")/.." && pwd)
bin=$(cd "${BIN:-$src/build/release/bin}" && pwd)
python=/usr/bin/python3 # the one that debian/control installs
is_headless=
language=zh
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
en*) language=en ;;
esac

while [ $# -gt 0 ]; do
	case $1 in
	--headless) is_headless=yes ;;
	--language) language=${2:-} && shift ;;
	*) language= ;;
	esac
	case $language in
	zh | en) ;;
	*)
		echo "usage: demo [--headless] [--language zh|en]" >&2
		exit 2
		;;
	esac
	shift
done
locale=zh_CN.UTF-8
[ "$language" = zh ] || locale=en_US.UTF-8

work=$(mktemp -d "${TMPDIR:-/tmp}/petition-demo.XXXXXX")
cd "$work"
mkdir logs samples
pids= # daemons and the line: all that is to be ended
line_pid=
step=0

bold='' dim='' red='' plain=''
if [ -t 1 ]; then
	bold=$(printf '\033[1m') dim=$(printf '\033[2m')
	red=$(printf '\033[31m') plain=$(printf '\033[0m')
fi

# -- the end ---------------------------------------------------------------

clean_up() {
	status=$?
	trap - EXIT
	trap '' HUP INT TERM
	# shellcheck disable=SC2086 # a list
	[ -z "$pids" ] || kill $pids 2>/dev/null || true
	for pid in $pids; do
		wait_for_end "$pid"
	done
	cd /
	rm -rf "$work"
	exit $status
}

# A process that was told to end has 5 s for it.
wait_for_end() {
	left=100
	while is_alive "$1"; do
		[ $left -gt 0 ] || kill -KILL "$1" 2>/dev/null || true
		left=$((left - 1))
		sleep 0.05
	done
	wait "$1" 2>/dev/null || true
}

is_alive() {
	case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in
	'' | Z*) return 1 ;;
	esac
}

# fail ZH EN: the demonstration ends here.
fail() {
	{
		for log in logs/*; do
			[ -s "$log" ] || continue
			echo "--- $log"
			tail -n 12 "$log"
		done
		printf '\n%s' "$red$bold"
		tell "演示到此失败：$1" "The demonstration fails here: $2"
		printf '%s' "$plain"
	} >&2
	kill -TERM $$ # also out of a subshell
	exit 1
}

trap clean_up EXIT
trap 'exit 1' TERM
trap 'exit 130' HUP INT

# -- telling ---------------------------------------------------------------

# tell ZH EN
tell() {
	if [ "$language" = zh ]; then
		printf '%s\n' "$1"
	else
		printf '%s\n' "$2"
	fi
}

# chapter ZH EN
chapter() {
	step=$((step + 1))
	rule=────────────────────────────────────────────────────────────
	printf '\n%s%s\n' "$dim" "$rule$plain"
	tell "$bold$step  $1$plain" "$bold$step  $2$plain"
	echo
}

# good ZH EN: something that was checked.
good() {
	tell "  $bold✓ $1$plain" "  $bold✓ $2$plain"
}

# -- offices ---------------------------------------------------------------

program_of() {
	case $1 in
	city) echo city-hub ;;
	*) echo district-node ;;
	esac
}

# at OFFICE COMMAND...: quietly; what it prints is in `out`.
at() {
	LC_ALL=$locale timeout 20 "$bin/$(program_of "$1")" -C "$@" \
	    </dev/null >out 2>err || fail "$*: $(cat err)" "$*: $(cat err)"
}

# shown OFFICE COMMAND...: the same as a person would type and see it.
shown() {
	at "$@"
	line="  $bold$ $(program_of "$1") -C $1"
	shift
	for word; do
		case $word in
		--*)
			if [ ${#line} -gt 64 ]; then
				printf '%s \\\n' "$line"
				line='       '
			fi
			;;
		*' '*) word="'$word'" ;;
		esac
		line="$line $word"
	done
	printf '%s\n' "$line$plain"
	cat out err | sed 's/^\(.\)/    \1/'
	echo
}

# value EXPRESSION OFFICE COMMAND...: of the JSON document d it prints.
value() {
	expression=$1
	shift
	at "$@" --json
	"$python" -c '
import json, sys
with open("out", encoding="utf-8") as f:
    d = json.load(f)
value = eval(sys.argv[1])
print(*value if isinstance(value, tuple) else [value])' "$expression"
}

# wait_until ZH EN COMMAND...: at most 20 s
wait_until() {
	what_zh=$1
	what_en=$2
	shift 2
	left=200
	until "$@"; do
		left=$((left - 1))
		[ $left -gt 0 ] || fail "等了 20 秒还不是这样：$what_zh" \
		    "not so after 20 s: $what_en"
		sleep 0.1
	done
	good "$what_zh" "$what_en"
}

# expect ZH EN GOT WANTED
expect() {
	[ "$3" = "$4" ] || fail "$1（得到 $3，应为 $4）" "$2 (got $3, not $4)"
	good "$1" "$2"
}

start() {
	LC_ALL=$locale "$bin/$(program_of "$1")" -C "$1" run \
	    >>"logs/$1" 2>&1 </dev/null &
	pids="$pids $!"
}

is_running() {
	[ "$(value 'd["running"]' "$1" status)" = True ]
}

district_is() { # DISTRICT STATE: as the city sees it
	[ "$(value "[x['state'] for x in d if x['office'] == '$1'][0]" \
	    city districts)" = "$2" ]
}

all_connected() {
	[ "$(value '{x["state"] for x in d} == {"streaming"}' \
	    city districts)" = True ]
}

count() { # OFFICE [FILTERS]
	counted=$1
	shift
	value 'd["count"]' "$counted" petitions --count "$@"
}

city_has() { # NUMBER [DISTRICT]
	[ "$(count city ${2:+--office "$2"})" = "$1" ]
}

# refused OFFICE COMMAND...: shown as `shown` does; it must be refused.
refused() {
	if LC_ALL=$locale timeout 20 "$bin/$(program_of "$1")" -C "$@" \
	    </dev/null >out 2>err; then
		fail "本应被拒绝：$*" "this should have been refused: $*"
	fi
	line="  $bold$ $(program_of "$1") -C"
	printf '%s\n' "$line $*$plain"
	sed 's/^/    /' err
	echo
}

days_ago() {
	date -d "$1 days ago" +%F
}

escalation_has() { # OFFICE KEY: of the one that this visit is
	[ "$(value "any(e['item'] == '$visit' and e['$2'] for e in d)" \
	    "$1" escalations --limit 0)" = True ]
}

item_is() { # OFFICE ITEM STATE
	[ "$(value 'd["state"]' "$1" show "$2")" = "$3" ]
}

is_rated() { # OFFICE ITEM RATING, once it is closed
	item_is "$1" "$2" CLS && [ "$(value 'd["rating"]' "$1" show "$2")" = "$3" ]
}

are_told() { # NUMBER: of escalations, each with its receipt
	[ "$(value '(len(d), all(e["noticed_at"] for e in d))' \
	    city escalations --limit 0)" = "$1 True" ]
}

has_unsent() { # OFFICE NUMBER
	[ "$(value 'd["links"][0]["unsent_records"]' "$1" status)" = "$2" ]
}

directive_is() { # OFFICE STATUS
	[ "$(value 'd[0]["status"] if d else ""' \
	    "$1" directives --id "$directive")" = "$2" ]
}

cut_line() {
	kill "$line_pid"
	wait_for_end "$line_pid"
	pids=$(echo " $pids " | sed "s/ $line_pid / /")
}

connect_line() {
	"$python" "$src/demo/line.py" "$line_port" "$city_port" \
	    >>logs/line 2>&1 </dev/null &
	line_pid=$!
	pids="$pids $line_pid"
}

# The last complete year's dates: the clock of this machine may say anything,
# and nobody registers what comes from the future.
take_samples() {
	year=$(date +%Y)
	[ "$(date +%m%d)" -gt 0816 ] || year=$((year - 1))
	cp "$src"/demo/districts/*.csv "$src/demo/map.ini" samples/
	cp "$src/demo/city.csv" samples/990100.csv
	sed -i "s/2026-/$year-/" samples/*.csv
}

# -- what it is ------------------------------------------------------------

[ -x "$bin/city-hub" ] || fail "没有程序 $bin/city-hub；请运行 ./dev demo" \
    "there is no $bin/city-hub; run ./dev demo"
take_samples
city_port=$("$python" "$src/demo/line.py" --free)
line_port=$("$python" "$src/demo/line.py" --free)

tell "
${bold}信访通${plain}

  群众在区里反映问题，市里要马上看得到；线路断了，窗口照样登记；
  区里拖着不办，群众到了市里，市里马上知道区里办到哪一步，可以督办；
  督办收到没有、办了没有，每一步都有据可查。

            江州市 990100            一个虚构的市、三个虚构的区。
           ／     │     ＼           四个机构，四本账，四个服务进程，
     东湖区    西山区    南桥区      都在这台机器的一个临时目录里：
     990101    990102    990103      $work" "
${bold}Petition Relay${plain}

  Citizens bring a problem to their district; the city is to see it at once.
  When the line is down the counter goes on.  When a matter lies too long and
  its people come to the city, the city sees at once what the district had done.
  What the city orders: whether it was received, and what was done, shows at
  every step.

         Jiangzhou 990100            A made-up city, three made-up districts.
           /      |     \\            Four offices, four journals, four daemons,
      Donghu   Xishan   Nanqiao      all on this machine, in a temporary folder:
      990101   990102   990103       $work"

# -- 1 -----------------------------------------------------------------------

chapter '建起来：一市三区' 'Set up: a city and three districts'
tell '  每个机构是一个目录，有自己的账本和密钥。' \
    '  Each office is a folder with a journal and keys of its own.
'
shown city init --office 990100 --parent 990000 --name 江州市信访局 \
    --listen "tcp://127.0.0.1:$city_port"
shown xishan init --office 990102 --parent 990100 --name 西山区信访局
at donghu init --office 990101 --parent 990100 --name 东湖区信访局
at nanqiao init --office 990103 --parent 990100 --name 南桥区信访局
# Offices in the field have more patience with a line.
for office in city donghu xishan nanqiao; do
	mkdir -p $office/conf.d
	printf 'backoff_max_ms = 1000\nsilence_ms = 3000\n' \
	    >$office/conf.d/60-demo.conf
done
start city
wait_until '市里的服务已启动' 'the daemon of the city runs' is_running city
echo
tell '  市里给每个区一份只能用一次的邀请书，区里凭它接入（东湖、南桥同样）：
' '  The city gives each district an invitation that works once (the two others
  join in the same way):
'
connect_line # the invitation of Xishan leads through it
shown city invite 990102 --output xishan.txt \
    --address "tcp://127.0.0.1:$line_port"
shown xishan join xishan.txt
for pair in donghu:990101 nanqiao:990103; do
	at city invite "${pair#*:}" --output "${pair%:*}.txt"
	at "${pair%:*}" join "${pair%:*}.txt"
done
for office in donghu xishan nanqiao; do
	start $office
done
wait_until '三个区都已接入' 'all three districts are connected' all_connected

# -- 2 -----------------------------------------------------------------------

chapter '登记：各区导入自己的台账' 'Record: each district imports its table'
total=0
for pair in donghu:990101 xishan:990102 nanqiao:990103 city:990100; do
	office=${pair%:*} code=${pair#*:}
	shown "$office" import "samples/$code.csv" --map samples/map.ini
	own=$(count "$office" --source jiangzhou-ledger --office "$code")
	total=$((total + own))
done
[ $total -gt 300 ] ||
    fail "示例数据只登记了 $total 件" "only $total samples were recorded"
wait_until "市里看到 $total 件，与各处登记的合计相同" \
    "the city sees $total, as many as were recorded" city_has $total
wait_until "市里登记的 $own 件都反映区里的事，各区已收到通知" \
    "the $own of the city are matters of districts, and each has its notices" \
    are_told "$own"
echo
shown city petitions --limit 5

# -- 3 -----------------------------------------------------------------------

chapter '断线：西山区的线路断了，窗口照常' \
    'The line of Xishan is cut; its counter goes on'
before=$(count xishan --office 990102)
wait_until '西山区没有未确认的记录' 'nothing of Xishan is unconfirmed' \
    has_unsent xishan 0
cut_line
wait_until '市里看到：西山区断开' 'the city sees it: Xishan is off' \
    district_is 990102 down
echo
tell '  这时来了一位群众。登记、打印回执，都不用等市里：
' '  A citizen comes in.  Recording and the slip do not wait for the city:
'
shown xishan register --channel LF --purpose QJ --category 03 \
    --subject 龙潭村自来水浑浊 \
    --text '村里自来水浑浊已两周，请派人检测。电话14000000271。' \
    --person-name 周兰英 --person-phone 14000000271 --slip
cp out slip
item=$(value 'd[0]["item"]' xishan petitions --limit 1)
leaf=$(value 'd["leaf"]' xishan show "$item")
grep -q "$leaf" slip ||
    fail '回执上没有记录指纹' 'the slip does not show the fingerprint'
for subject in 石桥路夜间施工扰民 凤岭镇卫生院缺少儿科医生; do
	at xishan register --channel LD --purpose QJ --category 99 \
	    --subject $subject
done
tell '  又登记了两件来电。西山区自己知道：有几条还没有得到市里确认，等了多久。
' '  Two more came by telephone.  Xishan knows what the city has not confirmed,
  and since when:
'
shown xishan status
expect '西山区有 3 条未确认' 'three records of Xishan are unsent' \
    "$(value 'd["links"][0]["unsent_records"]' xishan status)" 3
expect "市里看到的西山区仍是断线前的 $before 件" \
    "the city still sees the $before of Xishan from before the cut" \
    "$(count city --office 990102)" "$before"

# -- 4 -----------------------------------------------------------------------

chapter '恢复：线路一通，自动补齐' 'The line is back, and so is what was missing'
connect_line
wait_until '西山区重新接入' 'Xishan is connected again' \
    district_is 990102 streaming
wait_until '断线期间的 3 件都到了市里，一件不少，一件不重' \
    'all three are at the city, each once' \
    city_has $((before + 3)) 990102
echo
shown city show "$item"
expect '市里账本的记录指纹，与群众手里回执上的一致' \
    "the fingerprint at the city is the one on the citizen's slip" \
    "$(value 'd["leaf"]' city show "$item")" "$leaf"
at city show "$item"
! grep -q -E '14000000271|周兰英' out ||
    fail '身份信息出现在市里' 'the identity shows at the city'
good '姓名和电话没有离开西山区：身份已加密，正文里的电话已隐去' \
    'name and telephone stayed in Xishan: sealed, and masked in the text'

# -- 5 -----------------------------------------------------------------------

chapter '迟办：东湖区的一封来信放了四十五天' \
    'Late: a letter has lain in Donghu for 45 days'
at donghu register --channel LX --purpose QJ --category 03 \
    --subject 湖畔家园三号楼供暖不热 \
    --text 湖畔家园三号楼室温只有十四度，多次反映没有解决。 \
    --person-name 秦志远 --person-phone 14000000288 \
    --claimed-at "$(days_ago 45)" --json
letter=$("$python" -c 'import json; print(json.load(open("out"))["item"])')
tell '  期限由条例和日历算出，没有人填写：
' '  The limits follow from the regulations and the calendar; nobody types them in:
'
shown donghu due --overdue --item "$letter"
expect '两个期限都已超期' 'both limits were missed' \
    "$(value 'len(d)' donghu due --overdue --item "$letter")" 2
wait_until '市里也看到了这封信' 'the city sees this letter, too' \
    item_is city "$letter" REG

# -- 6 -----------------------------------------------------------------------

chapter '上行：来信人到市里来了' 'It goes up: its writer comes to the city'
at city register --channel LF --purpose QJ --category 03 --heads 3 \
    --subject 湖畔家园三号楼供暖不热 \
    --text 湖畔家园三号楼供暖一直不热，东湖区没有解决，请市里督促。 \
    --person-name 秦志远 --person-phone 14000000288 --json
visit=$("$python" -c 'import json; print(json.load(open("out"))["item"])')
tell '  没有人说这和那封信是一件事，也没有人说区里办到了哪一步。市里自己认出、算出，
  并告知东湖区：
' '  Nobody said that this is the matter of that letter, or what the district had
  done.  The city found out, and told Donghu:
'
wait_until '东湖区已收到上行通知，回执已到市里' \
    'Donghu has the notice, and the city its receipt' \
    escalation_has city noticed_at
notice=$(value "[e['id'] for e in d if e['item'] == '$visit'][0]" \
    city escalations --limit 0)
took=$(value '(lambda t: round(1000 * (t(d[0]["noticed_at"]) -
    t(d[0]["recorded_at"])).total_seconds()))(
    __import__("datetime").datetime.fromisoformat)' \
    city escalations --id "$notice")
good "从市里登记到通知写入东湖区账本：$took 毫秒" \
    "from the record at the city to the one in Donghu: $took ms"
expect '同一事项：那封信' 'one matter: that letter' \
    "$(value 'd[0]["matter"]' city escalations --id "$notice")" "$letter"
expect '下级当时：逾期未办结' 'the level below at that time: overdue' \
    "$(value 'd[0]["lower_state"]' city escalations --id "$notice")" OVD
echo
shown donghu escalations --id "$notice"
shown donghu escalation sign "$notice" --role supervisor --user 李科长
shown donghu escalation answer "$notice" --text 今天已约见来访人
wait_until '市里看到：已答复' 'the city sees: answered' \
    escalation_has city answered_at

# -- 7 -----------------------------------------------------------------------

chapter '督办：发出、签收、反馈、退回、再反馈、办结' \
    'Supervision: sent, signed for, answered, returned, answered, closed'
tell '  超期几个工作日该催办、督办，由规则决定；正文来自模板：
' '  When a reminder or a supervision is due, the rules say; its words come from
  a template:
'
shown city supervise --send "$letter" --clock notice_direct
directive=$(value 'd[0]["id"]' city directives --item "$letter")
wait_until '已送达：区里的回执自己回到了市里' \
    "delivered: the district's receipt came back by itself" \
    directive_is city DLV
echo
shown donghu directive sign "$directive" --role supervisor --user 李科长
shown donghu directive answer "$directive" --true yes --done 已通知供热单位
wait_until '市里看到：已反馈' 'the city sees: answered' directive_is city ANS
echo
shown city directive return "$directive" --due "$(date -d '5 days' +%F)" \
    --text 未附检测结果
wait_until '区里看到：已退回' 'the district sees: returned' \
    directive_is donghu RTN
echo
printf 'room 14 -> 19.5\n' >report.txt
shown donghu directive answer "$directive" --true yes \
    --done 管道已检修，室温十九度五 --attach report.txt
wait_until '市里看到：再次反馈' 'the city sees: answered again' \
    directive_is city ANS
echo
shown city directive close "$directive" --text 同意办结
wait_until '区里看到：已办结' 'the district sees: closed' \
    directive_is donghu CLS

# -- 8 -----------------------------------------------------------------------

chapter '办结：答复来信人，归档，评价' 'The end: reply, close, rating'
shown donghu act "$letter" reply --opinion SUP \
    --text 供热管道已检修，室温达到十九度五。
shown donghu act "$letter" close --outcome RES
shown donghu act "$letter" rate --rating 3
wait_until '市里看到：已办结，群众满意' 'the city sees: closed, and satisfied' \
    is_rated city "$letter" 3
echo
tell '  一封信的全部经历，两级办的事按时间排在一起：
' '  The whole life of a letter, with what both levels did, in order of time:
'
shown city show "$letter"
expect '期限超过了，办结之后仍然看得到' \
    'that limits were missed stays visible' \
    "$(value '[x["state"] for x in d if x["clock"] == "notice_direct"][0]' \
    city due --all --item "$letter")" missed
echo
shown city matters --limit 4
tell '  拿不准的，由人核对：' '  What is not certain waits for a person:
'
shown city match --limit 1
shown city escalations --failures --limit 4

# -- 9 -----------------------------------------------------------------------

chapter '举报：被举报的机构什么也查不到' \
    'A report: the office it is about finds nothing'
at city register --channel LF --purpose JK --category 15 \
    --subject 反映东湖区信访窗口索要好处费 \
    --text 来访人称窗口人员办事索要好处费。 \
    --person-name 姚秀兰 --person-phone 14000000287 --accused 990101 \
    --responsible 990100 --json
report=$("$python" -c 'import json; print(json.load(open("out"))["item"])')
refused city act "$report" forward --to 990101
refused city directive issue --to 990101 --kind DB --item "$report" --text 请查明
shown city act "$report" forward --to 990103
wait_until '南桥区收到了' 'Nanqiao has it' item_is nanqiao "$report" FWD
echo
refused donghu show "$report"
for file in donghu/*.db*; do
	! grep -a -q -e "$report" -e 索要好处费 "$file" ||
	    fail "$file 里有这件举报" "$file holds the report"
done
good '东湖区的任何文件里都没有它' 'it is in no file of Donghu'

# -- 10 ----------------------------------------------------------------------

chapter '对账' 'The books agree'
tell '  每本账有一个由全部记录算出的根；少一条、改一个字，根就不同。
' '  Each journal has a root computed from all its records; one record less, one
  letter changed, and it differs.
'
# stream OFFICE EXPRESSION: of the records s of the district $code, there.
stream() {
	value "[$2 for s in d['streams'] if s['audience'] == '' and
	    s['origin'] == '$code'][0]" "$1" status
}
city_agrees() { # SIZE ROOT
	[ "$(stream city '(s["size"], s["root"])')" = "$1" ]
}
for pair in donghu:990101 xishan:990102 nanqiao:990103; do
	office=${pair%:*} code=${pair#*:}
	size=$(stream "$office" 's["size"]')
	root=$(stream "$office" 's["root"]')
	short=$(echo "$root" | cut -c 1-16)
	wait_until "$code：$size 条记录，根 $short…，市里相同" \
	    "$code: $size records, root $short…, the same at the city" \
	    city_agrees "$size $root"
done
total=$((total + 6))
expect "市里共 $total 件，各处登记的合计也是 $total 件" \
    "$total petitions at the city, $total recorded by all" \
    "$(count city)" $total

# -- the rest is yours -------------------------------------------------------

chapter '看完了' 'That was it'
tell "  断线时窗口没有停，恢复后什么都没有少；区里办到哪一步、督办走到哪一步，双方
  看到的相同。
" "  The counter never stopped and nothing was lost; what the district had done and
  where the directive stands, both ends see the same.
"
if [ -n "$is_headless" ]; then
	tell "  自己动手：./dev demo 会停在这里，四个机构都开着。从零开始见 README。" \
	    "  Try it yourself: './dev demo' stays here with all four offices up.  From
  nothing: README."
	exit 0
fi
tell "  四个机构都还开着。在另一个终端里：
" "  All four offices are still up.  In another terminal:
"
cat <<TEXT
    cd $work
    PATH=$bin:\$PATH

    city-hub -C city districts
    city-hub -C city petitions --category 02
    city-hub -C city show $item
    city-hub -C city escalations --office 990101
    city-hub -C city supervise --kind GP --office 990103
    city-hub -C city match
    city-hub -C city omissions
    district-node -C xishan status
    district-node -C donghu register --channel LF --purpose QJ \\
        --category 10 --subject 公交站牌倒了 --slip
    kill $line_pid          # $(tell 西山区的线路 'the line of Xishan')
    tail -f logs/xishan

TEXT
tell "  --help 说明每条命令，--json 供程序读取，--language zh|en 选择语言。
  按回车结束，临时目录随之删除。" "  --help explains each command, --json is for scripts, --language zh|en chooses.
  Enter ends it and removes the folder."
trap 'exit 0' INT
read -r _ || true
