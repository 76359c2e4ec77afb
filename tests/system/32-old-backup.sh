#!/bin/sh
# Goal: disks that are replaced by old copies or by empty ones.
#   (a) a hub with an old copy is refilled by its districts;
#   (b) a district with an old copy takes its tail back, begins a new
#       incarnation and works on;
#   (c) a district with an old copy that records before it hears of the tail
#       has a fork: only that stream halts, both ends show the alarm, new
#       records still flow, and settling it keeps both histories;
#   (d) a district with an empty disk joins again with a new invitation and
#       gets its history back.
test_seconds=120
. "$(dirname "$0")/lib.sh"

incarnation() {
	value 'd["incarnation"]' at "$1" status --json
}

forks() {
	value 'sum(x["forked_streams"] for x in d["links"])' \
	    at "$1" status --json
}

forks_are() {
	[ "$(forks "$1")" = "$2" ]
}

# has NAME SUBJECT...: each is in its register, once.
has() {
	where=$1
	shift
	does at "$where" petitions --json
	for subject; do
		found=$(json "sum(x['subject'] == '$subject' for x in d)")
		expect "$where has '$subject' once" "$found" 1
	done
}

# newer NAME OLD: it is in a later incarnation than OLD.
newer() {
	[ "$(incarnation "$1")" -gt "$2" ]
}

delivered() {
	[ "$(value 'd[0]["status"] if d else "-"' \
	    at "$1" directives --id "$2" --json)" = "$3" ]
}

# within LOST NAME...: all that LOST had is there; the offices are stopped.
within() {
	lost=$1
	shift
	for office; do
		"$python" "$here/ledgers.py" --within "$lost" "$office" \
		    >compared || die "$office has not all that $lost had"
		echo "ok: $office has all of $lost: $(cat compared)"
	done
}

# what NAME OFFICE: the petitions of that office, by their fingerprints.  Two
# histories may have given one number twice, so the number is not enough; and
# an office that took a stream back came to know it in another order.
what() {
	value 'sorted([p["leaf"], p["item"], p["subject"], p["recorded_at"]]
	    for p in d)' at "$1" petitions --json --office "$(code_of "$2")"
}

same_register() {
	what "$1" "$1" >own.txt
	what city "$1" >above.txt
	cmp -s own.txt above.txt || die "$1: $(cat own.txt) at the city:" \
	    "$(cat above.txt)"
	"$python" -c '
import json
petitions = [p[0] for p in json.load(open("own.txt"))]
assert len(set(petitions)) == len(petitions), "double"' ||
	    die "$1 has something twice: $(cat own.txt)"
	echo "ok: city has what $1 recorded, each once"
}

# compare_all: the offices are stopped, compared, and started again.
compare_all() {
	stop donghu
	stop xishan
	stop city
	for office in donghu xishan; do
		"$python" "$here/ledgers.py" city $office >compared ||
		    die "the ledgers of city and $office"
		echo "ok: city and $office, byte for byte: $(cat compared)"
		same_register $office
	done
}

start_all() {
	start city
	start donghu
	start xishan
}

make_hub city 990100 990000
make_district donghu 990101 990100
make_district xishan 990102 990100
start city
join city donghu
join city xishan
start donghu
start xishan
for i in 1 2 3; do
	register donghu "early $i" >/dev/null
	register xishan "xishan early $i" >/dev/null
done
wait_until 15 "six have arrived" counts city 6

# -- (a) the hub ---------------------------------------------------------------
stop city
cp -a city city.copy
start city
first=$(incarnation city)
for i in 1 2; do
	register donghu "after the city's copy $i" >/dev/null
	register xishan "xishan after the city's copy $i" >/dev/null
done
order=$(value 'd["id"]' at city directive issue --to 990101 --kind DB \
    --text 请回告 --json)
wait_until 15 "delivered" delivered city "$order" DLV
does at donghu directive sign "$order"
wait_until 15 "ten have arrived" counts city 10
wait_until 15 "signed for" delivered city "$order" SGN
crash city
mv city city.lost
mv city.copy city
start city
wait_until 20 "(a) the hub is refilled" counts city 10
wait_until 20 "(a) also with the directive that only the district knew" \
    delivered city "$order" SGN
wait_until 10 "(a) the hub is in a new incarnation" newer city "$first"
does at donghu directive answer "$order" --text 已办
wait_until 15 "(a) and goes on" delivered city "$order" ANS
does at city directive close "$order"
wait_until 15 "(a) in both directions" delivered donghu "$order" CLS
expect "(a) no fork" "$(forks city)" 0
compare_all
start_all

# -- (b) a district ------------------------------------------------------------------
stop donghu
cp -a donghu donghu.copy
start donghu
first=$(incarnation donghu)
for i in 1 2 3; do
	register donghu "after the copy $i" >/dev/null
done
wait_until 15 "thirteen have arrived" counts city 13
crash donghu
mv donghu donghu.lost
mv donghu.copy donghu
start donghu
wait_until 20 "(b) it takes its tail back" counts donghu 8
wait_until 10 "(b) it is in a new incarnation" newer donghu "$first"
has donghu "early 1" "after the copy 1" "after the copy 3"
register donghu "in the new incarnation" >/dev/null
wait_until 15 "(b) it works on" counts city 14
expect "(b) no fork" "$(forks donghu)" 0
compare_all
within donghu.lost donghu city
rm -rf donghu.lost
start_all

# -- (c) a district that records too early ----------------------------------------------
allow_log 'event=fork'
stop donghu
cp -a donghu donghu.copy
start donghu
first=$(incarnation donghu)
register donghu "known above 1" >/dev/null
register donghu "known above 2" >/dev/null
register donghu "known above 3" >/dev/null
wait_until 15 "seventeen have arrived" counts city 17
crash donghu
mv donghu donghu.lost
mv donghu.copy donghu
early=$(register donghu "recorded too early 1")
register donghu "recorded too early 2" >/dev/null
slip=$(value 'd["leaf"]' at donghu show "$early" --json)
start donghu
wait_until 15 "(c) the district has the alarm" forks_are donghu 1
wait_until 15 "(c) the city has the alarm" forks_are city 1
for side in donghu city; do
	expect "(c) $side shows which stream, and with whom" "$(value \
	    '[[s["origin"], s["incarnation"], s["forked_with"]]
		for s in d["streams"] if s["forked"]]' at $side status --json)" \
	    "[[\"990101\", $first, \"$(code_of "$(echo cityxdonghu |
		sed "s/$side//; s/x//")")\"]]"
	does at $side status
	grep -q "Warning: .*'settle 990101 $first' at office 990101" out ||
	    die "(c) no alarm for people: $(cat out)"
	does at $side status --language zh
	grep -q "警告：.*机构 990101 执行.*settle 990101 $first" out || die "(c) no alarm for people: $(cat out)"
done
does at city districts
grep -q '990101.*forked' out ||
    die "(c) no alarm among the districts: $(cat out)"
expect "(c) the alarm in districts --json" "$(value \
    '[x["forked_streams"] for x in d if x["office"] == "990101"]' \
    at city districts --json)" '[1]'
for side in donghu city; do
	expect "(c) the log of $side has it once" \
	    "$(count_lines 'level=error.*event=fork' $side.log)" 1
done
wait_until 10 "(c) it is in a new incarnation" newer donghu "$first"
register donghu "while it is forked" >/dev/null
register xishan "xishan while donghu is forked" >/dev/null
wait_until 15 "(c) new ones flow, also from others" counts city 19
has city "while it is forked" "known above 3" "xishan while donghu is forked"

refused_in_both 1 'not forked' 没有分叉 at donghu settle 990101 1
refused_in_both 1 . . at city settle 990101 "$first"
does at donghu settle 990101 "$first"
wait_until 20 "(c) settled: no alarm at the district" forks_are donghu 0
wait_until 20 "(c) settled: no alarm at the city" forks_are city 0
wait_until 15 "(c) both histories are at the city" counts city 21
wait_until 15 "(c) and at the district" counts donghu 15
for side in donghu city; do
	has $side "known above 1" "known above 2" "known above 3" \
	    "recorded too early 1" "recorded too early 2" \
	    "while it is forked"
done
# Two citizens hold slips with this number: both are found by it, and each
# slip bears the fingerprint that is in the books.
does at city show "$early"
for words in 'recorded too early 1' 'known above 1' "$slip"; do
	grep -q "$words" out || die "(c) $early does not show '$words': $(cat out)"
done
echo "ok: (c) a number that was given twice shows both"
register donghu "after settling" >/dev/null
wait_until 15 "(c) it works on" counts city 22
compare_all
within donghu.lost donghu city
[ "$("$python" "$here/ledgers.py" --branches donghu)" -ge 2 ] ||
    die "(c) the branch is not kept"
echo "ok: (c) the branch is kept as it was"
rm -rf donghu.lost
start_all

# -- (d) an empty disk ------------------------------------------------------------------------
crash donghu
first=$(incarnation donghu)
mv donghu donghu.lost
make_district donghu 990101 990100
join city donghu
start donghu
wait_until 20 "(d) its history is back" counts donghu 16
wait_until 10 "(d) it is in a new incarnation" newer donghu "$first"
register donghu "on the new disk" >/dev/null
wait_until 15 "(d) it works on" counts city 23
wait_until 15 "(d) it has the directive of old" delivered donghu "$order" CLS
expect "(d) no fork" "$(forks donghu)" 0
expect "nothing was set apart at the city" "$(value \
    'd["quarantined_records"]' at city status --json)" 0
compare_all
within donghu.lost donghu city
finish
