#!/bin/sh
# Goal: four tables of real petitions go through arrival, acceptance, answer,
# rating and closing with their own dates, and in the end every office and the
# city above them count as met, missed, running, stopped and overdue exactly
# what real_life.py computes from the tables, the calendar and the law alone.
#
# PETITION_SAMPLES (../shared/data beside the checkout): a folder with
# teddy_fj3_messages.csv, teddy_fj4_replies.csv, hangzhou_board_recent.csv and
# baltimore_311.csv.  Without it made-up tables with the same columns and
# faults take the same way.
command_seconds=200
test_seconds=280
. "$(dirname "$0")/lib.sh"
src=$(cd "$here/../.." && pwd)
TZ=CST-8 # +08:00, with or without a time zone data base
export TZ

compute() {
	"$python" "$here/real_life.py" "$@"
}

samples=${PETITION_SAMPLES:-$src/../shared/data}
if [ -f "$samples/teddy_fj4_replies.csv" ]; then
	samples=$(cd "$samples" && pwd)
	echo "the real tables of $samples"
else
	samples=$work/made-up
	mkdir made-up
	compute make made-up
	echo "made-up tables: there is no \$PETITION_SAMPLES"
fi
last=2026-06-30 # all that the tables tell of has happened
middle=2024-02-14
compute expect "$src" "$samples" $last >last.json
compute expect "$src" "$samples" $middle >middle.json

# wanted OFFICE KEY: of what must be at the end.
wanted() {
	json "d['$1']['$2']" last.json
}

# bring NAME CODE MAP: an office imports its table, and once more.
bring() {
	make_district "$1" "$2" 990100
	join city "$1"
	table=$samples/$(wanted "$2" table)
	map=$src/examples/maps/$3.ini
	for turn in first again; do
		run at "$1" import "$table" --map "$map" --json --refused \
		    "$1-$turn.csv"
		[ $status -le 1 ] || die "the import of $1: $(cat err)"
		cp out "$1-$turn.json"
	done
	expect "$1: rows read, recorded, there before, refused" "$(json \
	    '[d[k] for k in "read recorded already refused".split()]' \
	    "$1-first.json")" "$(wanted "$2" import)"
	expect "$1: moves recorded, there before, refused" "$(json \
	    '[d.get("moves", {}).get(k, 0)
	      for k in "recorded already refused".split()]' \
	    "$1-first.json")" "$(wanted "$2" moves)"
	expect "$1: nothing twice" "$(json \
	    '[d["recorded"], d.get("moves", {}).get("recorded", 0)]' \
	    "$1-again.json")" '[0, 0]'
}

# has_followed NAME: its register has worked out every item.
has_followed() {
	at "$1" due --count >/dev/null 2>behind || die "due at $1: $(cat behind)"
	[ ! -s behind ]
}

# judged NAME CODE: what NAME says of the office CODE is what was computed.
judged() {
	for day in middle last; do
		as_of=$(eval "echo \$$day")
		does at "$1" due --all --json --as-of "$as_of" --office "$2"
		mv out due.json
		counts=
		[ $day = middle ] || for clock in register notice_direct handle; do
			does at "$1" due --overdue --count --as-of "$as_of" \
			    --office "$2" --clock $clock
			counts="$counts $clock=$(cat out)"
		done
		# shellcheck disable=SC2086 # words
		compute compare $day.json "$2" "$as_of" due.json $counts ||
		    die "$1 says otherwise of $2"
	done
	echo "ok: $1 on $2: $(wanted "$2" states), overdue $(wanted "$2" overdue)"
	expect "$1 on $2: where the items stand" "$("$python" - "$1" "$2" \
	    <<'PYTHON'
import json, sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}/register.db?mode=ro", uri=True)
print(json.dumps(dict(db.execute(
    "SELECT n.state, count(*) FROM item_now n JOIN petition p"
    " ON p.item = n.item WHERE p.office = ? GROUP BY 1 ORDER BY 1",
    sys.argv[2:3])), sort_keys=True))
PYTHON
	)" "$(json 'json.dumps(d["'"$2"'"]["lives"], sort_keys=True)' last.json)"
}

make_hub city 990100 990000
start city
bring board 990101 teddy-messages
bring answers 990102 teddy-replies
bring leaders 990103 hangzhou-board
bring hotline 990104 baltimore-311
for name in board answers leaders hotline; do
	start $name
done
for name in board answers leaders hotline; do
	wait_until 60 "$name has worked out its items" has_followed $name
	judged $name "$(code_of $name)"
done
all=$(json 'sum(o["items"] for o in d.values())' last.json)
wait_until 100 "all $all are at the city" counts city "$all"
for name in board answers leaders hotline; do
	wait_until 60 "the city has all of $name" holds_all city $name
done
wait_until 100 "the city has worked them out" has_followed city
for name in board answers leaders hotline; do
	judged city "$(code_of $name)"
done
finish
