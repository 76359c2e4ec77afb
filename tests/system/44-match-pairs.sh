#!/bin/sh
# Goal: somebody's own pairs of petitions are measured, as one JSON document;
# a table that cannot be used is refused with one sentence.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build=$(dirname "$BIN")
python=/usr/bin/python3

die() {
	echo "match-pairs: $*"
	exit 1
}

match() {
	env -u PETITION_SAMPLES "$python" "$SRC/bench/match.py" \
	    --build "$build" "$@"
}

# refused WORDS ARGS...: one line on stderr with these words, status 1.
refused() {
	words=$1
	shift
	if match "$@" >"$work/out" 2>"$work/err"; then
		die "not refused: $words"
	fi
	[ -s "$work/out" ] && die "it printed something: $words"
	[ "$(wc -l <"$work/err")" -eq 1 ] || die "not one sentence: $words"
	grep -q "$words" "$work/err" || die "not said: $words"
}

cat >"$work/items.csv" <<'CSV'
id,title,time,body,user
a,青石新苑小区夜间施工扰民,2026-01-02 10:00:00,"A3区青石新苑小区旁边的搅拌站每天夜里施工到三点，老人和孩子都无法入睡，请查处。",u1
b,再次反映搅拌站,2026/02/03,"尊敬的领导：您好！A3区青石新苑小区旁边的搅拌站每天夜里施工到三点，
老人和孩子都无法入睡，请查处。谢谢！",u1
c,金桂花园小区夜间施工扰民,2026-01-05,"A6区金桂花园小区旁边的搅拌站每天夜里施工到三点，老人和孩子都无法入睡，请查处。",u2
d,公积金如何转移,,外地缴存的公积金如何转移到本市？,u1
CSV
cat >"$work/pairs.csv" <<'CSV'
left_id,right_id,same
a,b,true
a,c,0
c,b,false
a,d,0
CSV
match --items "$work/items.csv" --pairs "$work/pairs.csv" --on-file 2000 \
    --json >"$work/out" || die "own pairs"
"$python" - "$work/out" <<'PY' || die "not the document that was expected"
import json
import sys

found = json.load(open(sys.argv[1], encoding="utf-8"))
assert found["pairs"] == 4, found
assert found["precision"] == found["recall"] == found["f1"] == 1.0, found
assert found["items_on_file"] == 2000, found
assert found["cpu_ms_per_item"] > 0, found
PY
echo "ok: own pairs are measured"

refused 'no column id, title' --items "$work/pairs.csv" \
    --pairs "$work/pairs.csv"
refused 'belong together' --items "$work/items.csv"
refused 'No such file' --items "$work/none.csv" --pairs "$work/pairs.csv"
printf 'left_id,right_id,same\na,x,1\n' >"$work/bad.csv"
refused 'no item has the id x' --items "$work/items.csv" --pairs "$work/bad.csv"
printf 'left_id,right_id,same\na,b,maybe\n' >"$work/bad.csv"
refused "'maybe'" --items "$work/items.csv" --pairs "$work/bad.csv"
printf 'id,title,time,body,user\n1,a,b,"c\n' >"$work/bad.csv"
refused 'never closed' --items "$work/bad.csv" --pairs "$work/pairs.csv"
printf 'id,title,time,body,user\n1,a,b,c\n' >"$work/bad.csv"
refused '5 cells' --items "$work/bad.csv" --pairs "$work/pairs.csv"
refused 'no such folder' --data "$work/nowhere"
echo "ok: what cannot be used is refused with one sentence"
