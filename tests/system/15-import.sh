#!/bin/sh
# Goal: tables of any usual encoding become petitions, each row once, however
# often and with whatever interruption the import is run, with a daemon and
# without; a dry run records nothing; refused rows are listed with the line
# and the reason, and all others are recorded.
. "$(dirname "$0")/lib.sh"

# table FILE ROWS ENCODING [BOM]
table() {
	"$python" - "$@" <<'PYTHON'
import sys
name, rows, encoding = sys.argv[1], int(sys.argv[2]), sys.argv[3]
lines = ["编号,日期,标题,内容,姓名,电话"]
for i in range(rows):
    lines.append(f'{i:05d},2026-03-01 09:{i % 60:02d},第{i}件,"来信人称：\n'
                 f'路灯""不亮""已有{i}天。",张三{i},1380000{i:04d}')
text = "\r\n".join(lines) + "\r\n"
with open(name, "wb") as f:
    f.write(b"\xef\xbb\xbf" if len(sys.argv) > 4 else b"")
    f.write(text.encode(encoding))
PYTHON
}

# map NAME: a map of a source of that name.
map() {
	cat >"$1.ini" <<MAP
[import]
source = $1
time-zone = +08:00
[fields]
channel = LX
purpose = QJ
subject = {标题}
text = {内容}
claimed = {日期}
source_ref = {编号}
person_name = {姓名|}
person_phone = {电话|}
[time]
formats = %Y-%m-%d %H:%M
MAP
}

# summary KEYS...: of the import that was run with --json.
summary() {
	json "[d[k] for k in '$*'.split()]"
}

make_pair

# -- encodings, with and without a daemon -----------------------------------------
table plain.csv 40 utf-8
table bom.csv 40 utf-8 bom
table gb.csv 40 gb18030
for source in plain bom gb; do
	map $source
	[ $source != gb ] || start donghu
	does at donghu import $source.csv --map $source.ini --dry-run --json
	expect "$source: a dry run" \
	    "$(summary read recorded refused complete dry_run)" \
	    '[40, 40, 0, true, true]'
	expect "$source: records nothing" \
	    "$(count donghu --source $source)" 0
	does at donghu import $source.csv --map $source.ini --json
	expect "$source: recorded" "$(summary recorded already refused)" \
	    '[40, 0, 0]'
	does at donghu import $source.csv --map $source.ini --json
	expect "$source: again" "$(summary recorded already refused)" \
	    '[0, 40, 0]'
	expect "$source: each row once" "$(count donghu --source $source)" 40
	does at donghu import $source.csv --map $source.ini --dry-run --json
	expect "$source: a dry run knows it" "$(summary recorded already)" \
	    '[0, 40]'
done
contents() {
	value 'sorted((x["source_ref"], x["subject"], x["text"],
	    x["claimed_at"], x["has_identity"]) for x in d)' \
	    at donghu petitions --json --source "$1"
}
contents plain >plain.txt
for source in bom gb; do
	contents $source >other.txt
	cmp -s plain.txt other.txt || die "$source is read otherwise:" \
	    "$(head -c 300 other.txt) and not $(head -c 300 plain.txt)"
done
grep -q '"00007", "第7件", "来信人称：\\n路灯\\"不亮\\"已有7天。"' plain.txt ||
    die "the contents: $(head -c 400 plain.txt)"
wait_until 15 "all is at the city" counts city 120
same_petitions city donghu
! grep -q -a 13800000007 donghu/*.db city/*.db || die "a number in the clear"

# -- refused rows ---------------------------------------------------------------------
map refusals
cat >refusals.csv <<'CSV'
编号,日期,标题,内容,姓名,电话
1,2026-03-01 09:00,好,好,,
2,昨天,日期不对,好,,
3,2026-03-01 09:00,少一列,好
4,2099-03-01 09:00,将来,好,,
5,2026-03-01 09:00,,,,
6,2026-03-01 09:00,也好,好,,
CSV
for mode in --dry-run --role=clerk; do
	run at donghu import refusals.csv --map refusals.ini --json $mode
	expect "refused rows give status 1 ($mode)" "$status" 1
	expect "the good ones ($mode)" "$(summary read recorded refused)" \
	    '[6, 2, 4]'
	expect "with their lines ($mode)" \
	    "$(json 'sorted(x["line"] for x in d["refused_rows"])')" '[3, 4, 5, 6]'
	expect "and the reasons ($mode)" \
	    "$(json 'all(len(x["sentence"]) > 8 for x in d["refused_rows"])')" \
	    true
done
expect "the good rows are recorded" "$(count donghu --source refusals)" 2
run at donghu import refusals.csv --map refusals.ini --refused why.csv
expect "again, into a file" "$status" 1
"$python" - <<'PYTHON' || die "the file of refused rows: $(cat why.csv)"
import csv
with open("why.csv", encoding="utf-8-sig", newline="") as f:
    rows = list(csv.DictReader(f))
assert sorted(r["line"] for r in rows) == ["3", "4", "5", "6"], rows
assert all(len(r["reason"]) > 8 for r in rows), rows
PYTHON
expect "it is for its owner alone" "$(stat -c %a why.csv)" 600
run at donghu import refusals.csv --map refusals.ini --language zh
expect "on the screen in Chinese" "$(grep -c '第 [3456] 行被拒' err)" 4

# -- what happened afterwards -------------------------------------------------------
map afterwards
cat >>afterwards.ini <<'MAP'
[move.accept]
when = {受理}
[move.reply]
when = {答复}
text = {内容}
opinion = EXP
MAP
cat >afterwards.csv <<'CSV'
编号,日期,标题,内容,姓名,电话,受理,答复
1,2026-03-01 09:00,甲,答1,,,2026-03-02 09:00,2026-03-09 10:00
2,2026-03-01 09:00,乙,答2,,,,2026-03-05 10:00
3,2026-03-01 09:00,丙,无,,,,
4,2026-03-10 09:00,丁,早了,,,,2026-03-05 10:00
5,2026-03-01 09:00,戊,日期,,,2026-03-02 09:00,下周
6,昨天,己,不登记,,,2026-03-02 09:00,2026-03-05 10:00
CSV
moves() {
	summary read recorded already refused
	json '[d["moves"][k] for k in "recorded already refused".split()]'
	json 'sorted(x["line"] for x in d["refused_moves"])'
}
for how in --dry-run --role=head; do
	run at donghu import afterwards.csv --map afterwards.ini --json $how
	expect "moves refused give status 1 ($how)" "$status" 1
	expect "moves behind their arrivals ($how)" "$(moves | tr '\n' ' ')" \
	    '[6, 5, 0, 1] [4, 0, 2] [5, 6] '
done
for how in --dry-run --role=head; do
	run at donghu import afterwards.csv --map afterwards.ini --json $how
	expect "moves again ($how)" "$(moves | tr '\n' ' ')" \
	    '[6, 0, 5, 1] [0, 4, 2] [5, 6] '
done
handled() {
	[ "$(value '[(c["state"], (c["met_at"] or "")[:10]) for c in d
	    if c["clock"] == "handle"]' at donghu due --all --json)" = \
	    '[["met", "2026-03-09"], ["missed", ""]]' ]
}
wait_until 10 "they are made once, at their time" handled
run at donghu import afterwards.csv --map afterwards.ini --refused moves.csv
expect "the file of refused rows has them" \
    "$(grep -c -E '^(5|6),"reply' moves.csv)" 2
grep -q '^Moves: 0 recorded, 4 recorded before, 2 refused' out ||
    die "the summary: $(cat out)"

# -- query codes, when asked for ---------------------------------------------------------
map codes
does at donghu import plain.csv --map codes.ini --query-codes codes.csv
expect "one code for each" "$(grep -c -E \
    ',990101-2026-[0-9]{6}-[0-9A-Z]{3},([0-9A-Z]{4}-){3}[0-9A-Z]{4},' \
    codes.csv)" 40

# -- interrupted, with the daemon and without ------------------------------------------------
table big.csv 6000 utf-8
interrupted() {
	map "$1"
	"$bin/district-node" -C donghu import big.csv --map "$1.ini" --json \
	    >import.out 2>import.err &
	import=$!
	pids="$pids $import"
	sleep "$2"
	kill -INT $import 2>/dev/null || true
	status=0
	wait $import || status=$?
	cp import.out out
	if [ $status -eq 75 ]; then
		grep -q 'Run the same command again' import.err ||
		    die "how it ends: $(cat import.err)"
		recorded=$(summary recorded | tr -d '[]')
		expect "$1: what it counts is recorded" \
		    "$(count donghu --source "$1")" "$recorded"
	else
		expect "$1: it was faster" "$status" 0
	fi
	does at donghu import big.csv --map "$1.ini" --json
	expect "$1: resumed" \
	    "$(json '[d["recorded"] + d["already"], d["refused"]]')" '[6000, 0]'
	expect "$1: each row once" "$(count donghu --source "$1")" 6000
}
interrupted beside-the-daemon 0.4
stop donghu
interrupted without-a-daemon 0.3

# -- killed, and the daemon killed under it -----------------------------------------------------
map killed
start donghu
at donghu import big.csv --map killed.ini --json >import.out 2>import.err &
import=$!
pids="$pids $import"
sleep 0.3
crash donghu
sleep 0.3
launch donghu
status=0
wait $import || status=$?
[ $status -eq 0 ] || [ $status -eq 75 ] ||
    die "an import under a killed daemon: $status, $(cat import.err)"
has_ended donghu && { ends donghu 75; start donghu; }
does at donghu import big.csv --map killed.ini --json
expect "killed: each row once" "$(count donghu --source killed)" 6000
wait_until 20 "all is at the city" counts city 18167
same_petitions city donghu
holds_all city donghu || die "the streams differ"
finish
