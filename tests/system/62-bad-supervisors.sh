#!/bin/sh
# Goal: an enrolled office that says everything about the items of others
# changes nothing but its own, and is given nothing: false moves (hundreds,
# of 1970 and 9999, forwards to itself, to nobody and in circles), links,
# escalations, steps, handed records, rules of 3650 days, ends of keys, parts
# of files that contradict each other.  The city and the province go on, the
# item of its neighbour stands where it stood, and the neighbour hears nothing
# of it.
#
# HOSTILE_MOVES (600): how many false moves of one item.
test_seconds=200
. "$(dirname "$0")/lib.sh"
moves=${HOSTILE_MOVES:-600}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
start province
join province city
start city
join city donghu
start donghu
does at city invite 990102 --output bad.txt

does at donghu register --channel LF --purpose QJ --subject 拆迁补偿没有到账 \
    --text 密号一一二三，拆迁补偿款半年没有到账。 --json
item=$(json 'd["item"]')
does at donghu act "$item" accept
does at city register --channel LX --purpose QJ --subject 污水直排 \
    --text 密号四四五六，污水直排河道。 --json
above=$(json 'd["item"]')
wait_until 20 "the province has both" counts province 2

# What is asked of each office about the two items, before and after.
ask() {
	for office in donghu city province; do
		for number in "$item" "$above"; do
			at $office show "$number" --json 2>/dev/null || true
		done
		at $office due --all --json 2>/dev/null | grep -v '"now"' || true
	done | sed -e 's/"received[^,]*,//g' -e 's/"days_left[^,]*,//g'
}
is_followed() {
	at city show "$item" --json | grep -q '"ACC"'
}
wait_until 20 "the city follows" is_followed
sleep 1
ask >before

"$python" "$here/bad_supervisor.py" bad.txt bad "$item" "$above" "$moves" ||
    die "bad_supervisor.py ends with status $?"

# The reactor goes on: what is recorded now has its consequences.
does at city register --channel LF --purpose QJ --subject 又来问补偿 \
    --text 补偿款还没有到账。 --earlier-item "$item" --json
visit=$(json 'd["item"]')
tells() {
	[ "$(value '[(e["office"], e["item"] == "'"$visit"'") for e in d]' \
	    at city escalations --item "$visit" --json)" = \
	    '[["990101", true]]' ]
}
wait_until 20 "the escalation of a visit" tells
has_visit() {
	[ "$(value 'd["count"]' at donghu petitions --count --item "$visit" \
	    --json)" = 1 ]
}
wait_until 20 "the visit is handed down" has_visit
sleep 2
ask >after
"$python" - before after <<'PYTHON' || die "an item of another office changed"
import re, sys
old, new = (re.sub(r'"matter[^,]*,|"escalations":.*?\]|"siblings":.*?\]', "",
                   open(name, encoding="utf-8").read()) for name in sys.argv[1:])
for what in re.findall(r'"(?:state|holder)": *"[^"]*"', old):
    if old.count(what) > new.count(what):
        sys.exit(f"{what}: {old.count(what)}, then {new.count(what)}")
for word in ("密号九九", "990102"):
    if new.count(word) > old.count(word):
        sys.exit(f"{word} is shown: " +
                 new[max(0, new.index(word) - 300):new.index(word) + 100])
PYTHON
echo "ok: the items stand where they stood"

# What the bad one was given holds nothing of others.
! grep -r -a -q -e 密号一一二三 -e 密号四四五六 bad ||
    die "the bad office was given an item"
stop donghu
! grep -a -q 密号九九 donghu/*.db* || die "the neighbour was told of it"
count=$(value 'd["count"]' at province petitions --count --office 990102 --json)
[ "$count" -ge 1 ] || die "the true item of the bad office is not there"
finish
