#!/bin/sh
# Goal: a district's matter is brought to the city by 577 people in 31 visits.
# Each visit is an escalation of one matter with its number among them, heads
# add up, the district hears of every one, and the province counts the same.
test_seconds=200
. "$(dirname "$0")/lib.sh"

# batches NAME: how many escalations, of how many matters, heads, and whether
# their numbers are 1, 2, 3 ...
batches() {
	value '[len(d), len({e["matter"] for e in d}),
	    sum(e["heads"] for e in d),
	    sorted(e["batch"] for e in d) == list(range(1, len(d) + 1))]' \
	    at "$1" escalations --limit 0 --json
}

batches_are() {
	[ "$(batches "$1")" = "$2" ]
}

all_told() {
	[ "$(value 'all(e["noticed_at"] for e in d) and len(d)' \
	    at "$1" escalations --limit 0 --json)" = 31 ]
}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
start province
join province city
start city
join city donghu
start donghu

matter=$(value 'd["item"]' at donghu register --channel LF --purpose QJ \
    --category 02 --heads 12 --subject 东风村征地补偿款未发放 \
    --text 东风村征地补偿款两年未发放到户，村民要求公布账目。 --json)
wait_until 10 "the city has it" counts city 1

# 30 visits of 18 and one of 37, recorded from a file: 577 people.
"$python" - "$matter" >visits.json <<'PYTHON'
import json, sys
print(json.dumps([{
    "channel": "LF", "purpose": "QJ", "category": "02",
    "heads": 37 if i == 30 else 18,
    "subject": "东风村征地补偿款", "place": "东风村",
    "text": f"东风村村民第{i + 1}批来市反映征地补偿款未发放。",
    "earlier_item": sys.argv[1]} for i in range(31)]))
PYTHON
does at city register --file visits.json --no-query-code
wait_until 30 "31 visits, one matter, 577 people" \
    batches_are city '[31, 1, 577, true]'
wait_until 30 "the province sees the same" \
    batches_are province '[31, 1, 577, true]'
wait_until 30 "the district, too" batches_are donghu '[31, 1, 577, true]'
wait_until 30 "and was told of each" all_told city
expect "they are collective visits" "$(value 'all(e["lawfulness"] == "UP1"
    and e["lower_state"] == "TRM" for e in d)' \
    at city escalations --limit 0 --json)" true
does at city matters --json
expect "the list of matters" "$(json '[[m["matter"], m["items"],
    m["collective"]] for m in d]')" "[[\"$matter\", 32, true]]"
does at city show "$matter" --json
expect "one matter, 32 items" "$(json 'len(d["matter_items"])')" 32
finish
