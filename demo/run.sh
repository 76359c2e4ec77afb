#!/bin/sh
# Goal: who has never seen the product sees in a minute what it is for: a city
# and three districts, petitions that arrive, a line that is cut and heals, a
# directive and its answer.  Every step is checked; one that fails ends the
# demonstration with status 1 and says why.
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
  市里督办的事，区里收到没有、办了没有，每一步都有据可查。

            江州市 990100            一个虚构的市、三个虚构的区。
           ／     │     ＼           四个机构，四本账，四个服务进程，
     东湖区    西山区    南桥区      都在这台机器的一个临时目录里：
     990101    990102    990103      $work" "
${bold}Petition Relay${plain}

  Citizens bring a problem to their district; the city is to see it at once.
  When the line is down the counter goes on.  What the city orders: whether it
  was received, and what was done, shows at every step.

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
echo
shown city petitions --limit 5

# -- 3 -----------------------------------------------------------------------

chapter '断线：西山区的线路断了，窗口照常' \
    'The line of Xishan is cut; its counter goes on'
before=$(count xishan)
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

chapter '督办：市里下达，区里签收、办理、反馈，市里办结' \
    'A directive: issued, signed for, in work, answered, closed'
due=$(date -d '15 days' +%F)
shown city directive issue --to 990102 --kind DB --item "$item" --due "$due" \
    --text 请十五日内查明水质问题并回告
directive=$(value 'd[0]["id"]' city directives)
wait_until '已送达：区里的回执自己回到了市里' \
    "delivered: the district's receipt came back by itself" \
    directive_is city DLV
echo
shown xishan directives
shown xishan directive sign "$directive" --role leader --user 李科长
wait_until '市里看到：已签收' 'the city sees: signed for' directive_is city SGN
echo
shown xishan directive work "$directive" --text 已派水质检测人员到村
wait_until '市里看到：办理中' 'the city sees: in work' directive_is city WRK
echo
shown xishan directive answer "$directive" \
    --text 蓄水池已清洗，复检合格，已当面告知来访人
wait_until '市里看到：已反馈' 'the city sees: answered' directive_is city ANS
echo
shown city directive close "$directive" --text 同意办结
wait_until '区里看到：已办结' 'the district sees: closed' \
    directive_is xishan CLS
echo
tell '  每一步都是账本里的一条记录，两边看到的相同：
' '  Each step is a record in the journals, and both sides see the same:
'
shown city directives --id "$directive"
times=$(value '"  ".join([d[0]["issued_at"][11:19]] +
    [s["recorded_at"][11:19] for s in d[0]["steps"]])' \
    city directives --id "$directive")
words='下达      送达      签收      办理      反馈      办结'
[ "$language" = zh ] || words='issued    delivered signed    work      answer    closed'
printf '    %s\n    %s\n' "$words" "$times"

# -- 6 -----------------------------------------------------------------------

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
for pair in donghu:990101 xishan:990102 nanqiao:990103; do
	office=${pair%:*} code=${pair#*:}
	size=$(stream "$office" 's["size"]')
	root=$(stream "$office" 's["root"]')
	short=$(echo "$root" | cut -c 1-16)
	expect "$code：$size 条记录，根 $short…，市里相同" \
	    "$code: $size records, root $short…, the same at the city" \
	    "$(stream city '(s["size"], s["root"])')" "$size $root"
done
total=$((total + 3))
expect "市里共 $total 件，各处登记的合计也是 $total 件" \
    "$total petitions at the city, $total recorded by all" \
    "$(count city)" $total

# -- the rest is yours -------------------------------------------------------

chapter '看完了' 'That was it'
tell "  断线时窗口没有停，恢复后什么都没有少；督办的每一步双方都看得到。
" "  The counter never stopped, nothing was lost, and every step of the directive
  shows at both ends.
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
    city-hub -C city directives
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
